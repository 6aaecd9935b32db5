// A demande renewed at a guichet that does not read it.
#include "demande/presentee.hpp"

#include <algorithm>

#include "demande/espace/codemandeur.hpp"
#include "demande/numero.hpp"
#include "demande/territoires.hpp"
#include "journal/journal.hpp"

namespace demande {

std::vector<compte::Limite> limites_de_presentation(std::string_view agent, std::string_view numero)
{
    return {{"presentation|" + std::string{agent}, 30, 3600},
            {"presentation-numero|" + std::string{numero}, 10, 86'400}};
}

std::optional<int> rang_presente(const Reponses& r, const Identite& identite)
{
    const auto rang = espace::qui_signe(r, identite);
    return rang && !espace::est_tenu_a_distance(r, *rang) ? rang : std::nullopt;
}

const Guichet* guichet_du_territoire(const std::vector<Guichet>& guichets, std::string_view territoire)
{
    const auto g = std::ranges::find_if(
        guichets, [&](const Guichet& x) { return x.territoire == territoire && enregistre(x); });
    return g == guichets.end() ? nullptr : &*g;
}

namespace store {

std::optional<Fiche> presenter(db::Transaction& tx, const espace::QuiDemande& qui,
                               const std::vector<Guichet>& guichets, const compte::Agent& par, Instant le)
{
    const auto numero = lire_numero(qui.numero);
    const auto* g = numero ? guichet_du_territoire(guichets, numero->territoire) : nullptr;
    if (!g) return std::nullopt;
    auto f = find_presentee(tx, qui.numero, *g);
    const auto rang = f ? rang_presente(f->reponses, qui.identite) : std::nullopt;
    if (f)
        noter(tx, f->id, f->territoire, Evenement::ConsultationAgent, par, le,
              rang ? "presentee" : "presentee_en_vain");
    const auto departements = departements_du_territoire(g->territoire);
    journal::append(tx, {.objet_type = "guichet",
                         .objet_id = g->code,
                         .evenement = rang ? "presentation" : "presentation_en_vain",
                         .acteur_id = par.id,
                         .acteur_nom = par.nom,
                         .territoire = departements.size() == 1 ? departements.front() : std::string{},
                         .le = le,
                         .details = {}});
    if (!rang) return std::nullopt;
    f->reponses = espace::montrees(f->reponses, *rang);
    return f;
}

} // namespace store
} // namespace demande
