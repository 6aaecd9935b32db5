// Randomness, digests and passwords, all by libsodium.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// Called once at start; throws when libsodium cannot be used.
void init_crypto();
/// n random bytes as URL-safe text without padding (n = 32 for a secret link).
std::string random_token(std::size_t bytes = 32);
/// n decimal digits, uniformly drawn.
std::string random_digits(std::size_t n);
/// Lower-case hexadecimal SHA-256.
std::string sha256_hex(std::string_view bytes);
/// The same of bytes that come piece by piece.
class Sha256 {
public:
    Sha256();
    void add(std::string_view bytes);
    /// Lower-case hexadecimal; to be called once.
    std::string hex();

private:
    alignas(8) unsigned char state_[104];
};
/// RFC 4648, with its padding.
std::string base64(std::string_view bytes);
/// What base64() was given; nothing for any other text.
std::optional<std::string> unbase64(std::string_view text);
/// Hexadecimal HMAC-SHA-256.
std::string hmac_hex(std::string_view key, std::string_view message);
/// The same as 32 raw bytes.
std::string hmac_bytes(std::string_view key, std::string_view message);
/// The message under this key, so that nobody without it can read it or change it; hexadecimal, different
/// each time.
std::string seal(std::string_view key, std::string_view message);
/// What seal() was given; nothing when it was sealed under another key, or changed since.
std::optional<std::string> unseal(std::string_view key, std::string_view sealed);
/// Equal in a time that does not depend on where they differ.
bool same_secret(std::string_view a, std::string_view b);
/// argon2id, 64 MiB, interactive cost: about 0.1 s of CPU. Run it on the login pool only.
std::string hash_password(std::string_view password);
bool check_password(std::string_view hash, std::string_view password);

} // namespace base
