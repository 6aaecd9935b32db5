// The organisations that act on a signalement: what they are, what they can do, where. Types and names only.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/names.hpp"
#include "base/result.hpp"

namespace partenaire {

/// What kind of organisation a partner is. It gives default competences, never rights.
enum class TypePartenaire {
    Adil,
    Ars,
    Association,
    BailleurSocial,
    CafMsa,
    Ccas,
    CommuneSchs,
    Conciliateurs,
    ConseilDepartemental,
    Ddets,
    DdtM,
    DispositifRenovationHabitat,
    Epci,
    OperateurVisitesEtTravaux,
    PoliceGendarmerie,
    Prefecture,
    Tribunal,
    Autre,
};

inline constexpr base::Name<TypePartenaire> types_partenaire[] = {
    {TypePartenaire::Adil, "adil", "Agence d’information sur le logement (ADIL)"},
    {TypePartenaire::Ars, "ars", "Agence régionale de santé (ARS)"},
    {TypePartenaire::Association, "association", "Association"},
    {TypePartenaire::BailleurSocial, "bailleur_social", "Bailleur social"},
    {TypePartenaire::CafMsa, "caf_msa", "CAF ou MSA"},
    {TypePartenaire::Ccas, "ccas", "Centre communal d’action sociale (CCAS)"},
    {TypePartenaire::CommuneSchs, "commune_schs", "Commune (mairie, service d’hygiène)"},
    {TypePartenaire::Conciliateurs, "conciliateurs", "Conciliation de justice ou commission de conciliation"},
    {TypePartenaire::ConseilDepartemental, "conseil_departemental", "Conseil départemental"},
    {TypePartenaire::Ddets, "ddets", "Direction de l’emploi, du travail et des solidarités (DDETS)"},
    {TypePartenaire::DdtM, "ddt_m", "Direction des territoires (DDT, DDTM)"},
    {TypePartenaire::DispositifRenovationHabitat, "dispositif_renovation_habitat",
     "Programme local de rénovation de l’habitat (Opah, PIG, espace conseil)"},
    {TypePartenaire::Epci, "epci", "Intercommunalité (EPCI)"},
    {TypePartenaire::OperateurVisitesEtTravaux, "operateur_visites_et_travaux",
     "Opérateur de visites et de travaux (Anah)"},
    {TypePartenaire::PoliceGendarmerie, "police_gendarmerie", "Police ou gendarmerie"},
    {TypePartenaire::Prefecture, "prefecture", "Préfecture"},
    {TypePartenaire::Tribunal, "tribunal", "Tribunal ou parquet"},
    {TypePartenaire::Autre, "autre", "Autre organisme"},
};

/// What a partner can do. The same 21 words qualify a signalement: the match of the two proposes partners.
enum class Competence {
    AccompagnementJuridique,
    AccompagnementSocial,
    AccompagnementTravaux,
    AideBailleurs,
    Arretes,
    Assurantiel,
    Conciliation,
    ConsignationAl,
    Dalo,
    Salete,
    Fsl,
    HebergementRelogement,
    Insalubrite,
    MiseEnSecuritePeril,
    NonDecence,
    NonDecenceEnergetique,
    Nuisibles,
    Rsd,
    Visites,
    Danger,
    Suroccupation,
};

inline constexpr base::Name<Competence> competences[] = {
    {Competence::AccompagnementJuridique, "accompagnement_juridique", "Conseil juridique"},
    {Competence::AccompagnementSocial, "accompagnement_social", "Accompagnement social du ménage"},
    {Competence::AccompagnementTravaux, "accompagnement_travaux", "Aide au montage de travaux"},
    {Competence::AideBailleurs, "aide_bailleurs", "Conseil aux bailleurs"},
    {Competence::Arretes, "arretes", "Prise et suivi d’arrêtés"},
    {Competence::Assurantiel, "assurantiel", "Sinistres et assurances"},
    {Competence::Conciliation, "conciliation", "Conciliation entre les parties"},
    {Competence::ConsignationAl, "consignation_al", "Conservation de l’allocation logement"},
    {Competence::Dalo, "dalo", "Droit au logement opposable (Dalo)"},
    {Competence::Salete, "salete", "Logement sale ou encombré, incurie"},
    {Competence::Fsl, "fsl", "Fonds de solidarité pour le logement (FSL)"},
    {Competence::HebergementRelogement, "hebergement_relogement", "Hébergement et relogement"},
    {Competence::Insalubrite, "insalubrite", "Insalubrité"},
    {Competence::MiseEnSecuritePeril, "mise_en_securite_peril", "Mise en sécurité (péril)"},
    {Competence::NonDecence, "non_decence", "Non-décence"},
    {Competence::NonDecenceEnergetique, "non_decence_energetique", "Non-décence énergétique"},
    {Competence::Nuisibles, "nuisibles", "Animaux nuisibles"},
    {Competence::Rsd, "rsd", "Règlement sanitaire et salubrité (RSD)"},
    {Competence::Visites, "visites", "Visites du logement"},
    {Competence::Danger, "danger", "Danger pour les occupants"},
    {Competence::Suroccupation, "suroccupation", "Suroccupation"},
};

/// Where a partner acts: the whole département, or the sum of EPCI and communes.
enum class GenrePerimetre { Departement, Epci, Commune };

inline constexpr base::Name<GenrePerimetre> genres_perimetre[] = {
    {GenrePerimetre::Departement, "departement", "Tout le département"},
    {GenrePerimetre::Epci, "epci", "Intercommunalité"},
    {GenrePerimetre::Commune, "commune", "Commune"},
};

/// One line of a perimeter. `code`: the territory's code, a SIREN of EPCI or an INSEE code.
struct Perimetre {
    GenrePerimetre genre = GenrePerimetre::Departement;
    std::string code;

