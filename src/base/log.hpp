// One JSON line per event on standard output. No personal data ever goes here: ids, counts, durations,
// reasons.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

enum class Level { Debug, Info, Warning, Error };

using LogFields = std::vector<std::pair<std::string_view, std::string>>;

/// Writes {"at":…,"level":…,"event":…, fields…}. Thread-safe.
void log(Level, std::string_view event, const LogFields& fields = {});
/// The request that this thread answers, as long as this lives: every line of the log names it, and so do the
/// database and the e-mails.
class RequestScope {
public:
    explicit RequestScope(std::string id);
    ~RequestScope();
    RequestScope(const RequestScope&) = delete;
    RequestScope& operator=(const RequestScope&) = delete;
};
/// Empty outside of a request.
const std::string& current_request();

/// Lines below this level are dropped. Default Info.
void set_log_level(Level);

} // namespace base
