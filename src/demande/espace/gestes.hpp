// What an applicant does alone, online, with their demande: what they may change, the yearly renewal, giving
// it up; and what is left to a guichet. Pure: the rules of the demande decide, these say what online adds to
// them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demande/dossier.hpp"
#include "demande/radiation.hpp"
#include "demande/situation.hpp"

namespace demande::espace {

/// The screens open online, which are also what is read again at each renewal, in order: all but the
/// identity, and nobody who signs comes or leaves (a spouse has rights of their own on the demande).
std::span<const Volet> volets_en_ligne();
/// By the slug of its reason; null when it is not open online.
const Volet* volet_en_ligne(std::string_view slug);
/// Whether a screen asks a question online: never for a NIR.
bool posee_en_ligne(const Volet&, const Rubrique&, const Question&);
/// Whether it asks it of this signer of a demande that says this. Violence once declared is only taken away
/// with a guichet: whoever is fled may hold the account, or the telephone. A codemandeur is not asked: the
/// others would read the answer at once. Nor of anybody what they may not read.
bool posee_en_ligne(const Volet&, const Rubrique&, const Question&, const Reponses& actuelles, int rang);
/// What this signer typed; whatever their screen does not ask stays as the demande says it.
Reponses completees(const Reponses& actuelles, const Volet&, const Reponses& saisies, int rang);
/// The same rules as at a guichet, declared by this signer.
Result<Changement, FormErrors> changer_en_ligne(const Reponses& actuelles, const Volet&,
                                                const Reponses& saisies, const Contexte&, int rang);

/// The mailbox that has to be proved by a code before the demande takes it: a new one, that the account was
/// not entered by. As compared: lower case.
std::optional<std::string> adresse_a_prouver(const Reponses& avant, const Reponses& apres,
                                             std::string_view du_compte);

/// The first of them that was not read again; null when all were.
const Volet* prochaine_relecture(const std::vector<Raison>& relues);
/// A new year, or the return of a demande that may come back, once everything was read again.
Result<Reprise> reprendre_en_ligne(const Situation&, const std::vector<Raison>& relues, bool exact,
                                   Date jour);

/// Giving the demande up. Two people who sign it give it up at a guichet, together.
Result<Radiation> renoncer(const Situation&, bool d_autres_la_signent, bool confirme, Date jour);

/// A document that this household has to gather, of one person and one period.
struct PieceADeposer {
    std::string type, personne, periode; // as demande_piece keeps them
    std::string libelle, de_qui; // « Avis d’impôt sur les revenus de 2024 », « Maëlle Kerviel »
    demande::Moment moment = demande::Moment::Instruction;
    Besoin besoin = Besoin::Manque;
    std::optional<MotifRefusPiece> refusee; // why the last one was
    int rang = 0;                           // in the list, from 1

    /// How an address names it: one that tells of somebody's life goes by its rank, and its form says which.
    [[nodiscard]] std::pair<std::string, std::string> adresse() const;
    /// What such a form is about: the list may have changed since.
    [[nodiscard]] std::string cle() const { return type + "/" + personne; }
};
struct PieceRecue {
    PieceDuDossier piece;
    std::optional<MotifRefusPiece> motif;
};
/// In the order of the catalogue.
std::vector<PieceADeposer> pieces_a_deposer(const Reponses&, const std::vector<PieceRecue>&, Date jour);

} // namespace demande::espace
