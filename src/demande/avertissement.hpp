// The warning without which nobody is removed for want of an answer or of a condition (CCH R. 441-2-8, c and
// d): what is written, how its delivery is proved, until when it may be answered. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "demande/radiation.hpp"

namespace demande {

/// How it reached its applicant: a registered letter, or any means that proves the delivery.
enum class MoyenDeRemise { Recommande, MainPropre, Autre };

inline constexpr base::Name<MoyenDeRemise> moyens_de_remise[] = {
    {MoyenDeRemise::Recommande, "recommande", "Lettre recommandée avec avis de réception"},
    {MoyenDeRemise::MainPropre, "main_propre", "Remise en main propre contre signature"},
    {MoyenDeRemise::Autre, "autre", "Autre moyen qui prouve la remise"},
};

inline constexpr std::size_t texte_d_avertissement_max = 1000, preuve_max = 300;

struct Avertissement {
    std::string id;
    MotifRadiation motif = MotifRadiation::NonReponse;
    std::optional<MotifIrrecevabilite> condition; // of d
    std::string texte;                            // what is asked, or what was found
    Date ancre;                                   // of the year it was written in
    Date ecrit_le;
    std::optional<MoyenDeRemise> moyen = {};
    std::optional<Date> remis_le = {};
    std::string preuve = {};
    std::optional<Date> repondu_le = {};
    std::string reponse = {};
    std::string organisme = {};  // that warns
    std::string partenaire = {}; // its id: nobody else notes its delivery, nor removes for it
};

/// Of the reason: how many months may be used to answer, from the delivery on. 0: it takes no warning.
int delai_de_reponse_mois(MotifRadiation);
/// The last day to answer, included; none while nothing proves the delivery.
std::optional<Date> fin_du_delai(const Avertissement&);
/// Still waits for an answer, in the year that runs: a renewal answers whatever was asked before it.
bool attend_une_reponse(const Avertissement&, Date ancre);

struct AvertissementEcrit {
    MotifRadiation motif = MotifRadiation::NonReponse;
    std::optional<MotifIrrecevabilite> condition = {};
    std::string texte = {};
};
/// `deja`: those that the same organisation wrote on this demande. One that was not delivered gives way.
Result<AvertissementEcrit> avertir(const Situation&, const AvertissementEcrit&, Auteur par,
                                   const std::vector<Avertissement>& deja);

/// Where its letter is.
struct LettreDAvertissement {
    bool preparee = false;
    std::optional<Date> partie_le = {};
};
struct RemiseProuvee {
    MoyenDeRemise moyen = MoyenDeRemise::Recommande;
    std::optional<Date> remis_le = {};
    std::string preuve = {};
};
Result<RemiseProuvee> remettre(const Avertissement&, const RemiseProuvee&, const LettreDAvertissement&,
                               Date ancre, Date jour);
/// The applicant answered: nothing is removed for it any more.
Result<Date> repondre(const Avertissement&, Date ancre, Date jour);

/// What is proposed, resting on the last warning of its reason rather than on what somebody types: one of the
/// year that runs (a renewal, a merge or an import answers those of before), written by one of `partenaires`.
RadiationProposee sur_avertissement(RadiationProposee, const std::vector<Avertissement>&, Date ancre,
                                    const std::vector<std::string>& partenaires);

/// What the letter and the message say.
std::string titre_de_l_avertissement();
std::vector<std::string> phrases(const Avertissement&, const std::string& numero);
std::string article(const Avertissement&);
/// « deux mois »
std::string delai_en_mots(MotifRadiation);

} // namespace demande
