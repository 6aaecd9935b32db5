// The rules of the follow-up: what an entry must say, who may add one, what the depositor sees. Pure.
#include <algorithm>

#include "base/text.hpp"
#include "signalement/regles.hpp"

namespace signalement {

std::optional<Problem> refus_du_texte(std::string_view texte, std::size_t minimum, std::string trop_court)
{
    if (base::length(texte) < minimum) return Problem::invalid("texte", std::move(trop_court));
    if (base::length(texte) > longueur_max_suivi)
        return Problem::invalid("texte", "Ce texte est trop long : 10 000 caractères au plus.");
    return std::nullopt;
}

Result<SuiviLu, FormErrors> lire_suivi(const SaisieSuivi& saisie, Date aujourd_hui)
{
    FormErrors errors;
    const auto type = base::from_slug(types_suivi, saisie.type);
    const auto* regle =
        std::ranges::find_if(regles_suivi, [&](const RegleSuivi& r) { return type && r.type == *type; });
    if (regle == std::end(regles_suivi)) {
        errors.push_back({"type", "Choisissez ce que vous ajoutez."});
        return errors;
    }
    Date date = aujourd_hui;
    if (!saisie.date.empty()) {
        if (const auto lue = base::parse_typed_date(saisie.date))
            date = *lue;
        else
            errors.push_back(
                {"date", "Écrivez la date sous la forme jour/mois/année, par exemple 21/11/2026."});
    } else if (regle->moment == Moment::Futur) {
        errors.push_back({"date", "Indiquez la date prévue de la visite."});
    }
    const auto ecart = base::days_between(aujourd_hui, date);
    if (regle->moment == Moment::Futur && ecart < 0)
        errors.push_back(
            {"date", "Cette date est passée. Pour une visite qui a eu lieu, choisissez « Visite faite »."});
    if (regle->moment == Moment::Passe && ecart > 0)
        errors.push_back({"date", "Cette date n’est pas encore arrivée."});
    else if (ecart > 3 * 366)
        errors.push_back({"date", "Cette date est trop lointaine."});
    if (ecart < -100 * 366) errors.push_back({"date", "Cette date est trop ancienne."});
    if (regle->texte_exige && base::length(saisie.texte) < 3)
        errors.push_back(
            {"texte", "Écrivez le texte : vos partenaires doivent pouvoir comprendre ce qui a été fait."});
    if (base::length(saisie.texte) > longueur_max_suivi)
        errors.push_back({"texte", "Ce texte est trop long : 10 000 caractères au plus."});
    if (regle->piece_exigee && saisie.pieces == 0) errors.push_back({"fichiers", "Joignez le document."});
    if (base::length(saisie.reference_acte) > 100)
        errors.push_back({"reference_acte", "Ce numéro est trop long : 100 caractères au plus."});
    if (!errors.empty()) return errors;
    return SuiviLu{*type, date, saisie.texte, regle->reference_utile ? saisie.reference_acte : std::string{},
                   saisie.visible_deposant};
}

Result<NouveauSuivi> agir(const Dossier& d, const compte::Agent& par, const SuiviLu& lu, Instant le)
{
    if (!peut(par, Action::Agir, d))
        return Problem::forbidden("Acceptez d’abord la prise en charge pour agir sur ce dossier.");
    if (lu.visible_deposant && !peut(par, Action::RendreVisible, d))
        return Problem::forbidden(
            "Seuls le secrétariat et les services qui ont pris ce dossier en charge "
            "montrent une action aux personnes qui suivent le signalement : décochez la "
            "case.");
    return NouveauSuivi{d.id,   lu.type, lu.date_acte,        lu.texte, lu.reference_acte,
                        par.id, par.nom, lu.visible_deposant, le};
}

Result<NouveauSuivi> repondre_deposant(const Dossier& d, Usager usager, const std::string& nom,
                                       std::string texte, std::size_t pieces, Date aujourd_hui, Instant le)
{
    if (base::length(texte) < 3 && pieces == 0)
        return Problem::invalid("texte", "Écrivez votre message ou joignez un document.");
    if (base::length(texte) > longueur_max_suivi)
        return Problem::invalid("texte", "Ce message est trop long : 10 000 caractères au plus.");
    return NouveauSuivi{
        d.id, TypeSuivi::ReponseDeposant, aujourd_hui, std::move(texte), {}, {}, nom, true, le, usager};
}

Result<Visibilite> changer_visibilite(const Dossier& d, const compte::Agent& par, const Suivi& s,
                                      bool visible)
{
    if (!peut(par, Action::RendreVisible, d)) return Problem::forbidden();
    if (s.type == TypeSuivi::ReponseDeposant || s.type == TypeSuivi::Decision)
        return Problem::conflict("Ce qu’une personne a écrit par son lien, ou une décision sur son "
                                 "signalement, lui reste toujours "
                                 "visible.");
    return Visibilite{s.id, s.version, visible, visible && !s.montre_le};
}

} // namespace signalement
