// SQL of the priorities that were recognised.
#include "demande/store_reconnaissance.hpp"

#include "base/id.hpp"

namespace demande::store {

namespace {

/// Two who note at once do not both: the second reads again. Searches and scores see it differs.
void toucher(db::Transaction& tx, const Fiche& f)
{
    if (tx.exec("UPDATE demande SET version = version + 1 WHERE id = $1 AND version = $2", f.id, f.version) !=
        1)
        throw db::Conflict{};
}

} // namespace

std::vector<Reconnaissance> reconnaissances(db::Transaction& tx, std::string_view demande)
{
    struct Ligne {
        std::string id, nature, motif, decision;
        Date decidee_le, depuis;
        std::optional<Date> jusqu_au, finie_le;
        std::string raison, organisme;
    };
    std::vector<Reconnaissance> out;
    for (auto& l : tx.query<Ligne>(
             "SELECT r.id, r.nature, r.motif, r.decision, r.decidee_le, r.depuis, r.jusqu_au, r.finie_le, "
             "r.raison_fin, p.nom FROM reconnaissance r JOIN guichet g ON g.code = r.guichet JOIN partenaire "
             "p "
             "ON p.id = g.partenaire WHERE r.demande = $1 ORDER BY r.id DESC LIMIT 50",
             demande))
        out.push_back({.id = std::move(l.id),
                       .nature = base::known(natures_reconnues, l.nature),
                       .motif = base::from_slug(motifs_priorite, l.motif),
                       .decision = std::move(l.decision),
                       .decidee_le = l.decidee_le,
                       .depuis = l.depuis,
                       .jusqu_au = l.jusqu_au,
                       .finie_le = l.finie_le,
                       .raison = base::from_slug(raisons_de_fin, l.raison),
                       .organisme = std::move(l.organisme)});
    return out;
}

void reconnaitre(db::Transaction& tx, const Fiche& f, const Reconnaissance& r, const Guichet& g,
                 const compte::Agent& par, Instant le)
{
    toucher(tx, f);
    tx.exec(
        "INSERT INTO reconnaissance (id, demande, territoire, nature, motif, decision, decidee_le, depuis, "
        "jusqu_au, guichet, notee_le) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        base::new_id(le), f.id, f.territoire, base::slug_of(natures_reconnues, r.nature),
        r.motif ? base::slug_of(motifs_priorite, *r.motif) : std::string_view{}, r.decision, r.decidee_le,
        r.depuis, r.jusqu_au, g.code, le);
    // The motive stays out of the history, which everybody who signs the demande reads.
    noter(tx, f.id, f.territoire,
          r.nature == NatureReconnue::Dalo ? Evenement::Dalo : Evenement::PrioriteReconnue, par, le,
          base::to_iso(r.decidee_le));
}

void mettre_fin(db::Transaction& tx, const Fiche& f, const Reconnaissance& r, const compte::Agent& par,
                Instant le)
{
    base::expect(r.finie_le && r.raison, "a recognition that did not end");
    toucher(tx, f);
    if (tx.exec("UPDATE reconnaissance SET finie_le = $3, raison_fin = $4 WHERE id = $1 AND demande = $2 AND "
                "finie_le IS NULL",
                r.id, f.id, *r.finie_le, base::slug_of(raisons_de_fin, *r.raison)) != 1)
        throw db::Conflict{};
    noter(tx, f.id, f.territoire, Evenement::PrioriteFinie, par, le,
          std::string{base::slug_of(raisons_de_fin, *r.raison)});
}

std::string en_vigueur(db::Query& q, Date jour)
{
    const auto j = q.add(jour);
    return "r.depuis <= " + j + " AND (r.jusqu_au IS NULL OR r.jusqu_au >= " + j +
           ") AND (r.finie_le IS NULL OR r.finie_le > " + j + ")";
}

} // namespace demande::store
