// One bucket of an S3 service over libcurl: signed requests, patience, retries. Knows nothing of contents.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "config.hpp"
#include "piece/s3_signature.hpp"

namespace piece::s3 {

/// A body that is produced as it leaves, and again from the start when it was cut.
struct Corps {
    std::uint64_t taille = 0;
    std::string sha256;
    std::function<void()> reprendre;
    /// Appends some of the next bytes; only asked while there are some left. What it throws ends the request
    /// and is thrown again.
    std::function<void(std::string& out)> suivant;
};

/// Bytes in memory, which must outlive the request.
Corps corps_de(std::string_view octets);

struct Requete {
    std::string methode; // GET, HEAD, PUT, POST, DELETE
    std::string cle;     // of the object, without the prefix; empty: the bucket itself
    Paires parametres = {};
    Paires entetes = {}; // names in lower case
    Corps corps = corps_de({});
    std::size_t reponse_max = 64 * 1024;
    int essais = 3;                // of what may be done twice: POST is done once
    unsigned patience_facteur = 1; // the service may be silent that much longer
};

struct Reponse {
    long status = 0;
    std::string corps;
    std::string etag, modifie_le, date, portee; // Content-Range
    std::string code;                           // of the error document, when it is one
};

/// Several threads may ask at once; connections are kept and used again.
class Client {
public:
    explicit Client(const Config::S3&);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// The answer, whatever its status; throws MagasinIndisponible when there is none, saying why without any
    /// secret.
    Reponse demander(const Requete&, const std::stop_token& = {});
    /// The same, when only these statuses will do: any other is MagasinIndisponible with what to look at.
    Reponse exiger(const Requete&, std::initializer_list<long> permis, const std::stop_token& = {});
    /// Throws MagasinIndisponible with what the status and the code mean for whoever runs the service.
    [[noreturn]] void refuser(const Requete&, const Reponse&) const;

    [[nodiscard]] const Config::S3& reglages() const { return reglages_; }

private:
    struct Echange;
    struct Rendu;

    Rendu essayer(const Requete&, const std::stop_token&);
    void* prendre();
    void rendre(void*);

    Config::S3 reglages_;
    std::string origine_; // scheme and host as sent
    std::string hote_;
    std::string racine_;                   // path of the bucket, without a trailing slash
    std::atomic<std::int64_t> decalage_{}; // seconds from our clock to theirs
    std::mutex mutex_;
    std::vector<void*> libres_;
};

} // namespace piece::s3
