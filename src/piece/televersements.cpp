// See televersements.hpp. NAME.fiche says what it is and is the lock; NAME.octets holds the bytes; once the
// file is where it belongs, NAME.fiche becomes NAME.fini and the bytes go.
#include "piece/televersements.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <set>
#include <system_error>
#include <vector>

#include "base/crypto.hpp"
#include "base/step.hpp"

namespace piece {
namespace envois_tus {

namespace fs = std::filesystem;
constexpr std::string_view fiche = ".fiche", octets = ".octets", fini = ".fini";
constexpr std::chrono::hours repos_des_restes{48}; // of what a process that died has left half made

bool est_nom(std::string_view s)
{
    return s.size() == 32 && std::ranges::all_of(s, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '-' || c == '_';
           });
}

std::string en_json(const Televersement& t)
{
    boost::json::array precisions;
    for (const auto& [nom, valeur] : t.precisions) precisions.push_back(boost::json::array{nom, valeur});
    return boost::json::serialize(boost::json::object{{"rattachement", t.rattachement},
                                                      {"adresse", t.adresse},
                                                      {"longueur", t.longueur},
                                                      {"expire_le", t.expire_le.ms},
                                                      {"precisions", std::move(precisions)}});
}

/// Nothing when it was not written to its end.
std::optional<Televersement> lue(const fs::path& p)
{
    const auto texte = disque::lire_fichier(p);
    if (!texte) return std::nullopt;
    try {
        const auto json = boost::json::parse(*texte);
        Televersement t{.rattachement = json.at("rattachement").as_string().c_str(),
                        .adresse = json.at("adresse").as_string().c_str(),
                        .longueur = json.at("longueur").to_number<std::uint64_t>(),
                        .expire_le = {json.at("expire_le").to_number<std::int64_t>()},
                        .precisions = {}};
        for (const auto& paire : json.at("precisions").as_array())
            t.precisions.emplace_back(paire.at(0).as_string().c_str(), paire.at(1).as_string().c_str());
        return t;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

/// All of it at this place; false when the disk has no room.
bool ecrire_a(int fd, std::string_view octets, std::uint64_t position)
{
    while (!octets.empty()) {
        const auto n = ::pwrite(fd, octets.data(), octets.size(), static_cast<off_t>(position));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        octets.remove_prefix(static_cast<std::size_t>(n));
        position += static_cast<std::uint64_t>(n);
    }
    return true;
}

std::uint64_t taille(int fd)
{
    struct stat s {};
    if (fstat(fd, &s) != 0) disque::echec("fstat of an upload");
    return static_cast<std::uint64_t>(s.st_size);
}

void ajouter(Encours& e, std::uint64_t longueur)
{
    ++e.nombre;
    e.octets += longueur;
}

} // namespace envois_tus

bool place_pour(std::uint64_t longueur, const Encours& rattachement, const Encours& adresse,
                const Encours& tous, std::uint64_t octets_max)
{
    constexpr unsigned part = 8; // as of the bodies on their way (http::SpoolLimits)
    return rattachement.nombre < televersements_par_rattachement &&
           rattachement.octets + longueur <= total_max && adresse.nombre < televersements_max / part &&
           adresse.octets + longueur <= octets_max / part && tous.nombre < televersements_max &&
           tous.octets + longueur <= octets_max;
}

// ── one upload ───────────────────────────────────────────────────────────────────

Ecriture::Ecriture(Televersement objet, std::filesystem::path dossier, disque::Fd verrou, disque::Fd octets)
    : objet_(std::move(objet)),
      dossier_(std::move(dossier)),
      verrou_(std::move(verrou)),
      octets_(std::move(octets)),
      position_(envois_tus::taille(octets_.get())),
      arrive_(position_)
{}

void Ecriture::exiger(tus::Empreinte e)
{
    a_part_.emplace(open(dossier_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (a_part_->get() < 0) disque::echec("a file for bytes to check in " + dossier_.string());
    controle_.emplace(std::move(e));
}

http::Intake::Taken Ecriture::ajouter(std::string_view octets)
{
    using Taken = http::Intake::Taken;
    const std::lock_guard verrou{mutex_};
    if (cede_) return Taken::Ended;
    if (octets.size() > objet_.longueur - arrive_) return Taken::TooLarge;
    if (controle_) {
        controle_->ajouter(octets);
        if (!envois_tus::ecrire_a(a_part_->get(), octets, arrive_ - position_)) return Taken::NoRoom;
    } else {
        if (!envois_tus::ecrire_a(octets_.get(), octets, position_)) return Taken::NoRoom;
        position_ += octets.size();
    }
    arrive_ += octets.size();
    return Taken::Good;
}

Ecriture::Fin Ecriture::conclure()
{
    {
        const std::lock_guard verrou{mutex_};
        if (cede_) return Fin::Cedee;
        conclut_ = true;
    }
    if (controle_) {
        if (!controle_->juste()) return Fin::Fausse;
        std::string tampon(256 * 1024, '\0');
        for (auto reste = arrive_ - position_; reste > 0;) {
            const auto n =
                ::pread(a_part_->get(), tampon.data(), std::min<std::uint64_t>(reste, tampon.size()),
                        static_cast<off_t>(arrive_ - position_ - reste));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) disque::echec("read of checked bytes");
            const std::string_view morceau{tampon.data(), static_cast<std::size_t>(n)};
            if (!envois_tus::ecrire_a(octets_.get(), morceau, arrive_ - reste))
                disque::echec("write of an upload");
            reste -= morceau.size();
        }
        position_ = arrive_;
    }
    if (fdatasync(octets_.get()) != 0) disque::echec("fdatasync of an upload");
    base::step("upload.durable");
    return Fin::Durable;
}

bool Ecriture::ceder()
{
    const std::lock_guard verrou{mutex_};
    if (conclut_) return false;
    cede_ = true;
    verrou_.fermer();
    octets_.fermer();
    return true;
}

Ecriture::Octets Ecriture::lire() const
{
    if (objet_.longueur == 0) return {};
    const auto n = static_cast<std::size_t>(objet_.longueur);
    void* p = mmap(nullptr, n, PROT_READ, MAP_SHARED, octets_.get(), 0);
    if (p == MAP_FAILED) disque::echec("mmap of an upload");
    return {{static_cast<const char*>(p), n},
            std::shared_ptr<const void>{p, [n](const void* q) { munmap(const_cast<void*>(q), n); }}};
}

// ── all of them ──────────────────────────────────────────────────────────────────

Televersements::Televersements(std::filesystem::path dossier, std::uint64_t octets_max)
    : dossier_(std::move(dossier)), octets_max_(octets_max)
{}

std::filesystem::path Televersements::chemin(const std::string& nom, std::string_view suffixe) const
{
    return dossier_ / (nom + std::string{suffixe});
}

/// Several processes may share the directory: names are cheap to list, and each is opened once.
void Televersements::relire()
{
    std::set<std::string> presents;
    for (const auto& f : std::filesystem::directory_iterator{dossier_}) {
        if (f.path().extension() != envois_tus::fiche) continue;
        auto nom = f.path().stem().string();
        if (!connus_.contains(nom)) {
            const auto t = envois_tus::lue(f.path());
            if (!t) continue;
            connus_.emplace(nom, Connu{t->rattachement, t->adresse, t->longueur});
        }
        presents.insert(std::move(nom));
    }
    std::erase_if(connus_, [&](const auto& c) { return !presents.contains(c.first); });
}

std::optional<std::string> Televersements::commencer(const Televersement& t, Instant maintenant)
{
    balayer(maintenant);
    const std::lock_guard verrou{commencement_};
    relire();
    Encours rattachement, adresse, tous;
    for (const auto& [nom, c] : connus_) {
        envois_tus::ajouter(tous, c.longueur);
        if (c.rattachement == t.rattachement) envois_tus::ajouter(rattachement, c.longueur);
        if (c.adresse == t.adresse) envois_tus::ajouter(adresse, c.longueur);
    }
    if (!place_pour(t.longueur, rattachement, adresse, tous, octets_max_)) return std::nullopt;

    auto nom = base::random_token(24);
    const auto creer = [&](std::string_view suffixe, std::string_view contenu) {
        const disque::Fd fd{
            open(chemin(nom, suffixe).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
        if (fd.get() < 0) disque::echec("creation of an upload");
        disque::ecrire_tout(fd.get(), contenu);
        if (fsync(fd.get()) != 0) disque::echec("fsync of an upload");
    };
    creer(envois_tus::octets, {});
    creer(envois_tus::fiche, envois_tus::en_json(t));
    disque::durcir(dossier_);
    connus_.emplace(nom, Connu{t.rattachement, t.adresse, t.longueur});
    return nom;
}

Televersements::Tentative Televersements::prendre(const std::string& nom, std::string_view rattachement,
                                                  Instant maintenant)
{
    if (!envois_tus::est_nom(nom)) return {};
    const std::lock_guard verrou{mutex_};
    auto t = envois_tus::lue(chemin(nom, envois_tus::fiche));
    const bool fini = !t; // looked at after the other, from which it comes
    if (fini) t = envois_tus::lue(chemin(nom, envois_tus::fini));
    if (!t || t->rattachement != rattachement) return {};
    if (t->expire_le <= maintenant) return {Etat::Expire};
    if (fini) return {Etat::Fini, {}, t->longueur, t->expire_le};
    if (const auto tenu = tenus_.find(nom); tenu != tenus_.end())
        if (const auto autre = tenu->second.lock(); autre && !autre->ceder()) return {Etat::Tenu};
    disque::Fd fiche{open(chemin(nom, envois_tus::fiche).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    disque::Fd octets{open(chemin(nom, envois_tus::octets).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW)};
    if (fiche.get() < 0 || octets.get() < 0) {
        // Another process ends it at this moment; or its bytes have gone, and it is of no use.
        if (errno == ENOENT)
            return {access(chemin(nom, envois_tus::fiche).c_str(), F_OK) == 0 ? Etat::Absent : Etat::Tenu};
        disque::echec("open of an upload");
    }
    if (flock(fiche.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return {Etat::Tenu};
        disque::echec("flock of an upload");
    }
    struct stat s {};
    if (fstat(octets.get(), &s) != 0) disque::echec("fstat of an upload");
    if (s.st_nlink == 0) return {Etat::Tenu}; // ended between the opening and the lock
    auto ecriture = std::make_shared<Ecriture>(std::move(*t), dossier_, std::move(fiche), std::move(octets));
    tenus_[nom] = ecriture;
    return {Etat::Pris, std::move(ecriture)};
}

void Televersements::finir(const std::string& nom)
{
    if (rename(chemin(nom, envois_tus::fiche).c_str(), chemin(nom, envois_tus::fini).c_str()) != 0 &&
        errno != ENOENT)
        disque::echec("rename of an upload");
    disque::durcir(dossier_);
    unlink(chemin(nom, envois_tus::octets).c_str());
}

void Televersements::effacer(const std::string& nom)
{
    for (const auto suffixe : {envois_tus::fiche, envois_tus::octets, envois_tus::fini})
        if (unlink(chemin(nom, suffixe).c_str()) != 0 && errno != ENOENT)
            disque::echec("unlink of an upload");
}

void Televersements::oublier(std::string_view rattachement)
{
    std::vector<std::string> siens;
    {
        const std::lock_guard verrou{commencement_};
        relire();
        for (const auto& [nom, c] : connus_)
            if (c.rattachement == rattachement) siens.push_back(nom);
    }
    for (const auto& nom : siens) effacer(nom);
}

std::size_t Televersements::balayer(Instant maintenant)
{
    {
        const std::lock_guard verrou{mutex_};
        if (maintenant < balayage_le_) return 0;
        balayage_le_ = maintenant.plus_seconds(60);
        std::erase_if(tenus_, [](const auto& t) { return t.second.expired(); });
    }
    std::set<std::string> expires;
    for (const auto& f : std::filesystem::directory_iterator{dossier_}) {
        const auto suffixe = f.path().extension();
        const auto nom = f.path().stem().string();
        if (!envois_tus::est_nom(nom)) continue;
        const auto t = suffixe == envois_tus::octets ? std::nullopt : envois_tus::lue(f.path());
        if (t ? t->expire_le <= maintenant : disque::repose(f.path(), envois_tus::repos_des_restes))
            expires.insert(nom);
    }
    for (const auto& nom : expires) effacer(nom);
    return expires.size();
}

} // namespace piece
