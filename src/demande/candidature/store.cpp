// SQL of the dwellings offered and of their candidatures.
#include "demande/candidature/store.hpp"

#include <algorithm>

#include "db/query.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/candidature/vivier.hpp"
#include "demande/cycle.hpp"
#include "demande/echeancier.hpp"
#include "demande/store.hpp"

namespace demande::candidature::store {

namespace {
namespace rangees_de_candidature {

struct LigneLogement {
    std::string id, territoire, bailleur, bailleur_nom;
    std::optional<std::string> reservataire, reservataire_nom;
    std::optional<Date> reserve_jusqu_au;
    std::string contingent, reference, insee, adresse;
    int pieces = 1, surface = 0, loyer = 0, charges = 0;
    std::string financement;
    Date disponible_le;
    std::string etat;
    std::int64_t version = 1;
};

constexpr std::string_view select_logement =
    "SELECT l.id, l.territoire, l.bailleur, pb.nom, l.reservataire, pr.nom, l.reserve_jusqu_au, "
    "l.contingent, l.reference, l.insee, l.adresse, l.pieces, l.surface, l.loyer, l.charges, l.financement, "
    "l.disponible_le, l.etat, l.version FROM logement_propose l JOIN guichet gb ON gb.code = l.bailleur "
    "JOIN partenaire pb ON pb.id = gb.partenaire LEFT JOIN guichet gr ON gr.code = l.reservataire "
    "LEFT JOIN partenaire pr ON pr.id = gr.partenaire ";

Logement logement(LigneLogement l)
{
    return {.id = std::move(l.id),
            .reference = std::move(l.reference),
            .territoire = std::move(l.territoire),
            .bailleur = std::move(l.bailleur),
            .bailleur_nom = std::move(l.bailleur_nom),
            .reservataire = l.reservataire.value_or(""),
            .reservataire_nom = l.reservataire_nom.value_or(""),
            .contingent = base::known(contingents, l.contingent),
            .reserve_jusqu_au = l.reserve_jusqu_au,
            .insee = std::move(l.insee),
            .adresse = std::move(l.adresse),
            .pieces = l.pieces,
            .surface = l.surface,
            .loyer = l.loyer,
            .charges = l.charges,
            .financement = base::known(financements, l.financement),
            .disponible_le = l.disponible_le,
            .etat = base::known(etats_logement, l.etat),
            .version = l.version};
}

std::vector<std::string> codes(const std::vector<Guichet>& guichets)
{
    std::vector<std::string> out;
    for (const auto& g : guichets) out.push_back(g.code);
    return out;
}

/// Condition on `l` for the dwellings that one of these guichets may read.
std::string lisible_par(const std::vector<Guichet>& lecteur, db::Query& q)
{
    if (lecteur.empty()) return "1 = 0";
    const auto liste = q.add_all(codes(lecteur));
    return "(l.bailleur IN " + liste + " OR l.reservataire IN " + liste + ")";
}

struct LigneCandidature {
    std::string id, demande, etat;
    int rang = 0;
    bool complete = false, du_prefet = false;
    std::optional<std::string> commission;
    std::optional<Date> visite_le, offerte_le, repondre_avant, condition_jusqu_au;
    std::string attendu, motif;
};

constexpr std::string_view colonnes_candidature =
    "c.id, c.demande, c.etat, c.rang, c.complet, c.du_prefet, c.commission, c.visite_le, c.offerte_le, "
    "c.repondre_avant, c.condition_jusqu_au, c.attendu, c.motif";

Candidature candidature(LigneCandidature l)
{
    return {.id = std::move(l.id),
            .demande = std::move(l.demande),
            .etat = base::known(etats, l.etat),
            .rang = l.rang,
            .complete = l.complete,
            .du_prefet = l.du_prefet,
            .commission = l.commission.value_or(""),
            .visite_le = l.visite_le,
            .offerte_le = l.offerte_le,
            .repondre_avant = l.repondre_avant,
            .condition_jusqu_au = l.condition_jusqu_au,
            .attendu = std::move(l.attendu),
            .motif = std::move(l.motif)};
}

/// The line of the history of the demande; the others are what follows.
constexpr std::pair<Action, Evenement> evenements_notes[] = {
    {Action::Designer, Evenement::Designation},
    {Action::DemanderPieces, Evenement::PiecesDemandees},
    {Action::ProposerVisite, Evenement::Visite},
    {Action::Inscrire, Evenement::PassageCaleol},
    {Action::Attribuer, Evenement::Decision},
    {Action::Classer, Evenement::Decision},
    {Action::Conditionner, Evenement::Decision},
    {Action::NePasAttribuer, Evenement::Decision},
    {Action::DeclarerIrrecevable, Evenement::Decision},
    {Action::Refuser, Evenement::Refus},
    {Action::SignerBail, Evenement::Bail},
};

Evenement evenement_de(Action a, std::optional<Etat> de)
{
    // Who leaves before anything was offered refused nothing: the grids that count refusals do not see it.
    if (a == Action::Refuser && !(de && est_une_attribution(*de))) return Evenement::Candidature;
    for (const auto& [action, evenement] : evenements_notes)
        if (action == a) return evenement;
    return Evenement::Candidature;
}

/// The day an event is about, and its words.
std::optional<Date> jour_de(const Changement& x)
{
    const auto& c = x.apres();
    if (x.action() == Action::ProposerVisite) return c.visite_le;
    if (x.action() == Action::Conditionner) return c.condition_jusqu_au;
    return c.etat == Etat::Attribuee ? c.repondre_avant : std::nullopt;
}

std::string texte_de(const Changement& x)
{
    if (x.action() == Action::DemanderPieces || x.action() == Action::Conditionner) return x.apres().attendu;
    return est_ouverte(x.apres().etat) ? std::string{} : x.apres().motif;
}

void noter_fait(db::Transaction& tx, const Logement& l, const Candidature& c, Action action,
                std::optional<Etat> de, std::optional<Date> jour, const std::string& texte, const Auteur& par,
                Instant le)
{
    tx.exec(
        "INSERT INTO candidature_evenement (candidature, ordre, demande, territoire, action, le, organisme, "
        "compte, rang, jour, texte) VALUES ($1, (SELECT version FROM candidature WHERE id = $1), $2, $3, "
        "$4, $5, $6, $7, $8, $9, $10)",
        c.id, c.demande, l.territoire, base::slug_of(actions, action), le, par.organisme,
        par.agent.id.empty() ? std::nullopt : std::optional{par.agent.id}, c.rang, jour, texte);
    demande::store::noter(tx, c.demande, l.territoire, evenement_de(action, de), par.agent, le,
                          std::string{base::slug_of(actions, action)});
}

} // namespace rangees_de_candidature
} // namespace

namespace rangs = rangees_de_candidature;

std::string creer_logement(db::Transaction& tx, const Logement& l, const std::string& par, Instant le)
{
    const auto id = l.id.empty() ? base::new_id(le) : l.id;
    tx.exec("INSERT INTO logement_propose (id, territoire, bailleur, reservataire, reserve_jusqu_au, "
            "contingent, reference, insee, adresse, pieces, surface, loyer, charges, financement, "
            "disponible_le, etat, cree_le, cree_par) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
            "$12, $13, $14, $15, $16, $17, $18)",
            id, l.territoire, l.bailleur,
            l.reservataire.empty() ? std::nullopt : std::optional{l.reservataire}, l.reserve_jusqu_au,
            base::slug_of(contingents, l.contingent), l.reference, l.insee, l.adresse, l.pieces, l.surface,
            l.loyer, l.charges, base::slug_of(financements, l.financement), l.disponible_le,
            base::slug_of(etats_logement, l.etat), le, par.empty() ? std::nullopt : std::optional{par});
    return id;
}

std::vector<Logement> logements(db::Transaction& tx, const std::vector<Guichet>& lecteur, EtatLogement etat,
                                std::string_view avant)
{
    std::vector<Logement> out;
    // One index for each tie: two short reads rather than one that no index serves.
    for (const auto& g : lecteur)
        for (const auto* colonne : {"l.bailleur", "l.reservataire"}) {
            db::Query q;
            const auto qui = q.add(g.code), quoi = q.add(base::slug_of(etats_logement, etat));
            auto sql = std::string{rangs::select_logement} + "WHERE " + colonne + " = " + qui +
                       " AND l.etat = " + quoi;
            if (!avant.empty()) sql += " AND l.id < " + q.add(avant);
            for (auto& l : q.run<rangs::LigneLogement>(tx, sql + " ORDER BY l.id DESC LIMIT " +
                                                               std::to_string(par_page + 1)))
                if (std::ranges::find(out, l.id, &Logement::id) == out.end())
                    out.push_back(rangs::logement(std::move(l)));
        }
    std::ranges::sort(out, std::ranges::greater{}, &Logement::id);
    if (out.size() > par_page + 1) out.resize(par_page + 1);
    return out;
}

std::optional<Logement> find_logement(db::Transaction& tx, const std::string& id,
                                      const std::vector<Guichet>& lecteur)
{
    db::Query q;
    const auto celui_ci = q.add(id);
    auto l =
        q.run<rangs::LigneLogement>(tx, std::string{rangs::select_logement} + "WHERE l.id = " + celui_ci +
                                            " AND " + rangs::lisible_par(lecteur, q));
    return l.empty() ? std::nullopt : std::optional{rangs::logement(std::move(l.front()))};
}

const Candidat& Ouvert::candidat(std::string_view id) const
{
    const auto c = std::ranges::find(candidats, id, &Candidat::candidature);
    base::expect(c != candidats.end(), "a candidature without its household");
    return *c;
}

Ouvert ouvrir(db::Transaction& tx, Logement l)
{
    struct Ligne {
        std::string id, demande, etat;
        int rang = 0;
        bool complete = false, du_prefet = false;
        std::optional<std::string> commission;
        std::optional<Date> visite_le, offerte_le, repondre_avant, condition_jusqu_au;
        std::string attendu, motif, offre_courriel, a_revoir_le, numero, contenu, demande_etat;
        Date deposee_le;
        std::string designe_par;
    };
    Ouvert out;
    for (auto& x : tx.query<Ligne>(
             "SELECT " + std::string{rangs::colonnes_candidature} +
                 ", c.offre_courriel, c.a_revoir_le, d.numero, d.contenu, d.etat, d.deposee_le, p.nom FROM "
                 "candidature c "
                 "JOIN demande d ON d.id = c.demande JOIN guichet g ON g.code = c.guichet JOIN partenaire p "
                 "ON p.id = g.partenaire WHERE c.logement = $1 ORDER BY d.deposee_le, d.numero LIMIT 60",
             l.id)) {
        const auto reponses = Reponses::de_json(x.contenu);
        out.candidats.push_back({.candidature = x.id,
                                 .demande = x.demande,
                                 .numero = x.numero,
                                 .nom = nom_postal(reponses),
                                 .email = reponses.texte("demandeur.email"),
                                 .deposee_le = x.deposee_le,
                                 .personnes = personnes_a_loger(reponses),
                                 .designe_par = x.designe_par,
                                 .offre_courriel = x.offre_courriel,
                                 .a_revoir_le = x.a_revoir_le,
                                 .violences = reponses.est("motif.violences", "oui")});
        auto c = rangs::candidature({std::move(x.id), std::move(x.demande), std::move(x.etat), x.rang,
                                     x.complete, x.du_prefet, std::move(x.commission), x.visite_le,
                                     x.offerte_le, x.repondre_avant, x.condition_jusqu_au,
                                     std::move(x.attendu), std::move(x.motif)});
        c.joignable = joignable_par_courriel(reponses);
        c.en_cours = est_en_cours(base::known(demande::etats, x.demande_etat));
        out.dossier.candidatures.push_back(std::move(c));
    }
    struct Reconnue {
        std::string candidature;
        Date depuis;
        std::optional<Date> jusqu_au, finie_le;
    };
    for (const auto& r :
         tx.query<Reconnue>("SELECT c.id, r.depuis, r.jusqu_au, r.finie_le FROM candidature c JOIN "
                            "reconnaissance r ON r.demande = c.demande WHERE c.logement = $1 AND r.nature = "
                            "'dalo' ORDER BY r.id LIMIT 600",
                            l.id)) {
        auto dernier = r.jusqu_au.value_or(Date{9999, 12, 31});
        if (r.finie_le) dernier = std::min(dernier, ::base::plus_days(*r.finie_le, -1));
        const auto c = std::ranges::find(out.dossier.candidatures, r.candidature, &Candidature::id);
        if (c != out.dossier.candidatures.end()) c->dalo.emplace_back(r.depuis, dernier);
    }
    out.dossier.logement = std::move(l);
    return out;
}

std::optional<Ouvert> ouvrir(db::Transaction& tx, const std::string& id)
{
    auto l = tx.find<rangs::LigneLogement>(std::string{rangs::select_logement} + "WHERE l.id = $1", id);
    return l ? std::optional{ouvrir(tx, rangs::logement(*std::move(l)))} : std::nullopt;
}

std::optional<Logement> logement_de(db::Transaction& tx, const std::string& candidature,
                                    const std::vector<Guichet>& lecteur)
{
    const auto id = logement_vise(tx, candidature);
    return id ? find_logement(tx, *id, lecteur) : std::nullopt;
}

std::string designer(db::Transaction& tx, const Logement& l, const std::string& demande, const Candidature& c,
                     const Guichet& g, const Auteur& par, Instant le)
{
    // Held until the end: whoever ends the demande meanwhile waits, and finds this candidature to close.
    if (tx.exec("UPDATE demande SET etat = etat WHERE id = $1 AND etat IN ('active', 'a_renouveler', "
                "'en_tolerance')",
                demande) != 1)
        throw db::Conflict{};
    if (tx.exec("UPDATE logement_propose SET version = version + 1 WHERE id = $1 AND version = $2", l.id,
                l.version) != 1)
        throw db::Conflict{};
    auto nouvelle = c;
    nouvelle.id = base::new_id(le);
    nouvelle.demande = demande;
    tx.exec("INSERT INTO candidature (id, territoire, demande, logement, guichet, etat, du_prefet, "
            "designee_le, designee_par) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            nouvelle.id, l.territoire, demande, l.id, g.code, base::slug_of(etats, c.etat), c.du_prefet, le,
            par.agent.id.empty() ? std::nullopt : std::optional{par.agent.id});
    rangs::noter_fait(tx, l, nouvelle, Action::Designer, std::nullopt, std::nullopt, {}, par, le);
    return nouvelle.id;
}

void save(db::Transaction& tx, const Dossier& d, const Changements& changements, const Auteur& par,
          Instant le, std::optional<EtatLogement> etat)
{
    if (tx.exec("UPDATE logement_propose SET etat = $3, version = version + 1 WHERE id = $1 AND version = $2",
                d.logement.id, d.logement.version,
                base::slug_of(etats_logement, etat.value_or(d.logement.etat))) != 1)
        throw db::Conflict{};
    for (const auto& x : changements) {
        const auto& c = x.apres();
        if (tx.exec(
                "UPDATE candidature SET etat = $3, rang = $4, complet = $5, commission = $6, visite_le = "
                "$7, offerte_le = $8, repondre_avant = $9, condition_jusqu_au = $10, attendu = $11, motif "
                "= $12, a_revoir_le = $13, version = version + 1 WHERE id = $1 AND etat = $2",
                c.id, base::slug_of(etats, x.de()), base::slug_of(etats, c.etat), c.rang, c.complete,
                c.commission.empty() ? std::nullopt : std::optional{c.commission}, c.visite_le, c.offerte_le,
                c.repondre_avant, c.condition_jusqu_au, c.attendu, c.motif, a_revoir_ecrit(c)) != 1)
            throw db::Conflict{};
        rangs::noter_fait(tx, d.logement, c, x.action(), x.de(), rangs::jour_de(x), rangs::texte_de(x), par,
                          le);
    }
}

std::vector<DuDemandeur> du_demandeur(db::Transaction& tx, const std::string& demande)
{
    struct Lien {
        std::string id, logement;
    };
    std::vector<DuDemandeur> out;
    for (const auto& lien : tx.query<Lien>(
             "SELECT id, logement FROM candidature WHERE demande = $1 ORDER BY id DESC LIMIT 50", demande)) {
        auto c = tx.one<rangs::LigneCandidature>("SELECT " + std::string{rangs::colonnes_candidature} +
                                                     " FROM candidature c WHERE c.id = $1",
                                                 lien.id);
        auto l = tx.one<rangs::LigneLogement>(std::string{rangs::select_logement} + "WHERE l.id = $1",
                                              lien.logement);
        out.push_back({rangs::candidature(std::move(c)), rangs::logement(std::move(l))});
    }
    return out;
}

} // namespace demande::candidature::store
