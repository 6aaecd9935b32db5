// Everything that holds or checks files, opened from the settings: the airlock of this machine, the store,
// the antivirus. Knows no row.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>

#include "config.hpp"
#include "piece/antivirus.hpp"
#include "piece/image.hpp"
#include "piece/magasin.hpp"
#include "piece/sas.hpp"
#include "piece/televersements.hpp"

namespace piece {

/// Stops asking for a moment what has just failed: one probe at a time, not one per file that waits.
class Disjoncteur {
public:
    [[nodiscard]] bool ouvert() const;
    void ouvrir(std::chrono::seconds duree);
    void fermer();

private:
    mutable std::mutex mutex_;
    std::chrono::steady_clock::time_point jusqu_a_{};
};

/// One of the stores that the settings describe; `lecteurs` at most read at once from one that is distant.
/// Throws std::runtime_error naming what is missing.
std::unique_ptr<Magasin> ouvrir_magasin(const Config&, Config::Store, unsigned lecteurs);

class Fichiers {
public:
    /// Throws std::runtime_error naming the setting that cannot be used.
    explicit Fichiers(const Config&);
    ~Fichiers();

    Sas sas;
    Televersements televersements;
    std::unique_ptr<Magasin> magasin;
    Reglages reglages; // of the picture process
    Disjoncteur magasin_absent;
    Antivirus antivirus;
    Disjoncteur antivirus_absent;

    /// A file has just arrived: whoever waits in `attendre` looks at once, and again until its row is there.
    void annoncer();
    /// Returns when a file may have arrived, after `au_plus`, or when asked to stop.
    void attendre(const std::stop_token&, std::chrono::milliseconds au_plus);

private:
    std::mutex mutex_;
    std::condition_variable_any annonce_;
    std::chrono::steady_clock::time_point attentif_jusqu_a_{};
};

} // namespace piece
