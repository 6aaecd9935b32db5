// Grids of cotation: what is refused when one is imported, and what each demande scores.
#include "demande/cotation/grille.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <random>

#include "demande/exemples_test.hpp"

namespace demande::cotation {
namespace test_grille {

const std::string entete = "rubrique;cumul;libelle;si;points;maximum;preuve;sans_preuve\n";
constexpr Date jour{2026, 11, 22};

std::string illustrative()
{
    std::ifstream f{std::string{LOGIS_SOURCE_DIR} + "/demo/grille-cotation.csv"};
    return {std::istreambuf_iterator<char>{f}, {}};
}

Grille grille(const std::string& lignes)
{
    auto g = lire_grille(entete + lignes);
    REQUIRE(g);
    return *std::move(g);
}

Dossier dossier(std::vector<std::pair<const char*, const char*>> reponses, Date depot = {2026, 11, 20})
{
    Dossier d{.reponses = exemples::formulaire_rempli(), .deposee_le = depot};
    for (const auto& [champ, texte] : reponses) d.reponses.mettre(champ, texte);
    return d;
}

TEST_CASE("une grille fausse n’est pas importée, et chaque ligne dit pourquoi")
{
    const auto g = lire_grille(entete + "A;somme;Sans abri;sans_logement;30;;domiciliation;15\n"
                                        "A;meilleur;Autre;heberge;3;;;\n"
                                        "B;addition;X;heberge;3;;;\n"
                                        "B;somme;X;riche;3;;;\n"
                                        "B;somme;X;heberge;trois;;;\n"
                                        "B;somme;X;heberge;-3;;;\n"
                                        "B;somme;X;heberge;3;;passeport;\n"
                                        "B;somme;X;heberge;3;;hebergement;4\n"
                                        "B;somme;X;heberge;3;;;1\n"
                                        "B;somme;X;heberge;3;0;;\n"
                                        "B;somme;heberge;3\n");
    REQUIRE_FALSE(g);
    CHECK(g.error() == std::vector<std::string>{
                           "ligne 3 : une rubrique n’a qu’un cumul",
                           "ligne 4 : cumul vaut « somme » ou « meilleur », non « addition »",
                           "ligne 5 : condition inconnue : « riche »",
                           "ligne 6 : points : un nombre entier entre –1000 et 1000, autre que zéro",
                           "ligne 7 : seul un refus peut retirer des points",
                           "ligne 8 : cette preuve n’est pas une pièce du catalogue : « passeport »",
                           "ligne 9 : sans_preuve : de zéro au nombre de points",
                           "ligne 10 : sans_preuve n’a de sens qu’avec une preuve",
                           "ligne 11 : maximum : un nombre entier positif, ou rien",
                           "ligne 12 : 4 colonnes au lieu de 8",
                       });
    CHECK(lire_grille("n’importe quoi").error().front().starts_with("ligne 1 : l’en-tête attendu est"));
    CHECK(lire_grille(entete).error().front() == "la grille n’a aucun critère");
    CHECK(lire_grille(illustrative()));
}

TEST_CASE("une rubrique additionne ses critères, ou ne garde que le meilleur, et le dit ligne à ligne")
{
    const auto d = dossier({{"motif.indigne", "oui"}, {"motif.expulsion", "oui"}});
    const auto somme =
        coter(grille("A;somme;Indigne;indigne;30;;;\nA;somme;Expulsion;expulsion;25;;;\n"), d, jour);
    CHECK(somme.points == 55);
    const auto meilleur =
        coter(grille("A;meilleur;Expulsion;expulsion;25;;;\nA;meilleur;Indigne;indigne;30;;;\n"), d, jour);
    CHECK(meilleur.points == 30);
    REQUIRE(meilleur.lignes.size() == 2);
    CHECK_FALSE(meilleur.lignes[0].compte);
    CHECK(meilleur.lignes[1].compte);
}

TEST_CASE("un critère déclaré compte moins que prouvé, et une pièce périmée ne prouve plus")
{
    const auto g = grille("A;somme;Expulsion;expulsion;25;;expulsion;5\n");
    auto d = dossier({{"motif.expulsion", "oui"}});
    CHECK(coter(g, d, jour).points == 5);
    CHECK(coter(g, d, jour).lignes[0].preuve == Preuve::Declare);
    d.pieces = {{"expulsion", "", "", EtatPiece::Deposee, {}, 1}};
    CHECK(coter(g, d, jour).points == 5);
    d.pieces[0].etat = EtatPiece::Validee;
    d.pieces[0].expire_le = Date{2026, 12, 1};
    const auto prouve = coter(g, d, jour);
    CHECK(prouve.points == 25);
    CHECK(prouve.prouves == 25);
    CHECK(prouve.a_revoir_le == Date{2026, 12, 2});
    CHECK(coter(g, d, {2026, 12, 1}).points == 25);
    CHECK(coter(g, d, {2026, 12, 2}).points == 5);
}

TEST_CASE("une preuve que le lecteur n’a pas à connaître ne se lit pas dans la cotation")
{
    const auto g = grille("A;somme;Violences;violences;25;;violences;5\nB;somme;Loyer;expulsion;10;;;\n");
    auto d = dossier({{"motif.violences", "oui"}, {"motif.expulsion", "oui"}});
    auto declare = coter(g, d, jour);
    taire_la_preuve(declare, "violences");
    CHECK(declare.lignes.size() == 2);
    d.pieces = {{"violences", "codemandeur.1", "", EtatPiece::Validee, {}, 1}};
    auto prouve = coter(g, d, jour);
    CHECK(prouve.prouves == 25);
    taire_la_preuve(prouve, "violences");
    REQUIRE(prouve.lignes.size() == 1);
    CHECK(prouve.lignes[0].libelle == "Loyer");
    CHECK(prouve.prouves == 0);
}

TEST_CASE("l’ancienneté compte par année entière, jusqu’à son maximum, et dit le jour où elle change")
{
    const auto g = grille("A;somme;Par année;anciennete;2;20;;\n");
    const auto d = dossier({}, {2024, 2, 29});
    CHECK(coter(g, d, {2025, 2, 27}).points == 0);
    CHECK(coter(g, d, {2025, 2, 28}).points == 2);
    CHECK(coter(g, d, {2026, 11, 22}).points == 4);
    CHECK(coter(g, d, {2026, 11, 22}).a_revoir_le == Date{2027, 2, 28});
    CHECK(coter(g, d, {2060, 1, 1}).points == 20);
}

TEST_CASE("un refus ne coûte que si la grille le dit, et jamais plus que ce que la demande a de points")
{
    auto d = dossier({{"motif.indigne", "oui"}});
    d.refus = 3;
    CHECK(coter(grille("A;somme;Indigne;indigne;30;;;\n"), d, jour).points == 30);
    CHECK(coter(grille("A;somme;Indigne;indigne;30;;;\nB;somme;Refus;refus;-10;10;;\n"), d, jour).points ==
          20);
    CHECK(coter(grille("A;somme;Indigne;indigne;3;;;\nB;somme;Refus;refus;-10;;;\n"), d, jour).points == 0);
}

TEST_CASE("les conditions lisent le logement, les ressources et le ménage comme la personne les a écrits")
{
    const auto vrai = [&](const char* si, std::vector<std::pair<const char*, const char*>> reponses) {
        const auto g = grille(std::string{"A;somme;X;"} + si + ";7;;;\n");
        return coter(g, dossier(std::move(reponses)), jour).points == 7;
    };
    CHECK(vrai("suroccupation", {{"logement.surface", "26"}}));
    CHECK_FALSE(vrai("suroccupation", {{"logement.surface", "27"}}));
    CHECK_FALSE(vrai("suroccupation", {})); // the surface is not known
    CHECK(vrai("loyer_lourd",
               {{"logement.loyer", "700"}, {"logement.aide", "100"}, {"ressources.sal", "1 499"}}));
    CHECK_FALSE(vrai("loyer_lourd",
                     {{"logement.loyer", "700"}, {"logement.aide", "100"}, {"ressources.sal", "1500"}}));
    CHECK_FALSE(vrai("loyer_lourd", {{"logement.loyer", "700"}}));
    CHECK(vrai("sans_logement", {{"logement.statut", "squat"}}));
    CHECK(vrai("emploi", {}));
    CHECK_FALSE(vrai("parent_seul", {}));
    CHECK_FALSE(vrai("trop_grand", {{"motif.trop_grand", "oui"}})); // in the private stock
    CHECK(vrai("trop_grand", {{"motif.trop_grand", "oui"}, {"logement.statut", "locataire_hlm"}}));
}

TEST_CASE(
    "prouver un critère ou attendre une année ne fait jamais perdre de points, et aucun score n’est négatif")
{
    const auto g = lire_grille(illustrative());
    REQUIRE(g);
    std::mt19937 h{20261122};
    const char* motifs[] = {"indigne",  "non_decent", "expulsion", "violences",
                            "inadapte", "separation", "trop_grand"};
    const char* preuves[] = {"arrete_indigne", "non_decence", "expulsion", "violences",
                             "handicap",       "divorce",     "bail"};
    for (int essai = 0; essai < 300; ++essai) {
        auto d = dossier({}, {2015 + static_cast<int>(h() % 11), 1 + static_cast<unsigned>(h() % 12), 15});
        for (const auto* m : motifs)
            if (h() % 3 == 0) d.reponses.mettre(std::string{"motif."} + m, "oui");
        d.refus = static_cast<int>(h() % 3);
        const auto sans = coter(*g, d, jour);
        CHECK(sans.points >= 0);
        CHECK(sans.prouves == 0);
        CHECK(sans.a_revoir_le > jour);
        CHECK(coter(*g, d, sans.a_revoir_le).points >= sans.points);
        d.pieces.push_back({preuves[h() % std::size(preuves)], "", "", EtatPiece::Validee, {}, 1});
        CHECK(coter(*g, d, jour).points >= sans.points);
    }
}

} // namespace test_grille
} // namespace demande::cotation
