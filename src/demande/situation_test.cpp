// Changes of situation: what a screen may change, from which paper, what differs, and two changes at once.
#include <doctest/doctest.h>

#include <algorithm>

#include "demande/exemples_test.hpp"
#include "demande/situation.hpp"

namespace demande {
namespace test_situation {

/// The example as it is kept: without any NIR.
Reponses gardees()
{
    return lire(exemples::formulaire_rempli(), exemples::contexte())->reponses;
}

Result<Changement, FormErrors> essai(std::string_view ecran, const Reponses& avant, const Reponses& saisies,
                                     std::optional<Justificatif> sur = Justificatif::Presence)
{
    return changer(avant, *volet(ecran), saisies, sur, exemples::contexte());
}

bool refuse(const Result<Changement, FormErrors>& r, std::string_view champ)
{
    return !r && std::ranges::any_of(r.error(), [&](const FieldError& e) { return e.field == champ; });
}

TEST_CASE("chaque question du formulaire se change sur un écran et un seul, hors dépôt et signature")
{
    for (const auto& r : rubriques())
        for (const auto& q : r.questions) {
            const auto ecrans =
                std::ranges::count_if(volets(), [&](const Volet& v) { return demande_la_question(v, r, q); });
            INFO(std::string{r.slug}, ".", std::string{q.slug});
            CHECK(ecrans == (r.slug == "depot" || q.slug == "signe_le" ? 0 : 1));
        }
}

TEST_CASE("une naissance s’ajoute au ménage, sans rien toucher d’autre")
{
    const auto avant = gardees();
    auto saisies = avant;
    saisies.mettre("a_charge.2.nom", "Traoré");
    saisies.mettre("a_charge.2.prenom", "Lina");
    saisies.mettre("a_charge.2.naissance_le", "19/11/2026");
    saisies.mettre("revenus.rfr_n2", "1"); // not asked on this screen
    const auto c = essai("menage", avant, saisies, Justificatif::EtatCivil);
    REQUIRE(c);
    CHECK(c->contenu.reponses.texte("revenus.rfr_n2") == "21 400 €");
    const auto d = differences(avant, c->contenu.reponses);
    REQUIRE(d.size() == 3);
    CHECK(d.front().rubrique == "Personne à charge 2 (Lina Traoré)");
    CHECK(d.front().question == "Nom");
    CHECK(d.front().avant.empty());
    CHECK(d.front().apres == "Traoré");
}

TEST_CASE("un changement repose sur une pièce ; une identité ne change que sur la pièce d’identité")
{
    const auto avant = gardees();
    auto saisies = avant;
    saisies.mettre("demandeur.telephone", "07 11 22 33 44");
    CHECK(refuse(essai("coordonnees", avant, saisies, std::nullopt), "justificatif"));
    CHECK(essai("coordonnees", avant, saisies, Justificatif::Ecrit));

    saisies.mettre("demandeur.nom", "Le Kerviel");
    CHECK(essai("coordonnees", avant, saisies)->contenu.reponses.texte("demandeur.nom") == "Kerviel");
    CHECK(refuse(essai("identite", avant, saisies), "justificatif"));
    CHECK(essai("identite", avant, saisies, Justificatif::Identite));

    auto conjoint = avant;
    conjoint.mettre("codemandeur.1.naissance_le", "18/05/1986");
    CHECK(refuse(essai("menage", avant, conjoint, Justificatif::EtatCivil), "justificatif"));
    CHECK(essai("menage", avant, conjoint, Justificatif::Identite));
}

TEST_CASE("un numéro de sécurité sociale donné se voit dans les changements, sans se lire")
{
    const auto avant = gardees();
    auto saisies = avant;
    saisies.mettre("demandeur.nir", "2 84 12 76 451 089 93");
    const auto c = essai("identite", avant, saisies);
    REQUIRE(c);
    CHECK(c->nirs == std::vector<std::string>{"demandeur.nir"});
    CHECK(c->contenu.adultes.front().nir == "284127645108993");
    CHECK(c->contenu.reponses.json().find("089") == std::string::npos);
    const auto d = differences(avant, c->contenu.reponses, c->nirs);
    REQUIRE(d.size() == 1);
    CHECK(d.front().question == "Numéro de sécurité sociale");
    CHECK(d.front().apres == "Indiqué ou corrigé");
}

TEST_CASE("ce qui ne peut pas être enregistré est refusé à sa question")
{
    const auto avant = gardees();
    auto saisies = avant;
    saisies.mettre("a_charge.1.naissance_le", "31/02/2019");
    CHECK(refuse(essai("menage", avant, saisies), "a_charge.1.naissance_le"));
    auto sans_commune = avant;
    sans_commune.mettre("localisation.1.commune", "");
    CHECK(refuse(
        changer(avant, *volet("souhait"), sans_commune, Justificatif::Presence, exemples::contexte({})),
        "localisation.1.commune"));
}

TEST_CASE("les réponses changées se lisent dans les mots du formulaire")
{
    const auto avant = gardees();
    auto apres = avant;
    apres.mettre("logement.statut", "tiers");
    apres.mettre("motif.trop_petit", "");
    apres.mettre("motif.sante", "oui");
    const auto d = differences(avant, apres);
    REQUIRE(d.size() == 3);
    CHECK(d[0].avant == "Locataire d’un logement privé");
    CHECK(d[0].apres == "Chez un tiers");
    CHECK(d[1].question == "Logement trop petit");
    CHECK(d[1].avant == "Oui");
    CHECK(d[1].apres.empty());
    CHECK(d[2].apres == "Oui");
    CHECK(differences(avant, avant).empty());
}

TEST_CASE("deux changements faits en même temps se réunissent ; ce que les deux ont changé est à vérifier")
{
    const auto base = gardees();
    auto actuelles = base, saisies = base;
    actuelles.mettre("demandeur.telephone", "07 00 00 00 01");
    actuelles.mettre("adresse.voie", "8 quai du Havre");
    saisies.mettre("adresse.voie", "12 rue aux Ours");
    saisies.mettre("demandeur.email", "maelle@exemple.fr");
    const auto r = reunir(*volet("coordonnees"), base, saisies, actuelles);
    CHECK(r.reponses.texte("demandeur.telephone") == "07 00 00 00 01"); // theirs
    CHECK(r.reponses.texte("demandeur.email") == "maelle@exemple.fr");  // ours
    CHECK(r.reponses.texte("adresse.voie") == "12 rue aux Ours");       // both: what was just typed
    REQUIRE(r.disputees.size() == 1);
    CHECK(r.disputees.front().find("Numéro et rue") != std::string::npos);
}

TEST_CASE("une ligne sur une personne ne mêle jamais deux personnes")
{
    const auto base = gardees();
    auto actuelles = base, saisies = base;
    for (const auto* c : {"nom", "prenom", "naissance_le", "lien"})
        actuelles.mettre(std::string{"a_charge.1."} + c, "");
    saisies.mettre("a_charge.1.naissance_le", "03/09/2019");
    const auto r = reunir(*volet("menage"), base, saisies, actuelles);
    CHECK(r.reponses.texte("a_charge.1.prenom") == "Noé");
    CHECK(r.reponses.texte("a_charge.1.naissance_le") == "03/09/2019");
    CHECK(r.disputees == std::vector<std::string>{"Personne à charge 1 (Noé Traoré)"});
}

TEST_CASE("un conjoint qui arrive fait chercher s’il a déjà une demande, un enfant non")
{
    auto avant = gardees();
    auto apres = avant;
    apres.mettre("a_charge.2.nom", "Traoré");
    CHECK_FALSE(adultes_changes(avant, apres));
    apres.mettre("codemandeur.2.nom", "Traoré");
    CHECK(adultes_changes(avant, apres));
    auto parti = avant;
    for (const auto* c : {"lien", "civilite", "nom", "prenom", "naissance_le", "nationalite"})
        parti.mettre(std::string{"codemandeur.1."} + c, "");
    CHECK_FALSE(adultes_changes(avant, parti));
    CHECK_FALSE(meme_personne(avant, parti, "codemandeur.1."));
}

TEST_CASE("un numéro de sécurité sociale déjà connu ne se remplace pas sur simple déclaration")
{
    const auto avant = gardees();
    auto saisies = avant;
    saisies.mettre("demandeur.nir", "2 84 12 76 451 089 93");
    const auto sur = [&](Justificatif j, const std::vector<int>& connus) {
        return changer(avant, *volet("identite"), saisies, j, exemples::contexte(), connus);
    };
    CHECK(refuse(sur(Justificatif::Presence, {0}), "demandeur.nir"));
    CHECK(sur(Justificatif::Presence, {}));  // not known yet: given by the applicant
    CHECK(sur(Justificatif::Presence, {1})); // known of somebody else
    CHECK(sur(Justificatif::Identite, {0}));
}

TEST_CASE("un agent ne se réclame pas d’une déclaration en ligne")
{
    CHECK(justificatif_d_un_agent("presence") == Justificatif::Presence);
    CHECK_FALSE(justificatif_d_un_agent("en_ligne"));
    CHECK_FALSE(justificatif_d_un_agent("rien"));
}

} // namespace test_situation
} // namespace demande
