// Who asks for a dwelling, and what their form says: invented households, plausible together. Pure; included
// by volume_demandes*.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demande/formulaire.hpp"
#include "demande/reponses.hpp"
#include "volume_moyens.hpp"

namespace volume {

/// A commune that is asked, or lived in.
struct CommuneDemandee {
    std::string_view insee, nom, code_postal;
};

struct FormulaireSeme {
    demande::Reponses reponses;           // without any NIR
    std::vector<demande::Adulte> adultes; // with theirs; the applicant first
    bool en_ligne = false;                // registered or renewed online
};

/// The form that household `n` deposited that day, the communes in their order of preference. One in sixty is
/// about the people of a demande shortly before: they asked in another territory too, or forgot.
FormulaireSeme formulaire_seme(std::int64_t n, Date depose_le, const std::vector<CommuneDemandee>&);

} // namespace volume
