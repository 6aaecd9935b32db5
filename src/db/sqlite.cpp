// The SQLite engine: pragmas, a bounded cache of prepared statements, parameters bound by name.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <list>
#include <thread>
#include <unordered_map>

#include "base/text.hpp"
#include "db/engines.hpp"

namespace db::detail {

namespace {

constexpr std::size_t sqlite_cached_statements = 256;
constexpr int sqlite_busy_timeout_ms = 10'000;

/// A prepared statement; `numbers[i]` is the n of the i-th distinct `$n` of its text.
struct SqliteStatement {
    explicit SqliteStatement(sqlite3_stmt* s) : handle(s) {}
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;
    ~SqliteStatement() { sqlite3_finalize(handle); }

    sqlite3_stmt* handle;
    std::vector<std::size_t> numbers;
};

/// Leaves a cached statement ready for its next use, whatever way it ended.
struct SqliteReset {
    sqlite3_stmt* statement;
    ~SqliteReset()
    {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
};

std::string view_to_string(const void* bytes, int size)
{
    return size == 0 ? std::string{}
                     : std::string{static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

Value sqlite_column(sqlite3_stmt* s, int i)
{
    switch (sqlite3_column_type(s, i)) {
    case SQLITE_INTEGER:
        return std::int64_t{sqlite3_column_int64(s, i)};
    case SQLITE_FLOAT:
        return sqlite3_column_double(s, i);
    case SQLITE_TEXT: {
        const auto* text = sqlite3_column_text(s, i);
        return view_to_string(text, sqlite3_column_bytes(s, i));
    }
    case SQLITE_BLOB: {
        const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(s, i));
        return bytes ? Blob(bytes, bytes + sqlite3_column_bytes(s, i)) : Blob{};
    }
    default:
        return nullptr;
    }
}

int sqlite_bind(sqlite3_stmt* s, int i, const Value& v)
{
    struct Bind {
        sqlite3_stmt* s;
        int i;
        // The values outlive the run: no copy is needed.
        int operator()(std::nullptr_t) const { return sqlite3_bind_null(s, i); }
        int operator()(std::int64_t n) const { return sqlite3_bind_int64(s, i, n); }
        int operator()(double d) const { return sqlite3_bind_double(s, i, d); }
        int operator()(const std::string& t) const
        {
            return sqlite3_bind_text64(s, i, t.data(), t.size(), SQLITE_STATIC, SQLITE_UTF8);
        }
        int operator()(const Blob& b) const
        {
            return b.empty() ? sqlite3_bind_zeroblob(s, i, 0)
                             : sqlite3_bind_blob64(s, i, b.data(), b.size(), SQLITE_STATIC);
        }
    };
    return std::visit(Bind{s, i}, v);
}

void sqlite_unaccent_fold(sqlite3_context* context, int, sqlite3_value** arguments)
{
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    try {
        const auto* text = sqlite3_value_text(arguments[0]);
        const auto folded = base::fold(view_to_string(text, sqlite3_value_bytes(arguments[0])));
        sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } catch (const std::exception& e) {
        sqlite3_result_error(context, e.what(), -1);
    }
}

class SqliteConnection final : public Connection {
public:
    SqliteConnection(const std::string& path, Durability durable)
    {
        const int flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        if (sqlite3_open_v2(path.c_str(), &db_, flags, nullptr) != SQLITE_OK) {
            const std::string why = db_ ? sqlite3_errmsg(db_) : "out of memory";
            sqlite3_close_v2(db_);
            throw Error{"cannot open the SQLite database " + path + ": " + why};
        }
        try {
            configure(durable);
        } catch (...) {
            sqlite3_close_v2(db_);
            throw;
        }
    }

    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    ~SqliteConnection() override
    {
        cache_.clear();
        sqlite3_close_v2(db_);
    }

    [[nodiscard]] Engine engine() const override { return Engine::Sqlite; }
    [[nodiscard]] bool usable() const override { return usable_; }

    std::int64_t run(std::string_view sql, std::span<const Value> params, const RowReader& on_row,
                     Rows) override
    {
        auto& statement = prepared(sql);
        auto* const s = statement.handle;
        if (reading_ && sqlite3_stmt_readonly(s) == 0) refuse_write(sql);
        const SqliteReset reset{s};
        check_arity(statement, params.size(), sql);
        for (std::size_t i = 0; i < statement.numbers.size(); ++i)
            if (const int rc = sqlite_bind(s, static_cast<int>(i) + 1, params[statement.numbers[i] - 1]);
                rc != SQLITE_OK)
                fail(rc, sql);
        const auto before = sqlite3_total_changes64(db_);
        std::vector<Value> row;
        for (int rc = 0; (rc = sqlite3_step(s)) != SQLITE_DONE;) {
            if (rc != SQLITE_ROW) fail(rc, sql);
            if (!on_row) continue;
            // Counted at each row: the first step prepares again when the schema has changed.
            row.resize(static_cast<std::size_t>(sqlite3_column_count(s)));
            for (std::size_t i = 0; i < row.size(); ++i) row[i] = sqlite_column(s, static_cast<int>(i));
            on_row(row);
        }
        // sqlite3_changes keeps the figure of an earlier statement when this one changed nothing.
        return sqlite3_total_changes64(db_) == before ? 0 : sqlite3_changes64(db_);
    }

    /// There is no way to go: nothing is gained by waiting.
    void queue(Statement statement) override
    {
        try {
            run(statement.sql, statement.params, statement.on_row, Rows::OneByOne);
        } catch (const UniqueViolation& e) {
            if (!statement.again_on_duplicate) throw;
            throw Retry{e.what()};
        }
    }
    void flush() override {}

    [[nodiscard]] std::string lock_statement(std::size_t) const override { return {}; }

    void script(std::string_view sql) override
    {
        if (reading_) refuse_write("(script)");
        if (const int rc = sqlite3_exec(db_, std::string{sql}.c_str(), nullptr, nullptr, nullptr);
            rc != SQLITE_OK)
            fail(rc, "(script)");
    }

    void begin(bool write) override
    {
        // A reader that writes would have to upgrade its snapshot, which fails at once under load (pile.md
        // §6): run() refuses any write of it instead, from the first test on. (PRAGMA query_only would too,
        // but each change of a pragma makes the engine prepare every statement again.)
        reading_ = !write;
        execute(write ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED");
    }
    void commit() override { execute("COMMIT"); }
    void rollback() noexcept override
    {
        // Some failures (disk full) already rolled back.
        if (!sqlite3_get_autocommit(db_) &&
            sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr) != SQLITE_OK)
            usable_ = false;
    }

private:
    struct Cached {
        std::string sql;
        SqliteStatement statement;
        Cached(std::string_view text, sqlite3_stmt* s) : sql(text), statement(s) {}
    };

    void configure(Durability durable)
    {
        sqlite3_busy_timeout(db_, sqlite_busy_timeout_ms);
        // "text" in double quotes is an identifier only, as on PostgreSQL.
        sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        switch_to_wal();
        // FULL: an acknowledged deposit survives a power cut.
        execute(durable == Durability::Full     ? "PRAGMA synchronous = FULL"
                : durable == Durability::Normal ? "PRAGMA synchronous = NORMAL"
                                                : "PRAGMA synchronous = OFF");
        execute("PRAGMA foreign_keys = ON");
        execute("PRAGMA trusted_schema = OFF");
        execute("PRAGMA temp_store = MEMORY");
        execute("PRAGMA journal_size_limit = 67108864");
        // LIKE tells case apart on PostgreSQL: the same here.
        execute("PRAGMA case_sensitive_like = ON");
        sqlite3_create_function_v2(db_, "unaccent_fold", 1,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                                   sqlite_unaccent_fold, nullptr, nullptr, nullptr);
    }

    /// The first switch of a new file needs it alone, and the busy handler is not always called for it.
    void switch_to_wal()
    {
        for (int attempt = 0;; ++attempt) {
            const int rc = sqlite3_exec(db_, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
            if (rc == SQLITE_OK) return;
            if ((rc & 0xff) != SQLITE_BUSY || attempt == 200) fail(rc, "PRAGMA journal_mode = WAL");
            std::this_thread::sleep_for(std::chrono::milliseconds{25});
        }
    }

    [[noreturn]] static void refuse_write(std::string_view sql)
    {
        throw Error{"a read-only transaction cannot write: " + std::string{sql}};
    }

    void execute(const char* sql)
    {
        if (const int rc = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); rc != SQLITE_OK) fail(rc, sql);
    }

    SqliteStatement& prepared(std::string_view sql)
    {
        if (const auto found = by_text_.find(sql); found != by_text_.end()) {
            cache_.splice(cache_.begin(), cache_, found->second);
            return found->second->statement;
        }
        sqlite3_stmt* handle = nullptr;
        const char* tail = nullptr;
        const int rc = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &handle, &tail);
        if (rc != SQLITE_OK) fail(rc, sql);
        if (!handle) throw Error{"empty SQL statement"};
        if (!base::trim(sql.substr(static_cast<std::size_t>(tail - sql.data()))).empty()) {
            sqlite3_finalize(handle);
            throw Error{"several statements in one run: " + std::string{sql}};
        }
        cache_.emplace_front(sql, handle);
        try {
            number_parameters(cache_.front().statement, sql);
        } catch (...) {
            cache_.pop_front();
            throw;
        }
        by_text_.emplace(cache_.front().sql, cache_.begin());
        if (cache_.size() > sqlite_cached_statements) {
            by_text_.erase(cache_.back().sql);
            cache_.pop_back();
        }
        return cache_.front().statement;
    }

    /// SQLite numbers `$2` before `$1` when it meets it first: the name says which parameter it is.
    static void number_parameters(SqliteStatement& statement, std::string_view sql)
    {
        const int count = sqlite3_bind_parameter_count(statement.handle);
        for (int i = 1; i <= count; ++i) {
            const char* name = sqlite3_bind_parameter_name(statement.handle, i);
            std::size_t n = 0;
            if (name && name[0] == '$')
                for (const char* c = name + 1; *c >= '0' && *c <= '9'; ++c)
                    n = n * 10 + static_cast<std::size_t>(*c - '0');
            if (n == 0) throw Error{"parameters are written $1, $2…: " + std::string{sql}};
            statement.numbers.push_back(n);
        }
    }

    static void check_arity(const SqliteStatement& statement, std::size_t given, std::string_view sql)
    {
        const auto& numbers = statement.numbers;
        const auto highest = numbers.empty() ? 0 : *std::max_element(numbers.begin(), numbers.end());
        if (highest != given || numbers.size() != given)
            throw Error{"the statement has " + std::to_string(std::max(highest, numbers.size())) +
                        " parameters, " + std::to_string(given) + " were given: " + std::string{sql}};
    }

    [[noreturn]] void fail(int rc, std::string_view sql)
    {
        const std::string reason = sqlite3_errmsg(db_);
        const auto what = "SQLite: " + reason + " [" + std::string{sql} + "]";
        switch (rc & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Retry{what};
        case SQLITE_READONLY:
            throw Error{what};
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            usable_ = false;
            throw Error{what};
        default:
            break;
        }
        if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
            rc == SQLITE_CONSTRAINT_ROWID)
            throw UniqueViolation{what, constraint_name(reason)};
        throw Error{what};
    }

