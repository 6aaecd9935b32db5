// SQL of a claim.
#include "demande/espace/store_rattachement.hpp"

#include "base/crypto.hpp"
#include "demande/espace/rattachement.hpp"
#include "demande/espace/store_aide.hpp"

namespace demande::espace::store {

namespace {
namespace reclamees {

struct Ligne {
    std::string id, numero, territoire, guichet, contenu;
};
constexpr std::string_view colonnes =
    "SELECT d.id, d.numero, d.territoire, d.guichet, d.contenu FROM demande d WHERE d.etat IN ('active', "
    "'a_renouveler', 'en_tolerance', 'radiee') AND ";

Designee lire(Ligne l)
{
    return {std::move(l.id), std::move(l.numero), std::move(l.territoire), std::move(l.guichet),
            Reponses::de_json(l.contenu)};
}

std::string empreinte(std::string_view secret, const std::string& demandeur, std::string_view code)
{
    return base::hmac_hex(secret, demandeur + "|" + std::string{code});
}

} // namespace reclamees
} // namespace

std::optional<Designee> par_numero(db::Transaction& tx, std::string_view numero)
{
    auto l = tx.find<reclamees::Ligne>(std::string{reclamees::colonnes} + "d.numero = $1", numero);
    return l ? std::optional{reclamees::lire(*std::move(l))} : std::nullopt;
}

std::optional<Designee> par_id(db::Transaction& tx, const std::string& id)
{
    auto l = tx.find<reclamees::Ligne>(std::string{reclamees::colonnes} + "d.id = $1", id);
    return l ? std::optional{reclamees::lire(*std::move(l))} : std::nullopt;
}

std::vector<Designee> par_identite(db::Transaction& tx, std::string_view territoire, const Identite& qui)
{
    std::vector<Designee> out;
    const auto premier = qui.prenom.substr(0, qui.prenom.find(' '));
    // The names are compared with the answers: a name of use is not in the index, a name of birth is, and
    // comes first where so many were born that day that the rest is cut.
    for (auto& l : tx.query<reclamees::Ligne>(
             std::string{reclamees::colonnes} + "d.id IN (SELECT demande FROM demande_personne WHERE "
                                                "territoire = $1 AND naissance_le = $2 AND rang = 0 AND "
                                                "(prenom_cherche IN ($4, $5) OR substr(prenom_cherche, 1, "
                                                "length(CAST($6 AS TEXT))) = $6) ORDER BY CASE WHEN "
                                                "nom_cherche = $3 THEN 0 ELSE 1 END, demande LIMIT 500) "
                                                "ORDER BY d.id",
             territoire, *qui.naissance_le, qui.nom, qui.prenom, premier, qui.prenom + " ")) {
        auto d = reclamees::lire(std::move(l));
        if (out.size() < 10 && est_le_demandeur(d.reponses, qui)) out.push_back(std::move(d));
    }
    return out;
}

void poser_cle(db::Transaction& tx, std::string_view secret, const std::string& demandeur,
               const std::string& demande, std::string_view code, Instant le, Instant expire_le, int rang)
{
    tx.exec("DELETE FROM demande_cle WHERE demandeur = $1", demandeur);
    tx.exec(
        "INSERT INTO demande_cle (demandeur, demande, code_hash, essais, cree_le, expire_le, rang) VALUES "
        "($1, $2, $3, 0, $4, $5, $6)",
        demandeur, demande.empty() ? std::nullopt : std::optional{demande},
        reclamees::empreinte(secret, demandeur, code), le, expire_le, rang);
}

Essai essayer_cle(db::Transaction& tx, std::string_view secret, const std::string& demandeur,
                  std::string_view code, Instant le)
{
    struct Ligne {
        std::optional<std::string> demande;
        std::string code_hash;
        int rang = 0;
    } l;
    const auto verdict =
        demande::store::essayer(tx, {"demande_cle", {{"demandeur", demandeur}}, essais_de_la_cle}, le, [&] {
            l = tx.one<Ligne>("SELECT demande, code_hash, rang FROM demande_cle WHERE demandeur = $1",
                              demandeur);
            // A claim of nothing has a code too, that opens nothing.
            return base::same_secret(l.code_hash, reclamees::empreinte(secret, demandeur, code)) &&
                   l.demande.has_value();
        });
    if (verdict != Verdict::Juste) return {verdict, {}, 0};
    return {verdict, *l.demande, l.rang};
}

std::optional<std::string> demande_visee(db::Transaction& tx, const std::string& demandeur)
{
    return tx.find<std::string>(
        "SELECT demande FROM demande_cle WHERE demandeur = $1 AND demande IS NOT NULL", demandeur);
}

std::int64_t purger_cles(db::Transaction& tx, Instant maintenant)
{
    return tx.exec(
        "DELETE FROM demande_cle WHERE demandeur IN (SELECT demandeur FROM demande_cle WHERE expire_le <= $1 "
        "ORDER BY expire_le LIMIT 2000)",
        maintenant);
}

void tenir_les_acces(db::Transaction& tx, const std::string& demande)
{
    tx.lock({"acces:" + demande});
}

Fermes detacher(db::Transaction& tx, const std::string& demande, Instant le)
{
    tenir_les_acces(tx, demande);
    Fermes out;
    for (auto& a : acces(tx, demande)) out.boites.push_back(std::move(a.courriel));
    tx.exec("DELETE FROM demandeur_demande WHERE demande = $1", demande);
    tx.exec("DELETE FROM demande_cle WHERE demande = $1", demande);
    tx.exec("DELETE FROM demande_adresse WHERE demande = $1", demande);
    out.aides = finir_les_aides(tx, demande, le);
    return out;
}

std::vector<Acces> acces(db::Transaction& tx, const std::string& demande)
{
    return tx.query<Acces>(
        "SELECT d.courriel, x.depuis, x.rang FROM demandeur_demande x JOIN demandeur d ON d.id = "
        "x.demandeur WHERE x.demande = $1 ORDER BY x.depuis, d.id LIMIT 20",
        demande);
}

} // namespace demande::espace::store
