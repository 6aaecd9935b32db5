// Dates, text, identifiers and names: the sentences the rest of the code relies on.
#include <doctest/doctest.h>

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

TEST_CASE("un instant se lit et s’écrit en ISO-8601, avec ou sans décalage")
{
    const auto i = base::parse_instant("2026-03-29T01:30:00+02:00");
    REQUIRE(i);
    CHECK(base::to_iso(*i) == "2026-03-28T23:30:00.000Z");
    CHECK(base::to_iso(*base::parse_instant("2026-11-21")) == "2026-11-21T00:00:00.000Z");
    CHECK(base::parse_instant("2026-11-21T08:30:15.250Z")->ms % 1000 == 250);
    CHECK_FALSE(base::parse_instant("2026-02-30T00:00:00Z"));
    CHECK_FALSE(base::parse_instant("2026-11-21T25:00:00Z"));
    CHECK_FALSE(base::parse_instant("demain"));
}

TEST_CASE("le jour dépend du fuseau du territoire")
{
    const auto i = *base::parse_instant("2026-12-31T23:30:00Z");
    CHECK(base::to_iso(base::local_date(i)) == "2027-01-01");
    CHECK(base::to_iso(base::local_date(i, "America/Martinique")) == "2026-12-31");
}

TEST_CASE("un mois après le 31 janvier, c’est le dernier jour de février")
{
    CHECK(base::to_iso(base::plus_months({2027, 1, 31}, 1)) == "2027-02-28");
    CHECK(base::to_iso(base::plus_months({2026, 11, 30}, 3)) == "2027-02-28");
    CHECK(base::days_between({2026, 12, 31}, {2027, 1, 1}) == 1);
}

TEST_CASE("une date tapée à la main est comprise, une date impossible est refusée")
{
    CHECK(base::parse_typed_date("3/2/1984") == base::Date{1984, 2, 3});
    CHECK(base::parse_typed_date("03.02.1984") == base::Date{1984, 2, 3});
    CHECK(base::parse_typed_date("1984-02-03") == base::Date{1984, 2, 3});
    CHECK_FALSE(base::parse_typed_date("31/02/1984"));
    CHECK_FALSE(base::parse_typed_date("12/84"));
}

TEST_CASE("les dates s’écrivent comme en français")
{
    CHECK(base::in_words(base::Date{2026, 3, 1}) == "1er mars 2026");
    CHECK(base::in_words(*base::parse_instant("2026-07-14T07:05:00Z")) ==
          "14 juillet 2026 à 9\u00a0h\u00a005");
}

TEST_CASE("chercher ignore les accents, la casse, les tirets et les ligatures")
{
    CHECK(base::fold("Saint-Étienne-du-Rouvray") == "saint etienne du rouvray");
    CHECK(base::fold("L’Œuvre, de   Çà") == "l oeuvre de ca");
    // Letters hidden in a symbol: what was folded once stays as it is.
    CHECK(base::fold("𝐑𝐨𝐮𝐞𝐧") == "rouen");
    CHECK(base::fold(base::fold("ϔ")) == base::fold("ϔ"));
    CHECK(base::slug("Photo n° 3 (cuisine).JPG") == "photo-n-3-cuisine-jpg");
}

TEST_CASE("un texte reçu perd ses caractères invisibles et garde ses lignes")
{
    CHECK(base::clean_text("a\r\nb\x01 c\xE2\x80\xAE") == "a\nb c");
    CHECK(base::clean_text("Dupont\uFFFE\uFDD0\U0001FFFF") == "Dupont"); // no XML holds them
    CHECK_FALSE(base::clean_text("\xFF\xFE"));
    CHECK(base::truncate("éàü", 2) == "éà");
    CHECK(base::trim(" \xC2\xA0 a \n") == "a");
}

TEST_CASE("les adresses électroniques plausibles sont acceptées, les autres non")
{
    CHECK(base::parse_email(" Marie.Durand@Mairie-Rouen.FR ") == "Marie.Durand@mairie-rouen.fr");
    for (const auto* bad :
         {"", "a", "a@b", "a@b.", "@b.fr", "a b@c.fr", "a..b@c.fr", "a@-c.fr", "a@c.f", "a@c.12"})
        CHECK_FALSE(base::parse_email(bad));
}

TEST_CASE("un numéro de téléphone s’écrit librement et se garde au format international")
{
    CHECK(base::parse_phone("06 12 34 56 78") == "+33612345678");
    CHECK(base::parse_phone("+33 (0)6.12.34.56.78") == "+33612345678");
    CHECK(base::parse_phone("0692 12 34 56") == "+262692123456");
    CHECK(base::parse_phone("+32 2 123 45 67") == "+3221234567");
    CHECK_FALSE(base::parse_phone("06 12 34"));
    CHECK_FALSE(base::parse_phone("appelez-moi"));
    CHECK_FALSE(base::parse_phone("+33 0123 45678"));
    // Never the number of somebody else: what is shown reads back as what was kept.
    CHECK(base::format_phone("+262132621346") == "+262132621346");
    CHECK(base::format_phone("+262692123456") == "06\u00A092\u00A012\u00A034\u00A056");
    CHECK(base::format_phone("+33612345678") == "06\u00A012\u00A034\u00A056\u00A078");
}

TEST_CASE("les identifiants se classent dans l’ordre du temps et ne se répètent pas")
{
    const auto a = base::new_id({1'000'000});
    const auto b = base::new_id({1'000'001});
    CHECK(a.size() == 26);
    CHECK(a < b);
    CHECK(base::new_id({5}) != base::new_id({5}));
}

TEST_CASE("un texte JSON peut être placé dans une page sans en sortir")
{
    CHECK(base::json_string("</script>\"\n") == R"("\u003c/script\u003e\"\n")");
}

TEST_CASE("un mot de passe se vérifie et ne se relit pas")
{
    const auto hash = base::hash_password("correct cheval batterie");
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(base::check_password(hash, "correct cheval batterie"));
    CHECK_FALSE(base::check_password(hash, "correct cheval batteri"));
    CHECK_FALSE(base::check_password("", "x"));
}

TEST_CASE("les quantités s’accordent comme en français")
{
    CHECK(base::count(0, "photo", "photos") == "0 photo");
    CHECK(base::count(1234, "photo", "photos") == "1\u202F234 photos");
    CHECK(base::format_bytes(12'400'000) == "12,4 Mo");
}

TEST_CASE("sans clé, rien ne s’ouvre et rien ne casse")
{
    CHECK_FALSE(base::unseal({}, base::seal("clé", "1 84 12 76 540 123 45")));
    CHECK(base::hmac_hex({}, {}) == base::hmac_hex("", ""));
}

TEST_CASE("ce qui est scellé ne se relit qu’avec sa clé, et ne se change pas")
{
    const auto scelle = base::seal("clé", "1 84 12 76 540 123 45");
    CHECK(scelle.find("84") != 0);
    CHECK(base::unseal("clé", scelle) == "1 84 12 76 540 123 45");
    CHECK(base::seal("clé", "même texte") != base::seal("clé", "même texte"));
    CHECK_FALSE(base::unseal("autre", scelle));
    auto change = scelle;
    change.back() = change.back() == '0' ? '1' : '0';
    CHECK_FALSE(base::unseal("clé", change));
    CHECK_FALSE(base::unseal("clé", ""));
    CHECK_FALSE(base::unseal("clé", "zz"));
    CHECK_FALSE(base::unseal("clé", scelle.substr(0, 20)));
    CHECK(base::unseal("clé", base::seal("clé", "")) == "");
}
