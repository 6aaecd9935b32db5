// One function per URL of the dwellings offered, candidatures and commissions; what they load in common.
#pragma once

#include <optional>

#include "app.hpp"
#include "demande/candidature/store.hpp"
#include "demande/territoires.hpp"
#include "http/web.hpp"
#include "routes.hpp"

namespace demande::candidature {

// pages_logements.cpp
http::Response get_logements(App&, const http::Request&, const Visitor&);
http::Response get_nouveau_logement(App&, const http::Request&, const Visitor&);
http::Response post_logements(App&, const http::Request&, const Visitor&);
http::Response get_logement(App&, const http::Request&, const Visitor&);
http::Response get_candidats(App&, const http::Request&, const Visitor&);
http::Response post_retrait(App&, const http::Request&, const Visitor&);

// pages_candidature.cpp
http::Response post_candidatures(App&, const http::Request&, const Visitor&);
http::Response get_candidature(App&, const http::Request&, const Visitor&);
http::Response post_geste(App&, const http::Request&, const Visitor&);

// pages_commissions.cpp
http::Response get_commissions(App&, const http::Request&, const Visitor&);
http::Response post_commissions(App&, const http::Request&, const Visitor&);
http::Response get_commission(App&, const http::Request&, const Visitor&);
http::Response post_inscription(App&, const http::Request&, const Visitor&);
http::Response post_decisions(App&, const http::Request&, const Visitor&);
http::Response get_proces_verbal(App&, const http::Request&, const Visitor&);

// pages_demandeur.cpp
http::Response get_propositions(App&, const http::Request&, const Visitor&);
http::Response get_reponse(App&, const http::Request&, const Visitor&);
http::Response post_reponse(App&, const http::Request&, const Visitor&);

/// The dwelling of the address as this agent may see it, with the day it is there.
struct Vue {
    std::vector<Guichet> guichets;
    store::Ouvert ouvert;
    Date jour;
    Orientation ou; // of the demandes of its territory, that day

    [[nodiscard]] const Logement& logement() const { return ouvert.dossier.logement; }
    /// In whose name the agent may do this; none: not, nor for anybody once the demandes are kept elsewhere.
    [[nodiscard]] std::optional<Guichet> pour(Pouvoir p) const
    {
        return se_traitent_ici(ou) ? au_nom_de(guichets, logement(), p, jour) : std::nullopt;
    }
};
std::optional<Vue> voir(db::Transaction&, const std::string& logement, const Visitor&, Instant le);
/// The page of a dwelling, also after a refusal.
http::Response page_du_logement(db::Transaction&, const Vue&, const Visitor&, const FormErrors*,
                                const http::Pairs*, std::string_view fait = {});
http::Response interdit(const http::Request&, const Visitor&);
/// Why nothing may be done about this dwelling: its demandes are kept elsewhere, or the right is missing.
http::Response interdit(const http::Request&, const Visitor&, const Vue&);

} // namespace demande::candidature
