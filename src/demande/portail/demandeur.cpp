// Codes, counters and cookies of the applicant's account. Pure.
#include "demande/portail/demandeur.hpp"

#include <algorithm>

namespace demande::portail {

std::string cookie_session(bool https)
{
    return https ? "__Host-logis_demandeur" : "logis_demandeur";
}

std::string cookie_code(bool https)
{
    return https ? "__Host-logis_code" : "logis_code";
}

std::string lire_code(std::string_view saisi)
{
    std::string code;
    for (const char c : saisi) {
        if (c >= '0' && c <= '9')
            code += c;
        else if (c != ' ' && c != '-' && c != '\xC2' && c != '\xA0') // a no-break space is pasted with it
            return {};
    }
    return code.size() == chiffres_du_code ? code : std::string{};
}

std::string code_en_groupes(std::string_view code)
{
    const auto milieu = code.size() / 2;
    return std::string{code.substr(0, milieu)} + " " + std::string{code.substr(milieu)};
}

std::vector<compte::Limite> limites_d_envoi(std::string_view courriel, std::string_view ip)
{
    const std::string boite{courriel}, adresse{ip};
    return {{"code-demandeur-depuis|" + boite + "|" + adresse, 5, 15 * 60},
            {"code-demandeur-ip|" + adresse, 30, 15 * 60},
            {"code-demandeur|" + boite, 10, 15 * 60},
            {"code-demandeur-jour|" + boite, 30, 86'400}};
}

std::vector<compte::Limite> limites_d_essai(std::string_view ip)
{
    return {{"essai-code-ip|" + std::string{ip}, 60, 15 * 60}};
}

std::string retour_du_demandeur(std::string_view retour)
{
    const auto local = compte::chemin_de_retour(retour, "/ma-demande");
    const bool chez_lui = local == "/ma-demande" || local.starts_with("/ma-demande/") ||
                          local.starts_with("/nouvelle-demande/") || local.starts_with("/commencer-demande/");
    return chez_lui ? local : "/ma-demande";
}

} // namespace demande::portail
