// SQL of communes, territories and committees. Search by text is in store_recherche.cpp, loading in
// store_import.cpp.
#include "territoire/store.hpp"

#include "base/text.hpp"

namespace territoire::store {

namespace store_detail {

struct CommuneRow {
    std::string insee;
    std::string nom;
    std::string type;
    std::optional<std::string> rattachee_a;
    std::string departement;
    std::optional<std::string> epci;
    std::string codes_postaux;
    std::int64_t population;
    std::optional<double> lon;
    std::optional<double> lat;
};
constexpr std::string_view commune_columns =
    "insee, nom, type, rattachee_a, departement, epci, codes_postaux, population, lon, lat";

Commune to_commune(CommuneRow r)
{
    const auto type = base::from_slug(types_commune, r.type);
    base::expect(type.has_value(), "type of commune unknown in the database");
    Commune c{.insee = std::move(r.insee),
              .nom = std::move(r.nom),
              .type = *type,
              .rattachee_a = std::move(r.rattachee_a).value_or(""),
              .departement = std::move(r.departement),
              .epci = std::move(r.epci).value_or(""),
              .codes_postaux = {},
              .population = r.population,
              .position = std::nullopt};
    if (!r.codes_postaux.empty()) c.codes_postaux = base::split(r.codes_postaux, ' ');
    if (r.lon && r.lat) c.position = Point{*r.lon, *r.lat};
    return c;
}

std::optional<Commune> commune_row(db::Transaction& tx, std::string_view insee)
{
    auto row = tx.find<CommuneRow>(
        "SELECT insee, nom, type, rattachee_a, departement, epci, codes_postaux, population, lon, lat "
        "FROM commune WHERE insee = $1",
        insee);
    if (!row) return std::nullopt;
    return to_commune(std::move(*row));
}

struct TerritoireRow {
    std::string code;
    std::string nom;
    std::string phase;
    std::string fuseau;
    std::optional<std::string> comite_par_defaut;
    std::string telephone;
    std::string email;
    std::string texte;
    std::string horaires;
    std::int64_t version;
};
constexpr std::string_view territoire_select =
    "SELECT code, nom, phase, fuseau, comite_par_defaut, telephone, email, texte, horaires, version FROM "
    "territoire ";

Territoire to_territoire(TerritoireRow r)
{
    const auto phase = base::from_slug(phases, r.phase);
    base::expect(phase.has_value(), "phase unknown in the database");
    return {.code = std::move(r.code),
            .nom = std::move(r.nom),
            .phase = *phase,
            .fuseau = std::move(r.fuseau),
            .comite_par_defaut = std::move(r.comite_par_defaut).value_or(""),
            .contact = {.telephone = std::move(r.telephone),
                        .email = std::move(r.email),
                        .texte = std::move(r.texte),
                        .horaires = std::move(r.horaires)},
            .version = r.version};
}

struct ComiteRow {
    std::string id;
    std::string territoire;
    std::string nom;
    std::string telephone;
    std::string email;
    std::string texte;
    std::string horaires;
    std::int64_t version;
};
constexpr std::string_view comite_select =
    "SELECT id, territoire, nom, telephone, email, texte, horaires, version FROM comite ";

Comite to_comite(ComiteRow r)
{
    return {.id = std::move(r.id),
            .territoire = std::move(r.territoire),
            .nom = std::move(r.nom),
            .contact = {.telephone = std::move(r.telephone),
                        .email = std::move(r.email),
                        .texte = std::move(r.texte),
                        .horaires = std::move(r.horaires)},
            .version = r.version};
}

std::string with(std::string_view select, std::string_view rest)
{
    return std::string{select} + std::string{rest};
}

} // namespace store_detail

namespace d = store_detail;

// ── places ─────────────────────────────────────────────────────────────────────────────────────────────────

std::optional<Localisation> find_commune(db::Transaction& tx, std::string_view insee)
{
    std::string code{insee};
    for (auto& c : code) c = c == 'a' ? 'A' : c == 'b' ? 'B' : c; // 2a004
    auto found = d::commune_row(tx, code);
    if (!found) {
        const auto today =
            tx.find<std::string>("SELECT insee FROM commune_ancien_code WHERE code = $1", code);
        if (!today) return std::nullopt;
        found = d::commune_row(tx, *today);
        if (!found) return std::nullopt;
    }
    if (found->rattachee_a.empty()) return Localisation{std::move(*found), std::nullopt};
    auto commune = d::commune_row(tx, found->rattachee_a);
    base::expect(commune.has_value(), "a part of a commune without its commune");
    return Localisation{std::move(*commune), std::move(*found)};
}

std::vector<Commune> list_communes_of_epci(db::Transaction& tx, std::string_view siren)
{
    std::vector<Commune> out;
    // The largest EPCI has 158 communes.
    for (auto& row :
         tx.query<d::CommuneRow>(d::with("SELECT ", d::commune_columns) +
                                     " FROM commune WHERE epci = $1 ORDER BY nom, insee LIMIT 500",
                                 siren))
        out.push_back(d::to_commune(std::move(row)));
    return out;
}

std::vector<Departement> list_departements(db::Transaction& tx)
{
    return tx.query<Departement>("SELECT code, nom, region FROM departement ORDER BY code LIMIT 200");
}

namespace {

db::Answer<Departement> demander_departement(db::Transaction& tx, std::string_view code)
{
    return tx.ask<Departement>("SELECT code, nom, region FROM departement WHERE code = $1", code);
}

} // namespace

std::optional<Departement> find_departement(db::Transaction& tx, std::string_view code)
{
    return demander_departement(tx, code).first();
}

std::vector<Region> list_regions(db::Transaction& tx)
{
    return tx.query<Region>("SELECT code, nom FROM region ORDER BY code LIMIT 100");
}

std::optional<Epci> find_epci(db::Transaction& tx, std::string_view siren)
{
    return tx.find<Epci>("SELECT siren, nom, type FROM epci WHERE siren = $1", siren);
}

std::vector<Epci> list_epcis(db::Transaction& tx, std::string_view departement)
{
    return tx.query<Epci>(
        "SELECT siren, nom, type FROM epci WHERE siren IN (SELECT DISTINCT epci FROM commune WHERE "
        "departement = $1 AND type = 'commune') ORDER BY nom, siren LIMIT 200",
        departement);
}

std::string contexte(db::Transaction& tx, std::string_view departement)
{
    struct Row {
        std::string departement;
        std::string region;
    };
    const auto row =
        tx.find<Row>("SELECT d.nom, r.nom FROM departement d JOIN region r ON r.code = d.region WHERE "
                     "d.code = $1",
                     departement);
    if (!row) return {};
    auto out = std::string{departement} + ", " + row->departement;
    return row->region == row->departement ? out : out + ", " + row->region;
}

// ── territories and committees ─────────────────────────────────────────────────────────────────────────────

namespace {

db::Later<std::optional<Territoire>> demander_territoire(db::Transaction& tx, std::string_view code)
{
    return [lignes = tx.ask<d::TerritoireRow>(d::with(d::territoire_select, "WHERE code = $1"),
                                              code)]() mutable -> std::optional<Territoire> {
        auto row = lignes.first();
        if (!row) return std::nullopt;
        return d::to_territoire(std::move(*row));
    };
}

} // namespace

std::optional<Territoire> find_territoire(db::Transaction& tx, std::string_view code)
{
    return demander_territoire(tx, code)();
}

std::vector<Territoire> list_territoires(db::Transaction& tx)
{
    std::vector<Territoire> out;
    for (auto& row : tx.query<d::TerritoireRow>(d::with(d::territoire_select, "ORDER BY code LIMIT 200")))
        out.push_back(d::to_territoire(std::move(row)));
    return out;
}

std::optional<Comite> find_comite(db::Transaction& tx, std::string_view id)
{
    auto row = tx.find<d::ComiteRow>(d::with(d::comite_select, "WHERE id = $1"), id);
    if (!row) return std::nullopt;
    return d::to_comite(std::move(*row));
}

db::Later<std::vector<Comite>> demander_comites(db::Transaction& tx, std::string_view territoire)
{
    return [lignes = tx.ask<d::ComiteRow>(
                d::with(d::comite_select, "WHERE territoire = $1 ORDER BY nom, id LIMIT 200"),
                territoire)]() mutable {
        std::vector<Comite> out;
        for (auto& row : lignes.all()) out.push_back(d::to_comite(std::move(row)));
        return out;
    };
}

std::vector<Comite> list_comites(db::Transaction& tx, std::string_view territoire)
{
    return demander_comites(tx, territoire)();
}

namespace {

struct PerimetreRow {
    std::string comite, genre, code;
};

db::Later<std::vector<Perimetre>> demander_perimetres(db::Transaction& tx, std::string_view territoire)
{
    // Bounded by the communes of a département (890 in the largest) and its EPCI.
    return [lignes = tx.ask<PerimetreRow>("SELECT comite, genre, code FROM comite_perimetre WHERE territoire "
                                          "= $1 ORDER BY genre, code LIMIT 2000",
                                          territoire)]() mutable {
        std::vector<Perimetre> out;
        for (auto& row : lignes.all()) {
            const auto genre = base::from_slug(genres_perimetre, row.genre);
            base::expect(genre.has_value(), "kind of perimeter unknown in the database");
            out.push_back({std::move(row.comite), *genre, std::move(row.code)});
        }
        return out;
    };
}

} // namespace

std::vector<Perimetre> list_perimetres(db::Transaction& tx, std::string_view territoire)
{
    return demander_perimetres(tx, territoire)();
}

std::optional<Ressort> find_ressort(db::Transaction& tx, std::string_view insee)
{
    auto lieu = find_commune(tx, insee);
    if (!lieu) return std::nullopt;
    // A territory bears the code of its département.
    auto departements = demander_departement(tx, lieu->commune.departement);
    auto territoires = demander_territoire(tx, lieu->commune.departement);
    auto perimetres = demander_perimetres(tx, lieu->commune.departement);
    auto departement = departements.first();
    base::expect(departement.has_value(), "a commune without its département");
    Ressort r{std::move(*lieu), std::move(*departement), std::nullopt, std::nullopt};
    r.territoire = territoires();
    if (!r.territoire) return r;
    const auto comite = comite_competent(*r.territoire, r.lieu.commune, perimetres());
    if (!comite.empty()) r.comite = find_comite(tx, comite);
    return r;
}

// ── changes ────────────────────────────────────────────────────────────────────────────────────────────────

Territoire ouvrir_territoire(db::Transaction& tx, const Departement& departement)
{
    tx.exec("INSERT INTO territoire (code, nom, phase, fuseau) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO "
            "NOTHING",
            departement.code, departement.nom, base::slug_of(phases, Phase::Fermee),
            fuseau_du_departement(departement.code));
    auto out = find_territoire(tx, departement.code);
    base::expect(out.has_value(), "the territory just written is not there");
    return std::move(*out);
}

std::optional<ChangementPhase> set_phase(db::Transaction& tx, std::string_view territoire, Phase phase,
                                         std::int64_t version)
{
    const auto before = find_territoire(tx, territoire);
    if (!before || before->version != version) throw db::Conflict{};
    if (before->phase == phase) return std::nullopt;
    if (tx.exec("UPDATE territoire SET phase = $1, version = version + 1 WHERE code = $2 AND version = $3",
                base::slug_of(phases, phase), territoire, version) != 1)
        throw db::Conflict{};
    return ChangementPhase{std::string{territoire}, before->phase, phase};
}

void save_contact(db::Transaction& tx, const Territoire& t)
{
    if (tx.exec("UPDATE territoire SET telephone = $1, email = $2, texte = $3, horaires = $4, version = "
                "version + 1 "
                "WHERE code = $5 AND version = $6",
                t.contact.telephone, t.contact.email, t.contact.texte, t.contact.horaires, t.code,
                t.version) != 1)
        throw db::Conflict{};
}

void set_comite_par_defaut(db::Transaction& tx, std::string_view territoire, std::string_view comite)
{
    // The default of a territory is one of its own committees.
    if (tx.exec(
            "UPDATE territoire SET comite_par_defaut = $1, version = version + 1 WHERE code = $2 AND EXISTS "
            "(SELECT 1 FROM comite WHERE id = $3 AND territoire = $4)",
            comite, territoire, comite, territoire) != 1)
        throw db::Conflict{};
}

void save_comite(db::Transaction& tx, const Comite& c)
{
    if (c.version == 0) {
        tx.exec("INSERT INTO comite (id, territoire, nom, telephone, email, texte, horaires) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                c.id, c.territoire, c.nom, c.contact.telephone, c.contact.email, c.contact.texte,
                c.contact.horaires);
        return;
    }
    if (tx.exec("UPDATE comite SET nom = $1, telephone = $2, email = $3, texte = $4, horaires = $5, "
                "version = version + 1 WHERE id = $6 AND version = $7",
                c.nom, c.contact.telephone, c.contact.email, c.contact.texte, c.contact.horaires, c.id,
                c.version) != 1)
        throw db::Conflict{};
}

void add_perimetre(db::Transaction& tx, std::string_view territoire, const Perimetre& p)
{
    tx.exec("INSERT INTO comite_perimetre (territoire, genre, code, comite) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (territoire, genre, code) DO UPDATE SET comite = excluded.comite",
            territoire, base::slug_of(genres_perimetre, p.genre), p.code, p.comite);
}

void remove_perimetre(db::Transaction& tx, std::string_view territoire, const Perimetre& p)
{
    tx.exec("DELETE FROM comite_perimetre WHERE territoire = $1 AND genre = $2 AND code = $3 AND comite = $4",
            territoire, base::slug_of(genres_perimetre, p.genre), p.code, p.comite);
}

} // namespace territoire::store
