// What several pages of this folder share.
#include "compte/pages_communs.hpp"

#include <charconv>

#include "compte/store.hpp"
#include "journal/journal.hpp"
#include "partenaire/store.hpp"
#include "ui/components.hpp"

namespace compte::pages {

void charger_le_ressort(db::Transaction& tx, Agent& agent)
{
    for (auto& m : agent.mandats)
        if (m.confirme && !m.comite.empty())
            m.partenaires_du_comite = partenaire::store::du_comite(tx, m.territoire, m.comite);
}

std::string champ_brut(const http::Request& req, std::string_view nom)
{
    for (const auto& [cle, valeur] : req.form)
        if (cle == nom) return valeur;
    return {};
}

unsigned numero_de_page(const http::Request& req)
{
    const auto texte = req.param("page");
    unsigned page = 1;
    const auto [fin, erreur] = std::from_chars(texte.data(), texte.data() + texte.size(), page);
    if (erreur != std::errc{} || fin != texte.data() + texte.size() || page == 0 || page > 10'000) return 1;
    return page;
}

bool en_https(const App& app)
{
    return app.config.base_url().starts_with("https://");
}

http::Response avec_session(const App& app, http::Response reponse, std::string_view valeur)
{
    const bool https = en_https(app);
    http::CookieOptions options{.secure = https};
    if (valeur.empty()) options.max_age_seconds = 0;
    reponse.cookie(http::set_cookie(cookie_session(https), valeur, options));
    return reponse;
}

http::Response trop_occupe(const Visitor& visitor)
{
    auto reponse =
        http::html(ui::error_page(visitor.chrome, {.status = 503,
                                                   .title = "Beaucoup de connexions en ce moment",
                                                   .text = "Rien n’a été enregistré. Réessayez dans une "
                                                           "minute."}),
                   503);
    reponse.header("Retry-After", "30");
    return reponse;
}

http::Response trop_d_essais(const Visitor& visitor, std::string_view texte)
{
    auto reponse = http::html(
        ui::error_page(visitor.chrome, {.status = 429, .title = "Trop d’essais", .text = texte}), 429);
    reponse.header("Retry-After", "900");
    return reponse;
}

void noter(db::Transaction& tx, const Visitor& visitor, std::string_view objet_type,
           const std::string& objet_id, std::string_view evenement, const std::string& territoire, Instant le,
           std::string details)
{
    journal::append(tx,
                    {std::string{objet_type}, objet_id, std::string{evenement},
                     visitor.agent ? visitor.agent->id : std::string{},
                     visitor.agent ? visitor.agent->nom : std::string{}, territoire, le, std::move(details)});
}

DestinataireCourriel destinataire(db::Transaction& tx, const Compte& c, const std::string& territoire)
{
    // What a stranger typed in a report does not come back in a message of ours.
    return {c.id.text, c.email, c.nom_declare ? std::string{} : nom_complet(c), territoire,
            store::fuseau_de(tx, c.id)};
}

std::string adresse(const App& app, std::string_view chemin, std::string_view jeton)
{
    return app.config.base_url() + std::string{chemin} + std::string{jeton};
}

} // namespace compte::pages
