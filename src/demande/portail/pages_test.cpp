// What the pages of an applicant refuse before they receive anything, on both engines.
#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/demo.hpp"
#include "demande/espace/pages.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store.hpp"
#include "support/client.hpp"
#include "support/databases.hpp"

namespace demande::portail {
namespace test_pages {

using compte::exemples::matin;

/// An account and its registered demande.
struct Compte {
    Demandeur demandeur;
    std::string demande;
};

Compte semer(db::Database& base)
{
    compte::exemples::semer(base);
    return base.write([](db::Transaction& tx) {
        demande::semer_demo(tx, matin);
        const auto g = demande::store::find_guichet(tx, demo_guichet_ccas).value();
        const auto id = demande::store::enregistrer(
                            tx, *lire(exemples::formulaire_rempli(), exemples::contexte()), g,
                            {"compte-demo-fatou-sarr", "Fatou Sarr", "", {}}, "une clé de test", matin)
                            ->id;
        const auto d = store::ouvrir_compte(tx, "maelle@exemple.example", matin);
        store::lier(tx, d.id, id, RoleSurDemande::Titulaire, Voie::Recherche, matin);
        return Compte{d, id};
    });
}

TEST_CASE("un compte n’envoie pas plus de soixante fois des fichiers en une heure, où qu’il les dépose")
{
    test::for_each_engine([](db::Database& base) {
        const auto compte = semer(base);
        test::Site site{base, matin};
        Visitor elle;
        elle.demandeur = &compte.demandeur;
        elle.chrome.csrf = "un jeton";
        http::Request envoi;
        envoi.captures = {{"id", compte.demande}, {"type", "avis_impot"}, {"personne", "demandeur"}};
        envoi.files.push_back({"fichier", "avis.pdf", "", "%PDF-1.7 essai"});
        for (int i = 0; i < 60; ++i) REQUIRE_FALSE(trop_de_fichiers(site.app(), envoi, elle));
        CHECK(trop_de_fichiers(site.app(), envoi, elle)->status == 429);
        CHECK(espace::post_ajout_de_piece(site.app(), envoi, elle).status == 429);
        // Without a file, nothing is counted.
        envoi.files.clear();
        CHECK(espace::post_ajout_de_piece(site.app(), envoi, elle).status == 422);
    });
}

TEST_CASE("une pièce dont la date est fausse n’est pas reçue, et ne compte pas")
{
    test::for_each_engine([](db::Database& base) {
        const auto compte = semer(base);
        test::Site site{base, matin};
        Visitor elle;
        elle.demandeur = &compte.demandeur;
        elle.chrome.csrf = "un jeton";
        http::Request envoi;
        envoi.captures = {{"id", compte.demande}, {"type", "avis_impot"}, {"personne", "demandeur"}};
        envoi.form = {{"expire_le", "bientôt"}};
        envoi.files.push_back({"fichier", "avis.pdf", "", "%PDF-1.7 essai"});
        for (int i = 0; i < 61; ++i)
            REQUIRE(espace::post_ajout_de_piece(site.app(), envoi, elle).status == 422);
        CHECK_FALSE(trop_de_fichiers(site.app(), envoi, elle));
    });
}

} // namespace test_pages
} // namespace demande::portail
