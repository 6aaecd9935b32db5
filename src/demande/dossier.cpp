// Where the documents of a demande stand. Pure.
#include "demande/dossier.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/doublons.hpp"
#include "demande/questions.hpp"
#include "demande/situation.hpp"

namespace demande {

Validite validite(std::optional<Date> expire_le, Date jour)
{
    if (!expire_le) return Validite::Valable;
    if (*expire_le < jour) return Validite::Perimee;
    return *expire_le <= base::plus_days(jour, jours_avant_peremption) ? Validite::BientotPerimee
                                                                       : Validite::Valable;
}

Date numerisation_due(Date remise_le)
{
    return base::plus_days(remise_le, jours_pour_numeriser);
}

std::vector<PieceDemandee> etat_du_dossier(const std::vector<PieceAttendue>& attendues,
                                           const std::vector<PieceDuDossier>& recues, Date jour)
{
    std::vector<PieceDemandee> out;
    for (const auto& a : attendues) {
        bool attend = false, acquis = false, ancienne = false;
        for (const auto& p : recues) {
            if (p.type != a.slug) continue;
            // A later version of the same document speaks for it; one that waits leaves the word to those
            // before.
            const bool remplacee = std::ranges::any_of(recues, [&](const PieceDuDossier& q) {
                return q.type == p.type && q.personne == p.personne && q.periode == p.periode &&
                       q.version > p.version &&
                       (q.etat == EtatPiece::Validee || p.etat != EtatPiece::Validee);
            });
            if (remplacee) continue;
            switch (p.etat) {
            case EtatPiece::Remise:
            case EtatPiece::Deposee:
                attend = true;
                break;
            case EtatPiece::Validee:
                (validite(p.expire_le, jour) == Validite::Valable ? acquis : ancienne) = true;
                break;
            case EtatPiece::Refusee:
                ancienne = true;
                break;
            }
        }
        out.push_back({a, attend     ? Besoin::EnAttente
                          : ancienne ? Besoin::ARenouveler
                          : acquis   ? Besoin::Acquis
                                     : Besoin::Manque});
    }
    return out;
}

Result<DecisionPiece> decider(EtatPiece actuel, std::string_view choix, std::string_view motif)
{
    if (actuel == EtatPiece::Remise)
        return Problem::conflict("Cette pièce n’est pas encore numérisée\u00a0: ajoutez d’abord son image.");
    if (actuel != EtatPiece::Deposee)
        return Problem::conflict(
            "Cette pièce a déjà été vérifiée. Pour la changer, ajoutez une nouvelle version.");
    if (choix == "validee") return DecisionPiece{EtatPiece::Validee, std::nullopt};
    if (choix != "refusee")
        return Problem::invalid("choix", "Choisissez d’accepter ou de refuser cette pièce.");
    const auto m = base::from_slug(motifs_refus_piece, motif);
    if (!m) return Problem::invalid("motif", "Choisissez la raison du refus\u00a0: le demandeur la lira.");
    return DecisionPiece{EtatPiece::Refusee, m};
}

std::vector<PersonneDuDossier> personnes_du_dossier(const Reponses& r)
{
    std::vector<PersonneDuDossier> out{{"", "Tout le ménage"}};
    for (const auto& rubrique : rubriques()) {
        if (rubrique.slug != "demandeur" && rubrique.slug != "codemandeur" && rubrique.slug != "a_charge")
            continue;
        for (int ligne = 1; ligne <= rubrique.lignes; ++ligne) {
            const auto cle = rubrique.lignes == 1 ? std::string{rubrique.slug}
                                                  : fmt::format("{}.{}", rubrique.slug, ligne);
            if (r.a(cle + ".nom"))
                out.push_back({cle, r.texte(cle + ".prenom") + " " + r.texte(cle + ".nom")});
        }
    }
    return out;
}

std::vector<Deplacement> deplacements(const Reponses& avant, const Reponses& apres, std::int64_t version)
{
    const auto identite = [](const Reponses& r, const std::string& cle) {
        return Identite{base::fold(r.texte(cle + ".nom")),
                        base::fold(r.texte(cle + ".prenom")),
                        base::parse_typed_date(r.texte(cle + ".naissance_le")),
                        {}};
    };
    std::vector<Deplacement> out;
    for (const auto& p : personnes_du_dossier(avant)) {
        if (p.cle.empty() || meme_personne(avant, apres, p.cle + ".")) continue;
        auto vers = fmt::format("{}@{}", p.cle, version);
        for (const auto& q : personnes_du_dossier(apres))
            if (!q.cle.empty() &&
                comparer(identite(avant, p.cle), identite(apres, q.cle)) == Ressemblance::MemeIdentite)
                vers = q.cle;
        out.push_back({p.cle, std::move(vers)});
    }
    return out;
}

} // namespace demande
