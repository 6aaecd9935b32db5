// Documents of a demande on both engines: versions that stay, decisions taken once, paper copies to scan.
#include <doctest/doctest.h>

#include <algorithm>

#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store_pieces.hpp"
#include "journal/journal.hpp"
#include "piece/store.hpp"

namespace demande {
namespace test_pieces {

using compte::exemples::matin;

constexpr std::string_view cle = "une clé de test";
const compte::Agent agent{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};

struct Montage {
    db::Database& base;
    store::Fiche fiche;

    explicit Montage(db::Database& b) : base(b)
    {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
            const auto g = store::find_guichet(tx, "76R01").value();
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            fiche = store::find(tx, store::enregistrer(tx, *lu, g, agent, cle, matin)->id, {g}, cle).value();
        });
    }

    /// A file that was received, without its bytes.
    void deposer(bool avec_fichier) const
    {
        base.write([&](db::Transaction& tx) {
            store::PieceNouvelle p{.type = "avis_impot",
                                   .personne = "demandeur",
                                   .periode = "2024",
                                   .piece = std::nullopt,
                                   .expire_le = std::nullopt,
                                   .remise_le = {2026, 11, 20},
                                   .guichet = "76R01"};
            if (avec_fichier) p.piece = fichier(tx);
            store::ajouter_piece(tx, fiche, p, agent, matin);
        });
    }

    static std::string fichier(db::Transaction& tx)
    {
        return piece::store::inserer(tx,
                                     {.sas = "sas",
                                      .cle = "cle",
                                      .sha256 = std::string(64, 'a'),
                                      .nom = "avis.pdf",
                                      .type = piece::TypePiece::Pdf,
                                      .taille = 12},
                                     matin)
            .id.text;
    }

    std::vector<store::PieceDeposee> pieces() const
    {
        auto tx = base.read();
        return store::pieces(tx, fiche);
    }
};

TEST_CASE("une demande sans copie lisible de la pièce d’identité se liste à son guichet, page par page")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            const auto du_guichet = [&] { return store::sans_identite(tx, "76R01"); };
            const auto apporter = [&](std::optional<std::string> fichier, std::string type = "identite") {
                store::ajouter_piece(tx, m.fiche,
                                     {.type = std::move(type),
                                      .personne = "demandeur",
                                      .periode = {},
                                      .piece = std::move(fichier),
                                      .expire_le = std::nullopt,
                                      .remise_le = {2026, 11, 20},
                                      .guichet = "76R01"},
                                     agent, matin);
            };
            REQUIRE(du_guichet().size() == 1);
            CHECK(du_guichet().front().demande == m.fiche.id);
            CHECK_FALSE(du_guichet().front().copie_papier);
            CHECK(store::sans_identite(tx, "76B01").empty());
            apporter(Montage::fichier(tx), "avis_impot");
            apporter(std::nullopt);
            CHECK(du_guichet().front().copie_papier);
            // Scanned, it is here before anybody has looked at it; refused, it is missing again.
            apporter(Montage::fichier(tx));
            CHECK(du_guichet().empty());
            const auto pieces = store::pieces(tx, m.fiche);
            const auto lue = std::ranges::find_if(pieces, [](const store::PieceDeposee& p) {
                return p.type == "identite" && p.etat == EtatPiece::Deposee;
            });
            REQUIRE(lue != pieces.end());
            store::decider_piece(tx, m.fiche, *lue, {EtatPiece::Refusee, MotifRefusPiece::Illisible}, agent,
                                 matin);
            CHECK(du_guichet().size() == 1);
            apporter(Montage::fichier(tx));
            CHECK(du_guichet().empty());
            // Nobody reads a copy that the antivirus keeps away.
            tx.exec("UPDATE piece SET etat = 'quarantaine', prochain_le = NULL");
            CHECK(du_guichet().size() == 1);
            tx.exec("UPDATE piece SET etat = 'saine', prochain_le = NULL");
            CHECK(du_guichet().empty());
            // One more than a page says that others follow; the last one shown is where they begin.
            const auto g = store::find_guichet(tx, "76R01").value();
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            for (std::size_t i = 0; i <= store::sans_identite_par_page; ++i)
                REQUIRE(store::enregistrer(tx, *lu, g, agent, cle, matin));
            const auto premiere = du_guichet();
            REQUIRE(premiere.size() == store::sans_identite_par_page + 1);
            const auto suite =
                store::sans_identite(tx, "76R01", premiere[store::sans_identite_par_page - 1].demande);
            REQUIRE(suite.size() == 1);
            CHECK(suite.front().demande == premiere.back().demande);
            // What is over is asked of nobody.
            tx.exec("UPDATE demande SET etat = 'radiee' WHERE id = $1", suite.front().demande);
            CHECK(du_guichet().size() == store::sans_identite_par_page);
        });
    });
}

TEST_CASE("une nouvelle version d’une pièce laisse l’ancienne telle qu’elle a été jugée")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.deposer(true);
        base.write([&](db::Transaction& tx) {
            store::decider_piece(tx, m.fiche, store::pieces(tx, m.fiche).front(),
                                 {EtatPiece::Refusee, MotifRefusPiece::Illisible}, agent, matin);
        });
        m.deposer(true);
        const auto pieces = m.pieces();
        REQUIRE(pieces.size() == 2);
        CHECK(pieces[0].version == 2);
        CHECK(pieces[0].etat == EtatPiece::Deposee);
        CHECK(pieces[1].etat == EtatPiece::Refusee);
        CHECK(pieces[1].motif == MotifRefusPiece::Illisible);
        CHECK(pieces[1].piece);
        auto tx = base.read();
        CHECK(journal::of(tx, "demande", m.fiche.id).back().evenement == "piece_remplacee");
    });
}

TEST_CASE("une pièce ne se juge pas deux fois")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.deposer(true);
        const auto lue = m.pieces().front();
        const auto accepter = [&] {
            base.write([&](db::Transaction& tx) {
                store::decider_piece(tx, m.fiche, lue, {EtatPiece::Validee, std::nullopt}, agent, matin);
            });
        };
        accepter();
        CHECK_THROWS_AS(accepter(), db::Conflict);
    });
}

TEST_CASE("une copie papier attend d’être numérisée, puis sort de la liste de son guichet")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.deposer(false);
        {
            auto tx = base.read();
            const auto liste = store::a_numeriser(tx, "76R01");
            REQUIRE(liste.size() == 1);
            CHECK(liste.front().numero == m.fiche.numero);
            CHECK(liste.front().remise_le == Date{2026, 11, 20});
            CHECK(store::a_numeriser(tx, "76B01").empty());
        }
        const auto lue = m.pieces().front();
        base.write([&](db::Transaction& tx) {
            store::numeriser(tx, m.fiche, lue, Montage::fichier(tx), agent, matin);
        });
        CHECK(m.pieces().front().etat == EtatPiece::Deposee);
        auto tx = base.read();
        CHECK(store::a_numeriser(tx, "76R01").empty());
    });
}

TEST_CASE("une pièce ne se trouve que par sa demande")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.deposer(true);
        const auto p = m.pieces().front();
        auto ailleurs = m.fiche;
        ailleurs.id = "une autre demande";
        auto tx = base.read();
        CHECK(store::find_piece(tx, m.fiche, p.id));
        CHECK_FALSE(store::find_piece(tx, ailleurs, p.id));
    });
}

} // namespace test_pieces
} // namespace demande
