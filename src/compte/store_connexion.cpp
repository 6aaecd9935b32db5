// Passwords, links sent by e-mail, attempts: every SQL statement about entering. Hashing is done by the
// caller.
#include <fmt/format.h>

#include "base/crypto.hpp"
#include "compte/sql.hpp"
#include "compte/store.hpp"

namespace compte::store {
namespace {

std::int64_t duree_du_lien(UsageLien usage)
{
    return usage == UsageLien::Activation ? activation_secondes : reinitialisation_secondes;
}

} // namespace

std::string creer_lien(db::Transaction& tx, const Id<Compte>& compte, UsageLien usage, Instant le)
{
    const auto jeton = base::random_token(32);
    const auto slug = base::slug_of(usages_lien, usage);
    // Marked and not deleted: an old link still knows whom to send a new one to.
    tx.post("UPDATE lien_secret SET utilise_le = $1 WHERE compte = $2 AND usage = $3 AND utilise_le IS NULL",
            le, compte, slug);
    tx.post(
        "INSERT INTO lien_secret (jeton_hash, compte, usage, cree_le, expire_le) VALUES ($1, $2, $3, $4, $5)",
        base::sha256_hex(jeton), compte, slug, le, le.plus_seconds(duree_du_lien(usage)));
    return jeton;
}

bool a_un_lien(db::Transaction& tx, const Id<Compte>& compte, UsageLien usage, Instant maintenant)
{
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM lien_secret WHERE compte = $1 AND usage = $2 "
                                "AND utilise_le IS NULL AND expire_le > $3",
                                compte, base::slug_of(usages_lien, usage), maintenant) > 0;
}

std::optional<Id<Compte>> lien_valable(db::Transaction& tx, std::string_view jeton, UsageLien usage,
                                       Instant maintenant)
{
    if (jeton.empty() || jeton.size() > 100) return std::nullopt;
    return tx.find<Id<Compte>>("SELECT l.compte FROM lien_secret l JOIN compte c ON c.id = l.compte "
                               "WHERE l.jeton_hash = $1 AND l.usage = $2 AND l.utilise_le IS NULL "
                               "AND l.expire_le > $3 AND c.etat <> 'desactive'",
                               base::sha256_hex(jeton), base::slug_of(usages_lien, usage), maintenant);
}

std::optional<Compte> compte_du_lien_passe(db::Transaction& tx, std::string_view jeton, UsageLien usage)
{
    if (jeton.empty() || jeton.size() > 100) return std::nullopt;
    const auto id = tx.find<Id<Compte>>("SELECT compte FROM lien_secret WHERE jeton_hash = $1 AND usage = $2",
                                        base::sha256_hex(jeton), base::slug_of(usages_lien, usage));
    return id ? find(tx, *id) : std::nullopt;
}

bool consommer_lien(db::Transaction& tx, std::string_view jeton, UsageLien usage, Instant maintenant)
{
    return tx.exec("UPDATE lien_secret SET utilise_le = $1 WHERE jeton_hash = $2 AND usage = $3 "
                   "AND utilise_le IS NULL AND expire_le > $1",
                   maintenant, base::sha256_hex(jeton), base::slug_of(usages_lien, usage)) == 1;
}

std::string empreinte_mot_de_passe(db::Transaction& tx, const Id<Compte>& compte)
{
    return tx.find<std::string>("SELECT mot_de_passe FROM compte WHERE id = $1", compte).value_or("");
}

bool definir_mot_de_passe(db::Transaction& tx, const Id<Compte>& compte, std::string_view avant,
                          std::string_view empreinte, std::string_view sauf_jeton_hash)
{
    // The account first: a login under way waits for its row, then finds that the password has changed.
    const auto lignes = tx.exec("UPDATE compte SET mot_de_passe = $1, etat = 'actif', version = version + 1 "
                                "WHERE id = $2 AND mot_de_passe = $3 AND etat <> 'desactive'",
                                empreinte, compte, avant);
    if (lignes != 1) return false;
    tx.exec("DELETE FROM lien_secret WHERE compte = $1 AND utilise_le IS NULL", compte);
    fermer_sessions(tx, compte, sauf_jeton_hash);
    return true;
}

bool noter_connexion(db::Transaction& tx, const Id<Compte>& compte, std::string_view empreinte, Instant le)
{
    return tx.exec("UPDATE compte SET derniere_connexion_le = $1 WHERE id = $2 AND mot_de_passe = $3 "
                   "AND etat = 'actif'",
                   le, compte, empreinte) == 1;
}

Tentative tenter(db::Transaction& tx, std::string_view secret, std::initializer_list<ObjetFrein> objets,
                 std::string_view ip, std::string_view email, Instant maintenant)
{
    std::vector<Limite> limites;
    for (const auto objet : objets)
        limites.push_back({cle_frein(objet, ip, email), frein(objet).tentatives, frein(objet).secondes});
    return tenter(tx, secret, limites, maintenant);
}

void oublier_tentatives(db::Transaction& tx, std::string_view secret, const Tentative& tentative,
                        std::string_view ip, std::string_view email)
{
    oublier(tx, tentative);
    oublier(tx, secret, cle_frein(ObjetFrein::ConnexionCompteDepuisIp, ip, email));
}

std::int64_t purger(db::Transaction& tx, Instant maintenant)
{
    const auto retirer = [&](const char* table, const char* cle, const char* date, Instant avant) {
        return tx.exec(fmt::format("DELETE FROM {0} WHERE {1} IN "
                                   "(SELECT {1} FROM {0} WHERE {2} < $1 ORDER BY {2} LIMIT 2000)",
                                   table, cle, date),
                       avant);
    };
    return retirer("session", "jeton_hash", "expire_le", maintenant) +
           retirer("lien_secret", "jeton_hash", "expire_le", maintenant.plus_days(-jours_lien)) +
           retirer("tentative", "id", "le", maintenant.plus_days(-jours_tentative)) +
           retirer("envoi_unique", "empreinte", "recu_le", maintenant.plus_days(-jours_envoi_unique));
}

} // namespace compte::store
