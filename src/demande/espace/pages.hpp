// One function per URL of what a signed-in applicant does with a demande.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande::espace {

// pages_fiche.cpp
http::Response get_fiche(App&, const http::Request&, const Visitor&);
http::Response get_histoire(App&, const http::Request&, const Visitor&);
http::Response get_versions(App&, const http::Request&, const Visitor&);
http::Response get_attestation_pdf(App&, const http::Request&, const Visitor&);
http::Response get_renonciation(App&, const http::Request&, const Visitor&);
http::Response post_renonciation(App&, const http::Request&, const Visitor&);
http::Response post_reponse_a_l_avertissement(App&, const http::Request&, const Visitor&);

// pages_pieces.cpp
http::Response get_pieces(App&, const http::Request&, const Visitor&);
http::Response get_ajout_de_piece(App&, const http::Request&, const Visitor&);
http::Response post_ajout_de_piece(App&, const http::Request&, const Visitor&);
http::Response get_fichier_de_piece(App&, const http::Request&, const Visitor&);

// pages_declaration.cpp
http::Response get_situation(App&, const http::Request&, const Visitor&);
http::Response get_volet(App&, const http::Request&, const Visitor&);
http::Response post_volet(App&, const http::Request&, const Visitor&);
http::Response get_renouvellement(App&, const http::Request&, const Visitor&);
http::Response post_renouvellement(App&, const http::Request&, const Visitor&);
http::Response get_relecture(App&, const http::Request&, const Visitor&);
http::Response post_relecture(App&, const http::Request&, const Visitor&);

// pages_adresse.cpp
http::Response get_adresse(App&, const http::Request&, const Visitor&);
http::Response post_adresse(App&, const http::Request&, const Visitor&);

// pages_aide.cpp
http::Response get_aides(App&, const http::Request&, const Visitor&);
http::Response post_aides(App&, const http::Request&, const Visitor&);
http::Response post_retrait_d_aide(App&, const http::Request&, const Visitor&);
http::Response get_aides_au_guichet(App&, const http::Request&, const Visitor&);
http::Response post_aides_au_guichet(App&, const http::Request&, const Visitor&);
http::Response post_retrait_d_aide_au_guichet(App&, const http::Request&, const Visitor&);
http::Response get_mandats(App&, const http::Request&, const Visitor&);
http::Response post_reponse_au_mandat(App&, const http::Request&, const Visitor&);

// pages_rattachement.cpp
http::Response get_reclamation(App&, const http::Request&, const Visitor&);
http::Response post_reclamation(App&, const http::Request&, const Visitor&);
http::Response get_cle(App&, const http::Request&, const Visitor&);
http::Response post_cle(App&, const http::Request&, const Visitor&);
http::Response get_numero_perdu(App&, const http::Request&, const Visitor&);
http::Response post_numero_perdu(App&, const http::Request&, const Visitor&);
http::Response get_acces(App&, const http::Request&, const Visitor&);
http::Response post_acces(App&, const http::Request&, const Visitor&);

} // namespace demande::espace
