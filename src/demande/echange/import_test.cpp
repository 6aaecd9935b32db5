// Whole files on both engines: all or nothing, once, with versions, history and searches.
#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/echange/exemples_test.hpp"
#include "demande/echange/import.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/store_doublons.hpp"
#include "demande/store_versions.hpp"
#include "journal/journal.hpp"

namespace demande::echange {
namespace tests_d_import {

using compte::exemples::matin;
using exemples::avec;
using exemples::fichier;

constexpr std::string_view cle = "une clé de test";
const compte::Agent louise{"compte-demo-louise-auger", "Louise Auger", "louise.auger@demo.logis.example", {}};

/// The State's service of the Seine-Maritime manages the demandes of the territory.
struct Montage {
    db::Database& base;
    Guichet guichet;

    explicit Montage(db::Database& b) : base(b)
    {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            demande::store::ouvrir_guichet(tx, {"76D01", "076", partenaire::demo_ddtm, "", {}, ""}, matin);
            demande::store::habiliter(tx, louise.id, "76D01", {}, matin);
            guichet = gestionnaires(demande::store::guichets_de(tx, louise.id)).at(0);
        });
    }

    Bilan importe(const std::string& texte, Instant le = matin) const
    {
        return importer(base, guichet, texte, louise, cle, le);
    }

    Plan prepare(const std::string& texte, Instant le = matin) const
    {
        auto tx = base.read();
        return preparer(tx, guichet, texte, cle, le);
    }

    Bilan applique(const Plan& plan, Instant le = matin) const
    {
        return base.write([&](db::Transaction& tx) { return appliquer(tx, guichet, plan, louise, cle, le); });
    }

    demande::store::Fiche fiche(std::string_view numero = exemples::numero) const
    {
        auto tx = base.read();
        const auto id = store::find_numero(tx, numero);
        REQUIRE(id);
        return demande::store::find(tx, *id, {guichet}, cle).value();
    }

    int demandes() const
    {
        auto tx = base.read();
        return tx.find<int>("SELECT COUNT(*) FROM demande").value();
    }

    std::string exporte(Instant depuis, int& lots) const
    {
        std::string out;
        store::Curseur curseur{depuis, {}};
        for (bool suite = true; suite; ++lots)
            base.write([&](db::Transaction& tx) {
                suite = exporter_un_lot(tx, guichet, curseur, louise, cle, matin, out);
            });
        return out;
    }
};

/// The same household under the n-th number of the month.
std::string la_demande(int n)
{
    return avec(exemples::une_demande_exemple(), "0900012", "0900" + std::to_string(100 + n));
}

TEST_CASE("un fichier enregistre ses demandes avec leur numéro, leur date et leur histoire")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto b = m.importe(fichier());
        CHECK(b.nouvelles == 1);
        CHECK(b.refus.empty());
        const auto f = m.fiche();
        CHECK(f.numero == exemples::numero);
        CHECK(f.deposee_le == Date{2020, 11, 12});
        CHECK(f.etat == Etat::Active);
        CHECK(f.communes == std::vector<std::string>{"76540", "76231"});
        CHECK(f.attestation_le); // the national system gave it
        auto tx = base.read();
        const auto histoire = journal::of(tx, "demande", f.id);
        REQUIRE(histoire.size() == 1);
        CHECK(histoire.front().evenement == "reprise");
        CHECK(demande::store::versions(tx, f.id, 0, 10).front().raison == Raison::SystemeNational);
        CHECK(demande::store::chercher_doublons(tx, "076", {"traore", "idriss", Date{1986, 5, 17}, ""}, {})
                  .size() == 1);
    });
}

