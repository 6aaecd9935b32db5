// The page of the documents of a demande.
#include "demande/views_pieces.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/chargement.hpp"
#include "demande/periode.hpp"
#include "piece/views.hpp"

namespace demande::views {

namespace {
namespace documents {

ui::Markup badge_besoin(Besoin b)
{
    const auto mots = base::label_of(besoins, b);
    switch (b) {
    case Besoin::Manque:
        return ui::badge(mots);
    case Besoin::EnAttente:
        return ui::badge(mots, ui::BadgeTone::Info);
    case Besoin::ARenouveler:
        return ui::badge(mots, ui::BadgeTone::Warning);
    case Besoin::Acquis:
        return ui::badge(mots, ui::BadgeTone::Success);
    }
    throw base::Bug{"besoin without a badge"};
}

ui::Markup badge_etat_piece(const Pieces::Ligne& l)
{
    if (l.piece.etat == EtatPiece::Validee && l.validite == Validite::Perimee)
        return ui::badge("Périmée", ui::BadgeTone::Warning);
    const auto mots = base::label_of(etats_piece, l.piece.etat);
    switch (l.piece.etat) {
    case EtatPiece::Remise:
        return ui::badge(mots, ui::BadgeTone::Warning);
    case EtatPiece::Deposee:
        return ui::badge(mots, ui::BadgeTone::Info);
    case EtatPiece::Validee:
        return ui::badge(mots, ui::BadgeTone::Success);
    case EtatPiece::Refusee:
        return ui::badge(mots, ui::BadgeTone::Error);
    }
    throw base::Bug{"état of a document without a badge"};
}

std::string nom(const Pieces::Ligne& l)
{
    auto texte = l.libelle;
    if (!l.personne.empty()) texte += ", " + l.personne;
    if (!l.piece.periode.empty()) texte += " (" + periode_en_mots(l.piece.periode) + ")";
    return texte;
}

void montrer_demandees(ui::Html& h, const Pieces& p)
{
    ui::Table t{.caption = "Ce que cette situation appelle",
                .columns = {{.title = "Pièce"}, {.title = "Quand"}, {.title = "Où elle en est"}}};
    for (const auto& d : p.demandees)
        t.rows.push_back(
            {d.attendue.libelle, base::label_of(moments, d.attendue.moment), badge_besoin(d.besoin)});
    ui::table(h, t);
}

void proposer_de_decider(ui::Html& h, const ui::Chrome& chrome, const Pieces& p, const Pieces::Ligne& l,
                         const Saisie& s)
{
    const bool ici = p.concerne == l.piece.id;
    ui::details(h,
                {.title = ui::markup("Vérifier<span class=\"fr-sr-only\"> : {}</span>", nom(l)), .open = ici},
                [&](ui::Html& d) {
                    ui::form(d,
                             {.action = ui::url("/demandes/{}/pieces/{}/decision", p.de.id, l.piece.id),
                              .csrf = chrome.csrf,
                              .errors = ici ? s.erreurs : nullptr,
                              .values = ici ? s.valeurs : nullptr,
                              .id = "decision-" + l.piece.id},
                             [&](ui::Form& f) {
                                 std::vector<ui::Option> motifs;
                                 for (const auto& m : motifs_refus_piece)
                                     motifs.push_back({std::string{m.slug}, m.label});
                                 f.select({.name = "motif-" + l.piece.id,
                                           .label = "Raison d’un refus",
                                           .hint = "Le demandeur la lira",
                                           .options = motifs,
                                           .optional = true,
                                           .empty_label = "–"});
                                 f.submit({{.label = "Accepter",
                                            .name = "choix",
                                            .value = "validee",
                                            .title = "Accepter : " + nom(l)},
                                           {.label = "Refuser",
                                            .importance = ui::Importance::Secondary,
                                            .name = "choix",
                                            .value = "refusee",
                                            .title = "Refuser : " + nom(l)}});
                             });
                });
}

void montrer_ligne(ui::Html& h, const ui::Chrome& chrome, const Pieces& p, const Pieces::Ligne& l,
                   const Saisie& s)
{
    h("<li class=\"fr-mb-3w\"><p class=\"fr-mb-1v\"><strong>{}</strong>, version {} {}</p>", nom(l),
      l.piece.version, badge_etat_piece(l));
    h("<p class=\"fr-text--sm fr-mb-1v\">Remise le {}, reçue par {}.{}{}</p>",
      base::in_words(l.piece.remise_le), l.piece.par,
      l.piece.expire_le ? ui::markup(" Valable jusqu’au {} inclus.", base::in_words(*l.piece.expire_le))
                        : ui::Markup{},
      l.piece.motif ? ui::markup(" Refusée : {}.", base::label_of(motifs_refus_piece, *l.piece.motif))
                    : ui::Markup{});
    if (l.piece.etat == EtatPiece::Remise) {
        h("<p class=\"fr-text--sm fr-mb-1v\">À numériser au plus tard le {}.</p>",
          base::in_words(numerisation_due(l.piece.remise_le)));
    } else if (l.fichier && l.fichier->disponible()) {
        h("<p class=\"fr-mb-1v\">{}</p>",
          ui::link(ui::markup("Ouvrir<span class=\"fr-sr-only\"> : {}</span> ({}, {})", nom(l),
                              base::label_of(piece::types, l.fichier->type),
                              base::format_bytes(l.fichier->taille)),
                   ui::url("/demandes/{}/pieces/{}", p.de.id, l.piece.id)));
    } else if (l.fichier) {
        h("<p class=\"fr-mb-1v\">{}</p>", piece::dire_etat(*l.fichier));
    }
    if (p.modifiable && l.piece.etat == EtatPiece::Deposee) proposer_de_decider(h, chrome, p, l, s);
    if (p.modifiable && l.piece.etat == EtatPiece::Remise) {
        const bool ici = p.concerne == l.piece.id;
        ui::form(
            h,
            {.action = ui::url("/demandes/{}/pieces/{}/image", p.de.id, l.piece.id),
             .csrf = chrome.csrf,
             .errors = ici ? s.erreurs : nullptr,
             .multipart = true,
             .id = "image-" + l.piece.id},
            [&](ui::Form& f) {
                f.upload(
                    {.name = "image-" + l.piece.id,
                     .label = ui::markup("Copie numérisée<span class=\"fr-sr-only\"> : {}</span>", nom(l)),
                     .accept = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif",
                     .limits = "PDF, JPEG, PNG, WebP ou HEIC ; 20 Mo au plus",
                     .multiple = false,
                     .optional = false});
                f.submit({{.label = "Ajouter la copie numérisée", .importance = ui::Importance::Secondary}});
            });
    }
    h("</li>");
}

void proposer_d_ajouter(ui::Html& h, const ui::Chrome& chrome, const Pieces& p, const Saisie& s)
{
    const bool ici = p.concerne.empty();
    h("<h2 class=\"fr-h4 fr-mt-4w\">Ajouter une pièce</h2><p>Une nouvelle version ne remplace pas l’image "
      "d’avant, qui "
      "reste consultable. Masquez le numéro de sécurité sociale sur la copie.</p>");
    ui::form(
        h,
        {.action = ui::url("/demandes/{}/pieces", p.de.id),
         .csrf = chrome.csrf,
         .once = chrome.once,
         .errors = ici ? s.erreurs : nullptr,
         .values = ici ? s.valeurs : nullptr,
         .multipart = true,
         .id = "ajout"},
        [&](ui::Form& f) {
            std::vector<ui::Option> types, qui, guichets;
            for (const auto& d : p.demandees)
                types.push_back(
                    {std::string{d.attendue.slug}, d.attendue.libelle, {}, "Appelées par la situation"});
            for (const auto slug : catalogue_des_pieces())
                if (std::ranges::find(types, std::string{slug}, &ui::Option::value) == types.end())
                    types.push_back(
                        {std::string{slug}, libelle_de_piece(slug), {}, "Autres pièces de la liste"});
            for (const auto& q : p.personnes) qui.push_back({q.cle.empty() ? "menage" : q.cle, q.nom});
            f.select({.name = "type", .label = "Pièce", .options = types});
            f.select({.name = "personne", .label = "De qui", .options = qui, .empty_label = {}});
            f.input({.name = "periode",
                     .label = "Année ou mois",
                     .hint = "Par exemple 2024, ou octobre 2026",
                     .optional = true,
                     .autocomplete = "off",
                     .max_length = 30,
                     .width = 16});
            f.date({.name = "expire_le", .label = "Valable jusqu’au", .optional = true});
            f.date(
                {.name = "remise_le",
                 .label = "Remise le",
                 .value = ici && s.valeurs ? std::optional<std::string>{} : base::short_text(p.aujourd_hui)});
            if (p.guichets.size() > 1) {
                for (const auto& g : p.guichets) guichets.push_back({g.code, g.nom});
                f.select({.name = "guichet", .label = "Guichet", .options = guichets});
            }
            f.upload({.name = "fichier",
                      .label = "Copie numérisée",
                      .accept = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif",
                      .limits =
                          "PDF, JPEG, PNG, WebP ou HEIC ; 20 Mo au plus. Sans fichier, la copie papier est "
                          "notée comme remise : elle est à numériser sous quinze jours",
                      .multiple = false});
            f.submit("Ajouter cette pièce");
        });
}

} // namespace documents
} // namespace

std::string pieces(const ui::Chrome& chrome, const Pieces& p, const Saisie& s, std::string_view fait)
{
    return ui::page(
        chrome,
        {.title = "Pièces de la demande",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Demandes de logement", ui::url("/demandes")},
                        {"Demande " + p.de.numero, url_demande(p.de.id)}}},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Pièces de la demande",
                    .above = p.de.numero + ", " + p.de.qui,
                    .lead = "Seule la pièce d’identité est nécessaire à l’enregistrement. Le reste sert à "
                            "étudier la demande."});
            montrer_fait(h, fait);
            documents::montrer_demandees(h, p);
            h("<h2 class=\"fr-h4 fr-mt-4w\">Pièces reçues</h2>");
            if (p.lignes.empty())
                h("<p>Aucune pièce n’a encore été reçue.</p>");
            else {
                h("<ul class=\"fr-raw-list\">");
                for (const auto& l : p.lignes) documents::montrer_ligne(h, chrome, p, l, s);
                h("</ul>");
            }
            if (p.modifiable) documents::proposer_d_ajouter(h, chrome, p, s);
        });
}

