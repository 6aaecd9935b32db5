// The deposit through its pages, as a browser without JavaScript would do it.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "compte/store_tentatives.hpp"
#include "http/throttle.hpp"
#include "http/web.hpp"
#include "signalement/depot/chargement.hpp"
#include "signalement/depot/exemples_test.hpp"
#include "signalement/depot/formulaire.hpp"
#include "signalement/depot/freins.hpp"
#include "signalement/depot/store.hpp"
#include "support/platform.hpp"

namespace signalement::depot {

namespace {

using http::Pairs;

std::string vers(const http::Response& r)
{
    for (const auto& [nom, valeur] : r.headers)
        if (nom == "Location") return valeur;
    return {};
}

bool dit(const http::Response& r, std::string_view texte)
{
    return r.body.find(texte) != std::string::npos;
}

/// Somebody who fills the form.
struct Deposant {
    test::Platform& site;
    std::string racine; // /signaler/{jeton}

    explicit Deposant(test::Platform& s, std::string danger = "non") : site(s)
    {
        site.forget_cookies();
        REQUIRE(site.get("/signaler").status == 200);
        const auto r = site.post("/signaler", {{"danger", std::move(danger)}});
        REQUIRE(r.status == 303);
        const auto location = vers(r);
        REQUIRE(location.ends_with("/adresse"));
        racine = location.substr(0, location.rfind('/'));
    }
    http::Response voir(const std::string& etape) { return site.get(racine + "/" + etape); }
    http::Response repondre(const std::string& etape, Pairs form)
    {
        return site.post(racine + "/" + etape, std::move(form));
    }
    /// Answers a screen that must be accepted; gives the slug of the next one.
    std::string passer(const std::string& etape, Pairs form)
    {
        INFO("écran : ", etape);
        CHECK(voir(etape).status == 200);
        const auto r = repondre(etape, std::move(form));
        REQUIRE(r.status == 303);
        const auto location = vers(r);
        return location.substr(location.rfind('/') + 1);
    }
};

const Pairs carmes{{"adresse", "12 Rue des Carmes 76000 Rouen"}};

Pairs agent(const std::string& email)
{
    return {{"organisation", "Mairie de Rouen"}, {"prenom", "Paul"}, {"nom", "Martin"}, {"email", email}};
}

const Pairs occupante{
    {"occupe", "oui"},          {"occupant_statut", "locataire"},     {"occupant_prenom", "Awa"},
    {"occupant_nom", "Diallo"}, {"occupant_email", "awa@exemple.fr"}, {"occupant_prevenu", "oui"}};

const Pairs accords{{"visite_acceptee", "oui"},
                    {"bailleur_peut_etre_prevenu", "non"},
                    {"attestation", "oui"},
                    {"donnees", "oui"}};

/// Up to the check of the answers, by the short way.
Deposant presque_fini(test::Platform& site, const std::string& email, const Pairs& adresse = carmes)
{
    Deposant d{site, "oui"};
    CHECK(d.passer("adresse", adresse) == "profil");
    CHECK(d.passer("profil", {{"profil", "agent_municipal"}}) == "coordonnees");
    CHECK(d.passer("coordonnees", agent(email)) == "occupant");
    CHECK(d.passer("occupant", occupante) == "danger");
    CHECK(d.passer("danger", {{"description", "Le plafond s’effondre."},
                              {"dangers_batiment", "desordres_batiment_securite_toit"}}) == "fichiers");
    CHECK(d.passer("fichiers", {}) == "verification");
    return d;
}

std::int64_t nombre(test::Platform& site, std::string_view sql, const std::string& valeur)
{
    auto tx = site.app().db.read();
    return tx.one<std::int64_t>(sql, valeur);
}

/// The tests of this process share one visitor's address.
void oublier_les_essais(test::Platform& site)
{
    site.app().db.write([](db::Transaction& tx) { tx.exec("DELETE FROM tentative"); });
}

/// Everything that `compteur` allows for `quoi` has been used.
void epuiser(test::Platform& site, Compteur compteur, std::string_view quoi)
{
    const auto secret = secret_des_freins(site.app());
    const std::vector<compte::Limite> limites{limite(compteur, quoi)};
    site.app().db.write([&](db::Transaction& tx) {
        while (compte::store::tenter(tx, secret, limites, site.app().clock.now()).permise) {
        }
    });
}

constexpr std::string_view signalements_de = "SELECT COUNT(*) FROM signalement WHERE email = $1";

} // namespace

TEST_CASE("une agente municipale dépose un signalement complet sans compte ni JavaScript")
{
    test::for_each_platform([](test::Platform& site) {
        const std::string email = "complet@rouen.exemple";
        Deposant d{site};
        CHECK(d.passer("adresse", carmes) == "profil");
        CHECK(d.passer("profil", {{"profil", "agent_municipal"}}) == "coordonnees");
        CHECK(d.passer("coordonnees", agent(email)) == "occupant");
        CHECK(d.passer("occupant", occupante) == "bailleur");
        CHECK(d.passer("bailleur", {{"bailleur_type", "particulier"}, {"bailleur_prevenu", "nsp"}}) ==
              "logement");
        CHECK(d.passer("logement", {{"nature", "maison"},
                                    {"pieces", "piece_unique"},
                                    {"superficie", "8,5"},
                                    {"cuisine", "absente"},
                                    {"salle_de_bain", "dans_le_logement"},
                                    {"wc", "collective"}}) == "desordres");
        CHECK(d.passer("desordres", {{"categories_logement", "desordres_logement_eau"},
                                     {"categories_batiment", "desordres_batiment_bruit"}}) ==
              "desordres_logement_eau");
        CHECK(d.passer("desordres_logement_eau", {{"desordres_logement_eau_eau_chaude", "oui"}}) ==
              "desordres_batiment_bruit");
        CHECK(d.passer("desordres_batiment_bruit", {{"desordres_batiment_bruit_exterieur", "oui"}}) ==
              "fichiers");
        CHECK(d.passer("fichiers", {}) == "situation");
        CHECK(d.passer("situation", {{"description", "Pas d’eau chaude <depuis> l’été."},
                                     {"debut", "1_a_6_mois"},
                                     {"constate", "oui"}}) == "verification");
        const auto relecture = d.voir("verification");
        CHECK(dit(relecture, "Pas d’eau chaude &lt;depuis&gt; l’été."));
        CHECK(dit(relecture, "8,5"));
        const auto envoi = d.repondre("envoi", accords);
        REQUIRE(envoi.status == 303);
        CHECK(vers(envoi) == d.racine + "/confirmation");
        const auto confirmation = d.voir("confirmation");
        CHECK(confirmation.status == 200);
        CHECK(dit(confirmation, "76-"));
        CHECK(dit(confirmation, "/suivi/"));
        CHECK(nombre(site, signalements_de, email) == 1);
        CHECK(nombre(site,
                     "SELECT COUNT(*) FROM journal WHERE evenement = 'depot' AND objet_id = (SELECT id FROM "
                     "signalement WHERE email = $1)",
                     email) == 1);
        for (const auto* gabarit : {"depot_accuse", "depot_occupant"}) {
            CAPTURE(gabarit);
            CHECK(nombre(site,
                         "SELECT COUNT(*) FROM courriel WHERE objet_id = (SELECT id FROM signalement WHERE "
                         "email = $1) AND gabarit = '" +
                             std::string{gabarit} + "'",
                         email) == 1);
        }
    });
}

TEST_CASE("un second envoi, après un double clic ou une réponse perdue, montre la même confirmation")
{
    test::for_each_platform([](test::Platform& site) {
        const std::string email = "double@rouen.exemple";
        auto d = presque_fini(site, email);
        const auto premier = d.repondre("envoi", accords);
        const auto second = d.repondre("envoi", accords);
        CHECK(premier.status == 303);
        CHECK(vers(premier) == vers(second));
        CHECK(nombre(site, signalements_de, email) == 1);
        CHECK(vers(d.voir("adresse")) == d.racine + "/confirmation");
        CHECK(vers(site.get(d.racine)) == d.racine + "/confirmation");
        CHECK(vers(d.repondre("coordonnees", agent("autre@rouen.exemple"))) == d.racine + "/confirmation");
    });
}

TEST_CASE("le chemin du danger montre d’abord les numéros d’urgence, et sa confirmation aussi")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site, "oui"};
        const auto page = d.voir("adresse");
        const auto urgences = page.body.find("tel:112");
        CHECK(urgences != std::string::npos);
        CHECK(urgences < page.body.find("name=\"adresse\""));
        CHECK_FALSE(dit(Deposant{site}.voir("adresse"), "D’abord, appelez les secours"));
    });
}

