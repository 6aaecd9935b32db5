// SQL of grids and scores.
#include "demande/cotation/store_cotation.hpp"

#include <algorithm>

#include "base/id.hpp"

namespace demande::cotation::store {

std::optional<GrilleGardee> grille(db::Transaction& tx, std::string_view epci, Date jour)
{
    return tx.find<GrilleGardee>(
        "SELECT id, territoire, epci, nom, version, depuis, contenu FROM grille_cotation "
        "WHERE epci = $1 AND depuis <= $2 ORDER BY depuis DESC, version DESC LIMIT 1",
        epci, jour);
}

int ajouter_grille(db::Transaction& tx, const GrilleGardee& g, Instant le)
{
    const auto version =
        tx.one<int>("SELECT COALESCE(MAX(version), 0) + 1 FROM grille_cotation WHERE epci = $1", g.epci);
    tx.exec("INSERT INTO grille_cotation (id, territoire, epci, version, nom, depuis, contenu, importee_le, "
            "curseur) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')",
            base::new_id(le), g.territoire, g.epci, version, g.nom, g.depuis, g.contenu, le);
    return version;
}

std::vector<std::string> epcis(db::Transaction& tx, const std::string& demande)
{
    std::vector<std::string> out;
    for (auto& e :
         tx.query<std::string>("SELECT COALESCE(c.epci, p.epci, '') FROM demande_souhait s LEFT JOIN commune "
                               "c ON c.insee = s.insee LEFT JOIN commune p ON p.insee = c.rattachee_a WHERE "
                               "s.demande = $1 ORDER BY s.rang",
                               demande))
        if (!e.empty() && std::ranges::find(out, e) == out.end()) out.push_back(std::move(e));
    return out;
}

Dossier dossier(db::Transaction& tx, const std::string& demande, Reponses reponses, Date deposee_le,
                Date jour)
{
    struct Piece {
        std::string type, personne, periode, etat;
        std::optional<Date> expire_le;
        int version;
    };
    Dossier d{.reponses = std::move(reponses), .deposee_le = deposee_le};
    for (auto& p :
         tx.query<Piece>("SELECT type, personne, periode, etat, expire_le, version FROM demande_piece WHERE "
                         "demande = $1 AND etat = 'validee' LIMIT 500",
                         demande))
        if (!p.expire_le || *p.expire_le >= jour)
            d.pieces.push_back({std::move(p.type), std::move(p.personne), std::move(p.periode),
                                EtatPiece::Validee, p.expire_le, p.version});
    d.refus = tx.one<int>(
        "SELECT COUNT(*) FROM journal WHERE objet_type = 'demande' AND objet_id = $1 AND evenement = "
        "'refus'",
        demande);
    d.dalo = tx.one<bool>(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM journal WHERE objet_type = 'demande' AND objet_id = $1 AND "
        "evenement = 'dalo') THEN 1 ELSE 0 END",
        demande);
    return d;
}

Position position(db::Transaction& tx, const std::string& demande, std::string_view epci,
                  chiffres::Typologie t, int points, Date deposee_le)
{
    const auto type = base::slug_of(chiffres::typologies, t);
    Position p;
    // The more points first, then the older deposit; each count ends with its bound.
    const auto plus =
        tx.one<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM cotation WHERE epci = $1 AND typologie "
                             "= $2 AND points > $3 AND demande <> $4 LIMIT $5) AS c",
                             epci, type, points, demande, compte_au_plus);
    const auto avant = tx.one<std::int64_t>(
        "SELECT COUNT(*) FROM (SELECT 1 FROM cotation WHERE epci = $1 AND typologie = $2 AND "
        "points = $3 AND (deposee_le < $4 OR (deposee_le = $4 AND demande < $5)) LIMIT $6) AS c",
        epci, type, points, deposee_le, demande, compte_au_plus);
    p.semblables =
        tx.one<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM cotation WHERE epci = $1 AND typologie = "
                             "$2 AND demande <> $3 LIMIT $4) AS c",
                             epci, type, demande, compte_au_plus);
    p.devant = std::min(plus + avant, compte_au_plus);
    p.au_moins = p.semblables == compte_au_plus;
    return p;
}

std::optional<std::int64_t> attente_moyenne(db::Transaction& tx, std::string_view epci, chiffres::Typologie t,
                                            int annee)
{
    struct Somme {
        std::int64_t nombre, jours;
    };
    const auto s = tx.one<Somme>(
        "SELECT CAST(COALESCE(SUM(a.nombre), 0) AS BIGINT), CAST(COALESCE(SUM(a.jours), 0) AS BIGINT) FROM "
        "commune c "
        "JOIN chiffres_attribution a ON a.insee = c.insee AND a.annee = $2 AND a.typologie = $3 AND "
        "a.territoire = "
        "CASE WHEN c.departement IN ('75', '77', '78', '91', '92', '93', '94', '95') THEN '111' WHEN "
        "length(c.departement) = 3 THEN c.departement ELSE '0' || c.departement END WHERE c.epci = $1",
        epci, annee, base::slug_of(chiffres::typologies, t));
    if (s.nombre < chiffres::seuil_du_secret) return std::nullopt;
    return s.jours / s.nombre;
}

