// Where guichets receive people: what may be written, and who finds it first.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "demande/accueil/store_accueil.hpp"
#include "demande/store.hpp"
#include "support/databases.hpp"

namespace {

using demande::accueil::lire;

const base::FieldError* erreur(const FormErrors& erreurs, std::string_view champ)
{
    const auto e = std::ranges::find(erreurs, champ, &base::FieldError::field);
    return e == erreurs.end() ? nullptr : &*e;
}

} // namespace

TEST_CASE("un guichet dit où il reçoit, ou rien du tout : un téléphone seul ne suffit pas")
{
    const auto complet = lire(" 2 rue Haute\n76000 Rouen ", "02 35 00 00 00", "Le matin");
    REQUIRE(complet);
    REQUIRE(complet->has_value());
    CHECK((*complet)->adresse == "2 rue Haute\n76000 Rouen");
    CHECK((*complet)->telephone == "+33235000000");

    const auto vide = lire(" ", "", "\n");
    REQUIRE(vide);
    CHECK_FALSE(vide->has_value());

    const auto sans_adresse = lire("", "02 35 00 00 00", "");
    REQUIRE_FALSE(sans_adresse);
    CHECK(erreur(sans_adresse.error(), "adresse"));
    const auto faux = lire("2 rue Haute", "12", std::string(demande::accueil::horaires_max + 1, 'x'));
    REQUIRE_FALSE(faux);
    CHECK(erreur(faux.error(), "telephone"));
    CHECK(erreur(faux.error(), "horaires"));
}

TEST_CASE("les guichets de la commune viennent d’abord, et un guichet qui vide son adresse n’est plus montré")
{
    test::for_each_engine([](db::Database& base) {
        namespace store = demande::accueil::store;
        base.write([](db::Transaction& tx) {
            const auto le = *base::parse_instant("2026-11-23T09:00:00Z");
            const std::vector<std::string> partenaires{"p-a", "p-b"};
            for (const auto& p : partenaires)
                tx.exec("INSERT INTO partenaire (id, territoire, nom, nom_cherche, type, cree_le) VALUES "
                        "($1, '76', $1, "
                        "$1, 'ccas', $2)",
                        p, le);
            tx.exec(
                "INSERT INTO partenaire_perimetre (partenaire, genre, code) VALUES ($1, 'commune', '76540')",
                partenaires[1]);
            int n = 0;
            for (const auto& p : partenaires) {
                const demande::Guichet g{
                    .code = "76X0" + std::to_string(++n), .territoire = "076", .partenaire = p};
                demande::store::ouvrir_guichet(tx, g, le);
                store::garder(tx, g, demande::accueil::Accueil{std::to_string(n) + " rue Haute", "", ""}, le);
            }
            auto lieux = store::publics(tx, "076", "76540");
            REQUIRE(lieux.de_la_commune.size() == 1);
            CHECK(lieux.de_la_commune.front().accueil.adresse == "2 rue Haute");
            CHECK(lieux.ailleurs.size() == 1);
            CHECK(store::publics(tx, "076", "76217").de_la_commune.empty());
            CHECK(store::publics(tx, "075", "75056").ailleurs.empty());
            store::garder(tx, {.code = "76X01", .territoire = "076"}, std::nullopt, le);
            lieux = store::publics(tx, "076", "76540");
            CHECK(lieux.ailleurs.empty());
            CHECK_FALSE(store::trouver(tx, "76X01"));
        });
    });
}

TEST_CASE("l’adresse d’un guichet tient en cinq lignes de lettre, sans ligne vide")
{
    using Lignes = std::vector<std::string>;
    using demande::accueil::lignes;
    CHECK(lignes({"2 rue Haute\n\n 76000 Rouen", {}, {}}) == Lignes{"2 rue Haute", "76000 Rouen"});
    CHECK(lignes({"Maison de l’habitat et du logement, 2 place du Général-de-Gaulle, 76000 Rouen", {}, {}}) ==
          Lignes{"Maison de l’habitat et du logement", "2 place du Général-de-Gaulle", "76000 Rouen"});
    CHECK(lignes({"a\nb\nc\nd\ne\nf", {}, {}}) == Lignes{"a", "b", "c", "d", "e, f"});
}
