// Administration of partners: values to HTML.
#include <algorithm>

#include "base/text.hpp"
#include "compte/views.hpp"

namespace compte::views {
namespace {

using partenaire::GenrePerimetre;

std::vector<ui::Option> options_de_types()
{
    std::vector types(std::begin(partenaire::types_partenaire), std::end(partenaire::types_partenaire));
    // By what is read, « autre » last as in the table.
    std::ranges::sort(types.begin(), types.end() - 1, {}, [](const auto& t) { return base::fold(t.label); });
    std::vector<ui::Option> options;
    for (const auto& t : types) options.push_back({std::string{t.slug}, t.label});
    return options;
}

ui::Url page_du(const partenaire::Partenaire& p)
{
    return ui::url("/administration/partenaires/{}", p.id);
}

void filtres_des_partenaires(ui::Html& h, const ListeDesPartenaires& l)
{
    const ui::Values valeurs{{"q", l.filtre.recherche},
                             {"type", l.filtre.type},
                             {"territoire", l.filtre.territoire},
                             {"inactifs", l.filtre.inactifs ? "oui" : ""}};
    ui::form(
        h,
        {.action = ui::url("/administration/partenaires"), .values = &valeurs, .get = true, .id = "filtres"},
        [&](ui::Form& f) {
            ui::row(f.h, [&](ui::Html& r) {
                ui::column(r, 4, [&](ui::Html&) {
                    f.input({.name = "q", .label = "Nom du partenaire", .optional = true, .type = "search"});
                });
                ui::column(r, 4, [&](ui::Html&) {
                    f.select({.name = "type",
                              .label = "Type",
                              .options = options_de_types(),
                              .optional = true,
                              .empty_label = "Tous les types"});
                });
                if (l.territoires.size() > 1)
                    ui::column(r, 4, [&](ui::Html&) {
                        std::vector<ui::Option> options;
                        for (const auto& [code, nom] : l.territoires) options.push_back({code, nom});
                        f.select({.name = "territoire",
                                  .label = "Territoire",
                                  .options = options,
                                  .optional = true,
                                  .empty_label = "Tous les territoires"});
                    });
            });
            f.checkbox({.name = "inactifs", .label = "Montrer aussi les partenaires hors service"});
            f.submit({{.label = "Filtrer", .importance = ui::Importance::Secondary}});
        });
}

void champs_coordonnees(ui::Form& f)
{
    f.input({.name = "email",
             .label = "Boîte électronique du service",
             .hint = "Elle reçoit les avis destinés à tout le service",
             .optional = true,
             .type = "email"});
    f.input(
        {.name = "telephone", .label = "Téléphone du service", .optional = true, .type = "tel", .width = 20});
}

} // namespace

std::string partenaires(const ui::Chrome& chrome, const ListeDesPartenaires& l, const Message& message)
{
    return ui::page(chrome, {.title = "Partenaires"}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Partenaires",
                        .lead =
                            "Les organismes à qui un signalement peut être confié, leurs compétences et leur "
                            "périmètre."});
        montrer(h, message);
        if (l.peut_creer)
            ui::buttons(h, {{.label = "Ajouter un partenaire",
                             .url = ui::url("/administration/partenaires/nouveau")}});
        filtres_des_partenaires(h, l);
        ui::Table table{.caption = base::count(l.liste.total, "partenaire", "partenaires"),
                        .columns = {{.title = "Nom"},
                                    {.title = "Type"},
                                    {.title = "Territoire"},
                                    {.title = "Boîte électronique"},
                                    {.title = "Comptes", .number = true}},
                        .empty = "Aucun partenaire ne correspond à ces filtres."};
        for (const auto& p : l.liste.lignes) {
            const auto type = base::from_slug(partenaire::types_partenaire, p.type)
                                  .value_or(partenaire::TypePartenaire::Autre);
            std::string territoire = p.territoire;
            for (const auto& [code, nom] : l.territoires)
                if (code == p.territoire) territoire = nom;
            const auto nom = ui::link(p.nom, ui::url("/administration/partenaires/{}", p.id));
            table.rows.push_back(
                {p.actif ? nom : ui::markup("{} {}", nom, ui::badge("Hors service", ui::BadgeTone::Warning)),
                 base::label_of(partenaire::types_partenaire, type), territoire,
                 p.email.empty() ? std::string{"Non renseignée"} : p.email, p.comptes});
        }
        ui::table(h, table);
        auto base_url = ui::url("/administration/partenaires");
        if (!l.filtre.recherche.empty()) base_url = base_url.with("q", l.filtre.recherche);
        if (!l.filtre.type.empty()) base_url = base_url.with("type", l.filtre.type);
        if (!l.filtre.territoire.empty()) base_url = base_url.with("territoire", l.filtre.territoire);
        if (l.filtre.inactifs) base_url = base_url.with("inactifs", "oui");
        ui::pagination(h, {.page = static_cast<int>(l.filtre.page),
                           .pages = static_cast<int>((l.liste.total + partenaire::lignes_par_page - 1) /
                                                     partenaire::lignes_par_page),
                           .base = base_url});
    });
}

