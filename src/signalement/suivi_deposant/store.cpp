// SQL of the follow-up page.
#include "signalement/suivi_deposant/store.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "compte/compte.hpp"
#include "compte/store.hpp"

namespace signalement::suivi_deposant::store {

std::optional<std::string> signalement_du_lien(db::Transaction& tx, std::string_view jeton)
{
    if (jeton.empty() || jeton.size() > 200) return std::nullopt;
    return tx.find<std::string>("SELECT id FROM signalement WHERE jeton_suivi = $1", jeton);
}

Tentative tenter(db::Transaction& tx, std::string_view secret, std::initializer_list<Compteur> compteurs,
                 std::string_view quoi, std::string_view ip, Instant maintenant)
{
    const auto key = [&](Compteur c) { return base::hmac_hex(secret, "tentative|" + cle(c, quoi, ip)); };
    Tentative tentative;
    // One attempt is counted at a time (PostgreSQL would let simultaneous ones not see each other).
    tx.exec("UPDATE secret SET cree_le = cree_le WHERE nom = $1", compte::store::secret_csrf);
    for (const auto c : compteurs) {
        const auto& limite = frein(c);
        const auto before = tx.one<std::int64_t>("SELECT COUNT(*) FROM tentative WHERE cle = $1 AND le > $2",
                                                 key(c), maintenant.plus_seconds(-limite.secondes));
        // Refused attempts are not written: waiting is always enough.
        if (before >= limite.tentatives) return tentative;
    }
    for (const auto c : compteurs) {
        tentative.ids.push_back(base::new_id(maintenant));
        tx.exec("INSERT INTO tentative (id, cle, le) VALUES ($1, $2, $3)", tentative.ids.back(), key(c),
                maintenant);
    }
    tentative.permise = true;
    return tentative;
}

void oublier(db::Transaction& tx, const Tentative& tentative)
{
    for (const auto& id : tentative.ids) tx.exec("DELETE FROM tentative WHERE id = $1", id);
}

std::optional<LienPerdu> lien_perdu(db::Transaction& tx, std::string_view reference, std::string_view email)
{
    struct Row {
        std::string id, reference, territoire, jeton, email, prenom, nom;
        bool occupant_admis;
        std::string occupant_email, occupant_prenom, occupant_nom;
    };
    const auto row =
        tx.find<Row>("SELECT id, reference, territoire, jeton_suivi, email, prenom, nom, "
                     "CASE WHEN occupant_distinct = 1 AND occupant_prevenu = 1 AND vacant = 0 THEN 1 "
                     "ELSE 0 END, occupant_email, occupant_prenom, occupant_nom "
                     "FROM signalement WHERE reference = $1",
                     reference);
    if (!row || email.empty()) return std::nullopt;
    const auto found = [&](const std::string& address, const std::string& prenom, const std::string& nom) {
        return LienPerdu{row->id,    row->reference, row->territoire,
                         row->jeton, address,        std::string{base::trim(prenom + " " + nom)}};
    };
    if (compte::plier_email(row->email) == email) return found(row->email, row->prenom, row->nom);
    if (row->occupant_admis && compte::plier_email(row->occupant_email) == email)
        return found(row->occupant_email, row->occupant_prenom, row->occupant_nom);
    return std::nullopt;
}

} // namespace signalement::suivi_deposant::store
