// Versions of a demande on both engines: the next one, two at once, the people and communes that follow.
#include <doctest/doctest.h>

#include "base/crypto.hpp"
#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store_pieces.hpp"
#include "demande/store_versions.hpp"
#include "journal/journal.hpp"

namespace demande {
namespace test_versions {

using compte::exemples::matin;

constexpr std::string_view cle = "une clé de test";
const compte::Agent agent{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};

/// A demande registered at the CCAS of Rouen.
struct Montage {
    db::Database& base;
    Guichet guichet;
    std::string id;

    explicit Montage(db::Database& b) : base(b)
    {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
            guichet = store::find_guichet(tx, "76R01").value();
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            id = store::enregistrer(tx, *lu, guichet, agent, cle, matin)->id;
        });
    }

    store::Fiche fiche() const
    {
        auto tx = base.read();
        return store::find(tx, id, {guichet}, cle).value();
    }

    void changer_de(const store::Fiche& f, std::string_view ecran, const Reponses& saisies,
                    std::vector<std::optional<std::string>> communes = {"76540"}) const
    {
        const auto c = changer(f.reponses, *volet(ecran), saisies, Justificatif::Identite,
                               exemples::contexte(std::move(communes)));
        REQUIRE(c);
        base.write([&](db::Transaction& tx) { store::modifier(tx, f, *c, agent, cle, matin.plus_days(1)); });
    }
};

TEST_CASE("l’enregistrement est la première version, chaque changement la suivante, et rien ne s’efface")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        auto saisies = m.fiche().reponses;
        saisies.mettre("revenus.rfr_n2", "18 000");
        m.changer_de(m.fiche(), "ressources", saisies);
        CHECK(m.fiche().reponses.texte("revenus.rfr_n2") == "18 000");
        CHECK(m.fiche().contenu_version == 2);
        auto tx = base.read();
        const auto versions = store::versions(tx, m.id, 0, 10);
        REQUIRE(versions.size() == 2);
        CHECK(versions[0].numero == 2);
        CHECK(versions[0].raison == Raison::Ressources);
        CHECK(versions[0].justificatif == Justificatif::Identite);
        CHECK(versions[0].auteur == "Fatou Sarr");
        CHECK(versions[1].raison == Raison::Enregistrement);
        CHECK(versions[1].reponses.texte("revenus.rfr_n2") == "21 400 €");
        CHECK(store::versions(tx, m.id, 2, 10).size() == 1);
        CHECK(store::version(tx, m.id, 1)->reponses == versions[1].reponses);
        CHECK_FALSE(store::version(tx, m.id, 3));
        const auto histoire = journal::of(tx, "demande", m.id);
        CHECK(histoire.back().evenement == "modification_agent");
        CHECK(histoire.back().details == "ressources");
    });
}

TEST_CASE("deux changements faits de la même version : le second est refusé, le premier reste")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto lue = m.fiche();
        auto un = lue.reponses, autre = lue.reponses;
        un.mettre("demandeur.telephone", "07 00 00 00 01");
        autre.mettre("demandeur.telephone", "07 00 00 00 02");
        m.changer_de(lue, "coordonnees", un);
        CHECK_THROWS_AS(m.changer_de(lue, "coordonnees", autre), db::Conflict);
        CHECK(m.fiche().reponses.texte("demandeur.telephone") == "07 00 00 00 01");
        CHECK(m.fiche().contenu_version == 2);
    });
}

TEST_CASE("les communes demandées et les personnes cherchées suivent le changement, dans la même transaction")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        auto saisies = m.fiche().reponses;
        saisies.mettre("localisation.1.commune", "Elbeuf");
        saisies.mettre("localisation.2.commune", "Rouen 76000");
        m.changer_de(m.fiche(), "souhait", saisies, {"76231", "76540"});
        CHECK(m.fiche().communes == std::vector<std::string>{"76231", "76540"});

        saisies = m.fiche().reponses;
        saisies.mettre("demandeur.nom", "Kerviel-Traoré");
        m.changer_de(m.fiche(), "identite", saisies, {"76231", "76540"});
        auto tx = base.read();
        CHECK(store::chercher_doublons(tx, "076", {"kerviel traore", "maelle", Date{1984, 12, 4}, ""}, {})
                  .front()
                  .ressemblance == Ressemblance::MemeIdentite);
    });
}

