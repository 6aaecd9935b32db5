// The answers of resumable uploads (tus 1.0.0), for any page that takes files. The page says whose they are
// and what becomes of them; the words are in tus.hpp, the bytes in televersements.hpp.
#pragma once

#include <functional>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/web.hpp"
#include "piece/televersements.hpp"

namespace piece::tus {

/// Where a visitor may add files: the page has checked it, for this very request.
struct Porte {
    std::string rattachement; // what the files will belong to: one draft's uploads are unknown to another
    std::string adresse;      // digest of the visitor's network address
    std::string collection;   // path to which a POST creates an upload
    /// Does with a whole file what the page does with one of its form: keeps it, or says why not. May be
    /// asked again for a file it has kept, when its answer was lost.
    std::function<FormErrors(const http::UploadedFile&, const http::Pairs& precisions)> attacher;
};

/// What this server speaks.
http::Response capacites();
/// A new upload, perhaps with its first bytes.
http::Response creer(Televersements&, const http::Request&, Porte, Instant maintenant);
/// HEAD, PATCH or DELETE of the upload of this name.
http::Response poursuivre(Televersements&, const http::Request&, const std::string& nom, Porte,
                          Instant maintenant);

} // namespace piece::tus
