// The figures, where each comes from, and how they are written down.
#include "metrics.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/log.hpp"
#include "courrier/courrier.hpp"
#include "db/migrations.hpp"
#include "demande/numero.hpp"
#include "demande/store_numero.hpp"
#include "http/router.hpp"
#include "jobs.hpp"
#include "piece/piece.hpp"
#include "routes.hpp"
#include "sauvegarde/sauvegarde.hpp"

namespace metrics {

namespace {

using Steady = std::chrono::steady_clock;

/// Figures of the database younger than this are not read again; older than the second, they are not shown.
constexpr std::chrono::seconds fresh_for{5};
constexpr std::chrono::seconds shown_for{60};
/// What a scrape waits for them.
constexpr std::chrono::milliseconds patience{1500};
/// Rows are counted up to here: what a figure costs must not grow with what it counts.
constexpr std::int64_t count_to = 10'000;

// ── text ──────────────────────────────────────────────────────────────────────────────────────────────────

struct Label {
    std::string_view name;
    std::string_view value;
};

/// Families one after the other, as the format wants them: `family`, then its samples.
class Exposition {
public:
    enum class Type { Counter, Gauge, Histogram };

    void family(std::string_view name, Type type, std::string_view help)
    {
        static constexpr std::string_view types[] = {"counter", "gauge", "histogram"};
        name_ = name;
        out_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, types[static_cast<int>(type)]);
    }

    template <class Number> void sample(std::initializer_list<Label> labels, Number value)
    {
        line({}, labels, {}, fmt::format("{}", value));
    }

    /// A family of one sample.
    template <class Number> void single(std::string_view name, Type type, std::string_view help, Number value)
    {
        family(name, type, help);
        sample({}, value);
    }

    void histogram(std::initializer_list<Label> labels, const base::Histogram::Counts& counts)
    {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < counts.buckets.size(); ++i) {
            below += counts.buckets[i];
            const bool last = i == base::Histogram::bounds.size();
            line("_bucket", labels, last ? "+Inf" : fmt::format("{}", base::Histogram::bounds.at(i)),
                 std::to_string(below));
        }
        line("_sum", labels, {}, fmt::format("{}", counts.seconds));
        line("_count", labels, {}, std::to_string(below));
    }

    [[nodiscard]] std::string take() && { return std::move(out_); }

private:
    void line(std::string_view suffix, std::initializer_list<Label> labels, std::string_view le,
              std::string_view value)
    {
        out_ += name_;
        out_ += suffix;
        char before = '{';
        const auto label = [&](std::string_view name, std::string_view text) {
            out_ += before;
            before = ',';
            out_ += name;
            out_ += "=\"";
            for (const char c : text) {
                if (c == '\\' || c == '"') out_ += '\\';
                out_ += c == '\n' ? ' ' : c;
            }
            out_ += '"';
        };
        for (const auto& l : labels) label(l.name, l.value);
        if (!le.empty()) label("le", le);
        if (before == ',') out_ += '}';
        out_ += ' ';
        out_ += value;
        out_ += '\n';
    }

    std::string out_;
    std::string name_;
};

using Type = Exposition::Type;

// ── requests ──────────────────────────────────────────────────────────────────────────────────────────────

struct Answered {
    base::Histogram duration;
    std::array<std::atomic<std::uint64_t>, 5> by_class{}; // 1xx to 5xx
};

constexpr std::string_view method_name(http::Method m)
{
    switch (m) {
    case http::Method::Get:
        return "GET";
    case http::Method::Post:
        return "POST";
    case http::Method::Put:
        return "PUT";
    case http::Method::Patch:
        return "PATCH";
    case http::Method::Delete:
        return "DELETE";
    case http::Method::Head:
        return "HEAD";
    case http::Method::Options:
        return "OPTIONS";
    }
    return "?";
}

// ── the database ──────────────────────────────────────────────────────────────────────────────────────────

