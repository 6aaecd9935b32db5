// Pages about accounts and partners, from values to HTML. They show what they are given and decide nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "compte/compte.hpp"
#include "compte/listes.hpp"
#include "partenaire/liste.hpp"
#include "partenaire/partenaire.hpp"
#include "ui/components.hpp"

namespace compte::views {

/// What every form of this folder needs: what was typed and what is wrong with it.
struct Saisie {
    const FormErrors* erreurs = nullptr;
    const ui::Values* valeurs = nullptr;
};
/// A sentence shown at the top after an action.
using Message = std::optional<ui::Alert>;
inline void montrer(ui::Html& h, const Message& message)
{
    if (message) ui::alert(h, *message);
}

/// « Invitation envoyée » only where a link could leave. The mandates: every one the reader may see.
std::string_view etat_en_mots(const std::string& email, EtatCompte, const std::vector<MandatTenu>&);
std::vector<MandatTenu> mandats_du_compte(const ListeComptes&, const std::string& compte);

// ── views_connexion.cpp ──
std::string connexion(const ui::Chrome&, const std::string& retour, const Message&, const Saisie&);
std::string oubli(const ui::Chrome&, const Saisie&);
std::string oubli_envoye(const ui::Chrome&);

/// Choosing a password behind a link. `action` is the page itself.
struct ChoixMotDePasse {
    std::string titre;
    std::string introduction;
    std::string email;
    std::string bouton;
    ui::Url action;
    bool nom_demande = false; // the name comes from a report: the person says it herself
};
std::string choix_mot_de_passe(const ui::Chrome&, const ChoixMotDePasse&, const Saisie&);
/// The link no longer works; `renvoi`: where to ask for another one, when that is possible.
std::string lien_perime(const ui::Chrome&, const ui::Url& renvoi, bool renvoye);

/// One of the agent's roles, in words.
struct RoleAffiche {
    std::string role;
    std::string lieu;
    bool confirme = true;
};
struct MonCompte {
    Compte compte;
    std::vector<RoleAffiche> roles;
    std::vector<LigneSession> sessions;
    std::string session_actuelle;
    std::string fuseau = "Europe/Paris";
};
/// `erreurs_*`: of the form they belong to.
std::string mon_compte(const ui::Chrome&, const MonCompte&, const Message&, const Saisie& identite,
                       const Saisie& mot_de_passe);

// ── views_comptes.cpp ──

/// Names of the places mandates point to.
struct NomsDesLieux {
    std::map<std::string, std::string> territoires, comites, partenaires;
    [[nodiscard]] std::string de(const Mandat&) const;
};
struct ListeDesComptes {
    FiltreComptes filtre;
    ListeComptes liste;
    NomsDesLieux noms;
    std::vector<Role> roles_visibles;
    std::vector<std::pair<std::string, std::string>>
        territoires; // code, name: those the reader may filter by
    std::int64_t a_confirmer = 0;
    std::string fuseau = "Europe/Paris"; // the reader's
};
std::string comptes(const ui::Chrome&, const ListeDesComptes&, const Message&);

/// Places the inviting person may choose from. Empty lists hide the field.
struct ChoixInvitation {
    std::vector<Role> roles;
    std::vector<ui::Option> territoires, comites, partenaires;
};
std::string invitation(const ui::Chrome&, const ChoixInvitation&, const Saisie&);

/// A line of the account's history.
struct Evenement {
    Instant le;
    std::string titre;
    std::string par;
    std::string details;
};
struct FicheCompte {
    Compte compte;
    std::vector<MandatTenu> mandats; // within the reader's reach
    bool autres_mandats = false;     // there are more, that the reader does not see
    bool reserve = false; // some of those are confirmed: only the address and these roles are shown
    NomsDesLieux noms;
    std::vector<Evenement> historique;
    bool peut_relancer = false;
    bool peut_desactiver = false;
    bool peut_reactiver = false;
    std::vector<std::string> confirmables; // ids of mandates
    std::vector<std::string> retirables;
    bool messagerie_publique = false; // an address that anybody can open
    std::string fuseau = "Europe/Paris";
};
std::string fiche_compte(const ui::Chrome&, const FicheCompte&, const Message&);

// ── views_partenaires.cpp ──

struct ListeDesPartenaires {
    partenaire::Filtre filtre;
    partenaire::Liste liste;
    std::vector<std::pair<std::string, std::string>> territoires;
    bool peut_creer = false;
};
std::string partenaires(const ui::Chrome&, const ListeDesPartenaires&, const Message&);

struct CreationPartenaire {
    std::vector<ui::Option> territoires;
};
std::string nouveau_partenaire(const ui::Chrome&, const CreationPartenaire&, const Saisie&);

/// A line of perimeter with its name.
struct LignePerimetre {
    partenaire::Perimetre perimetre;
    std::string nom;
};
struct FichePartenaire {
    partenaire::Partenaire partenaire;
    std::string nom_territoire;
    std::string nom_commune; // of partenaire.insee
    bool peut_gerer = false;
    bool peut_tenir = false;
    bool peut_hors_service = false;
    std::int64_t affectations = 0; // open ones, left behind by a partner out of service
    std::vector<LignePerimetre> perimetre;
    std::vector<ui::Option> epcis;    // those not yet in the perimeter
    std::vector<ui::Option> communes; // answers to what was typed, when several communes match
    ListeComptes comptes;
    bool peut_inviter = false;
};
std::string fiche_partenaire(const ui::Chrome&, const FichePartenaire&, const Message&, const Saisie& fiche,
                             const Saisie& perimetre);

} // namespace compte::views
