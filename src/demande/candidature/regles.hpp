// What may be decided of a candidature, and what follows from it for the others of the same dwelling. Pure:
// the day is a parameter. Nothing else changes the state of a candidature.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "demande/candidature/candidature.hpp"

namespace demande::candidature {

/// One candidature moves. Only the rules make one.
class Changement {
public:
    [[nodiscard]] Action action() const { return action_; }
    [[nodiscard]] Etat de() const { return de_; }
    /// As it is from now on.
    [[nodiscard]] const Candidature& apres() const { return apres_; }

private:
    friend struct FabriqueDeChangement;
    Changement(Action action, Etat de, Candidature apres) : action_(action), de_(de), apres_(std::move(apres))
    {}

    Action action_;
    Etat de_;
    Candidature apres_;
};
/// In the order in which they happen: first what was asked for, then what follows from it.
using Changements = std::vector<Changement>;

/// The same dwelling afterwards.
Dossier applique(Dossier, const Changements&);

/// A demande as its designation sees it. `deja`: it already stands for this dwelling.
struct DemandeVisee {
    std::string territoire;
    bool en_cours = false, deja = false;
};
Result<Candidature> designer(const Logement&, const DemandeVisee&, bool du_prefet);

Result<Changements> demander_pieces(const Dossier&, std::string_view id, std::string pieces);
Result<Changements> completer(const Dossier&, std::string_view id);
Result<Changements> proposer_visite(const Dossier&, std::string_view id, std::optional<Date> le, Date jour);
/// All those named, or nobody. `a_statue`: that commission has decided this dwelling.
Result<Changements> inscrire(const Dossier&, std::span<const std::string> ids, const std::string& commission,
                             Date tenue_le, Date jour, bool a_statue = false);

/// The household is recognised that day (CCH L. 441-2-3).
bool est_dalo(const Candidature&, Date jour);

/// What was typed of one candidate in a session.
struct DecisionSaisie {
    std::string candidature;
    std::optional<Decision> decision;
    std::string rang;
    std::string piece;            // of a condition
    std::optional<Date> jusqu_au; // last day for it
    std::string motif;            // slug, of a non-attribution or an irrecevabilité
};
/// The decisions of a commission on one dwelling, all its candidates together (CCH R. 441-3). The errors name
/// the fields « decision.ID », « rang.ID », « piece.ID », « jusqu_au.ID », « motif.ID », « acces.ID » and
/// « derogation ». Candidates whose demande has ended are closed, not examined.
Result<Changements, FormErrors> statuer(const Dossier&, const std::string& commission, Date tenue_le,
                                        const std::vector<DecisionSaisie>&, std::optional<Derogation>,
                                        Date jour);

/// The document of the condition came.
Result<Changements> lever_condition(const Dossier&, std::string_view id, Date jour);
/// The offer reached the applicant that day, by post.
Result<Changements> notifier(const Dossier&, std::string_view id, std::optional<Date> remise_le, Date jour);
/// The message that carries the offer left that day: when it left late, the ten days begin then. Nothing when
/// the delay stands.
Changements constater_l_envoi(const Dossier&, std::string_view id, Date parti_le);
Result<Changements> accepter(const Dossier&, std::string_view id, Date jour);
Result<Changements> refuser(const Dossier&, std::string_view id, std::string_view motif, Date jour);

/// A lease, with what the radiation of the demande must say (CCH R. 441-2-9).
struct Bail {
    Date signe_le;
    std::string rpls; // of the dwelling, in the répertoire des logements locatifs sociaux
    bool accord_collectif = false;
    bool dalo = false;
};
Result<Changements> signer_bail(const Dossier&, std::string_view id, const Bail&, Date jour);

/// The demande has ended, or stands here no more: its place goes to the next.
Changements retirer(const Dossier&, std::string_view id, Date jour);
/// The dwelling is no longer to be attributed.
Result<Changements> retirer_le_logement(const Dossier&);

/// What a day brings by itself: offers without an answer, conditions whose document did not come, the turn of
/// the next. The same day again changes nothing more. `ici_depuis`: since when the demandes are kept here
/// again; a last day of before ends nothing by itself, nobody could answer.
Changements echoir(const Dossier&, Date jour, std::optional<Date> ici_depuis = {});
/// The first day on which `echoir` will do something to it; none: never by itself.
std::optional<Date> a_revoir_le(const Candidature&);

} // namespace demande::candidature
