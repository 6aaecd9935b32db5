// Counts the demandes of each commune, once a night.
#include "demande/chiffres/taches_chiffres.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "demande/chiffres/store_chiffres.hpp"
#include "demande/cycle.hpp"
#include "demande/jalons.hpp"
#include "demande/radiation.hpp"

namespace demande::chiffres {

namespace {
namespace compte_de_nuit {

constexpr std::int64_t par_lot = 2000;

class Compte {
public:
    explicit Compte(std::map<std::string, std::string> rattachement) : rattachement_(std::move(rattachement))
    {}

    void ajouter(const store::Comptee& d)
    {
        const auto etat = base::known(etats, d.etat);
        const bool attribuee =
            etat == Etat::Radiee && d.motif == base::slug_of(motifs_radiation, MotifRadiation::Attribution);
        if (attribuee ? !d.radiee_le : !est_en_cours(etat)) return;
        if (d.souhaits.empty() && !d.bail) return;
        if (attribuee) {
            attributions_.push_back(attribution(d));
            attentes_[d.territoire]; // where perhaps nobody waits
            return;
        }
        const auto t = typologie(Reponses::de_json(d.contenu));
        std::vector<std::string> deja;
        for (const auto& souhait : d.souhaits) {
            const auto& insee = commune(souhait);
            if (std::ranges::find(deja, insee) != deja.end()) continue; // two parts of one commune
            auto& n = attentes_[d.territoire][{insee, t}];
            ++(deja.empty() ? n.premier : n.autre);
            deja.push_back(insee);
        }
    }
    std::vector<store::Attribution> attributions() { return std::exchange(attributions_, {}); }
    std::map<std::string, store::Attentes>& attentes() { return attentes_; }

private:
    /// The dwelling says where, what and when. A lease that was not signed here is only known by the demande:
    /// what was asked first, and the day it ended.
    [[nodiscard]] store::Attribution attribution(const store::Comptee& d) const
    {
        const auto le = d.bail ? d.bail->le : *d.radiee_le;
        return {d.id,
                d.territoire,
                commune(d.bail ? d.bail->insee : d.souhaits.front()),
                d.bail ? typologie_du_logement(d.bail->pieces) : typologie(Reponses::de_json(d.contenu)),
                le.year,
                std::max<std::int64_t>(0, base::days_between(d.deposee_le, le))};
    }
    [[nodiscard]] const std::string& commune(const std::string& insee) const
    {
        const auto r = rattachement_.find(insee);
        return r == rattachement_.end() ? insee : r->second;
    }

    std::map<std::string, std::string> rattachement_;
    std::map<std::string, store::Attentes> attentes_; // by territory
    std::vector<store::Attribution> attributions_;
};

} // namespace compte_de_nuit
} // namespace

std::int64_t relever_les_chiffres(App& app, const std::stop_token& arret)
{
    namespace ici = compte_de_nuit;
    const auto le = app.clock.now();
    auto compte = [&] {
        auto tx = app.db.read();
        return ici::Compte{store::communes_de_rattachement(tx)};
    }();
    std::int64_t lues = 0;
    std::string apres;
    while (!arret.stop_requested()) {
        const auto lot = [&] {
            auto tx = app.db.read();
            return store::demandes_apres(tx, apres, ici::par_lot);
        }();
        if (lot.jusqu_a.empty()) break;
        apres = lot.jusqu_a;
        for (const auto& d : lot.demandes) try {
                compte.ajouter(d);
            } catch (const base::Bug& e) { // one that cannot be read does not keep a country from its figures
                base::log(base::Level::Error, "chiffres.illisible",
                          {{"demande", d.id}, {"raison", e.what()}});
            }
        lues += static_cast<std::int64_t>(lot.demandes.size());
        if (const auto attributions = compte.attributions(); !attributions.empty())
            app.db.write([&](db::Transaction& tx) { store::constater(tx, attributions); });
    }
    // What was not read to the end is not published.
    if (arret.stop_requested()) return 0;
    auto& attentes = compte.attentes();
    {
        auto tx = app.db.read();
        for (const auto& t : store::territoires_comptes(tx)) attentes[t]; // where nobody waits any more
    }
    for (const auto& t : attentes) {
        if (arret.stop_requested()) return 0;
        const int depuis = jour_legal(le, t.first).year - static_cast<int>(annees_montrees) + 1;
        app.db.write([&](db::Transaction& tx) { store::ecrire(tx, t.first, t.second, depuis, le); });
    }
    return lues;
}

} // namespace demande::chiffres
