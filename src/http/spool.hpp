// A request's body while it arrives: in memory when small, else in an unlinked temporary file that is then
// mapped. And how much of both may be taken, by all and by each network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/web.hpp"

namespace http {

struct SpoolLimits {
    std::uint64_t disk_bytes = 4ULL << 30;
    std::size_t large_bodies = 256;           // in files, until their handler is done with them
    std::uint64_t memory_bytes = 32ULL << 20; // of the small ones; beyond, they go to files too
    std::uint64_t answer_bytes = 32ULL << 20; // of answers on their way out; beyond, they go to files
    /// One network may take one part in so many of the first two, so that nobody can take it all.
    unsigned share = 8;
};

/// What is taken at this moment. Thread-safe.
class Ledger {
public:
    struct Taken {
        std::uint64_t disk = 0;
        std::size_t large = 0;
        std::uint64_t memory = 0;
        std::uint64_t answer = 0;
    };

    explicit Ledger(const SpoolLimits& limits) : limits_(limits) {}
    /// Adds all of it, or nothing and false when a limit would be passed.
    bool take(const std::string& network, const Taken&);
    void give(const std::string& network, const Taken&);
    [[nodiscard]] Taken taken() const
    {
        const std::lock_guard lock{mutex_};
        return all_;
    }

private:
    SpoolLimits limits_;
    mutable std::mutex mutex_;
    Taken all_;
    std::unordered_map<std::string, Taken> by_network_; // disk and large only
};

/// What one body or answer has taken; given back with it.
class Holding {
public:
    Holding(std::shared_ptr<Ledger> ledger, std::string network)
        : ledger_(std::move(ledger)), network_(std::move(network))
    {}
    ~Holding() { ledger_->give(network_, taken_); }
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;

    bool take(const Ledger::Taken&);
    void give_memory();
    [[nodiscard]] const Ledger::Taken& taken() const { return taken_; }

private:
    std::shared_ptr<Ledger> ledger_; // shared, because a body may outlive the server in a test
    std::string network_;
    Ledger::Taken taken_;
};

/// Where what is too large for memory goes.
class Spool {
public:
    /// Creates the directory when it is missing (empty: the system's temporary one). Throws when it cannot be
    /// written to.
    Spool(std::string directory, const SpoolLimits&);

    /// Descriptor of a new file without a name: nothing is left behind, whatever happens to the process.
    [[nodiscard]] int open_unnamed() const;
    [[nodiscard]] std::shared_ptr<Holding> open_account(std::string network) const
    {
        return std::make_shared<Holding>(ledger_, std::move(network));
    }
    /// By all the bodies and answers of this moment.
    [[nodiscard]] Ledger::Taken taken() const { return ledger_->taken(); }

private:
    std::string directory_;
    std::shared_ptr<Ledger> ledger_;
};

/// Writes all of it; false when the disk has no room.
bool write_all(int file, std::string_view bytes);

/// Receives the pieces of one body.
class IncomingBody {
public:
    using Outcome = Intake::Taken;

    static constexpr std::size_t memory_bytes = 128 * 1024;

    IncomingBody(const Spool&, std::size_t max_bytes, std::string network);
    ~IncomingBody();
    IncomingBody(const IncomingBody&) = delete;
    IncomingBody& operator=(const IncomingBody&) = delete;

    /// The pieces go there, and nothing is kept here.
    void pour_into(std::shared_ptr<Intake> intake) { intake_ = std::move(intake); }
    /// Takes its place among the large ones before the first byte, when it says that it will be one.
    Outcome expect(std::uint64_t bytes);
    /// After anything but Good the body is of no use.
    Outcome append(const char* data, std::size_t size);
    [[nodiscard]] std::size_t size() const { return size_; }

    /// All the bytes, and what keeps them readable.
    struct Received {
        std::string_view bytes;
        std::shared_ptr<const void> storage;
    };
    /// To be called once, at the end. Throws when the file cannot be mapped.
    Received finish();

private:
    bool take_place();
    bool to_file(std::string_view bytes);

    const Spool& spool_;
    std::size_t max_bytes_;
    std::shared_ptr<Holding> account_;
    std::shared_ptr<Intake> intake_;
    std::size_t size_ = 0;
    std::string memory_;
    int file_ = -1;
};

} // namespace http
