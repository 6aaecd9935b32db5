// The accounts of those who sign a demande together, on both engines: they follow their line of the form, and
// read nothing more once it no longer names them.
#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/attestation.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/fermeture.hpp"
#include "demande/espace/store_aide.hpp"
#include "demande/espace/store_espace.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_versions.hpp"

namespace demande::espace {
namespace test_signataires {

using compte::exemples::matin;

constexpr std::string_view cle = "une clé de test";
const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};

const compte::Agent le_demandeur{"", "Le demandeur", "", {}};

struct Montage {
    db::Database& base;
    Guichet guichet;
    std::string id;
    portail::Demandeur elle, lui;

    explicit Montage(db::Database& b) : base(b)
    {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            demande::store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""},
                                           matin);
            guichet = demande::store::find_guichet(tx, "76R01").value();
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            id = demande::store::enregistrer(tx, *lu, guichet, fatou, cle, matin)->id;
            elle = portail::store::ouvrir_compte(tx, "maelle@exemple.example", matin);
            lui = portail::store::ouvrir_compte(tx, "idriss@exemple.example", matin);
            portail::store::lier(tx, elle.id, id, portail::RoleSurDemande::Titulaire, portail::Voie::EnLigne,
                                 matin);
            portail::store::lier(tx, lui.id, id, portail::RoleSurDemande::Codemandeur, portail::Voie::Guichet,
                                 matin, 1);
        });
    }

    /// The demande says something else from now on.
    void changer(const std::function<void(Reponses&)>& comment) const
    {
        base.write([&](db::Transaction& tx) {
            const auto f = demande::store::find(tx, id, {guichet}, cle).value();
            auto r = f.reponses;
            comment(r);
            demande::store::modifier(
                tx, f, {Raison::Menage, Justificatif::Presence, *lire(r, exemples::contexte()), {}}, fatou,
                cle, matin);
        });
    }
    std::optional<int> rang(const portail::Demandeur& qui) const
    {
        auto tx = base.read();
        const auto lien = portail::store::lien_sur(tx, qui.id, id);
        return lien ? std::optional{lien->rang} : std::nullopt;
    }
};

void deplacer(Reponses& r, const std::string& de, const std::string& vers)
{
    for (const auto* q : {"lien", "civilite", "nom", "prenom", "naissance_le", "nationalite"}) {
        r.mettre(vers + q, r.texte(de + q));
        r.retirer(de + q);
    }
}

TEST_CASE("le compte d’un codemandeur suit sa ligne, et ne lit plus rien quand elle ne le nomme plus")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        CHECK(m.rang(m.elle) == 0);
        CHECK(m.rang(m.lui) == 1);
        m.changer([](Reponses& r) { deplacer(r, "codemandeur.1.", "codemandeur.2."); });
        CHECK(m.rang(m.lui) == 2);
        m.changer([](Reponses& r) { r.mettre("souhait.t4", "oui"); });
        CHECK(m.rang(m.lui) == 2);
        m.changer([](Reponses& r) {
            r.mettre("codemandeur.2.nom", "Diop"), r.mettre("codemandeur.2.prenom", "Awa");
        });
        CHECK_FALSE(m.rang(m.lui));
        CHECK(m.rang(m.elle) == 0);
    });
}

TEST_CASE("une lettre de code qui attend est retenue quand la demande dit autre chose de qui vit où")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto preparer = [&](int signataire) {
            base.write([&](db::Transaction& tx) {
                demande::store::preparer_lettre_d_acces(
                    tx, demande::store::due(tx, m.id).value(), {"Quelqu’un", "76000 Rouen"},
                    demande::store::ObjetDeLettre::Code, "scellé", {2026, 11, 23}, matin, signataire);
            });
        };
        const auto qui_attendent = [&] {
            return base.read().query<int>("SELECT signataire FROM preavis ORDER BY signataire");
        };
        preparer(0);
        preparer(1);
        m.changer([](Reponses& r) { r.mettre("revenus.rfr_n2", "12 000"); });
        CHECK(qui_attendent() == std::vector{0, 1});
        // To the applicant's new address; the other one's, that is not known any more, stays here.
        m.changer([](Reponses& r) { r.mettre("adresse.voie", "8 rue Orbe"); });
        CHECK(qui_attendent() == std::vector{0});
        CHECK(base.read().one<std::string>("SELECT adresse FROM preavis").find("8 rue Orbe") !=
              std::string::npos);
        preparer(1);
        m.changer([](Reponses& r) { r.mettre("motif.separation", "oui"); });
        CHECK(qui_attendent() == std::vector{0});
        m.changer([](Reponses& r) { r.mettre("motif.violences", "oui"); });
        CHECK(qui_attendent().empty());
        // What is printed is out of our hands.
        preparer(0);
        base.write([&](db::Transaction& tx) {
            demande::store::lot_imprime(tx, demande::store::lots(tx, "76R01").front().id, matin);
            demande::store::retirer_lettres_d_acces(tx, m.id, 0);
        });
        CHECK(qui_attendent().size() == 1);
    });
}

