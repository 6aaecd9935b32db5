// Splits a demande. Pure.
#include "demande/separation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/doublons.hpp"
#include "demande/formulaire.hpp"
#include "demande/questions.hpp"

namespace demande {

namespace {
namespace partages {

const Rubrique& la_rubrique(std::string_view slug)
{
    return *std::ranges::find(rubriques(), slug, &Rubrique::slug);
}

void effacer_ligne(Reponses& r, std::string_view slug, int ligne)
{
    const auto& rubrique = la_rubrique(slug);
    for (const auto& q : rubrique.questions) r.retirer(champ(rubrique, ligne, q));
}

void copier_rubrique(const Reponses& de, Reponses& vers, std::string_view slug)
{
    const auto& rubrique = la_rubrique(slug);
    for (int ligne = 1; ligne <= rubrique.lignes; ++ligne)
        for (const auto& q : rubrique.questions)
            vers.mettre(champ(rubrique, ligne, q), de.texte(champ(rubrique, ligne, q)));
}

Garde garde(const Separation& s, int ligne)
{
    const auto rang = static_cast<std::size_t>(ligne - 1);
    return rang < s.gardes.size() ? s.gardes[rang] : Garde::Reste;
}

Identite identite_de_la_ligne(const Reponses& r, const std::string& prefixe)
{
    return {.nom = base::fold(r.texte(prefixe + "nom")),
            .prenom = base::fold(r.texte(prefixe + "prenom")),
            .naissance_le = base::parse_typed_date(r.texte(prefixe + "naissance_le")),
            .nir = {}};
}

/// Asks for as many people as are written on it.
void compter(Reponses& r, Date jour)
{
    const auto m = menage(r, jour);
    r.mettre("souhait.personnes", std::to_string(m.adultes + m.a_charge));
}

constexpr std::string_view fins[] = {"separe", "divorce", "celibataire"};

} // namespace partages
} // namespace

std::vector<std::string_view> situations_apres_separation()
{
    return {std::begin(partages::fins), std::end(partages::fins)};
}

Reponses sans_le_codemandeur(const Reponses& actuelles, int ligne, Date jour)
{
    auto reste = actuelles;
    const auto lien = actuelles.texte(fmt::format("codemandeur.{}.lien", ligne));
    partages::effacer_ligne(reste, "codemandeur", ligne);
    for (const auto* section : {"travail", "ressources"})
        partages::effacer_ligne(reste, section_du_rang(section, ligne), 1);
    if (ligne == 1) {
        reste.retirer("revenus.rfr_n2_codemandeur");
        reste.retirer("revenus.rfr_n1_codemandeur");
    }
    if (lien == "conjoint" || lien == "pacse")
        for (const auto* commun : {"revenus.rfr_n2", "revenus.rfr_n1"}) reste.retirer(commun);
    partages::compter(reste, jour);
    return reste;
}

Result<Partage, FormErrors> separer(const Reponses& actuelles, const Separation& s, Date deposee_le)
{
    FormErrors erreurs;
    const auto& codemandeurs = partages::la_rubrique("codemandeur");
    const bool la = s.codemandeur >= 1 && s.codemandeur <= codemandeurs.lignes &&
                    est_remplie(codemandeurs, s.codemandeur, actuelles);
    if (!la) erreurs.push_back({"codemandeur", "Choisissez la personne qui aura sa propre demande."});
    const auto& identites = partages::la_rubrique("depot").questions;
    const auto& admises = std::ranges::find(identites, "identite", &Question::slug)->choix;
    if (std::ranges::find(admises, s.identite, &ReponsePossible::valeur) == admises.end())
        erreurs.push_back({"identite", "Choisissez la pièce d’identité présentée par cette personne."});
    if (std::ranges::find(partages::fins, s.situation) == std::end(partages::fins))
        erreurs.push_back({"situation", "Choisissez la situation de famille de chacun désormais."});
    const bool violences = actuelles.est("motif.violences", "oui");
    if (violences && !s.violences)
        erreurs.push_back({"violences", "Dites quelle demande garde les violences déclarées."});
    if (!erreurs.empty()) return erreurs;

    const auto avant = fmt::format("codemandeur.{}.", s.codemandeur);
    Partage p;

    auto& part = p.part;
    part.mettre("depot.depose_le", base::short_text(deposee_le));
    part.mettre("depot.identite", s.identite);
    for (const auto* q :
         {"civilite", "nom", "nom_usage", "prenom", "naissance_le", "nationalite", "telephone", "email"})
        part.mettre(std::string{"demandeur."} + q, actuelles.texte(avant + q));
    part.mettre("demandeur.situation_familiale", s.situation);
    part.mettre("motif.separation", "oui");
    partages::copier_rubrique(actuelles, part, "souhait");
    partages::copier_rubrique(actuelles, part, "localisation");
    if (s.garde_adresse) {
        partages::copier_rubrique(actuelles, part, "adresse");
        partages::copier_rubrique(actuelles, part, "logement");
        part.retirer("logement.personnes");
    }
    for (const std::string section : {"travail", "ressources"})
        for (const auto& q : partages::la_rubrique(section_du_rang(section, s.codemandeur)).questions) {
            const auto nom = "." + std::string{q.slug};
            part.mettre(section + nom, actuelles.texte(section_du_rang(section, s.codemandeur) + nom));
        }
    if (s.codemandeur == 1)
        for (const auto* annee : {"n2", "n1"}) {
            const auto rfr = fmt::format("revenus.rfr_{}", annee);
            part.mettre(rfr, actuelles.texte(rfr + "_codemandeur"));
            if (part.a(rfr))
                part.mettre(fmt::format("revenus.annee_{}", annee),
                            actuelles.texte(fmt::format("revenus.annee_{}", annee)));
        }

    auto& reste = p.reste;
    reste = sans_le_codemandeur(actuelles, s.codemandeur, deposee_le);
    reste.mettre("demandeur.situation_familiale", s.situation);
    if (violences && s.violences != SuiteDesViolences::Reste) part.mettre("motif.violences", "oui");
    if (violences && s.violences == SuiteDesViolences::Part) reste.retirer("motif.violences");

    const auto& charge = partages::la_rubrique("a_charge");
    int libre = 1;
    for (int ligne = 1; ligne <= charge.lignes; ++ligne) {
        const auto g = partages::garde(s, ligne);
        if (!est_remplie(charge, ligne, actuelles) || g == Garde::Reste) continue;
        for (const auto& q : charge.questions)
            part.mettre(champ(charge, libre, q), actuelles.texte(champ(charge, ligne, q)));
        if (g == Garde::Part) {
            partages::effacer_ligne(reste, "a_charge", ligne);
        } else {
            part.mettre(fmt::format("a_charge.{}.lien", libre), "garde_alternee");
            reste.mettre(fmt::format("a_charge.{}.lien", ligne), "garde_alternee");
        }
        ++libre;
    }
    partages::compter(part, deposee_le);
    partages::compter(reste, deposee_le);
    return p;
}

Date anciennete(const std::vector<VersionDatee>& versions, Date deposee_le, const Reponses& actuelles,
                int codemandeur)
{
    const auto qui = partages::identite_de_la_ligne(actuelles, fmt::format("codemandeur.{}.", codemandeur));
    for (std::size_t i = 0; i < versions.size(); ++i) {
        const auto& r = versions[i].reponses;
        bool nomme = comparer(qui, partages::identite_de_la_ligne(r, "demandeur.")).has_value();
        for (int ligne = 1; ligne <= partages::la_rubrique("codemandeur").lignes; ++ligne)
            nomme = nomme ||
                    comparer(qui, partages::identite_de_la_ligne(r, fmt::format("codemandeur.{}.", ligne)))
                        .has_value();
        if (nomme) return i == 0 ? deposee_le : std::max(deposee_le, versions[i].le);
    }
    return versions.empty() ? deposee_le : versions.back().le;
}

} // namespace demande
