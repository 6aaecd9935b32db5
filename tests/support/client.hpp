// A browser without a screen: requests go straight to the edge, cookies are kept, forms carry their token.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app.hpp"
#include "config.hpp"
#include "db/db.hpp"
#include "edge.hpp"
#include "http/web.hpp"
#include "piece/fichiers.hpp"
#include "territoire/geocodeur.hpp"

namespace test {

/// The whole site on a database, at a moment. Files go to a directory removed with it.
class Site {
public:
    Site(db::Database&, Instant now);
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;
    ~Site();
    App& app() { return app_; }
    Edge& edge() { return edge_; }

private:
    std::filesystem::path directory_;
    Config config_;
    piece::Fichiers fichiers_;
    territoire::Geocodeur geocodeur_;
    App app_;
    Edge edge_;
};

struct Page {
    int status = 0;
    std::string location; // of a redirection
    std::string body;

    /// Whether the page says this (typographic spaces count as spaces).
    [[nodiscard]] bool says(std::string_view text) const;
};

/// One person's browser. Survives a change of Site: its cookies are its own.
class Client {
public:
    explicit Client(Site& site) : site_(&site) {}
    void go_to(Site& site) { site_ = &site; }

    /// The answer as it left, with its headers.
    http::Response ask(http::Method, std::string_view path_and_query, http::Pairs fields = {});
    Page get(std::string_view path_and_query);
    /// Sends the form with the token of the last page seen.
    Page post(std::string_view path, http::Pairs fields = {});
    /// The same without a token, as another site would.
    Page post_without_token(std::string_view path, http::Pairs fields = {});
    /// Follows one redirection.
    Page follow(const Page&);
    void log_in(std::string_view email, std::string_view password);

    /// Token of the last page seen that had a form.
    [[nodiscard]] const std::string& token() const { return token_; }

    std::string ip = "192.0.2.1";
    http::Pairs cookies;
    /// What this browser adds to each request: Origin, Referer, Sec-Fetch-Site…
    http::Pairs headers;

private:
    Page send(http::Method, std::string_view path_and_query, http::Pairs fields);

    Site* site_;
    std::string token_;
};

} // namespace test
