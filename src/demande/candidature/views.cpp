// The screens of dwellings offered: list, form, one dwelling.
#include "demande/candidature/views.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/candidature/paroles.hpp"
#include "demande/numero.hpp"

namespace demande::candidature::views {

namespace {
namespace ecrans_de_logements {

constexpr std::pair<std::string_view, std::string_view> faits[] = {
    {"logement", "Le logement est proposé. Cherchez maintenant des candidats."},
    {"retrait", "Le logement est retiré. Les candidatures en cours sont closes."},
    {"designation", "La demande est désignée. Le demandeur le lit dans son dossier."},
    {"inscription", "Les candidats sont inscrits à la commission."},
    {"commission", "La commission est prévue. Inscrivez-y des candidats depuis un logement."},
    {"decisions", "Les décisions sont enregistrées. Chaque demandeur lit la sienne dans son dossier."},
    {"pieces", "Les pièces sont demandées."},
    {"complet", "Le dossier est noté complet."},
    {"visite", "La visite est notée."},
    {"condition", "La pièce est venue à temps."},
    {"remise", "La remise est notée. Le délai de réponse court."},
    {"acceptation", "L’acceptation est notée. Il reste à signer le bail."},
    {"refus", "Le refus est noté. Le logement passe au rang suivant, s’il y en a un."},
    {"bail",
     "Le bail est noté. La demande est radiée pour attribution, les autres candidatures sont closes."},
};

std::string reservataire_en_mots(const Logement& l)
{
    if (l.reservataire.empty()) return "Aucun";
    return l.reserve_jusqu_au
               ? fmt::format("{}, jusqu’au {}", l.reservataire_nom, base::in_words(*l.reserve_jusqu_au))
               : l.reservataire_nom;
}

void montrer_candidatures(ui::Html& h, const FicheLogement& f)
{
    const auto& d = f.ouvert.dossier;
    std::vector<const Candidature*> ordre;
    for (const auto& c : d.candidatures)
        if (f.lisible(c.id)) ordre.push_back(&c);
    const auto cle = [&](const Candidature* c) {
        const auto& qui = f.ouvert.candidat(c->id);
        return std::tuple{!est_ouverte(c->etat) && c->etat != Etat::BailSigne, c->rang == 0, c->rang,
                          base::to_iso(qui.deposee_le), qui.numero};
    };
    std::ranges::sort(ordre, {}, cle);
    ui::Table t{.caption = "Candidatures",
                .caption_hidden = true,
                .columns = {{.title = "Demande"},
                            {.title = "Rang", .number = true},
                            {.title = "Déposée le"},
                            {.title = "Personnes", .number = true},
                            {.title = "Où elle en est"}},
                .empty = "Aucun candidat pour le moment."};
    for (const auto* c : ordre) {
        const auto& qui = f.ouvert.candidat(c->id);
        t.rows.push_back({ui::link(numero_montre(qui.numero), url_candidature(c->id)),
                          c->rang > 0 ? std::to_string(c->rang) : std::string{"–"},
                          base::short_text(qui.deposee_le), std::to_string(qui.personnes),
                          c->repondre_avant ? ui::markup("{} jusqu’au {}", badge_etat(c->etat),
                                                         base::short_text(*c->repondre_avant))
                                            : badge_etat(c->etat)});
    }
    const auto autres = static_cast<std::int64_t>(d.candidatures.size() - ordre.size());
    if (ordre.empty() && autres > 0) t.empty = "Aucun candidat que votre guichet puisse lire.";
    ui::table(h, t);
    if (autres > 0)
        h("<p>{}, pour des demandes que votre guichet ne lit pas.</p>",
          base::count(autres, "autre candidature", "autres candidatures"));
}

} // namespace ecrans_de_logements
} // namespace

namespace ecrans = ecrans_de_logements;

std::string numero_montre(const std::string& numero)
{
    const auto n = lire_numero(numero);
    return n ? en_groupes(*n) : numero;
}

ui::Url url_logement(std::string_view id)
{
    return ui::url("/logements/{}", id);
}

ui::Url url_candidature(std::string_view id)
{
    return ui::url("/candidatures/{}", id);
}

ui::Url url_commission(std::string_view id)
{
    return ui::url("/commissions/{}", id);
}

ui::Markup badge_etat(Etat e)
{
    const auto libelle = base::label_of(etats, e);
    if (e == Etat::Acceptee || e == Etat::BailSigne) return ui::badge(libelle, ui::BadgeTone::Success);
    if (e == Etat::Attribuee || e == Etat::SousCondition) return ui::badge(libelle, ui::BadgeTone::Warning);
    return ui::badge(libelle, est_ouverte(e) ? ui::BadgeTone::Info : ui::BadgeTone::None);
}

void montrer_fait(ui::Html& h, std::string_view fait)
{
    for (const auto& [cle, phrase] : ecrans::faits)
        if (cle == fait) ui::alert(h, {.tone = ui::Tone::Success, .text = phrase, .announce = true});
}

std::string logements(const ui::Chrome& chrome, const Logements& v, std::string_view fait)
{
    return ui::page(chrome, {.title = "Logements proposés"}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Logements proposés",
                        .lead = "Ceux de votre organisme, et ceux qui lui sont réservés."});
        montrer_fait(h, fait);
        std::vector<ui::Button> actions;
        if (v.bailleur)
            actions = {{.label = "Proposer un logement", .url = ui::url("/logements/nouveau")},
                       {.label = "Commissions d’attribution",
                        .url = ui::url("/commissions"),
                        .importance = ui::Importance::Secondary}};
        ui::buttons(h, actions);
        std::vector<ui::Link> onglets;
        for (const auto& e : etats_logement)
            onglets.push_back(
                {std::string{e.label}, ui::url("/logements").with("etat", e.slug), e.value == v.etat});
        ui::tabs(h, "État des logements", onglets);
        ui::Table t{.caption = "Logements",
                    .caption_hidden = true,
                    .columns = {{.title = "Référence"},
                                {.title = "Logement"},
                                {.title = "Loyer et charges"},
                                {.title = "Réservataire"},
                                {.title = "Libre le"}},
                    .empty = "Aucun logement ici."};
        for (std::size_t i = 0; i < v.logements.size(); ++i) {
            const auto& l = v.logements[i];
            t.rows.push_back({ui::link(l.reference, url_logement(l.id)), en_bref(l, v.communes[i]),
                              en_euros(l.loyer + l.charges),
                              l.reservataire.empty() ? std::string{"–"} : l.reservataire_nom,
                              base::short_text(l.disponible_le)});
        }
        ui::table(h, t);
        if (v.suite)
            h("<p>{}</p>",
              ui::link("Voir les plus anciens", ui::url("/logements")
                                                    .with("etat", base::slug_of(etats_logement, v.etat))
                                                    .with("avant", v.logements.back().id)));
    });
}