    auto operator<=>(const Perimetre&) const = default;
};

struct Partenaire {
    Id<Partenaire> id;
    std::string territoire; // code of the département: "76", "2A", "69A"…
    std::string nom;
    TypePartenaire type = TypePartenaire::Autre;
    std::string email;     // mailbox of the service; may be empty
    std::string telephone; // E.164; may be empty
    std::string insee;     // for a commune or its CCAS: which one; else empty
    bool actif = true;
    int version = 1;
    std::vector<Competence> competences; // in the order of the table above
    std::vector<Perimetre> perimetre;    // empty: proposed nowhere
};

/// A place as partners see it. Arrondissements and merged communes are resolved by territoire beforehand.
struct Lieu {
    std::string territoire;
    std::string insee;
    std::string epci; // SIREN; empty for the few communes outside any EPCI
};

/// Competences a new partner of this type starts with; may be empty (association, police…).
std::span<const Competence> competences_par_defaut(TypePartenaire); // competences.cpp

/// What was typed on a partner's sheet.
struct FicheSaisie {
    std::string nom;
    std::string type; // slug
    std::string email;
    std::string telephone;
    std::vector<std::string> competences; // slugs
};
inline constexpr std::size_t nom_partenaire_max = 120;
/// Puts what was typed into the partner; what is wrong is returned and leaves the field as it was or empty.
FormErrors lire_fiche(Partenaire&, const FicheSaisie&); // fiche.cpp
/// The contacts alone, which the partner's own administrator may change.
void lire_coordonnees(Partenaire&, const std::string& email, const std::string& telephone, FormErrors&);

/// Whether the partner acts at this place.
bool couvre(const Partenaire&, const Lieu&); // perimetre.cpp

/// A partner the secretary may choose, and why it is proposed.
struct Proposition {
    const Partenaire* partenaire = nullptr; // points into the span given to proposer()
    bool couvre_le_lieu = false;
    std::vector<Competence> competences_communes; // with the suspected qualifications
    // Covers the place and answers a suspected qualification; a social landlord never is.
    bool recommande = false;
};

/// The active partners of the place's territory, the most relevant first: who covers the place, the commune
/// itself, then by number of competences in common, then by name. Those outside their perimeter come last.
std::vector<Proposition> proposer(std::span<const Partenaire>, const Lieu&,
                                  std::span<const Competence> soupconnees); // perimetre.cpp

} // namespace partenaire
