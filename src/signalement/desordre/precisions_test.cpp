// Answers to précisions: every combination the form can produce, and the cases where the State's form fails.
#include "signalement/desordre/catalogue.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace signalement::desordre::precisions_check {

using Choix = std::map<std::string, std::vector<std::string>>;

/// Every way to fill these fields, empty included.
std::vector<Choix> all_ways(const std::vector<SousQuestion>& questions)
{
    std::vector<Choix> ways{{}};
    for (const auto& question : questions) {
        std::vector<std::vector<std::string>> fillings{{}};
        if (question.plusieurs) {
            for (std::size_t mask = 1; mask < (std::size_t{1} << question.options.size()); ++mask) {
                std::vector<std::string> some;
                for (std::size_t i = 0; i < question.options.size(); ++i)
                    if ((mask >> i) & 1U) some.emplace_back(question.options[i].slug);
                fillings.push_back(std::move(some));
            }
        } else {
            for (const auto& option : question.options) fillings.push_back({std::string{option.slug}});
        }
        std::vector<Choix> next;
        for (const auto& way : ways)
            for (const auto& filling : fillings) {
                auto longer = way;
                if (!filling.empty()) longer[std::string{question.nom}] = filling;
                next.push_back(std::move(longer));
            }
        ways = std::move(next);
    }
    return ways;
}

/// Dwellings that differ in what a précision may depend on.
std::vector<LogementDecrit> dwellings()
{
    std::vector<LogementDecrit> all;
    for (int nature = -1; nature < 3; ++nature)
        for (int etage = -1; etage < 4; ++etage)
            for (int window = -1; window < 2; ++window) {
                LogementDecrit l;
                if (nature >= 0) l.nature = static_cast<Nature>(nature);
                if (etage >= 0) l.etage = static_cast<Etage>(etage);
                if (window >= 0) l.sans_fenetre = static_cast<Reponse>(window);
                all.push_back(l);
            }
    LogementDecrit l;
    l.piece_unique = true;
    all.push_back(l);
    l.piece_unique = false;
    all.push_back(l);
    l.cuisine = Presence::Absente;
    l.salle_de_bain = Presence::Collective;
    l.wc = Presence::Absente;
    all.push_back(l);
    return all;
}

std::vector<std::string> slugs(const std::vector<PrecisionChoisie>& chosen)
{
    std::vector<std::string> out;
    for (const auto& p : chosen) out.push_back(p.slug);
    return out;
}

std::vector<std::string> of(std::string critere, Choix choix, const LogementDecrit& logement = {})
{
    return slugs(precisions_de({{{std::move(critere), std::move(choix)}}}, logement));
}

LogementDecrit several_rooms()
{
    LogementDecrit l;
    l.piece_unique = false;
    return l;
}

using Slugs = std::vector<std::string>;

TEST_CASE("toute combinaison de réponses donne au moins une précision, et toujours du critère coché")
{
    std::size_t tried = 0;
    std::set<std::string> reached;
    for (const auto& logement : dwellings())
        for (const auto& critere : criteres()) {
            if (critere.question == Question::Composition) continue;
            // Sub-questions do not depend on where a flat stands: no need to multiply them by it.
            if (logement.nature && critere.question != Question::DeduiteToit &&
                critere.question != Question::DeduiteInfiltration)
                continue;
            for (auto& choix : all_ways(sous_questions(critere, logement))) {
                ++tried;
                ReponsesDesordres answers{{{std::string{critere.slug}, choix}}};
                const auto chosen = precisions_de(answers, logement);
                if (chosen.empty()) FAIL("aucune précision pour ", critere.slug);
                bool all = false;
                for (const auto& p : chosen) {
                    const auto* row = find_precision(p.slug);
                    if (row == nullptr || row->critere != critere.slug)
                        FAIL("précision étrangère : ", p.slug);
                    all = all || row->exclusive;
                    reached.insert(p.slug);
                }
                // The State's API refuses an exclusive précision beside another one of the same critère.
                if (all && chosen.size() > 1) FAIL("précision exclusive accompagnée : ", critere.slug);
                // Cleaning what the form itself produced changes nothing.
                if (precisions_de(nettoyees(answers), logement) != chosen)
                    FAIL("réponses altérées par le nettoyage : ", critere.slug);
            }
        }
    CHECK(tried > 3000);
    // Nothing in the catalogue is out of the form's reach.
    for (const auto& precision : precisions()) {
        if (find_critere(precision.critere)->question == Question::Composition) continue;
        CAPTURE(precision.slug);
        CHECK(reached.contains(std::string{precision.slug}));
    }
}

