// Rows as the screens show them: values only, filled by the store, read by the views.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compte/regles.hpp"

namespace compte {

struct LigneSession {
    std::string jeton_hash;
    std::string appareil;
    Instant cree_le;
    Instant vu_le;
};

struct FiltreComptes {
    std::string recherche;  // name or e-mail
    std::string role;       // slug
    std::string etat;       // slug
    std::string territoire; // of a mandate
    std::string partenaire; // of a mandate
    bool a_confirmer = false;
    unsigned page = 1;
};
struct LigneCompte {
    std::string id, email, nom, prenom, etat;
    std::optional<Instant> derniere_connexion_le;
    bool reserve; // also has confirmed roles that the reader does not administer: only its address is shown
};
struct ListeComptes {
    std::vector<LigneCompte> lignes;
    std::vector<MandatTenu> mandats; // of these accounts, only those within `champs`
    std::int64_t total = 0;
};
inline constexpr unsigned lignes_par_page = 30;

} // namespace compte
