// SQL of what follows an offer: the message that carries it, its delay, the lease; what a candidature shows
// and leaves behind.
#include "db/query.hpp"
#include "demande/candidature/store.hpp"
#include "demande/store.hpp"

namespace demande::candidature::store {

std::optional<std::string> logement_vise(db::Transaction& tx, const std::string& candidature)
{
    return tx.find<std::string>("SELECT logement FROM candidature WHERE id = $1", candidature);
}

std::vector<std::string> logements_vises(db::Transaction& tx, const std::string& demande)
{
    return tx.query<std::string>(
        "SELECT logement FROM candidature WHERE demande = $1 AND etat NOT IN ('bail_signe', 'non_attribuee', "
        "'irrecevable', 'refusee', 'sans_reponse', 'caduque') ORDER BY logement LIMIT 200",
        demande);
}

std::vector<std::string> lisibles(db::Transaction& tx, const std::string& logement,
                                  const std::vector<Guichet>& lecteur)
{
    db::Query q;
    const auto celui_ci = q.add(logement);
    return q.run<std::string>(tx, "SELECT c.id FROM candidature c JOIN demande d ON d.id = c.demande WHERE "
                                  "c.logement = " +
                                      celui_ci + " AND " + demande::store::lisible_par(lecteur, q) +
                                      " ORDER BY c.id LIMIT 60");
}

void noter_courriel(db::Transaction& tx, const std::string& candidature, const std::string& courriel)
{
    tx.exec("UPDATE candidature SET offre_courriel = $2, a_revoir_le = offerte_le WHERE id = $1", candidature,
            courriel);
}

void offre_partie(db::Transaction& tx, const Candidature& c)
{
    tx.exec("UPDATE candidature SET a_revoir_le = $2 WHERE id = $1 AND etat = 'attribuee'", c.id,
            a_revoir_ecrit(c));
}

void offre_non_remise(db::Transaction& tx, const std::string& candidature, bool perdue)
{
    tx.exec("UPDATE candidature SET repondre_avant = NULL, version = version + 1 WHERE id = $1 AND etat = "
            "'attribuee'",
            candidature);
    if (perdue)
        tx.exec("UPDATE candidature SET offre_courriel = '', a_revoir_le = '9999-12-31' WHERE id = $1 AND "
                "etat = 'attribuee'",
                candidature);
}

void noter_bail(db::Transaction& tx, const std::string& candidature, const Bail& b)
{
    tx.exec(
        "UPDATE candidature SET bail_le = $2, bail_rpls = $3, bail_accord = $4, bail_dalo = $5 WHERE id = "
        "$1",
        candidature, b.signe_le, b.rpls, b.accord_collectif, b.dalo);
}

std::optional<BailDUnLogement> bail_d_un_logement(db::Transaction& tx, const std::string& demande)
{
    return tx.find<BailDUnLogement>(
        "SELECT bail_le, logement FROM candidature WHERE demande = $1 AND etat = 'bail_signe' AND bail_le IS "
        "NOT NULL ORDER BY bail_le DESC, id DESC LIMIT 1",
        demande);
}

std::vector<ARevoir> a_revoir(db::Transaction& tx, Date jusqu_a, const ARevoir& apres)
{
    return tx.query<ARevoir>(
        "SELECT a_revoir_le, id, logement FROM candidature WHERE a_revoir_le <= $1 AND a_revoir_le < "
        "'9999-12-31' AND (a_revoir_le, id) > ($2, $3) ORDER BY a_revoir_le, id LIMIT 50",
        jusqu_a, apres.le, apres.candidature);
}

std::vector<Fait> faits(db::Transaction& tx, const std::string& candidature)
{
    struct Ligne {
        std::string action;
        Instant le;
        std::string organisme;
        int rang = 0;
        std::optional<Date> jour;
        std::string texte;
    };
    std::vector<Fait> out;
    for (auto& l : tx.query<Ligne>("SELECT action, le, organisme, rang, jour, texte FROM "
                                   "candidature_evenement WHERE candidature = $1 ORDER BY ordre LIMIT 100",
                                   candidature))
        out.push_back({base::known(actions, l.action), l.le, std::move(l.organisme), l.rang, l.jour,
                       std::move(l.texte)});
    return out;
}

void effacer_de(db::Transaction& tx, const std::string& demande)
{
    tx.exec("DELETE FROM candidature_evenement WHERE demande = $1", demande);
    tx.exec("UPDATE candidature SET attendu = '', motif = '', bail_rpls = '', offre_courriel = '' WHERE "
            "demande = $1",
            demande);
}

} // namespace demande::candidature::store
