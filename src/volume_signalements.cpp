// Reports in bulk, with everything that hangs on them (see volume.hpp).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "signalement/cles.hpp"
#include "signalement/cycle.hpp"
#include "signalement/depot/store.hpp"
#include "signalement/desordre/catalogue.hpp"
#include "signalement/motifs.hpp"
#include "signalement/signalement.hpp"
#include "signalement/store_recherche.hpp"
#include "signalement/suivi.hpp"
#include "territoire/store.hpp"
#include "volume_moyens.hpp"

namespace volume {

namespace {

constexpr std::int64_t par_transaction = 500; // reports
constexpr int annees = 3;                     // how far back the oldest report lies
constexpr std::string_view compteur_fait = "volume:signalements";

constexpr std::string_view recits[] = {
    "De la moisissure revient sur les murs de la chambre malgré les nettoyages. Les enfants toussent la "
    "nuit.",
    "Le plafond de la cuisine s’affaisse depuis l’orage, l’eau coule près du compteur.",
    "Chaudière en panne depuis octobre, la famille se chauffe avec un appareil d’appoint.",
    "Fenêtres qui ne ferment plus, une seule pièce chauffée, la personne est âgée et vit seule.",
    "Prises arrachées et fils apparents dans le couloir commun, plusieurs signalements au syndic sans "
    "réponse.",
    "Présence de rats dans la cour et dans les gaines, les poubelles ne sont plus relevées.",
    "Marches cassées dans l’escalier et garde-corps descellé au deuxième étage.",
    "Logement en sous-sol sans fenêtre, loué six cents euros par mois."};
constexpr std::string_view textes[] = {
    "Appel à l’occupant, rendez-vous proposé la semaine prochaine.",
    "Visite sur place avec le service d’hygiène. Humidité relevée dans deux pièces, ventilation bouchée.",
    "Courrier recommandé adressé au propriétaire, délai d’un mois pour répondre.",
    "Le propriétaire indique avoir commandé les travaux. Devis demandé.",
    "Sans réponse au courrier. Nouvelle relance par téléphone.",
    "Travaux de ventilation constatés. Reste l’isolation du pignon.",
    "Le ménage demande un relogement. Dossier transmis au service social.",
    "Rapport de visite joint au dossier."};

struct Lieu {
    std::string insee, nom, code_postal, territoire, comite;
    std::optional<double> lon, lat;
    std::int64_t poids_cumule = 0;
};

/// What the reports are spread over.
struct Monde {
    std::vector<Lieu> lieux;
    std::map<std::string, std::vector<std::string>> partenaires; // by territory: ids
    std::map<std::string, std::string> secretaire;               // by committee: an account
    std::map<std::string, std::int64_t> compteurs;               // of references, by name

    const Lieu& tirer(Hasard& h) const
    {
        const auto cible = h.entre(0, lieux.back().poids_cumule - 1);
        return *std::ranges::upper_bound(lieux, cible, {}, &Lieu::poids_cumule);
    }
};

Monde lire_le_monde(db::Database& db)
{
    struct Ligne {
        std::string insee, nom, codes_postaux, departement;
        std::optional<std::string> epci;
        std::int64_t population;
        std::optional<double> lon, lat;
    };
    Monde m;
    auto tx = db.read();
    std::map<std::string, territoire::Territoire> territoires;
    std::map<std::string, std::vector<territoire::Perimetre>> perimetres;
    for (auto& t : territoire::store::list_territoires(tx)) {
        perimetres[t.code] = territoire::store::list_perimetres(tx, t.code);
        territoires.emplace(t.code, t);
    }
    std::int64_t cumul = 0;
    for (auto& l :
         tx.query<Ligne>("SELECT insee, nom, codes_postaux, departement, epci, population, lon, lat "
                         "FROM commune WHERE type = 'commune' AND codes_postaux <> '' ORDER BY insee")) {
        const auto t = territoires.find(l.departement);
        if (t == territoires.end()) continue;
        cumul += std::max<std::int64_t>(1, l.population / 100);
        territoire::Commune c;
        c.insee = l.insee;
        c.epci = l.epci.value_or("");
        m.lieux.push_back({l.insee, l.nom, l.codes_postaux.substr(0, 5), l.departement,
                           territoire::comite_competent(t->second, c, perimetres[l.departement]), l.lon,
                           l.lat, cumul});
    }
    if (m.lieux.empty()) throw std::runtime_error{"seed --volume: no commune is loaded; run `logis migrate`"};
    struct Partenaire {
        std::string id, territoire;
    };
    for (auto& p :
         tx.query<Partenaire>("SELECT id, territoire FROM partenaire WHERE actif = 1 AND id NOT LIKE "
                              "'guichet-volume-%' ORDER BY id"))
        m.partenaires[p.territoire].push_back(p.id);
    struct Compteur {
        std::string nom;
        std::int64_t valeur;
    };
    for (auto& c : tx.query<Compteur>("SELECT nom, valeur FROM compteur")) m.compteurs[c.nom] = c.valeur;
    for (const auto& [code, t] : territoires) m.secretaire[t.comite_par_defaut] = "compte-volume-sec-" + code;
    return m;
}

/// When report `n` of `total` was deposited: one after the other over the years, more of them in winter.
Instant depose(std::int64_t n, std::int64_t total, Instant maintenant)
{
    constexpr double duree = annees * 365.25;
    const double jour = duree * (static_cast<double>(n) + 0.5) / static_cast<double>(total);
    // Moves the days towards the middle of January: the density swings between 0.68 and 1.87 of its mean.
    const double date = static_cast<double>(maintenant.ms) / 86'400'000.0 - duree + jour;
    const double decalage = -27.0 * std::sin(2 * M_PI * (date - 14.0) / 365.25);
    const double il_y_a = std::max(0.02, duree - jour - decalage);
    return Instant{maintenant.ms - static_cast<std::int64_t>(il_y_a * 86'400'000.0)};
}

class Semis {
public:
    Semis(Monde& monde, Quantites q, Instant maintenant)
        : monde_(monde),
          q_(q),
          maintenant_(maintenant),
          suivis_moyens_(static_cast<double>(q.suivis) / static_cast<double>(q.signalements))
    {}