TEST_CASE("une ventilation en panne compte même si on ne sait pas si elle a été nettoyée")
{
    const std::string v = "desordres_logement_aeration_ventilation_defectueuse";
    CHECK(of(v, {{"pieces", {"cuisine"}}, {"nettoyage", {"nsp"}}}, several_rooms()) ==
          Slugs{v + "_details_pieces_cuisine_nettoyage_nsp"});
    CHECK(of(v, {{"pieces", {"cuisine"}}}, several_rooms()) ==
          Slugs{v + "_details_pieces_cuisine_nettoyage_nsp"});
    CHECK(of(v, {{"nettoyage", {"non"}}}, several_rooms()) ==
          Slugs{v + "_details_pieces_piece_a_vivre_nettoyage_non"});
}

TEST_CASE("un tiers qui signale l’absence de chauffage dit dans quelles pièces")
{
    const std::string c = "desordres_logement_chauffage_type_aucun";
    const auto* critere = find_critere(c);
    REQUIRE(critere != nullptr);
    CHECK(propose(*critere, several_rooms(), Declarant::Tiers));
    REQUIRE(sous_questions(*critere, several_rooms()).size() == 1);
    CHECK(of(c, {{"pieces", {"piece_a_vivre", "salle_de_bain"}}}, several_rooms()) ==
          Slugs{c + "_pieces_piece_a_vivre", c + "_pieces_salle_de_bain"});
}

TEST_CASE("pour le plomb, « je ne sais pas » n’est pas « pas de diagnostic »")
{
    const std::string p = "desordres_logement_securite_plomb";
    CHECK(of(p, {{"pieces", {"tout"}}, {"diagnostic", {"nsp"}}}) ==
          Slugs{p + "_pieces_tout_diagnostique_nsp"});
    CHECK(of(p, {{"pieces", {"tout"}}, {"diagnostic", {"non"}}}) ==
          Slugs{p + "_pieces_tout_diagnostique_non"});
    CHECK(of(p, {{"pieces", {"tout"}}, {"diagnostic", {"oui"}}}) ==
          Slugs{p + "_pieces_tout_diagnostique_oui"});
}

TEST_CASE("une fuite dont on ne sait rien n’empêche pas de signaler l’humidité")
{
    const std::string h = "desordres_logement_humidite_cuisine";
    CHECK(of(h, {{"fuite", {"nsp"}}, {"machine", {"non"}}, {"moisissure_apres_nettoyage", {"oui"}}}) ==
          Slugs{h + "_details_machine_non", h + "_details_moisissure_apres_nettoyage_oui"});
    CHECK(of(h, {{"fuite", {"oui"}}}) == Slugs{h + "_details_machine_nsp",
                                               h + "_details_moisissure_apres_nettoyage_nsp",
                                               h + "_details_fuite_oui"});
}

TEST_CASE("toutes les pièces cochées valent « tout le logement », et une pièce unique aussi")
{
    const std::string s = "desordres_logement_securite_sol_dangereux";
    CHECK(of(s, {{"pieces", {"piece_a_vivre", "cuisine", "salle_de_bain"}}}) == Slugs{s + "_pieces_tout"});
    CHECK(of(s, {{"pieces", {"cuisine", "tout"}}}) == Slugs{s + "_pieces_tout"});
    LogementDecrit studio;
    studio.piece_unique = true;
    CHECK(sous_questions(*find_critere(s), studio).empty());
    CHECK(of(s, {{"pieces", {"cuisine"}}}, studio) == Slugs{s + "_pieces_tout"});
    const std::string p = "desordres_logement_lumiere_plafond_trop_bas";
    CHECK(of(p, {}, studio) == Slugs{p + "_toutes_pieces"});
}

