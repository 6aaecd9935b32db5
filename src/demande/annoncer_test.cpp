// What is prepared when a demande ends, on both engines: for whom, and where nothing may go.
#include "demande/annoncer.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store.hpp"

namespace demande {
namespace test_annoncer {

using compte::exemples::matin;

const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};
const Date jour{2026, 11, 23};

struct Partie {
    int signataire = 0;
    std::string adresse;
};

/// The letters that a written renunciation prepares for a demande that says this.
std::vector<Partie> lettres_d_une_fin(db::Database& base,
                                      const std::vector<std::pair<const char*, const char*>>& dit)
{
    compte::exemples::semer(base);
    return base.write([&](db::Transaction& tx) {
        store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
        const auto g = store::find_guichet(tx, "76R01").value();
        auto r = exemples::formulaire_rempli();
        for (const auto& [champ, texte] : dit) r.mettre(champ, texte);
        const auto lu = lire(r, exemples::contexte());
        REQUIRE(lu);
        const auto id = store::enregistrer(tx, *lu, g, fatou, "clé", matin)->id;
        const auto f = *store::find(tx, id, {g}, "clé");
        const auto fin =
            radier(store::situation(tx, f, jour),
                   {.motif = MotifRadiation::Renonciation, .justificatif = "Lettre du 20"}, jour);
        REQUIRE(fin);
        radier_et_annoncer(tx, f, *fin, fatou, "https://logis.example", matin);
        return tx.query<Partie>(
            "SELECT signataire, adresse FROM preavis WHERE objet = 'radiation' ORDER BY signataire");
    });
}

TEST_CASE("une radiation se dit à chacun de ceux qui signent")
{
    test::for_each_engine([](db::Database& base) {
        const auto lettres = lettres_d_une_fin(base, {});
        REQUIRE(lettres.size() == 2);
        CHECK(lettres[0].adresse.starts_with("Madame Maëlle Kerviel\n"));
        CHECK(lettres[1].adresse.starts_with("Monsieur Idriss Traoré\n"));
    });
}

TEST_CASE("après des violences, rien ne part à la boîte du formulaire ni à qui signe avec le demandeur")
{
    test::for_each_engine([](db::Database& base) {
        const auto lettres = lettres_d_une_fin(base, {{"motif.violences", "oui"},
                                                      {"demandeur.email", "maelle@exemple.example"},
                                                      {"demandeur.infos_courriel", "oui"},
                                                      {"courrier.chez", "Association Abri"},
                                                      {"courrier.voie", "1 place du Port"},
                                                      {"courrier.code_postal", "76600"},
                                                      {"courrier.commune", "Le Havre"}});
        REQUIRE(lettres.size() == 1);
        CHECK(lettres[0].signataire == 0);
        CHECK(lettres[0].adresse.find("Association Abri") != std::string::npos);
        CHECK(lettres[0].adresse.find("Tanneurs") == std::string::npos);
        CHECK(base.read().one<int>("SELECT COUNT(*) FROM courriel WHERE gabarit = 'radiation_demande'") == 0);
    });
}

} // namespace test_annoncer
} // namespace demande
