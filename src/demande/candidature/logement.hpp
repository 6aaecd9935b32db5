// A dwelling offered: what it is, whose it is, on whose contingent, and what of its form is not right. Values
// and rules; no database, no clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "demande/plafonds.hpp"
#include "partenaire/partenaire.hpp"

namespace demande::candidature {

enum class EtatLogement { Propose, Attribue, Retire };

inline constexpr base::Name<EtatLogement> etats_logement[] = {
    {EtatLogement::Propose, "propose", "À attribuer"},
    {EtatLogement::Attribue, "attribue", "Attribué, bail signé"},
    {EtatLogement::Retire, "retire", "Retiré"},
};

/// On whose account a dwelling is attributed: asked again with the lease (arrêté du 23 mars 2015, annexe).
enum class Contingent { Bailleur, Prefet, AgentsDeLEtat, Collectivite, ActionLogement, Autre };

inline constexpr base::Name<Contingent> contingents[] = {
    {Contingent::Bailleur, "bailleur", "Bailleur, sans réservation"},
    {Contingent::Prefet, "prefet", "Préfet, ménages prioritaires"},
    {Contingent::AgentsDeLEtat, "agents_de_l_etat", "Préfet, agents de l’État"},
    {Contingent::Collectivite, "collectivite", "Collectivité territoriale"},
    {Contingent::ActionLogement, "action_logement", "Action Logement, employeurs"},
    {Contingent::Autre, "autre", "Autre réservataire"},
};

/// Which kinds of organisation hold a contingent (CCH R. 441-5).
struct Reservation {
    Contingent contingent;
    partenaire::TypePartenaire type;
};
inline constexpr Reservation reservations[] = {
    {Contingent::Prefet, partenaire::TypePartenaire::Prefecture},
    {Contingent::Prefet, partenaire::TypePartenaire::Ddets},
    {Contingent::Prefet, partenaire::TypePartenaire::DdtM},
    {Contingent::AgentsDeLEtat, partenaire::TypePartenaire::Prefecture},
    {Contingent::AgentsDeLEtat, partenaire::TypePartenaire::Ddets},
    {Contingent::Collectivite, partenaire::TypePartenaire::CommuneSchs},
    {Contingent::Collectivite, partenaire::TypePartenaire::Ccas},
    {Contingent::Collectivite, partenaire::TypePartenaire::Epci},
    {Contingent::Collectivite, partenaire::TypePartenaire::ConseilDepartemental},
    {Contingent::ActionLogement, partenaire::TypePartenaire::Autre},
    {Contingent::Autre, partenaire::TypePartenaire::Association},
    {Contingent::Autre, partenaire::TypePartenaire::Autre},
};

struct Logement {
    std::string id, reference; // the bailleur's own
    std::string territoire;
    std::string bailleur, bailleur_nom;         // code of a guichet, and its name
    std::string reservataire, reservataire_nom; // empty: the bailleur designates alone
    Contingent contingent = Contingent::Bailleur;
    std::optional<Date> reserve_jusqu_au; // last day on which the réservataire alone designates
    std::string insee, adresse;
    int pieces = 1;             // 6: six and more
    int surface = 0;            // m²
    int loyer = 0, charges = 0; // centimes a month
    Financement financement = Financement::Plus;
    Date disponible_le;
    EtatLogement etat = EtatLogement::Propose;
    std::int64_t version = 1;
};

/// « T3 », « T6 et plus ».
std::string typologie(int pieces);
/// « 412,50 € ».
std::string en_euros(int centimes);
/// What was typed, in centimes: « 412,50 € » is 41250. Nothing when it is not an amount below 10 000 €.
std::optional<int> lire_centimes(std::string_view saisi);

/// Who may hold a reservation in the territory.
struct Reservataire {
    std::string code;
    partenaire::TypePartenaire type;
};
/// What was typed, as a dwelling of this bailleur; or all that is to be corrected. `insee`: the commune that
/// was recognised in the form.
using Champs = std::vector<std::pair<std::string, std::string>>;
Result<Logement, FormErrors> lire_logement(const Champs&, const std::optional<std::string>& insee,
                                           const std::vector<Reservataire>&, Date jour);

} // namespace demande::candidature
