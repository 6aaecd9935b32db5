// Rows of files on every engine, and the purge of those that belong to nothing.
#include <doctest/doctest.h>

#include "piece/store.hpp"
#include "support/databases.hpp"
#include "support/fixtures.hpp"

namespace store_test {
namespace {

const Instant jour = *base::parse_instant("2026-11-21T09:00:00Z");

piece::PieceRecue texte(piece::Magasin& m, const std::string& contenu, const std::string& nom = "notes.txt")
{
    piece::PieceRecue r;
    r.sha256 = m.mettre(contenu);
    r.nom = nom;
    r.taille = contenu.size();
    return r;
}

piece::PieceRecue photo(piece::Magasin& m, const std::string& contenu)
{
    auto r = texte(m, contenu, "mur.jpg");
    r.type = piece::TypePiece::Jpeg;
    r.largeur = 2560;
    r.hauteur = 1920;
    r.miniature = m.mettre("miniature de " + contenu);
    return r;
}

} // namespace

TEST_CASE("un fichier reçu se retrouve tel quel")
{
    test::for_each_engine([](db::Database& db) {
        piece::MagasinLocal magasin{test::scratch_directory()};
        const auto p = db.write(
            [&](db::Transaction& tx) { return piece::store::inserer(tx, photo(magasin, "mur"), jour); });
        auto tx = db.read();
        const auto q = piece::store::trouver(tx, p.id);
        REQUIRE(q);
        CHECK(q->sha256 == p.sha256);
        CHECK(q->nom == "mur.jpg");
        CHECK(q->type == piece::TypePiece::Jpeg);
        CHECK(q->largeur == 2560);
        CHECK(q->hauteur == 1920);
        CHECK(q->miniature == p.miniature);
        CHECK(q->depose_le == jour);
        CHECK(q->etat == piece::Etat::Saine);
        CHECK_FALSE(piece::store::trouver(tx, Id<piece::Piece>{"inconnu"}));
    });
}

TEST_CASE("plusieurs fichiers sont rendus dans l’ordre demandé")
{
    test::for_each_engine([](db::Database& db) {
        piece::MagasinLocal magasin{test::scratch_directory()};
        std::vector<Id<piece::Piece>> ids;
        db.write([&](db::Transaction& tx) {
            ids.clear();
            for (const auto* nom : {"a", "b", "c"})
                ids.push_back(piece::store::inserer(tx, texte(magasin, nom, nom), jour).id);
        });
        auto tx = db.read();
        const auto liste = piece::store::par_ids(tx, {ids[2], Id<piece::Piece>{"absent"}, ids[0]});
        REQUIRE(liste.size() == 2);
        CHECK(liste[0].nom == "c");
        CHECK(liste[1].nom == "a");
        CHECK(piece::store::par_ids(tx, {}).empty());
    });
}

TEST_CASE("la base refuse une photo sans dimensions et un type que l’on ne garde pas")
{
    test::for_each_engine([](db::Database& db) {
        piece::MagasinLocal magasin{test::scratch_directory()};
        auto sans = photo(magasin, "mur");
        sans.largeur.reset();
        CHECK_THROWS_AS(db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, sans, jour); }),
                        db::Error);
        auto heic = photo(magasin, "mur");
        heic.type = piece::TypePiece::Heic;
        CHECK_THROWS_AS(db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, heic, jour); }),
                        db::Error);
    });
}

TEST_CASE("la purge retire les fichiers sans propriétaire et garde les contenus partagés")
{
    test::for_each_engine([](db::Database& db) {
        piece::MagasinLocal magasin{test::scratch_directory()};
        // Two owners as slices declare them: the purge finds them in the schema.
        db.write([&](db::Transaction& tx) {
            tx.script(
                "CREATE TABLE essai_dossier (id TEXT PRIMARY KEY, piece TEXT NOT NULL REFERENCES piece (id));"
                "CREATE TABLE essai_visite (id TEXT PRIMARY KEY, photo TEXT REFERENCES piece (id));");
        });
        const auto inserer = [&](const piece::PieceRecue& r, Instant le) {
            return db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, r, le); });
        };
        const auto vieux = jour.plus_days(-30);
        const auto possedee = inserer(photo(magasin, "possédée"), vieux);
        const auto visite = inserer(texte(magasin, "visite"), vieux);
        const auto orpheline = inserer(photo(magasin, "orpheline"), vieux);
        const auto double_possede = inserer(texte(magasin, "partagé"), vieux);
        const auto double_orphelin = inserer(texte(magasin, "partagé"), vieux);
        const auto recente = inserer(texte(magasin, "récente"), jour.plus_days(-1));
        const auto sans_ligne = magasin.mettre("transaction annulée");
        db.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO essai_dossier VALUES ('1', $1), ('2', $2)", possedee.id, double_possede.id);
            tx.exec("INSERT INTO essai_visite VALUES ('1', $1)", visite.id);
        });

        // Contents put a moment ago stay: somebody may be about to name them.
        auto purge = piece::purger_orphelins(db, magasin, jour, 7);
        CHECK(purge.pieces == 2);
        CHECK(purge.contenus == 0);
        CHECK(magasin.existe(orpheline.sha256));

        purge = piece::purger_orphelins(db, magasin, jour, 0);
        CHECK(purge.pieces == 1); // the recent one: nothing owns it
        CHECK(purge.contenus == 4);
        CHECK_FALSE(magasin.existe(orpheline.sha256));
        CHECK_FALSE(magasin.existe(*orpheline.miniature));
        CHECK_FALSE(magasin.existe(recente.sha256));
        CHECK_FALSE(magasin.existe(sans_ligne));
        CHECK(magasin.existe(possedee.sha256));
        CHECK(magasin.existe(*possedee.miniature));
        CHECK(magasin.existe(visite.sha256));
        CHECK(magasin.existe(double_possede.sha256));
        auto tx = db.read();
        CHECK(piece::store::trouver(tx, possedee.id));
        CHECK_FALSE(piece::store::trouver(tx, orpheline.id));
        CHECK_FALSE(piece::store::trouver(tx, double_orphelin.id));
    });
}

TEST_CASE("une purge ne vide pas le magasin d’une autre base")
{
    test::for_each_engine([](db::Database& db) {
        piece::MagasinLocal magasin{test::scratch_directory()};
        CHECK(magasin.marque("une autre base") == "une autre base");
        const auto etranger = magasin.mettre("fichier d’une autre base");
        const auto purge = piece::purger_orphelins(db, magasin, jour, 0);
        CHECK(purge.contenus == 0);
        CHECK(magasin.existe(etranger));
    });
}

} // namespace store_test
