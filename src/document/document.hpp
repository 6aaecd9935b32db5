// Paper: A4 documents and letters as values, printed to tagged PDF. Knows nothing of housing; Pango, Cairo
// and qpdf show in document.cpp and balisage.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.hpp"

namespace document {

struct Paragraph {
    std::string text;
    bool strong = false;
};
/// Level 2 or 3: the title of the document is the only one of level 1.
struct Heading {
    int level = 2;
    std::string text;
};
struct List {
    std::vector<std::string> items;
};
/// A name and its value on each line, in two columns.
struct Definitions {
    std::vector<std::pair<std::string, std::string>> rows;
};
/// Something the reader must find at once, in a frame.
struct Callout {
    std::string label, text;
};
/// Lines of figures: the first cell names its line, the others are numbers, to the right. The head comes
/// again on each page.
struct Table {
    std::vector<std::string> head = {};
    std::vector<std::vector<std::string>> rows = {};
};
/// Columns side by side for each label, from zero: a drawing of a table that stands in the document.
struct Columns {
    std::vector<std::string> names = {}; // of the colours; two at most
    std::vector<std::string> labels = {};
    std::vector<std::vector<std::int64_t>> values = {}; // for each label, one for each name
};
using Block = std::variant<Paragraph, Heading, List, Definitions, Callout, Table, Columns>;

/// Addresses behind the window of an envelope: lines of at most 38 characters, at most six of them (NF Z
/// 10-011). Longer ones are printed smaller, never cut.
inline constexpr std::size_t address_lines = 6;

struct Document {
    std::string title; // goes into the file's properties: names nobody
    std::vector<std::string> sender;
    std::vector<std::string> address = {}; // empty: not a letter
    std::string place_and_date = {};
    std::vector<Block> blocks = {};
    std::string footer = {}; // beside the number of the page
};

struct Pdf {
    std::string bytes;
    int pages = 0;
    std::vector<int> pages_of; // of each document, in order
};

/// One after the other in one file, each beginning a page and counting its own. The same documents, day and
/// program give the same bytes.
Pdf print(std::span<const Document>, Date created);
Pdf print(const Document&, Date created);

} // namespace document
