// Pages of the administration of territories.
#include "compte/views_territoires.hpp"

#include "base/text.hpp"

namespace compte::views {

namespace territoires_detail {

ui::Markup badge_de_phase(territoire::Phase phase)
{
    const auto label = base::label_of(territoire::phases, phase);
    switch (phase) {
    case territoire::Phase::Fermee:
        return ui::badge(label, ui::BadgeTone::None);
    case territoire::Phase::Professionnels:
        return ui::badge(label, ui::BadgeTone::Info);
    case territoire::Phase::Tous:
        return ui::badge(label, ui::BadgeTone::Success);
    }
    return {};
}

std::string_view effet_de_phase(territoire::Phase phase)
{
    switch (phase) {
    case territoire::Phase::Fermee:
        return "Personne ne peut déposer de signalement. Le formulaire renvoie vers le contact du comité, ou "
               "du territoire.";
    case territoire::Phase::Professionnels:
        return "Les mairies, les travailleurs sociaux et les autres professionnels déposent. Les "
               "particuliers sont "
               "renvoyés vers le contact du comité, ou du territoire.";
    case territoire::Phase::Tous:
        return "Tout le monde dépose : professionnels, locataires, propriétaires, proches et voisins.";
    }
    return {};
}

bool en_erreur(const Saisie& s)
{
    return s.erreurs && !s.erreurs->empty();
}

/// What was typed when the form was refused, else what is known.
ui::Values valeurs_du_contact(const territoire::Contact& c)
{
    return {{"telephone", base::format_phone(c.telephone)},
            {"email", c.email},
            {"texte", c.texte},
            {"horaires", c.horaires}};
}

/// The contact that a visitor reads depends on the commune: its committee's own, else the territory's.
void contacts_lus(ui::Html& h, const FicheTerritoire& fiche)
{
    const auto phrase = [&](const std::string& ou, const territoire::Contact& contact) {
        h("<p class=\"fr-callout__text\">{}{}</p>",
          ou.empty() ? ui::Markup{} : ui::markup("<strong>{}</strong> : ", ou),
          territoire::en_phrase(contact));
    };
    std::size_t avec_le_leur = 0;
    for (const auto& c : fiche.comites) {
        if (c.contact.empty()) continue;
        ++avec_le_leur;
        phrase(c.nom + (c.id == fiche.territoire.comite_par_defaut ? " (comité par défaut)" : ""), c.contact);
    }
    if (avec_le_leur == 0)
        phrase({}, fiche.territoire.contact);
    else if (avec_le_leur < fiche.comites.size())
        phrase("Ailleurs", fiche.territoire.contact);
    else
        h("<p class=\"fr-callout__text\">Chaque comité a son contact : celui du territoire n’est lu nulle "
          "part.</p>");
}

void champs_du_contact(ui::Form& f)
{
    f.input({.name = "texte",
             .label = "Qui répond",
             .hint = "Service ou organisme, par exemple : ADIL de la Seine-Maritime",
             .optional = true,
             .max_length = 200});
    f.input({.name = "telephone",
             .label = "Téléphone",
             .optional = true,
             .type = "tel",
             .inputmode = "tel",
             .width = 20});
    f.input({.name = "email", .label = "Adresse électronique", .optional = true, .type = "email"});
    f.input({.name = "horaires",
             .label = "Horaires",
             .hint = "Par exemple : du lundi au vendredi, de 9 h à 12 h",
             .optional = true,
             .max_length = 200});
}

ui::Url url_territoire(const std::string& code)
{
    return ui::url("/administration/territoires/{}", code);
}

} // namespace territoires_detail

namespace td = territoires_detail;

std::string territoires(const ui::Chrome& chrome, const ListeDesTerritoires& l, const Message& message,
                        const Saisie& ouverture)
{
    return ui::page(chrome, {.title = "Territoires", .error = td::en_erreur(ouverture)}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Territoires",
                        .lead = "Où le service est ouvert, à qui, et qui reçoit les signalements."});
        montrer(h, message);
        ui::Table table{.caption = "Territoires",
                        .caption_hidden = true,
                        .columns = {{.title = "Département"},
                                    {.title = "Ouverture"},
                                    {.title = "Comités", .number = true}},
                        .empty = "Aucun territoire n’est encore préparé."};
        for (const auto& ligne : l.lignes)
            table.rows.push_back({ui::link(ligne.territoire.nom + " (" + ligne.territoire.code + ")",
                                           td::url_territoire(ligne.territoire.code)),
                                  td::badge_de_phase(ligne.territoire.phase), std::to_string(ligne.comites)});
        ui::table(h, table);
        if (l.a_ouvrir.empty()) return;
        h("<h2>Préparer un autre département</h2>");
        ui::form(h,
                 {.action = ui::url("/administration/territoires"),
                  .csrf = chrome.csrf,
                  .errors = ouverture.erreurs,
                  .values = ouverture.valeurs},
                 [&](ui::Form& f) {
                     f.select({.name = "departement",
                               .label = "Département",
                               .hint = "Il sera fermé jusqu’à ce que vous l’ouvriez.",
                               .options = l.a_ouvrir});
                     f.submit({{.label = "Préparer ce territoire", .importance = ui::Importance::Secondary}});
                 });
    });
}

