// Who is let in, and who is not.
#include "signalement/suivi_deposant/acces.hpp"

#include <doctest/doctest.h>

namespace signalement::suivi_deposant::acces_check {

Signalement deposit()
{
    Signalement s;
    s.adresse.code_postal = "76000";
    s.declarant.profil = Profil::Ccas;
    s.declarant.organisation = "CCAS de Rouen";
    s.declarant.contact = {"Lefèbvre-Ñunez", "Claire", "claire@ccas.example", ""};
    s.occupant = Occupant{{"Diallo", "Aïcha", "", ""}, std::nullopt, true};
    return s;
}

bool known(const Signalement& s, std::string_view nom, std::string_view code_postal = "76000",
           Usager usager = Usager::Deposant)
{
    return reconnaitre(identites(s, usager, {"76000", "76100"}), nom, code_postal);
}

bool known_as_occupant(const Signalement& s, std::string_view nom)
{
    return known(s, nom, "76000", Usager::Occupant);
}

TEST_CASE("la personne qui dépose est reconnue à son nom, à son prénom et nom ou à son organisme")
{
    const auto s = deposit();
    for (const auto* typed : {"Lefèbvre-Ñunez", "lefebvre nunez", "LEFEBVRE-NUNEZ", "Claire Lefebvre Nunez",
                              "Lefebvre-Nunez Claire", "ccas de rouen", "CCAS de  Rouen "}) {
        CAPTURE(typed);
        CHECK(known(s, typed));
    }
    CHECK(known(s, "Lefebvre-Nunez", " 76 000 "));
}

TEST_CASE("un autre nom, un prénom seul, un autre code postal ou rien du tout ne suffisent pas")
{
    const auto s = deposit();
    for (const auto* typed : {"", " ", "Claire", "Lefebvre", "Rouen", "ccas", "-", "' OR 1=1"}) {
        CAPTURE(typed);
        CHECK_FALSE(known(s, typed));
    }
    CHECK_FALSE(known(s, "Lefebvre-Nunez", "76300"));
    CHECK_FALSE(known(s, "Lefebvre-Nunez", ""));
    CHECK_FALSE(reconnaitre({}, "", ""));
    CHECK_FALSE(reconnaitre({}, "Lefebvre", "76000"));
    // A report of which a part is missing never matches an empty answer.
    auto sans_organisme = s;
    sans_organisme.declarant.organisation.clear();
    CHECK_FALSE(known(sans_organisme, ""));
    sans_organisme.declarant.organisation = "—";
    CHECK_FALSE(known(sans_organisme, "-"));
}

TEST_CASE("une commune qui a plusieurs codes postaux accepte n’importe lequel des siens")
{
    auto s = deposit();
    CHECK(known(s, "Lefebvre-Nunez", "76100"));
    // What the report kept is accepted even when the reference data no longer knows it.
    s.adresse.code_postal = "76150";
    CHECK(known(s, "Lefebvre-Nunez", "76150"));
}

TEST_CASE("chaque lien est pour une seule personne : le nom de l’autre ne l’ouvre pas")
{
    auto s = deposit();
    CHECK(known_as_occupant(s, "Diallo"));
    CHECK(known_as_occupant(s, "Aicha Diallo"));
    CHECK_FALSE(known(s, "Diallo"));
    CHECK_FALSE(known(s, "Aïcha Diallo"));
    for (const auto* typed : {"Lefebvre-Nunez", "Claire Lefebvre Nunez", "CCAS de Rouen"}) {
        CAPTURE(typed);
        CHECK_FALSE(known_as_occupant(s, typed));
    }
}

TEST_CASE("l’occupant n’entre que s’il a été prévenu et que le logement est habité")
{
    auto s = deposit();
    s.occupant->prevenu = false;
    CHECK_FALSE(known_as_occupant(s, "Diallo"));
    s.occupant->prevenu = true;
    s.vacant = true;
    CHECK_FALSE(known_as_occupant(s, "Diallo"));
    s.vacant = false;
    // The depositor lives there: there is no other occupant.
    s.occupant.reset();
    CHECK_FALSE(known_as_occupant(s, "Lefebvre-Nunez"));
}

TEST_CASE("la session vaut pour un seul lien et deux heures")
{
    const Instant now = *base::parse_instant("2026-11-21T09:00:00Z");
    const auto end = now.plus_seconds(session_secondes);
    const auto cookie = signer_session("clé", "jeton-a", end);
    CHECK(session_valable("clé", "jeton-a", cookie, now));
    CHECK(session_valable("clé", "jeton-a", cookie, end.plus_seconds(-1)));
    CHECK_FALSE(session_valable("clé", "jeton-a", cookie, end));
    CHECK_FALSE(session_valable("clé", "jeton-b", cookie, now));
    CHECK_FALSE(session_valable("autre", "jeton-a", cookie, now));
    auto later = cookie;
    later[0] = '9';
    CHECK_FALSE(session_valable("clé", "jeton-a", later, now));
    for (const auto* broken : {"", ".", "..", "99999999999999999999.x", "1", "a.b.c"})
        CHECK_FALSE(session_valable("clé", "jeton-a", broken, now));
    CHECK_FALSE(session_valable("clé", "", signer_session("clé", "", end), now));
    CHECK(nom_cookie("jeton-a", true) != nom_cookie("jeton-b", true));
    CHECK(nom_cookie("jeton-a", true).starts_with("__Host-"));
    CHECK(nom_cookie("jeton-a", true).find("jeton-a") == std::string::npos);
}

TEST_CASE("cinq essais par lien et par lieu toutes les vingt minutes")
{
    CHECK(frein(Compteur::LienDepuisIp).tentatives == 5);
    CHECK(frein(Compteur::LienDepuisIp).secondes == 1200);
    CHECK(cle(Compteur::LienDepuisIp, "a", "1.2.3.4") != cle(Compteur::LienDepuisIp, "a", "1.2.3.5"));
    CHECK(cle(Compteur::Lien, "a", "1.2.3.4") == cle(Compteur::Lien, "a", "1.2.3.5"));
    CHECK(cle(Compteur::Ip, "a", "1.2.3.4") == cle(Compteur::Ip, "b", "1.2.3.4"));
}

TEST_CASE("une référence se recopie avec des espaces ou des minuscules")
{
    CHECK(lire_reference(" 76-2026-000123 ") == "76-2026-000123");
    CHECK(lire_reference("76 2026 000123") == "76-2026-000123");
    CHECK(lire_reference("2a-2026-000001") == "2A-2026-000001");
    CHECK(lire_reference("").empty());
}

} // namespace signalement::suivi_deposant::acces_check
