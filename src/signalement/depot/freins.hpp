// How often somebody may start, send, or have messages sent by the deposit. Data only; the counting is in
// compte/store_tentatives.hpp, so that all servers share it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compte/regles.hpp"

namespace signalement::depot {

enum class Compteur {
    CreationIp,
    LienIp,
    LienEmail,
    LienEmailParJour,
    FichiersIp,
    EnvoiIp,
    EnvoiEmail,
    EnvoiAdresse,
    CourrielDeposant,
    CourrielOccupant,
};

struct Frein {
    Compteur compteur;
    std::string_view cle;
    std::int64_t tentatives;
    std::int64_t secondes; // sliding window
};

/// A whole town hall shares one address, and an agent on a campaign deposits all day: what protects a mailbox
/// is counted apart from what protects the service. An address that strangers may type receives few messages;
/// beyond, the report is taken all the same and nothing is sent. EnvoiAdresse never refuses a report: nobody
/// may shut the others of a building out. It marks the next ones of the day as possible duplicates.
inline constexpr Frein freins[] = {
    {Compteur::CreationIp, "creation-ip", 40, 3600},
    {Compteur::LienIp, "lien-ip", 20, 3600},
    {Compteur::LienEmail, "lien-email", 3, 3600},
    {Compteur::LienEmailParJour, "lien-email-jour", 6, 86'400},
    {Compteur::FichiersIp, "fichiers-ip", 400, 3600},
    {Compteur::EnvoiIp, "envoi-ip", 30, 3600},
    {Compteur::EnvoiEmail, "envoi-email", 40, 86'400},
    {Compteur::EnvoiAdresse, "envoi-adresse", 12, 86'400},
    {Compteur::CourrielDeposant, "courriel-deposant", 10, 86'400},
    {Compteur::CourrielOccupant, "courriel-occupant", 3, 86'400},
};

/// What counts for `quoi`: a group of network addresses, a mailbox (see boite) or an address of dwelling.
compte::Limite limite(Compteur, std::string_view quoi);

/// One name for everything that arrives in one mailbox: without the letter case, nor what follows « + ».
std::string boite(std::string_view email);

} // namespace signalement::depot
