// Lists and counts against an oracle that knows no SQL: reports drawn at random, questions drawn at random,
// on both engines. And the plan of each criterion alone.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/id.hpp"
#include "base/text.hpp"
#include "compte/exemples_test.hpp"
#include "signalement/cles.hpp"
#include "signalement/filtre/tirage_test.hpp"
#include "signalement/motifs.hpp"
#include "signalement/rangee.hpp"
#include "signalement/store.hpp"
#include "signalement/store_cles.hpp"
#include "signalement/store_recherche.hpp"
#include "signalement/suivi.hpp"

namespace signalement::filtre_store_check {

using namespace filtre;

using namespace tirage;

// Criteria are split between two functions: each of them leaves the others to the other.
#pragma GCC diagnostic ignored "-Wswitch-enum"

// ── The oracle ───────────────────────────────────────────────────────────────────────────────────────────

struct Connu {
    Signalement s;
    Dossier dossier;
    std::set<std::string> mots;
    std::optional<Instant> dernier;
    std::optional<std::string> dernier_de;
    bool message = false, courriel = false;
    std::set<std::string> procedures, auteurs;
    struct Entree {
        std::string type;
        Date date;
    };
    std::vector<Entree> suivis;
};

std::vector<Connu> tout_lire(db::Transaction& tx)
{
    std::vector<Connu> out;
    for (auto& r : tx.query<Rangee>("SELECT " + std::string{colonnes} + " FROM signalement s")) {
        Connu c;
        c.s = valeur(std::move(r));
        c.dossier = store::find_for_system(tx, c.s.id.text).value();
        struct Reste {
            std::optional<Instant> dernier;
            std::optional<std::string> de;
            bool message;
        };
        const auto reste = tx.one<Reste>("SELECT dernier_suivi_le, dernier_suivi_de, message_sans_reponse "
                                         "FROM signalement WHERE id = $1",
                                         c.s.id);
        const auto& s = c.s;
        for (const auto* texte :
             {&s.adresse.libelle, &s.adresse.commune, &s.adresse.code_postal, &s.declarant.contact.nom,
              &s.declarant.contact.prenom, &contact_occupant(s).nom, &contact_occupant(s).prenom})
            for (const auto& m : base::split(base::fold(*texte), ' ')) c.mots.insert(m);
        c.dernier = reste.dernier;
        c.dernier_de = reste.de;
        c.message = reste.message;
        c.courriel = tx.one<std::int64_t>("SELECT COUNT(*) FROM courriel WHERE objet_id = $1", c.s.id) > 0;
        for (auto& q : tx.query<std::string>(
                 "SELECT qualification FROM signalement_qualification WHERE signalement = $1", c.s.id))
            c.procedures.insert(q);
        struct Suivi {
            std::string type;
            Date date;
            std::optional<std::string> auteur;
        };
        for (auto& v :
             tx.query<Suivi>("SELECT type, date_acte, auteur FROM suivi WHERE signalement = $1", c.s.id)) {
            c.suivis.push_back({v.type, v.date});
            if (v.auteur) c.auteurs.insert(*v.auteur);
        }
        out.push_back(std::move(c));
    }
    return out;
}

bool parmi(const std::vector<std::string>& valeurs, const std::string& v)
{
    return std::ranges::find(valeurs, v) != valeurs.end();
}

template <class E, std::size_t N>
std::string mot(const base::Name<E> (&table)[N], const std::optional<E>& v, std::string absent)
{
    return v ? std::string{base::slug_of(table, *v)} : absent;
}

bool choix_vrai(const Connu& c, Cle cle, const std::string& v, const Filtre& f)
{
    const auto& s = c.s;
    const auto affectee = [&](auto&& oui) { return std::ranges::any_of(c.dossier.affectations, oui); };
    const auto& choisis = f.valeurs(Cle::Partenaire);
    const auto en = [&](StatutAffectation etat) {
        return affectee([&](const Affectation& a) {
            return a.statut == etat && (choisis.empty() || parmi(choisis, a.partenaire));
        });
    };
    const auto nsp = [](const std::string& r) { return r.empty() || r == "nsp" ? "non_renseigne" : r; };
    switch (cle) {
    case Cle::Affectation:
        if (v == "en_attente") return en(StatutAffectation::EnAttente);
        if (v == "acceptee") return en(StatutAffectation::Acceptee);
        if (v == "refusee") return en(StatutAffectation::Refusee);
        if (v == "fermee") return en(StatutAffectation::Fermee);
        if (v == "aucune") return c.dossier.affectations.empty();
        if (v == "toutes_fermees")
            return !c.dossier.affectations.empty() &&
                   std::ranges::all_of(c.dossier.affectations,
                                       [](const auto& a) { return a.statut == StatutAffectation::Fermee; });
        if (v == "fermee_commune")
            return affectee([](const Affectation& a) {
                return a.statut == StatutAffectation::Fermee && a.partenaire == partenaire::demo_rouen;
            });
        return !c.dossier.affectations.empty() && !affectee([](const Affectation& a) {
            return a.statut == StatutAffectation::Acceptee || a.statut == StatutAffectation::Fermee;
        });
    case Cle::DernierSuivi:
        return v == "aucun" ? !c.dernier : c.dernier_de == v;
    case Cle::Visite: {
        const auto faite = [](const auto& e) { return e.type == "visite_faite"; };
        const auto prevue = [](const auto& e) {
            return e.type == "visite_prevue" && e.date >= Date{2026, 11, 23};
        };
        const bool f1 = std::ranges::any_of(c.suivis, faite), p1 = std::ranges::any_of(c.suivis, prevue);
        return v == "faite" ? f1 : v == "prevue" ? p1 : !f1 && !p1;
    }
    case Cle::Canal:
        return (public_de(s.declarant.profil) == Public::Professionnel) == (v == "professionnel");
    case Cle::Occupation: {
        const auto profil = s.declarant.profil;
        const auto statut = s.occupant ? s.occupant->statut : std::nullopt;
        if (v == "locataire") return profil == Profil::Locataire || statut == StatutOccupant::Locataire;
        if (v == "proprietaire")
            return profil == Profil::ProprietaireOccupant || statut == StatutOccupant::Proprietaire;
        if (v == "heberge") return statut == StatutOccupant::Heberge;
        if (v == "vacant") return s.vacant;
        return !est_occupant(profil) && statut.value_or(StatutOccupant::Inconnu) == StatutOccupant::Inconnu &&
               !s.vacant;
    }
    case Cle::Parc: {
        const auto r = nsp(mot(desordre::reponses, s.logement.social, ""));
        return v == (r == "oui" ? "public" : r == "non" ? "prive" : r);
    }
    case Cle::Allocataire:
        return v == nsp(mot(allocations, s.logement.allocation, ""));
    case Cle::Enfants:
        return v == nsp(mot(desordre::reponses, s.decrit.enfant_moins_6_ans, ""));
    case Cle::Situation:
        return (v == "attente_relogement" ? s.demarches.demande_relogement
                : v == "bail_en_cours"    ? s.logement.bail
                                          : s.demarches.preavis_depose) == Reponse::Oui;
    default:
        FAIL("a criterion that the oracle does not know");
        return false;
    }
}

/// Two words of four letters or more that are the same once a letter is taken from one, or from both.
bool se_ressemblent(const std::string& a, const std::string& b)
{
    const auto lettres = [](const std::string& m) {
        return m.size() >= 4 && m != "rue" &&
               m.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    };
    if (!lettres(a) || !lettres(b)) return false;
    const auto moins = [](std::string m, std::size_t i) { return m.erase(i, 1); };
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (moins(a, i) == b) return true;
        for (std::size_t j = 0; j < b.size(); ++j)
            if (moins(b, j) == a || moins(a, i) == moins(b, j)) return true;
    }
    return false;
}

