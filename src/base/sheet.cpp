// See sheet.hpp. A workbook is a ZIP archive of a few XML files (ECMA-376); sizes are written after each
// content (APPNOTE.TXT 4.3.9), so that nothing is kept nor written twice.
#include "base/sheet.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>

#include "base/expect.hpp"
#include "base/text.hpp"

namespace base {

namespace {
namespace sheet {

// ── CSV
// ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Spreadsheets read these as the beginning of a formula, that may fetch or run something; the full-width
/// ones too.
bool looks_like_a_formula(std::string_view text)
{
    constexpr std::string_view wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    return !text.empty() &&
           (std::string_view{"=+-@\t\r\n"}.find(text.front()) != std::string_view::npos ||
            std::ranges::any_of(wide, [&](std::string_view w) { return text.starts_with(w); }));
}

class Csv : public SheetWriter {
public:
    void row(std::string& out, const std::vector<Cell>& cells) override
    {
        if (!begun_) out += "\xEF\xBB\xBF";
        begun_ = true;
        bool first = true;
        for (const auto& c : cells) {
            if (!first) out += ';';
            first = false;
            // Quoted with a comma too: a spreadsheet whose separator it is would begin a cell after it.
            const bool harmless = c.number || !looks_like_a_formula(c.text);
            if (harmless && c.text.find_first_of(",;\"\r\n") == std::string::npos) {
                out += c.text;
                continue;
            }
            out += '"';
            if (!harmless) out += '\'';
            for (const char x : c.text) {
                if (x == '"') out += '"';
                out += x;
            }
            out += '"';
        }
        out += "\r\n";
    }
    void end(std::string&) override {}

private:
    bool begun_ = false;
};

// ── XLSX
// ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

void le16(std::string& out, std::uint64_t n)
{
    for (int i = 0; i < 2; ++i) out += static_cast<char>(n >> (8 * i) & 0xFF);
}
void le32(std::string& out, std::uint64_t n)
{
    for (int i = 0; i < 4; ++i) out += static_cast<char>(n >> (8 * i) & 0xFF);
}

/// An archive written from its beginning to its end.
class Zip {
public:
    ~Zip()
    {
        if (open_) deflateEnd(&stream_);
    }
    Zip() = default;
    Zip(const Zip&) = delete;
    Zip& operator=(const Zip&) = delete;

    void begin(std::string& out, std::string name)
    {
        entry_ = {.name = std::move(name), .offset = offset_, .crc = 0, .packed = 0, .size = 0};
        stream_ = {};
        if (deflateInit2(&stream_, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::runtime_error{"no memory to compress a workbook"};
        open_ = true;
        std::string head = "PK\x03\x04";
        common(head, {});
        le16(head, entry_.name.size());
        le16(head, 0);
        head += entry_.name;
        give(out, head);
    }

    void write(std::string& out, std::string_view bytes) { deflate(out, bytes, Z_NO_FLUSH); }

    void close(std::string& out)
    {
        deflate(out, {}, Z_FINISH);
        deflateEnd(&stream_);
        open_ = false;
        base::expect(entry_.size < 0xFFFF'FFFF && offset_ < 0xFFFF'FFFF, "a workbook is shorter than 4 GB");
        std::string tail = "PK\x07\x08";
        le32(tail, entry_.crc);
        le32(tail, entry_.packed);
        le32(tail, entry_.size);
        give(out, tail);
        entries_.push_back(entry_);
    }

    [[nodiscard]] std::uint64_t entry_size() const { return entry_.size; }

    void end(std::string& out)
    {
        const auto begin = offset_;
        for (const auto& e : entries_) {
            std::string record = "PK\x01\x02";
            le16(record, 20);
            common(record, e);
            le16(record, e.name.size());
            for (const int n : {0, 0, 0, 0}) le16(record, static_cast<std::uint64_t>(n));
            le32(record, 0);
            le32(record, e.offset);
            record += e.name;
            give(out, record);
        }
        const auto size = offset_ - begin;
        std::string last = "PK\x05\x06";
        le32(last, 0);
        le16(last, entries_.size());
        le16(last, entries_.size());
        le32(last, size);
        le32(last, begin);
        le16(last, 0);
        give(out, last);
    }

private:
    struct Entry {
        std::string name;
        std::uint64_t offset = 0, crc = 0, packed = 0, size = 0;
    };

    /// From « version needed » to the sizes. The sizes come after the content: 0 in front of it.
    static void common(std::string& out, const Entry& e)
    {
        le16(out, 20);
        le16(out, 1U << 3 | 1U << 11); // sizes afterwards, names in UTF-8
        le16(out, 8);
        le16(out, 0);
        le16(out, 1 << 5 | 1); // 1 January 1980: when it was made is not its content
        le32(out, e.crc);
        le32(out, e.packed);
        le32(out, e.size);
    }

    void give(std::string& out, std::string_view bytes)
    {
        out += bytes;
        offset_ += bytes.size();
    }

    void deflate(std::string& out, std::string_view bytes, int flush)
    {
        // Without bytes, crc32 would begin again.
        if (!bytes.empty())
            entry_.crc = crc32(static_cast<uLong>(entry_.crc), reinterpret_cast<const Bytef*>(bytes.data()),
                               static_cast<uInt>(bytes.size()));
        entry_.size += bytes.size();
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        do {
            char packed[16'384];
            stream_.next_out = reinterpret_cast<Bytef*>(packed);
            stream_.avail_out = sizeof packed;
            ::deflate(&stream_, flush);
            const std::size_t n = sizeof packed - stream_.avail_out;
            entry_.packed += n;
            give(out, {packed, n});
        } while (stream_.avail_out == 0);
    }

    z_stream stream_ = {};
    bool open_ = false;
    Entry entry_;
    std::uint64_t offset_ = 0;
    std::vector<Entry> entries_;
};

/// Sizes have 32 bits in a ZIP archive of the first kind, which every spreadsheet reads.
constexpr std::uint64_t sheet_max_bytes = 3'000'000'000;

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

void escape(std::string& out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        // U+FFFE and U+FFFF have no place in XML (1.0, 2.2): a reader refuses the whole workbook.
        if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
            i += 2;
            continue;
        }
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
            out += c; // the others have no place in XML
    }
}

class Xlsx : public SheetWriter {
public:
    explicit Xlsx(std::string_view name) : name_(name) {}

