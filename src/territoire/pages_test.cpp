// /api/adresses through the whole program.
#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "support/platform.hpp"

TEST_CASE("/api/adresses répond en GeoCodeJSON aux visiteurs")
{
    test::for_each_platform([](test::Platform& platform) {
        const auto answer = platform.get("/api/adresses?q=12+rue+jeanne+d%27arc+rouen&limit=3");
        CHECK(answer.status == 200);
        const auto json = boost::json::parse(answer.body);
        CHECK(json.at("type") == "FeatureCollection");
        const auto& features = json.at("features").as_array();
        REQUIRE_FALSE(features.empty());
        CHECK(features.size() <= 3);
        CHECK(features[0].at("properties").at("label") == "12 Rue Jeanne d’Arc 76000 Rouen");
        CHECK(features[0].at("properties").at("citycode") == "76540");
    });
}

TEST_CASE("/api/adresses dit ce qui ne va pas dans la question")
{
    test::for_each_platform([](test::Platform& platform) {
        for (const std::string query :
             {"", "?q=ab", "?q=+++", "?q=...", "?q=rouen&limit=0", "?q=rouen&limit=x", "?q=rouen&limit=21",
              "?q=rouen&citycode=76", "?q=rouen&departement=%27"}) {
            CAPTURE(query);
            const auto answer = platform.get("/api/adresses" + query);
            CHECK(answer.status == 400);
            const auto json = boost::json::parse(answer.body);
            CHECK(json.at("title").is_string());
            CHECK(json.at("description").is_string());
        }
        CHECK(platform.get("/api/adresses?q=" + std::string(201, 'a')).status == 400);
        CHECK(platform.get("/api/adresses?q=" + std::string(200, 'a')).status == 200);
    });
}
