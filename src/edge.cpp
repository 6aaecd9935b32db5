// The edge (see edge.hpp). Every exception ends here.
#include "edge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/crypto.hpp"
#include "base/expect.hpp"
#include "base/log.hpp"
#include "base/step.hpp"
#include "compte/compte.hpp"
#include "compte/csrf.hpp"
#include "compte/droits.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "demande/droits.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/store.hpp"
#include "http/router.hpp"
#include "http/static_files.hpp"
#include "lost_form.hpp"
#include "navigation.hpp"
#include "routes.hpp"
#include "ui/components.hpp"

namespace {

/// Strict: no inline script or style, nothing from elsewhere (ecosysteme.md D3).
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

/// Who has just written reads the primary, for longer than a replica may be late (db/replica.hpp): people see
/// what they have done.
constexpr std::string_view cookie_has_written = "logis_ecrit";
constexpr int reads_own_writes_seconds = 30;

bool has_header(const http::Response& r, std::string_view lower_name)
{
    return std::ranges::any_of(r.headers, [&](const auto& h) {
        return std::ranges::equal(h.first, lower_name, [](char a, char b) {
            return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
        });
    });
}

void secure(http::Response& r, bool https, const std::string& request_id)
{
    const auto add = [&](const char* lower, const char* name, std::string_view value) {
        if (!has_header(r, lower)) r.header(name, std::string{value});
    };
    add("content-security-policy", "Content-Security-Policy", content_security_policy);
    add("x-content-type-options", "X-Content-Type-Options", "nosniff");
    // Secret links live in URLs: they must not leave with a click on a link.
    add("referrer-policy", "Referrer-Policy", "same-origin");
    add("permissions-policy", "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), browsing-topics=()");
    add("cross-origin-opener-policy", "Cross-Origin-Opener-Policy", "same-origin");
    add("cross-origin-resource-policy", "Cross-Origin-Resource-Policy", "same-origin");
    add("cache-control", "Cache-Control", "no-store");
    if (https)
        add("strict-transport-security", "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    if (!request_id.empty()) add("x-request-id", "X-Request-Id", request_id);
}

bool changes_state(http::Method m)
{
    return m != http::Method::Get && m != http::Method::Head && m != http::Method::Options;
}

/// Parameters of pages that may be seen in the address of the login page, and in the logs of a proxy: choices
/// from a list, never what somebody typed (a name, an address).
constexpr std::string_view harmless[] = {"statut", "onglet", "page", "danger",
                                         "etat",   "type",   "role", "inactifs"};

/// Where those to whom a page is open sign in.
ui::Url login_of(Acces acces)
{
    return acces == Acces::Demandeur ? ui::url("/demander/connexion") : ui::url("/connexion");
}

/// The login page, told where to send back to: a path of this site, never another host.
ui::Url login_then(Acces acces, ui::Url target, const http::Pairs& query)
{
    for (const auto& [name, value] : query)
        if (std::ranges::find(harmless, name) != std::end(harmless) && value.size() <= 40 &&
            std::ranges::all_of(value, [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            }))
            target = target.with(name, value);
    return login_of(acces).with("retour", target.text());
}

const http::Router& router_of_the_site()
{
    static const auto router = http::Router::of(routes());
    return router;
}

} // namespace

struct Edge::Impl {
    Impl(App& a, db::Database* replica)
        : app(a),
          https(a.config.base_url().starts_with("https://")),
          csrf_secret(compte::store::secret(a.db, compte::store::secret_csrf, a.clock.now()))
    {
        if (replica) late.emplace(App{*replica, a.clock, a.config, a.fichiers, a.geocodeur});
    }

    App& app;
    std::optional<App> late; // reads a replica
    const http::Router& router = router_of_the_site();
    bool https;
    std::string csrf_secret;

    ui::Chrome chrome_for(const http::Request& request) const
    {
        ui::Chrome chrome;
        chrome.operator_name = app.config.operateur_nom;
        chrome.state = app.config.operateur_etat;
        chrome.contact = app.config.operateur_contact;
        chrome.demo = app.config.mode == Mode::Demo;
        chrome.base_url = app.config.base_url();
        chrome.path = request.path;
        for (const std::string_view theirs :
             {"/demander", "/ma-demande", "/nouvelle-demande", "/commencer-demande"})
            if (request.path.starts_with(theirs))
                chrome.tagline = "Demander un logement social et suivre sa demande";
        const auto theme = request.cookie("logis_theme");
        if (theme == "light" || theme == "dark") chrome.theme = theme;
        return chrome;
    }

