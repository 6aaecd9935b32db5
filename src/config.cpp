// The table of settings: TOML key, environment variable, meaning, how it is read. The only file that includes
// toml++.
#include "config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"
#include "piece/antivirus.hpp"

namespace {

struct Setting {
    std::string_view key;
    std::string_view variable;
    std::string_view meaning;
    std::string_view expected;
    bool (*set)(Config&, const std::string&); // false: not a value this key can take
    std::string (*get)(const Config&);
};

bool set_number(unsigned& out, const std::string& text, unsigned min, unsigned max)
{
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < min || value > max) return false;
    out = value;
    return true;
}

bool set_flag(bool& out, const std::string& text)
{
    if (text != "true" && text != "false") return false;
    out = text == "true";
    return true;
}

constexpr std::string_view store_names[] = {"dossier", "s3"};

bool set_store(std::optional<Config::Store>& out, const std::string& text)
{
    out.reset();
    for (int i = 0; i < 2; ++i)
        if (text == store_names[i]) out = static_cast<Config::Store>(i);
    return out.has_value();
}

bool set_megabytes(std::uint64_t& out, const std::string& text, unsigned min, unsigned max)
{
    unsigned n = 0;
    return set_number(n, text, min, max) && (out = std::uint64_t{n} * 1'000'000, true);
}

/// Only letters, digits and these signs.
bool made_of(std::string_view text, std::string_view signs)
{
    return std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               signs.find(c) != std::string_view::npos;
    });
}

bool is_http_url(const std::string& text)
{
    return (text.starts_with("http://") || text.starts_with("https://")) && text.back() != '/' &&
           text.size() > 8;
}

constexpr std::string_view mode_names[] = {"production", "demo", "test"};