TEST_CASE("le même fichier deux fois ne fait rien la seconde, un autre change et garde la version d’avant")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.importe(fichier());
        const auto encore = m.importe(fichier(), matin.plus_days(1));
        CHECK(encore.inchangees == 1);
        CHECK(m.fiche().contenu_version == 1);
        const auto suite = avec(fichier(exemples::une_demande_exemple(), "2026-11-21T06:00:00+01:00"),
                                "<ns1:surface>41", "<ns1:surface>58");
        CHECK(m.importe(suite, matin.plus_days(1)).changees == 1);
        const auto f = m.fiche();
        CHECK(f.reponses.texte("logement.surface") == "58");
        CHECK(f.contenu_version == 2);
        auto tx = base.read();
        const auto versions = demande::store::versions(tx, f.id, 0, 10);
        CHECK(versions.front().justificatif == Justificatif::Fichier);
        CHECK(versions.back().reponses.texte("logement.surface") == "41");
        CHECK(demande::store::find(tx, f.id, {m.guichet}, cle)->numero == exemples::numero);
    });
}

TEST_CASE("une seule ligne refusée et rien n’est enregistré")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto b = m.importe(
            fichier(la_demande(1) + avec(la_demande(2), "1984-12-04", "2084-12-04") + la_demande(3)));
        CHECK(b.refusees == 1);
        REQUIRE(b.refus.size() == 1);
        CHECK(b.refus.front().numero == "076112090010276P01");
        CHECK(b.refus.front().ligne > 100);
        CHECK(m.demandes() == 0);
        CHECK(m.importe(fichier(la_demande(1) + la_demande(1))).refus.front().raison ==
              "Cette demande est déjà plus haut dans le fichier.");
        CHECK(m.importe(fichier().substr(0, 2'000)).refusees == 1);
        CHECK(m.demandes() == 0);
    });
}

TEST_CASE("un fichier daté de l’avenir, ou qui n’est pas de l’UTF-8, est refusé entier")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto demain = m.importe(fichier(exemples::une_demande_exemple(), "2062-11-20T06:00:00+01:00"));
        REQUIRE(demain.refus.size() == 1);
        CHECK(demain.refus.front().raison == "La date du fichier (dateFichier) est dans l’avenir.");
        CHECK(demain.refusees == 1);
        CHECK(m.importe(avec(avec(fichier(), "UTF-8", "ISO-8859-1"), "Maëlle", "Ma\xEBlle")).refusees == 1);
        CHECK(m.demandes() == 0);
    });
}

TEST_CASE("regarder un fichier n’écrit rien et dit ce que l’import fera")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto b = m.prepare(fichier(la_demande(1) + la_demande(2))).bilan;
        CHECK(b.nouvelles == 2);
        CHECK(b.fichier_le == *base::parse_instant("2026-11-20T05:00:00Z"));
        CHECK(m.demandes() == 0);
    });
}

TEST_CASE(
    "pendant que le fichier se compare, les autres écrivent ; ce qui change entre-temps refuse tout l’import")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.importe(fichier(la_demande(1)));
        const auto suite = avec(fichier(la_demande(1) + la_demande(2), "2026-11-21T06:00:00+01:00"),
                                "<ns1:surface>41", "<ns1:surface>58");
        const auto plan = [&] {
            auto tx = base.read();
            // Somebody registers while the file is being read.
            base.write([&](db::Transaction& ecrit) {
                demande::store::ouvrir_guichet(
                    ecrit, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
            });
            return preparer(tx, m.guichet, suite, cle, matin.plus_days(1));
        }();
        CHECK(plan.bilan.changees == 1);
        CHECK(plan.bilan.nouvelles == 1);
        // The one that was compared changes here before the file is written.
        const auto f = m.fiche("076112090010176P01");
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET version = version + 1 WHERE id = $1", f.id);
        });
        const auto refuse = m.applique(plan, matin.plus_days(1));
        REQUIRE(refuse.refus.size() == 1);
        CHECK(refuse.refusees == 1);
        CHECK(refuse.refus.front().numero == "076112090010176P01");
        CHECK(refuse.refus.front().raison.find("recommencez") != std::string::npos);
        CHECK(m.demandes() == 1);
        CHECK(m.fiche("076112090010176P01").contenu_version == 1);
        // Compared again, it goes; and a plan is not applied twice.
        const auto relu = m.prepare(suite, matin.plus_days(1));
        CHECK(m.applique(relu, matin.plus_days(1)).refus.empty());
        CHECK(m.demandes() == 2);
        CHECK(m.applique(relu, matin.plus_days(1)).refus.size() == 2);
        CHECK(m.demandes() == 2);
    });
}

