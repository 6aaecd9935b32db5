// A list of reports as a file: its lines are those of the list, and hold what their reader may read.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.hpp"
#include "signalement/exemples_test.hpp"
#include "signalement/export/colonnes.hpp"
#include "signalement/export/store_export.hpp"
#include "support/databases.hpp"

namespace signalement::export_check {

using exemples::Bureau;
namespace store = exports::store;

std::string fichier(test::Client& agent, const std::string& question)
{
    auto r = agent.ask(http::Method::Get, "/exports/signalements/fichier?format=csv" + question);
    REQUIRE(r.status == 200);
    REQUIRE(r.stream);
    std::string out;
    while (r.stream(out)) {
    }
    return out;
}

std::int64_t lignes(const std::string& csv)
{
    return std::ranges::count(csv, '\n') - 1;
}

TEST_CASE("le fichier d’une liste a ses lignes et les colonnes choisies, pour qui la lit")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto a = bureau.deposer(depot::exemples::locataire());
        const auto b = bureau.deposer(depot::exemples::agent());
        auto secretaire = bureau.entrer(compte::exemples::julien);
        CHECK(secretaire.get("/exports/signalements").says("2 signalements"));
        CHECK(lignes(fichier(secretaire, "")) == 2);
        secretaire.get(exemples::fiche(b) + "/affectations");
        REQUIRE(secretaire
                    .post(exemples::fiche(b) + "/affectations",
                          {{"partenaires", "partenaire-76-ars"}, {"partenaires", "partenaire-76-adil"}})
                    .status == 303);
        const auto un =
            fichier(secretaire, "&statut=en_cours&colonne=reference&colonne=partenaires&colonne=danger");
        CHECK(un.find("Référence;Confié à;En danger\r\n") != std::string::npos);
        CHECK(un.find("ADIL de Seine-Maritime, ") != std::string::npos);
        CHECK(lignes(un) == 1);

        // A partner has the lines that it reads; what stays between services is empty for who is not
        // confirmed.
        auto ars = bureau.entrer(exemples::helene);
        CHECK(lignes(fichier(ars, "")) == 1);
        auto ailleurs = bureau.entrer(exemples::aicha);
        CHECK(lignes(fichier(ailleurs, "")) == 0);
        CHECK(ailleurs.get("/exports/signalements").says("0 signalement"));
        bureau.activer("hygiene@rouen.exemple");
        auto mairie = bureau.entrer("hygiene@rouen.exemple");
        const auto sien = fichier(mairie, "&colonne=reference&colonne=partenaires&colonne=doublon");
        CHECK(lignes(sien) == 1);
        CHECK(sien.ends_with(";;\r\n"));

        // What the list refuses gives no file.
        const auto refus = secretaire.get("/exports/signalements/fichier?statut=vendu&commune=76540");
        CHECK(refus.status == 303);
        CHECK(refus.location == "/signalements?statut=vendu&commune=76540");
        CHECK(secretaire.follow(refus).status == 422);
        database.write([&](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET nom = '=cmd', prenom = 'a;b' WHERE id = $1", a);
        });
        CHECK(fichier(secretaire, "&statut=a_trier&colonne=nom&colonne=prenom")
                  .ends_with("\"'=cmd\";\"a;b\"\r\n"));
    });
}

/// As many copies of a report as two pieces of a file need.
void semer_deux_lectures(db::Database& database, const std::string& modele)
{
    constexpr int combien = static_cast<int>(store::lignes_par_lecture) + 500;
    database.write([&](db::Transaction& tx) {
        tx.exec("INSERT INTO signalement (id, reference, jeton_suivi, cle_idempotence, territoire, "
                "comite, statut, version, depose_le, adresse_libelle, code_postal, commune, insee, "
                "adresse_cle, profil, nom, prenom, email, occupant_distinct, danger, vacant, "
                "doublon_possible, gravite, criticite_centiemes, criticite_batiment_centiemes, "
                "criticite_logement_centiemes) "
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2) "
                "SELECT s.id || '-' || CAST(n.i AS TEXT), s.reference || '-' || CAST(n.i AS TEXT), "
                "CAST(n.i AS TEXT), CAST(n.i AS TEXT), s.territoire, s.comite, s.statut, 1, s.depose_le, "
                "s.adresse_libelle, s.code_postal, s.commune, s.insee, s.adresse_cle, s.profil, s.nom, "
                "s.prenom, s.email, 0, 0, 0, 0, s.gravite, 0, 0, 0 FROM signalement s, n WHERE s.id = $1",
                modele, combien);
    });
}

