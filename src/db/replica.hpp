// How late a replica is, and whether that is little enough to read it. PostgreSQL only. Private to src/db.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "db/db.hpp"

namespace db::detail {

/// What a page read late may miss, at most. Whoever has just written reads the primary for longer (edge.cpp).
inline constexpr std::chrono::seconds most_late{10};

/// Notes each second how far the primary has written: a replica that has replayed up to there shows
/// everything that was committed before that note. No clock of another machine is believed.
class Follower {
public:
    Follower(Database& primary, std::string url);

    /// Whether the replica has answered a look of the last three seconds: one that stands still is not read.
    [[nodiscard]] bool answers() const;
    /// A page found out before the next look.
    void failed() { answered_ = Clock::time_point{}; }
    /// Whether this connection to the replica shows what is at most `most_late` old. Asks it once a second.
    bool recent(Connection&);

    Database& primary;

private:
    using Clock = std::chrono::steady_clock;
    struct Note {
        Clock::time_point at;
        std::int64_t position;
    };
    void look(std::unique_ptr<Connection>& replica);

    std::string url_;
    std::atomic<Clock::time_point> answered_{Clock::time_point{}};
    bool present_ = false; // as the log says it; of the watch alone
    std::mutex mutex_;
    std::condition_variable_any stopped_;
    std::deque<Note> notes_; // the oldest first, positions growing
    std::jthread watch_;     // last: it uses the others
};

} // namespace db::detail
