// The remote address service behind a cache, a timeout and a circuit breaker; the database answers when it
// cannot.
#include "territoire/geocodeur.hpp"

#include <boost/json.hpp>
#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <map>
#include <mutex>
#include <optional>

#include "base/json.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "territoire/store.hpp"

namespace territoire {

namespace geocodeur_detail {

namespace json = boost::json;

std::size_t receive(char* data, std::size_t, std::size_t n, void* user)
{
    auto& [body, limit] = *static_cast<std::pair<std::string, std::size_t>*>(user);
    if (body.size() + n > limit) return 0; // aborts the transfer
    body.append(data, n);
    return n;
}

/// The body of a 200, or the reason why there is none.
struct Fetched {
    std::optional<std::string> body;
    std::string reason;
};

Fetched fetch(const std::string& url, int timeout_ms, std::size_t max_bytes)
{
    const std::unique_ptr<CURL, void (*)(CURL*)> curl{curl_easy_init(), curl_easy_cleanup};
    if (!curl) return {std::nullopt, "libcurl cannot start"};
    std::pair<std::string, std::size_t> received{{}, max_bytes};
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms));
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeout_ms));
    curl_easy_setopt(curl.get(), CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "Logis");
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &received);
    if (const auto rc = curl_easy_perform(curl.get()); rc != CURLE_OK)
        return {std::nullopt, curl_easy_strerror(rc)};
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return {std::nullopt, fmt::format("status {}", status)};
    return {std::move(received.first), {}};
}

std::string url_encode(std::string_view s)
{
    std::string out;
    for (const char c : s) {
        const auto u = static_cast<unsigned char>(c);
        if ((u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u == '-' ||
            u == '.' || u == '_' || u == '~')
            out += c;
        else
            out += fmt::format("%{:02X}", u);
    }
    return out;
}

/// What the service says of itself, before the database has its word.
std::string text_of(const json::object& o, std::string_view name, std::size_t longest)
{
    const auto* v = o.if_contains(name);
    if (!v || !v->is_string() || v->get_string().size() > longest * 4) return {};
    auto clean = base::clean_text(v->get_string());
    if (!clean || clean->find('\n') != std::string::npos || base::length(*clean) > longest) return {};
    return std::string{base::trim(*clean)};
}

std::optional<double> number_of(const json::object& o, std::string_view name)
{
    const auto* v = o.if_contains(name);
    if (!v || !v->is_number()) return std::nullopt;
    const auto d = v->to_number<double>();
    return std::isfinite(d) ? std::optional{d} : std::nullopt;
}

const json::object* object_of(const json::object& o, std::string_view name)
{
    const auto* v = o.if_contains(name);
    return v ? v->if_object() : nullptr;
}

std::optional<Point> point_of(const json::object& feature)
{
    const auto* geometry = object_of(feature, "geometry");
    const auto* coordinates = geometry ? geometry->if_contains("coordinates") : nullptr;
    if (!coordinates || !coordinates->is_array() || coordinates->get_array().size() != 2) return std::nullopt;
    const auto& c = coordinates->get_array();
    if (!c[0].is_number() || !c[1].is_number()) return std::nullopt;
    const Point p{c[0].to_number<double>(), c[1].to_number<double>()};
    if (!(std::abs(p.lon) <= 180) || !(std::abs(p.lat) <= 90)) return std::nullopt;
    return p;
}

std::optional<Adresse> adresse_of(const json::value& feature)
{
    const auto* f = feature.if_object();
    const auto* p = f ? object_of(*f, "properties") : nullptr;
    if (!p) return std::nullopt;
    const auto type = base::from_slug(types_adresse, text_of(*p, "type", 20));
    if (!type) return std::nullopt;
    Adresse a;
    a.type = *type;
    a.libelle = text_of(*p, "label", 250);
    a.id = text_of(*p, "id", 100);
    a.numero = text_of(*p, "housenumber", 20);
    a.code_postal = text_of(*p, "postcode", 5);
    a.insee = text_of(*p, "citycode", 5);
    a.commune = text_of(*p, "city", 100);
    const auto name = text_of(*p, "name", 200);
    const auto street = text_of(*p, "street", 200);
    if (a.type != TypeAdresse::Commune)
        a.voie = a.type == TypeAdresse::Numero && !street.empty() ? street : name;
    a.position = point_of(*f);
    a.score = std::clamp(number_of(*p, "score").value_or(0), 0.0, 1.0);
    a.importance = std::clamp(number_of(*p, "importance").value_or(0), 0.0, 1.0);
    const bool postal = a.code_postal.size() == 5 && std::all_of(a.code_postal.begin(), a.code_postal.end(),
                                                                 [](char c) { return c >= '0' && c <= '9'; });
    if (!postal) a.code_postal.clear();
    if (a.libelle.empty() || a.insee.size() != 5 || a.commune.empty()) return std::nullopt;
    if (a.type != TypeAdresse::Commune && a.voie.empty()) return std::nullopt;
    return a;
}

/// Nothing when the document is not a FeatureCollection; features that say nothing usable are left out.
std::optional<std::vector<Adresse>> parse_answer(const std::string& body)
{
    boost::system::error_code failed;
    json::parse_options strict;
    strict.max_depth = 16;
    const auto value = json::parse(body, failed, {}, strict); // also refuses what is not UTF-8
    const auto* o = failed ? nullptr : value.if_object();
    const auto* features = o ? o->if_contains("features") : nullptr;
    if (!features || !features->is_array()) return std::nullopt;
    std::vector<Adresse> out;
    for (const auto& feature : features->get_array()) {
        if (out.size() == 20) break;
        if (auto a = adresse_of(feature)) out.push_back(std::move(*a));
    }
    return out;
}

std::string fixed(double d)
{
    auto out = fmt::format("{:.6f}", d);
    while (out.ends_with('0')) out.pop_back();
    if (out.ends_with('.')) out += '0';
    return out;
}

} // namespace geocodeur_detail

