// The pages around the questions: start, address choices, files, check, confirmation, and the calm ways out.
#include "signalement/depot/views.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "piece/views.hpp"
#include "signalement/depot/views_questions.hpp"
#include "signalement/desordre/urgence.hpp"

namespace signalement::depot::views {

namespace {
namespace blocs {

void numeros(ui::Html& h)
{
    h("<ul class=\"logis-urgences\">");
    for (const auto& n : desordre::numeros_d_urgence())
        h("<li><a class=\"fr-link fr-text--bold\" href=\"{}\">{}</a> <span>{}</span> "
          "<span class=\"fr-hint-text\">{}</span></li>",
          ui::tel(n.tel), n.affiche, n.qui, n.quand);
    h("</ul>");
}

/// First thing on the page when somebody is in danger.
void urgences(ui::Html& h, std::string_view titre)
{
    ui::alert(h,
              {.tone = ui::Tone::Error,
               .title = titre,
               .text = ui::markup([](ui::Html& t) {
                   t("<p>Un signalement n’est pas lu dans la minute. Si quelqu’un est en danger, mettez-vous "
                     "à l’abri et appelez maintenant :</p>");
                   numeros(t);
               }),
               .level = 2});
}

/// On the following screens: the same, in one line.
void rappel_urgence(ui::Html& h)
{
    ui::alert(h,
              {.tone = ui::Tone::Error,
               .text = ui::markup(
                   "Danger immédiat : appelez le {} ou le {}. Par SMS ou si vous ne pouvez pas parler : {}.",
                   ui::link("112", ui::tel("112")), ui::link("18", ui::tel("18")),
                   ui::link("114", ui::tel("114")))});
}

void consignes(ui::Html& h, const std::vector<desordre::Peril>& perils)
{
    for (const auto peril : perils) {
        const auto& c = desordre::consigne(peril);
        ui::alert(h, {.tone = ui::Tone::Warning,
                      .title = base::label_of(desordre::perils, peril),
                      .text = ui::markup([&](ui::Html& t) {
                          t("<ul>");
                          for (const auto geste : c.gestes) t("<li>{}</li>", geste);
                          t("</ul><p>Appelez ");
                          for (std::size_t i = 0; i < c.numeros.size(); ++i)
                              t("{}{} ({})",
                                i == 0                      ? ""
                                : i + 1 == c.numeros.size() ? " ou "
                                                            : ", ",
                                ui::link(c.numeros[i].affiche, ui::tel(c.numeros[i].tel)), c.numeros[i].qui);
                          t(".</p>");
                      })});
    }
}

std::vector<desordre::Peril> perils(const Ecran& e)
{
    return desordre::perils_de(
        desordre::precisions_de(desordres_coches(e.parcours), logement_decrit(e.parcours.retenues)));
}

void contact(ui::Html& h, const territoire::Contact& c)
{
    if (!c.texte.empty()) h("<p class=\"fr-text--bold fr-mb-1v\">{}</p>", c.texte);
    h("<ul>");
    if (!c.telephone.empty())
        h("<li>Téléphone : {}{}{}</li>", ui::link(base::format_phone(c.telephone), ui::tel(c.telephone)),
          c.horaires.empty() ? "" : ", ", c.horaires);
    if (!c.email.empty()) h("<li>Courriel : {}</li>", ui::link(c.email, ui::mailto(c.email)));
    h("<li>Info logement indigne : {}, conseil juridique, prix d’un appel local</li></ul>",
      ui::link("0 806 706 806", ui::tel("0806706806")));
}

ui::Url url_etape(const Ecran& e, std::string_view slug)
{
    return ui::url("/signaler/{}/{}", e.jeton, slug);
}

/// The number of the chapter among those of this person, and how many there are.
ui::Stepper position(const Ecran& e)
{
    std::vector<Chapitre> suite;
    for (const auto& etape : e.parcours.etapes)
        if (suite.empty() || suite.back() != etape.chapitre) suite.push_back(etape.chapitre);
    const auto ici = std::ranges::find(suite, e.etape().chapitre);
    return {.title = e.etape().titre,
            .current = static_cast<int>(ici - suite.begin()) + 1,
            .total = static_cast<int>(suite.size()),
            .next =
                ici + 1 == suite.end() ? std::string{} : std::string{base::label_of(chapitres, *(ici + 1))}};
}

/// Where one is among the screens of a chapter that has several about désordres.
void sous_position(ui::Html& h, const Ecran& e)
{
    if (desordre::find_categorie(e.etape().slug) == nullptr) return;
    int rang = 0;
    int total = 0;
    for (const auto& etape : e.parcours.etapes) {
        if (desordre::find_categorie(etape.slug) == nullptr) continue;
        ++total;
        if (etape.slug == e.etape().slug) rang = total;
    }
    if (total > 1) h("<p class=\"fr-text--sm\">Sujet {} sur {}</p>", rang, total);
}

void entete(ui::Html& h, const Ecran& e)
{
    ui::stepper(h, position(e));
    sous_position(h, e);
    if (e.danger()) {
        if (e.rang == 0)
            urgences(h, "D’abord, appelez les secours");
        else
            rappel_urgence(h);
    }
    if (!e.etape().intro.empty()) h("<p>{}</p>", e.etape().intro);
}

std::string page(const Ecran& e, const ui::Body& corps)
{
    return ui::page(e.chrome,
                    {.title = e.etape().titre + " – Signaler un logement",
                     .error = !e.erreurs.empty(),
                     .width = ui::Width::Reading,
                     .bare = true},
                    corps);
}

ui::FormInfo formulaire(const Ecran& e, const ui::Values& valeurs)
{
    const auto action = url_etape(e, e.etape().slug);
    return {.action = e.vers_verification ? action.with("retour", etape::verification) : action,
            .csrf = e.chrome.csrf,
            .errors = &e.erreurs,
            .values = &valeurs,
            .id = "etape",
            .autosave = ui::url("/signaler/{}/{}/brouillon", e.jeton, e.etape().slug),
            .required_note = e.etape().obligations};
}

void boutons(ui::Form& f, const Ecran& e)
{
    std::vector<ui::Button> b{{.label = "Enregistrer et continuer"}};
    if (e.rang > 0)
        b.push_back({.label = "Précédent",
                     .importance = ui::Importance::Secondary,
                     .name = "action",
                     .value = "precedent"});
    b.push_back({.label = "Terminer plus tard",
                 .importance = ui::Importance::Tertiary,
                 .name = "action",
                 .value = "plus_tard"});
    f.submit(b);
}

/// Floor, staircase and door side by side, then what does not fit in them.
void precisions_adresse(ui::Form& f, const Etape& etape)
{
    f.group("Précisions", [&] {
        ui::row(f.h, [&](ui::Html& h) {
            for (const auto& q : etape.questions)
                if (q.longueur_max <= 40)
                    ui::column(h, 4, [&](ui::Html&) {
                        f.input({.name = q.slug, .label = q.libelle, .optional = true, .max_length = 40});
                    });
        });
        for (const auto& q : etape.questions)
            if (q.slug == "adresse_autre")
                f.input({.name = q.slug, .label = q.libelle, .hint = q.aide, .optional = true});
    });
}

std::string nom_du_desordre(std::string_view slug)
{
    const auto* critere = desordre::find_critere(slug);
    return critere == nullptr ? "L’ensemble du logement, ou un document" : std::string{critere->libelle};
}

/// What a file may show: the whole, or one of the critères ticked.
std::vector<ui::Option> desordres_a_montrer(const Ecran& e)
{
    std::vector<ui::Option> out{{.value = "", .label = nom_du_desordre("")}};
    for (const auto& c : desordres_coches(e.parcours).criteres) {
        const auto* critere = desordre::find_critere(c.critere);
        if (critere == nullptr) continue;
        const auto* categorie = desordre::find_categorie(critere->categorie);
        out.push_back({.value = std::string{critere->slug},
                       .label = critere->libelle,
                       .group = categorie == nullptr ? "" : std::string{categorie->libelle}});
    }
    return out;
}

/// Another désordre for a file already sent.
void rattachement(ui::Html& h, const Ecran& e, const PieceBrouillon& p)
{
    auto options = desordres_a_montrer(e);
    if (options.size() < 2) return;
    const ui::Values aucune;
    ui::details(h, {.title = "Changer ce qu’il montre"}, [&](ui::Html& d) {
        ui::form(d,
                 {.action = ui::url("/signaler/{}/fichiers/{}/rattachement", e.jeton, p.piece.id),
                  .csrf = e.chrome.csrf,
                  .values = &aucune},
                 [&](ui::Form& f) {
                     f.select({.name = champ_rattachement(p.piece.id.text),
                               .label = ui::markup("Ce que montre {}", p.piece.nom),
                               .options = std::move(options),
                               .value = p.desordre,
                               .empty_label = ""});
                     f.submit({{.label = "Changer",
                                .importance = ui::Importance::Secondary,
                                .small = true,
                                .title = "Changer ce que montre " + p.piece.nom}});
                 });
    });
}

} // namespace blocs
} // namespace

std::string champ_rattachement(std::string_view piece)
{
    return "montre-" + std::string{piece};
}

std::string accueil(const ui::Chrome& chrome, const FormErrors& erreurs, const ui::Values& valeurs)
{
    return ui::page(
        chrome,
        {.title = "Signaler un logement en mauvais état",
         .error = !erreurs.empty(),
         .width = ui::Width::Reading,
         .indexed = true},
        [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = "Signaler un logement en mauvais état",
                 .lead =
                     "Décrivez les problèmes d’un logement ou d’un immeuble. Votre signalement est lu par le "
                     "comité local de l’habitat, qui le confie aux services capables d’agir."});
            ui::form(
                h,
                {.action = ui::url("/signaler"),
                 .csrf = chrome.csrf,
                 .errors = &erreurs,
                 .values = &valeurs,
                 .id = "commencer"},
                [&](ui::Form& f) {
                    f.radios(
                        {.name = "danger",
                         .legend = "Quelqu’un est-il en danger en ce moment ?",
                         .hint =
                             "Odeur de gaz, plafond ou balcon qui menace de tomber, fils électriques à nu, "
                             "malaises, mise à la rue…",
                         .options = {{.value = "oui",
                                      .label = "Oui, il y a un danger immédiat",
                                      .hint = "Les numéros d’urgence, puis un formulaire court"},
                                     {.value = "non", .label = "Non"}},
                         .legend_is_heading = true});
                    f.honeypot("site_web");
                    f.submit("Commencer le signalement");
                });
            h("<h2 class=\"fr-h4 fr-mt-6w\">Avant de commencer</h2>"
              "<ul><li>Comptez une dizaine de minutes. Aucun compte n’est nécessaire.</li>"
              "<li>Vos réponses sont enregistrées au fur et à mesure : vous pourrez vous arrêter et "
              "reprendre plus "
              "tard.</li>"
              "<li>Ayez sous la main, si vous en avez : des photos, le bail, les courriers échangés avec le "
              "propriétaire.</li></ul>");
            h("<h2 class=\"fr-h4\">Qui peut signaler ?</h2>"
              "<p>Mairies, CCAS, travailleurs sociaux, CAF, MSA, associations et autres professionnels. "
              "Selon les "
              "départements, aussi les locataires, propriétaires, proches, voisins et bailleurs : l’adresse "
              "du logement "
              "le dira.</p>");
            h("<h2 class=\"fr-h4\">Ce que ce n’est pas</h2>"
              "<p>Ce n’est ni une demande de logement social, ni une demande de relogement, ni un appel aux "
              "secours. Un "
              "conflit de loyer ou de voisinage relève plutôt de l’{}, dont les conseils sont gratuits.</p>",
              ui::external_link("agence d’information sur le logement (ADIL)",
                                ui::external("https://www.anil.org/")));
            ui::details(h, {.title = "Les numéros d’urgence"}, [&](ui::Html& d) { blocs::numeros(d); });
        });
}

