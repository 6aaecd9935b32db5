// The rules of a warning. Pure.
#include "demande/avertissement.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace demande {

namespace {
namespace avertissements {

std::string en_mots(MotifIrrecevabilite condition)
{
    return condition == MotifIrrecevabilite::Plafond
               ? "les ressources du ménage dépassent le plafond"
               : "une personne majeure n’a pas de titre de séjour en règle";
}

} // namespace avertissements
} // namespace

int delai_de_reponse_mois(MotifRadiation motif)
{
    for (const auto& r : regles_radiation)
        if (r.motif == motif) return r.avertissement_mois;
    throw base::Bug{"a reason of radiation without a rule"};
}

std::optional<Date> fin_du_delai(const Avertissement& a)
{
    if (!a.remis_le) return std::nullopt;
    return base::plus_months(*a.remis_le, delai_de_reponse_mois(a.motif));
}

bool attend_une_reponse(const Avertissement& a, Date ancre)
{
    return !a.repondu_le && a.ancre == ancre;
}

Result<AvertissementEcrit> avertir(const Situation& s, const AvertissementEcrit& ecrit, Auteur par,
                                   const std::vector<Avertissement>& deja)
{
    if (!transition(Action::Radier, s.etat))
        return Problem::conflict("Seule une demande en cours peut recevoir un avertissement.");
    const auto* regle = std::ranges::find(regles_radiation, ecrit.motif, &RegleRadiation::motif);
    if (delai_de_reponse_mois(ecrit.motif) == 0)
        return Problem::invalid("motif", "Ce motif ne demande pas d’avertissement.");
    if (par != regle->par && par != regle->ou_par)
        return Problem::forbidden("Cet avertissement ne peut pas être écrit ici.");
    if (std::ranges::any_of(deja, [&](const Avertissement& a) {
            return a.motif == ecrit.motif && a.remis_le && attend_une_reponse(a, s.jalons.ancre);
        }))
        return Problem::conflict("Un avertissement remis pour ce motif attend déjà une réponse.");
    if (ecrit.motif == MotifRadiation::Irrecevabilite && !ecrit.condition)
        return Problem::invalid("condition", "Indiquez la condition d’accès qui n’est pas remplie.");
    if (ecrit.texte.empty())
        return Problem::invalid("texte", "Écrivez ce que le demandeur doit savoir pour répondre.");
    auto out = ecrit;
    if (ecrit.motif != MotifRadiation::Irrecevabilite) out.condition.reset();
    return out;
}

Result<RemiseProuvee> remettre(const Avertissement& a, const RemiseProuvee& r,
                               const LettreDAvertissement& lettre, Date ancre, Date jour)
{
    if (a.remis_le) return Problem::conflict("La remise de cet avertissement est déjà notée.");
    if (!attend_une_reponse(a, ancre))
        return Problem::conflict("Le demandeur a répondu à l’avertissement\u00a0: il n’a plus d’effet.");
    if (!r.remis_le || *r.remis_le > jour)
        return Problem::invalid("remis_le", "Indiquez une date passée, par exemple 21/11/2026.");
    if (*r.remis_le < a.ecrit_le)
        return Problem::invalid("remis_le", "L’avertissement a été écrit le " + base::in_words(a.ecrit_le) +
                                                "\u00a0: il n’a pas pu être remis avant.");
    if (r.moyen == MoyenDeRemise::Recommande && lettre.preparee) {
        if (!lettre.partie_le)
            return Problem::invalid("moyen",
                                    "La lettre de cet avertissement n’est pas encore notée comme postée : "
                                    "notez d’abord son départ, à l’écran « Courriers et préavis ».");
        if (*r.remis_le < *lettre.partie_le)
            return Problem::invalid("remis_le", "La lettre est partie le " +
                                                    base::in_words(*lettre.partie_le) +
                                                    " : elle n’a pas pu être remise avant.");
    }
    if (r.preuve.empty())
        return Problem::invalid("preuve",
                                "Indiquez la preuve de la remise, par exemple le numéro du recommandé.");
    return r;
}

Result<Date> repondre(const Avertissement& a, Date ancre, Date jour)
{
    if (!attend_une_reponse(a, ancre))
        return Problem::conflict("Cet avertissement n’attend plus de réponse.");
    return jour;
}

RadiationProposee sur_avertissement(RadiationProposee p, const std::vector<Avertissement>& tous, Date ancre,
                                    const std::vector<std::string>& partenaires)
{
    if (delai_de_reponse_mois(p.motif) == 0) return p;
    p.averti_le.reset();
    p.a_repondu = false;
    const Avertissement* dernier = nullptr; // the others were answered
    for (const auto& a : tous)
        if (a.motif == p.motif && a.ancre == ancre &&
            std::ranges::find(partenaires, a.partenaire) != partenaires.end() &&
            (dernier == nullptr || a.id > dernier->id))
            dernier = &a;
    if (dernier == nullptr) return p;
    p.averti_le = dernier->remis_le;
    p.avertissement = dernier->id;
    p.a_repondu = dernier->repondu_le.has_value();
    p.justificatif = dernier->preuve;
    p.irrecevabilite = dernier->condition;
    return p;
}

std::string titre_de_l_avertissement()
{
    return "Avertissement\u00a0: votre demande de logement social peut être radiée";
}

std::string delai_en_mots(MotifRadiation motif)
{
    const int mois = delai_de_reponse_mois(motif);
    return mois == 1 ? "un mois" : mois == 2 ? "deux mois" : std::to_string(mois) + " mois";
}

std::vector<std::string> phrases(const Avertissement& a, const std::string& numero)
{
    std::vector<std::string> out;
    out.push_back(
        a.motif == MotifRadiation::Irrecevabilite
            ? "Une commission d’attribution a constaté, pour votre demande de logement social " + numero +
                  ", qu’une condition n’est pas remplie" +
                  (a.condition ? "\u00a0: " + avertissements::en_mots(*a.condition) : std::string{}) + "."
            : "Nous vous avons écrit au sujet de votre demande de logement social " + numero +
                  ", et nous n’avons pas reçu de réponse.");
    out.push_back(a.texte);
    out.push_back(
        "Vous avez " + delai_en_mots(a.motif) +
        ", à partir du jour où cet avertissement vous est remis, pour répondre. Sans réponse, votre "
        "demande pourra être radiée\u00a0: elle ne serait plus proposée pour un logement.");
    return out;
}

std::string article(const Avertissement& a)
{
    const auto* regle = std::ranges::find(regles_radiation, a.motif, &RegleRadiation::motif);
    return std::string{"Code de la construction et de l’habitation, article R. 441-2-8, "} + regle->lettre;
}

} // namespace demande
