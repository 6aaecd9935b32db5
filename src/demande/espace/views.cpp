// The page of one demande for its applicant, its history, and giving it up.
#include "demande/espace/views.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "demande/chargement.hpp"
#include "demande/chiffres/views_plafonds.hpp"
#include "demande/cotation/views_cotation.hpp"
#include "demande/views_reconnaissance.hpp"
#include "demande/views_situation.hpp"

namespace demande::espace::views {

namespace {
namespace chez_le_demandeur {

constexpr std::pair<std::string_view, std::string_view> faits[] = {
    {"modification", "C’est enregistré. Votre demande dit maintenant ce que vous venez d’écrire."},
    {"inchangee", "Rien n’avait changé : votre demande reste comme elle était."},
    {"renouvellement",
     "Votre demande est renouvelée pour un an. Votre numéro et votre ancienneté ne changent "
     "pas."},
    {"reactivation", "Votre demande est de nouveau active, avec son numéro et son ancienneté."},
    {"avertissement_repondu", "Votre réponse est enregistrée. La radiation annoncée est arrêtée."},
    {"renonciation", "Votre demande est arrêtée, comme vous l’avez voulu."},
    {"adresse", "Cette adresse est confirmée : les messages de votre demande y arrivent désormais."},
    {"rattachement", "C’est bien la vôtre : cette demande est maintenant dans votre compte."},
};

ui::StepState pas(Temps t)
{
    switch (t) {
    case Temps::Passe:
        return ui::StepState::Done;
    case Temps::EnCours:
        return ui::StepState::Current;
    case Temps::AVenir:
        return ui::StepState::Next;
    }
    throw base::Bug{"a step without a state"};
}

ui::Button bouton(const AFaire& a, const De& de)
{
    switch (a.geste) {
    case Geste::Renouveler:
        return {.label = "Renouveler ma demande", .url = de.url({"renouveler"})};
    case Geste::Reactiver:
        return {.label = "Reprendre ma demande", .url = de.url({"renouveler"})};
    case Geste::RefairePieces:
    case Geste::FournirPieces:
        return {
            .label = "Voir mes pièces", .url = de.url({"pieces"}), .importance = ui::Importance::Secondary};
    case Geste::Corriger:
        return {.label = "Corriger ma demande", .url = ui::url("/ma-demande")};
    }
    throw base::Bug{"something to do without a button"};
}

void dire_a_faire(ui::Html& h, const Fiche& f)
{
    if (f.avancement.a_faire.empty()) return;
    ui::callout(h, {.title = "Ce que vous avez à faire", .level = 2}, [&](ui::Html& c) {
        for (std::size_t i = 0; i < f.avancement.a_faire.size(); ++i) {
            const auto& a = f.avancement.a_faire[i];
            const bool a_renouveler = a.geste == Geste::Renouveler || a.geste == Geste::Reactiver;
            const bool au_guichet = a_renouveler && f.a_distance;
            c("<p>{}{}{}</p>", a.quoi,
              au_guichet ? " Un guichet le fait avec vous, sur votre pièce d’identité." : "",
              a.avant ? ui::markup(" <strong>Avant la fin du {}.</strong>", base::in_words(*a.avant))
                      : ui::Markup{});
            // One button for the documents, whatever is to be done with them.
            const bool deja = std::ranges::any_of(
                f.avancement.a_faire.begin(), f.avancement.a_faire.begin() + static_cast<std::ptrdiff_t>(i),
                [&](const AFaire& b) { return bouton(b, f.de).label == bouton(a, f.de).label; });
            if (!deja && !au_guichet && (!a_renouveler || f.de.pouvoirs.renouveler))
                ui::buttons(c, {bouton(a, f.de)});
        }
    });
}

/// A warning waits for an answer: without one the demande may end.
void dire_les_avertissements(ui::Html& h, const ui::Chrome& chrome, const Fiche& f, const Saisie& s)
{
    for (const auto& a : f.avertissements) {
        const auto fin = fin_du_delai(a);
        ui::callout(h, {.title = "Vous avez reçu un avertissement", .level = 2}, [&](ui::Html& c) {
            for (const auto& phrase : phrases(a, f.de.numero)) c("<p>{}</p>", phrase);
            if (fin) c("<p><strong>Répondez avant la fin du {}.</strong></p>", base::in_words(*fin));
            c("<p>Vous pouvez répondre ici, par écrit à {}, ou dans un guichet. {}.</p>", a.organisme,
              article(a));
        });
        if (f.de.par_mandat && !f.de.pouvoirs.remplir) continue;
        ui::form(h,
                 {.action = f.de.url({"avertissement"}),
                  .csrf = chrome.csrf,
                  .once = chrome.once,
                  .errors = s.erreurs,
                  .values = s.valeurs},
                 [&](ui::Form& form) {
                     form.hidden("avertissement", a.id);
                     form.textarea({.name = "reponse",
                                    .label = "Votre réponse",
                                    .hint = "Un agent la lira. Elle suffit à arrêter la radiation annoncée",
                                    .rows = 4,
                                    .max_length = static_cast<int>(texte_d_avertissement_max)});
                     form.submit("Envoyer ma réponse");
                 });
    }
}

/// An offer waits for an answer: before anything else.
void dire_les_offres(ui::Html& h, const Fiche& f)
{
    for (const auto& s : f.logements)
        if (s.a_repondre && !f.de.par_mandat)
            ui::callout(h, {.title = "Un logement vous est proposé", .level = 2}, [&](ui::Html& c) {
                c("<p>{}, {}.</p><p>{}</p>", s.logement, s.cout, s.etat);
                ui::buttons(c, {{.label = "Répondre",
                                 .url = ui::url("/ma-demande/{}/logements/{}", f.de.id, s.candidature)}});
            });
}

void dire_ou(ui::Html& h, const Avancement& a)
{
    h("<h2 class=\"fr-h4 fr-mt-4w\">Où en est ma demande</h2>");
    std::vector<ui::Step> etapes;
    for (const auto& e : a.etapes) {
        ui::Markup detail;
        if (e.le && !e.detail.empty())
            detail = ui::markup("Le {}. {}", base::in_words(*e.le), e.detail);
        else if (e.le)
            detail = ui::markup("Le {}", base::in_words(*e.le));
        else
            detail = e.detail;
        etapes.push_back({.title = e.titre, .state = pas(e.temps), .detail = detail});
    }
    ui::steps(h, "Les étapes de ma demande", etapes);
    h("<h3 class=\"fr-h6\">Et ensuite ?</h3><p>{}</p>", a.ensuite);
}

void dire_les_dates(ui::Html& h, const Fiche& f)
{
    ui::Recap r{.title = "Mes dates", .level = 2};
    r.rows.push_back(
        {.label = "Déposée le, date de votre ancienneté", .value = base::in_words(f.deposee_le)});
    if (se_traitent_ici(f.de.ou)) // else they may have moved where it is followed
        for (const auto& d : f.avancement.dates)
            r.rows.push_back({.label = d.quoi, .value = base::in_words(d.le)});
    if (!f.communes.empty())
        r.rows.push_back({.label = "Communes demandées", .value = base::join(f.communes, ", ")});
    ui::recap(h, r);
}

void proposer(ui::Html& h, const Fiche& f)
{
    const bool ici = se_traitent_ici(f.de.ou);
    h("<h2 class=\"fr-h4 fr-mt-4w\">Ma demande</h2>");
    struct Tuile {
        std::string_view titre, chemin, detail;
        bool montree;
    };
    const Tuile tuiles[] = {
        {"Ma situation", "situation",
         ici ? "Lire ce que j’ai déclaré, signaler un changement." : "Lire ce que j’ai déclaré.", true},
        {"Mes pièces", "pieces",
         ici ? "Voir ce qui manque, déposer une photo ou un PDF." : "Revoir ce que j’ai remis.", true},
        {"Me faire aider", "aide",
         ici ? "Donner mandat à quelqu’un, voir ce qu’il fait, le retirer." : "Voir un mandat, le retirer.",
         !f.de.par_mandat && f.rang == 0},
        {"Mon attestation (PDF)", "attestation.pdf",
         ici ? "La preuve de ma demande, à jour." : "Ce que ce site savait de ma demande.",
         f.en_cours && !f.a_distance},
        {"Renouveler", "renouveler", "Pour un an de plus, avec la même ancienneté.",
         ici && f.renouvelable && f.en_cours && f.etat == Etat::Active && f.de.pouvoirs.renouveler},
        {"Logements proposés", "logements", "Où en est chaque logement, répondre à une proposition.",
         !f.logements.empty() && !f.de.par_mandat},
        {"Historique", "historique", "Tout ce qui s’est passé, et qui a consulté ma demande.", true},
    };
    ui::row(h, [&](ui::Html& r) {
        for (const auto& t : tuiles)
            if (t.montree)
                ui::column(r, 6, [&](ui::Html& c) {
                    ui::tile(
                        c, {.title = std::string{t.titre}, .url = f.de.url({t.chemin}), .detail = t.detail});
                });
    });
}

/// « Le demandeur » after a comma: « par le demandeur ». Names keep their capital.
std::string dans_la_phrase(std::string qui)
{
    for (const std::string_view nom : {"Le demandeur", "Un codemandeur", "Un service habilité"})
        if (qui == nom) qui.front() = nom.front() == 'L' ? 'l' : 'u';
    return qui;
}

std::vector<ui::TimelineItem> lignes(const std::vector<store::Ligne>& histoire, const std::string& fuseau)
{
    std::vector<ui::TimelineItem> out;
    for (const auto& l : histoire)
        out.push_back({.when = base::in_words(l.entree.le, fuseau),
                       .when_iso = base::to_iso(l.entree.le),
                       .title = evenement_en_mots(l.entree),
                       .author = l.par});
    return out;
}

ui::BadgeTone ton(Etat e)
{
    switch (e) {
    case Etat::Active:
        return ui::BadgeTone::Success;
    case Etat::ARenouveler:
    case Etat::EnTolerance:
    case Etat::Invalidee:
        return ui::BadgeTone::Warning;
    case Etat::Radiee:
    case Etat::Purgee:
        return ui::BadgeTone::Error;
    case Etat::Brouillon:
    case Etat::Deposee:
        return ui::BadgeTone::Info;
    }
    throw base::Bug{"a state without a colour"};
}

} // namespace chez_le_demandeur
} // namespace

void dire_ou_elle_est_suivie(ui::Html& h, const De& de)
{
    if (se_traitent_ici(de.ou)) return;
    ui::callout(
        h, {.title = "Votre demande est maintenant suivie sur un autre site", .level = 2}, [&](ui::Html& c) {
            c("<p>Le territoire de votre demande a changé de site. C’est là-bas que vous la renouvelez, que "
              "vous "
              "signalez un changement et que vous répondez à une proposition de logement. Vous y gardez "
              "votre "
              "numéro unique et votre ancienneté.</p><p>{}</p><p class=\"fr-mb-0\">Ce que vous aviez ici "
              "reste lisible. Rien ne part plus d’ici à son sujet.</p>",
              ui::external_link("Aller sur " + de.ou.site.substr(std::string_view{"https://"}.size()),
                                ui::external(de.ou.site)));
        });
}

std::string ailleurs(const ui::Chrome& chrome, const De& de)
{
    return ui::page(
        chrome, {.title = "Suivie sur un autre site", .breadcrumb = de.fil(), .width = ui::Width::Reading},
        [&](ui::Html& h) {
            dire_le_mandat(h, de);
            ui::heading(h, {.title = "Cela se fait maintenant sur un autre site",
                            .above = "Numéro unique " + de.numero});
            dire_ou_elle_est_suivie(h, de);
            h("<p>{}</p>", ui::link("Revenir à la demande", de.url()));
        });
}

ui::Url De::url(std::initializer_list<std::string_view> chemin) const
{
    auto texte = (par_mandat ? "/aide/" : "/ma-demande/") + id;
    for (const auto partie : chemin) texte += "/" + std::string{partie};
    return ui::local_url(texte).value();
}

std::vector<ui::Link> De::fil() const
{
    return {par_mandat ? ui::Link{"Demandes que j’aide", ui::url("/mandats")}
                       : ui::Link{"Ma demande", ui::url("/ma-demande")},
            {numero, url()}};
}

void dire_le_mandat(ui::Html& h, const De& de)
{
    if (de.par_mandat)
        ui::alert(h,
                  {.tone = ui::Tone::Info,
                   .text = ui::markup("Vous agissez par mandat pour <strong>{}</strong>, jusqu’au {}. Chaque "
                                      "page ouverte et chaque geste sont notés, et cette personne les voit.",
                                      de.pour_qui, base::in_words(de.mandat_jusqu_au))});
}

std::string fiche(const ui::Chrome& chrome, const Fiche& f, std::string_view fait, const Saisie& s)
{
    namespace ici = chez_le_demandeur;
    const std::string titre =
        f.de.par_mandat ? "Demande de logement social" : "Ma demande de logement social";
    return ui::page(
        chrome, {.title = titre, .breadcrumb = {f.de.fil().front()}, .width = ui::Width::Reading},
        [&](ui::Html& h) {
            const bool suivie_ici = se_traitent_ici(f.de.ou);
            dire_le_mandat(h, f.de);
            ui::heading(h, {.title = titre,
                            .above = "Numéro unique " + f.de.numero + ", " + f.qui,
                            .lead = suivie_ici ? f.avancement.resume : std::string{},
                            .badges = {suivie_ici ? ui::badge(etat_en_clair(f.etat), ici::ton(f.etat))
                                                  : ui::badge("Suivie ailleurs")}});
            for (const auto& [slug, texte] : ici::faits)
                if (slug == fait) ui::alert(h, {.tone = ui::Tone::Success, .text = texte, .announce = true});
            if (fait == "adresse_perimee")
                ui::alert(h,
                          {.tone = ui::Tone::Warning,
                           .title = "Ce code ne marche plus",
                           .text = "Son heure est passée, ou il a été mal tapé cinq fois. L’adresse n’a pas "
                                   "changé : recommencez dans « Ma situation », « Mes coordonnées ».",
                           .announce = true,
                           .level = 2});
            dire_ou_elle_est_suivie(h, f.de);
            if (suivie_ici && f.adresse_attendue)
                ui::alert(h, {.tone = ui::Tone::Info,
                              .title = "Une adresse électronique attend son code",
                              .text = ui::markup(
                                  "Votre demande garde l’ancienne jusque-là. {}",
                                  ui::link("Taper le code reçu", ui::url("/ma-demande/{}/adresse", f.de.id))),
                              .level = 2});
            if (suivie_ici) {
                ici::dire_les_avertissements(h, chrome, f, s);
                ici::dire_les_offres(h, f);
                ici::dire_a_faire(h, f);
                ici::dire_ou(h, f.avancement);
            }
            ici::dire_les_dates(h, f);
            demande::views::montrer_reconnues(h, f.reconnaissances, f.aujourd_hui);
            ici::proposer(h, f);
            if (f.en_cours) chiffres::views::plafonds(h, f.estimation, f.communes);
            cotation::views::cotations(h, f.cotations);
            h("<h2 class=\"fr-h4 fr-mt-4w\">Derniers événements</h2>");
            ui::timeline(h, ici::lignes(f.derniers, f.de.fuseau));
            h("<p>{}</p>",
              ui::link("Tout l’historique, et qui a consulté ma demande", f.de.url({"historique"})));
            if (suivie_ici && f.en_cours && !f.de.par_mandat)
                h("<p class=\"fr-mt-6w fr-text--sm\">{} {}</p>",
                  f.rang == 0 ? "Vous n’avez plus besoin d’un logement social ?"
                              : "Vous ne voulez plus demander un logement avec ces personnes ?",
                  ui::link(f.rang == 0 ? "Arrêter ma demande" : "Ne plus signer cette demande",
                           ui::url("/ma-demande/{}/renoncer", f.de.id)));
        });
}

std::string histoire(const ui::Chrome& chrome, const Histoire& v)
{
    namespace ici = chez_le_demandeur;
    return ui::page(
        chrome, {.title = "Historique", .breadcrumb = v.de.fil(), .width = ui::Width::Reading},
        [&](ui::Html& h) {
            dire_le_mandat(h, v.de);
            ui::heading(h, {.title = "Historique",
                            .above = "Numéro unique " + v.de.numero,
                            .lead = "Tout ce qui est arrivé à votre demande, du plus récent au plus ancien. "
                                    "Chaque consultation par un agent est notée, avec son service."});
            if (v.versions)
                h("<p>{}</p>", ui::link("Ce qui a changé dans mes réponses", v.de.url({"versions"})));
            ui::timeline(h, ici::lignes(v.lignes, v.de.fuseau), 2);
            ui::pagination(h, {.page = v.page, .pages = v.pages, .base = v.de.url({"historique"})});
        });
}

std::string versions(const ui::Chrome& chrome, const Versions& v)
{
    namespace ici = chez_le_demandeur;
    return ui::page(
        chrome, {.title = "Ce qui a changé dans mes réponses", .breadcrumb = v.de.fil()}, [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Ce qui a changé dans mes réponses",
                         .above = "Numéro unique " + v.de.numero,
                         .lead = "À chaque changement, qui l’a écrit et sur quoi il s’appuie. Une erreur ? "
                                 "Corrigez-la dans « Ma situation », ou dites-le à votre guichet."});
            for (const auto& l : v.lignes) {
                h("<h2 class=\"fr-h5 fr-mt-4w\">{}</h2><p>Le {}, par {}.{}</p>",
                  base::label_of(raisons, l.version.raison), base::in_words(l.version.le, v.de.fuseau),
                  ici::dans_la_phrase(l.version.auteur),
                  l.version.justificatif
                      ? ui::markup(" Sur quoi : {}.", base::label_of(justificatifs, *l.version.justificatif))
                      : ui::Markup{});
                if (l.differences)
                    ui::table(h, demande::views::avant_apres("Réponses changées le " +
                                                                 base::in_words(l.version.le, v.de.fuseau),
                                                             *l.differences));
            }
            if (v.plus_anciennes > 0)
                h("<p class=\"fr-mt-4w\">{}</p>",
                  ui::link("Changements plus anciens",
                           v.de.url({"versions"}).with("avant", std::to_string(v.plus_anciennes))));
        });
}

