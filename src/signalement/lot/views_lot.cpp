// See views_lot.hpp.
#include "signalement/lot/views_lot.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace signalement::lot::views {

namespace {
namespace ecran {

using signalement::views::url_fiche;
using signalement::views::url_liste;

std::string nombre(std::size_t n)
{
    return base::count(static_cast<long long>(n), "signalement", "signalements");
}

std::vector<ui::Link> chemin(bool dans_la_selection)
{
    std::vector<ui::Link> out = {{"Signalements", url_liste()}};
    if (dans_la_selection) out.push_back({"Signalements choisis", url_selection()});
    return out;
}

/// « Confier à l’ARS Normandie et au CCAS de Rouen »: what is asked of all of them.
void rappeler(ui::Html& h, const Consigne& c, const std::vector<std::string>& partenaires)
{
    std::vector<ui::RecapRow> rows = {{"Action", base::label_of(gestes, c.geste)}};
    if (c.geste == Geste::Confier) rows.push_back({"Partenaires", base::join(partenaires, ", ")});
    if (const auto m = base::from_slug(motifs_cloture, c.motif))
        rows.push_back({"Motif", base::label_of(motifs_cloture, *m)});
    if (!c.texte.empty()) rows.push_back({"Texte", ui::paragraphs(c.texte)});
    if (c.geste == Geste::Ecrire)
        rows.push_back({"Montré au déposant", c.visible_deposant ? "Oui" : "Non, aux partenaires seulement"});
    ui::recap(h, {.rows = rows});
}

ui::Markup resultat(const Ligne& l)
{
    const auto label = base::label_of(issues, l.issue);
    switch (l.issue) {
    case Issue::AFaire:
        return ui::badge(label);
    case Issue::Fait:
        return l.raison.empty() ? ui::badge(label, ui::BadgeTone::Success)
                                : ui::markup("{} {}", ui::badge(label, ui::BadgeTone::Success), l.raison);
    case Issue::SansObjet:
    case Issue::Refuse:
        return ui::markup("{} {}", ui::badge(label, ui::BadgeTone::Warning), l.raison);
    case Issue::Defait:
        return ui::badge(label, ui::BadgeTone::Info);
    }
    throw base::Bug{"an outcome without a badge"};
}

/// What was asked, as the form sends it.
ui::Values champs(const Consigne& c)
{
    ui::Values out = {{"geste", std::string{base::slug_of(gestes, c.geste)}}};
    for (const auto& p : c.partenaires) out.emplace_back("partenaires", p);
    if (!c.motif.empty()) out.emplace_back("motif", c.motif);
    if (!c.texte.empty()) out.emplace_back("texte", c.texte);
    if (c.visible_deposant) out.emplace_back("visible_deposant", "oui");
    return out;
}

} // namespace ecran
} // namespace

ui::Url url_selection()
{
    return ui::url("/selection");
}

ui::Url url_geste(Geste g)
{
    return ui::url("/selection/{}", base::slug_of(gestes, g));
}

ui::Url url_lot(std::string_view id)
{
    return ui::url("/lots/{}", id);
}

namespace {

/// What must be looked at before acting on it with others.
ui::Markup a_voir(const Ligne& l)
{
    return ui::markup("{}{}", l.danger ? ui::badge("Danger", ui::BadgeTone::Error) : ui::Markup{},
                      l.sans_reponse ? ui::badge("Message sans réponse", ui::BadgeTone::Warning)
                                     : ui::Markup{});
}

void dire_les_muets(ui::Html& h, const std::vector<std::string>& muets)
{
    for (const auto& p : muets)
        ui::alert(h, {.tone = ui::Tone::Warning,
                      .text = p + " ne reçoit aucun courriel\u00a0: personne n’y sera prévenu par la "
                                  "plateforme. Prévenez-le autrement."});
}

} // namespace

