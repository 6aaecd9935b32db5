// See pages_tableau.hpp.
#include "signalement/tableau/pages_tableau.hpp"

#include "signalement/store.hpp"
#include "signalement/tableau/views_tableau.hpp"

namespace signalement::tableau {

http::Response get_tableau(App& app, const http::Request&, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const auto le = app.clock.now();
    const auto fuseau = filtre::fuseau_de({}, agent);
    const filtre::Regard regard{agent, le, fuseau};
    auto tx = app.db.read();
    views::PageTableau page{.chiffres = {}, .sans_role = agent.mandats.empty()};
    // All are asked before the first is read, so that they come together.
    std::vector<db::Answer<std::int64_t>> nombres;
    for (auto& t : tuiles(agent, base::local_date(le, fuseau))) {
        nombres.push_back(signalement::store::compter(tx, regard, t.filtre));
        page.chiffres.push_back({std::move(t)});
    }
    for (std::size_t i = 0; i < nombres.size(); ++i) page.chiffres[i].nombre = nombres[i].one();
    return http::html(views::tableau(visitor.chrome, page));
}

} // namespace signalement::tableau
