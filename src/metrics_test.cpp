// The text of /metrics, read as strictly as Prometheus would; what it costs the database; whom it does not
// name.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <regex>
#include <set>

#include "base/text.hpp"
#include "courrier/courrier.hpp"
#include "courrier/store.hpp"
#include "http/web.hpp"
#include "metrics.hpp"
#include "sauvegarde/sauvegarde.hpp"
#include "support/client.hpp"
#include "support/databases.hpp"

namespace metrics_test {

const Instant midi = *base::parse_instant("2026-11-23T12:00:00Z");

/// name{labels} → value. Fails the test on whatever the format does not allow.
std::map<std::string, double> read(const std::string& text)
{
    static const std::regex sample{
        R"re(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)+\})? (\S+))re"};
    std::map<std::string, double> out;
    std::set<std::string> families;
    std::string family, type, helped;
    std::map<std::string, double> last_bucket;
    REQUIRE(text.ends_with("\n"));
    for (const auto& line : base::split(text.substr(0, text.size() - 1), '\n')) {
        INFO("ligne : ", line);
        if (line.starts_with("# HELP ")) {
            const auto rest = line.substr(7);
            helped = rest.substr(0, rest.find(' '));
            CHECK(rest.size() > helped.size() + 1);
            continue;
        }
        if (line.starts_with("# TYPE ")) {
            const auto words = base::split(line.substr(7), ' ');
            REQUIRE(words.size() == 2);
            family = words[0];
            type = words[1];
            CHECK(helped == family);
            CHECK(families.insert(family).second); // each family once, its samples together
            CHECK((type == "counter") == family.ends_with("_total"));
            continue;
        }
        std::smatch m;
        REQUIRE(std::regex_match(line, m, sample));
        const auto name = m[1].str(), labels = m[2].str();
        const auto value = std::stod(m[3].str());
        if (type == "histogram") {
            static const std::regex le{R"re(,?le="[^"]*")re"};
            const auto series = family + std::regex_replace(labels, le, "");
            CHECK((name == family + "_bucket" || name == family + "_sum" || name == family + "_count"));
            if (name.ends_with("_bucket")) {
                CHECK(value >= last_bucket[series]);
                last_bucket[series] = value;
            }
            if (name.ends_with("_count")) CHECK(value == last_bucket[series]);
        } else {
            CHECK(name == family);
        }
        CHECK(out.emplace(name + labels, value).second);
    }
    return out;
}

double value_of(const std::map<std::string, double>& samples, const std::string& name)
{
    INFO(name);
    const auto found = samples.find(name);
    REQUIRE(found != samples.end());
    return found->second;
}

} // namespace metrics_test

TEST_CASE("les mesures se lisent comme Prometheus les lit, et disent ce qui attend")
{
    test::for_each_engine([](db::Database& base) {
        test::Site site{base, metrics_test::midi};
        auto& app = site.app();
        metrics::Metrics mesures{app};
        base.write([&](db::Transaction& tx) {
            courrier::Courriel c;
            c.gabarit = "essai";
            c.destinataire = "personne@exemple.fr";
            c.objet = "Essai";
            c.blocs = {courrier::Paragraphe{"Essai"}};
            courrier::enqueue(tx, c, app.clock.now().plus_seconds(-600));
            tx.exec(
                "INSERT INTO tache (nom, prochain_le, erreur) VALUES ('purger_les_sessions', $1, 'panne')",
                app.clock.now().plus_seconds(-120));
        });
        const auto dit = metrics_test::read(mesures.exposition(nullptr, true));
        using metrics_test::value_of;
        CHECK(value_of(dit, "logis_db_up") == 1);
        CHECK(value_of(dit, "logis_schema_current") == 1);
        CHECK(value_of(dit, R"(logis_outbox_messages{state="a_envoyer"})") == 1);
        CHECK(value_of(dit, "logis_outbox_oldest_seconds") == 600);
        CHECK_FALSE(dit.contains("logis_backup_age_seconds")); // there was none
        CHECK(value_of(dit, "logis_outbox_overdue_seconds") == 600);
        CHECK(value_of(dit, R"(logis_task_overdue_seconds{task="purger_les_sessions"})") == 120);
        CHECK(value_of(dit, R"(logis_task_failed{task="purger_les_sessions"})") == 1);
        CHECK(value_of(dit, R"(logis_task_overdue_seconds{task="entretenir_la_base"})") == 0);
        CHECK(value_of(dit, R"(logis_files{state="quarantaine"})") == 0);
        CHECK(value_of(dit, "process_resident_memory_bytes") > 1e6);
        CHECK(value_of(dit, "process_open_fds") > 2);
        CHECK(value_of(dit, R"(logis_disk_size_bytes{of="fichiers"})") > 0);
        CHECK(value_of(dit, "logis_db_connections_max") >= 1);
        base.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO tache (nom, prochain_le, dernier_le) VALUES ($1, $2, $3)",
                    sauvegarde::nom_de_la_tache, app.clock.now(), app.clock.now().plus_seconds(-7200));
        });
        CHECK(value_of(metrics_test::read(mesures.exposition(nullptr, true)), "logis_backup_age_seconds") ==
              7200);
    });
}

