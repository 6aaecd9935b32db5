// What differs between the two dresses of a page: the State's (the DSFR, with the République bloc-marque) and
// the neutral one. Only page.cpp calls this; components are the same in both.
#pragma once

#include "ui/chrome.hpp"
#include "ui/html.hpp"

namespace ui::theme {

/// Stylesheets, letters and scripts, and the attributes of <html>.
Attrs root_attributes(const Chrome&);
void head(Html&, const Chrome&);
/// Who runs the service, the visitor's own links and the menu. The menu is #navigation.
void header(Html&, const Chrome&, bool has_menu);
/// Where « Menu » of the skip links leads.
Url menu_anchor(const Chrome&);
void footer(Html&, const Chrome&);

} // namespace ui::theme