    void row(std::string& out, const std::vector<Cell>& cells) override
    {
        if (sheets_ == 0) {
            head_ = cells;
            begin_sheet(out);
            return;
        }
        if (rows_ == xlsx_rows_per_sheet || zip_.entry_size() > sheet_max_bytes) {
            end_sheet(out);
            begin_sheet(out);
        }
        write_row(out, cells, "");
    }

    void end(std::string& out) override
    {
        if (sheets_ == 0) begin_sheet(out);
        end_sheet(out);
        std::string types, relations, names;
        for (std::size_t i = 1; i <= sheets_; ++i) {
            const auto n = std::to_string(i);
            types +=
                "<Override PartName=\"/xl/worksheets/sheet" + n +
                ".xml\" "
                "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>";
            relations +=
                "<Relationship Id=\"r" + n +
                "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
                "Target=\"worksheets/sheet" +
                n + ".xml\"/>";
            names += "<sheet name=\"";
            escape(names, i == 1 ? name_ : name_ + " " + n);
            names += "\" sheetId=\"" + n + "\" r:id=\"r" + n + "\"/>";
        }
        part(out, "xl/workbook.xml",
             "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
             "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>" +
                 names + "</sheets></workbook>");
        part(out, "xl/_rels/workbook.xml.rels",
             "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
                 relations +
                 "<Relationship Id=\"s\" "
                 "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
                 "Target=\"styles.xml\"/></Relationships>");
        // The second style is that of the first line: bold.
        part(
            out, "xl/styles.xml",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts "
            "count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name "
            "val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill "
            "patternType=\"none\"/></fill>"
            "<fill><patternFill patternType=\"gray125\"/></fill></fills><borders "
            "count=\"1\"><border/></borders>"
            "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf/><xf fontId=\"1\" "
            "applyFont=\"1\"/></cellXfs></styleSheet>");
        part(out, "_rels/.rels",
             "<Relationships "
             "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
             "Id=\"w\" "
             "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
             "Target=\"xl/workbook.xml\"/></Relationships>");
        part(out, "[Content_Types].xml",
             "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
             "Extension=\"rels\" "
             "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
             "Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
             "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/"
             "><Override "
             "PartName=\"/xl/styles.xml\" "
             "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>" +
                 types + "</Types>");
        zip_.end(out);
    }

private:
    void begin_sheet(std::string& out)
    {
        rows_ = 0;
        zip_.begin(out, "xl/worksheets/sheet" + std::to_string(++sheets_) + ".xml");
        // The first line stays on the screen.
        zip_.write(out,
                   std::string{declaration} +
                       "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                       "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
                       "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
                       "<sheetFormatPr defaultColWidth=\"18\" defaultRowHeight=\"15\"/><sheetData>");
        write_row(out, head_, " s=\"1\"");
    }

    void end_sheet(std::string& out)
    {
        zip_.write(out, "</sheetData></worksheet>");
        zip_.close(out);
    }

    void write_row(std::string& out, const std::vector<Cell>& cells, std::string_view style)
    {
        line_ = "<row>";
        for (const auto& c : cells) {
            line_ += "<c";
            line_ += style;
            if (c.text.empty()) {
                line_ += "/>";
            } else if (c.number) {
                line_ += "><v>";
                escape(line_, c.text);
                line_ += "</v></c>";
            } else {
                line_ += " t=\"inlineStr\"><is><t xml:space=\"preserve\">";
                escape(line_, base::truncate(c.text, cell_max_length));
                line_ += "</t></is></c>";
            }
        }
        line_ += "</row>";
        zip_.write(out, line_);
        ++rows_;
    }

    void part(std::string& out, std::string name, const std::string& content)
    {
        zip_.begin(out, std::move(name));
        zip_.write(out, std::string{declaration} + content);
        zip_.close(out);
    }

    std::string name_;
    Zip zip_;
    std::vector<Cell> head_;
    std::size_t sheets_ = 0, rows_ = 0;
    std::string line_;
};

} // namespace sheet
} // namespace

std::unique_ptr<SheetWriter> csv_writer()
{
    return std::make_unique<sheet::Csv>();
}

std::unique_ptr<SheetWriter> xlsx_writer(std::string_view sheet_name)
{
    return std::make_unique<sheet::Xlsx>(sheet_name);
}

} // namespace base
