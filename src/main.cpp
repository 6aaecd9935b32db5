// The command line: logis serve | migrate | seed | jobs run | import … | compte … | verifier | sauvegarder |
// restaurer | fichiers … | docs. The only file with CLI11.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <malloc.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <thread>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/step.hpp"
#include "base/text.hpp"
#include "compte/cli.hpp"
#include "compte/demo.hpp"
#include "db/migrations.hpp"
#include "demande/chiffres/import_rpls.hpp"
#include "demande/cotation/cotation.hpp"
#include "demande/echange/cli.hpp"
#include "demande/import_delais.hpp"
#include "demande/import_plafonds.hpp"
#include "demo.hpp"
#include "docs.hpp"
#include "edge.hpp"
#include "jobs.hpp"
#include "metrics.hpp"
#include "piece/fichiers.hpp"
#include "piece/image.hpp"
#include "piece/migrer.hpp"
#include "routes.hpp"
#include "sauvegarde/sauvegarde.hpp"
#include "signalement/statistique/memoire.hpp"
#include "territoire/geocodeur.hpp"
#include "territoire/import.hpp"
#include "verification/verification.hpp"
#include "volume.hpp"

namespace {

/// What the command line says over the file and the environment.
struct Options {
    std::optional<std::string> config_file;
    std::optional<std::string> database;
    std::optional<unsigned> port;
    std::optional<std::string> now;
};

void add_common(CLI::App& command, Options& options)
{
    command.add_option("--config", options.config_file, "TOML file (default: logis.toml when it exists)");
    command.add_option("--database", options.database, "sqlite:PATH or postgresql://user@host/database");
    command.add_option("--now", options.now, "ISO-8601 moment to stand for now (demo and test modes only)");
}

/// Whether a command only touches the data, or also shows pages and writes to people.
enum class Use { Data, People };

Config settings_of(const Options& options, Use use = Use::Data)
{
    auto config = load_config(options.config_file);
    if (options.database) config.database = *options.database;
    if (options.port) config.port = *options.port;
    if (!config.database.starts_with("sqlite:") && !config.database.starts_with("postgresql://"))
        throw std::runtime_error{
            fmt::format("--database: '{}' is neither sqlite:PATH nor postgresql://…", config.database)};
    if (options.now && config.mode == Mode::Production)
        throw std::runtime_error{"--now: refused in production mode"};
    if (use == Use::People) expect_operator(config);
    return config;
}

base::Clock clock_of(const Options& options)
{
    if (!options.now) return base::Clock{};
    const auto at = base::parse_instant(*options.now);
    if (!at) throw std::runtime_error{fmt::format("--now: '{}' is not an ISO-8601 moment", *options.now)};
    return base::Clock{*at};
}

base::Level level_of(const std::string& name)
{
    return name == "debug"     ? base::Level::Debug
           : name == "warning" ? base::Level::Warning
           : name == "error"   ? base::Level::Error
                               : base::Level::Info;
}

/// One for each thread that may ask, and a few for the tasks.
unsigned connections_of(const Config& config)
{
    return config.workers + http::ServerOptions{}.slow_workers + config.file_workers + 2;
}

/// Everything a command needs, opened in order.
class Platform {
public:
    explicit Platform(const Options& options, Use use = Use::Data)
        : config(settings_of(options, use)),
          clock(clock_of(options)),
          database(db::Database::open(config.database, connections_of(config))),
          fichiers(config),
          geocodeur(config.geocoder_url),
          app{*database, clock, config, fichiers, geocodeur}
    {
        base::set_log_level(level_of(config.log_level));
        if (const char* what = std::getenv("LOGIS_DIE_AT"); what && config.mode == Mode::Test)
            base::arm_steps(what);
    }

