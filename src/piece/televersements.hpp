// Uploads that have not ended, on the disk of the machine that receives them: the bytes so far, whose they
// are, how many there may be. The size of the file is how far it is. Knows no header (tus.hpp) and no draft.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "http/web.hpp"
#include "piece/disque.hpp"
#include "piece/piece.hpp"
#include "piece/tus.hpp"

namespace piece {

/// Kept a day: long enough for somebody to find a network again in the evening.
inline constexpr std::int64_t televersement_secondes = 86'400;
/// One form sends its files one after the other: more than this at once were abandoned.
inline constexpr std::size_t televersements_par_rattachement = 20;
inline constexpr std::size_t televersements_max = 10'000;

/// What is said of an upload when it begins. It never changes.
struct Televersement {
    std::string rattachement; // what its file will belong to: nobody else reaches it
    std::string adresse;      // digest of where it comes from
    std::uint64_t longueur = 0;
    Instant expire_le;
    http::Pairs precisions; // the client's own: name of the file, what it shows
};

/// May this one begin beside those that have not ended? Bytes count as announced, so that none lacks room
/// half-way.
struct Encours {
    std::size_t nombre = 0;
    std::uint64_t octets = 0;
};
bool place_pour(std::uint64_t longueur, const Encours& rattachement, const Encours& adresse,
                const Encours& tous, std::uint64_t octets_max);

/// The right to write to one upload, held by one request at a time, in whatever process.
class Ecriture {
public:
    /// Adds to the end. With a digest announced, what comes stays apart until `conclure`.
    http::Intake::Taken ajouter(std::string_view octets);
    void exiger(tus::Empreinte);
    /// The bytes are on the disk, or dropped when they are not what was announced. From then on nobody takes
    /// it over.
    enum class Fin { Durable, Fausse, Cedee };
    Fin conclure();
    /// Takes it from whoever holds it, who is probably gone; false when the upload is being concluded.
    bool ceder();

    [[nodiscard]] const Televersement& objet() const { return objet_; }
    [[nodiscard]] std::uint64_t position() const { return position_; }
    [[nodiscard]] bool complet() const { return position_ == objet_.longueur; }
    /// All the bytes, mapped; good as long as what is given lives.
    struct Octets {
        std::string_view vue;
        std::shared_ptr<const void> garde;
    };
    [[nodiscard]] Octets lire() const;

    Ecriture(Televersement, std::filesystem::path dossier, disque::Fd verrou, disque::Fd octets);

private:
    bool ecrire(std::string_view octets);

    Televersement objet_;
    std::filesystem::path dossier_;
    disque::Fd verrou_, octets_;
    std::optional<disque::Fd> a_part_; // of what is to be checked first
    std::optional<tus::Controle> controle_;
    std::uint64_t position_ = 0, arrive_ = 0;
    std::mutex mutex_;
    bool cede_ = false, conclut_ = false;
};

class Televersements {
public:
    /// `octets_max`: of all those that have not ended, on this disk.
    Televersements(std::filesystem::path dossier, std::uint64_t octets_max);

    /// Durable once this returns its name; nothing when there are too many already.
    std::optional<std::string> commencer(const Televersement&, Instant maintenant);

    enum class Etat { Absent, Expire, Tenu, Fini, Pris };
    struct Tentative {
        Etat etat = Etat::Absent;
        std::shared_ptr<Ecriture> ecriture = {}; // Pris
        std::uint64_t longueur = 0;              // Fini
        Instant expire_le = {};                  // Fini
    };
    /// Takes this upload of this `rattachement`, from a request that still holds it if need be: a client that
    /// comes again has lost its first connection, even when we do not know it yet.
    Tentative prendre(const std::string& nom, std::string_view rattachement, Instant maintenant);
    /// Its file is where it belongs: only its end is remembered, for a client that has not heard of it.
    void finir(const std::string& nom);
    void effacer(const std::string& nom);
    /// Whatever they were for has gone: nothing of what was sent for it stays here.
    void oublier(std::string_view rattachement);
    /// Removes those that have expired, and gives how many; looks once a minute.
    std::size_t balayer(Instant maintenant);

private:
    struct Connu {
        std::string rattachement, adresse;
        std::uint64_t longueur;
    };
    [[nodiscard]] std::filesystem::path chemin(const std::string& nom, std::string_view suffixe) const;
    void relire();

    std::filesystem::path dossier_;
    std::uint64_t octets_max_;
    std::mutex commencement_;             // one begins at a time: they are counted, then written
    std::map<std::string, Connu> connus_; // as of the last look at the directory
    std::mutex mutex_;                    // of what follows
    Instant balayage_le_;
    std::map<std::string, std::weak_ptr<Ecriture>> tenus_;
};

} // namespace piece
