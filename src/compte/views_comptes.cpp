// Administration of accounts: values to HTML.
#include "compte/views.hpp"

#include <algorithm>

namespace compte::views {
namespace {

ui::Markup badge_de_l_etat(const std::string& email, EtatCompte etat, const std::vector<MandatTenu>& tenus)
{
    const auto libelle = etat_en_mots(email, etat, tenus);
    switch (etat) {
    case EtatCompte::Invite:
        return ui::badge(libelle, ui::BadgeTone::Info);
    case EtatCompte::Actif:
        return ui::badge(libelle, ui::BadgeTone::Success);
    case EtatCompte::Desactive:
        return ui::badge(libelle, ui::BadgeTone::Warning);
    }
    throw base::Bug{"unknown account state"};
}

ui::Markup mandats_en_liste(const std::vector<MandatTenu>& tenus, const ListeDesComptes& l)
{
    if (tenus.empty()) return "Aucun rôle";
    return ui::markup([&](ui::Html& h) {
        h("<ul class=\"fr-raw-list\">");
        for (const auto& m : tenus) {
            const auto lieu = l.noms.de(m.mandat);
            h("<li>{}{}{}</li>", base::label_of(roles, m.mandat.role), lieu.empty() ? "" : ", " + lieu,
              m.mandat.confirme ? ui::Markup{}
                                : ui::markup(" {}", ui::badge("À confirmer", ui::BadgeTone::New)));
        }
        h("</ul>");
    });
}

std::vector<ui::Option> options_de_roles(const std::vector<Role>& choix)
{
    std::vector<ui::Option> options;
    for (const auto role : choix)
        options.push_back({std::string{base::slug_of(roles, role)}, base::label_of(roles, role)});
    return options;
}

bool figure(const std::vector<std::string>& ids, const std::string& id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void filtres_des_comptes(ui::Html& h, const ListeDesComptes& l)
{
    const ui::Values valeurs{{"q", l.filtre.recherche},
                             {"role", l.filtre.role},
                             {"etat", l.filtre.etat},
                             {"territoire", l.filtre.territoire},
                             {"confirmer", l.filtre.a_confirmer ? "oui" : ""}};
    ui::form(h,
             {.action = ui::url("/administration/comptes"), .values = &valeurs, .get = true, .id = "filtres"},
             [&](ui::Form& f) {
                 ui::row(f.h, [&](ui::Html& r) {
                     ui::column(r, 4, [&](ui::Html&) {
                         f.input({.name = "q",
                                  .label = "Nom ou adresse électronique",
                                  .optional = true,
                                  .type = "search"});
                     });
                     ui::column(r, 4, [&](ui::Html&) {
                         f.select({.name = "role",
                                   .label = "Rôle",
                                   .options = options_de_roles(l.roles_visibles),
                                   .optional = true,
                                   .empty_label = "Tous les rôles"});
                     });
                     ui::column(r, 4, [&](ui::Html&) {
                         std::vector<ui::Option> etats;
                         for (const auto& e : etats_compte) etats.push_back({std::string{e.slug}, e.label});
                         f.select({.name = "etat",
                                   .label = "État",
                                   .options = etats,
                                   .optional = true,
                                   .empty_label = "Tous les états"});
                     });
                     if (l.territoires.size() > 1)
                         ui::column(r, 4, [&](ui::Html&) {
                             std::vector<ui::Option> options;
                             for (const auto& [code, nom] : l.territoires) options.push_back({code, nom});
                             f.select({.name = "territoire",
                                       .label = "Territoire",
                                       .options = options,
                                       .optional = true,
                                       .empty_label = "Tous les territoires"});
                         });
                 });
                 f.checkbox({.name = "confirmer", .label = "Seulement les rattachements à confirmer"});
                 f.submit({{.label = "Filtrer", .importance = ui::Importance::Secondary}});
             });
}

} // namespace

std::string_view etat_en_mots(const std::string& email, EtatCompte etat, const std::vector<MandatTenu>& tenus)
{
    Compte compte;
    compte.email = email;
    compte.etat = etat;
    if (etat != EtatCompte::Invite || activable(compte, tenus)) return base::label_of(etats_compte, etat);
    return tenus.empty() ? "Jamais activé" : "En attente de confirmation";
}

std::vector<MandatTenu> mandats_du_compte(const ListeComptes& l, const std::string& compte)
{
    std::vector<MandatTenu> tenus;
    std::ranges::copy_if(l.mandats, std::back_inserter(tenus),
                         [&](const MandatTenu& m) { return m.compte == compte; });
    return tenus;
}

std::string NomsDesLieux::de(const Mandat& m) const
{
    const auto nom = [](const std::map<std::string, std::string>& table, const std::string& id) {
        const auto ligne = table.find(id);
        return ligne == table.end() ? id : ligne->second;
    };
    if (!m.partenaire.empty()) return nom(partenaires, m.partenaire);
    if (!m.comite.empty()) return nom(comites, m.comite);
    return m.territoire.empty() ? std::string{} : nom(territoires, m.territoire);
}

std::string comptes(const ui::Chrome& chrome, const ListeDesComptes& l, const Message& message)
{
    return ui::page(chrome, {.title = "Comptes"}, [&](ui::Html& h) {
        ui::heading(h, {.title = "Comptes", .lead = "Les personnes dont vous administrez les rôles."});
        montrer(h, message);
        if (l.a_confirmer > 0 && !l.filtre.a_confirmer)
            ui::alert(h,
                      {.tone = ui::Tone::Warning,
                       .text = ui::markup(
                           "{} : une commune a envoyé un signalement, dites si la personne y travaille. {}",
                           l.a_confirmer == 1
                               ? std::string{"Un rattachement attend d’être confirmé"}
                               : std::to_string(l.a_confirmer) + " rattachements attendent d’être confirmés",
                           ui::link("Voir les rattachements à confirmer",
                                    ui::url("/administration/comptes").with("confirmer", "oui")))});
        ui::buttons(
            h, {{.label = "Inviter une personne", .url = ui::url("/administration/comptes/invitation")}});
        filtres_des_comptes(h, l);

        ui::Table table{.caption = l.liste.total == 1 ? std::string{"1 compte"}
                                                      : std::to_string(l.liste.total) + " comptes",
                        .columns = {{.title = "Nom"},
                                    {.title = "Adresse électronique"},
                                    {.title = "Rôles"},
                                    {.title = "État"},
                                    {.title = "Dernière connexion"}},
                        .empty = "Aucun compte ne correspond à ces filtres."};
        for (const auto& c : l.liste.lignes) {
            const auto tenus = mandats_du_compte(l.liste, c.id);
            const std::string nom = c.prenom.empty() ? c.nom : c.prenom + " " + c.nom;
            if (c.reserve) {
                table.rows.push_back({ui::link(c.email, ui::url("/administration/comptes/{}", c.id)), c.email,
                                      mandats_en_liste(tenus, l), std::string{"–"}, std::string{"–"}});
                continue;
            }
            table.rows.push_back({ui::link(nom, ui::url("/administration/comptes/{}", c.id)), c.email,
                                  mandats_en_liste(tenus, l),
                                  badge_de_l_etat(c.email, base::known(etats_compte, c.etat), tenus),
                                  c.derniere_connexion_le
                                      ? base::in_words(base::local_date(*c.derniere_connexion_le, l.fuseau))
                                      : std::string{"Jamais"}});
        }
        ui::table(h, table);
        auto base_url = ui::url("/administration/comptes");
        const auto garder = [&](const char* nom, const std::string& valeur) {
            if (!valeur.empty()) base_url = base_url.with(nom, valeur);
        };
        garder("q", l.filtre.recherche);
        garder("role", l.filtre.role);
        garder("etat", l.filtre.etat);
        garder("territoire", l.filtre.territoire);
        garder("confirmer", l.filtre.a_confirmer ? "oui" : "");
        ui::pagination(h, {.page = static_cast<int>(l.filtre.page),
                           .pages = static_cast<int>((l.liste.total + lignes_par_page - 1) / lignes_par_page),
                           .base = base_url});
    });
}

std::string invitation(const ui::Chrome& chrome, const ChoixInvitation& choix, const Saisie& saisie)
{
    const bool plusieurs_lieux = !choix.territoires.empty() || !choix.comites.empty();
    return ui::page(
        chrome,
        {.title = "Inviter une personne",
         .error = saisie.erreurs && !saisie.erreurs->empty(),
         .breadcrumb = {{"Comptes", ui::url("/administration/comptes")}},
         .width = ui::Width::Reading},
        [&](ui::Html& h) {
            ui::heading(
                h,
                {.title = "Inviter une personne",
                 .lead = "Elle recevra un lien pour choisir son mot de passe, valable sept jours. Si elle a "
                         "déjà un compte, le rôle lui est ajouté."});
            ui::form(
                h,
                {.action = ui::url("/administration/comptes"),
                 .csrf = chrome.csrf,
                 .once = chrome.once,
                 .errors = saisie.erreurs,
                 .values = saisie.valeurs,
                 .required_note =
                     plusieurs_lieux
                         ? "Tous les champs sont obligatoires ; du territoire, du comité et du partenaire, "
                           "seulement celui du rôle choisi."
                         : ""},
                [&](ui::Form& f) {
                    f.input({.name = "prenom", .label = "Prénom", .max_length = static_cast<int>(nom_max)});
                    f.input({.name = "nom", .label = "Nom", .max_length = static_cast<int>(nom_max)});
                    f.input({.name = "email",
                             .label = "Adresse électronique professionnelle",
                             .hint = "Personnelle à cet agent : pas une boîte de service",
                             .type = "email"});
                    f.radios({.name = "role", .legend = "Rôle", .options = options_de_roles(choix.roles)});
                    if (!choix.territoires.empty())
                        f.only_if("role", "responsable_territoire", [&] {
                            f.select({.name = "territoire",
                                      .label = "Territoire, pour une responsabilité de territoire",
                                      .options = choix.territoires});
                        });
                    if (!choix.comites.empty())
                        f.only_if("role", "secretaire_comite", [&] {
                            f.select({.name = "comite",
                                      .label = "Comité, pour un secrétariat",
                                      .options = choix.comites});
                        });
                    f.only_if("role", "admin_partenaire|agent_partenaire", [&] {
                        f.select(
                            {.name = "partenaire",
                             .label = plusieurs_lieux
                                          ? "Partenaire, pour un agent ou une administration de partenaire"
                                          : "Partenaire",
                             .options = choix.partenaires});
                    });
                    f.submit("Envoyer l’invitation");
                });
        });
}

namespace {

void montrer_mandats(ui::Html& h, const ui::Chrome& chrome, const FicheCompte& f)
{
    h("<h2 class=\"fr-h4 fr-mt-4w\">Rôles</h2>");
    ui::Table table{.caption = "Rôles de ce compte",
                    .caption_hidden = true,
                    .columns = {{.title = "Rôle"},
                                {.title = "Où"},
                                {.title = "Depuis"},
                                {.title = "Actions", .hidden = true}},
                    .empty = "Aucun rôle dans votre ressort."};
    for (const auto& m : f.mandats) {
        const auto role = base::label_of(roles, m.mandat.role);
        const auto lieu = f.noms.de(m.mandat);
        table.rows.push_back(
            {m.mandat.confirme ? ui::Markup{role}
                               : ui::markup("{} {}", role, ui::badge("À confirmer", ui::BadgeTone::New)),
             lieu.empty() ? std::string{"Partout"} : lieu,
             base::in_words(base::local_date(m.cree_le, f.fuseau)), ui::markup([&](ui::Html& c) {
                 if (figure(f.confirmables, m.id))
                     ui::action_button(c, ui::url("/administration/mandats/{}/confirmation", m.id),
                                       chrome.csrf,
                                       {.label = "Confirmer",
                                        .small = true,
                                        .title = "Confirmer le rattachement à " + lieu});
                 if (figure(f.retirables, m.id))
                     ui::action_button(
                         c, ui::url("/administration/mandats/{}/retrait", m.id), chrome.csrf,
                         {.label = m.mandat.confirme ? "Retirer" : "Refuser",
                          .importance = ui::Importance::Tertiary,
                          .small = true,
                          .title = (m.mandat.confirme ? "Retirer le rôle " : "Refuser le rôle ") +
                                   std::string{role} + (lieu.empty() ? "" : ", " + lieu)},
                         {{"confirme", m.mandat.confirme ? "oui" : "non"}});
             })});
    }
    ui::table(h, table);
    if (f.autres_mandats) h("<p>Ce compte a aussi des rôles en dehors de votre ressort.</p>");
    if (f.confirmables.empty()) return;
    h("<p class=\"fr-hint-text\">Un rattachement à confirmer a été ouvert parce que cette adresse a envoyé "
      "un "
      "signalement au nom de la commune. Tant qu’il n’est pas confirmé, la personne ne voit que ce "
      "signalement.</p>");
    if (f.messagerie_publique)
        ui::alert(
            h, {.tone = ui::Tone::Warning,
                .title = "Une messagerie que tout le monde peut ouvrir",
                .text = "Cette adresse ne prouve pas que la personne travaille pour la commune : aucun lien "
                        "ne lui a été envoyé. Appelez la mairie avant de confirmer ; le lien d’activation "
                        "partira alors."});
}

} // namespace

std::string fiche_compte(const ui::Chrome& chrome, const FicheCompte& f, const Message& message)
{
    const auto nom = f.reserve ? f.compte.email : nom_complet(f.compte);
    return ui::page(
        chrome, {.title = nom, .breadcrumb = {{"Comptes", ui::url("/administration/comptes")}}},
        [&](ui::Html& h) {
            if (f.reserve) {
                ui::heading(h, {.title = nom});
                montrer(h, message);
                montrer_mandats(h, chrome, f);
                return;
            }
            ui::heading(h, {.title = nom,
                            .lead = f.compte.email,
                            .badges = {badge_de_l_etat(f.compte.email, f.compte.etat, f.mandats)}});
            montrer(h, message);
            if (f.compte.nom_declare)
                h("<p class=\"fr-hint-text\">Le nom est celui qui a été écrit dans le signalement : personne "
                  "ne "
                  "l’a vérifié.</p>");
            ui::recap(h, {.rows = {{.label = "Compte créé le",
                                    .value = base::in_words(base::local_date(f.compte.cree_le, f.fuseau))},
                                   {.label = "Dernière connexion",
                                    .value = f.compte.derniere_connexion_le
                                                 ? base::in_words(*f.compte.derniere_connexion_le, f.fuseau)
                                                 : std::string{"Jamais"}}}});
            montrer_mandats(h, chrome, f);
            const auto bouton = [&](const ui::Url& url, const char* libelle, ui::Importance importance) {
                ui::action_button(h, url, chrome.csrf,
                                  {.label = libelle,
                                   .importance = importance,
                                   .title = std::string{libelle} + " : " + nom});
            };
            const auto& id = f.compte.id;
            if (f.peut_relancer || f.peut_desactiver || f.peut_reactiver)
                h("<h2 class=\"fr-h4 fr-mt-4w\">Accès</h2>");
            if (f.peut_relancer)
                bouton(ui::url("/administration/comptes/{}/relance", id), "Renvoyer le lien d’activation",
                       ui::Importance::Secondary);
            if (f.peut_reactiver)
                bouton(ui::url("/administration/comptes/{}/reactivation", id), "Rouvrir ce compte",
                       ui::Importance::Secondary);
            if (f.peut_desactiver)
                ui::details(h, {.title = "Désactiver ce compte"}, [&](ui::Html& d) {
                    ui::confirm(
                        d,
                        {.title = "Désactiver le compte de " + nom + " ?",
                         .text = "La personne est déconnectée tout de suite et ne peut plus entrer. Son nom "
                                 "reste dans l’historique des dossiers. Vous pourrez rouvrir le compte.",
                         .action = ui::url("/administration/comptes/{}/desactivation", id),
                         .csrf = chrome.csrf,
                         .yes = "Désactiver",
                         .level = 3});
                });
            if (!f.historique.empty()) {
                h("<h2 class=\"fr-h4 fr-mt-4w\">Historique</h2>");
                std::vector<ui::TimelineItem> lignes;
                for (const auto& e : f.historique)
                    lignes.push_back({.when = base::in_words(e.le, f.fuseau),
                                      .when_iso = base::to_iso(e.le),
                                      .title = e.titre,
                                      .author = e.par,
                                      .body = e.details});
                ui::timeline(h, lignes);
            }
        });
}

} // namespace compte::views
