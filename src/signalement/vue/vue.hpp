// How an agent keeps their list: searches with a name, for oneself or for those one works with, and the
// columns of the lines. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "compte/agent.hpp"
#include "signalement/filtre/filtre.hpp"

namespace signalement::vue {

/// A search with a name.
struct Vue {
    std::string id;
    std::string compte; // its author
    std::string nom;
    std::string cercle;      // who else finds it: « partenaire:… », « comite:… »; empty: nobody
    filtre::Paires criteres; // an address, as filtre::ecrire gives it
};

inline constexpr std::size_t nom_max = 60;
inline constexpr std::size_t vues_max = 30; // of one agent
inline constexpr std::size_t colonnes_max = 10;

/// Whom an agent shares searches with: a circle for each confirmed role, none twice.
std::vector<std::string> cercles(const compte::Agent&);

/// What a search keeps of a filter: neither its place nor its text, which may name somebody.
filtre::Filtre a_garder(filtre::Filtre);

/// A search to save, its id not given yet. Refused without a name, without a filter, or for a circle that is
/// not the agent's. `siennes`: the names of those they have; the same name again replaces.
Result<Vue> enregistrer(const compte::Agent&, std::string_view nom, const filtre::Filtre&,
                        std::string_view cercle, const std::vector<std::string>& siennes);

/// Its author, and those who answer for its circle: the administrator of a partner, any of the others.
bool peut_retirer(const Vue&, const compte::Agent&);

} // namespace signalement::vue
