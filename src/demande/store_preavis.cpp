// SQL of the yearly life of demandes.
#include "demande/store_preavis.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/text.hpp"
#include "db/query.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/radiation.hpp"
#include "demande/store.hpp"

namespace demande::store {

namespace {
namespace annee {

constexpr std::string_view jamais = "9999-12-31";

struct LigneDue {
    std::string id, numero, territoire, guichet, etat;
    Date ancre;
    std::string etape, contenu;
    std::int64_t version = 1;
    std::string a_revoir_le;
    bool en_ligne = false;
};
constexpr std::string_view colonnes_due = "SELECT id, numero, territoire, guichet, etat, ancre, etape, "
                                          "contenu, version, a_revoir_le, en_ligne FROM demande ";

Due lire(LigneDue l)
{
    return {.id = std::move(l.id),
            .numero = std::move(l.numero),
            .territoire = std::move(l.territoire),
            .guichet = std::move(l.guichet),
            .etat = base::known(etats, l.etat),
            .ancre = l.ancre,
            .etape = base::from_slug(etapes, l.etape),
            .reponses = Reponses::de_json(l.contenu),
            .version = l.version,
            .a_revoir_le = std::move(l.a_revoir_le),
            .en_ligne = l.en_ligne};
}

std::int64_t essai_suivant(db::Transaction& tx, const Due& d, Canal canal)
{
    return tx.one<std::int64_t>(
        "SELECT COALESCE(MAX(essai), 0) + 1 FROM preavis WHERE demande = $1 AND ancre = $2 AND canal = $3",
        d.id, d.ancre, base::slug_of(canaux, canal));
}

/// The batch of the day that still takes letters; the counter of its row is also its lock.
std::pair<std::string, std::int64_t> place(db::Transaction& tx, const Due& d, Date jour, Instant le)
{
    struct Ouvert {
        std::string id;
        std::int64_t lettres;
    };
    const auto prendre = [&] {
        return tx.find<Ouvert>(
            "UPDATE lot_courrier SET lettres = lettres + 1 WHERE id = (SELECT id FROM "
            "lot_courrier WHERE guichet = $1 AND jour = $2 AND imprime_le IS NULL AND lettres "
            "< $3 ORDER BY rang LIMIT 1) AND imprime_le IS NULL AND lettres < $3 RETURNING id, "
            "lettres",
            d.guichet, jour, lettres_par_lot);
    };
    // Opened by somebody else at the same moment, it is taken like any other.
    for (int essai = 0; essai < 3; ++essai) {
        if (auto o = prendre()) return {std::move(o->id), o->lettres};
        tx.exec(
            "INSERT INTO lot_courrier (id, territoire, guichet, jour, rang) SELECT $1, $2, $3, $4, "
            "COALESCE(MAX(rang), 0) + 1 FROM lot_courrier WHERE guichet = $3 AND jour = $4 ON CONFLICT DO "
            "NOTHING",
            base::new_id(le), d.territoire, d.guichet, jour);
    }
    throw db::Conflict{};
}

ObjetDeLettre objet_de(Fin fin)
{
    switch (fin) {
    case Fin::Rappel:
        return ObjetDeLettre::Rappel;
    case Fin::Expiration:
        return ObjetDeLettre::Expiration;
    case Fin::DernierRappel:
        return ObjetDeLettre::DernierRappel;
    case Fin::Radiation:
        return ObjetDeLettre::Radiation;
    case Fin::DernierMois:
        return ObjetDeLettre::DernierMois;
    }
    throw base::Bug{"an end without a letter"};
}

/// A letter that warns of nothing a delay counts from.
void preparer(db::Transaction& tx, const Due& d, const std::vector<std::string>& adresse, ObjetDeLettre objet,
              const std::string& details, Date jour, Instant le, int signataire)
{
    if (adresse.empty()) return;
    const auto essai = essai_suivant(tx, d, Canal::Courrier);
    const auto [lot, rang] = place(tx, d, jour, le);
    tx.exec("INSERT INTO preavis (id, demande, territoire, guichet, ancre, canal, essai, obligatoire, du_le, "
            "prepare_le, adresse, lot, rang, objet, details, signataire) VALUES ($1, $2, $3, $4, $5, "
            "'courrier', $6, 0, $7, $8, $9, $10, $11, $12, $13, $14)",
            base::new_id(le), d.id, d.territoire, d.guichet, d.ancre, essai, jour, le,
            base::join(adresse, "\n"), lot, rang, base::slug_of(objets_de_lettre, objet), details,
            signataire);
}

/// Its next step is planned again, when there is one.
void revoir(db::Transaction& tx, const std::string& demande)
{
    tx.exec("UPDATE demande SET a_revoir_le = '' WHERE id = $1 AND etape <> '' AND a_revoir_le < $2", demande,
            jamais);
}

std::optional<Annonce> annonce(ObjetDeLettre objet, std::string_view details)
{
    for (const auto fin :
         {Fin::Rappel, Fin::Expiration, Fin::DernierRappel, Fin::Radiation, Fin::DernierMois})
        if (objet_de(fin) == objet) return annonce_lue(fin, details);
    return std::nullopt;
}

// `lettres` of the row is the last rank given; those of demandes renewed meanwhile have left.
constexpr std::string_view colonnes_lot =
    "SELECT id, territoire, guichet, jour, rang, (SELECT COUNT(*) FROM preavis p WHERE p.lot = l.id), pages, "
    "empreinte, imprime_le, poste_le FROM lot_courrier l ";

} // namespace annee
} // namespace

std::vector<Due> dues(db::Transaction& tx, Date jusqu_a, std::string_view jour_apres,
                      std::string_view id_apres, const std::vector<std::string>& sauf)
{
    db::Query q;
    const auto fin = q.add(jusqu_a), jour = q.add(jour_apres), id = q.add(id_apres);
    const auto ailleurs = sauf.empty() ? std::string{} : " AND territoire NOT IN " + q.add_all(sauf);
    std::vector<Due> out;
    for (auto& l : q.run<annee::LigneDue>(tx, std::string{annee::colonnes_due} + "WHERE a_revoir_le <= " +
                                                  fin + " AND (a_revoir_le, id) > (" + jour + ", " + id +
                                                  ")" + ailleurs + " ORDER BY a_revoir_le, id LIMIT 50"))
        out.push_back(annee::lire(std::move(l)));
    return out;
}

std::vector<Due> actives(db::Transaction& tx, std::string_view territoire, std::string_view apres,
                         std::int64_t combien)
{
    std::vector<Due> out;
    for (auto& l : tx.query<annee::LigneDue>(
             std::string{annee::colonnes_due} +
                 "WHERE territoire = $1 AND etat = 'active' AND id > $2 ORDER BY id LIMIT $3",
             territoire, apres, combien))
        out.push_back(annee::lire(std::move(l)));
    return out;
}

std::optional<Date> prochaine_etape(db::Transaction& tx, const std::string& id)
{
    const auto le = tx.find<std::string>("SELECT a_revoir_le FROM demande WHERE id = $1", id);
    if (!le || *le == annee::jamais) return std::nullopt;
    return base::parse_date(*le);
}

std::optional<Due> due(db::Transaction& tx, const std::string& id)
{
    auto l = tx.find<annee::LigneDue>(std::string{annee::colonnes_due} + "WHERE id = $1", id);
    return l ? std::optional{annee::lire(*std::move(l))} : std::nullopt;
}

std::vector<Suiveur> suiveurs(db::Transaction& tx, const std::string& demande)
{
    return tx.query<Suiveur>(
        "SELECT d.courriel, CASE WHEN x.role = 'titulaire' THEN 1 ELSE 0 END, CASE WHEN x.voie = 'guichet' "
        "THEN 1 ELSE 0 END FROM demandeur_demande x JOIN demandeur d ON d.id = x.demandeur WHERE x.demande = "
        "$1 ORDER BY x.depuis, d.id LIMIT 20",
        demande);
}

std::vector<int> rangs_suivis(db::Transaction& tx, const std::string& demande)
{
    return tx.query<int>("SELECT rang FROM demandeur_demande WHERE demande = $1 ORDER BY rang LIMIT 20",
                         demande);
}

bool avancer(db::Transaction& tx, const Due& d, Etat etat, std::optional<Etape> etape,
             std::optional<Date> ensuite)
{
    // What candidates are looked for by does not change: the vivier is not to be written again.
    return tx.exec(
               "UPDATE demande SET etat = $3, etape = $4, a_revoir_le = $5, version = version + 1, "
               "vivier_version = CASE WHEN vivier_version = version THEN version + 1 ELSE vivier_version END "
               "WHERE id = $1 AND version = $2",
               d.id, d.version, base::slug_of(etats, etat),
               etape ? base::slug_of(etapes, *etape) : std::string_view{},
               ensuite ? base::to_iso(*ensuite) : std::string{annee::jamais}) == 1;
}

void preparer_lettre(db::Transaction& tx, const Due& d, const std::vector<std::string>& adresse,
                     bool obligatoire, Date du_le, Date jour, Instant le)
{
    const auto essai = annee::essai_suivant(tx, d, Canal::Courrier);
    if (adresse.empty()) {
        tx.exec(
            "INSERT INTO preavis (id, demande, territoire, guichet, ancre, canal, essai, obligatoire, du_le, "
            "prepare_le, revenu_le, raison) VALUES ($1, $2, $3, $4, $5, 'courrier', $6, $7, $8, $9, $10, "
            "'sans_adresse')",
            base::new_id(le), d.id, d.territoire, d.guichet, d.ancre, essai, obligatoire ? 1 : 0, du_le, le,
            jour);
        return;
    }
    const auto [lot, rang] = annee::place(tx, d, jour, le);
    tx.exec("INSERT INTO preavis (id, demande, territoire, guichet, ancre, canal, essai, obligatoire, du_le, "
            "prepare_le, adresse, lot, rang) VALUES ($1, $2, $3, $4, $5, 'courrier', $6, $7, $8, $9, $10, "
            "$11, $12)",
            base::new_id(le), d.id, d.territoire, d.guichet, d.ancre, essai, obligatoire ? 1 : 0, du_le, le,
            base::join(adresse, "\n"), lot, rang);
}

void preparer_lettre_d_acces(db::Transaction& tx, const Due& d, const std::vector<std::string>& adresse,
                             ObjetDeLettre objet, std::string_view scelle, Date jour, Instant le,
                             int signataire)
{
    if (adresse.empty()) return;
    const auto essai = annee::essai_suivant(tx, d, Canal::Courrier);
    const auto [lot, rang] = annee::place(tx, d, jour, le);
    tx.exec(
        "INSERT INTO preavis (id, demande, territoire, guichet, ancre, canal, essai, obligatoire, du_le, "
        "prepare_le, adresse, lot, rang, objet, scelle, signataire) VALUES ($1, $2, $3, $4, $5, 'courrier', "
        "$6, 0, $7, $8, $9, $10, $11, $12, $13, $14)",
        base::new_id(le), d.id, d.territoire, d.guichet, d.ancre, essai, jour, le, base::join(adresse, "\n"),
        lot, rang, base::slug_of(objets_de_lettre, objet), scelle, signataire);
}

void preparer_annonce(db::Transaction& tx, const Due& d, const std::vector<std::string>& adresse,
                      const Annonce& a, Date jour, Instant le, int signataire)
{
    annee::preparer(tx, d, adresse, annee::objet_de(a.fin), en_texte(a), jour, le, signataire);
}

void preparer_lettre_d_avertissement(db::Transaction& tx, const Due& d,
                                     const std::vector<std::string>& adresse,
                                     const std::string& avertissement, Date jour, Instant le)
{
    annee::preparer(tx, d, adresse, ObjetDeLettre::Avertissement, avertissement, jour, le, 0);
}

void preparer_lettre_de_piece(db::Transaction& tx, const Due& d, const std::vector<std::string>& adresse,
                              const std::string& details, Date jour, Instant le)
{
    annee::preparer(tx, d, adresse, ObjetDeLettre::Piece, details, jour, le, 0);
}

void preparer_courriel(db::Transaction& tx, const Due& d, const std::string& courriel, bool obligatoire,
                       Date du_le, Instant le)
{
    tx.exec("INSERT INTO preavis (id, demande, territoire, guichet, ancre, canal, essai, obligatoire, du_le, "
            "prepare_le, courriel) VALUES ($1, $2, $3, $4, $5, 'courriel', $6, $7, $8, $9, $10)",
            base::new_id(le), d.id, d.territoire, d.guichet, d.ancre,
            annee::essai_suivant(tx, d, Canal::Courriel), obligatoire ? 1 : 0, du_le, le, courriel);
}

std::vector<CourrielEnRoute> courriels_en_route(db::Transaction& tx, std::string_view apres)
{
    return tx.query<CourrielEnRoute>(
        "SELECT id, demande, courriel, ancre FROM preavis WHERE canal = 'courriel' AND parti_le "
        "IS NULL AND revenu_le IS NULL AND id > $1 ORDER BY id LIMIT 100",
        apres);
}

bool preavis_parti(db::Transaction& tx, const std::string& preavis, Date jour)
{
    const auto demande = tx.find<std::string>(
        "UPDATE preavis SET parti_le = $2 WHERE id = $1 AND parti_le IS NULL RETURNING demande", preavis,
        jour);
    if (demande) tenir_radiable(tx, *demande, jour);
    return demande.has_value();
}

bool preavis_revenu(db::Transaction& tx, const std::string& preavis, Date jour, std::string_view raison)
{
    const auto demande =
        tx.find<std::string>("UPDATE preavis SET revenu_le = $2, raison = $3 WHERE id = $1 AND "
                             "revenu_le IS NULL RETURNING demande",
                             preavis, jour, raison);
    if (!demande) return false;
    // A radiation decided on what was known before is decided again.
    tx.exec("UPDATE demande SET version = version + 1 WHERE id = $1", *demande);
    tenir_radiable(tx, *demande, jour);
    // Where no message arrives, what is still to come goes by letter, hence earlier.
    annee::revoir(tx, *demande);
    return true;
}

void lettres_revenues(db::Transaction& tx, const std::string& demande, Date jour)
{
    // Which of two posted letters came back is not written on it: none counts until another has left.
    tx.exec(
        "UPDATE preavis SET revenu_le = $2, raison = 'npai' WHERE demande = $1 AND canal = 'courrier' AND "
        "objet = 'preavis' AND parti_le IS NOT NULL AND revenu_le IS NULL AND ancre = (SELECT ancre FROM "
        "demande WHERE id = $1)",
        demande, jour);
    // A radiation decided on what was known before is decided again.
    tx.exec("UPDATE demande SET version = version + 1 WHERE id = $1", demande);
    tenir_radiable(tx, demande, jour);
}

bool courriels_revenus(db::Transaction& tx, const Due& d, const std::vector<std::string>& adresse, Date jour,
                       Instant le)
{
    tx.exec("UPDATE preavis SET revenu_le = $3, raison = 'courriel_refuse' WHERE demande = $1 AND ancre = $2 "
            "AND canal = 'courriel' AND objet = 'preavis' AND parti_le IS NOT NULL AND revenu_le IS NULL",
            d.id, d.ancre, jour);
    tx.exec("UPDATE demande SET version = version + 1 WHERE id = $1", d.id);
    annee::revoir(tx, d.id);
    const bool prete = lettre_a_la_place(tx, d, adresse, jour, le);
    tenir_radiable(tx, d.id, jour);
    return prete;
}

bool reste_a_prevenir(db::Transaction& tx, const Due& d)
{
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM preavis WHERE demande = $1 AND ancre = $2 AND objet = "
                                "'preavis' AND obligatoire = 1 AND revenu_le IS NULL",
                                d.id, d.ancre) == 0;
}

