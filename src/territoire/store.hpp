// Every question asked of the database about places, territories and committees. Public facts: no reader is
// needed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/db.hpp"
#include "territoire/recherche.hpp"
#include "territoire/territoire.hpp"

namespace territoire::store {

// ── places ─────────────────────────────────────────────────────────────────────────────────────────────────

/// What an INSEE code designates: also codes of merged communes, déléguées, associées and arrondissements.
std::optional<Localisation> find_commune(db::Transaction&, std::string_view insee);
/// By name, part of a name, postal code or INSEE code; best first, at most `limit`. `departement` empty:
/// everywhere. Homonyms are all there: show the département beside the name.
std::vector<Localisation> search_communes(db::Transaction&, std::string_view typed, std::size_t limit = 10,
                                          std::string_view departement = {});
/// Communes of an EPCI, by name.
std::vector<Commune> list_communes_of_epci(db::Transaction&, std::string_view siren);

std::vector<Departement> list_departements(db::Transaction&);
std::optional<Departement> find_departement(db::Transaction&, std::string_view code);
std::vector<Region> list_regions(db::Transaction&);
std::optional<Epci> find_epci(db::Transaction&, std::string_view siren);
/// The EPCI that have at least one commune in the département, by name.
std::vector<Epci> list_epcis(db::Transaction&, std::string_view departement);
/// « 76, Seine-Maritime, Normandie » (empty when unknown).
std::string contexte(db::Transaction&, std::string_view departement);

// ── addresses ──────────────────────────────────────────────────────────────────────────────────────────────

/// At most `limit` addresses, best score first. Communes of the reference are always among the candidates, so
/// that « commune + free text » works with nothing imported.
std::vector<Adresse> rechercher(db::Transaction&, std::string_view typed, std::size_t limit = 5,
                                const Filtre& = {});

// ── territories and committees ─────────────────────────────────────────────────────────────────────────────

std::optional<Territoire> find_territoire(db::Transaction&, std::string_view code);
/// All configured territories (at most one per département), by code.
std::vector<Territoire> list_territoires(db::Transaction&);
std::optional<Comite> find_comite(db::Transaction&, std::string_view id);
std::vector<Comite> list_comites(db::Transaction&, std::string_view territoire);
db::Later<std::vector<Comite>> demander_comites(db::Transaction&, std::string_view territoire);
std::vector<Perimetre> list_perimetres(db::Transaction&, std::string_view territoire);

/// Who answers for this INSEE code; nothing when no commune has it. The one call a deposit needs.
std::optional<Ressort> find_ressort(db::Transaction&, std::string_view insee);

// ── changes: the caller has decided, and journals ──────────────────────────────────────────────────────────

/// Creates the territory of a département, closed, with its time zone; gives the existing one when there is
/// one.
Territoire ouvrir_territoire(db::Transaction&, const Departement&);

struct ChangementPhase {
    std::string territoire;
    Phase avant;
    Phase apres;
};
/// Nothing when the phase was already that one. Throws db::Conflict when `version` is not the current one.
std::optional<ChangementPhase> set_phase(db::Transaction&, std::string_view territoire, Phase,
                                         std::int64_t version);
void save_contact(db::Transaction&, const Territoire&); // version checked
void set_comite_par_defaut(db::Transaction&, std::string_view territoire, std::string_view comite);

/// Inserts (version 0) or updates (version checked) a committee.
void save_comite(db::Transaction&, const Comite&);
/// One committee per EPCI or commune and territory: adding to one takes it from another.
void add_perimetre(db::Transaction&, std::string_view territoire, const Perimetre&);
void remove_perimetre(db::Transaction&, std::string_view territoire, const Perimetre&);

} // namespace territoire::store
