// Two demandes that become one: the rule, and what follows on both engines.
#include "demande/fusion.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/annoncer.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store_fusion.hpp"
#include "demande/store_vie.hpp"

namespace demande {
namespace test_fusion {

using compte::exemples::matin;

const compte::Agent louise{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};

UneDesDeux une(const char* id, Date deposee_le)
{
    return {.id = id,
            .numero = std::string{"0761126"} + id,
            .territoire = "076",
            .etat = Etat::Active,
            .deposee_le = deposee_le,
            .ancre = deposee_le,
            .violences = false,
            .separation = false,
            .signataires = {{"kerviel", "maelle", Date{1984, 12, 4}, "n1"}},
            .logements = {},
            .deja_vus = {},
            .compte = {},
            .offre = false};
}

TEST_CASE("la plus ancienne des deux est gardée, avec l’année de validité la plus longue")
{
    const auto ancienne = une("a", {2024, 3, 1});
    auto recente = une("b", {2026, 6, 1});
    for (const auto& r : {reunir(ancienne, recente), reunir(recente, ancienne)}) {
        REQUIRE(r);
        CHECK(r->gardee() == "a");
        CHECK(r->radiee() == "b");
        CHECK(r->ancre() == Date{2026, 6, 1});
    }
    auto renouvelee = ancienne;
    renouvelee.ancre = {2026, 9, 1};
    CHECK(reunir(renouvelee, recente)->ancre() == Date{2026, 9, 1});
    recente.deposee_le = ancienne.deposee_le;
    CHECK(reunir(recente, ancienne)->gardee() == "a"); // the same day: the first number
}

TEST_CASE("ce qui serait dangereux ou douteux est refusé, dans les deux sens")
{
    const auto a = une("a", {2024, 3, 1});
    const auto b = une("b", {2026, 6, 1});
    const auto refusee = [&](const UneDesDeux& autre) { return !reunir(a, autre) && !reunir(autre, a); };
    CHECK(refusee(a));
    auto autre = b;
    autre.territoire = "035";
    CHECK(refusee(autre));
    autre = b;
    autre.etat = Etat::Radiee;
    CHECK(refusee(autre));
    autre = b;
    autre.violences = true;
    CHECK(refusee(autre));
    autre = b;
    autre.separation = true;
    CHECK(refusee(autre));
    // Two numbers of social security are two people, whatever their name.
    autre = b;
    autre.signataires[0].nir = "n2";
    CHECK(refusee(autre));
    // A close identity is corrected first.
    autre = b;
    autre.signataires = {{"kerviel", "maelie", Date{1984, 12, 4}, ""}};
    CHECK(refusee(autre));
    autre.signataires.clear();
    CHECK(refusee(autre));
    // Without a number, the same name, first name and birth are enough.
    autre = b;
    autre.signataires[0].nir.clear();
    CHECK(reunir(a, autre));
}

TEST_CASE("un ménage qui a changé ne se réunit pas : ce que tient la plus récente s’ouvrirait à qui signait "
          "l’autre")
{
    auto a = une("a", {2024, 3, 1});
    const auto b = une("b", {2026, 6, 1});
    a.signataires.push_back({"le bras", "yann", Date{1982, 1, 9}, "n2"});
    const auto refus = reunir(a, b);
    REQUIRE(!refus);
    CHECK(refus.error().message.find("le ménage a peut-être changé") != std::string::npos);
}

TEST_CASE("le même numéro de sécurité sociale ne fait pas une personne de deux")
{
    const auto a = une("a", {2024, 3, 1});
    auto b = une("b", {2026, 6, 1});
    b.signataires.front() = {"dupont", "jean", Date{1950, 5, 5}, "n1"};
    CHECK_FALSE(reunir(a, b));
    b.signataires.front() = {"le bras", "maelle", Date{1984, 12, 4}, "n1"}; // her married name
    CHECK(reunir(a, b));
    b.signataires.front() = {"kerviel", "maelle", Date{1984, 4, 12}, "n1"}; // a day typed for a month
    CHECK(reunir(a, b));
}

TEST_CASE("personne ne perd sa signature, ni deux candidatures au même logement l’une des siennes")
{
    auto a = une("a", {2024, 3, 1});
    auto b = une("b", {2026, 6, 1});
    b.signataires.push_back({"traore", "idriss", Date{1986, 5, 17}, ""});
    CHECK_FALSE(reunir(a, b));
    a.signataires.push_back({"traore", "idriss", Date{1986, 5, 17}, ""});
    CHECK(reunir(a, b));
    b.logements = {"l1"};
    CHECK(reunir(a, b));
    a.deja_vus = {"l1"};
    CHECK_FALSE(reunir(a, b));
}

TEST_CASE(
    "le compte en ligne suit la demande gardée quand elle n’en a pas, et une proposition n’attend jamais un "
    "compte qui ne la voit pas")
{
    auto a = une("a", {2024, 3, 1}), b = une("b", {2026, 6, 1});
    CHECK(suivi_en_ligne(a, b) == SuiviEnLigne::Inchange);
    b.compte = "c1";
    b.offre = true;
    CHECK(suivi_en_ligne(a, b) == SuiviEnLigne::Repris);
    CHECK(reunir(a, b));
    a.compte = "c1";
    CHECK(suivi_en_ligne(a, b) == SuiviEnLigne::Inchange);
    CHECK(reunir(a, b));
    a.compte = "c2";
    CHECK(suivi_en_ligne(a, b) == SuiviEnLigne::Autre);
    const auto refus = reunir(a, b);
    REQUIRE(!refus);
    CHECK(refus.error().message.find("attendez sa réponse") != std::string::npos);
    b.offre = false;
    CHECK(reunir(a, b));
}

TEST_CASE("une bonne pièce suit, qu’une moins bonne soit déjà là ou non")
{
    const Date jour{2026, 11, 23};
    const auto piece = [](const char* type, EtatPiece etat, int version = 1, std::optional<Date> fin = {},
                          const char* personne = "demandeur") {
        return PieceAComparer{type, personne, "", version, etat, fin};
    };
    using enum EtatPiece;
    const auto suit = [&](std::vector<PieceAComparer> gardee, std::vector<PieceAComparer> radiee) {
        return pieces_a_reprendre(gardee, radiee, jour).size() == 1;
    };
    CHECK(suit({}, {piece("identite", Refusee)}));
    CHECK(suit({piece("identite", Refusee)}, {piece("identite", Remise)}));
    CHECK(suit({piece("identite", Remise)}, {piece("identite", Deposee)}));
    CHECK(suit({piece("identite", Deposee)}, {piece("identite", Validee)}));
    CHECK(suit({piece("identite", Validee, 1, Date{2026, 11, 22})}, {piece("identite", Deposee)}));
    CHECK_FALSE(suit({piece("identite", Validee, 1, jour)}, {piece("identite", Validee)})); // its last day
    CHECK_FALSE(suit({piece("identite", Deposee)}, {piece("identite", Remise)}));
    CHECK_FALSE(suit({}, {piece("identite", Validee, 1, {}, "codemandeur.1")}));
    // What an agent refused after having accepted it is refused.
    CHECK(suit({piece("identite", Validee), piece("identite", Refusee, 2)}, {piece("identite", Deposee)}));
    CHECK_FALSE(
        suit({piece("identite", Deposee)}, {piece("identite", Validee), piece("identite", Refusee, 2)}));
}

TEST_CASE("on demande où joindre la personne dès que les deux demandes ne le disent pas pareil")
{
    const auto a = exemples::formulaire_rempli();
    auto b = a;
    CHECK_FALSE(se_joignent_autrement(a, b));
    b.mettre("souhait.personnes", "9");
    CHECK_FALSE(se_joignent_autrement(a, b));
    b.mettre("demandeur.telephone", "06 99 88 77 66");
    CHECK(se_joignent_autrement(a, b));
    b = a;
    b.mettre("adresse.voie", "12 rue du Pressoir");
    CHECK(se_joignent_autrement(a, b));
}

TEST_CASE(
    "pièces, priorités et année suivent la demande gardée, et chacune dit avec laquelle elle est réunie")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""}, matin);
            const auto g = store::find_guichet(tx, "76R01").value();
            const auto enregistrer = [&](const char* depot) {
                auto r = exemples::formulaire_rempli();
                r.mettre("depot.depose_le", depot);
                return store::enregistrer(tx, *lire(r, exemples::contexte()), g, louise, "clé", matin)->id;
            };
            const auto ancienne = enregistrer("03/06/2026"), recente = enregistrer("20/11/2026");
            const auto fiche = [&](const std::string& id) { return store::find(tx, id, {g}, "clé").value(); };
            const auto piece = [&](const char* id, const std::string& demande, const char* type,
                                   const char* personne) {
                tx.exec("INSERT INTO demande_piece (id, demande, territoire, type, personne, version, etat, "
                        "guichet, remise_le, cree_le, cree_par) VALUES ($1, $2, '076', $3, $4, 1, 'remise', "
                        "'76R01', '2026-11-20', $5, $6)",
                        id, demande, type, personne, matin, louise.id);
            };
            piece("p1", recente, "avis_impot", "demandeur");
            piece("p2", recente, "identite", "demandeur");
            piece("p3", ancienne, "identite", "demandeur");
            piece("p4", recente, "identite", "codemandeur.1");
            tx.exec("INSERT INTO reconnaissance (id, demande, territoire, nature, decision, decidee_le, "
                    "depuis, guichet, notee_le) VALUES ('r', $1, '076', 'dalo', '12', '2026-11-01', "
                    "'2026-11-01', '76R01', $2)",
                    recente, matin);
            const auto suiveur = portail::store::ouvrir_compte(tx, "maelle@exemple.fr", matin);
            portail::store::lier(tx, suiveur.id, recente, portail::RoleSurDemande::Titulaire,
                                 portail::Voie::EnLigne, matin, 0);
            tx.exec("UPDATE demande SET en_ligne = 1 WHERE id = $1", recente);
            const auto a = fiche(ancienne), b = fiche(recente);
            const Date jour{2026, 11, 23};
            const auto suit = store::ce_qui_suit(tx, a, b, jour);
            REQUIRE(suit.pieces.size() == 1);
            CHECK(suit.pieces.front().type == "avis_impot");
            CHECK(suit.pieces_laissees == std::vector<std::string>{"identite"});
            CHECK(suit.reconnaissances == 1);
            CHECK(suit.suivi == SuiviEnLigne::Repris);
            const auto fusion = reunir(store::une_des_deux(tx, b), store::une_des_deux(tx, a));
            REQUIRE(fusion);
            CHECK(fusion->gardee() == ancienne);
            store::reunir(tx, a, b, *fusion, suit, louise, matin);
            const auto fin = radier(store::situation(tx, b, jour),
                                    {.motif = MotifRadiation::Fusion,
                                     .par = Auteur::Gestionnaire,
                                     .justificatif = "Demande gardée"},
                                    jour);
            REQUIRE(fin);
            radier_et_annoncer(tx, b, *fin, louise, {g}, "https://logis.example", matin,
                               "076 0626 000001 76R01");
            CHECK(fiche(ancienne).ancre == Date{2026, 11, 20});
            CHECK(fiche(ancienne).deposee_le == Date{2026, 6, 3});
            CHECK(fiche(recente).etat == Etat::Radiee);
            CHECK(tx.one<int>("SELECT COUNT(*) FROM demande_piece WHERE demande = $1", ancienne) == 2);
            CHECK(tx.one<int>("SELECT en_ligne FROM demande WHERE id = $1", ancienne) == 1);
            // Whoever followed the other online follows the one that goes on, and still reads what it said.
            CHECK(portail::store::lien_du_rang(tx, ancienne, 0)->demandeur == suiveur.id);
            CHECK(portail::store::role_sur(tx, suiveur.id, recente) == portail::RoleSurDemande::Titulaire);
            CHECK(tx.one<std::string>("SELECT demande FROM reconnaissance") == ancienne);
            CHECK(tx.one<int>("SELECT COUNT(*) FROM journal WHERE evenement = 'fusion'") == 2);
            CHECK(tx.one<std::string>("SELECT texte FROM courriel WHERE destinataire = 'maelle@exemple.fr'")
                      .find("076 0626 000001 76R01") != std::string::npos);
            // Who read it before does nothing over it.
            CHECK_THROWS_AS(store::reunir(tx, a, b, *fusion, suit, louise, matin), db::Conflict);
        });
    });
}

} // namespace test_fusion
} // namespace demande
