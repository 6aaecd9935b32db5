// The list of signalements: filters, lines, older ones.
#include <fmt/format.h>

#include "base/text.hpp"
#include "signalement/export/views_export.hpp"
#include "signalement/lot/lot.hpp"
#include "signalement/views_filtres.hpp"
#include "signalement/vue/views_vue.hpp"

namespace signalement::views {

ui::Url url_liste()
{
    return ui::url("/signalements");
}

ui::Url url_liste(const filtre::Filtre& f)
{
    auto url = url_liste();
    for (const auto& [cle, valeur] : filtre::ecrire(f)) url = url.with(cle, valeur);
    return url;
}

ui::Url url_liste(const filtre::Paires& demande)
{
    auto url = url_liste();
    for (const auto& [cle, valeur] : demande) url = url.with(cle, valeur);
    return url;
}

namespace {

/// What is asked without the order and the place of a list.
ui::Url avec_les_criteres(ui::Url url, const filtre::Filtre& f)
{
    auto tout = f;
    tout.ou = {};
    tout.ordre = &filtre::ordres().front();
    for (const auto& [cle, valeur] : filtre::ecrire(tout)) url = url.with(cle, valeur);
    return url;
}

} // namespace

ui::Url url_statistiques(const filtre::Filtre& f)
{
    return avec_les_criteres(ui::url("/statistiques"), f);
}

ui::Url url_carte(const filtre::Filtre& f)
{
    return avec_les_criteres(ui::url("/carte"), f);
}

ui::Url url_fiche(std::string_view id)
{
    return ui::url("/signalements/{}", id);
}

ui::Url url_action(std::string_view id, std::string_view noun)
{
    return ui::url("/signalements/{}/{}", id, noun);
}

ui::Url url_piece(std::string_view id, std::string_view piece)
{
    return ui::url("/signalements/{}/pieces/{}", id, piece);
}

ui::Url url_miniature(std::string_view id, std::string_view piece)
{
    return ui::url("/signalements/{}/pieces/{}/miniature", id, piece);
}

ui::Markup badge_statut(Statut s)
{
    const auto label = base::label_of(statuts, s);
    switch (s) {
    case Statut::ATrier:
        return ui::badge(label, ui::BadgeTone::New);
    case Statut::EnCours:
        return ui::badge(label, ui::BadgeTone::Info);
    case Statut::Refuse:
        return ui::badge(label, ui::BadgeTone::Warning);
    case Statut::Clos:
        return ui::badge(label, ui::BadgeTone::Success);
    }
    throw base::Bug{"statut without a badge"};
}

ui::Markup badge_gravite(desordre::Gravite g)
{
    switch (g) {
    case desordre::Gravite::DangerImmediat:
        return ui::badge("Danger immédiat", ui::BadgeTone::Error);
    case desordre::Gravite::Eleve:
        return ui::badge("Gravité élevée", ui::BadgeTone::Warning);
    case desordre::Gravite::Moyen:
        return ui::badge("Gravité moyenne");
    case desordre::Gravite::Faible:
        return ui::badge("Gravité faible");
    }
    throw base::Bug{"gravité without a badge"};
}

namespace {

/// What the address asks and nobody understands. It may name a criterion that this page does not offer.
void refus(ui::Html& h, const PageListe& p)
{
    if (p.refus.empty()) return;
    ui::Html texte;
    texte("<ul>");
    for (const auto& r : p.refus) texte("<li>{}</li>", r.message);
    texte("</ul><p>{}</p>", ui::link("Voir la liste sans aucun filtre", url_liste()));
    ui::alert(h, {.tone = ui::Tone::Error,
                  .title = "Cette adresse demande ce que la liste ne sait pas donner",
                  .text = std::move(texte).markup(),
                  .announce = true});
}

/// A box before the reference: the line is chosen with others.
ui::Markup case_a_cocher(const store::Ligne& l)
{
    return ui::markup(
        "<span class=\"logis-choix\"><input type=\"checkbox\" id=\"choix-{}\" name=\"signalement\" "
        "value=\"{}\"><label for=\"choix-{}\"><span class=\"fr-sr-only\">Choisir "
        "{}</span></label></span>{}",
        l.id, l.id, l.id, l.reference, ui::link(l.reference, url_fiche(l.id)));
}

/// The lines with their boxes, and what may be done with them. The form keeps what is asked, to come back
/// here.
void choisir(ui::Html& h, const ui::Chrome& chrome, const PageListe& p, const ui::Table& table)
{
    ui::form(h, {.action = ui::url("/selection"), .csrf = chrome.csrf, .id = "choisir", .required_note = " "},
             [&](ui::Form& f) {
                 for (const auto& [cle, valeur] : filtre::ecrire(p.filtre)) f.hidden(cle, valeur);
                 ui::table(h, table);
                 std::vector<ui::Button> boutons = {{.label = "Choisir les lignes cochées",
                                                     .importance = ui::Importance::Secondary,
                                                     .name = "quoi",
                                                     .value = "ajouter",
                                                     .small = true}};
                 if (p.total > static_cast<std::int64_t>(p.liste.lignes.size()) &&
                     p.total <= static_cast<std::int64_t>(lot::taille_max))
                     boutons.push_back({.label = fmt::format("Choisir les {} de cette liste", p.total),
                                        .importance = ui::Importance::Tertiary,
                                        .name = "quoi",
                                        .value = "tout",
                                        .small = true});
                 f.submit(boutons);
             });
    if (p.choisis > 0)
        h("<p><strong>{}</strong> : {}</p>",
          base::count(p.choisis, "signalement choisi", "signalements choisis"),
          ui::link("confier, clôturer ou écrire à tous", ui::url("/selection")));
}

/// What the state of a report says at a glance.
ui::Markup etat(const store::Ligne& l)
{
    std::vector<ui::Markup> badges = {badge_statut(base::from_slug(statuts, l.statut).value())};
    if (l.danger) badges.push_back(ui::badge("Danger", ui::BadgeTone::Error));
    if (l.message_sans_reponse) badges.push_back(ui::badge("Message reçu", ui::BadgeTone::Purple));
    if (l.doublon_possible) badges.push_back(ui::badge("Doublon possible"));
    ui::Html cell;
    for (const auto& b : badges) cell("{} ", b);
    return std::move(cell).markup();
}

ui::Markup reference(const PageListe& p, const store::Ligne& l)
{
    return ui::markup("<span class=\"logis-reference\">{}</span>",
                      p.a_choisir ? case_a_cocher(l) : ui::link(l.reference, url_fiche(l.id)));
}

ui::Table lignes(const PageListe& p, std::vector<ui::Column> colonnes)
{
    return {.caption = "Signalements : " + std::string{p.filtre.ordre->label},
            .caption_hidden = true,
            .columns = std::move(colonnes),
            .compact = true};
}

ui::Table lignes_de_tous(const PageListe& p)
{
    const bool par_suivi = p.filtre.ordre->mobile; // then the date of the order is shown
    auto table = lignes(
        p,
        {{"Référence"}, {"Logement"}, {"Déposé par"}, {par_suivi ? "Dernier suivi" : "Déposé le"}, {"État"}});
    for (const auto& l : p.liste.lignes)
        table.rows.push_back(
            {reference(p, l), (l.adresse.empty() ? "" : l.adresse + ", ") + l.code_postal + " " + l.commune,
             l.deposant,
             base::short_text(base::local_date(
                 par_suivi ? l.dernier_suivi_le.value_or(l.depose_le) : l.depose_le, l.fuseau)),
             etat(l)});
    return table;
}

/// The state stays: a danger must be seen whatever the columns.
ui::Table lignes_choisies(const PageListe& p)
{
    std::vector<ui::Column> colonnes = {{"Référence"}, {"État"}};
    for (const auto& t : p.titres) colonnes.push_back({t});
    auto table = lignes(p, std::move(colonnes));
    for (const auto& l : p.liste.lignes) {
        std::vector<ui::Markup> cells = {reference(p, l), etat(l)};
        const auto siennes = p.cellules.find(l.id);
        for (std::size_t i = 0; i < p.titres.size(); ++i)
            cells.emplace_back(siennes == p.cellules.end() ? std::string{} : siennes->second[i]);
        table.rows.push_back(std::move(cells));
    }
    return table;
}

} // namespace

std::string liste(const ui::Chrome& chrome, const PageListe& p)
{
    return ui::page(chrome, {.title = "Signalements"}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Signalements",
                        .lead = !p.refus.empty()
                                    ? ui::Markup{}
                                    : base::count(p.total, "signalement", "signalements") +
                                          (p.filtre.choisis.empty() ? "" : " pour cette recherche")});
        if (p.sans_role) {
            ui::empty_state(h,
                            {.title = "Aucun rôle ne vous est ouvert",
                             .text = "Vous ne voyez donc aucun signalement. Demandez un rôle à la personne "
                                     "qui administre votre organisme, ou au secrétariat de votre comité."});
            return;
        }
        refus(h, p);
        vue::views::recherches(h, p.recherches);
        filtres(h, p);
        if (!p.refus.empty()) return;
        filtres_actifs(h, p);
        if (!p.sans_reponse.empty() && !p.liste.lignes.empty())
            ui::alert(h, {.tone = ui::Tone::Info,
                          .text = ui::markup(
                              "Aucun signalement ne correspond exactement à « {} ». Voici ceux qui s’en "
                              "approchent, à une lettre près.",
                              p.sans_reponse)});
        if (p.liste.lignes.empty()) {
            ui::empty_state(
                h, {.title = "Aucun signalement ici",
                    .text = "Élargissez la recherche, ou revenez plus tard : vous recevrez un courriel pour "
                            "chaque signalement qui vous concerne.",
                    .actions = {{.label = "Tout afficher",
                                 .url = url_liste(),
                                 .importance = ui::Importance::Secondary}}});
            return;
        }
        const auto table = p.titres.empty() ? lignes_de_tous(p) : lignes_choisies(p);
        if (p.a_choisir)
            choisir(h, chrome, p, table);
        else
            ui::table(h, table);
        std::vector<ui::Button> pages;
        const auto autre_page = [&](const store::Ligne& l, bool avant, std::string label) {
            auto f = p.filtre;
            f.ou = store::place_de(l, f, avant);
            pages.push_back(
                {.label = std::move(label), .url = url_liste(f), .importance = ui::Importance::Secondary});
        };
        if (p.liste.avant) autre_page(p.liste.lignes.front(), true, "Page précédente");
        if (p.liste.apres) autre_page(p.liste.lignes.back(), false, "Page suivante");
        if (!pages.empty()) ui::buttons(h, pages);
        h("<p class=\"fr-mt-2w\">{} · {} · {} · {}</p>",
          ui::link("Exporter cette liste", exports::views::url_export(p.filtre)),
          ui::link("Choisir les colonnes", vue::views::url_colonnes(p.filtre)),
          ui::link("Carte de cette liste", url_carte(p.filtre)),
          ui::link("Statistiques de cette liste", url_statistiques(p.filtre)));
    });
}

} // namespace signalement::views
