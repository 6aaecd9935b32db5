// One function per URL of the second service.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande {

// pages.cpp
http::Response get_accueil(App&, const http::Request&, const Visitor&);
http::Response post_recherche(App&, const http::Request&, const Visitor&);
http::Response post_personne(App&, const http::Request&, const Visitor&);
http::Response get_fiche(App&, const http::Request&, const Visitor&);
http::Response post_doublons(App&, const http::Request&, const Visitor&);
http::Response get_attestation(App&, const http::Request&, const Visitor&);
http::Response get_attestation_pdf(App&, const http::Request&, const Visitor&);
http::Response post_attestation(App&, const http::Request&, const Visitor&);

// pages_saisie.cpp
http::Response get_nouvelle(App&, const http::Request&, const Visitor&);
http::Response post_nouvelle(App&, const http::Request&, const Visitor&);
http::Response post_demandes(App&, const http::Request&, const Visitor&);

// pages_situation.cpp
http::Response get_situation(App&, const http::Request&, const Visitor&);
http::Response get_volet(App&, const http::Request&, const Visitor&);
http::Response post_volet(App&, const http::Request&, const Visitor&);
http::Response get_versions(App&, const http::Request&, const Visitor&);

// pages_courriers.cpp
http::Response get_courriers(App&, const http::Request&, const Visitor&);
http::Response post_retour_de_courrier(App&, const http::Request&, const Visitor&);
http::Response get_lot(App&, const http::Request&, const Visitor&);
http::Response post_cloture_de_lot(App&, const http::Request&, const Visitor&);
http::Response get_lettres(App&, const http::Request&, const Visitor&);
http::Response get_bordereau(App&, const http::Request&, const Visitor&);
http::Response post_lot_poste(App&, const http::Request&, const Visitor&);
http::Response post_preavis(App&, const http::Request&, const Visitor&);

// pages_vie.cpp
http::Response get_renouvellement(App&, const http::Request&, const Visitor&);
http::Response post_renouvellement(App&, const http::Request&, const Visitor&);
http::Response get_presentation(App&, const http::Request&, const Visitor&);
http::Response post_presentation(App&, const http::Request&, const Visitor&);
http::Response post_renouvellement_presente(App&, const http::Request&, const Visitor&);
http::Response get_radiation(App&, const http::Request&, const Visitor&);
http::Response post_radiation(App&, const http::Request&, const Visitor&);
http::Response get_retrait_de_radiation(App&, const http::Request&, const Visitor&);
http::Response post_retrait_de_radiation(App&, const http::Request&, const Visitor&);

// pages_reconnaissance.cpp
http::Response get_avertissements(App&, const http::Request&, const Visitor&);
http::Response post_avertissements(App&, const http::Request&, const Visitor&);
http::Response post_remise_d_avertissement(App&, const http::Request&, const Visitor&);
http::Response post_reponse_a_l_avertissement(App&, const http::Request&, const Visitor&);
http::Response get_reunion(App&, const http::Request&, const Visitor&);
http::Response post_apercu_de_reunion(App&, const http::Request&, const Visitor&);
http::Response post_reunion(App&, const http::Request&, const Visitor&);
http::Response get_priorites(App&, const http::Request&, const Visitor&);
http::Response post_priorites(App&, const http::Request&, const Visitor&);
http::Response post_fin_de_priorite(App&, const http::Request&, const Visitor&);

// pages_radiations.cpp
http::Response get_radiations(App&, const http::Request&, const Visitor&);
http::Response post_apercu_des_radiations(App&, const http::Request&, const Visitor&);
http::Response post_radiations(App&, const http::Request&, const Visitor&);

// pages_pieces.cpp
http::Response get_identites(App&, const http::Request&, const Visitor&);
http::Response get_pieces(App&, const http::Request&, const Visitor&);
http::Response post_pieces(App&, const http::Request&, const Visitor&);
http::Response post_piece_image(App&, const http::Request&, const Visitor&);
http::Response post_piece_decision(App&, const http::Request&, const Visitor&);
http::Response get_piece(App&, const http::Request&, const Visitor&);

// pages_separation.cpp
http::Response get_separation(App&, const http::Request&, const Visitor&);
http::Response post_separation(App&, const http::Request&, const Visitor&);

// pages_guichets.cpp
http::Response get_guichets(App&, const http::Request&, const Visitor&);
http::Response post_guichets(App&, const http::Request&, const Visitor&);
http::Response post_habilitation(App&, const http::Request&, const Visitor&);
http::Response post_retrait(App&, const http::Request&, const Visitor&);

} // namespace demande
