// The list of partners as the screen asks for it and shows it: values only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace partenaire {

/// Filters of the list page. Empty text: no filter.
struct Filtre {
    bool tous_les_territoires = false;    // super-administrators
    std::vector<std::string> territoires; // else these…
    std::vector<std::string> partenaires; // …and these partners
    std::string territoire;
    std::string type; // slug
    std::string recherche;
    bool inactifs = false; // also those out of service
    unsigned page = 1;
};
struct Ligne {
    std::string id, territoire, nom, type, email;
    bool actif;
    std::int64_t comptes;
};
struct Liste {
    std::vector<Ligne> lignes;
    std::int64_t total = 0;
};
inline constexpr unsigned lignes_par_page = 30;

} // namespace partenaire
