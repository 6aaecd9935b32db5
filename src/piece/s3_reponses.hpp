// What an S3 service answers in XML, read without a parser of documents: a few elements, no attribute, no
// nesting that matters. Pure; the bytes come from another machine and are believed in nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace piece::s3 {

/// Text of the first element of this name, its entities decoded; nothing when there is none or when it is not
/// well formed.
std::optional<std::string> element(std::string_view xml, std::string_view nom);

/// One page of the list of a bucket (ListObjectsV2).
struct Objet {
    std::string cle;
    std::string modifie_le; // ISO 8601
};
struct Liste {
    std::vector<Objet> objets;
    std::string suite; // continuation token; empty on the last page
};
/// Nothing when it is not such a list, or when it says that it goes on without saying how.
std::optional<Liste> lire_liste(std::string_view xml);

/// Code of an error document, as far as it is one: letters and digits, 60 at most; empty otherwise.
std::string code_d_erreur(std::string_view xml);

/// Text made safe inside an element.
std::string echapper(std::string_view);

} // namespace piece::s3
