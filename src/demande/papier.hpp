// What a guichet prints, as documents: values to values, no rule of their own. The words of a letter are
// here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demande/accueil/accueil.hpp"
#include "demande/annonces.hpp"
#include "demande/attestation.hpp"
#include "demande/avertissement.hpp"
#include "document/document.hpp"

namespace demande::imprimes {

/// The attestation as a letter to the applicant.
document::Document attestation(const Attestation&, const AttestationDe&);

/// The guichet whose letter it is: who brings or writes something back goes there.
struct Expediteur {
    std::string nom;
    std::optional<accueil::Accueil> accueil = {}; // none: it does not say where it receives people
    // The guichet that follows the demande, when another one writes: its applicant is received there.
    std::string suivi_par = {};
    std::optional<accueil::Accueil> accueil_du_suivi = {};
};

/// The notice as a letter, from what was kept of it.
struct LettreDePreavis {
    std::string numero; // in groups
    Expediteur guichet;
    std::vector<std::string> adresse;
    Date ancre, jour;
    std::string site; // where to renew online
};
document::Document preavis(const LettreDePreavis&);

/// A reminder of the year, the removal, the month left: a letter of one page.
struct LettreDAnnonce {
    std::string numero; // in groups
    Expediteur guichet;
    std::vector<std::string> adresse;
    Date ancre, jour;
    std::string site;
    Annonce annonce;
};
document::Document annonce(const LettreDAnnonce&);

/// What a day brings to who has no mailbox.
struct LettreDInformation {
    std::string numero; // in groups
    Expediteur guichet;
    std::vector<std::string> adresse;
    Date jour;
    std::string site;
    std::string titre;
    std::vector<std::string> phrases;
};
document::Document information(const LettreDInformation&);

/// A warning before a removal, to be delivered against a proof.
struct LettreDAvertissement {
    std::string numero; // in groups
    Expediteur guichet;
    std::vector<std::string> adresse;
    Date jour;
    std::string site;
    Avertissement avertissement;
};
document::Document avertissement(const LettreDAvertissement&);

/// A letter that gives back the way to a demande: its number, or the code that opens it online.
struct LettreDAcces {
    Expediteur guichet;
    std::vector<std::string> adresse;
    Date jour;
    std::string site;
    std::string numero; // in groups; empty in the letter of a code
    std::string code;
};
document::Document acces(const LettreDAcces&);

} // namespace demande::imprimes
