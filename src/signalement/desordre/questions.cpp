// What the form offers and what it asks below a ticked critère: pure, no HTML.
#include "signalement/desordre/catalogue.hpp"

#include <algorithm>

namespace signalement::desordre {

namespace {
namespace ask {

std::vector<Option> oui_non_nsp()
{
    std::vector<Option> options;
    for (const auto& r : reponses) options.push_back({r.slug, r.label});
    return options;
}

SousQuestion closed(std::string_view nom, std::string_view intitule, std::string_view aide = {})
{
    return {nom, intitule, aide, false, oui_non_nsp()};
}

bool has(std::optional<Presence> presence)
{
    return presence != Presence::Collective && presence != Presence::Absente;
}

/// The rooms this dwelling may have; what was not told is offered.
std::vector<Option> rooms(const LogementDecrit& logement)
{
    std::vector<Option> options;
    const auto add = [&](Piece piece) {
        options.push_back({base::slug_of(pieces, piece), base::label_of(pieces, piece)});
    };
    add(Piece::PieceAVivre);
    if (has(logement.cuisine)) add(Piece::Cuisine);
    if (has(logement.salle_de_bain) || has(logement.wc)) add(Piece::SalleDeBain);
    add(Piece::Tout);
    return options;
}

SousQuestion which_rooms(const LogementDecrit& logement)
{
    return {"pieces", "Dans quelles pièces ?",
            "Plusieurs réponses possibles. Ne cochez rien si vous ne savez pas.", true, rooms(logement)};
}

} // namespace ask
} // namespace

bool propose(const Critere& critere, const LogementDecrit& logement, Declarant declarant)
{
    if (critere.question == Question::Composition || critere.categorie == "service_secours") return false;
    // How the home is kept is for somebody else to say.
    if (critere.categorie == "desordres_logement_proprete") return declarant == Declarant::Tiers;
    if (critere.question == Question::Humidite) {
        if (logement.piece_unique == true) return critere.slug == "desordres_logement_humidite_tout";
        if (critere.slug == "desordres_logement_humidite_cuisine") return ask::has(logement.cuisine);
        if (critere.slug == "desordres_logement_humidite_salle_de_bain")
            return ask::has(logement.salle_de_bain) || ask::has(logement.wc);
    }
    // No window at all is already told by the description of the dwelling, and weighs more there.
    if (critere.slug == "desordres_logement_lumiere_pas_lumiere")
        return !(logement.sans_fenetre == Reponse::Oui &&
                 (logement.etage == Etage::SousSol || logement.etage == Etage::DernierEtage));
    return true;
}

std::vector<SousQuestion> sous_questions(const Critere& critere, const LogementDecrit& logement)
{
    std::vector<SousQuestion> questions;
    const auto ask_rooms = [&] {
        if (logement.piece_unique != true) questions.push_back(ask::which_rooms(logement));
    };
    switch (critere.question) {
    case Question::Aucune:
    case Question::DeduiteToit:
    case Question::DeduiteInfiltration:
    case Question::Composition:
        break;
    case Question::Pieces:
    case Question::Plafond:
        ask_rooms();
        break;
    case Question::PiecesEtNettoyage:
        ask_rooms();
        questions.push_back(
            ask::closed("nettoyage", "La bouche ou l’appareil de ventilation a-t-il été nettoyé ?"));
        break;
    case Question::PiecesEtDiagnosticPlomb:
        ask_rooms();
        questions.push_back(ask::closed("diagnostic", "Un diagnostic plomb ou amiante le confirme-t-il ?",
                                        "Il est joint au bail ou à l’acte de vente des immeubles anciens."));
        break;
    case Question::OuiNonNsp:
        questions.push_back(ask::closed(critere.nom_question, critere.intitule));
        break;
    case Question::ApparitionNuisibles:
        questions.push_back({"apparition",
                             "Depuis quand ?",
                             {},
                             false,
                             {{"before_movein", "Avant l’entrée dans le logement"},
                              {"after_movein", "Après l’entrée dans le logement"},
                              {"nsp", "Je ne sais pas"}}});
        break;
    case Question::Humidite:
        questions.push_back(ask::closed(
            "machine", "Y a-t-il un lave-linge, un sèche-linge ou un lave-vaisselle à cet endroit ?",
            "Ces machines rejettent de la vapeur d’eau : la pièce doit être bien aérée."));
        questions.push_back(ask::closed("moisissure_apres_nettoyage",
                                        "Après un nettoyage, la moisissure revient-elle ?",
                                        "Répondez « Je ne sais pas » si rien n’a été nettoyé."));
        questions.push_back(ask::closed("fuite", "Y a-t-il eu une fuite ou un dégât des eaux ?",
                                        "Si oui, pensez à le déclarer à l’assurance du logement."));
        break;
    case Question::Sol:
        questions.push_back({"etat",
                             "Dans quel état est le plancher ?",
                             {},
                             false,
                             {{"abime", "Il est abîmé et bouge par endroits"},
                              {"effondre", "Il menace de céder quand on marche dessus"}}});
        break;
    case Question::Escalier:
        questions.push_back(
            {"etat",
             "Peut-on encore s’en servir ?",
             {},
             false,
             {{"utilisable", "Oui, sans danger, même s’il bouge"}, {"dangereux", "Non, c’est dangereux"}}});
        break;
    }
    return questions;
}

ReponsesDesordres nettoyees(ReponsesDesordres reponses)
{
    std::vector<ReponseCritere> kept;
    for (auto& reponse : reponses.criteres) {
        const auto* critere = find_critere(reponse.critere);
        if (critere == nullptr || critere->question == Question::Composition) continue;
        if (std::ranges::find(kept, reponse.critere, &ReponseCritere::critere) != kept.end()) continue;
        ReponseCritere clean{reponse.critere, {}, {}};
        // Asked for a dwelling of which nothing is told, so that an answer survives a change of description.
        for (const auto& question : sous_questions(*critere, {})) {
            const auto given = reponse.choix.find(std::string{question.nom});
            if (given == reponse.choix.end()) continue;
            std::vector<std::string> chosen;
            for (const auto& option : question.options)
                if (std::ranges::find(given->second, option.slug) != given->second.end())
                    chosen.emplace_back(option.slug);
            if (!question.plusieurs && chosen.size() > 1) chosen.resize(1);
            if (!chosen.empty()) clean.choix.emplace(question.nom, std::move(chosen));
        }
        if (!critere->texte_libre.empty()) clean.texte_libre = std::move(reponse.texte_libre);
        kept.push_back(std::move(clean));
    }
    return {std::move(kept)};
}

} // namespace signalement::desordre