TEST_CASE("quand des violences sont déclarées, l’attestation ne dit pas comment joindre l’autre")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto dit = [&](std::string_view mots) {
            auto tx = base.read();
            const auto f = demande::store::find(tx, m.id, {m.guichet}, cle).value();
            for (const auto& p : attestation(charger_attestation(tx, f, matin)).parties)
                for (const auto& g : p.groupes)
                    for (const auto& l : g.lignes)
                        if (l.second == mots) return true;
            return false;
        };
        m.changer([](Reponses& r) { r.mettre("codemandeur.1.email", "idriss@exemple.example"); });
        CHECK(dit("idriss@exemple.example"));
        m.changer([](Reponses& r) { r.mettre("motif.violences", "oui"); });
        CHECK_FALSE(dit("idriss@exemple.example"));
        CHECK(dit("06 12 34 56 78"));
    });
}

TEST_CASE(
    "le compte du demandeur ne lit plus rien quand un guichet met quelqu’un d’autre à sa place ; le mandat "
    "qu’il avait donné finit, et chacun l’apprend")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            const auto f = demande::store::find(tx, m.id, {m.guichet}, cle).value();
            store::donner_aide(tx, f, {"aide@ccas-rouen.fr", {}, {2027, 3, 1}}, m.elle.id, matin);
        });
        // The codemandeur takes the place of the applicant, and their account with them.
        base.write([&](db::Transaction& tx) {
            const auto f = demande::store::find(tx, m.id, {m.guichet}, cle).value();
            auto r = f.reponses;
            for (const auto* q : {"civilite", "nom", "prenom", "naissance_le", "nationalite"})
                r.mettre(std::string{"demandeur."} + q, r.texte(std::string{"codemandeur.1."} + q));
            for (const auto* q : {"lien", "civilite", "nom", "prenom", "naissance_le", "nationalite"})
                r.retirer(std::string{"codemandeur.1."} + q);
            const Changement c{Raison::Identite, Justificatif::Identite, *lire(r, exemples::contexte()), {}};
            auto fermes = demande::store::modifier(tx, f, c, fatou, cle, matin);
            CHECK(fermes == std::vector<std::string>{"maelle@exemple.example"});
            suivre_le_changement(tx, f, c.contenu.reponses, std::move(fermes), fatou, matin);
        });
        CHECK_FALSE(m.rang(m.elle));
        CHECK(m.rang(m.lui) == 0);
        auto tx = base.read();
        CHECK(portail::store::role_sur(tx, m.lui.id, m.id) == portail::RoleSurDemande::Titulaire);
        CHECK(store::aides_de(tx, m.id).front().etat == EtatAide::Retire);
        const auto recus = [&](std::string_view boite, std::string_view gabarit) {
            return tx.one<std::int64_t>(
                "SELECT COUNT(*) FROM courriel WHERE destinataire = $1 AND gabarit = $2", boite, gabarit);
        };
        CHECK(recus("maelle@exemple.example", "demande_detachee") == 1);
        CHECK(recus("aide@ccas-rouen.fr", "mandat_retire") == 1);
        CHECK(recus("idriss@exemple.example", "demande_detachee") == 0);
        CHECK(journal::count(tx, "demande", m.id, {"acces_ferme"}) == 1);
        CHECK(journal::count(tx, "demande", m.id, {"mandat_fini"}) == 1);
    });
}

