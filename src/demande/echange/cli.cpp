// The commands of exchange files.
#include "demande/echange/cli.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <fstream>
#include <ostream>
#include <stdexcept>

#include "base/text.hpp"
#include "compte/store.hpp"
#include "demande/chargement.hpp"
#include "demande/echange/ecriture.hpp"
#include "demande/echange/import.hpp"

namespace demande::echange {

namespace {
namespace en_commande {

struct Gestionnaire {
    compte::Agent agent;
    Guichet guichet;
};

Gestionnaire gestionnaire(db::Transaction& tx, const std::string& email)
{
    const auto c = compte::store::find_by_email(tx, email);
    auto agent = c ? compte::store::agent(tx, c->id.text) : std::nullopt;
    if (!agent) throw std::runtime_error{fmt::format("no account is active for {}", email)};
    const auto guichets = gestionnaires(demande::store::guichets_de(tx, agent->id));
    if (guichets.empty()) throw std::runtime_error{fmt::format("{} manages no territory", email)};
    if (guichets.size() > 1) throw std::runtime_error{fmt::format("{} manages several territories", email)};
    return {*std::move(agent), guichets.front()};
}

std::string lire_le_fichier(const std::string& chemin)
{
    constexpr Limites limites;
    std::ifstream f{chemin, std::ios::binary};
    std::string texte;
    for (char tampon[64 * 1024]; f.read(tampon, sizeof tampon), f.gcount() > 0;) {
        texte.append(tampon, static_cast<std::size_t>(f.gcount()));
        if (texte.size() > limites.octets) break; // the reader says so
    }
    return texte;
}

} // namespace en_commande
} // namespace

bool commande_importer(App& app, const std::string& fichier, const std::string& agent, std::ostream& out)
{
    const auto cle = cle_nir(app);
    const auto le = app.clock.now();
    const auto texte = en_commande::lire_le_fichier(fichier);
    const auto g = [&] {
        auto tx = app.db.read();
        return en_commande::gestionnaire(tx, agent);
    }();
    const auto b = importer(app.db, g.guichet, texte, g.agent, cle, le);
    for (const auto& r : b.refus)
        fmt::print(out, "ligne {}, colonne {}{} : {}\n", r.ligne, r.colonne,
                   r.numero.empty() ? "" : ", demande " + r.numero, r.raison);
    if (!b.refus.empty()) {
        fmt::print(out, "rien n’est importé\n");
        return false;
    }
    if (b.renouvelees)
        fmt::print(out, "{} là-bas\n", base::count(b.renouvelees, "renouvelée", "renouvelées"));
    if (b.doublons)
        fmt::print(out, "{} à regarder : peut-être d’une personne déjà connue ici\n",
                   base::count(b.doublons, "demande", "demandes"));
    fmt::print(out, "{}, {}, {} sans changement\n", base::count(b.nouvelles, "nouvelle", "nouvelles"),
               base::count(b.changees, "mise à jour", "mises à jour"), b.inchangees);
    return true;
}

void commande_exporter(App& app, const std::string& depuis, const std::string& agent, std::ostream& out)
{
    const auto jour = base::parse_date(depuis);
    if (!jour) throw std::runtime_error{fmt::format("--depuis: '{}' is not a day (YYYY-MM-DD)", depuis)};
    const auto cle = cle_nir(app);
    const auto le = app.clock.now();
    out << debut_du_fichier(base::to_iso(le));
    store::Curseur curseur{*base::parse_instant(base::to_iso(*jour) + "T00:00:00Z"), {}};
    for (bool suite = true; suite;) {
        std::string lot;
        auto ou = curseur;
        app.db.write([&](db::Transaction& tx) {
            lot.clear();
            ou = curseur;
            const auto g = en_commande::gestionnaire(tx, agent);
            suite = exporter_un_lot(tx, g.guichet, ou, g.agent, cle, le, lot);
        });
        curseur = ou;
        out << lot;
    }
    out << fin_du_fichier();
}

} // namespace demande::echange
