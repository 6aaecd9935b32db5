// Messages as text and as HTML: sober markup, no style, no image, no table.
#pragma once

#include <string>
#include <string_view>

#include "courrier/courrier.hpp"

namespace courrier {

/// The content: blocks, then the reason why this person receives it. Throws base::Bug when the address of a
/// button is not http(s).
Corps rendre(const Courriel&);

/// Who runs the platform, as e-mails say it.
struct Signature {
    std::string plateforme; // « Logis »
    std::string contact;    // address that a human reads
};

/// The whole message, ready to leave: content, signature, « ne répondez pas ».
Corps signer(const Corps& contenu, std::string_view objet, const Signature&);

} // namespace courrier
