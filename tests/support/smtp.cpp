// Starts the sink as a child process; it stops when its standard input closes, even if this process dies.
#include "support/smtp.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace test {

namespace {

namespace files = std::filesystem;

std::string content_of(const files::path& path)
{
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::string text_of(const boost::json::value& v)
{
    return std::string{v.as_string()};
}

} // namespace

bool SmtpSink::available()
{
    static const bool yes = [] {
        const bool installed = std::system("/usr/bin/python3 -c 'import aiosmtpd' >/dev/null 2>&1") == 0;
        if (!installed)
            std::fprintf(stderr,
                         "python3-aiosmtpd is not installed: the tests with a mail server are skipped.\n");
        return installed;
    }();
    return yes;
}

SmtpSink::SmtpSink()
{
    auto path = (files::temp_directory_path() / "logis-smtp-XXXXXX").string();
    if (!mkdtemp(path.data())) throw std::runtime_error{"cannot create a directory below " + path};
    directory_ = path;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    input_ = ends[1];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
    std::string python = "/usr/bin/python3", script = LOGIS_SOURCE_DIR "/tests/support/smtp_sink.py";
    char* const arguments[] = {python.data(), script.data(), directory_.data(), nullptr};
    const int failed = posix_spawn(&process_, python.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[0]);
    if (failed) throw std::runtime_error{"python3 does not start"};
    for (int i = 0; i < 1000 && port_.empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
        port_ = content_of(files::path{directory_} / "port");
    }
    if (port_.empty()) throw std::runtime_error{"the mail server for tests does not start"};
}

SmtpSink::~SmtpSink()
{
    close(input_);
    int status = 0;
    waitpid(process_, &status, 0);
    std::error_code ignored;
    files::remove_all(directory_, ignored);
}

void SmtpSink::open_late_recipients() const
{
    std::ofstream{files::path{directory_} / "ouvert"};
}

std::vector<ReceivedMail> SmtpSink::received() const
{
    std::vector<files::path> names;
    for (const auto& entry : files::directory_iterator{directory_})
        if (entry.path().extension() == ".json") names.push_back(entry.path());
    std::sort(names.begin(), names.end());
    std::vector<ReceivedMail> out;
    for (auto& name : names) {
        const auto parsed = boost::json::parse(content_of(name)).as_object();
        ReceivedMail m;
        m.from = text_of(parsed.at("from"));
        for (const auto& to : parsed.at("to").as_array()) m.to.push_back(text_of(to));
        m.subject = text_of(parsed.at("subject"));
        m.type = text_of(parsed.at("type"));
        m.text = text_of(parsed.at("text"));
        m.html = text_of(parsed.at("html"));
        for (const auto& [key, value] : parsed.at("headers").as_object()) m.headers[key] = text_of(value);
        for (const auto& defect : parsed.at("defects").as_array()) m.defects.push_back(text_of(defect));
        m.connection = static_cast<long>(parsed.at("connection").as_int64());
        m.raw = content_of(name.replace_extension(".eml"));
        out.push_back(std::move(m));
    }
    return out;
}

} // namespace test