struct Geocodeur::Impl {
    explicit Impl(Options o) : options(std::move(o))
    {
        while (options.url.ends_with('/')) options.url.pop_back();
        if (!options.url.empty() && !options.url.ends_with("/search")) options.url += "/search";
        // Once per process, before any thread uses libcurl.
        static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
        static_cast<void>(started);
    }

    struct Entry {
        std::string key;
        std::vector<Adresse> answer;
        Instant until;
    };

    std::optional<std::vector<Adresse>> cached(const std::string& key, Instant now)
    {
        const std::lock_guard lock{mutex};
        const auto at = by_key.find(key);
        if (at == by_key.end()) return std::nullopt;
        if (at->second->until <= now) {
            entries.erase(at->second);
            by_key.erase(at);
            return std::nullopt;
        }
        entries.splice(entries.begin(), entries, at->second);
        return at->second->answer;
    }

    void keep(const std::string& key, const std::vector<Adresse>& answer, Instant now)
    {
        const std::lock_guard lock{mutex};
        if (options.cache_entries == 0 || by_key.contains(key)) return;
        if (entries.size() >= options.cache_entries) {
            by_key.erase(entries.back().key);
            entries.pop_back();
        }
        entries.push_front({key, answer, now.plus_seconds(options.cache_seconds)});
        by_key.emplace(key, entries.begin());
    }

    /// May this request call the service? When the breaker was open long enough, one request tries for all.
    bool may_call(Instant now)
    {
        const std::lock_guard lock{mutex};
        if (failures < options.failures_to_open) return true;
        if (now < opened_at.plus_seconds(options.open_seconds)) return false;
        opened_at = now; // the next trial waits again, whatever becomes of this one
        return true;
    }

    void succeeded()
    {
        const std::lock_guard lock{mutex};
        failures = 0;
    }

    void failed(Instant now, const std::string& reason)
    {
        bool opens = false;
        {
            const std::lock_guard lock{mutex};
            opens = ++failures == options.failures_to_open;
            if (failures >= options.failures_to_open) opened_at = now;
        }
        // The question is personal data: only the reason is logged.
        base::log(opens ? base::Level::Warning : base::Level::Info,
                  opens ? "geocoder circuit opened" : "geocoder call failed", {{"reason", reason}});
    }

    std::string url_of(std::string_view typed, std::size_t limit, const Filtre& filtre) const
    {
        auto url = fmt::format("{}?q={}&limit={}&autocomplete=1", options.url,
                               geocodeur_detail::url_encode(typed), limit);
        if (!filtre.insee.empty()) url += "&citycode=" + geocodeur_detail::url_encode(filtre.insee);
        if (!filtre.departement.empty())
            url += "&departmentcode=" + geocodeur_detail::url_encode(filtre.departement);
        return url;
    }

    Options options;
    mutable std::mutex mutex;
    std::list<Entry> entries; // most recently used first
    std::map<std::string, std::list<Entry>::iterator, std::less<>> by_key;
    int failures = 0;
    Instant opened_at;
};

