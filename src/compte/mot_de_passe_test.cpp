// Which passwords are accepted.
#include <doctest/doctest.h>

#include "compte/demo.hpp"
#include "compte/regles.hpp"

namespace compte {
namespace test_mot_de_passe {

bool accepte(std::string_view mot_de_passe)
{
    return verifier_mot_de_passe(mot_de_passe, "nadia.belkacem@ville.example", "Nadia", "Belkacem")
        .has_value();
}

TEST_CASE("un mot de passe a au moins douze caractères, accents compris")
{
    CHECK_FALSE(accepte(""));
    CHECK_FALSE(accepte("Xk9!vrT2&pa"));
    CHECK(accepte("Xk9!vrT2&paz"));
    CHECK(accepte("épée àçù ûñî")); // twelve letters, more bytes
    CHECK_FALSE(accepte("épéeàçùûñî"));
    CHECK_FALSE(accepte(std::string(300, 'x') + "yzabc12"));
}

TEST_CASE("aucune composition n’est imposée : une phrase suffit")
{
    CHECK(accepte("le chat dort sous la table"));
    CHECK(accepte("correcthorsebatterystaple"));
}

TEST_CASE("les mots de passe les plus courants sont refusés, chiffres et déguisements compris")
{
    for (const auto* mdp :
         {"motdepasse123", "MotDePasse2026!", "m0td3p@sse2026", "azertyuiop12", "P@ssw0rd2026!!",
          "administrateur", "Bonjour123456", "123456789012", "abcdefghijkl", "aaaaaaaaaaaa", "121212121212",
          "987654321098", "marseille2026"}) {
        CAPTURE(mdp);
        CHECK_FALSE(accepte(mdp));
    }
}

TEST_CASE("le nom ou l’adresse électronique ne fait pas un mot de passe")
{
    CHECK_FALSE(accepte("nadia.belkacem@ville.example"));
    CHECK_FALSE(accepte("NadiaBelkacem76"));
    CHECK_FALSE(accepte("belkacem-2026"));
    CHECK(accepte("belkacem adore les tulipes"));
}

TEST_CASE("le refus est attaché au champ et dit quoi faire")
{
    const auto refus = verifier_mot_de_passe("court", "a@b.fr", "", "");
    REQUIRE_FALSE(refus);
    CHECK(refus.error().field == "mot_de_passe");
    CHECK(refus.error().message.find("12 caractères") != std::string::npos);
}

TEST_CASE("le mot de passe de démonstration respecte la règle")
{
    for (const auto& p : personnes_demo())
        CHECK(verifier_mot_de_passe(mot_de_passe_demo, p.email, p.prenom, p.nom));
}

} // namespace test_mot_de_passe
} // namespace compte
