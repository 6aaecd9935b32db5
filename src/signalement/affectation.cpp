// The rules of affectation: entrusting a signalement to partners, and what a partner answers. Pure.
#include <algorithm>

#include "signalement/regles.hpp"

namespace signalement {

namespace {

/// A reason that a partner may give. « Le dossier est clos » is the closure's own: a reopening undoes what
/// bears it.
bool motif_connu(Action action, std::string_view motif)
{
    if (action == Action::RefuserAffectation)
        return base::from_slug(motifs_refus_affectation, motif).has_value();
    const auto fin = base::from_slug(motifs_fin_affectation, motif);
    return fin && *fin != MotifFinAffectation::DossierClos;
}

} // namespace

bool bailleur_peut_lire(const Signalement& s)
{
    return s.declarant.profil == Profil::Bailleur ||
           s.demarches.bailleur_peut_etre_prevenu == desordre::Reponse::Oui;
}

bool partenaire_peut_lire(const partenaire::Partenaire& p, const Signalement& s)
{
    return p.type != partenaire::TypePartenaire::BailleurSocial || bailleur_peut_lire(s);
}

std::vector<Choix> choix_de(const std::vector<partenaire::Partenaire>& actifs, const Signalement& s)
{
    std::vector<Choix> out;
    for (const auto& p : actifs) out.push_back({p.id.text, p.nom, partenaire_peut_lire(p, s)});
    return out;
}

Result<NouvellesAffectations> affecter(const Dossier& d, const compte::Agent& par,
                                       std::vector<std::string> partenaires, const std::vector<Choix>& choix,
                                       Instant le)
{
    if (!a_le_droit(par, Action::Affecter, d)) return Problem::forbidden();
    if (!est_possible(Action::Affecter, d.statut))
        return Problem::conflict(
            "Ce signalement n’est plus en cours : rouvrez-le avant de le confier à un partenaire.");
    std::ranges::sort(partenaires);
    partenaires.erase(std::unique(partenaires.begin(), partenaires.end()), partenaires.end());
    if (partenaires.empty()) return Problem::invalid("partenaires", "Choisissez au moins un partenaire.");
    for (const auto& p : partenaires) {
        const auto choisi = std::ranges::find(choix, p, &Choix::partenaire);
        if (choisi == choix.end())
            return Problem::invalid("partenaires",
                                    "L’un des partenaires choisis n’existe pas sur ce territoire.");
        // The form promises that the landlord reads nothing without an agreement.
        if (!choisi->peut_lire)
            return Problem::invalid(
                "partenaires", choisi->nom +
                                   " lirait tout le signalement, avec les coordonnées de qui l’a fait, alors "
                                   "que personne n’a accepté que le propriétaire soit informé. Décochez-le.");
    }
    NouvellesAffectations n;
    n.le = le;
    for (auto& p : partenaires) {
        const auto a =
            std::ranges::find_if(d.affectations, [&](const Affectation& x) { return x.partenaire == p; });
        if (a == d.affectations.end())
            n.partenaires.push_back(std::move(p));
        else if (transition(a->statut, Action::Affecter))
            n.a_redemander.push_back(*a);
        // Otherwise it is already theirs: somebody else clicked first, which is what was wanted.
    }
    if (d.statut == Statut::ATrier) {
        const auto validation = valider(d, par, le);
        if (!validation) return validation.error();
        n.validation = *validation;
    }
    return n;
}

Result<ReponseAffectation> repondre(const Dossier& d, const compte::Agent& par, const std::string& id,
                                    Action action, std::string motif, std::string texte, Instant le)
{
    const auto* a = affectation_de(par, d, id);
    if (!a || !a_le_droit(par, action, d)) return Problem::forbidden();
    if (!est_possible(action, d.statut))
        return Problem::conflict(
            "Ce signalement n’est plus en cours : votre réponse ne peut plus être enregistrée.");
    const auto* t = transition(a->statut, action);
    if (!t) return Problem::conflict("Cette prise en charge a changé d’état entre-temps. Rechargez la page.");
    if (t->motif == Motif::Exige) {
        if (!motif_connu(action, motif)) return Problem::invalid("motif", "Choisissez une raison.");
        if (auto refus =
                refus_du_texte(texte, 10, "Expliquez en quelques mots : vos partenaires liront ce texte."))
            return std::move(*refus);
    } else {
        motif.clear();
        texte.clear();
    }
    return ReponseAffectation{a->id,         a->version,       action,           t->vers,
                              a->partenaire, std::move(motif), std::move(texte), le};
}

} // namespace signalement