TEST_CASE("en danger, même à une adresse inconnue, la confirmation est à moins de dix écrans")
{
    test::for_each_platform([](test::Platform& site) {
        oublier_les_essais(site);
        const std::string email = "vite@rouen.exemple";
        const auto compter = [&](const std::string& adresse) {
            Deposant d{site, "oui"};
            const std::map<std::string, Pairs> reponses{
                {"adresse", {{"adresse", adresse}}},
                {"profil", {{"profil", "agent_municipal"}}},
                {"coordonnees", agent(email)},
                {"occupant", {{"occupe", "non"}}},
                {"danger",
                 {{"description", "Le plafond s’effondre."},
                  {"dangers_batiment", "desordres_batiment_securite_toit"}}},
                {"fichiers", {}},
                {"verification", {{"attestation", "oui"}, {"donnees", "oui"}}},
            };
            int ecrans = 2; // the start and the address
            for (std::string ecran = "adresse"; ecran != "confirmation" && ecrans < 20; ++ecrans) {
                const auto r = d.repondre(ecran == "verification" ? "envoi" : ecran, reponses.at(ecran));
                if (r.status != 303) continue;
                ecran = vers(r).substr(vers(r).rfind('/') + 1);
            }
            return ecrans;
        };
        CHECK(compter("12 Rue des Carmes 76000 Rouen") == 9);
        for (const auto* inconnue : {"99 impasse Introuvable, Rouen", "99 impasse Introuvable 76000 Rouen",
                                     "99 impasse Introuvable Rouen"}) {
            CAPTURE(inconnue);
            CHECK(compter(inconnue) == 9);
        }
        CHECK(nombre(site,
                     "SELECT COUNT(*) FROM signalement WHERE email = $1 AND insee = '76540' "
                     "AND adresse_libelle = '99 impasse Introuvable'",
                     email) == 3);
        // A street is not where it stands; the ordinary way still offers what exists.
        CHECK(compter("99 rue de Rouen") > 9);
        Deposant calme{site};
        CHECK_FALSE(vers(calme.repondre("adresse", {{"adresse", "99 impasse Introuvable, Rouen"}}))
                        .ends_with("/profil"));
        oublier_les_essais(site);
    });
}

