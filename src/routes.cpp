// Every URL of the platform: method, path, who may knock, which function answers, and the limits of its body.
#include "routes.hpp"

#include "compte/pages.hpp"
#include "compte/pages_territoires.hpp"
#include "demande/candidature/pages.hpp"
#include "demande/chiffres/pages_commune.hpp"
#include "demande/echange/pages.hpp"
#include "demande/espace/pages.hpp"
#include "demande/pages.hpp"
#include "demande/portail/pages.hpp"
#include "piece/piece.hpp"
#include "signalement/depot/pages.hpp"
#include "signalement/pages.hpp"
#include "signalement/suivi_deposant/pages.hpp"
#include "site.hpp"
#include "territoire/pages.hpp"

namespace {

using enum http::Method;

/// Forms that carry photos and documents: a dozen of the largest files at once, over a slow network.
constexpr http::Limits envoi_de_fichiers{
    .body_bytes = piece::total_max, .body_seconds = 1800, .pool = http::Pool::Files};

/// One file that comes in as many pieces as the network makes of it.
constexpr http::Limits televersement{
    .body_bytes = piece::taille_max, .body_seconds = 1800, .pool = http::Pool::Files, .direct = true};

/// One exchange file, read while somebody waits.
constexpr http::Limits fichier_d_echange{
    .body_bytes = 9U << 20, .body_seconds = 300, .pool = http::Pool::Slow};

/// Forms that hash a password: small, and on the workers that may be slow.
constexpr http::Limits mot_de_passe{.body_bytes = 16 * 1024, .pool = http::Pool::Slow};

constexpr Route late(Route route)
{
    route.late = true;
    return route;
}

const Route table[] = {
    {Get, "/", Acces::Public, site::get_accueil},
    {Get, "/sante", Acces::Public, site::get_sante},
    {Get, "/parametres-affichage", Acces::Public, site::get_affichage},
    {Post, "/parametres-affichage", Acces::Public, site::post_affichage},
    {Get, "/plan-du-site", Acces::Public, site::get_plan},
    {Get, "/mentions-legales", Acces::Public, site::get_mentions_legales},
    {Get, "/donnees-personnelles", Acces::Public, site::get_donnees_personnelles},
    {Get, "/accessibilite", Acces::Public, site::get_accessibilite},
    {Get, "/cookies", Acces::Public, site::get_cookies},
    {Get, "/robots.txt", Acces::Public, site::get_robots},
    {Get, "/.well-known/security.txt", Acces::Public, site::get_security_txt},

    {Get, "/signaler", Acces::Public, signalement::depot::get_accueil},
    {Post, "/signaler", Acces::Public, signalement::depot::post_accueil},
    {Get, "/signaler/ailleurs", Acces::Public, signalement::depot::get_ailleurs},
    {Get, "/signaler/{jeton}", Acces::Public, signalement::depot::get_reprise},
    {Get, "/signaler/{jeton}/lien", Acces::Public, signalement::depot::get_lien},
    {Post, "/signaler/{jeton}/lien", Acces::Public, signalement::depot::post_lien},
    {Post, "/signaler/{jeton}/abandon", Acces::Public, signalement::depot::post_abandon},
    {Post, "/signaler/{jeton}/envoi", Acces::Public, signalement::depot::post_envoi},
    {Get, "/signaler/{jeton}/confirmation", Acces::Public, signalement::depot::get_confirmation},
    {Get, "/signaler/{jeton}/{etape}", Acces::Public, signalement::depot::get_etape},
    {Post, "/signaler/{jeton}/{etape}", Acces::Public, signalement::depot::post_etape},
    {Post, "/signaler/{jeton}/{etape}/brouillon", Acces::Public, signalement::depot::post_brouillon},
    {Post, "/signaler/{jeton}/fichiers/ajout", Acces::Public, signalement::depot::post_fichiers,
     envoi_de_fichiers},
    {Options, "/signaler/{jeton}/fichiers/televersements", Acces::Public,
     signalement::depot::options_televersements},
    {Post, "/signaler/{jeton}/fichiers/televersements", Acces::Public,
     signalement::depot::post_televersements, televersement},
    {Options, "/signaler/{jeton}/fichiers/televersements/{televersement}/octets", Acces::Public,
     signalement::depot::options_televersements},
    {Head, "/signaler/{jeton}/fichiers/televersements/{televersement}/octets", Acces::Public,
     signalement::depot::televersement},
    {Patch, "/signaler/{jeton}/fichiers/televersements/{televersement}/octets", Acces::Public,
     signalement::depot::televersement, televersement},
    {Post, "/signaler/{jeton}/fichiers/televersements/{televersement}/octets", Acces::Public,
     signalement::depot::televersement, televersement},
    {Delete, "/signaler/{jeton}/fichiers/televersements/{televersement}/octets", Acces::Public,
     signalement::depot::televersement},
    {Get, "/signaler/{jeton}/fichiers/{piece}", Acces::Public, signalement::depot::get_fichier},
    {Get, "/signaler/{jeton}/fichiers/{piece}/miniature", Acces::Public, signalement::depot::get_miniature},
    {Post, "/signaler/{jeton}/fichiers/{piece}/retrait", Acces::Public, signalement::depot::post_retrait},
    {Post, "/signaler/{jeton}/fichiers/{piece}/rattachement", Acces::Public,
     signalement::depot::post_rattachement},

    late({Get, "/signalements", Acces::Agent, signalement::get_liste}),
    late({Get, "/signalements/{id}", Acces::Agent, signalement::get_fiche}),
    late({Get, "/signalements/{id}/pieces/{piece}", Acces::Agent, signalement::get_piece}),
    late({Get, "/signalements/{id}/pieces/{piece}/miniature", Acces::Agent, signalement::get_miniature}),
    {Post, "/signalements/{id}/validation", Acces::Agent, signalement::post_validation},
    {Get, "/signalements/{id}/refus", Acces::Agent, signalement::get_refus},
    {Post, "/signalements/{id}/refus", Acces::Agent, signalement::post_refus},
    {Get, "/signalements/{id}/cloture", Acces::Agent, signalement::get_cloture},
    {Post, "/signalements/{id}/cloture", Acces::Agent, signalement::post_cloture},
    {Get, "/signalements/{id}/reouverture", Acces::Agent, signalement::get_reouverture},
    {Post, "/signalements/{id}/reouverture", Acces::Agent, signalement::post_reouverture},
    {Get, "/signalements/{id}/affectations", Acces::Agent, signalement::get_affectations},
    {Post, "/signalements/{id}/affectations", Acces::Agent, signalement::post_affectations},
    {Post, "/signalements/{id}/affectations/{affectation}/acceptation", Acces::Agent,
     signalement::post_acceptation},
    {Post, "/signalements/{id}/affectations/{affectation}/reprise", Acces::Agent, signalement::post_reprise},
    {Get, "/signalements/{id}/affectations/{affectation}/refus", Acces::Agent,
     signalement::get_refus_affectation},
    {Post, "/signalements/{id}/affectations/{affectation}/refus", Acces::Agent,
     signalement::post_refus_affectation},
    {Get, "/signalements/{id}/affectations/{affectation}/cloture", Acces::Agent,
     signalement::get_cloture_affectation},
    {Post, "/signalements/{id}/affectations/{affectation}/cloture", Acces::Agent,
     signalement::post_cloture_affectation},
    {Post, "/signalements/{id}/suivi", Acces::Agent, signalement::post_suivi, envoi_de_fichiers},
    {Post, "/signalements/{id}/suivi/{suivi}/visibilite", Acces::Agent, signalement::post_visibilite},
    {Post, "/signalements/{id}/courriels/{courriel}/renvoi", Acces::Agent, signalement::post_renvoi},

    late({Get, "/demander/communes", Acces::Public, demande::chiffres::get_recherche}),
    late({Get, "/demander/communes/{code}", Acces::Public, demande::chiffres::get_commune}),
    late({Get, "/demander/communes/{code}/chiffres.csv", Acces::Public, demande::chiffres::get_commune_csv}),

    {Get, "/demandes", Acces::Agent, demande::get_accueil},
    {Post, "/demandes", Acces::Agent, demande::post_demandes},
    {Get, "/demandes/nouvelle", Acces::Agent, demande::get_nouvelle},
    {Post, "/demandes/nouvelle", Acces::Agent, demande::post_nouvelle},
    {Post, "/demandes/recherche", Acces::Agent, demande::post_recherche},
    {Get, "/courriers", Acces::Agent, demande::get_courriers},
    {Post, "/courriers/retour", Acces::Agent, demande::post_retour_de_courrier},
    {Get, "/courriers/{lot}", Acces::Agent, demande::get_lot},
    {Get, "/courriers/{lot}/lettres.pdf", Acces::Agent, demande::get_lettres},
    {Get, "/courriers/{lot}/bordereau.csv", Acces::Agent, demande::get_bordereau},
    {Post, "/courriers/{lot}/poste", Acces::Agent, demande::post_lot_poste},
    {Get, "/echanges", Acces::Agent, demande::echange::get_echanges},
    {Post, "/echanges", Acces::Agent, demande::echange::post_echanges, fichier_d_echange},
    {Get, "/echanges/demandes.xml", Acces::Agent, demande::echange::get_changees},
    {Get, "/echanges/{id}", Acces::Agent, demande::echange::get_fichier},
    {Post,
     "/echanges/{id}/import",
     Acces::Agent,
     demande::echange::post_import,
     {.body_bytes = 16 * 1024, .pool = http::Pool::Slow}},
    {Get, "/demandes/{id}", Acces::Agent, demande::get_fiche},
    {Get, "/demandes/{id}/echange.xml", Acces::Agent, demande::echange::get_une},
    {Get, "/demandes/{id}/attestation", Acces::Agent, demande::get_attestation},
    {Get, "/demandes/{id}/attestation.pdf", Acces::Agent, demande::get_attestation_pdf},
    {Get, "/demandes/{id}/renouvellement", Acces::Agent, demande::get_renouvellement},
    {Post, "/demandes/{id}/renouvellement", Acces::Agent, demande::post_renouvellement},
    {Get, "/demandes/{id}/radiation", Acces::Agent, demande::get_radiation},
    {Post, "/demandes/{id}/radiation", Acces::Agent, demande::post_radiation},
    {Post, "/demandes/{id}/preavis", Acces::Agent, demande::post_preavis},
    {Post, "/demandes/{id}/attestation", Acces::Agent, demande::post_attestation},
    {Get, "/demandes/{id}/situation", Acces::Agent, demande::get_situation},
    {Get, "/demandes/{id}/situation/{volet}", Acces::Agent, demande::get_volet},
    {Post, "/demandes/{id}/situation/{volet}", Acces::Agent, demande::post_volet},
    {Get, "/demandes/{id}/pieces", Acces::Agent, demande::get_pieces},
    {Post, "/demandes/{id}/pieces", Acces::Agent, demande::post_pieces, envoi_de_fichiers},
    {Get, "/demandes/{id}/pieces/{piece}", Acces::Agent, demande::get_piece},
    {Post, "/demandes/{id}/pieces/{piece}/image", Acces::Agent, demande::post_piece_image, envoi_de_fichiers},
    {Post, "/demandes/{id}/pieces/{piece}/decision", Acces::Agent, demande::post_piece_decision},
    {Get, "/demandes/{id}/separation", Acces::Agent, demande::get_separation},
    {Post, "/demandes/{id}/separation", Acces::Agent, demande::post_separation},
    {Get, "/demandes/{id}/versions", Acces::Agent, demande::get_versions},
    {Get, "/demandes/{id}/acces", Acces::Agent, demande::espace::get_acces},
    {Post, "/demandes/{id}/acces", Acces::Agent, demande::espace::post_acces},

    {Get, "/demander", Acces::Public, demande::portail::get_demander},
    {Get, "/demander/connexion", Acces::Public, demande::portail::get_connexion},
    {Post, "/demander/connexion", Acces::Public, demande::portail::post_connexion},
    {Get, "/demander/code", Acces::Public, demande::portail::get_code},
    {Post, "/demander/code", Acces::Public, demande::portail::post_code},
    {Get, "/demander/commune", Acces::Public, demande::portail::get_choix_de_commune},
    {Get, "/demander/commune/{insee}", Acces::Public, demande::portail::get_commune},
    {Post, "/demander/commune/{insee}", Acces::Public, demande::portail::post_simulation},
    {Get, "/commencer-demande/{insee}", Acces::Demandeur, demande::portail::get_commencer},
    {Post, "/nouvelle-demande", Acces::Demandeur, demande::portail::post_commencer},
    {Get, "/nouvelle-demande/{id}", Acces::Demandeur, demande::portail::get_en_ligne},
    {Post, "/nouvelle-demande/{id}/fichiers", Acces::Demandeur, demande::portail::post_fichiers,
     envoi_de_fichiers},
    {Get, "/nouvelle-demande/{id}/fichiers/{piece}", Acces::Demandeur, demande::portail::get_fichier},
    {Post, "/nouvelle-demande/{id}/fichiers/{piece}/retrait", Acces::Demandeur,
     demande::portail::post_retrait_de_fichier},
    {Post, "/nouvelle-demande/{id}/envoi", Acces::Demandeur, demande::portail::post_envoi},
    {Get, "/nouvelle-demande/{id}/abandon", Acces::Demandeur, demande::portail::get_abandon},
    {Post, "/nouvelle-demande/{id}/abandon", Acces::Demandeur, demande::portail::post_abandon},
    {Get, "/nouvelle-demande/{id}/{etape}", Acces::Demandeur, demande::portail::get_etape},
    {Post, "/nouvelle-demande/{id}/{etape}", Acces::Demandeur, demande::portail::post_etape},
    {Get, "/a-verifier", Acces::Agent, demande::portail::get_a_verifier},
    {Get, "/a-verifier/{id}", Acces::Agent, demande::portail::get_a_verifier_une},
    {Get, "/a-verifier/{id}/fichiers/{piece}", Acces::Agent, demande::portail::get_fichier_a_verifier},
    {Get, "/a-verifier/{id}/miniatures/{piece}", Acces::Agent, demande::portail::get_miniature_a_verifier},
    {Post, "/a-verifier/{id}/validation", Acces::Agent, demande::portail::post_validation},
    {Post, "/a-verifier/{id}/invalidation", Acces::Agent, demande::portail::post_invalidation},
    {Get, "/ma-demande", Acces::Demandeur, demande::portail::get_ma_demande},
    {Post, "/ma-demande/deconnexion", Acces::Demandeur, demande::portail::post_deconnexion},
    {Get, "/demander/numero-perdu", Acces::Public, demande::espace::get_numero_perdu},
    {Post, "/demander/numero-perdu", Acces::Public, demande::espace::post_numero_perdu},
    {Get, "/ma-demande/rattacher", Acces::Demandeur, demande::espace::get_reclamation},
    {Post, "/ma-demande/rattacher", Acces::Demandeur, demande::espace::post_reclamation},
    {Get, "/ma-demande/rattacher/code", Acces::Demandeur, demande::espace::get_cle},
    {Post, "/ma-demande/rattacher/code", Acces::Demandeur, demande::espace::post_cle},
    {Get, "/ma-demande/{id}", Acces::Demandeur, demande::espace::get_fiche},
    {Get, "/ma-demande/{id}/historique", Acces::Demandeur, demande::espace::get_histoire},
    {Get, "/ma-demande/{id}/attestation.pdf", Acces::Demandeur, demande::espace::get_attestation_pdf},
    {Get, "/ma-demande/{id}/pieces", Acces::Demandeur, demande::espace::get_pieces},
    {Get, "/ma-demande/{id}/pieces/{type}/{personne}", Acces::Demandeur, demande::espace::get_ajout_de_piece},
    {Post, "/ma-demande/{id}/pieces/{type}/{personne}", Acces::Demandeur,
     demande::espace::post_ajout_de_piece, envoi_de_fichiers},
    {Get, "/ma-demande/{id}/fichiers/{piece}", Acces::Demandeur, demande::espace::get_fichier_de_piece},
    {Get, "/ma-demande/{id}/situation", Acces::Demandeur, demande::espace::get_situation},
    {Get, "/ma-demande/{id}/situation/{volet}", Acces::Demandeur, demande::espace::get_volet},
    {Post, "/ma-demande/{id}/situation/{volet}", Acces::Demandeur, demande::espace::post_volet},
    {Get, "/ma-demande/{id}/adresse", Acces::Demandeur, demande::espace::get_adresse},
    {Post, "/ma-demande/{id}/adresse", Acces::Demandeur, demande::espace::post_adresse},
    {Get, "/ma-demande/{id}/renouveler", Acces::Demandeur, demande::espace::get_renouvellement},
    {Post, "/ma-demande/{id}/renouveler", Acces::Demandeur, demande::espace::post_renouvellement},
    {Get, "/ma-demande/{id}/renouveler/{partie}", Acces::Demandeur, demande::espace::get_relecture},
    {Post, "/ma-demande/{id}/renouveler/{partie}", Acces::Demandeur, demande::espace::post_relecture},
    {Get, "/ma-demande/{id}/renoncer", Acces::Demandeur, demande::espace::get_renonciation},
    {Post, "/ma-demande/{id}/renoncer", Acces::Demandeur, demande::espace::post_renonciation},
    {Get, "/ma-demande/{id}/logements", Acces::Demandeur, demande::candidature::get_propositions},
    {Get, "/ma-demande/{id}/logements/{candidature}", Acces::Demandeur, demande::candidature::get_reponse},
    {Post, "/ma-demande/{id}/logements/{candidature}", Acces::Demandeur, demande::candidature::post_reponse},
    {Get, "/logements", Acces::Agent, demande::candidature::get_logements},
    {Post, "/logements", Acces::Agent, demande::candidature::post_logements},
    {Get, "/logements/nouveau", Acces::Agent, demande::candidature::get_nouveau_logement},
    {Get, "/logements/{id}", Acces::Agent, demande::candidature::get_logement},
    {Post, "/logements/{id}/retrait", Acces::Agent, demande::candidature::post_retrait},
    {Get, "/logements/{id}/candidats", Acces::Agent, demande::candidature::get_candidats},
    {Post, "/logements/{id}/candidatures", Acces::Agent, demande::candidature::post_candidatures},
    {Post, "/logements/{id}/inscription", Acces::Agent, demande::candidature::post_inscription},
    {Get, "/candidatures/{id}", Acces::Agent, demande::candidature::get_candidature},
    {Post, "/candidatures/{id}/{geste}", Acces::Agent, demande::candidature::post_geste},
    {Get, "/commissions", Acces::Agent, demande::candidature::get_commissions},
    {Post, "/commissions", Acces::Agent, demande::candidature::post_commissions},
    {Get, "/commissions/{id}", Acces::Agent, demande::candidature::get_commission},
    {Post, "/commissions/{id}/decisions", Acces::Agent, demande::candidature::post_decisions},
    {Get, "/commissions/{id}/proces-verbal.pdf", Acces::Agent, demande::candidature::get_proces_verbal},

    {Get, "/suivi/retrouver", Acces::Public, signalement::suivi_deposant::get_retrouver},
    {Post, "/suivi/retrouver", Acces::Public, signalement::suivi_deposant::post_retrouver},
    {Get, "/suivi/{jeton}", Acces::Public, signalement::suivi_deposant::get_suivi},
    {Post, "/suivi/{jeton}/acces", Acces::Public, signalement::suivi_deposant::post_acces},
    {Post, "/suivi/{jeton}/messages", Acces::Public, signalement::suivi_deposant::post_message,
     envoi_de_fichiers},
    {Post, "/suivi/{jeton}/fin", Acces::Public, signalement::suivi_deposant::post_fin},
    {Get, "/suivi/{jeton}/pieces/{piece}", Acces::Public, signalement::suivi_deposant::get_piece},
    {Get, "/suivi/{jeton}/miniatures/{piece}", Acces::Public, signalement::suivi_deposant::get_miniature},

    {Get, "/connexion", Acces::Public, compte::get_connexion},
    {Post, "/connexion", Acces::Public, compte::post_connexion, mot_de_passe},
    {Post, "/deconnexion", Acces::Agent, compte::post_deconnexion},
    {Get, "/mot-de-passe-oublie", Acces::Public, compte::get_oubli},
    {Post, "/mot-de-passe-oublie", Acces::Public, compte::post_oubli},
    {Get, "/nouveau-mot-de-passe/{jeton}", Acces::Public, compte::get_nouveau_mot_de_passe},
    {Post, "/nouveau-mot-de-passe/{jeton}", Acces::Public, compte::post_nouveau_mot_de_passe, mot_de_passe},
    {Get, "/activation/{jeton}", Acces::Public, compte::get_activation},
    {Post, "/activation/{jeton}", Acces::Public, compte::post_activation, mot_de_passe},
    {Post, "/activation/{jeton}/renvoi", Acces::Public, compte::post_renvoi_activation},
    {Get, "/mon-compte", Acces::Agent, compte::get_mon_compte},
    {Post, "/mon-compte/identite", Acces::Agent, compte::post_identite},
    {Post, "/mon-compte/mot-de-passe", Acces::Agent, compte::post_mot_de_passe, mot_de_passe},
    {Post, "/mon-compte/sessions/fermeture", Acces::Agent, compte::post_fermeture_session},

    {Get, "/administration/comptes", Acces::Gestion, compte::get_comptes},
    {Post, "/administration/comptes", Acces::Gestion, compte::post_comptes},
    {Get, "/administration/comptes/invitation", Acces::Gestion, compte::get_invitation},
    {Get, "/administration/comptes/{id}", Acces::Gestion, compte::get_compte},
    {Post, "/administration/comptes/{id}/relance", Acces::Gestion, compte::post_relance},
    {Post, "/administration/comptes/{id}/desactivation", Acces::Gestion, compte::post_desactivation},
    {Post, "/administration/comptes/{id}/reactivation", Acces::Gestion, compte::post_reactivation},
    {Post, "/administration/mandats/{id}/confirmation", Acces::Gestion, compte::post_confirmation},
    {Post, "/administration/mandats/{id}/retrait", Acces::Gestion, compte::post_retrait},
    {Get, "/administration/partenaires", Acces::Gestion, compte::get_partenaires},
    {Post, "/administration/partenaires", Acces::Gestion, compte::post_partenaires},
    {Get, "/administration/partenaires/nouveau", Acces::Gestion, compte::get_nouveau_partenaire},
    {Get, "/administration/partenaires/{id}", Acces::Gestion, compte::get_partenaire},
    {Post, "/administration/partenaires/{id}", Acces::Gestion, compte::post_partenaire},
    {Post, "/administration/partenaires/{id}/service", Acces::Gestion, compte::post_service},
    {Post, "/administration/partenaires/{id}/coordonnees", Acces::Gestion, compte::post_coordonnees},
    {Post, "/administration/partenaires/{id}/perimetre", Acces::Gestion, compte::post_perimetre},
    {Post, "/administration/partenaires/{id}/perimetre/retrait", Acces::Gestion,
     compte::post_retrait_perimetre},

    {Get, "/administration/guichets", Acces::Admin, demande::get_guichets},
    {Post, "/administration/guichets", Acces::Admin, demande::post_guichets},
    {Post, "/administration/guichets/{code}/habilitation", Acces::Admin, demande::post_habilitation},
    {Post, "/administration/guichets/{code}/retrait", Acces::Admin, demande::post_retrait},

    late({Get, "/api/adresses", Acces::Public, territoire::get_api_adresses}),
    {Get, "/administration/territoires", Acces::Admin, compte::get_territoires},
    {Post, "/administration/territoires", Acces::Admin, compte::post_territoires},
    {Get, "/administration/territoires/{code}", Acces::Admin, compte::get_territoire},
    {Post, "/administration/territoires/{code}/phase", Acces::Admin, compte::post_phase},
    {Post, "/administration/territoires/{code}/contact", Acces::Admin, compte::post_contact},
    {Post, "/administration/territoires/{code}/comites", Acces::Admin, compte::post_comites},
    {Get, "/administration/comites/{id}", Acces::Admin, compte::get_comite},
    {Post, "/administration/comites/{id}", Acces::Admin, compte::post_comite},
    {Post, "/administration/comites/{id}/perimetre", Acces::Admin, compte::post_perimetre_comite},
    {Post, "/administration/comites/{id}/perimetre/retrait", Acces::Admin,
     compte::post_retrait_perimetre_comite},
    {Post, "/administration/comites/{id}/par-defaut", Acces::Admin, compte::post_comite_par_defaut},
};

} // namespace

std::span<const Route> routes()
{
    return table;
}
