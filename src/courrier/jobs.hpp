// Sends what is due in the outbox, by SMTP (libcurl). Several runners may do it at once.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "config.hpp"
#include "db/db.hpp"

namespace courrier {

struct Bilan {
    int envoyes = 0;
    int reportes = 0; // temporary failures: another attempt is planned
    int refuses = 0;  // permanent ones
};

/// Sends every message due at the clock's time; does nothing when no SMTP server is configured. Each row is
/// taken under a lease: two runners never send the same one, unless one of them dies between the server's
/// answer and its own commit (at least once). The Message-ID is stable, so that such a duplicate can be
/// recognised. `par` names the runner. Stops between two messages when `arret` asks for it.
Bilan expedier(db::Database&, const base::Clock&, const Config&, std::string_view par,
               const std::stop_token& arret = {});

} // namespace courrier
