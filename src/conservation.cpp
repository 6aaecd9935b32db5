// The table of durations. docs/adr/0011 argues each one.
#include "conservation.hpp"

#include <fmt/format.h>

#include "base/expect.hpp"
#include "base/text.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "demande/echange/store_echange.hpp"
#include "demande/portail/controle.hpp"
#include "demande/portail/demandeur.hpp"
#include "demande/store_vie.hpp"
#include "signalement/conservation.hpp"
#include "signalement/depot/formulaire.hpp"
#include "signalement/lot/lot.hpp"

namespace conservation {

namespace {

constexpr std::string_view minimisation =
    "RGPD, article 5, paragraphe 1, e : pas plus longtemps que nécessaire";

constexpr Regle table[] = {
    {Objet::SignalementClos, "Un signalement clos : dossier, photos, documents, messages, historique",
     signalement::conservation_clos_ans, Unite::Ans,
     "après la clôture, ou le dernier échange s’il est plus récent",
     "Code civil, article 2224 : le temps d’agir en justice"},
    {Objet::SignalementRefuse, "Un signalement refusé, de même", signalement::conservation_refuse_ans,
     Unite::Ans, "après le refus, ou le dernier échange s’il est plus récent",
     "Code de justice administrative, article R. 421-1 : le temps de contester, et de revenir sur le refus"},
    {Objet::DemandeRadiee,
     "Les noms d’une demande de logement social radiée : ce qui a été déclaré, personnes, courriers",
     demande::store::conservation_radiee_ans, Unite::Ans, "après la radiation",
     "Arrêté du 23 mars 2015, annexe, 7"},
    {Objet::DemandeNonDeposee, "Une demande de logement social commencée en ligne et jamais déposée",
     demande::portail::conservation_brouillon_jours, Unite::Jours, "après sa dernière modification",
     minimisation},
    {Objet::DemandeNonCorrigee, "La même, renvoyée par un guichet et jamais corrigée",
     demande::portail::conservation_invalidee_jours, Unite::Jours, "après le renvoi", minimisation},
    {Objet::CompteDemandeur, "L’adresse électronique d’un compte de demandeur qui n’a aucune demande",
     demande::portail::conservation_compte_ans, Unite::Ans, "après la dernière connexion", minimisation},
    {Objet::FichierDEchange,
     "Un fichier du système national envoyé par un gestionnaire et pas encore importé",
     demande::echange::store::conservation_fichier_jours, Unite::Jours, "après son envoi", minimisation},
    {Objet::Brouillon, "Un brouillon abandonné", signalement::depot::abandon_jours, Unite::Jours,
     "après sa dernière modification", minimisation},
    {Objet::CorpsDeCourriel, "Le texte des courriels", courrier::jours_corps, Unite::Jours,
     "après leur écriture", minimisation},
    {Objet::TraceDeCourriel, "La trace des courriels sans rapport avec un signalement : adresse, objet, date",
     courrier::ans_trace, Unite::Ans, "après leur écriture",
     "RGPD, article 5, paragraphe 1, f : la sécurité"},
    {Objet::CompteDesactive,
     "Le nom et l’adresse électronique d’un agent dont l’accès est fermé, ou qui n’a plus de rôle",
     compte::store::ans_desactive, Unite::Ans,
     "après la fermeture ou le retrait du rôle, ou la dernière connexion si elle est plus récente",
     minimisation},
    {Objet::CompteNonActive, "L’invitation d’un agent restée sans suite", compte::store::ans_non_active,
     Unite::Ans, "après l’invitation", minimisation},
    {Objet::LienSecret, "Un lien d’activation ou de mot de passe", compte::store::jours_lien, Unite::Jours,
     "après son expiration", minimisation},
    {Objet::CodeDemandeur,
     "Un code envoyé à un demandeur, avec l’adresse électronique qui l’a demandé ou la demande qu’il ouvre",
     demande::portail::conservation_code_jours, Unite::Jours, "après son expiration", minimisation},
    {Objet::Session, "La session d’un agent ou d’un demandeur",
     static_cast<int>(compte::session_absolue_secondes / 3600), Unite::Heures, "après la connexion, au plus",
     minimisation},
    {Objet::Tentative, "Les essais de connexion et d’envoi, sous une forme qui ne nomme personne",
     compte::store::jours_tentative, Unite::Jours, "après l’essai",
     "RGPD, article 5, paragraphe 1, f : la sécurité"},
    {Objet::Selection, "Les signalements qu’un agent a choisis pour agir sur plusieurs",
     signalement::lot::conservation_selection_jours, Unite::Jours, "après le choix", minimisation},
    {Objet::Lot, "Ce qu’un agent a fait sur plusieurs signalements à la fois, hors de leur historique",
     signalement::lot::conservation_lot_jours, Unite::Jours, "après l’action", minimisation},
    {Objet::EnvoiUnique, "L’empreinte d’un formulaire d’agent déjà reçu", compte::store::jours_envoi_unique,
     Unite::Jours, "après l’envoi", minimisation},
};

} // namespace

std::span<const Regle> regles()
{
    return table;
}

std::string duree(const Regle& r)
{
    switch (r.unite) {
    case Unite::Heures:
        return base::count(r.nombre, "heure", "heures") + " " + std::string{r.depuis};
    case Unite::Jours:
        return base::count(r.nombre, "jour", "jours") + " " + std::string{r.depuis};
    case Unite::Ans:
        return base::count(r.nombre, "an", "ans") + " " + std::string{r.depuis};
    }
    throw base::Bug{"a duration without a unit"};
}

Instant limite(Objet objet, Instant maintenant)
{
    for (const auto& r : table) {
        if (r.objet != objet) continue;
        switch (r.unite) {
        case Unite::Heures:
            return maintenant.plus_seconds(-3600LL * r.nombre);
        case Unite::Jours:
            return maintenant.plus_days(-r.nombre);
        case Unite::Ans: // leap years included: never before the anniversary
            return maintenant.plus_days(-(365LL * r.nombre + (r.nombre + 3) / 4));
        }
    }
    throw base::Bug{"something kept without a duration"};
}

} // namespace conservation
