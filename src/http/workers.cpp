// The pool of blocking workers.
#include "http/workers.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

namespace http {

Workers::Workers(unsigned threads, std::size_t max_waiting, int niceness) : max_waiting_(max_waiting)
{
    for (unsigned i = 0; i < std::max(1U, threads); ++i)
        threads_.emplace_back([this, niceness] { work(niceness); });
}

Workers::~Workers()
{
    join();
}

bool Workers::submit(const std::string& line, Job job)
{
    {
        const std::lock_guard lock{mutex_};
        if (waiting_ >= max_waiting_) return false;
        const auto its = lines_.find(line);
        if (its != lines_.end() && its->second.size() >= std::max<std::size_t>(1, max_waiting_ / 2))
            return false;
        add(line, std::move(job));
    }
    wake_.notify_one();
    return true;
}

void Workers::submit_always(const std::string& line, Job job)
{
    {
        const std::lock_guard lock{mutex_};
        add(line, std::move(job));
    }
    wake_.notify_one();
}

void Workers::add(const std::string& line, Job job)
{
    const auto [its, is_new] = lines_.try_emplace(line);
    if (is_new) turn_.push_back(its);
    its->second.push_back({std::move(job), std::chrono::steady_clock::now()});
    ++waiting_;
}

void Workers::discard()
{
    Lines forgotten; // destroyed outside the lock
    const std::lock_guard lock{mutex_};
    turn_.clear();
    forgotten.swap(lines_);
    waiting_ = 0;
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

void Workers::work(int niceness)
{
    // Linux gives each thread a niceness of its own (setpriority(2)); refused, it only costs some comfort.
    if (niceness != 0)
        setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), getpriority(PRIO_PROCESS, 0) + niceness);
    bool worked = false;
    while (true) {
        Waiting next;
        {
            std::unique_lock lock{mutex_};
            if (worked) --busy_;
            wake_.wait(lock, [this] { return ending_ || waiting_ > 0; });
            if (waiting_ == 0) return;
            const auto line = turn_.front();
            next = std::move(line->second.front());
            line->second.pop_front();
            --waiting_;
            ++busy_;
            turn_.pop_front();
            if (line->second.empty())
                lines_.erase(line);
            else
                turn_.push_back(line);
        }
        waits_.observe(std::chrono::steady_clock::now() - next.since);
        next.job();
        worked = true;
    }
}

Workers::Load Workers::load() const
{
    const std::lock_guard lock{mutex_};
    return {.threads = threads_.size(), .busy = busy_, .waiting = waiting_, .places = max_waiting_};
}

} // namespace http
