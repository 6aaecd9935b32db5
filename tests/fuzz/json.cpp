// JSON from others: the address service, the lines of the national address base. And what we write reads
// back.
#include <boost/json.hpp>

#include <cmath>
#include <map>
#include <unordered_map>

#include "base/json.hpp"
#include "base/text.hpp"
#include "fuzz.hpp"
#include "http/web.hpp"
#include "signalement/depot/reponses.hpp"
#include "territoire/recherche.hpp"

namespace territoire::geocodeur_detail {
std::optional<std::vector<Adresse>> parse_answer(const std::string& body); // geocodeur.cpp
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    if (const auto found = territoire::geocodeur_detail::parse_answer(std::string{text})) {
        fuzz::must(found->size() <= 20, "a bounded list");
        for (const auto& a : *found) {
            fuzz::must(!a.libelle.empty() && a.insee.size() <= 5 * 4, "an address is one");
            fuzz::must(base::clean_text(a.libelle) == a.libelle, "labels are clean text");
            fuzz::must(a.score >= 0 && a.score <= 1, "a score is a share");
            fuzz::must(!a.position || (std::abs(a.position->lon) <= 180 && std::abs(a.position->lat) <= 90),
                       "a place on the Earth");
        }
    }
    if (const auto clean = base::clean_text(text)) {
        const auto written = base::json_string(*clean);
        fuzz::must(written.find('<') == std::string::npos, "it may stand inside a script element");
        boost::system::error_code failed;
        const auto read = boost::json::parse(written, failed);
        fuzz::must(!failed && std::string_view{read.as_string()} == *clean, "a text reads back");
    }
    if (const auto pairs = http::parse_pairs(text, 50)) {
        signalement::depot::Reponses answers;
        for (const auto& [name, value] : *pairs) answers.mettre(name, std::vector{value, name});
        fuzz::must(signalement::depot::Reponses::de_json(answers.json()) == answers, "a draft reads back");
    }
    return 0;
}
