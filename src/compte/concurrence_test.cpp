// Two people, or one person twice, at the same moment: what wins, and what nobody gets. Both engines.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "compte/exemples_test.hpp"

namespace compte {
namespace test_concurrence {

using exemples::dernier_jeton;
using exemples::id_de;
using exemples::matin;
using exemples::nadia;
using exemples::semer;

/// Starts them all at once and waits for the last. A test may not fail in a thread: they return what they
/// saw.
void ensemble(std::vector<std::function<void()>> gestes)
{
    std::atomic<bool> partez = false;
    std::vector<std::thread> fils;
    for (auto& geste : gestes)
        fils.emplace_back([&partez, geste = std::move(geste)] {
            while (!partez) std::this_thread::yield();
            geste();
        });
    partez = true;
    for (auto& f : fils) f.join();
}

/// The answer, once there is one: « too busy, try again » decides nothing, and this machine may be.
int insister(test::Client& client, const std::string& chemin, const http::Pairs& champs = {})
{
    int statut = 503;
    for (int essai = 0; statut == 503 && essai < 10; ++essai) statut = client.post(chemin, champs).status;
    return statut;
}

http::Pairs nouveau(const std::string& mot_de_passe)
{
    return {{"mot_de_passe", mot_de_passe}, {"confirmation", mot_de_passe}};
}

http::Pairs connexion(std::string_view email, std::string_view mot_de_passe)
{
    return {{"email", std::string{email}}, {"mot_de_passe", std::string{mot_de_passe}}};
}

std::int64_t sessions_ouvertes(db::Database& base, std::string_view email)
{
    return base.read().one<std::int64_t>(
        "SELECT COUNT(*) FROM session s JOIN compte c ON c.id = s.compte WHERE c.email = $1", email);
}

std::string demander_un_lien(test::Client& client, db::Database& base)
{
    client.get("/mot-de-passe-oublie");
    CHECK(client.post("/mot-de-passe-oublie", {{"email", std::string{nadia}}}).status == 200);
    return dernier_jeton(base, nadia, "mot_de_passe_oublie");
}

TEST_CASE("un mot de passe réinitialisé ferme la porte, même à qui entrait au même instant avec l’ancien")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client perdue{site};
        const auto jeton = demander_un_lien(perdue, base);
        perdue.get("/nouveau-mot-de-passe/" + jeton);

        std::vector<test::Client> voleurs(3, test::Client{site});
        std::atomic<bool> change = false;
        int reponse = 0;
        std::vector<std::function<void()>> gestes{[&] {
            reponse = insister(perdue, "/nouveau-mot-de-passe/" + jeton, nouveau("quatre tulipes au balcon"));
            change = true;
        }};
        for (std::size_t i = 0; i < voleurs.size(); ++i) {
            voleurs[i].ip = "198.51.100." + std::to_string(i);
            voleurs[i].get("/connexion");
            gestes.emplace_back([&, i] {
                // Until the answer of the reset has arrived: the last tries straddle its commit.
                while (!change) voleurs[i].post("/connexion", connexion(nadia, mot_de_passe_demo));
            });
        }
        ensemble(std::move(gestes));
        CHECK(reponse == 303);
        CHECK(sessions_ouvertes(base, nadia) == 0);
        for (auto& v : voleurs) CHECK(v.get("/mon-compte").status == 303);
    });
}

TEST_CASE("un lien utilisé deux fois au même instant ne sert qu’une fois")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin}, autre_serveur{base, matin};
        test::Client un{site}, deux{autre_serveur};
        const auto page = "/nouveau-mot-de-passe/" + demander_un_lien(un, base);
        un.get(page);
        deux.get(page);
        int reponse_un = 0, reponse_deux = 0;
        ensemble({[&] { reponse_un = insister(un, page, nouveau("quatre tulipes au balcon")); },
                  [&] { reponse_deux = insister(deux, page, nouveau("un vélo rouge dans la cour")); }});
        CHECK(std::min(reponse_un, reponse_deux) == 303);
        CHECK(std::max(reponse_un, reponse_deux) == 410);
        // The password is that of the one who was told so.
        test::Client ensuite{site};
        ensuite.log_in(nadia, reponse_un == 303 ? "quatre tulipes au balcon" : "un vélo rouge dans la cour");
    });
}

