// The audit on a sound installation, then on one damaged in every way that it promises to see.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/crypto.hpp"
#include "piece/fichiers.hpp"
#include "piece/store.hpp"
#include "piece/store_travail.hpp"
#include "support/platform.hpp"
#include "verification/verification.hpp"

namespace verification {

namespace {
namespace essai {

using Constates = std::set<std::string>;

Constates constates(App& app, const Options& options = {})
{
    Constates out;
    verifier(app, options, [&](const Constat& c) {
        CHECK_FALSE(c.detail.empty());
        out.insert(c.controle);
    });
    return out;
}

std::int64_t executer(App& app, std::string_view sql)
{
    return app.db.write([&](db::Transaction& tx) { return tx.exec(sql); });
}

/// The same as the platform's, with a store of files that the test holds.
struct Installation {
    explicit Installation(db::Engine engine)
        : base(engine),
          plateforme(*base),
          dossier(std::filesystem::temp_directory_path() / ("logis-verif-" + base::random_token(6))),
          config(reglages(dossier)),
          fichiers(config),
          app{plateforme.app().db, plateforme.app().clock, config, fichiers, plateforme.app().geocodeur}
    {
        // The document of the story is in the store of the platform, which is not this one.
        executer(app, "DELETE FROM demande_en_ligne_piece");
        executer(app, "DELETE FROM piece");
    }
    static Config reglages(const std::filesystem::path& dossier)
    {
        Config c;
        c.mode = Mode::Test;
        c.files_directory = dossier.string();
        return c;
    }
    ~Installation() { std::filesystem::remove_all(dossier); }

