// See pages_export.hpp. The file leaves as it is read: nothing waits, nothing is kept.
#include "signalement/export/pages_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/log.hpp"
#include "base/sheet.hpp"
#include "base/text.hpp"
#include "compte/store.hpp"
#include "signalement/chargement.hpp"
#include "signalement/export/store_export.hpp"
#include "signalement/export/views_export.hpp"

namespace signalement::exports {

namespace {
namespace sortie {

/// What is asked of the list, and of the file.
struct Demande {
    filtre::Paires adresse; // of the list
    filtre::Lu lu;
    std::vector<std::string> colonnes;
    bool xlsx = false;
};

Demande demande(const http::Request& request, const compte::Agent& agent)
{
    Demande d;
    for (const auto& [nom, valeur] : request.query) {
        if (nom == "colonne")
            d.colonnes.push_back(valeur);
        else if (nom == "format")
            d.xlsx = valeur == "xlsx";
        else
            d.adresse.emplace_back(nom, valeur);
    }
    d.lu = filtre::lire(d.adresse, agent);
    d.lu.filtre.ou = {};
    // An order that moves while one reads would leave lines out.
    if (d.lu.filtre.ordre->mobile) d.lu.filtre.ordre = &filtre::ordres().front();
    return d;
}

/// What goes on between two pieces of the file. Who took how many lines is logged at the end, wherever it is;
/// what was in them is not for a log.
class Lecture {
public:
    Lecture(App& app, const Visitor& visitor, Demande demande)
        : app_{app},
          agent_{*visitor.agent},
          session_{visitor.session},
          filtre_{std::move(demande.lu.filtre)},
          maintenant_{app.clock.now()},
          colonnes_{choisies(demande.colonnes)},
          feuille_{demande.xlsx ? base::xlsx_writer("Signalements") : base::csv_writer()}
    {
        base::log(base::Level::Info, "signalements.export_commence", {{"compte", agent_.id}});
    }
    Lecture(const Lecture&) = delete;
    Lecture& operator=(const Lecture&) = delete;
    ~Lecture()
    {
        base::log(base::Level::Info, entier_ ? "signalements.exportes" : "signalements.export_interrompu",
                  {{"compte", agent_.id}, {"lignes", std::to_string(lignes_)}});
    }

    /// The next piece; false after the last one. Throws when the reader no longer is who began.
    bool suivre(std::string& out)
    {
        std::vector<base::Cell> cellules(colonnes_.size());
        if (!entete_) {
            for (std::size_t i = 0; i < colonnes_.size(); ++i) cellules[i].text = colonnes_[i]->label;
            feuille_->row(out, cellules);
            entete_ = true;
        }
        auto tx = app_.db.read();
        // Slow networks make a file last for hours: who has lost a role meanwhile reads nothing more with it.
        const auto encore = compte::store::agent_de_session(tx, session_, app_.clock.now());
        if (!encore || encore->mandats != agent_.mandats)
            throw std::runtime_error{"the rights of who exports have changed: the file is cut"};
        const filtre::Regard regard{agent_, maintenant_, filtre::fuseau_de(filtre_, agent_)};
        const auto suite =
            store::lire(tx, regard, filtre_, colonnes_, place_, [&](const std::vector<std::string>& ligne) {
                for (std::size_t i = 0; i < colonnes_.size(); ++i) {
                    cellules[i].text = ligne[i];
                    cellules[i].number = colonnes_[i]->genre == Genre::Nombre;
                }
                feuille_->row(out, cellules);
                ++lignes_;
            });
        if (suite) {
            place_ = *suite;
            return true;
        }
        feuille_->end(out);
        entier_ = true;
        return false;
    }

private:
    App& app_;
    compte::Agent agent_;
    std::string session_;
    filtre::Filtre filtre_;
    Instant maintenant_;
    std::vector<const Colonne*> colonnes_;
    std::unique_ptr<base::SheetWriter> feuille_;
    store::Place place_;
    std::int64_t lignes_ = 0;
    bool entete_ = false, entier_ = false;
};

} // namespace sortie
} // namespace

http::Response get_export(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto& agent = *visitor.agent;
    const auto d = sortie::demande(request, agent);
    if (!d.lu.refus.empty()) return http::redirect(signalement::views::url_liste(d.adresse).text());
    const filtre::Regard regard{agent, app.clock.now(), filtre::fuseau_de(d.lu.filtre, agent)};
    auto tx = app.db.read();
    const auto total = signalement::store::compter(tx, regard, d.lu.filtre).one();
    return http::html(views::choisir(visitor.chrome, d.lu.filtre, total));
}

http::Response get_fichier(App& app, const http::Request& request, const Visitor& visitor)
{
    auto d = sortie::demande(request, *visitor.agent);
    if (!d.lu.refus.empty()) return http::redirect(signalement::views::url_liste(d.adresse).text());
    const bool xlsx = d.xlsx;
    auto lecture = std::make_shared<sortie::Lecture>(app, visitor, std::move(d));
    http::Response r;
    const auto nom = fmt::format("signalements-{}.{}", base::to_iso(base::local_date(app.clock.now())),
                                 xlsx ? "xlsx" : "csv");
    r.header("Content-Type", xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                  : "text/csv; charset=utf-8");
    r.header("Content-Disposition", "attachment; filename=\"" + nom + "\"");
    r.header("Cache-Control", "no-store");
    r.stream = [lecture](std::string& out) { return lecture->suivre(out); };
    return r;
}

} // namespace signalement::exports
