// The rules of what an applicant does online. Pure.
#include "demande/espace/gestes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compte/compte.hpp"
#include "demande/espace/codemandeur.hpp"
#include "demande/plafonds.hpp"

namespace demande::espace {

namespace {
namespace en_ligne {

constexpr std::string_view famille[] = {"situation_familiale"};
// Those who sign with the applicant are left out: they are not theirs to write, and NIRs are theirs alone.
constexpr PartieDeVolet menage[] = {
    {"demandeur", famille}, {"a_charge"}, {"autre_enfant"}, {"foyer"}, {"colocataire"}, {"complement"},
};

const std::array<Volet, 5>& les_volets()
{
    static const std::array<Volet, 5> tous = [] {
        const auto guichet = [](std::string_view slug) { return *volet(slug); };
        auto m = guichet("menage");
        m.aide = "Naissance, départ ou arrivée d’un enfant ou d’un proche, handicap.";
        m.parties = menage;
        return std::array{guichet("ressources"), m, guichet("logement"), guichet("souhait"),
                          guichet("coordonnees")};
    }();
    return tous;
}

struct Libelle {
    std::string_view type;
    std::string_view libelle;
};
// The catalogue speaks of « each adult »: one of them is asked for one.
constexpr Libelle d_une_personne[] = {
    {"identite", "Pièce d’identité ou titre de séjour"},
    {"identite_adultes", "Pièce d’identité ou titre de séjour"},
    {"titre_sejour", "Titre de séjour en cours de validité"},
    {"avis_impot", "Avis d’impôt sur les revenus de {}"},
};

bool est_un_adulte(const std::string& cle)
{
    return cle == "demandeur" || cle.starts_with("codemandeur.");
}

/// Of whom a document is asked: the lines of the form, or the household.
std::vector<PersonneDuDossier> de_qui(std::string_view type, const Reponses& r)
{
    std::vector<PersonneDuDossier> out;
    for (const auto& p : personnes_du_dossier(r)) {
        if (!est_un_adulte(p.cle)) continue;
        const bool lui = type == "identite"           ? p.cle == "demandeur"
                         : type == "identite_adultes" ? p.cle != "demandeur"
                         : type == "titre_sejour"     ? r.est(p.cle + ".nationalite", "hors_ue")
                                                      : type == "avis_impot";
        if (lui) out.push_back(p);
    }
    if (out.empty()) out.push_back({"", "Tout le ménage"});
    return out;
}

/// A notice of tax is called after its income or after the year it came.
bool meme_periode(const std::string& demandee, const std::string& ecrite)
{
    return demandee.empty() || ecrite.empty() || ecrite == demandee ||
           ecrite == std::to_string(std::stoi(demandee) + 1);
}

} // namespace en_ligne
} // namespace

std::span<const Volet> volets_en_ligne()
{
    return en_ligne::les_volets();
}

const Volet* volet_en_ligne(std::string_view slug)
{
    const auto v = std::ranges::find_if(
        en_ligne::les_volets(), [&](const Volet& row) { return base::slug_of(raisons, row.raison) == slug; });
    return v == en_ligne::les_volets().end() ? nullptr : &*v;
}

bool posee_en_ligne(const Volet& v, const Rubrique& r, const Question& q)
{
    return q.genre != Genre::Nir && demande_la_question(v, r, q);
}

bool posee_en_ligne(const Volet& v, const Rubrique& r, const Question& q, const Reponses& actuelles, int rang)
{
    if (!posee_en_ligne(v, r, q) || !concerne(r, actuelles)) return false;
    if (est_cache(champ(r, 1, q), actuelles, rang)) return false;
    const bool violences = r.slug == "motif" && q.slug == "violences";
    return !violences || (rang == 0 && !declare_des_violences(actuelles));
}

Reponses completees(const Reponses& actuelles, const Volet& v, const Reponses& saisies, int rang)
{
    auto out = saisies;
    for (const auto& r : rubriques())
        for (int ligne = 1; ligne <= r.lignes; ++ligne)
            for (const auto& q : r.questions)
                if (demande_la_question(v, r, q) && !posee_en_ligne(v, r, q, actuelles, rang)) {
                    const auto nom = champ(r, ligne, q);
                    out.mettre(nom, actuelles.texte(nom)); // never a NIR: the answers hold none
                }
    return out;
}

Result<Changement, FormErrors> changer_en_ligne(const Reponses& actuelles, const Volet& v,
                                                const Reponses& saisies, const Contexte& contexte, int rang)
{
    auto c = changer(actuelles, v, completees(actuelles, v, saisies, rang), Justificatif::EnLigne, contexte);
    if (c) return c;
    auto erreurs = c.error();
    // There is no paper to choose online.
    std::erase_if(erreurs, [](const FieldError& e) { return e.field == "justificatif"; });
    return erreurs;
}

std::optional<std::string> adresse_a_prouver(const Reponses& avant, const Reponses& apres,
                                             std::string_view du_compte)
{
    auto nouvelle = compte::plier_email(apres.texte("demandeur.email"));
    if (!nouvelle || nouvelle == compte::plier_email(avant.texte("demandeur.email")) ||
        *nouvelle == du_compte)
        return std::nullopt;
    return nouvelle;
}

const Volet* prochaine_relecture(const std::vector<Raison>& relues)
{
    for (const auto& v : en_ligne::les_volets())
        if (std::ranges::find(relues, v.raison) == relues.end()) return &v;
    return nullptr;
}

Result<Reprise> reprendre_en_ligne(const Situation& s, const std::vector<Raison>& relues, bool exact,
                                   Date jour)
{
    auto r = s.etat == Etat::Radiee ? reactiver(s, jour) : renouveler(s, jour);
    if (!r) return r;
    if (const auto* v = prochaine_relecture(relues))
        return Problem::conflict(
            fmt::format("Relisez d’abord la partie «\u00a0{}\u00a0».", base::label_of(raisons, v->raison)));
    if (!exact)
        return Problem::invalid("exact", "Cochez cette case\u00a0: c’est elle qui renouvelle la demande.");
    return r;
}

Result<Radiation> renoncer(const Situation& s, bool d_autres_la_signent, bool confirme, Date jour)
{
    if (d_autres_la_signent)
        return Problem::conflict("Une autre personne signe cette demande avec vous. Pour l’arrêter, allez "
                                 "ensemble à un guichet. Si vous vous séparez, chacun peut garder sa demande "
                                 "et son ancienneté.");
    auto r = radier(s,
                    {.motif = MotifRadiation::Renonciation,
                     .par = Auteur::Demandeur,
                     .justificatif = "Renonciation écrite en ligne par le demandeur"},
                    jour);
    if (r && !confirme)
        return Problem::invalid("confirme", "Cochez cette case si vous voulez vraiment arrêter la demande.");
    return r;
}

std::pair<std::string, std::string> PieceADeposer::adresse() const
{
    if (moment == demande::Moment::SiDemandee) return {"piece", std::to_string(rang)};
    return {type, personne.empty() ? "menage" : personne};
}

std::vector<PieceADeposer> pieces_a_deposer(const Reponses& r, const std::vector<PieceRecue>& recues,
                                            Date jour)
{
    std::vector<PieceADeposer> out;
    const auto presents = personnes_du_dossier(r);
    for (const auto& a : pieces_attendues(r, jour)) {
        const auto annee = std::to_string(annee_du_rfr(jour));
        const auto l = std::ranges::find(en_ligne::d_une_personne, a.slug, &en_ligne::Libelle::type);
        const bool nominative = l != std::end(en_ligne::d_une_personne);
        for (const auto& p : en_ligne::de_qui(a.slug, r)) {
            PieceADeposer piece{.type = std::string{a.slug},
                                .personne = p.cle,
                                .periode = a.slug == "avis_impot" ? annee : std::string{},
                                .libelle =
                                    nominative ? fmt::format(fmt::runtime(l->libelle), annee) : a.libelle,
                                .de_qui = p.cle.empty() ? std::string{} : p.nom,
                                .moment = a.moment,
                                .refusee = {},
                                .rang = 0};
            std::vector<PieceDuDossier> siennes;
            std::optional<PieceRecue> derniere;
            for (const auto& recue : recues) {
                const auto& q = recue.piece;
                // Of who has left, nothing; of the household, for whoever is asked.
                const bool present =
                    std::ranges::find(presents, q.personne, &PersonneDuDossier::cle) != presents.end();
                if (q.type != a.slug || !present || !en_ligne::meme_periode(piece.periode, q.periode))
                    continue;
                if (!p.cle.empty() && !q.personne.empty() && q.personne != p.cle) continue;
                siennes.push_back(q);
                if (!derniere || derniere->piece.version < q.version) derniere = recue;
            }
            piece.besoin = etat_du_dossier({a}, siennes, jour).front().besoin;
            if (derniere && derniere->piece.etat == EtatPiece::Refusee) piece.refusee = derniere->motif;
            piece.rang = static_cast<int>(out.size()) + 1;
            out.push_back(std::move(piece));
        }
    }
    return out;
}

} // namespace demande::espace