std::string nouveau_logement(const ui::Chrome& chrome, const NouveauLogement& v, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Proposer un logement",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Logements proposés", ui::url("/logements")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Proposer un logement"});
            ui::form(
                h,
                {.action = ui::url("/logements"),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = s.erreurs,
                 .values = s.valeurs},
                [&](ui::Form& f) {
                    if (v.bailleurs.size() == 1) {
                        f.hidden("bailleur", v.bailleurs.front().code);
                    } else {
                        std::vector<ui::Option> organismes;
                        for (const auto& b : v.bailleurs) organismes.push_back({b.code, b.nom});
                        f.select({.name = "bailleur", .label = "Bailleur", .options = organismes});
                    }
                    f.input({.name = "reference",
                             .label = "Référence chez vous",
                             .hint = "Par exemple\u00a0: 1042-B-07",
                             .max_length = 60,
                             .width = 20});
                    f.input({.name = "adresse",
                             .label = "Numéro et rue",
                             .hint = "Donnée au demandeur avec une visite ou une proposition",
                             .max_length = 200});
                    f.input({.name = "commune",
                             .label = "Commune et code postal",
                             .hint = "Par exemple\u00a0: Rouen 76000"});
                    std::vector<ui::Option> pieces;
                    for (int n = 1; n <= 6; ++n) pieces.push_back({std::to_string(n), typologie(n)});
                    f.select({.name = "pieces", .label = "Type", .options = pieces});
                    f.input({.name = "surface",
                             .label = "Surface",
                             .inputmode = "numeric",
                             .width = 6,
                             .suffix = "m²"});
                    f.input({.name = "loyer",
                             .label = "Loyer par mois, sans les charges",
                             .inputmode = "decimal",
                             .width = 8,
                             .suffix = "€"});
                    f.input({.name = "charges",
                             .label = "Charges par mois",
                             .optional = true,
                             .inputmode = "decimal",
                             .width = 8,
                             .suffix = "€"});
                    f.select({.name = "financement", .label = "Financement", .options = choix(financements)});
                    f.input({.name = "disponible_le",
                             .label = "Libre le",
                             .hint = "Par exemple\u00a0: 15/01/2027",
                             .width = 10});
                    f.select({.name = "contingent", .label = "Contingent", .options = choix(contingents)});
                    f.select({.name = "reservataire",
                              .label = "Service qui désigne",
                              .hint = "Aucun\u00a0: vous désignez seul",
                              .options = v.reservataires,
                              .optional = true,
                              .empty_label = "Aucun"});
                    f.input({.name = "reserve_jusqu_au",
                             .label = "Réservé jusqu’au",
                             .hint = "Passé ce jour, vous désignez aussi. Un mois sans autre indication",
                             .optional = true,
                             .width = 10});
                    f.submit("Proposer ce logement");
                });
        });
}

