// The URLs of accounts: logging in, one's own account, administration of accounts and partners.
#pragma once

#include "app.hpp"
#include "http/web.hpp"

struct Visitor;

namespace compte {

// ── Logging in ── pages_connexion.cpp

/// GET and POST /connexion?retour=PATH
http::Response get_connexion(App&, const http::Request&, const Visitor&);
http::Response post_connexion(App&, const http::Request&, const Visitor&);
/// POST /deconnexion
http::Response post_deconnexion(App&, const http::Request&, const Visitor&);

// ── Links sent by e-mail ── pages_lien.cpp

/// GET and POST /mot-de-passe-oublie: the same answer whether the address is known or not
http::Response get_oubli(App&, const http::Request&, const Visitor&);
http::Response post_oubli(App&, const http::Request&, const Visitor&);
/// GET and POST /nouveau-mot-de-passe/{jeton}
http::Response get_nouveau_mot_de_passe(App&, const http::Request&, const Visitor&);
http::Response post_nouveau_mot_de_passe(App&, const http::Request&, const Visitor&);
/// GET and POST /activation/{jeton}
http::Response get_activation(App&, const http::Request&, const Visitor&);
http::Response post_activation(App&, const http::Request&, const Visitor&);
/// POST /activation/{jeton}/renvoi: an expired link asks for another one, sent to the address of the account
http::Response post_renvoi_activation(App&, const http::Request&, const Visitor&);

// ── One's own account ── pages_mon_compte.cpp

/// GET /mon-compte
http::Response get_mon_compte(App&, const http::Request&, const Visitor&);
/// POST /mon-compte/identite, /mon-compte/mot-de-passe, /mon-compte/sessions/fermeture
http::Response post_identite(App&, const http::Request&, const Visitor&);
http::Response post_mot_de_passe(App&, const http::Request&, const Visitor&);
http::Response post_fermeture_session(App&, const http::Request&, const Visitor&);

// ── Accounts ── pages_comptes.cpp

/// GET /administration/comptes?q=&role=&etat=&territoire=&confirmer=&page=
http::Response get_comptes(App&, const http::Request&, const Visitor&);
/// GET /administration/comptes/invitation and POST /administration/comptes
http::Response get_invitation(App&, const http::Request&, const Visitor&);
http::Response post_comptes(App&, const http::Request&, const Visitor&);
/// GET /administration/comptes/{id}
http::Response get_compte(App&, const http::Request&, const Visitor&);
/// POST /administration/comptes/{id}/relance, …/desactivation, …/reactivation
http::Response post_relance(App&, const http::Request&, const Visitor&);
http::Response post_desactivation(App&, const http::Request&, const Visitor&);
http::Response post_reactivation(App&, const http::Request&, const Visitor&);
/// POST /administration/mandats/{id}/confirmation and /administration/mandats/{id}/retrait
http::Response post_confirmation(App&, const http::Request&, const Visitor&);
http::Response post_retrait(App&, const http::Request&, const Visitor&);

// ── Partners ── pages_partenaires.cpp (here and not in partenaire/: they need rights and show accounts)

/// GET /administration/partenaires?q=&type=&territoire=&inactifs=&page=
http::Response get_partenaires(App&, const http::Request&, const Visitor&);
/// GET /administration/partenaires/nouveau and POST /administration/partenaires
http::Response get_nouveau_partenaire(App&, const http::Request&, const Visitor&);
http::Response post_partenaires(App&, const http::Request&, const Visitor&);
/// GET and POST /administration/partenaires/{id}: the sheet; name, type, contacts, competences, in or out of
/// service
http::Response get_partenaire(App&, const http::Request&, const Visitor&);
http::Response post_partenaire(App&, const http::Request&, const Visitor&);
/// POST /administration/partenaires/{id}/coordonnees: what the partner's own administrator may change
http::Response post_service(App&, const http::Request&, const Visitor&);
http::Response post_coordonnees(App&, const http::Request&, const Visitor&);
/// POST /administration/partenaires/{id}/perimetre and …/perimetre/retrait
http::Response post_perimetre(App&, const http::Request&, const Visitor&);
http::Response post_retrait_perimetre(App&, const http::Request&, const Visitor&);

} // namespace compte
