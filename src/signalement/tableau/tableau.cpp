// See tableau.hpp.
#include "signalement/tableau/tableau.hpp"

#include "base/text.hpp"

namespace signalement::tableau {

namespace {
namespace lignes {

struct Ligne {
    Rubrique rubrique;
    std::string_view libelle;
    std::string_view adresse;
    int jours = 0; // deposited that many days ago or more
};

constexpr Ligne table[] = {
    {Rubrique::AMoi, "confiés à nous, en attente de notre réponse", "a_repondre=oui"},
    {Rubrique::AMoi, "à trier", "statut=a_trier"},
    {Rubrique::AMoi, "en cours, sans aucun partenaire", "sans_partenaire=oui"},
    {Rubrique::AMoi, "avec un message auquel personne n’a répondu", "message=oui"},
    {Rubrique::AMoi, "où j’ai agi, en cours", "miens=oui&statut=en_cours"},
    {Rubrique::EnDanger, "à trier, en danger", "danger=oui&statut=a_trier"},
    {Rubrique::EnDanger, "en cours, en danger", "danger=oui&statut=en_cours"},
    {Rubrique::EnDanger, "en danger, que personne n’a pris en charge",
     "danger=oui&statut=en_cours&affectation=aucune_acceptee"},
    {Rubrique::EnRetard, "à trier depuis plus de 7 jours", "statut=a_trier", jours_pour_trier},
    {Rubrique::EnRetard, "déposés il y a plus de 15 jours, que personne n’a pris en charge",
     "statut=en_cours&affectation=aucune_acceptee", jours_pour_prendre_en_charge},
    {Rubrique::EnRetard, "déposés il y a plus de 15 jours, pris en charge sans visite faite ni prévue",
     "statut=en_cours&affectation=acceptee&visite=aucune", jours_pour_visiter},
    {Rubrique::Silence, "en cours, sans activité depuis 60 jours", "sans_activite=oui"},
    {Rubrique::Silence, "dont un courriel n’arrive pas", "courriel_refuse=oui"},
    {Rubrique::AFermer, "en cours, terminés par tous les partenaires",
     "statut=en_cours&affectation=toutes_fermees"},
    {Rubrique::AFermer, "en cours, terminés par la commune", "statut=en_cours&affectation=fermee_commune"},
};

} // namespace lignes
} // namespace

std::vector<Tuile> tuiles(const compte::Agent& agent, Date aujourd_hui)
{
    std::vector<Tuile> out;
    for (const auto& l : lignes::table) {
        filtre::Paires adresse;
        for (const auto& paire : base::split(l.adresse, '&')) {
            const auto egal = paire.find('=');
            adresse.emplace_back(paire.substr(0, egal), paire.substr(egal + 1));
        }
        // The oldest first: they are the reason to look.
        adresse.emplace_back("tri", "depot");
        if (l.jours > 0)
            adresse.emplace_back("depose_au", base::to_iso(base::plus_days(aujourd_hui, -l.jours - 1)));
        auto lu = filtre::lire(adresse, agent);
        if (lu.refus.empty()) out.push_back({l.rubrique, l.libelle, std::move(lu.filtre)});
    }
    return out;
}

} // namespace signalement::tableau
