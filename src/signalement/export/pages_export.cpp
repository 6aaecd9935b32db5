// See pages_export.hpp. The file leaves as it is read: nothing waits, nothing is kept.
#include "signalement/export/pages_export.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.hpp"
#include "base/sheet.hpp"
#include "base/text.hpp"
#include "signalement/chargement.hpp"
#include "signalement/export/store_export.hpp"
#include "signalement/export/views_export.hpp"

namespace signalement::exports {

namespace {
namespace sortie {

/// What is asked of the list, and of the file.
struct Demande {
    filtre::Lu lu;
    std::vector<std::string> colonnes;
    bool xlsx = false;
};

Demande demande(const http::Request& request, const compte::Agent& agent)
{
    Demande d;
    filtre::Paires adresse;
    for (const auto& [nom, valeur] : request.query) {
        if (nom == "colonne")
            d.colonnes.push_back(valeur);
        else if (nom == "format")
            d.xlsx = valeur == "xlsx";
        else
            adresse.emplace_back(nom, valeur);
    }
    d.lu = filtre::lire(adresse, agent);
    d.lu.filtre.ou = {};
    // An order that moves while one reads would leave lines out.
    if (d.lu.filtre.ordre->mobile) d.lu.filtre.ordre = &filtre::ordres().front();
    return d;
}

/// What goes on between two pieces of the file.
struct Lecture {
    App& app;
    compte::Agent agent;
    filtre::Filtre filtre;
    Instant maintenant;
    std::vector<const Colonne*> colonnes;
    std::unique_ptr<base::SheetWriter> feuille;
    store::Place place = {};
    std::int64_t lignes = 0;
    bool entete = false;

    /// The next piece; false after the last one.
    bool suivre(std::string& out)
    {
        std::vector<base::Cell> cellules(colonnes.size());
        if (!entete) {
            for (std::size_t i = 0; i < colonnes.size(); ++i) cellules[i].text = colonnes[i]->label;
            feuille->row(out, cellules);
            entete = true;
        }
        auto tx = app.db.read();
        const filtre::Regard regard{agent, maintenant, filtre::fuseau_de(filtre, agent)};
        const auto suite =
            store::lire(tx, regard, filtre, colonnes, place, [&](const std::vector<std::string>& ligne) {
                for (std::size_t i = 0; i < colonnes.size(); ++i) {
                    cellules[i].text = ligne[i];
                    cellules[i].number = colonnes[i]->genre == Genre::Nombre;
                }
                feuille->row(out, cellules);
                ++lignes;
            });
        if (suite) {
            place = *suite;
            return true;
        }
        feuille->end(out);
        // Who took how many: what was in it is not for a log.
        base::log(base::Level::Info, "signalements.exportes",
                  {{"compte", agent.id}, {"lignes", std::to_string(lignes)}});
        return false;
    }
};

} // namespace sortie
} // namespace

http::Response get_export(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const auto d = sortie::demande(request, agent);
    if (!d.lu.refus.empty()) return http::redirect(signalement::views::url_liste().text());
    const filtre::Regard regard{agent, app.clock.now(), filtre::fuseau_de(d.lu.filtre, agent)};
    auto tx = app.db.read();
    const auto total = signalement::store::compter(tx, regard, d.lu.filtre).one();
    return http::html(views::choisir(visitor.chrome, d.lu.filtre, total));
}

http::Response get_fichier(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const auto d = sortie::demande(request, agent);
    if (!d.lu.refus.empty()) return http::redirect(signalement::views::url_liste().text());
    const auto le = app.clock.now();
    auto lecture = std::make_shared<sortie::Lecture>(
        sortie::Lecture{.app = app,
                        .agent = agent,
                        .filtre = d.lu.filtre,
                        .maintenant = le,
                        .colonnes = choisies(d.colonnes),
                        .feuille = d.xlsx ? base::xlsx_writer("Signalements") : base::csv_writer()});
    http::Response r;
    const auto nom =
        fmt::format("signalements-{}.{}", base::to_iso(base::local_date(le)), d.xlsx ? "xlsx" : "csv");
    r.header("Content-Type", d.xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                    : "text/csv; charset=utf-8");
    r.header("Content-Disposition", "attachment; filename=\"" + nom + "\"");
    r.header("Cache-Control", "no-store");
    r.stream = [lecture](std::string& out) { return lecture->suivre(out); };
    return r;
}

} // namespace signalement::exports
