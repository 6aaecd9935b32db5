// Which guichets are named to somebody who lost their mailbox.
#include "demande/portail/recours.hpp"

#include <doctest/doctest.h>

namespace demande::portail {
namespace test_recours {

Guichet guichet(std::string nom, std::string insee = {})
{
    return {"76A01", "076", "partenaire", std::move(nom), {}, std::move(insee)};
}

TEST_CASE("qui n’ouvre plus sa boîte lit d’abord les guichets de la commune demandée, cinq au plus")
{
    const auto r = recours({guichet("Action Logement"), guichet("Mairie de Dieppe", "76217"),
                            guichet("Mairie de Rouen", "76540")},
                           "76540");
    CHECK(r.guichets == std::vector<std::string>{"Mairie de Rouen", "Action Logement", "Mairie de Dieppe"});
    CHECK_FALSE(r.d_autres);
    const auto beaucoup = recours(std::vector<Guichet>(6, guichet("Un bailleur")), "76540");
    CHECK(beaucoup.guichets.size() == guichets_nommes);
    CHECK(beaucoup.d_autres);
}

TEST_CASE("sans commune reconnue, l’ordre des guichets ne change pas")
{
    CHECK(recours({guichet("B"), guichet("A")}, "").guichets == std::vector<std::string>{"B", "A"});
    CHECK(recours({}, "76540").guichets.empty());
}

} // namespace test_recours
} // namespace demande::portail
