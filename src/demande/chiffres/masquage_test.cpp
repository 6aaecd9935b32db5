// Statistical secrecy, attacked: every linear combination of what is published, and the bounds of zero.
#include "demande/chiffres/masquage.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

namespace demande::chiffres {
namespace test_masquage {

std::vector<std::int64_t> avec_totaux(const Tableau& t)
{
    const auto c = t.colonnes + 1;
    std::vector<std::int64_t> v((t.lignes + 1) * c);
    for (std::size_t l = 0; l < t.lignes; ++l)
        for (std::size_t k = 0; k < t.colonnes; ++k)
            for (const auto i : {l * c + k, t.lignes * c + k, l * c + t.colonnes, t.lignes * c + t.colonnes})
                v[i] += t.a(l, k);
    return v;
}

/// The masked cases that some combination of the lines and columns gives exactly: those whose unit vector is
/// in the space of the equations, by elimination.
std::vector<std::size_t> retrouvees(const TableauPublie& p)
{
    const auto l = p.lignes + 1, c = p.colonnes + 1;
    std::vector<std::size_t> inconnues;
    for (std::size_t i = 0; i < p.cases.size(); ++i)
        if (!p.cases[i]) inconnues.push_back(i);
    std::vector<std::vector<double>> equations;
    const auto equation = [&](auto contient, auto total) {
        std::vector<double> e;
        for (const auto i : inconnues) e.push_back(contient(i) ? (total(i) ? -1.0 : 1.0) : 0.0);
        equations.push_back(std::move(e));
    };
    for (std::size_t n = 0; n < l; ++n)
        equation([&](std::size_t i) { return i / c == n; }, [&](std::size_t i) { return i % c == c - 1; });
    for (std::size_t n = 0; n < c; ++n)
        equation([&](std::size_t i) { return i % c == n; }, [&](std::size_t i) { return i / c == l - 1; });
    std::size_t rang = 0;
    for (std::size_t k = 0; k < inconnues.size() && rang < equations.size(); ++k) {
        std::size_t pivot = rang;
        for (std::size_t e = rang; e < equations.size(); ++e)
            if (std::abs(equations[e][k]) > std::abs(equations[pivot][k])) pivot = e;
        if (std::abs(equations[pivot][k]) < 1e-9) continue;
        std::swap(equations[rang], equations[pivot]);
        const auto tete = equations[rang][k];
        for (auto& x : equations[rang]) x /= tete;
        for (std::size_t e = 0; e < equations.size(); ++e) {
            if (e == rang) continue;
            const auto f = equations[e][k];
            for (std::size_t j = 0; j < inconnues.size(); ++j) equations[e][j] -= f * equations[rang][j];
        }
        ++rang;
    }
    // Reduced: a row with one coefficient alone is a number that the table gives away.
    std::vector<std::size_t> out;
    for (std::size_t e = 0; e < rang; ++e) {
        std::size_t seules = 0, quelle = 0;
        for (std::size_t j = 0; j < inconnues.size(); ++j)
            if (std::abs(equations[e][j]) > 1e-9) {
                ++seules;
                quelle = inconnues[j];
            }
        if (seules == 1) out.push_back(quelle);
    }
    return out;
}

/// Of the tables of whole positive numbers that publish the same figures, how far each masked case may be
/// from its true value, up to `pas`: by moving units from the true table, one cycle after the other.
std::size_t autres_tables(const Tableau& t, const TableauPublie& p, std::size_t l0, std::size_t c0)
{
    // Every choice of small changes of the inner cases that keeps all that is published.
    const auto vrai = avec_totaux(t);
    const auto n = t.cases.size();
    std::vector<int> d(n, -1);
    std::size_t differents = 0;
    for (;;) {
        Tableau autre = t;
        bool valable = true;
        for (std::size_t i = 0; i < n; ++i) {
            autre.cases[i] += d[i];
            valable = valable && autre.cases[i] >= 0;
        }
        if (valable) {
            const auto v = avec_totaux(autre);
            for (std::size_t i = 0; i < v.size() && valable; ++i)
                valable = !p.cases[i] || *p.cases[i] == v[i];
            if (valable && v[l0 * (t.colonnes + 1) + c0] != vrai[l0 * (t.colonnes + 1) + c0]) ++differents;
        }
        std::size_t i = 0;
        while (i < n && d[i] == 1) d[i++] = -1;
        if (i == n) return differents;
        ++d[i];
    }
}

Tableau au_hasard(std::mt19937& h, std::size_t lignes, std::size_t colonnes)
{
    Tableau t{lignes, colonnes};
    const int genre = static_cast<int>(h() % 4);
    for (auto& v : t.cases) {
        const auto x = static_cast<std::int64_t>(h());
        v = genre == 0   ? x % 15
            : genre == 1 ? x % 60
            : genre == 2 ? (x % 3 == 0 ? 0 : 20 + x % 500)
                         : (x % 7) * (x % 7);
    }
    return t;
}

TEST_CASE(
    "un nombre sous onze ne se publie pas, ni ne se retrouve par aucune combinaison de ce qui est publié")
{
    std::mt19937 h{20261122};
    for (int essai = 0; essai < 1500; ++essai) {
        const auto t = au_hasard(h, 1 + h() % 7, 1 + h() % 4);
        const auto p = publier(t);
        const auto vrai = avec_totaux(t);
        INFO("essai ", essai, ", ", t.lignes, " sur ", t.colonnes);
        for (std::size_t i = 0; i < vrai.size(); ++i) {
            if (p.cases[i]) {
                CHECK(*p.cases[i] == vrai[i]);
                CHECK(vrai[i] >= seuil_du_secret);
            }
        }
        CHECK(retrouvees(p).empty());
    }
}

TEST_CASE("la somme de ce qui est masqué dans une ligne ou une colonne n’est pas non plus un petit nombre")
{
    std::mt19937 h{11};
    for (int essai = 0; essai < 1500; ++essai) {
        const auto t = au_hasard(h, 1 + h() % 7, 1 + h() % 4);
        const auto p = publier(t);
        const auto vrai = avec_totaux(t);
        const auto c = t.colonnes + 1;
        for (std::size_t l = 0; l <= t.lignes; ++l) {
            if (!p.a(l, t.colonnes)) continue;
            std::int64_t somme = 0;
            bool une = false;
            for (std::size_t k = 0; k < t.colonnes; ++k)
                if (!p.a(l, k)) {
                    somme += vrai[l * c + k];
                    une = true;
                }
            INFO("essai ", essai, ", ligne ", l);
            CHECK((!une || somme >= seuil_du_secret));
        }
    }
}

TEST_CASE("savoir qu’un nombre n’est jamais négatif ne fait deviner aucune case masquée")
{
    std::mt19937 h{7};
    for (int essai = 0; essai < 60; ++essai) {
        const auto t = au_hasard(h, 2 + h() % 2, 2);
        const auto p = publier(t);
        for (std::size_t l = 0; l <= t.lignes; ++l)
            for (std::size_t c = 0; c <= t.colonnes; ++c) {
                if (p.a(l, c)) continue;
                INFO("essai ", essai, ", case ", l, ", ", c);
                CHECK(autres_tables(t, p, l, c) > 0);
            }
    }
}

/// What somebody knows who kept the publications of every night and even what changed in between: all that
/// was shown once is known for ever, and the lines and columns still add up.
TableauPublie ce_que_sait_le_lecteur(const TableauPublie& ce_soir, const JamaisMontrees& tues)
{
    auto su = ce_soir;
    for (std::size_t i = 0; i < su.cases.size(); ++i)
        su.cases[i] = tues[i] == '1' ? std::nullopt : std::optional<std::int64_t>{0};
    return su;
}

/// People arrive and leave, one case at a time.
void vivre(std::mt19937& h, Tableau& t, bool departs)
{
    for (int n = static_cast<int>(h() % 4); n > 0; --n) {
        auto& c = t.cases[h() % t.cases.size()];
        if (departs && h() % 2 == 0)
            c = std::max<std::int64_t>(0, c - 1 - static_cast<std::int64_t>(h() % 5));
        else
            c += 1 + static_cast<std::int64_t>(h() % 5);
    }
}

TEST_CASE("garder les publications de quarante nuits, et savoir ce qui a changé, ne rend aucun nombre masqué")
{
    std::mt19937 h{20261123};
    int changements = 0, retrouvees_sinon = 0;
    for (int essai = 0; essai < 60; ++essai) {
        auto t = au_hasard(h, 2 + h() % 5, 1 + h() % 3);
        const bool departs = essai % 2 == 0;
        JamaisMontrees tues, oubliees; // `oubliees`: if each night forgot the others
        for (int nuit = 0; nuit < 40; ++nuit) {
            const auto p = publier(t, tues);
            const auto avant = tues;
            tues = jamais_montrees(tues, p);
            if (!avant.empty() && avant != tues) ++changements;
            INFO("essai ", essai, ", nuit ", nuit);
            const auto vrai = avec_totaux(t);
            for (std::size_t i = 0; i < vrai.size(); ++i)
                if (p.cases[i]) CHECK(vrai[i] >= seuil_du_secret);
            CHECK(retrouvees(p).empty());
            CHECK(retrouvees(ce_que_sait_le_lecteur(p, tues)).empty());
            const auto seule = publier(t);
            oubliees = jamais_montrees(oubliees, seule);
            retrouvees_sinon += retrouvees(ce_que_sait_le_lecteur(seule, oubliees)).empty() ? 0 : 1;
            // A page asked again the same night says the same.
            CHECK(publier(t, tues).cases == p.cases);
            vivre(h, t, departs);
        }
    }
    CHECK(retrouvees_sinon > 0);
    CHECK(changements > 50); // what may be shown grows, it is not all hidden for ever
}

TEST_CASE(
    "un nombre masqué en premier le reste seul : celui qui le cachait n’est pas échangé contre un autre")
{
    Tableau t{4, 1};
    t.cases = {2, 16, 15, 40};
    const auto hier = publier(t);
    const auto tues = jamais_montrees({}, hier);
    CHECK_FALSE(hier.a(2, 0)); // hides the 2
    REQUIRE(hier.a(1, 0));
    t.cases = {2, 16, 18, 40}; // today the 16 would be the least to hide
    CHECK_FALSE(publier(t).a(1, 0));
    REQUIRE(publier(t).a(2, 0));
    const auto ce_soir = publier(t, tues);
    CHECK(ce_soir.a(1, 0) == 16);
    CHECK_FALSE(ce_soir.a(2, 0));
    // Nothing has to be hidden any more: all is shown.
    t.cases = {11, 16, 18, 40};
    CHECK_FALSE(publier(t, tues).masque());
}

TEST_CASE("un tableau sans petit nombre se publie en entier, et un tableau de petits nombres pas du tout")
{
    Tableau grand{3, 2};
    for (std::size_t i = 0; i < grand.cases.size(); ++i) grand.cases[i] = 11 + static_cast<std::int64_t>(i);
    CHECK_FALSE(publier(grand).masque());
    CHECK(publier(grand).total() == 81);
    const auto petit = publier(Tableau{3, 2});
    for (const auto& c : petit.cases) CHECK_FALSE(c);
}

TEST_CASE("un seul petit nombre en cache le moins possible d’autres")
{
    Tableau t{3, 2};
    t.cases = {5, 100, 40, 200, 300, 400};
    const auto p = publier(t);
    std::size_t masquees = 0;
    for (const auto& c : p.cases) masquees += c ? 0 : 1;
    CHECK(masquees == 4); // one rectangle
    CHECK_FALSE(p.a(0, 0));
    CHECK_FALSE(p.a(1, 0));
    CHECK(p.total() == 1045);
}

} // namespace test_masquage
} // namespace demande::chiffres
