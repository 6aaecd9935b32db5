// Writes the attestation. Pure.
#include "demande/attestation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "compte/compte.hpp"
#include "demande/jalons.hpp"
#include "demande/pieces.hpp"
#include "demande/questions.hpp"

namespace demande {

namespace {
namespace lettre {

std::string nom_complet(const Reponses& r, const std::string& prefixe)
{
    const auto& usage = r.texte(prefixe + "nom_usage");
    return r.texte(prefixe + "prenom") + " " + r.texte(prefixe + "nom") +
           (usage.empty() ? "" : " (nom d’usage\u00a0: " + usage + ")");
}

std::vector<std::string> adresse(const Reponses& r)
{
    std::vector<std::string> lignes;
    const auto& chez = r.texte("adresse.chez");
    if (!chez.empty()) lignes.push_back("Chez " + chez);
    for (const auto* champ : {"adresse.batiment", "adresse.voie", "adresse.complement"})
        if (r.a(champ)) lignes.push_back(r.texte(champ));
    const auto ville =
        r.texte("adresse.code_postal") + (r.a("adresse.code_postal") ? " " : "") + r.texte("adresse.commune");
    if (!ville.empty()) lignes.push_back(ville);
    return lignes;
}

/// The smallest dwelling asked, in main rooms: the delay is the one of that kind. The applicant is told the
/// earliest day when several are asked.
int pieces_demandees(const Reponses& r)
{
    for (int n = 1; n <= 6; ++n)
        if (r.a("souhait.t" + std::to_string(n))) return n;
    return 1;
}

std::vector<Partie::Groupe> resume(const Reponses& r)
{
    std::vector<Partie::Groupe> groupes;
    for (const auto& rubrique : rubriques())
        for (int ligne = 1; ligne <= rubrique.lignes; ++ligne) {
            Partie::Groupe g{rubrique.lignes > 1 ? fmt::format("{} {}", rubrique.nom_de_ligne, ligne)
                                                 : std::string{rubrique.titre},
                             {}};
            for (const auto& q : rubrique.questions)
                if (const auto& texte = r.texte(champ(rubrique, ligne, q)); !texte.empty())
                    g.lignes.emplace_back(q.libelle, sans_le_cas(libelle_de_la_reponse(q, texte)));
            if (!g.lignes.empty()) groupes.push_back(std::move(g));
        }
    return groupes;
}

/// From which day each commission may be seized for want of an offer, and where: one by département asked,
/// since it is that of the wish that is seized.
std::vector<std::string> saisine(const AttestationDe& de)
{
    std::vector<std::string> out;
    for (const auto& d : de.departements) {
        const auto regle = de.mediation.en_vigueur(d.code, pieces_demandees(de.reponses), de.aujourd_hui);
        if (!regle) continue;
        out.push_back(
            fmt::format("{}\u00a0: sans offre adaptée, vous pouvez saisir la commission à partir du {}.",
                        d.nom, base::in_words(base::plus_months(de.deposee_le, regle->mois))));
        if (!regle->commission.empty()) out.back() += " Écrivez à\u00a0: " + regle->commission + ".";
    }
    const bool toutes = !out.empty() && out.size() == de.departements.size();
    if (!toutes)
        out.emplace_back(out.empty()
                             ? "Le délai est fixé par le préfet de chaque département. Le service qui a "
                               "enregistré la demande vous le donne."
                             : "Pour les autres départements demandés, le service qui a enregistré la "
                               "demande vous donne le délai.");
    out.emplace_back("La commission siège à la préfecture du département demandé.");
    return out;
}

/// The label of a moment inside a title: « Pièces à fournir : pour enregistrer… ».
std::string dans_un_titre(std::string_view libelle)
{
    std::string texte{libelle};
    texte.front() = static_cast<char>(texte.front() | 0x20); // each begins with an unaccented capital
    return texte;
}

} // namespace lettre
} // namespace

bool peut_partir_par_courriel(const Reponses& r)
{
    return r.a("demandeur.email") && r.est("demandeur.infos_courriel", "oui") &&
           !r.est("motif.violences", "oui");
}

bool peut_partir_par_courriel(const Reponses& r, std::string_view boite_du_compte)
{
    const auto dite = compte::plier_email(r.texte("demandeur.email"));
    return peut_partir_par_courriel(r) && dite && dite == compte::plier_email(boite_du_compte);
}

Date attestation_due(Date deposee_le)
{
    return base::plus_months(deposee_le, 1);
}

bool est_renouvelee(Date ancre, Date saisie_le)
{
    return ancre > saisie_le;
}

Date attestation_due(Date deposee_le, Date ancre, Date saisie_le)
{
    return attestation_due(est_renouvelee(ancre, saisie_le) ? ancre : deposee_le);
}

Attestation attestation(const AttestationDe& de)
{
    const auto& r = de.reponses;
    const auto j = jalons(de.ancre);
    const auto jour = [](Date d) { return base::in_words(d); };
    Attestation a{.titre = "Attestation d’enregistrement d’une demande de logement social"};

    Partie identite{.item = 'a', .titre = "Demandeur", .paragraphes = {lettre::nom_complet(r, "demandeur.")}};
    for (auto& ligne : lettre::adresse(r)) identite.paragraphes.push_back(std::move(ligne));
    a.parties.push_back(std::move(identite));
    a.parties.push_back(
        {.item = 'b', .titre = "Service qui a enregistré la demande", .paragraphes = {de.guichet}});
    a.parties.push_back({.item = 'c', .titre = "Numéro unique", .paragraphes = {de.numero}});
    a.parties.push_back(
        {.item = 'd',
         .titre = "Dates",
         .paragraphes = {"Demande reçue le " + jour(de.deposee_le) + ". L’ancienneté compte de ce jour.",
                         de.ancre == de.deposee_le ? std::string{"Elle n’a pas encore été renouvelée."}
                                                   : "Validité comptée du " + jour(de.ancre) + "."}});
    a.parties.push_back(
        {.item = 'e',
         .titre = "Bailleurs sociaux des communes demandées",
         .paragraphes = {de.bailleurs.empty()
                             ? std::string{"Le service qui a enregistré la demande vous en donne la liste."}
                             : std::string{"Ils peuvent consulter votre demande."}},
         .liste = de.bailleurs});
    a.parties.push_back(
        {.item = 'f',
         .titre = "Quand saisir la commission de médiation",
         .paragraphes =
             {"Vous pouvez demander à être reconnu prioritaire (droit au logement opposable) si aucune offre "
              "adaptée ne vous a été faite dans le délai ci-dessous, ou sans attendre si vous êtes\u00a0:"},
         .liste = {"sans logement", "menacé d’expulsion sans relogement",
                   "hébergé depuis plus de six mois dans une structure, ou depuis plus de dix-huit mois dans "
                   "un logement "
                   "de transition",
                   "logé dans un local impropre à l’habitation, insalubre ou dangereux",
                   "dans un logement suroccupé ou non décent, avec un enfant mineur, une personne handicapée "
                   "ou une "
                   "personne à charge"}});
    a.parties.push_back(
        {.item = 'g', .titre = "À partir de quelle date, et où", .paragraphes = lettre::saisine(de)});
    a.parties.push_back(
        {.item = 'h',
         .titre = "Validité, changements, renouvellement",
         .paragraphes = {"La demande vaut jusqu’au " + jour(j.fin_de_validite) +
                             " inclus. Un mois avant au moins, nous vous "
                             "rappelons de la renouveler. Vous gardez votre numéro et votre ancienneté.",
                         "Signalez tout changement\u00a0: adresse, famille, travail, ressources. N’importe "
                         "quel guichet peut "
                         "modifier ou renouveler la demande.",
                         "Elle n’est radiée que pour un de ces motifs\u00a0:"},
         .liste = {"un logement vous est attribué et le bail est signé", "vous y renoncez par écrit",
                   "vous ne répondez pas à un courrier, après un avertissement",
                   "une commission d’attribution constate que vous ne remplissez pas les conditions, après "
                   "un avertissement",
                   "elle n’est pas renouvelée", "elle est réunie à une autre demande à votre nom"}});
    a.parties.push_back(
        {.item = 'i',
         .titre = "Savoir où en est la demande",
         .paragraphes = {
             "Tout guichet vous donne, sur présentation de votre numéro et d’une pièce d’identité, les "
             "informations enregistrées et les étapes de votre demande."}});

    a.parties.push_back({.titre = "Communes demandées, dans l’ordre", .liste = de.communes});
    a.parties.push_back(
        {.titre = "Les étapes suivantes",
         .liste = {"Un bailleur ou un réservataire peut retenir votre demande pour un logement.",
                   "Il vous demande alors les pièces de la liste ci-dessous.",
                   "Une commission d’attribution examine plusieurs demandes pour ce logement.",
                   "Si le logement vous est proposé, vous avez au moins dix jours pour répondre."}});
    for (const auto& m : moments) {
        Partie p{.titre = "Pièces à fournir\u00a0: " + lettre::dans_un_titre(m.label)};
        for (auto& piece : pieces_attendues(r, de.aujourd_hui))
            if (piece.moment == m.value) p.liste.push_back(std::move(piece.libelle));
        if (!p.liste.empty()) a.parties.push_back(std::move(p));
    }
    a.parties.push_back({.titre = "Résumé de la demande", .groupes = lettre::resume(r)});
    return a;
}

} // namespace demande
