// The figures: their rules on a few facts; then, on reports and questions drawn at random and on both
// engines, that every way to count the same reports says the same number.
#include "signalement/statistique/statistique.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "compte/store.hpp"
#include "signalement/exemples_test.hpp"
#include "signalement/export/store_export.hpp"
#include "signalement/filtre/tirage_test.hpp"
#include "signalement/lot/store_lot.hpp"
#include "signalement/statistique/memoire.hpp"
#include "signalement/statistique/releve.hpp"
#include "signalement/statistique/views_statistiques.hpp"
#include "signalement/store_cles.hpp"
#include "signalement/store_recherche.hpp"
#include "support/databases.hpp"
#include "ui/charts.hpp"

namespace signalement::statistique_check {

using namespace statistique;
using filtre::tirage::Tirage;

TEST_CASE("la médiane et les neuf sur dix comptent ceux qui attendent comme plus longs que tous")
{
    Histogramme h;
    CHECK_FALSE(h.mediane());
    for (const int jours : {4, 1, 9, 2, 700}) h.ajouter(jours);
    CHECK(h.mediane() == 4);
    CHECK(h.p90() == 700);
    for (int i = 0; i < 4; ++i) h.ajouter(-1);
    CHECK(h.mediane() == 700); // the fifth of nine
    CHECK_FALSE(h.p90());
    h.ajouter(-1);
    h.ajouter(-1);
    CHECK_FALSE(h.mediane()); // five of eleven are done
    CHECK(h.faits() == 5);
    CHECK(h.attendent() == 6);
}

TEST_CASE("un signalement refusé n’attend rien, et l’issue dit si un dossier clos est résolu")
{
    Faits faits;
    Fait clos;
    clos.statut = Statut::Clos;
    clos.motif = 2; // relogement
    clos.mois = 310;
    clos.mois_fin = 312;
    clos.jours = {3, -1, 60};
    Fait refuse;
    refuse.statut = Statut::Refuse;
    refuse.mois = refuse.mois_fin = 312;
    Fait ouvert;
    ouvert.statut = Statut::EnCours;
    ouvert.mois = 311;
    faits.lignes = {clos, refuse, ouvert};
    Statistiques s{Delai::Cloture};
    s.ajouter(faits, Crible{});
    CHECK(s.total() == 3);
    CHECK(s.resolus() == 1);
    CHECK(s.delai(Delai::Cloture).faits() == 1);
    CHECK(s.delai(Delai::Cloture).attendent() == 1);
    CHECK(s.delai(Delai::Cloture).mediane() == 60);
    const auto mois = s.par_mois();
    REQUIRE(mois.size() == 3);
    CHECK(mois[0].en_cours == 1);
    CHECK(mois[1].en_cours == 2);
    CHECK(mois[2].en_cours == 1);
    CHECK(mois_iso(mois[2].mois) == "2026-01");
    CHECK(mois_en_mots(mois[0].mois) == "novembre 2025");
    CHECK(issue(clos) == Issue::Resolu);
    clos.motif = 13; // doublon
    CHECK(issue(clos) == Issue::ClosAutrement);
}

TEST_CASE("un département se compare à ceux dont la population est la plus proche, sans rien dire de dix "
          "signalements")
{
    const std::vector<Comparable> tous = {{"76", "A", 1000}, {"01", "B", 500},  {"02", "C", 1900},
                                          {"03", "D", 0},    {"04", "E", 1100}, {"05", "F", 900},
                                          {"06", "G", 5000}, {"07", "H", 400}};
    const auto c = comparables("76", tous);
    REQUIRE(c.size() == comparables_montres);
    CHECK(c[0].territoire == "04");
    CHECK(c[1].territoire == "05");
    CHECK(c[2].territoire == "02");
    CHECK(c[3].territoire == "01");
    CHECK(comparables("03", tous).empty());
    CHECK(comparables("99", tous).empty());

    Faits faits;
    Fait f;
    f.statut = Statut::Clos;
    f.motif = 0;
    f.jours = {2, -1, 30};
    for (int i = 0; i < 10; ++i) {
        f.mois = f.mois_fin = static_cast<std::int16_t>(i < 5 ? 300 : 310);
        faits.lignes.push_back(f);
    }
    Statistiques dix{Delai::Cloture};
    dix.ajouter(faits, Crible{});
    const auto rien = profil(dix, 100'000, 312);
    CHECK_FALSE(rien.pour_100_000);
    CHECK_FALSE(rien.clos);
    CHECK_FALSE(rien.medianes[0]);
    faits.lignes.resize(60, f);
    f.statut = Statut::EnCours;
    f.jours = {4, -1, -1};
    faits.lignes.resize(80, f);
    Statistiques assez{Delai::Cloture};
    assez.ajouter(faits, Crible{});
    const auto p = profil(assez, 200'000, 312);
    CHECK(p.pour_100_000 == 40);
    CHECK(p.clos == 75);
    CHECK(p.medianes[0] == 2);
    CHECK_FALSE(p.medianes[1]);
    CHECK(p.medianes[2] == 30);
    CHECK(tendance(assez, 312).deposes == 80);
    CHECK(tendance(assez, 323).deposes_avant == 80);
}

TEST_CASE("l’échelle d’un graphique est le premier nombre rond")
{
    CHECK(ui::round_scale(0) == 1);
    CHECK(ui::round_scale(3) == 4);
    CHECK(ui::round_scale(6) == 10);
    CHECK(ui::round_scale(101) == 200);
    CHECK(ui::round_scale(5000) == 5000);
}

/// Everything these figures say, as text.
std::string tout_dire(Statistiques s)
{
    statistique::views::PageStatistiques p{
        .filtres = {}, .chiffres = std::move(s), .noms = {}, .partenaires = true, .etapes = true, .le = {}};
    const auto& c = p.chiffres;
    std::string out =
        std::to_string(c.total()) + " " + std::to_string(c.danger()) + " " + std::to_string(c.resolus());
    for (const auto& x : statuts) out += " " + std::to_string(c.nombre(x.value));
    for (const auto& partie : statistique::views::parties)
        out += "\n" + statistique::views::csv(p, partie.value);
    return out;
}

/// Something happens to a report, as decisions and erasures do.
void bouger(db::Transaction& tx, Tirage& t, int n)
{
    const auto ids = tx.query<std::string>("SELECT id FROM signalement ORDER BY id");
    const auto& id = t.parmi(ids);
    const auto le = filtre::tirage::maintenant.plus_days(-t.entre(0, 40));
    switch (t.entre(0, 6)) {
    case 0:
        filtre::tirage::semer_un_signalement(tx, t, 1000 + n);
        return;
    case 1:
        tx.exec("UPDATE signalement SET statut = 'clos', valide_le = $1, clos_le = $1, refuse_le = NULL, "
                "motif_slug = "
                "'relogement' WHERE id = $2",
                le, id);
        return;
    case 2:
        tx.exec(
            "UPDATE signalement SET statut = 'en_cours', valide_le = $1, clos_le = NULL, refuse_le = NULL, "
            "motif_slug = NULL WHERE id = $2",
            le, id);
        return;
    case 3:
        tx.exec("DELETE FROM affectation WHERE signalement = $1", id);
        return;
    case 4:
        tx.exec("UPDATE affectation SET premiere_le = affectee_le, affectee_le = $1, statut = 'en_attente', "
                "fermee_le "
                "= NULL, motif = NULL WHERE signalement = $2",
                le, id);
        return;
    case 5:
        tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, auteur_nom, "
                "visible_deposant, "
                "ajoute_le) SELECT $1, id, territoire, 'visite_faite', $2, '', 'X', 1, $3 FROM signalement "
                "WHERE id = $4",
                base::new_id(le), base::local_date(le), le, id);
        return;
    default:
        for (const auto* table :
             {"suivi", "affectation", "acces_ponctuel", "signalement_qualification", "signalement_desordre"})
            tx.exec("DELETE FROM " + std::string{table} + " WHERE signalement = $1", id);
        signalement::store::oublier_les_mots(tx, id);
        tx.exec("DELETE FROM signalement WHERE id = $1", id);
    }
}

TEST_CASE(
    "pour toute question, les statistiques, la liste, son nombre, l’export et la sélection disent le même "
    "nombre, et la mémoire dit ce que dit la base")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        Tirage t{20261124};
        base.write([&](db::Transaction& tx) {
            filtre::tirage::semer_le_pays(tx);
            for (int n = 0; n < 240; ++n) filtre::tirage::semer_un_signalement(tx, t, n);
            const auto ids = tx.query<std::string>("SELECT id FROM signalement ORDER BY id");
            for (const auto& id : ids)
                for (int i = t.entre(0, 3); i > 0; --i)
                    tx.exec("INSERT INTO signalement_desordre (signalement, rang, precision_slug, critere, "
                            "zone, presumee, "
                            "territoire) VALUES ($1, 1, $2, $3, 'LOGEMENT', 0, '76')",
                            id, "p" + std::to_string(i), t.parmi(desordre::criteres()).slug);
        });
        while (signalement::store::tenir_les_cles(base) > 0) {
        }
        std::vector<compte::Agent> agents;
        {
            auto tx = base.read();
            for (const auto* id :
                 {"compte-demo-camille-lefort", "compte-demo-nadia-belkacem", "compte-demo-julien-masson",
                  "compte-demo-claire-duhamel", "compte-demo-karim-benali", "compte-demo-antoine-delattre"})
                agents.push_back(compte::store::agent(tx, id).value());
        }
        Memoire memoire; // one for all: it follows what moves
        std::size_t de_memoire = 0, non_vides = 0;
        std::vector<filtre::Paires> deja; // asked again when things have moved
        for (int tour = 0; tour < 40; ++tour) {
            for (const auto& lecteur : agents) {
                const bool encore = deja.size() > 5 && t.sur(2);
                const auto question =
                    encore ? t.parmi(deja) : filtre::tirage::question_tiree(t, tour % 2 == 0 ? 1 : 3);
                if (!encore && deja.size() < 12) deja.push_back(question);
                const auto lu = filtre::lire(question, lecteur);
                if (!lu.refus.empty()) continue;
                std::string dit = lecteur.id;
                for (const auto& [cle, v] : filtre::ecrire(lu.filtre)) dit += " " + cle + "=" + v;
                INFO(dit);
                const filtre::Regard regard{lecteur, filtre::tirage::maintenant,
                                            filtre::fuseau_de(lu.filtre, lecteur)};
                const auto delai = t.parmi(delais).value;
                auto en_base = relever_en_base(base, regard, lu.filtre, delai);
                const auto total = en_base.total();
                non_vides += total > 0;
                const auto dits = tout_dire(std::move(en_base));
                if (en_memoire(lecteur, lu.filtre)) {
                    ++de_memoire;
                    CHECK(tout_dire(memoire.compter(base, regard, lu.filtre, delai)) == dits);
                }
                {
                    auto tx = base.read();
                    CHECK(signalement::store::compter(tx, regard, lu.filtre).one() == total);
                    std::int64_t lignes = 0;
                    auto f = lu.filtre;
                    f.ou = {};
                    CHECK_FALSE(exports::store::lire(tx, regard, f, exports::choisies({"reference"}), {},
                                                     [&](const std::vector<std::string>&) { ++lignes; }));
                    CHECK(lignes == total);
                }
                base.write([&](db::Transaction& tx) {
                    lot::store::vider(tx, lecteur);
                    CHECK(
                        lot::store::choisir_tout(tx, regard, lu.filtre, filtre::tirage::maintenant).choisis ==
                        std::min<std::int64_t>(total, lot::taille_max));
                });
            }
            base.write([&](db::Transaction& tx) {
                for (int i = t.entre(0, 4); i > 0; --i) bouger(tx, t, 10 * tour + i);
            });
            if (tour % 9 == 8) statistique::store::purger_les_mouvements(base);
        }
        CHECK(de_memoire > 40);
        CHECK(non_vides > 80);
    });
}

