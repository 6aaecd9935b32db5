// The screens of a registration online, and the check of an agent: rules.
#include "demande/portail/etapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "demande/exemples_test.hpp"
#include "demande/portail/controle.hpp"
#include "demande/portail/demandeur.hpp"

namespace demande::portail {
namespace test_etapes {

/// What an applicant types: the paper form of the examples, without what is a guichet's.
Reponses en_ligne_remplie()
{
    auto r = exemples::formulaire_rempli();
    r.retirer("depot.depose_le");
    r.retirer("depot.nature");
    return r;
}

Reponses seulement(std::initializer_list<std::pair<const char*, const char*>> champs)
{
    Reponses r;
    for (const auto& [champ, texte] : champs) r.mettre(champ, texte);
    return r;
}

TEST_CASE("chaque question du formulaire est posée en ligne, une fois, sauf celles du guichet")
{
    const std::set<std::string> du_guichet = {"depot.depose_le", "depot.nature", "depot.numero",
                                              "precisions.signe_le", "demandeur.infos_sms"};
    for (const auto& r : rubriques())
        for (const auto& q : r.questions) {
            const auto nom = champ(r, 1, q);
            INFO(nom);
            const auto combien = std::ranges::count_if(etapes(), [&](const Etape& e) {
                return std::ranges::any_of(
                    e.rubriques, [&](const PartieDeVolet& p) { return p.rubrique == r.slug && pose(p, q); });
            });
            CHECK(combien == (du_guichet.contains(nom) ? 0 : 1));
            CHECK((etape_du_champ(nom) != nullptr) == (combien == 1));
        }
}

TEST_CASE("les questions en ligne sont sans numéro de case, avec l’année des avis d’impôt")
{
    const Date jour{2026, 11, 22};
    for (const auto& r : rubriques())
        for (const auto& q : r.questions) {
            INFO(champ(r, 1, q));
            CHECK(portail::en_ligne(q, jour).find("{") == std::string::npos);
            for (const auto& c : q.choix) CHECK_FALSE(sans_le_cas(c.libelle).starts_with("F1"));
            if (q.slug == "rfr_n2") CHECK(portail::en_ligne(q, jour).find("de 2024") != std::string::npos);
        }
    CHECK(sans_le_cas("F15 – Logement-foyer") == "Logement-foyer");
    CHECK(sans_le_cas("D2 – Salariat du privé") == "Salariat du privé");
    CHECK(sans_le_cas("Un CDD – ou un stage") == "Un CDD – ou un stage");
}

TEST_CASE("une étape ne change que ce qu’elle demande")
{
    const auto avant = en_ligne_remplie();
    const auto apres = repondre(avant, *etape("travail"),
                                seulement({{"travail.statut", "retraite"}, {"demandeur.nom", "Autre"}}));
    CHECK(apres.texte("travail.statut") == "retraite");
    CHECK(apres.texte("demandeur.nom") == "Kerviel");
}

TEST_CASE("le numéro de sécurité sociale reste quand on ne le retape pas, et part avec la personne")
{
    const auto avant = en_ligne_remplie();
    const auto& vous = *etape("vous");
    auto saisies = avant;
    saisies.retirer("demandeur.nir");
    CHECK(repondre(avant, vous, saisies).a("demandeur.nir"));
    saisies.mettre("demandeur.nom", "Vandenbroucke");
    saisies.mettre("demandeur.prenom", "Odile");
    saisies.mettre("demandeur.naissance_le", "12/07/1961");
    CHECK_FALSE(repondre(avant, vous, saisies).a("demandeur.nir"));
}

TEST_CASE("le travail du codemandeur ne se demande que s’il y en a un, et n’est pas effacé pour autant")
{
    auto r = en_ligne_remplie();
    CHECK(rubriques_posees(*etape("travail"), r).size() == 2);
    const auto seul = seulement({{"travail_codemandeur.statut", "prive"}});
    CHECK(rubriques_posees(*etape("travail"), seul).size() == 1);
    CHECK(repondre(seul, *etape("travail"), {}).a("travail_codemandeur.statut"));

    r.mettre("codemandeur.2.nom", "Traoré");
    CHECK(rubriques_posees(*etape("travail"), r).size() == 3);
    CHECK(rubriques_posees(*etape("ressources"), r).size() == 4); // three people, and the child
    CHECK(rubriques_posees(*etape("ressources"), seul).size() == 1);
    r.mettre("travail_codemandeur_2.cdd", "oui");
    const auto manques = a_preciser(r, {2026, 11, 22});
    CHECK(std::ranges::any_of(manques, [](const auto& m) {
        return m.field == "travail_codemandeur_2.cdd" && m.message.ends_with("vérifiez sa situation");
    }));
}

TEST_CASE("une réponse fausse ne remplace pas ce qui était gardé")
{
    const auto avant = en_ligne_remplie();
    auto apres = avant;
    apres.mettre("demandeur.telephone", "12");
    apres.mettre("demandeur.email", "maelle@exemple.example");
    const auto gardees = sans_les_fautes(avant, apres, {{"demandeur.telephone", "faux"}});
    CHECK(gardees.texte("demandeur.telephone") == "06 12 34 56 78");
    CHECK(gardees.a("demandeur.email"));
}

TEST_CASE("seule la pièce d’identité et l’identité elle-même retiennent un dépôt")
{
    CHECK(avant_le_depot(en_ligne_remplie(), exemples::contexte(), true).empty());
    const auto sans_piece = avant_le_depot(en_ligne_remplie(), exemples::contexte(), false);
    REQUIRE(sans_piece.size() == 1);
    CHECK(sans_piece.front().field == champ_identite);

    // No income, no telephone, no present dwelling: it is deposited all the same.
    auto peu = en_ligne_remplie();
    for (const auto* champ : {"revenus.rfr_n2", "demandeur.telephone", "logement.statut", "demandeur.nir",
                              "logement.personnes", "travail.statut"})
        peu.retirer(champ);
    CHECK(avant_le_depot(peu, exemples::contexte(), true).empty());

    auto sans_nom = en_ligne_remplie();
    sans_nom.retirer("demandeur.nom");
    const auto manque = avant_le_depot(sans_nom, exemples::contexte(), true);
    REQUIRE(manque.size() == 1);
    CHECK(etape_du_champ(manque.front().field) == etape("vous"));
}

TEST_CASE("ce qui manque se dit en mots simples, sans numéro de case, et mène à une étape")
{
    auto r = en_ligne_remplie();
    r.retirer("revenus.rfr_n2");
    r.mettre("demandeur.situation_familiale", "marie");
    r.mettre("codemandeur.1.lien", "fratrie");
    const auto manques = a_preciser(r, {2026, 11, 22});
    CHECK(manques.size() >= 2);
    for (const auto& m : manques) {
        INFO(m.field, " : ", m.message);
        CHECK(etape_du_champ(m.field) != nullptr);
        CHECK(m.message.find("F44") == std::string::npos);
        CHECK(m.message.find("N–2") == std::string::npos);
        CHECK(m.message.find("(G1)") == std::string::npos);
    }
    CHECK(
        std::ranges::any_of(manques, [](const auto& m) { return m.message.starts_with("Vos revenus – "); }));
    CHECK(
        std::ranges::any_of(manques, [](const auto& m) { return m.message.starts_with("Vous êtes marié"); }));
}

TEST_CASE("cinq jours ouvrés sautent les fins de semaine et les jours fériés")
{
    CHECK(a_verifier_avant({2026, 11, 23}) == Date{2026, 11, 30});
    CHECK(a_verifier_avant({2026, 11, 20}) == Date{2026, 11, 27}); // a Friday
    CHECK(a_verifier_avant({2026, 12, 23}) == Date{2026, 12, 31}); // Christmas
    CHECK_FALSE(est_ouvre({2026, 4, 6}));                          // Easter Monday
    CHECK_FALSE(est_ouvre({2026, 5, 14}));                         // Ascension
    CHECK_FALSE(est_ouvre({2026, 5, 25}));                         // Whit Monday
    CHECK_FALSE(est_ouvre({2025, 4, 21}));
    CHECK(est_ouvre({2026, 4, 7}));
    // The day it was sent is that of its territory.
    const auto soir = base::parse_instant("2026-11-23T23:30:00.000Z").value();
    CHECK(a_verifier_avant(soir, "076") == Date{2026, 12, 1});
    CHECK(a_verifier_avant(soir, "971") == Date{2026, 11, 30});
}

TEST_CASE("une demande ne se valide que devant une pièce d’identité qui s’ouvre")
{
    const auto fichier = [](piece::Etat etat) {
        piece::Piece p;
        p.etat = etat;
        return p;
    };
    CHECK(incomparable({}));
    const auto quarantaine =
        incomparable({fichier(piece::Etat::Quarantaine), fichier(piece::Etat::Illisible)});
    REQUIRE(quarantaine);
    CHECK(quarantaine->message.starts_with("Aucune pièce d’identité ne peut être ouverte"));
    const auto attendue = incomparable({fichier(piece::Etat::EnVerification)});
    REQUIRE(attendue);
    CHECK(attendue->message.find("attendez un instant") != std::string::npos);
    CHECK_FALSE(incomparable({fichier(piece::Etat::Illisible), fichier(piece::Etat::Saine)}));
}

TEST_CASE("une demande ne se renvoie que pour un motif de la liste, et seulement déposée")
{
    CHECK(invalider(Etat::Deposee, "illisible"));
    CHECK_FALSE(invalider(Etat::Deposee, "antipathie"));
    CHECK_FALSE(invalider(Etat::Brouillon, "illisible"));
    CHECK_FALSE(invalider(Etat::Active, "illisible"));
}

} // namespace test_etapes
} // namespace demande::portail
