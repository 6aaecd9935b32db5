// Who is invited, for what, by whom; who confirms, withdraws, deactivates: pure, no database.
#include <algorithm>

#include "base/text.hpp"
#include "compte/droits.hpp"
#include "compte/regles.hpp"

namespace compte {
namespace {

bool est_le_sien(const Agent& par, const std::string& compte)
{
    return par.id == compte;
}

/// The mandates that say whose account it is: the confirmed ones, else what there is. Unconfirmed mandates
/// are opened by anybody's deposit: they must not take an account out of its administrator's reach.
std::vector<Mandat> determinants(const std::vector<MandatTenu>& tenus)
{
    std::vector<Mandat> confirmes, tous;
    for (const auto& t : tenus) {
        tous.push_back(t.mandat);
        if (t.mandat.confirme) confirmes.push_back(t.mandat);
    }
    return confirmes.empty() ? tous : confirmes;
}

bool administre(const Agent& par, const std::vector<MandatTenu>& tenus)
{
    const auto mandats = determinants(tenus);
    // Nobody's account: whoever may give everything.
    if (mandats.empty()) return peut_attribuer(par, Mandat{Role::SuperAdmin, {}, {}, {}, true});
    return std::ranges::all_of(mandats, [&](const Mandat& m) { return peut_attribuer(par, m); });
}

constexpr const char* hors_de_portee = "Ce compte a aussi des rôles que vous n’administrez pas. Retirez les "
                                       "rôles de votre ressort, ou demandez à la "
                                       "personne responsable du territoire.";

} // namespace

void lire_personne(DemandeInvitation& demande, FormErrors& erreurs)
{
    const auto lire_nom = [&](std::string& valeur, const char* champ, const char* absent) {
        const auto propre = base::clean_text(base::trim(valeur));
        if (!propre || propre->empty())
            erreurs.push_back({champ, absent});
        else if (base::length(*propre) > nom_max)
            erreurs.push_back({champ, "Écrivez 80 caractères au plus."});
        else
            valeur = *propre;
    };
    lire_nom(demande.prenom, "prenom", "Indiquez le prénom de la personne.");
    lire_nom(demande.nom, "nom", "Indiquez le nom de la personne.");
    if (const auto email = plier_email(demande.email))
        demande.email = *email;
    else
        erreurs.push_back({"email", demande.email.empty()
                                        ? "Indiquez l’adresse électronique professionnelle de la personne."
                                        : "Cette adresse électronique n’est pas valable. Exemple : "
                                          "prenom.nom@commune.example"});
}

Result<Mandat, FormErrors> composer_mandat(const DemandeInvitation& demande, const LieuxConnus& connus)
{
    const auto role = base::from_slug(roles, demande.role);
    if (!role) return FormErrors{{"role", "Choisissez un rôle."}};
    switch (*role) {
    case Role::SuperAdmin:
        return Mandat{*role, {}, {}, {}, true};
    case Role::ResponsableTerritoire:
        if (!connus.territoire_connu) return FormErrors{{"territoire", "Choisissez un territoire."}};
        return Mandat{*role, demande.territoire, {}, {}, true};
    case Role::SecretaireComite:
        if (connus.territoire_du_comite.empty()) return FormErrors{{"comite", "Choisissez un comité."}};
        return Mandat{*role, connus.territoire_du_comite, demande.comite, {}, true};
    case Role::AdminPartenaire:
    case Role::AgentPartenaire:
        if (connus.territoire_du_partenaire.empty())
            return FormErrors{{"partenaire", "Choisissez un partenaire."}};
        return Mandat{*role, connus.territoire_du_partenaire, {}, demande.partenaire, true};
    }
    throw base::Bug{"unknown role"};
}

Result<Invitation, FormErrors> inviter(const Agent& par, const DemandeInvitation& saisie,
                                       const LieuxConnus& connus, Instant le)
{
    FormErrors erreurs;
    DemandeInvitation demande = saisie;
    lire_personne(demande, erreurs);
    // Whoever could name himself at a partner would read what is entrusted to it without anybody knowing.
    if (demande.email == par.email)
        erreurs.push_back(
            {"email", "Vous ne pouvez pas vous donner un rôle\u00a0: demandez-le à un collègue."});
    auto mandat = composer_mandat(demande, connus);
    if (!mandat)
        erreurs.insert(erreurs.end(), mandat.error().begin(), mandat.error().end());
    else if (!peut_attribuer(par, *mandat))
        erreurs.push_back({"role", "Vous ne pouvez pas donner ce rôle à cet endroit."});
    if (!erreurs.empty()) return erreurs;
    return Invitation{demande.email, demande.nom, demande.prenom, *mandat, par.id, le};
}

Result<Confirmation> confirmer_mandat(const Agent& par, const MandatTenu& tenu, Instant le)
{
    // Even an administrator of the partner does not vouch for himself.
    if (est_le_sien(par, tenu.compte) || !peut_attribuer(par, tenu.mandat)) return Problem::forbidden();
    if (tenu.mandat.confirme) return Problem::conflict("Ce rôle a déjà été confirmé.");
    return Confirmation{tenu.id, tenu.compte, par.id, le};
}

Result<Retrait> retirer_mandat(const Agent& par, const MandatTenu& tenu, Instant le)
{
    if (!peut_attribuer(par, tenu.mandat)) return Problem::forbidden();
    // So the last super-administrator cannot leave, and nobody locks himself out by mistake.
    if (est_le_sien(par, tenu.compte))
        return Problem::invalid(
            {}, "Vous ne pouvez pas retirer un de vos propres rôles : demandez-le à un collègue.");
    return Retrait{tenu.id, tenu.compte, par.id, le};
}

Result<Desactivation> desactiver(const Agent& par, const Compte& compte, const std::vector<MandatTenu>& tenus,
                                 Instant le)
{
    if (est_le_sien(par, compte.id.text))
        return Problem::invalid({}, "Vous ne pouvez pas désactiver votre propre compte.");
    if (!administre(par, tenus)) return Problem::forbidden(hors_de_portee);
    if (compte.etat == EtatCompte::Desactive) return Problem::conflict("Ce compte est déjà désactivé.");
    return Desactivation{compte.id, compte.version, par.id, le};
}

Result<Reactivation> reactiver(const Agent& par, const Compte& compte, const std::vector<MandatTenu>& tenus,
                               Instant le)
{
    if (!administre(par, tenus)) return Problem::forbidden(hors_de_portee);
    if (compte.etat != EtatCompte::Desactive) return Problem::conflict("Ce compte n’est pas désactivé.");
    return Reactivation{compte.id, compte.version, par.id, le};
}

Result<base::Ok> relancer_invitation(const Agent& par, const Compte& compte,
                                     const std::vector<MandatTenu>& tenus)
{
    const bool un_au_moins =
        std::ranges::any_of(tenus, [&](const MandatTenu& t) { return peut_attribuer(par, t.mandat); });
    if (!un_au_moins) return Problem::forbidden();
    if (compte.etat != EtatCompte::Invite)
        return Problem::conflict("Ce compte n’attend pas d’activation : aucun lien n’a été envoyé.");
    if (!activable(compte, tenus))
        return Problem::invalid(
            {}, "Confirmez d’abord le rattachement\u00a0: le lien d’activation partira alors.");
    return base::Ok{};
}

} // namespace compte
