// The taxonomy of désordres: zones, catégories, critères and précisions, and how the answers of the deposit
// form become précisions. Pure: no database, no clock, no HTML. What a précision is worth is in
// criticite.hpp.
//
// Slugs and coefficients are those of the State's Signal Logement (they are the wire values of its API);
// labels are ours. A form that offers a critère loops over sous_questions(); whatever it posts,
// precisions_de() answers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"

namespace signalement::desordre {

enum class Zone { Batiment, Logement };

inline constexpr base::Name<Zone> zones[] = {
    {Zone::Batiment, "BATIMENT", "Le bâtiment et ses parties communes"},
    {Zone::Logement, "LOGEMENT", "L’intérieur du logement"},
};

/// The procedures a précision may lead to. Danger and Suroccupation are not carried by précisions: they
/// follow from flags.
enum class Qualification : std::uint8_t {
    NonDecence,
    Rsd,
    MiseEnSecuritePeril,
    Insalubrite,
    NonDecenceEnergetique,
    Salete,
    Assurantiel,
    Danger,
    Suroccupation,
};

inline constexpr base::Name<Qualification> qualifications[] = {
    {Qualification::NonDecence, "NON_DECENCE", "Non-décence"},
    {Qualification::Rsd, "RSD", "Infraction au règlement sanitaire départemental"},
    {Qualification::MiseEnSecuritePeril, "MISE_EN_SECURITE_PERIL", "Mise en sécurité (péril)"},
    {Qualification::Insalubrite, "INSALUBRITE", "Insalubrité"},
    {Qualification::NonDecenceEnergetique, "NON_DECENCE_ENERGETIQUE", "Non-décence énergétique"},
    {Qualification::Salete, "SALETE", "Saleté ou accumulation (incurie)"},
    {Qualification::Assurantiel, "ASSURANTIEL", "Dégât des eaux à déclarer à l’assurance"},
    {Qualification::Danger, "DANGER", "Danger"},
    {Qualification::Suroccupation, "SUROCCUPATION", "Suroccupation"},
};

/// A set of qualifications, small enough for a constexpr table.
class Qualifications {
public:
    constexpr Qualifications() = default;
    constexpr Qualifications(Qualification q) : bits_(bit(q)) {}
    [[nodiscard]] constexpr bool has(Qualification q) const { return (bits_ & bit(q)) != 0; }
    constexpr Qualifications operator|(Qualifications other) const
    {
        Qualifications r;
        r.bits_ = static_cast<std::uint16_t>(bits_ | other.bits_);
        return r;
    }
    constexpr bool operator==(const Qualifications&) const = default;

private:
    static constexpr std::uint16_t bit(Qualification q)
    {
        return static_cast<std::uint16_t>(1U << static_cast<unsigned>(q));
    }
    std::uint16_t bits_ = 0;
};

/// What is asked once a critère is ticked. sous_questions() turns the kind into fields to show.
enum class Question {
    Aucune,                  // one précision: nothing to ask
    Pieces,                  // which rooms
    PiecesEtNettoyage,       // which rooms, and was the ventilation cleaned
    PiecesEtDiagnosticPlomb, // which rooms, and does a diagnostic say so
    OuiNonNsp,               // one closed question, written on the critère's row
    ApparitionNuisibles,     // before or after moving in
    Humidite,                // machine, mould that comes back, leak
    Sol,                     // floor damaged, or giving way
    Escalier,                // still usable, or dangerous
    DeduiteToit,             // nothing to ask: follows from the type of dwelling
    DeduiteInfiltration,     // idem
    Plafond,                 // which rooms, and how high
    Composition,             // never ticked: precisions_de_composition() finds it
};

/// A heading under which critères are ticked.
struct Categorie {
    std::string_view slug;
    Zone zone;
    std::string_view libelle; // « Humidité et moisissures »
    std::string_view aide;    // what is found below, in one sentence
};

/// One thing a tenant or an agent can tick.
struct Critere {
    std::string_view slug;
    std::string_view categorie;
    Zone zone;
    std::string_view libelle;
    Question question = Question::Aucune;
    std::string_view nom_question = {}; // OuiNonNsp: name of the field (also the end of the précision's slug)
    std::string_view intitule = {};     // OuiNonNsp: the question itself
    std::string_view texte_libre = {};  // label of the free text this critère accepts; empty: none
};

/// What is kept and scored. `milliemes` is the State's coefficient × 1000, so that sums are exact.
struct Precision {
    std::string_view slug;
    std::string_view critere;
    std::string_view libelle; // completes the critère's: « dans la cuisine »; empty when there is only one
    int milliemes = 0;
    bool danger = false;
    bool insalubrite = false;
    bool suroccupation = false;
    bool exclusive = false; // excludes the other précisions of its critère (radio button in the State's API)
    Qualifications qualifications = {};
};

/// Every catégorie, critère and précision, in the order of the form (bâtiment first).
std::span<const Categorie> categories();
std::span<const Critere> criteres();
std::span<const Precision> precisions();

/// By slug; null when there is none.
const Categorie* find_categorie(std::string_view slug);
const Critere* find_critere(std::string_view slug);
const Precision* find_precision(std::string_view slug);

/// The critères of a catégorie, the précisions of a critère: contiguous in the tables.
std::span<const Critere> criteres_de(std::string_view categorie);
std::span<const Precision> precisions_du_critere(std::string_view critere);

/// « Le sol est glissant ou abîmé : dans la cuisine ».
std::string libelle_complet(const Precision&);

// ── What the deposit form collects
// ──────────────────────────────────────────────────────────────────────────────

enum class Reponse { Oui, Non, Nsp };
inline constexpr base::Name<Reponse> reponses[] = {
    {Reponse::Oui, "oui", "Oui"},
    {Reponse::Non, "non", "Non"},
    {Reponse::Nsp, "nsp", "Je ne sais pas"},
};

enum class Nature { Appartement, Maison, Autre };
inline constexpr base::Name<Nature> natures[] = {
    {Nature::Appartement, "appartement", "Un appartement"},
    {Nature::Maison, "maison", "Une maison individuelle"},
    {Nature::Autre, "autre", "Autre chose (caravane, local, chambre d’hôtel…)"},
};

enum class Etage { Rdc, DernierEtage, SousSol, Autre };
inline constexpr base::Name<Etage> etages[] = {
    {Etage::Rdc, "rdc", "Au rez-de-chaussée"},
    {Etage::DernierEtage, "dernier_etage", "Au dernier étage, sous le toit"},
    {Etage::SousSol, "sous_sol", "En sous-sol"},
    {Etage::Autre, "autre", "À un autre étage"},
};

/// Kitchen, bathroom, toilet: one question where the State's form asks two.
enum class Presence { DansLeLogement, Collective, Absente };
inline constexpr base::Name<Presence> presences[] = {
    {Presence::DansLeLogement, "dans_le_logement", "Oui, dans le logement"},
    {Presence::Collective, "collective", "Oui, mais partagée avec d’autres logements"},
    {Presence::Absente, "absente", "Non, il n’y en a pas"},
};

enum class Piece { PieceAVivre, Cuisine, SalleDeBain, Tout };
inline constexpr base::Name<Piece> pieces[] = {
    {Piece::PieceAVivre, "piece_a_vivre", "Une pièce à vivre (séjour, chambre)"},
    {Piece::Cuisine, "cuisine", "La cuisine ou le coin cuisine"},
    {Piece::SalleDeBain, "salle_de_bain", "La salle de bain ou les toilettes"},
    {Piece::Tout, "tout", "Tout le logement"},
};

/// The dwelling and its household as described. Everything is optional: an empty answer is « not told »,
/// never a zero. Instances are built from the deposit form, the back office or the API alike.
struct LogementDecrit {
    std::optional<Nature> nature;
    std::optional<Etage> etage;          // asked for an appartement
    std::optional<Reponse> sans_fenetre; // asked when etage is DernierEtage or SousSol: « aucune fenêtre ? »
    std::optional<bool> piece_unique;    // one single room to live, cook and sleep
    std::optional<int> superficie_dm2;   // hundredths of a square metre: 8,75 m² is 875
    std::optional<int> nombre_pieces;    // rooms to live in, without kitchen and bathroom
    std::optional<Reponse> piece_de_9_m2; // several rooms: is one of them at least 9 m²
    std::optional<Presence> cuisine;
    std::optional<Presence> salle_de_bain; // shower or bath
    std::optional<Presence> wc;
    std::optional<Reponse> wc_dans_cuisine; // asked when both are in the dwelling