const Setting settings[] = {
    {"mode", "LOGIS_MODE",
     "production, demo or test; only the last two accept --now and the demo story, and serve without a "
     "public "
     "address over https, an operator and a sender",
     "production, demo or test",
     [](Config& c, const std::string& v) {
         for (int i = 0; i < 3; ++i)
             if (v == mode_names[i]) {
                 c.mode = static_cast<Mode>(i);
                 return true;
             }
         return false;
     },
     [](const Config& c) { return std::string{mode_names[static_cast<int>(c.mode)]}; }},
    {"base.url", "LOGIS_DATABASE", "sqlite:PATH or postgresql://user@host/database",
     "sqlite:PATH or postgresql://…",
     [](Config& c, const std::string& v) {
         if (!v.starts_with("sqlite:") && !v.starts_with("postgresql://")) return false;
         c.database = v;
         return true;
     },
     [](const Config& c) { return c.database; }},
    {"base.replique", "LOGIS_REPLICA",
     "PostgreSQL: a replica of base.url, read by the pages that may be some seconds late; empty: none",
     "postgresql://…",
     [](Config& c, const std::string& v) {
         return (v.empty() || v.starts_with("postgresql://")) && (c.replica = v, true);
     },
     [](const Config& c) { return c.replica; }},
    {"serveur.adresse", "LOGIS_ADDRESS", "address to listen on", "an IP address",
     [](Config& c, const std::string& v) { return !v.empty() && (c.address = v, true); },
     [](const Config& c) { return c.address; }},
    {"serveur.port", "LOGIS_PORT", "port to listen on; 0 takes a free one", "a number from 0 to 65535",
     [](Config& c, const std::string& v) { return set_number(c.port, v, 0, 65535); },
     [](const Config& c) { return std::to_string(c.port); }},
    {"serveur.url_publique", "LOGIS_PUBLIC_URL",
     "address people use, written in e-mails; empty: http://address:port",
     "http:// or https:// without a trailing slash",
     [](Config& c, const std::string& v) {
         return (v.empty() || is_http_url(v)) && (c.public_url = v, true);
     },
     [](const Config& c) { return c.public_url; }},
    {"serveur.ouvriers", "LOGIS_WORKERS", "threads that answer requests, each with a database connection",
     "a number from 1 to 256",
     [](Config& c, const std::string& v) { return set_number(c.workers, v, 1, 256); },
     [](const Config& c) { return std::to_string(c.workers); }},
    {"serveur.mandataires", "LOGIS_TRUSTED_PROXIES",
     "comma-separated addresses whose X-Forwarded-For is believed", "IP addresses separated by commas",
     [](Config& c, const std::string& v) {
         c.trusted_proxies.clear();
         for (const auto& part : base::split(v, ','))
             if (const auto address = base::trim(part); !address.empty())
                 c.trusted_proxies.emplace_back(address);
         return true;
     },
     [](const Config& c) { return base::join(c.trusted_proxies, ","); }},
    {"serveur.taches", "LOGIS_JOBS", "whether `serve` also runs the periodic tasks", "true or false",
     [](Config& c, const std::string& v) { return set_flag(c.jobs_in_server, v); },
     [](const Config& c) { return std::string{c.jobs_in_server ? "true" : "false"}; }},
    {"mesures.port", "LOGIS_METRICS_PORT",
     "port of /metrics, for Prometheus; 0 takes a free one; empty: not served", "a number from 0 to 65535",
     [](Config& c, const std::string& v) {
         unsigned port = 0;
         if (!v.empty() && !set_number(port, v, 0, 65535)) return false;
         c.metrics_port = v.empty() ? std::nullopt : std::optional{port};
         return true;
     },
     [](const Config& c) { return c.metrics_port ? std::to_string(*c.metrics_port) : std::string{}; }},
    {"mesures.adresse", "LOGIS_METRICS_ADDRESS",
     "address to serve /metrics on; whoever reaches it reads it, so never a public one", "an IP address",
     [](Config& c, const std::string& v) { return !v.empty() && (c.metrics_address = v, true); },
     [](const Config& c) { return c.metrics_address; }},
    {"fichiers.dossier", "LOGIS_FILES", "directory of uploaded files", "a directory",
     [](Config& c, const std::string& v) { return !v.empty() && (c.files_directory = v, true); },
     [](const Config& c) { return c.files_directory; }},
    {"fichiers.antivirus", "LOGIS_ANTIVIRUS",
     "clamd that scans every file received, at unix:/path or tcp:host:port; while it does not answer, files "
     "are held; empty: none",
     "unix:/path or tcp:host:port",
     [](Config& c, const std::string& v) {
         return (v.empty() || piece::est_adresse_clamd(v)) && (c.antivirus = v, true);
     },
     [](const Config& c) { return c.antivirus; }},
    {"fichiers.ouvriers", "LOGIS_FILE_WORKERS",
     "threads that read uploaded files, each with a database connection; pictures are re-encoded two at a "
     "time",
     "a number from 1 to 64",
     [](Config& c, const std::string& v) { return set_number(c.file_workers, v, 1, 64); },
     [](const Config& c) { return std::to_string(c.file_workers); }},
    {"fichiers.envois", "LOGIS_UPLOADS",
     "requests above 128 kB received or handled at once, an eighth of them from one network (/24 or /64)",
     "a number from 8 to 65536",
     [](Config& c, const std::string& v) { return set_number(c.uploads, v, 8, 65536); },
     [](const Config& c) { return std::to_string(c.uploads); }},
    {"fichiers.envois_mo", "LOGIS_UPLOADS_MB",
     "megabytes that these requests take together in `reception` under the directory of files, an eighth of "
     "them for one network, and as many again for uploads that have not ended; the largest request is 250 MB",
     "a number from 2000 to 1000000",
     [](Config& c, const std::string& v) { return set_number(c.uploads_mb, v, 2000, 1'000'000); },
     [](const Config& c) { return std::to_string(c.uploads_mb); }},
    {"fichiers.debit_minimal", "LOGIS_UPLOAD_PACE",
     "bytes per second, over half a minute, below which a request being received is cut",
     "a number from 1 to 1000000",
     [](Config& c, const std::string& v) { return set_number(c.upload_pace, v, 1, 1'000'000); },
     [](const Config& c) { return std::to_string(c.upload_pace); }},
    {"fichiers.magasin", "LOGIS_STORE",
     "where files are kept once prepared: dossier (`fichiers.dossier`) or s3; what was just received always "
     "waits in the directory",
     "dossier or s3",
     [](Config& c, const std::string& v) {
         std::optional<Config::Store> store;
         return set_store(store, v) && (c.store = *store, true);
     },
     [](const Config& c) { return std::string{store_names[static_cast<int>(c.store)]}; }},
    {"fichiers.repli", "LOGIS_STORE_FALLBACK",
     "the other store, where files are also looked for while `logis fichiers migrer` moves them; empty: none",
     "dossier or s3",
     [](Config& c, const std::string& v) {
         return v.empty() ? (c.store_fallback.reset(), true) : set_store(c.store_fallback, v);
     },
     [](const Config& c) {
         return std::string{c.store_fallback ? store_names[static_cast<int>(*c.store_fallback)] : ""};
     }},
    {"fichiers.s3.adresse", "LOGIS_S3_URL", "address of the S3 service, without the bucket",
     "http:// or https://, a host, a port if need be, nothing more",
     [](Config& c, const std::string& v) {
         const auto host = v.substr(std::min(v.size(), v.find("://") + 3));
         return (v.empty() || (is_http_url(v) && made_of(host, ".-:[]"))) && (c.s3.adresse = v, true);
     },
     [](const Config& c) { return c.s3.adresse; }},
    {"fichiers.s3.compartiment", "LOGIS_S3_BUCKET", "name of the bucket, which must exist",
     "letters, digits, dots, hyphens",
     [](Config& c, const std::string& v) { return made_of(v, ".-_") && (c.s3.compartiment = v, true); },
     [](const Config& c) { return c.s3.compartiment; }},
    {"fichiers.s3.region", "LOGIS_S3_REGION", "region of the bucket", "letters, digits, hyphens",
     [](Config& c, const std::string& v) {
         return !v.empty() && made_of(v, "-_") && (c.s3.region = v, true);
     },
     [](const Config& c) { return c.s3.region; }},
    {"fichiers.s3.cle", "LOGIS_S3_KEY", "access key", "text without spaces",
     [](Config& c, const std::string& v) { return made_of(v, "-_.:/+=@") && (c.s3.cle = v, true); },
     [](const Config& c) { return c.s3.cle; }},
    {"fichiers.s3.secret", "LOGIS_S3_SECRET", "secret of the access key; better in the environment", "text",
     [](Config& c, const std::string& v) { return (c.s3.secret = base::trim(v), true); },
     [](const Config&) { return std::string{}; }},
    {"fichiers.s3.prefixe", "LOGIS_S3_PREFIX", "what the names of objects begin with, `logis/` for example",
     "letters, digits, hyphens, dots, slashes, not at the beginning",
     [](Config& c, const std::string& v) {
         return !v.starts_with('/') && made_of(v, "-_./") && (c.s3.prefixe = v, true);
     },
     [](const Config& c) { return c.s3.prefixe; }},
    {"fichiers.s3.style", "LOGIS_S3_STYLE",
     "where the bucket is named: chemin (https://host/bucket/…) or hote (https://bucket.host/…)",
     "chemin or hote",
     [](Config& c, const std::string& v) {
         if (v != "chemin" && v != "hote") return false;
         c.s3.style = v == "hote" ? Config::S3::Style::Hote : Config::S3::Style::Chemin;
         return true;
     },
     [](const Config& c) { return std::string{c.s3.style == Config::S3::Style::Hote ? "hote" : "chemin"}; }},
    {"fichiers.s3.seuil_mo", "LOGIS_S3_THRESHOLD_MB", "megabytes above which a file is sent in parts",
     "a number from 5 to 5000",
     [](Config& c, const std::string& v) { return set_megabytes(c.s3.seuil, v, 5, 5000); },
     [](const Config& c) { return std::to_string(c.s3.seuil / 1'000'000); }},
    {"fichiers.s3.morceau_mo", "LOGIS_S3_PART_MB",
     "megabytes of each part (services ask for 6 at least), held in memory while it is sent",
     "a number from 6 to 100",
     [](Config& c, const std::string& v) { return set_megabytes(c.s3.morceau, v, 6, 100); },
     [](const Config& c) { return std::to_string(c.s3.morceau / 1'000'000); }},
    {"fichiers.s3.patience", "LOGIS_S3_PATIENCE",
     "seconds without a byte after which the service is taken for away", "a number from 1 to 300",
     [](Config& c, const std::string& v) { return set_number(c.s3.patience, v, 1, 300); },
     [](const Config& c) { return std::to_string(c.s3.patience); }},
    {"courriel.smtp", "LOGIS_SMTP",
     "smtp://host:port or smtps://host:port; empty: messages wait in the outbox",
     "smtp://host:port or smtps://host:port",
     [](Config& c, const std::string& v) {
         if (!v.empty() && !v.starts_with("smtp://") && !v.starts_with("smtps://")) return false;
         c.smtp_url = v;
         return true;
     },
     [](const Config& c) { return c.smtp_url; }},
    {"courriel.utilisateur", "LOGIS_SMTP_USER", "user name on the mail server", "text",
     [](Config& c, const std::string& v) { return (c.smtp_user = v, true); },
     [](const Config& c) { return c.smtp_user; }},
    {"courriel.mot_de_passe", "LOGIS_SMTP_PASSWORD", "password on the mail server; better in the environment",
     "text", [](Config& c, const std::string& v) { return (c.smtp_password = v, true); },
     [](const Config&) { return std::string{}; }},
    {"courriel.expediteur", "LOGIS_MAIL_FROM", "address messages come from", "an e-mail address",
     [](Config& c, const std::string& v) {
         return base::parse_email(v).has_value() && (c.mail_from = v, true);
     },
     [](const Config& c) { return c.mail_from; }},
    {"courriel.nom", "LOGIS_MAIL_FROM_NAME", "name messages come from", "text",
     [](Config& c, const std::string& v) { return !v.empty() && (c.mail_from_name = v, true); },
     [](const Config& c) { return c.mail_from_name; }},
    {"adresses.url", "LOGIS_GEOCODER",
     "address service (Géoplateforme or addok); empty: imported addresses only",
     "http:// or https:// without a trailing slash",
     [](Config& c, const std::string& v) {
         return (v.empty() || is_http_url(v)) && (c.geocoder_url = v, true);
     },
     [](const Config& c) { return c.geocoder_url; }},
    {"operateur.etat", "LOGIS_STATE_OPERATOR",
     "true only for a service of the State: the DSFR and the République bloc-marque; else the neutral theme",
     "true or false", [](Config& c, const std::string& v) { return set_flag(c.operateur_etat, v); },
     [](const Config& c) { return std::string{c.operateur_etat ? "true" : "false"}; }},
    {"operateur.nom", "LOGIS_OPERATOR", "who runs the service, shown in the header and the legal pages",
     "text", [](Config& c, const std::string& v) { return !v.empty() && (c.operateur_nom = v, true); },
     [](const Config& c) { return c.operateur_nom; }},
    {"operateur.contact", "LOGIS_CONTACT", "e-mail address for help", "an e-mail address",
     [](Config& c, const std::string& v) {
         return base::parse_email(v).has_value() && (c.operateur_contact = v, true);
     },
     [](const Config& c) { return c.operateur_contact; }},
    {"operateur.adresse", "LOGIS_OPERATOR_ADDRESS", "postal address, for the legal notices", "text",
     [](Config& c, const std::string& v) { return (c.operateur_adresse = v, true); },
     [](const Config& c) { return c.operateur_adresse; }},
    {"operateur.directeur", "LOGIS_PUBLISHER", "who directs the publication, for the legal notices", "text",
     [](Config& c, const std::string& v) { return (c.operateur_directeur = v, true); },
     [](const Config& c) { return c.operateur_directeur; }},
    {"operateur.hebergeur", "LOGIS_HOSTING", "name, address and telephone of the host, for the legal notices",
     "text", [](Config& c, const std::string& v) { return (c.operateur_hebergeur = v, true); },
     [](const Config& c) { return c.operateur_hebergeur; }},
    {"operateur.delegue", "LOGIS_DPO", "e-mail of the data protection officer; empty: operateur.contact",
     "an e-mail address",
     [](Config& c, const std::string& v) {
         return (v.empty() || base::parse_email(v).has_value()) && (c.operateur_delegue = v, true);
     },
     [](const Config& c) { return c.operateur_delegue; }},
    {"journal.niveau", "LOGIS_LOG", "debug, info, warning or error", "debug, info, warning or error",
     [](Config& c, const std::string& v) {
         if (v != "debug" && v != "info" && v != "warning" && v != "error") return false;
         c.log_level = v;
         return true;
     },
     [](const Config& c) { return c.log_level; }},
};

