// Files for spreadsheets: what they hold, what a spreadsheet must not run, how large they may become.
#include "base/sheet.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <cstdint>

namespace base::sheet_check {

std::string written(SheetWriter& w, const std::vector<std::vector<Cell>>& rows)
{
    std::string out;
    for (const auto& r : rows) w.row(out, r);
    w.end(out);
    return out;
}

std::uint32_t le32(const std::string& s, std::size_t at)
{
    std::uint32_t n = 0;
    for (int i = 3; i >= 0; --i) n = n << 8 | static_cast<unsigned char>(s[at + static_cast<std::size_t>(i)]);
    return n;
}

/// What the archive holds under this name, by its directory at the end; its checksum is checked.
std::string entry(const std::string& zip, const std::string& name)
{
    const auto end = zip.rfind("PK\x05\x06");
    REQUIRE(end != std::string::npos);
    for (std::size_t at = le32(zip, end + 16); zip.compare(at, 4, "PK\x01\x02") == 0;) {
        const std::size_t length = static_cast<unsigned char>(zip[at + 28]);
        if (zip.substr(at + 46, length) == name) {
            const auto packed = le32(zip, at + 20), size = le32(zip, at + 24), begin = le32(zip, at + 42);
            std::string out(size, '\0');
            z_stream z = {};
            REQUIRE(inflateInit2(&z, -MAX_WBITS) == Z_OK);
            std::string content = zip.substr(begin + 30 + length, packed);
            z.next_in = reinterpret_cast<Bytef*>(content.data());
            z.avail_in = packed;
            z.next_out = reinterpret_cast<Bytef*>(out.data());
            z.avail_out = size;
            CHECK(inflate(&z, Z_FINISH) == Z_STREAM_END);
            inflateEnd(&z);
            CHECK(crc32(0, reinterpret_cast<const Bytef*>(out.data()), size) == le32(zip, at + 16));
            return out;
        }
        at += 46 + length;
    }
    FAIL("not in the archive: ", name);
    return {};
}

TEST_CASE("un CSV se lit dans un tableur français et n’y calcule rien")
{
    const auto w = csv_writer();
    const auto out = written(*w, {{{"Nom"}, {"Pièces"}},
                                  {{"=HYPERLINK(\"http://x\")"}, {"-3", true}},
                                  {{"+33 6"}, {"@A1"}},
                                  {{"-2+3"}, {"\tx"}},
                                  {{"3 rue X,=1+1"}, {"\uFF1D1+1"}},
                                  {{"a;b"}, {"dit \"oui\"\nou non"}}});
    CHECK(out == "\xEF\xBB\xBFNom;Pièces\r\n"
                 "\"'=HYPERLINK(\"\"http://x\"\")\";-3\r\n"
                 "\"'+33 6\";\"'@A1\"\r\n"
                 "\"'-2+3\";\"'\tx\"\r\n"
                 "\"3 rue X,=1+1\";\"'\uFF1D1+1\"\r\n"
                 "\"a;b\";\"dit \"\"oui\"\"\nou non\"\r\n");
}

TEST_CASE("un classeur est une archive entière, où un texte est un texte et un nombre un nombre")
{
    const auto w = xlsx_writer("Signalements & co");
    const auto out =
        written(*w, {{{"Nom"}, {"Pièces"}}, {{"=1+1 <b>&\x01\uFFFE\uFFFFé"}, {"4", true}}, {{""}, {""}}});
    CHECK(out.starts_with("PK\x03\x04"));
    const auto page = entry(out, "xl/worksheets/sheet1.xml");
    CHECK(page.find("<row><c s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">Nom</t>") !=
          std::string::npos);
    CHECK(page.find("<t xml:space=\"preserve\">=1+1 &lt;b&gt;&amp;é</t></is></c><c><v>4</v></c></row>") !=
          std::string::npos);
    CHECK(page.find("<f>") == std::string::npos);
    CHECK(page.ends_with("<row><c/><c/></row></sheetData></worksheet>"));
    CHECK(entry(out, "xl/workbook.xml").find("name=\"Signalements &amp; co\" sheetId=\"1\"") !=
          std::string::npos);
    for (const auto* part :
         {"[Content_Types].xml", "_rels/.rels", "xl/styles.xml", "xl/_rels/workbook.xml.rels"})
        CHECK(entry(out, part).starts_with("<?xml"));
}

TEST_CASE("un classeur de plus d’un million de lignes en a deux feuilles, sans rien garder")
{
    const auto w = xlsx_writer("S");
    std::string out, piece;
    w->row(out, {{"T"}});
    for (std::size_t i = 0; i < xlsx_rows_per_sheet; ++i) {
        w->row(piece, {{"x"}});
        if (piece.size() > 100'000) {
            out += piece;
            piece.clear();
        }
    }
    w->end(piece);
    out += piece;
    CHECK(entry(out, "xl/workbook.xml").find("name=\"S 2\"") != std::string::npos);
    const auto second = entry(out, "xl/worksheets/sheet2.xml");
    CHECK(second.find("s=\"1\"") != std::string::npos);
    CHECK(second.find(">x<") != std::string::npos);
}

} // namespace base::sheet_check
