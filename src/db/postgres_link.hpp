// Reaching a PostgreSQL server, and what its failures mean. Private to postgres.cpp.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <string_view>

#include "db/db.hpp"

namespace db::detail {

/// `url` is a libpq URL. Throws Unavailable when the server does not answer.
inline PGconn* pg_connect(const std::string& url)
{
    const char* const keys[] = {"dbname",          "fallback_application_name", "client_encoding",
                                "connect_timeout", "tcp_user_timeout",          nullptr};
    const char* const values[] = {url.c_str(), "logis", "UTF8", "5", "20000", nullptr};
    auto* const pg = PQconnectdbParams(keys, values, 1);
    if (PQstatus(pg) != CONNECTION_OK) {
        const std::string why = pg ? PQerrorMessage(pg) : "out of memory\n";
        PQfinish(pg);
        throw Unavailable{"cannot reach the PostgreSQL server: " +
                          why.substr(0, why.find_last_not_of('\n') + 1)};
    }
    return pg;
}

/// The connection that failed: whether its transaction may write, and whether it can be used again, which a
/// failure changes.
struct PgLink {
    PGconn* pg;
    bool writes;
    bool& usable;
};

/// Throws what the failure is for the rest of the program.
[[noreturn]] inline void pg_fail(PgLink link, const PGresult* r, std::string_view sql)
{
    const auto field = [&](int code) {
        const char* text = r ? PQresultErrorField(r, code) : nullptr;
        return std::string{text ? text : ""};
    };
    const auto state = field(PG_DIAG_SQLSTATE);
    auto reason = field(PG_DIAG_MESSAGE_PRIMARY);
    if (reason.empty()) reason = PQerrorMessage(link.pg);
    // Class 22 (bad data) quotes the value, which may be somebody's name: it must not reach a log.
    if (state.starts_with("22")) reason = reason.substr(0, reason.find('"'));
    const auto what =
        "PostgreSQL: " + reason + (state.empty() ? "" : " (" + state + ")") + " [" + std::string{sql} + "]";
    if (PQstatus(link.pg) != CONNECTION_OK || state == "57P01" || state == "57P02" || state == "57P03" ||
        state == "25P03") {
        link.usable = false;
        throw Unavailable{what};
    }
    if (state == "53300") throw Unavailable{what};
    if (state == "40001" || state == "40P01") throw Retry{what};
    if (state == "0A000" && reason.find("cached plan") != std::string::npos) {
        // A migration changed the columns behind a prepared statement.
        link.usable = false;
        throw Retry{what};
    }
    if (state == "23505") throw UniqueViolation{what, field(PG_DIAG_CONSTRAINT_NAME)};
    if (state == "25006" && link.writes) {
        // Another server has become the primary.
        link.usable = false;
        throw Unavailable{what};
    }
    if (state == "25006") throw Error{"a read-only transaction cannot write: " + std::string{sql}};
    throw Error{what};
}

} // namespace db::detail
