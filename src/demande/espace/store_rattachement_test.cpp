// Claims on both engines: the code and its tries, the letter that carries it, and what an account no longer
// opens.
#include <doctest/doctest.h>

#include "base/crypto.hpp"
#include "compte/exemples_test.hpp"
#include "demande/espace/gestes.hpp"
#include "demande/espace/rattachement.hpp"
#include "demande/espace/store_adresse.hpp"
#include "demande/espace/store_espace.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_vie.hpp"

namespace demande::espace {
namespace test_rattachement {

using compte::exemples::matin;

constexpr std::string_view cle = "une clé de test";
constexpr const char* code = "12345678";
const compte::Agent agent{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};

struct Montage {
    db::Database& base;
    Guichet guichet;
    std::string id;
    portail::Demandeur compte;

    explicit Montage(db::Database& b) : base(b)
    {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            demande::store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""},
                                           matin);
            guichet = demande::store::find_guichet(tx, "76R01").value();
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            id = demande::store::enregistrer(tx, *lu, guichet, agent, cle, matin)->id;
            compte = portail::store::ouvrir_compte(tx, "maelle@exemple.example", matin);
        });
    }

    demande::store::Fiche fiche() const
    {
        auto tx = base.read();
        return demande::store::find(tx, id, {guichet}, cle).value();
    }
    void poser(const std::string& demande) const
    {
        base.write([&](db::Transaction& tx) {
            store::poser_cle(tx, cle, compte.id, demande, code, matin, matin.plus_seconds(3600));
        });
    }
    store::Verdict essayer(std::string_view saisi, Instant le = matin) const
    {
        return base
            .write([&](db::Transaction& tx) { return store::essayer_cle(tx, cle, compte.id, saisi, le); })
            .verdict;
    }
    void lier() const
    {
        base.write([&](db::Transaction& tx) {
            portail::store::lier(tx, compte.id, id, portail::RoleSurDemande::Titulaire,
                                 portail::Voie::Recherche, matin);
        });
    }
};

TEST_CASE("un code se tente cinq fois, sert une fois, et s’éteint ; sans demande derrière, aucun n’est bon")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.poser(m.id);
        CHECK(m.essayer("00000000") == store::Verdict::Faux);
        CHECK(m.essayer(code) == store::Verdict::Juste);
        CHECK(m.essayer(code) == store::Verdict::Perime);

        m.poser(m.id);
        for (int i = 0; i < essais_de_la_cle; ++i) CHECK(m.essayer("00000000") == store::Verdict::Faux);
        CHECK(m.essayer(code) == store::Verdict::Perime);

        m.poser(m.id);
        CHECK(m.essayer(code, matin.plus_seconds(3600)) == store::Verdict::Perime);

        m.poser("");
        CHECK(m.essayer(code) == store::Verdict::Faux);
        base.write([&](db::Transaction& tx) { CHECK(store::purger_cles(tx, matin.plus_days(2)) == 1); });
    });
}

TEST_CASE(
    "l’adresse déclarée attend son code : cinq essais, une heure, un seul compte, et rien après la fermeture")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.lier();
        const auto f = m.fiche();
        const auto attendre = [&] {
            base.write([&](db::Transaction& tx) {
                store::attendre_adresse(tx, cle, f, m.compte.id, "neuve@exemple.example", code, matin,
                                        matin.plus_seconds(3600));
            });
        };
        const auto essayer = [&](std::string_view saisi, const std::string& qui, Instant le = matin) {
            return base.write(
                [&](db::Transaction& tx) { return store::essayer_adresse(tx, cle, f.id, qui, saisi, le); });
        };
        attendre();
        CHECK(essayer(code, "un autre compte").verdict == store::Verdict::Perime);
        CHECK(essayer("00000000", m.compte.id).verdict == store::Verdict::Faux);
        CHECK(essayer(code, m.compte.id).courriel == "neuve@exemple.example");
        CHECK(essayer(code, m.compte.id).verdict == store::Verdict::Perime);
        attendre();
        for (int i = 0; i < essais_de_la_cle; ++i) essayer("00000000", m.compte.id);
        CHECK(essayer(code, m.compte.id).verdict == store::Verdict::Perime);
        attendre();
        CHECK(essayer(code, m.compte.id, matin.plus_seconds(3600)).verdict == store::Verdict::Perime);
        base.write([&](db::Transaction& tx) {
            CHECK(store::adresse_attendue(tx, f.id, m.compte.id, matin));
            store::detacher(tx, f.id, matin);
            CHECK_FALSE(store::adresse_attendue(tx, f.id, m.compte.id, matin));
        });
        attendre();
        base.write(
            [&](db::Transaction& tx) { CHECK(store::purger_adresses(tx, matin.plus_seconds(3600)) == 1); });
    });
}