bool critere_vrai(const Connu& c, Cle cle, const Filtre& f, const compte::Agent& lecteur)
{
    const auto& s = c.s;
    const auto& valeurs = f.valeurs(cle);
    const auto& v = valeurs.front();
    const auto jour = [](Instant i) { return base::to_iso(base::local_date(i)); };
    const auto motif_de = [&](Statut statut) {
        return s.statut == statut && parmi(valeurs, s.motif_slug.value_or(""));
    };
    switch (cle) {
    case Cle::Recherche: {
        if (v == "2026-100017") return c.s.reference.ends_with(v);
        auto demandes = base::split(base::fold(v), ' ');
        if (v != "rue de") // the words that say nothing beside others
            std::erase_if(demandes, [](const auto& m) { return m == "rue" || m == "le"; });
        return std::ranges::all_of(demandes, [&](const std::string& m) {
            return std::ranges::any_of(c.mots, [&](const std::string& mot) {
                return mot == m || (m.size() >= 4 && mot.starts_with(m)) ||
                       (f.a(Cle::Approchant) && se_ressemblent(m, mot));
            });
        });
    }
    case Cle::Approchant:
        return true;
    case Cle::Statut:
        return parmi(valeurs, std::string{base::slug_of(statuts, s.statut)});
    case Cle::Region:
        return parmi(valeurs, s.territoire == "76" ? "28" : "32");
    case Cle::Territoire:
        return parmi(valeurs, s.territoire);
    case Cle::Comite:
        return s.comite && parmi(valeurs, *s.comite);
    case Cle::Commune:
        return parmi(valeurs, s.adresse.insee) || (s.adresse.insee == "75101" && parmi(valeurs, "75056"));
    case Cle::Epci: {
        static const std::map<std::string, std::string> de = {
            {"76540", "200023414"}, {"76231", "200023414"}, {"75056", "200054781"}, {"75101", "200054781"}};
        const auto at = de.find(s.adresse.insee);
        return at != de.end() && parmi(valeurs, at->second);
    }
    case Cle::DeposeDu:
        return jour(s.depose_le) >= v;
    case Cle::DeposeAu:
        return jour(s.depose_le) <= v;
    case Cle::SuiviDu:
        return c.dernier && jour(*c.dernier) >= v;
    case Cle::SuiviAu:
        return c.dernier && jour(*c.dernier) <= v;
    case Cle::Partenaire:
        return std::ranges::any_of(c.dossier.affectations,
                                   [&](const auto& a) { return parmi(valeurs, a.partenaire); });
    case Cle::SansPartenaire:
        return s.statut == Statut::EnCours && std::ranges::none_of(c.dossier.affectations, [](const auto& a) {
                   return est_ouverte(a.statut);
               });
    case Cle::ARepondre:
        return s.statut == Statut::EnCours && std::ranges::any_of(c.dossier.affectations, [&](const auto& a) {
                   return a.statut == StatutAffectation::EnAttente &&
                          affectation_de(lecteur, c.dossier, a.id);
               });
    case Cle::Miens:
        return parmi(c.dossier.acces_ponctuels, lecteur.id) || c.auteurs.contains(lecteur.id);
    case Cle::Danger:
        return s.danger;
    case Cle::Gravite:
        return parmi(valeurs, std::string{base::slug_of(desordre::gravites, s.gravite)});
    case Cle::Message:
        return c.message;
    case Cle::SansActivite:
        return s.statut == Statut::EnCours && c.dernier.value_or(s.depose_le) < maintenant.plus_days(-60);
    case Cle::Profil:
        return parmi(valeurs, std::string{base::slug_of(profils, s.declarant.profil)});
    case Cle::Nature:
        return s.decrit.nature &&
               parmi(valeurs, std::string{base::slug_of(desordre::natures, *s.decrit.nature)});
    case Cle::Procedure:
        return std::ranges::any_of(valeurs, [&](const auto& q) { return c.procedures.contains(q); });
    case Cle::MotifCloture:
        return motif_de(Statut::Clos);
    case Cle::MotifRefus:
        return motif_de(Statut::Refuse);
    case Cle::Doublon:
        return s.doublon_possible;
    case Cle::Courriel:
        return c.courriel;
    case Cle::Cadre:
        return s.adresse.lon && lire_cadre(valeurs.front())->contient(*s.adresse.lon, *s.adresse.lat);
    case Cle::SansPosition:
        return !s.adresse.lon;
    default:
        return std::ranges::any_of(valeurs, [&](const auto& choix) { return choix_vrai(c, cle, choix, f); });
    }
}

