// See views_carte.hpp.
#include "signalement/carte/views_carte.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/text.hpp"
#include "signalement/views_filtres.hpp"

namespace signalement::carte::views {

namespace {
namespace dessin {

using filtre::Cle;

ui::Url a_la_fenetre(const PageCarte& p, const Fenetre& v)
{
    return signalement::views::url_carte(p.filtres.filtre).with("fenetre", ecrire(v));
}

ui::Url liste_du_cadre(const PageCarte& p, const filtre::Cadre& c)
{
    return signalement::views::url_liste(p.filtres.filtre.avec(Cle::Cadre, filtre::ecrire(c)));
}

std::string combien(std::int64_t nombre, std::int64_t danger)
{
    auto out = base::count(nombre, "signalement", "signalements");
    if (danger > 0) out += fmt::format(", dont {} en danger", base::format_integer(danger));
    return out;
}

/// What a group leads to: nearer, or the list of those it holds when a page holds them or no zoom parts them.
void grappe(ui::Html& h, const PageCarte& p, const Grappe& g)
{
    constexpr std::int64_t une_page = 25;
    const auto& v = p.carte.fenetre;
    const bool en_liste = g.nombre <= une_page || v.zoom >= zoom_max;
    const auto cadre = cadre_de(v.zoom, g.cellule);
    const auto url = en_liste
                         ? liste_du_cadre(p, cadre)
                         : a_la_fenetre(p, centree(v.zoom + 2, filtre::degres((cadre.ouest + cadre.est) / 2),
                                                   filtre::degres((cadre.sud + cadre.nord) / 2)));
    const auto x = std::llround(g.milieu.x), y = std::llround(g.milieu.y);
    const auto rayon =
        g.nombre == 1 ? 10LL : std::llround(12 + 5 * std::log10(static_cast<double>(g.nombre)));
    h("<a href=\"{}\" class=\"logis-carte__grappe{}\" aria-label=\"{}\"{}><circle cx=\"{}\" cy=\"{}\" "
      "r=\"{}\"></circle>",
      url, g.danger > 0 ? " logis-carte__grappe--danger" : "",
      combien(g.nombre, g.danger) + (en_liste ? " : les voir en liste" : " : agrandir ici"),
      en_liste ? ui::Attrs{} : ui::Attrs{}.flag("data-carte-lien"), x, y, rayon);
    if (g.nombre > 1)
        h("<text x=\"{}\" y=\"{}\">{}</text>", x, y + 5,
          g.nombre < 10'000 ? base::format_integer(g.nombre)
                            : fmt::format("{}\u00a0k", base::format_integer(g.nombre / 1000)));
    h("</a>");
}

void outils(ui::Html& h, const PageCarte& p)
{
    const auto& v = p.carte.fenetre;
    struct Outil {
        std::string_view nom;
        Fenetre vers;
    };
    const Outil tous[] = {
        {"Agrandir", approchee(v)},
        {"Réduire", reculee(v)},
        {"Ouest", deplacee(v, -colonnes / 2, 0)},
        {"Est", deplacee(v, colonnes / 2, 0)},
        {"Nord", deplacee(v, 0, -rangees / 2)},
        {"Sud", deplacee(v, 0, rangees / 2)},
    };
    h("<ul class=\"logis-carte__outils\" aria-label=\"Déplacer la carte\">");
    for (const auto& o : tous)
        if (!(o.vers == v))
            h("<li><a class=\"fr-btn fr-btn--secondary fr-btn--sm\" href=\"{}\" "
              "data-carte-lien=\"\">{}</a></li>",
              a_la_fenetre(p, o.vers), o.nom);
    h("</ul>");
}

void carte(ui::Html& h, const PageCarte& p)
{
    const auto& r = p.carte.releve;
    h("<div id=\"carte\" class=\"logis-carte\" data-carte>");
    outils(h, p);
    h("<div class=\"logis-carte__cadre\" tabindex=\"0\" role=\"group\" aria-label=\"Carte : {}\">"
      "<svg viewBox=\"0 0 {} {}\" focusable=\"false\"><path class=\"logis-carte__terre\" d=\"{}\"></path>"
      "<g aria-hidden=\"true\">",
      combien(r.dedans, 0), largeur, hauteur, terre(p.carte.fenetre));
    for (const auto& e : p.etiquettes)
        h("<text class=\"logis-carte__lieu\" x=\"{}\" y=\"{}\">{}</text>", std::llround(e.ou.x),
          std::llround(e.ou.y), e.nom);
    h("</g>");
    for (const auto& g : r.grappes) grappe(h, p, g);
    h("</svg></div>");

    h("<p class=\"fr-mt-2w\">{} sur cette partie de la carte", combien(r.dedans, 0));
    if (r.dedans > 0)
        h("\u00a0: {}", ui::link("les voir en liste", liste_du_cadre(p, p.carte.fenetre.cadre())));
    h(".");
    if (r.ailleurs > 0)
        h(" {} ailleurs\u00a0: {}.", base::format_integer(r.ailleurs),
          ui::link("tout voir", signalement::views::url_carte(p.filtres.filtre)));
    if (r.sans_position > 0)
        h(" {} sans position, parce que l’adresse n’a pas été reconnue\u00a0: {}.",
          base::format_integer(r.sans_position),
          ui::link("les voir en liste",
                   signalement::views::url_liste(p.filtres.filtre.avec(Cle::SansPosition, "oui"))));
    h("</p>");
    h("<p class=\"fr-text--xs\">Contours des départements\u00a0: IGN, Licence Ouverte.</p>");

    const bool departements = lieux_de(p.carte.fenetre) == Lieux::Departements;
    h("<h2 class=\"fr-h4\" id=\"lieux\">Les mêmes, {}</h2>",
      departements ? "par département" : "par commune");
    if (r.lieux.empty()) {
        h("<p>Aucun signalement sur cette partie de la carte.</p></div>");
        return;
    }
    ui::Table t{.caption = departements ? "Signalements de la carte, par département"
                                        : "Signalements de la carte, par commune",
                .columns = {{.title = departements ? "Département" : "Commune"},
                            {.title = "Signalements", .number = true},
                            {.title = "En danger", .number = true}},
                .compact = true};
    const auto cle = departements ? Cle::Territoire : Cle::Commune;
    const auto ici = p.filtres.filtre.avec(Cle::Cadre, filtre::ecrire(p.carte.fenetre.cadre()));
    for (const auto& l : r.lieux) {
        // A commune asked by its code is also what joined it, and one of several cannot be asked beside them.
        const bool un_lien = l.seul && !ici.a(cle);
        const auto f = un_lien ? ici.avec(cle, l.code) : ici;
        t.rows.push_back({un_lien ? ui::link(l.nom, signalement::views::url_liste(f)) : ui::Markup{l.nom},
                          base::format_integer(l.nombre), base::format_integer(l.danger)});
    }
    ui::table(h, t);
    if (p.nombre_de_lieux > r.lieux.size())
        h("<p>Et {}\u00a0: agrandissez la carte, ou {}.</p>",
          base::count(static_cast<long long>(p.nombre_de_lieux - r.lieux.size()), "autre lieu",
                      "autres lieux"),
          ui::link("voyez-les en liste", liste_du_cadre(p, p.carte.fenetre.cadre())));
    h("</div>");
}

} // namespace dessin
} // namespace

std::string page(const ui::Chrome& chrome, const PageCarte& p)
{
    return ui::page(chrome, {.title = "Carte", .error = !p.filtres.refus.empty()}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Carte des signalements"});
        if (p.filtres.sans_role) {
            ui::empty_state(h, {.title = "Aucun rôle ne vous est ouvert",
                                .text = "Demandez un rôle à la personne qui administre votre organisme."});
            return;
        }
        for (const auto& r : p.filtres.refus)
            ui::alert(h, {.tone = ui::Tone::Error, .text = r.message, .announce = true});
        ui::details(h,
                    {.title = "Choisir les signalements montrés",
                     .open = p.filtres.tous_les_filtres || !p.filtres.refus.empty(),
                     .id = "choisir"},
                    [&](ui::Html& html) { signalement::views::filtres(html, p.filtres); });
        if (!p.filtres.refus.empty()) return;
        signalement::views::filtres_actifs(h, p.filtres);
        h("<p>{} · {} · {}</p>", ui::link("Passer la carte", ui::anchor("lieux")),
          ui::link("Voir la liste", signalement::views::url_liste(p.filtres.filtre)),
          ui::link("Voir les statistiques", signalement::views::url_statistiques(p.filtres.filtre)));
        dessin::carte(h, p);
    });
}

} // namespace signalement::carte::views
