// What the pages of the back office load before they decide or show.
#pragma once

#include "app.hpp"
#include "http/web.hpp"
#include "routes.hpp"
#include "signalement/views.hpp"

namespace signalement {

/// What every page about the file shows, for a reader who has found the Dossier.
views::Fiche charger_fiche(db::Transaction&, const Dossier&, const compte::Agent& lecteur);
/// The IANA time zone of the report's territory: what « today » is for those who work on it.
std::string fuseau_de(db::Transaction&, const Dossier&);
/// The page of the file open on a tab; the request says which part of a long list.
std::string page_fiche(db::Transaction&, const http::Request&, const Visitor&, const Dossier&, views::Onglet,
                       const views::Saisie& = {}, std::string_view fait = {});

/// « Nadia Belkacem (ARS Normandie) »: colleagues of other partners must know whose words these are, and
/// whether somebody has checked that they work there.
compte::Agent avec_partenaire(db::Transaction&, const Dossier&, compte::Agent);

/// The file again with what was refused and what had been typed; 403, 404, 409 or 422.
http::Response refuser_page(const Visitor&, const http::Request&, const Problem&,
                            const std::function<std::string(const views::Saisie&)>& page);

/// Back to the file, with the sentence that says what was done (`fait`, a key of faits in pages.cpp).
http::Response retour_fiche(const Dossier&, std::string_view fait, std::string_view onglet = {});

/// 404 in the style of the site.
http::Response introuvable(const http::Request&, const Visitor&);

} // namespace signalement
