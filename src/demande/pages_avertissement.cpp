// The warnings of a demande: reading them, writing one, noting how it was delivered and what was answered.
#include <algorithm>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/annoncer.hpp"
#include "demande/auteurs.hpp"
#include "demande/chargement.hpp"
#include "demande/pages.hpp"
#include "demande/store_avertissement.hpp"
#include "demande/views_avertissement.hpp"
#include "edge.hpp"

namespace demande {

namespace {
namespace avertissements_ecrits {

std::vector<std::string> partenaires_de(const std::vector<Guichet>& guichets)
{
    std::vector<std::string> out;
    for (const auto& g : guichets) out.push_back(g.partenaire);
    return out;
}

views::Avertissements charger(db::Transaction& tx, const store::Fiche& f,
                              const std::vector<Guichet>& guichets)
{
    auto motifs = motifs_permis(auteurs(guichets, f.territoire));
    std::erase_if(motifs, [](const auto& m) { return delai_de_reponse_mois(m.first) == 0; });
    return {.id = f.id,
            .numero = numero_lu(f.numero),
            .ancre = f.ancre,
            .tous = store::avertissements(tx, f),
            .motifs = std::move(motifs),
            .en_cours = est_en_cours(f.etat),
            .lettre_possible = !adresse_postale(f.reponses).empty(),
            .siens = partenaires_de(guichets),
            .refus = {}};
}

struct Demandee {
    db::Transaction& tx;
    store::Fiche f;
    views::Avertissements v;
    std::vector<Guichet> guichets;
    Instant le;
    Date jour;
};

/// Loads, checks who asks, then does `acte`, which gives what is refused.
template <class F>
http::Response agir(App& app, const http::Request& request, const Visitor& visitor,
                    views::FormulaireDAvertissement formulaire, std::string_view fait, F&& acte)
{
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        auto f = store::find(tx, request.capture("id"), guichets, {});
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, le, request, visitor))
            return *std::move(ailleurs);
        Demandee d{.tx = tx,
                   .f = *f,
                   .v = charger(tx, *f, guichets),
                   .guichets = guichets,
                   .le = le,
                   .jour = jour_legal(le, f->territoire)};
        if (d.v.motifs.empty()) return error_response(Problem::forbidden(), request, visitor.chrome);
        const std::optional<Problem> refus = acte(d);
        if (!refus)
            return http::redirect(
                ui::url("/demandes/{}/avertissements", d.f.id).with("fait", std::string{fait}).text());
        FormErrors erreurs;
        if (refus->field.empty())
            d.v.refus = refus->message;
        else
            erreurs.push_back({refus->field, refus->message});
        return http::html(views::avertissements(visitor.chrome, d.v, {&erreurs, &request.form}, formulaire),
                          422);
    });
}

/// A text typed, within its limit; the problem it raises otherwise.
Result<std::string> texte(const http::Request& request, const std::string& champ, std::size_t max)
{
    const auto propre = base::clean_text(request.field(champ));
    if (!propre || base::length(*propre) > max)
        return Problem::invalid(champ, "Écrivez " + std::to_string(max) + " caractères au plus.");
    return *propre;
}

} // namespace avertissements_ecrits
} // namespace

http::Response get_avertissements(App& app, const http::Request& request, const Visitor& visitor)
{
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto f = store::find(tx, request.capture("id"), guichets, {});
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = traitees_ailleurs(tx, f->territoire, app.clock.now(), request, visitor))
            return *std::move(ailleurs);
        store::noter_consultation(tx, *f, *visitor.agent, app.clock.now());
        return http::html(
            views::avertissements(visitor.chrome, avertissements_ecrits::charger(tx, *f, guichets), {},
                                  views::FormulaireDAvertissement::Ecrire, request.param("fait")));
    });
}

