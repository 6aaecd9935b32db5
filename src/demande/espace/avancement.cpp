// Tells an applicant where their demande stands. Pure.
#include "demande/espace/avancement.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace demande::espace {

namespace {
namespace chemin {

/// How far the way to a dwelling went: what the latest event says, whatever came before it.
enum class Stade { Attente, Etude, Commission, Bail };

struct Lieu {
    Stade stade = Stade::Attente;
    std::optional<Date> le;
};

Lieu lieu(const std::vector<Fait>& faits)
{
    Lieu l;
    for (const auto& f : faits) {
        if (f.evenement == Evenement::Designation || f.evenement == Evenement::PiecesDemandees ||
            f.evenement == Evenement::Visite)
            l = {Stade::Etude, f.le};
        else if (f.evenement == Evenement::PassageCaleol || f.evenement == Evenement::Decision)
            l = {Stade::Commission, f.le};
        else if (f.evenement == Evenement::Refus)
            l = {};
        else if (f.evenement == Evenement::Bail)
            l = {Stade::Bail, f.le};
    }
    return l;
}

constexpr const char* attente =
    "Les bailleurs et les organismes qui réservent des logements cherchent parmi les demandes celles qui "
    "correspondent à un logement libre. L’attente dure souvent plusieurs mois, parfois plusieurs années. "
    "Vous "
    "n’avez rien à relancer\u00a0: gardez votre demande à jour et renouvelez-la chaque année.";

void etapes_de_l_attente(Avancement& a, const OuElleEnEst& d)
{
    const auto l = lieu(d.faits);
    const auto etape = [&](Stade s, std::string titre, std::string detail) {
        const auto m = l.stade == s ? Temps::EnCours : l.stade > s ? Temps::Passe : Temps::AVenir;
        a.etapes.push_back({std::move(titre), m, m == Temps::EnCours ? l.le : std::nullopt,
                            m == Temps::EnCours ? std::move(detail) : std::string{}});
    };
    etape(Stade::Attente, "En attente d’un logement qui convient", {});
    etape(Stade::Etude, "Un bailleur étudie votre dossier",
          "Un logement pourrait vous convenir. Préparez vos pièces et regardez vos messages.");
    etape(Stade::Commission, "La commission d’attribution se prononce",
          "Plusieurs dossiers sont présentés pour chaque logement. Vous êtes prévenu de la décision.");
    etape(Stade::Bail, "Vous signez le bail", "La demande s’arrête alors d’elle-même.");
    switch (l.stade) {
    case Stade::Attente:
        a.ensuite = attente;
        return;
    case Stade::Etude:
        a.ensuite = "Le bailleur vous contacte s’il lui manque une pièce ou pour une visite, puis présente "
                    "votre dossier à la commission d’attribution.";
        return;
    case Stade::Commission:
        a.ensuite = "La commission d’attribution vous fait savoir sa décision. Si le logement n’est pas pour "
                    "vous, votre demande continue, avec la même ancienneté.";
        return;
    case Stade::Bail:
        a.ensuite = "Le bailleur note la signature du bail, et votre demande s’arrête.";
        return;
    }
}

void en_cours(Avancement& a, const OuElleEnEst& d)
{
    a.etapes.push_back({"Demande enregistrée, avec son numéro unique", Temps::Passe, {}, d.guichet});
    etapes_de_l_attente(a, d);
    const auto fin = base::in_words(d.jalons.fin_de_validite);
    if (d.etat == Etat::EnTolerance) {
        const bool hors_delai = d.jalons.fin_de_tolerance < d.aujourd_hui;
        a.resume = hors_delai ? "Votre demande a expiré. Renouvelez-la dès maintenant\u00a0: elle peut être "
                                "radiée à tout moment."
                              : "Votre demande a expiré le " + fin +
                                    ". Rien n’est perdu\u00a0: vous pouvez encore la renouveler.";
        a.a_faire.push_back({Geste::Renouveler, "Renouvelez votre demande pour garder votre ancienneté.",
                             hors_delai ? std::nullopt : std::optional{d.jalons.fin_de_tolerance}, true});
    } else if (d.etat == Etat::ARenouveler || d.aujourd_hui >= d.jalons.preavis) {
        a.resume = "Votre demande est active jusqu’au " + fin + " inclus. C’est le moment de la renouveler.";
        a.a_faire.push_back({Geste::Renouveler, "Renouvelez votre demande, même si rien n’a changé.",
                             d.jalons.fin_de_validite, false});
    } else {
        a.resume = "Votre demande est active jusqu’au " + fin + " inclus.";
    }
    if (d.pieces_a_refaire > 0)
        a.a_faire.push_back(
            {Geste::RefairePieces,
             d.pieces_a_refaire == 1
                 ? "Une pièce est à fournir de nouveau."
                 : base::count(d.pieces_a_refaire, "pièce est", "pièces sont") + " à fournir de nouveau.",
             {},
             false});
    if (d.pieces_a_fournir > 0)
        a.a_faire.push_back({Geste::FournirPieces,
                             d.pieces_a_fournir == 1
                                 ? "Une pièce manque pour étudier votre demande."
                                 : base::count(d.pieces_a_fournir, "pièce manque", "pièces manquent") +
                                       " pour étudier votre demande.",
                             {},
                             false});
    if (d.aujourd_hui < d.jalons.preavis)
        a.dates.push_back({"Nous vous rappelons de renouveler, au plus tard le", d.jalons.preavis});
    // Of who was told already: the next reminder, as long as it is to come.
    else if (d.prochain_message && *d.prochain_message > d.aujourd_hui)
        a.dates.push_back({"Prochain rappel, si vous n’avez pas renouvelé", *d.prochain_message});
    if (d.aujourd_hui <= d.jalons.fin_de_validite)
        a.dates.push_back({"Dernier jour de validité", d.jalons.fin_de_validite});
    if (d.aujourd_hui <= d.jalons.fin_de_tolerance)
        a.dates.push_back(
            {"Dernier jour pour renouveler avant une radiation possible", d.jalons.fin_de_tolerance});
    if (d.etat == Etat::Active && d.prochaine_campagne &&
        d.prochaine_campagne->le <= d.jalons.fin_de_validite)
        a.dates.push_back(*d.prochaine_campagne);
    std::ranges::stable_sort(a.dates, {}, &DateAVenir::le);
}

std::string pourquoi(MotifRadiation m)
{
    switch (m) {
    case MotifRadiation::Attribution:
        return "Un logement vous a été attribué et le bail est signé.";
    case MotifRadiation::Renonciation:
        return "Vous y avez renoncé.";
    case MotifRadiation::NonReponse:
        return "Un courrier qui vous a été envoyé est resté sans réponse.";
    case MotifRadiation::Irrecevabilite:
        return "Une commission d’attribution a constaté que les conditions d’accès n’étaient pas remplies.";
    case MotifRadiation::NonRenouvellement:
        return "Elle n’a pas été renouvelée.";
    case MotifRadiation::Fusion:
        return "Elle a été réunie avec une autre de vos demandes.";
    }
    throw base::Bug{"a reason of radiation without words for the applicant"};
}

void radiee(Avancement& a, const OuElleEnEst& d)
{
    a.etapes.push_back({"Demande enregistrée, avec son numéro unique", Temps::Passe, {}, d.guichet});
    if (d.bail) a.etapes.push_back({"Bail signé", Temps::Passe, d.bail->signe_le, d.bail->logement});
    a.etapes.push_back({"Demande arrêtée", Temps::EnCours, d.radiee_le,
                        d.motif_radiation ? pourquoi(*d.motif_radiation) : std::string{}});
    a.resume = "Votre demande est arrêtée\u00a0: elle n’est plus proposée pour un logement.";
    if (d.reactivable_jusqu_au && d.aujourd_hui <= *d.reactivable_jusqu_au) {
        a.a_faire.push_back({Geste::Reactiver, "Vous pouvez la reprendre, avec son numéro et son ancienneté.",
                             d.reactivable_jusqu_au, true});
        if (d.prochain_message && *d.prochain_message > d.aujourd_hui)
            a.dates.push_back({"Nous vous le rappelons, si vous ne l’avez pas reprise", *d.prochain_message});
        a.dates.push_back({"Dernier jour pour reprendre la demande", *d.reactivable_jusqu_au});
        a.ensuite = "Reprenez-la ici en quelques minutes, ou dans n’importe quel guichet.";
    } else {
        a.ensuite = "Elle ne peut pas être reprise. Si vous cherchez toujours un logement, faites une "
                    "nouvelle demande. Un an après son arrêt, ce qu’elle contient est effacé.";
    }
}

} // namespace chemin
} // namespace

