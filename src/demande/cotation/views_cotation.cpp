// The score of a demande to HTML.
#include "demande/cotation/views_cotation.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "demande/pieces.hpp"

namespace demande::cotation::views {

namespace {
namespace cotation_montree {

std::string points(int n)
{
    return n < 0 ? fmt::format("–{}", -n) : fmt::format("{}", n);
}

std::string place(const store::Position& p)
{
    if (p.devant >= store::compte_au_plus) return "Après plus de dix mille demandes semblables";
    const auto rang = p.devant + 1;
    const auto autour =
        p.au_moins ? std::string{"plus de dix mille"} : base::format_integer(p.semblables + 1);
    return fmt::format("{}{} sur {}", base::format_integer(rang), rang == 1 ? "re" : "e", autour);
}

ui::Markup etat(const Ligne& l)
{
    if (!l.compte) return "Une ligne de la même rubrique compte davantage";
    switch (l.preuve) {
    case Preuve::Inutile:
        return "–";
    case Preuve::Prouve:
        return ui::markup("{} {}", ui::badge("Prouvé", ui::BadgeTone::Success), libelle_de_piece(l.piece));
    case Preuve::Declare:
        return ui::markup("{} Pièce à fournir\u00a0: {}", ui::badge("Déclaré"), libelle_de_piece(l.piece));
    }
    throw base::Bug{"preuve without words"};
}

} // namespace cotation_montree
} // namespace

void cotations(ui::Html& h, const std::vector<Vue>& vues, int level)
{
    namespace ici = cotation_montree;
    for (const auto& v : vues) {
        ui::Recap r{.title = "Cotation, " + v.epci, .level = level};
        r.rows.push_back({.label = "Points",
                          .value = fmt::format("{}, dont {} prouvés par une pièce acceptée", v.score.points,
                                               v.score.prouves)});
        r.rows.push_back({.label = "Place parmi les demandes semblables",
                          .value = fmt::format("{} ({}, même intercommunalité)", ici::place(v.position),
                                               base::label_of(chiffres::typologies, v.typologie))});
        r.rows.push_back(
            {.label = "Attente moyenne des demandes semblables",
             .value = v.attente_moyenne
                          ? fmt::format("{} jours, pour les logements attribués en {}",
                                        base::format_integer(*v.attente_moyenne), v.annee)
                          : fmt::format("Trop peu de logements attribués en {} pour la dire", v.annee)});
        r.rows.push_back({.label = "Grille",
                          .value = fmt::format("{}, version {}, depuis le {}", v.grille, v.version,
                                               base::in_words(v.depuis))});
        ui::recap(h, r);
        ui::Table t{
            .caption = "Points, critère par critère, " + v.epci,
            .caption_hidden = true,
            .columns = {{.title = "Critère"}, {.title = "Points", .number = true}, {.title = "Preuve"}},
            .empty = "Aucun critère de la grille ne correspond à cette demande."};
        for (const auto& l : v.score.lignes)
            t.rows.push_back({ui::markup("{} <span class=\"logis-discret\">{}</span>", l.libelle, l.rubrique),
                              l.compte ? ici::points(l.points) : "–", ici::etat(l)});
        ui::table(h, t);
    }
    if (!vues.empty())
        h("<p class=\"fr-text--sm\">La cotation aide à choisir, elle ne décide pas et ne retire aucune "
          "demande (CCH, "
          "articles L. 441-2-8 et R. 441-2-10). À égalité de points, la demande la plus ancienne passe "
          "devant.</p>");
}

} // namespace demande::cotation::views