std::string questions(const Ecran& e)
{
    const auto valeurs = e.reponses.paires();
    return blocs::page(e, [&](ui::Html& h) {
        blocs::entete(h, e);
        ui::form(h, blocs::formulaire(e, valeurs), [&](ui::Form& f) {
            ecrire_questions(f, e.etape().questions);
            blocs::boutons(f, e);
        });
    });
}

std::string valeur_adresse(const territoire::Adresse& a)
{
    return a.id.empty() ? a.insee + "|" + a.libelle : a.id;
}

std::string adresse(const Ecran& e, const ChoixAdresse& choix)
{
    const auto valeurs = e.reponses.paires();
    const auto retenue = e.reponses.a(reconnue::insee);
    return blocs::page(e, [&](ui::Html& h) {
        blocs::entete(h, e);
        ui::form(h, blocs::formulaire(e, valeurs), [&](ui::Form& f) {
            if (choix.manuelle) {
                if (choix.non_reconnue)
                    ui::alert(
                        f.h,
                        {.text = "Cette adresse n’est pas dans notre liste. Indiquez séparément la rue et la "
                                 "commune."});
                f.hidden("adresse_mode", "manuelle");
                f.input({.name = "adresse_voie",
                         .label = "Numéro et rue, ou lieu-dit",
                         .hint = "Par exemple : 12 rue des Carmes",
                         .autocomplete = "address-line1",
                         .max_length = 150});
                f.input({.name = "adresse_commune",
                         .label = "Commune ou code postal",
                         .hint = "Par exemple : Dieppe, ou 76200",
                         .max_length = 100,
                         .width = 30});
                if (choix.communes.size() > 1) {
                    std::vector<ui::Option> options;
                    for (const auto& c : choix.communes)
                        options.push_back({.value = c.partie ? c.partie->insee : c.commune.insee,
                                           .label = c.nom(),
                                           .hint = base::join(c.codes_postaux(), ", ")});
                    f.radios({.name = "adresse_commune_choix",
                              .legend = "Laquelle de ces communes ?",
                              .options = std::move(options)});
                }
            } else {
                f.address({.name = "adresse",
                           .label = "Adresse du logement",
                           .hint = "Numéro, rue et commune. Par exemple : 12 rue des Carmes, Rouen",
                           .fills = {{"id", "adresse_id"}}});
                f.hidden("adresse_id", retenue ? e.reponses.texte(reconnue::id) : std::string{});
                if (!choix.proposees.empty()) {
                    std::vector<ui::Option> options;
                    for (const auto& a : choix.proposees)
                        options.push_back(
                            {.value = valeur_adresse(a), .label = a.libelle, .hint = a.contexte});
                    options.push_back({.value = std::string{aucune_adresse},
                                       .label = "Aucune de ces adresses",
                                       .hint = "Vous indiquerez la rue et la commune"});
                    f.radios({.name = "adresse_choix",
                              .legend = "Choisissez l’adresse exacte",
                              .options = std::move(options)});
                }
            }
            blocs::precisions_adresse(f, e.etape());
            blocs::boutons(f, e);
        });
    });
}

