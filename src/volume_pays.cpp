// Communes and guichets of the bulk demandes (see volume_pays.hpp).
#include "volume_pays.hpp"

#include <stdexcept>

#include "base/text.hpp"
#include "demande/store.hpp"
#include "demande/territoires.hpp"

namespace volume {

namespace {
namespace pays_demande {

struct Lue {
    std::string insee, nom, codes_postaux, departement;
    std::optional<std::string> epci;
    std::int64_t population = 0;
    std::string territoire;
};

/// Towns are asked for far more than villages.
std::int64_t poids(std::int64_t population)
{
    return std::max<std::int64_t>(1, population >= 3'500 ? population / 50 : population / 400);
}

std::vector<Lue> communes(db::Transaction& tx)
{
    struct Ligne {
        std::string insee, nom, codes_postaux, departement;
        std::optional<std::string> epci;
        std::int64_t population;
    };
    std::vector<Lue> out;
    for (auto& l :
         tx.query<Ligne>("SELECT insee, nom, codes_postaux, departement, epci, population FROM commune "
                         "WHERE type = 'commune' AND codes_postaux <> ''"))
        if (auto t = demande::territoire_de_la_commune(l.insee))
            out.push_back({std::move(l.insee), std::move(l.nom), std::move(l.codes_postaux),
                           std::move(l.departement), std::move(l.epci), l.population, *std::move(t)});
    std::ranges::sort(out, {}, [](const Lue& l) { return std::tie(l.territoire, l.epci, l.insee); });
    if (out.empty()) throw std::runtime_error{"seed --volume: no commune is loaded; run `logis migrate`"};
    return out;
}

/// Of these communes, all of one territory: a bailleur for so many people, and the town halls of the largest.
void ouvrir_les_guichets(db::Transaction& tx, std::span<const Lue> ici, Instant le)
{
    std::int64_t habitants = 0;
    for (const auto& c : ici) habitants += c.population;
    std::vector<const Lue*> grandes;
    for (const auto& c : ici) grandes.push_back(&c);
    std::ranges::stable_sort(grandes, std::ranges::greater{}, &Lue::population);
    const auto combien = std::clamp<std::int64_t>(habitants / 150'000, 2, 35);
    for (std::int64_t n = 0; n < combien; ++n) {
        const auto& ville = *grandes[static_cast<std::size_t>(n) % grandes.size()];
        const bool bailleur = n % 2 == 0;
        const auto code = fmt::format("{}V{}", ville.territoire,
                                      "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[static_cast<std::size_t>(n)]);
        const auto id = "guichet-volume-" + code;
        if (tx.find<std::string>("SELECT id FROM partenaire WHERE id = $1", id)) continue;
        const auto nom = (bailleur ? "Bailleur social : " : "Logement, mairie : ") + ville.nom;
        // « ccas »: the town hall itself is opened by who reports, one for a commune.
        tx.exec(
            "INSERT INTO partenaire (id, territoire, nom, nom_cherche, type, insee, cree_le) VALUES ($1, $2, "
            "$3, $4, $5, $6, $7)",
            id, ville.departement, nom, base::fold(nom), bailleur ? "bailleur_social" : "ccas",
            bailleur ? "" : ville.insee, le);
        tx.exec("INSERT INTO partenaire_perimetre (partenaire, genre, code) VALUES ($1, $2, $3)", id,
                bailleur ? "departement" : "commune", bailleur ? ville.departement : ville.insee);
        const auto compte = "compte-guichet-" + code;
        ouvrir_compte(tx,
                      {compte, "guichet." + base::fold(code) + "@volume.logis.example", "agent_partenaire",
                       ville.departement, "", id},
                      le);
        demande::store::ouvrir_guichet(
            tx, {.code = code, .territoire = ville.territoire, .partenaire = id, .nom = nom}, le);
        demande::store::habiliter(tx, compte, code, {}, le);
    }
}

/// Calls f with the communes of each territory in turn.
template <class F> void par_territoire(std::span<const Lue> toutes, F&& f)
{
    for (std::size_t i = 0; i < toutes.size();) {
        auto j = i;
        while (j < toutes.size() && toutes[j].territoire == toutes[i].territoire) ++j;
        f(toutes.subspan(i, j - i), i);
        i = j;
    }
}

std::map<std::string, std::vector<GuichetSeme>> guichets(db::Transaction& tx)
{
    struct Ligne {
        std::string territoire, code, compte, nom, prenom;
    };
    std::map<std::string, std::vector<GuichetSeme>> out;
    for (auto& l :
         tx.query<Ligne>("SELECT g.territoire, g.code, c.id, c.nom, c.prenom FROM guichet g JOIN compte c "
                         "ON c.id = 'compte-guichet-' || g.code ORDER BY g.code"))
        out[l.territoire].push_back({std::move(l.code), std::move(l.compte), l.prenom + " " + l.nom});
    return out;
}

} // namespace pays_demande
} // namespace

std::size_t Pays::tirer(Hasard& h) const
{
    const auto cible = h.entre(0, communes.back().poids_cumule - 1);
    const auto ou = std::ranges::upper_bound(communes, cible, {}, &CommuneSemee::poids_cumule);
    return static_cast<std::size_t>(ou - communes.begin());
}

std::vector<std::size_t> Pays::souhaits(Hasard& h) const
{
    constexpr int milliemes[] = {380, 200, 160, 90, 60, 40, 25, 45}; // of one to eight communes
    constexpr std::size_t autour = 40;
    const auto premiere = tirer(h);
    std::size_t voulus = 1;
    for (auto reste = h.entre(1, 1000); voulus < 8 && (reste -= milliemes[voulus - 1]) > 0;) ++voulus;
    const auto& t = territoires[communes[premiere].territoire];
    const auto de = std::max(t.premiere, premiere - std::min(premiere, autour));
    const auto a = std::min(t.apres, premiere + autour);
    const auto avant = de == 0 ? 0 : communes[de - 1].poids_cumule;
    std::vector<std::size_t> out{premiere};
    // Two tries each: a small territory has few others.
    for (std::size_t essai = 0; out.size() < voulus && essai < 2 * voulus; ++essai) {
        const auto cible = h.entre(avant, communes[a - 1].poids_cumule - 1);
        const auto ou = static_cast<std::size_t>(
            std::ranges::upper_bound(communes, cible, {}, &CommuneSemee::poids_cumule) - communes.begin());
        if (std::ranges::find(out, ou) == out.end()) out.push_back(ou);
    }
    return out;
}

Pays ouvrir_le_pays(db::Database& base, Instant le)
{
    namespace ici = pays_demande;
    const auto lues = base.write([&](db::Transaction& tx) {
        auto communes = ici::communes(tx);
        ici::par_territoire(communes, [&](std::span<const ici::Lue> celles_ci, std::size_t) {
            ici::ouvrir_les_guichets(tx, celles_ci, le);
        });
        return communes;
    });
    Pays p;
    auto tx = base.read();
    auto guichets = ici::guichets(tx);
    std::int64_t cumul = 0;
    ici::par_territoire(lues, [&](std::span<const ici::Lue> celles_ci, std::size_t premiere) {
        const auto& code = celles_ci.front().territoire;
        const auto departements = demande::departements_du_territoire(code);
        for (const auto& c : celles_ci)
            p.communes.push_back({c.insee, c.nom, c.codes_postaux.substr(0, 5), p.territoires.size(), 0,
                                  cumul += ici::poids(c.population)});
        p.territoires.push_back({code, departements.size() == 1 ? departements.front() : std::string{},
                                 premiere, premiere + celles_ci.size(), std::move(guichets[code])});
    });
    std::vector<std::size_t> ordre(p.communes.size());
    for (std::size_t i = 0; i < ordre.size(); ++i) ordre[i] = i;
    std::ranges::sort(ordre, {}, [&](std::size_t i) -> const std::string& { return p.communes[i].insee; });
    for (std::size_t r = 0; r < ordre.size(); ++r) p.communes[ordre[r]].rang = static_cast<std::uint32_t>(r);
    return p;
}

} // namespace volume
