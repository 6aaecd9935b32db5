// Rows of files on every engine, and the purge of those that belong to nothing.
#include <doctest/doctest.h>

#include <algorithm>

#include "db/migrations.hpp"
#include "piece/store.hpp"
#include "piece/store_travail.hpp"
#include "support/databases.hpp"
#include "support/fixtures.hpp"

namespace store_test {
namespace {

const Instant jour = *base::parse_instant("2026-11-21T09:00:00Z");

struct Dossier {
    Config config = test::scratch_config();
    piece::Fichiers fichiers{config};
    base::Clock horloge{jour};
};

piece::PieceRecue recue(piece::Fichiers& f, const std::string& contenu, const std::string& nom = "notes.txt")
{
    auto r = piece::recevoir(f, {"fichiers", nom, "", contenu});
    REQUIRE(r);
    return std::move(*r);
}

/// Already in the store, as old files are.
piece::Piece rangee(db::Database& db, piece::Fichiers& f, const std::string& contenu, Instant le)
{
    return db.write([&](db::Transaction& tx) {
        const auto p = piece::store::inserer(tx, recue(f, contenu), le);
        piece::store::ranger(tx, p.id, {f.magasin->mettre(contenu), contenu.size()});
        return *piece::store::trouver(tx, p.id);
    });
}

} // namespace

TEST_CASE("un fichier reçu se retrouve tel quel")
{
    test::for_each_engine([](db::Database& db) {
        Dossier d;
        const auto p = db.write([&](db::Transaction& tx) {
            return piece::store::inserer(tx, recue(d.fichiers, "bonjour"), jour);
        });
        auto tx = db.read();
        const auto q = piece::store::trouver(tx, p.id);
        REQUIRE(q);
        CHECK(q->sha256 == base::sha256_hex("bonjour"));
        CHECK(q->recu_sha256 == q->sha256);
        CHECK(q->nom == "notes.txt");
        CHECK(q->type == piece::TypePiece::Txt);
        CHECK(q->depose_le == jour);
        CHECK(q->etat == piece::Etat::Recue);
        CHECK_FALSE(q->disponible());
        CHECK_FALSE(piece::store::trouver(tx, Id<piece::Piece>{"inconnu"}));
        const auto comptes = piece::store::compter_par_etat(tx);
        REQUIRE(comptes.size() == 1);
        CHECK(comptes[0] == std::pair{piece::Etat::Recue, std::int64_t{1}});
    });
}

TEST_CASE("plusieurs fichiers sont rendus dans l’ordre demandé")
{
    test::for_each_engine([](db::Database& db) {
        Dossier d;
        std::vector<Id<piece::Piece>> ids;
        db.write([&](db::Transaction& tx) {
            ids.clear();
            for (const auto* nom : {"a.txt", "b.txt", "c.txt"})
                ids.push_back(piece::store::inserer(tx, recue(d.fichiers, nom, nom), jour).id);
        });
        auto tx = db.read();
        const auto liste = piece::store::par_ids(tx, {ids[2], Id<piece::Piece>{"absent"}, ids[0]});
        REQUIRE(liste.size() == 2);
        CHECK(liste[0].nom == "c.txt");
        CHECK(liste[1].nom == "a.txt");
        CHECK(piece::store::par_ids(tx, {}).empty());
    });
}

TEST_CASE("la base refuse une photo rangée sans dimensions et un type que l’on ne garde pas")
{
    test::for_each_engine([](db::Database& db) {
        Dossier d;
        auto photo = recue(d.fichiers, "mur");
        photo.type = piece::TypePiece::Jpeg;
        const auto p = db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, photo, jour); });
        CHECK_THROWS_AS(db.write([&](db::Transaction& tx) {
            piece::store::ranger(tx, p.id, {p.sha256, p.taille});
        }),
                        db::Error);
        auto heic = photo;
        heic.type = piece::TypePiece::Heic;
        CHECK_THROWS_AS(db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, heic, jour); }),
                        db::Error);
    });
}

TEST_CASE("la purge retire les fichiers sans propriétaire et garde les contenus partagés")
{
    test::for_each_engine([](db::Database& db) {
        Dossier d;
        auto& magasin = *d.fichiers.magasin;
        // Two owners as slices declare them: the purge finds them in the schema.
        db.write([&](db::Transaction& tx) {
            tx.script(
                "CREATE TABLE essai_dossier (id TEXT PRIMARY KEY, piece TEXT NOT NULL REFERENCES piece (id));"
                "CREATE TABLE essai_visite (id TEXT PRIMARY KEY, photo TEXT REFERENCES piece (id));");
        });
        const auto vieux = jour.plus_days(-30);
        const auto possedee = rangee(db, d.fichiers, "possédée", vieux);
        const auto visite = rangee(db, d.fichiers, "visite", vieux);
        const auto orpheline = rangee(db, d.fichiers, "orpheline", vieux);
        const auto double_possede = rangee(db, d.fichiers, "partagé", vieux);
        const auto double_orphelin = rangee(db, d.fichiers, "partagé", vieux);
        const auto recente = rangee(db, d.fichiers, "récente", jour.plus_days(-1));
        const auto sans_ligne = magasin.mettre("transaction annulée");
        db.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO essai_dossier VALUES ('1', $1), ('2', $2)", possedee.id, double_possede.id);
            tx.exec("INSERT INTO essai_visite VALUES ('1', $1)", visite.id);
        });

        // Contents put a moment ago stay: somebody may be about to name them.
        auto purge = piece::purger_orphelins(db, d.fichiers, jour, 7);
        CHECK(purge.pieces == 2);
        CHECK(purge.contenus == 0);
        CHECK(magasin.existe(orpheline.sha256));

        purge = piece::purger_orphelins(db, d.fichiers, jour, 0);
        CHECK(purge.pieces == 1);       // the recent one: nothing owns it
        CHECK(purge.contenus == 3 + 6); // in the store, and what the airlock still held
        CHECK_FALSE(magasin.existe(orpheline.sha256));
        CHECK_FALSE(magasin.existe(recente.sha256));
        CHECK_FALSE(magasin.existe(sans_ligne));
        CHECK(magasin.existe(possedee.sha256));
        CHECK(magasin.existe(visite.sha256));
        CHECK(magasin.existe(double_possede.sha256));
        auto tx = db.read();
        CHECK(piece::store::trouver(tx, possedee.id));
        CHECK_FALSE(piece::store::trouver(tx, orpheline.id));
        CHECK_FALSE(piece::store::trouver(tx, double_orphelin.id));
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM piece_retrait") == 0);
    });
}

