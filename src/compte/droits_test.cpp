// The matrix of administrative rights, printed and compared: any change of a right shows in this file.
#include <doctest/doctest.h>

#include <string>

#include "compte/droits.hpp"

namespace compte {
namespace test_droits {

Agent avec(Mandat m)
{
    return {"moi", "Moi Même", "moi@exemple.fr", {std::move(m)}};
}

Mandat mandat(Role role)
{
    switch (role) {
    case Role::SuperAdmin:
        return {role, "", "", "", true};
    case Role::ResponsableTerritoire:
        return {role, "76", "", "", true};
    case Role::SecretaireComite:
        return {role, "76", "comite-76-departement", "", true, {"p-rouen", "p-ars"}};
    case Role::AdminPartenaire:
    case Role::AgentPartenaire:
        return {role, "76", "", "p-rouen", true};
    }
    return {};
}

std::string portee_en_mots(const Champ& champ)
{
    if (champ.tout) return "partout";
    if (!champ.territoires.empty()) return "son territoire";
    if (!champ.comites.empty()) return "son comité";
    if (!champ.partenaires.empty()) return "son partenaire";
    return "–";
}

TEST_CASE("la matrice des droits d’administration est celle-ci")
{
    std::string matrice;
    for (const auto& role : roles) {
        const auto agent = avec(mandat(role.value));
        matrice += std::string{role.slug} + "\n";
        for (const auto& action : actions_admin)
            matrice +=
                "  " + std::string{action.slug} + " : " + portee_en_mots(champ(agent, action.value)) + "\n";
        for (const auto& [donne, ou] : champs_attribution(agent))
            matrice +=
                "  donne " + std::string{base::slug_of(roles, donne)} + " : " + portee_en_mots(ou) + "\n";
    }
    CHECK(matrice == R"(super_admin
  gerer_territoires : partout
  creer_territoire : partout
  gerer_partenaires : partout
  mettre_hors_service : partout
  tenir_sa_fiche_partenaire : partout
  donne super_admin : partout
  donne responsable_territoire : partout
  donne secretaire_comite : partout
  donne admin_partenaire : partout
  donne agent_partenaire : partout
responsable_territoire
  gerer_territoires : son territoire
  creer_territoire : –
  gerer_partenaires : son territoire
  mettre_hors_service : son territoire
  tenir_sa_fiche_partenaire : son territoire
  donne responsable_territoire : son territoire
  donne secretaire_comite : son territoire
  donne admin_partenaire : son territoire
  donne agent_partenaire : son territoire
secretaire_comite
  gerer_territoires : –
  creer_territoire : –
  gerer_partenaires : son comité
  mettre_hors_service : son comité
  tenir_sa_fiche_partenaire : son comité
  donne admin_partenaire : son comité
  donne agent_partenaire : son comité
admin_partenaire
  gerer_territoires : –
  creer_territoire : –
  gerer_partenaires : –
  mettre_hors_service : –
  tenir_sa_fiche_partenaire : son partenaire
  donne admin_partenaire : son partenaire
  donne agent_partenaire : son partenaire
agent_partenaire
  gerer_territoires : –
  creer_territoire : –
  gerer_partenaires : –
  mettre_hors_service : –
  tenir_sa_fiche_partenaire : –
)");
}

TEST_CASE("un droit sur un territoire ne vaut pas dans un autre")
{
    const auto responsable = avec(mandat(Role::ResponsableTerritoire));
    CHECK(peut(responsable, ActionAdmin::GererPartenaires, {"76", ""}));
    CHECK_FALSE(peut(responsable, ActionAdmin::GererPartenaires, {"27", ""}));
    CHECK_FALSE(peut(responsable, ActionAdmin::GererPartenaires, {"", ""}));
    CHECK(peut_attribuer(responsable, {Role::SecretaireComite, "76", "comite-76-havre", "", true}));
    CHECK_FALSE(peut_attribuer(responsable, {Role::SecretaireComite, "27", "comite-27", "", true}));
    CHECK_FALSE(peut_attribuer(responsable, {Role::SuperAdmin, "", "", "", true}));
}

TEST_CASE(
    "une secrétaire n’administre que les partenaires de son comité, et aucun tant qu’on ne les a pas lus")
{
    auto secretaire = avec(mandat(Role::SecretaireComite));
    CHECK(peut_attribuer(secretaire, {Role::AgentPartenaire, "76", "", "p-ars", true}));
    CHECK_FALSE(peut_attribuer(secretaire, {Role::AgentPartenaire, "76", "", "p-havre", true}));
    CHECK_FALSE(peut(secretaire, ActionAdmin::GererPartenaires, {"76", "p-havre"}));
    CHECK(peut(secretaire, ActionAdmin::GererPartenaires, {"76", ""})); // a new one
    CHECK_FALSE(peut(secretaire, ActionAdmin::GererPartenaires, {"27", ""}));
    secretaire.mandats[0].partenaires_du_comite.clear();
    CHECK_FALSE(peut_attribuer(secretaire, {Role::AgentPartenaire, "76", "", "p-ars", true}));
    CHECK(peut_quelque_part(secretaire, ActionAdmin::GererPartenaires)); // the menu needs no reading
}

TEST_CASE(
    "une secrétaire ne met hors service que qui n’agit que dans son comité, et n’en crée pas dans l’autre")
{
    auto secretaire = avec(mandat(Role::SecretaireComite));
    const std::string ici = "comite-76-departement", la_bas = "comite-76-havre";
    const auto hors_service = [&](std::vector<std::string> comites) {
        return peut(secretaire, ActionAdmin::MettreHorsService, {"76", "p-ars", std::move(comites)});
    };
    CHECK(hors_service({ici}));
    CHECK(hors_service({})); // it acts nowhere
    CHECK_FALSE(hors_service({ici, la_bas}));
    const auto creer = [&](std::vector<std::string> comites) {
        return peut(secretaire, ActionAdmin::GererPartenaires, {"76", "", std::move(comites)});
    };
    CHECK(creer({ici, la_bas})); // the whole département
    CHECK(creer({""}));          // a place that no committee has
    CHECK_FALSE(creer({la_bas}));
    // Who is the secretary of both may.
    secretaire.mandats.push_back({Role::SecretaireComite, "76", la_bas, "", true});
    CHECK(hors_service({ici, la_bas}));
    CHECK(creer({la_bas}));
}

TEST_CASE("qui administre un partenaire ne donne de rôle que chez lui")
{
    const auto admin = avec(mandat(Role::AdminPartenaire));
    CHECK(peut_attribuer(admin, {Role::AgentPartenaire, "76", "", "p-rouen", true}));
    CHECK_FALSE(peut_attribuer(admin, {Role::AgentPartenaire, "76", "", "p-ars", true}));
    CHECK_FALSE(peut_attribuer(admin, {Role::SecretaireComite, "76", "comite-76-departement", "", true}));
    CHECK(peut(admin, ActionAdmin::TenirSaFichePartenaire, {"76", "p-rouen"}));
    CHECK_FALSE(peut(admin, ActionAdmin::TenirSaFichePartenaire, {"76", "p-ars"}));
}

TEST_CASE("un rôle non confirmé ne donne aucun droit d’administration")
{
    for (const auto& role : roles) {
        auto m = mandat(role.value);
        m.confirme = false;
        const auto agent = avec(m);
        for (const auto& action : actions_admin) CHECK_FALSE(peut_quelque_part(agent, action.value));
        CHECK(roles_attribuables(agent).empty());
    }
}

TEST_CASE("les mandats d’une personne s’additionnent")
{
    auto agent = avec(mandat(Role::AdminPartenaire));
    agent.mandats.push_back(mandat(Role::SecretaireComite));
    CHECK(peut(agent, ActionAdmin::GererPartenaires, {"76", "p-ars"}));
    CHECK(champ(agent, ActionAdmin::TenirSaFichePartenaire).territoires.empty());
    CHECK(champ(agent, ActionAdmin::TenirSaFichePartenaire).partenaires ==
          std::vector<std::string>{"p-rouen", "p-ars"});
}

} // namespace test_droits
} // namespace compte
