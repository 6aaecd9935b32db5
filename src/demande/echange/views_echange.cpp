// The screens of exchange files.
#include "demande/echange/views_echange.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "demande/chargement.hpp"

namespace demande::echange::views {

namespace {
namespace ecrans_d_echange {

void choix_du_guichet(ui::Form& f, const std::vector<Guichet>& guichets)
{
    if (guichets.size() < 2) return;
    std::vector<ui::Option> options;
    for (const auto& g : guichets) options.push_back({g.code, g.nom + ", territoire " + g.territoire});
    f.select({.name = "guichet", .label = "Guichet", .options = options});
}

ui::Markup etat(const store::Fichier& f, const std::string& fuseau)
{
    if (f.applique_le)
        return ui::markup("{} le {}", ui::badge("Importé", ui::BadgeTone::Success),
                          base::in_words(*f.applique_le, fuseau));
    return f.en_attente ? ui::badge("À importer", ui::BadgeTone::New) : ui::badge("Pas importé");
}

void montrer_chiffres(ui::Html& h, const store::Fichier& f)
{
    ui::recap(h, {.title = f.applique_le ? "Ce que le fichier a fait" : "Ce que le fichier ferait",
                  .rows = {{.label = "Demandes nouvelles", .value = base::format_integer(f.nouvelles)},
                           {.label = "Demandes mises à jour", .value = base::format_integer(f.changees)},
                           {.label = "Demandes sans changement", .value = base::format_integer(f.inchangees)},
                           {.label = "Dont renouvelées là-bas", .value = base::format_integer(f.renouvelees)},
                           {.label = "Dont peut-être d’une personne déjà connue ici",
                            .value = base::format_integer(f.doublons)},
                           {.label = "Demandes refusées", .value = base::format_integer(f.refusees)}}});
}

void montrer_refus(ui::Html& h, const Bilan& b)
{
    ui::alert(
        h,
        {.tone = ui::Tone::Error,
         .title = "Rien n’est importé",
         .text =
             "Le fichier se prend tout entier ou pas du tout. Faites corriger ces lignes là d’où il vient, "
             "puis envoyez-le de nouveau.",
         .announce = true});
    ui::Table t{.caption = "Lignes refusées",
                .columns = {{.title = "Ligne", .number = true},
                            {.title = "Colonne", .number = true},
                            {.title = "Demande"},
                            {.title = "Raison"}}};
    for (const auto& r : b.refus)
        // A demande that changed meanwhile is at no line.
        t.rows.push_back({r.ligne ? ui::Markup{base::format_integer(r.ligne)} : ui::Markup{"–"},
                          r.colonne ? ui::Markup{base::format_integer(r.colonne)} : ui::Markup{"–"},
                          r.numero.empty() ? ui::Markup{"–"} : ui::Markup{numero_lu(r.numero)}, r.raison});
    ui::table(h, t);
}

void montrer_semblables(ui::Html& h, const std::vector<demande::store::PaireSignalee>& paires)
{
    if (paires.empty()) return;
    h("<h2 class=\"fr-h4 fr-mt-6w\">Peut-être la même personne</h2><p>Un fichier a amené ces demandes, qui "
      "ressemblent à une autre. Elles sont enregistrées. Ouvrez-en une pour dire si ce sont deux personnes, "
      "ou "
      "pour réunir les deux demandes.</p>");
    ui::Table t{.caption = "Demandes qui ressemblent à une autre",
                .columns = {{.title = "Reprise"}, {.title = "Ressemble à"}, {.title = "Ressemblance"}}};
    for (const auto& p : paires)
        t.rows.push_back({ui::link(numero_lu(p.numero), demande::views::url_demande(p.demande)),
                          ui::link(numero_lu(p.autre_numero), demande::views::url_demande(p.autre)),
                          base::label_of(ressemblances, p.ressemblance)});
    ui::table(h, t);
}

} // namespace ecrans_d_echange
} // namespace

std::string echanges(const ui::Chrome& chrome, const Echanges& e, const demande::views::Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Échanges avec le système national",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}}},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Échanges avec le système national",
                    .lead = "Importer les demandes d’un fichier du système national d’enregistrement, ou lui "
                            "rendre celles qui ont changé."});
            h("<h2 class=\"fr-h4\">Importer un fichier</h2><p>Rien n’est enregistré avant que vous ayez vu "
              "ce que le "
              "fichier ferait.</p>");
            const bool export_ = s.valeurs && std::ranges::find(*s.valeurs, "depuis", [](const auto& p) {
                                                  return p.first;
                                              }) != s.valeurs->end();
            ui::form(
                h,
                {.action = ui::url("/echanges"),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = export_ ? nullptr : s.erreurs,
                 .values = export_ ? nullptr : s.valeurs,
                 .multipart = true,
                 .id = "import"},
                [&](ui::Form& f) {
                    ecrans_d_echange::choix_du_guichet(f, e.guichets);
                    f.upload(
                        {.name = "fichier",
                         .label = "Fichier d’échange",
                         .accept = ".xml",
                         .limits =
                             "XML « interfaceNuu », version 02.00 ou 02.01 ; 8 Mo et 500 demandes au plus",
                         .multiple = false,
                         .optional = false});
                    f.submit("Vérifier le fichier");
                });
            h("<h2 class=\"fr-h4 fr-mt-6w\">Exporter ce qui a changé</h2><p>Les demandes en cours du "
              "territoire, telles "
              "qu’elles sont aujourd’hui. Chaque demandeur lira que sa demande a été consultée.</p>");
            ui::form(h,
                     {.action = ui::url("/echanges/demandes.xml"),
                      .errors = export_ ? s.erreurs : nullptr,
                      .values = export_ ? s.valeurs : nullptr,
                      .get = true,
                      .id = "export"},
                     [&](ui::Form& f) {
                         ecrans_d_echange::choix_du_guichet(f, e.guichets);
                         f.date({.name = "depuis", .label = "Modifiées depuis le"});
                         f.submit({{.label = "Exporter", .importance = ui::Importance::Secondary}});
                     });
            ecrans_d_echange::montrer_semblables(h, e.semblables);
            if (e.fichiers.empty()) return;
            ui::Table t{.caption = "Vos derniers fichiers",
                        .columns = {{.title = "Envoyé le"},
                                    {.title = "Nouvelles", .number = true},
                                    {.title = "Mises à jour", .number = true},
                                    {.title = "État"}}};
            for (const auto& f : e.fichiers)
                t.rows.push_back(
                    {ui::link(base::in_words(f.depose_le, e.fuseau), ui::url("/echanges/{}", f.id)),
                     base::format_integer(f.nouvelles), base::format_integer(f.changees),
                     ecrans_d_echange::etat(f, e.fuseau)});
            h("<div class=\"fr-mt-6w\">");
            ui::table(h, t);
            h("</div>");
        });
}

