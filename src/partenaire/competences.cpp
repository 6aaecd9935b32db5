// What a new partner of each type can do to start with. Data; the administrator then changes it row by row.
#include "partenaire/partenaire.hpp"

namespace partenaire {
// Named, not anonymous: these short names must not meet those of the other files of the folder.
namespace par_type {

using enum Competence;

constexpr Competence adil[] = {AccompagnementJuridique, Conciliation, NonDecenceEnergetique};
constexpr Competence ars[] = {Arretes, Salete, Insalubrite, Visites};
constexpr Competence bailleur_social[] = {
    Salete, HebergementRelogement, MiseEnSecuritePeril, NonDecence, NonDecenceEnergetique, Nuisibles, Rsd};
constexpr Competence caf_msa[] = {ConsignationAl, NonDecence, NonDecenceEnergetique, Visites};
constexpr Competence ccas[] = {AccompagnementSocial, Conciliation, Salete};
constexpr Competence commune_schs[] = {
    Arretes,   Conciliation, Salete, Insalubrite, MiseEnSecuritePeril, NonDecenceEnergetique,
    Nuisibles, Rsd,          Visites};
constexpr Competence conciliateurs[] = {Conciliation};
constexpr Competence conseil_departemental[] = {AccompagnementSocial, AccompagnementTravaux, Fsl};
constexpr Competence ddets[] = {Dalo, HebergementRelogement};
constexpr Competence ddt_m[] = {Arretes, Conciliation, Dalo, HebergementRelogement};
constexpr Competence renovation[] = {AccompagnementTravaux, Conciliation, NonDecenceEnergetique, Visites};
constexpr Competence epci[] = {Conciliation};
constexpr Competence operateur[] = {AccompagnementTravaux, Conciliation, NonDecenceEnergetique, Visites};
constexpr Competence prefecture[] = {Dalo};

} // namespace par_type

std::span<const Competence> competences_par_defaut(TypePartenaire type)
{
    switch (type) {
    case TypePartenaire::Adil:
        return par_type::adil;
    case TypePartenaire::Ars:
        return par_type::ars;
    case TypePartenaire::BailleurSocial:
        return par_type::bailleur_social;
    case TypePartenaire::CafMsa:
        return par_type::caf_msa;
    case TypePartenaire::Ccas:
        return par_type::ccas;
    case TypePartenaire::CommuneSchs:
        return par_type::commune_schs;
    case TypePartenaire::Conciliateurs:
        return par_type::conciliateurs;
    case TypePartenaire::ConseilDepartemental:
        return par_type::conseil_departemental;
    case TypePartenaire::Ddets:
        return par_type::ddets;
    case TypePartenaire::DdtM:
        return par_type::ddt_m;
    case TypePartenaire::DispositifRenovationHabitat:
        return par_type::renovation;
    case TypePartenaire::Epci:
        return par_type::epci;
    case TypePartenaire::OperateurVisitesEtTravaux:
        return par_type::operateur;
    case TypePartenaire::Prefecture:
        return par_type::prefecture;
    // What these do differs from one to the next: the administrator ticks it.
    case TypePartenaire::Association:
    case TypePartenaire::PoliceGendarmerie:
    case TypePartenaire::Tribunal:
    case TypePartenaire::Autre:
        return {};
    }
    throw base::Bug{"unknown partner type"};
}

} // namespace partenaire
