// Legal notices, personal data, accessibility, cookies. They say what the code does; what only the operator
// knows comes from its settings, and a line whose setting is empty is not written.
#include <fmt/format.h>

#include "compte/compte.hpp"
#include "conservation.hpp"
#include "site.hpp"
#include "ui/components.hpp"

namespace site {

namespace legal {

http::Response texte(const Visitor& visitor, const char* title, const ui::Body& body)
{
    return http::html(ui::page(visitor.chrome, {.title = title, .width = ui::Width::Reading, .indexed = true},
                               [&](ui::Html& h) {
                                   ui::heading(h, {.title = title});
                                   body(h);
                               }));
}

ui::Markup courriel(const std::string& address)
{
    return ui::link(address, ui::mailto(address));
}

/// Who answers for personal data: the delegate when there is one.
ui::Markup a_qui_ecrire(const Config& config)
{
    return courriel(config.operateur_delegue.empty() ? config.operateur_contact : config.operateur_delegue);
}

} // namespace legal

http::Response get_mentions_legales(App& app, const http::Request&, const Visitor& visitor)
{
    const auto& c = app.config;
    return legal::texte(visitor, "Mentions légales", [&](ui::Html& h) {
        h("<h2>Éditeur</h2><p>Ce service est exploité par {}. Pour nous écrire : {}.</p>", c.operateur_nom,
          legal::courriel(c.operateur_contact));
        if (!c.operateur_adresse.empty()) h("<p>Adresse : {}.</p>", c.operateur_adresse);
        if (!c.operateur_directeur.empty())
            h("<p>Direction de la publication : {}.</p>", c.operateur_directeur);
        if (!c.operateur_hebergeur.empty()) h("<h2>Hébergement</h2><p>{}.</p>", c.operateur_hebergeur);
        h("<h2>Logiciel</h2><p>Logis {} est un logiciel libre sous licence MIT. Son apparence utilise le "
          "système de design de l’État, qui a ses propres conditions d’utilisation.</p>",
          LOGIS_VERSION);
        h("<p>Les adresses proviennent de la Base adresse nationale et des codes postaux de La Poste, les "
          "communes du code officiel géographique de l’Insee (Licence Ouverte).</p>");
    });
}

http::Response get_donnees_personnelles(App& app, const http::Request&, const Visitor& visitor)
{
    const auto& c = app.config;
    return legal::texte(visitor, "Données personnelles", [&](ui::Html& h) {
        h("<p>Un signalement contient des informations sur un logement et sur les personnes qui l’habitent. "
          "Elles servent à traiter la situation, et à rien d’autre.</p>");

        h("<h2>Qui en répond, et pourquoi</h2><p>{} est responsable de ce traitement. Il relève de la "
          "mission "
          "d’intérêt public des services qui luttent contre l’habitat indigne (règlement général sur la "
          "protection des données, article 6, paragraphe 1, e).</p>",
          c.operateur_nom);
        h("<p>Aucune décision n’est prise par une machine : un niveau de gravité est calculé pour aider au "
          "tri, "
          "une personne décide.</p>");

        h("<h2>Ce qui est enregistré</h2><ul>"
          "<li>vos coordonnées, et votre organisme si vous signalez à titre professionnel ;</li>"
          "<li>l’adresse et l’état du logement, la composition du foyer, les coordonnées de l’occupant et du "
          "bailleur quand vous les donnez ;</li>"
          "<li>vos photos et documents. Les photos sont réenregistrées sans le lieu de prise de vue ni les "
          "données de l’appareil ; l’original n’est pas conservé ;</li>"
          "<li>ce que les services font ensuite : visites, courriers, arrêtés, messages.</li></ul>"
          "<p>N’écrivez sur la santé ou la situation d’une personne que ce qui aide à agir.</p>");

        h("<h2>Qui les lit</h2><ul>"
          "<li>le secrétariat du comité local et les responsables du territoire ;</li>"
          "<li>les partenaires à qui le comité confie le signalement, et la mairie quand c’est elle qui l’a "
          "fait ;</li>"
          "<li>vous-même et, s’il a donné son accord, l’occupant, sur la page de suivi ;</li>"
          "<li>les personnes qui administrent la plateforme.</li></ul>"
          "<p>Le propriétaire ne lit pas le signalement. Seule exception : un bailleur social à qui le "
          "comité le confie, coordonnées comprises, si l’accord demandé par le formulaire a été donné ou "
          "si le bailleur signale lui-même. Chaque décision est inscrite dans "
          "l’historique du dossier, avec son auteur.</p>");
        if (!c.geocoder_url.empty())
            h("<p>L’adresse que vous cherchez est transmise, sans rien d’autre, au service public de "
              "recherche "
              "d’adresses.</p>");

        h("<h2>Combien de temps</h2>");
        std::vector<std::vector<ui::Markup>> rows;
        for (const auto& r : conservation::regles())
            rows.push_back({std::string{r.quoi}, conservation::duree(r), std::string{r.fondement}});
        ui::table(h, {.caption = "Durées de conservation",
                      .columns = {{"Information"}, {"Durée"}, {"Pourquoi"}},
                      .rows = std::move(rows)});
        h("<p>Ensuite, tout est effacé automatiquement, dans la journée. D’un signalement il ne reste que "
          "son numéro, "
          "son territoire et la date d’effacement. Un signalement qui n’est ni clos ni refusé est conservé "
          "jusqu’à ce "
          "qu’il le soit.</p>");

        h("<h2>Vos droits</h2><p>En écrivant à {}, vous pouvez demander à consulter ce qui vous concerne, à "
          "le "
          "faire corriger ou effacer, à en limiter l’usage, ou vous y opposer, y compris revenir sur "
          "l’accord "
          "donné pour recevoir des courriels. Une personne vous répond dans un délai d’un mois ; rien de "
          "cela "
          "ne se fait seul depuis le site. Indiquez la référence du signalement si vous la "
          "connaissez.</p><p>Ce que vous écrivez depuis la page de suivi est joint au dossier ; la "
          "déclaration, "
          "elle, n’est pas modifiée.</p><p>Si la réponse ne vous convient pas, vous pouvez saisir la "
          "Commission "
          "nationale "
          "de l’informatique et des libertés (CNIL), 3 place de Fontenoy, TSA 80715, 75334 Paris CEDEX "
          "07.</p>",
          legal::a_qui_ecrire(c));
    });
}

http::Response get_accessibilite(App& app, const http::Request&, const Visitor& visitor)
{
    return legal::texte(visitor, "Accessibilité : non conforme", [&](ui::Html& h) {
        h("<p>{} veut rendre ce service utilisable par tous : au clavier, avec un lecteur d’écran, sur un "
          "petit "
          "écran et sans JavaScript.</p>",
          app.config.operateur_nom);
        h("<h2>État de conformité</h2><p>Aucun audit de conformité au référentiel général d’amélioration de "
          "l’accessibilité (RGAA 4.1) n’a encore été mené : ce service est donc déclaré non conforme.</p>");
        h("<h2>Ce qui a été vérifié</h2><p>À chaque version, un outil automatique (axe) examine les pages, "
          "en "
          "clair et en sombre, sur grand et sur petit écran, sans y relever d’erreur, et des parcours "
          "entiers "
          "sont refaits sans JavaScript. Un outil ne voit qu’une partie des difficultés.</p>");
        h("<h2>Signaler une difficulté</h2><p>Si une page vous résiste, écrivez à {} : nous vous aiderons à "
          "faire votre démarche autrement et nous corrigerons la page.</p>"
          "<p>Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits : {}, ou par courrier "
          "gratuit, sans affranchir, à « Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07 "
          "».</p>",
          legal::courriel(app.config.operateur_contact),
          ui::link("09\u00A069\u00A039\u00A000\u00A000", ui::tel("0969390000")));
    });
}

http::Response get_cookies(App& app, const http::Request&, const Visitor& visitor)
{
    const bool https = app.config.base_url().starts_with("https://");
    return legal::texte(visitor, "Cookies", [&](ui::Html& h) {
        h("<p>Ce site ne mesure pas votre visite et ne partage rien avec des tiers. Il n’utilise que les "
          "cookies sans lesquels "
          "il ne fonctionnerait pas :</p>");
        ui::Table cookies{
            .caption = "Cookies déposés",
            .columns = {{"Nom"}, {"À quoi il sert"}, {"Durée"}},
            .rows = {{compte::cookie_visiteur(https), "Protéger vos formulaires contre les envois frauduleux",
                      "Le temps de la visite"},
                     {compte::cookie_session(https), "Reconnaître un agent connecté", "Douze heures au plus"},
                     {demande::portail::cookie_session(https), "Reconnaître un demandeur connecté",
                      "Douze heures au plus"},
                     {demande::portail::cookie_code(https),
                      "Lier le code reçu par courriel au navigateur qui l’a demandé", "Un quart d’heure"},
                     {https ? "__Host-logis_suivi_…" : "logis_suivi_…",
                      "Ouvrir le suivi de votre signalement après vérification", "Deux heures"},
                     {"logis_theme", "Se souvenir du thème clair ou sombre", "Un an"}}};
        if (!app.config.replica.empty())
            cookies.rows.push_back(
                {"logis_ecrit", "Vous montrer aussitôt ce que vous venez d’enregistrer", "Trente secondes"});
        ui::table(h, cookies);
        h("<p>Votre navigateur garde aussi, dans son stockage local, une copie de ce thème : « scheme ». "
          "Elle "
          "reste sur votre appareil jusqu’à ce que vous l’effaciez.</p>");
    });
}
} // namespace site
