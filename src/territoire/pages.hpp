// The URLs of territories: address search for everybody, settings for administrators.
#pragma once

#include "app.hpp"
#include "http/web.hpp"

struct Visitor;

namespace territoire {

/// GET /api/adresses?q=&limit=&citycode=&departement= (Public)
http::Response get_api_adresses(App&, const http::Request&, const Visitor&);

/// GET /admin/territoires (Admin)
http::Response get_territoires(App&, const http::Request&, const Visitor&);
/// POST /admin/territoires: opens the page of a département that has none yet (super-administrator)
http::Response post_territoires(App&, const http::Request&, const Visitor&);
/// GET /admin/territoires/{code}
http::Response get_territoire(App&, const http::Request&, const Visitor&);
/// POST /admin/territoires/{code}/phase: first answer asks for a confirmation, second one changes
http::Response post_phase(App&, const http::Request&, const Visitor&);
/// POST /admin/territoires/{code}/contact
http::Response post_contact(App&, const http::Request&, const Visitor&);
/// POST /admin/territoires/{code}/comites
http::Response post_comites(App&, const http::Request&, const Visitor&);
/// GET and POST /admin/comites/{id}
http::Response get_comite(App&, const http::Request&, const Visitor&);
http::Response post_comite(App&, const http::Request&, const Visitor&);
/// POST /admin/comites/{id}/perimetre (ajouter) and /admin/comites/{id}/perimetre/retrait
http::Response post_perimetre(App&, const http::Request&, const Visitor&);
http::Response post_retrait_perimetre(App&, const http::Request&, const Visitor&);
/// POST /admin/comites/{id}/par-defaut
http::Response post_comite_par_defaut(App&, const http::Request&, const Visitor&);

} // namespace territoire