TEST_CASE("une saisie fausse garde toutes les réponses et dit quoi changer, au champ et en tête")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        d.passer("adresse", carmes);
        d.passer("profil", {{"profil", "ccas"}});
        const auto r = d.repondre("coordonnees",
                                  {{"organisation", "CCAS d’Elbeuf"}, {"prenom", "Léa"}, {"email", "léa@"}});
        CHECK(r.status == 422);
        CHECK(dit(r, "<title>Erreur – "));
        CHECK(dit(r, "CCAS d’Elbeuf"));
        CHECK(dit(r, "value=\"léa@\""));
        CHECK(dit(r, "href=\"#champ-nom\""));
        CHECK(dit(r, "Indiquez votre nom."));
        // The answers are kept on the server too, wrong ones included.
        CHECK(dit(d.voir("coordonnees"), "value=\"léa@\""));
        CHECK(vers(d.voir("situation")).ends_with("/coordonnees"));
    });
}

TEST_CASE("un texte bien trop long revient entier, pour être raccourci")
{
    test::for_each_platform([](test::Platform& site) {
        auto d = presque_fini(site, "p.martin@rouen.exemple");
        std::string long_texte;
        for (int i = 0; i < 4000; ++i) long_texte += "mot" + std::to_string(i) + " ";
        const auto r = d.repondre("danger", {{"description", long_texte},
                                             {"dangers_batiment", "desordres_batiment_securite_toit"}});
        CHECK(r.status == 422);
        CHECK(dit(r, "Raccourcissez ce texte"));
        CHECK(dit(r, "mot3999"));
        CHECK(dit(d.voir("danger"), "mot3999"));
    });
}

