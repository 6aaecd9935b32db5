// Photos and documents of a draft: receive, show back to whoever holds its link, remove.
#include <algorithm>

#include <fmt/format.h>

#include "base/json.hpp"
#include "http/throttle.hpp"
#include "piece/envoi.hpp"
#include "piece/store.hpp"
#include "signalement/depot/chargement.hpp"
#include "signalement/depot/pages.hpp"

namespace signalement::depot {

namespace {
namespace envoi_de_fichiers {

/// For the island, which reads the list again from the page: kept, or why not.
http::Response en_json(const FormErrors& refus)
{
    if (refus.empty()) return http::json("{}");
    return http::json("{\"message\":" + base::json_string(refus.front().message) + "}", 422);
}

/// A critère that was ticked; empty for the whole, and for whatever a form of ours does not offer.
std::string ce_qui_est_montre(const http::Request& req, const Chargement& c, std::string_view champ)
{
    auto desordre = champ_propre(req, champ);
    const auto coches = desordres_coches(c.parcours).criteres;
    if (std::ranges::find(coches, desordre, &desordre::ReponseCritere::critere) == coches.end())
        desordre.clear();
    return desordre;
}

std::optional<piece::Piece> piece_du_brouillon(App& app, const http::Request& req)
{
    auto tx = app.db.read();
    const auto b = store::trouver(tx, req.capture("jeton"));
    if (!b || b->signalement) return std::nullopt;
    for (auto& p : store::pieces(tx, b->id))
        if (p.piece.id.text == req.capture("piece")) return std::move(p.piece);
    return std::nullopt;
}

http::Response servir(App& app, const http::Request& req, const Visitor& visitor, piece::Variante variante)
{
    const auto p = piece_du_brouillon(app, req);
    if (!p) return introuvable(req, visitor);
    return piece::servir(*app.fichiers.magasin, *p, variante, req);
}

} // namespace envoi_de_fichiers
} // namespace

http::Response post_fichiers(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    if (c->ferme()) return vers_ailleurs(*c->ressort, Sort::Garde);
    if (auto refus =
            freiner(app, req, visitor, {limite(Compteur::FichiersIp, http::ip_group(req.client_ip))}))
        return *refus;

    const auto desordre = envoi_de_fichiers::ce_qui_est_montre(req, *c, "desordre");

    const auto deja = [&] {
        auto tx = app.db.read();
        return static_cast<std::size_t>(store::nombre_de_pieces(tx, c->brouillon.id));
    }();
    // Writes them to disk: outside any transaction.
    auto reception = piece::recevoir_tout(app.fichiers, req.files, "fichiers", deja);
    if (reception.recues.empty() && reception.refus.empty())
        reception.refus.push_back({"fichiers", "Choisissez d’abord un ou plusieurs fichiers."});
    for (auto& r : reception.refus) r.field = "fichiers";
    const auto laisses = app.db.write([&](db::Transaction& tx) {
        std::size_t n = 0;
        for (const auto& recue : reception.recues)
            if (!store::ajouter_piece(tx, c->brouillon.id, recue, desordre, app.clock.now())) ++n;
        return n;
    });
    if (laisses > 0)
        reception.refus.push_back({"fichiers",
                                   "Le signalement a été envoyé entre-temps, ou il a déjà tous les fichiers "
                                   "qu’il peut contenir : les derniers n’ont pas été gardés."});
    if (req.wants_json()) return envoi_de_fichiers::en_json(reception.refus);
    if (reception.refus.empty()) return vers_etape(*c, etape::fichiers);
    return montrer(app, visitor, *c, etape::fichiers, std::move(reception.refus), false);
}

http::Response post_rattachement(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    const auto& piece = req.capture("piece");
    const auto desordre = envoi_de_fichiers::ce_qui_est_montre(req, *c, views::champ_rattachement(piece));
    app.db.write([&](db::Transaction& tx) { store::rattacher_piece(tx, c->brouillon.id, piece, desordre); });
    return vers_etape(*c, etape::fichiers);
}

http::Response post_retrait(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    app.db.write(
        [&](db::Transaction& tx) { store::retirer_piece(tx, c->brouillon.id, req.capture("piece")); });
    return vers_etape(*c, etape::fichiers);
}

http::Response get_fichier(App& app, const http::Request& req, const Visitor& visitor)
{
    return envoi_de_fichiers::servir(app, req, visitor, piece::Variante::Fichier);
}

http::Response get_miniature(App& app, const http::Request& req, const Visitor& visitor)
{
    return envoi_de_fichiers::servir(app, req, visitor, piece::Variante::Miniature);
}

} // namespace signalement::depot
