// The documents of a demande: what is asked again, what is decided, and for whom.
#include <doctest/doctest.h>

#include <algorithm>

#include "demande/dossier.hpp"
#include "demande/exemples_test.hpp"

namespace demande {
namespace test_dossier {

constexpr Date jour{2026, 11, 22};

Besoin besoin(std::string_view slug, const std::vector<PieceDuDossier>& recues)
{
    const auto tout = etat_du_dossier(pieces_attendues(exemples::formulaire_rempli(), jour), recues, jour);
    const auto d =
        std::ranges::find_if(tout, [&](const PieceDemandee& p) { return p.attendue.slug == slug; });
    REQUIRE(d != tout.end());
    return d->besoin;
}

PieceDuDossier avis(EtatPiece etat, std::optional<Date> expire_le = {}, int version = 1)
{
    return {"avis_impot", "demandeur", "2024", etat, expire_le, version};
}

TEST_CASE("une pièce manque, attend d’être vérifiée, est acquise, ou se redemande")
{
    CHECK(besoin("avis_impot", {}) == Besoin::Manque);
    CHECK(besoin("avis_impot", {avis(EtatPiece::Remise)}) == Besoin::EnAttente);
    CHECK(besoin("avis_impot", {avis(EtatPiece::Deposee)}) == Besoin::EnAttente);
    CHECK(besoin("avis_impot", {avis(EtatPiece::Validee)}) == Besoin::Acquis);
    CHECK(besoin("avis_impot", {avis(EtatPiece::Refusee)}) == Besoin::ARenouveler);
    CHECK(besoin("bail", {avis(EtatPiece::Validee)}) == Besoin::Manque);
}

TEST_CASE("une pièce se redemande soixante jours avant sa fin ; le dernier jour vaut encore")
{
    CHECK(validite({}, jour) == Validite::Valable);
    CHECK(validite(jour, jour) == Validite::BientotPerimee);
    CHECK(validite(base::plus_days(jour, -1), jour) == Validite::Perimee);
    CHECK(validite(base::plus_days(jour, 60), jour) == Validite::BientotPerimee);
    CHECK(validite(base::plus_days(jour, 61), jour) == Validite::Valable);
    CHECK(besoin("avis_impot", {avis(EtatPiece::Validee, base::plus_days(jour, 10))}) == Besoin::ARenouveler);
}

TEST_CASE("une nouvelle version parle pour le document, sans effacer ce qui est acquis tant qu’elle attend")
{
    CHECK(besoin("avis_impot", {avis(EtatPiece::Refusee), avis(EtatPiece::Validee, {}, 2)}) ==
          Besoin::Acquis);
    CHECK(besoin("avis_impot", {avis(EtatPiece::Refusee), avis(EtatPiece::Deposee, {}, 2)}) ==
          Besoin::EnAttente);
    CHECK(besoin("avis_impot", {avis(EtatPiece::Validee, base::plus_days(jour, -1)),
                                avis(EtatPiece::Validee, {}, 2)}) == Besoin::Acquis);
}

TEST_CASE("une pièce se décide une fois, et un refus dit pourquoi")
{
    CHECK(decider(EtatPiece::Deposee, "validee", "")->etat == EtatPiece::Validee);
    CHECK(decider(EtatPiece::Deposee, "refusee", "illisible")->motif == MotifRefusPiece::Illisible);
    CHECK(decider(EtatPiece::Deposee, "refusee", "").error().field == "motif");
    CHECK(decider(EtatPiece::Deposee, "peut-être", "").error().field == "choix");
    CHECK(decider(EtatPiece::Validee, "refusee", "illisible").error().kind == Problem::Kind::Conflict);
    CHECK(decider(EtatPiece::Remise, "validee", "").error().kind == Problem::Kind::Conflict);
}

TEST_CASE("une copie papier se numérise dans les quinze jours, le dernier inclus")
{
    CHECK(numerisation_due({2026, 11, 20}) == Date{2026, 12, 5});
}

TEST_CASE("une pièce concerne le ménage ou une personne nommée sur la demande")
{
    const auto personnes = personnes_du_dossier(exemples::formulaire_rempli());
    REQUIRE(personnes.size() == 4);
    CHECK(personnes[1].nom == "Maëlle Kerviel");
    CHECK(personnes[2].cle == "codemandeur.1");
    CHECK(personnes[3].nom == "Noé Traoré");
    CHECK(libelle_de_piece("avis_impot") == "Avis d’impôt de chaque adulte");
}

TEST_CASE(
    "les pièces suivent la personne : sur sa ligne, sur une autre, ou hors de la demande quand elle part")
{
    const auto avant = exemples::formulaire_rempli();
    CHECK(deplacements(avant, avant, 2).empty());

    auto corrigee = avant; // a correction is not another person
    corrigee.mettre("codemandeur.1.naissance_le", "18/05/1986");
    CHECK(deplacements(avant, corrigee, 2).empty());

    auto remplace = avant; // another spouse on the line of the first
    remplace.mettre("codemandeur.1.nom", "Le Goff");
    remplace.mettre("codemandeur.1.prenom", "Yann");
    remplace.mettre("codemandeur.1.naissance_le", "01/02/1990");
    CHECK(deplacements(avant, remplace, 4) == std::vector<Deplacement>{{"codemandeur.1", "codemandeur.1@4"}});

    auto deux = avant;
    deux.mettre("a_charge.2.nom", "Traoré");
    deux.mettre("a_charge.2.prenom", "Lina");
    deux.mettre("a_charge.2.naissance_le", "11/03/2022");
    auto remonte = deux; // the younger one is now written on the first line
    for (const auto* c : {"nom", "prenom", "naissance_le"}) {
        remonte.mettre(std::string{"a_charge.1."} + c, deux.texte(std::string{"a_charge.2."} + c));
        remonte.retirer(std::string{"a_charge.2."} + c);
    }
    CHECK(deplacements(deux, remonte, 3) ==
          std::vector<Deplacement>{{"a_charge.1", "a_charge.1@3"}, {"a_charge.2", "a_charge.1"}});
}

} // namespace test_dossier
} // namespace demande
