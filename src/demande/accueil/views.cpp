// Where guichets receive people, to HTML.
#include "demande/accueil/views.hpp"

#include "base/text.hpp"

namespace demande::accueil::views {

namespace {
namespace lieux_d_accueil {

std::vector<ui::Link> fil()
{
    return {{"Demander un logement social", ui::url("/demander")}};
}

void liste(ui::Html& h, const std::vector<store::Lieu>& lieux)
{
    h("<ul class=\"fr-raw-list logis-lieux\">");
    for (const auto& l : lieux) {
        h("<li><p class=\"fr-text--bold\">{}</p><p>{}</p>", l.nom, l.accueil.adresse);
        if (!l.accueil.horaires.empty()) h("<p>{}</p>", l.accueil.horaires);
        if (!l.accueil.telephone.empty())
            h("<p>Téléphone\u00a0: <a href=\"{}\">{}</a></p>", ui::tel(l.accueil.telephone),
              base::format_phone(l.accueil.telephone));
        h("</li>");
    }
    h("</ul>");
}

} // namespace lieux_d_accueil
} // namespace

std::string recherche(const ui::Chrome& chrome, const portail::views::Recherche& r)
{
    FormErrors erreurs;
    if (r.inconnue)
        erreurs.push_back({"q", "Aucune commune ne porte ce nom ou ce code postal. Vérifiez-le."});
    const ui::Values valeurs{{"q", r.saisi}};
    return ui::page(
        chrome,
        {.title = "Trouver un guichet",
         .error = r.inconnue,
         .breadcrumb = lieux_d_accueil::fil(),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Trouver un guichet",
                         .lead = "Déposer une demande sur papier, la renouveler, la corriger, apporter une "
                                 "pièce\u00a0: un guichet le fait avec vous, gratuitement."});
            ui::form(h,
                     {.action = ui::url("/demander/guichets"),
                      .errors = &erreurs,
                      .values = &valeurs,
                      .get = true},
                     [&](ui::Form& f) {
                         f.input({.name = "q",
                                  .label = "Commune ou code postal",
                                  .hint = "Par exemple\u00a0: Rouen, ou 76000"});
                         f.submit("Chercher");
                     });
            if (r.communes.empty()) return;
            h("<h2 class=\"fr-h4 fr-mt-4w\">Laquelle ?</h2><ul class=\"fr-raw-list\">");
            for (const auto& c : r.communes)
                h("<li class=\"fr-mb-1v\">{} ({})</li>",
                  ui::link(c.nom, ui::url("/demander/guichets/{}", c.insee)), c.departement);
            h("</ul>");
        });
}

std::string commune(const ui::Chrome& chrome, const portail::views::PageDeCommune& p, const store::Lieux& l)
{
    auto fil = lieux_d_accueil::fil();
    fil.push_back({"Trouver un guichet", ui::url("/demander/guichets")});
    return ui::page(
        chrome, {.title = "Les guichets, " + p.commune.nom, .breadcrumb = fil, .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Les guichets de la demande de logement",
                            .above = p.commune.nom + " (" + p.commune.departement + ")"});
            if (p.orientation.gestion == Gestion::Ailleurs) {
                h("<p>Les demandes de ce territoire sont gardées par un site qui lui est propre. Il dit où "
                  "sont "
                  "ses guichets.</p><p>{}</p>",
                  ui::external_link("Aller sur le site de ce territoire", ui::external(p.orientation.site)));
                return;
            }
            if (l.de_la_commune.empty() && l.ailleurs.empty()) {
                ui::alert(h, {.tone = ui::Tone::Info,
                              .title = "Aucun guichet n’a encore donné son adresse ici",
                              .text = "Adressez-vous à une mairie, à un bailleur social ou à Action Logement "
                                      "(si vous êtes salarié)\u00a0: ils enregistrent les demandes.",
                              .level = 2});
                return;
            }
            h("<p>Tous enregistrent et renouvellent une demande, quelle que soit la commune que vous "
              "demandez. Apportez une pièce d’identité.</p>");
            if (!l.de_la_commune.empty()) {
                h("<h2 class=\"fr-h4\">Les plus proches de {}</h2>", p.commune.nom);
                lieux_d_accueil::liste(h, l.de_la_commune);
            }
            if (!l.ailleurs.empty()) {
                h("<h2 class=\"fr-h4\">{} {}</h2>",
                  l.de_la_commune.empty() ? "Dans ce territoire\u00a0:" : "Ailleurs\u00a0:",
                  p.territoire_nom);
                lieux_d_accueil::liste(h, l.ailleurs);
            }
            h("<p>{}</p>", ui::link("Chercher autour d’une autre commune", ui::url("/demander/guichets")));
        });
}

std::string accueil(const ui::Chrome& chrome, const Guichet& g, const ui::Values& valeurs,
                    const FormErrors* erreurs)
{
    return ui::page(
        chrome,
        {.title = "Accueil du public",
         .error = erreurs && !erreurs->empty(),
         .breadcrumb = {{"Guichets", ui::url("/administration/guichets")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Accueil du public",
                            .above = g.nom + " (" + g.code + ")",
                            .lead = "Ce que lit, sans compte, qui cherche un guichet."});
            ui::form(h,
                     {.action = ui::url("/administration/guichets/{}/accueil", g.code),
                      .csrf = chrome.csrf,
                      .errors = erreurs,
                      .values = &valeurs,
                      .required_note = "Videz tout pour ne plus montrer ce guichet."},
                     [&](ui::Form& f) {
                         f.textarea({.name = "adresse",
                                     .label = "Adresse où le public est reçu",
                                     .optional = true,
                                     .rows = 3,
                                     .max_length = static_cast<int>(adresse_max)});
                         f.input({.name = "telephone",
                                  .label = "Téléphone",
                                  .hint = "Par exemple\u00a0: 02 35 00 00 00",
                                  .optional = true,
                                  .width = 20});
                         f.textarea({.name = "horaires",
                                     .label = "Jours, heures, rendez-vous",
                                     .hint = "Par exemple\u00a0: du lundi au vendredi, de 9 h à 12 h, sans "
                                             "rendez-vous",
                                     .optional = true,
                                     .rows = 3,
                                     .max_length = static_cast<int>(horaires_max)});
                         f.submit("Enregistrer");
                     });
        });
}

} // namespace demande::accueil::views
