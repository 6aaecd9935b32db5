// Lays out what is printed.
#include "demande/papier.hpp"

#include "base/text.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/jalons.hpp"
#include "demande/portail/demandeur.hpp"
#include "demande/preavis.hpp"

namespace demande::imprimes {

namespace {
namespace guichet_imprime {

std::vector<std::string> en_tete(const Expediteur& e)
{
    std::vector<std::string> out{e.nom};
    // Who decides may receive nobody: one writes to the guichet that follows the demande.
    const auto& recoit = e.accueil ? e.accueil : e.accueil_du_suivi;
    if (!recoit) return out;
    if (!e.accueil) out.push_back("Votre guichet\u00a0: " + e.suivi_par);
    for (auto& ligne : accueil::lignes(*recoit)) out.push_back(std::move(ligne));
    if (!recoit->telephone.empty()) out.push_back("Tél. " + base::format_phone(recoit->telephone));
    return out;
}

/// Where to go with the letter.
void ou_se_rendre(document::Document& d, const Expediteur& e, const std::string& site)
{
    std::vector<std::string> ou;
    const auto ajouter = [&](const std::string& nom, const std::optional<accueil::Accueil>& recu) {
        if (!recu) return;
        ou.push_back(nom + ", " + base::join(accueil::lignes(*recu), ", "));
        if (!recu->horaires.empty()) ou.back() += ". " + base::join(base::split(recu->horaires, '\n'), ", ");
    };
    ajouter(e.nom, e.accueil);
    ajouter(e.suivi_par, e.accueil_du_suivi);
    if (ou.empty()) {
        d.blocks.push_back(
            document::Paragraph{"Les guichets et leurs adresses\u00a0: " + site + "/demander/guichets"});
        return;
    }
    ou.push_back("Les autres guichets et leurs adresses\u00a0: " + site + "/demander/guichets");
    d.blocks.push_back(document::Heading{2, "Où vous rendre"});
    d.blocks.push_back(document::List{std::move(ou)});
}

} // namespace guichet_imprime
} // namespace

document::Document attestation(const Attestation& a, const AttestationDe& de)
{
    document::Document d{.title = a.titre,
                         .sender = guichet_imprime::en_tete({de.guichet, de.accueil}),
                         .address = adresse_postale(de.reponses),
                         .place_and_date = "Le " + base::in_words(de.aujourd_hui),
                         .footer = "Numéro unique " + de.numero};
    for (const auto& p : a.parties) {
        if (p.item == 'c') {
            d.blocks.push_back(document::Callout{p.titre, de.numero});
            continue;
        }
        d.blocks.push_back(document::Heading{2, p.titre});
        if (p.item == 'a') { // a name and its address: lines of one block
            d.blocks.push_back(document::Paragraph{base::join(p.paragraphes, "\n")});
            continue;
        }
        for (const auto& texte : p.paragraphes) d.blocks.push_back(document::Paragraph{texte});
        if (!p.liste.empty()) d.blocks.push_back(document::List{p.liste});
        for (const auto& g : p.groupes) {
            d.blocks.push_back(document::Heading{3, g.titre});
            d.blocks.push_back(document::Definitions{g.lignes});
        }
    }
    return d;
}

document::Document preavis(const LettreDePreavis& l)
{
    const auto j = jalons(l.ancre);
    document::Document d{.title = "Votre demande de logement social est à renouveler",
                         .sender = guichet_imprime::en_tete(l.guichet),
                         .address = l.adresse,
                         .place_and_date = "Le " + base::in_words(l.jour),
                         .footer = "Numéro unique " + l.numero};
    d.blocks.push_back(
        document::Paragraph{l.adresse.empty() ? "Bonjour," : "Bonjour " + l.adresse.front() + ","});
    d.blocks.push_back(
        document::Callout{"Fin de validité, ce jour compris", base::in_words(j.fin_de_validite)});
    for (auto& phrase : phrases_du_preavis(l.numero, j, l.jour))
        d.blocks.push_back(document::Paragraph{std::move(phrase)});
    d.blocks.push_back(document::Heading{2, "Comment faire"});
    d.blocks.push_back(document::List{
        {"En ligne, en quelques minutes\u00a0: " + l.site + "/ma-demande",
         "Ou bien allez dans le guichet de votre choix, avec cette lettre et une pièce d’identité, ou "
         "envoyez-y le "
         "formulaire de demande rempli.",
         "Dites ce qui a changé\u00a0: adresse, famille, travail, ressources, communes demandées.",
         "Gardez l’attestation de renouvellement qui vous sera remise."}});
    guichet_imprime::ou_se_rendre(d, l.guichet, l.site);
    return d;
}

document::Document annonce(const LettreDAnnonce& l)
{
    const auto& a = l.annonce;
    document::Document d{.title = titre(a),
                         .sender = guichet_imprime::en_tete(l.guichet),
                         .address = l.adresse,
                         .place_and_date = "Le " + base::in_words(l.jour),
                         .footer = "Numéro unique " + l.numero};
    d.blocks.push_back(
        document::Paragraph{l.adresse.empty() ? "Bonjour," : "Bonjour " + l.adresse.front() + ","});
    if (a.dernier_jour)
        d.blocks.push_back(document::Callout{intitule_du_dernier_jour(a), base::in_words(*a.dernier_jour)});
    for (auto& phrase : phrases(a, l.numero, jalons(l.ancre)))
        d.blocks.push_back(document::Paragraph{std::move(phrase)});
    d.blocks.push_back(document::Heading{2, "Ce que vous pouvez faire"});
    d.blocks.push_back(document::List{que_faire(a, l.site)});
    auto voies = recours(a);
    // Those leave no room on the page: its head says where the guichet is.
    if (voies.empty())
        guichet_imprime::ou_se_rendre(d, l.guichet, l.site);
    else {
        d.blocks.push_back(document::Heading{2, "Si vous n’êtes pas d’accord"});
        d.blocks.push_back(document::List{std::move(voies)});
    }
    d.blocks.push_back(document::Paragraph{article(a) + "."});
    return d;
}

document::Document information(const LettreDInformation& l)
{
    document::Document d{.title = l.titre,
                         .sender = guichet_imprime::en_tete(l.guichet),
                         .address = l.adresse,
                         .place_and_date = "Le " + base::in_words(l.jour),
                         .footer = "Numéro unique " + l.numero};
    d.blocks.push_back(
        document::Paragraph{l.adresse.empty() ? "Bonjour," : "Bonjour " + l.adresse.front() + ","});
    for (const auto& phrase : l.phrases) d.blocks.push_back(document::Paragraph{phrase});
    d.blocks.push_back(document::Heading{2, "Comment faire"});
    d.blocks.push_back(document::List{{"Dans le guichet de votre choix, avec cette lettre.",
                                       "Ou bien en ligne\u00a0: " + l.site + "/ma-demande"}});
    guichet_imprime::ou_se_rendre(d, l.guichet, l.site);
    return d;
}

document::Document avertissement(const LettreDAvertissement& l)
{
    const auto& a = l.avertissement;
    auto en_tete = guichet_imprime::en_tete(l.guichet);
    en_tete.insert(en_tete.end(), {"Recommandé avec avis de réception", "ou remise contre signature"});
    document::Document d{.title = titre_de_l_avertissement(),
                         .sender = std::move(en_tete),
                         .address = l.adresse,
                         .place_and_date = "Le " + base::in_words(l.jour),
                         .footer = "Numéro unique " + l.numero};
    d.blocks.push_back(
        document::Paragraph{l.adresse.empty() ? "Bonjour," : "Bonjour " + l.adresse.front() + ","});
    d.blocks.push_back(document::Callout{
        "Délai pour répondre, à partir du jour où cette lettre vous est remise", delai_en_mots(a.motif)});
    for (auto& phrase : phrases(a, l.numero)) d.blocks.push_back(document::Paragraph{std::move(phrase)});
    d.blocks.push_back(document::Heading{2, "Comment répondre"});
    d.blocks.push_back(
        document::List{{"En ligne, si vous y suivez votre demande\u00a0: " + l.site + "/ma-demande",
                        "Ou par écrit, à l’organisme qui vous envoie cette lettre.",
                        "Ou dans un guichet, avec cette lettre et une pièce d’identité."}});
    guichet_imprime::ou_se_rendre(d, l.guichet, l.site);
    d.blocks.push_back(document::Paragraph{article(a) + "."});
    return d;
}

document::Document acces(const LettreDAcces& l)
{
    const bool code = l.numero.empty();
    document::Document d{.title = code ? "Votre code pour suivre votre demande en ligne"
                                       : "Le numéro de votre demande de logement social",
                         .sender = guichet_imprime::en_tete(l.guichet),
                         .address = l.adresse,
                         .place_and_date = "Le " + base::in_words(l.jour),
                         .footer = {}};
    d.blocks.push_back(
        document::Paragraph{l.adresse.empty() ? "Bonjour," : "Bonjour " + l.adresse.front() + ","});
    if (code) {
        d.blocks.push_back(document::Callout{"Votre code", portail::code_en_groupes(l.code)});
        d.blocks.push_back(
            document::Paragraph{"Quelqu’un qui connaît votre numéro unique, votre nom et votre date de "
                                "naissance a demandé à suivre "
                                "votre demande de logement social en ligne. Si c’est vous, tapez ce code "
                                "dans le mois, à l’adresse " +
                                l.site + "/ma-demande/rattacher/code, avec le compte qui l’a demandé."});
        d.blocks.push_back(document::Paragraph{
            "Ne le donnez à personne\u00a0: ni un agent ni un bailleur ne vous le demandera. Si vous n’avez "
            "rien "
            "demandé, détruisez cette lettre\u00a0: sans ce code, personne n’ouvre votre demande."});
    } else {
        d.blocks.push_back(document::Callout{"Votre numéro unique", l.numero});
        d.blocks.push_back(document::Paragraph{
            "Vous avez demandé à le retrouver. Il ne suffit pas à ouvrir votre demande. Pour la suivre en "
            "ligne\u00a0: " +
            l.site + "/ma-demande"});
    }
    return d;
}

} // namespace demande::imprimes
