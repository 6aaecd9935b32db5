// A demande brought to a guichet that does not read it, on both engines.
#include "demande/presentee.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store_vie.hpp"
#include "journal/journal.hpp"

namespace demande {
namespace test_presentee {

using compte::exemples::matin;

const compte::Agent marie{"compte-demo-fatou-sarr", "Marie Dieppe", "", {}};
constexpr Date jour{2026, 11, 23};

TEST_CASE("n’importe quel guichet du territoire renouvelle une demande qu’il ne lit pas, pour qui montre qui "
          "il est")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        base.write([](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76B01", "076", partenaire::demo_bailleur, "", {}, ""}, matin);
            store::ouvrir_guichet(tx, {"76D01", "076", partenaire::demo_dieppe, "", {}, ""}, matin);
            auto e = lire(exemples::formulaire_rempli(), exemples::contexte());
            REQUIRE(e);
            const auto r =
                store::enregistrer(tx, *e, store::find_guichet(tx, "76B01").value(), marie, "clé", matin);
            REQUIRE(r);
            const std::vector<Guichet> dieppe{store::find_guichet(tx, "76D01").value()};
            CHECK_FALSE(store::find(tx, r->id, dieppe, "clé"));
            const auto presenter = [&](const std::string& numero, Identite i,
                                       const std::vector<Guichet>& guichets) {
                return store::presenter(tx, {numero, std::move(i)}, guichets, marie, matin);
            };
            const Identite maelle{"kerviel", "maelle", Date{1984, 12, 4}, ""};
            const auto lignes = [&] { return journal::of(tx, "demande", r->id).size(); };

            // Unknown, of somebody else, of another territory: nothing, and the applicant knows of the
            // second.
            CHECK_FALSE(presenter("076112600999976R01", maelle, dieppe));
            CHECK(lignes() == 1);
            CHECK_FALSE(presenter(r->numero, {"kerviel", "maelle", Date{1984, 12, 5}, ""}, dieppe));
            CHECK(lignes() == 2);
            CHECK(journal::of(tx, "demande", r->id).back().details == "presentee_en_vain");
            CHECK_FALSE(presenter(r->numero, maelle, {}));
            CHECK_FALSE(presenter(r->numero, maelle, {{"27X01", "027", "p", "", {}, ""}}));
            CHECK_FALSE(presenter(
                r->numero, maelle,
                {{"76P01", "076", "p", "", partenaire::TypePartenaire::Autre, "", Qualite::Pdalhpd}}));
            CHECK(lignes() == 2);

            const auto f = presenter(r->numero, maelle, dieppe);
            REQUIRE(f);
            CHECK(f->nirs.empty());
            CHECK(f->reponses.texte("demandeur.nom") == "Kerviel");
            CHECK(lignes() == 3);
            CHECK(journal::of(tx, "guichet", "76D01").size() == 3); // every attempt, without any name
            const auto reprise = renouveler(store::situation(tx, *f, jour), jour);
            REQUIRE(reprise);
            store::reprendre(tx, *f, *reprise, marie, matin);
            CHECK(tx.one<Date>("SELECT ancre FROM demande WHERE id = $1", r->id) == jour);
            CHECK_FALSE(store::find(tx, r->id, dieppe, "clé")); // it reads it no more than before

            // Whoever signs it too, unless violence is declared.
            const Identite idriss{"traore", "idriss", Date{1986, 5, 17}, ""};
            CHECK(presenter(r->numero, idriss, dieppe));
            auto violences = f->reponses;
            violences.mettre("motif.violences", "oui");
            CHECK_FALSE(rang_presente(violences, idriss));
            CHECK(rang_presente(violences, maelle) == 0);
        });
    });
}

} // namespace test_presentee
} // namespace demande
