// How often something may be tried: token buckets in memory, by key. Not shared between processes, forgotten
// at restart.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace http {

/// `count` tries at once, then one more every seconds/count: {5, 60} is five a minute.
struct Rate {
    unsigned count;
    unsigned seconds;
};

/// Thread-safe. The clock is a parameter. At most `max_keys` keys are kept: the least recently tried one
/// gives way, after those whose bucket is full again.
class Throttle {
public:
    explicit Throttle(std::size_t max_keys = 100'000) : max_keys_(max_keys) {}

    /// Takes one try from the bucket of this key; false when it is empty. The key names the class of action
    /// and who: "connexion:" + ip_group(req.client_ip), or a hash of the e-mail (never the e-mail itself).
    bool allow(std::string_view key, Rate, Instant now);
    /// Seconds until allow() would say yes, for Retry-After; 0 when it would now.
    [[nodiscard]] unsigned retry_after_seconds(std::string_view key, Rate, Instant now) const;
    /// Gives the bucket back: after a successful login.
    void forget(std::string_view key);
    [[nodiscard]] std::size_t size() const;

private:
    struct Bucket {
        std::string key;
        double tokens;
        Instant at;
        Instant full_at; // from then on, the bucket is as good as absent
    };
    void make_room(Instant now);

    std::size_t max_keys_;
    mutable std::mutex mutex_;
    std::list<Bucket> buckets_; // most recently used first
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;
};

/// What one subscriber owns: an IPv4 address, or the /64 of an IPv6 one (whose owner has 2^64 addresses to
/// try from).
std::string ip_group(std::string_view ip);

/// What shares are counted by: the /24 of an IPv4 address, the /64 of an IPv6 one. Wider than a subscriber,
/// since a share only says how much of the whole is left to the others.
std::string network_of(std::string_view ip);

} // namespace http
