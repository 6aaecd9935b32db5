// The texts for people in danger and the table of which précision reveals which danger: data and look-ups
// only.
#include "signalement/desordre/urgence.hpp"

#include <algorithm>

#include "base/expect.hpp"

namespace signalement::desordre {

namespace {
namespace danger {

constexpr Numero europe{"112", "112", "Urgences, partout en Europe", "Pour toute urgence, de tout téléphone"};
constexpr Numero pompiers{"18", "18", "Pompiers", "Feu, gaz, malaise, effondrement, personne coincée"};
constexpr Numero samu{"15", "15", "Samu", "Personne blessée, malade ou inconsciente"};
constexpr Numero police{"17", "17", "Police ou gendarmerie",
                        "Violences, menaces, mise à la rue par la force"};
constexpr Numero sourds{"114", "114", "Urgences par SMS ou visio",
                        "Si vous ne pouvez pas parler ou entendre"};
constexpr Numero samu_social{"115", "115", "Hébergement d’urgence",
                             "Nulle part où dormir ce soir ; appel gratuit"};
constexpr Numero gaz{"0800473333", "0 800 47 33 33", "Urgence sécurité gaz (GRDF)",
                     "Odeur de gaz ; gratuit, jour et nuit"};
constexpr Numero femmes{"3919", "3919", "Violences femmes info", "Écoute anonyme et gratuite, jour et nuit"};
constexpr Numero enfance{"119", "119", "Enfance en danger", "Appel gratuit, jour et nuit"};
constexpr Numero indigne{"0806706806", "0 806 706 806", "Info logement indigne",
                         "Conseil juridique sur un logement en mauvais état"};

constexpr Numero toujours[] = {europe, pompiers, samu, police, sourds, samu_social};

constexpr std::string_view gestes_incendie[] = {
    "Sortez tout de suite et fermez la porte derrière vous, sans la verrouiller.",
    "Ne prenez pas l’ascenseur.",
    "Si la fumée est dans l’escalier, restez chez vous : porte fermée, linge mouillé en bas, "
    "montrez-vous à la fenêtre.",
    "Appelez le 18 ou le 112 et ne raccrochez pas avant qu’on vous le dise.",
};
constexpr Numero numeros_incendie[] = {pompiers, europe, sourds};

constexpr std::string_view gestes_gaz[] = {
    "N’allumez rien : ni lumière, ni flamme, ni appareil, et n’éteignez rien non plus.",
    "Ouvrez les fenêtres et, si vous le pouvez, fermez le robinet de gaz.",
    "Sortez avec tout le monde, sans prendre l’ascenseur ni sonner aux portes.",
    "Téléphonez une fois dehors, loin du bâtiment.",
};
constexpr Numero numeros_gaz[] = {gaz, pompiers, europe};

constexpr std::string_view gestes_monoxyde[] = {
    "Maux de tête, nausées, vertiges chez plusieurs personnes : ouvrez tout et sortez.",
    "Éteignez le chauffage ou le chauffe-eau si vous pouvez le faire en passant.",
    "Appelez le 15, le 18 ou le 112 depuis l’extérieur.",
    "N’y retournez pas avant qu’un professionnel ait vérifié l’appareil. Ce gaz ne se voit pas et ne se sent "
    "pas.",
};
constexpr Numero numeros_monoxyde[] = {pompiers, samu, europe};

constexpr std::string_view gestes_effondrement[] = {
    "Sortez et ne revenez pas chercher vos affaires.",
    "Ne passez pas et ne restez pas sous le balcon, le mur ou le toit abîmé ; prévenez les voisins.",
    "Craquements, fissures qui s’ouvrent, portes qui se bloquent : appelez le 18 ou le 112.",
    "Prévenez aussi la mairie : la maire ou le maire peut faire évacuer et interdire l’accès.",
};
constexpr Numero numeros_effondrement[] = {pompiers, europe, samu_social};

constexpr std::string_view gestes_electricite[] = {
    "Ne touchez ni aux fils ni à la prise, surtout pieds nus ou mains mouillées.",
    "Si le disjoncteur est accessible et au sec, coupez le courant.",
    "Si une personne reçoit une décharge, ne la touchez pas : coupez d’abord le courant.",
    "Étincelles, fumée, odeur de brûlé : sortez et appelez le 18 ou le 112. Ne jetez pas d’eau.",
};
constexpr Numero numeros_electricite[] = {pompiers, samu, europe};

constexpr std::string_view gestes_chute[] = {
    "N’utilisez plus l’escalier, l’ascenseur ou le garde-corps abîmé.",
    "Empêchez-en l’accès, surtout aux enfants, et prévenez les voisins.",
    "Si quelqu’un est tombé ou ne peut plus sortir, appelez le 15, le 18 ou le 112.",
};
constexpr Numero numeros_chute[] = {samu, pompiers, europe};

constexpr std::string_view gestes_violences[] = {
    "Mettez-vous à l’abri et appelez le 17 ou le 112.",
    "Si vous ne pouvez pas parler, envoyez un SMS au 114.",
};
constexpr Numero numeros_violences[] = {police, europe, sourds, femmes, enfance};

constexpr std::string_view gestes_expulsion[] = {
    "Personne ne peut être mis dehors sans décision de justice et sans commissaire de justice.",
    "Serrure changée, affaires sorties, eau ou électricité coupées pour faire partir : c’est un délit. "
    "Appelez le 17.",
    "Gardez les preuves : photos, messages, témoins. Vous pouvez déposer plainte.",
};
constexpr Numero numeros_expulsion[] = {police, indigne, samu_social};

constexpr std::string_view gestes_sans_abri[] = {
    "Appelez le 115, plusieurs fois s’il le faut : la ligne est souvent chargée.",
    "Si la personne est malade ou blessée, appelez le 15.",
    "La mairie et le centre d’action sociale peuvent aussi aider dans la journée.",
};
constexpr Numero numeros_sans_abri[] = {samu_social, samu, europe};

constexpr Consigne consignes[] = {
    {Peril::Incendie, gestes_incendie, numeros_incendie},
    {Peril::Gaz, gestes_gaz, numeros_gaz},
    {Peril::Monoxyde, gestes_monoxyde, numeros_monoxyde},
    {Peril::Effondrement, gestes_effondrement, numeros_effondrement},
    {Peril::Electricite, gestes_electricite, numeros_electricite},
    {Peril::Chute, gestes_chute, numeros_chute},
    {Peril::Violences, gestes_violences, numeros_violences},
    {Peril::Expulsion, gestes_expulsion, numeros_expulsion},
    {Peril::SansAbri, gestes_sans_abri, numeros_sans_abri},
};

/// A row speaks of a whole critère, or of one précision of it.
struct Risque {
    std::string_view slug;
    Peril peril;
    bool immediat;
};

constexpr Risque risques[] = {
    {"desordres_batiment_incendie_odeur_gaz", Peril::Gaz, true},
    {"desordres_logement_securite_gaz", Peril::Gaz, true},
    {"desordres_logement_chauffage_details_chauffage_dangereux", Peril::Monoxyde, true},
    {"desordres_service_secours_chauffage_dangereux", Peril::Monoxyde, true},
    {"desordres_batiment_securite_sol_details_plancher_effondre", Peril::Effondrement, true},
    {"desordres_batiment_securite_elements_toit", Peril::Effondrement, true},
    {"desordres_batiment_securite_toit", Peril::Effondrement, true},
    {"desordres_batiment_securite_murs_fissures_details_mur_porteur_oui", Peril::Effondrement, true},
    {"desordres_batiment_securite_murs_fissures", Peril::Effondrement, false},
    {"desordres_batiment_securite_balcons", Peril::Effondrement, true},
    {"desordres_logement_securite_sol_dangereux", Peril::Effondrement, true},
    {"desordres_logement_securite_balcons", Peril::Effondrement, true},
    {"desordres_service_secours_mauvais_etat_batiment", Peril::Effondrement, false},
    {"desordres_logement_electricite_installation_dangereuse", Peril::Electricite, true},
    {"desordres_service_secours_risque_electrique", Peril::Electricite, true},
    {"desordres_batiment_securite_escalier_details_dangereux", Peril::Chute, true},
    {"desordres_batiment_securite_sol_details_plancher_abime", Peril::Chute, false},
    {"desordres_batiment_maintenance_ascenseur", Peril::Chute, false},
    {"desordres_service_secours_securite_personnes", Peril::Chute, false},
};

/// The row of the précision itself when there is one, else that of its critère.
const Risque* find(const Precision& precision)
{
    for (const auto slug : {precision.slug, precision.critere})
        if (const auto it = std::ranges::find(risques, slug, &Risque::slug); it != std::end(risques))
            return it;
    return nullptr;
}

} // namespace danger
} // namespace

std::span<const Numero> numeros_d_urgence()
{
    return danger::toujours;
}
std::span<const Consigne> consignes()
{
    return danger::consignes;
}

const Consigne& consigne(Peril peril)
{
    const auto it = std::ranges::find(danger::consignes, peril, &Consigne::peril);
    base::expect(it != std::end(danger::consignes), "every danger has its instructions");
    return *it;
}

std::optional<Peril> peril_de(const Precision& precision)
{
    const auto* risque = danger::find(precision);
    return risque == nullptr ? std::nullopt : std::optional{risque->peril};
}

bool est_immediat(const Precision& precision)
{
    const auto* risque = danger::find(precision);
    return risque != nullptr && risque->immediat;
}

std::vector<Peril> perils_de(std::span<const PrecisionChoisie> precisions)
{
    std::vector<Peril> found;
    for (const auto& chosen : precisions) {
        const auto* row = find_precision(chosen.slug);
        if (row == nullptr) continue;
        if (const auto peril = peril_de(*row); peril && std::ranges::find(found, *peril) == found.end())
            found.push_back(*peril);
    }
    std::ranges::sort(found);
    return found;
}

std::optional<Peril> peril_du_critere(std::string_view critere)
{
    std::optional<Peril> first;
    for (const auto& precision : precisions_du_critere(critere))
        if (const auto peril = peril_de(precision); peril && (!first || *peril < *first)) first = peril;
    return first;
}

} // namespace signalement::desordre