/// What the database says, each figure bounded by an index (metrics_test.cpp reads the plans).
struct Figures {
    std::string schema;
    std::map<std::string, std::int64_t> outbox, files; // by state
    std::int64_t outbox_oldest = 0, outbox_overdue = 0, files_oldest = 0;
    std::vector<jobs::Lateness> tasks;
    std::optional<std::int64_t> backup;                    // age of the last one; none: never
    std::optional<std::int64_t> clock_ahead_ms;            // of the database's server
    std::vector<std::pair<std::string, double>> sequences; // share used
    std::vector<demande::store::SequencePresqueEpuisee> numeros;
};

constexpr std::string_view sql_outbox_state =
    "SELECT COUNT(*) FROM (SELECT 1 FROM courriel WHERE etat IN ('a_envoyer', 'echec') AND etat = $1 LIMIT "
    "$2) AS n";
constexpr std::string_view sql_outbox_taken =
    "SELECT COUNT(*) FROM (SELECT 1 FROM courriel WHERE etat = 'en_cours' LIMIT $1) AS n";
constexpr std::string_view sql_outbox_oldest =
    "SELECT MIN(cree_le) FROM (SELECT cree_le FROM courriel WHERE etat IN ('a_envoyer', 'echec') ORDER BY "
    "prochain_le LIMIT $1) AS n";
constexpr std::string_view sql_outbox_due =
    "SELECT prochain_le FROM courriel WHERE etat IN ('a_envoyer', 'echec') ORDER BY prochain_le LIMIT 1";
constexpr std::string_view sql_outbox_abandoned =
    "SELECT bail_jusqu_au FROM courriel WHERE etat = 'en_cours' ORDER BY bail_jusqu_au LIMIT 1";
constexpr std::string_view sql_files_state =
    "SELECT COUNT(*) FROM (SELECT 1 FROM piece WHERE etat <> 'saine' AND etat = $1 LIMIT $2) AS n";
constexpr std::string_view sql_files_oldest =
    "SELECT MIN(depose_le) FROM (SELECT depose_le FROM piece WHERE prochain_le IS NOT NULL LIMIT $1) AS n";

Figures read_figures(db::Database& database, Instant now, Instant start)
{
    Figures out;
    out.schema = db::schema_version(database);
    auto tx = database.read();
    const auto age = [&](const std::optional<Instant>& since) {
        return since ? std::max<std::int64_t>(0, (now.ms - since->ms) / 1000) : 0;
    };
    for (const std::string_view state : {"a_envoyer", "echec"})
        out.outbox[std::string{state}] = tx.one<std::int64_t>(sql_outbox_state, state, count_to);
    out.outbox["en_cours"] = tx.one<std::int64_t>(sql_outbox_taken, count_to);
    out.outbox_oldest = age(tx.one<std::optional<Instant>>(sql_outbox_oldest, count_to));
    out.outbox_overdue =
        std::max(age(tx.find<Instant>(sql_outbox_due)), age(tx.find<Instant>(sql_outbox_abandoned)));
    for (const auto& state : piece::etats)
        if (state.value != piece::Etat::Saine)
            out.files[std::string{state.slug}] = tx.one<std::int64_t>(sql_files_state, state.slug, count_to);
    out.files_oldest = age(tx.one<std::optional<Instant>>(sql_files_oldest, count_to));
    out.tasks = jobs::lateness(tx, now, start);
    if (const auto last = tx.find<std::optional<Instant>>("SELECT dernier_le FROM tache WHERE nom = $1",
                                                          sauvegarde::nom_de_la_tache);
        last && *last)
        out.backup = age(*last);
    out.clock_ahead_ms = db::ahead_of_server(tx, now);
    out.numeros = demande::store::sequences_presque_epuisees(tx);
    if (database.engine() == db::Engine::Postgres) {
        struct Row {
            std::string name;
            double used;
        };
        // SQLite numbers its rows with 63 bits.
        for (auto& row : tx.query<Row>("SELECT CAST(sequencename AS TEXT), CAST(COALESCE(last_value, 0) AS "
                                       "DOUBLE PRECISION) / max_value FROM pg_sequences WHERE schemaname = "
                                       "current_schema() ORDER BY sequencename LIMIT 100"))
            out.sequences.emplace_back(std::move(row.name), row.used);
    }
    return out;
}

