// The file of a signalement as agents read it: heading, what can be done, follow-up, declaration, files,
// history.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "piece/views.hpp"
#include "signalement/relecture.hpp"
#include "signalement/views.hpp"
#include "signalement/views_declaration.hpp"

namespace signalement::views {

namespace {

ui::Markup paragraphes(std::string_view texte)
{
    ui::Html h;
    for (const auto& line : base::split(texte, '\n'))
        if (!base::trim(line).empty()) h("<p>{}</p>", line);
    return std::move(h).markup();
}

std::string quand(const Fiche& f, Instant i)
{
    return base::in_words(i, f.fuseau);
}

Date jour(const Fiche& f, Instant i)
{
    return base::local_date(i, f.fuseau);
}

/// Links of a list read page by page: further, and back to its beginning.
void suite_de_liste(ui::Html& h, bool au_debut, const ui::Url& debut, std::string_view vers_le_debut,
                    bool suite, const ui::Url& plus_loin, std::string_view vers_la_suite)
{
    std::vector<ui::Button> links;
    if (suite)
        links.push_back(
            {.label = std::string{vers_la_suite}, .url = plus_loin, .importance = ui::Importance::Secondary});
    if (!au_debut)
        links.push_back(
            {.label = std::string{vers_le_debut}, .url = debut, .importance = ui::Importance::Tertiary});
    if (!links.empty()) ui::buttons(h, links);
}

const piece::Piece* trouver(const Fiche& f, std::string_view id)
{
    const auto it = std::ranges::find_if(f.pieces, [&](const piece::Piece& p) { return p.id.text == id; });
    return it == f.pieces.end() ? nullptr : &*it;
}

ui::Picture image(const Fiche& f, const piece::Piece& p, ui::Markup legend, std::string alt)
{
    return {.id = "fichier-" + p.id.text,
            .full = url_piece(f.dossier.id, p.id.text),
            .thumbnail = p.est_photo() ? url_miniature(f.dossier.id, p.id.text) : ui::Url{},
            .alt = std::move(alt),
            .legend = std::move(legend),
            .format = std::string{base::label_of(piece::types, p.type)},
            .size = base::format_bytes(p.taille),
            .state = piece::dire_etat(p),
            .waiting = piece::attend(p.etat)};
}

ui::BadgeTone ton(StatutAffectation s)
{
    switch (s) {
    case StatutAffectation::EnAttente:
        return ui::BadgeTone::New;
    case StatutAffectation::Acceptee:
        return ui::BadgeTone::Info;
    case StatutAffectation::Refusee:
        return ui::BadgeTone::Warning;
    case StatutAffectation::Fermee:
        return ui::BadgeTone::Success;
    }
    throw base::Bug{"statut without a tone"};
}

std::string motif_affectation(const Affectation& a)
{
    if (a.motif.empty()) return {};
    const auto refus = base::from_slug(motifs_refus_affectation, a.motif);
    if (a.statut == StatutAffectation::Refusee && refus)
        return std::string{base::label_of(motifs_refus_affectation, *refus)};
    if (const auto fin = base::from_slug(motifs_fin_affectation, a.motif))
        return std::string{base::label_of(motifs_fin_affectation, *fin)};
    return {};
}

/// A button that acts at once, and once even when it is clicked twice.
void bouton(ui::Html& h, const ui::Chrome& chrome, const ui::Url& action, const ui::Button& button,
            ui::Values hidden = {})
{
    hidden.emplace_back("cle", chrome.once);
    ui::action_button(h, action, chrome.csrf, button, hidden);
}

/// URL noun and wording of the actions that open a page of their own.
struct ActionPage {
    Action action;
    std::string_view noun;
    ui::Importance importance;
};
constexpr ActionPage action_pages[] = {
    {Action::Affecter, "affectations", ui::Importance::Primary},
    {Action::Refuser, "refus", ui::Importance::Secondary},
    {Action::Cloturer, "cloture", ui::Importance::Secondary},
    {Action::Rouvrir, "reouverture", ui::Importance::Secondary},
};

/// What this agent is expected to do, before anything else of the page: decisions of those who run the file,
/// the answer of a partner to whom it was entrusted.
void agir(ui::Html& h, const ui::Chrome& chrome, const Fiche& f, const compte::Agent& agent)
{
    ui::Html phrases, gestes;
    const auto page = [&](const ui::Button& b) { gestes("<li>{}</li>", ui::button(b)); };
    const auto envoi = [&](const ui::Url& url, const ui::Button& b) {
        gestes("<li>{}</li>", ui::markup([&](ui::Html& g) { bouton(g, chrome, url, b); }));
    };
    for (const auto& a : f.dossier.affectations)
        for (const auto action : actions_possibles(agent, f.dossier, a)) {
            const auto url = [&](std::string_view noun) {
                return ui::url("/signalements/{}/affectations/{}/{}", f.dossier.id, a.id, noun);
            };
            const auto label = std::string{base::label_of(actions, action)};
            if (action == Action::AccepterAffectation) {
                phrases("<p>Ce signalement est confié à <strong>{}</strong> depuis le {}.</p>",
                        a.partenaire_nom, base::in_words(jour(f, a.affectee_le)));
                envoi(url("acceptation"), {.label = label});
            } else if (action == Action::ReprendreAffectation) {
                envoi(url("reprise"), {.label = label, .importance = ui::Importance::Secondary});
            } else {
                page({.label = label,
                      .url = url(action == Action::RefuserAffectation ? "refus" : "cloture"),
                      .importance = ui::Importance::Secondary});
            }
        }
    const auto possibles = actions_possibles(agent, f.dossier);
    const auto peut_faire = [&](Action a) { return std::ranges::find(possibles, a) != possibles.end(); };
    for (const auto& p : action_pages)
        if (peut_faire(p.action))
            page({.label = std::string{base::label_of(actions, p.action)},
                  .url = url_action(f.dossier.id, p.noun),
                  .importance = p.importance});
    if (peut_faire(Action::Valider))
        envoi(url_action(f.dossier.id, "validation"),
              {.label = "Valider sans confier", .importance = ui::Importance::Tertiary});
    if (gestes.text().empty()) return;
    h("<section class=\"logis-agir\" aria-label=\"Que faire ?\">{}<ul>{}</ul></section>",
      std::move(phrases).markup(), std::move(gestes).markup());
}

void affectations(ui::Html& h, const Fiche& f)
{
    ui::panel(h, "Partenaires", [&](ui::Html& h) {
        if (f.dossier.affectations.empty()) h("<p>Ce signalement n’est encore confié à personne.</p>");
        for (const auto& a : f.dossier.affectations) {
            h("<div class=\"logis-affectation\"><p class=\"fr-mb-1v\"><strong>{}</strong> {}</p>",
              a.partenaire_nom, ui::badge(base::label_of(statuts_affectation, a.statut), ton(a.statut)));
            if (a.hors_service && est_ouverte(a.statut))
                h("<p class=\"fr-text--sm fr-mb-1v\">{} Personne n’y lit plus ce signalement : confiez-le à "
                  "un "
                  "autre.</p>",
                  ui::badge("Hors service", ui::BadgeTone::Warning));
            const auto motif = motif_affectation(a);
            h("<p class=\"fr-text--sm fr-mb-1v\">Confié le {}{}</p>",
              base::short_text(jour(f, a.affectee_le)),
              a.repondue_le ? ", réponse le " + base::short_text(jour(f, *a.repondue_le)) : std::string{});
            if (f.tout && !motif.empty()) h("<p class=\"fr-text--sm fr-mb-1v\">{}</p>", motif);
            if (f.tout && !a.motif_texte.empty())
                h("<div class=\"fr-text--sm\">{}</div>", paragraphes(a.motif_texte));
            h("</div>");
        }
    });
}

/// Whom an entry is shown to, and written to, besides the services.
std::string_view aux_usagers(const Fiche& f)
{
    return occupant_suit(f.signalement) ? "au déposant et à l’occupant" : "au déposant";
}

void nouveau_suivi(ui::Html& h, const ui::Chrome& chrome, const Fiche& f, const compte::Agent& agent,
                   const Saisie& saisie)
{
    ui::details(
        h, {.title = "Ajouter une action", .open = saisie.values != nullptr, .id = "ajouter"},
        [&](ui::Html& h) {
            ui::form(
                h,
                {.action = url_action(f.dossier.id, "suivi"),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = saisie.errors,
                 .values = saisie.values,
                 .multipart = true,
                 .id = "nouveau-suivi"},
                [&](ui::Form& form) {
                    std::vector<ui::Option> types;
                    for (const auto& r : regles_suivi)
                        types.push_back({std::string{base::slug_of(types_suivi, r.type)},
                                         base::label_of(types_suivi, r.type)});
                    form.select({.name = "type", .label = "Ce que vous ajoutez", .options = types});
                    form.date(
                        {.name = "date",
                         .label = "Date",
                         .hint =
                             "Date de l’acte ou de la visite, au format JJ/MM/AAAA. Sans date : aujourd’hui.",
                         .optional = true});
                    form.textarea({.name = "texte",
                                   .label = "Ce que les partenaires doivent savoir",
                                   .optional = true,
                                   .rows = 5,
                                   .max_length = static_cast<int>(longueur_max_suivi)});
                    form.input({.name = "reference_acte",
                                .label = "Numéro de l’arrêté ou du courrier",
                                .optional = true,
                                .max_length = 100,
                                .width = 20});
                    form.upload({.name = "fichiers",
                                 .label = "Photos ou documents",
                                 .accept = std::string{piece::accept_tout},
                                 .limits = piece::aide_tout,
                                 .optional = true});
                    if (peut(agent, Action::RendreVisible, f.dossier))
                        form.checkbox({.name = "visible_deposant",
                                       .label = "Montrer " + std::string{aux_usagers(f)},
                                       .hint = "Chacun reçoit un courriel s’il a donné une adresse. Tous les "
                                               "partenaires, eux, voient toujours tout."});
                    form.submit("Ajouter au dossier");
                });
        });
}

/// Its type; for a message that came by a link, whose.
std::string_view nom_de_l_entree(const Suivi& s)
{
    if (s.type != TypeSuivi::ReponseDeposant) return base::label_of(types_suivi, s.type);
    return s.usager == Usager::Occupant ? "Message de l’occupant" : "Message du déposant";
}

void onglet_suivi(ui::Html& h, const ui::Chrome& chrome, const Fiche& f, const compte::Agent& agent,
                  const Saisie& saisie)
{
    if (peut(agent, Action::Agir, f.dossier))
        nouveau_suivi(h, chrome, f, agent, saisie);
    else if (saisie.values)
        for (const auto& champ : *saisie.values)
            if (champ.first == "texte" && !champ.second.empty())
                ui::callout(h,
                            {.title = "Votre texte n’a pas été ajouté : gardez-en une copie", .icon = false},
                            [&](ui::Html& h) { h("{}", ui::paragraphs(champ.second)); });
    if (f.suivis.lignes.empty()) {
        ui::empty_state(h, {.title = "Pas encore d’action",
                            .text = f.tout ? "Les messages, visites, courriers et arrêtés apparaîtront ici, "
                                             "visibles de tous les partenaires."
                                           : "Ce que vous ajoutez et ce qui est montré au déposant "
                                             "apparaîtront ici.",
                            .level = 2});
        return;
    }
    const bool montrer = peut(agent, Action::RendreVisible, f.dossier);
    std::vector<ui::TimelineItem> items;
    for (const auto& e : f.suivis.lignes) {
        const auto& s = e.suivi;
        ui::Html body;
        body("{}", paragraphes(s.texte));
        if (!s.reference_acte.empty()) body("<p class=\"fr-text--sm\">Référence : {}</p>", s.reference_acte);
        std::vector<ui::Picture> pictures;
        for (const auto& id : e.pieces)
            if (const auto* p = trouver(f, id))
                pictures.push_back(
                    image(f, *p, p->nom, (p->est_photo() ? "Photo : " : "Document : ") + p->nom));
        if (!pictures.empty()) ui::gallery(body, pictures);
        if (montrer && s.type != TypeSuivi::ReponseDeposant && s.type != TypeSuivi::Decision)
            bouton(body, chrome, ui::url("/signalements/{}/suivi/{}/visibilite", f.dossier.id, s.id),
                   {.label =
                        (s.visible_deposant ? "Ne plus montrer " : "Montrer ") + std::string{aux_usagers(f)},
                    .importance = ui::Importance::Plain,
                    .small = true},
                   {{"visible", s.visible_deposant ? "non" : "oui"}});
        const bool autre_jour = s.date_acte != jour(f, s.ajoute_le);
        ui::Html titre;
        titre("{}{}", nom_de_l_entree(s),
              autre_jour ? (s.type == TypeSuivi::VisitePrevue ? " le " : " du ") + base::in_words(s.date_acte)
                         : std::string{});
        items.push_back(
            {.when = quand(f, s.ajoute_le),
             .when_iso = base::to_iso(s.ajoute_le),
             .title = std::move(titre).markup(),
             .author = s.auteur_nom,
             .body = std::move(body).markup(),
             .badges = s.type == TypeSuivi::ReponseDeposant
                           ? std::vector{ui::badge(s.usager == Usager::Occupant ? "Occupant" : "Déposant",
                                                   ui::BadgeTone::Purple)}
                       : s.visible_deposant
                           ? std::vector{ui::badge(occupant_suit(f.signalement)
                                                       ? "Visible du déposant et de l’occupant"
                                                       : "Visible du déposant",
                                                   ui::BadgeTone::Blue)}
                           : std::vector<ui::Markup>{}});
    }
    ui::timeline(h, items, 2);
    const auto& last = f.suivis.lignes.back().suivi;
    const auto debut = url_fiche(f.dossier.id).with("onglet", "suivi");
    suite_de_liste(h, f.au_debut, debut, "Revenir aux plus récentes", f.suivis.suite,
                   debut.with("avant_le", base::to_iso(last.ajoute_le)).with("avant_id", last.id),
                   "Voir les actions plus anciennes");
}

void onglet_documents(ui::Html& h, const Fiche& f)
{
    std::vector<ui::Picture> declared, added;
    int n = 0;
    for (const auto& link : f.liens.lignes) {
        const auto* p = trouver(f, link.piece);
        if (!p) continue;
        const auto* critere = desordre::find_critere(link.desordre);
        const auto* categorie = desordre::find_categorie(link.desordre);
        const auto sujet = critere     ? std::string{critere->libelle}
                           : categorie ? std::string{categorie->libelle}
                                       : std::string{};
        const auto nom = fmt::format("{} {}", p->est_photo() ? "Photo" : "Document", ++n);
        if (link.suivi.empty())
            declared.push_back(
                image(f, *p, sujet.empty() ? p->nom : sujet, sujet.empty() ? nom : nom + " : " + sujet));
        else
            added.push_back(image(f, *p, p->nom, nom + " : " + p->nom));
    }
    if (declared.empty() && added.empty()) {
        ui::empty_state(h, {.title = "Aucun document",
                            .text = "Le déposant n’a pas joint de photo ni de document.",
                            .level = 2});
        return;
    }
    if (!declared.empty()) {
        h("<h2 class=\"fr-h4\">Joints au signalement</h2>");
        ui::gallery(h, declared);
    }
    if (!added.empty()) {
        h("<h2 class=\"fr-h4\">Ajoutés depuis</h2>");
        ui::gallery(h, added);
    }
    const auto debut = url_fiche(f.dossier.id).with("onglet", "documents");
    suite_de_liste(h, f.au_debut, debut, "Revenir au début", f.liens.suite,
                   debut.with("apres", f.liens.lignes.empty() ? "" : f.liens.lignes.back().piece),
                   "Voir la suite des fichiers");
}

/// What store::raisons wrote: partners, motif, words.
struct Raisons {
    std::string partenaires, motif, texte;
};
Raisons raisons_de(const journal::Entree& e)
{
    const auto first = e.details.find('\n');
    if (first == std::string::npos) return {e.details, {}, {}};
    const auto second = e.details.find('\n', first + 1);
    if (second == std::string::npos) return {e.details.substr(0, first), e.details.substr(first + 1), {}};
    return {e.details.substr(0, first), e.details.substr(first + 1, second - first - 1),
            e.details.substr(second + 1)};
}

/// A decision once taken, and the table its motif comes from.
std::string decision_prise(Action a)
{
    switch (a) {
    case Action::Valider:
        return "Signalement validé";
    case Action::Refuser:
        return "Signalement refusé";
    case Action::Affecter:
        return "Signalement confié";
    case Action::AccepterAffectation:
        return "Prise en charge acceptée";
    case Action::RefuserAffectation:
        return "Prise en charge refusée";
    case Action::CloreAffectation:
        return "Intervention terminée";
    case Action::ReprendreAffectation:
        return "Intervention reprise";
    case Action::Cloturer:
        return "Signalement clos";
    case Action::Rouvrir:
        return "Signalement rouvert";
    case Action::Lire:
    case Action::LireTout:
    case Action::Agir:
    case Action::RendreVisible:
    case Action::VoirCourriels:
        break;
    }
    return std::string{base::label_of(actions, a)};
}

std::string motif_en_mots(Action a, std::string_view slug)
{
    if (a == Action::Refuser)
        if (const auto m = base::from_slug(motifs_refus, slug))
            return std::string{base::label_of(motifs_refus, *m)};
    if (a == Action::Cloturer)
        if (const auto m = base::from_slug(motifs_cloture, slug))
            return std::string{base::label_of(motifs_cloture, *m)};
    if (a == Action::RefuserAffectation)
        if (const auto m = base::from_slug(motifs_refus_affectation, slug))
            return std::string{base::label_of(motifs_refus_affectation, *m)};
    if (a == Action::CloreAffectation)
        if (const auto m = base::from_slug(motifs_fin_affectation, slug))
            return std::string{base::label_of(motifs_fin_affectation, *m)};
    return {};
}

ui::TimelineItem ligne_d_historique(const Fiche& f, const journal::Entree& e)
{
    ui::TimelineItem item{.when = quand(f, e.le),
                          .when_iso = base::to_iso(e.le),
                          .title = e.evenement,
                          .author = e.acteur_nom.empty() ? "La plateforme" : e.acteur_nom};
    if (e.evenement == "depot") item.title = "Signalement déposé";
    if (e.evenement == evenement_annulation) item.title = "Action sur plusieurs signalements annulée";
    if (e.evenement == "montrer") item.title = "Action montrée " + std::string{aux_usagers(f)};
    if (e.evenement == "cacher") item.title = "Action cachée " + std::string{aux_usagers(f)};
    if (const auto a = base::from_slug(actions, e.evenement)) {
        const auto raisons = raisons_de(e);
        std::vector<std::string> names;
        for (const auto& id : base::split(raisons.partenaires, ' '))
            for (const auto& aff : f.dossier.affectations)
                if (aff.partenaire == id) names.push_back(aff.partenaire_nom);
        item.title = decision_prise(*a) + (names.empty() ? "" : "\u00a0: " + base::join(names, ", "));
        const auto motif = motif_en_mots(*a, raisons.motif);
        item.body = ui::markup([&](ui::Html& h) {
            if (!motif.empty()) h("<p><strong>{}</strong></p>", motif);
            h("{}", ui::paragraphs(raisons.texte));
        });
    } else if (const auto t = base::from_slug(types_suivi, e.evenement)) {
        item.title = base::label_of(types_suivi, *t);
    }
    return item;
}

int nombre_de_pages(std::int64_t lignes, std::int64_t par_page)
{
    return static_cast<int>(std::max<std::int64_t>(1, (lignes + par_page - 1) / par_page));
}

void onglet_historique(ui::Html& h, const Fiche& f)
{
    std::vector<ui::TimelineItem> items;
    for (const auto& e : f.historique) items.push_back(ligne_d_historique(f, e));
    ui::timeline(h, items, 2);
    ui::pagination(h, {.page = f.page,
                       .pages = nombre_de_pages(f.nombre_historique, historique_par_page),
                       .base = url_fiche(f.dossier.id).with("onglet", "historique")});
}

void onglet_courriels(ui::Html& h, const ui::Chrome& chrome, const Fiche& f)
{
    if (f.courriels.empty()) {
        ui::empty_state(h, {.title = "Aucun courriel",
                            .text = "Les courriels envoyés au sujet de ce signalement apparaîtront ici.",
                            .level = 2});
        return;
    }
    ui::Table table{.caption = "Courriels et leur état",
                    .caption_hidden = true,
                    .columns = {{"Destinataire"}, {"Objet"}, {"Écrit le"}, {"État"}, {"Action", false, true}},
                    .compact = true};
    for (const auto& c : f.courriels) {
        const bool perdu = c.etat == courrier::Etat::Refuse || c.etat == courrier::Etat::Echec;
        ui::Html etat;
        etat("{}", ui::badge(base::label_of(courrier::etats, c.etat), perdu ? ui::BadgeTone::Error
                                                                      : c.etat == courrier::Etat::Envoye
                                                                          ? ui::BadgeTone::Success
                                                                          : ui::BadgeTone::Info));
        if (!c.erreur.empty()) etat("<br><span class=\"fr-text--xs\">{}</span>", c.erreur);
        ui::Html renvoi;
        if (perdu)
            bouton(renvoi, chrome, ui::url("/signalements/{}/courriels/{}/renvoi", f.dossier.id, c.id),
                   {.label = "Renvoyer",
                    .importance = ui::Importance::Tertiary,
                    .small = true,
                    .title = "Renvoyer le courriel à " + c.destinataire});
        table.rows.push_back({c.destinataire, c.objet, base::short_text(jour(f, c.cree_le)),
                              std::move(etat).markup(), std::move(renvoi).markup()});
    }
    ui::table(h, table);
    ui::pagination(h, {.page = f.page,
                       .pages = nombre_de_pages(f.nombre_courriels.total, courrier::courriels_par_page),
                       .base = url_fiche(f.dossier.id).with("onglet", "courriels")});
}

std::string titre_d_onglet(const Fiche& f, const base::Name<Onglet>& o)
{
    switch (o.value) {
    case Onglet::Suivi:
        return fmt::format("{} ({})", o.label, f.nombre_suivis);
    case Onglet::Documents:
        return fmt::format("{} ({})", o.label, f.nombre_pieces);
    case Onglet::Courriels:
        return fmt::format("{} ({})", o.label, f.nombre_courriels.total);
    case Onglet::Declaration:
    case Onglet::Historique:
        return std::string{o.label};
    }
    throw base::Bug{"a tab without a title"};
}

/// What the reader should know before anything else.
void avertissements(ui::Html& h, const Fiche& f)
{
    if (!f.tout)
        ui::callout(h, {.title = "Votre accès attend d’être confirmé", .icon = false}, [&](ui::Html& h) {
            h("<p>Le secrétariat du comité vérifie que vous travaillez pour cette commune. D’ici là, vous "
              "voyez ce que vous avez écrit et ce qui est montré au déposant.</p>");
        });
    if (f.nombre_courriels.perdus > 0)
        ui::alert(h, {.tone = ui::Tone::Warning,
                      .text = ui::markup("<a href=\"{}\">{}</a>. Voyez à qui, puis renvoyez.",
                                         url_fiche(f.dossier.id).with("onglet", "courriels"),
                                         base::count(f.nombre_courriels.perdus, "courriel n’est pas arrivé",
                                                     "courriels ne sont pas arrivés"))});
}

/// A second report of a dwelling is read with the first: one may be the other's duplicate.
void voisins(ui::Html& h, const Fiche& f)
{
    if (f.voisins.lignes.empty()) return;
    ui::panel(h, "Même adresse", [&](ui::Html& h) {
        h("<ul class=\"fr-text--sm\">");
        for (const auto& v : f.voisins.lignes)
            h("<li>{}, {}, déposé le {}</li>", ui::link(v.reference, url_fiche(v.id)),
              base::label_of(statuts, base::known(statuts, v.statut)),
              base::short_text(jour(f, v.depose_le)));
        if (f.voisins.suite)
            h("<li><a href=\"{}\">Les voir tous</a></li>",
              url_liste().with("q", f.signalement.adresse.libelle));
        h("</ul>");
    });
}

void motif_du_dossier(ui::Html& h, const Fiche& f)
{
    const auto& s = f.signalement;
    if (!s.motif_slug) return;
    const bool refus = f.dossier.statut == Statut::Refuse;
    std::string_view label;
    if (refus) {
        if (const auto m = base::from_slug(motifs_refus, *s.motif_slug))
            label = base::label_of(motifs_refus, *m);
    } else if (const auto m = base::from_slug(motifs_cloture, *s.motif_slug)) {
        label = base::label_of(motifs_cloture, *m);
    }
    ui::callout(h, {.title = refus ? "Signalement refusé" : "Signalement clos", .icon = false},
                [&](ui::Html& h) {
                    h("<p><strong>{}</strong></p>{}", label, paragraphes(s.motif_texte.value_or("")));
                });
}

} // namespace

bool a_l_onglet(const compte::Agent& agent, const Dossier& d, Onglet o)
{
    if (o == Onglet::Historique) return peut(agent, Action::LireTout, d);
    if (o == Onglet::Courriels) return peut(agent, Action::VoirCourriels, d);
    return true;
}

std::string fiche(const ui::Chrome& chrome, const Fiche& f, const compte::Agent& agent, Onglet onglet,
                  const Saisie& saisie, std::string_view fait)
{
    const auto& s = f.signalement;
    return ui::page(
        chrome,
        {.title = f.dossier.reference,
         .error = saisie.errors || saisie.problem,
         .breadcrumb = {{"Signalements", url_liste()}}},
        [&](ui::Html& h) {
            if (!fait.empty())
                ui::alert(h, {.tone = ui::Tone::Success, .text = std::string{fait}, .announce = true});
            ui::alert(h, saisie.problem);
            std::vector<ui::Markup> badges = {badge_statut(f.dossier.statut), badge_gravite(s.gravite)};
            if (s.danger_declare && s.gravite != desordre::Gravite::DangerImmediat)
                badges.push_back(ui::badge("Danger déclaré", ui::BadgeTone::Error));
            if (f.tout && s.doublon_possible)
                badges.push_back(ui::badge("Doublon possible", ui::BadgeTone::Warning));
            if (s.vacant) badges.push_back(ui::badge("Logement vide"));
            ui::heading(h,
                        {.title = adresse_en_une_ligne(s.adresse),
                         .above = "Signalement " + f.dossier.reference,
                         .lead = fmt::format("Déposé le {} par {}{}", base::in_words(jour(f, s.depose_le)),
                                             s.declarant.organisation.empty()
                                                 ? s.declarant.contact.prenom + " " + s.declarant.contact.nom
                                                 : s.declarant.organisation,
                                             f.comite_nom.empty() ? "" : " · " + f.comite_nom),
                         .badges = badges});
            agir(h, chrome, f, agent);
            ui::row(h, [&](ui::Html& h) {
                ui::column(h, 8, [&](ui::Html& h) {
                    avertissements(h, f);
                    motif_du_dossier(h, f);
                    std::vector<ui::Link> tabs;
                    for (const auto& o : onglets)
                        if (a_l_onglet(agent, f.dossier, o.value))
                            tabs.push_back({titre_d_onglet(f, o),
                                            url_fiche(f.dossier.id).with("onglet", o.slug),
                                            o.value == onglet});
                    ui::tabs(h, "Parties du dossier", tabs);
                    switch (onglet) {
                    case Onglet::Suivi:
                        onglet_suivi(h, chrome, f, agent, saisie);
                        break;
                    case Onglet::Declaration:
                        declaration(h, f);
                        break;
                    case Onglet::Documents:
                        onglet_documents(h, f);
                        break;
                    case Onglet::Historique:
                        onglet_historique(h, f);
                        break;
                    case Onglet::Courriels:
                        onglet_courriels(h, chrome, f);
                        break;
                    }
                });
                ui::column(h, 4, [&](ui::Html& h) {
                    affectations(h, f);
                    voisins(h, f);
                    ui::panel(h, "Pourquoi cette gravité", [&](ui::Html& h) {
                        h("<ul class=\"fr-text--sm\">");
                        for (const auto& r : f.evaluation.raisons) h("<li>{}</li>", r);
                        h("</ul>");
                        if (!f.procedures.empty()) {
                            h("<p class=\"fr-text--sm fr-mb-1v\"><strong>Procédures "
                              "suspectées</strong></p><ul class=\"fr-text--sm\">");
                            for (const auto& p : f.procedures)
                                h("<li>{}</li>", base::label_of(desordre::statuts_qualification, p.statut));
                            h("</ul>");
                        }
                    });
                });
            });
        });
}

std::string affecter(const ui::Chrome& chrome, const Fiche& f, const std::vector<Candidat>& candidats,
                     const Saisie& saisie)
{
    return ui::page(
        chrome,
        {.title = "Confier " + f.dossier.reference,
         .error = saisie.errors != nullptr,
         .breadcrumb = {{"Signalements", url_liste()}, {f.dossier.reference, url_fiche(f.dossier.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Confier à des partenaires",
                    .above = f.dossier.reference + " · " + adresse_en_une_ligne(f.signalement.adresse),
                    .lead = "Chaque partenaire choisi voit aussitôt tout le dossier et reçoit un courriel."});
            ui::alert(h, saisie.problem);
            ui::form(
                h,
                {.action = url_action(f.dossier.id, "affectations"),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = saisie.errors,
                 .values = saisie.values},
                [&](ui::Form& form) {
                    std::vector<ui::Option> proposes, autres;
                    std::vector<std::string> checked, ecartes;
                    for (const auto& c : candidats) {
                        if (c.affectation && est_ouverte(c.affectation->statut)) continue;
                        // A box that is always refused is not a choice.
                        if (c.ecarte) {
                            ecartes.push_back(c.partenaire.nom);
                            continue;
                        }
                        auto hint = c.raison;
                        if (c.affectation)
                            hint += fmt::format("{}{}", hint.empty() ? "" : " · ",
                                                c.affectation->statut == StatutAffectation::Refusee
                                                    ? "a refusé : lui redemander"
                                                    : "a terminé : lui redemander");
                        (c.propose ? proposes : autres)
                            .push_back({c.partenaire.id.text, c.partenaire.nom, hint});
                        if (c.propose && !c.affectation) checked.push_back(c.partenaire.id.text);
                    }
                    // What was ticked and refused is seen again.
                    const auto coche = [&](const ui::Option& o) {
                        return saisie.values && std::ranges::any_of(*saisie.values, [&](const auto& v) {
                                   return v.first == "partenaires" && v.second == o.value;
                               });
                    };
                    if (!proposes.empty())
                        form.checkboxes({.name = "partenaires",
                                         .legend = "Partenaires proposés",
                                         .hint = "Ils couvrent la commune et ont une compétence utile ici.",
                                         .options = proposes,
                                         .values = saisie.values ? std::nullopt : std::optional{checked},
                                         .optional = true});
                    if (!autres.empty())
                        ui::details(
                            h,
                            {.title = base::count(static_cast<long long>(autres.size()), "autre partenaire",
                                                  "autres partenaires du territoire"),
                             .open = proposes.empty() || std::ranges::any_of(autres, coche)},
                            [&](ui::Html&) {
                                form.checkboxes({.name = "partenaires",
                                                 .legend = "Autres partenaires",
                                                 .options = autres,
                                                 .values = saisie.values
                                                               ? std::nullopt
                                                               : std::optional{std::vector<std::string>{}},
                                                 .optional = true});
                            });
                    if (!ecartes.empty())
                        h("<p>{}, car personne n’a accepté que le propriétaire soit informé : {}.</p>",
                          base::count(static_cast<long long>(ecartes.size()), "bailleur social écarté",
                                      "bailleurs sociaux écartés"),
                          base::join(ecartes, ", "));
                    form.submit({{.label = "Confier le signalement"},
                                 {.label = "Annuler",
                                  .url = url_fiche(f.dossier.id),
                                  .importance = ui::Importance::Secondary}});
                });
        });
}

namespace {

struct Textes {
    Action action;
    std::string_view titre, explication, legende, champ, bouton, noun;
};
constexpr Textes textes[] = {
    {Action::Refuser, "Refuser le signalement",
     "Le déposant lit votre texte, et l’occupant s’il suit le signalement. Dites pourquoi, et surtout vers "
     "qui se tourner.",
     "Raison du refus", "Ce qu’ils vont lire", "Refuser le signalement", "refus"},
    {Action::Cloturer, "Clôturer le signalement",
     "Le dossier est clos pour tous les partenaires. Ils lisent votre texte, comme le déposant, et "
     "l’occupant "
     "s’il suit le signalement.",
     "Motif de clôture", "Ce qu’ils vont lire", "Clôturer le signalement", "cloture"},
    {Action::Rouvrir, "Rouvrir le signalement",
     "Le dossier redevient « En cours » et les partenaires dont la part avait été fermée par la clôture sont "
     "prévenus.",
     "", "Pourquoi vous le rouvrez", "Rouvrir le signalement", "reouverture"},
    {Action::RefuserAffectation, "Refuser la prise en charge",
     "Le secrétariat du comité est prévenu et choisira un autre partenaire.", "Raison",
     "Expliquez en quelques mots", "Refuser la prise en charge", "refus"},
    {Action::CloreAffectation, "Terminer votre intervention",
     "Votre part est terminée ; le dossier reste ouvert pour les autres partenaires.", "Raison",
     "Ce que vous avez fait", "Terminer l’intervention", "cloture"},
};

template <class E, std::size_t N> std::vector<ui::Option> choix(const base::Name<E> (&table)[N])
{
    std::vector<ui::Option> out;
    for (const auto& row : table) out.push_back({std::string{row.slug}, row.label});
    return out;
}

std::vector<ui::Option> motifs_de(Action a)
{
    if (a == Action::Refuser) return choix(motifs_refus);
    if (a == Action::Cloturer) return choix(motifs_cloture);
    if (a == Action::RefuserAffectation) return choix(motifs_refus_affectation);
    if (a == Action::CloreAffectation) {
        auto out = choix(motifs_fin_affectation);
        std::erase_if(out, [](const ui::Option& o) {
            return o.value == base::slug_of(motifs_fin_affectation, MotifFinAffectation::DossierClos);
        });
        return out;
    }
    return {};
}

} // namespace

bool demande_un_motif(Action action)
{
    return std::ranges::any_of(textes, [&](const Textes& t) { return t.action == action; });
}

std::string demander_motif(const ui::Chrome& chrome, const Fiche& f, const DemandeMotif& d,
                           const Saisie& saisie)
{
    const auto& t = *std::ranges::find_if(textes, [&](const Textes& x) { return x.action == d.action; });
    const auto action = d.affectation.empty() ? url_action(f.dossier.id, t.noun)
                                              : ui::url("/signalements/{}/affectations/{}/{}", f.dossier.id,
                                                        d.affectation, t.noun);
    return ui::page(
        chrome,
        {.title = std::string{t.titre},
         .error = saisie.errors != nullptr,
         .breadcrumb = {{"Signalements", url_liste()}, {f.dossier.reference, url_fiche(f.dossier.id)}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(h,
                        {.title = std::string{t.titre},
                         .above = f.dossier.reference + " · " + adresse_en_une_ligne(f.signalement.adresse),
                         .lead = t.explication});
            ui::alert(h, saisie.problem);
            ui::form(h,
                     {.action = action,
                      .csrf = chrome.csrf,
                      .once = chrome.once,
                      .errors = saisie.errors,
                      .values = saisie.values},
                     [&](ui::Form& form) {
                         if (!t.legende.empty())
                             form.radios(
                                 {.name = "motif", .legend = t.legende, .options = motifs_de(d.action)});
                         form.textarea({.name = "texte",
                                        .label = t.champ,
                                        .rows = 6,
                                        .max_length = static_cast<int>(longueur_max_suivi)});
                         form.submit({{.label = std::string{t.bouton}},
                                      {.label = "Annuler",
                                       .url = url_fiche(f.dossier.id),
                                       .importance = ui::Importance::Secondary}});
                     });
        });
}

} // namespace signalement::views
