// The repository of backups on disk: files that are whole or absent, checked when read, encrypted when there
// is a key. Knows nothing of what they hold.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sauvegarde {

/// The repository cannot be used as asked, or holds what was not written: told to the person as it is.
struct Refus : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The secret of a repository, read from a file of 64 hexadecimal digits (`openssl rand -hex 32`).
class Cle {
public:
    static Cle lire(const std::filesystem::path&);
    ~Cle();
    Cle(Cle&&) noexcept;
    Cle(const Cle&) = delete;
    Cle& operator=(const Cle&) = delete;
    Cle& operator=(Cle&&) = delete;

    [[nodiscard]] const unsigned char* contenus() const { return contenus_.data(); }
    /// What a name becomes in the repository: equal contents must stay equal, and tell nothing.
    [[nodiscard]] std::string voiler(std::string_view nom) const;

private:
    Cle() = default;
    std::array<unsigned char, 32> contenus_{}, noms_{};
};

/// What a file held, before encryption.
struct Empreinte {
    std::string sha256;
    std::uint64_t octets = 0;

    bool operator==(const Empreinte&) const = default;
};

/// A file being written: beside its place, flushed, then renamed by `finir`. Forgotten when destroyed before.
class Ecriture {
public:
    Ecriture(std::filesystem::path place, const Cle*);
    ~Ecriture();
    Ecriture(const Ecriture&) = delete;
    Ecriture& operator=(const Ecriture&) = delete;

    void ajouter(std::string_view octets);
    Empreinte finir();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A file being read, in order, once. A truncated, damaged or foreign file throws Refus, at the latest at its
/// end.
class Lecture {
public:
    Lecture(std::filesystem::path place, const Cle*);
    ~Lecture();
    Lecture(const Lecture&) = delete;
    Lecture& operator=(const Lecture&) = delete;

    /// The next line without its end; nothing at the end of the file.
    std::optional<std::string> ligne();
    /// All that is left.
    std::string tout();
    /// What was read, once everything was.
    [[nodiscard]] Empreinte empreinte();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The directory of a repository: `depot.json` says how it is written, `sauvegardes/NAME/` are the backups,
/// `fichiers/` the contents that they share.
class Coffre {
public:
    /// Opens it, or makes it when `creer`. Refuses a key that is not the one it was made with, or that is
    /// missing.
    Coffre(std::filesystem::path racine, std::optional<Cle> cle, bool creer);

    [[nodiscard]] const Cle* cle() const { return cle_ ? &*cle_ : nullptr; }
    [[nodiscard]] std::filesystem::path sauvegarde(std::string_view nom) const;
    [[nodiscard]] std::filesystem::path contenu(std::string_view sha256) const;
    /// Names of the complete backups (those that have a manifest), oldest first.
    [[nodiscard]] std::vector<std::string> completes() const;
    /// One program at a time writes here; throws Refus when another does.
    void reserver();

    [[nodiscard]] const std::filesystem::path& racine() const { return racine_; }

private:
    std::filesystem::path racine_;
    std::optional<Cle> cle_;
    std::shared_ptr<void> verrou_;
};

/// Makes the directory and its missing parents, readable by their owner only, and makes them last.
void creer_dossier(const std::filesystem::path&);
/// A name put in this directory survives a power cut.
void durcir_dossier(const std::filesystem::path&);

} // namespace sauvegarde
