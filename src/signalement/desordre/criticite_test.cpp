// The State's formula to the hundredth, our level for triage, the procedures suspected.
#include "signalement/desordre/criticite.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace signalement::desordre::criticite_check {

std::vector<PrecisionChoisie> avec(std::initializer_list<const char*> slugs)
{
    std::vector<PrecisionChoisie> out;
    for (const auto* slug : slugs) {
        REQUIRE(find_precision(slug) != nullptr);
        out.push_back({slug});
    }
    return out;
}

std::optional<StatutQualification> statut(const std::vector<ProcedureSuspectee>& list, Qualification q)
{
    const auto it = std::ranges::find(list, q, &ProcedureSuspectee::qualification);
    return it == list.end() ? std::nullopt : std::optional{it->statut};
}

const Date novembre{2026, 11, 21};

TEST_CASE("le score suit la formule de l’État, au centième près")
{
    // 3 ÷ 84 = 3,571… % and 24 ÷ 102 = 23,529… %
    const auto both =
        avec({"desordres_batiment_isolation_murs", "desordres_type_composition_logement_sous_sol"});
    auto s = score(both, {});
    CHECK(s.batiment_centiemes == 357);
    CHECK(s.logement_centiemes == 2353);
    CHECK(s.total_centiemes == 1355); // 13,550… from the exact sums, not from the rounded ones
    LogementDecrit famille;
    famille.enfant_moins_6_ans = Reponse::Oui;
    s = score(both, famille);
    CHECK(s.batiment_centiemes == 357); // the child weighs on the total only
    CHECK(s.total_centiemes == 1491);   // 14,905…
    CHECK(score({}, famille).total_centiemes == 0);
}

TEST_CASE("les demi et les quarts de point ne se perdent pas")
{
    const auto s =
        score(avec({"desordres_logement_electricite_manque_prises_details_multiprises_non",
                    "desordres_logement_chauffage_details_fenetres_permeables_pieces_salle_de_bain"}),
              {});
    CHECK(s.logement_centiemes == 64); // 0,65 ÷ 102 = 0,637… %
    CHECK(s.total_centiemes == 32);    // 0,318… %
}

