// Every setting of the platform: one table (config.cpp) gives its TOML key, its environment variable and its
// default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

enum class Mode { Production, Demo, Test };

struct Config {
    Mode mode = Mode::Production; // bin/run and the tests name theirs
    std::string database = "sqlite:var/logis.db";
    std::string replica; // empty: everything is read where it is written
    // serveur
    std::string address = "127.0.0.1";
    unsigned port = 8080;
    std::string public_url; // https://… ; empty: http://address:port
    unsigned workers = 8;
    std::vector<std::string> trusted_proxies;
    bool jobs_in_server = true; // `serve` also runs the periodic tasks
    // mesures
    std::string metrics_address = "127.0.0.1";
    std::optional<unsigned> metrics_port; // none: the metrics are not served
    // fichiers
    std::string files_directory = "var/fichiers";
    enum class Store { Dossier, S3 };
    Store store = Store::Dossier;        // where contents are put
    std::optional<Store> store_fallback; // where they are also looked for, while one moves to the other
    /// A bucket; used only where one of the two above says so.
    struct S3 {
        enum class Style { Chemin, Hote };
        std::string adresse; // https://host[:port]
        std::string compartiment;
        std::string region = "us-east-1";
        std::string cle, secret;
        std::string prefixe; // of the names of objects
        Style style = Style::Chemin;
        std::uint64_t seuil = 16'000'000;  // bytes above which a content is sent in parts
        std::uint64_t morceau = 8'000'000; // of each part
        unsigned patience = 5;             // seconds of silence before giving up
    } s3;
    std::string antivirus; // clamd: unix:/path or tcp:host:port; empty: files are not scanned
    unsigned file_workers = 2;
    unsigned uploads = 256;      // bodies above 128 KB being received or handled at once
    unsigned uploads_mb = 4096;  // what they take on the disk together
    unsigned upload_pace = 4096; // bytes per second below which one is cut
    // courriel
    std::string smtp_url; // smtp://host:port or smtps://… ; empty: messages wait in the outbox
    std::string smtp_user;
    std::string smtp_password;
    std::string mail_from = "ne-pas-repondre@logis.example";
    std::string mail_from_name = "Logis";
    // adresses
    std::string geocoder_url; // Géoplateforme or addok; empty: imported addresses only
    // operateur
    bool operateur_etat = false; // shows the République bloc-marque: State operators only (DSFR terms of use)
    std::string operateur_nom = "Logis";
    std::string operateur_contact = "contact@logis.example";
    // What the legal pages say; a line whose setting is empty is not written.
    std::string operateur_adresse, operateur_directeur, operateur_hebergeur;
    std::string operateur_delegue; // e-mail of the data protection officer
    std::string log_level = "info";

    /// Address people use, without a trailing slash.
    [[nodiscard]] std::string base_url() const;
};

/// Reads the file (when given or when logis.toml exists), then the environment. Throws std::runtime_error
/// naming the key, the value and what was expected; an unknown key or LOGIS_… variable is one such error.
Config load_config(const std::optional<std::string>& path);

/// Throws when a service for the public (production mode) lacks what it would otherwise take from the demo:
/// its address over TLS, who runs it, where its messages come from. Names every missing key at once.
void expect_operator(const Config&);

/// One line per key: TOML name, environment variable, default, meaning (for `logis docs` and --help).
std::string config_reference();
