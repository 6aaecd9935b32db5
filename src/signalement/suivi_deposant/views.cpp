// The follow-up pages as HTML (see views.hpp).
#include "signalement/suivi_deposant/views.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "piece/views.hpp"

namespace signalement::suivi_deposant::views {

namespace {
namespace render {

void contact(ui::Html& h, const PageSuivi& p)
{
    ui::panel(h, "Qui contacter", [&](ui::Html& h) {
        if (!p.comite.empty()) h("<p class=\"fr-mb-1v\"><strong>{}</strong></p>", p.comite);
        if (!p.contact.texte.empty()) h("<p class=\"fr-mb-1v\">{}</p>", p.contact.texte);
        if (!p.contact.telephone.empty())
            h("<p class=\"fr-mb-1v\">Téléphone : {}</p>",
              ui::link(base::format_phone(p.contact.telephone), ui::tel(p.contact.telephone)));
        if (!p.contact.horaires.empty()) h("<p class=\"fr-mb-1v\">Horaires : {}</p>", p.contact.horaires);
        if (!p.contact.email.empty())
            h("<p class=\"fr-mb-1v\">Courriel : {}</p>",
              ui::link(p.contact.email, ui::mailto(p.contact.email)));
        if (p.contact.empty())
            h("<p class=\"fr-mb-1v\">Info logement indigne : {}</p>",
              ui::link("0 806 706 806", ui::tel("0806706806")));
        h("<p class=\"fr-mb-0\">Donnez la référence <strong>{}</strong>.</p>", p.signalement.reference);
        h("<hr class=\"fr-mt-2w\">");
        h("<p class=\"fr-mb-0\">Danger immédiat (gaz, feu, mur ou plafond qui cède, malaise) : sortez et "
          "appelez le {} "
          "ou le {}.</p>",
          ui::link("18", ui::tel("18")), ui::link("112", ui::tel("112")));
    });
}

void progress(ui::Html& h, const PageSuivi& p)
{
    std::vector<ui::Step> steps;
    for (const auto& e : p.avancement.etapes) {
        ui::Step step;
        step.title = e.titre;
        switch (e.etat) {
        case EtatEtape::Faite:
            step.state = ui::StepState::Done;
            break;
        case EtatEtape::EnCours:
            step.state = ui::StepState::Current;
            break;
        case EtatEtape::AVenir:
            step.state = ui::StepState::Next;
            break;
        }
        step.detail = ui::markup([&](ui::Html& h) {
            if (e.date)
                h("<p class=\"fr-mb-0\"><time datetime=\"{}\">{}</time></p>", base::to_iso(*e.date),
                  base::in_words(*e.date));
            if (!e.detail.empty()) h(ui::paragraphs(e.detail));
        });
        steps.push_back(std::move(step));
    }
    h("<h2 class=\"fr-h3\" id=\"avancement\">Où en est le dossier</h2>");
    ui::steps(h, "Étapes du dossier", steps);
    if (!p.avancement.prochaine) return;
    const auto& next = *p.avancement.prochaine;
    ui::callout(h, {.title = "Prochaine étape"}, [&](ui::Html& h) {
        h("<p class=\"fr-callout__text\">{}", next.quoi);
        if (next.avant && next.date_ferme)
            h(" Date prévue : <strong>{}</strong>.", base::in_words(*next.avant));
        else if (next.avant && !next.depasse)
            h(" En général avant le <strong>{}</strong>. Ce délai est indicatif.",
              base::in_words(*next.avant));
        else if (next.avant)
            h(" Le délai habituel est dépassé : vous pouvez écrire au comité ci-dessous.");
        h("</p>");
    });
}

std::string format_of(const piece::Piece& file)
{
    auto ext = std::string{piece::extension(file.type)};
    if (!ext.empty() && ext.front() == '.') ext.erase(0, 1);
    std::ranges::transform(ext, ext.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    return ext;
}

ui::Markup file_link(const PageSuivi& p, const piece::Piece& file)
{
    return ui::download(file.nom, ui::url("/suivi/{}/pieces/{}", p.jeton, file.id.text), format_of(file),
                        base::format_bytes(file.taille));
}

/// The link, or why there is none yet; its id is where the island that waits finds it again.
void file_line(ui::Html& h, const PageSuivi& p, const piece::Piece& file)
{
    const auto id = "lien-" + file.id.text;
    if (file.disponible())
        h("<p id=\"{}\">{}</p>", id, file_link(p, file));
    else if (piece::attend(file.etat))
        h("<p id=\"{}\" data-attente><strong>{}</strong><br>{}</p>", id, file.nom, piece::dire_etat(file));
    else
        h("<p id=\"{}\"><strong>{}</strong><br>{}</p>", id, file.nom, piece::dire_etat(file));
}

std::string title_of(const Suivi& s)
{
    if (s.type == TypeSuivi::ReponseDeposant) return "Votre message";
    return std::string{base::label_of(types_suivi, s.type)};
}

void entries(ui::Html& h, const PageSuivi& p)
{
    h("<h2 class=\"fr-h3 fr-mt-6v\" id=\"messages\">Messages et actions</h2>");
    if (p.suivis.empty()) {
        // Whoever gave no address is promised no e-mail.
        const bool ecrit = p.usager == Usager::Occupant || !p.signalement.declarant.contact.email.empty();
        h("<p>Aucun message pour l’instant. Ce que les services voudront vous montrer s’affichera ici{}.</p>",
          ecrit ? ", et vous recevrez un courriel" : " : revenez voir cette page de temps en temps");
        return;
    }
    std::vector<ui::TimelineItem> items;
    for (const auto& s : p.suivis) {
        ui::TimelineItem item;
        item.when = base::in_words(s.ajoute_le, p.fuseau);
        item.when_iso = base::to_iso(s.ajoute_le);
        item.title = title_of(s);
        if (s.type != TypeSuivi::ReponseDeposant) item.author = s.auteur_nom;
        item.body = ui::markup([&](ui::Html& h) {
            if (s.type == TypeSuivi::VisitePrevue)
                h("<p><strong>Le {}</strong>. Si ce jour ne convient pas, dites-le ci-dessous.</p>",
                  base::in_words(s.date_acte));
            else if (s.date_acte != base::local_date(s.ajoute_le, p.fuseau))
                h("<p>Le {}.</p>", base::in_words(s.date_acte));
            if (!s.reference_acte.empty()) h("<p>Numéro : {}</p>", s.reference_acte);
            h(ui::paragraphs(s.texte));
            for (const auto& f : p.jointes)
                if (f.suivi == s.id) file_line(h, p, f.piece);
        });
        items.push_back(std::move(item));
    }
    ui::timeline(h, items);
    ui::pagination(h, {.page = static_cast<int>(p.page),
                       .pages = static_cast<int>(p.pages),
                       .base = ui::url("/suivi/{}", p.jeton)});
}

void answer(ui::Html& h, const ui::Chrome& chrome, const PageSuivi& p, const Saisie& saisie)
{
    const bool over = p.signalement.statut == Statut::Clos || p.signalement.statut == Statut::Refuse;
    h("<h2 class=\"fr-h3 fr-mt-6v\" id=\"ecrire\">{}</h2>",
      over ? std::string_view{"Écrire malgré la fin du dossier"} : std::string_view{"Écrire au comité"});
    h("<p>{}</p>",
      over
          ? std::string_view{"Votre message sera lu par une personne du comité, qui peut rouvrir le dossier."}
          : std::string_view{
                "Votre message est lu par le comité et par les services qui suivent le dossier. Il n’est "
                "pas lu dans la minute : en cas de danger, appelez le 18 ou le 112."});
    ui::form(h,
             {.action = ui::url("/suivi/{}/messages", p.jeton),
              .csrf = chrome.csrf,
              .errors = saisie.errors,
              .values = saisie.values,
              .multipart = true,
              .id = "reponse"},
             [&](ui::Form& f) {
                 f.textarea({.name = "texte",
                             .label = "Votre message",
                             .rows = 6,
                             .max_length = static_cast<int>(longueur_max_suivi)});
                 f.upload(
                     {.name = "fichiers",
                      .label = "Photos et documents",
                      .accept = std::string{piece::accept_tout},
                      .limits = std::string{piece::aide_tout} + " " + std::string{piece::aide_vie_privee},
                      .max_bytes = static_cast<long long>(piece::taille_max)});
                 f.submit("Envoyer");
             });
}

void files(ui::Html& h, const PageSuivi& p)
{
    if (p.pieces.empty()) return;
    h("<h2 class=\"fr-h3 fr-mt-6v\" id=\"documents\">Photos et documents</h2>");
    std::vector<ui::Picture> pictures;
    for (const auto& f : p.pieces) {
        ui::Picture picture;
        picture.id = "fichier-" + f.piece.id.text;
        picture.full = ui::url("/suivi/{}/pieces/{}", p.jeton, f.piece.id.text);
        if (f.piece.miniature)
            picture.thumbnail = ui::url("/suivi/{}/miniatures/{}", p.jeton, f.piece.id.text);
        picture.alt = f.piece.nom;
        const auto* critere = f.desordre.empty() ? nullptr : desordre::find_critere(f.desordre);
        picture.legend = critere ? std::string{critere->libelle} : f.piece.nom;
        picture.format = format_of(f.piece);
        picture.size = base::format_bytes(f.piece.taille);
        picture.state = piece::dire_etat(f.piece);
        picture.waiting = piece::attend(f.piece.etat);
        pictures.push_back(std::move(picture));
    }
    ui::gallery(h, pictures);
    if (p.autres_pieces)
        h("<p>Voici les {} fichiers les plus récents. Les autres sont avec les messages qui les "
          "accompagnaient.</p>",
          pieces_montrees);
}

std::string floor_of(const Signalement& s)
{
    std::vector<std::string> parts;
    const auto add = [&](const char* label, const std::string& value) {
        if (!value.empty()) parts.push_back(std::string{label} + value);
    };
    add("étage ", s.adresse.etage);
    add("escalier ", s.adresse.escalier);
    add("porte ", s.adresse.porte);
    add("", s.adresse.autre);
    return base::join(parts, ", ");
}

void declared(ui::Html& h, const PageSuivi& p)
{
    const auto& s = p.signalement;
    const bool depositor = p.usager == Usager::Deposant;
    ui::details(
        h, {.title = depositor ? "Ce que vous avez déclaré" : "Ce qui a été signalé", .id = "declaration"},
        [&](ui::Html& h) {
            ui::Recap recap;
            recap.rows.push_back({.label = "Adresse du logement", .value = adresse_en_une_ligne(s.adresse)});
            if (const auto floor = floor_of(s); !floor.empty())
                recap.rows.push_back({.label = "Complément", .value = floor});
            if (depositor) {
                const auto& c = s.declarant.contact;
                recap.rows.push_back({.label = "Déposé par", .value = ui::markup([&](ui::Html& h) {
                                                                 h("{} {}", c.prenom, c.nom);
                                                                 if (!s.declarant.organisation.empty())
                                                                     h("<br>{}", s.declarant.organisation);
                                                             })});
                if (s.occupant && !(s.occupant->contact.prenom + s.occupant->contact.nom).empty())
                    recap.rows.push_back(
                        {.label = "Personne qui y habite",
                         .value = s.occupant->contact.prenom + " " + s.occupant->contact.nom});
                if (!s.bailleur.nom.empty())
                    recap.rows.push_back({.label = "Bailleur", .value = s.bailleur.nom});
            }
            recap.rows.push_back({.label = "Désordres", .value = ui::markup([&](ui::Html& h) {
                                                            h("<ul>");
                                                            for (const auto& said :
                                                                 desordre::declarations(p.precisions)) {
                                                                h("<li>{}", said.libelle);
                                                                if (!said.texte_libre.empty())
                                                                    h(" ({})", said.texte_libre);
                                                                h("</li>");
                                                            }
                                                            h("</ul>");
                                                        })});
            if (depositor)
                recap.rows.push_back({.label = "Description", .value = ui::paragraphs(s.description)});
            ui::recap(h, recap);
            if (depositor)
                h("<p>Une erreur, un changement ? Écrivez-le dans un message : il sera joint au dossier, "
                  "pour tous "
                  "ceux qui le suivent.</p>");
        });
}

} // namespace render
} // namespace

std::string acces(const ui::Chrome& chrome, std::string_view jeton, const Saisie& saisie,
                  std::string_view message)
{
    return ui::page(
        chrome,
        {.title = "Suivre un signalement", .error = saisie.errors != nullptr, .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h, {.title = "Suivre un signalement",
                            .lead = "Pour protéger le dossier, dites-nous d’abord qui vous êtes."});
            ui::form(h,
                     {.action = ui::url("/suivi/{}/acces", jeton),
                      .csrf = chrome.csrf,
                      .errors = saisie.errors,
                      .values = saisie.values},
                     [&](ui::Form& f) {
                         f.input({.name = "nom",
                                  .label = "Votre nom, ou celui de votre organisme",
                                  .hint = "Tel qu’il a été écrit dans le signalement, avec ou sans prénom.",
                                  .autocomplete = "name",
                                  .max_length = 200});
                         f.input({.name = "code_postal",
                                  .label = "Code postal du logement signalé",
                                  .hint = "Cinq chiffres, par exemple 76000.",
                                  .inputmode = "numeric",
                                  .max_length = 10,
                                  .width = 5});
                         if (!message.empty())
                             f.textarea({.name = "message",
                                         .label = "Votre message, gardé en attendant",
                                         .value = std::string{message},
                                         .optional = true,
                                         .rows = 4});
                         f.submit("Ouvrir le dossier");
                     });
            h("<p class=\"fr-mt-4w\">{}</p>",
              ui::link("Le lien ne marche pas : le recevoir à nouveau", ui::url("/suivi/retrouver")));
        });
}

std::string trop_d_essais(const ui::Chrome& chrome, std::string_view text)
{
    return ui::page(chrome, {.title = "Trop d’essais", .error = true, .width = ui::Width::Reading},
                    [&](ui::Html& h) {
                        ui::heading(h, {.title = "Trop d’essais"});
                        ui::alert(h, {.tone = ui::Tone::Warning, .text = text, .announce = true});
                        h("<p>{}</p>", ui::link("Revenir à l’accueil", ui::url("/")));
                    });
}

std::string suivi(const ui::Chrome& chrome, const PageSuivi& p, const Saisie& saisie, std::string_view fait)
{
    const auto& s = p.signalement;
    return ui::page(
        chrome, {.title = "Signalement " + s.reference, .error = saisie.errors != nullptr}, [&](ui::Html& h) {
            if (fait == "message")
                ui::alert(h, {.tone = ui::Tone::Success,
                              .title = "Message envoyé",
                              .text = "Les personnes qui suivent le dossier sont prévenues.",
                              .announce = true});
            ui::heading(h, {.title = "Suivi du signalement " + s.reference,
                            .lead = "Logement : " + adresse_en_une_ligne(s.adresse)});
            ui::row(h, [&](ui::Html& h) {
                ui::column(h, 8, [&](ui::Html& h) {
                    render::progress(h, p);
                    render::entries(h, p);
                    render::answer(h, chrome, p, saisie);
                    render::files(h, p);
                    render::declared(h, p);
                });
                ui::column(h, 4, [&](ui::Html& h) {
                    render::contact(h, p);
                    h("<p>Gardez cette page dans vos favoris. Ne transmettez pas son adresse.</p>");
                    if (p.usager == Usager::Occupant)
                        h("<p>Cette page est celle de la personne qui habite le logement. La personne qui a "
                          "fait le signalement a la sienne : elle ne voit pas vos messages, et vous ne voyez "
                          "pas les siens.</p>");
                    ui::action_button(
                        h, ui::url("/suivi/{}/fin", p.jeton), chrome.csrf,
                        {.label = "Quitter le dossier", .importance = ui::Importance::Tertiary});
                });
            });
        });
}

std::string retrouver(const ui::Chrome& chrome, bool envoye, const Saisie& saisie)
{
    return ui::page(
        chrome,
        {.title = "Retrouver le lien de suivi",
         .error = saisie.errors != nullptr,
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            if (envoye) {
                ui::heading(h, {.title = "C’est noté"});
                ui::alert(
                    h,
                    {.tone = ui::Tone::Info,
                     .text = "Si un signalement correspond à cette adresse et à cette référence, un courriel "
                             "avec le lien vient de partir. Regardez aussi dans les indésirables.",
                     .announce = true});
                h("<p>Rien reçu ? Vérifiez la référence, ou appelez le comité local dont le contact figure "
                  "dans le "
                  "premier courriel.</p>");
                h("<p>{}</p>", ui::link("Recommencer", ui::url("/suivi/retrouver")));
                return;
            }
            ui::heading(h, {.title = "Retrouver le lien de suivi",
                            .lead = "Nous vous renvoyons le lien par courriel."});
            ui::form(h,
                     {.action = ui::url("/suivi/retrouver"),
                      .csrf = chrome.csrf,
                      .errors = saisie.errors,
                      .values = saisie.values},
                     [&](ui::Form& f) {
                         f.input({.name = "email",
                                  .label = "Adresse électronique donnée lors du signalement",
                                  .hint = "Par exemple nom@exemple.fr.",
                                  .type = "email",
                                  .autocomplete = "email",
                                  .max_length = 254});
                         f.input({.name = "reference",
                                  .label = "Référence du signalement",
                                  .hint = "Elle figure sur la page de confirmation : 76-2026-000123.",
                                  .max_length = 40,
                                  .width = 16});
                         f.honeypot("site");
                         f.submit("Recevoir le lien");
                     });
        });
}

} // namespace signalement::suivi_deposant::views
