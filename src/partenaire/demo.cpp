// The partners of the demonstration, Seine-Maritime. Invented contacts: telephone numbers of the block
// reserved for fiction, addresses of a domain that receives nothing.
#include "partenaire/demo.hpp"

#include "partenaire/store.hpp"

namespace partenaire {
namespace {

constexpr std::string_view epci_rouen = "200023414";
constexpr std::string_view epci_le_havre = "200084952";

struct PartenaireDemo {
    std::string_view id;
    std::string_view nom;
    TypePartenaire type;
    std::string_view insee; // a commune, or its CCAS: this is also its perimeter
    std::string_view epci;  // perimeter, when it is neither a commune nor the département
    std::string_view boite; // before @demo.logis.example
    std::string_view telephone;
};

constexpr PartenaireDemo partenaires_demo[] = {
    {demo_rouen, "Ville de Rouen, service d’hygiène", TypePartenaire::CommuneSchs, "76540", "",
     "hygiene.rouen", "+33261910101"},
    {demo_le_havre, "Ville du Havre, service d’hygiène", TypePartenaire::CommuneSchs, "76351", "",
     "hygiene.lehavre", "+33261910102"},
    {demo_dieppe, "Ville de Dieppe, service habitat", TypePartenaire::CommuneSchs, "76217", "",
     "habitat.dieppe", "+33261910103"},
    {demo_ccas_rouen, "CCAS de Rouen", TypePartenaire::Ccas, "76540", "", "ccas.rouen", "+33261910104"},
    {demo_ars, "ARS Normandie, unité de Seine-Maritime", TypePartenaire::Ars, "", "", "habitat.ars",
     "+33261910105"},
    {demo_caf, "CAF de Seine-Maritime", TypePartenaire::CafMsa, "", "", "logement.caf76", "+33261910106"},
    {demo_adil, "ADIL de Seine-Maritime", TypePartenaire::Adil, "", "", "conseil.adil76", "+33261910107"},
    {demo_operateur, "Habitat Conseil Normand, opérateur Anah", TypePartenaire::OperateurVisitesEtTravaux, "",
     "", "visites.operateur", "+33261910108"},
    {demo_departement, "Département de Seine-Maritime, action sociale", TypePartenaire::ConseilDepartemental,
     "", "", "habitat.departement76", "+33261910109"},
    {demo_ddtm, "DDTM de Seine-Maritime, habitat indigne", TypePartenaire::DdtM, "", "", "habitat.ddtm76",
     "+33261910110"},
    {demo_bailleur, "Seine Logis Habitat, bailleur social", TypePartenaire::BailleurSocial, "", epci_rouen,
     "proximite.bailleur", "+33261910111"},
    {demo_conciliateurs, "Commission départementale de conciliation", TypePartenaire::Conciliateurs, "", "",
     "conciliation", "+33261910112"},
    {"partenaire-76-epci-le-havre", "Le Havre Seine Métropole, direction de l’habitat", TypePartenaire::Epci,
     "", epci_le_havre, "habitat.lhsm", "+33261910113"},
    {"partenaire-76-ddets", "DDETS de Seine-Maritime, accès au logement", TypePartenaire::Ddets, "", "",
     "logement.ddets76", "+33261910114"},
    {"partenaire-76-prefecture", "Préfecture de Seine-Maritime", TypePartenaire::Prefecture, "", "",
     "habitat.pref76", "+33261910115"},
    {"partenaire-76-association", "Toit et Droits, association de locataires", TypePartenaire::Association,
     "", "", "permanence.association", "+33261910116"},
};

Partenaire en_partenaire(const PartenaireDemo& d)
{
    Partenaire p;
    p.id = Id<Partenaire>{std::string{d.id}};
    p.territoire = "76";
    p.nom = d.nom;
    p.type = d.type;
    p.email = std::string{d.boite} + "@demo.logis.example";
    p.telephone = d.telephone;
    p.insee = d.insee;
    const auto par_defaut = competences_par_defaut(d.type);
    p.competences.assign(par_defaut.begin(), par_defaut.end());
    if (!d.insee.empty())
        p.perimetre = {{GenrePerimetre::Commune, std::string{d.insee}}};
    else if (!d.epci.empty())
        p.perimetre = {{GenrePerimetre::Epci, std::string{d.epci}}};
    else
        p.perimetre = {{GenrePerimetre::Departement, "76"}};
    return p;
}

} // namespace

void semer_demo(db::Transaction& tx, Instant le)
{
    for (const auto& d : partenaires_demo)
        if (!store::find(tx, Id<Partenaire>{std::string{d.id}})) store::insert(tx, en_partenaire(d), le);
}

} // namespace partenaire
