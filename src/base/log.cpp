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

constexpr std::string_view names[] = {"debug", "info", "warning", "error"};

} // namespace

void log(Level level, std::string_view event, const LogFields& fields)
{
    if (!logger().should_log(spdlog_level(level))) return;
    std::string line = fmt::format(R"({{"at":"{}","level":"{}","event":)", to_iso(Clock{}.now()),
                                   names[static_cast<int>(level)]);
    append_json_string(line, event);
    for (const auto& [name, value] : fields) {
        line += ',';
        append_json_string(line, name);
        line += ':';
        append_json_string(line, value);
    }
    line += '}';
    logger().log(spdlog_level(level), line);
}

void set_log_level(Level level)
{
    logger().set_level(spdlog_level(level));
}

} // namespace base
