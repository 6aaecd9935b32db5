// Who may register a demande and who may read one, as data: start reading here. An agent is named one by one
// for a guichet (habilitation), on top of belonging to its partner; nobody reads a demande otherwise,
// administrators of the platform included.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compte/droits.hpp"
#include "demande/reconnaissance.hpp"
#include "partenaire/partenaire.hpp"

namespace demande {

/// In what quality an organisation is a guichet, where its type does not say it (CCH R. 441-2-1, R. 441-2-5,
/// R. 441-2-6).
enum class Qualite {
    SelonSonType,
    ActionLogement,   // for the employees of the firms that contribute
    Reservataire,     // with a convention with the préfet
    MandataireCommun, // to whom several entrusted their registration
    Gestionnaire,     // of the territory: an association, a GIP, or whoever the préfet designates
    Pdalhpd,          // secretariat of a body of the plan for the badly housed: reads, registers nobody
};

inline constexpr base::Name<Qualite> qualites[] = {
    {Qualite::SelonSonType, "", "D’après son type d’organisme"},
    {Qualite::ActionLogement, "action_logement", "Action Logement"},
    {Qualite::Reservataire, "reservataire", "Réservataire qui enregistre"},
    {Qualite::MandataireCommun, "mandataire_commun", "Mandataire commun"},
    {Qualite::Gestionnaire, "gestionnaire", "Gestionnaire du territoire"},
    {Qualite::Pdalhpd, "pdalhpd", "Secrétariat d’une instance du PDALHPD"},
};

/// A service enregistreur (CCH R. 441-2-1): a partner under the code its numbers carry.
struct Guichet {
    std::string code; // five capitals and digits
    std::string territoire;
    std::string partenaire;
    std::string nom; // of the partner
    partenaire::TypePartenaire type = partenaire::TypePartenaire::Autre;
    std::string insee; // of the partner, when it is a commune's
    Qualite qualite = Qualite::SelonSonType;
};

/// To whom a right goes: a type of organisation, or a quality, whatever the type. Rights add up.
struct Organisme {
    std::optional<partenaire::TypePartenaire> type = {};
    Qualite qualite = Qualite::SelonSonType;

    // NOLINTNEXTLINE(google-explicit-constructor): a row of a table names one or the other.
    constexpr Organisme(partenaire::TypePartenaire t) : type(t) {}
    // NOLINTNEXTLINE(google-explicit-constructor)
    constexpr Organisme(Qualite q) : qualite(q) {}
};
bool est(const Guichet&, const Organisme&);

/// Registers whoever comes, checks who they are, renews: every guichet but those that only read.
bool enregistre(const Guichet&);

/// How far a guichet reads (CCH R. 441-2-6).
enum class Portee {
    SesCommunes,  // those it registered, and those that ask for a commune or an EPCI of its perimeter
    SonPerimetre, // the same, or for its département when its perimeter says so
    Territoire,   // every demande of its territory
};

struct DroitDeLecture {
    Organisme qui;
    Portee portee;
    std::string_view base_legale;
};

inline constexpr DroitDeLecture droits_de_lecture[] = {
    {partenaire::TypePartenaire::BailleurSocial, Portee::Territoire, "CCH R. 441-2-6, a"},
    {partenaire::TypePartenaire::Prefecture, Portee::Territoire, "CCH R. 441-2-6, b"},
    {partenaire::TypePartenaire::Ddets, Portee::Territoire, "CCH R. 441-2-6, b"},
    {partenaire::TypePartenaire::DdtM, Portee::Territoire, "CCH R. 441-2-6, b"},
    // One département among the eight of Île-de-France.
    {partenaire::TypePartenaire::ConseilDepartemental, Portee::SonPerimetre, "CCH R. 441-2-6, c"},
    {partenaire::TypePartenaire::Epci, Portee::SesCommunes, "CCH R. 441-2-6, c et e"},
    {partenaire::TypePartenaire::CommuneSchs, Portee::SesCommunes, "CCH R. 441-2-6, d"},
    {partenaire::TypePartenaire::Ccas, Portee::SesCommunes, "CCH R. 441-2-6, d"},
    {Qualite::ActionLogement, Portee::Territoire, "CCH R. 441-2-6 et R. 441-2-1"},
    {Qualite::Reservataire, Portee::SonPerimetre, "CCH R. 441-2-6 et R. 441-2-1"},
    {Qualite::MandataireCommun, Portee::Territoire, "CCH R. 441-2-6 et R. 441-2-1"},
    {Qualite::Gestionnaire, Portee::Territoire, "CCH R. 441-2-6 et R. 441-2-5"},
    {Qualite::Pdalhpd, Portee::Territoire, "CCH R. 441-2-6"},
};

/// The widest of its rows. What no row names reads what it registered and what its communes are asked for; a
/// whole département takes a quality that the law names.
Portee portee_de_lecture(const Guichet&);

/// May check a demande deposited online and register it: any guichet of the territory, which registers
/// whoever comes to its desk just as well (CCH R. 441-2-1, R. 441-2-3).
inline bool peut_verifier(const Guichet& g, std::string_view territoire)
{
    return g.territoire == territoire && enregistre(g);
}

/// Who notes that a priority was recognised, and that it ended.
struct DroitDeReconnaitre {
    Organisme qui;
    NatureReconnue nature;
    std::string_view base_legale;
};

/// The State keeps the secretariat of the commission de médiation and carries out its decisions; any priority
/// of the law may also be recognised by who attributes or reserves dwellings (CCH R. 441-2-15).
inline constexpr DroitDeReconnaitre droits_de_reconnaitre[] = {
    {partenaire::TypePartenaire::Prefecture, NatureReconnue::Dalo, "CCH L. 441-2-3"},
    {partenaire::TypePartenaire::Ddets, NatureReconnue::Dalo, "CCH L. 441-2-3"},
    {partenaire::TypePartenaire::DdtM, NatureReconnue::Dalo, "CCH L. 441-2-3"},
    {partenaire::TypePartenaire::Prefecture, NatureReconnue::Priorite, "CCH L. 441-1"},
    {partenaire::TypePartenaire::Ddets, NatureReconnue::Priorite, "CCH L. 441-1"},
    {partenaire::TypePartenaire::DdtM, NatureReconnue::Priorite, "CCH L. 441-1"},
    {partenaire::TypePartenaire::BailleurSocial, NatureReconnue::Priorite, "CCH R. 441-2-15"},
    {Qualite::ActionLogement, NatureReconnue::Priorite, "CCH R. 441-2-15"},
    {Qualite::Reservataire, NatureReconnue::Priorite, "CCH R. 441-2-15"},
};

/// The guichet of the territory, among these, that may note it; none: it may not be noted by them.
const Guichet* reconnait(const std::vector<Guichet>&, std::string_view territoire, NatureReconnue);
/// All that may be noted through these guichets.
std::vector<NatureReconnue> natures_permises(const std::vector<Guichet>&, std::string_view territoire);

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
