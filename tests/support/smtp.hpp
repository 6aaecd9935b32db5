// A real mail server for tests (tests/support/smtp_sink.py), and what it received.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace test {

struct ReceivedMail {
    std::string from;
    std::vector<std::string> to;
    std::string subject, type, text, html;
    std::map<std::string, std::string> headers; // names in lower case
    std::vector<std::string> defects;
    std::string raw;
    long connection = 0; // same number: same connection
};

class SmtpSink {
public:
    /// False, said once on the error output, when python3-aiosmtpd is not installed.
    static bool available();

    SmtpSink();
    ~SmtpSink();
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;

    [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + port_; }
    /// From now on « plus-tard… » recipients are accepted.
    void open_late_recipients() const;
    /// In the order of arrival.
    [[nodiscard]] std::vector<ReceivedMail> received() const;

private:
    std::string directory_, port_;
    pid_t process_ = 0;
    int input_ = -1;
};

} // namespace test