std::string cle_d_ordre(const Connu& c, const Ordre& o)
{
    if (o.slug.starts_with("depot")) return base::to_iso(c.s.depose_le);
    if (o.slug.starts_with("suivi")) return base::to_iso(c.dernier.value_or(c.s.depose_le));
    if (o.slug.starts_with("reference")) return c.s.reference;
    const auto k = cles(c.s);
    return o.slug.starts_with("commune") ? k.tri_commune : k.tri_nom;
}

/// What the list must show, in order.
std::vector<std::string> attendus(const std::vector<Connu>& tout, const Filtre& f,
                                  const compte::Agent& lecteur)
{
    std::vector<const Connu*> gardes;
    for (const auto& c : tout) {
        const bool oui = a_le_droit(lecteur, Action::Lire, c.dossier) &&
                         std::ranges::all_of(f.choisis, [&](const auto& choisi) {
                             return a_le_droit(lecteur, critere(choisi.first).lecture, c.dossier) &&
                                    critere_vrai(c, choisi.first, f, lecteur);
                         });
        if (oui) gardes.push_back(&c);
    }
    std::ranges::sort(gardes, [&](const Connu* a, const Connu* b) {
        const std::pair x{cle_d_ordre(*a, *f.ordre), a->s.id.text},
            y{cle_d_ordre(*b, *f.ordre), b->s.id.text};
        return f.ordre->descendant ? y < x : x < y;
    });
    std::vector<std::string> out;
    for (const auto* c : gardes) out.push_back(c->s.id.text);
    return out;
}

