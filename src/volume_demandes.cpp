// Demandes in bulk, with everything that hangs on them (see volume.hpp).
#include <array>
#include <cstring>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/candidature/vivier.hpp"
#include "demande/chargement.hpp"
#include "demande/numero.hpp"
#include "demande/radiation.hpp"
#include "demande/situation.hpp"
#include "demande/store.hpp"
#include "demande/store_numero.hpp"
#include "demande/store_preavis.hpp"
#include "volume_index.hpp"
#include "volume_menage.hpp"
#include "volume_moyens.hpp"
#include "volume_pays.hpp"
#include "volume_vie.hpp"

namespace volume {

namespace {
namespace demandes_semees {

using demande::Etat;
using demande::Evenement;

constexpr std::int64_t par_transaction = 5'000;
constexpr std::int64_t par_vivier = 500'000; // sorted together in memory
constexpr std::int64_t assez_pour_ecarter = 50'000;
constexpr std::string_view compteur_fait = "volume:demandes", compteur_vivier = "volume:vivier";

// What comes in the order of registration finds its place in them at random.
constexpr std::string_view index_en_desordre[] = {"demande_personne_nir",   "demande_personne_naissance",
                                                  "demande_personne_nom",   "demande_souhait_commune",
                                                  "journal_par_territoire", "vivier_de",
                                                  "vivier_prioritaire"};

/// A row of the vivier, small: millions wait to be sorted.
struct AuVivier {
    std::uint32_t commune; // rank of its INSEE code
    std::uint8_t pieces, acces, personnes;
    bool prioritaire;
    std::uint32_t depose;  // days since 1970
    std::uint32_t demande; // in the ids kept beside

    auto cle() const { return std::tie(commune, pieces, depose, demande); }
};

class Semis {
public:
    Semis(const Pays& pays, std::int64_t total, std::string secret, Instant maintenant)
        : pays_(pays),
          total_(total),
          secret_(std::move(secret)),
          maintenant_(maintenant),
          jour_(base::local_date(maintenant))
    {
        insee_.resize(pays.communes.size());
        for (const auto& c : pays.communes) insee_[c.rang] = c.insee;
    }

    /// The lots of letters that an earlier run left open.
    void reprendre(db::Transaction&);
    /// Demandes `de` to `fin` - 1, in this transaction.
    void ecrire(db::Transaction&, std::int64_t de, std::int64_t fin);
    /// The vivier of what was written since the last time.
    void ecrire_le_vivier(db::Database&);

private:
    struct Ligne {
        Instant le;
        Evenement quoi;
        std::string details;
        bool du_guichet = false;
    };
    struct LotOuvert {
        std::int64_t rang = 0, lettres = 0;
    };
    struct Lieux {
        std::vector<std::size_t> souhaits;
        std::size_t territoire;
        Date depose_le;
    };
    [[nodiscard]] Lieux lieux(std::int64_t n) const
    {
        Hasard h{static_cast<std::uint64_t>(n) ^ 0x11E0ULL};
        Lieux l{.souhaits = pays_.souhaits(h), .territoire = 0, .depose_le = jour_du_depot(n, total_, jour_)};
        l.territoire = pays_.communes[l.souhaits.front()].territoire;
        return l;
    }
    void ajouter(std::int64_t n, const Lieux&, int sequence);
    /// What was written of it, as the delay of a radiation sees it.
    std::vector<demande::Remise> preavis(const std::string& id, const TerritoireSeme&, const GuichetSeme&,
                                         const FormulaireSeme&, const VieSemee&, std::vector<Ligne>& journal);
    void vivier(const std::string& id, const Lieux&, const FormulaireSeme&);

    const Pays& pays_;
    std::int64_t total_;
    std::string secret_;
    Instant maintenant_;
    Date jour_;
    std::vector<std::string> insee_; // by rank
    std::map<std::pair<std::string, Date>, LotOuvert> lots_;
    std::map<std::tuple<std::string, Date, std::int64_t>, std::pair<std::string, std::int64_t>> lots_touches_;
    std::vector<AuVivier> au_vivier_;
    std::vector<std::array<char, 26>> ids_;
    std::vector<std::uint32_t> territoires_; // of the same

