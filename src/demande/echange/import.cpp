// Whole exchange files.
#include "demande/echange/import.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/expect.hpp"
#include "base/text.hpp"
#include "demande/auteurs.hpp"
#include "demande/echange/ecriture.hpp"
#include "demande/echange/reprise.hpp"
#include "demande/jalons.hpp"
#include "demande/store_versions.hpp"
#include "demande/territoires.hpp"
#include "territoire/store.hpp"

namespace demande::echange {

namespace {
namespace fichiers {

constexpr int lot = 50;
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

class Import {
public:
    Import(db::Transaction& tx, const Guichet& gestionnaire, std::string_view cle, Instant le)
        : tx_(tx), gestionnaire_(gestionnaire), cle_(cle), le_(le), carte_(tx), communes_(carte_.communes())
    {}

    /// `par` null: only looks.
    Bilan lire(std::string_view fichier, const Limites& limites, const compte::Agent* par)
    {
        std::vector<std::string> refusees;
        // The header is read before any demande; the reader gives it back at the end only.
        fichier_le_ = date_du_fichier(fichier);
        // It would win over every change made here, and be newer than every file to come.
        if (fichier_le_ > le_.plus_seconds(avance_permise_secondes)) {
            bilan_.fichier_le = fichier_le_;
            bilan_.refusees = 1;
            bilan_.refus.push_back({1, 1, {}, "La date du fichier (dateFichier) est dans l’avenir."});
            return std::move(bilan_);
        }
        refus_au_plus_ = limites.refus;
        auto lecture = lire_fichier(
            fichier, [&](Element&& e) { prendre(std::move(e), par); }, limites);
        bilan_.fichier_le = lecture.date_du_fichier;
        const auto prises = bilan_.nouvelles + bilan_.changees + bilan_.inchangees;
        std::ranges::move(lecture.refus, std::back_inserter(bilan_.refus));
        std::ranges::stable_sort(bilan_.refus, {}, &Refus::ligne);
        bilan_.refusees = std::max(lecture.demandes - prises, bilan_.refus.empty() ? 0 : 1);
        return std::move(bilan_);
    }

private:
    static Instant date_du_fichier(std::string_view fichier)
    {
        return lire_fichier(fichier, [](Element&&) {}, {.demandes = 0}).date_du_fichier;
    }

    void refuser(const Element& e, const std::string& numero, std::string raison)
    {
        if (bilan_.refus.size() >= refus_au_plus_) return;
        bilan_.refus.push_back({e.ligne, e.colonne, numero, std::move(raison)});
    }

    void prendre(Element&& e, const compte::Agent* par)
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
        if (fiche) {
            garde = store::garde(tx_, *id);
            connue = {.etat = fiche->etat,
                      .deposee_le = fiche->deposee_le,
                      .reponses = fiche->reponses,
                      .communes = fiche->communes,
                      .version_le = store::derniere_version(tx_, *id),
                      .fichier_le = garde ? std::optional{garde->fichier_le} : std::nullopt,
                      .dite_par_le_fichier = garde && garde->version == fiche->contenu_version,
                      .meme_document = garde && garde->contenu == en_texte(e)};
        }
        auto d = decider(e, fichier_le_, connue, communes_,
                         {.aujourd_hui = jour_legal(le_, gestionnaire_.territoire),
                          .territoire = gestionnaire_.territoire});
        if (!d) {
            for (const auto& raison : d.error()) refuser(e, numero, raison);
            return;
        }
        (d->sort == Sort::Nouvelle  ? bilan_.nouvelles
         : d->sort == Sort::Changee ? bilan_.changees
                                    : bilan_.inchangees) += 1;
        if (par) ecrire(e, numero, *std::move(d), fiche, garde, *par);
    }

    void ecrire(const Element& e, const std::string& numero, Decision d,
                const std::optional<demande::store::Fiche>& fiche, const std::optional<store::Garde>& garde,
                const compte::Agent& par)
    {
        if (d.sort == Sort::Nouvelle) {
            // Who registered it first keeps it, when that guichet is here.
            auto g = demande::store::find_guichet(tx_, numero.substr(numero.size() - 5));
            if (!g || g->territoire != gestionnaire_.territoire) g = gestionnaire_;
            const auto faite =
                demande::store::enregistrer(tx_, d.contenu, *g, par, cle_, le_, Raison::SystemeNational,
                                            {.evenement = Evenement::Reprise, .numero = numero});
            base::expect(faite.has_value(), "a demande whose number was given is refused one");
            return store::garder(tx_, faite->id, gestionnaire_.territoire, {fichier_le_, 1, en_texte(e)});
        }
        auto version = fiche->contenu_version;
        if (d.sort == Sort::Changee) {
            demande::store::modifier(tx_, *fiche,
                                     {.raison = Raison::SystemeNational,
                                      .justificatif = Justificatif::Fichier,
                                      .contenu = std::move(d.contenu),
                                      .nirs = {}},
                                     par, cle_, le_);
            ++version;
        }
        auto texte = en_texte(e);
        // Said again: the version that the first one gave stays the one it is compared to.
        if (garde && (fichier_le_ < garde->fichier_le || texte == garde->contenu)) return;
        store::garder(tx_, fiche->id, gestionnaire_.territoire, {fichier_le_, version, std::move(texte)});
    }

    db::Transaction& tx_;
    const Guichet& gestionnaire_;
    std::string_view cle_;
    Instant le_, fichier_le_;
    std::size_t refus_au_plus_ = 0;
    Carte carte_;
    Communes communes_;
    std::set<std::string> vus_;
    Bilan bilan_;
};

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

Bilan examiner(db::Transaction& tx, const Guichet& gestionnaire, std::string_view fichier,
               std::string_view cle, Instant le, const Limites& limites)
{
    return fichiers::Import{tx, gestionnaire, cle, le}.lire(fichier, limites, nullptr);
}

Bilan importer(db::Transaction& tx, const Guichet& gestionnaire, std::string_view fichier,
               const compte::Agent& par, std::string_view cle, Instant le, const Limites& limites)
{
    auto vu = examiner(tx, gestionnaire, fichier, cle, le, limites);
    if (!vu.refus.empty()) return vu;
    auto fait = fichiers::Import{tx, gestionnaire, cle, le}.lire(fichier, limites, &par);
    // Somebody changed one of them since the first look (PostgreSQL): all that was written is undone.
    if (!fait.refus.empty()) throw db::Conflict{};
    return fait;
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
