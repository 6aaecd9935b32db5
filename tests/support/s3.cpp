// See s3.hpp.
#include "support/s3.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "piece/s3_signature.hpp"

namespace test {

namespace {

constexpr auto bucket = "photos";
const piece::s3::Cles keys{"essai", "secret-d-essai", "us-east-1"};

std::string decoded(std::string_view s)
{
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i)
        if (s[i] == '%' && i + 2 < s.size()) {
            out += static_cast<char>(std::stoi(std::string{s.substr(i + 1, 2)}, nullptr, 16));
            i += 2;
        } else {
            out += s[i];
        }
    return out;
}

piece::s3::Paires pairs(const std::string& query)
{
    piece::s3::Paires out;
    if (query.empty()) return out;
    for (const auto& p : base::split(query, '&')) {
        const auto equals = p.find('=');
        out.emplace_back(decoded(p.substr(0, equals)),
                         equals == std::string::npos ? "" : decoded(p.substr(equals + 1)));
    }
    return out;
}

std::string value(const piece::s3::Paires& pairs, std::string_view name)
{
    for (const auto& [n, v] : pairs)
        if (n == name) return v;
    return {};
}

std::string date_of(std::time_t t, const char* format)
{
    std::tm utc{};
    gmtime_r(&t, &utc);
    char out[64];
    return {out, std::strftime(out, sizeof out, format, &utc)};
}

std::string response(int status, const std::string& body, const std::string& headers, std::int64_t clock)
{
    return "HTTP/1.1 " + std::to_string(status) +
           " X\r\nDate: " + date_of(std::time(nullptr) + clock, "%a, %d %b %Y %H:%M:%S GMT") + "\r\n" +
           headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string error_document(const std::string& code)
{
    return "<?xml version='1.0'?><Error><Code>" + code + "</Code><Message>no</Message></Error>";
}

void send_all(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto n = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

} // namespace

S3::S3()
{
    thread_ = std::thread{[this] {
        for (;;) {
            const int client = accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC);
            const std::lock_guard lock{mutex_};
            if (client < 0 || ending_) {
                if (client >= 0) close(client);
                return;
            }
            sockets_.push_back(client);
            clients_.emplace_back([this, client] { serve(client); });
        }
    }};
}

S3::~S3()
{
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
        for (const int s : sockets_) shutdown(s, SHUT_RDWR);
    }
    shutdown(listener_.fd(), SHUT_RDWR);
    thread_.join();
    for (auto& c : clients_) c.join();
    for (const int s : sockets_) close(s);
}

Config::S3 S3::settings(Config::S3::Style style) const
{
    // curl finds every name below localhost on the loopback by itself.
    const auto address = listener_.address();
    return {.adresse = "http://localhost" + address.substr(address.rfind(':')),
            .compartiment = bucket,
            .region = keys.region,
            .cle = keys.acces,
            .secret = keys.secret,
            .prefixe = "logis/",
            .style = style,
            .seuil = 100'000,
            .morceau = 64'000,
            .patience = 20}; // a busy machine is no silent service
}

void S3::broken(std::function<std::optional<std::string>(const S3Request&)> how)
{
    const std::lock_guard lock{mutex_};
    broken_ = std::move(how);
}

std::string S3::refusal(int status, const std::string& code)
{
    return response(status, error_document(code), "", 0);
}

std::map<std::string, std::string> S3::objects()
{
    const std::lock_guard lock{mutex_};
    return objects_;
}

void S3::put(const std::string& key, std::string bytes)
{
    const std::lock_guard lock{mutex_};
    objects_[key] = std::move(bytes);
}

std::size_t S3::uploads()
{
    const std::lock_guard lock{mutex_};
    return uploads_.size();
}

std::size_t S3::requests(const std::string& method)
{
    const std::lock_guard lock{mutex_};
    return requests_[method];
}

void S3::serve(int client)
{
    std::string bytes;
    char buffer[65536];
    for (;;) {
        std::size_t end;
        while ((end = bytes.find("\r\n\r\n")) == std::string::npos) {
            const auto n = recv(client, buffer, sizeof buffer, 0);
            if (n <= 0) return;
            bytes.append(buffer, static_cast<std::size_t>(n));
        }
        S3Request r;
        const auto lines = base::split(bytes.substr(0, end), '\n');
        const auto first = base::split(base::trim(lines[0]), ' ');
        r.method = first[0];
        r.target = first[1];
        for (std::size_t i = 1; i < lines.size(); ++i) {
            const auto colon = lines[i].find(':');
            auto name = lines[i].substr(0, colon);
            std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
            r.headers[name] = base::trim(std::string_view{lines[i]}.substr(colon + 1));
        }
        const std::size_t length =
            r.headers.contains("content-length") ? std::stoul(r.headers["content-length"]) : 0;
        while (bytes.size() < end + 4 + length) {
            const auto n = recv(client, buffer, sizeof buffer, 0);
            if (n <= 0) return;
            bytes.append(buffer, static_cast<std::size_t>(n));
        }
        r.body = bytes.substr(end + 4, length);
        bytes.erase(0, end + 4 + length);
        const auto question = r.target.find('?');
        if (question != std::string::npos) r.query = r.target.substr(question + 1);
        r.key = decoded(r.target.substr(0, question));
        const bool by_host = r.headers["host"].starts_with(std::string{bucket} + '.');
        r.key = r.key.substr(by_host ? 1 : std::min(r.key.size(), std::string{bucket}.size() + 2));

        std::function<std::optional<std::string>(const S3Request&)> broken;
        {
            const std::lock_guard lock{mutex_};
            ++requests_[r.method];
            broken = broken_;
        }
        const auto instead = broken ? broken(r) : std::nullopt;
        if (instead && instead->empty()) {
            shutdown(client, SHUT_RDWR);
            return;
        }
        send_all(client, instead ? *instead : answer(r));
    }
}

