// The warnings of a demande.
#include "demande/views_avertissement.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace demande::views {

namespace {
namespace avertis {

std::string motif(const Avertissement& a)
{
    return std::string{base::label_of(motifs_radiation, a.motif)} +
           (a.condition ? "\u00a0: " + std::string{base::label_of(motifs_irrecevabilite, *a.condition)}
                        : std::string{});
}

std::string etat(const Avertissement& a, Date ancre)
{
    if (a.repondu_le) return "Le demandeur a répondu le " + base::in_words(*a.repondu_le);
    if (a.ancre != ancre) return "Sans effet\u00a0: la demande a été renouvelée depuis";
    if (const auto fin = fin_du_delai(a))
        return "Remis le " + base::in_words(*a.remis_le) + ", réponse possible jusqu’au " +
               base::in_words(*fin) + " inclus";
    return "À poster ou à remettre";
}

void ecrire(ui::Html& h, const ui::Chrome& chrome, const Avertissements& v, const Saisie& s)
{
    std::vector<ui::Option> motifs, conditions;
    for (const auto& [m, par] : v.motifs)
        motifs.push_back({std::string{base::slug_of(motifs_radiation, m)},
                          std::string{base::label_of(motifs_radiation, m)}});
    for (const auto& m : motifs_irrecevabilite)
        conditions.push_back({std::string{m.slug}, std::string{m.label}});
    h("<h2 class=\"fr-h4 fr-mt-4w\">Écrire un avertissement</h2><p>{}</p>",
      v.lettre_possible
          ? "La lettre va dans les courriers du jour de votre guichet. Postez-la en recommandé avec avis de "
            "réception, ou remettez-la contre signature. Un courriel le dit aussi, s’il y a une adresse."
          : "La demande n’a pas d’adresse complète\u00a0: aucune lettre n’est préparée. Corrigez l’adresse "
            "d’abord, ou remettez l’avertissement en main propre.");
    ui::form(h,
             {.action = ui::url("/demandes/{}/avertissements", v.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs},
             [&](ui::Form& f) {
                 f.radios({.name = "motif", .legend = "Motif de la radiation annoncée", .options = motifs});
                 f.select({.name = "condition",
                           .label = "Condition d’accès non remplie",
                           .hint = "Pour des conditions d’accès non remplies",
                           .options = conditions,
                           .optional = true,
                           .empty_label = "Aucune"});
                 f.textarea(
                     {.name = "texte",
                      .label = "Ce que le demandeur doit savoir pour répondre",
                      .hint = "Il le lit tel quel\u00a0: ce qui lui a été demandé et quand, ou la décision "
                              "de la commission",
                      .rows = 5,
                      .max_length = static_cast<int>(texte_d_avertissement_max)});
                 f.submit("Préparer l’avertissement");
             });
}

void noter_la_remise(ui::Html& h, const ui::Chrome& chrome, const Avertissements& v, const Avertissement& a,
                     const Saisie& s)
{
    std::vector<ui::Option> moyens;
    for (const auto& m : moyens_de_remise) moyens.push_back({std::string{m.slug}, std::string{m.label}});
    h("<h2 class=\"fr-h4 fr-mt-4w\">Noter la remise\u00a0: {}</h2><p>Le délai court de ce jour. Une lettre "
      "qui revient sans avoir été présentée ne compte pas\u00a0: corrigez l’adresse et écrivez de "
      "nouveau.</p>",
      motif(a));
    ui::form(h,
             {.action = ui::url("/demandes/{}/avertissements/remise", v.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs},
             [&](ui::Form& f) {
                 f.hidden("avertissement", a.id);
                 f.select({.name = "moyen", .label = "Comment il a été remis", .options = moyens});
                 f.input({.name = "remis_le",
                          .label = "Jour de la remise",
                          .hint = "Celui de l’avis de réception. Par exemple\u00a0: 21/11/2026",
                          .width = 10});
                 f.input({.name = "preuve",
                          .label = "Ce qui la prouve",
                          .hint = "Par exemple, le numéro du recommandé",
                          .max_length = static_cast<int>(preuve_max)});
                 f.submit("Noter la remise");
             });
}

void noter_la_reponse(ui::Html& h, const ui::Chrome& chrome, const Avertissements& v, const Avertissement& a,
                      const Saisie& s)
{
    h("<h2 class=\"fr-h4 fr-mt-4w\">Noter une réponse\u00a0: {}</h2><p>Une réponse arrête la radiation.</p>",
      motif(a));
    ui::form(h,
             {.action = ui::url("/demandes/{}/avertissements/reponse", v.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs},
             [&](ui::Form& f) {
                 f.hidden("avertissement", a.id);
                 f.textarea({.name = "reponse",
                             .label = "Ce que le demandeur a répondu",
                             .optional = true,
                             .rows = 3,
                             .max_length = static_cast<int>(texte_d_avertissement_max)});
                 f.submit({{.label = "Noter qu’il a répondu", .importance = ui::Importance::Secondary}});
             });
}

} // namespace avertis
} // namespace

std::string avertissements(const ui::Chrome& chrome, const Avertissements& v, const Saisie& s,
                           FormulaireDAvertissement lequel, std::string_view fait)
{
    using F = FormulaireDAvertissement;
    const auto saisie_de = [&](F f) { return f == lequel ? s : Saisie{}; };
    return ui::page(
        chrome,
        {.title = "Avertissements avant radiation",
         .error = (s.erreurs && !s.erreurs->empty()) || !v.refus.empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}, {"Demande", url_demande(v.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Avertissements avant radiation",
                            .above = v.numero,
                            .lead = "Personne n’est radié pour une absence de réponse ou une condition non "
                                    "remplie sans un avertissement remis, et un délai pour répondre (CCH, "
                                    "article R. 441-2-8, c et d)."});
            montrer_fait(h, fait);
            if (!v.refus.empty()) ui::alert(h, {.tone = ui::Tone::Error, .text = v.refus, .announce = true});
            ui::Table t{.caption = "Avertissements écrits",
                        .columns = {{.title = "Motif"},
                                    {.title = "Écrit le"},
                                    {.title = "Texte"},
                                    {.title = "Remise"},
                                    {.title = "Où il en est"}},
                        .empty = "Aucun avertissement n’a été écrit."};
            for (const auto& a : v.tous)
                t.rows.push_back(
                    {avertis::motif(a), base::short_text(a.ecrit_le) + ", " + a.organisme, a.texte,
                     a.moyen ? std::string{base::label_of(moyens_de_remise, *a.moyen)} + ", " + a.preuve
                             : std::string{"Non notée"},
                     avertis::etat(a, v.ancre) +
                         (a.reponse.empty() ? std::string{} : "\u00a0: " + a.reponse)});
            ui::table(h, t);
            if (!v.en_cours || v.motifs.empty()) return;
            for (const auto& a : v.tous) {
                if (!attend_une_reponse(a, v.ancre)) continue;
                if (!a.remis_le && std::ranges::find(v.siens, a.partenaire) != v.siens.end())
                    avertis::noter_la_remise(h, chrome, v, a, saisie_de(F::Remise));
                avertis::noter_la_reponse(h, chrome, v, a, saisie_de(F::Reponse));
            }
            avertis::ecrire(h, chrome, v, saisie_de(F::Ecrire));
        });
}

} // namespace demande::views