    Lot demandes_{
        "demande",
        "id, numero, territoire, etat, guichet, deposee_le, ancre, enregistree_le, enregistree_par, "
        "attestation_le, contenu, contenu_version, etape, a_revoir_le, radiee_le, motif_radiation, "
        "radiation_justificatif, en_ligne, vivier_version, vivier_edition, radiable_le"};
    Lot versions_{"demande_version", "demande, numero, territoire, cree_le, auteur, auteur_nom, raison, "
                                     "justificatif, contenu"};
    Lot personnes_{"demande_personne",
                   "demande, rang, territoire, nom_cherche, prenom_cherche, naissance_le, "
                   "nir_empreinte, nir_scelle"};
    Lot souhaits_{"demande_souhait", "demande, territoire, rang, insee"};
    Lot preavis_{"preavis",
                 "id, demande, territoire, guichet, ancre, canal, essai, obligatoire, du_le, prepare_le, "
                 "adresse, lot, rang, parti_le"};
    Lot journal_{"journal",
                 "id, objet_type, objet_id, rang, evenement, acteur_id, acteur_nom, territoire, le, "
                 "details"};
};

std::string id_du_lot(const std::string& guichet, Date jour, std::int64_t rang)
{
    return fmt::format("lot-volume-{}-{}-{}", guichet, base::to_iso(jour), rang);
}

void Semis::reprendre(db::Transaction& tx)
{
    struct Lu {
        std::string guichet;
        Date jour;
        std::int64_t rang, lettres;
    };
    for (auto& l : tx.query<Lu>("SELECT guichet, jour, rang, lettres FROM lot_courrier WHERE id LIKE "
                                "'lot-volume-%' ORDER BY guichet, jour, rang"))
        lots_[{l.guichet, l.jour}] = {l.rang, l.lettres};
}

std::vector<demande::Remise> Semis::preavis(const std::string& id, const TerritoireSeme& t,
                                            const GuichetSeme& g, const FormulaireSeme& f, const VieSemee& v,
                                            std::vector<Ligne>& journal)
{
    std::vector<demande::Remise> remises;
    using demande::Canal;
    const auto j = demande::jalons(v.ancre);
    const auto par =
        demande::canaux_du_preavis(f.en_ligne, false, demande::joignable_par_courriel(f.reponses));
    const auto prepare_le =
        Instant{base::days_between({1970, 1, 1}, *v.preavis_le) * 86'400'000 + 2 * 3'600'000};
    for (const auto canal : par) {
        const bool par_la_poste = canal == Canal::Courrier;
        std::optional<Date> parti = base::plus_days(*v.preavis_le, par_la_poste ? 2 : 0);
        if (*parti >= jour_) parti = std::nullopt; // still at the guichet
        std::string adresse;
        std::optional<std::string> lot;
        std::int64_t rang = 0;
        if (par_la_poste) {
            auto& ouvert = lots_[{g.code, *v.preavis_le}];
            if (ouvert.rang == 0 || ouvert.lettres == demande::store::lettres_par_lot)
                ouvert = {ouvert.rang + 1, 0};
            rang = ++ouvert.lettres;
            lot = id_du_lot(g.code, *v.preavis_le, ouvert.rang);
            lots_touches_[{g.code, *v.preavis_le, ouvert.rang}] = {t.code, rang};
            adresse = base::join(demande::adresse_postale(f.reponses), "\n");
        } else if (!parti) {
            parti = v.preavis_le;
        }
        preavis_.ajouter(base::new_id(prepare_le), id, t.code, g.code, v.ancre,
                         base::slug_of(demande::canaux, canal), 1, canal == par.front(),
                         demande::envoi_du_preavis(j, canal), prepare_le, adresse, lot, rang, parti);
        if (!par_la_poste)
            journal.push_back({prepare_le.plus_seconds(900), Evenement::PreavisEnvoye, "courriel"});
        remises.push_back(
            {.obligatoire = canal == par.front(), .parti_le = parti, .revenu_le = {}, .canal = canal});
    }
    return remises;
}

void Semis::vivier(const std::string& id, const Lieux& l, const FormulaireSeme& f)
{
    namespace c = demande::candidature;
    const auto base_des_ids = static_cast<std::uint32_t>(ids_.size());
    ids_.emplace_back();
    std::memcpy(ids_.back().data(), id.data(), id.size());
    territoires_.push_back(static_cast<std::uint32_t>(l.territoire));
    const bool prioritaire = c::est_prioritaire(f.reponses, jour_);
    const auto acces = c::acces_par_commune(f.reponses, jour_, {});
    const auto pieces = c::pieces_demandees(f.reponses);
    const auto personnes = static_cast<std::uint8_t>(c::personnes_a_loger(f.reponses));
    for (const auto s : l.souhaits)
        for (const int n : pieces)
            au_vivier_.push_back(
                {.commune = pays_.communes[s].rang,
                 .pieces = static_cast<std::uint8_t>(n),
                 .acces = static_cast<std::uint8_t>(acces(pays_.communes[s].insee)),
                 .personnes = personnes,
                 .prioritaire = prioritaire,
                 .depose = static_cast<std::uint32_t>(base::days_between({1970, 1, 1}, l.depose_le)),
                 .demande = base_des_ids});
}

void Semis::ajouter(std::int64_t n, const Lieux& l, int sequence)
{
    Hasard h{static_cast<std::uint64_t>(n) ^ 0xDE'3A'9DULL};
    const auto& t = pays_.territoires[l.territoire];
    const auto& g = h.parmi(std::span<const GuichetSeme>{t.guichets});
    std::vector<CommuneDemandee> communes;
    for (const auto s : l.souhaits)
        communes.push_back({pays_.communes[s].insee, pays_.communes[s].nom, pays_.communes[s].code_postal});
    auto f = formulaire_seme(n, l.depose_le, communes);
    const bool joignable = demande::joignable_par_courriel(f.reponses);
    const demande::Voies voies{
        .poste = demande::va_par_la_poste(demande::canaux_du_preavis(f.en_ligne, false, joignable)),
        .boite = joignable};
    const auto v = vie_semee(n, l.depose_le, voies, jour_, maintenant_);
    // Who renews gives the tax notice of that year.
    if (f.reponses.a("revenus.annee_n2"))
        f.reponses.mettre("revenus.annee_n2", std::to_string(v.ancre.year - 2));
    const auto id = base::new_id(v.enregistree_le);
    const bool effacee = v.etat == Etat::Purgee;
    const auto numero = demande::ecrire({.territoire = t.code,
                                         .mois = l.depose_le.month,
                                         .annee = l.depose_le.year,
                                         .sequence = sequence,
                                         .guichet = g.code});

    std::vector<Ligne> journal{{v.enregistree_le, Evenement::Depot, g.code, true}};
    if (v.attestation_le) journal.push_back({*v.attestation_le, Evenement::Attestation, {}, true});
    for (const auto le : v.renouvellements)
        journal.push_back(
            {std::min(au_guichet(h, le), maintenant_), Evenement::Renouvellement, {}, !f.en_ligne});

    const auto contenu = f.reponses.json();
    std::int64_t derniere = 1;
    const auto version = [&](Instant le, bool du_demandeur, demande::Raison raison,
                             std::string_view justificatif, const std::string& dit) {
        versions_.ajouter(id, derniere, t.code, le, du_demandeur ? std::nullopt : std::optional{g.compte},
                          du_demandeur ? "Demandeur" : g.agent, base::slug_of(demande::raisons, raison),
                          justificatif, dit);
    };
    if (v.modifiee_le && !effacee) {
        auto avant = f.reponses;
        avant.mettre("ressources.af", std::to_string(h.entre(100, 400)));
        avant.retirer("revenus.rfr_n1");
        version(v.enregistree_le, false, demande::Raison::Enregistrement, "", avant.json());
        const auto le = au_guichet(h, *v.modifiee_le);
        ++derniere;
        version(le, f.en_ligne, demande::Raison::Ressources, f.en_ligne ? "en_ligne" : "formulaire", contenu);
        journal.push_back({le, f.en_ligne ? Evenement::ModificationDemandeur : Evenement::ModificationAgent,
                           std::string{base::slug_of(demande::raisons, demande::Raison::Ressources)},
                           !f.en_ligne});
    } else if (!effacee) {
        version(v.enregistree_le, false, demande::Raison::Enregistrement, "", contenu);
    }
    std::optional<Date> radiable_le;
    if (v.preavis_le && !effacee) {
        const auto remises = preavis(id, t, g, f, v, journal);
        if (demande::est_en_cours(v.etat))
            radiable_le =
                demande::premiere_radiation_possible({.etat = v.etat,
                                                      .jalons = demande::jalons(v.ancre),
                                                      .preavis_remis_le = demande::preavis_remis_le(remises),
                                                      .radiee_le = {},
                                                      .motif_radiation = {}});
    }
    if (v.etat == Etat::EnTolerance)
        journal.push_back({au_guichet(h, base::plus_days(demande::jalons(v.ancre).fin_de_validite, 1)),
                           Evenement::Expiration,
                           {}});
    std::string_view motif, justificatif;
    if (v.radiee_le) {
        motif = base::slug_of(demande::motifs_radiation, *v.motif);
        if (!effacee && *v.motif == demande::MotifRadiation::Attribution) justificatif = "Bail signé";
        if (!effacee && *v.motif == demande::MotifRadiation::Renonciation)
            justificatif = "Courrier du demandeur";
        journal.push_back({std::min(au_guichet(h, *v.radiee_le), maintenant_), Evenement::Radiation,
                           std::string{motif}, true});
    }
    if (effacee) journal.push_back({au_guichet(h, base::plus_days(*v.radiee_le, 366)), Evenement::Purge, {}});

    demandes_.ajouter(id, numero, t.code, base::slug_of(demande::etats, v.etat), g.code, v.deposee_le,
                      v.ancre, v.enregistree_le, g.compte, v.attestation_le, effacee ? "{}" : contenu,
                      derniere, v.etape ? base::slug_of(demande::etapes, *v.etape) : std::string_view{},
                      v.a_revoir_le ? base::to_iso(*v.a_revoir_le) : "9999-12-31", v.radiee_le, motif,
                      justificatif, f.en_ligne, 1, demande::candidature::edition(jour_.year, 0),
                      radiable_le ? base::to_iso(*radiable_le) : std::string{});
    if (!effacee)
        for (const auto& a : f.adultes)
            personnes_.ajouter(id, a.rang, t.code, base::fold(a.nom), base::fold(a.prenom), a.naissance_le,
                               demande::store::empreinte_nir(secret_, a.nir),
                               a.nir.empty() ? std::string{} : base::seal(secret_, a.nir));
    int rang = 0;
    for (const auto& c : communes) souhaits_.ajouter(id, t.code, ++rang, c.insee);
    if (demande::est_en_cours(v.etat)) vivier(id, l, f);

    std::ranges::stable_sort(journal, {}, &Ligne::le);
    rang = 0;
    // Their ids follow those of the demandes, not their instants: nothing reads the order of ids, `rang` has
    // it.
    for (const auto& j : journal)
        journal_.ajouter(base::new_id(v.enregistree_le), "demande", id, ++rang,
                         base::slug_of(demande::evenements, j.quoi), j.du_guichet ? g.compte : "",
                         j.du_guichet ? g.agent : "Tâche automatique", t.departement, j.le, j.details);
}

void Semis::ecrire(db::Transaction& tx, std::int64_t de, std::int64_t fin)
{
    menager_le_moteur(tx);
    std::vector<Lieux> ou;
    std::map<std::tuple<std::size_t, int, unsigned>, int> numeros; // how many, then the next one
    for (auto n = de; n < fin; ++n) {
        ou.push_back(lieux(n));
        ++numeros[{ou.back().territoire, ou.back().depose_le.year, ou.back().depose_le.month}];
    }
    for (auto& [cle, combien] : numeros) {
        const auto& [territoire, annee, mois] = cle;
        const auto& code = pays_.territoires[territoire].code;
        const auto dernier = demande::store::prendre_sequence(tx, code, {annee, mois, 1}, combien);
        if (!dernier)
            throw std::runtime_error{
                fmt::format("seed --volume: no number left in {} for {}-{}", code, annee, mois)};
        combien = *dernier - combien + 1;
    }
    for (auto n = de; n < fin; ++n) {
        const auto& l = ou[static_cast<std::size_t>(n - de)];
        ajouter(n, l, numeros[{l.territoire, l.depose_le.year, l.depose_le.month}]++);
    }
    demandes_.ecrire(tx);
    for (const auto& [lot, dit] : lots_touches_) {
        const auto& [guichet, jour, rang] = lot;
        // Printed the day after, posted on the next one.
        const auto imprime =
            Instant{base::days_between({1970, 1, 1}, base::plus_days(jour, 1)) * 86'400'000 + 9 * 3'600'000};
        const bool parti = base::plus_days(jour, 2) < jour_;
        tx.exec("INSERT INTO lot_courrier (id, territoire, guichet, jour, rang, lettres, imprime_le, "
                "poste_le) VALUES "
                "($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET lettres = $6",
                id_du_lot(guichet, jour, rang), dit.first, guichet, jour, rang, dit.second,
                parti ? std::optional{imprime} : std::nullopt,
                parti ? std::optional{base::plus_days(jour, 2)} : std::nullopt);
    }
    lots_touches_.clear();
    for (auto* lot : {&versions_, &personnes_, &souhaits_, &preavis_, &journal_}) lot->ecrire(tx);
}

void Semis::ecrire_le_vivier(db::Database& base)
{
    std::ranges::sort(au_vivier_, {}, &AuVivier::cle);
    Lot lot{"vivier", "insee, pieces, deposee_le, demande, territoire, prioritaire, acces, personnes"};
    constexpr std::size_t lignes_par_transaction = 50'000;
    for (std::size_t i = 0; i < au_vivier_.size();) {
        const auto fin = std::min(au_vivier_.size(), i + lignes_par_transaction);
        auto tx = base.begin();
        menager_le_moteur(tx);
        for (; i < fin; ++i) {
            const auto& v = au_vivier_[i];
            const auto& id = ids_[v.demande];
            lot.ajouter(insee_[v.commune], v.pieces,
                        base::plus_days({1970, 1, 1}, static_cast<int>(v.depose)),
                        std::string_view{id.data(), id.size()},
                        pays_.territoires[territoires_[v.demande]].code, v.prioritaire, v.acces, v.personnes);
        }
        lot.ecrire(tx);
        tx.commit();
    }
    au_vivier_.clear();
    ids_.clear();
    territoires_.clear();
}

std::int64_t compteur(db::Database& base, std::string_view nom)
{
    auto tx = base.read();
    return tx.find<std::int64_t>("SELECT valeur FROM compteur WHERE nom = $1", nom).value_or(0);
}

} // namespace demandes_semees
} // namespace

void charger_demandes(App& app, std::int64_t demandes, std::ostream& progression)
{
    namespace ici = demandes_semees;
    remettre_les_index(app.db); // of a run that was killed
    const auto maintenant = app.clock.now();
    auto fait = ici::compteur(app.db, ici::compteur_fait);
    // Killed before the vivier of what it had written: the task that keeps it will see to these.
    if (ici::compteur(app.db, ici::compteur_vivier) < fait)
        app.db.write([&](db::Transaction& tx) {
            menager_le_moteur(tx);
            tx.exec("UPDATE demande SET vivier_version = 0 WHERE etat IN ('active', 'a_renouveler', "
                    "'en_tolerance') "
                    "AND NOT EXISTS (SELECT 1 FROM vivier v WHERE v.demande = demande.id)");
            tenir_compteur(tx, ici::compteur_vivier, fait);
        });
    if (fait >= demandes) return;
    const auto pays = ouvrir_le_pays(app.db, maintenant);
    ici::Semis semis{pays, demandes, demande::cle_nir(app), maintenant};
    {
        auto tx = app.db.read();
        semis.reprendre(tx);
    }
    const bool beaucoup = demandes - fait >= ici::assez_pour_ecarter;
    if (beaucoup) ecarter_les_index(app.db, ici::index_en_desordre);
    const auto debut = base::Clock{}.now().ms;
    const auto depart = fait;
    const auto dire = [&](std::string_view quoi) {
        const auto ms = std::max<std::int64_t>(1, base::Clock{}.now().ms - debut);
        progression << fmt::format("{} demandes{} ({} par seconde)\n", fait, quoi,
                                   (fait - depart) * 1000 / ms)
                    << std::flush;
    };
    for (auto annonce = fait, vivier = fait; fait < demandes;) {
        const auto fin = std::min(demandes, fait + ici::par_transaction);
        auto tx = app.db.begin();
        semis.ecrire(tx, fait, fin);
        tenir_compteur(tx, ici::compteur_fait, fin);
        tx.commit();
        fait = fin;
        if (fait - vivier >= ici::par_vivier || fait == demandes) {
            vivier = fait;
            semis.ecrire_le_vivier(app.db);
            app.db.write([&](db::Transaction& ecrit) { tenir_compteur(ecrit, ici::compteur_vivier, fait); });
        }
        if (fait - annonce >= demandes / 20 || fait == demandes) {
            annonce = fait;
            dire("");
        }
    }
    if (beaucoup) {
        dire(", index à refaire");
        remettre_les_index(app.db);
        dire(", index refaits");
    }
    // Grids are applied to what has come as to what was there when they were imported.
    app.db.write([](db::Transaction& tx) { tx.exec("UPDATE grille_cotation SET curseur = ''"); });
}

} // namespace volume
