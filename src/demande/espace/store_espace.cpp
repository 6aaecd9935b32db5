// SQL of what an applicant reads and does of their demande.
#include "demande/espace/store_espace.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "db/query.hpp"
#include "demande/espace/aide.hpp"
#include "demande/espace/codemandeur.hpp"

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

} // namespace lisibles
} // namespace

std::vector<demande::store::PieceDeposee> pieces_lisibles(db::Transaction& tx, const demande::store::Fiche& f,
                                                          const std::string& demandeur)
{
    auto out = demande::store::pieces(tx, f);
    const auto siennes = lisibles::les_siennes(tx, f, demandeur);
    std::erase_if(out, [&](const auto& p) {
        return !est_lisible(p.type, p.personne, std::ranges::find(siennes, p.id) != siennes.end());
    });
    return out;
}

std::string guichet_de(db::Transaction& tx, const std::string& demande)
{
    return tx.one<std::string>("SELECT guichet FROM demande WHERE id = $1", demande);
}

namespace {
namespace auteurs_lus {

/// The service that each of these accounts acts for in the territory, the first of its guichets by code.
std::map<std::string, std::string> services(db::Transaction& tx, const std::set<std::string>& comptes,
                                            std::string_view territoire)
{
    if (comptes.empty()) return {};
    struct Ligne {
        std::string compte, nom;
    };
    db::Query q;
    const auto ici = q.add(territoire);
    std::map<std::string, std::string> out;
    for (auto& l :
         q.run<Ligne>(tx, "SELECT h.compte, p.nom FROM habilitation h JOIN guichet g ON g.code = "
                          "h.guichet JOIN partenaire p ON p.id = g.partenaire WHERE g.territoire = " +
                              ici + " AND h.compte IN " +
                              q.add_all(std::vector<std::string>(comptes.begin(), comptes.end())) +
                              " ORDER BY g.code"))
        out.emplace(std::move(l.compte), std::move(l.nom));
    return out;
}

} // namespace auteurs_lus
} // namespace

std::vector<Ligne> histoire(db::Transaction& tx, const demande::store::Fiche& f, int rang, std::int64_t page,
                            std::int64_t par_page)
{
    auto entrees = journal::page(tx, "demande", f.id, page, par_page, evenements_montres(f.reponses, rang));
    const auto est_un_service = [](const journal::Entree& e) {
        return !e.acteur_id.empty() && !agit_pour_le_demandeur(e.acteur_nom);
    };
    const bool loin = est_tenu_a_distance(f.reponses, rang);
    std::set<std::string> comptes;
    for (const auto& e : entrees)
        if (est_un_service(e) && !loin) comptes.insert(e.acteur_id);
    const auto services = auteurs_lus::services(tx, comptes, f.territoire);
    const auto par = [&](const journal::Entree& e) -> std::string {
        if (est_un_service(e)) {
            const auto s = services.find(e.acteur_id);
            return loin ? "Un guichet" : s == services.end() ? "Un service habilité" : s->second;
        }
        return rang > 0 && agit_pour_le_demandeur(e.acteur_nom) ? "Le demandeur" : e.acteur_nom;
    };
    std::vector<Ligne> out;
    for (auto& e : entrees) {
        auto qui = par(e);
        out.push_back({std::move(e), std::move(qui)});
    }
    return out;
}

std::int64_t lignes_de_l_histoire(db::Transaction& tx, const demande::store::Fiche& f, int rang)
{
    return journal::count(tx, "demande", f.id, evenements_montres(f.reponses, rang));
}

std::vector<demande::store::Version> versions(db::Transaction& tx, const demande::store::Fiche& f,
                                              std::int64_t combien)
{
    auto out = demande::store::versions(tx, f.id, 0, combien);
    std::set<std::string> comptes;
    for (const auto& v : out)
        if (!v.auteur_compte.empty() && !agit_pour_le_demandeur(v.auteur)) comptes.insert(v.auteur_compte);
    const auto services = auteurs_lus::services(tx, comptes, f.territoire);
    for (auto& v : out) {
        if (!comptes.contains(v.auteur_compte)) continue;
        const auto s = services.find(v.auteur_compte);
        v.auteur = s == services.end() ? "Un service habilité" : s->second;
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
