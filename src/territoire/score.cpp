// Reading what is typed and scoring what is found. Pure: no database.
#include "territoire/recherche.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"

namespace territoire {

namespace score_detail {

struct Abbreviation {
    std::string_view word, full;
};
constexpr std::array<Abbreviation, 34> abbreviations = {{
    {"all", "allee"},       {"av", "avenue"},     {"ave", "avenue"},      {"bat", "batiment"},
    {"bd", "boulevard"},    {"bld", "boulevard"}, {"blvd", "boulevard"},  {"boul", "boulevard"},
    {"ch", "chemin"},       {"che", "chemin"},    {"chem", "chemin"},     {"crs", "cours"},
    {"dr", "docteur"},      {"fbg", "faubourg"},  {"fg", "faubourg"},     {"gal", "general"},
    {"ham", "hameau"},      {"imp", "impasse"},   {"lot", "lotissement"}, {"mal", "marechal"},
    {"pdt", "president"},   {"pl", "place"},      {"pce", "place"},       {"pres", "president"},
    {"prof", "professeur"}, {"r", "rue"},         {"res", "residence"},   {"rte", "route"},
    {"sq", "square"},       {"st", "saint"},      {"ste", "sainte"},      {"sts", "saints"},
    {"trav", "traverse"},   {"zac", "zone"},
}};
constexpr std::array<std::string_view, 20> articles = {"a",   "au",  "aux",  "d",    "de",  "des",  "du",
                                                       "en",  "et",  "l",    "la",   "le",  "les",  "un",
                                                       "une", "sur", "sous", "chez", "par", "cedex"};
constexpr std::array<std::string_view, 28> street_types = {
    "allee", "avenue",  "boulevard", "chaussee",  "chemin", "cite",     "clos",
    "cour",  "cours",   "esplanade", "faubourg",  "hameau", "impasse",  "lotissement",
    "mail",  "passage", "place",     "promenade", "quai",   "quartier", "residence",
    "rond",  "route",   "rue",       "ruelle",    "sente",  "square",   "traverse"};

template <std::size_t N> bool contains(const std::array<std::string_view, N>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool all_digits(std::string_view s)
{
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> words_of(std::string_view folded)
{
    auto words = base::split(folded, ' ');
    std::erase(words, "");
    return words;
}

/// saint for st, 15 for 15e; the word itself otherwise.
std::string normal(const std::string& word)
{
    for (const auto& row : abbreviations)
        if (row.word == word) return std::string{row.full};
    const auto end = std::find_if(word.begin(), word.end(), [](char c) { return c < '0' || c > '9'; });
    if (end != word.begin() && end != word.end()) {
        const std::string_view ending{end, word.end()};
        for (const std::string_view ordinal : {"e", "er", "ere", "eme", "ieme", "nd", "nde"})
            if (ending == ordinal) return {word.begin(), end};
    }
    return word;
}

bool is_suffix(std::string_view word)
{
    return word == "bis" || word == "ter" || word == "quater" || word == "quinquies" ||
           (word.size() == 1 && word[0] >= 'a' && word[0] <= 'z');
}

double weight(std::string_view word)
{
    if (est_article(word)) return 0.1;
    if (est_type_de_voie(word)) return 0.35;
    return 1;
}

/// Number of letters to change, add, remove or swap, given up above `limit`.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit)
{
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > limit || b.size() > 40) return limit + 1;
    std::array<std::array<std::size_t, 42>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& before = rows[(i + 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

/// How much a typed word looks like a word of the place, 0–1.
double likeness(std::string_view typed, std::string_view word, bool may_be_unfinished)
{
    if (typed == word) return 1;
    if (word.starts_with(typed)) {
        const double share = static_cast<double>(typed.size()) / static_cast<double>(word.size());
        if (may_be_unfinished) return 0.9 + 0.1 * share;
        if (typed.size() >= 3) return 0.5 + 0.4 * share;
        return 0;
    }
    // Digits are not misspelled: 76000 is not 76600.
    if (all_digits(typed) || all_digits(word)) return 0;
    const std::size_t allowed = typed.size() >= 8 ? 2 : typed.size() >= 4 ? 1 : 0;
    if (!allowed) return 0;
    if (const auto n = edits(typed, word, allowed); n <= allowed) return n == 1 ? 0.8 : 0.65;
    if (may_be_unfinished && word.size() > typed.size() && typed.size() >= 5 &&
        edits(typed, word.substr(0, typed.size()), 1) <= 1)
        return 0.7;
    return 0;
}

} // namespace score_detail

bool est_article(std::string_view mot)
{
    return score_detail::contains(score_detail::articles, mot);
}

bool est_type_de_voie(std::string_view mot)
{
    return score_detail::contains(score_detail::street_types, mot);
}

std::string texte_recherche(std::string_view nom)
{
    std::string out;
    for (const auto& word : score_detail::words_of(base::fold(nom))) {
        if (!out.empty()) out += ' ';
        out += score_detail::normal(word);
    }
    return out;
}

Question lire_question(std::string_view typed)
{
    namespace d = score_detail;
    // A question has a bounded number of words: each costs a look-up.
    constexpr std::size_t max_words = 14;
    auto words = d::words_of(base::fold(base::truncate(typed, 200)));
    if (words.size() > max_words) words.resize(max_words);
    std::erase(words, "cedex");
    for (auto& word : words)
        if (word.size() > 40) word = base::truncate(word, 20);

    Question q;
    std::vector<std::size_t> taken;
    for (std::size_t i = 0; i < words.size() && !q.numero; ++i) {
        // « 12 », « 12bis », « 12b »: at the beginning, or just before a kind of street.
        const auto& word = words[i];
        std::size_t digits = 0;
        while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9') ++digits;
        if (digits == 0 || digits > 4) continue;
        const auto attached = word.substr(digits);
        if (!attached.empty() && !d::is_suffix(attached)) continue;
        if (d::normal(word) != word && attached != "b") continue; // 15e, 1er: an ordinal
        const bool loose = attached.empty() && i + 2 < words.size() && d::is_suffix(words[i + 1]) &&
                           (words[i + 1].size() > 1 || est_type_de_voie(d::normal(words[i + 2])));
        const auto next = i + (loose ? 2 : 1);
        if (next >= words.size()) continue;
        if (i != 0 && !est_type_de_voie(d::normal(words[next]))) continue;
        q.numero = std::stoi(word.substr(0, digits));
        q.suffixe = loose ? words[i + 1] : attached;
        taken.push_back(i);
        if (loose) taken.push_back(i + 1);
    }
    for (std::size_t i = 0; i < words.size(); ++i)
        if (std::find(taken.begin(), taken.end(), i) == taken.end()) {
            q.mots.push_back(d::normal(words[i]));
            q.dernier = words[i];
        }
    return q;
}

Question sans_numero(const Question& q)
{
    auto out = q;
    if (!q.numero) return out;
    out.numero.reset();
    out.suffixe.clear();
    if (!q.suffixe.empty()) out.mots.insert(out.mots.begin(), q.suffixe);
    out.mots.insert(out.mots.begin(), std::to_string(*q.numero));
    return out;
}

double noter(const Question& q, const Adresse& a, bool numero_trouve)
{
    namespace d = score_detail;
    if (q.mots.empty()) return 0;
    const auto& name = a.type == TypeAdresse::Commune ? a.commune : a.voie;
    const auto name_words = d::words_of(texte_recherche(name));
    auto words = name_words;
    if (a.type != TypeAdresse::Commune)
        for (auto& word : d::words_of(texte_recherche(a.commune))) words.push_back(std::move(word));
    if (!a.code_postal.empty()) words.push_back(base::fold(a.code_postal));
    // The code of an arrondissement is typed by those who know it; elsewhere five digits are a postal code.
    if (a.type == TypeAdresse::Commune && a.commune.ends_with("Arrondissement")) words.push_back(a.insee);

    double asked = 0;
    double answered = 0;
    std::vector<double> named(name_words.size(), 0.0);
    for (std::size_t i = 0; i < q.mots.size(); ++i) {
        const bool last = i + 1 == q.mots.size();
        double best = 0;
        for (std::size_t j = 0; j < words.size(); ++j) {
            auto l = d::likeness(q.mots[i], words[j], last);
            if (last && q.dernier != q.mots[i]) l = std::max(l, d::likeness(q.dernier, words[j], true));
            best = std::max(best, l);
            if (j < name_words.size()) named[j] = std::max(named[j], l);
        }
        // A postal code that contradicts the place weighs double: it was typed on purpose.
        const bool code = q.mots[i].size() == 5 && d::all_digits(q.mots[i]);
        const double w = d::weight(q.mots[i]) * (code && best == 0 ? 2 : 1);
        asked += w;
        answered += w * best;
    }
    double own = 0;
    double own_named = 0;
    for (std::size_t j = 0; j < name_words.size(); ++j) {
        own += d::weight(name_words[j]);
        own_named += d::weight(name_words[j]) * named[j];
    }
    const double coverage = answered / asked;
    const double precision = own > 0 ? own_named / own : 0;
    double score = 0.72 * coverage + 0.22 * precision + 0.06 * std::clamp(a.importance, 0.0, 1.0);
    if (q.numero && !numero_trouve) score *= a.type == TypeAdresse::Commune ? 0.6 : 0.85;
    return std::clamp(score, 0.0, 1.0);
}

} // namespace territoire
