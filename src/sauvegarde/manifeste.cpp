// The manifest as JSON.
#include "sauvegarde/manifeste.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/json.hpp"

namespace sauvegarde {

namespace {

std::string en_json(const Empreinte& e)
{
    return fmt::format(R"({{"sha256":"{}","octets":{}}})", e.sha256, e.octets);
}

Empreinte empreinte(const boost::json::value& v)
{
    return {std::string{v.at("sha256").as_string()}, v.at("octets").to_number<std::uint64_t>()};
}

} // namespace

std::string en_json(const Manifeste& m)
{
    std::string tables;
    for (const auto& t : m.tables) {
        std::string colonnes;
        for (const auto& c : t.table.colonnes)
            colonnes += (colonnes.empty() ? "" : ",") + base::json_string(c);
        tables += fmt::format("{}\n  {{\"nom\":{},\"colonnes\":[{}],\"lignes\":{},\"empreinte\":{}}}",
                              tables.empty() ? "" : ",", base::json_string(t.table.nom), colonnes, t.lignes,
                              en_json(t.empreinte));
    }
    return fmt::format(
        "{{\"version\":{},\n \"moteur\":{},\n \"migration\":{},\n \"le\":\"{}\",\n \"termine_le\":\"{}\",\n"
        " \"fichiers\":{},\n \"manquants\":{},\n \"liste\":{},\n \"sas\":{},\n \"tables\":[{}]}}\n",
        base::json_string(m.version), base::json_string(m.moteur), base::json_string(m.migration),
        base::to_iso(m.le), base::to_iso(m.termine_le), m.fichiers, m.manquants, en_json(m.liste),
        en_json(m.sas), tables);
}

Manifeste lire_manifeste(std::string_view json)
{
    try {
        const auto v = boost::json::parse({json.data(), json.size()});
        const auto texte = [&](const char* nom) { return std::string{v.at(nom).as_string()}; };
        Manifeste m;
        m.version = texte("version");
        m.moteur = texte("moteur");
        m.migration = texte("migration");
        m.le = base::parse_instant(texte("le")).value();
        m.termine_le = base::parse_instant(texte("termine_le")).value();
        m.fichiers = v.at("fichiers").to_number<std::int64_t>();
        m.manquants = v.at("manquants").to_number<std::int64_t>();
        m.liste = empreinte(v.at("liste"));
        m.sas = empreinte(v.at("sas"));
        for (const auto& t : v.at("tables").as_array()) {
            Manifeste::TableGardee table;
            table.table.nom = std::string{t.at("nom").as_string()};
            for (const auto& c : t.at("colonnes").as_array())
                table.table.colonnes.emplace_back(std::string{c.as_string()});
            table.lignes = t.at("lignes").to_number<std::int64_t>();
            table.empreinte = empreinte(t.at("empreinte"));
            m.tables.push_back(std::move(table));
        }
        return m;
    } catch (const std::exception&) {
        throw Refus{"le manifeste de cette sauvegarde ne se lit pas"};
    }
}

} // namespace sauvegarde
