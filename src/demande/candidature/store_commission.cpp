// SQL of the sessions of commissions d’attribution.
#include <algorithm>

#include "db/query.hpp"
#include "demande/candidature/store.hpp"

namespace demande::candidature::store {

namespace {
namespace seances {

constexpr std::string_view select_commission =
    "SELECT c.id, c.territoire, c.bailleur, p.nom, c.tenue_le, c.lieu FROM commission c JOIN guichet g ON "
    "g.code = c.bailleur JOIN partenaire p ON p.id = g.partenaire ";

struct LigneExamen {
    std::string logement, derogation;
    std::optional<Instant> decide_le;
};
constexpr std::string_view select_examen = "SELECT logement, derogation, decide_le FROM commission_logement ";

Examen examen(LigneExamen l)
{
    return {std::move(l.logement), base::from_slug(derogations, l.derogation), l.decide_le};
}

} // namespace seances
} // namespace

std::string creer_commission(db::Transaction& tx, const Commission& c, const std::string& par, Instant le)
{
    const auto id = c.id.empty() ? base::new_id(le) : c.id;
    tx.exec(
        "INSERT INTO commission (id, territoire, bailleur, tenue_le, lieu, cree_le, cree_par) VALUES ($1, "
        "$2, $3, $4, $5, $6, $7)",
        id, c.territoire, c.bailleur, c.tenue_le, c.lieu, le,
        par.empty() ? std::nullopt : std::optional{par});
    return id;
}

std::vector<Commission> commissions(db::Transaction& tx, const std::vector<Guichet>& guichets,
                                    const std::optional<Repere>& apres)
{
    std::vector<Commission> out;
    // Each bailleur has its place in the index: a short read for each rather than one that sorts.
    for (const auto& g : guichets) {
        db::Query q;
        auto sql = std::string{seances::select_commission} + "WHERE c.bailleur = " + q.add(g.code);
        if (apres)
            sql += " AND (c.tenue_le, c.id) < (" + q.add(apres->tenue_le) + ", " + q.add(apres->id) + ")";
        for (auto& c : q.run<Commission>(tx, sql + " ORDER BY c.tenue_le DESC, c.id DESC LIMIT " +
                                                 std::to_string(par_page + 1)))
            out.push_back(std::move(c));
    }
    std::ranges::sort(out, std::ranges::greater{}, [](const Commission& c) {
        return std::pair{base::to_iso(c.tenue_le), c.id};
    });
    if (out.size() > par_page + 1) out.resize(par_page + 1);
    return out;
}

std::vector<Commission> commissions_a_venir(db::Transaction& tx, const Guichet& g,
                                            const std::string& logement, Date jour)
{
    return tx.query<Commission>(
        std::string{seances::select_commission} +
            "WHERE c.bailleur = $1 AND c.tenue_le >= $2 AND NOT EXISTS (SELECT 1 FROM commission_logement x "
            "WHERE x.commission = c.id AND x.logement = $3 AND x.decide_le IS NOT NULL) ORDER BY c.tenue_le, "
            "c.id LIMIT 100",
        g.code, jour, logement);
}

std::optional<Commission> find_commission(db::Transaction& tx, const std::string& id,
                                          const std::vector<Guichet>& lecteur)
{
    if (lecteur.empty()) return std::nullopt;
    db::Query q;
    std::vector<std::string> codes;
    for (const auto& g : lecteur) codes.push_back(g.code);
    const auto celle_ci = q.add(id);
    auto c = q.run<Commission>(tx, std::string{seances::select_commission} + "WHERE c.id = " + celle_ci +
                                       " AND c.bailleur IN " + q.add_all(codes));
    return c.empty() ? std::nullopt : std::optional{std::move(c.front())};
}

void inscrire_logement(db::Transaction& tx, const Commission& c, const std::string& logement)
{
    tx.exec("INSERT INTO commission_logement (commission, logement, territoire) VALUES ($1, $2, $3) ON "
            "CONFLICT DO NOTHING",
            c.id, logement, c.territoire);
}

std::vector<Examen> examens(db::Transaction& tx, const std::string& commission, std::string_view apres)
{
    std::vector<Examen> out;
    for (auto& l : tx.query<seances::LigneExamen>(
             std::string{seances::select_examen} +
                 "WHERE commission = $1 AND logement > $2 ORDER BY logement LIMIT $3",
             commission, apres, examens_par_page + 1))
        out.push_back(seances::examen(std::move(l)));
    return out;
}

std::optional<Examen> find_examen(db::Transaction& tx, const std::string& commission,
                                  const std::string& logement)
{
    auto l = tx.find<seances::LigneExamen>(std::string{seances::select_examen} +
                                               "WHERE commission = $1 AND logement = $2",
                                           commission, logement);
    return l ? std::optional{seances::examen(*std::move(l))} : std::nullopt;
}

std::vector<DecisionPrise> decisions_prises(db::Transaction& tx, const std::string& commission,
                                            const std::string& logement)
{
    struct Ligne {
        std::string candidature, action;
        Instant le;
        std::string organisme;
        int rang = 0;
        std::optional<Date> jour;
        std::string texte;
    };
    std::vector<DecisionPrise> out;
    for (auto& l : tx.query<Ligne>("SELECT e.candidature, e.action, e.le, e.organisme, e.rang, e.jour, "
                                   "e.texte FROM candidature c JOIN "
                                   "candidature_evenement e ON e.candidature = c.id WHERE c.logement = $2 "
                                   "AND c.commission = $1 AND "
                                   "e.action IN ('attribuer', 'classer', 'conditionner', 'ne_pas_attribuer', "
                                   "'declarer_irrecevable') "
                                   "ORDER BY e.candidature, e.ordre LIMIT 200",
                                   commission, logement))
        out.push_back({std::move(l.candidature),
                       {base::known(actions, l.action), l.le, std::move(l.organisme), l.rang, l.jour,
                        std::move(l.texte)}});
    return out;
}

void noter_examen(db::Transaction& tx, const std::string& commission, const std::string& logement,
                  std::optional<Derogation> d, Instant le)
{
    tx.exec(
        "UPDATE commission_logement SET derogation = $3, decide_le = $4 WHERE commission = $1 AND logement "
        "= $2",
        commission, logement, d ? base::slug_of(derogations, *d) : std::string_view{}, le);
}

} // namespace demande::candidature::store
