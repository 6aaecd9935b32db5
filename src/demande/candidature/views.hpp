// Values to HTML: the screens of those who offer dwellings and designate candidates. Decides nothing.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "demande/candidature/propositions.hpp"
#include "demande/candidature/store.hpp"
#include "demande/candidature/store_vivier.hpp"
#include "demande/views.hpp"

namespace demande::candidature::views {

using demande::views::Saisie;

ui::Url url_logement(std::string_view id);
ui::Url url_candidature(std::string_view id);
ui::Url url_commission(std::string_view id);
ui::Markup badge_etat(Etat);
/// The number in groups.
std::string numero_montre(const std::string& numero);
/// The rows of a table of names, as options.
template <class E, std::size_t N> std::vector<ui::Option> choix(const base::Name<E> (&table)[N])
{
    std::vector<ui::Option> out;
    for (const auto& row : table) out.push_back({std::string{row.slug}, std::string{row.label}});
    return out;
}
/// What the action that led here did.
void montrer_fait(ui::Html&, std::string_view fait);

struct Logements {
    EtatLogement etat = EtatLogement::Propose;
    std::vector<Logement> logements;
    std::vector<std::string> communes; // names, in the same order
    bool bailleur = false;             // may offer one
    bool suite = false;                // older ones follow
};
std::string logements(const ui::Chrome&, const Logements&, std::string_view fait = {});

struct NouveauLogement {
    std::vector<Guichet> bailleurs;
    std::vector<ui::Option> reservataires;
};
std::string nouveau_logement(const ui::Chrome&, const NouveauLogement&, const Saisie& = {});

struct FicheLogement {
    store::Ouvert ouvert;
    std::string commune;
    std::vector<store::Commission> commissions; // to come, the next first
    std::vector<std::string> lisibles;          // the candidatures whose demande the reader may read
    bool peut_designer = false, peut_statuer = false, peut_conclure = false;
    Orientation ou;

    [[nodiscard]] bool lisible(std::string_view candidature) const
    {
        return std::ranges::find(lisibles, candidature) != lisibles.end();
    }
};
std::string fiche_logement(const ui::Chrome&, const FicheLogement&, const Saisie& = {},
                           std::string_view fait = {});

struct Candidats {
    Logement logement;
    std::string commune;
    std::vector<store::Trouvee> trouvees;
    std::optional<ui::Url> suite;
    bool peut_designer = false;
};
std::string candidats(const ui::Chrome&, const Candidats&, const ui::Values& filtres);

struct FicheCandidature {
    Candidature candidature;
    store::Candidat candidat;
    Logement logement;
    std::string commune, fuseau;
    std::vector<store::Fait> faits;
    bool peut_instruire = false, peut_conclure = false;
    Orientation ou;
};
std::string fiche_candidature(const ui::Chrome&, const FicheCandidature&, const Saisie& = {},
                              std::string_view fait = {});

/// The dwellings of an applicant. views_demandeur.cpp
struct Propositions {
    std::string demande, numero, fuseau;
    std::vector<Suivi> suivis;
};
std::string propositions(const ui::Chrome&, const Propositions&, std::string_view fait = {});
struct Repondre {
    std::string demande, numero;
    Suivi suivi;
};
std::string repondre(const ui::Chrome&, const Repondre&, const Saisie& = {});

struct Commissions {
    std::vector<Guichet> bailleurs;
    std::vector<store::Commission> commissions;
    bool suite = false; // older ones follow
};
std::string commissions(const ui::Chrome&, const Commissions&, const Saisie& = {},
                        std::string_view fait = {});

struct Seance {
    store::Commission commission;
    struct Examine {
        store::Ouvert ouvert;
        std::string commune;
        store::Examen examen;
    };
    std::vector<Examine> examines; // a page of them
    Date aujourd_hui;
    std::string apres;   // the page begins after this dwelling; empty: at the first
    std::string suite;   // the next page begins after this one; empty: there is none
    bool refuse = false; // the form of the only dwelling shown was refused
};
std::string seance(const ui::Chrome&, const Seance&, const Saisie& = {}, std::string_view fait = {});

} // namespace demande::candidature::views