ui::Markup liste_fichiers(const Ecran& e, const std::vector<PieceBrouillon>& pieces)
{
    ui::Html h;
    if (pieces.empty()) {
        h("<p class=\"fr-text--sm\">Aucun fichier pour le moment.</p>");
        return std::move(h).markup();
    }
    h("<h2 class=\"fr-h5\">{}</h2>",
      base::count(static_cast<long long>(pieces.size()), "fichier ajouté", "fichiers ajoutés"));
    std::vector<ui::Picture> images;
    for (const auto& p : pieces) {
        const auto fichier = ui::url("/signaler/{}/fichiers/{}", e.jeton, p.piece.id);
        images.push_back(
            {.id = "fichier-" + p.piece.id.text,
             .full = fichier,
             .thumbnail = p.piece.est_photo()
                              ? ui::url("/signaler/{}/fichiers/{}/miniature", e.jeton, p.piece.id)
                              : ui::Url{},
             .alt = p.piece.nom,
             .legend =
                 ui::markup("<strong>{}</strong><br>{}", p.piece.nom, blocs::nom_du_desordre(p.desordre)),
             .format = std::string{base::label_of(piece::types, p.piece.type)},
             .size = base::format_bytes(p.piece.taille),
             .actions = ui::markup([&](ui::Html& a) {
                 blocs::rattachement(a, e, p);
                 ui::action_button(a, ui::url("/signaler/{}/fichiers/{}/retrait", e.jeton, p.piece.id),
                                   e.chrome.csrf,
                                   {.label = "Retirer",
                                    .importance = ui::Importance::Tertiary,
                                    .small = true,
                                    .title = "Retirer " + p.piece.nom});
             }),
             .state = piece::dire_etat(p.piece),
             .waiting = piece::attend(p.piece.etat)});
    }
    ui::gallery(h, images);
    return std::move(h).markup();
}

