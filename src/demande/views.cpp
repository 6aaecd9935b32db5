// The desk of a guichet and the page of a demande.
#include "demande/views.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/chiffres/views_plafonds.hpp"
#include "demande/cotation/views_cotation.hpp"
#include "demande/numero.hpp"
#include "demande/pieces.hpp"
#include "demande/questions.hpp"
#include "demande/views_reconnaissance.hpp"

namespace demande::views {

namespace {
namespace bureau {

constexpr std::pair<std::string_view, std::string_view> faits[] = {
    {"enregistrement", "La demande est enregistrée. Remettez l’attestation au demandeur."},
    {"attestation", "L’attestation est notée comme remise."},
    {"modification", "La situation est mise à jour. La version précédente est gardée."},
    {"separation",
     "La nouvelle demande est enregistrée et garde l’ancienneté. Complétez ce qui manque, et remettez "
     "l’attestation."},
    {"piece", "La pièce est reçue. Elle est à vérifier."},
    {"piece_remise", "La copie papier est notée. Elle est à numériser sous quinze jours."},
    {"piece_acceptee", "La pièce est acceptée."},
    {"piece_refusee", "La pièce est refusée. Le demandeur lira pourquoi."},
    {"inchangee", "Rien n’a changé : aucune version n’a été ajoutée."},
    {"renouvellement", "La demande est renouvelée. Remettez la nouvelle attestation au demandeur."},
    {"renouvellement_presente", "La demande est renouvelée. Sa nouvelle attestation part par courriel, ou "
                                "sera remise par le guichet qui l’a "
                                "enregistrée."},
    {"reactivation", "La demande est de nouveau active, avec son numéro et son ancienneté."},
    {"radiation", "La demande est radiée. Le motif est gardé dans l’historique."},
    {"avertissement", "L’avertissement est écrit. Sa lettre est prête dans les courriers du jour."},
    {"remise_d_avertissement", "La remise est notée. Le demandeur lit jusqu’à quand il peut répondre."},
    {"reponse_a_l_avertissement", "La réponse est notée. La radiation est arrêtée."},
    {"reunion", "Les deux demandes n’en font plus qu’une. Mettez-la à jour avec le demandeur."},
    {"reconnaissance", "La reconnaissance est notée. Le demandeur la lit dans son espace."},
    {"fin_de_reconnaissance", "La reconnaissance a pris fin. Le demandeur le lit dans son espace."},
    {"acces_ferme", "L’accès en ligne est fermé. Chacun est prévenu."},
    {"acces_ouvert", "L’accès en ligne est ouvert. Un message part vers l’adresse électronique donnée."},
    {"doublon", "C’est noté : ce sont deux personnes."},
    {"preavis", "Une nouvelle lettre de préavis est prête dans les courriers du jour."},
    {"guichet", "Le guichet est ouvert. Habilitez maintenant ses agents."},
    {"accueil", "L’accueil du public est à jour."},
    {"habilitation", "Cette personne peut maintenant agir pour le guichet."},
    {"retrait", "Cette personne n’agit plus pour le guichet."},
};

std::string numero_lisible(const std::string& numero)
{
    const auto n = lire_numero(numero);
    return n ? en_groupes(*n) : numero;
}

ui::Markup echeance_en_mots(Echeance e, const Jalons& j)
{
    switch (e) {
    case Echeance::EnCours:
    case Echeance::ARenouveler:
        return ui::markup("Jusqu’au {} inclus", base::in_words(j.fin_de_validite));
    case Echeance::Toleree:
        return ui::markup("Expirée, renouvelable jusqu’au {} inclus", base::in_words(j.fin_de_tolerance));
    case Echeance::Reactivable:
        return ui::markup("Expirée, peut être réactivée jusqu’au {} inclus",
                          base::in_words(j.fin_de_reactivation));
    case Echeance::Perdue:
        return "Expirée";
    }
    throw base::Bug{"échéance without words"};
}

void chercher_la_personne(ui::Html& h, const ui::Chrome& chrome, const Saisie& s)
{
    ui::form(h,
             {.action = ui::url("/demandes/personne"),
              .csrf = chrome.csrf,
              .errors = s.erreurs,
              .values = s.valeurs,
              .id = "personne"},
             [&](ui::Form& f) {
                 f.input({.name = "nom", .label = "Nom de naissance", .autocomplete = "off", .width = 40});
                 f.input({.name = "prenom",
                          .label = "Prénom",
                          .hint = "Sans lui, tous les noms proches de ce jour-là sont montrés",
                          .optional = true,
                          .autocomplete = "off",
                          .width = 40});
                 f.date({.name = "naissance_le", .label = "Date de naissance"});
                 f.submit({{.label = "Retrouver", .importance = ui::Importance::Secondary}});
             });
}

void montrer_attestations(ui::Html& h, const Accueil::Attente& a, Date aujourd_hui)
{
    ui::Table t{
        .caption = fmt::format("Attestations à remettre, {}", a.guichet.nom),
        .columns = {{.title = "Numéro unique"}, {.title = "Dépôt"}, {.title = "À remettre au plus tard le"}},
        .empty = "Toutes les attestations sont remises."};
    for (const auto& d : a.demandes) {
        const auto due =
            attestation_due(d.deposee_le, d.ancre, jour_legal(d.enregistree_le, a.guichet.territoire));
        t.rows.push_back(
            {ui::link(numero_lisible(d.numero), url_demande(d.id)), base::short_text(d.deposee_le),
             due < aujourd_hui
                 ? ui::markup("{} {}", base::short_text(due), ui::badge("En retard", ui::BadgeTone::Error))
                 : ui::Markup{base::short_text(due)}});
    }
    ui::table(h, t);
}

void montrer_copies(ui::Html& h, const Accueil& a)
{
    ui::Table t{
        .caption = "Copies à numériser",
        .columns = {{.title = "Pièce"}, {.title = "Demande"}, {.title = "À numériser au plus tard le"}},
        .empty = "Toutes les copies sont numérisées."};
    for (const auto& c : a.copies) {
        const auto due = numerisation_due(c.remise_le);
        t.rows.push_back({ui::link(libelle_de_piece(c.type), ui::url("/demandes/{}/pieces", c.demande)),
                          numero_lisible(c.numero),
                          due < a.aujourd_hui ? ui::markup("{} {}", base::short_text(due),
                                                           ui::badge("En retard", ui::BadgeTone::Error))
                                              : ui::Markup{base::short_text(due)}});
    }
    ui::table(h, t);
}

void montrer_a_verifier(ui::Html& h, const Accueil& a)
{
    if (a.a_verifier.empty()) return;
    h("<h2 class=\"fr-h4 fr-mt-4w\">Pièces déposées en ligne, à vérifier</h2>");
    ui::Table t{.caption = "Pièces à vérifier",
                .columns = {{.title = "Pièce"}, {.title = "Demande"}, {.title = "Déposée le"}}};
    for (const auto& p : a.a_verifier)
        t.rows.push_back({ui::link(libelle_de_piece(p.type), ui::url("/demandes/{}/pieces", p.demande)),
                          numero_lisible(p.numero), base::short_text(p.remise_le)});
    ui::table(h, t);
}

void montrer_reponses(ui::Html& h, const Fiche& f)
{
    const auto& r = f.demande.reponses;
    for (const auto& rubrique : rubriques())
        for (int ligne = 1; ligne <= rubrique.lignes; ++ligne) {
            if (!est_remplie(rubrique, ligne, r)) continue;
            ui::Recap recap{.title = rubrique.lignes > 1 ? fmt::format("{} {}", rubrique.nom_de_ligne, ligne)
                                                         : std::string{rubrique.titre},
                            .level = 3};
            for (const auto& q : rubrique.questions)
                if (const auto& texte = r.texte(champ(rubrique, ligne, q)); !texte.empty())
                    recap.rows.push_back({.label = q.libelle, .value = libelle_de_la_reponse(q, texte)});
            ui::recap(h, recap);
        }
}

void montrer_semblables(ui::Html& h, const ui::Chrome& chrome, const Fiche& f)
{
    if (f.semblables.empty()) return;
    ui::alert(h, {.tone = ui::Tone::Warning,
                  .title = "Cette personne a peut-être deux demandes",
                  .text = "Un fichier du système national en a amené une. Si c’est la même personne, le "
                          "gestionnaire les réunit : la plus ancienne est gardée, avec son ancienneté.",
                  .level = 2});
    ui::Table t{.caption = "Demandes qui ressemblent à celle-ci",
                .columns = {{.title = "Numéro unique"},
                            {.title = "Ressemblance"},
                            {.title = "Guichet"},
                            {.title = "Dépôt"},
                            {.title = "Après vérification"}}};
    for (const auto& d : f.semblables) {
        const auto n = lire_numero(d.numero);
        const auto numero = n ? en_groupes(*n) : d.numero;
        ui::Html bouton;
        ui::action_button(bouton, ui::url("/demandes/{}/doublons", f.demande.id), chrome.csrf,
                          {.label = "Ce sont deux personnes",
                           .importance = ui::Importance::Secondary,
                           .small = true,
                           .title = "Ce sont deux personnes : celle-ci et " + numero},
                          {{"autre", d.demande}});
        if (f.reunissable && d.lisible)
            ui::action_button(bouton, ui::url("/demandes/{}/reunion/apercu", f.demande.id), chrome.csrf,
                              {.label = "Les réunir…",
                               .importance = ui::Importance::Secondary,
                               .small = true,
                               .title = "Les réunir… : celle-ci et " + numero},
                              {{"autre", d.demande}});
        t.rows.push_back({d.lisible ? ui::link(numero, url_demande(d.demande)) : ui::Markup{numero},
                          base::label_of(ressemblances, d.ressemblance), d.guichet,
                          base::short_text(d.deposee_le), std::move(bouton).markup()});
    }
    ui::table(h, t);
}

} // namespace bureau
} // namespace

ui::Url url_demande(std::string_view id)
{
    return ui::url("/demandes/{}", id);
}

ui::Markup badge_etat(Etat e)
{
    const auto libelle = base::label_of(etats, e);
    switch (e) {
    case Etat::Active:
        return ui::badge(libelle, ui::BadgeTone::Success);
    case Etat::ARenouveler:
    case Etat::EnTolerance:
    case Etat::Invalidee:
        return ui::badge(libelle, ui::BadgeTone::Warning);
    case Etat::Deposee:
        return ui::badge(libelle, ui::BadgeTone::New);
    case Etat::Radiee:
    case Etat::Purgee:
    case Etat::Brouillon:
        return ui::badge(libelle);
    }
    throw base::Bug{"état without a badge"};
}

void montrer_fait(ui::Html& h, std::string_view fait)
{
    for (const auto& [cle, phrase] : bureau::faits)
        if (cle == fait) ui::alert(h, {.tone = ui::Tone::Success, .text = phrase, .announce = true});
}

std::string sans_guichet(const ui::Chrome& chrome)
{
    return ui::page(chrome, {.title = "Demandes de logement", .width = ui::Width::Reading}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Demandes de logement social"});
        ui::empty_state(
            h, {.title = "Vous n’êtes habilité pour aucun guichet",
                .text = "Les demandes ne s’ouvrent qu’aux agents désignés un par un. Si votre organisme "
                        "enregistre des demandes, demandez votre habilitation à la personne responsable du "
                        "territoire."});
    });
}

