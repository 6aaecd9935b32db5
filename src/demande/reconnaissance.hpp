// A household whose priority was recognised, by a commission de médiation (Dalo) or for a motive of the law:
// what is noted of it, from when until when it counts, how it ends. What an applicant declares is another
// matter (candidature/vivier.hpp). Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/names.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace demande {

enum class NatureReconnue {
    Dalo,     // CCH L. 441-2-3
    Priorite, // CCH L. 441-1
};

inline constexpr base::Name<NatureReconnue> natures_reconnues[] = {
    {NatureReconnue::Dalo, "dalo", "Droit au logement opposable (Dalo)"},
    {NatureReconnue::Priorite, "priorite", "Autre priorité de la loi"},
};

/// CCH L. 441-1, a to n.
enum class MotifPriorite {
    Handicap,
    SortieTherapeutique,
    MalLoge,
    HebergementTemporaire,
    RetourEmploi,
    HabitatIndigne,
    ViolencesCouple,
    ViolencesSexuelles,
    SortieProstitution,
    Traite,
    MineurMalLoge,
    SansLogement,
    Expulsion,
    SortieAse,
    Pompier,
};

inline constexpr base::Name<MotifPriorite> motifs_priorite[] = {
    {MotifPriorite::Handicap, "l441_1_a", "a) Handicap dans le ménage"},
    {MotifPriorite::SortieTherapeutique, "l441_1_b",
     "b) Sortie d’un appartement de coordination thérapeutique"},
    {MotifPriorite::MalLoge, "l441_1_c", "c) Mal logé ou en difficulté"},
    {MotifPriorite::HebergementTemporaire, "l441_1_d", "d) Hébergé ou logé temporairement"},
    {MotifPriorite::RetourEmploi, "l441_1_e", "e) Retour à l’emploi après un chômage de longue durée"},
    {MotifPriorite::HabitatIndigne, "l441_1_f", "f) Habitat indigne"},
    {MotifPriorite::ViolencesCouple, "l441_1_g", "g) Violences au sein du couple, mariage forcé"},
    {MotifPriorite::ViolencesSexuelles, "l441_1_g_bis",
     "g bis) Viol ou agression sexuelle au domicile ou près de lui"},
    {MotifPriorite::SortieProstitution, "l441_1_h", "h) Parcours de sortie de la prostitution"},
    {MotifPriorite::Traite, "l441_1_i", "i) Victime de la traite ou de proxénétisme"},
    {MotifPriorite::MineurMalLoge, "l441_1_j", "j) Enfant mineur, logement suroccupé ou non décent"},
    {MotifPriorite::SansLogement, "l441_1_k", "k) Sans logement, ou hébergé par un tiers"},
    {MotifPriorite::Expulsion, "l441_1_l", "l) Menacé d’expulsion sans relogement"},
    {MotifPriorite::SortieAse, "l441_1_m", "m) Sortie de l’aide sociale à l’enfance"},
    {MotifPriorite::Pompier, "l441_1_n", "n) Sapeur-pompier volontaire"},
};

/// Why it counts no more. The end of the demande is not one: a household recognised stays to be rehoused,
/// unless it gave that up or stood in its way (Conseil d’État, 8 July 2020, n° 420472).
enum class RaisonDeFin { Relogement, Obstacle, Retrait, Erreur };

inline constexpr base::Name<RaisonDeFin> raisons_de_fin[] = {
    {RaisonDeFin::Relogement, "menage_reloge", "Le ménage est relogé"},
    {RaisonDeFin::Obstacle, "renonce_ou_fait_obstacle",
     "Le ménage y a renoncé, ou a fait obstacle à son relogement"},
    {RaisonDeFin::Retrait, "decision_retiree", "La décision a été retirée ou annulée"},
    {RaisonDeFin::Erreur, "notee_par_erreur", "Elle a été notée par erreur"},
};

struct Reconnaissance {
    std::string id;
    NatureReconnue nature = NatureReconnue::Dalo;
    std::optional<MotifPriorite> motif; // of another priority than Dalo
    std::string decision;               // its number
    Date decidee_le;                    // by the commission, or whoever recognised it
    Date depuis;
    std::optional<Date> jusqu_au; // last day, included
    std::optional<Date> finie_le; // the first day on which it counts no more
    std::optional<RaisonDeFin> raison;
    std::string organisme; // that noted it
};

bool en_vigueur(const Reconnaissance&, Date jour);
/// In force, or will be: somebody may put an end to it.
bool est_ouverte(const Reconnaissance&, Date jour);
/// The first day after this one on which it begins or ceases to count; none: never by itself.
std::optional<Date> change_le(const Reconnaissance&, Date jour);

/// What was typed of a recognition, and of its end.
struct ReconnaissanceSaisie {
    std::string nature, motif, decision, decidee_le, depuis, jusqu_au;
};
struct FinSaisie {
    std::string finie_le, raison;
};
inline constexpr std::size_t numero_de_decision_max = 60;

/// `permises`: what whoever notes it may recognise; `deja`: those of the demande.
Result<Reconnaissance, FormErrors> reconnaitre(const ReconnaissanceSaisie&,
                                               std::span<const NatureReconnue> permises,
                                               std::span<const Reconnaissance> deja, Date jour);
Result<Reconnaissance, FormErrors> mettre_fin(Reconnaissance, const FinSaisie&, Date jour);

} // namespace demande
