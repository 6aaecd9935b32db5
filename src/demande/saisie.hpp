// What several pages read from a posted form before a rule decides: answers, doubles, communes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app.hpp"
#include "demande/formulaire.hpp"
#include "demande/store.hpp"
#include "http/web.hpp"
#include "piece/reception.hpp"

namespace demande {

/// The answers of the posted form to the questions there are; anything else is left out.
Reponses reponses_postees(const http::Request&);
/// One picture or PDF of the form, received outside any transaction; nothing when none was chosen.
Result<std::optional<piece::PieceRecue>, FormErrors> recevoir_une(App&, const http::Request&,
                                                                  const std::string& champ);
/// The commune that was typed: its INSEE code, or its name with a postal code where several bear it. Nothing
/// when it is unknown or when one cannot tell which.
std::optional<std::string> reconnaitre_commune(db::Transaction&, const std::string& saisi,
                                               std::string_view territoire);
/// The adults of a form as they are compared, the applicant first; `cle` seals NIRs.
std::vector<Identite> identites(const Reponses&, std::string_view cle);
/// Those who look like one of the adults of the form, each demande once.
std::vector<store::Doublon> doublons_du_formulaire(db::Transaction&, std::string_view territoire,
                                                   const Reponses&, std::string_view cle,
                                                   const std::vector<Guichet>& lecteur);
/// What one screen of a form is checked against, when it is not the one that names the communes: nobody looks
/// for them.
Contexte contexte_sans_communes(App&, std::string_view territoire);
/// What a new form is checked against.
Contexte contexte_de_saisie(App&, db::Transaction&, std::string_view territoire, const Reponses&);
/// What a change of a demande is checked against: communes that nobody touched stay as they were recognised.
Contexte contexte_de_modification(App&, db::Transaction&, const store::Fiche&, const Reponses& apres);

} // namespace demande
