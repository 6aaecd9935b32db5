// The messages about a demande: who is told what, in which words. Pure: values in, messages out. A subject
// names nobody.
#pragma once

#include <string>

#include "courrier/courrier.hpp"
#include "demande/annonces.hpp"
#include "demande/attestation.hpp"
#include "demande/avertissement.hpp"
#include "demande/echeancier.hpp"

namespace demande::courriels {

/// What every message about a demande needs.
struct Sujet {
    std::string id, numero; // in groups
    std::string territoire, guichet, email;
    std::string nom;       // « Madame Maëlle Kerviel »
    std::string site = {}; // where the button of a notice leads, without the path
    int copie = 0;         // of the same message to another mailbox of the demande
};

inline constexpr std::string_view gabarit_attestation = "attestation_demande";
/// The attestation, attached.
courrier::Courriel attestation(const Sujet&, Date ancre, bool renouvelee, std::string pdf);

/// The notice that the end is near.
courrier::Courriel preavis(const Sujet&, const Jalons&, Date jour);
/// A reminder, or what the end of validity means.
courrier::Courriel rappel(const Sujet&, Etape, const Jalons&);
/// The end of the demande, or the month left to bring it back.
courrier::Courriel annonce(const Sujet&, const Annonce&, const Jalons&);

/// What a day brings, under a key of its own: an account of the facts, then what to do.
courrier::Courriel information(const Sujet&, std::string_view gabarit, std::string objet,
                               std::vector<std::string> phrases, std::string bouton, const std::string& cle);

/// Another demande of the same person ended into this one.
courrier::Courriel reunion(const Sujet&, const std::string& radiee, const Jalons&);
/// A warning: a registered letter says the same. `tout`: what it asks and why, for whom alone may read it.
courrier::Courriel avertissement(const Sujet&, const Avertissement&, bool tout);
/// Its delivery was noted: whoever did not receive it learns that a delay runs, and until when.
courrier::Courriel avertissement_remis(const Sujet&, const Avertissement&);

} // namespace demande::courriels
