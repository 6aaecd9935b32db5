// What an attestation says, and which documents a household is asked for.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "demande/attestation.hpp"
#include "demande/exemples_test.hpp"
#include "demande/pieces.hpp"

namespace {

using demande::exemples::contexte;
using demande::exemples::formulaire_rempli;

demande::AttestationDe une_demande()
{
    return {.numero = "076 1126 000017 76R01",
            .guichet = "CCAS de Rouen",
            .deposee_le = {2026, 11, 20},
            .ancre = {2026, 11, 20},
            .reponses = formulaire_rempli(),
            .territoire = "076",
            .communes = {"Rouen"},
            .bailleurs = {"Habitat 76"},
            .aujourd_hui = contexte().aujourd_hui};
}

std::string tout(const demande::Attestation& a)
{
    std::string texte;
    for (const auto& p : a.parties) {
        texte += p.titre + "\n";
        for (const auto& l : p.paragraphes) texte += l + "\n";
        for (const auto& l : p.liste) texte += l + "\n";
    }
    return texte;
}

std::set<std::string_view> slugs(const demande::Reponses& r)
{
    std::set<std::string_view> out;
    for (const auto& p : demande::pieces_attendues(r, contexte().aujourd_hui)) out.insert(p.slug);
    return out;
}

} // namespace

TEST_CASE("une attestation porte les neuf mentions de la loi, dans l’ordre, puis ses annexes")
{
    const auto a = attestation(une_demande());
    std::string items;
    for (const auto& p : a.parties)
        if (p.item) items += p.item;
    CHECK(items == "abcdefghi");
    const auto texte = tout(a);
    for (const auto* mot : {"Maëlle Kerviel", "3 rue des Tanneurs", "76000 Rouen", "CCAS de Rouen",
                            "076 1126 000017 76R01", "20 novembre 2026", "20 novembre 2027 inclus",
                            "Habitat 76", "Avis d’impôt sur les revenus de 2024"}) {
        INFO(mot);
        CHECK(texte.find(mot) != std::string::npos);
    }
    CHECK(texte.find("Elle n’a pas encore été renouvelée.") != std::string::npos);
    CHECK(a.parties.back().titre == "Résumé de la demande");
}

TEST_CASE("une attestation ne dit pas un délai que nous ne connaissons pas")
{
    CHECK(tout(attestation(une_demande())).find("fixé par le préfet") != std::string::npos);
    auto de = une_demande();
    de.departements = {{"76", "Seine-Maritime"}};
    CHECK(tout(attestation(de)).find("fixé par le préfet") != std::string::npos);
}

TEST_CASE("une attestation dit, pour chaque département demandé, depuis quand saisir la commission, et où")
{
    auto de = une_demande(); // a T3
    de.territoire = "111";
    de.departements = {{"75", "Paris"}, {"92", "Hauts-de-Seine"}, {"93", "Seine-Saint-Denis"}};
    const auto francilienne = tout(attestation(de));
    CHECK(
        francilienne.find("Paris\u00a0: sans offre adaptée, vous pouvez saisir la commission à partir du 20 "
                          "novembre 2035.") != std::string::npos);
    CHECK(francilienne.find(
              "Hauts-de-Seine\u00a0: sans offre adaptée, vous pouvez saisir la commission à partir "
              "du 20 novembre 2030.") != std::string::npos);
    CHECK(francilienne.find("Pour les autres départements demandés") != std::string::npos);

    de.departements = {{"76", "Seine-Maritime"}};
    de.mediation = demande::Mediation{{{"76", {2026, 1, 1}, 1, 2, 24, "1 rue Haute, 76000 Rouen"},
                                       {"76", {2026, 1, 1}, 3, 9, 36, "1 rue Haute, 76000 Rouen"},
                                       {"76", {2027, 1, 1}, 1, 9, 12, ""}}};
    const auto normande = tout(attestation(de));
    CHECK(normande.find("à partir du 20 novembre 2029. Écrivez à\u00a0: 1 rue Haute, 76000 Rouen.") !=
          std::string::npos);
    CHECK(normande.find("fixé par le préfet") == std::string::npos);
    de.aujourd_hui = {2027, 1, 1}; // what a later decision says
    CHECK(tout(attestation(de)).find("à partir du 20 novembre 2027.") != std::string::npos);
}

