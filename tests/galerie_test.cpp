// Every component on a few pages: checked for form here, looked at and audited in a browser by
// tests/browser/galerie.test.mjs, for which LOGIS_GALERIE names the folder to write the pages and files into.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "http/static_files.hpp"
#include "ui/check.hpp"
#include "ui/components.hpp"

namespace galerie {
namespace {

ui::Chrome chrome(bool state)
{
    ui::Chrome c;
    c.state = state;
    c.operator_name = "Comité local de Seine-Maritime";
    c.contact = "contact@logis.example";
    c.csrf = "jeton";
    c.path = "/composants.html";
    c.navigation = {{"Accueil", ui::url("/")},
                    {"Signalements", ui::url("/composants.html")},
                    {"Partenaires", ui::url("/partenaires")},
                    {"Statistiques", ui::url("/statistiques")}};
    c.quick_links = {{"Mon compte", ui::url("/compte")}};
    c.agent_name = "Nadia Belkacem";
    return c;
}

void messages(ui::Html& h)
{
    h("<h2 id=\"messages\">Messages</h2>");
    ui::alert(
        h,
        {.tone = ui::Tone::Success, .title = "Signalement transmis", .text = "Un courriel vient de partir."});
    ui::alert(h, {.tone = ui::Tone::Info, .text = "Le comité se réunit le premier mardi du mois."});
    ui::alert(
        h,
        {.tone = ui::Tone::Warning, .title = "Plomb : analyse attendue", .text = "Résultat sous dix jours."});
    ui::alert(h, {.tone = ui::Tone::Error, .text = "Le fichier n’a pas pu être lu."});
    ui::callout(h, {.title = "Que se passe-t-il ensuite ?"}, [](ui::Html& b) {
        b("<p>Le secrétariat lit le signalement sous cinq jours ouvrés, puis prévient les partenaires qui "
          "peuvent "
          "agir.</p>");
    });
    ui::highlight(
        h, [](ui::Html& b) { b("<p>L’occupant ne peut pas être mis dehors parce qu’il a signalé.</p>"); });
    h("<p>{} {} {} {} {} {} {}</p>", ui::badge("À trier", ui::BadgeTone::New, true),
      ui::badge("En cours", ui::BadgeTone::Info), ui::badge("Clos", ui::BadgeTone::Success),
      ui::badge("Urgent", ui::BadgeTone::Error, true), ui::badge("En attente", ui::BadgeTone::Warning),
      ui::badge("Visite", ui::BadgeTone::Blue), ui::badge("Brouillon"));
    h("<p>{} {}</p>", ui::tag("Humidité"), ui::tag("Le Havre", ui::url("/")));
}

void lists(ui::Html& h)
{
    h("<h2 id=\"listes\">Listes et données</h2>");
    ui::figures(h, {{"12", "signalements à trier", ui::url("/a-trier")},
                    {"38", "en cours", ui::url("/en-cours")},
                    {"4", "sans réponse d’un partenaire depuis 15 jours", ui::url("/relances")},
                    {"127", "clos cette année", {}}});
    ui::tabs(h, "États",
             {{"À trier (12)", ui::url("/a-trier"), true},
              {"En cours (38)", ui::url("/en-cours")},
              {"Clos (127)", ui::url("/clos")},
              {"Refusés (9)", ui::url("/refuses")}});
    ui::Table t{
        .caption = "Signalements à trier",
        .columns = {{"Référence"}, {"Commune"}, {"Déposé le"}, {"État"}, {.title = "Score", .number = true}}};
    t.rows = {{ui::link("76-2026-0012", ui::url("/s/1")), "Le Havre", "3 novembre 2026",
               ui::badge("À trier", ui::BadgeTone::New), 32},
              {ui::link("76-2026-0011", ui::url("/s/2")), "Saint-Étienne-du-Rouvray", "1er novembre 2026",
               ui::badge("Urgent", ui::BadgeTone::Error), 67},
              {ui::link("76-2026-0010", ui::url("/s/3")), "Gournay-en-Bray", "29 octobre 2026",
               ui::badge("À trier", ui::BadgeTone::New), 8}};
    ui::table(h, t);
    ui::pagination(h, {.page = 4, .pages = 12, .base = ui::url("/a-trier").with("tri", "date")});
    ui::table(h, {.caption = "Visites", .columns = {{"Date"}}, .empty = "Aucune visite n’est prévue."});
    ui::empty_state(h, {.title = "Aucun signalement à trier",
                        .text = "Tout ce qui est arrivé a été lu.",
                        .actions = {{.label = "Voir les signalements en cours",
                                     .url = ui::url("/en-cours"),
                                     .importance = ui::Importance::Secondary}},
                        .level = 3});
    ui::row(h, [](ui::Html& r) {
        ui::column(r, 6, [](ui::Html& c) {
            ui::card(c, {.title = "76-2026-0012",
                         .url = ui::url("/s/1"),
                         .description = "12 rue de la Mailleraye, Le Havre",
                         .badges = {ui::badge("À trier", ui::BadgeTone::New)},
                         .detail = "Déposé le 3 novembre 2026 par la mairie",
                         .end = "Humidité, chauffage"});
        });
        ui::column(r, 6, [](ui::Html& c) {
            ui::tile(c, {.title = "Signaler un logement",
                         .url = ui::url("/signaler"),
                         .detail = "Environ dix minutes, sans compte"});
        });
    });
}

void history(ui::Html& h)
{
    h("<h3>Histoire du dossier</h3>");
    ui::timeline(
        h,
        {{.when = "5 novembre 2026 à 9 h 12",
          .when_iso = "2026-11-05T08:12:00Z",
          .title = "Signalement transmis à trois partenaires",
          .author = "Nadia Belkacem, secrétariat du comité",
          .body = ui::paragraphs("Mairie du Havre, CAF de Seine-Maritime, Adil 76."),
          .badges = {ui::badge("Visible du déclarant", ui::BadgeTone::Blue)}},
         {.when = "3 novembre 2026 à 16 h 40", .title = "Signalement déposé", .author = "Mairie du Havre"}},
        4);
}

void files(ui::Html& h)
{
    h("<h2 id=\"dossier\">Dossier</h2>");
    ui::row(h, [](ui::Html& r) {
        ui::column(r, 8, [](ui::Html& c) {
            ui::recap(c, {.title = "Le logement",
                          .rows = {{"Adresse", "12 rue de la Mailleraye, 76600 Le Havre"},
                                   {"Type", "Appartement, 3e étage"},
                                   {"Surface", {}},
                                   {"Occupants", "2 adultes, 3 enfants dont un de moins de 6 ans"}},
                          .change = ui::url("/modifier")});
            ui::recap(
                c,
                {.rows = {{"Déclarant", "Mairie du Havre", ui::url("/modifier/declarant"), "le déclarant"},
                          {"Téléphone", "02 35 00 00 00", ui::url("/modifier/telephone"), "le téléphone"}}});
            history(c);
        });
        ui::column(r, 4, [](ui::Html& c) {
            ui::panel(c, "Où en est-on ?", [](ui::Html& p) {
                ui::steps(p, "Avancement du signalement",
                          {{"Signalement reçu", ui::StepState::Done, "3 novembre 2026"},
                           {"Lu et transmis aux partenaires", ui::StepState::Done, "5 novembre 2026"},
                           {"Visite du logement", ui::StepState::Current, "Prévue le 24 novembre 2026"},
                           {"Travaux ou décision", ui::StepState::Next, {}},
                           {"Dossier clos", ui::StepState::Next, {}}});
            });
            ui::panel(c, "Actions", [](ui::Html& p) {
                ui::buttons(p, {{.label = "Valider et affecter", .url = ui::url("/valider")},
                                {.label = "Refuser",
                                 .url = ui::url("/refuser"),
                                 .importance = ui::Importance::Secondary}});
            });
            ui::side_menu(c, "Dossier",
                          {{"Résumé", ui::url("/s/1"), true},
                           {"Désordres", ui::url("/s/1/desordres")},
                           {"Partenaires", ui::url("/s/1/partenaires")}});
        });
    });
    ui::gallery(h, {{.full = ui::url("/p/1"),
                     .thumbnail = ui::asset("favicon.svg"),
                     .alt = "tache sombre au plafond",
                     .legend = "Chambre : humidité",
                     .format = "JPEG",
                     .size = "1,2 Mo"},
                    {.full = ui::url("/p/2"),
                     .alt = "courrier au bailleur",
                     .legend = "Courrier au bailleur",
                     .format = "PDF",
                     .size = "84 ko"}});
    ui::details(h, {.title = "Ce que dit la loi"}, [](ui::Html& b) {
        b("<p>Le bailleur doit remettre un logement décent. Cette obligation est d’ordre public.</p>");
    });
    ui::details(h, {.title = "Pièces demandées", .open = true}, [](ui::Html& b) {
        b("<p>{}</p>", ui::download("Modèle de courrier", ui::url("/m.pdf"), "PDF", "84 ko"));
    });
}

std::string components_page(bool state)
{
    return ui::page(chrome(state),
                    {.title = "Composants", .breadcrumb = {{"Signalements", ui::url("/signalements")}}},
                    [](ui::Html& h) {
                        ui::heading(h, {.title = "12 rue de la Mailleraye, Le Havre",
                                        .above = "Signalement 76-2026-0012",
                                        .lead = "Appartement de 48 m² où l’eau entre par le toit.",
                                        .badges = {ui::badge("En cours", ui::BadgeTone::Info)}});
                        ui::summary(h, {{"Messages", ui::anchor("messages")},
                                        {"Listes et données", ui::anchor("listes")},
                                        {"Dossier", ui::anchor("dossier")}});
                        messages(h);
                        lists(h);
                        files(h);
                        h("<h2>1 rue {}</h2>", std::string(140, 'W')); // a name typed without an end
                    });
}

void fields(ui::Form& f)
{
    f.input({.name = "nom", .label = "Nom", .autocomplete = "family-name"});
    f.input({.name = "courriel",
             .label = "Adresse électronique",
             .hint = "Nous y envoyons le lien de suivi. Exemple : prenom.nom@exemple.fr",
             .type = "email",
             .autocomplete = "email"});
    f.input({.name = "code_postal", .label = "Code postal", .inputmode = "numeric", .width = 5});
    f.input({.name = "surface",
             .label = "Surface",
             .optional = true,
             .inputmode = "decimal",
             .width = 6,
             .suffix = "m²"});
    f.address({.fills = {{"citycode", "insee"}, {"label", "adresse_choisie"}}});
    f.hidden("insee", "");
    f.hidden("adresse_choisie", "");
    f.date({.name = "naissance", .label = "Date de naissance", .optional = true, .autocomplete = "bday"});
    f.select({.name = "type",
              .label = "Type de logement",
              .options = {{"appartement", "Appartement"}, {"maison", "Maison"}, {"autre", "Autre"}}});
    f.radios({.name = "profil",
              .legend = "Qui fait ce signalement ?",
              .options = {{"mairie", "Une mairie", "Élus et agents municipaux"},
                          {"ccas", "Un CCAS"},
                          {"association", "Une association"}}});
    f.radios({.name = "enfants",
              .legend = "Des enfants vivent-ils dans le logement ?",
              .options = {{"oui", "Oui"}, {"non", "Non"}, {"nsp", "Je ne sais pas"}},
              .in_line = true});
    f.only_if("enfants", "oui", [&] {
        f.input({.name = "ages",
                 .label = "Âge de chaque enfant",
                 .hint = "Par exemple : 2, 5 et 11 ans",
                 .optional = true});
    });
    f.checkboxes({.name = "desordres",
                  .legend = "Que constatez-vous dans la chambre ?",
                  .hint = "Plusieurs réponses possibles",
                  .options = {{"moisissures", "Des moisissures", "Taches noires ou vertes"},
                              {"eau", "De l’eau qui entre"},
                              {"froid", "Il y fait froid même chauffé"}}});
    f.textarea({.name = "description",
                .label = "Décrivez la situation",
                .hint = "Avec vos mots.",
                .max_length = 4000});
    f.upload({.name = "photos",
              .label = "Photos et documents",
              .accept = ".jpg,.jpeg,.png,.webp,.heic,.pdf",
              .limits = "10 Mo au plus par fichier. Formats : JPEG, PNG, WebP, HEIC, PDF.",
              .progressive = true,
              .max_bytes = 10 << 20});
    f.group("Le bailleur", [&] {
        f.input({.name = "bailleur", .label = "Nom ou raison sociale", .optional = true});
        f.input({.name = "telephone_bailleur",
                 .label = "Téléphone",
                 .optional = true,
                 .type = "tel",
                 .width = 16});
    });
    f.checkbox({.name = "accord", .label = "L’occupant est d’accord pour qu’une visite soit organisée"});
    f.honeypot("site_web");
    f.submit({{.label = "Continuer"},
              {.label = "Revenir à l’étape précédente",
               .url = ui::url("/precedente"),
               .importance = ui::Importance::Secondary}});
}

std::string form_page(bool state, bool refused)
{
    auto c = chrome(state);
    c.agent_name.clear();
    c.demo = true;
    const FormErrors errors = {
        {"nom", "Indiquez votre nom."},
        {"courriel", "Écrivez une adresse complète, par exemple prenom.nom@exemple.fr."},
        {"code_postal", "Le code postal a cinq chiffres, par exemple 76600."},
        {"profil", "Choisissez qui fait le signalement."},
        {"desordres", "Cochez au moins un désordre."},
        {"type", "Choisissez le type de logement."},
        {"accord", "Cochez la case si l’occupant est d’accord."}};
    const ui::Values typed = {{"courriel", "nadia@"},
                              {"code_postal", "7660"},
                              {"enfants", "oui"},
                              {"description", "\nDe l’eau coule <ici> & là."}};
    return ui::page(
        c, {.title = "Vos coordonnées", .error = refused, .width = ui::Width::Reading, .bare = true},
        [&](ui::Html& h) {
            ui::stepper(h, {.title = "Vos coordonnées", .current = 2, .total = 6, .next = "Le logement"});
            ui::form(h,
                     {.action = ui::url("/coordonnees"),
                      .csrf = c.csrf,
                      .errors = refused ? &errors : nullptr,
                      .values = refused ? &typed : nullptr,
                      .multipart = true},
                     fields);
        });
}

std::string confirmation_page(bool state)
{
    auto c = chrome(state);
    c.agent_name.clear();
    c.quick_links = {{"Espace partenaires", ui::url("/connexion")}};
    return ui::page(c, {.title = "Signalement envoyé", .width = ui::Width::Reading}, [&](ui::Html& h) {
        ui::confirmation(h, {.title = "Le signalement est envoyé",
                             .reference = "76-2026-0012",
                             .text = ui::markup("<p>Un courriel avec le lien de suivi est parti vers {}.</p>",
                                                "m…@exemple.fr")});
        h("<h2>Et maintenant ?</h2>");
        ui::steps(h, "Ce qui va se passer",
                  {{"Signalement reçu", ui::StepState::Done, "Aujourd’hui"},
                   {"Lecture par le secrétariat du comité", ui::StepState::Current, "Sous cinq jours ouvrés"},
                   {"Transmission aux partenaires", ui::StepState::Next, {}}});
        ui::steps(
            h, "Comment cela se passe",
            {{"Vous décrivez le logement", ui::StepState::Plain, "Dix minutes, sans compte."},
             {"Le comité le reçoit", ui::StepState::Plain, "Il prévient les services qui peuvent agir."},
             {"Vous suivez l’avancement", ui::StepState::Plain, {}}});
        ui::action_button(h, ui::url("/lien"), c.csrf,
                          {.label = "Renvoyer le courriel", .importance = ui::Importance::Secondary});
        ui::search(h, {.action = ui::url("/recherche"), .label = "Rechercher un dossier"});
    });
}

std::string question_page(bool state)
{
    const auto c = chrome(state);
    return ui::page(c, {.title = "Clôturer", .width = ui::Width::Reading}, [&](ui::Html& h) {
        ui::confirm(h, {.title = "Clôturer le signalement ?",
                        .text = "Les trois affectations ouvertes seront closes et le déclarant prévenu.",
                        .action = ui::url("/cloture"),
                        .csrf = c.csrf,
                        .yes = "Clôturer",
                        .no = ui::url("/s/1")});
    });
}

struct Page {
    std::string name;
    std::string html;
};

/// Every page in the dress of the State (« etat-… ») or in the neutral one.
std::vector<Page> pages(bool state)
{
    auto sans_operateur = chrome(state);
    sans_operateur.operator_name = sans_operateur.service;
    std::vector<Page> list{
        {"composants.html", components_page(state)},
        {"formulaire.html", form_page(state, false)},
        {"formulaire-refuse.html", form_page(state, true)},
        {"confirmation.html", confirmation_page(state)},
        {"question.html", question_page(state)},
        {"erreur.html",
         ui::error_page(chrome(state), {.status = 500,
                                        .title = "Le service a rencontré un problème",
                                        .text = "Ce n’est pas de votre fait. Réessayez dans un instant.",
                                        .request_id = "4f2a"})},
        {"affichage.html",
         ui::display_settings_page(chrome(state), ui::url("/parametres-affichage"), ui::url("/"), true)},
        {"plan.html", ui::site_map_page(sans_operateur,
                                        {{"Signaler", {{"Signaler un logement", ui::url("/signaler")}}},
                                         {"Comprendre", {{"Accessibilité", ui::url("/accessibilite")}}}})}};
    if (state)
        for (auto& page : list) page.name = "etat-" + page.name;
    return list;
}

void write(const std::filesystem::path& file, std::string_view bytes)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

std::string read(const std::filesystem::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace
} // namespace galerie

TEST_CASE("chaque composant produit une page bien formée")
{
    const char* folder = std::getenv("LOGIS_GALERIE");
    for (const bool state : {false, true})
        for (const auto& page : galerie::pages(state)) {
            CAPTURE(page.name);
            for (const auto& defect : ui::check_well_formed(page.html)) FAIL_CHECK(defect);
            if (folder) galerie::write(std::filesystem::path(folder) / page.name, page.html);
        }
    if (folder)
        for (const auto& file : http::static_files())
            galerie::write(std::filesystem::path(folder) / std::string(file.path.substr(1)), file.body);
}

TEST_CASE("les erreurs d’un formulaire se lisent en tête, au champ et dans le titre")
{
    const auto html = galerie::form_page(false, true);
    CHECK(html.find("<title>Erreur – Vos coordonnées – Logis</title>") != html.npos);
    CHECK(html.find("<a href=\"#champ-code-postal\">Le code postal a cinq chiffres") != html.npos);
    CHECK(html.find("aria-describedby=\"champ-code-postal-messages\" aria-invalid=\"true\"") != html.npos);
    CHECK(html.find("value=\"7660\"") != html.npos);
    CHECK(html.find("rows=\"5\" aria-describedby=\"champ-description-messages\"") != html.npos);
    CHECK(html.find(">\n\nDe l’eau coule &lt;ici&gt; &amp; là.</textarea>") != html.npos);
}

TEST_CASE("rien de l’État ne se montre chez un opérateur qui n’en est pas")
{
    for (const auto& page : galerie::pages(false)) {
        CAPTURE(page.name);
        for (const std::string_view mark :
             {"République", "fr-logo", "dsfr", "marianne", "gouv.fr", "etalab", "fr-header", "fr-footer"})
            CHECK(page.html.find(mark) == std::string::npos);
    }
    for (const auto& page : galerie::pages(true)) {
        CAPTURE(page.name);
        CHECK(page.html.find("République<br>Française") != std::string::npos);
        CHECK(page.html.find("neutre") == std::string::npos);
    }
}

TEST_CASE("le thème neutre habille chaque classe que les pages emploient")
{
    // Structure that the DSFR asks for, and that needs no look of its own here.
    const std::set<std::string> bare = {
        "fr-badge--no-icon",   "fr-btn--icon-left",
        "fr-card--sm",         "fr-card__body",
        "fr-card__desc",       "fr-card__end",
        "fr-col-12",           "fr-fieldset__legend--regular",
        "fr-notice__body",     "fr-notice__desc",
        "fr-summary__link",    "fr-pagination__link--lg-label",
        "fr-table--multiline", "fr-pagination__link--next",
        "fr-table__wrapper",   "fr-pagination__link--prev",
        "fr-tag--sm",          "fr-tile--horizontal",
        "fr-tile__body",       "fr-tile__content",
        "fr-callout__text",    "fr-scheme",
        "fr-btns-group--sm",   "fr-table--sm",
        "fr-current-step",     "fr-steps",
        "fr-upload-group",     "fr-messages-group",
    };
    std::string css;
    for (const auto& file : http::static_files())
        if (file.path.starts_with("/assets/neutre-") && !file.path.starts_with("/assets/neutre-sombre"))
            css = file.body;
    REQUIRE_FALSE(css.empty());
    for (const std::string_view mark : {"Marianne", "Spectral", "dsfr", "blue-france"})
        CHECK(css.find(mark) == std::string::npos);
    const std::filesystem::path root = LOGIS_SOURCE_DIR;
    const std::regex name("\\bfr-[a-z0-9_-]*[a-z0-9]");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "src")) {
        if (entry.path().extension() != ".cpp" || entry.path().filename() == "theme.cpp") continue;
        const auto text = galerie::read(entry.path());
        for (std::sregex_iterator i(text.begin(), text.end(), name), end; i != end; ++i) {
            CAPTURE(entry.path().string());
            CAPTURE(i->str());
            CHECK((bare.contains(i->str()) || css.find("." + i->str()) != std::string::npos));
        }
    }
}

TEST_CASE("chaque icône employée est dans assets/icons.txt")
{
    const std::filesystem::path root = LOGIS_SOURCE_DIR;
    std::set<std::string> listed;
    std::istringstream lines(galerie::read(root / "assets/icons.txt"));
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && line[0] != '#') listed.insert(line);
    const std::regex icon("fr-icon-[a-z0-9-]+");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "src")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        const auto text = galerie::read(entry.path());
        for (std::sregex_iterator i(text.begin(), text.end(), icon), end; i != end; ++i) {
            CAPTURE(entry.path().string());
            CAPTURE(i->str());
            CHECK(listed.contains(i->str()));
        }
    }
}