TEST_CASE("l’adresse se précise sans JavaScript : choix, puis rue et commune à part")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        const auto vague = d.repondre("adresse", {{"adresse", "rue des carmes rouen"}});
        CHECK(vague.status == 422);
        CHECK(dit(vague, "name=\"adresse_choix\""));
        const auto aucune =
            d.repondre("adresse", {{"adresse", "rue des carmes rouen"}, {"adresse_choix", "aucune"}});
        CHECK(aucune.status == 303);
        CHECK(dit(d.voir("adresse"), "name=\"adresse_voie\""));
        const auto homonymes = d.repondre("adresse", {{"adresse_mode", "manuelle"},
                                                      {"adresse_voie", "Lieu-dit Le Bout"},
                                                      {"adresse_commune", "Saint"}});
        CHECK(homonymes.status == 422);
        CHECK(dit(homonymes, "name=\"adresse_commune_choix\""));
        CHECK(dit(homonymes, "Lieu-dit Le Bout"));
        const auto fin = d.repondre("adresse", {{"adresse_mode", "manuelle"},
                                                {"adresse_voie", "Lieu-dit Le Bout"},
                                                {"adresse_commune", "Dieppe"}});
        CHECK(vers(fin).ends_with("/profil"));
    });
}

TEST_CASE("dans une commune à plusieurs codes postaux, celui que l’on écrit est gardé")
{
    test::for_each_platform([](test::Platform& site) {
        const auto retenu = [&](std::string commune) {
            Deposant d{site};
            REQUIRE(vers(d.repondre("adresse", {{"adresse_mode", "manuelle"},
                                                {"adresse_voie", "3 sente du Bout"},
                                                {"adresse_commune", std::move(commune)}}))
                        .ends_with("/profil"));
            auto tx = site.app().db.read();
            return store::trouver(tx, d.racine.substr(d.racine.rfind('/') + 1))
                ->reponses.texte(reconnue::code_postal);
        };
        CHECK(retenu("76620") == "76620");
        CHECK(retenu("76620 Le Havre") == "76620");
        CHECK(retenu("Le Havre (76610)") == "76610");
        CHECK(retenu("Le Havre") == "76600");
        CHECK(retenu("Yvetot") == "76190");
    });
}

TEST_CASE("l’adresse que donne le navigateur n’est jamais crue")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        const auto r = d.repondre("adresse", {{"adresse", "adresse inventée zzz"},
                                              {"adresse_id", "76540_9999_00001"},
                                              {"adresse.insee", "76540"}});
        CHECK_FALSE(vers(r).ends_with("/profil"));
        CHECK(vers(d.voir("profil")).ends_with("/adresse"));
    });
}

TEST_CASE("là où le service est fermé, on dit qui appeler et rien n’est gardé")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        const auto r = d.repondre("adresse", {{"adresse_mode", "manuelle"},
                                              {"adresse_voie", "1 place Bellecour"},
                                              {"adresse_commune", "Lyon"},
                                              {"adresse_commune_choix", "69123"}});
        REQUIRE(r.status == 303);
        CHECK(vers(r).starts_with("/signaler/ailleurs?commune=69"));
        const auto page = site.get(vers(r));
        CHECK(page.status == 200);
        CHECK(dit(page, "Lyon"));
        CHECK(dit(page, "0806706806"));
        CHECK(d.voir("adresse").status == 404);
    });
}

TEST_CASE("un particulier en phase 1 est orienté sans que rien soit gardé")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        d.passer("adresse", carmes);
        // An answer that only a page of before the change of phase offers.
        CHECK(vers(d.repondre("profil", {{"profil", "locataire"}})) ==
              "/signaler/ailleurs?commune=76540&reponses=gardees");
        const auto r = d.repondre("profil", {{"profil", std::string{profil_non_admis}}});
        CHECK(vers(r) == "/signaler/ailleurs?commune=76540");
        CHECK(dit(site.get(vers(r)), "réservé aux"));
        CHECK(d.voir("profil").status == 404);
    });
}

