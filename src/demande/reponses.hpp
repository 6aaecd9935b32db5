// What a form says, as typed: field → text. Knows nothing of questions, validity or the database.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace demande {

/// One text for each field; an absent field and an empty one mean the same.
class Reponses {
public:
    Reponses() = default;
    /// Of a posted form: the first text of each name.
    explicit Reponses(const std::vector<std::pair<std::string, std::string>>& paires);

    [[nodiscard]] const std::string& texte(std::string_view champ) const;
    [[nodiscard]] bool a(std::string_view champ) const { return !texte(champ).empty(); }
    [[nodiscard]] bool est(std::string_view champ, std::string_view valeur) const
    {
        return texte(champ) == valeur;
    }
    void mettre(std::string_view champ, std::string texte);
    void retirer(std::string_view champ);

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> paires() const;
    [[nodiscard]] std::string json() const;
    /// Throws base::Bug when the text is not what json() wrote.
    static Reponses de_json(std::string_view);

    bool operator==(const Reponses&) const = default;

private:
    std::map<std::string, std::string, std::less<>> textes_;
};

} // namespace demande