TEST_CASE("on retrouve une demande par son numéro, ou par l’identité exacte de son demandeur")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto qui = [](const char* nom, const char* prenom, const char* ne_le) {
            return lire_qui_cherche("76", nom, prenom, ne_le)->identite;
        };
        auto tx = base.read();
        const auto trouvees = [&](const Identite& i, std::string_view ou = "076") {
            return store::par_identite(tx, ou, i).size();
        };
        CHECK(trouvees(qui("KERVIEL", "maelle", "4/12/1984")) == 1);
        CHECK(trouvees(qui("Kerviel", "Maëlle", "04/12/1985")) == 0);
        CHECK(trouvees(qui("Kervielle", "Maëlle", "04/12/1984")) == 0);
        CHECK(trouvees(qui("Kerviel", "Maëlle", "04/12/1984"), "033") == 0);
        CHECK(trouvees(qui("Traoré", "Idriss", "17/05/1986")) == 0); // who signs with them goes to a guichet
        const auto d = store::par_numero(tx, m.fiche().numero);
        REQUIRE(d);
        CHECK(d->id == m.id);
        CHECK_FALSE(store::par_numero(tx, "076112699999976R01"));
    });
}

TEST_CASE("parmi six cents personnes de même prénom nées le même jour, on retrouve celle qui a ce nom")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO demande (id, numero, territoire, etat, guichet, deposee_le, ancre, "
                    "enregistree_le, enregistree_par, contenu) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                    "SELECT i + 1 FROM n WHERE i < 600) SELECT '00' || i, CAST(100000000000000000 + i AS "
                    "TEXT), d.territoire, d.etat, d.guichet, d.deposee_le, d.ancre, d.enregistree_le, "
                    "d.enregistree_par, '{}' FROM n CROSS JOIN demande d WHERE d.id = $1",
                    m.id);
            tx.exec(
                "INSERT INTO demande_personne (demande, rang, territoire, nom_cherche, prenom_cherche, "
                "naissance_le) SELECT d.id, 0, p.territoire, 'autre', p.prenom_cherche, p.naissance_le FROM "
                "demande d CROSS JOIN demande_personne p WHERE d.id <> $1 AND p.demande = $1 AND p.rang = 0",
                m.id);
        });
        const auto qui = lire_qui_cherche("76", "Kerviel", "Maëlle Anne", "04/12/1984")->identite;
        auto tx = base.read();
        CHECK(store::par_identite(tx, "076", qui).size() == 1);
    });
}

TEST_CASE("fermer un accès, ou en ouvrir un, éteint les codes déjà partis")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.poser(m.id);
        base.write([&](db::Transaction& tx) { store::detacher(tx, m.id, matin); });
        CHECK(m.essayer(code) == store::Verdict::Perime);

        m.poser(m.id);
        base.write([&](db::Transaction& tx) {
            CHECK(store::demande_visee(tx, m.compte.id) == m.id);
            const auto autre = portail::store::ouvrir_compte(tx, "autre@exemple.example", matin);
            portail::store::lier(tx, autre.id, m.id, portail::RoleSurDemande::Titulaire,
                                 portail::Voie::Guichet, matin);
            CHECK_FALSE(store::demande_visee(tx, m.compte.id));
        });
        CHECK(m.essayer(code) == store::Verdict::Perime);
    });
}

