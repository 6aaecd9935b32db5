// Working days, and why a demande goes back. Pure.
#include "demande/portail/controle.hpp"

#include <algorithm>
#include <chrono>

#include "demande/jalons.hpp"
#include "demande/situation.hpp"

namespace demande::portail {

namespace {

std::chrono::sys_days jour_civil(Date d)
{
    using namespace std::chrono;
    return sys_days{year{d.year} / month{d.month} / day{d.day}};
}

/// Easter Sunday of the Gregorian calendar (Meeus).
Date paques(int annee)
{
    const int a = annee % 19, b = annee / 100, c = annee % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return {annee, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1)};
}

} // namespace

bool est_ouvre(Date d)
{
    const std::chrono::weekday jour{jour_civil(d)};
    if (jour == std::chrono::Saturday || jour == std::chrono::Sunday) return false;
    constexpr std::pair<unsigned, unsigned> fixes[] = {{1, 1},  {5, 1},  {5, 8},   {7, 14},
                                                       {8, 15}, {11, 1}, {11, 11}, {12, 25}};
    if (std::ranges::find(fixes, std::pair<unsigned, unsigned>{d.month, d.day}) != std::end(fixes))
        return false;
    const auto p = paques(d.year);
    return d != base::plus_days(p, 1) && d != base::plus_days(p, 39) && d != base::plus_days(p, 50);
}

Date plus_jours_ouvres(Date d, int jours)
{
    while (jours > 0) {
        d = base::plus_days(d, 1);
        if (est_ouvre(d)) --jours;
    }
    return d;
}

Date a_verifier_avant(Date envoyee_le)
{
    return plus_jours_ouvres(envoyee_le, jours_ouvres_pour_verifier);
}

Date a_verifier_avant(Instant envoyee_le, std::string_view territoire)
{
    return a_verifier_avant(jour_legal(envoyee_le, territoire));
}

Date gardee_jusqu_au(Instant renvoyee_le, std::string_view territoire)
{
    return base::plus_days(jour_legal(renvoyee_le, territoire), conservation_invalidee_jours - 1);
}

Instant a_rappeler_avant(Instant maintenant)
{
    return maintenant.plus_days(rappel_avant_effacement_jours - conservation_invalidee_jours);
}

Result<MotifInvalidation> invalider(Etat etat, std::string_view motif)
{
    if (transition(Action::Invalider, etat) == nullptr)
        return Problem::conflict("Cette demande n’attend plus de vérification.");
    const auto m = base::from_slug(motifs_invalidation, motif);
    if (!m) return Problem::invalid("motif", "Choisissez ce qui est à corriger\u00a0: le demandeur le lira.");
    return *m;
}

std::optional<Problem> incomparable(const std::vector<piece::Piece>& fichiers)
{
    if (std::ranges::any_of(fichiers, &piece::Piece::disponible)) return std::nullopt;
    if (std::ranges::any_of(fichiers, [](const piece::Piece& p) { return piece::attend(p.etat); }))
        return Problem::conflict("La pièce d’identité est encore en cours de vérification\u00a0: attendez un "
                                 "instant, rechargez la page, puis comparez-la avant de valider.");
    return Problem::conflict("Aucune pièce d’identité ne peut être ouverte\u00a0: demandez au demandeur d’en "
                             "envoyer une autre, avec le motif qui convient.");
}

bool a_une_piece(const std::vector<piece::Piece>& fichiers)
{
    return std::ranges::any_of(fichiers, [](const piece::Piece& p) {
        return p.etat != piece::Etat::Quarantaine && p.etat != piece::Etat::Illisible;
    });
}

bool garde_sa_date(std::optional<MotifInvalidation> motif, const Reponses& deposant,
                   const Reponses& maintenant)
{
    return motif == MotifInvalidation::Differences || deposant.paires().empty() ||
           meme_personne(deposant, maintenant, "demandeur.");
}

} // namespace demande::portail
