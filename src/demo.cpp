// The demonstration story.
#include "demo.hpp"

#include <fmt/format.h>

#include "compte/demo.hpp"
#include "partenaire/demo.hpp"
#include "territoire/import.hpp"

namespace demo {

void seed(App& app)
{
    const auto le = app.clock.now();
    app.db.write([&](db::Transaction& tx) {
        territoire::semer_demo(tx, le);
        partenaire::semer_demo(tx, le);
        compte::semer_demo(tx, le);
    });
}

std::string logins()
{
    std::string out =
        fmt::format("\nComptes de démonstration (mot de passe : {})\n", compte::mot_de_passe_demo);
    for (const auto& p : compte::personnes_demo())
        out += fmt::format("  {:<42} {} {}, {}\n", p.email, p.prenom, p.nom, p.fonction);
    return out + "\n";
}

} // namespace demo
