// What may be written on a partner's sheet.
#include <doctest/doctest.h>

#include "partenaire/partenaire.hpp"

namespace partenaire {
namespace test_fiche {

TEST_CASE("une fiche correcte est lue en entier, compétences dans l’ordre et sans doublon")
{
    Partenaire p;
    const auto erreurs = lire_fiche(p, {"  Ville de Rouen ",
                                        "commune_schs",
                                        "Hygiene@Rouen.example",
                                        "02 61 91 01 01",
                                        {"visites", "arretes", "visites", "magie"}});
    CHECK(erreurs.empty());
    CHECK(p.nom == "Ville de Rouen");
    CHECK(p.type == TypePartenaire::CommuneSchs);
    CHECK(p.telephone == "+33261910101");
    CHECK(p.competences == std::vector<Competence>{Competence::Arretes, Competence::Visites});
}

TEST_CASE("toutes les erreurs d’une fiche sont dites ensemble")
{
    Partenaire p;
    std::string champs;
    for (const auto& e : lire_fiche(p, {"", "inconnu", "pas une adresse", "12", {}})) champs += e.field + " ";
    CHECK(champs == "nom type email telephone ");
    CHECK(lire_fiche(p, {std::string(121, 'x'), "ars", "", "", {}}).front().field == "nom");
}

TEST_CASE("courriel et téléphone peuvent être vidés")
{
    Partenaire p;
    p.email = "a@b.fr";
    p.telephone = "+33261910101";
    FormErrors erreurs;
    lire_coordonnees(p, "", "", erreurs);
    CHECK(erreurs.empty());
    CHECK(p.email.empty());
    CHECK(p.telephone.empty());
}

} // namespace test_fiche
} // namespace partenaire
