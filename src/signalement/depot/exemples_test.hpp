// Answers for tests: complete deposits that each test changes in the one place it is about.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "signalement/depot/formulaire.hpp"

namespace signalement::depot::exemples {

using Valeurs = std::initializer_list<std::pair<std::string_view, std::vector<std::string>>>;

inline Contexte contexte(territoire::Phase phase = territoire::Phase::Tous)
{
    return {.phase = phase, .aujourd_hui = Date{2026, 11, 21}};
}

inline Reponses avec(Reponses r, Valeurs changements)
{
    for (const auto& [slug, valeurs] : changements) r.mettre(slug, valeurs);
    return r;
}

inline Reponses adresse(std::string libelle = "12 Rue des Carmes")
{
    return avec({}, {{"danger", {"non"}},
                     {"adresse", {"12 rue des Carmes, Rouen"}},
                     {reconnue::libelle, {std::move(libelle)}},
                     {reconnue::code_postal, {"76000"}},
                     {reconnue::commune, {"Rouen"}},
                     {reconnue::insee, {"76540"}},
                     {reconnue::id, {"76540_1220_00012"}},
                     {reconnue::lon, {"1.096500"}},
                     {reconnue::lat, {"49.443200"}}});
}

/// A tenant of a flat of several rooms, with damp in the kitchen.
inline Reponses locataire()
{
    return avec(adresse(), {{"profil", {"locataire"}},
                            {"prenom", {"Claire"}},
                            {"nom", {"Lefebvre"}},
                            {"email", {"claire@exemple.fr"}},
                            {"telephone", {"06 12 34 56 78"}},
                            {"bailleur_type", {"particulier"}},
                            {"bailleur_nom", {"M. Dupuis"}},
                            {"bailleur_prevenu", {"oui"}},
                            {"bailleur_prevenu_mois", {"03/2026"}},
                            {"bailleur_prevenu_moyen", {"courrier"}},
                            {"nature", {"appartement"}},
                            {"niveau", {"rdc"}},
                            {"pieces", {"plusieurs_pieces"}},
                            {"nombre_pieces", {"2"}},
                            {"piece_de_9_m2", {"oui"}},
                            {"superficie", {"32,5"}},
                            {"cuisine", {"dans_le_logement"}},
                            {"salle_de_bain", {"dans_le_logement"}},
                            {"wc", {"dans_le_logement"}},
                            {"wc_dans_cuisine", {"non"}},
                            {"personnes", {"3"}},
                            {"enfants", {"1"}},
                            {"enfant_moins_6_ans", {"oui"}},
                            {"categories_logement", {"desordres_logement_humidite"}},
                            {"desordres_logement_humidite_cuisine", {"oui"}},
                            {"description", {"Les murs de la cuisine sont noirs."}},
                            {"debut", {"1_a_2_ans"}},
                            {"loyer", {"452,30"}},
                            {"allocation", {"caf"}},
                            {"numero_allocataire", {"1234567"}},
                            {"visite_acceptee", {"oui"}},
                            {"bailleur_peut_etre_prevenu", {"non"}},
                            {"attestation", {"oui"}},
                            {"donnees", {"oui"}}});
}

/// A municipal agent about somebody else's dwelling.
inline Reponses agent()
{
    return avec(locataire(), {{"profil", {"agent_municipal"}},
                              {"organisation", {"Mairie de Rouen"}},
                              {"email", {"hygiene@rouen.exemple"}},
                              {"occupe", {"oui"}},
                              {"occupant_statut", {"locataire"}},
                              {"occupant_prenom", {"Awa"}},
                              {"occupant_nom", {"Diallo"}},
                              {"occupant_email", {"awa@exemple.fr"}},
                              {"occupant_prevenu", {"oui"}},
                              {"constate", {"oui"}}});
}

/// The short way: somebody is in danger.
inline Reponses danger()
{
    return avec(adresse(), {{"danger", {"oui"}},
                            {"profil", {"agent_municipal"}},
                            {"organisation", {"Mairie de Rouen"}},
                            {"prenom", {"Paul"}},
                            {"nom", {"Martin"}},
                            {"email", {"paul@rouen.exemple"}},
                            {"occupe", {"oui"}},
                            {"occupant_statut", {"inconnu"}},
                            {"occupant_prevenu", {"non"}},
                            {"description", {"Le plafond s’effondre."}},
                            {"dangers_batiment", {"desordres_batiment_securite_toit"}},
                            {"visite_acceptee", {"nsp"}},
                            {"bailleur_peut_etre_prevenu", {"nsp"}},
                            {"attestation", {"oui"}},
                            {"donnees", {"oui"}}});
}

} // namespace signalement::depot::exemples
