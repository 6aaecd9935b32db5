// How numbers and months are read from what people type.
#include "signalement/depot/lecture.hpp"

#include <array>
#include <charconv>

#include "base/text.hpp"

namespace signalement::depot {

namespace {
namespace saisie {

constexpr std::array<std::string_view, 12> mois{"janvier",   "février", "mars",     "avril",
                                                "mai",       "juin",    "juillet",  "août",
                                                "septembre", "octobre", "novembre", "décembre"};

/// Without spaces of any width, and without the unit when the text ends with it.
std::string condense(std::string_view s, std::string_view unite = {})
{
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] == ' ' || s[i] == '\t') continue;
        if (s.substr(i, 2) == "\u00a0") {
            ++i;
            continue;
        }
        if (s.substr(i, 3) == "\u202f") {
            i += 2;
            continue;
        }
        out += s[i];
    }
    if (!unite.empty() && out.size() > unite.size() && out.ends_with(unite))
        out.resize(out.size() - unite.size());
    return out;
}

std::optional<long long> nombre(std::string_view s)
{
    if (s.empty() || s.size() > 12 || s.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    long long n = 0;
    std::from_chars(s.data(), s.data() + s.size(), n);
    return n;
}

/// « 12,5 » in hundredths: 1 250.
std::optional<long long> centiemes(std::string_view s)
{
    const auto virgule = s.find_first_of(",.");
    const auto entier = nombre(s.substr(0, virgule));
    if (!entier) return std::nullopt;
    if (virgule == std::string_view::npos) return *entier * 100;
    auto decimales = std::string{s.substr(virgule + 1)};
    if (decimales.empty() || decimales.size() > 2) return std::nullopt;
    if (decimales.size() == 1) decimales += '0';
    const auto fraction = nombre(decimales);
    if (!fraction) return std::nullopt;
    return *entier * 100 + *fraction;
}

} // namespace saisie
} // namespace

std::optional<int> lire_entier(std::string_view saisi, int min, int max)
{
    const auto n = saisie::nombre(saisie::condense(saisi));
    if (!n || *n < min || *n > max) return std::nullopt;
    return static_cast<int>(*n);
}

std::optional<int> lire_surface_dm2(std::string_view saisi)
{
    auto texte = saisie::condense(saisi, "m²");
    if (texte.ends_with("m2")) texte.resize(texte.size() - 2);
    const auto n = saisie::centiemes(texte);
    if (!n || *n < 10 || *n > 999'900) return std::nullopt;
    return static_cast<int>(*n);
}

std::optional<std::int64_t> lire_montant_centimes(std::string_view saisi)
{
    const auto n = saisie::centiemes(saisie::condense(saisi, "€"));
    if (!n || *n > 10'000'000) return std::nullopt;
    return *n;
}

std::optional<std::string> lire_mois(std::string_view saisi)
{
    const auto plie = base::fold(saisi); // « 03/2026 » → "03 2026", « août 2025 » → "aout 2025"
    const auto mots = base::split(plie, ' ');
    if (mots.size() != 2) return std::nullopt;
    const bool annee_devant = mots[0].size() == 4 && base::starts_with_digit(mots[0]);
    const auto& partie_mois = annee_devant ? mots[1] : mots[0];
    const auto annee = saisie::nombre(annee_devant ? mots[0] : mots[1]);
    auto m = saisie::nombre(partie_mois);
    for (std::size_t i = 0; i < saisie::mois.size(); ++i)
        if (base::fold(saisie::mois[i]) == partie_mois) m = static_cast<long long>(i) + 1;
    if (!annee || *annee < 1950 || *annee > 2200 || !m || *m < 1 || *m > 12) return std::nullopt;
    return std::to_string(*annee) + (*m < 10 ? "-0" : "-") + std::to_string(*m);
}

std::string mois_en_mots(std::string_view m)
{
    const auto d = base::parse_date(std::string{m} + "-01");
    if (!d) return std::string{m};
    return std::string{saisie::mois[d->month - 1]} + " " + std::to_string(d->year);
}

} // namespace signalement::depot
