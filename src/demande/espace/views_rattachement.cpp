// The screens of a claim.
#include "demande/espace/views_rattachement.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/portail/views.hpp"
#include "demande/views.hpp"

namespace demande::espace::views {

namespace {
namespace retrouver {

constexpr const char* ou_le_message_part =
    "Si ce que vous avez tapé correspond à une demande, un message vient de partir vers l’adresse "
    "électronique "
    "qu’elle connaît. Si elle n’en connaît pas, c’est une lettre, qui arrive sous une dizaine de jours.";

void identite(ui::Form& f)
{
    f.input({.name = "nom", .label = "Nom", .hint = "Comme sur la demande", .autocomplete = "family-name"});
    f.input({.name = "prenom", .label = "Prénom", .autocomplete = "given-name"});
    f.date({.name = "naissance_le", .label = "Date de naissance", .autocomplete = "bday"});
}

bool erronee(const Saisie& s)
{
    return s.erreurs && !s.erreurs->empty();
}

constexpr const char* identite_verifiee = "J’ai vérifié la pièce d’identité du demandeur, présent au guichet";

/// The same questions as the screen « Coordonnées », as they are now: whoever had the access may have
/// written them.
void relire_les_coordonnees(ui::Form& f, std::int64_t version)
{
    const auto& v = *demande::volet(base::slug_of(raisons, Raison::Coordonnees));
    f.hidden("version", std::to_string(version));
    f.h("<h2 class=\"fr-h4 fr-mt-4w\">Coordonnées à relire avec le demandeur</h2><p>Celui qui avait l’accès "
        "a "
        "pu les changer. C’est là que partent le code et l’avertissement de renouvellement.</p>");
    for (const auto& r : rubriques()) {
        const auto posee = [&](const Question& q) { return demande_la_question(v, r, q); };
        if (std::ranges::any_of(r.questions, posee)) demande::views::ecrire_rubrique(f, r, posee);
    }
    f.checkbox({.name = "coordonnees",
                .label = "Le demandeur a relu ces coordonnées : elles sont bien les siennes"});
}

void ouvrir_au_guichet(ui::Html& h, const ui::Chrome& chrome, const AccesEnLigne& a, const Saisie& s)
{
    h("<p>{}Le demandeur peut le faire avec son numéro, son nom et sa "
      "date de naissance : un code part vers l’adresse que sa demande connaît. Si la demande dit des "
      "violences, "
      "aucun code ne part : c’est ici que son accès s’ouvre.</p>",
      a.acces.empty() ? "Personne ne suit cette demande en ligne. " : "");
    if (!a.en_cours) return;
    h("<h2 class=\"fr-h4\">Ouvrir l’accès</h2><p>Demandez une boîte que le demandeur est seul à lire.</p>");
    ui::form(h,
             {.action = ui::url("/demandes/{}/acces", a.de.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs},
             [&](ui::Form& f) {
                 f.hidden("geste", "ouvrir");
                 if (a.sans_acces.size() > 1)
                     f.radios({.name = "pour", .legend = "À qui ?", .options = a.sans_acces});
                 f.input({.name = "courriel",
                          .label = "Adresse électronique du demandeur",
                          .type = "email",
                          .autocomplete = "off"});
                 f.checkbox({.name = "identite", .label = identite_verifiee});
                 f.submit("Ouvrir l’accès en ligne");
             });
}

} // namespace retrouver
} // namespace

std::string reclamation(const ui::Chrome& chrome, const Reclamation& r, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = r.numero.empty() ? "J’ai déjà une demande" : "Qui êtes-vous ?",
         .error = retrouver::erronee(s),
         .breadcrumb = {{"Ma demande", ui::url("/ma-demande")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            if (r.numero.empty())
                ui::heading(
                    h,
                    {.title = "J’ai déjà une demande",
                     .lead = "Un guichet l’a enregistrée ? Suivez-la ici. Personne ne perd rien : c’est la "
                             "même demande, avec son numéro et son ancienneté."});
            else
                ui::heading(h, {.title = "Qui êtes-vous ?",
                                .above = "Numéro unique " + r.numero,
                                .lead = "Les demandes de ce territoire sont suivies ici."});
            if (!r.site.empty())
                h("<p>{}</p>", ui::external_link("Aller sur le site de ce territoire", ui::external(r.site)));
            ui::form(h,
                     {.action = ui::url("/ma-demande/rattacher"),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         if (r.numero.empty()) {
                             f.input({.name = "numero",
                                      .label = "Numéro unique",
                                      .hint = "18 caractères, en haut de votre attestation. Par exemple 111 "
                                              "0318 016982 G1104",
                                      .autocomplete = "off",
                                      .width = 26});
                         } else {
                             f.hidden("numero", r.numero);
                             retrouver::identite(f);
                         }
                         f.submit("Continuer");
                     });
            if (r.numero.empty())
                h("<p class=\"fr-mt-3w\">{}<br>{}</p>",
                  ui::link("J’ai perdu mon numéro", ui::url("/demander/numero-perdu")),
                  ui::link("J’ai reçu un code, par courriel ou par lettre",
                           ui::url("/ma-demande/rattacher/code")));
            else
                h("<p class=\"fr-mt-3w\">{}</p>",
                  ui::link("Ce n’est pas le bon numéro", ui::url("/ma-demande/rattacher")));
        });
}

std::string cle(const ui::Chrome& chrome, bool envoi, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Le code de ma demande",
         .error = retrouver::erronee(s),
         .breadcrumb = {{"Ma demande", ui::url("/ma-demande")},
                        {"J’ai déjà une demande", ui::url("/ma-demande/rattacher")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Le code de ma demande"});
            if (envoi)
                ui::alert(h,
                          {.tone = ui::Tone::Info, .text = retrouver::ou_le_message_part, .announce = true});
            h("<p>Par courriel, le code vaut une heure. Par lettre, il vaut un mois : revenez ici avec la "
              "même "
              "adresse électronique quand vous l’aurez reçu.</p>");
            ui::form(h,
                     {.action = ui::url("/ma-demande/rattacher/code"),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         portail::views::champ_du_code(f);
                         f.submit("Ouvrir ma demande");
                     });
            h("<p class=\"fr-mt-3w\">Rien n’arrive, ou vous avez déménagé ? Allez dans n’importe quel "
              "guichet avec "
              "une pièce d’identité : il met à jour votre adresse. Si la demande est déjà dans un autre "
              "compte, il "
              "ferme l’ancien accès.</p><p>{}</p>",
              ui::link("Recommencer", ui::url("/ma-demande/rattacher")));
        });
}

std::string numero_perdu(const ui::Chrome& chrome, bool envoi, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "J’ai perdu mon numéro",
         .error = retrouver::erronee(s),
         .breadcrumb = {{"Demander un logement social", ui::url("/demander")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "J’ai perdu mon numéro",
                    .lead = "Il est aussi en haut de votre attestation, et dans votre compte si vous suivez "
                            "votre demande en ligne."});
            if (envoi) {
                ui::alert(h,
                          {.tone = ui::Tone::Info, .text = retrouver::ou_le_message_part, .announce = true});
                h("<p>Rien n’arrive ? Allez dans n’importe quel guichet avec une pièce d’identité. {}</p>",
                  ui::link("Trouver un guichet", ui::url("/demander/guichets")));
                return;
            }
            ui::form(h,
                     {.action = ui::url("/demander/numero-perdu"),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.input({.name = "departement",
                                  .label = "Département où vous demandez un logement",
                                  .hint = "Son numéro, par exemple 76",
                                  .autocomplete = "off",
                                  .width = 5});
                         retrouver::identite(f);
                         f.submit("Retrouver mon numéro");
                     });
        });
}