TEST_CASE("un agent que personne n’a confirmé n’apprend des statistiques ni quand son dossier a été confié, "
          "ni quand "
          "il a été visité, ni à qui")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        Tirage t{5};
        base.write([&](db::Transaction& tx) {
            filtre::tirage::semer_le_pays(tx);
            for (int n = 0; n < 200; ++n) filtre::tirage::semer_un_signalement(tx, t, n);
        });
        auto agent = [&] {
            auto tx = base.read();
            return compte::store::agent(tx, "compte-demo-claire-duhamel").value();
        }();
        for (auto& m : agent.mandats) m.confirme = false;
        const auto s = relever_en_base(base, {agent, filtre::tirage::maintenant}, {}, Delai::Cloture);
        CHECK(s.total() > 10); // those that this account deposited
        CHECK(s.delai(Delai::Confie).faits() == 0);
        CHECK(s.delai(Delai::Visite).faits() == 0);
        CHECK(s.delai(Delai::Cloture).faits() > 0);
        CHECK(s.parts(Axe::Partenaire).empty());
    });
}

TEST_CASE("une base où trop de choses ont bougé est relue, et ce qui était oublié aussi")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        Tirage t{3};
        base.write([&](db::Transaction& tx) {
            filtre::tirage::semer_le_pays(tx);
            for (int n = 0; n < 30; ++n) filtre::tirage::semer_un_signalement(tx, t, n);
        });
        auto tx = base.read();
        const auto france = compte::store::agent(tx, "compte-demo-camille-lefort").value();
        const filtre::Regard regard{france, filtre::tirage::maintenant};
        Memoire memoire;
        CHECK(memoire.compter(base, regard, {}, Delai::Confie).total() == 30);
        base.write([&](db::Transaction& w) { filtre::tirage::semer_un_signalement(w, t, 31); });
        statistique::store::purger_les_mouvements(base);
        base.write([&](db::Transaction& w) { filtre::tirage::semer_un_signalement(w, t, 32); });
        statistique::store::purger_les_mouvements(base);
        CHECK(memoire.compter(base, regard, {}, Delai::Confie).total() == 32);
        CHECK(memoire.taille() == 32);
    });
}

