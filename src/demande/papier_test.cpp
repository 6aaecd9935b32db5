// What is printed about a demande: where letters go, and the attestation as a document.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "demande/adresse_postale.hpp"
#include "demande/exemples_test.hpp"
#include "demande/papier.hpp"

namespace {

using demande::exemples::formulaire_rempli;
using Lignes = std::vector<std::string>;

} // namespace

TEST_CASE("une lettre va à l’adresse de courrier quand le formulaire en donne une entière")
{
    auto r = formulaire_rempli();
    CHECK(demande::adresse_postale(r) ==
          Lignes{"Madame Maëlle Kerviel", "3 rue des Tanneurs", "76000 Rouen"});
    r.mettre("adresse.batiment", "Escalier C");
    r.mettre("adresse.complement", "Résidence des Quais");
    r.mettre("adresse.chez", "M. Traoré");
    CHECK(demande::adresse_postale(r) == Lignes{"Madame Maëlle Kerviel", "Chez M. Traoré",
                                                "Escalier C, Résidence des Quais", "3 rue des Tanneurs",
                                                "76000 Rouen"});
    r.mettre("courrier.chez", "CCAS de Rouen");
    CHECK(demande::adresse_postale(r).size() == 5); // no town there: not an address
    r.mettre("courrier.code_postal", "76100");
    r.mettre("courrier.commune", "Rouen");
    CHECK(demande::adresse_postale(r) ==
          Lignes{"Madame Maëlle Kerviel", "Chez CCAS de Rouen", "76100 Rouen"});
}

TEST_CASE("une adresse où rien n’arriverait n’en est pas une")
{
    auto r = formulaire_rempli();
    r.retirer("adresse.voie");
    CHECK(demande::adresse_postale(r).empty());
    r = formulaire_rempli();
    r.retirer("adresse.code_postal");
    CHECK(demande::adresse_postale(r).empty());
    r.mettre("adresse.pays", "Belgique");
    CHECK(demande::adresse_postale(r).back() == "Belgique");
}

TEST_CASE("l’attestation imprimée est une lettre au demandeur, avec tout ce que montre l’écran")
{
    const demande::AttestationDe de{.numero = "076 1126 000017 76R01",
                                    .guichet = "CCAS de Rouen",
                                    .deposee_le = {2026, 11, 20},
                                    .ancre = {2026, 11, 20},
                                    .reponses = formulaire_rempli(),
                                    .territoire = "076",
                                    .communes = {"Rouen"},
                                    .bailleurs = {"Habitat 76"},
                                    .aujourd_hui = {2026, 11, 22}};
    const auto a = attestation(de);
    const auto d = demande::imprimes::attestation(a, de);
    CHECK(d.address.front() == "Madame Maëlle Kerviel");
    CHECK(d.title.find("Kerviel") == std::string::npos); // it becomes a property of the file
    std::size_t titres = 0;
    for (const auto& b : d.blocks) titres += std::holds_alternative<document::Heading>(b) ? 1 : 0;
    std::size_t attendus = 0;
    for (const auto& p : a.parties) attendus += p.groupes.size() + (p.item == 'c' ? 0 : 1);
    CHECK(titres == attendus);
    const auto pdf = document::print(d, de.aujourd_hui);
    CHECK(pdf.pages >= 2);
    CHECK(pdf.pages <= 5);
    CHECK(pdf.bytes.size() < 60'000);
}