TEST_CASE("un numéro de sécurité sociale connu reste celui de la même personne, et de personne d’autre")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        auto saisies = m.fiche().reponses;
        saisies.mettre("codemandeur.1.nir", "1 86 05 76 540 001 67");
        m.changer_de(m.fiche(), "menage", saisies);
        CHECK(m.fiche().nirs == std::vector<std::string>{"2 84 •• •• ••• ••• ••", "1 86 •• •• ••• ••• ••"});

        saisies = m.fiche().reponses;
        saisies.mettre("codemandeur.1.prenom", "Idrissa"); // a correction
        m.changer_de(m.fiche(), "menage", saisies);
        CHECK(m.fiche().nirs.at(1) == "1 86 •• •• ••• ••• ••");

        saisies = m.fiche().reponses; // somebody else in the same lines of the form
        saisies.mettre("codemandeur.1.nom", "Bonnet");
        saisies.mettre("codemandeur.1.prenom", "Armand");
        saisies.mettre("codemandeur.1.naissance_le", "02/02/1990");
        m.changer_de(m.fiche(), "menage", saisies);
        CHECK(m.fiche().nirs.at(0) == "2 84 •• •• ••• ••• ••");
        CHECK(m.fiche().nirs.at(1).empty());
    });
}

TEST_CASE("un numéro de sécurité sociale corrigé sur pièce : l’ancien reste, scellé, à côté de sa version")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        auto saisies = m.fiche().reponses;
        saisies.mettre("demandeur.nir", "2 84 12 76 451 089 93"); // the same one, typed again
        m.changer_de(m.fiche(), "identite", saisies);
        const auto anciens = [&] {
            auto tx = base.read();
            return tx.query<std::string>(
                "SELECT nir_scelle FROM demande_nir_remplace WHERE demande = $1 AND version = 3", m.id);
        };
        CHECK(anciens().empty());
        saisies.mettre("demandeur.nir", "2 84 12 75 115 001 06");
        m.changer_de(m.fiche(), "identite", saisies);
        REQUIRE(anciens().size() == 1);
        CHECK(base::unseal(cle, anciens().front()) == "284127645108993");
    });
}

TEST_CASE(
    "les pièces d’un conjoint qui part quittent sa ligne, celles de l’enfant qui change de ligne le suivent")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto deposer = [&](const std::string& personne) {
            base.write([&](db::Transaction& tx) {
                store::ajouter_piece(tx, m.fiche(),
                                     {.type = "titre_sejour",
                                      .personne = personne,
                                      .periode = {},
                                      .piece = std::nullopt,
                                      .expire_le = std::nullopt,
                                      .remise_le = {2026, 11, 20},
                                      .guichet = "76R01"},
                                     agent, matin);
            });
        };
        deposer("codemandeur.1");
        deposer("a_charge.1");
        auto saisies = m.fiche().reponses;
        for (const auto* c : {"nom", "prenom", "naissance_le", "lien"}) {
            saisies.mettre(std::string{"a_charge.2."} + c, saisies.texte(std::string{"a_charge.1."} + c));
            saisies.retirer(std::string{"a_charge.1."} + c);
        }
        saisies.mettre("codemandeur.1.nom", "Bonnet");
        saisies.mettre("codemandeur.1.prenom", "Armand");
        saisies.mettre("codemandeur.1.naissance_le", "02/02/1990");
        m.changer_de(m.fiche(), "menage", saisies);
        auto tx = base.read();
        std::vector<std::string> personnes;
        for (const auto& p : store::pieces(tx, m.fiche())) personnes.push_back(p.personne);
        CHECK(personnes == std::vector<std::string>{"a_charge.2", "codemandeur.1@2"});
    });
}

} // namespace test_versions
} // namespace demande
