// The PostgreSQL engine: libpq, prepared statements cached by SQL text, results as text mapped by type.
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <list>
#include <unordered_map>

#include "base/log.hpp"
#include "db/engines.hpp"

namespace db::detail {

namespace {

constexpr std::size_t postgres_cached_statements = 256;

// Types of results, from PostgreSQL's catalogue (pg_type.dat: these numbers never change).
constexpr Oid oid_bool = 16, oid_bytea = 17, oid_int8 = 20, oid_int2 = 21, oid_int4 = 23, oid_oid = 26;
constexpr Oid oid_float4 = 700, oid_float8 = 701, oid_numeric = 1700;

struct PgResultDelete {
    void operator()(PGresult* r) const { PQclear(r); }
};
using PgResult = std::unique_ptr<PGresult, PgResultDelete>;

template <class T> T pg_number(std::string_view text)
{
    T out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size())
        throw Error{"PostgreSQL sent a number that cannot be read"};
    return out;
}

/// numeric holds both SUM(bigint) and AVG: whole numbers stay integers, as SQLite gives them.
Value pg_numeric(std::string_view text)
{
    if (text.find('.') == std::string_view::npos) {
        std::int64_t whole = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
        if (error == std::errc{} && end == text.data() + text.size()) return whole;
    }
    return pg_number<double>(text);
}

Value pg_bytea(const char* text)
{
    std::size_t size = 0;
    auto* const bytes = PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size);
    if (!bytes) throw Error{"PostgreSQL sent bytes that cannot be read"};
    const auto* const first = reinterpret_cast<const std::byte*>(bytes);
    Blob out(first, first + size);
    PQfreemem(bytes);
    return out;
}

Value pg_column(const PGresult* r, int row, int i)
{
    if (PQgetisnull(r, row, i)) return nullptr;
    const char* const data = PQgetvalue(r, row, i);
    const std::string_view text{data, static_cast<std::size_t>(PQgetlength(r, row, i))};
    switch (PQftype(r, i)) {
    case oid_bool:
        return std::int64_t{text == "t" ? 1 : 0};
    case oid_int2:
    case oid_int4:
    case oid_int8:
    case oid_oid:
        return pg_number<std::int64_t>(text);
    case oid_float4:
    case oid_float8:
        return pg_number<double>(text);
    case oid_numeric:
        return pg_numeric(text);
    case oid_bytea:
        return pg_bytea(data);
    default:
        return std::string{text};
    }
}

/// Parameters as libpq wants them: text whose type the server infers, bytes in binary.
struct PgParams {
    explicit PgParams(std::span<const Value> values)
    {
        const auto n = values.size();
        texts.reserve(n);
        data.reserve(n);
        sizes.reserve(n);
        formats.reserve(n);
        for (const auto& v : values) {
            if (const auto* b = std::get_if<Blob>(&v)) {
                data.push_back(b->empty() ? "" : reinterpret_cast<const char*>(b->data()));
                sizes.push_back(static_cast<int>(b->size()));
                formats.push_back(1);
                continue;
            }
            sizes.push_back(0);
            formats.push_back(0);
            if (const auto* s = std::get_if<std::string>(&v))
                data.push_back(s->c_str());
            else if (const auto* i = std::get_if<std::int64_t>(&v))
                data.push_back(texts.emplace_back(std::to_string(*i)).c_str());
            else if (const auto* d = std::get_if<double>(&v))
                data.push_back(texts.emplace_back(shortest(*d)).c_str());
            else
                data.push_back(nullptr);
        }
    }

    /// The shortest text that reads back as the same double.
    static std::string shortest(double d)
    {
        char buffer[32];
        const auto [end, error] = std::to_chars(std::begin(buffer), std::end(buffer), d);
        return error == std::errc{} ? std::string{buffer, end} : std::string{"NaN"};
    }

    std::vector<std::string> texts; // reserved: its strings never move
    std::vector<const char*> data;
    std::vector<int> sizes, formats;
};

