// What an applicant declared, what they change of it, and the renewal read part by part.
#include <fmt/format.h>

#include <algorithm>

#include "demande/espace/codemandeur.hpp"
#include "demande/espace/views.hpp"
#include "demande/portail/etapes.hpp"
#include "demande/portail/views.hpp"
#include "demande/views.hpp"

namespace demande::espace::views {

namespace {
namespace declare {

/// What is known of a screen, as people read it; a line of the form per person, under its own name.
void dire(ui::Html& h, const Reponses& reponses,
          const std::function<bool(const Rubrique&, const Question&)>& posee, Date jour, int niveau)
{
    bool rien = true;
    for (const auto& r : rubriques())
        for (int ligne = 1; ligne <= r.lignes; ++ligne) {
            ui::Recap recap{.level = niveau};
            for (const auto& q : r.questions) {
                const auto& texte = reponses.texte(champ(r, ligne, q));
                if (texte.empty() || !posee(r, q)) continue;
                recap.rows.push_back({.label = portail::en_ligne(q, jour),
                                      .value = sans_le_cas(libelle_de_la_reponse(q, texte))});
            }
            if (recap.rows.empty()) continue;
            recap.title = r.lignes > 1 ? fmt::format("{} {}", r.nom_de_ligne, ligne)
                                       : std::string{portail::titre_en_ligne(r)};
            ui::recap(h, recap);
            rien = false;
        }
    if (rien) h("<p>Rien n’est indiqué pour le moment.</p>");
}

constexpr std::string_view titre_de(Raison r)
{
    switch (r) {
    case Raison::Menage:
        return "Ma famille";
    case Raison::Ressources:
        return "Mon travail et mes ressources";
    case Raison::Logement:
        return "Mon logement actuel";
    case Raison::Souhait:
        return "Le logement que je cherche";
    case Raison::Coordonnees:
        return "Mes coordonnées";
    case Raison::Identite:
        return "Mon identité";
    case Raison::Enregistrement:
    case Raison::Renouvellement:
    case Raison::Separation:
    case Raison::SystemeNational:
        break;
    }
    return "Ma demande";
}

/// What is not asked on this screen, and who to see about it.
void dire_les_violences(ui::Html& h, const EcranDeVolet& e)
{
    if (e.rang > 0)
        ui::alert(h,
                  {.tone = ui::Tone::Warning,
                   .text = ui::markup("En danger ? N’écrivez rien ici : les autres signataires le liraient. "
                                      "Allez dans un guichet, ou appelez le {}, gratuit et anonyme.",
                                      ui::link("3919", ui::tel("3919")))});
    else if (declare_des_violences(e.actuelles))
        ui::alert(h, {.tone = ui::Tone::Info,
                      .text = "Votre demande dit des violences : cela reste écrit. Un guichet l’enlève avec "
                              "vous."});
}

ui::Url url_du_volet(const De& de, const Volet& v)
{
    return de.url({"situation", base::slug_of(raisons, v.raison)});
}

} // namespace declare
} // namespace

std::string situation(const ui::Chrome& chrome, const Situation& s)
{
    return ui::page(
        chrome, {.title = "Ma situation", .breadcrumb = s.de.fil(), .width = ui::Width::Reading},
        [&](ui::Html& h) {
            dire_le_mandat(h, s.de);
            ui::heading(h,
                        {.title = "Ma situation",
                         .above = "Numéro unique " + s.de.numero,
                         .lead = "Ce que dit votre demande aujourd’hui. Signalez un changement à tout moment "
                                 ": votre ancienneté ne change pas."});
            dire_ou_elle_est_suivie(h, s.de);
            if (!s.modifiable && se_traitent_ici(s.de.ou))
                ui::alert(h, {.tone = ui::Tone::Info,
                              .text = "Cette demande n’est pas en cours : elle ne se modifie pas."});
            for (const auto& v : volets_en_ligne()) {
                // Neither a word of it nor why: the page does not tell that something is kept back.
                if (s.a_distance && (v.raison == Raison::Coordonnees || v.raison == Raison::Logement))
                    continue;
                h("<h2 class=\"fr-h4 fr-mt-4w\">{}</h2><p class=\"fr-text--sm\">{}</p>",
                  declare::titre_de(v.raison), v.aide);
                if (s.modifiable && s.de.pouvoirs.remplir)
                    ui::buttons(h, {{.label = "Modifier",
                                     .url = declare::url_du_volet(s.de, v),
                                     .importance = ui::Importance::Secondary,
                                     .title = fmt::format("Modifier : {}", declare::titre_de(v.raison))}});
                ui::details(
                    h, {.title = fmt::format("Lire : {}", declare::titre_de(v.raison))}, [&](ui::Html& d) {
                        declare::dire(
                            d, s.reponses,
                            [&](const Rubrique& r, const Question& q) { return posee_en_ligne(v, r, q); },
                            s.jour, 3);
                    });
            }
            h("<h2 class=\"fr-h4 fr-mt-4w\">Mon identité, et qui signe avec moi</h2>"
              "<p>Nom, prénom, date de naissance, nationalité, numéro de sécurité sociale : pour les "
              "corriger, "
              "allez "
              "dans un guichet avec votre pièce d’identité. De même pour ajouter ou retirer un conjoint ou "
              "un "
              "codemandeur : il doit pouvoir le dire lui-même.</p>");
            if (s.a_deux)
                h("<p>Vous vous séparez ? Un guichet partage la demande en deux : chacun garde son "
                  "ancienneté.</p>");
            ui::details(h, {.title = "Lire : mon identité"}, [&](ui::Html& d) {
                declare::dire(
                    d, s.reponses,
                    [](const Rubrique& r, const Question& q) {
                        return (r.slug == "demandeur" || r.slug == "codemandeur") &&
                               std::ranges::none_of(volets_en_ligne(), [&](const Volet& v) {
                                   return demande_la_question(v, r, q);
                               });
                    },
                    s.jour, 3);
                for (const auto& nir : s.nirs)
                    if (!nir.empty()) d("<p>Numéro de sécurité sociale : {}</p>", nir);
            });
        });
}

std::string volet(const ui::Chrome& chrome, const EcranDeVolet& e, const Saisie& s)
{
    const auto titre = declare::titre_de(e.volet->raison);
    auto fil = e.de.fil();
    fil.push_back(e.pour_renouveler ? ui::Link{"Renouveler", e.de.url({"renouveler"})}
                                    : ui::Link{"Ma situation", e.de.url({"situation"})});
    return ui::page(
        chrome,
        {.title = std::string{titre},
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = fil,
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            dire_le_mandat(h, e.de);
            ui::heading(h, {.title = std::string{titre}, .above = "Numéro unique " + e.de.numero});
            if (e.depasse)
                ui::alert(h, {.tone = ui::Tone::Warning,
                              .title = "Votre demande a changé pendant que vous écriviez",
                              .text = "Ce que vous avez tapé est gardé. Relisez, puis enregistrez.",
                              .announce = true,
                              .level = 2});
            ui::form(
                h,
                {.action = declare::url_du_volet(e.de, *e.volet),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = s.erreurs,
                 .values = s.valeurs,
                 .required_note = "Ce qui n’est pas marqué « facultatif » ne peut pas rester vide."},
                [&](ui::Form& f) {
                    f.hidden("version", std::to_string(e.version));
                    if (e.volet->raison == Raison::Logement) declare::dire_les_violences(f.h, e);
                    if (e.pour_renouveler) f.hidden("pour", "renouveler");
                    for (const auto& r : rubriques()) {
                        const auto posee = [&](const Question& q) {
                            return posee_en_ligne(*e.volet, r, q, e.actuelles, e.rang);
                        };
                        if (std::ranges::any_of(r.questions, posee))
                            demande::views::ecrire_rubrique(f, r, posee, e.jour);
                    }
                    f.h("<p class=\"fr-mt-4w\">Ce que vous écrivez est gardé comme « déclaré en ligne par le "
                        "demandeur ». "
                        "Un agent pourra demander une pièce.</p>");
                    f.submit(e.pour_renouveler ? "Enregistrer et continuer" : "Enregistrer");
                });
        });
}

std::string adresse(const ui::Chrome& chrome, const EcranDAdresse& e, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = "Confirmer l’adresse électronique",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = e.de.fil(),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = "Confirmer l’adresse électronique",
                         .above = "Numéro unique " + e.de.numero,
                         .lead = "Un code vient de partir à cette adresse : elle reçoit l’avertissement de "
                                 "renouvellement, il faut être sûr qu’elle est juste."});
            if (!e.courriel.empty()) h("<p>Nouvelle adresse : <strong>{}</strong></p>", e.courriel);
            h("<p>Tant que le code n’est pas tapé, votre demande garde l’adresse qu’elle connaît.</p>");
            ui::form(h,
                     {.action = ui::url("/ma-demande/{}/adresse", e.de.id),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         if (e.pour_renouveler) f.hidden("pour", "renouveler");
                         portail::views::champ_du_code(f, "Valable une heure");
                         f.submit("Confirmer cette adresse");
                     });
            h("<p class=\"fr-mt-3w\">Rien n’arrive ? {}<br>{}</p>",
              ui::link("Corriger l’adresse", ui::url("/ma-demande/{}/situation/coordonnees", e.de.id)),
              e.pour_renouveler ? ui::link("Continuer le renouvellement, et la confirmer plus tard",
                                           e.de.url({"renouveler"}))
                                : ui::link("Plus tard", ui::url("/ma-demande/{}", e.de.id)));
        });
}

