// The PostgreSQL engine: libpq in pipeline mode, prepared statements cached by SQL text. What is sent
// together, and what a failure in the middle of it means: docs/adr/0019-allers-postgresql.md.
#include <libpq-fe.h>

#include <algorithm>
#include <exception>
#include <list>
#include <optional>
#include <unordered_map>

#include "base/expect.hpp"
#include "base/log.hpp"
#include "db/engines.hpp"
#include "db/postgres_link.hpp"
#include "db/postgres_values.hpp"

namespace db::detail {

namespace {

constexpr std::size_t postgres_cached_statements = 256;
constexpr std::size_t queued_statements = 64; // more than this leave without waiting for the next answer

/// A statement of the flight being made up; what it refers to outlives the flight.
struct Asked {
    std::string_view sql;
    std::span<const Value> params;
    const RowReader* on_row = nullptr;
    bool one_by_one = false, again_on_duplicate = false;
};

constexpr Asked begin_writer{"BEGIN", {}},
    begin_reader{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}}, commit_it{"COMMIT", {}},
    roll_it_back{"ROLLBACK", {}};

class PostgresConnection final : public Connection {
public:
    explicit PostgresConnection(const std::string& url) : url_(url) { open(); }
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;
    ~PostgresConnection() override { PQfinish(pg_); }

    [[nodiscard]] Engine engine() const override { return Engine::Postgres; }
    [[nodiscard]] bool usable() const override { return usable_ && PQstatus(pg_) == CONNECTION_OK; }

    std::int64_t run(std::string_view sql, std::span<const Value> params, const RowReader& on_row,
                     Rows rows) override
    {
        const Asked last{sql, params, on_row ? &on_row : nullptr, rows == Rows::OneByOne};
        return exchange(&last, false);
    }

    void queue(Statement statement) override
    {
        queued_.push_back(std::move(statement));
        if (queued_.size() >= queued_statements) flush();
    }

    void flush() override
    {
        if (!queued_.empty()) exchange(nullptr, false);
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
        exchange(nullptr, false); // BEGIN, and what waits
        PQexitPipelineMode(pg_);
        const Pipeline again{pg_};
        // Migrations may be long, and change what prepared statements return.
        execute("SET LOCAL statement_timeout = 0");
        execute(std::string{sql}.c_str());
        execute("DEALLOCATE ALL");
        forget_statements();
    }

    /// Nothing is sent yet: BEGIN leaves with the first statement.
    void begin(bool write) override
    {
        writes_ = write;
        begun_ = false;
        queued_.clear();
    }

    void commit() override
    {
        if (!begun_) {
            if (queued_.empty()) return;
            flush(); // apart from COMMIT, so that it may leave again on another connection
        }
        exchange(nullptr, true);
        begun_ = false;
        // A wait for the synchronous replica that is cut short (a timeout, an administrator) says COMMIT all
        // the same, with a warning: another server that takes over would not have it.
        if (warned_) {
            usable_ = false;
            throw Unavailable{"PostgreSQL: the commit was not confirmed by the replica"};
        }
        // A failed transaction answers COMMIT with ROLLBACK, and says nothing else.
        if (last_tag_ != "COMMIT")
            throw Error{"the transaction was rolled back because one of its statements failed"};
    }

    void rollback() noexcept override
    {
        queued_.clear();
        if (!std::exchange(begun_, false) || !usable() || PQtransactionStatus(pg_) == PQTRANS_IDLE) return;
        // A reader leaves without waiting for the answer: whoever takes the connection next reads it.
        const bool wait = writes_ || PQtransactionStatus(pg_) != PQTRANS_INTRANS;
        try {
            leaving_.clear();
            send(wait ? roll_it_back : commit_it, leaving_);
            if (!PQpipelineSync(pg_)) usable_ = false;
            if (wait) settle();
        } catch (...) {
            usable_ = false;
        }
    }

private:
    struct Cached {
        std::string sql, name;
    };

