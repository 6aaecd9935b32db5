// The rules of the form, in sentences.
#include "signalement/depot/formulaire.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "signalement/depot/exemples_test.hpp"
#include "signalement/depot/lecture.hpp"

namespace signalement::depot {

namespace {

using exemples::avec;
using exemples::contexte;

std::vector<std::string> ecrans(const Reponses& r, territoire::Phase phase = territoire::Phase::Tous)
{
    std::vector<std::string> out;
    for (const auto& e : parcours(r, contexte(phase)).etapes) out.push_back(e.slug);
    return out;
}

FormErrors erreurs(const Reponses& r, std::string_view etape,
                   territoire::Phase phase = territoire::Phase::Tous)
{
    const auto p = parcours(r, contexte(phase));
    const auto* e = p.trouver(etape);
    REQUIRE(e != nullptr);
    return valider(*e, p.retenues, contexte(phase));
}

std::string erreur(const Reponses& r, std::string_view etape, std::string_view champ)
{
    for (const auto& e : erreurs(r, etape))
        if (e.field == champ) return e.message;
    return {};
}

Depot lu(const Reponses& r)
{
    auto d = lire(parcours(r, contexte()), contexte());
    if (!d) {
        std::string manques;
        for (const auto& e : d.error()) manques += e.field + " : " + e.message + "\n";
        FAIL(manques);
    }
    return *d;
}

bool contient(const std::vector<std::string>& l, std::string_view x)
{
    return std::ranges::find(l, x) != l.end();
}

std::vector<std::string> precisions(const Depot& d)
{
    std::vector<std::string> out;
    for (const auto& p : d.precisions) out.push_back(p.slug);
    return out;
}

} // namespace

TEST_CASE("un dépôt complet de locataire se lit sans rien perdre")
{
    const auto d = lu(exemples::locataire());
    const auto& s = d.signalement;
    CHECK(s.declarant.profil == Profil::Locataire);
    CHECK(s.declarant.contact.telephone == "+33612345678");
    CHECK_FALSE(s.occupant.has_value());
    CHECK(contact_occupant(s).nom == "Lefebvre");
    CHECK(s.adresse.insee == "76540");
    CHECK(s.adresse.lon.value() == doctest::Approx(1.0965));
    CHECK(s.bailleur.prevenu_mois == "2026-03");
    CHECK(s.decrit.superficie_dm2 == 3250);
    CHECK(s.decrit.piece_unique == false);
    CHECK(s.decrit.allocataire == Reponse::Oui);
    CHECK(s.logement.loyer_centimes == 45'230);
    CHECK(s.logement.social == Reponse::Non);
    CHECK_FALSE(s.danger_declare);
    CHECK_FALSE(d.precisions.empty());
}

TEST_CASE("le chemin complet tient en douze écrans, départ et confirmation compris")
{
    // + start + confirmation; one category.
    CHECK(ecrans(exemples::locataire()).size() + 2 <= 12);
    CHECK(ecrans(exemples::agent()).size() + 2 <= 13);
}

TEST_CASE("le chemin du danger tient en moins de dix écrans, départ et confirmation compris")
{
    CHECK(ecrans(exemples::danger()).size() + 2 < 10);
    CHECK(ecrans(avec(exemples::danger(), {{"profil", {"locataire"}}})).size() + 2 < 10);
    const auto d = lu(exemples::danger());
    CHECK(d.signalement.danger);
    CHECK(d.signalement.danger_declare);
    CHECK(d.signalement.gravite == desordre::Gravite::DangerImmediat);
    CHECK_FALSE(d.precisions.empty());
}

TEST_CASE("en danger, ni le nom de l’occupant ni celui du propriétaire ne sont exigés")
{
    CHECK(erreurs(exemples::danger(), etape::occupant).empty());
    CHECK_FALSE(contient(ecrans(exemples::danger()), etape::bailleur));
}

TEST_CASE("l’occupant n’est demandé qu’à qui n’habite pas le logement")
{
    CHECK_FALSE(contient(ecrans(exemples::locataire()), etape::occupant));
    CHECK(contient(ecrans(exemples::agent()), etape::occupant));
}

TEST_CASE("le propriétaire n’est demandé ni au propriétaire occupant, ni au bailleur, ni quand l’occupant "
          "est propriétaire")
{
    const auto propose = [](Reponses r) { return contient(ecrans(r), etape::bailleur); };
    CHECK(propose(exemples::locataire()));
    CHECK_FALSE(propose(avec(exemples::locataire(), {{"profil", {"proprietaire_occupant"}}})));
    CHECK_FALSE(propose(avec(exemples::agent(), {{"profil", {"bailleur"}}})));
    CHECK_FALSE(propose(avec(exemples::agent(), {{"occupant_statut", {"proprietaire"}}})));
}

TEST_CASE("une réponse laissée par un changement d’avis ne fuit pas dans le signalement")
{
    const auto hesite = avec(exemples::agent(), {{"occupant_statut", {"proprietaire"}}});
    const auto d = lu(hesite);
    CHECK(d.signalement.bailleur.nom.empty());
    CHECK_FALSE(d.signalement.bailleur.prevenu.has_value());
    CHECK_FALSE(d.signalement.logement.allocation.has_value());
    CHECK(d.signalement.logement.numero_allocataire.empty());

    const auto maison =
        lu(avec(exemples::locataire(),
                {{"nature", {"maison"}}, {"niveau", {"sous_sol"}}, {"sans_fenetre", {"oui"}}}));
    CHECK_FALSE(maison.signalement.decrit.etage.has_value());
    CHECK_FALSE(maison.signalement.decrit.sans_fenetre.has_value());
    CHECK_FALSE(contient(precisions(maison), "desordres_type_composition_logement_sous_sol"));

    const auto decoche = lu(avec(exemples::locataire(), {{"desordres_logement_bruit_voisins", {"oui"}}}));
    CHECK_FALSE(contient(precisions(decoche), "desordres_logement_bruit_voisins"));
}

TEST_CASE("toutes les erreurs d’un écran sont dites à la fois, dans l’ordre des champs")
{
    auto r = exemples::locataire();
    for (const auto slug : {"prenom", "nom", "email", "telephone"}) r.retirer(slug);
    const auto e = erreurs(r, etape::coordonnees);
    REQUIRE(e.size() == 3);
    CHECK(e[0].field == "prenom");
    CHECK(e[1].field == "nom");
    CHECK(e[2].field == "email");
}

TEST_CASE("un particulier sans adresse électronique peut déposer avec un téléphone, un professionnel non")
{
    auto r = exemples::locataire();
    r.retirer("email");
    CHECK(erreurs(r, etape::coordonnees).empty());
    r.retirer("telephone");
    CHECK_FALSE(erreur(r, etape::coordonnees, "email").empty());
    auto pro = exemples::agent();
    pro.retirer("email");
    CHECK_FALSE(erreur(pro, etape::coordonnees, "email").empty());
}

TEST_CASE("les réponses fausses sont refusées avec un exemple à suivre")
{
    const auto refuse = [](std::string_view etape, std::string slug, std::string valeur) {
        CAPTURE(slug);
        CAPTURE(valeur);
        const auto message = erreur(avec(exemples::agent(), {{slug, {valeur}}}), etape, slug);
        CHECK_FALSE(message.empty());
    };
    refuse(etape::coordonnees, "email", "pas une adresse");
    refuse(etape::coordonnees, "telephone", "12");
    refuse(etape::bailleur, "bailleur_prevenu_mois", "31/02/2026");
    refuse(etape::bailleur, "bailleur_prevenu_mois", "12/2026");
    refuse(etape::bailleur, "bailleur_prevenu_moyen", "pigeon");
    refuse(etape::logement, "nombre_pieces", "0");
    refuse(etape::logement, "superficie", "grande");
    refuse(etape::logement, "enfants", "4");
    refuse(etape::situation, "emmenagement", "30/02/2020");
    refuse(etape::situation, "emmenagement", "01/01/2030");
    refuse(etape::situation, "loyer", "cher");
    refuse(etape::profil, "profil", "espion");
}

TEST_CASE("un nom ne peut pas porter de lien ni plusieurs lignes : il est écrit dans des courriels")
{
    const std::pair<std::string_view, std::string> noms[] = {
        {etape::coordonnees, "organisation"}, {etape::coordonnees, "prenom"},
        {etape::coordonnees, "nom"},          {etape::occupant, "occupant_prenom"},
        {etape::occupant, "occupant_nom"},    {etape::bailleur, "bailleur_nom"}};
    for (const auto& nomme : noms) {
        const auto& etape = nomme.first;
        const auto& champ = nomme.second;
        CAPTURE(champ);
        for (const auto* piege :
             {"Gagnez https://piege.example", "WWW.piege", "aller@piege.example", "Martin piege.example",
              "Cliquez promo.com", "Martin\nCliquez ici", "a\tb"}) {
            CAPTURE(piege);
            CHECK_FALSE(erreur(avec(exemples::agent(), {{champ, {piege}}}), etape, champ).empty());
        }
        for (const auto* nom :
             {"Lefèvre-Ñunez", "M. Dupuis", "M.Durand", "J.P. Martin", "S.A.R.L. Les Tilleuls",
              "CCAS d’Elbeuf (76)", "D’Almeida & fils", "St.Pierre / Habitat 76", "李娜"}) {
            CAPTURE(nom);
            CHECK(erreur(avec(exemples::agent(), {{champ, {nom}}}), etape, champ).empty());
        }
    }
}

TEST_CASE("pour écrire à l’occupant, il faut son nom : sa page de suivi le lui demandera")
{
    auto r = exemples::danger();
    CHECK(erreurs(r, etape::occupant).empty());
    r.mettre("occupant_email", "awa@exemple.fr");
    CHECK(erreurs(r, etape::occupant).empty());
    r.mettre("occupant_prevenu", "oui");
    CHECK_FALSE(erreur(r, etape::occupant, "occupant_nom").empty());
    r.mettre("occupant_nom", "Diallo");
    CHECK(erreurs(r, etape::occupant).empty());
}

TEST_CASE("un texte trop long est refusé sans être coupé")
{
    const auto r = avec(exemples::locataire(), {{"description", {std::string(5001, 'a')}}});
    CHECK(erreur(r, etape::situation, "description").find("5001") != std::string::npos);
}

TEST_CASE("une question qui ne se pose pas n’est jamais exigée")
{
    auto r = exemples::locataire();
    r.mettre("pieces", "piece_unique");
    for (const auto slug : {"nombre_pieces", "piece_de_9_m2"}) r.retirer(slug);
    CHECK(erreurs(r, etape::logement).empty());
    r.mettre("cuisine", "absente");
    r.retirer("wc_dans_cuisine");
    CHECK(erreurs(r, etape::logement).empty());
}

TEST_CASE("en phase 1, seuls les professionnels trouvent leur réponse, même si le formulaire est forcé")
{
    const auto phase = territoire::Phase::Professionnels;
    const auto p = parcours(exemples::locataire(), contexte(phase));
    const auto& choix = p.trouver(etape::profil)->questions.front().choix;
    CHECK(std::ranges::find(choix, "locataire", &Choix::valeur) == choix.end());
    CHECK(std::ranges::find(choix, profil_non_admis, &Choix::valeur) != choix.end());
    CHECK_FALSE(erreurs(exemples::locataire(), etape::profil, phase).empty());
    CHECK(erreurs(exemples::agent(), etape::profil, phase).empty());
    CHECK_FALSE(lire(parcours(exemples::locataire(), contexte(phase)), contexte(phase)).has_value());
    const auto non_admis = avec(exemples::agent(), {{"profil", {std::string{profil_non_admis}}}});
    CHECK_FALSE(lire(parcours(non_admis, contexte(phase)), contexte(phase)).has_value());
}

TEST_CASE("en phase 2, tous les profils de la taxonomie sont proposés")
{
    const auto p = parcours(exemples::adresse(), contexte());
    const auto& choix = p.trouver(etape::profil)->questions.front().choix;
    CHECK(choix.size() == std::size(profils));
    for (const auto& ligne : profils) {
        CAPTURE(ligne.slug);
        CHECK(std::ranges::find(choix, ligne.slug, &Choix::valeur) != choix.end());
    }
}

TEST_CASE("une adresse non reconnue empêche de continuer")
{
    auto r = exemples::locataire();
    r.retirer(reconnue::insee);
    CHECK_FALSE(erreur(r, etape::adresse, "adresse").empty());
    CHECK(premiere_incomplete(parcours(r, contexte()), contexte()) == 0);
}

TEST_CASE("un logement vide n’a ni occupant, ni foyer, ni visite à accepter")
{
    const auto d = lu(avec(exemples::agent(), {{"occupe", {"non"}}}));
    CHECK(d.signalement.vacant);
    REQUIRE(d.signalement.occupant.has_value());
    CHECK(d.signalement.occupant->contact.nom.empty());
    CHECK_FALSE(d.signalement.decrit.personnes.has_value());
    CHECK_FALSE(d.signalement.demarches.visite_acceptee.has_value());
}

TEST_CASE("il faut au moins un sujet, et au moins un problème par sujet choisi")
{
    auto r = exemples::locataire();
    r.retirer("categories_logement");
    CHECK_FALSE(erreurs(r, etape::desordres).empty());
    r = exemples::locataire();
    r.retirer("desordres_logement_humidite_cuisine");
    CHECK_FALSE(erreurs(r, "desordres_logement_humidite").empty());
}

TEST_CASE("chaque problème coché, sans autre réponse, donne au moins une précision")
{
    // None of the State's form bugs: whatever is left empty or unknown, what was ticked counts.
    for (const auto& base : {exemples::locataire(), exemples::agent()})
        for (const auto& categorie : desordre::categories()) {
            const auto champ =
                categorie.zone == desordre::Zone::Logement ? "categories_logement" : "categories_batiment";
            auto r = base;
            r.retirer("categories_logement");
            r.mettre(champ, std::string{categorie.slug});
            const auto p = parcours(r, contexte());
            const auto* e = p.trouver(categorie.slug);
            if (e == nullptr) continue; // not asked to this person
            for (const auto& q : e->questions) {
                if (q.genre != Genre::Case) continue;
                CAPTURE(q.slug);
                auto coche = base;
                coche.retirer("categories_logement");
                coche.retirer("desordres_logement_humidite_cuisine");
                coche.mettre(champ, std::string{categorie.slug});
                coche.mettre(q.slug, "oui");
                const auto d = lu(coche);
                CHECK(std::ranges::any_of(d.precisions, [&](const auto& x) {
                    const auto* ligne = desordre::find_precision(x.slug);
                    return ligne != nullptr && ligne->critere == q.slug;
                }));
            }
        }
}

TEST_CASE("« je ne sais pas » est une réponse à toutes les sous-questions qui la proposent")
{
    for (const auto& critere : desordre::criteres()) {
        const auto champ =
            critere.zone == desordre::Zone::Logement ? "categories_logement" : "categories_batiment";
        auto r = exemples::agent();
        r.retirer("categories_logement");
        r.mettre(champ, std::string{critere.categorie});
        r.mettre(critere.slug, "oui");
        const auto p = parcours(r, contexte());
        const auto* e = p.trouver(critere.categorie);
        if (e == nullptr) continue;
        for (const auto& q : e->questions)
            for (const auto& c : q.choix)
                if (c.valeur == "nsp") r.mettre(q.slug, "nsp");
        CAPTURE(critere.slug);
        if (std::ranges::none_of(e->questions, [&](const auto& q) { return q.slug == critere.slug; }))
            continue;
        CHECK_FALSE(lu(r).precisions.empty());
    }
}

TEST_CASE("un même nom ne désigne jamais deux questions posées ensemble")
{
    for (const auto& r :
         {exemples::locataire(), exemples::agent(), exemples::danger(),
          avec(exemples::agent(), {{"profil", {"bailleur"}}, {"bailleur_type", {"social"}}})}) {
        std::set<std::string> vus;
        for (const auto& e : parcours(r, contexte()).etapes)
            for (const auto& q : e.questions) {
                CAPTURE(q.slug);
                CHECK(vus.insert(q.slug).second);
            }
    }
}

TEST_CASE("une question conditionnelle dépend d’une question du même écran, placée avant elle")
{
    for (const auto& r : {exemples::locataire(), exemples::agent()})
        for (const auto& e : parcours(r, contexte()).etapes)
            for (auto q = e.questions.begin(); q != e.questions.end(); ++q)
                for (const auto& c : {q->si, q->et_si}) {
                    if (!c) continue;
                    CAPTURE(q->slug);
                    const auto parent = std::find_if(e.questions.begin(), q,
                                                     [&](const auto& x) { return x.slug == c->question; });
                    REQUIRE(parent != q);
                    for (const auto& v : c->valeurs)
                        CHECK((parent->genre == Genre::Case ||
                               std::ranges::find(parent->choix, v, &Choix::valeur) != parent->choix.end()));
                }
}

TEST_CASE("le bailleur qui dépose est le bailleur du signalement")
{
    const auto d = lu(avec(
        exemples::agent(),
        {{"profil", {"bailleur"}}, {"bailleur_type", {"organisme"}}, {"organisation", {"SCI des Quais"}}}));
    CHECK(d.signalement.bailleur.nom == "SCI des Quais");
    CHECK(d.signalement.bailleur.type == TypeBailleur::Organisme);
    CHECK(d.signalement.bailleur.prevenu == Reponse::Oui);
}

TEST_CASE("l’indice de consommation, l’année et la classe du diagnostic ne comptent que s’il existe")
{
    auto r = avec(exemples::locataire(),
                  {{"dpe", {"non"}}, {"classe_energetique", {"G"}}, {"dpe_annee", {"2022"}}});
    CHECK(lu(r).signalement.decrit.classe_energetique == 0);
    r.mettre("dpe", "oui");
    const auto d = lu(r);
    CHECK(d.signalement.decrit.classe_energetique == 'G');
    CHECK(d.signalement.decrit.dpe_le == Date{2022, 1, 1});
}

TEST_CASE("l’envoi lit toutes les questions du dernier écran")
{
    for (const auto& reponses : {exemples::locataire(), exemples::agent(), exemples::danger()}) {
        const auto p = parcours(reponses, contexte());
        for (const auto& q : p.etapes.back().questions) {
            CAPTURE(q.slug);
            CHECK(std::ranges::find(champs_accord, q.slug) != std::end(champs_accord));
            CHECK((q.genre == Genre::Choix || q.genre == Genre::Case));
        }
    }
}

TEST_CASE("l’année de construction est facultative, et lue quand elle existe")
{
    CHECK_FALSE(lu(exemples::locataire()).signalement.logement.annee_construction);
    const auto avec_annee = [](std::string annee) {
        return avec(exemples::locataire(), {{"annee_construction", {std::move(annee)}}});
    };
    CHECK(lu(avec_annee("1948")).signalement.logement.annee_construction == 1948);
    CHECK(erreur(avec_annee("19480"), etape::situation, "annee_construction") ==
          "Indiquez une année entre 1000 et 2026.");
    CHECK_FALSE(erreur(avec_annee("2030"), etape::situation, "annee_construction").empty());
}

TEST_CASE("le récapitulatif dit les réponses avec les mots du formulaire")
{
    const auto p = parcours(
        avec(exemples::locataire(), {{"desordres_logement_humidite_cuisine__machine", {"nsp"}}}), contexte());
    const auto lignes = recapitulatif(*p.trouver(etape::bailleur), p.retenues);
    CHECK(std::ranges::any_of(lignes, [](const auto& l) { return l.reponse == "mars 2026"; }));
    const auto humidite = recapitulatif(*p.trouver("desordres_logement_humidite"), p.retenues);
    REQUIRE(humidite.size() == 1);
    CHECK(humidite[0].reponse.find("Je ne sais pas") != std::string::npos);
}

TEST_CASE("la référence dit le département, l’année et un numéro à six chiffres")
{
    CHECK(reference("76", 2026, 123) == "76-2026-000123");
    CHECK(reference("2A", 2027, 1'000'000) == "2A-2027-1000000");
}

TEST_CASE("deux façons d’écrire une adresse ont la même clé")
{
    const auto cle = [](std::string libelle) {
        return cle_d_adresse({.libelle = std::move(libelle),
                              .code_postal = "76000",
                              .commune = "Rouen",
                              .insee = "76540",
                              .ban_id = {},
                              .lon = {},
                              .lat = {},
                              .etage = "",
                              .escalier = "",
                              .porte = "",
                              .autre = ""});
    };
    CHECK(cle("12 Bd de l’Yser") == cle("12 boulevard de l'yser"));
    CHECK(cle("12 rue des Carmes") != cle("13 rue des Carmes"));
}

TEST_CASE("les réponses d’un brouillon se relisent à l’identique")
{
    const auto r =
        avec(exemples::agent(), {{"description", {"« œuf » </script>\n\u2028 \\ \"fin\""}}, {"vide", {""}}});
    CHECK(Reponses::de_json(r.json()) == r);
    CHECK_FALSE(r.a("vide"));
    CHECK_THROWS_AS(Reponses::de_json("{"), base::Bug);
}

TEST_CASE("les nombres, surfaces, montants et mois se lisent comme on les écrit")
{
    CHECK(lire_entier(" 3 ", 1, 99) == 3);
    CHECK_FALSE(lire_entier("3,5", 1, 99));
    CHECK_FALSE(lire_entier("-1", 0, 99));
    CHECK_FALSE(lire_entier("99999999999999", 0, 99));
    CHECK(lire_surface_dm2("8,5 m²") == 850);
    CHECK(lire_surface_dm2("32.25") == 3225);
    CHECK(lire_surface_dm2("1\u202f200 m2") == 120'000);
    CHECK_FALSE(lire_surface_dm2("0"));
    CHECK_FALSE(lire_surface_dm2("8,555"));
    CHECK(lire_montant_centimes("1 200 €") == 120'000);
    CHECK(lire_montant_centimes("452,3") == 45'230);
    CHECK_FALSE(lire_montant_centimes("beaucoup"));
    CHECK(lire_mois("3/2026") == "2026-03");
    CHECK(lire_mois("2026-12") == "2026-12");
    CHECK(lire_mois("Août 2025") == "2025-08");
    CHECK_FALSE(lire_mois("13/2026"));
    CHECK_FALSE(lire_mois("2026"));
    CHECK(mois_en_mots("2025-08") == "août 2025");
}

} // namespace signalement::depot
