// Values to HTML: the screens where a demande is brought up to date, and what changed from one version to the
// next.
#pragma once

#include <string>
#include <vector>

#include "demande/situation.hpp"
#include "demande/store_versions.hpp"
#include "demande/views.hpp"

namespace demande::views {

/// Of which demande: what the top of each of these screens says.
struct DeLaDemande {
    std::string id, numero, qui;
};

/// What may be changed. `modifiable`: the demande is in a state that can be; `a_deux`: somebody else signs
/// it.
std::string situation(const ui::Chrome&, const DeLaDemande&, bool modifiable, bool a_deux = false);

struct EcranDeVolet {
    DeLaDemande de;
    const Volet* volet = nullptr;
    std::int64_t version = 1;             // what the change is made from
    std::vector<std::string> nirs;        // masked, by rank of the adult
    std::vector<store::Doublon> doublons; // to look at before saving
    std::vector<Difference> entre_temps;  // what somebody else changed meanwhile
    std::vector<std::string> disputees;   // of it, what both changed
    std::string par;                      // who was quicker
};
std::string volet(const ui::Chrome&, const EcranDeVolet&, const Saisie&);

struct EcranDeSeparation {
    DeLaDemande de;
    std::int64_t version = 1;
    std::vector<ui::Option> codemandeurs; // by line
    struct ACharge {
        int ligne;
        std::string nom;
    };
    std::vector<ACharge> a_charge;
    std::vector<Guichet> guichets; // that may register the new demande
    std::vector<store::Doublon> doublons;
    bool depasse = false;          // the demande changed meanwhile
    std::vector<ui::Option> acces; // whose the online access is; empty: there is none
    bool violences = false;        // declared
};
std::string separation(const ui::Chrome&, const EcranDeSeparation&, const Saisie&);

/// What each answer was and what it became, one line each.
ui::Table avant_apres(std::string caption, const std::vector<Difference>&);

struct Versions {
    DeLaDemande de;
    std::string fuseau;
    struct Ligne {
        store::Version version;
        std::vector<Difference> differences; // with the one before
    };
    std::vector<Ligne> lignes;       // newest first
    std::int64_t plus_anciennes = 0; // number to ask older ones before; 0: there are none
};
std::string versions(const ui::Chrome&, const Versions&);

} // namespace demande::views
