// SQL of the back office. Decides nothing: it writes decisions and reads within the reader's reach.
#include "signalement/store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/step.hpp"
#include "base/text.hpp"
#include "db/query.hpp"
#include "journal/journal.hpp"
#include "signalement/rangee.hpp"
#include "signalement/store_portee.hpp"

namespace signalement::store {

namespace {

struct RangeeDossier {
    std::string id, reference, territoire;
    std::optional<std::string> comite;
    std::string statut;
    int version;
};

struct RangeeAffectation {
    std::string id, partenaire, partenaire_nom, statut;
    int version;
    Instant affectee_le;
    std::optional<Instant> repondue_le, fermee_le;
    std::optional<std::string> motif;
    std::string motif_texte;
    bool actif = true;
};

void expect_one(std::int64_t rows)
{
    if (rows != 1) throw db::Conflict{};
}

void journaliser(db::Transaction& tx, const Dossier& d, std::string_view evenement, const std::string& acteur,
                 const std::string& acteur_nom, Instant le, std::string details)
{
    base::step("decision.before_journal");
    journal::append(tx, {.objet_type = "signalement",
                         .objet_id = d.id,
                         .evenement = std::string{evenement},
                         .acteur_id = acteur,
                         .acteur_nom = acteur_nom,
                         .territoire = d.territoire,
                         .le = le,
                         .details = std::move(details)});
}

/// What the journal keeps of a decision beside its name: the partners it concerns, the motif and the words.
/// The row of the signalement or of the affectation only holds the latest ones.
std::string raisons(const std::string& partenaires, const std::string& motif, const std::string& texte)
{
    return partenaires + "\n" + motif + "\n" + texte;
}

std::optional<Dossier> load(db::Transaction& tx, const std::string& id)
{
    auto dossier = tx.ask<RangeeDossier>(
        "SELECT id, reference, territoire, comite, statut, version FROM signalement WHERE id = $1", id);
    auto acces =
        tx.ask<std::string>("SELECT compte FROM acces_ponctuel WHERE signalement = $1 ORDER BY compte", id);
    auto affectations = tx.ask<RangeeAffectation>(
        "SELECT a.id, a.partenaire, p.nom, a.statut, a.version, a.affectee_le, a.repondue_le, "
        "a.fermee_le, "
        "a.motif, a.motif_texte, p.actif FROM affectation a JOIN partenaire p ON p.id = a.partenaire "
        "WHERE a.signalement = $1 ORDER BY a.affectee_le, p.nom",
        id);
    const auto row = dossier.first();
    if (!row) return std::nullopt;
    Dossier d{row->id,
              row->reference,
              row->territoire,
              row->comite.value_or(""),
              base::known(statuts, row->statut),
              row->version,
              {},
              acces.all()};
    for (auto& a : affectations.all())
        d.affectations.push_back({std::move(a.id), std::move(a.partenaire), std::move(a.partenaire_nom),
                                  base::known(statuts_affectation, a.statut), a.version, a.affectee_le,
                                  a.repondue_le, a.fermee_le, a.motif.value_or(""), std::move(a.motif_texte),
                                  !a.actif});
    return d;
}

void wait_again(db::Transaction& tx, const Affectation& a, Instant le, const std::string& par)
{
    expect_one(tx.exec(
        "UPDATE affectation SET statut = 'en_attente', premiere_le = COALESCE(premiere_le, affectee_le), "
        "affectee_le = $1, affectee_par = $2, "
        "repondue_le = NULL, fermee_le = NULL, motif = NULL, motif_texte = '', version = version + 1 "
        "WHERE id = $3 AND version = $4",
        le, par, a.id, a.version));
}

} // namespace

std::optional<Dossier> find(db::Transaction& tx, const std::string& id, const compte::Agent& lecteur)
{
    auto d = load(tx, id);
    if (d && !a_le_droit(lecteur, Action::Lire, *d)) return std::nullopt;
    return d;
}

std::optional<Dossier> find_for_decision(db::Transaction& tx, const std::string& id,
                                         const compte::Agent& lecteur)
{
    if (!find(tx, id, lecteur)) return std::nullopt; // those who see nothing hold nobody up
    tx.exec("UPDATE signalement SET version = version WHERE id = $1", id);
    return find(tx, id, lecteur);
}

std::optional<Dossier> find_for_system(db::Transaction& tx, const std::string& id)
{
    return load(tx, id);
}

Signalement declaration(db::Transaction& tx, const Dossier& d)
{
    return demander_declaration(tx, d)();
}

db::Later<Signalement> demander_declaration(db::Transaction& tx, const Dossier& d)
{
    return [ligne = tx.ask<Rangee>("SELECT " + std::string{colonnes} + " FROM signalement s WHERE s.id = $1",
                                   d.id)]() mutable { return valeur(ligne.one()); };
}

void save(db::Transaction& tx, const Dossier& d, const Changement& c, const compte::Agent& par)
{
    const auto motif = c.motif().empty() ? std::nullopt : std::optional{c.motif()};
    const auto texte = motif ? std::optional{c.texte()} : std::nullopt;
    const auto at = [&](Statut s) { return c.vers() == s ? std::optional{c.le()} : std::nullopt; };
    expect_one(tx.exec("UPDATE signalement SET statut = $1, valide_le = CASE WHEN $1 = 'en_cours' THEN "
                       "COALESCE(valide_le, $2) ELSE "
                       "valide_le END, refuse_le = $3, clos_le = $4, motif_slug = $5, motif_texte = $6, "
                       "version = version + 1 "
                       "WHERE id = $7 AND version = $8",
                       base::slug_of(statuts, c.vers()), c.le(), at(Statut::Refuse), at(Statut::Clos), motif,
                       texte, c.signalement(), c.version()));
    for (const auto& a : c.entrainees()) {
        if (c.action() == Action::Rouvrir)
            wait_again(tx, a, c.le(), par.id);
        else
            expect_one(tx.exec(
                "UPDATE affectation SET statut = 'fermee', fermee_le = $1, motif = $2, motif_texte = '', "
                "version = version + 1 WHERE id = $3 AND version = $4",
                c.le(), base::slug_of(motifs_fin_affectation, MotifFinAffectation::DossierClos), a.id,
                a.version));
    }
    journaliser(tx, d, base::slug_of(actions, c.action()), par.id, par.nom, c.le(),
                raisons({}, c.motif(), c.texte()));
}

void save(db::Transaction& tx, const Dossier& d, const NouvellesAffectations& n, const compte::Agent& par)
{
    // Either the validation, or this, makes a simultaneous closure lose: nothing is entrusted on a closed
    // report.
    if (n.validation)
        save(tx, d, *n.validation, par);
    else
        expect_one(tx.exec("UPDATE signalement SET version = version + 1 WHERE id = $1 AND version = $2",
                           d.id, d.version));
    std::vector<std::string> ids;
    for (const auto& p : n.partenaires) {
        tx.exec("INSERT INTO affectation (id, signalement, partenaire, territoire, statut, affectee_le, "
                "affectee_par) "
                "VALUES ($1, $2, $3, $4, 'en_attente', $5, $6)",
                base::new_id(n.le), d.id, p, d.territoire, n.le, par.id);
        ids.push_back(p);
    }
    for (const auto& a : n.a_redemander) {
        wait_again(tx, a, n.le, par.id);
        ids.push_back(a.partenaire);
    }
    if (!ids.empty())
        journaliser(tx, d, base::slug_of(actions, Action::Affecter), par.id, par.nom, n.le,
                    base::join(ids, " "));
}

void save(db::Transaction& tx, const Dossier& d, const ReponseAffectation& r, const compte::Agent& par)
{
    const auto motif = r.motif.empty() ? std::nullopt : std::optional{r.motif};
    const auto fermee = r.vers == StatutAffectation::Fermee ? std::optional{r.le} : std::nullopt;
    expect_one(tx.exec(
        "UPDATE affectation SET statut = $1, repondue_le = COALESCE(repondue_le, $2), fermee_le = $3, "
        "motif = $4, motif_texte = $5, version = version + 1 WHERE id = $6 AND version = $7",
        base::slug_of(statuts_affectation, r.vers), r.le, fermee, motif, r.texte, r.affectation, r.version));
    journaliser(tx, d, base::slug_of(actions, r.action), par.id, par.nom, r.le,
                raisons(r.partenaire, r.motif, r.texte));
}

std::string save(db::Transaction& tx, const Dossier& d, const NouveauSuivi& s,
                 const std::vector<std::string>& pieces)
{
    const auto id = base::new_id(s.le);
    const auto auteur = s.auteur.empty() ? std::nullopt : std::optional{s.auteur};
    tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, reference_acte, auteur, "
            "auteur_nom, "
            "visible_deposant, ajoute_le, montre_le, usager) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            id, d.id, d.territoire, base::slug_of(types_suivi, s.type), s.date_acte, s.texte,
            s.reference_acte, auteur, s.auteur_nom, s.visible_deposant, s.le,
            s.visible_deposant ? std::optional{s.le} : std::nullopt,
            s.usager ? base::slug_of(usagers, *s.usager) : std::string_view{});
    for (const auto& p : pieces)
        tx.exec("INSERT INTO suivi_piece (suivi, piece, territoire) VALUES ($1, $2, $3)", id, p,
                d.territoire);
    // The depositor's answer waits for somebody; an answer that they can see ends the wait.
    const std::string attente = s.type == TypeSuivi::ReponseDeposant ? ", message_sans_reponse = 1"
                                : s.visible_deposant                 ? ", message_sans_reponse = 0"
                                                                     : "";
    tx.exec("UPDATE signalement SET dernier_suivi_le = $1, dernier_suivi_de = $2" + attente +
                " WHERE id = $3",
            s.le, base::slug_of(mains, main_de(s.type)), d.id);
    if (s.type != TypeSuivi::Decision)
        journaliser(tx, d, base::slug_of(types_suivi, s.type), s.auteur, s.auteur_nom, s.le, id);
    return id;
}

