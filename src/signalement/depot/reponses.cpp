// Answers and their JSON form.
#include "signalement/depot/reponses.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "base/expect.hpp"
#include "base/json.hpp"

namespace signalement::depot {

const std::string& Reponses::texte(std::string_view slug) const
{
    static const std::string rien;
    const auto& l = liste(slug);
    return l.empty() ? rien : l.front();
}

const std::vector<std::string>& Reponses::liste(std::string_view slug) const
{
    static const std::vector<std::string> rien;
    const auto it = valeurs_.find(slug);
    return it == valeurs_.end() ? rien : it->second;
}

bool Reponses::est(std::string_view slug, std::string_view valeur) const
{
    return std::ranges::find(liste(slug), valeur) != liste(slug).end();
}

void Reponses::mettre(std::string_view slug, std::string valeur)
{
    mettre(slug, std::vector<std::string>{std::move(valeur)});
}

void Reponses::mettre(std::string_view slug, std::vector<std::string> valeurs)
{
    std::erase(valeurs, "");
    if (valeurs.empty())
        retirer(slug);
    else
        valeurs_.insert_or_assign(std::string{slug}, std::move(valeurs));
}

void Reponses::retirer(std::string_view slug)
{
    if (const auto it = valeurs_.find(slug); it != valeurs_.end()) valeurs_.erase(it);
}

std::vector<std::pair<std::string, std::string>> Reponses::paires() const
{
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& [slug, valeurs] : valeurs_)
        for (const auto& v : valeurs) out.emplace_back(slug, v);
    return out;
}

std::string Reponses::json() const
{
    std::string out = "{";
    for (const auto& [slug, valeurs] : valeurs_) {
        if (out.size() > 1) out += ',';
        base::append_json_string(out, slug);
        out += ":[";
        for (std::size_t i = 0; i < valeurs.size(); ++i) {
            if (i != 0) out += ',';
            base::append_json_string(out, valeurs[i]);
        }
        out += ']';
    }
    return out + "}";
}

Reponses Reponses::de_json(std::string_view texte)
{
    Reponses r;
    try {
        const auto racine = boost::json::parse(texte);
        for (const auto& [slug, valeurs] : racine.as_object()) {
            std::vector<std::string> l;
            for (const auto& v : valeurs.as_array()) l.emplace_back(std::string_view{v.as_string()});
            r.mettre(std::string_view{slug}, std::move(l));
        }
    } catch (const std::exception& e) {
        throw base::Bug{std::string{"the answers of a draft cannot be read: "} + e.what()};
    }
    return r;
}

} // namespace signalement::depot
