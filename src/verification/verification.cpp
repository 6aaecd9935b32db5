// What is compared with what. Each walk reads a slice of a table in a transaction of its own, so that neither
// the memory nor the age of a snapshot grows with the database; what is not inside one transaction (contents
// of files) is looked at twice before it is a finding, since people work meanwhile.
#include "verification/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <tuple>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "db/integrity.hpp"
#include "db/migrations.hpp"
#include "demande/numero.hpp"
#include "demande/relecture.hpp"
#include "piece/fichiers.hpp"
#include "signalement/relecture.hpp"
#include "signalement/statistique/store_faits.hpp"
#include "signalement/store.hpp"
#include "signalement/store_recherche.hpp"

namespace verification {

namespace {

// Greater than any id, in every collation: ids are digits and lower-case letters.
constexpr std::string_view apres_tout_id = "zzzzzzzzzzzzzzzzzzzzzzzzzzzz";
// Orphan contents and rows are purged after seven days, once a day.
constexpr int jours_avant_purge = 9;
constexpr std::int64_t retard_courriel_secondes = 86'400;
constexpr std::int64_t retard_tache_secondes = 2 * 86'400;

class Audit {
public:
    Audit(App& app, const Options& options, const std::function<void(const Constat&)>& constater)
        : app_(app), options_(options), constater_(constater)
    {}

    Bilan faire()
    {
        if (!moteur()) return std::move(bilan_);
        agregats();
        if (options_.agregats) return std::move(bilan_);
        comptages();
        signalements();
        brouillons();
        demandes();
        courriels();
        taches();
        pieces();
        contenus();
        return std::move(bilan_);
    }

private:
    void erreur(std::string controle, std::string objet, std::string detail)
    {
        constater({Niveau::Erreur, std::move(controle), std::move(objet), std::move(detail)});
    }
    void avertir(std::string controle, std::string objet, std::string detail)
    {
        constater({Niveau::Avertissement, std::move(controle), std::move(objet), std::move(detail)});
    }
    void constater(Constat c)
    {
        ++(c.niveau == Niveau::Erreur ? bilan_.erreurs : bilan_.avertissements);
        ++bilan_.par_controle[c.controle];
        constater_(c);
    }
    void compter(std::string quoi, std::int64_t n) { bilan_.lus.emplace_back(std::move(quoi), n); }

    /// A snapshot in which a statement may last: the tables are large and nobody waits for an answer.
    db::Transaction lire()
    {
        auto tx = app_.db.read();
        if (tx.engine() == db::Engine::Postgres) tx.exec("SET LOCAL statement_timeout = 0");
        return tx;
    }

    /// False when the rest would make no sense: another schema.
    bool moteur()
    {
        bilan_.migration = db::schema_version(app_.db);
        const auto embarquees = db::embedded_migrations();
        const auto attendue = embarquees.empty() ? std::string_view{} : embarquees.back().name;
        if (bilan_.migration != attendue) {
            erreur("migration", "base",
                   fmt::format("la base est à la migration « {} » et ce programme attend « {} » : lancez "
                               "d’abord « logis migrate »",
                               bilan_.migration, attendue));
            return false;
        }
        if (options_.agregats) return true;
        auto sante = db::check_integrity(app_.db, options_.rapide);
        for (auto& ligne : sante.findings) erreur("integrite_du_moteur", "base", std::move(ligne));
        if (!sante.not_checked.empty()) bilan_.non_verifie.push_back(std::move(sante.not_checked));
        for (auto& ligne : db::check_foreign_keys(app_.db))
            erreur("cle_etrangere", "base", "des lignes désignent ce qui n’existe pas : " + ligne);
        return true;
    }

