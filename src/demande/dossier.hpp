// The documents of a demande once they are here: where each one stands, what is still missing, what runs out.
// The list of what is asked is in pieces.hpp. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/result.hpp"
#include "demande/pieces.hpp"

namespace demande {

/// Of one demande, every version counted.
inline constexpr std::size_t pieces_max = 200;

enum class EtatPiece {
    Remise,  // a paper copy, not scanned yet
    Deposee, // a file, that nobody has looked at
    Validee,
    Refusee,
};

inline constexpr base::Name<EtatPiece> etats_piece[] = {
    {EtatPiece::Remise, "remise", "Copie remise, à numériser"},
    {EtatPiece::Deposee, "deposee", "À vérifier"},
    {EtatPiece::Validee, "validee", "Acceptée"},
    {EtatPiece::Refusee, "refusee", "Refusée"},
};

/// Why a document is not taken: a closed list, said to the applicant as it stands.
enum class MotifRefusPiece { Illisible, Incomplete, AutrePersonne, AutreDocument, Perimee, AutrePeriode };

inline constexpr base::Name<MotifRefusPiece> motifs_refus_piece[] = {
    {MotifRefusPiece::Illisible, "illisible", "On ne peut pas la lire : envoyez une image plus nette"},
    {MotifRefusPiece::Incomplete, "incomplete", "Il manque des pages ou un côté"},
    {MotifRefusPiece::AutrePersonne, "autre_personne", "Elle concerne une autre personne"},
    {MotifRefusPiece::AutreDocument, "autre_document", "Ce n’est pas le document demandé"},
    {MotifRefusPiece::Perimee, "perimee", "Sa date est passée"},
    {MotifRefusPiece::AutrePeriode, "autre_periode", "Elle porte sur une autre année ou un autre mois"},
};

/// Whether a document may still be relied on.
enum class Validite { Valable, BientotPerimee, Perimee };

/// Asked again that many days before its end. Ours, not the law's.
inline constexpr int jours_avant_peremption = 60;
/// What is handed over at a guichet is recorded within that many days, or the préfet may be asked to (CCH R.
/// 441-2-4-1).
inline constexpr int jours_pour_numeriser = 15;

Validite validite(std::optional<Date> expire_le, Date jour);
/// The last day, included.
Date numerisation_due(Date remise_le);

/// A version of a document, as the rules see it.
struct PieceDuDossier {
    std::string type, personne, periode;
    EtatPiece etat = EtatPiece::Deposee;
    std::optional<Date> expire_le;
    int version = 1;
};

/// What is still to be brought, of what the answers call for. A document refused, out of date or about to be
/// is asked again; one that waits to be looked at is not.
enum class Besoin { Manque, EnAttente, ARenouveler, Acquis };

inline constexpr base::Name<Besoin> besoins[] = {
    {Besoin::Manque, "manque", "À fournir"},
    {Besoin::EnAttente, "en_attente", "Reçue, à vérifier"},
    {Besoin::ARenouveler, "a_renouveler", "À fournir de nouveau"},
    {Besoin::Acquis, "acquis", "Acceptée"},
};

struct PieceDemandee {
    PieceAttendue attendue;
    Besoin besoin = Besoin::Manque;
};
/// In the order of the catalogue.
std::vector<PieceDemandee> etat_du_dossier(const std::vector<PieceAttendue>&,
                                           const std::vector<PieceDuDossier>&, Date jour);

/// What an agent decides of a document that was never decided: taken, or refused for a reason of the list.
struct DecisionPiece {
    EtatPiece etat = EtatPiece::Validee;
    std::optional<MotifRefusPiece> motif;
};
Result<DecisionPiece> decider(EtatPiece actuel, std::string_view choix, std::string_view motif);

/// The people a document may be about, as the form names its lines, with their names; the household first.
struct PersonneDuDossier {
    std::string cle, nom;
};
std::vector<PersonneDuDossier> personnes_du_dossier(const Reponses&);

/// Where the documents of somebody are found once the answers have changed: under the line that names them
/// now or, when they left, under a name that no line has.
struct Deplacement {
    std::string de, vers;
    bool operator==(const Deplacement&) const = default;
};
/// `version`: of the answers that come.
std::vector<Deplacement> deplacements(const Reponses& avant, const Reponses& apres, std::int64_t version);

} // namespace demande