bool lettre_a_la_place(db::Transaction& tx, const Due& d, const std::vector<std::string>& adresse, Date jour,
                       Instant le)
{
    struct Lettre {
        std::string adresse;
        bool revenue = false;
    };
    const auto lettres =
        tx.query<Lettre>("SELECT adresse, CASE WHEN revenu_le IS NULL THEN 0 ELSE 1 END FROM preavis WHERE "
                         "demande = $1 AND ancre = $2 AND canal = 'courrier' AND objet = 'preavis' ORDER BY "
                         "essai DESC LIMIT 20",
                         d.id, d.ancre);
    if (std::ranges::all_of(lettres, &Lettre::revenue)) {
        // Sent again where it came back from, it would come back: somebody has to find another address.
        const auto ici = base::join(adresse, "\n");
        if (adresse.empty() || (!lettres.empty() && lettres.front().adresse == ici)) return false;
        preparer_lettre(tx, d, adresse, true, jour, jour, le);
    }
    // What another channel carries needs nobody any more.
    traiter_retours(tx, d.id, le);
    return true;
}

std::vector<Remise> remises(db::Transaction& tx, const std::string& demande, Date ancre)
{
    struct Lue {
        bool obligatoire = false;
        std::optional<Date> parti_le, revenu_le;
        std::string canal;
    };
    std::vector<Remise> out;
    for (const auto& l :
         tx.query<Lue>("SELECT obligatoire, parti_le, revenu_le, canal FROM preavis WHERE demande = "
                       "$1 AND ancre = $2 AND objet = 'preavis' ORDER BY id LIMIT 50",
                       demande, ancre))
        out.push_back({l.obligatoire, l.parti_le, l.revenu_le, base::known(canaux, l.canal)});
    return out;
}

