// Whether two people look like the same one: what is shown before a demande is registered a second time.
// Pure.
#pragma once

#include <optional>
#include <string>

#include "base/names.hpp"
#include "base/time.hpp"

namespace demande {

/// How sure it is, from the surest.
enum class Ressemblance { MemeNir, MemeIdentite, Proche };

inline constexpr base::Name<Ressemblance> ressemblances[] = {
    {Ressemblance::MemeNir, "meme_nir", "Même numéro de sécurité sociale"},
    {Ressemblance::MemeIdentite, "meme_identite", "Mêmes nom, prénom et date de naissance"},
    {Ressemblance::Proche, "proche", "Identité proche"},
};

/// Names are folded (base::fold); `nir` is a digest, empty when it is not known.
struct Identite {
    std::string nom, prenom;
    std::optional<Date> naissance_le;
    std::string nir;
};

/// Nothing when they are two people as far as one can tell. A different name with the same NIR is the same
/// person; a letter or two apart, or a day and month swapped, is close.
std::optional<Ressemblance> comparer(const Identite&, const Identite&);

} // namespace demande
