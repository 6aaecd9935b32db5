// The legal pages and the health of the platform: what the operator set is said, what is not set is not
// invented.
#include "site.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "conservation.hpp"
#include "piece/fichiers.hpp"
#include "support/databases.hpp"
#include "territoire/geocodeur.hpp"

namespace test_site {

struct Site {
    explicit Site(db::Database& db, const std::string& geocoder = {})
        : dossier(
              (std::filesystem::temp_directory_path() / ("logis-site-" + base::new_id(base::Clock{}.now())))
                  .string()),
          config(reglages(dossier)),
          fichiers(config),
          geocodeur(geocoder),
          app{db, base::Clock{Instant{1'795'000'000'000}}, config, fichiers, geocodeur}
    {
        config.operateur_nom = "Département d’essai";
        config.operateur_contact = "aide@essai.example";
        config.geocoder_url = geocoder;
    }
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;
    ~Site() { std::filesystem::remove_all(dossier); }

    static Config reglages(const std::string& dossier)
    {
        Config config;
        config.files_directory = dossier;
        return config;
    }

    std::string page(http::Response (*f)(App&, const http::Request&, const Visitor&))
    {
        const auto answer = f(app, {}, {});
        CHECK(answer.status == 200);
        return answer.body;
    }

    std::string dossier;
    Config config;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
    App app;
};

bool dit(const std::string& page, std::string_view words)
{
    return page.find(words) != std::string::npos;
}

TEST_CASE("les pages légales disent ce que l’exploitant a réglé, et n’inventent rien")
{
    test::FreshDatabase db{db::Engine::Sqlite, false};
    Site site{*db};
    auto mentions = site.page(site::get_mentions_legales);
    CHECK(dit(mentions, "Département d’essai"));
    CHECK(dit(mentions, "mailto:aide@essai.example"));
    CHECK_FALSE(dit(mentions, "Adresse"));
    CHECK_FALSE(dit(mentions, "Hébergement"));
    CHECK_FALSE(dit(mentions, "publication"));

    site.config.operateur_adresse = "1 place de l’Essai, 76000 Rouen";
    site.config.operateur_directeur = "Mme Jeanne Essai";
    site.config.operateur_hebergeur = "Hébergeur d’essai, 2 rue du Câble";
    mentions = site.page(site::get_mentions_legales);
    CHECK(dit(mentions, "1 place de l’Essai, 76000 Rouen"));
    CHECK(dit(mentions, "Mme Jeanne Essai"));
    CHECK(dit(mentions, "Hébergeur d’essai, 2 rue du Câble"));
    CHECK(dit(site.page(site::get_accessibilite), "Défenseur des droits"));
}

TEST_CASE("la page des cookies donne les noms que le navigateur montre")
{
    test::FreshDatabase db{db::Engine::Sqlite, false};
    Site site{*db};
    CHECK_FALSE(dit(site.page(site::get_cookies), "__Host-"));
    site.config.public_url = "https://logis.example";
    const auto page = site.page(site::get_cookies);
    CHECK(dit(page, "__Host-logis_session"));
    CHECK(dit(page, "__Host-logis_visiteur"));
    CHECK(dit(page, "scheme"));
}

TEST_CASE(
    "la page des données personnelles dit le fondement, les lecteurs, les durées, les droits et à qui écrire")
{
    test::FreshDatabase db{db::Engine::Sqlite, false};
    Site site{*db};
    auto page = site.page(site::get_donnees_personnelles);
    for (const auto* words :
         {"article 6, paragraphe 1, e", "secrétariat du comité", "effacé automatiquement", "CNIL"}) {
        INFO(words);
        CHECK(dit(page, words));
    }
    CHECK(dit(page, "mailto:aide@essai.example"));
    // There is no such button: somebody answers, and a message changes no declaration.
    CHECK(dit(page, "Une personne vous répond dans un délai d’un mois"));
    CHECK(dit(page, "rien de cela ne se fait seul depuis le site"));
    CHECK(dit(page, "elle, n’est pas modifiée"));
    CHECK_FALSE(dit(page, "recherche d’adresses"));
    for (const auto& r : conservation::regles()) {
        INFO(r.quoi);
        CHECK(dit(page, r.quoi));
        CHECK(dit(page, conservation::duree(r)));
        CHECK(dit(page, r.fondement));
    }

    site.config.operateur_delegue = "dpd@essai.example";
    site.config.geocoder_url = "http://127.0.0.1:9";
    page = site.page(site::get_donnees_personnelles);
    CHECK(dit(page, "mailto:dpd@essai.example"));
    CHECK(dit(page, "recherche d’adresses"));
}

TEST_CASE("la santé dit d’où viennent les adresses, sans cesser d’être prête quand leur service tombe")
{
    test::for_each_engine([](db::Database& db) {
        Site locales{db};
        CHECK(dit(locales.page(site::get_sante), R"("adresses":"locales")"));

        Site distantes{db, "http://127.0.0.1:9"}; // nobody listens there
        CHECK(dit(distantes.page(site::get_sante), R"("adresses":"service")"));
        for (int i = 0; i < 3; ++i)
            distantes.geocodeur.chercher(db, "rue des essais", 5, {}, base::Clock{}.now());
        const auto sante = distantes.page(site::get_sante);
        CHECK(dit(sante, R"("adresses":"service_interrompu")"));
        CHECK(dit(sante, R"("pret":true)"));
    });
}

} // namespace test_site
