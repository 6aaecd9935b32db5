// The communes that are asked and the guichets that register, for the bulk demandes. Included by
// volume_demandes*.cpp and volume_pays.cpp only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "volume_moyens.hpp"

namespace volume {

struct GuichetSeme {
    std::string code, compte, agent;
};

struct CommuneSemee {
    std::string insee, nom, code_postal;
    std::size_t territoire = 0; // in Pays::territoires
    std::uint32_t rang = 0;     // by INSEE code
    std::int64_t poids_cumule = 0;
};

struct TerritoireSeme {
    std::string code;
    std::string departement;             // empty: it is more than one
    std::size_t premiere = 0, apres = 0; // its communes
    std::vector<GuichetSeme> guichets;
};

/// Communes by territory, neighbours side by side.
struct Pays {
    std::vector<CommuneSemee> communes;
    std::vector<TerritoireSeme> territoires;

    /// A commune, the more often the more people it has.
    std::size_t tirer(Hasard&) const;
    /// The communes that somebody asks, the preferred one first: one to eight, around it, in its territory.
    std::vector<std::size_t> souhaits(Hasard&) const;
};

/// Opens guichets where there are none of ours, each with an agent, then reads the country.
Pays ouvrir_le_pays(db::Database&, Instant le);

} // namespace volume
