// Files that survive a power cut: written beside, flushed, then renamed. Shared by the local store and the
// airlock; knows nothing of what the bytes are.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace piece::disque {

namespace fs = std::filesystem;

/// Throws the last error of the system, with what was being done.
[[noreturn]] void echec(const std::string& quoi);

class Fd {
public:
    explicit Fd(int fd = -1) : fd_(fd) {}
    Fd(Fd&& autre) noexcept : fd_(autre.lacher()) {}
    Fd& operator=(Fd&&) = delete;
    ~Fd() { fermer(); }
    void fermer();
    [[nodiscard]] int get() const { return fd_; }
    /// Whoever calls closes it.
    int lacher();

private:
    int fd_;
};

/// A name or a link survives a power cut only once its directory has been written too.
void durcir(const fs::path& dossier);
/// Mode 0700, durable. Nothing when it is there already.
void creer_dossier(const fs::path& dossier);
/// The directory and those above it; throws std::runtime_error saying that `quoi` cannot use it.
void preparer_racine(const fs::path& racine, const std::string& quoi);

/// The whole file; nothing when there is none of that name.
std::optional<std::string> lire_fichier(const fs::path&);
void ecrire_tout(int fd, std::string_view octets);
/// Everything from the current position to the end.
std::string lire_tout(int fd);

/// What to do when a file of the new name is already there.
enum class Sur { Remplace, Rien };

/// A temporary file that removes itself unless it becomes a named one.
class Provisoire {
public:
    explicit Provisoire(const fs::path& dossier);
    Provisoire(const Provisoire&) = delete;
    Provisoire& operator=(const Provisoire&) = delete;
    ~Provisoire();
    void ajouter(std::string_view octets);
    /// What was added is on the disk.
    void vider();
    /// Both at once.
    void remplir(std::string_view octets);
    /// The caller then makes the directory durable.
    void devenir(const fs::path&, Sur = Sur::Remplace);

private:
    std::string nom_;
    Fd fd_;
    bool garde_ = false;
};

/// Untouched for that long, by the clock of the file system.
bool repose(const fs::path&, std::chrono::seconds);
/// Removes what a process that died while writing has left.
void balayer_provisoires(const fs::path& dossier);

} // namespace piece::disque
