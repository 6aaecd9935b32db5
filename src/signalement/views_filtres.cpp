// The filters of the list: a few fields at hand, all of them on demand, and what is asked as tags that each
// take one thing away. Everything comes from the table of criteria.
#include "signalement/views_filtres.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "signalement/vue/views_vue.hpp"
#include "signalement/vue/vue.hpp"

namespace signalement::views {

namespace {
namespace filtres_ecran {

using filtre::Cle;
using filtre::Genre;

/// What is asked most, always there; the rest unfolds.
constexpr Cle sous_la_main[] = {Cle::Recherche, Cle::Statut,    Cle::Commune, Cle::Comite,        Cle::Danger,
                                Cle::Message,   Cle::ARepondre, Cle::Miens,   Cle::SansPartenaire};
constexpr Cle cases[] = {Cle::Danger, Cle::Message, Cle::ARepondre, Cle::SansPartenaire, Cle::Miens};

struct Partie {
    std::string_view titre;
    std::initializer_list<Cle> criteres;
};
const Partie parties[] = {
    {"Où et quand", {Cle::Region, Cle::Territoire, Cle::Epci, Cle::DeposeDu, Cle::DeposeAu}},
    {"Prise en charge et suivi",
     {Cle::Partenaire, Cle::Affectation, Cle::Visite, Cle::DernierSuivi, Cle::SuiviDu, Cle::SuiviAu,
      Cle::SansActivite, Cle::Courriel}},
    {"Logement et occupants",
     {Cle::Occupation, Cle::Nature, Cle::Parc, Cle::Allocataire, Cle::Enfants, Cle::Situation}},
    {"Dépôt et gravité", {Cle::Profil, Cle::Canal, Cle::Gravite, Cle::Procedure, Cle::Doublon}},
    {"Fin du dossier", {Cle::MotifCloture, Cle::MotifRefus}},
};

/// The page these filters are of.
ui::Url adresse(const PageListe& p, const filtre::Filtre& f)
{
    switch (p.ecran) {
    case Ecran::Liste:
        return url_liste(f);
    case Ecran::Statistiques:
        return url_statistiques(f);
    case Ecran::Carte:
        return url_carte(f);
    }
    throw base::Bug{"filters of no page"};
}

bool est_sous_la_main(Cle cle)
{
    return std::ranges::find(sous_la_main, cle) != std::end(sous_la_main);
}

class Formulaire {
public:
    Formulaire(ui::Html& html, const PageListe& page) : h(html), p(page) {}

    void ecrire()
    {
        // Typed again as it was when it is refused; days as they are typed, not as an address has them.
        ui::Values values = p.saisie;
        if (p.refus.empty()) {
            values.clear();
            for (const auto& [cle, valeurs] : p.filtre.choisis)
                for (const auto& v : valeurs) {
                    const auto jour = base::parse_date(v);
                    values.emplace_back(filtre::critere(cle).slug, jour ? base::short_text(*jour) : v);
                }
        }
        ui::form(h,
                 {.action = adresse(p, {}),
                  .errors = &p.refus,
                  .values = &values,
                  .get = true,
                  .id = "filtres",
                  .summary = false},
                 [&](ui::Form& f) {
                     premiers(f);
                     if (p.tous_les_filtres) tous(f);
                     caches(f);
                     f.submit("Filtrer");
                     autres_filtres();
                 });
    }

private:
    void autres_filtres()
    {
        auto url = adresse(p, p.filtre);
        if (!p.tous_les_filtres) url = url.with("filtres", "tous");
        h("<p class=\"fr-mt-2w fr-mb-0\">{}</p>",
          ui::link(p.tous_les_filtres ? "Moins de filtres"
                                      : "Plus de filtres : dates, partenaires, logement, motifs…",
                   url));
    }

    void premiers(ui::Form& f)
    {
        const bool avec_comites = p.comites.size() > 1;
        ui::row(h, [&](ui::Html& h) {
            ui::column(h, 7, [&](ui::Html&) {
                f.input({.name = "q",
                         .label = "Chercher un nom, une adresse, une référence, un téléphone",
                         .optional = true,
                         .type = "search"});
            });
            ui::column(h, 5, [&](ui::Html&) {
                f.input({.name = "commune_nom", .label = "Commune", .optional = true});
            });
            if (p.ecran == Ecran::Liste)
                ui::column(h, avec_comites ? 7 : 12, [&](ui::Html&) {
                    std::vector<ui::Option> options;
                    for (const auto& o : filtre::ordres())
                        if (p.ordre_permis(o)) options.push_back({std::string{o.slug}, o.label});
                    f.select({.name = "tri",
                              .label = "Ordre des lignes",
                              .options = options,
                              .value = std::string{p.filtre.ordre->slug},
                              .optional = true,
                              .empty_label = ""});
                });
            if (avec_comites)
                ui::column(h, 5, [&](ui::Html&) { codes(f, Cle::Comite, p.comites, "Tous les comités"); });
        });
        f.checkboxes({.name = "statut",
                      .legend = "État",
                      .options = options(filtre::critere(Cle::Statut)),
                      .optional = true,
                      .in_line = true,
                      .small = true});
        f.group("N’afficher que", [&] {
            for (const auto cle : cases)
                if (p.permis(cle)) coche(f, filtre::critere(cle));
        });
    }

