// Bodies in memory or in unlinked files. A file that nobody else can name cannot be truncated under our
// mapping.
#include "http/spool.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace http {

namespace spooling {

[[noreturn]] void fail(const std::string& what)
{
    throw std::system_error{errno, std::generic_category(), what};
}

} // namespace spooling

bool Ledger::take(const std::string& network, const Taken& more)
{
    const auto part = std::max(1U, limits_.share);
    const std::lock_guard lock{mutex_};
    if (all_.disk + more.disk > limits_.disk_bytes || all_.large + more.large > limits_.large_bodies ||
        all_.memory + more.memory > limits_.memory_bytes || all_.answer + more.answer > limits_.answer_bytes)
        return false;
    if (more.disk > 0 || more.large > 0) {
        auto& its = by_network_[network];
        if (its.disk + more.disk > limits_.disk_bytes / part ||
            its.large + more.large > std::max<std::size_t>(1, limits_.large_bodies / part)) {
            if (its.disk == 0 && its.large == 0) by_network_.erase(network);
            return false;
        }
        its.disk += more.disk;
        its.large += more.large;
    }
    all_.disk += more.disk;
    all_.large += more.large;
    all_.memory += more.memory;
    all_.answer += more.answer;
    return true;
}

void Ledger::give(const std::string& network, const Taken& less)
{
    const std::lock_guard lock{mutex_};
    all_.disk -= less.disk;
    all_.large -= less.large;
    all_.memory -= less.memory;
    all_.answer -= less.answer;
    if (less.disk == 0 && less.large == 0) return;
    const auto its = by_network_.find(network);
    its->second.disk -= less.disk;
    its->second.large -= less.large;
    if (its->second.disk == 0 && its->second.large == 0) by_network_.erase(its);
}

bool Holding::take(const Ledger::Taken& more)
{
    if (!ledger_->take(network_, more)) return false;
    taken_.disk += more.disk;
    taken_.large += more.large;
    taken_.memory += more.memory;
    taken_.answer += more.answer;
    return true;
}

void Holding::give_memory()
{
    ledger_->give(network_, {.memory = std::exchange(taken_.memory, 0)});
}

Spool::Spool(std::string directory, const SpoolLimits& limits)
    : directory_(std::move(directory)), ledger_(std::make_shared<Ledger>(limits))
{
    if (directory_.empty()) directory_ = std::filesystem::temp_directory_path().string();
    std::filesystem::create_directories(directory_);
    const int fd = open_unnamed();
    if (fd < 0) spooling::fail("temporary files cannot be made in " + directory_);
    ::close(fd);
}

int Spool::open_unnamed() const
{
    const int fd = ::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return fd;
    std::string name = directory_ + "/corps-XXXXXX";
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0) ::unlink(name.c_str());
    return named;
}

bool write_all(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

IncomingBody::IncomingBody(const Spool& spool, std::size_t max_bytes, std::string network)
    : spool_(spool), max_bytes_(max_bytes), account_(spool.open_account(std::move(network)))
{}

IncomingBody::~IncomingBody()
{
    if (file_ >= 0) ::close(file_);
}

bool IncomingBody::take_place()
{
    return account_->taken().large > 0 || account_->take({.large = 1});
}

IncomingBody::Outcome IncomingBody::expect(std::uint64_t bytes)
{
    if (bytes > max_bytes_) return Outcome::TooLarge;
    return bytes <= memory_bytes || take_place() ? Outcome::Good : Outcome::NoRoom;
}

IncomingBody::Outcome IncomingBody::append(const char* data, std::size_t size)
{
    if (size > max_bytes_ - size_) return Outcome::TooLarge;
    if (intake_) {
        const auto taken = intake_->take({data, size});
        if (taken == Outcome::Good) size_ += size;
        return taken;
    }
    const bool small = size_ + size <= memory_bytes;
    if (!small && !take_place()) return Outcome::NoRoom;
    if (file_ < 0 && small && account_->take({.memory = size})) {
        memory_.append(data, size);
    } else {
        if (file_ < 0) {
            file_ = spool_.open_unnamed();
            if (file_ < 0 || !to_file(memory_)) return Outcome::NoRoom;
            std::string{}.swap(memory_); // an assignment of {} would keep its room
            account_->give_memory();
        }
        if (!to_file({data, size})) return Outcome::NoRoom;
    }
    size_ += size;
    return Outcome::Good;
}

bool IncomingBody::to_file(std::string_view bytes)
{
    return account_->take({.disk = bytes.size()}) && write_all(file_, bytes);
}

IncomingBody::Received IncomingBody::finish()
{
    if (file_ < 0) {
        const auto kept = std::make_shared<std::pair<std::string, std::shared_ptr<Holding>>>(
            std::move(memory_), std::move(account_));
        return {kept->first, kept};
    }
    void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file_, 0);
    if (mapped == MAP_FAILED) spooling::fail("a request body cannot be mapped");
    ::close(std::exchange(file_, -1));
    std::shared_ptr<const void> storage{mapped, [size = size_, account = std::move(account_)](const void* p) {
                                            ::munmap(const_cast<void*>(p), size);
                                        }};
    return {{static_cast<const char*>(mapped), size_}, std::move(storage)};
}

} // namespace http