TEST_CASE("le brouillon d’un particulier mène à qui appeler quand le territoire ne lui est plus ouvert, et "
          "reste entier")
{
    test::for_each_platform([](test::Platform& site) {
        oublier_les_essais(site);
        const auto passer_en = [&](std::string_view phase) {
            site.app().db.write([&](db::Transaction& tx) {
                tx.exec("UPDATE territoire SET phase = $1 WHERE code = '76'", phase);
            });
        };
        const auto jeton = base::random_token(32);
        const auto brouillon = "/signaler/" + jeton;
        site.app().db.write([&](db::Transaction& tx) {
            store::creer(tx, jeton, exemples::avec(exemples::locataire(), {{"email", {"phase@exemple.fr"}}}),
                         etape::verification, site.app().clock.now());
        });
        site.forget_cookies();
        REQUIRE(site.get("/signaler").status == 200);
        const std::string ailleurs = "/signaler/ailleurs?commune=76540&reponses=gardees";
        for (const auto* ecran : {"", "/coordonnees", "/situation", "/verification"}) {
            CAPTURE(ecran);
            CHECK(vers(site.get(brouillon + ecran)) == ailleurs);
        }
        CHECK(vers(site.post(brouillon + "/envoi", accords)) == ailleurs);
        auto page = site.get(ailleurs);
        CHECK(dit(page, "réservé aux professionnels"));
        CHECK(dit(page, "Vos réponses sont gardées 30 jours"));
        passer_en("fermee");
        CHECK(vers(site.post(brouillon + "/envoi", accords)) == ailleurs);
        page = site.get(ailleurs);
        CHECK(dit(page, "n’est pas ouvert"));
        CHECK_FALSE(dit(page, "pas encore"));
        passer_en("tous");
        CHECK(dit(site.get(ailleurs), "est ouvert à tous à Rouen"));
        CHECK(vers(site.get(brouillon)) == brouillon + "/verification");
        CHECK(vers(site.post(brouillon + "/envoi", accords)) == brouillon + "/confirmation");
        passer_en("professionnels");
    });
}

TEST_CASE("les réponses s’enregistrent toutes seules et le lien ramène au bon écran")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        d.passer("adresse", carmes);
        d.passer("profil", {{"profil", "association"}});
        CHECK(d.repondre("coordonnees/brouillon", {{"prenom", "Inès"}, {"email", "pas fini"}}).status == 204);
        site.forget_cookies(); // another device
        const auto reprise = site.get(d.racine);
        CHECK(vers(reprise) == d.racine + "/coordonnees");
        const auto page = d.voir("coordonnees");
        CHECK(dit(page, "value=\"Inès\""));
        CHECK(dit(page, "value=\"pas fini\""));
        CHECK_FALSE(dit(page, "fr-message--error"));
        // A screen that was answered is not shown again: the link leads to the next one, even one that asks
        // nothing.
        CHECK(d.passer("coordonnees", agent("ines@asso.exemple")) == "occupant");
        CHECK(vers(site.get(d.racine)) == d.racine + "/occupant");
        auto presque = presque_fini(site, "reprend@rouen.exemple");
        CHECK(vers(site.get(presque.racine)) == presque.racine + "/verification");
        CHECK(presque.repondre("danger", {{"description", "Le plafond s’effondre."}, {"action", "plus_tard"}})
                  .status == 303);
        CHECK(vers(site.get(presque.racine)) == presque.racine + "/danger");
    });
}

