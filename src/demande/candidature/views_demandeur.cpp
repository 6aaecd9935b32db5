// What an applicant sees of the dwellings they stand for: where each one is, and the form of an answer.
#include "demande/candidature/views.hpp"

namespace demande::candidature::views {

namespace {
namespace ecrans_du_demandeur {

std::vector<ui::Link> fil(const std::string& demande, const std::string& numero)
{
    return {{"Ma demande", ui::url("/ma-demande")}, {numero, ui::url("/ma-demande/{}", demande)}};
}

} // namespace ecrans_du_demandeur
} // namespace

void montrer_suivis(ui::Html& h, const std::vector<Suivi>& suivis, std::string_view fuseau, int level,
                    const std::function<ui::Url(const std::string&)>& repondre)
{
    for (const auto& s : suivis)
        ui::panel(
            h, s.logement,
            [&](ui::Html& p) {
                p("<p>{}. {}.{}</p>", s.bailleur, s.cout,
                  s.adresse.empty() ? std::string{} : " Adresse\u00a0: " + s.adresse + ".");
                p("<p><strong>{}</strong></p>", s.etat);
                if (s.a_repondre && repondre)
                    ui::buttons(p, {{.label = "Répondre",
                                     .url = repondre(s.candidature),
                                     .title = "Répondre pour le logement " + s.logement}});
                std::vector<ui::TimelineItem> lignes;
                for (const auto& e : s.histoire)
                    lignes.push_back({.when = base::in_words(e.le, fuseau),
                                      .when_iso = base::to_iso(e.le),
                                      .title = e.phrase});
                ui::details(p,
                            {.title = ui::markup(
                                 "Ce qui s’est passé<span class=\"fr-sr-only\"> pour {}</span>", s.logement)},
                            [&](ui::Html& d) { ui::timeline(d, lignes, level + 1); });
            },
            level);
}

std::string propositions(const ui::Chrome& chrome, const Propositions& v, std::string_view fait)
{
    return ui::page(
        chrome,
        {.title = "Logements proposés",
         .breadcrumb = ecrans_du_demandeur::fil(v.demande, v.numero),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Logements proposés",
                    .above = v.numero,
                    .lead = "Chaque logement pour lequel votre demande a été proposée, et où il en est."});
            if (fait == "accepte")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .text = "Votre oui est enregistré. Le bailleur prépare le bail et vous écrira.",
                              .announce = true});
            if (fait == "decline")
                ui::alert(
                    h, {.tone = ui::Tone::Success,
                        .text = "Votre non est enregistré. Votre demande reste active, avec son ancienneté.",
                        .announce = true});
            if (v.suivis.empty())
                ui::empty_state(
                    h,
                    {.title = "Aucun logement pour le moment",
                     .text = "Quand un bailleur ou un réservataire propose votre demande pour un logement, "
                             "vous le lisez ici et vous recevez un courriel."});
            montrer_suivis(h, v.suivis, v.fuseau, 2, [&](const std::string& id) {
                return ui::url("/ma-demande/{}/logements/{}", v.demande, id);
            });
        });
}

std::string repondre(const ui::Chrome& chrome, const Repondre& v, const Saisie& s)
{
    auto fil = ecrans_du_demandeur::fil(v.demande, v.numero);
    fil.push_back({"Logements proposés", ui::url("/ma-demande/{}/logements", v.demande)});
    return ui::page(
        chrome,
        {.title = "Répondre à une proposition",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = fil,
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Répondre à une proposition", .above = v.suivi.logement, .lead = v.suivi.etat});
            ui::recap(h, {.rows = {{.label = "Bailleur", .value = v.suivi.bailleur},
                                   {.label = "Coût", .value = v.suivi.cout},
                                   {.label = "Adresse", .value = v.suivi.adresse}}});
            if (!v.suivi.a_repondre) return;
            ui::form(h,
                     {.action = ui::url("/ma-demande/{}/logements/{}", v.demande, v.suivi.candidature),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.radios(
                             {.name = "reponse",
                              .legend = "Voulez-vous ce logement\u00a0?",
                              .options = {{"oui", "Oui, je l’accepte", "Le bailleur prépare le bail"},
                                          {"non", "Non, je le refuse",
                                           "Il passe au ménage suivant. Votre demande reste active. Là où "
                                           "les demandes ont des points, un refus peut en retirer"}}});
                         f.only_if("reponse", "non", [&] {
                             f.select({.name = "motif",
                                       .label = "Pourquoi refusez-vous\u00a0?",
                                       .hint = "Seulement si vous répondez non",
                                       .options = choix(motifs_refus)});
                         });
                         f.submit("Envoyer ma réponse");
                     });
        });
}

} // namespace demande::candidature::views
