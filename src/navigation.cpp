// The menu as a table: label, path, who sees it.
#include "navigation.hpp"

#include "compte/droits.hpp"
#include "demande/droits.hpp"
#include "demande/espace/aide.hpp"

namespace {

bool everybody(const compte::Agent*)
{
    return true;
}
bool visitors(const compte::Agent* a)
{
    return !a;
}
bool agents(const compte::Agent* a)
{
    return a != nullptr;
}

/// Whether the agent may do this somewhere.
template <compte::ActionAdmin action> bool may(const compte::Agent* a)
{
    return a && compte::peut_quelque_part(*a, action);
}
bool gives_roles(const compte::Agent* a)
{
    return a && !compte::roles_attribuables(*a).empty();
}

bool opens_guichets(const compte::Agent* a)
{
    return a && demande::gere_des_guichets(*a);
}

bool keeps_demandes(const compte::Agent* a)
{
    return a && demande::peut_changer_la_gestion(*a);
}

bool helps_by_mandate(const compte::Agent* a)
{
    return a && demande::espace::peut_aider(*a);
}

struct Entry {
    std::string_view label;
    std::string_view path;
    bool (*shown)(const compte::Agent*);
    bool at_a_desk = false;     // only for those to whom a guichet is open
    std::string_view also = {}; // where its pages lead
};

using compte::ActionAdmin;

constexpr Entry menu[] = {
    {"Accueil", "/", visitors},
    {"Signaler un logement", "/signaler", everybody},
    {"Suivre un signalement", "/suivi/retrouver", visitors},
    {"Demander un logement social", "/demander", visitors},
    {"Tableau de bord", "/tableau-de-bord", agents},
    {"Signalements", "/signalements", agents},
    {"Carte", "/carte", agents},
    {"Statistiques", "/statistiques", agents},
    {"Demandes de logement", "/demandes", agents, true},
    {"Logements proposés", "/logements", agents, true},
    {"Mandats d’aide", "/mandats", helps_by_mandate, false, "/aide"},
    {"Partenaires", "/administration/partenaires", may<ActionAdmin::TenirSaFichePartenaire>},
    {"Comptes", "/administration/comptes", gives_roles},
    {"Guichets", "/administration/guichets", opens_guichets},
    {"Gestion des demandes", "/administration/gestion-des-demandes", keeps_demandes},
    {"Territoires", "/administration/territoires", may<ActionAdmin::GererTerritoires>},
};

constexpr Entry applicant_quick[] = {{"Ma demande", "/ma-demande", everybody}};

constexpr Entry quick[] = {
    {"Espace des agents", "/connexion", visitors},
    {"Mon compte", "/mon-compte", agents},
};

template <std::size_t N>
std::vector<ui::Link> shown(const Entry (&entries)[N], const compte::Agent* agent, std::string_view path,
                            bool at_a_desk)
{
    std::vector<ui::Link> out;
    for (const auto& e : entries)
        if (e.shown(agent) && (at_a_desk || !e.at_a_desk)) {
            const auto under = [&](std::string_view p) { return path.starts_with(std::string{p} + "/"); };
            const bool current = e.path == "/"
                                     ? path == "/"
                                     : path == e.path || under(e.path) || (!e.also.empty() && under(e.also));
            out.push_back({std::string{e.label}, ui::local_url(e.path).value(), current});
        }
    return out;
}

} // namespace

std::vector<ui::Link> navigation(const compte::Agent* agent, std::string_view path, bool at_a_desk)
{
    return shown(menu, agent, path, at_a_desk);
}

std::vector<ui::Link> quick_links(const compte::Agent* agent, std::string_view path, bool applicant)
{
    return applicant ? shown(applicant_quick, agent, path, false) : shown(quick, agent, path, false);
}
