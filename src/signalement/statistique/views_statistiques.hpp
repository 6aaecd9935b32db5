// The figures as HTML, as CSV and on paper. Decides nothing.
#pragma once

#include <array>
#include <map>
#include <string>

#include "document/document.hpp"
#include "signalement/statistique/comparaison.hpp"
#include "signalement/views.hpp"

namespace signalement::statistique::views {

struct PageStatistiques {
    signalement::views::PageListe filtres;
    Statistiques chiffres;
    std::array<std::map<std::string, std::string>, nombre_d_axes> noms; // of the codes of each axe
    bool partenaires = false; // who works on a report is told to this reader
    // When reports were entrusted and visited is told too, of each of them: blank, they would count as
    // waiting.
    bool etapes = false;
    [[nodiscard]] bool dit(Delai d) const { return etapes || d == Delai::Cloture; }
    /// The territory that is counted whole, first, and those that are like it; empty when it is something
    /// else.
    struct Compare {
        Comparable qui;
        Profil12Mois profil;
    };
    std::vector<Compare> compares = {};
    Instant le;
    std::string fuseau = "Europe/Paris";
};

std::string page(const ui::Chrome&, const PageStatistiques&);

/// A table of the page: what its CSV is named after.
enum class Partie {
    Mois,
    Delais,
    Desordre,
    Qualification,
    Issue,
    Motif,
    Partenaire,
    Territoire,
    Comite,
    Commune
};
inline constexpr base::Name<Partie> parties[] = {
    {Partie::Mois, "mois", "Par mois"},
    {Partie::Delais, "delais", "Délais par mois de dépôt"},
    {Partie::Desordre, "desordre", "Par désordre"},
    {Partie::Qualification, "qualification", "Par procédure suspectée"},
    {Partie::Issue, "issue", "Par issue"},
    {Partie::Motif, "motif", "Par motif de clôture"},
    {Partie::Partenaire, "partenaire", "Par partenaire"},
    {Partie::Territoire, "territoire", "Par département"},
    {Partie::Comite, "comite", "Par comité"},
    {Partie::Commune, "commune", "Par commune"},
};
std::string csv(const PageStatistiques&, Partie);
document::Document papier(const PageStatistiques&);

} // namespace signalement::statistique::views
