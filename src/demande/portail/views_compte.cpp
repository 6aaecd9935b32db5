// The door of the applicant's side, the code, and their own page: values to HTML.
#include "demande/numero.hpp"
#include "demande/portail/views.hpp"

namespace demande::portail::views {

namespace {
namespace porte {

bool refusee(const Saisie& s)
{
    return s.erreurs && !s.erreurs->empty();
}

std::string numero_en_groupes(const std::string& numero)
{
    const auto n = lire_numero(numero);
    return n ? en_groupes(*n) : numero;
}

ui::BadgeTone ton(Etat etat)
{
    switch (etat) {
    case Etat::Active:
        return ui::BadgeTone::Success;
    case Etat::Deposee:
    case Etat::Brouillon:
        return ui::BadgeTone::Info;
    case Etat::ARenouveler:
    case Etat::EnTolerance:
    case Etat::Invalidee:
        return ui::BadgeTone::Warning;
    case Etat::Radiee:
    case Etat::Purgee:
        return ui::BadgeTone::None;
    }
    return ui::BadgeTone::None;
}

/// False while its territory is here.
bool dire_le_site(ui::Html& h, const MaDemande& m, std::string_view territoire)
{
    const auto site = m.sites.find(territoire);
    if (site == m.sites.end()) return false;
    h("<p>Suivie maintenant sur un autre site : {}</p>",
      ui::external_link(site->second.substr(std::string_view{"https://"}.size()),
                        ui::external(site->second)));
    return true;
}

void montrer_en_ligne(ui::Html& h, const MaDemande& m, const MaDemande::EnLigne& e)
{
    const auto ici = ui::url("/nouvelle-demande/{}", e.sienne.resume.id);
    ui::panel(h, "Nouvelle demande " + laquelle(e) + ", " + e.territoire, [&](ui::Html& h) {
        h("<p>{}</p>", ui::badge(base::label_of(etats, e.sienne.resume.etat), ton(e.sienne.resume.etat)));
        if (dire_le_site(h, m, e.sienne.resume.territoire)) {
            h("<p class=\"fr-mb-0\">{}</p>", ui::link("Lire ce que j’avais écrit", ici));
            return;
        }
        if (e.sienne.resume.motif)
            h("<p>{}. La date de votre premier dépôt est gardée si la demande reste celle de la même "
              "personne.</p>",
              base::label_of(motifs_invalidation, *e.sienne.resume.motif));
        if (e.sienne.resume.motif && e.sienne.resume.renvoyee_le)
            h("<p>Gardée jusqu’au <strong>{}</strong> : ensuite elle est effacée, avec sa date de dépôt.</p>",
              base::in_words(gardee_jusqu_au(*e.sienne.resume.renvoyee_le, e.sienne.resume.territoire)));
        if (e.sienne.resume.etat == Etat::Deposee) {
            if (e.sienne.resume.deposee_le)
                h("<p>Déposée le {}.</p>", base::in_words(*e.sienne.resume.deposee_le));
            h("<p>Un guichet la vérifie, d’ordinaire avant le {}.</p>", base::in_words(e.avant));
            h("<p class=\"fr-mb-0\">{}</p>", ui::link("Voir où elle en est", ici));
            return;
        }
        // Two people of the same first name.
        if (!e.sienne.prenom.empty()) h("<p>Commencée le {}.</p>", base::in_words(e.commencee));
        const std::string libelle = e.sienne.resume.motif ? "Corriger et déposer de nouveau" : "Reprendre";
        ui::buttons(h, {{.label = libelle, .url = ici, .title = libelle + " la demande " + laquelle(e)}});
    });
}

} // namespace porte
} // namespace

std::string laquelle(const MaDemande::EnLigne& e)
{
    return e.sienne.prenom.empty() ? "commencée le " + base::in_words(e.commencee)
                                   : "pour " + e.sienne.prenom;
}

std::string demander(const ui::Chrome& chrome)
{
    return ui::page(
        chrome, {.title = "Demander un logement social", .width = ui::Width::Reading, .indexed = true},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Demander un logement social",
                         .lead = "En ligne et gratuit. Comptez une demi-heure, en une ou plusieurs fois : ce "
                                 "que vous écrivez est gardé à chaque étape."});
            ui::buttons(h, {{.label = "Commencer une demande", .url = ui::url("/demander/commune")},
                            {.label = "Reprendre ou suivre ma demande",
                             .url = ui::url("/demander/connexion"),
                             .importance = ui::Importance::Secondary}});
            h("<h2 class=\"fr-h3 fr-mt-4w\">Ce qu’il vous faut</h2>");
            h("<ul><li>une adresse électronique que vous pouvez ouvrir tout de suite ;</li>"
              "<li>une photo ou un PDF de votre pièce d’identité, même périmée, ou de votre titre de séjour "
              ": c’est la seule pièce obligatoire ;</li>"
              "<li>si vous les avez : votre avis d’impôt, votre numéro de sécurité sociale.</li></ul>");
            h("<p>Il vous manque quelque chose ? Déposez quand même : vous compléterez plus tard.</p>");
            h("<h2 class=\"fr-h3\">Comment cela se passe</h2>");
            ui::steps(h, "Les étapes d’une demande",
                      {{.title = "Vous dites où et avec qui vous voulez vivre",
                        .state = ui::StepState::Plain,
                        .detail = "Huit communes au plus, dans un même département ou en Île-de-France."},
                       {.title = "Vous déposez la demande avec votre pièce d’identité",
                        .state = ui::StepState::Plain,
                        .detail = "Votre ancienneté compte à partir de ce jour."},
                       {.title = "Un guichet vérifie la pièce d’identité",
                        .state = ui::StepState::Plain,
                        .detail = "Cinq jours ouvrés d’ordinaire, un mois au plus."},
                       {.title = "Vous recevez votre numéro unique et votre attestation",
                        .state = ui::StepState::Plain,
                        .detail = "La demande vaut un an. Vous la renouvelez chaque année."}});
            h("<p>Vous avez déjà un numéro unique ? {}</p>",
              ui::link("Trouver le site qui garde votre demande", ui::url("/demander/ou-est-ma-demande")));
            h("<p>Vous préférez le papier ou une aide ? N’importe quel guichet enregistre aussi les demandes "
              ": mairie, bailleur social, Action Logement. {}</p>",
              ui::link("Trouver un guichet", ui::url("/demander/guichets")));
        });
}