/// Page after page from the first one, then back from the last one to the first.
void comparer(db::Transaction& tx, const Regard& regard, const Filtre& demande,
              const std::vector<std::string>& voulus)
{
    CHECK(store::compter(tx, regard, demande).one() == static_cast<std::int64_t>(voulus.size()));
    auto f = demande;
    std::vector<std::string> aller, retour;
    auto page = store::liste(tx, regard, f);
    CHECK_FALSE(page.avant);
    for (;;) {
        for (const auto& l : page.lignes) aller.push_back(l.id);
        if (!page.apres || aller.size() > voulus.size()) break;
        f.ou = store::place_de(page.lignes.back(), f, false);
        f = lire(ecrire(f), regard.lecteur).filtre; // as the address carries it
        page = store::liste(tx, regard, f);
        CHECK(page.avant);
    }
    CHECK(aller == voulus);
    for (;;) {
        for (auto l = page.lignes.rbegin(); l != page.lignes.rend(); ++l) retour.push_back(l->id);
        if (!page.avant || retour.size() > voulus.size()) break;
        f.ou = store::place_de(page.lignes.front(), f, true);
        f = lire(ecrire(f), regard.lecteur).filtre;
        page = store::liste(tx, regard, f);
        CHECK(page.apres);
    }
    std::ranges::reverse(retour);
    CHECK(retour == voulus);
}

TEST_CASE(
    "toute question donne les signalements qu’un calcul à la main donne : même nombre, même ordre, dans les "
    "deux sens")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        Tirage t{20261123};
        base.write([&](db::Transaction& tx) {
            semer_le_pays(tx);
            for (int n = 0; n < 260; ++n) semer_un_signalement(tx, t, n);
        });
        while (store::tenir_les_cles(base) > 0) {
        }
        auto tx = base.read();
        const auto tout = tout_lire(tx);
        REQUIRE(tout.size() == 260);
        std::vector<compte::Agent> agents;
        for (const auto* id :
             {"compte-demo-camille-lefort", "compte-demo-nadia-belkacem", "compte-demo-julien-masson",
              "compte-demo-claire-duhamel", "compte-demo-karim-benali", "compte-demo-antoine-delattre"})
            agents.push_back(compte::store::agent(tx, id).value());
        agents.push_back(agents[3]);
        agents.back().mandats.front().confirme = false; // deposited, and nobody has confirmed who they are
        std::size_t trouves = 0, refuses = 0;
        const auto poser = [&](const compte::Agent& lecteur, const Paires& p) {
            const auto lu = lire(p, lecteur);
            if (!lu.refus.empty()) return ++refuses, void();
            std::string dit = lecteur.id;
            for (const auto& [cle, v] : ecrire(lu.filtre)) dit += " " + cle + "=" + v;
            INFO(dit);
            CHECK(ecrire(lire(ecrire(lu.filtre), lecteur).filtre) == ecrire(lu.filtre));
            const auto voulus = attendus(tout, lu.filtre, lecteur);
            trouves += voulus.empty() ? 0 : 1;
            comparer(tx, {lecteur, maintenant}, lu.filtre, voulus);
        };
        for (const auto& lecteur : agents) {
            for (const auto& o : ordres()) poser(lecteur, {{"tri", std::string{o.slug}}});
            for (const auto& c : criteres()) {
                if (c.choix.empty()) poser(lecteur, {{std::string{c.slug}, valeur_tiree(c, t)}});
                for (const auto& v : c.choix) poser(lecteur, {{std::string{c.slug}, std::string{v.slug}}});
            }
            for (int n = 0; n < 60; ++n) poser(lecteur, question_tiree(t, 4));
        }
        CHECK(trouves > 300);
        CHECK(refuses > 10);
    });
}

