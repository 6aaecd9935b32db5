// Making a backup: the rows in one snapshot, then the contents that they name, then the manifest.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ostream>
#include <thread>
#include <unordered_set>

#include "base/crypto.hpp"
#include "db/migrations.hpp"
#include "piece/fichiers.hpp"
#include "sauvegarde/manifeste.hpp"
#include "sauvegarde/sauvegarde.hpp"

namespace sauvegarde {

namespace fs = std::filesystem;

namespace {

/// Snapshots taken again because a file left the airlock between it and its copy.
constexpr int essais_max = 50;

/// While it lives, the purge of files rests: what the snapshot names must stay until it is copied. The lease
/// is that of the task (src/jobs.cpp); a backup that dies delays the purge by an hour.
class ReposDeLaPurge {
public:
    explicit ReposDeLaPurge(App& app) : app_(app), moi_("sauvegarde/" + base::random_token(6))
    {
        for (int essai = 0; !prendre(); ++essai) {
            if (essai == 300)
                throw Refus{"la purge des fichiers dure depuis plus de dix minutes : recommencez quand elle "
                            "sera finie"};
            std::this_thread::sleep_for(std::chrono::seconds{2});
        }
    }
    ReposDeLaPurge(const ReposDeLaPurge&) = delete;
    ReposDeLaPurge& operator=(const ReposDeLaPurge&) = delete;
    ~ReposDeLaPurge()
    {
        try {
            app_.db.write([&](db::Transaction& tx) {
                tx.exec(
                    "UPDATE tache SET bail_par = NULL, bail_jusqu_au = NULL WHERE nom = $1 AND bail_par = $2",
                    tache, moi_);
            });
        } catch (const std::exception&) { // the lease ends by itself
        }
    }
    /// To be called now and then.
    void prolonger()
    {
        const auto maintenant = std::chrono::steady_clock::now();
        if (maintenant - pris_ < std::chrono::minutes{10}) return;
        if (!prendre()) throw Refus{"la purge des fichiers a repris pendant la sauvegarde : recommencez"};
    }

private:
    static constexpr std::string_view tache = "purger_les_fichiers_orphelins";
    static constexpr std::int64_t duree_secondes = 3600;

    bool prendre()
    {
        const auto le = app_.clock.now();
        pris_ = std::chrono::steady_clock::now();
        return app_.db.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO tache (nom, prochain_le) VALUES ($1, $2) ON CONFLICT (nom) DO NOTHING",
                    tache, le);
            return tx.exec("UPDATE tache SET bail_par = $2, bail_jusqu_au = $3 WHERE nom = $1 AND "
                           "(bail_jusqu_au IS "
                           "NULL OR bail_jusqu_au <= $4 OR bail_par = $2)",
                           tache, moi_, le.plus_seconds(duree_secondes), le) == 1;
        });
    }

    App& app_;
    std::string moi_;
    std::chrono::steady_clock::time_point pris_;
};

/// A whole table as lines.
Manifeste::TableGardee garder_table(db::Transaction& tx, const Table& table, const fs::path& dossier,
                                    const Cle* cle)
{
    std::string colonnes;
    for (const auto& c : table.colonnes) colonnes += fmt::format("{}\"{}\"", colonnes.empty() ? "" : ", ", c);
    Manifeste::TableGardee out{.table = table};
    Ecriture fichier{dossier / (table.nom + ".jsonl"), cle};
    std::string tampon;
    tx.run(fmt::format("SELECT {} FROM \"{}\"", colonnes, table.nom), {},
           [&](std::span<const db::Value> ligne) {
               ajouter_ligne(tampon, ligne);
               ++out.lignes;
               if (tampon.size() < 64 * 1024) return;
               fichier.ajouter(tampon);
               tampon.clear();
           });
    fichier.ajouter(tampon);
    out.empreinte = fichier.finir();
    return out;
}

/// The names of every content that a row of the snapshot names in the store, each once.
Empreinte garder_liste(db::Transaction& tx, const fs::path& place, const Cle* cle)
{
    Ecriture fichier{place, cle};
    tx.each<std::string>("SELECT sha256 FROM piece WHERE sas IS NULL AND etat <> 'illisible' UNION "
                         "SELECT miniature FROM piece WHERE sas IS NULL AND miniature IS NOT NULL ORDER BY 1",
                         [&](const std::string& sha) { fichier.ajouter(sha + "\n"); });
    return fichier.finir();
}

