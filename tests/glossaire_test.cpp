// GLOSSAIRE.md against the program: its words are those of the code, of the tables and of the addresses, and
// the words of the tables of states and roles are in it.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "compte/compte.hpp"
#include "compte/droits.hpp"
#include "courrier/courrier.hpp"
#include "demande/candidature/candidature.hpp"
#include "demande/candidature/logement.hpp"
#include "demande/chiffres/chiffres.hpp"
#include "demande/cotation/grille.hpp"
#include "demande/espace/aide.hpp"
#include "demande/radiation.hpp"
#include "piece/piece.hpp"
#include "signalement/cycle.hpp"
#include "signalement/suivi.hpp"
#include "territoire/territoire.hpp"

namespace glossary {

namespace fs = std::filesystem;
const fs::path root = LOGIS_SOURCE_DIR;

std::string read(const fs::path& file)
{
    std::ifstream stream{file};
    REQUIRE(stream);
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// What is between backquotes.
std::vector<std::string> terms(std::string_view text)
{
    const auto parts = base::split(text, '`');
    std::vector<std::string> out;
    for (std::size_t i = 1; i < parts.size(); i += 2) out.emplace_back(parts[i]);
    return out;
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_word(const std::string& text, const std::string& word)
{
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const bool begins = at == 0 || !is_letter(text[at - 1]);
        const auto end = at + word.size();
        if (begins && (end == text.size() || !is_letter(text[end]))) return true;
    }
    return false;
}

/// « depot::Brouillon » is Brouillon, « signalement.clos_le » is clos_le, « desordre:: » is desordre.
std::string last_name(std::string term)
{
    while (!term.empty() && !is_letter(term.back())) term.pop_back();
    const auto at = term.find_last_of(":.");
    auto name = at == std::string::npos ? term : term.substr(at + 1);
    while (!name.empty() && (!is_letter(name.front()) || name.front() == '_')) name.erase(0, 1);
    return name;
}

template <class T, std::size_t N>
void expect_all(const base::Name<T> (&names)[N], const std::set<std::string>& known, const char* what)
{
    for (const auto& n : names) {
        INFO(what, " : ", std::string{n.slug});
        CHECK(known.contains(std::string{n.slug}));
    }
}

} // namespace glossary

TEST_CASE("les mots du glossaire sont ceux du code, des tables et des adresses")
{
    std::string code;
    for (const auto& entry : glossary::fs::recursive_directory_iterator{glossary::root / "src"})
        if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp")
            code += glossary::read(entry.path());
    const auto schema = glossary::read(glossary::root / "docs/generated/schema.sql");
    const auto addresses = glossary::read(glossary::root / "docs/generated/urls.md");
    int rows = 0;
    const auto text = glossary::read(glossary::root / "GLOSSAIRE.md");
    for (const auto& line : base::split(text, '\n')) {
        const auto cells = base::split(line, '|');
        if (cells.size() != 8 || !base::trim(cells[1]).starts_with("**")) continue;
        ++rows;
        INFO(std::string{line});
        for (const auto& term : glossary::terms(cells[4]))
            CHECK(glossary::has_word(code, glossary::last_name(term)));
        for (const auto& term : glossary::terms(cells[5]))
            CHECK(schema.find(glossary::last_name(term)) != std::string::npos);
        for (const auto& term : glossary::terms(cells[6]))
            CHECK(addresses.find(term.substr(term.find('/'))) != std::string::npos);
    }
    CHECK(rows > 35);
}

TEST_CASE("chaque état, action, rôle et portée est un mot du glossaire")
{
    const auto all = glossary::terms(glossary::read(glossary::root / "GLOSSAIRE.md"));
    const std::set<std::string> known{all.begin(), all.end()};
    glossary::expect_all(signalement::statuts, known, "état d’un signalement");
    glossary::expect_all(signalement::statuts_affectation, known, "état d’une affectation");
    glossary::expect_all(signalement::actions, known, "action");
    glossary::expect_all(signalement::types_suivi, known, "entrée du suivi");
    glossary::expect_all(signalement::usagers, known, "usager");
    glossary::expect_all(compte::roles, known, "rôle");
    glossary::expect_all(compte::etats_compte, known, "état d’un compte");
    glossary::expect_all(compte::portees, known, "portée");
    glossary::expect_all(courrier::etats, known, "état d’un courriel");
    glossary::expect_all(piece::etats, known, "état d’une pièce");
    glossary::expect_all(demande::etats, known, "état d’une demande");
    glossary::expect_all(demande::actions, known, "action sur une demande");
    glossary::expect_all(demande::candidature::etats, known, "état d’une candidature");
    glossary::expect_all(demande::candidature::actions, known, "action sur une candidature");
    glossary::expect_all(demande::candidature::etats_logement, known, "état d’un logement proposé");
    glossary::expect_all(demande::motifs_radiation, known, "motif de radiation");
    glossary::expect_all(demande::motifs_irrecevabilite, known, "motif d’une irrecevabilité");
    glossary::expect_all(demande::etats_piece, known, "état d’une pièce de demande");
    glossary::expect_all(demande::financements, known, "financement");
    glossary::expect_all(demande::zones, known, "zone");
    glossary::expect_all(demande::candidature::contingents, known, "contingent");
    glossary::expect_all(demande::candidature::decisions, known, "décision d’une commission");
    glossary::expect_all(demande::chiffres::typologies, known, "type de logement compté");
    glossary::expect_all(demande::cotation::conditions, known, "condition d’une grille");
    glossary::expect_all(demande::espace::pouvoirs, known, "pouvoir d’un mandat d’aide");
    glossary::expect_all(demande::espace::etats_aide, known, "état d’un mandat d’aide");
    glossary::expect_all(territoire::phases, known, "phase");
}
