// Whole exchange files.
#include "demande/echange/import.hpp"
#include "demande/espace/fermeture.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/expect.hpp"
#include "base/text.hpp"
#include "demande/auteurs.hpp"
#include "demande/echange/ecriture.hpp"
#include "demande/echange/reprise.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/saisie.hpp"
#include "demande/store_doublons.hpp"
#include "demande/store_versions.hpp"
#include "demande/store_vie.hpp"
#include "demande/territoires.hpp"
#include "territoire/store.hpp"

namespace demande::echange {

namespace {
namespace fichiers {

constexpr int lot = 50;
constexpr std::size_t relues_ensemble = 500;
/// Clocks differ; years do not.
constexpr std::int64_t avance_permise_secondes = 3600;

/// Names and codes of communes, each asked once.
class Carte {
public:
    explicit Carte(db::Transaction& tx) : tx_(tx) {}

    Communes communes()
    {
        return {
            .nom = [this](std::string_view insee) { return nom(std::string{insee}); },
            .code = [this](std::string_view nom,
                           std::string_view postal) { return code(std::string{nom}, std::string{postal}); }};
    }

private:
    const std::string& nom(const std::string& insee)
    {
        const auto connu = noms_.find(insee);
        if (connu != noms_.end()) return connu->second;
        const auto c = territoire::store::find_commune(tx_, insee);
        return noms_[insee] = c ? c->nom() : std::string{};
    }
    const std::string& code(const std::string& nom, const std::string& postal)
    {
        const auto cle = base::fold(nom) + "|" + postal;
        const auto connu = codes_.find(cle);
        if (connu != codes_.end()) return connu->second;
        auto& insee = codes_[cle];
        if (nom.empty()) return insee;
        for (const auto& l : territoire::store::search_communes(tx_, nom, 20)) {
            const auto& postaux = l.codes_postaux();
            if (base::fold(l.nom()) != base::fold(nom)) continue;
            if (!postal.empty() && std::ranges::find(postaux, postal) == postaux.end()) continue;
            if (!insee.empty()) return insee = std::string{}; // homonyms
            insee = l.partie ? l.partie->insee : l.commune.insee;
        }
        return insee;
    }

    db::Transaction& tx_;
    std::map<std::string, std::string> noms_, codes_;
};

/// Of the people that the file brings itself: nobody has written them yet.
class DansLeFichier {
public:
    /// Those of earlier lines that look like one of these, then these with them.
    std::vector<Plan::Semblable> ajouter(const std::vector<Identite>& adultes, const std::string& numero)
    {
        std::vector<Plan::Semblable> out;
        for (const auto& a : adultes) {
            if (!a.naissance_le) continue;
            auto& du_jour = par_naissance_[base::to_iso(*a.naissance_le)];
            for (const auto& [autre, qui] : du_jour)
                if (const auto r = comparer(a, qui);
                    r && autre != numero &&
                    std::ranges::find(out, autre, &Plan::Semblable::numero) == out.end())
                    out.push_back({{}, autre, *r});
            du_jour.emplace_back(numero, a);
        }
        return out;
    }

private:
    std::map<std::string, std::vector<std::pair<std::string, Identite>>> par_naissance_;
};

class Examen {
public:
    Examen(db::Transaction& tx, const Guichet& gestionnaire, std::string_view cle, Instant le)
        : tx_(tx), gestionnaire_(gestionnaire), cle_(cle), le_(le), carte_(tx), communes_(carte_.communes())
    {}

