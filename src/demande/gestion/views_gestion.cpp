// The screens of who keeps the demandes of a territory.
#include "demande/gestion/views_gestion.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace demande::gestion::views {

namespace {
namespace ecrans_de_gestion {

ui::Markup qui(const std::string& site)
{
    if (site.empty()) return "Cette plateforme";
    return ui::external_link(site.substr(std::string_view{"https://"}.size()), ui::external(site));
}

std::string site_de(const Orientation& o)
{
    return o.gestion == Gestion::Ailleurs ? o.site : std::string{};
}

void lister(ui::Html& h, std::string_view titre, const std::vector<Ligne>& toutes, Gestion gestion)
{
    std::vector<const Ligne*> lignes;
    for (const auto& l : toutes)
        if ((l.orientation.gestion == Gestion::Ailleurs) == (gestion == Gestion::Ailleurs))
            lignes.push_back(&l);
    if (lignes.empty()) return;
    std::ranges::sort(lignes, {}, [](const Ligne* l) { return base::fold(l->nom); });
    h("<h2 class=\"fr-h4\">{}\u00a0: {}</h2><ul class=\"fr-raw-list logis-colonnes\">", titre,
      base::count(static_cast<long long>(lignes.size()), "territoire", "territoires"));
    for (const auto* l : lignes) {
        h("<li>{} <span class=\"fr-text--sm\">{}</span>",
          ui::link(l->nom, ui::url("/administration/gestion-des-demandes/{}", l->code)), l->code);
        if (gestion == Gestion::Ailleurs)
            h("<br><span class=\"fr-text--sm\">{}</span>", qui(l->orientation.site));
        h("</li>");
    }
    h("</ul>");
}

} // namespace ecrans_de_gestion
} // namespace

std::string territoires(const ui::Chrome& chrome, const std::vector<Ligne>& lignes, Date jour)
{
    return ui::page(chrome, {.title = "Où sont gardées les demandes"}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Où sont gardées les demandes de logement",
                        .lead = ui::markup(
                            "Territoire par territoire, au {}. Un visiteur est envoyé vers l’autre site "
                            "avant d’écrire quoi que ce soit.",
                            base::in_words(jour))});
        // Two lists rather than a table of three columns: one line each, on a telephone too.
        ecrans_de_gestion::lister(h, "Sur un autre site", lignes, Gestion::Ailleurs);
        ecrans_de_gestion::lister(h, "Sur cette plateforme", lignes, Gestion::Ici);
    });
}

std::string territoire(const ui::Chrome& chrome, const UnTerritoire& v, const demande::views::Saisie& s,
                       std::string_view fait)
{
    const auto site = ecrans_de_gestion::site_de(v.territoire.orientation);
    return ui::page(
        chrome,
        {.title = v.territoire.nom,
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Où sont gardées les demandes", ui::url("/administration/gestion-des-demandes")}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = v.territoire.nom,
                            .above = "Territoire " + v.territoire.code,
                            .lead = ui::markup("Ses demandes sont gardées aujourd’hui par : {}.",
                                               ecrans_de_gestion::qui(site))});
            if (fait == "decision")
                ui::alert(
                    h, {.tone = ui::Tone::Success,
                        .text = "Le changement est enregistré. Les visiteurs en tiennent compte dès son jour "
                                "d’effet.",
                        .announce = true});
            if (fait == "inchangee")
                ui::alert(h,
                          {.tone = ui::Tone::Info, .text = "C’était déjà décidé ainsi.", .announce = true});
            h("<h2 class=\"fr-h4\">Changer</h2><p>Vous verrez ce que cela concerne avant de confirmer. Les "
              "demandes déjà enregistrées ici y restent, pour être lues.</p>");
            ui::form(h,
                     {.action = ui::url("/administration/gestion-des-demandes/{}", v.territoire.code),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.radios({.name = "ou",
                                   .legend = "Qui garde les demandes ?",
                                   .options = {{"ici", "Cette plateforme"},
                                               {"ailleurs", "Un système local, sur son propre site"}}});
                         f.input({.name = "site",
                                  .label = "Adresse du site du système local",
                                  .hint = "Seulement pour un système local. Elle commence par https://",
                                  .optional = true,
                                  .type = "text",
                                  .autocomplete = "off",
                                  .inputmode = "url",
                                  .max_length = 200});
                         f.date({.name = "depuis", .label = "À partir du"});
                         f.submit("Voir ce que cela change");
                     });
            ui::Table t{.caption = "Décisions",
                        .columns = {{.title = "À partir du"},
                                    {.title = "Qui garde les demandes"},
                                    {.title = "Décidé par"},
                                    {.title = "Le"}},
                        .empty =
                            "Aucune décision n’a été prise ici : la liste livrée avec la plateforme vaut."};
            for (const auto& d : v.decisions)
                t.rows.push_back({base::short_text(d.decision.depuis),
                                  ecrans_de_gestion::qui(d.decision.site), d.par, base::in_words(d.le)});
            h("<div class=\"fr-mt-6w\">");
            ui::table(h, t);
            h("</div>");
        });
}