Avancement avancement(const OuElleEnEst& d)
{
    Avancement a;
    a.etapes.push_back({"Demande déposée", Temps::Passe, d.deposee_le, {}});
    switch (d.etat) {
    case Etat::Brouillon:
    case Etat::Deposee:
        a.resume = "Votre demande est reçue. Un agent vérifie votre pièce d’identité.";
        a.ensuite = "Un guichet vérifie la pièce d’identité, puis vous envoie votre numéro unique et votre "
                    "attestation, un mois au plus après le dépôt.";
        a.etapes.push_back({"Vérification de la pièce d’identité", Temps::EnCours, {}, {}});
        a.etapes.push_back({"Demande enregistrée, avec son numéro unique", Temps::AVenir, {}, {}});
        break;
    case Etat::Invalidee:
        a.resume = "Une correction vous est demandée avant l’enregistrement.";
        a.ensuite = "Dès que vous l’aurez faite, un guichet vérifiera de nouveau. La date de votre dépôt ne "
                    "change pas.";
        a.etapes.push_back({"Correction demandée", Temps::EnCours, {}, {}});
        a.etapes.push_back({"Demande enregistrée, avec son numéro unique", Temps::AVenir, {}, {}});
        a.a_faire.push_back({Geste::Corriger, "Corrigez votre demande.", {}, true});
        break;
    case Etat::Active:
    case Etat::ARenouveler:
    case Etat::EnTolerance:
        chemin::en_cours(a, d);
        break;
    case Etat::Radiee:
    case Etat::Purgee:
        chemin::radiee(a, d);
        break;
    }
    std::ranges::stable_sort(a.a_faire, {}, [](const AFaire& f) { return f.presse ? 0 : 1; });
    return a;
}

std::string_view etat_en_clair(Etat e)
{
    switch (e) {
    case Etat::Brouillon:
        return "Pas encore envoyée";
    case Etat::Deposee:
        return "En cours de vérification";
    case Etat::Invalidee:
        return "À corriger";
    case Etat::Active:
        return "Active";
    case Etat::ARenouveler:
        return "À renouveler";
    case Etat::EnTolerance:
        return "Expirée, à renouveler vite";
    case Etat::Radiee:
        return "Arrêtée";
    case Etat::Purgee:
        return "Effacée";
    }
    throw base::Bug{"a state without words for the applicant"};
}

} // namespace demande::espace
