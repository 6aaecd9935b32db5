// Every SQL statement about dwellings offered, candidatures and commissions. Decides nothing: reads take who
// reads, writes take what a rule decided.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/candidature/droits.hpp"
#include "demande/candidature/regles.hpp"
#include "demande/reponses.hpp"

namespace demande::candidature::store {

// ── dwellings ──────────────────────────────────────────────────────────────────────────────────────────────

/// Its id. `par` empty: the demonstration.
std::string creer_logement(db::Transaction&, const Logement&, const std::string& par, Instant le);
/// Those of these guichets, theirs or reserved to them, the newest first, before `avant` (empty: from the
/// newest); one more than a page when there is a next one.
inline constexpr std::size_t par_page = 50;
std::vector<Logement> logements(db::Transaction&, const std::vector<Guichet>& lecteur, EtatLogement,
                                std::string_view avant = {});
/// The dwelling, if one of these guichets may read it; outside their reach it does not exist.
std::optional<Logement> find_logement(db::Transaction&, const std::string& id,
                                      const std::vector<Guichet>& lecteur);

// ── candidatures ───────────────────────────────────────────────────────────────────────────────────────────

/// What pages and messages say of the household, beside what the rules see.
struct Candidat {
    std::string candidature, demande, numero, nom, email;
    Date deposee_le;
    int personnes = 1;
    std::string designe_par;
    std::string offre_courriel, a_revoir_le;
    bool violences = false; // declared: nothing goes to the account of another who signed
};
/// A dwelling with its candidatures and their households, in the same order.
struct Ouvert {
    Dossier dossier;
    std::vector<Candidat> candidats;

    [[nodiscard]] const Candidat& candidat(std::string_view candidature) const;
};
/// No dwelling has more.
inline constexpr std::size_t candidats_au_plus = 60;
Ouvert ouvrir(db::Transaction&, Logement);
/// For the tasks: whoever reads.
std::optional<Ouvert> ouvrir(db::Transaction&, const std::string& logement);
/// The candidatures of a dwelling whose demande one of these guichets may read.
std::vector<std::string> lisibles(db::Transaction&, const std::string& logement,
                                  const std::vector<Guichet>& lecteur);
/// The dwelling of this candidature, if one of these guichets may read it.
std::optional<Logement> logement_de(db::Transaction&, const std::string& candidature,
                                    const std::vector<Guichet>& lecteur);
/// The same, whoever reads.
std::optional<std::string> logement_vise(db::Transaction&, const std::string& candidature);
/// The dwellings for which a demande still stands.
std::vector<std::string> logements_vises(db::Transaction&, const std::string& demande);

/// In whose name something happens.
struct Auteur {
    compte::Agent agent;
    std::string organisme; // « Seine Logis Habitat »; « Le demandeur »; « Tâche automatique »
};
/// A demande is designated: the candidature, its event, the line of the history. Its id.
std::string designer(db::Transaction&, const Logement&, const std::string& demande, const Candidature&,
                     const Guichet&, const Auteur&, Instant le);
/// Writes what the rules decided, with the events and the history. db::Conflict when somebody moved something
/// about this dwelling since it was read.
void save(db::Transaction&, const Dossier&, const Changements&, const Auteur&, Instant le,
          std::optional<EtatLogement> = std::nullopt);
/// The message that carries the offer: it is looked at until it has left.
void noter_courriel(db::Transaction&, const std::string& candidature, const std::string& courriel);
/// It left in time: nothing more happens before the end of the delay.
void offre_partie(db::Transaction&, const Candidature&);
/// The offer has reached nobody, its delay has not begun. `perdue`: nor will it by this message.
void offre_non_remise(db::Transaction&, const std::string& candidature, bool perdue);
void noter_bail(db::Transaction&, const std::string& candidature, const Bail&);
/// The dwelling whose lease was signed for that demande, and the day; the latest.
struct BailDUnLogement {
    Date signe_le;
    std::string logement;
};
std::optional<BailDUnLogement> bail_d_un_logement(db::Transaction&, const std::string& demande);
/// A place in the list of what is due, in the order of the days.
struct ARevoir {
    std::string le, candidature, logement;
};
/// What is due by that day, after this place; at most fifty.
std::vector<ARevoir> a_revoir(db::Transaction&, Date jusqu_a, const ARevoir& apres = {});
/// The day of `a_revoir_le` as it is written; the end of time for never.
inline std::string a_revoir_ecrit(const Candidature& c)
{
    const auto le = a_revoir_le(c);
    return le ? base::to_iso(*le) : "9999-12-31";
}

/// A line of what happened.
struct Fait {
    Action action = Action::Designer;
    Instant le;
    std::string organisme;
    int rang = 0;
    std::optional<Date> jour;
    std::string texte;
};
/// Of a candidature, oldest first; at most a hundred.
std::vector<Fait> faits(db::Transaction&, const std::string& candidature);
/// The candidatures of a demande, the newest first; at most fifty. For the applicant.
struct DuDemandeur {
    Candidature candidature;
    Logement logement;
};
std::vector<DuDemandeur> du_demandeur(db::Transaction&, const std::string& demande);

/// Whatever is said of people goes with the names of their demande; states and dates stay.
void effacer_de(db::Transaction&, const std::string& demande);

// ── commissions ────────────────────────────────────────────────────────────────────────────────────────────

struct Commission {
    std::string id, territoire, bailleur, bailleur_nom;
    Date tenue_le;
    std::string lieu;
};
std::string creer_commission(db::Transaction&, const Commission&, const std::string& par, Instant le);
/// A place in the list of sessions: the last one shown.
struct Repere {
    Date tenue_le;
    std::string id;
};
/// Of these guichets, the latest first, after this place (none: from the latest); one more than a page when
/// there is a next one.
std::vector<Commission> commissions(db::Transaction&, const std::vector<Guichet>&,
                                    const std::optional<Repere>& apres = std::nullopt);
/// Those of a bailleur to come that may still decide this dwelling, the next first; at most a hundred.
std::vector<Commission> commissions_a_venir(db::Transaction&, const Guichet&, const std::string& logement,
                                            Date jour);
std::optional<Commission> find_commission(db::Transaction&, const std::string& id,
                                          const std::vector<Guichet>& lecteur);
/// A dwelling comes before a commission; nothing happens the second time.
void inscrire_logement(db::Transaction&, const Commission&, const std::string& logement);
struct Examen {
    std::string logement;
    std::optional<Derogation> derogation;
    std::optional<Instant> decide_le;
};
/// Its dwellings, in the order they were offered, after this one (empty: from the first); one more than a
/// page when there is a next one.
inline constexpr std::size_t examens_par_page = 25;
std::vector<Examen> examens(db::Transaction&, const std::string& commission, std::string_view apres = {});
std::optional<Examen> find_examen(db::Transaction&, const std::string& commission,
                                  const std::string& logement);
/// What it decided of each candidate of a dwelling, whatever happened since.
struct DecisionPrise {
    std::string candidature;
    Fait fait;
};
std::vector<DecisionPrise> decisions_prises(db::Transaction&, const std::string& commission,
                                            const std::string& logement);
void noter_examen(db::Transaction&, const std::string& commission, const std::string& logement,
                  std::optional<Derogation>, Instant le);

} // namespace demande::candidature::store
