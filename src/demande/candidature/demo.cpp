// Plays the dwelling of the demonstration through the rules. Invented people.
#include "demande/candidature/demo.hpp"

#include "base/expect.hpp"
#include "demande/candidature/suites.hpp"
#include "demande/demo.hpp"
#include "demande/jalons.hpp"
#include "demande/store.hpp"

namespace demande::candidature {

namespace {
namespace logement_de_demo {

constexpr std::string_view elbeuf = "76231";

struct Menage {
    std::string_view civilite, nom, prenom, naissance_le, voie, personnes, rfr, motif;
    int depose_il_y_a_mois;
};
constexpr Menage menages[] = {
    {"mme", "Lagadec", "Rozenn", "14/02/1986", "5 rue Guynemer", "3", "16800", "motif.trop_petit", 40},
    {"m", "Sissoko", "Bakary", "30/08/1979", "21 rue Camille Randoing", "4", "19250", "motif.indigne", 26},
    {"mme", "Vauquelin", "Denise", "09/06/1958", "2 impasse du Neubourg", "2", "14100", "motif.inadapte", 15},
};

template <class T, class E> T tenu(Result<T, E> r)
{
    base::expect(r.has_value(), "the dwelling of the demonstration asks for something the rules refuse");
    return *std::move(r);
}

std::string enregistrer(db::Transaction& tx, const Menage& m, const Guichet& g, const compte::Agent& par,
                        Date jour, Instant le)
{
    Reponses r;
    for (const auto& [champ, texte] : std::initializer_list<std::pair<std::string_view, std::string>>{
             {"depot.depose_le", base::short_text(base::plus_months(jour, -m.depose_il_y_a_mois))},
             {"depot.identite", "carte_identite"},
             {"depot.nature", "premiere"},
             {"demandeur.civilite", std::string{m.civilite}},
             {"demandeur.nom", std::string{m.nom}},
             {"demandeur.prenom", std::string{m.prenom}},
             {"demandeur.naissance_le", std::string{m.naissance_le}},
             {"demandeur.nationalite", "fr"},
             {"demandeur.situation_familiale", "celibataire"},
             {"adresse.voie", std::string{m.voie}},
             {"adresse.code_postal", "76500"},
             {"adresse.commune", "Elbeuf"},
             {"logement.statut", "locataire_prive"},
             {"revenus.rfr_n2", std::string{m.rfr}},
             {std::string_view{m.motif}, "oui"},
             {"souhait.t3", "oui"},
             {"souhait.personnes", std::string{m.personnes}},
             {"localisation.1.commune", std::string{elbeuf}},
         })
        r.mettre(champ, texte);
    const auto e =
        tenu(lire(r, {.aujourd_hui = jour, .territoire = g.territoire, .communes = {std::string{elbeuf}}}));
    const auto id = tenu(demande::store::enregistrer(tx, e, g, par, {}, le)).id;
    demande::store::noter_attestation(tx, demande::store::find(tx, id, {g}, {}).value(), par, le);
    return id;
}

} // namespace logement_de_demo
} // namespace

void semer_demo(db::Transaction& tx, Instant le)
{
    namespace demo = logement_de_demo;
    const auto g = demande::store::find_guichet(tx, demo_guichet_bailleur).value();
    const compte::Agent stephane{"compte-demo-stephane-hamel", "Stéphane Hamel", {}, {}};
    const store::Auteur par{stephane, g.nom};
    const auto jour = jour_legal(le, g.territoire);
    const auto id = store::creer_logement(tx,
                                          {.id = "logement-demo",
                                           .reference = "1042-B-07",
                                           .territoire = g.territoire,
                                           .bailleur = g.code,
                                           .insee = std::string{demo::elbeuf},
                                           .adresse = "18 rue de la République",
                                           .pieces = 3,
                                           .surface = 64,
                                           .loyer = 38750,
                                           .charges = 9200,
                                           .disponible_le = base::plus_months(jour, 1)},
                                          stephane.id, le);
    std::vector<std::string> ids;
    for (const auto& m : demo::menages) {
        const auto demande = demo::enregistrer(tx, m, g, stephane, jour, le);
        const auto l = store::find_logement(tx, id, {g}).value();
        ids.push_back(designer_et_prevenir(
            tx, l, demande, demo::tenu(designer(l, {.territoire = l.territoire, .en_cours = true}, false)), g,
            par, le));
    }
    const auto faire = [&](auto&& regle) {
        const auto o = store::ouvrir(tx, id).value();
        conclure(tx, o, demo::tenu(regle(o.dossier)), par, le);
    };
    for (const auto& c : {ids[0], ids[2]}) faire([&](const Dossier& d) { return completer(d, c); });
    const store::Commission seance{.id = "commission-demo",
                                   .territoire = g.territoire,
                                   .bailleur = g.code,
                                   .tenue_le = jour,
                                   .lieu = "Siège, salle de la Seine"};
    store::creer_commission(tx, seance, stephane.id, le);
    store::inscrire_logement(tx, seance, id);
    faire([&](const Dossier& d) { return inscrire(d, ids, seance.id, jour, jour); });
}

} // namespace demande::candidature
