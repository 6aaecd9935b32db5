// Renewing, ending and bringing back a demande.
#include "demande/views_vie.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "demande/bail.hpp"
#include "demande/questions.hpp"

namespace demande::views {

namespace {

std::string saisi(const ui::Values& valeurs, std::string_view champ)
{
    const auto v = std::ranges::find_if(valeurs, [&](const auto& x) { return x.first == champ; });
    return v == valeurs.end() ? std::string{} : v->second;
}

/// For the motive a alone: what its bailleur owes.
void demander_le_bail(ui::Form& f)
{
    const std::vector<ui::Option> oui_non{{"oui", "Oui"}, {"non", "Non"}};
    std::vector<ui::Option> contingents;
    for (const auto& c : candidature::contingents)
        contingents.push_back({std::string{c.slug}, std::string{c.label}});
    f.input({.name = "signe_le",
             .label = "Bail signé le",
             .hint = "Pour un logement attribué, comme les quatre questions qui suivent (CCH, article R. "
                     "441-2-9). Par exemple\u00a0: 21/11/2026",
             .optional = true,
             .width = 10});
    f.input({.name = "rpls",
             .label = "Identifiant du logement dans le RPLS",
             .optional = true,
             .max_length = static_cast<int>(rpls_max),
             .width = 20});
    f.select({.name = "contingent",
              .label = "Contingent du logement",
              .options = contingents,
              .optional = true,
              .empty_label = "Aucun"});
    f.select({.name = "accord_collectif",
              .label = "Attribué dans un accord collectif",
              .options = oui_non,
              .optional = true,
              .empty_label = "Sans objet"});
    f.select({.name = "dalo",
              .label = "Ménage reconnu prioritaire au titre du Dalo",
              .options = oui_non,
              .optional = true,
              .empty_label = "Sans objet"});
}

} // namespace

std::string renouvellement(const ui::Chrome& chrome, const Renouvellement& v, const Saisie& s)
{
    const auto& d = v.demande;
    const std::string titre = v.reactivation ? "Réactiver la demande" : "Renouveler la demande";
    return ui::page(
        chrome,
        {.title = titre,
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = v.presentee ? std::vector<ui::Link>{{"Demandes de logement", ui::url("/demandes")}}
                                   : std::vector<ui::Link>{{"Demandes de logement", ui::url("/demandes")},
                                                           {"Demande", url_demande(d.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = titre,
                            .above = v.numero,
                            .lead = "Elle sera valable jusqu’au " + base::in_words(v.fin_de_validite) +
                                    " inclus. Le numéro et l’ancienneté ne changent pas."});
            if (v.presentee)
                h("<p>Relisez avec le demandeur ce qui est enregistré. Votre guichet renouvelle cette "
                  "demande "
                  "sans pouvoir la changer\u00a0: si quelque chose a changé, le demandeur le dit ensuite en "
                  "ligne, ou à {}, qui l’a enregistrée. Cette lecture est notée dans son historique.</p>",
                  d.guichet);
            else
                h("<p>Relisez avec le demandeur ce qui est enregistré. Si quelque chose a changé, {} "
                  "d’abord.</p>",
                  ui::link("mettez à jour la situation", ui::url("/demandes/{}/situation", d.id)));
            for (const auto& rubrique : rubriques())
                for (int ligne = 1; ligne <= rubrique.lignes; ++ligne) {
                    ui::Recap recap{.title = rubrique.lignes > 1
                                                 ? fmt::format("{} {}", rubrique.nom_de_ligne, ligne)
                                                 : std::string{rubrique.titre},
                                    .level = 2};
                    for (const auto& q : rubrique.questions)
                        if (const auto& texte = d.reponses.texte(champ(rubrique, ligne, q)); !texte.empty())
                            recap.rows.push_back(
                                {.label = q.libelle, .value = libelle_de_la_reponse(q, texte)});
                    if (!recap.rows.empty()) ui::recap(h, recap);
                }
            ui::form(
                h,
                {.action = v.presentee ? ui::url("/demandes/autre-guichet/renouvellement")
                                       : ui::url("/demandes/{}/renouvellement", d.id),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = s.erreurs,
                 .values = s.valeurs},
                [&](ui::Form& f) {
                    if (v.presentee)
                        for (const auto* champ : {"numero", "nom", "prenom", "naissance_le", "identite"})
                            f.hidden(champ, saisi(*v.presentee, champ));
                    f.checkbox(
                        {.name = "confirme",
                         .label = "Le demandeur confirme ces informations, présent ou par un écrit signé"});
                    f.submit(v.reactivation ? "Réactiver la demande" : "Renouveler la demande");
                });
        });
}

std::string presentation(const ui::Chrome& chrome, const Saisie& s, std::string_view refus)
{
    return ui::page(
        chrome,
        {.title = "Renouveler une demande d’un autre guichet",
         .error = (s.erreurs && !s.erreurs->empty()) || !refus.empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Renouveler une demande d’un autre guichet",
                         .lead = "N’importe quel guichet du territoire renouvelle une demande (CCH, article "
                                 "R. 441-2-7). Le demandeur est là, avec son numéro et une pièce "
                                 "d’identité."});
            if (!refus.empty()) ui::alert(h, {.tone = ui::Tone::Error, .text = refus, .announce = true});
            ui::form(h,
                     {.action = ui::url("/demandes/autre-guichet"),
                      .csrf = chrome.csrf,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.input({.name = "numero",
                                  .label = "Numéro unique",
                                  .hint = "18 caractères, par exemple 076 1125 000123 76R01",
                                  .autocomplete = "off",
                                  .width = 26});
                         f.input({.name = "nom", .label = "Nom", .autocomplete = "off"});
                         f.input({.name = "prenom", .label = "Prénom", .autocomplete = "off"});
                         f.input({.name = "naissance_le",
                                  .label = "Date de naissance",
                                  .hint = "Par exemple\u00a0: 03/02/1984",
                                  .autocomplete = "off",
                                  .width = 10});
                         f.checkbox({.name = "identite",
                                     .label = "J’ai vu la pièce d’identité de cette personne",
                                     .hint = "Chaque essai est noté, avec votre nom\u00a0; le demandeur voit "
                                             "qui a présenté son numéro"});
                         f.submit("Continuer");
                     });
        });
}

