// Texts of the e-mails of the deposit.
#include "signalement/depot/courriels.hpp"

#include <fmt/format.h>

#include "signalement/depot/formulaire.hpp"
#include "signalement/suivi_deposant/etapes.hpp"

namespace signalement::depot {

namespace {
namespace textes {

using courrier::Bouton;
using courrier::Liste;
using courrier::Paragraphe;

std::string bonjour(const Personne& p)
{
    const auto nom = p.prenom.empty() ? p.nom : p.prenom + " " + p.nom;
    return nom.empty() ? "Bonjour," : "Bonjour " + nom + ",";
}

courrier::Courriel au_deposant(const Signalement& s, const Envoi& e)
{
    courrier::Courriel c{
        .gabarit = std::string{gabarit_accuse},
        .destinataire = s.declarant.contact.email,
        .objet = "Votre signalement " + s.reference + " est bien reçu",
        .blocs = {},
        .territoire = s.territoire,
        .objet_type = "signalement",
        .objet_id = s.id.text,
        .raison = "Vous recevez ce message parce que vous avez envoyé un signalement de logement avec cette "
                  "adresse électronique."};
    c.blocs.push_back(Paragraphe{bonjour(s.declarant.contact)});
    if (s.danger_declare)
        c.blocs.push_back(Paragraphe{
            "Si quelqu’un est encore en danger, n’attendez pas de réponse : appelez le 112, ou le 114 "
            "par SMS."});
    c.blocs.push_back(Paragraphe{
        fmt::format("Nous avons bien reçu votre signalement, sous la référence {}.", s.reference)});
    c.blocs.push_back(Paragraphe{"Ce qui va se passer :"});
    c.blocs.push_back(Liste{{fmt::format("{} lit votre signalement, en général sous {} jours ;", e.lecteur,
                                         suivi_deposant::delai_tri_jours(s.danger)),
                             "les services compétents sont saisis, et peuvent vous appeler ou vous écrire ;",
                             "chaque étape apparaît sur votre page de suivi."}});
    c.blocs.push_back(Bouton{"Suivre mon signalement", e.lien_deposant});
    c.blocs.push_back(Paragraphe{
        "Ce lien vous est personnel : gardez ce message et ne le transférez pas. À l’ouverture, la page "
        "vous demandera votre nom et le code postal du logement."});
    return c;
}

courrier::Courriel a_l_occupant(const Signalement& s, const Envoi& e)
{
    courrier::Courriel c{
        .gabarit = "depot_occupant",
        .destinataire = s.occupant->contact.email,
        .objet = "Un signalement a été fait au sujet de votre logement",
        .blocs = {},
        .territoire = s.territoire,
        .objet_type = "signalement",
        .objet_id = s.id.text,
        .raison =
            "Vous recevez ce message parce que la personne qui a fait le signalement a indiqué que vous "
            "étiez d’accord pour que nous vous écrivions."};
    c.blocs.push_back(Paragraphe{bonjour(s.occupant->contact)});
    c.blocs.push_back(Paragraphe{
        fmt::format("Avec votre accord, l’état de votre logement a été signalé sous la référence {}. {} "
                    "va lire ce signalement et le confier aux services qui peuvent agir.",
                    s.reference, e.lecteur)});
    c.blocs.push_back(Bouton{"Voir où en est le signalement", e.lien_occupant});
    c.blocs.push_back(Paragraphe{
        "À l’ouverture, la page vous demandera votre nom et le code postal du logement. Vous pourrez y "
        "lire les étapes et écrire aux services. Ce lien est le vôtre : ne le transférez pas."});
    c.blocs.push_back(Paragraphe{"Si vous n’étiez pas au courant ou n’êtes pas d’accord, écrivez-le sur "
                                 "cette page : votre message sera "
                                 "joint au dossier et lu par le comité. La page « Données personnelles » du "
                                 "site dit à qui demander que "
                                 "ce qui vous concerne soit corrigé ou effacé."});
    return c;
}

} // namespace textes
} // namespace

courrier::Courriel lien_de_reprise(std::string_view email, std::string_view lien, std::string_view territoire)
{
    return {
        .gabarit = "depot_reprise",
        .destinataire = std::string{email},
        .objet = "Reprendre votre signalement",
        .blocs =
            {courrier::Paragraphe{"Bonjour,"},
             courrier::Paragraphe{
                 "Vous avez commencé à signaler un logement. Vos réponses sont enregistrées : ce lien vous "
                 "ramène là où vous vous étiez arrêté."},
             courrier::Bouton{"Continuer mon signalement", std::string{lien}},
             courrier::Paragraphe{
                 fmt::format("Ne transférez pas ce message : qui possède ce lien peut lire et changer vos "
                             "réponses. Sans changement pendant {} jours, tout est effacé.",
                             abandon_jours)}},
        .territoire = std::string{territoire},
        .objet_type = "",
        .objet_id = "",
        .raison = "Vous recevez ce message parce que cette adresse a été indiquée pour reprendre un "
                  "signalement. Si ce n’est "
                  "pas vous, ignorez-le."};
}

std::vector<courrier::Courriel> courriels_du_depot(const Signalement& s, const Envoi& e)
{
    std::vector<courrier::Courriel> out;
    if (!s.declarant.contact.email.empty()) out.push_back(textes::au_deposant(s, e));
    if (occupant_suit(s)) out.push_back(textes::a_l_occupant(s, e));
    return out;
}

} // namespace signalement::depot
