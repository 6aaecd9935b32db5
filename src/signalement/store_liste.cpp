// Reading lists of reports and their numbers: what a filter keeps, in its order, from its place.
#include <fmt/format.h>

#include <algorithm>

#include "db/query.hpp"
#include "signalement/filtre/store_filtre.hpp"
#include "signalement/store.hpp"
#include "signalement/store_portee.hpp"

namespace signalement::store {

db::Later<Liste> demander_liste(db::Transaction& tx, const filtre::Regard& regard, const filtre::Filtre& f)
{
    db::Query query;
    // Another report of the same dwelling, the words of its occupant: what stays between services.
    const auto tout = "CASE WHEN " + portee(regard.lecteur, Action::LireTout, query) + " THEN ";
    auto sql = "SELECT s.id, s.reference, s.statut, s.commune, s.code_postal, s.adresse_libelle, CASE WHEN "
               "s.organisation <> '' THEN s.organisation ELSE TRIM(s.prenom || ' ' || s.nom) END, s.profil, "
               "s.gravite, s.danger, " +
               tout + "s.doublon_possible ELSE 0 END, " + tout +
               "s.message_sans_reponse ELSE 0 END, s.depose_le, "
               "s.dernier_suivi_le, COALESCE(t.fuseau, 'Europe/Paris') "
               "FROM signalement s LEFT JOIN territoire t ON t.code = s.territoire WHERE " +
               filtre::condition(regard, f, query, tx.engine()) + filtre::place_et_ordre(regard, f, query);
    sql += fmt::format(" LIMIT {}", lignes_par_page + 1);
    return [lignes = query.ask<Ligne>(tx, sql), ou = f.ou]() mutable {
        Liste out{.lignes = lignes.all()};
        const bool suite = out.lignes.size() > lignes_par_page;
        if (suite) out.lignes.pop_back();
        if (ou.avant) std::ranges::reverse(out.lignes);
        out.avant = ou.avant ? suite : !ou.id.empty();
        out.apres = ou.avant || suite;
        return out;
    };
}

Liste liste(db::Transaction& tx, const filtre::Regard& regard, const filtre::Filtre& f)
{
    return demander_liste(tx, regard, f)();
}

filtre::Curseur place_de(const Ligne& l, const filtre::Filtre& f, bool avant)
{
    return {.id = l.id,
            .avant = avant,
            .cle = f.ordre->mobile ? base::to_iso(l.dernier_suivi_le.value_or(l.depose_le)) : ""};
}

db::Answer<std::int64_t> compter(db::Transaction& tx, const filtre::Regard& regard, const filtre::Filtre& f)
{
    db::Query query;
    if (filtre::compte_des_mots(regard, f))
        return query.ask<std::int64_t>(tx, filtre::compte_des_mots(regard, f, query, tx.engine()));
    const std::string quoi =
        filtre::compte_tenu(regard, f)
            ? "SELECT CAST(COALESCE(SUM(s.nombre), 0) AS BIGINT) FROM signalement_compte s WHERE "
            : "SELECT COUNT(*) FROM signalement s WHERE ";
    return query.ask<std::int64_t>(tx, quoi + filtre::condition(regard, f, query, tx.engine()));
}

std::vector<CompteFaux> comptes_faux(db::Transaction& tx)
{
    return tx.query<CompteFaux>(
        "SELECT territoire, comite, statut, danger, CAST(SUM(nombre) AS BIGINT) FROM ("
        "SELECT territoire, comite, statut, danger, nombre FROM signalement_compte UNION ALL "
        "SELECT territoire, COALESCE(comite, ''), statut, danger, -COUNT(*) FROM signalement "
        "GROUP BY territoire, COALESCE(comite, ''), statut, danger) c "
        "GROUP BY territoire, comite, statut, danger HAVING SUM(nombre) <> 0 "
        "ORDER BY territoire, comite, statut, danger");
}

} // namespace signalement::store
