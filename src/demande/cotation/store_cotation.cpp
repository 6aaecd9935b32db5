// SQL of grids and scores.
#include "demande/cotation/store_cotation.hpp"

#include <algorithm>
#include <set>

#include "base/id.hpp"
#include "demande/jalons.hpp"
#include "demande/store_reconnaissance.hpp"
#include "demande/territoires.hpp"

namespace demande::cotation::store {

namespace {
namespace du_compte {

/// The next code that a wish of the EPCI may hold: its communes, and their parts, which have no EPCI of their
/// own (an arrondissement of Paris, Lyon or Marseille, a commune that was merged).
std::optional<std::string> commune_suivante(db::Transaction& tx, const std::string& epci,
                                            const std::string& apres)
{
    return tx.find<std::string>(
        "SELECT insee FROM (SELECT insee FROM commune WHERE epci = $1 UNION SELECT c.insee FROM commune p "
        "JOIN commune c ON c.rattachee_a = p.insee WHERE p.epci = $1) AS codes WHERE insee > $2 ORDER BY "
        "insee LIMIT 1",
        epci, apres);
}

std::set<std::string> territoires(db::Transaction& tx, std::string_view epci)
{
    std::set<std::string> out;
    for (const auto& d :
         tx.query<std::string>("SELECT DISTINCT departement FROM commune WHERE epci = $1", epci))
        if (auto t = territoire_du_departement(d)) out.insert(*std::move(t));
    return out;
}

/// The latest day it is anywhere in France.
Date dernier_jour(Instant le)
{
    return base::local_date(le.plus_seconds(14L * 3600), "UTC");
}

} // namespace du_compte
} // namespace

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
    for (const auto& r : demande::store::reconnaissances(tx, demande)) {
        (r.nature == NatureReconnue::Dalo ? d.dalo : d.priorite) |= en_vigueur(r, jour);
        if (const auto change = change_le(r, jour);
            change && (!d.reconnue_jusqu_a || *change < *d.reconnue_jusqu_a))
            d.reconnue_jusqu_a = change;
    }
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

std::optional<std::int64_t> attente_moyenne(db::Transaction& tx, std::string_view epci,
                                            chiffres::Typologie typologie, int annee)
{
    struct Somme {
        std::int64_t nombre, jours;
    };
    Somme s{0, 0};
    // An EPCI may lie in two départements.
    for (const auto& t : du_compte::territoires(tx, epci)) {
        const auto ici = tx.one<Somme>(
            "SELECT CAST(COALESCE(SUM(a.nombre), 0) AS BIGINT), CAST(COALESCE(SUM(a.jours), 0) AS BIGINT) "
            "FROM commune c JOIN chiffres_attribution a ON a.territoire = $1 AND a.insee = c.insee AND "
            "a.annee = $2 AND a.typologie = $3 WHERE c.epci = $4",
            t, annee, base::slug_of(chiffres::typologies, typologie), epci);
        s.nombre += ici.nombre;
        s.jours += ici.jours;
    }
    if (s.nombre < chiffres::seuil_du_secret) return std::nullopt;
    return s.jours / s.nombre;
}

bool change_la_cotation(Evenement e)
{
    using enum Evenement;
    constexpr Evenement concernes[] = {Depot,
                                       Validation,
                                       Reprise,
                                       ModificationDemandeur,
                                       ModificationAgent,
                                       PieceValidee,
                                       PieceRefusee,
                                       Radiation,
                                       Reactivation,
                                       Dalo,
                                       Refus,
                                       PrioriteReconnue,
                                       PrioriteFinie,
                                       Fusion,
                                       Scission,
                                       Purge};
    return std::ranges::find(concernes, e) != std::end(concernes);
}

void a_calculer(db::Transaction& tx, std::string_view demande, std::string_view territoire, Instant le)
{
    tx.post("INSERT INTO cotation_a_calculer (demande, territoire, depuis) VALUES ($1, $2, $3) ON CONFLICT "
            "(demande) DO UPDATE SET tour = cotation_a_calculer.tour + 1",
            demande, territoire, le);
}

std::vector<ACalculer> file(db::Transaction& tx, Instant jusqu_a, std::int64_t combien)
{
    return tx.query<ACalculer>("SELECT demande, tour FROM cotation_a_calculer WHERE depuis <= $1 ORDER BY "
                               "depuis, demande LIMIT $2",
                               jusqu_a, combien);
}

void calculee(db::Transaction& tx, const ACalculer& a)
{
    tx.exec("DELETE FROM cotation_a_calculer WHERE demande = $1 AND tour = $2", a.demande, a.tour);
}

void remettre(db::Transaction& tx, const ACalculer& a, Instant a_partir_de)
{
    tx.exec("UPDATE cotation_a_calculer SET depuis = $2 WHERE demande = $1", a.demande, a_partir_de);
}

std::optional<Reveil> reveiller(db::Transaction& tx, const Reveil& r, Instant le, std::int64_t combien)
{
    struct Ligne {
        std::string demande, territoire, a_revoir_le;
    };
    // The day begins first in the east: those further west are passed over until theirs does.
    const auto lot = tx.query<Ligne>(
        "SELECT demande, territoire, a_revoir_le FROM cotation WHERE a_revoir_le <= $1 AND (a_revoir_le, "
        "demande) > ($2, $3) ORDER BY a_revoir_le, demande LIMIT $4",
        du_compte::dernier_jour(le), r.jour, r.demande, combien);
    for (const auto& l : lot) {
        const auto jour = jour_legal(le, l.territoire);
        if (l.a_revoir_le > base::to_iso(jour)) continue;
        a_calculer(tx, l.demande, l.territoire, le);
        // Not found again while it waits in the queue.
        tx.post("UPDATE cotation SET a_revoir_le = '9999-12-31' WHERE demande = $1 AND a_revoir_le <= $2",
                l.demande, jour);
    }
    if (static_cast<std::int64_t>(lot.size()) < combien) return std::nullopt;
    return Reveil{lot.back().a_revoir_le, lot.back().demande};
}

std::int64_t avancer_une_grille(db::Transaction& tx, Instant le, std::int64_t combien)
{
    struct EnCours {
        std::string id, territoire, epci, curseur;
        Date depuis;
    };
    struct Ligne {
        std::string demande, territoire;
    };
    // As many rows as grids that came lately.
    const auto grilles =
        tx.query<EnCours>("SELECT id, territoire, epci, curseur, depuis FROM grille_cotation WHERE curseur "
                          "IS NOT NULL AND depuis <= $1 ORDER BY depuis, id",
                          du_compte::dernier_jour(le));
    const auto g = std::ranges::find_if(
        grilles, [&](const EnCours& e) { return e.depuis <= jour_legal(le, e.territoire); });
    if (g == grilles.end()) return 0;
    const auto espace = g->curseur.find(' ');
    auto insee = g->curseur.substr(0, espace);
    auto apres = espace == std::string::npos ? std::string{} : g->curseur.substr(espace + 1);
    if (insee.empty()) insee = du_compte::commune_suivante(tx, g->epci, "").value_or("");
    std::int64_t lues = 1;
    std::optional<std::string> curseur;
    if (!insee.empty()) {
        const auto lot =
            tx.query<Ligne>("SELECT demande, territoire FROM demande_souhait WHERE insee = $1 AND demande > "
                            "$2 ORDER BY demande LIMIT $3",
                            insee, apres, combien);
        for (const auto& l : lot) a_calculer(tx, l.demande, l.territoire, le);
        lues += static_cast<std::int64_t>(lot.size());
        if (!lot.empty())
            curseur = insee + " " + lot.back().demande;
        else if (const auto suivante = du_compte::commune_suivante(tx, g->epci, insee))
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
