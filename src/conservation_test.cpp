// What is over is erased by `logis jobs run`, whole, once, with its files; what is not over stays. Both
// engines.
#include "conservation.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "courrier/store.hpp"
#include "jobs.hpp"
#include "journal/journal.hpp"
#include "piece/store.hpp"
#include "piece/store_travail.hpp"
#include "signalement/conservation.hpp"
#include "signalement/exemples_test.hpp"
#include "support/databases.hpp"
#include "support/fixtures.hpp"
#include "territoire/geocodeur.hpp"
#include "verification/verification.hpp"

namespace conservation::tests {

const Instant debut = *base::parse_instant("2026-11-23T08:00:00Z");

Instant ans_apres(int n)
{
    return debut.plus_days(366LL * n);
}

struct Installation {
    explicit Installation(db::Database& database) : db(database), bureau(database), fichiers(config) {}

    /// What one process does at this moment.
    std::vector<std::string> jobs_run(Instant now)
    {
        App app{db, base::Clock{now}, config, fichiers, geocodeur};
        return jobs::run_due(app);
    }

    std::string deposer(const std::string& adresse)
    {
        namespace depot = signalement::depot;
        return bureau.deposer(
            depot::exemples::avec(depot::exemples::locataire(), {{depot::reconnue::libelle, {adresse}}}));
    }

    /// A file of the report, and an entry of the follow-up with another one.
    void suivre(const std::string& id, const std::string& photo, const std::string& lettre)
    {
        db.write([&](db::Transaction& tx) {
            const auto ranger = [&](const std::string& contenu) {
                auto recue = piece::recevoir(fichiers, {"fichiers", "notes.txt", "", contenu});
                REQUIRE(recue);
                const auto p = piece::store::inserer(tx, *recue, debut);
                piece::store::ranger(tx, p.id, {fichiers.magasin->mettre(contenu), contenu.size()});
                return p.id;
            };
            tx.exec("INSERT INTO signalement_piece (signalement, piece, ajoute_le, territoire) VALUES ($1, "
                    "$2, $3, '76')",
                    id, ranger(photo), debut);
            tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, auteur_nom, "
                    "visible_deposant, ajoute_le) VALUES ('s' || $1, $1, '76', 'message', '2026-11-23', "
                    "'Vu.', 'Nadia', 1, $2)",
                    id, debut);
            journal::append(tx, {"signalement", id, "suivi", "", "Nadia", "76", debut, "Vu."});
            tx.exec("INSERT INTO suivi_piece (suivi, piece, territoire) VALUES ('s' || $1, $2, '76')", id,
                    ranger(lettre));
        });
    }

    void finir(const std::string& id, bool clos, Instant le)
    {
        db.write([&](db::Transaction& tx) {
            tx.exec(std::string{"UPDATE signalement SET motif_slug = 'autre', dernier_suivi_le = $2, "} +
                        (clos ? "statut = 'clos', valide_le = $2, clos_le = $2"
                              : "statut = 'refuse', refuse_le = $2") +
                        " WHERE id = $1",
                    id, le);
        });
    }

    bool existe(const std::string& id)
    {
        return db.read().one<bool>("SELECT EXISTS (SELECT 1 FROM signalement WHERE id = $1)", id);
    }

    /// Rows of any table that still know this report.
    std::int64_t traces(const std::string& id)
    {
        std::int64_t n = 0;
        auto tx = db.read();
        for (const auto* where : {"signalement WHERE id = $1", "signalement_desordre WHERE signalement = $1",
                                  "signalement_qualification WHERE signalement = $1",
                                  "signalement_piece WHERE signalement = $1", "suivi WHERE signalement = $1",
                                  "suivi_piece WHERE suivi = 's' || $1", "affectation WHERE signalement = $1",
                                  "acces_ponctuel WHERE signalement = $1", "brouillon WHERE signalement = $1",
                                  "courriel WHERE objet_id = $1", "journal WHERE objet_id = $1"})
            n += tx.one<std::int64_t>(std::string{"SELECT COUNT(*) FROM "} + where, id);
        return n;
    }

    std::set<std::string> anomalies(Instant now)
    {
        App app{db, base::Clock{now}, config, fichiers, geocodeur};
        std::set<std::string> out;
        verification::verifier(app, {}, [&](const verification::Constat& c) { out.insert(c.controle); });
        return out;
    }

    db::Database& db;
    Config config = test::scratch_config();
    signalement::exemples::Bureau bureau;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
};

