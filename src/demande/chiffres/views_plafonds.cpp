// The ceilings of a demande to HTML.
#include "demande/chiffres/views_plafonds.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace demande::chiffres::views {

namespace {
namespace plafonds_montres {

std::string euros(int n)
{
    return base::format_integer(n) + "\u00a0€";
}

std::string du_revenu(const RevenuDuJour& revenu)
{
    if (const auto* m = std::get_if<RevenuManquant>(&revenu)) {
        if (m->declaree)
            return fmt::format("Il manque\u00a0: celui qui est déclaré est de {}, il faut celui de {}",
                               *m->declaree, m->annee);
        return fmt::format("Il manque\u00a0: revenu fiscal de référence de {}", m->annee);
    }
    const auto& r = std::get<RevenuRetenu>(revenu);
    if (r.en_baisse)
        return fmt::format(
            "{}, revenu fiscal de référence de {} (N–1), plus bas d’un dixième au moins que celui "
            "de {} ({})",
            euros(r.euros), r.annee, r.annee - 1, euros(*r.compare));
    return fmt::format("{}, revenu fiscal de référence de {} (N–2){}", euros(r.euros), r.annee,
                       r.annee_declaree ? "" : "\u00a0; l’année n’est pas écrite sur la demande");
}

ui::Markup classe(const Estimation& e, const EstimationDuSouhait& s)
{
    if (!s.zone) return "Barème d’outre-mer non chargé";
    if (s.annee_du_bareme == 0) return "Barème inconnu";
    if (std::holds_alternative<RevenuManquant>(e.revenu)) return "Revenu manquant";
    if (!s.acces) return "Au-dessus des plafonds";
    switch (*s.acces) {
    case Financement::Plai:
        return "PLAI, PLUS ou PLS";
    case Financement::Plus:
        return "PLUS ou PLS";
    case Financement::Pls:
        return "PLS";
    }
    throw base::Bug{"financement without words"};
}

} // namespace plafonds_montres
} // namespace

void plafonds(ui::Html& h, const Estimation& e, const std::vector<std::string>& communes, int level)
{
    namespace ici = plafonds_montres;
    if (e.souhaits.empty()) return;
    ui::Recap recap{.title = "Plafonds de ressources, à titre indicatif", .level = level};
    const auto rang =
        e.categorie.en_plus == 0
            ? fmt::format("{}", e.categorie.rang)
            : fmt::format("{}, et {}", e.categorie.rang,
                          base::count(e.categorie.en_plus, "personne de plus", "personnes de plus"));
    recap.rows.push_back(
        {.label = "Catégorie de ménage",
         .value = fmt::format("{} ({})", rang, base::count(e.personnes, "personne", "personnes"))});
    recap.rows.push_back({.label = "Revenu retenu", .value = ici::du_revenu(e.revenu)});
    ui::recap(h, recap);
    ui::Table t{.caption = "Plafonds et logements possibles, par commune demandée",
                .caption_hidden = true,
                .columns = {{.title = "Commune demandée"},
                            {.title = "Zone"},
                            {.title = "PLAI", .number = true},
                            {.title = "PLUS", .number = true},
                            {.title = "PLS", .number = true},
                            {.title = "Logements possibles"}}};
    int annee = 0;
    bool de_l_annee = true;
    for (std::size_t i = 0; i < e.souhaits.size(); ++i) {
        const auto& s = e.souhaits[i];
        std::vector<ui::Markup> ligne{communes.at(i), s.zone ? base::label_of(zones, *s.zone) : "Outre-mer"};
        for (const int p : s.plafonds)
            ligne.emplace_back(s.annee_du_bareme ? ici::euros(p) : std::string{"–"});
        ligne.emplace_back(ici::classe(e, s));
        t.rows.push_back(std::move(ligne));
        if (s.annee_du_bareme == 0) continue;
        annee = s.annee_du_bareme;
        de_l_annee = s.bareme_de_l_annee;
    }
    ui::table(h, t);
    h("<p class=\"fr-text--sm\">");
    if (annee != 0)
        h("Plafonds de {}, en euros par an{}. ", annee,
          de_l_annee ? "" : "\u00a0: ceux de cette année ne sont pas encore chargés");
    h("Le calcul est refait à chaque lecture, avec les revenus et le barème du jour. Dépasser un plafond "
      "n’empêche pas "
      "de demander\u00a0: seule une commission d’attribution se prononce (CCH, article R. 441-1).</p>");
}

} // namespace demande::chiffres::views
