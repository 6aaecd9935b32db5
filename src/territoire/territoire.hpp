// Where things are and who answers there: communes, territories, committees. Values only; no database, no
// clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"

namespace territoire {

struct Region {
    std::string code;
    std::string nom;
};

struct Departement {
    std::string code; // "76", "2A", "974"
    std::string nom;
    std::string region; // code
};

struct Epci {
    std::string siren;
    std::string nom;
    std::string type; // CC, CA, CU, METRO, MET69
};

struct Point {
    double lon = 0;
    double lat = 0;
};

enum class TypeCommune { Commune, Deleguee, Associee, Arrondissement };

inline constexpr base::Name<TypeCommune> types_commune[] = {
    {TypeCommune::Commune, "commune", "Commune"},
    {TypeCommune::Deleguee, "deleguee", "Commune déléguée"},
    {TypeCommune::Associee, "associee", "Commune associée"},
    {TypeCommune::Arrondissement, "arrondissement", "Arrondissement municipal"},
};

/// A commune of the official geographic code, or one of its parts.
struct Commune {
    std::string insee;
    std::string nom; // « Paris 15e Arrondissement » for a part
    TypeCommune type = TypeCommune::Commune;
    std::string rattachee_a; // INSEE code of the commune a part belongs to; empty for a commune
    std::string departement; // code
    std::string epci;        // SIREN; empty for the few communes without one and for parts
    std::vector<std::string> codes_postaux;
    std::int64_t population = 0; // 0 when not published (parts, some overseas communes)
    std::optional<Point> position;
};

/// What an INSEE code designates today: the commune that acts, and the part the code named when it is an
/// arrondissement, a déléguée or an associée.
struct Localisation {
    Commune commune;
    std::optional<Commune> partie;

    /// What a person calls the place: the part when there is one.
    [[nodiscard]] const std::string& nom() const { return partie ? partie->nom : commune.nom; }
    [[nodiscard]] const std::vector<std::string>& codes_postaux() const
    {
        return partie && !partie->codes_postaux.empty() ? partie->codes_postaux : commune.codes_postaux;
    }
    [[nodiscard]] const std::optional<Point>& position() const
    {
        return partie && partie->position ? partie->position : commune.position;
    }
};

/// A place after « à » and « de »: « à Rouen », « au Havre », « aux Andelys » ; « d’Elbeuf », « du Havre ».
std::string a_la_commune(std::string_view nom);
std::string de_la_commune(std::string_view nom);

/// Who may deposit in a territory.
enum class Phase { Fermee, Professionnels, Tous };

inline constexpr base::Name<Phase> phases[] = {
    {Phase::Fermee, "fermee", "Fermé"},
    {Phase::Professionnels, "professionnels", "Ouvert aux professionnels"},
    {Phase::Tous, "tous", "Ouvert à tout le monde"},
};

/// The contact block shown to depositors. Any part may be empty.
struct Contact {
    std::string telephone; // E.164 or a short number, as parse_phone gives it
    std::string email;
    std::string texte;    // « Agence départementale d’information sur le logement (ADIL 76) »
    std::string horaires; // « Du lundi au vendredi, de 9 h à 12 h »

    [[nodiscard]] bool empty() const { return telephone.empty() && email.empty() && texte.empty(); }
};

/// A département where reports are received. One that has no row is closed.
struct Territoire {
    std::string code; // of the département
    std::string nom;
    Phase phase = Phase::Fermee;
    std::string fuseau = "Europe/Paris"; // IANA zone: the days of its deadlines
    std::string comite_par_defaut;       // id; empty while there is no committee
    Contact contact;
    std::int64_t version = 1;
};

/// A comité local: its secretaries receive the reports of its perimeter.
struct Comite {
    std::string id;
    std::string territoire; // code
    std::string nom;
    Contact contact;
    std::int64_t version = 1;
};

enum class GenrePerimetre { Epci, Commune };

inline constexpr base::Name<GenrePerimetre> genres_perimetre[] = {
    {GenrePerimetre::Epci, "epci", "Intercommunalité"},
    {GenrePerimetre::Commune, "commune", "Commune"},
};

/// One row of a committee's perimeter: an EPCI (as far as it lies in the territory) or a commune.
struct Perimetre {
    std::string comite; // id
    GenrePerimetre genre = GenrePerimetre::Epci;
    std::string code; // SIREN or INSEE
};

/// Who answers for a place.
struct Ressort {
    Localisation lieu;
    Departement departement;
    std::optional<Territoire> territoire; // none: the département has not opened the service
    std::optional<Comite> comite;

    /// Code of the territory, known even while it is not opened.
    [[nodiscard]] const std::string& code_territoire() const { return departement.code; }
    [[nodiscard]] Phase phase() const { return territoire ? territoire->phase : Phase::Fermee; }
    /// The block to show: the committee's, else the territory's; empty when neither gave one.
    [[nodiscard]] Contact contact() const;
};

/// On whose behalf somebody reports, as far as opening is concerned.
enum class Public { Professionnel, Particulier };

// ── rules ──────────────────────────────────────────────────────────────────────────────────────────────────

/// The committee (id) a commune belongs to: the one whose perimeter names the commune, else its EPCI, else
/// the territory's default. Empty when the territory has none. (perimetre.cpp)
std::string comite_competent(const Territoire&, const Commune&, const std::vector<Perimetre>&);

/// May this kind of person deposit here? The refusal says why, and whom to call instead. (ouverture.cpp)
Result<base::Ok> autoriser_depot(const Ressort&, Public);
/// Same answer when only a phase and a contact are known.
Result<base::Ok> autoriser_depot(Phase, const std::string& nom_territoire, const Contact&, Public);
/// « Appelez le 02 35 00 00 00 (du lundi au vendredi, de 9 h à 12 h) ou écrivez à … »; the national help line
/// when the block is empty. (ouverture.cpp)
std::string en_phrase(const Contact&);

/// What an administrator typed for a contact block or a committee.
struct ContactSaisi {
    std::string telephone, email, texte, horaires;
};
/// The block, or what is wrong at which field. Every part may be left empty. (contact.cpp)
Contact lire_contact(const ContactSaisi&, FormErrors&);
/// The name of a committee, or what is wrong with it. (contact.cpp)
std::string lire_nom_de_comite(std::string_view typed, const std::vector<Comite>& autres, FormErrors&);

/// IANA time zone of a département: overseas ones are hours away from Paris. (fuseau.cpp)
std::string_view fuseau_du_departement(std::string_view code);
/// Code of the département an INSEE code belongs to, by its form alone: "76540" → "76", "2A004" → "2A",
/// "97411" → "974". (fuseau.cpp)
std::string departement_du_code(std::string_view insee);

} // namespace territoire
