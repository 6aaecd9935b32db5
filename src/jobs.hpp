// The periodic tasks: one table (jobs.cpp) says what they are and how often they are due. Each is idempotent,
// and a lease in the database lets several runners work at once; after days without running, the next run
// catches up.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app.hpp"

namespace jobs {

/// Does what is due at the clock's time; gives one line per task done. Used by `logis jobs run`.
std::vector<std::string> run_due(App&);

/// Wakes up every few seconds until SIGTERM or SIGINT. Used by `logis jobs run --loop`.
void run_until_signal(App&);

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