    /// Report number n, with everything that hangs on it.
    void ajouter(std::int64_t n);
    void ecrire(db::Transaction& tx)
    {
        const auto rang = tx.one<std::int64_t>("SELECT COALESCE(MAX(rang), 0) FROM signalement_mots");
        for (auto* lot :
             {&signalements_, &mots_, &desordres_, &qualifications_, &affectations_, &suivis_, &journal_})
            lot->ecrire(tx);
        signalement::store::indexer_les_mots(tx, rang);
    }
    [[nodiscard]] const std::map<std::string, std::int64_t>& compteurs_touches() const { return touches_; }
    [[nodiscard]] std::int64_t suivis() const { return nombre_suivis_; }
    /// How many follow-ups reports 0…n-1 hold: reports on and on towards the total asked.
    void reprendre(std::int64_t suivis) { nombre_suivis_ = suivis; }

private:
    void noter(const std::string& id, int& rang, std::string_view evenement, std::string_view acteur,
               std::string_view acteur_nom, const std::string& territoire, Instant le,
               std::string_view details)
    {
        journal_.ajouter(base::new_id(le), "signalement", id, ++rang, evenement, acteur, acteur_nom,
                         territoire, le, details);
    }

    Monde& monde_;
    Quantites q_;
    Instant maintenant_;
    double suivis_moyens_;
    std::int64_t nombre_suivis_ = 0;
    std::map<std::string, std::int64_t> touches_;

