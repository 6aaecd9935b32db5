// See replica.hpp.
#include "db/replica.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "db/engines.hpp"

namespace db::detail {

namespace {

constexpr std::chrono::seconds between_looks{1};

/// Where a server is in the log of changes, in bytes: replayed by a replica, written by a primary.
constexpr std::string_view position_sql =
    "SELECT pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() "
    "ELSE pg_current_wal_insert_lsn() END, '0/0')::bigint";

} // namespace

Follower::Follower(Database& p, std::string url)
    : primary(p), url_(std::move(url)), watch_([this](const std::stop_token& stop) {
          std::unique_ptr<Connection> replica;
          while (!stop.stop_requested()) {
              look(replica);
              std::unique_lock lock{mutex_};
              stopped_.wait_for(lock, stop, between_looks, [] { return false; });
          }
      })
{}

void Follower::look(std::unique_ptr<Connection>& replica)
{
    try {
        const auto at =
            Clock::now(); // before the question: what was committed until now is behind the answer
        const auto position = primary.read().one<std::int64_t>(position_sql);
        const std::lock_guard lock{mutex_};
        // After a change of primary the log may go back a little: what was noted of the other one is void.
        while (!notes_.empty() && notes_.back().position > position) notes_.pop_back();
        notes_.push_back({at, position});
        while (notes_.front().at + most_late < at) notes_.pop_front();
    } catch (const std::exception&) {
        // The primary is away: its last notes grow old, and with them what the replica shows.
    }
    try {
        if (!replica) replica = connect_postgres(url_);
        replica->begin(false);
        replica->run("SELECT 1", {}, nullptr, Rows::Together);
        replica->rollback();
        answered_ = Clock::now();
        if (!std::exchange(present_, true)) base::log(base::Level::Info, "replique.presente", {});
    } catch (const std::exception& e) {
        replica.reset();
        failed();
        if (std::exchange(present_, false))
            base::log(base::Level::Warning, "replique.absente", {{"raison", e.what()}});
    }
}

bool Follower::answers() const
{
    return Clock::now() < answered_.load() + 3 * between_looks;
}

bool Follower::recent(Connection& connection)
{
    const auto now = Clock::now();
    if (now < connection.recent_until) return true;
    std::int64_t position = 0;
    connection.run(
        position_sql, {}, [&](std::span<const Value> row) { position = from_value<std::int64_t>(row[0], 0); },
        Rows::Together);
    const std::lock_guard lock{mutex_};
    const auto seen = std::ranges::find_if(notes_.rbegin(), notes_.rend(),
                                           [&](const Note& n) { return n.position <= position; });
    if (seen == notes_.rend() || seen->at + most_late - between_looks < now) return false;
    connection.recent_until = now + between_looks;
    return true;
}

} // namespace db::detail
