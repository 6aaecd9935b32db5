// A small S3 service of our own in this process: it keeps objects in memory, verifies every signature and
// breaks down on demand. The real one that tests also meet is Swift's (tools/swift-for-tests).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "config.hpp"
#include "support/loopback.hpp"

namespace test {

/// A request as it came.
struct S3Request {
    std::string method, target, key, query, body;
    std::map<std::string, std::string> headers;
};

class S3 {
public:
    S3();
    ~S3();
    S3(const S3&) = delete;
    S3& operator=(const S3&) = delete;

    /// Settings that open its bucket, with parts small enough for tests.
    [[nodiscard]] Config::S3 settings(Config::S3::Style = Config::S3::Style::Chemin) const;

    /// Asked before each request is done: bytes to send instead of the answer; empty bytes cut the
    /// connection.
    void broken(std::function<std::optional<std::string>(const S3Request&)>);
    /// The answer of such a service: its status and the code of its error document.
    static std::string refusal(int status, const std::string& code);

    std::map<std::string, std::string> objects(); // by key
    void put(const std::string& key, std::string bytes);
    std::size_t uploads(); // in parts, begun and not ended
    std::size_t requests(const std::string& method);
    /// Seconds from our clock to the one it believes and shows.
    std::atomic<std::int64_t> clock{0};
    std::size_t page = 1000; // objects in one page of a list

private:
    void serve(int client);
    std::string answer(const S3Request&);

    Loopback listener_;
    std::thread thread_;
    std::atomic<bool> ending_{false};
    std::mutex mutex_;
    std::function<std::optional<std::string>(const S3Request&)> broken_;
    std::map<std::string, std::string> objects_;
    std::map<std::string, std::map<int, std::string>> uploads_;
    std::map<std::string, std::size_t> requests_;
    std::vector<std::thread> clients_;
    std::vector<int> sockets_;
};

} // namespace test
