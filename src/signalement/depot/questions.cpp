// The screens and their questions. What is asked, in which words, to whom: nothing else decides it.
#include "signalement/depot/questions.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "signalement/depot/lecture.hpp"
#include "signalement/desordre/urgence.hpp"

namespace signalement::depot {

namespace {
namespace ecrans {

using Questions = std::vector<Question>;

template <class E, std::size_t N> std::vector<Choix> choix_de(const base::Name<E> (&table)[N])
{
    std::vector<Choix> out;
    for (const auto& ligne : table) out.push_back({std::string{ligne.slug}, std::string{ligne.label}});
    return out;
}

const std::vector<Choix>& oui_non()
{
    static const std::vector<Choix> choix{{"oui", "Oui"}, {"non", "Non"}};
    return choix;
}

const std::vector<Choix>& oui_non_nsp()
{
    static const std::vector<Choix> choix = choix_de(desordre::reponses);
    return choix;
}

std::optional<Profil> profil_de(const Reponses& r)
{
    return base::from_slug(profils, r.texte("profil"));
}

/// The person in front of the screen lives in the dwelling; otherwise questions speak of somebody else.
bool habite(const Reponses& r)
{
    const auto p = profil_de(r);
    return p && est_occupant(*p);
}

/// Somebody rents or is lodged there, as far as one knows: a lease, a landlord and benefits make sense.
bool loue(const Reponses& r)
{
    if (profil_de(r) == Profil::ProprietaireOccupant) return false;
    return !r.est("occupant_statut", "proprietaire");
}

bool vacant(const Reponses& r)
{
    return r.est("occupe", "non");
}

std::string dit(const Reponses& r, std::string a_l_occupant, std::string a_un_tiers)
{
    return habite(r) ? std::move(a_l_occupant) : std::move(a_un_tiers);
}

Etape adresse()
{
    return {
        .slug = std::string{etape::adresse},
        .chapitre = Chapitre::Adresse,
        .titre = "Où se trouve le logement ?",
        .questions = {
            {.slug = "adresse",
             .libelle = "Adresse du logement",
             .aide = "Numéro, rue et commune. Par exemple : 12 rue des Carmes, Rouen"},
            {.slug = "etage", .libelle = "Étage", .groupe = "Précisions", .longueur_max = 20},
            {.slug = "escalier", .libelle = "Bâtiment, escalier", .groupe = "Précisions", .longueur_max = 40},
            {.slug = "porte", .libelle = "Numéro ou porte", .groupe = "Précisions", .longueur_max = 20},
            {.slug = "adresse_autre",
             .libelle = "Autre indication utile pour trouver le logement",
             .aide = "Par exemple : au fond de la cour, à gauche",
             .groupe = "Précisions"},
        }};
}

Etape profil(const Contexte& c)
{
    static const Choix particuliers[] = {
        {"locataire", "J’habite ce logement, en location ou parce qu’on m’y héberge"},
        {"proprietaire_occupant", "J’habite ce logement et j’en suis propriétaire"},
        {"proche", "Une personne de mon entourage y habite", "Famille, ami, personne que vous aidez"},
        {"voisin", "J’habite à côté"},
        {"bailleur", "Je suis propriétaire de ce logement et je le loue"},
    };
    static const Choix professionnels[] = {
        {"agent_municipal", "Pour une mairie ou une intercommunalité",
         "Élue, élu ou agent, service d’hygiène, police municipale"},
        {"ccas", "Pour un CCAS ou un CIAS"},
        {"travailleur_social", "Comme travailleuse ou travailleur social",
         "Département, hôpital, établissement"},
        {"caf_msa", "Pour une CAF ou une MSA"},
        {"association", "Pour une association"},
        {"autre_professionnel", "À un autre titre professionnel",
         "Soins, aide à domicile, secours, justice…"},
    };
    std::vector<Choix> choix;
    std::string aide;
    switch (c.phase) {
    case territoire::Phase::Tous:
        choix.assign(std::begin(particuliers), std::end(particuliers));
        choix.insert(choix.end(), std::begin(professionnels), std::end(professionnels));
        break;
    case territoire::Phase::Professionnels:
    case territoire::Phase::Fermee:
        choix.assign(std::begin(professionnels), std::end(professionnels));
        choix.push_back({std::string{profil_non_admis}, "Je ne suis dans aucun de ces cas",
                         "Locataire, propriétaire, proche ou voisin : nous vous dirons qui appeler"});
        aide = "Dans ce département, le service est ouvert aux professionnels.";
        break;
    }
    return {.slug = std::string{etape::profil},
            .chapitre = Chapitre::Vous,
            .titre = "Vous et ce logement",
            .questions = {{.slug = "profil",
                           .genre = Genre::Choix,
                           .libelle = "À quel titre faites-vous ce signalement ?",
                           .aide = std::move(aide),
                           .exigee = "Choisissez la réponse qui vous correspond le mieux.",
                           .choix = std::move(choix)}}};
}

Etape coordonnees(const Reponses& r)
{
    const auto p = profil_de(r);
    const bool pro = !p || public_de(*p) == Public::Professionnel;
    Questions q;
    if (pro)
        q.push_back({.slug = "organisation",
                     .genre = Genre::Nom,
                     .libelle = p == Profil::AgentMunicipal ? "Commune ou service" : "Organisme",
                     .aide = p == Profil::AgentMunicipal ? "Par exemple : mairie de Dieppe" : "",
                     .exigee = "Indiquez le nom de votre organisme.",
                     .longueur_max = 120,
                     .autocomplete = "organization"});
    if (p == Profil::Bailleur) {
        q.push_back({.slug = "bailleur_type",
                     .genre = Genre::Choix,
                     .libelle = "Qui est propriétaire du logement ?",
                     .exigee = "Indiquez si le propriétaire est une personne ou une organisation.",
                     .choix = choix_de(types_bailleur)});
        q.push_back({.slug = "organisation",
                     .genre = Genre::Nom,
                     .libelle = "Nom de la société ou de l’organisme",
                     .exigee = "Indiquez le nom de la société ou de l’organisme.",
                     .si = Condition{"bailleur_type", {"organisme", "social"}},
                     .longueur_max = 120,
                     .autocomplete = "organization"});
    }
    if (p == Profil::Proche)
        q.push_back({.slug = "lien",
                     .libelle = "Votre lien avec la personne qui habite le logement",
                     .aide = "Par exemple : sa fille, un ami, son aidante",
                     .longueur_max = 80});
    q.push_back({.slug = "prenom",
                 .genre = Genre::Nom,
                 .libelle = "Prénom",
                 .exigee = "Indiquez votre prénom.",
                 .longueur_max = 80,
                 .autocomplete = "given-name"});
    q.push_back({.slug = "nom",
                 .genre = Genre::Nom,
                 .libelle = "Nom",
                 .exigee = "Indiquez votre nom.",
                 .longueur_max = 80,
                 .autocomplete = "family-name"});
    q.push_back(
        {.slug = "email",
         .genre = Genre::Email,
         .libelle = "Adresse électronique",
         .aide = pro ? "Nous y enverrons la référence et le lien de suivi."
                     : "Nous y enverrons la référence et le lien de suivi. Sans adresse électronique, "
                       "indiquez un téléphone.",
         .exigee = pro ? "Indiquez votre adresse électronique, par exemple : nom@exemple.fr" : "",
         .longueur_max = 254,
         .autocomplete = "email",
         .une_au_moins = !pro});
    q.push_back({.slug = "telephone",
                 .genre = Genre::Telephone,
                 .libelle = "Téléphone",
                 .aide = "Par exemple : 06 12 34 56 78",
                 .longueur_max = 30,
                 .autocomplete = "tel",
                 .une_au_moins = !pro});
    return {.slug = std::string{etape::coordonnees},
            .chapitre = Chapitre::Vous,
            .titre = "Comment vous joindre ?",
            .intro =
                "Seules les personnes chargées de ce signalement liront vos coordonnées. Le propriétaire "
                "ne les reçoit pas, sauf un bailleur social chargé d’intervenir, et seulement avec "
                "l’accord demandé à la fin.",
            .questions = std::move(q),
            .obligations = pro ? ""
                               : "Sauf mention contraire, tous les champs sont obligatoires ; pour vous "
                                 "joindre, une adresse électronique ou un téléphone suffit."};
}

Etape occupant(const Reponses& r)
{
    const auto p = profil_de(r);
    // A neighbour may not know the name; in an emergency nobody should stop to look for it.
    const bool nom_exige = p != Profil::Voisin && !r.est("danger", "oui");
    const Condition habite{"occupe", {"oui"}};
    auto statuts = choix_de(statuts_occupant);
    if (p == Profil::Bailleur)
        std::erase_if(statuts, [](const Choix& c) { return c.valeur == "proprietaire"; });
    return {
        .slug = std::string{etape::occupant},
        .chapitre = Chapitre::Personnes,
        .titre = "Qui habite ce logement ?",
        .questions = {
            {.slug = "occupe",
             .genre = Genre::Choix,
             .libelle = "Le logement est-il habité ?",
             .exigee = "Indiquez si quelqu’un habite ce logement.",
             .choix = oui_non(),
             .en_ligne = true},
            {.slug = "occupant_statut",
             .genre = Genre::Choix,
             .libelle = "La personne qui y habite est",
             .exigee = "Indiquez si la personne est locataire, propriétaire ou hébergée.",
             .choix = std::move(statuts),
             .si = habite},
            {.slug = "occupant_prenom",
             .genre = Genre::Nom,
             .libelle = "Prénom de la personne",
             .exigee = nom_exige ? "Indiquez le prénom de la personne qui habite le logement." : "",
             .si = habite,
             .longueur_max = 80},
            {.slug = "occupant_nom",
             .genre = Genre::Nom,
             .libelle = "Nom de la personne",
             .exigee = nom_exige ? "Indiquez le nom de la personne qui habite le logement." : "",
             .si = habite,
             .longueur_max = 80},
            {.slug = "occupant_telephone",
             .genre = Genre::Telephone,
             .libelle = "Son téléphone",
             .aide = "Il sert à convenir d’une visite.",
             .si = habite,
             .longueur_max = 30},
            {.slug = "occupant_email",
             .genre = Genre::Email,
             .libelle = "Son adresse électronique",
             .si = habite,
             .longueur_max = 254},
            {.slug = "occupant_prevenu",
             .genre = Genre::Choix,
             .libelle =
                 "Cette personne sait-elle que vous faites ce signalement, et accepte-t-elle que nous lui "
                 "écrivions ?",
             .aide = "Sans son accord, nous ne lui écrirons pas. Votre signalement sera traité quand même.",
             .exigee = "Indiquez si cette personne est au courant et d’accord.",
             .choix = oui_non(),
             .si = habite,
             .en_ligne = true},
        }};
}

Etape bailleur(const Reponses& r)
{
    const Condition prevenu{"bailleur_prevenu", {"oui"}};
    auto types = choix_de(types_bailleur);
    types.push_back({"nsp", "Je ne sais pas"});
    return {.slug = std::string{etape::bailleur},
            .chapitre = Chapitre::Personnes,
            .titre = "Qui est le propriétaire ?",
            .intro =
                "Indiquez ce que vous savez, sur le bail ou la quittance par exemple. Rien ne sera envoyé au "
                "propriétaire sans l’accord de la personne qui habite le logement.",
            .questions = {
                {.slug = "bailleur_type",
                 .genre = Genre::Choix,
                 .libelle = "Le logement appartient à",
                 .exigee = "Choisissez une réponse ; « Je ne sais pas » convient aussi.",
                 .choix = std::move(types)},
                {.slug = "bailleur_nom",
                 .genre = Genre::Nom,
                 .libelle = "Nom du propriétaire ou de l’agence",
                 .longueur_max = 150},
                {.slug = "bailleur_telephone",
                 .genre = Genre::Telephone,
                 .libelle = "Son téléphone",
                 .longueur_max = 30},
                {.slug = "bailleur_email",
                 .genre = Genre::Email,
                 .libelle = "Son adresse électronique",
                 .longueur_max = 254},
                {.slug = "bailleur_adresse", .libelle = "Son adresse postale", .longueur_max = 250},
                {.slug = "bailleur_prevenu",
                 .genre = Genre::Choix,
                 .libelle = dit(r, "Lui avez-vous déjà parlé de ces problèmes ?",
                                "Le propriétaire est-il déjà au courant de ces problèmes ?"),
                 .aide = "Une lettre au propriétaire est souvent la première démarche à faire.",
                 .exigee = "Indiquez si le propriétaire est au courant.",
                 .choix = oui_non_nsp(),
                 .en_ligne = true},
                {.slug = "bailleur_prevenu_mois",
                 .genre = Genre::Mois,
                 .libelle = "Depuis quel mois ?",
                 .aide = "Mois et année. Par exemple : 03/2026",
                 .si = prevenu,
                 .longueur_max = 20},
                {.slug = "bailleur_prevenu_moyen",
                 .genre = Genre::Choix,
                 .libelle = "Comment a-t-il été prévenu ?",
                 .choix = choix_de(moyens_contact),
                 .si = prevenu},
                {.slug = "bailleur_reponse",
                 .genre = Genre::TexteLong,
                 .libelle = "Qu’a-t-il répondu ?",
                 .aide = "S’il vous a donné un numéro de demande ou de réclamation, écrivez-le aussi.",
                 .si = prevenu,
                 .longueur_max = 1000},
            }};
}

Etape logement(const Reponses& r)
{
    const bool sur_place = habite(r);
    const std::string taille = "Pièces et surface";
    const std::string equipement = "Cuisine et sanitaires";
    const std::string habitants = "Les habitants";
    const std::string ou_nsp = sur_place ? "" : " Laissez vide si vous ne savez pas.";
    auto presences = choix_de(desordre::presences);
    if (!sur_place) presences.push_back({"nsp", "Je ne sais pas"});
    std::vector<Choix> pieces{{"piece_unique", "Une seule pièce, où l’on vit, dort et cuisine"},
                              {"plusieurs_pieces", "Plusieurs pièces"}};
    if (!sur_place) pieces.push_back({"nsp", "Je ne sais pas"});
    Questions q{
        {.slug = "nature",
         .genre = Genre::Choix,
         .libelle = "Le logement est",
         .exigee = "Indiquez s’il s’agit d’un appartement ou d’une maison.",
         .choix = choix_de(desordre::natures)},
        {.slug = "nature_autre",
         .libelle = "De quoi s’agit-il ?",
         .exigee = "Décrivez en quelques mots ce lieu de vie.",
         .si = Condition{"nature", {"autre"}},
         .longueur_max = 100},
        {.slug = "niveau",
         .genre = Genre::Choix,
         .libelle = "Où se trouve l’appartement dans l’immeuble ?",
         .exigee = "Indiquez à quel niveau se trouve l’appartement.",
         .choix = choix_de(desordre::etages),
         .si = Condition{"nature", {"appartement"}}},
        {.slug = "sans_fenetre",
         .genre = Genre::Choix,
         .libelle = "Ce logement est-il sans aucune fenêtre ?",
         .exigee = "Indiquez si le logement est sans fenêtre.",
         .choix = oui_non_nsp(),
         .si = Condition{"niveau", {"dernier_etage", "sous_sol"}},
         .et_si = Condition{"nature", {"appartement"}},
         .en_ligne = true},
        {.slug = "pieces",
         .genre = Genre::Choix,
         .libelle = "Le logement compte",
         .exigee = "Indiquez s’il y a une seule pièce ou plusieurs.",
         .choix = std::move(pieces),
         .groupe = taille},
        {.slug = "nombre_pieces",
         .genre = Genre::Entier,
         .libelle = "Nombre de pièces à vivre",
         .aide = "Séjour et chambres, sans la cuisine ni la salle de bain." + ou_nsp,
         .exigee = sur_place ? "Indiquez le nombre de pièces, par exemple : 3" : "",
         .si = Condition{"pieces", {"plusieurs_pieces"}},
         .groupe = taille,
         .longueur_max = 3,
         .min = 1,
         .max = 99},
        {.slug = "piece_de_9_m2",
         .genre = Genre::Choix,
         .libelle = "L’une des pièces à vivre fait-elle au moins 9 m² ?",
         .aide = "C’est à peu près trois mètres sur trois.",
         .exigee = "Indiquez si une pièce fait au moins 9 m².",
         .choix = oui_non_nsp(),
         .si = Condition{"pieces", {"plusieurs_pieces"}},
         .groupe = taille,
         .en_ligne = true},
        {.slug = "superficie",
         .genre = Genre::Surface,
         .libelle = "Surface du logement",
         .aide = "Elle figure sur le bail. Par exemple : 32 ou 8,5. Laissez vide si vous ne savez pas.",
         .groupe = taille,
         .longueur_max = 10,
         .unite = "m²"},
        {.slug = "cuisine",
         .genre = Genre::Choix,
         .libelle = "Y a-t-il une cuisine ou un coin cuisine ?",
         .exigee = "Indiquez s’il y a une cuisine.",
         .choix = presences,
         .groupe = equipement},
        {.slug = "salle_de_bain",
         .genre = Genre::Choix,
         .libelle = "Y a-t-il une douche ou une baignoire ?",
         .exigee = "Indiquez s’il y a une douche ou une baignoire.",
         .choix = presences,
         .groupe = equipement},
        {.slug = "wc",
         .genre = Genre::Choix,
         .libelle = "Y a-t-il des toilettes ?",
         .exigee = "Indiquez s’il y a des toilettes.",
         .choix = presences,
         .groupe = equipement},
        {.slug = "wc_dans_cuisine",
         .genre = Genre::Choix,
         .libelle = "Les toilettes sont-elles dans la même pièce que la cuisine ?",
         .exigee = "Indiquez si les toilettes sont dans la cuisine.",
         .choix = oui_non_nsp(),
         .si = Condition{"wc", {"dans_le_logement"}},
         .et_si = Condition{"cuisine", {"dans_le_logement"}},
         .groupe = equipement,
         .en_ligne = true},
    };
    if (!vacant(r)) {
        q.push_back({.slug = "personnes",
                     .genre = Genre::Entier,
                     .libelle = "Combien de personnes y vivent ?",
                     .aide = sur_place ? "Comptez-vous aussi, et comptez les enfants."
                                       : "Comptez aussi les enfants." + ou_nsp,
                     .exigee = sur_place ? "Indiquez combien de personnes vivent dans le logement." : "",
                     .groupe = habitants,
                     .longueur_max = 3,
                     .min = 1,
                     .max = 99});
        q.push_back(
            {.slug = "enfants",
             .genre = Genre::Entier,
             .libelle = "Dont combien d’enfants mineurs ?",
             .aide = sur_place ? "Écrivez 0 s’il n’y en a pas." : "Écrivez 0 s’il n’y en a pas." + ou_nsp,
             .exigee = sur_place ? "Indiquez le nombre d’enfants, ou 0." : "",
             .groupe = habitants,
             .longueur_max = 3,
             .min = 0,
             .max = 98});
        q.push_back({.slug = "enfant_moins_6_ans",
                     .genre = Genre::Choix,
                     .libelle = "Un enfant de moins de six ans y vit-il ?",
                     .aide = "Certains désordres, comme le plomb, sont plus graves pour les jeunes enfants.",
                     .choix = oui_non_nsp(),
                     .groupe = habitants,
                     .en_ligne = true});
        q.push_back({.slug = "personne_fragile",
                     .genre = Genre::Choix,
                     .libelle = "Une personne fragile y vit-elle ?",
                     .aide = "Personne âgée, malade ou handicapée, femme enceinte.",
                     .choix = oui_non_nsp(),
                     .groupe = habitants,
                     .en_ligne = true});
        q.push_back({.slug = "vulnerabilite",
                     .genre = Genre::TexteLong,
                     .libelle = "Ce qu’il est utile de savoir de sa situation",
                     .aide = "Restez bref : n’écrivez pas de diagnostic médical.",
                     .si = Condition{"personne_fragile", {"oui"}},
                     .groupe = habitants,
                     .longueur_max = 500});
    }
    return {.slug = std::string{etape::logement},
            .chapitre = Chapitre::Logement,
            .titre = "Comment est le logement ?",
            .questions = std::move(q)};
}

bool offre(const desordre::Categorie& c, const Reponses& r)
{
    const auto decrit = logement_decrit(r);
    const auto qui = habite(r) ? desordre::Declarant::Occupant : desordre::Declarant::Tiers;
    return std::ranges::any_of(desordre::criteres_de(c.slug),
                               [&](const auto& critere) { return desordre::propose(critere, decrit, qui); });
}

std::vector<Choix> categories_offertes(desordre::Zone zone, const Reponses& r)
{
    std::vector<Choix> out;
    for (const auto& c : desordre::categories())
        if (c.zone == zone && offre(c, r))
            out.push_back({std::string{c.slug}, std::string{c.libelle}, std::string{c.aide}});
    return out;
}

Etape desordres(const Reponses& r)
{
    const bool maison = r.est("nature", "maison");
    return {.slug = std::string{etape::desordres},
            .chapitre = Chapitre::Desordres,
            .titre = "Qu’est-ce qui ne va pas ?",
            .intro = "Cochez tout ce qui vous concerne. Nous vous poserons ensuite quelques questions sur "
                     "chaque sujet.",
            .questions = {{.slug = "categories_logement",
                           .genre = Genre::Cases,
                           .libelle = maison ? "À l’intérieur" : "Dans le logement",
                           .choix = categories_offertes(desordre::Zone::Logement, r),
                           .une_au_moins = true},
                          {.slug = "categories_batiment",
                           .genre = Genre::Cases,
                           .libelle = maison ? "La maison elle-même et ses abords"
                                             : "Dans l’immeuble : façades, toit, parties communes",
                           .choix = categories_offertes(desordre::Zone::Batiment, r),
                           .une_au_moins = true}},
            .obligations = "Cochez au moins un sujet, dans l’une ou l’autre liste."};
}

void ajouter_sous_questions(Questions& q, const desordre::Critere& critere,
                            const desordre::LogementDecrit& decrit)
{
    const Condition coche{std::string{critere.slug}, {"oui"}};
    for (const auto& sous : desordre::sous_questions(critere, decrit)) {
        std::vector<Choix> choix;
        for (const auto& o : sous.options) choix.push_back({std::string{o.slug}, std::string{o.libelle}});
        q.push_back({.slug = nom_sous_question(critere.slug, sous.nom),
                     .genre = sous.plusieurs ? Genre::Cases : Genre::Choix,
                     .libelle = std::string{sous.intitule},
                     .aide = std::string{sous.aide},
                     .choix = std::move(choix),
                     .si = coche,
                     .en_ligne = !sous.plusieurs && sous.options.size() <= 3});
    }
    if (!critere.texte_libre.empty())
        q.push_back({.slug = nom_sous_question(critere.slug, "texte"),
                     .libelle = std::string{critere.texte_libre},
                     .si = coche,
                     .longueur_max = 200});
}

Etape categorie(const desordre::Categorie& c, const Reponses& r)
{
    const auto decrit = logement_decrit(r);
    const auto qui = habite(r) ? desordre::Declarant::Occupant : desordre::Declarant::Tiers;
    Questions q;
    for (const auto& critere : desordre::criteres_de(c.slug)) {
        if (!desordre::propose(critere, decrit, qui)) continue;
        q.push_back({.slug = std::string{critere.slug},
                     .genre = Genre::Case,
                     .libelle = std::string{critere.libelle}});
        ajouter_sous_questions(q, critere, decrit);
    }
    const bool dedans = c.zone == desordre::Zone::Logement;
    return {.slug = std::string{c.slug},
            .chapitre = Chapitre::Desordres,
            .titre = std::string{c.libelle} + (dedans ? ", dans le logement" : ", dans l’immeuble"),
            .intro = "Cochez ce que vous constatez.",
            .questions = std::move(q)};
}

Etape danger(const Reponses& r)
{
    const auto decrit = logement_decrit(r);
    const auto qui = habite(r) ? desordre::Declarant::Occupant : desordre::Declarant::Tiers;
    // Every screen after this one asks for it again: the table is read once.
    static const auto perilleux = [] {
        std::vector<const desordre::Critere*> out;
        for (const auto& critere : desordre::criteres())
            if (desordre::peril_du_critere(critere.slug)) out.push_back(&critere);
        return out;
    }();
    const auto constats = [&](desordre::Zone zone) {
        std::vector<Choix> choix;
        for (const auto* critere : perilleux)
            if (critere->zone == zone && desordre::propose(*critere, decrit, qui))
                choix.push_back({std::string{critere->slug}, std::string{critere->libelle}});
        return choix;
    };
    return {.slug = std::string{etape::danger},
            .chapitre = Chapitre::Desordres,
            .titre = "Quel est le danger ?",
            .questions = {{.slug = "description",
                           .genre = Genre::TexteLong,
                           .libelle = "Décrivez ce qui se passe",
                           .aide = "Depuis quand, où dans le logement, qui est menacé, qui est déjà prévenu. "
                                   "N’écrivez que ce qui est utile.",
                           .exigee = "Décrivez le danger en quelques mots.",
                           .longueur_max = 5000},
                          {.slug = "dangers_logement",
                           .genre = Genre::Cases,
                           .libelle = "Ce que vous constatez dans le logement",
                           .choix = constats(desordre::Zone::Logement)},
                          {.slug = "dangers_batiment",
                           .genre = Genre::Cases,
                           .libelle = "Ce que vous constatez dans l’immeuble",
                           .choix = constats(desordre::Zone::Batiment)}}};
}

Etape fichiers()
{
    return {.slug = std::string{etape::fichiers},
            .chapitre = Chapitre::Fichiers,
            .titre = "Avez-vous des photos ou des documents ?"};
}

void ajouter_bail(Questions& q, const Reponses& r)
{
    const std::string groupe = "Le bail et les aides";
    q.push_back({.slug = "bail",
                 .genre = Genre::Choix,
                 .libelle = "Y a-t-il un bail écrit ?",
                 .choix = oui_non_nsp(),
                 .groupe = groupe,
                 .en_ligne = true});
    q.push_back({.slug = "loyer",
                 .genre = Genre::Montant,
                 .libelle = "Loyer par mois, charges comprises",
                 .aide = "Par exemple : 450 ou 452,30",
                 .groupe = groupe,
                 .longueur_max = 12,
                 .unite = "€"});
    q.push_back(
        {.slug = "allocation",
         .genre = Genre::Choix,
         .libelle =
             dit(r, "Recevez-vous une aide au logement ?", "La personne reçoit-elle une aide au logement ?"),
         .aide = "La CAF ou la MSA peut garder l’aide jusqu’à ce que le propriétaire fasse les travaux.",
         .choix = choix_de(allocations),
         .groupe = groupe});
    q.push_back({.slug = "numero_allocataire",
                 .libelle = "Numéro d’allocataire",
                 .si = Condition{"allocation", {"caf", "msa"}},
                 .groupe = groupe,
                 .longueur_max = 25});
}

void ajouter_energie(Questions& q)
{
    const std::string groupe = "Le bâtiment et son diagnostic énergétique";
    const Condition fait{"dpe", {"oui"}};
    std::vector<Choix> classes;
    for (const char c : std::string_view{"ABCDEFG"}) classes.push_back({std::string{c}, std::string{c}});
    classes.push_back({"nsp", "Je ne sais pas"});
    q.push_back(
        {.slug = "annee_construction",
         .genre = Genre::Annee,
         .libelle = "Année de construction du bâtiment",
         .aide = "Même approximative : le bail ou le diagnostic l’indique souvent. Par exemple : 1948",
         .groupe = groupe,
         .longueur_max = 4,
         .min = 1000});
    q.push_back({.slug = "dpe",
                 .genre = Genre::Choix,
                 .libelle = "Un diagnostic de performance énergétique (DPE) a-t-il été fait ?",
                 .choix = oui_non_nsp(),
                 .groupe = groupe,
                 .en_ligne = true});
    q.push_back({.slug = "classe_energetique",
                 .genre = Genre::Choix,
                 .libelle = "Classe indiquée par le diagnostic",
                 .choix = std::move(classes),
                 .si = fait,
                 .groupe = groupe,
                 .en_ligne = true});
    q.push_back({.slug = "dpe_annee",
                 .genre = Genre::Annee,
                 .libelle = "Année du diagnostic",
                 .aide = "Par exemple : 2023",
                 .si = fait,
                 .groupe = groupe,
                 .longueur_max = 4,
                 .min = 2006});
    q.push_back({.slug = "consommation",
                 .genre = Genre::Entier,
                 .libelle = "Consommation d’énergie finale",
                 .aide = "Elle est écrite sur le diagnostic, en kilowattheures par mètre carré et par an.",
                 .si = fait,
                 .groupe = groupe,
                 .longueur_max = 5,
                 .min = 1,
                 .max = 9999,
                 .unite = "kWh/m²"});
}

void ajouter_demarches(Questions& q, const Reponses& r)
{
    const std::string groupe = "Les démarches déjà faites";
    q.push_back({.slug = "travailleur_social",
                 .genre = Genre::Choix,
                 .libelle = dit(r, "Un service social vous accompagne-t-il ?",
                                "Un service social accompagne-t-il la personne ?"),
                 .choix = oui_non_nsp(),
                 .groupe = groupe,
                 .en_ligne = true});
    q.push_back({.slug = "structure_sociale",
                 .libelle = "Lequel ?",
                 .aide = "Par exemple : CCAS de Rouen, centre médico-social",
                 .si = Condition{"travailleur_social", {"oui"}},
                 .groupe = groupe,
                 .longueur_max = 120});
    q.push_back({.slug = "assurance",
                 .genre = Genre::Choix,
                 .libelle = "L’assurance du logement a-t-elle été prévenue ?",
                 .choix = choix_de(assurances),
                 .groupe = groupe});
    q.push_back({.slug = "reponse_assurance",
                 .genre = Genre::TexteLong,
                 .libelle = "Qu’a répondu l’assurance ?",
                 .si = Condition{"assurance", {"prevenue"}},
                 .groupe = groupe,
                 .longueur_max = 1000});
    if (vacant(r)) return;
    q.push_back({.slug = "demande_relogement",
                 .genre = Genre::Choix,
                 .libelle = dit(r, "Avez-vous fait une demande de logement social ?",
                                "La personne a-t-elle fait une demande de logement social ?"),
                 .choix = oui_non_nsp(),
                 .groupe = groupe,
                 .en_ligne = true});
    if (!loue(r)) return;
    q.push_back({.slug = "veut_partir",
                 .genre = Genre::Choix,
                 .libelle = dit(r, "Souhaitez-vous quitter ce logement ?",
                                "La personne souhaite-t-elle quitter ce logement ?"),
                 .choix = oui_non_nsp(),
                 .groupe = groupe,
                 .en_ligne = true});
    q.push_back({.slug = "preavis_depose",
                 .genre = Genre::Choix,
                 .libelle = "Le préavis de départ est-il déjà donné ?",
                 .choix = oui_non_nsp(),
                 .si = Condition{"veut_partir", {"oui"}},
                 .groupe = groupe,
                 .en_ligne = true});
}

Etape situation(const Reponses& r)
{
    Questions q{
        {.slug = "description",
         .genre = Genre::TexteLong,
         .libelle = "Racontez ce qui se passe, avec vos mots",
         .aide =
             "Par exemple : quand cela a commencé, ce qui a été essayé, ce qui vous inquiète. N’écrivez que "
             "ce qui est utile.",
         .exigee = "Décrivez la situation en quelques phrases.",
         .longueur_max = 5000},
        {.slug = "debut",
         .genre = Genre::Choix,
         .libelle = "Depuis quand cela dure-t-il ?",
         .exigee = "Indiquez depuis quand cela dure ; « Je ne sais pas » convient aussi.",
         .choix = choix_de(debuts)},
    };
    if (!habite(r))
        q.push_back({.slug = "constate",
                     .genre = Genre::Choix,
                     .libelle = "Avez-vous vu vous-même ces problèmes ?",
                     .exigee = "Indiquez si vous avez constaté ces problèmes vous-même.",
                     .choix = oui_non(),
                     .en_ligne = true});
    if (!vacant(r))
        q.push_back({.slug = "emmenagement",
                     .genre = Genre::Date,
                     .libelle = dit(r, "Date de votre arrivée dans le logement",
                                    "Date d’arrivée de la personne dans le logement"),
                     .aide = "Jour, mois et année, même approximatifs. Par exemple : 01/09/2021",
                     .longueur_max = 20});
    if (loue(r) && !vacant(r)) ajouter_bail(q, r);
    ajouter_energie(q);
    ajouter_demarches(q, r);
    return {.slug = std::string{etape::situation},
            .chapitre = Chapitre::Situation,
            .titre = "Quelle est la situation ?",
            .intro =
                "Seules les premières questions sont obligatoires. Les autres font gagner du temps à ceux "
                "qui vont vous aider.",
            .questions = std::move(q)};
}

Etape verification(const Reponses& r)
{
    Questions q;
    if (!vacant(r))
        q.push_back({.slug = "visite_acceptee",
                     .genre = Genre::Choix,
                     .libelle = dit(r, "Acceptez-vous qu’une personne habilitée vienne visiter le logement ?",
                                    "La personne qui habite le logement accepte-t-elle une visite ?"),
                     .aide = "La visite se fait sur rendez-vous. Elle permet de constater les désordres.",
                     .exigee = "Indiquez si une visite est acceptée.",
                     .choix = habite(r) ? oui_non() : oui_non_nsp(),
                     .en_ligne = true});
    if (loue(r) && profil_de(r) != Profil::Bailleur && !vacant(r))
        q.push_back({.slug = "bailleur_peut_etre_prevenu",
                     .genre = Genre::Choix,
                     .libelle = dit(r, "Acceptez-vous que le propriétaire soit informé de ce signalement ?",
                                    "La personne accepte-t-elle que le propriétaire soit informé de ce "
                                    "signalement ?"),
                     .aide = "Si oui, un bailleur social chargé d’intervenir lira tout le signalement, "
                             "coordonnées comprises. Sinon, il ne le lira pas.",
                     .exigee = "Indiquez si le propriétaire peut être informé.",
                     .choix = habite(r) ? oui_non() : oui_non_nsp(),
                     .en_ligne = true});
    q.push_back({.slug = "attestation",
                 .genre = Genre::Case,
                 .libelle = "Ce que j’ai écrit est exact, autant que je sache.",
                 .exigee = "Cochez cette case pour confirmer que vos réponses sont exactes."});
    q.push_back({.slug = "donnees",
                 .genre = Genre::Case,
                 .libelle =
                     "J’ai compris que ces informations seront lues par les services chargés de l’habitat "
                     "pour traiter ce signalement.",
                 .exigee = "Cochez cette case pour que nous puissions transmettre le signalement."});
    return {.slug = std::string{etape::verification},
            .chapitre = Chapitre::Verification,
            .titre = "Vérifiez avant d’envoyer",
            .questions = std::move(q)};
}

} // namespace ecrans

/// Adds to what counts the answers of this screen's questions that are asked.
void retenir(const Etape& e, const Reponses& brutes, Reponses& retenues)
{
    for (const auto& q : e.questions)
        if (posee(q, retenues) && brutes.a(q.slug)) retenues.mettre(q.slug, brutes.liste(q.slug));
}

} // namespace

const Etape* Parcours::trouver(std::string_view slug) const
{
    const auto it = std::ranges::find(etapes, slug, &Etape::slug);
    return it == etapes.end() ? nullptr : &*it;
}

std::size_t Parcours::rang(std::string_view slug) const
{
    return static_cast<std::size_t>(std::ranges::find(etapes, slug, &Etape::slug) - etapes.begin());
}

bool posee(const Question& q, const Reponses& retenues)
{
    const auto remplie = [&](const std::optional<Condition>& c) {
        return !c ||
               std::ranges::any_of(c->valeurs, [&](const auto& v) { return retenues.est(c->question, v); });
    };
    return remplie(q.si) && remplie(q.et_si);
}

std::string nom_sous_question(std::string_view critere, std::string_view nom)
{
    return std::string{critere} + "__" + std::string{nom};
}

Parcours parcours(const Reponses& brutes, const Contexte& c)
{
    Parcours p;
    auto& r = p.retenues;
    for (const auto slug : {std::string_view{"danger"}, reconnue::libelle, reconnue::code_postal,
                            reconnue::commune, reconnue::insee, reconnue::id, reconnue::lon, reconnue::lat})
        if (brutes.a(slug)) r.mettre(slug, brutes.liste(slug));
    const auto ajouter = [&](Etape e) {
        retenir(e, brutes, r);
        p.etapes.push_back(std::move(e));
    };
    const bool danger = r.est("danger", "oui");

    ajouter(ecrans::adresse());
    ajouter(ecrans::profil(c));
    ajouter(ecrans::coordonnees(r));
    const auto profil = ecrans::profil_de(r);
    if (!profil || !est_occupant(*profil)) ajouter(ecrans::occupant(r));
    if (danger) {
        ajouter(ecrans::danger(r));
    } else {
        if (profil != Profil::Bailleur && ecrans::loue(r)) ajouter(ecrans::bailleur(r));
        ajouter(ecrans::logement(r));
        ajouter(ecrans::desordres(r));
        for (const auto zone : {desordre::Zone::Logement, desordre::Zone::Batiment})
            for (const auto& categorie : desordre::categories())
                if (categorie.zone == zone &&
                    (r.est("categories_logement", categorie.slug) ||
                     r.est("categories_batiment", categorie.slug)) &&
                    ecrans::offre(categorie, r))
                    ajouter(ecrans::categorie(categorie, r));
    }
    ajouter(ecrans::fichiers());
    if (!danger) ajouter(ecrans::situation(r));
    ajouter(ecrans::verification(r));
    return p;
}

desordre::LogementDecrit logement_decrit(const Reponses& r)
{
    desordre::LogementDecrit d;
    const auto reponse = [&](std::string_view slug) {
        return base::from_slug(desordre::reponses, r.texte(slug));
    };
    d.nature = base::from_slug(desordre::natures, r.texte("nature"));
    d.etage = base::from_slug(desordre::etages, r.texte("niveau"));
    d.sans_fenetre = reponse("sans_fenetre");
    if (r.est("pieces", "piece_unique")) d.piece_unique = true;
    if (r.est("pieces", "plusieurs_pieces")) d.piece_unique = false;
    d.superficie_dm2 = lire_surface_dm2(r.texte("superficie"));
    d.nombre_pieces = lire_entier(r.texte("nombre_pieces"), 1, 99);
    d.piece_de_9_m2 = reponse("piece_de_9_m2");
    d.cuisine = base::from_slug(desordre::presences, r.texte("cuisine"));
    d.salle_de_bain = base::from_slug(desordre::presences, r.texte("salle_de_bain"));
    d.wc = base::from_slug(desordre::presences, r.texte("wc"));
    d.wc_dans_cuisine = reponse("wc_dans_cuisine");
    d.personnes = lire_entier(r.texte("personnes"), 1, 99);
    d.enfants = lire_entier(r.texte("enfants"), 0, 98);
    d.enfant_moins_6_ans = reponse("enfant_moins_6_ans");
    if (d.enfants == 0) d.enfant_moins_6_ans = Reponse::Non;
    d.personne_fragile = reponse("personne_fragile");
    d.allocataire = allocataire(base::from_slug(allocations, r.texte("allocation")));
    d.emmenagement = base::parse_typed_date(r.texte("emmenagement"));
    d.dpe = reponse("dpe");
    if (const auto annee = lire_entier(r.texte("dpe_annee"), 2006, 9999)) d.dpe_le = Date{*annee, 1, 1};
    if (const auto& classe = r.texte("classe_energetique"); classe.size() == 1)
        d.classe_energetique = classe[0];
    d.consommation_kwh_par_m2 = lire_entier(r.texte("consommation"), 1, 9999);
    d.assurance_contactee = assurance_contactee(base::from_slug(assurances, r.texte("assurance")));
    return d;
}

desordre::ReponsesDesordres desordres_coches(const Parcours& p)
{
    desordre::ReponsesDesordres out;
    for (const auto question : {"dangers_logement", "dangers_batiment"})
        for (const auto& slug : p.retenues.liste(question))
            out.criteres.push_back({.critere = slug, .choix = {}});
    const auto decrit = logement_decrit(p.retenues);
    for (const auto& e : p.etapes) {
        if (desordre::find_categorie(e.slug) == nullptr) continue;
        for (const auto& critere : desordre::criteres_de(e.slug)) {
            if (!p.retenues.est(critere.slug, "oui")) continue;
            desordre::ReponseCritere c{.critere = std::string{critere.slug}, .choix = {}};
            for (const auto& sous : desordre::sous_questions(critere, decrit)) {
                const auto& choisis = p.retenues.liste(nom_sous_question(critere.slug, sous.nom));
                if (!choisis.empty()) c.choix[std::string{sous.nom}] = choisis;
            }
            c.texte_libre = p.retenues.texte(nom_sous_question(critere.slug, "texte"));
            out.criteres.push_back(std::move(c));
        }
    }
    return desordre::nettoyees(std::move(out));
}

} // namespace signalement::depot
