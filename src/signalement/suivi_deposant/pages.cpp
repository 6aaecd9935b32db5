// The follow-up pages: load, decide, save, answer. Every read starts from the secret link and the signed
// session.
#include "signalement/suivi_deposant/pages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.hpp"
#include "base/text.hpp"
#include "compte/compte.hpp"
#include "compte/pages_communs.hpp"
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
                                     "dépôt, et le code postal du logement signalé (pas le vôtre). "
                                     "Chaque lien est pour une seule personne : si quelqu’un vous a donné le "
                                     "sien, demandez le vôtre.";

std::string too_many_messages(std::int64_t seconds)
{
    const auto wait = seconds > 3600 ? base::count((seconds + 3599) / 3600, "heure", "heures")
                                     : base::count((seconds + 59) / 60, "minute", "minutes");
    return fmt::format(
        "Vos messages sont bien arrivés, mais il y en a eu beaucoup à la suite : {} par heure et "
        "{} par jour au plus. Gardez ce texte et envoyez-le dans {}. Si c’est urgent, "
        "téléphonez au comité.",
        frein(Compteur::Message).tentatives, frein(Compteur::MessageParJour).tentatives, wait);
}

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

/// Whether the check of this link was passed, by its cookie.
bool session(App& app, const http::Request& req)
{
    const auto& jeton = req.capture("jeton");
    const auto cookie = req.cookie(nom_cookie(jeton, is_https(app)));
    return !cookie.empty() && session_valable(secret(app), jeton, cookie, app.clock.now());
}

/// A report opened by its link, and for whom.
struct Ouvert {
    Usager usager = Usager::Deposant;
    Dossier dossier;
    Signalement signalement;
};

std::optional<Ouvert> open(db::Transaction& tx, std::string_view jeton)
{
    const auto lien = store::lien(tx, jeton);
    if (!lien) return std::nullopt;
    auto dossier = signalement::store::find_for_system(tx, lien->signalement);
    if (!dossier) return std::nullopt;
    auto s = signalement::store::declaration(tx, *dossier);
    // The occupant may have been taken off the report since the link was sent.
    if (!admis(s, lien->usager)) return std::nullopt;
    return Ouvert{lien->usager, std::move(*dossier), std::move(s)};
}

/// What the second check of this link compares with.
Identites known(db::Transaction& tx, std::string_view jeton)
{
    const auto o = open(tx, jeton);
    if (!o) return {};
    const auto lieu = territoire::store::find_commune(tx, o->signalement.adresse.insee);
    return identites(o->signalement, o->usager,
                     lieu ? lieu->commune.codes_postaux : std::vector<std::string>{});
}

std::vector<views::PieceVisible> with_rows(db::Transaction& tx,
                                           const std::vector<signalement::store::PieceDuDossier>& links)
{
    std::vector<views::PieceVisible> out;
    std::vector<Id<piece::Piece>> ids;
    for (const auto& link : links) ids.emplace_back(link.piece);
    auto rows = piece::store::par_ids(tx, ids);
    for (const auto& link : links)
        if (const auto row =
                std::ranges::find_if(rows, [&](const piece::Piece& p) { return p.id.text == link.piece; });
            row != rows.end())
            out.push_back({*row, link.suivi, link.desordre});
    return out;
}

views::PageSuivi load(db::Transaction& tx, const std::string& jeton, Ouvert o, Instant maintenant,
                      std::int64_t page_demandee = 1)
{
    views::PageSuivi p;
    const auto& id = o.dossier.id;
    const auto total = store::nombre_d_entrees(tx, id, o.usager);
    p.pages = std::max<std::int64_t>(1, (total + store::entrees_par_page - 1) / store::entrees_par_page);
    p.page = std::clamp<std::int64_t>(page_demandee, 1, p.pages);
    std::vector<signalement::store::PieceDuDossier> joined;
    for (auto& e : store::entrees(tx, id, o.usager, p.page)) {
        for (const auto& piece : e.pieces) joined.push_back({piece, {}, e.suivi.id});
        p.suivis.push_back(std::move(e.suivi));
    }
    p.jointes = with_rows(tx, joined);
    auto links = store::pieces(tx, id, o.usager, views::pieces_montrees + 1);
    p.autres_pieces = links.size() > views::pieces_montrees;
    if (p.autres_pieces) links.pop_back();
    p.pieces = with_rows(tx, links);
    p.precisions = signalement::precisions_de(tx, id)();
    if (const auto t = territoire::store::find_territoire(tx, o.signalement.territoire)) {
        p.fuseau = t->fuseau;
        p.contact = t->contact;
    }
    if (o.signalement.comite)
        if (const auto c = territoire::store::find_comite(tx, *o.signalement.comite)) {
            p.comite = c->nom;
            if (!c->contact.empty()) p.contact = c->contact;
        }
    p.avancement = avancement(o.signalement, o.dossier, store::visites(tx, id), p.fuseau, maintenant);
    p.jeton = jeton;
    p.usager = o.usager;
    p.signalement = std::move(o.signalement);
    p.dossier = std::move(o.dossier);
    return p;
}

