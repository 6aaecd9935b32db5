// Plays the journal of a report through the tables of cycle.hpp and compares where it leads.
#include "signalement/relecture.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <set>

#include "base/text.hpp"
#include "signalement/cycle.hpp"
#include "signalement/motifs.hpp"
#include "signalement/suivi.hpp"

namespace signalement {

namespace {

class Relecture {
public:
    explicit Relecture(const DossierConstate& d) : d_(d) {}

    std::vector<std::string> faire()
    {
        for (const auto& l : d_.journal) lire(l);
        comparer_rangs();
        comparer_statut();
        comparer_affectations();
        comparer_suivis();
        return std::move(contradictions_);
    }

private:
    struct Prise {
        StatutAffectation statut = StatutAffectation::EnAttente;
        bool close_avec_le_dossier = false;
    };

    void dire(std::string phrase) { contradictions_.push_back(std::move(phrase)); }

    void lire(const DossierConstate::Ligne& l)
    {
        if (l.evenement == "depot") {
            if (statut_) dire(fmt::format("le journal dit deux fois le dépôt (rang {})", l.rang));
            if (l.le != d_.depose_le) dire("la date de dépôt n’est pas celle du journal");
            statut_ = Statut::ATrier;
            return;
        }
        if (base::from_slug(types_suivi, l.evenement)) {
            dernier_suivi_ = l.le;
            if (!entrees_.emplace(l.details, l.evenement).second)
                dire(fmt::format("le journal dit deux fois l’entrée de suivi {}", l.details));
            return;
        }
        if (l.evenement == "montrer" || l.evenement == "cacher") {
            visibles_[l.details] = l.evenement == "montrer";
            return;
        }
        if (l.evenement == evenement_annulation) return annuler(l);
        const auto action = base::from_slug(actions, l.evenement);
        if (!action) return; // something that moves nothing
        if (*action == Action::Affecter)
            confier(l);
        else if (est_une_reponse(*action))
            repondre(l, *action);
        else
            deplacer(l, *action);
    }

    /// Plays again what the journal said up to there.
    void annuler(const DossierConstate::Ligne& l)
    {
        std::int64_t jusqu_a = 0;
        const auto [fin, erreur] =
            std::from_chars(l.details.data(), l.details.data() + l.details.size(), jusqu_a);
        if (erreur != std::errc{} || fin != l.details.data() + l.details.size() || jusqu_a < 1 ||
            jusqu_a >= l.rang - 1)
            return dire(fmt::format("l’annulation (rang {}) ne dit pas ce qu’elle défait", l.rang));
        statut_.reset();
        valide_le_ = refuse_le_ = clos_le_ = dernier_suivi_ = std::nullopt;
        prises_.clear();
        entrees_.clear();
        visibles_.clear();
        const auto dites = contradictions_.size(); // they have been said
        for (const auto& avant : d_.journal)
            if (avant.rang <= jusqu_a) lire(avant);
        contradictions_.resize(dites);
    }

    static bool est_une_reponse(Action a)
    {
        for (const auto& t : cycle_affectation)
            if (t.action == a) return a != Action::Affecter && a != Action::Rouvrir;
        return false;
    }

    void deplacer(const DossierConstate::Ligne& l, Action action)
    {
        const auto* t = statut_ ? transition(*statut_, action) : nullptr;
        if (!t)
            return dire(fmt::format("« {} » (rang {}) est impossible après ce que le journal dit avant",
                                    l.evenement, l.rang));
        statut_ = t->vers;
        if (t->vers == Statut::EnCours && !valide_le_) valide_le_ = l.le;
        refuse_le_ = t->vers == Statut::Refuse ? std::optional{l.le} : std::nullopt;
        clos_le_ = t->vers == Statut::Clos ? std::optional{l.le} : std::nullopt;
        for (auto& [partenaire, prise] : prises_) {
            if (t->vers == Statut::Clos && est_ouverte(prise.statut))
                prise = {StatutAffectation::Fermee, true};
            else if (action == Action::Rouvrir && prise.close_avec_le_dossier)
                prise = {StatutAffectation::EnAttente, false};
        }
    }

    void confier(const DossierConstate::Ligne& l)
    {
        for (const auto& partenaire : base::split(l.details, ' ')) {
            const auto [place, nouvelle] = prises_.try_emplace(partenaire);
            if (!nouvelle && !transition(place->second.statut, Action::Affecter))
                dire(fmt::format("le partenaire {} est chargé deux fois du dossier (rang {})", partenaire,
                                 l.rang));
            place->second = {};
        }
    }

