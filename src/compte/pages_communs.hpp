// What several pages of this folder share: raw fields, cookies, the busy page, lines of the journal.
#pragma once

#include <string>
#include <string_view>

#include "app.hpp"
#include "compte/compte.hpp"
#include "compte/courriels.hpp"
#include "db/db.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace compte::pages {

/// Tells the agent's committees which partners they reach: the rights of droits.hpp read them, and give a
/// secretary no partner without them. The edge calls it for the routes of administration (Acces::Gestion).
void charger_le_ressort(db::Transaction&, Agent&);

/// Where an agent arrives when nothing else was asked for.
inline constexpr std::string_view accueil_agent = "/signalements";

/// The field as typed: a password may begin or end with a space.
std::string champ_brut(const http::Request&, std::string_view nom);
/// Page number of a list, 1 when absent or absurd.
unsigned numero_de_page(const http::Request&);
bool en_https(const App&);
/// Sets the session cookie, or erases it when `valeur` is empty.
http::Response avec_session(const App&, http::Response, std::string_view valeur);
/// 503: too many passwords are being checked at once.
http::Response trop_occupe(const Visitor&);
/// 429: too many attempts.
http::Response trop_d_essais(const Visitor&, std::string_view texte);
/// One row of the journal about an account or a partner, in the name of the visitor.
void noter(db::Transaction&, const Visitor&, std::string_view objet_type, const std::string& objet_id,
           std::string_view evenement, const std::string& territoire, Instant le, std::string details = {});
DestinataireCourriel destinataire(db::Transaction&, const Compte&, const std::string& territoire = {});
/// Address of a page, for e-mails.
std::string adresse(const App&, std::string_view chemin, std::string_view jeton = {});

} // namespace compte::pages
