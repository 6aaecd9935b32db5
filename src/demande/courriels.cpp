// Writes the messages about a demande.
#include "demande/courriels.hpp"

namespace demande::courriels {

namespace {

courrier::Courriel message(const Sujet& s, std::string_view gabarit, std::string objet)
{
    return {.gabarit = std::string{gabarit},
            .destinataire = s.email,
            .objet = std::move(objet),
            .blocs = {courrier::Paragraphe{"Bonjour " + s.nom + ","}},
            .territoire = s.territoire,
            .objet_type = "demande",
            .objet_id = s.id,
            .raison =
                "Vous recevez ce message parce que vous avez une demande de logement social et que vous "
                "avez accepté d’être informé par courriel."};
}

} // namespace

courrier::Courriel attestation(const Sujet& s, Date ancre, std::string pdf)
{
    auto c = message(s, gabarit_attestation, "Votre demande de logement social est enregistrée");
    c.blocs.push_back(courrier::Paragraphe{s.guichet +
                                           " a enregistré votre demande de logement social, sous "
                                           "le numéro unique " +
                                           s.numero + "."});
    c.blocs.push_back(courrier::Paragraphe{
        "L’attestation est jointe à ce message. Gardez-la\u00a0: elle dit jusqu’à quand la demande est "
        "valable, "
        "quelles pièces réunir et ce que vous avez déclaré. Une erreur ou un changement\u00a0? Signalez-le à "
        "n’importe quel guichet."});
    c.joint = courrier::Joint{"attestation.pdf", "application/pdf", std::move(pdf)};
    // Once for each year of validity.
    c.cle = std::string{gabarit_attestation} + "/" + s.id + "/" + base::to_iso(ancre);
    return c;
}

} // namespace demande::courriels
