// What Prometheus reads at /metrics, on a port of its own: counts of this process, and a few figures of the
// database that an index bounds. Names patterns of routes, tasks and states; never a path, never a person.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app.hpp"
#include "http/web.hpp"

namespace metrics {

class Metrics {
public:
    explicit Metrics(App&);
    ~Metrics();

    /// Counts an answered request by the pattern of its route. On every worker: takes no lock.
    void answered(const http::Request&, int status) noexcept;
    /// The same, once it is really answered: an answer may be to take the body first.
    void answered(const http::Request&, http::Response&);

    /// The text that Prometheus reads (format 0.0.4). `served`: the server whose load is told, if any. The
    /// figures of the database come from a thread of their own, so that a database that hangs does not hide
    /// the others: they are waited for a moment, or with `fresh` until they have come.
    std::string exposition(const http::Server* served, bool fresh = false);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Serves /metrics where the settings say, as long as it lives.
class Listener {
public:
    /// Throws std::runtime_error when the port cannot be had. `served` as above: it must outlive this object.
    Listener(Metrics&, const Config&, const http::Server* served);
    ~Listener();
    [[nodiscard]] std::uint16_t port() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The statements that the figures of the database come from: for the test that reads their plans.
std::span<const std::string_view> statements();

} // namespace metrics
