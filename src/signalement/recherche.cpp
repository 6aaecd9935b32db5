// See recherche.hpp.
#include "signalement/recherche.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "territoire/recherche.hpp"

namespace signalement {

namespace {
namespace lexique {

constexpr std::size_t lettres_min = 4, lettres_max = 16; // of a word that may be misspelled
constexpr std::size_t debut_min = 4;                     // a shorter word is not the beginning of another

bool chiffre(char c)
{
    return c >= '0' && c <= '9';
}

bool tout_en_chiffres(std::string_view s)
{
    return !s.empty() && std::ranges::all_of(s, chiffre);
}

bool vide(std::string_view mot)
{
    return territoire::est_article(mot) || territoire::est_type_de_voie(mot);
}

bool peut_etre_fautif(std::string_view mot)
{
    return mot.size() >= lettres_min && mot.size() <= lettres_max &&
           std::ranges::all_of(mot, [](char c) { return c >= 'a' && c <= 'z'; }) && !vide(mot);
}

std::set<std::string> moins_une_lettre(std::string_view mot)
{
    std::set<std::string> out;
    for (std::size_t i = 0; i < mot.size(); ++i)
        out.insert(std::string{mot.substr(0, i)}.append(mot.substr(i + 1)));
    return out;
}

std::vector<std::string> mots(std::string_view texte)
{
    auto out = base::split(territoire::texte_recherche(texte), ' ');
    std::erase(out, "");
    return out;
}

/// « jean.dupont@exemple.fr » in one word: its signs are typed in many ways.
std::string courriel(std::string_view adresse)
{
    auto out = base::fold(adresse);
    std::erase(out, ' ');
    return out;
}

/// A reference, or the year and the number of one: « 76-2026-000123 », « 2026-123 ». Its figures in one word.
std::string reference(std::string_view mot)
{
    const auto parties = base::split(mot, '-');
    if (parties.size() < 2 || parties.size() > 3) return {};
    const auto& annee = parties[parties.size() - 2];
    const auto& numero = parties.back();
    if (annee.size() != 4 || !tout_en_chiffres(annee) || !tout_en_chiffres(numero) || numero.size() > 6)
        return {};
    std::string territoire;
    if (parties.size() == 3) {
        territoire = base::fold(parties.front());
        if (territoire.size() < 2 || territoire.size() > 3 || !chiffre(territoire[0])) return {};
    }
    return territoire + annee + std::string(6 - numero.size(), '0') + numero;
}

/// The digits of a number, with and without the code of its country.
std::vector<std::string> telephone(std::string_view e164)
{
    std::string chiffres, national;
    for (const char c : e164)
        if (chiffre(c)) chiffres += c;
    for (const char c : base::format_phone(e164))
        if (chiffre(c)) national += c;
    if (chiffres.empty()) return {};
    return {chiffres, national};
}

bool de_telephone(std::string_view mot)
{
    return mot.find_first_not_of("0123456789+.-/()") == std::string_view::npos &&
           std::ranges::any_of(mot, chiffre);
}

/// « 06 12 », « 06.12.34 »: the beginning of a number.
std::string debut_de_numero(std::string_view texte)
{
    const auto groupes = base::split(base::fold(texte), ' ');
    if (groupes.size() < 2 || groupes.front().front() != '0') return {};
    std::string out;
    for (const auto& g : groupes) {
        if (g.size() != 2 || !tout_en_chiffres(g)) return {};
        out += g;
    }
    return out;
}

class Lecture {
public:
    explicit Lecture(std::string_view texte)
    {
        // A no-break space stands in numbers that were copied.
        std::string propre{base::truncate(texte, 200)};
        for (const std::string_view espace : {"\u00A0", "\u202F", "\t", "\n"})
            for (auto at = propre.find(espace); at != std::string::npos; at = propre.find(espace))
                propre.replace(at, espace.size(), " ");
        tapes_ = base::split(propre, ' ');
        std::erase(tapes_, "");
    }

