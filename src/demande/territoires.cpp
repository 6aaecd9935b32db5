// The territories of registration. Pure; the list of local systems is dated data.
#include "demande/territoires.hpp"

#include <algorithm>
#include <array>

#include "territoire/territoire.hpp"

namespace demande {

namespace {

constexpr std::array<std::string_view, 8> departements_franciliens = {"75", "77", "78", "91",
                                                                      "92", "93", "94", "95"};
constexpr std::array<std::string_view, 5> departements_d_outre_mer = {"971", "972", "973", "974", "976"};

bool est_chiffre(char c)
{
    return c >= '0' && c <= '9';
}

/// Whether the code names one of the 101 départements. The collectivities overseas (975, 987…) have none.
bool est_un_departement(std::string_view code)
{
    if (code.size() == 3)
        return std::ranges::find(departements_d_outre_mer, code) != end(departements_d_outre_mer);
    if (code == "2A" || code == "2B") return true;
    if (code.size() != 2 || !est_chiffre(code[0]) || !est_chiffre(code[1])) return false;
    const int rang = (code[0] - '0') * 10 + (code[1] - '0');
    return rang >= 1 && rang <= 95 && rang != 20;
}

// Sites as they were relevés on 29 April 2026. Mind the two spellings, « demandelogement » and «
// demandedelogement ».
constexpr SystemeLocal connus[] = {
    {"003", "https://mademande03.dlauvergne.fr"},
    {"014", "https://www.demandelogement14.fr"},
    {"015", "https://mademande15.dlauvergne.fr"},
    {"016", "https://www.demandedelogement16.fr"},
    {"017", "https://www.demandedelogement17.fr"},
    {"021", "https://www.demandelogementbourgognefranchecomte.fr"},
    {"022", "https://www.demandelogement22.fr"},
    {"025", "https://www.demandelogementbourgognefranchecomte.fr"},
    {"029", "https://www.demandelogement29.fr"},
    {"031", "https://www.demandelogement31.fr"},
    {"035", "https://www.demandelogement35.fr"},
    {"037", "https://www.demandelogement37.fr"},
    {"039", "https://www.demandelogementbourgognefranchecomte.fr"},
    {"043", "https://mademande43.dlauvergne.fr"},
    {"044", "https://www.demandelogement44.fr"},
    {"049", "https://www.demandelogement49.fr"},
    {"050", "https://www.demandelogement50.fr"},
    {"053", "https://www.demandelogement53.fr"},
    {"056", "https://www.demandelogement56.fr"},
    {"058", "https://www.demandelogementbourgognefranchecomte.fr"},
    {"061", "https://www.demandelogement61.fr"},
    {"063", "https://mademande63.dlauvergne.fr"},
    {"067", "https://www.demandedelogement-alsace.fr"},
    {"068", "https://www.demandedelogement-alsace.fr"},
    {"070", "https://www.demandelogementbourgognefranchecomte.fr"},
    {"072", "https://www.demandelogement72.fr"},
    {"079", "https://www.demandedelogement79.fr"},
    {"085", "https://www.demandelogement85.fr"},
    {"086", "https://www.demandedelogement86.fr"},
    {"087", "https://www.demandedelogement87.fr"},
    {"088", "https://vosges.demandelogement88.fr"},
    {"089", "https://www.demandelogementbourgognefranchecomte.fr"},
    {"090", "https://www.demandelogementbourgognefranchecomte.fr"},
};
static_assert(std::size(connus) == 33);

} // namespace

std::optional<std::string> territoire_du_departement(std::string_view code)
{
    if (!est_un_departement(code)) return std::nullopt;
    if (std::ranges::find(departements_franciliens, code) != end(departements_franciliens))
        return std::string{ile_de_france};
    return std::string(3 - code.size(), '0') + std::string{code};
}

std::optional<std::string> territoire_de_la_commune(std::string_view insee)
{
    if (insee.size() != 5) return std::nullopt;
    return territoire_du_departement(territoire::departement_du_code(insee));
}

std::vector<std::string> departements_du_territoire(std::string_view territoire)
{
    if (territoire == ile_de_france) return {begin(departements_franciliens), end(departements_franciliens)};
    if (territoire.size() != 3) return {};
    std::string code{territoire.starts_with('0') ? territoire.substr(1) : territoire};
    if (territoire_du_departement(code) != territoire) return {}; // "075" is not one: Paris is numbered "111"
    return {std::move(code)};
}

bool est_un_territoire(std::string_view code)
{
    return !departements_du_territoire(code).empty();
}

std::vector<std::string> territoires()
{
    std::vector<std::string> out;
    const auto ajouter = [&](const std::string& departement) {
        if (auto t = territoire_du_departement(departement); t && *t != ile_de_france)
            out.push_back(*std::move(t));
    };
    for (char a = '0'; a <= '9'; ++a)
        for (char b = '0'; b <= '9'; ++b) ajouter({a, b});
    for (const auto* corse : {"2A", "2B"}) ajouter(corse);
    for (const auto d : departements_d_outre_mer) ajouter(std::string{d});
    out.emplace_back(ile_de_france);
    std::ranges::sort(out);
    return out;
}

std::string_view fuseau_du_territoire(std::string_view territoire)
{
    return territoire::fuseau_du_departement(
        territoire); // overseas, a territory has the code of its département
}

std::span<const SystemeLocal> systemes_locaux()
{
    return connus;
}

Orientation orienter(std::string_view territoire, Date jour, std::span<const SystemeLocal> systemes)
{
    for (const auto& s : systemes)
        if (s.territoire == territoire && s.depuis <= jour && (!s.jusqu_au || jour <= *s.jusqu_au))
            return {Gestion::Ailleurs, std::string{s.site}};
    return {est_un_territoire(territoire) ? Gestion::Ici : Gestion::Inconnue, {}};
}

std::optional<Problem> refus_de_traiter(const Orientation& o)
{
    switch (o.gestion) {
    case Gestion::Ici:
        return std::nullopt;
    case Gestion::Ailleurs:
        return Problem::conflict(
            "Les demandes de ce territoire sont suivies aujourd’hui sur un autre site, " + o.site +
            ". Ici, elles se lisent\u00a0: rien n’y est plus enregistré, vérifié, changé, "
            "notifié ni radié.");
    case Gestion::Inconnue:
        break;
    }
    return Problem::conflict("Ce territoire n’est pas un territoire d’enregistrement.");
}

} // namespace demande
