// The reminders of documents and of the year on both engines: each said once, to whom it may be said.
#include "demande/rappel/taches_rappels.hpp"

#include <doctest/doctest.h>

#include "compte/exemples_test.hpp"
#include "demande/exemples_test.hpp"
#include "demande/portail/demandeur.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/rappel/store_rappels.hpp"
#include "demande/store.hpp"
#include "demande/store_pieces.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_vie.hpp"
#include "demande/taches.hpp"
#include "piece/fichiers.hpp"
#include "territoire/geocodeur.hpp"

namespace demande::rappel {
namespace test_taches {

using compte::exemples::matin;

constexpr std::string_view cle = "une clé de test";
const compte::Agent fatou{"compte-demo-fatou-sarr", "Fatou Sarr", "fatou.sarr@demo.logis.example", {}};
const Date fin{2027, 6, 30}; // of the permit; its reminder is due on 1 May

struct Montage {
    db::Database& base;
    Guichet guichet;

    explicit Montage(db::Database& b) : base(b)
    {
        compte::exemples::semer(base);
        guichet = base.write([](db::Transaction& tx) {
            demande::store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""},
                                           matin);
            return demande::store::find_guichet(tx, "76R01").value();
        });
    }

    /// A demande with a residence permit; `courriel`: what the form says.
    [[nodiscard]] std::string demande(const std::string& courriel = {}) const
    {
        return base.write([&](db::Transaction& tx) {
            auto r = exemples::formulaire_rempli();
            r.mettre("demandeur.nationalite", "hors_ue");
            if (!courriel.empty()) {
                r.mettre("demandeur.email", courriel);
                r.mettre("demandeur.infos_courriel", "oui");
            }
            const auto lu = lire(r, exemples::contexte());
            REQUIRE(lu);
            auto id = demande::store::enregistrer(tx, *lu, guichet, fatou, cle, matin)->id;
            demande::store::ajouter_piece(tx, demande::store::find(tx, id, {guichet}, cle).value(),
                                          {.type = "titre_sejour",
                                           .personne = "demandeur",
                                           .periode = {},
                                           .piece = std::nullopt,
                                           .expire_le = fin,
                                           .remise_le = {2026, 11, 20},
                                           .guichet = "76R01"},
                                          fatou, matin);
            return id;
        });
    }
    void tache(const char* le) const
    {
        Config config;
        piece::Fichiers fichiers{config};
        territoire::Geocodeur geocodeur;
        App app{base, base::Clock{*base::parse_instant(le)}, config, fichiers, geocodeur};
        suivre_les_rappels(app, {});
    }
    [[nodiscard]] std::int64_t compter(const std::string& quoi) const
    {
        return base.read().one<std::int64_t>("SELECT COUNT(*) FROM " + quoi);
    }
    [[nodiscard]] std::int64_t lettres() const { return compter("preavis WHERE objet = 'piece'"); }
    [[nodiscard]] std::int64_t messages(const std::string& gabarit) const
    {
        return compter("courriel WHERE gabarit = '" + gabarit + "'");
    }
    [[nodiscard]] std::string texte(const std::string& a) const
    {
        return base.read().one<std::string>("SELECT texte FROM courriel WHERE destinataire = $1", a);
    }
};

TEST_CASE("sans courriel, un titre de séjour qui s’achève se redemande par une lettre, une fois, même après "
          "dix jours d’arrêt")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto id = m.demande();
        m.tache("2027-04-30T08:00:00Z");
        CHECK(m.lettres() == 0);
        m.tache("2027-05-11T08:00:00Z");
        m.tache("2027-05-11T09:00:00Z");
        m.tache("2027-05-21T08:00:00Z");
        REQUIRE(m.lettres() == 1);
        CHECK(m.messages("piece_a_renouveler") == 0);
        auto tx = base.read();
        const auto lots = demande::store::lots(tx, "76R01");
        REQUIRE(lots.size() == 1);
        const auto lettres = demande::store::lettres(tx, lots[0].id);
        REQUIRE(lettres.size() == 1);
        CHECK(lettres[0].objet == demande::store::ObjetDeLettre::Piece);
        CHECK(piece_lue(lettres[0].piece)->expire_le == fin);
        CHECK(demande::store::find(tx, id, {m.guichet}, cle).has_value());
    });
}

