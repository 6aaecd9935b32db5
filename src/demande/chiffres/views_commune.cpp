// The figures of a commune to HTML and CSV.
#include "demande/chiffres/views_commune.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "territoire/territoire.hpp"

namespace demande::chiffres::views {

namespace {
namespace commune_en_chiffres {

using Case = std::optional<std::int64_t>;
constexpr std::size_t tous = nombre_de_typologies;

ui::Markup nombre(const Case& n)
{
    return n ? ui::Markup{base::format_integer(*n)}
             : ui::markup("<span class=\"logis-discret\">masqué</span>");
}

std::string dixiemes(std::int64_t n)
{
    return n % 10 == 0 ? base::format_integer(n / 10)
                       : fmt::format("{},{}", base::format_integer(n / 10), n % 10);
}

std::string pour_cent(std::int64_t centiemes)
{
    const auto d = (centiemes + 5) / 10;
    return dixiemes(d) + "\u00a0%";
}

/// Of a wait, as people count it.
std::string duree(std::int64_t jours)
{
    const auto mois = (jours * 2 + 30) / 61; // of 30.5 days
    if (mois < 1) return "moins d’un mois";
    return fmt::format("{}\u00a0mois", mois);
}

std::string_view ligne(std::size_t l)
{
    return l == tous ? std::string_view{"Tous les types"} : typologies[l].label;
}

void barre(ui::Html& h, const Case& n, std::int64_t plus_grand, std::string_view classe,
           std::string_view quoi)
{
    if (!n) {
        h("<div class=\"logis-barres__ligne\"><span></span><p class=\"logis-barres__texte\">{}\u00a0: "
          "<span class=\"logis-discret\">masqué</span></p></div>",
          quoi);
        return;
    }
    const auto largeur = plus_grand == 0 ? 0 : (*n * 100 + plus_grand - 1) / plus_grand;
    h("<div class=\"logis-barres__ligne\"><svg class=\"logis-barre {}\" width=\"100%\" height=\"12\" "
      "aria-hidden=\"true\" focusable=\"false\"><rect width=\"{}%\" height=\"12\"></rect></svg>"
      "<p class=\"logis-barres__texte\">{}\u00a0: <strong>{}</strong></p></div>",
      classe, largeur, quoi, base::format_integer(*n));
}

/// Bars of which every length is also written: a screen reader reads the numbers, and so does a small screen.
void graphique(ui::Html& h, const Publication& p)
{
    std::int64_t plus_grand = 0;
    for (std::size_t l = 0; l < tous; ++l)
        for (const auto& n : {p.attente.a(l, 2), p.attribues(l, annee_pleine)})
            plus_grand = std::max(plus_grand, n.value_or(0));
    if (plus_grand == 0) return;
    h("<figure class=\"logis-barres\" aria-labelledby=\"graphique\">"
      "<figcaption id=\"graphique\">Combien demandent, combien ont obtenu un logement en {}</figcaption><dl>",
      p.derniere_annee - 1);
    for (std::size_t l = 0; l < tous; ++l) {
        h("<div><dt>{}</dt><dd>", ligne(l));
        barre(h, p.attente.a(l, 2), plus_grand, "logis-barre--attente", "en attente");
        barre(h, p.attribues(l, annee_pleine), plus_grand, "logis-barre--attribution",
              fmt::format("attribués en {}", p.derniere_annee - 1));
        h("</dd></div>");
    }
    h("</dl></figure>");
}

void tableau_attente(ui::Html& h, const Publication& p)
{
    ui::Table t{.caption = "Demandes en cours, par type de logement recherché",
                .columns = {{.title = "Type de logement"},
                            {.title = "En premier choix", .number = true},
                            {.title = "En autre choix", .number = true},
                            {.title = "Ensemble", .number = true}}};
    for (std::size_t l = 0; l <= tous; ++l)
        t.rows.push_back(
            {ligne(l), nombre(p.attente.a(l, 0)), nombre(p.attente.a(l, 1)), nombre(p.attente.a(l, 2))});
    ui::table(h, t);
}

void tableau_attributions(ui::Html& h, const Publication& p)
{
    ui::Table t{.caption = "Logements attribués, par année",
                .columns = {{.title = "Type de logement"},
                            {.title = fmt::format("{}", p.derniere_annee - 2), .number = true},
                            {.title = fmt::format("{}", p.derniere_annee - 1), .number = true},
                            {.title = fmt::format("{}, en cours", p.derniere_annee), .number = true}}};
    for (std::size_t l = 0; l <= tous; ++l)
        t.rows.push_back(
            {ligne(l), nombre(p.attribues(l, 0)), nombre(p.attribues(l, 1)), nombre(p.attribues(l, 2))});
    ui::table(h, t);
}

/// How many ask for one that was obtained: of each kind, since a large dwelling is not a small one.
void tableau_pression(ui::Html& h, const Publication& p)
{
    if (std::ranges::none_of(p.pression, [](const auto& n) { return n.has_value(); })) return;
    ui::Table t{.caption = fmt::format("Pression\u00a0: demandes pour un logement attribué en {}",
                                       p.derniere_annee - 1),
                .columns = {{.title = "Type de logement"}, {.title = "Demandes", .number = true}}};
    for (std::size_t l = 0; l <= tous; ++l) {
        const auto& n = p.pression.at(l);
        const bool aucun = p.attribues(l, annee_pleine) == 0;
        t.rows.push_back({ligne(l), n       ? ui::Markup{dixiemes(*n)}
                                    : aucun ? ui::Markup{"aucun attribué"}
                                            : nombre({})});
    }
    ui::table(h, t);
}

void tableau_delais(ui::Html& h, const Publication& p)
{
    const auto connu = [](const auto& annee) {
        return std::ranges::any_of(annee, [](const auto& d) { return d.has_value(); });
    };
    if (std::ranges::none_of(p.delais, connu)) {
        h("<p>Trop peu de logements ont été attribués ici pour dire un délai sans désigner personne.</p>");
        return;
    }
    const auto premiere = p.derniere_annee - static_cast<int>(annees_finies);
    ui::Table t{.caption = "Attente de ceux qui ont obtenu un logement, par année du bail",
                .columns = {{.title = "Type de logement"}}};
    for (std::size_t a = 0; a < annees_finies; ++a) {
        const auto annee = premiere + static_cast<int>(a);
        t.columns.push_back({.title = fmt::format("{}\u00a0: la moitié, moins de", annee), .number = true});
        t.columns.push_back(
            {.title = fmt::format("{}\u00a0: les trois quarts, moins de", annee), .number = true});
    }
    for (std::size_t l = 0; l <= tous; ++l) {
        std::vector<ui::Markup> cases{ui::Markup{ligne(l)}};
        for (const auto& annee : p.delais) {
            const auto& d = annee.at(l);
            cases.push_back(d ? ui::Markup{duree(d->mediane)} : nombre({}));
            cases.push_back(d ? ui::Markup{duree(d->p75)} : nombre({}));
        }
        t.rows.push_back(std::move(cases));
    }
    ui::table(h, t);
}

void parc_en_detail(ui::Html& h, const Parc& p)
{
    h("<h2 class=\"fr-h3\">Les logements sociaux de la commune</h2>");
    ui::Recap r{};
    const auto dire = [&](std::string_view quoi, const Case& n) {
        if (n) r.rows.push_back({.label = quoi, .value = base::format_integer(*n)});
    };
    r.rows.push_back({.label = "Logements sociaux", .value = base::format_integer(p.logements)});
    dire("Loués", p.loues);
    dire("Proposés à la location et vacants", p.vacants);
    dire("Vides (travaux, vente, démolition)", p.vides);
    dire("Confiés à une association", p.associations);
    dire("Occupés avec une contrepartie réduite", p.occupes_gratuits);
    dire("Occupés temporairement", p.occupes_temporaires);
    dire("Dans un quartier prioritaire", p.en_qpv);
    if (p.vacance) r.rows.push_back({.label = "Taux de vacance", .value = pour_cent(*p.vacance)});
    if (p.vacance_trois_mois)
        r.rows.push_back(
            {.label = "Taux de vacance de plus de trois mois", .value = pour_cent(*p.vacance_trois_mois)});
    if (p.mobilite) r.rows.push_back({.label = "Taux de mobilité en un an", .value = pour_cent(*p.mobilite)});
    ui::recap(h, r);
    h("<p class=\"fr-text--sm\">Répertoire des logements locatifs des bailleurs sociaux (RPLS), {}.</p>",
      p.annee);
}

void expliquer(ui::Html& h)
{
    ui::details(h, {.title = "Comment ces chiffres sont faits"}, [&](ui::Html& h) {
        h("<ul><li>Sont comptées les demandes enregistrées ici et en cours, une fois par commune demandée et "
          "sous le plus grand type de logement coché.</li>"
          "<li>Un logement attribué est compté à sa commune, sous son type et à l’année du bail. Quand le "
          "logement n’a pas été noté ici, c’est à la commune demandée en premier, le jour où la demande est "
          "close pour ce motif. L’attente va du dépôt de la demande à ce jour.</li>"
          "<li>«\u00a0Masqué\u00a0»\u00a0: moins de onze personnes, ou un nombre qui permettrait d’en "
          "retrouver un par soustraction, le jour même ou avec les chiffres d’un autre jour. Un petit "
          "nombre peut désigner quelqu’un.</li>"
          "<li>Le compte est refait chaque nuit. Un délai passé ne promet rien de l’avenir.</li></ul>");
    });
}

} // namespace commune_en_chiffres
} // namespace

std::string page_commune(const ui::Chrome& chrome, const Commune& c)
{
    namespace ici = commune_en_chiffres;
    const auto titre = "Le logement social " + territoire::a_la_commune(c.nom);
    return ui::page(
        chrome,
        {.title = titre,
         .breadcrumb = {{"Chiffres d’une commune", ui::url("/demander/communes")}},
         .indexed = true},
        [&](ui::Html& h) {
            ui::heading(h, {.title = titre, .above = c.contexte});
            if (c.publication) {
                const auto& p = *c.publication;
                h("<p class=\"fr-text--lead\">Au {}.</p>", c.releve_le);
                std::vector<ui::Figure> cles;
                if (c.parc)
                    cles.push_back({base::format_integer(c.parc->logements),
                                    fmt::format("logements sociaux en {}", c.parc->annee)});
                const auto cle = [&](const ici::Case& n, std::string libelle) {
                    cles.push_back({n ? base::format_integer(*n) : "masqué", std::move(libelle)});
                };
                cle(p.attente.total(), "demandes en cours");
                cle(p.attribues(ici::tous, annee_pleine),
                    fmt::format("logements attribués en {}", p.derniere_annee - 1));
                if (const auto& n = p.pression.at(ici::tous))
                    cles.push_back({ici::dixiemes(*n), "demandes pour un logement attribué"});
                ui::figures(h, cles);
                h("<h2 class=\"fr-h3\">Combien de demandes</h2>");
                ici::graphique(h, p);
                ici::tableau_attente(h, p);
                h("<h2 class=\"fr-h3\">Combien de logements attribués</h2>");
                ici::tableau_attributions(h, p);
                ici::tableau_pression(h, p);
                h("<h2 class=\"fr-h3\">Combien de temps</h2>");
                ici::tableau_delais(h, p);
            } else {
                h("<p>Aucune demande n’a encore été comptée dans ce territoire. Le compte est fait chaque "
                  "nuit.</p>");
            }
            if (c.parc)
                ici::parc_en_detail(h, *c.parc);
            else
                h("<p>Le nombre de logements sociaux de cette commune n’est pas chargé.</p>");
            h("<p>{}</p>", ui::link("Télécharger ces chiffres (CSV)",
                                    ui::url("/demander/communes/{}/chiffres.csv", c.insee)));
            ici::expliquer(h);
        });
}

std::string csv(const Commune& c)
{
    namespace ici = commune_en_chiffres;
    std::string out = "code_commune,commune,indicateur,annee,type_de_logement,valeur,masque,releve_le\r\n";
    const auto nom = [&] {
        std::string s;
        for (const char lettre : c.nom) s += lettre == '"' ? "\"\"" : std::string(1, lettre);
        return "\"" + s + "\"";
    }();
    const auto ecrire = [&](std::string_view indicateur, int annee, std::string_view type, const ici::Case& n,
                            std::string_view quand) {
        out += fmt::format("{},{},{},{},{},{},{},{}\r\n", c.insee, nom, indicateur,
                           annee ? std::to_string(annee) : "", type, n ? std::to_string(*n) : "",
                           n ? "non" : "oui", quand);
    };
    if (c.parc) {
        const auto du_parc = [&](std::string_view quoi, const ici::Case& n) {
            if (n) ecrire(quoi, c.parc->annee, "tous", n, "");
        };
        du_parc("logements_sociaux", c.parc->logements);
        du_parc("logements_loues", c.parc->loues);
        du_parc("logements_vacants", c.parc->vacants);
        du_parc("logements_vides", c.parc->vides);
        du_parc("logements_en_qpv", c.parc->en_qpv);
        du_parc("taux_de_vacance_en_centiemes_de_pour_cent", c.parc->vacance);
        du_parc("taux_de_mobilite_en_centiemes_de_pour_cent", c.parc->mobilite);
    }
    if (!c.publication) return out;
    const auto& p = *c.publication;
    for (std::size_t l = 0; l <= ici::tous; ++l) {
        const auto type = l == ici::tous ? std::string_view{"tous"} : typologies[l].slug;
        ecrire("demandes_premier_choix", 0, type, p.attente.a(l, 0), c.releve_iso);
        ecrire("demandes_autre_choix", 0, type, p.attente.a(l, 1), c.releve_iso);
        ecrire("demandes", 0, type, p.attente.a(l, 2), c.releve_iso);
        for (std::size_t a = 0; a < annees_montrees; ++a)
            ecrire("attributions", p.derniere_annee - 2 + static_cast<int>(a), type, p.attribues(l, a),
                   c.releve_iso);
        if (const auto& n = p.pression.at(l))
            ecrire("demandes_par_attribution_en_dixiemes", p.derniere_annee - 1, type, n, c.releve_iso);
        for (std::size_t a = 0; a < annees_finies; ++a) {
            const auto& d = p.delais.at(a).at(l);
            const auto annee = p.derniere_annee - static_cast<int>(annees_finies) + static_cast<int>(a);
            ecrire("attente_mediane_en_jours", annee, type, d ? ici::Case{d->mediane} : ici::Case{},
                   c.releve_iso);
            ecrire("attente_trois_quarts_en_jours", annee, type, d ? ici::Case{d->p75} : ici::Case{},
                   c.releve_iso);
        }
    }
    return out;
}

std::string page_recherche(const ui::Chrome& chrome, const std::string& cherche,
                           const std::vector<Trouvee>& trouvees)
{
    return ui::page(
        chrome,
        {.title = "Le logement social dans une commune", .width = ui::Width::Reading, .indexed = true},
        [&](ui::Html& h) {
            ui::heading(
                h, {.title = "Le logement social dans une commune",
                    .lead = "Avant de demander\u00a0: combien de logements, combien de demandes, combien de "
                            "temps."});
            const ui::Values valeurs{{"commune", cherche}};
            ui::form(h,
                     {.action = ui::url("/demander/communes"),
                      .values = &valeurs,
                      .get = true,
                      .required_note = "Rien de ce que vous cherchez n’est gardé."},
                     [&](ui::Form& f) {
                         f.input({.name = "commune",
                                  .label = "Commune",
                                  .hint = "Nom ou code postal",
                                  .autocomplete = "off",
                                  .max_length = 100});
                         f.submit("Chercher");
                     });
            if (cherche.empty()) return;
            if (trouvees.empty()) {
                h("<p role=\"status\">Aucune commune ne correspond à «\u00a0{}\u00a0».</p>", cherche);
                return;
            }
            h("<h2 class=\"fr-h4 fr-mt-4w\">{}</h2><ul>",
              base::count(static_cast<long long>(trouvees.size()), "commune trouvée", "communes trouvées"));
            for (const auto& t : trouvees)
                h("<li>{} <span class=\"logis-discret\">({})</span></li>",
                  ui::link(t.nom, ui::url("/demander/communes/{}", t.insee)), t.contexte);
            h("</ul>");
        });
}

} // namespace demande::chiffres::views
