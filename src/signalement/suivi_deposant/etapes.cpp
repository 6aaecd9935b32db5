// The rule that says where a report stands and what comes next. Pure: the day is a parameter.
#include "signalement/suivi_deposant/etapes.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "signalement/motifs.hpp"

namespace signalement::suivi_deposant {

namespace {
namespace progress {

constexpr const char* depose = "Signalement déposé";
constexpr const char* recu = "Reçu et étudié par le comité local";
constexpr const char* confie = "Confié aux services compétents";
constexpr const char* demarches = "Visite et démarches";
constexpr const char* clos = "Dossier clos";

template <std::size_t N, class E>
std::string reason(const base::Name<E> (&table)[N], const std::optional<std::string>& slug)
{
    if (!slug) return {};
    const auto value = base::from_slug(table, *slug);
    return value ? std::string{base::label_of(table, *value)} : std::string{};
}

std::string with_text(std::string first, const std::optional<std::string>& second)
{
    if (!second || second->empty()) return first;
    return first.empty() ? *second : first + "\n\n" + *second;
}

/// « Mairie de Rouen (prise en charge), ARS Normandie (réponse attendue) »
std::string partners(const std::vector<Affectation>& affectations)
{
    std::vector<std::string> names;
    for (const auto& a : affectations) {
        switch (a.statut) {
        case StatutAffectation::EnAttente:
            names.push_back(a.partenaire_nom + " (réponse attendue)");
            break;
        case StatutAffectation::Acceptee:
            names.push_back(a.partenaire_nom + " (prise en charge)");
            break;
        case StatutAffectation::Fermee:
            names.push_back(a.partenaire_nom + " (intervention terminée)");
            break;
        case StatutAffectation::Refusee:
            break; // a matter between services; somebody else is asked
        }
    }
    return base::join(names, ", ");
}

/// Everything a partner has taken up, or may.
struct Prise {
    std::optional<Instant> confie_le;      // first affectation that still stands
    std::optional<Instant> acceptee_le;    // first acceptance
    std::optional<Instant> attente_depuis; // oldest one without an answer
};

Prise prise(const std::vector<Affectation>& affectations)
{
    Prise p;
    const auto oldest = [](std::optional<Instant>& kept, Instant le) {
        if (!kept || le < *kept) kept = le;
    };
    for (const auto& a : affectations) {
        if (a.statut == StatutAffectation::Refusee) continue;
        oldest(p.confie_le, a.affectee_le);
        if (a.statut == StatutAffectation::EnAttente)
            oldest(p.attente_depuis, a.affectee_le);
        else if (a.statut == StatutAffectation::Acceptee || a.repondue_le)
            oldest(p.acceptee_le,
                   a.repondue_le.value_or(a.affectee_le)); // not one that a closure ended unanswered
    }
    return p;
}

/// The next visit planned and the last one done, among what the reader may see.
struct Visites {
    std::optional<Date> prevue;
    std::optional<Date> faite;
};

Visites visites(const std::vector<Suivi>& visibles, Date today)
{
    Visites v;
    for (const auto& s : visibles) {
        if (s.type == TypeSuivi::VisitePrevue && s.date_acte >= today &&
            (!v.prevue || s.date_acte < *v.prevue))
            v.prevue = s.date_acte;
        if (s.type == TypeSuivi::VisiteFaite && (!v.faite || s.date_acte > *v.faite)) v.faite = s.date_acte;
    }
    return v;
}

} // namespace progress
} // namespace

Avancement avancement(const Signalement& s, const Dossier& d, const std::vector<Suivi>& visibles,
                      std::string_view fuseau, Instant maintenant)
{
    const auto day = [&](Instant i) { return base::local_date(i, fuseau); };
    const auto today = day(maintenant);
    Avancement out;
    const auto step = [&](std::string titre, EtatEtape etat, std::optional<Date> date = {},
                          std::string detail = {}) {
        out.etapes.push_back({std::move(titre), etat, date, std::move(detail)});
    };
    const auto expect = [&](std::string quoi, std::optional<Date> avant, bool ferme = false) {
        out.prochaine = Prochaine{std::move(quoi), avant, ferme, avant && *avant < today};
    };
    const auto taken = progress::prise(d.affectations);
    const auto who = progress::partners(d.affectations);
    const auto visits = progress::visites(visibles, today);

    step(progress::depose, EtatEtape::Faite, day(s.depose_le));

    switch (s.statut) {
    case Statut::ATrier:
        step(progress::recu, EtatEtape::EnCours, {}, "Le comité vérifie ce que vous avez décrit.");
        step(progress::confie, EtatEtape::AVenir);
        step(progress::demarches, EtatEtape::AVenir);
        step(progress::clos, EtatEtape::AVenir);
        expect("Le comité étudie le signalement et choisit les services à qui le confier.",
               base::plus_days(day(s.depose_le), delai_tri_jours(s.danger)));
        break;

    case Statut::Refuse:
        step(progress::recu, EtatEtape::Faite, s.refuse_le ? std::optional{day(*s.refuse_le)} : std::nullopt);
        step("Signalement non retenu", EtatEtape::Faite,
             s.refuse_le ? std::optional{day(*s.refuse_le)} : std::nullopt,
             progress::with_text(progress::reason(motifs_refus, s.motif_slug), s.motif_texte));
        break;

    case Statut::EnCours: {
        const auto valide = day(s.valide_le.value_or(s.depose_le));
        step(progress::recu, EtatEtape::Faite, valide);
        if (!taken.confie_le) {
            step(progress::confie, EtatEtape::EnCours, {},
                 "Le comité cherche les services qui peuvent agir.");
            step(progress::demarches, EtatEtape::AVenir);
            expect("Le comité confie le dossier aux services compétents.",
                   base::plus_days(valide, delai_affectation_jours));
        } else if (!taken.acceptee_le) {
            step(progress::confie, EtatEtape::EnCours, day(*taken.confie_le), who);
            step(progress::demarches, EtatEtape::AVenir);
            expect(
                "Les services à qui le dossier est confié disent s’ils le prennent en charge.",
                base::plus_days(day(taken.attente_depuis.value_or(*taken.confie_le)), delai_reponse_jours));
        } else {
            step(progress::confie, EtatEtape::Faite, day(*taken.confie_le), who);
            if (visits.prevue) {
                step(progress::demarches, EtatEtape::EnCours, visits.prevue,
                     "Une visite du logement est prévue ce jour-là.");
                expect("Visite du logement.", visits.prevue, true);
            } else if (visits.faite) {
                step(progress::demarches, EtatEtape::EnCours, visits.faite,
                     "Le logement a été visité. Les services poursuivent les démarches.");
                expect("Les services poursuivent les démarches. Leur durée dépend des travaux à obtenir.",
                       {});
            } else {
                step(progress::demarches, EtatEtape::EnCours, {},
                     "Les services préparent leur intervention.");
                expect("Une visite du logement, ou une première démarche auprès du bailleur.",
                       base::plus_days(day(*taken.acceptee_le), delai_visite_jours));
            }
        }
        step(progress::clos, EtatEtape::AVenir);
        break;
    }

    case Statut::Clos: {
        step(progress::recu, EtatEtape::Faite, s.valide_le ? std::optional{day(*s.valide_le)} : std::nullopt);
        if (taken.confie_le) {
            step(progress::confie, EtatEtape::Faite, day(*taken.confie_le), who);
            // Only what was done: a report may be closed before anybody went.
            if (visits.faite)
                step(progress::demarches, EtatEtape::Faite, visits.faite);
            else if (taken.acceptee_le)
                step("Démarches des services", EtatEtape::Faite);
        }
        step(progress::clos, EtatEtape::Faite, s.clos_le ? std::optional{day(*s.clos_le)} : std::nullopt,
             progress::with_text(progress::reason(motifs_cloture, s.motif_slug), s.motif_texte));
        break;
    }
    }
    return out;
}

} // namespace signalement::suivi_deposant