std::string nouveau_partenaire(const ui::Chrome& chrome, const CreationPartenaire& creation,
                               const Saisie& saisie)
{
    return ui::page(
        chrome,
        {.title = "Ajouter un partenaire",
         .error = saisie.erreurs && !saisie.erreurs->empty(),
         .breadcrumb = {{"Partenaires", ui::url("/administration/partenaires")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = "Ajouter un partenaire",
                 .lead = "Ses compétences habituelles seront cochées d’après son type. Vous pourrez ensuite "
                         "les changer, comme son périmètre."});
            ui::form(h,
                     {.action = ui::url("/administration/partenaires"),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = saisie.erreurs,
                      .values = saisie.valeurs},
                     [&](ui::Form& f) {
                         f.input({.name = "nom",
                                  .label = "Nom du partenaire",
                                  .max_length = static_cast<int>(partenaire::nom_partenaire_max)});
                         f.select({.name = "type", .label = "Type", .options = options_de_types()});
                         if (creation.territoires.size() > 1)
                             f.select({.name = "territoire",
                                       .label = "Territoire",
                                       .options = creation.territoires});
                         else if (!creation.territoires.empty())
                             f.hidden("territoire", creation.territoires.front().value);
                         f.input({.name = "commune",
                                  .label = "Commune",
                                  .hint = "Pour une mairie ou un CCAS : nom de la commune ou code Insee",
                                  .optional = true});
                         champs_coordonnees(f);
                         f.submit("Ajouter le partenaire");
                     });
        });
}

