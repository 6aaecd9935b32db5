// The filters of the list, as the page of the list shows them.
#pragma once

#include "signalement/views.hpp"

namespace signalement::views {

/// The form.
void filtres(ui::Html&, const PageListe&);
/// What is asked, each thing with the link that takes it away.
void filtres_actifs(ui::Html&, const PageListe&);

} // namespace signalement::views
