// A codemandeur claims the demande by a letter, from the form to the code, on both engines.
#include <doctest/doctest.h>

#include <chrono>
#include <future>
#include <thread>

#include "base/crypto.hpp"
#include "compte/exemples_test.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_versions.hpp"

namespace demande::espace {
namespace test_lettre_de_code {

using compte::exemples::matin;

constexpr std::string_view cle = "une clé de test";
const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};

struct Montage {
    db::Database& base;
    Guichet guichet;
    demande::store::Enregistree demande;
    test::Site site;
    test::Client lui;

    explicit Montage(db::Database& b) : base(b), site(b, matin), lui(site)
    {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            demande::store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""},
                                           matin);
            guichet = demande::store::find_guichet(tx, "76R01").value();
            const auto lu = lire(exemples::formulaire_rempli(), exemples::contexte());
            demande = *demande::store::enregistrer(tx, *lu, guichet, fatou, cle, matin);
            lui.cookies.emplace_back(
                portail::cookie_session(false),
                portail::store::creer_session(
                    tx, portail::store::ouvrir_compte(tx, "idriss@exemple.example", matin), "", matin));
        });
        lui.get("/ma-demande/rattacher");
    }

    test::Page reclamer(const char* prenom = "Idriss")
    {
        return lui.post("/ma-demande/rattacher", {{"numero", demande.numero},
                                                  {"nom", "Traoré"},
                                                  {"prenom", prenom},
                                                  {"naissance_le", "17/05/1986"}});
    }
    /// The demande says something else from now on.
    void dire(const char* champ) const
    {
        base.write([&](db::Transaction& tx) {
            const auto f = demande::store::find(tx, demande.id, {guichet}, cle).value();
            auto r = f.reponses;
            r.mettre(champ, "oui");
            demande::store::modifier(
                tx, f, {Raison::Logement, Justificatif::Presence, *lire(r, exemples::contexte()), {}}, fatou,
                cle, matin);
        });
    }
    std::int64_t lettres() const { return base.read().one<std::int64_t>("SELECT COUNT(*) FROM preavis"); }
};

TEST_CASE("un codemandeur sans adresse électronique retrouve sa demande par une lettre à son nom")
{
    test::for_each_engine([](db::Database& base) {
        Montage m{base};
        // Nobody of this name: the same answer, and nothing leaves.
        const auto inconnue = m.reclamer("Souleymane");
        CHECK(m.lettres() == 0);
        const auto reponse = m.reclamer();
        CHECK(reponse.status == 303);
        CHECK(reponse.location == inconnue.location);
        struct Lettre {
            int signataire;
            std::string adresse, scelle;
        };
        const auto l = base.read().one<Lettre>("SELECT signataire, adresse, scelle FROM preavis");
        CHECK(l.signataire == 1);
        CHECK(l.adresse == "Monsieur Idriss Traoré\n3 rue des Tanneurs\n76000 Rouen");
        const auto code =
            base::unseal(compte::store::secret(base, store::secret_cle, matin), l.scelle).value();

        // Somebody else, at home, has the paper but not the account that asked.
        test::Client autre{m.site};
        autre.cookies.emplace_back(portail::cookie_session(false), base.write([](db::Transaction& tx) {
            return portail::store::creer_session(
                tx, portail::store::ouvrir_compte(tx, "curieux@exemple.example", matin), "", matin);
        }));
        autre.get("/ma-demande/rattacher/code");
        CHECK(autre.post("/ma-demande/rattacher/code", {{"code", code}}).status == 422);

        m.lui.get("/ma-demande/rattacher/code");
        const http::Pairs tape{{"code", code}, {"cle", "une clé de formulaire"}};
        CHECK(m.lui.post("/ma-demande/rattacher/code", tape).location ==
              "/ma-demande/" + m.demande.id + "?fait=rattachement");
        // Pressed twice, it is still open.
        CHECK(m.lui.post("/ma-demande/rattacher/code", tape).location ==
              "/ma-demande/" + m.demande.id + "?fait=rattachement");
        CHECK(m.lui.get("/ma-demande/" + m.demande.id).says("Idriss Traoré"));
    });
}

