// Writing an exchange file, one demande at a time.
#pragma once

#include <string>
#include <string_view>

#include "demande/echange/format.hpp"

namespace demande::echange {

/// The beginning of a file, its header included. `date`: ISO-8601, with an hour.
std::string debut_du_fichier(std::string_view date, std::string_view type = {},
                             std::string_view version = "02.00");
/// A demande (« demandeLogement ») in its place in the file.
std::string ecrire_demande(const Element&);
std::string fin_du_fichier();

/// A demande alone, as it is kept beside ours; and read back.
std::string en_texte(const Element&);
Element de_texte(std::string_view);

} // namespace demande::echange
