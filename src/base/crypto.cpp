// libsodium behind a few names; nothing of our own.
#include "base/crypto.hpp"

#include <sodium.h>

#include <stdexcept>

namespace base {

namespace {

std::string hex(const unsigned char* bytes, std::size_t n)
{
    std::string out(n * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes, n);
    out.resize(n * 2);
    return out;
}

// libsodium refuses a null pointer, which is what an empty view may hold.
const unsigned char* bytes_of(std::string_view s)
{
    return reinterpret_cast<const unsigned char*>(s.data() == nullptr ? "" : s.data());
}

} // namespace

void init_crypto()
{
    if (sodium_init() < 0) throw std::runtime_error{"libsodium cannot be initialised"};
}

std::string random_token(std::size_t n)
{
    std::string raw(n, '\0');
    randombytes_buf(raw.data(), raw.size());
    std::string out(sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes_of(raw), n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.resize(out.size() - 1);
    return out;
}

std::string random_digits(std::size_t n)
{
    std::string out(n, '0');
    for (auto& c : out) c = static_cast<char>('0' + randombytes_uniform(10));
    return out;
}

std::string sha256_hex(std::string_view bytes)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes_of(bytes), bytes.size());
    return hex(digest, sizeof digest);
}

namespace {

crypto_hash_sha256_state* state_of(unsigned char* bytes)
{
    return reinterpret_cast<crypto_hash_sha256_state*>(bytes);
}

} // namespace

Sha256::Sha256()
{
    static_assert(sizeof(state_) == sizeof(crypto_hash_sha256_state));
    crypto_hash_sha256_init(state_of(state_));
}

void Sha256::add(std::string_view bytes)
{
    crypto_hash_sha256_update(state_of(state_), bytes_of(bytes), bytes.size());
}

std::string Sha256::hex()
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state_of(state_), digest);
    return base::hex(digest, sizeof digest);
}

std::string hmac_bytes(std::string_view key, std::string_view message)
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size());
    std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
}

std::string base64(std::string_view bytes)
{
    std::string out(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    out.pop_back(); // the terminating zero
    return out;
}

std::optional<std::string> unbase64(std::string_view text)
{
    std::string out(text.size() / 4 * 3, '\0');
    std::size_t length = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(),
                          nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
        return std::nullopt;
    out.resize(length);
    return out;
}

std::string hmac_hex(std::string_view key, std::string_view message)
{
    const auto digest = hmac_bytes(key, message);
    return hex(bytes_of(digest), digest.size());
}

std::string seal(std::string_view key, std::string_view message)
{
    const auto derived = hmac_bytes(key, "seal");
    std::string out(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + message.size(), '\0');
    auto* const nonce = reinterpret_cast<unsigned char*>(out.data());
    randombytes_buf(nonce, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(nonce + crypto_secretbox_NONCEBYTES, bytes_of(message), message.size(), nonce,
                          bytes_of(derived));
    return hex(bytes_of(out), out.size());
}

std::optional<std::string> unseal(std::string_view key, std::string_view sealed)
{
    constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    std::string raw(sealed.size() / 2, '\0');
    std::size_t n = 0;
    if (sodium_hex2bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), sealed.data(), sealed.size(),
                       nullptr, &n, nullptr) != 0 ||
        n * 2 != sealed.size() || n < overhead)
        return std::nullopt;
    const auto derived = hmac_bytes(key, "seal");
    std::string message(n - overhead, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(message.data()),
                                   bytes_of(raw) + crypto_secretbox_NONCEBYTES,
                                   n - crypto_secretbox_NONCEBYTES, bytes_of(raw), bytes_of(derived)) != 0)
        return std::nullopt;
    return message;
}

bool same_secret(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password)
{
    std::string out(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(),
                              crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc{};
    out.resize(out.find('\0'));
    return out;
}

bool check_password(std::string_view hash, std::string_view password)
{
    if (hash.size() >= crypto_pwhash_STRBYTES) return false;
    const std::string terminated{hash};
    return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

} // namespace base
