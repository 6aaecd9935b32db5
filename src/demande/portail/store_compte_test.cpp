// The accounts of applicants on both engines: the code, the session, and which demandes an account reads.
#include "demande/portail/store_compte.hpp"

#include <doctest/doctest.h>

#include "base/crypto.hpp"
#include "compte/exemples_test.hpp"
#include "demande/demo.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store.hpp"
#include "demande/store_vie.hpp"

namespace demande::portail {
namespace test_compte {

using compte::exemples::matin;
constexpr std::string_view cle = "une clé de test";
constexpr std::string_view boite = "maelle.kerviel@exemple.example";

store::Essai essayer(db::Database& base, const std::string& cookie, std::string_view code, Instant le)
{
    return base.write([&](db::Transaction& tx) { return store::essayer_code(tx, cle, cookie, code, le); });
}

store::CodeNouveau demander(db::Database& base, Instant le = matin)
{
    return base.write([&](db::Transaction& tx) {
        return store::creer_code(tx, cle, boite, base::random_digits(chiffres_du_code), le);
    });
}

/// Another code of the same length.
std::string faux(std::string code)
{
    code.back() = code.back() == '9' ? '0' : static_cast<char>(code.back() + 1);
    return code;
}

Demandeur compte(db::Database& base, std::string_view courriel, Instant le = matin)
{
    return base.write([&](db::Transaction& tx) { return store::ouvrir_compte(tx, courriel, le); });
}

std::string une_demande(db::Database& base)
{
    compte::exemples::semer(base);
    return base.write([](db::Transaction& tx) {
        demande::semer_demo(tx, matin);
        const auto e = lire(exemples::formulaire_rempli(), exemples::contexte());
        REQUIRE(e);
        const auto g = demande::store::find_guichet(tx, demo_guichet_ccas).value();
        const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "", {}};
        const auto r = demande::store::enregistrer(tx, *e, g, fatou, cle, matin);
        REQUIRE(r);
        return r->id;
    });
}

TEST_CASE("un code n’ouvre qu’une fois, que le navigateur qui l’a demandé, et pas après un quart d’heure")
{
    test::for_each_engine([](db::Database& base) {
        const auto n = demander(base);
        CHECK(n.code.size() == chiffres_du_code);
        CHECK(essayer(base, "un autre navigateur", n.code, matin).verdict == store::Verdict::Perime);
        CHECK(essayer(base, {}, n.code, matin).verdict == store::Verdict::Perime);
        CHECK(essayer(base, n.cookie, faux(n.code), matin).restants == 4);
        const auto juste = essayer(base, n.cookie, n.code, matin.plus_seconds(code_secondes - 1));
        CHECK(juste.verdict == store::Verdict::Juste);
        CHECK(juste.courriel == boite);
        CHECK(essayer(base, n.cookie, n.code, matin).verdict == store::Verdict::Perime);

        const auto tard = demander(base);
        CHECK(essayer(base, tard.cookie, tard.code, matin.plus_seconds(code_secondes)).verdict ==
              store::Verdict::Perime);
    });
}

TEST_CASE("un code mal tapé cinq fois ne sert plus, même juste")
{
    test::for_each_engine([](db::Database& base) {
        const auto n = demander(base);
        for (int i = 1; i <= essais_par_code; ++i)
            CHECK(essayer(base, n.cookie, faux(n.code), matin).restants == essais_par_code - i);
        CHECK(essayer(base, n.cookie, n.code, matin).verdict == store::Verdict::Perime);
    });
}

TEST_CASE("ni le code ni le cookie ne sont écrits dans la base")
{
    test::for_each_engine([](db::Database& base) {
        const auto n = demander(base);
        auto tx = base.read();
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM demandeur_code WHERE jeton_hash = $1 OR code_hash = "
                                   "$2",
                                   n.cookie, n.code) == 0);
        CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM demandeur_code") == 1);
    });
}

TEST_CASE("une boîte n’a qu’un compte, et sa session finit d’elle-même")
{
    test::for_each_engine([](db::Database& base) {
        const auto d = compte(base, boite);
        CHECK(compte(base, boite, matin.plus_days(1)).id == d.id);
        const auto cookie =
            base.write([&](db::Transaction& tx) { return store::creer_session(tx, d, "Firefox", matin); });
        CHECK(store::session_de(base, cookie, matin)->demandeur.courriel == boite);
        CHECK_FALSE(store::session_de(base, "autre", matin));
        CHECK_FALSE(store::session_de(base, cookie, matin.plus_seconds(2 * 3600)));
        base.write([&](db::Transaction& tx) { CHECK(store::fermer_sessions(tx, d.id) == 1); });
        CHECK_FALSE(store::session_de(base, cookie, matin));
    });
}

