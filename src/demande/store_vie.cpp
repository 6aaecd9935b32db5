// SQL of the renewal, the end and the return of a demande.
#include "demande/store_vie.hpp"

#include "courrier/store.hpp"
#include "demande/attestation.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/store_preavis.hpp"

namespace demande::store {

Situation situation(db::Transaction& tx, const Fiche& f, Date jour)
{
    struct Fin {
        std::optional<Date> radiee_le;
        std::string motif;
    };
    const auto fin = tx.one<Fin>("SELECT radiee_le, motif_radiation FROM demande WHERE id = $1", f.id);
    const auto ici_depuis = gestion::store::ici_depuis(tx, f.territoire, jour);
    return {.etat = f.etat,
            .jalons = jalons(f.ancre),
            .preavis_remis_le = preavis_remis_le(remises(tx, f.id, f.ancre), ici_depuis),
            .radiee_le = fin.radiee_le,
            .motif_radiation = base::from_slug(motifs_radiation, fin.motif),
            .ici_depuis = ici_depuis};
}

void noter_le_bail(db::Transaction& tx, const Fiche& f, const BailConstate& b)
{
    tx.exec("INSERT INTO bail_constate (demande, territoire, signe_le, rpls, accord_collectif, dalo, "
            "contingent) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            f.id, f.territoire, b.signe_le, b.rpls, b.accord_collectif, b.dalo,
            base::slug_of(candidature::contingents, b.contingent));
}

std::optional<BailConstate> bail_constate(db::Transaction& tx, const std::string& demande)
{
    struct Ligne {
        Date signe_le;
        std::string rpls;
        bool accord_collectif = false, dalo = false;
        std::string contingent;
    };
    auto l = tx.find<Ligne>("SELECT signe_le, rpls, accord_collectif, dalo, contingent FROM bail_constate "
                            "WHERE demande = $1",
                            demande);
    if (!l) return std::nullopt;
    return BailConstate{.signe_le = l->signe_le,
                        .rpls = std::move(l->rpls),
                        .accord_collectif = l->accord_collectif,
                        .dalo = l->dalo,
                        .contingent = base::known(candidature::contingents, l->contingent)};
}

std::optional<Annonce> derniere_radiation(db::Transaction& tx, const std::string& demande)
{
    struct Fin {
        Date ancre;
        std::optional<Date> radiee_le;
        std::string motif, condition;
    };
    const auto l = tx.find<Fin>("SELECT ancre, radiee_le, motif_radiation, radiation_irrecevabilite FROM "
                                "demande WHERE id = $1 AND etat = 'radiee'",
                                demande);
    if (!l) return std::nullopt;
    const auto motif = base::from_slug(motifs_radiation, l->motif);
    return Annonce{.motif = motif,
                   .condition = base::from_slug(motifs_irrecevabilite, l->condition),
                   .radiee_le = l->radiee_le,
                   .dernier_jour = fin_de_reactivation({.etat = Etat::Radiee,
                                                        .jalons = jalons(l->ancre),
                                                        .preavis_remis_le = std::nullopt,
                                                        .radiee_le = l->radiee_le,
                                                        .motif_radiation = motif})};
}

void reprendre(db::Transaction& tx, const Fiche& f, const Reprise& r, const compte::Agent& par, Instant le,
               bool ailleurs)
{
    const auto etat = transition(r.action(), f.etat)->vers;
    if (tx.exec(
            "UPDATE demande SET etat = $3, ancre = $4, etape = '', a_revoir_le = '', radiable_le = '', "
            "attestation_le = $6, attestation_courriel = $5, radiee_le = NULL, motif_radiation = '', "
            "radiation_justificatif = '', "
            "radiation_averti_le = NULL, radiation_irrecevabilite = '', version = version + 1 WHERE id = $1 "
            "AND version = $2",
            f.id, f.version, base::slug_of(etats, etat), r.ancre(),
            peut_partir_par_courriel(f.reponses) && !ailleurs ? "a_preparer" : "",
            ailleurs ? std::optional{le} : std::nullopt) != 1)
        throw db::Conflict{};
    traiter_retours(tx, f.id, le);
    retirer_lettres(tx, f.id);
    noter(tx, f.id, f.territoire,
          r.action() == Action::Renouveler ? Evenement::Renouvellement : Evenement::Reactivation, par, le,
          r.action() == Action::Revenir ? std::string{radiation_retiree}
          : ailleurs                    ? std::string{base::slug_of(raisons, Raison::SystemeNational)}
                                        : std::string{});
}

void revenir(db::Transaction& tx, const Fiche& f, const Reprise& r, std::string_view raison,
             const compte::Agent& par, Instant le)
{
    // What is taken back stays written, until the names are erased.
    tx.exec("INSERT INTO radiation_retiree (id, demande, territoire, motif, radiee_le, raison, par, le) "
            "SELECT $1, id, "
            "territoire, motif_radiation, radiee_le, $3, $4, $5 FROM demande WHERE id = $2",
            base::new_id(le), f.id, raison, par.id, le);
    // Nor does a warning that led to it count any more.
    tx.exec("UPDATE avertissement SET repondu_le = $2, reponse = 'Radiation retirée' WHERE demande = $1 AND "
            "repondu_le "
            "IS NULL",
            f.id, jour_legal(le, f.territoire));
    reprendre(tx, f, r, par, le);
}

void radier(db::Transaction& tx, const Fiche& f, const Radiation& r, const compte::Agent& par, Instant le)
{
    const auto etat = transition(Action::Radier, f.etat)->vers;
    if (tx.exec("UPDATE demande SET etat = $3, radiee_le = $4, motif_radiation = $5, radiation_justificatif "
                "= $6, radiation_averti_le = $7, radiation_irrecevabilite = $8, attestation_courriel = '', "
                "a_revoir_le = $9, radiable_le = '', version = version + 1 WHERE id = $1 AND version = $2",
                f.id, f.version, base::slug_of(etats, etat), r.le(),
                base::slug_of(motifs_radiation, r.motif()), r.justificatif(), r.averti_le(),
                r.irrecevabilite() ? base::slug_of(motifs_irrecevabilite, *r.irrecevabilite())
                                   : std::string_view{},
                // Who may come back is reminded of it: the tasks find the day.
                fin_de_reactivation(apres(jalons(f.ancre), r)) ? "" : "9999-12-31") != 1)
        throw db::Conflict{};
    traiter_retours(tx, f.id, le);
    retirer_lettres(tx, f.id);
    noter(tx, f.id, f.territoire, Evenement::Radiation, par, le,
          std::string{base::slug_of(motifs_radiation, r.motif())});
    candidature::retirer_partout(tx, f.id, par, le);
}

std::int64_t effacer_radiees(db::Transaction& tx, Date jusqu_a, Instant le)
{
    struct Ligne {
        std::string id, territoire;
    };
    const auto lot =
        tx.query<Ligne>("SELECT id, territoire FROM demande WHERE etat = 'radiee' AND radiee_le <= $1 "
                        "ORDER BY radiee_le, id LIMIT 50",
                        jusqu_a);
    for (const auto& d : lot) {
        for (const auto* table :
             {"demande_personne", "demande_nir_remplace", "demande_version", "demande_piece", "preavis",
              "demandeur_demande", "demande_cle", "demande_adresse", "mandat_d_aide", "demande_relecture",
              "cotation", "demande_echange", "reconnaissance", "avertissement", "bail_constate",
              "radiation_retiree"})
            tx.exec("DELETE FROM " + std::string{table} + " WHERE demande = $1", d.id);
        tx.exec("DELETE FROM demande_doublon WHERE demande = $1 OR autre = $1", d.id);
        candidature::store::effacer_de(tx, d.id);
        courrier::effacer_de(tx, "demande", d.id);
        tx.exec("UPDATE demande SET etat = 'purgee', contenu = '{}', radiation_justificatif = '', "
                "attestation_courriel = '', a_revoir_le = '9999-12-31', version = version + 1 WHERE id = $1",
                d.id);
        noter(tx, d.id, d.territoire, Evenement::Purge, {"", "Tâche automatique", "", {}}, le);
    }
    return static_cast<std::int64_t>(lot.size());
}

} // namespace demande::store
