// Durations counted by size, for the metrics. Adding one takes no lock; reading is for whoever shows them.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace base {

class Histogram {
public:
    /// Upper ends in seconds; one more bucket holds what is longer.
    static constexpr std::array<double, 14> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                   0.25,  0.5,    1,     2.5,  5,     10,   30};

    void observe(std::chrono::nanoseconds duration) noexcept
    {
        const auto seconds = std::chrono::duration<double>{duration}.count();
        std::size_t i = 0;
        while (i < bounds.size() && seconds > bounds[i]) ++i;
        buckets_[i].fetch_add(1, std::memory_order_relaxed);
        nanoseconds_.fetch_add(static_cast<std::uint64_t>(duration.count() > 0 ? duration.count() : 0),
                               std::memory_order_relaxed);
    }

    /// Each bucket alone, not added to those below.
    struct Counts {
        std::array<std::uint64_t, bounds.size() + 1> buckets{};
        double seconds = 0;
    };
    [[nodiscard]] Counts counts() const noexcept
    {
        Counts out;
        for (std::size_t i = 0; i < buckets_.size(); ++i)
            out.buckets[i] = buckets_[i].load(std::memory_order_relaxed);
        out.seconds = static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / 1e9;
        return out;
    }

private:
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets_{};
    std::atomic<std::uint64_t> nanoseconds_{0};
};

} // namespace base
