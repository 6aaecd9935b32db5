// A demande that somebody brings to a guichet which does not read it: any guichet of the territory renews it
// (CCH R. 441-2-7), for whoever gives its number and shows who they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compte/agent.hpp"
#include "compte/regles.hpp"
#include "db/db.hpp"
#include "demande/espace/rattachement.hpp"
#include "demande/store.hpp"

namespace demande {

/// Of the agent, and of the demande: a number is an identifier that many know, a name and a day of birth too.
std::vector<compte::Limite> limites_de_presentation(std::string_view agent, std::string_view numero);

/// Who signs it and may renew it at any desk, or nobody. Where violence is declared, a codemandeur goes to
/// the guichet that knows the demande.
std::optional<int> rang_presente(const Reponses&, const Identite&);

/// For whom the agent renews there: their guichet of that territory that registers; none: not theirs to do.
const Guichet* guichet_du_territoire(const std::vector<Guichet>&, std::string_view territoire);

namespace store {

/// The demande of this number, for these guichets, when this identity is of somebody who signs it: what that
/// person may read of it, without the NIR. Every attempt is a line of the history of the guichet, without any
/// name; that on a demande which exists, one of its own, which the applicant reads. An unknown number,
/// another territory and another identity give the same.
std::optional<Fiche> presenter(db::Transaction&, const espace::QuiDemande&, const std::vector<Guichet>&,
                               const compte::Agent& par, Instant le);

} // namespace store
} // namespace demande
