// Token buckets, refilled when they are looked at.
#include "http/throttle.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace http {

namespace throttling {

double refilled(double tokens, Instant at, Rate rate, Instant now)
{
    if (rate.count == 0) return 0;
    const auto elapsed =
        static_cast<double>(std::max<std::int64_t>(0, now.ms - at.ms)); // clocks may step back
    const double per_ms = rate.count / (std::max(1U, rate.seconds) * 1000.0);
    return std::min<double>(rate.count, tokens + elapsed * per_ms);
}

double ms_until(double wanted, double tokens, Rate rate)
{
    return (wanted - tokens) * std::max(1U, rate.seconds) * 1000.0 / std::max(1U, rate.count);
}

} // namespace throttling

bool Throttle::allow(std::string_view key, Rate rate, Instant now)
{
    const std::lock_guard lock{mutex_};
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        make_room(now);
        buckets_.push_front({std::string{key}, static_cast<double>(rate.count), now, now});
        found = by_key_.emplace(buckets_.front().key, buckets_.begin()).first;
    } else {
        buckets_.splice(buckets_.begin(), buckets_, found->second);
    }
    auto& bucket = *found->second;
    bucket.tokens = throttling::refilled(bucket.tokens, bucket.at, rate, now);
    bucket.at = std::max(bucket.at, now);
    // A hair below one is one: refills are sums of fractions.
    const bool allowed = bucket.tokens > 1 - 1e-9;
    if (allowed) bucket.tokens = std::max(0.0, bucket.tokens - 1);
    bucket.full_at = {bucket.at.ms + static_cast<std::int64_t>(
                                         std::ceil(throttling::ms_until(rate.count, bucket.tokens, rate)))};
    return allowed;
}

unsigned Throttle::retry_after_seconds(std::string_view key, Rate rate, Instant now) const
{
    const std::lock_guard lock{mutex_};
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return rate.count == 0 ? std::max(1U, rate.seconds) : 0;
    const auto& bucket = *found->second;
    const double tokens = throttling::refilled(bucket.tokens, bucket.at, rate, now);
    if (tokens > 1 - 1e-9) return 0;
    return std::max(1U,
                    static_cast<unsigned>(std::ceil(throttling::ms_until(1, tokens, rate) / 1000 - 1e-6)));
}

void Throttle::forget(std::string_view key)
{
    const std::lock_guard lock{mutex_};
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    const auto bucket = found->second;
    by_key_.erase(found); // before the text that its key is a view of
    buckets_.erase(bucket);
}

std::size_t Throttle::size() const
{
    const std::lock_guard lock{mutex_};
    return buckets_.size();
}

void Throttle::make_room(Instant now)
{
    // A few of the least recently tried are looked at, so that the cost stays constant.
    constexpr int looked_at = 16;
    while (buckets_.size() >= std::max<std::size_t>(1, max_keys_)) {
        auto victim = std::prev(buckets_.end());
        auto candidate = victim;
        for (int i = 0; i < looked_at; ++i) {
            if (candidate->full_at <= now) {
                victim = candidate;
                break;
            }
            if (candidate == buckets_.begin()) break;
            --candidate;
        }
        by_key_.erase(victim->key);
        buckets_.erase(victim);
    }
}

std::string ip_group(std::string_view ip)
{
    const std::string text{ip};
    in6_addr address{};
    if (inet_pton(AF_INET6, text.c_str(), &address) != 1) return text;
    std::memset(reinterpret_cast<unsigned char*>(&address) + 8, 0, 8);
    char out[INET6_ADDRSTRLEN] = {};
    inet_ntop(AF_INET6, &address, out, sizeof out);
    return std::string{out} + "/64";
}

std::string network_of(std::string_view ip)
{
    in_addr v4{};
    if (inet_pton(AF_INET, std::string{ip}.c_str(), &v4) != 1) return ip_group(ip);
    return std::string{ip.substr(0, ip.rfind('.'))} + ".0/24";
}

} // namespace http
