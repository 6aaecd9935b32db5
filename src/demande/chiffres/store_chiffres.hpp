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
/// Replaces the stock of that year of these communes, and forgets it where it is now secret.
void remplacer_parc(db::Transaction&, int annee, const std::vector<LigneParc>&,
                    const std::vector<std::string>& secretes);

struct ReleveDate {
    Releve releve;
    std::optional<Instant> le; // none: nothing has been counted there yet
};
/// What was last counted for a commune; its years end with the one of that count.
ReleveDate releve(db::Transaction&, std::string_view territoire, std::string_view insee);

// ── the count ──────────────────────────────────────────────────────────────────────────────────────────────

/// The lease that ended a demande.
struct Bail {
    std::string demande;
    Date le;
    std::string insee; // of the dwelling
    int pieces = 1;
};
/// A demande as it is counted.
struct Comptee {
    std::string id, territoire, etat, motif, contenu;
    std::optional<Date> radiee_le;
    Date deposee_le;
    std::vector<std::string> souhaits; // first choice first
    std::optional<Bail> bail;          // none: it was not signed here
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
/// Kept once each, as they were first found: a demande is erased later.
void constater(db::Transaction&, const std::vector<Attribution>&);

struct Attente {
    std::int64_t premier = 0, autre = 0;
};
using Attentes = std::map<std::pair<std::string, Typologie>, Attente>; // by commune
/// The figures of a territory, from what waits there and from the attributions kept since `annee`; and what
/// its pages now show.
void ecrire(db::Transaction&, const std::string& territoire, const Attentes&, int annee, Instant le);
/// Those that have figures.
std::vector<std::string> territoires_comptes(db::Transaction&);

} // namespace demande::chiffres::store
