// The page that answers a form we cannot take (the session ended, the token is too old, somebody was quicker,
// a breakdown): it gives back what was typed, to be copied, since browsers do not keep the fields of a page
// that may not be stored. Says nothing of who may do what: the edge decided that before.
#pragma once

#include <string>
#include <string_view>

#include "http/web.hpp"
#include "ui/chrome.hpp"

struct LostForm {
    int status = 403;
    std::string title;
    std::string text;
    ui::Link next = {};          // where to go on; opened beside this page when it holds text to copy
    bool give_back = false;      // show what was typed
    std::string request_id = {}; // shown so that support can find the log line
};

/// Whether the browser says that the form was on a page of this site. Another site could post its own text
/// here, and ours must not lend it its voice.
bool sent_from_here(const http::Request&, std::string_view base_url);

/// The page of ours that the request says it comes from (Referer), without its query; empty when it is not
/// one.
std::string page_before(const http::Request&, std::string_view base_url);

/// Texts are escaped and bounded; passwords, tokens and hidden machinery are left out.
std::string lost_form_page(const ui::Chrome&, const LostForm&, const http::Request&);
