// The turns of the workers: nobody waits behind all the jobs of another.
#include <doctest/doctest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <latch>
#include <string>

#include "http/workers.hpp"

namespace http {

TEST_CASE("qui envoie cent requêtes attend pour cent, les autres n’attendent pas derrière")
{
    std::string ordre;
    std::latch depart{1};
    {
        Workers un{1, 10};
        un.submit_always("bloc", [&] { depart.wait(); });
        for (int i = 0; i < 5; ++i) CHECK(un.submit("a", [&] { ordre += 'a'; }));
        CHECK_FALSE(un.submit("a", [&] { ordre += '!'; })); // half of the places
        CHECK(un.submit("b", [&] { ordre += 'b'; }));
        CHECK(un.submit("c", [&] { ordre += 'c'; }));
        CHECK(un.submit("b", [&] { ordre += 'b'; }));
        un.submit_always("a", [&] { ordre += 'A'; }); // what has begun is never refused
        depart.count_down();
    } // runs what is waiting
    CHECK(ordre == "abcabaaaA");
}

TEST_CASE("les tâches lourdes cèdent le processeur aux pages")
{
    int lent = -1, normal = -1;
    {
        Workers lourds{1, 10, 5}, pages{1, 10};
        lourds.submit_always("a", [&] { lent = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); });
        pages.submit_always("a", [&] { normal = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); });
    }
    CHECK(lent == std::min(normal + 5, 19)); // the tests may run at the end of the scale
}

TEST_CASE("une file pleine refuse, une file oubliée ne fait plus rien")
{
    std::string ordre;
    std::latch depart{1};
    {
        Workers un{1, 2};
        un.submit_always("bloc", [&] { depart.wait(); });
        while (!un.submit("a", [&] { ordre += 'a'; })) {
        }
        while (!un.submit("b", [&] { ordre += 'b'; })) {
        }
        CHECK_FALSE(un.submit("c", [&] { ordre += 'c'; }));
        un.discard();
        CHECK(un.submit("d", [&] { ordre += 'd'; }));
        depart.count_down();
    }
    CHECK(ordre == "d");
}

} // namespace http