TEST_CASE("une pièce que le logement n’a pas n’est pas proposée")
{
    auto logement = several_rooms();
    logement.cuisine = Presence::Absente;
    logement.salle_de_bain = Presence::Collective;
    logement.wc = Presence::Absente;
    const auto questions =
        sous_questions(*find_critere("desordres_logement_securite_sol_glissant"), logement);
    REQUIRE(questions.size() == 1);
    REQUIRE(questions[0].options.size() == 2);
    CHECK(questions[0].options[0].slug == "piece_a_vivre");
    CHECK(questions[0].options[1].slug == "tout");
    CHECK(!propose(*find_critere("desordres_logement_humidite_cuisine"), logement, Declarant::Occupant));
}

TEST_CASE("d’un escalier coché sans précision, personne n’a dit qu’il sert encore sans danger")
{
    const std::string escalier = "desordres_batiment_securite_escalier";
    const auto dit = [&](const Choix& choix) {
        return declarations(precisions_de({{{escalier, choix}}}, {}));
    };
    const auto tait = dit({});
    REQUIRE(tait.size() == 1);
    CHECK(tait[0].libelle == find_critere(escalier)->libelle);
    CHECK(dit({{"etat", {"utilisable"}}})[0].libelle ==
          libelle_complet(*find_precision(escalier + "_details_utilisable")));
    // Two readings of one critère are still one thing that was said.
    CHECK(declarations({{.slug = escalier + "_details_utilisable", .presumee = true},
                        {.slug = escalier + "_details_dangereux", .presumee = true}}) == tait);
}

TEST_CASE("ce qui est déduit est signalé comme présumé quand l’étage n’est pas dit")
{
    const std::string toit = "desordres_batiment_isolation_dernier_etage_toit";
    auto chosen = precisions_de({{{toit, {}}}}, {});
    REQUIRE(chosen.size() == 1);
    CHECK(chosen[0].slug == toit + "_sous_toit_non");
    CHECK(chosen[0].presumee);
    LogementDecrit maison;
    maison.nature = Nature::Maison;
    chosen = precisions_de({{{toit, {}}}}, maison);
    CHECK(chosen[0].slug == toit + "_maison_individuelle");
    CHECK(!chosen[0].presumee);
}

TEST_CASE(
    "les pompiers et la composition du logement ne sont pas proposés au formulaire, l’incurie qu’aux tiers")
{
    for (const auto& critere : criteres()) {
        if (critere.categorie == "service_secours" ||
            critere.categorie == "desordres_type_composition_logement")
            CHECK(!propose(critere, {}, Declarant::Tiers));
        if (critere.categorie == "desordres_logement_proprete") {
            CHECK(propose(critere, {}, Declarant::Tiers));
            CHECK(!propose(critere, {}, Declarant::Occupant));
        }
    }
}

TEST_CASE("des réponses inconnues, répétées ou déplacées sont écartées")
{
    const ReponsesDesordres typed{{
        {"desordres_logement_securite_gaz", {{"pieces", {"cuisine"}}}, "texte qui n’a pas sa place"},
        {"desordres_logement_securite_gaz", {}},
        {"desordres_type_composition_logement_sous_combles", {}},
        {"<script>", {}},
        {"desordres_logement_electricite_manque_prises",
         {{"multiprises", {"oui", "non"}}, {"autre", {"oui"}}}},
        {"desordres_logement_nuisibles_autres", {{"apparition", {"hier"}}}, "fourmis"},
    }};
    const auto clean = nettoyees(typed);
    REQUIRE(clean.criteres.size() == 3);
    CHECK(clean.criteres[0].choix.empty());
    CHECK(clean.criteres[0].texte_libre.empty());
    CHECK(clean.criteres[1].choix == Choix{{"multiprises", {"oui"}}});
    CHECK(clean.criteres[2].choix.empty());
    const auto chosen = precisions_de(clean, {});
    REQUIRE(chosen.size() == 3);
    CHECK(chosen[2].slug == "desordres_logement_nuisibles_autres_details_date_nsp");
    CHECK(chosen[2].texte_libre == "fourmis");
}

