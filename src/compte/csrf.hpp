// Anti-forgery tokens: a keyed digest of the caller's cookie. Pure but for the salt; nothing is stored per
// visitor.
#pragma once

#include <string>
#include <string_view>

namespace compte {

/// Token for forms, bound to `cookie` (the value of the session cookie, else of the visitor cookie): a salt
/// and the HMAC of salt and cookie. Differs at each call, so that compression never reveals it.
std::string csrf_pour(std::string_view secret, std::string_view cookie);
/// Whether `jeton` was made by csrf_pour for this cookie. False when either is empty.
bool verifier_csrf(std::string_view secret, std::string_view cookie, std::string_view jeton);
/// A new value for the visitor cookie.
std::string nouveau_visiteur();

} // namespace compte
