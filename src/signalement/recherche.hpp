// The words under which a report is found, and those of a question: the same reading on both sides. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signalement/signalement.hpp"

namespace signalement {

/// Every word of the report, once, separated by spaces: its reference, the names, e-mail addresses and
/// telephones of all the people it names, the address. Then, each behind « ~ », what is left of a name when
/// one letter is taken away: two words that differ by one letter, or by two that were swapped, have one of
/// these in common. No word of the follow-up, which not every reader may read, and no secret of a link.
std::string mots_de(const Signalement&);

/// A word of a question: the beginning of a word of the report, or the whole of it.
struct Terme {
    std::string mot;
    bool debut = false;
};
/// What somebody typed. « rue », « de » say nothing beside other words, and are left out then. Empty when
/// there is no letter nor digit.
std::vector<Terme> termes(std::string_view cherche);

/// The forms that a word misspelled by one letter may have among the words of a report: empty when it is too
/// short, or holds a digit.
std::vector<std::string> approches(std::string_view mot);

} // namespace signalement
