// SQL of the vivier: written by a task from the demandes, read by those who look for candidates.
#include "demande/candidature/store_vivier.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "db/query.hpp"
#include "demande/candidature/vivier.hpp"
#include "demande/cycle.hpp"
#include "demande/jalons.hpp"
#include "demande/store_plafonds.hpp"
#include "demande/store_reconnaissance.hpp"

namespace demande::candidature::store {

namespace {
namespace au_vivier {

/// Of a demande in progress. One that cannot be read is found nowhere, and keeps no other from its place.
std::optional<Reponses> lire(const std::string& id, const std::string& etat, const std::string& contenu)
try {
    if (!est_en_cours(base::known(demande::etats, etat))) return std::nullopt;
    return Reponses::de_json(contenu);
} catch (const base::Bug& e) {
    base::log(base::Level::Error, "vivier.illisible", {{"demande", id}, {"raison", e.what()}});
    return std::nullopt;
}

/// Of the year that has begun everywhere: no territory is read before its own 1 January.
std::int64_t edition_du_jour(db::Transaction& tx, Instant le)
{
    return edition(base::local_date(le.plus_seconds(-12LL * 3600), "UTC").year,
                   demande::store::imports_de_baremes(tx));
}

constexpr std::string_view changees = "vivier_version <> version",
                           d_une_autre_edition = "vivier_edition < $1 AND etat IN ('active', 'a_renouveler', "
                                                 "'en_tolerance')";

} // namespace au_vivier
} // namespace

std::vector<Trouvee> chercher(db::Transaction& tx, const Recherche& r, const std::string& logement,
                              const std::vector<Guichet>& lecteur)
{
    db::Query q;
    const auto celui_ci = q.add(logement);
    const auto ce_jour = demande::store::en_vigueur(q, r.jour);
    // The index knows those of which something was noted; their days are read.
    const auto est_reconnue = [&](const std::string& nature) {
        return "v.reconnue = 1 AND EXISTS (SELECT 1 FROM reconnaissance r WHERE r.demande = v.demande AND " +
               nature + ce_jour + ")";
    };
    const auto reconnue = [&](const std::string& nature) {
        return "CASE WHEN " + est_reconnue("r.nature = '" + nature + "' AND ") + " THEN 1 ELSE 0 END";
    };
    auto sql =
        "SELECT v.demande, d.numero, v.deposee_le, v.prioritaire, v.acces, v.personnes, CASE WHEN EXISTS "
        "(SELECT 1 FROM candidature c WHERE c.demande = v.demande AND c.logement = " +
        celui_ci + ") THEN 1 ELSE 0 END, " + reconnue("dalo") + ", " + reconnue("priorite") +
        " FROM vivier v JOIN demande d ON d.id = v.demande WHERE v.insee = " + q.add(r.insee) +
        " AND v.pieces = " + q.add(r.pieces) + " AND v.territoire = " + q.add(r.territoire);
    if (r.prioritaires) sql += " AND v.prioritaire = 1";
    if (r.reconnues) sql += " AND " + est_reconnue("");
    if (r.deposee_avant) sql += " AND v.deposee_le <= " + q.add(*r.deposee_avant);
    if (r.acces_max) sql += " AND v.acces <= " + q.add(*r.acces_max);
    if (!r.apres_jour.empty())
        sql +=
            " AND (v.deposee_le, v.demande) > (" + q.add(r.apres_jour) + ", " + q.add(r.apres_demande) + ")";
    sql += " AND d.etat IN ('active', 'a_renouveler', 'en_tolerance') AND " +
           demande::store::lisible_par(lecteur, q) + " ORDER BY v.deposee_le, v.demande LIMIT " +
           std::to_string(trouvees_par_page + 1);
    return q.run<Trouvee>(tx, sql);
}

bool vivier_a_tenir(db::Transaction& tx, Instant le)
{
    return tx.find<std::string>(
                 fmt::format("SELECT id FROM demande WHERE {} ORDER BY id LIMIT 1", au_vivier::changees))
               .has_value() ||
           tx.find<std::string>(
                 fmt::format("SELECT id FROM demande WHERE {} ORDER BY vivier_edition, id LIMIT 1",
                             au_vivier::d_une_autre_edition),
                 au_vivier::edition_du_jour(tx, le))
               .has_value();
}

std::int64_t tenir_le_vivier(db::Transaction& tx, Instant le)
{
    struct Ligne {
        std::string id, territoire, etat, contenu;
        Date deposee_le;
        std::int64_t version = 1;
    };
    const auto celle_ci = au_vivier::edition_du_jour(tx, le);
    constexpr std::string_view colonnes =
        "SELECT id, territoire, etat, contenu, deposee_le, version FROM demande";
    auto lot =
        tx.query<Ligne>(fmt::format("{} WHERE {} ORDER BY id LIMIT 100", colonnes, au_vivier::changees));
    if (lot.empty())
        lot = tx.query<Ligne>(fmt::format("{} WHERE {} ORDER BY vivier_edition, id LIMIT 100", colonnes,
                                          au_vivier::d_une_autre_edition),
                              celle_ci);
    const auto baremes = lot.empty() ? Baremes{} : demande::store::baremes(tx);
    for (const auto& d : lot) {
        tx.exec("DELETE FROM vivier WHERE demande = $1", d.id);
        if (const auto lues = au_vivier::lire(d.id, d.etat, d.contenu)) {
            const auto& r = *lues;
            const auto jour = jour_legal(le, d.territoire);
            const bool prioritaire = est_prioritaire(r, jour);
            const auto acces = acces_par_commune(r, jour, baremes);
            const bool reconnue = tx.one<bool>("SELECT CASE WHEN EXISTS (SELECT 1 FROM reconnaissance WHERE "
                                               "demande = $1 AND finie_le IS NULL) THEN 1 ELSE 0 END",
                                               d.id);
            for (const auto& insee : tx.query<std::string>(
                     "SELECT insee FROM demande_souhait WHERE demande = $1 ORDER BY rang", d.id))
                for (const int pieces : pieces_demandees(r))
                    tx.exec(
                        "INSERT INTO vivier (insee, pieces, deposee_le, demande, territoire, prioritaire, "
                        "acces, personnes, reconnue) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON "
                        "CONFLICT DO NOTHING",
                        insee, pieces, d.deposee_le, d.id, d.territoire, prioritaire, acces(insee),
                        personnes_a_loger(r), reconnue);
        }
        // The demande may change meanwhile: it then differs again, and comes back.
        tx.exec("UPDATE demande SET vivier_version = $2, vivier_edition = $3 WHERE id = $1", d.id, d.version,
                celle_ci);
    }
    return static_cast<std::int64_t>(lot.size());
}

} // namespace demande::candidature::store