std::string fiche_logement(const ui::Chrome& chrome, const FicheLogement& f, const Saisie& s,
                           std::string_view fait)
{
    const auto& l = f.ouvert.dossier.logement;
    const bool propose = l.etat == EtatLogement::Propose;
    return ui::page(
        chrome,
        {.title = "Logement " + l.reference,
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = {{"Logements proposés", ui::url("/logements")}}},
        [&](ui::Html& h) {
            ui::heading(h, {.title = en_bref(l, f.commune),
                            .above = l.reference,
                            .lead = cout(l),
                            .badges = {ui::badge(base::label_of(etats_logement, l.etat),
                                                 propose ? ui::BadgeTone::New : ui::BadgeTone::None)}});
            montrer_fait(h, fait);
            demande::views::dire_ailleurs(h, f.ou);
            if (propose && f.peut_designer)
                ui::buttons(h, {{.label = "Chercher des candidats",
                                 .url = ui::url("/logements/{}/candidats", l.id)}});
            ui::recap(
                h, {.title = "Le logement",
                    .rows = {{.label = "Bailleur", .value = l.bailleur_nom},
                             {.label = "Adresse", .value = l.adresse + ", " + f.commune},
                             {.label = "Financement", .value = base::label_of(financements, l.financement)},
                             {.label = "Contingent", .value = base::label_of(contingents, l.contingent)},
                             {.label = "Service qui désigne", .value = ecrans::reservataire_en_mots(l)},
                             {.label = "Libre le", .value = base::in_words(l.disponible_le)}}});
            h("<h2 class=\"fr-h4 fr-mt-4w\">Candidatures</h2>");
            ecrans::montrer_candidatures(h, f);
            if (!propose) return;
            if (f.peut_designer)
                ui::form(h,
                         {.action = ui::url("/logements/{}/candidatures", l.id),
                          .csrf = chrome.csrf,
                          .once = chrome.once,
                          .errors = s.erreurs,
                          .values = s.valeurs},
                         [&](ui::Form& form) {
                             form.input({.name = "numero",
                                         .label = "Désigner la demande de numéro unique",
                                         .hint = "18 caractères, par exemple 076 1126 016982 76R01",
                                         .autocomplete = "off",
                                         .width = 26});
                             form.submit({{.label = "Désigner", .importance = ui::Importance::Secondary}});
                         });
            if (f.peut_statuer) {
                std::vector<ui::Option> inscriptibles, seances;
                for (const auto& c : f.ouvert.dossier.candidatures)
                    if (transition(Action::Inscrire, c.etat)) {
                        const auto& qui = f.ouvert.candidat(c.id);
                        inscriptibles.push_back({c.id, numero_montre(qui.numero),
                                                 c.complete ? "Dossier complet" : "Des pièces manquent"});
                    }
                for (const auto& c : f.commissions)
                    seances.push_back(
                        {c.id, base::in_words(c.tenue_le) + (c.lieu.empty() ? "" : ", " + c.lieu)});
                h("<h2 class=\"fr-h4 fr-mt-4w\">Inscrire à une commission</h2>");
                if (seances.empty())
                    h("<p>Aucune commission n’est prévue. {}</p>",
                      ui::link("Prévoir une commission", ui::url("/commissions")));
                else if (inscriptibles.empty())
                    h("<p>Aucun candidat n’est à inscrire.</p>");
                else
                    ui::form(
                        h,
                        {.action = ui::url("/logements/{}/inscription", l.id),
                         .csrf = chrome.csrf,
                         .once = chrome.once,
                         .errors = s.erreurs,
                         .values = s.valeurs,
                         .summary = false},
                        [&](ui::Form& form) {
                            // The next session and every candidate, until something else is chosen.
                            std::vector<std::string> tous;
                            for (const auto& o : inscriptibles) tous.push_back(o.value);
                            form.select(
                                {.name = "commission",
                                 .label = "Commission du",
                                 .options = seances,
                                 .value = s.valeurs ? std::nullopt : std::optional{seances.front().value}});
                            form.checkboxes(
                                {.name = "candidature",
                                 .legend = "Candidats",
                                 .hint = "La commission examine au moins trois demandes (CCH, article "
                                         "R. 441-3)",
                                 .options = inscriptibles,
                                 .values = s.valeurs ? std::nullopt : std::optional{tous},
                                 .small = true});
                            form.submit({{.label = "Inscrire", .importance = ui::Importance::Secondary}});
                        });
            }
            if (f.peut_conclure)
                ui::details(h, {.title = "Retirer ce logement"}, [&](ui::Html& d) {
                    d("<p>Les candidatures en cours seront closes et les demandeurs prévenus.</p>");
                    ui::action_button(
                        d, ui::url("/logements/{}/retrait", l.id), chrome.csrf,
                        {.label = "Retirer ce logement", .importance = ui::Importance::Secondary});
                });
        });
}

} // namespace demande::candidature::views