void save(db::Transaction& tx, const Dossier& d, const Visibilite& v, const compte::Agent& par, Instant le)
{
    expect_one(tx.exec("UPDATE suivi SET visible_deposant = $1, montre_le = CASE WHEN $1 = 1 THEN "
                       "COALESCE(montre_le, $2) ELSE montre_le END, version = version + 1 "
                       "WHERE id = $3 AND version = $4",
                       v.visible, le, v.suivi, v.version));
    journaliser(tx, d, v.visible ? "montrer" : "cacher", par.id, par.nom, le, v.suivi);
}

void ouvrir_acces(db::Transaction& tx, const Signalement& s, const std::string& compte, Instant le)
{
    tx.post("INSERT INTO acces_ponctuel (signalement, compte, territoire, ouvert_le) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT (signalement, compte) DO NOTHING",
            s.id, compte, s.territoire, le);
}

namespace {

struct RangeeSuivi {
    std::string id, type;
    Date date_acte;
    std::string texte, reference_acte;
    std::optional<std::string> auteur;
    std::string auteur_nom;
    bool visible;
    Instant ajoute_le;
    std::optional<Instant> montre_le;
    int version;
    std::string usager;
};

/// The entries `s` of the report that the reader may read: all of them, or what they wrote and what is shown
/// to the depositor, who they are.
std::string lisible(const Dossier& d, const compte::Agent& lecteur, db::Query& query)
{
    auto sql = "s.signalement = " + query.add(d.id);
    if (!peut(lecteur, Action::LireTout, d))
        sql += " AND (s.auteur = " + query.add(lecteur.id) +
               " OR (s.visible_deposant = 1 AND s.usager <> 'occupant'))";
    return sql;
}

std::string selection_suivi(const Dossier& d, const compte::Agent& lecteur, db::Query& query)
{
    return "SELECT s.id, s.type, s.date_acte, s.texte, s.reference_acte, s.auteur, s.auteur_nom, "
           "s.visible_deposant, s.ajoute_le, s.montre_le, s.version, s.usager FROM suivi s WHERE " +
           lisible(d, lecteur, query);
}

/// The files of the declaration, and those of the entries that may be read.
std::string selection_pieces(const Dossier& d, const compte::Agent& lecteur, db::Query& query)
{
    return "SELECT piece, desordre, '' AS suivi FROM signalement_piece WHERE signalement = " +
           query.add(d.id) +
           " UNION ALL SELECT sp.piece, '', s.id FROM suivi s JOIN suivi_piece sp ON sp.suivi = s.id WHERE " +
           lisible(d, lecteur, query);
}

Suivi valeur_suivi(RangeeSuivi r)
{
    return {std::move(r.id),
            base::known(types_suivi, r.type),
            r.date_acte,
            std::move(r.texte),
            std::move(r.reference_acte),
            r.auteur.value_or(""),
            std::move(r.auteur_nom),
            r.visible,
            r.ajoute_le,
            r.montre_le,
            r.version,
            base::from_slug(usagers, r.usager)};
}

template <class T> Page<T> page_de(std::vector<T> lignes, std::size_t taille)
{
    const bool suite = lignes.size() > taille;
    if (suite) lignes.pop_back();
    return {std::move(lignes), suite};
}

} // namespace

