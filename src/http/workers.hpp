// Threads that run handlers, and the bounded queue before them. Knows nothing of HTTP.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

/// A job may block as long as it likes; it must not throw.
class Workers {
public:
    Workers(unsigned threads, std::size_t max_waiting);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False when too many jobs are waiting already.
    [[nodiscard]] bool submit(std::function<void()> job);
    /// For what must not be refused half-way: the next piece of an answer already begun.
    void submit_always(std::function<void()> job);
    /// Forgets the jobs that have not begun.
    void discard();
    /// Runs what is waiting, then ends the threads.
    void join();

private:
    void work();

    std::size_t max_waiting_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

} // namespace http