    /// Numbers follow each other without a hole: each was given once, and no report has gone.
    void comptages()
    {
        struct Serie {
            std::int64_t nombre = 0, somme = 0, dernier = 0;
        };
        std::map<std::string, Serie> series;
        struct Compteur {
            std::string nom;
            std::int64_t valeur = 0;
        };
        auto tx = lire();
        // An erased report has left its number.
        constexpr std::string_view numeros =
            "SELECT reference FROM signalement UNION ALL SELECT reference FROM signalement_efface";
        tx.each<std::string>(numeros, [&](const std::string& reference) {
            const auto trait = reference.rfind('-');
            const auto* debut = reference.data() + (trait == std::string::npos ? 0 : trait + 1);
            const auto* fin = reference.data() + reference.size();
            std::int64_t n = 0;
            if (trait == std::string::npos || std::from_chars(debut, fin, n).ptr != fin)
                return erreur("reference", "signalement " + reference, "cette référence est mal formée");
            auto nom = "signalement:" + reference.substr(0, trait);
            std::replace(nom.begin() + 12, nom.end(), '-', ':');
            auto& s = series[nom];
            ++s.nombre;
            s.somme += n;
            s.dernier = std::max(s.dernier, n);
        });
        for (const auto& c : tx.query<Compteur>("SELECT nom, valeur FROM compteur WHERE nom LIKE "
                                                "'signalement:%' ORDER BY nom")) {
            const auto s = series[c.nom];
            series.erase(c.nom);
            if (s.dernier > c.valeur)
                erreur("compteur", c.nom,
                       fmt::format("le compteur vaut {} et le numéro {} est déjà donné : il le serait deux "
                                   "fois",
                                   c.valeur, s.dernier));
            else if (s.nombre != c.valeur || s.somme != c.valeur * (c.valeur + 1) / 2)
                erreur("compteur", c.nom,
                       fmt::format("{} numéros donnés, {} signalements : il en manque ou un numéro sert deux "
                                   "fois",
                                   c.valeur, s.nombre));
        }
        for (const auto& [nom, s] : series)
            erreur("compteur", nom, fmt::format("{} signalements et pas de compteur", s.nombre));
        for (const auto& reference :
             tx.query<std::string>("SELECT reference FROM (" + std::string{numeros} +
                                   ") AS n GROUP BY reference HAVING COUNT(*) > 1 LIMIT 100"))
            erreur("reference_double", "signalement " + reference, "cette référence sert deux fois");
    }

    /// What is counted beforehand, against what there is to count.
    void agregats()
    {
        std::vector<std::string> territoires;
        {
            auto tx = lire();
            for (const auto& c : signalement::store::comptes_faux(tx))
                erreur(
                    "compte_faux", "signalement_compte",
                    fmt::format("territoire {}, comité « {} », état {}{} : les listes en montrent {} de trop",
                                c.territoire, c.comite, c.statut, c.danger ? ", en danger" : "", c.ecart));
            territoires = signalement::statistique::store::territoires(tx);
        }
        std::int64_t cellules = 0;
        for (const auto& t : territoires) {
            auto tx = lire();
            signalement::statistique::Lexiques mots;
            const auto lus = signalement::statistique::store::faits_du_territoire(tx, t, mots);
            auto comptees = signalement::statistique::store::cellules_comptees(tx, t);
            const auto faites = signalement::statistique::store::cellules(lus.faits, mots);
            cellules += static_cast<std::int64_t>(faites.size());
            for (const auto& [cellule, nombre] : faites) comptees[cellule] -= nombre;
            for (const auto& [cellule, ecart] : comptees)
                if (ecart != 0)
                    erreur("statistiques", "territoire " + t,
                           fmt::format("« {} » : les tables en ont {} de plus que les statistiques", cellule,
                                       ecart));
        }
        compter("cellules de statistiques", cellules);
    }

    struct Dossier {
        std::string id, territoire;
        std::optional<std::string> comite;
        std::string cle_idempotence, statut;
        Instant depose_le;
        std::optional<Instant> valide_le, refuse_le, clos_le, dernier_suivi_le;
    };

    void signalements()
    {
        std::set<std::string> territoires, comites;
        {
            auto tx = lire();
            tx.each<std::string>("SELECT code FROM territoire", [&](auto c) { territoires.insert(c); });
            tx.each<std::string>("SELECT id FROM comite", [&](auto c) { comites.insert(c); });
        }
        std::int64_t n = 0, lignes = 0;
        std::string apres;
        for (bool suite = true; suite;) {
            auto tx = lire();
            auto lot = tx.query<Dossier>(
                "SELECT id, territoire, comite, cle_idempotence, statut, depose_le, valide_le, refuse_le, "
                "clos_le, dernier_suivi_le FROM signalement WHERE id > $1 ORDER BY id LIMIT 200",
                apres);
            suite = lot.size() == 200;
            const auto jusqu_a = suite ? lot.back().id : std::string{apres_tout_id};
            n += static_cast<std::int64_t>(lot.size());
            lignes += un_lot_de_signalements(tx, lot, apres, jusqu_a, territoires, comites);
            apres = jusqu_a;
        }
        compter("signalements", n);
        compter("lignes du journal", lignes);
        auto tx = lire();
        for (const auto& t : signalement::store::territoires_mal_indexes(tx))
            erreur("index_des_mots", "territoire " + t,
                   "l’index de la recherche n’a pas autant de signalements que le territoire");
    }

