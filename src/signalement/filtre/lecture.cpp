// From an address to a filter and back. What an address says and this program does not understand is refused
// by name: a filter that would be left out without a word shows too many reports to whoever acts on them.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "signalement/filtre/cadre.hpp"
#include "signalement/filtre/filtre.hpp"
#include "signalement/recherche.hpp"
#include "territoire/territoire.hpp"

namespace signalement::filtre {

namespace {
namespace adresse {

constexpr std::string_view cle_ordre = "tri", cle_apres = "apres", cle_avant = "avant", cle_place = "place";

bool tout_dans(std::string_view texte, std::string_view permis)
{
    return texte.find_first_not_of(permis) == std::string_view::npos;
}

bool a_la_forme(Forme forme, std::string_view v)
{
    constexpr std::string_view chiffres = "0123456789";
    switch (forme) {
    case Forme::Aucune:
        return true;
    case Forme::Region:
        return v.size() == 2 && tout_dans(v, chiffres);
    case Forme::Departement:
        return (v.size() == 2 || v.size() == 3) && tout_dans(v, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    case Forme::Insee:
        return v.size() == 5 && tout_dans(v, "0123456789AB");
    case Forme::Siren:
        return v.size() == 9 && tout_dans(v, chiffres);
    case Forme::Identifiant:
        return !v.empty() && v.size() <= 64 &&
               tout_dans(v, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    }
    throw base::Bug{"a shape that no code has"};
}

std::string_view attendu(Forme forme)
{
    switch (forme) {
    case Forme::Region:
        return "un code de région à deux chiffres, comme 28";
    case Forme::Departement:
        return "un numéro de département, comme 76 ou 2A";
    case Forme::Insee:
        return "un code INSEE de cinq signes, comme 76540";
    case Forme::Siren:
        return "un numéro SIREN de neuf chiffres";
    case Forme::Aucune:
    case Forme::Identifiant:
        return "un identifiant de la plateforme";
    }
    throw base::Bug{"a shape that no code has"};
}

const Choix* choix(const Critere& c, std::string_view slug)
{
    const auto* found = std::ranges::find(c.choix, slug, &Choix::slug).base();
    return found == c.choix.data() + c.choix.size() ? nullptr : found;
}

/// Why this value is refused; empty when it is not. `valeur` becomes what is kept of it.
std::string refuser(const Critere& c, std::string& valeur)
{
    const auto cite = base::truncate(valeur, 40);
    switch (c.genre) {
    case Genre::Texte:
        if (base::length(valeur) > longueur_max_recherche)
            return fmt::format("Cette recherche est trop longue : {} caractères au plus.",
                               longueur_max_recherche);
        if (termes(valeur).empty())
            return fmt::format("« {} » ne contient ni lettre ni chiffre à chercher.", cite);
        return {};
    case Genre::Plusieurs:
        return choix(c, valeur) ? std::string{}
                                : fmt::format("« {} » n’est pas une valeur du filtre « {} ».", cite, c.label);
    case Genre::Codes:
        return a_la_forme(c.forme, valeur)
                   ? std::string{}
                   : fmt::format("« {} » ne convient pas au filtre « {} » : il faut {}.", cite, c.label,
                                 attendu(c.forme));
    case Genre::Du:
    case Genre::Au: {
        const auto jour = base::parse_typed_date(valeur);
        if (!jour || jour->year < 1900 || jour->year > 2200)
            return fmt::format("« {} » n’est pas une date : écrivez-la comme 21/11/2026.", cite);
        valeur = base::to_iso(*jour);
        return {};
    }
    case Genre::Cadre: {
        const auto cadre = lire_cadre(valeur);
        if (!cadre)
            return "Cette partie de la carte n’existe pas : revenez à la carte et choisissez-la de nouveau.";
        valeur = ecrire(*cadre);
        return {};
    }
    case Genre::Oui:
        return valeur == "oui"
                   ? std::string{}
                   : fmt::format("« {} » n’est pas une valeur du filtre « {} » : il ne prend que « oui ».",
                                 cite, c.label);
    }
    throw base::Bug{"a kind of criterion that nobody reads"};
}

bool prend_plusieurs(const Critere& c)
{
    return c.genre == Genre::Plusieurs || c.genre == Genre::Codes;
}

void ordonner(const Critere& c, std::vector<std::string>& valeurs)
{
    if (c.choix.empty())
        std::ranges::sort(valeurs);
    else
        std::ranges::sort(valeurs, {}, [&](const std::string& v) { return choix(c, v); });
    // Not std::ranges: what it gives back is more than clang 14 can compile.
    valeurs.erase(std::unique(valeurs.begin(), valeurs.end()), valeurs.end());
}

/// From one day to another that comes before it: nothing can answer.
void comparer(Lu& lu, Cle du, Cle au)
{
    const auto& debut = lu.filtre.valeurs(du);
    const auto& fin = lu.filtre.valeurs(au);
    if (!debut.empty() && !fin.empty() && fin.front() < debut.front())
        lu.refus.push_back({std::string{critere(au).slug}, "Cette date vient avant celle du début."});
}

} // namespace adresse
} // namespace

bool permis(const Critere& c, const compte::Agent& lecteur)
{
    if (c.lecture != Action::Lire && !peut_quelque_part(lecteur, c.lecture)) return false;
    switch (c.usage) {
    case Usage::Tous:
        return true;
    case Usage::Secretariat:
        return peut_quelque_part(lecteur, Action::Affecter);
    case Usage::Partenaire:
        return std::ranges::any_of(
            lecteur.mandats, [](const compte::Mandat& m) { return m.confirme && !m.partenaire.empty(); });
    }
    throw base::Bug{"a use that nobody has"};
}

bool permis(const Ordre& o, const compte::Agent& lecteur)
{
    // Lines stand in the order of what one may read of each of them: a mandate that nobody has confirmed
    // opens reports without what stays between services.
    return o.lecture == Action::Lire ||
           (peut_quelque_part(lecteur, o.lecture) &&
            std::ranges::all_of(lecteur.mandats, [](const compte::Mandat& m) { return m.confirme; }));
}

const std::vector<std::string>& Filtre::valeurs(Cle cle) const
{
    static const std::vector<std::string> aucune;
    const auto at = choisis.find(cle);
    return at == choisis.end() ? aucune : at->second;
}

Filtre Filtre::avec(Cle cle, std::string valeur) const
{
    auto f = *this;
    f.ou = {};
    auto& valeurs = f.choisis[cle];
    const auto& c = critere(cle);
    if (!adresse::prend_plusieurs(c)) valeurs.clear();
    valeurs.push_back(std::move(valeur));
    adresse::ordonner(c, valeurs);
    return f;
}

Filtre Filtre::sans(Cle cle, std::string_view valeur) const
{
    auto f = *this;
    f.ou = {};
    auto& valeurs = f.choisis[cle];
    std::erase(valeurs, valeur);
    if (valeurs.empty()) f.choisis.erase(cle);
    return f;
}

Filtre Filtre::trie(const Ordre& o) const
{
    auto f = *this;
    f.ou = {};
    f.ordre = &o;
    return f;
}

Lu lire(const Paires& paires, const compte::Agent& lecteur)
{
    Lu lu;
    auto& f = lu.filtre;
    std::vector<std::string_view> lues;
    for (const auto& paire : paires) {
        const auto& cle = paire.first; // named for the lambdas: clang 14 takes no structured binding there
        std::string valeur{base::trim(paire.second)};
        if (valeur.empty()) continue; // a field of a form that nobody filled
        const auto dire = [&](std::string message) { lu.refus.push_back({cle, std::move(message)}); };
        // A criterion or a choice that is there once only.
        const auto seule = [&] {
            const bool premiere = std::ranges::find(lues, cle) == lues.end();
            lues.push_back(cle);
            if (!premiere) dire(fmt::format("Le filtre « {} » est là deux fois.", base::truncate(cle, 40)));
            return premiere;
        };
        if (cle == adresse::cle_ordre) {
            if (!seule()) continue;
            const auto o = std::ranges::find(ordres(), valeur, &Ordre::slug);
            if (o == ordres().end())
                dire(fmt::format("« {} » n’est pas un ordre de la liste.", base::truncate(valeur, 40)));
            else if (!permis(*o, lecteur))
                dire("Cet ordre n’est pas ouvert à votre compte.");
            else
                f.ordre = &*o;
            continue;
        }
        if (cle == adresse::cle_apres || cle == adresse::cle_avant) {
            if (!f.ou.id.empty() || !adresse::a_la_forme(Forme::Identifiant, valeur))
                dire("Cette page de la liste n’existe pas : revenez à la première.");
            else
                f.ou = {valeur, cle == adresse::cle_avant, f.ou.cle};
            continue;
        }
        if (cle == adresse::cle_place) {
            if (!base::parse_instant(valeur))
                dire("Cette page de la liste n’existe pas : revenez à la première.");
            else
                f.ou.cle = valeur;
            continue;
        }
        const auto c = std::ranges::find(criteres(), cle, &Critere::slug);
        if (c == criteres().end()) {
            dire(fmt::format("Le filtre « {} » n’existe pas.", base::truncate(cle, 40)));
            continue;
        }
        if (!adresse::prend_plusieurs(*c) && !seule()) continue;
        if (!permis(*c, lecteur)) {
            dire(fmt::format("Le filtre « {} » n’est pas ouvert à votre compte.", c->label));
            continue;
        }
        // « statut=a_trier,clos », as this program writes it, or once for each value, as a form sends them.
        const bool plusieurs = adresse::prend_plusieurs(*c);
        for (auto& une : plusieurs ? base::split(valeur, ',') : std::vector{valeur}) {
            if (auto pourquoi = adresse::refuser(*c, une); !pourquoi.empty())
                dire(std::move(pourquoi));
            else if (plusieurs && f.valeurs(c->cle).size() == codes_max)
                dire(fmt::format("Le filtre « {} » prend {} valeurs au plus.", c->label, codes_max));
            else
                f.choisis[c->cle].push_back(std::move(une));
        }
    }
    for (auto& [cle, valeurs] : f.choisis) adresse::ordonner(critere(cle), valeurs);
    adresse::comparer(lu, Cle::DeposeDu, Cle::DeposeAu);
    adresse::comparer(lu, Cle::SuiviDu, Cle::SuiviAu);
    if (f.ou.id.empty() || !f.ordre->mobile) f.ou.cle.clear();
    if (!f.ou.id.empty() && f.ordre->mobile && f.ou.cle.empty()) f.ou = {}; // the beginning of the list
    return lu;
}

Paires ecrire(const Filtre& f)
{
    Paires out;
    for (const auto& [cle, valeurs] : f.choisis) // one pair for each criterion
        out.emplace_back(critere(cle).slug, base::join(valeurs, ","));
    if (f.ordre != &ordres().front()) out.emplace_back(adresse::cle_ordre, f.ordre->slug);
    if (!f.ou.id.empty()) {
        out.emplace_back(f.ou.avant ? adresse::cle_avant : adresse::cle_apres, f.ou.id);
        if (!f.ou.cle.empty()) out.emplace_back(adresse::cle_place, f.ou.cle);
    }
    return out;
}

std::string fuseau_de(const Filtre& f, const compte::Agent& lecteur)
{
    auto territoires = f.valeurs(Cle::Territoire);
    if (territoires.empty())
        for (const auto& m : lecteur.mandats) territoires.push_back(m.territoire);
    const bool un_seul = !territoires.empty() && std::ranges::all_of(territoires, [&](const std::string& t) {
        return t == territoires.front();
    });
    return std::string{un_seul ? territoire::fuseau_du_departement(territoires.front())
                               : territoire::fuseau_du_departement({})};
}

std::string en_mots(const Critere& c, std::string_view valeur)
{
    if (c.genre == Genre::Du || c.genre == Genre::Au)
        if (const auto jour = base::parse_date(valeur)) return base::in_words(*jour);
    if (const auto* choisi = adresse::choix(c, valeur)) return std::string{choisi->label};
    return std::string{valeur};
}

} // namespace signalement::filtre
