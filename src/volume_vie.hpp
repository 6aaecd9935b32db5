// What has happened to a demande of the bulk data since its deposit, as the rules and the tasks would have
// left it on the day of the loading. Pure; included by volume_demandes*.cpp only.
#pragma once

#include <optional>
#include <vector>

#include "demande/cycle.hpp"
#include "demande/echeancier.hpp"
#include "demande/radiation.hpp"
#include "volume_moyens.hpp"

namespace volume {

struct VieSemee {
    Date deposee_le, ancre;
    Instant enregistree_le;
    std::optional<Instant> attestation_le;
    demande::Etat etat = demande::Etat::Active;
    std::optional<demande::Etape> etape;
    std::optional<Date> a_revoir_le; // none: nothing more is due by itself
    std::optional<Date> preavis_le;  // prepared that day for the current year
    std::optional<Date> radiee_le;
    std::optional<demande::MotifRadiation> motif;
    std::vector<Date> renouvellements; // the last two at most, the older one first
    std::optional<Date> modifiee_le;
};

/// The day on which demande `n` of `total` was deposited: one after the other, half of them in the last two
/// years, the oldest twenty years ago; yesterday at the latest.
Date jour_du_depot(std::int64_t n, std::int64_t total, Date jour);
/// `voies`: what its year says by post leaves earlier.
VieSemee vie_semee(std::int64_t n, Date deposee_le, const demande::Voies& voies, Date jour,
                   Instant maintenant);
/// The instant of a day, some time within the hours of a guichet.
Instant au_guichet(Hasard&, Date);

} // namespace volume
