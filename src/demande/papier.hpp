// What a guichet prints, as documents: values to values, no rule of their own. The words of a letter are
// here.
#pragma once

#include "demande/attestation.hpp"
#include "document/document.hpp"

namespace demande::imprimes {

/// The attestation as a letter to the applicant.
document::Document attestation(const Attestation&, const AttestationDe&);

/// The notice as a letter, from what was kept of it.
struct LettreDePreavis {
    std::string numero; // in groups
    std::string guichet;
    std::vector<std::string> adresse;
    Date ancre, jour;
};
document::Document preavis(const LettreDePreavis&);

} // namespace demande::imprimes
