// The minutes of a commission d’attribution, from what it decided: values to a document. The words are here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/candidature/store.hpp"
#include "document/document.hpp"

namespace demande::candidature {

struct ProcesVerbal {
    struct Ligne {
        std::string numero, nom, decision;
    };
    struct Examine {
        std::string titre, reference, adresse, financement, contingent, loyer;
        std::vector<Ligne> lignes;
        std::string derogation; // empty: three demandes at least
    };
    std::string bailleur;
    Date tenue_le;
    std::string lieu;
    std::vector<Examine> logements;
};

/// What is printed of one dwelling: as it was decided, whatever happened since.
ProcesVerbal::Examine examine(const store::Ouvert&, const std::string& commission, std::string_view commune,
                              std::optional<Derogation>, const std::vector<store::DecisionPrise>&);
document::Document imprimer(const ProcesVerbal&);

} // namespace demande::candidature
