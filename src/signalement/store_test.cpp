// The back office's store on the seeded story, on both engines: scope of lists, lost races, what a closure
// carries along.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "compte/demo.hpp"
#include "compte/store.hpp"
#include "db/migrations.hpp"
#include "journal/journal.hpp"
#include "signalement/store.hpp"
#include "support/platform.hpp"

namespace {

namespace back_office {

const Instant noon = *base::parse_instant("2026-11-23T12:00:00Z");

std::vector<std::string> all_reports(db::Transaction& tx)
{
    return tx.query<std::string>("SELECT id FROM signalement ORDER BY id");
}

compte::Agent agent(db::Transaction& tx, std::string_view qui)
{
    for (const auto& p : compte::personnes_demo())
        if (p.email.starts_with(qui)) return compte::store::agent(tx, std::string{p.id}).value();
    FAIL("no such person in the story");
    return {};
}

signalement::Dossier report(db::Transaction& tx, std::string_view adresse)
{
    const auto id = tx.one<std::string>("SELECT id FROM signalement WHERE adresse_libelle = $1", adresse);
    return signalement::store::find_for_system(tx, id).value();
}

/// What a list shows, page after page, as the reader would.
std::set<std::string> page_by_page(db::Transaction& tx, const compte::Agent& agent,
                                   signalement::filtre::Filtre filtre)
{
    std::set<std::string> listed;
    for (bool suite = true; suite;) {
        const auto page = signalement::store::liste(tx, {agent, noon}, filtre);
        for (const auto& line : page.lignes) CHECK(listed.insert(line.id).second);
        suite = page.apres;
        if (suite) filtre.ou = signalement::store::place_de(page.lignes.back(), filtre, false);
    }
    return listed;
}

} // namespace back_office

} // namespace

TEST_CASE("la liste de chacun montre exactement les dossiers que la règle lui permet de lire")
{
    test::for_each_platform([](test::Platform& platform) {
        auto tx = platform.app().db.read();
        const auto ids = back_office::all_reports(tx);
        REQUIRE(ids.size() >= 7);
        for (const auto& person : compte::personnes_demo()) {
            INFO(person.email);
            const auto agent = compte::store::agent(tx, std::string{person.id}).value();
            std::set<std::string> allowed;
            for (const auto& id : ids)
                if (signalement::store::find(tx, id, agent)) allowed.insert(id);
            CHECK(back_office::page_by_page(tx, agent, {}) == allowed);
            CHECK(signalement::store::compter(tx, {agent, back_office::noon}, {}).one() ==
                  static_cast<std::int64_t>(allowed.size()));
        }
    });
}

TEST_CASE("deux personnes décident en même temps : la seconde est prévenue, rien ne se perd")
{
    test::for_each_platform([](test::Platform& platform) {
        auto tx = platform.app().db.begin();
        const auto secretaire = back_office::agent(tx, "julien.masson");
        const auto d = back_office::report(tx, "7 Rue de Mer");
        const auto le = platform.app().clock.now();
        const auto validation = valider(d, secretaire, le);
        const auto refus =
            refuser(d, secretaire, "autre", "Adressez-vous plutôt à l’ADIL du département.", le);
        REQUIRE(validation);
        REQUIRE(refus);
        signalement::store::save(tx, d, *validation, secretaire);
        CHECK_THROWS_AS(signalement::store::save(tx, d, *refus, secretaire), db::Conflict);
    });
}

TEST_CASE("clôturer ferme ce qui était ouvert et s’inscrit une fois au journal ; rouvrir le remet en attente")
{
    test::for_each_platform([](test::Platform& platform) {
        auto tx = platform.app().db.begin();
        const auto secretaire = back_office::agent(tx, "aicha.diallo");
        const auto le = platform.app().clock.now();
        auto d = back_office::report(tx, "54 Rue de Paris");
        const auto avant = journal::of(tx, "signalement", d.id).size();
        const auto fin = cloturer(d, secretaire, "mis_en_conformite", "L’escalier est refait.", le);
        REQUIRE(fin);
        signalement::store::save(tx, d, *fin, secretaire);
        CHECK(journal::of(tx, "signalement", d.id).size() == avant + 1);

        d = back_office::report(tx, "54 Rue de Paris");
        CHECK(d.statut == signalement::Statut::Clos);
        CHECK(std::ranges::none_of(d.affectations, [](const auto& a) { return est_ouverte(a.statut); }));

        const auto reprise = rouvrir(d, secretaire, "L’escalier s’abîme de nouveau.", le);
        REQUIRE(reprise);
        signalement::store::save(tx, d, *reprise, secretaire);
        d = back_office::report(tx, "54 Rue de Paris");
        CHECK(d.statut == signalement::Statut::EnCours);
        // The partner that had refused has not been asked again.
        CHECK(std::ranges::count_if(d.affectations, [](const auto& a) {
                  return a.statut == signalement::StatutAffectation::EnAttente;
              }) == 2);
    });
}

