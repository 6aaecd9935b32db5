// Reads the form of a dwelling offered.
#include "demande/candidature/logement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/formulaire.hpp"

namespace demande::candidature {

namespace {
namespace lecture_du_logement {

std::string champ(const Champs& champs, std::string_view nom)
{
    for (const auto& [cle, texte] : champs)
        if (cle == nom) return std::string{base::trim(texte)};
    return {};
}

} // namespace lecture_du_logement
} // namespace

std::string typologie(int pieces)
{
    return pieces >= 6 ? "T6 et plus" : fmt::format("T{}", pieces);
}

std::string en_euros(int centimes)
{
    return centimes % 100 == 0
               ? base::format_integer(centimes / 100) + "\u00a0€"
               : fmt::format("{},{:02}\u00a0€", base::format_integer(centimes / 100), centimes % 100);
}

std::optional<int> lire_centimes(std::string_view saisi)
{
    int euros = 0, centimes = 0, decimales = -1;
    bool chiffre = false;
    for (std::size_t i = 0; i < saisi.size(); ++i) {
        const char c = saisi[i];
        if (c >= '0' && c <= '9') {
            chiffre = true;
            if (decimales < 0)
                euros = euros * 10 + (c - '0');
            else if (++decimales <= 2)
                centimes = centimes * 10 + (c - '0');
            else
                return std::nullopt;
            if (euros >= 10'000) return std::nullopt;
        } else if ((c == ',' || c == '.') && decimales < 0 && chiffre) {
            decimales = 0;
        } else if (c != ' ' && static_cast<unsigned char>(c) < 0x80) {
            return std::nullopt; // spaces of every kind and the sign of the euro are let through
        }
    }
    if (!chiffre || decimales == 0) return std::nullopt;
    return euros * 100 + (decimales == 1 ? centimes * 10 : centimes);
}

Result<Logement, FormErrors> lire_logement(const Champs& champs, const std::optional<std::string>& insee,
                                           const std::vector<Reservataire>& reservataires, Date jour)
{
    const auto lu = [&](std::string_view nom) { return lecture_du_logement::champ(champs, nom); };
    FormErrors erreurs;
    const auto refuser = [&](std::string_view nom, std::string_view message) {
        erreurs.push_back({std::string{nom}, std::string{message}});
    };
    Logement l;
    const auto reference = base::clean_text(lu("reference"));
    if (!reference || reference->empty() || reference->size() > 60)
        refuser("reference", "Écrivez la référence du logement chez vous, en 60 caractères au plus.");
    else
        l.reference = *reference;
    const auto adresse = base::clean_text(lu("adresse"));
    if (!adresse || adresse->empty() || adresse->size() > 200)
        refuser("adresse", "Écrivez le numéro et la rue, en 200 caractères au plus.");
    else
        l.adresse = *adresse;
    if (!insee)
        refuser("commune", "Écrivez le nom et le code postal d’une commune du territoire. Par exemple\u00a0: "
                           "Rouen 76000");
    else
        l.insee = *insee;
    const auto entier = [&](std::string_view nom, int max) { return lire_entier(lu(nom), max); };
    if (const auto n = entier("pieces", 6); !n || *n < 1)
        refuser("pieces", "Choisissez le nombre de pièces.");
    else
        l.pieces = *n;
    if (const auto n = entier("surface", 999); !n || *n < 9)
        refuser("surface", "Écrivez la surface en mètres carrés, entre 9 et 999.");
    else
        l.surface = *n;
    if (const auto n = lire_centimes(lu("loyer")); !n || *n == 0)
        refuser("loyer", "Écrivez le loyer par mois sans les charges. Par exemple\u00a0: 412,50");
    else
        l.loyer = *n;
    if (const auto n = lu("charges").empty() ? std::optional{0} : lire_centimes(lu("charges")); !n)
        refuser("charges", "Écrivez les charges par mois. Par exemple\u00a0: 85");
    else
        l.charges = *n;
    if (const auto f = base::from_slug(financements, lu("financement")))
        l.financement = *f;
    else
        refuser("financement", "Choisissez le financement du logement.");
    if (const auto d = base::parse_typed_date(lu("disponible_le")); !d || *d > base::plus_months(jour, 24))
        refuser("disponible_le", "Écrivez la date à laquelle le logement est libre. Par exemple\u00a0: "
                                 "15/01/2027");
    else
        l.disponible_le = *d;
    const auto contingent = base::from_slug(contingents, lu("contingent"));
    if (!contingent)
        refuser("contingent", "Choisissez le contingent.");
    else
        l.contingent = *contingent;
    l.reservataire = lu("reservataire");
    if (!l.reservataire.empty()) {
        const auto r = std::ranges::find(reservataires, l.reservataire, &Reservataire::code);
        const bool tient = contingent && r != reservataires.end() &&
                           std::ranges::any_of(reservations, [&](const Reservation& x) {
                               return x.contingent == *contingent && x.type == r->type;
                           });
        if (!tient) refuser("reservataire", "Ce service ne tient pas ce contingent.");
        const auto& saisi = lu("reserve_jusqu_au");
        // A month by default: the convention of reservation says otherwise when it does.
        const auto fin =
            saisi.empty() ? std::optional{base::plus_months(jour, 1)} : base::parse_typed_date(saisi);
        if (!fin || *fin < jour || *fin > base::plus_months(jour, 12))
            refuser("reserve_jusqu_au", "Écrivez une date à venir. Par exemple\u00a0: 22/12/2026");
        else
            l.reserve_jusqu_au = fin;
    }
    if (!erreurs.empty()) return erreurs;
    return l;
}

} // namespace demande::candidature
