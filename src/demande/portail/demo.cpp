// The demonstration of a registration online. Invented people, without any NIR.
#include "demande/portail/demo.hpp"

#include <utility>
#include <vector>

#include "demande/jalons.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/portail/store_en_ligne.hpp"
#include "document/document.hpp"
#include "piece/store.hpp"

namespace demande::portail {

namespace {
namespace demonstration {

constexpr std::string_view territoire = "076";

Reponses reponses(const std::vector<std::pair<const char*, const char*>>& champs)
{
    Reponses r;
    for (const auto& [champ, texte] : champs) r.mettre(champ, texte);
    return r;
}

} // namespace demonstration
} // namespace

std::string specimen_d_identite(Date jour)
{
    return document::print(
               document::Document{
                   .title = "Spécimen",
                   .sender = {"Démonstration"},
                   .blocks = {document::Callout{"Spécimen", "Ce document n’est pas une pièce "
                                                            "d’identité."},
                              document::Definitions{
                                  {{"Nom", "Diarra"}, {"Prénom", "Aminata"}, {"Née le", "12 mars 1991"}}}}},
               jour)
        .bytes;
}

void semer_demo(db::Transaction& tx, const piece::PieceRecue& identite, Instant le)
{
    const auto en_cours = store::ouvrir_compte(tx, demo_brouillon, le.plus_days(-3));
    const auto commencee =
        store::ouvrir(tx, en_cours.id, demonstration::territoire,
                      demonstration::reponses({{"demandeur.civilite", "mme"},
                                               {"demandeur.nom", "Abgrall"},
                                               {"demandeur.prenom", "Lucile"},
                                               {"demandeur.naissance_le", "27/08/1998"},
                                               {"demandeur.nationalite", "fr"},
                                               {"demandeur.situation_familiale", "celibataire"},
                                               {"demandeur.email", "lucile.abgrall@demo.logis.example"},
                                               {"localisation.1.commune", "Rouen 76000"}}),
                      "", le.plus_days(-3));
    const auto brouillon = store::find(tx, commencee, en_cours.id, "");
    store::garder(tx, *brouillon, brouillon->reponses, "coordonnees", "", le.plus_days(-3));

    const auto elle = store::ouvrir_compte(tx, demo_deposee, le.plus_days(-2));
    const auto id =
        store::ouvrir(tx, elle.id, demonstration::territoire,
                      demonstration::reponses({{"demandeur.civilite", "mme"},
                                               {"demandeur.nom", "Diarra"},
                                               {"demandeur.prenom", "Aminata"},
                                               {"demandeur.naissance_le", "12/03/1991"},
                                               {"demandeur.nationalite", "hors_ue"},
                                               {"demandeur.situation_familiale", "separe"},
                                               {"demandeur.telephone", "06 39 98 12 34"},
                                               {"demandeur.email", "aminata.diarra@demo.logis.example"},
                                               {"demandeur.infos_courriel", "oui"},
                                               {"adresse.chez", "Mme Fofana"},
                                               {"adresse.voie", "14 rue du Champ-des-Oiseaux"},
                                               {"adresse.code_postal", "76000"},
                                               {"adresse.commune", "Rouen"},
                                               {"a_charge.1.nom", "Diarra"},
                                               {"a_charge.1.prenom", "Issa"},
                                               {"a_charge.1.naissance_le", "05/01/2020"},
                                               {"a_charge.1.lien", "enfant"},
                                               {"travail.statut", "prive"},
                                               {"travail.profession", "Aide à domicile"},
                                               {"revenus.rfr_n2", "15 800"},
                                               {"ressources.sal", "1 240"},
                                               {"logement.statut", "tiers"},
                                               {"logement.personnes", "5"},
                                               {"motif.separation", "oui"},
                                               {"motif.autre_logement", "non"},
                                               {"souhait.t2", "oui"},
                                               {"souhait.t3", "oui"},
                                               {"souhait.personnes", "2"},
                                               {"souhait.elargir", "oui"},
                                               {"localisation.1.commune", "Rouen 76000"},
                                               {"depot.identite", "carte_sejour"}}),
                      "", le.plus_days(-2));
    const auto deposee = store::find(tx, id, elle.id, "");
    store::ajouter_fichier(tx, *deposee, piece::store::inserer(tx, identite, le).id.text, le.plus_days(-2));
    store::deposer(tx, *deposee, jour_legal(le.plus_days(-2), demonstration::territoire), le.plus_days(-2));
}

} // namespace demande::portail
