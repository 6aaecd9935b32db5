// How an agent keeps their list: searches with a name, for oneself or for those one works with, and the
// columns of the lines. Pure.
#pragma once

#include <map>
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
inline constexpr std::size_t vues_max = 30;      // of one agent
inline constexpr std::size_t partagees_max = 50; // of one circle
inline constexpr std::size_t en_tete_max = 12;   // above the list; the page of searches has them all
inline constexpr std::size_t colonnes_max = 10;

/// Whom an agent shares searches with: a circle for each confirmed role, none twice.
std::vector<std::string> cercles(const compte::Agent&);

/// What a search keeps of a filter: neither its place nor its text, which may name somebody.
filtre::Filtre a_garder(filtre::Filtre);

/// What is saved already, as a new search must know it.
struct Deja {
    std::map<std::string, std::string> siennes; // the agent's own: name to circle
    std::size_t des_autres = 0;                 // in the circle that is asked
};

/// A search to save, its id not given yet. Refused without a name, without a filter, for a circle that is not
/// the agent's, or when there are too many. The same name again replaces, and stays shared with whom it was
/// unless another circle is asked.
Result<Vue> enregistrer(const compte::Agent&, std::string_view nom, const filtre::Filtre&,
                        std::string_view cercle, const Deja&);

/// Its author, and those who answer for its circle: the administrator of a partner, any of the others.
bool peut_retirer(const Vue&, const compte::Agent&);

} // namespace signalement::vue
