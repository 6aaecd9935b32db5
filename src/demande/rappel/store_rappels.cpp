// SQL of the reminders that no anchor sets.
#include "demande/rappel/store_rappels.hpp"

#include "db/query.hpp"

namespace demande::rappel::store {

namespace {
namespace rappels_lus {

struct Ligne {
    std::string id, demande, type, personne, etat;
    bool remplacee = false;
    Date remise_le, expire_le;
};

} // namespace rappels_lus
} // namespace

std::vector<PieceARappeler> pieces_a_rappeler(db::Transaction& tx, Date jusqu_a, std::string_view jour_apres,
                                              std::string_view id_apres, const std::vector<std::string>& sauf)
{
    db::Query q;
    const auto fin = q.add(jusqu_a), jour = q.add(jour_apres), id = q.add(id_apres);
    const auto ailleurs = sauf.empty() ? std::string{} : " AND p.territoire NOT IN " + q.add_all(sauf);
    std::vector<PieceARappeler> out;
    for (auto& l : q.run<rappels_lus::Ligne>(
             tx,
             "SELECT p.id, p.demande, p.type, p.personne, p.etat, CASE WHEN EXISTS (SELECT 1 FROM "
             "demande_piece q WHERE q.demande = p.demande AND q.type = p.type AND q.personne = p.personne "
             "AND q.id <> p.id AND q.etat <> 'refusee' AND (q.expire_le > p.expire_le OR (q.periode = "
             "p.periode AND q.version > p.version))) THEN 1 ELSE 0 END, p.remise_le, p.expire_le FROM "
             "demande_piece p WHERE p.expire_le IS NOT NULL AND p.rappelee_le IS NULL AND p.expire_le <= " +
                 fin + " AND (p.expire_le, p.id) > (" + jour + ", " + id + ")" + ailleurs +
                 " ORDER BY p.expire_le, p.id LIMIT 50"))
        out.push_back({std::move(l.id),
                       std::move(l.demande),
                       {.type = std::move(l.type),
                        .personne = std::move(l.personne),
                        .etat = base::known(etats_piece, l.etat),
                        .remplacee = l.remplacee,
                        .remise_le = l.remise_le,
                        .expire_le = l.expire_le}});
    return out;
}

bool piece_rappelee(db::Transaction& tx, const std::string& id, Date jour)
{
    return tx.exec("UPDATE demande_piece SET rappelee_le = $2 WHERE id = $1 AND rappelee_le IS NULL", id,
                   jour) == 1;
}

std::map<std::string, Avancement> avancements(db::Transaction& tx, const Ouverte& o)
{
    struct Ligne {
        std::string territoire, apres;
        bool finie = false;
    };
    std::map<std::string, Avancement> out;
    for (auto& l : tx.query<Ligne>(
             "SELECT territoire, apres, CASE WHEN finie_le IS NULL THEN 0 ELSE 1 END FROM "
             "campagne_de_rappels WHERE campagne = $1 AND depuis = $2 ORDER BY territoire LIMIT 200",
             base::slug_of(campagnes, o.campagne), o.depuis))
        out[l.territoire] = {std::move(l.apres), l.finie};
    return out;
}

bool avancer(db::Transaction& tx, const Ouverte& o, const std::string& territoire, const Avancement& avant,
             const Avancement& apres, Date jour)
{
    const auto campagne = base::slug_of(campagnes, o.campagne);
    tx.exec(
        "INSERT INTO campagne_de_rappels (campagne, depuis, territoire) VALUES ($1, $2, $3) ON CONFLICT DO "
        "NOTHING",
        campagne, o.depuis, territoire);
    return tx.exec(
               "UPDATE campagne_de_rappels SET apres = $5, finie_le = $6 WHERE campagne = $1 AND depuis = "
               "$2 AND territoire = $3 AND apres = $4 AND finie_le IS NULL",
               campagne, o.depuis, territoire, avant.apres, apres.apres,
               apres.finie ? std::optional{jour} : std::nullopt) == 1;
}

std::vector<std::string> communes(db::Transaction& tx, const std::string& demande)
{
    return tx.query<std::string>("SELECT insee FROM demande_souhait WHERE demande = $1 ORDER BY rang LIMIT 8",
                                 demande);
}

bool avis_depose(db::Transaction& tx, const std::string& demande, int annee)
{
    return tx.one<bool>("SELECT EXISTS (SELECT 1 FROM demande_piece WHERE demande = $1 AND type IN "
                        "('avis_impot', 'avis_impot_recent') AND periode = $2 AND etat <> 'refusee')",
                        demande, std::to_string(annee));
}

} // namespace demande::rappel::store