std::string fichier(const ui::Chrome& chrome, const UnFichier& v, std::string_view fait)
{
    const bool refuse = !v.bilan.refus.empty();
    const auto& f = v.fichier;
    return ui::page(
        chrome,
        {.title = "Fichier du système national",
         .error = refuse,
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")},
                        {"Échanges avec le système national", ui::url("/echanges")}}},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Fichier du système national",
                         .lead = f.fichier_le.ms == 0 ? ui::Markup{}
                                                      : ui::Markup{"Fait le " + base::in_words(f.fichier_le) +
                                                                   ", heure de Paris."}});
            if (fait == "import" && f.applique_le)
                ui::alert(h,
                          {.tone = ui::Tone::Success, .text = "Le fichier est importé.", .announce = true});
            if (refuse) ecrans_d_echange::montrer_refus(h, v.bilan);
            ecrans_d_echange::montrer_chiffres(h, f);
            ecrans_d_echange::montrer_semblables(h, v.semblables);
            if (!refuse && !f.applique_le && !f.en_attente)
                ui::alert(h, {.tone = ui::Tone::Info,
                              .text = "Ce fichier n’est plus gardé. Envoyez-le de nouveau pour l’importer."});
            if (!refuse && f.en_attente) {
                h("<p>Les demandes nouvelles gardent leur numéro et leur date de dépôt. Celles qui changent "
                  "gardent "
                  "leurs versions précédentes.</p>");
                ui::form(h, {.action = ui::url("/echanges/{}/import", f.id), .csrf = chrome.csrf},
                         [&](ui::Form& form) { form.submit("Importer ces demandes"); });
            }
            h("<p class=\"fr-mt-4w\">{}</p>", ui::link("Envoyer un autre fichier", ui::url("/echanges")));
        });
}

} // namespace demande::echange::views
