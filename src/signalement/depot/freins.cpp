// The keys under which the deposit counts (see freins.hpp). Pure.
#include "signalement/depot/freins.hpp"

#include <algorithm>

#include "base/expect.hpp"
#include "compte/compte.hpp"

namespace signalement::depot {

compte::Limite limite(Compteur compteur, std::string_view quoi)
{
    for (const auto& f : freins)
        if (f.compteur == compteur)
            return {"depot-" + std::string{f.cle} + "|" + std::string{quoi}, f.tentatives, f.secondes};
    throw base::Bug{"throttle without a row in its table"};
}

std::string boite(std::string_view email)
{
    auto out = compte::plier_email(email).value_or(std::string{email});
    const auto arobase = out.rfind('@');
    const auto plus = out.find('+');
    if (plus != std::string::npos && plus > 0 && plus < arobase && arobase != std::string::npos)
        out.erase(plus, arobase - plus);
    return out;
}

} // namespace signalement::depot
