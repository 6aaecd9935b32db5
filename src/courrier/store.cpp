// Every SQL statement of the outbox but the INSERT, which is in outbox.cpp.
#include "courrier/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/crypto.hpp"
#include "base/expect.hpp"
#include "base/text.hpp"
#include "db/query.hpp"

namespace courrier {

namespace {

struct LigneEtat {
    std::string id, gabarit, destinataire, objet, etat;
    int essais;
    Instant cree_le;
    std::optional<Instant> envoye_le, prochain_le;
    std::string erreur;
};

constexpr std::string_view colonnes_etat =
    "SELECT id, gabarit, destinataire, objet, etat, essais, cree_le, envoye_le, prochain_le, erreur FROM "
    "courriel ";

EtatCourriel etat_lu(LigneEtat l)
{
    const auto lu = base::from_slug(etats, l.etat);
    base::expect(lu.has_value(), "a state of e-mail that this program does not know");
    return {std::move(l.id),
            std::move(l.gabarit),
            std::move(l.destinataire),
            std::move(l.objet),
            *lu,
            l.essais,
            l.cree_le,
            l.envoye_le,
            l.prochain_le,
            std::move(l.erreur)};
}

constexpr std::size_t longueur_erreur = 300;

} // namespace

std::vector<EtatCourriel> etat_des_courriels(db::Transaction& tx, std::string_view objet_type,
                                             std::string_view objet_id, std::int64_t page)
{
    std::vector<EtatCourriel> out;
    tx.each<LigneEtat>(
        std::string{colonnes_etat} +
            "WHERE objet_type = $1 AND objet_id = $2 ORDER BY cree_le DESC, id DESC LIMIT $3 OFFSET $4",
        [&](LigneEtat l) { out.push_back(etat_lu(std::move(l))); }, objet_type, objet_id, courriels_par_page,
        (page - 1) * courriels_par_page);
    return out;
}

std::optional<EtatCourriel> etat_du_courriel(db::Transaction& tx, std::string_view id)
{
    auto l = tx.find<LigneEtat>(std::string{colonnes_etat} + "WHERE id = $1", id);
    return l ? std::optional{etat_lu(*std::move(l))} : std::nullopt;
}

db::Answer<CompteDeCourriels> compter_courriels(db::Transaction& tx, std::string_view objet_type,
                                                std::string_view objet_id)
{
    return tx.ask<CompteDeCourriels>(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN etat = 'refuse' THEN 1 ELSE 0 END), 0) "
        "FROM courriel WHERE objet_type = $1 AND objet_id = $2",
        objet_type, objet_id);
}

bool concerne(db::Transaction& tx, std::string_view id, std::string_view objet_type,
              std::string_view objet_id)
{
    return tx.one<bool>(
        "SELECT EXISTS (SELECT 1 FROM courriel WHERE id = $1 AND objet_type = $2 AND objet_id = $3)", id,
        objet_type, objet_id);
}

bool renvoyer(db::Transaction& tx, std::string_view id, Instant le)
{
    // Another message for mail servers (`envoi` is part of its Message-ID): they would drop the same one
    // twice.
    return tx.exec("UPDATE courriel SET etat = 'a_envoyer', prochain_le = $2, depuis_le = $2, essais = 0, "
                   "erreur = '', "
                   "envoi = envoi + 1 WHERE id = $1 AND etat IN ('echec', 'refuse') AND efface_le IS NULL",
                   id, le) == 1;
}

void retarder(db::Transaction& tx, std::string_view objet_type, std::string_view objet_id,
              std::string_view debut_de_cle, Instant jusqu_au)
{
    tx.exec("UPDATE courriel SET prochain_le = $1 WHERE objet_type = $2 AND objet_id = $3 AND substr(cle, 1, "
            "length(CAST($4 AS TEXT))) = $4 AND etat = 'a_envoyer'",
            jusqu_au, objet_type, objet_id, debut_de_cle);
}

bool reprendre(db::Transaction& tx, std::string_view objet_type, std::string_view objet_id,
               std::string_view debut_de_cle)
{
    // Those that no server would take never leave: they go too. Counted afterwards: a sender may take one
    // meanwhile.
    constexpr std::string_view ici =
        " FROM courriel WHERE objet_type = $1 AND objet_id = $2 AND substr(cle, 1, "
        "length(CAST($3 AS TEXT))) = $3";
    tx.exec(fmt::format("DELETE{} AND etat IN ('a_envoyer', 'refuse') AND essais = 0", ici), objet_type,
            objet_id, debut_de_cle);
    return tx.one<std::int64_t>(fmt::format("SELECT COUNT(*){}", ici), objet_type, objet_id, debut_de_cle) ==
           0;
}

std::int64_t en_attente(db::Transaction& tx)
{
    return tx.one<std::int64_t>("SELECT count(*) FROM courriel WHERE etat IN ('a_envoyer', 'echec')");
}

std::int64_t effacer_corps(db::Transaction& tx, Instant avant)
{
    const auto vides =
        tx.query<std::string>("UPDATE courriel SET texte = '', html = '', efface_le = $1 "
                              "WHERE id IN (SELECT id FROM courriel WHERE cree_le < $1 AND efface_le IS NULL "
                              "AND etat IN ('envoye', 'refuse') ORDER BY cree_le LIMIT 1000) RETURNING id",
                              avant);
    if (vides.empty()) return 0;
    db::Query q;
    const auto ceux_la = q.add_all(vides);
    tx.run("DELETE FROM courriel_joint WHERE courriel IN " + ceux_la, q.params, [](auto&&) {});
    return static_cast<std::int64_t>(vides.size());
}

