// The table of periodic tasks, the lease that lets several runners share it, and the loop that wakes them.
#include "jobs.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/step.hpp"
#include "base/text.hpp"
#include "compte/store.hpp"
#include "conservation.hpp"
#include "courrier/jobs.hpp"
#include "courrier/store.hpp"
#include "demande/candidature/taches.hpp"
#include "demande/chiffres/taches_chiffres.hpp"
#include "demande/cotation/cotation.hpp"
#include "demande/echange/store_echange.hpp"
#include "demande/espace/store_adresse.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/portail/store_en_ligne.hpp"
#include "demande/portail/taches_en_ligne.hpp"
#include "demande/rappel/taches_rappels.hpp"
#include "demande/store_vie.hpp"
#include "demande/taches.hpp"
#include "piece/atelier.hpp"
#include "piece/store.hpp"
#include "signalement/conservation.hpp"
#include "signalement/depot/store.hpp"
#include "signalement/lot/store_lot.hpp"
#include "signalement/statistique/store_faits.hpp"
#include "signalement/store_cles.hpp"
#include "signalement/store_recherche.hpp"

namespace jobs {

namespace {

/// What a task says it did, for `logis jobs run` and the log; empty when there was nothing to do.
using Report = std::string;

struct Task {
    std::string_view name; // key of its row in `tache`
    /// Zero: at every wake, by every runner at once, without a row: for tasks that have leases of their own.
    std::chrono::seconds period;
    Report (*run)(App&, const std::stop_token&);
    /// The loop leaves it to threads of its own: seconds of work, which nothing else should wait for.
    bool apart = false;
    /// In Paris, for what reads everything and may wait for the night; none: a period after the last time.
    std::optional<int> hour = std::nullopt;
};

std::string runner_name()
{
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    return fmt::format("{}/{}", host, getpid());
}

Report send_mails(App& app, const std::stop_token& stop)
{
    const auto b = courrier::expedier(app.db, app.clock, app.config, runner_name(), stop);
    if (b.envoyes + b.reportes + b.refuses == 0) return {};
    return fmt::format("{}, {}, {}", base::count(b.envoyes, "envoyé", "envoyés"),
                       base::count(b.reportes, "reporté", "reportés"),
                       base::count(b.refuses, "refusé", "refusés"));
}

Report follow_attestations(App& app, const std::stop_token& stop)
{
    const auto n = demande::suivre_les_attestations(app, stop);
    return n ? base::count(n, "attestation", "attestations") : Report{};
}

Report follow_deadlines(App& app, const std::stop_token& stop)
{
    const auto n = demande::suivre_les_echeances(app, stop);
    return n ? base::count(n, "demande", "demandes") : Report{};
}

Report send_reminders(App& app, const std::stop_token& stop)
{
    const auto n = demande::rappel::suivre_les_rappels(app, stop);
    return n ? base::count(n, "demande", "demandes") : Report{};
}

Report count_figures(App& app, const std::stop_token& stop)
{
    const auto n = demande::chiffres::relever_les_chiffres(app, stop);
    return n ? base::count(n, "demande comptée", "demandes comptées") : Report{};
}

Report follow_candidatures(App& app, const std::stop_token& stop)
{
    const auto n = demande::candidature::suivre_les_candidatures(app, stop);
    return n ? base::count(n, "logement", "logements") : Report{};
}

Report score_demandes(App& app, const std::stop_token& stop)
{
    const auto n = demande::cotation::recalculer_les_cotations(app, stop);
    return n ? base::count(n, "cotation", "cotations") : Report{};
}

Report prepare_files(App& app, const std::stop_token& stop)
{
    app.fichiers.televersements.balayer(app.clock.now());
    const auto b = piece::preparer_fichiers(app.db, app.fichiers, app.clock, stop);
    if (b.vide()) return {};
    return fmt::format("{}, {} en quarantaine, {}, {}", base::count(b.rangees, "rangé", "rangés"),
                       b.quarantaine, base::count(b.illisibles, "illisible", "illisibles"),
                       base::count(b.reportees, "reporté", "reportés"));
}

/// What a task erases in batches, so that writers of pages pass in between: each ends when it gives 0.
template <class Batch> std::int64_t in_batches(const std::stop_token& stop, Batch batch)
{
    std::int64_t total = 0;
    while (!stop.stop_requested()) {
        const std::int64_t done = batch();
        if (done == 0) break;
        total += done;
    }
    return total;
}

Report forget_movements(App& app, const std::stop_token&)
{
    const auto n = signalement::statistique::store::purger_les_mouvements(app.db);
    return n == 0 ? Report{} : base::count(n, "mouvement oublié", "mouvements oubliés");
}

Report keep_keys(App& app, const std::stop_token& stop)
{
    const auto n = in_batches(stop, [&] { return signalement::store::tenir_les_cles(app.db); });
    app.db.write([](db::Transaction& tx) { signalement::store::fondre_l_index(tx); });
    return n ? base::count(n, "signalement rangé", "signalements rangés") : Report{};
}

Report erase_reports(App& app, const std::stop_token& stop)
{
    using conservation::Objet;
    const auto now = app.clock.now();
    const auto n = in_batches(stop, [&] {
        return signalement::store::effacer_echus(app.db, conservation::limite(Objet::SignalementClos, now),
                                                 conservation::limite(Objet::SignalementRefuse, now), now);
    });
    return n ? base::count(n, "signalement effacé", "signalements effacés") : Report{};
}

Report erase_demandes(App& app, const std::stop_token& stop)
{
    const auto now = app.clock.now();
    const auto until = base::local_date(conservation::limite(conservation::Objet::DemandeRadiee, now));
    const auto n = in_batches(stop, [&] {
        return app.db.write(
            [&](db::Transaction& tx) { return demande::store::effacer_radiees(tx, until, now); });
    });
    return n ? base::count(n, "demande effacée", "demandes effacées") : Report{};
}

Report erase_accounts(App& app, const std::stop_token& stop)
{
    using conservation::Objet;
    const auto now = app.clock.now();
    const auto n = in_batches(stop, [&] {
        return app.db.write([&](db::Transaction& tx) {
            return compte::store::effacer_comptes(tx, conservation::limite(Objet::CompteDesactive, now),
                                                  conservation::limite(Objet::CompteNonActive, now), now) +
                   demande::portail::store::effacer_comptes(
                       tx, conservation::limite(Objet::CompteDemandeur, now));
        });
    });
    return n ? base::count(n, "compte effacé", "comptes effacés") : Report{};
}

Report erase_mails(App& app, const std::stop_token& stop)
{
    using conservation::Objet;
    const auto now = app.clock.now();
    const auto bodies = in_batches(stop, [&] {
        return app.db.write([&](db::Transaction& tx) {
            return courrier::effacer_corps(tx, conservation::limite(Objet::CorpsDeCourriel, now));
        });
    });
    const auto rows = in_batches(stop, [&] {
        return app.db.write([&](db::Transaction& tx) {
            return courrier::effacer_traces(tx, conservation::limite(Objet::TraceDeCourriel, now));
        });
    });
    if (bodies + rows == 0) return {};
    return fmt::format("{}, {}", base::count(bodies, "corps effacé", "corps effacés"),
                       base::count(rows, "trace effacée", "traces effacées"));
}

Report purge_sessions(App& app, const std::stop_token& stop)
{
    in_batches(stop, [&] {
        return app.db.write([&](db::Transaction& tx) {
            return compte::store::purger(tx, app.clock.now()) +
                   demande::portail::store::purger(tx, app.clock.now()) +
                   demande::espace::store::purger_cles(tx, app.clock.now()) +
                   demande::espace::store::purger_adresses(tx, app.clock.now()) +
                   signalement::lot::store::purger(
                       tx, conservation::limite(conservation::Objet::Selection, app.clock.now()),
                       conservation::limite(conservation::Objet::Lot, app.clock.now()));
        });
    });
    return "fait";
}

Report purge_drafts(App& app, const std::stop_token& stop)
{
    using conservation::Objet;
    const auto now = app.clock.now();
    demande::portail::rappeler_les_corrections(app, stop);
    const auto n = in_batches(stop, [&] { return signalement::depot::purger_brouillons(app.db, now); }) +
                   in_batches(stop,
                              [&] {
                                  return app.db.write([&](db::Transaction& tx) {
                                      return demande::portail::store::purger_en_ligne(
                                          tx, conservation::limite(Objet::DemandeNonDeposee, now),
                                          conservation::limite(Objet::DemandeNonCorrigee, now));
                                  });
                              }) +
                   app.db.write([&](db::Transaction& tx) {
                       return demande::echange::store::oublier_fichiers(
                           tx, conservation::limite(Objet::FichierDEchange, now));
                   });
    return n ? base::count(n, "brouillon effacé", "brouillons effacés") : Report{};
}

Report purge_files(App& app, const std::stop_token&)
{
    const auto purge = piece::purger_orphelins(app.db, app.fichiers, app.clock.now());
    return fmt::format("{}, {}", base::count(static_cast<long long>(purge.pieces), "pièce", "pièces"),
                       base::count(static_cast<long long>(purge.contenus), "fichier", "fichiers"));
}

Report maintain_database(App& app, const std::stop_token&)
{
    app.db.maintain();
    return "fait";
}

// A new task is a row here: idempotent, doing at once all that has become due since it last ran.
constexpr std::chrono::hours day{24};
constexpr Task tasks[] = {
    // Before the mails: what it puts in the outbox leaves at once.
    {"suivre_les_attestations", std::chrono::seconds{0}, follow_attestations},
    {"suivre_les_echeances", std::chrono::minutes{10}, follow_deadlines},
    {"suivre_les_rappels", std::chrono::minutes{10}, send_reminders},
    // Every few seconds: a demande registered now is found among candidates at once.
    {"suivre_les_candidatures", std::chrono::seconds{0}, follow_candidatures},
    {"recalculer_les_cotations", std::chrono::minutes{1}, score_demandes},
    {"ranger_les_signalements", std::chrono::minutes{1}, keep_keys},
    {"oublier_les_mouvements", std::chrono::hours{24}, forget_movements},
    {"envoyer_les_courriels", std::chrono::seconds{0}, send_mails},
    {"preparer_les_fichiers", std::chrono::seconds{0}, prepare_files, true},
    {"purger_les_sessions", std::chrono::hours{1}, purge_sessions},
    {"effacer_les_courriels", day, erase_mails},
    {"purger_les_brouillons", day, purge_drafts},
    {"effacer_les_signalements", day, erase_reports},
    {"effacer_les_demandes", day, erase_demandes},
    {"effacer_les_comptes", day, erase_accounts},
    // After those that leave files to nobody.
    {"purger_les_fichiers_orphelins", day, purge_files},
    {"relever_les_chiffres", day, count_figures, false, 3},
    {"entretenir_la_base", day, maintain_database},
};

/// Of one task in this process.
struct Counters {
    std::atomic<std::uint64_t> runs{0}, failures{0}, nanoseconds{0};
};
std::array<Counters, std::size(tasks)> counters;

// Longer than any task; a runner that died in the middle delays its task by no more than this.
constexpr std::int64_t lease_seconds = 3600;
constexpr std::chrono::seconds wait_after_failure{300};
constexpr std::chrono::seconds wake_every{3};

bool is_due(db::Transaction& tx, const Task& task, Instant now)
{
    struct Row {
        Instant prochain_le;
        std::optional<Instant> bail_jusqu_au;
    };
    const auto row = tx.find<Row>("SELECT prochain_le, bail_jusqu_au FROM tache WHERE nom = $1", task.name);
    return !row || (row->prochain_le <= now && (!row->bail_jusqu_au || *row->bail_jusqu_au <= now));
}

/// True when this runner now holds the task; nobody else will until it is released or the lease ends.
bool take(App& app, const Task& task, const std::string& by)
{
    const auto now = app.clock.now();
    if (auto tx = app.db.read(); !is_due(tx, task, now)) return false;
    return app.db.write([&](db::Transaction& tx) {
        tx.exec("INSERT INTO tache (nom, prochain_le) VALUES ($1, $2) ON CONFLICT (nom) DO NOTHING",
                task.name, now);
        return tx.exec(
                   "UPDATE tache SET bail_par = $2, bail_jusqu_au = $3 WHERE nom = $1 AND prochain_le <= $4 "
                   "AND (bail_jusqu_au IS NULL OR bail_jusqu_au <= $4)",
                   task.name, by, now.plus_seconds(lease_seconds), now) == 1;
    });
}

/// The next time a day is this old in Paris.
Instant next_at(int hour, Instant now)
{
    const auto day_of = [&](Instant t) { return base::local_date(t.plus_seconds(-3600L * hour)); };
    Instant t{(now.ms / 3'600'000 + 1) * 3'600'000};
    while (day_of(t) == day_of(now)) t = t.plus_seconds(3600);
    return t;
}

void release(App& app, const Task& task, const std::string& by, const std::string& error, bool stopped)
{
    const auto now = app.clock.now();
    const auto next = due_again({task.period, task.hour}, now, {!error.empty(), stopped});
    app.db.write([&](db::Transaction& tx) {
        tx.exec("UPDATE tache SET prochain_le = $3, dernier_le = $4, erreur = $5, bail_par = NULL, "
                "bail_jusqu_au = NULL WHERE nom = $1 AND bail_par = $2",
                task.name, by, next, now, error);
    });
}

struct Done {
    std::vector<std::string> lines;
    std::string failures;
};

Done run_tasks(App& app, const std::stop_token& stop, bool with_apart, std::string_view only = {})
{
    Done done;
    // Two loops of one process have the same host and pid.
    const auto by = runner_name() + "/" + base::random_token(6);
    for (const auto& task : tasks) {
        if (stop.stop_requested()) break;
        if (task.apart && !with_apart) continue;
        if (!only.empty() && task.name != only) continue;
        const bool shared = task.period.count() == 0;
        if (!shared && !take(app, task, by)) continue;
        std::string error;
        auto& counted = counters.at(static_cast<std::size_t>(&task - tasks));
        const auto began = std::chrono::steady_clock::now();
        try {
            const auto report = task.run(app, stop);
            if (!report.empty()) {
                done.lines.push_back(fmt::format("{}\u00A0: {}", task.name, report));
                base::log(base::Level::Info, "tache.faite",
                          {{"tache", std::string{task.name}}, {"bilan", report}});
            }
        } catch (const std::exception& e) {
            error = base::truncate(e.what(), 500);
            done.failures += fmt::format("{}{}: {}", done.failures.empty() ? "" : "; ", task.name, error);
            base::log(base::Level::Error, "tache.echec",
                      {{"tache", std::string{task.name}}, {"raison", error}});
        }
        counted.runs += 1;
        counted.failures += error.empty() ? 0 : 1;
        counted.nanoseconds += static_cast<std::uint64_t>((std::chrono::steady_clock::now() - began).count());
        base::step("task.before_release");
        if (!shared) release(app, task, by, error, stop.stop_requested());
    }
    return done;
}

/// One turn of a loop: nothing may end it but a signal.
void turn(App& app, const std::stop_token& stop)
{
    try {
        run_tasks(app, stop, false);
    } catch (const std::exception& e) {
        base::log(base::Level::Error, "taches.echec", {{"raison", e.what()}});
    }
}

} // namespace

Instant due_again(const Rhythm& rhythm, Instant now, const End& end)
{
    if (end.stopped) return now;
    if (end.failed) return now.plus_seconds(std::min(rhythm.period, wait_after_failure).count());
    return rhythm.hour ? next_at(*rhythm.hour, now) : now.plus_seconds(rhythm.period.count());
}

std::vector<std::string> run_due(App& app, std::string_view only)
{
    if (!only.empty() && std::ranges::find(tasks, only, &Task::name) == std::end(tasks))
        throw std::runtime_error{"no task is called " + std::string{only}};
    auto done = run_tasks(app, {}, true, only);
    // Every task was tried; whoever launched us (cron, systemd) must still see that one of them failed.
    if (!done.failures.empty()) throw std::runtime_error{done.failures};
    return std::move(done.lines);
}

std::vector<Lateness> lateness(db::Transaction& tx, Instant now, Instant start)
{
    struct Row {
        std::string nom;
        Instant prochain_le;
        bool failed;
    };
    // As many rows as there are tasks.
    const auto rows =
        tx.query<Row>("SELECT nom, prochain_le, CASE WHEN erreur <> '' THEN 1 ELSE 0 END FROM tache");
    std::vector<Lateness> out;
    for (const auto& task : tasks) {
        if (task.period.count() == 0) continue;
        const auto row = std::ranges::find(rows, task.name, &Row::nom);
        const auto due = row == rows.end() ? start : row->prochain_le;
        out.push_back({task.name, std::max<std::int64_t>(0, (now.ms - due.ms) / 1000),
                       row != rows.end() && row->failed});
    }
    return out;
}

std::vector<Tally> tallies()
{
    std::vector<Tally> out;
    for (std::size_t i = 0; i < counters.size(); ++i)
        out.push_back({tasks[i].name, counters[i].runs, counters[i].failures,
                       static_cast<double>(counters[i].nanoseconds.load()) / 1e9});
    return out;
}

void run_until_signal(App& app, const std::function<void()>& ready)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // The work is in another thread, so that a signal is answered between two messages and not after the
    // last.
    Loop loop{app};
    ready();
    int received = 0;
    sigwait(&signals, &received);
}

struct Loop::Impl {
    explicit Impl(App& app) : workshop(app.db, app.fichiers, app.clock) {}

    std::mutex mutex;
    std::condition_variable_any woken;
    std::jthread thread; // after the others: it uses them
    piece::Atelier workshop;
};

Loop::Loop(App& app) : impl_(std::make_unique<Impl>(app))
{
    impl_->thread = std::jthread{[&app, impl = impl_.get()](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            turn(app, stop);
            std::unique_lock lock{impl->mutex};
            impl->woken.wait_for(lock, stop, wake_every, [] { return false; });
        }
    }};
}

Loop::~Loop() = default; // jthread asks it to stop and waits

} // namespace jobs
