// The rules of the import. Pure.
#include "demande/echange/reprise.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "demande/jalons.hpp"
#include "demande/numero.hpp"
#include "demande/situation.hpp"

namespace demande::echange {

namespace {
namespace reprises {

/// The words of the form for the field of an error.
std::string libelle(const std::string& nom)
{
    for (const auto& r : rubriques())
        for (int ligne = 1; ligne <= r.lignes; ++ligne)
            for (const auto& q : r.questions)
                if (champ(r, ligne, q) == nom)
                    return r.lignes > 1 ? fmt::format("{} {}, {}", r.nom_de_ligne, ligne, q.libelle)
                                        : fmt::format("{}, {}", r.titre, q.libelle);
    return {};
}

std::vector<std::optional<std::string>> communes_par_ligne(const Element& document,
                                                           const std::optional<DejaConnue>& connue,
                                                           const Reponses& r, const Communes& communes)
{
    const auto dites = communes_du_document(document);
    std::vector<std::optional<std::string>> out(8);
    std::size_t rang = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (dites) {
            if (i < dites->size() && !communes.nom((*dites)[i]).empty()) out[i] = (*dites)[i];
        } else if (connue && r.a(fmt::format("localisation.{}.commune", i + 1)) &&
                   rang < connue->communes.size()) {
            out[i] = connue->communes[rang++];
        }
    }
    return out;
}

} // namespace reprises
} // namespace

std::optional<Date> renouvelee_ailleurs(Date ancre, Date jour_du_fichier)
{
    const auto e = echeance(jalons(ancre), jour_du_fichier);
    return e == Echeance::Reactivable || e == Echeance::Perdue ? std::optional{jour_du_fichier}
                                                               : std::nullopt;
}

Result<Decision, std::vector<std::string>> decider(const Element& document, Instant fichier_le,
                                                   const std::optional<DejaConnue>& connue,
                                                   const Communes& communes, Contexte contexte)
{
    std::vector<std::string> refus;
    const auto numero = lire_numero(trouver(document, "numUnique")->texte);
    const auto creee_le = base::parse_date(trouver(document, "dateCreationDemande")->texte);
    if (!numero || !creee_le) return std::vector<std::string>{"Le numéro ou la date de création manque."};
    if (numero->territoire != contexte.territoire)
        refus.emplace_back("Cette demande n’est pas de votre territoire.");
    if (numero->mois != creee_le->month || numero->annee != creee_le->year)
        refus.push_back(fmt::format("Le numéro dit un dépôt de {:02}/{}, la date de création est le {}.",
                                    numero->mois, numero->annee, base::short_text(*creee_le)));
    if (connue && transition(Action::Modifier, connue->etat) == nullptr)
        refus.push_back(fmt::format("Cette demande n’est plus en cours ici (état : {}).",
                                    base::label_of(etats, connue->etat)));
    if (connue && connue->deposee_le != *creee_le)
        refus.push_back(
            fmt::format("La date de dépôt connue ici est le {}, pas le {} : l’ancienneté en dépend.",
                        base::short_text(connue->deposee_le), base::short_text(*creee_le)));
    if (!refus.empty()) return refus;

    auto avant = connue ? connue->reponses : Reponses{};
    if (!connue) avant.mettre("depot.depose_le", base::short_text(*creee_le));
    const auto apres = superposer(avant, document, communes);
    if (connue && !meme_personne(connue->reponses, apres, "demandeur."))
        return std::vector<std::string>{"Ce numéro est ici celui d’une autre personne."};
    contexte.reprise = est_une_reprise(apres);
    contexte.communes = reprises::communes_par_ligne(document, connue, apres, communes);
    auto lu = lire(apres, contexte);
    if (!lu) {
        for (const auto& e : lu.error()) {
            const auto ou = reprises::libelle(e.field);
            refus.push_back(ou.empty() ? e.message : ou + " : " + e.message);
        }
        return refus;
    }
    if (!connue) return Decision{Sort::Nouvelle, *std::move(lu)};
    const auto renouvelee_le =
        renouvelee_ailleurs(connue->ancre, jour_legal(fichier_le, contexte.territoire));
    if (differences(connue->reponses, lu->reponses).empty() && lu->communes == connue->communes)
        return Decision{Sort::Inchangee, *std::move(lu), renouvelee_le};
    // A file that says again what the last one said brings nothing: what changed since was said here, and
    // stays.
    if (connue->meme_document) return Decision{Sort::Inchangee, *std::move(lu), renouvelee_le};
    // What was said here after the file was made is not undone by it.
    if (connue->fichier_le && fichier_le < *connue->fichier_le)
        return std::vector<std::string>{"Un fichier plus récent a déjà mis cette demande à jour."};
    if (!connue->dite_par_le_fichier && fichier_le < connue->version_le)
        return std::vector<std::string>{"Cette demande a été modifiée ici après la date du fichier."};
    return Decision{Sort::Changee, *std::move(lu), renouvelee_le};
}

} // namespace demande::echange
