// The screens of one candidature and of a commission.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/candidature/paroles.hpp"
#include "demande/candidature/views.hpp"
#include "demande/radiation.hpp"

namespace demande::candidature::views {

namespace {
namespace ecrans_de_commission {

/// One small form per thing that may be done now.
struct Gestes {
    ui::Html& h;
    const ui::Chrome& chrome;
    const FicheCandidature& f;
    const Saisie& s;

    void geste(std::string_view slug, std::string_view bouton,
               const std::function<void(ui::Form&)>& champs) const
    {
        ui::form(h,
                 {.action = ui::url("/candidatures/{}/{}", f.candidature.id, slug),
                  .csrf = chrome.csrf,
                  .once = chrome.once,
                  .errors = s.erreurs,
                  .values = s.valeurs,
                  .summary = false},
                 [&](ui::Form& form) {
                     champs(form);
                     form.submit({{.label = std::string{bouton}, .importance = ui::Importance::Secondary}});
                 });
    }
    [[nodiscard]] bool possible(Action a) const { return transition(a, f.candidature.etat) != nullptr; }
};

void montrer_gestes(const Gestes& g)
{
    const auto& c = g.f.candidature;
    if (g.f.peut_instruire && g.possible(Action::DemanderPieces))
        g.geste("pieces", "Demander ces pièces", [](ui::Form& f) {
            f.textarea({.name = "pieces", .label = "Pièces à apporter", .rows = 2, .max_length = 300});
        });
    if (g.f.peut_instruire && g.possible(Action::Completer) && !c.complete)
        ui::action_button(
            g.h, ui::url("/candidatures/{}/complet", c.id), g.chrome.csrf,
            {.label = "Noter que le dossier est complet", .importance = ui::Importance::Secondary});
    if (g.f.peut_instruire && g.possible(Action::ProposerVisite))
        g.geste("visite", "Noter la visite", [](ui::Form& f) {
            f.input({.name = "visite_le",
                     .label = "Visite le",
                     .hint = "Par exemple\u00a0: 03/12/2026",
                     .width = 10});
        });
    if (!g.f.peut_conclure) return;
    if (g.possible(Action::LeverCondition))
        ui::action_button(g.h, ui::url("/candidatures/{}/condition", c.id), g.chrome.csrf,
                          {.label = "Noter que la pièce est venue", .importance = ui::Importance::Secondary});
    if (c.etat == Etat::Attribuee && !c.repondre_avant)
        g.geste("remise", "Noter la remise", [](ui::Form& f) {
            f.input({.name = "remise_le",
                     .label = "Proposition reçue par le demandeur le",
                     .hint = "Les dix jours courent du lendemain (CCH, article R. 441-10)",
                     .width = 10});
        });
    if (g.possible(Action::Accepter))
        g.geste("reponse", "Noter l’acceptation", [](ui::Form& f) { f.hidden("reponse", "oui"); });
    if (g.possible(Action::SignerBail))
        g.geste("bail", "Noter le bail et radier la demande", [](ui::Form& f) {
            f.input({.name = "signe_le",
                     .label = "Bail signé le",
                     .hint = "Par exemple\u00a0: 21/11/2026",
                     .width = 10});
            f.input({.name = "rpls",
                     .label = "Identifiant du logement dans le RPLS",
                     .max_length = 40,
                     .width = 20});
            f.checkbox({.name = "accord_collectif", .label = "Au titre de l’accord collectif"});
            f.checkbox({.name = "dalo", .label = "Ménage reconnu prioritaire (Dalo)"});
        });
    if (g.possible(Action::Refuser))
        ui::details(g.h,
                    {.title = "Le demandeur refuse ou se retire",
                     .open = g.s.erreurs && g.s.valeurs && !g.s.erreurs->empty()},
                    [&](ui::Html& d) {
                        Gestes{d, g.chrome, g.f, g.s}.geste("reponse", "Noter le refus", [](ui::Form& f) {
                            f.hidden("reponse", "non");
                            f.select(
                                {.name = "motif", .label = "Raison donnée", .options = choix(motifs_refus)});
                        });
                    });
}

void montrer_decisions(ui::Html& h, const Seance::Examine& e, const std::string& commission)
{
    std::vector<const Candidature*> ordre;
    for (const auto& c : e.ouvert.dossier.candidatures)
        if (c.commission == commission) ordre.push_back(&c);
    std::ranges::sort(ordre, {}, [&](const Candidature* c) {
        return std::tuple{c->rang == 0, c->rang, e.ouvert.candidat(c->id).numero};
    });
    ui::Table t{.caption = "Candidats examinés",
                .caption_hidden = true,
                .columns = {{.title = "Demande"},
                            {.title = "Déposée le"},
                            {.title = "Personnes", .number = true},
                            {.title = "Rang", .number = true},
                            {.title = "Où elle en est"}},
                .empty = "Aucun candidat."};
    for (const auto* c : ordre) {
        const auto& qui = e.ouvert.candidat(c->id);
        t.rows.push_back({ui::link(numero_montre(qui.numero), url_candidature(c->id)),
                          base::short_text(qui.deposee_le), std::to_string(qui.personnes),
                          c->rang > 0 ? std::to_string(c->rang) : std::string{"–"}, badge_etat(c->etat)});
    }
    ui::table(h, t);
}

void saisir_decisions(ui::Html& h, const ui::Chrome& chrome, const Seance& v, const Seance::Examine& e,
                      const Saisie& s)
{
    const auto& l = e.ouvert.dossier.logement;
    ui::form(
        h,
        {.action = ui::url("/commissions/{}/decisions", v.commission.id),
         .csrf = chrome.csrf,
         .once = chrome.once,
         .errors = v.refuse ? s.erreurs : nullptr,
         .values = v.refuse ? s.valeurs : nullptr,
         .required_note = "Une décision pour chaque candidat."},
        [&](ui::Form& f) {
            f.hidden("logement", l.id);
            if (!v.apres.empty()) f.hidden("apres", v.apres);
            std::size_t examines = 0;
            for (const auto& c : e.ouvert.dossier.candidatures) {
                if (!c.en_cours || c.etat != Etat::Inscrite || c.commission != v.commission.id) continue;
                ++examines;
                const auto& qui = e.ouvert.candidat(c.id);
                const auto champ = [&](std::string_view nom) { return fmt::format("{}.{}", nom, c.id); };
                f.group(
                    numero_montre(qui.numero),
                    [&] {
                        f.select(
                            {.name = champ("decision"), .label = "Décision", .options = choix(decisions)});
                        f.only_if(champ("decision"), "classement|condition|attribution", [&] {
                            f.input({.name = champ("rang"),
                                     .label = "Rang",
                                     .hint = "Laissez vide si vous n’en retenez qu’un",
                                     .optional = true,
                                     .inputmode = "numeric",
                                     .width = 3});
                        });
                        f.only_if(champ("decision"), "condition", [&] {
                            f.input({.name = champ("piece"), .label = "Pièce attendue", .max_length = 200});
                            f.input({.name = champ("jusqu_au"),
                                     .label = "À apporter au plus tard le",
                                     .hint = "Par exemple\u00a0: 15/12/2026",
                                     .width = 10});
                        });
                        f.only_if(champ("decision"), "non_attribution", [&] {
                            f.select({.name = champ("motif"),
                                      .label = "Motif dit au demandeur",
                                      .options = choix(motifs_non_attribution)});
                        });
                        f.only_if(champ("decision"), "irrecevabilite", [&] {
                            f.select({.name = champ("acces"),
                                      .label = "Condition d’accès non remplie",
                                      .options = choix(motifs_irrecevabilite)});
                        });
                    },
                    fmt::format("{}, déposée le {}, {}", base::count(qui.personnes, "personne", "personnes"),
                                base::short_text(qui.deposee_le),
                                c.complete ? "dossier complet" : "des pièces manquent"));
            }
            if (examines < candidats_au_moins)
                f.select({.name = "derogation",
                          .label = "Pourquoi moins de trois demandes",
                          .hint = "CCH, article R. 441-3",
                          .options = choix(derogations)});
            f.submit("Enregistrer les décisions");
        });
}

} // namespace ecrans_de_commission
} // namespace

namespace salle = ecrans_de_commission;

std::string fiche_candidature(const ui::Chrome& chrome, const FicheCandidature& f, const Saisie& s,
                              std::string_view fait)
{
    const auto& c = f.candidature;
    return ui::page(
        chrome,
        {.title = "Candidature " + numero_montre(f.candidat.numero),
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Logements proposés", ui::url("/logements")},
                        {f.logement.reference, url_logement(f.logement.id)}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = f.candidat.nom,
                            .above = numero_montre(f.candidat.numero),
                            .lead = en_bref(f.logement, f.commune),
                            .badges = {badge_etat(c.etat)}});
            montrer_fait(h, fait);
            demande::views::dire_ailleurs(h, f.ou);
            if (s.erreurs) ui::error_summary(h, *s.erreurs);
            if (c.etat == Etat::Attribuee && !c.repondre_avant)
                ui::alert(
                    h,
                    {.tone = ui::Tone::Warning,
                     .text = "Le demandeur n’a pas encore reçu la proposition\u00a0: envoyez-la par courrier "
                             "recommandé, puis notez le jour de la remise."});
            ui::Recap r{.title = "La candidature"};
            r.rows = {{.label = "Demande",
                       .value = ui::link("Ouvrir la demande", ui::url("/demandes/{}", f.candidat.demande))},
                      {.label = "Déposée le", .value = base::in_words(f.candidat.deposee_le)},
                      {.label = "Personnes à loger", .value = std::to_string(f.candidat.personnes)},
                      {.label = "Désignée par", .value = f.candidat.designe_par},
                      {.label = "Dossier", .value = c.complete ? "Complet" : "Des pièces manquent"}};
            if (c.rang > 0) r.rows.push_back({.label = "Rang", .value = std::to_string(c.rang)});
            if (c.visite_le) r.rows.push_back({.label = "Visite", .value = base::in_words(*c.visite_le)});
            if (!c.attendu.empty()) r.rows.push_back({.label = "Attendu", .value = c.attendu});
            if (c.condition_jusqu_au)
                r.rows.push_back({.label = "À apporter avant le",
                                  .value = base::in_words(*c.condition_jusqu_au) + " inclus"});
            if (c.repondre_avant)
                r.rows.push_back({.label = "Réponse attendue",
                                  .value = "Jusqu’au " + base::in_words(*c.repondre_avant) + " inclus"});
            if (!c.motif.empty()) r.rows.push_back({.label = "Motif", .value = motif_en_mots(c.motif)});
            ui::recap(h, r);
            if (est_ouverte(c.etat) && (f.peut_instruire || f.peut_conclure)) {
                h("<h2 class=\"fr-h4 fr-mt-4w\">Faire avancer</h2>");
                salle::montrer_gestes({h, chrome, f, s});
            }
            h("<h2 class=\"fr-h4 fr-mt-4w\">Ce que lit le demandeur</h2>");
            std::vector<ui::TimelineItem> lignes;
            for (const auto& x : f.faits)
                lignes.push_back({.when = base::in_words(x.le, f.fuseau),
                                  .when_iso = base::to_iso(x.le),
                                  .title = phrase(x.action, x.organisme, x.rang, x.jour, x.texte),
                                  .author = x.organisme});
            std::ranges::reverse(lignes);
            ui::timeline(h, lignes);
        });
}

