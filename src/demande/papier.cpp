// Lays out what is printed.
#include "demande/papier.hpp"

#include "base/text.hpp"
#include "demande/adresse_postale.hpp"

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

} // namespace demande::imprimes
