// The URLs of the deposit, one function each. All are open to everybody: the secret token of the URL is the
// key of a draft.
#pragma once

#include "routes.hpp"

namespace signalement::depot {

http::Response get_accueil(App&, const http::Request&, const Visitor&);  // GET /signaler
http::Response post_accueil(App&, const http::Request&, const Visitor&); // POST /signaler
http::Response get_ailleurs(App&, const http::Request&, const Visitor&); // GET /signaler/ailleurs?commune=
http::Response get_reprise(App&, const http::Request&, const Visitor&);  // GET /signaler/{jeton}
http::Response get_etape(App&, const http::Request&, const Visitor&);    // GET /signaler/{jeton}/{etape}
http::Response post_etape(App&, const http::Request&, const Visitor&);   // POST, the same
http::Response post_brouillon(App&, const http::Request&,
                              const Visitor&);                        // POST …/{etape}/brouillon: autosave
http::Response get_lien(App&, const http::Request&, const Visitor&);  // GET /signaler/{jeton}/lien
http::Response post_lien(App&, const http::Request&, const Visitor&); // POST, the same
http::Response post_abandon(App&, const http::Request&, const Visitor&); // POST /signaler/{jeton}/abandon
http::Response post_fichiers(App&, const http::Request&,
                             const Visitor&); // POST /signaler/{jeton}/fichiers/ajout
http::Response options_televersements(App&, const http::Request&,
                                      const Visitor&); // OPTIONS /signaler/{jeton}/fichiers/televersements
http::Response post_televersements(App&, const http::Request&, const Visitor&); // POST, the same
http::Response televersement(App&, const http::Request&,
                             const Visitor&); // HEAD, PATCH, DELETE …/televersements/{televersement}/octets
http::Response get_fichier(App&, const http::Request&,
                           const Visitor&); // GET /signaler/{jeton}/fichiers/{piece}
http::Response get_miniature(App&, const http::Request&, const Visitor&);     // GET …/{piece}/miniature
http::Response post_retrait(App&, const http::Request&, const Visitor&);      // POST …/{piece}/retrait
http::Response post_rattachement(App&, const http::Request&, const Visitor&); // POST …/{piece}/rattachement
http::Response post_envoi(App&, const http::Request&, const Visitor&);        // POST /signaler/{jeton}/envoi
http::Response get_confirmation(App&, const http::Request&,
                                const Visitor&); // GET /signaler/{jeton}/confirmation

} // namespace signalement::depot
