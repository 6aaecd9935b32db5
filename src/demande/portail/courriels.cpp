// Writes the messages of the applicant's side.
#include "demande/portail/courriels.hpp"

#include "demande/portail/demandeur.hpp"

namespace demande::portail::courriels {

namespace {

courrier::Courriel sur_la_demande(const Sujet& s, std::string gabarit, std::string objet,
                                  std::initializer_list<std::string> paragraphes)
{
    courrier::Courriel c{.gabarit = std::move(gabarit),
                         .destinataire = s.courriel,
                         .objet = std::move(objet),
                         .blocs = {courrier::Paragraphe{"Bonjour,"}},
                         .territoire = s.territoire,
                         .objet_type = "demande",
                         .objet_id = s.demande,
                         .raison =
                             "Vous recevez ce message parce que vous avez déposé une demande de logement "
                             "social avec cette adresse."};
    for (const auto& p : paragraphes) c.blocs.emplace_back(courrier::Paragraphe{p});
    c.blocs.emplace_back(courrier::Bouton{"Ouvrir ma demande", s.lien});
    return c;
}

std::string phrase_de_la_fin(Date gardee_jusqu_au)
{
    return "Elle est gardée jusqu’au " + base::in_words(gardee_jusqu_au) +
           ". Ensuite elle est effacée, et la date de votre premier dépôt est perdue.";
}

} // namespace

courrier::Courriel accuse(const Sujet& s, Date deposee_le)
{
    return sur_la_demande(
        s, "accuse_demande", "Votre demande de logement social est déposée",
        {"Votre demande de logement social est déposée. Votre ancienneté compte à partir du " +
             base::in_words(deposee_le) + ".",
         "Un guichet vérifie maintenant votre pièce d’identité. Ensuite vous recevrez votre numéro unique et "
         "votre attestation, un mois au plus après le dépôt. Ce message n’est pas l’attestation."});
}

courrier::Courriel a_corriger(const Sujet& s, MotifInvalidation motif, std::int64_t version,
                              Date gardee_jusqu_au)
{
    auto c =
        sur_la_demande(s, "demande_a_corriger", "Votre demande de logement social est à corriger",
                       {"Un guichet a regardé votre demande. Il reste une chose à corriger\u00a0:",
                        std::string{base::label_of(motifs_invalidation, motif)} + ".",
                        "Corrigez, puis déposez de nouveau. La date de votre premier dépôt est gardée, si la "
                        "demande reste celle de la même personne.",
                        phrase_de_la_fin(gardee_jusqu_au)});
    c.cle = "demande_a_corriger/" + s.demande + "/" + std::to_string(version);
    return c;
}

courrier::Courriel bientot_effacee(const Sujet& s, Date gardee_jusqu_au)
{
    auto c =
        sur_la_demande(s, "demande_bientot_effacee", "Votre demande de logement social va être effacée",
                       {"Un guichet vous a renvoyé votre demande à corriger, et elle ne l’est pas encore.",
                        phrase_de_la_fin(gardee_jusqu_au),
                        "Corrigez-la et déposez-la de nouveau avant ce jour. Un guichet peut vous aider."});
    c.cle = "demande_bientot_effacee/" + s.demande + "/" + base::to_iso(gardee_jusqu_au);
    return c;
}

courrier::Courriel enregistree(const Sujet& s)
{
    return sur_la_demande(
        s, "demande_verifiee", "Votre demande de logement social est enregistrée",
        {"Votre demande est vérifiée et enregistrée. Son numéro unique et son attestation vous "
         "attendent sur votre page."});
}

courrier::Courriel code(std::string courriel, std::string_view code)
{
    return {
        .gabarit = std::string{gabarit_code},
        .destinataire = std::move(courriel),
        .objet = "Votre code pour la demande de logement social",
        .blocs = {courrier::Paragraphe{"Bonjour,"},
                  courrier::Paragraphe{"Votre code\u00a0: " + code_en_groupes(code)},
                  courrier::Paragraphe{
                      "Tapez-le sur la page qui l’a demandé, avant un quart d’heure. Il ne sert qu’une "
                      "fois."},
                  courrier::Paragraphe{
                      "Ne le donnez à personne\u00a0: ni un agent ni un bailleur ne vous le demandera. "
                      "Si vous n’avez rien demandé, ne faites rien\u00a0: sans ce code, personne n’entre."}},
        .territoire = {},
        .objet_type = "demandeur",
        .objet_id = {},
        .raison = "Vous recevez ce message parce que quelqu’un a donné cette adresse pour demander un "
                  "logement social ou suivre sa demande."};
}

courrier::Courriel compte_change(std::string ancienne)
{
    return {.gabarit = "compte_change",
            .destinataire = std::move(ancienne),
            .objet = "L’adresse de votre compte a changé",
            .blocs = {courrier::Paragraphe{"Bonjour,"},
                      courrier::Paragraphe{
                          "On n’entre plus avec cette adresse dans le compte qui suit votre demande "
                          "de logement social\u00a0: une autre l’a remplacée, après un code reçu à "
                          "cette autre adresse."},
                      courrier::Paragraphe{"Si ce n’est pas vous, allez vite dans un guichet avec une pièce "
                                           "d’identité\u00a0: il fermera cet accès."}},
            .territoire = {},
            .objet_type = "demandeur",
            .objet_id = {},
            .raison =
                "Vous recevez ce message parce que cette adresse ouvrait un compte de demandeur de logement "
                "social."};
}

} // namespace demande::portail::courriels
