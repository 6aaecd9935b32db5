// Answers and their JSON form.
#include "demande/reponses.hpp"

#include <boost/json.hpp>

#include "base/expect.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace demande {

Reponses::Reponses(const std::vector<std::pair<std::string, std::string>>& paires)
{
    for (const auto& [champ, texte] : paires)
        if (!a(champ)) mettre(champ, texte);
}

const std::string& Reponses::texte(std::string_view champ) const
{
    static const std::string rien;
    const auto it = textes_.find(champ);
    return it == textes_.end() ? rien : it->second;
}

void Reponses::mettre(std::string_view champ, std::string texte)
{
    const auto propre = base::trim(texte);
    if (propre.empty())
        retirer(champ);
    else
        textes_.insert_or_assign(std::string{champ}, std::string{propre});
}

void Reponses::retirer(std::string_view champ)
{
    if (const auto it = textes_.find(champ); it != textes_.end()) textes_.erase(it);
}

std::vector<std::pair<std::string, std::string>> Reponses::paires() const
{
    return {textes_.begin(), textes_.end()};
}

std::string Reponses::json() const
{
    std::string out = "{";
    for (const auto& [champ, texte] : textes_) {
        if (out.size() > 1) out += ',';
        base::append_json_string(out, champ);
        out += ':';
        base::append_json_string(out, texte);
    }
    return out + "}";
}

Reponses Reponses::de_json(std::string_view json)
{
    Reponses r;
    boost::system::error_code ec;
    const auto valeur = boost::json::parse(json, ec);
    base::expect(!ec && valeur.is_object(), "the answers of a demande are not a JSON object");
    for (const auto& [champ, texte] : valeur.get_object()) {
        base::expect(texte.is_string(), "an answer of a demande is not a text");
        r.mettre(champ, std::string{texte.get_string()});
    }
    return r;
}

} // namespace demande
