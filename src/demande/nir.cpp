// Reads a NIR. Pure.
#include "demande/nir.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace demande {

namespace {

constexpr const char* nir_incorrect =
    "Ce numéro de sécurité sociale n’est pas correct. Vérifiez ses 15 caractères, clé "
    "comprise.";

bool est_numerique(std::string_view s)
{
    return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

Result<std::string> lire_nir(std::string_view saisi)
{
    std::string s;
    for (std::size_t i = 0; i < saisi.size(); ++i) {
        if (saisi.substr(i).starts_with("\u00a0"))
            ++i;
        else if (saisi.substr(i).starts_with("\u202f"))
            i += 2;
        else if (const char c = saisi[i]; c == 'a' || c == 'b')
            s += static_cast<char>(c - 'a' + 'A');
        else if (c != ' ' && c != '.' && c != '-')
            s += c;
    }
    const auto refus = Problem::invalid("nir", nir_incorrect);
    if (s.size() != 15) return refus;
    // The key is 97 minus the rest of the thirteen digits by 97, where 2A counts as 19 and 2B as 18.
    auto chiffres = s;
    if (s.substr(5, 2) == "2A") chiffres.replace(5, 2, "19");
    if (s.substr(5, 2) == "2B") chiffres.replace(5, 2, "18");
    if (!est_numerique(chiffres) || std::string_view{"123478"}.find(s[0]) == std::string_view::npos)
        return refus;
    std::int64_t n = 0;
    for (const char c : chiffres.substr(0, 13)) n = n * 10 + (c - '0');
    if (97 - n % 97 != (s[13] - '0') * 10 + (s[14] - '0')) return refus;
    return s;
}

std::string nir_masque(std::string_view nir)
{
    if (nir.size() != 15) return {};
    return fmt::format("{} {} •• •• ••• ••• ••", nir.substr(0, 1), nir.substr(1, 2));
}

} // namespace demande
