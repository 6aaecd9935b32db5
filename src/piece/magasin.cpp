// Reading any store, and the store in a local directory: ab/cdef…, written beside, made durable, then
// renamed.
#include "piece/magasin.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "base/expect.hpp"
#include "base/step.hpp"
#include "piece/disque.hpp"

namespace piece {
namespace magasin_local {

namespace fs = std::filesystem;

// Putting and removing the same content at once: put holds it shared, remove holds it alone. Across processes
// and, since each call opens its own, across threads.
class Verrou {
public:
    Verrou(const fs::path& racine, int mode)
        : fd_(open((racine / "verrou").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        if (fd_.get() < 0) disque::echec("open " + (racine / "verrou").string());
        while (flock(fd_.get(), mode) != 0)
            if (errno != EINTR) disque::echec("flock");
    }

private:
    disque::Fd fd_;
};

// Small, so that a crowd of clients that take nothing of a document makes the server hold little.
constexpr std::size_t pas_local = 16 * 1024;

class LectureLocale final : public Lecture {
public:
    LectureLocale(std::string sha256, std::uint64_t taille, disque::Fd fd)
        : Lecture(std::move(sha256), taille, pas_local), fd_(std::move(fd))
    {}

private:
    std::string morceau(std::uint64_t position, std::size_t n) override
    {
        std::string octets(n, '\0');
        std::size_t lus = 0;
        while (lus < n) {
            const ssize_t r =
                pread(fd_.get(), octets.data() + lus, n - lus, static_cast<off_t>(position + lus));
            if (r < 0 && errno == EINTR) continue;
            if (r < 0) disque::echec("read of the file store");
            if (r == 0) throw ContenuPerdu{"content cut in the file store while it was read"};
            lus += static_cast<std::size_t>(r);
        }
        return octets;
    }

    disque::Fd fd_;
};

/// Bytes that somebody holds in memory meanwhile.
class LectureMemoire final : public Lecture {
public:
    explicit LectureMemoire(std::string_view octets)
        : Lecture(base::sha256_hex(octets), octets.size(), 256 * 1024), octets_(octets)
    {}

private:
    std::string morceau(std::uint64_t position, std::size_t n) override
    {
        return std::string{octets_.substr(static_cast<std::size_t>(position), n)};
    }

    std::string_view octets_;
};

/// Whether the file is there and is what its name says.
bool entier(const fs::path& p, const std::string& sha256, std::uint64_t taille)
{
    const auto lecture = lire_le_fichier(p, sha256);
    if (!lecture || lecture->taille() != taille) return false;
    try {
        std::string octets;
        while (lecture->suivant(octets)) octets.clear();
    } catch (const ContenuPerdu&) {
        return false;
    }
    return true;
}

} // namespace magasin_local

bool est_sha256(std::string_view s)
{
    return s.size() == 64 && std::all_of(s.begin(), s.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Lecture::Lecture(std::string sha256, std::uint64_t taille, std::size_t pas)
    : sha256_(std::move(sha256)), taille_(taille), pas_(pas)
{}

bool Lecture::suivant(std::string& out)
{
    if (position_ == taille_) {
        // Nothing but an empty content has not been checked yet.
        if (taille_ == 0) throw ContenuPerdu{"content empty in the file store: " + sha256_};
        return false;
    }
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(pas_, taille_ - position_));
    const auto octets = morceau(position_, n);
    base::expect(octets.size() == n, "a piece of content has the length asked for");
    empreinte_.add(octets);
    position_ += n;
    if (position_ == taille_ && empreinte_.hex() != sha256_)
        throw ContenuPerdu{"content damaged in the file store: " + sha256_};
    out += octets;
    return position_ < taille_;
}

void Lecture::reprendre()
{
    position_ = 0;
    empreinte_ = base::Sha256{};
}

std::string Magasin::mettre(std::string_view octets)
{
    magasin_local::LectureMemoire lecture{octets};
    garder(lecture);
    return lecture.sha256();
}

std::string Magasin::lire(std::string_view sha256) const
{
    const auto lecture = ouvrir(sha256);
    std::string octets;
    octets.reserve(lecture->taille());
    while (lecture->suivant(octets)) {
    }
    return octets;
}

MagasinLocal::MagasinLocal(std::filesystem::path racine) : racine_(std::move(racine))
{
    disque::preparer_racine(racine_, "the file store");
    disque::creer_dossier(racine_ / "provisoire");
    disque::balayer_provisoires(racine_ / "provisoire");
}

std::filesystem::path MagasinLocal::chemin(std::string_view sha256) const
{
    base::expect(est_sha256(sha256), "a content is named by its SHA-256");
    return racine_ / sha256.substr(0, 2) / sha256.substr(2);
}

void MagasinLocal::garder(Lecture& lecture, const std::stop_token&)
{
    const auto p = chemin(lecture.sha256());
    const magasin_local::Verrou verrou{racine_, LOCK_SH};
    // Already there and whole: a new use of it, so that a purge under way leaves it alone. A damaged one is
    // written again.
    if (magasin_local::entier(p, lecture.sha256(), lecture.taille())) {
        if (utimensat(AT_FDCWD, p.c_str(), nullptr, 0) != 0) disque::echec("utimensat " + p.string());
        disque::durcir(p.parent_path());
        return;
    }
    disque::creer_dossier(p.parent_path());
    disque::Provisoire provisoire{racine_ / "provisoire"};
    std::string octets;
    for (bool encore = true; encore; octets.clear()) {
        encore = lecture.suivant(octets);
        provisoire.ajouter(octets);
    }
    provisoire.vider();
    base::step("file.flushed");
    provisoire.devenir(p);
    base::step("file.renamed");
    disque::durcir(p.parent_path());
    base::step("file.durable");
}

std::unique_ptr<Lecture> lire_le_fichier(const std::filesystem::path& p, std::string sha256)
{
    disque::Fd fd{open(p.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (fd.get() < 0) {
        if (errno == ENOENT) return nullptr;
        disque::echec("open " + p.string());
    }
    struct stat s {};
    if (fstat(fd.get(), &s) != 0) disque::echec("fstat");
    return std::make_unique<magasin_local::LectureLocale>(
        std::move(sha256), static_cast<std::uint64_t>(s.st_size), std::move(fd));
}

std::unique_ptr<Lecture> MagasinLocal::ouvrir(std::string_view sha256) const
{
    auto lecture = lire_le_fichier(chemin(sha256), std::string{sha256});
    if (!lecture) throw ContenuPerdu{"content missing from the file store: " + std::string{sha256}};
    return lecture;
}

bool MagasinLocal::existe(std::string_view sha256) const
{
    return access(chemin(sha256).c_str(), F_OK) == 0;
}

bool MagasinLocal::retirer(std::string_view sha256, std::chrono::seconds repos)
{
    const auto p = chemin(sha256);
    const magasin_local::Verrou verrou{racine_, LOCK_EX};
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
            if (est_sha256(sha) && disque::repose(f.path(), repos)) noms.push_back(std::move(sha));
        }
        for (const auto& sha : noms) visiter(sha);
    }
}

std::string MagasinLocal::marque(std::string_view proposee)
{
    const auto p = racine_ / "base";
    const magasin_local::Verrou verrou{racine_, LOCK_EX};
    if (auto posee = disque::lire_fichier(p)) return std::move(*posee);
    disque::Provisoire provisoire{racine_ / "provisoire"};
    provisoire.remplir(proposee);
    provisoire.devenir(p);
    disque::durcir(racine_);
    return std::string{proposee};
}

} // namespace piece
