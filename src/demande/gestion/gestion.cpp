// The rules of who keeps the demandes of a territory.
#include "demande/gestion/gestion.hpp"

#include <algorithm>

namespace demande::gestion {

bool est_un_site(std::string_view adresse)
{
    constexpr std::string_view https = "https://";
    if (adresse.size() > 200 || !adresse.starts_with(https)) return false;
    const auto reste = adresse.substr(https.size());
    const auto hote = reste.substr(0, reste.find('/'));
    const auto lettre = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    // No user, no port, no address of a machine: a name that people read, of two words at least.
    if (hote.find('.') == std::string_view::npos || !lettre(hote.front()) || !lettre(hote.back()) ||
        hote.find("..") != std::string_view::npos ||
        !std::ranges::all_of(hote, [&](char c) { return lettre(c) || c == '-' || c == '.'; }) ||
        std::ranges::all_of(hote.substr(hote.rfind('.') + 1), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    // No query and no fragment: nothing of the visitor can follow.
    return std::ranges::all_of(reste.substr(hote.size()), [&](char c) {
        return lettre(c) || (c >= 'A' && c <= 'Z') || c == '/' || c == '-' || c == '_' || c == '.';
    });
}

Result<Decision, FormErrors> decider(std::string_view territoire, std::string_view ou, std::string_view site,
                                     std::string_view depuis, Date aujourd_hui)
{
    FormErrors erreurs;
    const bool ailleurs = ou == "ailleurs";
    if (!est_un_territoire(territoire)) erreurs.push_back({"", "Ce territoire n’existe pas."});
    if (!ailleurs && ou != "ici") erreurs.push_back({"ou", "Choisissez qui garde les demandes."});
    if (ailleurs && !est_un_site(site))
        erreurs.push_back(
            {"site", "Écrivez l’adresse d’un site qui commence par https://, en minuscules, sans « ? » ni "
                     "« # ». Par exemple : https://www.demandelogement35.fr"});
    const auto jour = base::parse_typed_date(depuis);
    if (!jour)
        erreurs.push_back({"depuis", "Indiquez le jour d’effet, par exemple 01/01/2027."});
    else if (*jour < aujourd_hui)
        erreurs.push_back({"depuis", "Ce jour est passé : un changement vaut d’aujourd’hui au plus tôt."});
    else if (*jour > base::plus_months(aujourd_hui, 60))
        erreurs.push_back({"depuis", "Ce jour est trop lointain : cinq ans au plus."});
    if (!erreurs.empty()) return erreurs;
    return Decision{std::string{territoire}, *jour, ailleurs ? std::string{site} : std::string{}};
}

Orientation orienter(std::string_view territoire, Date jour, const std::optional<Decision>& en_vigueur)
{
    if (!en_vigueur || en_vigueur->depuis > jour || !est_un_territoire(territoire))
        return demande::orienter(territoire, jour);
    if (en_vigueur->site.empty()) return {Gestion::Ici, {}};
    return {Gestion::Ailleurs, en_vigueur->site};
}

std::optional<Date> ici_depuis(std::string_view territoire, Date jour, const std::vector<Decision>& prises)
{
    std::optional<Date> revenu;
    // As this program was made with, until the first decision.
    const auto d_abord =
        prises.empty() || prises.front().depuis > jour ? jour : base::plus_days(prises.front().depuis, -1);
    for (const auto& s : systemes_locaux())
        if (s.territoire == territoire && s.jusqu_au && *s.jusqu_au < d_abord)
            revenu = std::max(revenu.value_or(Date{}), base::plus_days(*s.jusqu_au, 1));
    bool ici = se_traitent_ici(demande::orienter(territoire, d_abord));
    for (std::size_t i = 0; i < prises.size() && prises[i].depuis <= jour; ++i) {
        // Of those of one day, the last one taken.
        if (i + 1 < prises.size() && prises[i + 1].depuis == prises[i].depuis) continue;
        const bool ensuite = prises[i].site.empty();
        if (ensuite && !ici) revenu = prises[i].depuis;
        ici = ensuite;
    }
    return ici ? revenu : std::nullopt;
}

} // namespace demande::gestion
