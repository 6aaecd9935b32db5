// Answers « which address is it? » from the imported addresses or from a Géoplateforme that may be slow,
// wrong or away.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/db.hpp"
#include "territoire/recherche.hpp"

namespace territoire {

/// Thread-safe. Holds the cache and the circuit breaker of the remote service; without a URL it only reads
/// the database. The clock is a parameter: cache and breaker are tested without waiting.
class Geocodeur {
public:
    struct Options {
        std::string url; // https://data.geopf.fr/geocodage or an addok; empty: imported addresses only
        int timeout_ms = 1500;
        std::size_t cache_entries = 2000;
        int cache_seconds = 3600;
        int failures_to_open = 3; // consecutive failures that stop calling the service
        int open_seconds = 30;    // then one trial call
        std::size_t max_bytes = 512 * 1024;
    };

    explicit Geocodeur(Options);
    explicit Geocodeur(std::string url = {});
    ~Geocodeur();
    Geocodeur(const Geocodeur&) = delete;
    Geocodeur& operator=(const Geocodeur&) = delete;

    /// `typed` has 3 to 200 characters (the page checks). Never throws because of the remote service: the
    /// local search answers instead.
    std::vector<Adresse> chercher(db::Database&, std::string_view typed, std::size_t limit, const Filtre&,
                                  Instant now);

    enum class Etat { SansService, Ferme, Ouvert, Essai };
    /// State of the circuit breaker, for /sante and tests.
    [[nodiscard]] Etat etat(Instant now) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// GeoCodeJSON (addok contract): what /api/adresses answers.
std::string geocodejson(std::string_view query, std::size_t limit, const std::vector<Adresse>&);

} // namespace territoire
