// One SMTP server, by libcurl: messages made of text and HTML, and what the server answered. Knows no outbox.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "courrier/courrier.hpp"

namespace courrier {

struct ServeurSmtp {
    std::string url; // smtp://host:port or smtps://host:port
    std::string identifiant;
    std::string mot_de_passe;
};

struct Message {
    std::string de;     // address
    std::string de_nom; // may be empty
    std::string a;      // address
    std::string objet;
    Instant date;
    std::string message_id; // without its angle brackets
    Corps corps;
    std::optional<Joint> joint = {};
    std::string requete = {}; // the request that caused it, if any: letters and digits
};

struct Reponse {
    enum class Remise {
        Acceptee,
        Reportee,     // try again later
        Refusee,      // this recipient or this content, for good (5xx)
        ServeurAbsent // nobody answers, or not to us: no use trying the next message now
    };
    Remise remise;
    std::string detail; // the server's own words
};

/// Keeps its connection from one message to the next. Not thread-safe.
class ClientSmtp {
public:
    /// Once `arret` is asked, a server that stays silent is left within a few seconds.
    explicit ClientSmtp(ServeurSmtp, std::stop_token arret = {});
    ~ClientSmtp();
    ClientSmtp(const ClientSmtp&) = delete;
    ClientSmtp& operator=(const ClientSmtp&) = delete;

    Reponse envoyer(const Message&);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A header value on one line or folded: RFC 2047 words when it is not plain ASCII. Control characters, and
/// so line breaks, never get through.
std::string en_tete(std::string_view texte);
/// Sat, 21 Nov 2026 08:30:00 +0000.
std::string date_rfc5322(Instant);

} // namespace courrier
