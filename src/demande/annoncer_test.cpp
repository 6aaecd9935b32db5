// What is prepared when a demande ends, on both engines: for whom, and where nothing may go.
#include "demande/annoncer.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store.hpp"
#include "demande/taches.hpp"
#include "piece/fichiers.hpp"
#include "territoire/geocodeur.hpp"

namespace demande {
namespace test_annoncer {

using compte::exemples::matin;

const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};
const Date jour{2026, 11, 23};

struct Partie {
    int signataire = 0;
    std::string adresse;
};

/// The letters that a written renunciation prepares for a demande that says this.
std::vector<Partie> lettres_d_une_fin(db::Database& base,
                                      const std::vector<std::pair<const char*, const char*>>& dit)
{
    compte::exemples::semer(base);
    return base.write([&](db::Transaction& tx) {
        store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
        const auto g = store::find_guichet(tx, "76R01").value();
        auto r = exemples::formulaire_rempli();
        for (const auto& [champ, texte] : dit) r.mettre(champ, texte);
        const auto lu = lire(r, exemples::contexte());
        REQUIRE(lu);
        const auto id = store::enregistrer(tx, *lu, g, fatou, "clé", matin)->id;
        const auto f = *store::find(tx, id, {g}, "clé");
        const auto fin =
            radier(store::situation(tx, f, jour),
                   {.motif = MotifRadiation::Renonciation, .justificatif = "Lettre du 20"}, jour);
        REQUIRE(fin);
        radier_et_annoncer(tx, f, *fin, fatou, {g}, "https://logis.example", matin);
        return tx.query<Partie>(
            "SELECT signataire, adresse FROM preavis WHERE objet = 'radiation' ORDER BY signataire");
    });
}

TEST_CASE("une radiation se dit à chacun de ceux qui signent")
{
    test::for_each_engine([](db::Database& base) {
        const auto lettres = lettres_d_une_fin(base, {});
        REQUIRE(lettres.size() == 2);
        CHECK(lettres[0].adresse.starts_with("Madame Maëlle Kerviel\n"));
        // Who decided is on the letter (CRPA, L. 212-1).
        CHECK(base.read()
                  .one<std::string>("SELECT details FROM preavis WHERE objet = 'radiation' AND "
                                    "signataire = 0")
                  .ends_with(";Fatou Sarr, CCAS de Rouen"));
        CHECK(lettres[1].adresse.starts_with("Monsieur Idriss Traoré\n"));
    });
}

TEST_CASE("après des violences, rien ne part à la boîte du formulaire ni à qui signe avec le demandeur")
{
    test::for_each_engine([](db::Database& base) {
        const auto lettres = lettres_d_une_fin(base, {{"motif.violences", "oui"},
                                                      {"demandeur.email", "maelle@exemple.example"},
                                                      {"demandeur.infos_courriel", "oui"},
                                                      {"courrier.chez", "Association Abri"},
                                                      {"courrier.voie", "1 place du Port"},
                                                      {"courrier.code_postal", "76600"},
                                                      {"courrier.commune", "Le Havre"}});
        REQUIRE(lettres.size() == 1);
        CHECK(lettres[0].signataire == 0);
        CHECK(lettres[0].adresse.find("Association Abri") != std::string::npos);
        CHECK(lettres[0].adresse.find("Tanneurs") == std::string::npos);
        CHECK(base.read().one<int>("SELECT COUNT(*) FROM courriel WHERE gabarit = 'radiation_demande'") == 0);
    });
}

TEST_CASE("un mois avant qu’il soit trop tard, qui peut encore revenir le lit une fois ; la lettre part s’il "
          "ne revient pas")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        const auto lue = [&](const std::string& sql) { return base.read().one<std::int64_t>(sql); };
        const std::string lettres = "SELECT COUNT(*) FROM preavis WHERE objet = 'dernier_mois'",
                          courriels = "SELECT COUNT(*) FROM courriel WHERE gabarit = 'dernier_mois_demande'";
        const auto g = base.write([](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
            return store::find_guichet(tx, "76R01").value();
        });
        const auto id = base.write([&](db::Transaction& tx) {
            auto r = exemples::formulaire_rempli();
            r.mettre("demandeur.email", "maelle@exemple.example");
            r.mettre("demandeur.infos_courriel", "oui");
            const auto demande =
                store::enregistrer(tx, *lire(r, exemples::contexte()), g, fatou, "clé", matin)->id;
            // Not renewed, removed in time: it may come back until 20 May 2028.
            tx.exec("UPDATE demande SET etat = 'radiee', motif_radiation = 'non_renouvellement', radiee_le = "
                    "'2027-12-21', a_revoir_le = '' WHERE id = $1",
                    demande);
            return demande;
        });
        Config config;
        piece::Fichiers fichiers{config};
        territoire::Geocodeur geocodeur;
        const auto taches = [&](const char* le) {
            App app{base, base::Clock{*base::parse_instant(le)}, config, fichiers, geocodeur};
            suivre_les_echeances(app, {});
        };
        taches("2028-04-09T08:00:00Z");
        CHECK(lue(lettres) + lue(courriels) == 0);
        taches("2028-04-10T08:00:00Z"); // ten days early, for the post
        taches("2028-04-11T08:00:00Z");
        CHECK(lue(lettres) == 1);
        CHECK(lue(courriels) == 1);
        base.write([&](db::Transaction& tx) {
            const auto f = *store::find(tx, id, {g}, "clé");
            const auto r = reactiver(store::situation(tx, f, {2028, 4, 12}), {2028, 4, 12});
            REQUIRE(r);
            store::reprendre(tx, f, *r, fatou, *base::parse_instant("2028-04-12T08:00:00Z"));
        });
        CHECK(lue(lettres) == 0);
    });
}

