// What surrounds every page: who runs the service, who is logged in, where one is. Built by the edge for each
// request; views only pass it on.
#pragma once

#include <string>
#include <vector>

#include "ui/html.hpp"

namespace ui {

struct Link {
    std::string label = {};
    Url url = {};
    bool current = false;
};

struct Chrome {
    std::string service = "Logis";
    std::string tagline = "Signaler un logement qui se dégrade et suivre ce qui est fait";
    std::string operator_name = {};
    /// Shows the République bloc-marque: operators of the State only (DSFR terms of use).
    bool state = false;
    std::string contact = {};           // e-mail address of the operator
    std::string csrf = {};              // token of this visitor; ui::form writes it
    std::string once = {};              // one-time key of this page, for the forms that add something
    std::string theme = "system";       // "light", "dark" or "system"
    std::string agent_name = {};        // empty: nobody is logged in
    Url log_out = url("/deconnexion");  // where whoever is logged in leaves by
    std::vector<Link> navigation = {};  // main menu, already limited to what this visitor may open
    std::vector<Link> quick_links = {}; // at most three, beside the name of the service
    std::string base_url = {};          // address people use for the service
    std::string path = {};              // path of the page: marks the current entry of the menu
    bool demo = false;                  // says on every page that the data is invented
};

} // namespace ui