/// The same message with the same files, sent again within ten minutes: a double click, or a page reloaded.
/// Two photos sent one after the other without a word are two messages.
bool is_repeated(db::Transaction& tx, const Ouvert& o, std::string_view texte,
                 const std::vector<piece::PieceRecue>& files, Instant maintenant)
{
    const auto last = store::dernier_message(tx, o.dossier.id, o.usager);
    if (!last || last->suivi.texte != texte || last->pieces.size() != files.size() ||
        maintenant >= last->suivi.ajoute_le.plus_seconds(600))
        return false;
    std::vector<Id<piece::Piece>> ids;
    for (const auto& id : last->pieces) ids.emplace_back(id);
    const auto kept = piece::store::par_ids(tx, ids);
    return std::ranges::all_of(files, [&](const piece::PieceRecue& f) {
        return std::ranges::find(kept, f.sha256, &piece::Piece::recu_sha256) != kept.end();
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
    if (!session(app, req)) return missing();
    auto tx = app.db.read();
    const auto o = open(tx, req.capture("jeton"));
    const auto& id = req.capture("piece");
    if (!o || !store::peut_ouvrir(tx, o->dossier.id, o->usager, id)) return missing();
    const auto found = piece::store::par_ids(tx, {Id<piece::Piece>{id}});
    if (found.empty()) return missing();
    return piece::servir(*app.fichiers.magasin, found.front(), variante, req);
}

} // namespace page
} // namespace

http::Response get_suivi(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto& jeton = req.capture("jeton");
    if (page::session(app, req)) {
        auto tx = app.db.read();
        if (auto o = page::open(tx, jeton)) {
            const auto p =
                page::load(tx, jeton, std::move(*o), app.clock.now(), compte::pages::numero_de_page(req));
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
        bool reconnu = false;
    };
    // The text compared is bounded: folding a megabyte would take longer for one link than for another.
    const auto issue = app.db.write([&](db::Transaction& tx) -> Issue {
        const auto tentative = store::tenter(
            tx, secret, {Compteur::LienDepuisIp, Compteur::Lien, Compteur::LienParJour, Compteur::Ip}, jeton,
            ip, now);
        if (!tentative.permise) return {};
        const bool reconnu =
            reconnaitre(page::known(tx, jeton), base::truncate(nom, 200), base::truncate(code_postal, 20));
        if (reconnu) compte::store::oublier(tx, tentative);
        return {true, reconnu};
    });
    if (!issue.permise) {
        base::log(base::Level::Warning, "suivi_throttled", {{"request", req.request_id}});
        return http::html(views::trop_d_essais(visitor.chrome, page::too_many), 429);
    }
    if (!issue.reconnu) {
        errors.push_back({"nom", page::not_matching});
        return http::html(views::acces(visitor.chrome, jeton, {&errors, &req.form}, message), 422);
    }
    const auto cookie = signer_session(secret, jeton, now.plus_seconds(session_secondes));
    const bool https = page::is_https(app);
    const auto set_cookie = http::set_cookie(nom_cookie(jeton, https), cookie,
                                             {.secure = https, .max_age_seconds = session_secondes});
    if (!message.empty()) {
        // Shown at once rather than after a redirection, which could not carry the text.
        auto tx = app.db.read();
        if (auto o = page::open(tx, jeton)) {
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
    if (!page::session(app, req)) return closed();

    std::size_t already = 0;
    std::string whose; // counts the messages of one person about one report
    {
        auto tx = app.db.read();
        const auto o = page::open(tx, jeton);
        if (!o) return closed();
        already = store::fichiers_envoyes(tx, o->dossier.id);
        whose = o->dossier.id + "|" + std::string{base::slug_of(usagers, o->usager)};
    }
    const auto again = [&](int status) {
        auto tx = app.db.read();
        auto o = page::open(tx, jeton);
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
        const auto attempt = app.db.write([&](db::Transaction& tx) {
            return store::tenter(tx, secret, {Compteur::Message, Compteur::MessageParJour}, whose, {}, now);
        });
        if (!attempt.permise) {
            errors.push_back({"texte", page::too_many_messages(attempt.attente_secondes)});
            return again(429);
        }
    }
    auto received = piece::recevoir_tout(app.fichiers, req.files, "fichiers", already);
    if (!received.refus.empty()) {
        errors = std::move(received.refus);
        return again(422);
    }

    struct Issue {
        bool gone = false;
        std::optional<Problem> problem = {};
    };
    const auto issue = app.db.write([&](db::Transaction& tx) -> Issue {
        const auto o = page::open(tx, jeton);
        if (!o) return {true};
        if (page::is_repeated(tx, *o, *texte, received.recues, now)) return {};
        const auto fuseau = [&] {
            const auto t = territoire::store::find_territoire(tx, o->signalement.territoire);
            return t ? t->fuseau : std::string{"Europe/Paris"};
        }();
        const auto auteur = nom_affiche(o->signalement, o->usager);
        const auto reponse = repondre_deposant(o->dossier, o->usager, auteur, *texte, received.recues.size(),
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
            courrier::enqueue(
                tx,
                lien_retrouve({.email = found->email,
                               .nom = found->nom,
                               .signalement = found->signalement,
                               .reference = found->reference,
                               .territoire = found->territoire,
                               .lien = lien_de_suivi(app.config.base_url(),
                                                     store::jeton(tx, found->signalement, found->usager))}),
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
