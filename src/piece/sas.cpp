// See sas.hpp: one flat directory, KEY.recu, KEY.image, KEY.miniature, each written beside then renamed.
#include "piece/sas.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>

#include "base/crypto.hpp"
#include "base/expect.hpp"
#include "base/step.hpp"

namespace piece {
namespace sas {

constexpr std::string_view suffixes[] = {".recu", ".image", ".miniature"};

bool est_cle(std::string_view s)
{
    return s.size() == 24 && std::all_of(s.begin(), s.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '-' || c == '_';
           });
}

std::string nouvelle_cle()
{
    return base::random_token(18);
}

void ecrire(const std::filesystem::path& racine, const std::filesystem::path& p, std::string_view octets)
{
    disque::Provisoire provisoire{racine / "provisoire"};
    provisoire.remplir(octets);
    provisoire.devenir(p);
    disque::durcir(racine);
    base::step("airlock.durable");
}

} // namespace sas

Sas::Sas(std::filesystem::path racine) : racine_(std::move(racine))
{
    disque::preparer_racine(racine_, "the airlock of received files");
    disque::creer_dossier(racine_ / "provisoire");
    disque::creer_dossier(racine_ / "envois");
    disque::balayer_provisoires(racine_ / "provisoire");
    const auto p = racine_ / "nom";
    if (!disque::lire_fichier(p)) {
        disque::Provisoire provisoire{racine_ / "provisoire"};
        provisoire.remplir(base::random_token(12));
        provisoire.devenir(p, disque::Sur::Rien); // two processes start at once: the first one's stays
        disque::durcir(racine_);
    }
    nom_ = disque::lire_fichier(p).value();
}

std::filesystem::path Sas::chemin(const std::string& cle, Part part) const
{
    base::expect(sas::est_cle(cle), "a file of the airlock is named by its key");
    return racine_ / (cle + std::string{sas::suffixes[static_cast<int>(part)]});
}

std::string Sas::deposer(std::string_view octets)
{
    auto cle = sas::nouvelle_cle();
    deposer(cle, Part::Recu, octets);
    return cle;
}

void Sas::deposer(const std::string& cle, Part part, std::string_view octets)
{
    sas::ecrire(racine_, chemin(cle, part), octets);
}

std::optional<std::string> Sas::lire(const std::string& cle, Part part) const
{
    return disque::lire_fichier(chemin(cle, part));
}

std::unique_ptr<Lecture> Sas::ouvrir(const std::string& cle, Part part, std::string sha256) const
{
    return lire_le_fichier(chemin(cle, part), std::move(sha256));
}

void Sas::effacer(const std::string& cle)
{
    for (const auto part : {Part::Image, Part::Miniature, Part::Recu})
        if (unlink(chemin(cle, part).c_str()) != 0 && errno != ENOENT) disque::echec("unlink in the airlock");
}

Sas::Tentative Sas::prendre(const std::string& cle) const
{
    disque::Fd fd{open(chemin(cle, Part::Recu).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (fd.get() < 0) {
        if (errno == ENOENT) return {Etat::Absente};
        disque::echec("open in the airlock");
    }
    if (flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return {Etat::TenueAilleurs};
        disque::echec("flock in the airlock");
    }
    // Whoever held it a moment ago may have finished with it, and removed it.
    struct stat s {};
    if (fstat(fd.get(), &s) != 0) disque::echec("fstat in the airlock");
    if (s.st_nlink == 0) return {Etat::Absente};
    return {Etat::Prise, Prise{std::move(fd)}};
}

std::vector<std::string> Sas::au_repos(std::chrono::seconds repos) const
{
    std::set<std::string> cles;
    for (const auto& f : std::filesystem::directory_iterator{racine_}) {
        auto nom = f.path().filename().string();
        const auto point = nom.find('.');
        if (point == std::string::npos || !disque::repose(f.path(), repos)) continue;
        nom.resize(point);
        if (sas::est_cle(nom)) cles.insert(std::move(nom));
    }
    return {cles.begin(), cles.end()};
}

} // namespace piece
