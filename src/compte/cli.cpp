// What `logis compte …` does: the first account of an installation is made here.
#include "compte/cli.hpp"

#include "compte/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/store.hpp"
#include "territoire/store.hpp"

namespace compte {

Result<std::string> cli_creer(db::Database& base_de_donnees, const Config& config,
                              const CreationCli& creation, Instant le)
{
    DemandeInvitation demande{creation.email,      creation.nom,    creation.prenom,    creation.role,
                              creation.territoire, creation.comite, creation.partenaire};
    FormErrors erreurs;
    lire_personne(demande, erreurs);
    return base_de_donnees.write([&](db::Transaction& tx) -> Result<std::string> {
        auto toutes = erreurs; // the work may run again
        if (const auto connu = store::find_by_email(tx, demande.email);
            connu && connu->etat == EtatCompte::Desactive)
            return Problem::conflict(
                "Ce compte est désactivé : réactivez-le depuis l’administration des comptes.");
        LieuxConnus connus;
        connus.territoire_connu = territoire::store::find_territoire(tx, demande.territoire).has_value();
        if (const auto comite = territoire::store::find_comite(tx, demande.comite))
            connus.territoire_du_comite = comite->territoire;
        if (const auto p = partenaire::store::find(tx, Id<partenaire::Partenaire>{demande.partenaire}))
            connus.territoire_du_partenaire = p->territoire;
        const auto mandat = composer_mandat(demande, connus);
        if (!mandat) toutes.insert(toutes.end(), mandat.error().begin(), mandat.error().end());
        if (!toutes.empty())
            return Problem::invalid(toutes.front().field,
                                    toutes.front().field + " : " + toutes.front().message);

        const auto fait =
            store::save(tx, Invitation{demande.email, demande.nom, demande.prenom, *mandat, {}, le});
        journal::append(tx, {"compte",
                             fait.compte.text,
                             "role_donne",
                             {},
                             "Ligne de commande",
                             mandat->territoire,
                             le,
                             std::string{base::label_of(roles, mandat->role)}});
        if (fait.etat == EtatCompte::Actif) return std::string{};
        return config.base_url() + "/activation/" +
               store::creer_lien(tx, fait.compte, store::UsageLien::Activation, le);
    });
}

Result<base::Ok> cli_desactiver(db::Database& base_de_donnees, const std::string& email, Instant le)
{
    return base_de_donnees.write([&](db::Transaction& tx) -> Result<base::Ok> {
        const auto plie = plier_email(email);
        const auto compte = plie ? store::find_by_email(tx, *plie) : std::nullopt;
        if (!compte) return Problem::not_found("Aucun compte n’a cette adresse.");
        if (compte->etat == EtatCompte::Desactive) return Problem::conflict("Ce compte est déjà désactivé.");
        store::save(tx, Desactivation{compte->id, compte->version, {}, le});
        journal::append(tx,
                        {"compte", compte->id.text, "desactivation", {}, "Ligne de commande", {}, le, {}});
        return base::Ok{};
    });
}

std::vector<std::string> cli_lister(db::Database& base_de_donnees)
{
    auto tx = base_de_donnees.read();
    return store::inventaire(tx);
}

} // namespace compte
