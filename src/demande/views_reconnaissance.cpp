// The priorities recognised of a demande.
#include "demande/views_reconnaissance.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace demande::views {

namespace {
namespace reconnues {

std::string nom(const Reconnaissance& r)
{
    return r.motif ? std::string{base::label_of(motifs_priorite, *r.motif)}
                   : std::string{base::label_of(natures_reconnues, r.nature)};
}

template <class E, std::size_t N> std::vector<ui::Option> choix(const base::Name<E> (&table)[N])
{
    std::vector<ui::Option> out;
    for (const auto& l : table) out.push_back({std::string{l.slug}, std::string{l.label}});
    return out;
}

void noter(ui::Html& h, const ui::Chrome& chrome, const Priorites& v, const Saisie& s)
{
    h("<h2 class=\"fr-h4 fr-mt-4w\">Noter une reconnaissance</h2>");
    std::vector<ui::Option> natures;
    for (const auto n : v.permises)
        natures.push_back({std::string{base::slug_of(natures_reconnues, n)},
                           std::string{base::label_of(natures_reconnues, n)}});
    ui::form(
        h,
        {.action = ui::url("/demandes/{}/priorites", v.id),
         .csrf = chrome.csrf,
         .once = chrome.once,
         .errors = s.erreurs,
         .values = s.valeurs},
        [&](ui::Form& f) {
            f.radios({.name = "nature", .legend = "Ce qui est reconnu", .options = natures});
            f.select({.name = "motif",
                      .label = "Motif, pour une autre priorité que le Dalo",
                      .hint = "CCH, article L. 441-1",
                      .options = choix(motifs_priorite),
                      .optional = true,
                      .empty_label = "Aucun"});
            f.input(
                {.name = "decidee_le",
                 .label = "Jour de la décision",
                 .hint = "Pour le Dalo, celui de la commission de médiation. Par exemple\u00a0: 12/11/2026",
                 .width = 10});
            f.input({.name = "decision",
                     .label = "Numéro de la décision",
                     .hint = "Pour le Dalo, toujours",
                     .optional = true,
                     .max_length = static_cast<int>(numero_de_decision_max),
                     .width = 20});
            f.input({.name = "depuis",
                     .label = "Vaut à partir du",
                     .hint = "Si rien n’est écrit, le jour de la décision",
                     .optional = true,
                     .width = 10});
            f.input({.name = "jusqu_au",
                     .label = "Vaut jusqu’au, ce jour compris",
                     .hint = "Si rien n’est écrit, jusqu’à ce que quelqu’un y mette fin",
                     .optional = true,
                     .width = 10});
            f.submit("Noter la reconnaissance");
        });
}

void finir(ui::Html& h, const ui::Chrome& chrome, const Priorites& v, const Saisie& s)
{
    std::vector<ui::Option> ouvertes;
    for (const auto& r : v.reconnaissances)
        if (est_ouverte(r, v.jour) && std::ranges::find(v.permises, r.nature) != v.permises.end())
            ouvertes.push_back({r.id, nom(r) + ", " + vigueur_en_mots(r, v.jour)});
    if (ouvertes.empty()) return;
    h("<h2 class=\"fr-h4 fr-mt-4w\">Mettre fin à une reconnaissance</h2>"
      "<p>La radiation d’une demande n’y met pas fin\u00a0: le ménage reste à reloger, sauf s’il y a renoncé "
      "ou y a fait obstacle.</p>");
    ui::form(h,
             {.action = ui::url("/demandes/{}/priorites/fin", v.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs},
             [&](ui::Form& f) {
                 f.radios({.name = "reconnaissance", .legend = "Celle qui prend fin", .options = ouvertes});
                 f.radios({.name = "raison", .legend = "Pourquoi", .options = choix(raisons_de_fin)});
                 f.input({.name = "finie_le",
                          .label = "Premier jour où elle ne vaut plus",
                          .hint = "Par exemple\u00a0: 22/11/2026",
                          .width = 10});
                 f.submit({{.label = "Mettre fin", .importance = ui::Importance::Secondary}});
             });
}

} // namespace reconnues
} // namespace

std::string vigueur_en_mots(const Reconnaissance& r, Date jour)
{
    auto out = "du " + base::in_words(r.depuis);
    if (r.finie_le)
        return out + ", finie le " + base::in_words(*r.finie_le) +
               (r.raison ? "\u00a0: " + std::string{base::label_of(raisons_de_fin, *r.raison)}
                         : std::string{});
    if (r.jusqu_au) return out + " au " + base::in_words(*r.jusqu_au) + " inclus";
    return (r.depuis > jour ? "à partir du " : "depuis le ") + base::in_words(r.depuis);
}

void montrer_reconnues(ui::Html& h, std::span<const Reconnaissance> toutes, Date jour)
{
    ui::Recap recap{.title = "Priorité reconnue", .level = 2};
    for (const auto& r : toutes)
        if (en_vigueur(r, jour))
            recap.rows.push_back({.label = r.motif ? std::string{base::label_of(motifs_priorite, *r.motif)}
                                                   : std::string{base::label_of(natures_reconnues, r.nature)},
                                  .value = vigueur_en_mots(r, jour) + ", notée par " + r.organisme});
    if (!recap.rows.empty()) ui::recap(h, recap);
}

std::string priorites(const ui::Chrome& chrome, const Priorites& v, const Saisie& s, bool sur_la_fin,
                      std::string_view fait)
{
    return ui::page(
        chrome,
        {.title = "Priorités reconnues",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}, {"Demande", url_demande(v.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Priorités reconnues",
                            .above = v.numero,
                            .lead = "Ce qu’une commission de médiation ou un service a reconnu. Ce que le "
                                    "demandeur déclare se lit dans sa demande."});
            montrer_fait(h, fait);
            ui::Table t{.caption = "Reconnaissances notées",
                        .columns = {{.title = "Ce qui est reconnu"},
                                    {.title = "Décision"},
                                    {.title = "Période"},
                                    {.title = "Notée par"},
                                    {.title = "État"}},
                        .empty = "Aucune priorité n’est reconnue."};
            for (const auto& r : v.reconnaissances)
                t.rows.push_back({reconnues::nom(r),
                                  base::short_text(r.decidee_le) +
                                      (r.decision.empty() ? std::string{} : ", n°\u00a0" + r.decision),
                                  vigueur_en_mots(r, v.jour), r.organisme,
                                  en_vigueur(r, v.jour)    ? ui::badge("En cours", ui::BadgeTone::Success)
                                  : est_ouverte(r, v.jour) ? ui::badge("À venir", ui::BadgeTone::Info)
                                                           : ui::badge("Finie")});
            ui::table(h, t);
            if (v.permises.empty()) {
                h("<p>Le service de l’État du territoire note le Dalo\u00a0; avec lui, le bailleur ou le "
                  "réservataire note une autre priorité.</p>");
                return;
            }
            if (!v.actes) return;
            reconnues::noter(h, chrome, v, sur_la_fin ? Saisie{} : s);
            reconnues::finir(h, chrome, v, sur_la_fin ? s : Saisie{});
        });
}

} // namespace demande::views