class PostgresConnection final : public Connection {
public:
    explicit PostgresConnection(const std::string& url)
    {
        const char* const keys[] = {"dbname",          "fallback_application_name", "client_encoding",
                                    "connect_timeout", "tcp_user_timeout",          nullptr};
        const char* const values[] = {url.c_str(), "logis", "UTF8", "5", "20000", nullptr};
        pg_ = PQconnectdbParams(keys, values, 1);
        if (PQstatus(pg_) != CONNECTION_OK) {
            const std::string why = pg_ ? PQerrorMessage(pg_) : "out of memory\n";
            PQfinish(pg_);
            throw Unavailable{"cannot reach the PostgreSQL server: " +
                              why.substr(0, why.find_last_not_of('\n') + 1)};
        }
        PQsetNoticeReceiver(
            pg_,
            [](void* self, const PGresult* notice) {
                const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
                if (severity && std::string_view{severity} == "WARNING")
                    static_cast<PostgresConnection*>(self)->warned_ = true;
            },
            this);
        try {
            execute("SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '5min'; "
                    "SET TimeZone = 'UTC'; SET standard_conforming_strings = on; SET bytea_output = 'hex'");
        } catch (...) {
            PQfinish(pg_);
            throw;
        }
    }

    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;
    ~PostgresConnection() override { PQfinish(pg_); }

    [[nodiscard]] Engine engine() const override { return Engine::Postgres; }
    [[nodiscard]] bool usable() const override { return usable_ && PQstatus(pg_) == CONNECTION_OK; }

    std::int64_t run(std::string_view sql, std::span<const Value> params,
                     const std::function<void(std::span<const Value>)>& on_row) override
    {
        const auto& name = prepared(sql);
        const PgParams p{params};
        if (!PQsendQueryPrepared(pg_, name.c_str(), static_cast<int>(params.size()), p.data.data(),
                                 p.sizes.data(), p.formats.data(), 0))
            fail(nullptr, sql);
        // One row at a time: an export of a million rows takes no more memory than a page.
        if (on_row) PQsetSingleRowMode(pg_);
        std::int64_t changed = 0;
        PgResult failure;
        std::vector<Value> row;
        while (PgResult r{PQgetResult(pg_)}) {
            switch (PQresultStatus(r.get())) {
            case PGRES_SINGLE_TUPLE:
                try {
                    row.resize(static_cast<std::size_t>(PQnfields(r.get())));
                    for (std::size_t i = 0; i < row.size(); ++i)
                        row[i] = pg_column(r.get(), 0, static_cast<int>(i));
                    on_row(row);
                } catch (...) {
                    r.reset();
                    abandon();
                    throw;
                }
                break;
            case PGRES_TUPLES_OK:
            case PGRES_COMMAND_OK:
                changed = rows_changed(r.get());
                break;
            case PGRES_COPY_IN:
            case PGRES_COPY_OUT:
            case PGRES_COPY_BOTH:
                usable_ = false;
                throw Error{"COPY is not for run: " + std::string{sql}};
            case PGRES_EMPTY_QUERY:
                throw Error{"empty SQL statement"};
            case PGRES_BAD_RESPONSE:
            case PGRES_NONFATAL_ERROR:
            case PGRES_FATAL_ERROR:
            case PGRES_PIPELINE_SYNC:
            case PGRES_PIPELINE_ABORTED:
                if (!failure) failure = std::move(r);
                break;
            }
        }
        if (failure) fail(failure.get(), sql);
        return changed;
    }

    [[nodiscard]] std::string lock_statement(std::size_t names) const override
    {
        std::string rows;
        for (std::size_t i = 1; i <= names; ++i)
            rows += (i == 1 ? "(CAST($" : "), (CAST($") + std::to_string(i) + " AS TEXT)";
        return "SELECT pg_advisory_xact_lock(hashtextextended(n, 0)) FROM (VALUES " + rows + ")) v(n)";
    }

    void script(std::string_view sql) override
    {
        // Migrations may be long, and change what prepared statements return.
        execute("SET LOCAL statement_timeout = 0");
        execute(std::string{sql}.c_str());
        execute("DEALLOCATE ALL");
        by_text_.clear();
        cache_.clear();
    }

    void begin(bool write) override
    {
        // READ COMMITTED: two writers of one row wait for each other instead of failing, and the version
        // column tells the second one that it lost. Readers see one snapshot.
        std::string sql = write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        // pg_stat_activity and the log of the server then name the request (%a). Our own hexadecimal number.
        if (const auto& request = base::current_request(); !request.empty())
            sql += "; SET LOCAL application_name = 'logis/" + request + "'";
        execute(sql.c_str());
        writes_ = write;
    }

