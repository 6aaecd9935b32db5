// JSON lines by spdlog.
#include "base/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/json.hpp"
#include "base/time.hpp"

namespace base {

namespace {

spdlog::logger& logger()
{
    static const auto instance = [] {
        auto l = spdlog::stdout_logger_mt("logis");
        l->set_pattern("%v");
        l->flush_on(spdlog::level::info);
        return l;
    }();
    return *instance;
}

spdlog::level::level_enum spdlog_level(Level level)
{
    switch (level) {
    case Level::Debug:
        return spdlog::level::debug;
    case Level::Info:
        return spdlog::level::info;
    case Level::Warning:
        return spdlog::level::warn;
    case Level::Error:
        return spdlog::level::err;
    }
    return spdlog::level::err;
}

thread_local std::string request_of_this_thread;

constexpr std::string_view names[] = {"debug", "info", "warning", "error"};

} // namespace

void log(Level level, std::string_view event, const LogFields& fields)
{
    if (!logger().should_log(spdlog_level(level))) return;
    std::string line = fmt::format(R"({{"at":"{}","level":"{}","event":)", to_iso(Clock{}.now()),
                                   names[static_cast<int>(level)]);
    append_json_string(line, event);
    bool says_request = request_of_this_thread.empty();
    const auto add = [&line](std::string_view name, std::string_view value) {
        line += ',';
        append_json_string(line, name);
        line += ':';
        append_json_string(line, value);
    };
    for (const auto& [name, value] : fields) {
        add(name, value);
        says_request = says_request || name == "request";
    }
    if (!says_request) add("request", request_of_this_thread);
    line += '}';
    logger().log(spdlog_level(level), line);
}

RequestScope::RequestScope(std::string id)
{
    request_of_this_thread = std::move(id);
}

RequestScope::~RequestScope()
{
    request_of_this_thread.clear();
}

const std::string& current_request()
{
    return request_of_this_thread;
}

void set_log_level(Level level)
{
    logger().set_level(spdlog_level(level));
}

} // namespace base