void tenir_radiable(db::Transaction& tx, const std::string& demande, Date jour)
{
    struct Lue {
        std::string etat, territoire;
        Date ancre;
    };
    const auto d = tx.find<Lue>("SELECT etat, territoire, ancre FROM demande WHERE id = $1", demande);
    if (!d) return;
    std::optional<Date> le;
    if (est_en_cours(base::known(etats, d->etat)))
        le = premiere_radiation_possible(
            {.jalons = jalons(d->ancre),
             .preavis_remis_le = preavis_remis_le(remises(tx, demande, d->ancre),
                                                  gestion::store::ici_depuis(tx, d->territoire, jour)),
             .radiee_le = {},
             .motif_radiation = {}});
    tx.exec("UPDATE demande SET radiable_le = $2 WHERE id = $1 AND radiable_le <> $2", demande,
            le ? base::to_iso(*le) : std::string{});
}

std::optional<LettrePartie> lettre_partie(db::Transaction& tx, std::string_view numero,
                                          const std::vector<Guichet>& guichets, Canal canal)
{
    std::vector<std::string> codes;
    for (const auto& g : guichets) codes.push_back(g.code);
    if (codes.empty()) return std::nullopt;
    db::Query q;
    const auto celui_ci = q.add(numero), ceux_la = q.add_all(codes),
               par = q.add(base::slug_of(canaux, canal));
    auto lignes = q.run<LettrePartie>(
        tx, "SELECT p.demande, p.territoire FROM demande d JOIN preavis "
            "p ON p.demande = d.id AND p.ancre = "
            "d.ancre WHERE d.etat IN ('active', 'a_renouveler', 'en_tolerance') AND d.numero = " +
                celui_ci + " AND p.guichet IN " + ceux_la + " AND p.canal = " + par +
                " AND p.objet = 'preavis' AND "
                "p.parti_le IS NOT NULL AND p.revenu_le IS NULL ORDER BY p.essai DESC "
                "LIMIT 1");
    return lignes.empty() ? std::nullopt : std::optional{std::move(lignes.front())};
}