// ── the process ───────────────────────────────────────────────────────────────────────────────────────────

double seconds_of(const timeval& t)
{
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

std::size_t open_descriptors()
{
    std::error_code failed;
    std::size_t n = 0;
    for (std::filesystem::directory_iterator it{"/proc/self/fd", failed}, end; !failed && it != end;
         it.increment(failed))
        ++n;
    return n > 0 ? n - 1 : 0; // that of the directory itself
}

void write_process(Exposition& out, double started)
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    out.single("process_cpu_seconds_total", Type::Counter, "Processor time of this process.",
               seconds_of(used.ru_utime) + seconds_of(used.ru_stime));
    std::uint64_t size = 0, resident = 0;
    std::ifstream{"/proc/self/statm"} >> size >> resident;
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    out.single("process_resident_memory_bytes", Type::Gauge, "Memory of this process, mapped files included.",
               resident * page);
    out.single("process_open_fds", Type::Gauge, "Descriptors of this process.", open_descriptors());
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    out.single("process_max_fds", Type::Gauge, "The most descriptors it may have.", limit.rlim_cur);
    out.single("process_start_time_seconds", Type::Gauge, "When it started, since 1970.", started);
}

void write_disks(Exposition& out, const Config& config)
{
    std::vector<std::pair<std::string_view, std::string>> places{{"fichiers", config.files_directory}};
    constexpr std::string_view sqlite = "sqlite:";
    if (config.database.starts_with(sqlite)) {
        const std::filesystem::path file{config.database.substr(sqlite.size())};
        places.emplace_back("base", file.has_parent_path() ? file.parent_path().string() : ".");
    }
    struct Room {
        std::string_view of;
        std::uint64_t size, free;
    };
    std::vector<Room> rooms;
    for (const auto& [of, path] : places) {
        struct statvfs about {};
        if (::statvfs(path.c_str(), &about) == 0)
            rooms.push_back({of, std::uint64_t{about.f_blocks} * about.f_frsize,
                             std::uint64_t{about.f_bavail} * about.f_frsize});
    }
    out.family("logis_disk_size_bytes", Type::Gauge, "Size of the file system of the files or of the base.");
    for (const auto& r : rooms) out.sample({{"of", r.of}}, r.size);
    out.family("logis_disk_free_bytes", Type::Gauge, "What is free on it.");
    for (const auto& r : rooms) out.sample({{"of", r.of}}, r.free);
}

void write_pool(Exposition& out, const db::Database::Load& load)
{
    out.single("logis_db_connections_max", Type::Gauge, "The most connections to the database.",
               load.connections);
    out.single("logis_db_connections_open", Type::Gauge, "Connections to the database, idle or in use.",
               load.open);
    out.single("logis_db_connections_in_use", Type::Gauge, "Connections that a transaction holds.",
               load.in_use);
    out.single("logis_db_waiting", Type::Gauge, "Threads that wait for a connection.", load.waiting);
    out.single("logis_db_writers_waiting", Type::Gauge, "SQLite: threads that wait for their turn to write.",
               load.writers_waiting);
    out.single("logis_db_gave_up_total", Type::Counter, "Threads that waited for one of both in vain.",
               load.gave_up);
    out.single("logis_db_retries_total", Type::Counter,
               "Transactions that the engine asked to run again (conflict, deadlock).", load.retries);
}

