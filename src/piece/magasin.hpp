// Where the bytes of files live: by content, never by name. Knows nothing of the rows that point at them.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/crypto.hpp"

namespace piece {

/// A content is missing or is no longer what was written: a breakdown, never shown to people as their fault.
struct ContenuPerdu : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The store does not answer, is full or refuses us: what was asked may be asked again later.
struct MagasinIndisponible : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One content being read, piece by piece: a large file is never whole in memory.
class Lecture {
public:
    virtual ~Lecture() = default;
    /// Appends the next bytes; false when there are none left. The digest is checked before the last ones are
    /// given: a damaged content throws ContenuPerdu and is never taken for whole.
    bool suivant(std::string& out);
    /// From the first byte again: what was being sent was cut.
    void reprendre();
    [[nodiscard]] std::uint64_t taille() const { return taille_; }
    [[nodiscard]] const std::string& sha256() const { return sha256_; }

protected:
    Lecture(std::string sha256, std::uint64_t taille, std::size_t pas);

private:
    /// Exactly `n` bytes from `position`.
    virtual std::string morceau(std::uint64_t position, std::size_t n) = 0;

    std::string sha256_;
    std::uint64_t taille_;
    std::size_t pas_;
    std::uint64_t position_ = 0;
    base::Sha256 empreinte_;
};

/// A store of contents named by their SHA-256 (lower-case hexadecimal).
class Magasin {
public:
    virtual ~Magasin() = default;

    /// Keeps a content durably (it survives a power cut once this returns), under its name. Putting the same
    /// one again counts as a new use of it. What is read is not what its name says: ContenuPerdu, and nothing
    /// is kept. A distant store gives up when asked to stop.
    virtual void garder(Lecture&, const std::stop_token& = {}) = 0;
    /// The same of bytes in memory; gives their name.
    std::string mettre(std::string_view octets);
    /// Throws ContenuPerdu when there is no content of this name.
    [[nodiscard]] virtual std::unique_ptr<Lecture> ouvrir(std::string_view sha256) const = 0;
    /// All the bytes, checked against their name; throws ContenuPerdu.
    [[nodiscard]] std::string lire(std::string_view sha256) const;
    [[nodiscard]] virtual bool existe(std::string_view sha256) const = 0;
    /// Removes a content that nobody has put for `repos`. False when it was put more recently, or is not
    /// there. The caller has made sure that no row names it.
    virtual bool retirer(std::string_view sha256, std::chrono::seconds repos) = 0;
    /// Names of the contents nobody has put for `repos`, in no particular order.
    virtual void parcourir(std::chrono::seconds repos,
                           const std::function<void(const std::string& sha256)>&) const = 0;
    /// Whose contents these are: the mark already put on this store, else `proposee`, put now. A purge sweeps
    /// only a store that bears its own database's mark: a wrong setting must not erase another's files.
    virtual std::string marque(std::string_view proposee) = 0;
    /// On another machine: may be away for hours, and two of its users share no lock.
    [[nodiscard]] virtual bool distant() const { return false; }
};

/// Directory of files ab/cdef…, mode 0700 and 0600, written beside then renamed. Several processes may share
/// it.
class MagasinLocal final : public Magasin {
public:
    /// Creates the directory when it is missing; throws std::runtime_error saying why it cannot be used.
    explicit MagasinLocal(std::filesystem::path racine);

    void garder(Lecture&, const std::stop_token& = {}) override;
    [[nodiscard]] std::unique_ptr<Lecture> ouvrir(std::string_view sha256) const override;
    [[nodiscard]] bool existe(std::string_view sha256) const override;
    bool retirer(std::string_view sha256, std::chrono::seconds repos) override;
    void parcourir(std::chrono::seconds repos,
                   const std::function<void(const std::string& sha256)>&) const override;
    std::string marque(std::string_view proposee) override;

private:
    [[nodiscard]] std::filesystem::path chemin(std::string_view sha256) const;

    std::filesystem::path racine_;
};

/// The file at this place, which must be the content of this name; nothing when there is no such file.
std::unique_ptr<Lecture> lire_le_fichier(const std::filesystem::path&, std::string sha256);

/// Whether this can be the name of a content: 64 lower-case hexadecimal digits.
bool est_sha256(std::string_view);

} // namespace piece
