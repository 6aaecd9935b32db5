// The e-mail that gives a lost follow-up link back. Those that each decision sends are in
// signalement/courriels.hpp.
#pragma once

#include <string>
#include <string_view>

#include "courrier/courrier.hpp"

namespace signalement::suivi_deposant {

/// To whom, about what. No address and no désordre: this e-mail answers somebody who is not yet recognised.
struct Adressage {
    std::string email;
    std::string nom; // « Claire Lefebvre »; empty: « Bonjour, »
    std::string signalement;
    std::string reference;
    std::string territoire;
    std::string lien; // absolute: lien_de_suivi(config.base_url(), jeton)
};
std::string lien_de_suivi(std::string_view base_url, std::string_view jeton);

courrier::Courriel lien_retrouve(const Adressage&);

} // namespace signalement::suivi_deposant
