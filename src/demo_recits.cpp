// The demonstration story: who deposited what, and what was done about it. Data only; demo.cpp plays it
// through the rules. Invented people; telephone numbers kept for fiction by the ARCEP, addresses of a domain
// that receives nothing.
#include "demo_recits.hpp"

#include <initializer_list>

#include "partenaire/demo.hpp"

namespace demo {

namespace recit {

using signalement::Action;
using signalement::Profil;
using signalement::TypeBailleur;
using signalement::TypeSuivi;
using signalement::desordre::Nature;
using Texte = std::string_view;

// The secretaries, and the words of the story: on which day, who, what.

constexpr Texte secretaire_departement = "julien.masson";
constexpr Texte secretaire_havre = "aicha.diallo";

Geste valider(int jour, Texte qui)
{
    return {.apres_jours = jour, .qui = qui, .quoi = Geste::Quoi::Valider};
}

Geste confier(int jour, Texte qui, std::vector<Texte> partenaires)
{
    return {
        .apres_jours = jour, .qui = qui, .quoi = Geste::Quoi::Confier, .partenaires = std::move(partenaires)};
}

Geste accepter(int jour, Texte qui)
{
    return {.apres_jours = jour,
            .qui = qui,
            .quoi = Geste::Quoi::Repondre,
            .reponse = Action::AccepterAffectation};
}

Geste decliner(int jour, Texte qui, Texte motif, Texte texte)
{
    return {.apres_jours = jour,
            .qui = qui,
            .quoi = Geste::Quoi::Repondre,
            .reponse = Action::RefuserAffectation,
            .motif = motif,
            .texte = texte};
}

Geste terminer(int jour, Texte qui, Texte motif, Texte texte)
{
    return {.apres_jours = jour,
            .qui = qui,
            .quoi = Geste::Quoi::Repondre,
            .reponse = Action::CloreAffectation,
            .motif = motif,
            .texte = texte};
}

/// An entry of the follow-up that the depositor sees.
Geste montrer(int jour, Texte qui, TypeSuivi type, Texte texte, Texte reference = {})
{
    return {.apres_jours = jour,
            .qui = qui,
            .quoi = Geste::Quoi::Ajouter,
            .type = type,
            .texte = texte,
            .visible = true,
            .reference = reference};
}

/// An entry that stays between partners.
Geste noter(int jour, Texte qui, TypeSuivi type, Texte texte, Texte reference = {})
{
    auto g = montrer(jour, qui, type, texte, reference);
    g.visible = false;
    return g;
}

Geste annoncer_visite(int jour, Texte qui, int dans_jours, Texte texte)
{
    auto g = montrer(jour, qui, TypeSuivi::VisitePrevue, texte);
    g.dans_jours = dans_jours;
    return g;
}

Geste ecrire_au_comite(int jour, Texte texte)
{
    return {.apres_jours = jour, .qui = {}, .quoi = Geste::Quoi::Ecrire, .texte = texte};
}

Geste refuser(int jour, Texte qui, Texte motif, Texte texte)
{
    return {.apres_jours = jour, .qui = qui, .quoi = Geste::Quoi::Refuser, .motif = motif, .texte = texte};
}

Geste cloturer(int jour, Texte qui, Texte motif, Texte texte)
{
    return {.apres_jours = jour, .qui = qui, .quoi = Geste::Quoi::Cloturer, .motif = motif, .texte = texte};
}

Geste rouvrir(int jour, Texte qui, Texte texte)
{
    return {.apres_jours = jour, .qui = qui, .quoi = Geste::Quoi::Rouvrir, .texte = texte};
}

const std::vector<Recit>& tous()
{
    static const std::vector<Recit> all = {
        // Closed: the family was rehoused.
        {.il_y_a_jours = 210,
         .profil = Profil::Ccas,
         .organisation = "CCAS de Montivilliers",
         .declarant = {"Briard", "Solène", "solene.briard@demo.logis.example", "+33261910201"},
         .insee = "76447",
         .code_postal = "76290",
         .commune = "Montivilliers",
         .adresse = "14 Rue Léon Gambetta",
         .position = Position{0.1913, 49.5461},
         .etage = "RDC",
         .occupant = {"Fouquet", "Kévin", "kevin.fouquet@demo.logis.example"},
         .bailleur = "M. Raymond Lebas",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 17,
         .pieces = 1,
         .personnes = 3,
         .enfants = 1,
         .petit_enfant = true,
         .description = "Un couple et un nourrisson dans une cave aménagée. Pas de fenêtre, aucun chauffage "
                        "fixe, eau froide seulement.",
         .precisions = {"desordres_logement_lumiere_pas_lumiere_pieces_tout",
                        "desordres_logement_chauffage_type_aucun_pieces_tout",
                        "desordres_logement_eau_eau_chaude"},
         .gestes = {confier(1, secretaire_havre, {partenaire::demo_departement, partenaire::demo_ars}),
                    accepter(1, "bernard.caron"), accepter(3, "helene.roussel"),
                    montrer(8, "helene.roussel", TypeSuivi::VisiteFaite,
                            "Local enterré sans ouverture sur l’extérieur, impropre à l’habitation."),
                    montrer(30, "helene.roussel", TypeSuivi::Arrete,
                            "Arrêté d’insalubrité : interdiction d’habiter, relogement à la charge du "
                            "propriétaire.",
                            "INS-0098"),
                    noter(31, "bernard.caron", TypeSuivi::Message,
                          "Demande de logement prioritaire déposée avec la famille."),
                    cloturer(74, secretaire_havre, "relogement",
                             "La famille vit depuis lundi dans un logement social à Montivilliers.")}},

        // Closed: works done, arrêté lifted.
        {.il_y_a_jours = 150,
         .profil = Profil::AgentMunicipal,
         .organisation = "Ville de Rouen, service d’hygiène",
         .declarant = {"Petit", "Thomas", "thomas.petit@demo.logis.example", "+33261910202"},
         .insee = "76540",
         .code_postal = "76000",
         .commune = "Rouen",
         .adresse = "203 Rue Martainville",
         .position = Position{1.1049, 49.4386},
         .etage = "4",
         .occupant = {"Gosselin", "Paulette", "paulette.gosselin@demo.logis.example"},
         .bailleur = "Indivision Rabel",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 33,
         .pieces = 2,
         .personnes = 1,
         .enfants = 0,
         .description = "Façade fissurée de haut en bas, morceaux d’enduit sur le trottoir. Fenêtre de la "
                        "chambre brisée.",
         .precisions = {"desordres_batiment_securite_murs_fissures_details_mur_porteur_oui",
                        "desordres_batiment_proprete_facades"},
         .photos = {{"facade-fissuree.jpg", "desordres_batiment_securite_murs_fissures"},
                    {"fenetre-cassee.jpg", ""}},
         .gestes = {confier(1, secretaire_departement, {partenaire::demo_rouen, partenaire::demo_operateur}),
                    accepter(1, "thomas.petit"), accepter(4, "ines.moreau"),
                    montrer(
                        6, "thomas.petit", TypeSuivi::VisiteFaite,
                        "Visite avec un homme de l’art : fissure traversante, purge de la façade demandée "
                        "sans délai."),
                    montrer(10, "thomas.petit", TypeSuivi::Arrete,
                            "Arrêté de mise en sécurité, procédure urgente.", "MS-0211"),
                    montrer(95, "thomas.petit", TypeSuivi::Mainlevee,
                            "Travaux de reprise constatés, arrêté levé.", "MS-0211-ML"),
                    terminer(96, "ines.moreau", "intervention_terminee",
                             "Aide au montage du dossier de travaux terminée."),
                    cloturer(100, secretaire_departement, "mis_en_conformite",
                             "La façade est reprise et l’arrêté est levé. Le logement est de nouveau sûr.")}},

        // Closed too early, and reopened by a message of the depositor.
        {.il_y_a_jours = 120,
         .profil = Profil::AutreProfessionnel,
         .organisation = "Service d’aide à domicile du Havre",
         .declarant = {"Prévost", "Nathalie", "nathalie.prevost@demo.logis.example", "+33261910203"},
         .insee = "76351",
         .code_postal = "76620",
         .commune = "Le Havre",
         .adresse = "9 Rue Félix Faure",
         .position = Position{0.1265, 49.501},
         .etage = "5",
         .occupant = {"Quesnel", "Roger"},
         .bailleur = "",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 55,
         .pieces = 3,
         .personnes = 1,
         .enfants = 0,
         .description = "Moisissures dans toutes les pièces, monsieur tousse beaucoup. Ventilation bouchée.",
         .precisions = {"desordres_logement_humidite_tout_details_moisissure_apres_nettoyage_oui",
                        "desordres_logement_aeration_aucune_aeration_pieces_tout"},
         .photos = {{"moisissures-chambre.jpg", "desordres_logement_humidite_tout"},
                    {"hall-immeuble.jpg", ""}},
         .gestes = {confier(2, secretaire_havre, {partenaire::demo_le_havre, partenaire::demo_ars}),
                    accepter(3, "sofia.pereira"),
                    cloturer(30, secretaire_havre, "travaux_en_cours",
                             "Le propriétaire a commandé les travaux de ventilation."),
                    ecrire_au_comite(75, "Les travaux n’ont jamais commencé et les moisissures ont gagné la "
                                         "chambre."),
                    rouvrir(76, secretaire_havre,
                            "Le déposant indique que les travaux annoncés n’ont pas eu lieu.")}},

        // Refused: nothing is wrong with the dwelling.
        {.il_y_a_jours = 60,
         .profil = Profil::Association,
         .organisation = "Association Un toit digne",
         .declarant = {"Anquetil", "Brigitte", "brigitte.anquetil@demo.logis.example", "+33261910204"},
         .insee = "76575",
         .code_postal = "76800",
         .commune = "Saint-Étienne-du-Rouvray",
         .adresse = "11 Rue Lazare Carnot",
         .position = Position{1.0962, 49.3856},
         .etage = "",
         .occupant = {"Hervieu", "Denis"},
         .bailleur = "Logement social de la Seine",
         .bailleur_type = TypeBailleur::Social,
         .nature = Nature::Maison,
         .surface_m2 = 72,
         .pieces = 4,
         .personnes = 3,
         .enfants = 1,
         .description = "Monsieur souhaite un logement plus grand et plus proche de son travail.",
         .precisions = {"desordres_logement_bruit_voisins"},
         .gestes = {refuser(
             3, secretaire_departement, "hors_habitat_indigne",
             "Le logement est en bon état : il s’agit d’un souhait de changer de logement. Votre "
             "bailleur reçoit les demandes de mutation, et l’ADIL (02 61 91 01 07) explique la "
             "demande de logement social.")}},

        // In progress: an arrêté was taken, one partner declined.
        {.il_y_a_jours = 45,
         .profil = Profil::CafMsa,
         .organisation = "CAF de Seine-Maritime",
         .declarant = {"Lecoq", "Sandrine", "sandrine.lecoq@demo.logis.example", "+33261910205"},
         .insee = "76351",
         .code_postal = "76600",
         .commune = "Le Havre",
         .adresse = "54 Rue de Paris",
         .position = Position{0.1079, 49.4903},
         .etage = "RDC",
         .occupant = {"Ba", "Mamadou", "mamadou.ba@demo.logis.example"},
         .bailleur = "Agence du Perrey",
         .bailleur_type = TypeBailleur::Organisme,
         .nature = Nature::Appartement,
         .surface_m2 = 48,
         .pieces = 3,
         .personnes = 5,
         .enfants = 3,
         .petit_enfant = true,
         .description = "Escalier de l’immeuble sans rampe, marches descellées. Cage sombre, les enfants y "
                        "passent tous les jours.",
         .precisions = {"desordres_batiment_securite_escalier_details_dangereux",
                        "desordres_batiment_accessibilite_eclairage",
                        "desordres_logement_humidite_salle_de_bain_details_fuite_oui"},
         .photos = {{"escalier-sans-rampe.jpg", "desordres_batiment_securite_escalier"},
                    {"fuite-salle-de-bain.jpg", "desordres_logement_humidite_salle_de_bain"}},
         .gestes =
             {confier(1, secretaire_havre,
                      {partenaire::demo_le_havre, partenaire::demo_caf, partenaire::demo_adil}),
              accepter(2, "yann.legoff"), accepter(2, "sandrine.lecoq"),
              decliner(3, "paul.nguyen", "deja_suivi",
                       "Le ménage est déjà conseillé par le service d’hygiène de la ville."),
              montrer(9, "yann.legoff", TypeSuivi::VisiteFaite,
                      "Visite contradictoire avec le gérant. Rampe absente sur deux niveaux, cinq marches "
                      "descellées, éclairage hors service. Mise en sécurité nécessaire."),
              montrer(20, "yann.legoff", TypeSuivi::Arrete,
                      "Arrêté de mise en sécurité notifié au propriétaire : travaux sur l’escalier sous "
                      "trente jours.",
                      "MS-0417"),
              noter(21, "sandrine.lecoq", TypeSuivi::Courrier,
                    "Conservation de l’allocation logement notifiée au bailleur.", "CAF-76-88213")}},

        // In progress: a social landlord treats the building.
        {.il_y_a_jours = 25,
         .profil = Profil::TravailleurSocial,
         .organisation = "Centre médico-social d’Elbeuf",
         .declarant = {"Roger", "Amandine", "amandine.roger@demo.logis.example", "+33261910206"},
         .insee = "76231",
         .code_postal = "76500",
         .commune = "Elbeuf",
         .adresse = "8 Rue de la République",
         .position = Position{1.0015, 49.2896},
         .etage = "6",
         .occupant = {"Mallet", "Josiane", "josiane.mallet@demo.logis.example"},
         .bailleur = "Seine Logis Habitat",
         .bailleur_type = TypeBailleur::Social,
         .nature = Nature::Appartement,
         .surface_m2 = 64,
         .pieces = 3,
         .personnes = 4,
         .enfants = 2,
         .description =
             "Cafards dans la cuisine et dans les parties communes depuis l’été. Le bailleur a été "
             "prévenu par lettre, sans réponse.",
         .precisions = {"desordres_batiment_nuisibles_cafards",
                        "desordres_logement_nuisibles_cafards_details_date_after_movein"},
         .photos = {{"hall-immeuble.jpg", "desordres_batiment_nuisibles_cafards"}},
         .gestes =
             {confier(2, secretaire_departement, {partenaire::demo_bailleur, partenaire::demo_ddtm}),
              accepter(4, "stephane.hamel"),
              montrer(6, "stephane.hamel", TypeSuivi::Message,
                      "Une entreprise traite tout l’immeuble en deux passages. Merci de dégager les "
                      "meubles de cuisine avant sa venue."),
              montrer(13, "stephane.hamel", TypeSuivi::VisiteFaite,
                      "Premier passage fait dans les dix-huit logements ouverts ; deux étaient fermés."),
              ecrire_au_comite(18, "Il y en a moins, mais on en revoit le soir près de l’évier.")}},

        // In progress: a visit is planned.
        {.il_y_a_jours = 12,
         .profil = Profil::AgentMunicipal,
         .organisation = "Mairie de Dieppe",
         .declarant = {"Vasseur", "Marc", "marc.vasseur@demo.logis.example", "+33261910207"},
         .insee = "76217",
         .code_postal = "76200",
         .commune = "Dieppe",
         .adresse = "32 Grande Rue",
         .position = Position{1.0786, 49.9249},
         .etage = "2",
         .occupant = {"Thiry", "Loïc", "loic.thiry@demo.logis.example"},
         .bailleur = "Mme Odile Caron",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 19,
         .pieces = 1,
         .personnes = 2,
         .enfants = 1,
         .petit_enfant = true,
         .description = "Studio sous les toits, plafond taché après chaque pluie, seau sous la fuite.",
         .precisions = {"desordres_batiment_isolation_infiltration_eau_au_sol_non",
                        "desordres_logement_humidite_piece_a_vivre_details_machine_non"},
         .photos = {{"plafond-humide.jpg", "desordres_logement_humidite_piece_a_vivre"}},
         .gestes = {confier(1, secretaire_departement,
                            {partenaire::demo_dieppe, partenaire::demo_ars, partenaire::demo_caf}),
                    accepter(2, "marc.vasseur"),
                    annoncer_visite(3, "marc.vasseur", 14,
                                    "Visite du logement et des combles avec le service d’hygiène. Merci de "
                                    "laisser l’accès aux combles."),
                    ecrire_au_comite(4, "Le locataire sera présent à partir de 14 heures.")}},

        // To sort, for more than a week.
        {.il_y_a_jours = 9,
         .profil = Profil::CafMsa,
         .organisation = "MSA de Haute-Normandie",
         .declarant = {"Duval", "Fabrice", "fabrice.duval@demo.logis.example", "+33261910208"},
         .insee = "76758",
         .code_postal = "76190",
         .commune = "Yvetot",
         .adresse = "21 Rue des Victoires",
         .position = Position{0.7545, 49.6166},
         .etage = "",
         .occupant = {"Lecomte", "Ginette"},
         .bailleur = "",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Maison,
         .surface_m2 = 88,
         .pieces = 5,
         .personnes = 1,
         .enfants = 0,
         .description = "Maison très encombrée, dame seule de 77 ans qui n’ouvre plus les volets. Le poêle à "
                        "pétrole est son seul chauffage.",
         .precisions = {"desordres_logement_proprete_pieces_tout",
                        "desordres_logement_chauffage_details_chauffage_KO_pieces_tout"}},

        // Validated, not entrusted yet.
        {.il_y_a_jours = 5,
         .profil = Profil::AgentMunicipal,
         .organisation = "Ville du Havre, service d’hygiène",
         .declarant = {"Le Goff", "Yann", "yann.legoff@demo.logis.example", "+33261910209"},
         .insee = "76351",
         .code_postal = "76600",
         .commune = "Le Havre",
         .adresse = "77 Boulevard de Strasbourg",
         .position = Position{0.1206, 49.4937},
         .etage = "3",
         .occupant = {"Mansouri", "Leïla", "leila.mansouri@demo.logis.example"},
         .bailleur = "Syndic de la Porte Océane",
         .bailleur_type = TypeBailleur::Organisme,
         .nature = Nature::Appartement,
         .surface_m2 = 51,
         .pieces = 3,
         .personnes = 2,
         .enfants = 0,
         .description =
             "Garde-corps du balcon rouillé à sa base, il bouge quand on s’y appuie. Le balcon est "
             "au-dessus de l’entrée de l’immeuble.",
         .precisions = {"desordres_batiment_securite_balcons"},
         .photos = {{"facade-fissuree.jpg", ""}},
         .gestes = {valider(1, secretaire_havre)}},

        // To sort.
        {.il_y_a_jours = 2,
         .profil = Profil::Ccas,
         .organisation = "CCAS de Fécamp",
         .declarant = {"Lemonnier", "Hervé", "herve.lemonnier@demo.logis.example", "+33261910210"},
         .insee = "76259",
         .code_postal = "76400",
         .commune = "Fécamp",
         .adresse = "7 Rue de Mer",
         .etage = "1",
         .occupant = {"Delaunay", "Jeannine"},
         .bailleur = "SCI des Falaises",
         .bailleur_type = TypeBailleur::Organisme,
         .nature = Nature::Appartement,
         .surface_m2 = 41,
         .pieces = 2,
         .personnes = 1,
         .enfants = 0,
         .description = "Dame de 81 ans, fenêtres qui ne ferment plus, elle chauffe une seule pièce et se "
                        "couche habillée.",
         .precisions = {"desordres_logement_chauffage_details_fenetres_permeables_pieces_tout",
                        "desordres_logement_chauffage_details_difficultes_chauffage_pieces_tout"},
         .photos = {{"fenetre-cassee.jpg", "desordres_logement_chauffage_details_fenetres_permeables"}}},

        // To sort, from a tenant: the Somme is open to everybody.
        {.il_y_a_jours = 1,
         .profil = Profil::Locataire,
         .organisation = "",
         .declarant = {"Wattelier", "Émilie", "emilie.wattelier@demo.logis.example", "+33639980211"},
         .insee = "80021",
         .code_postal = "80000",
         .commune = "Amiens",
         .adresse = "26 Rue de Beauvais",
         .position = Position{2.2951, 49.8922},
         .etage = "2",
         .occupant = {},
         .bailleur = "M. Philippe Lenoir",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 30,
         .pieces = 1,
         .personnes = 1,
         .enfants = 0,
         .description = "La ventilation ne marche pas et les murs de la salle de bain sont noirs. J’ai écrit "
                        "deux fois à mon propriétaire.",
         .precisions = {"desordres_logement_humidite_salle_de_bain_details_fuite_oui",
                        "desordres_logement_aeration_aucune_aeration_pieces_salle_de_bain"},
         .photos = {{"fuite-salle-de-bain.jpg", "desordres_logement_humidite_salle_de_bain"}}},

        // To sort now: somebody is in danger.
        {.il_y_a_jours = 0,
         .profil = Profil::TravailleurSocial,
         .organisation = "Centre médico-social Rouen Saint-Sever",
         .declarant = {"Marchand", "Élodie", "elodie.marchand@demo.logis.example", "+33261910212"},
         .insee = "76540",
         .code_postal = "76000",
         .commune = "Rouen",
         .adresse = "18 Rue Eau de Robec",
         .position = Position{1.1014, 49.4401},
         .etage = "3",
         .occupant = {"Haddad", "Samia", "samia.haddad@demo.logis.example"},
         .bailleur = "M. Gérard Poulain",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 27,
         .pieces = 2,
         .personnes = 4,
         .enfants = 2,
         .petit_enfant = true,
         .danger = true,
         .description = "Fils dénudés au-dessus de l’évier, le disjoncteur saute plusieurs fois par jour. La "
                        "plus jeune enfant a deux ans. Madame ne dort plus.",
         .precisions = {"desordres_logement_electricite_installation_dangereuse",
                        "desordres_logement_humidite_piece_a_vivre_details_moisissure_apres_nettoyage_oui"},
         .photos = {{"prise-degradee.jpg", "desordres_logement_electricite_installation_dangereuse"},
                    {"moisissures-chambre.jpg", "desordres_logement_humidite_piece_a_vivre"}}},
    };
    return all;
}

} // namespace recit

std::span<const Recit> recits()
{
    return recit::tous();
}

} // namespace demo
