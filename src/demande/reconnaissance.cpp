// What may be noted of a recognised priority, and when it counts.
#include "demande/reconnaissance.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace demande {

bool en_vigueur(const Reconnaissance& r, Date jour)
{
    return r.depuis <= jour && (!r.jusqu_au || jour <= *r.jusqu_au) && (!r.finie_le || jour < *r.finie_le);
}

bool est_ouverte(const Reconnaissance& r, Date jour)
{
    return !r.finie_le && (!r.jusqu_au || jour <= *r.jusqu_au);
}

std::optional<Date> change_le(const Reconnaissance& r, Date jour)
{
    std::optional<Date> out;
    const auto voir = [&](Date d) {
        if (d > jour && en_vigueur(r, d) != en_vigueur(r, base::plus_days(d, -1)) && (!out || d < *out))
            out = d;
    };
    voir(r.depuis);
    if (r.jusqu_au) voir(base::plus_days(*r.jusqu_au, 1));
    if (r.finie_le) voir(*r.finie_le);
    return out;
}

Result<Reconnaissance, FormErrors> reconnaitre(const ReconnaissanceSaisie& s,
                                               std::span<const NatureReconnue> permises,
                                               std::span<const Reconnaissance> deja, Date jour)
{
    FormErrors erreurs;
    Reconnaissance r;
    const auto nature = base::from_slug(natures_reconnues, s.nature);
    if (!nature || std::ranges::find(permises, *nature) == permises.end())
        erreurs.push_back({"nature", "Choisissez ce qui est reconnu."});
    else
        r.nature = *nature;
    if (nature == NatureReconnue::Priorite) {
        r.motif = base::from_slug(motifs_priorite, s.motif);
        if (!r.motif) erreurs.push_back({"motif", "Choisissez le motif (CCH L. 441-1)."});
    }
    const auto decision = base::clean_text(s.decision);
    if (!decision || decision->size() > numero_de_decision_max)
        erreurs.push_back({"decision", "Écrivez le numéro de la décision, en soixante caractères au plus."});
    else if (nature == NatureReconnue::Dalo && base::trim(*decision).empty())
        erreurs.push_back({"decision", "Écrivez le numéro de la décision de la commission de médiation."});
    else
        r.decision = std::string{base::trim(*decision)};
    const auto decidee_le = base::parse_typed_date(s.decidee_le);
    if (!decidee_le || *decidee_le > jour)
        erreurs.push_back(
            {"decidee_le", "Écrivez le jour de la décision, passé. Par exemple\u00a0: 12/11/2026"});
    else
        r.decidee_le = r.depuis = *decidee_le;
    if (!base::trim(s.depuis).empty()) {
        const auto depuis = base::parse_typed_date(s.depuis);
        if (!depuis || (decidee_le && *depuis < *decidee_le) || *depuis > base::plus_months(jour, 12))
            erreurs.push_back({"depuis", "Écrivez une date entre la décision et un an d’ici, ou rien."});
        else
            r.depuis = *depuis;
    }
    if (!base::trim(s.jusqu_au).empty()) {
        r.jusqu_au = base::parse_typed_date(s.jusqu_au);
        if (!r.jusqu_au || *r.jusqu_au < r.depuis)
            erreurs.push_back({"jusqu_au", "Écrivez une date après le début, ou rien."});
    }
    if (!erreurs.empty()) return erreurs;
    const bool en_double = std::ranges::any_of(deja, [&](const Reconnaissance& d) {
        return est_ouverte(d, jour) && d.nature == r.nature && d.motif == r.motif &&
               (!d.jusqu_au || r.depuis <= *d.jusqu_au) && (!r.jusqu_au || d.depuis <= *r.jusqu_au);
    });
    if (en_double)
        return FormErrors{
            {"nature", "C’est déjà reconnu à ces dates\u00a0: mettez-y d’abord fin si cela a changé."}};
    return r;
}

Result<Reconnaissance, FormErrors> mettre_fin(Reconnaissance r, const FinSaisie& s, Date jour)
{
    FormErrors erreurs;
    if (!est_ouverte(r, jour)) return FormErrors{{"reconnaissance", "Cette reconnaissance ne court plus."}};
    r.raison = base::from_slug(raisons_de_fin, s.raison);
    if (!r.raison) erreurs.push_back({"raison", "Choisissez pourquoi elle prend fin."});
    r.finie_le = base::parse_typed_date(s.finie_le);
    if (!r.finie_le || *r.finie_le > jour || *r.finie_le < r.decidee_le)
        erreurs.push_back({"finie_le", "Écrivez une date entre la décision et aujourd’hui."});
    if (!erreurs.empty()) return erreurs;
    return r;
}

} // namespace demande
