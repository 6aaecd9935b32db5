// Reading the journal of a report again: what its rows must say if every decision was recorded once. A rule:
// no database; the audit (src/verification) loads what it compares.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace signalement {

/// An act on several reports was undone (lot/lot.hpp): the details are the rank of the journal that the
/// report is given back as.
inline constexpr std::string_view evenement_annulation = "annulation";

/// A report as its tables hold it today, with its journal in the order of the ranks.
struct DossierConstate {
    struct Ligne {
        std::int64_t rang = 0;
        std::string evenement;
        Instant le;
        std::string details;
    };
    struct AffectationConstatee {
        std::string partenaire;
        std::string statut;
    };
    struct SuiviConstate {
        std::string id;
        std::string type;
        bool visible = false;
        Instant ajoute_le;
    };

    std::string statut;
    Instant depose_le;
    std::optional<Instant> valide_le, refuse_le, clos_le, dernier_suivi_le;
    std::vector<AffectationConstatee> affectations;
    std::vector<SuiviConstate> suivis;
    std::vector<Ligne> journal;
};

/// Every contradiction between the tables and the journal, as French sentences; empty when the journal
/// explains the whole state: each change has exactly one row, and the last one leads where the report is.
std::vector<std::string> contradictions(const DossierConstate&);

} // namespace signalement