std::string commissions(const ui::Chrome& chrome, const Commissions& v, const Saisie& s,
                        std::string_view fait)
{
    return ui::page(
        chrome,
        {.title = "Commissions d’attribution",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Logements proposés", ui::url("/logements")}}},
        [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = "Commissions d’attribution",
                 .lead = "Les séances de la commission d’attribution et d’examen de l’occupation (Caleol)."});
            montrer_fait(h, fait);
            ui::Table t{.caption = "Séances",
                        .columns = {{.title = "Date"}, {.title = "Bailleur"}, {.title = "Lieu"}},
                        .empty = "Aucune séance pour le moment."};
            for (const auto& c : v.commissions)
                t.rows.push_back({ui::link(base::in_words(c.tenue_le), url_commission(c.id)), c.bailleur_nom,
                                  c.lieu.empty() ? std::string{"–"} : c.lieu});
            ui::table(h, t);
            if (v.suite)
                h("<p>{}</p>", ui::link("Voir les plus anciennes",
                                        ui::url("/commissions")
                                            .with("avant_le", base::to_iso(v.commissions.back().tenue_le))
                                            .with("avant", v.commissions.back().id)));
            h("<h2 class=\"fr-h4 fr-mt-4w\">Prévoir une séance</h2>");
            ui::form(h,
                     {.action = ui::url("/commissions"),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         if (v.bailleurs.size() == 1) {
                             f.hidden("bailleur", v.bailleurs.front().code);
                         } else {
                             std::vector<ui::Option> organismes;
                             for (const auto& b : v.bailleurs) organismes.push_back({b.code, b.nom});
                             f.select({.name = "bailleur", .label = "Bailleur", .options = organismes});
                         }
                         f.input({.name = "tenue_le",
                                  .label = "Date",
                                  .hint = "Par exemple\u00a0: 03/12/2026",
                                  .width = 10});
                         f.input({.name = "lieu", .label = "Lieu", .optional = true, .max_length = 120});
                         f.submit("Prévoir cette séance");
                     });
        });
}

