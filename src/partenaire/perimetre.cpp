// Who acts where, and whom to propose for a signalement: pure, no database.
#include <algorithm>

#include "base/text.hpp"
#include "partenaire/partenaire.hpp"

namespace partenaire {
namespace {

/// For equal merit, those whose answer conditions the others' come first: the mayor's police, then health,
/// then who pays the allowance; who advises comes after who acts.
constexpr TypePartenaire ordre_des_types[] = {
    TypePartenaire::CommuneSchs,
    TypePartenaire::Epci,
    TypePartenaire::Ars,
    TypePartenaire::CafMsa,
    TypePartenaire::BailleurSocial,
    TypePartenaire::DdtM,
    TypePartenaire::Prefecture,
    TypePartenaire::Ddets,
    TypePartenaire::OperateurVisitesEtTravaux,
    TypePartenaire::DispositifRenovationHabitat,
    TypePartenaire::Adil,
    TypePartenaire::ConseilDepartemental,
    TypePartenaire::Ccas,
    TypePartenaire::Conciliateurs,
    TypePartenaire::Association,
    TypePartenaire::PoliceGendarmerie,
    TypePartenaire::Tribunal,
    TypePartenaire::Autre,
};
static_assert(std::size(ordre_des_types) == std::size(types_partenaire));

std::ptrdiff_t rang_du_type(TypePartenaire type)
{
    return std::ranges::find(ordre_des_types, type) - std::begin(ordre_des_types);
}

bool est_la_commune_du_lieu(const Partenaire& p, const Lieu& lieu)
{
    return p.type == TypePartenaire::CommuneSchs && !p.insee.empty() && p.insee == lieu.insee;
}

std::vector<Competence> en_commun(const Partenaire& p, std::span<const Competence> soupconnees)
{
    std::vector<Competence> communes;
    for (const auto& ligne : competences) {
        const bool exercee = std::ranges::find(p.competences, ligne.value) != p.competences.end();
        const bool cherchee = std::ranges::find(soupconnees, ligne.value) != soupconnees.end();
        if (exercee && cherchee) communes.push_back(ligne.value);
    }
    return communes;
}

} // namespace

bool couvre(const Partenaire& p, const Lieu& lieu)
{
    if (p.territoire != lieu.territoire) return false;
    return std::ranges::any_of(p.perimetre, [&](const Perimetre& ligne) {
        switch (ligne.genre) {
        case GenrePerimetre::Departement:
            return ligne.code == lieu.territoire;
        case GenrePerimetre::Epci:
            return !lieu.epci.empty() && ligne.code == lieu.epci;
        case GenrePerimetre::Commune:
            return ligne.code == lieu.insee;
        }
        return false;
    });
}

std::vector<Proposition> proposer(std::span<const Partenaire> partenaires, const Lieu& lieu,
                                  std::span<const Competence> soupconnees)
{
    struct Candidat {
        Proposition proposition;
        bool est_la_commune;
        std::ptrdiff_t rang;
        std::string nom;
    };
    std::vector<Candidat> candidats;
    for (const auto& p : partenaires) {
        if (!p.actif || p.territoire != lieu.territoire) continue;
        Proposition proposition{&p, couvre(p, lieu), en_commun(p, soupconnees), false};
        // A landlord may be the one complained of: choosing it is a decision, never a box left ticked.
        proposition.recommande = proposition.couvre_le_lieu && !proposition.competences_communes.empty() &&
                                 p.type != TypePartenaire::BailleurSocial;
        candidats.push_back({std::move(proposition), est_la_commune_du_lieu(p, lieu), rang_du_type(p.type),
                             base::fold(p.nom)});
    }
    std::ranges::sort(candidats, [](const Candidat& a, const Candidat& b) {
        if (a.proposition.couvre_le_lieu != b.proposition.couvre_le_lieu) return a.proposition.couvre_le_lieu;
        if (a.est_la_commune != b.est_la_commune) return a.est_la_commune;
        const auto na = a.proposition.competences_communes.size();
        const auto nb = b.proposition.competences_communes.size();
        if (na != nb) return na > nb;
        if (a.rang != b.rang) return a.rang < b.rang;
        if (a.nom != b.nom) return a.nom < b.nom;
        return a.proposition.partenaire->id < b.proposition.partenaire->id;
    });
    std::vector<Proposition> propositions;
    propositions.reserve(candidats.size());
    for (auto& c : candidats) propositions.push_back(std::move(c.proposition));
    return propositions;
}

} // namespace partenaire
