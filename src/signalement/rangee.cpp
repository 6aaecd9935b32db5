// Reading rows of signalement back into values, and of the tables that hang from it.
#include "signalement/rangee.hpp"

#include "base/text.hpp"

namespace signalement {

const std::string_view colonnes =
    "s.id, s.reference, s.territoire, s.comite, s.statut, s.version, s.depose_le, s.valide_le, s.refuse_le, "
    "s.clos_le, s.motif_slug, s.motif_texte, s.adresse_libelle, s.code_postal, s.commune, s.insee, "
    "s.adresse_id, s.lon, s.lat, s.etage, s.escalier, s.porte, s.adresse_autre, s.profil, s.organisation, "
    "s.nom, s.prenom, s.email, s.telephone, s.lien, s.occupant_distinct, s.occupant_nom, s.occupant_prenom, "
    "s.occupant_email, s.occupant_telephone, s.occupant_statut, s.occupant_prevenu, s.bailleur_type, "
    "s.bailleur_nom, s.bailleur_email, s.bailleur_telephone, s.bailleur_adresse, s.bailleur_prevenu, "
    "s.bailleur_prevenu_mois, s.bailleur_prevenu_moyen, s.bailleur_reponse, s.nature, s.nature_autre, "
    "s.niveau, s.sans_fenetre, s.piece_unique, s.superficie_dm2, s.nombre_pieces, s.piece_de_9_m2, "
    "s.cuisine, s.salle_de_bain, s.wc, s.wc_dans_cuisine, s.personnes, s.enfants, s.enfant_moins_6_ans, "
    "s.personne_fragile, s.vulnerabilite, s.emmenagement, s.dpe, s.dpe_le, s.classe_energetique, "
    "s.consommation_kwh_par_m2, s.social, s.annee_construction, s.bail, s.loyer_centimes, s.allocation, "
    "s.numero_allocataire, s.travailleur_social, s.structure_sociale, s.assurance, s.reponse_assurance, "
    "s.demande_relogement, s.veut_partir, s.preavis_depose, s.visite_acceptee, "
    "s.bailleur_peut_etre_prevenu, s.description, s.debut, s.constate, s.danger_declare, s.danger, "
    "s.vacant, s.doublon_possible, s.gravite, s.criticite_centiemes, s.criticite_batiment_centiemes, "
    "s.criticite_logement_centiemes";

Signalement valeur(Rangee r)
{
    const auto& reponses = desordre::reponses;
    Signalement s;
    s.id = Id<Signalement>{std::move(r.id)};
    s.reference = std::move(r.reference);
    s.territoire = std::move(r.territoire);
    s.comite = std::move(r.comite);
    s.statut = base::known(statuts, r.statut);
    s.version = r.version;
    s.depose_le = r.depose_le;
    s.valide_le = r.valide_le;
    s.refuse_le = r.refuse_le;
    s.clos_le = r.clos_le;
    s.motif_slug = std::move(r.motif_slug);
    s.motif_texte = std::move(r.motif_texte);
    s.adresse = {.libelle = std::move(r.adresse_libelle),
                 .code_postal = std::move(r.code_postal),
                 .commune = std::move(r.commune),
                 .insee = std::move(r.insee),
                 .ban_id = std::move(r.adresse_id),
                 .lon = r.lon,
                 .lat = r.lat,
                 .etage = std::move(r.etage),
                 .escalier = std::move(r.escalier),
                 .porte = std::move(r.porte),
                 .autre = std::move(r.adresse_autre)};
    s.declarant = {.profil = base::known(profils, r.profil),
                   .organisation = std::move(r.organisation),
                   .contact = {.nom = std::move(r.nom),
                               .prenom = std::move(r.prenom),
                               .email = std::move(r.email),
                               .telephone = std::move(r.telephone)},
                   .lien = std::move(r.lien)};
    if (r.occupant_distinct)
        s.occupant = Occupant{.contact = {.nom = std::move(r.occupant_nom),
                                          .prenom = std::move(r.occupant_prenom),
                                          .email = std::move(r.occupant_email),
                                          .telephone = std::move(r.occupant_telephone)},
                              .statut = base::known(statuts_occupant, r.occupant_statut),
                              .prevenu = r.occupant_prevenu};
    s.bailleur = {.type = base::known(types_bailleur, r.bailleur_type),
                  .nom = std::move(r.bailleur_nom),
                  .email = std::move(r.bailleur_email),
                  .telephone = std::move(r.bailleur_telephone),
                  .adresse = std::move(r.bailleur_adresse),
                  .prevenu = base::known(reponses, r.bailleur_prevenu),
                  .prevenu_mois = std::move(r.bailleur_prevenu_mois),
                  .prevenu_moyen = base::known(moyens_contact, r.bailleur_prevenu_moyen),
                  .reponse = std::move(r.bailleur_reponse)};
    s.decrit.nature = base::known(desordre::natures, r.nature);
    s.decrit.etage = base::known(desordre::etages, r.niveau);
    s.decrit.sans_fenetre = base::known(reponses, r.sans_fenetre);
    s.decrit.piece_unique = r.piece_unique;
    s.decrit.superficie_dm2 = r.superficie_dm2;
    s.decrit.nombre_pieces = r.nombre_pieces;
    s.decrit.piece_de_9_m2 = base::known(reponses, r.piece_de_9_m2);
    s.decrit.cuisine = base::known(desordre::presences, r.cuisine);
    s.decrit.salle_de_bain = base::known(desordre::presences, r.salle_de_bain);
    s.decrit.wc = base::known(desordre::presences, r.wc);
    s.decrit.wc_dans_cuisine = base::known(reponses, r.wc_dans_cuisine);
    s.decrit.personnes = r.personnes;
    s.decrit.enfants = r.enfants;
    s.decrit.enfant_moins_6_ans = base::known(reponses, r.enfant_moins_6_ans);
    s.decrit.personne_fragile = base::known(reponses, r.personne_fragile);
    s.decrit.emmenagement = r.emmenagement;
    s.decrit.dpe = base::known(reponses, r.dpe);
    s.decrit.dpe_le = r.dpe_le;
    if (r.classe_energetique) s.decrit.classe_energetique = r.classe_energetique->at(0);
    s.decrit.consommation_kwh_par_m2 = r.consommation_kwh_par_m2;
    s.logement = {.nature_autre = std::move(r.nature_autre),
                  .social = base::known(reponses, r.social),
                  .annee_construction = r.annee_construction,
                  .bail = base::known(reponses, r.bail),
                  .loyer_centimes = r.loyer_centimes,
                  .allocation = base::known(allocations, r.allocation),
                  .numero_allocataire = std::move(r.numero_allocataire),
                  .vulnerabilite = std::move(r.vulnerabilite)};
    s.demarches = {.travailleur_social = base::known(reponses, r.travailleur_social),
                   .structure_sociale = std::move(r.structure_sociale),
                   .assurance = base::known(assurances, r.assurance),
                   .reponse_assurance = std::move(r.reponse_assurance),
                   .demande_relogement = base::known(reponses, r.demande_relogement),
                   .veut_partir = base::known(reponses, r.veut_partir),
                   .preavis_depose = base::known(reponses, r.preavis_depose),
                   .visite_acceptee = base::known(reponses, r.visite_acceptee),
                   .bailleur_peut_etre_prevenu = base::known(reponses, r.bailleur_peut_etre_prevenu)};
    s.decrit.allocataire = allocataire(s.logement.allocation);
    s.decrit.assurance_contactee = assurance_contactee(s.demarches.assurance);
    s.description = std::move(r.description);
    s.debut = base::known(debuts, r.debut);
    s.constate = base::known(reponses, r.constate);
    s.danger_declare = r.danger_declare;
    s.danger = r.danger;
    s.vacant = r.vacant;
    s.doublon_possible = r.doublon_possible;
    s.gravite = base::known(desordre::gravites, r.gravite);
    s.criticite = {.batiment_centiemes = r.criticite_batiment_centiemes,
                   .logement_centiemes = r.criticite_logement_centiemes,
                   .total_centiemes = r.criticite_centiemes};
    return s;
}

namespace {

struct LigneDesordre {
    std::string slug, pieces, texte_libre;
    bool presumee = false;
};

struct LigneProcedure {
    std::string qualification, statut, precisions;
};

std::vector<desordre::PrecisionChoisie> precisions_lues(std::vector<LigneDesordre> lignes)
{
    std::vector<desordre::PrecisionChoisie> out;
    for (auto& l : lignes) {
        desordre::PrecisionChoisie p{.slug = std::move(l.slug), .texte_libre = std::move(l.texte_libre)};
        p.presumee = l.presumee;
        if (!l.pieces.empty())
            for (const auto& slug : base::split(l.pieces, ' '))
                p.pieces.push_back(base::known(desordre::pieces, slug));
        out.push_back(std::move(p));
    }
    return out;
}

std::vector<desordre::ProcedureSuspectee> procedures_lues(const std::vector<LigneProcedure>& lignes)
{
    std::vector<desordre::ProcedureSuspectee> out;
    for (const auto& l : lignes) {
        desordre::ProcedureSuspectee p{.qualification =
                                           base::known(desordre::qualifications, l.qualification),
                                       .statut = base::known(desordre::statuts_qualification, l.statut),
                                       .precisions = {}};
        if (!l.precisions.empty()) p.precisions = base::split(l.precisions, ' ');
        out.push_back(std::move(p));
    }
    return out;
}

} // namespace

db::Later<std::vector<desordre::PrecisionChoisie>> precisions_de(db::Transaction& tx,
                                                                 const std::string& signalement)
{
    return [lignes = tx.ask<LigneDesordre>("SELECT precision_slug, pieces, texte_libre, presumee "
                                           "FROM signalement_desordre WHERE signalement = $1 ORDER BY rang",
                                           signalement)]() mutable { return precisions_lues(lignes.all()); };
}

db::Later<std::vector<desordre::ProcedureSuspectee>> procedures_de(db::Transaction& tx,
                                                                   const std::string& signalement)
{
    return [lignes =
                tx.ask<LigneProcedure>("SELECT qualification, statut, precisions "
                                       "FROM signalement_qualification WHERE signalement = $1 ORDER BY rang",
                                       signalement)]() mutable { return procedures_lues(lignes.all()); };
}

std::vector<PieceJointe> pieces_de(db::Transaction& tx, const std::string& signalement)
{
    return tx.query<PieceJointe>("SELECT piece, desordre, ajoute_le FROM signalement_piece "
                                 "WHERE signalement = $1 ORDER BY ajoute_le, piece LIMIT 500",
                                 signalement);
}

} // namespace signalement
