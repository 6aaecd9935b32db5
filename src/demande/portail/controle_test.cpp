// What the check of a demande deposited online rests on: its identity document, and the day it keeps.
#include <doctest/doctest.h>

#include "demande/portail/controle.hpp"

namespace demande::portail {
namespace test_controle {

Reponses personne(const std::string& nom, const std::string& prenom, const std::string& naissance)
{
    Reponses r;
    r.mettre("demandeur.nom", nom);
    r.mettre("demandeur.prenom", prenom);
    r.mettre("demandeur.naissance_le", naissance);
    return r;
}

TEST_CASE("une demande corrigée garde la date de son premier dépôt tant que c’est celle de la même personne")
{
    const auto elle = personne("Kerviel", "Maëlle", "04/12/1984");
    const auto lui = personne("Traoré", "Idriss", "17/05/1986");
    CHECK(garde_sa_date(std::nullopt, {}, elle)); // never sent before
    CHECK(garde_sa_date(MotifInvalidation::Illisible, elle, elle));
    CHECK_FALSE(garde_sa_date(MotifInvalidation::Illisible, elle, lui));
    // Asked to correct who they are: another name is the correction.
    CHECK(garde_sa_date(MotifInvalidation::Differences, elle, lui));
}

TEST_CASE("une demande renvoyée dit jusqu’à quel jour elle est gardée, et se rappelle un mois avant")
{
    const auto renvoi = *base::parse_instant("2026-11-23T09:00:00.000Z");
    CHECK(gardee_jusqu_au(renvoi, "076") == Date{2027, 5, 21});
    // That day she still may correct; what is sent back by then is due the reminder thirty days before.
    CHECK(base::plus_days(gardee_jusqu_au(renvoi, "076"), 1) ==
          base::local_date(renvoi.plus_days(conservation_invalidee_jours), "Europe/Paris"));
    CHECK(a_rappeler_avant(renvoi.plus_days(150)) == renvoi);
    // The day is that of the territory: in Réunion the night has fallen.
    CHECK(gardee_jusqu_au(*base::parse_instant("2026-11-23T21:00:00.000Z"), "974") == Date{2027, 5, 22});
}

TEST_CASE("une pièce d’identité encore en vérification suffit pour déposer ; illisible ou isolée, elle ne "
          "suffit pas")
{
    const auto une = [](piece::Etat etat) {
        piece::Piece p;
        p.etat = etat;
        return p;
    };
    CHECK_FALSE(a_une_piece({}));
    CHECK_FALSE(a_une_piece({une(piece::Etat::Quarantaine), une(piece::Etat::Illisible)}));
    for (const auto& ligne : piece::etats) {
        const auto etat = ligne.value;
        if (etat != piece::Etat::Quarantaine && etat != piece::Etat::Illisible)
            CHECK(a_une_piece({une(etat)}));
    }
}

} // namespace test_controle
} // namespace demande::portail
