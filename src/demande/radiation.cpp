// The rules that end a demande and bring it back. Pure.
#include "demande/radiation.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace demande {

namespace {

const RegleRadiation& regle_du(MotifRadiation motif)
{
    for (const auto& r : regles_radiation)
        if (r.motif == motif) return r;
    throw base::Bug{"a reason of radiation without a rule"};
}

/// What the reason itself asks for, once its author and its warning are in order.
std::optional<Problem> refus_du_motif(const Situation& s, const RadiationProposee& p, Date jour)
{
    switch (p.motif) {
    case MotifRadiation::Attribution:
        if (p.justificatif.empty())
            return Problem::invalid("justificatif", "Indiquez l’attribution suivie d’un bail signé.");
        break;
    case MotifRadiation::Renonciation:
        if (p.justificatif.empty())
            return Problem::invalid("justificatif", "Ajoutez la renonciation écrite du demandeur.");
        break;
    case MotifRadiation::Fusion:
        if (p.justificatif.empty()) return Problem::invalid("justificatif", "Indiquez la demande conservée.");
        break;
    case MotifRadiation::Irrecevabilite:
        if (!p.irrecevabilite)
            return Problem::invalid("irrecevabilite", "Indiquez la condition d’accès qui n’est pas remplie.");
        break;
    case MotifRadiation::NonRenouvellement: {
        const auto premier = premiere_radiation_possible(s);
        if (!premier)
            return Problem::conflict(
                "Aucun préavis n’a été remis au demandeur\u00a0: la demande ne peut pas être "
                "radiée.");
        if (jour < *premier)
            return Problem::conflict("La demande peut encore être renouvelée jusqu’au " +
                                     base::in_words(base::plus_days(*premier, -1)) + ".");
        break;
    }
    case MotifRadiation::NonReponse:
        break;
    }
    return std::nullopt;
}

} // namespace

std::optional<Date> premiere_radiation_possible(const Situation& s)
{
    if (!s.preavis_remis_le) return std::nullopt;
    // CCH R. 441-2-7 wants a month between the notice and the end, the tolerance gives a second one. A notice
    // that went late moves the radiation as much: the applicant always has both months.
    const auto deux_mois_apres = base::plus_months(*s.preavis_remis_le, 2);
    return base::plus_days(std::max(s.jalons.fin_de_tolerance, deux_mois_apres), 1);
}

Result<Radiation> radier(const Situation& s, const RadiationProposee& p, Date jour)
{
    if (!transition(Action::Radier, s.etat))
        return Problem::conflict("Seule une demande en cours peut être radiée.");
    const auto& regle = regle_du(p.motif);
    if (p.par != regle.par && p.par != regle.ou_par)
        return Problem::forbidden("Ce motif de radiation ne peut pas être prononcé ici.");
    if (regle.avertissement_mois > 0) {
        if (!p.averti_le)
            return Problem::conflict("Aucun avertissement n’a été remis au demandeur pour ce motif\u00a0: "
                                     "écrivez-le, et notez sa remise, avant de radier.");
        // A deposit or a renewal answers whatever was asked before it.
        if (*p.averti_le < s.jalons.ancre)
            return Problem::conflict("Le demandeur s’est manifesté le " + base::in_words(s.jalons.ancre) +
                                     "\u00a0: seul un avertissement remis depuis compte.");
        if (s.ici_depuis && *p.averti_le < *s.ici_depuis)
            return Problem::conflict("Les demandes de ce territoire ne sont revenues ici que le " +
                                     base::in_words(*s.ici_depuis) +
                                     "\u00a0: seul un avertissement remis depuis compte.");
        if (p.justificatif.empty())
            return Problem::invalid("justificatif",
                                    "Indiquez la preuve de la remise, par exemple le numéro du recommandé.");
        if (p.a_repondu)
            return Problem::conflict(
                "Le demandeur a répondu à l’avertissement\u00a0: sa demande reste active.");
        const auto dernier = base::plus_months(*p.averti_le, regle.avertissement_mois);
        if (jour <= dernier)
            return Problem::conflict("Le demandeur peut répondre jusqu’au " + base::in_words(dernier) +
                                     " inclus.");
    }
    if (auto refus = refus_du_motif(s, p, jour)) return *std::move(refus);
    return Radiation{p, jour};
}

Result<Reprise> renouveler(const Situation& s, Date jour)
{
    if (!transition(Action::Renouveler, s.etat))
        return Problem::conflict(s.etat == Etat::Radiee
                                     ? "Cette demande est radiée\u00a0: elle ne se renouvelle plus."
                                     : "Cette demande n’est pas encore enregistrée.");
    return Reprise{Action::Renouveler, jour};
}

Situation apres(const Jalons& j, const Radiation& r)
{
    return {.etat = Etat::Radiee,
            .jalons = j,
            .preavis_remis_le = std::nullopt,
            .radiee_le = r.le(),
            .motif_radiation = r.motif()};
}

std::optional<Date> fin_de_reactivation(const Situation& s)
{
    if (s.etat != Etat::Radiee || !s.motif_radiation || !s.radiee_le) return std::nullopt;
    if (*s.motif_radiation == MotifRadiation::NonRenouvellement) {
        // Six months after the end of validity, hence five after a timely radiation. One that came late
        // leaves five months too, counted from the day before: the last one of the tolerance it really gave.
        return std::max(s.jalons.fin_de_reactivation,
                        base::plus_months(base::plus_days(*s.radiee_le, -1), 5));
    }
    const int mois = regle_du(*s.motif_radiation).reactivable_mois;
    return mois > 0 ? std::optional{base::plus_months(*s.radiee_le, mois)} : std::nullopt;
}

Result<Reprise> reactiver(const Situation& s, Date jour)
{
    if (!transition(Action::Reactiver, s.etat))
        return Problem::conflict("Seule une demande radiée peut être réactivée.");
    const auto dernier = fin_de_reactivation(s);
    if (!dernier)
        return Problem::conflict(
            "Ce motif de radiation est définitif\u00a0: il faut déposer une nouvelle demande.");
    if (jour > *dernier)
        return Problem::conflict("La demande pouvait être réactivée jusqu’au " + base::in_words(*dernier) +
                                 "\u00a0: il faut en déposer une nouvelle.");
    return Reprise{Action::Reactiver, jour};
}

Result<Reprise> revenir(const Situation& s, Auteur par, std::string_view raison, Date jour)
{
    if (!transition(Action::Revenir, s.etat))
        return Problem::conflict("Seule une demande radiée peut l’être à tort.");
    if (par != Auteur::Gestionnaire)
        return Problem::forbidden("Le gestionnaire du territoire revient sur une radiation.");
    if (s.motif_radiation == MotifRadiation::Fusion)
        return Problem::conflict(
            "Cette demande a été réunie avec une autre, qui continue : une réunion ne se défait pas.");
    if (base::length(raison) < raison_de_retrait_min)
        return Problem::invalid("raison",
                                "Dites en une phrase pourquoi cette radiation n’avait pas lieu d’être.");
    if (base::length(raison) > raison_de_retrait_max)
        return Problem::invalid("raison",
                                "Écrivez " + std::to_string(raison_de_retrait_max) + " caractères au plus.");
    return Reprise{Action::Revenir, jour <= s.jalons.fin_de_tolerance ? s.jalons.ancre : jour};
}

} // namespace demande
