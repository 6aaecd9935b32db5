// The e-mails about accounts say who, what, until when, and carry their link.
#include <doctest/doctest.h>

#include "compte/courriels.hpp"
#include "courrier/views.hpp"

namespace compte {
namespace test_courriels {

const Instant le = *base::parse_instant("2026-11-23T08:30:00Z");
const DestinataireCourriel zoe{"c1", "zoe@rouen.example", "Zoé Martin", "76"};

std::string texte(const courrier::Courriel& c)
{
    return courrier::rendre(c).texte;
}
bool dit(const courrier::Courriel& c, std::string_view mots)
{
    return texte(c).find(mots) != std::string::npos;
}

TEST_CASE("l’invitation dit qui invite, pour quel rôle, jusqu’à quand, et donne le lien")
{
    const auto c =
        courriel_invitation(zoe, role_en_mots(Role::AgentPartenaire, "Ville de Rouen"), "Julien Masson",
                            "https://logis.example/activation/abc", le.plus_seconds(activation_secondes));
    CHECK(c.destinataire == "zoe@rouen.example");
    CHECK(c.objet == "Activez votre accès");
    CHECK(c.territoire == "76");
    for (const auto* mots : {"Bonjour Zoé Martin,", "Julien Masson", "Agent d’un partenaire, Ville de Rouen",
                             "30 novembre 2026", "https://logis.example/activation/abc"}) {
        CAPTURE(mots);
        CHECK(dit(c, mots));
    }
    CHECK(c.raison.find("accès professionnel") != std::string::npos);
}

TEST_CASE("une invitation sans auteur ni rôle connu reste une phrase correcte")
{
    const auto c = courriel_invitation(zoe, "", "", "https://logis.example/activation/abc", le);
    CHECK(dit(c, "Un accès professionnel vous a été ouvert."));
    CHECK_FALSE(dit(c, "Votre rôle"));
}

TEST_CASE("chaque message de sécurité dit quoi faire si ce n’est pas soi")
{
    const auto oubli = courriel_mot_de_passe_oublie(zoe, "https://logis.example/nouveau-mot-de-passe/abc");
    CHECK(dit(oubli, "valable une heure"));
    CHECK(dit(oubli, "Si vous n’avez rien demandé"));
    const auto change = courriel_mot_de_passe_change(zoe, le, "https://logis.example/mot-de-passe-oublie");
    CHECK(dit(change, "23 novembre 2026"));
    CHECK(dit(change, "Si ce n’est pas vous"));
    CHECK(dit(change, "https://logis.example/mot-de-passe-oublie"));
    // At the hour of whoever reads it.
    auto a_saint_denis = zoe;
    a_saint_denis.fuseau = "Indian/Reunion";
    const auto soir = *base::parse_instant("2026-11-23T21:30:00Z");
    CHECK(dit(courriel_mot_de_passe_change(a_saint_denis, soir, "https://logis.example/oubli"),
              "24 novembre 2026 à 1\u00a0h\u00a030"));
}

TEST_CASE("aucun message ne porte de lien secret dans son objet ni d’adresse dans son gabarit")
{
    for (const auto& c :
         {courriel_nouveau_role(zoe, "Agent", "Nadia", "https://logis.example/connexion"),
          courriel_role_confirme(zoe, "Agent", "https://logis.example/connexion"),
          courriel_mot_de_passe_oublie(zoe, "https://logis.example/nouveau-mot-de-passe/abc")}) {
        CHECK(c.objet.find("http") == std::string::npos);
        CHECK(c.gabarit.find('@') == std::string::npos);
        CHECK(c.objet_type == "compte");
        CHECK(c.objet_id == "c1");
    }
}

} // namespace test_courriels
} // namespace compte