    Plan lire(std::string_view fichier, const Limites& limites)
    {
        auto& bilan = plan_.bilan;
        const auto refuser_tout = [&](std::string raison) {
            bilan.fichier_le = fichier_le_;
            bilan.refusees = 1;
            bilan.refus.push_back({1, 1, {}, std::move(raison)});
            return std::move(plan_);
        };
        // The header is read before any demande; the reader gives it back at the end only.
        fichier_le_ = date_du_fichier(fichier);
        if (const auto refus = refus_de_traiter(gestion::store::orienter(tx_, gestionnaire_.territoire, le_)))
            return refuser_tout(refus->message);
        // It would win over every change made here, and be newer than every file to come.
        if (fichier_le_ > le_.plus_seconds(avance_permise_secondes))
            return refuser_tout("La date du fichier (dateFichier) est dans l’avenir.");
        refus_au_plus_ = limites.refus;
        auto lecture = lire_fichier(
            fichier, [&](Element&& e) { prendre(e); }, limites);
        bilan.fichier_le = lecture.date_du_fichier;
        const auto prises = bilan.nouvelles + bilan.changees + bilan.inchangees;
        std::ranges::move(lecture.refus, std::back_inserter(bilan.refus));
        std::ranges::stable_sort(bilan.refus, {}, &Refus::ligne);
        bilan.refusees = std::max(lecture.demandes - prises, bilan.refus.empty() ? 0 : 1);
        return std::move(plan_);
    }

private:
    static Instant date_du_fichier(std::string_view fichier)
    {
        return lire_fichier(fichier, [](Element&&) {}, {.demandes = 0}).date_du_fichier;
    }

    void refuser(const Element& e, const std::string& numero, std::string raison)
    {
        if (plan_.bilan.refus.size() >= refus_au_plus_) return;
        plan_.bilan.refus.push_back({e.ligne, e.colonne, numero, std::move(raison)});
    }

    void prendre(const Element& e)
    {
        const auto numero = trouver(e, "numUnique")->texte;
        if (!vus_.insert(numero).second)
            return refuser(e, numero, "Cette demande est déjà plus haut dans le fichier.");
        const auto id = store::find_numero(tx_, numero);
        const auto fiche = id ? demande::store::find(tx_, *id, {gestionnaire_}, cle_) : std::nullopt;
        // Whether a number of another territory exists here is not said.
        if (id && !fiche && numero.starts_with(gestionnaire_.territoire))
            return refuser(e, numero, "Cette demande n’est plus ouverte à votre guichet.");
        std::optional<DejaConnue> connue;
        std::optional<store::Garde> garde;
        auto texte = en_texte(e);
        if (fiche) {
            garde = store::garde(tx_, *id);
            connue = {.etat = fiche->etat,
                      .deposee_le = fiche->deposee_le,
                      .ancre = fiche->ancre,
                      .reponses = fiche->reponses,
                      .communes = fiche->communes,
                      .version_le = store::derniere_version(tx_, *id),
                      .fichier_le = garde ? std::optional{garde->fichier_le} : std::nullopt,
                      .dite_par_le_fichier = garde && garde->version == fiche->contenu_version,
                      .meme_document = garde && garde->contenu == texte};
        }
        auto d = decider(e, fichier_le_, connue, communes_,
                         {.aujourd_hui = jour_legal(le_, gestionnaire_.territoire),
                          .territoire = gestionnaire_.territoire});
        if (!d) {
            for (const auto& raison : d.error()) refuser(e, numero, raison);
            return;
        }
        auto& bilan = plan_.bilan;
        (d->sort == Sort::Nouvelle  ? bilan.nouvelles
         : d->sort == Sort::Changee ? bilan.changees
                                    : bilan.inchangees) += 1;
        bilan.renouvelees += d->renouvelee_le ? 1 : 0;
        Plan::Ligne ligne{
            .numero = numero,
            .decision = {},
            .demande = id.value_or(std::string{}),
            .version = fiche ? fiche->version : 0,
            .fichier_le = connue ? connue->fichier_le : std::nullopt,
            .document = {},
            .semblables = semblables(numero, id, d->contenu.reponses, fiche ? &fiche->reponses : nullptr)};
        bilan.doublons += ligne.semblables.empty() ? 0 : 1;
        // Said again: the version that the first one gave stays the one it is compared to.
        if (!garde || (fichier_le_ >= garde->fichier_le && texte != garde->contenu))
            ligne.document = std::move(texte);
        if (d->sort == Sort::Inchangee && !d->renouvelee_le && ligne.document.empty() &&
            ligne.semblables.empty())
            return;
        ligne.decision = *std::move(d);
        plan_.lignes.push_back(std::move(ligne));
    }

