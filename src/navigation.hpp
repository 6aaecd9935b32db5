// The main menu and the quick links, limited to what the visitor may open.
#pragma once

#include <string_view>
#include <vector>

#include "compte/agent.hpp"
#include "ui/chrome.hpp"

/// `at_a_desk`: a guichet is open to them, which the roles alone do not say.
std::vector<ui::Link> navigation(const compte::Agent*, std::string_view path, bool at_a_desk = false);
/// `applicant`: signed in as the holder of a demande, beside which there is no agent.
std::vector<ui::Link> quick_links(const compte::Agent*, std::string_view path, bool applicant = false);