std::string fichiers(const Ecran& e, const std::vector<PieceBrouillon>& pieces)
{
    const ui::Values aucune;
    return blocs::page(e, [&](ui::Html& h) {
        blocs::entete(h, e);
        h("<p>Une photo vaut souvent mieux qu’une longue description : moisissures, fissures, compteur, vue "
          "d’ensemble. "
          "Ajoutez aussi le bail, l’état des lieux ou les courriers utiles. Cette étape est "
          "facultative.</p>");
        ui::form(h,
                 {.action = ui::url("/signaler/{}/fichiers/ajout", e.jeton),
                  .csrf = e.chrome.csrf,
                  .errors = &e.erreurs,
                  .values = &aucune,
                  .multipart = true,
                  .id = "ajout"},
                 [&](ui::Form& f) {
                     auto options = blocs::desordres_a_montrer(e);
                     if (options.size() > 1)
                         f.select({.name = "desordre",
                                   .label = "Que montrent les fichiers que vous allez choisir ?",
                                   .options = std::move(options),
                                   .value = "",
                                   .empty_label = ""});
                     f.upload({.name = "fichiers",
                               .label = "Photos et documents",
                               .accept = std::string{piece::accept_tout},
                               .limits = ui::markup("{} {} fichiers au plus. {}", piece::aide_tout,
                                                    piece::nombre_max, piece::aide_vie_privee),
                               .multiple = true,
                               .optional = true,
                               .progressive = true,
                               .resumable_to = ui::url("/signaler/{}/fichiers/televersements", e.jeton),
                               .max_bytes = static_cast<long long>(piece::taille_max),
                               .list_id = "fichiers-ajoutes"});
                     f.submit({{.label = "Ajouter ces fichiers", .importance = ui::Importance::Secondary}});
                 });
        h("<div id=\"fichiers-ajoutes\" class=\"fr-mt-4w\">");
        h(liste_fichiers(e, pieces));
        h("</div>");
        ui::form(h,
                 {.action = blocs::url_etape(e, e.etape().slug),
                  .csrf = e.chrome.csrf,
                  .values = &aucune,
                  .id = "etape"},
                 [&](ui::Form& f) { blocs::boutons(f, e); });
    });
}

