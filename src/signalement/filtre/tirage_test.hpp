// Reports and questions drawn at random, for tests that compare what answers them. Holds no assertion.
#pragma once

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "compte/exemples_test.hpp"
#include "signalement/filtre/cadre.hpp"
#include "signalement/filtre/filtre.hpp"
#include "signalement/motifs.hpp"
#include "signalement/suivi.hpp"

namespace signalement::filtre::tirage {

inline const Instant maintenant = *base::parse_instant("2026-11-23T10:00:00Z");

struct Tirage {
    explicit Tirage(unsigned graine) : suite(graine) {}
    int entre(int bas, int haut) { return std::uniform_int_distribution{bas, haut}(suite); }
    bool sur(int n) { return entre(1, n) == 1; }
    template <class C> const auto& parmi(const C& liste)
    {
        return *(std::begin(liste) + entre(0, static_cast<int>(std::size(liste)) - 1));
    }
    template <class E, std::size_t N> std::optional<std::string> slug(const base::Name<E> (&table)[N])
    {
        return sur(4) ? std::nullopt : std::optional{std::string{parmi(table).slug}};
    }
    std::mt19937 suite;
};

inline const std::vector<std::string> communes = {"76540", "76231", "80021", "75056", "75101"};
inline const std::vector<std::string> noms = {"Haddad", "Élodie-Anne", "Le Goff", "Dupont",
                                              "Ōta",    "Nguyễn",      "d’Œuvre"};
inline const std::vector<std::string> mots = {
    "haddad", "ELOD", "rue de", "dieppe",        "le goff", "76000",       "12",
    "zzz",    "rou",  "hadad",  "dupond nguyne", "elodei",  "2026-100017", "rue dupont"};

inline void semer_le_pays(db::Transaction& tx)
{
    tx.exec("INSERT INTO region (code, nom) VALUES ('32', 'Hauts-de-France'), ('11', 'Île-de-France')");
    tx.exec(
        "INSERT INTO departement (code, nom, region) VALUES ('80', 'Somme', '32'), ('75', 'Paris', '11')");
    tx.exec("INSERT INTO epci (siren, nom, type) VALUES ('200054781', 'Métropole du Grand Paris', 'METRO')");
    tx.exec("INSERT INTO commune (insee, nom, type, departement, epci, rattachee_a) VALUES "
            "('80021', 'Amiens', 'commune', '80', NULL, NULL), "
            "('75056', 'Paris', 'commune', '75', '200054781', NULL), "
            "('75101', 'Paris 1er arrondissement', 'arrondissement', '75', NULL, '75056')");
}

/// A report with what hangs on it, drawn.
inline void semer_un_signalement(db::Transaction& tx, Tirage& t, int n)
{
    // Several at the same instant: orders must tell them apart.
    const auto le = maintenant.plus_days(-t.entre(0, 400)).plus_seconds(t.sur(3) ? 0 : t.entre(0, 80'000));
    const auto id = base::new_id(le);
    const std::string territoire = t.sur(4) ? "80" : "76";
    const auto statut = t.parmi(statuts).value;
    const auto jour = [&](bool oui) { return oui ? std::optional{le.plus_days(1)} : std::nullopt; };
    const bool distinct = t.sur(2);
    const auto& commune = t.parmi(communes);
    const auto motif = statut == Statut::Clos     ? std::optional{std::string{t.parmi(motifs_cloture).slug}}
                       : statut == Statut::Refuse ? std::optional{std::string{t.parmi(motifs_refus).slug}}
                                                  : std::nullopt;
    const bool danger = t.sur(5);
    const std::string nom = t.parmi(noms), prenom = t.parmi(noms);
    tx.exec(
        "INSERT INTO signalement (id, reference, territoire, comite, statut, depose_le, valide_le, "
        "refuse_le, "
        "clos_le, motif_slug, motif_texte, jeton_suivi, cle_idempotence, adresse_libelle, code_postal, "
        "commune, "
        "insee, adresse_cle, profil, nom, prenom, email, occupant_distinct, occupant_nom, occupant_prenom, "
        "occupant_statut, nature, enfant_moins_6_ans, social, bail, allocation, demande_relogement, "
        "preavis_depose, danger, vacant, doublon_possible, gravite, criticite_centiemes, "
        "criticite_batiment_centiemes, criticite_logement_centiemes) VALUES ($1, $2, $3, $4, $5, "
        "$6, "
        "$7, $8, $9, $10, '', $1, $1, $11, $12, $13, $14, '', $15, $16, $17, '', $18, $19, $20, $21, $22, "
        "$23, "
        "$24, $25, $26, $27, $28, $29, $30, $31, $32, 0, 0, 0)",
        id, territoire + "-2026-" + std::to_string(100'000 + n), territoire,
        t.sur(5) ? std::nullopt : std::optional{"comite-" + territoire + "-departement"},
        base::slug_of(statuts, statut), le, jour(statut == Statut::EnCours || statut == Statut::Clos),
        jour(statut == Statut::Refuse), jour(statut == Statut::Clos), motif, "12 rue de Dieppe",
        commune.substr(0, 2) + "000",
        commune == "76540"   ? "Rouen"
        : commune == "80021" ? "Évreux"
                             : "Paris",
        commune, t.parmi(profils).slug, nom, prenom, distinct, distinct ? t.parmi(noms) : "",
        distinct ? t.parmi(noms) : "", distinct ? t.slug(statuts_occupant) : std::optional<std::string>{},
        t.slug(desordre::natures), t.slug(desordre::reponses), t.slug(desordre::reponses),
        t.slug(desordre::reponses), t.slug(allocations), t.slug(desordre::reponses),
        t.slug(desordre::reponses), danger, t.sur(6), t.sur(6), t.parmi(desordre::gravites).slug);
    std::set<std::string> confies;
    for (int i = t.entre(0, 3); i > 0; --i) {
        const std::string p =
            t.parmi(std::vector{partenaire::demo_rouen, partenaire::demo_ars, partenaire::demo_caf});
        if (!confies.insert(p).second) continue;
        const auto s = t.parmi(statuts_affectation).value;
        const bool fermee = s == StatutAffectation::Fermee;
        tx.exec("INSERT INTO affectation (id, signalement, partenaire, territoire, statut, affectee_le, "
                "fermee_le, "
                "motif) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                base::new_id(le), id, p, territoire, base::slug_of(statuts_affectation, s), le, jour(fermee),
                fermee || s == StatutAffectation::Refusee ? std::optional<std::string>{"autre"}
                                                          : std::nullopt);
    }
    if (t.sur(6))
        tx.exec(
            "INSERT INTO acces_ponctuel (signalement, compte, territoire, ouvert_le) VALUES ($1, $2, $3, $4)",
            id, "compte-demo-claire-duhamel", territoire, le);
    for (const auto& q : desordre::qualifications)
        if (t.sur(4))
            tx.exec("INSERT INTO signalement_qualification (signalement, rang, qualification, statut, "
                    "territoire) "
                    "VALUES ($1, 1, $2, 'NDE_AVEREE', $3)",
                    id, q.slug, territoire);
    if (t.sur(8))
        tx.exec("INSERT INTO courriel (id, gabarit, destinataire, objet, texte, html, objet_type, objet_id, "
                "etat, "
                "cree_le, depuis_le) VALUES ($1, 'x', 'x', 'x', '', '', 'signalement', $2, $3, $4, $4)",
                base::new_id(le), id, t.sur(2) ? "refuse" : "refuse", le);
    std::optional<Instant> dernier;
    std::optional<std::string> de;
    for (int i = t.entre(0, 4); i > 0; --i) {
        const auto quand = dernier.value_or(le).plus_days(t.entre(0, 60));
        const auto type = t.parmi(types_suivi).value;
        const bool agent = main_de(type) == Main::Partenaire && t.sur(3);
        tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, auteur, auteur_nom, "
                "visible_deposant, ajoute_le) VALUES ($1, $2, $3, $4, $5, '', $6, 'X', 1, $7)",
                base::new_id(quand), id, territoire, base::slug_of(types_suivi, type),
                base::to_iso(base::local_date(quand)),
                agent ? std::optional<std::string>{"compte-demo-claire-duhamel"} : std::nullopt, quand);
        dernier = quand;
        de = base::slug_of(mains, main_de(type));
    }
    // Placed on a grid, so that edges are met; a few are nowhere. By a draw of its own: what the rest draws
    // does not move with it.
    Tirage place{static_cast<unsigned>(n) + 1};
    const bool situe = !place.sur(6);
    const auto degres = [&](int depuis) {
        return situe ? std::optional{depuis + place.entre(0, 12) * 0.25} : std::nullopt;
    };
    const auto lon = degres(0), lat = degres(48);
    tx.exec("UPDATE signalement SET dernier_suivi_le = $1, dernier_suivi_de = $2, message_sans_reponse = $3, "
            "lon = $4, lat = $5 WHERE id = $6",
            dernier, de, de == "usager" && t.sur(2), lon, lat, id);
}

inline std::string valeur_tiree(const Critere& c, Tirage& t)
{
    switch (c.genre) {
    case Genre::Texte:
        return t.parmi(mots);
    case Genre::Plusieurs:
        return std::string{t.parmi(c.choix).slug};
    case Genre::Du:
    case Genre::Au:
        return base::to_iso(base::plus_days(Date{2026, 11, 23}, -t.entre(0, 400)));
    case Genre::Oui:
        return "oui";
    case Genre::Cadre: {
        const std::int64_t ouest = t.entre(0, 8) * 250'000, sud = 48'000'000 + t.entre(0, 8) * 250'000;
        return ecrire(Cadre{ouest, sud, ouest + t.entre(1, 4) * 250'000, sud + t.entre(1, 4) * 250'000});
    }
    case Genre::Codes:
        break;
    }
    if (c.cle == Cle::Region) return t.sur(2) ? "28" : "32";
    if (c.cle == Cle::Territoire) return t.sur(2) ? "76" : "80";
    if (c.cle == Cle::Comite) return t.sur(2) ? "comite-76-departement" : "comite-80-departement";
    if (c.cle == Cle::Commune) return t.parmi(communes);
    if (c.cle == Cle::Epci) return t.sur(2) ? "200023414" : "200054781";
    return t.sur(2) ? partenaire::demo_rouen : partenaire::demo_ars;
}

inline Paires question_tiree(Tirage& t, int criteres_au_plus)
{
    Paires p;
    for (int i = t.entre(0, criteres_au_plus); i > 0; --i) {
        const auto& c = t.parmi(criteres());
        const bool repete = std::ranges::find(p, c.slug, &Paires::value_type::first) != p.end();
        const bool plusieurs = c.genre == Genre::Plusieurs || c.genre == Genre::Codes;
        if (repete && !plusieurs) continue;
        for (int k = plusieurs ? t.entre(1, 3) : 1; k > 0; --k) p.emplace_back(c.slug, valeur_tiree(c, t));
    }
    p.emplace_back("tri", t.parmi(ordres()).slug);
    return p;
}

} // namespace signalement::filtre::tirage
