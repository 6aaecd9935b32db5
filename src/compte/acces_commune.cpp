// Opens partner access to a commune that has sent a report. Shell: it reads and writes; what is opened to
// whom is the table of regles.hpp, what an unconfirmed mandate allows is decided by the rights tables
// (droits.hpp gives it nothing, signalement only the report deposited).
#include "compte/acces_commune.hpp"

#include "compte/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/store.hpp"
#include "territoire/store.hpp"

namespace compte {
namespace {

/// The town hall of the commune; opened with the default competences, on its own territory, when it is new.
std::string partenaire_de_la_commune(db::Transaction& tx, const std::string& territoire,
                                     const territoire::Commune& commune, Instant le, bool& ouvert)
{
    using partenaire::Partenaire;
    namespace partenaires = partenaire::store;
    if (const auto existant = partenaires::de_la_commune(tx, territoire, commune.insee))
        return existant->id.text;
    Partenaire nouveau;
    nouveau.id = Id<Partenaire>::make(le);
    nouveau.territoire = territoire;
    nouveau.nom = commune.nom + " (mairie)";
    nouveau.type = partenaire::TypePartenaire::CommuneSchs;
    nouveau.insee = commune.insee;
    nouveau.perimetre = {{partenaire::GenrePerimetre::Commune, commune.insee}};
    const auto par_defaut = partenaire::competences_par_defaut(nouveau.type);
    nouveau.competences.assign(par_defaut.begin(), par_defaut.end());
    ouvert = partenaires::insert_commune(tx, nouveau, le);
    if (ouvert)
        journal::append(tx, {"partenaire", nouveau.id.text, "creation", {}, {}, territoire, le, nouveau.nom});
    return partenaires::de_la_commune(tx, territoire, commune.insee)->id.text;
}

} // namespace

AccesCommune ouvrir_acces_commune(db::Transaction& tx, const std::string& territoire,
                                  const std::string& insee, const PersonneDeposante& personne, Instant le)
{
    AccesCommune acces;
    const auto email = plier_email(personne.email);
    const auto lieu = territoire::store::find_commune(tx, insee);
    if (!email || !lieu || territoire.empty()) return acces;

    auto compte = store::find_by_email(tx, *email);
    auto tenus = compte ? store::mandats_de(tx, compte->id) : std::vector<MandatTenu>{};
    const auto* ouverture = &ouverture_pour(*email, compte, tenus);
    if (ouverture->compte) {
        acces.partenaire =
            partenaire_de_la_commune(tx, territoire, lieu->commune, le, acces.partenaire_ouvert);
        const bool ouvert = store::ouvrir_compte_declare(
            tx, *email, personne.nom, personne.prenom,
            {Role::AgentPartenaire, territoire, {}, acces.partenaire, false}, le);
        compte = store::find_by_email(tx, *email);
        base::expect(compte.has_value(), "the account was just opened, or existed");
        tenus = store::mandats_de(tx, compte->id);
        if (ouvert)
            journal::append(
                tx, {"compte", compte->id.text, "acces_commune", {}, {}, territoire, le, lieu->commune.nom});
        else // somebody invited this address at the same moment
            ouverture = &ouverture_pour(*email, compte, tenus);
    }
    if (!ouverture->signalement) return acces;
    acces.compte = compte->id.text;
    if (compte->etat == EtatCompte::Actif) {
        acces.suite = SuiteDepot::Ouvrir;
    } else if (!activable(*compte, tenus)) {
        acces.suite = SuiteDepot::Verification;
    } else if (store::a_un_lien(tx, compte->id, store::UsageLien::Activation, le)) {
        // One invitation is enough while its link works: twenty reports in a week are not twenty e-mails.
        acces.suite = SuiteDepot::DejaInvite;
    } else {
        acces.suite = SuiteDepot::Activer;
    }
    return acces;
}

} // namespace compte
