// One program for every target, so that sanitized parsers are linked once: FUZZ=NAME says which one runs.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#define TARGET(name) extern "C" int fuzz_##name(const std::uint8_t*, std::size_t);
#include "targets.inc"
#undef TARGET

namespace {

struct Target {
    std::string_view name;
    int (*run)(const std::uint8_t*, std::size_t);
};

constexpr Target targets[] = {
#define TARGET(name) {#name, fuzz_##name},
#include "targets.inc"
#undef TARGET
};

int (*chosen)(const std::uint8_t*, std::size_t) = nullptr;

} // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***)
{
    const char* name = std::getenv("FUZZ");
    for (const auto& t : targets)
        if (name && t.name == name) chosen = t.run;
    if (chosen) return 0;
    std::fprintf(stderr, "FUZZ must name one of the targets:");
    for (const auto& t : targets) std::fprintf(stderr, " %s", t.name.data());
    std::fprintf(stderr, "\n");
    std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    return chosen(data, size);
}
