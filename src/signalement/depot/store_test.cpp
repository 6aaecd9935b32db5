// Drafts and the deposit on real databases.
#include "signalement/depot/store.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/crypto.hpp"
#include "piece/store.hpp"
#include "signalement/depot/exemples_test.hpp"
#include "signalement/rangee.hpp"
#include "support/databases.hpp"

namespace signalement::depot {

namespace {

const Instant jour = *base::parse_instant("2026-11-21T08:30:00Z");
const store::Destination rouen{.territoire = "76", .comite = {}, .aujourd_hui = {2026, 11, 21}};

struct Cree {
    std::string jeton;
    Brouillon brouillon;
};

Cree brouillon(db::Database& db, Reponses r, Instant le = jour)
{
    const auto jeton = base::random_token(32);
    return {jeton,
            db.write([&](db::Transaction& tx) { return store::creer(tx, jeton, r, etape::adresse, le); })};
}

store::Recu deposer(db::Database& db, const std::string& id, const Reponses& r, Instant le = jour)
{
    return db.write([&](db::Transaction& tx) {
        auto d = lire(parcours(r, exemples::contexte()), exemples::contexte());
        REQUIRE(d.has_value());
        return store::enregistrer(tx, id, *d, rouen, le);
    });
}

Signalement charge(db::Database& db, const std::string& id)
{
    auto tx = db.read();
    return valeur(
        tx.one<Rangee>("SELECT " + std::string{colonnes} + " FROM signalement s WHERE s.id = $1", id));
}

piece::PieceRecue fichier(char c)
{
    return {.sas = "essai",
            .cle = std::string(24, c),
            .sha256 = std::string(64, c),
            .nom = "photo.pdf",
            .type = piece::TypePiece::Pdf,
            .taille = 12};
}

} // namespace

TEST_CASE("un brouillon se retrouve par son jeton et par lui seul")
{
    test::for_each_engine([](db::Database& db) {
        const auto ouvert = brouillon(db, exemples::adresse());
        const auto& jeton = ouvert.jeton;
        const auto& b = ouvert.brouillon;
        auto tx = db.read();
        const auto lu = store::trouver(tx, jeton);
        REQUIRE(lu.has_value());
        CHECK(lu->reponses == exemples::adresse());
        CHECK_FALSE(store::trouver(tx, b.id).has_value());
        CHECK_FALSE(store::trouver(tx, "").has_value());
        CHECK(tx.one<std::string>("SELECT jeton_hash FROM brouillon") != jeton);
    });
}

TEST_CASE("deux onglets qui enregistrent à la fois ne perdent aucune réponse")
{
    test::for_each_engine([](db::Database& db) {
        const auto ouvert = brouillon(db, exemples::adresse());
        const auto& jeton = ouvert.jeton;
        std::vector<std::jthread> onglets;
        for (int i = 0; i < 4; ++i)
            onglets.emplace_back([&, i] {
                store::modifier(db, jeton, jour,
                                [&](Brouillon& x) { x.reponses.mettre("q" + std::to_string(i), "oui"); });
            });
        onglets.clear();
        auto tx = db.read();
        const auto lu = store::trouver(tx, jeton);
        for (int i = 0; i < 4; ++i) CHECK(lu->reponses.est("q" + std::to_string(i), "oui"));
        CHECK(lu->version == 5);
    });
}

TEST_CASE("le signalement déposé se relit comme il a été répondu, et le brouillon ne garde plus rien")
{
    test::for_each_engine([](db::Database& db) {
        for (const auto& reponses : {exemples::locataire(), exemples::agent(), exemples::danger()}) {
            const auto ouvert = brouillon(db, reponses);
            const auto& jeton = ouvert.jeton;
            const auto& b = ouvert.brouillon;
            const auto recu = deposer(db, b.id, reponses);
            CHECK(recu.nouveau);
            const auto attendu = lire(parcours(reponses, exemples::contexte()), exemples::contexte());
            const auto s = charge(db, recu.signalement);
            const auto& a = attendu->signalement;
            CHECK(s.statut == Statut::ATrier);
            CHECK(s.depose_le == jour);
            CHECK(s.territoire == "76");
            CHECK(s.adresse.libelle == a.adresse.libelle);
            CHECK(s.adresse.ban_id == a.adresse.ban_id);
            CHECK(s.declarant.profil == a.declarant.profil);
            CHECK(s.declarant.contact.email == a.declarant.contact.email);
            CHECK(s.occupant.has_value() == a.occupant.has_value());
            if (s.occupant) CHECK(s.occupant->statut == a.occupant->statut);
            CHECK(s.bailleur.prevenu_mois == a.bailleur.prevenu_mois);
            CHECK(s.decrit.superficie_dm2 == a.decrit.superficie_dm2);
            CHECK(s.decrit.cuisine == a.decrit.cuisine);
            CHECK(s.decrit.enfant_moins_6_ans == a.decrit.enfant_moins_6_ans);
            CHECK(s.decrit.allocataire == a.decrit.allocataire);
            CHECK(s.logement.loyer_centimes == a.logement.loyer_centimes);
            CHECK(s.demarches.visite_acceptee == a.demarches.visite_acceptee);
            CHECK(s.description == a.description);
            CHECK(s.debut == a.debut);
            CHECK(s.danger == a.danger);
            CHECK(s.gravite == a.gravite);
            CHECK(s.criticite.total_centiemes == a.criticite.total_centiemes);
            auto tx = db.read();
            CHECK(precisions_de(tx, recu.signalement)() == attendu->precisions);
            CHECK(procedures_de(tx, recu.signalement)().size() == attendu->procedures.size());
            CHECK(tx.one<std::string>("SELECT reponses FROM brouillon WHERE id = $1", b.id) == "{}");
            CHECK(store::recu(tx, jeton)->reference == recu.reference);
        }
    });
}

TEST_CASE("huit envois du même brouillon à la fois donnent un seul signalement")
{
    test::for_each_engine([](db::Database& db) {
        const auto reponses = exemples::agent();
        const auto ouvert = brouillon(db, reponses);
        const auto& b = ouvert.brouillon;
        std::vector<store::Recu> recus(8);
        std::atomic<int> echecs = 0;
        {
            std::vector<std::jthread> clics;
            for (auto& recu : recus)
                clics.emplace_back([&] {
                    try {
                        recu = deposer(db, b.id, reponses);
                    } catch (...) {
                        ++echecs;
                    }
                });
        }
        CHECK(echecs == 0);
        std::set<std::string> references;
        int nouveaux = 0;
        for (const auto& r : recus) {
            references.insert(r.reference);
            nouveaux += r.nouveau ? 1 : 0;
        }
        CHECK(references.size() == 1);
        CHECK(nouveaux == 1);
        auto tx = db.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM signalement") == 1);
    });
}

TEST_CASE("les références se suivent sans trou ni double, même quand des envois se croisent ou échouent")
{
    test::for_each_engine([](db::Database& db) {
        constexpr int nombre = 8;
        std::vector<std::string> ids;
        for (int i = 0; i < nombre; ++i) ids.push_back(brouillon(db, exemples::locataire()).brouillon.id);
        {
            std::vector<std::jthread> envois;
            for (const auto& id : ids)
                envois.emplace_back([&] {
                    // A send that breaks after taking its number gives it back.
                    try {
                        db.write([&](db::Transaction& tx) {
                            auto d = lire(parcours(exemples::locataire(), exemples::contexte()),
                                          exemples::contexte());
                            store::enregistrer(tx, id, *d, rouen, jour);
                            throw std::runtime_error{"coupure"};
                        });
                    } catch (const std::runtime_error&) {
                    }
                    deposer(db, id, exemples::locataire());
                });
        }
        auto tx = db.read();
        const auto references = tx.query<std::string>("SELECT reference FROM signalement ORDER BY reference");
        REQUIRE(references.size() == nombre);
        for (int i = 0; i < nombre; ++i)
            CHECK(references[static_cast<std::size_t>(i)] == reference("76", 2026, i + 1));
    });
}

TEST_CASE("une réponse enregistrée par un autre onglet pendant l’envoi n’est jamais perdue : l’envoi relit")
{
    test::for_each_engine([](db::Database& db) {
        const auto reponses = exemples::locataire();
        const auto [jeton, b] = brouillon(db, reponses);
        store::modifier(db, jeton, jour, [](Brouillon& x) { x.reponses.mettre("nom", "Autre"); });
        auto d = lire(parcours(reponses, exemples::contexte()), exemples::contexte());
        auto tx = db.begin();
        CHECK_THROWS_AS(store::enregistrer(tx, b.id, *d, rouen, jour, b.version), db::Retry);
        CHECK(store::enregistrer(tx, b.id, *d, rouen, jour, b.version + 1).nouveau);
    });
}

TEST_CASE("un autre signalement ouvert à la même adresse depuis moins de 90 jours est un doublon possible")
{
    test::for_each_engine([](db::Database& db) {
        const auto deposer_le = [&](Instant le, std::string libelle = "12 Rue des Carmes") {
            auto r = exemples::locataire();
            r.mettre(reconnue::libelle, std::move(libelle));
            return charge(db, deposer(db, brouillon(db, r).brouillon.id, r, le).signalement).doublon_possible;
        };
        CHECK_FALSE(deposer_le(jour));
        CHECK(deposer_le(jour.plus_days(90), "12 rue des carmes"));
        CHECK_FALSE(deposer_le(jour.plus_days(91), "14 rue des Carmes"));
        db.write([](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET statut = 'refuse', refuse_le = depose_le, motif_slug = 'autre'");
        });
        CHECK_FALSE(deposer_le(jour.plus_days(92)));
    });
}

TEST_CASE("les fichiers du brouillon suivent le signalement, chacun avec ce qu’il montre")
{
    test::for_each_engine([](db::Database& db) {
        const auto reponses = exemples::locataire();
        const auto ouvert = brouillon(db, reponses);
        const auto& b = ouvert.brouillon;
        db.write([&](db::Transaction& tx) {
            CHECK(store::ajouter_piece(tx, b.id, fichier('a'), "desordres_logement_humidite_cuisine", jour));
            CHECK(store::ajouter_piece(tx, b.id, fichier('b'), "", jour.plus_seconds(1)));
            CHECK(store::ajouter_piece(tx, b.id, fichier('c'), "", jour.plus_seconds(2)));
        });
        // Pressed again after an answer that was lost, the first copy being prepared already: not kept twice.
        db.write([&](db::Transaction& tx) {
            tx.exec("UPDATE piece SET sha256 = $1 WHERE recu_sha256 = $2", std::string(64, 'e'),
                    fichier('b').sha256);
            CHECK(store::ajouter_piece(tx, b.id, fichier('b'), "", jour));
            CHECK(store::nombre_de_pieces(tx, b.id) == 3);
            // For another désordre it is another file.
            CHECK(store::ajouter_piece(tx, b.id, fichier('b'), "desordres_logement_humidite_cuisine", jour));
            CHECK(store::nombre_de_pieces(tx, b.id) == 4);
            tx.exec(
                "DELETE FROM brouillon_piece WHERE desordre <> '' AND piece IN (SELECT id FROM piece WHERE "
                "recu_sha256 = $1)",
                fichier('b').sha256);
        });
        db.write([&](db::Transaction& tx) {
            const auto pieces = store::pieces(tx, b.id);
            REQUIRE(pieces.size() == 3);
            CHECK(store::retirer_piece(tx, b.id, pieces[2].piece.id.text));
            CHECK_FALSE(store::retirer_piece(tx, "autre brouillon", pieces[0].piece.id.text));
        });
        const auto recu = deposer(db, b.id, reponses);
        db.write([&](db::Transaction& tx) {
            const auto jointes = pieces_de(tx, recu.signalement);
            REQUIRE(jointes.size() == 2);
            CHECK(jointes[0].desordre == "desordres_logement_humidite_cuisine");
            CHECK(jointes[1].desordre.empty());
            CHECK_FALSE(store::ajouter_piece(tx, b.id, fichier('d'), "", jour));
            CHECK(store::pieces(tx, b.id).empty());
        });
    });
}

TEST_CASE("un brouillon ne garde pas plus de 250 Mo de fichiers")
{
    test::for_each_engine([](db::Database& db) {
        const auto b = brouillon(db, exemples::locataire()).brouillon;
        db.write([&](db::Transaction& tx) {
            auto gros = fichier('a');
            gros.taille = 249'999'990;
            CHECK(store::ajouter_piece(tx, b.id, gros, "", jour));
            CHECK_FALSE(store::ajouter_piece(tx, b.id, fichier('b'), "", jour)); // 12 bytes more
            CHECK(store::nombre_de_pieces(tx, b.id) == 1);
            auto petit = fichier('c');
            petit.taille = 10;
            CHECK(store::ajouter_piece(tx, b.id, petit, "", jour));
        });
    });
}

TEST_CASE("un brouillon envoyé ne se modifie plus")
{
    test::for_each_engine([](db::Database& db) {
        const auto reponses = exemples::locataire();
        const auto ouvert = brouillon(db, reponses);
        const auto& jeton = ouvert.jeton;
        const auto& b = ouvert.brouillon;
        deposer(db, b.id, reponses);
        const auto apres =
            store::modifier(db, jeton, jour, [](Brouillon& x) { x.reponses.mettre("nom", "Autre"); });
        REQUIRE(apres.has_value());
        CHECK(apres->signalement.has_value());
        CHECK_FALSE(apres->reponses.a("nom"));
        db.write([&](db::Transaction& tx) { store::oublier(tx, jeton); });
        auto tx = db.read();
        CHECK(store::recu(tx, jeton).has_value());
    });
}

TEST_CASE("un brouillon abandonné trente jours est effacé avec ses liens, un brouillon vivant reste")
{
    test::for_each_engine([](db::Database& db) {
        const auto vieux = brouillon(db, exemples::adresse());
        const auto repris = brouillon(db, exemples::adresse());
        db.write([&](db::Transaction& tx) {
            store::ajouter_piece(tx, vieux.brouillon.id, fichier('a'), "", jour);
        });
        store::modifier(db, repris.jeton, jour.plus_days(10),
                        [](Brouillon& b) { b.reponses.mettre("nom", "Lefebvre"); });
        CHECK(purger_brouillons(db, jour.plus_days(30)) == 0);
        CHECK(purger_brouillons(db, jour.plus_days(31)) == 1);
        CHECK(purger_brouillons(db, jour.plus_days(31)) == 0);
        auto tx = db.read();
        CHECK_FALSE(store::trouver(tx, vieux.jeton).has_value());
        CHECK(store::trouver(tx, repris.jeton).has_value());
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM brouillon_piece") == 0);
    });
}

TEST_CASE("les mots des tables de noms sont ceux que la base accepte")
{
    test::for_each_engine([](db::Database& db) {
        for (const auto& ligne : profils) {
            auto r = exemples::avec(est_occupant(ligne.value) ? exemples::locataire() : exemples::agent(),
                                    {{"profil", {std::string{ligne.slug}}},
                                     {"bailleur_type", {"social"}},
                                     {"lien", {"sa sœur"}}});
            CAPTURE(ligne.slug);
            CHECK_NOTHROW(deposer(db, brouillon(db, r).brouillon.id, r));
        }
        const auto essayer = [&](std::string_view slug, const auto& table, Reponses r) {
            for (const auto& ligne : table) {
                r.mettre(slug, std::string{ligne.slug});
                CAPTURE(slug);
                CAPTURE(ligne.slug);
                CHECK_NOTHROW(deposer(db, brouillon(db, r).brouillon.id, r));
            }
        };
        essayer("occupant_statut", statuts_occupant, exemples::agent());
        essayer("bailleur_type", types_bailleur, exemples::locataire());
        essayer("bailleur_prevenu_moyen", moyens_contact, exemples::locataire());
        essayer("allocation", allocations, exemples::locataire());
        essayer("assurance", assurances, exemples::locataire());
        essayer("debut", debuts, exemples::locataire());
        essayer("nature", desordre::natures,
                exemples::avec(exemples::locataire(), {{"nature_autre", {"Caravane"}}}));
        essayer("niveau", desordre::etages,
                exemples::avec(exemples::locataire(), {{"sans_fenetre", {"oui"}}}));
        essayer("cuisine", desordre::presences,
                exemples::avec(exemples::locataire(), {{"desordres_logement_humidite_tout", {"oui"}}}));
    });
}

} // namespace signalement::depot
