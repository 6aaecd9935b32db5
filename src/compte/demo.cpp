// The people of the demonstration. Invented names; addresses of a domain that receives nothing.
#include "compte/demo.hpp"

#include "base/crypto.hpp"
#include "compte/store.hpp"
#include "partenaire/demo.hpp"

namespace compte {
namespace {

constexpr std::string_view demo_comite_departement = "comite-76-departement";
constexpr std::string_view demo_comite_havre = "comite-76-havre";

constexpr PersonneDemo les_personnes_demo[] = {
    {"compte-demo-camille-lefort", "camille.lefort@demo.logis.example", "Camille", "Lefort", Role::SuperAdmin,
     "", "", "Super-administration"},
    {"compte-demo-nadia-belkacem", "nadia.belkacem@demo.logis.example", "Nadia", "Belkacem",
     Role::ResponsableTerritoire, "", "", "Responsable du territoire de Seine-Maritime"},
    {"compte-demo-julien-masson", "julien.masson@demo.logis.example", "Julien", "Masson",
     Role::SecretaireComite, demo_comite_departement, "", "Secrétariat du comité du Département"},
    {"compte-demo-aicha-diallo", "aicha.diallo@demo.logis.example", "Aïcha", "Diallo", Role::SecretaireComite,
     demo_comite_havre, "", "Secrétariat du comité du Havre"},
    {"compte-demo-claire-duhamel", "claire.duhamel@demo.logis.example", "Claire", "Duhamel",
     Role::AdminPartenaire, "", partenaire::demo_rouen, "Ville de Rouen, administre le partenaire"},
    {"compte-demo-thomas-petit", "thomas.petit@demo.logis.example", "Thomas", "Petit", Role::AgentPartenaire,
     "", partenaire::demo_rouen, "Ville de Rouen, agent"},
    {"compte-demo-sofia-pereira", "sofia.pereira@demo.logis.example", "Sofia", "Pereira",
     Role::AdminPartenaire, "", partenaire::demo_le_havre, "Ville du Havre, administre le partenaire"},
    {"compte-demo-yann-le-goff", "yann.legoff@demo.logis.example", "Yann", "Le Goff", Role::AgentPartenaire,
     "", partenaire::demo_le_havre, "Ville du Havre, agent"},
    {"compte-demo-marc-vasseur", "marc.vasseur@demo.logis.example", "Marc", "Vasseur", Role::AdminPartenaire,
     "", partenaire::demo_dieppe, "Ville de Dieppe, administre le partenaire"},
    {"compte-demo-helene-roussel", "helene.roussel@demo.logis.example", "Hélène", "Roussel",
     Role::AdminPartenaire, "", partenaire::demo_ars, "ARS Normandie, administre le partenaire"},
    {"compte-demo-karim-benali", "karim.benali@demo.logis.example", "Karim", "Benali", Role::AgentPartenaire,
     "", partenaire::demo_ars, "ARS Normandie, agent"},
    {"compte-demo-sandrine-lecoq", "sandrine.lecoq@demo.logis.example", "Sandrine", "Lecoq",
     Role::AdminPartenaire, "", partenaire::demo_caf, "CAF de Seine-Maritime, administre le partenaire"},
    {"compte-demo-paul-nguyen", "paul.nguyen@demo.logis.example", "Paul", "Nguyen", Role::AdminPartenaire, "",
     partenaire::demo_adil, "ADIL de Seine-Maritime, administre le partenaire"},
    {"compte-demo-ines-moreau", "ines.moreau@demo.logis.example", "Inès", "Moreau", Role::AdminPartenaire, "",
     partenaire::demo_operateur, "Opérateur Anah, administre le partenaire"},
    {"compte-demo-bernard-caron", "bernard.caron@demo.logis.example", "Bernard", "Caron",
     Role::AdminPartenaire, "", partenaire::demo_departement, "Département, administre le partenaire"},
    {"compte-demo-louise-auger", "louise.auger@demo.logis.example", "Louise", "Auger", Role::AdminPartenaire,
     "", partenaire::demo_ddtm, "DDTM, administre le partenaire"},
    {"compte-demo-stephane-hamel", "stephane.hamel@demo.logis.example", "Stéphane", "Hamel",
     Role::AdminPartenaire, "", partenaire::demo_bailleur, "Bailleur social, administre le partenaire"},
    {"compte-demo-monique-tessier", "monique.tessier@demo.logis.example", "Monique", "Tessier",
     Role::AgentPartenaire, "", partenaire::demo_conciliateurs, "Commission de conciliation, agent"},
    {"compte-demo-fatou-sarr", "fatou.sarr@demo.logis.example", "Fatou", "Sarr", Role::AgentPartenaire, "",
     partenaire::demo_ccas_rouen, "CCAS de Rouen, agent"},
    {"compte-demo-antoine-delattre", "antoine.delattre@demo.logis.example", "Antoine", "Delattre",
     Role::SecretaireComite, "comite-80-departement", "", "Secrétariat du comité de la Somme", "80"},
};

} // namespace

std::span<const PersonneDemo> personnes_demo()
{
    return les_personnes_demo;
}

void semer_demo(db::Transaction& tx, Instant le)
{
    std::string empreinte; // made once, and only when somebody is missing: hashing is slow on purpose
    for (const auto& p : les_personnes_demo) {
        if (store::find_by_email(tx, p.email)) continue;
        if (empreinte.empty()) empreinte = base::hash_password(mot_de_passe_demo);
        Compte c;
        c.id = Id<Compte>{std::string{p.id}};
        c.email = p.email;
        c.nom = p.nom;
        c.prenom = p.prenom;
        c.etat = EtatCompte::Actif;
        c.cree_le = le;
        store::insert(tx, c, empreinte);
        const std::string territoire = p.role == Role::SuperAdmin ? "" : std::string{p.territoire};
        store::save(
            tx, Invitation{c.email,
                           c.nom,
                           c.prenom,
                           Mandat{p.role, territoire, std::string{p.comite}, std::string{p.partenaire}, true},
                           {},
                           le});
    }
}

} // namespace compte