void traiter_retours(db::Transaction& tx, const std::string& demande, Instant le)
{
    tx.exec("UPDATE preavis SET traite_le = $2 WHERE demande = $1 AND revenu_le IS NOT NULL AND traite_le IS "
            "NULL",
            demande, le);
}

std::vector<Retour> retours(db::Transaction& tx, std::string_view guichet)
{
    return tx.query<Retour>("SELECT p.demande, d.numero, p.canal, p.raison, p.revenu_le FROM preavis p JOIN "
                            "demande d ON d.id = p.demande "
                            "WHERE p.guichet = $1 AND p.revenu_le IS NOT NULL AND p.traite_le IS NULL ORDER "
                            "BY p.revenu_le, p.id LIMIT $2",
                            guichet, static_cast<std::int64_t>(lignes_d_un_guichet));
}

std::vector<EnTolerance> en_tolerance(db::Transaction& tx, std::string_view guichet)
{
    return tx.query<EnTolerance>(
        "SELECT id, numero, ancre FROM demande WHERE guichet = $1 AND etat = 'en_tolerance' "
        "ORDER BY ancre, id LIMIT 100",
        guichet);
}

std::vector<Lot> lots(db::Transaction& tx, std::string_view guichet)
{
    return tx.query<Lot>(
        std::string{annee::colonnes_lot} +
            "WHERE guichet = $1 ORDER BY CASE WHEN poste_le IS NULL THEN 0 ELSE 1 END, jour DESC, "
            "rang DESC LIMIT 50",
        guichet);
}

