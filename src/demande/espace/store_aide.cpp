// SQL of the mandates of help.
#include "demande/espace/store_aide.hpp"

#include "base/id.hpp"
#include "base/text.hpp"

namespace demande::espace::store {

namespace {
namespace aides {

struct Ligne {
    std::string id, demande, territoire, courriel, aidant, aidant_nom;
    bool sur_papier = false, remplir = false, deposer = false, renouveler = false;
    Date jusqu_au;
    std::string etat;
    Instant propose_le;
    std::optional<Instant> accepte_le, fini_le;
    std::string contenu;
};
constexpr std::string_view colonnes =
    "SELECT m.id, m.demande, m.territoire, m.courriel, COALESCE(m.aidant, ''), m.aidant_nom, CASE WHEN "
    "m.donneur IS NULL THEN 1 ELSE 0 END, m.peut_remplir, m.peut_deposer, m.peut_renouveler, m.jusqu_au, "
    "m.etat, m.propose_le, m.accepte_le, m.fini_le, ";
constexpr std::string_view sans_contenu = "'' FROM mandat_d_aide m ";
constexpr std::string_view avec_contenu =
    "d.contenu FROM mandat_d_aide m JOIN demande d ON d.id = m.demande ";
/// Of an agent: what waits for the answer of their mailbox, what their account has accepted.
constexpr std::string_view a_lui = "((m.etat = 'propose' AND m.courriel = $1) OR (m.etat = 'accepte' AND "
                                   "m.aidant = $2)) AND d.etat <> 'purgee' ";

Aide lire(const Ligne& l)
{
    return {.id = l.id,
            .demande = l.demande,
            .territoire = l.territoire,
            .courriel = l.courriel,
            .aidant = l.aidant,
            .aidant_nom = l.aidant_nom,
            .sur_papier = l.sur_papier,
            .pouvoirs = {l.remplir, l.deposer, l.renouveler},
            .jusqu_au = l.jusqu_au,
            .etat = base::known(etats_aide, l.etat),
            .propose_le = l.propose_le,
            .accepte_le = l.accepte_le,
            .fini_le = l.fini_le};
}

/// The first letter alone of the name: enough to know who asks, too little to look somebody up.
AideRecue recue(const Ligne& l)
{
    const auto r = Reponses::de_json(l.contenu);
    const auto nom = base::fold(r.texte("demandeur.nom"));
    std::string de = r.texte("demandeur.prenom");
    if (!nom.empty() && nom.front() >= 'a' && nom.front() <= 'z')
        de += " " + std::string(1, static_cast<char>(nom.front() - 'a' + 'A')) + ".";
    return {lire(l), std::move(de)};
}

/// Offered or accepted, and ended by nobody.
std::vector<Aide> ouvertes(db::Transaction& tx, const std::string& demande)
{
    std::vector<Aide> out;
    for (const auto& l : tx.query<Ligne>(std::string{colonnes} + std::string{sans_contenu} +
                                             "WHERE m.demande = $1 AND m.etat IN ('propose', 'accepte') "
                                             "ORDER BY m.id",
                                         demande))
        out.push_back(lire(l));
    return out;
}

} // namespace aides
} // namespace

std::string donner_aide(db::Transaction& tx, const demande::store::Fiche& f, const Proposition& p,
                        const std::optional<std::string>& donneur, Instant le)
{
    const auto id = base::new_id(le);
    tx.exec("INSERT INTO mandat_d_aide (id, demande, territoire, courriel, donneur, peut_remplir, "
            "peut_deposer, peut_renouveler, jusqu_au, etat, propose_le) VALUES ($1, $2, $3, $4, $5, $6, $7, "
            "$8, $9, 'propose', $10)",
            id, f.id, f.territoire, p.courriel, donneur, p.pouvoirs.remplir ? 1 : 0,
            p.pouvoirs.deposer ? 1 : 0, p.pouvoirs.renouveler ? 1 : 0, p.jusqu_au, le);
    return id;
}

std::vector<Aide> aides_de(db::Transaction& tx, const std::string& demande)
{
    std::vector<Aide> out;
    for (const auto& l :
         tx.query<aides::Ligne>(std::string{aides::colonnes} + std::string{aides::sans_contenu} +
                                    "WHERE m.demande = $1 ORDER BY m.propose_le DESC, m.id DESC LIMIT 50",
                                demande))
        out.push_back(aides::lire(l));
    return out;
}

std::optional<Aide> aide_de(db::Transaction& tx, const std::string& demande, const std::string& id)
{
    const auto l = tx.find<aides::Ligne>(std::string{aides::colonnes} + std::string{aides::sans_contenu} +
                                             "WHERE m.id = $1 AND m.demande = $2",
                                         id, demande);
    return l ? std::optional{aides::lire(*l)} : std::nullopt;
}

std::vector<Aide> clore_les_finies(db::Transaction& tx, const std::string& demande, Date jour, Instant le)
{
    auto finies = aides::ouvertes(tx, demande);
    std::erase_if(finies, [&](const Aide& a) { return a.jusqu_au >= jour; });
    for (const auto& a : finies) finir_aide(tx, a.id, EtatAide::Rendu, le);
    return finies;
}

std::vector<AideRecue> aides_recues(db::Transaction& tx, const compte::Agent& agent)
{
    std::vector<AideRecue> out;
    for (const auto& l : tx.query<aides::Ligne>(
             std::string{aides::colonnes} + std::string{aides::avec_contenu} + "WHERE " +
                 std::string{aides::a_lui} + "ORDER BY m.propose_le DESC, m.id DESC LIMIT 100",
             agent.email, agent.id))
        out.push_back(aides::recue(l));
    return out;
}

std::optional<AideRecue> aide_recue(db::Transaction& tx, const std::string& id, const compte::Agent& agent)
{
    const auto l = tx.find<aides::Ligne>(std::string{aides::colonnes} + std::string{aides::avec_contenu} +
                                             "WHERE " + std::string{aides::a_lui} + "AND m.id = $3",
                                         agent.email, agent.id, id);
    return l ? std::optional{aides::recue(*l)} : std::nullopt;
}

std::optional<Aide> aide_acceptee(db::Transaction& tx, const std::string& demande, const std::string& aidant)
{
    const auto l = tx.find<aides::Ligne>(std::string{aides::colonnes} + std::string{aides::sans_contenu} +
                                             "WHERE m.aidant = $1 AND m.demande = $2 AND m.etat = 'accepte' "
                                             "ORDER BY m.jusqu_au DESC LIMIT 1",
                                         aidant, demande);
    return l ? std::optional{aides::lire(*l)} : std::nullopt;
}

bool accepter_aide(db::Transaction& tx, const std::string& id, const compte::Agent& agent, Instant le)
{
    return tx.exec("UPDATE mandat_d_aide SET etat = 'accepte', aidant = $2, aidant_nom = $3, accepte_le = $4 "
                   "WHERE id = $1 AND etat = 'propose' AND courriel = $5",
                   id, agent.id, agent.nom, le, agent.email) == 1;
}

bool finir_aide(db::Transaction& tx, const std::string& id, EtatAide etat, Instant le)
{
    return tx.exec("UPDATE mandat_d_aide SET etat = $2, fini_le = $3 WHERE id = $1 AND etat IN ('propose', "
                   "'accepte')",
                   id, base::slug_of(etats_aide, etat), le) == 1;
}

std::vector<Aide> finir_les_aides(db::Transaction& tx, const std::string& demande, Instant le)
{
    auto finies = aides::ouvertes(tx, demande);
    for (const auto& a : finies) finir_aide(tx, a.id, EtatAide::Retire, le);
    return finies;
}

} // namespace demande::espace::store
