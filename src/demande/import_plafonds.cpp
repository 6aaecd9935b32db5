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
#include "demande/store_plafonds.hpp"
#include "territoire/import_lines.hpp"

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
Result<Bareme, std::string> ligne(const territoire::CsvHeader& entete, const std::vector<std::string>& cases)
{
    const auto lire = [&](std::string_view nom) {
        const auto i = entete.find({nom});
        return i && *i < cases.size() ? std::string{base::trim(cases[*i])} : std::string{};
    };
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
        const auto nom = fmt::format("categorie {}", i + 1);
        const auto n = euros(lire(nom));
        if (!n) return fmt::format("categorie_{} : un montant entier en euros", i + 1);
        if (*n <= avant) return fmt::format("categorie_{} : un plafond croît avec le ménage", i + 1);
        b.plafonds[i] = avant = *n;
    }
    const auto en_plus = euros(lire("personne en plus"));
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
    const territoire::CsvHeader entete{lignes.empty() ? std::string_view{}
                                                      : std::string_view{lignes.front()}};
    for (const auto* nom :
         {"depuis", "zone", "financement", "categorie 1", "categorie 6", "personne en plus"})
        if (!entete.find({nom}))
            return std::string{
                "\nce ne sont pas des plafonds. Colonnes attendues : depuis, zone, financement, "
                "categorie_1 à categorie_6, personne_en_plus"};
    std::vector<Bareme> out;
    std::string erreurs;
    for (std::size_t i = 1; i < lignes.size(); ++i) {
        if (base::trim(lignes[i]).empty()) continue;
        const auto cases = territoire::parse_csv(lignes[i], entete.separator());
        const auto lue = cases && cases->size() == entete.size()
                             ? plafonds_lus::ligne(entete, *cases)
                             : Result<Bareme, std::string>{fmt::format(
                                   "{} colonnes au lieu de {}", cases ? cases->size() : 0, entete.size())};
        if (lue)
            out.push_back(*lue);
        else
            erreurs += fmt::format("\nligne {} : {}", i + 1, lue.error());
    }
    if (erreurs.empty() && out.empty()) erreurs = "\nle fichier ne dit aucun plafond";
    if (erreurs.empty()) erreurs = plafonds_lus::ensemble(out);
    if (!erreurs.empty()) return erreurs;
    return out;
}

BilanPlafonds importer_plafonds(db::Database& base, const std::string& path, Instant le)
{
    territoire::LineReader lecteur{path};
    std::vector<std::string> lignes;
    while (auto l = lecteur.next()) {
        lignes.push_back(*std::move(l));
        if (lignes.size() > plafonds_lus::lignes_max)
            throw std::runtime_error{path + " : plus de mille lignes, ce ne sont pas des plafonds"};
    }
    const auto lus = lire_baremes(lignes);
    if (!lus) throw std::runtime_error{path + " : rien n’est importé." + lus.error()};
    base.write([&](db::Transaction& tx) { store::garder_baremes(tx, *lus, le); });
    BilanPlafonds bilan;
    for (const auto& b : *lus)
        if (std::ranges::find(bilan.annees, b.depuis) == bilan.annees.end()) bilan.annees.push_back(b.depuis);
    std::ranges::sort(bilan.annees);
    return bilan;
}

} // namespace demande