std::string verification(const Ecran& e, const std::vector<PieceBrouillon>& pieces)
{
    const auto valeurs = e.reponses.paires();
    const auto& r = e.parcours.retenues;
    return blocs::page(e, [&](ui::Html& h) {
        blocs::entete(h, e);
        ui::error_summary(h, e.erreurs);
        blocs::consignes(h, blocs::perils(e));
        h("<p>Relisez vos réponses. Rien n’est envoyé tant que vous n’avez pas choisi « Envoyer le "
          "signalement », en bas de "
          "cette page.</p>");
        for (std::size_t i = 0; i + 1 < e.parcours.etapes.size(); ++i) {
            const auto& etape = e.parcours.etapes[i];
            ui::Recap bloc{.title = etape.titre,
                           .rows = {},
                           .change = blocs::url_etape(e, etape.slug).with("retour", etape::verification)};
            if (etape.slug == etape::fichiers) {
                for (const auto& p : pieces)
                    bloc.rows.push_back(
                        {.label = p.piece.nom,
                         .value = p.piece.disponible()
                                      ? ui::Markup{blocs::nom_du_desordre(p.desordre)}
                                      : ui::markup("{}<br>{}", blocs::nom_du_desordre(p.desordre),
                                                   piece::dire_etat(p.piece))});
                if (pieces.empty()) bloc.rows.push_back({.label = "Fichiers", .value = "Aucun"});
            } else {
                if (etape.slug == etape::adresse)
                    bloc.rows.push_back({.label = "Adresse du logement",
                                         .value = r.texte(reconnue::libelle) + ", " +
                                                  r.texte(reconnue::code_postal) + " " +
                                                  r.texte(reconnue::commune)});
                for (const auto& ligne : recapitulatif(etape, r))
                    if (!(etape.slug == etape::adresse && ligne.slug == "adresse") && !ligne.reponse.empty())
                        bloc.rows.push_back(
                            {.label = ligne.question, .value = ui::paragraphs(ligne.reponse)});
            }
            ui::recap(h, bloc);
        }
        auto info = blocs::formulaire(e, valeurs);
        info.action = ui::url("/signaler/{}/envoi", e.jeton);
        info.summary = false; // it stands at the top of this long page
        h("<h2 class=\"fr-h4 fr-mt-6w\">Votre accord</h2>");
        ui::form(h, info, [&](ui::Form& f) {
            ecrire_questions(f, e.etape().questions);
            h("<p class=\"fr-text--sm\">{}</p>",
              ui::link("À quoi servent ces informations, combien de temps elles sont gardées, vos droits",
                       ui::url("/donnees-personnelles")));
            f.honeypot("site_web");
            f.submit({{.label = "Envoyer le signalement"},
                      {.label = "Précédent",
                       .importance = ui::Importance::Secondary,
                       .name = "action",
                       .value = "precedent"},
                      {.label = "Terminer plus tard",
                       .importance = ui::Importance::Tertiary,
                       .name = "action",
                       .value = "plus_tard"}});
        });
    });
}

