// The rules that close a signalement, with every open affectation, and that reopen it. Pure.
#include <algorithm>

#include "signalement/regles.hpp"

namespace signalement {

Result<Changement> cloturer(const Dossier& d, const compte::Agent& par, std::string motif, std::string texte,
                            Instant le)
{
    if (!a_le_droit(par, Action::Cloturer, d)) return Problem::forbidden();
    const auto* t = transition(d.statut, Action::Cloturer);
    if (!t)
        return Problem::conflict(
            "Seul un signalement en cours peut être clôturé, et celui-ci ne l’est plus : rechargez la page.");
    if (!base::from_slug(motifs_cloture, motif))
        return Problem::invalid("motif", "Choisissez le motif de clôture.");
    if (auto refus = refus_du_texte(
            texte, 10, "Expliquez la clôture en une phrase : le déposant et les partenaires la liront."))
        return std::move(*refus);
    Changement c{d, *t, std::move(motif), std::move(texte), le};
    std::ranges::copy_if(d.affectations, std::back_inserter(c.entrainees_),
                         [](const Affectation& a) { return est_ouverte(a.statut); });
    return c;
}

Result<Changement> rouvrir(const Dossier& d, const compte::Agent& par, std::string texte, Instant le)
{
    if (!a_le_droit(par, Action::Rouvrir, d)) return Problem::forbidden();
    const auto* t = transition(d.statut, Action::Rouvrir);
    if (!t) return Problem::conflict("Ce signalement n’est ni clos ni refusé : il n’y a rien à rouvrir.");
    if (auto refus =
            refus_du_texte(texte, 10, "Expliquez pourquoi vous rouvrez ce signalement, en une phrase."))
        return std::move(*refus);
    Changement c{d, *t, {}, std::move(texte), le};
    // Those that the closure had closed wait again; those that their partner had ended stay ended.
    std::ranges::copy_if(d.affectations, std::back_inserter(c.entrainees_), [](const Affectation& a) {
        return a.statut == StatutAffectation::Fermee &&
               a.motif == base::slug_of(motifs_fin_affectation, MotifFinAffectation::DossierClos);
    });
    return c;
}

} // namespace signalement