bool change_la_cotation(Evenement e)
{
    using enum Evenement;
    constexpr Evenement concernes[] = {Depot,
                                       Validation,
                                       ModificationDemandeur,
                                       ModificationAgent,
                                       PieceValidee,
                                       PieceRefusee,
                                       Radiation,
                                       Reactivation,
                                       Dalo,
                                       Refus,
                                       PrioriteReconnue,
                                       Fusion,
                                       Scission,
                                       Purge};
    return std::ranges::find(concernes, e) != std::end(concernes);
}

void a_calculer(db::Transaction& tx, std::string_view demande, std::string_view territoire)
{
    tx.post("INSERT INTO cotation_a_calculer (demande, territoire) VALUES ($1, $2) ON CONFLICT (demande) DO "
            "UPDATE SET "
            "tour = cotation_a_calculer.tour + 1",
            demande, territoire);
}

std::vector<ACalculer> file(db::Transaction& tx, std::int64_t combien)
{
    return tx.query<ACalculer>("SELECT demande, tour FROM cotation_a_calculer ORDER BY demande LIMIT $1",
                               combien);
}

void calculee(db::Transaction& tx, const ACalculer& a)
{
    tx.exec("DELETE FROM cotation_a_calculer WHERE demande = $1 AND tour = $2", a.demande, a.tour);
}

std::int64_t reveiller(db::Transaction& tx, Date jour, std::int64_t combien)
{
    struct Ligne {
        std::string demande, territoire;
    };
    const auto lot =
        tx.query<Ligne>("SELECT demande, territoire FROM cotation WHERE a_revoir_le <= $1 ORDER BY "
                        "a_revoir_le, demande LIMIT $2",
                        jour, combien);
    for (const auto& l : lot) a_calculer(tx, l.demande, l.territoire);
    // Not found again while it waits in the queue.
    for (const auto& l : lot)
        tx.post("UPDATE cotation SET a_revoir_le = '9999-12-31' WHERE demande = $1 AND a_revoir_le <= $2",
                l.demande, jour);
    return static_cast<std::int64_t>(lot.size());
}

std::int64_t avancer_une_grille(db::Transaction& tx, Date jour, std::int64_t combien)
{
    struct EnCours {
        std::string id, epci, curseur;
    };
    struct Ligne {
        std::string demande, territoire;
    };
    const auto g =
        tx.find<EnCours>("SELECT id, epci, curseur FROM grille_cotation WHERE curseur IS NOT NULL AND depuis "
                         "<= $1 ORDER BY depuis, id LIMIT 1",
                         jour);
    if (!g) return 0;
    const auto espace = g->curseur.find(' ');
    auto insee = g->curseur.substr(0, espace);
    auto apres = espace == std::string::npos ? std::string{} : g->curseur.substr(espace + 1);
    if (insee.empty())
        insee = tx.find<std::string>(
                      "SELECT MIN(insee) FROM commune WHERE epci = $1 HAVING MIN(insee) IS NOT NULL", g->epci)
                    .value_or("");
    std::int64_t lues = 1;
    std::optional<std::string> curseur;
    if (!insee.empty()) {
        const auto lot =
            tx.query<Ligne>("SELECT demande, territoire FROM demande_souhait WHERE insee = $1 AND demande > "
                            "$2 ORDER BY demande LIMIT $3",
                            insee, apres, combien);
        for (const auto& l : lot) a_calculer(tx, l.demande, l.territoire);
        lues += static_cast<std::int64_t>(lot.size());
        if (!lot.empty())
            curseur = insee + " " + lot.back().demande;
        else if (const auto suivante = tx.find<std::string>(
                     "SELECT insee FROM commune WHERE epci = $1 AND insee > $2 ORDER BY insee LIMIT 1",
                     g->epci, insee))
            curseur = *suivante + " ";
    }
    tx.exec("UPDATE grille_cotation SET curseur = $1 WHERE id = $2", curseur, g->id);
    return lues;
}

std::optional<Cotable> cotable(db::Transaction& tx, const std::string& demande)
{
    struct Ligne {
        std::string id, territoire, etat;
        Date deposee_le;
        std::string contenu;
    };
    auto l = tx.find<Ligne>("SELECT id, territoire, etat, deposee_le, contenu FROM demande WHERE id = $1",
                            demande);
    if (!l) return std::nullopt;
    return Cotable{std::move(l->id), std::move(l->territoire), base::known(etats, l->etat), l->deposee_le,
                   Reponses::de_json(l->contenu)};
}

void ecrire(db::Transaction& tx, const Cotable& d, const std::vector<Rangee>& rangees, Instant le)
{
    tx.exec("DELETE FROM cotation WHERE demande = $1", d.id);
    for (const auto& r : rangees)
        tx.exec("INSERT INTO cotation (demande, epci, territoire, grille, typologie, points, prouves, "
                "deposee_le, "
                "a_revoir_le, calculee_le) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                d.id, r.epci, d.territoire, r.grille, base::slug_of(chiffres::typologies, r.typologie),
                r.score.points, r.score.prouves, d.deposee_le, r.score.a_revoir_le, le);
}

} // namespace demande::cotation::store