TEST_CASE("changer son mot de passe et le réinitialiser au même instant : un seul des deux est enregistré")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client bureau{site}, telephone{site};
        bureau.log_in(nadia, mot_de_passe_demo);
        const auto page = "/nouveau-mot-de-passe/" + demander_un_lien(telephone, base);
        telephone.get(page);
        auto champs = nouveau("quatre tulipes au balcon");
        champs.emplace_back("actuel", std::string{mot_de_passe_demo});
        int change = 0, reinitialise = 0;
        ensemble({[&] { change = insister(bureau, "/mon-compte/mot-de-passe", champs); },
                  [&] { reinitialise = insister(telephone, page, nouveau("un vélo rouge dans la cour")); }});
        CHECK((change == 303) != (reinitialise == 303));
        test::Client ensuite{site};
        ensuite.log_in(nadia, change == 303 ? "quatre tulipes au balcon" : "un vélo rouge dans la cour");
        // What stays open is what the winner left open: the device that changed the password, or nothing.
        CHECK(sessions_ouvertes(base, nadia) == (change == 303 ? 2 : 1));
    });
}

TEST_CASE("douze essais lancés ensemble sur deux serveurs : cinq sont vérifiés, les autres sont freinés")
{
    for (const auto moteur : test::engines()) {
        INFO("moteur : ", test::name_of(moteur));
        test::FreshDatabase fraiche{moteur};
        semer(*fraiche);
        const auto seconde = db::Database::open(fraiche.url());
        test::Site site{*fraiche, matin}, autre_serveur{*seconde, matin};
        std::vector<test::Client> clients;
        for (int i = 0; i < 12; ++i) clients.emplace_back(i % 2 == 0 ? site : autre_serveur);
        for (auto& c : clients) c.get("/connexion");
        std::atomic<int> verifies = 0, freines = 0, occupes = 0;
        std::vector<std::function<void()>> gestes;
        for (auto& c : clients)
            gestes.emplace_back([&] {
                const auto statut = c.post("/connexion", connexion(nadia, "ce n’est pas lui")).status;
                verifies += statut == 422;
                freines += statut == 429;
                occupes += statut == 503; // counted or not, but not verified
            });
        ensemble(std::move(gestes));
        CHECK(verifies + freines + occupes == 12);
        CHECK(verifies <= 5);
        CHECK(verifies + occupes >= 5);
    }
}

TEST_CASE("un compte désactivé pendant une connexion ne garde aucune session")
{
    test::for_each_engine([](db::Database& base) {
        semer(base);
        test::Site site{base, matin};
        test::Client responsable{site}, agent{site};
        responsable.log_in(nadia, mot_de_passe_demo);
        agent.get("/connexion");
        const auto page = "/administration/comptes/" + id_de(base, exemples::thomas);
        responsable.get(page);
        std::atomic<bool> ferme = false;
        int reponse = 0;
        ensemble({[&] {
                      std::this_thread::sleep_for(std::chrono::milliseconds{50}); // a login is being checked
                      reponse = insister(responsable, page + "/desactivation");
                      ferme = true;
                  },
                  [&] {
                      do agent.post("/connexion", connexion(exemples::thomas, mot_de_passe_demo));
                      while (!ferme);
                  }});
        CHECK(reponse == 303);
        CHECK(sessions_ouvertes(base, exemples::thomas) == 0);
        CHECK(agent.get("/mon-compte").status == 303);
    });
}

} // namespace test_concurrence
} // namespace compte
