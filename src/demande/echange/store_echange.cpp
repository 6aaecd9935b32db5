// SQL of the exchange files.
#include "demande/echange/store_echange.hpp"

#include "db/query.hpp"

namespace demande::echange::store {

namespace {
constexpr std::string_view colonnes_fichier =
    "SELECT id, territoire, depose_par, depose_le, fichier_le, empreinte, nouvelles, changees, inchangees, "
    "refusees, renouvelees, doublons, applique_le, CASE WHEN contenu <> '' THEN 1 ELSE 0 END, ";
}

std::optional<Garde> garde(db::Transaction& tx, const std::string& demande)
{
    return tx.find<Garde>("SELECT fichier_le, version, contenu FROM demande_echange WHERE demande = $1",
                          demande);
}

void garder(db::Transaction& tx, const std::string& demande, std::string_view territoire, const Garde& g)
{
    tx.exec(
        "INSERT INTO demande_echange (demande, territoire, fichier_le, version, contenu) VALUES ($1, $2, $3, "
        "$4, $5) ON CONFLICT (demande) DO UPDATE SET fichier_le = excluded.fichier_le, version = "
        "excluded.version, contenu = excluded.contenu",
        demande, territoire, g.fichier_le, g.version, g.contenu);
}

Instant derniere_version(db::Transaction& tx, const std::string& demande)
{
    return tx
        .find<Instant>("SELECT cree_le FROM demande_version WHERE demande = $1 ORDER BY numero DESC LIMIT 1",
                       demande)
        .value_or(Instant{});
}

std::optional<std::string> find_numero(db::Transaction& tx, std::string_view numero)
{
    return tx.find<std::string>("SELECT id FROM demande WHERE numero = $1", numero);
}

std::vector<Etat> etats_de(db::Transaction& tx, const std::vector<std::string>& numeros)
{
    if (numeros.empty()) return {};
    db::Query q;
    return q.run<Etat>(
        tx, "SELECT d.numero, d.version, e.fichier_le FROM demande d LEFT JOIN demande_echange e ON "
            "e.demande = d.id WHERE d.numero IN " +
                q.add_all(numeros));
}

std::vector<Curseur> changees(db::Transaction& tx, std::string_view territoire, const Curseur& depuis,
                              int combien)
{
    return tx.query<Curseur>(
        "SELECT v.cree_le, v.demande FROM demande_version v JOIN demande d ON d.id = v.demande AND "
        "d.contenu_version = v.numero WHERE v.territoire = $1 AND (v.cree_le, v.demande) > ($2, $3) AND "
        "d.etat IN "
        "('active', 'a_renouveler', 'en_tolerance') ORDER BY v.cree_le, v.demande LIMIT $4",
        territoire, depuis.le, depuis.demande, combien);
}

void deposer(db::Transaction& tx, const Fichier& f)
{
    tx.exec(
        "INSERT INTO echange_fichier (id, territoire, depose_par, depose_le, fichier_le, empreinte, contenu, "
        "nouvelles, changees, inchangees, refusees, renouvelees, doublons) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7, "
        "$8, $9, $10, $11, $12, $13)",
        f.id, f.territoire, f.depose_par, f.depose_le, f.fichier_le, f.empreinte, f.contenu, f.nouvelles,
        f.changees, f.inchangees, f.refusees, f.renouvelees, f.doublons);
}

std::optional<Fichier> find_fichier(db::Transaction& tx, const std::string& id, const std::string& compte)
{
    return tx.find<Fichier>(std::string{colonnes_fichier} +
                                "contenu FROM echange_fichier WHERE id = $1 AND depose_par = $2",
                            id, compte);
}

std::vector<Fichier> fichiers_de(db::Transaction& tx, const std::string& compte)
{
    return tx.query<Fichier>(
        std::string{colonnes_fichier} +
            "'' FROM echange_fichier WHERE depose_par = $1 ORDER BY depose_le DESC, id LIMIT 20",
        compte);
}

bool noter_application(db::Transaction& tx, const Fichier& f, Instant le)
{
    return tx.exec(
               "UPDATE echange_fichier SET applique_le = $2, contenu = '', nouvelles = $3, changees = $4, "
               "inchangees = $5, renouvelees = $6, doublons = $7 WHERE id = $1 AND applique_le IS NULL",
               f.id, le, f.nouvelles, f.changees, f.inchangees, f.renouvelees, f.doublons) == 1;
}

std::int64_t oublier_fichiers(db::Transaction& tx, Instant avant)
{
    return tx.exec("UPDATE echange_fichier SET contenu = '' WHERE contenu <> '' AND depose_le < $1", avant);
}

} // namespace demande::echange::store
