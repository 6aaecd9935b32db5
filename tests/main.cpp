// Entry point of the unit tests. Journeys against the running binary are in tests/cas and tests/browser.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstring>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "piece/image.hpp"

int main(int argc, char** argv)
{
    // Pictures are read in a process of their own: the running program, started again with these words.
    if (argc > 1 && std::strcmp(argv[1], "traiter-image") == 0) return piece::image_worker_main(argc, argv);
    base::init_crypto();
    base::set_log_level(base::Level::Error);
    doctest::Context context;
    context.applyCommandLine(argc, argv);
    return context.run();
}
