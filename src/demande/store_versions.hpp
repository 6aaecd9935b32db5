// SQL of the versions of a demande: what it said, and what it says from now on. Decides nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compte/agent.hpp"
#include "db/db.hpp"
#include "demande/formulaire.hpp"
#include "demande/situation.hpp"
#include "demande/store.hpp"

namespace demande::store {

struct Version {
    std::int64_t numero = 1;
    Instant le;
    std::string auteur;        // name, as it was that day
    std::string auteur_compte; // of the agent; empty: the applicant, or a file
    Raison raison = Raison::Enregistrement;
    std::optional<Justificatif> justificatif;
    std::vector<std::string> nirs; // fields whose NIR was given or corrected
    Reponses reponses;
};

/// The newest first, those before `avant` (0: from the newest); at most `combien`.
std::vector<Version> versions(db::Transaction&, const std::string& demande, std::int64_t avant,
                              std::int64_t combien);
std::optional<Version> version(db::Transaction&, const std::string& demande, std::int64_t numero);

/// The first version, in the transaction that registers.
void ouvrir_versions(db::Transaction&, const std::string& demande, std::string_view territoire,
                     const Reponses&, Raison, const compte::Agent& par, Instant le);
/// The adults and the communes, as searches and lists find them.
void ecrire_personnes(db::Transaction&, const std::string& demande, std::string_view territoire,
                      const std::vector<Adulte>&, std::string_view secret);
void ecrire_souhaits(db::Transaction&, const std::string& demande, std::string_view territoire,
                     const std::vector<std::string>& communes);

/// Saves the next version, with the people and the communes that go with it, and the line of the history. A
/// NIR that is not given again stays while it is of the same person. db::Conflict when the demande changed
/// since `f` was read. Gives the mailboxes of the accounts that read it no more, their person being gone from
/// it: espace::suivre_le_changement tells them.
std::vector<std::string> modifier(db::Transaction&, const Fiche& f, const Changement&,
                                  const compte::Agent& par, std::string_view secret, Instant le);

/// The NIR of an adult of one demande is that of the applicant of another: they part.
void reprendre_nir(db::Transaction&, const std::string& de, int rang, const std::string& vers);

} // namespace demande::store