std::string territoire(const ui::Chrome& chrome, const FicheTerritoire& fiche, const Message& message,
                       const Saisie& contact, const Saisie& comite)
{
    const auto& t = fiche.territoire;
    return ui::page(
        chrome,
        {.title = t.nom,
         .error = td::en_erreur(contact) || td::en_erreur(comite),
         .breadcrumb = {{"Territoires", ui::url("/administration/territoires")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = t.nom, .above = "Département " + t.code, .badges = {td::badge_de_phase(t.phase)}});
            montrer(h, message);

            h("<h2>Ouverture</h2>");
            ui::form(h,
                     {.action = ui::url("/administration/territoires/{}/phase", t.code),
                      .csrf = chrome.csrf,
                      .id = "form-phase"},
                     [&](ui::Form& f) {
                         f.hidden("version", std::to_string(t.version));
                         std::vector<ui::Option> options;
                         for (const auto& p : territoire::phases)
                             options.push_back({std::string{p.slug}, p.label, td::effet_de_phase(p.value)});
                         f.radios({.name = "phase",
                                   .legend = "Qui peut déposer un signalement",
                                   .options = options,
                                   .value = std::string{base::slug_of(territoire::phases, t.phase)}});
                         f.submit(
                             {{.label = "Changer l’ouverture", .importance = ui::Importance::Secondary}});
                     });

            h("<h2>Contact montré aux déposants</h2>");
            const auto known = td::valeurs_du_contact(t.contact);
            ui::form(h,
                     {.action = ui::url("/administration/territoires/{}/contact", t.code),
                      .csrf = chrome.csrf,
                      .errors = contact.erreurs,
                      .values = contact.valeurs ? contact.valeurs : &known,
                      .id = "form-contact"},
                     [&](ui::Form& f) {
                         f.hidden("version", std::to_string(t.version));
                         td::champs_du_contact(f);
                         f.submit(
                             {{.label = "Enregistrer le contact", .importance = ui::Importance::Secondary}});
                     });
            ui::callout(h, {.title = "Ce que lit une personne qui ne peut pas déposer", .level = 3},
                        [&](ui::Html& c) { td::contacts_lus(c, fiche); });

            h("<h2>Comités</h2>");
            ui::Table table{.caption = "Comités de ce territoire",
                            .caption_hidden = true,
                            .columns = {{.title = "Comité"}, {.title = "Rôle"}},
                            .empty = "Aucun comité : les signalements n’arriveraient à personne."};
            for (const auto& c : fiche.comites)
                table.rows.push_back({ui::link(c.nom, ui::url("/administration/comites/{}", c.id)),
                                      c.id == t.comite_par_defaut
                                          ? ui::badge("Comité par défaut", ui::BadgeTone::Info)
                                          : ui::Markup{"Son périmètre"}});
            ui::table(h, table);
            ui::form(h,
                     {.action = ui::url("/administration/territoires/{}/comites", t.code),
                      .csrf = chrome.csrf,
                      .errors = comite.erreurs,
                      .values = comite.valeurs,
                      .id = "form-comite"},
                     [&](ui::Form& f) {
                         f.input({.name = "nom",
                                  .label = "Nom du nouveau comité",
                                  .hint = "Le premier comité devient le comité par défaut.",
                                  .max_length = 150});
                         f.submit({{.label = "Ajouter ce comité", .importance = ui::Importance::Secondary}});
                     });
        });
}

std::string confirmation_de_phase(const ui::Chrome& chrome, const territoire::Territoire& t,
                                  territoire::Phase voulue)
{
    const auto label = base::label_of(territoire::phases, voulue);
    return ui::page(chrome,
                    {.title = "Changer l’ouverture de " + t.nom,
                     .breadcrumb = {{"Territoires", ui::url("/administration/territoires")},
                                    {t.nom, td::url_territoire(t.code)}},
                     .width = ui::Width::Reading},
                    [&](ui::Html& h) {
                        ui::confirm(
                            h, {.title = t.nom + " : passer à « " + std::string{label} + " » ?",
                                .text = ui::markup(
                                    "<p>Aujourd’hui : {}</p><p>Ensuite : {}</p><p>Le formulaire de "
                                    "signalement change aussitôt. Les signalements déjà reçus restent "
                                    "et continuent d’être suivis.</p>",
                                    base::label_of(territoire::phases, t.phase), td::effet_de_phase(voulue)),
                                .action = ui::url("/administration/territoires/{}/phase", t.code),
                                .csrf = chrome.csrf,
                                .yes = "Confirmer le changement",
                                .no = td::url_territoire(t.code),
                                .hidden = {{"phase", std::string{base::slug_of(territoire::phases, voulue)}},
                                           {"version", std::to_string(t.version)},
                                           {"confirme", "oui"}}});
                    });
}