TEST_CASE("la purge ne touche pas ce qui attend dans le sas, et efface ce que personne n’attend")
{
    test::for_each_engine([](db::Database& db) {
        Dossier d;
        const auto attendu = recue(d.fichiers, "attendu");
        const auto abandonne = recue(d.fichiers, "transaction annulée");
        db.write([&](db::Transaction& tx) {
            tx.script("CREATE TABLE essai (piece TEXT NOT NULL REFERENCES piece (id));");
            tx.exec("INSERT INTO essai VALUES ($1)", piece::store::inserer(tx, attendu, jour).id);
        });
        piece::purger_orphelins(db, d.fichiers, jour, 7);
        CHECK(d.fichiers.sas.lire(abandonne.cle, piece::Part::Recu) == "transaction annulée");
        piece::purger_orphelins(db, d.fichiers, jour, 0);
        CHECK(d.fichiers.sas.lire(attendu.cle, piece::Part::Recu) == "attendu");
        CHECK_FALSE(d.fichiers.sas.lire(abandonne.cle, piece::Part::Recu));
    });
}

TEST_CASE("un contenu que l’on retire ne peut plus être nommé, un contenu nommé ne peut plus être retiré")
{
    test::for_each_engine([](db::Database& db) {
        Dossier d;
        const auto p = db.write(
            [&](db::Transaction& tx) { return piece::store::inserer(tx, recue(d.fichiers, "plan"), jour); });
        const auto sha = base::sha256_hex("contenu");
        const auto condamnes = db.write([&](db::Transaction& tx) {
            return piece::store::condamner(tx, {sha, p.sha256}, jour);
        });
        CHECK(condamnes == std::vector{sha});
        const auto nommer = [&] {
            return db.write([&](db::Transaction& tx) {
                return piece::store::preparer(tx, p.id, {sha, 7}, jour);
            });
        };
        CHECK_FALSE(nommer());
        db.write([&](db::Transaction& tx) { piece::store::gracier(tx, condamnes); });
        CHECK(nommer());
        CHECK(
            db.write([&](db::Transaction& tx) { return piece::store::condamner(tx, {sha}, jour); }).empty());
        auto tx = db.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM piece_retrait") == 0);
        CHECK(piece::store::trouver(tx, p.id)->etat == piece::Etat::ARanger);
    });
}

TEST_CASE("une purge ne vide pas le magasin d’une autre base")
{
    test::for_each_engine([](db::Database& db) {
        Dossier d;
        auto& magasin = *d.fichiers.magasin;
        CHECK(magasin.marque("une autre base") == "une autre base");
        const auto etranger = magasin.mettre("fichier d’une autre base");
        const auto purge = piece::purger_orphelins(db, d.fichiers, jour, 0);
        CHECK(purge.contenus == 0);
        CHECK(magasin.existe(etranger));
    });
}

TEST_CASE("les fichiers reçus avant le sas restent rangés, et liés à leur brouillon")
{
    for (const auto engine : test::engines()) {
        test::FreshDatabase db{engine, false};
        const auto toutes = db::embedded_migrations();
        const auto le_sas = std::ranges::find(toutes, "0011_fichiers", &db::Migration::name);
        REQUIRE(le_sas != toutes.end());
        db::migrate(*db, toutes.first(static_cast<std::size_t>(le_sas - toutes.begin())));
        const std::string sha(64, 'a');
        db->write([&](db::Transaction& tx) {
            tx.exec(
                "INSERT INTO piece (id, sha256, nom, type, taille, largeur, hauteur, miniature, depose_le, "
                "etat) VALUES ('p1', $1, 'mur.jpg', 'image/jpeg', 9, 4, 3, $1, $2, 'saine')",
                sha, jour);
            tx.exec("INSERT INTO brouillon (id, jeton_hash, reponses, etape, cree_le, modifie_le) "
                    "VALUES ('b1', 'x', '{}', '', $1, $1)",
                    jour);
            tx.exec("INSERT INTO brouillon_piece (brouillon, piece, desordre, ajoute_le) "
                    "VALUES ('b1', 'p1', '', $1)",
                    jour);
        });
        db::migrate(*db, toutes);
        const auto p = [&] {
            auto tx = db->read();
            return piece::store::trouver(tx, Id<piece::Piece>{"p1"});
        }();
        REQUIRE(p);
        CHECK(p->disponible());
        CHECK(p->miniature == sha);
        // The references still hold.
        CHECK_THROWS_AS(db->write([&](db::Transaction& tx) { tx.exec("DELETE FROM piece"); }), db::Error);
    }
}

} // namespace store_test
