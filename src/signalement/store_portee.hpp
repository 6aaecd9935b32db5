// Which reports an agent reaches, as a condition of SQL: the one place where the table of rights becomes one.
#pragma once

#include <string>
#include <vector>

#include "db/query.hpp"
#include "signalement/cycle.hpp"

namespace signalement::store {

/// Condition on `s` for the reports on which the agent holds this right to read (Lire, LireTout,
/// VoirCourriels).
std::string portee(const compte::Agent&, Action lecture, db::Query&);

/// Whether it names nothing but the territory and the committee of the report.
bool portee_simple(const compte::Agent&);
/// Whether it is whole territories, or all of them: somebody is for something, and each thing they are for is
/// that.
bool portee_de_territoires(const compte::Agent&);
/// The territories out of which the agent reads nothing; empty when they read elsewhere too.
std::vector<std::string> territoires_de_la_portee(const compte::Agent&);

} // namespace signalement::store