std::string seance(const ui::Chrome& chrome, const Seance& v, const Saisie& s, std::string_view fait)
{
    const auto& c = v.commission;
    return ui::page(
        chrome,
        {.title = "Commission du " + base::in_words(c.tenue_le),
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Logements proposés", ui::url("/logements")},
                        {"Commissions", ui::url("/commissions")}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Commission du " + base::in_words(c.tenue_le),
                            .above = c.bailleur_nom,
                            .lead = c.lieu});
            montrer_fait(h, fait);
            const bool tenue = c.tenue_le <= v.aujourd_hui;
            if (std::ranges::any_of(v.examines, [](const auto& e) { return e.examen.decide_le.has_value(); }))
                ui::buttons(h, {{.label = "Imprimer le procès-verbal (PDF)",
                                 .url = ui::url("/commissions/{}/proces-verbal.pdf", c.id),
                                 .importance = ui::Importance::Secondary}});
            if (v.examines.empty())
                ui::empty_state(h, {.title = "Aucun logement pour le moment",
                                    .text = "Inscrivez des candidats depuis la page d’un logement."});
            for (const auto& e : v.examines) {
                const auto& l = e.ouvert.dossier.logement;
                h("<h2 class=\"fr-h4 fr-mt-4w\">{}</h2><p>{}. {}, {}.</p>", en_bref(l, e.commune),
                  ui::link(l.reference, url_logement(l.id)), cout(l),
                  base::label_of(financements, l.financement));
                if (e.examen.decide_le || !tenue)
                    salle::montrer_decisions(h, e, c.id);
                else
                    salle::saisir_decisions(h, chrome, v, e, s);
                if (e.examen.derogation)
                    h("<p>Moins de trois demandes examinées\u00a0: {}.</p>",
                      base::label_of(derogations, *e.examen.derogation));
            }
            const auto toute = url_commission(c.id);
            if (v.refuse || !v.apres.empty())
                h("<p>{}</p>", ui::link(v.refuse ? "Voir toute la séance" : "Premiers logements", toute));
            if (!v.suite.empty())
                h("<p>{}</p>", ui::link("Logements suivants", toute.with("apres", v.suite)));
        });
}

} // namespace demande::candidature::views
