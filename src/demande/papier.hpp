// What a guichet prints, as documents: values to values, no rule of their own. The words of a letter are
// here.
#pragma once

#include "demande/attestation.hpp"
#include "document/document.hpp"

namespace demande::imprimes {

/// The attestation as a letter to the applicant.
document::Document attestation(const Attestation&, const AttestationDe&);

} // namespace demande::imprimes
