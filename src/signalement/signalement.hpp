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
#include "compte/compte.hpp"
#include "signalement/desordre/catalogue.hpp"
#include "signalement/desordre/criticite.hpp"

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
    {Profil::Locataire, "locataire", "Locataire ou personne hébergée"},
    {Profil::ProprietaireOccupant, "proprietaire_occupant", "Propriétaire occupant"},
    {Profil::Proche, "proche", "Proche de la personne qui y habite"},
    {Profil::Voisin, "voisin", "Voisine ou voisin"},
    {Profil::Bailleur, "bailleur", "Bailleur"},
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

/// The answer to a question one may not know how to answer; its names are desordre::reponses.
using desordre::Reponse;

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

/// What is known of the dwelling and its household beyond what the désordres are judged by
/// (desordre::LogementDecrit).
struct Logement {
    std::string nature_autre;
    std::optional<Reponse> social;
    std::optional<int> annee_construction;
    std::optional<Reponse> bail;
    std::optional<std::int64_t> loyer_centimes;
    std::optional<Allocation> allocation;
    std::string numero_allocataire;
    std::string vulnerabilite; // why somebody there is fragile, in the depositor's words
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

/// Since when things have been wrong.
enum class Debut { MoinsUnMois, UnASixMois, SixADouzeMois, UnADeuxAns, PlusDeDeuxAns, NeSaitPas };

inline constexpr base::Name<Debut> debuts[] = {
    {Debut::MoinsUnMois, "moins_1_mois", "Moins d’un mois"},
    {Debut::UnASixMois, "1_a_6_mois", "Entre un et six mois"},
    {Debut::SixADouzeMois, "6_a_12_mois", "Entre six mois et un an"},
    {Debut::UnADeuxAns, "1_a_2_ans", "Entre un et deux ans"},
    {Debut::PlusDeDeuxAns, "plus_2_ans", "Plus de deux ans"},
    {Debut::NeSaitPas, "nsp", "Je ne sais pas"},
};

/// A file attached to a signalement. What it holds is the piece slice's business.
struct PieceJointe {
    std::string piece;
    std::string desordre; // slug of the critère it shows; empty: the dwelling as a whole, or a document
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
    desordre::LogementDecrit decrit;
    Logement logement;
    Demarches demarches;
    std::string description;
    std::optional<Debut> debut;
    std::optional<Reponse> constate; // the depositor has seen the désordres with their own eyes
    bool danger_declare = false;     // the depositor says that somebody is in danger now
    bool danger = false;             // declared, or one of the désordres is dangerous by itself
    bool vacant = false;
    bool doublon_possible = false; // others at the same address: open within 90 days, or many the same day
    desordre::Gravite gravite = desordre::Gravite::Faible;
    desordre::Score criticite; // the State's score, for comparison only
};

/// What the désordres need to know of the insurance: was it told.
constexpr std::optional<Reponse> assurance_contactee(std::optional<Assurance> a)
{
    if (!a) return std::nullopt;
    switch (*a) {
    case Assurance::Prevenue:
        return Reponse::Oui;
    case Assurance::NonPrevenue:
    case Assurance::SansAssurance:
        return Reponse::Non;
    case Assurance::NeSaitPas:
        return Reponse::Nsp;
    }
    throw base::Bug{"assurance without an answer"};
}

/// The same for the housing benefit.
constexpr std::optional<Reponse> allocataire(std::optional<Allocation> a)
{
    if (!a) return std::nullopt;
    switch (*a) {
    case Allocation::Caf:
    case Allocation::Msa:
        return Reponse::Oui;
    case Allocation::Aucune:
        return Reponse::Non;
    case Allocation::NeSaitPas:
        return Reponse::Nsp;
    }
    throw base::Bug{"allocation without an answer"};
}

/// The person who lives in the dwelling, whether or not they are the depositor.
inline const Personne& contact_occupant(const Signalement& s)
{
    return s.occupant ? s.occupant->contact : s.declarant.contact;
}

/// Whether somebody else than the depositor lives there, who knows of the report and agreed to be contacted.
inline bool occupant_d_accord(const Signalement& s)
{
    return s.occupant && s.occupant->prevenu && !s.vacant;
}

/// Whether they are written to, in a mailbox of their own: they follow the report as the depositor does.
inline bool occupant_suit(const Signalement& s)
{
    return occupant_d_accord(s) && !s.occupant->contact.email.empty() &&
           compte::plier_email(s.occupant->contact.email) != compte::plier_email(s.declarant.contact.email);
}

/// « 12 rue des Carmes, 76000 Rouen »
inline std::string adresse_en_une_ligne(const Adresse& a)
{
    return (a.libelle.empty() ? std::string{} : a.libelle + ", ") + a.code_postal + " " + a.commune;
}

} // namespace signalement
