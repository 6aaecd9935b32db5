// Receiving a file: what it really is, whether we take it, and putting it in the airlock. Everything slow
// happens later (atelier.hpp); store.hpp writes the row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/web.hpp"
#include "piece/fichiers.hpp"
#include "piece/piece.hpp"

namespace piece {

/// A file accepted and already durable in the airlock, not yet named by any row.
struct PieceRecue {
    std::string sas, cle; // where it waits
    std::string sha256;   // of the bytes received
    std::string nom;
    TypePiece type = TypePiece::Txt; // what it is, or for a picture what it will be
    std::uint64_t taille = 0;
    Etat etat = Etat::Recue;
};

/// Checks one file and keeps it. The name it had serves for display only; its extension and the type the
/// browser claims are ignored. A refusal names the file, says why and what to do; its field is the form's. A
/// conflict is a failure of ours, and says nothing of the file.
Result<PieceRecue> recevoir(Fichiers&, const http::UploadedFile&);

/// What came of several files sent together: those accepted are kept whatever happened to the others.
struct Reception {
    std::vector<PieceRecue> recues;
    FormErrors refus;
    bool panne =
        false; // one at least was refused for want of room or of a disk of ours: it may be sent again
};

/// Receives the files whose field is `champ` (every file when empty). `deja` is how many files the report
/// already has: those beyond nombre_max are refused.
Reception recevoir_tout(Fichiers&, std::span<const http::UploadedFile>, std::string_view champ,
                        std::size_t deja);

/// The name a person gave, safe to show and to save: no path, no control or direction sign, the extension of
/// what the file is, 120 signs at most.
std::string nettoyer_nom(std::string_view nom_client, TypePiece);

} // namespace piece