    void commit() override
    {
        warned_ = false;
        const PgResult r{PQexec(pg_, "COMMIT")};
        if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) fail(r.get(), "COMMIT");
        // A wait for the synchronous replica that is cut short (a timeout, an administrator) says COMMIT all
        // the same, with a warning: another server that takes over would not have it.
        if (warned_) {
            usable_ = false;
            throw Unavailable{"PostgreSQL: the commit was not confirmed by the replica"};
        }
        // A failed transaction answers COMMIT with ROLLBACK, and says nothing else.
        if (std::string_view{PQcmdStatus(r.get())} != "COMMIT")
            throw Error{"the transaction was rolled back because one of its statements failed"};
    }

    void rollback() noexcept override
    {
        if (PQtransactionStatus(pg_) == PQTRANS_IDLE) return;
        const PgResult r{PQexec(pg_, "ROLLBACK")};
        if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) usable_ = false;
    }

private:
    struct Cached {
        std::string sql, name;
    };

    static std::int64_t rows_changed(PGresult* r)
    {
        const std::string_view tag = PQcmdStatus(r), count = PQcmdTuples(r);
        if (count.empty() || tag.starts_with("SELECT")) return 0;
        return pg_number<std::int64_t>(count);
    }

    void execute(const char* sql)
    {
        const PgResult r{PQexec(pg_, sql)};
        const auto status = PQresultStatus(r.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            fail(r.get(), std::string_view{sql}.substr(0, 80));
    }

    const std::string& prepared(std::string_view sql)
    {
        if (const auto found = by_text_.find(sql); found != by_text_.end()) {
            cache_.splice(cache_.begin(), cache_, found->second);
            return found->second->name;
        }
        if (cache_.size() >= postgres_cached_statements) {
            execute(("DEALLOCATE " + cache_.back().name).c_str());
            by_text_.erase(cache_.back().sql);
            cache_.pop_back();
        }
        Cached entry{std::string{sql}, "s" + std::to_string(++last_name_)};
        const PgResult r{PQprepare(pg_, entry.name.c_str(), entry.sql.c_str(), 0, nullptr)};
        if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) fail(r.get(), sql);
        cache_.push_front(std::move(entry));
        by_text_.emplace(cache_.front().sql, cache_.begin());
        return cache_.front().name;
    }

    /// The caller gave up in the middle of the rows: stop the server rather than read the rest.
    void abandon() noexcept
    {
        if (auto* const cancel = PQgetCancel(pg_)) {
            char reason[256];
            if (!PQcancel(cancel, reason, sizeof reason)) usable_ = false;
            PQfreeCancel(cancel);
        }
        while (PgResult r{PQgetResult(pg_)}) {
        }
    }

    [[noreturn]] void fail(const PGresult* r, std::string_view sql)
    {
        const auto field = [&](int code) {
            const char* text = r ? PQresultErrorField(r, code) : nullptr;
            return std::string{text ? text : ""};
        };
        const auto state = field(PG_DIAG_SQLSTATE);
        auto reason = field(PG_DIAG_MESSAGE_PRIMARY);
        if (reason.empty()) reason = PQerrorMessage(pg_);
        // Class 22 (bad data) quotes the value, which may be somebody's name: it must not reach a log.
        if (state.starts_with("22")) reason = reason.substr(0, reason.find('"'));
        const auto what = "PostgreSQL: " + reason + (state.empty() ? "" : " (" + state + ")") + " [" +
                          std::string{sql} + "]";
        if (PQstatus(pg_) != CONNECTION_OK || state == "57P01" || state == "57P02" || state == "57P03" ||
            state == "25P03") {
            usable_ = false;
            throw Unavailable{what};
        }
        if (state == "53300") throw Unavailable{what};
        if (state == "40001" || state == "40P01") throw Retry{what};
        if (state == "0A000" && reason.find("cached plan") != std::string::npos) {
            // A migration changed the columns behind a prepared statement.
            usable_ = false;
            throw Retry{what};
        }
        if (state == "23505") throw UniqueViolation{what, field(PG_DIAG_CONSTRAINT_NAME)};
        if (state == "25006" && writes_) {
            // Another server has become the primary.
            usable_ = false;
            throw Unavailable{what};
        }
        if (state == "25006") throw Error{"a read-only transaction cannot write: " + std::string{sql}};
        throw Error{what};
    }

    PGconn* pg_ = nullptr;
    bool usable_ = true;
    bool warned_ = false; // by the server, since it was last put to false
    bool writes_ = false; // the transaction under way
    std::uint64_t last_name_ = 0;
    std::list<Cached> cache_; // most recently used first
    std::unordered_map<std::string_view, std::list<Cached>::iterator> by_text_;
};

} // namespace

std::unique_ptr<Connection> connect_postgres(const std::string& url)
{
    return std::make_unique<PostgresConnection>(url);
}

} // namespace db::detail
