// SQL of the figures of communes. Decides nothing; public facts: no reader is needed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "demande/chiffres/chiffres.hpp"

namespace demande::chiffres::store {

/// The newest stock of a commune.
std::optional<Parc> parc(db::Transaction&, std::string_view insee);

struct LigneParc {
    std::string territoire, insee;
    Parc parc;
};
/// Replaces the stock of that year, whole.
void remplacer_parc(db::Transaction&, int annee, const std::vector<LigneParc>&);

struct ReleveDate {
    Releve releve;
    std::optional<Instant> le; // none: nothing has been counted there yet
};
/// What was counted for a commune; the years end with `annee`.
ReleveDate releve(db::Transaction&, std::string_view territoire, std::string_view insee, int annee);

// ── the count ──────────────────────────────────────────────────────────────────────────────────────────────

/// A demande as it is counted.
struct Comptee {
    std::string id, territoire, etat, motif, contenu;
    std::optional<Date> radiee_le;
    Date deposee_le;
    std::vector<std::string> souhaits; // first choice first
};
/// Those in progress and those that ended by an attribution, after this id, in order; at most `combien`, and
/// how far was read: empty at the end.
struct LotCompte {
    std::vector<Comptee> demandes;
    std::string jusqu_a;
};
LotCompte demandes_apres(db::Transaction&, const std::string& id, std::int64_t combien);

/// The commune that acts for each code that is not one's own.
std::map<std::string, std::string> communes_de_rattachement(db::Transaction&);

struct Attribution {
    std::string demande, territoire, insee;
    Typologie typologie = Typologie::NonPrecisee;
    int annee = 0;
    std::int64_t jours = 0;
};
/// Kept once each.
void constater(db::Transaction&, const std::vector<Attribution>&);

struct Attente {
    std::int64_t premier = 0, autre = 0;
};
using Attentes = std::map<std::pair<std::string, Typologie>, Attente>; // by commune
/// The figures of a territory, from what waits there and from the attributions kept since `annee`.
void ecrire(db::Transaction&, const std::string& territoire, const Attentes&, int annee, Instant le);
/// Those that have figures.
std::vector<std::string> territoires_comptes(db::Transaction&);

} // namespace demande::chiffres::store