namespace {

void montrer_perimetre(ui::Html& h, const ui::Chrome& chrome, const FichePartenaire& f, const Saisie& saisie)
{
    h("<h2 class=\"fr-h4 fr-mt-4w\" id=\"perimetre\">Périmètre</h2>");
    if (f.perimetre.empty())
        ui::alert(
            h, {.tone = ui::Tone::Warning,
                .text = "Ce partenaire n’a pas de périmètre : il ne sera proposé pour aucun signalement."});
    ui::Table table{.caption = "Lieux où ce partenaire agit",
                    .caption_hidden = true,
                    .columns = {{.title = "Lieu"}, {.title = "Nature"}},
                    .empty = "Aucun lieu."};
    if (f.peut_gerer) table.columns.push_back({.title = "Retirer", .hidden = true});
    for (const auto& l : f.perimetre) {
        std::vector<ui::Markup> ligne{l.nom, base::label_of(partenaire::genres_perimetre, l.perimetre.genre)};
        if (f.peut_gerer)
            ligne.push_back(ui::markup([&](ui::Html& c) {
                ui::action_button(
                    c, ui::url("/administration/partenaires/{}/perimetre/retrait", f.partenaire.id),
                    chrome.csrf,
                    {.label = "Retirer",
                     .importance = ui::Importance::Tertiary,
                     .small = true,
                     .title = "Retirer " + l.nom},
                    {{"genre", std::string{base::slug_of(partenaire::genres_perimetre, l.perimetre.genre)}},
                     {"code", l.perimetre.code},
                     {"version", std::to_string(f.partenaire.version)}});
            }));
        table.rows.push_back(std::move(ligne));
    }
    ui::table(h, table);
    if (!f.peut_gerer) return;

    std::vector<ui::Option> genres;
    for (const auto& g : partenaire::genres_perimetre) genres.push_back({std::string{g.slug}, g.label});
    ui::form(
        h,
        {.action = ui::url("/administration/partenaires/{}/perimetre", f.partenaire.id),
         .csrf = chrome.csrf,
         .errors = saisie.erreurs,
         .values = saisie.valeurs,
         .id = "ajout-perimetre"},
        [&](ui::Form& form) {
            form.hidden("version", std::to_string(f.partenaire.version));
            form.radios(
                {.name = "genre", .legend = "Ajouter au périmètre", .options = genres, .in_line = true});
            if (!f.epcis.empty())
                form.only_if("genre", "epci", [&] {
                    form.select(
                        {.name = "epci", .label = "Intercommunalité", .options = f.epcis, .optional = true});
                });
            form.only_if("genre", "commune", [&] {
                form.input(
                    {.name = "commune", .label = "Commune", .hint = "Nom ou code Insee", .optional = true});
                if (!f.communes.empty())
                    form.radios({.name = "insee",
                                 .legend = "Plusieurs communes correspondent : laquelle ?",
                                 .options = f.communes,
                                 .optional = true});
            });
            form.submit({{.label = "Ajouter au périmètre", .importance = ui::Importance::Secondary}});
        });
}

void montrer_comptes_du_partenaire(ui::Html& h, const FichePartenaire& f)
{
    h("<h2 class=\"fr-h4 fr-mt-4w\" id=\"comptes\">Comptes</h2>");
    ui::Table table{.caption = "Personnes de ce partenaire",
                    .caption_hidden = true,
                    .columns = {{.title = "Nom"},
                                {.title = "Adresse électronique"},
                                {.title = "Rôle"},
                                {.title = "État"}},
                    .empty = "Personne n’a encore d’accès pour ce partenaire."};
    for (const auto& c : f.comptes.lignes) {
        std::string role;
        bool a_confirmer = false;
        for (const auto& m : f.comptes.mandats)
            if (m.compte == c.id && m.mandat.partenaire == f.partenaire.id.text) {
                role += (role.empty() ? "" : ", ") + std::string{base::label_of(roles, m.mandat.role)};
                a_confirmer = a_confirmer || !m.mandat.confirme;
            }
        const std::string nom = c.reserve ? c.email : c.prenom.empty() ? c.nom : c.prenom + " " + c.nom;
        table.rows.push_back({ui::link(nom, ui::url("/administration/comptes/{}", c.id)), c.email,
                              a_confirmer
                                  ? ui::markup("{} {}", role, ui::badge("À confirmer", ui::BadgeTone::New))
                                  : ui::Markup{role},
                              c.reserve ? std::string_view{"–"}
                                        : etat_en_mots(c.email, base::known(etats_compte, c.etat),
                                                       mandats_du_compte(f.comptes, c.id))});
    }
    ui::table(h, table);
    if (f.comptes.total > static_cast<std::int64_t>(f.comptes.lignes.size()))
        h("<p>{}</p>", ui::link("Voir tous les comptes de ce partenaire",
                                ui::url("/administration/comptes").with("partenaire", f.partenaire.id.text)));
    if (f.peut_inviter)
        ui::buttons(h, {{.label = "Inviter une personne",
                         .url = ui::url("/administration/comptes/invitation")
                                    .with("partenaire", f.partenaire.id.text)
                                    .with("role", "agent_partenaire"),
                         .importance = ui::Importance::Secondary}});
}

void formulaire_de_la_fiche(ui::Html& h, const ui::Chrome& chrome, const FichePartenaire& f,
                            const Saisie& saisie)
{
    const auto& p = f.partenaire;
    ui::Values connues{{"nom", p.nom},
                       {"type", std::string{base::slug_of(partenaire::types_partenaire, p.type)}},
                       {"email", p.email},
                       {"telephone", p.telephone.empty() ? "" : base::format_phone(p.telephone)}};
    for (const auto c : p.competences)
        connues.emplace_back("competences", std::string{base::slug_of(partenaire::competences, c)});
    ui::form(
        h,
        {.action = f.peut_gerer ? page_du(p) : ui::url("/administration/partenaires/{}/coordonnees", p.id),
         .csrf = chrome.csrf,
         .errors = saisie.erreurs,
         .values = saisie.valeurs ? saisie.valeurs : &connues,
         .id = "fiche"},
        [&](ui::Form& form) {
            form.hidden("version", std::to_string(p.version));
            if (f.peut_gerer) {
                form.input({.name = "nom",
                            .label = "Nom du partenaire",
                            .max_length = static_cast<int>(partenaire::nom_partenaire_max)});
                form.select({.name = "type", .label = "Type", .options = options_de_types()});
            }
            champs_coordonnees(form);
            if (f.peut_gerer) {
                std::vector<ui::Option> options;
                for (const auto& c : partenaire::competences)
                    options.push_back({std::string{c.slug}, c.label});
                form.checkboxes(
                    {.name = "competences",
                     .legend = "Compétences",
                     .hint = "Elles servent à proposer ce partenaire pour les signalements qu’il sait "
                             "traiter.",
                     .options = options,
                     .optional = true,
                     .small = true});
            }
            form.submit("Enregistrer la fiche");
        });
}

void montrer_service(ui::Html& h, const ui::Chrome& chrome, const FichePartenaire& f)
{
    if (!f.peut_hors_service) return;
    const auto& p = f.partenaire;
    const auto action = ui::url("/administration/partenaires/{}/service", p.id);
    const auto champs = [&](const char* actif) {
        return ui::Values{{"actif", actif}, {"version", std::to_string(p.version)}};
    };
    h("<h2 class=\"fr-h4 fr-mt-4w\" id=\"service\">Service</h2>");
    if (!p.actif) {
        ui::action_button(h, action, chrome.csrf,
                          {.label = "Remettre en service",
                           .importance = ui::Importance::Secondary,
                           .title = "Remettre " + p.nom + " en service"},
                          champs("oui"));
        return;
    }
    ui::details(h, {.title = "Mettre ce partenaire hors service"}, [&](ui::Html& d) {
        ui::confirm(d,
                    {.title = "Mettre " + p.nom + " hors service ?",
                     .text = ui::markup("<p>Il n’est plus proposé et ses agents ne voient plus rien. {}</p>",
                                        f.affectations == 0
                                            ? std::string{"Aucun signalement ne lui est confié en ce moment."}
                                            : base::count(f.affectations, "signalement lui est confié",
                                                          "signalements lui sont confiés") +
                                                  " en ce moment, et personne chez lui ne les suivra plus : "
                                                  "confiez-les d’abord à un autre partenaire."),
                     .action = action,
                     .csrf = chrome.csrf,
                     .yes = "Mettre hors service",
                     .hidden = champs("non"),
                     .level = 3});
    });
}

} // namespace

