// Bodies in memory or in unlinked files. A file that nobody else can name cannot be truncated under our
// mapping.
#include "http/spool.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

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

Spool::Spool(std::string directory, std::uint64_t max_bytes)
    : directory_(std::move(directory)), max_bytes_(max_bytes)
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

bool Spool::reserve(std::uint64_t bytes) const
{
    if (usage_->bytes.fetch_add(bytes) + bytes <= max_bytes_) return true;
    usage_->bytes.fetch_sub(bytes);
    return false;
}

IncomingBody::IncomingBody(const Spool& spool, std::size_t max_bytes) : spool_(spool), max_bytes_(max_bytes)
{}

IncomingBody::~IncomingBody()
{
    if (file_ >= 0) ::close(file_);
    spool_.usage()->bytes.fetch_sub(reserved_);
}

IncomingBody::Outcome IncomingBody::append(const char* data, std::size_t size)
{
    if (size > max_bytes_ - size_) return Outcome::TooLarge;
    if (file_ < 0 && size_ + size <= memory_bytes) {
        memory_.append(data, size);
        size_ += size;
        return Outcome::Good;
    }
    if (file_ < 0) {
        file_ = spool_.open_unnamed();
        if (file_ < 0 || !write_all(memory_.data(), memory_.size())) return Outcome::NoRoom;
        memory_ = {};
    }
    if (!write_all(data, size)) return Outcome::NoRoom;
    size_ += size;
    return Outcome::Good;
}

bool IncomingBody::write_all(const char* data, std::size_t size)
{
    if (!spool_.reserve(size)) return false;
    reserved_ += size;
    while (size > 0) {
        const auto n = ::write(file_, data, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        data += n;
        size -= static_cast<std::size_t>(n);
    }
    return true;
}

IncomingBody::Received IncomingBody::finish()
{
    if (file_ < 0) {
        const auto kept = std::make_shared<const std::string>(std::move(memory_));
        return {*kept, kept};
    }
    void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file_, 0);
    if (mapped == MAP_FAILED) spooling::fail("a request body cannot be mapped");
    ::close(file_);
    file_ = -1;
    std::shared_ptr<const void> storage{mapped, [size = size_, reserved = std::exchange(reserved_, 0),
                                                 usage = spool_.usage()](const void* p) {
                                            ::munmap(const_cast<void*>(p), size);
                                            usage->bytes.fetch_sub(reserved);
                                        }};
    return {{static_cast<const char*>(mapped), size_}, std::move(storage)};
}

} // namespace http
