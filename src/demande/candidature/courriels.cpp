// Writes the messages about a candidature.
#include "demande/candidature/courriels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "demande/candidature/paroles.hpp"

namespace demande::candidature::courriels {

namespace {
namespace lettres_de_candidature {

constexpr std::string_view decision = "Décision de la commission d’attribution";
constexpr std::string_view offre = "Un logement social vous est proposé\u00a0: répondez";
constexpr std::pair<Action, std::string_view> objets[] = {
    {Action::Designer, "Votre demande de logement social est proposée pour un logement"},
    {Action::DemanderPieces, "Des pièces vous sont demandées pour un logement"},
    {Action::ProposerVisite, "Une visite de logement vous est proposée"},
    {Action::Inscrire, "Votre dossier passe en commission d’attribution"},
    {Action::Attribuer, offre},
    {Action::Proposer, offre},
    {Action::Classer, decision},
    {Action::Conditionner, decision},
    {Action::NePasAttribuer, decision},
    {Action::DeclarerIrrecevable, decision},
    {Action::Notifier, "Vous avez plus de temps pour répondre à une proposition de logement"},
    {Action::ConstaterSilence, "La proposition de logement a pris fin"},
    {Action::ConstaterCondition, "La pièce attendue n’est pas venue à temps"},
    {Action::Clore, "Un logement n’est plus proposé"},
    {Action::SignerBail, "Votre bail est signé, votre demande de logement prend fin"},
};

} // namespace lettres_de_candidature
} // namespace

std::optional<courrier::Courriel> apres(const demande::courriels::Sujet& s, Action a, const Candidature& c,
                                        const Logement& l, std::string_view commune)
{
    using lettres_de_candidature::objets;
    const auto objet = std::ranges::find(objets, a, &std::pair<Action, std::string_view>::first);
    if (objet == std::end(objets)) return std::nullopt;
    courrier::Courriel m{
        .gabarit = "candidature",
        .destinataire = s.email,
        .objet = std::string{objet->second},
        .blocs = {courrier::Paragraphe{"Bonjour " + s.nom + ","},
                  courrier::Paragraphe{fmt::format("Demande de logement social {}. Logement\u00a0: {}, {}. "
                                                   "Bailleur\u00a0: {}.",
                                                   s.numero, en_bref(l, commune), cout(l), l.bailleur_nom)}},
        .territoire = s.territoire,
        .objet_type = "demande",
        .objet_id = s.id,
        .raison =
            "Vous recevez ce message parce que vous avez une demande de logement social et que vous avez "
            "accepté d’être informé par courriel."};
    const auto dire = [&](std::string texte) { m.blocs.push_back(courrier::Paragraphe{std::move(texte)}); };
    if (a == Action::SignerBail) {
        dire("Le bail est signé\u00a0: votre demande a abouti, elle est radiée pour ce motif.");
    } else if (a == Action::Inscrire) {
        dire("La commission examine plusieurs demandes pour un même logement. Vous recevrez sa décision.");
    } else if (c.etat == Etat::Attribuee) {
        dire(fmt::format("Adresse du logement\u00a0: {}, {}.", l.adresse, commune));
        dire(ou_en_est(c, l.bailleur_nom));
        dire(fmt::format(
            "Dites oui ou non dans votre compte, à la page «\u00a0Logements proposés\u00a0», ou à {}. Un "
            "refus ne supprime pas votre demande.",
            l.bailleur_nom));
    } else {
        dire(ou_en_est(c, l.bailleur_nom));
    }
    return m;
}

courrier::Courriel reponse_notee(const std::string& demande, const std::string& boite, const Changement& x,
                                 const Logement& l, std::string_view commune, const std::string& notee_par)
{
    const bool oui = x.action() == Action::Accepter, offerte = est_une_attribution(x.de());
    const auto* const objet = oui       ? "Votre oui pour un logement est enregistré"
                              : offerte ? "Votre refus d’un logement est enregistré"
                                        : "Votre demande ne concourt plus pour un logement";
    const auto reponse = oui ? std::string{"vous acceptez ce logement"}
                         : offerte
                             ? "vous refusez ce logement. Raison\u00a0: " + motif_en_mots(x.apres().motif)
                             : std::string{"vous vous retirez avant toute proposition"};
    return {
        .gabarit = "reponse_notee",
        .destinataire = boite,
        .objet = objet,
        .blocs = {courrier::Paragraphe{"Bonjour,"},
                  courrier::Paragraphe{
                      (notee_par.empty()
                           ? "Une réponse vient d’être donnée en ligne, depuis un compte qui "
                             "suit votre demande de logement social."
                           : "Votre réponse pour un logement vient d’être notée par " + notee_par + ".") +
                      fmt::format(" Logement\u00a0: {}. Réponse\u00a0: {}.", en_bref(l, commune), reponse)},
                  courrier::Paragraphe{oui ? l.bailleur_nom + " prépare le bail et vous écrira."
                                           : std::string{"Votre demande reste active, avec son ancienneté."}},
                  courrier::Paragraphe{"Si ce n’est pas votre réponse, dites-le vite à " + l.bailleur_nom +
                                       " ou à un guichet."}},
        .territoire = l.territoire,
        .objet_type = "demande",
        .objet_id = demande,
        .raison = "Vous recevez ce message parce que cette adresse est celle d’une demande de logement "
                  "social, ou d’un compte qui en suit une."};
}

courrier::Courriel reponse(const std::string& boite, const Logement& l, bool acceptee, const std::string& url)
{
    return {
        .gabarit = "reponse_candidature",
        .destinataire = boite,
        .objet =
            acceptee ? "Une proposition de logement est acceptée" : "Une proposition de logement est refusée",
        .blocs = {courrier::Paragraphe{"Bonjour,"},
                  courrier::Paragraphe{"Le logement " + l.reference + " vient d’être " +
                                       (acceptee ? "accepté. Il reste à signer le bail."
                                                 : "refusé. S’il y a un rang suivant, il lui est proposé.")},
                  courrier::Bouton{"Ouvrir la candidature", url}},
        .territoire = l.territoire,
        .objet_type = "logement",
        .objet_id = l.id,
        .raison = "Vous recevez ce message parce que cette adresse est celle de votre service."};
}

} // namespace demande::candidature::courriels
