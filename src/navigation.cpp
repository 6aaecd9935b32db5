// The menu as a table: label, path, who sees it.
#include "navigation.hpp"

#include <algorithm>

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

/// Whether one of the agent's confirmed mandates is of one of these roles.
template <compte::Role... roles> bool holding(const compte::Agent* a)
{
    return a && std::ranges::any_of(a->mandats, [](const compte::Mandat& m) {
               return m.confirme && ((m.role == roles) || ...);
           });
}

struct Entry {
    std::string_view label;
    std::string_view path;
    bool (*shown)(const compte::Agent*);
};

using compte::Role;

constexpr Entry menu[] = {
    {"Accueil", "/", visitors},
    {"Signaler un logement", "/signaler", everybody},
    {"Suivre un signalement", "/suivi/retrouver", visitors},
    {"Signalements", "/signalements", agents},
    {"Partenaires", "/administration/partenaires",
     holding<Role::SuperAdmin, Role::ResponsableTerritoire, Role::SecretaireComite, Role::AdminPartenaire>},
    {"Comptes", "/administration/comptes",
     holding<Role::SuperAdmin, Role::ResponsableTerritoire, Role::SecretaireComite, Role::AdminPartenaire>},
    {"Territoires", "/administration/territoires", holding<Role::SuperAdmin, Role::ResponsableTerritoire>},
};

constexpr Entry quick[] = {
    {"Espace des agents", "/connexion", visitors},
    {"Mon compte", "/mon-compte", agents},
};

template <std::size_t N>
std::vector<ui::Link> shown(const Entry (&entries)[N], const compte::Agent* agent, std::string_view path)
{
    std::vector<ui::Link> out;
    for (const auto& e : entries)
        if (e.shown(agent)) {
            const bool current =
                e.path == "/" ? path == "/" : path == e.path || path.starts_with(std::string{e.path} + "/");
            out.push_back({std::string{e.label}, ui::local_url(e.path).value(), current});
        }
    return out;
}

} // namespace

std::vector<ui::Link> navigation(const compte::Agent* agent, std::string_view path)
{
    return shown(menu, agent, path);
}

std::vector<ui::Link> quick_links(const compte::Agent* agent, std::string_view path)
{
    return shown(quick, agent, path);
}
