// A row of the table signalement and the value it stands for. No decision, and no reader's rights: the stores
// that select rows say whose.
#pragma once

#include <string>
#include <vector>

#include "db/db.hpp"
#include "signalement/signalement.hpp"

namespace signalement {

/// The columns of a signalement in the order of Rangee, each prefixed by `s.`: « SELECT » + colonnes +
/// « FROM signalement s WHERE … », read with signalements() below.
extern const std::string_view colonnes;

/// One row, flat. Everything is as the database has it.
struct Rangee {
    std::string id, reference, territoire;
    std::optional<std::string> comite;
    std::string statut;
    std::int64_t version = 1;
    Instant depose_le;
    std::optional<Instant> valide_le, refuse_le, clos_le;
    std::optional<std::string> motif_slug, motif_texte;
    std::string adresse_libelle, code_postal, commune, insee;
    std::optional<std::string> adresse_id;
    std::optional<double> lon, lat;
    std::string etage, escalier, porte, adresse_autre;
    std::string profil, organisation, nom, prenom, email, telephone, lien;
    bool occupant_distinct = false;
    std::string occupant_nom, occupant_prenom, occupant_email, occupant_telephone;
    std::optional<std::string> occupant_statut;
    bool occupant_prevenu = false;
    std::optional<std::string> bailleur_type;
    std::string bailleur_nom, bailleur_email, bailleur_telephone, bailleur_adresse;
    std::optional<std::string> bailleur_prevenu;
    std::string bailleur_prevenu_mois;
    std::optional<std::string> bailleur_prevenu_moyen;
    std::string bailleur_reponse;
    std::optional<std::string> nature;
    std::string nature_autre;
    std::optional<std::string> niveau, sans_fenetre;
    std::optional<bool> piece_unique;
    std::optional<int> superficie_dm2, nombre_pieces;
    std::optional<std::string> piece_de_9_m2, cuisine, salle_de_bain, wc, wc_dans_cuisine;
    std::optional<int> personnes, enfants;
    std::optional<std::string> enfant_moins_6_ans, personne_fragile;
    std::string vulnerabilite;
    std::optional<Date> emmenagement;
    std::optional<std::string> dpe;
    std::optional<Date> dpe_le;
    std::optional<std::string> classe_energetique;
    std::optional<int> consommation_kwh_par_m2;
    std::optional<std::string> social;
    std::optional<int> annee_construction;
    std::optional<std::string> bail;
    std::optional<std::int64_t> loyer_centimes;
    std::optional<std::string> allocation;
    std::string numero_allocataire;
    std::optional<std::string> travailleur_social;
    std::string structure_sociale;
    std::optional<std::string> assurance;
    std::string reponse_assurance;
    std::optional<std::string> demande_relogement, veut_partir, preavis_depose, visite_acceptee;
    std::optional<std::string> bailleur_peut_etre_prevenu;
    std::string description;
    std::optional<std::string> debut, constate;
    bool danger_declare = false, danger = false, vacant = false, doublon_possible = false;
    std::string gravite;
    int criticite_centiemes = 0, criticite_batiment_centiemes = 0, criticite_logement_centiemes = 0;
};

Signalement valeur(Rangee);

/// The précisions kept for a signalement, in the order of the catalogue.
db::Later<std::vector<desordre::PrecisionChoisie>> precisions_de(db::Transaction&,
                                                                 const std::string& signalement);
/// The procedures suspected, in the order of the table of qualifications.
db::Later<std::vector<desordre::ProcedureSuspectee>> procedures_de(db::Transaction&,
                                                                   const std::string& signalement);
/// The files, oldest first.
std::vector<PieceJointe> pieces_de(db::Transaction&, const std::string& signalement);

} // namespace signalement
