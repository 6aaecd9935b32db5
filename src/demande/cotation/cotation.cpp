// Reads, keeps and imports cotations.
#include "demande/cotation/cotation.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "base/log.hpp"
#include "base/step.hpp"
#include "base/text.hpp"
#include "demande/jalons.hpp"
#include "demande/territoires.hpp"
#include "journal/journal.hpp"
#include "territoire/store.hpp"

namespace demande::cotation {

namespace {
namespace cotation_tenue {

constexpr std::int64_t par_lot = 50;
constexpr std::int64_t lignes_par_lot = 500;
constexpr std::int64_t avant_un_autre_essai = 3600; // seconds
constexpr std::int64_t par_passage = 20'000;
constexpr std::size_t octets_max = 256 * 1024;

/// Grids that were checked when they were imported.
Grille relire(const std::string& contenu)
{
    auto g = lire_grille(contenu);
    base::expect(g.has_value(), "a grid that was imported can be read");
    return *std::move(g);
}

/// Of this run: a grid serves thousands of demandes.
class Grilles {
public:
    struct Une {
        std::string id;
        Grille grille;
    };
    const Une* de(db::Transaction& tx, const std::string& epci, Date jour)
    {
        const auto cle = std::pair{epci, base::to_iso(jour)};
        auto ou = par_epci_.find(cle);
        if (ou == par_epci_.end()) {
            std::optional<Une> une; // kept once it is read: a grid that cannot be is not « no grid »
            if (const auto g = store::grille(tx, epci, jour)) une = Une{g->id, relire(g->contenu)};
            ou = par_epci_.emplace(cle, std::move(une)).first;
        }
        return ou->second ? &*ou->second : nullptr;
    }

private:
    std::map<std::pair<std::string, std::string>, std::optional<Une>> par_epci_;
};

void recalculer(db::Transaction& tx, const std::string& demande, Grilles& grilles, Instant le)
{
    const auto d = store::cotable(tx, demande);
    if (!d) return;
    std::vector<store::Rangee> rangees;
    if (est_en_cours(d->etat)) {
        const auto jour = jour_legal(le, d->territoire);
        std::optional<Dossier> dossier;
        for (const auto& epci : store::epcis(tx, d->id)) {
            const auto* g = grilles.de(tx, epci, jour);
            if (!g) continue;
            if (!dossier) dossier = store::dossier(tx, d->id, d->reponses, d->deposee_le, jour);
            rangees.push_back(
                {epci, g->id, chiffres::typologie(d->reponses), coter(g->grille, *dossier, jour)});
        }
    }
    store::ecrire(tx, *d, rangees, le);
}

struct Lot {
    std::int64_t lues = 0, refusees = 0;
};
/// Together, else each alone: one demande that cannot be scored keeps no other from its score. It waits an
/// hour, and the log names it.
Lot recalculer_un_lot(App& app, Grilles& grilles, Instant le)
{
    std::vector<store::ACalculer> lot;
    const auto une = [&](db::Transaction& tx, const store::ACalculer& a) {
        recalculer(tx, a.demande, grilles, le);
        store::calculee(tx, a);
    };
    try {
        app.db.write([&](db::Transaction& tx) {
            lot = store::file(tx, le, par_lot);
            for (const auto& a : lot) une(tx, a);
        });
        return {static_cast<std::int64_t>(lot.size()), 0};
    } catch (const std::exception&) {
        if (lot.empty()) throw; // the database, not one of them
    }
    std::int64_t refusees = 0;
    for (const auto& a : lot) try {
            app.db.write([&](db::Transaction& tx) { une(tx, a); });
        } catch (const std::exception& e) {
            // Throws in its turn when it is the database that does not answer.
            app.db.write(
                [&](db::Transaction& tx) { store::remettre(tx, a, le.plus_seconds(avant_un_autre_essai)); });
            ++refusees;
            base::log(base::Level::Error, "cotation.echec", {{"demande", a.demande}, {"raison", e.what()}});
        }
    return {static_cast<std::int64_t>(lot.size()), refusees};
}

} // namespace cotation_tenue
} // namespace

std::vector<Vue> cotations(db::Transaction& tx, const demande::store::Fiche& f, Date jour)
{
    std::vector<Vue> out;
    if (!est_en_cours(f.etat)) return out;
    std::optional<Dossier> dossier;
    for (const auto& epci : store::epcis(tx, f.id)) {
        const auto g = store::grille(tx, epci, jour);
        if (!g) continue;
        if (!dossier) dossier = store::dossier(tx, f.id, f.reponses, f.deposee_le, jour);
        const auto nom = territoire::store::find_epci(tx, epci);
        Vue v{.epci = nom ? nom->nom : epci,
              .grille = g->nom,
              .version = g->version,
              .depuis = g->depuis,
              .typologie = chiffres::typologie(f.reponses),
              .score = coter(cotation_tenue::relire(g->contenu), *dossier, jour),
              .annee = jour.year - 1};
        v.position = store::position(tx, f.id, epci, v.typologie, v.score.points, f.deposee_le);
        v.attente_moyenne = store::attente_moyenne(tx, epci, v.typologie, v.annee);
        out.push_back(std::move(v));
    }
    return out;
}

std::int64_t recalculer_les_cotations(App& app, const std::stop_token& arret)
{
    namespace ici = cotation_tenue;
    const auto le = app.clock.now();
    // What is due enters the queue first, by batches too: each transaction is short.
    std::optional reveil{store::Reveil{}};
    while (reveil && !arret.stop_requested())
        reveil = app.db.write(
            [&](db::Transaction& tx) { return store::reveiller(tx, *reveil, le, ici::lignes_par_lot); });
    for (std::int64_t lues = 0; lues < ici::par_passage && !arret.stop_requested();) {
        const auto n = app.db.write(
            [&](db::Transaction& tx) { return store::avancer_une_grille(tx, le, ici::lignes_par_lot); });
        if (n == 0) break;
        lues += n;
    }
    ici::Grilles grilles;
    std::int64_t faites = 0, refusees = 0;
    while (!arret.stop_requested() && faites < ici::par_passage) {
        const auto lot = ici::recalculer_un_lot(app, grilles, le);
        refusees += lot.refusees;
        base::step("cotation.batch");
        if (lot.lues == 0) break;
        faites += lot.lues;
    }
    // The others have their score; whoever looks after the platform sees that some do not.
    if (refusees > 0)
        throw std::runtime_error{
            base::count(refusees, "demande n’a pas pu être cotée", "demandes n’ont pas pu être cotées")};
    return faites;
}

int importer_grille(db::Database& base, const std::string& path, const std::string& epci,
                    const std::string& nom, const std::string& depuis, Instant le)
{
    const auto jour = base::parse_date(depuis);
    if (!jour) throw std::runtime_error{"--depuis : un jour, par exemple 2026-01-01"};
    const auto propre = base::clean_text(base::trim(nom));
    if (!propre || propre->empty() || base::length(*propre) > 120)
        throw std::runtime_error{"--nom : le nom de la grille, 120 caractères au plus"};
    std::ifstream fichier{path, std::ios::binary};
    const std::string contenu{std::istreambuf_iterator<char>{fichier}, {}};
    if (contenu.size() > cotation_tenue::octets_max)
        throw std::runtime_error{path + " : une grille tient en 256 ko"};
    if (const auto lue = lire_grille(contenu); !lue)
        throw std::runtime_error{path + " : rien n’est importé\n" + base::join(lue.error(), "\n")};
    return base.write([&](db::Transaction& tx) {
        const auto communes = territoire::store::list_communes_of_epci(tx, epci);
        if (communes.empty()) throw std::runtime_error{"--epci : aucun EPCI n’a le Siren « " + epci + " »"};
        const auto ou = territoire_du_departement(communes.front().departement);
        if (!ou) throw std::runtime_error{"--epci : cet EPCI n’est dans aucun territoire d’enregistrement"};
        const auto version = store::ajouter_grille(
            tx,
            {.id = {}, .territoire = *ou, .epci = epci, .nom = *propre, .depuis = *jour, .contenu = contenu},
            le);
        journal::append(tx, {.objet_type = "grille_cotation",
                             .objet_id = epci,
                             .evenement = "grille_importee",
                             .acteur_id = {},
                             .acteur_nom = "Exploitant",
                             .territoire = {},
                             .le = le,
                             .details = fmt::format("version {}, depuis {}", version, depuis)});
        return version;
    });
}

} // namespace demande::cotation
