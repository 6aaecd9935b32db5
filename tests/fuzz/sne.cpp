// Exchange files of the national system as somebody may have edited them: read, turned into answers, written
// again.
#include "demande/echange/correspondance.hpp"
#include "demande/echange/ecriture.hpp"
#include "demande/echange/lecture.hpp"
#include "fuzz.hpp"

namespace echange = demande::echange;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto texte = fuzz::text(data, size);
    const echange::Communes communes{
        .nom = [](std::string_view insee) { return insee == "76540" ? std::string{"Rouen"} : std::string{}; },
        .code = [](std::string_view nom,
                   std::string_view) { return nom == "Rouen" ? std::string{"76540"} : std::string{}; }};
    int prises = 0;
    const auto lecture = echange::lire_fichier(texte, [&](echange::Element&& e) {
        ++prises;
        // What was taken reads back, and says the same once it is said.
        fuzz::must(echange::en_texte(echange::de_texte(echange::en_texte(e))) == echange::en_texte(e),
                   "it reads back");
        const auto r = echange::superposer({}, e, communes);
        fuzz::must(echange::superposer(r, e, communes) == r, "twice is once");
        const auto* numero = echange::trouver(e, "numUnique");
        const auto ecrite = echange::exporter(e, {numero->texte, {2020, 11, 12}, {}}, r, communes);
        fuzz::must(!echange::en_texte(ecrite).empty(), "it is written");
    });
    fuzz::must(prises <= lecture.demandes, "no more than there are");
    fuzz::must(lecture.refus.size() <= 100, "refusals are bounded");
    for (const auto& r : lecture.refus)
        fuzz::must(r.ligne >= 1 && r.colonne >= 1 && !r.raison.empty(), "a refusal has a place");
    return 0;
}