std::string comite(const ui::Chrome& chrome, const FicheComite& fiche, const Message& message,
                   const Saisie& saisie, const Saisie& perimetre)
{
    const auto& c = fiche.comite;
    return ui::page(
        chrome,
        {.title = c.nom,
         .error = td::en_erreur(saisie) || td::en_erreur(perimetre),
         .breadcrumb = {{"Territoires", ui::url("/administration/territoires")},
                        {fiche.territoire.nom, td::url_territoire(fiche.territoire.code)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = c.nom,
                            .above = fiche.territoire.nom,
                            .badges = fiche.par_defaut ? std::vector<ui::Markup>{ui::badge(
                                                             "Comité par défaut", ui::BadgeTone::Info)}
                                                       : std::vector<ui::Markup>{}});
            montrer(h, message);

            h("<h2>Nom et contact</h2>");
            auto known = td::valeurs_du_contact(c.contact);
            known.emplace_back("nom", c.nom);
            ui::form(h,
                     {.action = ui::url("/administration/comites/{}", c.id),
                      .csrf = chrome.csrf,
                      .errors = saisie.erreurs,
                      .values = saisie.valeurs ? saisie.valeurs : &known,
                      .id = "form-fiche"},
                     [&](ui::Form& f) {
                         f.hidden("version", std::to_string(c.version));
                         f.input({.name = "nom", .label = "Nom du comité", .max_length = 150});
                         td::champs_du_contact(f);
                         f.submit({{.label = "Enregistrer", .importance = ui::Importance::Secondary}});
                     });

            h("<h2>Périmètre</h2>");
            h("<p>{}</p>",
              fiche.par_defaut
                  ? std::string_view{"Ce comité reçoit les signalements de toutes les communes qui ne sont "
                                     "dans le périmètre d’aucun autre, en plus de celles-ci."}
                  : std::string_view{"Ce comité reçoit les signalements de ces communes. Une commune nommée "
                                     "seule l’emporte sur son intercommunalité."});
            ui::Table table{
                .caption = "Périmètre du comité",
                .caption_hidden = true,
                .columns = {{.title = "Nom"}, {.title = "Genre"}, {.title = "Retirer", .hidden = true}},
                .empty = "Aucune intercommunalité ni commune."};
            for (const auto& [ligne, nom] : fiche.perimetre) {
                ui::Html retrait;
                ui::action_button(
                    retrait, ui::url("/administration/comites/{}/perimetre/retrait", c.id), chrome.csrf,
                    {.label = "Retirer",
                     .importance = ui::Importance::Tertiary,
                     .small = true,
                     .title = "Retirer " + nom},
                    {{"genre", std::string{base::slug_of(territoire::genres_perimetre, ligne.genre)}},
                     {"code", ligne.code}});
                table.rows.push_back({nom, base::label_of(territoire::genres_perimetre, ligne.genre),
                                      std::move(retrait).markup()});
            }
            ui::table(h, table);

            ui::form(h,
                     {.action = ui::url("/administration/comites/{}/perimetre", c.id),
                      .csrf = chrome.csrf,
                      .errors = perimetre.erreurs,
                      .values = perimetre.valeurs,
                      .id = "form-perimetre"},
                     [&](ui::Form& f) {
                         f.group("Ajouter au périmètre", [&] {
                             f.select({.name = "epci",
                                       .label = "Une intercommunalité",
                                       .options = fiche.epcis,
                                       .optional = true,
                                       .empty_label = "Aucune"});
                             f.input({.name = "commune",
                                      .label = "Ou une commune",
                                      .hint = "Son nom, son code postal ou son code Insee",
                                      .optional = true,
                                      .max_length = 100});
                             if (!fiche.communes.empty())
                                 f.radios({.name = "insee",
                                           .legend = "Laquelle de ces communes",
                                           .options = fiche.communes,
                                           .optional = true});
                         });
                         f.submit({{.label = "Ajouter", .importance = ui::Importance::Secondary}});
                     });

            if (!fiche.par_defaut) {
                h("<h2>Comité par défaut</h2><p>Le comité par défaut reçoit ce qui n’est dans aucun "
                  "périmètre.</p>");
                ui::action_button(
                    h, ui::url("/administration/comites/{}/par-defaut", c.id), chrome.csrf,
                    {.label = "En faire le comité par défaut", .importance = ui::Importance::Secondary});
            }
        });
}

} // namespace compte::views