std::string confirmation(const ui::Chrome& chrome, const Confirmation& c)
{
    return ui::page(
        chrome, {.title = "Signalement envoyé", .width = ui::Width::Reading, .bare = true}, [&](ui::Html& h) {
            const auto suite = [&]() -> std::string_view {
                switch (c.email) {
                case Accuse::Envoye:
                    return "Nous venons de vous envoyer un courriel avec cette référence et le lien pour "
                           "suivre votre signalement.";
                case Accuse::Retenu:
                    return "Votre adresse électronique a déjà reçu beaucoup de messages aujourd’hui : "
                           "celui-ci ne partira pas. Notez cette référence ; avec elle et votre adresse, la "
                           "page « Suivre un signalement » vous donnera le lien.";
                case Accuse::SansAdresse:
                    return "Notez cette référence et gardez l’adresse de la page de suivi : elle seule "
                           "permet d’y revenir.";
                }
                throw base::Bug{"acknowledgement without words"};
            }();
            ui::confirmation(h, {.title = "Votre signalement est envoyé",
                                 .reference_label = "Votre référence",
                                 .reference = c.reference,
                                 .text = ui::markup([&](ui::Html& t) {
                                     if (!c.comite.empty()) t("<p>Destinataire : {}</p>", c.comite);
                                     t("<p>{}</p>", suite);
                                 })});
            if (c.danger_declare) blocs::urgences(h, "Le danger est toujours là ?");
            ui::buttons(h, {{.label = "Suivre mon signalement", .url = ui::url("/suivi/{}", c.jeton_suivi)}});
            if (c.email == Accuse::SansAdresse)
                h("<p class=\"fr-mb-1v\">Adresse de votre page de suivi, à garder pour vous :</p>"
                  "<p class=\"logis-lien-secret\"><code>{}</code></p>",
                  c.lien_suivi);
            h("<h2 class=\"fr-h4 fr-mt-4w\">Et maintenant ?</h2>");
            ui::steps(h, "Ce qui va se passer",
                      {{.title = ui::markup("{} lit votre signalement", c.qui),
                        .state = ui::StepState::Current,
                        .detail = ui::markup(
                            "{}En général sous {} jours ; {}.",
                            c.danger ? "Un danger signalé est lu en premier. " : "", c.delai_jours,
                            c.email == Accuse::SansAdresse ? "sa décision s’affichera sur votre page de suivi"
                                                           : "vous recevrez sa décision par courriel")},
                       {.title = "Il le confie aux services compétents",
                        .detail = "Mairie, agence régionale de santé, CAF, agence d’information sur le "
                                  "logement… Plusieurs peuvent "
                                  "agir en même temps."},
                       {.title = "Ces services vous contactent",
                        .detail = "Par exemple pour convenir d’une visite. Comptez quelques semaines ; les "
                                  "étapes s’affichent sur "
                                  "votre page de suivi."},
                       {.title = "Le signalement est clos quand la situation est réglée ou orientée",
                        .detail = "Votre page de suivi en donne la raison."}});
            h("<h2 class=\"fr-h4 fr-mt-4w\">Une question ?</h2>");
            blocs::contact(h, c.contact);
            h("<p class=\"fr-mt-4w\">{}</p>", ui::link("Faire un autre signalement", ui::url("/signaler")));
        });
}