    Config config;
    base::Clock clock; // before the database: what is refused is refused before anything is opened
    std::unique_ptr<db::Database> database;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
    App app;
};

void migrate(Platform& p)
{
    const auto applied = db::migrate(*p.database);
    for (const auto& name : applied) fmt::print("migration {}\n", name);
    if (territoire::charger_reference(*p.database, p.app.clock.now()))
        fmt::print("communes, EPCI et départements chargés\n");
    if (applied.empty()) fmt::print("la base est à jour ({})\n", db::schema_version(*p.database));
}

/// glibc would keep the room of the largest files it has ever held, once for each of its arenas: left to
/// itself it grew to 600 MB under readers who take their time.
void give_memory_back()
{
    mallopt(M_MMAP_THRESHOLD, 1 << 20); // above it, room goes back to the system as soon as it is free
    mallopt(M_ARENA_MAX, 4);
}

/// Where Prometheus reads, on the line that a person starting the service sees.
void show_metrics(const metrics::Listener& listener, const Config& config)
{
    fmt::print("  mesures : http://{}:{}/metrics\n", config.metrics_address, listener.port());
}

/// What statistics count of every report. A database that goes away meanwhile is asked again by the first
/// reader.
void read_facts(db::Database& database, signalement::statistique::Memoire& memoire,
                const std::stop_token& stop)
{
    try {
        memoire.tout_lire(database, stop);
        base::log(base::Level::Info, "statistiques.lues",
                  {{"signalements", std::to_string(memoire.taille())}});
    } catch (const std::exception& e) {
        base::log(base::Level::Warning, "statistiques.non_lues", {{"erreur", e.what()}});
    }
}

void serve(Platform& p)
{
    give_memory_back();
    db::migrate(*p.database);
    territoire::charger_reference(*p.database, p.app.clock.now());
    http::ServerOptions options;
    options.address = p.config.address;
    options.port = static_cast<std::uint16_t>(p.config.port);
    options.workers = p.config.workers;
    options.file_workers = p.config.file_workers;
    options.uploads = p.config.uploads;
    options.spool_bytes = std::uint64_t{p.config.uploads_mb} * 1'000'000;
    options.body_bytes_per_second = p.config.upload_pace;
    options.trusted_proxies = p.config.trusted_proxies;
    options.spool_directory = (std::filesystem::path{p.config.files_directory} / "reception").string();
    std::filesystem::create_directories(options.spool_directory);
    if (!p.config.replica.empty() && p.database->engine() != db::Engine::Postgres)
        throw std::runtime_error{"base.replique: only PostgreSQL has replicas"};
    const auto replica =
        p.config.replica.empty()
            ? nullptr
            : db::Database::open_replica(p.config.replica, *p.database, std::max(1u, p.config.workers / 2));
    signalement::statistique::Memoire memoire;
    p.app.memoire = &memoire;
    Edge edge{p.app, replica.get()};
    std::optional<metrics::Metrics> figures;
    if (p.config.metrics_port) figures.emplace(p.app);
    options.error_page = [&](int status) { return edge.refused(status); };
    http::Server server{options,
                        [&](http::Method m, std::string_view path) { return edge.limits_of(m, path); },
                        [&](http::Request& r) {
                            auto answer = edge.handle(r);
                            if (figures) figures->answered(r, answer);
                            return answer;
                        }};
    std::optional<metrics::Listener> listener;
    std::unique_ptr<jobs::Loop> tasks;
    std::jthread reading; // so that nobody waits for it: until a territory is there, who asks reads it first
    server.run([&](std::uint16_t port) {
        p.config.port = port; // links in messages name the port really taken
        if (p.config.jobs_in_server) tasks = std::make_unique<jobs::Loop>(p.app);
        reading = std::jthread{[&](const std::stop_token& stop) { read_facts(*p.database, memoire, stop); }};
        const auto url = p.config.base_url();
        fmt::print("Logis {} : {}\n", LOGIS_VERSION, url);
        if (figures) show_metrics(listener.emplace(*figures, p.config, &server), p.config);
        if (p.config.mode == Mode::Demo)
            fmt::print("  faire un signalement : {0}/signaler\n  se connecter : {0}/connexion\n{1}", url,
                       demo::logins());
        std::fflush(stdout);
    });
}

/// A command that looks at an installation must not make one where a setting is wrong.
void expect_installation(const Options& options)
{
    const auto config = settings_of(options);
    constexpr std::string_view sqlite = "sqlite:";
    if (config.database.starts_with(sqlite) &&
        !std::filesystem::exists(config.database.substr(sqlite.size())))
        throw std::runtime_error{fmt::format("there is no database at {}", config.database)};
    if (!std::filesystem::is_directory(config.files_directory))
        throw std::runtime_error{fmt::format("there is no directory of files at {}", config.files_directory)};
}

/// False when something could not be copied.
bool migrer_fichiers(const Config& config, const std::string& vers, bool vider)
{
    using Store = Config::Store;
    const auto arrivee = vers == "s3" ? Store::S3 : Store::Dossier;
    if (vider && config.store != arrivee)
        throw std::runtime_error{fmt::format(
            "--vider: set fichiers.magasin = \"{}\" first, on every server; until then, files go on "
            "arriving in the store that would be emptied",
            vers)};
    const auto de = piece::ouvrir_magasin(config, arrivee == Store::S3 ? Store::Dossier : Store::S3,
                                          piece::migration_ouvriers);
    const auto la_bas = piece::ouvrir_magasin(config, arrivee, piece::migration_ouvriers);
    const auto m = piece::migrer(*de, *la_bas, vider, std::cerr);
    fmt::print("{} vus : {} copiés ({}), {} déjà là, {} abîmés, {} retirés\n",
               base::count(m.vus, "fichier", "fichiers"), m.copies, base::format_bytes(m.octets), m.deja,
               m.abimes, m.retires);
    return m.abimes == 0;
}

int run(int argc, char** argv)
{
    int code = 0;
    CLI::App cli{"Logis : signaler un logement dégradé"};
    cli.set_version_flag("--version", LOGIS_VERSION);
    cli.require_subcommand(1);
    Options options;
    const auto command = [&](CLI::App& parent, const char* name, const char* help) {
        auto* c = parent.add_subcommand(name, help);
        add_common(*c, options);
        return c;
    };

    auto* serve_cmd = command(cli, "serve", "Serve the platform (migrates first)");
    serve_cmd->add_option("--port", options.port, "Port; 0 takes a free one")->check(CLI::Range(0, 65535));
    serve_cmd->callback([&] {
        Platform p{options, Use::People};
        serve(p);
    });
    command(cli, "migrate", "Bring the database to this version and load the communes")->callback([&] {
        Platform p{options};
        migrate(p);
    });
    std::string photos = "demo/photos";
    auto* seed_cmd = command(cli, "seed", "Load the demonstration story (demo and test modes only)");
    seed_cmd->add_option("--photos", photos, "Directory of its pictures (default: demo/photos)");
    std::string quantites;
    seed_cmd->add_option(
        "--volume", quantites,
        "Also load plausible data in bulk: signalements=100000,suivis=1000000,demandes=300000");
    seed_cmd->callback([&] {
        const auto voulu = volume::lire(quantites);
        {
            Platform p{options};
            if (p.config.mode == Mode::Production)
                throw std::runtime_error{"seed: refused in production mode"};
            migrate(p);
        }
        // Anew: the connection on which SQLite changed tables cannot choose any more where it sorts.
        Platform p{options};
        if (!std::filesystem::is_directory(photos)) {
            fmt::print("dossier {} absent : le récit n’aura pas de photos\n", photos);
            photos.clear();
        }
        fmt::print("{}\n", demo::seed(p.app, photos)
                               ? "récit de démonstration chargé"
                               : "des signalements ou des comptes existent déjà : rien à charger");
        volume::charger(p.app, voulu, std::cerr);
    });

    auto* jobs_cmd = cli.add_subcommand("jobs", "Periodic tasks");
    jobs_cmd->require_subcommand(1);
    bool loop = false;
    std::string tache;
    auto* jobs_run = command(*jobs_cmd, "run", "Do what is due now, then stop");
    jobs_run->add_option("--tache", tache, "Only this one, if it is due");
    jobs_run->add_flag("--loop", loop, "Do not stop: wake up every few seconds");
    jobs_run->callback([&] {
        Platform p{options, Use::People};
        if (loop) {
            std::optional<metrics::Metrics> figures;
            std::optional<metrics::Listener> listener;
            jobs::run_until_signal(p.app, [&] {
                if (!p.config.metrics_port) return;
                show_metrics(listener.emplace(figures.emplace(p.app), p.config, nullptr), p.config);
                std::fflush(stdout);
            });
        } else {
            for (const auto& done : jobs::run_due(p.app, tache)) fmt::print("{}\n", done);
        }
    });

    auto* import_cmd = cli.add_subcommand("import", "Load official data");
    import_cmd->require_subcommand(1);
    std::vector<std::string> files;
    const auto importer = [&](const char* name, const char* help, auto function) {
        auto* c = command(*import_cmd, name, help);
        c->add_option("FILE", files, "Files, gzip-compressed or not")->required()->check(CLI::ExistingFile);
        c->callback([&, function] {
            Platform p{options};
            db::migrate(*p.database);
            territoire::charger_reference(*p.database, p.app.clock.now());
            territoire::OptionsImport how;
            how.progression = &std::cerr;
            for (const auto& f : files)
                fmt::print("{}\n", territoire::en_texte(function(*p.database, f, p.app.clock.now(), how)));
        });
    };
    importer("communes", "La Poste's postal codes with coordinates", territoire::importer_communes);
    importer("adresses", "Base adresse nationale: CSV or addok ndjson", territoire::importer_adresses);

    int annee_rpls = 0;
    std::string fichier_rpls;
    auto* rpls = command(*import_cmd, "rpls", "Social dwellings by commune (RPLS), one year: all or nothing");
    rpls->add_option("FILE", fichier_rpls, "CSV, gzip-compressed or not")
        ->required()
        ->check(CLI::ExistingFile);
    rpls->add_option("--annee", annee_rpls, "Year of the répertoire")->required();
    rpls->callback([&] {
        Platform p{options};
        db::migrate(*p.database);
        territoire::charger_reference(*p.database, p.app.clock.now());
        const auto b = demande::chiffres::importer_rpls(*p.database, fichier_rpls, annee_rpls);
        fmt::print("{} logements dans {}, répertoire {}{}\n", b.logements,
                   base::count(static_cast<long long>(b.communes), "commune", "communes"), b.annee,
                   b.secretes == 0 ? std::string{} : fmt::format(", {} au nombre secret", b.secretes));
    });

    std::string fichier_delais;
    auto* delais = command(*import_cmd, "delais",
                           "Delays before the commission de médiation, by département: all or nothing");
    delais->add_option("FILE", fichier_delais, "CSV")->required()->check(CLI::ExistingFile);
    delais->callback([&] {
        Platform p{options};
        db::migrate(*p.database);
        const auto b = demande::importer_delais(*p.database, fichier_delais);
        fmt::print("{} de {}\n", base::count(static_cast<long long>(b.lignes), "délai", "délais"),
                   base::count(static_cast<long long>(b.departements), "département", "départements"));
    });

    std::string fichier_plafonds;
    auto* plafonds =
        command(*import_cmd, "plafonds", "Income ceilings of social housing, by 1 January: all or nothing");
    plafonds->add_option("FILE", fichier_plafonds, "CSV")->required()->check(CLI::ExistingFile);
    plafonds->callback([&] {
        Platform p{options};
        db::migrate(*p.database);
        for (const auto& jour :
             demande::importer_plafonds(*p.database, fichier_plafonds, p.app.clock.now()).annees)
            fmt::print("plafonds en vigueur depuis le {}\n", base::in_words(jour));
    });

    std::string fichier_grille, epci_grille, nom_grille, depuis_grille;
    auto* grille = command(*import_cmd, "grille", "Grid of cotation of an EPCI, its next version");
    grille->add_option("FILE", fichier_grille, "CSV, a criterion a line")
        ->required()
        ->check(CLI::ExistingFile);
    grille->add_option("--epci", epci_grille, "Siren of the EPCI")->required();
    grille->add_option("--nom", nom_grille, "Name of the grid, as it is shown")->required();
    grille->add_option("--depuis", depuis_grille, "First day, YYYY-MM-DD")->required();
    grille->callback([&] {
        Platform p{options};
        db::migrate(*p.database);
        territoire::charger_reference(*p.database, p.app.clock.now());
        const auto version = demande::cotation::importer_grille(*p.database, fichier_grille, epci_grille,
                                                                nom_grille, depuis_grille, p.app.clock.now());
        fmt::print("grille de l’EPCI {}, version {}, depuis le {}\n", epci_grille, version, depuis_grille);
    });

    auto* demandes_cmd =
        cli.add_subcommand("demandes", "Exchange files of the national system (interfaceNuu)");
    demandes_cmd->require_subcommand(1);
    std::string fichier_sne, agent_sne, depuis_sne;
    auto* importer_sne = command(*demandes_cmd, "importer", "Import a file: all or nothing; 1 when refused");
    importer_sne->add_option("FILE", fichier_sne, "XML")->required()->check(CLI::ExistingFile);
    importer_sne->add_option("--agent", agent_sne, "E-mail of who manages the territory")->required();
    importer_sne->callback([&] {
        Platform p{options};
        db::migrate(*p.database);
        if (!demande::echange::commande_importer(p.app, fichier_sne, agent_sne, std::cout)) code = 1;
    });
    auto* exporter_sne =
        command(*demandes_cmd, "exporter", "Write the demandes in progress that changed since a day");
    exporter_sne->add_option("--depuis", depuis_sne, "First day, YYYY-MM-DD")->required();
    exporter_sne->add_option("--agent", agent_sne, "E-mail of who manages the territory")->required();
    exporter_sne->callback([&] {
        Platform p{options};
        demande::echange::commande_exporter(p.app, depuis_sne, agent_sne, std::cout);
    });

    auto* compte_cmd = cli.add_subcommand("compte", "Accounts of agents");
    compte_cmd->require_subcommand(1);
    compte::CreationCli creation;
    auto* creer = command(*compte_cmd, "creer", "Create an account, print its activation link");
    creer->add_option("--email", creation.email)->required();
    creer->add_option("--nom", creation.nom)->required();
    creer->add_option("--prenom", creation.prenom)->required();
    creer
        ->add_option(
            "--role", creation.role,
            "super_admin, responsable_territoire, secretaire_comite, admin_partenaire, agent_partenaire")
        ->required();
    creer->add_option("--territoire", creation.territoire);
    creer->add_option("--comite", creation.comite);
    creer->add_option("--partenaire", creation.partenaire);
    creer->callback([&] {
        Platform p{options, Use::People};
        db::migrate(*p.database);
        const auto link = compte::cli_creer(*p.database, p.config, creation, p.app.clock.now());
        if (!link) throw std::runtime_error{link.error().message};
        fmt::print("{}\n", link->empty() ? "le compte est déjà actif" : *link);
    });
    std::string email;
    auto* desactiver = command(*compte_cmd, "desactiver", "Deactivate an account and close its sessions");
    desactiver->add_option("EMAIL", email)->required();
    desactiver->callback([&] {
        Platform p{options};
        const auto done = compte::cli_desactiver(*p.database, email, p.app.clock.now());
        if (!done) throw std::runtime_error{done.error().message};
    });
    command(*compte_cmd, "lister", "List the accounts")->callback([&] {
        Platform p{options};
        for (const auto& line : compte::cli_lister(*p.database)) fmt::print("{}\n", line);
    });

    verification::Options audit;
    bool json = false;
    auto* verifier =
        command(cli, "verifier", "Audit the installation, even while it serves; 1 when it finds");
    verifier->add_flag("--rapide", audit.rapide, "Do not read the contents of files, nor compare indexes");
    verifier->add_flag("--json", json, "One JSON document instead of lines");
    std::string quoi;
    verifier->add_option("QUOI", quoi, "agregats: only the numbers that are counted beforehand")
        ->check(CLI::IsMember({"agregats"}));
    verifier->callback([&] {
        audit.agregats = !quoi.empty();
        expect_installation(options);
        Platform p{options};
        if (!verification::commande(p.app, audit, json)) code = 1;
    });

    sauvegarde::OptionsRestauration copie;
    int garder = 0;
    bool essai = false;
    const auto depot = [&](CLI::App& c) {
        c.add_option("DEPOT", copie.ou.depot, "Directory of the backups")->required();
        c.add_option("--cle", copie.ou.cle, "File of the key of encryption (made by: openssl rand -hex 32)");
    };
    auto* sauvegarder = command(cli, "sauvegarder", "Back up the database and the files, while serving");
    depot(*sauvegarder);
    sauvegarder->add_option("--garder", garder, "Keep this many backups, remove the older ones (0: all)")
        ->check(CLI::Range(0, 10'000));
    sauvegarder->callback([&] {
        expect_installation(options);
        Platform p{options};
        const auto r = sauvegarde::sauvegarder(p.app, copie.ou, garder, std::cerr);
        fmt::print("{} : {} lignes, {} fichiers dont {} nouveaux ({} octets)\n", r.nom, r.lignes, r.fichiers,
                   r.copies, r.octets);
        if (r.manquants > 0) code = 1;
    });
    auto* restaurer =
        command(cli, "restaurer", "Put a backup into an empty database and an empty store of files");
    depot(*restaurer);
    restaurer->add_option("--sauvegarde", copie.nom, "Name of the backup (default: the most recent one)");
    restaurer->add_flag("--reprendre", copie.reprendre, "Go on with a restoration that was interrupted");
    restaurer->add_flag("--essai", essai, "Only read it again and compare every checksum");
    restaurer->callback([&] {
        if (essai) {
            const auto r = sauvegarde::relire(copie, std::cerr);
            fmt::print("{} : {} lignes et {} fichiers relus, tous intacts\n", r.nom, r.lignes,
                       r.fichiers + r.au_sas);
            return;
        }
        Platform p{options};
        const auto r = sauvegarde::restaurer(p.app, copie, std::cerr);
        fmt::print("{} : {} lignes et {} fichiers restaurés\n", r.nom, r.lignes, r.fichiers + r.au_sas);
        if (!verification::commande(p.app, {}, false)) code = 1;
    });

    auto* fichiers_cmd = cli.add_subcommand("fichiers", "The store of files");
    fichiers_cmd->require_subcommand(1);
    command(*fichiers_cmd, "essayer", "Put a few bytes in the store, read them back, remove them")
        ->callback([&] {
            const auto config = settings_of(options);
            piece::essayer(*piece::ouvrir_magasin(config, config.store, 1));
            fmt::print("le magasin répond\n");
        });
    std::string vers;
    bool vider = false;
    auto* migrer = command(*fichiers_cmd, "migrer", "Copy every file to the other store, while serving");
    migrer->add_option("--vers", vers, "Where to: dossier or s3")
        ->required()
        ->check(CLI::IsMember({"dossier", "s3"}));
    migrer->add_flag("--vider", vider, "Then remove each from where it was, once its copy is read back");
    migrer->callback([&] {
        if (!migrer_fichiers(settings_of(options), vers, vider)) code = 1;
    });

    std::string directory = "docs/generated";
    auto* docs_cmd = command(cli, "docs", "Write the generated documents: rights, states, routes, settings");
    docs_cmd->add_option("DIRECTORY", directory);
    docs_cmd->callback([&] { docs::write(directory); });

    try {
        cli.parse(argc, argv);
        return code;
    } catch (const CLI::ParseError& e) {
        return cli.exit(e);
    } catch (const std::exception& e) {
        fmt::print(stderr, "logis: {}\n", e.what());
        return 1;
    }
}

} // namespace

int main(int argc, char** argv)
{
    // Before anything is opened: this process may be the one that reads a hostile picture.
    if (argc > 1 && std::strcmp(argv[1], "traiter-image") == 0) return piece::image_worker_main(argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    base::init_crypto();
    return run(argc, argv);
}
