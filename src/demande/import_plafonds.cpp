// Reads the ceilings of a file, whole or not at all.
#include "demande/import_plafonds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include "base/text.hpp"
#include "demande/fichier_entier.hpp"
#include "demande/store_plafonds.hpp"

namespace demande {

namespace {
namespace plafonds_lus {

constexpr std::size_t lignes_max = 1'000;
constexpr int euros_max = 1'000'000;

/// Whole euros, spaces of thousands allowed; nothing otherwise.
std::optional<int> euros(std::string_view texte)
{
    std::string chiffres;
    for (const char c : texte) {
        if (c == ' ') continue;
        if (c < '0' || c > '9') return std::nullopt;
        chiffres += c;
    }
    int n = 0;
    const auto* fin = chiffres.data() + chiffres.size();
    if (chiffres.empty() || chiffres.size() > 7 || std::from_chars(chiffres.data(), fin, n).ptr != fin ||
        n < 1 || n > euros_max)
        return std::nullopt;
    return n;
}

/// What is wrong in one line, or its table.
Result<Bareme, std::string> ligne(const Case& lire)
{
    const auto depuis = base::parse_date(lire("depuis"));
    if (!depuis || depuis->month != 1 || depuis->day != 1)
        return std::string{"depuis : un 1er janvier, par exemple 2027-01-01"};
    const auto zone = base::from_slug(zones, lire("zone"));
    if (!zone)
        return fmt::format("zone inconnue : « {} » ; attendues : paris_et_limitrophes, reste_ile_de_france, "
                           "autres_regions",
                           base::truncate(lire("zone"), 30));
    const auto financement = base::from_slug(financements, lire("financement"));
    if (!financement || *financement == Financement::Pls)
        return std::string{"financement : plai ou plus ; le PLS se déduit du PLUS"};
    Bareme b{*depuis, *zone, *financement, {}, 0};
    int avant = 0;
    for (std::size_t i = 0; i < b.plafonds.size(); ++i) {
        const auto nom = fmt::format("categorie_{}", i + 1);
        const auto n = euros(lire(nom));
        if (!n) return fmt::format("categorie_{} : un montant entier en euros", i + 1);
        if (*n <= avant) return fmt::format("categorie_{} : un plafond croît avec le ménage", i + 1);
        b.plafonds[i] = avant = *n;
    }
    const auto en_plus = euros(lire("personne_en_plus"));
    if (!en_plus) return std::string{"personne_en_plus : un montant entier en euros"};
    b.personne_en_plus = *en_plus;
    return b;
}

/// What the tables of a file, each right by itself, lack together; empty: nothing.
std::string ensemble(const std::vector<Bareme>& lus)
{
    std::map<std::tuple<Date, Zone, Financement>, const Bareme*> par_cle;
    std::set<Date> jours;
    for (const auto& b : lus) {
        if (!par_cle.emplace(std::tuple{b.depuis, b.zone, b.financement}, &b).second)
            return fmt::format("\n{} {} : deux fois dans le fichier", base::label_of(zones, b.zone),
                               base::label_of(financements, b.financement));
        jours.insert(b.depuis);
    }
    std::string out;
    for (const auto& jour : jours)
        for (const auto& z : zones) {
            const auto plai = par_cle.find({jour, z.value, Financement::Plai}),
                       plus = par_cle.find({jour, z.value, Financement::Plus});
            if (plai == par_cle.end() || plus == par_cle.end()) {
                out += fmt::format("\n{}, {} : il faut le PLAI et le PLUS", base::to_iso(jour), z.label);
                continue;
            }
            for (std::size_t i = 0; i < plus->second->plafonds.size(); ++i)
                if (plai->second->plafonds[i] >= plus->second->plafonds[i])
                    out += fmt::format("\n{}, {}, categorie_{} : le PLUS est au-dessus du PLAI",
                                       base::to_iso(jour), z.label, i + 1);
        }
    return out;
}

} // namespace plafonds_lus
} // namespace

Result<std::vector<Bareme>, std::string> lire_baremes(const std::vector<std::string>& lignes)
{
    auto lus =
        lire_en_entier<Bareme>(lignes,
                               {"depuis", "zone", "financement", "categorie_1", "categorie_2", "categorie_3",
                                "categorie_4", "categorie_5", "categorie_6", "personne_en_plus"},
                               plafonds_lus::ligne);
    if (!lus) return lus;
    if (auto erreurs = plafonds_lus::ensemble(*lus); !erreurs.empty()) return erreurs;
    return lus;
}

BilanPlafonds importer_plafonds(db::Database& base, const std::string& path, Instant le)
{
    const auto lus = lire_baremes(toutes_les_lignes(path, plafonds_lus::lignes_max));
    if (!lus) throw std::runtime_error{path + " : rien n’est importé." + lus.error()};
    base.write([&](db::Transaction& tx) { store::garder_baremes(tx, *lus, le); });
    BilanPlafonds bilan;
    for (const auto& b : *lus)
        if (std::ranges::find(bilan.annees, b.depuis) == bilan.annees.end()) bilan.annees.push_back(b.depuis);
    std::ranges::sort(bilan.annees);
    return bilan;
}

} // namespace demande
