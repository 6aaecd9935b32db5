// Finding places by text: candidates from the full-text index of either engine, ranked by score.cpp.
#include "territoire/store.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <span>

#include "base/text.hpp"

namespace territoire::store {

namespace recherche_detail {

struct LieuRow {
    std::int64_t rang;
    std::string id;
    std::string type;
    std::string nom;
    std::string insee;
    std::string commune;
    std::optional<std::string> code_postal;
    std::optional<double> lon;
    std::optional<double> lat;
    double importance;
};

/// One condition on the words of a place: any of the alternatives (exact or beginning), or a look-alike.
struct Mot {
    struct Forme {
        std::string text;
        bool prefix = false;
    };
    std::vector<Forme> formes;
    bool fuzzy = false; // PostgreSQL with trigrams only: resembles formes[0]
};
using Mots = std::vector<Mot>;

/// Both engines read words made of letters and digits between quotes as plain words, whatever they are.
std::string fts5(const Mots& mots)
{
    std::string out;
    for (const auto& mot : mots) {
        if (!out.empty()) out += " AND ";
        out += '(';
        for (const auto& forme : mot.formes) {
            if (out.back() != '(') out += " OR ";
            out += '"' + forme.text + '"' + (forme.prefix ? "*" : "");
        }
        out += ')';
    }
    return out;
}

std::string tsquery(const Mots& mots)
{
    std::string out;
    for (const auto& mot : mots) {
        if (mot.fuzzy) continue;
        if (!out.empty()) out += " & ";
        out += '(';
        for (const auto& forme : mot.formes) {
            if (out.back() != '(') out += " | ";
            out += '\'' + forme.text + '\'' + (forme.prefix ? ":*" : "");
        }
        out += ')';
    }
    return out;
}

class Chercheur {
public:
    explicit Chercheur(db::Transaction& tx) : tx_(tx)
    {
        if (tx.engine() != db::Engine::Postgres) return;
        // The extension may have been refused to this database (see the migration).
        trigrams_ = tx.find<int>("SELECT 1 FROM pg_indexes WHERE indexname = 'lieu_trigrammes_voies' LIMIT 1")
                        .has_value();
        // A plan made once for all questions reads the whole table; made for the words asked, it reads the
        // index.
        tx.exec("SET LOCAL plan_cache_mode = force_custom_plan");
    }

    /// Places that satisfy every condition, most important first. Looks at `scan` places at most.
    std::vector<LieuRow> trouver(const Mots& mots, std::size_t limit, std::size_t scan = 3000)
    {
        static constexpr std::string_view columns =
            "l.rang, l.id, l.type, l.nom, l.insee, l.commune, l.code_postal, l.lon, l.lat, l.importance";
        static const std::string order = " ORDER BY l.importance DESC, l.rang LIMIT ";
        std::vector<db::Value> params;
        std::string sql = "SELECT " + std::string{columns} + " FROM (";
        bool fuzzy = false;
        if (tx_.engine() == db::Engine::Sqlite) {
            params.emplace_back(fts5(mots));
            sql += "SELECT rowid AS r FROM lieu_recherche WHERE lieu_recherche MATCH $1 LIMIT $2) t "
                   "JOIN lieu l ON l.rang = t.r" +
                   order + "$3";
        } else {
            params.emplace_back(tsquery(mots));
            std::string among;
            for (const auto& mot : mots)
                if (mot.fuzzy) {
                    params.emplace_back(mot.formes.front().text);
                    among += (fuzzy ? " AND CAST($" : "CAST($") + std::to_string(params.size()) +
                             " AS TEXT) <% recherche";
                    fuzzy = true;
                }
            // Look-alikes first and apart: the index of trigrams (one for communes, one for the rest) finds a
            // few hundred, where the likeness of every row would take seconds.
            if (fuzzy) {
                const auto is_town = [](const Mot& m) { return m.formes.front().text == "zcommune"; };
                const bool towns = std::any_of(mots.begin(), mots.end(), is_town);
                sql = "WITH flou AS MATERIALIZED (SELECT * FROM lieu WHERE " + among + " AND type " +
                      (towns ? "=" : "<>") + " 'municipality' LIMIT 2000) " + sql;
            }
            sql +=
                "SELECT * FROM " + std::string{fuzzy ? "flou" : "lieu"} +
                " WHERE array_to_tsvector(string_to_array(recherche, ' ')) @@ CAST($1 AS tsquery) LIMIT $" +
                std::to_string(params.size() + 1) + ") l" + order + "$" + std::to_string(params.size() + 2);
        }
        params.emplace_back(static_cast<std::int64_t>(scan));
        params.emplace_back(static_cast<std::int64_t>(limit));
        std::vector<LieuRow> out;
        if (fuzzy) tx_.exec("SET LOCAL enable_seqscan = off");
        tx_.run(sql, params,
                [&](std::span<const db::Value> row) { out.push_back(db::detail::row_as<LieuRow>(row)); });
        if (fuzzy) tx_.exec("SET LOCAL enable_seqscan = on");
        return out;
    }