TEST_CASE(
    "l’année d’une demande finit à minuit chez elle : à La Réunion d’abord, puis en Île-de-France, puis en "
    "Martinique")
{
    struct Lieu {
        const char *territoire, *guichet, *insee, *veille, *lendemain;
    };
    // The last day of validity is the 20th, included, where the demande is.
    constexpr Lieu lieux[] = {
        {"974", "74R01", "97411", "2027-11-20T19:59:00Z", "2027-11-20T20:01:00Z"},
        {"111", "75R01", "75056", "2027-11-20T22:59:00Z", "2027-11-20T23:01:00Z"},
        {"972", "72R01", "97209", "2027-11-21T03:59:00Z", "2027-11-21T04:01:00Z"},
    };
    test::for_each_engine([&](db::Database& base) {
        compte::exemples::semer(base);
        const auto taches = [&](const char* le) {
            Config config;
            piece::Fichiers fichiers{config};
            territoire::Geocodeur geocodeur;
            App app{base, base::Clock{*base::parse_instant(le)}, config, fichiers, geocodeur};
            suivre_les_echeances(app, {});
        };
        std::vector<std::string> ids;
        for (const auto& l : lieux)
            base.write([&](db::Transaction& tx) {
                store::ouvrir_guichet(tx, {l.guichet, l.territoire, partenaire::demo_ccas_rouen, "", {}, ""},
                                      matin);
                const auto g = store::find_guichet(tx, l.guichet).value();
                auto c = exemples::contexte({l.insee});
                c.territoire = l.territoire;
                auto r = exemples::formulaire_rempli();
                r.mettre("demandeur.nom", std::string{"Kerviel-"} + l.insee);
                const auto lu = lire(r, c);
                REQUIRE(lu);
                const auto e = store::enregistrer(tx, *lu, g, fatou, "clé", matin);
                REQUIRE(e);
                CHECK(e->numero.starts_with(std::string{l.territoire} + "1126"));
                ids.push_back(e->id);
            });
        const auto etat = [&](std::size_t i) {
            return base.read().one<std::string>("SELECT etat FROM demande WHERE id = $1", ids[i]);
        };
        taches("2027-10-20T08:00:00Z");
        for (std::size_t i = 0; i < ids.size(); ++i) {
            INFO(lieux[i].territoire);
            CHECK(base.read().one<int>(
                      "SELECT COUNT(*) FROM preavis WHERE demande = $1 AND objet = 'preavis'", ids[i]) == 1);
            taches(lieux[i].veille);
            CHECK(etat(i) != "en_tolerance");
            taches(lieux[i].lendemain);
            CHECK(etat(i) == "en_tolerance");
        }
    });
}

} // namespace test_annoncer
} // namespace demande