TEST_CASE("un désordre dangereux par lui-même est lu sous deux jours, à la confirmation comme au courriel")
{
    test::for_each_platform([](test::Platform& site) {
        oublier_les_essais(site);
        const std::string email = "gaz@rouen.exemple";
        const auto jeton = base::random_token(32);
        site.app().db.write([&](db::Transaction& tx) {
            store::creer(
                tx, jeton,
                exemples::avec(exemples::agent(), {{"email", {email}},
                                                   {"categories_logement", {"desordres_logement_securite"}},
                                                   {"desordres_logement_securite_gaz", {"oui"}}}),
                etape::verification, site.app().clock.now());
        });
        site.forget_cookies();
        REQUIRE(site.get("/signaler/" + jeton + "/verification").status == 200);
        REQUIRE(site.post("/signaler/" + jeton + "/envoi", accords).status == 303);
        const auto page = site.get("/signaler/" + jeton + "/confirmation");
        CHECK(dit(page, "sous 2 jours"));
        CHECK_FALSE(dit(page, "Le danger est toujours là"));
        CHECK(nombre(site,
                     "SELECT COUNT(*) FROM courriel WHERE gabarit = 'depot_accuse' AND destinataire = $1 AND "
                     "html LIKE '%sous 2 jours%'",
                     email) == 1);
    });
}

TEST_CASE("revenir en arrière ou terminer plus tard garde même les réponses incomplètes")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        d.passer("adresse", carmes);
        d.passer("profil", {{"profil", "association"}});
        CHECK(vers(d.repondre("coordonnees", {{"prenom", "Inès"}, {"action", "precedent"}}))
                  .ends_with("/profil"));
        CHECK(dit(d.voir("coordonnees"), "value=\"Inès\""));
        const auto plus_tard = d.repondre("coordonnees", {{"prenom", "Zoé"}, {"action", "plus_tard"}});
        CHECK(vers(plus_tard) == d.racine + "/lien?retour=coordonnees");
        CHECK(site.get(vers(plus_tard)).status == 200);
        CHECK(dit(d.voir("coordonnees"), "value=\"Zoé\""));
    });
}

TEST_CASE("le lien de reprise part par courriel, trois fois par heure au plus vers une adresse")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        const auto email = "reprise-" + d.racine.substr(d.racine.size() - 8) + "@exemple.fr";
        auto adresse = email;
        std::erase_if(adresse, [](char c) { return c == '_'; });
        CHECK(d.repondre("lien", {{"email", "faux"}}).status == 422);
        for (int i = 0; i < 3; ++i) CHECK(d.repondre("lien", {{"email", adresse}}).status == 303);
        CHECK(d.repondre("lien", {{"email", "R" + adresse.substr(1)}}).status == 429);
        const auto refus = d.repondre("lien", {{"email", adresse}});
        CHECK(refus.status == 429);
        CHECK(nombre(site,
                     "SELECT COUNT(*) FROM courriel WHERE gabarit = 'depot_reprise' AND destinataire = $1",
                     adresse) == 3);
        CHECK(dit(d.repondre("abandon", {}), "Garder mes réponses"));
        CHECK(d.voir("adresse").status == 200);
        CHECK(d.repondre("abandon", {{"confirme", "oui"}}).status == 200);
        CHECK(d.voir("adresse").status == 404);
    });
}

TEST_CASE("une boîte aux lettres reçoit peu de courriels par jour ; le signalement est pris quand même")
{
    test::for_each_platform([](test::Platform& site) {
        oublier_les_essais(site);
        const std::string email = "campagne@rouen.exemple";
        const auto envoyes = [&](const std::string& gabarit) {
            return nombre(site,
                          "SELECT COUNT(*) FROM courriel WHERE objet_id IN (SELECT id FROM signalement WHERE "
                          "email = $1) AND gabarit = '" +
                              gabarit + "'",
                          email);
        };
        for (int i = 0; i < 10; ++i) {
            auto d = presque_fini(site, email);
            REQUIRE(d.repondre("envoi", accords).status == 303);
            CHECK(dit(d.voir("confirmation"), "Nous venons de vous envoyer un courriel"));
        }
        auto d = presque_fini(site, email);
        CHECK(d.repondre("envoi", accords).status == 303);
        CHECK(dit(d.voir("confirmation"), "a déjà reçu beaucoup de messages"));
        CHECK(nombre(site, signalements_de, email) == 11);
        CHECK(envoyes("depot_accuse") == 10);
        CHECK(envoyes("acces_commune") == 10);
        CHECK(envoyes("depot_occupant") == 3);
        oublier_les_essais(site);
    });
}