std::string depart(const ui::Chrome& chrome, const De& de, const Saisie& s, std::string_view refus)
{
    return ui::page(
        chrome,
        {.title = "Ne plus signer cette demande",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = de.fil(),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Ne plus signer cette demande", .above = "Numéro unique " + de.numero});
            if (!refus.empty()) {
                ui::alert(h, {.tone = ui::Tone::Info, .text = refus});
                return;
            }
            ui::alert(
                h,
                {.tone = ui::Tone::Warning,
                 .title = "Vous perdez votre ancienneté sur cette demande",
                 .text = "Pour avoir votre propre demande en la gardant, n’allez pas plus loin : allez dans "
                         "un guichet, il partage la demande en deux.",
                 .level = 2});
            h("<p>Cela ne concerne que vous : la demande continue pour les autres, avec son numéro et son "
              "ancienneté. Vos ressources en sont retirées, et vous ne la suivez plus ici.</p>");
            ui::form(h,
                     {.action = ui::url("/ma-demande/{}/renoncer", de.id),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.checkbox({.name = "confirme",
                                     .label = "Je ne signe plus cette demande, et je sais que je perds mon "
                                              "ancienneté"});
                         f.submit({{.label = "Ne plus signer", .importance = ui::Importance::Secondary}});
                     });
            h("<p class=\"fr-mt-3w\">{}</p>", ui::link("Revenir à la demande", de.url()));
        });
}