TEST_CASE("une personne déjà connue ici sous un autre numéro est montrée au guichet, et n’empêche rien")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.importe(fichier(la_demande(1)));
        const auto b = m.importe(fichier(la_demande(2) + la_demande(3)), matin.plus_days(1));
        CHECK(b.nouvelles == 2);
        CHECK(b.doublons == 2);
        const auto une = m.fiche("076112090010176P01").id, deux = m.fiche("076112090010276P01").id,
                   trois = m.fiche("076112090010376P01").id;
        const auto ceux_de = [&](const std::string& id) {
            auto tx = base.read();
            return demande::store::doublons_signales(tx, id, {m.guichet});
        };
        CHECK(ceux_de(une).size() == 2);
        CHECK(ceux_de(deux).size() == 2); // the one that was here, and the next one of the file
        REQUIRE(ceux_de(trois).size() == 2);
        CHECK(ceux_de(trois).front().ressemblance == Ressemblance::MemeIdentite);
        CHECK(ceux_de(trois).front().lisible);
        base.write([&](db::Transaction& tx) {
            CHECK(demande::store::doublons_a_voir(tx, "076").size() == 3);
            CHECK(demande::store::doublons_a_voir(tx, "027").empty());
            CHECK(demande::store::ecarter_doublon(tx, une, trois, louise, matin));
            CHECK_FALSE(demande::store::ecarter_doublon(tx, trois, une, louise, matin));
            CHECK(demande::store::doublons_a_voir(tx, "076").size() == 2);
            // Its history says that a search showed it.
            CHECK(journal::of(tx, "demande", une).back().details == "recherche");
        });
        CHECK(ceux_de(trois).size() == 1);
        // The same file again finds nobody again.
        CHECK(m.importe(fichier(la_demande(2) + la_demande(3)), matin.plus_days(2)).doublons == 0);
    });
}

TEST_CASE("une demande que le système national donne encore après sa tolérance d’ici y a été renouvelée")
{
    CHECK_FALSE(renouvelee_ailleurs({2026, 11, 23}, {2027, 11, 23}));
    CHECK_FALSE(renouvelee_ailleurs({2026, 11, 23}, {2027, 12, 23})); // tolerated: one cannot tell
    CHECK(renouvelee_ailleurs({2026, 11, 23}, {2027, 12, 24}) == Date{2027, 12, 24});
    CHECK(renouvelee_ailleurs({2026, 11, 23}, {2030, 1, 1}) == Date{2030, 1, 1});
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.importe(fichier());
        CHECK(m.fiche().ancre == Date{2026, 11, 23});
        const auto plus_tard = base::parse_instant("2027-12-28T09:00:00Z").value();
        // Nothing else changes in it; the year begins again on the day of the file, with the number.
        const auto b =
            m.importe(fichier(exemples::une_demande_exemple(), "2027-12-24T06:00:00+01:00"), plus_tard);
        CHECK(b.refus.empty());
        CHECK(b.inchangees == 1);
        CHECK(b.renouvelees == 1);
        const auto f = m.fiche();
        CHECK(f.ancre == Date{2027, 12, 24});
        CHECK(f.etat == Etat::Active);
        CHECK(f.deposee_le == Date{2020, 11, 12});
        CHECK(f.attestation_le); // theirs
        CHECK(f.contenu_version == 1);
        auto tx = base.read();
        CHECK(journal::of(tx, "demande", f.id).back().evenement == "renouvellement");
        CHECK(journal::of(tx, "demande", f.id).back().details == "systeme_national");
    });
}

