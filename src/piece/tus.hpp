// The words of tus 1.0.0 (resumable uploads, https://tus.io/protocols/resumable-upload): what a client asks,
// read from its headers, and when it is refused. Pure: no file, no draft. televersements.hpp keeps the bytes,
// and pages_tus.hpp answers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/web.hpp"

namespace piece::tus {

inline constexpr std::string_view version = "1.0.0";
inline constexpr std::string_view extensions =
    "creation,creation-with-upload,termination,expiration,checksum";
inline constexpr std::string_view algorithmes = "sha1,sha256";
inline constexpr std::string_view type_octets = "application/offset+octet-stream";

/// For the program that asks, not for a person: hence English.
struct Refus {
    int status;
    std::string_view pourquoi;
};
template <class T> using Lu = Result<T, Refus>;

/// Digest that the bytes of one request must have.
struct Empreinte {
    enum class Algorithme { Sha1, Sha256 };
    Algorithme algorithme = Algorithme::Sha256;
    std::string hexa; // lower case
};

/// Reads bytes piece by piece and says whether they have the digest announced.
class Controle {
public:
    explicit Controle(Empreinte);
    ~Controle();
    Controle(Controle&&) noexcept;
    void ajouter(std::string_view octets);
    /// To be called once.
    [[nodiscard]] bool juste();

private:
    struct Calcul;
    std::unique_ptr<Calcul> calcul_;
};

/// A new upload.
struct Creation {
    std::uint64_t longueur = 0;
    http::Pairs metadonnees; // decoded
    bool avec_octets = false;
    std::optional<Empreinte> empreinte;

    /// Empty when the client did not say it.
    [[nodiscard]] std::string metadonnee(std::string_view nom) const;
};

/// More bytes for an upload.
struct Ajout {
    std::uint64_t position = 0;
    std::optional<Empreinte> empreinte;
};

/// The method meant: some proxies let only POST through, with the true one in X-HTTP-Method-Override.
http::Method methode(const http::Request&);
/// Another version than ours, or none: 412.
std::optional<Refus> refuser_version(const http::Request&);
Lu<Creation> lire_creation(const http::Request&, std::uint64_t longueur_max);
Lu<Ajout> lire_ajout(const http::Request&);
/// An upload of which `position` bytes out of `longueur` are here takes this one, or not: 409, 413.
std::optional<Refus> refuser_ajout(const Ajout&, std::uint64_t annonces, std::uint64_t position,
                                   std::uint64_t longueur);
/// Upload-Metadata: "filename cGhvdG8uanBn,relativePath bnVsbA==,is_confidential".
Lu<http::Pairs> lire_metadonnees(std::string_view);
/// Upload-Checksum: "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=".
Lu<Empreinte> lire_empreinte(std::string_view);
/// Bytes that the body of this request announces; 0 when it does not say.
std::uint64_t octets_annonces(const http::Request&);

} // namespace piece::tus