void dire_ailleurs(ui::Html& h, const Orientation& o, int niveau)
{
    if (o.gestion != Gestion::Ailleurs) return;
    ui::alert(h,
              {.tone = ui::Tone::Info,
               .title = "Les demandes de ce territoire sont suivies sur un autre site",
               .text = ui::markup("Ici, elles se lisent. Pour les enregistrer, les vérifier, les changer ou "
                                  "les renouveler : {}",
                                  ui::external_link(o.site.substr(std::string_view{"https://"}.size()),
                                                    ui::external(o.site))),
               .level = niveau});
}

std::string accueil(const ui::Chrome& chrome, const Accueil& a, const Saisie& s, std::string_view fait)
{
    return ui::page(
        chrome, {.title = "Demandes de logement", .error = s.erreurs && !s.erreurs->empty()},
        [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = "Demandes de logement social",
                 .lead =
                     "Enregistrer un formulaire papier, retrouver une demande, remettre les attestations."});
            montrer_fait(h, fait);
            for (const auto& o : a.ailleurs) dire_ailleurs(h, o);
            std::vector<ui::Button> vers = {
                {.label = "Enregistrer une demande", .url = ui::url("/demandes/nouvelle")},
                {.label = "Demandes déposées en ligne à vérifier",
                 .url = ui::url("/a-verifier"),
                 .importance = ui::Importance::Secondary},
                {.label = "Courriers et préavis",
                 .url = ui::url("/courriers"),
                 .importance = ui::Importance::Secondary},
                {.label = "Renouveler une demande d’un autre guichet",
                 .url = ui::url("/demandes/autre-guichet"),
                 .importance = ui::Importance::Secondary}};
            if (a.radie)
                vers.push_back({.label = "Radiations à prononcer",
                                .url = ui::url("/radiations"),
                                .importance = ui::Importance::Secondary});
            if (a.gestionnaire)
                vers.push_back({.label = "Échanges avec le système national",
                                .url = ui::url("/echanges"),
                                .importance = ui::Importance::Secondary});
            ui::buttons(h, vers);
            ui::form(h,
                     {.action = ui::url("/demandes/recherche"),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs,
                      .summary = false},
                     [&](ui::Form& f) {
                         f.input({.name = "numero",
                                  .label = "Ouvrir la demande de numéro unique",
                                  .hint = "18 caractères, par exemple 111 0318 016982 G1104",
                                  .autocomplete = "off",
                                  .width = 26});
                         f.submit({{.label = "Ouvrir", .importance = ui::Importance::Secondary}});
                     });
            ui::details(h, {.title = "Numéro inconnu : retrouver la personne"},
                        [&](ui::Html& d) { bureau::chercher_la_personne(d, chrome, {}); });
            h("<h2 class=\"fr-h4 fr-mt-4w\">Attestations à remettre</h2>"
              "<p>Une attestation est due dans le mois du dépôt (CCH, article R. 441-2-4).</p>");
            for (const auto& attente : a.attestations)
                bureau::montrer_attestations(h, attente, a.aujourd_hui);
            if (a.enregistre)
                h("<p>{}</p>", ui::link("Identité non numérisée\u00a0: les demandes sans copie de la pièce",
                                        ui::url("/identites")));
            h("<h2 class=\"fr-h4 fr-mt-4w\">Copies papier à numériser</h2>"
              "<p>Une copie remise au guichet se numérise sous quinze jours (CCH, article R. "
              "441-2-4-1).</p>");
            bureau::montrer_copies(h, a);
            bureau::montrer_a_verifier(h, a);
        });
}

