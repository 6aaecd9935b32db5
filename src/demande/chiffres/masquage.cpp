// Masks the small figures of a table and what would give them back. Pure.
//
// With its totals a table is a graph: its lines and columns are the nodes, its masked cases the edges, and
// each line or column says that its cases add up to its total. What a reader cannot tell is how much could go
// round a cycle of masked cases (Gusfield, 1988): a case is safe when a cycle through it can carry one unit
// without making any number negative. Over several nights, what counts is the graph of the cases that were
// masked each time: it must stay one that was safe.
#include "demande/chiffres/masquage.hpp"

#include <algorithm>
#include <limits>

#include "base/expect.hpp"

namespace demande::chiffres {

namespace {

class Secret {
public:
    Secret(const Tableau& t, std::int64_t seuil)
        : l_(t.lignes + 1), c_(t.colonnes + 1), seuil_(seuil), valeurs_(l_ * c_), masquees_(l_ * c_, false)
    {
        for (std::size_t l = 0; l < t.lignes; ++l)
            for (std::size_t c = 0; c < t.colonnes; ++c) {
                const auto n = t.a(l, c);
                valeur(l, c) += n;
                valeur(t.lignes, c) += n;
                valeur(l, t.colonnes) += n;
                valeur(t.lignes, t.colonnes) += n;
            }
    }

    TableauPublie publier(const JamaisMontrees& tues = {})
    {
        for (std::size_t i = 0; i < valeurs_.size(); ++i)
            masquees_[i] = valeurs_[i] < seuil_ || (i < tues.size() && tues[i] == '1');
        while (grossir_les_sommes() || proteger_une_case()) {
        }
        TableauPublie p{l_ - 1, c_ - 1, {}};
        for (std::size_t i = 0; i < valeurs_.size(); ++i)
            p.cases.push_back(masquees_[i] ? std::nullopt : std::optional{valeurs_[i]});
        return p;
    }

private:
    std::int64_t& valeur(std::size_t l, std::size_t c) { return valeurs_[l * c_ + c]; }
    [[nodiscard]] std::int64_t valeur(std::size_t l, std::size_t c) const { return valeurs_[l * c_ + c]; }
    [[nodiscard]] bool masquee(std::size_t l, std::size_t c) const { return masquees_[l * c_ + c]; }
    void masquer(std::size_t l, std::size_t c) { masquees_[l * c_ + c] = true; }
    /// A total counts against the cases that it sums.
    [[nodiscard]] bool est_un_total(std::size_t l, std::size_t c) const
    {
        return (l + 1 == l_) != (c + 1 == c_);
    }
    /// Whether one unit may be moved: a number that would grow always, one that would shrink when it has
    /// some.
    [[nodiscard]] bool bouge(std::size_t l, std::size_t c, bool plus) const
    {
        return plus != est_un_total(l, c) || valeur(l, c) > 0;
    }

    /// A published total gives the sum of what is masked before it.
    bool grossir_les_sommes()
    {
        const auto une_ligne = [&](std::size_t n, auto place) {
            if (masquee(place(n - 1).first, place(n - 1).second)) return false;
            std::int64_t somme = 0;
            bool une = false;
            for (std::size_t i = 0; i + 1 < n; ++i)
                if (const auto [l, c] = place(i); masquee(l, c)) {
                    somme += valeur(l, c);
                    une = true;
                }
            if (!une || somme >= seuil_) return false;
            std::optional<std::size_t> choix;
            for (std::size_t i = 0; i + 1 < n; ++i) {
                const auto [l, c] = place(i);
                if (masquee(l, c)) continue;
                if (!choix || valeur(l, c) < valeur(place(*choix).first, place(*choix).second)) choix = i;
            }
            const auto ou = place(choix.value_or(n - 1));
            masquer(ou.first, ou.second);
            return true;
        };
        for (std::size_t l = 0; l < l_; ++l)
            if (une_ligne(c_, [&](std::size_t i) { return std::pair{l, i}; })) return true;
        for (std::size_t c = 0; c < c_; ++c)
            if (une_ligne(l_, [&](std::size_t i) { return std::pair{i, c}; })) return true;
        return false;
    }

