// Who may deposit where, and whom the others should call. Pure: no database, no clock.
#include "territoire/territoire.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace territoire {

Contact Ressort::contact() const
{
    if (comite && !comite->contact.empty()) return comite->contact;
    return territoire ? territoire->contact : Contact{};
}

std::string en_phrase(const Contact& c)
{
    // The national line of the ANIL for unfit housing: the answer wherever nobody has set a contact.
    if (c.empty())
        return "Appelez Info Logement indigne au 0 806 706 806 (prix d’un appel local) : un conseiller vous "
               "dira "
               "à qui vous adresser.";
    const bool alone = c.texte.empty(); // then the sentence begins with the verb
    std::string how;
    if (!c.telephone.empty()) {
        how = (alone ? "Appelez le " : "appelez le ") + base::format_phone(c.telephone);
        if (!c.horaires.empty()) how += fmt::format(" ({})", c.horaires);
        if (!c.email.empty()) how += " ou écrivez à " + c.email;
    } else if (!c.email.empty()) {
        how = (alone ? "Écrivez à " : "écrivez à ") + c.email;
    }
    if (how.empty()) return fmt::format("Adressez-vous à : {}.", c.texte);
    return alone ? how + "." : fmt::format("{} : {}.", c.texte, how);
}

Result<base::Ok> autoriser_depot(Phase phase, const std::string& nom, const Contact& contact, Public qui)
{
    switch (phase) {
    case Phase::Tous:
        return base::Ok{};
    case Phase::Professionnels:
        if (qui == Public::Professionnel) return base::Ok{};
        return Problem::forbidden(fmt::format(
            "Dans ce département ({}), les signalements en ligne sont pour l’instant réservés aux "
            "professionnels : mairies, travailleurs sociaux, associations. {}",
            nom, en_phrase(contact)));
    case Phase::Fermee:
        break;
    }
    return Problem::forbidden(
        fmt::format("Le service n’est pas ouvert dans ce département ({}). {}", nom, en_phrase(contact)));
}

Result<base::Ok> autoriser_depot(const Ressort& r, Public qui)
{
    return autoriser_depot(r.phase(), r.departement.nom, r.contact(), qui);
}

} // namespace territoire
