// The screens of the mandates of help.
#include "demande/espace/views_aide.hpp"

#include "base/text.hpp"
#include "demande/jalons.hpp"
#include "demande/views.hpp"

namespace demande::espace::views {

namespace {
namespace aidants {

constexpr std::pair<std::string_view, std::string_view> faits[] = {
    {"donne",
     "Le mandat est donné. Un message part vers cette personne ; elle ne voit rien tant qu’elle ne l’a "
     "pas accepté."},
    {"retire", "Le mandat est retiré : cette personne ne voit plus rien, dès maintenant."},
    {"accepter", "Le mandat est accepté. Le demandeur est prévenu."},
    {"refuser", "Le mandat est refusé. Le demandeur est prévenu."},
    {"rendre", "Le mandat est rendu : vous ne voyez plus cette demande. Le demandeur est prévenu."},
};

void dire_le_fait(ui::Html& h, std::string_view fait)
{
    for (const auto& [slug, texte] : faits)
        if (slug == fait) ui::alert(h, {.tone = ui::Tone::Success, .text = texte, .announce = true});
}

ui::Markup badge(const Aide& a, Date jour)
{
    if (est_ouverte(a, jour))
        return a.etat == EtatAide::Accepte ? ui::badge("En cours", ui::BadgeTone::Success)
                                           : ui::badge("Attend sa réponse", ui::BadgeTone::Info);
    if (a.etat == EtatAide::Propose || a.etat == EtatAide::Accepte) return ui::badge("Fini");
    return ui::badge(base::label_of(etats_aide, a.etat));
}

std::string permis(const Pouvoirs& p)
{
    std::vector<std::string> out;
    for (const auto& row : pouvoirs)
        if (p.a(row.value)) {
            out.emplace_back(row.label);
            out.back().front() = static_cast<char>(out.back().front() - 'A' + 'a'); // plain letters all
        }
    return base::join(out, ", ");
}

void une_aide(ui::Html& h, const ui::Chrome& chrome, const Aides& v, const Aide& a)
{
    const auto qui = a.aidant_nom.empty() ? a.courriel : a.aidant_nom;
    ui::panel(
        h, qui,
        [&](ui::Html& p) {
            p("<p>{}</p><p>{}Peut : {}.<br>Jusqu’au {} inclus.{}</p>", badge(a, v.jour),
              a.aidant_nom.empty() ? ui::Markup{} : ui::markup("{}<br>", a.courriel), permis(a.pouvoirs),
              base::in_words(a.jusqu_au),
              a.sur_papier ? ui::markup("<br>Noté par un guichet, sur un papier signé.") : ui::Markup{});
            if (est_ouverte(a, v.jour))
                ui::action_button(p,
                                  v.au_guichet ? ui::url("/demandes/{}/aide/{}/retrait", v.de.id, a.id)
                                               : ui::url("/ma-demande/{}/aide/{}/retrait", v.de.id, a.id),
                                  chrome.csrf,
                                  {.label = "Retirer ce mandat",
                                   .importance = ui::Importance::Secondary,
                                   .title = "Retirer le mandat de " + qui},
                                  {{"cle", chrome.once}});
        },
        3);
}

void formulaire(ui::Html& h, const ui::Chrome& chrome, const Aides& v, const Saisie& s)
{
    if (!se_traitent_ici(v.de.ou)) return;
    h("<h2 class=\"fr-h4 fr-mt-4w\">Donner un mandat</h2>");
    if (!v.en_cours) {
        h("<p>Cette demande n’est pas en cours : on n’y donne plus de mandat.</p>");
        return;
    }
    ui::form(h,
             {.action = v.au_guichet ? ui::url("/demandes/{}/aide", v.de.id)
                                     : ui::url("/ma-demande/{}/aide", v.de.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs},
             [&](ui::Form& f) {
                 f.input({.name = "courriel",
                          .label = "Adresse électronique professionnelle de la personne qui aide",
                          .hint = "Celle de son travail : mairie, CCAS, association, service social",
                          .type = "email",
                          .autocomplete = "off"});
                 std::vector<ui::Option> options;
                 for (const auto& row : pouvoirs)
                     if (row.value != Pouvoir::Lire)
                         options.push_back({std::string{row.slug}, std::string{row.label}});
                 f.checkboxes({.name = "peut",
                               .legend = "Ce qu’elle pourra faire, en plus de lire la demande",
                               .options = std::move(options),
                               .optional = true});
                 f.date({.name = "jusqu_au",
                         .label = "Dernier jour du mandat",
                         .hint = "Dans un an au plus. Format attendu : JJ/MM/AAAA, par exemple 21/05/2027"});
                 if (v.au_guichet)
                     f.checkbox({.name = "papier",
                                 .label = "J’ai le mandat signé du demandeur, et vérifié son identité"});
                 f.submit("Donner ce mandat");
             });
}

} // namespace aidants
} // namespace

std::string aides(const ui::Chrome& chrome, const Aides& v, std::string_view fait, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = v.au_guichet ? "Aide par mandat" : "Me faire aider",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = v.au_guichet ? std::vector<ui::Link>{{"Demandes de logement", ui::url("/demandes")},
                                                            {"Demande " + v.de.numero,
                                                             ui::url("/demandes/{}", v.de.id)}}
                                    : v.de.fil(),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = v.au_guichet ? "Aide par mandat" : "Me faire aider",
                            .above = "Numéro unique " + v.de.numero,
                            .lead = "Une assistante sociale, un agent ou une association peut agir pour le "
                                    "demandeur, s’il lui donne mandat. Il choisit ce qu’elle peut faire et "
                                    "jusqu’à quand, et le retire quand il veut."});
            if (v.au_guichet)
                demande::views::dire_ailleurs(h, v.de.ou);
            else
                dire_ou_elle_est_suivie(h, v.de);
            aidants::dire_le_fait(h, fait);
            h("<ul><li>Avant d’accepter, cette personne ne voit que le prénom et l’initiale du nom.</li>"
              "<li>Tout ce qu’elle lit ou fait est écrit dans l’historique, à son nom.</li>"
              "<li>Elle ne peut ni arrêter la demande, ni répondre à une proposition de logement, ni changer "
              "l’adresse électronique.</li></ul>");
            if (!v.aides.empty()) h("<h2 class=\"fr-h4 fr-mt-4w\">Mandats donnés</h2>");
            for (const auto& a : v.aides) aidants::une_aide(h, chrome, v, a);
            aidants::formulaire(h, chrome, v, s);
        });
}

