// SQL of what may be removed.
#include "demande/store_radiables.hpp"

#include <algorithm>

#include "db/query.hpp"
#include "demande/candidature/candidature.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/store_preavis.hpp"

namespace demande::store {

namespace {
namespace a_radier {

/// An index for each: `radiable_le` is empty everywhere else.
std::string_view ou(bool d_un_guichet)
{
    return d_un_guichet ? "d.radiable_le <> '' AND d.guichet = $1 AND d.radiable_le <= $2"
                        : "d.radiable_le <> '' AND d.territoire = $1 AND d.radiable_le <= $2";
}

/// In a territory that is kept here again, a notice of before its return opens nothing, and one of since
/// leaves two months: what was counted earlier is out of date.
std::string au_plus_tot(std::optional<Date> ici_depuis)
{
    return ici_depuis ? base::to_iso(base::plus_months(*ici_depuis, 2)) : std::string{};
}

} // namespace a_radier
} // namespace

std::string page_des_radiables(bool d_un_guichet)
{
    // The name is looked for row by row: joined, a small table of guichets would lead and the index be lost.
    return "SELECT d.id, d.numero, (SELECT p.nom FROM guichet g JOIN partenaire p ON p.id = g.partenaire "
           "WHERE g.code = d.guichet), d.ancre, d.radiable_le FROM demande d WHERE " +
           std::string{a_radier::ou(d_un_guichet)} +
           " AND (d.radiable_le, d.id) > ($3, $4) ORDER BY d.radiable_le, d.id LIMIT 26";
}

PageDeRadiables radiables(db::Transaction& tx, std::string_view territoire, std::string_view guichet,
                          Date jour, ApresRadiable apres)
{
    static_assert(radiables_par_page == 25, "the statement reads one row more");
    struct Ligne {
        std::string id, numero, guichet;
        Date ancre, radiable_le;
    };
    const auto ici_depuis = gestion::store::ici_depuis(tx, territoire, jour);
    apres.jour = std::max(apres.jour, a_radier::au_plus_tot(ici_depuis));
    auto lues = tx.query<Ligne>(page_des_radiables(!guichet.empty()), guichet.empty() ? territoire : guichet,
                                jour, apres.jour, apres.id);
    PageDeRadiables page;
    if (lues.size() > radiables_par_page) {
        lues.resize(radiables_par_page);
        page.suite = {base::to_iso(lues.back().radiable_le), lues.back().id};
    }
    if (lues.empty()) return page;
    struct LigneRemise {
        std::string demande;
        bool obligatoire = false;
        std::optional<Date> parti_le, revenu_le;
        std::string canal;
    };
    std::vector<std::string> ids;
    for (const auto& l : lues) ids.push_back(l.id);
    db::Query q;
    const auto ceux_la = q.add_all(ids);
    const auto lignes =
        q.run<LigneRemise>(tx, "SELECT p.demande, p.obligatoire, p.parti_le, p.revenu_le, p.canal FROM "
                               "preavis p JOIN demande d ON d.id = "
                               "p.demande AND d.ancre = p.ancre WHERE p.demande IN " +
                                   ceux_la + " AND p.objet = 'preavis' ORDER BY p.id LIMIT 1300");
    for (auto& l : lues) {
        std::vector<Remise> remises;
        for (const auto& r : lignes)
            if (r.demande == l.id)
                remises.push_back({r.obligatoire, r.parti_le, r.revenu_le, base::known(canaux, r.canal)});
        const auto remis_le = preavis_remis_le(remises, ici_depuis);
        const auto premier = premiere_radiation_possible({.jalons = jalons(l.ancre),
                                                          .preavis_remis_le = remis_le,
                                                          .radiee_le = {},
                                                          .motif_radiation = {}});
        // What was kept says where to look; the rule says what is shown.
        if (premier && *premier <= jour)
            page.demandes.push_back(
                {std::move(l.id), std::move(l.numero), std::move(l.guichet), l.ancre, *premier, *remis_le});
    }
    return page;
}

std::int64_t compter_radiables(db::Transaction& tx, std::string_view territoire, std::string_view guichet,
                               Date jour)
{
    return tx.one<std::int64_t>(
        "SELECT COUNT(*) FROM (SELECT 1 FROM demande d WHERE " + std::string{a_radier::ou(!guichet.empty())} +
            " AND d.radiable_le > $3 LIMIT $4) AS bornees",
        guichet.empty() ? territoire : guichet, jour,
        a_radier::au_plus_tot(gestion::store::ici_depuis(tx, territoire, jour)), radiables_comptes + 1);
}

std::vector<std::string> candidatures_en_cours(db::Transaction& tx, const std::string& demande)
{
    std::vector<std::string> out;
    for (const auto& etat :
         tx.query<std::string>("SELECT etat FROM candidature WHERE demande = $1 AND etat NOT IN "
                               "('bail_signe', 'non_attribuee', "
                               "'irrecevable', 'refusee', 'sans_reponse', 'caduque') ORDER BY id LIMIT 20",
                               demande))
        out.emplace_back(base::label_of(candidature::etats, base::known(candidature::etats, etat)));
    return out;
}

std::vector<Irrecevable> irrecevables(db::Transaction& tx, const Guichet& bailleur, Date avant)
{
    return tx.query<Irrecevable>(
        "SELECT c.demande, d.numero, c.motif, d.ancre, e.le FROM candidature c JOIN logement_propose l ON "
        "l.id = "
        "c.logement JOIN candidature_evenement e ON e.candidature = c.id AND e.action = "
        "'declarer_irrecevable' "
        "JOIN demande d ON d.id = c.demande WHERE c.territoire = $1 AND c.etat = 'irrecevable' AND "
        "l.bailleur = "
        "$2 AND d.etat IN ('active', 'a_renouveler', 'en_tolerance') AND e.le >= d.ancre AND e.le < $3 ORDER "
        "BY "
        "c.id LIMIT 100",
        bailleur.territoire, bailleur.code, base::to_iso(base::plus_days(avant, 1)));
}

} // namespace demande::store