std::string sans_identite(const ui::Chrome& chrome, const SansIdentite& v)
{
    return ui::page(
        chrome,
        {.title = "Identité non numérisée", .breadcrumb = {{"Demandes de logement", ui::url("/demandes")}}},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Identité non numérisée",
                         .above = v.guichet.nom,
                         .lead = "Les demandes en cours enregistrées par ce guichet, sans copie de la pièce "
                                 "d’identité ou du titre de séjour (CCH, article R. 441-2-3)."});
            if (v.guichets.size() > 1) {
                const ui::Values choisi{{"guichet", v.guichet.code}};
                std::vector<ui::Option> options;
                for (const auto& g : v.guichets) options.push_back({g.code, g.nom});
                ui::form(
                    h,
                    {.action = ui::url("/identites"),
                     .values = &choisi,
                     .get = true,
                     .required_note = "Un guichet à la fois."},
                    [&](ui::Form& f) {
                        f.select(
                            {.name = "guichet", .label = "Guichet", .options = options, .empty_label = {}});
                        f.submit({{.label = "Afficher", .importance = ui::Importance::Secondary}});
                    });
            }
            ui::Table t{
                .caption = fmt::format("Demandes sans copie de la pièce d’identité, {}", v.guichet.nom),
                .columns = {{.title = "Numéro unique"}, {.title = "Dépôt"}, {.title = "Ce qui manque"}},
                .empty = v.apres ? "Aucune autre demande." : "Toutes les pièces d’identité sont numérisées."};
            for (const auto& d : v.demandes)
                t.rows.push_back(
                    {ui::link(numero_lu(d.numero), ui::url("/demandes/{}/pieces", d.demande)),
                     base::short_text(d.deposee_le),
                     d.copie_papier ? "La copie papier est à numériser" : "Aucune copie lisible"});
            ui::table(h, t);
            const auto ici = ui::url("/identites").with("guichet", v.guichet.code);
            if (v.apres) h("<p>{}</p>", ui::link("Premières demandes", ici));
            if (v.suite) h("<p>{}</p>", ui::link("Demandes suivantes", ici.with("apres", *v.suite)));
        });
}

} // namespace demande::views
