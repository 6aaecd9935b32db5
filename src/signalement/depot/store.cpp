// SQL of drafts and of the deposit.
#include "signalement/depot/store.hpp"
#include "signalement/cles.hpp"
#include "signalement/store_recherche.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/crypto.hpp"
#include "base/step.hpp"
#include "base/text.hpp"
#include "db/query.hpp"
#include "piece/store.hpp"

namespace signalement::depot::store {

namespace {
namespace sql {

struct LigneBrouillon {
    std::string id, reponses, etape;
    Instant cree_le, modifie_le;
    std::int64_t version = 1;
    std::optional<std::string> signalement;
};

template <class E, std::size_t N>
std::optional<std::string> slug(const base::Name<E> (&table)[N], const std::optional<E>& v)
{
    if (!v) return std::nullopt;
    return std::string{base::slug_of(table, *v)};
}

std::string mots(const std::vector<desordre::Piece>& pieces)
{
    std::vector<std::string> l;
    for (const auto p : pieces) l.emplace_back(base::slug_of(desordre::pieces, p));
    return base::join(l, " ");
}

/// One column and its value: the INSERT of a wide table stays readable and cannot shift by one.
class Insertion {
public:
    template <class T> Insertion& operator()(std::string_view colonne, const T& valeur)
    {
        if (lignes_ == 1) {
            if (!colonnes_.empty()) colonnes_ += ", ";
            colonnes_ += colonne;
        }
        if (valeurs_.back() != '(') valeurs_ += ", ";
        valeurs_ += requete_.add(valeur);
        return *this;
    }
    /// The next row begins: the same columns, in the same order.
    Insertion& autre_ligne()
    {
        if (!colonnes_.empty()) {
            ++lignes_;
            valeurs_ += "), (";
        }
        return *this;
    }
    /// Writes the rows, once; nothing when there is none.
    void executer(db::Transaction& tx, std::string_view table)
    {
        if (!colonnes_.empty())
            tx.queue({fmt::format("INSERT INTO {} ({}) VALUES {})", table, colonnes_, valeurs_),
                      std::move(requete_.params), nullptr});
    }

private:
    std::string colonnes_, valeurs_ = "(";
    db::Query requete_;
    int lignes_ = 1;
};

void inserer_signalement(db::Transaction& tx, const Signalement& s, std::string_view jeton_suivi,
                         std::string_view cle_idempotence)
{
    const auto& rep = desordre::reponses;
    const auto& d = s.decrit;
    Insertion i;
    i("id", s.id)("reference", s.reference)("territoire", s.territoire)("comite", s.comite);
    i("statut", base::slug_of(statuts, s.statut))("depose_le", s.depose_le);
    i("jeton_suivi", jeton_suivi)("cle_idempotence", cle_idempotence);
    i("adresse_libelle", s.adresse.libelle)("code_postal", s.adresse.code_postal)("commune",
                                                                                  s.adresse.commune);
    i("insee", s.adresse.insee)("adresse_id", s.adresse.ban_id)("adresse_cle", cle_d_adresse(s.adresse));
    i("lon", s.adresse.lon)("lat", s.adresse.lat)("etage", s.adresse.etage)("escalier", s.adresse.escalier);
    i("porte", s.adresse.porte)("adresse_autre", s.adresse.autre);
    i("profil", base::slug_of(profils, s.declarant.profil))("organisation", s.declarant.organisation);
    i("nom", s.declarant.contact.nom)("prenom", s.declarant.contact.prenom)("email",
                                                                            s.declarant.contact.email);
    i("telephone", s.declarant.contact.telephone)("lien", s.declarant.lien);
    const auto occupant = s.occupant.value_or(Occupant{});
    i("occupant_distinct", s.occupant.has_value())("occupant_nom", occupant.contact.nom);
    i("occupant_prenom", occupant.contact.prenom)("occupant_email", occupant.contact.email);
    i("occupant_telephone", occupant.contact.telephone)("occupant_prevenu", occupant.prevenu);
    i("occupant_statut", slug(statuts_occupant, occupant.statut));
    i("bailleur_type", slug(types_bailleur, s.bailleur.type))("bailleur_nom", s.bailleur.nom);
    i("bailleur_email", s.bailleur.email)("bailleur_telephone", s.bailleur.telephone);
    i("bailleur_adresse", s.bailleur.adresse)("bailleur_prevenu", slug(rep, s.bailleur.prevenu));
    i("bailleur_prevenu_mois", s.bailleur.prevenu_mois)("bailleur_reponse", s.bailleur.reponse);
    i("bailleur_prevenu_moyen", slug(moyens_contact, s.bailleur.prevenu_moyen));
    i("nature", slug(desordre::natures, d.nature))("nature_autre", s.logement.nature_autre);
    i("niveau", slug(desordre::etages, d.etage))("sans_fenetre", slug(rep, d.sans_fenetre));
    i("piece_unique", d.piece_unique)("superficie_dm2", d.superficie_dm2)("nombre_pieces", d.nombre_pieces);
    i("piece_de_9_m2", slug(rep, d.piece_de_9_m2))("cuisine", slug(desordre::presences, d.cuisine));
    i("salle_de_bain", slug(desordre::presences, d.salle_de_bain))("wc", slug(desordre::presences, d.wc));
    i("wc_dans_cuisine", slug(rep, d.wc_dans_cuisine))("personnes", d.personnes)("enfants", d.enfants);
    i("enfant_moins_6_ans", slug(rep, d.enfant_moins_6_ans))("personne_fragile",
                                                             slug(rep, d.personne_fragile));
    i("vulnerabilite", s.logement.vulnerabilite)("emmenagement", d.emmenagement)("dpe", slug(rep, d.dpe));
    i("dpe_le", d.dpe_le)("consommation_kwh_par_m2", d.consommation_kwh_par_m2);
    i("classe_energetique",
      d.classe_energetique == 0 ? std::nullopt : std::optional{std::string{d.classe_energetique}});
    i("social", slug(rep, s.logement.social))("annee_construction", s.logement.annee_construction);
    i("bail", slug(rep, s.logement.bail))("loyer_centimes", s.logement.loyer_centimes);
    i("allocation", slug(allocations, s.logement.allocation))("numero_allocataire",
                                                              s.logement.numero_allocataire);
    const auto& m = s.demarches;
    i("travailleur_social", slug(rep, m.travailleur_social))("structure_sociale", m.structure_sociale);
    i("assurance", slug(assurances, m.assurance))("reponse_assurance", m.reponse_assurance);
    i("demande_relogement", slug(rep, m.demande_relogement))("veut_partir", slug(rep, m.veut_partir));
    i("preavis_depose", slug(rep, m.preavis_depose))("visite_acceptee", slug(rep, m.visite_acceptee));
    i("bailleur_peut_etre_prevenu", slug(rep, m.bailleur_peut_etre_prevenu));
    i("description", s.description)("debut", slug(debuts, s.debut))("constate", slug(rep, s.constate));
    i("danger_declare", s.danger_declare)("danger", s.danger)("vacant", s.vacant);
    i("doublon_possible", s.doublon_possible)("gravite", base::slug_of(desordre::gravites, s.gravite));
    i("criticite_centiemes", s.criticite.total_centiemes);
    i("criticite_batiment_centiemes", s.criticite.batiment_centiemes);
    i("criticite_logement_centiemes", s.criticite.logement_centiemes);
    const auto c = cles(s);
    i("tri_nom", c.tri_nom)("tri_commune", c.tri_commune)("cles_version", cles_version);
    i.executer(tx, "signalement");
    signalement::store::ajouter_les_mots(tx, s);
}

void inserer_desordres(db::Transaction& tx, const Depot& d)
{
    Insertion desordres, qualifications;
    int rang = 0;
    for (const auto& p : d.precisions) {
        const auto* ligne = desordre::find_precision(p.slug);
        base::expect(ligne != nullptr, "a précision that the catalogue does not have");
        const auto* critere = desordre::find_critere(ligne->critere);
        base::expect(critere != nullptr, "a précision without its critère");
        desordres.autre_ligne()("signalement", d.signalement.id)("rang", ++rang);
        desordres("precision_slug", p.slug)("critere", critere->slug);
        desordres("zone", base::slug_of(desordre::zones, critere->zone))("pieces", mots(p.pieces));
        desordres("texte_libre", p.texte_libre)("presumee", p.presumee);
        desordres("territoire", d.signalement.territoire);
    }
    desordres.executer(tx, "signalement_desordre");
    rang = 0;
    for (const auto& p : d.procedures) {
        qualifications.autre_ligne()("signalement", d.signalement.id)("rang", ++rang);
        qualifications("qualification", base::slug_of(desordre::qualifications, p.qualification));
        qualifications("statut", base::slug_of(desordre::statuts_qualification, p.statut));
        qualifications("precisions", base::join(p.precisions, " "));
        qualifications("territoire", d.signalement.territoire);
    }
    qualifications.executer(tx, "signalement_qualification");
}

/// Another report that is not over, at the same address, deposited lately.
bool doublon(db::Transaction& tx, const Signalement& s)
{
    return tx
        .find<std::string>("SELECT id FROM signalement WHERE adresse_cle = $1 AND depose_le >= $2 "
                           "AND statut IN ('a_trier', 'en_cours') LIMIT 1",
                           cle_d_adresse(s.adresse), s.depose_le.plus_days(-doublon_jours))
        .has_value();
}

} // namespace sql
} // namespace

Brouillon creer(db::Transaction& tx, std::string_view jeton, Reponses reponses, std::string_view etape,
                Instant le)
{
    Brouillon b{.id = base::new_id(le),
                .reponses = std::move(reponses),
                .etape = std::string{etape},
                .cree_le = le,
                .modifie_le = le,
                .signalement = {}};
    tx.exec("INSERT INTO brouillon (id, jeton_hash, reponses, etape, cree_le, modifie_le) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            b.id, base::sha256_hex(jeton), b.reponses.json(), b.etape, le, le);
    return b;
}

std::optional<Brouillon> trouver(db::Transaction& tx, std::string_view jeton)
{
    auto l =
        tx.find<sql::LigneBrouillon>("SELECT id, reponses, etape, cree_le, modifie_le, version, signalement "
                                     "FROM brouillon WHERE jeton_hash = $1",
                                     base::sha256_hex(jeton));
    if (!l) return std::nullopt;
    return Brouillon{.id = std::move(l->id),
                     .reponses = Reponses::de_json(l->reponses),
                     .etape = std::move(l->etape),
                     .cree_le = l->cree_le,
                     .modifie_le = l->modifie_le,
                     .version = l->version,
                     .signalement = std::move(l->signalement)};
}

void garder(db::Transaction& tx, Brouillon& b, Instant le)
{
    const auto opt = [&](std::string_view slug) {
        return b.reponses.a(slug) ? std::optional{b.reponses.texte(slug)} : std::nullopt;
    };
    const auto lignes =
        tx.exec("UPDATE brouillon SET reponses = $1, etape = $2, email = $3, insee = $4, modifie_le = $5, "
                "version = version + 1 WHERE id = $6 AND version = $7 AND soumis_le IS NULL",
                b.reponses.json(), b.etape, opt("email"), opt(reconnue::insee), le, b.id, b.version);
    // The autosave of another tab wrote in between: read again, so that no answer is lost.
    if (lignes != 1) throw db::Retry{"draft changed meanwhile"};
    ++b.version;
    b.modifie_le = le;
}

std::optional<Brouillon> modifier(db::Database& db, std::string_view jeton, Instant le,
                                  const std::function<void(Brouillon&)>& changer)
{
    return db.write([&](db::Transaction& tx) -> std::optional<Brouillon> {
        auto b = trouver(tx, jeton);
        if (!b || b->signalement) return b;
        changer(*b);
        garder(tx, *b, le);
        return b;
    });
}

void oublier(db::Transaction& tx, std::string_view jeton)
{
    tx.exec("DELETE FROM brouillon WHERE jeton_hash = $1 AND soumis_le IS NULL", base::sha256_hex(jeton));
}

std::vector<PieceBrouillon> pieces(db::Transaction& tx, const std::string& brouillon)
{
    struct Lien {
        std::string piece, desordre;
    };
    const auto liens = tx.query<Lien>("SELECT piece, desordre FROM brouillon_piece WHERE brouillon = $1 "
                                      "ORDER BY ajoute_le, piece LIMIT 200",
                                      brouillon);
    std::vector<Id<piece::Piece>> ids;
    for (const auto& l : liens) ids.emplace_back(l.piece);
    std::vector<PieceBrouillon> out;
    for (auto& p : piece::store::par_ids(tx, ids)) {
        const auto lien = std::ranges::find(liens, p.id.text, &Lien::piece);
        out.push_back({.piece = std::move(p), .desordre = lien->desordre});
    }
    return out;
}

std::int64_t nombre_de_pieces(db::Transaction& tx, const std::string& brouillon)
{
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM brouillon_piece WHERE brouillon = $1", brouillon);
}

bool ajouter_piece(db::Transaction& tx, const std::string& brouillon, const piece::PieceRecue& recue,
                   std::string_view desordre, Instant le)
{
    // Takes the draft's row, so that a deposit happening now either sees this file or refuses it.
    if (tx.exec(
            "UPDATE brouillon SET modifie_le = $1, version = version + 1 WHERE id = $2 AND soumis_le IS NULL",
            le, brouillon) != 1)
        return false;
    // Sent again because the answer to the first time was lost.
    if (tx.find<std::string>("SELECT bp.piece FROM brouillon_piece bp JOIN piece p ON p.id = bp.piece "
                             "WHERE bp.brouillon = $1 AND bp.desordre = $2 AND p.recu_sha256 = $3 LIMIT 1",
                             brouillon, desordre, recue.sha256))
        return true;
    struct Deja {
        std::int64_t nombre, octets;
    };
    const auto deja =
        tx.one<Deja>("SELECT COUNT(*), CAST(COALESCE(SUM(p.taille), 0) AS BIGINT) FROM brouillon_piece b "
                     "JOIN piece p ON p.id = b.piece WHERE b.brouillon = $1",
                     brouillon);
    if (deja.nombre >= static_cast<std::int64_t>(piece::nombre_max) ||
        deja.octets + static_cast<std::int64_t>(recue.taille) > static_cast<std::int64_t>(piece::total_max))
        return false;
    const auto p = piece::store::inserer(tx, recue, le);
    tx.exec("INSERT INTO brouillon_piece (brouillon, piece, desordre, ajoute_le) VALUES ($1, $2, $3, $4)",
            brouillon, p.id, desordre, le);
    return true;
}

bool rattacher_piece(db::Transaction& tx, const std::string& brouillon, std::string_view piece,
                     std::string_view desordre)
{
    return tx.exec("UPDATE brouillon_piece SET desordre = $1 WHERE brouillon = $2 AND piece = $3", desordre,
                   brouillon, piece) == 1;
}

bool retirer_piece(db::Transaction& tx, const std::string& brouillon, std::string_view piece)
{
    if (tx.exec("DELETE FROM brouillon_piece WHERE brouillon = $1 AND piece = $2", brouillon, piece) != 1)
        return false;
    piece::store::supprimer(tx, Id<piece::Piece>{std::string{piece}});
    return true;
}

std::int64_t numero_suivant(db::Transaction& tx, std::string_view compteur)
{
    return tx.one<std::int64_t>(
        "INSERT INTO compteur (nom, valeur) VALUES ($1, 1) "
        "ON CONFLICT (nom) DO UPDATE SET valeur = compteur.valeur + 1 RETURNING valeur",
        compteur);
}

std::optional<Recu> recu(db::Transaction& tx, std::string_view jeton)
{
    struct Ligne {
        std::string id, reference, jeton_suivi, insee, email;
        bool danger = false, danger_declare = false;
    };
    auto l = tx.find<Ligne>(
        "SELECT s.id, s.reference, s.jeton_suivi, s.insee, s.email, s.danger, s.danger_declare "
        "FROM brouillon b JOIN signalement s ON s.id = b.signalement WHERE b.jeton_hash = $1",
        base::sha256_hex(jeton));
    if (!l) return std::nullopt;
    return Recu{.signalement = std::move(l->id),
                .reference = std::move(l->reference),
                .jeton_suivi = std::move(l->jeton_suivi),
                .nouveau = false,
                .insee = std::move(l->insee),
                .danger = l->danger,
                .danger_declare = l->danger_declare,
                .email = !l->email.empty()};
}

Recu enregistrer(db::Transaction& tx, const std::string& brouillon, Depot& d, const Destination& destination,
                 Instant le, std::optional<std::int64_t> version)
{
    auto& s = d.signalement;
    s.id = Id<Signalement>::make(le);
    // The row of the draft decides between two sends: the second one changes nothing and finds the first's.
    // The answers leave the draft: the report holds them from now on.
    if (tx.exec("UPDATE brouillon SET soumis_le = $1, signalement = $2, modifie_le = $1, reponses = '{}', "
                "email = NULL, "
                "insee = NULL, version = version + 1 WHERE id = $3 AND soumis_le IS NULL AND "
                "version = COALESCE(CAST($4 AS BIGINT), version)",
                le, s.id, brouillon, version) != 1) {
        struct Ligne {
            std::string id, reference, jeton_suivi;
        };
        auto l = tx.find<Ligne>(
            "SELECT id, reference, jeton_suivi FROM signalement WHERE cle_idempotence = $1", brouillon);
        if (!l) throw db::Retry{"draft changed meanwhile"};
        return {.signalement = std::move(l->id),
                .reference = std::move(l->reference),
                .jeton_suivi = std::move(l->jeton_suivi)};
    }
    base::step("depot.claimed");
    s.territoire = destination.territoire;
    s.comite = destination.comite;
    s.statut = Statut::ATrier;
    s.version = 1;
    s.depose_le = le;
    s.doublon_possible = destination.adresse_tres_signalee || sql::doublon(tx, s);
    const auto annee = destination.aujourd_hui.year;
    s.reference = reference(s.territoire, annee,
                            numero_suivant(tx, fmt::format("signalement:{}:{}", s.territoire, annee)));
    base::step("depot.numbered");
    Recu r{.signalement = s.id.text,
           .reference = s.reference,
           .jeton_suivi = base::random_token(32),
           .nouveau = true,
           .insee = s.adresse.insee,
           .danger = s.danger,
           .danger_declare = s.danger_declare,
           .email = !s.declarant.contact.email.empty()};
    sql::inserer_signalement(tx, s, r.jeton_suivi, brouillon);
    sql::inserer_desordres(tx, d);
    tx.post("INSERT INTO signalement_piece (signalement, piece, desordre, ajoute_le, territoire) "
            "SELECT CAST($1 AS TEXT), piece, desordre, ajoute_le, CAST($2 AS TEXT) FROM brouillon_piece "
            "WHERE brouillon = $3",
            s.id, s.territoire, brouillon);
    tx.post("DELETE FROM brouillon_piece WHERE brouillon = $1", brouillon);
    base::step("depot.inserted");
    return r;
}

} // namespace signalement::depot::store

namespace signalement::depot {

std::int64_t purger_brouillons(db::Database& db, Instant le)
{
    return db.write([&](db::Transaction& tx) {
        return tx.exec("DELETE FROM brouillon WHERE id IN "
                       "(SELECT id FROM brouillon WHERE modifie_le < $1 ORDER BY modifie_le LIMIT 1000)",
                       le.plus_days(-abandon_jours));
    });
}

} // namespace signalement::depot
