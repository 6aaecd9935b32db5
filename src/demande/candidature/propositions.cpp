// Loads what an applicant reads of their candidatures.
#include "demande/candidature/propositions.hpp"

#include <algorithm>

#include "demande/candidature/paroles.hpp"
#include "demande/candidature/store.hpp"
#include "demande/chargement.hpp"

namespace demande::candidature {

namespace {
namespace ou_elle_en_est {

Evenement stade(Etat e)
{
    if (e == Etat::Acceptee || e == Etat::BailSigne) return Evenement::Bail;
    if (e == Etat::Inscrite || e == Etat::Classee || e == Etat::SousCondition || e == Etat::Attribuee)
        return Evenement::PassageCaleol;
    return Evenement::Designation;
}

} // namespace ou_elle_en_est
} // namespace

std::vector<Suivi> suivis(db::Transaction& tx, const std::string& demande)
{
    std::vector<Suivi> out;
    for (const auto& d : store::du_demandeur(tx, demande)) {
        const auto& [c, l] = d;
        const bool montre = est_une_attribution(c.etat) || c.etat == Etat::VisiteProposee;
        Suivi s{.candidature = c.id,
                .logement = en_bref(l, noms_des_communes(tx, {l.insee}).front()),
                .cout = cout(l),
                .bailleur = l.bailleur_nom,
                .adresse = montre ? l.adresse : std::string{},
                .etat = ou_en_est(c, l.bailleur_nom),
                .ouverte = est_ouverte(c.etat),
                .stade = ou_elle_en_est::stade(c.etat),
                .a_repondre = c.etat == Etat::Attribuee,
                .repondre_avant = c.repondre_avant};
        for (const auto& f : store::faits(tx, c.id))
            s.histoire.push_back({f.le, phrase(f.action, f.organisme, f.rang, f.jour, f.texte)});
        out.push_back(std::move(s));
    }
    std::stable_partition(out.begin(), out.end(), [](const Suivi& x) { return x.ouverte; });
    return out;
}

} // namespace demande::candidature
