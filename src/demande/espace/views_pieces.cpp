// The documents of a demande for its applicant: what is missing, what came, and giving one.
#include <algorithm>

#include "base/text.hpp"
#include "demande/espace/views.hpp"
#include "demande/periode.hpp"
#include "piece/views.hpp"

namespace demande::espace::views {

namespace {
namespace mes_pieces {

ui::Markup badge(Besoin b)
{
    switch (b) {
    case Besoin::Manque:
        return ui::badge("À fournir", ui::BadgeTone::New);
    case Besoin::EnAttente:
        return ui::badge("Reçue, à vérifier", ui::BadgeTone::Info);
    case Besoin::ARenouveler:
        return ui::badge("À fournir de nouveau", ui::BadgeTone::Warning);
    case Besoin::Acquis:
        return ui::badge("Acceptée", ui::BadgeTone::Success);
    }
    throw base::Bug{"a document without a badge"};
}

void une_piece(ui::Html& h, const Pieces& p, const PieceADeposer& d)
{
    h("<li class=\"fr-mb-3w\"><p class=\"fr-mb-1v\"><strong>{}</strong>{}</p><p class=\"fr-mb-1v\">{}</p>",
      d.libelle, d.de_qui.empty() ? ui::Markup{} : ui::markup("<br>{}", d.de_qui), badge(d.besoin));
    if (d.type == "violences")
        h("<p class=\"fr-mb-1v\">Si vous l’avez remise à un guichet, elle n’est pas montrée ici, pour votre "
          "sécurité.</p>");
    if (d.refusee)
        h("<p class=\"fr-mb-1v\">Refusée : {}.</p>", base::label_of(motifs_refus_piece, *d.refusee));
    if (p.modifiable && p.de.pouvoirs.deposer) {
        const bool encore = d.besoin == Besoin::EnAttente || d.besoin == Besoin::Acquis;
        h("<p class=\"fr-mb-0\">{}</p>",
          ui::link(ui::markup("{}<span class=\"fr-sr-only\"> : {} {}</span>",
                              encore ? "Déposer une autre version" : "Déposer cette pièce", d.libelle,
                              d.de_qui),
                   p.de.url({"pieces", d.adresse().first, d.adresse().second})));
    }
    h("</li>");
}

void par_moment(ui::Html& h, const Pieces& p, bool si_demandee)
{
    h("<ul class=\"fr-raw-list\">");
    for (const auto& d : p.demandees)
        if ((d.moment == demande::Moment::SiDemandee) == si_demandee) une_piece(h, p, d);
    h("</ul>");
}

std::string nom(const Recue& r)
{
    auto texte = r.libelle;
    if (!r.de_qui.empty()) texte += ", " + r.de_qui;
    if (!r.piece.periode.empty()) texte += " (" + periode_en_mots(r.piece.periode) + ")";
    return texte;
}

ui::Markup etat(const Recue& r)
{
    if (r.piece.etat == EtatPiece::Validee && r.validite == Validite::Perimee)
        return ui::badge("Périmée", ui::BadgeTone::Warning);
    switch (r.piece.etat) {
    case EtatPiece::Remise:
        return ui::badge("Copie remise au guichet", ui::BadgeTone::Info);
    case EtatPiece::Deposee:
        return ui::badge("Reçue, à vérifier", ui::BadgeTone::Info);
    case EtatPiece::Validee:
        return ui::badge("Acceptée", ui::BadgeTone::Success);
    case EtatPiece::Refusee:
        return ui::badge("Refusée", ui::BadgeTone::Error);
    }
    throw base::Bug{"a document without a state"};
}

void une_recue(ui::Html& h, const Pieces& p, const Recue& r)
{
    h("<li class=\"fr-mb-3w\"><p class=\"fr-mb-1v\"><strong>{}</strong></p><p class=\"fr-mb-1v\">{} "
      "<span class=\"fr-text--sm\">Le {}.{}</span></p>",
      nom(r), etat(r), base::in_words(r.piece.remise_le),
      r.piece.expire_le ? ui::markup(" Valable jusqu’au {}.", base::in_words(*r.piece.expire_le))
                        : ui::Markup{});
    if (r.rappel_le)
        h("<p class=\"fr-mb-1v fr-text--sm\">Nous vous rappelons de la renouveler le {}.</p>",
          base::in_words(*r.rappel_le));
    if (r.piece.motif)
        h("<p class=\"fr-mb-1v\">Pourquoi : {}.</p>", base::label_of(motifs_refus_piece, *r.piece.motif));
    if (r.fichier && r.fichier->disponible() && p.de.pouvoirs.deposer)
        h("<p class=\"fr-mb-0\">{}</p>",
          ui::link(ui::markup("Ouvrir<span class=\"fr-sr-only\"> : {}</span> ({}, {})", nom(r),
                              base::label_of(piece::types, r.fichier->type),
                              base::format_bytes(r.fichier->taille)),
                   p.de.url({"fichiers", r.piece.id})));
    else if (r.fichier)
        h("<p class=\"fr-mb-0\">{}</p>", piece::dire_etat(*r.fichier));
    h("</li>");
}

} // namespace mes_pieces
} // namespace

std::string pieces(const ui::Chrome& chrome, const Pieces& p, std::string_view fait)
{
    namespace ici = mes_pieces;
    return ui::page(
        chrome, {.title = "Mes pièces", .breadcrumb = p.de.fil(), .width = ui::Width::Reading},
        [&](ui::Html& h) {
            dire_le_mandat(h, p.de);
            ui::heading(h,
                        {.title = "Mes pièces",
                         .above = "Numéro unique " + p.de.numero,
                         .lead = "Une photo prise avec le téléphone suffit, si on peut tout lire. Une pièce "
                                 "qui manque ne fait pas perdre votre demande."});
            dire_ou_elle_est_suivie(h, p.de);
            if (fait == "piece")
                ui::alert(h,
                          {.tone = ui::Tone::Success,
                           .text = "La pièce est reçue. Un agent la regardera ; vous verrez ici ce qu’il en "
                                   "dit.",
                           .announce = true});
            h("<h2 class=\"fr-h4\">Pour étudier ma demande</h2>");
            ici::par_moment(h, p, false);
            if (std::ranges::any_of(p.demandees, [](const PieceADeposer& d) {
                    return d.moment == demande::Moment::SiDemandee;
                })) {
                h("<h2 class=\"fr-h4 fr-mt-4w\">Seulement si on vous les demande</h2>"
                  "<p>Vous pouvez les préparer ou les déposer dès maintenant.</p>");
                ici::par_moment(h, p, true);
            }
            if (p.recues.empty()) return;
            h("<h2 class=\"fr-h4 fr-mt-4w\">Ce que j’ai donné</h2><p>Rien n’est effacé quand vous déposez "
              "une "
              "nouvelle version.</p><ul class=\"fr-raw-list\">");
            for (const auto& r : p.recues) ici::une_recue(h, p, r);
            h("</ul>");
        });
}

std::string ajout(const ui::Chrome& chrome, const De& de, const PieceADeposer& p, const Saisie& s)
{
    auto fil = de.fil();
    fil.push_back({"Mes pièces", de.url({"pieces"})});
    return ui::page(
        chrome,
        {.title = "Déposer une pièce",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = fil,
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            dire_le_mandat(h, de);
            ui::heading(h, {.title = p.libelle, .above = p.de_qui});
            if (p.refusee)
                ui::alert(h, {.tone = ui::Tone::Warning,
                              .text = ui::markup("La précédente a été refusée : {}.",
                                                 base::label_of(motifs_refus_piece, *p.refusee))});
            h("<p>Avant de photographier :</p><ul><li>posez la pièce à plat, en pleine lumière ;</li>"
              "<li>vérifiez qu’on voit les quatre coins et qu’on peut tout lire ;</li>"
              "<li>cachez le numéro de sécurité sociale s’il y est.</li></ul>");
            ui::form(
                h,
                {.action = de.url({"pieces", p.adresse().first, p.adresse().second}),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = s.erreurs,
                 .values = s.valeurs,
                 .multipart = true},
                [&](ui::Form& f) {
                    f.hidden("quoi", p.cle());
                    f.upload({.name = "fichier",
                              .label = "Photo ou PDF",
                              .accept = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif",
                              .limits = "PDF, JPEG, PNG, WebP ou HEIC ; 20 Mo au plus",
                              .multiple = false,
                              .optional = false});
                    if (p.type == "titre_sejour" || p.type.starts_with("identite"))
                        f.date({.name = "expire_le", .label = "Date de fin écrite dessus", .optional = true});
                    f.submit("Envoyer cette pièce");
                });
        });
}

} // namespace demande::espace::views
