// Values to HTML: what may be removed, what a removal would do, what it did.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/store_preavis.hpp"
#include "demande/store_radiables.hpp"
#include "demande/views.hpp"

namespace demande::views {

/// What the list shows; no guichet: those of all.
struct FiltreDesRadiations {
    std::string territoire, guichet;
};
/// The list, so filtered.
ui::Url url_radiations(const FiltreDesRadiations&);

struct Radiations {
    bool gestionnaire = false; // may pronounce the want of a renewal
    std::vector<std::string> territoires;
    FiltreDesRadiations filtre;
    std::vector<Guichet> guichets; // of the territory
    std::string ailleurs;          // why nothing is removed here; empty: it may be
    std::vector<store::Radiable> demandes;
    std::int64_t nombre = 0;
    std::optional<ui::Url> suite;
    struct AttestationEnRetard {
        std::string demande, numero;
        Date due;
    };
    /// What waits at the guichet that the list is filtered by, the oldest first; none chosen: not read.
    struct AuGuichet {
        std::string nom;
        std::vector<store::Retour> retours;
        std::vector<AttestationEnRetard> en_retard;
        bool incomplet = false; // more wait than a page shows
    };
    std::optional<AuGuichet> au_guichet;
    struct Irrecevable {
        store::Irrecevable demande;
        Date declaree_le;
    };
    std::vector<Irrecevable> irrecevables; // declared more than a month ago
    bool bailleur = false;
};
std::string radiations(const ui::Chrome&, const Radiations&, const Saisie& = {});

/// One demande, before and after.
struct LigneDeRadiation {
    std::string id, numero;
    std::int64_t version = 1; // it is removed only as it was shown
    std::string refus;        // why not; empty: it may be
    Date fin_de_validite;
    std::optional<Date> reactivable; // until that day, once removed
    std::vector<std::string> candidatures;
    enum class Suite { APrononcer, Refusee, Radiee, DejaRadiee } suite = Suite::APrononcer;
};
/// What would happen to those chosen, and what happened; both lead back to the list.
std::string apercu_des_radiations(const ui::Chrome&, const std::vector<LigneDeRadiation>&,
                                  const FiltreDesRadiations&);
std::string radiations_faites(const ui::Chrome&, const std::vector<LigneDeRadiation>&,
                              const FiltreDesRadiations&);

} // namespace demande::views
