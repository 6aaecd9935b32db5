// What happens by itself in a year, whatever day the tasks run.
#include <doctest/doctest.h>

#include <vector>

#include "demande/echeancier.hpp"

namespace demande {
namespace test_echeancier {

using Canaux = std::vector<Canal>;

constexpr Date ancre{2026, 3, 15};

TEST_CASE(
    "le préavis passe par la poste pour qui n’est jamais venu en ligne, et par courriel aussi s’il en a un")
{
    CHECK(canaux_du_preavis(false, false, false) == Canaux{Canal::Courrier});
    CHECK(canaux_du_preavis(false, false, true) == Canaux{Canal::Courrier, Canal::Courriel});
    CHECK(canaux_du_preavis(true, false, true) == Canaux{Canal::Courriel});
    CHECK(canaux_du_preavis(true, true, true) == Canaux{Canal::Courriel, Canal::Courrier});
    CHECK(canaux_du_preavis(true, false, false) == Canaux{Canal::Courrier});
}

TEST_CASE("une année de tâches quotidiennes : préavis, deux rappels, fin de validité, dernier rappel, chacun "
          "une fois")
{
    const auto j = jalons(ancre);
    std::optional<Etape> derniere;
    std::vector<std::pair<Etape, Date>> faits;
    for (auto jour = ancre; jour <= Date{2027, 6, 1}; jour = base::plus_days(jour, 1)) {
        const auto f = a_faire(j, {.poste = true}, derniere, jour);
        if (f.preavis) faits.emplace_back(Etape::Preavis, jour);
        if (f.message) faits.emplace_back(*f.message, jour);
        CHECK(f.expirer == (f.message == Etape::Expiration));
        derniere = f.derniere;
    }
    CHECK(faits == std::vector<std::pair<Etape, Date>>{{Etape::Preavis, {2027, 2, 5}},
                                                       {Etape::RappelQuinze, {2027, 2, 28}},
                                                       {Etape::RappelTrois, {2027, 3, 12}},
                                                       {Etape::Expiration, {2027, 3, 16}},
                                                       {Etape::DernierRappel, {2027, 3, 29}}});
}

TEST_CASE("qui n’a aucune boîte reçoit ses rappels par la poste, dix jours plus tôt, sauf celui qui "
          "arriverait trop tard")
{
    const Voies poste{.poste = true, .boite = false};
    CHECK(echeancier(jalons(ancre), poste)[1] == std::pair{Etape::RappelQuinze, Date{2027, 2, 18}});
    const auto en_lettre = [](const Voies& v) {
        std::vector<Etape> out;
        for (const auto& r : calendrier_de_l_annee)
            if (va_en_lettre(r.etape, v)) out.push_back(r.etape);
        return out;
    };
    CHECK(en_lettre(poste) ==
          std::vector{Etape::Preavis, Etape::RappelQuinze, Etape::Expiration, Etape::DernierRappel});
    CHECK(en_lettre({.poste = true}) == std::vector{Etape::Preavis, Etape::DernierRappel});
    CHECK(en_lettre({}).empty());
    // Letters come back and nobody reads a mailbox: nothing is printed for an address that is not one.
    CHECK(en_lettre({.poste = true, .boite = false, .adresse = false}).empty());
}

TEST_CASE("un canal dont tous les préavis de l’année sont revenus n’en est plus un, jusqu’au suivant")
{
    const Canaux par{Canal::Courrier, Canal::Courriel};
    const std::vector<Boite> boites{{"un@exemple.example"}};
    const Date hier{2027, 2, 10};
    CHECK(voies_de_l_annee(par, boites) == Voies{.poste = true});
    CHECK_FALSE(voies_de_l_annee(par, {}).boite);
    std::vector<Remise> remises{{.parti_le = hier, .revenu_le = hier, .canal = Canal::Courriel}};
    CHECK_FALSE(voies_de_l_annee(par, boites, remises).boite);
    remises.push_back({.parti_le = hier, .revenu_le = {}, .canal = Canal::Courriel});
    CHECK(voies_de_l_annee(par, boites, remises).boite);
    remises.push_back({.parti_le = hier, .revenu_le = hier, .canal = Canal::Courrier});
    CHECK_FALSE(voies_de_l_annee(par, boites, remises).adresse);
}

TEST_CASE("après dix jours d’arrêt, ce qui n’est plus vrai ne part pas")
{
    const auto j = jalons(ancre);
    // Both reminders fell in the gap: the later one only.
    auto f = a_faire(j, {.poste = true}, Etape::Preavis, {2027, 3, 13});
    CHECK(f.message == Etape::RappelTrois);
    CHECK_FALSE(f.expirer);
    // The gap goes over the end: no reminder of a day that has passed.
    f = a_faire(j, {.poste = true}, Etape::RappelQuinze, {2027, 3, 18});
    CHECK(f.expirer);
    CHECK(f.message == Etape::Expiration);
    // A notice that should have left long ago leaves; the end of validity waits for the day after.
    f = a_faire(j, {.poste = true}, std::nullopt, {2027, 3, 20});
    CHECK(f.preavis);
    CHECK_FALSE(f.expirer);
    CHECK_FALSE(f.message);
    CHECK(f.ensuite == Date{2027, 3, 21});
    CHECK(a_faire(j, {.poste = true}, f.derniere, {2027, 3, 21}).expirer);
    // Past the tolerance nothing promises any more that one can still renew.
    f = a_faire(j, {.poste = true}, Etape::Preavis, {2027, 5, 1});
    CHECK(f.expirer);
    CHECK_FALSE(f.message);
    CHECK_FALSE(f.ensuite);
}

TEST_CASE("quel que soit le jour d’ancrage et l’arrêt, le préavis est toujours fait, et jamais l’échéance "
          "avant lui")
{
    std::vector<Date> ancres{{2028, 2, 29}, {2027, 2, 28}, {2027, 8, 31}};
    for (auto a = Date{2024, 1, 1}; a < Date{2032, 1, 1}; a = base::plus_days(a, 13)) ancres.push_back(a);
    int fautes = 0;
    for (const auto a : ancres) {
        const auto j = jalons(a);
        for (const int pas : {1, 10, 97}) {
            std::optional<Etape> derniere;
            int preavis = 0, fins = 0;
            const auto arret = base::plus_days(j.fin_de_tolerance, 200);
            for (auto jour = base::plus_days(j.preavis, -pas); jour <= arret;
                 jour = base::plus_days(jour, pas)) {
                const auto f = a_faire(j, {.poste = true}, derniere, jour);
                preavis += f.preavis ? 1 : 0;
                fins += f.expirer ? 1 : 0;
                fautes += f.expirer && (f.preavis || preavis == 0) ? 1 : 0;
                derniere = f.derniere;
            }
            fautes += preavis == 1 && fins == 1 ? 0 : 1;
        }
    }
    CHECK(fautes == 0);
}

TEST_CASE(
    "les messages de l’année partent aux comptes, dont l’adresse a reçu un code, et à l’adresse que dit la "
    "demande")
{
    Reponses r;
    CHECK(boites_de_l_annee(r, {}).empty());
    r.mettre("demandeur.email", "Maelle@exemple.example");
    CHECK(boites_de_l_annee(r, {}) == std::vector<Boite>{{"Maelle@exemple.example", false}});
    CHECK(boites_de_l_annee(r, {{"maelle@exemple.example"}}) ==
          std::vector<Boite>{{"maelle@exemple.example", true}});
    // A wrong address never takes the place of a right one.
    CHECK(boites_de_l_annee(r, {{"maelle.k@exemple.example"}}) ==
          std::vector<Boite>{{"maelle.k@exemple.example", true}, {"Maelle@exemple.example", false}});
    CHECK(canaux_du_preavis(r, true, {{"a@exemple.example", true}}) == std::vector{Canal::Courriel});

    // Asked for besides: both are owed, and the letter sets the pace.
    auto aussi_par_lettre = r;
    aussi_par_lettre.mettre("demandeur.infos_courrier", "oui");
    const auto les_deux = canaux_du_preavis(aussi_par_lettre, true, {{"a@exemple.example", true}});
    CHECK(les_deux == std::vector{Canal::Courriel, Canal::Courrier});
    CHECK(va_par_la_poste(les_deux));
    CHECK(est_obligatoire(les_deux, Canal::Courrier));
    CHECK(est_obligatoire(les_deux, Canal::Courriel));
    CHECK_FALSE(est_obligatoire({Canal::Courrier, Canal::Courriel}, Canal::Courriel));
    CHECK_FALSE(va_par_la_poste({Canal::Courriel}));

    CHECK(canaux_du_preavis({}, true, {{"idriss@exemple.example", true, false}}) ==
          std::vector{Canal::Courrier, Canal::Courriel});
    // Those who sign too are told, after; whether the applicant was warned does not hang on them.
    CHECK(boites_de_l_annee(r, {{"idriss@exemple.example", false}}) ==
          std::vector<Boite>{{"Maelle@exemple.example", false}, {"idriss@exemple.example", true, false}});

    r.mettre("motif.violences", "oui");
    CHECK(boites_de_l_annee(r, {{"maelle.k@exemple.example"}}).empty());
    const auto par_guichet =
        boites_de_l_annee(r, {{"seule@exemple.example", true, true}, {"autre@exemple.example", false, true}});
    CHECK(par_guichet == std::vector<Boite>{{"seule@exemple.example", true}});
    CHECK(canaux_du_preavis(r, true, par_guichet) == std::vector{Canal::Courrier, Canal::Courriel});
}

TEST_CASE("qui a demandé aussi la poste n’est pas radié tant que sa lettre n’est pas partie")
{
    const Remise courriel{true, Date{2027, 2, 5}, {}, Canal::Courriel};
    Remise lettre{true, {}, {}, Canal::Courrier};
    CHECK_FALSE(preavis_remis_le({courriel, lettre}));
    lettre.parti_le = Date{2027, 2, 11};
    CHECK(preavis_remis_le({courriel, lettre}) == Date{2027, 2, 11});
    lettre.revenu_le = Date{2027, 2, 20};
    CHECK_FALSE(preavis_remis_le({courriel, lettre}));
    const Remise autre{true, Date{2027, 3, 1}, {}, Canal::Courrier};
    CHECK(preavis_remis_le({courriel, lettre, autre}) == Date{2027, 3, 1});
    // An e-mail that came back is replaced by its letter.
    Remise revenu = courriel;
    revenu.revenu_le = Date{2027, 2, 6};
    CHECK(preavis_remis_le({revenu, autre}) == Date{2027, 3, 1});
    CHECK_FALSE(preavis_remis_le({revenu}));
    // One that only accompanies the other changes nothing.
    CHECK(preavis_remis_le({{false, Date{2027, 1, 1}, {}, Canal::Courriel}, autre}) == Date{2027, 3, 1});
}

TEST_CASE("un préavis revenu ne compte pas : la radiation attend celui qui arrive")
{
    CHECK_FALSE(preavis_remis_le({}));
    CHECK_FALSE(preavis_remis_le({{true, std::nullopt, std::nullopt}}));
    CHECK_FALSE(
        preavis_remis_le({{true, Date{2027, 2, 5}, Date{2027, 2, 20}}, {false, Date{2027, 2, 5}, {}}}));
    CHECK(preavis_remis_le({{true, Date{2027, 2, 5}, Date{2027, 2, 20}}, {true, Date{2027, 3, 1}, {}}}) ==
          Date{2027, 3, 1});
}

TEST_CASE(
    "un préavis parti avant que le territoire revienne ne compte pas : on ne pouvait pas renouveler ici")
{
    const std::vector<Remise> remises{{true, Date{2027, 2, 5}, {}}, {true, Date{2027, 6, 1}, {}}};
    CHECK(preavis_remis_le(remises) == Date{2027, 2, 5});
    CHECK(preavis_remis_le(remises, Date{2027, 2, 5}) == Date{2027, 2, 5});
    CHECK(preavis_remis_le(remises, Date{2027, 2, 6}) == Date{2027, 6, 1});
    CHECK_FALSE(preavis_remis_le(remises, Date{2027, 6, 2}));
}

} // namespace test_echeancier
} // namespace demande
