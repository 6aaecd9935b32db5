// Documents generated from the tables.
#include "docs.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/crypto.hpp"
#include "compte/droits.hpp"
#include "compte/messageries.hpp"
#include "compte/regles.hpp"
#include "config.hpp"
#include "db/migrations.hpp"
#include "docs_matrices.hpp"
#include "routes.hpp"
#include "signalement/cycle.hpp"
#include "signalement/desordre/catalogue.hpp"

namespace docs {

namespace {

using signalement::Portee;

std::string portee_en_mots(Portee p)
{
    switch (p) {
    case Portee::Tout:
        return "partout";
    case Portee::SonTerritoire:
        return "son territoire";
    case Portee::SonComite:
        return "son comité";
    case Portee::SesDossiers:
        return "ce qui lui est confié ou qu’il a déposé, même avant confirmation";
    case Portee::SesDossiersConfirmes:
        return "ce qui lui est confié ou qu’il a déposé";
    case Portee::SesAffectations:
        return "ce qui lui est confié";
    case Portee::SonActivite:
        return "ce qu’il a accepté ou déposé, même avant confirmation";
    case Portee::SesAffectationsAcceptees:
        return "ce qu’il a accepté";
    }
    throw base::Bug{"portée without words"};
}

std::string cycle_du_signalement()
{
    std::string out =
        "# Le cycle d’un signalement\n\n```mermaid\nstateDiagram-v2\n    [*] --> a_trier: déposer\n";
    for (const auto& t : signalement::cycle)
        out += fmt::format("    {} --> {}: {}{}\n", base::slug_of(signalement::statuts, t.de),
                           base::slug_of(signalement::statuts, t.vers),
                           base::slug_of(signalement::actions, t.action),
                           t.motif == signalement::Motif::Exige ? " (motif)" : "");
    out += "```\n\n# Le cycle d’une affectation\n\n```mermaid\nstateDiagram-v2\n    [*] --> en_attente: "
           "affecter\n";
    for (const auto& t : signalement::cycle_affectation)
        out += fmt::format("    {} --> {}: {}{}\n", base::slug_of(signalement::statuts_affectation, t.de),
                           base::slug_of(signalement::statuts_affectation, t.vers),
                           base::slug_of(signalement::actions, t.action),
                           t.motif == signalement::Motif::Exige ? " (motif)" : "");
    return out + "```\n" +
           transitions([](auto s, auto a) { return arrivee_par_les_tables(s, a); },
                       [](auto s, auto a) { return arrivee_par_les_tables(s, a); });
}

std::string droits_du_signalement()
{
    std::string out = "# Qui peut faire quoi sur un signalement\n\n| Action | États |";
    for (const auto& r : compte::roles) out += fmt::format(" {} |", r.label);
    out += "\n|---|---|";
    for ([[maybe_unused]] const auto& r : compte::roles) out += "---|";
    out += "\n";
    for (const auto& a : signalement::actions) {
        std::string states;
        for (const auto& s : signalement::statuts)
            if (signalement::est_possible(a.value, s.value))
                states += (states.empty() ? "" : ", ") + std::string{s.label};
        out += fmt::format("| {} | {} |", a.label, states);
        for (const auto& r : compte::roles) {
            std::string cell = "–";
            for (const auto& d : signalement::droits)
                if (d.role == r.value && d.action == a.value) cell = portee_en_mots(d.portee);
            out += fmt::format(" {} |", cell);
        }
        out += "\n";
    }
    return out;
}

std::string portee_d_administration(const compte::Champ& champ)
{
    if (champ.tout) return "partout";
    if (!champ.territoires.empty()) return "son territoire";
    if (!champ.comites.empty())
        return champ.seul ? "les partenaires qui n’agissent que dans son comité"
                          : "les partenaires de son comité";
    return champ.partenaires.empty() ? "–" : "son partenaire";
}

std::string droits_d_administration()
{
    std::string header = "| |", line = "|---|";
    for (const auto& r : compte::roles) {
        header += fmt::format(" {} |", r.label);
        line += "---|";
    }
    header += "\n" + line + "\n";
    const auto row = [](std::string_view label, const auto& champ_of) {
        std::string out = fmt::format("| {} |", label);
        for (const auto& r : compte::roles) {
            // One confirmed mandate of this role, in a place of its own.
            const compte::Agent agent{"", "", "", {{r.value, "territoire", "comité", "partenaire", true}}};
            out += fmt::format(" {} |", portee_d_administration(champ_of(agent)));
        }
        return out + "\n";
    };
    std::string out = "# Qui administre quoi\n\n" + header;
    for (const auto& a : compte::actions_admin)
        out += row(a.label, [&](const compte::Agent& agent) { return compte::champ(agent, a.value); });
    out += "\n## Qui donne, confirme et retire quel rôle\n\n" + header;
    for (const auto& given : compte::roles)
        out += row(given.label, [&](const compte::Agent& agent) {
            for (const auto& [role, champ] : compte::champs_attribution(agent))
                if (role == given.value) return champ;
            return compte::Champ{};
        });
    out += "\n## Ce qu’ouvre un signalement envoyé au nom d’une commune\n\n| L’adresse du déposant | Ce qui "
           "est ouvert "
           "|\n|---|---|\n";
    for (const auto& o : compte::ouvertures) out += fmt::format("| {} | {} |\n", o.qui, o.effet);
    out += fmt::format("\nMessageries grand public (liste relue le {})\u00a0: ",
                       base::in_words(compte::messageries_relues_le));
    std::string separator;
    for (const auto m : compte::messageries_grand_public) {
        out += fmt::format("{}{}{}", separator, m, m.ends_with('.') ? "*" : "");
        separator = ", ";
    }
    return out + ".\n";
}

std::string urls()
{
    constexpr std::string_view methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    constexpr std::string_view doors[] = {"tout le monde", "agent connecté", "agent connecté",
                                          "administration", "demandeur connecté"};
    std::string out = "# Toutes les adresses\n\n| Méthode | Chemin | Ouvert à |\n|---|---|---|\n";
    for (const auto& r : routes())
        out += fmt::format("| {} | `{}` | {} |\n", methods[static_cast<int>(r.method)], r.path,
                           doors[static_cast<int>(r.acces)]);
    return out;
}

/// Every table as it stands after the last migration: the tables of a database made for the purpose, then
/// what PostgreSQL has of its own.
std::string schema()
{
    namespace fs = std::filesystem;
    const auto folder = fs::temp_directory_path() / ("logis-docs-" + base::random_token(16));
    fs::create_directory(folder);
    std::string out =
        "-- The schema after the last migration. Written by `logis docs`; never run: migrations are.\n\n"
        "-- ── Both engines (as SQLite keeps it: there, tables are STRICT where they say so) ──\n";
    {
        const auto database = db::Database::open("sqlite:" + (folder / "schema.db").string(), 1);
        db::migrate(*database);
        auto tx = database->read();
        // Not the tables that FTS5 makes for itself.
        tx.each<std::string>(
            "SELECT sql FROM sqlite_master m WHERE sql IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
            "pragma_table_list t WHERE t.name = m.tbl_name AND t.type = 'shadow') "
            "ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name",
            [&](const std::string& sql) {
                // The indexes of a table follow it closely.
                out += (sql.starts_with("CREATE TABLE") || sql.starts_with("CREATE VIRTUAL") ? "\n" : "") +
                       sql + ";\n";
            });
    }
    fs::remove_all(folder);
    out += "\n-- ── PostgreSQL only (instead of what SQLite has under the same names) ──\n";
    for (const auto& m : db::embedded_migrations())
        if (!m.postgres.empty()) out += fmt::format("\n-- {}\n{}", m.name, m.postgres);
    return out;
}

} // namespace

std::map<std::string, std::string> generate()
{
    return {{"cycle.md", cycle_du_signalement()},
            {"droits.md", droits_du_signalement()},
            {"matrice.md", matrice(permis_par_les_tables)},
            {"droits-demande.md", droits_de_la_demande()},
            {"droits-administration.md", droits_d_administration()},
            {"urls.md", urls()},
            {"schema.sql", schema()},
            {"desordres.md", signalement::desordre::catalogue_markdown()},
            {"configuration.md", "# Settings\n\n" + config_reference()}};
}

void write(const std::string& directory)
{
    std::filesystem::create_directories(directory);
    for (const auto& [name, text] : generate()) {
        std::ofstream file{std::filesystem::path{directory} / name, std::ios::binary};
        if (!(file << text)) throw std::runtime_error{"cannot write " + directory + "/" + name};
    }
}

} // namespace docs
