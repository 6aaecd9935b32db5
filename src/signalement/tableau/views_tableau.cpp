// See views_tableau.hpp.
#include "signalement/tableau/views_tableau.hpp"

#include "base/text.hpp"

namespace signalement::tableau::views {

std::string tableau(const ui::Chrome& chrome, const PageTableau& p)
{
    return ui::page(chrome, {.title = "Tableau de bord"}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Tableau de bord",
                        .lead = "Chaque nombre ouvre la liste qu’il compte, les plus anciens d’abord."});
        if (p.sans_role) {
            ui::empty_state(h, {.title = "Aucun rôle ne vous est ouvert",
                                .text = "Demandez un rôle à la personne qui administre votre organisme."});
            return;
        }
        for (const auto& r : rubriques) {
            std::vector<ui::Figure> figures;
            bool quelque_chose = false;
            for (const auto& c : p.chiffres) {
                if (c.tuile.rubrique != r.value) continue;
                quelque_chose |= c.nombre > 0;
                figures.push_back({.value = base::format_integer(c.nombre),
                                   .label = std::string{c.tuile.libelle},
                                   .url = signalement::views::url_liste(c.tuile.filtre)});
            }
            if (figures.empty()) continue;
            h("<h2 class=\"fr-h5 fr-mt-4w\">{}</h2>", r.label);
            if (!quelque_chose) h("<p>Rien pour le moment.</p>");
            ui::figures(h, figures);
        }
    });
}

} // namespace signalement::tableau::views
