// See disque.hpp.
#include "piece/disque.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace piece::disque {

void echec(const std::string& quoi)
{
    throw std::system_error{errno, std::generic_category(), quoi};
}

void Fd::fermer()
{
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
}

int Fd::lacher()
{
    return std::exchange(fd_, -1);
}

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

void preparer_racine(const fs::path& racine, const std::string& quoi)
{
    std::error_code erreur;
    fs::create_directories(racine, erreur);
    if (erreur || chmod(racine.c_str(), 0700) != 0 || access(racine.c_str(), R_OK | W_OK | X_OK) != 0)
        throw std::runtime_error{quoi + " cannot use the directory " + racine.string() +
                                 ": it must exist, belong to this account and be writable"};
}

std::string lire_tout(int fd)
{
    struct stat s {};
    if (fstat(fd, &s) != 0) echec("fstat");
    std::string octets(static_cast<std::size_t>(s.st_size), '\0');
    std::size_t lus = 0;
    while (lus < octets.size()) {
        const ssize_t n = read(fd, octets.data() + lus, octets.size() - lus);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) echec("read");
        if (n == 0) break;
        lus += static_cast<std::size_t>(n);
    }
    octets.resize(lus);
    return octets;
}

std::optional<std::string> lire_fichier(const fs::path& p)
{
    const Fd f{open(p.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (f.get() < 0) {
        if (errno == ENOENT) return std::nullopt;
        echec("open " + p.string());
    }
    return lire_tout(f.get());
}

void ecrire_tout(int fd, std::string_view octets)
{
    while (!octets.empty()) {
        const ssize_t n = write(fd, octets.data(), octets.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) echec("write of a file");
        octets.remove_prefix(static_cast<std::size_t>(n));
    }
}

Provisoire::Provisoire(const fs::path& dossier)
    : nom_((dossier / "XXXXXX").string()), fd_(mkostemp(nom_.data(), O_CLOEXEC))
{
    if (fd_.get() < 0) echec("mkostemp in " + dossier.string());
}

Provisoire::~Provisoire()
{
    if (!garde_) unlink(nom_.c_str());
}

void Provisoire::ajouter(std::string_view octets)
{
    ecrire_tout(fd_.get(), octets);
}

void Provisoire::vider()
{
    if (fsync(fd_.get()) != 0) echec("fsync of a file");
}

void Provisoire::remplir(std::string_view octets)
{
    ajouter(octets);
    vider();
}

void Provisoire::devenir(const fs::path& p, Sur sur)
{
    if (sur == Sur::Rien) {
        // The temporary name goes with this object.
        if (link(nom_.c_str(), p.c_str()) != 0 && errno != EEXIST) echec("link to " + p.string());
        return;
    }
    if (rename(nom_.c_str(), p.c_str()) != 0) echec("rename to " + p.string());
    garde_ = true;
}

bool repose(const fs::path& p, std::chrono::seconds duree)
{
    struct stat s {};
    if (stat(p.c_str(), &s) != 0) return false;
    return s.st_mtime + duree.count() <= std::time(nullptr);
}

void balayer_provisoires(const fs::path& dossier)
{
    std::error_code ignore;
    for (const auto& f : fs::directory_iterator{dossier})
        if (repose(f.path(), std::chrono::hours{24})) fs::remove(f.path(), ignore);
}

} // namespace piece::disque
