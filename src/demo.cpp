// The demonstration story. It goes through the same rules as people do: nothing is written that the product
// could not.
#include "demo.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/crypto.hpp"
#include "compte/demo.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/demo.hpp"
#include "partenaire/store.hpp"
#include "piece/reception.hpp"
#include "piece/store.hpp"
#include "signalement/apres_depot.hpp"
#include "signalement/depot/store.hpp"
#include "signalement/desordre/criticite.hpp"
#include "signalement/notifications.hpp"
#include "signalement/store.hpp"
#include "territoire/import.hpp"
#include "territoire/store.hpp"

namespace demo {

namespace {

using signalement::Action;
using signalement::Profil;
using signalement::TypeSuivi;

/// What somebody does on a report, days after its deposit.
struct Geste {
    int apres_jours;
    std::string_view qui; // first name and name in the addresses: "julien.masson"; empty: the depositor
    enum class Quoi { Valider, Refuser, Confier, Repondre, Ajouter, Ecrire, Cloturer, Rouvrir } quoi;
    Action reponse = Action::Lire;
    TypeSuivi type = TypeSuivi::Message;
    std::vector<std::string> partenaires = {};
    std::string_view motif = {};
    std::string_view texte = {};
    bool visible = false;
    int dans_jours = 0; // planned visits
    std::string_view reference = {};
};
using enum Geste::Quoi;

struct Photo {
    std::string_view fichier, critere;
};

/// A report of the story.
struct Recit {
    int il_y_a_jours;
    Profil profil;
    std::string_view organisation, prenom, nom, email, telephone;
    std::string_view insee, code_postal, commune, adresse, etage;
    std::string_view occupant_prenom, occupant_nom, occupant_email;
    std::string_view bailleur;
    signalement::TypeBailleur bailleur_type;
    signalement::desordre::Nature nature;
    int surface_m2, pieces, personnes, enfants;
    bool petit_enfant, danger;
    std::string_view description;
    std::vector<std::string> precisions;
    std::vector<Photo> photos;
    std::vector<Geste> gestes;
};

const std::vector<Recit>& recits()
{
    using signalement::TypeBailleur;
    using signalement::desordre::Nature;
    static const std::vector<Recit> all = {
        {.il_y_a_jours = 0,
         .profil = Profil::TravailleurSocial,
         .organisation = "Centre médico-social Rouen Saint-Sever",
         .prenom = "Élodie",
         .nom = "Marchand",
         .email = "elodie.marchand@demo.logis.example",
         .telephone = "+33232000101",
         .insee = "76540",
         .code_postal = "76000",
         .commune = "Rouen",
         .adresse = "18 Rue Eau de Robec",
         .etage = "3",
         .occupant_prenom = "Samia",
         .occupant_nom = "Haddad",
         .occupant_email = "samia.haddad@demo.logis.example",
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
                        "plus jeune enfant a "
                        "deux ans. Madame ne dort plus.",
         .precisions = {"desordres_logement_electricite_installation_dangereuse",
                        "desordres_logement_humidite_piece_a_vivre_details_moisissure_apres_nettoyage_oui"},
         .photos = {{"prise-degradee.jpg", "desordres_logement_electricite_installation_dangereuse"},
                    {"moisissures-chambre.jpg", "desordres_logement_humidite_piece_a_vivre"}},
         .gestes = {}},
        {.il_y_a_jours = 2,
         .profil = Profil::Ccas,
         .organisation = "CCAS de Fécamp",
         .prenom = "Hervé",
         .nom = "Lemonnier",
         .email = "herve.lemonnier@demo.logis.example",
         .telephone = "+33235000102",
         .insee = "76259",
         .code_postal = "76400",
         .commune = "Fécamp",
         .adresse = "7 Rue de Mer",
         .etage = "1",
         .occupant_prenom = "Jeannine",
         .occupant_nom = "Delaunay",
         .occupant_email = "",
         .bailleur = "SCI des Falaises",
         .bailleur_type = TypeBailleur::Organisme,
         .nature = Nature::Appartement,
         .surface_m2 = 41,
         .pieces = 2,
         .personnes = 1,
         .enfants = 0,
         .petit_enfant = false,
         .danger = false,
         .description = "Dame de 81 ans, fenêtres qui ne ferment plus, elle chauffe une seule pièce et se "
                        "couche habillée.",
         .precisions = {"desordres_logement_chauffage_details_fenetres_permeables_pieces_tout",
                        "desordres_logement_chauffage_details_difficultes_chauffage_pieces_tout"},
         .photos = {{"fenetre-cassee.jpg", "desordres_logement_chauffage_details_fenetres_permeables"}},
         .gestes = {}},
        {.il_y_a_jours = 12,
         .profil = Profil::AgentMunicipal,
         .organisation = "Mairie de Dieppe",
         .prenom = "Marc",
         .nom = "Vasseur",
         .email = "marc.vasseur@demo.logis.example",
         .telephone = "+33235000103",
         .insee = "76217",
         .code_postal = "76200",
         .commune = "Dieppe",
         .adresse = "32 Grande Rue",
         .etage = "2",
         .occupant_prenom = "Loïc",
         .occupant_nom = "Thiry",
         .occupant_email = "loic.thiry@demo.logis.example",
         .bailleur = "Mme Odile Caron",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 19,
         .pieces = 1,
         .personnes = 2,
         .enfants = 1,
         .petit_enfant = true,
         .danger = false,
         .description = "Studio sous les toits, plafond taché après chaque pluie, seau sous la fuite.",
         .precisions = {"desordres_batiment_isolation_infiltration_eau_au_sol_non",
                        "desordres_logement_humidite_piece_a_vivre_details_machine_non"},
         .photos = {{"plafond-humide.jpg", "desordres_logement_humidite_piece_a_vivre"}},
         .gestes = {{.apres_jours = 1,
                     .qui = "julien.masson",
                     .quoi = Confier,
                     .partenaires = {partenaire::demo_dieppe, partenaire::demo_ars, partenaire::demo_caf}},
                    {.apres_jours = 2,
                     .qui = "marc.vasseur",
                     .quoi = Repondre,
                     .reponse = Action::AccepterAffectation},
                    {.apres_jours = 3,
                     .qui = "marc.vasseur",
                     .quoi = Ajouter,
                     .type = TypeSuivi::VisitePrevue,
                     .texte = "Visite du logement et des combles avec le service d’hygiène. Merci de laisser "
                              "l’accès aux combles.",
                     .visible = true,
                     .dans_jours = 14},
                    {.apres_jours = 4,
                     .qui = "",
                     .quoi = Ecrire,
                     .texte = "Le locataire sera présent à partir de 14 heures."}}},
        {.il_y_a_jours = 45,
         .profil = Profil::CafMsa,
         .organisation = "CAF de Seine-Maritime",
         .prenom = "Sandrine",
         .nom = "Lecoq",
         .email = "sandrine.lecoq@demo.logis.example",
         .telephone = "+33235000104",
         .insee = "76351",
         .code_postal = "76600",
         .commune = "Le Havre",
         .adresse = "54 Rue de Paris",
         .etage = "RDC",
         .occupant_prenom = "Mamadou",
         .occupant_nom = "Ba",
         .occupant_email = "mamadou.ba@demo.logis.example",
         .bailleur = "Agence du Perrey",
         .bailleur_type = TypeBailleur::Organisme,
         .nature = Nature::Appartement,
         .surface_m2 = 48,
         .pieces = 3,
         .personnes = 5,
         .enfants = 3,
         .petit_enfant = true,
         .danger = false,
         .description = "Escalier de l’immeuble sans rampe, marches descellées. Cage sombre, les enfants y "
                        "passent tous les jours.",
         .precisions = {"desordres_batiment_securite_escalier_details_dangereux",
                        "desordres_batiment_accessibilite_eclairage",
                        "desordres_logement_humidite_salle_de_bain_details_fuite_oui"},
         .photos = {{"escalier-sans-rampe.jpg", "desordres_batiment_securite_escalier"},
                    {"fuite-salle-de-bain.jpg", "desordres_logement_humidite_salle_de_bain"}},
         .gestes = {{.apres_jours = 1,
                     .qui = "aicha.diallo",
                     .quoi = Confier,
                     .partenaires = {partenaire::demo_le_havre, partenaire::demo_caf, partenaire::demo_adil}},
                    {.apres_jours = 2,
                     .qui = "yann.legoff",
                     .quoi = Repondre,
                     .reponse = Action::AccepterAffectation},
                    {.apres_jours = 2,
                     .qui = "sandrine.lecoq",
                     .quoi = Repondre,
                     .reponse = Action::AccepterAffectation},
                    {.apres_jours = 3,
                     .qui = "paul.nguyen",
                     .quoi = Repondre,
                     .reponse = Action::RefuserAffectation,
                     .motif = "deja_suivi",
                     .texte = "Le ménage est déjà conseillé par le service d’hygiène de la ville."},
                    {.apres_jours = 9,
                     .qui = "yann.legoff",
                     .quoi = Ajouter,
                     .type = TypeSuivi::VisiteFaite,
                     .texte = "Visite contradictoire avec le gérant. Rampe absente sur deux niveaux, cinq "
                              "marches descellées, éclairage "
                              "hors service. Mise en sécurité nécessaire.",
                     .visible = true},
                    {.apres_jours = 20,
                     .qui = "yann.legoff",
                     .quoi = Ajouter,
                     .type = TypeSuivi::Arrete,
                     .texte = "Arrêté de mise en sécurité notifié au propriétaire : travaux sur l’escalier "
                              "sous trente jours.",
                     .visible = true,
                     .reference = "2026-MS-0417"},
                    {.apres_jours = 21,
                     .qui = "sandrine.lecoq",
                     .quoi = Ajouter,
                     .type = TypeSuivi::Courrier,
                     .texte = "Conservation de l’allocation logement notifiée au bailleur.",
                     .reference = "CAF-76-88213"}}},
        {.il_y_a_jours = 60,
         .profil = Profil::Association,
         .organisation = "Association Un toit digne",
         .prenom = "Brigitte",
         .nom = "Anquetil",
         .email = "brigitte.anquetil@demo.logis.example",
         .telephone = "+33235000105",
         .insee = "76575",
         .code_postal = "76800",
         .commune = "Saint-Étienne-du-Rouvray",
         .adresse = "11 Rue Lazare Carnot",
         .etage = "",
         .occupant_prenom = "Denis",
         .occupant_nom = "Hervieu",
         .occupant_email = "",
         .bailleur = "Logement social de la Seine",
         .bailleur_type = TypeBailleur::Social,
         .nature = Nature::Maison,
         .surface_m2 = 72,
         .pieces = 4,
         .personnes = 3,
         .enfants = 1,
         .petit_enfant = false,
         .danger = false,
         .description = "Monsieur souhaite un logement plus grand et plus proche de son travail.",
         .precisions = {"desordres_logement_bruit_voisins"},
         .photos = {},
         .gestes = {{.apres_jours = 3,
                     .qui = "julien.masson",
                     .quoi = Refuser,
                     .motif = "hors_habitat_indigne",
                     .texte = "Le logement est en bon état : il s’agit d’un souhait de changer de logement. "
                              "Votre bailleur reçoit les "
                              "demandes de mutation, et l’ADIL (02 35 72 58 50) explique la demande de "
                              "logement social."}}},
        {.il_y_a_jours = 150,
         .profil = Profil::AgentMunicipal,
         .organisation = "Ville de Rouen, service d’hygiène",
         .prenom = "Thomas",
         .nom = "Petit",
         .email = "thomas.petit@demo.logis.example",
         .telephone = "+33235000106",
         .insee = "76540",
         .code_postal = "76000",
         .commune = "Rouen",
         .adresse = "203 Rue Martainville",
         .etage = "4",
         .occupant_prenom = "Paulette",
         .occupant_nom = "Gosselin",
         .occupant_email = "paulette.gosselin@demo.logis.example",
         .bailleur = "Indivision Rabel",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 33,
         .pieces = 2,
         .personnes = 1,
         .enfants = 0,
         .petit_enfant = false,
         .danger = false,
         .description = "Façade fissurée de haut en bas, morceaux d’enduit sur le trottoir. Fenêtre de la "
                        "chambre brisée.",
         .precisions = {"desordres_batiment_securite_murs_fissures_details_mur_porteur_oui",
                        "desordres_batiment_proprete_facades"},
         .photos = {{"facade-fissuree.jpg", "desordres_batiment_securite_murs_fissures"},
                    {"fenetre-cassee.jpg", ""}},
         .gestes = {{.apres_jours = 1,
                     .qui = "julien.masson",
                     .quoi = Confier,
                     .partenaires = {partenaire::demo_rouen, partenaire::demo_operateur}},
                    {.apres_jours = 1,
                     .qui = "thomas.petit",
                     .quoi = Repondre,
                     .reponse = Action::AccepterAffectation},
                    {.apres_jours = 4,
                     .qui = "ines.moreau",
                     .quoi = Repondre,
                     .reponse = Action::AccepterAffectation},
                    {.apres_jours = 6,
                     .qui = "thomas.petit",
                     .quoi = Ajouter,
                     .type = TypeSuivi::VisiteFaite,
                     .texte = "Visite avec un homme de l’art : fissure traversante, purge de la façade "
                              "demandée sans délai.",
                     .visible = true},
                    {.apres_jours = 10,
                     .qui = "thomas.petit",
                     .quoi = Ajouter,
                     .type = TypeSuivi::Arrete,
                     .texte = "Arrêté de mise en sécurité, procédure urgente.",
                     .visible = true,
                     .reference = "2026-MS-0211"},
                    {.apres_jours = 95,
                     .qui = "thomas.petit",
                     .quoi = Ajouter,
                     .type = TypeSuivi::Mainlevee,
                     .texte = "Travaux de reprise constatés, arrêté levé.",
                     .visible = true,
                     .reference = "2026-MS-0211-ML"},
                    {.apres_jours = 96,
                     .qui = "ines.moreau",
                     .quoi = Repondre,
                     .reponse = Action::CloreAffectation,
                     .motif = "intervention_terminee",
                     .texte = "Aide au montage du dossier de travaux terminée."},
                    {.apres_jours = 100,
                     .qui = "julien.masson",
                     .quoi = Cloturer,
                     .motif = "mis_en_conformite",
                     .texte =
                         "La façade est reprise et l’arrêté est levé. Le logement est de nouveau sûr."}}},
        {.il_y_a_jours = 120,
         .profil = Profil::AutreProfessionnel,
         .organisation = "Service d’aide à domicile du Havre",
         .prenom = "Nathalie",
         .nom = "Prévost",
         .email = "nathalie.prevost@demo.logis.example",
         .telephone = "+33235000107",
         .insee = "76351",
         .code_postal = "76620",
         .commune = "Le Havre",
         .adresse = "9 Rue Félix Faure",
         .etage = "5",
         .occupant_prenom = "Roger",
         .occupant_nom = "Quesnel",
         .occupant_email = "",
         .bailleur = "",
         .bailleur_type = TypeBailleur::Particulier,
         .nature = Nature::Appartement,
         .surface_m2 = 55,
         .pieces = 3,
         .personnes = 1,
         .enfants = 0,
         .petit_enfant = false,
         .danger = false,
         .description = "Moisissures dans toutes les pièces, monsieur tousse beaucoup. Ventilation bouchée.",
         .precisions = {"desordres_logement_humidite_tout_details_moisissure_apres_nettoyage_oui",
                        "desordres_logement_aeration_aucune_aeration_pieces_tout"},
         .photos = {{"moisissures-chambre.jpg", "desordres_logement_humidite_tout"},
                    {"hall-immeuble.jpg", ""}},
         .gestes = {{.apres_jours = 2,
                     .qui = "aicha.diallo",
                     .quoi = Confier,
                     .partenaires = {partenaire::demo_le_havre, partenaire::demo_ars}},
                    {.apres_jours = 3,
                     .qui = "sofia.pereira",
                     .quoi = Repondre,
                     .reponse = Action::AccepterAffectation},
                    {.apres_jours = 30,
                     .qui = "aicha.diallo",
                     .quoi = Cloturer,
                     .motif = "travaux_en_cours",
                     .texte = "Le propriétaire a commandé les travaux de ventilation."},
                    {.apres_jours = 75,
                     .qui = "",
                     .quoi = Ecrire,
                     .texte = "Les travaux n’ont jamais commencé et les moisissures ont gagné la chambre."},
                    {.apres_jours = 76,
                     .qui = "aicha.diallo",
                     .quoi = Rouvrir,
                     .texte = "Le déposant indique que les travaux annoncés n’ont pas eu lieu."}}},
    };
    return all;
}

compte::Agent agent(db::Transaction& tx, std::string_view qui)
{
    for (const auto& p : compte::personnes_demo())
        if (p.email.starts_with(qui)) return compte::store::agent(tx, std::string{p.id}).value();
    throw base::Bug{"the story names somebody who is not in it"};
}

template <class T> T must(Result<T> r)
{
    if (!r) throw base::Bug{"the story asks for something the rules refuse"};
    return std::move(*r);
}

void accomplir(App& app, db::Transaction& tx, const std::string& id, const Recit& recit, const Geste& g,
               Instant le)
{
    const auto d = signalement::store::find_for_system(tx, id).value();
    namespace store = signalement::store;
    namespace notifications = signalement::notifications;
    const std::string motif{g.motif}, texte{g.texte};
    if (g.quoi == Ecrire) {
        const auto s = must(repondre_deposant(d, signalement::Usager::Deposant,
                                              fmt::format("{} {}", recit.prenom, recit.nom), texte, 0,
                                              base::local_date(le), le));
        store::save(tx, d, s, {});
        notifications::suivi(app, tx, d, s);
        return;
    }
    auto par = agent(tx, g.qui);
    const auto deplacer = [&](Result<signalement::Changement> c) {
        const auto changement = must(std::move(c));
        store::save(tx, d, changement, par);
        notifications::changement(app, tx, d, changement, par);
    };
    switch (g.quoi) {
    case Valider:
        return deplacer(valider(d, par, le));
    case Refuser:
        return deplacer(refuser(d, par, motif, texte, le));
    case Cloturer:
        return deplacer(cloturer(d, par, motif, texte, le));
    case Rouvrir:
        return deplacer(rouvrir(d, par, texte, le));
    case Confier: {
        const auto n = must(affecter(d, par, g.partenaires, g.partenaires, le));
        store::save(tx, d, n, par);
        return notifications::affectations(app, tx, d, n);
    }
    case Repondre: {
        for (const auto& a : d.affectations)
            if (affectation_de(par, d, a.id)) {
                const auto r = must(repondre(d, par, a.id, g.reponse, motif, texte, le));
                store::save(tx, d, r, par);
                return notifications::reponse(app, tx, d, r, par);
            }
        throw base::Bug{"the story answers for an affectation that is not there"};
    }
    case Ajouter: {
        const auto jour = base::plus_days(base::local_date(le), g.dans_jours);
        for (const auto& m : par.mandats)
            if (!m.partenaire.empty())
                par.nom += fmt::format(" ({})", partenaire::store::nom_de(tx, m.partenaire));
        const auto s = must(agir(d, par, {g.type, jour, texte, std::string{g.reference}, g.visible}, le));
        store::save(tx, d, s, {});
        return notifications::suivi(app, tx, d, s);
    }
    case Ecrire:
        return;
    }
}

signalement::depot::Depot depot_de(const Recit& r, Date jour)
{
    signalement::depot::Depot d;
    auto& s = d.signalement;
    s.adresse = {.libelle = std::string{r.adresse},
                 .code_postal = std::string{r.code_postal},
                 .commune = std::string{r.commune},
                 .insee = std::string{r.insee},
                 .etage = std::string{r.etage}};
    s.declarant = {.profil = r.profil,
                   .organisation = std::string{r.organisation},
                   .contact = {std::string{r.nom}, std::string{r.prenom}, std::string{r.email},
                               std::string{r.telephone}}};
    s.occupant =
        signalement::Occupant{.contact = {std::string{r.occupant_nom}, std::string{r.occupant_prenom},
                                          std::string{r.occupant_email}, ""},
                              .statut = signalement::StatutOccupant::Locataire,
                              .prevenu = true};
    s.bailleur = {.type = r.bailleur_type,
                  .nom = std::string{r.bailleur},
                  .prevenu = signalement::desordre::Reponse::Oui};
    s.decrit.nature = r.nature;
    s.decrit.superficie_dm2 = r.surface_m2 * 100;
    s.decrit.piece_unique = r.pieces == 1;
    s.decrit.nombre_pieces = r.pieces;
    s.decrit.personnes = r.personnes;
    s.decrit.enfants = r.enfants;
    s.decrit.enfant_moins_6_ans =
        r.petit_enfant ? signalement::desordre::Reponse::Oui : signalement::desordre::Reponse::Non;
    s.demarches.visite_acceptee = signalement::desordre::Reponse::Oui;
    s.description = std::string{r.description};
    s.danger_declare = r.danger;
    for (const auto& slug : r.precisions) {
        const auto* p = signalement::desordre::find_precision(slug);
        base::expect(p != nullptr, "the story names a précision that does not exist");
        d.precisions.push_back({.slug = slug});
        s.danger = s.danger || p->danger;
    }
    s.danger = s.danger || s.danger_declare;
    s.criticite = signalement::desordre::score(d.precisions, s.decrit);
    s.gravite = signalement::desordre::gravite(d.precisions, s.decrit, s.danger_declare).gravite;
    d.procedures = signalement::desordre::procedures_suspectees(d.precisions, s.decrit, jour);
    return d;
}

void raconter(App& app, const Recit& r, const std::string& dossier_photos)
{
    const auto le = app.clock.now().plus_days(-r.il_y_a_jours).plus_seconds(-3600);
    auto depot = depot_de(r, base::local_date(le));
    struct Jointe {
        piece::PieceRecue recue;
        std::string critere;
    };
    std::vector<Jointe> jointes;
    for (const auto& photo : r.photos) {
        std::ifstream file{std::filesystem::path{dossier_photos} / photo.fichier, std::ios::binary};
        if (dossier_photos.empty() || !file) continue;
        const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        jointes.push_back({must(piece::recevoir(
                               app.magasin, {"fichiers", std::string{photo.fichier}, "image/jpeg", bytes})),
                           std::string{photo.critere}});
    }
    const auto id = app.db.write([&](db::Transaction& tx) {
        const auto brouillon = signalement::depot::store::creer(tx, base::random_token(32), {}, "", le);
        for (const auto& j : jointes)
            signalement::depot::store::ajouter_piece(tx, brouillon.id, j.recue, j.critere, le);
        const auto ressort = territoire::store::find_ressort(tx, r.insee).value();
        auto copie = depot;
        const auto recu = signalement::depot::store::enregistrer(
            tx, brouillon.id, copie,
            {ressort.code_territoire(), ressort.comite ? std::optional{ressort.comite->id} : std::nullopt,
             base::local_date(le)},
            le);
        journal::append(tx, {.objet_type = "signalement",
                             .objet_id = recu.signalement,
                             .evenement = "depot",
                             .acteur_nom = fmt::format("{} {}", r.prenom, r.nom),
                             .territoire = ressort.code_territoire(),
                             .le = le});
        signalement::apres_depot(app, tx, copie.signalement);
        return recu.signalement;
    });
    for (const auto& g : r.gestes)
        app.db.write([&](db::Transaction& tx) { accomplir(app, tx, id, r, g, le.plus_days(g.apres_jours)); });
}

} // namespace

void seed(App& app, const std::string& dossier_photos)
{
    const auto le = app.clock.now();
    const bool deja = app.db.write([&](db::Transaction& tx) {
        territoire::semer_demo(tx, le);
        partenaire::semer_demo(tx, le);
        compte::semer_demo(tx, le);
        return tx.one<std::int64_t>("SELECT COUNT(*) FROM signalement") > 0;
    });
    if (deja) return;
    for (const auto& r : recits()) raconter(app, r, dossier_photos);
    // The people of the story have no mailbox: what it wrote to them is history, not mail to send.
    for (bool reste = true; reste;)
        reste = app.db.write([&](db::Transaction& tx) {
            const auto courriels = courrier::prendre(tx, "demo", le, le.plus_seconds(60), 100);
            for (const auto& c : courriels) courrier::marquer_envoye(tx, c.id, "demo", le);
            return !courriels.empty();
        });
}

std::string logins()
{
    std::string out =
        fmt::format("\nComptes de démonstration (mot de passe : {})\n", compte::mot_de_passe_demo);
    for (const auto& p : compte::personnes_demo())
        out += fmt::format("  {:<42} {} {}, {}\n", p.email, p.prenom, p.nom, p.fonction);
    return out + "\n";
}

} // namespace demo
