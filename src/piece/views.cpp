// Gallery and list of files: texts and order only; the components draw.
#include "piece/views.hpp"

#include "base/text.hpp"

namespace piece {
namespace vues {

// « Photo JPEG » says little under a photo; a document's kind says with what to open it.
std::string format_court(const Piece& p)
{
    return p.est_photo() ? "JPEG" : std::string{base::label_of(types, p.type)};
}

ui::Markup legende_de_photo(const Vue& v, const std::string& alternatif)
{
    if (v.legende.empty()) return alternatif;
    return ui::markup("{}<br>{}", alternatif, v.legende);
}

void documents(ui::Html& h, const std::vector<const Vue*>& liste)
{
    h("<ul class=\"fr-raw-list\">");
    for (const auto* v : liste) {
        h("<li class=\"fr-mb-2w\">");
        h("{}", ui::download(v->piece.nom, v->fichier, format_court(v->piece),
                             base::format_bytes(v->piece.taille)));
        if (!v->illustre.empty()) h("<p class=\"fr-text--sm fr-mb-0\">Concerne : {}</p>", v->illustre);
        if (!v->legende.empty()) h("<p class=\"fr-text--sm fr-mb-0\">{}</p>", v->legende);
        if (!v->actions.empty()) h("<div>{}</div>", v->actions);
        h("</li>");
    }
    h("</ul>");
}

} // namespace vues

std::string texte_alternatif(std::size_t numero, std::string_view illustre)
{
    auto texte = "Photo " + std::to_string(numero);
    if (!illustre.empty()) texte.append(", ").append(illustre);
    return texte;
}

std::string compte(const std::vector<Piece>& pieces)
{
    long long photos = 0, documents = 0;
    for (const auto& p : pieces) ++(p.est_photo() ? photos : documents);
    if (photos == 0 && documents == 0) return "aucun fichier";
    std::string texte;
    if (photos > 0) texte = base::count(photos, "photo", "photos");
    if (photos > 0 && documents > 0) texte += " et ";
    if (documents > 0) texte += base::count(documents, "document", "documents");
    return texte;
}

void galerie(ui::Html& h, const std::vector<Vue>& fichiers)
{
    std::vector<ui::Picture> photos;
    std::vector<const Vue*> documents;
    for (const auto& v : fichiers) {
        if (!v.piece.est_photo()) {
            documents.push_back(&v);
            continue;
        }
        const auto alternatif = texte_alternatif(photos.size() + 1, v.illustre);
        photos.push_back({.full = v.fichier,
                          .thumbnail = v.miniature,
                          .alt = alternatif,
                          .legend = vues::legende_de_photo(v, alternatif),
                          .format = vues::format_court(v.piece),
                          .size = base::format_bytes(v.piece.taille),
                          .actions = v.actions});
    }
    if (!photos.empty()) ui::gallery(h, photos);
    if (!documents.empty()) vues::documents(h, documents);
}

} // namespace piece
