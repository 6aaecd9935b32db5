// Names of places inside a French sentence. Pure.
#include "territoire/territoire.hpp"

#include "base/text.hpp"

namespace territoire {

namespace {
namespace noms {

/// The name without this article (of any case), which melts into « à » or « de »; nothing when it has
/// another.
std::optional<std::string> sans(std::string_view nom, std::string_view article)
{
    if (nom.size() <= article.size() || !base::fold(nom).starts_with(base::fold(article) + " "))
        return std::nullopt;
    return std::string{nom.substr(article.size() + 1)};
}

/// The base writes « L'Aigle ».
std::string typographie(std::string_view nom)
{
    std::string out;
    for (const char c : nom) out += c == '\'' ? std::string{"’"} : std::string{c};
    return out;
}

/// « d’Elbeuf », « d’Étretat », « d’Yvetot », but « de Yainville ». Before an h usage hesitates: « de ».
bool s_elide(std::string_view nom)
{
    const auto lettres = base::fold(nom);
    constexpr std::string_view voyelles = "aeiou";
    if (lettres.empty()) return false;
    if (lettres[0] != 'y') return voyelles.find(lettres[0]) != std::string_view::npos;
    return lettres.size() == 1 || voyelles.find(lettres[1]) == std::string_view::npos;
}

} // namespace noms
} // namespace

std::string a_la_commune(std::string_view nom)
{
    if (const auto reste = noms::sans(nom, "Le")) return "au " + noms::typographie(*reste);
    if (const auto reste = noms::sans(nom, "Les")) return "aux " + noms::typographie(*reste);
    return "à " + noms::typographie(nom);
}

std::string de_la_commune(std::string_view nom)
{
    if (const auto reste = noms::sans(nom, "Le")) return "du " + noms::typographie(*reste);
    if (const auto reste = noms::sans(nom, "Les")) return "des " + noms::typographie(*reste);
    return (noms::s_elide(nom) ? "d’" : "de ") + noms::typographie(nom);
}

} // namespace territoire