std::string acces(const ui::Chrome& chrome, const AccesEnLigne& a, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Accès en ligne du demandeur",
         .error = retrouver::erronee(s),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")},
                        {"Demande " + a.de.numero, ui::url("/demandes/{}", a.de.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Accès en ligne du demandeur", .above = a.de.numero});
            if (a.ouvrir) {
                retrouver::ouvrir_au_guichet(h, chrome, a, s);
                return;
            }
            h("<p>Le demandeur n’ouvre plus sa boîte, ou quelqu’un d’autre suit sa demande ? Vérifiez "
              "d’abord sa pièce d’identité. L’accès se ferme, chacun est prévenu, et le demandeur retrouve "
              "sa "
              "demande par un code, envoyé aux coordonnées qu’il confirme ici.</p>");
            ui::Table t{.caption = "Qui suit cette demande en ligne",
                        .columns = {{.title = "Qui"}, {.title = "Depuis"}}};
            for (const auto& acc : a.acces)
                t.rows.push_back({acc.rang == 0 ? "Le demandeur" : fmt::format("Le codemandeur {}", acc.rang),
                                  base::in_words(acc.depuis, a.de.fuseau)});
            ui::table(h, t);
            if (a.en_cours && !a.sans_acces.empty())
                h("<p>{}</p>", ui::link("Ouvrir un accès à une autre personne qui signe",
                                        ui::url("/demandes/{}/acces", a.de.id).with("geste", "ouvrir")));
            ui::form(h,
                     {.action = ui::url("/demandes/{}/acces", a.de.id),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         if (a.modifiable) retrouver::relire_les_coordonnees(f, a.version);
                         f.checkbox({.name = "identite", .label = retrouver::identite_verifiee});
                         f.submit("Fermer l’accès en ligne");
                     });
        });
}

} // namespace demande::espace::views
