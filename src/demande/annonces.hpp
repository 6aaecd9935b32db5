// What an applicant is told of the end of a demande, on paper and by e-mail alike: the reminders, the
// removal, the month left to bring it back. Pure: words and days, no rule of their own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "demande/radiation.hpp"

namespace demande {

enum class Fin { Rappel, Expiration, DernierRappel, Radiation, DernierMois };
/// Of a demande that may still be renewed: not over yet.
bool est_un_rappel(Fin);

/// What is said, as it was true the day it was written.
struct Annonce {
    Fin fin = Fin::Radiation;
    std::optional<MotifRadiation> motif;                         // of a removal
    std::optional<MotifIrrecevabilite> condition = std::nullopt; // that was not met, of the motive d
    std::optional<Date> radiee_le;
    /// Until when the demande may be renewed, or brought back; none: it may not.
    std::optional<Date> dernier_jour;
    std::string gardee = {}; // number of the demande it is reunited with, in groups
    /// Of a removal: « Louise Auger, DDETS de Seine-Maritime » (CRPA L. 212-1); empty when it was not kept.
    std::string prononcee_par = {};
    bool operator==(const Annonce&) const = default;
};
/// What is kept of it with a letter, and read again when the letter is printed.
std::string en_texte(const Annonce&);
std::optional<Annonce> annonce_lue(Fin, std::string_view texte);

/// The title of the letter, the subject of the message.
std::string titre(const Annonce&);
/// What the frame of a letter says, when there is a last day.
std::string intitule_du_dernier_jour(const Annonce&);
/// What happened, since when, what it changes.
std::vector<std::string> phrases(const Annonce&, const std::string& numero, const Jalons&);
/// What may be done, one line each. `site`: where the demande is followed online.
std::vector<std::string> que_faire(const Annonce&, const std::string& site);
/// Of a removal: to whom and until when one may object, and what it does not end.
std::vector<std::string> recours(const Annonce&);
/// The article that all this rests on, with its letter for a removal.
std::string article(const Annonce&);

} // namespace demande
