// The removals that a manager pronounces several at a time.
#include "demande/views_radiations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/chargement.hpp"
#include "demande/views_courriers.hpp"

namespace demande::views {

namespace {
namespace radier_plusieurs {

const std::vector<ui::Link> chemin = {{"Demandes de logement", ui::url("/demandes")}};

std::string le(Date jour)
{
    return base::short_text(jour);
}

void filtrer(ui::Html& h, const Radiations& r)
{
    if (r.territoires.size() < 2 && r.guichets.size() < 2) return;
    const ui::Values valeurs{{"territoire", r.filtre.territoire}, {"guichet", r.filtre.guichet}};
    ui::form(
        h,
        {.action = ui::url("/radiations"),
         .values = &valeurs,
         .get = true,
         .id = "filtre",
         .required_note = "Affinez si besoin."},
        [&](ui::Form& f) {
            if (r.territoires.size() > 1) {
                std::vector<ui::Option> options;
                for (const auto& t : r.territoires) options.push_back({t, "Territoire " + t});
                f.select(
                    {.name = "territoire", .label = "Territoire", .options = options, .empty_label = ""});
            }
            if (r.guichets.size() > 1) {
                std::vector<ui::Option> options;
                for (const auto& g : r.guichets) options.push_back({g.code, g.nom});
                f.select({.name = "guichet",
                          .label = "Enregistrée par",
                          .options = options,
                          .optional = true,
                          .empty_label = "Tous les guichets"});
            }
            f.submit({{.label = "Afficher", .importance = ui::Importance::Secondary}});
        });
}

void choisir(ui::Html& h, const ui::Chrome& chrome, const Radiations& r, const Saisie& s)
{
    std::vector<ui::Option> options;
    for (const auto& d : r.demandes) {
        options.push_back(
            {d.id, numero_lu(d.numero),
             ui::markup("Radiation possible depuis le {}. Fin de validité\u00a0: {}. Préavis remis le {}. "
                        "Enregistrée par {}. {}",
                        le(d.radiable_le), le(jalons(d.ancre).fin_de_validite), le(d.preavis_remis_le),
                        d.guichet,
                        ui::link(ui::markup("Ouvrir la demande<span class=\"fr-sr-only\"> {}</span>",
                                            numero_lu(d.numero)),
                                 url_demande(d.id)))});
    }
    ui::form(h,
             {.action = ui::url("/radiations/apercu"),
              .csrf = chrome.csrf,
              .errors = s.erreurs,
              .values = s.valeurs,
              .id = "choix"},
             [&](ui::Form& f) {
                 f.hidden("territoire", r.filtre.territoire);
                 f.hidden("guichet", r.filtre.guichet);
                 f.checkboxes({.name = "demande",
                               .legend = "Demandes à radier",
                               .hint = "Rien n’est radié avant l’écran suivant. Ouvrir une demande est noté "
                                       "dans son historique.",
                               .options = std::move(options)});
                 f.submit("Vérifier avant de radier");
             });
    if (r.suite) h("<p>{}</p>", ui::link("Demandes suivantes", *r.suite));
}

void montrer_attentes(ui::Html& h, const Radiations& r)
{
    if (!r.gestionnaire || !r.ailleurs.empty()) return;
    h("<h2 class=\"fr-h4 fr-mt-6w\">Préavis non remis et attestations en retard</h2>");
    if (!r.au_guichet) {
        h("<p>Choisissez un guichet, en haut de la page, pour voir les siens.</p>");
        return;
    }
    h("<p>Le préavis qui n’est pas arrivé suspend la radiation\u00a0: le guichet corrige l’adresse et le "
      "renvoie. "
      "L’attestation est due dans le mois du dépôt ou du renouvellement (CCH, article R. 441-2-4).</p>");
    preavis_non_remis(h, r.au_guichet->nom, r.au_guichet->retours);
    ui::Table t{.caption = fmt::format("Attestations en retard, {}", r.au_guichet->nom),
                .columns = {{.title = "Numéro unique"}, {.title = "À remettre au plus tard le"}},
                .empty = "Aucune attestation n’est en retard."};
    for (const auto& d : r.au_guichet->en_retard)
        t.rows.push_back({ui::link(numero_lu(d.numero), url_demande(d.demande)), le(d.due)});
    ui::table(h, t);
    if (r.au_guichet->incomplet)
        h("<p>Seules les plus anciennes sont montrées\u00a0: les suivantes paraissent quand celles-ci sont "
          "réglées.</p>");
}

void montrer_irrecevables(ui::Html& h, const Radiations& r)
{
    if (!r.bailleur) return;
    h("<h2 class=\"fr-h4 fr-mt-6w\">Demandes déclarées irrecevables</h2><p>Une commission les a déclarées "
      "irrecevables il y a plus d’un mois. La radiation se prononce un mois après la remise de la décision "
      "au demandeur (CCH, article R. 441-2-8, d)\u00a0: elle s’écrit, et sa remise se note, à l’écran "
      "«\u00a0Avertissements\u00a0».</p>");
    ui::Table t{.caption = "Irrecevabilités de plus d’un mois",
                .columns = {{.title = "Numéro unique"},
                            {.title = "Condition non remplie"},
                            {.title = "Déclarée le"},
                            {.title = "Suite"}},
                .empty = "Aucune irrecevabilité de plus d’un mois n’attend."};
    for (const auto& [d, declaree_le] : r.irrecevables) {
        const auto motif = base::from_slug(motifs_irrecevabilite, d.motif);
        t.rows.push_back(
            {ui::link(numero_lu(d.numero), url_demande(d.demande)),
             motif ? std::string{base::label_of(motifs_irrecevabilite, *motif)} : std::string{"–"},
             le(declaree_le),
             ui::link(ui::markup("Avertir<span class=\"fr-sr-only\"> pour la demande {}</span>",
                                 numero_lu(d.numero)),
                      ui::url("/demandes/{}/avertissements", d.demande))});
    }
    ui::table(h, t);
}

ui::Markup en_cours(const LigneDeRadiation& l)
{
    if (l.candidatures.empty()) return {};
    return ui::markup(" {} {}", ui::badge("Candidature en cours", ui::BadgeTone::Warning),
                      base::join(l.candidatures, ", ") +
                          "\u00a0: elle sera retirée du logement. Regardez la demande avant de la cocher.");
}

} // namespace radier_plusieurs
} // namespace

ui::Url url_radiations(const FiltreDesRadiations& f)
{
    const auto url = ui::url("/radiations").with("territoire", f.territoire);
    return f.guichet.empty() ? url : url.with("guichet", f.guichet);
}

std::string radiations(const ui::Chrome& chrome, const Radiations& r, const Saisie& s)
{
    return ui::page(chrome,
                    {.title = "Radiations à prononcer",
                     .error = s.erreurs && !s.erreurs->empty(),
                     .breadcrumb = radier_plusieurs::chemin},
                    [&](ui::Html& h) {
                        ui::heading(h, {.title = "Radiations à prononcer",
                                        .lead = "Rien n’est radié sans qu’une personne le décide."});
                        if (r.gestionnaire) {
                            h("<h2 class=\"fr-h4\">Demandes non renouvelées</h2><p>Leur préavis est arrivé, "
                              "leur validité et le délai laissé ensuite sont passés, et personne ne les a "
                              "renouvelées (CCH, articles R. 441-2-7 et R. 441-2-8, e). Une demande dont le "
                              "préavis n’est pas arrivé n’est pas ici\u00a0: sa radiation est "
                              "suspendue.</p>");
                            radier_plusieurs::filtrer(h, r);
                            if (!r.ailleurs.empty()) {
                                h("<p>{}</p>", r.ailleurs);
                            } else if (r.demandes.empty() && !r.suite) {
                                h("<p>Aucune demande n’est à radier.</p>");
                            } else {
                                h("<p><strong>{}</strong></p>",
                                  r.nombre > store::radiables_comptes
                                      ? "Plus de " + base::format_integer(store::radiables_comptes) +
                                            " demandes"
                                  : r.nombre == 1 ? std::string{"1 demande"}
                                                  : base::format_integer(r.nombre) + " demandes");
                                radier_plusieurs::choisir(h, chrome, r, s);
                            }
                        }
                        radier_plusieurs::montrer_attentes(h, r);
                        radier_plusieurs::montrer_irrecevables(h, r);
                    });
}

std::string apercu_des_radiations(const ui::Chrome& chrome, const std::vector<LigneDeRadiation>& lignes,
                                  const FiltreDesRadiations& filtre)
{
    namespace ici = radier_plusieurs;
    const auto retour = url_radiations(filtre);
    const auto possibles =
        std::ranges::count(lignes, LigneDeRadiation::Suite::APrononcer, &LigneDeRadiation::suite);
    return ui::page(
        chrome,
        {.title = "Vérifier avant de radier",
         .breadcrumb = {ici::chemin.front(), {"Radiations à prononcer", retour}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Vérifier avant de radier",
                            .lead = "Motif\u00a0: demande non renouvelée (CCH, article R. 441-2-8, e). Il "
                                    "reste dans "
                                    "l’historique de chaque demande."});
            if (possibles > 0) {
                std::vector<ui::Option> options;
                std::vector<std::string> cochees;
                for (const auto& l : lignes) {
                    if (l.suite != LigneDeRadiation::Suite::APrononcer) continue;
                    const auto valeur = fmt::format("{}.{}", l.id, l.version);
                    if (l.candidatures.empty()) cochees.push_back(valeur);
                    options.push_back(
                        {valeur, numero_lu(l.numero),
                         ui::markup("Sera radiée aujourd’hui. {}{}",
                                    l.reactivable ? "Elle pourra être réactivée jusqu’au " +
                                                        base::in_words(*l.reactivable) +
                                                        " inclus, avec son numéro et son ancienneté."
                                                  : std::string{},
                                    ici::en_cours(l))});
                }
                ui::form(h, {.action = ui::url("/radiations"), .csrf = chrome.csrf, .id = "radier"},
                         [&](ui::Form& f) {
                             f.hidden("territoire", filtre.territoire);
                             f.hidden("guichet", filtre.guichet);
                             f.checkboxes({.name = "demande",
                                           .legend = "Demandes qui seront radiées",
                                           .hint = "Décochez celles qui ne doivent pas l’être.",
                                           .options = std::move(options),
                                           .values = std::move(cochees)});
                             f.submit("Radier les demandes cochées");
                         });
            }
            if (possibles < static_cast<std::ptrdiff_t>(lignes.size())) {
                ui::Table t{.caption = "Demandes qui ne seront pas radiées",
                            .columns = {{.title = "Numéro unique"}, {.title = "Pourquoi"}}};
                for (const auto& l : lignes)
                    if (l.suite != LigneDeRadiation::Suite::APrononcer)
                        t.rows.push_back({ui::link(numero_lu(l.numero), url_demande(l.id)), l.refus});
                ui::table(h, t);
            }
            h("<p>{}</p>", ui::link("Revenir à la liste sans radier", retour));
        });
}

