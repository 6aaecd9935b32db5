// Lines of the répertoire of social dwellings: a cell is unknown, refused, or a number within its bounds, and
// the parts of a commune never make more than the whole. The source itself is included, to reach what it does
// with one line.
#include "demande/chiffres/import_rpls.cpp"

#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    namespace rpls = demande::chiffres::rpls;
    std::map<std::string, rpls::Total> communes;
    for (const auto& ligne : base::split(fuzz::text(data, size), '\n')) {
        const auto cases = territoire::parse_csv(ligne, ';');
        if (!cases) continue;
        const auto lire = [&](std::size_t i, auto* comment) -> rpls::Nombre {
            if (i >= cases->size() || rpls::est_inconnu((*cases)[i])) return std::nullopt;
            return comment((*cases)[i], "x");
        };
        try {
            demande::chiffres::Parc p{.annee = 2025, .logements = lire(1, rpls::entier).value_or(0)};
            std::size_t at = 2;
            for (const auto& c : rpls::colonnes) {
                p.*c.champ = lire(at++, c.lire);
                const auto n = p.*c.champ;
                fuzz::must(!n || (*n >= 0 && *n <= (c.lire == rpls::taux ? 10'000 : 999'999'999)),
                           "within its bounds");
            }
            rpls::verifier(p);
            fuzz::must(p.loues.value_or(0) + p.vacants.value_or(0) <= p.logements,
                       "parts are not more than the whole");
            rpls::ajouter(communes, cases->front(), p);
        } catch (const rpls::Refus& refus) {
            fuzz::must(!refus.pourquoi.empty(), "a refusal says why");
        }
    }
    for (const auto& [code, p] : communes)
        if (p) fuzz::must(p->logements >= p->loues.value_or(0), "a sum of wholes holds the sum of parts");
    return 0;
}
