// SQL of the warnings before a removal.
#include "demande/store_avertissement.hpp"

#include "base/id.hpp"
#include "demande/jalons.hpp"

namespace demande::store {

namespace {
namespace avertissements_gardes {

struct Ligne {
    std::string id, motif, condition, texte;
    Date ancre;
    Instant ecrit_le;
    std::string moyen;
    std::optional<Date> remis_le;
    std::string preuve;
    std::optional<Date> repondu_le;
    std::string reponse, organisme, partenaire;
};
constexpr std::string_view colonnes =
    "SELECT a.id, a.motif, a.condition_acces, a.texte, a.ancre, a.ecrit_le, a.moyen, a.remis_le, a.preuve, "
    "a.repondu_le, a.reponse, p.nom, p.id FROM avertissement a JOIN guichet g ON g.code = a.guichet JOIN "
    "partenaire p ON p.id = g.partenaire ";

Avertissement lire(Ligne l, std::string_view territoire)
{
    return {.id = std::move(l.id),
            .motif = base::known(motifs_radiation, l.motif),
            .condition = base::from_slug(motifs_irrecevabilite, l.condition),
            .texte = std::move(l.texte),
            .ancre = l.ancre,
            .ecrit_le = jour_legal(l.ecrit_le, territoire),
            .moyen = base::from_slug(moyens_de_remise, l.moyen),
            .remis_le = l.remis_le,
            .preuve = std::move(l.preuve),
            .repondu_le = l.repondu_le,
            .reponse = std::move(l.reponse),
            .organisme = std::move(l.organisme),
            .partenaire = std::move(l.partenaire)};
}

/// Two who write at once do not both: the second reads again.
void toucher(db::Transaction& tx, const Fiche& f)
{
    if (tx.exec("UPDATE demande SET version = version + 1, vivier_version = CASE WHEN vivier_version = "
                "version THEN version + 1 ELSE vivier_version END WHERE id = $1 AND version = $2",
                f.id, f.version) != 1)
        throw db::Conflict{};
}

} // namespace avertissements_gardes
} // namespace

std::vector<Avertissement> avertissements(db::Transaction& tx, const Fiche& f)
{
    namespace ici = avertissements_gardes;
    std::vector<Avertissement> out;
    for (auto& l : tx.query<ici::Ligne>(
             std::string{ici::colonnes} + "WHERE a.demande = $1 ORDER BY a.id DESC LIMIT 50", f.id))
        out.push_back(ici::lire(std::move(l), f.territoire));
    return out;
}

std::optional<Avertissement> avertissement(db::Transaction& tx, const std::string& id,
                                           std::string_view territoire)
{
    namespace ici = avertissements_gardes;
    auto l = tx.find<ici::Ligne>(std::string{ici::colonnes} + "WHERE a.id = $1", id);
    return l ? std::optional{ici::lire(*std::move(l), territoire)} : std::nullopt;
}

LettreDAvertissement lettre_de(db::Transaction& tx, const Avertissement& a, const Fiche& f)
{
    const auto parties = tx.query<std::optional<Date>>(
        "SELECT parti_le FROM preavis WHERE demande = $1 AND ancre = $2 AND objet = "
        "'avertissement' AND details = $3",
        f.id, f.ancre, a.id);
    return {.preparee = !parties.empty(), .partie_le = parties.empty() ? std::nullopt : parties.front()};
}

std::optional<Instant> s_est_manifeste(db::Transaction& tx, const Fiche& f, const std::string& avertissement)
{
    // Whoever typed it: a paper or a change noted by a guichet came from the applicant. A delivery is a day:
    // what was done earlier that day stands before the line of the warning.
    return tx.one<std::optional<Instant>>("SELECT MIN(j.le) FROM journal j JOIN avertissement a ON a.id = $2 "
                                          "WHERE j.objet_type = 'demande' AND "
                                          "j.objet_id = $1 AND j.le >= a.remis_le AND j.evenement IN "
                                          "('modification_demandeur', 'modification_agent', "
                                          "'piece_ajoutee', 'piece_remplacee', 'mandat_donne') AND j.rang > "
                                          "(SELECT MIN(w.rang) FROM journal w WHERE "
                                          "w.objet_type = 'demande' AND w.objet_id = $1 AND w.evenement = "
                                          "'avertissement' AND w.le >= a.ecrit_le)",
                                          f.id, avertissement);
}

std::optional<Instant> declaree_irrecevable_le(db::Transaction& tx, const Fiche& f,
                                               const std::string& partenaire, MotifIrrecevabilite condition)
{
    return tx.one<std::optional<Instant>>(
        "SELECT MAX(e.le) FROM candidature c JOIN logement_propose l ON l.id = c.logement JOIN guichet g ON "
        "g.code = "
        "l.bailleur JOIN candidature_evenement e ON e.candidature = c.id AND e.action = "
        "'declarer_irrecevable' WHERE "
        "c.demande = $1 AND c.etat = 'irrecevable' AND c.motif = $2 AND g.partenaire = $3 AND e.le >= $4",
        f.id, base::slug_of(motifs_irrecevabilite, condition), partenaire, base::to_iso(f.ancre));
}

std::string avertir(db::Transaction& tx, const Fiche& f, const AvertissementEcrit& a, const Guichet& g,
                    const compte::Agent& par, Instant le)
{
    avertissements_gardes::toucher(tx, f);
    // One that never left gives way, with its letter.
    for (const auto& vain :
         tx.query<std::string>("SELECT a.id FROM avertissement a JOIN guichet g ON g.code = a.guichet WHERE "
                               "a.demande = $1 AND a.motif = "
                               "$2 AND a.remis_le IS NULL AND a.repondu_le IS NULL AND g.partenaire = $3 AND "
                               "NOT EXISTS (SELECT 1 FROM "
                               "preavis p JOIN lot_courrier l ON l.id = p.lot WHERE p.demande = a.demande "
                               "AND p.details = a.id AND "
                               "l.imprime_le IS NOT NULL)",
                               f.id, base::slug_of(motifs_radiation, a.motif), g.partenaire)) {
        tx.exec("DELETE FROM preavis WHERE demande = $1 AND objet = 'avertissement' AND details = $2", f.id,
                vain);
        tx.exec("DELETE FROM avertissement WHERE id = $1", vain);
    }
    auto id = base::new_id(le);
    tx.exec("INSERT INTO avertissement (id, demande, territoire, guichet, motif, condition_acces, texte, "
            "ancre, par, ecrit_le) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id, f.id, f.territoire, g.code, base::slug_of(motifs_radiation, a.motif),
            a.condition ? base::slug_of(motifs_irrecevabilite, *a.condition) : std::string_view{}, a.texte,
            f.ancre, par.id, le);
    noter(tx, f.id, f.territoire, Evenement::Avertissement, par, le,
          std::string{base::slug_of(motifs_radiation, a.motif)});
    return id;
}

void noter_la_remise(db::Transaction& tx, const Fiche& f, const Avertissement& a, const RemiseProuvee& r,
                     const compte::Agent& par, Instant le)
{
    avertissements_gardes::toucher(tx, f);
    if (tx.exec("UPDATE avertissement SET moyen = $3, remis_le = $4, preuve = $5 WHERE id = $1 AND demande = "
                "$2 AND remis_le IS NULL AND repondu_le IS NULL",
                a.id, f.id, base::slug_of(moyens_de_remise, r.moyen), r.remis_le, r.preuve) != 1)
        throw db::Conflict{};
    noter(tx, f.id, f.territoire, Evenement::Avertissement, par, le, std::string{avertissement_remis});
}

void noter_la_reponse(db::Transaction& tx, const Fiche& f, const Avertissement& a, Date jour,
                      std::string_view reponse, const compte::Agent& par, Instant le)
{
    avertissements_gardes::toucher(tx, f);
    if (tx.exec("UPDATE avertissement SET repondu_le = $3, reponse = $4 WHERE id = $1 AND demande = $2 AND "
                "repondu_le IS NULL",
                a.id, f.id, jour, reponse) != 1)
        throw db::Conflict{};
    noter(tx, f.id, f.territoire, Evenement::Avertissement, par, le, std::string{avertissement_repondu});
}

} // namespace demande::store