std::string radiations_faites(const ui::Chrome& chrome, const std::vector<LigneDeRadiation>& lignes,
                              const FiltreDesRadiations& filtre)
{
    namespace ici = radier_plusieurs;
    const auto retour = url_radiations(filtre);
    const auto faites = std::ranges::count_if(lignes, [](const LigneDeRadiation& l) {
        return l.suite == LigneDeRadiation::Suite::Radiee || l.suite == LigneDeRadiation::Suite::DejaRadiee;
    });
    const bool toutes = faites == static_cast<std::ptrdiff_t>(lignes.size());
    const auto titre = faites == 0   ? std::string{"Aucune demande n’est radiée"}
                       : faites == 1 ? std::string{"1 demande est radiée"}
                                     : fmt::format("{} demandes sont radiées", faites);
    return ui::page(
        chrome, {.title = titre, .breadcrumb = {ici::chemin.front(), {"Radiations à prononcer", retour}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = titre});
            ui::alert(h, {.tone = toutes ? ui::Tone::Success : ui::Tone::Warning,
                          .text = toutes ? "Le motif est gardé dans l’historique de chaque demande."
                                         : "Certaines ne l’ont pas été\u00a0: la raison est écrite à côté de "
                                           "chacune.",
                          .announce = true});
            ui::Table t{.caption = "Ce qui a été fait",
                        .columns = {{.title = "Numéro unique"}, {.title = "Résultat"}}};
            for (const auto& l : lignes) {
                ui::Markup resultat = l.refus;
                if (l.suite == LigneDeRadiation::Suite::Radiee)
                    resultat = ui::badge("Radiée", ui::BadgeTone::Success);
                if (l.suite == LigneDeRadiation::Suite::DejaRadiee)
                    resultat = ui::badge("Déjà radiée aujourd’hui", ui::BadgeTone::Success);
                t.rows.push_back({ui::link(numero_lu(l.numero), url_demande(l.id)), resultat});
            }
            ui::table(h, t);
            ui::buttons(h, {{.label = "Revenir à la liste", .url = retour}});
        });
}

} // namespace demande::views