std::int64_t effacer_traces(db::Transaction& tx, Instant avant)
{
    return tx.exec(
        "DELETE FROM courriel WHERE id IN (SELECT id FROM courriel WHERE cree_le < $1 AND "
        "objet_type <> 'signalement' AND etat IN ('envoye', 'refuse') ORDER BY cree_le LIMIT 1000)",
        avant);
}

void effacer_de(db::Transaction& tx, std::string_view objet_type, std::string_view objet_id)
{
    tx.exec("DELETE FROM courriel WHERE objet_type = $1 AND objet_id = $2", objet_type, objet_id);
}

bool a_expedier(db::Transaction& tx, Instant maintenant, Instant heure)
{
    return tx.one<bool>("SELECT EXISTS (SELECT 1 FROM courriel WHERE etat IN ('a_envoyer', 'echec') AND "
                        "prochain_le <= $1) OR EXISTS (SELECT 1 FROM courriel WHERE etat = 'en_cours' AND "
                        "bail_jusqu_au <= $2)",
                        maintenant, heure);
}

Instant heure_des_baux(db::Transaction& tx, Instant maintenant)
{
    return {maintenant.ms - db::ahead_of_server(tx, maintenant).value_or(0)};
}

void liberer_les_abandonnes(db::Transaction& tx, Instant maintenant, Instant heure)
{
    tx.exec("UPDATE courriel SET etat = 'echec', prochain_le = $1, bail_par = NULL, bail_jusqu_au = NULL, "
            "erreur = 'Envoi interrompu.' WHERE etat = 'en_cours' AND bail_jusqu_au <= $2",
            maintenant, heure);
}

std::vector<ASortir> prendre(db::Transaction& tx, std::string_view par, Instant maintenant, Instant jusqu_au,
                             int combien)
{
    // The state is checked again outside the subquery: on PostgreSQL the row may have been taken by another
    // runner while this statement waited for it.
    auto pris = tx.query<ASortir>(
        "UPDATE courriel SET etat = 'en_cours', prochain_le = NULL, bail_par = $1, bail_jusqu_au = $2, "
        "essais = essais + 1 WHERE id IN (SELECT id FROM courriel WHERE etat IN ('a_envoyer', 'echec') "
        "AND prochain_le <= $3 ORDER BY prochain_le, id LIMIT $4) AND etat IN ('a_envoyer', 'echec') "
        "RETURNING id, gabarit, destinataire, objet, texte, html, envoi, essais, depuis_le, requete",
        par, jusqu_au, maintenant, combien);
    std::sort(pris.begin(), pris.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return pris;
}

std::optional<Joint> joint_de(db::Transaction& tx, std::string_view id)
{
    auto joint = tx.find<Joint>("SELECT nom, type, contenu FROM courriel_joint WHERE courriel = $1", id);
    if (joint) {
        auto octets = base::unbase64(joint->octets);
        base::expect(octets.has_value(), "an attached file that is not base64");
        joint->octets = *std::move(octets);
    }
    return joint;
}

bool prolonger(db::Transaction& tx, std::string_view id, std::string_view par, Instant jusqu_au)
{
    return tx.exec(
               "UPDATE courriel SET bail_jusqu_au = $3 WHERE id = $1 AND etat = 'en_cours' AND bail_par = $2",
               id, par, jusqu_au) == 1;
}

bool marquer_envoye(db::Transaction& tx, std::string_view id, std::string_view par, Instant le)
{
    return tx.exec("UPDATE courriel SET etat = 'envoye', envoye_le = $3, erreur = '', bail_par = NULL, "
                   "bail_jusqu_au = NULL WHERE id = $1 AND etat = 'en_cours' AND bail_par = $2",
                   id, par, le) == 1;
}

bool marquer_echec(db::Transaction& tx, std::string_view id, std::string_view par, Instant prochain_le,
                   std::string_view erreur)
{
    return tx.exec("UPDATE courriel SET etat = 'echec', prochain_le = $3, erreur = $4, bail_par = NULL, "
                   "bail_jusqu_au = NULL WHERE id = $1 AND etat = 'en_cours' AND bail_par = $2",
                   id, par, prochain_le, base::truncate(erreur, longueur_erreur)) == 1;
}

bool marquer_refuse(db::Transaction& tx, std::string_view id, std::string_view par, std::string_view erreur)
{
    return tx.exec("UPDATE courriel SET etat = 'refuse', erreur = $3, bail_par = NULL, bail_jusqu_au = NULL "
                   "WHERE id = $1 AND etat = 'en_cours' AND bail_par = $2",
                   id, par, base::truncate(erreur, longueur_erreur)) == 1;
}

void reposer(db::Transaction& tx, std::string_view par, Instant prochain_le)
{
    tx.exec(
        "UPDATE courriel SET etat = CASE WHEN essais > 1 THEN 'echec' ELSE 'a_envoyer' END, essais = essais "
        "- 1, "
        "prochain_le = $2, bail_par = NULL, bail_jusqu_au = NULL WHERE etat = 'en_cours' AND bail_par = $1",
        par, prochain_le);
}

} // namespace courrier
