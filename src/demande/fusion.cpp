// The rule that makes one demande of two. Pure.
#include "demande/fusion.hpp"

#include <algorithm>
#include <tuple>

#include "demande/situation.hpp"

namespace demande {

namespace {
namespace reunies {

/// Sure enough to end a demande: a close identity is corrected first, and two numbers of social security are
/// two people.
bool est_la_meme_personne(const Identite& a, const Identite& b)
{
    if (!a.nir.empty() && !b.nir.empty() && a.nir != b.nir) return false;
    const auto r = comparer(a, b);
    // A number mistyped or borrowed makes nobody somebody else: the birth or the names must agree too.
    if (r == Ressemblance::MemeNir)
        return (a.naissance_le && a.naissance_le == b.naissance_le) ||
               (a.nom == b.nom && a.prenom == b.prenom);
    return r == Ressemblance::MemeIdentite;
}

int valeur(const PieceAComparer& p, Date jour)
{
    if (p.expire_le && *p.expire_le < jour) return 0;
    switch (p.etat) {
    case EtatPiece::Refusee:
        return 0;
    case EtatPiece::Remise:
        return 1;
    case EtatPiece::Deposee:
        return 2;
    case EtatPiece::Validee:
        return 3;
    }
    throw base::Bug{"a document in no state"};
}

/// The newest version of the same document.
const PieceAComparer* derniere(std::span<const PieceAComparer> pieces, const PieceAComparer& de)
{
    const PieceAComparer* out = nullptr;
    for (const auto& p : pieces)
        if (std::tie(p.type, p.personne, p.periode) == std::tie(de.type, de.personne, de.periode) &&
            (!out || p.version > out->version))
            out = &p;
    return out;
}

bool est_avant(const UneDesDeux& a, const UneDesDeux& b)
{
    return std::tie(a.deposee_le, a.numero) < std::tie(b.deposee_le, b.numero);
}

} // namespace reunies
} // namespace

Fusion::Fusion(const UneDesDeux& gardee, const UneDesDeux& radiee)
    : gardee_(gardee.id), radiee_(radiee.id), ancre_(std::max(gardee.ancre, radiee.ancre))
{}

Result<Fusion> reunir(const UneDesDeux& a, const UneDesDeux& b)
{
    const auto& gardee = reunies::est_avant(a, b) ? a : b;
    const auto& radiee = reunies::est_avant(a, b) ? b : a;
    if (a.id == b.id) return Problem::conflict("Ces deux numéros sont ceux de la même demande.");
    if (a.territoire != b.territoire)
        return Problem::conflict(
            "Ces demandes sont de deux territoires\u00a0: chacune garde son numéro et son "
            "ancienneté, et les deux continuent.");
    if (!est_en_cours(a.etat) || !est_en_cours(b.etat))
        return Problem::conflict("Une de ces demandes n’est plus en cours\u00a0: il n’y a rien à réunir.");
    if (a.violences || b.violences)
        return Problem::conflict(
            "Des violences sont déclarées sur une de ces demandes\u00a0: les réunir pourrait montrer à l’un "
            "où "
            "est l’autre. Recevez la personne seule, et séparez d’abord ce qui doit l’être.");
    if (a.separation || b.separation)
        return Problem::conflict(
            "Une séparation est déclarée sur une de ces demandes\u00a0: elles ne sont peut-être "
            "plus du même ménage. Mettez-les à jour d’abord.");
    if (a.signataires.empty() || b.signataires.empty() ||
        !reunies::est_la_meme_personne(a.signataires.front(), b.signataires.front()))
        return Problem::conflict("Ces demandes ne sont pas de la même personne. Si c’est une erreur de "
                                 "saisie, corrigez l’identité d’abord.");
    // What the younger one holds would open to whoever signs the elder one alone.
    for (const auto& qui : gardee.signataires)
        if (std::ranges::none_of(radiee.signataires,
                                 [&](const Identite& i) { return reunies::est_la_meme_personne(i, qui); }))
            return Problem::conflict(
                "Une personne signe la demande la plus ancienne, et pas la plus récente : le ménage a "
                "peut-être "
                "changé. Recevez le demandeur seul, et mettez ses demandes à jour d’abord.");
    for (const auto& qui : radiee.signataires)
        if (std::ranges::none_of(gardee.signataires,
                                 [&](const Identite& i) { return reunies::est_la_meme_personne(i, qui); }))
            return Problem::conflict(
                "Une personne signe la demande la plus récente, et pas la plus ancienne, qui "
                "serait gardée\u00a0: ajoutez-la d’abord à la demande gardée.");
    for (const auto& logement : radiee.logements)
        if (std::ranges::find(gardee.deja_vus, logement) != gardee.deja_vus.end())
            return Problem::conflict(
                "Les deux demandes sont candidates pour le même logement\u00a0: le bailleur "
                "retire d’abord l’une des deux candidatures.");
    // The answer would be awaited from an account that does not know of it; silence is a refusal.
    if (radiee.offre && suivi_en_ligne(gardee, radiee) == SuiviEnLigne::Autre)
        return Problem::conflict(
            "Un logement est proposé au demandeur sur la demande la plus récente, que suit en ligne un autre "
            "compte que la plus ancienne : attendez sa réponse, ou fermez d’abord l’accès dont il ne se "
            "sert plus.");
    return Fusion{gardee, radiee};
}

SuiviEnLigne suivi_en_ligne(const UneDesDeux& gardee, const UneDesDeux& radiee)
{
    if (radiee.compte.empty() || radiee.compte == gardee.compte) return SuiviEnLigne::Inchange;
    return gardee.compte.empty() ? SuiviEnLigne::Repris : SuiviEnLigne::Autre;
}

bool se_joignent_autrement(const Reponses& gardee, const Reponses& radiee)
{
    const auto& v = *volet(base::slug_of(raisons, Raison::Coordonnees));
    return !differences(gardee, appliquer(gardee, v, radiee)).empty();
}

std::vector<PieceAComparer> pieces_a_reprendre(std::span<const PieceAComparer> gardee,
                                               std::span<const PieceAComparer> radiee, Date jour)
{
    std::vector<PieceAComparer> out;
    for (const auto& p : radiee) {
        if ((!p.personne.empty() && p.personne != "demandeur") || reunies::derniere(radiee, p) != &p)
            continue;
        const auto* ici = reunies::derniere(gardee, p);
        if (!ici || reunies::valeur(*ici, jour) < reunies::valeur(p, jour)) out.push_back(p);
    }
    return out;
}

} // namespace demande
