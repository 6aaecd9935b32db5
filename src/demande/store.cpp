// SQL of the demandes.
#include "demande/store.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/step.hpp"
#include "base/text.hpp"
#include "db/query.hpp"
#include "demande/cotation/store_cotation.hpp"
#include "demande/nir.hpp"
#include "demande/numero.hpp"
#include "demande/store_numero.hpp"
#include "demande/store_versions.hpp"
#include "demande/territoires.hpp"
#include "journal/journal.hpp"

namespace demande::store {

namespace {
namespace rangees {

struct LigneGuichet {
    std::string code, territoire, partenaire, nom, type, insee, qualite;
};

constexpr std::string_view colonnes_guichet =
    "g.code, g.territoire, g.partenaire, p.nom, p.type, p.insee, g.qualite FROM guichet g "
    "JOIN partenaire p ON p.id = g.partenaire ";

Guichet guichet(LigneGuichet l)
{
    return {std::move(l.code),
            std::move(l.territoire),
            std::move(l.partenaire),
            std::move(l.nom),
            base::known(partenaire::types_partenaire, l.type),
            std::move(l.insee),
            base::known(qualites, l.qualite)};
}

std::vector<Guichet> guichets(std::vector<LigneGuichet> lignes)
{
    std::vector<Guichet> out;
    for (auto& l : lignes) out.push_back(guichet(std::move(l)));
    return out;
}

/// The département a territory is, for the record of decisions; Île-de-France is none.
std::string departement(std::string_view territoire)
{
    const auto d = departements_du_territoire(territoire);
    return d.size() == 1 ? d.front() : std::string{};
}

} // namespace rangees
} // namespace

std::string lisible_par(const std::vector<Guichet>& lecteur, db::Query& q)
{
    std::string any = "1 = 0";
    for (const auto& g : lecteur) {
        any += " OR d.guichet = " + q.add(g.code);
        std::string departement;
        switch (portee_de_lecture(g)) {
        case Portee::Territoire:
            any += " OR d.territoire = " + q.add(g.territoire);
            break;
        case Portee::SonPerimetre:
            departement = " OR (pp.genre = 'departement' AND pp.code = c.departement)";
            [[fallthrough]];
        case Portee::SesCommunes:
            any += " OR EXISTS (SELECT 1 FROM demande_souhait s LEFT JOIN commune c ON c.insee = s.insee "
                   "JOIN partenaire_perimetre pp ON (pp.genre = 'commune' AND pp.code = s.insee) OR "
                   "(pp.genre = 'epci' AND pp.code = c.epci)" +
                   departement + " WHERE s.demande = d.id AND pp.partenaire = " + q.add(g.partenaire) + ")";
            break;
        }
    }
    return "(" + any + ")";
}

void noter(db::Transaction& tx, std::string_view id, std::string_view territoire, Evenement evenement,
           const compte::Agent& par, Instant le, std::string details)
{
    journal::append(tx, {.objet_type = "demande",
                         .objet_id = std::string{id},
                         .evenement = std::string{base::slug_of(evenements, evenement)},
                         .acteur_id = par.id,
                         .acteur_nom = par.nom,
                         .territoire = rangees::departement(territoire),
                         .le = le,
                         .details = std::move(details)});
    if (cotation::store::change_la_cotation(evenement)) cotation::store::a_calculer(tx, id, territoire, le);
}

std::vector<Guichet> guichets_de(db::Transaction& tx, const std::string& compte)
{
    return rangees::guichets(tx.query<rangees::LigneGuichet>(
        "SELECT " + std::string{rangees::colonnes_guichet} +
            "JOIN habilitation h ON h.guichet = g.code WHERE h.compte = $1 AND p.actif = 1 AND EXISTS "
            "(SELECT 1 FROM "
            "mandat m WHERE m.compte = h.compte AND m.partenaire = g.partenaire AND m.confirme = 1) ORDER BY "
            "p.nom_cherche, g.code LIMIT 50",
        compte));
}

std::optional<Guichet> find_guichet(db::Transaction& tx, std::string_view code)
{
    auto l = tx.find<rangees::LigneGuichet>(
        "SELECT " + std::string{rangees::colonnes_guichet} + "WHERE g.code = $1", code);
    return l ? std::optional{rangees::guichet(*std::move(l))} : std::nullopt;
}

std::vector<Guichet> guichets_du_territoire(db::Transaction& tx, std::string_view territoire)
{
    return rangees::guichets(tx.query<rangees::LigneGuichet>(
        "SELECT " + std::string{rangees::colonnes_guichet} +
            "WHERE g.territoire = $1 ORDER BY p.nom_cherche, g.code LIMIT 500",
        territoire));
}

void ouvrir_guichet(db::Transaction& tx, const Guichet& g, Instant le)
{
    tx.exec(
        "INSERT INTO guichet (code, territoire, partenaire, cree_le, qualite) VALUES ($1, $2, $3, $4, $5)",
        g.code, g.territoire, g.partenaire, le, base::slug_of(qualites, g.qualite));
}

void habiliter(db::Transaction& tx, const std::string& compte, std::string_view guichet,
               const std::string& par, Instant le)
{
    tx.exec("INSERT INTO habilitation (compte, guichet, cree_le, cree_par) VALUES ($1, $2, $3, $4) "
            "ON CONFLICT DO NOTHING",
            compte, guichet, le, par.empty() ? std::nullopt : std::optional{par});
}

void retirer_habilitation(db::Transaction& tx, const std::string& compte, std::string_view guichet)
{
    tx.exec("DELETE FROM habilitation WHERE compte = $1 AND guichet = $2", compte, guichet);
}

std::vector<Membre> membres(db::Transaction& tx, const Guichet& g)
{
    return tx.query<Membre>(
        "SELECT c.id, CASE WHEN c.prenom = '' THEN c.nom ELSE c.prenom || ' ' || c.nom END, c.email, "
        "CASE WHEN EXISTS (SELECT 1 FROM habilitation h WHERE h.compte = c.id AND h.guichet = $2) THEN 1 "
        "ELSE 0 END "
        "FROM compte c WHERE c.etat <> 'desactive' AND EXISTS (SELECT 1 FROM mandat m WHERE m.compte = c.id "
        "AND "
        "m.partenaire = $1 AND m.confirme = 1) ORDER BY c.nom_cherche, c.id LIMIT 500",
        g.partenaire, g.code);
}

std::string empreinte_nir(std::string_view secret, std::string_view nir)
{
    return nir.empty() ? std::string{} : base::hmac_hex(secret, nir);
}

std::vector<Doublon> chercher_doublons(db::Transaction& tx, std::string_view territoire,
                                       const Identite& cherchee, const std::vector<Guichet>& lecteur)
{
    struct Ligne {
        std::string demande, numero, guichet;
        Date deposee_le;
        std::string nom, prenom, naissance_le, nir;
        bool lisible = false, radiee = false;
    };
    db::Query q;
    const auto ou = q.add(territoire);
    std::string trouves;
    // Each way of finding somebody has its index; together they bring a few hundred people at most.
    const auto chercher = [&](const std::string& condition) {
        trouves +=
            (trouves.empty() ? "" : " UNION ") +
            ("SELECT demande, rang FROM (SELECT demande, rang FROM demande_personne WHERE territoire = " +
             ou + " AND " + condition + " ORDER BY demande DESC LIMIT 200) AS c" +
             std::to_string(trouves.size()));
    };
    if (!cherchee.nir.empty()) chercher("nir_empreinte <> '' AND nir_empreinte = " + q.add(cherchee.nir));
    if (cherchee.naissance_le) chercher("naissance_le = " + q.add(*cherchee.naissance_le));
    if (!cherchee.nom.empty())
        chercher("nom_cherche = " + q.add(cherchee.nom) + " AND prenom_cherche = " + q.add(cherchee.prenom));
    if (trouves.empty()) return {};
    const auto lisible = lisible_par(lecteur, q);
    std::vector<Doublon> out;
    for (auto& l : q.run<Ligne>(
             tx, "SELECT d.id, d.numero, p.nom, d.deposee_le, x.nom_cherche, x.prenom_cherche, "
                 "x.naissance_le, x.nir_empreinte, CASE WHEN " +
                     lisible + " THEN 1 ELSE 0 END, CASE WHEN d.etat = 'radiee' THEN 1 ELSE 0 END FROM (" +
                     trouves +
                     ") AS t JOIN demande_personne x ON x.demande = t.demande AND x.rang = t.rang "
                     "JOIN demande d ON d.id = x.demande JOIN guichet g ON g.code = d.guichet "
                     "JOIN partenaire p ON p.id = g.partenaire WHERE d.etat <> 'purgee' "
                     "ORDER BY d.id LIMIT 600")) {
        const auto r = comparer(cherchee, {l.nom, l.prenom, base::parse_date(l.naissance_le), l.nir});
        if (!r) continue;
        const auto deja = std::ranges::find(out, l.demande, &Doublon::demande);
        if (deja == out.end())
            out.push_back({l.demande, l.numero, l.guichet, l.deposee_le, *r, l.lisible, l.radiee});
        else
            deja->ressemblance = std::min(deja->ressemblance, *r);
    }
    std::ranges::stable_sort(out, {}, &Doublon::ressemblance);
    if (out.size() > 20) out.resize(20);
    return out;
}

namespace {
namespace rangees {

/// The next number of the territory that no demande bears: the national system may have given some of ours.
Result<std::string> numero_neuf(db::Transaction& tx, const Enregistrement& e, const Guichet& g)
{
    const base::LogFields ou{{"territoire", g.territoire},
                             {"annee", std::to_string(e.deposee_le.year)},
                             {"mois", std::to_string(e.deposee_le.month)}};
    for (;;) {
        const auto sequence = prendre_sequence(tx, g.territoire, e.deposee_le);
        if (!sequence) {
            base::log(base::Level::Error, "demande.numeros_epuises", ou);
            return Problem::conflict(
                "Ce territoire n’a plus de numéro pour ce mois de dépôt. L’exploitant de la plateforme "
                "est prévenu\u00a0: gardez le formulaire, sa date ne change pas.");
        }
        if (*sequence >= sequence_a_surveiller && *sequence % 1'000 == 0)
            base::log(base::Level::Warning, "demande.numeros_bientot_epuises", ou);
        auto numero = ecrire({.territoire = g.territoire,
                              .mois = e.deposee_le.month,
                              .annee = e.deposee_le.year,
                              .sequence = *sequence,
                              .guichet = g.code});
        if (!tx.find<std::string>("SELECT id FROM demande WHERE numero = $1", numero)) return numero;
    }
}

} // namespace rangees
} // namespace

Result<Enregistree> enregistrer(db::Transaction& tx, const Enregistrement& e, const Guichet& g,
                                const compte::Agent& par, std::string_view secret, Instant le, Raison raison,
                                const Origine& origine)
{
    const bool recu = !origine.numero.empty();
    auto numero = recu ? Result<std::string>{origine.numero} : rangees::numero_neuf(tx, e, g);
    if (!numero) return numero.error();
    Enregistree r{.id = origine.id.empty() ? base::new_id(le) : origine.id, .numero = *std::move(numero)};
    tx.exec(
        "INSERT INTO demande (id, numero, territoire, etat, guichet, deposee_le, ancre, enregistree_le, "
        "enregistree_par, contenu, numero_recu, attestation_le) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
        "$10, $11, $12)",
        r.id, r.numero, g.territoire, base::slug_of(etats, transition(origine.action, origine.de)->vers),
        g.code, e.deposee_le, e.ancre, le, par.id, e.reponses.json(), recu ? 1 : 0,
        recu ? std::optional{le} : std::nullopt);
    base::step("demande.numbered");
    ecrire_personnes(tx, r.id, g.territoire, e.adultes, secret);
    ecrire_souhaits(tx, r.id, g.territoire, e.communes);
    ouvrir_versions(tx, r.id, g.territoire, e.reponses, raison, par, le);
    base::step("demande.inserted");
    noter(tx, r.id, g.territoire, origine.evenement, par, le, g.code);
    return r;
}

namespace {
namespace rangees {

/// `lisible`: the condition on `d` under which this reader may read it.
std::optional<Fiche> fiche(db::Transaction& tx, db::Query q, const std::string& id,
                           const std::string& lisible, std::string_view secret)
{
    struct Ligne {
        std::string id, numero, territoire, etat, guichet;
        Date deposee_le, ancre;
        Instant enregistree_le;
        std::optional<Instant> attestation_le;
        std::string contenu;
        std::int64_t version = 1, contenu_version = 1;
    };
    const auto celle_ci = q.add(id);
    auto lignes =
        q.run<Ligne>(tx, "SELECT d.id, d.numero, d.territoire, d.etat, p.nom, d.deposee_le, d.ancre, "
                         "d.enregistree_le, d.attestation_le, d.contenu, d.version, d.contenu_version FROM "
                         "demande d JOIN guichet g "
                         "ON g.code = d.guichet JOIN partenaire p ON p.id = g.partenaire WHERE d.id = " +
                             celle_ci + " AND " + lisible);
    if (lignes.empty()) return std::nullopt;
    auto& l = lignes.front();
    Fiche f{.id = std::move(l.id),
            .numero = std::move(l.numero),
            .territoire = std::move(l.territoire),
            .etat = base::known(etats, l.etat),
            .guichet = std::move(l.guichet),
            .deposee_le = l.deposee_le,
            .ancre = l.ancre,
            .enregistree_le = l.enregistree_le,
            .attestation_le = l.attestation_le,
            .reponses = Reponses::de_json(l.contenu),
            .version = l.version,
            .contenu_version = l.contenu_version};
    f.communes =
        tx.query<std::string>("SELECT insee FROM demande_souhait WHERE demande = $1 ORDER BY rang", f.id);
    struct Scelle {
        std::size_t rang = 0;
        std::string nir;
    };
    for (const auto& p : tx.query<Scelle>(
             "SELECT rang, nir_scelle FROM demande_personne WHERE demande = $1 ORDER BY rang LIMIT 10",
             f.id)) {
        if (f.nirs.size() <= p.rang) f.nirs.resize(p.rang + 1);
        if (!p.nir.empty()) f.nirs[p.rang] = nir_masque(base::unseal(secret, p.nir).value_or(""));
    }
    return f;
}

} // namespace rangees
} // namespace

std::optional<Fiche> find(db::Transaction& tx, const std::string& id, const std::vector<Guichet>& lecteur,
                          std::string_view secret)
{
    db::Query q;
    const auto lisible = lisible_par(lecteur, q);
    return rangees::fiche(tx, std::move(q), id, lisible, secret);
}

std::optional<Fiche> find_du_demandeur(db::Transaction& tx, const std::string& id,
                                       const std::string& demandeur, std::string_view secret)
{
    db::Query q;
    const auto lisible = "d.etat <> 'purgee' AND EXISTS (SELECT 1 FROM demandeur_demande x WHERE x.demande = "
                         "d.id AND x.demandeur = " +
                         q.add(demandeur) + ")";
    return rangees::fiche(tx, std::move(q), id, lisible, secret);
}

std::optional<Fiche> find_de_l_aidant(db::Transaction& tx, const std::string& id, const std::string& mandat,
                                      std::string_view secret)
{
    db::Query q;
    const auto lisible =
        "d.etat <> 'purgee' AND EXISTS (SELECT 1 FROM mandat_d_aide m WHERE m.demande = d.id "
        "AND m.etat = 'accepte' AND m.id = " +
        q.add(mandat) + ")";
    return rangees::fiche(tx, std::move(q), id, lisible, secret);
}

std::optional<Fiche> find_presentee(db::Transaction& tx, std::string_view numero, const Guichet& g)
{
    const auto id = tx.find<std::string>(
        "SELECT id FROM demande WHERE numero = $1 AND territoire = $2 AND etat <> 'purgee'", numero,
        g.territoire);
    if (!id) return std::nullopt;
    auto f = rangees::fiche(tx, db::Query{}, *id, "1 = 1", {});
    if (f) f->nirs.clear();
    return f;
}

std::optional<std::string> find_numero(db::Transaction& tx, std::string_view numero,
                                       const std::vector<Guichet>& lecteur)
{
    db::Query q;
    const auto celui_ci = q.add(numero);
    auto ids = q.run<std::string>(tx, "SELECT d.id FROM demande d WHERE d.numero = " + celui_ci + " AND " +
                                          lisible_par(lecteur, q));
    return ids.empty() ? std::nullopt : std::optional{std::move(ids.front())};
}

std::vector<AAttester> a_attester(db::Transaction& tx, std::string_view guichet)
{
    return tx.query<AAttester>(
        "SELECT id, numero, deposee_le, ancre, enregistree_le FROM demande WHERE "
        "guichet = $1 AND attestation_le IS NULL AND etat IN ('active', 'a_renouveler', "
        "'en_tolerance') "
        "ORDER BY deposee_le, id LIMIT $2",
        guichet, static_cast<std::int64_t>(lignes_d_un_guichet));
}

void noter_attestation(db::Transaction& tx, const Fiche& f, const compte::Agent& par, Instant le)
{
    if (tx.exec("UPDATE demande SET attestation_le = $1, version = version + 1 WHERE id = $2 AND "
                "attestation_le IS NULL",
                le, f.id) == 1)
        noter(tx, f.id, f.territoire, Evenement::Attestation, par, le);
}

void noter_consultation(db::Transaction& tx, const Fiche& f, const compte::Agent& par, Instant le)
{
    noter(tx, f.id, f.territoire, Evenement::ConsultationAgent, par, le);
}

void noter_recherche(db::Transaction& tx, const std::vector<Doublon>& montres, std::string_view territoire,
                     const compte::Agent& par, Instant le)
{
    for (const auto& d : montres)
        noter(tx, d.demande, territoire, Evenement::ConsultationAgent, par, le, "recherche");
}

} // namespace demande::store
