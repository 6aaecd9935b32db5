// See migrer.hpp. A few at a time: between two machines, most of the time is spent waiting.
#include "piece/migrer.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <ostream>
#include <thread>
#include <vector>

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace piece {
namespace migration {

constexpr std::size_t par_lot = 256;

struct Assez {};

/// Nothing when it is not there, or is not what its name says.
std::optional<std::uint64_t> relire(const Magasin& magasin, const std::string& sha256)
{
    try {
        const auto lecture = magasin.ouvrir(sha256);
        std::string octets;
        while (lecture->suivant(octets)) octets.clear();
        return lecture->taille();
    } catch (const ContenuPerdu&) {
        return std::nullopt;
    }
}

class Demenagement {
public:
    Demenagement(Magasin& de, Magasin& vers, bool vider, std::ostream& progression)
        : de_(de), vers_(vers), vider_(vider), progression_(progression)
    {}

    void lot(const std::vector<std::string>& noms)
    {
        std::atomic<std::size_t> suivant{0};
        std::exception_ptr panne;
        {
            std::vector<std::jthread> ouvriers;
            for (unsigned i = 0; i < migration_ouvriers; ++i)
                ouvriers.emplace_back([&] {
                    try {
                        for (auto n = suivant++; n < noms.size(); n = suivant++) un(noms[n]);
                    } catch (...) {
                        const std::lock_guard verrou{mutex_};
                        if (!panne) panne = std::current_exception();
                        suivant = noms.size(); // the others end theirs
                    }
                });
        }
        if (panne) std::rethrow_exception(panne);
        progression_ << "migration : " << bilan_.vus << " fichiers vus, " << bilan_.copies << " copiés ("
                     << base::format_bytes(bilan_.octets) << ")\n"
                     << std::flush;
    }

    [[nodiscard]] const Migration& bilan() const { return bilan_; }

private:
    void un(const std::string& sha256)
    {
        const bool la_bas = vider_ ? relire(vers_, sha256).has_value() : vers_.existe(sha256);
        const auto taille = la_bas ? std::nullopt : copier(sha256);
        const bool sur = la_bas || taille;
        const bool retire = sur && vider_ && de_.retirer(sha256, std::chrono::seconds{0});
        const bool abime = !sur && de_.existe(sha256); // else erased meanwhile by whoever owns it
        const std::lock_guard verrou{mutex_};
        ++bilan_.vus;
        if (la_bas) ++bilan_.deja;
        if (retire) ++bilan_.retires;
        if (taille) {
            ++bilan_.copies;
            bilan_.octets += *taille;
        }
        if (abime) {
            ++bilan_.abimes;
            progression_ << "fichier abîmé, laissé où il est : " << sha256 << "\n";
        }
    }

    /// Nothing when it could not be read whole here, or there afterwards.
    std::optional<std::uint64_t> copier(const std::string& sha256)
    {
        try {
            const auto lecture = de_.ouvrir(sha256);
            vers_.garder(*lecture);
        } catch (const ContenuPerdu&) {
            return std::nullopt;
        }
        return relire(vers_, sha256);
    }

    Magasin& de_;
    Magasin& vers_;
    bool vider_;
    std::ostream& progression_;
    std::mutex mutex_;
    Migration bilan_;
};

} // namespace migration

Migration migrer(Magasin& de, Magasin& vers, bool vider, std::ostream& progression)
{
    migration::Demenagement demenagement{de, vers, vider, progression};
    std::vector<std::string> noms;
    const auto faire = [&] {
        if (!noms.empty()) demenagement.lot(noms);
        noms.clear();
    };
    de.parcourir(std::chrono::seconds{0}, [&](const std::string& sha256) {
        noms.push_back(sha256);
        if (noms.size() == migration::par_lot) faire();
    });
    faire();
    return demenagement.bilan();
}

void essayer(Magasin& magasin)
{
    const auto octets = "essai du magasin " + base::random_token(12);
    const auto sha256 = magasin.mettre(octets);
    bool relu = false, liste = false;
    std::exception_ptr panne;
    try {
        relu = magasin.lire(sha256) == octets;
        // The first name is enough: a store may hold millions.
        magasin.parcourir(std::chrono::seconds{0}, [](const std::string&) { throw migration::Assez{}; });
    } catch (const migration::Assez&) {
        liste = true;
    } catch (...) {
        panne = std::current_exception();
    }
    magasin.retirer(sha256, std::chrono::seconds{0});
    if (panne) std::rethrow_exception(panne);
    if (!relu || !liste || magasin.existe(sha256))
        throw MagasinIndisponible{"the store takes a content and does not give it back as it should"};
}

} // namespace piece
