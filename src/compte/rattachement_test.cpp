// What a report in the name of a commune opens, and to whom.
#include <doctest/doctest.h>

#include "compte/messageries.hpp"
#include "compte/regles.hpp"

namespace compte {
namespace test_rattachement {

const Instant le = *base::parse_instant("2026-11-23T08:00:00Z");

Compte un_compte(std::string email, EtatCompte etat)
{
    Compte c;
    c.id = Id<Compte>{"c1"};
    c.email = std::move(email);
    c.etat = etat;
    return c;
}

MandatTenu chez(std::string partenaire, bool confirme = true)
{
    return {"m1", "c1", {Role::AgentPartenaire, "76", {}, std::move(partenaire), confirme}, le};
}
MandatTenu au_secretariat()
{
    return {"m2", "c1", {Role::SecretaireComite, "76", "comite-76", {}, true, {"p"}}, le};
}

TEST_CASE("chaque situation de qui signale pour une commune a sa ligne, et une seule")
{
    for (const auto& o : ouvertures) {
        int fois = 0;
        for (const auto& autre : ouvertures) fois += autre.situation == o.situation;
        CHECK(fois == 1);
        CHECK((!o.compte || o.signalement));
    }
}

TEST_CASE(
    "une adresse inconnue de la commune reçoit un compte et un lien, une messagerie grand public un compte "
    "sans lien")
{
    CHECK(ouverture_pour("accueil@elbeuf.example", {}, {}).lien);
    for (const auto* email :
         {"mairie.elbeuf@orange.fr", "mairie@hotmail.fr", "x@yahoo.co.uk", "x@gmail.com"}) {
        CAPTURE(email);
        const auto& o = ouverture_pour(email, {}, {});
        CHECK(o.compte);
        CHECK_FALSE(o.lien);
    }
    CHECK_FALSE(messagerie_grand_public("gmail.com@elbeuf.example"));
    CHECK_FALSE(messagerie_grand_public("accueil@orange.fr.example"));
    CHECK_FALSE(messagerie_grand_public("accueil@free.frelinghien.example"));
}

TEST_CASE("un compte qui a un rôle ne reçoit ni compte ni rôle d’un signalement")
{
    const auto pour = [](EtatCompte etat, const std::vector<MandatTenu>& tenus) {
        return ouverture_pour("a@b.example", un_compte("a@b.example", etat), tenus);
    };
    for (const auto etat : {EtatCompte::Invite, EtatCompte::Actif}) {
        CHECK(pour(etat, {chez("p-rouen")}).situation == SituationDeposant::CompteDePartenaire);
        CHECK(pour(etat, {chez("p-rouen", false)}).situation == SituationDeposant::CompteDePartenaire);
        CHECK(pour(etat, {au_secretariat()}).situation == SituationDeposant::AutreCompte);
        // Who has no role any more is nobody again: what opens waits for a confirmation.
        CHECK(pour(etat, {}).situation == SituationDeposant::AdresseInconnue);
        CHECK(ouverture_pour("a@gmail.com", un_compte("a@gmail.com", etat), {}).situation ==
              SituationDeposant::MessageriePublique);
    }
    CHECK(pour(EtatCompte::Desactive, {}).situation == SituationDeposant::CompteFerme);
    CHECK(pour(EtatCompte::Desactive, {chez("p-rouen")}).situation == SituationDeposant::CompteFerme);
    for (const auto& o : ouvertures)
        if (o.situation != SituationDeposant::AdresseInconnue &&
            o.situation != SituationDeposant::MessageriePublique)
            CHECK_FALSE(o.compte);
}

TEST_CASE(
    "un lien d’activation ne part que vers qui a un rôle, et vers une messagerie grand public qu’une fois "
    "ce rôle confirmé")
{
    const auto professionnel = un_compte("accueil@elbeuf.example", EtatCompte::Invite);
    const auto public_ = un_compte("mairie@gmail.com", EtatCompte::Invite);
    CHECK(activable(professionnel, {chez("p", false)}));
    CHECK_FALSE(activable(professionnel, {}));
    CHECK_FALSE(activable(public_, {chez("p", false)}));
    CHECK(activable(public_, {chez("p", false), chez("q")}));
    CHECK_FALSE(activable(un_compte("a@b.example", EtatCompte::Desactive), {chez("p")}));

    const Agent secretaire{"moi", "Moi", "moi@b.example", {au_secretariat().mandat}};
    CHECK(relancer_invitation(secretaire, professionnel, {chez("p", false)}));
    const auto refus = relancer_invitation(secretaire, public_, {chez("p", false)});
    REQUIRE_FALSE(refus);
    CHECK(refus.error().message.find("Confirmez d’abord") != std::string::npos);
}

} // namespace test_rattachement
} // namespace compte
