// Lays out the minutes of a commission.
#include "demande/candidature/proces_verbal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/candidature/paroles.hpp"
#include "demande/numero.hpp"

namespace demande::candidature {

namespace {
namespace minute {

std::string decision_en_mots(const store::Fait& f)
{
    if (f.action == Action::Attribuer) return "a) Attribution";
    if (f.action == Action::Classer) return fmt::format("b) Attribution, rang {}", f.rang);
    if (f.action == Action::Conditionner)
        return fmt::format("c) Attribution sous condition, rang {}\u00a0: {}, avant le {} inclus", f.rang,
                           f.texte, f.jour ? base::in_words(*f.jour) : std::string{});
    if (f.action == Action::NePasAttribuer)
        return fmt::format("d) Non-attribution\u00a0: {}", motif_en_mots(f.texte));
    return fmt::format("e) Irrecevabilité\u00a0: {}", motif_en_mots(f.texte));
}

} // namespace minute
} // namespace

ProcesVerbal::Examine examine(const store::Ouvert& o, const std::string& commission, std::string_view commune,
                              std::optional<Derogation> d, const std::vector<store::DecisionPrise>& decisions)
{
    const auto& l = o.dossier.logement;
    ProcesVerbal::Examine e{.titre = en_bref(l, commune),
                            .reference = l.reference,
                            .adresse = fmt::format("{}, {}", l.adresse, commune),
                            .financement = std::string{base::label_of(financements, l.financement)},
                            .contingent = std::string{base::label_of(contingents, l.contingent)},
                            .loyer = cout(l),
                            .lignes = {},
                            .derogation = d ? std::string{base::label_of(derogations, *d)} : std::string{}};
    std::vector<std::pair<int, ProcesVerbal::Ligne>> lignes;
    for (const auto& c : o.dossier.candidatures) {
        const auto p = std::ranges::find(decisions, c.id, &store::DecisionPrise::candidature);
        if (c.commission != commission || p == decisions.end()) continue;
        const auto& qui = o.candidat(c.id);
        const auto n = lire_numero(qui.numero);
        lignes.emplace_back(
            p->fait.rang > 0 ? p->fait.rang : 1000,
            ProcesVerbal::Ligne{n ? en_groupes(*n) : qui.numero, qui.nom, minute::decision_en_mots(p->fait)});
    }
    std::ranges::sort(lignes, {}, [](const auto& x) { return std::pair{x.first, x.second.numero}; });
    for (auto& [rang, ligne] : lignes) e.lignes.push_back(std::move(ligne));
    return e;
}

document::Document imprimer(const ProcesVerbal& pv)
{
    document::Document d{.title = "Procès-verbal de la commission d’attribution",
                         .sender = {pv.bailleur},
                         .place_and_date = "Séance du " + base::in_words(pv.tenue_le) +
                                           (pv.lieu.empty() ? std::string{} : ", " + pv.lieu),
                         .footer = "Commission du " + base::in_words(pv.tenue_le)};
    d.blocks.push_back(document::Paragraph{"Décisions prises en application de l’article R. 441-3 du code de "
                                           "la construction et de l’habitation."});
    for (const auto& e : pv.logements) {
        d.blocks.push_back(document::Heading{2, e.titre});
        d.blocks.push_back(document::Definitions{{{"Référence", e.reference},
                                                  {"Adresse", e.adresse},
                                                  {"Loyer", e.loyer},
                                                  {"Financement", e.financement},
                                                  {"Contingent", e.contingent}}});
        d.blocks.push_back(document::Heading{3, base::count(static_cast<long long>(e.lignes.size()),
                                                            "demande examinée", "demandes examinées")});
        document::Definitions lignes;
        for (const auto& l : e.lignes)
            lignes.rows.emplace_back(l.numero, (l.nom.empty() ? std::string{} : l.nom + "\n") + l.decision);
        d.blocks.push_back(std::move(lignes));
        if (!e.derogation.empty())
            d.blocks.push_back(document::Paragraph{"Moins de trois demandes\u00a0: " + e.derogation + "."});
    }
    d.blocks.push_back(document::Heading{2, "Signature"});
    d.blocks.push_back(document::Paragraph{"La présidente ou le président de la commission\u00a0:"});
    return d;
}

} // namespace demande::candidature