TEST_CASE("un agent voit les statistiques de ce qu’il lit, et rien de plus, à l’écran, en CSV et sur papier")
{
    test::for_each_engine([](db::Database& database) {
        exemples::Bureau bureau{database};
        bureau.deposer(depot::exemples::locataire());
        const auto b = bureau.deposer(depot::exemples::agent());
        auto secretaire = bureau.entrer(compte::exemples::julien);
        secretaire.get(exemples::fiche(b) + "/affectations");
        REQUIRE(secretaire.post(exemples::fiche(b) + "/affectations", {{"partenaires", "partenaire-76-ars"}})
                    .status == 303);
        const auto page = secretaire.get("/statistiques");
        CHECK(page.status == 200);
        CHECK(page.says("2 signalements"));
        CHECK(page.says("Combien, mois par mois"));
        CHECK(page.says("ARS"));
        CHECK(secretaire.get("/statistiques?statut=a_trier&delai=confie").says("1 signalement"));
        CHECK(secretaire.get("/statistiques?statut=vendu").status == 422);
        const auto csv = secretaire.get("/statistiques/chiffres.csv?partie=mois");
        CHECK(csv.body.find("mois;deposes;clos;refuses;ouverts_en_fin_de_mois\r\n2026-11;2;0;0;2\r\n") !=
              std::string::npos);
        CHECK(secretaire.get("/statistiques/chiffres.csv?partie=partenaire").says("partenaire-76-ars"));
        const auto pdf = secretaire.get("/statistiques/statistiques.pdf");
        CHECK(pdf.status == 200);
        CHECK(pdf.body.starts_with("%PDF"));

        auto ars = bureau.entrer(exemples::helene);
        CHECK(ars.get("/statistiques").says("1 signalement"));
        auto ailleurs = bureau.entrer(exemples::aicha);
        CHECK(ailleurs.get("/statistiques").says("Aucun signalement à compter"));
        CHECK(ailleurs.get("/statistiques?territoire=76").says("Aucun signalement à compter"));
        CHECK_FALSE(ailleurs.get("/statistiques/chiffres.csv?partie=mois&territoire=76").says("2026-11"));
        test::Client personne{bureau.site};
        CHECK(personne.get("/statistiques").status == 303);
    });
}

} // namespace signalement::statistique_check