    test::FreshDatabase base;
    test::Platform plateforme;
    std::filesystem::path dossier;
    Config config;
    piece::Fichiers fichiers;
    App app;
};

struct Degat {
    std::string_view sql;
    std::string_view remede; // empty: none, it is for the end
    std::string_view controle;
};

constexpr Degat degats[] = {
    {"UPDATE compteur SET valeur = valeur + 1", "UPDATE compteur SET valeur = valeur - 1", "compteur"},
    {"UPDATE compteur SET valeur = valeur - 1", "UPDATE compteur SET valeur = valeur + 1", "compteur"},
    {"DELETE FROM compteur", {}, "compteur"},
    {"UPDATE signalement SET comite = 'x' || comite", "UPDATE signalement SET comite = substr(comite, 2)",
     "comite_inconnu"},
    {"UPDATE signalement SET territoire = 'x' || territoire",
     "UPDATE signalement SET territoire = substr(territoire, 2)", "territoire_inconnu"},
    {"UPDATE affectation SET territoire = 'x' || territoire",
     "UPDATE affectation SET territoire = substr(territoire, 2)", "territoire_different"},
    {"UPDATE suivi SET territoire = 'x' || territoire", "UPDATE suivi SET territoire = substr(territoire, 2)",
     "territoire_different"},
    {"UPDATE courriel SET territoire = 'x' || territoire",
     "UPDATE courriel SET territoire = substr(territoire, 2)", "territoire_different"},
    {"UPDATE courriel SET objet_id = '0' || objet_id WHERE objet_type = 'signalement'",
     "UPDATE courriel SET objet_id = substr(objet_id, 2) WHERE objet_type = 'signalement'", "orphelin"},
    {"UPDATE signalement SET cle_idempotence = 'x' || cle_idempotence",
     "UPDATE signalement SET cle_idempotence = substr(cle_idempotence, 2)", "brouillon"},
    {"UPDATE demande SET numero = substr(numero, 1, 7) || '9' || substr(numero, 9)",
     "UPDATE demande SET numero = substr(numero, 1, 7) || '0' || substr(numero, 9)", "demande"},
    {"UPDATE demande SET contenu_version = contenu_version + 1",
     "UPDATE demande SET contenu_version = contenu_version - 1", "demande"},
    {"UPDATE demande_souhait SET territoire = ''",
     "UPDATE demande_souhait SET territoire = (SELECT d.territoire FROM demande d WHERE d.id = "
     "demande_souhait.demande)",
     "territoire_different"},
    {"UPDATE demande_personne SET rang = rang + 7", "UPDATE demande_personne SET rang = rang - 7", "demande"},
    {"UPDATE signalement_compte SET nombre = nombre + 1", "UPDATE signalement_compte SET nombre = nombre - 1",
     "compte_faux"},
    {"UPDATE signalement_desordre SET critere = 'x' || critere",
     "UPDATE signalement_desordre SET critere = substr(critere, 2)", "statistiques"},
    {"UPDATE signalement_mots SET mots = mots || ' x'",
     "UPDATE signalement_mots SET mots = replace(mots, ' x', '')", "mots"},
    {"INSERT INTO tache (nom, prochain_le) VALUES ('essai', '2020-01-01T00:00:00.000Z')",
     "DELETE FROM tache WHERE nom = 'essai'", "tache"},
    {"UPDATE courriel SET etat = 'a_envoyer', envoye_le = NULL, prochain_le = '2020-01-01T00:00:00.000Z' "
     "WHERE "
     "etat = 'envoye'",
     "UPDATE courriel SET etat = 'envoye', envoye_le = cree_le, prochain_le = NULL WHERE etat = 'a_envoyer'",
     "courriel_en_retard"},
    {"UPDATE affectation SET statut = 'acceptee' WHERE statut = 'en_attente'", {}, "journal"},
};

} // namespace essai
} // namespace

TEST_CASE("une installation saine n’a aucun constat ; chaque dégât en a un")
{
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        essai::Installation i{engine};
        CHECK(essai::constates(i.app).empty());
        for (const auto& d : essai::degats) {
            if (d.remede.empty()) continue;
            INFO(d.sql);
            CHECK(essai::executer(i.app, d.sql) > 0);
            CHECK(essai::constates(i.app).contains(std::string{d.controle}));
            essai::executer(i.app, d.remede);
        }
        CHECK(essai::constates(i.app).empty());
        if (engine == db::Engine::Sqlite) {
            essai::executer(
                i.app, "INSERT INTO signalement_mots_index (signalement_mots_index) VALUES ('delete-all')");
            CHECK(essai::constates(i.app) == essai::Constates{"index_des_mots"});
            essai::executer(i.app,
                            "INSERT INTO signalement_mots_index (signalement_mots_index) VALUES ('rebuild')");
            CHECK(essai::constates(i.app).empty());
        }

        const std::string octets = "le contenu d’un document";
        const auto texte = i.fichiers.magasin->mettre(octets);
        const auto id = i.app.db.write([&](db::Transaction& tx) {
            return piece::store::inserer(tx,
                                         {.sas = i.fichiers.sas.nom(),
                                          .cle = i.fichiers.sas.deposer(octets),
                                          .sha256 = texte,
                                          .nom = "a.txt",
                                          .taille = octets.size()},
                                         i.app.clock.now());
        });
        CHECK(essai::constates(i.app).empty());
        CHECK(essai::executer(i.app, "UPDATE piece SET sha256 = replace(sha256, '1', '2')") == 1);
        CHECK(essai::constates(i.app) == essai::Constates{"fichier"});
        i.app.db.write([&](db::Transaction& tx) { piece::store::ranger(tx, id.id, {texte, octets.size()}); });
        CHECK(essai::constates(i.app).empty());
        const auto fichier = i.dossier / texte.substr(0, 2) / texte.substr(2);
        std::ofstream{fichier, std::ios::app} << "!";
        CHECK(essai::constates(i.app, {.rapide = true}).empty());
        CHECK(essai::constates(i.app) == essai::Constates{"fichier"});
        std::filesystem::remove(fichier);
        CHECK(essai::constates(i.app, {.rapide = true}) == essai::Constates{"fichier"});
        i.fichiers.magasin->mettre(octets);
        CHECK(essai::executer(i.app, "UPDATE piece SET taille = taille + 1") == 1);
        CHECK(essai::constates(i.app) == essai::Constates{"fichier"});
        i.app.db.write([&](db::Transaction& tx) { piece::store::supprimer(tx, id.id); });

        // A content nobody names is what a crash leaves: counted, and worth a word only when it stays.
        CHECK(essai::constates(i.app).empty());
        std::filesystem::last_write_time(fichier, std::filesystem::file_time_type::clock::now() -
                                                      std::chrono::hours{24 * 30});
        CHECK(essai::constates(i.app) == essai::Constates{"purge_des_fichiers"});

        for (const auto& d : essai::degats) {
            if (!d.remede.empty()) continue;
            INFO(d.sql);
            essai::executer(i.app, d.sql);
            CHECK(essai::constates(i.app).contains(std::string{d.controle}));
        }
        essai::executer(i.app, "DELETE FROM schema_migration WHERE name > '0005'");
        CHECK(essai::constates(i.app) == essai::Constates{"migration"});
    }
}

} // namespace verification
