// Threads that run handlers, and the bounded queue before them. Knows nothing of HTTP.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/histogram.hpp"

namespace http {

/// A job may block as long as it likes; it must not throw. Jobs wait in lines, one for each network they come
/// from, and the workers take from each line in turn: whoever sends a hundred waits for a hundred, the others
/// do not.
class Workers {
public:
    using Job = std::function<void()>;

    /// `niceness`: how much these threads give way to others when the processors are busy (0: not at all).
    Workers(unsigned threads, std::size_t max_waiting, int niceness = 0);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False when too many jobs are waiting already: half of the places is the most for one line.
    [[nodiscard]] bool submit(const std::string& line, Job job);
    /// For what must not be refused half-way: the next piece of an answer already begun.
    void submit_always(const std::string& line, Job job);
    /// Forgets the jobs that have not begun.
    void discard();
    /// Runs what is waiting, then ends the threads.
    void join();

    /// At this moment; thread-safe.
    struct Load {
        std::size_t threads = 0, busy = 0, waiting = 0, places = 0;
    };
    [[nodiscard]] Load load() const;
    /// How long jobs waited for a thread.
    [[nodiscard]] const base::Histogram& waits() const { return waits_; }

private:
    struct Waiting {
        Job job;
        std::chrono::steady_clock::time_point since;
    };
    using Lines = std::map<std::string, std::deque<Waiting>>;

    void add(const std::string& line, Job job);
    void work(int niceness);

    std::size_t max_waiting_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    Lines lines_;                     // none is empty
    std::list<Lines::iterator> turn_; // the next line to take from comes first
    std::size_t waiting_ = 0;
    std::size_t busy_ = 0;
    bool ending_ = false;
    base::Histogram waits_;
    std::vector<std::thread> threads_;
};

} // namespace http
