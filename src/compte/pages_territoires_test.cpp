// Administration of territories through the whole program: who may, what happens, what the journal keeps.
#include <doctest/doctest.h>

#include "journal/journal.hpp"
#include "support/platform.hpp"
#include "territoire/store.hpp"

namespace {

constexpr const char* super_admin = "camille.lefort@demo.logis.example";
constexpr const char* responsable_76 = "nadia.belkacem@demo.logis.example";
constexpr const char* secretaire_76 = "julien.masson@demo.logis.example";

bool page_contient(const http::Response& r, const std::string& text)
{
    return r.body.find(text) != std::string::npos;
}

std::string destination(const http::Response& r)
{
    for (const auto& [name, value] : r.headers)
        if (name == "Location") return value;
    return {};
}

std::string path_only(const std::string& location)
{
    return location.substr(0, location.find('?'));
}

territoire::Territoire calvados(test::Platform& platform)
{
    auto tx = platform.app().db.read();
    return territoire::store::find_territoire(tx, "14").value();
}

} // namespace

TEST_CASE("une responsable ne voit que son territoire, un secrétariat n’y entre pas")
{
    test::for_each_platform([](test::Platform& platform) {
        platform.login(responsable_76);
        const auto list = platform.get("/administration/territoires");
        CHECK(list.status == 200);
        CHECK(page_contient(list, "Seine-Maritime"));
        CHECK_FALSE(page_contient(list, "Somme"));
        CHECK_FALSE(page_contient(list, "Préparer un autre département"));
        CHECK(platform.get("/administration/territoires/76").status == 200);
        CHECK(platform.get("/administration/territoires/80").status == 404);
        CHECK(platform.get("/administration/comites/comite-80-departement").status == 404);
        CHECK(platform.post("/administration/territoires/80/phase", {{"phase", "fermee"}}).status == 404);
        CHECK(platform.post("/administration/territoires", {{"departement", "14"}}).status == 403);
        CHECK(platform
                  .post("/administration/comites/comite-80-departement/perimetre/retrait",
                        {{"genre", "epci"}, {"code", "1"}})
                  .status == 404);
        platform.forget_cookies();
        platform.login(secretaire_76);
        CHECK(platform.get("/administration/territoires").status == 403);
        CHECK(platform.get("/administration/territoires/76").status == 403);
    });
}

TEST_CASE(
    "un nouveau département se prépare, reçoit un comité et un contact, puis s’ouvre après confirmation")
{
    test::for_each_platform([](test::Platform& platform) {
        platform.login(super_admin);
        CHECK(platform.post("/administration/territoires", {{"departement", "xx"}}).status == 422);
        const auto made = platform.post("/administration/territoires", {{"departement", "14"}});
        CHECK(made.status == 303);
        CHECK(path_only(destination(made)) == "/administration/territoires/14");
        CHECK(calvados(platform).phase == territoire::Phase::Fermee);

        // Not before somebody receives the reports.
        const auto early = platform.post("/administration/territoires/14/phase",
                                         {{"phase", "tous"}, {"confirme", "oui"}, {"version", "1"}});
        CHECK(early.status == 422);
        CHECK(page_contient(early, "n’arriveraient à personne"));

        CHECK(platform.post("/administration/territoires/14/comites", {{"nom", "  "}}).status == 422);
        const auto committee =
            platform.post("/administration/territoires/14/comites", {{"nom", "Comité du Calvados"}});
        CHECK(committee.status == 303);
        CHECK(
            platform.post("/administration/territoires/14/comites", {{"nom", "COMITE DU CALVADOS"}}).status ==
            422);
        CHECK_FALSE(calvados(platform).comite_par_defaut.empty());

        auto version = std::to_string(calvados(platform).version);
        const auto wrong =
            platform.post("/administration/territoires/14/contact",
                          {{"telephone", "12"}, {"email", "pas une adresse"}, {"version", version}});
        CHECK(wrong.status == 422);
        CHECK(page_contient(wrong, "pas une adresse"));
        CHECK(page_contient(wrong, "adresse électronique complète"));
        CHECK(
            platform
                .post("/administration/territoires/14/contact",
                      {{"telephone", "02 61 91 00 14"}, {"texte", "ADIL du Calvados"}, {"version", version}})
                .status == 303);
        CHECK(calvados(platform).contact.telephone == "+33261910014");
        CHECK(page_contient(platform.get("/administration/territoires/14"), "ADIL du Calvados"));

        version = std::to_string(calvados(platform).version);
        const auto asked = platform.post("/administration/territoires/14/phase",
                                         {{"phase", "professionnels"}, {"version", version}});
        CHECK(asked.status == 200);
        CHECK(page_contient(asked, "Confirmer le changement"));
        CHECK(calvados(platform).phase == territoire::Phase::Fermee);
        const auto stale =
            platform.post("/administration/territoires/14/phase",
                          {{"phase", "professionnels"}, {"version", "1"}, {"confirme", "oui"}});
        CHECK(stale.status == 409);
        CHECK(platform
                  .post("/administration/territoires/14/phase",
                        {{"phase", "professionnels"}, {"version", version}, {"confirme", "oui"}})
                  .status == 303);
        CHECK(calvados(platform).phase == territoire::Phase::Professionnels);

        auto tx = platform.app().db.read();
        const auto history = journal::of(tx, "territoire", "14");
        REQUIRE_FALSE(history.empty());
        CHECK(history.back().evenement == "phase");
        CHECK(history.back().acteur_nom == "Camille Lefort");
        CHECK(history.back().details == "Fermé → Ouvert aux professionnels");
    });
}

