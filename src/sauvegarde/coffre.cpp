// Files that are whole or absent: written beside, flushed, renamed. Encryption by libsodium's secretstream,
// in pieces of 64 KiB.
#include "sauvegarde/coffre.hpp"

#include <boost/json.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace sauvegarde {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t morceau = 64 * 1024;
constexpr std::string_view temoin = "logis: repository of backups";

[[noreturn]] void panne(const std::string& quoi)
{
    throw Refus{fmt::format("{} : {}", quoi, std::strerror(errno))};
}

class Descripteur {
public:
    explicit Descripteur(int fd) : fd_(fd) {}
    Descripteur(const Descripteur&) = delete;
    Descripteur& operator=(const Descripteur&) = delete;
    ~Descripteur()
    {
        if (fd_ >= 0) close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

std::string en_hexa(const unsigned char* octets, std::size_t n)
{
    std::string out(n * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), octets, n);
    out.pop_back();
    return out;
}

} // namespace

void durcir_dossier(const fs::path& dossier)
{
    const Descripteur d{open(dossier.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (d.get() < 0 || fsync(d.get()) != 0) panne(dossier.string());
}

void creer_dossier(const fs::path& dossier)
{
    fs::path fait;
    for (const auto& partie : dossier) {
        fait /= partie;
        if (mkdir(fait.c_str(), 0700) == 0)
            durcir_dossier(fait.has_parent_path() ? fait.parent_path() : fs::path{"."});
        else if (errno != EEXIST && !fs::is_directory(fait))
            panne(fait.string());
    }
}

// ── The key ────────────────────────────────────────────────────────────────────────────────────────────────

Cle Cle::lire(const fs::path& fichier)
{
    std::ifstream flux{fichier};
    std::string texte;
    if (!flux || !std::getline(flux, texte)) panne("clé " + fichier.string());
    unsigned char maitre[32];
    std::size_t lus = 0;
    const auto hexa = base::trim(texte);
    if (hexa.size() != 64 ||
        sodium_hex2bin(maitre, sizeof maitre, hexa.data(), hexa.size(), nullptr, &lus, nullptr) != 0 ||
        lus != 32)
        throw Refus{
            fmt::format("{} : une clé est une ligne de 64 chiffres hexadécimaux ; « openssl rand -hex 32 » "
                        "en fait une",
                        fichier.string())};
    Cle cle;
    crypto_kdf_derive_from_key(cle.contenus_.data(), cle.contenus_.size(), 1, "sauvegar", maitre);
    crypto_kdf_derive_from_key(cle.noms_.data(), cle.noms_.size(), 2, "sauvegar", maitre);
    sodium_memzero(maitre, sizeof maitre);
    sodium_memzero(texte.data(), texte.size());
    return cle;
}

Cle::Cle(Cle&& autre) noexcept : contenus_(autre.contenus_), noms_(autre.noms_) {}

Cle::~Cle()
{
    sodium_memzero(contenus_.data(), contenus_.size());
    sodium_memzero(noms_.data(), noms_.size());
}

std::string Cle::voiler(std::string_view nom) const
{
    unsigned char somme[32];
    crypto_generichash(somme, sizeof somme, reinterpret_cast<const unsigned char*>(nom.data()), nom.size(),
                       noms_.data(), noms_.size());
    return en_hexa(somme, sizeof somme);
}

// ── Writing ────────────────────────────────────────────────────────────────────────────────────────────────

struct Ecriture::Impl {
    Impl(fs::path p, const Cle* c)
        : place(std::move(p)),
          provisoire((place.parent_path() / ".provisoire-XXXXXX").string()),
          fd(mkostemp(provisoire.data(), O_CLOEXEC)),
          cle(c)
    {
        if (fd.get() < 0) panne(place.string());
        if (!cle) return;
        unsigned char entete[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
        crypto_secretstream_xchacha20poly1305_init_push(&flux, entete, cle->contenus());
        ecrire({reinterpret_cast<const char*>(entete), sizeof entete});
    }
    ~Impl()
    {
        if (!gardee) unlink(provisoire.c_str());
    }

    void ecrire(std::string_view octets)
    {
        while (!octets.empty()) {
            const ssize_t n = write(fd.get(), octets.data(), octets.size());
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) panne(place.string());
            octets.remove_prefix(static_cast<std::size_t>(n));
        }
    }

    /// Pieces of one size, the last one shorter: the reader knows where each ends.
    void chiffrer(std::string_view octets, bool dernier)
    {
        std::array<unsigned char, morceau + crypto_secretstream_xchacha20poly1305_ABYTES> sortie;
        unsigned long long taille = 0;
        crypto_secretstream_xchacha20poly1305_push(
            &flux, sortie.data(), &taille, reinterpret_cast<const unsigned char*>(octets.data()),
            octets.size(), nullptr, 0, dernier ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
        ecrire({reinterpret_cast<const char*>(sortie.data()), static_cast<std::size_t>(taille)});
    }

    void vider(bool dernier)
    {
        std::string_view reste = attente;
        while (reste.size() >= morceau) {
            cle ? chiffrer(reste.substr(0, morceau), false) : ecrire(reste.substr(0, morceau));
            reste.remove_prefix(morceau);
        }
        if (dernier) {
            cle ? chiffrer(reste, true) : ecrire(reste);
            reste = {};
        }
        attente.erase(0, attente.size() - reste.size());
    }

    fs::path place;
    std::string provisoire;
    Descripteur fd;
    const Cle* cle;
    crypto_secretstream_xchacha20poly1305_state flux{};
    base::Sha256 sha;
    std::uint64_t octets = 0;
    std::string attente;
    bool gardee = false;
};

Ecriture::Ecriture(fs::path place, const Cle* cle) : impl_(std::make_unique<Impl>(std::move(place), cle)) {}
Ecriture::~Ecriture() = default;

void Ecriture::ajouter(std::string_view octets)
{
    impl_->sha.add(octets);
    impl_->octets += octets.size();
    impl_->attente += octets;
    if (impl_->attente.size() >= 4 * morceau) impl_->vider(false);
}

Empreinte Ecriture::finir()
{
    impl_->vider(true);
    if (fsync(impl_->fd.get()) != 0 || rename(impl_->provisoire.c_str(), impl_->place.c_str()) != 0)
        panne(impl_->place.string());
    impl_->gardee = true;
    durcir_dossier(impl_->place.parent_path());
    return {impl_->sha.hex(), impl_->octets};
}

// ── Reading ────────────────────────────────────────────────────────────────────────────────────────────────

struct Lecture::Impl {
    Impl(fs::path p, const Cle* c)
        : place(std::move(p)), fd(open(place.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)), cle(c)
    {
        if (fd.get() < 0) panne(place.string());
        if (!cle) return;
        unsigned char entete[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
        if (lire_brut(reinterpret_cast<char*>(entete), sizeof entete) != sizeof entete ||
            crypto_secretstream_xchacha20poly1305_init_pull(&flux, entete, cle->contenus()) != 0)
            abime();
    }

    [[noreturn]] void abime() const
    {
        throw Refus{place.string() + " : ce fichier est incomplet ou abîmé, ou la clé n’est pas la bonne"};
    }

    std::size_t lire_brut(char* vers, std::size_t combien) const
    {
        std::size_t lus = 0;
        while (lus < combien) {
            const ssize_t n = read(fd.get(), vers + lus, combien - lus);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) panne(place.string());
            if (n == 0) break;
            lus += static_cast<std::size_t>(n);
        }
        return lus;
    }

    /// Adds the next piece to what waits; false at the end.
    bool remplir()
    {
        if (fini) return false;
        const auto supplement = cle ? crypto_secretstream_xchacha20poly1305_ABYTES : 0;
        std::vector<char> entree(morceau + supplement);
        const auto lus = lire_brut(entree.data(), entree.size());
        std::string clair;
        if (cle) {
            clair.resize(morceau);
            unsigned long long taille = 0;
            unsigned char marque = 0;
            if (lus < supplement ||
                crypto_secretstream_xchacha20poly1305_pull(
                    &flux, reinterpret_cast<unsigned char*>(clair.data()), &taille, &marque,
                    reinterpret_cast<const unsigned char*>(entree.data()), lus, nullptr, 0) != 0)
                abime();
            clair.resize(static_cast<std::size_t>(taille));
            fini = marque == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
            char suite = 0;
            if (fini ? lire_brut(&suite, 1) != 0 : lus != entree.size()) abime();
        } else {
            clair.assign(entree.data(), lus);
            fini = lus < morceau;
        }
        sha.add(clair);
        octets += clair.size();
        attente.erase(0, debut);
        debut = 0;
        attente += clair;
        return !clair.empty() || !fini;
    }

    fs::path place;
    Descripteur fd;
    const Cle* cle;
    crypto_secretstream_xchacha20poly1305_state flux{};
    base::Sha256 sha;
    std::uint64_t octets = 0;
    std::string attente;
    std::size_t debut = 0; // what of `attente` was given already
    bool fini = false;
};

Lecture::Lecture(fs::path place, const Cle* cle) : impl_(std::make_unique<Impl>(std::move(place), cle)) {}
Lecture::~Lecture() = default;

std::optional<std::string> Lecture::ligne()
{
    auto& i = *impl_;
    std::size_t cherche = i.debut;
    for (;;) {
        const auto fin = i.attente.find('\n', cherche);
        if (fin != std::string::npos) {
            std::string out = i.attente.substr(i.debut, fin - i.debut);
            i.debut = fin + 1;
            return out;
        }
        const auto vus = i.attente.size() - i.debut;
        if (!i.remplir()) break;
        cherche = i.debut + vus;
    }
    if (i.debut == i.attente.size()) return std::nullopt;
    i.abime(); // every line has an end
}

std::string Lecture::tout()
{
    while (impl_->remplir()) {
    }
    return impl_->attente.substr(impl_->debut);
}

Empreinte Lecture::empreinte()
{
    auto& i = *impl_;
    while (i.remplir()) i.debut = i.attente.size();
    return {i.sha.hex(), i.octets};
}

// ── The repository ─────────────────────────────────────────────────────────────────────────────────────────

Coffre::Coffre(fs::path racine, std::optional<Cle> cle, bool creer)
    : racine_(std::move(racine)), cle_(std::move(cle))
{
    const auto enseigne = racine_ / "depot.json";
    if (!fs::exists(enseigne)) {
        if (!creer) throw Refus{racine_.string() + " : il n’y a pas de dépôt de sauvegardes ici"};
        if (fs::exists(racine_) && !fs::is_empty(racine_))
            throw Refus{racine_.string() +
                        " : ce dossier n’est pas vide et n’est pas un dépôt de sauvegardes"};
        creer_dossier(racine_ / "sauvegardes");
        creer_dossier(racine_ / "fichiers");
        Ecriture e{enseigne, nullptr};
        e.ajouter(fmt::format("{{\"format\":1,\"chiffre\":{},\"temoin\":\"{}\"}}\n", cle_ ? "true" : "false",
                              cle_ ? cle_->voiler(temoin) : ""));
        e.finir();
        return;
    }
    boost::system::error_code erreur;
    const auto json = boost::json::parse(Lecture{enseigne, nullptr}.tout(), erreur);
    const auto* objet = erreur ? nullptr : json.if_object();
    const auto texte = [&](const char* nom) {
        const auto* v = objet ? objet->if_contains(nom) : nullptr;
        return v && v->is_string() ? std::string{v->as_string().c_str()} : std::string{};
    };
    const auto* format = objet ? objet->if_contains("format") : nullptr;
    if (!format || !format->is_int64() || format->as_int64() != 1)
        throw Refus{enseigne.string() + " : ce dépôt n’est pas d’un format que ce programme connaît"};
    const bool chiffre = !texte("temoin").empty();
    if (chiffre && !cle_) throw Refus{racine_.string() + " : ce dépôt est chiffré ; donnez sa clé (--cle)"};
    if (!chiffre && cle_)
        throw Refus{racine_.string() + " : ce dépôt n’est pas chiffré ; commencez-en un autre avec la clé"};
    if (chiffre && cle_->voiler(temoin) != texte("temoin"))
        throw Refus{racine_.string() + " : ce n’est pas la clé de ce dépôt"};
}

fs::path Coffre::sauvegarde(std::string_view nom) const
{
    return racine_ / "sauvegardes" / nom;
}

fs::path Coffre::contenu(std::string_view sha256) const
{
    const auto nom = cle_ ? cle_->voiler(sha256) : std::string{sha256};
    return racine_ / "fichiers" / nom.substr(0, 2) / nom.substr(2);
}

std::vector<std::string> Coffre::completes() const
{
    std::vector<std::string> noms;
    for (const auto& d : fs::directory_iterator{racine_ / "sauvegardes"})
        if (fs::exists(d.path() / "manifeste.json")) noms.push_back(d.path().filename().string());
    std::sort(noms.begin(), noms.end());
    return noms;
}

void Coffre::reserver()
{
    const auto fichier = racine_ / "verrou";
    auto fd = std::make_shared<Descripteur>(open(fichier.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (fd->get() < 0) panne(fichier.string());
    if (flock(fd->get(), LOCK_EX | LOCK_NB) != 0)
        throw Refus{racine_.string() + " : une autre sauvegarde est en cours dans ce dépôt"};
    verrou_ = fd;
}

} // namespace sauvegarde
