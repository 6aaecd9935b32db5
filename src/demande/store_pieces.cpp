// SQL of the documents of a demande.
#include "demande/store_pieces.hpp"

#include "base/id.hpp"
#include "db/query.hpp"
#include "demande/pieces.hpp"

namespace demande::store {

namespace {
namespace pieces_lues {

struct Ligne {
    std::string id, type, personne, periode;
    int version = 1;
    std::optional<std::string> piece;
    std::string etat, motif;
    std::optional<Date> expire_le;
    Date remise_le;
    Instant cree_le;
    std::string par;
    std::optional<Instant> decidee_le;
};

constexpr std::string_view colonnes =
    "SELECT p.id, p.type, p.personne, p.periode, p.version, p.piece, p.etat, p.motif, p.expire_le, "
    "p.remise_le, "
    "p.cree_le, CASE WHEN c.id IS NULL THEN 'le demandeur, en ligne' WHEN c.prenom = '' THEN c.nom ELSE "
    "c.prenom || ' ' || c.nom END, p.decidee_le "
    "FROM demande_piece p LEFT JOIN compte c ON c.id = p.cree_par WHERE p.demande = $1 ";

PieceDeposee piece(Ligne l)
{
    return {.id = std::move(l.id),
            .type = std::move(l.type),
            .personne = std::move(l.personne),
            .periode = std::move(l.periode),
            .version = l.version,
            .piece = std::move(l.piece),
            .etat = base::known(etats_piece, l.etat),
            .motif = base::from_slug(motifs_refus_piece, l.motif),
            .expire_le = l.expire_le,
            .remise_le = l.remise_le,
            .cree_le = l.cree_le,
            .par = std::move(l.par),
            .decidee_le = l.decidee_le};
}

} // namespace pieces_lues
} // namespace

std::vector<PieceDeposee> pieces(db::Transaction& tx, const Fiche& f)
{
    std::vector<PieceDeposee> out;
    for (auto& l :
         tx.query<pieces_lues::Ligne>(std::string{pieces_lues::colonnes} +
                                          "ORDER BY p.type, p.personne, p.periode, p.version DESC LIMIT 500",
                                      f.id))
        out.push_back(pieces_lues::piece(std::move(l)));
    return out;
}

std::size_t compter_pieces(db::Transaction& tx, const std::string& demande)
{
    return static_cast<std::size_t>(
        tx.one<std::int64_t>("SELECT COUNT(*) FROM demande_piece WHERE demande = $1", demande));
}

std::optional<PieceDeposee> find_piece(db::Transaction& tx, const Fiche& f, const std::string& id)
{
    auto l = tx.find<pieces_lues::Ligne>(std::string{pieces_lues::colonnes} + "AND p.id = $2", f.id, id);
    return l ? std::optional{pieces_lues::piece(*std::move(l))} : std::nullopt;
}

void ajouter_piece(db::Transaction& tx, const Fiche& f, const PieceNouvelle& p, const compte::Agent& par,
                   Instant le)
{
    // Two versions of one document at once take their turns.
    tx.lock({"demande_piece:" + f.id});
    const auto version = tx.one<int>(
        "SELECT COALESCE(MAX(version), 0) + 1 FROM demande_piece WHERE demande = $1 AND type = $2 AND "
        "personne = $3 AND periode = $4",
        f.id, p.type, p.personne, p.periode);
    tx.exec(
        "INSERT INTO demande_piece (id, demande, territoire, type, personne, periode, version, piece, etat, "
        "expire_le, guichet, "
        "remise_le, cree_le, cree_par) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        base::new_id(le), f.id, f.territoire, p.type, p.personne, p.periode, version, p.piece,
        base::slug_of(etats_piece, p.piece ? EtatPiece::Deposee : EtatPiece::Remise), p.expire_le, p.guichet,
        p.remise_le, le, par.id.empty() ? std::nullopt : std::optional{par.id});
    noter(tx, f.id, f.territoire, version == 1 ? Evenement::PieceAjoutee : Evenement::PieceRemplacee, par, le,
          std::string{type_au_journal(p.type)});
}

void numeriser(db::Transaction& tx, const Fiche& f, const PieceDeposee& p, const std::string& piece,
               const compte::Agent& par, Instant le)
{
    if (tx.exec(
            "UPDATE demande_piece SET piece = $1, etat = 'deposee' WHERE id = $2 AND demande = $3 AND etat = "
            "'remise'",
            piece, p.id, f.id) != 1)
        throw db::Conflict{};
    noter(tx, f.id, f.territoire, Evenement::PieceAjoutee, par, le, std::string{type_au_journal(p.type)});
}

void decider_piece(db::Transaction& tx, const Fiche& f, const PieceDeposee& p, const DecisionPiece& d,
                   const compte::Agent& par, Instant le)
{
    if (tx.exec("UPDATE demande_piece SET etat = $1, motif = $2, decidee_le = $3, decidee_par = $4 WHERE id "
                "= $5 AND "
                "demande = $6 AND etat = 'deposee'",
                base::slug_of(etats_piece, d.etat),
                d.motif ? base::slug_of(motifs_refus_piece, *d.motif) : std::string_view{}, le, par.id, p.id,
                f.id) != 1)
        throw db::Conflict{};
    noter(tx, f.id, f.territoire,
          d.etat == EtatPiece::Validee ? Evenement::PieceValidee : Evenement::PieceRefusee, par, le,
          std::string{type_au_journal(p.type)});
}

void suivre_les_personnes(db::Transaction& tx, const std::string& demande,
                          const std::vector<Deplacement>& deplacements, std::int64_t version)
{
    if (deplacements.empty()) return;
    // Out of the way first, all at once: two people may have changed places.
    const auto suffixe = "@" + std::to_string(version);
    db::Query depart;
    std::vector<std::string> quittees, a_part;
    for (const auto& d : deplacements) quittees.push_back(d.de);
    const auto suite = depart.add(suffixe), celle_ci = depart.add(demande);
    depart.run<std::string>(tx, "UPDATE demande_piece SET personne = personne || " + suite +
                                    " WHERE demande = " + celle_ci + " AND personne IN " +
                                    depart.add_all(quittees) + " RETURNING id");
    db::Query arrivee;
    std::string cas;
    for (const auto& d : deplacements) {
        auto de = d.de + suffixe;
        if (de == d.vers) continue; // they have left
        cas += " WHEN " + arrivee.add(de) + " THEN " + arrivee.add(d.vers);
        a_part.push_back(std::move(de));
    }
    if (a_part.empty()) return;
    const auto la_meme = arrivee.add(demande);
    arrivee.run<std::string>(tx, "UPDATE demande_piece SET personne = CASE personne" + cas +
                                     " ELSE personne END WHERE demande = " + la_meme + " AND personne IN " +
                                     arrivee.add_all(a_part) + " RETURNING id");
}

std::vector<AVerifier> a_verifier(db::Transaction& tx, std::string_view guichet)
{
    return tx.query<AVerifier>(
        "SELECT d.id, d.numero, p.type, p.remise_le FROM demande_piece p JOIN demande d ON d.id = p.demande "
        "WHERE p.guichet = $1 AND p.etat = 'deposee' AND p.cree_par IS NULL ORDER BY p.cree_le, p.id LIMIT "
        "100",
        guichet);
}

std::vector<ANumeriser> a_numeriser(db::Transaction& tx, std::string_view guichet)
{
    return tx.query<ANumeriser>("SELECT d.id, d.numero, p.type, p.remise_le FROM demande_piece p JOIN "
                                "demande d ON d.id = p.demande WHERE "
                                "p.guichet = $1 AND p.etat = 'remise' ORDER BY p.remise_le, p.id LIMIT 100",
                                guichet);
}

std::vector<SansIdentite> sans_identite(db::Transaction& tx, std::string_view guichet, std::string_view apres)
{
    return tx.query<SansIdentite>(
        "SELECT d.id, d.numero, d.deposee_le, EXISTS (SELECT 1 FROM demande_piece p WHERE p.demande = d.id "
        "AND p.type = $3 AND p.etat = 'remise') FROM demande d WHERE d.guichet = $1 AND d.id > $2 AND d.etat "
        "IN ('active', 'a_renouveler', 'en_tolerance') AND NOT EXISTS (SELECT 1 FROM demande_piece p LEFT "
        "JOIN "
        "piece f ON f.id = p.piece WHERE p.demande = d.id AND p.type = $3 AND p.etat IN ('deposee', "
        "'validee') "
        "AND COALESCE(f.etat, '') NOT IN ('quarantaine', 'illisible')) ORDER BY d.id LIMIT $4",
        guichet, apres, piece_d_identite, static_cast<std::int64_t>(sans_identite_par_page + 1));
}

} // namespace demande::store
