// Reads the delays of a file, whole or not at all.
#include "demande/import_delais.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

#include "base/text.hpp"
#include "demande/fichier_entier.hpp"
#include "demande/store_mediation.hpp"
#include "demande/territoires.hpp"

namespace demande {

namespace {
namespace delais_lus {

constexpr std::size_t lignes_max = 5'000, adresse_max = 300;
constexpr int mois_max = 240;

std::optional<int> nombre(std::string_view texte, int max)
{
    int n = 0;
    const auto* fin = texte.data() + texte.size();
    if (texte.empty() || std::from_chars(texte.data(), fin, n).ptr != fin || n < 1 || n > max)
        return std::nullopt;
    return n;
}

/// What is wrong in one line, or what it says.
Result<DelaiDeMediation, std::string> ligne(const Case& lire)
{
    DelaiDeMediation d{.departement = lire("departement"), .depuis = {}};
    if (d.departement.size() == 1) d.departement.insert(0, "0"); // a spreadsheet ate the zero
    if (!territoire_du_departement(d.departement))
        return fmt::format("département inconnu : « {} »", base::truncate(d.departement, 20));
    const auto depuis = base::parse_date(lire("depuis"));
    if (!depuis) return std::string{"depuis : une date, par exemple 2026-01-01"};
    const auto de = nombre(lire("pieces_min"), pieces_max_d_un_delai),
               a = nombre(lire("pieces_max"), pieces_max_d_un_delai), mois = nombre(lire("mois"), mois_max);
    if (!de || !a || *de > *a)
        return fmt::format("pieces_min et pieces_max : de 1 à {}, dans l’ordre", pieces_max_d_un_delai);
    if (!mois) return fmt::format("mois : un nombre entier de 1 à {}", mois_max);
    const auto adresse = base::clean_text(lire("commission"));
    if (!adresse || base::length(*adresse) > adresse_max || adresse->find('\n') != std::string::npos)
        return fmt::format("commission : une adresse d’une ligne, {} caractères au plus", adresse_max);
    d.depuis = *depuis;
    d.pieces_min = *de;
    d.pieces_max = *a;
    d.mois = *mois;
    d.commission = *adresse;
    return d;
}

/// What the lines of a decision, each right by itself, get wrong together; empty: nothing.
std::string ensemble(const std::vector<DelaiDeMediation>& lus)
{
    std::map<std::pair<std::string, Date>, std::vector<const DelaiDeMediation*>> decisions;
    for (const auto& d : lus) decisions[{d.departement, d.depuis}].push_back(&d);
    std::string out;
    for (auto& [cle, lignes] : decisions) {
        std::ranges::sort(lignes, {}, [](const auto* d) { return d->pieces_min; });
        int attendu = 1;
        bool suite = true;
        for (const auto* d : lignes) {
            suite = suite && d->pieces_min == attendu;
            attendu = d->pieces_max + 1;
        }
        if (!suite || attendu != pieces_max_d_un_delai + 1)
            out += fmt::format("\n{}, {} : chaque nombre de pièces de 1 à {} doit être dit une fois",
                               cle.first, base::to_iso(cle.second), pieces_max_d_un_delai);
    }
    return out;
}

} // namespace delais_lus
} // namespace

Result<std::vector<DelaiDeMediation>, std::string> lire_delais(const std::vector<std::string>& lignes)
{
    auto lus = lire_en_entier<DelaiDeMediation>(
        lignes, {"departement", "depuis", "pieces_min", "pieces_max", "mois", "commission"},
        delais_lus::ligne);
    if (!lus) return lus;
    if (auto erreurs = delais_lus::ensemble(*lus); !erreurs.empty()) return erreurs;
    return lus;
}

BilanDelais importer_delais(db::Database& base, const std::string& path)
{
    const auto lus = lire_delais(toutes_les_lignes(path, delais_lus::lignes_max));
    if (!lus) throw std::runtime_error{path + " : rien n’est importé." + lus.error()};
    base.write([&](db::Transaction& tx) { store::garder_delais(tx, *lus); });
    std::set<std::string> departements;
    for (const auto& d : *lus) departements.insert(d.departement);
    return {lus->size(), departements.size()};
}

} // namespace demande