    std::int64_t un_lot_de_signalements(db::Transaction& tx, const std::vector<Dossier>& lot,
                                        const std::string& apres, const std::string& jusqu_a,
                                        const std::set<std::string>& territoires,
                                        const std::set<std::string>& comites)
    {
        std::map<std::string, signalement::DossierConstate> constates;
        std::map<std::string, std::string> territoire_de;
        for (const auto& d : lot) {
            auto& c = constates[d.id];
            c.statut = d.statut;
            c.depose_le = d.depose_le;
            c.valide_le = d.valide_le;
            c.refuse_le = d.refuse_le;
            c.clos_le = d.clos_le;
            c.dernier_suivi_le = d.dernier_suivi_le;
            territoire_de[d.id] = d.territoire;
            if (!territoires.contains(d.territoire))
                erreur("territoire_inconnu", "signalement " + d.id,
                       "son territoire « " + d.territoire + " » n’existe pas");
            if (d.comite && !comites.contains(*d.comite))
                erreur("comite_inconnu", "signalement " + d.id, "son comité n’existe pas");
        }
        // What belongs to a report that is not there, or says another territory than the report's.
        const auto rattacher = [&](const std::string& id, std::string_view quoi,
                                   const std::string& territoire) -> signalement::DossierConstate* {
            const auto trouve = constates.find(id);
            if (trouve == constates.end()) {
                erreur("orphelin", "signalement " + id, fmt::format("{} sans signalement", quoi));
                return nullptr;
            }
            if (territoire_de[id] != territoire)
                erreur("territoire_different", "signalement " + id,
                       fmt::format("{} d’un autre territoire que le signalement", quoi));
            return &trouve->second;
        };
        struct Affectation {
            std::string signalement, territoire, partenaire, statut;
        };
        tx.each<Affectation>(
            "SELECT signalement, territoire, partenaire, statut FROM affectation "
            "WHERE signalement > $1 AND signalement <= $2",
            [&](const Affectation& a) {
                if (auto* c = rattacher(a.signalement, "une affectation", a.territoire))
                    c->affectations.push_back({a.partenaire, a.statut});
            },
            apres, jusqu_a);
        struct Suivi {
            std::string signalement, territoire, id, type;
            bool visible = false;
            Instant ajoute_le;
        };
        tx.each<Suivi>(
            "SELECT signalement, territoire, id, type, visible_deposant, ajoute_le FROM suivi "
            "WHERE signalement > $1 AND signalement <= $2",
            [&](const Suivi& s) {
                if (auto* c = rattacher(s.signalement, "une entrée de suivi", s.territoire))
                    c->suivis.push_back({s.id, s.type, s.visible, s.ajoute_le});
            },
            apres, jusqu_a);
        struct Entree {
            std::string objet_id, territoire;
            std::int64_t rang = 0;
            std::string evenement;
            Instant le;
            std::string details;
        };
        std::int64_t lignes = 0;
        tx.each<Entree>(
            "SELECT objet_id, territoire, rang, evenement, le, details FROM journal "
            "WHERE objet_type = 'signalement' AND objet_id > $1 AND objet_id <= $2 "
            "ORDER BY objet_id, rang",
            [&](Entree e) {
                ++lignes;
                if (auto* c = rattacher(e.objet_id, "une ligne du journal", e.territoire))
                    c->journal.push_back({e.rang, e.evenement, e.le, e.details});
            },
            apres, jusqu_a);
        struct Compte {
            std::string objet_id, territoire;
            std::int64_t nombre = 0;
        };
        tx.each<Compte>(
            "SELECT objet_id, territoire, COUNT(*) FROM courriel WHERE objet_type = 'signalement' "
            "AND objet_id > $1 AND objet_id <= $2 GROUP BY objet_id, territoire",
            [&](const Compte& c) { rattacher(c.objet_id, "un courriel", c.territoire); }, apres, jusqu_a);
        for (const auto& id : signalement::store::mots_faux(tx, apres, jusqu_a))
            erreur("mots", "signalement " + id, "les mots qui le font trouver ne sont pas les siens");
        for (const auto& [id, c] : constates)
            for (auto& phrase : signalement::contradictions(c))
                erreur("journal", "signalement " + id, std::move(phrase));
        return lignes;
    }

