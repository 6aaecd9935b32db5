// A bailleur, a CCAS and three demandes for the tests of candidatures. Invented people.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compte/exemples_test.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/exemples_test.hpp"
#include "demande/store.hpp"
#include "demande/store_vie.hpp"

namespace demande::candidature {
namespace test_candidatures {

using compte::exemples::matin;

inline constexpr std::string_view cle = "une clé de test";
inline const compte::Agent stephane{"compte-demo-stephane-hamel", "Stéphane Hamel", "", {}};
inline const store::Auteur bailleur{stephane, "Seine Logis Habitat"};
inline constexpr Date jour{2026, 11, 23};

/// The people of the demonstration, a bailleur and the CCAS of Rouen, and three demandes.
struct Ville {
    db::Database& base;
    Guichet b, ccas;
    std::vector<std::string> demandes;

    explicit Ville(db::Database& d) : base(d)
    {
        compte::exemples::semer(base);
        base.write([&](db::Transaction& tx) {
            demande::store::ouvrir_guichet(tx, {"76B01", "076", partenaire::demo_bailleur, "", {}, ""},
                                           matin);
            demande::store::ouvrir_guichet(tx, {"76R01", "076", partenaire::demo_ccas_rouen, "", {}, ""},
                                           matin);
            b = demande::store::find_guichet(tx, "76B01").value();
            ccas = demande::store::find_guichet(tx, "76R01").value();
            for (int i = 0; i < 3; ++i) {
                auto r = exemples::formulaire_rempli();
                r.mettre("depot.depose_le", "1" + std::to_string(i) + "/11/2026");
                r.mettre("demandeur.nir", "");
                r.mettre("demandeur.email", "kerviel" + std::to_string(i) + "@exemple.fr");
                auto e = lire(r, exemples::contexte());
                REQUIRE(e);
                demandes.push_back(demande::store::enregistrer(tx, *e, b, stephane, cle, matin)->id);
            }
        });
    }

    std::string proposer(std::string reservataire = "")
    {
        Logement l{.reference = "1042",
                   .territoire = "076",
                   .bailleur = "76B01",
                   .reservataire = std::move(reservataire),
                   .insee = "76540",
                   .adresse = "12 rue du Renard",
                   .pieces = 3,
                   .surface = 62,
                   .loyer = 41250,
                   .charges = 8500,
                   .disponible_le = jour};
        return base.write(
            [&](db::Transaction& tx) { return store::creer_logement(tx, l, stephane.id, matin); });
    }
    store::Ouvert ouvrir(const std::string& logement)
    {
        auto tx = base.read();
        return store::ouvrir(tx, logement).value();
    }
    std::string designer_une(const std::string& logement, const std::string& demande)
    {
        return base.write([&](db::Transaction& tx) {
            const auto l = store::find_logement(tx, logement, {b}).value();
            return designer_et_prevenir(tx, l, demande,
                                        *designer(l, {.territoire = "076", .en_cours = true}, false), b,
                                        bailleur, matin);
        });
    }
    template <class F> void faire(const std::string& logement, F&& regle, Instant le = matin)
    {
        base.write([&](db::Transaction& tx) {
            const auto o = store::ouvrir(tx, logement).value();
            const auto c = regle(o.dossier);
            REQUIRE(c);
            conclure(tx, o, *c, bailleur, le);
        });
    }
    /// The three demandes ranked for a dwelling, in the order of their deposit.
    std::vector<std::string> classer(const std::string& logement)
    {
        const auto ids = designer_toutes(logement);
        const auto seance = base.write([&](db::Transaction& tx) {
            const auto id = store::creer_commission(
                tx, {.territoire = "076", .bailleur = "76B01", .tenue_le = jour}, stephane.id, matin);
            store::inscrire_logement(tx, *store::find_commission(tx, id, {b}), logement);
            return id;
        });
        for (const auto& id : ids) faire(logement, [&](const Dossier& d) { return completer(d, id); });
        faire(logement, [&](const Dossier& d) { return inscrire(d, ids, seance, jour, jour); });
        std::vector<DecisionSaisie> s;
        for (std::size_t i = 0; i < ids.size(); ++i)
            s.push_back(
                {.candidature = ids[i], .decision = Decision::Classement, .rang = std::to_string(i + 1)});
        faire(logement, [&](const Dossier& d) { return statuer(d, seance, jour, s, {}, jour); });
        return ids;
    }
    std::vector<std::string> designer_toutes(const std::string& logement)
    {
        std::vector<std::string> ids;
        for (const auto& d : demandes) ids.push_back(designer_une(logement, d));
        return ids;
    }
    void radier_la_demande(db::Transaction& tx, const std::string& demande)
    {
        const auto f = demande::store::find(tx, demande, {b}, cle).value();
        const auto r = radier(
            demande::store::situation(tx, f, jour),
            {.motif = MotifRadiation::Renonciation, .par = Auteur::Guichet, .justificatif = "Lettre"}, jour);
        demande::store::radier(tx, f, *r, stephane, matin);
    }
    Etat etat(const std::string& logement, const std::string& id)
    {
        const auto o = ouvrir(logement);
        return std::ranges::find(o.dossier.candidatures, id, &Candidature::id)->etat;
    }
};

} // namespace test_candidatures
} // namespace demande::candidature
