// Reading a demande again: what its tables must say of each other if everything was recorded once. A rule: no
// database; the audit (src/verification) loads what it compares.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace demande {

/// A demande as its tables hold it today.
struct DemandeConstatee {
    std::string numero, territoire, etat;
    int derniere_sequence = 0;         // given by the counter of its territory and month
    bool numero_recu = false;          // from the national system, which counts for itself
    std::int64_t version_courante = 0; // that the demande says
    std::int64_t versions = 0, derniere_version = 0;
    std::int64_t premieres_personnes = 0; // rows of the applicant: one, none once erased
    std::int64_t lignes_du_journal = 0, dernier_rang = 0;
};

/// Every contradiction, as French sentences; empty when there is none.
std::vector<std::string> contradictions(const DemandeConstatee&);

} // namespace demande