Geocodeur::Geocodeur(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Geocodeur::Geocodeur(std::string url)
    : Geocodeur([&] {
          Options o;
          o.url = std::move(url);
          return o;
      }())
{}

Geocodeur::~Geocodeur() = default;

Geocodeur::Etat Geocodeur::etat(Instant now) const
{
    const std::lock_guard lock{impl_->mutex};
    if (impl_->options.url.empty()) return Etat::SansService;
    if (impl_->failures < impl_->options.failures_to_open) return Etat::Ferme;
    return now < impl_->opened_at.plus_seconds(impl_->options.open_seconds) ? Etat::Ouvert : Etat::Essai;
}

std::vector<Adresse> Geocodeur::chercher(db::Database& database, std::string_view typed, std::size_t limit,
                                         const Filtre& filtre, Instant now)
{
    namespace d = geocodeur_detail;
    const auto local = [&] {
        auto tx = database.read();
        return store::rechercher(tx, typed, limit, filtre);
    };
    if (impl_->options.url.empty()) return local();

    const auto key =
        fmt::format("{}\x1f{}\x1f{}\x1f{}", base::fold(typed), limit, filtre.insee, filtre.departement);
    if (auto known = impl_->cached(key, now)) return std::move(*known);
    if (!impl_->may_call(now)) return local();

    const auto fetched =
        d::fetch(impl_->url_of(typed, limit, filtre), impl_->options.timeout_ms, impl_->options.max_bytes);
    const auto answer = fetched.body ? d::parse_answer(*fetched.body) : std::nullopt;
    if (!answer) {
        impl_->failed(now, fetched.body ? "not a GeoCodeJSON answer" : fetched.reason);
        return local();
    }
    impl_->succeeded();

    // The neighbour is believed about streets, not about communes: these must exist here and match the
    // filter.
    std::vector<Adresse> out;
    {
        auto tx = database.read();
        for (auto a : *answer) {
            if (out.size() == limit) break;
            const auto lieu = store::find_commune(tx, a.insee);
            if (!lieu) continue;
            if (!filtre.insee.empty() && a.insee != filtre.insee && lieu->commune.insee != filtre.insee)
                continue;
            if (!filtre.departement.empty() && lieu->commune.departement != filtre.departement) continue;
            a.contexte = store::contexte(tx, lieu->commune.departement);
            out.push_back(std::move(a));
        }
        if (out.empty()) out = store::rechercher(tx, typed, limit, filtre);
    }
    impl_->keep(key, out, now);
    return out;
}

std::string geocodejson(std::string_view query, std::size_t limit, const std::vector<Adresse>& adresses)
{
    std::string out = R"({"type":"FeatureCollection","version":"draft","features":[)";
    bool first = true;
    for (const auto& a : adresses) {
        if (!first) out += ',';
        first = false;
        out += R"({"type":"Feature","geometry":)";
        // RFC 7946 §3.2: an unlocated feature has a null geometry.
        out += a.position ? fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})",
                                        geocodeur_detail::fixed(a.position->lon),
                                        geocodeur_detail::fixed(a.position->lat))
                          : std::string{"null"};
        out += R"(,"properties":{"label":)";
        base::append_json_string(out, a.libelle);
        out += fmt::format(R"(,"score":{})", geocodeur_detail::fixed(a.score));
        const auto add = [&](std::string_view name, std::string_view value) {
            if (value.empty()) return;
            out += fmt::format(R"(,"{}":)", name);
            base::append_json_string(out, value);
        };
        add("housenumber", a.numero);
        add("id", a.id);
        const auto& own = a.type == TypeAdresse::Commune ? a.commune : a.voie;
        add("name", a.numero.empty() ? own : a.numero + " " + own);
        if (a.code_postal.empty())
            out += R"(,"postcode":null)";
        else
            add("postcode", a.code_postal);
        add("citycode", a.insee);
        add("city", a.commune);
        add("context", a.contexte);
        add("type", base::slug_of(types_adresse, a.type));
        out += fmt::format(R"(,"importance":{})", geocodeur_detail::fixed(a.importance));
        if (a.type == TypeAdresse::Numero || a.type == TypeAdresse::Voie) add("street", a.voie);
        out += "}}";
    }
    out += R"(],"attribution":"BAN","licence":"ETALAB-2.0","query":)";
    base::append_json_string(out, query);
    return out + fmt::format(R"(,"limit":{}}})", limit);
}

} // namespace territoire