TEST_CASE("personne n’empêche de signaler un immeuble : au-delà de douze par jour, c’est un doublon possible")
{
    test::for_each_platform([](test::Platform& site) {
        oublier_les_essais(site);
        const Pairs tour{{"adresse", "18 Rue des Carmes 76000 Rouen"}};
        const std::string email = "treizieme@rouen.exemple";
        const auto marque = [&](const std::string& de) {
            return nombre(site, "SELECT doublon_possible FROM signalement WHERE email = $1", de);
        };
        REQUIRE(presque_fini(site, "seule@rouen.exemple", tour).repondre("envoi", accords).status == 303);
        REQUIRE(marque("seule@rouen.exemple") == 0);
        // The reports of whoever filled the counter may be over: the mark does not hang on them.
        site.app().db.write([](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET statut = 'refuse', refuse_le = depose_le, motif_slug = 'autre' "
                    "WHERE email = 'seule@rouen.exemple'");
        });
        epuiser(site, Compteur::EnvoiAdresse, base::fold("18 Rue des Carmes") + "76540");
        auto d = presque_fini(site, email, tour);
        CHECK(d.repondre("envoi", accords).status == 303);
        CHECK(dit(d.voir("confirmation"), "Nous venons de vous envoyer un courriel"));
        CHECK(nombre(site, signalements_de, email) == 1);
        CHECK(marque(email) == 1);
        oublier_les_essais(site);
    });
}

TEST_CASE(
    "trop d’envois d’une même adresse réseau ou d’une même boîte attendent, et les réponses sont gardées")
{
    test::for_each_platform([](test::Platform& site) {
        oublier_les_essais(site);
        const std::string email = "patiente@rouen.exemple";
        auto d = presque_fini(site, email);
        const auto attend = [&] {
            const auto refus = d.repondre("envoi", accords);
            CHECK(refus.status == 429);
            CHECK(dit(refus, "Ce que vous avez déjà répondu est gardé."));
            CHECK(dit(refus, "112"));
            CHECK(dit(d.voir("verification"), email));
            CHECK(nombre(site, signalements_de, email) == 0);
        };
        epuiser(site, Compteur::EnvoiIp, http::ip_group("192.0.2.1"));
        attend();
        oublier_les_essais(site);
        epuiser(site, Compteur::EnvoiEmail, email);
        attend();
        oublier_les_essais(site);
        epuiser(site, Compteur::FichiersIp, http::ip_group("192.0.2.1"));
        CHECK(d.repondre("fichiers/ajout", {}).status == 429);
        // Counted in the database, where every server sees it and a restart forgets nothing.
        epuiser(site, Compteur::EnvoiEmail, email);
        site.app().clock = base::Clock{site.app().clock.now().plus_days(1)};
        CHECK(d.repondre("envoi", accords).status == 303);
        site.app().clock = base::Clock{site.app().clock.now().plus_days(-1)};
        CHECK(nombre(site, signalements_de, email) == 1);
        oublier_les_essais(site);
    });
}

TEST_CASE("d’une même adresse réseau, quarante brouillons par heure au plus")
{
    test::for_each_platform([](test::Platform& site) {
        oublier_les_essais(site);
        REQUIRE(site.get("/signaler").status == 200);
        for (int i = 0; i < 40; ++i) CHECK(site.post("/signaler", {{"danger", "non"}}).status == 303);
        CHECK(site.post("/signaler", {{"danger", "non"}}).status == 429);
        oublier_les_essais(site);
    });
}

TEST_CASE("l’envoi exige les accords et s’arrête sur le champ piège, sans rien perdre")
{
    test::for_each_platform([](test::Platform& site) {
        const std::string email = "accords@rouen.exemple";
        auto d = presque_fini(site, email);
        const auto sans = d.repondre("envoi", {{"visite_acceptee", "oui"}});
        CHECK(sans.status == 422);
        CHECK(dit(sans, "href=\"#champ-attestation\""));
        auto piege = accords;
        piege.emplace_back("site_web", "https://spam.exemple");
        CHECK(d.repondre("envoi", piege).status == 422);
        CHECK(nombre(site, signalements_de, email) == 0);
        CHECK(d.repondre("envoi", accords).status == 303);
        CHECK(nombre(site, signalements_de, email) == 1);
    });
}