std::string confirmation(const ui::Chrome& chrome, const AConfirmer& v, const ui::Values& saisies)
{
    const auto& d = v.decision;
    const bool part = !d.site.empty();
    return ui::page(
        chrome,
        {.title = "Confirmer le changement",
         .breadcrumb = {{"Où sont gardées les demandes", ui::url("/administration/gestion-des-demandes")},
                        {v.territoire.nom,
                         ui::url("/administration/gestion-des-demandes/{}", v.territoire.code)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Confirmer le changement",
                            .above = v.territoire.nom + ", territoire " + v.territoire.code,
                            .lead = ui::markup("À partir du {}, ses demandes sont gardées par : {}.",
                                               base::in_words(d.depuis), ecrans_de_gestion::qui(d.site))});
            const auto nombre = [](std::int64_t n) { return base::format_integer(n); };
            ui::recap(h, {.title = "Ce que cela concerne ici, aujourd’hui",
                          .rows = {{.label = "Demandes en cours", .value = nombre(v.concernees.demandes)},
                                   {.label = "Demandes en ligne pas encore déposées, ou à corriger",
                                    .value = nombre(v.concernees.brouillons)},
                                   {.label = "Dépôts en ligne qui attendent une vérification",
                                    .value = nombre(v.concernees.a_verifier)},
                                   {.label = part ? "Préavis du mois qui suit, qui ne partiront pas d’ici"
                                                  : "Préavis du mois qui suit, retards compris",
                                    .value = nombre(v.concernees.preavis)},
                                   {.label = "Candidatures en cours pour un logement",
                                    .value = nombre(v.concernees.candidatures)}},
                          .level = 2});
            h("{}",
              part ? ui::markup("<p>Dès ce jour, rien n’est plus enregistré, vérifié, changé, notifié ni "
                                "radié ici pour ces demandes. Chacun y lit ce qu’il avait, et l’adresse du "
                                "nouveau site. Si des dépôts attendent, faites-les vérifier avant.</p>")
                   : ui::markup("<p>Dès ce jour, tout reprend ici. Les préavis en retard partent aussitôt ; "
                                "ceux qui étaient partis avant l’absence ne comptent plus : aucune demande "
                                "n’est radiée sans un nouveau préavis.</p>"));
            ui::form(h,
                     {.action = ui::url("/administration/gestion-des-demandes/{}", v.territoire.code),
                      .csrf = chrome.csrf,
                      .once = chrome.once},
                     [&](ui::Form& f) {
                         for (const auto& [nom, valeur] : saisies)
                             if (nom == "ou" || nom == "site" || nom == "depuis") f.hidden(nom, valeur);
                         f.hidden("confirme", "oui");
                         f.submit("Confirmer ce changement");
                     });
            h("<p class=\"fr-mt-3w\">{}</p>",
              ui::link("Ne rien changer",
                       ui::url("/administration/gestion-des-demandes/{}", v.territoire.code)));
        });
}

std::string ou(const ui::Chrome& chrome, const Ou& v, const demande::views::Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Où est ma demande ?",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demander un logement social", ui::url("/demander")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Où est ma demande ?",
                            .lead =
                                "Les premiers caractères de votre numéro unique disent quel site garde votre "
                                "demande. Il ne va pas plus loin que cette page."});
            if (v.trouve && v.trouve->orientation.gestion == Gestion::Ailleurs)
                ui::alert(h, {.tone = ui::Tone::Info,
                              .title = "Un autre site garde cette demande",
                              .text = ui::markup("{} : {}", v.trouve->nom,
                                                 ui::external_link("aller sur le site de ce territoire",
                                                                   ui::external(v.trouve->orientation.site))),
                              .announce = true,
                              .level = 2});
            if (v.trouve && v.trouve->orientation.gestion == Gestion::Ici)
                ui::alert(h, {.tone = ui::Tone::Success,
                              .title = "Les demandes de ce territoire sont ici",
                              .text = ui::markup("{} : {}", v.trouve->nom,
                                                 ui::link("ouvrez votre espace", ui::url("/ma-demande"))),
                              .announce = true,
                              .level = 2});
            ui::form(
                h,
                {.action = ui::url("/demander/ou-est-ma-demande"),
                 .csrf = chrome.csrf,
                 .errors = s.erreurs,
                 .values = s.valeurs},
                [&](ui::Form& f) {
                    f.input(
                        {.name = "numero",
                         .label = "Numéro unique",
                         .hint = "18 caractères, sur votre attestation. Par exemple : 111 0318 016982 G1104",
                         .autocomplete = "off",
                         .max_length = 40,
                         .width = 24});
                    f.submit("Chercher");
                });
            if (v.ailleurs.empty()) return;
            ui::Table t{.caption = "Territoires dont les demandes sont gardées par un autre site",
                        .columns = {{.title = "Territoire"}, {.title = "Site"}}};
            for (const auto& l : v.ailleurs)
                t.rows.push_back({l.nom, ecrans_de_gestion::qui(l.orientation.site)});
            h("<div class=\"fr-mt-6w\">");
            ui::table(h, t);
            h("</div>");
        });
}

} // namespace demande::gestion::views
