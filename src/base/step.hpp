// Named steps between a decision and its answer, where a test asks this process to die (tests/fautes). In
// production a step is one relaxed load of a flag that is never set.
#pragma once

#include <atomic>
#include <string>

namespace base {

namespace detail {
inline std::atomic<bool> steps_armed = false;
void pass_step(const char* name);
} // namespace detail

/// Marks the place. `name` says where: « db.after_commit ».
inline void step(const char* name)
{
    if (detail::steps_armed.load(std::memory_order_relaxed)) [[unlikely]]
        detail::pass_step(name);
}

/// « NAME:n » kills this process, as kill -9 would, when it passes the step for the n-th time; « * » writes
/// the name of each step passed on standard error. Called in test mode only, before any thread starts.
void arm_steps(const std::string& what);

} // namespace base