    bool existe(Mot mot, const Mots& filtres)
    {
        Mots mots = filtres;
        mots.push_back(std::move(mot));
        return !trouver(mots, 1, 1).empty();
    }

    /// A word that designates something: itself, the beginning of a word, a look-alike, or a shorter
    /// beginning.
    std::optional<Mot> reparer(const Mot& mot, const Mots& filtres, std::size_t shortest)
    {
        if (existe(mot, filtres)) return mot;
        const auto& text = mot.formes.front().text;
        if (Mot prefix{{{text, true}}}; existe(prefix, filtres)) return prefix;
        if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return std::nullopt;
        if (trigrams_)
            if (Mot fuzzy{{{text, false}}, true}; text.size() >= 4 && existe(fuzzy, filtres)) return fuzzy;
        // Errors are seldom in the first letters; each try costs a look-up.
        shortest = std::max(shortest, text.size() > 5 ? text.size() - 5 : 1);
        for (std::size_t n = text.size() - 1; n >= shortest && n < text.size(); --n) {
            // Never inside a letter of several bytes.
            if ((static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) continue;
            if (Mot shorter{{{text.substr(0, n), true}}}; existe(shorter, filtres)) return shorter;
        }
        return std::nullopt;
    }

private:
    db::Transaction& tx_;
    bool trigrams_ = false;
};

Mot filtre(std::string text)
{
    return {{{std::move(text), false}}};
}

/// The words of the question as conditions: the last one may be unfinished. Articles say nothing and cost
/// much.
Mots mots_de(const Question& q, const std::function<bool(std::string_view)>& ecarter)
{
    Mots out;
    for (std::size_t i = 0; i < q.mots.size(); ++i) {
        const bool last = i + 1 == q.mots.size();
        if (ecarter(q.mots[i])) continue;
        Mot mot{{{q.mots[i], last}}};
        if (last && q.dernier != q.mots[i]) mot.formes.push_back({q.dernier, true});
        out.push_back(std::move(mot));
    }
    return out;
}

Mots avec(std::span<const Mot> mots, const Mots& filtres)
{
    // Filters last: the rarest words are read first by neither engine, but the text of the query stays short
    // to read.
    Mots out(mots.begin(), mots.end());
    out.insert(out.end(), filtres.begin(), filtres.end());
    return out;
}

/// Places that answer all the words but one.
std::vector<LieuRow> sans_un(Chercheur& c, const Mots& mots, const Mots& filtres)
{
    std::vector<LieuRow> out;
    for (std::size_t skip = 0; skip < mots.size() && skip < 8; ++skip) {
        auto fewer = mots;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(skip));
        for (auto& row : c.trouver(avec(fewer, filtres), 40, 500)) out.push_back(std::move(row));
    }
    return out;
}

std::vector<LieuRow> voies(Chercheur& c, const Question& q, const Mots& filtres, bool commune_connue)
{
    constexpr std::size_t enough = 120;
    auto mots = mots_de(q, [](std::string_view m) { return est_article(m) || est_type_de_voie(m); });
    if (mots.empty()) {
        // « rue de la » alone would be every street of France: only inside one commune.
        if (!commune_connue) return {};
        mots = mots_de(q, est_article);
        if (mots.empty()) return {};
    }
    if (auto found = c.trouver(avec(mots, filtres), enough); !found.empty()) return found;

    Mots good;
    for (const auto& mot : mots)
        if (auto repaired = c.reparer(mot, filtres, 3)) good.push_back(std::move(*repaired));
    if (good.empty()) return {};
    if (auto found = c.trouver(avec(good, filtres), enough); !found.empty()) return found;
    if (good.size() < 2) return {};

    // Each word exists, but not together.
    return sans_un(c, good, filtres);
}

/// `essayer_fautes`: also look for misspelled names; of no use when the words are those of a street.
std::vector<LieuRow> communes(Chercheur& c, const Question& q, const Mots& filtres, std::size_t limit,
                              bool essayer_fautes = true)
{
    auto mots = mots_de(q, est_article);
    if (mots.empty()) mots = mots_de(q, [](std::string_view) { return false; });
    if (mots.empty()) return {};
    const auto parts = [&](const Mots& words) {
        auto found = c.trouver(avec(words, filtres), limit);
        if (!found.empty()) return found;
        // The commune is at the end of an address, seldom at its beginning.
        for (std::size_t k = 1; k < words.size() && found.empty(); ++k)
            found = c.trouver(avec(std::span{words}.subspan(k), filtres), limit);
        for (std::size_t k = words.size() - 1; k > 0 && found.empty(); --k)
            found = c.trouver(avec(std::span{words}.first(k), filtres), limit);
        // « Mont Saint Agnan »: one word is another commune's.
        if (words.size() >= 2 && words.size() <= 5)
            for (auto& row : sans_un(c, words, filtres)) found.push_back(std::move(row));
        return found;
    };
    if (auto found = c.trouver(avec(mots, filtres), limit); !found.empty()) return found;
    if (!essayer_fautes) return parts(mots);
    Mots good;
    for (const auto& mot : mots)
        if (auto repaired = c.reparer(mot, filtres, 2)) good.push_back(std::move(*repaired));
    auto found = good.size() == mots.size() ? c.trouver(avec(good, filtres), limit) : std::vector<LieuRow>{};
    if (found.empty()) found = parts(mots);
    if (found.empty() && !good.empty()) found = parts(good);
    if (mots.size() == 1 && mots[0].formes[0].text.size() >= 4) {
        // Neither beginnings nor trigrams see swapped letters: the score does, among the towns with the same
        // first letter.
        const auto first = mots[0].formes[0].text.substr(0, 1);
        if (first[0] >= 'a' && first[0] <= 'z')
            for (auto& row : c.trouver(avec(Mots{Mot{{{first, true}}}}, filtres), 200, 10'000))
                found.push_back(std::move(row));
    }
    return found;
}

Adresse to_adresse(const LieuRow& row)
{
    const auto type = base::from_slug(types_adresse, row.type);
    base::expect(type.has_value(), "kind of place unknown in the database");
    Adresse a;
    a.id = row.id;
    a.type = *type;
    a.code_postal = row.code_postal.value_or("");
    a.insee = row.insee;
    a.commune = row.commune;
    if (row.lon && row.lat) a.position = Point{*row.lon, *row.lat};
    a.importance = row.importance;
    if (a.type == TypeAdresse::Commune) {
        a.libelle = row.nom == row.commune ? row.nom : row.nom + " (" + row.commune + ")";
        return a;
    }
    a.voie = row.nom;
    a.libelle = row.nom + (a.code_postal.empty() ? "" : " " + a.code_postal) + " " + row.commune;
    return a;
}

double note(const Question& q, const LieuRow& row, Adresse a, bool numero_trouve)
{
    if (a.type == TypeAdresse::Commune) a.commune = row.nom; // a déléguée is judged by its own name
    return noter(q, a, numero_trouve);
}

struct Candidat {
    Adresse adresse;
    LieuRow lieu;
};

void trier(std::vector<Candidat>& candidats)
{
    std::stable_sort(candidats.begin(), candidats.end(), [](const Candidat& a, const Candidat& b) {
        if (a.adresse.score != b.adresse.score) return a.adresse.score > b.adresse.score;
        if (a.adresse.importance != b.adresse.importance) return a.adresse.importance > b.adresse.importance;
        return a.adresse.libelle < b.adresse.libelle;
    });
}

struct NumeroRow {
    std::int64_t lieu;
    std::string id;
    std::string suffixe;
    std::optional<std::string> code_postal;
    std::optional<double> lon;
    std::optional<double> lat;
};

/// The candidates' house number, when they have it: exactly the one asked, else the one without suffix.
std::map<std::int64_t, NumeroRow> numeros(db::Transaction& tx, const std::vector<Candidat>& candidats,
                                          const Question& q)
{
    std::map<std::int64_t, NumeroRow> out;
    std::vector<db::Value> params{std::int64_t{*q.numero}};
    std::string sql =
        "SELECT lieu, id, suffixe, code_postal, lon, lat FROM adresse WHERE numero = $1 AND lieu IN (";
    for (const auto& c : candidats) {
        if (params.size() == 31) break;
        params.emplace_back(c.lieu.rang);
        sql += (params.size() == 2 ? "$" : ", $") + std::to_string(params.size());
    }
    if (params.size() == 1) return out;
    // The text of the query, hence the statement kept, is the same for 30 candidates and for fewer.
    const auto last = params.back();
    while (params.size() < 31) {
        params.push_back(last);
        sql += ", $" + std::to_string(params.size());
    }
    sql += ") ORDER BY lieu, suffixe LIMIT 500";
    tx.run(sql, params, [&](std::span<const db::Value> values) {
        auto row = db::detail::row_as<NumeroRow>(values);
        const bool exact = row.suffixe == q.suffixe;
        if (!exact && !row.suffixe.empty()) return;
        auto [at, added] = out.try_emplace(row.lieu, row);
        if (!added && exact) at->second = std::move(row);
    });
    return out;
}

void ajouter_voies(db::Transaction& tx, Chercheur& c, const Question& q, const Mots& filtres,
                   bool commune_connue, std::vector<Candidat>& out)
{
    auto zone = filtres;
    zone.push_back(filtre("zvoie"));
    std::vector<Candidat> streets;
    for (auto& row : voies(c, q, zone, commune_connue)) {
        auto a = to_adresse(row);
        a.score = note(q, row, a, !q.numero);
        streets.push_back({std::move(a), std::move(row)});
    }
    trier(streets);
    if (q.numero) {
        const auto found = numeros(tx, streets, q);
        for (auto& s : streets) {
            const auto at = found.find(s.lieu.rang);
            if (at == found.end()) continue;
            const auto& n = at->second;
            auto& a = s.adresse;
            a.id = n.id;
            a.type = TypeAdresse::Numero;
            a.numero = std::to_string(*q.numero) + (n.suffixe.empty() ? "" : " " + n.suffixe);
            if (n.code_postal) a.code_postal = *n.code_postal;
            if (n.lon && n.lat) a.position = Point{*n.lon, *n.lat};
            a.libelle = a.numero + " " + a.voie + (a.code_postal.empty() ? "" : " " + a.code_postal) + " " +
                        a.commune;
            // « 12 bis » when only 12 is known: close, but not it.
            a.score = note(q, s.lieu, a, true) * (n.suffixe == q.suffixe ? 1 : 0.95);
        }
    }
    std::move(streets.begin(), streets.end(), std::back_inserter(out));
}

Mots filtres_de(const Filtre& f)
{
    // Filters become words of the query: only what a code can be.
    const auto code = [](std::string_view s) {
        auto out = base::fold(s);
        return out.find(' ') == std::string::npos ? out : std::string{};
    };
    Mots out;
    if (!f.insee.empty()) out.push_back(filtre("zi" + code(f.insee)));
    if (!f.departement.empty()) out.push_back(filtre("zd" + code(f.departement)));
    return out;
}

} // namespace recherche_detail

namespace r = recherche_detail;

std::vector<Adresse> rechercher(db::Transaction& tx, std::string_view typed, std::size_t limit,
                                const Filtre& filtre)
{
    const auto q = lire_question(typed);
    if (q.mots.empty()) return {};
    r::Chercheur chercheur{tx};
    const auto filtres = r::filtres_de(filtre);

    std::vector<r::Candidat> candidats;
    r::ajouter_voies(tx, chercheur, q, filtres, !filtre.insee.empty(), candidats);
    const bool number_found = std::any_of(candidats.begin(), candidats.end(), [](const r::Candidat& c) {
        return c.adresse.type == TypeAdresse::Numero;
    });
    // « 8 mai 1945 » is not the number 8 of a street.
    if (q.numero && !number_found)
        r::ajouter_voies(tx, chercheur, sans_numero(q), filtres, !filtre.insee.empty(), candidats);
    auto zone = filtres;
    zone.push_back(r::filtre("zcommune"));
    const bool street = std::any_of(candidats.begin(), candidats.end(),
                                    [](const r::Candidat& c) { return c.adresse.score > 0.75; });
    for (auto& row : r::communes(chercheur, q, zone, 100, !street)) {
        auto a = r::to_adresse(row);
        a.score = r::note(q, row, a, !q.numero);
        candidats.push_back({std::move(a), std::move(row)});
    }
    r::trier(candidats);

    constexpr double worth_showing = 0.25;
    std::vector<Adresse> out;
    std::map<std::string, std::string> contextes;
    for (auto& c : candidats) {
        if (out.size() == limit) break;
        if (c.adresse.score < worth_showing) continue;
        if (std::any_of(out.begin(), out.end(), [&](const Adresse& a) { return a.id == c.adresse.id; }))
            continue;
        const auto code = departement_du_code(c.adresse.insee);
        auto at = contextes.find(code);
        if (at == contextes.end()) at = contextes.emplace(code, contexte(tx, code)).first;
        c.adresse.contexte = at->second;
        out.push_back(std::move(c.adresse));
    }
    return out;
}

std::vector<Localisation> search_communes(db::Transaction& tx, std::string_view typed, std::size_t limit,
                                          std::string_view departement)
{
    auto q = lire_question(typed);
    if (q.numero) q = sans_numero(q);
    std::vector<Localisation> out;
    // An INSEE code says exactly one place; a postal code of the same digits says others, which come after.
    const auto code = base::trim(typed);
    if (code.size() == 5)
        if (auto found = find_commune(tx, code);
            found && (departement.empty() || found->commune.departement == departement))
            out.push_back(std::move(*found));
    const bool exact = !out.empty();
    if (q.mots.empty()) return out;
    r::Chercheur chercheur{tx};
    auto zone = r::filtres_de({.insee = {}, .departement = std::string{departement}});
    zone.push_back(r::filtre("zcommune"));
    const bool digits = code.size() == 5 && code.find_first_not_of("0123456789") == std::string_view::npos;
    const auto has_code = [&](const Localisation& l) {
        const auto& codes = l.codes_postaux();
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    std::vector<r::Candidat> candidats;
    for (auto& row : r::communes(chercheur, q, zone, 200)) {
        auto a = r::to_adresse(row);
        a.score = r::note(q, row, a, true);
        // A name that is asked alone must be answered by a name, not by one word of it. The score knows only
        // the first postal code of a commune.
        if (digits || a.score >= 0.5) candidats.push_back({std::move(a), std::move(row)});
    }
    r::trier(candidats);
    // Whoever types five digits means a postal code more often than an INSEE code.
    std::vector<Localisation> by_text;
    for (auto& c : candidats) {
        if (by_text.size() + out.size() >= limit) break;
        const auto own = c.lieu.id.substr(0, c.lieu.id.find('-'));
        auto found = find_commune(tx, own);
        if (!found || (c.adresse.score < 0.5 && !has_code(*found))) continue;
        if (c.lieu.id.size() != own.size()) { // another name of the commune: the déléguée that has its code
            found->partie = found->commune;
            found->partie->nom = c.lieu.nom;
            found->partie->type = TypeCommune::Deleguee;
            found->partie->rattachee_a = found->commune.insee;
            found->partie->epci.clear();
            found->partie->population = 0;
        }
        if (exact && out[0].nom() == found->nom() && out[0].commune.insee == found->commune.insee) continue;
        by_text.push_back(std::move(*found));
    }
    const bool postal = std::any_of(by_text.begin(), by_text.end(), has_code);
    if (!postal || !exact) {
        std::move(by_text.begin(), by_text.end(), std::back_inserter(out));
        return out;
    }
    std::move(out.begin(), out.end(), std::back_inserter(by_text));
    return by_text;
}

} // namespace territoire::store
