// Conditions added one by one to a statement, with their parameters. For the store files of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/text.hpp"
#include "db/db.hpp"

namespace compte::store {

struct Requete {
    std::vector<db::Value> params;

    std::string add(std::string_view valeur)
    {
        params.emplace_back(std::string{valeur});
        return "$" + std::to_string(params.size());
    }
    std::string add_all(const std::vector<std::string>& valeurs)
    {
        std::string liste;
        for (const auto& v : valeurs) liste += (liste.empty() ? "" : ", ") + add(v);
        return "(" + liste + ")";
    }
    template <class R> std::vector<R> run(db::Transaction& tx, const std::string& sql) const
    {
        std::vector<R> lignes;
        tx.run(sql, params,
               [&](std::span<const db::Value> row) { lignes.push_back(db::detail::row_as<R>(row)); });
        return lignes;
    }
};

template <class E, std::size_t N> E du_slug(const base::Name<E> (&table)[N], const std::string& slug)
{
    const auto valeur = base::from_slug(table, slug);
    if (!valeur) throw base::Bug{"slug of the database unknown to this binary: " + slug};
    return *valeur;
}

/// « % » and « _ » typed by a person are letters like others; to use with ESCAPE '!'.
inline std::string motif_like(std::string_view plie)
{
    std::string motif = "%";
    for (const char c : plie) {
        if (c == '%' || c == '_' || c == '!') motif += '!';
        motif += c;
    }
    return motif + "%";
}

/// The columns of a mandate, read into LigneMandat.
inline constexpr std::string_view colonnes_mandat =
    "m.id, m.compte, m.role, m.territoire, m.comite, COALESCE(m.partenaire, ''), m.confirme, m.cree_le";
struct LigneMandat {
    std::string id, compte, role, territoire, comite, partenaire;
    bool confirme;
    Instant cree_le;
};

} // namespace compte::store
