// Password hashing behind a gate: argon2id takes 64 MiB and a tenth of a second, so a few threads do nothing
// else and give way to the others: a flood of logins slows logins only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace compte {

/// Nothing when its turn did not come within five seconds: answer 503.
std::optional<std::string> hacher(std::string_view mot_de_passe);
/// Whether the password is the one of this digest. An empty digest (no such account, or not activated) costs
/// the same time and gives false. Nothing when its turn did not come.
std::optional<bool> verifier(std::string_view empreinte, std::string_view mot_de_passe);

} // namespace compte