TEST_CASE(
    "une attestation ne part par courriel qu’à qui l’a accepté, et jamais quand des violences sont déclarées")
{
    auto r = formulaire_rempli();
    CHECK_FALSE(demande::peut_partir_par_courriel(r));
    r.mettre("demandeur.email", "maelle@exemple.fr");
    CHECK_FALSE(demande::peut_partir_par_courriel(r)); // answered « non »
    r.mettre("demandeur.infos_courriel", "oui");
    CHECK(demande::peut_partir_par_courriel(r));
    // Of an account: only to the mailbox it was entered by, whatever its letters.
    CHECK(demande::peut_partir_par_courriel(r, r.texte("demandeur.email")));
    CHECK_FALSE(demande::peut_partir_par_courriel(r, "une.autre@exemple.example"));
    r.mettre("motif.violences", "oui");
    CHECK_FALSE(demande::peut_partir_par_courriel(r));
}

TEST_CASE("l’attestation est due un mois après le dépôt, ce jour compris")
{
    CHECK(demande::attestation_due({2026, 11, 20}) == Date{2026, 12, 20});
    CHECK(demande::attestation_due({2027, 1, 31}) == Date{2027, 2, 28});
    // Typed late, then renewed: the renewal has its own month.
    CHECK(demande::attestation_due({2026, 9, 1}, {2026, 11, 22}, {2026, 11, 22}) == Date{2026, 10, 1});
    CHECK(demande::attestation_due({2026, 9, 1}, {2027, 11, 20}, {2026, 11, 22}) == Date{2027, 12, 20});
}

TEST_CASE("seule la pièce d’identité est demandée pour enregistrer")
{
    int n = 0;
    for (const auto& p : demande::pieces_attendues(formulaire_rempli(), contexte().aujourd_hui))
        n += p.moment == demande::Moment::Enregistrement ? 1 : 0;
    CHECK(n == 1);
}

TEST_CASE("les pièces à réunir se déduisent des réponses")
{
    auto r = formulaire_rempli();
    const std::set<std::string_view> attendues{
        "identite",   "identite_adultes", "titre_sejour", "livret_famille",
        "avis_impot", "emploi",           "salaires",     "bail"};
    CHECK(slugs(r) == attendues);
    r.mettre("motif.indigne", "oui");
    r.mettre("motif.violences", "oui");
    r.mettre("ressources.rsa", "600");
    r.mettre("logement.statut", "tiers");
    const auto apres = slugs(r);
    for (const auto* slug : {"arrete_indigne", "violences", "prestations", "hebergement"})
        CHECK(apres.contains(slug));
    CHECK_FALSE(apres.contains("bail"));
    CHECK(slugs({}) == std::set<std::string_view>{"identite", "avis_impot", "ressources_substitut"});
}

TEST_CASE("tutelle, avis récent, santé, mutation, métier essentiel, Dalo : chaque pièce suit sa réponse")
{
    const auto sans = slugs(formulaire_rempli());
    for (const auto& [champ, texte, slug] :
         std::vector<std::tuple<std::string, std::string, std::string_view>>{
             {"foyer.tutelle", "oui", "tutelle"},
             {"demandeur.naissance_le", "23/11/2008", "tutelle"},
             {"revenus.rfr_n1", "12 000", "avis_impot_recent"},
             {"revenus.rfr_n2", "", "ressources_substitut"},
             {"motif.sante", "oui", "medical_logement"},
             {"complement.1.personne", "Maëlle Kerviel", "medical_logement"},
             {"motif.travail", "oui", "mutation"},
             {"travail_codemandeur.essentiel", "oui", "essentiel"},
             {"motif.dalo", "oui", "dalo"},
         }) {
        const std::string quel{slug};
        INFO(quel);
        CHECK_FALSE(sans.contains(slug));
        auto r = formulaire_rempli();
        r.mettre(champ, texte);
        CHECK(slugs(r).contains(slug));
    }
    auto majeur = formulaire_rempli();
    majeur.mettre("demandeur.naissance_le", "22/11/2008"); // 18 years old today
    CHECK_FALSE(slugs(majeur).contains("tutelle"));
    auto r = formulaire_rempli();
    r.mettre("revenus.rfr_n1", "12 000");
    const auto toutes = demande::pieces_attendues(r, contexte().aujourd_hui);
    const auto recent = std::ranges::find(toutes, "avis_impot_recent", &demande::PieceAttendue::slug);
    CHECK(recent->libelle.find("de 2025") != std::string::npos);
    CHECK(demande::type_au_journal("tutelle").empty()); // it would tell something of this household
    CHECK(demande::type_au_journal("avis_impot") == "avis_impot");
}

TEST_CASE("chaque pièce du catalogue a son propre nom")
{
    auto tous = demande::catalogue_des_pieces();
    std::ranges::sort(tous);
    CHECK(std::ranges::adjacent_find(tous) == tous.end());
    CHECK(tous.size() > 30);
}