std::string ailleurs(const ui::Chrome& chrome, const Ailleurs& a)
{
    return ui::page(
        chrome, {.title = "Qui appeler pour ce logement", .width = ui::Width::Reading}, [&](ui::Html& h) {
            ui::heading(h, {.title = "Qui appeler pour ce logement"});
            const bool le_dire = !a.departement.empty() && a.departement != a.commune; // « à Paris »
            const auto departement = le_dire ? " (" + a.departement + ")" : std::string{};
            if (a.commune.empty())
                h("<p class=\"fr-text--lead\">Le service n’est pas ouvert pour cette adresse. D’autres "
                  "peuvent vous aider.</p>");
            else
                switch (a.phase) {
                case territoire::Phase::Tous:
                    h("<p class=\"fr-text--lead\">Le signalement en ligne est ouvert à tous {}{}. {}</p>",
                      territoire::a_la_commune(a.commune), departement,
                      ui::link("Faire un signalement", ui::url("/signaler")));
                    break;
                case territoire::Phase::Professionnels:
                    h("<p class=\"fr-text--lead\">Le signalement en ligne est pour le moment réservé aux "
                      "professionnels {}. Vous pouvez être aidé autrement :</p>",
                      territoire::a_la_commune(a.commune));
                    break;
                case territoire::Phase::Fermee:
                    h("<p class=\"fr-text--lead\">Le signalement en ligne n’est pas ouvert {}{}. Vous pouvez "
                      "être aidé autrement :</p>",
                      territoire::a_la_commune(a.commune), departement);
                    break;
                }
            blocs::contact(h, a.contact);
            h("<p>La mairie peut aussi agir : elle est compétente pour la salubrité et la sécurité des "
              "logements de la "
              "commune.</p>");
            if (a.reponses_gardees)
                h("<p>Vos réponses sont gardées {} jours : si le signalement en ligne vous est ouvert d’ici "
                  "là, l’adresse de votre brouillon les retrouve.</p>",
                  abandon_jours);
            else if (a.phase != territoire::Phase::Tous)
                h("<p>Vos réponses n’ont pas été gardées.</p>");
            ui::details(h, {.title = "Si quelqu’un est en danger", .open = true},
                        [&](ui::Html& d) { blocs::numeros(d); });
            h("<p>{}</p>", ui::link("Signaler un logement à une autre adresse", ui::url("/signaler")));
        });
}