TEST_CASE("une surface non indiquée ne compte jamais pour zéro mètre carré")
{
    LogementDecrit studio;
    studio.piece_unique = true;
    studio.personnes = 1;
    studio.allocataire = Reponse::Oui;
    CHECK(precisions_de_composition(studio).empty());
    studio.superficie_dm2 = 900;
    CHECK(precisions_de_composition(studio).empty());
    studio.superficie_dm2 = 899;
    CHECK(slugs(precisions_de_composition(studio)) ==
          Slugs{"desordres_type_composition_logement_piece_unique_superficie",
                "desordres_type_composition_logement_suroccupation_allocataire"});
}

TEST_CASE("la suroccupation d’un foyer allocataire suit les surfaces des aides au logement")
{
    const auto crowded = [](int personnes, int dm2) {
        LogementDecrit l;
        l.personnes = personnes;
        l.superficie_dm2 = dm2;
        l.allocataire = Reponse::Oui;
        return !precisions_de_composition(l).empty();
    };
    CHECK(crowded(2, 1599));
    CHECK(!crowded(2, 1600));
    CHECK(crowded(3, 2499));
    CHECK(!crowded(3, 2500));
    CHECK(crowded(7, 6099));
    CHECK(!crowded(8, 7000));
    CHECK(!crowded(10, 7000)); // never more than 70 m²
    CHECK(crowded(10, 6999));
}

TEST_CASE("sans aide au logement, la suroccupation compare les pièces aux habitants")
{
    LogementDecrit l;
    l.personnes = 5;
    CHECK(precisions_de_composition(l).empty()); // rooms not told
    l.nombre_pieces = 2;
    CHECK(slugs(precisions_de_composition(l)) ==
          Slugs{"desordres_type_composition_logement_suroccupation_non_allocataire"});
    l.personnes = 4;
    CHECK(precisions_de_composition(l).empty());
    l.piece_unique = true;
    l.nombre_pieces.reset();
    l.personnes = 3;
    CHECK(slugs(precisions_de_composition(l)) ==
          Slugs{"desordres_type_composition_logement_suroccupation_non_allocataire"});
}

TEST_CASE("changer la description du logement ne laisse aucune précision périmée")
{
    LogementDecrit l;
    l.nature = Nature::Appartement;
    l.etage = Etage::SousSol;
    l.sans_fenetre = Reponse::Oui;
    l.piece_unique = false;
    l.piece_de_9_m2 = Reponse::Non;
    l.cuisine = Presence::DansLeLogement;
    l.wc = Presence::DansLeLogement;
    l.wc_dans_cuisine = Reponse::Oui;
    CHECK(slugs(precisions_de_composition(l)) ==
          Slugs{"desordres_type_composition_logement_sous_sol",
                "desordres_type_composition_logement_plusieurs_pieces_aucune_piece_9",
                "desordres_type_composition_logement_wc_cuisine_ensemble"});
    l.etage = Etage::Rdc;
    l.piece_unique = true;
    l.wc = Presence::Collective;
    CHECK(slugs(precisions_de_composition(l)) ==
          Slugs{"desordres_type_composition_logement_wc_collectif_oui"});
}

TEST_CASE("toutes les précisions sont rendues dans l’ordre du catalogue, chacune une fois")
{
    LogementDecrit l;
    l.cuisine = Presence::Absente;
    const auto chosen = toutes_les_precisions(
        {{{"desordres_logement_securite_gaz", {}}, {"desordres_batiment_securite_toit", {}}}}, l);
    CHECK(slugs(chosen) == Slugs{"desordres_batiment_securite_toit",
                                 "desordres_type_composition_logement_cuisine_collective_non",
                                 "desordres_logement_securite_gaz"});
}

} // namespace signalement::desordre::precisions_check
