// See store_faits.hpp.
#include "signalement/statistique/store_faits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "signalement/desordre/catalogue.hpp"
#include "signalement/motifs.hpp"
#include "signalement/store_portee.hpp"

namespace signalement::statistique::store {

namespace {
namespace lecture {

constexpr std::size_t lignes_par_lot = 4000;
constexpr std::string_view compteur_purges = "mouvements_purges", compteur_vus = "mouvements_vus";

/// Every column of a fact, of the report `s`. {joindre}: what the engine calls it. {tout}: where the reader
/// is told what stays between services; elsewhere nobody works on the report, and nobody has visited it.
constexpr std::string_view colonnes =
    "s.id, s.territoire, COALESCE(s.comite, ''), s.insee, s.statut, s.profil, s.gravite, s.danger, "
    "s.depose_le, "
    "COALESCE(s.clos_le, s.refuse_le), s.motif_slug, COALESCE(t.fuseau, 'Europe/Paris'), "
    "CASE WHEN {tout} THEN (SELECT {joindre}(a.partenaire || ' ' || a.statut || ' ' || "
    "COALESCE(a.premiere_le, a.affectee_le), "
    "',') "
    "FROM affectation a WHERE a.signalement = s.id) END, "
    "CASE WHEN {tout} THEN (SELECT MIN(v.date_acte) FROM suivi v WHERE v.signalement = s.id AND v.type = "
    "'visite_faite') END, "
    "(SELECT {joindre}(d.critere, ',') FROM signalement_desordre d WHERE d.signalement = s.id), "
    "(SELECT {joindre}(q.qualification, ',') FROM signalement_qualification q WHERE q.signalement = s.id), "
    "s.lon, s.lat "
    "FROM signalement s LEFT JOIN territoire t ON t.code = s.territoire WHERE ";

std::string selection(db::Engine moteur, const std::string& tout)
{
    std::string out = "SELECT ";
    for (std::size_t at = 0;;) {
        const auto debut = colonnes.find('{', at);
        out += colonnes.substr(at, debut - at);
        if (debut == std::string_view::npos) return out;
        const auto fin = colonnes.find('}', debut);
        if (colonnes.substr(debut, fin - debut + 1) == "{joindre}")
            out += moteur == db::Engine::Sqlite ? "group_concat" : "string_agg";
        else
            out += tout;
        at = fin + 1;
    }
}

/// What comes from there on has not been read yet; what is before it has.
constexpr std::string_view prochaine_etape(db::Engine moteur)
{
    return moteur == db::Engine::Sqlite
               ? "COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'signalement_mouvement'), 0) + 1"
               : "CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)";
}

std::string_view texte(const db::Value& v)
{
    const auto* s = std::get_if<std::string>(&v);
    return s ? std::string_view{*s} : std::string_view{};
}

template <class E, std::size_t N> std::uint8_t rang_de(const base::Name<E> (&table)[N], std::string_view slug)
{
    for (std::size_t i = 0; i < N; ++i)
        if (table[i].slug == slug) return static_cast<std::uint8_t>(i);
    return sans_motif;
}

const std::unordered_map<std::string_view, std::size_t>& rang_des_criteres()
{
    static const auto table = [] {
        std::unordered_map<std::string_view, std::size_t> out;
        for (const auto& c : desordre::criteres()) out.emplace(c.slug, out.size());
        if (out.size() > nombre_de_criteres_max) throw base::Bug{"more critères than a fact has room for"};
        return out;
    }();
    return table;
}

template <class F> void chaque(std::string_view liste, char separateur, F&& f)
{
    while (!liste.empty()) {
        const auto fin = liste.find(separateur);
        f(liste.substr(0, fin));
        if (fin == std::string_view::npos) return;
        liste.remove_prefix(fin + 1);
    }
}

/// Days from the deposit; what was done before it took none.
std::int16_t jours(Date depot, Date fait)
{
    return static_cast<std::int16_t>(std::clamp<std::int64_t>(base::days_between(depot, fait), 0,
                                                              std::numeric_limits<std::int16_t>::max()));
}

void ajouter(std::span<const db::Value> v, Lexiques& mots, Faits& faits)
{
    Fait f;
    f.territoire = mots.territoires.code(texte(v[1]));
    f.comite = mots.comites.code(texte(v[2]));
    f.commune = mots.communes.code(texte(v[3]));
    f.statut = base::known(statuts, std::string{texte(v[4])});
    f.profil = base::known(profils, std::string{texte(v[5])});
    f.gravite = base::known(desordre::gravites, std::string{texte(v[6])});
    f.danger = std::get<std::int64_t>(v[7]) != 0;
    const auto fuseau = texte(v[11]);
    const auto depot = base::parse_instant(texte(v[8])).value();
    const auto jour = base::local_date(depot, fuseau);
    f.depose_ms = depot.ms;
    f.mois = mois_de(jour);
    if (f.statut == Statut::Clos || f.statut == Statut::Refuse) {
        const auto fin = base::local_date(base::parse_instant(texte(v[9])).value(), fuseau);
        f.mois_fin = mois_de(fin);
        if (f.statut == Statut::Clos) f.jours[static_cast<std::size_t>(Delai::Cloture)] = jours(jour, fin);
        f.motif = f.statut == Statut::Clos ? rang_de(motifs_cloture, texte(v[10]))
                                           : rang_de(motifs_refus, texte(v[10]));
    }
    f.confies = static_cast<std::uint32_t>(faits.confies.size());
    std::string_view premier;
    chaque(texte(v[12]), ',', [&](std::string_view un) {
        const auto apres_partenaire = un.find(' '), apres_statut = un.find(' ', apres_partenaire + 1);
        const auto statut = un.substr(apres_partenaire + 1, apres_statut - apres_partenaire - 1);
        const auto le = un.substr(apres_statut + 1);
        if (premier.empty() || le < premier) premier = le;
        faits.confies.push_back({mots.partenaires.code(un.substr(0, apres_partenaire)),
                                 base::known(statuts_affectation, std::string{statut})});
        ++f.nombre_confies;
    });
    if (!premier.empty())
        f.jours[static_cast<std::size_t>(Delai::Confie)] =
            jours(jour, base::local_date(base::parse_instant(premier).value(), fuseau));
    if (const auto visite = base::parse_date(texte(v[13])))
        f.jours[static_cast<std::size_t>(Delai::Visite)] = jours(jour, *visite);
    chaque(texte(v[14]), ',', [&](std::string_view critere) {
        const auto at = rang_des_criteres().find(critere);
        if (at != rang_des_criteres().end())
            f.desordres[at->second / 64] |= std::uint64_t{1} << at->second % 64;
    });
    chaque(texte(v[15]), ',', [&](std::string_view slug) {
        if (const auto q = base::from_slug(desordre::qualifications, slug))
            f.qualifications |= static_cast<std::uint16_t>(1U << static_cast<unsigned>(*q));
    });
    if (const auto* lon = std::get_if<double>(&v[16])) {
        f.situe = true;
        f.lon = *lon;
        f.lat = std::get<double>(v[17]);
    }
    faits.lignes.push_back(f);
}

FaitsNommes nommes(db::Transaction& tx, const std::string& condition, const db::Query& q, Lexiques& mots)
{
    FaitsNommes out;
    tx.run(selection(tx.engine(), "1 = 1") + condition, q.params, [&](std::span<const db::Value> v) {
        out.ids.emplace_back(texte(v[0]));
        ajouter(v, mots, out.faits);
    });
    return out;
}

} // namespace lecture
} // namespace

void lire(db::Transaction& tx, const filtre::Regard& regard, const filtre::Filtre& f, Lexiques& mots,
          const std::function<void(const Faits&)>& lot)
{
    db::Query q;
    const auto tout = signalement::store::portee(regard.lecteur, Action::LireTout, q);
    const auto condition = filtre::condition(regard, f, q, tx.engine());
    Faits faits;
    tx.run(lecture::selection(tx.engine(), tout) + condition, q.params, [&](std::span<const db::Value> v) {
        lecture::ajouter(v, mots, faits);
        if (faits.lignes.size() < lecture::lignes_par_lot) return;
        lot(faits);
        faits.lignes.clear();
        faits.confies.clear();
    });
    lot(faits);
}

FaitsNommes faits_du_territoire(db::Transaction& tx, const std::string& territoire, Lexiques& mots)
{
    db::Query q;
    const auto condition = "s.territoire = " + q.add(territoire);
    return lecture::nommes(tx, condition, q, mots);
}

FaitsNommes faits_de(db::Transaction& tx, const std::vector<std::string>& ids, Lexiques& mots)
{
    db::Query q;
    const auto condition = "s.id IN " + q.add_all(ids);
    return lecture::nommes(tx, condition, q, mots);
}

std::vector<std::string> territoires(db::Transaction& tx)
{
    return tx.query<std::string>("SELECT DISTINCT territoire FROM signalement_compte ORDER BY territoire");
}

std::optional<std::vector<Mouvement>> mouvements(db::Transaction& tx, Marque& marque)
{
    const bool sqlite = tx.engine() == db::Engine::Sqlite;
    struct Etat {
        std::string serveur;
        std::int64_t etape = 0, purges = 0;
    };
    // PostgreSQL: transactions before xmin are all over; those after it are asked again. A server that takes
    // over from another may have lost the last ones.
    auto etat =
        tx.ask<Etat>(fmt::format("SELECT {}, {}, COALESCE((SELECT valeur FROM compteur WHERE nom = $1), 0)",
                                 sqlite ? "''" : "CAST(pg_postmaster_start_time() AS TEXT)",
                                 lecture::prochaine_etape(tx.engine())),
                     lecture::compteur_purges);
    auto bouges = tx.ask<Mouvement>(
        "SELECT DISTINCT signalement, territoire FROM signalement_mouvement WHERE etape >= $1 LIMIT $2",
        marque.etape, mouvements_max + 1);
    const auto e = etat.one();
    auto out = bouges.all();
    // A database that was restored has the purges of another's numbers.
    const bool purges = e.purges > marque.etape && e.purges <= e.etape;
    const bool connus = e.serveur == marque.serveur && !purges && out.size() <= mouvements_max;
    marque = {e.serveur, std::max(e.etape, connus ? marque.etape : 0)};
    if (!connus) return std::nullopt;
    return out;
}

std::int64_t purger_les_mouvements(db::Database& base)
{
    return base.write([](db::Transaction& tx) {
        const auto maintenant =
            tx.one<std::int64_t>("SELECT " + std::string{lecture::prochaine_etape(tx.engine())});
        auto vus = tx.find<std::int64_t>("SELECT valeur FROM compteur WHERE nom = $1", lecture::compteur_vus)
                       .value_or(0);
        if (vus > maintenant) vus = 0; // of another database, before this one was restored
        const auto garder = [&](std::string_view nom, std::int64_t valeur) {
            tx.exec("INSERT INTO compteur (nom, valeur) VALUES ($1, $2) ON CONFLICT (nom) DO UPDATE SET "
                    "valeur = $2",
                    nom, valeur);
        };
        const auto n = tx.exec("DELETE FROM signalement_mouvement WHERE etape < $1", vus);
        garder(lecture::compteur_purges, vus);
        garder(lecture::compteur_vus, maintenant);
        return n;
    });
}

Cellules cellules_comptees(db::Transaction& tx, const std::string& territoire)
{
    struct Cellule {
        std::string nom;
        std::int64_t nombre = 0;
    };
    Cellules out;
    for (const auto* sql :
         {"SELECT 'état ' || statut || ' ' || COALESCE(motif_slug, ''), COUNT(*) FROM signalement WHERE "
          "territoire = $1 "
          "GROUP BY 1",
          "SELECT 'commune ' || insee, COUNT(*) FROM signalement WHERE territoire = $1 GROUP BY 1",
          "SELECT 'comité ' || COALESCE(comite, ''), COUNT(*) FROM signalement WHERE territoire = $1 GROUP "
          "BY 1",
          "SELECT 'situés', COUNT(*) FROM signalement WHERE territoire = $1 AND lon IS NOT NULL GROUP BY 1",
          "SELECT 'danger', COUNT(*) FROM signalement WHERE territoire = $1 AND danger = 1 GROUP BY 1",
          "SELECT 'partenaire ' || a.partenaire || ' ' || a.statut, COUNT(*) FROM affectation a JOIN "
          "signalement s ON s.id "
          "= a.signalement WHERE s.territoire = $1 GROUP BY 1",
          "SELECT 'confiés', COUNT(DISTINCT a.signalement) FROM affectation a JOIN signalement s ON s.id = "
          "a.signalement "
          "WHERE s.territoire = $1 GROUP BY 1",
          "SELECT 'visités', COUNT(DISTINCT v.signalement) FROM suivi v JOIN signalement s ON s.id = "
          "v.signalement WHERE "
          "v.type = 'visite_faite' AND s.territoire = $1 GROUP BY 1",
          "SELECT 'désordre ' || d.critere, COUNT(DISTINCT d.signalement) FROM signalement_desordre d JOIN "
          "signalement s ON "
          "s.id = d.signalement WHERE s.territoire = $1 GROUP BY 1",
          "SELECT 'procédure ' || q.qualification, COUNT(DISTINCT q.signalement) FROM "
          "signalement_qualification q JOIN "
          "signalement s ON s.id = q.signalement WHERE s.territoire = $1 GROUP BY 1"})
        for (auto& c : tx.query<Cellule>(sql, territoire)) out.emplace(std::move(c.nom), c.nombre);
    return out;
}

Cellules cellules(const Faits& faits, const Lexiques& mots)
{
    Cellules out;
    for (const auto& f : faits.lignes) {
        const auto motif = f.motif == sans_motif      ? std::string_view{}
                           : f.statut == Statut::Clos ? motifs_cloture[f.motif].slug
                                                      : motifs_refus[f.motif].slug;
        ++out[fmt::format("état {} {}", base::slug_of(statuts, f.statut), motif)];
        ++out["commune " + mots.communes.texte(f.commune)];
        ++out["comité " + mots.comites.texte(f.comite)];
        if (f.danger) ++out["danger"];
        if (f.situe) ++out["situés"];
        for (const auto& c : faits.confies_de(f))
            ++out[fmt::format("partenaire {} {}", mots.partenaires.texte(c.partenaire),
                              base::slug_of(statuts_affectation, c.statut))];
        if (f.jours[static_cast<std::size_t>(Delai::Confie)] >= 0) ++out["confiés"];
        if (f.jours[static_cast<std::size_t>(Delai::Visite)] >= 0) ++out["visités"];
        for (std::size_t i = 0; i < desordre::criteres().size(); ++i)
            if ((f.desordres[i / 64] >> i % 64 & 1) != 0)
                ++out["désordre " + std::string{desordre::criteres()[i].slug}];
        for (const auto& q : desordre::qualifications)
            if ((f.qualifications >> static_cast<unsigned>(q.value) & 1) != 0)
                ++out["procédure " + std::string{q.slug}];
    }
    return out;
}

std::vector<std::string> territoires_des_regions(db::Transaction& tx, const std::vector<std::string>& regions)
{
    db::Query q;
    const auto liste = q.add_all(regions);
    return q.run<std::string>(tx, "SELECT code FROM departement WHERE region IN " + liste + " ORDER BY code");
}

std::vector<std::string> communes(db::Transaction& tx, const std::vector<std::string>& codes)
{
    db::Query q;
    const auto liste = q.add_all(codes);
    return q.run<std::string>(tx, "SELECT c.insee FROM commune c WHERE c.insee IN " + liste +
                                      " UNION SELECT c.insee FROM commune c WHERE c.rattachee_a IN " + liste);
}

std::vector<std::string> communes_des_epcis(db::Transaction& tx, const std::vector<std::string>& sirens)
{
    db::Query q;
    const auto liste = q.add_all(sirens);
    return q.run<std::string>(tx,
                              "SELECT c.insee FROM commune c WHERE c.epci IN " + liste +
                                  " UNION SELECT d.insee FROM commune c JOIN commune d ON d.rattachee_a = "
                                  "c.insee WHERE c.epci IN " +
                                  liste);
}

std::vector<Habitants> habitants(db::Transaction& tx)
{
    return tx.query<Habitants>(
        "SELECT t.code, t.nom, d.population FROM territoire t JOIN departement d ON d.code = t.code WHERE "
        "t.phase <> 'fermee' ORDER BY t.code");
}

std::map<std::string, std::string> noms(db::Transaction& tx, Axe axe, const std::vector<std::string>& codes)
{
    std::map<std::string, std::string> out;
    std::string_view sql;
    switch (axe) {
    case Axe::Partenaire:
        sql = "SELECT id, nom FROM partenaire WHERE id IN ";
        break;
    case Axe::Territoire:
        sql = "SELECT code, nom FROM departement WHERE code IN ";
        break;
    case Axe::Comite:
        sql = "SELECT id, nom FROM comite WHERE id IN ";
        break;
    case Axe::Commune:
        sql = "SELECT insee, nom FROM commune WHERE insee IN ";
        break;
    case Axe::Desordre:
    case Axe::Qualification:
    case Axe::Issue:
    case Axe::Motif:
        return out;
    }
    if (codes.empty()) return out;
    struct Nom {
        std::string code, nom;
    };
    db::Query q;
    const auto liste = q.add_all(codes);
    for (auto& n : q.run<Nom>(tx, std::string{sql} + liste)) out.emplace(std::move(n.code), std::move(n.nom));
    return out;
}

} // namespace signalement::statistique::store
