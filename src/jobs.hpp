// The periodic tasks: one table (jobs.cpp) says what they are and how often they are due. Each is idempotent,
// and a lease in the database lets several runners work at once; after days without running, the next run
// catches up.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app.hpp"

namespace jobs {

/// Does what is due at the clock's time; gives one line per task done. Used by `logis jobs run`. `only`:
/// nothing but this task; throws when there is none of that name.
std::vector<std::string> run_due(App&, std::string_view only = {});

/// How often a task runs: a period after its last end, or at an hour of each day in Paris.
struct Rhythm {
    std::chrono::seconds period{0};
    std::optional<int> hour = std::nullopt;
};
/// How a run ended. Stopped on its way, it is due again at once: another runner ends it, or this one once
/// started again.
struct End {
    bool failed = false, stopped = false;
};
Instant due_again(const Rhythm&, Instant now, const End&);

/// How long ago a task should have run, 0 when it is not due; and whether its last run failed.
struct Lateness {
    std::string_view task;
    std::int64_t seconds = 0;
    bool failed = false;
};
/// One for each task with a period, for the metrics. A task that has never run is due since `start`.
std::vector<Lateness> lateness(db::Transaction&, Instant now, Instant start);

/// What this process has done of each task since it started.
struct Tally {
    std::string_view task;
    std::uint64_t runs = 0, failures = 0;
    double seconds = 0;
};
std::vector<Tally> tallies();

/// Wakes up every few seconds until SIGTERM or SIGINT. Used by `logis jobs run --loop`.
/// `ready` runs first, once signals are held: threads that it starts leave them to this one.
void run_until_signal(App&, const std::function<void()>& ready);

/// The same in a thread of `serve`; stops when destroyed.
class Loop {
public:
    explicit Loop(App&);
    ~Loop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace jobs
