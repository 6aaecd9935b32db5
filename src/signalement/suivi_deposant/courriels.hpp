// The e-mails sent to the depositor and the occupant, and those that tell agents they wrote: texts only,
// pure. Whoever decides enqueues them in the same transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "courrier/courrier.hpp"
#include "signalement/suivi.hpp"

namespace signalement::suivi_deposant {

/// To whom, about what. No address and no désordre: an e-mail may be read by others.
struct Adressage {
    std::string email;
    std::string nom; // « Claire Lefebvre »; empty: « Bonjour, »
    std::string signalement;
    std::string reference;
    std::string territoire;
    std::string
        lien; // absolute: lien_de_suivi(config.base_url(), jeton), or the file in the back office for agents
};
std::string lien_de_suivi(std::string_view base_url, std::string_view jeton);

/// « Retrouver mon lien »: the person asked for it.
courrier::Courriel lien_retrouve(const Adressage&);
/// The committee validated the report, before it is entrusted to anybody.
courrier::Courriel signalement_valide(const Adressage&);
/// `motif`: label of motifs_refus; `texte`: where to go instead, written by the secretary.
courrier::Courriel signalement_refuse(const Adressage&, std::string_view motif, std::string_view texte);
courrier::Courriel signalement_confie(const Adressage&, const std::vector<std::string>& partenaires);
/// An entry was made visible to them. A planned visit says its day; other entries are read on the page.
courrier::Courriel nouveaute(const Adressage&, TypeSuivi, Date date_acte, std::string_view auteur);
/// `motif`: label of motifs_cloture.
courrier::Courriel signalement_clos(const Adressage&, std::string_view motif, std::string_view texte);
courrier::Courriel signalement_rouvert(const Adressage&);

/// To an agent: the depositor or the occupant wrote. `clos`: after the closure.
courrier::Courriel message_recu(const Adressage&, std::string_view auteur, bool clos, std::size_t pieces);

} // namespace signalement::suivi_deposant
