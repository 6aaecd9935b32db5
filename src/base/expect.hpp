// Invariants, always on.
#pragma once

#include <stdexcept>
#include <string>

namespace base {

/// An invariant of ours is false: a defect of the program, answered 500 and logged.
struct Bug : std::logic_error {
    using std::logic_error::logic_error;
};

inline void expect(bool condition, const char* why)
{
    if (!condition) throw Bug{why};
}

} // namespace base
