// The messages about a signalement: who is told what, in which words. Pure: values in, messages out.
// Messages to agents name the report and the commune only; whoever they are for logs in to read more.
#pragma once

#include <string>
#include <vector>

#include "compte/regles.hpp"
#include "courrier/courrier.hpp"
#include "signalement/cycle.hpp"
#include "signalement/motifs.hpp"
#include "signalement/suivi.hpp"

namespace signalement::courriels {

/// What every message about a report needs.
struct Sujet {
    std::string base_url;
    std::string id, reference, territoire;
    std::string code_postal, commune;
    std::string adresse; // for the depositor, who knows it
};

struct Destinataire {
    std::string email;
    std::string nom;             // empty: no name after « Bonjour »
    std::string lien_suivi = {}; // secret, of this person alone: the depositor's, or the occupant's
};

// To agents.
courrier::Courriel nouveau_signalement(const Sujet&, const Destinataire&, bool danger);
courrier::Courriel acces_commune(const Sujet&, const std::string& email, compte::SuiteDepot,
                                 const std::string& lien_activation);
courrier::Courriel affectation(const Sujet&, const Destinataire&, bool danger);
/// `plus_personne`: after this answer, no partner follows the report any more.
courrier::Courriel reponse_partenaire(const Sujet&, const Destinataire&, const std::string& partenaire,
                                      Action, const std::string& texte, bool plus_personne);
courrier::Courriel nouveau_suivi(const Sujet&, const Destinataire&, TypeSuivi, const std::string& auteur);
courrier::Courriel message_du_deposant(const Sujet&, const Destinataire&, Usager qui_ecrit, Statut);
courrier::Courriel cloture_partenaire(const Sujet&, const Destinataire&, MotifCloture,
                                      const std::string& texte);
courrier::Courriel reouverture_partenaire(const Sujet&, const Destinataire&, const std::string& texte);

// To the depositor and the occupant.
/// `confie`: entrusted to partners by the same decision.
courrier::Courriel validation(const Sujet&, const Destinataire&, bool confie);
courrier::Courriel refus(const Sujet&, const Destinataire&, MotifRefus, const std::string& texte);
courrier::Courriel suivi_visible(const Sujet&, const Destinataire&, TypeSuivi, Date);
courrier::Courriel cloture(const Sujet&, const Destinataire&, MotifCloture, const std::string& texte);
courrier::Courriel reouverture(const Sujet&, const Destinataire&);

} // namespace signalement::courriels
