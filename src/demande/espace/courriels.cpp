// Writes the messages about who may open a demande online.
#include "demande/espace/courriels.hpp"

#include "base/expect.hpp"
#include "demande/portail/demandeur.hpp"

namespace demande::espace::courriels {

namespace {

constexpr std::string_view raison_d_un_aidant =
    "Vous recevez ce message parce que quelqu’un a donné votre adresse professionnelle pour l’aider dans sa "
    "demande de logement social.";

courrier::Courriel sur_l_acces(const Sujet& s, std::string vers, std::string_view gabarit, std::string objet,
                               std::vector<std::string> phrases)
{
    courrier::Courriel c{.gabarit = std::string{gabarit},
                         .destinataire = std::move(vers),
                         .objet = std::move(objet),
                         .blocs = {courrier::Paragraphe{"Bonjour,"}},
                         .territoire = s.territoire,
                         .objet_type = "demande",
                         .objet_id = s.demande,
                         .raison =
                             "Vous recevez ce message parce que cette adresse est celle d’une demande de "
                             "logement social, ou d’un compte qui en suit une."};
    for (auto& p : phrases) c.blocs.push_back(courrier::Paragraphe{std::move(p)});
    return c;
}

/// Of which service acted; empty, when naming it would tell where somebody went.
std::string le_guichet(std::string_view nom)
{
    return nom.empty() ? "Un guichet" : "Le guichet «\u00a0" + std::string{nom} + "\u00a0»";
}

} // namespace

courrier::Courriel cle(const Sujet& s, std::string vers, std::string_view code)
{
    return sur_l_acces(
        s, std::move(vers), "cle_de_demande", "Votre code pour retrouver votre demande",
        {"Quelqu’un qui connaît votre numéro unique, votre nom et votre date de naissance veut "
         "suivre votre demande en ligne. Si c’est vous, tapez ce code sur la page qui l’attend, "
         "dans l’heure\u00a0: " +
             portail::code_en_groupes(code),
         "Si ce n’est pas vous, ne faites rien et ne donnez ce code à personne\u00a0: sans lui, "
         "personne n’ouvre votre demande."});
}

courrier::Courriel rattachee(const Sujet& s, std::string vers)
{
    return sur_l_acces(
        s, std::move(vers), "demande_rattachee", "Votre demande est suivie en ligne",
        {"Votre demande de logement social vient d’être ajoutée à un compte en ligne, après "
         "vérification de votre identité et d’un code.",
         "Si ce n’est pas vous, allez vite dans un guichet avec une pièce d’identité\u00a0: il "
         "fermera cet accès."});
}

courrier::Courriel codemandeur_rattache(const Sujet& s, std::string vers)
{
    return sur_l_acces(s, std::move(vers), "codemandeur_rattache", "Une autre personne suit votre demande",
                       {"Une personne qui signe avec vous votre demande de logement social la suit "
                        "maintenant en ligne, depuis "
                        "son propre compte. Elle y lit et y change les mêmes choses que vous.",
                        "Si cela vous met en danger, ou si ce n’est pas elle, allez vite dans un guichet."});
}

courrier::Courriel codemandeur_parti(const Sujet& s, std::string vers)
{
    return sur_l_acces(
        s, std::move(vers), "codemandeur_parti", "Une personne ne signe plus votre demande",
        {"Une personne qui signait avec vous votre demande de logement social vient de s’en retirer. "
         "Votre demande continue, avec son numéro et son ancienneté.",
         "Relisez-la\u00a0: les ressources, le nombre de personnes à loger et votre situation de "
         "famille ont peut-être changé."});
}

courrier::Courriel tentative(const Sujet& s, std::string vers)
{
    return sur_l_acces(
        s, std::move(vers), "demande_reclamee", "Quelqu’un a voulu suivre votre demande",
        {"Quelqu’un qui connaît votre numéro unique, votre nom et votre date de naissance a voulu "
         "ajouter votre demande à un autre compte. Rien n’a changé\u00a0: votre demande reste dans "
         "le vôtre.",
         "Si c’était vous, avec une autre adresse\u00a0: connectez-vous avec celle-ci, ou allez "
         "dans un guichet avec une pièce d’identité."});
}

courrier::Courriel numero(const Sujet& s, std::string vers, std::string_view numero)
{
    return sur_l_acces(s, std::move(vers), "numero_perdu", "Le numéro de votre demande",
                       {"Vous avez demandé à retrouver le numéro de votre demande de logement social. Votre "
                        "numéro unique\u00a0: " +
                            std::string{numero},
                        "Si vous n’avez rien demandé, ne faites rien\u00a0: ce numéro seul n’ouvre pas votre "
                        "demande."});
}

courrier::Courriel code_d_adresse(const Sujet& s, std::string vers, std::string_view code)
{
    return sur_l_acces(
        s, std::move(vers), "code_d_adresse", "Votre code pour confirmer cette adresse",
        {"Vous voulez recevoir ici les messages d’une demande de logement social. Tapez ce code sur la page "
         "qui l’attend, dans l’heure\u00a0: " +
             portail::code_en_groupes(code),
         "Si vous n’avez rien demandé, ne faites rien\u00a0: sans ce code, aucun message de cette demande ne "
         "viendra ici."});
}

courrier::Courriel adresse_changee(const Sujet& s, std::string vers)
{
    return sur_l_acces(s, std::move(vers), "adresse_changee", "L’adresse de votre demande a changé",
                       {"L’adresse électronique de votre demande de logement social vient d’être changée en "
                        "ligne. Les prochains messages partiront vers la nouvelle.",
                        "Si ce n’est pas vous, allez vite dans un guichet avec une pièce d’identité."});
}

courrier::Courriel ouverte_au_guichet(const Sujet& s, std::string vers, std::string_view guichet)
{
    return sur_l_acces(
        s, std::move(vers), "demande_ouverte_au_guichet", "Votre demande est suivie en ligne",
        {le_guichet(guichet) +
             " a ouvert une demande de logement social à cette adresse électronique, après avoir vu "
             "une pièce d’identité. Pour la suivre, connectez-vous avec cette adresse.",
         "Si vous n’avez rien demandé, dites-le à " + std::string{guichet.empty() ? "un" : "ce"} +
             " guichet\u00a0: il fermera cet accès."});
}

courrier::Courriel ouverte_a_une_autre(const Sujet& s, std::string vers, std::string_view guichet)
{
    return sur_l_acces(
        s, std::move(vers), "demande_ouverte_a_une_autre",
        "Votre demande est suivie depuis une autre adresse",
        {le_guichet(guichet) + " vient d’ouvrir votre demande de logement social à une autre adresse "
                               "électronique que celle-ci, après avoir vu une pièce d’identité.",
         "Si ce n’est ni vous, ni une personne qui signe avec vous, allez vite dans un guichet "
         "avec une pièce d’identité\u00a0: il fermera cet accès."});
}

courrier::Courriel renoncee(const Sujet& s, std::string vers, std::optional<Date> fin)
{
    return sur_l_acces(
        s, std::move(vers), "demande_renoncee", "Votre demande est arrêtée",
        {"Votre demande de logement social vient d’être arrêtée en ligne\u00a0: quelqu’un y a renoncé depuis "
         "le "
         "compte qui la suit. Plus aucun logement ne sera proposé, et son ancienneté est perdue.",
         fin ? "Un guichet peut la reprendre jusqu’au " + base::in_words(*fin) +
                   " inclus, avec une pièce d’identité."
             : std::string{"La loi ne permet pas de la reprendre\u00a0: pour demander encore un logement, il "
                           "faut déposer une nouvelle demande."},
         "Si ce n’est pas vous, allez vite dans un guichet avec une pièce d’identité et ce message."});
}

courrier::Courriel detachee(const Sujet& s, std::string vers, std::string_view guichet)
{
    return sur_l_acces(
        s, std::move(vers), "demande_detachee", "L’accès en ligne à votre demande est fermé",
        {le_guichet(guichet) + " a fermé l’accès en ligne à votre demande de logement social, après avoir vu "
                               "une pièce d’identité. La demande elle-même continue.",
         guichet.empty()
             ? std::string{"Pour la suivre de nouveau, allez dans un guichet avec une pièce "
                           "d’identité\u00a0: un guichet vous rouvrira l’accès."}
             : "Vous pouvez la retrouver avec son numéro, votre nom et votre date de naissance. Si "
               "vous n’avez rien demandé, parlez-en à ce guichet."});
}

courrier::Courriel mandat_propose(const Sujet& s, std::string vers, const std::string& lien)
{
    auto c = sur_l_acces(
        s, std::move(vers), "mandat_propose", "Un demandeur de logement social vous donne mandat",
        {"Quelqu’un vous demande de l’aider dans sa demande de logement social, et vous donne mandat pour "
         "cela.",
         "Connectez-vous avec cette adresse pour voir ce que ce mandat permet, puis l’accepter ou le "
         "refuser. "
         "Vous n’avez pas encore d’accès\u00a0? Demandez-le à l’administrateur de votre organisme."});
    c.blocs.emplace_back(courrier::Bouton{"Voir le mandat", lien});
    c.raison = std::string{raison_d_un_aidant};
    return c;
}

courrier::Courriel mandat_retire(const Sujet& s, std::string vers)
{
    auto c =
        sur_l_acces(s, std::move(vers), "mandat_retire", "Un mandat vous est retiré",
                    {"Un mandat qui vous avait été donné pour une demande de logement social est retiré. "
                     "Vous n’avez plus accès à cette demande."});
    c.raison = std::string{raison_d_un_aidant};
    return c;
}

courrier::Courriel mandat_au_demandeur(const Sujet& s, std::string vers, NouvelleDeMandat nouvelle,
                                       const std::string& qui)
{
    const auto dire = [&](const char* objet, const std::string& phrase) {
        return sur_l_acces(s, std::move(vers), "mandat_d_aide", objet,
                           {phrase,
                            "Vous retirez un mandat quand vous voulez, dans votre compte, à la page "
                            "«\u00a0Me faire aider\u00a0», ou à un guichet. Tout ce qui est lu ou fait "
                            "par mandat est dans l’historique de votre demande."});
    };
    switch (nouvelle) {
    case NouvelleDeMandat::Donne:
        return dire("Un mandat est donné sur votre demande",
                    "Un mandat vient d’être donné à " + qui +
                        " pour vous aider dans votre demande de logement social. Cette personne ne voit rien "
                        "tant qu’elle ne l’a pas accepté.");
    case NouvelleDeMandat::Accepte:
        return dire("Votre mandat est accepté",
                    qui + " accepte de vous aider dans votre demande de logement social.");
    case NouvelleDeMandat::Refuse:
        return dire("Votre mandat est refusé", qui + " n’accepte pas le mandat que vous lui avez donné.");
    case NouvelleDeMandat::Rendu:
        return dire("Un mandat a pris fin", qui + " rend le mandat que vous lui aviez donné\u00a0: cette "
                                                  "personne ne voit plus votre demande.");
    case NouvelleDeMandat::Retire:
        return dire("Un mandat a pris fin", "Un guichet a retiré le mandat donné à " + qui +
                                                "\u00a0: cette personne ne voit plus votre demande.");
    }
    throw base::Bug{"a mandate without news"};
}

} // namespace demande::espace::courriels
