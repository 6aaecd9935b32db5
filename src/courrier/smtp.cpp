// SMTP by libcurl. The only file of the slice that includes it.
#include "courrier/smtp.hpp"

#include <curl/curl.h>
#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace courrier {

namespace {

constexpr long connect_timeout_s = 10;
constexpr long total_timeout_s = 60;

struct SlistDelete {
    void operator()(curl_slist* l) const { curl_slist_free_all(l); }
};
struct MimeDelete {
    void operator()(curl_mime* m) const { curl_mime_free(m); }
};
struct UrlDelete {
    void operator()(CURLU* u) const { curl_url_cleanup(u); }
};

/// The conversation with the server, as far as it explains a failure.
struct Dialogue {
    std::string command; // MAIL, RCPT, DATA…
    bool over = false;   // QUIT was said: what comes after explains nothing
    std::string answer;  // its last answer
    int code = 0;
};

int note_dialogue(CURL*, curl_infotype type, char* data, std::size_t size, void* to)
{
    if (!to) return 0;
    auto& d = *static_cast<Dialogue*>(to);
    const std::string_view text{data, size};
    d.over = d.over || (type == CURLINFO_HEADER_OUT && text.starts_with("QUIT"));
    if (d.over) return 0;
    if (type == CURLINFO_HEADER_OUT) {
        d.command = text.substr(0, std::min<std::size_t>(4, text.size()));
        d.answer.clear();
        d.code = 0;
    } else if (type == CURLINFO_HEADER_IN) {
        for (const auto& line : base::split(text, '\n')) {
            const auto said = base::trim(line);
            if (said.size() < 3 || said[0] < '2' || said[0] > '5') continue;
            d.code = (said[0] - '0') * 100 + (said[1] - '0') * 10 + (said[2] - '0');
            d.answer = base::clean_text(said).value_or(std::to_string(d.code));
        }
    }
    return 0;
}

/// « Name » <address>, the name encoded or quoted.
std::string mailbox(std::string_view name, const std::string& address)
{
    if (base::trim(name).empty()) return "<" + address + ">";
    auto shown = en_tete(name);
    if (!shown.starts_with("=?")) {
        std::string quoted = "\"";
        for (const char c : shown) {
            if (c == '"' || c == '\\') quoted += '\\';
            quoted += c;
        }
        shown = quoted + "\"";
    }
    return shown + " <" + address + ">";
}

/// parse_email lets nothing through that could end an SMTP command or a header.
std::string checked_address(std::string_view address, const char* what)
{
    auto ok = base::parse_email(address);
    if (!ok) throw std::runtime_error{std::string{what} + " is not an e-mail address"};
    return *ok;
}

/// What is being said when the process is asked to stop has this long to be heard: leaving between the text
/// and the answer would send the message twice.
constexpr std::chrono::seconds grace_at_stop{2};

struct Patience {
    std::stop_token stop;
    std::optional<std::chrono::steady_clock::time_point> asked; // when the stop was first seen
};

int out_of_patience(void* to, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    auto& p = *static_cast<Patience*>(to);
    if (!p.stop.stop_requested()) return 0;
    const auto now = std::chrono::steady_clock::now();
    if (!p.asked) p.asked = now;
    return now - *p.asked > grace_at_stop ? 1 : 0;
}

bool is_loopback(const std::string& host)
{
    return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

} // namespace

std::string en_tete(std::string_view texte)
{
    std::string clean;
    for (const char c : base::clean_text(texte).value_or("")) clean += c == '\n' || c == '\t' ? ' ' : c;
    clean = std::string{base::trim(clean)};
    const bool plain = std::all_of(clean.begin(), clean.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (plain && clean.find("=?") == std::string::npos && clean.size() <= 200) return clean;
    // Words of at most 75 signs that never cut a character in two.
    std::string out;
    constexpr std::size_t most = 45;
    for (std::size_t at = 0; at < clean.size();) {
        auto end = std::min(at + most, clean.size());
        while (end < clean.size() && (static_cast<unsigned char>(clean[end]) & 0xC0) == 0x80) --end;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base::base64(std::string_view{clean}.substr(at, end - at)) + "?=";
        at = end;
    }
    return out;
}

std::string date_rfc5322(Instant i)
{
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const date::sys_time<std::chrono::milliseconds> t{std::chrono::milliseconds{i.ms}};
    const auto day = date::floor<date::days>(t);
    const date::year_month_day ymd{day};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(t - day).count();
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", days[date::weekday{day}.c_encoding()],
                       unsigned{ymd.day()}, months[unsigned{ymd.month()} - 1], int{ymd.year()},
                       seconds / 3600, seconds / 60 % 60, seconds % 60);
}

struct ClientSmtp::Impl {
    ServeurSmtp serveur;
    std::string host;
    bool has_path = false;
    CURL* curl = nullptr;
    Patience patience;

