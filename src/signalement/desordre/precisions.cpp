// The rule that turns answers into précisions, and the description of a dwelling into the précisions that
// follow from it: pure. Every critère ticked gives at least one précision, whatever was left empty.
#include "signalement/desordre/catalogue.hpp"

#include <algorithm>
#include <array>

#include "base/expect.hpp"

namespace signalement::desordre {

namespace {
namespace answers {

/// The option chosen for a radio question; empty when none is.
std::string_view one(const ReponseCritere& reponse, std::string_view nom)
{
    const auto it = reponse.choix.find(std::string{nom});
    return it == reponse.choix.end() || it->second.empty() ? std::string_view{}
                                                           : std::string_view{it->second.front()};
}

/// oui, non or nsp: what is empty or unknown is « Je ne sais pas ».
std::string_view closed(const ReponseCritere& reponse, std::string_view nom)
{
    const auto slug = one(reponse, nom);
    return base::from_slug(reponses, slug) ? slug : base::slug_of(reponses, Reponse::Nsp);
}

struct Rooms {
    std::vector<Piece> list; // Tout alone, or some of the others
    bool presumed = false;
};

/// Which rooms: all when the dwelling is one room, when « tout » is chosen, or when every room is. Left
/// empty: a room to live in, since every dwelling has one.
Rooms rooms(const ReponseCritere& reponse, const LogementDecrit& logement)
{
    if (logement.piece_unique == true) return {{Piece::Tout}};
    constexpr std::array each{Piece::PieceAVivre, Piece::Cuisine, Piece::SalleDeBain};
    std::vector<Piece> chosen;
    const auto it = reponse.choix.find("pieces");
    const auto ticked = [&](Piece piece) {
        return it != reponse.choix.end() &&
               std::ranges::find(it->second, base::slug_of(pieces, piece)) != it->second.end();
    };
    if (ticked(Piece::Tout)) return {{Piece::Tout}};
    for (const auto piece : each)
        if (ticked(piece)) chosen.push_back(piece);
    if (chosen.size() == each.size()) return {{Piece::Tout}};
    if (chosen.empty()) return {{Piece::PieceAVivre}, true};
    return {std::move(chosen)};
}

std::string_view toit(const LogementDecrit& logement)
{
    if (logement.nature == Nature::Maison) return "_maison_individuelle";
    if (logement.etage != Etage::DernierEtage) return "_sous_toit_non";
    return logement.sans_fenetre == Reponse::Oui ? "_sous_combles" : "_dernier_etage";
}

std::string_view infiltration(const LogementDecrit& logement)
{
    if (logement.nature == Nature::Maison) return "_maison_individuelle";
    if (logement.etage == Etage::SousSol) return "_sous_sol";
    return logement.etage == Etage::Rdc ? "_rdc" : "_au_sol_non";
}

/// Nothing tells on which floor the dwelling is.
bool place_unknown(const LogementDecrit& logement)
{
    return logement.nature != Nature::Maison && !logement.etage;
}

void add(std::vector<PrecisionChoisie>& out, PrecisionChoisie precision)
{
    base::expect(find_precision(precision.slug) != nullptr, "the slug of a précision is in the catalogue");
    if (std::ranges::find(out, precision.slug, &PrecisionChoisie::slug) == out.end())
        out.push_back(std::move(precision));
}

void of_critere(std::vector<PrecisionChoisie>& out, const Critere& critere, const ReponseCritere& reponse,
                const LogementDecrit& logement)
{
    const std::string slug{critere.slug};
    const auto texte = critere.texte_libre.empty() ? std::string{} : reponse.texte_libre;
    const auto plain = [&](std::string_view suffix, bool presumed = false) {
        add(out, {slug + std::string{suffix}, texte, {}, presumed});
    };
    /// One précision for each room: `before` and `after` stand around the room's slug.
    const auto each_room = [&](std::string_view before, std::string_view after) {
        const auto where = rooms(reponse, logement);
        for (const auto piece : where.list) {
            std::string_view name = base::slug_of(pieces, piece);
            if (critere.question == Question::Plafond && piece == Piece::Tout) name = "toutes_pieces";
            std::string full = slug;
            full.append(before).append(name).append(after);
            add(out, {std::move(full), texte, {piece}, where.presumed});
        }
    };
    const auto closed_slug = [&](std::string_view nom) { return std::string{closed(reponse, nom)}; };

    switch (critere.question) {
    case Question::Aucune:
        add(out, {std::string{precisions_du_critere(critere.slug).front().slug}, texte, {}, false});
        break;
    case Question::Pieces:
        each_room("_pieces_", "");
        break;
    case Question::Plafond:
        each_room("_", "");
        break;
    case Question::PiecesEtNettoyage:
        each_room("_details_pieces_", "_nettoyage_" + closed_slug("nettoyage"));
        break;
    case Question::PiecesEtDiagnosticPlomb:
        each_room("_pieces_", "_diagnostique_" + closed_slug("diagnostic"));
        break;
    case Question::OuiNonNsp:
        plain("_details_" + std::string{critere.nom_question} + "_" + closed_slug(critere.nom_question));
        break;
    case Question::ApparitionNuisibles: {
        const auto since = one(reponse, "apparition");
        const bool known = since == "before_movein" || since == "after_movein";
        plain("_details_date_" + std::string{known ? since : std::string_view{"nsp"}});
        break;
    }
    case Question::Humidite: {
        plain("_details_machine_" + closed_slug("machine"));
        plain("_details_moisissure_apres_nettoyage_" + closed_slug("moisissure_apres_nettoyage"));
        // The catalogue has no row for a leak one does not know of: the two others already say that it is
        // damp.
        if (const auto fuite = closed_slug("fuite"); fuite != "nsp") plain("_details_fuite_" + fuite);
        break;
    }
    case Question::Sol: {
        const auto etat = one(reponse, "etat");
        if (etat == "effondre")
            plain("_details_plancher_effondre");
        else
            plain("_details_plancher_abime", etat != "abime");
        break;
    }
    case Question::Escalier: {
        const auto etat = one(reponse, "etat");
        if (etat == "dangereux")
            plain("_details_dangereux");
        else
            plain("_details_utilisable", etat != "utilisable");
        break;
    }
    case Question::DeduiteToit:
        plain(toit(logement), place_unknown(logement));
        break;
    case Question::DeduiteInfiltration:
        plain(infiltration(logement), place_unknown(logement));
        break;
    case Question::Composition:
        break;
    }
}

/// Surface in dm² below which a household that receives a housing benefit is overcrowded: 9 m² alone, 16 m²
/// for two, 9 m² more for each other person, 70 m² at most from eight on (CCH, art. D. 822-25).
int smallest_surface_dm2(int personnes)
{
    if (personnes <= 1) return 900;
    return std::min(1600 + 900 * (personnes - 2), 7000);
}

} // namespace answers
} // namespace

std::vector<PrecisionChoisie> precisions_de(const ReponsesDesordres& reponses, const LogementDecrit& logement)
{
    std::vector<PrecisionChoisie> out;
    for (const auto& reponse : reponses.criteres)
        if (const auto* critere = find_critere(reponse.critere))
            answers::of_critere(out, *critere, reponse, logement);
    return out;
}

std::vector<PrecisionChoisie> precisions_de_composition(const LogementDecrit& logement)
{
    std::vector<PrecisionChoisie> out;
    const std::string prefix = "desordres_type_composition_logement_";
    const auto found = [&](std::string_view suffix) { answers::add(out, {prefix + std::string{suffix}}); };
    const bool flat = logement.nature != Nature::Maison;

    if (logement.sans_fenetre == Reponse::Oui && flat) {
        if (logement.etage == Etage::DernierEtage) found("sous_combles");
        if (logement.etage == Etage::SousSol) found("sous_sol");
    }
    if (logement.piece_unique == true) {
        if (logement.superficie_dm2 && *logement.superficie_dm2 < 900) found("piece_unique_superficie");
    } else if (logement.piece_unique == false && logement.piece_de_9_m2 == Reponse::Non) {
        found("plusieurs_pieces_aucune_piece_9");
    }

    if (logement.cuisine == Presence::Collective) found("cuisine_collective_oui");
    if (logement.cuisine == Presence::Absente) found("cuisine_collective_non");
    if (logement.salle_de_bain == Presence::Collective) found("douche_collective_oui");
    if (logement.salle_de_bain == Presence::Absente) found("douche_collective_non");
    if (logement.wc == Presence::Collective) found("wc_collectif_oui");
    if (logement.wc == Presence::Absente) found("wc_collectif_non");
    // « In the kitchen » supposes both; an answer that was given before the description changed does not
    // count.
    if (logement.wc_dans_cuisine == Reponse::Oui && logement.wc == Presence::DansLeLogement &&
        logement.cuisine != Presence::Collective && logement.cuisine != Presence::Absente)
        found("wc_cuisine_ensemble");

    if (logement.personnes && *logement.personnes > 0) {
        const int personnes = *logement.personnes;
        if (logement.allocataire == Reponse::Oui) {
            if (logement.superficie_dm2 &&
                *logement.superficie_dm2 < answers::smallest_surface_dm2(personnes))
                found("suroccupation_allocataire");
        } else {
            // One room to live in is what « une pièce unique » says, even when the number was not typed.
            const auto rooms = logement.piece_unique == true ? std::optional<int>{1} : logement.nombre_pieces;
            if (rooms && *rooms > 0 && *rooms * 2 < personnes) found("suroccupation_non_allocataire");
        }
    }
    return out;
}

std::vector<Declaration> declarations(const std::vector<PrecisionChoisie>& choisies)
{
    std::vector<Declaration> out;
    for (const auto& choisie : choisies) {
        const auto* precision = find_precision(choisie.slug);
        if (precision == nullptr) continue;
        Declaration d{.libelle = choisie.presumee ? std::string{find_critere(precision->critere)->libelle}
                                                  : libelle_complet(*precision),
                      .texte_libre = choisie.texte_libre};
        if (std::ranges::find(out, d) == out.end()) out.push_back(std::move(d));
    }
    return out;
}

std::vector<PrecisionChoisie> toutes_les_precisions(const ReponsesDesordres& reponses,
                                                    const LogementDecrit& logement)
{
    auto chosen = precisions_de(reponses, logement);
    for (auto& precision : precisions_de_composition(logement)) answers::add(chosen, std::move(precision));
    std::vector<PrecisionChoisie> ordered;
    for (const auto& row : precisions())
        if (const auto it = std::ranges::find(chosen, row.slug, &PrecisionChoisie::slug); it != chosen.end())
            ordered.push_back(std::move(*it));
    return ordered;
}

} // namespace signalement::desordre