std::string selection(const ui::Chrome& chrome, const std::vector<store::Choisi>& choisis,
                      const std::vector<Geste>& permis, std::int64_t laisses)
{
    return ui::page(
        chrome, {.title = "Signalements choisis", .breadcrumb = ecran::chemin(false)}, [&](ui::Html& h) {
            ui::heading(h, {.title = "Signalements choisis", .lead = ecran::nombre(choisis.size())});
            if (laisses > 0)
                ui::alert(h, {.tone = ui::Tone::Warning,
                              .text = fmt::format(
                                  "{} n’{} pas pu être {}\u00a0: {} au plus à la fois. Agissez d’abord sur "
                                  "ceux-ci, ou enlevez-en.",
                                  base::count(laisses, "signalement", "signalements"),
                                  laisses < 2 ? "a" : "ont", laisses < 2 ? "choisi" : "choisis", taille_max),
                              .announce = true});
            if (choisis.empty()) {
                ui::empty_state(
                    h, {.title = "Rien n’est choisi",
                        .text = "Cochez des signalements dans la liste, page après page, puis « Choisir les "
                                "lignes cochées ».",
                        .actions = {{.label = "Voir la liste", .url = ecran::url_liste()}}});
                return;
            }
            h("<h2 class=\"fr-h5\">Que faire de tous ?</h2>");
            std::vector<ui::Button> boutons;
            for (const auto g : permis)
                boutons.push_back(
                    {.label = std::string{base::label_of(gestes, g)},
                     .url = url_geste(g),
                     .importance = boutons.empty() ? ui::Importance::Primary : ui::Importance::Secondary});
            ui::buttons(h, boutons);
            h("<p>Rien n’est fait avant un écran qui montre ce que deviendra chaque signalement.</p>");
            ui::form(
                h, {.action = url_selection(), .csrf = chrome.csrf, .id = "choisis", .required_note = " "},
                [&](ui::Form& f) {
                    f.hidden("quoi", "enlever");
                    std::vector<ui::Option> options;
                    for (const auto& c : choisis)
                        options.push_back(
                            {c.id,
                             ui::markup(
                                 "{} {} {} {}{}", c.reference, c.code_postal, c.commune,
                                 signalement::views::badge_statut(base::from_slug(statuts, c.statut).value()),
                                 c.danger ? ui::badge("Danger", ui::BadgeTone::Error) : ui::Markup{})});
                    f.checkboxes({.name = "signalement",
                                  .legend = "Ceux à enlever du choix",
                                  .options = std::move(options),
                                  .optional = true,
                                  .small = true});
                    f.submit(
                        {{.label = "Enlever ceux qui sont cochés", .importance = ui::Importance::Secondary}});
                });
            ui::action_button(h, url_selection(), chrome.csrf,
                              {.label = "Tout enlever", .importance = ui::Importance::Tertiary},
                              {{"quoi", "vider"}});
        });
}

