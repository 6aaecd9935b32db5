// What the pages of a registration online load before they decide or show. Internal to the portal.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app.hpp"
#include "demande/portail/views_en_ligne.hpp"
#include "http/web.hpp"
#include "routes.hpp"
#include "territoire/territoire.hpp"

namespace demande::portail {

/// « Seine-Maritime », « Île-de-France ».
std::string nom_du_territoire(db::Transaction&, std::string_view territoire);
views::MaDemande::EnLigne en_ligne_montree(App&, db::Transaction&, store::Sienne);
/// The names of every département, by code: read once for a page that lists several.
using NomsDesDepartements = std::map<std::string, std::string, std::less<>>;
NomsDesDepartements noms_des_departements(db::Transaction&);
std::string nom_du_territoire(const NomsDesDepartements&, std::string_view territoire);
/// Those of a search, each with the name of its département.
std::vector<views::CommuneTrouvee> communes_trouvees(db::Transaction&,
                                                     const std::vector<territoire::Localisation>&);
/// What is said of a commune that day; nothing when no commune has this code.
std::optional<views::PageDeCommune> page_de_commune(App&, db::Transaction&, std::string_view insee);
/// Those that answer what was typed; when some bear exactly that name or postal code, those alone.
std::vector<territoire::Localisation> chercher_communes(db::Transaction&, const std::string& saisi);
/// How a commune is written in the form so that it is recognised again: its name and postal code, else its
/// INSEE code.
std::string ecrite(db::Transaction&, const territoire::Localisation&, std::string_view territoire);

/// Who helps whoever wrote this and lost their mailbox.
Recours recours_de(db::Transaction&, const store::EnLigne&);
/// The screen of a draft, without any NIR.
views::Ecran ecran(App&, const store::EnLigne&, const Etape&, const Reponses&, bool vers_verification);
/// The fields of the NIRs that were given, and the answers without them.
struct SansNir {
    Reponses reponses;
    std::vector<std::string> nirs;
};
SansNir sans_nir(const Reponses&);

/// The last screen; `refuse`: it was sent and cannot be deposited yet.
http::Response page_de_verification(App&, db::Transaction&, const Visitor&, const store::EnLigne&,
                                    bool refuse);

/// What answers whoever goes on with a demande of a territory that has moved to another site
/// (se_traitent_ici); nothing while it is here.
std::optional<http::Response> parti_ailleurs(App&, db::Transaction&, const Visitor&, const store::EnLigne&,
                                             int statut = 200);

/// What answers an account that has just sent more files than anybody needs; counted, so asked before any is
/// received.
std::optional<http::Response> trop_de_fichiers(App&, const http::Request&, const Visitor&);

http::Response introuvable(const http::Request&, const Visitor&);

using SurSonBrouillon = std::function<http::Response(db::Transaction&, const store::EnLigne&)>;
/// A form about one's own demande that is not registered yet: 404 for anybody else. Two sends of it take
/// turns, so that the second finds what the first wrote and is answered as it was.
http::Response ecrire(App&, const http::Request&, const Visitor&, const SurSonBrouillon&);

} // namespace demande::portail
