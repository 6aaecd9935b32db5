// What several pages load before they decide or show.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app.hpp"
#include "demande/bail.hpp"
#include "demande/radiation.hpp"
#include "demande/store.hpp"
#include "demande/views.hpp"
#include "demande/views_situation.hpp"
#include "document/document.hpp"
#include "http/web.hpp"
#include "journal/journal.hpp"
#include "routes.hpp"

namespace demande {

/// The key under which NIRs are sealed and found again in this installation.
std::string cle_nir(App&);
/// 404 in the style of the site.
http::Response introuvable(const http::Request&, const Visitor&);
/// 403: habilitated for no guichet, or not for this one.
http::Response non_habilite(const Visitor&);
/// What answers an agent who would act on the demandes of a territory that are kept elsewhere at this moment
/// (se_traitent_ici); nothing while they are kept here.
std::optional<http::Response> traitees_ailleurs(db::Transaction&, std::string_view territoire, Instant le,
                                                const http::Request&, const Visitor&);
/// Names of communes, in the same order; the code of one that is no longer known.
std::vector<std::string> noms_des_communes(db::Transaction&, const std::vector<std::string>& insees);
/// The number in groups, as people read it; itself when it is none.
std::string numero_lu(const std::string& numero);
/// What the attestation says that day.
AttestationDe charger_attestation(db::Transaction&, const store::Fiche&, Instant le);
/// A line of the history, in words.
std::string evenement_en_mots(const journal::Entree&);
/// A printed document, shown by the browser and kept by nobody; its name tells nothing of anybody.
http::Response pdf(document::Pdf, std::string_view nom);

/// The lease that ended it, wherever it was signed; nothing of a demande that something else ended, or that
/// came back.
std::optional<BailSigne> bail_de_la_demande(db::Transaction&, const store::Fiche&,
                                            std::optional<MotifRadiation>);

/// What the top of the screens of one demande says.
views::DeLaDemande de_la_demande(const store::Fiche&);
/// What it says may change: it is in progress.
bool est_modifiable(const store::Fiche&);
/// A whole number above zero that a form or an address holds; 0 when it is not one.
std::int64_t entier_positif(const std::string&);

} // namespace demande