    /// As for a form typed at a desk: of a new demande, and of one whose adults change.
    std::vector<Plan::Semblable> semblables(const std::string& numero, const std::optional<std::string>& id,
                                            const Reponses& apres, const Reponses* avant)
    {
        if (avant && !adultes_changes(*avant, apres)) return {};
        auto out = ailleurs_dans_le_fichier_.ajouter(identites(apres, cle_), numero);
        for (auto& d : doublons_du_formulaire(tx_, gestionnaire_.territoire, apres, cle_, {gestionnaire_}))
            // One that is over may come back; it is not a second one.
            if (d.demande != id && !d.radiee) out.push_back({std::move(d.demande), d.numero, d.ressemblance});
        return out;
    }

    db::Transaction& tx_;
    const Guichet& gestionnaire_;
    std::string_view cle_;
    Instant le_, fichier_le_;
    std::size_t refus_au_plus_ = 0;
    Carte carte_;
    Communes communes_;
    std::set<std::string> vus_;
    DansLeFichier ailleurs_dans_le_fichier_;
    Plan plan_;
};

/// The lines whose demande is no longer what it was compared to.
std::vector<Refus> changees_depuis(db::Transaction& tx, const std::vector<Plan::Ligne>& lignes)
{
    std::map<std::string, store::Etat> connues;
    std::vector<std::string> numeros;
    const auto lire = [&] {
        for (auto& e : store::etats_de(tx, numeros)) connues.emplace(e.numero, e);
        numeros.clear();
    };
    for (const auto& l : lignes) {
        numeros.push_back(l.numero);
        if (numeros.size() == relues_ensemble) lire();
    }
    if (!numeros.empty()) lire();
    std::vector<Refus> out;
    for (const auto& l : lignes) {
        const auto e = connues.find(l.numero);
        const bool pareille = e == connues.end()
                                  ? l.demande.empty()
                                  : e->second.version == l.version && e->second.fichier_le == l.fichier_le;
        if (!pareille)
            out.push_back({0, 0, l.numero,
                           "Cette demande a changé ici pendant l’import\u00a0: recommencez, le fichier sera "
                           "comparé de nouveau."});
    }
    return out;
}

void ecrire(db::Transaction& tx, const Guichet& gestionnaire, Plan::Ligne& l, Instant fichier_le,
            std::map<std::string, std::string>& ids, const compte::Agent& par, std::string_view cle,
            Instant le)
{
    auto& d = l.decision;
    std::int64_t version = 1;
    if (d.sort == Sort::Nouvelle) {
        // Who registered it first keeps it, when that guichet is here.
        auto g = demande::store::find_guichet(tx, l.numero.substr(l.numero.size() - 5));
        if (!g || g->territoire != gestionnaire.territoire) g = gestionnaire;
        const auto faite =
            demande::store::enregistrer(tx, d.contenu, *g, par, cle, le, Raison::SystemeNational,
                                        {.evenement = Evenement::Reprise, .numero = l.numero});
        base::expect(faite.has_value(), "a demande whose number was given is refused one");
        l.demande = faite->id;
    } else {
        auto f = demande::store::find(tx, l.demande, {gestionnaire}, cle);
        if (!f) throw db::Conflict{};
        if (d.sort == Sort::Changee) {
            const Changement change{.raison = Raison::SystemeNational,
                                    .justificatif = Justificatif::Fichier,
                                    .contenu = std::move(d.contenu),
                                    .nirs = {}};
            auto fermes = demande::store::modifier(tx, *f, change, par, cle, le);
            espace::suivre_le_changement(tx, *f, change.contenu.reponses, std::move(fermes), par, le);
            f = demande::store::find(tx, l.demande, {gestionnaire}, cle);
        }
        version = f->contenu_version;
        if (d.renouvelee_le) {
            const auto r = renouveler(demande::store::situation(tx, *f, *d.renouvelee_le), *d.renouvelee_le);
            base::expect(r.has_value(), "a demande in progress is refused its renewal");
            demande::store::reprendre(tx, *f, *r, par, le, true);
        }
    }
    ids.emplace(l.numero, l.demande);
    if (!l.document.empty())
        store::garder(tx, l.demande, gestionnaire.territoire, {fichier_le, version, std::move(l.document)});
    std::vector<demande::store::Doublon> montrees;
    for (const auto& s : l.semblables) {
        const auto du_fichier = ids.find(s.numero);
        const auto& autre = s.demande.empty() ? du_fichier->second : s.demande;
        demande::store::signaler_doublon(tx, l.demande, autre, gestionnaire.territoire, s.ressemblance, le);
        if (!s.demande.empty()) montrees.push_back({.demande = autre, .deposee_le = {}});
    }
    // The manager learns that they exist: their history says so, as after any search.
    demande::store::noter_recherche(tx, montrees, gestionnaire.territoire, par, le);
}

} // namespace fichiers
} // namespace

std::vector<Guichet> gestionnaires(const std::vector<Guichet>& guichets)
{
    std::vector<Guichet> out;
    std::ranges::copy_if(guichets, std::back_inserter(out), [](const Guichet& g) {
        const auto pour = auteurs({g}, g.territoire);
        return std::ranges::find(pour, Auteur::Gestionnaire) != pour.end();
    });
    return out;
}

Plan preparer(db::Transaction& tx, const Guichet& gestionnaire, std::string_view fichier,
              std::string_view cle, Instant le, const Limites& limites)
{
    return fichiers::Examen{tx, gestionnaire, cle, le}.lire(fichier, limites);
}

Bilan appliquer(db::Transaction& tx, const Guichet& gestionnaire, Plan plan, const compte::Agent& par,
                std::string_view cle, Instant le)
{
    if (!plan.bilan.refus.empty()) return std::move(plan.bilan);
    plan.bilan.refus = fichiers::changees_depuis(tx, plan.lignes);
    plan.bilan.refusees = static_cast<int>(plan.bilan.refus.size());
    if (!plan.bilan.refus.empty()) return std::move(plan.bilan);
    // Whatever moves from here on (PostgreSQL) is a db::Conflict, which undoes all of it.
    std::map<std::string, std::string> ids;
    for (auto& l : plan.lignes)
        fichiers::ecrire(tx, gestionnaire, l, plan.bilan.fichier_le, ids, par, cle, le);
    return std::move(plan.bilan);
}

Bilan importer(db::Database& db, const Guichet& gestionnaire, std::string_view fichier,
               const compte::Agent& par, std::string_view cle, Instant le, const Limites& limites)
{
    const auto plan = [&] {
        auto tx = db.read();
        return preparer(tx, gestionnaire, fichier, cle, le, limites);
    }();
    if (!plan.bilan.refus.empty()) return plan.bilan;
    // Tried again, it is the same plan: what has changed is found by its version.
    return db.write([&](db::Transaction& tx) { return appliquer(tx, gestionnaire, plan, par, cle, le); });
}

std::optional<std::string> exporter_une(db::Transaction& tx, const std::string& demande,
                                        const Guichet& guichet, const compte::Agent& par,
                                        std::string_view cle, Instant le)
{
    const auto f = demande::store::find(tx, demande, {guichet}, cle);
    if (!f || !est_en_cours(f->etat)) return std::nullopt;
    fichiers::Carte carte{tx};
    const auto garde = store::garde(tx, demande);
    demande::store::noter_consultation(tx, *f, par, le);
    return ecrire_demande(exporter(garde ? std::optional{de_texte(garde->contenu)} : std::nullopt,
                                   {f->numero, f->deposee_le, f->communes}, f->reponses, carte.communes()));
}

bool exporter_un_lot(db::Transaction& tx, const Guichet& gestionnaire, store::Curseur& curseur,
                     const compte::Agent& par, std::string_view cle, Instant le, std::string& out)
{
    const auto lignes = store::changees(tx, gestionnaire.territoire, curseur, fichiers::lot);
    for (const auto& l : lignes) {
        if (const auto texte = exporter_une(tx, l.demande, gestionnaire, par, cle, le)) out += *texte;
        curseur = l;
    }
    return lignes.size() == static_cast<std::size_t>(fichiers::lot);
}

} // namespace demande::echange
