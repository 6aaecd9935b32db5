// Password hashing behind a gate.
#include "compte/hachage.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/crypto.hpp"

namespace compte {
namespace {

constexpr std::chrono::seconds attente_max{5};
/// Niceness. Not the idle class: people still log in while a nightly task takes every processor.
constexpr int cede_le_pas = 10;

/// Half of the processors, so that the pages always find one whose caches argon2id has not emptied; two at
/// most, since the pages that ask run on the two workers of Pool::Slow.
unsigned hachages_a_la_fois()
{
    return std::clamp(std::thread::hardware_concurrency() / 2, 1U, 2U);
}

/// The threads that hash, and the line before them. They give way to the others, which a thread that also
/// writes to the database must not: it would hold a lock while it waits.
class Atelier {
public:
    static Atelier& unique()
    {
        static Atelier atelier;
        return atelier;
    }

    /// What `work` gives; nothing when it had not begun after five seconds.
    template <class T> std::optional<T> faire(std::function<T()> work)
    {
        const auto tache = std::make_shared<std::packaged_task<T()>>(std::move(work));
        const auto prise = std::make_shared<std::atomic<bool>>(false); // by a thread, or by giving up
        const auto commence = std::make_shared<std::promise<void>>();
        auto resultat = tache->get_future();
        auto debut = commence->get_future();
        {
            const std::lock_guard verrou{mutex_};
            file_.emplace_back([=] {
                if (prise->exchange(true)) return;
                commence->set_value();
                (*tache)();
            });
        }
        reveil_.notify_one();
        if (debut.wait_for(attente_max) != std::future_status::ready && !prise->exchange(true))
            return std::nullopt;
        return resultat.get();
    }

private:
    Atelier()
    {
        for (unsigned i = 0; i < hachages_a_la_fois(); ++i)
            fils_.emplace_back([this](const std::stop_token& fin) { travailler(fin); });
    }

    void travailler(const std::stop_token& fin)
    {
        setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), cede_le_pas);
        while (true) {
            std::function<void()> travail;
            {
                std::unique_lock verrou{mutex_};
                if (!reveil_.wait(verrou, fin, [&] { return !file_.empty(); })) return;
                travail = std::move(file_.front());
                file_.pop_front();
            }
            travail();
        }
    }

    std::mutex mutex_;
    std::condition_variable_any reveil_;
    std::deque<std::function<void()>> file_;
    std::vector<std::jthread> fils_; // last: they end before what they use
};

/// The digest of a password nobody has.
const std::string& leurre()
{
    static const std::string empreinte = base::hash_password(base::random_token(32));
    return empreinte;
}

} // namespace

std::optional<std::string> hacher(std::string_view mot_de_passe)
{
    return Atelier::unique().faire<std::string>([=] { return base::hash_password(mot_de_passe); });
}

std::optional<bool> verifier(std::string_view empreinte, std::string_view mot_de_passe)
{
    return Atelier::unique().faire<bool>([=] {
        const bool juste =
            base::check_password(empreinte.empty() ? std::string_view{leurre()} : empreinte, mot_de_passe);
        return juste && !empreinte.empty();
    });
}

} // namespace compte
