// See views_statistiques.hpp.
#include "signalement/statistique/views_statistiques.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/sheet.hpp"
#include "base/text.hpp"
#include "signalement/filtre/mots.hpp"
#include "signalement/views_filtres.hpp"
#include "ui/charts.hpp"

namespace signalement::statistique::views {

namespace {
namespace chiffres {

using filtre::Cle;

constexpr std::size_t mois_montres = 24;    // on the charts
constexpr std::size_t barres_montrees = 10; // of an axe
constexpr std::size_t lignes_montrees = 60; // of its table; the file has them all

std::string jours(const std::optional<int>& n)
{
    return n ? base::count(*n, "jour", "jours") : "pas encore";
}

/// « 12 % », « moins de 1 % »
std::string part(std::int64_t n, std::int64_t de)
{
    if (de == 0) return "–";
    if (n == 0) return "0\u00a0%";
    const auto centieme = (200 * n + de) / (2 * de);
    return centieme == 0 ? "moins de 1\u00a0%" : fmt::format("{}\u00a0%", centieme);
}

/// What a part of an axe is called.
std::string nom(const PageStatistiques& p, Axe axe, const std::string& cle)
{
    const auto& noms = p.noms.at(static_cast<std::size_t>(axe));
    const auto at = noms.find(cle);
    if (at != noms.end()) return axe == Axe::Territoire ? cle + " – " + at->second : at->second;
    if (axe == Axe::Comite && cle.empty()) return "Aucun comité";
    return std::string{nom_de_part(axe, cle)};
}

/// The list that a part counts, where a criterion says it.
std::optional<filtre::Filtre> liste_de(const filtre::Filtre& f, Axe axe, const std::string& cle)
{
    const auto avec = [&](Cle c) -> std::optional<filtre::Filtre> {
        if (f.a(c) || cle.empty()) return std::nullopt; // one of those that were asked: it would add them up
        return f.avec(c, cle);
    };
    switch (axe) {
    case Axe::Qualification:
        return avec(Cle::Procedure);
    case Axe::Motif:
        return avec(Cle::MotifCloture);
    case Axe::Partenaire:
        // « Confié à » narrows « Prise en charge » to that partner: another question than the one that was
        // counted.
        return f.a(Cle::Affectation) ? std::nullopt : avec(Cle::Partenaire);
    case Axe::Territoire:
        // The days of a list are those of its only territory, those counted here are the page's.
        return f.a(Cle::DeposeDu) || f.a(Cle::DeposeAu) || f.a(Cle::SuiviDu) || f.a(Cle::SuiviAu)
                   ? std::nullopt
                   : avec(Cle::Territoire);
    case Axe::Comite:
        return avec(Cle::Comite);
    case Axe::Commune: // with what joined it, which is counted apart here
    case Axe::Desordre:
    case Axe::Issue:
        return std::nullopt;
    }
    throw base::Bug{"axe without a list"};
}

ui::Url adresse(const PageStatistiques& p, const ui::Url& base)
{
    auto url = base;
    for (const auto& [cle, valeur] : filtre::ecrire(p.filtres.filtre)) url = url.with(cle, valeur);
    return p.chiffres.delai() == Delai::Cloture
               ? url
               : url.with("delai", base::slug_of(delais, p.chiffres.delai()));
}

ui::Url url_csv(const PageStatistiques& p, Partie partie)
{
    return adresse(p, ui::url("/statistiques/chiffres.csv")).with("partie", base::slug_of(parties, partie));
}

void lien_csv(ui::Html& h, const PageStatistiques& p, Partie partie)
{
    h("<p class=\"fr-text--sm\">{}</p>",
      ui::link(ui::markup("Télécharger ce tableau (CSV)<span class=\"fr-sr-only\"> : {}</span>",
                          base::label_of(parties, partie)),
               url_csv(p, partie)));
}

void definition(ui::Html& h, std::string_view quoi, const ui::Markup& texte)
{
    ui::details(
        h, {.title = ui::markup("Ce que compte ce chiffre<span class=\"fr-sr-only\"> : {}</span>", quoi)},
        [&](ui::Html& html) { html("<p>{}</p>", texte); });
}

void cles(ui::Html& h, const PageStatistiques& p)
{
    const auto& c = p.chiffres;
    const auto& f = p.filtres.filtre;
    const auto liste = [&](Statut s) {
        return f.a(Cle::Statut) ? ui::Url{}
                                : signalement::views::url_liste(
                                      f.avec(Cle::Statut, std::string{base::slug_of(statuts, s)}));
    };
    std::vector<ui::Figure> out = {{.value = base::format_integer(c.total()),
                                    .label = c.total() > 1 ? "signalements" : "signalement",
                                    .url = signalement::views::url_liste(f)}};
    const auto etat = [&](Statut s, std::string label) {
        out.push_back(
            {.value = base::format_integer(c.nombre(s)), .label = std::move(label), .url = liste(s)});
    };
    etat(Statut::ATrier, "à trier");
    etat(Statut::EnCours, "en cours");
    etat(Statut::Clos, "clos");
    etat(Statut::Refuse, c.nombre(Statut::Refuse) > 1 ? "refusés" : "refusé");
    out.push_back({.value = base::format_integer(c.resolus()),
                   .label = fmt::format("{}, {} des clos", c.resolus() > 1 ? "résolus" : "résolu",
                                        part(c.resolus(), c.nombre(Statut::Clos)))});
    out.push_back(
        {.value = base::format_integer(c.danger()),
         .label = "en danger au dépôt",
         .url = f.a(Cle::Danger) ? ui::Url{} : signalement::views::url_liste(f.avec(Cle::Danger, "oui"))});
    ui::figures(h, out);
    definition(h, "les nombres du haut",
               "Chaque nombre est celui de la liste qu’il ouvre, à quelques secondes près. "
               "«\u00a0Résolus\u00a0»\u00a0: "
               "clos parce que les travaux sont faits ou engagés, ou que l’occupant est relogé. Un "
               "signalement effacé au "
               "bout de son temps de conservation n’est plus compté.");
}

/// The months that charts show: the last ones.
std::span<const Statistiques::DuMois> derniers(const std::vector<Statistiques::DuMois>& mois)
{
    return std::span{mois}.last(std::min(mois.size(), mois_montres));
}

void par_mois(ui::Html& h, const PageStatistiques& p, const std::vector<Statistiques::DuMois>& tous)
{
    h("<h2 class=\"fr-h4\" id=\"mois\">Combien, mois par mois</h2>");
    const auto mois = derniers(tous);
    ui::Chart flux{.id = "flux",
                   .title = "Signalements déposés, et signalements clos ou refusés",
                   .series = {{"Déposés"}, {"Clos ou refusés"}}};
    ui::Chart stock{
        .id = "stock", .title = "Signalements ouverts à la fin de chaque mois", .series = {{"Ouverts"}}};
    ui::Table t{.caption = "Signalements par mois",
                .columns = {{.title = "Mois"},
                            {.title = "Déposés", .number = true},
                            {.title = "Clos", .number = true},
                            {.title = "Refusés", .number = true},
                            {.title = "Ouverts à la fin du mois", .number = true}},
                .compact = true};
    for (const auto& m : mois) {
        flux.labels.push_back(mois_en_mots(m.mois));
        flux.series[0].values.emplace_back(m.valeurs->deposes);
        flux.series[1].values.emplace_back(m.valeurs->clos + m.valeurs->refuses);
        stock.labels.push_back(mois_en_mots(m.mois));
        stock.series[0].values.emplace_back(m.en_cours);
    }
    for (auto m = tous.rbegin(); m != tous.rend() && t.rows.size() < lignes_montrees; ++m)
        t.rows.push_back({mois_en_mots(m->mois), base::format_integer(m->valeurs->deposes),
                          base::format_integer(m->valeurs->clos), base::format_integer(m->valeurs->refuses),
                          base::format_integer(m->en_cours)});
    ui::row(h, [&](ui::Html& html) {
        ui::column(html, 6, [&](ui::Html& un) { ui::column_chart(un, flux); });
        ui::column(html, 6, [&](ui::Html& un) { ui::line_chart(un, stock); });
    });
    ui::details(h, {.title = "Le tableau, mois par mois"}, [&](ui::Html& html) { ui::table(html, t); });
    lien_csv(h, p, Partie::Mois);
    definition(h, "par mois",
               "Le mois est celui de l’endroit où se trouve le logement. Un signalement rouvert n’est plus "
               "compté parmi les "
               "clos. «\u00a0Ouverts\u00a0»\u00a0: ni clos ni refusés à la fin du mois, parmi ceux que les "
               "filtres gardent.");
}

void par_delai(ui::Html& h, const PageStatistiques& p, const std::vector<Statistiques::DuMois>& tous)
{
    h("<h2 class=\"fr-h4\" id=\"delais\">Combien de temps</h2>");
    ui::Table t{.caption = "Délais depuis le dépôt",
                .columns = {{.title = "Délai"},
                            {.title = "La moitié en", .number = true},
                            {.title = "Neuf sur dix en", .number = true},
                            {.title = "C’est fait", .number = true},
                            {.title = "Attendent", .number = true}},
                .compact = true};
    for (const auto& d : delais) {
        if (!p.dit(d.value)) continue;
        const auto histogramme = p.chiffres.delai(d.value);
        t.rows.push_back({d.label, jours(histogramme.mediane()), jours(histogramme.p90()),
                          base::format_integer(histogramme.faits()),
                          base::format_integer(histogramme.attendent())});
    }
    ui::table(h, t);
    h("<div class=\"fr-mt-2w\">");
    definition(h, "les délais",
               "En jours de calendrier, depuis le jour du dépôt. La moitié (la médiane), ou neuf sur dix, de "
               "tous les "
               "signalements qui ne sont pas refusés\u00a0: ceux qui attendent encore comptent comme plus "
               "longs que tous les "
               "autres. «\u00a0Pas encore\u00a0»\u00a0: cela n’est pas fait pour la moitié, ou pour neuf sur "
               "dix. Une visite faite "
               "avant le dépôt compte pour aucun jour.");
    h("</div>");
    std::vector<ui::Link> choix;
    for (const auto& d : delais)
        if (p.dit(d.value))
            choix.push_back(
                {std::string{d.label},
                 d.value == Delai::Cloture
                     ? signalement::views::url_statistiques(p.filtres.filtre)
                     : signalement::views::url_statistiques(p.filtres.filtre).with("delai", d.slug),
                 d.value == p.chiffres.delai()});
    h("<h3 class=\"fr-h6\">Selon le mois du dépôt</h3>");
    ui::tabs(h, "Délai montré", choix);
    const auto d = static_cast<std::size_t>(p.chiffres.delai());
    ui::Chart cohortes{.id = "cohortes",
                       .title = std::string{base::label_of(delais, p.chiffres.delai())} +
                                ", selon le mois du dépôt",
                       .series = {{"La moitié"}, {"Neuf sur dix"}},
                       .unit = "jours"};
    ui::Table c{.caption = cohortes.title,
                .columns = {{.title = "Mois du dépôt"},
                            {.title = "Déposés, non refusés", .number = true},
                            {.title = "C’est fait", .number = true},
                            {.title = "La moitié en", .number = true},
                            {.title = "Neuf sur dix en", .number = true}},
                .compact = true};
    const auto valeur = [](const std::optional<int>& n) {
        return n ? std::optional<std::int64_t>{*n} : std::nullopt;
    };
    for (const auto& m : derniers(tous)) {
        const auto& histogramme = m.valeurs->delais.at(d);
        cohortes.labels.push_back(mois_en_mots(m.mois));
        cohortes.series[0].values.push_back(valeur(histogramme.mediane()));
        cohortes.series[1].values.push_back(valeur(histogramme.p90()));
    }
    for (auto m = tous.rbegin(); m != tous.rend() && c.rows.size() < lignes_montrees; ++m) {
        const auto& histogramme = m->valeurs->delais.at(d);
        c.rows.push_back({mois_en_mots(m->mois),
                          base::format_integer(histogramme.faits() + histogramme.attendent()),
                          base::format_integer(histogramme.faits()), jours(histogramme.mediane()),
                          jours(histogramme.p90())});
    }
    ui::line_chart(h, cohortes);
    ui::details(h, {.title = "Le tableau, par mois de dépôt"}, [&](ui::Html& html) { ui::table(html, c); });
    lien_csv(h, p, Partie::Delais);
    definition(h, "selon le mois du dépôt",
               "Les signalements d’un même mois sont suivis ensemble\u00a0: un mois récent n’a pas de valeur "
               "tant que la "
               "moitié, ou neuf sur dix, attendent encore.");
}

void un_axe(ui::Html& h, const PageStatistiques& p, Axe axe)
{
    const auto& parts = p.chiffres.parts(axe);
    const auto titre = std::string{base::label_of(axes, axe)};
    const auto slug = std::string{base::slug_of(axes, axe)};
    h("<h3 class=\"fr-h6 fr-mt-4w\">{}</h3>", titre);
    std::vector<ui::Bar> barres;
    ui::Table t{.caption = titre,
                .columns = {{.title = "Signalements"},
                            {.title = "Nombre", .number = true},
                            {.title = "Part", .number = true},
                            {.title = "En cours", .number = true},
                            {.title = "Clos", .number = true},
                            {.title = "Résolus", .number = true},
                            {.title = "La moitié en", .number = true},
                            {.title = "Neuf sur dix en", .number = true}},
                .compact = true};
    for (const auto& x : parts) {
        if (t.rows.size() == lignes_montrees) break;
        const auto appele = nom(p, axe, x.cle);
        if (barres.size() < barres_montrees)
            barres.push_back(
                {.label = appele,
                 .value = x.part.nombre(),
                 .text = ui::markup("<strong>{}</strong> · {}", base::format_integer(x.part.nombre()),
                                    part(x.part.nombre(), p.chiffres.total()))});
        const auto liste = liste_de(p.filtres.filtre, axe, x.cle);
        t.rows.push_back(
            {liste ? ui::link(appele, signalement::views::url_liste(*liste)) : ui::Markup{appele},
             base::format_integer(x.part.nombre()), part(x.part.nombre(), p.chiffres.total()),
             base::format_integer(x.part.nombre(Issue::EnCours)), base::format_integer(x.part.clos()),
             base::format_integer(x.part.nombre(Issue::Resolu)), jours(x.part.delai.mediane()),
             jours(x.part.delai.p90())});
    }
    ui::bars(h, "axe-" + slug,
             parts.size() > barres_montrees
                 ? fmt::format("Les {} premiers sur {}", barres_montrees,
                               base::format_integer(static_cast<long long>(parts.size())))
                 : titre + ", du plus grand nombre au plus petit",
             barres);
    ui::details(
        h,
        {.title = ui::markup("Le tableau<span class=\"fr-sr-only\"> {}</span>", base::label_of(axes, axe))},
        [&](ui::Html& html) {
            html("<p class=\"fr-text--sm\">Délai montré\u00a0: {}.</p>",
                 base::label_of(delais, p.chiffres.delai()));
            ui::table(html, t);
        });
    lien_csv(h, p, base::from_slug(parties, slug).value());
}

/// Whether this reader is shown it, and it tells something apart.
bool montre(const PageStatistiques& p, Axe axe)
{
    switch (axe) {
    case Axe::Partenaire:
        return p.partenaires;
    case Axe::Territoire:
    case Axe::Comite:
        return p.chiffres.parts(axe).size() > 1;
    case Axe::Commune: // those of several départements would be thousands
        return p.chiffres.parts(Axe::Territoire).size() == 1;
    case Axe::Desordre:
    case Axe::Qualification:
    case Axe::Issue:
    case Axe::Motif:
        return true;
    }
    throw base::Bug{"axe that is neither shown nor hidden"};
}

/// « 1 204, +12 % »
std::string contre(std::int64_t n, std::int64_t avant)
{
    auto out = base::format_integer(n);
    if (avant < 20) return out; // a few more would be hundreds of a hundred
    const auto ecart = (200 * (n - avant) + (n >= avant ? avant : -avant)) / (2 * avant);
    return out + (ecart == 0 ? ", comme un an avant"
                             : fmt::format(", {}{}\u00a0% en un an", ecart > 0 ? "+" : "−", std::abs(ecart)));
}

void evolution(ui::Html& h, const PageStatistiques& p)
{
    const auto mois = mois_de(base::local_date(p.le, p.fuseau));
    const auto t = tendance(p.chiffres, mois);
    if (t.deposes + t.finis == 0) return;
    ui::Recap r{.title = "Douze mois, de " + mois_en_mots(mois - 12) + " à " + mois_en_mots(mois - 1),
                .level = 2};
    r.rows.push_back({.label = "Déposés", .value = contre(t.deposes, t.deposes_avant)});
    r.rows.push_back({.label = "Clos ou refusés", .value = contre(t.finis, t.finis_avant)});
    ui::recap(h, r);
}

void comparer(ui::Html& h, const PageStatistiques& p)
{
    if (p.compares.size() < 2) return;
    h("<h2 class=\"fr-h4\" id=\"comparaison\">À côté des départements comparables</h2>");
    ui::Table t{
        .caption = "Ce département et ceux dont la population est la plus proche",
        .columns = {{.title = "Département"},
                    {.title = "Signalements en douze mois pour 100\u00a0000 habitants", .number = true},
                    {.title = "Clos", .number = true},
                    {.title = "La moitié confiés en", .number = true},
                    {.title = "La moitié visités en", .number = true},
                    {.title = "La moitié clos en", .number = true}},
        .compact = true};
    for (const auto& c : p.compares) {
        const auto dire = [](const std::optional<std::int64_t>& n, std::string_view unite) -> ui::Markup {
            return n ? ui::Markup{fmt::format("{}{}", base::format_integer(*n), unite)} : ui::Markup{"–"};
        };
        std::vector<ui::Markup> ligne{&c == &p.compares.front() ? ui::markup("<strong>{}</strong>", c.qui.nom)
                                                                : ui::Markup{c.qui.nom},
                                      dire(c.profil.pour_100_000, ""), dire(c.profil.clos, "\u00a0%")};
        for (const auto& m : c.profil.medianes) ligne.emplace_back(m ? jours(m) : std::string{"–"});
        t.rows.push_back(std::move(ligne));
    }
    ui::table(h, t);
    h("<div class=\"fr-mt-2w\">");
    definition(h, "la comparaison",
               "Les départements ouverts dont la population est la plus proche. Un tiret\u00a0: moins de "
               "onze signalements, ou cela "
               "n’est pas fait pour la moitié. Le mois en cours ne compte pas parmi les douze.");
    h("</div>");
}

std::string filtres_en_mots(const PageStatistiques& p)
{
    const auto mots = filtre::en_mots(p.filtres.filtre, p.filtres.noms);
    return mots.empty() ? "Tous les signalements que vous pouvez lire" : base::join(mots, "\u00a0; ");
}

} // namespace chiffres
} // namespace

std::string page(const ui::Chrome& chrome, const PageStatistiques& p)
{
    namespace ici = chiffres;
    return ui::page(chrome, {.title = "Statistiques", .error = !p.filtres.refus.empty()}, [&](ui::Html& h) {
        ui::heading(
            h, {.title = "Statistiques",
                .lead = !p.filtres.refus.empty()
                            ? ui::Markup{}
                            : ui::Markup{fmt::format(
                                             "Le {}\u00a0: {}", base::in_words(p.le, p.fuseau),
                                             base::count(p.chiffres.total(), "signalement", "signalements")) +
                                         (p.filtres.filtre.choisis.empty() ? "" : " pour cette recherche")}});
        if (p.filtres.sans_role) {
            ui::empty_state(h, {.title = "Aucun rôle ne vous est ouvert",
                                .text = "Demandez un rôle à la personne qui administre votre organisme."});
            return;
        }
        for (const auto& r : p.filtres.refus)
            ui::alert(h, {.tone = ui::Tone::Error, .text = r.message, .announce = true});
        ui::details(h,
                    {.title = "Choisir les signalements comptés",
                     .open = p.filtres.tous_les_filtres || !p.filtres.refus.empty(),
                     .id = "choisir"},
                    [&](ui::Html& html) { signalement::views::filtres(html, p.filtres); });
        if (!p.filtres.refus.empty()) return;
        signalement::views::filtres_actifs(h, p.filtres);
        if (p.chiffres.total() == 0) {
            ui::empty_state(h, {.title = "Aucun signalement à compter",
                                .text = "Aucun signalement que vous pouvez lire ne correspond à ces filtres.",
                                .actions = {{.label = "Tout compter",
                                             .url = signalement::views::url_statistiques({}),
                                             .importance = ui::Importance::Secondary}}});
            return;
        }
        const auto mois = p.chiffres.par_mois();
        ici::cles(h, p);
        ici::evolution(h, p);
        ici::par_mois(h, p, mois);
        ici::par_delai(h, p, mois);
        h("<h2 class=\"fr-h4\" id=\"repartitions\">Lesquels</h2>");
        ui::row(h, [&](ui::Html& colonnes) {
            for (const auto& a : axes)
                if (ici::montre(p, a.value) && !p.chiffres.parts(a.value).empty())
                    ui::column(colonnes, 6, [&](ui::Html& un) { ici::un_axe(un, p, a.value); });
        });
        ici::definition(h, "les répartitions",
                        "Un signalement a plusieurs désordres, plusieurs procédures suspectées et plusieurs "
                        "partenaires\u00a0: "
                        "il compte sous chacun, et les parts dépassent cent pour cent ensemble.");
        ici::comparer(h, p);
        h("<p class=\"fr-mt-4w\">{}</p>",
          ui::link("Imprimer ces statistiques (PDF)",
                   ici::adresse(p, ui::url("/statistiques/statistiques.pdf"))));
    });
}

std::string csv(const PageStatistiques& p, Partie partie)
{
    namespace ici = chiffres;
    const auto feuille = base::csv_writer();
    std::string out;
    const auto mot = [](std::string texte) { return base::Cell{std::move(texte), false}; };
    const auto nombre = [](std::int64_t n) { return base::Cell{std::to_string(n), true}; };
    const auto jours = [](const std::optional<int>& n) {
        return base::Cell{n ? std::to_string(*n) : "", n.has_value()};
    };
    if (partie == Partie::Mois) {
        feuille->row(
            out, {mot("mois"), mot("deposes"), mot("clos"), mot("refuses"), mot("ouverts_en_fin_de_mois")});
        for (const auto& m : p.chiffres.par_mois())
            feuille->row(out, {mot(mois_iso(m.mois)), nombre(m.valeurs->deposes), nombre(m.valeurs->clos),
                               nombre(m.valeurs->refuses), nombre(m.en_cours)});
    } else if (partie == Partie::Delais) {
        feuille->row(out, {mot("mois_du_depot"), mot("delai"), mot("non_refuses"), mot("faits"),
                           mot("mediane_en_jours"), mot("p90_en_jours")});
        const auto ligne = [&](const std::string& mois, const base::Name<Delai>& d, const Histogramme& x) {
            feuille->row(out, {mot(mois), mot(std::string{d.slug}), nombre(x.faits() + x.attendent()),
                               nombre(x.faits()), jours(x.mediane()), jours(x.p90())});
        };
        for (const auto& d : delais)
            if (p.dit(d.value)) ligne("tous", d, p.chiffres.delai(d.value));
        for (const auto& m : p.chiffres.par_mois())
            for (const auto& d : delais)
                if (p.dit(d.value))
                    ligne(mois_iso(m.mois), d, m.valeurs->delais.at(static_cast<std::size_t>(d.value)));
    } else {
        const auto axe = base::from_slug(axes, base::slug_of(parties, partie)).value();
        feuille->row(out, {mot("code"), mot("libelle"), mot("nombre"), mot("en_cours"), mot("clos"),
                           mot("resolus"), mot("delai"), mot("mediane_en_jours"), mot("p90_en_jours")});
        if (axe != Axe::Partenaire || p.partenaires)
            for (const auto& x : p.chiffres.parts(axe))
                feuille->row(out, {mot(x.cle), mot(ici::nom(p, axe, x.cle)), nombre(x.part.nombre()),
                                   nombre(x.part.nombre(Issue::EnCours)), nombre(x.part.clos()),
                                   nombre(x.part.nombre(Issue::Resolu)),
                                   mot(std::string{base::slug_of(delais, p.chiffres.delai())}),
                                   jours(x.part.delai.mediane()), jours(x.part.delai.p90())});
    }
    feuille->end(out);
    return out;
}

document::Document papier(const PageStatistiques& p)
{
    namespace ici = chiffres;
    const auto& c = p.chiffres;
    document::Document d{.title = "Statistiques des signalements",
                         .sender = {"Logis", "Signaler un logement dégradé"},
                         .place_and_date = "Le " + base::in_words(p.le, p.fuseau),
                         .footer = "Logis, statistiques des signalements"};
    d.blocks.push_back(document::Paragraph{ici::filtres_en_mots(p) + "."});
    d.blocks.push_back(document::Callout{"Signalements", base::format_integer(c.total())});
    document::Table etats{.head = {"État", "Nombre", "Part"}};
    for (const auto& s : statuts)
        etats.rows.push_back({std::string{s.label}, base::format_integer(c.nombre(s.value)),
                              ici::part(c.nombre(s.value), c.total())});
    etats.rows.push_back({"Résolus, parmi les clos", base::format_integer(c.resolus()),
                          ici::part(c.resolus(), c.nombre(Statut::Clos))});
    etats.rows.push_back(
        {"En danger au dépôt", base::format_integer(c.danger()), ici::part(c.danger(), c.total())});
    d.blocks.push_back(std::move(etats));
    d.blocks.push_back(document::Heading{2, "Combien de temps"});
    document::Table temps{.head = {"Délai", "La moitié en", "Neuf sur dix en", "C’est fait", "Attendent"}};
    for (const auto& x : delais) {
        if (!p.dit(x.value)) continue;
        const auto histogramme = c.delai(x.value);
        temps.rows.push_back({std::string{x.label}, ici::jours(histogramme.mediane()),
                              ici::jours(histogramme.p90()), base::format_integer(histogramme.faits()),
                              base::format_integer(histogramme.attendent())});
    }
    d.blocks.push_back(std::move(temps));
    const auto mois = c.par_mois();
    d.blocks.push_back(document::Heading{2, "Combien, mois par mois"});
    document::Columns flux{.names = {"Déposés", "Clos ou refusés"}};
    document::Table par_mois{.head = {"Mois", "Déposés", "Clos", "Refusés", "Ouverts en fin de mois"}};
    for (const auto& m : ici::derniers(mois)) {
        flux.labels.push_back(mois_en_mots(m.mois));
        flux.values.push_back({m.valeurs->deposes, m.valeurs->clos + m.valeurs->refuses});
        par_mois.rows.push_back({mois_en_mots(m.mois), base::format_integer(m.valeurs->deposes),
                                 base::format_integer(m.valeurs->clos),
                                 base::format_integer(m.valeurs->refuses), base::format_integer(m.en_cours)});
    }
    d.blocks.push_back(std::move(flux));
    d.blocks.push_back(std::move(par_mois));
    d.blocks.push_back(document::Heading{2, "Lesquels"});
    for (const auto& a : axes) {
        if (!ici::montre(p, a.value) || c.parts(a.value).empty()) continue;
        d.blocks.push_back(document::Heading{3, std::string{a.label}});
        document::Table t{.head = {"Signalements", "Nombre", "Part", "En cours", "Résolus", "La moitié en"}};
        for (const auto& x : c.parts(a.value)) {
            if (t.rows.size() == 2 * ici::barres_montrees) break;
            t.rows.push_back(
                {ici::nom(p, a.value, x.cle), base::format_integer(x.part.nombre()),
                 ici::part(x.part.nombre(), c.total()), base::format_integer(x.part.nombre(Issue::EnCours)),
                 base::format_integer(x.part.nombre(Issue::Resolu)), ici::jours(x.part.delai.mediane())});
        }
        d.blocks.push_back(std::move(t));
    }
    d.blocks.push_back(document::Heading{2, "Comment ces chiffres sont faits"});
    d.blocks.push_back(document::List{
        {"Résolus : clos parce que les travaux sont faits ou engagés, ou que l’occupant est relogé.",
         fmt::format("Délais : en jours depuis le dépôt, parmi tous les signalements non refusés ; ceux qui "
                     "attendent comptent comme "
                     "plus longs que les autres. Répartitions : {}.",
                     base::label_of(delais, c.delai())),
         "Un signalement compte sous chacun de ses désordres, de ses procédures suspectées et de ses "
         "partenaires."}});
    return d;
}

} // namespace signalement::statistique::views