/// What is copied into the repository, and what it already held.
class Copie {
public:
    Copie(const Coffre& coffre, Resume& r, std::ostream& progression)
        : coffre_(coffre), r_(r), progression_(progression)
    {}

    [[nodiscard]] bool presente(const std::string& sha) const { return fs::exists(coffre_.contenu(sha)); }
    void garder(const std::string& sha, std::string_view octets)
    {
        const auto place = coffre_.contenu(sha);
        if (fs::exists(place)) return;
        creer_dossier(place.parent_path());
        Ecriture copie{place, coffre_.cle()};
        copie.ajouter(octets);
        copie.finir();
        ++r_.copies;
        r_.octets += octets.size();
        if (r_.copies % 1000 == 0) progression_ << r_.copies << " fichiers copiés\n" << std::flush;
    }
    void manque(const std::string& quoi)
    {
        ++r_.manquants;
        progression_ << "fichier manquant ou abîmé : " << quoi << "\n";
    }

private:
    const Coffre& coffre_;
    Resume& r_;
    std::ostream& progression_;
};

struct AuSas {
    std::string id, sas, cle, sha256;
};

/// A file that has left the airlock since the snapshot: it was prepared, and its row says so now.
bool sorti_du_sas(App& app, const AuSas& f)
{
    auto tx = app.db.read();
    return !tx.find<std::string>("SELECT id FROM piece WHERE id = $1 AND sas_cle = $2", f.id, f.cle);
}

/// What waits in the airlock is not in the store yet: it is copied first, at once, while the snapshot is
/// open. Nothing when a file has left it meanwhile: the snapshot is to be taken again.
std::optional<Empreinte> garder_sas(App& app, db::Transaction& tx, const fs::path& place, const Cle* cle,
                                    Copie& copie)
{
    Ecriture liste{place, cle};
    std::vector<std::string> manquants;
    for (const auto& f : tx.query<AuSas>(
             "SELECT id, sas, sas_cle, COALESCE(recu_sha256, sha256) FROM piece WHERE sas IS NOT NULL")) {
        const auto octets =
            f.sas == app.fichiers.sas.nom() ? app.fichiers.sas.lire(f.cle, piece::Part::Recu) : std::nullopt;
        if (!octets && sorti_du_sas(app, f)) return std::nullopt;
        if (!octets || base::sha256_hex(*octets) != f.sha256) {
            manquants.push_back(f.id + (octets || f.sas == app.fichiers.sas.nom()
                                            ? " (au sas)"
                                            : " (il attend encore sur une autre machine)"));
            continue;
        }
        copie.garder(f.sha256, *octets);
        liste.ajouter(f.cle + " " + f.sha256 + "\n");
    }
    for (const auto& m : manquants) copie.manque("pièce " + m);
    return liste.finir();
}

/// Copies what the store holds and the repository does not yet.
void copier(App& app, const Coffre& coffre, const fs::path& liste, Manifeste& m, Copie& copie,
            ReposDeLaPurge& repos)
{
    Lecture noms{liste, coffre.cle()};
    while (const auto sha = noms.ligne()) {
        ++m.fichiers;
        if (copie.presente(*sha)) continue;
        repos.prolonger();
        try {
            copie.garder(*sha, app.fichiers.magasin->lire(*sha));
        } catch (const piece::ContenuPerdu&) {
            ++m.manquants;
            copie.manque(*sha);
        }
    }
}

/// Contents that no remaining backup names. In sixteen passes, so that the names of one sixteenth are in
/// memory.
void balayer(const Coffre& coffre, const std::vector<std::string>& restantes)
{
    constexpr std::string_view chiffres = "0123456789abcdef";
    for (const char premier : chiffres) {
        std::unordered_set<std::string> nommes;
        for (const auto& nom : restantes) {
            const auto nommer = [&](std::string_view sha) {
                const auto place = coffre.contenu(sha);
                auto cle = place.parent_path().filename().string() + place.filename().string();
                if (cle.front() == premier) nommes.insert(std::move(cle));
            };
            Lecture noms{coffre.sauvegarde(nom) / "fichiers.txt", coffre.cle()};
            while (const auto sha = noms.ligne()) nommer(*sha);
            Lecture sas{coffre.sauvegarde(nom) / "sas.txt", coffre.cle()};
            while (const auto ligne = sas.ligne())
                nommer(std::string_view{*ligne}.substr(ligne->find(' ') + 1));
        }
        for (const char second : chiffres) {
            const auto dossier = coffre.racine() / "fichiers" / std::string{premier, second};
            if (!fs::is_directory(dossier)) continue;
            std::vector<fs::path> partants;
            for (const auto& f : fs::directory_iterator{dossier})
                if (!nommes.contains(dossier.filename().string() + f.path().filename().string()))
                    partants.push_back(f.path());
            for (const auto& p : partants) fs::remove(p);
        }
    }
}