std::string relecture(const ui::Chrome& chrome, const Relecture& v, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = fmt::format("Renouveler : {}", declare::titre_de(v.volet->raison)),
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = v.de.fil(),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            dire_le_mandat(h, v.de);
            ui::stepper(h, {.title = std::string{declare::titre_de(v.volet->raison)},
                            .current = v.rang,
                            .total = v.total,
                            .next = v.suivant ? std::string{declare::titre_de(*v.suivant)} : "Confirmer"});
            h("<p>Voici ce que dit votre demande. Est-ce encore vrai ?</p>");
            declare::dire(
                h, v.reponses,
                [&](const Rubrique& r, const Question& q) { return posee_en_ligne(*v.volet, r, q); }, v.jour,
                2);
            ui::form(
                h,
                {.action = v.de.url({"renouveler", base::slug_of(raisons, v.volet->raison)}),
                 .csrf = chrome.csrf,
                 .errors = s.erreurs,
                 .values = s.valeurs},
                [&](ui::Form& f) {
                    std::vector<ui::Option> choix{{"non", "Rien n’a changé"}};
                    if (v.modifiable && v.de.pouvoirs.remplir)
                        choix.push_back({"oui", "Quelque chose a changé, je corrige"});
                    else
                        choix.front().hint =
                            "Si quelque chose a changé, vous pourrez le corriger dès que la demande sera "
                            "reprise";
                    f.radios(
                        {.name = "change", .legend = "Depuis l’an dernier", .options = std::move(choix)});
                    f.submit("Continuer");
                });
        });
}

std::string renouvellement(const ui::Chrome& chrome, const Renouvellement& v, const Saisie& s)
{
    return ui::page(
        chrome,
        {.title = v.revient ? "Reprendre ma demande" : "Renouveler ma demande",
         .error = s.erreurs && !s.erreurs->empty(),
         .breadcrumb = v.de.fil(),
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            dire_le_mandat(h, v.de);
            ui::stepper(h, {.title = "Confirmer", .current = v.total, .total = v.total});
            h("<p>Vous avez tout relu. Votre demande sera valable jusqu’au <strong>{}</strong> inclus, avec "
              "le "
              "même numéro "
              "et la même ancienneté. Une nouvelle attestation sera prête aussitôt.</p>",
              base::in_words(v.jusqu_au));
            ui::form(h,
                     {.action = v.de.url({"renouveler"}),
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = s.erreurs,
                      .values = s.valeurs},
                     [&](ui::Form& f) {
                         f.hidden("ancre", v.ancre);
                         f.checkbox(
                             {.name = "exact",
                              .label = "Ce que dit ma demande est exact, et je veux qu’elle continue"});
                         f.submit(v.revient ? "Reprendre ma demande" : "Renouveler ma demande");
                     });
        });
}

} // namespace demande::espace::views