    /// The row of a draft decides between two sends: it and the report must say the same.
    void brouillons()
    {
        struct Brouillon {
            std::string id;
            std::optional<std::string> signalement, cle;
            std::optional<std::string> depose; // the report that says it comes from this draft
        };
        std::int64_t n = 0;
        std::string apres;
        while (true) {
            auto tx = lire();
            const auto lot =
                tx.query<Brouillon>("SELECT b.id, b.signalement, s.cle_idempotence, d.id FROM brouillon b "
                                    "LEFT JOIN signalement s ON s.id = b.signalement "
                                    "LEFT JOIN signalement d ON d.cle_idempotence = b.id WHERE b.id > $1 "
                                    "ORDER BY b.id LIMIT 1000",
                                    apres);
            for (const auto& b : lot)
                if (b.signalement != b.depose || (b.signalement && b.cle != b.id))
                    erreur("brouillon", "brouillon " + b.id,
                           "le brouillon et le signalement qui en est né ne disent pas la même chose");
            n += static_cast<std::int64_t>(lot.size());
            if (lot.size() < 1000) break;
            apres = lot.back().id;
        }
        compter("brouillons", n);
    }

    void demandes()
    {
        // By territory, year and month: the last number given.
        std::map<std::tuple<std::string, int, int>, int> compteurs;
        {
            struct Compteur {
                std::string territoire;
                int annee = 0, mois = 0, dernier = 0;
            };
            auto tx = lire();
            tx.each<Compteur>("SELECT territoire, annee, mois, dernier FROM numero_sequence",
                              [&](const Compteur& c) {
                                  compteurs[{c.territoire, c.annee, c.mois}] = c.dernier;
                              });
        }
        struct Rangee {
            std::string id, numero, territoire, etat;
            std::int64_t version, versions, derniere_version, personnes, lignes, dernier_rang;
            bool numero_recu = false;
        };
        std::int64_t n = 0;
        std::string apres;
        for (bool suite = true; suite;) {
            auto tx = lire();
            const auto lot = tx.query<Rangee>(
                "SELECT d.id, d.numero, d.territoire, d.etat, d.contenu_version, "
                "(SELECT COUNT(*) FROM demande_version v WHERE v.demande = d.id), "
                "(SELECT COALESCE(MAX(v.numero), 0) FROM demande_version v WHERE v.demande = d.id), "
                "(SELECT COUNT(*) FROM demande_personne p WHERE p.demande = d.id AND p.rang = 0), "
                "(SELECT COUNT(*) FROM journal j WHERE j.objet_type = 'demande' AND j.objet_id = d.id), "
                "(SELECT COALESCE(MAX(j.rang), 0) FROM journal j WHERE j.objet_type = 'demande' AND "
                "j.objet_id = d.id), d.numero_recu "
                "FROM demande d WHERE d.id > $1 ORDER BY d.id LIMIT 200",
                apres);
            for (const auto& d : lot) {
                const auto numero = demande::lire_numero(d.numero);
                const demande::DemandeConstatee constatee{
                    .numero = d.numero,
                    .territoire = d.territoire,
                    .etat = d.etat,
                    .derniere_sequence =
                        numero
                            ? compteurs[{numero->territoire, numero->annee, static_cast<int>(numero->mois)}]
                            : 0,
                    .numero_recu = d.numero_recu,
                    .version_courante = d.version,
                    .versions = d.versions,
                    .derniere_version = d.derniere_version,
                    .premieres_personnes = d.personnes,
                    .lignes_du_journal = d.lignes,
                    .dernier_rang = d.dernier_rang};
                for (auto& phrase : demande::contradictions(constatee))
                    erreur("demande", "demande " + d.id, std::move(phrase));
            }
            // What hangs on a demande is kept, and may one day be split, with it.
            if (!lot.empty())
                for (const std::string table :
                     {"demande_version", "demande_personne", "demande_souhait", "demande_piece", "preavis",
                      "avertissement", "reconnaissance", "demandeur_demande"})
                    for (const auto& id : tx.query<std::string>(
                             "SELECT DISTINCT d.id FROM demande d JOIN " + table +
                                 " x ON x.demande = d.id WHERE d.id > $1 AND d.id <= $2 AND x.territoire <> "
                                 "d.territoire",
                             apres, lot.back().id))
                        erreur("territoire_different", "demande " + id,
                               fmt::format("une ligne de {} d’un autre territoire que la demande", table));
            n += static_cast<std::int64_t>(lot.size());
            suite = lot.size() == 200;
            if (suite) apres = lot.back().id;
        }
        compter("demandes de logement", n);
    }

