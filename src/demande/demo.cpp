// The guichets of the demonstration.
#include "demande/demo.hpp"

#include "demande/accueil/store_accueil.hpp"
#include "demande/candidature/demo.hpp"
#include "demande/store.hpp"
#include "partenaire/demo.hpp"

namespace demande {

void semer_demo(db::Transaction& tx, Instant le)
{
    store::ouvrir_guichet(
        tx, {.code = demo_guichet_ccas, .territoire = "076", .partenaire = partenaire::demo_ccas_rouen}, le);
    store::ouvrir_guichet(
        tx, {.code = demo_guichet_bailleur, .territoire = "076", .partenaire = partenaire::demo_bailleur},
        le);
    store::ouvrir_guichet(
        tx, {.code = demo_guichet_ddtm, .territoire = "076", .partenaire = partenaire::demo_ddtm}, le);
    accueil::store::garder(tx, {.code = demo_guichet_ccas, .territoire = "076"},
                           accueil::Accueil{"2 rue de l’Exemple\n76000 Rouen", "+33235000000",
                                            "Du lundi au vendredi, de 9 h à 12 h, sans rendez-vous"},
                           le);
    accueil::store::garder(tx, {.code = demo_guichet_bailleur, .territoire = "076"},
                           accueil::Accueil{"18 avenue de l’Exemple\n76500 Elbeuf", "",
                                            "Le mardi et le jeudi, de 14 h à 17 h, sur rendez-vous"},
                           le);
    store::habiliter(tx, "compte-demo-louise-auger", demo_guichet_ddtm, {}, le);
    store::habiliter(tx, "compte-demo-fatou-sarr", demo_guichet_ccas, {}, le);
    store::habiliter(tx, "compte-demo-stephane-hamel", demo_guichet_bailleur, {}, le);
    candidature::semer_demo(tx, le);
}

} // namespace demande
