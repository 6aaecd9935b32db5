// Who invites whom, who confirms, who deactivates.
#include <doctest/doctest.h>

#include "compte/regles.hpp"

namespace compte {
namespace test_invitation {

const Instant le = *base::parse_instant("2026-11-23T08:00:00Z");
const LieuxConnus connus{true, "76", "76"};

Agent agent(Role role, std::string partenaire = "")
{
    const bool chez_partenaire = role == Role::AdminPartenaire || role == Role::AgentPartenaire;
    Mandat m{role,
             role == Role::SuperAdmin ? "" : "76",
             role == Role::SecretaireComite ? "comite-76" : "",
             chez_partenaire && partenaire.empty() ? "p-rouen" : partenaire,
             true,
             {"p-rouen"}};
    return {"moi", "Moi Même", "moi@exemple.fr", {m}};
}

DemandeInvitation demande(std::string role)
{
    return {"Thomas.Petit@Ville.example", " Petit ", "Thomas", std::move(role), "76", "comite-76", "p-rouen"};
}

MandatTenu tenu(Role role, std::string territoire, std::string partenaire, bool confirme = true)
{
    return {"m1", "autre", {role, std::move(territoire), "", std::move(partenaire), confirme}, le};
}

Compte autre(EtatCompte etat = EtatCompte::Actif)
{
    Compte c;
    c.id = Id<Compte>{"autre"};
    c.etat = etat;
    return c;
}

TEST_CASE("la matrice des invitations est celle-ci")
{
    std::string matrice;
    for (const auto& par : roles)
        for (const auto& pour : roles)
            if (inviter(agent(par.value), demande(std::string{pour.slug}), connus, le))
                matrice += std::string{par.slug} + " → " + std::string{pour.slug} + "\n";
    CHECK(matrice == R"(super_admin → super_admin
super_admin → responsable_territoire
super_admin → secretaire_comite
super_admin → admin_partenaire
super_admin → agent_partenaire
responsable_territoire → responsable_territoire
responsable_territoire → secretaire_comite
responsable_territoire → admin_partenaire
responsable_territoire → agent_partenaire
secretaire_comite → admin_partenaire
secretaire_comite → agent_partenaire
admin_partenaire → admin_partenaire
admin_partenaire → agent_partenaire
)");
}

TEST_CASE("l’invitation plie l’adresse, nettoie les noms et prend le territoire du partenaire, pas celui "
          "qu’on envoie")
{
    auto saisie = demande("agent_partenaire");
    saisie.territoire = "27";
    const auto invitation = inviter(agent(Role::SecretaireComite), saisie, connus, le);
    REQUIRE(invitation);
    CHECK(invitation->email == "thomas.petit@ville.example");
    CHECK(invitation->nom == "Petit");
    CHECK(invitation->mandat.territoire == "76");
    CHECK(invitation->mandat.partenaire == "p-rouen");
    CHECK(invitation->mandat.comite.empty());
    CHECK(invitation->par == "moi");
}

TEST_CASE("personne ne se donne un rôle à soi-même, de quelque façon qu’il écrive son adresse")
{
    for (const auto& par : roles) {
        auto saisie = demande("agent_partenaire");
        saisie.email = " MOI@Exemple.fr ";
        const auto refus = inviter(agent(par.value), saisie, connus, le);
        REQUIRE_FALSE(refus);
        CHECK(refus.error().front().field == "email");
    }
}

TEST_CASE("on n’invite pas chez un partenaire d’un autre territoire")
{
    CHECK_FALSE(inviter(agent(Role::SecretaireComite), demande("agent_partenaire"), {true, "76", "27"}, le));
    CHECK_FALSE(inviter(agent(Role::AdminPartenaire, "p-ars"), demande("agent_partenaire"), connus, le));
}

TEST_CASE("toutes les erreurs du formulaire d’invitation sont dites ensemble, chacune à son champ")
{
    const auto refus = inviter(agent(Role::SuperAdmin), {"pas une adresse", "", "", "", "", "", ""}, {}, le);
    REQUIRE_FALSE(refus);
    std::string champs;
    for (const auto& e : refus.error()) champs += e.field + " ";
    CHECK(champs == "prenom nom email role "); // as the screen reads
    const auto sans_lieu = inviter(agent(Role::SuperAdmin), demande("agent_partenaire"), {}, le);
    REQUIRE_FALSE(sans_lieu);
    CHECK(sans_lieu.error().front().field == "partenaire");
}

TEST_CASE("une personne du ressort confirme un rôle ouvert par un dépôt, jamais l’intéressée elle-même")
{
    const auto ouvert = tenu(Role::AgentPartenaire, "76", "p-rouen", false);
    CHECK(confirmer_mandat(agent(Role::SecretaireComite), ouvert, le));
    CHECK(confirmer_mandat(agent(Role::AdminPartenaire), ouvert, le));
    CHECK_FALSE(confirmer_mandat(agent(Role::AdminPartenaire, "p-ars"), ouvert, le));
    CHECK_FALSE(confirmer_mandat(agent(Role::AgentPartenaire), ouvert, le));
    auto sien = ouvert;
    sien.compte = "moi";
    CHECK_FALSE(confirmer_mandat(agent(Role::AdminPartenaire), sien, le));
    CHECK_FALSE(
        confirmer_mandat(agent(Role::SecretaireComite), tenu(Role::AgentPartenaire, "76", "p-rouen"), le));
}

TEST_CASE("personne ne retire ses propres rôles ni ne ferme son propre compte")
{
    auto sien = tenu(Role::SuperAdmin, "", "");
    sien.compte = "moi";
    CHECK_FALSE(retirer_mandat(agent(Role::SuperAdmin), sien, le));
    auto moi = autre();
    moi.id = Id<Compte>{"moi"};
    CHECK_FALSE(desactiver(agent(Role::SuperAdmin), moi, {sien}, le));
}

TEST_CASE("désactiver demande d’administrer tous les rôles confirmés du compte")
{
    const auto secretaire = agent(Role::SecretaireComite);
    const auto ici = tenu(Role::AgentPartenaire, "76", "p-rouen");
    const auto ailleurs = tenu(Role::AgentPartenaire, "27", "p-evreux");
    CHECK(desactiver(secretaire, autre(), {ici}, le));
    CHECK_FALSE(desactiver(secretaire, autre(), {ici, ailleurs}, le));
    CHECK(desactiver(agent(Role::SuperAdmin), autre(), {ici, ailleurs}, le));
    CHECK_FALSE(desactiver(secretaire, autre(), {tenu(Role::ResponsableTerritoire, "76", "")}, le));
    CHECK_FALSE(desactiver(secretaire, autre(), {}, le));
    CHECK_FALSE(desactiver(secretaire, autre(EtatCompte::Desactive), {ici}, le));
}

TEST_CASE("un rôle ouvert par un dépôt ne met pas un compte hors de portée, ni ne le livre")
{
    const auto secretaire = agent(Role::SecretaireComite);
    const auto ici = tenu(Role::AgentPartenaire, "76", "p-rouen");
    CHECK(desactiver(secretaire, autre(), {ici, tenu(Role::AgentPartenaire, "27", "p-evreux", false)}, le));
    CHECK_FALSE(desactiver(
        secretaire, autre(),
        {tenu(Role::SuperAdmin, "", ""), tenu(Role::AgentPartenaire, "76", "p-rouen", false)}, le));
}

TEST_CASE("l’invitation se relance tant que le compte n’est pas activé")
{
    const auto ici = tenu(Role::AgentPartenaire, "76", "p-rouen");
    CHECK(relancer_invitation(agent(Role::SecretaireComite), autre(EtatCompte::Invite), {ici}));
    CHECK_FALSE(relancer_invitation(agent(Role::SecretaireComite), autre(EtatCompte::Actif), {ici}));
    CHECK_FALSE(relancer_invitation(agent(Role::AgentPartenaire), autre(EtatCompte::Invite), {ici}));
}

} // namespace test_invitation
} // namespace compte