std::optional<Lot> lot(db::Transaction& tx, const std::string& id, const std::vector<Guichet>& guichets)
{
    auto l = tx.find<Lot>(std::string{annee::colonnes_lot} + "WHERE id = $1", id);
    if (!l) return std::nullopt;
    for (const auto& g : guichets)
        if (g.code == l->guichet) return l;
    return std::nullopt;
}

std::vector<Lettre> lettres(db::Transaction& tx, const std::string& lot)
{
    struct Ligne {
        int rang = 1;
        std::string demande, numero, adresse;
        Date ancre;
        Instant prepare_le;
        std::string objet, scelle, details, guichet;
    };
    std::vector<Lettre> out;
    for (auto& l : tx.query<Ligne>(
             "SELECT p.rang, p.demande, d.numero, p.adresse, p.ancre, p.prepare_le, p.objet, p.scelle, "
             "p.details, d.guichet FROM preavis p JOIN demande d ON d.id = p.demande WHERE p.lot = $1 ORDER "
             "BY "
             "p.rang LIMIT 100",
             lot)) {
        const auto objet = base::known(objets_de_lettre, l.objet);
        out.push_back({l.rang, std::move(l.demande), std::move(l.numero), std::move(l.adresse), l.ancre,
                       l.prepare_le, objet, std::move(l.scelle), annee::annonce(objet, l.details),
                       objet == ObjetDeLettre::Avertissement ? l.details : std::string{},
                       objet == ObjetDeLettre::Piece ? l.details : std::string{}, std::move(l.guichet)});
    }
    return out;
}

