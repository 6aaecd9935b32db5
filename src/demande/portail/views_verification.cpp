// What an agent of a guichet checks: the list of demandes deposited online, and one of them beside its
// identity document.
#include "base/text.hpp"
#include "demande/portail/views_en_ligne.hpp"
#include "demande/views.hpp"

namespace demande::portail::views {

namespace {
namespace controle {

std::vector<ui::Link> fil()
{
    return {{"Demandes de logement", ui::url("/demandes")}};
}

/// The two answers: it is the right person, or something is to be corrected.
void decider(ui::Html& h, const ui::Chrome& chrome, const AVerifier& v, const Saisie& s)
{
    h("<h2 class=\"fr-h3 fr-mt-4w\">C’est la bonne personne</h2>");
    ui::form(h,
             {.action = ui::url("/a-verifier/{}/validation", v.demande.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs,
              .id = "validation"},
             [&](ui::Form& f) {
                 f.hidden("version", std::to_string(v.demande.version));
                 if (v.guichets.size() > 1) {
                     std::vector<ui::Option> options;
                     for (const auto& g : v.guichets) options.push_back({g.code, g.nom});
                     f.select({.name = "guichet", .label = "Guichet", .options = options});
                 } else if (!v.guichets.empty()) {
                     f.hidden("guichet", v.guichets.front().code);
                 }
                 if (!v.doublons.empty())
                     f.checkbox({.name = "verifie",
                                 .label = "J’ai vérifié : ce n’est aucune des demandes affichées en haut "
                                          "de la page"});
                 f.submit("Valider et donner le numéro unique");
             });
    h("<h2 class=\"fr-h3 fr-mt-4w\">Quelque chose est à corriger</h2>");
    ui::form(h,
             {.action = ui::url("/a-verifier/{}/invalidation", v.demande.id),
              .csrf = chrome.csrf,
              .once = chrome.once,
              .errors = s.erreurs,
              .values = s.valeurs,
              .id = "invalidation",
              .summary = false},
             [&](ui::Form& f) {
                 f.hidden("version", std::to_string(v.demande.version));
                 std::vector<ui::Option> options;
                 for (const auto& m : motifs_invalidation) options.push_back({std::string{m.slug}, m.label});
                 f.radios({.name = "motif",
                           .legend = "Ce que lira le demandeur",
                           .hint = "Il garde la date de son premier dépôt, si la demande reste à son nom.",
                           .options = options});
                 f.submit({{.label = "Demander cette correction", .importance = ui::Importance::Secondary}});
             });
}

} // namespace controle
} // namespace

std::string a_verifier(const ui::Chrome& chrome, const Liste& l, std::string_view fait)
{
    return ui::page(
        chrome, {.title = "Demandes à vérifier", .breadcrumb = controle::fil()}, [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Demandes à vérifier",
                    .lead = "Déposées en ligne, la plus ancienne d’abord. Comparez la pièce d’identité à ce "
                            "qui est écrit : rien d’autre ne peut retarder l’enregistrement."});
            if (fait == "invalidation")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "La correction est demandée. Le demandeur vient d’être prévenu.",
                              .announce = true});
            for (const auto& o : l.ailleurs) demande::views::dire_ailleurs(h, o);
            ui::Table t{
                .caption = "Demandes déposées en ligne",
                .caption_hidden = true,
                .columns = {{.title = "Demande"}, {.title = "Déposée le"}, {.title = "À vérifier avant le"}},
                .empty = "Aucune demande n’attend."};
            for (std::size_t i = 0; i < l.lignes.size(); ++i) {
                const auto& d = l.lignes[i];
                t.rows.push_back(
                    {ui::link(ui::markup("Vérifier<span class=\"fr-sr-only\"> la demande {}, déposée le "
                                         "{}</span>",
                                         i + 1, base::in_words(d.deposee_le)),
                              ui::url("/a-verifier/{}", d.id)),
                     base::short_text(d.deposee_le),
                     d.en_retard ? ui::markup("{} {}", base::short_text(d.avant),
                                              ui::badge("En retard", ui::BadgeTone::Error))
                                 : ui::Markup{base::short_text(d.avant)}});
            }
            ui::table(h, t);
        });
}

std::string a_verifier_une(const ui::Chrome& chrome, const AVerifier& v, const Saisie& s)
{
    const auto& r = v.demande.reponses;
    const auto qui = r.texte("demandeur.prenom") + " " + r.texte("demandeur.nom");
    return ui::page(
        chrome,
        {.title = "Vérifier la demande de " + qui,
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")},
                        {"Demandes à vérifier", ui::url("/a-verifier")}}},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = qui,
                    .above = "Déposée en ligne le " + base::in_words(v.demande.deposee_le.value_or(v.jour)),
                    .lead = ui::markup("À vérifier avant le {}.", base::in_words(v.avant))});
            demande::views::dire_ailleurs(h, v.ou);
            demande::views::montrer_doublons(h, v.doublons);
            ui::row(h, [&](ui::Html& h) {
                ui::column(h, 6, [&](ui::Html& h) {
                    h("<h2 class=\"fr-h4\">Pièce d’identité</h2>");
                    std::vector<ui::Picture> images;
                    for (const auto& p : v.fichiers) {
                        ui::Picture i{.alt = "Pièce d’identité",
                                      .legend = p.nom,
                                      .format = std::string{base::label_of(piece::types, p.type)},
                                      .size = base::format_bytes(p.taille)};
                        if (p.disponible()) {
                            i.full = ui::url("/a-verifier/{}/fichiers/{}", v.demande.id, p.id.text);
                            if (p.est_photo())
                                i.thumbnail =
                                    ui::url("/a-verifier/{}/miniatures/{}", v.demande.id, p.id.text);
                        } else {
                            i.state = base::label_of(piece::etats, p.etat);
                        }
                        images.push_back(std::move(i));
                    }
                    ui::gallery(h, images);
                });
                ui::column(h, 6, [&](ui::Html& h) {
                    ui::Recap recap{.title = "À comparer"};
                    for (const auto& [champ, libelle] : {std::pair{"demandeur.nom", "Nom de naissance"},
                                                         {"demandeur.nom_usage", "Nom d’usage"},
                                                         {"demandeur.prenom", "Prénoms"}})
                        if (r.a(champ)) recap.rows.push_back({.label = libelle, .value = r.texte(champ)});
                    if (const auto d = base::parse_typed_date(r.texte("demandeur.naissance_le")))
                        recap.rows.push_back({.label = "Date de naissance", .value = base::in_words(*d)});
                    for (const auto& rubrique : rubriques())
                        for (const auto& q : rubrique.questions) {
                            const auto nom = champ(rubrique, 1, q);
                            if (nom == "demandeur.nationalite" || nom == "depot.identite")
                                recap.rows.push_back(
                                    {.label = q.libelle, .value = libelle_de_la_reponse(q, r.texte(nom))});
                        }
                    ui::recap(h, recap);
                });
            });
            if (se_traitent_ici(v.ou)) controle::decider(h, chrome, v, s);
            ui::details(h, {.title = "Tout ce que la demande dit"},
                        [&](ui::Html& h) { recapituler(h, r, v.jour, v.nirs); });
            if (!v.a_completer.empty())
                ui::details(h, {.title = "Ce que le demandeur pourra compléter"}, [&](ui::Html& h) {
                    h("<ul>");
                    for (const auto& m : v.a_completer) h("<li>{}</li>", m.message);
                    h("</ul>");
                });
        });
}

} // namespace demande::portail::views
