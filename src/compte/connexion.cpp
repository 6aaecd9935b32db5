// Attempts, sessions and where to go once logged in: pure. Counting is in store_connexion.cpp.
#include <algorithm>

#include "compte/regles.hpp"

namespace compte {

const Frein& frein(ObjetFrein objet)
{
    for (const auto& f : freins)
        if (f.objet == objet) return f;
    throw base::Bug{"throttle without a row in its table"};
}

std::string cle_frein(ObjetFrein objet, std::string_view ip, std::string_view email)
{
    const std::string adresse{ip};
    const std::string personne{email};
    switch (objet) {
    case ObjetFrein::ConnexionCompteDepuisIp:
        return "connexion|" + personne + "|" + adresse;
    case ObjetFrein::ConnexionIp:
        return "connexion-ip|" + adresse;
    case ObjetFrein::ConnexionCompte:
        return "connexion-compte|" + personne;
    case ObjetFrein::OubliCompte:
        return "oubli-compte|" + personne;
    case ObjetFrein::OubliIp:
        return "oubli-ip|" + adresse;
    }
    throw base::Bug{"unknown throttle"};
}

bool session_valable(Instant vu_le, Instant expire_le, Instant maintenant)
{
    return maintenant < expire_le && maintenant < vu_le.plus_seconds(session_inactive_secondes);
}

std::string chemin_de_retour(std::string_view retour, std::string_view sinon)
{
    const bool local =
        retour.size() <= 500 && retour.starts_with('/') && !retour.starts_with("//") &&
        std::ranges::all_of(retour, [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
    // Logging in must not lead straight back out, nor in a circle.
    if (!local || retour.starts_with("/deconnexion") || retour.starts_with("/connexion"))
        return std::string{sinon};
    return std::string{retour};
}

std::string appareil(std::string_view agent)
{
    const auto contient = [&](std::string_view mot) { return agent.find(mot) != std::string_view::npos; };
    std::string navigateur = "Navigateur inconnu";
    // In this order: each claims to be the following ones.
    if (contient("Edg/"))
        navigateur = "Edge";
    else if (contient("OPR/"))
        navigateur = "Opera";
    else if (contient("Firefox/") || contient("FxiOS/"))
        navigateur = "Firefox";
    else if (contient("Chrome/") || contient("CriOS/") || contient("Chromium/"))
        navigateur = "Chrome";
    else if (contient("Safari/"))
        navigateur = "Safari";
    if (contient("Android")) return navigateur + " sur Android";
    if (contient("iPhone") || contient("iPad")) return navigateur + " sur iPhone ou iPad";
    if (contient("Windows")) return navigateur + " sur Windows";
    if (contient("Mac OS X")) return navigateur + " sur Mac";
    if (contient("Linux")) return navigateur + " sur Linux";
    return navigateur;
}

} // namespace compte
