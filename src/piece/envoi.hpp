// Giving a file back. The page that calls it has found the file through its owner and checked that the reader
// may see it: no URL serves a file by its id alone.
#pragma once

#include "http/web.hpp"
#include "piece/magasin.hpp"
#include "piece/piece.hpp"

namespace piece {

enum class Variante { Fichier, Miniature };

/// The file or its thumbnail (the picture itself when it has none), verified. Pictures of ours show in the
/// page; everything else can only be saved. Answers 304 when the reader already has it, 403 in
/// quarantine, 409 while it is prepared, 503 when the store is away. A large file is sent as it is read.
http::Response servir(const Magasin&, const Piece&, Variante, const http::Request&);

/// Content-Disposition of RFC 6266, with the UTF-8 name of RFC 5987 and an ASCII one for the rest.
std::string content_disposition(bool dans_la_page, std::string_view nom);

} // namespace piece
