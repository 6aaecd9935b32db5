// Every SQL statement of the journal: it only grows.
#include "journal/journal.hpp"

#include <algorithm>

#include "base/expect.hpp"
#include "base/id.hpp"
#include "base/text.hpp"

namespace journal {

void append(db::Transaction& tx, const Entree& e)
{
    base::expect(!e.objet_type.empty() && !e.objet_id.empty() && !e.evenement.empty(),
                 "a journal entry says what happened to what");
    // The rank, not the instant, orders them: a decision may append several in one millisecond, and the
    // demonstration stops the clock.
    tx.post_or_retry("INSERT INTO journal (id, objet_type, objet_id, rang, evenement, acteur_id, acteur_nom, "
                     "territoire, le, details) VALUES ($1, $2, $3, (SELECT COALESCE(MAX(rang), 0) + 1 FROM "
                     "journal WHERE objet_type = $2 AND objet_id = $3), $4, $5, $6, $7, $8, $9)",
                     base::new_id(e.le), e.objet_type, e.objet_id, e.evenement, e.acteur_id, e.acteur_nom,
                     e.territoire, e.le, e.details);
}

std::int64_t dernier_rang(db::Transaction& tx, std::string_view objet_type, std::string_view objet_id)
{
    return tx.one<std::int64_t>(
        "SELECT COALESCE(MAX(rang), 0) FROM journal WHERE objet_type = $1 AND objet_id = $2", objet_type,
        objet_id);
}

void effacer(db::Transaction& tx, std::string_view objet_type, std::string_view objet_id)
{
    tx.exec("DELETE FROM journal WHERE objet_type = $1 AND objet_id = $2", objet_type, objet_id);
}

std::vector<Entree> of(db::Transaction& tx, std::string_view objet_type, std::string_view objet_id,
                       std::int64_t limite)
{
    auto recent = page(tx, objet_type, objet_id, 1, limite);
    std::reverse(recent.begin(), recent.end());
    return recent;
}

namespace {
namespace lues {

/// The events of $3, « ,depot,validation, »; all when it is empty.
constexpr std::string_view parmi =
    "AND (CAST($3 AS TEXT) = '' OR CAST($3 AS TEXT) LIKE '%,' || evenement || ',%') ";

std::string liste(const std::vector<std::string>& evenements)
{
    return evenements.empty() ? std::string{} : "," + base::join(evenements, ",") + ",";
}

} // namespace lues
} // namespace

std::vector<Entree> page(db::Transaction& tx, std::string_view objet_type, std::string_view objet_id,
                         std::int64_t page, std::int64_t par_page, const std::vector<std::string>& parmi)
{
    return tx.query<Entree>("SELECT objet_type, objet_id, evenement, acteur_id, acteur_nom, territoire, le, "
                            "details FROM journal WHERE objet_type = $1 AND objet_id = $2 " +
                                std::string{lues::parmi} +
                                "ORDER BY rang DESC, le DESC, id DESC LIMIT $4 OFFSET $5",
                            objet_type, objet_id, lues::liste(parmi), par_page, (page - 1) * par_page);
}

std::int64_t count(db::Transaction& tx, std::string_view objet_type, std::string_view objet_id,
                   const std::vector<std::string>& parmi)
{
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM journal WHERE objet_type = $1 AND objet_id = $2 " +
                                    std::string{lues::parmi},
                                objet_type, objet_id, lues::liste(parmi));
}

} // namespace journal