std::string demander(const ui::Chrome& chrome, const PageGeste& p, const Saisie& saisie)
{
    const std::string titre{base::label_of(gestes, p.geste)};
    return ui::page(
        chrome,
        {.title = titre,
         .error = saisie.errors && !saisie.errors->empty(),
         .breadcrumb = ecran::chemin(true),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = titre, .above = ecran::nombre(p.nombre)});
            ui::form(
                h,
                {.action = url_geste(p.geste),
                 .csrf = chrome.csrf,
                 .errors = saisie.errors,
                 .values = saisie.values},
                [&](ui::Form& f) {
                    if (p.geste == Geste::Confier) {
                        std::vector<ui::Option> options;
                        for (const auto& x : p.partenaires) options.push_back({x.id, x.nom});
                        f.checkboxes(
                            {.name = "partenaires",
                             .legend = "Partenaires",
                             .hint = "Chacun verra tout le dossier de chaque signalement. Un signalement "
                                     "qu’un partenaire ne peut pas lire est refusé à l’écran suivant.",
                             .options = std::move(options),
                             .small = true});
                    }
                    if (p.geste == Geste::Cloturer) {
                        std::vector<ui::Option> options;
                        for (const auto& m : motifs_cloture)
                            options.push_back({std::string{m.slug}, m.label});
                        f.radios(
                            {.name = "motif", .legend = "Motif de clôture", .options = std::move(options)});
                    }
                    if (p.geste != Geste::Confier)
                        f.textarea({.name = "texte",
                                    .label = p.geste == Geste::Cloturer
                                                 ? "Ce que liront les déposants et les partenaires"
                                                 : "Votre message",
                                    .hint = "Le même pour tous : n’y nommez personne.",
                                    .max_length = static_cast<int>(longueur_max_suivi)});
                    if (p.geste == Geste::Ecrire)
                        f.checkbox(
                            {.name = "visible_deposant",
                             .label = "Montrer aussi au déposant, et à l’occupant s’il suit le signalement"});
                    f.submit({{.label = "Vérifier"},
                              {.label = "Revenir au choix",
                               .url = url_selection(),
                               .importance = ui::Importance::Secondary}});
                });
        });
}

std::string apercu(const ui::Chrome& chrome, const Apercu& a, const FormErrors* erreurs)
{
    const auto possibles = std::ranges::count(a.lignes, Issue::AFaire, &Ligne::issue);
    const ui::PageInfo info{
        .title = "Vérifier", .error = erreurs != nullptr, .breadcrumb = ecran::chemin(true)};
    return ui::page(chrome, info, [&](ui::Html& h) {
        ui::heading(h, {.title = "Vérifier avant d’agir",
                        .lead = fmt::format("{} sur {}", possibles, ecran::nombre(a.lignes.size()))});
        ecran::rappeler(h, a.consigne, a.partenaires);
        dire_les_muets(h, a.muets);
        if (possibles > 0)
            ui::form(
                h,
                {.action = ui::url("/lots"),
                 .csrf = chrome.csrf,
                 .errors = erreurs,
                 .id = "faire",
                 .required_note = " "},
                [&](ui::Form& f) {
                    f.hidden("lot", a.lot);
                    for (const auto& [nom, valeur] : ecran::champs(a.consigne)) f.hidden(nom, valeur);
                    std::vector<ui::Option> options;
                    std::vector<std::string> cochees;
                    // Closed with the others, a danger or a message nobody answered is forgotten: these
                    // come first, and are ticked by who has looked at them.
                    const auto a_part = [&](const Ligne& l) {
                        return a.consigne.geste == Geste::Cloturer && (l.danger || l.sans_reponse);
                    };
                    bool retenus = false;
                    for (const bool d_abord : {true, false})
                        for (const auto& l : a.lignes) {
                            if (l.issue != Issue::AFaire || a_part(l) != d_abord) continue;
                            retenus = retenus || d_abord;
                            const auto valeur = fmt::format("{}.{}", l.signalement, l.rang_vu);
                            // Whoever unticked all of them finds them as they left them.
                            if (!d_abord && !erreurs) cochees.push_back(valeur);
                            options.push_back(
                                {valeur, ui::markup("{} · {} {}", l.reference, l.lieu, a_voir(l)), l.raison});
                        }
                    f.checkboxes(
                        {.name = "ligne",
                         .legend = "Ce sera fait pour",
                         .hint = retenus ? "Décochez ceux qu’il faut laisser. Ceux qui disent un danger ou "
                                           "attendent une réponse sont à cocher un par un."
                                         : "Décochez ceux qu’il faut laisser.",
                         .options = std::move(options),
                         .values = std::move(cochees),
                         .small = true});
                    h("<p>Vous pourrez annuler pendant {} minutes\u00a0; les courriels partent ensuite.</p>",
                      minutes_pour_annuler);
                    f.submit(base::label_of(gestes, a.consigne.geste));
                });
        if (possibles < static_cast<std::ptrdiff_t>(a.lignes.size())) {
            ui::Table t{.caption = "Ceux que cette action laisse comme ils sont",
                        .columns = {{.title = "Référence"}, {.title = "Pourquoi"}}};
            for (const auto& l : a.lignes)
                if (l.issue != Issue::AFaire)
                    t.rows.push_back({ui::link(l.reference, ecran::url_fiche(l.signalement)), l.raison});
            ui::table(h, t);
        }
        auto repris = ecran::champs(a.consigne);
        repris.emplace_back("changer", "oui");
        h("<div class=\"fr-mt-4w\">");
        ui::action_button(
            h, url_geste(a.consigne.geste), chrome.csrf,
            {.label = a.consigne.geste == Geste::Confier ? "Changer de partenaires" : "Changer le texte",
             .importance = ui::Importance::Secondary},
            repris);
        h("</div>");
    });
}