std::string connexion(const ui::Chrome& chrome, const std::string& retour, const Saisie& s,
                      std::string_view etat)
{
    return ui::page(
        chrome,
        {.title = "Votre adresse électronique",
         .error = porte::refusee(s),
         .breadcrumb = {{"Demander un logement social", ui::url("/demander")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Votre adresse électronique",
                            .lead = "Nous y envoyons un code à usage unique. Il n’y a pas de mot de passe à "
                                    "retenir."});
            if (etat == "deconnecte")
                ui::alert(h, {.tone = ui::Tone::Info, .text = "Vous êtes déconnecté.", .announce = true});
            if (etat == "perime")
                ui::alert(h,
                          {.tone = ui::Tone::Warning,
                           .title = "Ce code ne marche plus",
                           .text = "Son quart d’heure est passé, il a déjà servi, ou il a été mal tapé cinq "
                                   "fois. Demandez-en un autre.",
                           .announce = true});
            ui::form(h,
                     {.action = ui::url("/demander/connexion"),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.input({.name = "courriel",
                                  .label = "Adresse électronique",
                                  .hint = "Une adresse à vous, par exemple prenom.nom@exemple.fr",
                                  .type = "email",
                                  .autocomplete = "email"});
                         if (!retour.empty()) f.hidden("retour", retour);
                         f.submit("Recevoir un code");
                     });
        });
}

void champ_du_code(ui::Form& f, std::string_view duree)
{
    std::string aide = "Huit chiffres, par exemple 1234 5678";
    if (!duree.empty()) aide.append(". ").append(duree);
    f.input({.name = "code",
             .label = "Code",
             .hint = aide,
             .autocomplete = "one-time-code",
             .inputmode = "numeric",
             .width = 10});
}

std::string code(const ui::Chrome& chrome, const std::string& retour, const Saisie& s, bool demonstration)
{
    return ui::page(
        chrome,
        {.title = "Le code reçu",
         .error = porte::refusee(s),
         .breadcrumb = {{"Demander un logement social", ui::url("/demander")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Le code reçu",
                         .lead = "Un message vient de partir à l’adresse que vous avez donnée. Le code qu’il "
                                 "contient est valable un quart d’heure."});
            if (demonstration)
                ui::alert(h, {.tone = ui::Tone::Info,
                              .title = "Démonstration",
                              .text = ui::markup("Aucun message ne part d’ici : le code est toujours {}.",
                                                 code_en_groupes(code_de_demonstration)),
                              .level = 2});
            ui::form(h,
                     {.action = ui::url("/demander/code"),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         champ_du_code(f);
                         if (!retour.empty()) f.hidden("retour", retour);
                         f.submit("Continuer");
                     });
            h("<p class=\"fr-mt-3w\">Rien n’arrive ? Regardez dans les courriers indésirables, puis {}.</p>",
              ui::link("demandez un autre code", ui::url("/demander/connexion")));
            ui::details(h, {.title = "Je n’ouvre plus cette boîte"}, [](ui::Html& d) {
                d("<p>Un brouillon ne s’ouvre qu’avec elle : recommencez avec une autre adresse. Une demande "
                  "déposée "
                  "ou enregistrée n’est pas perdue : allez avec votre pièce d’identité dans un guichet de "
                  "son "
                  "territoire, qui vous ouvre l’accès avec une autre adresse.</p><p>{}</p>",
                  ui::link("Chercher par commune", ui::url("/demander/commune")));
            });
        });
}