db::Later<Page<EntreeSuivi>> demander_suivis(db::Transaction& tx, const Dossier& d,
                                             const compte::Agent& lecteur, const Curseur& avant)
{
    db::Query entrees;
    auto sql = selection_suivi(d, lecteur, entrees);
    if (!avant.le.empty()) {
        const auto le = entrees.add(avant.le);
        sql += fmt::format(" AND (s.ajoute_le < {0} OR (s.ajoute_le = {0} AND s.id < {1}))", le,
                           entrees.add(avant.id));
    }
    sql += fmt::format(" ORDER BY s.ajoute_le DESC, s.id DESC LIMIT {}", suivis_par_page + 1);
    return [lignes = entrees.ask<RangeeSuivi>(tx, sql)]() mutable {
        auto page = page_de(lignes.all(), suivis_par_page);
        Page<EntreeSuivi> out{.lignes = {}, .suite = page.suite};
        for (auto& r : page.lignes) out.lignes.push_back({valeur_suivi(std::move(r)), {}});
        return out;
    };
}

db::Answer<Situation> demander_situation(db::Transaction& tx, const Dossier& d, const compte::Agent& lecteur)
{
    db::Query query;
    auto sql =
        "SELECT COALESCE(c.nom, ''), COALESCE(t.fuseau, 'Europe/Paris'), (SELECT COUNT(*) FROM suivi s "
        "WHERE " +
        lisible(d, lecteur, query) + "), (SELECT COUNT(*) FROM (" + selection_pieces(d, lecteur, query) +
        ") p) FROM signalement r LEFT JOIN comite c ON c.id = r.comite LEFT JOIN territoire t "
        "ON t.code = r.territoire WHERE r.id = ";
    sql += query.add(d.id);
    return query.ask<Situation>(tx, sql);
}

