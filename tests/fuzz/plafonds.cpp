// The file of the income ceilings: refused with a reason, or whole years of ceilings that grow with the
// household. The source itself is included: its reading is a function of the lines alone.
#include "demande/import_plafonds.cpp"

#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::vector<std::string> lignes;
    for (const auto& l : base::split(fuzz::text(data, size), '\n')) lignes.emplace_back(l);
    const auto lus = demande::lire_baremes(lignes);
    if (!lus) {
        fuzz::must(!lus.error().empty(), "a refusal says why");
        return 0;
    }
    fuzz::must(!lus->empty() && lus->size() % 6 == 0, "whole years");
    for (const auto& b : *lus) {
        fuzz::must(b.depuis.month == 1 && b.depuis.day == 1, "from a first of January");
        for (std::size_t i = 0; i < b.plafonds.size(); ++i)
            fuzz::must(b.plafonds[i] > (i == 0 ? 0 : b.plafonds[i - 1]), "growing with the household");
    }
    return 0;
}
