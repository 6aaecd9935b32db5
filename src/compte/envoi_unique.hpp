// A form that adds something is done once, however often it arrives: a double click, or the same form sent
// again because the first answer was lost on the way.
#pragma once

#include <functional>
#include <optional>

#include "app.hpp"
#include "db/db.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace compte {

/// Runs `travail` in a write transaction and keeps its answer there when it is a redirection, under the
/// one-time key of the form (ui::FormInfo::once) and all that the form holds. The same form of the same
/// account gets that answer again and nothing else happens; with another text it is another form. Forms
/// without a key are only run.
http::Response une_fois(App&, const http::Request&, const Visitor&,
                        const std::function<http::Response(db::Transaction&)>& travail);
/// The answer this very form already got: to ask before slow work on its files.
std::optional<http::Response> deja_repondu(db::Transaction&, const http::Request&, const Visitor&);

} // namespace compte
