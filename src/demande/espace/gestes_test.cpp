// What an applicant does alone, online, and what is left to a guichet.
#include <doctest/doctest.h>

#include <algorithm>

#include "demande/espace/gestes.hpp"
#include "demande/exemples_test.hpp"

namespace demande::espace {
namespace test_gestes {

Reponses gardees()
{
    return lire(exemples::formulaire_rempli(), exemples::contexte())->reponses;
}

Situation en_cours(Date ancre, Etat etat = Etat::Active)
{
    return {.etat = etat,
            .jalons = jalons(ancre),
            .preavis_remis_le = std::nullopt,
            .radiee_le = std::nullopt,
            .motif_radiation = std::nullopt};
}

std::vector<Raison> toutes()
{
    std::vector<Raison> out;
    for (const auto& v : volets_en_ligne()) out.push_back(v.raison);
    return out;
}

TEST_CASE("en ligne, l’identité et ceux qui signent ne se changent pas, le reste se déclare")
{
    CHECK(volet_en_ligne("ressources"));
    CHECK_FALSE(volet_en_ligne("identite"));
    CHECK_FALSE(volet_en_ligne("separation"));
    const auto avant = gardees();
    auto saisies = avant;
    saisies.mettre("a_charge.2.nom", "Traoré");
    saisies.mettre("a_charge.2.prenom", "Lina");
    saisies.mettre("a_charge.2.naissance_le", "19/11/2026");
    saisies.mettre("a_charge.2.lien", "enfant");
    // What a forged form adds is not of this screen.
    saisies.mettre("demandeur.nom", "Autre");
    saisies.mettre("codemandeur.1.nom", "Autre");
    saisies.mettre("codemandeur.1.nir", "1 86 05 76 540 001 67");
    const auto c = changer_en_ligne(avant, *volet_en_ligne("menage"), saisies, exemples::contexte(), 0);
    REQUIRE(c);
    CHECK(c->justificatif == Justificatif::EnLigne);
    CHECK(c->contenu.reponses.texte("a_charge.2.prenom") == "Lina");
    CHECK(c->contenu.reponses.texte("demandeur.nom") == "Kerviel");
    CHECK(c->contenu.reponses.texte("codemandeur.1.nom") == "Traoré");
    CHECK(c->nirs.empty());
}

TEST_CASE(
    "les violences une fois déclarées restent écrites, qui que ce soit qui décoche la case en ligne : un "
    "guichet les enlève")
{
    auto avant = gardees();
    const auto& logement = *volet_en_ligne("logement");
    const auto apres = [&](const char* violences, int rang) {
        auto saisies = avant;
        saisies.mettre("motif.trop_petit", "");
        saisies.mettre("motif.voisinage", "oui");
        saisies.mettre("motif.violences", violences);
        const auto c = changer_en_ligne(avant, logement, saisies, exemples::contexte(), rang);
        REQUIRE(c);
        CHECK(c->contenu.reponses.est("motif.voisinage", "oui"));
        return c->contenu.reponses.texte("motif.violences");
    };
    CHECK(apres("oui", 0) == "oui");
    CHECK(apres("oui", 1).empty()); // the others would read it at once
    avant.mettre("motif.violences", "oui");
    CHECK(apres("", 0) == "oui"); // also of whoever helps by mandate: rank 0
    const auto sans =
        changer(avant, *volet("logement"), gardees(), Justificatif::Presence, exemples::contexte(), {});
    REQUIRE(sans);
    CHECK_FALSE(sans->contenu.reponses.a("motif.violences"));
}

TEST_CASE("une adresse électronique nouvelle se prouve par un code, sauf celle du compte")
{
    auto avant = gardees();
    avant.mettre("demandeur.email", "maelle@exemple.example");
    const auto a_prouver = [&](const char* nouvelle) {
        auto apres = avant;
        apres.mettre("demandeur.email", nouvelle);
        return adresse_a_prouver(avant, apres, "compte@exemple.example");
    };
    CHECK(a_prouver("Autre@Exemple.example") == "autre@exemple.example");
    CHECK_FALSE(a_prouver("Maelle@exemple.example"));
    CHECK_FALSE(a_prouver("Compte@exemple.example"));
    CHECK_FALSE(a_prouver(""));
}

TEST_CASE("l’adresse d’une pièce ne dit rien de la vie de quelqu’un : ce qui n’est donné que sur demande va "
          "par son rang")
{
    auto r = gardees();
    r.mettre("motif.violences", "oui");
    std::vector<std::pair<std::string, std::string>> adresses;
    bool violences = false;
    for (const auto& p : pieces_a_deposer(r, {}, {2026, 11, 22})) {
        const auto a = p.adresse();
        adresses.push_back(a);
        violences = violences || p.type == "violences";
        if (p.moment == demande::Moment::SiDemandee)
            CHECK(a == std::pair{std::string{"piece"}, std::to_string(p.rang)});
    }
    CHECK(violences);
    CHECK(std::ranges::none_of(adresses, [](const auto& a) { return a.first == "violences"; }));
    std::ranges::sort(adresses);
    CHECK(std::ranges::adjacent_find(adresses) == adresses.end());
}

TEST_CASE("aucun écran en ligne ne demande un numéro de sécurité sociale")
{
    for (const auto& v : volets_en_ligne())
        for (const auto& r : rubriques())
            for (const auto& q : r.questions) CHECK_FALSE((q.genre == Genre::Nir && posee_en_ligne(v, r, q)));
}

TEST_CASE("renouveler en ligne : tout relire, dire que c’est exact, et la règle décide du jour")
{
    const Date ancre{2026, 3, 15}, jour{2027, 3, 1};
    auto relues = toutes();
    CHECK(reprendre_en_ligne(en_cours(ancre), relues, true, jour)->ancre() == jour);
    CHECK(reprendre_en_ligne(en_cours(ancre), relues, false, jour).error().field == "exact");
    relues.pop_back();
    CHECK(prochaine_relecture(relues)->raison == Raison::Coordonnees);
    CHECK(reprendre_en_ligne(en_cours(ancre), relues, true, jour).error().kind == Problem::Kind::Conflict);
    // In the tolerance, and when it was removed for want of a renewal, as long as the rule lets it come back.
    CHECK(reprendre_en_ligne(en_cours(ancre, Etat::EnTolerance), toutes(), true, {2027, 4, 10}));
    auto radiee = en_cours(ancre, Etat::Radiee);
    radiee.motif_radiation = MotifRadiation::NonRenouvellement;
    radiee.radiee_le = Date{2027, 4, 16};
    CHECK(reprendre_en_ligne(radiee, toutes(), true, {2027, 9, 15})->action() == Action::Reactiver);
    CHECK_FALSE(reprendre_en_ligne(radiee, toutes(), true, {2027, 9, 16}));
    radiee.motif_radiation = MotifRadiation::Renonciation;
    CHECK_FALSE(reprendre_en_ligne(radiee, toutes(), true, {2027, 4, 20}));
}

TEST_CASE("renoncer se confirme ; à deux, cela se fait au guichet")
{
    const auto s = en_cours({2026, 3, 15});
    const auto r = renoncer(s, false, true, {2026, 11, 22});
    REQUIRE(r);
    CHECK(r->motif() == MotifRadiation::Renonciation);
    CHECK_FALSE(r->justificatif().empty());
    CHECK(renoncer(s, false, false, {2026, 11, 22}).error().field == "confirme");
    CHECK(renoncer(s, true, true, {2026, 11, 22}).error().kind == Problem::Kind::Conflict);
    CHECK_FALSE(renoncer(en_cours({2026, 3, 15}, Etat::Radiee), false, true, {2026, 11, 22}));
}

TEST_CASE("les pièces se demandent par personne et par année, et ce qu’un départ a laissé ne compte plus")
{
    const Date jour{2026, 11, 22};
    const auto r = gardees();
    const auto une = [&](const std::vector<PieceRecue>& recues, std::string_view type, std::string_view qui) {
        const auto toutes = pieces_a_deposer(r, recues, jour);
        const auto p = std::ranges::find_if(
            toutes, [&](const PieceADeposer& q) { return q.type == type && q.personne == qui; });
        REQUIRE(p != toutes.end());
        return *p;
    };
    CHECK(une({}, "avis_impot", "codemandeur.1").libelle == "Avis d’impôt sur les revenus de 2024");
    CHECK(une({}, "avis_impot", "codemandeur.1").de_qui == "Idriss Traoré");
    CHECK(une({}, "titre_sejour", "codemandeur.1").besoin == Besoin::Manque);
    CHECK(une({}, "livret_famille", "").besoin == Besoin::Manque);

    const auto avis = [](std::string personne, std::string periode, EtatPiece etat, int version = 1) {
        return PieceRecue{{"avis_impot", std::move(personne), std::move(periode), etat, {}, version},
                          etat == EtatPiece::Refusee ? std::optional{MotifRefusPiece::Illisible}
                                                     : std::nullopt};
    };
    const std::vector<PieceRecue> le_sien{avis("demandeur", "2024", EtatPiece::Validee)};
    CHECK(une(le_sien, "avis_impot", "demandeur").besoin == Besoin::Acquis);
    CHECK(une(le_sien, "avis_impot", "codemandeur.1").besoin == Besoin::Manque);
    // Called after the year it came; another year is another notice.
    CHECK(une({avis("demandeur", "2025", EtatPiece::Deposee)}, "avis_impot", "demandeur").besoin ==
          Besoin::EnAttente);
    CHECK(une({avis("demandeur", "2023", EtatPiece::Validee)}, "avis_impot", "demandeur").besoin ==
          Besoin::Manque);
    CHECK(une({avis("codemandeur.1@2", "2024", EtatPiece::Validee)}, "avis_impot", "codemandeur.1").besoin ==
          Besoin::Manque);
    const auto refusee = une({avis("demandeur", "2024", EtatPiece::Refusee)}, "avis_impot", "demandeur");
    CHECK(refusee.besoin == Besoin::ARenouveler);
    CHECK(refusee.refusee == MotifRefusPiece::Illisible);
    CHECK_FALSE(
        une({avis("demandeur", "2024", EtatPiece::Refusee), avis("demandeur", "2024", EtatPiece::Deposee, 2)},
            "avis_impot", "demandeur")
            .refusee);
}

} // namespace test_gestes
} // namespace demande::espace
