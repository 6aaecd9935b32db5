// Who may register a demande and who may read one, as data: start reading here. An agent is named one by one
// for a guichet (habilitation), on top of belonging to its partner; nobody reads a demande otherwise,
// administrators of the platform included.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compte/droits.hpp"
#include "partenaire/partenaire.hpp"

namespace demande {

/// A service enregistreur (CCH R. 441-2-1): a partner under the code its numbers carry.
struct Guichet {
    std::string code; // five capitals and digits
    std::string territoire;
    std::string partenaire;
    std::string nom; // of the partner
    partenaire::TypePartenaire type = partenaire::TypePartenaire::Autre;
    std::string insee; // of the partner, when it is a commune's
};

/// How far a guichet reads (CCH R. 441-2-6).
enum class Portee {
    Territoire,  // every demande of its territory
    SesCommunes, // those that ask for a commune of its perimeter, and those it registered
};

struct DroitDeLecture {
    partenaire::TypePartenaire type;
    Portee portee;
    std::string_view base_legale;
};

/// A kind of partner that is not named here reads what it registered and what its communes are asked for.
inline constexpr DroitDeLecture droits_de_lecture[] = {
    {partenaire::TypePartenaire::BailleurSocial, Portee::Territoire, "CCH R. 441-2-6, a"},
    {partenaire::TypePartenaire::Prefecture, Portee::Territoire, "CCH R. 441-2-6, b"},
    {partenaire::TypePartenaire::Ddets, Portee::Territoire, "CCH R. 441-2-6, b"},
    {partenaire::TypePartenaire::DdtM, Portee::Territoire, "CCH R. 441-2-6, b"},
    {partenaire::TypePartenaire::ConseilDepartemental, Portee::Territoire, "CCH R. 441-2-6, c"},
};

constexpr Portee portee_de_lecture(partenaire::TypePartenaire type)
{
    for (const auto& d : droits_de_lecture)
        if (d.type == type) return d.portee;
    return Portee::SesCommunes;
}

/// May check a demande deposited online and register it: any guichet of the territory, which registers
/// whoever comes to its desk just as well (CCH R. 441-2-1, R. 441-2-3).
inline bool peut_verifier(const Guichet& g, std::string_view territoire)
{
    return g.territoire == territoire;
}

/// Who opens guichets and names their agents.
struct DroitDeGestion {
    compte::Role role;
    compte::Portee portee;
};

inline constexpr DroitDeGestion gestion_des_guichets[] = {
    {compte::Role::SuperAdmin, compte::Portee::Tout},
    {compte::Role::ResponsableTerritoire, compte::Portee::SonTerritoire},
};

/// Who says where the demandes of a territory are kept: a matter of the whole platform.
inline constexpr DroitDeGestion gestion_des_territoires[] = {
    {compte::Role::SuperAdmin, compte::Portee::Tout},
};

bool peut_changer_la_gestion(const compte::Agent&);
/// May open a guichet in this département and name its agents.
bool peut_gerer_les_guichets(const compte::Agent&, std::string_view departement);
bool gere_des_guichets(const compte::Agent&);
/// Belongs to an organisation that could have a guichet: decides whether the menu shows the page, which says
/// the rest.
bool peut_etre_habilite(const compte::Agent&);

} // namespace demande
