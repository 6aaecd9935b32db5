// Where one wants to live, whether that is here, and what one may be offered: before anything personal.
#include <fmt/format.h>

#include "base/text.hpp"
#include "demande/portail/views_en_ligne.hpp"

namespace demande::portail::views {

namespace {
namespace choix {

std::vector<ui::Link> fil()
{
    return {{"Demander un logement social", ui::url("/demander")}};
}

std::string euros(int n)
{
    return base::format_integer(n) + "\u00a0€";
}

void montrer_la_simulation(ui::Html& h, const PageDeCommune& p)
{
    if (p.sans_bareme) {
        ui::alert(h,
                  {.tone = ui::Tone::Info,
                   .title = "Nous n’avons pas les plafonds de ce territoire",
                   .text = "Cela n’empêche pas de demander : les plafonds y sont différents, un guichet vous "
                           "les dira.",
                   .announce = true,
                   .level = 3});
        return;
    }
    if (!p.simulation) return;
    const auto& s = *p.simulation;
    if (s.acces)
        ui::alert(h,
                  {.tone = ui::Tone::Success,
                   .title = "Vos revenus permettent un logement social ici",
                   .text = "C’est une indication : elle n’est gardée nulle part, et aucun guichet ne décide "
                           "à partir d’elle.",
                   .announce = true,
                   .level = 3});
    else
        ui::alert(h, {.tone = ui::Tone::Info,
                      .title = "Vos revenus dépassent les plafonds d’aujourd’hui",
                      .text = "Vous pouvez demander quand même : seule une commission décide, au moment "
                              "d’attribuer un logement, et vos revenus peuvent changer d’ici là.",
                      .announce = true,
                      .level = 3});
    ui::Table t{.caption = fmt::format("Plafonds de {} pour votre foyer, par an", s.annee_du_bareme),
                .columns = {{.title = "Logement"}, {.title = "Plafond", .number = true}, {.title = "Vous"}}};
    constexpr std::string_view noms[] = {"PLAI, les loyers les plus bas", "PLUS, le plus courant",
                                         "PLS, les loyers les plus hauts"};
    for (std::size_t i = 0; i < s.plafonds.size(); ++i)
        t.rows.push_back(
            {noms[i], euros(s.plafonds[i]), s.revenu <= s.plafonds[i] ? "En dessous" : "Au-dessus"});
    ui::table(h, t);
}

void demander_la_simulation(ui::Html& h, const ui::Chrome& chrome, const PageDeCommune& p, const Saisie& s)
{
    h("<h2 class=\"fr-h3 fr-mt-6w\" id=\"simulation\">Puis-je avoir un logement social ?</h2>");
    h("<p>Facultatif. Rien de ce que vous écrivez ici n’est gardé. Barème de {}.</p>", p.jour.year);
    montrer_la_simulation(h, p);
    ui::form(h,
             {.action = ui::url("/demander/commune/{}", p.commune.insee),
              .csrf = chrome.csrf,
              .errors = s.erreurs,
              .values = s.valeurs},
             [&](ui::Form& f) {
                 f.input({.name = "adultes",
                          .label = "Adultes qui signeront le bail",
                          .hint = "Vous, votre conjoint ou la personne qui demande avec vous",
                          .inputmode = "numeric",
                          .width = 4});
                 f.input({.name = "a_charge",
                          .label = "Personnes à charge",
                          .hint = "Enfants et autres personnes de votre avis d’impôt. Zéro si personne",
                          .inputmode = "numeric",
                          .width = 4});
                 f.input({.name = "invalides",
                          .label = "Personnes qui ont une carte mobilité inclusion « invalidité »",
                          .optional = true,
                          .inputmode = "numeric",
                          .width = 4});
                 f.checkbox({.name = "jeune_couple",
                             .label = "Nous sommes un couple dont la somme des âges est de 55 ans au plus"});
                 f.input({.name = "rfr",
                          .label = fmt::format("Revenu fiscal de référence de {}, pour tout le foyer",
                                               annee_du_rfr(p.jour)),
                          .hint = "Sur la première page de l’avis d’impôt",
                          .inputmode = "numeric",
                          .width = 10,
                          .suffix = "€"});
                 f.submit({{.label = "Comparer aux plafonds", .importance = ui::Importance::Secondary}});
             });
}

} // namespace choix
} // namespace

std::string choix_de_commune(const ui::Chrome& chrome, const Recherche& r)
{
    FormErrors erreurs;
    if (r.inconnue)
        erreurs.push_back({"q", "Aucune commune ne porte ce nom ou ce code postal. Vérifiez-le."});
    const ui::Values valeurs{{"q", r.saisi}};
    return ui::page(
        chrome,
        {.title = "Où voulez-vous vivre ?",
         .error = r.inconnue,
         .breadcrumb = choix::fil(),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Où voulez-vous vivre ?",
                            .lead =
                                "Dites d’abord une seule commune, celle que vous préférez. Vous pourrez en "
                                "ajouter d’autres, dans le même département ou dans toute l’Île-de-France."});
            ui::form(
                h,
                {.action = ui::url("/demander/commune"), .errors = &erreurs, .values = &valeurs, .get = true},
                [&](ui::Form& f) {
                    f.input({.name = "q",
                             .label = "Commune ou code postal",
                             .hint = "Par exemple : Rouen, ou 76000"});
                    f.submit("Continuer");
                });
            if (r.communes.empty()) return;
            h("<h2 class=\"fr-h4 fr-mt-4w\">Laquelle ?</h2><ul class=\"fr-raw-list\">");
            for (const auto& c : r.communes)
                h("<li class=\"fr-mb-1v\">{} ({})</li>",
                  ui::link(c.nom, ui::url("/demander/commune/{}", c.insee)), c.departement);
            h("</ul>");
        });
}

