// Who may do what to a dwelling offered and its candidatures, as data: by the tie between a guichet and the
// dwelling. An agent acts through the guichets it was named for (demande/droits.hpp); the administrators of
// the platform do nothing here. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "demande/candidature/logement.hpp"
#include "demande/droits.hpp"

namespace demande::candidature {

enum class Pouvoir {
    Lire,      // the dwelling and where its candidatures stand
    Designer,  // propose households for it
    Instruire, // ask for documents, propose a visit
    Statuer,   // hold the commission and record what it decides
    Conclure,  // answers, leases, withdrawal of the dwelling
};

enum class Lien { Bailleur, Reservataire };

struct DroitSurLogement {
    Lien lien;
    Pouvoir pouvoir;
    std::string_view base_legale;
};

inline constexpr DroitSurLogement droits_sur_logement[] = {
    {Lien::Bailleur, Pouvoir::Lire, "CCH R. 441-2-6, a"},
    {Lien::Bailleur, Pouvoir::Designer, "CCH L. 441-1"},
    {Lien::Bailleur, Pouvoir::Instruire, "CCH R. 441-2-4-1"},
    {Lien::Bailleur, Pouvoir::Statuer, "CCH L. 441-2"},
    {Lien::Bailleur, Pouvoir::Conclure, "CCH R. 441-2-8, a"},
    {Lien::Reservataire, Pouvoir::Lire, "CCH R. 441-5"},
    {Lien::Reservataire, Pouvoir::Designer, "CCH R. 441-5"},
};

/// The kinds of organisation that have dwellings of their own.
inline constexpr partenaire::TypePartenaire bailleurs[] = {partenaire::TypePartenaire::BailleurSocial};
/// The State designates those whose right to housing was recognised (CCH L. 441-2-3).
inline constexpr partenaire::TypePartenaire services_de_l_etat[] = {partenaire::TypePartenaire::Prefecture,
                                                                    partenaire::TypePartenaire::Ddets,
                                                                    partenaire::TypePartenaire::DdtM};

bool est_bailleur(const Guichet&);
bool est_de_l_etat(const Guichet&);
/// Those of these guichets that have dwellings.
std::vector<Guichet> bailleurs_parmi(const std::vector<Guichet>&);

/// The guichet in whose name this may be done on that day, among those of an agent; none: it may not. While a
/// réservataire alone designates, the bailleur does not.
std::optional<Guichet> au_nom_de(const std::vector<Guichet>&, const Logement&, Pouvoir, Date jour);

} // namespace demande::candidature
