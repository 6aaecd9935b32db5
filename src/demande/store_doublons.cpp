// SQL of the demandes that may be of the same person.
#include "demande/store_doublons.hpp"

namespace demande::store {

namespace {
// What is over is nobody's second demande.
constexpr std::string_view en_cours = "('active', 'a_renouveler', 'en_tolerance')";
} // namespace

void signaler_doublon(db::Transaction& tx, const std::string& demande, const std::string& autre,
                      std::string_view territoire, Ressemblance r, Instant le)
{
    tx.exec(
        "INSERT INTO demande_doublon (demande, autre, territoire, ressemblance, trouve_le) VALUES ($1, $2, "
        "$3, $4, $5) ON CONFLICT DO NOTHING",
        demande, autre, territoire, base::slug_of(ressemblances, r), le);
}

std::vector<Doublon> doublons_signales(db::Transaction& tx, const std::string& demande,
                                       const std::vector<Guichet>& lecteur)
{
    struct Ligne {
        std::string demande, numero, guichet;
        Date deposee_le;
        std::string ressemblance;
        bool lisible = false;
    };
    db::Query q;
    const auto celle_ci = q.add(demande);
    const auto lisible = lisible_par(lecteur, q);
    std::vector<Doublon> out;
    for (auto& l : q.run<Ligne>(
             tx,
             "SELECT d.id, d.numero, p.nom, d.deposee_le, x.ressemblance, CASE WHEN " + lisible +
                 " THEN 1 ELSE 0 END FROM (SELECT autre AS id, ressemblance FROM demande_doublon WHERE "
                 "demande = " +
                 celle_ci +
                 " AND ecarte_le IS NULL UNION SELECT demande, ressemblance FROM demande_doublon WHERE autre "
                 "= " +
                 celle_ci +
                 " AND ecarte_le IS NULL) AS x JOIN demande d ON d.id = x.id JOIN guichet g ON g.code = "
                 "d.guichet JOIN partenaire p ON p.id = g.partenaire WHERE d.etat IN " +
                 std::string{en_cours} + " ORDER BY d.deposee_le, d.id LIMIT 20"))
        out.push_back({std::move(l.demande), std::move(l.numero), std::move(l.guichet), l.deposee_le,
                       base::known(ressemblances, l.ressemblance), l.lisible, false});
    return out;
}

std::vector<PaireSignalee> doublons_a_voir(db::Transaction& tx, std::string_view territoire)
{
    struct Ligne {
        std::string demande, numero, autre, autre_numero, ressemblance;
    };
    std::vector<PaireSignalee> out;
    for (auto& l : tx.query<Ligne>("SELECT x.demande, d.numero, x.autre, a.numero, x.ressemblance FROM "
                                   "demande_doublon x JOIN demande "
                                   "d ON d.id = x.demande JOIN demande a ON a.id = x.autre WHERE "
                                   "x.territoire = $1 AND x.ecarte_le IS "
                                   "NULL AND d.etat IN " +
                                       std::string{en_cours} + " AND a.etat IN " + std::string{en_cours} +
                                       " ORDER BY x.trouve_le, x.demande, x.autre LIMIT 100",
                                   territoire))
        out.push_back({std::move(l.demande), std::move(l.numero), std::move(l.autre),
                       std::move(l.autre_numero), base::known(ressemblances, l.ressemblance)});
    return out;
}

bool ecarter_doublon(db::Transaction& tx, const std::string& demande, const std::string& autre,
                     const compte::Agent& par, Instant le)
{
    return tx.exec("UPDATE demande_doublon SET ecarte_le = $3, ecarte_par = $4 WHERE ecarte_le IS NULL AND "
                   "((demande = $1 AND autre = $2) OR (demande = $2 AND autre = $1))",
                   demande, autre, le, par.id) > 0;
}

} // namespace demande::store