TEST_CASE(
    "un signalement clos depuis cinq ans, ou refusé depuis un an, est effacé en entier, avec ses fichiers")
{
    test::for_each_engine([](db::Database& db) {
        Installation i{db};
        const auto clos = i.deposer("1 Rue des Carmes"), refuse = i.deposer("2 Rue des Carmes");
        const auto ouvert = i.deposer("3 Rue des Carmes"), repris = i.deposer("4 Rue des Carmes");
        i.suivre(clos, "photo du clos", "lettre partagée");
        i.suivre(ouvert, "photo de l’ouvert", "lettre partagée");
        i.finir(clos, true, debut);
        i.finir(refuse, false, debut);
        i.finir(repris, true, debut);
        // Somebody wrote after the closure: a human still answers for that file.
        db.write([&](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET dernier_suivi_le = $2 WHERE id = $1", repris, ans_apres(3));
        });
        const auto reference =
            db.read().one<std::string>("SELECT reference FROM signalement WHERE id = $1", clos);
        const auto anomalies = i.anomalies(debut); // of what this test wrote by hand
        REQUIRE(i.traces(clos) >= 8);

        i.jobs_run(debut.plus_days(364));
        CHECK(i.existe(refuse));
        i.jobs_run(ans_apres(1).plus_days(1));
        CHECK(i.traces(refuse) == 0);
        i.jobs_run(debut.plus_days(5 * 365));
        CHECK(i.existe(clos));

        // After ten days of stop, two processes at once: once, whole.
        const auto tard = ans_apres(5).plus_days(10);
        std::atomic<int> said = 0, failures = 0;
        {
            std::vector<std::jthread> processes;
            for (int n = 0; n < 2; ++n)
                processes.emplace_back([&] {
                    try {
                        for (const auto& line : i.jobs_run(tard))
                            if (line.starts_with("effacer_les_signalements")) ++said;
                    } catch (const std::exception&) {
                        ++failures;
                    }
                });
        }
        CHECK(failures == 0);
        CHECK(said == 1);
        CHECK(i.traces(clos) == 0);
        CHECK(i.existe(ouvert));
        CHECK(i.traces(ouvert) >= 8);
        CHECK(i.existe(repris));
        CHECK(signalement::store::effacer_echus(db, limite(Objet::SignalementClos, tard),
                                                limite(Objet::SignalementRefuse, tard), tard) == 0);
        {
            auto tx = db.read();
            CHECK(tx.one<std::string>("SELECT id FROM signalement_efface WHERE reference = $1", reference) ==
                  clos);
        }
        // The other process may have purged before the erasure: what is left falls the next day. Contents
        // rest a week by the clock of the disk: here at once.
        piece::purger_orphelins(db, i.fichiers, tard, 0);
        CHECK(db.read().one<std::int64_t>("SELECT COUNT(*) FROM piece") == 2); // the open one's
        const auto present = [&](std::string_view contenu) {
            try {
                return i.fichiers.magasin->lire(base::sha256_hex(contenu)) == contenu;
            } catch (const std::exception&) {
                return false;
            }
        };
        CHECK_FALSE(present("photo du clos"));
        CHECK(present("lettre partagée"));
        CHECK(present("photo de l’ouvert"));
        for (const auto& controle : i.anomalies(tard))
            CHECK((anomalies.contains(controle) || controle == "tache" || controle == "courriel_en_retard"));
    });
}

TEST_CASE("le journal d’un signalement ne s’efface qu’après lui, son effacement écrit")
{
    test::for_each_engine([](db::Database& db) {
        Installation i{db};
        const auto id = i.deposer("1 Rue des Carmes");
        i.suivre(id, "photo", "lettre");
        const auto vider = [&] {
            db.write([&](db::Transaction& tx) { journal::effacer(tx, "signalement", id); });
        };
        CHECK_THROWS_AS(vider(), db::Error);
        db.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO signalement_efface VALUES ($1, '76-2026-000001', '76', 'clos', $2)", id,
                    debut);
        });
        CHECK_THROWS_AS(vider(), db::Error); // the report is still there
        CHECK(db.read().one<std::int64_t>("SELECT COUNT(*) FROM journal WHERE objet_id = $1", id) > 0);
    });
}

TEST_CASE("les courriels perdent leur texte en une semaine, leur trace en un an ou avec leur signalement")
{
    test::for_each_engine([](db::Database& db) {
        Installation i{db};
        const auto compter = [&](const char* where) {
            return db.read().one<std::int64_t>(std::string{"SELECT COUNT(*) FROM courriel WHERE "} + where);
        };
        const auto id = i.deposer("1 Rue des Carmes");
        db.write([&](db::Transaction& tx) {
            courrier::enqueue(
                tx, {"essai", "a@mairie.fr", "Objet", {courrier::Paragraphe{"Bonjour"}}, "", "essai", "1"},
                debut);
            tx.exec("UPDATE courriel SET etat = 'envoye', envoye_le = cree_le, prochain_le = NULL");
        });
        const auto tous = compter("texte <> ''");
        i.jobs_run(debut.plus_days(7));
        CHECK(compter("texte <> ''") == tous);
        i.jobs_run(debut.plus_days(9));
        CHECK(compter("texte <> ''") == 0);
        i.jobs_run(debut.plus_days(365));
        CHECK(compter("gabarit = 'essai'") == 1);
        i.jobs_run(ans_apres(1).plus_days(1));
        CHECK(compter("gabarit = 'essai'") == 0);
        CHECK(compter("objet_type = 'signalement'") == tous - 1);
        CHECK(i.existe(id));
    });
}

TEST_CASE("chaque durée se dit en mots et tombe juste")
{
    std::set<Objet> vus;
    for (const auto& r : regles()) {
        INFO(r.quoi);
        CHECK(vus.insert(r.objet).second);
        CHECK(r.nombre > 0);
        CHECK(duree(r).starts_with(std::to_string(r.nombre)));
        CHECK_FALSE(r.fondement.empty());
        CHECK(limite(r.objet, debut) < debut);
    }
    CHECK(limite(Objet::Session, debut) == debut.plus_seconds(-12 * 3600));
    // Five years hold one leap day, or two: never before the anniversary.
    CHECK(limite(Objet::SignalementClos, debut) <= *base::parse_instant("2021-11-23T08:00:00Z"));
    CHECK(limite(Objet::SignalementClos, debut) >= *base::parse_instant("2021-11-21T08:00:00Z"));
}

} // namespace conservation::tests