void lot_imprime(db::Transaction& tx, const std::string& lot, Instant le)
{
    tx.exec("UPDATE lot_courrier SET imprime_le = $2 WHERE id = $1 AND imprime_le IS NULL", lot, le);
}

void lot_empreinte(db::Transaction& tx, const std::string& lot, int pages, std::string_view empreinte)
{
    tx.exec("UPDATE lot_courrier SET pages = $2, empreinte = $3 WHERE id = $1 AND empreinte = ''", lot, pages,
            empreinte);
}

void retirer_lettres(db::Transaction& tx, const std::string& demande)
{
    tx.exec("DELETE FROM preavis WHERE demande = $1 AND objet NOT IN ('code', 'numero') AND lot IN (SELECT "
            "l.id FROM "
            "lot_courrier l JOIN preavis "
            "p ON "
            "p.lot = l.id WHERE p.demande = $1 AND l.imprime_le IS NULL)",
            demande);
}

void retirer_lettres_de_preavis(db::Transaction& tx, const std::string& demande)
{
    tx.exec("DELETE FROM preavis WHERE demande = $1 AND objet = 'preavis' AND lot IN (SELECT l.id FROM "
            "lot_courrier l "
            "JOIN preavis p ON p.lot = l.id WHERE p.demande = $1 AND l.imprime_le IS NULL)",
            demande);
}

void corriger_lettres(db::Transaction& tx, const std::string& demande,
                      const std::vector<std::string>& adresse)
{
    tx.exec("UPDATE preavis SET adresse = $2 WHERE demande = $1 AND signataire = 0 AND lot IN (SELECT l.id "
            "FROM lot_courrier l JOIN "
            "preavis p ON p.lot = l.id WHERE p.demande = $1 AND l.imprime_le IS NULL)",
            demande, base::join(adresse, "\n"));
}

void retirer_lettres_d_acces(db::Transaction& tx, const std::string& demande, int depuis_le_signataire)
{
    tx.exec("DELETE FROM preavis WHERE demande = $1 AND (objet IN ('code', 'numero') OR signataire > 0) AND "
            "signataire >= CAST($2 AS "
            "INTEGER) AND lot IN (SELECT l.id FROM lot_courrier l JOIN preavis p ON p.lot = l.id WHERE "
            "p.demande = $1 AND l.imprime_le IS NULL)",
            demande, depuis_le_signataire);
}

bool lot_poste(db::Transaction& tx, const std::string& lot, Date jour)
{
    if (tx.exec("UPDATE lot_courrier SET poste_le = $2 WHERE id = $1 AND poste_le IS NULL AND imprime_le IS "
                "NOT NULL",
                lot, jour) != 1)
        return false;
    tx.exec("UPDATE preavis SET parti_le = $2 WHERE lot = $1 AND parti_le IS NULL", lot, jour);
    for (const auto& demande : tx.query<std::string>("SELECT DISTINCT demande FROM preavis WHERE lot = $1 "
                                                     "AND objet = 'preavis' ORDER BY demande LIMIT "
                                                     "100",
                                                     lot))
        tenir_radiable(tx, demande, jour);
    return true;
}

} // namespace demande::store