TEST_CASE("un fichier ne s’importe pas dans un territoire suivi sur un autre site")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            gestion::store::prendre(tx, {"076", {2026, 11, 1}, "https://exemple.fr"}, louise, matin);
        });
        const auto b = m.importe(fichier());
        REQUIRE(b.refus.size() == 1);
        CHECK(b.refus.front().raison.find("https://exemple.fr") != std::string::npos);
        CHECK(m.demandes() == 0);
    });
}

TEST_CASE("notre compteur saute un numéro que le système national a donné")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto pris =
            avec(avec(exemples::une_demande_exemple(), "076112090001276P01", "076112600000176D01"),
                 "2020-11-12", "2026-11-12");
        REQUIRE(m.importe(fichier(pris)).nouvelles == 1);
        base.write([&](db::Transaction& tx) {
            const auto id = store::find_numero(tx, "076112600000176D01").value();
            auto f = demande::store::find(tx, id, {m.guichet}, cle).value();
            const auto lu = lire(f.reponses, {.aujourd_hui = {2026, 11, 23},
                                              .territoire = "076",
                                              .communes = {"76540", "76231"},
                                              .reprise = true});
            REQUIRE(lu);
            CHECK(demande::store::enregistrer(tx, *lu, m.guichet, louise, cle, matin)->numero ==
                  "076112600000276D01");
        });
    });
}

TEST_CASE("l’export donne ce qui a changé depuis un jour, par lots, tel que le fichier l’avait dit")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        std::string demandes;
        for (int n = 1; n <= 52; ++n) demandes += la_demande(n);
        REQUIRE(m.importe(fichier(demandes)).nouvelles == 52);
        int lots = 0;
        const auto sortie = m.exporte(matin.plus_seconds(-1), lots);
        CHECK(lots == 2);
        int relues = 0;
        const auto l = lire_fichier(fichier(sortie), [&](Element&&) { ++relues; });
        CHECK(l.refus.empty());
        CHECK(relues == 52);
        CHECK(sortie.find(la_demande(7)) != std::string::npos);
        CHECK(m.exporte(matin.plus_seconds(1), lots).empty());
        auto tx = base.read();
        CHECK(journal::of(tx, "demande", m.fiche("076112090010176P01").id).back().evenement ==
              "consultation_agent");
    });
}

TEST_CASE("les fichiers d’un territoire ne s’ouvrent qu’à qui le gère")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.importe(fichier());
        const auto id = m.fiche().id;
        base.write([&](db::Transaction& tx) {
            demande::store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""},
                                           matin);
            CHECK(gestionnaires({demande::store::find_guichet(tx, "76R01").value()}).empty());
            auto ailleurs = m.guichet;
            ailleurs.territoire = "027";
            ailleurs.code = "27D01";
            CHECK_FALSE(exporter_une(tx, id, ailleurs, louise, cle, matin));
            CHECK(preparer(tx, ailleurs, fichier(), cle, matin).bilan.refus.front().raison ==
                  "Cette demande n’est pas de votre territoire.");
        });
    });
}

TEST_CASE("un fichier déposé attend un jour au plus, et n’appartient qu’à qui l’a envoyé")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            store::Fichier f{
                .id = "01HXEXEMPLE0000000000000001", .territoire = "076", .depose_par = louise.id};
            f.depose_le = f.fichier_le = matin;
            f.contenu = "x";
            store::deposer(tx, f);
            CHECK_FALSE(store::find_fichier(tx, f.id, "compte-demo-fatou-sarr"));
            CHECK(store::find_fichier(tx, f.id, louise.id)->en_attente);
            CHECK(store::oublier_fichiers(tx, matin) == 0);
            CHECK(store::oublier_fichiers(tx, matin.plus_seconds(1)) == 1);
            CHECK(store::find_fichier(tx, f.id, louise.id)->contenu.empty());
            CHECK(store::noter_application(tx, f, matin));
            CHECK_FALSE(store::noter_application(tx, f, matin));
        });
    });
}

} // namespace tests_d_import
} // namespace demande::echange
