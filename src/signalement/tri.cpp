// The rules of triage: a signalement enters the procedure or is refused with a reason and where to go
// instead. Pure.
#include "signalement/regles.hpp"

namespace signalement {

Result<Changement> valider(const Dossier& d, const compte::Agent& par, Instant le)
{
    if (!a_le_droit(par, Action::Valider, d)) return Problem::forbidden();
    const auto* t = transition(d.statut, Action::Valider);
    if (!t) return Problem::conflict("Ce signalement a déjà été trié : rechargez la page.");
    return Changement{d, *t, {}, {}, le};
}

Result<Changement> refuser(const Dossier& d, const compte::Agent& par, std::string motif, std::string texte,
                           Instant le)
{
    if (!a_le_droit(par, Action::Refuser, d)) return Problem::forbidden();
    const auto* t = transition(d.statut, Action::Refuser);
    if (!t)
        return Problem::conflict(
            "Seul un signalement à trier peut être refusé. S’il est en cours, clôturez-le.");
    if (!base::from_slug(motifs_refus, motif))
        return Problem::invalid("motif", "Choisissez la raison du refus.");
    if (auto refus = refus_du_texte(
            texte, 20, "Expliquez le refus et indiquez vers qui se tourner, en une phrase au moins."))
        return std::move(*refus);
    return Changement{d, *t, std::move(motif), std::move(texte), le};
}

} // namespace signalement
