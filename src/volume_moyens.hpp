// What the bulk loaders share: chance that can be drawn again, rows written many at a time, names. Included
// by volume*.cpp only.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app.hpp"
#include "base/expect.hpp"
#include "volume.hpp"

namespace volume {

/// A small deterministic generator (splitmix64, Steele and others 2014): report n is the same on every run.
class Hasard {
public:
    explicit Hasard(std::uint64_t graine) : etat_(graine * 0x9E3779B97F4A7C15ULL + 1) {}
    std::uint64_t suivant()
    {
        auto z = (etat_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::int64_t entre(std::int64_t bas, std::int64_t haut) // both included
    {
        return bas + static_cast<std::int64_t>(suivant() % static_cast<std::uint64_t>(haut - bas + 1));
    }
    double unite() { return static_cast<double>(suivant() >> 11) * 0x1.0p-53; }
    bool sur_cent(int chances) { return entre(1, 100) <= chances; }
    /// Most small, a few large: an exponential of this mean.
    std::int64_t delai(double moyenne) { return static_cast<std::int64_t>(-moyenne * std::log1p(-unite())); }
    template <class T, std::size_t N> const T& parmi(const T (&choix)[N]) { return choix[suivant() % N]; }
    template <class T> const T& parmi(std::span<const T> choix) { return choix[suivant() % choix.size()]; }

private:
    std::uint64_t etat_;
};

/// Rows of one table, written many at a time.
class Lot {
public:
    Lot(std::string_view table, std::string_view colonnes)
        : table_(table),
          colonnes_(colonnes),
          largeur_(static_cast<std::size_t>(std::ranges::count(colonnes, ',')) + 1),
          lignes_par_ordre_(std::max<std::size_t>(1, 4000 / largeur_))
    {}

    template <class... A> void ajouter(const A&... valeurs)
    {
        base::expect(sizeof...(A) == largeur_, "a row has as many values as its table has columns here");
        (valeurs_.push_back(db::detail::to_value(valeurs)), ...);
    }
    [[nodiscard]] std::size_t lignes() const { return valeurs_.size() / largeur_; }
    /// Writes what was added. Full statements share one text, which the engine prepares once.
    void ecrire(db::Transaction& tx)
    {
        const std::span<const db::Value> tout{valeurs_};
        const auto plein = lignes_par_ordre_ * largeur_;
        if (ordre_plein_.empty() && tout.size() >= plein) ordre_plein_ = ordre(lignes_par_ordre_);
        std::size_t fait = 0;
        for (; tout.size() - fait >= plein; fait += plein)
            tx.run(ordre_plein_, tout.subspan(fait, plein), nullptr);
        if (fait < tout.size()) tx.run(ordre((tout.size() - fait) / largeur_), tout.subspan(fait), nullptr);
        valeurs_.clear();
    }

private:
    std::string ordre(std::size_t lignes) const
    {
        auto sql = fmt::format("INSERT INTO {} ({}) VALUES ", table_, colonnes_);
        std::size_t n = 0;
        for (std::size_t l = 0; l < lignes; ++l) {
            sql += l == 0 ? "(" : ", (";
            for (std::size_t c = 0; c < largeur_; ++c) sql += fmt::format("{}${}", c == 0 ? "" : ", ", ++n);
            sql += ")";
        }
        return sql;
    }

    std::string table_, colonnes_, ordre_plein_;
    std::size_t largeur_, lignes_par_ordre_;
    std::vector<db::Value> valeurs_;
};

/// For this transaction: no limit of time, and memory for large sorts.
void menager_le_moteur(db::Transaction&);

/// Keeps how far a loader is, or a number that is given.
void tenir_compteur(db::Transaction&, std::string_view nom, std::int64_t valeur);

/// An account that can log in, and what it is for; nothing when it is there already.
struct CompteSeme {
    std::string id, email;
    std::string_view role;
    std::string territoire, comite;
    std::optional<std::string> partenaire;
};
void ouvrir_compte(db::Transaction&, const CompteSeme&, Instant le);

void charger_signalements(App&, const Quantites&, std::ostream& progression);
/// After the country is open.
void charger_demandes(App&, std::int64_t demandes, std::ostream& progression);

inline constexpr std::string_view noms[] = {
    "Abadie",   "Barbier", "Benali",  "Bertin",  "Caron",   "Chevalier", "Cissé",    "Collet",  "Da Silva",
    "Delattre", "Diallo",  "Dubois",  "Dupré",   "Étienne", "Fontaine",  "Gauthier", "Girard",  "Guérin",
    "Haddad",   "Hamel",   "Hoarau",  "Jacquet", "Kaya",    "Lambert",   "Le Goff",  "Lecomte", "Lefèvre",
    "Léger",    "Lemaire", "Mallet",  "Martin",  "Mercier", "Meyer",     "Moreau",   "N’Diaye", "Nguyen",
    "Noël",     "Payet",   "Pereira", "Perrin",  "Petit",   "Poulain",   "Renaud",   "Rivière", "Robert",
    "Rousseau", "Saïdi",   "Schmitt", "Tessier", "Traoré",  "Vasseur",   "Vidal",    "Weber",   "Yıldız"};
inline constexpr std::string_view prenoms[] = {
    "Adama",   "Aïcha",   "Alain",  "Amandine", "Anne",    "Baptiste", "Brigitte", "Camille", "Chantal",
    "Claude",  "Denis",   "Élodie", "Émile",    "Fatima",  "Florence", "François", "Gilles",  "Hélène",
    "Inès",    "Jacques", "Jeanne", "Karim",    "Laure",   "Léa",      "Loïc",     "Lucie",   "Malika",
    "Manon",   "Marcel",  "Mehdi",  "Nadège",   "Nicole",  "Océane",   "Patrick",  "Paul",    "Rachid",
    "Raymond", "Samira",  "Sophie", "Thérèse",  "Thierry", "Yann",     "Yvette",   "Zoé"};
inline constexpr std::string_view rues[] = {
    "Rue de la République", "Rue Victor Hugo",    "Avenue Jean Jaurès", "Rue de l’Église",
    "Place de la Mairie",   "Rue du Moulin",      "Rue des Écoles",     "Impasse des Lilas",
    "Rue Pasteur",          "Boulevard Gambetta", "Rue du Château",     "Chemin des Vignes",
    "Rue de la Gare",       "Rue Émile Zola",     "Allée des Tilleuls", "Rue Saint-Martin",
    "Route de Paris",       "Rue des Fossés",     "Quai du Port",       "Rue du Huit-Mai 1945",
    "Rue Louise Michel",    "Cité des Mines",     "Résidence du Parc",  "Rue de la Paix",
    "Rue aux Juifs"};

} // namespace volume
