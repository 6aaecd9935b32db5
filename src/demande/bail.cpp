// The lease that ends a demande. Pure.
#include "demande/bail.hpp"

#include "base/text.hpp"

namespace demande {

namespace {
namespace baux {

std::optional<bool> oui_ou_non(const std::string& texte)
{
    if (texte == "oui") return true;
    if (texte == "non") return false;
    return std::nullopt;
}

std::string en_mots(bool oui)
{
    return oui ? "oui" : "non";
}

} // namespace baux
} // namespace

Result<BailConstate> constater_le_bail(const BailSaisi& s, Date deposee_le, Date jour)
{
    const auto le = base::parse_typed_date(s.signe_le);
    if (!le || *le > jour)
        return Problem::invalid("signe_le",
                                "Écrivez le jour de la signature du bail, par exemple 21/11/2026.");
    if (*le < deposee_le)
        return Problem::invalid("signe_le", "La demande a été déposée le " + base::in_words(deposee_le) +
                                                "\u00a0: son bail n’a pas pu être signé avant.");
    const auto rpls = base::clean_text(s.rpls);
    if (!rpls || rpls->empty() || base::length(*rpls) > rpls_max)
        return Problem::invalid("rpls",
                                "Écrivez l’identifiant du logement dans le RPLS, en 40 caractères au plus.");
    const auto contingent = base::from_slug(candidature::contingents, s.contingent);
    if (!contingent) return Problem::invalid("contingent", "Choisissez le contingent du logement.");
    const auto accord = baux::oui_ou_non(s.accord_collectif);
    if (!accord)
        return Problem::invalid("accord_collectif",
                                "Dites si le logement est attribué dans un accord collectif.");
    const auto dalo = baux::oui_ou_non(s.dalo);
    if (!dalo)
        return Problem::invalid("dalo", "Dites si le ménage était reconnu prioritaire au titre du Dalo.");
    return BailConstate{.signe_le = *le,
                        .rpls = *rpls,
                        .accord_collectif = *accord,
                        .dalo = *dalo,
                        .contingent = *contingent};
}

std::string en_justificatif(const BailConstate& b)
{
    return "Bail signé le " + base::in_words(b.signe_le) + ", logement RPLS " + b.rpls +
           ", contingent\u00a0: " + std::string{base::label_of(candidature::contingents, b.contingent)} +
           ", accord collectif\u00a0: " + baux::en_mots(b.accord_collectif) +
           ", Dalo\u00a0: " + baux::en_mots(b.dalo);
}

BailSigne bail_signe(const BailConstate& b)
{
    return {b.signe_le, "Logement " + b.rpls + " du répertoire des logements locatifs sociaux (RPLS)"};
}

} // namespace demande
