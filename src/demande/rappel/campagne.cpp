// Decides of what a day of the year says. Pure.
#include "demande/rappel/campagne.hpp"

#include <fmt/format.h>

#include "demande/chiffres/estimation.hpp"
#include "demande/formulaire.hpp"

namespace demande::rappel {

namespace {
namespace annees {

std::optional<Texte> avis_d_impot(int annee, const Concernee& d, const std::string& numero)
{
    for (const auto* champ : {"revenus.annee_n1", "revenus.annee_n2"})
        if (lire_entier(d.reponses.texte(champ), 2100) == annee - 1) return std::nullopt;
    if (d.avis_depose) return std::nullopt;
    return Texte{
        fmt::format("Votre avis d’impôt de {}\u00a0: ajoutez-le à votre demande de logement social", annee),
        {{fmt::format("Les avis d’impôt de {}, sur les revenus de {}, sont arrivés. Le vôtre est aussi sur "
                      "impots.gouv.fr.",
                      annee, annee - 1)},
         {fmt::format(
             "Votre demande {} en aura besoin\u00a0: à partir du 1er janvier {}, ce sont ces revenus qui "
             "comptent pour savoir quels logements vous pouvez demander. Ils comptent dès maintenant s’ils "
             "ont baissé d’au moins un dixième.",
             numero, annee + 1)},
         {"Déposez-le et indiquez votre revenu fiscal de référence, en ligne ou dans n’importe quel guichet. "
          "Votre demande continue avec son numéro et son ancienneté."}},
        "Ajouter mon avis d’impôt"};
}

/// In how many communes the kind of dwelling that is open is no longer the same.
std::size_t changements(const Concernee& d, Date premier)
{
    const auto avant = chiffres::estimer(d.reponses, d.communes, base::plus_days(premier, -1), d.baremes),
               depuis = chiffres::estimer(d.reponses, d.communes, premier, d.baremes);
    std::size_t n = 0;
    for (std::size_t i = 0; i < depuis.souhaits.size(); ++i)
        n += avant.souhaits[i].acces == depuis.souhaits[i].acces ? 0 : 1;
    return n;
}

std::optional<Texte> nouvelle_annee(Date premier, const Concernee& d, const std::string& numero)
{
    const int annee = premier.year;
    Texte t{.objet = "Depuis le 1er janvier, d’autres revenus et d’autres plafonds comptent pour votre "
                     "demande de logement social",
            .phrases = {{fmt::format("Depuis le 1er janvier {}, d’autres plafonds de ressources et les "
                                     "revenus de {} comptent pour savoir quels logements vous pouvez "
                                     "demander avec votre demande {}.",
                                     annee, annee - 2, numero)}},
            .bouton = "Voir ma demande"};
    const auto revenu = chiffres::revenu_du_jour(d.reponses, premier);
    const auto* retenu = std::get_if<chiffres::RevenuRetenu>(&revenu);
    // A figure without its year was true of the year it was given in.
    if (!retenu || !retenu->annee_declaree) {
        t.phrases.push_back({"Votre demande ne dit pas encore ces revenus.", true});
        t.phrases.push_back({fmt::format("Indiquez le revenu fiscal de référence de votre avis d’impôt de "
                                         "{}, et déposez cet avis, en ligne ou dans n’importe quel guichet.",
                                         annee - 1)});
    } else {
        const auto communes = changements(d, premier);
        if (communes == 0) return std::nullopt;
        t.phrases[0].texte = fmt::format("Depuis le 1er janvier {}, d’autres plafonds de ressources et les "
                                         "revenus de {} comptent pour savoir quels logements vous pouvez "
                                         "demander avec votre demande {}.",
                                         annee, retenu->annee, numero);
        t.phrases.push_back(
            {communes == 1 ? "D’après ce qu’elle dit, les logements que vous pouvez demander ne sont plus "
                             "les mêmes dans une des communes de votre choix."
                           : fmt::format("D’après ce qu’elle dit, les logements que vous pouvez demander ne "
                                         "sont plus les mêmes dans {} des communes de votre choix.",
                                         communes),
             true});
        t.phrases.push_back({"C’est une indication\u00a0: seule une commission d’attribution décide. "
                             "Vérifiez vos ressources et vos souhaits."});
    }
    t.phrases.push_back({"Votre demande continue avec son numéro et son ancienneté."});
    return t;
}

} // namespace annees
} // namespace

std::vector<Ouverte> ouvertes(Date jour)
{
    std::vector<Ouverte> out;
    for (const auto& r : regles_de_campagne) {
        const Date depuis{jour.year, r.mois, r.jour};
        if (jour >= depuis && jour < base::plus_days(depuis, r.jours)) out.push_back({r.campagne, depuis});
    }
    return out;
}

std::string_view annonce_a_l_avance(Campagne c)
{
    switch (c) {
    case Campagne::AvisDImpot:
        return "Nouvel avis d’impôt à ajouter, à partir du";
    case Campagne::NouvelleAnnee:
        return "De nouveaux plafonds de ressources comptent à partir du";
    }
    throw base::Bug{"a campaign without words"};
}

int annee_de_l_avis(const Ouverte& o)
{
    return o.depuis.year - (o.campagne == Campagne::AvisDImpot ? 1 : 2);
}

std::vector<std::string> lues(const Texte& t, bool lit_tout)
{
    std::vector<std::string> out;
    for (const auto& p : t.phrases)
        if (lit_tout || !p.privee) out.push_back(p.texte);
    return out;
}

Ouverte prochaine(Date jour)
{
    std::optional<Ouverte> out;
    for (const auto& r : regles_de_campagne)
        for (const int annee : {jour.year, jour.year + 1}) {
            const Date depuis{annee, r.mois, r.jour};
            if (depuis > jour && (!out || depuis < out->depuis)) out = Ouverte{r.campagne, depuis};
        }
    return out.value();
}

std::optional<Texte> texte(const Ouverte& o, const Concernee& d, const std::string& numero)
{
    if (d.ancre >= o.depuis) return std::nullopt;
    switch (o.campagne) {
    case Campagne::AvisDImpot:
        return annees::avis_d_impot(o.depuis.year, d, numero);
    case Campagne::NouvelleAnnee:
        return annees::nouvelle_annee(o.depuis, d, numero);
    }
    throw base::Bug{"a campaign without words"};
}

} // namespace demande::rappel
