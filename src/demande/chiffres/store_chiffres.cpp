// SQL of the figures of communes.
#include "demande/chiffres/store_chiffres.hpp"

#include <algorithm>

#include "demande/jalons.hpp"
#include "territoire/import_bulk.hpp"

namespace demande::chiffres::store {

namespace {
namespace figures_kept {

std::size_t rang(Typologie t)
{
    return static_cast<std::size_t>(std::ranges::find(typologies, t, &base::Name<Typologie>::value) -
                                    std::begin(typologies));
}

/// Every page of the territory will show what follows from the tables of tonight.
void retenir_ce_qui_est_montre(db::Transaction& tx, const std::string& territoire, const Attentes& attentes,
                               const std::map<std::pair<std::string, int>, Tableau>& par_annee, int depuis)
{
    using Cle = std::pair<std::string, int>; // year 0: those who wait
    auto tables = par_annee;
    for (const auto& [cle, n] : attentes) {
        auto& t = tables.try_emplace({cle.first, 0}, nombre_de_typologies, 2).first->second;
        t.a(rang(cle.second), 0) = n.premier;
        t.a(rang(cle.second), 1) = n.autre;
    }
    struct Ligne {
        std::string insee;
        int annee;
        JamaisMontrees cases;
    };
    std::map<Cle, JamaisMontrees> avant;
    tx.each<Ligne>(
        "SELECT insee, annee, cases FROM chiffres_jamais_montres WHERE territoire = $1 AND "
        "(annee = 0 OR annee >= $2)",
        [&](Ligne l) {
            avant.emplace(Cle{std::move(l.insee), l.annee}, std::move(l.cases));
        },
        territoire, depuis);
    territoire::BulkStatement ecrites{
        tx, "INSERT INTO chiffres_jamais_montres (territoire, insee, annee, cases) VALUES", 4,
        " ON CONFLICT (territoire, insee, annee) DO UPDATE SET cases = excluded.cases"};
    for (const auto& [cle, t] : tables) {
        const auto& tues = avant[cle];
        const auto apres = jamais_montrees(tues, publier(t, tues));
        if (apres != tues) ecrites.add(territoire, cle.first, cle.second, apres);
    }
    ecrites.finish();
}

} // namespace figures_kept
} // namespace

std::optional<Parc> parc(db::Transaction& tx, std::string_view insee)
{
    return tx.find<Parc>(
        "SELECT annee, logements, loues, vacants, vides, associations, occupes_gratuits, "
        "occupes_temporaires, en_qpv, vacance, vacance_trois_mois, mobilite FROM parc_social "
        "WHERE insee = $1 ORDER BY annee DESC LIMIT 1",
        insee);
}

void remplacer_parc(db::Transaction& tx, int annee, const std::vector<LigneParc>& lignes,
                    const std::vector<std::string>& secretes)
{
    const auto oublier = [&](const std::string& insee) {
        tx.post("DELETE FROM parc_social WHERE insee = $1 AND annee = $2", insee, annee);
    };
    for (const auto& l : lignes) oublier(l.insee);
    for (const auto& insee : secretes) oublier(insee);
    territoire::BulkStatement insertion{
        tx,
        "INSERT INTO parc_social (territoire, insee, annee, logements, loues, vacants, vides, associations, "
        "occupes_gratuits, occupes_temporaires, en_qpv, vacance, vacance_trois_mois, mobilite) VALUES",
        14};
    for (const auto& l : lignes)
        insertion.add(l.territoire, l.insee, annee, l.parc.logements, l.parc.loues, l.parc.vacants,
                      l.parc.vides, l.parc.associations, l.parc.occupes_gratuits, l.parc.occupes_temporaires,
                      l.parc.en_qpv, l.parc.vacance, l.parc.vacance_trois_mois, l.parc.mobilite);
    insertion.finish();
}

ReleveDate releve(db::Transaction& tx, std::string_view territoire, std::string_view insee)
{
    struct LigneAttente {
        std::string typologie;
        std::int64_t premier, autre;
    };
    struct LigneAttribution {
        int annee;
        std::string typologie;
        std::int64_t nombre;
        std::optional<std::int64_t> mediane, p75;
    };
    ReleveDate r;
    r.le = tx.find<Instant>("SELECT releve_le FROM chiffres_releve WHERE territoire = $1", territoire);
    if (!r.le) return r;
    const int annee = jour_legal(*r.le, territoire).year;
    r.releve.derniere_annee = annee;
    for (const auto& l :
         tx.query<LigneAttente>("SELECT typologie, premier, autre FROM chiffres_attente WHERE "
                                "territoire = $1 AND insee = $2",
                                territoire, insee)) {
        const auto rang = figures_kept::rang(base::known(typologies, l.typologie));
        r.releve.attente.a(rang, 0) = l.premier;
        r.releve.attente.a(rang, 1) = l.autre;
    }
    for (const auto& l : tx.query<LigneAttribution>("SELECT annee, typologie, nombre, mediane, p75 FROM "
                                                    "chiffres_attribution WHERE territoire = $1 AND "
                                                    "insee = $2 AND annee BETWEEN $3 AND $4",
                                                    territoire, insee, annee - 2, annee)) {
        const auto rang = l.typologie.empty() ? nombre_de_typologies
                                              : figures_kept::rang(base::known(typologies, l.typologie));
        if (!l.typologie.empty())
            r.releve.attributions.at(static_cast<std::size_t>(l.annee - annee + 2)).a(rang, 0) = l.nombre;
        if (l.annee < annee && l.mediane && l.p75)
            r.releve.delais.at(static_cast<std::size_t>(l.annee - annee + 2)).at(rang) =
                Delais{*l.mediane, *l.p75};
    }
    struct LigneTue {
        int annee;
        JamaisMontrees cases;
    };
    for (auto& l :
         tx.query<LigneTue>("SELECT annee, cases FROM chiffres_jamais_montres WHERE territoire = $1 AND "
                            "insee = $2 AND (annee = 0 OR annee BETWEEN $3 AND $4)",
                            territoire, insee, annee - 2, annee))
        (l.annee == 0 ? r.releve.attente_tue
                      : r.releve.attributions_tues.at(static_cast<std::size_t>(l.annee - annee + 2))) =
            std::move(l.cases);
    return r;
}

LotCompte demandes_apres(db::Transaction& tx, const std::string& id, std::int64_t combien)
{
    // Read by the primary key alone: whatever their state, so that a batch costs what it holds.
    struct Ligne {
        std::string id, territoire, etat, motif, contenu;
        std::optional<Date> radiee_le;
        Date deposee_le;
    };
    struct Souhait {
        std::string demande, insee;
    };
    LotCompte lot;
    auto lignes =
        tx.query<Ligne>("SELECT id, territoire, etat, motif_radiation, contenu, radiee_le, deposee_le FROM "
                        "demande WHERE id > $1 ORDER BY id LIMIT $2",
                        id, combien);
    if (lignes.empty()) return lot;
    lot.jusqu_a = lignes.back().id;
    const auto souhaits =
        tx.query<Souhait>("SELECT demande, insee FROM demande_souhait WHERE demande > $1 AND demande "
                          "<= $2 ORDER BY demande, rang",
                          id, lot.jusqu_a);
    const auto baux =
        tx.query<Bail>("SELECT c.demande, c.bail_le, l.insee, l.pieces FROM candidature c JOIN "
                       "logement_propose l ON l.id = c.logement WHERE c.demande > $1 AND c.demande <= $2 AND "
                       "c.etat = 'bail_signe' AND c.bail_le IS NOT NULL ORDER BY c.demande, c.bail_le",
                       id, lot.jusqu_a);
    auto s = souhaits.begin();
    auto b = baux.begin();
    for (auto& l : lignes) {
        Comptee c{std::move(l.id),      std::move(l.territoire),
                  std::move(l.etat),    std::move(l.motif),
                  std::move(l.contenu), l.radiee_le,
                  l.deposee_le,         {},
                  std::nullopt};
        while (s != souhaits.end() && s->demande < c.id) ++s;
        for (; s != souhaits.end() && s->demande == c.id; ++s) c.souhaits.push_back(s->insee);
        while (b != baux.end() && b->demande < c.id) ++b;
        if (b != baux.end() && b->demande == c.id) c.bail = *b;
        lot.demandes.push_back(std::move(c));
    }
    return lot;
}

std::map<std::string, std::string> communes_de_rattachement(db::Transaction& tx)
{
    struct Ligne {
        std::string code, insee;
    };
    std::map<std::string, std::string> out;
    tx.each<Ligne>(
        "SELECT code, insee FROM commune_ancien_code UNION ALL SELECT insee, rattachee_a FROM commune "
        "WHERE rattachee_a IS NOT NULL",
        [&](Ligne l) { out.emplace(std::move(l.code), std::move(l.insee)); });
    return out;
}

void constater(db::Transaction& tx, const std::vector<Attribution>& attributions)
{
    territoire::BulkStatement insertion{
        tx, "INSERT INTO attribution_constatee (demande, territoire, insee, typologie, annee, jours) VALUES",
        6, " ON CONFLICT (demande) DO NOTHING"};
    for (const auto& a : attributions)
        insertion.add(a.demande, a.territoire, a.insee, base::slug_of(typologies, a.typologie), a.annee,
                      a.jours);
    insertion.finish();
}

void ecrire(db::Transaction& tx, const std::string& territoire, const Attentes& attentes, int annee,
            Instant le)
{
    struct Ligne {
        std::string insee, typologie;
        int annee;
        std::int64_t jours;
    };
    using Cle = std::tuple<std::string, int, std::string>;
    std::map<Cle, std::vector<std::int64_t>> par_case;
    tx.each<Ligne>(
        "SELECT insee, typologie, annee, jours FROM attribution_constatee WHERE territoire = $1 AND annee >= "
        "$2",
        [&](Ligne l) {
            par_case[{l.insee, l.annee, ""}].push_back(l.jours);
            par_case[{std::move(l.insee), l.annee, std::move(l.typologie)}].push_back(l.jours);
        },
        territoire, annee);
    tx.exec("DELETE FROM chiffres_attente WHERE territoire = $1", territoire);
    tx.exec("DELETE FROM chiffres_attribution WHERE territoire = $1 AND annee >= $2", territoire, annee);
    territoire::BulkStatement en_attente{
        tx, "INSERT INTO chiffres_attente (territoire, insee, typologie, premier, autre) VALUES", 5};
    for (const auto& [cle, n] : attentes)
        en_attente.add(territoire, cle.first, base::slug_of(typologies, cle.second), n.premier, n.autre);
    en_attente.finish();
    territoire::BulkStatement attribuees{tx,
                                         "INSERT INTO chiffres_attribution (territoire, insee, annee, "
                                         "typologie, nombre, jours, mediane, p75) VALUES",
                                         8};
    std::map<std::pair<std::string, int>, Tableau> par_annee;
    for (auto& [cle, jours] : par_case) {
        const auto& [insee, annee_du_bail, typologie] = cle;
        std::int64_t somme = 0;
        for (const auto j : jours) somme += j;
        const auto nombre = static_cast<std::int64_t>(jours.size());
        if (!typologie.empty())
            par_annee.try_emplace({insee, annee_du_bail}, nombre_de_typologies, 1)
                .first->second.a(figures_kept::rang(base::known(typologies, typologie)), 0) = nombre;
        const auto d = delais(std::move(jours));
        attribuees.add(territoire, insee, annee_du_bail, typologie, nombre, somme,
                       d ? std::optional{d->mediane} : std::nullopt,
                       d ? std::optional{d->p75} : std::nullopt);
    }
    attribuees.finish();
    figures_kept::retenir_ce_qui_est_montre(tx, territoire, attentes, par_annee, annee);
    tx.exec("INSERT INTO chiffres_releve (territoire, releve_le) VALUES ($1, $2) ON CONFLICT (territoire) DO "
            "UPDATE "
            "SET releve_le = $2",
            territoire, le);
}

std::vector<std::string> territoires_comptes(db::Transaction& tx)
{
    return tx.query<std::string>("SELECT territoire FROM chiffres_releve ORDER BY territoire");
}

} // namespace demande::chiffres::store
