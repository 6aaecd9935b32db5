// Plays the demonstration story of demo_recits.cpp through the rules people go through: nothing is written
// that the product could not.
#include "demo.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

#include "base/crypto.hpp"
#include "compte/demo.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "demande/demo.hpp"
#include "demande/portail/demo.hpp"
#include "demo_recits.hpp"
#include "journal/journal.hpp"
#include "partenaire/demo.hpp"
#include "partenaire/store.hpp"
#include "piece/atelier.hpp"
#include "piece/reception.hpp"
#include "piece/store.hpp"
#include "signalement/apres_depot.hpp"
#include "signalement/depot/store.hpp"
#include "signalement/desordre/criticite.hpp"
#include "signalement/notifications.hpp"
#include "signalement/store.hpp"
#include "territoire/import.hpp"
#include "territoire/store.hpp"

namespace demo {

namespace {

compte::Agent agent(db::Transaction& tx, std::string_view qui)
{
    for (const auto& p : compte::personnes_demo())
        if (p.email.starts_with(qui)) return compte::store::agent(tx, std::string{p.id}).value();
    throw base::Bug{"the story names somebody who is not in it"};
}

template <class T> T must(Result<T> r)
{
    if (!r) throw base::Bug{"the story asks for something the rules refuse"};
    return std::move(*r);
}

std::string nom_de(const signalement::Personne& p)
{
    return p.prenom + " " + p.nom;
}

void accomplir(App& app, db::Transaction& tx, const std::string& id, const Recit& recit, const Geste& g,
               Instant le)
{
    const auto d = signalement::store::find_for_system(tx, id).value();
    namespace store = signalement::store;
    namespace notifications = signalement::notifications;
    using enum Geste::Quoi;
    const std::string motif{g.motif}, texte{g.texte};
    if (g.quoi == Ecrire) {
        const auto s = must(repondre_deposant(d, signalement::Usager::Deposant, nom_de(recit.declarant),
                                              texte, 0, base::local_date(le), le));
        store::save(tx, d, s, {});
        notifications::suivi(app, tx, d, s);
        return;
    }
    auto par = agent(tx, g.qui);
    const auto deplacer = [&](Result<signalement::Changement> c) {
        const auto changement = must(std::move(c));
        store::save(tx, d, changement, par);
        notifications::changement(app, tx, d, changement, par);
    };
    switch (g.quoi) {
    case Valider:
        return deplacer(valider(d, par, le));
    case Refuser:
        return deplacer(refuser(d, par, motif, texte, le));
    case Cloturer:
        return deplacer(cloturer(d, par, motif, texte, le));
    case Rouvrir:
        return deplacer(rouvrir(d, par, texte, le));
    case Confier: {
        const auto choix = choix_de(partenaire::store::actifs(tx, d.territoire), store::declaration(tx, d));
        const auto n = must(affecter(d, par, {g.partenaires.begin(), g.partenaires.end()}, choix, le));
        store::save(tx, d, n, par);
        return notifications::affectations(app, tx, d, n);
    }
    case Repondre: {
        for (const auto& a : d.affectations)
            if (affectation_de(par, d, a.id)) {
                const auto r = must(repondre(d, par, a.id, g.reponse, motif, texte, le));
                store::save(tx, d, r, par);
                return notifications::reponse(app, tx, d, r, par);
            }
        throw base::Bug{"the story answers for an affectation that is not there"};
    }
    case Ajouter: {
        const auto jour = base::plus_days(base::local_date(le), g.dans_jours);
        for (const auto& m : par.mandats)
            if (!m.partenaire.empty())
                par.nom += fmt::format(" ({})", partenaire::store::nom_de(tx, m.partenaire));
        const auto s = must(agir(d, par, {g.type, jour, texte, std::string{g.reference}, g.visible}, le));
        store::save(tx, d, s, {});
        return notifications::suivi(app, tx, d, s);
    }
    case Ecrire:
        return;
    }
}

signalement::depot::Depot depot_de(const Recit& r, Date jour)
{
    using signalement::desordre::Reponse;
    signalement::depot::Depot d;
    auto& s = d.signalement;
    s.adresse = {.libelle = std::string{r.adresse},
                 .code_postal = std::string{r.code_postal},
                 .commune = std::string{r.commune},
                 .insee = std::string{r.insee},
                 .etage = std::string{r.etage}};
    if (r.position) {
        s.adresse.lon = r.position->lon;
        s.adresse.lat = r.position->lat;
    }
    s.declarant = {.profil = r.profil, .organisation = std::string{r.organisation}, .contact = r.declarant};
    if (!signalement::est_occupant(r.profil))
        s.occupant = signalement::Occupant{
            .contact = r.occupant, .statut = signalement::StatutOccupant::Locataire, .prevenu = true};
    s.bailleur = {.type = r.bailleur_type, .nom = std::string{r.bailleur}, .prevenu = Reponse::Oui};
    s.decrit.nature = r.nature;
    s.decrit.superficie_dm2 = r.surface_m2 * 100;
    s.decrit.piece_unique = r.pieces == 1;
    s.decrit.nombre_pieces = r.pieces;
    s.decrit.personnes = r.personnes;
    s.decrit.enfants = r.enfants;
    s.decrit.enfant_moins_6_ans = r.petit_enfant ? Reponse::Oui : Reponse::Non;
    s.demarches.visite_acceptee = Reponse::Oui;
    s.demarches.bailleur_peut_etre_prevenu =
        r.bailleur_type == signalement::TypeBailleur::Social ? Reponse::Oui : Reponse::Non;
    s.description = std::string{r.description};
    s.danger_declare = r.danger;
    for (const auto slug : r.precisions) {
        const auto* p = signalement::desordre::find_precision(slug);
        base::expect(p != nullptr, "the story names a précision that does not exist");
        d.precisions.push_back({.slug = std::string{slug}});
        s.danger = s.danger || p->danger;
    }
    s.danger = s.danger || s.danger_declare;
    s.criticite = signalement::desordre::score(d.precisions, s.decrit);
    s.gravite = signalement::desordre::gravite(d.precisions, s.decrit, s.danger_declare).gravite;
    d.procedures = signalement::desordre::procedures_suspectees(d.precisions, s.decrit, jour);
    return d;
}

/// The people of the story have no mailbox: what it wrote to them is history, not mail to send.
void classer_courriels(db::Transaction& tx, Instant le)
{
    for (;;) {
        const auto courriels = courrier::prendre(tx, "demo", le, le.plus_seconds(60), 100);
        if (courriels.empty()) return;
        for (const auto& c : courriels) courrier::marquer_envoye(tx, c.id, "demo", le);
    }
}

/// The pictures of the story, checked and kept. Made before its transaction: a file is no part of one, and
/// they take seconds.
using Album = std::map<const Photo*, piece::PieceRecue>;

Album recevoir_photos(App& app, const std::string& dossier)
{
    Album album;
    if (dossier.empty()) return album;
    for (const auto& r : recits())
        for (const auto& photo : r.photos) {
            const auto path = std::filesystem::path{dossier} / photo.fichier;
            std::ifstream file{path, std::ios::binary};
            if (!file) throw std::runtime_error{"seed: cannot read the picture " + path.string()};
            const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
            album.emplace(&photo, must(piece::recevoir(app.fichiers, {"fichiers", std::string{photo.fichier},
                                                                      "image/jpeg", bytes})));
        }
    return album;
}

void raconter(App& app, db::Transaction& tx, const Recit& r, const Album& album)
{
    namespace depot = signalement::depot;
    // An hour before now, so that what happens « today » is not to come.
    const auto le = app.clock.now().plus_days(-r.il_y_a_jours).plus_seconds(-3600);
    auto d = depot_de(r, base::local_date(le));
    const auto brouillon = depot::store::creer(tx, base::random_token(32), {}, "", le);
    for (const auto& photo : r.photos)
        if (const auto at = album.find(&photo); at != album.end())
            depot::store::ajouter_piece(tx, brouillon.id, at->second, photo.critere, le);
    const auto ressort = territoire::store::find_ressort(tx, r.insee).value();
    const auto recu = depot::store::enregistrer(
        tx, brouillon.id, d,
        {ressort.code_territoire(), ressort.comite ? std::optional{ressort.comite->id} : std::nullopt,
         base::local_date(le)},
        le);
    journal::append(tx, {.objet_type = "signalement",
                         .objet_id = recu.signalement,
                         .evenement = "depot",
                         .acteur_nom = nom_de(r.declarant),
                         .territoire = ressort.code_territoire(),
                         .le = le});
    signalement::apres_depot(app, tx, d.signalement);
    classer_courriels(tx, le);
    for (const auto& g : r.gestes) {
        const auto quand = le.plus_days(g.apres_jours);
        accomplir(app, tx, recu.signalement, r, g, quand);
        classer_courriels(tx, quand);
    }
}

bool deja_racontee(db::Transaction& tx)
{
    return tx.one<bool>("SELECT EXISTS (SELECT 1 FROM signalement) OR EXISTS (SELECT 1 FROM compte)");
}

} // namespace

bool seed(App& app, const std::string& dossier_photos)
{
    {
        auto tx = app.db.read();
        if (deja_racontee(tx)) return false;
    }
    const auto album = recevoir_photos(app, dossier_photos);
    const auto specimen = demande::portail::specimen_d_identite(base::local_date(app.clock.now()));
    const auto identite =
        must(piece::recevoir(app.fichiers, {"fichiers", "titre-de-sejour.pdf", "", specimen}));
    // In one transaction: a seed that was killed has told nothing.
    const bool racontee = app.db.write([&](db::Transaction& tx) {
        const auto le = app.clock.now();
        // Two seeds at once: the second waits here, then finds the story told.
        tx.exec("UPDATE departement SET nom = nom WHERE code = '76'");
        if (deja_racontee(tx)) return false;
        territoire::semer_demo(tx, le);
        partenaire::semer_demo(tx, le);
        compte::semer_demo(tx, le);
        demande::semer_demo(tx, le);
        demande::portail::semer_demo(tx, identite, le);
        for (const auto& r : recits()) raconter(app, tx, r, album);
        return true;
    });
    piece::preparer_fichiers(app.db, app.fichiers, app.clock);
    return racontee;
}

std::string logins()
{
    std::string out =
        fmt::format("\nComptes de démonstration (mot de passe : {})\n", compte::mot_de_passe_demo);
    for (const auto& p : compte::personnes_demo())
        out += fmt::format("  {:<42} {} {}, {}\n", p.email, p.prenom, p.nom, p.fonction);
    out += "\nDemandes en ligne (par /demander/connexion)\n";
    out += fmt::format("  {:<42} un brouillon\n", demande::portail::demo_brouillon);
    out += fmt::format("  {:<42} une demande à vérifier\n", demande::portail::demo_deposee);
    return out + "\n";
}

} // namespace demo