    /// Whether a unit given to the case in this direction can come back to it through other masked cases.
    [[nodiscard]] bool revient(std::size_t l0, std::size_t c0, bool plus) const
    {
        if (!bouge(l0, c0, plus)) return false;
        // Lines then columns, reached from the column of the case; each step moves a case the other way.
        std::vector<bool> vus(l_ + c_, false);
        std::vector<std::size_t> pile{l_ + c0};
        vus[l_ + c0] = true;
        while (!pile.empty()) {
            const auto n = pile.back();
            pile.pop_back();
            if (n == l0) return true;
            const bool colonne = n >= l_;
            for (std::size_t i = 0; i < (colonne ? l_ : c_); ++i) {
                const auto l = colonne ? i : n, c = colonne ? n - l_ : i;
                if ((l == l0 && c == c0) || !masquee(l, c) || !bouge(l, c, colonne ? !plus : plus)) continue;
                const auto vers = colonne ? i : l_ + i;
                if (vus[vers]) continue;
                vus[vers] = true;
                pile.push_back(vers);
            }
        }
        return false;
    }

    /// Masks the cheapest rectangle through the first case that can be computed; false when there is none.
    bool proteger_une_case()
    {
        for (std::size_t l = 0; l < l_; ++l)
            for (std::size_t c = 0; c < c_; ++c) {
                if (!masquee(l, c) || revient(l, c, true) || revient(l, c, false)) continue;
                auto moindre = std::numeric_limits<std::int64_t>::max();
                std::optional<std::pair<std::size_t, std::size_t>> choix;
                for (std::size_t l2 = 0; l2 < l_; ++l2)
                    for (std::size_t c2 = 0; c2 < c_; ++c2) {
                        if (l2 == l || c2 == c) continue;
                        const auto tourne = [&](bool plus) {
                            return bouge(l, c, plus) && bouge(l, c2, !plus) && bouge(l2, c2, plus) &&
                                   bouge(l2, c, !plus);
                        };
                        if (!tourne(true) && !tourne(false)) continue;
                        std::int64_t cout = 0;
                        for (const auto& [li, ci] : {std::pair{l, c2}, {l2, c2}, {l2, c}})
                            if (!masquee(li, ci)) cout += 1 + valeur(li, ci);
                        if (cout < moindre) {
                            moindre = cout;
                            choix = {l2, c2};
                        }
                    }
                if (!choix) { // nothing around it could vary: nothing is published
                    masquees_.assign(masquees_.size(), true);
                    return false;
                }
                masquer(l, choix->second);
                masquer(choix->first, choix->second);
                masquer(choix->first, c);
                return true;
            }
        return false;
    }

    std::size_t l_, c_;
    std::int64_t seuil_;
    std::vector<std::int64_t> valeurs_;
    std::vector<bool> masquees_;
};

} // namespace

bool TableauPublie::masque() const
{
    return std::ranges::any_of(cases, [](const auto& c) { return !c; });
}

TableauPublie publier(const Tableau& t, const JamaisMontrees& tues, std::int64_t seuil)
{
    auto p = Secret{t, seuil}.publier();
    if (tues.empty()) return p;
    base::expect(tues.size() == p.cases.size(), "a table is published again with other lines or columns");
    for (std::size_t i = 0; i < tues.size(); ++i)
        // It would hide what was shown, perhaps to show what was hidden: both nights together tell both.
        if (!p.cases[i] && tues[i] == '0') return Secret{t, seuil}.publier(tues);
    return p;
}

JamaisMontrees jamais_montrees(const JamaisMontrees& avant, const TableauPublie& p)
{
    JamaisMontrees out(p.cases.size(), '0');
    for (std::size_t i = 0; i < out.size(); ++i)
        if (!p.cases[i] && (avant.empty() || avant.at(i) == '1')) out[i] = '1';
    return out;
}

} // namespace demande::chiffres
