// See store_carte.hpp.
#include "signalement/carte/store_carte.hpp"

#include <algorithm>

#include "signalement/statistique/store_faits.hpp"

namespace signalement::carte {

namespace {
namespace lecture_de_la_carte {

using statistique::Fait;
using statistique::Lexiques;

/// Metropolitan France, when there is nothing to show.
const Fenetre france = qui_montre(-5.2, 41.3, 9.6, 51.1);

using Parcours =
    std::function<void(const std::function<void(const Fait&)>&, const std::function<void(const Lexiques&)>&)>;

Carte faire(const Parcours& parcourir, const std::optional<Fenetre>& voulue)
{
    Carte carte;
    if (voulue) {
        carte.fenetre = *voulue;
    } else {
        Etendue etendue;
        parcourir([&](const Fait& f) { etendue.ajouter(f); }, [](const Lexiques&) {});
        carte.fenetre = etendue.fenetre().value_or(france);
    }
    Recueil recueil{carte.fenetre};
    parcourir([&](const Fait& f) { recueil.ajouter(f); },
              [&](const Lexiques& mots) { carte.releve = recueil.releve(mots); });
    return carte;
}

} // namespace lecture_de_la_carte
} // namespace

Carte relever(App& app, const filtre::Regard& regard, const filtre::Filtre& f,
              const std::optional<Fenetre>& voulue)
{
    if (app.memoire == nullptr || !statistique::en_memoire(regard.lecteur, f))
        return relever_en_base(app.db, regard, f, voulue);
    return relever_en_memoire(*app.memoire, app.db, regard, f, voulue);
}

Carte relever_en_memoire(statistique::Memoire& memoire, db::Database& base, const filtre::Regard& regard,
                         const filtre::Filtre& f, const std::optional<Fenetre>& voulue)
{
    return lecture_de_la_carte::faire(
        [&](const auto& chacun, const auto& fin) { memoire.parcourir(base, regard, f, chacun, fin); },
        voulue);
}

Carte relever_en_base(db::Database& base, const filtre::Regard& regard, const filtre::Filtre& f,
                      const std::optional<Fenetre>& voulue)
{
    return lecture_de_la_carte::faire(
        [&](const auto& chacun, const auto& fin) {
            auto tx = base.read();
            statistique::Lexiques mots;
            statistique::store::lire(tx, regard, f, mots, [&](const statistique::Faits& lot) {
                for (const auto& fait : lot.lignes) chacun(fait);
            });
            fin(mots);
        },
        voulue);
}

namespace store {

std::vector<Commune> communes_nommees(db::Transaction& tx, const Fenetre& v)
{
    constexpr std::int64_t assez = 60; // most of them do not fit
    const auto c = v.cadre();
    return tx.query<Commune>(
        "SELECT nom, lon, lat FROM commune WHERE type = 'commune' AND lon >= $1 AND lon < $2 AND lat >= $3 "
        "AND lat < $4 AND population >= $5 ORDER BY population DESC, insee LIMIT $6",
        filtre::degres(c.ouest), filtre::degres(c.est), filtre::degres(c.sud), filtre::degres(c.nord),
        population_nommee(v.zoom), assez);
}

void nommer(db::Transaction& tx, Lieux quoi, std::vector<Lieu>& lieux)
{
    std::vector<std::string> codes;
    for (const auto& l : lieux) codes.push_back(l.code);
    const auto noms = statistique::store::noms(
        tx, quoi == Lieux::Departements ? statistique::Axe::Territoire : statistique::Axe::Commune, codes);
    if (quoi == Lieux::Communes && !codes.empty()) {
        db::Query q;
        const auto liste = q.add_all(codes);
        const auto avec_d_autres = q.run<std::string>(
            tx, "SELECT DISTINCT rattachee_a FROM commune WHERE rattachee_a IS NOT NULL AND "
                "insee IN " +
                    liste);
        for (auto& l : lieux) l.seul = std::ranges::find(avec_d_autres, l.code) == avec_d_autres.end();
    }
    for (auto& l : lieux)
        if (const auto at = noms.find(l.code); at != noms.end())
            l.nom = quoi == Lieux::Departements ? l.code + " – " + at->second : at->second;
        else
            l.nom = l.code;
}

} // namespace store

} // namespace signalement::carte