    std::vector<Terme> faire()
    {
        for (std::size_t i = 0; i < tapes_.size();) i += lire(i);
        std::vector<Terme> pleins;
        std::ranges::copy_if(termes_, std::back_inserter(pleins),
                             [](const Terme& t) { return !vide(t.mot); });
        return pleins.empty() ? termes_ : pleins;
    }

private:
    /// How many of the words typed make the next one.
    std::size_t lire(std::size_t i)
    {
        const auto& mot = tapes_[i];
        if (mot.find('@') != std::string::npos) return ajouter(courriel(mot)), 1;
        if (auto r = reference(mot); !r.empty()) return ajouter(std::move(r)), 1;
        std::size_t fin = i;
        while (fin < tapes_.size() && de_telephone(tapes_[fin])) ++fin;
        for (auto n = fin; n > i; --n) {
            const auto texte = base::join({tapes_.begin() + static_cast<std::ptrdiff_t>(i),
                                           tapes_.begin() + static_cast<std::ptrdiff_t>(n)},
                                          " ");
            if (const auto e164 = base::parse_phone(texte)) return ajouter(e164->substr(1)), n - i;
            if (auto debut = debut_de_numero(texte); !debut.empty()) return ajouter(std::move(debut)), n - i;
        }
        for (auto& m : mots(mot)) ajouter(std::move(m));
        return 1;
    }

    void ajouter(std::string mot)
    {
        if (mot.empty()) return;
        const bool debut = mot.size() >= debut_min;
        if (std::ranges::find(termes_, mot, &Terme::mot) == termes_.end())
            termes_.push_back({std::move(mot), debut});
    }

    std::vector<std::string> tapes_;
    std::vector<Terme> termes_;
};

} // namespace lexique
} // namespace

std::string mots_de(const Signalement& s)
{
    std::set<std::string> out, noms;
    const auto nommer = [&](std::string_view texte) {
        for (auto& m : lexique::mots(texte)) noms.insert(std::move(m));
    };
    const auto ecrire_a = [&](std::string_view adresse) {
        if (adresse.empty()) return;
        out.insert(lexique::courriel(adresse));
        nommer(adresse.substr(0, adresse.find('@')));
    };
    const auto appeler = [&](std::string_view e164) {
        for (auto& m : lexique::telephone(e164)) out.insert(std::move(m));
    };
    if (const auto r = lexique::reference(s.reference); !r.empty()) {
        out.insert(r);
        out.insert(r.substr(r.size() - 10)); // the year and the number
        out.insert(r.substr(r.size() - 6));
    }
    for (const auto* p : {&s.declarant.contact, s.occupant ? &s.occupant->contact : nullptr}) {
        if (!p) continue;
        nommer(p->nom);
        nommer(p->prenom);
        ecrire_a(p->email);
        appeler(p->telephone);
    }
    nommer(s.declarant.organisation);
    nommer(s.bailleur.nom);
    ecrire_a(s.bailleur.email);
    appeler(s.bailleur.telephone);
    nommer(s.adresse.libelle);
    nommer(s.adresse.commune);
    nommer(s.adresse.code_postal);
    for (const auto& nom : noms) {
        if (lexique::peut_etre_fautif(nom))
            for (const auto& reste : lexique::moins_une_lettre(nom)) out.insert("~" + reste);
        out.insert(nom);
    }
    return base::join({out.begin(), out.end()}, " ");
}

std::vector<Terme> termes(std::string_view cherche)
{
    return lexique::Lecture{cherche}.faire();
}

std::vector<std::string> approches(std::string_view mot)
{
    if (!lexique::peut_etre_fautif(mot)) return {};
    std::vector<std::string> out = {"~" + std::string{mot}}; // a letter is missing
    for (const auto& reste : lexique::moins_une_lettre(mot)) {
        if (lexique::peut_etre_fautif(reste)) out.push_back(reste); // a letter is too much
        out.push_back("~" + reste);                                 // a letter is another, or two are swapped
    }
    return out;
}

} // namespace signalement
