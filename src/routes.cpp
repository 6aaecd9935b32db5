// Every URL of the platform: method, path, who may knock, which function answers, and the limits of its body.
#include "routes.hpp"

#include "site.hpp"
#include "territoire/pages.hpp"

namespace {

using enum http::Method;

const Route table[] = {
    {Get, "/", Acces::Public, site::get_accueil},
    {Get, "/sante", Acces::Public, site::get_sante},
    {Get, "/parametres-affichage", Acces::Public, site::get_affichage},
    {Post, "/parametres-affichage", Acces::Public, site::post_affichage},
    {Get, "/plan-du-site", Acces::Public, site::get_plan},
    {Get, "/mentions-legales", Acces::Public, site::get_mentions_legales},
    {Get, "/donnees-personnelles", Acces::Public, site::get_donnees_personnelles},
    {Get, "/accessibilite", Acces::Public, site::get_accessibilite},
    {Get, "/cookies", Acces::Public, site::get_cookies},
    {Get, "/robots.txt", Acces::Public, site::get_robots},
    {Get, "/.well-known/security.txt", Acces::Public, site::get_security_txt},

    {Get, "/api/adresses", Acces::Public, territoire::get_api_adresses},
    {Get, "/admin/territoires", Acces::Admin, territoire::get_territoires},
    {Post, "/admin/territoires", Acces::Admin, territoire::post_territoires},
    {Get, "/admin/territoires/{code}", Acces::Admin, territoire::get_territoire},
    {Post, "/admin/territoires/{code}/phase", Acces::Admin, territoire::post_phase},
    {Post, "/admin/territoires/{code}/contact", Acces::Admin, territoire::post_contact},
    {Post, "/admin/territoires/{code}/comites", Acces::Admin, territoire::post_comites},
    {Get, "/admin/comites/{id}", Acces::Admin, territoire::get_comite},
    {Post, "/admin/comites/{id}", Acces::Admin, territoire::post_comite},
    {Post, "/admin/comites/{id}/perimetre", Acces::Admin, territoire::post_perimetre},
    {Post, "/admin/comites/{id}/perimetre/retrait", Acces::Admin, territoire::post_retrait_perimetre},
    {Post, "/admin/comites/{id}/par-defaut", Acces::Admin, territoire::post_comite_par_defaut},
};

} // namespace

std::span<const Route> routes()
{
    return table;
}