/// Variables of this prefix that are not settings: tests and tools read them.
constexpr std::string_view not_settings[] = {"LOGIS_TEST_POSTGRES", "LOGIS_BINARY",  "LOGIS_TESTS",
                                             "LOGIS_AUDIT",         "LOGIS_GALERIE", "LOGIS_DIE_AT",
                                             "LOGIS_TEST_S3"};

/// How many letters must be added, removed or replaced to make one name of the other.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j)
            diagonal = std::exchange(
                row[j], std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)}));
    }
    return row.back();
}

/// The name that was probably meant.
std::string_view closest(std::string_view name, std::string_view Setting::*member)
{
    return std::ranges::min(settings, {}, [&](const Setting& s) { return distance(name, s.*member); }).*
           member;
}

const Setting& setting_of(std::string_view key, const std::string& where)
{
    for (const auto& s : settings)
        if (s.key == key) return s;
    throw std::runtime_error{fmt::format("{}: unknown key '{}'; the closest one is '{}'", where,
                                         base::truncate(std::string{key}, 80), closest(key, &Setting::key))};
}

/// A misspelled variable would leave a default in place without a word: a public server in demo mode, say.
void refuse_unknown_variables()
{
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text{*entry};
        const auto name = text.substr(0, text.find('='));
        if (!name.starts_with("LOGIS_") || std::ranges::find(not_settings, name) != std::end(not_settings) ||
            std::ranges::find(settings, name, &Setting::variable) != std::end(settings))
            continue;
        throw std::runtime_error{fmt::format("environment: unknown variable '{}'; the closest one is '{}'",
                                             base::truncate(std::string{name}, 80),
                                             closest(name, &Setting::variable))};
    }
}