    Lot signalements_{
        "signalement",
        "id, reference, territoire, comite, statut, depose_le, valide_le, refuse_le, clos_le, "
        "motif_slug, motif_texte, jeton_suivi, cle_idempotence, adresse_libelle, code_postal, commune, "
        "insee, adresse_cle, lon, lat, profil, organisation, nom, prenom, email, telephone, "
        "occupant_distinct, occupant_nom, occupant_prenom, occupant_telephone, occupant_prevenu, "
        "bailleur_type, bailleur_nom, nature, superficie_dm2, nombre_pieces, personnes, enfants, "
        "description, danger_declare, danger, gravite, criticite_centiemes, "
        "criticite_batiment_centiemes, criticite_logement_centiemes, tri_nom, tri_commune, "
        "cles_version, dernier_suivi_le, dernier_suivi_de, message_sans_reponse"};
    Lot mots_{"signalement_mots", "signalement, territoire, mots"};
    Lot desordres_{"signalement_desordre",
                   "signalement, rang, precision_slug, critere, zone, pieces, presumee, territoire"};
    Lot qualifications_{"signalement_qualification",
                        "signalement, rang, qualification, statut, precisions, territoire"};
    Lot affectations_{"affectation",
                      "id, signalement, partenaire, territoire, statut, affectee_le, affectee_par, "
                      "repondue_le, fermee_le, motif, motif_texte"};
    Lot suivis_{"suivi", "id, signalement, territoire, type, date_acte, texte, auteur_nom, visible_deposant, "
                         "ajoute_le, usager"};
    Lot journal_{"journal",
                 "id, objet_type, objet_id, rang, evenement, acteur_id, acteur_nom, territoire, le, "
                 "details"};
};

void Semis::ajouter(std::int64_t n)
{
    using namespace signalement;
    Hasard h{static_cast<std::uint64_t>(n)};
    // One in thirty is about the same dwelling as the report before.
    Hasard du_lieu{static_cast<std::uint64_t>(h.sur_cent(3) && n > 0 ? n - 1 : n) ^ 0xA11CE};
    const auto& lieu = monde_.tirer(du_lieu);
    const auto adresse = fmt::format("{} {}", du_lieu.entre(1, 140), du_lieu.parmi(rues));
    const auto le = depose(n, q_.signalements, maintenant_);
    const auto age = (maintenant_.ms - le.ms) / 86'400'000;
    const auto apres = [&](std::int64_t jours) {
        return Instant{std::min(maintenant_.ms, le.ms + jours * 86'400'000 + h.entre(0, 43'200'000))};
    };

    const auto delai_tri = 1 + h.delai(6);
    const auto delai_cloture = delai_tri + 20 + h.delai(210);
    auto statut = age < delai_tri ? Statut::ATrier : h.sur_cent(7) ? Statut::Refuse : Statut::EnCours;
    if (statut == Statut::EnCours && age >= delai_cloture && h.sur_cent(90)) statut = Statut::Clos;
    const auto trie_le = apres(delai_tri);
    const auto clos_le = apres(delai_cloture);
    std::optional<Instant> valide, refuse, clos;
    std::optional<std::string> motif, motif_texte;
    if (statut == Statut::Refuse) {
        refuse = trie_le;
        motif = base::slug_of(motifs_refus, h.parmi(motifs_refus).value);
        motif_texte = "Cette situation relève d’un autre service, dont les coordonnées vous ont été données.";
    } else if (statut != Statut::ATrier) {
        valide = trie_le;
        if (statut == Statut::Clos) {
            clos = clos_le;
            motif = base::slug_of(motifs_cloture, h.parmi(motifs_cloture).value);
            motif_texte = "Le suivi est terminé, les services restent à votre disposition.";
        }
    }

    const auto id = base::new_id(le);
    const auto annee = base::to_iso(le).substr(0, 4);
    const auto nom_compteur = fmt::format("signalement:{}:{}", lieu.territoire, annee);
    const auto numero = ++monde_.compteurs[nom_compteur];
    touches_[nom_compteur] = numero;
    const auto reference = fmt::format("{}-{}-{:06}", lieu.territoire, annee, numero);

    static constexpr Profil frequents[] = {
        Profil::TravailleurSocial, Profil::AgentMunicipal, Profil::Ccas,   Profil::Locataire,
        Profil::Locataire,         Profil::Association,    Profil::CafMsa, Profil::Voisin};
    const auto profil = h.parmi(frequents);
    const bool professionnel = public_de(profil) == Public::Professionnel;
    const std::string nom{h.parmi(noms)}, prenom{h.parmi(prenoms)};
    const std::string occupant_nom{h.parmi(noms)}, occupant_prenom{h.parmi(prenoms)};
    const auto telephone = fmt::format("+336{:08}", h.entre(0, 99'999'999));
    const auto organisation = professionnel ? "Service de " + lieu.nom : std::string{};
    const auto email = fmt::format("personne{}@volume.logis.example", n);
    const std::string bailleur{h.parmi(noms)};
    const bool danger = h.sur_cent(6);
    const auto score = h.entre(50, 6500);
    const auto gravite = danger         ? desordre::Gravite::DangerImmediat
                         : score > 4000 ? desordre::Gravite::Eleve
                         : score > 1500 ? desordre::Gravite::Moyen
                                        : desordre::Gravite::Faible;
    const auto personnes = h.entre(1, 6);

    int rang = 0;
    const auto& secretaire = monde_.secretaire[lieu.comite];
    noter(id, rang, "depot", "", prenom + " " + nom, lieu.territoire, le, base::label_of(profils, profil));

    std::optional<Instant> dernier;
    std::optional<std::string_view> dernier_de;
    bool attend = false;
    if (statut == Statut::Refuse)
        noter(id, rang, "refuser", secretaire, "Secrétariat du comité", lieu.territoire, trie_le,
              "\n" + *motif + "\n" + *motif_texte);
    if (valide) {
        noter(id, rang, "valider", secretaire, "Secrétariat du comité", lieu.territoire, trie_le, "\n\n");
        const auto& candidats = monde_.partenaires[lieu.territoire];
        const auto combien =
            std::min<std::int64_t>(h.entre(1, 3), static_cast<std::int64_t>(candidats.size()));
        const auto premier = h.entre(0, static_cast<std::int64_t>(candidats.size()) - 1);
        std::string confies;
        struct Reponse {
            std::string partenaire;
            bool acceptee;
            std::optional<Instant> le;
        };
        std::vector<Reponse> reponses;
        for (std::int64_t i = 0; i < combien; ++i) {
            const auto& p = candidats[static_cast<std::size_t>(premier + i) % candidats.size()];
            auto s = h.sur_cent(75)   ? StatutAffectation::Acceptee
                     : h.sur_cent(50) ? StatutAffectation::Refusee
                                      : StatutAffectation::EnAttente;
            if (clos && est_ouverte(s)) s = StatutAffectation::Fermee;
            const auto reponse = s == StatutAffectation::EnAttente
                                     ? std::nullopt
                                     : std::optional{apres(delai_tri + h.delai(9))};
            const std::optional<std::string> pourquoi =
                s == StatutAffectation::Refusee  ? std::optional<std::string>{"hors_competence"}
                : s == StatutAffectation::Fermee ? std::optional<std::string>{"dossier_clos"}
                                                 : std::nullopt;
            affectations_.ajouter(base::new_id(trie_le), id, p, lieu.territoire,
                                  base::slug_of(statuts_affectation, s), trie_le, secretaire, reponse,
                                  s == StatutAffectation::Fermee ? clos : std::nullopt, pourquoi, "");
            confies += (confies.empty() ? "" : " ") + p;
            if (reponse) reponses.push_back({p, s != StatutAffectation::Refusee, reponse});
        }
        noter(id, rang, "affecter", secretaire, "Secrétariat du comité", lieu.territoire, trie_le, confies);
        for (const auto& r : reponses)
            noter(id, rang, r.acceptee ? "accepter_affectation" : "refuser_affectation", "", h.parmi(noms),
                  lieu.territoire, *r.le, r.partenaire + (r.acceptee ? "\n\n" : "\nhors_competence\n"));
    }
    // The total asked is met exactly: each report takes its random share, bounded by what is left to place.
    const auto due = static_cast<std::int64_t>(suivis_moyens_ * static_cast<double>(n + 1));
    const bool dernier_signalement = n + 1 == q_.signalements;
    auto voulus =
        dernier_signalement
            ? q_.suivis - nombre_suivis_
            : std::min(due + 200 - nombre_suivis_,
                       h.delai(suivis_moyens_) + std::max<std::int64_t>(0, (due - nombre_suivis_) / 50));
    voulus = std::max<std::int64_t>(0, voulus);
    nombre_suivis_ += voulus;
    static constexpr TypeSuivi frequences[] = {
        TypeSuivi::Message,  TypeSuivi::Message,  TypeSuivi::VisitePrevue,   TypeSuivi::VisiteFaite,
        TypeSuivi::Courrier, TypeSuivi::Document, TypeSuivi::ReponseDeposant};
    const auto fin = clos ? *clos : maintenant_;
    for (std::int64_t i = 0; i < voulus; ++i) {
        // In order: entry i of the stretch between the deposit and the end.
        const Instant quand{le.ms + (fin.ms - le.ms) * (i + 1) / (voulus + 1)};
        const auto type = h.parmi(frequences);
        const bool visible = type == TypeSuivi::ReponseDeposant || h.sur_cent(40);
        const auto entree = base::new_id(quand);
        suivis_.ajouter(entree, id, lieu.territoire, base::slug_of(types_suivi, type),
                        base::to_iso(quand).substr(0, 10), h.parmi(textes), h.parmi(noms), visible, quand,
                        type == TypeSuivi::ReponseDeposant ? base::slug_of(usagers, Usager::Deposant)
                                                           : std::string_view{});
        noter(id, rang, base::slug_of(types_suivi, type), "", h.parmi(noms), lieu.territoire, quand, entree);
        dernier = quand;
        dernier_de = base::slug_of(mains, main_de(type));
        if (type == TypeSuivi::ReponseDeposant)
            attend = true;
        else if (visible)
            attend = false;
    }
    if (clos)
        noter(id, rang, "cloturer", secretaire, "Secrétariat du comité", lieu.territoire, *clos,
              "\n" + *motif + "\n" + *motif_texte);

    signalements_.ajouter(
        id, reference, lieu.territoire, lieu.comite, base::slug_of(statuts, statut), le, valide, refuse, clos,
        motif, motif_texte, base::random_token(32), "volume-" + id, adresse, lieu.code_postal, lieu.nom,
        lieu.insee, base::fold(lieu.insee + " " + adresse), lieu.lon, lieu.lat,
        base::slug_of(profils, profil), organisation, nom, prenom, email, telephone, professionnel,
        professionnel ? occupant_nom : "", professionnel ? occupant_prenom : "",
        professionnel ? telephone : "", professionnel, "particulier", fmt::format("SCI {}", bailleur),
        h.sur_cent(70) ? "appartement" : "maison", h.entre(900, 11'000), h.entre(1, 6), personnes,
        h.entre(0, personnes - 1), h.parmi(recits), danger && h.sur_cent(60), danger,
        base::slug_of(desordre::gravites, gravite), score, score / 3, score - score / 3,
        base::fold(professionnel ? occupant_nom + " " + occupant_prenom : nom + " " + prenom),
        base::fold(lieu.nom), signalement::cles_version, dernier, dernier_de, attend);

    Signalement cherche;
    cherche.reference = reference;
    cherche.territoire = lieu.territoire;
    cherche.adresse.libelle = adresse;
    cherche.adresse.code_postal = lieu.code_postal;
    cherche.adresse.commune = lieu.nom;
    cherche.declarant = {profil, organisation, {nom, prenom, email, telephone}, {}};
    if (professionnel) cherche.occupant = Occupant{{occupant_nom, occupant_prenom, {}, telephone}, {}, true};
    cherche.bailleur.nom = fmt::format("SCI {}", bailleur);
    mots_.ajouter(id, lieu.territoire, signalement::store::ligne_de_mots(cherche));

    const auto precisions = desordre::precisions();
    std::vector<std::string_view> pris;
    int rang_desordre = 0;
    const auto combien = 1 + std::min<std::int64_t>(h.delai(2.0), 7);
    for (std::int64_t i = 0; i < combien; ++i) {
        // Squared: the first précisions of the catalogue are far more frequent than the last ones.
        const auto u = h.unite();
        const auto& p = precisions[static_cast<std::size_t>(u * u * static_cast<double>(precisions.size()))];
        if (std::ranges::find(pris, p.slug) != pris.end()) continue;
        pris.push_back(p.slug);
        const auto* critere = desordre::find_critere(p.critere);
        desordres_.ajouter(id, ++rang_desordre, p.slug, p.critere,
                           base::slug_of(desordre::zones, critere->zone), "", false, lieu.territoire);
    }
    int rang_qualification = 0;
    for (const auto& q : desordre::qualifications)
        if (h.sur_cent(22))
            qualifications_.ajouter(
                id, ++rang_qualification, q.slug,
                base::slug_of(desordre::statuts_qualification, desordre::statuts_qualification[0].value),
                pris.front(), lieu.territoire);
}

} // namespace

void charger_signalements(App& app, const Quantites& q, std::ostream& progression)
{
    const auto maintenant = app.clock.now();
    auto monde = lire_le_monde(app.db);
    Semis semis{monde, q, maintenant};
    auto fait = monde.compteurs[std::string{compteur_fait}];
    if (fait > 0) {
        auto tx = app.db.read();
        semis.reprendre(tx.one<std::int64_t>("SELECT COUNT(*) FROM suivi WHERE signalement IN (SELECT id "
                                             "FROM signalement WHERE cle_idempotence LIKE "
                                             "'volume-%')"));
    }
    const auto debut = base::Clock{}.now().ms;
    const auto depart = fait;
    for (auto annonce = fait; fait < q.signalements;) {
        const auto fin = std::min(q.signalements, fait + par_transaction);
        for (auto n = fait; n < fin; ++n) semis.ajouter(n);
        auto tx = app.db.begin();
        semis.ecrire(tx);
        for (const auto& [nom, valeur] : semis.compteurs_touches()) tenir_compteur(tx, nom, valeur);
        tenir_compteur(tx, compteur_fait, fin);
        tx.commit();
        fait = fin;
        if (fait - annonce >= q.signalements / 20 || fait == q.signalements) {
            annonce = fait;
            const auto ms = std::max<std::int64_t>(1, base::Clock{}.now().ms - debut);
            progression << fmt::format("{} signalements, {} suivis ({} signalements par seconde)\n", fait,
                                       semis.suivis(), (fait - depart) * 1000 / ms)
                        << std::flush;
        }
    }
}

} // namespace volume
