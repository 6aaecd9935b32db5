// Who reads a demande (CCH R. 441-2-6), on both engines: a case for each kind of organisation of the law.
#include "demande/droits.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "compte/exemples_test.hpp"
#include "demande/auteurs.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store.hpp"
#include "partenaire/store.hpp"

namespace demande {
namespace test_droits {

using compte::exemples::matin;
using enum partenaire::TypePartenaire;
using partenaire::GenrePerimetre;
using partenaire::Perimetre;

const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "", {}};
constexpr const char* metropole_rouen = "200023414";

/// A demande for Rouen that a bailleur registered, and another organisation of the territory.
class Ville {
public:
    explicit Ville(db::Database& base) : base_(base)
    {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76B01", "076", partenaire::demo_bailleur, "", {}, ""}, matin);
            auto e = lire(exemples::formulaire_rempli(), exemples::contexte());
            REQUIRE(e);
            demande_ =
                store::enregistrer(tx, *e, store::find_guichet(tx, "76B01").value(), fatou, "clé", matin)->id;
        });
    }

    /// Whether this organisation reads it.
    bool lit(partenaire::TypePartenaire type, std::vector<Perimetre> perimetre,
             Qualite qualite = Qualite::SelonSonType, std::string territoire = "076")
    {
        ++n_;
        const auto code = "76X" + std::string{n_ < 10 ? "0" : ""} + std::to_string(n_);
        return base_.write([&](db::Transaction& tx) {
            partenaire::Partenaire p;
            p.id = Id<partenaire::Partenaire>{"partenaire-droits-" + std::to_string(n_)};
            p.territoire = "76";
            p.nom = "Organisme " + std::to_string(n_);
            p.type = type;
            p.perimetre = std::move(perimetre);
            partenaire::store::insert(tx, p, matin);
            store::ouvrir_guichet(tx,
                                  {.code = code,
                                   .territoire = std::move(territoire),
                                   .partenaire = p.id.text,
                                   .qualite = qualite},
                                  matin);
            const auto g = store::find_guichet(tx, code).value();
            CHECK(g.qualite == qualite);
            return store::find(tx, demande_, {g}, "clé").has_value();
        });
    }

private:
    db::Database& base_;
    std::string demande_;
    int n_ = 0;
};

const std::vector<Perimetre> rien{};
const std::vector<Perimetre> rouen{{GenrePerimetre::Commune, "76540"}};
const std::vector<Perimetre> dieppe{{GenrePerimetre::Commune, "76217"}};
const std::vector<Perimetre> seine_maritime{{GenrePerimetre::Departement, "76"}};
const std::vector<Perimetre> eure{{GenrePerimetre::Departement, "27"}};

TEST_CASE("a) et b) un bailleur et les services de l’État lisent tout leur territoire, et nul autre")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        for (const auto t : {BailleurSocial, Prefecture, Ddets, DdtM}) {
            INFO("type : ", std::string{::base::slug_of(partenaire::types_partenaire, t)});
            CHECK(v.lit(t, rien));
            CHECK_FALSE(v.lit(t, seine_maritime, Qualite::SelonSonType, "027"));
        }
    });
}

TEST_CASE("c) le département lit les demandes qui veulent y habiter, l’intercommunalité et ses communes")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        CHECK(v.lit(ConseilDepartemental, seine_maritime));
        CHECK_FALSE(v.lit(ConseilDepartemental, eure)); // another one of the same territory
        CHECK(v.lit(Epci, {{GenrePerimetre::Epci, metropole_rouen}}));
        CHECK_FALSE(v.lit(Epci, dieppe));
    });
}

TEST_CASE("d) une commune et son CCAS lisent qui les demande, même avec un périmètre trop large")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        for (const auto t : {CommuneSchs, Ccas}) {
            CHECK(v.lit(t, rouen));
            CHECK_FALSE(v.lit(t, dieppe));
            CHECK_FALSE(v.lit(t, seine_maritime));
        }
    });
}

TEST_CASE("e) Action Logement, un mandataire commun et le gestionnaire lisent tout leur territoire")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        for (const auto q :
             {Qualite::ActionLogement, Qualite::MandataireCommun, Qualite::Gestionnaire, Qualite::Pdalhpd})
            for (const auto t : {Association, Autre}) {
                CHECK(v.lit(t, rien, q));
                CHECK_FALSE(v.lit(t, seine_maritime, q, "027"));
            }
    });
}

TEST_CASE("un réservataire qui enregistre lit son périmètre, département compris ; un service que la loi ne "
          "nomme pas, ses communes")
{
    test::for_each_engine([](db::Database& base) {
        Ville v{base};
        for (const auto q : {Qualite::Reservataire, Qualite::SelonSonType}) {
            CHECK(v.lit(Association, seine_maritime, q) == (q == Qualite::Reservataire));
            CHECK(v.lit(Association, rouen, q));
            CHECK_FALSE(v.lit(Association, eure, q));
            CHECK_FALSE(v.lit(Association, dieppe, q));
            CHECK_FALSE(v.lit(Association, rien, q));
        }
    });
}

TEST_CASE("le gestionnaire, même association, radie comme tel ; le PDALHPD n’enregistre et ne radie rien")
{
    const auto pour = [](partenaire::TypePartenaire t, Qualite q) {
        return auteurs({{"76X01", "076", "p", "", t, "", q}}, "076");
    };
    const auto a = [](const std::vector<Auteur>& liste, Auteur x) {
        return std::ranges::find(liste, x) != liste.end();
    };
    CHECK(a(pour(Association, Qualite::Gestionnaire), Auteur::Gestionnaire));
    CHECK_FALSE(a(pour(Association, Qualite::SelonSonType), Auteur::Gestionnaire));
    CHECK_FALSE(a(pour(Association, Qualite::Gestionnaire), Auteur::Bailleur));
    CHECK(a(pour(BailleurSocial, Qualite::Gestionnaire), Auteur::Caleol)); // rights add up
    CHECK(pour(Association, Qualite::Pdalhpd).empty());
    const Guichet pdalhpd{"76X01", "076", "p", "", Association, "", Qualite::Pdalhpd};
    CHECK_FALSE(enregistre(pdalhpd));
    CHECK_FALSE(peut_verifier(pdalhpd, "076"));
    CHECK(enregistre({"76X01", "076", "p", "", Autre, "", Qualite::ActionLogement}));
}

} // namespace test_droits
} // namespace demande