std::string personnes(const ui::Chrome& chrome, const std::vector<store::Doublon>& trouvees, const Saisie& s)
{
    const bool refusee = s.erreurs && !s.erreurs->empty();
    return ui::page(
        chrome,
        {.title = "Retrouver une personne",
         .error = refusee,
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Retrouver une personne",
                            .lead = "Chaque demande montrée ici garde la trace de cette recherche."});
            if (!refusee) {
                ui::Table t{.caption = "Demandes qui peuvent être les siennes",
                            .columns = {{.title = "Numéro unique"},
                                        {.title = "Ressemblance"},
                                        {.title = "Guichet"},
                                        {.title = "Dépôt"}},
                            .empty = "Aucune demande ouverte à votre guichet ne porte ce nom et cette date."};
                for (const auto& d : trouvees)
                    t.rows.push_back({ui::link(bureau::numero_lisible(d.numero), url_demande(d.demande)),
                                      base::label_of(ressemblances, d.ressemblance), d.guichet,
                                      base::short_text(d.deposee_le) + (d.radiee ? ", radiée" : "")});
                ui::table(h, t);
                h("<h2 class=\"fr-h4 fr-mt-4w\">Chercher de nouveau</h2>");
            }
            bureau::chercher_la_personne(h, chrome, s);
        });
}

