// What the e-mails of a deposit say, to whom, and what they keep silent.
#include "signalement/depot/courriels.hpp"

#include <doctest/doctest.h>

#include "courrier/views.hpp"
#include "signalement/depot/exemples_test.hpp"

namespace signalement::depot {

namespace {

const Envoi envoi{.lien_deposant = "https://logis.example/suivi/secret",
                  .lien_occupant = "https://logis.example/suivi/occupant",
                  .lecteur = "Le comité du Havre"};

Signalement depose(const Reponses& r)
{
    auto s = lire(parcours(r, exemples::contexte()), exemples::contexte())->signalement;
    s.id = Id<Signalement>{"01ABC"};
    s.reference = "76-2026-000123";
    s.territoire = "76";
    return s;
}

} // namespace

TEST_CASE("le déposant reçoit sa référence, son lien de suivi et ce qui va se passer")
{
    const auto courriels = courriels_du_depot(depose(exemples::locataire()), envoi);
    REQUIRE(courriels.size() == 1);
    const auto& c = courriels.front();
    CHECK(c.destinataire == "claire@exemple.fr");
    CHECK(c.objet_id == "01ABC");
    const auto corps = courrier::rendre(c).texte;
    CHECK(corps.find("76-2026-000123") != std::string::npos);
    CHECK(corps.find(envoi.lien_deposant) != std::string::npos);
    CHECK(corps.find("Le comité du Havre") != std::string::npos);
}

TEST_CASE("un courriel ne dit ni l’adresse du logement, ni les désordres")
{
    for (const auto& r : {exemples::locataire(), exemples::agent(), exemples::danger()})
        for (const auto& c : courriels_du_depot(depose(r), envoi)) {
            const auto corps = courrier::rendre(c).texte;
            for (const auto* secret : {"Carmes", "cuisine", "plafond", "moisissures"}) {
                CAPTURE(secret);
                CHECK(corps.find(secret) == std::string::npos);
            }
        }
}

TEST_CASE("l’occupante n’est écrite que si elle est d’accord, et une seule fois par adresse")
{
    const auto destinataires = [](const Reponses& r) {
        std::vector<std::string> out;
        for (const auto& c : courriels_du_depot(depose(r), envoi)) out.push_back(c.destinataire);
        return out;
    };
    CHECK(destinataires(exemples::agent()) ==
          std::vector<std::string>{"hygiene@rouen.exemple", "awa@exemple.fr"});
    CHECK(destinataires(exemples::avec(exemples::agent(), {{"occupant_prevenu", {"non"}}})).size() == 1);
    CHECK(destinataires(exemples::avec(exemples::agent(), {{"occupant_email", {"hygiene@rouen.exemple"}}}))
              .size() == 1);
    // The same mailbox, in capitals: its owner would hold both links.
    CHECK(destinataires(exemples::avec(exemples::agent(), {{"occupant_email", {"HYGIENE@Rouen.exemple"}}}))
              .size() == 1);
    CHECK(destinataires(exemples::avec(exemples::agent(), {{"occupe", {"non"}}})).size() == 1);
    auto sans_courriel = exemples::locataire();
    sans_courriel.retirer("email");
    CHECK(destinataires(sans_courriel).empty());
}

TEST_CASE("chacun reçoit son lien, jamais celui de l’autre")
{
    const auto courriels = courriels_du_depot(depose(exemples::agent()), envoi);
    REQUIRE(courriels.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto rendu = courrier::rendre(courriels[i]);
        for (const auto& corps : {rendu.texte, rendu.html}) {
            CHECK((corps.find(envoi.lien_deposant) != std::string::npos) == (i == 0));
            CHECK((corps.find(envoi.lien_occupant) != std::string::npos) == (i == 1));
        }
    }
}

TEST_CASE("l’occupant n’est pas assuré de ce que le service ne sait pas faire : son message est joint et lu")
{
    const auto corps = courrier::rendre(courriels_du_depot(depose(exemples::agent()), envoi).back()).html;
    CHECK(corps.find("cesserons") == std::string::npos);
    CHECK(corps.find("joint au dossier et lu par le comité") != std::string::npos);
}

TEST_CASE("en danger, le courriel rappelle les secours avant tout")
{
    const auto corps = courrier::rendre(courriels_du_depot(depose(exemples::danger()), envoi).front()).texte;
    CHECK(corps.find("112") < corps.find("76-2026-000123"));
}

TEST_CASE("le lien de reprise ne dit rien des réponses")
{
    const auto c = lien_de_reprise("x@exemple.fr", "https://logis.example/signaler/secret", "76");
    const auto corps = courrier::rendre(c).texte;
    CHECK(corps.find("https://logis.example/signaler/secret") != std::string::npos);
    CHECK(corps.find("30 jours") != std::string::npos);
    // A mail program that shows text has no button.
    CHECK(corps.find("bouton") == std::string::npos);
}

} // namespace signalement::depot