TEST_CASE("le nombre au-dessus d’une liste est celui de ses lignes, quoi qu’il soit arrivé aux signalements")
{
    test::for_each_platform([](test::Platform& platform) {
        auto tx = platform.app().db.begin();
        const auto le = platform.app().clock.now();
        const auto secretaire = back_office::agent(tx, "aicha.diallo");
        const auto compare = [&] {
            CHECK(signalement::store::comptes_faux(tx).empty());
            for (const auto& person : compte::personnes_demo())
                for (const auto& s : signalement::statuts)
                    for (const bool danger : {false, true}) {
                        INFO(person.email, " ", s.slug, " ", danger);
                        const auto agent = compte::store::agent(tx, std::string{person.id}).value();
                        auto filtre = signalement::filtre::Filtre{}.avec(signalement::filtre::Cle::Statut,
                                                                         std::string{s.slug});
                        if (danger) filtre = filtre.avec(signalement::filtre::Cle::Danger, "oui");
                        CHECK(signalement::store::compter(tx, {agent, back_office::noon}, filtre).one() ==
                              static_cast<std::int64_t>(back_office::page_by_page(tx, agent, filtre).size()));
                    }
        };
        compare();
        auto d = back_office::report(tx, "54 Rue de Paris");
        signalement::store::save(
            tx, d, *cloturer(d, secretaire, "mis_en_conformite", "L’escalier est refait.", le), secretaire);
        compare();
        d = back_office::report(tx, "54 Rue de Paris");
        signalement::store::save(tx, d, *rouvrir(d, secretaire, "L’escalier s’abîme de nouveau.", le),
                                 secretaire);
        tx.exec("UPDATE signalement SET danger = 1 - danger, comite = NULL WHERE id = $1", d.id);
        compare();
        // A count that is wrong is seen.
        tx.exec("UPDATE signalement_compte SET nombre = nombre + 1 WHERE statut = 'en_cours'");
        CHECK_FALSE(signalement::store::comptes_faux(tx).empty());
    });
}

TEST_CASE("la migration qui recompte attend qui écrit, et compte aussi ce qu’il écrivait")
{
    test::for_each_platform([](test::Platform& platform) {
        auto& base = platform.app().db;
        if (base.engine() == db::Engine::Sqlite) return; // writers take turns there
        const auto toutes = db::embedded_migrations();
        const auto celle_ci = std::ranges::find(toutes, "0030_compte_recompte", &db::Migration::name);
        REQUIRE(celle_ci != toutes.end());
        base.write([](db::Transaction& tx) {
            // As 0022 would have left it: without what was being written then.
            tx.exec("DELETE FROM signalement_compte WHERE statut = 'en_cours'");
            CHECK_FALSE(signalement::store::comptes_faux(tx).empty());
        });
        auto autre_serveur = base.begin();
        CHECK(autre_serveur.exec("UPDATE signalement SET danger = 1 - danger WHERE statut = 'en_cours'") > 0);
        {
            auto tx = base.begin();
            tx.exec("SET LOCAL lock_timeout = '150ms'");
            CHECK_THROWS_WITH(tx.script(celle_ci->postgres), doctest::Contains("lock timeout"));
        }
        autre_serveur.commit();
        base.write([&](db::Transaction& tx) {
            tx.script(celle_ci->postgres);
            CHECK(signalement::store::comptes_faux(tx).empty());
            // The story is shared: given back as it was.
            tx.exec("UPDATE signalement SET danger = 1 - danger WHERE statut = 'en_cours'");
        });
    });
}

TEST_CASE("la recherche trouve par nom, commune, référence et téléphone, sans accents ni casse")
{
    test::for_each_platform([](test::Platform& platform) {
        auto tx = platform.app().db.read();
        const auto secretaire = back_office::agent(tx, "julien.masson");
        const auto trouve = [&](const char* q) {
            const auto lu = signalement::filtre::lire({{"q", q}}, secretaire);
            REQUIRE(lu.refus.empty());
            return signalement::store::compter(tx, {secretaire, back_office::noon}, lu.filtre).one();
        };
        CHECK(trouve("HADDAD") == 1);
        CHECK(trouve("fecamp") == 1);
        CHECK(trouve("grande rue dieppe") == 1);
        CHECK(trouve("100 %") == 0);
        CHECK(trouve("hadad") == 0);
    });
}
