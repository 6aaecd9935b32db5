// The messages of the applicant's account and of a demande deposited online. Pure: values in, messages out.
// A subject names nobody and holds no code.
#pragma once

#include <string>
#include <string_view>

#include "courrier/courrier.hpp"

namespace demande::portail::courriels {

inline constexpr std::string_view gabarit_code = "code_demandeur";
/// The same message whether the mailbox has an account or not.
courrier::Courriel code(std::string courriel, std::string_view code);

} // namespace demande::portail::courriels
