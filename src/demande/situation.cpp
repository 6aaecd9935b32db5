// The parts of a demande and the rules of their changes. Pure.
#include "demande/situation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/doublons.hpp"

namespace demande {

namespace {
namespace changements {

constexpr std::string_view etat_civil[] = {"civilite",     "nom",         "nom_usage", "prenom",
                                           "naissance_le", "nationalite", "nir"};
constexpr std::string_view famille[] = {"situation_familiale"};
constexpr std::string_view contacts[] = {"telephone",      "telephone_2",    "email",
                                         "infos_courriel", "infos_courrier", "infos_sms"};
constexpr std::string_view texte[] = {"texte"};

constexpr PartieDeVolet menage[] = {
    {"demandeur", famille}, {"codemandeur"}, {"a_charge"}, {"autre_enfant"}, {"foyer"},
    {"colocataire"},        {"complement"},
};
constexpr PartieDeVolet identite[] = {{"demandeur", etat_civil}};
constexpr PartieDeVolet coordonnees[] = {
    {"demandeur", contacts}, {"adresse"}, {"courrier"}, {"accompagnant"}};
constexpr PartieDeVolet ressources[] = {{"travail"},
                                        {"travail_codemandeur"},
                                        {"travail_codemandeur_2"},
                                        {"travail_codemandeur_3"},
                                        {"revenus"},
                                        {"ressources"},
                                        {"ressources_codemandeur"},
                                        {"ressources_codemandeur_2"},
                                        {"ressources_codemandeur_3"},
                                        {"ressources_a_charge"}};
constexpr PartieDeVolet logement[] = {{"logement"}, {"motif"}, {"precisions", texte}};
constexpr PartieDeVolet souhait[] = {{"souhait"}, {"localisation"}};

constexpr Volet les_volets[] = {
    {Raison::Menage, "Naissance, mariage, départ, personne qui rejoint le ménage.", menage},
    {Raison::Ressources, "Nouvel emploi, chômage, retraite, nouvel avis d’impôt.", ressources},
    {Raison::Logement, "Déménagement, hébergement, congé, expulsion, état du logement.", logement},
    {Raison::Souhait, "Communes, nombre de pièces, étage, loyer au plus.", souhait},
    {Raison::Coordonnees, "Téléphone, adresse électronique, adresse de courrier, personne qui aide.",
     coordonnees},
    {Raison::Identite, "Seulement sur présentation de la pièce d’identité.", identite},
};

bool est_de_l_etat_civil(const Question& q)
{
    return std::ranges::find(etat_civil, q.slug) != std::end(etat_civil);
}

bool est_un_adulte(const Rubrique& r)
{
    return r.slug == "demandeur" || r.slug == "codemandeur";
}

std::string prefixe(const Rubrique& r, int ligne)
{
    return r.lignes > 1 ? fmt::format("{}.{}.", r.slug, ligne) : fmt::format("{}.", r.slug);
}

template <class F> void pour_chaque_ligne(F&& f)
{
    for (const auto& r : rubriques())
        for (int ligne = 1; ligne <= r.lignes; ++ligne) f(r, ligne);
}

/// Whether somebody who was there is now written otherwise.
bool une_identite_change(const Reponses& avant, const Reponses& apres)
{
    bool change = false;
    pour_chaque_ligne([&](const Rubrique& r, int ligne) {
        if (!est_un_adulte(r) || !est_remplie(r, ligne, avant) || !est_remplie(r, ligne, apres)) return;
        for (const auto& q : r.questions) {
            const auto nom = champ(r, ligne, q);
            // A NIR that was not known before is a completion; the answers never hold one.
            if (est_de_l_etat_civil(q) && q.genre != Genre::Nir)
                change = change || avant.texte(nom) != apres.texte(nom);
        }
    });
    return change;
}

Identite identite_de(const Reponses& r, const std::string& debut)
{
    return {.nom = base::fold(r.texte(debut + "nom")),
            .prenom = base::fold(r.texte(debut + "prenom")),
            .naissance_le = base::parse_typed_date(r.texte(debut + "naissance_le")),
            .nir = {}};
}

std::string titre_de_la_ligne(const Rubrique& r, int ligne, const Reponses& avant, const Reponses& apres)
{
    if (r.lignes == 1) return std::string{r.titre};
    const auto debut = prefixe(r, ligne);
    const auto& qui = apres.a(debut + "nom") ? apres : avant;
    auto titre = fmt::format("{} {}", r.nom_de_ligne, ligne);
    if (qui.a(debut + "nom"))
        titre += fmt::format(" ({} {})", qui.texte(debut + "prenom"), qui.texte(debut + "nom"));
    return titre;
}

} // namespace changements
} // namespace

std::optional<Justificatif> justificatif_d_un_agent(std::string_view slug)
{
    const auto j = base::from_slug(justificatifs, slug);
    constexpr Justificatif faits[] = {Justificatif::EnLigne, Justificatif::Fichier, Justificatif::Reunion};
    return j && std::ranges::find(faits, *j) != std::end(faits) ? std::nullopt : j;
}

bool prouve_un_nir(Justificatif j)
{
    return j == Justificatif::Identite || j == Justificatif::EtatCivil || j == Justificatif::Autre;
}

std::span<const Volet> volets()
{
    return changements::les_volets;
}

const Volet* volet(std::string_view slug)
{
    const auto v = std::ranges::find_if(changements::les_volets, [&](const Volet& row) {
        return base::slug_of(raisons, row.raison) == slug;
    });
    return v == std::end(changements::les_volets) ? nullptr : v;
}

bool demande_la_question(const Volet& v, const Rubrique& r, const Question& q)
{
    return std::ranges::any_of(v.parties, [&](const PartieDeVolet& p) {
        return p.rubrique == r.slug &&
               (p.questions.empty() || std::ranges::find(p.questions, q.slug) != p.questions.end());
    });
}

Reponses appliquer(const Reponses& actuelles, const Volet& v, const Reponses& saisies)
{
    auto r = actuelles;
    changements::pour_chaque_ligne([&](const Rubrique& rubrique, int ligne) {
        for (const auto& q : rubrique.questions)
            if (demande_la_question(v, rubrique, q)) {
                const auto nom = champ(rubrique, ligne, q);
                r.mettre(nom, saisies.texte(nom));
            }
    });
    return r;
}

bool meme_personne(const Reponses& avant, const Reponses& apres, const std::string& prefixe)
{
    const auto une = changements::identite_de(avant, prefixe),
               autre = changements::identite_de(apres, prefixe);
    // On the same line of the form, the same name with another day of birth is a correction.
    return comparer(une, autre).has_value() ||
           (!une.nom.empty() && une.nom == autre.nom && une.prenom == autre.prenom);
}

bool adultes_changes(const Reponses& avant, const Reponses& apres)
{
    bool change = changements::une_identite_change(avant, apres);
    changements::pour_chaque_ligne([&](const Rubrique& r, int ligne) {
        change = change || (changements::est_un_adulte(r) && !est_remplie(r, ligne, avant) &&
                            est_remplie(r, ligne, apres));
    });
    return change;
}

Result<Changement, FormErrors> changer(const Reponses& actuelles, const Volet& v, const Reponses& saisies,
                                       std::optional<Justificatif> justificatif, const Contexte& contexte,
                                       const std::vector<int>& nirs_connus)
{
    const auto apres = appliquer(actuelles, v, saisies);
    auto lu = lire(apres, contexte);
    FormErrors erreurs;
    if (!lu)
        for (auto& e : lu.error()) {
            // An answer of another screen that no longer passes is said, but has no field here.
            bool ici = false;
            changements::pour_chaque_ligne([&](const Rubrique& r, int ligne) {
                for (const auto& q : r.questions)
                    ici = ici || (champ(r, ligne, q) == e.field && demande_la_question(v, r, q));
            });
            erreurs.push_back({ici ? e.field : std::string{}, e.message});
        }
    if (!justificatif)
        erreurs.push_back({"justificatif", "Choisissez la pièce sur laquelle repose ce changement."});
    else if (changements::une_identite_change(actuelles, apres) && *justificatif != Justificatif::Identite)
        erreurs.push_back({"justificatif",
                           "Le nom, la date de naissance, la civilité ou la nationalité d’une personne "
                           "changent\u00a0: il faut sa pièce d’identité ou son titre de séjour."});
    for (const auto rang : nirs_connus) {
        const auto ligne = rang == 0 ? std::string{"demandeur."} : fmt::format("codemandeur.{}.", rang);
        if (apres.a(ligne + "nir") && justificatif && !prouve_un_nir(*justificatif) &&
            meme_personne(actuelles, apres, ligne))
            erreurs.push_back(
                {ligne + "nir",
                 "Un numéro de sécurité sociale est déjà connu\u00a0: il ne se remplace que sur "
                 "une pièce d’identité, d’état civil ou de la liste. Laissez la case vide pour "
                 "le garder."});
    }
    if (!erreurs.empty()) return erreurs;

    Changement c{.raison = v.raison, .justificatif = *justificatif, .contenu = *std::move(lu), .nirs = {}};
    changements::pour_chaque_ligne([&](const Rubrique& r, int ligne) {
        for (const auto& q : r.questions)
            if (q.genre == Genre::Nir && apres.a(champ(r, ligne, q))) c.nirs.push_back(champ(r, ligne, q));
    });
    return c;
}

std::vector<Difference> differences(const Reponses& avant, const Reponses& apres,
                                    const std::vector<std::string>& nirs)
{
    std::vector<Difference> out;
    changements::pour_chaque_ligne([&](const Rubrique& r, int ligne) {
        for (const auto& q : r.questions) {
            const auto nom = champ(r, ligne, q);
            const auto mots = [&](const Reponses& reponses) {
                const auto& dit = reponses.texte(nom);
                return dit.empty() ? std::string{} : std::string{libelle_de_la_reponse(q, dit)};
            };
            const bool nir = std::ranges::find(nirs, nom) != nirs.end();
            if (!nir && avant.texte(nom) == apres.texte(nom)) continue;
            out.push_back({changements::titre_de_la_ligne(r, ligne, avant, apres), std::string{q.libelle},
                           nir ? std::string{} : mots(avant), nir ? "Indiqué ou corrigé" : mots(apres)});
        }
    });
    return out;
}

Reunion reunir(const Volet& v, const Reponses& base, const Reponses& saisies, const Reponses& actuelles)
{
    Reunion out{.reponses = actuelles, .disputees = {}};
    // A line about a person goes as a whole: half of one and half of another would be nobody.
    const auto trancher = [&](const std::vector<std::string>& champs, const std::string& titre) {
        const auto differe = [&](const Reponses& a, const Reponses& b) {
            return std::ranges::any_of(champs, [&](const auto& c) { return a.texte(c) != b.texte(c); });
        };
        if (!differe(saisies, base)) return;
        for (const auto& c : champs) out.reponses.mettre(c, saisies.texte(c));
        if (differe(actuelles, base) && differe(actuelles, saisies)) out.disputees.push_back(titre);
    };
    changements::pour_chaque_ligne([&](const Rubrique& r, int ligne) {
        std::vector<std::string> ensemble;
        for (const auto& q : r.questions) {
            if (!demande_la_question(v, r, q)) continue;
            const auto nom = champ(r, ligne, q);
            if (r.lignes == 1)
                trancher({nom}, fmt::format("{}\u00a0: {}", r.titre, q.libelle));
            else
                ensemble.push_back(nom);
        }
        if (!ensemble.empty())
            trancher(ensemble, changements::titre_de_la_ligne(r, ligne, actuelles, saisies));
    });
    return out;
}

} // namespace demande
