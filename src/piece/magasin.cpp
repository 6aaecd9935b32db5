// The file store in a local directory: ab/cdef…, written beside, made durable, then renamed.
#include "piece/magasin.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "base/crypto.hpp"
#include "base/expect.hpp"

namespace piece {
namespace disque {

namespace fs = std::filesystem;

[[noreturn]] void echec(const std::string& quoi)
{
    throw std::system_error{errno, std::generic_category(), quoi};
}

class Fd {
public:
    explicit Fd(int fd) : fd_(fd) {}
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd()
    {
        if (fd_ >= 0) close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

bool est_sha256(std::string_view s)
{
    return s.size() == 64 && std::all_of(s.begin(), s.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

// A name or a link survives a power cut only once its directory has been written too.
void durcir(const fs::path& dossier)
{
    const Fd d{open(dossier.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (d.get() < 0 || fsync(d.get()) != 0) echec("fsync " + dossier.string());
}

void creer_dossier(const fs::path& dossier)
{
    if (mkdir(dossier.c_str(), 0700) == 0)
        durcir(dossier.parent_path());
    else if (errno != EEXIST)
        echec("mkdir " + dossier.string());
}

// Putting and removing the same content at once: put holds it shared, remove holds it alone. Across processes
// and, since each call opens its own, across threads.
class Verrou {
public:
    Verrou(const fs::path& racine, int mode)
        : fd_(open((racine / "verrou").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        if (fd_.get() < 0) echec("open " + (racine / "verrou").string());
        while (flock(fd_.get(), mode) != 0)
            if (errno != EINTR) echec("flock");
    }

private:
    Fd fd_;
};

std::optional<std::string> lire_fichier(const fs::path& p)
{
    const Fd f{open(p.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (f.get() < 0) {
        if (errno == ENOENT) return std::nullopt;
        echec("open " + p.string());
    }
    struct stat s {};
    if (fstat(f.get(), &s) != 0) echec("fstat");
    std::string octets(static_cast<std::size_t>(s.st_size), '\0');
    std::size_t lus = 0;
    while (lus < octets.size()) {
        const ssize_t n = read(f.get(), octets.data() + lus, octets.size() - lus);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) echec("read " + p.string());
        if (n == 0) break;
        lus += static_cast<std::size_t>(n);
    }
    octets.resize(lus);
    return octets;
}

void ecrire_tout(int fd, std::string_view octets)
{
    while (!octets.empty()) {
        const ssize_t n = write(fd, octets.data(), octets.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) echec("write to the file store");
        octets.remove_prefix(static_cast<std::size_t>(n));
    }
}

// A temporary file that removes itself unless renamed.
class Provisoire {
public:
    explicit Provisoire(const fs::path& dossier)
        : nom_((dossier / "XXXXXX").string()), fd_(mkostemp(nom_.data(), O_CLOEXEC))
    {
        if (fd_.get() < 0) echec("mkostemp in " + dossier.string());
    }
    Provisoire(const Provisoire&) = delete;
    Provisoire& operator=(const Provisoire&) = delete;
    ~Provisoire()
    {
        if (!garde_) unlink(nom_.c_str());
    }
    void remplir(std::string_view octets)
    {
        ecrire_tout(fd_.get(), octets);
        if (fsync(fd_.get()) != 0) echec("fsync in the file store");
    }
    void devenir(const fs::path& p)
    {
        if (rename(nom_.c_str(), p.c_str()) != 0) echec("rename to " + p.string());
        garde_ = true;
    }

private:
    std::string nom_;
    Fd fd_;
    bool garde_ = false;
};

// Untouched for `repos`, by the clock of the file system.
bool repose(const fs::path& p, std::chrono::seconds repos)
{
    struct stat s {};
    if (stat(p.c_str(), &s) != 0) return false;
    return s.st_mtime + repos.count() <= std::time(nullptr);
}

// Left by a process that died while writing.
void balayer_provisoires(const fs::path& dossier)
{
    std::error_code ignore;
    for (const auto& f : fs::directory_iterator{dossier})
        if (repose(f.path(), std::chrono::hours{24})) fs::remove(f.path(), ignore);
}

} // namespace disque

MagasinLocal::MagasinLocal(std::filesystem::path racine) : racine_(std::move(racine))
{
    std::error_code erreur;
    std::filesystem::create_directories(racine_, erreur);
    if (erreur || chmod(racine_.c_str(), 0700) != 0 || access(racine_.c_str(), R_OK | W_OK | X_OK) != 0)
        throw std::runtime_error{"the file store cannot use the directory " + racine_.string() +
                                 ": it must exist, belong to this account and be writable"};
    disque::creer_dossier(racine_ / "provisoire");
    disque::balayer_provisoires(racine_ / "provisoire");
}

std::filesystem::path MagasinLocal::chemin(std::string_view sha256) const
{
    base::expect(disque::est_sha256(sha256), "a content is named by its SHA-256");
    return racine_ / sha256.substr(0, 2) / sha256.substr(2);
}

std::string MagasinLocal::mettre(std::string_view octets)
{
    const auto sha = base::sha256_hex(octets);
    const auto p = chemin(sha);
    const disque::Verrou verrou{racine_, LOCK_SH};
    // Already there and whole: a new use of it, so that a purge under way leaves it alone. A damaged one is
    // written again.
    if (disque::lire_fichier(p) == octets) {
        if (utimensat(AT_FDCWD, p.c_str(), nullptr, 0) != 0) disque::echec("utimensat " + p.string());
        disque::durcir(p.parent_path());
        return sha;
    }
    disque::creer_dossier(p.parent_path());
    disque::Provisoire provisoire{racine_ / "provisoire"};
    provisoire.remplir(octets);
    provisoire.devenir(p);
    disque::durcir(p.parent_path());
    return sha;
}

std::string MagasinLocal::lire(std::string_view sha256) const
{
    auto octets = disque::lire_fichier(chemin(sha256));
    if (!octets) throw ContenuPerdu{"content missing from the file store: " + std::string{sha256}};
    if (base::sha256_hex(*octets) != sha256)
        throw ContenuPerdu{"content damaged in the file store: " + std::string{sha256}};
    return std::move(*octets);
}

bool MagasinLocal::existe(std::string_view sha256) const
{
    return access(chemin(sha256).c_str(), F_OK) == 0;
}

bool MagasinLocal::retirer(std::string_view sha256, std::chrono::seconds repos)
{
    const auto p = chemin(sha256);
    const disque::Verrou verrou{racine_, LOCK_EX};
    if (!disque::repose(p, repos)) return false;
    if (unlink(p.c_str()) != 0) {
        if (errno == ENOENT) return false;
        disque::echec("unlink " + p.string());
    }
    return true;
}

void MagasinLocal::parcourir(std::chrono::seconds repos,
                             const std::function<void(const std::string&)>& visiter) const
{
    namespace fs = std::filesystem;
    for (const auto& dossier : fs::directory_iterator{racine_}) {
        const auto debut = dossier.path().filename().string();
        if (debut.size() != 2 || !dossier.is_directory()) continue;
        // Listed before visiting: a visitor may remove what it is given.
        std::vector<std::string> noms;
        for (const auto& f : fs::directory_iterator{dossier.path()}) {
            auto sha = debut + f.path().filename().string();
            if (disque::est_sha256(sha) && disque::repose(f.path(), repos)) noms.push_back(std::move(sha));
        }
        for (const auto& sha : noms) visiter(sha);
    }
}

std::string MagasinLocal::marque(std::string_view proposee)
{
    const auto p = racine_ / "base";
    const disque::Verrou verrou{racine_, LOCK_EX};
    if (auto posee = disque::lire_fichier(p)) return std::move(*posee);
    disque::Provisoire provisoire{racine_ / "provisoire"};
    provisoire.remplir(proposee);
    provisoire.devenir(p);
    disque::durcir(racine_);
    return std::string{proposee};
}

} // namespace piece
