// Logging in, links sent by e-mail, one's own account: values to HTML.
#include "compte/views.hpp"

#include "compte/regles.hpp"

namespace compte::views {
namespace {

/// What a password must be, said before it is chosen.
constexpr const char* conseil_mot_de_passe =
    "12 caractères au moins. Une suite de quatre ou cinq mots est facile à retenir et difficile à deviner.";

void champs_nouveau_mot_de_passe(ui::Form& f)
{
    f.input({.name = "mot_de_passe",
             .label = "Nouveau mot de passe",
             .hint = conseil_mot_de_passe,
             .type = "password",
             .autocomplete = "new-password"});
    f.input({.name = "confirmation",
             .label = "Le même mot de passe, une seconde fois",
             .type = "password",
             .autocomplete = "new-password"});
}

/// For an account opened by a report: what was typed there is only a proposal.
void champs_de_l_identite(ui::Form& f)
{
    f.input({.name = "prenom",
             .label = "Prénom",
             .hint = "Repris du signalement : corrigez-le s’il n’est pas juste",
             .autocomplete = "given-name",
             .max_length = static_cast<int>(nom_max)});
    f.input({.name = "nom",
             .label = "Nom",
             .autocomplete = "family-name",
             .max_length = static_cast<int>(nom_max)});
}

/// Password managers tie the password to the address they see in the form.
void adresse_pour_le_gestionnaire(ui::Form& f, const std::string& email)
{
    f.h("<p class=\"fr-mb-3w\">Adresse électronique : <strong>{}</strong></p>", email);
    f.h("<input type=\"email\" name=\"email\" value=\"{}\" autocomplete=\"username\" aria-label=\"Adresse "
        "électronique\" readonly hidden>",
        email);
}

} // namespace

std::string connexion(const ui::Chrome& chrome, const std::string& retour, const Message& message,
                      const Saisie& saisie)
{
    const bool erreur = saisie.erreurs && !saisie.erreurs->empty();
    return ui::page(
        chrome, {.title = "Connexion", .error = erreur, .width = ui::Width::Reading}, [&](ui::Html& h) {
            ui::heading(h, {.title = "Connexion à l’espace des agents",
                            .lead = "Réservé aux services qui traitent les signalements. Pour signaler un "
                                    "logement ou suivre "
                                    "votre signalement, vous n’avez pas besoin de compte."});
            montrer(h, message);
            ui::form(h,
                     {.action = ui::url("/connexion"),
                      .csrf = chrome.csrf,
                      .errors = saisie.erreurs,
                      .values = saisie.valeurs,
                      .id = "formulaire-connexion"},
                     [&](ui::Form& f) {
                         f.input(
                             {.name = "email",
                              .label = "Adresse électronique",
                              .hint = "Votre adresse professionnelle, par exemple prenom.nom@commune.example",
                              .type = "email",
                              .autocomplete = "username"});
                         f.input({.name = "mot_de_passe",
                                  .label = "Mot de passe",
                                  .type = "password",
                                  .autocomplete = "current-password"});
                         if (!retour.empty()) f.hidden("retour", retour);
                         f.submit("Se connecter");
                     });
            h("<p class=\"fr-mt-3w\">{}</p>",
              ui::link("Mot de passe oublié ou accès pas encore activé ?", ui::url("/mot-de-passe-oublie")));
        });
}

std::string oubli(const ui::Chrome& chrome, const Saisie& saisie)
{
    const bool erreur = saisie.erreurs && !saisie.erreurs->empty();
    return ui::page(
        chrome,
        {.title = "Mot de passe oublié",
         .error = erreur,
         .breadcrumb = {{"Connexion", ui::url("/connexion")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Mot de passe oublié",
                            .lead = "Nous vous envoyons un lien pour en choisir un autre. Si votre accès "
                                    "n’est pas encore activé, vous recevrez un nouveau lien d’activation."});
            ui::form(h,
                     {.action = ui::url("/mot-de-passe-oublie"),
                      .csrf = chrome.csrf,
                      .errors = saisie.erreurs,
                      .values = saisie.valeurs},
                     [&](ui::Form& f) {
                         f.input({.name = "email",
                                  .label = "Adresse électronique",
                                  .type = "email",
                                  .autocomplete = "username"});
                         f.submit("Recevoir un lien");
                     });
        });
}

std::string oubli_envoye(const ui::Chrome& chrome)
{
    return ui::page(
        chrome,
        {.title = "Consultez vos messages",
         .breadcrumb = {{"Connexion", ui::url("/connexion")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Consultez vos messages"});
            ui::alert(h, {.tone = ui::Tone::Info,
                          .title = "Demande prise en compte",
                          .text = "Si cette adresse correspond à un accès, un message vient de lui être "
                                  "envoyé. Le lien qu’il contient est valable une heure.",
                          .announce = true});
            h("<p>Rien n’arrive ? Regardez dans les courriers indésirables, vérifiez l’adresse, puis "
              "demandez "
              "à la personne qui administre les accès de votre organisme.</p>");
            h("<p>{}</p>", ui::link("Revenir à la connexion", ui::url("/connexion")));
        });
}

std::string choix_mot_de_passe(const ui::Chrome& chrome, const ChoixMotDePasse& choix, const Saisie& saisie)
{
    const bool erreur = saisie.erreurs && !saisie.erreurs->empty();
    return ui::page(chrome, {.title = choix.titre, .error = erreur, .width = ui::Width::Reading},
                    [&](ui::Html& h) {
                        ui::heading(h, {.title = choix.titre, .lead = choix.introduction});
                        ui::form(h,
                                 {.action = choix.action,
                                  .csrf = chrome.csrf,
                                  .errors = saisie.erreurs,
                                  .values = saisie.valeurs},
                                 [&](ui::Form& f) {
                                     adresse_pour_le_gestionnaire(f, choix.email);
                                     if (choix.nom_demande) champs_de_l_identite(f);
                                     champs_nouveau_mot_de_passe(f);
                                     f.submit(choix.bouton);
                                 });
                    });
}

std::string lien_perime(const ui::Chrome& chrome, const ui::Url& renvoi, bool renvoye)
{
    return ui::page(chrome, {.title = "Lien expiré", .width = ui::Width::Reading}, [&](ui::Html& h) {
        ui::heading(h, {.title = renvoye ? "Consultez vos messages" : "Ce lien ne fonctionne plus"});
        if (renvoye) {
            ui::alert(
                h, {.tone = ui::Tone::Info,
                    .title = "Demande prise en compte",
                    .text = "Si l’accès attend toujours d’être activé, un nouveau lien vient de partir à son "
                            "adresse.",
                    .announce = true});
            return;
        }
        h("<p>Il a déjà servi, il a été remplacé par un plus récent, ou sa durée est passée.</p>");
        if (!renvoi.empty())
            ui::action_button(h, renvoi, chrome.csrf, {.label = "Recevoir un nouveau lien"});
        else
            ui::buttons(h, {{.label = "Demander un autre lien", .url = ui::url("/mot-de-passe-oublie")}});
        h("<p class=\"fr-mt-3w\">{}</p>",
          ui::link("Se connecter avec un mot de passe déjà choisi", ui::url("/connexion")));
    });
}

namespace {

void montrer_roles(ui::Html& h, const std::vector<RoleAffiche>& roles)
{
    h("<h2 class=\"fr-h4 fr-mt-4w\">Mes rôles</h2>");
    if (roles.empty()) {
        h("<p>Aucun rôle pour le moment. La personne qui administre les accès de votre organisme peut vous "
          "en donner "
          "un.</p>");
        return;
    }
    h("<ul>");
    for (const auto& r : roles)
        h("<li>{}{}{}</li>", r.role, r.lieu.empty() ? "" : ", " + r.lieu,
          r.confirme ? ui::Markup{} : ui::markup(" {}", ui::badge("À confirmer", ui::BadgeTone::Info)));
    h("</ul>");
}

void montrer_sessions(ui::Html& h, const ui::Chrome& chrome, const MonCompte& m)
{
    h("<h2 class=\"fr-h4 fr-mt-4w\">Mes connexions en cours</h2>");
    ui::Table table{.caption = "Appareils connectés à mon compte",
                    .caption_hidden = true,
                    .columns = {{.title = "Appareil"},
                                {.title = "Connecté depuis"},
                                {.title = "Dernière activité"},
                                {.title = "Fermer", .hidden = true}}};
    for (const auto& s : m.sessions) {
        const bool celle_ci = s.jeton_hash == m.session_actuelle;
        const auto appareil = s.appareil.empty() ? std::string{"Appareil inconnu"} : s.appareil;
        table.rows.push_back(
            {celle_ci ? ui::markup("{} {}", appareil, ui::badge("Cet appareil", ui::BadgeTone::Success))
                      : ui::Markup{appareil},
             base::in_words(s.cree_le, m.fuseau), base::in_words(s.vu_le, m.fuseau),
             celle_ci ? ui::Markup{} : ui::markup([&](ui::Html& c) {
                 ui::action_button(c, ui::url("/mon-compte/sessions/fermeture"), chrome.csrf,
                                   {.label = "Déconnecter",
                                    .importance = ui::Importance::Tertiary,
                                    .small = true,
                                    .title = "Déconnecter " + appareil + ", depuis le " +
                                             base::in_words(s.cree_le, m.fuseau)},
                                   {{"session", s.jeton_hash}});
             })});
    }
    ui::table(h, table);
    if (m.sessions.size() > 1)
        ui::action_button(
            h, ui::url("/mon-compte/sessions/fermeture"), chrome.csrf,
            {.label = "Déconnecter tous les autres appareils", .importance = ui::Importance::Secondary},
            {{"session", "autres"}});
}

} // namespace

std::string mon_compte(const ui::Chrome& chrome, const MonCompte& m, const Message& message,
                       const Saisie& identite, const Saisie& mot_de_passe)
{
    const auto en_erreur = [](const Saisie& s) { return s.erreurs && !s.erreurs->empty(); };
    return ui::page(
        chrome,
        {.title = "Mon compte",
         .error = en_erreur(identite) || en_erreur(mot_de_passe),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Mon compte", .lead = nom_complet(m.compte) + ", " + m.compte.email});
            montrer(h, message);
            montrer_roles(h, m.roles);

            h("<h2 class=\"fr-h4 fr-mt-4w\">Mon nom</h2>");
            const ui::Values connues{{"prenom", m.compte.prenom}, {"nom", m.compte.nom}};
            ui::form(h,
                     {.action = ui::url("/mon-compte/identite"),
                      .csrf = chrome.csrf,
                      .errors = identite.erreurs,
                      .values = identite.valeurs ? identite.valeurs : &connues,
                      .id = "identite"},
                     [&](ui::Form& f) {
                         f.input({.name = "prenom",
                                  .label = "Prénom",
                                  .autocomplete = "given-name",
                                  .max_length = static_cast<int>(nom_max)});
                         f.input({.name = "nom",
                                  .label = "Nom",
                                  .autocomplete = "family-name",
                                  .max_length = static_cast<int>(nom_max)});
                         f.submit(
                             {{.label = "Enregistrer mon nom", .importance = ui::Importance::Secondary}});
                     });

            h("<h2 class=\"fr-h4 fr-mt-4w\">Changer mon mot de passe</h2>");
            ui::form(h,
                     {.action = ui::url("/mon-compte/mot-de-passe"),
                      .csrf = chrome.csrf,
                      .errors = mot_de_passe.erreurs,
                      .id = "mot-de-passe"},
                     [&](ui::Form& f) {
                         f.h("<input type=\"email\" name=\"email\" value=\"{}\" autocomplete=\"username\" "
                             "aria-label=\"Adresse électronique\" "
                             "readonly hidden>",
                             m.compte.email);
                         f.input({.name = "actuel",
                                  .label = "Mot de passe actuel",
                                  .type = "password",
                                  .autocomplete = "current-password"});
                         champs_nouveau_mot_de_passe(f);
                         f.submit({{.label = "Changer mon mot de passe",
                                    .importance = ui::Importance::Secondary}});
                     });
            montrer_sessions(h, chrome, m);
        });
}

} // namespace compte::views