std::string fiche(const ui::Chrome& chrome, const Fiche& f, std::string_view fait)
{
    const auto& d = f.demande;
    return ui::page(
        chrome,
        {.title = "Demande " + f.numero, .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}}},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = f.numero,
                    .above = "Numéro unique",
                    .lead = d.reponses.texte("demandeur.prenom") + " " + d.reponses.texte("demandeur.nom"),
                    .badges = {badge_etat(d.etat)}});
            montrer_fait(h, fait);
            dire_ailleurs(h, f.ou);
            bureau::montrer_semblables(h, chrome, f);
            if (f.en_retard)
                ui::alert(h, {.tone = ui::Tone::Error,
                              .text = ui::markup("L’attestation devait être remise au plus tard le {}.",
                                                 base::in_words(f.attestation_due))});
            h("<div class=\"fr-mb-3w\">");
            const bool en_cours = est_en_cours(d.etat);
            const bool ici = se_traitent_ici(f.ou);
            std::vector<ui::Button> actions;
            if (en_cours)
                actions = {{.label = "Voir l’attestation", .url = ui::url("/demandes/{}/attestation", d.id)},
                           {.label = "Imprimer l’attestation (PDF)",
                            .url = ui::url("/demandes/{}/attestation.pdf", d.id),
                            .importance = ui::Importance::Secondary}};
            const auto vers = [&](std::string_view libelle, std::string_view ou) {
                actions.push_back({.label = std::string{libelle},
                                   .url = ui::url("/demandes/{}/{}", d.id, ou),
                                   .importance = ui::Importance::Secondary});
            };
            if (en_cours && ici) vers("Mettre à jour la situation", "situation");
            vers("Pièces", "pieces");
            vers("Priorités reconnues", "priorites");
            vers("Accès en ligne", "acces");
            vers("Aide par mandat", "aide");
            if (ici && transition(Action::Renouveler, d.etat)) vers("Renouveler", "renouvellement");
            if (ici && transition(Action::Reactiver, d.etat)) vers("Réactiver", "renouvellement");
            if (ici && f.revenable)
                actions.push_back({.label = "Revenir sur la radiation",
                                   .url = ui::url("/demandes/{}/radiation/retrait", d.id),
                                   .importance = ui::Importance::Secondary});
            if (ici && f.reunissable) vers("Réunir avec une autre demande", "reunion");
            if (ici && transition(Action::Radier, d.etat)) vers("Avertir avant radiation", "avertissements");
            if (ici && transition(Action::Radier, d.etat)) vers("Radier", "radiation");
            if (f.exportable) vers("Exporter pour le système national", "echange.xml");
            ui::buttons(h, actions);
            if (ici && (d.etat == Etat::ARenouveler || d.etat == Etat::EnTolerance))
                ui::action_button(h, ui::url("/demandes/{}/preavis", d.id), chrome.csrf,
                                  {.label = "Préparer une nouvelle lettre de préavis",
                                   .importance = ui::Importance::Tertiary});
            h("</div>");
            ui::Recap dates{.title = "Dates", .level = 2};
            dates.rows = {{.label = "Déposée le", .value = base::in_words(d.deposee_le)},
                          {.label = "Enregistrée par", .value = d.guichet},
                          {.label = "Saisie le", .value = base::in_words(d.enregistree_le, f.fuseau)}};
            if (en_cours) {
                dates.rows.push_back(
                    {.label = "Valable", .value = bureau::echeance_en_mots(f.echeance, f.jalons)});
                dates.rows.push_back(
                    {.label = "Attestation",
                     .value = d.attestation_le
                                  ? ui::markup("Remise le {}", base::in_words(*d.attestation_le, f.fuseau))
                                  : ui::markup("À remettre au plus tard le {}",
                                               base::in_words(f.attestation_due))});
            }
            if (f.bail) {
                dates.rows.push_back({.label = "Bail signé le", .value = base::in_words(f.bail->signe_le)});
                dates.rows.push_back({.label = "Logement attribué", .value = f.bail->logement});
            }
            ui::recap(h, dates);
            montrer_reconnues(h, f.reconnaissances, f.aujourd_hui);
            if (!f.a_completer.empty()) {
                h("<h2 class=\"fr-h4 fr-mt-4w\">Ce qui manque ou se contredit</h2>"
                  "<p>Rien de cela n’empêche la demande de vivre. Invitez le demandeur à compléter "
                  ":</p><ul>");
                for (const auto& m : f.a_completer) h("<li>{}</li>", m.message);
                h("</ul>");
            }
            chiffres::views::plafonds(h, f.estimation, f.noms_des_communes);
            cotation::views::cotations(h, f.cotations);
            h("<h2 class=\"fr-h4 fr-mt-4w\">Ce qui a été déclaré</h2><p>{}</p>",
              ui::link(fmt::format("Version {} : voir ce qui a changé", d.contenu_version),
                       ui::url("/demandes/{}/versions", d.id)));
            for (std::size_t i = 0; i < d.nirs.size(); ++i)
                if (!d.nirs[i].empty())
                    h("<p>Numéro de sécurité sociale {} : {}</p>",
                      i == 0 ? std::string{"du demandeur"} : fmt::format("du codemandeur {}", i), d.nirs[i]);
            bureau::montrer_reponses(h, f);
            h("<h2 class=\"fr-h4 fr-mt-4w\">Historique</h2>");
            std::vector<ui::TimelineItem> lignes;
            for (const auto& l : f.histoire)
                lignes.push_back({.when = base::in_words(l.le, f.fuseau),
                                  .when_iso = base::to_iso(l.le),
                                  .title = l.evenement,
                                  .author = l.par});
            ui::timeline(h, lignes);
        });
}

