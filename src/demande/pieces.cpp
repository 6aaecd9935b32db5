// The catalogue of documents and what calls for each. Pure.
#include "demande/pieces.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "demande/formulaire.hpp"
#include "demande/plafonds.hpp"

namespace demande {

namespace {
namespace catalogue {

/// What the answers say, as far as documents depend on it.
struct Faits {
    const Reponses& r;
    Menage menage;
    Date jour;

    [[nodiscard]] bool est(std::string_view champ, std::string_view valeur) const
    {
        return r.est(champ, valeur);
    }
    [[nodiscard]] bool coche(std::string_view motif) const
    {
        return r.est("motif." + std::string{motif}, "oui");
    }
    /// Whether somebody who signs works, studies or is out of work so.
    [[nodiscard]] bool travaille(std::string_view statut) const
    {
        bool oui = false;
        for (int rang = 0; rang <= codemandeurs_max; ++rang)
            oui = oui || r.est(section_du_rang("travail", rang) + ".statut", statut);
        return oui;
    }
    [[nodiscard]] bool touche(std::string_view ressource) const
    {
        bool oui = r.a("ressources_a_charge." + std::string{ressource});
        for (int rang = 0; rang <= codemandeurs_max; ++rang)
            oui = oui || r.a(section_du_rang("ressources", rang) + "." + std::string{ressource});
        return oui;
    }
};

bool toujours(const Faits&)
{
    return true;
}

bool un_etranger(const Faits& f)
{
    bool oui = f.est("demandeur.nationalite", "hors_ue");
    for (int i = 1; i <= 3; ++i) oui = oui || f.est(fmt::format("codemandeur.{}.nationalite", i), "hors_ue");
    return oui;
}

bool salarie(const Faits& f)
{
    for (const auto* statut : {"prive", "etat", "hospitalier", "collectivite", "assistant"})
        if (f.travaille(statut)) return true;
    return false;
}

/// Somebody here acts through a guardian, as far as the form can tell: it says it, or the applicant is a
/// minor.
bool sous_protection(const Faits& f)
{
    const auto ne_le = base::parse_typed_date(f.r.texte("demandeur.naissance_le"));
    return f.est("foyer.tutelle", "oui") || (ne_le && base::plus_months(*ne_le, 18 * 12) > f.jour);
}

bool essentiel(const Faits& f)
{
    bool oui = false;
    for (int rang = 0; rang <= codemandeurs_max; ++rang)
        oui = oui || f.est(section_du_rang("travail", rang) + ".essentiel", "oui");
    return oui;
}

bool loue_son_logement(const Faits& f)
{
    return f.est("logement.statut", "locataire_hlm") || f.est("logement.statut", "locataire_prive") ||
           f.est("logement.statut", "sous_location");
}

struct Ligne {
    std::string_view slug;
    Moment moment;
    std::string_view libelle; // « {} »: the year of the tax notice
    bool (*si)(const Faits&);
    int apres = 0;         // years after that of the notice of N–2
    bool discrete = false; // of few households: the journal does not tell it
};

using enum Moment;

constexpr Ligne lignes[] = {
    {"identite", Enregistrement, "Pièce d’identité ou titre de séjour du demandeur", toujours},
    {"identite_adultes", Instruction, "Pièce d’identité de chaque adulte du ménage",
     [](const Faits& f) { return f.menage.adultes > 1; }},
    {"titre_sejour", Instruction,
     "Titre de séjour en cours de validité de chaque adulte qui n’est pas européen", un_etranger},
    {"livret_famille", Instruction, "Livret de famille ou acte de naissance des enfants",
     [](const Faits& f) { return f.menage.a_charge > 0; }},
    {"tutelle", Instruction, "Jugement de tutelle, de curatelle ou d’émancipation", sous_protection, 0, true},
    {"avis_impot", Instruction, "Avis d’impôt {} de chaque adulte", toujours},
    {"ressources_substitut", SiDemandee,
     "À défaut d’avis d’impôt : autre justificatif de revenus, traduit et en euros s’il vient de l’étranger",
     [](const Faits& f) { return !f.r.a("revenus.rfr_n2"); }},
    {"avis_impot_recent", SiDemandee, "Avis d’impôt {} de chaque adulte, si les revenus ont baissé",
     [](const Faits& f) { return f.r.a("revenus.rfr_n1"); }, 1},
    {"pacs", SiDemandee, "Attestation d’enregistrement du Pacs",
     [](const Faits& f) { return f.est("demandeur.situation_familiale", "pacse"); }},
    {"divorce", SiDemandee, "Jugement de divorce, ordonnance ou convention de séparation",
     [](const Faits& f) {
         return f.est("demandeur.situation_familiale", "divorce") ||
                f.est("demandeur.situation_familiale", "separe") || f.coche("separation");
     }},
    {"deces", SiDemandee, "Livret de famille ou acte de décès du conjoint",
     [](const Faits& f) { return f.est("demandeur.situation_familiale", "veuf"); }},
    {"grossesse", SiDemandee, "Certificat de grossesse",
     [](const Faits& f) { return f.r.a("foyer.a_naitre"); }},
    {"garde", SiDemandee, "Décision ou accord sur la garde des enfants",
     [](const Faits& f) { return f.r.a("autre_enfant.1.naissance_le"); }},
    {"emploi", SiDemandee, "Contrat de travail ou attestation de l’employeur", salarie},
    {"etudes", SiDemandee, "Carte d’étudiant ou contrat d’apprentissage",
     [](const Faits& f) { return f.travaille("etudiant"); }},
    {"salaires", SiDemandee, "Trois derniers bulletins de salaire",
     [](const Faits& f) { return salarie(f) || f.touche("sal"); }},
    {"bilan", SiDemandee, "Dernier bilan ou attestation du comptable",
     [](const Faits& f) { return f.travaille("independant"); }},
    {"chomage", SiDemandee, "Avis de paiement de France Travail",
     [](const Faits& f) { return f.travaille("chomage") || f.touche("cho"); }},
    {"retraite", SiDemandee, "Notification de pension de retraite ou d’invalidité",
     [](const Faits& f) { return f.travaille("retraite") || f.touche("ret") || f.touche("pinv"); }},
    {"prestations", SiDemandee, "Attestation de paiement de la CAF ou de la MSA",
     [](const Faits& f) {
         for (const auto* p : {"af", "aah", "aeeh", "ajpp", "paje", "rsa"})
             if (f.touche(p)) return true;
         return false;
     }},
    {"bourse", SiDemandee, "Avis d’attribution de bourse", [](const Faits& f) { return f.touche("be"); }},
    {"pension_alimentaire", SiDemandee, "Décision sur la pension alimentaire, reçue ou versée",
     [](const Faits& f) { return f.touche("par") || f.r.a("revenus.pensions_versees"); }},
    {"bail", SiDemandee, "Bail et dernière quittance", loue_son_logement},
    {"hebergement", SiDemandee, "Attestation de la personne qui héberge",
     [](const Faits& f) { return f.est("logement.statut", "parents") || f.est("logement.statut", "tiers"); }},
    {"structure", SiDemandee, "Attestation de la structure, du foyer ou de l’hôtel",
     [](const Faits& f) {
         for (const auto* s : {"structure", "foyer", "hotel", "centre_maternel", "temporaire", "rhvs"})
             if (f.est("logement.statut", s)) return true;
         return false;
     }},
    {"domiciliation", SiDemandee, "Attestation de domiciliation, ou d’un service social",
     [](const Faits& f) {
         return f.est("logement.statut", "sans_abri") || f.est("logement.statut", "squat") ||
                f.est("logement.statut", "mobile");
     }},
    {"propriete", SiDemandee, "Acte de propriété ou plan de financement",
     [](const Faits& f) {
         return f.est("logement.statut", "proprietaire") || f.coche("autre_logement") || f.coche("accedant");
     }},
    {"non_decence", SiDemandee, "Constat de la CAF ou de la MSA, jugement, ou rapport sur l’état du logement",
     [](const Faits& f) { return f.coche("non_decent"); }},
    {"arrete_indigne", SiDemandee, "Arrêté du préfet ou du maire, ou rapport sur l’état du logement",
     [](const Faits& f) { return f.coche("indigne"); }},
    {"conge", SiDemandee, "Congé donné par le propriétaire",
     [](const Faits& f) { return f.coche("repris"); }},
    {"expulsion", SiDemandee, "Commandement, assignation ou jugement",
     [](const Faits& f) { return f.coche("expulsion"); }},
    {"handicap", SiDemandee, "Carte mobilité inclusion ou décision de la MDPH",
     [](const Faits& f) { return f.r.a("foyer.handicaps") || f.coche("inadapte"); }},
    {"medical_logement", SiDemandee, "Certificat médical sur les besoins liés au logement",
     [](const Faits& f) { return f.coche("sante") || f.r.a("complement.1.personne"); }},
    {"mutation", SiDemandee, "Attestation de mutation professionnelle ou promesse d’embauche",
     [](const Faits& f) { return f.coche("travail"); }},
    {"essentiel", SiDemandee, "Attestation de l’employeur : métier essentiel, qui ne se fait pas à distance",
     essentiel},
    {"violences", SiDemandee, "Ordonnance de protection, décision du juge ou dépôt de plainte",
     [](const Faits& f) { return f.coche("violences"); }},
    {"ase", SiDemandee, "Attestation de l’aide sociale à l’enfance",
     [](const Faits& f) { return f.coche("ase"); }},
    {"pompier", SiDemandee, "Attestation d’engagement de sapeur-pompier volontaire",
     [](const Faits& f) { return f.coche("pompier"); }},
    {"dalo", SiDemandee, "Décision favorable de la commission de médiation (Dalo)",
     [](const Faits& f) { return f.coche("dalo"); }},
};

} // namespace catalogue
} // namespace

std::vector<PieceAttendue> pieces_attendues(const Reponses& r, Date aujourd_hui)
{
    const catalogue::Faits faits{r, menage(r, aujourd_hui), aujourd_hui};
    std::vector<PieceAttendue> out;
    for (const auto& l : catalogue::lignes)
        if (l.si(faits))
            out.push_back(
                {l.slug, l.moment,
                 fmt::format(fmt::runtime(l.libelle),
                             fmt::format("sur les revenus de {}", annee_du_rfr(aujourd_hui) + l.apres))});
    return out;
}

std::vector<std::string_view> catalogue_des_pieces()
{
    std::vector<std::string_view> out;
    for (const auto& l : catalogue::lignes) out.push_back(l.slug);
    return out;
}

std::string_view type_au_journal(std::string_view type)
{
    const auto l = std::ranges::find(catalogue::lignes, type, &catalogue::Ligne::slug);
    const bool tue = l == std::end(catalogue::lignes) || l->moment == Moment::SiDemandee || l->discrete;
    return tue ? std::string_view{} : type;
}

std::string libelle_de_piece(std::string_view type)
{
    for (const auto& l : catalogue::lignes)
        if (l.slug == type) {
            // Without the year that only a day can tell.
            const auto ou = l.libelle.find(" {}");
            return ou == std::string_view::npos
                       ? std::string{l.libelle}
                       : std::string{l.libelle.substr(0, ou)} + std::string{l.libelle.substr(ou + 3)};
        }
    return std::string{type};
}

} // namespace demande
