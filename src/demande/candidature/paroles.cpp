// The sentences of a candidature.
#include "demande/candidature/paroles.hpp"

#include <fmt/format.h>

#include "demande/radiation.hpp"

namespace demande::candidature {

namespace {
namespace histoire {

constexpr std::pair<Action, std::string_view> precisions[] = {
    {Action::Completer, "dossier complet"},
    {Action::Attribuer, "attribution"},
    {Action::Classer, "attribution selon le rang"},
    {Action::Conditionner, "attribution sous condition"},
    {Action::NePasAttribuer, "non-attribution"},
    {Action::DeclarerIrrecevable, "irrecevabilité"},
    {Action::LeverCondition, "la pièce attendue est venue"},
    {Action::Proposer, "logement proposé"},
    {Action::Notifier, "proposition remise"},
    {Action::Accepter, "logement accepté"},
    {Action::Refuser, "retrait avant toute proposition"},
    {Action::ConstaterSilence, "pas de réponse à temps"},
    {Action::ConstaterCondition, "la pièce attendue n’est pas venue"},
    {Action::Clore, "candidature close"},
};

} // namespace histoire
} // namespace

std::string_view dans_l_histoire(Action a)
{
    for (const auto& [action, mots] : histoire::precisions)
        if (action == a) return mots;
    return {};
}

std::string en_bref(const Logement& l, std::string_view commune)
{
    return fmt::format("{} de {}\u00a0m² à {}", typologie(l.pieces), l.surface, commune);
}

std::string cout(const Logement& l)
{
    return l.charges > 0
               ? fmt::format("{} de loyer et {} de charges par mois", en_euros(l.loyer), en_euros(l.charges))
               : fmt::format("{} de loyer par mois", en_euros(l.loyer));
}

std::string motif_en_mots(std::string_view slug)
{
    if (const auto m = base::from_slug(motifs_non_attribution, slug))
        return std::string{base::label_of(motifs_non_attribution, *m)};
    if (const auto m = base::from_slug(motifs_irrecevabilite, slug))
        return std::string{base::label_of(motifs_irrecevabilite, *m)};
    if (const auto m = base::from_slug(motifs_refus, slug))
        return std::string{base::label_of(motifs_refus, *m)};
    return std::string{slug};
}

std::string phrase(Action a, std::string_view organisme, int rang, std::optional<Date> jour,
                   std::string_view texte)
{
    const auto le = jour ? base::in_words(*jour) : std::string{};
    switch (a) {
    case Action::Designer:
        return fmt::format("{} a proposé votre demande pour ce logement.", organisme);
    case Action::DemanderPieces:
        return fmt::format("{} vous demande\u00a0: {}", organisme, texte);
    case Action::Completer:
        return "Votre dossier est complet pour ce logement.";
    case Action::ProposerVisite:
        return fmt::format("Une visite du logement est prévue le {}.", le);
    case Action::Inscrire:
        return "Votre demande est inscrite à une commission d’attribution.";
    case Action::Attribuer:
        return "La commission vous attribue ce logement.";
    case Action::Classer:
        return fmt::format("La commission vous attribue ce logement au rang {}.", rang);
    case Action::Conditionner:
        return fmt::format("La commission vous attribue ce logement au rang {}, si vous apportez avant le {} "
                           "inclus\u00a0: {}",
                           rang, le, texte);
    case Action::NePasAttribuer:
        return fmt::format("La commission ne vous attribue pas ce logement. Motif\u00a0: {}.",
                           motif_en_mots(texte));
    case Action::DeclarerIrrecevable:
        return fmt::format("La commission dit que votre demande ne remplit pas les conditions d’accès. "
                           "Motif\u00a0: {}.",
                           motif_en_mots(texte));
    case Action::LeverCondition:
        return "La pièce attendue est arrivée à temps.";
    case Action::Proposer:
        return "C’est votre tour\u00a0: ce logement vous est proposé.";
    case Action::Notifier:
        return fmt::format("Vous avez reçu la proposition. Vous pouvez répondre jusqu’au {} inclus.", le);
    case Action::Accepter:
        return "Vous avez accepté ce logement.";
    case Action::Refuser:
        return fmt::format("Vous avez refusé ce logement. Raison\u00a0: {}.", motif_en_mots(texte));
    case Action::ConstaterSilence:
        return "Votre réponse n’est pas venue à temps\u00a0: la loi la compte comme un refus.";
    case Action::ConstaterCondition:
        return "La pièce attendue n’est pas venue à temps.";
    case Action::SignerBail:
        return "Le bail est signé. Bienvenue chez vous.";
    case Action::Clore:
        return "Cette proposition est close.";
    }
    throw base::Bug{"an action without a sentence"};
}

std::string ou_en_est(const Candidature& c, std::string_view bailleur)
{
    switch (c.etat) {
    case Etat::Designee:
        return fmt::format(
            "Votre demande est proposée pour ce logement. {} prépare votre dossier. Vous n’avez "
            "rien à faire pour le moment.",
            bailleur);
    case Etat::PiecesDemandees:
        return fmt::format("Apportez ces pièces à {}\u00a0: {}", bailleur, c.attendu);
    case Etat::Complete:
        return "Votre dossier est complet. La commission d’attribution va l’examiner.";
    case Etat::VisiteProposee:
        return fmt::format("Une visite est prévue le {}.",
                           c.visite_le ? base::in_words(*c.visite_le) : std::string{"jour convenu"});
    case Etat::Inscrite:
        return "La commission d’attribution va examiner votre dossier avec d’autres.";
    case Etat::Classee:
        return fmt::format(
            "Vous êtes au rang {}. Le logement vous sera proposé si les personnes classées avant "
            "vous ne le prennent pas. Votre demande reste active.",
            c.rang);
    case Etat::SousCondition:
        return fmt::format(
            "Le logement est pour vous si vous apportez avant le {} inclus\u00a0: {}",
            c.condition_jusqu_au ? base::in_words(*c.condition_jusqu_au) : std::string{"délai"}, c.attendu);
    case Etat::Attribuee:
        return c.repondre_avant
                   ? fmt::format(
                         "Ce logement vous est proposé. Répondez jusqu’au {} inclus\u00a0: sans réponse, "
                         "la loi compte un refus.",
                         base::in_words(*c.repondre_avant))
                   : fmt::format("Ce logement vous est proposé. {} vous l’écrit, et vous aurez au moins dix "
                                 "jours pour répondre.",
                                 bailleur);
    case Etat::Acceptee:
        return fmt::format("Vous avez accepté. {} prépare le bail.", bailleur);
    case Etat::BailSigne:
        return "Le bail est signé.";
    case Etat::NonAttribuee:
        return fmt::format("Ce logement ne vous est pas attribué. {}. Votre demande reste active.",
                           motif_en_mots(c.motif));
    case Etat::Irrecevable:
        return fmt::format(
            "La commission a jugé la demande irrecevable\u00a0: {}. Votre demande peut être radiée "
            "un mois après que vous en avez été averti. Si c’est une erreur, dites-le à un guichet.",
            motif_en_mots(c.motif));
    case Etat::Refusee:
        return "Vous avez refusé ce logement. Votre demande reste active.";
    case Etat::SansReponse:
        return "Votre réponse n’est pas venue à temps. Votre demande reste active.";
    case Etat::Caduque:
        return "Ce logement n’est plus proposé. Votre demande reste active.";
    }
    throw base::Bug{"a state without a sentence"};
}

} // namespace demande::candidature
