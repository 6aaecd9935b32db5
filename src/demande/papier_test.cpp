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

TEST_CASE("la lettre d’un codemandeur porte son nom et va là où vit le foyer, non à l’adresse de courrier du "
          "demandeur")
{
    auto r = formulaire_rempli();
    r.mettre("courrier.chez", "Mme Fofana");
    r.mettre("courrier.voie", "1 rue de la Paix");
    r.mettre("courrier.code_postal", "76600");
    r.mettre("courrier.commune", "Le Havre");
    CHECK(demande::adresse_du_foyer(r, "codemandeur.1.") ==
          Lignes{"Monsieur Idriss Traoré", "3 rue des Tanneurs", "76000 Rouen"});
    r.retirer("adresse.commune");
    CHECK(demande::adresse_du_foyer(r, "codemandeur.1.").empty());
}

TEST_CASE("une lettre qui attend ne part plus vers qui l’on fuit ni vers un logement que l’on quitte")
{
    const auto avant = formulaire_rempli();
    const auto avec = [&](const char* champ, const char* texte) {
        auto r = avant;
        r.mettre(champ, texte);
        return r;
    };
    CHECK_FALSE(demande::lettres_a_retenir(avant, avant));
    CHECK_FALSE(demande::lettres_a_retenir(avant, avec("revenus.rfr_n2", "12 000")));
    CHECK(demande::lettres_a_retenir(avant, avec("motif.violences", "oui")) == 0);
    CHECK(demande::lettres_a_retenir(avant, avec("motif.separation", "oui")) == 1);
    CHECK(demande::lettres_a_retenir(avant, avec("adresse.voie", "8 rue Orbe")) == 1);
    CHECK(demande::lettres_a_retenir(avant, avec("codemandeur.1.nom", "Keita")) == 1);
    CHECK_FALSE(demande::lettres_a_retenir(avec("motif.violences", "oui"), avec("motif.violences", "oui")));
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
