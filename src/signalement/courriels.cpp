// The words of the messages about a signalement.
#include "signalement/courriels.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "territoire/territoire.hpp"

namespace signalement::courriels {

namespace {

using courrier::Bloc;
using courrier::Bouton;
using courrier::Courriel;
using courrier::Paragraphe;

std::string bonjour(const Destinataire& d)
{
    return d.nom.empty() ? "Bonjour," : fmt::format("Bonjour {},", d.nom);
}

Courriel message(std::string gabarit, const Sujet& s, const Destinataire& d, std::string objet,
                 std::vector<Bloc> blocs, std::string raison)
{
    blocs.insert(blocs.begin(), Paragraphe{bonjour(d)});
    return {.gabarit = std::move(gabarit),
            .destinataire = d.email,
            .objet = std::move(objet),
            .blocs = std::move(blocs),
            .territoire = s.territoire,
            .objet_type = "signalement",
            .objet_id = s.id,
            .raison = std::move(raison)};
}

Courriel aux_agents(std::string gabarit, const Sujet& s, const Destinataire& d, std::string objet,
                    std::vector<Bloc> blocs)
{
    blocs.emplace_back(Bouton{"Ouvrir le dossier", s.base_url + "/signalements/" + s.id});
    return message(std::move(gabarit), s, d, std::move(objet), std::move(blocs),
                   "Vous recevez ce message parce que ce signalement concerne votre service.");
}

Courriel aux_usagers(std::string gabarit, const Sujet& s, const Destinataire& d, std::string objet,
                     std::vector<Bloc> blocs)
{
    blocs.emplace_back(Bouton{"Suivre le signalement", d.lien_suivi});
    blocs.emplace_back(Paragraphe{"Ce lien est personnel : ne le transmettez pas."});
    return message(std::move(gabarit), s, d, std::move(objet), std::move(blocs),
                   "Vous recevez ce message parce que vous avez déposé ce signalement, ou parce qu’il "
                   "concerne votre logement.");
}

/// A person's text, cut into paragraphs.
void ajouter_texte(std::vector<Bloc>& blocs, const std::string& texte)
{
    for (const auto& line : base::split(texte, '\n'))
        if (!base::trim(line).empty()) blocs.emplace_back(Paragraphe{std::string{base::trim(line)}});
}

std::string le_signalement(const Sujet& s)
{
    return fmt::format("le signalement {} ({} {})", s.reference, s.code_postal, s.commune);
}

std::string du_signalement(const Sujet& s)
{
    return fmt::format("du signalement {} ({} {})", s.reference, s.code_postal, s.commune);
}

} // namespace

Courriel nouveau_signalement(const Sujet& s, const Destinataire& d, bool danger)
{
    return aux_agents(
        "nouveau_signalement", s, d,
        fmt::format("{}Nouveau signalement {} {} ({})", danger ? "DANGER – " : "", s.reference,
                    territoire::a_la_commune(s.commune), s.code_postal),
        {Paragraphe{
             fmt::format("Un signalement vient d’arriver pour un logement {} ({}). Il attend d’être trié.",
                         territoire::de_la_commune(s.commune), s.code_postal)},
         Paragraphe{danger ? "Le déposant décrit un danger : ouvrez-le sans attendre."
                           : "Vous pouvez le valider, le confier à des partenaires ou le refuser."}});
}

Courriel acces_commune(const Sujet& s, const std::string& email, compte::SuiteDepot suite,
                       const std::string& lien)
{
    using compte::SuiteDepot;
    std::vector<Bloc> blocs = {
        Paragraphe{fmt::format("Vous avez déposé {} au nom de cette commune.", le_signalement(s))}};
    constexpr const char* limite =
        "Votre accès se limite à ce signalement tant que le secrétariat du comité n’a pas confirmé que vous "
        "travaillez pour cette commune.";
    switch (suite) {
    case SuiteDepot::Rien:
        throw base::Bug{"a message about an access that was not opened"};
    case SuiteDepot::Activer:
        blocs.emplace_back(
            Paragraphe{"Nous vous ouvrons un accès pour suivre ce dossier avec les autres partenaires, y "
                       "ajouter vos visites, vos courriers et vos arrêtés."});
        blocs.emplace_back(Bouton{"Choisir mon mot de passe", lien});
        blocs.emplace_back(Paragraphe{"Ce lien est valable sept jours."});
        blocs.emplace_back(Paragraphe{limite});
        break;
    case SuiteDepot::DejaInvite:
        blocs.emplace_back(
            Paragraphe{"Votre accès vous attend : activez-le avec le lien que vous avez reçu ces "
                       "derniers jours. Si vous ne le trouvez plus, demandez-en un autre."});
        blocs.emplace_back(Bouton{"Recevoir un autre lien", s.base_url + "/mot-de-passe-oublie"});
        blocs.emplace_back(Paragraphe{limite});
        break;
    case SuiteDepot::Verification:
        blocs.emplace_back(
            Paragraphe{"Le secrétariat du comité vérifie auprès de la mairie que vous travaillez pour cette "
                       "commune. Vous recevrez ensuite un lien pour suivre ce dossier avec les autres "
                       "partenaires."});
        blocs.emplace_back(Paragraphe{"Cette vérification a lieu parce que votre adresse est celle d’une "
                                      "messagerie grand public. Le signalement, lui, est déjà transmis."});
        break;
    case SuiteDepot::Ouvrir:
        blocs.emplace_back(
            Paragraphe{"Votre accès vous permet de suivre ce dossier avec les autres partenaires."});
        blocs.emplace_back(Bouton{"Ouvrir le dossier", s.base_url + "/signalements/" + s.id});
        break;
    }
    // No name: anybody may have typed any in the report.
    return message("acces_commune", s, {email, ""}, fmt::format("Votre accès au signalement {}", s.reference),
                   std::move(blocs),
                   "Vous recevez ce message parce qu’un signalement a été déposé avec cette adresse, au nom "
                   "d’une commune.");
}

Courriel affectation(const Sujet& s, const Destinataire& d, bool danger)
{
    return aux_agents(
        "affectation", s, d,
        fmt::format("{}Le signalement {} vous est confié", danger ? "DANGER – " : "", s.reference),
        {Paragraphe{fmt::format("Le comité vous confie {}. Vous voyez dès maintenant tout le dossier.",
                                le_signalement(s))},
         Paragraphe{"Dites si vous le prenez en charge ; si ce n’est pas à vous d’agir, refusez en donnant "
                    "la raison : "
                    "le secrétariat choisira un autre partenaire."}});
}

Courriel reponse_partenaire(const Sujet& s, const Destinataire& d, const std::string& partenaire,
                            Action action, const std::string& texte, bool plus_personne)
{
    const auto verbe = action == Action::AccepterAffectation  ? "prend en charge"
                       : action == Action::RefuserAffectation ? "refuse de prendre en charge"
                       : action == Action::CloreAffectation   ? "a terminé son intervention sur"
                                                              : "reprend son intervention sur";
    std::vector<Bloc> blocs = {Paragraphe{fmt::format("{} {} {}.", partenaire, verbe, le_signalement(s))}};
    ajouter_texte(blocs, texte);
    if (plus_personne)
        blocs.emplace_back(Paragraphe{
            "Plus aucun partenaire ne suit ce signalement : confiez-le à un autre, ou clôturez-le."});
    return aux_agents("reponse_partenaire", s, d, fmt::format("{} : {}", s.reference, partenaire),
                      std::move(blocs));
}

Courriel nouveau_suivi(const Sujet& s, const Destinataire& d, TypeSuivi type, const std::string& auteur)
{
    return aux_agents("nouveau_suivi", s, d,
                      fmt::format("{} : {}", s.reference, base::label_of(types_suivi, type)),
                      {Paragraphe{fmt::format("{} a ajouté une action sur {} : {}.", auteur,
                                              le_signalement(s), base::label_of(types_suivi, type))}});
}

Courriel message_du_deposant(const Sujet& s, const Destinataire& d, Usager qui_ecrit, Statut statut)
{
    const bool occupant = qui_ecrit == Usager::Occupant;
    std::vector<Bloc> blocs = {Paragraphe{
        fmt::format("{} a écrit au sujet {}.", occupant ? "L’occupant" : "Le déposant", du_signalement(s))}};
    if (statut == Statut::Clos || statut == Statut::Refuse)
        blocs.emplace_back(Paragraphe{
            "Ce dossier n’est plus en cours : lisez le message et rouvrez-le si la situation le demande."});
    return aux_agents("message_du_deposant", s, d,
                      fmt::format("{} : message {}", s.reference, occupant ? "de l’occupant" : "du déposant"),
                      std::move(blocs));
}

Courriel cloture_partenaire(const Sujet& s, const Destinataire& d, MotifCloture motif,
                            const std::string& texte)
{
    std::vector<Bloc> blocs = {Paragraphe{
        fmt::format("Le comité a clos {} : {}.", le_signalement(s), base::label_of(motifs_cloture, motif))}};
    ajouter_texte(blocs, texte);
    return aux_agents("cloture_partenaire", s, d, fmt::format("{} est clos", s.reference), std::move(blocs));
}

Courriel reouverture_partenaire(const Sujet& s, const Destinataire& d, const std::string& texte)
{
    std::vector<Bloc> blocs = {Paragraphe{
        fmt::format("Le comité a rouvert {}. Votre réponse est de nouveau attendue.", le_signalement(s))}};
    ajouter_texte(blocs, texte);
    return aux_agents("reouverture_partenaire", s, d, fmt::format("{} est rouvert", s.reference),
                      std::move(blocs));
}

Courriel validation(const Sujet& s, const Destinataire& d, bool confie)
{
    return aux_usagers(
        "validation", s, d, fmt::format("Le signalement {} est pris en compte", s.reference),
        {Paragraphe{fmt::format("Le comité local a validé le signalement du logement situé {}. {}", s.adresse,
                                confie ? "Des partenaires vont s’en occuper."
                                       : "Il va maintenant décider à qui le confier.")},
         Paragraphe{"Vous recevrez un message à chaque étape que nous pouvons vous montrer."}});
}

Courriel refus(const Sujet& s, const Destinataire& d, MotifRefus motif, const std::string& texte)
{
    std::vector<Bloc> blocs = {
        Paragraphe{fmt::format(
            "Le comité local ne peut pas donner suite au signalement du logement situé {}.", s.adresse)},
        Paragraphe{fmt::format("Raison : {}.", base::label_of(motifs_refus, motif))}};
    ajouter_texte(blocs, texte);
    blocs.emplace_back(Paragraphe{
        "Si la situation change ou si quelque chose nous a échappé, écrivez-nous depuis la page de suivi."});
    return aux_usagers("refus", s, d, fmt::format("Réponse au signalement {}", s.reference),
                       std::move(blocs));
}

Courriel suivi_visible(const Sujet& s, const Destinataire& d, TypeSuivi type, Date date)
{
    const auto quoi =
        type == TypeSuivi::VisitePrevue
            ? fmt::format("Une visite du logement est prévue le {}.", base::in_words(date))
        : type == TypeSuivi::VisiteFaite
            ? fmt::format("Le logement a été visité le {}.", base::in_words(date))
        : type == TypeSuivi::Courrier  ? std::string{"Un courrier a été envoyé au sujet du logement."}
        : type == TypeSuivi::Arrete    ? std::string{"Un arrêté a été pris au sujet du logement."}
        : type == TypeSuivi::Mainlevee ? std::string{"Un arrêté concernant le logement a été levé."}
        : type == TypeSuivi::Document  ? std::string{"Un document a été ajouté au dossier."}
                                       : std::string{"Vous avez reçu un message."};
    return aux_usagers(
        "suivi_visible", s, d, fmt::format("Du nouveau sur le signalement {}", s.reference),
        {Paragraphe{quoi}, Paragraphe{"Ouvrez la page de suivi pour le lire et pour répondre."}});
}

Courriel cloture(const Sujet& s, const Destinataire& d, MotifCloture motif, const std::string& texte)
{
    std::vector<Bloc> blocs = {
        Paragraphe{fmt::format("Le comité local a clos le signalement du logement situé {}.", s.adresse)},
        Paragraphe{fmt::format("Motif : {}.", base::label_of(motifs_cloture, motif))}};
    ajouter_texte(blocs, texte);
    blocs.emplace_back(Paragraphe{"Si les désordres sont toujours là, répondez depuis la page de suivi : une "
                                  "personne lira votre message."});
    return aux_usagers("cloture", s, d, fmt::format("Le signalement {} est clos", s.reference),
                       std::move(blocs));
}

Courriel reouverture(const Sujet& s, const Destinataire& d)
{
    return aux_usagers(
        "reouverture", s, d, fmt::format("Le signalement {} est rouvert", s.reference),
        {Paragraphe{fmt::format("Le comité local reprend le dossier du logement situé {}.", s.adresse)}});
}

} // namespace signalement::courriels
