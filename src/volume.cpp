// Bulk data (see volume.hpp): what is asked, and the country that every loader needs. Bulk SQL: the only
// place, with its loaders, that writes these tables beside their stores.
#include "volume.hpp"

#include <charconv>
#include <map>
#include <stdexcept>

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "partenaire/partenaire.hpp"
#include "territoire/store.hpp"
#include "volume_moyens.hpp"

namespace volume {

void menager_le_moteur(db::Transaction& tx)
{
    if (tx.engine() == db::Engine::Sqlite)
        return tx.script("PRAGMA cache_size = -131072; PRAGMA temp_store = FILE");
    tx.exec("SET LOCAL statement_timeout = 0");
    tx.exec("SET LOCAL maintenance_work_mem = '256MB'");
}

void tenir_compteur(db::Transaction& tx, std::string_view nom, std::int64_t valeur)
{
    tx.exec("INSERT INTO compteur (nom, valeur) VALUES ($1, $2) ON CONFLICT (nom) DO UPDATE SET valeur = $2",
            nom, valeur);
}

void ouvrir_compte(db::Transaction& tx, const CompteSeme& c, Instant le)
{
    if (tx.find<std::string>("SELECT id FROM compte WHERE id = $1", c.id)) return;
    // One for all: a tenth of a second each would be minutes.
    static const auto empreinte = base::hash_password("Logis-demo-2026");
    Hasard h{std::hash<std::string>{}(c.id)};
    const std::string nom{h.parmi(noms)}, prenom{h.parmi(prenoms)};
    tx.exec("INSERT INTO compte (id, email, nom, prenom, nom_cherche, mot_de_passe, etat, cree_le) VALUES "
            "($1, $2, $3, $4, $5, $6, 'actif', $7)",
            c.id, c.email, nom, prenom, base::fold(nom + " " + prenom), empreinte, le);
    tx.exec("INSERT INTO mandat (id, compte, role, territoire, comite, partenaire, confirme, cree_le) "
            "VALUES ($1, $2, $3, $4, $5, $6, 1, $7)",
            base::new_id(le), c.id, c.role, c.territoire, c.comite, c.partenaire, le);
}

namespace {

constexpr partenaire::TypePartenaire types_departement[] = {
    partenaire::TypePartenaire::Ars,  partenaire::TypePartenaire::CafMsa,
    partenaire::TypePartenaire::DdtM, partenaire::TypePartenaire::ConseilDepartemental,
    partenaire::TypePartenaire::Adil, partenaire::TypePartenaire::OperateurVisitesEtTravaux};

/// A territory, its committee, its partners and their people, for each département that has none yet.
void ouvrir_la_france(db::Database& db, Instant le)
{
    db.write([&](db::Transaction& tx) {
        const auto compte = [&](CompteSeme c) { ouvrir_compte(tx, c, le); };
        for (const auto& d : territoire::store::list_departements(tx)) {
            auto t = territoire::store::find_territoire(tx, d.code);
            if (!t) t = territoire::store::ouvrir_territoire(tx, d);
            if (t->phase == territoire::Phase::Fermee)
                territoire::store::set_phase(tx, d.code, territoire::Phase::Tous, t->version);
            if (t->comite_par_defaut.empty()) {
                const auto id = "comite-" + d.code + "-volume";
                if (!territoire::store::find_comite(tx, id))
                    tx.exec("INSERT INTO comite (id, territoire, nom) VALUES ($1, $2, $3)", id, d.code,
                            "Comité de l’habitat : " + d.nom);
                territoire::store::set_comite_par_defaut(tx, d.code, id);
                t->comite_par_defaut = id;
            }
            const auto code = base::fold(d.code);
            compte({"compte-volume-resp-" + d.code, "responsable." + code + "@volume.logis.example",
                    "responsable_territoire", d.code, "", std::nullopt});
            compte({"compte-volume-sec-" + d.code, "secretaire." + code + "@volume.logis.example",
                    "secretaire_comite", d.code, t->comite_par_defaut, std::nullopt});
            for (const auto type : types_departement) {
                const std::string slug{base::slug_of(partenaire::types_partenaire, type)};
                const auto id = "partenaire-" + d.code + "-" + slug;
                if (tx.find<std::string>("SELECT id FROM partenaire WHERE id = $1", id)) continue;
                const auto nom =
                    fmt::format("{} : {}", base::label_of(partenaire::types_partenaire, type), d.nom);
                tx.exec("INSERT INTO partenaire (id, territoire, nom, nom_cherche, type, cree_le) VALUES "
                        "($1, $2, "
                        "$3, $4, $5, $6)",
                        id, d.code, nom, base::fold(nom), slug, le);
                for (const auto c : partenaire::competences_par_defaut(type))
                    tx.exec("INSERT INTO partenaire_competence (partenaire, competence) VALUES ($1, $2)", id,
                            base::slug_of(partenaire::competences, c));
                tx.exec("INSERT INTO partenaire_perimetre (partenaire, genre, code) VALUES ($1, "
                        "'departement', $2)",
                        id, d.code);
                compte({"compte-volume-" + d.code + "-" + slug, slug + "." + code + "@volume.logis.example",
                        "agent_partenaire", d.code, "", id});
            }
        }
    });
}

} // namespace

Quantites lire(std::string_view texte)
{
    Quantites q;
    if (texte.empty()) return q;
    for (const auto& morceau : base::split(texte, ',')) {
        const auto egal = morceau.find('=');
        const auto nom = morceau.substr(0, egal);
        std::int64_t valeur = -1;
        if (egal != std::string::npos)
            std::from_chars(morceau.data() + egal + 1, morceau.data() + morceau.size(), valeur);
        auto* quantite = nom == "signalements" ? &q.signalements
                         : nom == "suivis"     ? &q.suivis
                         : nom == "demandes"   ? &q.demandes
                                               : nullptr;
        if (valeur < 0 || !quantite)
            throw std::runtime_error{fmt::format("--volume: '{}' is not understood; write "
                                                 "signalements=100000,suivis=1000000,demandes=300000",
                                                 morceau)};
        *quantite = valeur;
    }
    if (q.suivis == 0) q.suivis = 10 * q.signalements;
    return q;
}

void charger(App& app, const Quantites& q, std::ostream& progression)
{
    if (q.signalements == 0 && q.demandes == 0) return;
    ouvrir_la_france(app.db, app.clock.now());
    if (q.signalements > 0) charger_signalements(app, q, progression);
    if (q.demandes > 0) charger_demandes(app, q.demandes, progression);
    app.db.maintain();
    // PostgreSQL would count what has come within some minutes: its plans are right at once.
    if (app.db.engine() == db::Engine::Postgres)
        app.db.write([](db::Transaction& tx) {
            menager_le_moteur(tx);
            tx.exec("ANALYZE");
        });
}

} // namespace volume
