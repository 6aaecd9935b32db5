// Every SQL statement about partners. Decides nothing: the callers have checked who asks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "partenaire/liste.hpp"
#include "partenaire/partenaire.hpp"

namespace partenaire::store {

/// With competences and perimeter.
std::optional<Partenaire> find(db::Transaction&, const Id<Partenaire>&);
/// Several at once, in the order of their names; unknown ids are left out. At most 500 ids.
std::vector<Partenaire> find_all(db::Transaction&, const std::vector<std::string>& ids);
/// The active partners of a territory with competences and perimeter, by name: input of proposer(). At most
/// 2 000.
std::vector<Partenaire> actifs(db::Transaction&, const std::string& territoire);
/// The partner of type commune_schs of this commune.
std::optional<Partenaire> de_la_commune(db::Transaction&, const std::string& territoire,
                                        const std::string& insee);
/// The partners, in service or not, that act where this committee does: all but those whose whole perimeter
/// is in the hands of other committees of the territory.
std::vector<std::string> du_comite(db::Transaction&, const std::string& territoire,
                                   const std::string& comite);
/// The committees that have this place, or a part of it; an empty id where none has it.
std::vector<std::string> comites_de(db::Transaction&, const std::string& territoire, const Perimetre&);
/// The parts of reports that this partner has been given and has neither refused nor finished.
std::int64_t affectations_ouvertes(db::Transaction&, const Id<Partenaire>&);
/// The name to show for an id; empty when unknown.
std::string nom_de(db::Transaction&, const std::string& id);

Liste liste(db::Transaction&, const Filtre&);

/// Inserts a new partner (its id is set by the caller).
void insert(db::Transaction&, const Partenaire&, Instant le);
/// Inserts the partner of a commune unless it exists (two deposits at once); true when it was inserted.
bool insert_commune(db::Transaction&, const Partenaire&, Instant le);
/// Saves every field, competences and perimeter; throws db::Conflict when `version` is no longer current.
void update(db::Transaction&, const Partenaire&);

} // namespace partenaire::store