std::string nom_de(Instant le)
{
    auto nom = base::to_iso(le);
    std::ranges::replace(nom, ':', '-');
    return nom;
}

} // namespace

Resume sauvegarder(App& app, const Options& options, int garder, std::ostream& progression)
{
    Coffre coffre{options.depot, options.cle ? std::optional{Cle::lire(*options.cle)} : std::nullopt, true};
    coffre.reserver();
    const auto completes = coffre.completes();
    for (const auto& d : fs::directory_iterator{coffre.racine() / "sauvegardes"}) // left by one that died
        if (std::ranges::find(completes, d.path().filename().string()) == completes.end())
            fs::remove_all(d.path());

    ReposDeLaPurge repos{app};
    Resume r;
    Manifeste m;
    m.version = LOGIS_VERSION;
    m.moteur = app.db.engine() == db::Engine::Sqlite ? "sqlite" : "postgresql";
    m.migration = db::schema_version(app.db);
    if (m.migration != db::embedded_migrations().back().name)
        throw Refus{"la base n’est pas à la migration de ce programme : lancez d’abord « logis migrate »"};
    m.le = app.clock.now(); // before the snapshot: what was done by then is in it
    r.nom = nom_de(m.le);
    const auto dossier = coffre.sauvegarde(r.nom);
    if (fs::exists(dossier)) throw Refus{"une sauvegarde a déjà ce nom : " + r.nom};
    creer_dossier(dossier / "tables");
    Copie copie{coffre, r, progression};
    for (int essai = 1;; ++essai) {
        auto tx = app.db.read();
        if (tx.engine() == db::Engine::Postgres) tx.exec("SET LOCAL statement_timeout = 0");
        const auto sas = garder_sas(app, tx, dossier / "sas.txt", coffre.cle(), copie);
        if (!sas) {
            if (essai == essais_max)
                throw Refus{"les fichiers reçus sortent du sas plus vite qu’on ne les copie : recommencez"};
            continue;
        }
        m.sas = *sas;
        for (const auto& table : tables(tx)) {
            m.tables.push_back(garder_table(tx, table, dossier / "tables", coffre.cle()));
            r.lignes += m.tables.back().lignes;
        }
        m.liste = garder_liste(tx, dossier / "fichiers.txt", coffre.cle());
        break;
    }
    progression << r.lignes << " lignes de " << m.tables.size() << " tables\n" << std::flush;
    copier(app, coffre, dossier / "fichiers.txt", m, copie, repos);
    r.fichiers = m.fichiers;
    m.termine_le = app.clock.now();
    Ecriture manifeste{dossier / "manifeste.json", coffre.cle()};
    manifeste.ajouter(en_json(m));
    manifeste.finir();
    app.db.write([&](db::Transaction& tx) {
        tx.exec("INSERT INTO tache (nom, prochain_le, dernier_le) VALUES ($1, $2, $3) "
                "ON CONFLICT (nom) DO UPDATE SET prochain_le = $2, dernier_le = $3",
                nom_de_la_tache, m.le.plus_days(1), m.le);
    });

    auto toutes = coffre.completes();
    if (garder > 0 && toutes.size() > static_cast<std::size_t>(garder)) {
        const auto partantes = toutes.size() - static_cast<std::size_t>(garder);
        for (std::size_t i = 0; i < partantes; ++i) {
            // The manifest first: what is left of a removal that was cut is not a backup.
            fs::remove(coffre.sauvegarde(toutes[i]) / "manifeste.json");
            fs::remove_all(coffre.sauvegarde(toutes[i]));
        }
        toutes.erase(toutes.begin(), toutes.begin() + static_cast<std::ptrdiff_t>(partantes));
        balayer(coffre, toutes);
    }
    return r;
}

} // namespace sauvegarde