TEST_CASE(
    "aucune lettre ne part vers un codemandeur quand des violences ou une séparation sont dites, et son code "
    "n’ouvre plus rien")
{
    test::for_each_engine([](db::Database& base) {
        Montage m{base};
        REQUIRE(m.reclamer().status == 303);
        REQUIRE(m.lettres() == 1);
        const auto code = base::unseal(compte::store::secret(base, store::secret_cle, matin),
                                       base.read().one<std::string>("SELECT scelle FROM preavis"))
                              .value();
        m.dire("motif.separation");
        CHECK(m.lettres() == 0); // taken back before it was printed
        m.lui.get("/ma-demande/rattacher/code");
        CHECK(m.lui.post("/ma-demande/rattacher/code", {{"code", code}}).status == 422);
        CHECK(m.reclamer().location == "/ma-demande/rattacher/code?fait=envoi");
        CHECK(m.lettres() == 0);
        m.dire("motif.violences");
        CHECK(m.reclamer().location == "/ma-demande/rattacher/code?fait=envoi");
        CHECK(m.lettres() == 0);
    });
}

TEST_CASE("une identité juste dont le code est retenu ne se devine pas au code d’avant")
{
    test::for_each_engine([](db::Database& base) {
        Montage m{base};
        const auto celle_d_awa = base.write([&](db::Transaction& tx) {
            auto r = exemples::formulaire_rempli();
            r.mettre("codemandeur.1.prenom", "Awa");
            r.retirer("demandeur.nir");
            r.mettre("demandeur.prenom", "Rozenn");
            return *demande::store::enregistrer(tx, *lire(r, exemples::contexte()), m.guichet, fatou, cle,
                                                matin);
        });
        // Two letters have left for Idriss: no other leaves this month.
        test::Client autre{m.site};
        autre.cookies.emplace_back(portail::cookie_session(false), base.write([](db::Transaction& tx) {
            return portail::store::creer_session(
                tx, portail::store::ouvrir_compte(tx, "curieux@exemple.example", matin), "", matin);
        }));
        autre.get("/ma-demande/rattacher");
        const auto reclamer = [&](test::Client& qui, const std::string& numero, const char* prenom) {
            return qui.post(
                "/ma-demande/rattacher",
                {{"numero", numero}, {"nom", "Traoré"}, {"prenom", prenom}, {"naissance_le", "17/05/1986"}});
        };
        for (int i = 0; i < 2; ++i) REQUIRE(reclamer(autre, m.demande.numero, "Idriss").status == 303);
        REQUIRE(m.lettres() == 2);

        REQUIRE(reclamer(m.lui, celle_d_awa.numero, "Awa").status == 303);
        const auto code = base::unseal(compte::store::secret(base, store::secret_cle, matin),
                                       base.read().one<std::string>(
                                           "SELECT scelle FROM preavis WHERE demande = $1", celle_d_awa.id))
                              .value();
        REQUIRE(reclamer(m.lui, m.demande.numero, "Idriss").status == 303);
        CHECK(m.lettres() == 3);
        m.lui.get("/ma-demande/rattacher/code");
        CHECK(m.lui.post("/ma-demande/rattacher/code", {{"code", code}}).status == 422);
    });
}

TEST_CASE("un accès qu’un guichet ferme au moment où un code est tapé ne reste pas ouvert")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        std::promise<void> tenu;
        std::thread compte{[&] {
            base.write([&](db::Transaction& tx) {
                store::tenir_les_acces(tx, m.demande.id);
                const auto lui = portail::store::ouvrir_compte(tx, "idriss@exemple.example", matin);
                portail::store::lier(tx, lui.id, m.demande.id, portail::RoleSurDemande::Codemandeur,
                                     portail::Voie::Recherche, matin, 1);
                tenu.set_value();
                std::this_thread::sleep_for(std::chrono::milliseconds{300});
            });
        }};
        tenu.get_future().wait();
        const auto fermes =
            base.write([&](db::Transaction& tx) { return store::detacher(tx, m.demande.id, matin); });
        compte.join();
        CHECK(fermes.boites == std::vector<std::string>{"idriss@exemple.example"});
        CHECK(base.read().one<std::int64_t>("SELECT COUNT(*) FROM demandeur_demande") == 0);
    });
}

} // namespace test_lettre_de_code
} // namespace demande::espace
