#include "demande/annonces.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/courriels.hpp"
#include "demande/echeancier.hpp"
#include "demande/papier.hpp"

namespace demande {
namespace test_annonces {

const Jalons annee = jalons({2026, 6, 20});
const Annonce non_renouvelee{.fin = Fin::Radiation,
                             .motif = MotifRadiation::NonRenouvellement,
                             .radiee_le = Date{2027, 7, 21},
                             .dernier_jour = Date{2027, 12, 20}};

std::string dite(const Annonce& a)
{
    return base::join(phrases(a, "076 0626 000017 76R01", annee), " ");
}

TEST_CASE("une annonce se garde avec sa lettre et se relit telle qu’elle était")
{
    for (const auto fin :
         {Fin::Rappel, Fin::Expiration, Fin::DernierRappel, Fin::Radiation, Fin::DernierMois}) {
        auto a = non_renouvelee;
        a.fin = fin;
        CHECK(annonce_lue(fin, en_texte(a)) == a);
        const Annonce rien{.fin = fin, .motif = {}, .radiee_le = {}, .dernier_jour = {}};
        auto condition = a;
        condition.condition = MotifIrrecevabilite::Plafond;
        CHECK(annonce_lue(fin, en_texte(condition)) == condition);
        auto signee = a;
        signee.prononcee_par = "Louise Auger, DDETS de Seine-Maritime";
        CHECK(annonce_lue(fin, en_texte(signee)) == signee);
        // As letters kept it before they said who decided.
        CHECK(annonce_lue(fin, "non_renouvellement;2027-07-21;;;")->prononcee_par.empty());
        CHECK(annonce_lue(fin, en_texte(rien)) == rien);
    }
    CHECK_FALSE(annonce_lue(Fin::Radiation, "n’importe quoi"));
}

TEST_CASE("la radiation dit ce qui s’est passé, depuis quand, et jusqu’à quand revenir")
{
    const auto texte = dite(non_renouvelee);
    CHECK(texte.find("radiée depuis le 21 juillet 2027") != std::string::npos);
    CHECK(texte.find("jusqu’au 20 juin 2027") != std::string::npos);
    CHECK(texte.find("Rien n’est perdu") != std::string::npos);
    CHECK(texte.find("20 décembre 2027 inclus") != std::string::npos);
    CHECK(texte.find("Décision de") == std::string::npos);
    auto signee = non_renouvelee;
    signee.prononcee_par = "Louise Auger, DDETS de Seine-Maritime";
    CHECK(dite(signee).find("Décision de Louise Auger, DDETS de Seine-Maritime.") != std::string::npos);
    auto definitive = non_renouvelee;
    definitive.motif = MotifRadiation::Irrecevabilite;
    definitive.dernier_jour = std::nullopt;
    CHECK(dite(definitive).find("reprendre") == std::string::npos);
    CHECK(que_faire(definitive, "https://logis.example").back().find("nouvelle demande") !=
          std::string::npos);
}

TEST_CASE(
    "chaque motif a ses mots, sa lettre dans l’article, et dit à qui s’adresser si l’on n’est pas d’accord")
{
    for (const auto& regle : regles_radiation) {
        auto a = non_renouvelee;
        a.motif = regle.motif;
        CHECK(dite(a).size() > 60);
        CHECK(dite(a).find('{') == std::string::npos);
        CHECK(article(a).ends_with(std::string{"R. 441-2-8, "} + regle.lettre));
        const auto voies = base::join(recours(a), " ");
        CHECK(voies.find("tribunal administratif, dans les deux mois") != std::string::npos);
        CHECK(voies.find("guichet") != std::string::npos);
        a.dernier_jour = std::nullopt;
        CHECK_FALSE(que_faire(a, "https://logis.example").empty());
    }
    auto rappel = non_renouvelee;
    rappel.fin = Fin::DernierMois;
    CHECK(recours(rappel).empty());
}

TEST_CASE("une irrecevabilité dit quelle condition n’est pas remplie")
{
    Annonce a{.fin = Fin::Radiation,
              .motif = MotifRadiation::Irrecevabilite,
              .condition = MotifIrrecevabilite::Plafond,
              .radiee_le = Date{2027, 7, 21},
              .dernier_jour = {}};
    CHECK(dite(a).find("les ressources du ménage dépassent le plafond") != std::string::npos);
    a.condition = MotifIrrecevabilite::Sejour;
    CHECK(dite(a).find("titre de séjour") != std::string::npos);
    // Removed before the condition was kept with it.
    a.condition = std::nullopt;
    CHECK(dite(a).find("la décision que vous avez reçue dit laquelle") != std::string::npos);
}

TEST_CASE("qui signe sans compte reçoit sa lettre, sauf si l’on ne sait plus où vit chacun")
{
    Reponses r;
    r.mettre("codemandeur.1.nom", "Traoré");
    r.mettre("codemandeur.2.nom", "Diallo");
    CHECK(signataires_par_la_poste(r, {0}) == std::vector{1, 2});
    CHECK(signataires_par_la_poste(r, {0, 2}) == std::vector{1});
    for (const auto* champ : {"motif.violences", "motif.separation"}) {
        auto loin = r;
        loin.mettre(champ, "oui");
        CHECK(signataires_par_la_poste(loin, {0}).empty());
    }
}

TEST_CASE("le dernier rappel et le dernier mois partent assez tôt pour être lus à temps")
{
    const auto par_courriel = echeancier(annee, {}).back(),
               par_lettre = echeancier(annee, {.poste = true}).back();
    CHECK(par_courriel == std::pair{Etape::DernierRappel, Date{2027, 7, 13}});
    CHECK(par_lettre == std::pair{Etape::DernierRappel, Date{2027, 7, 3}});
    CHECK(dernier_mois({2027, 12, 20}, false) == Date{2027, 11, 20});
    CHECK(dernier_mois({2027, 12, 20}, true) == Date{2027, 11, 10});
    CHECK(dernier_mois({2028, 3, 31}, false) == Date{2028, 2, 29});
    // Whatever the day, it comes after the removal and before the last day.
    for (auto a = Date{2024, 1, 1}; a < Date{2032, 1, 1}; a = base::plus_days(a, 7)) {
        const auto j = jalons(a);
        const auto rappel = dernier_mois(j.fin_de_reactivation, true);
        CHECK(rappel > j.fin_de_tolerance);
        CHECK(rappel < j.fin_de_reactivation);
        const auto dates = echeancier(j, {.poste = true});
        CHECK(std::ranges::is_sorted(dates, {}, &std::pair<Etape, Date>::second));
    }
}

TEST_CASE(
    "chaque lettre tient sur une page, son adresse dans la fenêtre, et ne nomme personne dans son titre")
{
    const accueil::Accueil accueil{
        "Centre communal d’action sociale\n2 place du Général-de-Gaulle\n76000 Rouen", "+33235000000",
        "Du lundi au vendredi\nde 9 h à 12 h, sans rendez-vous"};
    for (const auto fin :
         {Fin::Rappel, Fin::Expiration, Fin::DernierRappel, Fin::Radiation, Fin::DernierMois}) {
        auto a = non_renouvelee;
        a.fin = fin;
        const auto d =
            imprimes::annonce({.numero = "076 0626 000017 76R01",
                               .guichet = {"CCAS de Rouen", accueil},
                               .adresse = {"Madame Maëlle Kerviel", "3 rue des Tanneurs", "76000 Rouen"},
                               .ancre = annee.ancre,
                               .jour = {2027, 7, 21},
                               .site = "https://logis.example",
                               .annonce = a});
        CHECK(d.address.size() == 3);
        CHECK(d.sender == std::vector<std::string>{"CCAS de Rouen", "Centre communal d’action sociale",
                                                   "2 place du Général-de-Gaulle", "76000 Rouen",
                                                   "Tél. " + base::format_phone("+33235000000")});
        CHECK(d.title.find("Kerviel") == std::string::npos);
        CHECK(document::print(d, {2027, 7, 21}).pages == 1);
        a.motif = MotifRadiation::Irrecevabilite;
        a.condition = MotifIrrecevabilite::Sejour;
        a.dernier_jour = std::nullopt;
    }
}

TEST_CASE("une radiation dite par courriel a sa clé, et en a une autre si elle recommence")
{
    const courriels::Sujet s{.id = "d",
                             .numero = "076 0626 000017 76R01",
                             .territoire = "076",
                             .guichet = "CCAS de Rouen",
                             .email = "maelle@exemple.example",
                             .nom = "Madame Maëlle Kerviel",
                             .site = "https://logis.example"};
    auto plus_tard = non_renouvelee;
    plus_tard.radiee_le = Date{2028, 9, 1};
    auto mois = non_renouvelee;
    mois.fin = Fin::DernierMois;
    const auto c = courriels::annonce(s, non_renouvelee, annee);
    CHECK(c.objet.find("Kerviel") == std::string::npos);
    CHECK(c.cle != courriels::annonce(s, plus_tard, annee).cle);
    CHECK(c.cle != courriels::annonce(s, mois, annee).cle);
}

} // namespace test_annonces
} // namespace demande