TEST_CASE("un jeton inconnu ne dit rien, à aucune adresse du dépôt")
{
    test::for_each_platform([](test::Platform& site) {
        site.get("/signaler");
        for (const auto* chemin :
             {"", "/adresse", "/lien", "/confirmation", "/fichiers/x", "/fichiers/x/miniature"}) {
            CAPTURE(chemin);
            CHECK(site.get(std::string{"/signaler/inconnu"} + chemin).status == 404);
        }
        for (const auto* chemin : {"/adresse", "/adresse/brouillon", "/lien", "/abandon", "/envoi",
                                   "/fichiers/ajout", "/fichiers/x/retrait", "/fichiers/x/rattachement"}) {
            CAPTURE(chemin);
            CHECK(site.post(std::string{"/signaler/inconnu"} + chemin, {}).status == 404);
        }
    });
}

TEST_CASE("un écran qu’un autre onglet a fait disparaître ramène calmement à ceux qui restent")
{
    test::for_each_platform([](test::Platform& site) {
        Deposant d{site};
        d.passer("adresse", carmes);
        d.passer("profil", {{"profil", "agent_municipal"}});
        d.passer("coordonnees", agent("onglets@rouen.exemple"));
        d.passer("occupant", occupante);
        d.passer("bailleur", {{"bailleur_type", "nsp"}, {"bailleur_prevenu", "nsp"}});
        d.passer("logement", {{"nature", "maison"},
                              {"pieces", "piece_unique"},
                              {"cuisine", "absente"},
                              {"salle_de_bain", "nsp"},
                              {"wc", "collective"}});
        CHECK(d.passer("desordres", {{"categories_logement", "desordres_logement_eau"}}) ==
              "desordres_logement_eau");
        // The first tab shows the screen of a subject that the second one unticks.
        const auto titre = d.voir("desordres_logement_eau");
        CHECK(titre.status == 200);
        CHECK(d.passer("desordres", {{"categories_logement", "desordres_logement_bruit"}}) ==
              "desordres_logement_bruit");
        const std::string disparu = "desordres_logement_eau";
        for (const auto* action : {"", "precedent", "plus_tard"}) {
            CAPTURE(action);
            const auto r = d.repondre(
                disparu, {{"desordres_logement_eau_eau_chaude", "oui"}, {"action", std::string{action}}});
            CHECK(r.status == 303);
            CHECK(vers(r) == d.racine);
            CHECK(vers(site.get(vers(r))).ends_with("/desordres_logement_bruit"));
        }
        CHECK(d.repondre(disparu + "/brouillon", {{"desordres_logement_eau_eau_chaude", "oui"}}).status ==
              404);
        CHECK(vers(d.voir(disparu)).ends_with("/desordres_logement_bruit"));
        CHECK(site.get(d.racine + "/lien?retour=" + disparu).status == 200);
        // Somebody who was there when it disappeared comes back by the link to the first screen to fill.
        site.app().db.write([&](db::Transaction& tx) {
            tx.exec("UPDATE brouillon SET etape = $1 WHERE email = $2", disparu, "onglets@rouen.exemple");
        });
        CHECK(vers(site.get(d.racine)).ends_with("/desordres_logement_bruit"));
    });
}

TEST_CASE("modifier une réponse depuis la relecture y ramène, sauf s’il manque quelque chose")
{
    test::for_each_platform([](test::Platform& site) {
        auto d = presque_fini(site, "relecture@rouen.exemple");
        CHECK(dit(d.voir("verification"), "coordonnees?retour=verification"));
        CHECK(vers(d.repondre("coordonnees?retour=verification", agent("relu@rouen.exemple"))) ==
              d.racine + "/verification");
        CHECK(dit(d.voir("verification"), "relu@rouen.exemple"));
    });
}

} // namespace signalement::depot
