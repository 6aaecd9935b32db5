// The file of the delays that the préfets set: refused with a reason, or each decision whole. The source
// itself is included: its reading is a function of the lines alone.
#include "demande/import_delais.cpp"

#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::vector<std::string> lignes;
    for (const auto& l : base::split(fuzz::text(data, size), '\n')) lignes.emplace_back(l);
    const auto lus = demande::lire_delais(lignes);
    if (!lus) {
        fuzz::must(!lus.error().empty(), "a refusal says why");
        return 0;
    }
    const demande::Mediation connus{*lus};
    for (const auto& d : *lus) {
        fuzz::must(d.mois >= 1 && d.pieces_min <= d.pieces_max, "a delay of some rooms");
        for (int pieces = 1; pieces <= demande::pieces_max_d_un_delai; ++pieces)
            fuzz::must(connus.en_vigueur(d.departement, pieces, d.depuis).has_value(),
                       "every number of rooms");
    }
    return 0;
}