std::string aides_recues(const ui::Chrome& chrome, const AidesRecues& v, std::string_view fait)
{
    return ui::page(chrome, {.title = "Demandes que j’aide", .width = ui::Width::Reading}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Demandes que j’aide",
                        .lead = "Les mandats que des demandeurs de logement social vous ont donnés. "
                                "Ce que vous lisez et faites est noté, et le demandeur le voit."});
        aidants::dire_le_fait(h, fait);
        if (!v.peut_aider)
            ui::alert(h, {.tone = ui::Tone::Warning,
                          .title = "Votre compte n’est rattaché à aucun organisme",
                          .text = "Demandez à l’administrateur de votre organisme de vous y rattacher : "
                                  "sans cela, un mandat ne s’accepte pas.",
                          .level = 2});
        if (v.aides.empty()) h("<p>Aucun mandat pour le moment.</p>");
        for (const auto& r : v.aides)
            ui::panel(h, r.de, [&](ui::Html& p) {
                const auto jour = jour_legal(v.le, r.aide.territoire);
                p("<p>{}</p><p>Vous pouvez : {}.<br>Jusqu’au {} inclus.</p>", aidants::badge(r.aide, jour),
                  aidants::permis(r.aide.pouvoirs), base::in_words(r.aide.jusqu_au));
                if (!est_ouverte(r.aide, jour) || !v.peut_aider) return;
                const bool en_cours = r.aide.etat == EtatAide::Accepte;
                if (en_cours)
                    ui::buttons(p, {{.label = "Ouvrir cette demande",
                                     .url = ui::url("/aide/{}", r.aide.demande),
                                     .title = "Ouvrir la demande de " + r.de}});
                const auto repondre = [&](const char* choix, const char* libelle, ui::Importance i) {
                    ui::action_button(
                        p, ui::url("/mandats/{}/reponse", r.aide.id), chrome.csrf,
                        {.label = libelle, .importance = i, .title = std::string{libelle} + " : " + r.de},
                        {{"choix", choix}, {"cle", chrome.once}});
                };
                if (!en_cours) repondre("accepter", "Accepter ce mandat", ui::Importance::Primary);
                repondre(en_cours ? "rendre" : "refuser", en_cours ? "Rendre ce mandat" : "Refuser ce mandat",
                         ui::Importance::Secondary);
            });
    });
}

} // namespace demande::espace::views