std::string page_attestation(const ui::Chrome& chrome, const Attestation& a, const std::string& demande,
                             bool remise)
{
    return ui::page(
        chrome,
        {.title = "Attestation",
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}, {"Demande", url_demande(demande)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = a.titre});
            for (const auto& p : a.parties) {
                h("<h2 class=\"fr-h5 fr-mt-3w\">{}</h2>", p.titre);
                for (const auto& texte : p.paragraphes) h("<p>{}</p>", texte);
                for (const auto& g : p.groupes) {
                    ui::Recap recap{.title = g.titre, .level = 3};
                    for (const auto& [question, reponse] : g.lignes)
                        recap.rows.push_back({question, reponse});
                    ui::recap(h, recap);
                }
                if (p.liste.empty()) continue;
                h("<ul>");
                for (const auto& ligne : p.liste) h("<li>{}</li>", ligne);
                h("</ul>");
            }
            ui::buttons(h, {{.label = "Imprimer l’attestation (PDF)",
                             .url = ui::url("/demandes/{}/attestation.pdf", demande),
                             .importance = ui::Importance::Secondary}});
            if (remise)
                h("<p>Cette attestation a été remise.</p>");
            else
                ui::action_button(h, ui::url("/demandes/{}/attestation", demande), chrome.csrf,
                                  {.label = "Noter qu’elle est remise au demandeur"});
        });
}

