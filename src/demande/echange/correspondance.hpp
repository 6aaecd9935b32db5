// What an exchanged demande and the answers of our form have in common, both ways. Pure: the map of France is
// a parameter, and what the form does not ask stays in the document.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "demande/echange/format.hpp"
#include "demande/reponses.hpp"

namespace demande::echange {

/// INSEE codes and names; empty when there is none.
struct Communes {
    std::function<std::string(std::string_view insee)> nom;
    std::function<std::string(std::string_view nom, std::string_view code_postal)> code;
};

/// The answers, with what the document says laid over them. What it does not mention stays as it is; a list
/// that it gives is whole. An answer that says the same in more detail stays too.
Reponses superposer(const Reponses& actuelles, const Element& document, const Communes&);
/// INSEE codes of the communes it asks for, first choice first; nothing when it does not say.
std::optional<std::vector<std::string>> communes_du_document(const Element&);

/// What is written of a demande besides its answers.
struct AEcrire {
    std::string numero;
    Date deposee_le;
    std::vector<std::string> communes; // INSEE codes, in order
};
/// The document: the one it was taken from, when there is one, with what changed since.
Element exporter(std::optional<Element> garde, const AEcrire&, const Reponses&, const Communes&);

} // namespace demande::echange
