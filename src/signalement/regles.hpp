// Every decision on a signalement after its deposit, one prototype per line: the index of the rules.
// Each takes what is loaded, who acts, what they sent and what time it is; none reads the database or the
// clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "partenaire/partenaire.hpp"
#include "signalement/cycle.hpp"
#include "signalement/motifs.hpp"
#include "signalement/signalement.hpp"
#include "signalement/suivi.hpp"

namespace signalement {

struct NouvellesAffectations;

/// A partner that the secretary is offered, and whether it may read the report.
struct Choix {
    std::string partenaire; // id
    std::string nom;
    bool peut_lire = true;
};

/// Why a text that others will read is refused: too short (`trop_court` says what is expected), or too long.
std::optional<Problem> refus_du_texte(std::string_view texte, std::size_t minimum,
                                      std::string trop_court); // suivi.cpp

/// The signalement changes state. Only a rule makes one: the store cannot be handed a bare statut.
class Changement {
public:
    [[nodiscard]] const std::string& signalement() const { return signalement_; }
    [[nodiscard]] int version() const { return version_; }
    [[nodiscard]] Action action() const { return action_; }
    [[nodiscard]] Statut vers() const { return vers_; }
    [[nodiscard]] const std::string& motif() const { return motif_; }
    [[nodiscard]] const std::string& texte() const { return texte_; }
    [[nodiscard]] Instant le() const { return le_; }
    /// Affectations that a closure closes, or that a reopening puts back in waiting.
    [[nodiscard]] const std::vector<Affectation>& entrainees() const { return entrainees_; }

private:
    friend Result<Changement> valider(const Dossier&, const compte::Agent&, Instant);
    friend Result<Changement> refuser(const Dossier&, const compte::Agent&, std::string, std::string,
                                      Instant);
    friend Result<Changement> cloturer(const Dossier&, const compte::Agent&, std::string, std::string,
                                       Instant);
    friend Result<Changement> rouvrir(const Dossier&, const compte::Agent&, std::string, Instant);
    friend Result<NouvellesAffectations> affecter(const Dossier&, const compte::Agent&,
                                                  std::vector<std::string>, const std::vector<Choix>&,
                                                  Instant);
    /// What every change of state has in common; `t` is the row of the cycle that allows it.
    Changement(const Dossier& d, const Transition& t, std::string motif, std::string texte, Instant le)
        : signalement_(d.id),
          version_(d.version),
          action_(t.action),
          vers_(t.vers),
          motif_(std::move(motif)),
          texte_(std::move(texte)),
          le_(le)
    {}

    std::string signalement_;
    int version_;
    Action action_;
    Statut vers_;
    std::string motif_, texte_;
    Instant le_;
    std::vector<Affectation> entrainees_;
};

/// New affectations; validates the signalement at the same time when it was still to be sorted.
struct NouvellesAffectations {
    std::vector<std::string> partenaires;  // entrusted for the first time
    std::vector<Affectation> a_redemander; // had refused or ended: asked again
    std::optional<Changement> validation;
    Instant le;
};

/// An affectation changes state.
struct ReponseAffectation {
    std::string affectation;
    int version;
    Action action;
    StatutAffectation vers;
    std::string partenaire;
    std::string motif, texte;
    Instant le;
};

Result<Changement> valider(const Dossier&, const compte::Agent&, Instant le); // tri.cpp
/// `motif` is a slug of motifs_refus, `texte` says where to go instead.
Result<Changement> refuser(const Dossier&, const compte::Agent&, std::string motif, std::string texte,
                           Instant le); // tri.cpp
/// Whether a social landlord may read the report, contacts included: only with the agreement asked by the
/// form, or when the landlord itself reports.
bool bailleur_peut_lire(const Signalement&); // affectation.cpp
/// Whether this partner may read the report: only a social landlord needs the agreement.
bool partenaire_peut_lire(const partenaire::Partenaire&, const Signalement&); // affectation.cpp
/// The partners of the territory that are offered for this report.
std::vector<Choix> choix_de(const std::vector<partenaire::Partenaire>& actifs,
                            const Signalement&); // affectation.cpp
/// Entrusts the report to `partenaires`, ids taken among `choix` only.
Result<NouvellesAffectations> affecter(const Dossier&, const compte::Agent&,
                                       std::vector<std::string> partenaires, const std::vector<Choix>& choix,
                                       Instant le); // affectation.cpp
/// Accept, refuse, close or resume one's own affectation.
Result<ReponseAffectation> repondre(const Dossier&, const compte::Agent&, const std::string& affectation,
                                    Action, std::string motif, std::string texte,
                                    Instant le); // affectation.cpp
/// Reads what an agent typed: a complete entry, or every correction to make.
Result<SuiviLu, FormErrors> lire_suivi(const SaisieSuivi&, Date aujourd_hui); // suivi.cpp
/// Adds an entry of an agent to the follow-up.
Result<NouveauSuivi> agir(const Dossier&, const compte::Agent&, const SuiviLu&, Instant le); // suivi.cpp
/// Adds an answer of the depositor or the occupant, in any state: after the closure it still reaches a human.
Result<NouveauSuivi> repondre_deposant(const Dossier&, Usager, const std::string& nom, std::string texte,
                                       std::size_t pieces, Date aujourd_hui, Instant le); // suivi.cpp
/// Shows an entry to the depositor, or hides it.
Result<Visibilite> changer_visibilite(const Dossier&, const compte::Agent&, const Suivi&,
                                      bool visible); // suivi.cpp
Result<Changement> cloturer(const Dossier&, const compte::Agent&, std::string motif, std::string texte,
                            Instant le); // cloture.cpp
Result<Changement> rouvrir(const Dossier&, const compte::Agent&, std::string texte,
                           Instant le); // cloture.cpp

} // namespace signalement