void apply(Config& config, const Setting& s, const std::string& value, const std::string& where)
{
    if (!s.set(config, value))
        throw std::runtime_error{
            fmt::format("{}: '{}' cannot be '{}': expected {}", where, s.key, value, s.expected)};
}

std::string text_of(const toml::node& node)
{
    if (const auto v = node.value_exact<std::string>()) return *v;
    if (const auto v = node.value_exact<std::int64_t>()) return std::to_string(*v);
    if (const auto v = node.value_exact<bool>()) return *v ? "true" : "false";
    if (const auto* list = node.as_array()) {
        std::vector<std::string> parts;
        for (const auto& item : *list) parts.push_back(text_of(item));
        return base::join(parts, ",");
    }
    return "?";
}

void read_table(Config& config, const toml::table& table, const std::string& prefix, const std::string& where)
{
    for (const auto& [name, node] : table) {
        const auto key = prefix + std::string{name.str()};
        if (const auto* nested = node.as_table())
            read_table(config, *nested, key + ".", where);
        else
            apply(config, setting_of(key, where), text_of(node), where);
    }
}

} // namespace

std::string Config::base_url() const
{
    return public_url.empty() ? fmt::format("http://{}:{}", address, port) : public_url;
}

Config load_config(const std::optional<std::string>& path)
{
    Config config;
    const auto file = path.value_or("logis.toml");
    if (path || std::filesystem::exists(file)) {
        try {
            read_table(config, toml::parse_file(file), "", file);
        } catch (const toml::parse_error& e) {
            throw std::runtime_error{
                fmt::format("{}, line {}: {}", file, e.source().begin.line, e.description())};
        }
    }
    refuse_unknown_variables();
    for (const auto& s : settings)
        if (const char* value = std::getenv(std::string{s.variable}.c_str()))
            apply(config, s, value, fmt::format("environment variable {}", s.variable));
    return config;
}