TEST_CASE("le score total ne dépasse pas cent, celui d’une zone le peut")
{
    std::vector<PrecisionChoisie> all;
    for (const auto& row : precisions()) all.push_back({std::string{row.slug}});
    const auto s = score(all, {});
    CHECK(s.total_centiemes == 10'000);
    CHECK(s.logement_centiemes > 10'000);
}

TEST_CASE("un plancher qui menace de céder est un danger immédiat, même avec un score dérisoire")
{
    const auto p = avec({"desordres_logement_securite_sol_dangereux_pieces_cuisine"});
    CHECK(score(p, {}).total_centiemes < 200);
    const auto e = gravite(p, {});
    CHECK(e.gravite == Gravite::DangerImmediat);
    REQUIRE(e.raisons.size() == 1);
    CHECK(e.raisons[0].find("Le plancher s’enfonce") != std::string::npos);
}

TEST_CASE("la gravité vient du pire : danger, insalubrité, zone, personnes fragiles")
{
    CHECK(gravite({}, {}).gravite == Gravite::Faible);
    CHECK(gravite({}, {}, true).gravite == Gravite::DangerImmediat);
    CHECK(gravite(avec({"desordres_logement_bruit_voisins"}), {}).gravite == Gravite::Faible);
    CHECK(gravite(avec({"desordres_logement_eau_eau_chaude"}), {}).gravite == Gravite::Eleve);
    CHECK(gravite(avec({"desordres_logement_securite_sol_glissant_pieces_cuisine"}), {}).gravite ==
          Gravite::Moyen);
    CHECK(gravite(avec({"desordres_logement_securite_sol_glissant_pieces_tout"}), {}).gravite ==
          Gravite::Eleve);
    CHECK(gravite(avec({"desordres_type_composition_logement_suroccupation_allocataire"}), {}).gravite ==
          Gravite::Moyen);
    // 12 ÷ 102 = 11,8 % of one zone, though only 5,9 % once averaged as the State does.
    const auto dark = avec({"desordres_logement_lumiere_pas_lumiere_pieces_piece_a_vivre"});
    CHECK(score(dark, {}).total_centiemes < 1000);
    CHECK(gravite(dark, {}).gravite == Gravite::Moyen);

    LogementDecrit famille;
    famille.enfant_moins_6_ans = Reponse::Oui;
    CHECK(gravite(dark, famille).gravite == Gravite::Eleve);
    CHECK(gravite(avec({"desordres_logement_bruit_voisins"}), famille).gravite == Gravite::Moyen);
    CHECK(gravite({}, famille).gravite == Gravite::Faible);
    LogementDecrit malade;
    malade.personne_fragile = Reponse::Oui;
    const auto e =
        gravite(avec({"desordres_logement_securite_plomb_pieces_salle_de_bain_diagnostique_non"}), malade);
    CHECK(e.gravite == Gravite::Eleve);
    CHECK(e.raisons.size() == 2);
}

TEST_CASE("chaque gravité au-dessus de faible s’explique")
{
    for (const auto& row : precisions()) {
        CAPTURE(row.slug);
        const std::vector<PrecisionChoisie> one{{std::string{row.slug}}};
        const auto e = gravite(one, {});
        CHECK((e.gravite == Gravite::Faible) == e.raisons.empty());
        if (row.danger) CHECK(e.gravite >= Gravite::Moyen);
        if (row.insalubrite) CHECK(e.gravite >= Gravite::Eleve);
    }
}

TEST_CASE("les procédures suspectées disent quelles précisions les causent")
{
    const auto p = avec({"desordres_batiment_proprete_interieur",
                         "desordres_logement_electricite_pas_compteur", "desordres_logement_eau_eau_chaude"});
    const auto list = procedures_suspectees(p, {}, novembre);
    CHECK(statut(list, Qualification::NonDecence) == StatutQualification::NonDecenceCheck);
    CHECK(statut(list, Qualification::Rsd) == StatutQualification::RsdCheck);
    CHECK(statut(list, Qualification::Insalubrite) == StatutQualification::InsalubriteCheck);
    CHECK(statut(list, Qualification::Danger) == StatutQualification::DangerCheck);
    CHECK(!statut(list, Qualification::MiseEnSecuritePeril));
    CHECK(!statut(list, Qualification::NonDecenceEnergetique));
    REQUIRE(!list.empty());
    CHECK(list[0].precisions.size() == 3);
    CHECK(std::ranges::is_sorted(list, {}, &ProcedureSuspectee::qualification));
}

TEST_CASE("l’insalubrité suit le score quand aucune précision ne l’impose")
{
    // Two zones just above 10 % on average: 4 × 6 ÷ 84 = 28,6 %.
    const auto manquement = avec(
        {"desordres_batiment_maintenance_ascenseur", "desordres_batiment_securite_toit",
         "desordres_batiment_securite_escalier_details_dangereux", "desordres_batiment_securite_balcons"});
    CHECK(score(manquement, {}).total_centiemes == 1429);
    CHECK(statut(procedures_suspectees(manquement, {}, novembre), Qualification::Insalubrite) ==
          StatutQualification::InsalubriteManquementCheck);
    CHECK(!statut(procedures_suspectees(avec({"desordres_batiment_securite_toit"}), {}, novembre),
                  Qualification::Insalubrite));
    CHECK(statut(procedures_suspectees(avec({"desordres_type_composition_logement_sous_sol"}), {}, novembre),
                 Qualification::Insalubrite) == StatutQualification::InsalubriteCheck);
}

TEST_CASE("un risque d’effondrement suffit à suspecter une mise en sécurité")
{
    const auto list = procedures_suspectees(avec({"desordres_batiment_securite_toit"}), {}, novembre);
    CHECK(statut(list, Qualification::MiseEnSecuritePeril) == StatutQualification::MiseEnSecuritePerilCheck);
    CHECK(!statut(procedures_suspectees(avec({"desordres_logement_eau_evacuation"}), {}, novembre),
                  Qualification::MiseEnSecuritePeril));
}

TEST_CASE("l’assurance n’est évoquée que pour une fuite qu’elle ignore")
{
    const auto fuite = avec({"desordres_logement_humidite_cuisine_details_fuite_oui"});
    LogementDecrit l;
    CHECK(statut(procedures_suspectees(fuite, l, novembre), Qualification::Assurantiel) ==
          StatutQualification::AssurantielCheck);
    l.assurance_contactee = Reponse::Oui;
    CHECK(!statut(procedures_suspectees(fuite, l, novembre), Qualification::Assurantiel));
}

TEST_CASE("dire qu’il n’y a pas de diagnostic énergétique n’est pas ne rien dire")
{
    const auto froid = avec({"desordres_logement_chauffage_details_difficultes_chauffage_pieces_tout"});
    const auto nde = [&](const LogementDecrit& l) {
        return statut(procedures_suspectees(froid, l, novembre), Qualification::NonDecenceEnergetique);
    };
    LogementDecrit l;
    CHECK(nde(l) == StatutQualification::NdeCheck);
    l.dpe = Reponse::Nsp;
    CHECK(nde(l) == StatutQualification::NdeCheck);
    l.dpe = Reponse::Non;
    CHECK(nde(l) == StatutQualification::NdeAveree);
    l.dpe = Reponse::Oui;
    CHECK(nde(l) == StatutQualification::NdeCheck);
    l.classe_energetique = 'E';
    CHECK(nde(l) == StatutQualification::NdeCheck); // consumption unknown and a désordre says it is cold
    l.consommation_kwh_par_m2 = 300;
    CHECK(nde(l) == StatutQualification::NdeOk);
    l.consommation_kwh_par_m2 = 450;
    CHECK(nde(l) == StatutQualification::NdeOk);
    l.consommation_kwh_par_m2 = 451;
    CHECK(nde(l) == StatutQualification::NdeAveree);
}

TEST_CASE("la classe énergétique exigée change avec les années")
{
    LogementDecrit l;
    l.dpe = Reponse::Oui;
    const auto suspected = [&](char classe, int year) {
        l.classe_energetique = classe;
        return statut(procedures_suspectees({}, l, {year, 6, 1}), Qualification::NonDecenceEnergetique)
            .has_value();
    };
    CHECK(suspected('G', 2026));
    CHECK(!suspected('F', 2027));
    CHECK(suspected('F', 2028));
    CHECK(!suspected('E', 2033));
    CHECK(suspected('E', 2034));
    CHECK(!suspected(0, 2034));
}

} // namespace signalement::desordre::criticite_check
