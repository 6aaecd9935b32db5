// Where the bytes of files live: by content, never by name. Knows nothing of the rows that point at them.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace piece {

/// A content is missing or is no longer what was written: a breakdown, never shown to people as their fault.
struct ContenuPerdu : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A store of contents named by their SHA-256 (lower-case hexadecimal). A second implementation, S3, stands
/// behind the same functions.
class Magasin {
public:
    virtual ~Magasin() = default;

    /// Keeps the bytes durably (they survive a power cut once this returns) and gives their name. Putting the
    /// same bytes again costs nothing and counts as a new use of them.
    virtual std::string mettre(std::string_view octets) = 0;
    /// The bytes, checked against their name; throws ContenuPerdu.
    [[nodiscard]] virtual std::string lire(std::string_view sha256) const = 0;
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
};

/// Directory of files ab/cdef…, mode 0700 and 0600, written beside then renamed. Several processes may share
/// it.
class MagasinLocal final : public Magasin {
public:
    /// Creates the directory when it is missing; throws std::runtime_error saying why it cannot be used.
    explicit MagasinLocal(std::filesystem::path racine);

    std::string mettre(std::string_view octets) override;
    [[nodiscard]] std::string lire(std::string_view sha256) const override;
    [[nodiscard]] bool existe(std::string_view sha256) const override;
    bool retirer(std::string_view sha256, std::chrono::seconds repos) override;
    void parcourir(std::chrono::seconds repos,
                   const std::function<void(const std::string& sha256)>&) const override;
    std::string marque(std::string_view proposee) override;

private:
    [[nodiscard]] std::filesystem::path chemin(std::string_view sha256) const;

    std::filesystem::path racine_;
};

} // namespace piece