std::string fiche_partenaire(const ui::Chrome& chrome, const FichePartenaire& f, const Message& message,
                             const Saisie& fiche, const Saisie& perimetre)
{
    const auto& p = f.partenaire;
    const auto en_erreur = [](const Saisie& s) { return s.erreurs && !s.erreurs->empty(); };
    return ui::page(chrome,
                    {.title = p.nom,
                     .error = en_erreur(fiche) || en_erreur(perimetre),
                     .breadcrumb = {{"Partenaires", ui::url("/administration/partenaires")}},
                     .width = ui::Width::Reading},
                    [&](ui::Html& h) {
                        ui::heading(h, {.title = p.nom,
                                        .above = f.nom_territoire,
                                        .lead = base::label_of(partenaire::types_partenaire, p.type),
                                        .badges = p.actif ? std::vector<ui::Markup>{}
                                                          : std::vector<ui::Markup>{ui::badge(
                                                                "Hors service", ui::BadgeTone::Warning)}});
                        montrer(h, message);
                        if (!f.nom_commune.empty()) h("<p>Commune : {} ({})</p>", f.nom_commune, p.insee);
                        if (!f.peut_gerer) {
                            std::string liste;
                            for (const auto c : p.competences)
                                liste += (liste.empty() ? "" : ", ") +
                                         std::string{base::label_of(partenaire::competences, c)};
                            ui::recap(h, {.rows = {{.label = "Compétences", .value = liste}}});
                        }
                        formulaire_de_la_fiche(h, chrome, f, fiche);
                        montrer_perimetre(h, chrome, f, perimetre);
                        montrer_comptes_du_partenaire(h, f);
                        montrer_service(h, chrome, f);
                    });
}

} // namespace compte::views