    Impl(ServeurSmtp s, std::stop_token stop) : serveur(std::move(s)), patience{std::move(stop), {}}
    {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        const std::unique_ptr<CURLU, UrlDelete> parsed{curl_url()};
        char *host_text = nullptr, *path = nullptr;
        if (!parsed ||
            curl_url_set(parsed.get(), CURLUPART_URL, serveur.url.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
                CURLUE_OK ||
            curl_url_get(parsed.get(), CURLUPART_HOST, &host_text, 0) != CURLUE_OK)
            throw std::runtime_error{
                "the address of the mail server must be smtp://host:port or smtps://host:port"};
        host = host_text;
        curl_free(host_text);
        if (curl_url_get(parsed.get(), CURLUPART_PATH, &path, 0) == CURLUE_OK)
            has_path = std::string_view{path}.size() > 1;
        curl_free(path);
        curl = curl_easy_init();
        if (!curl) throw std::runtime_error{"libcurl cannot start"};
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() { curl_easy_cleanup(curl); }

    void set_server(const std::string& ehlo_name)
    {
        curl_easy_reset(curl); // keeps the connection
        auto url = serveur.url;
        while (!has_path && url.ends_with('/')) url.pop_back();
        // libcurl says EHLO with the path of the URL.
        curl_easy_setopt(curl, CURLOPT_URL, (has_path ? url : url + "/" + ehlo_name).c_str());
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, total_timeout_s);
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, out_of_patience);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &patience);
        const bool has_password = !serveur.identifiant.empty();
        // STARTTLS when offered; always before a password leaves this machine; useless on the loopback, where
        // relays have no certificate worth checking.
        const long tls = is_loopback(host) ? CURLUSESSL_NONE : has_password ? CURLUSESSL_ALL : CURLUSESSL_TRY;
        curl_easy_setopt(curl, CURLOPT_USE_SSL, tls);
        if (has_password) {
            curl_easy_setopt(curl, CURLOPT_USERNAME, serveur.identifiant.c_str());
            curl_easy_setopt(curl, CURLOPT_PASSWORD, serveur.mot_de_passe.c_str());
        }
    }

    /// multipart/alternative: the text first, then the form that is preferred. With a file, both of them
    /// stand before it in a multipart/mixed.
    [[nodiscard]] std::unique_ptr<curl_mime, MimeDelete> body_of(const Corps& corps,
                                                                 const std::optional<Joint>& joint) const
    {
        std::unique_ptr<curl_mime, MimeDelete> mime{curl_mime_init(curl)};
        const auto add = [&](const std::string& data, const char* type) {
            auto* const part = curl_mime_addpart(mime.get());
            curl_mime_data(part, data.data(), data.size());
            curl_mime_type(part, type);
            curl_mime_encoder(part, "quoted-printable");
        };
        add(corps.texte, "text/plain; charset=utf-8");
        add(corps.html, "text/html; charset=utf-8");
        if (!joint) return mime;
        std::unique_ptr<curl_mime, MimeDelete> mixed{curl_mime_init(curl)};
        auto* const text = curl_mime_addpart(mixed.get());
        curl_mime_subparts(text, mime.release()); // now theirs
        curl_mime_type(text, "multipart/alternative");
        auto* const file = curl_mime_addpart(mixed.get());
        curl_mime_data(file, joint->octets.data(), joint->octets.size());
        curl_mime_type(file, joint->type.c_str());
        curl_mime_filename(file, joint->nom.c_str());
        curl_mime_encoder(file, "base64");
        return mixed;
    }
};

ClientSmtp::ClientSmtp(ServeurSmtp serveur, std::stop_token arret)
    : impl_(std::make_unique<Impl>(std::move(serveur), std::move(arret)))
{}
ClientSmtp::~ClientSmtp() = default;

Reponse ClientSmtp::envoyer(const Message& m)
{
    using Remise = Reponse::Remise;
    const auto from = checked_address(m.de, "the sender of e-mails (courriel.expediteur)");
    const auto to = checked_address(m.a, "the recipient of an e-mail");
    auto* const curl = impl_->curl;
    impl_->set_server(from.substr(from.find('@') + 1));

    std::unique_ptr<curl_slist, SlistDelete> headers, recipients;
    const auto add = [](auto& list, const std::string& line) {
        auto* const longer = curl_slist_append(list.get(), line.c_str());
        if (!longer) throw std::bad_alloc{};
        static_cast<void>(list.release());
        list.reset(longer);
    };
    add(headers, "Date: " + date_rfc5322(m.date));
    add(headers, "From: " + mailbox(m.de_nom, from));
    add(headers, "To: <" + to + ">");
    add(headers, "Subject: " + en_tete(m.objet));
    add(headers, "Message-ID: <" + m.message_id + ">");
    add(headers, "Auto-Submitted: auto-generated");
    if (!m.requete.empty()) add(headers, "X-Request-Id: " + en_tete(m.requete));
    add(headers, m.joint ? "Content-Type: multipart/mixed" : "Content-Type: multipart/alternative");
    add(headers, "Content-Language: fr");
    add(recipients, "<" + to + ">");
    const auto mime = impl_->body_of(m.corps, m.joint);

    Dialogue dialogue;
    char reason[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, note_dialogue);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &dialogue);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime.get());
    const auto result = curl_easy_perform(curl);
    // Closing the connection later must not write into this frame.
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, nullptr);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 0L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);

    if (result == CURLE_OK) return {Remise::Acceptee, dialogue.answer};
    const bool about_the_message = dialogue.command == "RCPT" || dialogue.command == "DATA";
    if (about_the_message && dialogue.code >= 500) return {Remise::Refusee, dialogue.answer};
    if (about_the_message && dialogue.code >= 400) return {Remise::Reportee, dialogue.answer};
    const std::string why = *reason ? reason : curl_easy_strerror(result);
    // Anything before the recipient is named (connection, TLS, password, sender) would fail the same way for
    // the next message: it is our settings or their server, never this person.
    const bool server_is_away = !about_the_message;
    return {server_is_away ? Remise::ServeurAbsent : Remise::Reportee,
            dialogue.code >= 400 ? dialogue.answer : why};
}

} // namespace courrier
