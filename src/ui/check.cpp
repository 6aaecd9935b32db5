// A small reader of the HTML that our templates write (double-quoted attributes only), for tests.
#include "ui/check.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ui/html.hpp"

namespace ui {

namespace {

struct Element {
    std::string name;
    std::size_t at;
};

constexpr std::array void_elements = {"area", "br",   "col",    "hr",    "img", "input",
                                      "link", "meta", "source", "track", "wbr"};

bool is_void(std::string_view name)
{
    return std::find(void_elements.begin(), void_elements.end(), name) != void_elements.end();
}

std::string near_text(std::string_view html, std::size_t at)
{
    return " (near « " + std::string(html.substr(at, 60)) + " »)";
}

class PageReader {
public:
    explicit PageReader(std::string_view html) : html_(html) {}

    std::vector<std::string> read()
    {
        while (at_ < html_.size()) {
            if (html_[at_] != '<') {
                ++at_;
            } else if (html_.substr(at_).starts_with("<!--")) {
                skip_past("-->");
            } else if (html_.substr(at_).starts_with("<!")) {
                skip_past(">");
            } else if (html_.substr(at_).starts_with("</")) {
                close();
            } else {
                open();
            }
        }
        for (const auto& element : open_) complain("<" + element.name + "> is never closed", element.at);
        for (const auto& [id, at] : references_)
            if (!ids_.contains(id)) complain("no element has the id « " + id + " »", at);
        for (const auto& [field, at] : unlabelled_)
            if (!labelled_.contains(field)) complain("the field « " + field + " » has no label", at);
        return defects_;
    }

private:
    void complain(const std::string& what, std::size_t at)
    {
        defects_.push_back(what + near_text(html_, at));
    }

    void skip_past(std::string_view end)
    {
        const auto found = html_.find(end, at_);
        at_ = found == html_.npos ? html_.size() : found + end.size();
    }

    void close()
    {
        const auto start = at_;
        const auto end = html_.find('>', at_);
        if (end == html_.npos) {
            complain("an end tag is cut", start);
            at_ = html_.size();
            return;
        }
        const std::string name(html_.substr(at_ + 2, end - at_ - 2));
        at_ = end + 1;
        if (open_.empty() || open_.back().name != name) {
            complain("</" + name + "> closes " + (open_.empty() ? "nothing" : "<" + open_.back().name + ">"),
                     start);
            while (!open_.empty() && open_.back().name != name &&
                   std::any_of(open_.begin(), open_.end(), [&](const Element& e) { return e.name == name; }))
                open_.pop_back();
        }
        if (!open_.empty() && open_.back().name == name) open_.pop_back();
    }

    void open()
    {
        const auto start = at_++;
        const auto name_end = html_.find_first_of(" \n\t/>", at_);
        const std::string name(html_.substr(at_, name_end - at_));
        at_ = name_end;
        std::map<std::string, std::string> attributes;
        bool self_closed = false;
        while (at_ < html_.size() && html_[at_] != '>') {
            if (detail::is_space(html_[at_])) {
                ++at_;
                continue;
            }
            if (html_[at_] == '/') {
                self_closed = true;
                ++at_;
                continue;
            }
            const auto end = html_.find_first_of("= \n\t/>", at_);
            const std::string attribute(html_.substr(at_, end - at_));
            at_ = end;
            std::string value;
            if (at_ < html_.size() && html_[at_] == '=') {
                const auto quote = html_.find('"', at_ + 2);
                value = html_.substr(at_ + 2, quote - at_ - 2);
                at_ = quote == html_.npos ? html_.size() : quote + 1;
            }
            if (!attributes.emplace(attribute, value).second)
                complain("<" + name + "> has two attributes « " + attribute + " »", start);
        }
        ++at_;
        check(name, attributes, start);
        if (is_void(name) || self_closed) return;
        open_.push_back({name, start});
        if (name == "script" || name == "style" || name == "textarea" || name == "title") {
            const auto end = html_.find("</" + name, at_);
            at_ = end == html_.npos ? html_.size() : end;
        }
    }

    [[nodiscard]] bool inside(std::string_view name) const
    {
        return std::any_of(open_.begin(), open_.end(), [&](const Element& e) { return e.name == name; });
    }

    void check(const std::string& name, const std::map<std::string, std::string>& attributes, std::size_t at)
    {
        const auto get = [&](const char* key) {
            const auto found = attributes.find(key);
            return found == attributes.end() ? std::string{} : found->second;
        };
        if (const auto id = get("id"); !id.empty() && !ids_.insert(id).second)
            complain("the id « " + id + " » is used twice", at);
        for (const char* key : {"for", "aria-describedby", "aria-labelledby", "aria-controls"}) {
            const auto list = get(key);
            for (std::size_t i = 0; i < list.size();) {
                const auto end = std::min(list.find(' ', i), list.size());
                if (end > i) references_.emplace_back(list.substr(i, end - i), at);
                i = end + 1;
            }
        }
        if (const auto href = get("href"); href.starts_with("#") && href.size() > 1)
            references_.emplace_back(href.substr(1), at);
        if (name == "label") labelled_.insert(get("for"));
        const bool is_field = name == "select" || name == "textarea" ||
                              (name == "input" && get("type") != "hidden" && get("type") != "submit");
        if (is_field && get("aria-label").empty() && get("aria-labelledby").empty())
            unlabelled_.emplace_back(get("id"), at);
        if (name == "form" && inside("form")) complain("a form stands inside a form", at);
        if ((name == "a" || name == "button") && (inside("a") || inside("button")))
            complain("a link or button stands inside another", at);
        if (inside("p") &&
            (name == "p" || name == "div" || name == "ul" || name == "ol" || name == "dl" ||
             name == "table" || name == "form" || name == "section" || name == "fieldset" ||
             (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6')) &&
            open_.back().name != "body")
            complain("<" + name + "> cannot stand inside <p>", at);
        if (name == "img" && !attributes.contains("alt")) complain("an image has no alt", at);
        if (name == "form" && get("method") == "post") {
            const auto rest = html_.substr(at_, html_.find("</form>", at_) - at_);
            if (rest.find("name=\"csrf\"") == rest.npos) complain("a form that posts has no CSRF token", at);
        }
    }

    std::string_view html_;
    std::size_t at_ = 0;
    std::vector<Element> open_;
    std::vector<std::string> defects_;
    std::set<std::string> ids_, labelled_;
    std::vector<std::pair<std::string, std::size_t>> references_, unlabelled_;
};

} // namespace

std::vector<std::string> check_well_formed(std::string_view html)
{
    return PageReader(html).read();
}

} // namespace ui