TEST_CASE("un compte ne lit que les demandes qui lui sont liées, et plus rien une fois la demande effacée")
{
    test::for_each_engine([](db::Database& base) {
        const auto id = une_demande(base);
        const auto elle = compte(base, boite), autre = compte(base, "autre@exemple.example");
        base.write([&](db::Transaction& tx) {
            store::lier(tx, elle.id, id, RoleSurDemande::Titulaire, Voie::EnLigne, matin);
            store::lier(tx, elle.id, id, RoleSurDemande::Codemandeur, Voie::Recherche, matin);
            store::lier(tx, elle.id, "demande-inconnue", RoleSurDemande::Titulaire, Voie::EnLigne, matin);
        });
        {
            auto tx = base.read();
            REQUIRE(store::demandes_de(tx, elle.id).size() == 1);
            CHECK(store::demandes_de(tx, elle.id).front().role == RoleSurDemande::Titulaire);
            CHECK(store::demandes_de(tx, autre.id).empty());
            CHECK(store::role_sur(tx, elle.id, id) == RoleSurDemande::Titulaire);
            CHECK_FALSE(store::role_sur(tx, autre.id, id));
            CHECK(demande::store::find_du_demandeur(tx, id, elle.id, cle));
            CHECK_FALSE(demande::store::find_du_demandeur(tx, id, autre.id, cle));
            CHECK(store::demandeurs_de(tx, id).front().courriel == boite);
        }
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET etat = 'radiee', radiee_le = '2026-11-23' WHERE id = $1", id);
            CHECK(demande::store::effacer_radiees(tx, {2026, 11, 23}, matin) == 1);
            CHECK(store::demandes_de(tx, elle.id).empty());
            CHECK_FALSE(demande::store::find_du_demandeur(tx, id, elle.id, cle));
        });
    });
}

TEST_CASE("une demande n’a qu’un compte titulaire, même quand deux codes justes arrivent ensemble")
{
    test::for_each_engine([](db::Database& base) {
        const auto id = une_demande(base);
        const auto elle = compte(base, boite), autre = compte(base, "autre@exemple.example");
        const auto lier = [&](const Demandeur& d, RoleSurDemande role) {
            base.write([&](db::Transaction& tx) { store::lier(tx, d.id, id, role, Voie::Recherche, matin); });
        };
        lier(elle, RoleSurDemande::Titulaire);
        lier(elle, RoleSurDemande::Titulaire);
        CHECK_THROWS_AS(lier(autre, RoleSurDemande::Titulaire), db::UniqueViolation);
        lier(autre, RoleSurDemande::Codemandeur);
        auto tx = base.read();
        CHECK(store::demandeurs_de(tx, id).size() == 2);
    });
}

TEST_CASE(
    "un compte sans demande est effacé un an après la dernière connexion, avec ses sessions ; les autres "
    "restent")
{
    test::for_each_engine([](db::Database& base) {
        const auto id = une_demande(base);
        const auto elle = compte(base, boite), vide = compte(base, "vide@exemple.example");
        base.write([&](db::Transaction& tx) {
            store::lier(tx, elle.id, id, RoleSurDemande::Titulaire, Voie::EnLigne, matin);
            store::creer_session(tx, vide, "", matin);
            store::creer_code(tx, cle, boite, "12345678", matin);
            CHECK(store::effacer_comptes(tx, matin) == 0);
            CHECK(store::effacer_comptes(tx, matin.plus_days(366)) == 1);
            CHECK(store::effacer_comptes(tx, matin.plus_days(366)) == 0);
            CHECK(tx.one<std::int64_t>("SELECT COUNT(*) FROM demandeur_session") == 0);
            CHECK(store::purger(tx, matin.plus_days(1)) == 1);
        });
    });
}

TEST_CASE("un code se lit avec ses espaces ou sans, et rien d’autre")
{
    CHECK(lire_code("1234 5678") == "12345678");
    CHECK(lire_code("1234\u00a05678") == "12345678");
    CHECK(lire_code("12345678") == "12345678");
    CHECK(lire_code("1234567").empty());
    CHECK(lire_code("1234567a").empty());
    CHECK(code_en_groupes("12345678") == "1234 5678");
}

TEST_CASE("après la connexion, un demandeur n’arrive que chez lui")
{
    CHECK(retour_du_demandeur("/ma-demande/abc/pieces") == "/ma-demande/abc/pieces");
    CHECK(retour_du_demandeur("/demandes/abc") == "/ma-demande");
    CHECK(retour_du_demandeur("//pirate.example/ma-demande") == "/ma-demande");
    CHECK(retour_du_demandeur("/ma-demandeur") == "/ma-demande");
}

} // namespace test_compte
} // namespace demande::portail