std::string commune(const ui::Chrome& chrome, const PageDeCommune& p, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = p.commune.nom,
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demander un logement social", ui::url("/demander")},
                        {"Où voulez-vous vivre ?", ui::url("/demander/commune")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            if (p.orientation.gestion == Gestion::Ailleurs) {
                ui::heading(h, {.title = "Un autre site reçoit ces demandes",
                                .above = p.commune.nom + " (" + p.commune.departement + ")"});
                h("<p>Les demandes de ce département sont gardées par un site qui lui est propre. Vous "
                  "n’avez "
                  "encore rien écrit : rien ne sera perdu, et rien n’est transmis.</p>");
                h("<p>{}</p>",
                  ui::external_link("Aller sur le site de ce département", ui::external(p.orientation.site)));
                h("<p>{}</p><p>{}</p>", ui::link("Choisir une autre commune", ui::url("/demander/commune")),
                  ui::link("J’ai déjà un numéro : où est ma demande ?",
                           ui::url("/demander/ou-est-ma-demande")));
                return;
            }
            ui::heading(h, {.title = "Demander un logement à " + p.commune.nom,
                            .above = p.commune.departement,
                            .lead = "Votre demande vaudra pour un seul territoire : " + p.territoire_nom +
                                    ". Huit communes au plus."});
            if (p.orientation.gestion == Gestion::Inconnue || !p.guichet_ouvert) {
                ui::alert(h,
                          {.tone = ui::Tone::Info,
                           .title = "Pas encore en ligne dans ce territoire",
                           .text =
                               "Aucun guichet n’y est encore ouvert sur ce site. Adressez-vous à une mairie, "
                               "à un bailleur social ou à Action Logement : ils enregistrent les demandes "
                               "sur papier.",
                           .level = 2});
                h("<p>{}</p>", ui::link("Choisir une autre commune", ui::url("/demander/commune")));
            } else {
                ui::buttons(h, {{.label = "Commencer ma demande",
                                 .url = ui::url("/commencer-demande/{}", p.commune.insee)},
                                {.label = "Choisir une autre commune",
                                 .url = ui::url("/demander/commune"),
                                 .importance = ui::Importance::Secondary}});
            }
            h("<p class=\"fr-mt-2w\">{}</p>", ui::link("Trouver un guichet près de cette commune",
                                                       ui::url("/demander/guichets/{}", p.commune.insee)));
            h("<p>{}</p>", ui::link("Voir les chiffres de cette commune : logements, demandes, attente",
                                    ui::url("/demander/communes/{}", p.commune.insee)));
            choix::demander_la_simulation(h, chrome, p, s);
        });
}

std::string commencer(const ui::Chrome& chrome, const Commencer& c)
{
    const auto& p = c.ou;
    const auto commencer = [&](ui::Html& h, bool autre) {
        ui::form(h, {.action = ui::url("/nouvelle-demande"), .csrf = chrome.csrf, .once = chrome.once},
                 [&](ui::Form& f) {
                     f.hidden("insee", p.commune.insee);
                     if (autre) f.hidden("autre", "oui");
                     f.submit({{.label = autre ? "Commencer une autre demande" : "Commencer",
                                .importance = autre ? ui::Importance::Secondary : ui::Importance::Primary}});
                 });
    };
    return ui::page(
        chrome,
        {.title = "Commencer une demande",
         .breadcrumb = {{"Ma demande", ui::url("/ma-demande")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Commencer une demande",
                         .above = p.territoire_nom,
                         .lead = "Première commune : " + p.commune.nom +
                                 ". Ce que vous écrivez est gardé à chaque étape, un mois au plus tant que "
                                 "rien n’est déposé."});
            if (c.deja)
                ui::alert(h, {.tone = ui::Tone::Warning,
                              .title = "Vous avez déjà une demande dans ce territoire",
                              .text = ui::markup(
                                  "Elle garde son ancienneté : {}. N’en commencez une autre que pour "
                                  "quelqu’un d’autre.",
                                  ui::link("continuez avec elle", ui::url("/ma-demande"))),
                              .level = 2});
            if (c.commencees.empty() && !c.plein) {
                commencer(h, c.deja);
                return;
            }
            if (!c.commencees.empty()) {
                h("<h2 class=\"fr-h4\">Celles de ce compte</h2><ul class=\"fr-raw-list\">");
                for (const auto& e : c.commencees)
                    h("<li class=\"fr-mb-1v\">{}{}</li>",
                      ui::link("Demande " + laquelle(e), ui::url("/nouvelle-demande/{}", e.sienne.resume.id)),
                      e.sienne.resume.etat == Etat::Deposee ? ", déposée" : "");
                h("</ul>");
            }
            h("<h2 class=\"fr-h4 fr-mt-4w\">Pour quelqu’un d’autre</h2>");
            if (c.plein) {
                h("<p>Un compte porte {} demandes à la fois au plus, tant qu’elles ne sont pas enregistrées. "
                  "Déposez-en une et attendez qu’un guichet la vérifie, ou effacez-en une.</p>",
                  demandes_a_la_fois);
                return;
            }
            h("<p>Un couple qui cherche ensemble n’a qu’une demande. Une autre personne a la sienne : si "
              "elle "
              "a une "
              "adresse électronique, mieux vaut qu’elle entre avec elle. Commencée ici, sa demande se suit "
              "depuis ce "
              "compte.</p>");
            commencer(h, true);
        });
}

} // namespace demande::portail::views
