// The tables against the reference file of the State's figures, and their own consistency.
#include "signalement/desordre/catalogue.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/text.hpp"

namespace signalement::desordre::catalogue_check {

std::string milliemes(std::string_view coefficient)
{
    // "1.5" → 1500, without going through floating point.
    std::string whole{coefficient};
    std::string decimals;
    if (const auto dot = whole.find('.'); dot != std::string::npos) {
        decimals = whole.substr(dot + 1);
        whole.resize(dot);
    }
    decimals.resize(3, '0');
    return std::to_string(std::stoi(whole) * 1000 + std::stoi(decimals));
}

TEST_CASE("le catalogue des désordres reprend ligne à ligne les valeurs de l’État")
{
    std::ifstream file{std::string{LOGIS_SOURCE_DIR} + "/tests/data/desordres.csv"};
    REQUIRE(file);
    std::string line;
    const auto next_line = [&] {
        if (!std::getline(file, line)) return false;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        return true;
    };
    REQUIRE(next_line());
    REQUIRE(
        line ==
        "zone,categorie,critere,precision,coef,danger,insalubrite,suroccupation,exclusive,qualifications");
    std::set<std::string> seen;
    while (next_line()) {
        const auto cells = base::split(line, ',');
        REQUIRE(cells.size() == 10);
        CAPTURE(cells[3]);
        const auto* precision = find_precision(cells[3]);
        REQUIRE(precision != nullptr);
        const auto* critere = find_critere(precision->critere);
        REQUIRE(critere != nullptr);
        CHECK(cells[0] == base::slug_of(zones, critere->zone));
        CHECK(cells[1] == critere->categorie);
        CHECK(cells[2] == precision->critere);
        CHECK(milliemes(cells[4]) == std::to_string(precision->milliemes));
        CHECK((cells[5] == "1") == precision->danger);
        CHECK((cells[6] == "1") == precision->insalubrite);
        CHECK((cells[7] == "1") == precision->suroccupation);
        CHECK((cells[8] == "1") == precision->exclusive);
        Qualifications expected;
        if (!cells[9].empty())
            for (const auto& slug : base::split(cells[9], '|')) {
                const auto q = base::from_slug(qualifications, slug);
                REQUIRE(q);
                expected = expected | *q;
            }
        CHECK(expected == precision->qualifications);
        CHECK(seen.insert(cells[3]).second);
    }
    CHECK(seen.size() == precisions().size());
}

TEST_CASE("chaque précision a son critère, chaque critère sa catégorie, sans doublon ni libellé vide")
{
    std::set<std::string_view> slugs;
    for (const auto& categorie : categories()) {
        CHECK(slugs.insert(categorie.slug).second);
        CHECK(!categorie.libelle.empty());
        CHECK(!categorie.aide.empty());
        CHECK(!criteres_de(categorie.slug).empty());
    }
    std::set<std::string_view> critere_slugs;
    std::size_t in_groups = 0;
    for (const auto& categorie : categories()) in_groups += criteres_de(categorie.slug).size();
    CHECK(in_groups == criteres().size()); // contiguous
    in_groups = 0;
    for (const auto& critere : criteres()) {
        CAPTURE(critere.slug);
        CHECK(critere_slugs.insert(critere.slug).second);
        CHECK(find_categorie(critere.categorie) != nullptr);
        CHECK(!critere.libelle.empty());
        CHECK(base::length(critere.libelle) <= 90);
        const auto group = precisions_du_critere(critere.slug);
        CHECK(!group.empty());
        in_groups += group.size();
        if (critere.question == Question::Aucune) CHECK(group.size() == 1);
        if (critere.question != Question::Aucune && critere.question != Question::Composition)
            CHECK(group.size() > 1);
        CHECK((critere.question == Question::OuiNonNsp) == !critere.intitule.empty());
    }
    CHECK(in_groups == precisions().size()); // contiguous
    std::set<std::string> labels;
    for (const auto& precision : precisions()) {
        CAPTURE(precision.slug);
        const auto* critere = find_critere(precision.critere);
        REQUIRE(critere != nullptr);
        // Two précisions never read the same on one screen.
        CHECK(labels.insert(std::string{critere->categorie} + libelle_complet(precision)).second);
        if (precisions_du_critere(precision.critere).size() > 1) CHECK(!precision.libelle.empty());
    }
}

TEST_CASE("le catalogue s’écrit en Markdown, une ligne par précision")
{
    const auto text = catalogue_markdown();
    std::istringstream lines{text};
    std::string line;
    std::size_t rows = 0;
    while (std::getline(lines, line))
        if (line.find("`desordres_") != std::string::npos && line.front() == '|') ++rows;
    CHECK(rows == 195);
    CHECK(text.find("| 0,25 |") != std::string::npos);
    CHECK(text.find("| 2,5 |") != std::string::npos);
}

} // namespace signalement::desordre::catalogue_check
