// See store_vue.hpp.
#include "signalement/vue/store_vue.hpp"

#include "base/id.hpp"
#include "base/text.hpp"
#include "db/query.hpp"

namespace signalement::vue::store {

namespace {
namespace lecture {

struct Rangee {
    std::string id, compte, nom, cercle, critere, valeur;
};
struct Sienne {
    std::string nom, cercle;
};

/// One row for each criterion.
std::string lire(const compte::Agent& agent, db::Query& q)
{
    auto sql = "SELECT v.id, v.compte, v.nom, v.cercle, c.critere, c.valeur FROM vue v JOIN vue_critere c ON "
               "c.vue = v.id WHERE (v.compte = " +
               q.add(agent.id);
    if (const auto miens = cercles(agent); !miens.empty()) sql += " OR v.cercle IN " + q.add_all(miens);
    return sql + ")";
}

std::vector<Vue> assembler(std::vector<Rangee> rangees)
{
    std::vector<Vue> out;
    for (auto& r : rangees) {
        if (out.empty() || out.back().id != r.id)
            out.push_back({.id = r.id, .compte = r.compte, .nom = r.nom, .cercle = r.cercle, .criteres = {}});
        out.back().criteres.emplace_back(std::move(r.critere), std::move(r.valeur));
    }
    return out;
}

} // namespace lecture
} // namespace

db::Later<std::vector<Vue>> demander(db::Transaction& tx, const compte::Agent& agent)
{
    db::Query q;
    auto sql = lecture::lire(agent, q);
    sql += " ORDER BY CASE WHEN v.compte = " + q.add(agent.id) + " THEN 0 ELSE 1 END, v.nom, v.id, c.rang";
    return
        [rangees = q.ask<lecture::Rangee>(tx, sql)]() mutable { return lecture::assembler(rangees.all()); };
}

Deja deja(db::Transaction& tx, const compte::Agent& agent, std::string_view cercle)
{
    Deja out;
    for (auto& [nom, leur] :
         tx.query<lecture::Sienne>("SELECT nom, cercle FROM vue WHERE compte = $1", agent.id))
        out.siennes.emplace(std::move(nom), std::move(leur));
    if (!cercle.empty())
        out.des_autres = static_cast<std::size_t>(tx.one<std::int64_t>(
            "SELECT COUNT(*) FROM vue WHERE cercle = $1 AND cercle <> '' AND compte <> $2", cercle,
            agent.id));
    return out;
}

std::optional<Vue> trouver(db::Transaction& tx, std::string_view id, const compte::Agent& agent)
{
    db::Query q;
    auto sql = lecture::lire(agent, q);
    sql += " AND v.id = " + q.add(std::string{id}) + " ORDER BY c.rang";
    auto vues = lecture::assembler(q.run<lecture::Rangee>(tx, sql));
    if (vues.empty()) return std::nullopt;
    return std::move(vues.front());
}

std::string enregistrer(db::Transaction& tx, const Vue& v, Instant le)
{
    // Saved twice at once: the second waits for the first, then replaces it.
    const auto id = tx.one<std::string>(
        "INSERT INTO vue (id, compte, nom, cercle, creee_le) VALUES ($1, $2, $3, $4, $5) ON CONFLICT "
        "(compte, "
        "nom) DO UPDATE SET cercle = excluded.cercle, creee_le = excluded.creee_le RETURNING id",
        base::new_id(le), v.compte, v.nom, v.cercle, le);
    tx.exec("DELETE FROM vue_critere WHERE vue = $1", id);
    std::int64_t rang = 0;
    for (const auto& [critere, valeur] : v.criteres)
        tx.exec("INSERT INTO vue_critere (vue, rang, critere, valeur) VALUES ($1, $2, $3, $4)", id, rang++,
                critere, valeur);
    return id;
}

void retirer(db::Transaction& tx, const Vue& v)
{
    tx.exec("DELETE FROM vue WHERE id = $1", v.id);
}

db::Later<std::vector<std::string>> demander_colonnes(db::Transaction& tx, const compte::Agent& agent)
{
    return [lues = tx.ask<std::string>("SELECT colonnes FROM colonnes_choisies WHERE compte = $1",
                                       agent.id)]() mutable {
        const auto rangees = lues.all();
        return rangees.empty() ? std::vector<std::string>{} : base::split(rangees.front(), ',');
    };
}

void choisir_colonnes(db::Transaction& tx, const compte::Agent& agent, const std::vector<std::string>& slugs)
{
    tx.exec("DELETE FROM colonnes_choisies WHERE compte = $1", agent.id);
    if (!slugs.empty())
        tx.exec("INSERT INTO colonnes_choisies (compte, colonnes) VALUES ($1, $2)", agent.id,
                base::join(slugs, ","));
}

} // namespace signalement::vue::store
