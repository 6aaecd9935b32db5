// Anti-forgery tokens: salt.hmac(secret, salt|cookie).
#include "compte/csrf.hpp"

#include "base/crypto.hpp"

namespace compte {
namespace {

std::string signature(std::string_view secret, std::string_view sel, std::string_view cookie)
{
    std::string message = "csrf|";
    message.append(sel).append("|").append(cookie);
    return base::hmac_hex(secret, message);
}

} // namespace

std::string csrf_pour(std::string_view secret, std::string_view cookie)
{
    const std::string sel = base::random_token(9);
    return sel + "." + signature(secret, sel, cookie);
}

bool verifier_csrf(std::string_view secret, std::string_view cookie, std::string_view jeton)
{
    const auto point = jeton.find('.');
    if (secret.empty() || cookie.empty() || jeton.size() > 200 || point == std::string_view::npos)
        return false;
    return base::same_secret(signature(secret, jeton.substr(0, point), cookie), jeton.substr(point + 1));
}

std::string nouveau_visiteur()
{
    return base::random_token(24);
}

} // namespace compte
