// SQL of the demandes typed online. NIRs are taken out of the answers and sealed apart.
#include "demande/portail/store_en_ligne.hpp"

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/step.hpp"
#include "courrier/store.hpp"
#include "db/query.hpp"
#include "demande/situation.hpp"
#include "demande/store.hpp"
#include "piece/store.hpp"

namespace demande::portail::store {

namespace {
namespace en_ligne {

bool est_un_nir(std::string_view champ)
{
    return champ.ends_with(".nir");
}

struct Contenu {
    std::string reponses, nirs;
};

Contenu separer(const Reponses& r, std::string_view secret)
{
    auto sans = r;
    Reponses nirs;
    for (const auto& [champ, texte] : r.paires())
        if (est_un_nir(champ)) {
            nirs.mettre(champ, texte);
            sans.retirer(champ);
        }
    return {sans.json(), nirs.paires().empty() ? std::string{} : base::seal(secret, nirs.json())};
}

struct Ligne {
    std::string id, demandeur, territoire, etat, contenu, nirs, etape;
    std::optional<Date> deposee_le;
    std::optional<Instant> envoyee_le;
    std::string motif;
    Instant modifie_le;
    std::int64_t version = 1;
    std::string deposant;
    std::optional<Instant> renvoyee_le;
};

constexpr std::string_view colonnes = "SELECT id, demandeur, territoire, etat, contenu, nirs, etape, "
                                      "deposee_le, envoyee_le, motif, modifie_le, version, deposant, "
                                      "invalidee_le FROM demande_en_ligne ";

EnLigne lue(Ligne l, std::string_view secret)
{
    EnLigne e{.id = std::move(l.id),
              .demandeur = std::move(l.demandeur),
              .territoire = std::move(l.territoire),
              .etat = base::known(etats, l.etat),
              .reponses = Reponses::de_json(l.contenu),
              .etape = std::move(l.etape),
              .deposee_le = l.deposee_le,
              .envoyee_le = l.envoyee_le,
              .motif = base::from_slug(motifs_invalidation, l.motif),
              .modifie_le = l.modifie_le,
              .version = l.version,
              .deposant = l.deposant.empty() ? Reponses{} : Reponses::de_json(l.deposant),
              .renvoyee_le = l.renvoyee_le};
    if (!l.nirs.empty())
        if (const auto nirs = base::unseal(secret, l.nirs))
            for (auto& [champ, texte] : Reponses::de_json(*nirs).paires())
                e.reponses.mettre(champ, std::move(texte));
    return e;
}

std::string territoires(const std::vector<Guichet>& lecteur, db::Query& q)
{
    std::string in;
    for (const auto& g : lecteur) in += (in.empty() ? "" : ", ") + q.add(g.territoire);
    return in.empty() ? "1 = 0" : "territoire IN (" + in + ")";
}

struct LigneDeListe {
    std::string id, territoire, etat, etape;
    std::optional<Date> deposee_le;
    std::optional<Instant> envoyee_le;
    std::string motif;
    Instant modifie_le;
    std::optional<Instant> renvoyee_le;
};

constexpr std::string_view colonnes_de_liste =
    "SELECT id, territoire, etat, etape, deposee_le, envoyee_le, motif, modifie_le, invalidee_le FROM "
    "demande_en_ligne ";

std::vector<Resume> resumes(std::vector<LigneDeListe> lignes)
{
    std::vector<Resume> out;
    for (auto& l : lignes)
        out.push_back({std::move(l.id), std::move(l.territoire), base::known(etats, l.etat),
                       std::move(l.etape), l.deposee_le, l.envoyee_le,
                       base::from_slug(motifs_invalidation, l.motif), l.modifie_le, l.renvoyee_le});
    return out;
}

constexpr std::string_view ligne_du_demandeur = "demandeur.";

Reponses deposant(const Reponses& r)
{
    Reponses qui;
    for (const auto* question : {"nom", "prenom", "naissance_le"}) {
        const auto champ = std::string{ligne_du_demandeur} + question;
        qui.mettre(champ, r.texte(champ));
    }
    return qui;
}

void exiger_une(std::int64_t lignes)
{
    if (lignes != 1) throw db::Conflict{};
}

} // namespace en_ligne
} // namespace

bool est_modifiable(const EnLigne& e)
{
    return transition(Action::Deposer, e.etat) != nullptr;
}

std::string ouvrir(db::Transaction& tx, const std::string& demandeur, std::string_view territoire,
                   const Reponses& r, std::string_view secret, Instant le)
{
    const auto c = en_ligne::separer(r, secret);
    auto id = base::new_id(le);
    tx.exec("INSERT INTO demande_en_ligne (id, demandeur, territoire, etat, contenu, nirs, cree_le, "
            "modifie_le) VALUES ($1, $2, $3, 'brouillon', $4, $5, $6, $6)",
            id, demandeur, territoire, c.reponses, c.nirs, le);
    base::step("en_ligne.opened");
    return id;
}

std::optional<EnLigne> find(db::Transaction& tx, const std::string& id, const std::string& demandeur,
                            std::string_view secret)
{
    auto l = tx.find<en_ligne::Ligne>(std::string{en_ligne::colonnes} + "WHERE id = $1 AND demandeur = $2",
                                      id, demandeur);
    return l ? std::optional{en_ligne::lue(*std::move(l), secret)} : std::nullopt;
}

std::optional<EnLigne> find_a_verifier(db::Transaction& tx, const std::string& id,
                                       const std::vector<Guichet>& lecteur, std::string_view secret)
{
    db::Query q;
    const auto celle_ci = q.add(id);
    auto lignes =
        q.run<en_ligne::Ligne>(tx, std::string{en_ligne::colonnes} + "WHERE id = " + celle_ci +
                                       " AND etat = 'deposee' AND " + en_ligne::territoires(lecteur, q));
    return lignes.empty() ? std::nullopt : std::optional{en_ligne::lue(std::move(lignes.front()), secret)};
}

std::vector<Sienne> du_demandeur(db::Transaction& tx, const std::string& demandeur)
{
    struct Ligne {
        std::string id, territoire, etat, etape;
        std::optional<Date> deposee_le;
        std::optional<Instant> envoyee_le;
        std::string motif;
        Instant modifie_le, cree_le;
        std::optional<Instant> renvoyee_le;
        std::string contenu;
    };
    std::vector<Sienne> out;
    for (auto& l : tx.query<Ligne>(
             "SELECT id, territoire, etat, etape, deposee_le, envoyee_le, motif, "
             "modifie_le, cree_le, invalidee_le, contenu FROM demande_en_ligne WHERE demandeur = $1 "
             "ORDER BY id DESC LIMIT 50",
             demandeur))
        out.push_back(
            {{std::move(l.id), std::move(l.territoire), base::known(etats, l.etat), std::move(l.etape),
              l.deposee_le, l.envoyee_le, base::from_slug(motifs_invalidation, l.motif), l.modifie_le,
              l.renvoyee_le},
             Reponses::de_json(l.contenu).texte(std::string{en_ligne::ligne_du_demandeur} + "prenom"),
             l.cree_le});
    return out;
}

std::vector<Sienne> avant_d_ouvrir(db::Transaction& tx, const std::string& demandeur)
{
    tx.lock({"demandes_en_ligne_de:" + demandeur});
    return du_demandeur(tx, demandeur);
}

std::vector<Resume> a_verifier(db::Transaction& tx, const std::vector<Guichet>& lecteur)
{
    db::Query q;
    const auto ou = en_ligne::territoires(lecteur, q);
    return en_ligne::resumes(q.run<en_ligne::LigneDeListe>(tx, std::string{en_ligne::colonnes_de_liste} +
                                                                   "WHERE etat = 'deposee' AND " + ou +
                                                                   " ORDER BY deposee_le, id LIMIT 100"));
}

std::int64_t compter_a_verifier(db::Transaction& tx, const std::vector<Guichet>& lecteur)
{
    db::Query q;
    const auto ou = en_ligne::territoires(lecteur, q);
    return q.run<std::int64_t>(tx, "SELECT COUNT(*) FROM demande_en_ligne WHERE etat = 'deposee' AND " + ou)
        .front();
}

void garder(db::Transaction& tx, const EnLigne& e, const Reponses& r, std::string_view etape,
            std::string_view secret, Instant le)
{
    const auto c = en_ligne::separer(r, secret);
    en_ligne::exiger_une(tx.exec(
        "UPDATE demande_en_ligne SET contenu = $3, nirs = $4, etape = $5, modifie_le = $6, version = version "
        "+ 1 WHERE id = $1 AND version = $2 AND etat IN ('brouillon', 'invalidee')",
        e.id, e.version, c.reponses, c.nirs, etape, le));
    base::step("en_ligne.kept");
}

Date deposer(db::Transaction& tx, const EnLigne& e, Date jour, Instant le)
{
    const auto anciennete =
        e.deposee_le && garde_sa_date(e.motif, e.deposant, e.reponses) ? *e.deposee_le : jour;
    en_ligne::exiger_une(
        tx.exec("UPDATE demande_en_ligne SET etat = $3, deposee_le = $4, envoyee_le = $5, modifie_le = $5, "
                "motif = '', deposant = $6, version = version + 1 WHERE id = $1 AND version = $2",
                e.id, e.version, base::slug_of(etats, transition(Action::Deposer, e.etat)->vers), anciennete,
                le, en_ligne::deposant(e.reponses).json()));
    base::step("en_ligne.deposited");
    demande::store::noter(tx, e.id, e.territoire, Evenement::Depot, {"", "Demandeur", "", {}}, le,
                          "en ligne");
    return anciennete;
}

void invalider(db::Transaction& tx, const EnLigne& e, MotifInvalidation motif, const compte::Agent& par,
               Instant le)
{
    en_ligne::exiger_une(
        tx.exec("UPDATE demande_en_ligne SET etat = $3, motif = $4, modifie_le = $5, invalidee_le = $5, "
                "version = version + 1 WHERE id = $1 AND version = $2",
                e.id, e.version, base::slug_of(etats, transition(Action::Invalider, e.etat)->vers),
                base::slug_of(motifs_invalidation, motif), le));
    demande::store::noter(tx, e.id, e.territoire, Evenement::Invalidation, par, le,
                          std::string{base::slug_of(motifs_invalidation, motif)});
}

void abandonner(db::Transaction& tx, const EnLigne& e)
{
    const auto siens = fichiers(tx, e);
    retirer(tx, e);
    for (const auto& p : siens) piece::store::supprimer(tx, p.id);
    courrier::effacer_de(tx, "demande", e.id);
}

void retirer(db::Transaction& tx, const EnLigne& e)
{
    tx.exec("DELETE FROM demande_en_ligne_piece WHERE demande_en_ligne = $1", e.id);
    en_ligne::exiger_une(
        tx.exec("DELETE FROM demande_en_ligne WHERE id = $1 AND version = $2", e.id, e.version));
    base::step("en_ligne.left");
}

std::vector<piece::Piece> fichiers(db::Transaction& tx, const EnLigne& e)
{
    std::vector<Id<piece::Piece>> ids;
    for (auto& id : tx.query<std::string>("SELECT piece FROM demande_en_ligne_piece WHERE demande_en_ligne = "
                                          "$1 ORDER BY ajoutee_le, piece LIMIT 50",
                                          e.id))
        ids.emplace_back(std::move(id));
    return piece::store::par_ids(tx, ids);
}

std::optional<piece::Piece> find_fichier(db::Transaction& tx, const EnLigne& e, const std::string& piece)
{
    if (!tx.find<std::string>(
            "SELECT piece FROM demande_en_ligne_piece WHERE demande_en_ligne = $1 AND piece = $2", e.id,
            piece))
        return std::nullopt;
    return piece::store::trouver(tx, Id<piece::Piece>{piece});
}

void ajouter_fichier(db::Transaction& tx, const EnLigne& e, const std::string& piece, Instant le)
{
    tx.exec(
        "INSERT INTO demande_en_ligne_piece (demande_en_ligne, piece, territoire, ajoutee_le) VALUES ($1, "
        "$2, $3, $4)",
        e.id, piece, e.territoire, le);
    base::step("en_ligne.file");
}

void retirer_fichier(db::Transaction& tx, const EnLigne& e, const std::string& piece, Instant le)
{
    en_ligne::exiger_une(
        tx.exec("UPDATE demande_en_ligne SET modifie_le = $3, version = version + 1 WHERE id = $1 AND "
                "version = $2 AND etat IN ('brouillon', 'invalidee')",
                e.id, e.version, le));
    if (tx.exec("DELETE FROM demande_en_ligne_piece WHERE demande_en_ligne = $1 AND piece = $2", e.id,
                piece) == 1)
        piece::store::supprimer(tx, Id<piece::Piece>{piece});
}

void noter_consultation(db::Transaction& tx, const EnLigne& e, const compte::Agent& par, Instant le,
                        std::string details)
{
    demande::store::noter(tx, e.id, e.territoire, Evenement::ConsultationAgent, par, le, std::move(details));
}

std::vector<NonCorrigee> non_corrigees(db::Transaction& tx, Instant renvoyees_avant, std::string_view apres)
{
    return tx.query<NonCorrigee>(
        "SELECT e.id, e.territoire, d.courriel, e.invalidee_le FROM demande_en_ligne e JOIN demandeur d ON "
        "d.id = e.demandeur WHERE e.etat = 'invalidee' AND e.invalidee_le < $1 AND e.id > $2 ORDER BY e.id "
        "LIMIT 100",
        renvoyees_avant, apres);
}

std::int64_t purger_en_ligne(db::Transaction& tx, Instant brouillons_avant, Instant invalidees_avant)
{
    struct Oubliees {
        Etat etat;
        std::string depuis; // a demande sent back ages whatever is written in it
        Instant avant;
    };
    std::int64_t total = 0;
    for (const Oubliees& o : {Oubliees{Etat::Brouillon, "modifie_le", brouillons_avant},
                              Oubliees{Etat::Invalidee, "invalidee_le", invalidees_avant}}) {
        const auto oubliee = "etat = $1 AND " + o.depuis + " < $2";
        const auto etat = base::slug_of(etats, o.etat);
        for (const auto& id : tx.query<std::string>("SELECT id FROM demande_en_ligne WHERE " + oubliee +
                                                        " ORDER BY " + o.depuis + " LIMIT 100",
                                                    etat, o.avant)) {
            // Asked again of the row itself: it may have been deposited since it was listed.
            if (tx.exec("DELETE FROM demande_en_ligne WHERE " + oubliee + " AND id = $3", etat, o.avant,
                        id) != 1)
                continue;
            courrier::effacer_de(tx, "demande", id);
            ++total;
        }
    }
    return total;
}

} // namespace demande::portail::store