std::string adresse_du_compte(const ui::Chrome& chrome, const std::string& actuelle, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Changer d’adresse électronique",
         .error = porte::refusee(s),
         .breadcrumb = {{"Ma demande", ui::url("/ma-demande")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Changer d’adresse électronique",
                    .lead = "C’est l’adresse avec laquelle vous entrez dans votre compte. Nous envoyons un "
                            "code à la nouvelle."});
            h("<p>Adresse actuelle : <strong>{}</strong></p>", actuelle);
            ui::form(h,
                     {.action = ui::url("/ma-demande/compte"),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.input({.name = "courriel",
                                  .label = "Nouvelle adresse électronique",
                                  .type = "email",
                                  .autocomplete = "email"});
                         f.submit("Recevoir un code");
                     });
            h("<h2 class=\"fr-h4 fr-mt-4w\">Mes autres appareils</h2><p>Un téléphone perdu, un ordinateur "
              "partagé ? "
              "Cet appareil-ci reste connecté.</p>");
            ui::action_button(
                h, ui::url("/ma-demande/compte/sessions"), chrome.csrf,
                {.label = "Déconnecter mes autres appareils", .importance = ui::Importance::Secondary});
        });
}

std::string code_du_compte(const ui::Chrome& chrome, const Saisie& s, bool demonstration)
{
    return ui::page(
        chrome,
        {.title = "Le code reçu à la nouvelle adresse",
         .error = porte::refusee(s),
         .breadcrumb = {{"Ma demande", ui::url("/ma-demande")},
                        {"Changer d’adresse électronique", ui::url("/ma-demande/compte")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = "Le code reçu à la nouvelle adresse",
                 .lead = "Il est valable un quart d’heure. L’ancienne adresse sera prévenue, et vos autres "
                         "appareils déconnectés."});
            if (demonstration)
                ui::alert(h, {.tone = ui::Tone::Info,
                              .title = "Démonstration",
                              .text = ui::markup("Aucun message ne part d’ici : le code est toujours {}.",
                                                 code_en_groupes(code_de_demonstration)),
                              .level = 2});
            ui::form(h,
                     {.action = ui::url("/ma-demande/compte/code"),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         champ_du_code(f);
                         f.submit("Changer d’adresse");
                     });
        });
}

std::string ma_demande(const ui::Chrome& chrome, const MaDemande& m, std::string_view fait)
{
    return ui::page(
        chrome, {.title = "Ma demande de logement social", .width = ui::Width::Reading}, [&](ui::Html& h) {
            ui::heading(h, {.title = "Ma demande de logement social"});
            if (fait == "garde")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "Tout est gardé. Reprenez quand vous voulez.",
                              .announce = true});
            if (fait == "sessions")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "Vos autres appareils sont déconnectés. Celui-ci reste connecté.",
                              .announce = true});
            if (fait == "depart")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "Vous ne signez plus cette demande. Elle continue pour les autres.",
                              .announce = true});
            if (fait == "compte")
                ui::alert(h,
                          {.tone = ui::Tone::Success,
                           .text = "Vous entrez désormais dans ce compte avec cette adresse. Si vos demandes "
                                   "portent l’ancienne, changez-la aussi dans « Mes coordonnées ».",
                           .announce = true});
            if (fait == "abandon")
                ui::alert(h, {.tone = ui::Tone::Success, .text = "Tout est effacé.", .announce = true});
            if (m.demandes.empty() && m.en_ligne.empty())
                ui::empty_state(h, {.title = "Aucune demande pour le moment",
                                    .text = "Ce compte n’a encore aucune demande de logement social.",
                                    .actions = {{.label = "Commencer une demande",
                                                 .url = ui::url("/demander/commune")}}});
            for (const auto& e : m.en_ligne) porte::montrer_en_ligne(h, m, e);
            for (const auto& d : m.demandes)
                ui::panel(h, porte::numero_en_groupes(d.numero), [&](ui::Html& h) {
                    h("<p>{}</p>", ui::badge(base::label_of(etats, d.etat), porte::ton(d.etat)));
                    porte::dire_le_site(h, m, d.territoire);
                    h("<p>Déposée le {}.</p><p class=\"fr-mb-0\">{}</p>", base::in_words(d.deposee_le),
                      ui::link("Ouvrir cette demande", ui::url("/ma-demande/{}", d.id)));
                });
            h("<p class=\"fr-mt-4w\">{}</p>", ui::link("J’ai déjà une demande, enregistrée par un guichet",
                                                       ui::url("/ma-demande/rattacher")));
            if (!m.demandes.empty() || !m.en_ligne.empty())
                h("<p>{}</p>", ui::link("Commencer une autre demande, pour quelqu’un d’autre ou ailleurs",
                                        ui::url("/demander/commune")));
            h("<p class=\"fr-text--sm fr-mt-4w\">Vous êtes connecté avec l’adresse {}. {}</p>", m.courriel,
              ui::link("Changer d’adresse, ou déconnecter mes autres appareils",
                       ui::url("/ma-demande/compte")));
        });
}

} // namespace demande::portail::views
