// SQL of what an applicant reads and does of their demande.
#include "demande/espace/store_espace.hpp"

#include <algorithm>
#include <map>

#include "demande/espace/aide.hpp"

namespace demande::espace::store {

namespace {
namespace lisibles {

/// Those that prove violence, and that this account gave.
std::vector<std::string> les_siennes(db::Transaction& tx, const demande::store::Fiche& f,
                                     const std::string& demandeur)
{
    return tx.query<std::string>("SELECT p.id FROM demande_piece p JOIN demandeur_demande x ON x.demande = "
                                 "p.demande WHERE p.demande = "
                                 "$1 AND x.demandeur = $2 AND x.role = 'titulaire' AND p.type = 'violences' "
                                 "AND p.cree_par IS NULL AND "
                                 "p.cree_le >= x.depuis ORDER BY p.id LIMIT 500",
                                 f.id, demandeur);
}

bool lisible(const demande::store::PieceDeposee& p, const std::vector<std::string>& siennes)
{
    if (p.personne.find('@') != std::string::npos) return false;
    return p.type != "violences" || std::ranges::find(siennes, p.id) != siennes.end();
}

} // namespace lisibles
} // namespace

std::vector<demande::store::PieceDeposee> pieces_lisibles(db::Transaction& tx, const demande::store::Fiche& f,
                                                          const std::string& demandeur)
{
    auto out = demande::store::pieces(tx, f);
    const auto siennes = lisibles::les_siennes(tx, f, demandeur);
    std::erase_if(out, [&](const auto& p) { return !lisibles::lisible(p, siennes); });
    return out;
}

std::string guichet_de(db::Transaction& tx, const std::string& demande)
{
    return tx.one<std::string>("SELECT guichet FROM demande WHERE id = $1", demande);
}

std::vector<Ligne> histoire(db::Transaction& tx, const demande::store::Fiche& f, std::int64_t page,
                            std::int64_t par_page)
{
    std::map<std::string, std::string> services;
    const auto service = [&](const std::string& compte) -> const std::string& {
        if (const auto connu = services.find(compte); connu != services.end()) return connu->second;
        const auto nom =
            tx.find<std::string>("SELECT p.nom FROM habilitation h JOIN guichet g ON g.code = h.guichet JOIN "
                                 "partenaire p ON p.id = g.partenaire WHERE h.compte = $1 AND g.territoire = "
                                 "$2 ORDER BY g.code LIMIT 1",
                                 compte, f.territoire);
        return services.emplace(compte, nom.value_or("Un service habilité")).first->second;
    };
    std::vector<Ligne> out;
    for (auto& e : journal::page(tx, "demande", f.id, page, par_page)) {
        auto par =
            e.acteur_id.empty() || agit_pour_le_demandeur(e.acteur_nom) ? e.acteur_nom : service(e.acteur_id);
        out.push_back({std::move(e), std::move(par)});
    }
    return out;
}

std::vector<Raison> relues(db::Transaction& tx, const demande::store::Fiche& f)
{
    std::vector<Raison> out;
    for (const auto& partie : tx.query<std::string>(
             "SELECT partie FROM demande_relecture WHERE demande = $1 AND ancre = $2 ORDER BY partie", f.id,
             f.ancre))
        if (const auto r = base::from_slug(raisons, partie)) out.push_back(*r);
    return out;
}

void relire(db::Transaction& tx, const demande::store::Fiche& f, Raison partie, Instant le)
{
    tx.exec("INSERT INTO demande_relecture (demande, ancre, partie, territoire, relue_le) VALUES ($1, $2, "
            "$3, $4, $5) ON CONFLICT DO NOTHING",
            f.id, f.ancre, base::slug_of(raisons, partie), f.territoire, le);
}

void noter_en_ligne(db::Transaction& tx, const std::string& demande)
{
    tx.exec("UPDATE demande SET en_ligne = 1 WHERE id = $1", demande);
}

void renouvelee_en_ligne(db::Transaction& tx, const demande::store::Fiche& f)
{
    noter_en_ligne(tx, f.id);
    tx.exec("DELETE FROM demande_relecture WHERE demande = $1", f.id);
}

} // namespace demande::espace::store
