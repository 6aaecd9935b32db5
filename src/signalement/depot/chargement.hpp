// What the pages of the deposit share: the draft of a URL with its screens, reading a form into answers,
// limits, and the usual answers. Internal to the deposit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "routes.hpp"
#include "signalement/depot/formulaire.hpp"
#include "signalement/depot/freins.hpp"
#include "signalement/depot/store.hpp"
#include "signalement/depot/views.hpp"
#include "territoire/territoire.hpp"

namespace signalement::depot {

/// A draft, who answers for its address, and the screens that follow from its answers.
struct Chargement {
    std::string jeton;
    Brouillon brouillon;
    std::optional<territoire::Ressort> ressort; // none while no address is recognised
    Contexte contexte;
    Parcours parcours;

    /// Its territory closed since: nobody can go on.
    [[nodiscard]] bool ferme() const { return ressort && ressort->phase() == territoire::Phase::Fermee; }
    /// Closed, or not open any more to somebody of the profile that was answered.
    [[nodiscard]] bool ecarte() const;
};

/// The draft of this secret token; nothing when there is none.
std::optional<Chargement> charger(App&, db::Transaction&, const std::string& jeton);
std::optional<Chargement> charger(App&, const std::string& jeton);
/// The same draft after its answers changed.
Chargement avec(App&, db::Transaction&, std::string jeton, Brouillon);

/// The name under which uploads that have not ended wait for this draft.
std::string rattachement_des_fichiers(const Brouillon&);

/// Takes from the form what these questions ask, as clean text; unticked boxes are emptied too.
void reprendre(const http::Request&, const std::vector<Question>&, Reponses&);
/// One field of the form as clean text of at most `max` characters.
std::string champ_propre(const http::Request&, std::string_view nom, std::size_t max = 300);

/// The key of the deposit's counters.
std::string secret_des_freins(App&);
/// Counts this attempt; the answer to give when it is one too many.
std::optional<http::Response> freiner(App&, const http::Request&, const Visitor&,
                                      const std::vector<compte::Limite>&);
/// 429: the answers are kept, and whom to call in danger.
http::Response trop_de_demandes(const http::Request&, const Visitor&, std::int64_t attente_secondes);

http::Response introuvable(const http::Request&, const Visitor&);
http::Response vers_etape(const Chargement&, std::string_view etape);
http::Response vers_confirmation(const std::string& jeton);
/// To the page that says whom to call instead, and whether the draft is still there.
enum class Sort { Garde, Efface };
http::Response vers_ailleurs(const territoire::Ressort&, Sort du_brouillon);
/// The screen with what was typed and what is wrong.
http::Response montrer(App&, const Visitor&, const Chargement&, std::string_view etape, FormErrors,
                       bool vers_verification, const views::ChoixAdresse& = {});

/// Recognises the address that was typed, in `r`. Gives the choices to offer when it cannot decide alone.
struct Recherche {
    views::ChoixAdresse choix;
    FormErrors erreurs;
    bool reconnue = false;
};
Recherche reconnaitre_adresse(App&, Reponses& r);
/// Fields of the address screen that are not questions of its table.
inline constexpr std::string_view champs_adresse[] = {"adresse_id",      "adresse_choix",
                                                      "adresse_mode",    "adresse_voie",
                                                      "adresse_commune", "adresse_commune_choix"};

} // namespace signalement::depot