void write_server(Exposition& out, const http::ServerLoad& load)
{
    out.family("logis_http_refused_total", Type::Counter,
               "Answers given without a page: malformed, too large, too slow, one too many, broken.");
    for (const auto& [status, n] : load.refusals) out.sample({{"status", std::to_string(status)}}, n);
    out.single("logis_http_connections", Type::Gauge, "Open connections.", load.connections);
    out.single("logis_http_connections_max", Type::Gauge, "The most open connections.",
               load.connection_places);
    out.single("logis_http_connections_refused_total", Type::Counter,
               "Connections turned away because all places were taken.", load.connections_refused);
    out.single("logis_http_uploads", Type::Gauge, "Large requests being received or handled.", load.uploads);
    out.single("logis_http_uploads_max", Type::Gauge, "The most of them at once.", load.upload_places);
    out.single("logis_http_upload_bytes", Type::Gauge, "What they hold on the disk.", load.upload_bytes);
    out.single("logis_http_upload_bytes_max", Type::Gauge, "The most they may hold.",
               load.upload_bytes_places);
    const auto each = [&](std::string_view name, std::string_view help, auto value) {
        out.family(name, Type::Gauge, help);
        for (const auto& p : load.pools) out.sample({{"pool", p.name}}, value(p));
    };
    each("logis_http_workers", "Threads that answer requests.", [](const auto& p) { return p.workers; });
    each("logis_http_workers_busy", "Those at work.", [](const auto& p) { return p.busy; });
    each("logis_http_queue", "Requests that wait for a thread.", [](const auto& p) { return p.waiting; });
    each("logis_http_queue_max", "The most that may wait; beyond, 503.",
         [](const auto& p) { return p.places; });
    out.family("logis_http_queue_seconds", Type::Histogram, "How long requests waited for a thread.");
    for (const auto& p : load.pools) out.histogram({{"pool", p.name}}, p.waits);
}

void write_figures(Exposition& out, const Figures& f)
{
    out.single("logis_schema_current", Type::Gauge, "1 when the database has the schema of this program.",
               f.schema == db::embedded_migrations().back().name ? 1 : 0);
    out.family("logis_outbox_messages", Type::Gauge,
               "E-mails that have not left, by state; counted up to 10000.");
    for (const auto& [state, n] : f.outbox) out.sample({{"state", state}}, n);
    out.single("logis_outbox_oldest_seconds", Type::Gauge, "Age of the oldest e-mail that has not left.",
               f.outbox_oldest);
    out.single("logis_outbox_overdue_seconds", Type::Gauge,
               "How long ago the next e-mail to send, or that its sender left, should have been sent.",
               f.outbox_overdue);
    out.family("logis_files", Type::Gauge, "Files that readers do not get, by state; counted up to 10000.");
    for (const auto& [state, n] : f.files) out.sample({{"state", state}}, n);
    out.single("logis_files_oldest_waiting_seconds", Type::Gauge,
               "Age of the oldest file that has not been checked and put away.", f.files_oldest);
    out.family("logis_task_overdue_seconds", Type::Gauge, "How long ago a periodic task should have ended.");
    for (const auto& t : f.tasks) out.sample({{"task", t.task}}, t.seconds);
    out.family("logis_task_failed", Type::Gauge, "1 when the last run of the task failed.");
    for (const auto& t : f.tasks) out.sample({{"task", t.task}}, t.failed ? 1 : 0);
    out.family("logis_backup_age_seconds", Type::Gauge,
               "Time since the last whole `logis sauvegarder`; absent when there was none.");
    if (f.backup) out.sample({}, *f.backup);
    out.family("logis_clock_ahead_seconds", Type::Gauge,
               "By how much this machine's clock is ahead of the database's; absent with SQLite.");
    if (f.clock_ahead_ms) out.sample({}, static_cast<double>(*f.clock_ahead_ms) / 1000);
    out.family("logis_sequence_used_ratio", Type::Gauge, "Share of the numbers of a sequence that are gone.");
    for (const auto& [name, used] : f.sequences) out.sample({{"sequence", name}}, used);
    out.family(
        "logis_numero_used_ratio", Type::Gauge,
        "Share of the numéros uniques of a territory and a month of deposit that are gone, from nine in "
        "ten; 1: nothing can be registered any more.");
    for (const auto& n : f.numeros)
        out.sample({{"territory", n.territoire}, {"month", fmt::format("{}-{:02}", n.annee, n.mois)}},
                   static_cast<double>(n.dernier) / demande::sequence_max);
}

} // namespace