    std::optional<int> personnes; // who live there
    std::optional<int> enfants;   // among them, minors
    std::optional<Reponse> enfant_moins_6_ans;
    std::optional<Reponse> personne_fragile; // elderly, disabled, pregnant or ill
    std::optional<Reponse> allocataire;      // receives a housing benefit (CAF or MSA)

    std::optional<Date> emmenagement;
    std::optional<Reponse> dpe;                 // was an energy diagnostic (DPE) made
    std::optional<Date> dpe_le;                 // or the first day of its year when only the year is known
    char classe_energetique = 0;                // 'A' to 'G'; 0: not told
    std::optional<int> consommation_kwh_par_m2; // final energy per m² and year
    std::optional<Reponse> assurance_contactee;
};

/// Who fills the form: critères about how an occupant keeps the dwelling are not asked to the occupant.
enum class Declarant { Occupant, Tiers };

struct Option {
    std::string_view slug;
    std::string_view libelle;
};

/// One field to show below a ticked critère. No field is compulsory: empty means « Je ne sais pas ».
struct SousQuestion {
    std::string_view nom; // last part of the field's name: "pieces", "nettoyage", "machine"…
    std::string_view intitule;
    std::string_view aide;
    bool plusieurs = false; // check boxes; otherwise radio buttons
    std::vector<Option> options;
};

/// A ticked critère and what was answered below it.
struct ReponseCritere {
    std::string critere;                                   // slug
    std::map<std::string, std::vector<std::string>> choix; // SousQuestion::nom → slugs of the options chosen
    std::string texte_libre = {};
};

struct ReponsesDesordres {
    std::vector<ReponseCritere> criteres;
};

/// Whether the form offers this critère for this dwelling to this person. Those of the fire brigade's form
/// (service_secours) and of the composition of the dwelling never are. A critère answered before the dwelling
/// was described otherwise still counts.
bool propose(const Critere&, const LogementDecrit&, Declarant);

/// What to ask below a ticked critère; empty when there is nothing to ask. In a dwelling of one room, rooms
/// are not asked; rooms that the dwelling has not are not offered.
std::vector<SousQuestion> sous_questions(const Critere&, const LogementDecrit&);

/// The answers without what is unknown: critères and options that do not exist, repeated critères, text where
/// none is accepted. For whatever comes from outside.
ReponsesDesordres nettoyees(ReponsesDesordres);

/// A précision kept for a report.
struct PrecisionChoisie {
    std::string slug;
    std::string texte_libre = {};
    std::vector<Piece> pieces = {}; // rooms it speaks of; empty when the critère does not ask
    bool presumee = false;          // a sub-question was left empty: the least serious reading was taken

    bool operator==(const PrecisionChoisie&) const = default;
};

/// The précisions of the critères ticked: at least one for each critère, whatever was left empty. Recomputed
/// whole from the answers each time: nothing stale remains when the description of the dwelling changes.
std::vector<PrecisionChoisie> precisions_de(const ReponsesDesordres&, const LogementDecrit&);

/// The précisions that follow from the dwelling itself: no window under the roof, less than 9 m², shared
/// kitchen, too many people for its size… What was not told never counts against it.
std::vector<PrecisionChoisie> precisions_de_composition(const LogementDecrit&);

/// What the depositor said, each thing once: of a critère left without its sub-question, the label alone. The
/// reading taken for it is the service's, and nobody's statement.
struct Declaration {
    std::string libelle;
    std::string texte_libre;

    bool operator==(const Declaration&) const = default;
};
std::vector<Declaration> declarations(const std::vector<PrecisionChoisie>&);

/// Both, in the order of the catalogue, without repetition: what a report keeps.
std::vector<PrecisionChoisie> toutes_les_precisions(const ReponsesDesordres&, const LogementDecrit&);

/// The whole taxonomy as a Markdown document, for the generated documentation.
std::string catalogue_markdown();

} // namespace signalement::desordre
