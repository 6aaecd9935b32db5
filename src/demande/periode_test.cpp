// The period of a document: one writing for each year and each month.
#include <doctest/doctest.h>

#include "demande/periode.hpp"

namespace demande {

TEST_CASE("une période s’écrit de plusieurs façons et se garde d’une seule")
{
    for (const auto* octobre : {"octobre 2026", "Oct. 2026", "10/2026", "2026-10", "10 2026", "OCTOBRE-2026"})
        CHECK(lire_periode(octobre) == "2026-10");
    CHECK(lire_periode("août 2026") == "2026-08");
    CHECK(lire_periode("juil. 2026") == "2026-07");
    CHECK(lire_periode(" 2024 ") == "2024");
    CHECK(lire_periode("").value() == "");
    CHECK(periode_en_mots("2026-08") == "août 2026");
    CHECK(periode_en_mots("2024") == "2024");
}

TEST_CASE("ce qui n’est ni une année ni un mois n’est pas une période")
{
    for (const auto* autre :
         {"jui 2026", "2026 2024", "13/2026", "0/2026", "octobre", "récente", "1024", "oct 26", "1 2 2026"}) {
        INFO(autre);
        CHECK_FALSE(lire_periode(autre));
    }
}

} // namespace demande