TEST_CASE("la boîte où le demandeur est entré lit quelle pièce ; celle que dit seulement le formulaire, non")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto id = m.demande("papier@exemple.example");
        base.write([&](db::Transaction& tx) {
            const auto elle = portail::store::ouvrir_compte(tx, "maelle@exemple.example", matin);
            portail::store::lier(tx, elle.id, id, portail::RoleSurDemande::Titulaire, portail::Voie::EnLigne,
                                 matin);
            const auto lui = portail::store::ouvrir_compte(tx, "idriss@exemple.example", matin);
            portail::store::lier(tx, lui.id, id, portail::RoleSurDemande::Codemandeur, portail::Voie::Guichet,
                                 matin, 1);
        });
        m.tache("2027-05-01T08:00:00Z");
        m.tache("2027-05-02T08:00:00Z");
        CHECK(m.lettres() == 0);
        REQUIRE(m.messages("piece_a_renouveler") == 3);
        CHECK(m.texte("maelle@exemple.example").find("itre de séjour") != std::string::npos);
        for (const auto* a : {"papier@exemple.example", "idriss@exemple.example"}) {
            CHECK(m.texte(a).find("séjour") == std::string::npos);
            CHECK(m.texte(a).find("30 juin 2027") != std::string::npos);
        }
        CHECK(m.compter("journal WHERE evenement = 'relance' AND details = 'piece'") == 1);
    });
}

TEST_CASE("qui n’a plus de demande, ou a déjà donné la pièce suivante, n’est pas relancé")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto finie = m.demande(), a_jour = m.demande();
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET etat = 'radiee', motif_radiation = 'renonciation', radiee_le = "
                    "'2027-02-01' WHERE id = $1",
                    finie);
            demande::store::ajouter_piece(tx, demande::store::find(tx, a_jour, {m.guichet}, cle).value(),
                                          {.type = "titre_sejour",
                                           .personne = "demandeur",
                                           .periode = {},
                                           .piece = std::nullopt,
                                           .expire_le = Date{2028, 6, 30},
                                           .remise_le = {2027, 4, 1},
                                           .guichet = "76R01"},
                                          fatou, matin);
        });
        m.tache("2027-05-05T08:00:00Z");
        CHECK(m.lettres() == 0);
    });
}

TEST_CASE("septembre et janvier se disent une fois à chacun, dix jours de retard compris, et jamais après la "
          "fin")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto en_cours = m.demande("un@exemple.example"), finie = m.demande("deux@exemple.example");
        CHECK(m.demande() != en_cours); // no mailbox: told by its notice only
        base.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demande SET etat = 'radiee', motif_radiation = 'renonciation', radiee_le = "
                    "'2026-12-01' WHERE id = $1",
                    finie);
            tx.exec("UPDATE demande_piece SET rappelee_le = '2026-12-01'");
        });
        m.tache("2026-12-31T08:00:00Z");
        CHECK(m.messages("nouvelle_annee") == 0);
        m.tache("2027-01-11T08:00:00Z");
        m.tache("2027-01-11T08:10:00Z");
        m.tache("2027-02-20T08:00:00Z");
        CHECK(m.messages("nouvelle_annee") == 1);
        CHECK(m.texte("un@exemple.example").find("ne dit pas encore") == std::string::npos);
        m.tache("2027-09-01T08:00:00Z");
        m.tache("2027-09-02T08:00:00Z");
        CHECK(m.messages("avis_impot") == 1);
        CHECK(m.compter("journal WHERE evenement = 'relance'") == 2);
        CHECK(m.compter("campagne_de_rappels WHERE finie_le IS NULL") == 0);
        // What another run has passed is not said again.
        base.write([](db::Transaction& tx) {
            const Ouverte o{Campagne::AvisDImpot, {2027, 9, 1}};
            CHECK_FALSE(store::avancer(tx, o, "076", {}, {.apres = "z"}, {2027, 9, 2}));
            CHECK(store::avancements(tx, o).at("076").finie);
        });
    });
}

TEST_CASE("quand la boîte ne répond plus, les rappels de l’année passent par la poste, plus tôt")
{
    test::for_each_engine([](db::Database& base) {
        const Montage m{base};
        const auto id = m.demande("papier@exemple.example");
        const auto rappels = [&] { return m.compter("preavis WHERE objet = 'rappel'"); };
        const auto annee = [&](const char* le) {
            Config config;
            piece::Fichiers fichiers{config};
            territoire::Geocodeur geocodeur;
            App app{base, base::Clock{*base::parse_instant(le)}, config, fichiers, geocodeur};
            suivre_les_echeances(app, {});
        };
        annee("2027-10-10T08:00:00Z"); // the notice, by post and by e-mail
        base.write([&](db::Transaction& tx) {
            const auto parti =
                tx.one<std::string>("SELECT id FROM preavis WHERE demande = $1 AND canal = 'courriel'", id);
            CHECK(demande::store::prochaine_etape(tx, id) == Date{2027, 11, 5});
            CHECK(demande::store::preavis_revenu(tx, parti, {2027, 10, 11}, "courriel_refuse"));
            CHECK_FALSE(demande::store::prochaine_etape(tx, id));
        });
        annee("2027-10-12T08:00:00Z");
        CHECK(base.write([&](db::Transaction& tx) { return demande::store::prochaine_etape(tx, id); }) ==
              Date{2027, 10, 26});
        CHECK(rappels() == 0);
        annee("2027-10-26T08:00:00Z");
        annee("2027-10-27T08:00:00Z");
        CHECK(rappels() == 1);
    });
}

} // namespace test_taches
} // namespace demande::rappel
