// AWS Signature Version 4, pure: what a request to S3 must carry to be believed. Ours, since libcurl 7.88
// does not sort the query before it signs (curl issue 9717).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace piece::s3 {

using Paires = std::vector<std::pair<std::string, std::string>>;

struct Cles {
    std::string acces;
    std::string secret;
    std::string region;
};

struct Demande {
    std::string methode;
    std::string chemin;        // decoded, begins with '/'
    Paires parametres = {};    // decoded
    Paires entetes = {};       // names in lower case; Host is one of them
    std::string charge_sha256; // of the body
};

/// Value of the Authorization header. `instant` is 20130524T000000Z, and is also the header x-amz-date.
std::string autorisation(const Cles&, const Demande&, std::string_view instant);

/// RFC 3986: everything but letters, digits and -._~ as %XX; a path keeps its slashes.
std::string coder(std::string_view, bool garder_les_barres);
/// Query in canonical order, also the one to send: what is signed is what leaves.
std::string requete_canonique(Paires);

} // namespace piece::s3
