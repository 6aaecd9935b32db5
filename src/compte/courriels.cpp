// The texts of the e-mails about accounts.
#include "compte/courriels.hpp"

namespace compte {
namespace {

courrier::Courriel debut(std::string gabarit, const DestinataireCourriel& a, std::string objet,
                         std::string raison)
{
    courrier::Courriel c;
    c.gabarit = std::move(gabarit);
    c.destinataire = a.email;
    c.objet = std::move(objet);
    c.territoire = a.territoire;
    c.objet_type = "compte";
    c.objet_id = a.compte;
    c.raison = std::move(raison);
    c.blocs.emplace_back(
        courrier::Paragraphe{a.nom_complet.empty() ? "Bonjour," : "Bonjour " + a.nom_complet + ","});
    return c;
}

void paragraphe(courrier::Courriel& c, std::string texte)
{
    c.blocs.emplace_back(courrier::Paragraphe{std::move(texte)});
}
void bouton(courrier::Courriel& c, std::string libelle, std::string url)
{
    c.blocs.emplace_back(courrier::Bouton{std::move(libelle), std::move(url)});
}

} // namespace

std::string role_en_mots(Role role, const std::string& lieu)
{
    std::string texte{base::label_of(roles, role)};
    return lieu.empty() ? texte : texte + ", " + lieu;
}

courrier::Courriel courriel_invitation(const DestinataireCourriel& a, const std::string& role,
                                       const std::string& par, const std::string& lien, Instant expire_le)
{
    auto c = debut("invitation", a, "Activez votre accès",
                   "Vous recevez ce message parce qu’un accès professionnel a été créé à votre adresse.");
    paragraphe(c, (par.empty() ? std::string{"Un accès professionnel vous a été ouvert."}
                               : par + " vous a ouvert un accès professionnel.") +
                      " Il sert à traiter les signalements de logements dégradés.");
    if (!role.empty()) paragraphe(c, "Votre rôle\u00a0: " + role + ".");
    paragraphe(c, "Pour commencer, choisissez votre mot de passe\u00a0:");
    bouton(c, "Activer mon accès", lien);
    paragraphe(c, "Ce lien ne sert qu’une fois et reste valable jusqu’au " +
                      base::in_words(base::local_date(expire_le, a.fuseau)) +
                      ". Passé ce jour, il permet d’en demander un autre.");
    return c;
}

courrier::Courriel courriel_nouveau_role(const DestinataireCourriel& a, const std::string& role,
                                         const std::string& par, const std::string& lien_connexion)
{
    auto c = debut("nouveau_role", a, "Vous avez un nouveau rôle",
                   "Vous recevez ce message parce que vous avez un accès professionnel à cette adresse.");
    paragraphe(c, par.empty() ? "Un rôle a été ajouté à votre accès."
                              : par + " a ajouté un rôle à votre accès.");
    paragraphe(c, "Ce rôle\u00a0: " + role + ". Votre mot de passe ne change pas.");
    bouton(c, "Me connecter", lien_connexion);
    return c;
}

courrier::Courriel courriel_role_confirme(const DestinataireCourriel& a, const std::string& role,
                                          const std::string& lien_connexion)
{
    auto c = debut("role_confirme", a, "Votre rattachement est confirmé",
                   "Vous recevez ce message parce que vous avez un accès professionnel à cette adresse.");
    paragraphe(
        c,
        "Votre rôle a été confirmé\u00a0: " + role +
            ". Vous voyez maintenant les signalements confiés à votre organisme, et vous pouvez y répondre.");
    bouton(c, "Me connecter", lien_connexion);
    return c;
}

courrier::Courriel courriel_role_refuse(const DestinataireCourriel& a, const std::string& role)
{
    auto c = debut("role_refuse", a, "Votre rattachement n’a pas été confirmé",
                   "Vous recevez ce message parce qu’un signalement a été déposé avec cette adresse, au nom "
                   "d’une commune.");
    paragraphe(c, "Ce rôle n’a pas été confirmé\u00a0: " + role +
                      ". Il ne donne plus accès au dossier dans l’espace des agents.");
    paragraphe(c,
               "Le signalement, lui, suit son cours\u00a0: le lien de suivi que vous avez reçu lors du dépôt "
               "fonctionne toujours.");
    return c;
}

courrier::Courriel courriel_mot_de_passe_oublie(const DestinataireCourriel& a, const std::string& lien)
{
    auto c = debut(
        "mot_de_passe_oublie", a, "Choisissez un nouveau mot de passe",
        "Vous recevez ce message parce que quelqu’un a demandé un nouveau mot de passe pour cette adresse.");
    paragraphe(c, "Vous avez demandé à changer votre mot de passe. Ce lien est valable une heure et ne sert "
                  "qu’une fois\u00a0:");
    bouton(c, "Choisir un nouveau mot de passe", lien);
    paragraphe(c,
               "Si vous n’avez rien demandé, ne faites rien\u00a0: votre mot de passe actuel reste valable.");
    return c;
}

courrier::Courriel courriel_mot_de_passe_change(const DestinataireCourriel& a, Instant le,
                                                const std::string& lien_oubli)
{
    auto c = debut("mot_de_passe_change", a, "Votre mot de passe a changé",
                   "Vous recevez ce message pour la sécurité de votre accès.");
    paragraphe(c, "Votre mot de passe a été changé le " + base::in_words(le, a.fuseau) +
                      ". Vos autres appareils ont été déconnectés.");
    paragraphe(c, "Si ce n’est pas vous, reprenez tout de suite la main sur votre accès\u00a0:");
    bouton(c, "Choisir un nouveau mot de passe", lien_oubli);
    return c;
}

} // namespace compte