    void tous(ui::Form& f)
    {
        for (const auto& partie : parties) {
            h("<h2 class=\"fr-h6 fr-mt-3w\">{}</h2>", partie.titre);
            for (const auto cle : partie.criteres)
                if (p.permis(cle)) un(f, filtre::critere(cle));
        }
    }

    void un(ui::Form& f, const filtre::Critere& c)
    {
        switch (c.genre) {
        case Genre::Plusieurs: {
            const auto cochees = p.filtre.valeurs(c.cle).size();
            ui::details(
                h,
                {.title = cochees == 0 ? std::string{c.label} : fmt::format("{} ({})", c.label, cochees),
                 .open = cochees > 0},
                [&](ui::Html&) {
                    f.checkboxes({.name = std::string{c.slug},
                                  .legend = ui::markup("<span class=\"fr-sr-only\">{}</span>", c.label),
                                  .options = options(c),
                                  .optional = true,
                                  .small = true});
                });
            return;
        }
        case Genre::Du:
        case Genre::Au:
            f.date({.name = std::string{c.slug}, .label = c.label, .optional = true});
            return;
        case Genre::Oui:
            coche(f, c);
            return;
        case Genre::Codes:
            if (c.cle == Cle::Region && p.regions.size() > 1) codes(f, c.cle, p.regions, "Toutes");
            if (c.cle == Cle::Territoire && p.territoires.size() > 1) codes(f, c.cle, p.territoires, "Tous");
            if (c.cle == Cle::Epci && p.epcis.size() > 1) codes(f, c.cle, p.epcis, "Toutes");
            if (c.cle == Cle::Partenaire && !p.partenaires.empty()) codes(f, c.cle, p.partenaires, "Tous");
            return;
        case Genre::Texte:
        case Genre::Cadre: // chosen on the map
            return;
        }
    }

    static std::vector<ui::Option> options(const filtre::Critere& c)
    {
        std::vector<ui::Option> out;
        for (const auto& v : c.choix) out.push_back({std::string{v.slug}, v.label});
        return out;
    }

    void coche(ui::Form& f, const filtre::Critere& c)
    {
        montres_.push_back(c.cle);
        f.checkbox({.name = std::string{c.slug}, .label = c.label});
    }

    /// One of many. Several may be asked by an address: they are tags then, and stay until they are taken
    /// away.
    void codes(ui::Form& f, Cle cle, const std::vector<Choisissable>& parmi, std::string_view aucun)
    {
        const auto& c = filtre::critere(cle);
        std::vector<ui::Option> options;
        for (const auto& x : parmi) options.push_back({x.id, x.nom});
        const auto& choisis = p.filtre.valeurs(cle);
        const bool ici =
            choisis.empty() || (choisis.size() == 1 &&
                                std::ranges::find(parmi, choisis.front(), &Choisissable::id) != parmi.end());
        if (!ici) return;
        montres_.push_back(cle);
        f.select({.name = std::string{c.slug},
                  .label = c.label,
                  .options = options,
                  .value = choisis.empty() ? std::string{} : choisis.front(),
                  .optional = true,
                  .empty_label = std::string{aucun}});
    }

    /// What was asked and has no field of its own here: kept by the form.
    void caches(ui::Form& f)
    {
        if (p.tous_les_filtres) f.hidden("filtres", "tous");
        for (const auto& [cle, valeurs] : p.filtre.choisis) {
            const auto& c = filtre::critere(cle);
            const bool dans_la_page = est_sous_la_main(cle) || p.tous_les_filtres;
            if (c.genre == Genre::Codes ? std::ranges::find(montres_, cle) != montres_.end()
                                        : dans_la_page && cle != Cle::Approchant)
                continue;
            f.hidden(c.slug, base::join(valeurs, ","));
        }
    }

    ui::Html& h;
    const PageListe& p;
    std::vector<Cle> montres_;
};

} // namespace filtres_ecran
} // namespace

void filtres(ui::Html& h, const PageListe& p)
{
    filtres_ecran::Formulaire{h, p}.ecrire();
}

void filtres_actifs(ui::Html& h, const PageListe& p)
{
    if (p.filtre.choisis.empty()) return;
    h("<h2 class=\"fr-sr-only\" id=\"filtres-actifs\">Filtres demandés</h2>"
      "<ul class=\"logis-etiquettes\" aria-labelledby=\"filtres-actifs\">");
    for (const auto& [cle, valeurs] : p.filtre.choisis)
        for (const auto& v : valeurs)
            h("<li><a class=\"fr-tag fr-tag--sm\" href=\"{}\"><span "
              "class=\"fr-sr-only\">Retirer le filtre : </span>{} <span "
              "aria-hidden=\"true\">×</span></a></li>",
              filtres_ecran::adresse(p, p.filtre.sans(cle, v)),
              filtre::en_mots(filtre::critere(cle), v, p.noms));
    h("</ul><p>{}", ui::link("Tout effacer", filtres_ecran::adresse(p, {})));
    if (p.ecran == Ecran::Liste && !vue::a_garder(p.filtre).choisis.empty())
        h(" · {}", ui::link("Enregistrer cette recherche", vue::views::url_nouvelle(p.filtre)));
    h("</p>");
}

} // namespace signalement::views
