// SQL of two demandes that become one.
#include "demande/store_fusion.hpp"

#include <algorithm>
#include <tuple>

#include "demande/attestation.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store_pieces.hpp"
#include "demande/store_preavis.hpp"

namespace demande::store {

namespace {
namespace fusions {

constexpr std::string_view finies =
    "('bail_signe', 'non_attribuee', 'irrecevable', 'refusee', 'sans_reponse', 'caduque')";

std::vector<PieceAComparer> pieces_de(db::Transaction& tx, const Fiche& f)
{
    std::vector<PieceAComparer> out;
    for (auto& p : pieces(tx, f))
        out.push_back(
            {std::move(p.type), std::move(p.personne), std::move(p.periode), p.version, p.etat, p.expire_le});
    return out;
}

/// Its versions come after those that the demande kept has of the same document.
void reprendre_la_piece(db::Transaction& tx, const std::string& de, const std::string& vers,
                        const PieceAComparer& p)
{
    const auto deja =
        tx.one<std::int64_t>("SELECT COALESCE(MAX(version), 0) FROM demande_piece WHERE demande "
                             "= $1 AND type = $2 AND personne = $3 AND periode = $4",
                             vers, p.type, p.personne, p.periode);
    tx.exec("UPDATE demande_piece SET demande = $1, version = version + $2 WHERE demande = $3 AND type = $4 "
            "AND personne = $5 AND periode = $6",
            vers, deja, de, p.type, p.personne, p.periode);
}

/// The account that followed the one that ends follows the one kept, as its applicant.
void reprendre_le_compte(db::Transaction& tx, const std::string& de, const std::string& vers, Instant le)
{
    const auto la = portail::store::lien_du_rang(tx, de, 0);
    if (!la || portail::store::lien_du_rang(tx, vers, 0)) throw db::Conflict{};
    portail::store::lier(tx, la->demandeur, vers, portail::RoleSurDemande::Titulaire, la->voie, le, 0);
}

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
                 .deja_vus = {},
                 .compte = {},
                 .offre = false};
    if (auto lien = portail::store::lien_du_rang(tx, f.id, 0)) u.compte = std::move(lien->demandeur);
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
        bool ouverte = false, offerte = false;
    };
    for (auto& c :
         tx.query<Candidate>("SELECT logement, CASE WHEN etat IN " + std::string{fusions::finies} +
                                 " THEN 0 ELSE 1 END, CASE WHEN etat = 'attribuee' THEN 1 ELSE 0 END "
                                 "FROM candidature WHERE demande = $1 ORDER BY "
                                 "id LIMIT 500",
                             f.id)) {
        u.offre = u.offre || c.offerte;
        if (c.ouverte) u.logements.push_back(c.logement);
        u.deja_vus.push_back(std::move(c.logement));
    }
    return u;
}

CeQuiSuit ce_qui_suit(db::Transaction& tx, const Fiche& gardee, const Fiche& radiee, Date jour)
{
    CeQuiSuit c;
    c.candidatures = tx.one<std::int64_t>("SELECT COUNT(*) FROM candidature WHERE demande = $1 AND etat NOT "
                                          "IN " +
                                              std::string{fusions::finies},
                                          radiee.id);
    const auto la = fusions::pieces_de(tx, radiee);
    c.pieces = pieces_a_reprendre(fusions::pieces_de(tx, gardee), la, jour);
    for (const auto& p : la) {
        const bool suit = std::ranges::any_of(c.pieces, [&](const PieceAComparer& s) {
            return std::tie(s.type, s.personne, s.periode) == std::tie(p.type, p.personne, p.periode);
        });
        if (!suit && std::ranges::find(c.pieces_laissees, p.type) == c.pieces_laissees.end())
            c.pieces_laissees.push_back(p.type);
    }
    c.suivi = suivi_en_ligne(une_des_deux(tx, gardee), une_des_deux(tx, radiee));
    c.reconnaissances =
        tx.one<std::int64_t>("SELECT COUNT(*) FROM reconnaissance WHERE demande = $1", radiee.id);
    return c;
}

void reunir(db::Transaction& tx, const Fiche& gardee, const Fiche& radiee, const Fusion& f,
            const CeQuiSuit& suit, const compte::Agent& par, Instant le)
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
    for (const auto& p : suit.pieces) fusions::reprendre_la_piece(tx, radiee.id, gardee.id, p);
    // Whoever registered or renewed the other online is told by e-mail of the one that goes on.
    tx.exec("UPDATE demande SET en_ligne = 1 WHERE id = $1 AND EXISTS (SELECT 1 FROM demande r WHERE r.id = "
            "$2 AND r.en_ligne = 1)",
            gardee.id, radiee.id);
    if (suit.suivi == SuiviEnLigne::Repris) fusions::reprendre_le_compte(tx, radiee.id, gardee.id, le);
    tx.exec("UPDATE reconnaissance SET demande = $2 WHERE demande = $1", radiee.id, gardee.id);
    noter(tx, gardee.id, gardee.territoire, Evenement::Fusion, par, le, radiee.numero);
    noter(tx, radiee.id, radiee.territoire, Evenement::Fusion, par, le, gardee.numero);
}

} // namespace demande::store