/// Twenty thousand reports out of the few that were drawn: elsewhere, entrusted to others.
void multiplier(db::Transaction& tx)
{
    const auto colonnes_copiees = std::string{
        "version, depose_le, valide_le, refuse_le, clos_le, motif_slug, motif_texte, adresse_libelle, "
        "code_postal, "
        "commune, adresse_cle, profil, nom, prenom, email, occupant_distinct, occupant_nom, occupant_prenom, "
        "occupant_statut, nature, enfant_moins_6_ans, social, bail, allocation, demande_relogement, "
        "preavis_depose, "
        "danger, vacant, doublon_possible, gravite, criticite_centiemes, criticite_batiment_centiemes, "
        "criticite_logement_centiemes, tri_nom, tri_commune, cles_version, dernier_suivi_le, "
        "dernier_suivi_de, "
        "message_sans_reponse, statut"};
    const auto jusqu_a = [&](int n) {
        return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
               std::to_string(n) + ") ";
    };
    tx.exec("INSERT INTO commune (insee, nom, type, departement) " + jusqu_a(1500) +
            "SELECT '9' || substr(CAST(10000 + i AS TEXT), 2, 4), 'Ailleurs', 'commune', '80' FROM n");
    tx.exec("INSERT INTO partenaire (id, territoire, nom, nom_cherche, type, cree_le) " + jusqu_a(300) +
            "SELECT 'p' || CAST(i AS TEXT), '80', 'P ' || CAST(i AS TEXT), 'p ' || CAST(i AS TEXT), 'autre', "
            "'2026-01-01T00:00:00.000Z' FROM n");
    tx.exec(
        "INSERT INTO signalement (id, reference, jeton_suivi, cle_idempotence, territoire, comite, insee, " +
        colonnes_copiees + ") " + jusqu_a(80) +
        "SELECT id || '-' || CAST(i AS TEXT), reference || '-' || CAST(i AS TEXT), id || '-' || CAST(i AS "
        "TEXT), id || "
        "'-' || CAST(i AS TEXT), substr(CAST(100 + i AS TEXT), 2, 2), 'comite-' || CAST(i AS TEXT), '9' || "
        "substr(CAST(10000 + i * 18 AS TEXT), 2, 4), " +
        colonnes_copiees + " FROM signalement, n");
    tx.exec("INSERT INTO affectation (id, signalement, partenaire, territoire, statut, affectee_le, "
            "fermee_le, motif) " +
            jusqu_a(80) +
            "SELECT a.id || '-' || CAST(i AS TEXT), a.signalement || '-' || CAST(i AS TEXT), 'p' || CAST(i * "
            "3 AS TEXT), "
            "a.territoire, a.statut, a.affectee_le, a.fermee_le, a.motif FROM affectation a, n "
            "WHERE a.partenaire = '" +
            std::string{partenaire::demo_ars} + "'");
    tx.exec("INSERT INTO signalement_mots (signalement, territoire, mots) " + jusqu_a(80) +
            "SELECT m.signalement || '-' || CAST(i AS TEXT), '80', 'mot' || CAST(i AS TEXT) || ' ~~80' FROM "
            "signalement_mots m, n");
    store::indexer_les_mots(tx, 260);
    tx.script("ANALYZE");
}

/// How the engine goes about it.
std::string plan(db::Transaction& tx, const db::Query& query, const std::string& sql)
{
    std::string out;
    if (tx.engine() == db::Engine::Sqlite) {
        struct Etape {
            std::int64_t id, parent, rien;
            std::string detail;
        };
        for (const auto& e : query.run<Etape>(tx, "EXPLAIN QUERY PLAN " + sql)) out += e.detail + "\n";
    } else {
        for (const auto& l : query.run<std::string>(tx, "EXPLAIN " + sql)) out += l + "\n";
    }
    return out;
}

bool lit_tout(const std::string& plan, bool dans_l_ordre)
{
    for (const auto& etape : base::split(plan, '\n')) {
        if (etape.find("Seq Scan on signalement s") != std::string::npos) return true;
        const auto scan = etape.find("SCAN s");
        const bool de_s = scan != std::string::npos && (etape.size() == scan + 6 || etape[scan + 6] == ' ');
        if (etape.ends_with("signalement_message")) continue; // an index of nothing else
        // The lines of a page are read in their order until there are enough of them.
        if (de_s && (!dans_l_ordre || etape.find("USING") == std::string::npos)) return true;
    }
    return false;
}

