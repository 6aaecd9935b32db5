// SQL of the decisions about territories.
#include "demande/gestion/store_gestion.hpp"

#include <map>

#include "base/id.hpp"
#include "demande/jalons.hpp"
#include "journal/journal.hpp"

namespace demande::gestion::store {

namespace {
namespace decisions_lues {

struct Ligne {
    std::string territoire;
    Date depuis;
    std::string site;
};

std::optional<Decision> en_vigueur(db::Transaction& tx, std::string_view territoire, Date jour)
{
    auto l =
        tx.find<Ligne>("SELECT territoire, depuis, site FROM gestion_territoire WHERE territoire = $1 AND "
                       "depuis <= $2 ORDER BY depuis DESC, id DESC LIMIT 1",
                       territoire, jour);
    return l ? std::optional{Decision{std::move(l->territoire), l->depuis, std::move(l->site)}}
             : std::nullopt;
}

/// One look at the table, for all of them; each on the day that `jour` gives.
template <class Jour> std::vector<Territoire> tous(db::Transaction& tx, Jour&& jour)
{
    std::map<std::string, std::vector<Decision>, std::less<>> prises;
    tx.each<Ligne>("SELECT territoire, depuis, site FROM gestion_territoire ORDER BY territoire, depuis, id",
                   [&](const Ligne& l) {
                       prises[l.territoire].push_back({l.territoire, l.depuis, l.site});
                   });
    std::vector<Territoire> out;
    for (const auto& code : territoires()) {
        const auto j = jour(code);
        std::optional<Decision> en_vigueur;
        if (const auto siennes = prises.find(code); siennes != prises.end())
            for (const auto& d : siennes->second)
                if (d.depuis <= j) en_vigueur = d;
        out.push_back({code, gestion::orienter(code, j, en_vigueur)});
    }
    return out;
}

} // namespace decisions_lues
} // namespace

std::vector<Prise> decisions(db::Transaction& tx, std::string_view territoire)
{
    struct Ligne {
        std::string territoire;
        Date depuis;
        std::string site;
        Instant le;
        std::string par;
    };
    std::vector<Prise> out;
    for (auto& l :
         tx.query<Ligne>("SELECT territoire, depuis, site, cree_le, auteur_nom FROM gestion_territoire "
                         "WHERE territoire = $1 ORDER BY depuis DESC, id DESC LIMIT 100",
                         territoire))
        out.push_back({{std::move(l.territoire), l.depuis, std::move(l.site)}, l.le, std::move(l.par)});
    return out;
}

bool prendre(db::Transaction& tx, const Decision& d, const compte::Agent& par, Instant le)
{
    if (const auto deja = decisions_lues::en_vigueur(tx, d.territoire, d.depuis);
        deja && deja->depuis == d.depuis && deja->site == d.site)
        return false;
    tx.exec("INSERT INTO gestion_territoire (id, territoire, depuis, site, auteur, auteur_nom, cree_le) "
            "VALUES ($1, "
            "$2, $3, $4, $5, $6, $7)",
            base::new_id(le), d.territoire, d.depuis, d.site, par.id, par.nom, le);
    const auto departements = departements_du_territoire(d.territoire);
    journal::append(tx, {.objet_type = "gestion_territoire",
                         .objet_id = d.territoire,
                         .evenement = d.site.empty() ? "ici" : "ailleurs",
                         .acteur_id = par.id,
                         .acteur_nom = par.nom,
                         .territoire = departements.size() == 1 ? departements.front() : std::string{},
                         .le = le,
                         .details = base::to_iso(d.depuis) + " " + d.site});
    return true;
}

Orientation orienter(db::Transaction& tx, std::string_view territoire, Date jour)
{
    return gestion::orienter(territoire, jour, decisions_lues::en_vigueur(tx, territoire, jour));
}

Orientation orienter(db::Transaction& tx, std::string_view territoire, Instant le)
{
    return orienter(tx, territoire, jour_legal(le, territoire));
}

std::optional<Date> ici_depuis(db::Transaction& tx, std::string_view territoire, Date jour)
{
    std::vector<Decision> prises;
    for (auto& l : tx.query<decisions_lues::Ligne>(
             "SELECT territoire, depuis, site FROM gestion_territoire WHERE territoire = $1 AND depuis <= $2 "
             "ORDER BY depuis, id",
             territoire, jour))
        prises.push_back({std::move(l.territoire), l.depuis, std::move(l.site)});
    return gestion::ici_depuis(territoire, jour, prises);
}

std::vector<Territoire> tous(db::Transaction& tx, Date jour)
{
    return decisions_lues::tous(tx, [jour](std::string_view) { return jour; });
}

std::vector<Territoire> tous(db::Transaction& tx, Instant le)
{
    return decisions_lues::tous(tx, [le](std::string_view code) { return jour_legal(le, code); });
}

std::vector<std::string> ailleurs(db::Transaction& tx, Instant le)
{
    std::vector<std::string> out;
    for (auto& t : tous(tx, le))
        if (!se_traitent_ici(t.orientation)) out.push_back(std::move(t.code));
    return out;
}

Concernees concernees(db::Transaction& tx, std::string_view territoire, Date depuis, bool revient)
{
    struct Demandes {
        std::int64_t en_cours = 0, preavis = 0;
    };
    // Of an active demande that was told nothing, the next step is its notice. By its guichets, whose index
    // finds the demandes of a territory.
    const auto d = tx.one<Demandes>(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN etat = 'active' AND etape = '' AND a_revoir_le >= $2 AND "
        "a_revoir_le < $3 THEN 1 ELSE 0 END), 0) FROM demande WHERE guichet IN (SELECT code FROM guichet "
        "WHERE "
        "territoire = $1) AND etat IN ('active', 'a_renouveler', 'en_tolerance')",
        territoire, revient ? std::string{"0"} : base::to_iso(depuis), base::plus_months(depuis, 1));
    struct EnLigne {
        std::int64_t a_verifier = 0, brouillons = 0;
    };
    const auto l = tx.one<EnLigne>(
        "SELECT COALESCE(SUM(CASE WHEN etat = 'deposee' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN etat "
        "= 'deposee' THEN 0 ELSE 1 END), 0) FROM demande_en_ligne WHERE territoire = $1",
        territoire);
    return {
        .demandes = d.en_cours,
        .brouillons = l.brouillons,
        .a_verifier = l.a_verifier,
        .preavis = d.preavis,
        .candidatures = tx.one<std::int64_t>(
            "SELECT COUNT(*) FROM candidature WHERE guichet IN (SELECT code FROM guichet WHERE territoire = "
            "$1) AND etat IN ('designee', 'pieces_demandees', 'complete', 'visite_proposee', 'inscrite', "
            "'classee', 'sous_condition', 'attribuee', 'acceptee')",
            territoire)};
}

} // namespace demande::gestion::store