    /// SQLite says « UNIQUE constraint failed: t.a, t.b » or « index 'name' »; this gives the name that
    /// PostgreSQL would: t_pkey, t_a_b_key, or the one of CREATE UNIQUE INDEX.
    std::string constraint_name(const std::string& reason)
    {
        const auto quoted = reason.find("index '");
        if (quoted != std::string::npos)
            return reason.substr(quoted + 7, reason.find('\'', quoted + 7) - quoted - 7);
        const auto colon = reason.find(": ");
        if (colon == std::string::npos) return {};
        std::string table, columns;
        for (const auto& part : base::split(reason.substr(colon + 2), ',')) {
            const auto column = base::trim(part);
            const auto dot = column.rfind('.');
            if (dot == std::string_view::npos) return reason.substr(colon + 2);
            table = column.substr(0, dot);
            columns += (columns.empty() ? "" : "_") + std::string{column.substr(dot + 1)};
        }
        constexpr const char* sql =
            "SELECT l.name, l.origin FROM pragma_index_list(?1) AS l WHERE l.\"unique\" = 1 AND "
            "(SELECT group_concat(i.name, '_') FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY "
            "seqno) AS i) = ?2";
        std::string name = table + "_pkey"; // an INTEGER PRIMARY KEY has no index
        sqlite3_stmt* s = nullptr;
        if (sqlite3_prepare_v2(db_, sql, -1, &s, nullptr) == SQLITE_OK) {
            sqlite3_bind_text(s, 1, table.c_str(), -1, SQLITE_STATIC);
            sqlite3_bind_text(s, 2, columns.c_str(), -1, SQLITE_STATIC);
            if (sqlite3_step(s) == SQLITE_ROW) {
                const auto index = std::get<std::string>(sqlite_column(s, 0));
                const auto origin = std::get<std::string>(sqlite_column(s, 1));
                if (origin == "c")
                    name = index;
                else if (origin == "u")
                    name = table + "_" + columns + "_key";
            }
        }
        sqlite3_finalize(s);
        return name;
    }

    sqlite3* db_ = nullptr;
    bool usable_ = true;
    bool reading_ = false;
    std::list<Cached> cache_; // most recently used first
    std::unordered_map<std::string_view, std::list<Cached>::iterator> by_text_;
};

} // namespace

std::unique_ptr<Connection> connect_sqlite(const std::string& path, Durability durable)
{
    return std::make_unique<SqliteConnection>(path, durable);
}

void prepare_sqlite_file(const std::string& path)
{
    const auto refuse = [](const std::string& what) {
        throw Error{"cannot create " + what + ": " + std::strerror(errno)};
    };
    std::filesystem::path made;
    for (const auto& part : std::filesystem::path{path}.parent_path()) {
        made /= part;
        if (mkdir(made.c_str(), 0700) != 0 && errno != EEXIST && !std::filesystem::is_directory(made))
            refuse("the directory " + made.string());
    }
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) refuse("the database file " + path);
    close(file);
}

} // namespace db::detail
