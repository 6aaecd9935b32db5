// The journal of a report, read again.
#include <doctest/doctest.h>

#include "signalement/relecture.hpp"

namespace signalement {

namespace {
namespace relu {

const Instant lundi = *base::parse_instant("2026-11-16T09:00:00Z");

Instant jour(int n)
{
    return lundi.plus_days(n);
}

/// Deposited, entrusted to two partners, one accepts and writes, closed, reopened.
DossierConstate histoire()
{
    DossierConstate d;
    d.statut = "en_cours";
    d.depose_le = jour(0);
    d.valide_le = jour(1);
    d.dernier_suivi_le = jour(3);
    d.affectations = {{"ars", "en_attente"}, {"caf", "refusee"}};
    d.suivis = {{"s1", "visite_faite", false, jour(3)}};
    d.journal = {{1, "depot", jour(0), "Agent municipal"},
                 {2, "valider", jour(1), "\n\n"},
                 {3, "affecter", jour(1), "ars caf"},
                 {4, "accepter_affectation", jour(2), "ars\n\n"},
                 {5, "refuser_affectation", jour(2), "caf\nhors_competence\nCe n’est pas pour nous."},
                 {6, "visite_faite", jour(3), "s1"},
                 {7, "montrer", jour(4), "s1"},
                 {8, "cacher", jour(5), "s1"},
                 {9, "cloturer", jour(6), "\nautre\nTout est réparé."},
                 {10, "rouvrir", jour(7), "\n\nTout est de nouveau cassé."}};
    return d;
}

} // namespace relu
} // namespace

TEST_CASE("un journal complet explique tout l’état du dossier")
{
    CHECK(contradictions(relu::histoire()).empty());
}

TEST_CASE("une décision sans sa ligne, une ligne sans sa décision et une ligne en double se voient")
{
    const auto voit = [](auto&& abimer) {
        auto d = relu::histoire();
        abimer(d);
        return !contradictions(d).empty();
    };
    const auto sans_ligne = [&](std::size_t i) {
        return voit([&](DossierConstate& d) {
            d.journal.erase(d.journal.begin() + static_cast<std::ptrdiff_t>(i));
            // Renumbered, so that it is the meaning that betrays the loss.
            for (std::size_t k = 0; k < d.journal.size(); ++k)
                d.journal[k].rang = static_cast<std::int64_t>(k) + 1;
        });
    };
    for (std::size_t i = 0; i < relu::histoire().journal.size(); ++i) {
        // Shown then hidden looks like hidden from the start, accepted then closed like never answered.
        if (relu::histoire().journal[i].evenement == "montrer" ||
            relu::histoire().journal[i].evenement == "accepter_affectation")
            continue;
        INFO("ligne perdue : ", relu::histoire().journal[i].evenement);
        CHECK(sans_ligne(i));
    }
    const auto en_double = [&](std::size_t i) {
        return voit([&](DossierConstate& d) {
            auto encore = d.journal[i];
            encore.rang = static_cast<std::int64_t>(d.journal.size()) + 1;
            d.journal.push_back(encore);
        });
    };
    for (std::size_t i = 0; i < 6; ++i) CHECK(en_double(i));
    CHECK(voit([](DossierConstate& d) { d.journal[1].rang = 7; }));
    CHECK(voit([](DossierConstate& d) { d.statut = "clos"; }));
    CHECK(voit([](DossierConstate& d) { d.clos_le = relu::jour(6); }));
    CHECK(voit([](DossierConstate& d) { d.affectations[0].statut = "acceptee"; }));
    CHECK(voit([](DossierConstate& d) { d.affectations.pop_back(); }));
    CHECK(voit([](DossierConstate& d) { d.affectations.push_back({"adil", "en_attente"}); }));
    CHECK(voit([](DossierConstate& d) { d.suivis[0].visible = true; }));
    CHECK(voit([](DossierConstate& d) { d.suivis.clear(); }));
    CHECK(voit([](DossierConstate& d) { d.dernier_suivi_le.reset(); }));
    CHECK(voit([](DossierConstate& d) { d.journal.clear(); }));
}

} // namespace signalement
