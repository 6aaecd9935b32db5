// A request's body while it arrives: in memory when small, else in an unlinked temporary file that is then
// mapped.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace http {

/// Where large bodies go, and how much of it they may take together.
class Spool {
public:
    /// Creates the directory when it is missing (empty: the system's temporary one). Throws when it cannot be
    /// written to.
    Spool(std::string directory, std::uint64_t max_bytes);

    /// Descriptor of a new file without a name: nothing is left behind, whatever happens to the process.
    [[nodiscard]] int open_unnamed() const;
    [[nodiscard]] bool reserve(std::uint64_t bytes) const;
    /// Shared, because a body may outlive the server in a test.
    struct Usage {
        std::atomic<std::uint64_t> bytes = 0;
    };
    [[nodiscard]] std::shared_ptr<Usage> usage() const { return usage_; }

private:
    std::string directory_;
    std::uint64_t max_bytes_;
    std::shared_ptr<Usage> usage_ = std::make_shared<Usage>();
};

/// Receives the pieces of one body.
class IncomingBody {
public:
    enum class Outcome { Good, TooLarge, NoRoom };

    static constexpr std::size_t memory_bytes = 128 * 1024;

    IncomingBody(const Spool&, std::size_t max_bytes);
    ~IncomingBody();
    IncomingBody(const IncomingBody&) = delete;
    IncomingBody& operator=(const IncomingBody&) = delete;

    /// After anything but Good the body is of no use.
    Outcome append(const char* data, std::size_t size);

    /// All the bytes, and what keeps them readable.
    struct Received {
        std::string_view bytes;
        std::shared_ptr<const void> storage;
    };
    /// To be called once, at the end. Throws when the file cannot be mapped.
    Received finish();

private:
    bool write_all(const char* data, std::size_t size);

    const Spool& spool_;
    std::size_t max_bytes_;
    std::size_t size_ = 0;
    std::string memory_;
    int file_ = -1;
    std::uint64_t reserved_ = 0;
};

} // namespace http
