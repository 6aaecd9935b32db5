// Questions to fields. Which field a kind of question becomes, and how questions hang from one another.
#pragma once

#include <span>
#include <vector>

#include "signalement/depot/questions.hpp"
#include "ui/components.hpp"

namespace signalement::depot::views {

/// Writes the questions in their order; those that depend on an answer stand under the question they depend
/// on.
void ecrire_questions(ui::Form&, const std::vector<Question>&);

} // namespace signalement::depot::views
