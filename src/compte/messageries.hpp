// Mailboxes that anybody can open in a minute, as data: an address there proves nothing about who employs its
// owner. Many small town halls use one all the same, so it is not refused: a human vouches for it first.
#pragma once

#include <string_view>

#include "base/time.hpp"

namespace compte {

/// When this list was last read again. Add a provider as soon as one is missed.
inline constexpr Date messageries_relues_le{2026, 11, 22};

/// Domains; one that ends with a dot stands for every country (« hotmail. » for hotmail.fr, hotmail.com…).
inline constexpr std::string_view messageries_grand_public[] = {
    // Internet access providers in France
    "orange.fr", "wanadoo.fr", "voila.fr", "sosh.fr", "free.fr", "freesbee.fr", "libertysurf.fr", "online.fr",
    "aliceadsl.fr", "sfr.fr", "neuf.fr", "cegetel.net", "club-internet.fr", "numericable.fr", "noos.fr",
    "9online.fr", "bbox.fr", "tele2.fr", "nordnet.fr", "infonie.fr", "worldonline.fr",
    // Mailboxes of everybody
    "laposte.net", "gmail.com", "googlemail.com", "outlook.", "hotmail.", "live.", "msn.com", "yahoo.",
    "ymail.com", "rocketmail.com", "icloud.com", "me.com", "mac.com", "aol.", "gmx.", "mail.com",
    "caramail.com", "mailo.com", "mailo.fr", "netcourrier.com", "net-c.com", "net-c.fr", "lilo.org",
    "ecomail.fr", "zoho.com", "zohomail.eu", "zohomail.com", "fastmail.com", "fastmail.fm", "proton.me",
    "protonmail.com", "protonmail.ch", "pm.me", "tuta.com", "tuta.io", "tutanota.com", "tutanota.de",
    "tutamail.com", "riseup.net", "ik.me", "yandex.", "ya.ru", "mail.ru", "qq.com", "163.com", "hey.com",
    "duck.com", "simplelogin.com",
    // Mailboxes of ten minutes
    "yopmail.com", "yopmail.fr", "yopmail.net", "jetable.org", "mailinator.com", "guerrillamail.com",
    "sharklasers.com", "10minutemail.com", "temp-mail.org", "trashmail.com", "dispostable.com", "maildrop.cc",
    "getnada.com", "mohmal.com"};

/// `email`: folded (plier_email).
constexpr bool messagerie_grand_public(std::string_view email)
{
    const auto domaine = email.substr(email.rfind('@') + 1);
    for (const auto m : messageries_grand_public)
        if (domaine == m || (m.ends_with('.') && domaine.starts_with(m) &&
                             domaine.find('.', m.size()) == std::string_view::npos))
            return true;
    // yahoo.co.uk, hotmail.co.jp
    for (const auto m : messageries_grand_public)
        if (m.ends_with('.') && domaine.starts_with(m) && domaine.substr(m.size()).starts_with("co."))
            return true;
    return false;
}
static_assert(messagerie_grand_public("mairie.elbeuf@orange.fr") && messagerie_grand_public("a@hotmail.fr") &&
              messagerie_grand_public("a@yahoo.co.uk"));
static_assert(!messagerie_grand_public("a@live.rouen.example") &&
              !messagerie_grand_public("a@ville-rouen.fr"));

} // namespace compte
