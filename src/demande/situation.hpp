// Changing what a demande says, at any time (CCH R. 441-2-4, R. 441-2-6): its parts, from which paper an
// agent may change each, what differs between two versions, and what becomes of two changes made at once.
// Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"
#include "demande/formulaire.hpp"
#include "demande/questions.hpp"
#include "demande/reponses.hpp"

namespace demande {

/// Why there is a version.
enum class Raison {
    Enregistrement,
    Renouvellement,
    Separation,
    Menage,
    Identite,
    Coordonnees,
    Ressources,
    Logement,
    Souhait,
    SystemeNational,
};

inline constexpr base::Name<Raison> raisons[] = {
    {Raison::Enregistrement, "enregistrement", "Première version"},
    {Raison::Renouvellement, "renouvellement", "Renouvellement"},
    {Raison::Separation, "separation", "Séparation"},
    {Raison::Menage, "menage", "Ménage"},
    {Raison::Identite, "identite", "Identité du demandeur"},
    {Raison::Coordonnees, "coordonnees", "Coordonnées"},
    {Raison::Ressources, "ressources", "Travail et ressources"},
    {Raison::Logement, "logement", "Logement actuel et motifs"},
    {Raison::Souhait, "souhait", "Logement recherché et communes"},
    {Raison::SystemeNational, "systeme_national", "Fichier du système national"},
};

/// What an agent changes a demande from: never from hearsay (arrêté du 23 mars 2015, annexe, 4).
enum class Justificatif {
    Formulaire,
    Ecrit,
    Presence,
    Identite,
    EtatCivil,
    Justice,
    Autre,
    EnLigne,
    Fichier,
    Reunion
};

inline constexpr base::Name<Justificatif> justificatifs[] = {
    {Justificatif::Formulaire, "formulaire", "Formulaire de modification signé"},
    {Justificatif::Ecrit, "ecrit", "Courrier signé du demandeur"},
    {Justificatif::Presence, "presence", "Déclaration du demandeur, présent au guichet"},
    {Justificatif::Identite, "identite", "Pièce d’identité ou titre de séjour présenté"},
    {Justificatif::EtatCivil, "etat_civil", "Livret de famille ou acte d’état civil"},
    {Justificatif::Justice, "justice", "Jugement ou décision de justice"},
    {Justificatif::Autre, "autre", "Autre pièce de la liste réglementaire"},
    {Justificatif::EnLigne, "en_ligne", "Déclaré en ligne par le demandeur"},
    {Justificatif::Fichier, "fichier", "Fichier d’échange du système national"},
    {Justificatif::Reunion, "reunion", "Autre demande de la même personne, réunie à celle-ci"},
};
/// Those an agent may choose: what was declared online, came in a file or from another demande is not theirs
/// to say.
std::optional<Justificatif> justificatif_d_un_agent(std::string_view slug);
/// Whether a paper is enough to put another NIR in the place of one that is known.
bool prouve_un_nir(Justificatif);

/// Questions of a section; none named: all of them.
struct PartieDeVolet {
    std::string_view rubrique;
    std::span<const std::string_view> questions = {};
};

/// What is changed together, on one screen.
struct Volet {
    Raison raison;
    std::string_view aide; // what happens in a life that calls for it
    std::span<const PartieDeVolet> parties;
};

std::span<const Volet> volets();
/// By the slug of its reason; null when there is none.
const Volet* volet(std::string_view slug);
/// Whether a screen asks a question.
bool demande_la_question(const Volet&, const Rubrique&, const Question&);

/// A change that may be saved. Only `changer` makes one, and echange::decider from a file.
struct Changement {
    Raison raison;
    Justificatif justificatif;
    Enregistrement contenu;        // everything the demande says from now on
    std::vector<std::string> nirs; // fields of the NIRs given or corrected
};

/// The answers of one screen laid over what the demande says, or what to correct. A given NIR is in
/// `saisies`; an empty one keeps what is known. `nirs_connus`: the ranks of the adults whose NIR is.
Result<Changement, FormErrors> changer(const Reponses& actuelles, const Volet&, const Reponses& saisies,
                                       std::optional<Justificatif>, const Contexte&,
                                       const std::vector<int>& nirs_connus = {});
/// What the demande would say, before anything is checked.
Reponses appliquer(const Reponses& actuelles, const Volet&, const Reponses& saisies);
/// Whether somebody came on the demande or changed their identity: doubles are looked for again.
bool adultes_changes(const Reponses& avant, const Reponses& apres);
/// Whether a line of the form is still about the same person, so that what is known of them is kept.
bool meme_personne(const Reponses& avant, const Reponses& apres, const std::string& prefixe);

/// One answer that is not the same, in the words of the form.
struct Difference {
    std::string rubrique; // « Personne à charge 2 (Noé Traoré) »
    std::string question;
    std::string avant, apres; // empty: nothing was said
};

/// In the order of the form. `nirs`: the fields whose number changed, which nobody reads.
std::vector<Difference> differences(const Reponses& avant, const Reponses& apres,
                                    const std::vector<std::string>& nirs = {});

/// Two changes made from the same version, brought together.
struct Reunion {
    Reponses reponses;
    std::vector<std::string> disputees; // what both changed: the text just typed is kept, to be checked
};

/// `saisies` was typed over `base` while the demande became `actuelles`.
Reunion reunir(const Volet&, const Reponses& base, const Reponses& saisies, const Reponses& actuelles);

} // namespace demande
