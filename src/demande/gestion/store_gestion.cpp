// SQL of the decisions about territories.
#include "demande/gestion/store_gestion.hpp"

#include <map>

#include "base/id.hpp"
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

std::vector<Territoire> tous(db::Transaction& tx, Date jour)
{
    std::map<std::string, Decision, std::less<>> derniere;
    tx.each<decisions_lues::Ligne>(
        "SELECT territoire, depuis, site FROM gestion_territoire WHERE depuis <= $1 ORDER BY "
        "territoire, depuis, id",
        [&](const decisions_lues::Ligne& l) {
            derniere.insert_or_assign(l.territoire, Decision{l.territoire, l.depuis, l.site});
        },
        jour);
    std::vector<Territoire> out;
    for (const auto& code : territoires()) {
        const auto d = derniere.find(code);
        out.push_back({code, gestion::orienter(
                                 code, jour, d == derniere.end() ? std::nullopt : std::optional{d->second})});
    }
    return out;
}

} // namespace demande::gestion::store