std::string renonciation(const ui::Chrome& chrome, const De& de, const Saisie& s, std::string_view refus)
{
    return ui::page(
        chrome,
        {.title = "Arrêter ma demande",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = de.fil(),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Arrêter ma demande", .above = "Numéro unique " + de.numero});
            if (!refus.empty()) {
                ui::alert(h, {.tone = ui::Tone::Info, .text = refus});
                return;
            }
            ui::alert(h, {.tone = ui::Tone::Warning,
                          .title = "On ne peut pas revenir en arrière",
                          .text = "Une fois arrêtée, cette demande ne peut pas être reprise.",
                          .level = 2});
            h("<p>Si vous l’arrêtez :</p><ul><li>aucun logement ne vous sera plus proposé ;</li>"
              "<li>vous perdez votre ancienneté : une nouvelle demande repartira de zéro ;</li>"
              "<li>ce qu’elle contient est effacé un an plus tard.</li></ul>"
              "<p>Vous hésitez ? Ne faites rien : votre demande continue. Vous avez déménagé, ou vous voulez "
              "changer de commune ? {}, sans rien perdre.</p>",
              ui::link("Mettez-la à jour", ui::url("/ma-demande/{}/situation", de.id)));
            ui::form(h,
                     {.action = ui::url("/ma-demande/{}/renoncer", de.id),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.checkbox({.name = "confirme",
                                     .label = "Je renonce à ma demande de logement social, et je sais que je "
                                              "perds mon ancienneté"});
                         f.submit({{.label = "Arrêter ma demande", .importance = ui::Importance::Secondary}});
                     });
            h("<p class=\"fr-mt-3w\">{}</p>",
              ui::link("Garder ma demande", ui::url("/ma-demande/{}", de.id)));
        });
}

} // namespace demande::espace::views
