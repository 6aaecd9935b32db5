// In whose name a guichet may end a demande, as data (CCH R. 441-2-8).
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "demande/droits.hpp"
#include "demande/radiation.hpp"

namespace demande {

struct DroitDeRadier {
    Organisme qui;
    Auteur au_nom_de;
};

/// Besides these, every guichet acts as the one that receives the applicant.
inline constexpr DroitDeRadier droits_de_radier[] = {
    {partenaire::TypePartenaire::BailleurSocial, Auteur::Bailleur},
    {partenaire::TypePartenaire::BailleurSocial, Auteur::Caleol},
    // The State designates the manager of the territory.
    {partenaire::TypePartenaire::Prefecture, Auteur::Gestionnaire},
    {partenaire::TypePartenaire::Ddets, Auteur::Gestionnaire},
    {partenaire::TypePartenaire::DdtM, Auteur::Gestionnaire},
    {Qualite::Gestionnaire, Auteur::Gestionnaire},
};

/// For whom these guichets may pronounce a radiation in a territory.
inline std::vector<Auteur> auteurs(const std::vector<Guichet>& guichets, std::string_view territoire)
{
    std::vector<Auteur> out;
    for (const auto& g : guichets) {
        if (g.territoire != territoire) continue;
        if (enregistre(g) && std::ranges::find(out, Auteur::Guichet) == out.end())
            out.push_back(Auteur::Guichet);
        for (const auto& d : droits_de_radier)
            if (est(g, d.qui) && std::ranges::find(out, d.au_nom_de) == out.end()) out.push_back(d.au_nom_de);
    }
    return out;
}

/// The reasons somebody may pronounce, each with the name it is pronounced in.
inline std::vector<std::pair<MotifRadiation, Auteur>> motifs_permis(const std::vector<Auteur>& au_nom_de)
{
    std::vector<std::pair<MotifRadiation, Auteur>> out;
    for (const auto& r : regles_radiation)
        for (const auto a : au_nom_de)
            if (a == r.par || (r.ou_par && a == *r.ou_par)) {
                out.emplace_back(r.motif, a);
                break;
            }
    return out;
}

/// In whose name these guichets may pronounce this reason in a territory; none: they may not.
inline std::optional<Auteur> peut_prononcer(const std::vector<Guichet>& guichets, std::string_view territoire,
                                            MotifRadiation motif)
{
    for (const auto& [permis, au_nom_de] : motifs_permis(auteurs(guichets, territoire)))
        if (permis == motif) return au_nom_de;
    return std::nullopt;
}

/// The guichet in whose name one of them pronounces this reason: `plutot`, which registered the demande, when
/// it may.
inline std::optional<Guichet> qui_prononce(const std::vector<Guichet>& guichets, std::string_view territoire,
                                           MotifRadiation motif, std::string_view plutot = {})
{
    std::optional<Guichet> out;
    for (const auto& g : guichets)
        if (g.territoire == territoire && peut_prononcer({g}, territoire, motif) &&
            (!out || g.code == plutot))
            out = g;
    return out;
}

} // namespace demande
