// The screens of a registration online, as data: which questions of the one form (demande/questions) each
// asks, in which order. What an answer is worth is said by the rules of the form; this only cuts it. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "demande/formulaire.hpp"
#include "demande/situation.hpp"

namespace demande::portail {

/// What a screen does besides asking questions.
enum class GenreEtape { Questions, Communes, Identite, Verification };

struct Etape {
    std::string_view slug;
    std::string_view titre;
    std::string_view partie; // several screens of one part, for the progress that is shown
    std::span<const PartieDeVolet> rubriques = {};
    GenreEtape genre = GenreEtape::Questions;
    std::string_view intro = {};
};

std::span<const Etape> etapes();
/// Null when there is none.
const Etape* etape(std::string_view slug);
/// The parts, in order.
std::vector<std::string_view> parties();
/// The one after; the last one is its own next.
const Etape& suivante(const Etape&);
/// Null for the first.
const Etape* precedente(const Etape&);

/// A section of a screen, as far as it concerns this household: nobody is asked about the work of somebody
/// who is not there.
std::vector<PartieDeVolet> rubriques_posees(const Etape&, const Reponses&);
/// Whether a screen asks a question.
bool pose(const PartieDeVolet&, const Question&);
const Rubrique& rubrique_de(const PartieDeVolet&);
/// The screen that asks what this field holds; null for what is never asked online.
const Etape* etape_du_champ(std::string_view champ);
/// How many lines of a section a screen shows: those that are filled, and one more.
int lignes_montrees(const Rubrique&, const Reponses&);

/// What the draft says once a screen was answered, wrong answers included. A NIR that is not typed again
/// stays while it is of the same person.
Reponses repondre(const Reponses& avant, const Etape&, const Reponses& saisies);
/// What is wrong with the answers of one screen, among everything that is.
FormErrors de_l_etape(const Etape&, const FormErrors&);
/// What may be kept of the answers: where one is wrong, what was there before it.
Reponses sans_les_fautes(const Reponses& avant, Reponses apres, const FormErrors&);

/// What is still needed before the demande may be deposited, in the order of the screens. The day of deposit
/// is not the applicant's to give.
FormErrors avant_le_depot(const Reponses&, Contexte, bool a_une_piece_d_identite);
/// What the demande would be better with, and what does not hold together, in the words of the screens. Never
/// a reason to refuse.
FormErrors a_preciser(const Reponses&, Date jour);
/// The same answers with the day of their deposit.
Reponses datees(Reponses, Date depot);

/// A question, or the title or the explanation of a section, in the words of the screen, for that day.
std::string en_ligne(const Question&, Date jour);
std::string aide_en_ligne(const Question&, Date jour);
std::string_view titre_en_ligne(const Rubrique&);
std::string_view aide_en_ligne(const Rubrique&);

/// Field name of the file that shows who the applicant is.
inline constexpr std::string_view champ_identite = "fichiers";
/// Both sides, or a few pages.
inline constexpr std::size_t fichiers_max = 6;
inline constexpr int communes_max = 8;
/// Not registered yet, of one account, in every territory: enough for whoever helps others with their own
/// mailbox; an account cannot flood the guichets.
inline constexpr std::size_t demandes_a_la_fois = 10;

} // namespace demande::portail
