// Reading big text files line by line, and CSV by column names.
#include "territoire/import_lines.hpp"

#include <sodium.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "base/text.hpp"

namespace territoire {

struct LineReader::Impl {
    std::string path;
    gzFile file = nullptr;
    std::uintmax_t size = 0;
    std::vector<char> buffer = std::vector<char>(256 * 1024);
    std::size_t begin = 0;
    std::size_t end = 0;

    /// False at the end of the file.
    bool fill()
    {
        begin = 0;
        const int n = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()));
        int code = Z_OK;
        const char* reason = gzerror(file, &code);
        if (n < 0 || (code != Z_OK && code != Z_STREAM_END))
            throw std::runtime_error{path + ": le fichier est endommagé ou incomplet (" + reason + ")."};
        end = static_cast<std::size_t>(n);
        return n > 0;
    }
};

LineReader::LineReader(const std::string& path) : impl_(std::make_unique<Impl>())
{
    impl_->path = path;
    std::error_code failed;
    if (std::filesystem::is_directory(path, failed))
        throw std::runtime_error{path + ": c’est un dossier, pas un fichier."};
    impl_->size = std::filesystem::file_size(path, failed);
    impl_->file = gzopen(path.c_str(), "rb"); // reads uncompressed files as they are
    if (!impl_->file)
        throw std::runtime_error{path + ": impossible d’ouvrir ce fichier (" + std::strerror(errno) + ")."};
    gzbuffer(impl_->file, 256 * 1024);
}

LineReader::~LineReader()
{
    gzclose(impl_->file);
}

std::optional<std::string> LineReader::next()
{
    constexpr std::size_t longest = 32 << 20;
    auto& r = *impl_;
    std::string line;
    bool something = false;
    while (true) {
        if (r.begin == r.end && !r.fill()) {
            if (!something) return std::nullopt;
            break;
        }
        something = true;
        const auto* start = r.buffer.data() + r.begin;
        const auto* stop = static_cast<const char*>(std::memchr(start, '\n', r.end - r.begin));
        const auto taken = stop ? static_cast<std::size_t>(stop - start) : r.end - r.begin;
        line.append(start, taken);
        r.begin += taken + (stop ? 1 : 0);
        position_ += taken + (stop ? 1 : 0);
        if (stop) break;
        if (line.size() > longest) throw std::runtime_error{r.path + ": une ligne dépasse 32 Mo."};
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

void LineReader::skip_to(std::uint64_t position)
{
    auto& r = *impl_;
    while (position_ < position) {
        if (r.begin == r.end && !r.fill()) return;
        const auto taken = std::min<std::uint64_t>(position - position_, r.end - r.begin);
        r.begin += taken;
        position_ += taken;
    }
}

double LineReader::progress() const
{
    const auto at = gzoffset(impl_->file);
    if (at <= 0 || impl_->size == 0) return 0;
    return std::min(1.0, static_cast<double>(at) / static_cast<double>(impl_->size));
}

std::string file_sha256(const std::string& path)
{
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::fopen(path.c_str(), "rb"), std::fclose};
    if (!file)
        throw std::runtime_error{path + ": impossible d’ouvrir ce fichier (" + std::strerror(errno) + ")."};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::vector<unsigned char> buffer(1 << 20);
    while (const auto n = std::fread(buffer.data(), 1, buffer.size(), file.get()))
        crypto_hash_sha256_update(&state, buffer.data(), n);
    if (std::ferror(file.get())) throw std::runtime_error{path + ": lecture impossible."};
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state, digest.data());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

std::optional<std::vector<std::string>> parse_csv(std::string_view line, char separator)
{
    std::vector<std::string> out;
    std::size_t i = 0;
    while (true) {
        std::string field;
        if (i < line.size() && line[i] == '"') {
            for (++i;; ++i) {
                if (i >= line.size()) return std::nullopt;
                if (line[i] != '"') {
                    field += line[i];
                } else if (i + 1 < line.size() && line[i + 1] == '"') {
                    field += '"';
                    ++i;
                } else {
                    ++i;
                    break;
                }
            }
            if (i < line.size() && line[i] != separator) return std::nullopt;
        } else {
            const auto stop = std::min(line.find(separator, i), line.size());
            field = line.substr(i, stop - i);
            i = stop;
        }
        out.push_back(std::move(field));
        if (i >= line.size()) return out;
        ++i; // the separator
    }
}

CsvHeader::CsvHeader(std::string_view line)
{
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    separator_ =
        std::count(line.begin(), line.end(), ';') >= std::count(line.begin(), line.end(), ',') ? ';' : ',';
    const auto names = parse_csv(line, separator_);
    if (!names) return;
    size_ = names->size();
    for (std::size_t i = 0; i < names->size(); ++i) columns_.emplace(base::fold((*names)[i]), i);
}

std::optional<std::size_t> CsvHeader::find(std::initializer_list<std::string_view> names) const
{
    for (const auto name : names)
        if (const auto at = columns_.find(name); at != columns_.end()) return at->second;
    return std::nullopt;
}

} // namespace territoire
