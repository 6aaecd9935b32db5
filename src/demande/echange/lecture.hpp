// Reading an exchange file, one demande at a time, in bounded memory: what is not well formed, not of the
// format or too large is refused with its line, its column and the reason. Decides nothing about demandes.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "demande/echange/format.hpp"

namespace demande::echange {

struct Refus {
    int ligne = 0, colonne = 0;
    std::string numero; // of the demande, once it was read
    std::string raison;
};

struct Limites {
    std::size_t octets = 64U << 20;
    int demandes = 50'000;
    std::size_t refus = 100; // said; reading stops there
};

struct Lecture {
    std::string version, type, date; // as written
    Instant date_du_fichier;
    int demandes = 0; // read, refused ones included
    std::vector<Refus> refus;
};

/// The next bytes of the file; empty at its end.
using Suite = std::function<std::string_view()>;
/// Takes each demande that the format accepts, in the order of the file. What it throws stops the reading.
using Prendre = std::function<void(Element&&)>;

Lecture lire_fichier(const Suite&, const Prendre&, const Limites& = {});
Lecture lire_fichier(std::string_view fichier, const Prendre&, const Limites& = {});

} // namespace demande::echange
