// Every SQL statement about demandes, guichets and habilitations. Decides nothing: reads take who reads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "compte/agent.hpp"
#include "db/db.hpp"
#include "db/query.hpp"
#include "demande/cycle.hpp"
#include "demande/doublons.hpp"
#include "demande/droits.hpp"
#include "demande/formulaire.hpp"
#include "demande/situation.hpp"

namespace demande::store {

// ── guichets ───────────────────────────────────────────────────────────────────────────────────────────────

/// For whom the account may act now: named for them, and still of their partner, which is in service.
std::vector<Guichet> guichets_de(db::Transaction&, const std::string& compte);
std::optional<Guichet> find_guichet(db::Transaction&, std::string_view code);
/// Those of a territory, by name. At most 500.
std::vector<Guichet> guichets_du_territoire(db::Transaction&, std::string_view territoire);
/// db::UniqueViolation when the code is taken, or the partner already has a guichet there.
void ouvrir_guichet(db::Transaction&, const Guichet&, Instant le);
/// Nothing happens the second time. `par` empty: the demonstration.
void habiliter(db::Transaction&, const std::string& compte, std::string_view guichet, const std::string& par,
               Instant le);
void retirer_habilitation(db::Transaction&, const std::string& compte, std::string_view guichet);
/// The members of the guichet's partner, and whether each may act for it.
struct Membre {
    std::string compte, nom, email;
    bool habilite = false;
};
std::vector<Membre> membres(db::Transaction&, const Guichet&);

// ── registration ───────────────────────────────────────────────────────────────────────────────────────────

/// Keyed digest under which a NIR is found again; empty for an empty one.
std::string empreinte_nir(std::string_view secret, std::string_view nir);
inline constexpr std::string_view secret_nir = "nir";

/// Somebody of the territory who looks like the person sought. What is shown to an agent who may not read the
/// demande: that it exists, and where.
struct Doublon {
    std::string demande, numero, guichet;
    Date deposee_le;
    Ressemblance ressemblance = Ressemblance::Proche;
    bool lisible = false; // the agent may open it
    bool radiee = false;  // it may perhaps come back, with its date
};
/// The surest first; at most twenty.
std::vector<Doublon> chercher_doublons(db::Transaction&, std::string_view territoire,
                                       const Identite& cherchee, const std::vector<Guichet>& lecteur);

struct Enregistree {
    std::string id;
    std::string numero;
};
/// Where a demande comes from: by default a paper form, which exists nowhere before.
struct Origine {
    std::string id = {}; // given to it since it was deposited online; empty: a new one
    Action action = Action::Enregistrer;
    std::optional<Etat> de = {};
    Evenement evenement = Evenement::Depot;
    std::string numero = {}; // given by the national system, with its attestation: kept as it is
};
/// Writes the demande with its number, its people and its communes, and the line of its history. Refused when
/// the territory has no number left for that month.
Result<Enregistree> enregistrer(db::Transaction&, const Enregistrement&, const Guichet&,
                                const compte::Agent& par, std::string_view secret, Instant le,
                                Raison = Raison::Enregistrement, const Origine& = {});

// ── reading ────────────────────────────────────────────────────────────────────────────────────────────────

/// Condition on `d`, a row of `demande`, for those that one of these guichets may read.
std::string lisible_par(const std::vector<Guichet>& lecteur, db::Query&);

struct Fiche {
    std::string id, numero, territoire;
    Etat etat = Etat::Active;
    std::string guichet;
    Date deposee_le, ancre;
    Instant enregistree_le;
    std::optional<Instant> attestation_le;
    Reponses reponses;
    std::vector<std::string> communes; // INSEE codes, first choice first
    std::vector<std::string> nirs;     // masked, by rank of the adult; empty when not given
    /// The ranks of those whose NIR is known.
    [[nodiscard]] std::vector<int> nirs_connus() const
    {
        std::vector<int> out;
        for (std::size_t i = 0; i < nirs.size(); ++i)
            if (!nirs[i].empty()) out.push_back(static_cast<int>(i));
        return out;
    }
    std::int64_t version = 1;
    std::int64_t contenu_version = 1; // of the answers alone: what a change is made from
};
/// The demande, if one of these guichets may read it; outside their reach it does not exist.
std::optional<Fiche> find(db::Transaction&, const std::string& id, const std::vector<Guichet>& lecteur,
                          std::string_view secret);
/// The same for the applicant of this account (portail): only a demande that is linked to it.
std::optional<Fiche> find_du_demandeur(db::Transaction&, const std::string& id, const std::string& demandeur,
                                       std::string_view secret);
/// The same for a helper: only the demande of this mandate, once accepted and until it ends. Whether its last
/// day is over is for the caller to know.
std::optional<Fiche> find_de_l_aidant(db::Transaction&, const std::string& id, const std::string& mandat,
                                      std::string_view secret);
/// The demande of this number, for a guichet of its territory that perhaps does not read it: only for
/// presentee.cpp, which checks who is there before anything is shown. Without the NIR.
std::optional<Fiche> find_presentee(db::Transaction&, std::string_view numero, const Guichet&);
/// The id of the demande of this number, within the same reach.
std::optional<std::string> find_numero(db::Transaction&, std::string_view numero,
                                       const std::vector<Guichet>& lecteur);

/// A demande whose attestation has not been handed over.
struct AAttester {
    std::string id, numero;
    Date deposee_le, ancre;
    Instant enregistree_le;
};
/// Of what waits at a guichet, the lines that one page reads.
inline constexpr std::size_t lignes_d_un_guichet = 100;
/// Of one guichet, the oldest deposit first; at most that many.
std::vector<AAttester> a_attester(db::Transaction&, std::string_view guichet);
/// A line of the history of a demande.
void noter(db::Transaction&, std::string_view id, std::string_view territoire, Evenement,
           const compte::Agent& par, Instant le, std::string details = {});
/// The attestation was handed over, or sent. Only the first time counts.
void noter_attestation(db::Transaction&, const Fiche&, const compte::Agent& par, Instant le);
/// Why a demande was consulted, when it was not opened: a letter to its applicant was printed.
inline constexpr std::string_view pour_une_lettre = "lettre";
/// An agent opened the demande: the applicant will be told (CCH R. 441-2-6).
void noter_consultation(db::Transaction&, const Fiche&, const compte::Agent& par, Instant le);
/// A search showed an agent that these demandes exist: each of them keeps it, so that nobody looks people up
/// unseen.
void noter_recherche(db::Transaction&, const std::vector<Doublon>&, std::string_view territoire,
                     const compte::Agent& par, Instant le);

} // namespace demande::store
