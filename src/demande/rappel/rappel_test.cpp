// Reminders that no anchor sets: of whom, on which day, in which words.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "demande/exemples_test.hpp"
#include "demande/rappel/campagne.hpp"
#include "demande/rappel/peremption.hpp"

namespace demande::rappel {
namespace test_rappels {

const Date fin{2027, 6, 30};
constexpr const char* numero = "076 1126 000001 76R01";

/// The permit of somebody who lives in Rouen.
PieceDatee titre()
{
    return {.type = "titre_sejour", .personne = "demandeur", .remise_le = {2026, 11, 20}, .expire_le = fin};
}
Reponses formulaire()
{
    auto r = exemples::formulaire_rempli();
    r.mettre("demandeur.nationalite", "hors_ue");
    return r;
}

TEST_CASE("un titre de séjour se redemande soixante jours avant sa fin, pas la veille, et encore soixante "
          "jours après")
{
    const auto r = formulaire();
    const auto p = titre();
    CHECK(sort(p, r, base::plus_days(fin, -61)) == Sort::Attendre);
    CHECK(sort(p, r, base::plus_days(fin, -60)) == Sort::Dire);
    CHECK(sort(p, r, base::plus_days(fin, 60)) == Sort::Dire);
    CHECK(sort(p, r, base::plus_days(fin, 61)) == Sort::Taire);
    CHECK(rappel_prevu(p, r, {2026, 12, 1}) == base::plus_days(fin, -60));
    CHECK_FALSE(rappel_prevu(p, r, base::plus_days(fin, -60)));
}

TEST_CASE("chaque jour de trois ans, la pièce attend, puis se dit, puis se tait, dans cet ordre")
{
    const auto r = formulaire();
    int retours = 0, jours_dits = 0;
    auto avant = Sort::Attendre;
    for (auto jour = Date{2026, 1, 1}; jour < Date{2029, 1, 1}; jour = base::plus_days(jour, 1)) {
        const auto s = sort(titre(), r, jour);
        retours += s < avant ? 1 : 0;
        jours_dits += s == Sort::Dire ? 1 : 0;
        avant = s;
    }
    CHECK(retours == 0);
    CHECK(jours_dits == 121);
}

TEST_CASE("personne n’est relancé pour une pièce refusée, remplacée, périmée à sa remise ou dont on se passe")
{
    const auto r = formulaire();
    const auto jour = base::plus_days(fin, -30);
    auto p = titre();
    p.etat = EtatPiece::Refusee;
    CHECK(sort(p, r, jour) == Sort::Taire);
    p = titre();
    p.remplacee = true;
    CHECK(sort(p, r, jour) == Sort::Taire);
    CHECK_FALSE(rappel_prevu(p, r, {2026, 12, 1}));
    p = titre();
    p.remise_le = base::plus_days(fin, 1);
    CHECK(sort(p, r, jour) == Sort::Taire);
    p = titre();
    p.type = "inconnue";
    CHECK(sort(p, r, jour) == Sort::Taire);
}

TEST_CASE("la pièce d’identité d’un Français vaut même périmée : elle ne se redemande pas")
{
    auto r = formulaire();
    auto p = titre();
    p.type = "identite";
    r.mettre("demandeur.nationalite", "fr");
    CHECK(sort(p, r, fin) == Sort::Taire);
}

TEST_CASE("dans une boîte que quelqu’un d’autre peut lire, la pièce n’est ni nommée ni attribuée")
{
    auto p = titre();
    p.personne = "codemandeur.1";
    const auto dite = piece_dite(p, formulaire());
    CHECK(dite.de.find("Traoré") != std::string::npos);
    CHECK(piece_lue(en_texte(dite)) == dite);
    CHECK_FALSE(piece_lue("titre_sejour"));
    const auto jour = base::plus_days(fin, -60);
    const auto entiere = base::join(phrases(dite, numero, jour, true), " "),
               publique = base::join(phrases(dite, numero, jour, false), " ");
    CHECK(entiere.find("Traoré") != std::string::npos);
    CHECK(entiere.find("30 juin 2027 inclus") != std::string::npos);
    CHECK(entiere.find("récépissé") != std::string::npos);
    CHECK(publique.find("Traoré") == std::string::npos);
    CHECK(publique.find("séjour") == std::string::npos);
    CHECK(publique.find("30 juin 2027") != std::string::npos);
    // One that few households bring is not named to anybody.
    const PieceDite violences{.type = "violences", .de = {}, .expire_le = fin};
    CHECK(base::join(phrases(violences, numero, jour, true), " ").find("iolence") == std::string::npos);
    // Late, it says that the day has passed.
    CHECK(phrases(dite, numero, base::plus_days(fin, 3), true)[0].find("était valable") != std::string::npos);
}

TEST_CASE("septembre et janvier ouvrent chacun leurs rappels, et les ferment avant l’autre")
{
    CHECK(ouvertes({2027, 8, 31}).empty());
    CHECK(ouvertes({2027, 9, 1}) == std::vector<Ouverte>{{Campagne::AvisDImpot, {2027, 9, 1}}});
    CHECK(ouvertes({2027, 10, 31}).size() == 1);
    CHECK(ouvertes({2027, 11, 1}).empty());
    CHECK(ouvertes({2028, 1, 1}) == std::vector<Ouverte>{{Campagne::NouvelleAnnee, {2028, 1, 1}}});
    CHECK(ouvertes({2028, 2, 28}).size() == 1);
    CHECK(ouvertes({2028, 2, 29}).empty());
    CHECK(prochaine({2027, 8, 31}).depuis == Date{2027, 9, 1});
    CHECK(prochaine({2027, 9, 1}).depuis == Date{2028, 1, 1});
    CHECK(prochaine({2027, 12, 31}).campagne == Campagne::NouvelleAnnee);
    // A task stopped ten days, whatever the day, finds them still open.
    for (int annee = 2024; annee <= 2032; ++annee)
        for (const auto& regle : regles_de_campagne)
            for (int retard = 0; retard <= 10; ++retard) {
                const Date depuis{annee, regle.mois, regle.jour};
                const auto o = ouvertes(base::plus_days(depuis, retard));
                REQUIRE(o.size() == 1);
                CHECK(o[0] == Ouverte{regle.campagne, depuis});
            }
}

TEST_CASE("en septembre, l’avis d’impôt se demande à qui ne l’a ni déposé ni dit")
{
    auto r = exemples::formulaire_rempli();
    const Ouverte o{Campagne::AvisDImpot, {2027, 9, 1}};
    CHECK(annee_de_l_avis(o) == 2026);
    const auto t = texte(o, {.reponses = r, .communes = {"76540"}, .ancre = {2026, 11, 20}}, numero);
    REQUIRE(t);
    CHECK(t->objet.find("2027") != std::string::npos);
    CHECK(lues(*t, false) == lues(*t, true)); // nothing of it is of one household
    CHECK_FALSE(texte(o, {.reponses = r, .communes = {"76540"}, .ancre = {2026, 11, 20}, .avis_depose = true},
                      numero));
    // Registered or renewed since, it was given then.
    CHECK_FALSE(texte(o, {.reponses = r, .communes = {"76540"}, .ancre = {2027, 9, 1}}, numero));
    r.mettre("revenus.annee_n1", "2026");
    CHECK_FALSE(texte(o, {.reponses = r, .communes = {"76540"}, .ancre = {2026, 11, 20}}, numero));
}

TEST_CASE("le 1er janvier, qui n’a pas dit les revenus de l’année qui compte l’apprend, le reste à lui seul")
{
    auto r = exemples::formulaire_rempli();
    r.mettre("revenus.annee_n2", "2024");
    const Ouverte o{Campagne::NouvelleAnnee, {2027, 1, 1}};
    const auto t = texte(o, {.reponses = r, .communes = {"76540"}, .ancre = {2026, 11, 20}}, numero);
    REQUIRE(t);
    const auto entiere = base::join(lues(*t, true), " "), publique = base::join(lues(*t, false), " ");
    CHECK(entiere.find("revenus de 2025") != std::string::npos);
    CHECK(entiere.find("ne dit pas encore") != std::string::npos);
    CHECK(publique.find("revenus de 2025") != std::string::npos);
    CHECK(publique.find("ne dit pas encore") == std::string::npos);
    CHECK_FALSE(texte(o, {.reponses = r, .communes = {"76540"}, .ancre = {2027, 1, 3}}, numero));
}

TEST_CASE("chaque campagne a ses mots, avant, pendant et dans l’histoire")
{
    for (const auto& c : campagnes) {
        CHECK_FALSE(annonce_a_l_avance(c.value).empty());
        CHECK(std::ranges::count(regles_de_campagne, c.value, &RegleDeCampagne::campagne) == 1);
    }
}

} // namespace test_rappels
} // namespace demande::rappel
