// What agents see of signalements: the list, the file, its actions. Asks the tables what is possible, decides
// nothing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "compte/agent.hpp"
#include "courrier/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/partenaire.hpp"
#include "piece/piece.hpp"
#include "signalement/desordre/criticite.hpp"
#include "signalement/filtre/mots.hpp"
#include "signalement/store.hpp"
#include "ui/components.hpp"

namespace signalement::views {

/// Addresses of the pages, in one place.
ui::Url url_liste();
ui::Url url_liste(const filtre::Filtre&);
/// What was asked, word for word: the list answers it, or says why it cannot.
ui::Url url_liste(const filtre::Paires& demande);
/// The statistics of what a filter keeps.
ui::Url url_statistiques(const filtre::Filtre&);
ui::Url url_carte(const filtre::Filtre&);
ui::Url url_fiche(std::string_view id);
ui::Url url_action(std::string_view id, std::string_view noun); // "refus", "cloture"…
ui::Url url_piece(std::string_view id, std::string_view piece);
ui::Url url_miniature(std::string_view id, std::string_view piece);

ui::Markup badge_statut(Statut);
ui::Markup badge_gravite(desordre::Gravite);

/// Something with a name that a filter may choose: a committee, a partner…
struct Choisissable {
    std::string id, nom;
};

/// What the same filters show.
enum class Ecran { Liste, Statistiques, Carte };

struct PageListe {
    store::Liste liste;
    filtre::Filtre filtre;
    FormErrors refus;      // what the address asks and nobody understands: then there is no line
    filtre::Paires saisie; // the address, as it was typed
    std::int64_t total = 0;
    std::string sans_reponse; // what was searched and no report has: the lines come near it
    bool tous_les_filtres = false;
    // What the filters offer; none of these lists when there is nothing to choose.
    std::vector<Choisissable> comites, regions, territoires, epcis, partenaires;
    filtre::Noms noms;                            // of the codes that are asked
    std::function<bool(filtre::Cle)> permis = {}; // the criteria that are open to the reader
    std::function<bool(const filtre::Ordre&)> ordre_permis = {};
    bool sans_role = false;                // the reader has no role at all
    Ecran ecran = Ecran::Liste;            // whose filters they are
    bool a_choisir = false;                // lines may be chosen, to act on several of them
    std::int64_t choisis = 0;              // how many are, here or on other pages
    std::vector<ui::Link> recherches = {}; // saved ones
    // The columns that the reader chose, and what each line has in them, by the id of its report; none: those
    // of everybody.
    std::vector<std::string> titres = {};
    std::map<std::string, std::vector<std::string>> cellules = {};
};
std::string liste(const ui::Chrome&, const PageListe&);

/// The tabs of a file.
enum class Onglet { Suivi, Declaration, Documents, Historique, Courriels };
inline constexpr base::Name<Onglet> onglets[] = {
    {Onglet::Suivi, "suivi", "Suivi"},
    {Onglet::Declaration, "declaration", "Déclaration"},
    {Onglet::Documents, "documents", "Documents"},
    {Onglet::Historique, "historique", "Historique"},
    {Onglet::Courriels, "courriels", "Courriels"},
};
/// Whether this reader has the tab: history and e-mails tell what stays between services.
bool a_l_onglet(const compte::Agent&, const Dossier&, Onglet);

/// What the file shows, as far as this reader may see it. What only one tab shows is read for that tab.
struct Fiche {
    Dossier dossier;
    Signalement signalement;
    std::string comite_nom;
    std::string fuseau = "Europe/Paris"; // of the territory: the days and hours of the file
    std::vector<desordre::PrecisionChoisie> precisions;
    std::vector<desordre::ProcedureSuspectee> procedures;
    desordre::Evaluation evaluation;
    bool tout = false; // the reader also sees what stays between services
    std::int64_t nombre_suivis = 0, nombre_pieces = 0;
    courrier::CompteDeCourriels nombre_courriels; // for those who may see them
    store::Page<store::Voisin> voisins;           // other reports of the dwelling, within the reader's reach

    int page = 1;                             // of the history, of the e-mails
    bool au_debut = true;                     // of the follow-up, of the files
    store::Page<store::EntreeSuivi> suivis;   // Onglet::Suivi
    store::Page<store::PieceDuDossier> liens; // Onglet::Documents
    std::vector<piece::Piece> pieces;         // those of `suivis` or of `liens`
    std::vector<journal::Entree> historique;  // Onglet::Historique, newest first
    std::int64_t nombre_historique = 0;
    std::vector<courrier::EtatCourriel> courriels; // Onglet::Courriels
};
inline constexpr int historique_par_page = 50;

/// What was refused, and what had been typed.
struct Saisie {
    const FormErrors* errors = nullptr;
    const ui::Values* values = nullptr;
    const Problem* problem = nullptr;
};

std::string fiche(const ui::Chrome&, const Fiche&, const compte::Agent&, Onglet, const Saisie& = {},
                  std::string_view fait = {});

/// A partner offered for affectation, and why.
struct Candidat {
    partenaire::Partenaire partenaire;
    std::string raison;                       // « Couvre Rouen · Insalubrité, Arrêtés »
    bool propose = false;                     // checked beforehand
    bool ecarte = false;                      // a landlord whom nobody agreed to inform: cannot be chosen
    const Affectation* affectation = nullptr; // already entrusted to it
};
std::string affecter(const ui::Chrome&, const Fiche&, const std::vector<Candidat>&, const Saisie& = {});

/// The page of an action that asks a reason and a text: refusal, closure, reopening, and a partner's answers.
struct DemandeMotif {
    Action action;
    std::string affectation; // for a partner's answer
};
/// Whether the action has such a page; the others are a button of the file.
bool demande_un_motif(Action);
std::string demander_motif(const ui::Chrome&, const Fiche&, const DemandeMotif&, const Saisie& = {});

} // namespace signalement::views
