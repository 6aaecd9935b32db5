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

std::optional<Lecteur> who(const Signalement& s, std::string_view nom, std::string_view code_postal = "76000")
{
    return reconnaitre(identites(s), nom, code_postal);
}

TEST_CASE("la personne qui dépose est reconnue à son nom, à son prénom et nom ou à son organisme")
{
    const auto s = deposit();
    for (const auto* typed : {"Lefèbvre-Ñunez", "lefebvre nunez", "LEFEBVRE-NUNEZ", "Claire Lefebvre Nunez",
                              "Lefebvre-Nunez Claire", "ccas de rouen", "CCAS de  Rouen "}) {
        CAPTURE(typed);
        CHECK(who(s, typed) == Lecteur::Deposant);
    }
    CHECK(who(s, "Lefebvre-Nunez", " 76 000 ") == Lecteur::Deposant);
}

TEST_CASE("un autre nom, un prénom seul, un autre code postal ou rien du tout ne suffisent pas")
{
    const auto s = deposit();
    for (const auto* typed : {"", " ", "Claire", "Lefebvre", "Rouen", "ccas", "-", "' OR 1=1"}) {
        CAPTURE(typed);
        CHECK(!who(s, typed));
    }
    CHECK(!who(s, "Lefebvre-Nunez", "76100"));
    CHECK(!who(s, "Lefebvre-Nunez", ""));
    CHECK(!reconnaitre({}, "", ""));
    CHECK(!reconnaitre({}, "Lefebvre", "76000"));
    // A report of which a part is missing never matches an empty answer.
    auto sans_organisme = s;
    sans_organisme.declarant.organisation.clear();
    CHECK(!who(sans_organisme, ""));
    sans_organisme.declarant.organisation = "—";
    CHECK(!who(sans_organisme, "-"));
}

TEST_CASE("l’occupant n’entre que s’il a été prévenu, et n’est pas pris pour le déposant")
{
    auto s = deposit();
    CHECK(who(s, "Diallo") == Lecteur::Occupant);
    CHECK(who(s, "Aicha Diallo") == Lecteur::Occupant);
    s.occupant->prevenu = false;
    CHECK(!who(s, "Diallo"));
    s.occupant->prevenu = true;
    s.vacant = true;
    CHECK(!who(s, "Diallo"));
}

TEST_CASE("quand les deux portent le même nom, le nom seul ouvre la page la moins bavarde")
{
    auto s = deposit();
    s.declarant.contact = {"Diallo", "Mariam", "", ""};
    CHECK(who(s, "Diallo") == Lecteur::Occupant);
    CHECK(who(s, "Mariam Diallo") == Lecteur::Deposant);
    CHECK(who(s, "Diallo Aïcha") == Lecteur::Occupant);
    s.declarant.contact.prenom = "Aïcha";
    CHECK(who(s, "Aïcha Diallo") == Lecteur::Occupant);
}

TEST_CASE("chacun voit ce qui est montré aux usagers, sauf les messages de l’autre")
{
    const auto s = deposit();
    Suivi e;
    e.type = TypeSuivi::VisitePrevue;
    CHECK(!montre_a(s, Lecteur::Deposant, e));
    e.visible_deposant = true;
    CHECK(montre_a(s, Lecteur::Deposant, e));
    CHECK(montre_a(s, Lecteur::Occupant, e));
    e.type = TypeSuivi::ReponseDeposant;
    e.auteur_nom = nom_affiche(s, Lecteur::Deposant);
    CHECK(montre_a(s, Lecteur::Deposant, e));
    CHECK(!montre_a(s, Lecteur::Occupant, e));
    e.auteur_nom = nom_affiche(s, Lecteur::Occupant);
    CHECK(!montre_a(s, Lecteur::Deposant, e));
    CHECK(montre_a(s, Lecteur::Occupant, e));
}

TEST_CASE("la session vaut pour un seul lien, un seul lecteur et deux heures")
{
    const Instant now = *base::parse_instant("2026-11-21T09:00:00Z");
    const auto end = now.plus_seconds(session_secondes);
    const auto cookie = signer_session("clé", "jeton-a", Lecteur::Occupant, end);
    CHECK(lire_session("clé", "jeton-a", cookie, now) == Lecteur::Occupant);
    CHECK(lire_session("clé", "jeton-a", cookie, end.plus_seconds(-1)) == Lecteur::Occupant);
    CHECK(!lire_session("clé", "jeton-a", cookie, end));
    CHECK(!lire_session("clé", "jeton-b", cookie, now));
    CHECK(!lire_session("autre", "jeton-a", cookie, now));
    CHECK(!lire_session("clé", "jeton-a", "deposant" + cookie.substr(8), now));
    auto later = cookie;
    later[later.find('.') + 1] = '9';
    CHECK(!lire_session("clé", "jeton-a", later, now));
    for (const auto* broken : {"", "..", "deposant.99999999999999999999.x", "deposant", "a.b.c.d"})
        CHECK(!lire_session("clé", "jeton-a", broken, now));
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
