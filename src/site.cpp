// Home, health, display settings, site map, and what robots read. The legal pages are in site_legal.cpp.
#include "site.hpp"

#include <fmt/format.h>

#include "base/json.hpp"
#include "db/migrations.hpp"
#include "territoire/geocodeur.hpp"
#include "ui/components.hpp"

namespace site {

http::Response get_accueil(App&, const http::Request&, const Visitor& visitor)
{
    return http::html(ui::page(
        visitor.chrome, {.title = "Signaler un logement dégradé", .indexed = true}, [&](ui::Html& h) {
            ui::row(h, [&](ui::Html& h) {
                ui::column(h, 7, [&](ui::Html& h) {
                    ui::heading(
                        h,
                        {.title = "Signaler un logement dégradé",
                         .lead =
                             "Humidité, danger électrique, chauffage absent, immeuble qui menace : décrivez "
                             "la situation, le comité local la confie aux services qui peuvent agir."});
                    ui::buttons(h, {{.label = "Faire un signalement", .url = ui::url("/signaler")},
                                    {.label = "Suivre un signalement",
                                     .url = ui::url("/suivi/retrouver"),
                                     .importance = ui::Importance::Secondary}});
                });
                ui::column(h, 5, [&](ui::Html& h) {
                    ui::callout(h, {.title = "En cas de danger immédiat", .color = "orange-terre-battue"},
                                [&](ui::Html& h) {
                                    h("<p>Odeur de gaz, plafond ou balcon qui cède, incendie, personne "
                                      "blessée : quittez les lieux et appelez le {} (pompiers) ou le {}. Le "
                                      "signalement vient après.</p>",
                                      ui::link("18", ui::tel("18")), ui::link("112", ui::tel("112")));
                                });
                });
            });
            h("<h2 class=\"fr-h3\">Comment cela se passe</h2>");
            ui::steps(
                h, "Les étapes d’un signalement",
                {{.title = "Vous décrivez le logement",
                  .state = ui::StepState::Plain,
                  .detail = "Dix minutes, sans compte. Photos et documents bienvenus."},
                 {.title = "Le comité local le reçoit",
                  .state = ui::StepState::Plain,
                  .detail = "Il vérifie la situation et la confie aux services compétents."},
                 {.title = "Les partenaires agissent",
                  .state = ui::StepState::Plain,
                  .detail = "Mairie, ARS, CAF, ADIL, opérateur… Tous voient le même dossier au même moment."},
                 {.title = "Vous suivez l’avancement",
                  .state = ui::StepState::Plain,
                  .detail = "Un lien personnel vous montre chaque étape, jusqu’à la clôture."}});
            h("<h2 class=\"fr-h3 fr-mt-6v\">Ce que ce service n’est pas</h2>");
            h("<p>Un signalement n’est pas une demande de relogement, et il ne remplace ni les secours ni la "
              "justice. Si le logement est loué, prévenez d’abord le bailleur par écrit, quand c’est "
              "possible "
              "sans risque.</p>");
            h("<p>Vous cherchez un logement social ? {}.</p>",
              ui::link("Déposez ou suivez une demande", ui::url("/demander")));
        }));
}

namespace {

/// Where addresses come from now. Never a reason to be unready: the imported ones answer when the service
/// does not.
std::string_view etat_des_adresses(territoire::Geocodeur::Etat etat)
{
    using Etat = territoire::Geocodeur::Etat;
    switch (etat) {
    case Etat::SansService:
        return "locales";
    case Etat::Ferme:
        return "service";
    case Etat::Ouvert:
        return "service_interrompu";
    case Etat::Essai:
        return "service_a_l_essai";
    }
    throw base::Bug{"a state of the address service without a word"};
}

} // namespace

http::Response get_sante(App& app, const http::Request&, const Visitor&)
{
    std::string version;
    try {
        version = db::schema_version(app.db);
    } catch (const db::Error&) {
        return http::json(R"({"vivant":true,"pret":false,"raison":"base de données injoignable"})", 503);
    }
    const auto expected = db::embedded_migrations().back().name;
    const bool ready = version == expected;
    return http::json(
        fmt::format(
            R"({{"vivant":true,"pret":{},"version":"{}","schema":{},"schema_attendu":{},"adresses":"{}"}})",
            ready, LOGIS_VERSION, base::json_string(version), base::json_string(expected),
            // The machine's clock, as the search itself: a service rests for real seconds.
            etat_des_adresses(app.geocodeur.etat(base::Clock{}.now()))),
        ready ? 200 : 503);
}

http::Response get_affichage(App&, const http::Request& request, const Visitor& visitor)
{
    const auto back = ui::local_url(request.param("retour")).value_or(ui::url("/"));
    return http::html(ui::display_settings_page(visitor.chrome, ui::url("/parametres-affichage"), back,
                                                request.param("enregistre") == "oui"));
}

http::Response post_affichage(App& app, const http::Request& request, const Visitor&)
{
    auto theme = request.field("theme");
    if (theme != "light" && theme != "dark") theme = "system";
    const auto back = ui::local_url(request.field("retour")).value_or(ui::url("/"));
    auto answer = http::redirect(
        ui::url("/parametres-affichage").with("retour", back.text()).with("enregistre", "oui").text());
    answer.header("Set-Cookie", http::set_cookie("logis_theme", theme,
                                                 {.secure = app.config.base_url().starts_with("https://"),
                                                  .max_age_seconds = 365LL * 86'400}));
    return answer;
}

http::Response get_plan(App&, const http::Request&, const Visitor& visitor)
{
    std::vector<ui::SiteMapSection> sections = {
        {"Navigation", visitor.chrome.navigation},
        {"Votre espace", visitor.chrome.quick_links},
        {"Le site",
         {{"Paramètres d’affichage", ui::url("/parametres-affichage")},
          {"Accessibilité", ui::url("/accessibilite")},
          {"Mentions légales", ui::url("/mentions-legales")},
          {"Données personnelles", ui::url("/donnees-personnelles")},
          {"Cookies", ui::url("/cookies")}}}};
    return http::html(ui::site_map_page(visitor.chrome, sections));
}

http::Response get_robots(App&, const http::Request&, const Visitor&)
{
    return http::text(
        // Addresses that hold a secret, and those that lead an unknown visitor to the login page.
        "User-agent: *\nDisallow: /signaler/\nDisallow: /suivi/\nDisallow: /activation/\n"
        "Disallow: /nouveau-mot-de-passe/\nDisallow: /signalements\nDisallow: /mon-compte\n"
        "Disallow: /administration/\n");
}

http::Response get_security_txt(App& app, const http::Request&, const Visitor&)
{
    const auto expires = app.clock.now().plus_days(180);
    return http::text(fmt::format("Contact: mailto:{}\nExpires: {}\nPreferred-Languages: fr, en\n",
                                  app.config.operateur_contact, base::to_iso(expires)));
}

} // namespace site
