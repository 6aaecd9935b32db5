// The back office of signalements: one function per URL. Load, decide, save, answer.
#pragma once

#include "routes.hpp"

namespace signalement {

http::Response get_liste(App&, const http::Request&, const Visitor&);
http::Response get_fiche(App&, const http::Request&, const Visitor&);
http::Response get_piece(App&, const http::Request&, const Visitor&);
http::Response get_miniature(App&, const http::Request&, const Visitor&);

// pages_cycle.cpp
http::Response post_validation(App&, const http::Request&, const Visitor&);
http::Response get_refus(App&, const http::Request&, const Visitor&);
http::Response post_refus(App&, const http::Request&, const Visitor&);
http::Response get_cloture(App&, const http::Request&, const Visitor&);
http::Response post_cloture(App&, const http::Request&, const Visitor&);
http::Response get_reouverture(App&, const http::Request&, const Visitor&);
http::Response post_reouverture(App&, const http::Request&, const Visitor&);

// pages_affectation.cpp
http::Response get_affectations(App&, const http::Request&, const Visitor&);
http::Response post_affectations(App&, const http::Request&, const Visitor&);
http::Response post_acceptation(App&, const http::Request&, const Visitor&);
http::Response post_reprise(App&, const http::Request&, const Visitor&);
http::Response get_refus_affectation(App&, const http::Request&, const Visitor&);
http::Response post_refus_affectation(App&, const http::Request&, const Visitor&);
http::Response get_cloture_affectation(App&, const http::Request&, const Visitor&);
http::Response post_cloture_affectation(App&, const http::Request&, const Visitor&);

// pages_suivi.cpp
http::Response post_suivi(App&, const http::Request&, const Visitor&);
http::Response post_visibilite(App&, const http::Request&, const Visitor&);
http::Response post_renvoi(App&, const http::Request&, const Visitor&);

} // namespace signalement
