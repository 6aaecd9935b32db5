// Values to HTML: what an applicant reads and fills in of their demande. Decides nothing.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demande/avertissement.hpp"
#include "demande/candidature/propositions.hpp"
#include "demande/chiffres/estimation.hpp"
#include "demande/cotation/cotation.hpp"
#include "demande/espace/aide.hpp"
#include "demande/espace/avancement.hpp"
#include "demande/espace/gestes.hpp"
#include "demande/espace/store_espace.hpp"
#include "demande/reconnaissance.hpp"
#include "demande/store_pieces.hpp"
#include "demande/territoires.hpp"
#include "piece/piece.hpp"
#include "ui/components.hpp"

namespace demande::espace::views {

struct Saisie {
    const FormErrors* erreurs = nullptr;
    const ui::Values* valeurs = nullptr;
};

/// Which demande: the top of each screen.
struct De {
    std::string id, numero; // in groups
    std::string fuseau;
    // By mandate: under an address of their own, for somebody, and only so far.
    bool par_mandat = false;
    Pouvoirs pouvoirs = {true, true, true};
    std::string pour_qui;
    Date mandat_jusqu_au;
    Orientation ou; // where it is followed that day

    /// A page of the demande, at the address of whoever reads it.
    [[nodiscard]] ui::Url url(std::initializer_list<std::string_view> chemin = {}) const;
    [[nodiscard]] std::vector<ui::Link> fil() const;
};
/// Of somebody who acts by mandate: for whom, and that it is noted.
void dire_le_mandat(ui::Html&, const De&);

/// Once it is followed on another site: where, and what is still here; nothing before.
void dire_ou_elle_est_suivie(ui::Html&, const De&);
/// Where the demande is followed from now on, instead of what was asked for; what may still be read here.
std::string ailleurs(const ui::Chrome&, const De&);

struct Fiche {
    De de;
    std::string qui;
    Etat etat = Etat::Active;
    Date deposee_le;
    Avancement avancement;
    bool en_cours = false;         // the demande may still lead to a dwelling
    bool renouvelable = false;     // the rule would let it be renewed, or come back, today
    bool adresse_attendue = false; // declared, and not proved yet
    int rang = 0;                  // of whoever reads, among those who sign
    bool a_distance = false;
    std::vector<std::string> communes;
    std::vector<store::Ligne> derniers;        // events, the newest first
    std::vector<candidature::Suivi> logements; // for which it stands or stood
    chiffres::Estimation estimation;
    std::vector<cotation::Vue> cotations;
    std::vector<Reconnaissance> reconnaissances; // that count today
    std::vector<Avertissement> avertissements;   // that wait for an answer
    Date aujourd_hui;
};
std::string fiche(const ui::Chrome&, const Fiche&, std::string_view fait = {}, const Saisie& = {});

struct Histoire {
    De de;
    std::vector<store::Ligne> lignes;
    int page = 1, pages = 1;
    bool versions = false; // they may read what it said before
};
std::string histoire(const ui::Chrome&, const Histoire&);

struct Versions {
    De de;
    struct Ligne {
        demande::store::Version version;
        std::optional<std::vector<Difference>> differences; // with the one before; none: the first they read
    };
    std::vector<Ligne> lignes;       // newest first
    std::int64_t plus_anciennes = 0; // number to ask older ones before; 0: there are none
};
std::string versions(const ui::Chrome&, const Versions&);

/// The same for a codemandeur, whom alone it concerns.
std::string depart(const ui::Chrome&, const De&, const Saisie& = {}, std::string_view refus = {});
std::string renonciation(const ui::Chrome&, const De&, const Saisie& = {}, std::string_view refus = {});

// ── Documents ── views_pieces.cpp

struct Recue {
    demande::store::PieceDeposee piece;
    std::string libelle, de_qui;
    std::optional<piece::Piece> fichier;
    Validite validite = Validite::Valable;
    std::optional<Date> rappel_le = {}; // the day on which it is asked again
};
struct Pieces {
    De de;
    bool modifiable = false;
    std::vector<PieceADeposer> demandees;
    std::vector<Recue> recues;
};
std::string pieces(const ui::Chrome&, const Pieces&, std::string_view fait = {});
std::string ajout(const ui::Chrome&, const De&, const PieceADeposer&, const Saisie& = {});

// ── What was declared ── views_declaration.cpp

struct Situation {
    De de;
    bool modifiable = false;
    Reponses reponses;
    bool a_deux = false;
    std::vector<std::string> nirs; // masked
    int rang = 0;                  // of whoever reads, among those who sign
    bool a_distance = false;       // what tells where the others live is not theirs to read
    Date jour;
};
std::string situation(const ui::Chrome&, const Situation&);

struct EcranDeVolet {
    De de;
    const Volet* volet = nullptr;
    std::int64_t version = 1;
    Reponses actuelles; // what the demande says
    int rang = 0;       // of whoever writes, among those who sign
    bool pour_renouveler = false;
    bool depasse = false; // the demande changed meanwhile
    Date jour;
};
std::string volet(const ui::Chrome&, const EcranDeVolet&, const Saisie&);

/// The code of a mailbox that the applicant declared.
struct EcranDAdresse {
    De de;
    std::string courriel; // as typed; empty: no longer waited for
    bool pour_renouveler = false;
};
std::string adresse(const ui::Chrome&, const EcranDAdresse&, const Saisie& = {});

/// One part, read again for the renewal.
struct Relecture {
    De de;
    const Volet* volet = nullptr;
    int rang = 1, total = 1;       // of the step
    std::optional<Raison> suivant; // none: the confirmation
    Reponses reponses;
    bool modifiable = true;
    Date jour;
};
std::string relecture(const ui::Chrome&, const Relecture&, const Saisie& = {});

struct Renouvellement {
    De de;
    bool revient = false; // the demande had been stopped
    Date jusqu_au;        // of the new year
    std::string ancre;    // the year that ends: the same form sent again is told apart
    int total = 1;
};
std::string renouvellement(const ui::Chrome&, const Renouvellement&, const Saisie& = {});

} // namespace demande::espace::views
