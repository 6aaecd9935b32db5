// One function per URL of the applicant's side.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande::portail {

// pages_compte.cpp
http::Response get_demander(App&, const http::Request&, const Visitor&);
http::Response get_connexion(App&, const http::Request&, const Visitor&);
http::Response post_connexion(App&, const http::Request&, const Visitor&);
http::Response get_code(App&, const http::Request&, const Visitor&);
http::Response post_code(App&, const http::Request&, const Visitor&);
http::Response get_ma_demande(App&, const http::Request&, const Visitor&);
http::Response get_adresse_du_compte(App&, const http::Request&, const Visitor&);
http::Response post_adresse_du_compte(App&, const http::Request&, const Visitor&);
http::Response get_code_du_compte(App&, const http::Request&, const Visitor&);
http::Response post_code_du_compte(App&, const http::Request&, const Visitor&);
http::Response post_autres_sessions(App&, const http::Request&, const Visitor&);
http::Response post_deconnexion(App&, const http::Request&, const Visitor&);

// pages_choix.cpp
http::Response get_choix_de_commune(App&, const http::Request&, const Visitor&);
http::Response get_commune(App&, const http::Request&, const Visitor&);
http::Response post_simulation(App&, const http::Request&, const Visitor&);
http::Response get_commencer(App&, const http::Request&, const Visitor&);
http::Response post_commencer(App&, const http::Request&, const Visitor&);

// pages_etapes.cpp
http::Response get_en_ligne(App&, const http::Request&, const Visitor&);
http::Response get_etape(App&, const http::Request&, const Visitor&);
http::Response post_etape(App&, const http::Request&, const Visitor&);

// pages_depot.cpp
http::Response post_fichiers(App&, const http::Request&, const Visitor&);
http::Response get_fichier(App&, const http::Request&, const Visitor&);
http::Response post_retrait_de_fichier(App&, const http::Request&, const Visitor&);
http::Response post_envoi(App&, const http::Request&, const Visitor&);
http::Response get_abandon(App&, const http::Request&, const Visitor&);
http::Response post_abandon(App&, const http::Request&, const Visitor&);

// pages_verification.cpp
http::Response get_a_verifier(App&, const http::Request&, const Visitor&);
http::Response get_a_verifier_une(App&, const http::Request&, const Visitor&);
http::Response get_fichier_a_verifier(App&, const http::Request&, const Visitor&);
http::Response get_miniature_a_verifier(App&, const http::Request&, const Visitor&);
http::Response post_validation(App&, const http::Request&, const Visitor&);
http::Response post_invalidation(App&, const http::Request&, const Visitor&);

} // namespace demande::portail
