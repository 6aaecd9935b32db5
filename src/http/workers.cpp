// The pool of blocking workers.
#include "http/workers.hpp"

#include <algorithm>

namespace http {

Workers::Workers(unsigned threads, std::size_t max_waiting) : max_waiting_(max_waiting)
{
    for (unsigned i = 0; i < std::max(1U, threads); ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers()
{
    join();
}

bool Workers::submit(std::function<void()> job)
{
    {
        const std::lock_guard lock{mutex_};
        if (waiting_.size() >= max_waiting_) return false;
        waiting_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

void Workers::submit_always(std::function<void()> job)
{
    {
        const std::lock_guard lock{mutex_};
        waiting_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void Workers::discard()
{
    std::deque<std::function<void()>> forgotten; // destroyed outside the lock
    const std::lock_guard lock{mutex_};
    forgotten.swap(waiting_);
}

void Workers::join()
{
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

void Workers::work()
{
    while (true) {
        std::function<void()> job;
        {
            std::unique_lock lock{mutex_};
            wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            job = std::move(waiting_.front());
            waiting_.pop_front();
        }
        job();
    }
}

} // namespace http
