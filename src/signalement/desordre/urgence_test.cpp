// The danger texts: each danger has something to do and somebody to call.
#include "signalement/desordre/urgence.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.hpp"

namespace signalement::desordre::urgence_check {

TEST_CASE("chaque danger a ses gestes et au moins un numéro, composable tel quel")
{
    CHECK(consignes().size() == std::size(perils));
    for (const auto& name : perils) {
        CAPTURE(name.slug);
        const auto& c = consigne(name.value);
        CHECK(!c.gestes.empty());
        CHECK(!c.numeros.empty());
        for (const auto& n : c.numeros) {
            std::string digits;
            for (const char letter : n.affiche)
                if (letter >= '0' && letter <= '9') digits += letter;
            CHECK(digits == n.tel);
            CHECK(!n.qui.empty());
        }
    }
}

TEST_CASE("le 112 et le 114 sont toujours proposés")
{
    for (const std::string_view number : {"112", "18", "15", "17", "114", "115"})
        CHECK(std::ranges::find(numeros_d_urgence(), number, &Numero::tel) != numeros_d_urgence().end());
}

TEST_CASE("une odeur de gaz fait appeler le gaz avant tout, et depuis le dehors")
{
    CHECK(peril_du_critere("desordres_logement_securite_gaz") == Peril::Gaz);
    CHECK(consigne(Peril::Gaz).numeros.front().tel == "0800473333");
    CHECK(consigne(Peril::Gaz).gestes.back().find("dehors") != std::string_view::npos);
}

TEST_CASE("les dangers sont rendus du plus urgent au moins urgent, sans répétition")
{
    const std::vector<PrecisionChoisie> chosen{{"desordres_logement_electricite_installation_dangereuse"},
                                               {"desordres_logement_bruit_voisins"},
                                               {"desordres_batiment_incendie_odeur_gaz"},
                                               {"desordres_logement_securite_gaz"},
                                               {"inconnue"}};
    CHECK(perils_de(chosen) == std::vector{Peril::Gaz, Peril::Electricite});
    CHECK(perils_de({}).empty());
}

TEST_CASE("une marche branlante n’est pas un escalier dangereux")
{
    CHECK(!peril_de(*find_precision("desordres_batiment_securite_escalier_details_utilisable")));
    CHECK(est_immediat(*find_precision("desordres_batiment_securite_escalier_details_dangereux")));
    CHECK(peril_du_critere("desordres_batiment_securite_escalier") == Peril::Chute);
    CHECK(peril_du_critere("desordres_batiment_securite_murs_fissures") == Peril::Effondrement);
    CHECK(
        !est_immediat(*find_precision("desordres_batiment_securite_murs_fissures_details_mur_porteur_non")));
    CHECK(!peril_du_critere("desordres_logement_bruit_voisins"));
    // Unsafe, but nobody is to be called tonight for missing sockets.
    CHECK(!peril_du_critere("desordres_logement_electricite_manque_prises"));
}

TEST_CASE("tout danger immédiat est un danger pour l’État, ou un constat de pompiers")
{
    int immediats = 0;
    for (const auto& row : precisions())
        if (est_immediat(row)) {
            ++immediats;
            CAPTURE(row.slug);
            CHECK(row.danger);
        }
    CHECK(immediats == 20);
}

} // namespace signalement::desordre::urgence_check
