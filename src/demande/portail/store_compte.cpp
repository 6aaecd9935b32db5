// SQL of the accounts of applicants. Neither a cookie nor a code is written: only their digests.
#include "demande/portail/store_compte.hpp"

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/step.hpp"
#include "compte/compte.hpp"

namespace demande::portail::store {

namespace {

constexpr int sessions_par_demandeur = 10;

std::string empreinte_du_code(std::string_view secret, std::string_view jeton_hash, std::string_view code)
{
    return base::hmac_hex(secret, std::string{jeton_hash} + "|" + std::string{code});
}

} // namespace

CodeNouveau creer_code(db::Transaction& tx, std::string_view secret, std::string_view courriel,
                       std::string code, Instant le)
{
    CodeNouveau nouveau{.cookie = base::random_token(32), .code = std::move(code)};
    const auto jeton_hash = base::sha256_hex(nouveau.cookie);
    tx.exec("INSERT INTO demandeur_code (jeton_hash, courriel, code_hash, essais, cree_le, expire_le) VALUES "
            "($1, $2, $3, 0, $4, $5)",
            jeton_hash, courriel, empreinte_du_code(secret, jeton_hash, nouveau.code), le,
            le.plus_seconds(code_secondes));
    return nouveau;
}

Essai essayer_code(db::Transaction& tx, std::string_view secret, std::string_view cookie,
                   std::string_view code, Instant le)
{
    if (cookie.empty() || cookie.size() > 100) return {};
    const auto jeton_hash = base::sha256_hex(cookie);
    struct Ligne {
        std::string courriel, code_hash;
        int essais = 0;
    } ligne;
    const auto verdict = demande::store::essayer(
        tx, {"demandeur_code", {{"jeton_hash", jeton_hash}}, essais_par_code}, le, [&] {
            ligne = tx.one<Ligne>(
                "SELECT courriel, code_hash, essais FROM demandeur_code WHERE jeton_hash = $1", jeton_hash);
            return base::same_secret(ligne.code_hash, empreinte_du_code(secret, jeton_hash, code));
        });
    if (verdict == Verdict::Faux)
        return {.verdict = verdict, .courriel = {}, .restants = essais_par_code - ligne.essais};
    if (verdict == Verdict::Perime) return {};
    base::step("code.used");
    return {.verdict = verdict, .courriel = std::move(ligne.courriel), .restants = 0};
}

Demandeur ouvrir_compte(db::Transaction& tx, std::string_view courriel, Instant le)
{
    tx.exec("INSERT INTO demandeur (id, courriel, cree_le, vu_le) VALUES ($1, $2, $3, $3) ON CONFLICT "
            "(courriel) DO UPDATE SET vu_le = $3",
            base::new_id(le), courriel, le);
    return {tx.one<std::string>("SELECT id FROM demandeur WHERE courriel = $1", courriel),
            std::string{courriel}};
}

bool changer_courriel(db::Transaction& tx, const std::string& demandeur, std::string_view courriel)
{
    return tx.exec(
               "UPDATE demandeur SET courriel = $2 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM demandeur x "
               "WHERE x.courriel = $2)",
               demandeur, courriel) == 1;
}

std::string creer_session(db::Transaction& tx, const Demandeur& d, std::string_view appareil, Instant le)
{
    auto cookie = base::random_token(32);
    tx.exec("INSERT INTO demandeur_session (jeton_hash, demandeur, appareil, cree_le, vu_le, expire_le) "
            "VALUES ($1, $2, $3, $4, $4, $5)",
            base::sha256_hex(cookie), d.id, appareil, le, le.plus_seconds(compte::session_absolue_secondes));
    tx.exec("DELETE FROM demandeur_session WHERE demandeur = $1 AND jeton_hash NOT IN (SELECT jeton_hash "
            "FROM demandeur_session WHERE demandeur = $1 ORDER BY cree_le DESC, jeton_hash LIMIT " +
                std::to_string(sessions_par_demandeur) + ")",
            d.id);
    base::step("account.entered");
    return cookie;
}

std::optional<Session> session_de(db::Transaction& tx, std::string_view cookie, Instant maintenant)
{
    if (cookie.empty() || cookie.size() > 100) return std::nullopt;
    struct Ligne {
        std::string jeton_hash, id, courriel;
        Instant vu_le, expire_le;
    };
    const auto l = tx.find<Ligne>("SELECT s.jeton_hash, d.id, d.courriel, s.vu_le, s.expire_le FROM "
                                  "demandeur_session s JOIN demandeur d ON d.id = s.demandeur WHERE "
                                  "s.jeton_hash = $1",
                                  base::sha256_hex(cookie));
    if (!l || !compte::session_valable(l->vu_le, l->expire_le, maintenant)) return std::nullopt;
    return Session{l->jeton_hash, {l->id, l->courriel}, l->vu_le, l->expire_le};
}

std::optional<Session> session_de(db::Database& base_de_donnees, std::string_view cookie, Instant maintenant)
{
    std::optional<Session> session;
    {
        auto tx = base_de_donnees.read();
        session = session_de(tx, cookie, maintenant);
    }
    if (session && session->vu_le.plus_seconds(compte::session_pas_secondes) <= maintenant)
        base_de_donnees.write([&](db::Transaction& tx) {
            tx.exec("UPDATE demandeur_session SET vu_le = $1 WHERE jeton_hash = $2 AND vu_le < $1",
                    maintenant, session->jeton_hash);
        });
    return session;
}

void fermer_session(db::Transaction& tx, std::string_view jeton_hash)
{
    tx.exec("DELETE FROM demandeur_session WHERE jeton_hash = $1", jeton_hash);
}

std::int64_t fermer_sessions(db::Transaction& tx, const std::string& demandeur,
                             std::string_view sauf_jeton_hash)
{
    return tx.exec("DELETE FROM demandeur_session WHERE demandeur = $1 AND jeton_hash <> $2", demandeur,
                   sauf_jeton_hash);
}

void lier(db::Transaction& tx, const std::string& demandeur, const std::string& demande, RoleSurDemande role,
          Voie voie, Instant le, int rang)
{
    tx.exec(
        "INSERT INTO demandeur_demande (demandeur, demande, territoire, role, voie, depuis, rang) SELECT $1, "
        "d.id, d.territoire, $3, $4, $5, CAST($6 AS INTEGER) FROM demande d WHERE d.id = $2 AND NOT EXISTS "
        "(SELECT 1 FROM "
        "demandeur_demande x WHERE x.demandeur = $1 AND x.demande = $2) ON CONFLICT (demandeur, demande) "
        "DO NOTHING",
        demandeur, demande, base::slug_of(roles_sur_demande, role), base::slug_of(voies, voie), le, rang);
    // The codes under way for the same person, of whichever account, open nothing more.
    tx.exec("DELETE FROM demande_cle WHERE demande = $1 AND rang = $2", demande, rang);
    base::step("demande.linked");
}

namespace {

std::optional<Lien> lire_un_lien(db::Transaction& tx, std::string_view condition, const std::string& demande,
                                 const auto& qui)
{
    struct Ligne {
        std::string demandeur;
        int rang = 0;
        std::string voie;
    };
    auto l = tx.find<Ligne>("SELECT demandeur, rang, voie FROM demandeur_demande WHERE demande = $1 AND " +
                                std::string{condition},
                            demande, qui);
    return l ? std::optional{Lien{std::move(l->demandeur), l->rang, base::known(voies, l->voie)}}
             : std::nullopt;
}

} // namespace

std::optional<Lien> lien_sur(db::Transaction& tx, const std::string& demandeur, const std::string& demande)
{
    return lire_un_lien(tx, "demandeur = $2", demande, demandeur);
}

std::optional<Lien> lien_du_rang(db::Transaction& tx, const std::string& demande, int rang)
{
    return rang == 0 ? lire_un_lien(tx, "role = $2", demande, std::string{"titulaire"})
                     : lire_un_lien(tx, "role = 'codemandeur' AND rang = $2", demande, rang);
}

void delier(db::Transaction& tx, const std::string& demandeur, const std::string& demande)
{
    tx.exec("DELETE FROM demandeur_demande WHERE demandeur = $1 AND demande = $2", demandeur, demande);
    tx.exec("DELETE FROM demande_adresse WHERE demandeur = $1 AND demande = $2", demandeur, demande);
}

std::vector<DemandeLiee> demandes_de(db::Transaction& tx, const std::string& demandeur)
{
    struct Ligne {
        std::string id, numero, territoire, etat;
        Date deposee_le, ancre;
        std::string role;
    };
    std::vector<DemandeLiee> out;
    for (auto& l : tx.query<Ligne>(
             "SELECT d.id, d.numero, d.territoire, d.etat, d.deposee_le, d.ancre, x.role FROM "
             "demandeur_demande x JOIN demande d ON d.id = x.demande WHERE x.demandeur = $1 AND d.etat <> "
             "'purgee' ORDER BY d.id DESC LIMIT 100",
             demandeur))
        out.push_back({std::move(l.id), std::move(l.numero), std::move(l.territoire),
                       base::known(etats, l.etat), l.deposee_le, l.ancre,
                       base::known(roles_sur_demande, l.role)});
    return out;
}

std::optional<RoleSurDemande> role_sur(db::Transaction& tx, const std::string& demandeur,
                                       const std::string& demande)
{
    const auto role = tx.find<std::string>(
        "SELECT role FROM demandeur_demande WHERE demandeur = $1 AND demande = $2", demandeur, demande);
    return role ? std::optional{base::known(roles_sur_demande, *role)} : std::nullopt;
}

std::optional<std::string> courriel_de(db::Transaction& tx, const std::string& demandeur)
{
    return tx.find<std::string>("SELECT courriel FROM demandeur WHERE id = $1", demandeur);
}

std::vector<Demandeur> demandeurs_de(db::Transaction& tx, const std::string& demande)
{
    return tx.query<Demandeur>("SELECT d.id, d.courriel FROM demandeur_demande x JOIN demandeur d ON d.id = "
                               "x.demandeur WHERE x.demande = $1 ORDER BY x.depuis, d.id LIMIT 20",
                               demande);
}

std::int64_t purger(db::Transaction& tx, Instant maintenant)
{
    return tx.exec("DELETE FROM demandeur_session WHERE jeton_hash IN (SELECT jeton_hash FROM "
                   "demandeur_session WHERE expire_le < $1 ORDER BY expire_le LIMIT 2000)",
                   maintenant) +
           tx.exec("DELETE FROM demandeur_code WHERE jeton_hash IN (SELECT jeton_hash FROM demandeur_code "
                   "WHERE expire_le < $1 ORDER BY expire_le LIMIT 2000)",
                   maintenant);
}

std::int64_t effacer_comptes(db::Transaction& tx, Instant vus_avant)
{
    return tx.exec(
        // Asked again of the row itself: somebody may enter between the choice and the deletion.
        "DELETE FROM demandeur WHERE vu_le < $1 AND id IN (SELECT d.id FROM demandeur d WHERE d.vu_le < $1 "
        "AND NOT "
        "EXISTS (SELECT 1 FROM demandeur_demande x WHERE x.demandeur = d.id) AND NOT EXISTS (SELECT 1 FROM "
        "demande_en_ligne e WHERE e.demandeur = d.id) ORDER BY d.vu_le LIMIT 200)",
        vus_avant);
}

} // namespace demande::portail::store
