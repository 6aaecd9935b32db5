// The rules of a candidature as sentences, and what must hold whatever is done.
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

#include "demande/candidature/delais.hpp"
#include "demande/candidature/paroles.hpp"
#include "demande/candidature/regles.hpp"
#include "demande/candidature/vivier.hpp"
#include "demande/exemples_test.hpp"

namespace demande::candidature {
namespace test_regles {

constexpr Date jour{2026, 12, 1}; // a Tuesday
const std::string seance = "seance";

Dossier dossier(int combien, Etat etat = Etat::Inscrite)
{
    Dossier d;
    d.logement.financement = Financement::Plus;
    for (int i = 1; i <= combien; ++i)
        d.candidatures.push_back({.id = "c" + std::to_string(i),
                                  .demande = "d" + std::to_string(i),
                                  .etat = etat,
                                  .complete = true,
                                  .joignable = true,
                                  .commission = etat == Etat::Inscrite ? seance : ""});
    return d;
}

DecisionSaisie rang(int candidat, int n)
{
    return {.candidature = "c" + std::to_string(candidat),
            .decision = Decision::Classement,
            .rang = std::to_string(n)};
}

DecisionSaisie non(int candidat)
{
    return {.candidature = "c" + std::to_string(candidat),
            .decision = Decision::NonAttribution,
            .motif = "solvabilite"};
}

DecisionSaisie sous_condition(int candidat, int n)
{
    return {.candidature = "c" + std::to_string(candidat),
            .decision = Decision::Condition,
            .rang = std::to_string(n),
            .piece = "Avis d’imposition",
            .jusqu_au = Date{2026, 12, 15}};
}

Dossier apres(const Dossier& d, const Result<Changements>& c)
{
    REQUIRE(c);
    return applique(d, *c);
}

Dossier statue(const Dossier& d, const std::vector<DecisionSaisie>& s, std::optional<Derogation> x = {})
{
    const auto c = statuer(d, seance, jour, s, x, jour);
    if (!c) INFO(c.error().front().message);
    REQUIRE(c);
    return applique(d, *c);
}

bool refuse(const Dossier& d, const std::vector<DecisionSaisie>& s, std::string_view champ,
            std::optional<Derogation> x = {})
{
    const auto c = statuer(d, seance, jour, s, x, jour);
    return !c && std::ranges::any_of(c.error(), [&](const FieldError& e) { return e.field == champ; });
}

Etat etat(const Dossier& d, int candidat)
{
    return std::ranges::find(d.candidatures, "c" + std::to_string(candidat), &Candidature::id)->etat;
}

TEST_CASE(
    "une offre laisse dix jours, celui où elle arrive ne compte pas, un jour chômé repousse (R. 441-10)")
{
    CHECK(fin_du_delai({2026, 12, 1}) == Date{2026, 12, 11});
    CHECK(fin_du_delai({2026, 12, 2}) == Date{2026, 12, 14});  // a Saturday
    CHECK(fin_du_delai({2026, 12, 15}) == Date{2026, 12, 28}); // Christmas, then a week-end
    CHECK(fin_du_delai({2027, 3, 19}) == Date{2027, 3, 30});   // Easter Monday is 29 March 2027
    CHECK(est_chome({2026, 5, 14}));                           // Ascension
    CHECK(est_chome({2026, 5, 25}));                           // Whit Monday
    CHECK_FALSE(est_chome({2026, 11, 23}));
}

TEST_CASE("le délai d’une offre fait toujours au moins dix jours et finit un jour ouvré")
{
    for (Date d{2024, 1, 1}; d < Date{2033, 1, 1}; d = base::plus_days(d, 1)) {
        const auto fin = fin_du_delai(d);
        if (base::days_between(d, fin) < 10 || base::days_between(d, fin) > 15 || est_chome(fin))
            FAIL_CHECK(base::to_iso(d));
    }
}

TEST_CASE("la commission examine au moins trois demandes, sauf une exception de la loi (R. 441-3)")
{
    auto d = dossier(2);
    CHECK(refuse(d, {rang(1, 1), rang(2, 2)}, "derogation"));
    CHECK(etat(statue(d, {rang(1, 1), rang(2, 2)}, Derogation::PeuDeCandidats), 1) == Etat::Attribuee);
    CHECK(refuse(d, {rang(1, 1), rang(2, 2)}, "derogation", Derogation::TresSocial));
    d.logement.financement = Financement::Plai;
    CHECK(etat(statue(d, {rang(1, 1), rang(2, 2)}, Derogation::TresSocial), 1) == Etat::Attribuee);
    CHECK(refuse(d, {rang(1, 1), rang(2, 2)}, "derogation", Derogation::DesignationDuPrefet));
    // Designated by the State is not enough: the right to housing is recognised on the day of the session.
    for (auto& c : d.candidatures) c.du_prefet = true;
    CHECK(refuse(d, {rang(1, 1), rang(2, 2)}, "derogation", Derogation::DesignationDuPrefet));
    for (auto& c : d.candidatures) c.dalo = {{{2020, 1, 1}, {2026, 1, 1}}};
    CHECK(refuse(d, {rang(1, 1), rang(2, 2)}, "derogation", Derogation::DesignationDuPrefet));
    for (auto& c : d.candidatures) c.dalo.push_back({{2026, 6, 1}, {2028, 1, 1}});
    CHECK(etat(statue(d, {rang(1, 1), rang(2, 2)}, Derogation::DesignationDuPrefet), 1) == Etat::Attribuee);
}

TEST_CASE(
    "le premier rang reçoit l’offre, les autres attendent ; un refus ou un silence fait passer le suivant")
{
    auto d = statue(dossier(3), {rang(2, 1), rang(3, 2), non(1)});
    CHECK(etat(d, 2) == Etat::Attribuee);
    CHECK(d.candidatures[1].repondre_avant == Date{2026, 12, 11});
    CHECK(etat(d, 3) == Etat::Classee);
    CHECK(etat(d, 1) == Etat::NonAttribuee);

    const auto refus = apres(d, refuser(d, "c2", "loyer", {2026, 12, 5}));
    CHECK(etat(refus, 2) == Etat::Refusee);
    CHECK(etat(refus, 3) == Etat::Attribuee);
    CHECK(refus.candidatures[2].repondre_avant == Date{2026, 12, 15});

    CHECK(echoir(d, {2026, 12, 11}).empty()); // the last day still counts
    const auto silence = applique(d, echoir(d, {2026, 12, 12}));
    CHECK(etat(silence, 2) == Etat::SansReponse);
    CHECK(etat(silence, 3) == Etat::Attribuee);
    CHECK(echoir(silence, {2026, 12, 12}).empty()); // nothing twice

    // Its last day passed while nobody could answer here: the bailleur notes the answer, or sends it again.
    CHECK(echoir(d, {2027, 2, 1}, Date{2027, 1, 15}).empty());
    CHECK_FALSE(echoir(d, {2027, 2, 1}, Date{2026, 12, 11}).empty()); // back on its last day

    // The task stopped for ten days: the next household has its own ten days from then.
    const auto tard = applique(d, echoir(d, {2026, 12, 22}));
    CHECK(tard.candidatures[2].repondre_avant == Date{2027, 1, 4}); // 1 January, then a week-end
}

TEST_CASE("sans adresse électronique, le délai ne court que du jour où l’offre est reçue")
{
    auto d = dossier(3);
    d.candidatures[0].joignable = false;
    d = statue(d, {rang(1, 1), rang(2, 2), rang(3, 3)});
    CHECK_FALSE(d.candidatures[0].repondre_avant);
    CHECK(echoir(d, {2027, 6, 1}).empty());
    CHECK_FALSE(notifier(d, "c1", Date{2026, 11, 30}, jour));         // before it was made
    CHECK_FALSE(notifier(d, "c1", Date{2026, 12, 9}, {2026, 12, 8})); // to come
    const auto remise = apres(d, notifier(d, "c1", Date{2026, 12, 7}, {2026, 12, 8}));
    CHECK(remise.candidatures[0].repondre_avant == Date{2026, 12, 17});
    CHECK_FALSE(notifier(remise, "c1", Date{2026, 12, 8}, {2026, 12, 8}));
}

TEST_CASE("une offre dont le message part tard laisse dix jours depuis son départ (R. 441-10)")
{
    const auto d = statue(dossier(3), {rang(1, 1), rang(2, 2), rang(3, 3)});
    CHECK(constater_l_envoi(d, "c1", jour).empty()); // the very day
    CHECK(constater_l_envoi(d, "c2", {2026, 12, 4}).empty());
    const auto tard = applique(d, constater_l_envoi(d, "c1", {2026, 12, 4}));
    CHECK(tard.candidatures[0].repondre_avant == Date{2026, 12, 14});
    CHECK(constater_l_envoi(tard, "c1", {2026, 12, 4}).empty());
    CHECK(accepter(tard, "c1", {2026, 12, 14}));
    // It left after everybody had stopped counting.
    auto oubliee = d;
    oubliee.candidatures[0].repondre_avant.reset();
    CHECK(
        applique(oubliee, constater_l_envoi(oubliee, "c1", {2026, 12, 20})).candidatures[0].repondre_avant ==
        Date{2026, 12, 30});
}

TEST_CASE("une demande qui n’est plus en cours n’est ni examinée ni appelée : sa candidature se clôt")
{
    auto d = dossier(4);
    d.candidatures[0].en_cours = false;
    d = statue(d, {rang(2, 1), rang(3, 2), rang(4, 3)});
    CHECK(etat(d, 1) == Etat::Caduque);
    CHECK(etat(d, 2) == Etat::Attribuee);
    d.candidatures[2].en_cours = false;
    d = apres(d, refuser(d, "c2", "loyer", jour));
    CHECK(etat(d, 3) == Etat::Caduque);
    CHECK(etat(d, 4) == Etat::Attribuee);
    // Two that remain are not three.
    auto trois = dossier(3);
    trois.candidatures[2].en_cours = false;
    CHECK(refuse(trois, {rang(1, 1), rang(2, 2)}, "derogation"));
    const std::vector<std::string> finie{"c3"};
    CHECK(inscrire(trois, finie, seance, jour, jour).error().field == "candidature");
    // Nor does a dwelling wait for one.
    auto tenu = dossier(3);
    tenu.candidatures.push_back({.id = "c4", .en_cours = false, .etat = Etat::Attribuee});
    CHECK(etat(statue(tenu, {rang(1, 1), rang(2, 2), rang(3, 3)}), 1) == Etat::Attribuee);
}

TEST_CASE(
    "une demande d’un autre territoire n’est pas désignée, et une séance qui a statué ne reprend personne")
{
    const Logement l{.territoire = "076"};
    CHECK(designer(l, {.territoire = "076", .en_cours = true}, false));
    const auto ailleurs = designer(l, {.territoire = "027", .en_cours = true}, false);
    REQUIRE_FALSE(ailleurs);
    CHECK(ailleurs.error().message.find("territoire 027") != std::string::npos);
    const auto d = dossier(1, Etat::Complete);
    const std::vector<std::string> ids{"c1"};
    CHECK(inscrire(d, ids, seance, jour, jour));
    CHECK(inscrire(d, ids, seance, jour, jour, true).error().field == "commission");
}

TEST_CASE("une attribution sous condition attend la pièce, puis laisse passer le suivant (R. 441-3, c)")
{
    auto d = dossier(3);
    d.candidatures[0].complete = false;
    CHECK(refuse(d, {rang(1, 1), rang(2, 2), non(3)}, "decision.c1")); // a document is missing
    d = statue(d, {sous_condition(1, 1), rang(2, 2), non(3)});
    CHECK(etat(d, 1) == Etat::SousCondition);
    CHECK(etat(d, 2) == Etat::Classee); // nobody passes before the day given
    const auto venue = apres(d, lever_condition(d, "c1", {2026, 12, 15}));
    CHECK(etat(venue, 1) == Etat::Attribuee);
    CHECK_FALSE(lever_condition(d, "c1", {2026, 12, 16}));
    CHECK(echoir(d, {2026, 12, 15}).empty());
    const auto perdue = applique(d, echoir(d, {2026, 12, 16}));
    CHECK(etat(perdue, 1) == Etat::Caduque);
    CHECK(etat(perdue, 2) == Etat::Attribuee);
}

TEST_CASE("plusieurs candidats retenus ont des rangs différents, sans trou")
{
    const auto d = dossier(3);
    CHECK(refuse(d, {rang(1, 1), rang(2, 1), rang(3, 2)}, "rang.c2"));
    CHECK(refuse(d, {rang(1, 1), rang(2, 3), non(3)}, "rang.c2"));
    CHECK(refuse(d, {{.candidature = "c1", .decision = Decision::Attribution}, rang(2, 2), non(3)},
                 "decision.c1"));
    CHECK(refuse(d, {rang(1, 1), rang(2, 2)}, "decision.c3"));
    CHECK(refuse(d, {rang(1, 1), rang(2, 2), {.candidature = "c3", .decision = Decision::NonAttribution}},
                 "motif.c3"));
    CHECK(refuse(d, {rang(1, 1), rang(2, 2), {.candidature = "c3", .decision = Decision::Irrecevabilite}},
                 "acces.c3"));
    // Alone kept: first, whatever was typed.
    CHECK(statue(d, {{.candidature = "c1", .decision = Decision::Attribution}, non(2), non(3)})
              .candidatures[0]
              .rang == 1);
}

TEST_CASE("une commission ne statue ni avant sa date, ni sur un logement que quelqu’un tient déjà")
{
    const auto d = dossier(3);
    CHECK_FALSE(statuer(d, seance, base::plus_days(jour, 1), {rang(1, 1), rang(2, 2), rang(3, 3)}, {}, jour));
    auto tenu = d;
    tenu.candidatures.push_back({.id = "c4", .etat = Etat::Acceptee});
    CHECK_FALSE(statuer(tenu, seance, jour, {rang(1, 1), rang(2, 2), rang(3, 3)}, {}, jour));
    CHECK_FALSE(
        inscrire(dossier(1, Etat::Complete), std::vector<std::string>{"c1"}, seance, {2026, 11, 30}, jour));
}

TEST_CASE("le bail signé clôt les autres candidatures du logement")
{
    auto d = statue(dossier(3), {rang(1, 1), rang(2, 2), rang(3, 3)});
    CHECK_FALSE(signer_bail(d, "c1", {.signe_le = jour}, jour)); // nobody accepted yet
    d = apres(d, accepter(d, "c1", {2026, 12, 11}));
    CHECK_FALSE(signer_bail(d, "c1", {.signe_le = {2026, 12, 20}}, {2026, 12, 15}));
    d = apres(d, signer_bail(d, "c1", {.signe_le = {2026, 12, 14}}, {2026, 12, 15}));
    CHECK(etat(d, 1) == Etat::BailSigne);
    CHECK(etat(d, 2) == Etat::Caduque);
    CHECK(d.logement.etat == EtatLogement::Attribue);
    CHECK_FALSE(refuser(d, "c1", "loyer", jour));
}

TEST_CASE("une réponse hors délai n’est plus une acceptation ; un logement proposé ne se retire pas")
{
    const auto d = statue(dossier(3), {rang(1, 1), rang(2, 2), rang(3, 3)});
    CHECK_FALSE(accepter(d, "c1", {2026, 12, 12}));
    CHECK_FALSE(accepter(d, "c2", {2026, 12, 2})); // not their turn
    CHECK_FALSE(refuser(d, "c1", "humeur", {2026, 12, 2}));
    CHECK_FALSE(retirer_le_logement(d));
    CHECK(retirer_le_logement(dossier(2)));
}

TEST_CASE("une demande qui finit ailleurs rend sa place au suivant")
{
    const auto d = statue(dossier(3), {rang(1, 1), rang(2, 2), rang(3, 3)});
    const auto apres_retrait = applique(d, retirer(d, "c1", {2026, 12, 3}));
    CHECK(etat(apres_retrait, 1) == Etat::Caduque);
    CHECK(etat(apres_retrait, 2) == Etat::Attribuee);
    CHECK(retirer(apres_retrait, "c1", {2026, 12, 3}).empty());
}

TEST_CASE("quoi qu’il arrive : une attribution au plus, des rangs uniques, et tout finit")
{
    std::mt19937 des{20261122};
    const auto tirer = [&](int n) { return static_cast<int>(des() % static_cast<unsigned>(n)); };
    for (int partie = 0; partie < 400; ++partie) {
        const int combien = 3 + tirer(4);
        auto d = dossier(combien);
        for (auto& c : d.candidatures) c.joignable = tirer(3) > 0;
        std::vector<int> ordre(static_cast<std::size_t>(combien));
        std::iota(ordre.begin(), ordre.end(), 1);
        std::ranges::shuffle(ordre, des);
        const int retenus = 1 + tirer(combien);
        std::vector<DecisionSaisie> saisies;
        for (int i = 0; i < combien; ++i)
            saisies.push_back(i >= retenus    ? non(ordre[i])
                              : tirer(4) == 0 ? sous_condition(ordre[i], i + 1)
                                              : rang(ordre[i], i + 1));
        d = statue(d, saisies);
        auto le = jour;
        for (int pas = 0; pas < 60; ++pas) {
            const auto id = "c" + std::to_string(1 + tirer(combien));
            Result<Changements> c = Changements{};
            switch (tirer(7)) {
            case 0:
                c = refuser(d, id, "taille", le);
                break;
            case 1:
                c = accepter(d, id, le);
                break;
            case 2:
                c = lever_condition(d, id, le);
                break;
            case 3:
                c = notifier(d, id, le, le);
                break;
            case 4:
                c = retirer(d, id, le);
                break;
            case 5:
                c = signer_bail(d, id, {.signe_le = le}, le);
                break;
            default:
                le = base::plus_days(le, 1 + tirer(9));
                c = echoir(d, le);
            }
            if (c) d = applique(d, *c);
            CHECK(std::ranges::count_if(
                      d.candidatures, [](const Candidature& x) { return est_une_attribution(x.etat); }) <= 1);
            std::multiset<int> rangs;
            for (const auto& x : d.candidatures)
                if (x.rang > 0) rangs.insert(x.rang);
            CHECK(static_cast<int>(rangs.size()) == retenus);
            for (int n = 1; n <= retenus; ++n) CHECK(rangs.count(n) == 1);
            // Somebody ranked never waits for nobody.
            const bool attend = std::ranges::any_of(
                d.candidatures, [](const Candidature& x) { return x.etat == Etat::Classee; });
            const bool tenu = std::ranges::any_of(d.candidatures, [](const Candidature& x) {
                return est_une_attribution(x.etat) || x.etat == Etat::SousCondition;
            });
            CHECK((!attend || tenu));
        }
    }
}

TEST_CASE("chaque état et chaque action se disent au demandeur, sans mot de la machine")
{
    for (const auto& e : etats) {
        const auto dit = ou_en_est({.etat = e.value, .rang = 2, .motif = "solvabilite"}, "Seine Logis");
        CHECK(dit.size() > 15);
        CHECK(dit.find('_') == std::string::npos);
    }
    for (const auto& a : actions) {
        const auto dit = phrase(a.value, "Seine Logis", 2, jour, "loyer");
        CHECK(dit.size() > 15);
        CHECK(dit.find('_') == std::string::npos);
    }
}

TEST_CASE("un loyer se lit comme il s’écrit")
{
    CHECK(lire_centimes("412,50 €") == 41250);
    CHECK(lire_centimes("1 204.5") == 120450);
    CHECK(lire_centimes("85") == 8500);
    for (const auto* faux : {"", "€", "12,", "-3", "12,345", "10000", "1,2,3", "douze"}) {
        INFO(faux);
        CHECK_FALSE(lire_centimes(faux));
    }
    CHECK(en_euros(41250) == "412,50\u00a0€");
    CHECK(en_euros(8500) == "85\u00a0€");
}

TEST_CASE("ce qu’une demande cherche, et la priorité qu’elle déclare")
{
    auto r = exemples::formulaire_rempli();
    CHECK(pieces_demandees(r) == std::vector<int>{3});
    CHECK(personnes_a_loger(r) == 3);
    // Too small, with a child (L. 441-1, j).
    CHECK(est_prioritaire(r, jour));
    CHECK_FALSE(est_prioritaire(r, {2040, 1, 1}));
    r.mettre("logement.statut", "sans_abri");
    CHECK(est_prioritaire(r, {2040, 1, 1}));
    CHECK(acces_par_commune(r, jour, {})("76540") < acces_au_dessus);
    // An income of another year than the one that counts that day says nothing.
    r.mettre("revenus.annee_n2", "2024");
    CHECK(acces_par_commune(r, jour, {})("76540") < acces_au_dessus);
    CHECK(acces_par_commune(r, {2027, 1, 4}, {})("76540") == acces_inconnu);
    r.retirer("revenus.rfr_n2");
    CHECK(acces_par_commune(r, jour, {})("76540") == acces_inconnu);
}

} // namespace test_regles
} // namespace demande::candidature