struct Metrics::Impl {
    explicit Impl(App& a)
        : app(a), router(http::Router::of(routes())), patterns(routes().size()), start(a.clock.now())
    {}

    /// Reads the figures of the database whenever somebody asks.
    void refresh(const std::stop_token& stop)
    {
        std::unique_lock lock{mutex};
        while (asked.wait(lock, stop, [&] { return wanted; })) {
            lock.unlock();
            std::optional<Figures> read;
            try {
                read = read_figures(app.db, app.clock.now(), start);
            } catch (const std::exception& e) {
                base::log(base::Level::Warning, "metrics.database", {{"what", e.what()}});
            }
            lock.lock();
            wanted = false;
            up = read.has_value();
            if (read) {
                figures = std::move(read);
                read_at = Steady::now();
            }
            ++reads;
            done.notify_all();
        }
    }

    App& app;
    http::Router router;
    std::vector<Answered> patterns;
    Answered static_files, no_route;
    Instant start;
    double started_at = static_cast<double>(base::Clock{}.now().ms) / 1000;

    std::mutex mutex;
    std::condition_variable_any asked, done;
    bool wanted = false;
    bool up = false;
    std::uint64_t reads = 0;
    std::optional<Figures> figures;
    Steady::time_point read_at{};

    std::jthread reader; // after what it uses
};

Metrics::Metrics(App& app) : impl_(std::make_unique<Impl>(app))
{
    impl_->reader = std::jthread{[impl = impl_.get()](const std::stop_token& stop) { impl->refresh(stop); }};
}

Metrics::~Metrics() = default;

void Metrics::answered(const http::Request& request, http::Response& answer)
{
    if (!answer.intake) return answered(request, answer.status);
    // Not an answer yet: it comes once the body has been taken.
    auto asked = std::make_shared<http::Request>(request);
    answer.intake->end = [this, asked, end = std::move(answer.intake->end)] {
        asked->received = Steady::now();
        auto last = end();
        answered(*asked, last.status);
        return last;
    };
}

void Metrics::answered(const http::Request& request, int status) noexcept
{
    const auto index = impl_->router.index_of(request.method, request.path);
    auto& counted = index != http::Router::none ? impl_->patterns[index]
                    : status < 400              ? impl_->static_files
                                                : impl_->no_route;
    counted.duration.observe(Steady::now() - request.received);
    const auto of_class = static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
    counted.by_class[of_class].fetch_add(1, std::memory_order_relaxed);
}