void expect_operator(const Config& c)
{
    if (c.mode != Mode::Production) return;
    const Config unset;
    const std::pair<bool, std::string_view> missing[] = {
        {!c.public_url.starts_with("https://"), "serveur.url_publique"},
        {c.operateur_nom == unset.operateur_nom, "operateur.nom"},
        {c.operateur_contact == unset.operateur_contact, "operateur.contact"},
        {c.mail_from == unset.mail_from, "courriel.expediteur"},
    };
    std::string lines;
    for (const auto& [is_missing, key] : missing)
        if (is_missing) {
            const auto& s = setting_of(key, "");
            lines += fmt::format("\n  {} ({}): {}{}", s.key, s.variable, s.meaning,
                                 key == "serveur.url_publique" ? "; here https://…" : "");
        }
    if (!lines.empty())
        throw std::runtime_error{fmt::format("production mode needs these settings:{}\nTo try Logis without "
                                             "them: bin/run, or LOGIS_MODE=demo",
                                             lines)};
}

std::string config_reference()
{
    const Config defaults;
    std::string out = "| Key | Variable | Default | Meaning |\n|---|---|---|---|\n";
    for (const auto& s : settings)
        out += fmt::format("| `{}` | `{}` | `{}` | {} |\n", s.key, s.variable, s.get(defaults), s.meaning);
    return out;
}
