// SQL of a mailbox that waits for its code.
#include "demande/espace/store_adresse.hpp"

#include "base/crypto.hpp"
#include "demande/espace/rattachement.hpp"

namespace demande::espace::store {

namespace {
namespace adresses {

std::string empreinte(std::string_view secret, const std::string& demande, const std::string& courriel,
                      std::string_view code)
{
    return base::hmac_hex(secret, "adresse|" + demande + "|" + courriel + "|" + std::string{code});
}

} // namespace adresses
} // namespace

void attendre_adresse(db::Transaction& tx, std::string_view secret, const demande::store::Fiche& f,
                      const std::string& demandeur, std::string_view courriel, std::string_view code,
                      Instant le, Instant expire_le)
{
    oublier_adresse(tx, f.id);
    tx.exec("INSERT INTO demande_adresse (demande, territoire, demandeur, courriel, code_hash, essais, "
            "cree_le, expire_le) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)",
            f.id, f.territoire, demandeur, courriel,
            adresses::empreinte(secret, f.id, std::string{courriel}, code), le, expire_le);
}

std::optional<std::string> adresse_attendue(db::Transaction& tx, const std::string& demande,
                                            const std::string& demandeur, Instant le)
{
    return tx.find<std::string>("SELECT courriel FROM demande_adresse WHERE demande = $1 AND demandeur = $2 "
                                "AND expire_le > $3 AND essais < $4",
                                demande, demandeur, le, essais_de_la_cle);
}

EssaiDAdresse essayer_adresse(db::Transaction& tx, std::string_view secret, const std::string& demande,
                              const std::string& demandeur, std::string_view code, Instant le)
{
    struct Ligne {
        std::string courriel, code_hash;
    } l;
    const auto verdict = demande::store::essayer(
        tx, {"demande_adresse", {{"demande", demande}, {"demandeur", demandeur}}, essais_de_la_cle}, le, [&] {
            l = tx.one<Ligne>("SELECT courriel, code_hash FROM demande_adresse WHERE demande = $1", demande);
            return base::same_secret(l.code_hash, adresses::empreinte(secret, demande, l.courriel, code));
        });
    if (verdict != Verdict::Juste) return {verdict, {}};
    return {verdict, std::move(l.courriel)};
}

void oublier_adresse(db::Transaction& tx, const std::string& demande)
{
    tx.exec("DELETE FROM demande_adresse WHERE demande = $1", demande);
}

std::int64_t purger_adresses(db::Transaction& tx, Instant maintenant)
{
    return tx.exec("DELETE FROM demande_adresse WHERE expire_le <= $1", maintenant);
}

} // namespace demande::espace::store
