// Password hashing behind a gate: argon2id takes 64 MiB and a tenth of a second, so at most two run at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace compte {

/// Nothing when the gate stayed closed for five seconds: answer 503.
std::optional<std::string> hacher(std::string_view mot_de_passe);
/// Whether the password is the one of this digest. An empty digest (no such account, or not activated) costs
/// the same time and gives false. Nothing when the gate stayed closed.
std::optional<bool> verifier(std::string_view empreinte, std::string_view mot_de_passe);

} // namespace compte
