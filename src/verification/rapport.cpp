// How the audit is told: French lines, or one JSON document for a machine.
#include <fmt/format.h>

#include <cstdio>

#include "base/json.hpp"
#include "base/text.hpp"
#include "verification/verification.hpp"

namespace verification {

namespace {

// Beyond this a kind of finding is only counted: a lost disk must not print a million lines.
constexpr std::int64_t constats_montres = 100;

std::string_view slug(Niveau n)
{
    return n == Niveau::Erreur ? "erreur" : "avertissement";
}

void imprimer(const Bilan& b)
{
    fmt::print("\n");
    for (const auto& [quoi, n] : b.lus) fmt::print("  {:>12}  {}\n", base::format_integer(n), quoi);
    for (const auto& phrase : b.non_verifie) fmt::print("  non vérifié : {}\n", phrase);
    for (const auto& [controle, n] : b.par_controle)
        if (n > constats_montres)
            fmt::print("  {} : {} constats, dont {} montrés\n", controle, base::format_integer(n),
                       constats_montres);
    if (b.erreurs + b.avertissements == 0)
        fmt::print("\nTout est là, une fois, et entier.\n");
    else
        fmt::print("\n{}, {}.\n", base::count(b.erreurs, "erreur", "erreurs"),
                   base::count(b.avertissements, "avertissement", "avertissements"));
}

std::string en_json(const Constat& c)
{
    return fmt::format(R"({{"niveau":{},"controle":{},"objet":{},"detail":{}}})",
                       base::json_string(slug(c.niveau)), base::json_string(c.controle),
                       base::json_string(c.objet), base::json_string(c.detail));
}

std::string en_json(const Bilan& b)
{
    std::string lus, constats, non_verifie;
    for (const auto& [quoi, n] : b.lus)
        lus += fmt::format("{}{}:{}", lus.empty() ? "" : ",", base::json_string(quoi), n);
    for (const auto& [controle, n] : b.par_controle)
        constats += fmt::format("{}{}:{}", constats.empty() ? "" : ",", base::json_string(controle), n);
    for (const auto& phrase : b.non_verifie)
        non_verifie += (non_verifie.empty() ? "" : ",") + base::json_string(phrase);
    return fmt::format(R"("migration":{},"lus":{{{}}},"constats_par_controle":{{{}}},"non_verifie":[{}],)"
                       R"("erreurs":{},"avertissements":{})",
                       base::json_string(b.migration), lus, constats, non_verifie, b.erreurs,
                       b.avertissements);
}

} // namespace

bool commande(App& app, const Options& options, bool json)
{
    std::map<std::string, std::int64_t> montres;
    bool premier = true;
    if (json) fmt::print("{{\"constats\":[");
    const auto bilan = verifier(app, options, [&](const Constat& c) {
        if (++montres[c.controle] > constats_montres) return;
        if (json)
            fmt::print("{}{}", premier ? "" : ",\n", en_json(c));
        else
            fmt::print("{} · {} · {} : {}\n", slug(c.niveau), c.controle, c.objet, c.detail);
        premier = false;
        std::fflush(stdout);
    });
    if (json)
        fmt::print("],{}}}\n", en_json(bilan));
    else
        imprimer(bilan);
    return bilan.erreurs == 0;
}

} // namespace verification
