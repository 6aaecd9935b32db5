// The screens of a registration online, and what one of them changes. Pure.
#include "demande/portail/etapes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expect.hpp"

namespace demande::portail {

namespace {
namespace ecrans {

using enum GenreEtape;

constexpr std::string_view qui[] = {"civilite",     "nom",         "nom_usage",           "prenom",
                                    "naissance_le", "nationalite", "situation_familiale", "nir"};
constexpr std::string_view joindre[] = {"telephone", "telephone_2", "email", "infos_courriel",
                                        "infos_courrier"};
constexpr std::string_view piece[] = {"identite"};
constexpr std::string_view mots[] = {"texte"};

constexpr PartieDeVolet vous[] = {{"demandeur", qui}};
constexpr PartieDeVolet coordonnees[] = {{"demandeur", joindre}, {"adresse"}};
constexpr PartieDeVolet courrier[] = {{"courrier"}, {"accompagnant"}};
constexpr PartieDeVolet conjoint[] = {{"codemandeur"}};
constexpr PartieDeVolet enfants[] = {{"a_charge"}, {"autre_enfant"}};
constexpr PartieDeVolet sante[] = {{"foyer"}, {"complement"}};
constexpr PartieDeVolet travail[] = {
    {"travail"}, {"travail_codemandeur"}, {"travail_codemandeur_2"}, {"travail_codemandeur_3"}};
constexpr PartieDeVolet revenus[] = {{"revenus"}};
constexpr PartieDeVolet ressources[] = {{"ressources"},
                                        {"ressources_codemandeur"},
                                        {"ressources_codemandeur_2"},
                                        {"ressources_codemandeur_3"},
                                        {"ressources_a_charge"}};
constexpr PartieDeVolet logement[] = {{"logement"}};
constexpr PartieDeVolet motifs[] = {{"motif"}};
constexpr PartieDeVolet souhait[] = {{"souhait"}, {"colocataire"}};
constexpr PartieDeVolet communes[] = {{"localisation"}};
constexpr PartieDeVolet precisions[] = {{"precisions", mots}};
constexpr PartieDeVolet identite[] = {{"depot", piece}};

constexpr std::string_view p_vous = "Vous", p_foyer = "Votre foyer", p_revenus = "Travail et revenus",
                           p_logement = "Votre logement", p_souhait = "Ce que vous cherchez",
                           p_depot = "Pièce d’identité et dépôt";

constexpr Etape les_etapes[] = {
    {"vous", "Qui êtes-vous ?", p_vous, vous, Questions,
     "Comme sur votre pièce d’identité : un guichet les comparera."},
    {"coordonnees", "Comment vous joindre ?", p_vous, coordonnees},
    {"courrier", "Courrier et aide", p_vous, courrier, Questions,
     "Rien à écrire si votre courrier arrive chez vous et si personne ne vous aide."},
    {"conjoint", "Qui demande avec vous ?", p_foyer, conjoint},
    {"enfants", "Qui vivra avec vous ?", p_foyer, enfants},
    {"sante", "Handicap et naissance à venir", p_foyer, sante},
    {"travail", "Votre travail", p_revenus, travail},
    {"revenus", "Vos revenus", p_revenus, revenus},
    {"ressources", "Ce que votre foyer reçoit chaque mois", p_revenus, ressources},
    {"logement", "Où vivez-vous aujourd’hui ?", p_logement, logement},
    {"motifs", "Pourquoi demandez-vous un logement ?", p_logement, motifs},
    {"souhait", "Le logement que vous cherchez", p_souhait, souhait},
    {"communes", "Les communes que vous demandez", p_souhait, communes, Communes},
    {"precisions", "Ce que vous voulez ajouter", p_souhait, precisions},
    {"identite", "Votre pièce d’identité", p_depot, identite, Identite},
    {"verification", "Relire et déposer", p_depot, {}, Verification},
};

/// What does not hold together, said to whoever wrote it; by the field that a_completer names.
constexpr std::pair<std::string_view, std::string_view> contradictions[] = {
    {"codemandeur.1.lien",
     "Vous êtes marié ou pacsé\u00a0: ajoutez votre conjoint, ou dites que vous vous séparez "
     "(« Pourquoi demandez-vous un logement ? »)"},
    {"motif.separation", "Vous dites vous séparer\u00a0: votre conjoint ne devrait pas être sur la demande"},
    {"travail.cdd", "Un CDD ou un intérim va avec un emploi du privé\u00a0: vérifiez votre situation"},
    {"travail_codemandeur.cdd",
     "Un CDD ou un intérim va avec un emploi du privé\u00a0: vérifiez sa situation"},
    {"travail.fin_chomage_le", "La date à laquelle votre chômage a pris fin"},
    {"travail_codemandeur.fin_chomage_le", "La date à laquelle son chômage a pris fin"},
    {"souhait.colocation", "Une chambre en colocation et la liste des colocataires vont ensemble"},
    {"souhait.personnes", "Vous demandez pour moins de personnes que vous n’en avez inscrit"},
    {"demandeur.naissance_le",
     "Vous avez moins de 18 ans\u00a0: un guichet vous demandera votre émancipation ou "
     "votre tuteur"},
    {"souhait.t1", "Le nombre de pièces que vous cherchez"},
};

/// The contradictions of every codemandeur are those of the first.
std::string du_premier(std::string champ)
{
    const auto point = champ.find('.');
    if (rang_de_la_section(champ.substr(0, point)) > 1) champ.erase(point - 2, 2);
    return champ;
}

/// Calls f(rubrique, ligne, question, field) for all that a screen asks this household.
template <class F> void pour_chaque_question(const Etape& e, const Reponses& r, F&& f)
{
    for (const auto& partie : rubriques_posees(e, r)) {
        const auto& rubrique = rubrique_de(partie);
        for (int ligne = 1; ligne <= rubrique.lignes; ++ligne)
            for (const auto& q : rubrique.questions)
                if (pose(partie, q)) f(rubrique, ligne, q, champ(rubrique, ligne, q));
    }
}

std::string avec_les_annees(std::string_view texte, Date jour)
{
    std::string out{texte};
    for (const auto& [marque, annee] :
         {std::pair{std::string_view{"{n2}"}, jour.year - 2}, {std::string_view{"{n1}"}, jour.year - 1}})
        for (auto ou = out.find(marque); ou != std::string::npos; ou = out.find(marque))
            out.replace(ou, marque.size(), std::to_string(annee));
    return out;
}

} // namespace ecrans
} // namespace

std::span<const Etape> etapes()
{
    return ecrans::les_etapes;
}

const Etape* etape(std::string_view slug)
{
    const auto e = std::ranges::find(ecrans::les_etapes, slug, &Etape::slug);
    return e == std::end(ecrans::les_etapes) ? nullptr : e;
}

std::vector<std::string_view> parties()
{
    std::vector<std::string_view> out;
    for (const auto& e : ecrans::les_etapes)
        if (out.empty() || out.back() != e.partie) out.push_back(e.partie);
    return out;
}

const Etape& suivante(const Etape& e)
{
    const auto* apres = &e + 1;
    return apres == std::end(ecrans::les_etapes) ? e : *apres;
}

const Etape* precedente(const Etape& e)
{
    return &e == std::begin(ecrans::les_etapes) ? nullptr : &e - 1;
}

const Rubrique& rubrique_de(const PartieDeVolet& p)
{
    const auto r = std::ranges::find(rubriques(), p.rubrique, &Rubrique::slug);
    base::expect(r != rubriques().end(), "a screen asks a section that is not in the form");
    return *r;
}

bool pose(const PartieDeVolet& p, const Question& q)
{
    return p.questions.empty() || std::ranges::find(p.questions, q.slug) != p.questions.end();
}

std::vector<PartieDeVolet> rubriques_posees(const Etape& e, const Reponses& r)
{
    std::vector<PartieDeVolet> out;
    for (const auto& p : e.rubriques)
        if (concerne(rubrique_de(p), r)) out.push_back(p);
    return out;
}

const Etape* etape_du_champ(std::string_view nom)
{
    for (const auto& e : ecrans::les_etapes)
        for (const auto& p : e.rubriques) {
            const auto& r = rubrique_de(p);
            for (int ligne = 1; ligne <= r.lignes; ++ligne)
                for (const auto& q : r.questions)
                    if (pose(p, q) && champ(r, ligne, q) == nom) return &e;
        }
    return nullptr;
}

int lignes_montrees(const Rubrique& r, const Reponses& reponses)
{
    int derniere = 0;
    for (int ligne = 1; ligne <= r.lignes; ++ligne)
        if (est_remplie(r, ligne, reponses)) derniere = ligne;
    return std::min(r.lignes, derniere + 1);
}

Reponses repondre(const Reponses& avant, const Etape& e, const Reponses& saisies)
{
    auto apres = avant;
    std::vector<std::string> nirs;
    ecrans::pour_chaque_question(e, avant,
                                 [&](const Rubrique&, int, const Question& q, const std::string& nom) {
                                     if (q.genre == Genre::Nir && !saisies.a(nom))
                                         nirs.push_back(nom);
                                     else
                                         apres.mettre(nom, saisies.texte(nom));
                                 });
    for (const auto& nom : nirs) {
        const auto prefixe = nom.substr(0, nom.size() - std::string_view{"nir"}.size());
        if (!apres.a(prefixe + "nom") || !meme_personne(avant, apres, prefixe)) apres.retirer(nom);
    }
    return apres;
}

FormErrors de_l_etape(const Etape& e, const FormErrors& toutes)
{
    FormErrors out;
    for (const auto& erreur : toutes)
        if (etape_du_champ(erreur.field) == &e) out.push_back(erreur);
    return out;
}

Reponses sans_les_fautes(const Reponses& avant, Reponses apres, const FormErrors& erreurs)
{
    for (const auto& e : erreurs)
        if (apres.a(e.field)) apres.mettre(e.field, avant.texte(e.field));
    return apres;
}

Reponses datees(Reponses r, Date depot)
{
    r.mettre("depot.depose_le", base::short_text(depot));
    if (!r.a("depot.nature")) r.mettre("depot.nature", "premiere");
    return r;
}

FormErrors avant_le_depot(const Reponses& r, Contexte c, bool a_une_piece_d_identite)
{
    FormErrors out;
    const auto lu = lire(datees(r, c.aujourd_hui), c);
    if (!lu)
        for (const auto& e : etapes())
            for (auto& erreur : de_l_etape(e, lu.error())) out.push_back(std::move(erreur));
    if (!a_une_piece_d_identite)
        out.push_back({std::string{champ_identite},
                       "Ajoutez une photo ou un PDF de votre pièce d’identité ou de votre titre de séjour."});
    return out;
}

FormErrors a_preciser(const Reponses& r, Date jour)
{
    auto manques = a_completer(r, jour);
    std::erase_if(manques, [](const auto& m) { return etape_du_champ(m.field) == nullptr; });
    for (auto& m : manques) {
        if (const auto dite = std::ranges::find(ecrans::contradictions, ecrans::du_premier(m.field),
                                                [](const auto& c) { return c.first; });
            dite != std::end(ecrans::contradictions)) {
            m.message = dite->second;
            continue;
        }
        if (r.a(m.field)) continue; // a doubtful answer, not a missing one: said in the same words
        for (const auto& rubrique : rubriques())
            for (int ligne = 1; ligne <= rubrique.lignes; ++ligne)
                for (const auto& q : rubrique.questions)
                    if (champ(rubrique, ligne, q) == m.field)
                        m.message = std::string{titre_en_ligne(rubrique)} + " – " + en_ligne(q, jour);
    }
    return manques;
}

std::string en_ligne(const Question& q, Date jour)
{
    return ecrans::avec_les_annees(q.en_ligne.empty() ? q.libelle : q.en_ligne, jour);
}

std::string aide_en_ligne(const Question& q, Date jour)
{
    return ecrans::avec_les_annees(q.aide_en_ligne.empty() ? q.aide : q.aide_en_ligne, jour);
}

std::string_view titre_en_ligne(const Rubrique& r)
{
    return r.titre_en_ligne.empty() ? r.titre : r.titre_en_ligne;
}

std::string_view aide_en_ligne(const Rubrique& r)
{
    return r.aide_en_ligne.empty() ? r.aide : r.aide_en_ligne;
}

} // namespace demande::portail