    void courriels()
    {
        auto tx = lire();
        const auto maintenant = app_.clock.now();
        compter("courriels", tx.one<std::int64_t>("SELECT COUNT(*) FROM courriel"));
        const auto retard = [&](std::string_view sql, std::int64_t secondes, const char* phrase) {
            struct Ligne {
                std::int64_t nombre = 0;
                std::optional<std::string> premier;
            };
            const auto l = tx.one<Ligne>(sql, maintenant.plus_seconds(-secondes));
            if (l.nombre > 0)
                avertir("courriel_en_retard", "courriel " + l.premier.value_or(""),
                        base::count(l.nombre, "courriel", "courriels") + " " + phrase);
        };
        retard("SELECT COUNT(*), MIN(id) FROM courriel WHERE etat IN ('a_envoyer', 'echec') AND prochain_le "
               "< $1",
               retard_courriel_secondes,
               "à envoyer depuis plus d’un jour : « logis jobs run » tourne-t-il ?");
        retard("SELECT COUNT(*), MIN(id) FROM courriel WHERE etat = 'en_cours' AND bail_jusqu_au < $1",
               retard_courriel_secondes, "en cours d’envoi depuis plus d’un jour");
    }

    void taches()
    {
        auto tx = lire();
        struct Tache {
            std::string nom, erreur;
        };
        for (const auto& t : tx.query<Tache>(
                 "SELECT nom, erreur FROM tache WHERE prochain_le < $1 OR erreur <> '' ORDER BY nom",
                 app_.clock.now().plus_seconds(-retard_tache_secondes)))
            avertir("tache", "tâche " + t.nom,
                    t.erreur.empty() ? "elle n’a pas été faite depuis deux jours"
                                     : "elle a échoué : " + t.erreur);
    }

    struct Piece {
        std::string id, sha256;
        std::optional<std::string> miniature;
        std::int64_t taille = 0;
        std::string etat;
        std::optional<std::string> sas, sas_cle, prochain_le;
        Instant depose_le;

        bool operator==(const Piece&) const = default;
    };
    static constexpr std::string_view colonnes_piece =
        "id, sha256, miniature, taille, etat, sas, sas_cle, prochain_le, depose_le";

    std::optional<Piece> piece(const std::string& id)
    {
        auto tx = lire();
        return tx.find<Piece>(fmt::format("SELECT {} FROM piece WHERE id = $1", colonnes_piece), id);
    }

    /// Nothing when the content is there and is what its name says, or when nobody can tell.
    std::optional<std::string> defaut(const std::string& sha256, std::optional<std::int64_t> taille)
    {
        if (magasin_absent_) return std::nullopt;
        try {
            if (options_.rapide) {
                if (!app_.fichiers.magasin->existe(sha256)) return "le fichier manque";
                return std::nullopt;
            }
            const auto lecture = app_.fichiers.magasin->ouvrir(sha256);
            std::string octets;
            while (lecture->suivant(octets)) octets.clear();
            if (taille && static_cast<std::int64_t>(lecture->taille()) != *taille)
                return fmt::format("le fichier fait {} octets et la base en dit {}", lecture->taille(),
                                   *taille);
        } catch (const piece::ContenuPerdu&) {
            return "le fichier manque ou n’est plus celui qui a été reçu";
        } catch (const piece::MagasinIndisponible& e) {
            magasin_absent(e.what());
        } catch (const std::exception&) {
            return "le fichier ne peut pas être lu";
        }
        return std::nullopt;
    }

    /// Said once: a store that is away says nothing of what it holds.
    void magasin_absent(const std::string& raison)
    {
        if (!std::exchange(magasin_absent_, true))
            erreur("magasin", "fichiers",
                   "l’espace de stockage ne répond pas ; les fichiers n’ont pas tous été comparés (" +
                       raison + ")");
    }

