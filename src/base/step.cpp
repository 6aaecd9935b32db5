// The only code that knows what an armed step does.
#include "base/step.hpp"

#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace base {

namespace {

struct Armed {
    std::string name; // "*": every step is told
    std::atomic<long> left = 0;
};

Armed& armed()
{
    static Armed a;
    return a;
}

} // namespace

void arm_steps(const std::string& what)
{
    const auto colon = what.rfind(':');
    auto& a = armed();
    a.name = what.substr(0, colon);
    if (a.name != "*") {
        char* end = nullptr;
        a.left = colon == std::string::npos ? 0 : std::strtol(what.c_str() + colon + 1, &end, 10);
        if (a.left < 1 || *end != '\0') throw std::runtime_error{"LOGIS_DIE_AT: NAME:n or * is expected"};
    }
    detail::steps_armed = true;
}

void detail::pass_step(const char* name)
{
    auto& a = armed();
    if (a.name == "*") {
        std::fprintf(stderr, "step %s\n", name);
        return;
    }
    if (a.name == name && --a.left == 0) kill(getpid(), SIGKILL);
}

} // namespace base
