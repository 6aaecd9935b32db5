// The map: its grid, its drawing; then, on reports and questions drawn at random and on both engines, that
// what it counts in each cell and each place is what the list it leads to counts.
#include <doctest/doctest.h>

#include <random>

#include "compte/store.hpp"
#include "signalement/carte/store_carte.hpp"
#include "signalement/exemples_test.hpp"
#include "signalement/filtre/tirage_test.hpp"
#include "signalement/statistique/memoire.hpp"
#include "signalement/store_cles.hpp"
#include "signalement/store_recherche.hpp"
#include "support/databases.hpp"

namespace signalement::carte_check {

using namespace carte;
using filtre::Cadre;
using filtre::tirage::Tirage;

TEST_CASE("une partie de la carte s’écrit dans une adresse et se relit telle quelle")
{
    const auto c = filtre::lire_cadre("-0.5,49.4,0.25,49.5").value();
    CHECK(c == Cadre{-500'000, 49'400'000, 250'000, 49'500'000});
    CHECK(filtre::ecrire(c) == "-0.500000,49.400000,0.250000,49.500000");
    CHECK(filtre::lire_cadre(filtre::ecrire(c)) == c);
    CHECK(c.contient(-0.5, 49.4));
    CHECK_FALSE(c.contient(0.25, 49.4)); // the edge belongs to the next one
    CHECK_FALSE(c.contient(0.0, 49.5));
    for (const auto* faux : {"", "1,2,3", "1,2,3,4,5", "1,2,1,3", "2,1,1,3", "1,3,2,3", "a,1,2,3",
                             "1e1,1,20,3", "1.,1,2,3", ".5,1,2,3", "1.1234567,1,2,3", "-181,1,2,3",
                             "1,-91,2,3", "1,1,99999999999999999999,3", "1,1,2,3,", "--1,1,2,3", "nan,1,2,3"})
        CHECK_MESSAGE(!filtre::lire_cadre(faux), faux);
}

TEST_CASE("chaque lieu est dans une cellule et une seule, à tous les niveaux")
{
    std::mt19937 suite{7};
    std::uniform_real_distribution<double> lon(-63, 56), lat(-22, 52);
    for (int i = 0; i < 4000; ++i) {
        const auto x = lon(suite), y = lat(suite);
        for (int z = zoom_min; z <= zoom_max; ++z) {
            const auto c = cellule_de(z, x, y);
            REQUIRE(cadre_de(z, c).contient(x, y));
            // On its very edges too.
            const auto cadre = cadre_de(z, c);
            const auto coin = cellule_de(z, filtre::degres(cadre.ouest), filtre::degres(cadre.sud));
            REQUIRE(coin == c);
            CHECK(cellule_de(z, filtre::degres(cadre.est), filtre::degres(cadre.sud)).colonne ==
                  c.colonne + 1);
            CHECK(cellule_de(z, filtre::degres(cadre.ouest), filtre::degres(cadre.nord)).rangee ==
                  c.rangee - 1);
        }
    }
}

TEST_CASE("une fenêtre s’écrit, se relit, s’approche, recule et se déplace sans sortir du monde")
{
    const auto france = qui_montre(-5.2, 41.3, 9.6, 51.1);
    CHECK(france.zoom == 6);
    CHECK(france.cadre().contient(-5.2, 41.3));
    CHECK(france.cadre().contient(9.6, 51.1));
    CHECK(lire_fenetre(ecrire(france)) == france);
    CHECK(approchee(france).zoom == 7);
    CHECK(reculee(approchee(france)).zoom == 6);
    CHECK(reculee(reculee(reculee(france))).zoom == zoom_min);
    const auto loin = deplacee(france, -100'000, -100'000);
    CHECK(loin.coin == Cellule{0, 0});
    CHECK(qui_montre(2.35, 48.85, 2.35, 48.85).zoom == 14);
    CHECK(centree(17, 2.35, 48.85).cadre().contient(2.35, 48.85));
    for (const auto* faux :
         {"", "6", "6.1", "6.1.1.1", "3.0.0", "18.0.0", "6.-1.0", "6.9999999.0", "6.x.0", "6. 1.0"})
        CHECK_MESSAGE(!lire_fenetre(faux), faux);
}

TEST_CASE("les contours de la France se dessinent d’un trait, outre-mer compris")
{
    const auto metropole = terre(qui_montre(-5.2, 41.3, 9.6, 51.1));
    CHECK(metropole.starts_with('M'));
    CHECK(metropole.size() < 60'000);
    CHECK(terre(qui_montre(55.2, -21.4, 55.9, -20.8)).size() > 100); // La Réunion
    CHECK(terre(qui_montre(-30, 40, -29, 41)).empty());              // the ocean
    const auto noms =
        etiquettes(qui_montre(1, 49, 1.2, 49.6), {{"Rouen", 1.09, 49.44}, {"Bihorel", 1.09, 49.44}});
    REQUIRE(noms.size() == 1); // the second would be written on the first
    CHECK(noms.front().nom == "Rouen");
}

/// Everything a map says, as text.
std::string tout_dire(const Carte& c)
{
    std::string out = ecrire(c.fenetre) + " " + std::to_string(c.releve.dedans) + " " +
                      std::to_string(c.releve.ailleurs) + " " + std::to_string(c.releve.sans_position);
    for (const auto& g : c.releve.grappes)
        out += "\n" + std::to_string(g.cellule.colonne) + " " + std::to_string(g.cellule.rangee) + " " +
               std::to_string(g.nombre) + " " + std::to_string(g.danger);
    for (const auto& l : c.releve.lieux)
        out += "\n" + l.code + " " + std::to_string(l.nombre) + " " + std::to_string(l.danger);
    return out;
}

TEST_CASE(
    "pour toute question, la carte compte dans chaque cellule et chaque lieu ce que compte la liste qu’elle "
    "ouvre, et la mémoire dit ce que dit la base")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        Tirage t{20261123};
        base.write([&](db::Transaction& tx) {
            filtre::tirage::semer_le_pays(tx);
            for (int n = 0; n < 200; ++n) filtre::tirage::semer_un_signalement(tx, t, n);
        });
        while (signalement::store::tenir_les_cles(base) > 0) {
        }
        std::vector<compte::Agent> agents;
        {
            auto tx = base.read();
            for (const auto* id : {"compte-demo-camille-lefort", "compte-demo-nadia-belkacem",
                                   "compte-demo-claire-duhamel", "compte-demo-karim-benali"})
                agents.push_back(compte::store::agent(tx, id).value());
        }
        statistique::Memoire memoire;
        std::size_t de_memoire = 0, grappes = 0;
        for (int tour = 0; tour < 30; ++tour) {
            for (const auto& lecteur : agents) {
                const auto lu = filtre::lire(filtre::tirage::question_tiree(t, tour % 3), lecteur);
                if (!lu.refus.empty()) continue;
                std::string dit = lecteur.id;
                for (const auto& [cle, v] : filtre::ecrire(lu.filtre)) dit += " " + cle + "=" + v;
                INFO(dit);
                const filtre::Regard regard{lecteur, filtre::tirage::maintenant,
                                            filtre::fuseau_de(lu.filtre, lecteur)};
                const auto voulue = t.sur(2) ? std::nullopt
                                             : std::optional{centree(t.entre(6, 12), t.entre(0, 12) * 0.25,
                                                                     48 + t.entre(0, 12) * 0.25)};
                const auto carte = relever_en_base(base, regard, lu.filtre, voulue);
                if (statistique::en_memoire(lecteur, lu.filtre)) {
                    ++de_memoire;
                    CHECK(tout_dire(relever_en_memoire(memoire, base, regard, lu.filtre, voulue)) ==
                          tout_dire(carte));
                }
                auto tx = base.read();
                const auto compter = [&](const filtre::Filtre& f) {
                    return signalement::store::compter(tx, regard, f).one();
                };
                const auto& r = carte.releve;
                CHECK(r.dedans + r.ailleurs + r.sans_position == compter(lu.filtre));
                if (!voulue) CHECK(r.ailleurs == 0);
                // A question that names a part of the map already has no room for another.
                if (lu.filtre.a(filtre::Cle::Cadre) || lu.filtre.a(filtre::Cle::SansPosition)) continue;
                CHECK(compter(lu.filtre.avec(filtre::Cle::SansPosition, "oui")) == r.sans_position);
                CHECK(compter(lu.filtre.avec(filtre::Cle::Cadre, filtre::ecrire(carte.fenetre.cadre()))) ==
                      r.dedans);
                for (const auto& g : r.grappes) {
                    ++grappes;
                    CHECK(compter(lu.filtre.avec(filtre::Cle::Cadre,
                                                 filtre::ecrire(cadre_de(carte.fenetre.zoom, g.cellule)))) ==
                          g.nombre);
                }
            }
            base.write([&](db::Transaction& tx) { // one is placed elsewhere
                const auto ids = tx.query<std::string>("SELECT id FROM signalement ORDER BY id");
                tx.exec("UPDATE signalement SET lon = $1, lat = 49 WHERE id = $2", t.entre(0, 12) * 0.25,
                        t.parmi(ids));
            });
        }
        CHECK(de_memoire > 20);
        CHECK(grappes > 200);
    });
}