std::string reprise(const ui::Chrome& chrome, const Reprise& r)
{
    const ui::Values valeurs{{"email", r.email}};
    return ui::page(
        chrome,
        {.title = "Terminer plus tard",
         .error = !r.erreurs.empty(),
         .width = ui::Width::Reading,
         .bare = true},
        [&](ui::Html& h) {
            if (r.envoye)
                ui::alert(h, {.tone = ui::Tone::Success,
                              .title = "Le lien est parti",
                              .text = "Si l’adresse est exacte, le courriel arrive dans quelques minutes. "
                                      "Pensez à regarder "
                                      "dans les messages indésirables.",
                              .announce = true});
            ui::heading(h, {.title = "Vos réponses sont enregistrées",
                            .lead = ui::markup(
                                "Vous avez {} jours pour revenir. Passé ce délai sans changement, tout est "
                                "effacé.",
                                abandon_jours)});
            ui::form(h,
                     {.action = ui::url("/signaler/{}/lien", r.jeton),
                      .csrf = chrome.csrf,
                      .errors = &r.erreurs,
                      .values = &valeurs},
                     [&](ui::Form& f) {
                         f.hidden("retour", r.retour);
                         f.input({.name = "email",
                                  .label = "Recevoir le lien pour continuer plus tard",
                                  .hint = "Votre adresse électronique, par exemple : nom@exemple.fr",
                                  .type = "email",
                                  .autocomplete = "email",
                                  .max_length = 254});
                         f.submit("Envoyer le lien");
                     });
            h("<h2 class=\"fr-h5 fr-mt-6w\">Ou gardez cette adresse</h2>"
              "<p>Qui la possède peut lire et changer vos réponses : ne la donnez qu’à une personne de "
              "confiance.</p>"
              "<p class=\"logis-lien-secret\"><code>{}</code></p>",
              r.lien);
            ui::buttons(h, {{.label = "Continuer maintenant",
                             .url = ui::url("/signaler/{}/{}", r.jeton, r.retour),
                             .importance = ui::Importance::Secondary}});
            h("<h2 class=\"fr-h5 fr-mt-6w\">Ou effacez tout</h2>"
              "<p>Vos réponses et vos fichiers seront supprimés sans avoir été lus par personne.</p>");
            ui::action_button(h, ui::url("/signaler/{}/abandon", r.jeton), chrome.csrf,
                              {.label = "Effacer mes réponses", .importance = ui::Importance::Tertiary});
        });
}

std::string abandon(const ui::Chrome& chrome, const std::string& jeton)
{
    return ui::page(
        chrome, {.title = "Effacer vos réponses", .width = ui::Width::Reading, .bare = true},
        [&](ui::Html& h) {
            ui::confirm(h,
                        {.title = "Effacer vos réponses ?",
                         .text = "Tout ce que vous avez écrit et tous vos fichiers seront supprimés. Vous ne "
                                 "pourrez pas les retrouver.",
                         .action = ui::url("/signaler/{}/abandon", jeton),
                         .csrf = chrome.csrf,
                         .yes = "Tout effacer",
                         .no = ui::url("/signaler/{}", jeton),
                         .no_label = "Garder mes réponses",
                         .hidden = {{"confirme", "oui"}}});
        });
}

std::string brouillon_efface(const ui::Chrome& chrome)
{
    return ui::page(chrome, {.title = "Réponses effacées", .width = ui::Width::Reading}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Vos réponses sont effacées", .lead = "Personne ne les a lues."});
        ui::buttons(
            h, {{.label = "Recommencer un signalement", .url = ui::url("/signaler")},
                {.label = "Page d’accueil", .url = ui::url("/"), .importance = ui::Importance::Secondary}});
    });
}

} // namespace signalement::depot::views
