// SQL of the versions of a demande.
#include "demande/store_versions.hpp"

#include <algorithm>
#include <map>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/store_pieces.hpp"
#include "demande/store_preavis.hpp"

namespace demande::store {

namespace {
namespace versions_lues {

struct Ligne {
    std::int64_t numero = 1;
    Instant le;
    std::string auteur, auteur_compte, raison, justificatif, nirs, contenu;
};

constexpr std::string_view colonnes = "SELECT numero, cree_le, auteur_nom, COALESCE(auteur, ''), raison, "
                                      "justificatif, nirs, contenu FROM demande_version WHERE demande = $1 ";

Version version(Ligne l)
{
    Version v{.numero = l.numero,
              .le = l.le,
              .auteur = std::move(l.auteur),
              .auteur_compte = std::move(l.auteur_compte),
              .raison = base::known(raisons, l.raison),
              .justificatif = base::from_slug(justificatifs, l.justificatif),
              .nirs = {},
              .reponses = Reponses::de_json(l.contenu)};
    if (!l.nirs.empty()) v.nirs = base::split(l.nirs, ' ');
    return v;
}

void ajouter(db::Transaction& tx, const std::string& demande, std::string_view territoire,
             std::int64_t numero, const Version& v, const compte::Agent& par)
{
    tx.exec("INSERT INTO demande_version (demande, territoire, numero, cree_le, auteur, auteur_nom, raison, "
            "justificatif, nirs, "
            "contenu) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            demande, territoire, numero, v.le, par.id.empty() ? std::nullopt : std::optional{par.id}, par.nom,
            base::slug_of(raisons, v.raison),
            v.justificatif ? base::slug_of(justificatifs, *v.justificatif) : std::string_view{},
            base::join(v.nirs, " "), v.reponses.json());
}

/// The accounts of those who sign follow their line; of whoever is no longer there, the account reads nothing
/// more: their mailboxes.
std::vector<std::string> suivre_les_comptes(db::Transaction& tx, const std::string& demande,
                                            const std::vector<Deplacement>& ou)
{
    struct Compte {
        std::string demandeur, courriel, territoire, role, voie;
        Instant depuis;
        int rang = 0;
    };
    std::vector<Compte> deplaces;
    std::vector<std::string> fermes;
    for (auto& c : tx.query<Compte>(
             "SELECT x.demandeur, d.courriel, x.territoire, x.role, x.voie, x.depuis, x.rang FROM "
             "demandeur_demande x JOIN demandeur d ON d.id = x.demandeur WHERE x.demande = $1 ORDER BY "
             "x.rang",
             demande)) {
        const auto ligne = c.role == "titulaire" ? "demandeur" : "codemandeur." + std::to_string(c.rang);
        const auto d = std::ranges::find(ou, ligne, &Deplacement::de);
        if (d == ou.end()) continue;
        tx.exec("DELETE FROM demandeur_demande WHERE demande = $1 AND demandeur = $2", demande, c.demandeur);
        tx.exec("DELETE FROM demande_adresse WHERE demande = $1 AND demandeur = $2", demande, c.demandeur);
        constexpr std::string_view debut = "codemandeur.";
        const bool titulaire = d->vers == "demandeur";
        if (titulaire || (d->vers.size() == debut.size() + 1 && d->vers.starts_with(debut))) {
            c.role = titulaire ? "titulaire" : "codemandeur";
            c.rang = titulaire ? 0 : d->vers.back() - '0';
            deplaces.push_back(std::move(c));
        } else {
            fermes.push_back(std::move(c.courriel));
        }
    }
    for (const auto& c : deplaces)
        tx.exec(
            "INSERT INTO demandeur_demande (demandeur, demande, territoire, role, voie, depuis, rang) VALUES "
            "($1, $2, $3, $4, $5, $6, $7)",
            c.demandeur, demande, c.territoire, c.role, c.voie, c.depuis, c.rang);
    return fermes;
}

/// A code under way proves what the demande said when it left: it opens nothing once it says another place,
/// or another person.
void perimer_les_codes(db::Transaction& tx, const std::string& demande, const Reponses& avant,
                       const Reponses& apres, const std::vector<Deplacement>& ou)
{
    bool autres = !ou.empty();
    for (const auto* boite :
         {"demandeur.email", "codemandeur.1.email", "codemandeur.2.email", "codemandeur.3.email"})
        autres = autres || avant.texte(boite) != apres.texte(boite);
    if (autres)
        tx.exec("DELETE FROM demande_cle WHERE demande = $1", demande);
    else if (adresse_postale(avant) != adresse_postale(apres) ||
             adresse_du_foyer(avant, "demandeur.") != adresse_du_foyer(apres, "demandeur."))
        // A letter that is not printed yet goes to the new address, with its code.
        tx.exec("DELETE FROM demande_cle WHERE demande = $1 AND NOT EXISTS (SELECT 1 FROM preavis p JOIN "
                "lot_courrier l ON l.id = p.lot WHERE p.demande = $1 AND p.objet = 'code' AND p.signataire = "
                "demande_cle.rang AND l.imprime_le IS NULL)",
                demande);
}

} // namespace versions_lues
} // namespace

std::vector<Version> versions(db::Transaction& tx, const std::string& demande, std::int64_t avant,
                              std::int64_t combien)
{
    std::vector<Version> out;
    for (auto& l :
         tx.query<versions_lues::Ligne>(std::string{versions_lues::colonnes} +
                                            "AND ($2 = 0 OR numero < $2) ORDER BY numero DESC LIMIT $3",
                                        demande, avant, combien))
        out.push_back(versions_lues::version(std::move(l)));
    return out;
}

std::optional<Version> version(db::Transaction& tx, const std::string& demande, std::int64_t numero)
{
    auto l = tx.find<versions_lues::Ligne>(std::string{versions_lues::colonnes} + "AND numero = $2", demande,
                                           numero);
    return l ? std::optional{versions_lues::version(*std::move(l))} : std::nullopt;
}

void ouvrir_versions(db::Transaction& tx, const std::string& demande, std::string_view territoire,
                     const Reponses& reponses, Raison raison, const compte::Agent& par, Instant le)
{
    versions_lues::ajouter(
        tx, demande, territoire, 1,
        {.le = le, .auteur = {}, .raison = raison, .justificatif = {}, .nirs = {}, .reponses = reponses},
        par);
}

void ecrire_personnes(db::Transaction& tx, const std::string& demande, std::string_view territoire,
                      const std::vector<Adulte>& adultes, std::string_view secret)
{
    for (const auto& a : adultes)
        tx.exec("INSERT INTO demande_personne (demande, rang, territoire, nom_cherche, prenom_cherche, "
                "naissance_le, "
                "nir_empreinte, nir_scelle) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                demande, a.rang, territoire, base::fold(a.nom), base::fold(a.prenom), a.naissance_le,
                empreinte_nir(secret, a.nir), a.nir.empty() ? std::string{} : base::seal(secret, a.nir));
}

void ecrire_souhaits(db::Transaction& tx, const std::string& demande, std::string_view territoire,
                     const std::vector<std::string>& communes)
{
    for (std::size_t rang = 0; rang < communes.size(); ++rang)
        tx.exec("INSERT INTO demande_souhait (demande, territoire, rang, insee) VALUES ($1, $2, $3, $4)",
                demande, territoire, rang + 1, communes[rang]);
}

std::vector<std::string> modifier(db::Transaction& tx, const Fiche& f, const Changement& c,
                                  const compte::Agent& par, std::string_view secret, Instant le)
{
    const auto numero = f.contenu_version + 1;
    if (tx.exec(
            "UPDATE demande SET contenu = $1, contenu_version = $2, version = version + 1 WHERE id = $3 AND "
            "contenu_version = $4",
            c.contenu.reponses.json(), numero, f.id, f.contenu_version) != 1)
        throw db::Conflict{};

    struct Connu {
        int rang = 0;
        std::string empreinte, scelle;
    };
    auto adultes = c.contenu.adultes;
    std::vector<Connu> gardes;
    for (auto& k : tx.query<Connu>("SELECT rang, nir_empreinte, nir_scelle FROM demande_personne WHERE "
                                   "demande = $1 AND nir_scelle <> ''",
                                   f.id)) {
        const auto a = std::ranges::find(adultes, k.rang, &Adulte::rang);
        const auto prefixe =
            k.rang == 0 ? std::string{"demandeur."} : "codemandeur." + std::to_string(k.rang) + ".";
        if (a == adultes.end() || !meme_personne(f.reponses, c.contenu.reponses, prefixe)) continue;
        if (a->nir.empty())
            gardes.push_back(std::move(k));
        else if (empreinte_nir(secret, a->nir) != k.empreinte)
            tx.exec(
                "INSERT INTO demande_nir_remplace (demande, version, rang, territoire, nir_scelle) VALUES "
                "($1, $2, $3, $4, $5)",
                f.id, numero, k.rang, f.territoire, k.scelle);
    }
    tx.exec("DELETE FROM demande_personne WHERE demande = $1", f.id);
    ecrire_personnes(tx, f.id, f.territoire, adultes, secret);
    for (const auto& k : gardes)
        tx.exec("UPDATE demande_personne SET nir_empreinte = $1, nir_scelle = $2 WHERE demande = $3 AND rang "
                "= $4",
                k.empreinte, k.scelle, f.id, k.rang);
    if (const auto adresse = adresse_postale(c.contenu.reponses);
        !adresse.empty() && adresse != adresse_postale(f.reponses))
        corriger_lettres(tx, f.id, adresse);
    if (const auto depuis = lettres_a_retenir(f.reponses, c.contenu.reponses))
        retirer_lettres_d_acces(tx, f.id, *depuis);
    tx.exec("DELETE FROM demande_souhait WHERE demande = $1", f.id);
    ecrire_souhaits(tx, f.id, f.territoire, c.contenu.communes);
    versions_lues::ajouter(tx, f.id, f.territoire, numero,
                           {.le = le,
                            .auteur = {},
                            .raison = c.raison,
                            .justificatif = c.justificatif,
                            .nirs = c.nirs,
                            .reponses = c.contenu.reponses},
                           par);
    const auto ou = deplacements(f.reponses, c.contenu.reponses, numero);
    suivre_les_personnes(tx, f.id, ou, numero);
    versions_lues::perimer_les_codes(tx, f.id, f.reponses, c.contenu.reponses, ou);
    auto fermes = versions_lues::suivre_les_comptes(tx, f.id, ou);
    noter(tx, f.id, f.territoire,
          c.justificatif == Justificatif::EnLigne ? Evenement::ModificationDemandeur
                                                  : Evenement::ModificationAgent,
          par, le, std::string{base::slug_of(raisons, c.raison)});
    return fermes;
}

void reprendre_nir(db::Transaction& tx, const std::string& de, int rang, const std::string& vers)
{
    struct Nir {
        std::string empreinte, scelle;
    };
    if (const auto nir = tx.find<Nir>(
            "SELECT nir_empreinte, nir_scelle FROM demande_personne WHERE demande = $1 AND rang = $2", de,
            rang))
        tx.exec(
            "UPDATE demande_personne SET nir_empreinte = $1, nir_scelle = $2 WHERE demande = $3 AND rang = 0",
            nir->empreinte, nir->scelle, vers);
}

} // namespace demande::store