std::string guichets(const ui::Chrome& chrome, const Guichets& g, const Saisie& s, std::string_view fait)
{
    return ui::page(
        chrome, {.title = "Guichets", .error = s.erreurs && !s.erreurs->empty()}, [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = "Guichets de la demande de logement",
                 .lead = "Les services qui enregistrent des demandes, et les agents qui agissent pour eux."});
            montrer_fait(h, fait);
            for (const auto& l : g.guichets) {
                h("<h2 class=\"fr-h4 fr-mt-4w\">{} <span class=\"fr-text--sm\">({})</span></h2>",
                  l.guichet.nom, l.guichet.code);
                h("<p>{}</p>", ui::link("Accueil du public\u00a0: adresse et horaires de " + l.guichet.nom,
                                        ui::url("/administration/guichets/{}/accueil", l.guichet.code)));
                if (l.guichet.qualite != Qualite::SelonSonType)
                    h("<p>En qualité de\u00a0: {}</p>", base::label_of(qualites, l.guichet.qualite));
                ui::Table t{.caption = fmt::format("Agents de {}", l.guichet.nom),
                            .columns = {{.title = "Nom"},
                                        {.title = "Adresse électronique"},
                                        {.title = "Habilitation"}},
                            .empty = "Aucun compte confirmé dans cet organisme."};
                for (const auto& m : l.membres) {
                    ui::Html bouton;
                    ui::action_button(
                        bouton,
                        m.habilite ? ui::url("/administration/guichets/{}/retrait", l.guichet.code)
                                   : ui::url("/administration/guichets/{}/habilitation", l.guichet.code),
                        chrome.csrf,
                        {.label = m.habilite ? "Retirer" : "Habiliter",
                         .importance = m.habilite ? ui::Importance::Tertiary : ui::Importance::Secondary,
                         .small = true,
                         .title = (m.habilite ? "Retirer " : "Habiliter ") + m.nom},
                        {{"compte", m.compte}});
                    t.rows.push_back({m.nom, m.email, std::move(bouton).markup()});
                }
                ui::table(h, t);
            }
            if (g.partenaires.empty()) return;
            h("<h2 class=\"fr-h4 fr-mt-4w\">Ouvrir un guichet</h2>");
            ui::form(
                h,
                {.action = ui::url("/administration/guichets"),
                 .csrf = chrome.csrf,
                 .errors = s.erreurs,
                 .values = s.valeurs},
                [&](ui::Form& f) {
                    f.select({.name = "partenaire", .label = "Organisme", .options = g.partenaires});
                    std::vector<ui::Option> en_qualite_de;
                    for (const auto& q : qualites)
                        if (!q.slug.empty())
                            en_qualite_de.push_back({std::string{q.slug}, std::string{q.label}});
                    f.select({.name = "qualite",
                              .label = "En qualité de",
                              .hint = "Décide, avec le type de l’organisme, des demandes que lisent ses "
                                      "agents et de ce qu’ils peuvent faire",
                              .options = en_qualite_de,
                              .optional = true,
                              .empty_label = base::label_of(qualites, Qualite::SelonSonType).data()});
                    f.input(
                        {.name = "code",
                         .label = "Code du guichet",
                         .hint =
                             "Cinq lettres ou chiffres. Ils finissent les numéros uniques qu’il donne et ne "
                             "changent jamais",
                         .max_length = 5,
                         .width = 8});
                    f.submit("Ouvrir le guichet");
                });
        });
}

} // namespace demande::views
