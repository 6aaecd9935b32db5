// Two demandes of the same person become one (CCH R. 441-2-8, f): which one stays, what the other leaves it,
// when it is refused. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "demande/cycle.hpp"
#include "demande/doublons.hpp"

namespace demande {

struct UneDesDeux {
    std::string id, numero, territoire;
    Etat etat = Etat::Active;
    Date deposee_le, ancre;
    bool violences = false, separation = false; // declared
    std::vector<Identite> signataires;          // the applicant first
    std::vector<std::string> logements;         // for which it stands now
    std::vector<std::string> deja_vus;          // for which it stands or stood
};

/// The elder stays, with its number and its seniority; the latest year of validity is kept.
class Fusion {
public:
    [[nodiscard]] const std::string& gardee() const { return gardee_; }
    [[nodiscard]] const std::string& radiee() const { return radiee_; }
    [[nodiscard]] Date ancre() const { return ancre_; }

private:
    friend Result<Fusion> reunir(const UneDesDeux&, const UneDesDeux&);
    Fusion(const UneDesDeux& gardee, const UneDesDeux& radiee);

    std::string gardee_, radiee_;
    Date ancre_;
};

Result<Fusion> reunir(const UneDesDeux&, const UneDesDeux&);

} // namespace demande