    /// Back to pipeline mode, however what stands between ends.
    struct Pipeline {
        PGconn* pg;
        ~Pipeline() { PQenterPipelineMode(pg); }
    };

    /// What PostgreSQL will answer, in order.
    struct Expected {
        const Asked* asked = nullptr; // nullptr: a preparation
        std::string_view sql;
        std::string prepares; // the name of the statement that this prepares
    };

    // ── opening ───────────────────────────────────────────────────────────────────────────────────────────

    void open()
    {
        pg_ = pg_connect(url_);
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
            PQfinish(std::exchange(pg_, nullptr));
            throw;
        }
        own_name_ = PQparameterStatus(pg_, "application_name");
        PQenterPipelineMode(pg_);
        used_ = false;
    }

    void reopen()
    {
        PQfinish(std::exchange(pg_, nullptr));
        forget_statements();
        named_.reset();
        leaving_.clear();
        begun_ = false;
        usable_ = false; // until it is open
        recent_until = {};
        open();
        usable_ = true;
    }

    void execute(const char* sql)
    {
        const PgResult r{PQexec(pg_, sql)};
        const auto status = PQresultStatus(r.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            fail(r.get(), std::string_view{sql}.substr(0, 80));
    }

    void forget_statements()
    {
        by_text_.clear();
        cache_.clear();
    }

    // ── one flight: everything that waits, sent at once ───────────────────────────────────────────────────

    /// Sends BEGIN when it is due, the queued statements, `last` and COMMIT; reads all the answers. Gives the
    /// rows that `last` changed. A connection that slept may have died meanwhile (the server restarted): when
    /// it breaks before the first answer of a transaction, nothing has been done, so another one is opened
    /// and the same flight leaves again, once.
    std::int64_t exchange(const Asked* last, bool commit)
    {
        std::vector<Asked> asked;
        asked.reserve(queued_.size() + 1);
        for (const auto& q : queued_)
            asked.push_back({q.sql, q.params, q.on_row ? &q.on_row : nullptr, false, q.again_on_duplicate});
        if (last) asked.push_back(*last);
        const bool may_leave_again = !begun_ && used_;
        base::expect(begun_ || !commit,
                     "COMMIT never leaves in the first flight: its outcome would be unknown");
        std::int64_t changed = 0;
        try {
            changed = fly(asked, commit);
        } catch (const Unavailable&) {
            if (!may_leave_again || answered_) throw;
            reopen();
            changed = fly(asked, commit);
        }
        queued_.clear();
        return changed;
    }

    std::int64_t fly(std::span<const Asked> asked, bool commit)
    {
        answered_ = false;
        settle();
        answered_ = false;
        std::vector<Expected> expected;
        if (!begun_) {
            // READ COMMITTED: two writers of one row wait for each other instead of failing, and the version
            // column tells the second one that it lost. Readers see one snapshot.
            send(writes_ ? begin_writer : begin_reader, expected);
            name_request(expected);
            begun_ = true;
        }
        for (const auto& a : asked) send(a, expected);
        if (commit) send(commit_it, expected);
        if (!PQpipelineSync(pg_)) unsent("(sync)");
        used_ = true;
        return read(expected);
    }

    /// pg_stat_activity and the log of the server then name the request (%a). Our own hexadecimal number.
    void name_request(std::vector<Expected>& expected)
    {
        const auto& request = base::current_request();
        if (named_ == request) return;
        name_[0] = request.empty() ? own_name_ : "logis/" + request;
        send(naming_, expected);
        named_ = request;
    }

    /// A flight that could not leave whole: the connection is not used again.
    [[noreturn]] void unsent(std::string_view sql)
    {
        usable_ = false;
        fail(nullptr, sql);
    }

    void send(const Asked& a, std::vector<Expected>& expected)
    {
        std::string name;
        const auto prepared_before = [&](const Expected& e) { return !e.prepares.empty() && e.sql == a.sql; };
        if (const auto found = by_text_.find(a.sql); found != by_text_.end()) {
            cache_.splice(cache_.begin(), cache_, found->second);
            name = found->second->name;
        } else if (const auto twin = std::ranges::find_if(expected, prepared_before);
                   twin != expected.end()) {
            name = twin->prepares;
        } else {
            if (cache_.size() >= postgres_cached_statements && !is_ours(a.sql)) forget_oldest(expected);
            name = "s" + std::to_string(++last_name_);
            if (!PQsendPrepare(pg_, name.c_str(), std::string{a.sql}.c_str(), 0, nullptr)) unsent(a.sql);
            expected.push_back({nullptr, a.sql, name});
        }
        const PgParams p{a.params};
        if (!PQsendQueryPrepared(pg_, name.c_str(), static_cast<int>(a.params.size()), p.data.data(),
                                 p.sizes.data(), p.formats.data(), 0))
            unsent(a.sql);
        expected.push_back({&a, a.sql, {}});
    }

    /// These stay prepared, and never bring a DEALLOCATE into their flight: it would take the snapshot that
    /// BEGIN chooses, and would itself fail before the ROLLBACK of a failed transaction.
    [[nodiscard]] bool is_ours(std::string_view sql) const
    {
        return sql == begin_writer.sql || sql == begin_reader.sql || sql == commit_it.sql ||
               sql == roll_it_back.sql || sql == naming_.sql;
    }

    void forget_oldest(std::vector<Expected>& expected)
    {
        const auto oldest =
            std::find_if(cache_.rbegin(), cache_.rend(), [&](const Cached& c) { return !is_ours(c.sql); });
        if (oldest == cache_.rend()) return;
        const auto sql = "DEALLOCATE " + oldest->name;
        if (!PQsendQueryParams(pg_, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0))
            unsent("DEALLOCATE");
        expected.push_back({nullptr, "DEALLOCATE", {}});
        by_text_.erase(oldest->sql);
        cache_.erase(std::next(oldest).base());
    }

    /// The answers of a flight, to its end whatever happens: the first failure is told, those that it caused
    /// are not.
    std::int64_t read(const std::vector<Expected>& expected)
    {
        PgResult failure;
        const Expected* failed = nullptr;
        std::exception_ptr given_up;
        std::int64_t changed = 0;
        for (const auto& e : expected) {
            // One row at a time: an export of a million rows takes no more memory than a page.
            if (e.asked && e.asked->on_row && e.asked->one_by_one) PQsetSingleRowMode(pg_);
            if (e.sql == "COMMIT") warned_ = false;
            while (PgResult r{PQgetResult(pg_)}) {
                switch (PQresultStatus(r.get())) {
                case PGRES_SINGLE_TUPLE:
                case PGRES_TUPLES_OK:
                    answered_ = true;
                    if (e.asked && e.asked->on_row && !given_up) try {
                            give_rows(r.get(), *e.asked->on_row);
                        } catch (...) {
                            given_up = std::current_exception();
                            if (e.asked->one_by_one) cancel();
                        }
                    changed = rows_changed(r.get());
                    break;
                case PGRES_COMMAND_OK:
                    answered_ = true;
                    changed = rows_changed(r.get());
                    last_tag_ = PQcmdStatus(r.get());
                    if (!e.prepares.empty()) remember(e);
                    break;
                case PGRES_COPY_IN:
                case PGRES_COPY_OUT:
                case PGRES_COPY_BOTH:
                    usable_ = false;
                    throw Error{"COPY is not for run: " + std::string{e.sql}};
                case PGRES_EMPTY_QUERY:
                    usable_ = false;
                    throw Error{"empty SQL statement"};
                case PGRES_BAD_RESPONSE:
                case PGRES_NONFATAL_ERROR:
                case PGRES_FATAL_ERROR:
                case PGRES_PIPELINE_SYNC:
                case PGRES_PIPELINE_ABORTED:
                    if (!failed) {
                        failed = &e;
                        failure = std::move(r);
                    }
                    break;
                }
            }
            if (PQstatus(pg_) != CONNECTION_OK) break;
        }
        if (PQstatus(pg_) == CONNECTION_OK) expect_sync();
        if (failed) named_.reset(); // the name goes with the transaction
        if (given_up) std::rethrow_exception(given_up);
        if (failed && failed->asked && failed->asked->again_on_duplicate)
            fail_again(failure.get(), failed->sql);
        if (failed) fail(failure.get(), failed->sql);
        if (PQstatus(pg_) != CONNECTION_OK) fail(nullptr, expected.empty() ? "(sync)" : expected.back().sql);
        return changed;
    }

    void expect_sync()
    {
        const PgResult r{PQgetResult(pg_)};
        if (PQresultStatus(r.get()) != PGRES_PIPELINE_SYNC && PQstatus(pg_) == CONNECTION_OK) usable_ = false;
    }

    void give_rows(const PGresult* r, const RowReader& on_row)
    {
        const int columns = PQnfields(r), rows = PQntuples(r);
        std::vector<Value> row(static_cast<std::size_t>(columns));
        for (int n = 0; n < rows; ++n) {
            for (int i = 0; i < columns; ++i) row[static_cast<std::size_t>(i)] = pg_column(r, n, i);
            on_row(row);
        }
    }

    void remember(const Expected& e)
    {
        cache_.push_front({std::string{e.sql}, e.prepares});
        by_text_.insert_or_assign(cache_.front().sql, cache_.begin());
    }

    /// The answer to the end of the transaction before, when nobody waited for it.
    void settle()
    {
        if (leaving_.empty()) return;
        const auto expected = std::exchange(leaving_, {});
        try {
            read(expected);
        } catch (const Error& e) {
            usable_ = answered_ = false;
            throw Unavailable{e.what()};
        }
        if (last_tag_ != "COMMIT") named_.reset(); // what it said is undone
    }

    static std::int64_t rows_changed(PGresult* r)
    {
        const std::string_view tag = PQcmdStatus(r), count = PQcmdTuples(r);
        if (count.empty() || tag.starts_with("SELECT")) return 0;
        return pg_number<std::int64_t>(count);
    }

    /// The caller gave up in the middle of the rows: stop the server rather than read the rest.
    void cancel() noexcept
    {
        if (auto* const request = PQgetCancel(pg_)) {
            char reason[256];
            if (!PQcancel(request, reason, sizeof reason)) usable_ = false;
            PQfreeCancel(request);
        }
    }

    // ── failures ──────────────────────────────────────────────────────────────────────────────────────────

    [[noreturn]] void fail_again(const PGresult* r, std::string_view sql)
    {
        try {
            fail(r, sql);
        } catch (const UniqueViolation& e) {
            throw Retry{e.what()};
        }
    }

    [[noreturn]] void fail(const PGresult* r, std::string_view sql)
    {
        pg_fail({pg_, writes_, usable_}, r, sql);
    }

    std::string url_;
    PGconn* pg_ = nullptr;
    bool usable_ = true;
    bool used_ = false;     // since it was opened
    bool answered_ = false; // something came back of the flight under way
    bool begun_ = false;    // BEGIN has left
    bool warned_ = false;   // by the server, since it was last put to false
    bool writes_ = false;   // the transaction under way
    std::string last_tag_;  // of the last command
    std::vector<Statement> queued_;
    std::vector<Expected> leaving_;    // the end of the last transaction, whose answer is not read yet
    std::string own_name_;             // application_name as the address has it
    std::optional<std::string> named_; // the request that application_name tells, when it is known
    std::vector<Value> name_{std::string{}};
    const Asked naming_{"SELECT set_config('application_name', $1, false)", name_};
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