TEST_CASE("un agent voit sur la carte ce qu’il lit, et rien de plus")
{
    test::for_each_engine([](db::Database& database) {
        exemples::Bureau bureau{database};
        bureau.deposer(depot::exemples::locataire());
        auto secretaire = bureau.entrer(compte::exemples::julien);
        const auto page = secretaire.get("/carte");
        CHECK(page.status == 200);
        CHECK(page.says("Carte des signalements"));
        CHECK(page.says("1 signalement sur cette partie de la carte"));
        CHECK(page.body.find("les voir en liste") != std::string::npos);
        CHECK(secretaire.get("/carte?statut=clos").says("0 signalement sur cette partie"));
        CHECK(secretaire.get("/carte?statut=vendu").status == 422);
        CHECK(secretaire.get("/carte?fenetre=99.1.1").status == 200);
        CHECK(secretaire.get("/signalements?cadre=1,2").status == 422);
        auto ailleurs = bureau.entrer(exemples::aicha);
        CHECK(ailleurs.get("/carte").says("0 signalement sur cette partie"));
        CHECK(ailleurs.get("/carte?territoire=76").says("0 signalement sur cette partie"));
        test::Client personne{bureau.site};
        CHECK(personne.get("/carte").status == 303);
    });
}

} // namespace signalement::carte_check