std::string Metrics::exposition(const http::Server* served, bool fresh)
{
    auto& impl = *impl_;
    std::optional<Figures> figures;
    bool up = false;
    double figures_age = 0;
    {
        std::unique_lock lock{impl.mutex};
        if (fresh || Steady::now() - impl.read_at > fresh_for) {
            const auto before = impl.reads;
            impl.wanted = true;
            impl.asked.notify_one();
            const auto read = [&] { return impl.reads != before; };
            if (fresh)
                impl.done.wait(lock, read);
            else if (!impl.done.wait_for(lock, patience, read))
                impl.up = false; // it hangs
        }
        up = impl.up;
        if (Steady::now() - impl.read_at < shown_for) figures = impl.figures;
        if (figures) figures_age = std::chrono::duration<double>{Steady::now() - impl.read_at}.count();
    }

    Exposition out;
    out.family("logis_build_info", Type::Gauge, "Version of the program and engine of its database.");
    out.sample({{"version", LOGIS_VERSION},
                {"engine", impl.app.db.engine() == db::Engine::Sqlite ? "sqlite" : "postgresql"}},
               1);
    write_process(out, impl.started_at);
    write_disks(out, impl.app.config);

    const auto each_pattern = [&](auto&& f) {
        for (std::size_t i = 0; i < impl.patterns.size(); ++i)
            f(method_name(routes()[i].method), routes()[i].path, impl.patterns[i]);
        f("GET", "fichiers", impl.static_files);
        f("-", "-", impl.no_route);
    };
    const auto seen = [](const Answered& a) {
        return std::ranges::any_of(a.by_class, [](const auto& n) { return n.load() > 0; });
    };
    if (served) {
        out.family("logis_http_requests_total", Type::Counter,
                   "Requests answered, by pattern of route and class of status.");
        each_pattern([&](std::string_view method, std::string_view route, const Answered& a) {
            for (std::size_t c = 0; c < a.by_class.size(); ++c)
                if (const auto n = a.by_class[c].load())
                    out.sample({{"method", method}, {"route", route}, {"class", fmt::format("{}xx", c + 1)}},
                               n);
        });
        out.family("logis_http_request_seconds", Type::Histogram,
                   "From the last byte of a request to its answer, the wait for a thread included.");
        each_pattern([&](std::string_view method, std::string_view route, const Answered& a) {
            if (seen(a)) out.histogram({{"method", method}, {"route", route}}, a.duration.counts());
        });
        write_server(out, served->load());
    }

    write_pool(out, impl.app.db.load());
    const auto tallies = jobs::tallies();
    out.family("logis_task_runs_total", Type::Counter, "Runs of each task by this process.");
    for (const auto& t : tallies) out.sample({{"task", t.task}}, t.runs);
    out.family("logis_task_failures_total", Type::Counter, "Those that failed.");
    for (const auto& t : tallies) out.sample({{"task", t.task}}, t.failures);
    out.family("logis_task_seconds_total", Type::Counter, "Time that they took.");
    for (const auto& t : tallies) out.sample({{"task", t.task}}, t.seconds);

    out.single("logis_db_up", Type::Gauge, "1 when the database has just answered.", up ? 1 : 0);
    if (figures) {
        out.single("logis_db_figures_age_seconds", Type::Gauge,
                   "Age of the figures below, read from the database.", figures_age);
        write_figures(out, *figures);
    }
    return std::move(out).take();
}

struct Listener::Impl {
    std::optional<http::Server> server;
    std::uint16_t port = 0;
    std::jthread thread;

    ~Impl()
    {
        if (server) server->stop();
    }
};

Listener::Listener(Metrics& metrics, const Config& config, const http::Server* served)
    : impl_(std::make_unique<Impl>())
{
    http::ServerOptions options;
    options.address = config.metrics_address;
    options.port = static_cast<std::uint16_t>(config.metrics_port.value_or(0));
    options.workers = options.slow_workers = options.file_workers = 1;
    options.queue = 8;
    options.max_connections = 32;
    options.header_seconds = 5;
    options.write_seconds = 10;
    options.drain_seconds = 1;
    options.spool_directory = (std::filesystem::path{config.files_directory} / "reception").string();
    options.stops_on_signals = false; // the figures stay readable while the other server drains
    impl_->server.emplace(
        options, [](http::Method, std::string_view) { return http::Limits{.body_bytes = 0}; },
        [&metrics, served](http::Request& request) {
            if (request.path != "/metrics") return http::text("/metrics\n", 404);
            return http::text(metrics.exposition(served))
                .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .header("Cache-Control", "no-store");
        });
    std::promise<std::uint16_t> bound;
    impl_->thread = std::jthread{[&server = *impl_->server, &bound] {
        bool ready = false;
        try {
            server.run([&](std::uint16_t port) {
                ready = true;
                bound.set_value(port);
            });
        } catch (const std::exception& e) {
            if (!ready) return bound.set_exception(std::current_exception());
            base::log(base::Level::Error, "metrics.server", {{"what", e.what()}});
        }
    }};
    impl_->port = bound.get_future().get();
}

Listener::~Listener() = default;

std::uint16_t Listener::port() const
{
    return impl_->port;
}

std::span<const std::string_view> statements()
{
    static constexpr std::array all{sql_outbox_state,     sql_outbox_taken, sql_outbox_oldest, sql_outbox_due,
                                    sql_outbox_abandoned, sql_files_state,  sql_files_oldest};
    return all;
}

} // namespace metrics