TEST_CASE("demander un numéro perdu n’épuise pas les codes d’une demande, ni prévenir son compte")
{
    for (const auto canal : {Canal::Courriel, Canal::Courrier}) {
        const auto cle_de = [&](Envoi e) { return limites_d_envoi_a("demande", e, canal).front().cle; };
        CHECK(cle_de(Envoi::Code) != cle_de(Envoi::Numero));
        CHECK(cle_de(Envoi::Code) != cle_de(Envoi::Tentative));
        CHECK(cle_de(Envoi::Numero) != cle_de(Envoi::Tentative));
    }
}

TEST_CASE("le demandeur ne lit ni les pièces de qui est parti, ni les preuves de violences qu’il n’a pas "
          "déposées")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        m.lier();
        base.write([&](db::Transaction& tx) {
            const auto f = m.fiche();
            const auto ajouter = [&](const char* type, const char* personne, const compte::Agent& par,
                                     Instant le) {
                demande::store::ajouter_piece(tx, f,
                                              {.type = type,
                                               .personne = personne,
                                               .periode = {},
                                               .piece = std::nullopt,
                                               .expire_le = std::nullopt,
                                               .remise_le = {2026, 11, 22},
                                               .guichet = "76R01"},
                                              par, le);
            };
            const compte::Agent en_ligne{"", "Le demandeur", "", {}};
            ajouter("titre_sejour", "codemandeur.1@2", agent, matin);
            ajouter("titre_sejour", "codemandeur.1", agent, matin);
            ajouter("violences", "", agent, matin);
            ajouter("violences", "", en_ligne, matin.plus_seconds(-60)); // another account may have had it
            ajouter("violences", "", en_ligne, matin.plus_seconds(60));
        });
        auto tx = base.read();
        const auto f = m.fiche();
        std::vector<std::string> lues;
        for (const auto& p : store::pieces_lisibles(tx, f, m.compte.id))
            lues.push_back(p.type + " " + p.personne + " " + std::to_string(p.version));
        CHECK(lues == std::vector<std::string>{"titre_sejour codemandeur.1 1", "violences  3"});
    });
}

TEST_CASE(
    "en cas de violences aucun code ne part ; sans adresse électronique, il part par lettre, scellé, et "
    "n’avertit de rien")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        auto r = m.fiche().reponses;
        CHECK(canal_de_la_preuve(r) == Canal::Courrier);
        r.mettre("demandeur.email", "maelle@exemple.example");
        CHECK(canal_de_la_preuve(r) == Canal::Courriel);
        r.mettre("motif.violences", "oui");
        CHECK_FALSE(canal_de_la_preuve(r));
        r.retirer("demandeur.email");
        CHECK_FALSE(canal_de_la_preuve(r));

        base.write([&](db::Transaction& tx) {
            const auto due = demande::store::due(tx, m.id).value();
            demande::store::preparer_lettre_d_acces(tx, due, {}, demande::store::ObjetDeLettre::Code, "x",
                                                    {2026, 11, 22}, matin);
            demande::store::preparer_lettre_d_acces(tx, due, {"Maëlle Kerviel", "76000 Rouen"},
                                                    demande::store::ObjetDeLettre::Code,
                                                    base::seal(cle, code), {2026, 11, 22}, matin);
            demande::store::retirer_lettres(tx, m.id); // a renewal takes back notices only
            // Posted and come back, it says nothing of whether the notice of the year arrived.
            const auto lot = demande::store::lots(tx, "76R01").front().id;
            demande::store::lot_imprime(tx, lot, matin);
            REQUIRE(demande::store::lot_poste(tx, lot, {2026, 11, 23}));
            demande::Guichet guichet;
            guichet.code = "76R01";
            CHECK_FALSE(demande::store::lettre_partie(tx, m.fiche().numero, {guichet}));
            demande::store::lettres_revenues(tx, m.id, {2026, 11, 30});
            CHECK(demande::store::retours(tx, "76R01").empty());
        });
        auto tx = base.read();
        const auto lots = demande::store::lots(tx, "76R01");
        REQUIRE(lots.size() == 1);
        const auto lettres = demande::store::lettres(tx, lots.front().id);
        REQUIRE(lettres.size() == 1);
        CHECK(lettres.front().objet == demande::store::ObjetDeLettre::Code);
        CHECK(lettres.front().scelle.find(code) == std::string::npos);
        CHECK(base::unseal(cle, lettres.front().scelle) == code);
        CHECK(demande::store::remises(tx, m.id, m.fiche().ancre).empty());
    });
}

