// The sections of the paper form and their questions. What is asked, in which words: nothing else decides it.
// A case whose number is not known for sure has none here.
#include "demande/questions.hpp"

#include <algorithm>

namespace demande {

namespace {
namespace papier {

using enum Genre;
using enum Exigence;

constexpr ReponsePossible natures[] = {
    {"premiere", "Première demande"},
    {"transfert", "Demande dans un autre territoire, en plus d’une demande en cours"},
};
constexpr ReponsePossible identites[] = {
    {"carte_identite", "Carte nationale d’identité, même périmée"},
    {"passeport", "Passeport"},
    {"identite_ue", "Pièce d’identité d’un pays de l’Union européenne, de l’EEE ou de la Suisse"},
    {"carte_resident", "Carte de résident"},
    {"carte_sejour", "Carte de séjour temporaire ou pluriannuelle"},
    {"certificat_algerien", "Certificat de résidence algérien"},
    {"visa_long_sejour", "Visa de long séjour valant titre de séjour"},
    {"recepisse", "Récépissé ou attestation de renouvellement d’un titre de séjour"},
    {"protection", "Récépissé de réfugié ou d’apatride, protection temporaire"},
    {"autre_titre", "Autre titre de séjour admis"},
};
constexpr ReponsePossible civilites[] = {{"mme", "Madame"}, {"m", "Monsieur"}};
constexpr ReponsePossible nationalites[] = {
    {"fr", "Française"},
    {"ue", "Union européenne, EEE, Suisse"},
    {"hors_ue", "Autre"},
};
constexpr ReponsePossible situations[] = {
    {"celibataire", "Célibataire"}, {"marie", "Mariée ou marié"},       {"pacse", "Pacsée ou pacsé"},
    {"concubin", "Concubinage"},    {"divorce", "Divorcée ou divorcé"}, {"separe", "Séparée ou séparé"},
    {"veuf", "Veuve ou veuf"},
};
constexpr ReponsePossible liens_du_codemandeur[] = {
    {"conjoint", "B2 – Épouse ou époux"},       {"pacse", "B3 – Partenaire de Pacs"},
    {"concubin", "B4 – Concubin ou concubine"}, {"ascendant", "B5 – Parent"},
    {"descendant", "B6 – Enfant majeur"},       {"fratrie", "B7 – Frère ou sœur"},
};
constexpr ReponsePossible sexes[] = {{"f", "Féminin"}, {"m", "Masculin"}};
constexpr ReponsePossible liens_a_charge[] = {
    {"enfant", "Enfant"},
    {"garde_alternee", "Enfant en garde alternée"},
    {"ascendant", "Parent"},
    {"autre", "Autre"},
};
constexpr ReponsePossible coparentalites[] = {
    {"G", "Garde alternée, pas encore sur l’avis d’impôt"},
    {"D", "Droit de visite et d’hébergement"},
};
constexpr ReponsePossible statuts_professionnels[] = {
    {"prive", "D2 – Salariat du privé"},
    {"etat", "D3 – Agent de l’État"},
    {"hospitalier", "D4 – Agent hospitalier"},
    {"collectivite", "D5 – Agent d’une collectivité"},
    {"etudiant", "D6 – Études ou apprentissage"},
    {"assistant", "D7 – Assistance familiale ou maternelle"},
    {"independant", "D8 – Travail indépendant"},
    {"chomage", "D9 – Chômage"},
    {"retraite", "D10 – Retraite"},
    {"autre", "D11 – Autre"},
};
// The same answers in the boxes of whoever signs with the applicant.
constexpr ReponsePossible statuts_du_codemandeur[] = {
    {"prive", "D17 – Salariat du privé"},
    {"etat", "D18 – Agent de l’État"},
    {"hospitalier", "D19 – Agent hospitalier"},
    {"collectivite", "D20 – Agent d’une collectivité"},
    {"etudiant", "D21 – Études ou apprentissage"},
    {"assistant", "D22 – Assistance familiale ou maternelle"},
    {"independant", "D23 – Travail indépendant"},
    {"chomage", "D24 – Chômage"},
    {"retraite", "D25 – Retraite"},
    {"autre", "D26 – Autre"},
};
constexpr ReponsePossible logements_actuels[] = {
    {"proprietaire", "F1 – Propriétaire occupant"},
    {"locataire_hlm", "F2 – Locataire d’un logement social"},
    {"locataire_prive", "Locataire d’un logement privé"},
    {"gratuit", "Logement à titre gratuit"},
    {"structure", "F7 – Structure d’hébergement (CHRS, CHU, Cada, CPH, Huda)"},
    {"parents", "Chez ses parents ou ses enfants"},
    {"tiers", "Chez un tiers"},
    {"hotel", "À l’hôtel"},
    {"centre_maternel", "Centre maternel, foyer de l’enfance"},
    {"temporaire", "F12 – Logement temporaire"},
    {"foyer", "F15 – Logement-foyer, résidence sociale, pension de famille"},
    {"etudiant", "F16 – Résidence étudiante ou universitaire"},
    {"rhvs", "Résidence hôtelière à vocation sociale"},
    {"sous_location", "Sous-location"},
    {"fonction", "Logement de fonction"},
    {"mobile", "F20 – Habitat mobile"},
    {"sans_abri", "Sans abri, habitat de fortune"},
    {"squat", "Squat"},
};
constexpr ReponsePossible categories_de_logement[] = {{"A", "Appartement"}, {"M", "Maison"}};
constexpr ReponsePossible categories_souhaitees[] = {
    {"A", "Appartement"}, {"M", "Maison"}, {"I", "Indifférent"}};
constexpr ReponsePossible typologies[] = {
    {"T1", "T1"}, {"T2", "T2"}, {"T3", "T3"}, {"T4", "T4"}, {"T5", "T5"}, {"T6", "T6 et plus"},
};
constexpr ReponsePossible etages[] = {
    {"oui", "Oui"}, {"non", "Non"}, {"ascenseur", "Oui, avec un ascenseur"}};

// ── The guichet's own lines, above the paper ───────────────────────────────────────────────────────────────

constexpr Question depot[] = {
    {.slug = "depose_le",
     .genre = Date,
     .libelle = "Date du cachet sur le formulaire",
     .exigence = Obligatoire,
     .aide = "Le jour où le formulaire a été reçu. L’ancienneté compte de ce jour. Par exemple : 21/11/2026"},
    {.slug = "identite",
     .genre = Choix,
     .libelle = "Pièce d’identité ou titre de séjour remis",
     .exigence = Obligatoire,
     .choix = identites,
     .en_ligne = "Quel document envoyez-vous ?"},
    {.slug = "nature", .genre = Choix, .libelle = "Nature de la demande", .choix = natures},
    {.slug = "numero",
     .cas = "A1",
     .genre = Numero,
     .libelle = "Numéro unique déjà attribué dans un autre territoire"},
};

// ── Page 1 ─────────────────────────────────────────────────────────────────────────────────────────────────

constexpr Question demandeur[] = {
    {.slug = "civilite", .genre = Choix, .libelle = "Civilité", .exigence = Obligatoire, .choix = civilites},
    {.slug = "nom", .genre = Nom, .libelle = "Nom de naissance", .exigence = Obligatoire, .max = 80},
    {.slug = "nom_usage", .genre = Nom, .libelle = "Nom d’usage", .max = 80},
    {.slug = "prenom", .genre = Nom, .libelle = "Prénoms", .exigence = Obligatoire, .max = 80},
    {.slug = "naissance_le",
     .genre = Date,
     .libelle = "Date de naissance",
     .exigence = Obligatoire,
     .aide = "Par exemple : 03/02/1984"},
    {.slug = "nationalite",
     .genre = Choix,
     .libelle = "Nationalité",
     .exigence = Obligatoire,
     .choix = nationalites},
    {.slug = "nir",
     .cas = "A2",
     .genre = Nir,
     .libelle = "Numéro de sécurité sociale",
     .exigence = Attendue,
     .aide = "15 chiffres, clé comprise",
     .aide_en_ligne = "Sur votre carte Vitale : 15 chiffres avec la clé. Il évite d’ouvrir deux demandes "
                      "pour la même personne"},
    {.slug = "situation_familiale",
     .genre = Choix,
     .libelle = "Situation de famille",
     .exigence = Obligatoire,
     .choix = situations},
    {.slug = "telephone",
     .genre = Telephone,
     .libelle = "Téléphone",
     .exigence = Attendue,
     .aide_en_ligne = "On vous appellera à ce numéro pour vous proposer une visite"},
    {.slug = "telephone_2",
     .genre = Telephone,
     .libelle = "Autre téléphone",
     .en_ligne = "Un autre téléphone où vous joindre"},
    {.slug = "email", .genre = Email, .libelle = "Adresse électronique"},
    {.slug = "infos_courriel",
     .genre = OuiNon,
     .libelle = "Accepte d’être informé par courriel",
     .exigence = Attendue,
     .en_ligne = "Acceptez-vous d’être informé par courriel ?",
     .aide_en_ligne = "L’attestation et les rappels arrivent alors par courriel"},
    {.slug = "infos_courrier",
     .genre = OuiNon,
     .libelle = "Demande à être prévenu aussi par la poste",
     .en_ligne = "Voulez-vous être prévenu aussi par la poste ?",
     .aide_en_ligne =
         "Le préavis de renouvellement et la fin de la demande arrivent alors par courriel et par "
         "lettre"},
    {.slug = "infos_sms",
     .genre = OuiNon,
     .libelle = "Accepte d’être informé par SMS",
     // A box of the paper, kept as it was ticked; nobody is asked online, since nothing is sent.
     .aide = "Comme sur le papier : cette plateforme n’envoie pas de SMS"},
};
constexpr Question adresse[] = {
    {.slug = "chez",
     .genre = Nom,
     .libelle = "Chez",
     .aide = "Nom de la personne ou de la structure qui héberge",
     .max = 80,
     .en_ligne = "Chez qui vivez-vous ?",
     .aide_en_ligne = "Seulement si une personne ou une structure vous héberge : son nom"},
    {.slug = "batiment", .libelle = "Bâtiment, escalier, appartement", .max = 80},
    {.slug = "voie", .libelle = "Numéro et rue", .exigence = Attendue, .max = 120},
    {.slug = "complement", .libelle = "Complément", .max = 80},
    {.slug = "code_postal", .genre = CodePostal, .libelle = "Code postal", .exigence = Attendue},
    {.slug = "commune", .libelle = "Commune", .exigence = Attendue, .max = 80},
    {.slug = "pays", .libelle = "Pays, si ce n’est pas la France", .max = 60},
};
constexpr Question courrier[] = {
    {.slug = "chez",
     .genre = Nom,
     .libelle = "Chez, ou organisme de domiciliation",
     .max = 80,
     .en_ligne = "Chez qui, ou quel organisme de domiciliation ?"},
    {.slug = "batiment", .libelle = "Bâtiment, escalier, appartement", .max = 80},
    {.slug = "voie", .libelle = "Numéro et rue", .max = 120},
    {.slug = "complement", .libelle = "Complément", .max = 80},
    {.slug = "code_postal", .genre = CodePostal, .libelle = "Code postal"},
    {.slug = "commune", .libelle = "Commune", .max = 80},
    {.slug = "pays", .libelle = "Pays, si ce n’est pas la France", .max = 60},
};
constexpr Question accompagnant[] = {
    {.slug = "structure",
     .genre = Nom,
     .libelle = "Structure ou travailleur social",
     .max = 120,
     .en_ligne = "Nom de la structure ou du travailleur social"},
    {.slug = "telephone", .genre = Telephone, .libelle = "Téléphone"},
    {.slug = "email", .genre = Email, .libelle = "Adresse électronique"},
    {.slug = "informe",
     .genre = OuiNon,
     .libelle = "Peut recevoir les mêmes informations que le demandeur",
     .en_ligne = "Cette personne peut-elle recevoir les mêmes informations que vous ?"},
};

// ── Pages 2 to 5: the people ───────────────────────────────────────────────────────────────────────────────

constexpr Question codemandeur[] = {
    {.slug = "lien",
     .cas = "B2 à B7",
     .genre = Choix,
     .libelle = "Lien avec le demandeur",
     .exigence = Obligatoire,
     .choix = liens_du_codemandeur,
     .en_ligne = "Qui est cette personne pour vous ?"},
    {.slug = "civilite", .genre = Choix, .libelle = "Civilité", .exigence = Obligatoire, .choix = civilites},
    {.slug = "nom", .genre = Nom, .libelle = "Nom de naissance", .exigence = Obligatoire, .max = 80},
    {.slug = "nom_usage", .genre = Nom, .libelle = "Nom d’usage", .max = 80},
    {.slug = "prenom", .genre = Nom, .libelle = "Prénoms", .exigence = Obligatoire, .max = 80},
    {.slug = "naissance_le", .genre = Date, .libelle = "Date de naissance", .exigence = Obligatoire},
    {.slug = "nationalite",
     .genre = Choix,
     .libelle = "Nationalité",
     .exigence = Obligatoire,
     .choix = nationalites},
    {.slug = "nir",
     .cas = "B1",
     .genre = Nir,
     .libelle = "Numéro de sécurité sociale",
     .exigence = Attendue,
     .aide_en_ligne = "15 chiffres avec la clé"},
    {.slug = "telephone", .genre = Telephone, .libelle = "Téléphone"},
    {.slug = "email", .genre = Email, .libelle = "Adresse électronique"},
};
constexpr Question colocataire[] = {
    {.slug = "civilite", .genre = Choix, .libelle = "Civilité", .choix = civilites},
    {.slug = "nom", .genre = Nom, .libelle = "Nom", .exigence = Obligatoire, .max = 80},
    {.slug = "prenom", .genre = Nom, .libelle = "Prénoms", .exigence = Obligatoire, .max = 80},
    {.slug = "naissance_le", .genre = Date, .libelle = "Date de naissance", .exigence = Obligatoire},
};
constexpr Question foyer[] = {
    {.slug = "handicaps",
     .cas = "C1",
     .genre = Entier,
     .libelle = "Personnes en situation de handicap",
     .aide = "Un complément par personne si le logement doit être adapté",
     .max = 20,
     .en_ligne = "Combien de personnes du foyer ont un handicap ?",
     .aide_en_ligne = "Zéro si personne"},
    {.slug = "invalidites",
     .genre = Entier,
     .libelle = "Dont titulaires d’une carte mobilité inclusion « invalidité »",
     .max = 20,
     .en_ligne = "Parmi elles, combien ont une carte mobilité inclusion « invalidité » ?"},
    {.slug = "tutelle",
     .genre = Case,
     .libelle = "Une personne du foyer est sous tutelle ou curatelle",
     .aide = "Le jugement est demandé pour étudier la demande"},
    {.slug = "a_naitre",
     .genre = Entier,
     .libelle = "Enfants à naître",
     .max = 5,
     .en_ligne = "Combien d’enfants à naître ?"},
    {.slug = "naissance_prevue_le", .genre = DateAVenir, .libelle = "Date prévue de la naissance"},
};
constexpr Question a_charge[] = {
    {.slug = "nom", .genre = Nom, .libelle = "Nom", .exigence = Obligatoire, .max = 80},
    {.slug = "prenom", .genre = Nom, .libelle = "Prénoms", .exigence = Obligatoire, .max = 80},
    {.slug = "naissance_le", .genre = Date, .libelle = "Date de naissance", .exigence = Obligatoire},
    {.slug = "sexe", .genre = Choix, .libelle = "Sexe", .choix = sexes},
    {.slug = "lien",
     .genre = Choix,
     .libelle = "Lien",
     .choix = liens_a_charge,
     .en_ligne = "Qui est cette personne pour vous ?"},
};
constexpr Question autre_enfant[] = {
    {.slug = "naissance_le", .genre = Date, .libelle = "Date de naissance", .exigence = Obligatoire},
    {.slug = "sexe", .genre = Choix, .libelle = "Sexe", .choix = sexes},
    {.slug = "garde",
     .genre = Choix,
     .libelle = "Garde",
     .exigence = Obligatoire,
     .choix = coparentalites,
     .en_ligne = "Comment vit-il avec vous ?"},
};

// ── Page 6: work ───────────────────────────────────────────────────────────────────────────────────────────

constexpr Question travail[] = {
    {.slug = "profession", .cas = "D1", .libelle = "Profession", .max = 80, .en_ligne = "Votre métier"},
    {.slug = "essentiel",
     .genre = Case,
     .libelle = "Métier essentiel, qui ne peut pas se faire à distance",
     .aide = "Soins, sécurité, transports, commerce, propreté, école, aide à la personne…",
     .en_ligne = "Mon métier est essentiel et ne peut pas se faire à distance"},
    {.slug = "statut",
     .cas = "D2 à D11",
     .genre = Choix,
     .libelle = "Situation",
     .exigence = Attendue,
     .choix = statuts_professionnels,
     .en_ligne = "Votre situation aujourd’hui"},
    {.slug = "siret",
     .cas = "D12",
     .genre = Siret,
     .libelle = "Siret de l’employeur",
     .aide = "14 chiffres",
     .en_ligne = "Siret de votre employeur",
     .aide_en_ligne = "14 chiffres, sur votre bulletin de salaire"},
    {.slug = "employeur", .cas = "D12", .libelle = "Nom et adresse de l’employeur", .max = 200},
    {.slug = "cdd",
     .cas = "D13",
     .genre = Case,
     .libelle = "CDD, stage ou intérim",
     .en_ligne = "Je suis en CDD, en stage ou en intérim"},
    {.slug = "chomage_long",
     .cas = "D14",
     .genre = Case,
     .libelle = "A été au chômage plus d’un an et a retrouvé un emploi",
     .en_ligne = "J’ai été au chômage plus d’un an et j’ai retrouvé un emploi"},
    {.slug = "fin_chomage_le", .cas = "D15", .genre = Date, .libelle = "Fin de cette période de chômage"},
};
constexpr Question travail_codemandeur[] = {
    {.slug = "profession", .cas = "D16", .libelle = "Profession", .max = 80, .en_ligne = "Son métier"},
    {.slug = "essentiel",
     .genre = Case,
     .libelle = "Métier essentiel, qui ne peut pas se faire à distance",
     .en_ligne = "Son métier est essentiel et ne peut pas se faire à distance"},
    {.slug = "statut",
     .cas = "D17 à D26",
     .genre = Choix,
     .libelle = "Situation",
     .choix = statuts_du_codemandeur,
     .en_ligne = "Sa situation aujourd’hui"},
    {.slug = "siret",
     .cas = "D27",
     .genre = Siret,
     .libelle = "Siret de l’employeur",
     .aide = "14 chiffres",
     .en_ligne = "Siret de son employeur",
     .aide_en_ligne = "14 chiffres, sur le bulletin de salaire"},
    {.slug = "employeur", .cas = "D27", .libelle = "Nom et adresse de l’employeur", .max = 200},
    {.slug = "cdd",
     .cas = "D28",
     .genre = Case,
     .libelle = "CDD, stage ou intérim",
     .en_ligne = "Cette personne est en CDD, en stage ou en intérim"},
    {.slug = "chomage_long",
     .cas = "D29",
     .genre = Case,
     .libelle = "A été au chômage plus d’un an et a retrouvé un emploi",
     .en_ligne = "Cette personne a été au chômage plus d’un an et a retrouvé un emploi"},
    {.slug = "fin_chomage_le", .cas = "D30", .genre = Date, .libelle = "Fin de cette période de chômage"},
};

// ── Page 7: income ─────────────────────────────────────────────────────────────────────────────────────────

constexpr int revenu_max = 9'999'999;
constexpr Question revenus[] = {
    {.slug = "annee_n2",
     .cas = "E1",
     .genre = Entier,
     .libelle = "Année N–2",
     .aide = "Sur l’avis d’impôt",
     .max = 2100,
     .en_ligne = "Année de l’avis d’impôt le plus ancien",
     .aide_en_ligne = "D’ordinaire, celle des revenus de {n2}"},
    {.slug = "rfr_n2",
     .cas = "E2",
     .genre = Montant,
     .libelle = "Revenu fiscal de référence N–2, demandeur et conjoint",
     .exigence = Attendue,
     .max = revenu_max,
     .en_ligne = "Revenu fiscal de référence de {n2}, vous et votre conjoint",
     .aide_en_ligne = "Sur la première page de l’avis d’impôt. Zéro si vous n’aviez pas de revenu"},
    {.slug = "rfr_n2_codemandeur",
     .cas = "E3",
     .genre = Montant,
     .libelle = "Revenu fiscal de référence N–2, codemandeur",
     .max = revenu_max,
     .en_ligne = "Revenu fiscal de référence de {n2}, l’autre personne qui demande avec vous",
     .aide_en_ligne = "Seulement si elle a son propre avis d’impôt"},
    {.slug = "annee_n1",
     .cas = "E4",
     .genre = Entier,
     .libelle = "Année N–1",
     .max = 2100,
     .en_ligne = "Année de l’avis d’impôt le plus récent",
     .aide_en_ligne = "D’ordinaire, celle des revenus de {n1}"},
    {.slug = "rfr_n1",
     .cas = "E5",
     .genre = Montant,
     .libelle = "Revenu fiscal de référence N–1, demandeur et conjoint",
     .max = revenu_max,
     .en_ligne = "Revenu fiscal de référence de {n1}, vous et votre conjoint",
     .aide_en_ligne = "Si vous avez déjà cet avis : il compte quand vos revenus ont baissé"},
    {.slug = "rfr_n1_codemandeur",
     .cas = "E6",
     .genre = Montant,
     .libelle = "Revenu fiscal de référence N–1, codemandeur",
     .max = revenu_max,
     .en_ligne = "Revenu fiscal de référence de {n1}, l’autre personne qui demande avec vous"},
    {.slug = "pensions_versees",
     .cas = "E9",
     .genre = Montant,
     .libelle = "Pensions alimentaires versées, par mois",
     .max = 99'999},
};
// Codes of the State's exchange file (interfaceNuu), in lower case; housing benefits are left out.
constexpr Question ressources[] = {
    {.slug = "sal",
     .cas = "E7, E8",
     .genre = Montant,
     .libelle = "Salaire ou revenu d’activité",
     .max = 99'999},
    {.slug = "ret", .genre = Montant, .libelle = "Retraite", .max = 99'999},
    {.slug = "cho", .genre = Montant, .libelle = "Allocation de chômage", .max = 99'999},
    {.slug = "par", .genre = Montant, .libelle = "Pension alimentaire reçue", .max = 99'999},
    {.slug = "pinv", .genre = Montant, .libelle = "Pension d’invalidité", .max = 99'999},
    {.slug = "af", .genre = Montant, .libelle = "Allocations familiales", .max = 99'999},
    {.slug = "aah", .genre = Montant, .libelle = "Allocation adulte handicapé (AAH)", .max = 99'999},
    {.slug = "aeeh", .genre = Montant, .libelle = "Allocation enfant handicapé (AEEH)", .max = 99'999},
    {.slug = "ajpp", .genre = Montant, .libelle = "Allocation de présence parentale (AJPP)", .max = 99'999},
    {.slug = "paje", .genre = Montant, .libelle = "Allocation jeune enfant (Paje)", .max = 99'999},
    {.slug = "rsa", .genre = Montant, .libelle = "RSA", .max = 99'999},
    {.slug = "amv", .genre = Montant, .libelle = "Minimum vieillesse", .max = 99'999},
    {.slug = "be", .genre = Montant, .libelle = "Bourse d’études", .max = 99'999},
    {.slug = "aut", .genre = Montant, .libelle = "Autre, hors aides au logement", .max = 99'999},
};

// ── Page 8: the dwelling of today, and what makes somebody ask ─────────────────────────────────────────────

constexpr Question logement_actuel[] = {
    {.slug = "statut",
     .genre = Choix,
     .libelle = "Situation actuelle",
     .exigence = Attendue,
     .choix = logements_actuels,
     .en_ligne = "Où vivez-vous aujourd’hui ?"},
    {.slug = "bailleur",
     .cas = "F3",
     .genre = Nom,
     .libelle = "Bailleur social",
     .max = 120,
     .en_ligne = "Nom de votre bailleur social",
     .aide_en_ligne = "Si vous êtes locataire d’un logement social"},
    {.slug = "siren",
     .cas = "F4",
     .genre = Siren,
     .libelle = "Siren du bailleur",
     .aide = "9 chiffres",
     .en_ligne = "Siren de votre bailleur",
     .aide_en_ligne = "9 chiffres, si vous le connaissez"},
    {.slug = "structure",
     .genre = Nom,
     .libelle = "Nom de la structure, du foyer ou de l’hébergeant",
     .max = 120,
     .aide_en_ligne = "Si vous êtes hébergé"},
    {.slug = "personnes",
     .cas = "F23",
     .genre = Entier,
     .libelle = "Personnes dans le logement actuel",
     .exigence = Attendue,
     .max = 30,
     .en_ligne = "Combien de personnes y vivent, vous compris ?"},
    {.slug = "categorie",
     .genre = Choix,
     .libelle = "Catégorie",
     .choix = categories_de_logement,
     .en_ligne = "Appartement ou maison"},
    {.slug = "type", .genre = Choix, .libelle = "Type", .choix = typologies, .en_ligne = "Nombre de pièces"},
    {.slug = "surface", .genre = Entier, .libelle = "Surface, en m²", .max = 999},
    {.slug = "loyer", .cas = "F24", .genre = Montant, .libelle = "Loyer et charges, par mois", .max = 99'999},
    {.slug = "aide",
     .cas = "F25",
     .genre = Montant,
     .libelle = "Aide au logement, par mois",
     .max = 9'999,
     .en_ligne = "Aide au logement (APL, ALS, ALF), par mois"},
};
constexpr Question motifs[] = {
    {.slug = "non_decent", .cas = "F26", .genre = Case, .libelle = "Logement non décent"},
    {.slug = "indigne", .cas = "F27", .genre = Case, .libelle = "Logement indigne, dangereux ou insalubre"},
    {.slug = "demolition", .genre = Case, .libelle = "Démolition"},
    {.slug = "repris", .genre = Case, .libelle = "Logement repris ou mis en vente par son propriétaire"},
    {.slug = "expulsion", .genre = Case, .libelle = "Procédure d’expulsion"},
    {.slug = "trop_petit", .genre = Case, .libelle = "Logement trop petit"},
    {.slug = "trop_grand", .genre = Case, .libelle = "Logement trop grand"},
    {.slug = "trop_cher", .genre = Case, .libelle = "Logement trop cher"},
    {.slug = "inadapte", .genre = Case, .libelle = "Logement inadapté au handicap ou à la santé"},
    {.slug = "services", .cas = "F35", .genre = Case, .libelle = "Éloigné des équipements et des services"},
    {.slug = "famille", .cas = "F36", .genre = Case, .libelle = "Éloigné de la famille"},
    {.slug = "travail", .genre = Case, .libelle = "Éloigné du travail"},
    {.slug = "voisinage", .genre = Case, .libelle = "Environnement ou voisinage"},
    {.slug = "accedant", .genre = Case, .libelle = "Accession à la propriété en difficulté"},
    {.slug = "union", .genre = Case, .libelle = "Mariage, Pacs ou vie commune"},
    {.slug = "sante", .genre = Case, .libelle = "Raisons de santé"},
    {.slug = "rapprochement", .cas = "F42", .genre = Case, .libelle = "Rapprochement familial"},
    {.slug = "departs", .cas = "F43", .genre = Case, .libelle = "Départ de personnes à charge"},
    {.slug = "separation", .cas = "F44", .genre = Case, .libelle = "Divorce ou séparation"},
    {.slug = "violences",
     .cas = "F45",
     .genre = Case,
     .libelle = "Violences au sein du couple, menace de mariage forcé"},
    {.slug = "ase",
     .cas = "F46",
     .genre = Case,
     .libelle = "Aide sociale à l’enfance, ou sortie depuis moins de trois ans"},
    {.slug = "pompier", .cas = "F47", .genre = Case, .libelle = "Sapeur-pompier volontaire"},
    {.slug = "dalo",
     .genre = Case,
     .libelle = "Reconnu prioritaire par une commission de médiation (Dalo)",
     .aide = "La décision est à joindre : la case seule ne donne pas la priorité"},
    {.slug = "autre_logement",
     .cas = "F48, F49",
     .genre = OuiNon,
     .libelle = "Propriétaire d’un autre logement",
     .exigence = Attendue,
     .en_ligne = "Êtes-vous propriétaire d’un autre logement ?",
     .aide_en_ligne = "Pas celui où vous vivez, ni une indivision, ni une SCI"},
};

// ── Page 9: the dwelling wanted ────────────────────────────────────────────────────────────────────────────

constexpr Question souhait[] = {
    {.slug = "categorie", .genre = Choix, .libelle = "Appartement ou maison", .choix = categories_souhaitees},
    {.slug = "chambre", .cas = "G1", .genre = Case, .libelle = "Chambre"},
    {.slug = "t1", .cas = "G1", .genre = Case, .libelle = "T1"},
    {.slug = "t2", .cas = "G1", .genre = Case, .libelle = "T2"},
    {.slug = "t3", .cas = "G1", .genre = Case, .libelle = "T3"},
    {.slug = "t4", .cas = "G1", .genre = Case, .libelle = "T4"},
    {.slug = "t5", .cas = "G1", .genre = Case, .libelle = "T5"},
    {.slug = "t6", .cas = "G1", .genre = Case, .libelle = "T6 et plus"},
    {.slug = "colocation", .cas = "G1", .genre = Case, .libelle = "Chambre dans une colocation"},
    {.slug = "personnes",
     .cas = "G2",
     .genre = Entier,
     .libelle = "Personnes à loger",
     .exigence = Obligatoire,
     .max = 30,
     .en_ligne = "Combien de personnes vivront dans le logement, vous compris ?"},
    {.slug = "rez_de_chaussee",
     .genre = OuiNon,
     .libelle = "Accepte un rez-de-chaussée",
     .en_ligne = "Acceptez-vous un rez-de-chaussée ?"},
    {.slug = "sans_ascenseur",
     .genre = Choix,
     .libelle = "Accepte un étage",
     .choix = etages,
     .en_ligne = "Acceptez-vous un étage ?"},
    {.slug = "etage_max",
     .genre = Entier,
     .libelle = "Étage le plus haut accepté",
     .max = 60,
     .en_ligne = "Jusqu’à quel étage ?",
     .aide_en_ligne = "Rien si tous vous conviennent"},
    {.slug = "balcon",
     .genre = OuiNon,
     .libelle = "Souhaite un balcon ou une terrasse",
     .en_ligne = "Souhaitez-vous un balcon ou une terrasse ?"},
    {.slug = "parking",
     .genre = OuiNon,
     .libelle = "Souhaite une place de stationnement",
     .en_ligne = "Souhaitez-vous une place de stationnement ?"},
    {.slug = "loyer_max", .genre = Montant, .libelle = "Loyer et charges au plus, par mois", .max = 9'999},
    {.slug = "qpv",
     .genre = OuiNon,
     .libelle = "Accepte un quartier prioritaire",
     .en_ligne = "Acceptez-vous un quartier prioritaire ?"},
    {.slug = "residence_seniors",
     .genre = OuiNon,
     .libelle = "Accepte une résidence pour personnes âgées",
     .en_ligne = "Acceptez-vous une résidence pour personnes âgées ?"},
    {.slug = "residence_jeunes",
     .genre = OuiNon,
     .libelle = "Accepte une résidence pour étudiants ou jeunes travailleurs",
     .en_ligne = "Acceptez-vous une résidence pour étudiants ou jeunes travailleurs ?"},
    {.slug = "accession",
     .genre = OuiNon,
     .libelle = "Souhaite des informations sur l’accession à la propriété",
     .en_ligne = "Voulez-vous des informations pour devenir propriétaire ?"},
    {.slug = "elargir",
     .genre = OuiNon,
     .libelle = "Élargir aux communes voisines",
     .exigence = Attendue,
     .en_ligne = "Peut-on vous proposer aussi les communes voisines ?",
     .aide_en_ligne = "Plus de communes, plus de chances"},
};
constexpr Question localisation[] = {
    {.slug = "commune",
     .cas = "G3",
     .genre = Commune,
     .libelle = "Commune",
     .exigence = Obligatoire,
     .aide = "Nom et code postal, ou code Insee",
     .max = 100},
    {.slug = "quartier", .libelle = "Quartier", .max = 80},
};

// ── Page 10 and the complément ─────────────────────────────────────────────────────────────────────────────

constexpr Question precisions[] = {
    {.slug = "texte",
     .cas = "H1",
     .genre = TexteLong,
     .libelle = "Précisions",
     .aide = "Ce que le demandeur a écrit, sans commentaire",
     .max = 1000,
     .en_ligne = "Voulez-vous ajouter quelque chose ?",
     .aide_en_ligne =
         "Ce que les questions n’ont pas permis de dire. Ne donnez pas de détail sur votre santé"},
    {.slug = "signe_le", .genre = Date, .libelle = "Date de signature"},
};
constexpr Question complement_handicap[] = {
    {.slug = "personne",
     .genre = Nom,
     .libelle = "Personne concernée",
     .exigence = Obligatoire,
     .max = 80,
     .en_ligne = "Prénom et nom de la personne"},
    {.slug = "moteur", .genre = Case, .libelle = "Handicap moteur"},
    {.slug = "visuel", .genre = Case, .libelle = "Handicap visuel"},
    {.slug = "auditif", .genre = Case, .libelle = "Handicap auditif"},
    {.slug = "mental", .genre = Case, .libelle = "Handicap mental ou psychique"},
    {.slug = "autre", .genre = Case, .libelle = "Autre handicap, perte d’autonomie liée à l’âge"},
    {.slug = "cmi", .genre = Case, .libelle = "Titulaire d’une carte mobilité inclusion (CMI)"},
    {.slug = "aah",
     .genre = Case,
     .libelle = "Bénéficiaire de l’AAH",
     .en_ligne = "Reçoit l’allocation aux adultes handicapés (AAH)"},
    {.slug = "apa",
     .genre = Case,
     .libelle = "Bénéficiaire de l’APA",
     .en_ligne = "Reçoit l’allocation personnalisée d’autonomie (APA)"},
    {.slug = "mdph_le", .genre = Date, .libelle = "Date de la décision de la MDPH"},
    {.slug = "fauteuil", .genre = OuiNon, .libelle = "Se déplace en fauteuil roulant dans le logement"},
    {.slug = "fauteuil_dehors", .genre = OuiNon, .libelle = "Se déplace en fauteuil roulant à l’extérieur"},
    {.slug = "fauteuil_electrique", .genre = OuiNon, .libelle = "Le fauteuil est électrique"},
    {.slug = "marches_max", .genre = Entier, .libelle = "Marches au plus", .max = 200},
    {.slug = "rez_de_chaussee", .genre = OuiNon, .libelle = "Rez-de-chaussée indispensable"},
    {.slug = "ascenseur", .genre = OuiNon, .libelle = "Ascenseur indispensable"},
    {.slug = "sanitaires", .genre = OuiNon, .libelle = "Salle d’eau et toilettes adaptées"},
    {.slug = "douche", .genre = OuiNon, .libelle = "Douche sans marche, à la place d’une baignoire"},
    {.slug = "portes", .genre = OuiNon, .libelle = "Portes élargies"},
    {.slug = "equipements", .genre = OuiNon, .libelle = "Équipements à portée de main en position assise"},
    {.slug = "tierce_personne", .genre = OuiNon, .libelle = "Chambre pour une tierce personne"},
    {.slug = "materiel", .genre = OuiNon, .libelle = "Place pour un lit ou un appareil médical"},
    {.slug = "chien", .genre = OuiNon, .libelle = "Chien guide ou d’assistance"},
    {.slug = "parking", .genre = OuiNon, .libelle = "Stationnement adapté"},
    {.slug = "parking_largeur",
     .genre = Entier,
     .libelle = "Largeur de la place de stationnement, en centimètres",
     .max = 600},
    {.slug = "soins", .genre = OuiNon, .libelle = "Proximité d’un lieu de soins nécessaire"},
};

constexpr Rubrique les_rubriques[] = {
    {"depot", "", "Dépôt au guichet", "", 1, "", depot, "Votre pièce d’identité"},
    {"demandeur", "1", "Demandeur", "", 1, "", demandeur, "Vous"},
    {"adresse", "1", "Adresse où vit le ménage", "", 1, "", adresse, "Où vivez-vous ?"},
    {"courrier", "1", "Adresse de courrier ou domiciliation, si elle est différente", "", 1, "", courrier,
     "Une autre adresse pour le courrier",
     "Seulement si votre courrier doit arriver ailleurs, ou si vous êtes domicilié par un organisme."},
    {"accompagnant", "1", "Personne ou structure qui aide le demandeur", "", 1, "", accompagnant,
     "Qui vous aide ?", "Seulement si un travailleur social ou une association vous aide."},
    {"codemandeur", "2", "Conjoint et codemandeurs",
     "Ils n’ont pas besoin de leur propre demande. En cas de séparation, rien ici.", 3, "Codemandeur",
     codemandeur, "Qui demande avec vous ?",
     "Votre conjoint, ou un autre adulte qui signera le bail. Ils n’ont pas besoin de leur propre demande. "
     "Si vous vous séparez, ou si vous demandez seul, n’écrivez rien."},
    {"colocataire", "3", "Colocataires", "Chacun dépose aussi sa propre demande.", 4, "Colocataire",
     colocataire, "Vos colocataires",
     "Seulement pour une chambre en colocation. Chacun dépose aussi sa propre demande."},
    {"foyer", "3", "Handicap et enfants à naître", "", 1, "", foyer, "Handicap et naissance à venir"},
    {"a_charge", "4", "Personnes à charge", "Celles de l’avis d’impôt, et les enfants en garde alternée.", 8,
     "Personne à charge", a_charge, "Qui est à votre charge ?",
     "Vos enfants et les autres personnes de votre avis d’impôt, et les enfants en garde alternée. Rien si "
     "personne."},
    {"autre_enfant", "5", "Autres enfants", "Ils comptent pour le nombre de pièces, pas pour le plafond.", 6,
     "Enfant", autre_enfant, "Vos autres enfants",
     "Ceux que vous recevez sans qu’ils soient sur votre avis d’impôt : ils comptent pour le nombre de "
     "pièces."},
    {"travail", "6", "Travail du demandeur", "", 1, "", travail, "Votre travail"},
    {"travail_codemandeur", "6", "Travail du codemandeur", "", 1, "", travail_codemandeur,
     "Le travail de la personne qui demande avec vous"},
    {"travail_codemandeur_2", "6", "Travail du deuxième codemandeur", "", 1, "", travail_codemandeur,
     "Le travail de la deuxième personne qui demande avec vous"},
    {"travail_codemandeur_3", "6", "Travail du troisième codemandeur", "", 1, "", travail_codemandeur,
     "Le travail de la troisième personne qui demande avec vous"},
    {"revenus", "7", "Revenus fiscaux", "", 1, "", revenus, "Vos revenus",
     "Ils servent à savoir quels logements peuvent vous être proposés. Sans avis d’impôt, laissez vide."},
    // A form typed before each person had a section holds here what the household has.
    {"ressources", "7", "Ressources du demandeur, par mois", "Sans les aides au logement.", 1, "", ressources,
     "Ce que vous recevez chaque mois",
     "Sans les aides au logement. Ce que la CAF verse pour toute la famille s’écrit ici."},
    {"ressources_codemandeur", "7", "Ressources du codemandeur, par mois", "", 1, "", ressources,
     "Ce que reçoit chaque mois la personne qui demande avec vous"},
    {"ressources_codemandeur_2", "7", "Ressources du deuxième codemandeur, par mois", "", 1, "", ressources,
     "Ce que reçoit chaque mois la deuxième personne qui demande avec vous"},
    {"ressources_codemandeur_3", "7", "Ressources du troisième codemandeur, par mois", "", 1, "", ressources,
     "Ce que reçoit chaque mois la troisième personne qui demande avec vous"},
    {"ressources_a_charge", "7", "Ressources des personnes à charge, par mois", "", 1, "", ressources,
     "Ce que reçoivent chaque mois les personnes à votre charge",
     "Le salaire d’un apprenti, la bourse d’une étudiante. Rien si elles ne reçoivent rien."},
    {"logement", "8", "Logement actuel", "", 1, "", logement_actuel, "Votre logement actuel"},
    {"motif", "8", "Ce qui motive la demande", "", 1, "", motifs, "Pourquoi demandez-vous un logement ?",
     "Cochez tout ce qui est vrai pour vous."},
    {"souhait", "9", "Logement recherché", "", 1, "", souhait, "Le logement que vous cherchez"},
    {"localisation", "9", "Communes demandées",
     "Huit au plus, la préférée d’abord. Toutes dans le même département, ou toutes en Île-de-France.", 8,
     "Commune", localisation},
    {"precisions", "10", "Précisions et signature", "", 1, "", precisions, "Ce que vous voulez ajouter"},
    {"complement", "complément", "Handicap et perte d’autonomie", "Une fois par personne.", 3, "Personne",
     complement_handicap, "Adapter le logement à un handicap",
     "Une fois par personne. Seulement si le logement doit être adapté."},
};

} // namespace papier
} // namespace

std::span<const Rubrique> rubriques()
{
    return papier::les_rubriques;
}

std::string section_du_rang(std::string_view section, int rang)
{
    auto slug = std::string{section};
    if (rang > 0) slug += "_codemandeur";
    if (rang > 1) slug += "_" + std::to_string(rang);
    return slug;
}

int rang_de_la_section(std::string_view slug)
{
    for (int rang = 1; rang <= codemandeurs_max; ++rang)
        if (slug == section_du_rang("travail", rang) || slug == section_du_rang("ressources", rang))
            return rang;
    return 0;
}

std::string champ(const Rubrique& r, int ligne, const Question& q)
{
    std::string nom{r.slug};
    if (r.lignes > 1) nom += "." + std::to_string(ligne);
    return nom + "." + std::string{q.slug};
}

std::string_view libelle_de_la_reponse(const Question& q, std::string_view reponse)
{
    if (q.genre == Genre::OuiNon || q.genre == Genre::Case) return reponse == "oui" ? "Oui" : "Non";
    const auto c = std::ranges::find(q.choix, reponse, &ReponsePossible::valeur);
    return c == q.choix.end() ? reponse : c->libelle;
}

std::string_view sans_le_cas(std::string_view libelle)
{
    constexpr std::string_view tiret = " – ";
    const auto ou = libelle.find(tiret);
    const bool cas = ou != std::string_view::npos && ou >= 2 && ou <= 3 && libelle[0] >= 'A' &&
                     libelle[0] <= 'H' && libelle[1] >= '0' && libelle[1] <= '9';
    return cas ? libelle.substr(ou + tiret.size()) : libelle;
}

} // namespace demande
