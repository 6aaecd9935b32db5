// Opens partner access to a commune that has sent a report. Shell: it reads and writes; what an unconfirmed
// mandate allows is decided by the rights tables (droits.hpp gives it nothing, signalement only the report
// deposited).
#include "compte/acces_commune.hpp"

#include "compte/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/store.hpp"

namespace compte {
namespace {

/// The town hall of the commune; opened with the default competences, on its own territory, when it is new.
std::string partenaire_de_la_commune(db::Transaction& tx, const CommuneDeposante& commune, Instant le,
                                     bool& ouvert)
{
    using partenaire::Partenaire;
    namespace partenaires = partenaire::store;
    if (const auto existant = partenaires::de_la_commune(tx, commune.territoire, commune.insee))
        return existant->id.text;
    Partenaire nouveau;
    nouveau.id = Id<Partenaire>::make(le);
    nouveau.territoire = commune.territoire;
    nouveau.nom = commune.nom + " (mairie)";
    nouveau.type = partenaire::TypePartenaire::CommuneSchs;
    nouveau.insee = commune.insee;
    nouveau.perimetre = {{partenaire::GenrePerimetre::Commune, commune.insee}};
    const auto par_defaut = partenaire::competences_par_defaut(nouveau.type);
    nouveau.competences.assign(par_defaut.begin(), par_defaut.end());
    ouvert = partenaires::insert_commune(tx, nouveau, le);
    if (ouvert)
        journal::append(
            tx, {"partenaire", nouveau.id.text, "creation", {}, {}, commune.territoire, le, nouveau.nom});
    return partenaires::de_la_commune(tx, commune.territoire, commune.insee)->id.text;
}

} // namespace

AccesCommune ouvrir_acces_commune(db::Transaction& tx, const CommuneDeposante& commune,
                                  const PersonneDeposante& personne, Instant le)
{
    AccesCommune acces;
    const auto email = plier_email(personne.email);
    if (!email || commune.insee.empty() || commune.territoire.empty()) return acces;

    if (const auto connu = store::find_by_email(tx, *email); connu && connu->etat == EtatCompte::Desactive) {
        // Somebody closed this account: a form that anybody can fill does not open it again.
        if (const auto p = partenaire::store::de_la_commune(tx, commune.territoire, commune.insee))
            acces.partenaire = p->id.text;
        return acces;
    }
    acces.partenaire = partenaire_de_la_commune(tx, commune, le, acces.partenaire_ouvert);

    // An administrator of this town hall needs no second mandate there.
    if (const auto connu = store::find_by_email(tx, *email))
        for (const auto& tenu : store::mandats_de(tx, connu->id))
            if (tenu.mandat.partenaire == acces.partenaire && tenu.mandat.confirme) acces.confirme = true;

    const Mandat mandat{Role::AgentPartenaire, commune.territoire, {}, acces.partenaire, false};
    if (acces.confirme) {
        acces.compte = store::find_by_email(tx, *email)->id.text;
    } else {
        const auto enregistre =
            store::save(tx, Invitation{*email, personne.nom, personne.prenom, mandat, {}, le});
        acces.compte = enregistre.compte.text;
        if (enregistre.mandat_cree)
            journal::append(
                tx, {"compte", acces.compte, "acces_commune", {}, {}, commune.territoire, le, commune.nom});
    }
    const auto compte = store::find(tx, Id<Compte>{acces.compte});
    // One invitation is enough while its link works: twenty reports in a week are not twenty e-mails.
    if (compte->etat == EtatCompte::Invite &&
        !store::a_un_lien(tx, compte->id, store::UsageLien::Activation, le))
        acces.jeton_activation = store::creer_lien(tx, compte->id, store::UsageLien::Activation, le);
    return acces;
}

} // namespace compte
