// What a person answered, as typed: a draft's content. Knows nothing of questions, validity or the database.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalement::depot {

/// Question's slug → what was answered; several texts for check boxes. An absent slug and an empty answer
/// mean the same.
class Reponses {
public:
    /// The only answer, or the first; empty when there is none.
    [[nodiscard]] const std::string& texte(std::string_view slug) const;
    [[nodiscard]] const std::vector<std::string>& liste(std::string_view slug) const;
    [[nodiscard]] bool a(std::string_view slug) const { return !liste(slug).empty(); }
    [[nodiscard]] bool est(std::string_view slug, std::string_view valeur) const;
    void mettre(std::string_view slug, std::string valeur);
    void mettre(std::string_view slug, std::vector<std::string> valeurs);
    void retirer(std::string_view slug);
    void vider() { valeurs_.clear(); }

    /// Ordered name and value pairs, as a form would send them.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> paires() const;
    [[nodiscard]] std::string json() const;
    /// Throws base::Bug when the text is not what json() wrote.
    static Reponses de_json(std::string_view);

    bool operator==(const Reponses&) const = default;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> valeurs_;
};

} // namespace signalement::depot