TEST_CASE("le périmètre d’un comité se compose d’intercommunalités et de communes")
{
    test::for_each_platform([](test::Platform& platform) {
        platform.login(super_admin);
        platform.post("/administration/territoires", {{"departement", "61"}});
        const auto made =
            platform.post("/administration/territoires/61/comites", {{"nom", "Comité de l’Orne"}});
        const auto page = path_only(destination(made));
        REQUIRE(page.starts_with("/administration/comites/"));
        const auto perimetre = [&] {
            auto tx = platform.app().db.read();
            return territoire::store::list_perimetres(tx, "61");
        };
        CHECK(platform.post(page + "/perimetre", {}).status == 422);
        // An EPCI of somewhere else, a commune of somewhere else.
        CHECK(platform.post(page + "/perimetre", {{"epci", "200084952"}}).status == 422);
        CHECK(platform.post(page + "/perimetre", {{"commune", "Le Havre"}}).status == 422);
        CHECK(perimetre().empty());
        CHECK(platform.post(page + "/perimetre", {{"commune", "Alençon"}}).status == 303);
        REQUIRE(perimetre().size() == 1);
        CHECK(perimetre()[0].code == "61001");
        CHECK(page_contient(platform.get(page), "Alençon"));
        // A name that several communes may have: choose.
        const auto several = platform.post(page + "/perimetre", {{"commune", "Saint-Germain"}});
        CHECK(several.status == 422);
        CHECK(page_contient(several, "choisissez-en une"));
        CHECK(page_contient(several, "type=\"radio\""));
        CHECK(platform.post(page + "/perimetre/retrait", {{"genre", "commune"}, {"code", "61001"}}).status ==
              303);
        CHECK(perimetre().empty());
    });
}

TEST_CASE("l’aperçu du contact est ce qu’un visiteur lit : celui du comité de sa commune quand il en a un")
{
    test::for_each_platform([](test::Platform& platform) {
        platform.login(super_admin);
        const std::string ici = "/administration/territoires/53";
        platform.post("/administration/territoires", {{"departement", "53"}});
        const auto comite = [&](const char* nom) {
            return path_only(destination(platform.post(ici + "/comites", {{"nom", nom}})));
        };
        const auto laval = comite("Comité de Laval"), mayenne = comite("Comité de Mayenne");
        const auto version = [&] {
            auto tx = platform.app().db.read();
            return std::to_string(territoire::store::find_territoire(tx, "53")->version);
        }();
        CHECK(platform.post(ici + "/contact", {{"email", "departement@exemple.fr"}, {"version", version}})
                  .status == 303);
        const auto lu = [&](const std::string& texte) {
            const auto page = platform.get(ici);
            const auto debut = page.body.find("Ce que lit une personne");
            REQUIRE(debut != std::string::npos);
            return page.body.substr(debut, page.body.find("</div>", debut) - debut).find(texte) !=
                   std::string::npos;
        };
        CHECK(lu("departement@exemple.fr"));
        CHECK_FALSE(lu("Ailleurs"));
        CHECK(platform
                  .post(laval, {{"nom", "Comité de Laval"}, {"email", "laval@exemple.fr"}, {"version", "1"}})
                  .status == 303);
        CHECK(lu("Comité de Laval (comité par défaut)"));
        CHECK(lu("laval@exemple.fr"));
        CHECK(lu("Ailleurs"));
        CHECK(lu("departement@exemple.fr"));
        CHECK(platform
                  .post(mayenne,
                        {{"nom", "Comité de Mayenne"}, {"email", "mayenne@exemple.fr"}, {"version", "1"}})
                  .status == 303);
        CHECK(lu("mayenne@exemple.fr"));
        CHECK_FALSE(lu("departement@exemple.fr"));
        CHECK(lu("celui du territoire n’est lu nulle part"));
    });
}

TEST_CASE("un comité change de nom et de contact, et peut devenir celui par défaut")
{
    test::for_each_platform([](test::Platform& platform) {
        platform.login(super_admin);
        platform.post("/administration/territoires", {{"departement", "50"}});
        platform.post("/administration/territoires/50/comites", {{"nom", "Comité de la Manche"}});
        const auto page = path_only(destination(
            platform.post("/administration/territoires/50/comites", {{"nom", "Comité du Cotentin"}})));
        const auto id = page.substr(page.rfind('/') + 1);
        CHECK(platform.post(page, {{"nom", "Comité de la Manche"}, {"version", "1"}}).status == 422);
        CHECK(
            platform.post(page, {{"nom", "Comité du Nord-Cotentin"}, {"telephone", "115"}, {"version", "1"}})
                .status == 303);
        CHECK(platform.post(page, {{"nom", "Autre"}, {"version", "1"}}).status == 409);
        CHECK(platform.post(page + "/par-defaut", {}).status == 303);
        auto tx = platform.app().db.read();
        CHECK(territoire::store::find_territoire(tx, "50")->comite_par_defaut == id);
        CHECK(territoire::store::find_comite(tx, id)->nom == "Comité du Nord-Cotentin");
        CHECK(territoire::store::find_comite(tx, id)->contact.telephone == "115");
    });
}
