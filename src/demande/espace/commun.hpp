// What the pages of the applicant's side share: who has opened the demande, what they may do with it, and who
// they are in its history.
#pragma once

#include <functional>
#include <optional>

#include "app.hpp"
#include "compte/agent.hpp"
#include "demande/espace/aide.hpp"
#include "demande/espace/codemandeur.hpp"
#include "demande/espace/views.hpp"
#include "demande/store.hpp"
#include "demande/territoires.hpp"
#include "http/web.hpp"
#include "routes.hpp"
#include "ui/html.hpp"

namespace demande::espace {

/// In the history of a demande: the account behind it stays unnamed.
inline const compte::Agent le_demandeur{"", "Le demandeur", "", {}};
inline const compte::Agent un_codemandeur{"", "Un codemandeur", "", {}};

/// A demande with who has opened it: its applicant by the link of their account, or a helper by a mandate in
/// force.
struct Ouverte : demande::store::Fiche {
    compte::Agent par = le_demandeur;
    std::string compte;       // of the applicant; empty for a helper
    std::optional<Aide> aide; // of a helper
    int rang = 0;             // of those who sign; 0, also for a helper
    Orientation ou;           // where it is followed today
    bool par_guichet = false; // whose identity a guichet has seen

    [[nodiscard]] bool a_distance() const { return est_tenu_a_distance(reponses, rang); }

    /// What somebody gives online waits for an agent, whoever gives it: under no account.
    [[nodiscard]] compte::Agent pour_les_pieces() const { return {"", par.nom, "", {}}; }
    [[nodiscard]] bool permet(Pouvoir p) const { return !aide || aide->pouvoirs.a(p); }
};

/// The demande of the address, when whoever asks reads it; else it does not exist.
std::optional<Ouverte> ouvrir(App&, db::Transaction&, const http::Request&, const Visitor&,
                              const std::string& cle);

/// The same for its applicants alone: what no mandate ever opens, nor somebody kept at a distance.
std::optional<Ouverte> ouvrir_soi_meme(App&, db::Transaction&, const http::Request&, const Visitor&,
                                       const std::string& cle);

using Travail = std::function<http::Response(db::Transaction&, const Ouverte&)>;
/// The page that says where the demande is followed now; nothing while it is here (se_traitent_ici).
std::optional<http::Response> suivie_ailleurs(const Ouverte&, const Visitor&);
/// A page that reads: 404 outside their reach, 403 outside their mandate. What a helper reads is noted.
http::Response montrer(App&, const http::Request&, const Visitor&, Pouvoir, const Travail&);
/// The page of a form: the same, and of no use once the demande is followed elsewhere.
http::Response preparer(App&, const http::Request&, const Visitor&, Pouvoir, const Travail&);
/// A form, done once, as long as the demande is followed here.
http::Response agir(App&, const http::Request&, const Visitor&, Pouvoir, const Travail&);
/// The same for taking back what one gave, wherever it is followed.
http::Response retirer(App&, const http::Request&, const Visitor&, Pouvoir, const Travail&);

/// What the demande said before is its applicant's alone: a codemandeur may have come since, and a mandate is
/// about what it says today.
bool lit_les_versions(const Ouverte&);
views::De en_tete(const demande::store::Fiche&);
views::De en_tete(const Ouverte&);
/// 303 to a page of the demande that says what was done.
http::Response vers(const Ouverte&, std::string_view page, std::string_view fait = {});
/// The documents this demande calls for, with what whoever opened it may know came of each.
std::vector<PieceADeposer> pieces_de(db::Transaction&, const Ouverte&, Date jour);

/// Those that came, as far as whoever opened it may read them: each their own, at a distance.
std::vector<demande::store::PieceDeposee> pieces_vues(db::Transaction&, const Ouverte&);

} // namespace demande::espace