TEST_CASE("un courriel que son expéditeur a abandonné, ou une horloge qui s’écarte de la base, se voient")
{
    test::for_each_engine([](db::Database& base) {
        test::Site site{base, metrics_test::midi};
        auto& app = site.app();
        metrics::Metrics mesures{app};
        base.write([&](db::Transaction& tx) {
            courrier::Courriel c;
            c.gabarit = "essai";
            c.destinataire = "personne@exemple.fr";
            c.objet = "Essai";
            c.blocs = {courrier::Paragraphe{"Essai"}};
            courrier::enqueue(tx, c, app.clock.now());
            tx.exec("UPDATE courriel SET etat = 'en_cours', prochain_le = NULL, bail_par = 'mort', "
                    "bail_jusqu_au = $1",
                    app.clock.now().plus_seconds(-300));
        });
        const auto dit = metrics_test::read(mesures.exposition(nullptr, true));
        CHECK(metrics_test::value_of(dit, "logis_outbox_overdue_seconds") == 300);
        // The clock of the test stands still, the server's goes on.
        if (base.engine() == db::Engine::Postgres)
            CHECK(std::abs(metrics_test::value_of(dit, "logis_clock_ahead_seconds") -
                           static_cast<double>(metrics_test::midi.ms - base::Clock{}.now().ms) / 1000) < 60);
        else
            CHECK_FALSE(dit.contains("logis_clock_ahead_seconds"));
    });
}

TEST_CASE("les numéros d’un territoire et d’un mois qui s’épuisent se voient avant que le dernier soit donné")
{
    test::for_each_engine([](db::Database& base) {
        test::Site site{base, metrics_test::midi};
        metrics::Metrics mesures{site.app()};
        base.write([](db::Transaction& tx) {
            tx.exec("INSERT INTO numero_sequence (territoire, annee, mois, dernier) VALUES ('076', 2026, 11, "
                    "999999), "
                    "('075', 2026, 2, 900000), ('013', 2026, 11, 899999)");
        });
        const auto dit = metrics_test::read(mesures.exposition(nullptr, true));
        CHECK(metrics_test::value_of(dit, R"(logis_numero_used_ratio{territory="076",month="2026-11"})") ==
              1);
        CHECK(metrics_test::value_of(dit, R"(logis_numero_used_ratio{territory="075",month="2026-02"})") >
              0.9);
        CHECK_FALSE(dit.contains(R"(logis_numero_used_ratio{territory="013",month="2026-11"})"));
    });
}

TEST_CASE("une adresse demandée n’est jamais dans les mesures : seulement le modèle de sa route")
{
    test::FreshDatabase base{db::Engine::Sqlite};
    test::Site site{*base, metrics_test::midi};
    metrics::Metrics mesures{site.app()};
    http::Server serveur{{.spool_directory = site.app().config.files_directory}, {}, {}};
    http::Request demande;
    demande.received = std::chrono::steady_clock::now() - std::chrono::milliseconds{30};
    demande.path = "/suivi/jetonquinedoitpasparaitre";
    mesures.answered(demande, 200);
    demande.path = "/un/chemin/quinexistepas";
    mesures.answered(demande, 404);
    demande.path = "/static/app.css";
    mesures.answered(demande, 304);
    std::string texte;
    serveur.run([&](std::uint16_t) {
        texte = mesures.exposition(&serveur, true);
        serveur.stop();
    });
    const auto dit = metrics_test::read(texte);
    using metrics_test::value_of;
    CHECK(value_of(dit, R"(logis_http_requests_total{method="GET",route="/suivi/{jeton}",class="2xx"})") ==
          1);
    CHECK(value_of(dit, R"(logis_http_requests_total{method="-",route="-",class="4xx"})") == 1);
    CHECK(value_of(dit, R"(logis_http_requests_total{method="GET",route="fichiers",class="3xx"})") == 1);
    const std::string seau = R"(logis_http_request_seconds_bucket{method="GET",route="/suivi/{jeton}",le=)";
    CHECK(value_of(dit, seau + R"("0.025"})") == 0);
    CHECK(value_of(dit, seau + R"("+Inf"})") == 1);
    CHECK(value_of(dit, R"(logis_http_queue{pool="general"})") == 0);
    CHECK(texte.find("paraitre") == std::string::npos);
    CHECK(texte.find("quinexistepas") == std::string::npos);
}

TEST_CASE("aucune mesure ne lit toute une table : un index borne chacune")
{
    test::FreshDatabase base{db::Engine::Sqlite};
    auto tx = base->read();
    for (const auto sql : metrics::statements()) {
        INFO(std::string{sql});
        CHECK(sql.find("LIMIT") != std::string_view::npos);
        std::vector<db::Value> parametres(static_cast<std::size_t>(std::ranges::count(sql, '$')),
                                          std::int64_t{1});
        bool index = false;
        tx.run("EXPLAIN QUERY PLAN " + std::string{sql}, parametres, [&](std::span<const db::Value> ligne) {
            const auto detail = std::get<std::string>(ligne[3]);
            INFO(detail);
            if (detail.find("courriel") == std::string::npos && detail.find("piece") == std::string::npos)
                return;
            index = true;
            CHECK(detail.find("INDEX") != std::string::npos);
        });
        CHECK(index);
    }
}