TEST_CASE("aucun filtre ne fait lire tous les signalements, ni d’un territoire à l’autre, ni dans un ordre "
          "ou un autre")
{
    test::for_each_engine([](db::Database& base) {
        compte::exemples::semer(base);
        Tirage t{7};
        base.write([&](db::Transaction& tx) {
            semer_le_pays(tx);
            for (int n = 0; n < 260; ++n) semer_un_signalement(tx, t, n);
        });
        while (store::tenir_les_cles(base) > 0) {
        }
        base.write([](db::Transaction& tx) { multiplier(tx); });
        auto tx = base.read();
        REQUIRE(tx.one<std::int64_t>("SELECT COUNT(*) FROM signalement") > 20'000);
        const auto france = compte::store::agent(tx, "compte-demo-camille-lefort").value();
        auto territoire = compte::store::agent(tx, "compte-demo-nadia-belkacem").value();
        territoire.mandats.front().territoire = "42";
        const auto examiner = [&](const compte::Agent& lecteur, const Paires& adresse, bool indexe) {
            const auto lu = lire(adresse, lecteur);
            if (!lu.refus.empty()) return;
            const Regard regard{lecteur, maintenant};
            std::string dit = lecteur.id;
            for (const auto& [cle, v] : adresse) dit += " " + cle + "=" + v;
            if (!compte_tenu(regard, lu.filtre) && !compte_des_mots(regard, lu.filtre) && indexe &&
                lu.filtre.choisis.size() > 0) {
                db::Query q;
                const auto compte = plan(tx, q,
                                         "SELECT COUNT(*) FROM signalement s WHERE " +
                                             condition(regard, lu.filtre, q, tx.engine()));
                INFO("nombre : ", dit, "\n", compte);
                CHECK_FALSE(lit_tout(compte, false));
            }
            if (!indexe) return;
            db::Query q;
            auto sql = "SELECT s.id FROM signalement s WHERE " + condition(regard, lu.filtre, q, tx.engine());
            sql += place_et_ordre(regard, lu.filtre, q) + " LIMIT 26";
            const auto liste = plan(tx, q, sql);
            INFO("liste : ", dit, "\n", liste);
            CHECK_FALSE(lit_tout(liste, true));
        };
        for (const compte::Agent* lecteur :
             std::initializer_list<const compte::Agent*>{&france, &territoire}) {
            for (const auto& o : ordres()) {
                examiner(*lecteur, {{"tri", std::string{o.slug}}}, true);
                examiner(
                    *lecteur,
                    {{"tri", std::string{o.slug}}, {"apres", "x"}, {"place", "2026-11-20T08:00:00.000Z"}},
                    true);
            }
            for (const auto& c : criteres()) {
                std::string valeur = c.choix.empty() ? "oui" : std::string{c.choix.front().slug};
                if (c.genre == Genre::Texte) valeur = "haddad";
                if (c.genre == Genre::Du) valeur = "2026-11-20";
                if (c.genre == Genre::Au) valeur = "2025-10-25";
                if (c.genre == Genre::Cadre) valeur = "1,49,1.5,49.5";
                if (c.cle == Cle::Region) valeur = "32";
                if (c.cle == Cle::Territoire) valeur = "42";
                if (c.cle == Cle::Comite) valeur = "comite-42";
                if (c.cle == Cle::Commune) valeur = "90042";
                if (c.cle == Cle::Epci) valeur = "200054781";
                if (c.cle == Cle::Partenaire) valeur = "p42";
                examiner(*lecteur, {{std::string{c.slug}, valeur}}, c.indexe || lecteur == &territoire);
            }
        }
    });
}

TEST_CASE("un jour commence à minuit là où il est, heure d’été comprise")
{
    CHECK(base::to_iso(debut_du_jour({2026, 11, 23}, "Europe/Paris")) == "2026-11-22T23:00:00.000Z");
    CHECK(base::to_iso(debut_du_jour({2026, 7, 14}, "Europe/Paris")) == "2026-07-13T22:00:00.000Z");
    CHECK(base::to_iso(debut_du_jour({2026, 3, 30}, "Europe/Paris")) == "2026-03-29T22:00:00.000Z");
    CHECK(base::to_iso(debut_du_jour({2026, 11, 23}, "Indian/Reunion")) == "2026-11-22T20:00:00.000Z");
    CHECK(base::to_iso(debut_du_jour({2026, 11, 23}, "America/Guadeloupe")) == "2026-11-23T04:00:00.000Z");
    CHECK(base::to_iso(debut_du_jour({2026, 11, 23}, "Pacific/Wallis")) == "2026-11-22T12:00:00.000Z");
}

} // namespace signalement::filtre_store_check