    /// Whether a guichet of the other service is open to this agent.
    [[nodiscard]] bool at_a_desk(const compte::Agent* agent) const
    {
        if (!agent || !demande::peut_etre_habilite(*agent)) return false;
        auto tx = app.db.read();
        return !demande::store::guichets_de(tx, agent->id).empty();
    }
    http::Response page_of(const Route& route, const http::Request& request, const Visitor& visitor);
    http::Response dispatch(http::Request& request, ui::Chrome& seen);
    /// What `work` answers; every exception ends here. `work` tells whom the page is for once it knows.
    http::Response guarded(http::Request& request, const std::function<http::Response(ui::Chrome&)>& work);
    http::Response last_touch(http::Response, const http::Request&, Instant start);
};

namespace {

const char* title_for(const Problem& problem)
{
    switch (problem.kind) {
    case Problem::Kind::Forbidden:
        return "Accès refusé";
    case Problem::Kind::NotFound:
        return "Page introuvable";
    case Problem::Kind::Conflict:
        return "Cette page n’est plus à jour";
    case Problem::Kind::Invalid:
        return "Demande impossible";
    }
    throw base::Bug{"unknown kind of problem"};
}

/// A form that is not taken: nothing is done, and what was typed is given back to whoever typed it here.
http::Response not_taken(const http::Request& request, const ui::Chrome& chrome, LostForm lost)
{
    const auto& router = router_of_the_site();
    // Forms that hash a password have nothing else worth keeping.
    const auto index = router.index_of(request.method, request.path);
    const bool with_password = index != http::Router::none && routes()[index].limits.pool == http::Pool::Slow;
    lost.give_back = !with_password && sent_from_here(request, chrome.base_url);
    const auto before = page_before(request, chrome.base_url);
    const auto page = router.index_of(http::Method::Get, before);
    if (const auto back = ui::local_url(before); back && page != http::Router::none) {
        if (lost.status != 401)
            lost.next = {"Recharger la page", *back};
        else if (routes()[page].acces != Acces::Public) // the others may hold a secret in their address
            lost.next.url = login_then(routes()[page].acces, *back, {});
    }
    return http::html(lost_form_page(chrome, lost, request), lost.status);
}

} // namespace

http::Response error_response(const Problem& problem, const http::Request& request, const ui::Chrome& chrome)
{
    if (request.wants_json()) return http::problem_json(problem);
    const auto status = http::status_of(problem);
    // A form that a rule refuses or that comes too late.
    if (changes_state(request.method) && (status == 409 || status == 422))
        return not_taken(request, chrome,
                         {.status = status, .title = title_for(problem), .text = problem.message});
    return http::html(
        ui::error_page(chrome, {.status = status, .title = title_for(problem), .text = problem.message}),
        status);
}

http::Response Edge::Impl::page_of(const Route& route, const http::Request& request, const Visitor& visitor)
{
    if (late && route.late && request.cookie(cookie_has_written).empty()) {
        try {
            auto answer = route.page(*late, request, visitor);
            // What is not there may have been created since.
            if (answer.status != 404 && answer.status != 410 && answer.status < 500) return answer;
        } catch (const std::exception&) {
            // Lost on the way, its rows cleaned under it, its file erased since: the primary will tell.
        }
    }
    return route.page(app, request, visitor);
}

http::Response Edge::Impl::dispatch(http::Request& request, ui::Chrome& seen)
{
    if (auto file = http::serve_static(http::static_files(), request)) return std::move(*file);

    Visitor visitor;
    visitor.chrome = chrome_for(request);
    const auto match = router.find(request.method, request.path);
    if (match.kind == http::Match::Kind::NotFound) {
        visitor.chrome.navigation = navigation(nullptr, request.path);
        return error_response(Problem::not_found(), request, visitor.chrome);
    }
    if (match.kind == http::Match::Kind::MethodNotAllowed) {
        auto answer = http::html(ui::error_page(visitor.chrome, {.status = 405,
                                                                 .title = "Action impossible ici",
                                                                 .text = "Revenez à la page précédente."}),
                                 405);
        answer.header("Allow", match.allow);
        return answer;
    }
    const auto& route = routes()[match.index];
    request.captures = match.captures;

    const auto now = app.clock.now();
    const bool of_applicants = route.acces == Acces::Demandeur;
    const auto session_cookie = request.cookie(of_applicants ? demande::portail::cookie_session(https)
                                                             : compte::cookie_session(https));
    std::optional<compte::Session> session;
    std::optional<demande::portail::Session> applicant;
    if (!session_cookie.empty()) {
        if (of_applicants)
            applicant = demande::portail::store::session_de(app.db, session_cookie, now);
        else
            session = compte::store::session_de(app.db, session_cookie, now);
    }

    std::string set_visitor;
    if (session) {
        visitor.agent = &session->agent;
        visitor.session = session->jeton_hash;
        visitor.cookie = session_cookie;
        visitor.chrome.agent_name = session->agent.nom;
        visitor.chrome.once = base::random_token(16);
    } else if (applicant) {
        visitor.demandeur = &applicant->demandeur;
        visitor.session = applicant->jeton_hash;
        visitor.cookie = session_cookie;
        visitor.chrome.agent_name = applicant->demandeur.courriel;
        visitor.chrome.log_out = ui::url("/ma-demande/deconnexion");
        visitor.chrome.once = base::random_token(16);
    } else {
        visitor.cookie = request.cookie(compte::cookie_visiteur(https));
        if (visitor.cookie.empty() && !changes_state(request.method)) {
            visitor.cookie = compte::nouveau_visiteur();
            set_visitor = http::set_cookie(compte::cookie_visiteur(https), visitor.cookie, {.secure = https});
        }
    }
    if (!visitor.cookie.empty()) visitor.chrome.csrf = compte::csrf_pour(csrf_secret, visitor.cookie);
    visitor.chrome.navigation = navigation(visitor.agent, request.path, at_a_desk(visitor.agent));
    visitor.chrome.quick_links = quick_links(visitor.agent, request.path, visitor.demandeur != nullptr);
    seen = visitor.chrome;

    if (route.acces != Acces::Public && !visitor.agent && !visitor.demandeur) {
        if (request.wants_json()) return http::json(R"({"title":"Connexion nécessaire","status":401})", 401);
        if (changes_state(request.method))
            return not_taken(request, visitor.chrome,
                             {.status = 401,
                              .title = "Session terminée",
                              .text = "Votre session s’est terminée avant l’envoi : rien n’a été enregistré. "
                                      "Connectez-vous de nouveau, puis recommencez.",
                              .next = {"Se connecter", login_of(route.acces)}});
        return http::redirect(
            login_then(route.acces, ui::local_url(request.path).value_or(ui::url("/")), request.query)
                .text());
    }
    if (route.acces == Acces::Admin &&
        !compte::peut_quelque_part(*visitor.agent, compte::ActionAdmin::GererTerritoires))
        return error_response(Problem::forbidden("Cette page est réservée à l’administration du territoire."),
                              request, visitor.chrome);
    if (route.acces == Acces::Gestion) {
        auto tx = app.db.read();
        compte::pages::charger_le_ressort(tx, session->agent);
    }
    if (changes_state(request.method)) {
        auto token = request.field("csrf");
        if (token.empty()) token = request.header("x-csrf-token");
        if (!compte::verifier_csrf(csrf_secret, visitor.cookie, token)) {
            const std::string text =
                visitor.cookie.empty()
                    ? "Rien n’a été enregistré : votre navigateur n’a pas gardé le cookie qui protège cette "
                      "page. "
                      "Autorisez les cookies de ce site, rechargez la page, puis recommencez."
                    : "Cette page était ouverte depuis trop longtemps : rien n’a été enregistré. "
                      "Rechargez-la, "
                      "puis recommencez.";
            if (request.wants_json()) return http::problem_json(Problem::forbidden(text));
            return not_taken(request, visitor.chrome, {.status = 403, .title = "Envoi refusé", .text = text});
        }
    }
    auto answer = page_of(route, request, visitor);
    // 410: the page of a link that has expired holds a form that asks for another one.
    if (!set_visitor.empty() && (answer.status < 400 || answer.status == 410))
        answer.header("Set-Cookie", set_visitor);
    return answer;
}

http::Response Edge::Impl::guarded(http::Request& request,
                                   const std::function<http::Response(ui::Chrome&)>& work)
{
    // Who is asking, as soon as it is known: a page that breaks does not seem to log anybody out.
    auto chrome = chrome_for(request);
    chrome.navigation = navigation(nullptr, request.path);
    const auto breakdown = [&](int status, const char* reason, const std::string& what) {
        base::log(base::Level::Error, "request_failed",
                  {{"request", request.request_id}, {"kind", reason}, {"what", what}});
        if (request.wants_json())
            return http::json(
                fmt::format(R"({{"title":"Panne","status":{},"instance":"{}"}})", status, request.request_id),
                status);
        const std::string title = "Le service a rencontré un problème";
        const std::string text = "Ce n’est pas de votre fait. Réessayez dans un instant ; si le problème "
                                 "continue, écrivez-nous en donnant le numéro ci-dessous.";
        if (changes_state(request.method))
            return not_taken(
                request, chrome,
                {.status = status, .title = title, .text = text, .request_id = request.request_id});
        return http::html(
            ui::error_page(
                chrome, {.status = status, .title = title, .text = text, .request_id = request.request_id}),
            status);
    };
    const auto overtaken = [&](const std::string& text) {
        if (request.wants_json() || !changes_state(request.method))
            return error_response(Problem::conflict(text), request, chrome);
        return not_taken(request, chrome,
                         {.status = 409, .title = title_for(Problem::conflict(text)), .text = text});
    };
    try {
        return work(chrome);
    } catch (const db::Conflict&) {
        return overtaken(
            "Quelqu’un d’autre vient de changer ce que montrait cette page : rien n’a été enregistré. "
            "Rechargez-la, puis refaites votre action si elle est encore utile.");
    } catch (const db::UniqueViolation&) {
        return overtaken("Cela vient d’être enregistré par quelqu’un d’autre. Rechargez la page.");
    } catch (const db::Unavailable& e) {
        auto answer = breakdown(503, "database_unavailable", e.what());
        answer.header("Retry-After", "10");
        return answer;
    } catch (const db::Retry& e) {
        // The engine undid everything because of another transaction: the same action may simply be sent
        // again.
        auto answer = breakdown(503, "database_busy", e.what());
        answer.header("Retry-After", "1");
        return answer;
    } catch (const std::exception& e) {
        return breakdown(500, "exception", e.what());
    } catch (...) {
        return breakdown(500, "unknown", "");
    }
}

Edge::Edge(App& app, db::Database* replica) : impl_(std::make_unique<Impl>(app, replica)) {}
Edge::~Edge() = default;

http::Response Edge::handle(http::Request& request)
{
    const auto start = base::Clock{}.now();
    auto answer = impl_->guarded(request, [&](ui::Chrome& seen) { return impl_->dispatch(request, seen); });
    if (answer.intake) {
        // The page has more to say once the body is there: what it says then passes here too.
        auto asked = std::make_shared<http::Request>(request);
        answer.intake->end = [impl = impl_.get(), asked, end = std::move(answer.intake->end)] {
            const auto resumed = base::Clock{}.now();
            return impl->last_touch(impl->guarded(*asked, [&](ui::Chrome&) { return end(); }), *asked,
                                    resumed);
        };
        return answer;
    }
    return impl_->last_touch(std::move(answer), request, start);
}

http::Response Edge::Impl::last_touch(http::Response answer, const http::Request& request, Instant start)
{
    // Also after a breakdown: who knows whether it came before the commit. And after « rechargez la page ».
    if (late && changes_state(request.method) &&
        (answer.status < 400 || answer.status == 409 || answer.status >= 500))
        answer.header("Set-Cookie",
                      http::set_cookie(cookie_has_written, "1",
                                       {.secure = https, .max_age_seconds = reads_own_writes_seconds}));
    base::step("http.before_answer");
    secure(answer, https, request.request_id);
    const auto match = router.index_of(request.method, request.path);
    // The pattern, never the path: paths hold secret tokens.
    base::log(base::Level::Info, "request",
              {{"request", request.request_id},
               {"route", match == http::Router::none ? "-" : std::string{routes()[match].path}},
               {"status", std::to_string(answer.status)},
               {"ms", std::to_string(base::Clock{}.now().ms - start.ms)}});
    return answer;
}

http::Limits Edge::limits_of(http::Method method, std::string_view path) const
{
    // Without a worker only what has no body to decode.
    if ((method == http::Method::Get || method == http::Method::Head) &&
        http::find_static(http::static_files(), path))
        return {.pool = http::Pool::None};
    const auto index = impl_->router.index_of(method, path);
    return index == http::Router::none ? http::Limits{} : routes()[index].limits;
}

http::Response Edge::refused(int status) const
{
    ui::ErrorPage page{.status = status,
                       .title = "Demande impossible",
                       .text = "Votre navigateur a envoyé une demande que nous ne pouvons pas lire. "
                               "Revenez à la page précédente, puis recommencez."};
    if (status == 413) {
        page.title = "Envoi trop volumineux";
        page.text =
            "L’ensemble des fichiers choisis dépasse la taille permise. Revenez à la page précédente et "
            "envoyez-les en plusieurs fois.";
    } else if (status == 408) {
        page.title = "Envoi trop long";
        page.text =
            "Votre envoi n’est pas arrivé en entier à temps. Si votre connexion est lente, revenez à la "
            "page précédente et envoyez moins de fichiers à la fois.";
    } else if (status == 503) {
        page.title = "Service très demandé";
        page.text = "Beaucoup de personnes utilisent le service en ce moment. Rien n’a été enregistré : "
                    "réessayez dans une minute.";
    } else if (status >= 500) {
        page.title = "Le service a rencontré un problème";
        page.text = "Ce n’est pas de votre fait. Réessayez dans un instant.";
    }
    auto answer = http::html(ui::error_page(impl_->chrome_for({}), page), status);
    secure(answer, impl_->https, {});
    return answer;
}