http::Response post_avertissements(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = avertissements_ecrits;
    return ici::agir(
        app, request, visitor, views::FormulaireDAvertissement::Ecrire, "avertissement",
        [&](ici::Demandee& d) -> std::optional<Problem> {
            const auto motif = base::from_slug(motifs_radiation, request.field("motif"));
            const auto permis =
                std::ranges::find_if(d.v.motifs, [&](const auto& m) { return motif && m.first == *motif; });
            if (permis == d.v.motifs.end())
                return Problem::invalid("motif", "Choisissez un motif de la liste.");
            const auto ecrit = ici::texte(request, "texte", texte_d_avertissement_max);
            if (!ecrit) return ecrit.error();
            const auto g = qui_prononce(d.guichets, d.f.territoire, *motif).value();
            auto siens = d.v.tous;
            std::erase_if(siens, [&](const Avertissement& x) { return x.partenaire != g.partenaire; });
            const auto a =
                avertir(store::situation(d.tx, d.f, d.jour),
                        {.motif = *motif,
                         .condition = base::from_slug(motifs_irrecevabilite, request.field("condition")),
                         .texte = *ecrit},
                        permis->second, siens);
            if (!a) return a.error();
            // R. 441-2-8, d: its commission alone finds it.
            if (a->condition && !store::declaree_irrecevable_le(d.tx, d.f, g.partenaire, *a->condition))
                return Problem::conflict(
                    "Aucune commission de votre organisme n’a déclaré cette demande irrecevable "
                    "pour cette condition depuis le début de son année de validité.");
            avertir_et_annoncer(d.tx, d.f, *a, g, *visitor.agent, app.config.base_url(), d.le);
            return std::nullopt;
        });
}

http::Response post_remise_d_avertissement(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = avertissements_ecrits;
    return ici::agir(
        app, request, visitor, views::FormulaireDAvertissement::Remise, "remise_d_avertissement",
        [&](ici::Demandee& d) -> std::optional<Problem> {
            const auto a = std::ranges::find(d.v.tous, request.field("avertissement"), &Avertissement::id);
            if (a == d.v.tous.end() || std::ranges::find(d.v.siens, a->partenaire) == d.v.siens.end() ||
                !qui_prononce(d.guichets, d.f.territoire, a->motif))
                return Problem::conflict("Cet avertissement n’est pas à vous.");
            const auto moyen = base::from_slug(moyens_de_remise, request.field("moyen"));
            if (!moyen) return Problem::invalid("moyen", "Choisissez un moyen de la liste.");
            const auto preuve = ici::texte(request, "preuve", preuve_max);
            if (!preuve) return preuve.error();
            const auto r = remettre(*a,
                                    {.moyen = *moyen,
                                     .remis_le = base::parse_typed_date(request.field("remis_le")),
                                     .preuve = *preuve},
                                    store::lettre_de(d.tx, *a, d.f), d.f.ancre, d.jour);
            if (!r) return r.error();
            remettre_et_annoncer(d.tx, d.f, *a, *r, *visitor.agent, app.config.base_url(), d.le);
            return std::nullopt;
        });
}

http::Response post_reponse_a_l_avertissement(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = avertissements_ecrits;
    return ici::agir(app, request, visitor, views::FormulaireDAvertissement::Reponse,
                     "reponse_a_l_avertissement", [&](ici::Demandee& d) -> std::optional<Problem> {
                         const auto a =
                             std::ranges::find(d.v.tous, request.field("avertissement"), &Avertissement::id);
                         if (a == d.v.tous.end())
                             return Problem::conflict("Cet avertissement n’est pas à vous.");
                         const auto ecrit = ici::texte(request, "reponse", texte_d_avertissement_max);
                         if (!ecrit) return ecrit.error();
                         const auto r = repondre(*a, d.f.ancre, d.jour);
                         if (!r) return r.error();
                         store::noter_la_reponse(d.tx, d.f, *a, *r, *ecrit, *visitor.agent, d.le);
                         return std::nullopt;
                     });
}

} // namespace demande