std::string S3::answer(const S3Request& r)
{
    const std::lock_guard lock{mutex_};
    const auto say = [&](int status, const std::string& body = {}, const std::string& headers = {}) {
        return response(status, body, headers, clock);
    };
    const auto refuse = [&](int status, const std::string& code) {
        return say(status, error_document(code));
    };

    // The signature, from what was received.
    const auto& h = r.headers;
    if (!h.contains("authorization")) return refuse(403, "AccessDenied");
    const auto& authorization = h.at("authorization");
    const auto from = authorization.find("SignedHeaders=") + 14;
    const auto names = authorization.substr(from, authorization.find(',', from) - from);
    piece::s3::Demande d{r.method,
                         decoded(r.target.substr(0, r.target.find('?'))),
                         pairs(r.query),
                         {},
                         h.at("x-amz-content-sha256")};
    for (const auto& name : base::split(names, ';')) d.entetes.emplace_back(name, h.at(name));
    const auto expected = piece::s3::autorisation(keys, d, h.at("x-amz-date"));
    if (expected != authorization) return refuse(403, "SignatureDoesNotMatch");
    if (base::sha256_hex(r.body) != d.charge_sha256) return refuse(400, "XAmzContentSHA256Mismatch");
    const auto& signed_at = h.at("x-amz-date");
    const auto at = base::parse_instant(signed_at.substr(0, 4) + '-' + signed_at.substr(4, 2) + '-' +
                                        signed_at.substr(6, 2) + 'T' + signed_at.substr(9, 2) + ':' +
                                        signed_at.substr(11, 2) + ':' + signed_at.substr(13, 2) + 'Z');
    if (!at || std::abs(at->ms / 1000 - (std::time(nullptr) + clock)) > 900)
        return refuse(403, "RequestTimeTooSkewed");

    const auto query = pairs(r.query);
    const auto upload = value(query, "uploadId");
    if (r.key.empty()) {
        std::string body = "<ListBucketResult xmlns='x'>";
        const auto after = value(query, "continuation-token");
        std::size_t n = 0;
        for (const auto& [key, bytes] : objects_) {
            if (!key.starts_with(value(query, "prefix")) || (!after.empty() && key <= after)) continue;
            if (n++ == page) {
                body += "<NextContinuationToken>" + std::prev(objects_.lower_bound(key))->first +
                        "</NextContinuationToken>";
                break;
            }
            body += "<Contents><Key>" + key + "</Key><LastModified>" +
                    date_of(std::time(nullptr) + clock, "%Y-%m-%dT%H:%M:%S.000Z") +
                    "</LastModified></Contents>";
        }
        body += std::string{"<IsTruncated>"} + (n > page ? "true" : "false") +
                "</IsTruncated></ListBucketResult>";
        return say(200, body);
    }
    if (r.method == "PUT" && !upload.empty()) {
        uploads_[upload][std::stoi(value(query, "partNumber"))] = r.body;
        return say(200, "", "ETag: \"x\"\r\n");
    }
    if (r.method == "PUT") {
        objects_[r.key] = r.body;
        return say(200, "", "ETag: \"x\"\r\n");
    }
    if (r.method == "POST" && upload.empty()) {
        const auto name = "envoi" + std::to_string(requests_["POST"]);
        uploads_[name];
        return say(200, "<InitiateMultipartUploadResult><UploadId>" + name +
                            "</UploadId></InitiateMultipartUploadResult>");
    }
    if (r.method == "POST") {
        auto& whole = objects_[r.key];
        whole.clear();
        for (const auto& [number, part] : uploads_[upload]) whole += part;
        uploads_.erase(upload);
        return say(200, "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
    }
    if (r.method == "DELETE") {
        upload.empty() ? objects_.erase(r.key) : uploads_.erase(upload);
        return say(204);
    }
    const auto found = objects_.find(r.key);
    if (found == objects_.end()) return refuse(404, "NoSuchKey");
    const auto dates =
        "ETag: \"x\"\r\nLast-Modified: " + date_of(std::time(nullptr) + clock, "%a, %d %b %Y %H:%M:%S GMT") +
        "\r\n";
    if (!h.contains("range")) return say(200, found->second, dates);
    const auto range = h.at("range").substr(6);
    const auto begin = std::stoul(range), last = std::stoul(range.substr(range.find('-') + 1));
    if (begin >= found->second.size()) return refuse(416, "InvalidRange");
    const auto part = found->second.substr(begin, last - begin + 1);
    return say(206, part,
               dates + "Content-Range: bytes " + std::to_string(begin) + "-" +
                   std::to_string(begin + part.size() - 1) + "/" + std::to_string(found->second.size()) +
                   "\r\n");
}

} // namespace test
