// Taking a backup back, or only reading it again: nothing is believed without its checksum.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/crypto.hpp"
#include "db/migrations.hpp"
#include "piece/fichiers.hpp"
#include "sauvegarde/manifeste.hpp"
#include "sauvegarde/sauvegarde.hpp"

namespace sauvegarde {

namespace fs = std::filesystem;

namespace {

struct Ouverte {
    Coffre coffre;
    std::string nom;
    fs::path dossier;
    Manifeste manifeste;
};

Ouverte ouvrir(const OptionsRestauration& o)
{
    Coffre coffre{o.ou.depot, o.ou.cle ? std::optional{Cle::lire(*o.ou.cle)} : std::nullopt, false};
    const auto completes = coffre.completes();
    if (completes.empty()) throw Refus{"ce dépôt ne contient aucune sauvegarde complète"};
    const auto nom = o.nom.value_or(completes.back());
    if (std::ranges::find(completes, nom) == completes.end())
        throw Refus{fmt::format("ce dépôt n’a pas de sauvegarde complète « {} » ; la plus récente est « {} »",
                                nom, completes.back())};
    auto dossier = coffre.sauvegarde(nom);
    auto manifeste = lire_manifeste(Lecture{dossier / "manifeste.json", coffre.cle()}.tout());
    return {std::move(coffre), nom, std::move(dossier), std::move(manifeste)};
}

/// Calls `f` with each line of a table, then compares what was read with the manifest.
void lignes_de(const Ouverte& s, const Manifeste::TableGardee& t,
               const std::function<void(const std::string&)>& f)
{
    const auto place = s.dossier / "tables" / (t.table.nom + ".jsonl");
    Lecture lecture{place, s.coffre.cle()};
    std::int64_t n = 0;
    while (const auto ligne = lecture.ligne()) {
        f(*ligne);
        ++n;
    }
    if (lecture.empreinte() != t.empreinte || n != t.lignes)
        throw Refus{place.string() + " : ce fichier n’est plus celui qui a été sauvegardé"};
}

std::string contenu_de(const Ouverte& s, std::string_view sha)
{
    const auto place = s.coffre.contenu(sha);
    auto octets = Lecture{place, s.coffre.cle()}.tout();
    if (base::sha256_hex(octets) != sha)
        throw Refus{place.string() + " : ce fichier n’est plus celui qui a été sauvegardé"};
    return octets;
}

/// Calls `f` with each file that waited in the airlock, checked.
void sas_de(const Ouverte& s, Resume& r,
            const std::function<void(const std::string& cle, const std::string& octets)>& f)
{
    Lecture lignes{s.dossier / "sas.txt", s.coffre.cle()};
    while (const auto ligne = lignes.ligne()) {
        const auto blanc = ligne->find(' ');
        if (blanc == std::string::npos) break; // the digest below will differ
        f(ligne->substr(0, blanc), contenu_de(s, std::string_view{*ligne}.substr(blanc + 1)));
        ++r.au_sas;
    }
    if (lignes.empreinte() != s.manifeste.sas)
        throw Refus{"la liste des fichiers du sas n’est plus celle qui a été sauvegardée"};
}

/// Calls `f` with each content, checked; counts those that the backup says it could not take.
void contenus_de(const Ouverte& s, Resume& r,
                 const std::function<void(const std::string& sha, const std::string&)>& f)
{
    Lecture noms{s.dossier / "fichiers.txt", s.coffre.cle()};
    while (const auto sha = noms.ligne()) {
        const auto place = s.coffre.contenu(*sha);
        if (!fs::exists(place) && r.manquants < s.manifeste.manquants) {
            ++r.manquants;
            continue;
        }
        const auto octets = contenu_de(s, *sha);
        f(*sha, octets);
        ++r.fichiers;
        r.octets += octets.size();
    }
    if (noms.empreinte() != s.manifeste.liste)
        throw Refus{"la liste des fichiers n’est plus celle qui a été sauvegardée"};
}

std::span<const db::Migration> migrations_jusqu_a(const std::string& nom)
{
    const auto toutes = db::embedded_migrations();
    for (std::size_t i = 0; i < toutes.size(); ++i)
        if (toutes[i].name == nom) return toutes.first(i + 1);
    throw Refus{fmt::format(
        "cette sauvegarde vient d’une version plus récente de Logis (migration « {} ») : restaurez-la "
        "avec elle",
        nom)};
}

/// `avant` leads to the schema of the backup: an earlier restoration may have been cut on the way there.
void exiger_vide(App& app, std::span<const db::Migration> avant, bool reprendre)
{
    const auto version = db::schema_version(app.db);
    const bool en_chemin =
        version.empty() || std::ranges::find(avant, version, &db::Migration::name) != avant.end();
    std::vector<std::string> remplies;
    {
        auto tx = app.db.read();
        remplies = tables_remplies(tx);
    }
    if (!remplies.empty() || !en_chemin)
        throw Refus{"la base n’est pas vide : une restauration n’écrase rien ; donnez une base neuve"};
    if (reprendre) return;
    bool vide = app.fichiers.sas.au_repos(std::chrono::seconds{0}).empty();
    app.fichiers.magasin->parcourir(std::chrono::seconds{0}, [&](const std::string&) { vide = false; });
    if (!vide)
        throw Refus{"le magasin de fichiers n’est pas vide : donnez un dossier neuf, ou ajoutez --reprendre "
                    "si c’est celui "
                    "d’une restauration interrompue"};
}

/// This machine takes up what another had under way: its airlock, and the tasks that nobody does any more.
void adopter(App& app, db::Transaction& tx)
{
    // Half prepared: what was received is there, it is prepared again.
    tx.exec("UPDATE piece SET etat = 'recue', sha256 = recu_sha256, miniature = NULL, largeur = NULL, "
            "hauteur = NULL WHERE etat = 'a_ranger' AND sas IS NOT NULL");
    tx.exec("UPDATE piece SET sas = $1 WHERE sas IS NOT NULL", app.fichiers.sas.nom());
    tx.exec("UPDATE tache SET bail_par = NULL, bail_jusqu_au = NULL");
}

} // namespace

Resume restaurer(App& app, const OptionsRestauration& options, std::ostream& progression)
{
    const auto s = ouvrir(options);
    const auto migrations = migrations_jusqu_a(s.manifeste.migration);
    exiger_vide(app, migrations, options.reprendre);
    Resume r{.nom = s.nom};
    // Files first, as everywhere: a row never names a file that is not there.
    contenus_de(s, r, [&](const std::string& sha, const std::string& octets) {
        if (app.fichiers.magasin->mettre(octets) != sha)
            throw Refus{"le magasin de fichiers n’a pas gardé ce qu’on lui a donné"};
        if (r.fichiers % 1000 == 999) progression << r.fichiers + 1 << " fichiers\n" << std::flush;
    });
    sas_de(s, r, [&](const std::string& cle, const std::string& octets) {
        app.fichiers.sas.deposer(cle, piece::Part::Recu, octets);
    });
    db::migrate(app.db, migrations);
    auto tx = app.db.begin();
    Chargement chargement{tx};
    for (const auto& t : s.manifeste.tables) {
        chargement.table(t.table);
        lignes_de(s, t, [&](const std::string& ligne) { chargement.ligne(lire_ligne(ligne)); });
        r.lignes += t.lignes;
        progression << t.table.nom << " : " << t.lignes << "\n" << std::flush;
    }
    chargement.finir();
    adopter(app, tx);
    tx.commit();
    db::migrate(app.db);
    app.db.maintain();
    return r;
}

Resume relire(const OptionsRestauration& options, std::ostream& progression)
{
    const auto s = ouvrir(options);
    Resume r{.nom = s.nom};
    for (const auto& t : s.manifeste.tables) {
        lignes_de(s, t, [](const std::string&) {});
        r.lignes += t.lignes;
    }
    contenus_de(s, r, [&](const std::string&, const std::string&) {
        if (r.fichiers % 1000 == 999) progression << r.fichiers + 1 << " fichiers\n" << std::flush;
    });
    sas_de(s, r, [](const std::string&, const std::string&) {});
    return r;
}

} // namespace sauvegarde
