// What a signalement is: values only. States and rights are in cycle.hpp, decisions in the files named after
// their verb, SQL in the stores.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/names.hpp"
#include "base/time.hpp"

namespace signalement {

enum class Statut { ATrier, EnCours, Refuse, Clos };

inline constexpr base::Name<Statut> statuts[] = {
    {Statut::ATrier, "a_trier", "À trier"},
    {Statut::EnCours, "en_cours", "En cours"},
    {Statut::Refuse, "refuse", "Refusé"},
    {Statut::Clos, "clos", "Clos"},
};

/// The two audiences of the form. A territory in phase 1 is open to professionals only.
enum class Public { Professionnel, Particulier };

/// Who deposits.
enum class Profil {
    AgentMunicipal,
    Ccas,
    TravailleurSocial,
    CafMsa,
    Association,
    AutreProfessionnel,
    Locataire,
    ProprietaireOccupant,
    Proche,
    Voisin,
    Bailleur,
};

inline constexpr base::Name<Profil> profils[] = {
    {Profil::AgentMunicipal, "agent_municipal", "Mairie ou service d’hygiène"},
    {Profil::Ccas, "ccas", "Centre communal d’action sociale (CCAS, CIAS)"},
    {Profil::TravailleurSocial, "travailleur_social", "Service social (Département, hôpital…)"},
    {Profil::CafMsa, "caf_msa", "CAF ou MSA"},
    {Profil::Association, "association", "Association"},
    {Profil::AutreProfessionnel, "autre_professionnel", "Autre professionnel (soins, aide à domicile…)"},
    {Profil::Locataire, "locataire", "J’en suis locataire, ou on m’y héberge"},
    {Profil::ProprietaireOccupant, "proprietaire_occupant", "J’en suis propriétaire et j’y habite"},
    {Profil::Proche, "proche", "J’aide la personne qui y habite (famille, ami)"},
    {Profil::Voisin, "voisin", "Je suis une voisine ou un voisin"},
    {Profil::Bailleur, "bailleur", "J’en suis propriétaire et je le loue"},
};

constexpr Public public_de(Profil p)
{
    switch (p) {
    case Profil::AgentMunicipal:
    case Profil::Ccas:
    case Profil::TravailleurSocial:
    case Profil::CafMsa:
    case Profil::Association:
    case Profil::AutreProfessionnel:
        return Public::Professionnel;
    case Profil::Locataire:
    case Profil::ProprietaireOccupant:
    case Profil::Proche:
    case Profil::Voisin:
    case Profil::Bailleur:
        return Public::Particulier;
    }
    throw base::Bug{"profil without a public"};
}

/// The depositor lives in the dwelling: there is no other occupant to describe.
constexpr bool est_occupant(Profil p)
{
    return p == Profil::Locataire || p == Profil::ProprietaireOccupant;
}

/// An answer to a question one may not know how to answer.
enum class Reponse { Oui, Non, NeSaitPas };

inline constexpr base::Name<Reponse> reponses_fermees[] = {
    {Reponse::Oui, "oui", "Oui"},
    {Reponse::Non, "non", "Non"},
    {Reponse::NeSaitPas, "nsp", "Je ne sais pas"},
};

enum class StatutOccupant { Locataire, Proprietaire, Heberge, Inconnu };

inline constexpr base::Name<StatutOccupant> statuts_occupant[] = {
    {StatutOccupant::Locataire, "locataire", "Locataire"},
    {StatutOccupant::Proprietaire, "proprietaire", "Propriétaire de son logement"},
    {StatutOccupant::Heberge, "heberge", "Hébergée par quelqu’un, ou sans titre"},
    {StatutOccupant::Inconnu, "inconnu", "Je ne sais pas"},
};

enum class TypeBailleur { Particulier, Organisme, Social };

inline constexpr base::Name<TypeBailleur> types_bailleur[] = {
    {TypeBailleur::Particulier, "particulier", "Un particulier"},
    {TypeBailleur::Organisme, "organisme", "Une société, une agence ou une autre organisation"},
    {TypeBailleur::Social, "social", "Un bailleur social (HLM)"},
};

enum class MoyenContact { Courrier, Email, Telephone, Sms, Autre };

inline constexpr base::Name<MoyenContact> moyens_contact[] = {
    {MoyenContact::Courrier, "courrier", "Par courrier"},
    {MoyenContact::Email, "email", "Par courriel"},
    {MoyenContact::Telephone, "telephone", "Par téléphone"},
    {MoyenContact::Sms, "sms", "Par SMS"},
    {MoyenContact::Autre, "autre", "Autrement"},
};

enum class Nature { Appartement, Maison, Autre };

inline constexpr base::Name<Nature> natures[] = {
    {Nature::Appartement, "appartement", "Un appartement"},
    {Nature::Maison, "maison", "Une maison"},
    {Nature::Autre, "autre", "Autre chose (caravane, garage, local…)"},
};

/// Where a flat stands in its building.
enum class Niveau { SousSol, Rdc, Intermediaire, DernierEtage, SousCombles };

inline constexpr base::Name<Niveau> niveaux[] = {
    {Niveau::SousSol, "sous_sol", "En sous-sol ou en cave"},
    {Niveau::Rdc, "rdc", "Au rez-de-chaussée"},
    {Niveau::Intermediaire, "intermediaire", "À un étage"},
    {Niveau::DernierEtage, "dernier_etage", "Au dernier étage"},
    {Niveau::SousCombles, "sous_combles", "Sous les toits (combles, mansarde)"},
};

/// Kitchen, bathroom or toilet: in the dwelling, shared with neighbours, or missing.
enum class Commodite { Privee, Partagee, Absente, NeSaitPas };

inline constexpr base::Name<Commodite> commodites[] = {
    {Commodite::Privee, "privee", "Oui, dans le logement"},
    {Commodite::Partagee, "partagee", "Non, mais il y en a à partager dans l’immeuble"},
    {Commodite::Absente, "absente", "Non, il n’y en a pas"},
    {Commodite::NeSaitPas, "nsp", "Je ne sais pas"},
};

enum class Allocation { Caf, Msa, Aucune, NeSaitPas };

inline constexpr base::Name<Allocation> allocations[] = {
    {Allocation::Caf, "caf", "Oui, de la CAF"},
    {Allocation::Msa, "msa", "Oui, de la MSA"},
    {Allocation::Aucune, "non", "Non"},
    {Allocation::NeSaitPas, "nsp", "Je ne sais pas"},
};

enum class Assurance { Prevenue, NonPrevenue, SansAssurance, NeSaitPas };

inline constexpr base::Name<Assurance> assurances[] = {
    {Assurance::Prevenue, "prevenue", "Oui"},
    {Assurance::NonPrevenue, "non_prevenue", "Non"},
    {Assurance::SansAssurance, "sans_assurance", "Le logement n’est pas assuré"},
    {Assurance::NeSaitPas, "nsp", "Je ne sais pas"},
};

struct Adresse {
    std::string libelle; // « 12 rue des Carmes »: number and street only
    std::string code_postal;
    std::string commune;
    std::string insee;
    std::optional<std::string> ban_id; // key of the national address base, when the address was recognised
    std::optional<double> lon, lat;
    std::string etage, escalier, porte, autre; // complements, empty when not given
};

struct Personne {
    std::string nom, prenom;
    std::string email;     // empty when not given
    std::string telephone; // E.164, empty when not given
};

struct Declarant {
    Profil profil = Profil::AgentMunicipal;
    std::string organisation; // professionals, and a landlord that is a company
    Personne contact;
    std::string lien; // what a relative or neighbour says of their link with the occupant
};

struct Occupant {
    Personne contact;
    std::optional<StatutOccupant> statut;
    bool prevenu = false; // knows of this report and agrees to be contacted by the platform
};

struct Bailleur {
    std::optional<TypeBailleur> type;
    std::string nom, email, telephone, adresse;
    std::optional<Reponse> prevenu;
    std::string prevenu_mois; // YYYY-MM
    std::optional<MoyenContact> prevenu_moyen;
    std::string reponse;
};

struct Logement {
    std::optional<Nature> nature;
    std::string nature_autre;
    std::optional<Niveau> niveau;
    std::optional<Reponse> sans_fenetre; // basement or attic: no room to live in has a window
    std::optional<bool> piece_unique;
    std::optional<int> pieces;
    std::optional<int> surface_dm2;                   // 850 is 8,5 m²
    std::optional<Reponse> piece_de_neuf_m2;          // one room at least has 9 m²
    std::optional<Commodite> cuisine, sanitaires, wc; // sanitaires: shower or bath
    std::optional<Reponse> wc_dans_la_cuisine;
    std::optional<Reponse> social;
    std::optional<int> annee_construction;
    std::optional<Reponse> dpe;
    std::optional<std::string> dpe_classe; // A to G
    std::optional<Reponse> dpe_avant_2023; // made before 2023
    std::optional<int> consommation_kwh;   // kWh of final energy per m² and year, when the DPE says so
    std::optional<Reponse> bail;
    std::optional<Date> entree_le;
    std::optional<std::int64_t> loyer_centimes;
    std::optional<Allocation> allocation;
    std::string numero_allocataire;
};

struct Menage {
    std::optional<int> personnes;
    std::optional<int> enfants;
    std::optional<Reponse> enfant_moins_de_six_ans;
    std::string vulnerabilite;
};

struct Demarches {
    std::optional<Reponse> travailleur_social;
    std::string structure_sociale;
    std::optional<Assurance> assurance;
    std::string reponse_assurance;
    std::optional<Reponse> demande_relogement;
    std::optional<Reponse> veut_partir;
    std::optional<Reponse> preavis_depose;
    std::optional<Reponse> visite_acceptee;            // consents to be visited
    std::optional<Reponse> bailleur_peut_etre_prevenu; // consents to the landlord being told
};

/// One thing that is wrong, at the grain of the taxonomy (see desordre/catalogue.hpp).
struct DesordreSignale {
    std::string precision; // slug
    std::string critere;   // slug
    std::string zone;      // "batiment" or "logement"
    std::string pieces;    // slugs of rooms separated by spaces, empty when rooms do not matter
    std::string texte;     // free words, for the critères that ask for some
};

/// A file attached to a signalement. What it holds is the piece slice's business.
struct PieceJointe {
    std::string piece;
    std::string desordre; // slug of the critère it shows; empty: the dwelling as a whole
    Instant ajoute_le;
};

struct Signalement {
    Id<Signalement> id;
    std::string reference;             // 76-2026-000123
    std::string territoire;            // code of the département
    std::optional<std::string> comite; // none: the default of the territory
    Statut statut = Statut::ATrier;
    std::int64_t version = 1;
    Instant depose_le;
    std::optional<Instant> valide_le, refuse_le, clos_le;
    std::optional<std::string> motif_slug, motif_texte; // of the refusal or of the closure

    Adresse adresse;
    Declarant declarant;
    std::optional<Occupant> occupant; // none when the depositor lives there
    Bailleur bailleur;
    Logement logement;
    Menage menage;
    Demarches demarches;
    std::string description;
    bool danger_declare = false; // the depositor says that somebody is in danger now
    bool danger = false;         // declared, or one of the désordres is dangerous by itself
    bool vacant = false;
    bool doublon_possible = false; // another open report at the same address within 90 days
    std::string gravite;           // slug, see desordre/score.hpp
    int criticite_millieme = 0, criticite_batiment_millieme = 0, criticite_logement_millieme = 0;
};

/// The person who lives in the dwelling, whether or not they are the depositor.
inline const Personne& contact_occupant(const Signalement& s)
{
    return s.occupant ? s.occupant->contact : s.declarant.contact;
}

/// « 12 rue des Carmes, 76000 Rouen »
inline std::string adresse_en_une_ligne(const Adresse& a)
{
    return (a.libelle.empty() ? std::string{} : a.libelle + ", ") + a.code_postal + " " + a.commune;
}

} // namespace signalement
