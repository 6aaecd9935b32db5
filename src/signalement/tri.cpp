// The rules of triage: a signalement enters the procedure or is refused with a reason and where to go
// instead. Pure.
#include "base/text.hpp"
#include "signalement/regles.hpp"

namespace signalement {

Result<Changement> valider(const Dossier& d, const compte::Agent& par, Instant le)
{
    if (!a_le_droit(par, Action::Valider, d)) return Problem::forbidden();
    const auto* t = transition(d.statut, Action::Valider);
    if (!t) return Problem::conflict("Ce signalement a déjà été trié : rechargez la page.");
    Changement c;
    c.signalement_ = d.id;
    c.version_ = d.version;
    c.action_ = Action::Valider;
    c.vers_ = t->vers;
    c.le_ = le;
    return c;
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
    if (base::length(texte) < 20)
        return Problem::invalid(
            "texte", "Expliquez le refus et indiquez vers qui se tourner, en une phrase au moins.");
    if (base::length(texte) > longueur_max_suivi)
        return Problem::invalid("texte", "Ce texte est trop long : 10 000 caractères au plus.");
    Changement c;
    c.signalement_ = d.id;
    c.version_ = d.version;
    c.action_ = Action::Refuser;
    c.vers_ = t->vers;
    c.motif_ = std::move(motif);
    c.texte_ = std::move(texte);
    c.le_ = le;
    return c;
}

} // namespace signalement
