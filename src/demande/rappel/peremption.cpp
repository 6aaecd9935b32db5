// Decides of the reminder of a document. Pure.
#include "demande/rappel/peremption.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace demande::rappel {

namespace {
namespace pieces_datees {

/// Who it is about is French, whose identity document proves it even when it is over (CCH R. 441-2-3 and the
/// arrêté on documents).
bool prouve_meme_perimee(const PieceDatee& p, const Reponses& r)
{
    if (p.type != "identite" && p.type != "identite_adultes") return false;
    return r.est((p.personne.empty() ? "demandeur" : p.personne) + ".nationalite", "fr");
}

} // namespace pieces_datees
} // namespace

Sort sort(const PieceDatee& p, const Reponses& r, Date jour)
{
    if (p.remplacee || p.etat == EtatPiece::Refusee || p.expire_le < p.remise_le ||
        pieces_datees::prouve_meme_perimee(p, r))
        return Sort::Taire;
    if (validite(p.expire_le, jour) == Validite::Valable) return Sort::Attendre;
    if (jour > base::plus_days(p.expire_le, jours_avant_peremption)) return Sort::Taire;
    return std::ranges::any_of(pieces_attendues(r, jour),
                               [&](const PieceAttendue& a) { return a.slug == p.type; })
               ? Sort::Dire
               : Sort::Taire;
}

std::optional<Date> rappel_prevu(const PieceDatee& p, const Reponses& r, Date jour)
{
    const auto le = base::plus_days(p.expire_le, -jours_avant_peremption);
    return le > jour && sort(p, r, le) == Sort::Dire ? std::optional{le} : std::nullopt;
}

PieceDite piece_dite(const PieceDatee& p, const Reponses& r)
{
    PieceDite d{.type = p.type, .de = {}, .expire_le = p.expire_le};
    if (!p.personne.empty() && p.personne != "demandeur")
        for (const auto& qui : personnes_du_dossier(r))
            if (qui.cle == p.personne) d.de = qui.nom;
    return d;
}

std::string en_texte(const PieceDite& d)
{
    return d.type + ";" + base::to_iso(d.expire_le) + ";" + d.de;
}

std::optional<PieceDite> piece_lue(std::string_view texte)
{
    const auto un = texte.find(';'), deux = texte.find(';', un + 1);
    if (un == std::string_view::npos || deux == std::string_view::npos) return std::nullopt;
    const auto le = base::parse_date(texte.substr(un + 1, deux - un - 1));
    if (!le) return std::nullopt;
    return PieceDite{std::string{texte.substr(0, un)}, std::string{texte.substr(deux + 1)}, *le};
}

std::vector<std::string> phrases(const PieceDite& d, const std::string& numero, Date jour, bool nommer)
{
    // One that few households bring would tell something of this one.
    const bool discrete = !nommer || type_au_journal(d.type).empty();
    const auto quoi = "Un document de votre demande " + numero +
                      (discrete ? std::string{}
                                : " («\u00a0" + libelle_de_piece(d.type) + "\u00a0»" +
                                      (d.de.empty() ? std::string{} : ", " + d.de) + ")");
    std::vector<std::string> out;
    out.push_back(jour <= d.expire_le ? quoi + " est valable jusqu’au " + base::in_words(d.expire_le) +
                                            " inclus. Après ce jour, il ne comptera plus dans votre dossier."
                                      : quoi + " était valable jusqu’au " + base::in_words(d.expire_le) +
                                            ". Il ne compte plus dans votre dossier.");
    out.emplace_back("Déposez le nouveau dès que vous l’avez, en ligne ou dans n’importe quel guichet.");
    if (discrete) out.emplace_back("Votre espace en ligne et les guichets vous disent lequel.");
    if (!discrete && (d.type == "titre_sejour" || d.type == "identite" || d.type == "identite_adultes"))
        out.emplace_back("S’il s’agit d’un titre de séjour que vous avez demandé à renouveler, le récépissé "
                         "suffit en attendant.");
    out.emplace_back("Votre demande continue\u00a0: elle garde son numéro unique et son ancienneté.");
    return out;
}

} // namespace demande::rappel
