// The rows: what each criterion is called, which values it takes, and its condition.
#include <algorithm>
#include <array>

#include "signalement/desordre/criticite.hpp"
#include "signalement/filtre/filtre.hpp"
#include "signalement/motifs.hpp"
#include "signalement/suivi.hpp"

namespace signalement::filtre {

namespace {
namespace lignes {

/// A closed list of the domain; its values are compared with a column.
template <class E, std::size_t N> constexpr std::array<Choix, N> de(const base::Name<E> (&table)[N])
{
    std::array<Choix, N> out{};
    for (std::size_t i = 0; i < N; ++i) out[i] = {table[i].slug, table[i].label, {}};
    return out;
}

constexpr auto choix_statut = de(statuts);
constexpr auto choix_gravite = de(desordre::gravites);
constexpr auto choix_profil = de(profils);
constexpr auto choix_nature = de(desordre::natures);
constexpr auto choix_procedure = de(desordre::qualifications);
constexpr auto choix_cloture = de(motifs_cloture);
constexpr auto choix_refus = de(motifs_refus);

// {parmi}: of the partners chosen beside it, when there are some: « confié à X, et pris en charge par X ».
constexpr Choix choix_affectation[] = {
    {"en_attente", "En attente de réponse",
     "EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id AND a.statut = 'en_attente'{parmi})"},
    {"acceptee", "Prise en charge",
     "EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id AND a.statut = 'acceptee'{parmi})"},
    {"refusee", "Refusée",
     "EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id AND a.statut = 'refusee'{parmi})"},
    {"fermee", "Terminée par un partenaire au moins",
     "EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id AND a.statut = 'fermee'{parmi})"},
    {"toutes_fermees", "Terminée par tous les partenaires",
     "(EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id) AND NOT EXISTS (SELECT 1 FROM "
     "affectation a WHERE a.signalement = s.id AND a.statut <> 'fermee'))"},
    {"fermee_commune", "Terminée par la commune",
     "EXISTS (SELECT 1 FROM affectation a JOIN partenaire p ON p.id = a.partenaire WHERE a.signalement = "
     "s.id "
     "AND a.statut = 'fermee' AND p.type = 'commune_schs')"},
    {"aucune_acceptee", "Confiée, mais prise en charge par personne",
     "(EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id) AND NOT EXISTS (SELECT 1 FROM "
     "affectation a WHERE a.signalement = s.id AND a.statut IN ('acceptee', 'fermee')))"},
    {"aucune", "Confiée à personne", "NOT EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id)"},
};

constexpr Choix choix_dernier_suivi[] = {
    {base::slug_of(mains, Main::Usager), base::label_of(mains, Main::Usager),
     "s.dernier_suivi_de = 'usager'"},
    {base::slug_of(mains, Main::Partenaire), base::label_of(mains, Main::Partenaire),
     "s.dernier_suivi_de = 'partenaire'"},
    {base::slug_of(mains, Main::Plateforme), base::label_of(mains, Main::Plateforme),
     "s.dernier_suivi_de = 'plateforme'"},
    {"aucun", "Personne encore", "s.dernier_suivi_le IS NULL"},
};

constexpr Choix choix_visite[] = {
    {"faite", "Faite",
     "EXISTS (SELECT 1 FROM suivi v WHERE v.signalement = s.id AND v.type = 'visite_faite')"},
    {"prevue", "Prévue",
     "EXISTS (SELECT 1 FROM suivi v WHERE v.signalement = s.id AND v.type = 'visite_prevue' AND v.date_acte "
     ">= "
     "{aujourd_hui})"},
    {"aucune", "Ni faite ni prévue",
     "NOT EXISTS (SELECT 1 FROM suivi v WHERE v.signalement = s.id AND (v.type = 'visite_faite' OR (v.type = "
     "'visite_prevue' AND v.date_acte >= {aujourd_hui})))"},
};

// public_de() in the words of the database: a test holds the two together.
constexpr Choix choix_canal[] = {
    {"professionnel", "Un service ou une association",
     "s.profil IN ('agent_municipal', 'ccas', 'travailleur_social', 'caf_msa', 'association', "
     "'autre_professionnel')"},
    {"particulier", "Un particulier ou un bailleur",
     "s.profil IN ('locataire', 'proprietaire_occupant', 'proche', 'voisin', 'bailleur')"},
};

constexpr Choix choix_occupation[] = {
    {"locataire", "Locataire", "(s.profil = 'locataire' OR s.occupant_statut = 'locataire')"},
    {"proprietaire", "Propriétaire occupant",
     "(s.profil = 'proprietaire_occupant' OR s.occupant_statut = 'proprietaire')"},
    {"heberge", "Hébergé ou sans titre", "s.occupant_statut = 'heberge'"},
    {"vacant", "Logement vide", "s.vacant = 1"},
    {"non_renseigne", "Non renseigné",
     "(s.profil NOT IN ('locataire', 'proprietaire_occupant') AND COALESCE(s.occupant_statut, 'inconnu') = "
     "'inconnu' AND s.vacant = 0)"},
};

constexpr Choix choix_parc[] = {
    {"prive", "Privé", "s.social = 'non'"},
    {"public", "Social", "s.social = 'oui'"},
    {"non_renseigne", "Non renseigné", "COALESCE(s.social, 'nsp') = 'nsp'"},
};

constexpr Choix choix_allocataire[] = {
    {"caf", "De la CAF", "s.allocation = 'caf'"},
    {"msa", "De la MSA", "s.allocation = 'msa'"},
    {"non", "Non allocataire", "s.allocation = 'non'"},
    {"non_renseigne", "Non renseigné", "COALESCE(s.allocation, 'nsp') = 'nsp'"},
};

constexpr Choix choix_enfants[] = {
    {"oui", "Oui", "s.enfant_moins_6_ans = 'oui'"},
    {"non", "Non", "s.enfant_moins_6_ans = 'non'"},
    {"non_renseigne", "Non renseigné", "COALESCE(s.enfant_moins_6_ans, 'nsp') = 'nsp'"},
};

constexpr Choix choix_situation[] = {
    {"attente_relogement", "Relogement demandé", "s.demande_relogement = 'oui'"},
    {"bail_en_cours", "Bail en cours", "s.bail = 'oui'"},
    {"preavis_de_depart", "Préavis de départ déposé", "s.preavis_depose = 'oui'"},
};

constexpr Critere criteres[] = {
    {.cle = Cle::Recherche,
     .slug = "q",
     .label = "Chercher",
     .genre = Genre::Texte,
     .sql = {}, // its words: store_filtre.cpp
     .indexe = true},
    // Says how the words beside it are read; by itself, nothing.
    {.cle = Cle::Approchant,
     .slug = "approchant",
     .label = "Orthographe approchante",
     .genre = Genre::Oui,
     .sql = "1 = 1"},
    {.cle = Cle::Statut,
     .slug = "statut",
     .label = "État",
     .genre = Genre::Plusieurs,
     .choix = choix_statut,
     .sql = "s.statut IN {valeurs}"},
    {.cle = Cle::Region,
     .slug = "region",
     .label = "Région",
     .genre = Genre::Codes,
     .forme = Forme::Region,
     .sql = "s.territoire IN (SELECT d.code FROM departement d WHERE d.region IN {valeurs})"},
    {.cle = Cle::Territoire,
     .slug = "territoire",
     .label = "Département",
     .genre = Genre::Codes,
     .forme = Forme::Departement,
     .sql = "s.territoire IN {valeurs}",
     .indexe = true},
    {.cle = Cle::Comite,
     .slug = "comite",
     .label = "Comité",
     .genre = Genre::Codes,
     .forme = Forme::Identifiant,
     .sql = "s.comite IN {valeurs}",
     .indexe = true},
    // A commune is also its arrondissements and the communes that joined it.
    {.cle = Cle::Commune,
     .slug = "commune",
     .label = "Commune",
     .genre = Genre::Codes,
     .forme = Forme::Insee,
     .sql =
         "s.insee IN (SELECT c.insee FROM commune c WHERE c.insee IN {valeurs} UNION ALL SELECT c.insee FROM "
         "commune c WHERE c.rattachee_a IN {valeurs})",
     .indexe = true},
    {.cle = Cle::Epci,
     .slug = "epci",
     .label = "Intercommunalité",
     .genre = Genre::Codes,
     .forme = Forme::Siren,
     .sql =
         "s.insee IN (SELECT c.insee FROM commune c WHERE c.epci IN {valeurs} UNION ALL SELECT d.insee FROM "
         "commune c JOIN commune d ON d.rattachee_a = c.insee WHERE c.epci IN {valeurs})",
     .indexe = true},
    {.cle = Cle::DeposeDu,
     .slug = "depose_du",
     .label = "Déposé à partir du",
     .genre = Genre::Du,
     .sql = "s.depose_le >= {valeur}",
     .indexe = true},
    {.cle = Cle::DeposeAu,
     .slug = "depose_au",
     .label = "Déposé jusqu’au",
     .genre = Genre::Au,
     .sql = "s.depose_le < {valeur}",
     .indexe = true},
    {.cle = Cle::Partenaire,
     .slug = "partenaire",
     .label = "Confié à",
     .genre = Genre::Codes,
     .lecture = Action::LireTout,
     .forme = Forme::Identifiant,
     .sql = "s.id IN (SELECT a.signalement FROM affectation a WHERE a.partenaire IN {valeurs})",
     .indexe = true},
    {.cle = Cle::Affectation,
     .slug = "affectation",
     .label = "Prise en charge",
     .genre = Genre::Plusieurs,
     .lecture = Action::LireTout,
     .choix = choix_affectation,
     .sql = "{choix}"},
    {.cle = Cle::SansPartenaire,
     .slug = "sans_partenaire",
     .label = "En cours, sans aucun partenaire",
     .genre = Genre::Oui,
     .lecture = Action::LireTout,
     .usage = Usage::Secretariat,
     .sql =
         "s.statut = 'en_cours' AND NOT EXISTS (SELECT 1 FROM affectation a WHERE a.signalement = s.id AND "
         "a.statut IN ('en_attente', 'acceptee'))"},
    {.cle = Cle::ARepondre,
     .slug = "a_repondre",
     .label = "Confiés à nous, en attente de notre réponse",
     .genre = Genre::Oui,
     .usage = Usage::Partenaire,
     .sql = "s.statut = 'en_cours' AND s.id IN (SELECT a.signalement FROM affectation a WHERE a.statut = "
            "'en_attente' AND a.partenaire IN {mes_partenaires})",
     .indexe = true},
    {.cle = Cle::Miens,
     .slug = "miens",
     .label = "Mes dossiers",
     .genre = Genre::Oui,
     .sql = "s.id IN (SELECT p.signalement FROM acces_ponctuel p WHERE p.compte = {agent} UNION ALL SELECT "
            "v.signalement FROM suivi v WHERE v.auteur = {agent})",
     .indexe = true},
    {.cle = Cle::Danger,
     .slug = "danger",
     .label = "En danger",
     .genre = Genre::Oui,
     .sql = "s.danger = 1",
     .indexe = true},
    {.cle = Cle::Gravite,
     .slug = "gravite",
     .label = "Gravité",
     .genre = Genre::Plusieurs,
     .choix = choix_gravite,
     .sql = "s.gravite IN {valeurs}"},
    {.cle = Cle::Message,
     .slug = "message",
     .label = "Message sans réponse",
     .genre = Genre::Oui,
     .lecture = Action::LireTout,
     .sql = "s.message_sans_reponse = 1",
     .indexe = true},
    {.cle = Cle::DernierSuivi,
     .slug = "dernier_suivi",
     .label = "Dernier suivi par",
     .genre = Genre::Plusieurs,
     .lecture = Action::LireTout,
     .choix = choix_dernier_suivi,
     .sql = "{choix}"},
    {.cle = Cle::SuiviDu,
     .slug = "suivi_du",
     .label = "Dernier suivi à partir du",
     .genre = Genre::Du,
     .lecture = Action::LireTout,
     .sql = "COALESCE(s.dernier_suivi_le, s.depose_le) >= {valeur} AND s.dernier_suivi_le IS NOT NULL",
     .indexe = true},
    {.cle = Cle::SuiviAu,
     .slug = "suivi_au",
     .label = "Dernier suivi jusqu’au",
     .genre = Genre::Au,
     .lecture = Action::LireTout,
     .sql = "COALESCE(s.dernier_suivi_le, s.depose_le) < {valeur} AND s.dernier_suivi_le IS NOT NULL",
     .indexe = true},
    {.cle = Cle::SansActivite,
     .slug = "sans_activite",
     .label = "En cours, sans activité depuis 60 jours",
     .genre = Genre::Oui,
     .lecture = Action::LireTout,
     .sql = "s.statut = 'en_cours' AND COALESCE(s.dernier_suivi_le, s.depose_le) < {silence}"},
    {.cle = Cle::Visite,
     .slug = "visite",
     .label = "Visite",
     .genre = Genre::Plusieurs,
     .lecture = Action::LireTout,
     .choix = choix_visite,
     .sql = "{choix}"},
    {.cle = Cle::Profil,
     .slug = "profil",
     .label = "Déposé par",
     .genre = Genre::Plusieurs,
     .choix = choix_profil,
     .sql = "s.profil IN {valeurs}"},
    {.cle = Cle::Canal,
     .slug = "canal",
     .label = "Formulaire rempli par",
     .genre = Genre::Plusieurs,
     .choix = choix_canal,
     .sql = "{choix}"},
    {.cle = Cle::Occupation,
     .slug = "occupation",
     .label = "Occupation",
     .genre = Genre::Plusieurs,
     .choix = choix_occupation,
     .sql = "{choix}"},
    {.cle = Cle::Nature,
     .slug = "nature",
     .label = "Logement",
     .genre = Genre::Plusieurs,
     .choix = choix_nature,
     .sql = "s.nature IN {valeurs}"},
    {.cle = Cle::Parc,
     .slug = "parc",
     .label = "Parc",
     .genre = Genre::Plusieurs,
     .choix = choix_parc,
     .sql = "{choix}"},
    {.cle = Cle::Allocataire,
     .slug = "allocataire",
     .label = "Allocation logement",
     .genre = Genre::Plusieurs,
     .choix = choix_allocataire,
     .sql = "{choix}"},
    {.cle = Cle::Enfants,
     .slug = "enfants",
     .label = "Enfant de moins de 6 ans",
     .genre = Genre::Plusieurs,
     .choix = choix_enfants,
     .sql = "{choix}"},
    {.cle = Cle::Situation,
     .slug = "situation",
     .label = "Situation",
     .genre = Genre::Plusieurs,
     .choix = choix_situation,
     .sql = "{choix}"},
    {.cle = Cle::Procedure,
     .slug = "procedure",
     .label = "Procédure suspectée",
     .genre = Genre::Plusieurs,
     .choix = choix_procedure,
     .sql = "EXISTS (SELECT 1 FROM signalement_qualification q WHERE q.signalement = s.id AND "
            "q.qualification IN "
            "{valeurs})"},
    {.cle = Cle::MotifCloture,
     .slug = "motif_cloture",
     .label = "Motif de clôture",
     .genre = Genre::Plusieurs,
     .choix = choix_cloture,
     .sql = "s.statut = 'clos' AND s.motif_slug IN {valeurs}"},
    {.cle = Cle::MotifRefus,
     .slug = "motif_refus",
     .label = "Motif de refus",
     .genre = Genre::Plusieurs,
     .choix = choix_refus,
     .sql = "s.statut = 'refuse' AND s.motif_slug IN {valeurs}"},
    {.cle = Cle::Doublon,
     .slug = "doublon",
     .label = "Doublon possible",
     .genre = Genre::Oui,
     .lecture = Action::LireTout,
     .sql = "s.doublon_possible = 1"},
    {.cle = Cle::Courriel,
     .slug = "courriel_refuse",
     .label = "Adresse électronique à vérifier",
     .genre = Genre::Oui,
     .lecture = Action::VoirCourriels,
     .usage = Usage::Secretariat,
     .sql = "EXISTS (SELECT 1 FROM courriel k WHERE k.objet_type = 'signalement' AND k.objet_id = s.id AND "
            "k.etat "
            "= 'refuse')"},
    {.cle = Cle::Cadre,
     .slug = "cadre",
     .label = "Partie de la carte",
     .genre = Genre::Cadre,
     .sql = "s.lon >= {ouest} AND s.lon < {est} AND s.lat >= {sud} AND s.lat < {nord}"},
    {.cle = Cle::SansPosition,
     .slug = "sans_position",
     .label = "Sans position sur la carte",
     .genre = Genre::Oui,
     .sql = "s.lon IS NULL"},
};

static_assert(
    [] {
        for (std::size_t i = 0; i < std::size(criteres); ++i)
            if (criteres[i].cle != static_cast<Cle>(i)) return false;
        return static_cast<std::size_t>(Cle::SansPosition) + 1 == std::size(criteres);
    }(),
    "a row for each criterion, in the order of Cle");

constexpr std::string_view activite = "COALESCE(s.dernier_suivi_le, s.depose_le)";

constexpr Ordre ordres[] = {
    {"depot_desc", "Dépôt, du plus récent au plus ancien", "s.depose_le", true},
    {"depot", "Dépôt, du plus ancien au plus récent", "s.depose_le", false},
    {"suivi_desc", "Dernier suivi, du plus récent au plus ancien", activite, true, Action::LireTout, true},
    {"suivi", "Dernier suivi, du plus ancien au plus récent", activite, false, Action::LireTout, true},
    {"reference_desc", "Référence, de la dernière à la première", "s.reference", true},
    {"reference", "Référence, de la première à la dernière", "s.reference", false},
    {"commune", "Commune, de A à Z", "s.tri_commune", false},
    {"commune_desc", "Commune, de Z à A", "s.tri_commune", true},
    {"nom", "Nom de l’occupant, de A à Z", "s.tri_nom", false},
    {"nom_desc", "Nom de l’occupant, de Z à A", "s.tri_nom", true},
};

} // namespace lignes
} // namespace

std::span<const Critere> criteres()
{
    return lignes::criteres;
}

const Critere& critere(Cle cle)
{
    return lignes::criteres[static_cast<std::size_t>(cle)];
}

std::span<const Ordre> ordres()
{
    return lignes::ordres;
}

} // namespace signalement::filtre
