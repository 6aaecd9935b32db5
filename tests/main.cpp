// Entry point of the unit tests. Journeys against the running binary are in tests/cas and tests/browser.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "base/crypto.hpp"
#include "base/log.hpp"

int main(int argc, char** argv)
{
    base::init_crypto();
    base::set_log_level(base::Level::Error);
    doctest::Context context;
    context.applyCommandLine(argc, argv);
    return context.run();
}
