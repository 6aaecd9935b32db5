// The URLs that administer territories and their committees. They stand with the accounts because the rights
// are here; the rules and the data are those of territoire/.
#pragma once

#include "app.hpp"
#include "http/web.hpp"

struct Visitor;

namespace compte {

/// GET /administration/territoires
http::Response get_territoires(App&, const http::Request&, const Visitor&);
/// POST /administration/territoires: gives a page to a département that has none (super-administration)
http::Response post_territoires(App&, const http::Request&, const Visitor&);
/// GET /administration/territoires/{code}
http::Response get_territoire(App&, const http::Request&, const Visitor&);
/// POST /administration/territoires/{code}/phase: the first answer asks for a confirmation, the second
/// changes
http::Response post_phase(App&, const http::Request&, const Visitor&);
/// POST /administration/territoires/{code}/contact
http::Response post_contact(App&, const http::Request&, const Visitor&);
/// POST /administration/territoires/{code}/comites: a new committee
http::Response post_comites(App&, const http::Request&, const Visitor&);
/// GET and POST /administration/comites/{id}
http::Response get_comite(App&, const http::Request&, const Visitor&);
http::Response post_comite(App&, const http::Request&, const Visitor&);
/// POST /administration/comites/{id}/perimetre and /administration/comites/{id}/perimetre/retrait
http::Response post_perimetre_comite(App&, const http::Request&, const Visitor&);
http::Response post_retrait_perimetre_comite(App&, const http::Request&, const Visitor&);
/// POST /administration/comites/{id}/par-defaut
http::Response post_comite_par_defaut(App&, const http::Request&, const Visitor&);

} // namespace compte
