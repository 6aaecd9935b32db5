// How files are shown: the gallery of pictures and the list of documents. The page gives the addresses, since
// only it knows through which owner the reader may see each file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "piece/piece.hpp"
#include "ui/components.hpp"
#include "ui/html.hpp"

namespace piece {

/// A file as a page shows it.
struct Vue {
    Piece piece;
    ui::Url fichier;         // where its owner's page serves it
    ui::Url miniature;       // same, for the thumbnail of a picture
    std::string illustre;    // what it shows or concerns: « moisissures dans la chambre »; may be empty
    ui::Markup legende = {}; // who added it and when; empty: nothing more is said
    ui::Markup actions = {}; // buttons: remove, describe
};

/// Pictures as thumbnails, then documents as a list of downloads. Numbers follow the order given, pictures
/// apart from documents. Writes nothing when there is no file.
void galerie(ui::Html&, const std::vector<Vue>&);

/// « Photo 3, moisissures dans la chambre »; « Photo 3 » when nothing says what it shows.
std::string texte_alternatif(std::size_t numero, std::string_view illustre);
/// « 4 photos et 1 document ».
std::string compte(const std::vector<Piece>&);

} // namespace piece