TEST_CASE(
    "un code parti ne vaut plus quand la demande dit une autre adresse, une autre boîte ou quelqu’un d’autre")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto reste = [&](const std::function<void(Reponses&)>& comment) {
            base.write([&](db::Transaction& tx) {
                store::poser_cle(tx, "secret", m.lui.id, m.id, "12345678", matin, matin.plus_days(30), 0);
            });
            m.changer(comment);
            return base.read().one<std::int64_t>("SELECT COUNT(*) FROM demande_cle");
        };
        CHECK(reste([](Reponses& r) { r.mettre("revenus.rfr_n2", "12 000"); }) == 1);
        CHECK(reste([](Reponses& r) { r.mettre("adresse.voie", "8 rue Orbe"); }) == 0);
        CHECK(reste([](Reponses& r) { r.mettre("demandeur.email", "neuve@exemple.example"); }) == 0);
        CHECK(reste([](Reponses& r) { deplacer(r, "codemandeur.1.", "codemandeur.2."); }) == 0);
        // The letter that is not printed yet goes to the new address: its code is still good.
        base.write([&](db::Transaction& tx) {
            demande::store::preparer_lettre_d_acces(
                tx, demande::store::due(tx, m.id).value(), {"Quelqu’un", "76000 Rouen"},
                demande::store::ObjetDeLettre::Code, "scellé", {2026, 11, 23}, matin, 0);
        });
        CHECK(reste([](Reponses& r) { r.mettre("adresse.voie", "9 rue Orbe"); }) == 1);
    });
}

TEST_CASE("à distance, l’historique ne nomme aucun service, et ses pages se comptent sans ce qu’il tait")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            demande::store::habiliter(tx, fatou.id, "76R01", {}, matin);
            demande::store::noter(tx, m.id, "076", Evenement::MandatDonne, le_demandeur, matin,
                                  "aide@ccas.fr");
            demande::store::noter(tx, m.id, "076", Evenement::Renouvellement, fatou, matin);
            for (int i = 0; i < 5; ++i) {
                const auto f = demande::store::find(tx, m.id, {m.guichet}, cle).value();
                demande::store::noter(tx, m.id, "076", Evenement::PieceAjoutee, fatou, matin);
                demande::store::noter_consultation(tx, f, fatou, matin.plus_days(i));
            }
        });
        const auto lues = [&](int rang, std::int64_t page) {
            auto tx = base.read();
            const auto f = demande::store::find(tx, m.id, {m.guichet}, cle).value();
            return store::histoire(tx, f, rang, page, 3);
        };
        const auto combien = [&](int rang) {
            auto tx = base.read();
            return store::lignes_de_l_histoire(tx, demande::store::find(tx, m.id, {m.guichet}, cle).value(),
                                               rang);
        };
        // Whom the applicant gave a mandate to is theirs alone to know.
        CHECK(combien(0) == combien(1) + 1);
        CHECK(lues(1, 1).front().par == m.guichet.nom);
        m.changer([](Reponses& r) { r.mettre("motif.violences", "oui"); });
        const auto loin = lues(1, 1);
        REQUIRE(loin.size() == 2);
        CHECK(combien(1) == 2);
        for (const auto& l : loin) CHECK(l.par == "Un guichet");
        CHECK(lues(1, 2).empty());
        CHECK(lues(0, 1).front().par == m.guichet.nom);
    });
}

TEST_CASE("chacun de ceux qui signent a un compte au plus, et un compte n’en est qu’un")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            CHECK(portail::store::lien_du_rang(tx, m.id, 1)->demandeur == m.lui.id);
            CHECK_FALSE(portail::store::lien_du_rang(tx, m.id, 2));
            // The second time, nothing.
            portail::store::lier(tx, m.lui.id, m.id, portail::RoleSurDemande::Codemandeur,
                                 portail::Voie::Guichet, matin, 2);
            CHECK(portail::store::lien_sur(tx, m.lui.id, m.id)->rang == 1);
        });
        CHECK_THROWS_AS(base.write([&](db::Transaction& tx) {
            const auto autre = portail::store::ouvrir_compte(tx, "autre@exemple.example", matin);
            portail::store::lier(tx, autre.id, m.id, portail::RoleSurDemande::Codemandeur,
                                 portail::Voie::Guichet, matin, 1);
        }),
                        db::UniqueViolation);
    });
}

TEST_CASE("un compte change de boîte, sauf pour celle d’un autre")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            CHECK_FALSE(portail::store::changer_courriel(tx, m.lui.id, m.elle.courriel));
            CHECK(portail::store::changer_courriel(tx, m.lui.id, "neuve@exemple.example"));
            CHECK(portail::store::courriel_de(tx, m.lui.id) == "neuve@exemple.example");
            CHECK(portail::store::lien_sur(tx, m.lui.id, m.id));
        });
    });
}

} // namespace test_signataires
} // namespace demande::espace