std::string radiation(const ui::Chrome& chrome, const FinDeDemande& v, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Radier la demande",
         .error = (s.erreurs && !s.erreurs->empty()) || !v.refus.empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}, {"Demande", url_demande(v.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = "Radier la demande",
                 .above = v.numero,
                 .lead =
                     "La loi ne connaît que six motifs. Celui que vous choisissez reste dans l’historique."});
            if (!v.reconnues.empty())
                ui::alert(h, {.tone = ui::Tone::Warning,
                              .text = "Une priorité de ce ménage est reconnue. La radiation n’y met pas fin"
                                      "\u00a0: elle reste notée, et revient avec la demande. Si une autre "
                                      "demande est gardée, le service de l’État la note sur celle-ci."});
            if (!v.refus.empty()) ui::alert(h, {.tone = ui::Tone::Error, .text = v.refus, .announce = true});
            h("<p>{}</p>",
              v.non_renouvellement_le
                  ? "Le non-renouvellement peut être prononcé à partir du " +
                        base::in_words(*v.non_renouvellement_le) + "."
                  : std::string{"Aucun préavis n’est arrivé\u00a0: le non-renouvellement ne peut pas être "
                                "prononcé."});
            h("<p>Une absence de réponse ou une condition d’accès non remplie ne se prononce qu’après un "
              "avertissement remis, et son délai. {}</p>",
              ui::link("Avertissements de cette demande", ui::url("/demandes/{}/avertissements", v.id)));
            std::vector<ui::Option> motifs;
            for (const auto& [motif, au_nom_de] : v.motifs)
                motifs.push_back({std::string{base::slug_of(motifs_radiation, motif)},
                                  std::string{base::label_of(motifs_radiation, motif)}});
            ui::form(h,
                     {.action = ui::url("/demandes/{}/radiation", v.id),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.radios({.name = "motif", .legend = "Motif de la radiation", .options = motifs});
                         f.textarea({.name = "justificatif",
                                     .label = "Ce qui le prouve",
                                     .hint = "Bail signé, date de l’écrit de renonciation. La remise d’un "
                                             "avertissement est déjà notée",
                                     .optional = true,
                                     .rows = 3,
                                     .max_length = 300});
                         if (std::ranges::any_of(v.motifs, [](const auto& m) {
                                 return m.first == MotifRadiation::Attribution;
                             }))
                             demander_le_bail(f);
                         f.submit("Radier la demande");
                     });
        });
}

std::string retrait_de_radiation(const ui::Chrome& chrome, const RetraitDeRadiation& v, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Revenir sur la radiation",
         .error = (s.erreurs && !s.erreurs->empty()) || !v.refus.empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}, {"Demande", url_demande(v.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Revenir sur la radiation",
                            .above = v.numero,
                            .lead =
                                "Pour une radiation qui n’avait pas lieu d’être : une erreur, un recours, un "
                                "bail qui n’a pas été signé."});
            if (!v.refus.empty()) ui::alert(h, {.tone = ui::Tone::Error, .text = v.refus, .announce = true});
            h("<p>Radiée le {} : {}.</p><p>La demande redevient active, avec son numéro et son ancienneté, "
              "jusqu’au {}. Une nouvelle attestation est due. Les candidatures retirées par la radiation ne "
              "reviennent pas : désignez-la de nouveau s’il le faut.</p>",
              base::in_words(v.radiee_le), base::label_of(motifs_radiation, v.motif),
              base::in_words(v.fin_de_validite));
            ui::form(h,
                     {.action = ui::url("/demandes/{}/radiation/retrait", v.id),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.textarea({.name = "raison",
                                     .label = "Pourquoi cette radiation n’avait pas lieu d’être",
                                     .hint = "Reste écrit avec la demande, lu par les agents qui la suivent",
                                     .rows = 3,
                                     .max_length = static_cast<int>(raison_de_retrait_max)});
                         f.submit("Revenir sur la radiation");
                     });
        });
}

} // namespace demande::views
