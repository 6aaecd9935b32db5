// A socket that listens on a free port of this machine, for the services that tests play. Answers nothing.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace test {

class Loopback {
public:
    Loopback() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof here;
        auto* address = reinterpret_cast<sockaddr*>(&here);
        if (bind(fd_, address, size) != 0 || listen(fd_, 16) != 0 || getsockname(fd_, address, &size) != 0)
            throw std::runtime_error{"no port of this machine can be listened to"};
        port_ = ntohs(here.sin_port);
    }
    Loopback(const Loopback&) = delete;
    Loopback& operator=(const Loopback&) = delete;
    ~Loopback() { close(fd_); }

    [[nodiscard]] int fd() const { return fd_; }
    /// "127.0.0.1:port"
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    int fd_;
    std::uint16_t port_ = 0;
};

} // namespace test