void joindre_pieces(db::Transaction& tx, std::vector<EntreeSuivi>& entrees)
{
    if (entrees.empty()) return;
    std::vector<std::string> ids;
    for (const auto& e : entrees) ids.push_back(e.suivi.id);
    struct Lien {
        std::string suivi, piece;
    };
    db::Query query;
    const auto parmi = query.add_all(ids);
    for (auto& l : query.run<Lien>(tx, "SELECT suivi, piece FROM suivi_piece WHERE suivi IN " + parmi +
                                           " ORDER BY piece"))
        std::ranges::find(entrees, l.suivi, [](const EntreeSuivi& e) {
            return e.suivi.id;
        })->pieces.push_back(std::move(l.piece));
}

std::optional<Suivi> find_suivi(db::Transaction& tx, const Dossier& d, const compte::Agent& lecteur,
                                const std::string& id)
{
    db::Query query;
    auto sql = selection_suivi(d, lecteur, query);
    sql += " AND s.id = " + query.add(id);
    auto rows = query.run<RangeeSuivi>(tx, sql);
    return rows.empty() ? std::nullopt : std::optional{valeur_suivi(std::move(rows.front()))};
}

Page<PieceDuDossier> pieces(db::Transaction& tx, const Dossier& d, const compte::Agent& lecteur,
                            const std::string& apres)
{
    // Ids follow time: what was declared comes before what was added.
    db::Query query;
    auto sql = "SELECT p.piece, p.desordre, p.suivi FROM (" + selection_pieces(d, lecteur, query) + ") p";
    if (!apres.empty()) sql += " WHERE p.piece > " + query.add(apres);
    sql += fmt::format(" ORDER BY p.piece LIMIT {}", pieces_par_page + 1);
    return page_de(query.run<PieceDuDossier>(tx, sql), pieces_par_page);
}

bool peut_ouvrir(db::Transaction& tx, const Dossier& d, const compte::Agent& lecteur,
                 const std::string& piece)
{
    db::Query query;
    auto sql = "SELECT COUNT(*) FROM (" + selection_pieces(d, lecteur, query) + ") p WHERE p.piece = ";
    sql += query.add(piece);
    return query.run<std::int64_t>(tx, sql).front() > 0;
}

db::Later<Page<Voisin>> au_meme_endroit(db::Transaction& tx, const Dossier& d, const compte::Agent& lecteur)
{
    db::Query query;
    const auto sql = fmt::format(
        "SELECT s.id, s.reference, s.statut, s.depose_le FROM signalement s WHERE s.adresse_cle = "
        "(SELECT adresse_cle FROM signalement WHERE id = {0}) AND s.id <> {0} AND {1} "
        "ORDER BY s.depose_le DESC, s.id DESC LIMIT {2}",
        query.add(d.id), portee(lecteur, Action::Lire, query), voisins_montres + 1);
    return
        [voisins = query.ask<Voisin>(tx, sql)]() mutable { return page_de(voisins.all(), voisins_montres); };
}

} // namespace signalement::store
