// How somebody who says that a registered demande is theirs proves it: its number and their identity, then a
// code sent to what the demande itself says, never to what they type. The number is an identifier, not a
// secret. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "compte/regles.hpp"
#include "demande/doublons.hpp"
#include "demande/jalons.hpp"
#include "demande/numero.hpp"
#include "demande/reponses.hpp"

namespace demande::espace {

/// What they say of themselves; `numero` empty when it is what they have lost.
struct QuiDemande {
    std::string numero; // as kept
    Identite identite;  // folded, without NIR
};
Result<QuiDemande, FormErrors> lire_qui_demande(std::string_view numero, std::string_view nom,
                                                std::string_view prenom, std::string_view naissance_le);
/// The same without a number, for the territory of a département.
struct QuiCherche {
    std::string territoire;
    Identite identite;
};
Result<QuiCherche, FormErrors> lire_qui_cherche(std::string_view departement, std::string_view nom,
                                                std::string_view prenom, std::string_view naissance_le);

/// Whether they are the applicant of these answers: name of birth or of use, first name, day of birth.
/// Letters without accents nor case; nothing close to it.
bool est_le_demandeur(const Reponses&, const Identite&);
/// The same of anybody the form writes under this prefix: « codemandeur.1. ».
bool est_la_personne(const Reponses&, const std::string& prefixe, const Identite&);

/// Where the proof goes: the mailbox on file, or a letter to the address on file. Nowhere when violence is
/// declared: whoever is fled may read both, and knows what a claim asks. A guichet opens the access. The
/// letter of a codemandeur goes where the household lives: none leaves either when a couple parts.
std::optional<Canal> canal_de_la_preuve(const Reponses&, int rang = 0);
/// The lines of the envelope of one of those who sign.
std::vector<std::string> adresse_de_la_preuve(const Reponses&, int rang);
/// Whether a change sends elsewhere the letter that would open the demande to one of those who sign and have
/// no account (`sans_compte`, by rank): whoever helps, or signs too, does not make it.
bool deplace_la_preuve(const Reponses& avant, const Reponses& apres, const std::vector<int>& sans_compte);
/// The mailbox that the demande knows of one of those who sign.
std::string boite_connue(const Reponses&, int rang = 0);

inline constexpr int essais_de_la_cle = 5;
inline constexpr std::int64_t cle_par_courriel_secondes = 3600;
inline constexpr std::int64_t cle_par_courrier_secondes = 30LL * 86'400;
/// How long a right or a wrong claim is kept: as long as its letter may be on its way.
constexpr std::int64_t validite_de_la_cle(Canal c)
{
    return c == Canal::Courriel ? cle_par_courriel_secondes : cle_par_courrier_secondes;
}

/// The counters of a claim, of a lost number, of a code tried. `qui`: the account; `ip`: a subscriber.
std::vector<compte::Limite> limites_de_reclamation(std::string_view qui, std::string_view ip);
std::vector<compte::Limite> limites_de_recherche(std::string_view ip);
std::vector<compte::Limite> limites_d_une_cle(std::string_view qui, std::string_view ip);
/// The tries of every account on one demande.
std::vector<compte::Limite> limites_d_essai_sur(std::string_view demande);
/// The codes sent to a mailbox declared online: by demande, and to whoever reads that mailbox.
std::vector<compte::Limite> limites_d_une_adresse(std::string_view demande, std::string_view courriel);
/// What is written to the person of a demande.
enum class Envoi { Code, Numero, Tentative };
/// What protects them from being written to over and over. Each kind has its own counter: strangers who ask
/// for a number do not use up the codes, nor one of those who sign those of another.
std::vector<compte::Limite> limites_d_envoi_a(std::string_view demande, Envoi, Canal, int rang = 0);

} // namespace demande::espace
