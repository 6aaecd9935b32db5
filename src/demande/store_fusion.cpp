// SQL of two demandes that become one.
#include "demande/store_fusion.hpp"

#include "demande/attestation.hpp"
#include "demande/store_preavis.hpp"

namespace demande::store {

namespace {
namespace fusions {

constexpr std::string_view finies =
    "('bail_signe', 'non_attribuee', 'irrecevable', 'refusee', 'sans_reponse', 'caduque')";

// Of the applicant and of the household: whoever else the papers are about may have another line there. The
// papers of both stay apart where both have one.
constexpr std::string_view pieces_a_suivre =
    "demande = $1 AND personne IN ('', 'demandeur') AND NOT EXISTS (SELECT 1 FROM demande_piece g WHERE "
    "g.demande = $2 AND g.type = demande_piece.type AND g.personne = demande_piece.personne AND g.periode = "
    "demande_piece.periode)";

} // namespace fusions
} // namespace

UneDesDeux une_des_deux(db::Transaction& tx, const Fiche& f)
{
    UneDesDeux u{.id = f.id,
                 .numero = f.numero,
                 .territoire = f.territoire,
                 .etat = f.etat,
                 .deposee_le = f.deposee_le,
                 .ancre = f.ancre,
                 .violences = f.reponses.est("motif.violences", "oui"),
                 .separation = f.reponses.est("motif.separation", "oui"),
                 .signataires = {},
                 .logements = {},
                 .deja_vus = {}};
    struct Ligne {
        std::string nom, prenom, naissance_le, nir;
    };
    for (auto& l : tx.query<Ligne>("SELECT nom_cherche, prenom_cherche, naissance_le, nir_empreinte FROM "
                                   "demande_personne WHERE demande = $1 ORDER BY rang LIMIT 10",
                                   f.id))
        u.signataires.push_back(
            {std::move(l.nom), std::move(l.prenom), base::parse_date(l.naissance_le), std::move(l.nir)});
    struct Candidate {
        std::string logement;
        bool ouverte = false;
    };
    for (auto& c : tx.query<Candidate>("SELECT logement, CASE WHEN etat IN " + std::string{fusions::finies} +
                                           " THEN 0 ELSE 1 END FROM candidature WHERE demande = $1 ORDER BY "
                                           "id LIMIT 500",
                                       f.id)) {
        if (c.ouverte) u.logements.push_back(c.logement);
        u.deja_vus.push_back(std::move(c.logement));
    }
    return u;
}

CeQuiSuit ce_qui_suit(db::Transaction& tx, const Fiche& gardee, const Fiche& radiee)
{
    CeQuiSuit c;
    c.candidatures = tx.one<std::int64_t>("SELECT COUNT(*) FROM candidature WHERE demande = $1 AND etat NOT "
                                          "IN " +
                                              std::string{fusions::finies},
                                          radiee.id);
    c.pieces = tx.one<std::int64_t>("SELECT COUNT(*) FROM demande_piece WHERE " +
                                        std::string{fusions::pieces_a_suivre},
                                    radiee.id, gardee.id);
    c.pieces_laissees =
        tx.one<std::int64_t>("SELECT COUNT(*) FROM demande_piece WHERE demande = $1", radiee.id) - c.pieces;
    c.reconnaissances =
        tx.one<std::int64_t>("SELECT COUNT(*) FROM reconnaissance WHERE demande = $1", radiee.id);
    return c;
}

void reunir(db::Transaction& tx, const Fiche& gardee, const Fiche& radiee, const Fusion& f,
            const compte::Agent& par, Instant le)
{
    base::expect(f.gardee() == gardee.id && f.radiee() == radiee.id, "a merge of other demandes");
    if (f.ancre() == gardee.ancre) {
        if (tx.exec("UPDATE demande SET version = version + 1 WHERE id = $1 AND version = $2", gardee.id,
                    gardee.version) != 1)
            throw db::Conflict{};
    } else {
        // The year of the other is the later one: the applicant was told of it, and keeps it.
        if (tx.exec("UPDATE demande SET etat = 'active', ancre = $3, etape = '', a_revoir_le = '', "
                    "radiable_le = '', attestation_le = NULL, attestation_courriel = $4, version = version "
                    "+ 1 WHERE id = $1 AND version = $2",
                    gardee.id, gardee.version, f.ancre(),
                    peut_partir_par_courriel(gardee.reponses) ? "a_preparer" : "") != 1)
            throw db::Conflict{};
        traiter_retours(tx, gardee.id, le);
        retirer_lettres(tx, gardee.id);
    }
    tx.exec("UPDATE candidature_evenement SET demande = $2 WHERE demande = $1 AND candidature IN (SELECT id "
            "FROM candidature WHERE demande = $1 AND etat NOT IN " +
                std::string{fusions::finies} + ")",
            radiee.id, gardee.id);
    tx.exec("UPDATE candidature SET demande = $2 WHERE demande = $1 AND etat NOT IN " +
                std::string{fusions::finies},
            radiee.id, gardee.id);
    tx.exec("UPDATE demande_piece SET demande = $2 WHERE " + std::string{fusions::pieces_a_suivre}, radiee.id,
            gardee.id);
    tx.exec("UPDATE reconnaissance SET demande = $2 WHERE demande = $1", radiee.id, gardee.id);
    noter(tx, gardee.id, gardee.territoire, Evenement::Fusion, par, le, radiee.numero);
    noter(tx, radiee.id, radiee.territoire, Evenement::Fusion, par, le, gardee.numero);
}

} // namespace demande::store
