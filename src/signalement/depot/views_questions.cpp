// Questions to fields.
#include "signalement/depot/views_questions.hpp"

#include "base/text.hpp"
#include "signalement/desordre/urgence.hpp"

namespace signalement::depot::views {

namespace {
namespace champs {

std::vector<ui::Option> options(const Question& q)
{
    std::vector<ui::Option> out;
    for (const auto& c : q.choix) out.push_back({.value = c.valeur, .label = c.libelle, .hint = c.aide});
    return out;
}

void ecrire_saisie(ui::Form& f, const Question& q)
{
    ui::Input i{
        .name = q.slug, .label = q.libelle, .hint = q.aide, .optional = q.exigee.empty() && !q.une_au_moins};
    i.autocomplete = q.autocomplete;
    i.suffix = q.unite;
    switch (q.genre) {
    case Genre::Email:
        i.type = "email";
        break;
    case Genre::Telephone:
        i.type = "tel";
        i.width = 20;
        break;
    case Genre::Entier:
    case Genre::Annee:
        i.inputmode = "numeric";
        i.width = 6;
        break;
    case Genre::Surface:
    case Genre::Montant:
        i.inputmode = "decimal";
        i.width = 8;
        break;
    case Genre::Date:
    case Genre::Mois:
        i.width = 16;
        break;
    case Genre::Texte:
        if (q.longueur_max <= 40) i.width = 20;
        break;
    case Genre::Nom:
    case Genre::TexteLong:
    case Genre::Choix:
    case Genre::Cases:
    case Genre::Case:
        break;
    }
    f.input(std::move(i));
}

void ecrire(ui::Form& f, const Question& q)
{
    switch (q.genre) {
    case Genre::Choix:
        f.radios({.name = q.slug,
                  .legend = q.libelle,
                  .hint = q.aide,
                  .options = options(q),
                  .optional = q.exigee.empty(),
                  .in_line = q.en_ligne});
        return;
    case Genre::Cases:
        if (q.choix.empty()) return;
        f.checkboxes({.name = q.slug,
                      .legend = q.libelle,
                      .hint = q.aide,
                      .options = options(q),
                      .optional = q.exigee.empty() && !q.une_au_moins});
        return;
    case Genre::Case:
        f.checkbox({.name = q.slug, .label = q.libelle, .hint = q.aide});
        return;
    case Genre::TexteLong:
        f.textarea({.name = q.slug,
                    .label = q.libelle,
                    .hint = q.aide,
                    .optional = q.exigee.empty(),
                    .rows = q.longueur_max > 1000 ? 8 : 4,
                    .max_length = static_cast<int>(q.longueur_max)});
        return;
    case Genre::Texte:
    case Genre::Nom:
    case Genre::Email:
    case Genre::Telephone:
    case Genre::Date:
    case Genre::Mois:
    case Genre::Annee:
    case Genre::Entier:
    case Genre::Surface:
    case Genre::Montant:
        ecrire_saisie(f, q);
        return;
    }
}

/// What to do at once when a ticked box speaks of a danger: the most urgent order and whom to call.
void avertir(ui::Form& f, desordre::Peril peril)
{
    const auto& c = desordre::consigne(peril);
    ui::alert(f.h, {.tone = ui::Tone::Warning,
                    .text = ui::markup("{} Si le danger est immédiat, appelez le {}.", c.gestes.front(),
                                       ui::link(c.numeros.front().affiche, ui::tel(c.numeros.front().tel)))});
}

/// The question, then those that hang from it, one block for each set of answers.
void ecrire_avec_suites(ui::Form& f, const std::vector<Question>& toutes, const Question& q)
{
    ecrire(f, q);
    auto peril = q.genre == Genre::Case ? desordre::peril_du_critere(q.slug) : std::nullopt;
    const auto avertir_une_fois = [&] {
        if (peril) avertir(f, *peril);
        peril.reset();
    };
    for (std::size_t i = 0; i < toutes.size();) {
        if (!toutes[i].si || toutes[i].si->question != q.slug) {
            ++i;
            continue;
        }
        std::size_t fin = i;
        while (fin < toutes.size() && toutes[fin].si == toutes[i].si) ++fin;
        f.only_if(q.slug, base::join(toutes[i].si->valeurs, "|"), [&] {
            avertir_une_fois();
            for (; i < fin; ++i) ecrire_avec_suites(f, toutes, toutes[i]);
        });
    }
    if (peril) f.only_if(q.slug, "oui", avertir_une_fois);
}

} // namespace champs
} // namespace

void ecrire_questions(ui::Form& f, const std::vector<Question>& questions)
{
    for (std::size_t i = 0; i < questions.size();) {
        const auto& groupe = questions[i].groupe;
        if (groupe.empty()) {
            if (!questions[i].si) champs::ecrire_avec_suites(f, questions, questions[i]);
            ++i;
            continue;
        }
        f.group(groupe, [&] {
            for (; i < questions.size() && questions[i].groupe == groupe; ++i)
                if (!questions[i].si) champs::ecrire_avec_suites(f, questions, questions[i]);
        });
    }
}

} // namespace signalement::depot::views
