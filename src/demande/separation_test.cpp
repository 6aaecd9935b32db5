// A couple that parts: what each demande says, and since when each one counts.
#include <doctest/doctest.h>

#include "demande/exemples_test.hpp"
#include "demande/separation.hpp"

namespace demande {
namespace test_separation {

constexpr Date depot{2024, 3, 15};

Reponses couple()
{
    auto r = lire(exemples::formulaire_rempli(), exemples::contexte())->reponses;
    r.mettre("codemandeur.1.lien", "conjoint");
    r.mettre("codemandeur.1.telephone", "07 22 33 44 55");
    r.mettre("travail_codemandeur.statut", "chomage");
    r.mettre("revenus.rfr_n2_codemandeur", "9 100");
    r.mettre("a_charge.2.nom", "Traoré");
    r.mettre("a_charge.2.prenom", "Lina");
    r.mettre("a_charge.2.naissance_le", "01/01/2022");
    return r;
}

Separation une_separation()
{
    return {.codemandeur = 1,
            .gardes = {Garde::Part, Garde::Partagee},
            .situation = "separe",
            .identite = "carte_sejour"};
}

TEST_CASE("une séparation fait deux demandes qui se tiennent, chacune avec les siens")
{
    const auto p = separer(couple(), une_separation(), depot);
    REQUIRE(p);
    CHECK(p->part.texte("demandeur.nom") == "Traoré");
    CHECK(p->part.texte("demandeur.telephone") == "07 22 33 44 55");
    CHECK(p->part.texte("demandeur.situation_familiale") == "separe");
    CHECK(p->part.texte("travail.statut") == "chomage");
    CHECK(p->part.texte("revenus.rfr_n2") == "9 100");
    CHECK(p->part.texte("a_charge.1.prenom") == "Noé");
    CHECK(p->part.texte("a_charge.2.lien") == "garde_alternee");
    CHECK(p->part.texte("souhait.personnes") == "3");
    CHECK(p->part.texte("localisation.1.commune") == "Rouen 76000");
    CHECK(p->part.texte("depot.depose_le") == "15/03/2024");
    CHECK_FALSE(p->reste.a("codemandeur.1.nom"));
    CHECK_FALSE(p->reste.a("travail_codemandeur.statut"));
    CHECK_FALSE(p->reste.a("a_charge.1.nom"));
    CHECK(p->reste.texte("a_charge.2.lien") == "garde_alternee");
    CHECK(p->reste.texte("souhait.personnes") == "2");
    CHECK(lire(p->part, exemples::contexte()));
    CHECK(lire(p->reste, exemples::contexte()));
}

TEST_CASE("le deuxième codemandeur part avec son travail et ses ressources, les autres gardent les leurs")
{
    auto r = couple();
    for (const auto& [champ, texte] : std::vector<std::pair<const char*, const char*>>{
             {"codemandeur.2.lien", "ascendant"},
             {"codemandeur.2.civilite", "mme"},
             {"codemandeur.2.nom", "Traoré"},
             {"codemandeur.2.prenom", "Awa"},
             {"codemandeur.2.naissance_le", "03/03/1961"},
             {"codemandeur.2.nationalite", "fr"},
             {"travail_codemandeur_2.statut", "retraite"},
             {"travail_codemandeur_2.employeur", "Ancien atelier"},
             {"ressources_codemandeur_2.ret", "840"},
             {"ressources.sal", "1 500"},
         })
        r.mettre(champ, texte);
    auto s = une_separation();
    s.codemandeur = 2;
    s.gardes = {};
    const auto p = separer(r, s, depot);
    REQUIRE(p);
    CHECK(p->part.texte("travail.statut") == "retraite");
    CHECK(p->part.texte("travail.employeur") == "Ancien atelier");
    CHECK(p->part.texte("ressources.ret") == "840");
    CHECK_FALSE(p->part.a("ressources.sal"));
    CHECK_FALSE(p->part.a("revenus.rfr_n2"));
    CHECK_FALSE(p->reste.a("travail_codemandeur_2.statut"));
    CHECK_FALSE(p->reste.a("ressources_codemandeur_2.ret"));
    CHECK(p->reste.texte("travail_codemandeur.statut") == "chomage");
    CHECK(p->reste.texte("ressources.sal") == "1 500");
    CHECK(p->reste.texte("revenus.rfr_n2_codemandeur") == "9 100");
}

TEST_CASE("le revenu d’un avis d’impôt commun n’est celui de personne après une séparation")
{
    const auto p = separer(couple(), une_separation(), depot);
    CHECK_FALSE(p->reste.a("revenus.rfr_n2"));
    auto concubins = couple();
    concubins.mettre("codemandeur.1.lien", "concubin");
    CHECK(separer(concubins, une_separation(), depot)->reste.texte("revenus.rfr_n2") == "21 400 €");
}

TEST_CASE("l’adresse de l’un ne passe pas à l’autre, sauf s’il y vit encore")
{
    CHECK_FALSE(separer(couple(), une_separation(), depot)->part.a("adresse.voie"));
    auto s = une_separation();
    s.garde_adresse = true;
    CHECK(separer(couple(), s, depot)->part.texte("adresse.voie") == "3 rue des Tanneurs");
}

TEST_CASE("les violences déclarées restent écrites sur la demande que l’agent dit, jamais sur aucune")
{
    auto r = couple();
    r.mettre("motif.violences", "oui");
    auto s = une_separation();
    const auto refus = separer(r, s, depot);
    REQUIRE_FALSE(refus);
    CHECK(refus.error().front().field == "violences");
    const auto ecrites = [&](SuiteDesViolences suite) {
        s.violences = suite;
        const auto p = separer(r, s, depot);
        REQUIRE(p);
        return std::pair{p->reste.a("motif.violences"), p->part.a("motif.violences")};
    };
    CHECK(ecrites(SuiteDesViolences::Reste) == std::pair{true, false});
    CHECK(ecrites(SuiteDesViolences::Part) == std::pair{false, true});
    CHECK(ecrites(SuiteDesViolences::LesDeux) == std::pair{true, true});
}

TEST_CASE("une séparation dit qui part, dans quelle situation, et sur quelle pièce d’identité")
{
    const auto refus =
        separer(couple(), {.codemandeur = 2, .situation = "marie", .identite = "carnet"}, depot);
    REQUIRE_FALSE(refus);
    REQUIRE(refus.error().size() == 3);
    CHECK(refus.error()[0].field == "codemandeur");
    CHECK(refus.error()[1].field == "identite");
    CHECK(refus.error()[2].field == "situation");
}

TEST_CASE("l’ancienneté compte du premier jour où la personne était sur la demande")
{
    auto seule = couple();
    for (const auto* q : {"lien", "civilite", "nom", "prenom", "naissance_le", "nationalite", "telephone"})
        seule.retirer(std::string{"codemandeur.1."} + q);
    const auto actuelles = couple();
    CHECK(anciennete({{depot, actuelles}}, depot, actuelles, 1) == depot);
    CHECK(anciennete({{depot, seule}, {{2025, 6, 1}, seule}, {{2025, 9, 2}, actuelles}}, depot, actuelles,
                     1) == Date{2025, 9, 2});
    // Typed after its stamp: whoever was on the paper keeps the day of the stamp.
    CHECK(anciennete({{{2024, 4, 1}, actuelles}}, depot, actuelles, 1) == depot);
}

} // namespace test_separation
} // namespace demande
