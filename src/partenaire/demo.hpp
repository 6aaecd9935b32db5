// The partners of the demonstration: Seine-Maritime. Ids are stable so that stories and tests can name them.
#pragma once

#include "base/time.hpp"
#include "db/db.hpp"

namespace partenaire {

inline constexpr const char* demo_rouen = "partenaire-76-ville-rouen";
inline constexpr const char* demo_le_havre = "partenaire-76-ville-le-havre";
inline constexpr const char* demo_dieppe = "partenaire-76-ville-dieppe";
inline constexpr const char* demo_ars = "partenaire-76-ars";
inline constexpr const char* demo_caf = "partenaire-76-caf";
inline constexpr const char* demo_adil = "partenaire-76-adil";
inline constexpr const char* demo_operateur = "partenaire-76-operateur-anah";
inline constexpr const char* demo_departement = "partenaire-76-departement";
inline constexpr const char* demo_ddtm = "partenaire-76-ddtm";
inline constexpr const char* demo_bailleur = "partenaire-76-bailleur-social";
inline constexpr const char* demo_conciliateurs = "partenaire-76-conciliateurs";
inline constexpr const char* demo_ccas_rouen = "partenaire-76-ccas-rouen";

/// Inserts what is missing; does nothing the second time.
void semer_demo(db::Transaction&, Instant le);

} // namespace partenaire
