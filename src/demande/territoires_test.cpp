// The territories of registration and the sites of the local systems.
#include <doctest/doctest.h>

#include <set>

#include "demande/territoires.hpp"

using demande::Gestion;
using demande::orienter;

namespace {

const Date un_jour{2026, 11, 22};

} // namespace

TEST_CASE("toute l’Île-de-France est un seul territoire d’enregistrement")
{
    for (const auto* insee :
         {"75056", "75115", "77288", "78646", "91228", "92050", "93066", "94028", "95127"})
        CHECK(demande::territoire_de_la_commune(insee) == "111");
    CHECK(demande::departements_du_territoire("111").size() == 8);
    CHECK(demande::departements_du_territoire("075").empty());
}

TEST_CASE("ailleurs le territoire est le département, sur trois caractères")
{
    CHECK(demande::territoire_de_la_commune("76540") == "076");
    CHECK(demande::territoire_de_la_commune("2A004") == "02A");
    CHECK(demande::territoire_de_la_commune("97411") == "974");
    CHECK(demande::departements_du_territoire("02A") == std::vector<std::string>{"2A"});
    CHECK(demande::departements_du_territoire("974") == std::vector<std::string>{"974"});
    CHECK_FALSE(demande::territoire_de_la_commune("98818")); // Nouméa has no numéro unique
    CHECK_FALSE(demande::territoire_de_la_commune("20004")); // the Corsica of before 1976
    CHECK_FALSE(demande::territoire_de_la_commune("7654"));
    CHECK_FALSE(demande::territoire_du_departement("00"));
    CHECK_FALSE(demande::territoire_du_departement("96"));
    CHECK_FALSE(demande::territoire_du_departement("2C"));
}

TEST_CASE("il y a 94 territoires : 93 départements et l’Île-de-France")
{
    std::set<std::string> territoires, departements;
    for (char a = '0'; a <= '9'; ++a)
        for (char b = '0'; b <= '9'; ++b)
            for (const char c : std::string_view{"0123456789AB"}) {
                const std::string code{a, b, c};
                if (!demande::est_un_territoire(code)) continue;
                territoires.insert(code);
                for (const auto& d : demande::departements_du_territoire(code)) {
                    CHECK(demande::territoire_du_departement(d) == code);
                    departements.insert(d);
                }
            }
    CHECK(territoires.size() == 94);
    CHECK(departements.size() == 101);
}

TEST_CASE("un territoire géré ailleurs mène à son site, un code inconnu ne mène nulle part")
{
    CHECK(orienter("076", un_jour).gestion == Gestion::Ici);
    CHECK(orienter("111", un_jour).gestion == Gestion::Ici);
    CHECK(orienter("016", un_jour) ==
          demande::Orientation{Gestion::Ailleurs, "https://www.demandedelogement16.fr"});
    CHECK(orienter("022", un_jour).site == "https://www.demandelogement22.fr");
    CHECK(orienter("067", un_jour).site == orienter("068", un_jour).site);
    for (const auto* faux : {"075", "000", "020", "096", "988", "33", "", "0333"}) {
        INFO(faux);
        CHECK(orienter(faux, un_jour) == demande::Orientation{Gestion::Inconnue});
    }
}

TEST_CASE("rien ne se fait ici pour un territoire suivi ailleurs, et l’agent lit pourquoi")
{
    CHECK(demande::se_traitent_ici({Gestion::Ici, {}}));
    CHECK_FALSE(demande::se_traitent_ici({Gestion::Ailleurs, "https://exemple.fr"}));
    CHECK_FALSE(demande::se_traitent_ici({}));
    CHECK_FALSE(demande::refus_de_traiter({Gestion::Ici, {}}));
    const auto refus = demande::refus_de_traiter({Gestion::Ailleurs, "https://exemple.fr"});
    REQUIRE(refus);
    CHECK(refus->kind == Problem::Kind::Conflict);
    CHECK(refus->message.find("https://exemple.fr") != std::string::npos);
    CHECK(demande::refus_de_traiter({}));
}

TEST_CASE("trente-trois départements ont leur propre site, chacun un territoire qui existe, aucun francilien")
{
    std::set<std::string_view> vus;
    for (const auto& s : demande::systemes_locaux()) {
        INFO(s.territoire);
        CHECK(vus.insert(s.territoire).second);
        CHECK(demande::est_un_territoire(s.territoire));
        CHECK(s.territoire != demande::ile_de_france);
        CHECK(s.site.starts_with("https://"));
        CHECK(s.site.find_first_of("?#@") == std::string_view::npos);
    }
    CHECK(vus.size() == 33);
}

TEST_CASE("un système local est daté, premier et dernier jours compris")
{
    const demande::SystemeLocal table[] = {
        {"076", "https://avant.example", {2020, 1, 1}, Date{2026, 6, 30}},
        {"076", "https://apres.example", {2027, 1, 1}},
    };
    CHECK(orienter("076", {2019, 12, 31}, table).gestion == Gestion::Ici);
    CHECK(orienter("076", {2020, 1, 1}, table).site == "https://avant.example");
    CHECK(orienter("076", {2026, 6, 30}, table).site == "https://avant.example");
    CHECK(orienter("076", {2026, 7, 1}, table).gestion == Gestion::Ici);
    CHECK(orienter("076", {2030, 1, 1}, table).site == "https://apres.example");
}

TEST_CASE("chaque territoire a l’heure de son département")
{
    CHECK(demande::fuseau_du_territoire("111") == "Europe/Paris");
    CHECK(demande::fuseau_du_territoire("02A") == "Europe/Paris");
    CHECK(demande::fuseau_du_territoire("974") == "Indian/Reunion");
    CHECK(demande::fuseau_du_territoire("973") == "America/Cayenne");
}
