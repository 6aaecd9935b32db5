// The follow-up pages: load, decide, save, answer. Every read starts from the secret link and the signed
// session.
#include "signalement/suivi_deposant/pages.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "base/text.hpp"
#include "compte/compte.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "http/throttle.hpp"
#include "piece/envoi.hpp"
#include "piece/reception.hpp"
#include "piece/store.hpp"
#include "signalement/notifications.hpp"
#include "signalement/rangee.hpp"
#include "signalement/regles.hpp"
#include "signalement/store.hpp"
#include "signalement/suivi_deposant/acces.hpp"
#include "signalement/suivi_deposant/courriels.hpp"
#include "signalement/suivi_deposant/etapes.hpp"
#include "signalement/suivi_deposant/store.hpp"
#include "signalement/suivi_deposant/views.hpp"
#include "territoire/store.hpp"

namespace signalement::suivi_deposant {

namespace {
namespace page {

constexpr const char* too_many = "Par sécurité, l’accès est bloqué pendant vingt minutes. Vous pourrez "
                                 "ensuite recommencer avec le même lien. "
                                 "Votre dossier continue pendant ce temps.";
constexpr const char* not_matching = "Ces réponses ne correspondent pas au signalement. Vérifiez "
                                     "l’orthographe du nom, tel qu’il a été écrit lors du "
                                     "dépôt, et le code postal du logement signalé (pas le vôtre).";

bool is_https(const App& app)
{
    return app.config.base_url().starts_with("https://");
}

std::string secret(App& app)
{
    return compte::store::secret(app.db, "suivi", app.clock.now());
}

std::string path(std::string_view jeton)
{
    return "/suivi/" + http::encode(jeton);
}

/// Who is reading, by the cookie of this link.
std::optional<Lecteur> session(App& app, const http::Request& req)
{
    const auto& jeton = req.capture("jeton");
    const auto cookie = req.cookie(nom_cookie(jeton, is_https(app)));
    if (cookie.empty()) return std::nullopt;
    return lire_session(secret(app), jeton, cookie, app.clock.now());
}

/// A report opened by its link, and by whom.
struct Ouvert {
    Lecteur lecteur = Lecteur::Deposant;
    Dossier dossier;
    Signalement signalement;
};

std::optional<Ouvert> open(db::Transaction& tx, std::string_view jeton, Lecteur lecteur)
{
    const auto id = store::signalement_du_lien(tx, jeton);
    if (!id) return std::nullopt;
    auto dossier = signalement::store::find_for_system(tx, *id);
    if (!dossier) return std::nullopt;
    auto s = signalement::store::declaration(tx, *dossier);
    // The occupant may have been taken off the report since the cookie was signed.
    if (lecteur == Lecteur::Occupant && !identites(s).occupant_admis) return std::nullopt;
    return Ouvert{lecteur, std::move(*dossier), std::move(s)};
}

/// The entries this reader sees, newest first.
std::vector<signalement::store::EntreeSuivi> entries(db::Transaction& tx, const Ouvert& o)
{
    auto all = signalement::store::suivis(tx, o.dossier, true);
    std::erase_if(all, [&](const auto& e) { return !montre_a(o.signalement, o.lecteur, e.suivi); });
    return all;
}

/// The files this reader may open: those of the entries they see and, for the depositor, those they sent. The
/// list shown and the right to open a file are this one function.
std::vector<views::PieceVisible> files(db::Transaction& tx, const Ouvert& o,
                                       const std::vector<signalement::store::EntreeSuivi>& seen)
{
    std::vector<views::PieceVisible> out;
    std::vector<Id<piece::Piece>> ids;
    for (const auto& link : signalement::store::pieces(tx, o.dossier)) {
        const bool sent = link.suivi.empty();
        const bool shown =
            sent ? o.lecteur == Lecteur::Deposant
                 : std::ranges::any_of(seen, [&](const auto& e) { return e.suivi.id == link.suivi; });
        if (!shown || ids.size() == 200) continue;
        ids.emplace_back(link.piece);
        views::PieceVisible v;
        v.piece.id = Id<piece::Piece>{link.piece};
        v.suivi = link.suivi;
        v.desordre = link.desordre;
        out.push_back(std::move(v));
    }
    const auto rows = piece::store::par_ids(tx, ids);
    std::erase_if(out, [&](views::PieceVisible& v) {
        const auto row = std::ranges::find(rows, v.piece.id, &piece::Piece::id);
        if (row == rows.end()) return true;
        v.piece = *row;
        return false;
    });
    return out;
}

/// How many files the depositor and the occupant sent: those of the services do not count against them.
std::size_t sent_files(db::Transaction& tx, const Ouvert& o)
{
    std::size_t n = 0;
    for (const auto& e : signalement::store::suivis(tx, o.dossier, true))
        if (e.suivi.type == TypeSuivi::ReponseDeposant) n += e.pieces.size();
    for (const auto& link : signalement::store::pieces(tx, o.dossier))
        if (link.suivi.empty()) ++n;
    return n;
}

views::PageSuivi load(db::Transaction& tx, const std::string& jeton, Ouvert o, Instant maintenant)
{
    views::PageSuivi p;
    const auto seen = entries(tx, o);
    p.pieces = files(tx, o, seen);
    for (const auto& e : seen) p.suivis.push_back(e.suivi);
    p.precisions = signalement::precisions_de(tx, o.dossier.id);
    if (const auto t = territoire::store::find_territoire(tx, o.signalement.territoire)) {
        p.fuseau = t->fuseau;
        p.contact = t->contact;
    }
    if (o.signalement.comite)
        if (const auto c = territoire::store::find_comite(tx, *o.signalement.comite)) {
            p.comite = c->nom;
            if (!c->contact.empty()) p.contact = c->contact;
        }
    p.avancement = avancement(o.signalement, o.dossier, p.suivis, p.fuseau, maintenant);
    p.jeton = jeton;
    p.lecteur = o.lecteur;
    p.signalement = std::move(o.signalement);
    p.dossier = std::move(o.dossier);
    return p;
}

/// The same message with the same files, sent again within ten minutes: a double click, or a page reloaded.
/// Two photos sent one after the other without a word are two messages.
bool is_repeated(db::Transaction& tx, const std::vector<signalement::store::EntreeSuivi>& seen,
                 std::string_view texte, const std::vector<piece::PieceRecue>& files, Instant maintenant)
{
    const auto last =
        std::ranges::find(seen, TypeSuivi::ReponseDeposant, [](const auto& e) { return e.suivi.type; });
    if (last == seen.end() || last->suivi.texte != texte || last->pieces.size() != files.size() ||
        maintenant >= last->suivi.ajoute_le.plus_seconds(600))
        return false;
    std::vector<Id<piece::Piece>> ids;
    for (const auto& id : last->pieces) ids.emplace_back(id);
    const auto kept = piece::store::par_ids(tx, ids);
    return std::ranges::all_of(files, [&](const piece::PieceRecue& f) {
        return std::ranges::find(kept, f.sha256, &piece::Piece::sha256) != kept.end();
    });
}

http::Response file(App& app, const http::Request& req, const Visitor& visitor, piece::Variante variante)
{
    const auto missing = [&] {
        return http::html(
            ui::error_page(visitor.chrome,
                           {.status = 404,
                            .title = "Fichier introuvable",
                            .text = "Ce fichier n’existe pas, ou la page de suivi est fermée depuis plus "
                                    "de deux heures. Rouvrez-la avec votre lien."}),
            404);
    };
    const auto lecteur = session(app, req);
    if (!lecteur) return missing();
    auto tx = app.db.read();
    const auto o = open(tx, req.capture("jeton"), *lecteur);
    if (!o) return missing();
    const auto visible = files(tx, *o, entries(tx, *o));
    const auto found = std::ranges::find_if(
        visible, [&](const views::PieceVisible& v) { return v.piece.id.text == req.capture("piece"); });
    if (found == visible.end()) return missing();
    return piece::servir(app.magasin, found->piece, variante, req);
}

} // namespace page
} // namespace

http::Response get_suivi(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto& jeton = req.capture("jeton");
    if (const auto lecteur = page::session(app, req)) {
        auto tx = app.db.read();
        if (auto o = page::open(tx, jeton, *lecteur)) {
            const auto p = page::load(tx, jeton, std::move(*o), app.clock.now());
            return http::html(views::suivi(visitor.chrome, p, {}, req.param("fait")));
        }
    }
    return http::html(views::acces(visitor.chrome, jeton));
}

http::Response post_acces(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto& jeton = req.capture("jeton");
    const auto nom = req.field("nom");
    const auto code_postal = req.field("code_postal");
    const auto message =
        base::truncate(base::clean_text(req.field("message")).value_or(""), longueur_max_suivi);
    FormErrors errors;
    if (nom.empty()) errors.push_back({"nom", "Écrivez votre nom, ou celui de votre organisme."});
    if (code_postal.empty()) errors.push_back({"code_postal", "Écrivez le code postal du logement signalé."});
    if (!errors.empty())
        return http::html(views::acces(visitor.chrome, jeton, {&errors, &req.form}, message), 422);

    const auto now = app.clock.now();
    const auto secret = page::secret(app);
    const auto ip = http::ip_group(req.client_ip);
    struct Issue {
        bool permise = false;
        std::optional<Lecteur> lecteur;
    };
    // The text compared is bounded: folding a megabyte would take longer for one link than for another.
    const auto issue = app.db.write([&](db::Transaction& tx) -> Issue {
        const auto tentative = store::tenter(
            tx, secret, {Compteur::LienDepuisIp, Compteur::Lien, Compteur::LienParJour, Compteur::Ip}, jeton,
            ip, now);
        if (!tentative.permise) return {};
        Identites known;
        if (const auto id = store::signalement_du_lien(tx, jeton))
            if (const auto d = signalement::store::find_for_system(tx, *id))
                known = identites(signalement::store::declaration(tx, *d));
        const auto lecteur = reconnaitre(known, base::truncate(nom, 200), base::truncate(code_postal, 20));
        if (lecteur) store::oublier(tx, tentative);
        return {true, lecteur};
    });
    if (!issue.permise) {
        base::log(base::Level::Warning, "suivi_throttled", {{"request", req.request_id}});
        return http::html(views::trop_d_essais(visitor.chrome, page::too_many), 429);
    }
    if (!issue.lecteur) {
        errors.push_back({"nom", page::not_matching});
        return http::html(views::acces(visitor.chrome, jeton, {&errors, &req.form}, message), 422);
    }
    const auto cookie = signer_session(secret, jeton, *issue.lecteur, now.plus_seconds(session_secondes));
    const bool https = page::is_https(app);
    const auto set_cookie = http::set_cookie(nom_cookie(jeton, https), cookie,
                                             {.secure = https, .max_age_seconds = session_secondes});
    if (!message.empty()) {
        // Shown at once rather than after a redirection, which could not carry the text.
        auto tx = app.db.read();
        if (auto o = page::open(tx, jeton, *issue.lecteur)) {
            const ui::Values typed{{"texte", message}};
            return http::html(views::suivi(visitor.chrome, page::load(tx, jeton, std::move(*o), now),
                                           {nullptr, &typed}))
                .cookie(set_cookie);
        }
    }
    return http::redirect(page::path(jeton)).cookie(set_cookie);
}

http::Response post_message(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto& jeton = req.capture("jeton");
    const auto lecteur = page::session(app, req);
    const auto now = app.clock.now();
    FormErrors errors;

    // A session that ended while writing loses nothing but its files: the text comes back with the check.
    const auto closed = [&] {
        errors.push_back({"nom", "Cette page était ouverte depuis plus de deux heures. Donnez à nouveau "
                                 "votre nom et le code postal, "
                                 "puis envoyez votre message ; les fichiers sont à choisir à nouveau."});
        return http::html(views::acces(visitor.chrome, jeton, {&errors, nullptr},
                                       base::truncate(base::clean_text(req.field("texte")).value_or(""),
                                                      longueur_max_suivi)),
                          403);
    };
    if (!lecteur) return closed();

    std::size_t already = 0;
    {
        auto tx = app.db.read();
        const auto o = page::open(tx, jeton, *lecteur);
        if (!o) return closed();
        already = page::sent_files(tx, *o);
    }
    const auto again = [&](int status) {
        auto tx = app.db.read();
        auto o = page::open(tx, jeton, *lecteur);
        if (!o) return closed();
        const auto p = page::load(tx, jeton, std::move(*o), now);
        return http::html(views::suivi(visitor.chrome, p, {&errors, &req.form}), status);
    };

    const auto texte = base::clean_text(req.field("texte"));
    if (!texte) {
        errors.push_back({"texte", "Ce texte contient des signes illisibles. Écrivez-le à nouveau."});
        return again(422);
    }
    const auto secret = page::secret(app);
    if (!texte->empty() || !req.files.empty()) {
        // Before the slow work on files, which nobody makes us do all day; and that work before any
        // transaction.
        const bool allowed = app.db.write([&](db::Transaction& tx) {
            const auto id = store::signalement_du_lien(tx, jeton);
            return id && store::tenter(tx, secret, {Compteur::Message}, *id, {}, now).permise;
        });
        if (!allowed) {
            errors.push_back(
                {"texte", "Vous avez envoyé beaucoup de messages en une heure. Réessayez un peu plus tard ; "
                          "en cas d’urgence, téléphonez au comité."});
            return again(429);
        }
    }
    auto received = piece::recevoir_tout(app.magasin, req.files, "fichiers", already);
    if (!received.refus.empty()) {
        errors = std::move(received.refus);
        return again(422);
    }

    struct Issue {
        bool gone = false;
        std::optional<Problem> problem = {};
    };
    const auto issue = app.db.write([&](db::Transaction& tx) -> Issue {
        const auto o = page::open(tx, jeton, *lecteur);
        if (!o) return {true};
        if (page::is_repeated(tx, page::entries(tx, *o), *texte, received.recues, now)) return {};
        const auto fuseau = [&] {
            const auto t = territoire::store::find_territoire(tx, o->signalement.territoire);
            return t ? t->fuseau : std::string{"Europe/Paris"};
        }();
        const auto auteur = nom_affiche(o->signalement, *lecteur);
        const auto reponse = repondre_deposant(o->dossier, auteur, *texte, received.recues.size(),
                                               base::local_date(now, fuseau), now);
        if (!reponse) return {false, reponse.error()};
        std::vector<std::string> ids;
        for (const auto& r : received.recues) ids.push_back(piece::store::inserer(tx, r, now).id.text);
        signalement::store::save(tx, o->dossier, *reponse, ids);
        notifications::suivi(app, tx, o->dossier, *reponse);
        return {};
    });
    if (issue.gone) return closed();
    if (issue.problem) {
        errors.push_back({issue.problem->field, issue.problem->message});
        return again(http::status_of(*issue.problem));
    }
    return http::redirect(page::path(jeton) + "?fait=message");
}

http::Response post_fin(App& app, const http::Request& req, const Visitor&)
{
    const bool https = page::is_https(app);
    return http::redirect("/").cookie(http::set_cookie(nom_cookie(req.capture("jeton"), https), "",
                                                       {.secure = https, .max_age_seconds = 0}));
}

http::Response get_piece(App& app, const http::Request& req, const Visitor& visitor)
{
    return page::file(app, req, visitor, piece::Variante::Fichier);
}

http::Response get_miniature(App& app, const http::Request& req, const Visitor& visitor)
{
    return page::file(app, req, visitor, piece::Variante::Miniature);
}

http::Response get_retrouver(App&, const http::Request& req, const Visitor& visitor)
{
    return http::html(views::retrouver(visitor.chrome, req.param("envoye") == "oui"));
}

http::Response post_retrouver(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto email = compte::plier_email(req.field("email"));
    const auto reference = lire_reference(base::truncate(req.field("reference"), 40));
    FormErrors errors;
    if (!email)
        errors.push_back({"email", "Écrivez une adresse électronique complète, par exemple nom@exemple.fr."});
    if (reference.empty())
        errors.push_back({"reference", "Écrivez la référence du signalement, par exemple 76-2026-000123."});
    if (!errors.empty())
        return http::html(views::retrouver(visitor.chrome, false, {&errors, &req.form}), 422);
    const auto done = http::redirect("/suivi/retrouver?envoye=oui");
    if (!req.field("site").empty()) return done; // a robot

    const auto now = app.clock.now();
    const auto secret = page::secret(app);
    const auto ip = http::ip_group(req.client_ip);
    const bool allowed = app.db.write([&](db::Transaction& tx) {
        if (!store::tenter(tx, secret, {Compteur::RetrouverIp}, {}, ip, now).permise) return false;
        // Too many for one address: nothing leaves and nothing is said, since saying it would tell that it is
        // known.
        const bool may_write = store::tenter(tx, secret, {Compteur::RetrouverEmail}, *email, {}, now).permise;
        const auto found = store::lien_perdu(tx, reference, *email);
        if (found && may_write)
            courrier::enqueue(tx,
                              lien_retrouve({.email = found->email,
                                             .nom = found->nom,
                                             .signalement = found->signalement,
                                             .reference = found->reference,
                                             .territoire = found->territoire,
                                             .lien = lien_de_suivi(app.config.base_url(), found->jeton)}),
                              now);
        return true;
    });
    if (!allowed)
        return http::html(
            views::trop_d_essais(visitor.chrome,
                                 "Vous avez demandé ce lien plusieurs fois. Réessayez dans vingt minutes."),
            429);
    return done;
}

} // namespace signalement::suivi_deposant