TEST_CASE(
    "un fichier de plusieurs lectures n’oublie ni ne répète rien, même si une ligne s’efface entre deux")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        const auto modele = bureau.deposer(depot::exemples::locataire());
        semer_deux_lectures(database, modele);
        auto secretaire = bureau.entrer(compte::exemples::julien);
        for (const std::string ordre : {"depot_desc", "reference", "commune"}) {
            auto r = secretaire.ask(
                http::Method::Get, "/exports/signalements/fichier?format=csv&colonne=reference&tri=" + ordre);
            std::string out;
            REQUIRE(r.stream(out));
            const auto derniere = out.substr(out.rfind('\n', out.size() - 2) + 1);
            database.write([&](db::Transaction& tx) {
                const auto reference = derniere.substr(0, derniere.find('\r'));
                // As an erasure would, for the list: it is nobody's any more.
                tx.exec("UPDATE signalement SET comite = 'efface', tri_commune = 'zzz', reference = 'z' || "
                        "reference "
                        "WHERE reference = $1",
                        reference);
            });
            while (r.stream(out)) {
            }
            auto toutes = base::split(out, '\n');
            std::ranges::sort(toutes);
            CHECK(std::adjacent_find(toutes.begin(), toutes.end()) == toutes.end());
            CHECK(lignes(out) == bureau.compter("SELECT COUNT(*) + 1 FROM signalement WHERE comite = $1",
                                                "comite-76-departement"));
        }
    });
}

TEST_CASE(
    "un fichier qui dure s’arrête net quand son lecteur perd un rôle, ferme sa session ou quitte le service")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        semer_deux_lectures(database, bureau.deposer(depot::exemples::locataire()));
        const std::string julien = "compte-demo-julien-masson";
        const auto interrompu_par = [&](const std::string& quoi) {
            INFO(quoi);
            auto secretaire = bureau.entrer(compte::exemples::julien);
            auto r = secretaire.ask(http::Method::Get, "/exports/signalements/fichier?format=csv");
            std::string out;
            REQUIRE(r.stream(out));
            const auto avant = lignes(out);
            CHECK(avant == static_cast<std::int64_t>(store::lignes_par_lecture));
            database.write([&](db::Transaction& tx) { tx.exec(quoi, julien); });
            CHECK_THROWS_AS(r.stream(out), std::runtime_error);
            CHECK(lignes(out) == avant);
            database.write([&](db::Transaction& tx) {
                tx.exec("UPDATE mandat SET territoire = '76' WHERE compte = $1", julien);
            });
        };
        interrompu_par("DELETE FROM session WHERE compte = $1");
        interrompu_par("UPDATE session SET expire_le = vu_le WHERE compte = $1");
        interrompu_par("UPDATE mandat SET territoire = '80' WHERE compte = $1");
        interrompu_par("UPDATE compte SET etat = 'desactive' WHERE id = $1");
    });
}

TEST_CASE("chaque colonne se lit sur les deux moteurs, et celles qu’on demande n’ont pas d’intrus")
{
    test::for_each_engine([](db::Database& database) {
        Bureau bureau{database};
        bureau.deposer(depot::exemples::agent());
        auto secretaire = bureau.entrer(compte::exemples::julien);
        std::string toutes;
        for (const auto& c : exports::colonnes()) toutes += "&colonne=" + std::string{c.slug};
        const auto out = fichier(secretaire, toutes);
        CHECK(lignes(out) == 1);
        CHECK(out.find("Rouen") != std::string::npos);
    });
    CHECK(exports::choisies({"x", "reference"}).size() == 1);
    CHECK(exports::choisies({}).size() > 8);
    const auto c = exports::choisies({"depose_le"});
    CHECK(exports::en_mots(*c.front(), "2026-11-22T23:30:00.000Z", "Europe/Paris") == "23/11/2026");
}

} // namespace signalement::export_check
