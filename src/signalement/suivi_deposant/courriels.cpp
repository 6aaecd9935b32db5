// The words of the e-mail that gives a lost link back.
#include "signalement/suivi_deposant/courriels.hpp"

namespace signalement::suivi_deposant {

std::string lien_de_suivi(std::string_view base_url, std::string_view jeton)
{
    return std::string{base_url} + "/suivi/" + std::string{jeton};
}

courrier::Courriel lien_retrouve(const Adressage& a)
{
    using courrier::Bouton;
    using courrier::Paragraphe;
    return {.gabarit = "suivi_lien_retrouve",
            .destinataire = a.email,
            .objet = "Votre lien de suivi, signalement " + a.reference,
            .blocs = {Paragraphe{a.nom.empty() ? "Bonjour," : "Bonjour " + a.nom + ","},
                      Paragraphe{"Vous avez demandé à retrouver la page de suivi du signalement " +
                                 a.reference + ". La voici."},
                      Bouton{"Suivre le signalement", a.lien},
                      Paragraphe{"Ce lien est personnel. Votre nom et le code postal du logement vous seront "
                                 "demandés ; ne le transmettez pas."},
                      Paragraphe{"Si vous n’avez rien demandé, vous n’avez rien à faire : votre lien n’a pas "
                                 "changé."}},
            .territoire = a.territoire,
            .objet_type = "signalement",
            .objet_id = a.signalement,
            .raison =
                "Vous recevez ce message parce que quelqu’un a demandé à retrouver le lien de suivi d’un "
                "signalement avec votre adresse."};
}

} // namespace signalement::suivi_deposant
