// Photos and documents of a draft: receive, show back to whoever holds its link, remove.
#include <algorithm>

#include <fmt/format.h>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "http/throttle.hpp"
#include "piece/envoi.hpp"
#include "piece/fichiers.hpp"
#include "piece/pages_tus.hpp"
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
std::string ce_qui_est_montre(const Chargement& c, std::string desordre)
{
    const auto coches = desordres_coches(c.parcours).criteres;
    if (std::ranges::find(coches, desordre, &desordre::ReponseCritere::critere) == coches.end())
        desordre.clear();
    return desordre;
}

/// What was refused, and whether something of ours broke: the same file may be sent again.
struct Ajout {
    FormErrors refus;
    bool panne = false;
};
/// Keeps these files for the draft: what the form and a resumable upload both come to. Gives those refused,
/// and why.
Ajout ajouter(App& app, const Chargement& c, std::span<const http::UploadedFile> fichiers,
              const std::string& montre)
{
    const auto desordre = ce_qui_est_montre(c, montre);
    const auto deja = [&] {
        auto tx = app.db.read();
        return static_cast<std::size_t>(store::nombre_de_pieces(tx, c.brouillon.id));
    }();
    // Writes them to disk: outside any transaction.
    auto reception = piece::recevoir_tout(app.fichiers, fichiers, "fichiers", deja);
    if (reception.recues.empty() && reception.refus.empty())
        reception.refus.push_back({"fichiers", "Choisissez d’abord un ou plusieurs fichiers."});
    for (auto& r : reception.refus) r.field = "fichiers";
    const auto laisses = app.db.write([&](db::Transaction& tx) {
        std::size_t n = 0;
        for (const auto& recue : reception.recues)
            if (!store::ajouter_piece(tx, c.brouillon.id, recue, desordre, app.clock.now())) ++n;
        return n;
    });
    if (laisses > 0)
        reception.refus.push_back({"fichiers",
                                   "Le signalement a été envoyé entre-temps, ou il a déjà tous les fichiers "
                                   "qu’il peut contenir : les derniers n’ont pas été gardés."});
    return {std::move(reception.refus), reception.panne};
}

FormErrors refuser_si_plein(App& app, const Chargement& c)
{
    auto tx = app.db.read();
    const auto deja = static_cast<std::size_t>(store::nombre_de_pieces(tx, c.brouillon.id));
    if (deja < piece::nombre_max) return {};
    const http::UploadedFile un_de_plus{.field = "fichiers"};
    return piece::recevoir_tout(app.fichiers, {&un_de_plus, 1}, "fichiers", deja).refus;
}

/// The draft that takes uploads; 404 or 409 for the program that asks, which has no page to go to.
struct Accueil {
    std::optional<Chargement> c;
    http::Response sinon;
};
Accueil brouillon_qui_prend(App& app, const http::Request& req)
{
    auto c = charger(app, req.capture("jeton"));
    if (!c) return {{}, http::text("no such draft\n", 404)};
    if (c->brouillon.signalement || c->ferme())
        return {{}, http::text("this draft takes no more files\n", 403)};
    return {std::move(c), {}};
}

piece::tus::Porte porte(App& app, const http::Request& req, const Chargement& c)
{
    return {.rattachement = rattachement_des_fichiers(c.brouillon),
            .adresse = base::hmac_hex(secret_des_freins(app), http::ip_group(req.client_ip)),
            .collection = ui::url("/signaler/{}/fichiers/televersements", c.jeton).text(),
            .attacher = [&app, jeton = c.jeton](const http::UploadedFile& f, const http::Pairs& precisions) {
                const auto actuel = charger(app, jeton); // its answers may have changed since
                if (!actuel || actuel->brouillon.signalement)
                    return FormErrors{{"fichiers",
                                       "Le signalement a été envoyé entre-temps : ce fichier n’a pas "
                                       "été gardé."}};
                std::string montre;
                for (const auto& [nom, valeur] : precisions)
                    if (nom == "desordre") montre = valeur;
                auto ajout = ajouter(app, *actuel, {&f, 1}, montre);
                // Kept where it is, to be finished by the next request.
                if (ajout.panne) throw std::runtime_error{"the airlock did not keep a finished upload"};
                return std::move(ajout.refus);
            }};
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

    auto refuses = envoi_de_fichiers::ajouter(app, *c, req.files, champ_propre(req, "desordre")).refus;
    if (req.wants_json()) return envoi_de_fichiers::en_json(refuses);
    if (refuses.empty()) return vers_etape(*c, etape::fichiers);
    return montrer(app, visitor, *c, etape::fichiers, std::move(refuses), false);
}

http::Response options_televersements(App&, const http::Request&, const Visitor&)
{
    return piece::tus::capacites();
}

http::Response post_televersements(App& app, const http::Request& req, const Visitor& visitor)
{
    auto accueil = envoi_de_fichiers::brouillon_qui_prend(app, req);
    if (!accueil.c) return std::move(accueil.sinon);
    if (auto refus =
            freiner(app, req, visitor, {limite(Compteur::FichiersIp, http::ip_group(req.client_ip))}))
        return *refus;
    // A draft that holds all it may says so before the bytes are sent, in the words of the form.
    if (auto pleins = envoi_de_fichiers::refuser_si_plein(app, *accueil.c); !pleins.empty())
        return envoi_de_fichiers::en_json(pleins);
    return piece::tus::creer(app.fichiers.televersements, req, envoi_de_fichiers::porte(app, req, *accueil.c),
                             app.clock.now());
}

http::Response televersement(App& app, const http::Request& req, const Visitor&)
{
    auto accueil = envoi_de_fichiers::brouillon_qui_prend(app, req);
    if (!accueil.c) return std::move(accueil.sinon);
    return piece::tus::poursuivre(app.fichiers.televersements, req, req.capture("televersement"),
                                  envoi_de_fichiers::porte(app, req, *accueil.c), app.clock.now());
}

http::Response post_rattachement(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto c = charger(app, req.capture("jeton"));
    if (!c) return introuvable(req, visitor);
    if (c->brouillon.signalement) return vers_confirmation(c->jeton);
    const auto& piece = req.capture("piece");
    const auto desordre =
        envoi_de_fichiers::ce_qui_est_montre(*c, champ_propre(req, views::champ_rattachement(piece)));
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
