// The tables of criteria and orders, and addresses read and written: no database.
#include <doctest/doctest.h>

#include <set>

#include "signalement/filtre/filtre.hpp"
#include "signalement/signalement.hpp"

namespace signalement::filtre_check {

using namespace filtre;

const compte::Agent secretaire{
    "s", "Julien", "j@exemple.fr", {{compte::Role::SecretaireComite, "76", "comite", "", true}}};
const compte::Agent partenaire{
    "p", "Claire", "c@exemple.fr", {{compte::Role::AgentPartenaire, "76", "", "ville", true}}};
const compte::Agent inconnu{
    "i", "Ève", "e@exemple.fr", {{compte::Role::AgentPartenaire, "76", "", "ville", false}}};

std::string refus(const Paires& adresse, const compte::Agent& lecteur = secretaire)
{
    const auto lu = lire(adresse, lecteur);
    return lu.refus.empty() ? "" : lu.refus.front().field + " : " + lu.refus.front().message;
}

TEST_CASE("chaque critère et chaque ordre a son nom dans l’adresse, et chaque valeur le sien")
{
    std::set<std::string_view> noms = {"tri", "apres", "avant", "place"};
    for (const auto& c : criteres()) {
        INFO(c.slug);
        CHECK(noms.insert(c.slug).second);
        CHECK_FALSE(c.label.empty());
        CHECK((c.genre == Genre::Plusieurs) == !c.choix.empty());
        CHECK((c.genre == Genre::Codes) == (c.forme != Forme::Aucune));
        std::set<std::string_view> valeurs;
        for (const auto& v : c.choix) {
            CHECK(valeurs.insert(v.slug).second);
            CHECK_FALSE(v.label.empty());
            CHECK((c.sql == "{choix}") == !v.sql.empty());
        }
    }
    std::set<std::string_view> tris;
    for (const auto& o : ordres()) CHECK(tris.insert(o.slug).second);
}

TEST_CASE("ce qu’une adresse dit et que le programme ne connaît pas est refusé, et nommé")
{
    CHECK(refus({{"statut", "vendu"}}) == "statut : « vendu » n’est pas une valeur du filtre « État ».");
    CHECK(refus({{"statu", "clos"}}) == "statu : Le filtre « statu » n’existe pas.");
    CHECK(refus({{"danger", "1"}}) ==
          "danger : « 1 » n’est pas une valeur du filtre « En danger » : il ne prend que « oui ».");
    CHECK(refus({{"commune", "Rouen"}}) == "commune : « Rouen » ne convient pas au filtre « Commune » : il "
                                           "faut un code INSEE de cinq signes, comme "
                                           "76540.");
    CHECK(refus({{"depose_du", "31/02/2026"}}) ==
          "depose_du : « 31/02/2026 » n’est pas une date : écrivez-la comme 21/11/2026.");
    CHECK(refus({{"depose_du", "2/3/2026"}, {"depose_au", "1/3/2026"}}) ==
          "depose_au : Cette date vient avant celle du début.");
    CHECK(refus({{"tri", "couleur"}}) == "tri : « couleur » n’est pas un ordre de la liste.");
    CHECK(refus({{"q", "a"}, {"q", "b"}}) == "q : Le filtre « q » est là deux fois.");
    CHECK(refus({{"q", std::string(101, 'a')}}) ==
          "q : Cette recherche est trop longue : 100 caractères au plus.");
    CHECK(refus({{"apres", "x'"}}) == "apres : Cette page de la liste n’existe pas : revenez à la première.");
    CHECK(refus({{"statut", "clos,vendu"}}) == "statut : « vendu » n’est pas une valeur du filtre « État ».");
    CHECK(refus({{"statut", "clos,"}}) == "statut : «  » n’est pas une valeur du filtre « État ».");
    CHECK(refus({{"statut", ""}, {"q", "  "}, {"depose_du", ""}}) == ""); // a form that nobody filled
}

TEST_CASE("un filtre qui n’est pas ouvert à quelqu’un lui est refusé, par l’adresse aussi")
{
    CHECK(refus({{"sans_partenaire", "oui"}}, secretaire) == "");
    CHECK(refus({{"sans_partenaire", "oui"}}, partenaire) ==
          "sans_partenaire : Le filtre « En cours, sans aucun partenaire » n’est pas ouvert à votre compte.");
    CHECK(refus({{"a_repondre", "oui"}}, partenaire) == "");
    CHECK(refus({{"a_repondre", "oui"}}, secretaire) != "");
    CHECK(refus({{"message", "oui"}}, partenaire) == "");
    CHECK(refus({{"message", "oui"}}, inconnu) != "");
    CHECK(refus({{"tri", "suivi"}}, partenaire) == "");
    CHECK(refus({{"tri", "suivi"}}, inconnu) == "tri : Cet ordre n’est pas ouvert à votre compte.");
}

TEST_CASE("une adresse a une seule écriture : les valeurs dans l’ordre de leur table, sans doublon ni vide")
{
    const auto lu = lire({{"statut", "clos"},
                          {"q", "  Haddad "},
                          {"statut", "a_trier"},
                          {"statut", "clos"},
                          {"depose_du", "3/2/2026"},
                          {"commune", "76540"},
                          {"commune", "2A004"},
                          {"tri", "depot_desc"}},
                         secretaire);
    REQUIRE(lu.refus.empty());
    const Paires ecrite = {
        {"q", "Haddad"}, {"statut", "a_trier,clos"}, {"commune", "2A004,76540"}, {"depose_du", "2026-02-03"}};
    CHECK(ecrire(lu.filtre) == ecrite);
    CHECK(ecrire(lire(ecrite, secretaire).filtre) == ecrite);
    // Adding and removing gives canonical addresses too, from the first page.
    auto f = lu.filtre;
    f.ou = {"une-ligne", true, ""};
    CHECK(ecrire(f.avec(Cle::Statut, "en_cours").sans(Cle::Statut, "clos").sans(Cle::Recherche, "Haddad")) ==
          Paires{{"statut", "a_trier,en_cours"}, {"commune", "2A004,76540"}, {"depose_du", "2026-02-03"}});
    CHECK(ecrire(f).back() == std::pair<std::string, std::string>{"avant", "une-ligne"});
    CHECK(ecrire(Filtre{}.avec(Cle::Danger, "oui").avec(Cle::Danger, "oui")) == Paires{{"danger", "oui"}});
}

TEST_CASE(
    "une page de la liste garde sa place : la date d’un ordre qui bouge est dans l’adresse, un nom jamais")
{
    const Paires par_suivi = {{"tri", "suivi"}, {"apres", "id-1"}, {"place", "2026-11-20T08:00:00.000Z"}};
    CHECK(ecrire(lire(par_suivi, secretaire).filtre) == par_suivi);
    const auto par_nom =
        lire({{"tri", "nom"}, {"apres", "id-1"}, {"place", "2026-11-20T08:00:00.000Z"}}, secretaire);
    CHECK(ecrire(par_nom.filtre) == Paires{{"tri", "nom"}, {"apres", "id-1"}});
    for (const auto& o : ordres())
        if (o.sql == "s.tri_nom") CHECK_FALSE(o.mobile);
}

TEST_CASE("les profils de chaque canal sont ceux que le formulaire lui ouvre")
{
    for (const auto& v : critere(Cle::Canal).choix)
        for (const auto& p : profils) {
            const bool dedans = v.sql.find("'" + std::string{p.slug} + "'") != std::string_view::npos;
            CHECK(dedans == ((public_de(p.value) == Public::Professionnel) == (v.slug == "professionnel")));
        }
}

TEST_CASE("les jours d’un filtre sont ceux du territoire demandé, sinon du seul où l’on agit")
{
    CHECK(fuseau_de({}, secretaire) == "Europe/Paris");
    CHECK(fuseau_de(Filtre{}.avec(Cle::Territoire, "974"), secretaire) == "Indian/Reunion");
    CHECK(fuseau_de(Filtre{}.avec(Cle::Territoire, "974").avec(Cle::Territoire, "972"), secretaire) ==
          "Europe/Paris");
    auto reunion = secretaire;
    reunion.mandats.front().territoire = "974";
    CHECK(fuseau_de({}, reunion) == "Indian/Reunion");
}

} // namespace signalement::filtre_check