TEST_CASE("fermer l’accès, ou effacer la demande, la fait disparaître du compte")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto ouverte = [&] {
            auto tx = base.read();
            return demande::store::find_du_demandeur(tx, m.id, m.compte.id, cle).has_value();
        };
        CHECK_FALSE(ouverte());
        m.lier();
        CHECK(ouverte());
        base.write([&](db::Transaction& tx) {
            CHECK(store::detacher(tx, m.id, matin).boites ==
                  std::vector<std::string>{"maelle@exemple.example"});
            CHECK(store::detacher(tx, m.id, matin).boites.empty());
        });
        CHECK_FALSE(ouverte());

        m.lier();
        m.poser(m.id);
        base.write([&](db::Transaction& tx) {
            auto s = demande::store::situation(tx, m.fiche(), {2026, 11, 22});
            const auto r = renoncer(s, false, true, {2026, 11, 22});
            REQUIRE(r);
            demande::store::radier(tx, m.fiche(), *r, agent, matin);
        });
        CHECK(ouverte()); // a year to read why it ended
        base.write([&](db::Transaction& tx) {
            CHECK(demande::store::effacer_radiees(tx, {2027, 11, 22}, matin.plus_days(365)) == 1);
        });
        CHECK_FALSE(ouverte());
        CHECK(m.essayer(code) == store::Verdict::Perime);
    });
}

TEST_CASE("ce qui a été relu l’est pour l’année qui finit, et le courriel devient le canal du préavis")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            const auto f = m.fiche();
            for (const auto& v : volets_en_ligne()) {
                store::relire(tx, f, v.raison, matin);
                store::relire(tx, f, v.raison, matin);
            }
            CHECK_FALSE(prochaine_relecture(store::relues(tx, f)));
            CHECK_FALSE(demande::store::due(tx, f.id)->en_ligne);
        });
        base.write([&](db::Transaction& tx) {
            const auto f = m.fiche();
            const auto r = reprendre_en_ligne(demande::store::situation(tx, f, {2027, 11, 1}),
                                              store::relues(tx, f), true, {2027, 11, 1});
            REQUIRE(r);
            demande::store::reprendre(tx, f, *r, agent, matin.plus_days(344));
            store::renouvelee_en_ligne(tx, f);
        });
        auto tx = base.read();
        CHECK(m.fiche().ancre == Date{2027, 11, 1});
        CHECK(m.fiche().deposee_le == Date{2026, 11, 20});
        CHECK(store::relues(tx, m.fiche()).empty());
        CHECK(demande::store::due(tx, m.id)->en_ligne);
    });
}

TEST_CASE("l’historique dit le service d’un agent, jamais son nom")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        base.write([&](db::Transaction& tx) {
            demande::store::habiliter(tx, agent.id, "76R01", {}, matin);
            demande::store::noter_consultation(tx, m.fiche(), agent, matin);
        });
        auto tx = base.read();
        const auto lignes = store::histoire(tx, m.fiche(), 0, 1, 10);
        REQUIRE(lignes.size() == 2);
        for (const auto& l : lignes) {
            CHECK(l.par.find("Sarr") == std::string::npos);
            CHECK(l.par == m.guichet.nom);
        }
    });
}

} // namespace test_rattachement
} // namespace demande::espace
