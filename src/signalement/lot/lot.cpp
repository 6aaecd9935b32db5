// See lot.hpp.
#include "signalement/lot/lot.hpp"

#include <algorithm>

namespace signalement::lot {

Action action_de(Geste geste)
{
    switch (geste) {
    case Geste::Confier:
        return Action::Affecter;
    case Geste::Cloturer:
        return Action::Cloturer;
    case Geste::Ecrire:
        return Action::Agir;
    }
    throw base::Bug{"an act on several reports without a right"};
}

bool peut_agir(const compte::Agent& agent)
{
    return std::ranges::any_of(gestes,
                               [&](const auto& g) { return peut_quelque_part(agent, action_de(g.value)); });
}

FormErrors relire(const Consigne& c)
{
    FormErrors out;
    if (c.geste == Geste::Confier && c.partenaires.empty())
        out.push_back({"partenaires", "Choisissez au moins un partenaire."});
    if (c.geste == Geste::Cloturer && !base::from_slug(motifs_cloture, c.motif))
        out.push_back({"motif", "Choisissez le motif de clôture."});
    if (c.geste != Geste::Confier)
        if (const auto refus =
                refus_du_texte(c.texte, 10, "Écrivez une phrase au moins : les partenaires la liront."))
            out.push_back({"texte", refus->message});
    return out;
}

bool est_annulable(const Lot& l, const compte::Agent& par, Instant le)
{
    return l.compte == par.id && le < l.annulable_jusqu_au &&
           std::ranges::any_of(l.lignes, [](const Ligne& x) { return x.issue == Issue::Fait; });
}

bool est_continuable(const Lot& l, const compte::Agent& par, Instant le)
{
    return l.compte == par.id && le < l.cree_le.plus_seconds(3600LL * heures_pour_continuer) &&
           std::ranges::any_of(l.lignes, [](const Ligne& x) { return x.issue == Issue::AFaire; });
}

std::optional<std::string> refus_d_annuler(const Lot& l, const Ligne& ligne, const Dossier& d,
                                           const compte::Agent& par, std::int64_t dernier_rang, Instant le)
{
    if (l.compte != par.id || !a_le_droit(par, action_de(l.consigne.geste), d))
        return "Vous n’avez pas ce droit sur ce signalement.";
    if (le >= l.annulable_jusqu_au) return "Il est trop tard : les courriels partent.";
    if (ligne.issue != Issue::Fait) return "Rien n’y avait été fait.";
    if (dernier_rang != ligne.rang) return "Une autre action l’a suivie : reprenez-le à la main.";
    return std::nullopt;
}

} // namespace signalement::lot