std::string lot(const ui::Chrome& chrome, const PageLot& p)
{
    const auto combien = [&](Issue i) { return std::ranges::count(p.lot.lignes, i, &Ligne::issue); };
    const auto faits = combien(Issue::Fait), reste = combien(Issue::AFaire), defaits = combien(Issue::Defait);
    const auto titre = fmt::format("{} : {} sur {}", base::label_of(gestes, p.lot.consigne.geste), faits,
                                   ecran::nombre(p.lot.lignes.size()));
    return ui::page(chrome, {.title = titre, .breadcrumb = ecran::chemin(false)}, [&](ui::Html& h) {
        ui::heading(h, {.title = titre});
        if (faits > 0) dire_les_muets(h, p.muets);
        const bool tout = faits == static_cast<std::ptrdiff_t>(p.lot.lignes.size());
        const std::string suite =
            p.annulable ? fmt::format(" Vous pouvez annuler jusqu’à {} ; les courriels partent ensuite.",
                                      p.heure_limite)
            : faits > 0 ? std::string{" Les courriels sont partis, ou sur le point de partir."}
                        : std::string{};
        ui::alert(h, {.tone = tout ? ui::Tone::Success : ui::Tone::Info,
                      .text = (p.continuable ? "Il en reste à faire : continuez."
                               : reste > 0   ? "Il en reste à faire, mais ce choix date : choisissez-les de "
                                               "nouveau dans la liste."
                               : defaits > 0 ? "Ce qui pouvait être annulé l’a été."
                               : tout        ? "C’est fait pour tous."
                                      : "La raison est écrite à côté de ceux qui ne l’ont pas été.") +
                              suite,
                      .announce = true});
        if (p.continuable)
            ui::action_button(h, ui::url("/lots/{}/suite", p.lot.id), chrome.csrf, {.label = "Continuer"});
        if (p.annulable)
            ui::action_button(
                h, ui::url("/lots/{}/annulation", p.lot.id), chrome.csrf,
                {.label = "Annuler ce qui vient d’être fait", .importance = ui::Importance::Secondary});
        ecran::rappeler(h, p.lot.consigne, p.partenaires);
        ui::Table t{.caption = "Ce qu’est devenu chaque signalement",
                    .columns = {{.title = "Référence"}, {.title = "Résultat"}}};
        for (const auto& l : p.lot.lignes)
            t.rows.push_back({l.reference.empty() ? ui::Markup{"Un signalement que vous ne lisez plus"}
                                                  : ui::link(l.reference, ecran::url_fiche(l.signalement)),
                              ecran::resultat(l)});
        ui::table(h, t);
        h("<div class=\"fr-mt-4w\">");
        ui::buttons(h, {{.label = "Revenir à la liste",
                         .url = ecran::url_liste(),
                         .importance = ui::Importance::Secondary},
                        {.label = "Signalements choisis",
                         .url = url_selection(),
                         .importance = ui::Importance::Secondary}});
        h("</div>");
    });
}

} // namespace signalement::lot::views