    /// What waits does so on one machine: only that one can tell.
    std::optional<std::string> defaut_au_sas(const Piece& p) const
    {
        if (p.sas != app_.fichiers.sas.nom()) return std::nullopt;
        const bool photo_prete = p.etat == "a_ranger" && p.miniature;
        const auto octets =
            app_.fichiers.sas.lire(*p.sas_cle, photo_prete ? piece::Part::Image : piece::Part::Recu);
        if (!octets) return "le fichier reçu n’est plus dans le sas";
        if (base::sha256_hex(*octets) != p.sha256) return "le fichier du sas n’est plus celui qui a été reçu";
        return std::nullopt;
    }

    void pieces()
    {
        std::int64_t n = 0, attendent = 0;
        std::string apres;
        while (true) {
            const auto lot = [&] {
                auto tx = lire();
                return tx.query<Piece>(
                    fmt::format("SELECT {} FROM piece WHERE id > $1 ORDER BY id LIMIT 500", colonnes_piece),
                    apres);
            }();
            for (const auto& p : lot) {
                const auto dire = [&](std::string controle, const std::optional<std::string>& phrase) {
                    // Removed meanwhile by whoever owns it: its file may go.
                    if (phrase && piece(p.id) == p) erreur(std::move(controle), "piece " + p.id, *phrase);
                };
                if (p.etat == "saine") {
                    dire("fichier", defaut(p.sha256, p.taille));
                    if (p.miniature) dire("miniature", defaut(*p.miniature, std::nullopt));
                } else if (p.prochain_le) {
                    ++attendent;
                    dire("fichier", defaut_au_sas(p));
                    if (p.depose_le < app_.clock.now().plus_days(-1))
                        avertir("fichier_en_attente", "piece " + p.id,
                                "reçu depuis plus d’un jour et toujours pas préparé : la machine qui l’a "
                                "reçu, l’antivirus ou l’espace de stockage ne répond pas");
                }
            }
            n += static_cast<std::int64_t>(lot.size());
            if (lot.size() < 500) break;
            apres = lot.back().id;
        }
        compter("pièces", n);
        compter("pièces en préparation", attendent);
    }

    /// A content without a row is what a crash leaves; nobody can ask for it. Still there after the purge's
    /// delay, it says that the purge does not run.
    void contenus()
    {
        std::int64_t sans_ligne = 0, vieux = 0;
        std::set<std::string> anciens;
        std::vector<std::string> lot;
        const auto compter_le_lot = [&](std::int64_t& inconnus) {
            if (lot.empty()) return;
            std::set<std::string> connus;
            auto tx = lire();
            std::string parametres;
            for (std::size_t i = 1; i <= lot.size(); ++i)
                parametres += fmt::format("{}${}", i == 1 ? "" : ", ", i);
            const std::vector<db::Value> valeurs(lot.begin(), lot.end());
            for (const auto* colonne : {"sha256", "miniature"})
                tx.run(fmt::format("SELECT {0} FROM piece WHERE {0} IN ({1})", colonne, parametres), valeurs,
                       [&](std::span<const db::Value> l) { connus.insert(std::get<std::string>(l[0])); });
            for (const auto& sha : lot)
                if (!connus.contains(sha)) ++inconnus;
            lot.clear();
        };
        const auto parcourir = [&](std::chrono::seconds repos, std::int64_t& inconnus) {
            std::int64_t vus = 0;
            app_.fichiers.magasin->parcourir(repos, [&](const std::string& sha) {
                ++vus;
                lot.push_back(sha);
                if (lot.size() == 200) compter_le_lot(inconnus);
            });
            compter_le_lot(inconnus);
            return vus;
        };
        if (magasin_absent_) return;
        try {
            compter("fichiers", parcourir(std::chrono::seconds{0}, sans_ligne));
            compter("fichiers sans ligne (purgés après une semaine)", sans_ligne);
            parcourir(std::chrono::hours{24} * jours_avant_purge, vieux);
        } catch (const piece::MagasinIndisponible& e) {
            return magasin_absent(e.what());
        }
        if (vieux > 0)
            avertir("purge_des_fichiers", "fichiers",
                    base::count(vieux, "fichier", "fichiers") +
                        " sans ligne depuis plus d’une semaine : la purge ne passe plus, ou ce dossier sert "
                        "aussi à une autre base");
    }

    App& app_;
    const Options& options_;
    const std::function<void(const Constat&)>& constater_;
    Bilan bilan_;
    bool magasin_absent_ = false;
};

} // namespace

Bilan verifier(App& app, const Options& options, const std::function<void(const Constat&)>& constater)
{
    return Audit{app, options, constater}.faire();
}

} // namespace verification
