// Those who sign a demande together: who they are, what each reads when violence is declared, and how one
// leaves.
#include <doctest/doctest.h>

#include "base/text.hpp"
#include "demande/espace/codemandeur.hpp"
#include "demande/espace/gestes.hpp"
#include "demande/espace/rattachement.hpp"
#include "demande/exemples_test.hpp"

namespace demande::espace {
namespace test_codemandeur {

Reponses a_deux()
{
    auto r = lire(exemples::formulaire_rempli(), exemples::contexte())->reponses;
    r.mettre("demandeur.email", "maelle@exemple.example");
    r.mettre("codemandeur.1.email", "idriss@exemple.example");
    r.mettre("codemandeur.1.telephone", "06 00 00 00 01");
    return r;
}

Identite qui(const char* nom, const char* prenom, Date ne_le)
{
    return {.nom = base::fold(nom), .prenom = base::fold(prenom), .naissance_le = ne_le, .nir = {}};
}

TEST_CASE("chacun de ceux qui signent se reconnaît à son identité, et à elle seule")
{
    const auto r = a_deux();
    CHECK(qui_signe(r, qui("Kerviel", "Maëlle", {1984, 12, 4})) == 0);
    CHECK(qui_signe(r, qui("Traoré", "Idriss", {1986, 5, 17})) == 1);
    CHECK_FALSE(qui_signe(r, qui("Traoré", "Idriss", {1984, 12, 4})));
    CHECK_FALSE(qui_signe(r, qui("Traoré", "Noé", {2019, 9, 2}))); // a child signs nothing
    CHECK_FALSE(qui_signe(r, qui("", "", {1986, 5, 17})));
}

TEST_CASE(
    "un codemandeur sans adresse électronique reçoit son code par lettre, jamais en cas de violences ni de "
    "séparation")
{
    auto r = a_deux();
    CHECK(canal_de_la_preuve(r, 1) == Canal::Courriel);
    r.retirer("codemandeur.1.email");
    CHECK(canal_de_la_preuve(r, 1) == Canal::Courrier);
    CHECK(adresse_de_la_preuve(r, 1).front() == "Monsieur Idriss Traoré");
    CHECK(adresse_de_la_preuve(r, 0).front() == "Madame Maëlle Kerviel");
    auto separes = r;
    separes.mettre("motif.separation", "oui");
    CHECK_FALSE(canal_de_la_preuve(separes, 1));
    separes.retirer("demandeur.email");
    CHECK(canal_de_la_preuve(separes, 0) == Canal::Courrier); // their own home, whoever leaves
    r.mettre("motif.violences", "oui");
    CHECK_FALSE(canal_de_la_preuve(r, 1));
    // One of those who sign does not use up the letters of the other.
    CHECK(limites_d_envoi_a("demande", Envoi::Code, Canal::Courrier, 1).front().cle !=
          limites_d_envoi_a("demande", Envoi::Code, Canal::Courrier, 0).front().cle);
}

TEST_CASE("sans violences, ceux qui signent lisent tous la même chose")
{
    const auto r = a_deux();
    CHECK(montrees(r, 0) == r);
    CHECK(montrees(r, 1) == r);
    for (const auto& v : volets_en_ligne()) CHECK(est_ouvert(v, r, 1));
}

TEST_CASE("quand des violences sont déclarées, personne ne lit comment joindre l’autre, et le codemandeur ni "
          "où il vit ni pourquoi il part")
{
    auto r = a_deux();
    r.mettre("motif.violences", "oui");
    r.mettre("precisions.texte", "Je suis partie chez ma sœur.");
    const auto lui = montrees(r, 1), elle = montrees(r, 0);
    for (const auto* cache : {"demandeur.email", "demandeur.telephone", "adresse.voie", "adresse.commune",
                              "motif.violences", "motif.trop_petit", "logement.statut", "precisions.texte"}) {
        INFO(cache);
        CHECK_FALSE(lui.a(cache));
    }
    CHECK(lui.a("codemandeur.1.email"));
    CHECK(lui.a("demandeur.nom"));
    CHECK(elle.a("adresse.voie"));
    CHECK(elle.a("demandeur.email"));
    CHECK_FALSE(elle.a("codemandeur.1.email"));
    CHECK_FALSE(elle.a("codemandeur.1.telephone"));
    CHECK(est_tenu_a_distance(r, 1));
    CHECK_FALSE(est_tenu_a_distance(r, 0));
    CHECK_FALSE(est_ouvert(*volet_en_ligne("coordonnees"), r, 1));
    CHECK_FALSE(est_ouvert(*volet_en_ligne("logement"), r, 1));
    CHECK(est_ouvert(*volet_en_ligne("ressources"), r, 1));
    CHECK(est_ouvert(*volet_en_ligne("coordonnees"), r, 0));
    CHECK_FALSE(est_de_la_vie_legale(Evenement::PieceAjoutee));
    CHECK(est_de_la_vie_legale(Evenement::Renouvellement));
}

TEST_CASE(
    "le demandeur relit ce que sa demande a dit, depuis qu’elle est la sienne, et rien qui mène à qui signe "
    "avec lui dès que des violences ont été déclarées un jour")
{
    const auto v1 = a_deux();
    auto v2 = v1, v3 = v1;
    v2.mettre("adresse.voie", "9 rue Neuve");
    v3.mettre("motif.violences", "oui");
    CHECK(versions_montrees({v2, v1}) == std::vector{v2, v1});
    // Declared once, then no more: what was said before hides it as what is said after does.
    const auto lues = versions_montrees({v2, v3, v1});
    REQUIRE(lues.size() == 3);
    for (const auto& v : lues) {
        CHECK_FALSE(v.a("codemandeur.1.email"));
        CHECK_FALSE(v.a("codemandeur.1.telephone"));
        CHECK(v.a("demandeur.email"));
        CHECK(v.a("adresse.voie"));
    }
    CHECK(lues[1].est("motif.violences", "oui"));
    // Whoever took the place of the first applicant does not read what that one had said.
    auto repris = v1;
    repris.mettre("demandeur.nom", "Traoré");
    repris.mettre("demandeur.prenom", "Idriss");
    repris.mettre("demandeur.naissance_le", "02/02/1980");
    CHECK(versions_montrees({repris, repris, v1}).size() == 2);
    CHECK(versions_montrees({}).empty());
}

TEST_CASE(
    "quand des violences sont déclarées, nul ne lit où travaille l’autre, et ce qu’il écrit ne l’efface pas")
{
    auto r = a_deux();
    r.mettre("travail.employeur", "Clinique du Cèdre, Bois-Guillaume");
    r.mettre("travail.siret", "73282932000074");
    r.mettre("travail_codemandeur.statut", "prive");
    r.mettre("travail_codemandeur.siret", "35600000000048");
    r.mettre("travail_codemandeur.employeur", "Plateforme du courrier, Sotteville");
    CHECK(montrees(r, 1).a("travail.employeur"));
    r.mettre("motif.violences", "oui");
    const auto lui = montrees(r, 1), elle = montrees(r, 0);
    CHECK_FALSE(lui.a("travail.employeur"));
    CHECK_FALSE(lui.a("travail.siret"));
    CHECK(lui.a("travail_codemandeur.siret"));
    CHECK(elle.a("travail.employeur"));
    CHECK_FALSE(elle.a("travail_codemandeur.siret"));
    CHECK_FALSE(elle.a("travail_codemandeur.employeur"));
    CHECK(elle.a("travail_codemandeur.statut"));

    r.mettre("codemandeur.2.nom", "Traoré");
    r.mettre("travail_codemandeur_2.employeur", "Atelier Brémond");
    CHECK_FALSE(montrees(r, 1).a("travail_codemandeur_2.employeur"));
    CHECK(montrees(r, 2).a("travail_codemandeur_2.employeur"));
    r.retirer("codemandeur.2.nom");
    r.retirer("travail_codemandeur_2.employeur");

    // The form does not ask what it may not show: nothing comes of it.
    auto saisies = lui;
    saisies.mettre("revenus.rfr_n2_codemandeur", "9 100");
    const auto c = changer_en_ligne(r, *volet_en_ligne("ressources"), saisies, exemples::contexte(), 1);
    REQUIRE(c);
    CHECK(c->contenu.reponses.texte("travail.employeur") == "Clinique du Cèdre, Bois-Guillaume");
    CHECK(c->contenu.reponses.texte("travail.siret") == "73282932000074");
    CHECK(c->contenu.reponses.texte("revenus.rfr_n2_codemandeur") == "9 100");
}

TEST_CASE("quand des violences sont déclarées, nul n’ouvre les pièces de ceux qui signent avec lui")
{
    auto r = a_deux();
    CHECK(ouvre_les_fichiers_de("codemandeur.1", r, 0));
    CHECK(ouvre_les_fichiers_de("demandeur", r, 1));
    r.mettre("motif.violences", "oui");
    CHECK_FALSE(ouvre_les_fichiers_de("codemandeur.1", r, 0));
    CHECK(ouvre_les_fichiers_de("demandeur", r, 0));
    CHECK(ouvre_les_fichiers_de("", r, 0));
    CHECK(ouvre_les_fichiers_de("a_charge.1", r, 0));
    CHECK(ouvre_les_fichiers_de("codemandeur.1", r, 1));
    CHECK_FALSE(ouvre_les_fichiers_de("codemandeur.2", r, 1));
    CHECK_FALSE(ouvre_les_fichiers_de("demandeur", r, 1));
    CHECK_FALSE(ouvre_les_fichiers_de("", r, 1));
}

TEST_CASE("qui aide ne change pas l’adresse où part la lettre de qui n’a ni compte ni courriel")
{
    auto r = a_deux();
    auto ailleurs = r;
    ailleurs.mettre("adresse.voie", "8 rue de l’aidant");
    CHECK_FALSE(deplace_la_preuve(r, ailleurs, {0, 1})); // both have a mailbox: the code goes there
    r.retirer("demandeur.email");
    ailleurs.retirer("demandeur.email");
    CHECK(deplace_la_preuve(r, ailleurs, {0, 1}));
    CHECK_FALSE(deplace_la_preuve(r, ailleurs, {1})); // the applicant has an account
    CHECK_FALSE(deplace_la_preuve(r, r, {0, 1}));
    r.retirer("codemandeur.1.email");
    ailleurs.retirer("codemandeur.1.email");
    CHECK(deplace_la_preuve(r, ailleurs, {1}));
}

TEST_CASE("un codemandeur qui s’en va n’emporte que lui, et seulement si un guichet a vu son identité")
{
    auto r = a_deux();
    r.mettre("travail_codemandeur.statut", "prive");
    const auto c = quitter(r, 1, true, true, exemples::contexte());
    REQUIRE(c);
    CHECK_FALSE(c->contenu.reponses.a("codemandeur.1.nom"));
    CHECK_FALSE(c->contenu.reponses.a("travail_codemandeur.statut"));
    CHECK(c->contenu.reponses.texte("demandeur.nom") == "Kerviel");
    CHECK(c->contenu.reponses.texte("a_charge.1.prenom") == "Noé");
    CHECK(c->contenu.reponses.texte("souhait.personnes") == "2");
    CHECK_FALSE(quitter(r, 1, false, true, exemples::contexte()));
    CHECK(quitter(r, 1, true, false, exemples::contexte()).error().field == "confirme");
    CHECK_FALSE(quitter(r, 2, true, true, exemples::contexte()));
    CHECK_FALSE(quitter(r, 0, true, true, exemples::contexte()));
}

TEST_CASE("en ligne, une preuve de violences n’est lue que du compte qui l’a donnée, et nul ne lit celles "
          "d’un absent")
{
    CHECK(est_lisible("avis_impot", "demandeur", false));
    CHECK(est_lisible("violences", "demandeur", true));
    CHECK_FALSE(est_lisible("violences", "demandeur", false));
    CHECK_FALSE(est_lisible("avis_impot", "codemandeur.1@4", false));
    CHECK_FALSE(est_lisible("violences", "codemandeur.1@4", true));
}

} // namespace test_codemandeur
} // namespace demande::espace
