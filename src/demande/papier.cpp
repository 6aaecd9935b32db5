// Lays out what is printed.
#include "demande/papier.hpp"

#include "base/text.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/jalons.hpp"
#include "demande/preavis.hpp"

namespace demande::imprimes {

document::Document attestation(const Attestation& a, const AttestationDe& de)
{
    document::Document d{.title = a.titre,
                         .sender = {de.guichet},
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
                         .sender = {l.guichet},
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
        {"Allez dans le guichet de votre choix, avec cette lettre et une pièce d’identité, ou envoyez-y le "
         "formulaire de demande rempli.",
         "Dites ce qui a changé\u00a0: adresse, famille, travail, ressources, communes demandées.",
         "Gardez l’attestation de renouvellement qui vous sera remise."}});
    return d;
}

} // namespace demande::imprimes
