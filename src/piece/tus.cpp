// See tus.hpp.
#include "piece/tus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/uuid/detail/sha1.hpp> // libsodium has no SHA-1, which tus asks for; nothing here relies on it being strong
#include <charconv>
#include <utility>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "http/ascii.hpp"
#include "http/parse.hpp"

namespace piece::tus {
namespace lecture_tus {

constexpr std::size_t metadonnees_max = 20;
constexpr Refus mal_forme{400, "malformed or repeated header"};

/// The header, once; nothing when it is absent. Twice, they might not say the same.
Lu<std::optional<std::string>> unique(const http::Request& req, std::string_view nom)
{
    std::optional<std::string> trouve;
    for (const auto& [n, valeur] : req.headers) {
        if (n != nom) continue;
        if (trouve) return mal_forme;
        trouve = valeur;
    }
    return trouve;
}

std::optional<std::uint64_t> nombre(std::string_view s)
{
    std::uint64_t n = 0;
    if (s.empty() || s.size() > 15 || !std::ranges::all_of(s, http::ascii::is_digit)) return std::nullopt;
    std::from_chars(s.data(), s.data() + s.size(), n);
    return n;
}

/// Upload-Length and the like: a number, always there.
Lu<std::uint64_t> nombre_exige(const http::Request& req, std::string_view nom)
{
    const auto valeur = unique(req, nom);
    if (!valeur) return valeur.error();
    const auto n = nombre(*valeur ? **valeur : std::string{});
    if (!n) return mal_forme;
    return *n;
}

Lu<std::optional<Empreinte>> empreinte_eventuelle(const http::Request& req)
{
    const auto valeur = unique(req, "upload-checksum");
    if (!valeur) return valeur.error();
    if (!*valeur) return std::optional<Empreinte>{};
    const auto lue = lire_empreinte(**valeur);
    if (!lue) return lue.error();
    return std::optional<Empreinte>{*lue};
}

bool porte_des_octets(const http::Request& req)
{
    const auto type = http::parse_parameters(req.header("content-type"));
    return type && type->value == type_octets;
}

bool est_nom(std::string_view s)
{
    return !s.empty() && s.size() <= 64 && http::ascii::is_token(s);
}

} // namespace lecture_tus

struct Controle::Calcul {
    Empreinte attendue;
    boost::uuids::detail::sha1 sha1;
    base::Sha256 sha256;
};

Controle::Controle(Empreinte e) : calcul_(std::make_unique<Calcul>())
{
    calcul_->attendue = std::move(e);
}
Controle::~Controle() = default;
Controle::Controle(Controle&&) noexcept = default;

void Controle::ajouter(std::string_view octets)
{
    if (calcul_->attendue.algorithme == Empreinte::Algorithme::Sha256)
        calcul_->sha256.add(octets);
    else
        calcul_->sha1.process_bytes(octets.data(), octets.size());
}

bool Controle::juste()
{
    if (calcul_->attendue.algorithme == Empreinte::Algorithme::Sha256)
        return calcul_->sha256.hex() == calcul_->attendue.hexa;
    unsigned int mots[5];
    calcul_->sha1.get_digest(mots);
    std::string hexa;
    for (const auto mot : mots) hexa += fmt::format("{:08x}", mot);
    return hexa == calcul_->attendue.hexa;
}

std::string Creation::metadonnee(std::string_view nom) const
{
    for (const auto& [n, valeur] : metadonnees)
        if (n == nom) return valeur;
    return {};
}

http::Method methode(const http::Request& req)
{
    if (req.method != http::Method::Post) return req.method;
    return http::method_named(req.header("x-http-method-override")).value_or(req.method);
}

std::optional<Refus> refuser_version(const http::Request& req)
{
    const auto dite = lecture_tus::unique(req, "tus-resumable");
    if (dite && *dite && **dite == version) return std::nullopt;
    return Refus{412, "Tus-Resumable must be 1.0.0"};
}

Lu<Creation> lire_creation(const http::Request& req, std::uint64_t longueur_max)
{
    const auto differee = lecture_tus::unique(req, "upload-defer-length");
    if (!differee || *differee) return Refus{400, "Upload-Length must be known at creation"};
    const auto longueur = lecture_tus::nombre_exige(req, "upload-length");
    if (!longueur) return longueur.error();
    if (*longueur > longueur_max) return Refus{413, "Upload-Length is over Tus-Max-Size"};
    const auto metadonnees = lecture_tus::unique(req, "upload-metadata");
    if (!metadonnees) return metadonnees.error();
    auto lues = lire_metadonnees(*metadonnees ? **metadonnees : std::string{});
    if (!lues) return lues.error();
    const auto empreinte = lecture_tus::empreinte_eventuelle(req);
    if (!empreinte) return empreinte.error();
    Creation c{.longueur = *longueur,
               .metadonnees = std::move(*lues),
               .avec_octets = lecture_tus::porte_des_octets(req),
               .empreinte = *empreinte};
    if (!c.avec_octets && octets_annonces(req) > 0)
        return Refus{415, "a body here is application/offset+octet-stream"};
    if (octets_annonces(req) > c.longueur) return Refus{413, "more bytes than Upload-Length"};
    return c;
}

Lu<Ajout> lire_ajout(const http::Request& req)
{
    if (!lecture_tus::porte_des_octets(req))
        return Refus{415, "Content-Type must be application/offset+octet-stream"};
    const auto position = lecture_tus::nombre_exige(req, "upload-offset");
    if (!position) return position.error();
    const auto empreinte = lecture_tus::empreinte_eventuelle(req);
    if (!empreinte) return empreinte.error();
    return Ajout{.position = *position, .empreinte = *empreinte};
}

std::optional<Refus> refuser_ajout(const Ajout& ajout, std::uint64_t annonces, std::uint64_t position,
                                   std::uint64_t longueur)
{
    if (ajout.position != position) return Refus{409, "Upload-Offset is not what has been received"};
    if (annonces > longueur - position) return Refus{413, "more bytes than Upload-Length"};
    return std::nullopt;
}

Lu<http::Pairs> lire_metadonnees(std::string_view entete)
{
    http::Pairs out;
    if (base::trim(entete).empty()) return out;
    for (const auto& morceau : base::split(entete, ',')) {
        const auto paire = base::trim(morceau);
        const auto espace = paire.find(' ');
        std::string nom{paire.substr(0, espace)};
        const bool deja = std::ranges::any_of(out, [&](const auto& p) { return p.first == nom; });
        if (!lecture_tus::est_nom(nom) || deja || out.size() == lecture_tus::metadonnees_max)
            return lecture_tus::mal_forme;
        auto valeur = base::unbase64(espace == std::string_view::npos ? std::string_view{}
                                                                      : base::trim(paire.substr(espace + 1)));
        if (!valeur) return lecture_tus::mal_forme;
        out.emplace_back(std::move(nom), std::move(*valeur));
    }
    return out;
}

Lu<Empreinte> lire_empreinte(std::string_view entete)
{
    const auto valeur = base::trim(entete);
    const auto espace = valeur.find(' ');
    const auto nom = valeur.substr(0, espace);
    Empreinte e;
    if (nom == "sha1")
        e.algorithme = Empreinte::Algorithme::Sha1;
    else if (nom != "sha256")
        return Refus{400, "Upload-Checksum: sha1 or sha256"};
    const auto octets = espace == std::string_view::npos
                            ? std::nullopt
                            : base::unbase64(base::trim(valeur.substr(espace + 1)));
    if (!octets || octets->size() != (nom == "sha1" ? 20U : 32U)) return lecture_tus::mal_forme;
    for (const char c : *octets) e.hexa += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return e;
}

std::uint64_t octets_annonces(const http::Request& req)
{
    return lecture_tus::nombre(req.header("content-length")).value_or(0);
}

} // namespace piece::tus