    void repondre(const DossierConstate::Ligne& l, Action action)
    {
        const auto morceaux = base::split(l.details, '\n');
        const auto partenaire = morceaux.empty() ? std::string{} : morceaux[0];
        const auto motif = morceaux.size() > 1 ? morceaux[1] : std::string{};
        const auto place = prises_.find(partenaire);
        const auto* t = place == prises_.end() ? nullptr : transition(place->second.statut, action);
        if (!t)
            return dire(fmt::format("« {} » du partenaire {} (rang {}) est impossible après ce que le "
                                    "journal dit avant",
                                    l.evenement, partenaire, l.rang));
        place->second = {
            t->vers, t->vers == StatutAffectation::Fermee &&
                         motif == base::slug_of(motifs_fin_affectation, MotifFinAffectation::DossierClos)};
    }

    void comparer_rangs()
    {
        std::int64_t attendu = 0;
        for (const auto& l : d_.journal)
            if (l.rang != ++attendu)
                return dire(fmt::format("le journal passe du rang {} au rang {}", attendu - 1, l.rang));
    }

    void comparer_statut()
    {
        if (!statut_) return dire("le journal ne dit pas le dépôt");
        if (base::slug_of(statuts, *statut_) != d_.statut)
            dire(fmt::format("le dossier est « {} » et le journal mène à « {} »", d_.statut,
                             base::slug_of(statuts, *statut_)));
        if (valide_le_ != d_.valide_le || refuse_le_ != d_.refuse_le || clos_le_ != d_.clos_le)
            dire("les dates de validation, de refus ou de clôture ne sont pas celles du journal");
    }

    void comparer_affectations()
    {
        std::set<std::string> vus;
        for (const auto& a : d_.affectations) {
            vus.insert(a.partenaire);
            const auto prise = prises_.find(a.partenaire);
            if (prise == prises_.end())
                dire(fmt::format("le dossier est confié au partenaire {} et le journal ne le dit pas",
                                 a.partenaire));
            else if (const auto mene = base::slug_of(statuts_affectation, prise->second.statut);
                     mene != a.statut)
                dire(fmt::format("l’affectation du partenaire {} est « {} » et le journal mène à « {} »",
                                 a.partenaire, a.statut, mene));
            if (const auto statut = base::from_slug(statuts_affectation, a.statut);
                statut && est_ouverte(*statut) && d_.statut != base::slug_of(statuts, Statut::EnCours))
                dire(fmt::format("l’affectation du partenaire {} est ouverte et le dossier est « {} »",
                                 a.partenaire, d_.statut));
        }
        for (const auto& [partenaire, prise] : prises_)
            if (!vus.contains(partenaire))
                dire(fmt::format("le journal confie le dossier au partenaire {} et l’affectation manque",
                                 partenaire));
    }

    void comparer_suivis()
    {
        std::set<std::string> vus;
        for (const auto& s : d_.suivis) {
            vus.insert(s.id);
            if (s.type == base::slug_of(types_suivi, TypeSuivi::Decision))
                continue; // told by the decision itself
            const auto entree = entrees_.find(s.id);
            if (entree == entrees_.end())
                dire(fmt::format("l’entrée de suivi {} n’est pas au journal", s.id));
            else if (entree->second != s.type)
                dire(fmt::format("l’entrée de suivi {} n’a pas le type que dit le journal", s.id));
            if (const auto v = visibles_.find(s.id); v != visibles_.end() && v->second != s.visible)
                dire(fmt::format("l’entrée de suivi {} n’est pas montrée ou cachée comme le dit le journal",
                                 s.id));
        }
        for (const auto& [id, type] : entrees_)
            if (!vus.contains(id))
                dire(fmt::format("le journal dit l’entrée de suivi {} et elle manque", id));
        if (dernier_suivi_ != d_.dernier_suivi_le)
            dire("la date du dernier suivi n’est pas celle du journal");
    }

    const DossierConstate& d_;
    std::vector<std::string> contradictions_;
    std::optional<Statut> statut_;
    std::optional<Instant> valide_le_, refuse_le_, clos_le_, dernier_suivi_;
    std::map<std::string, Prise> prises_;        // by partner
    std::map<std::string, std::string> entrees_; // type, by id of the follow-up entry
    std::map<std::string, bool> visibles_;       // by id of the follow-up entry
};

} // namespace

std::vector<std::string> contradictions(const DossierConstate& d)
{
    return Relecture{d}.faire();
}

} // namespace signalement
