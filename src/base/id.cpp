// Time-ordered identifiers.
#include "base/id.hpp"

#include <sodium.h>

#include <array>

namespace base {

std::string new_id(Instant now)
{
    constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    std::array<unsigned char, 16> raw{};
    for (std::size_t i = 0; i < 6; ++i) raw[i] = static_cast<unsigned char>(now.ms >> (8 * (5 - i)));
    randombytes_buf(raw.data() + 6, 10);
    std::string out;
    out.reserve(26);
    // 128 bits in 26 groups of 5: the first group holds the 3 leading bits only.
    unsigned buffer = 0, bits = 2;
    for (const auto byte : raw) {
        buffer = (buffer << 8) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out += alphabet[(buffer >> bits) & 31];
        }
        buffer &= (1u << bits) - 1;
    }
    return out;
}

} // namespace base
