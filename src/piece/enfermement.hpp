// The cell of the picture process: what it may use, and what it can no longer ask of the system.
#pragma once

#include <cstdint>

namespace piece {

struct Limites {
    std::uint64_t cpu_s = 20;
    std::uint64_t memoire = 1'500'000'000; // address space, libraries included
};

/// CPU, memory, no file written, few open, no core dump, killed with its parent. To be called before the
/// first byte of a stranger is read. Throws std::system_error when the system refuses one of them.
void limiter(const Limites&);
/// From here on: memory, threads, the descriptors already open, and nothing else. No file can be opened, no
/// socket, program or process made, no memory become code. False when this kernel has no system-call filter:
/// the limits remain.
bool enfermer();

} // namespace piece
