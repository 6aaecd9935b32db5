// What the pages of the deposit share.
#include "signalement/depot/chargement.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "base/text.hpp"
#include "compte/store.hpp"
#include "edge.hpp"
#include "territoire/store.hpp"

namespace signalement::depot {

bool Chargement::ecarte() const
{
    const auto profil = base::from_slug(profils, parcours.retenues.texte("profil"));
    if (!ressort || !profil) return ferme();
    return !territoire::autoriser_depot(*ressort, public_de(*profil) == Public::Professionnel
                                                      ? territoire::Public::Professionnel
                                                      : territoire::Public::Particulier);
}

std::optional<Chargement> charger(App& app, db::Transaction& tx, const std::string& jeton)
{
    auto b = store::trouver(tx, jeton);
    if (!b) return std::nullopt;
    return avec(app, tx, jeton, std::move(*b));
}

std::optional<Chargement> charger(App& app, const std::string& jeton)
{
    auto tx = app.db.read();
    return charger(app, tx, jeton);
}

Chargement avec(App& app, db::Transaction& tx, std::string jeton, Brouillon b)
{
    Chargement c{
        .jeton = std::move(jeton), .brouillon = std::move(b), .ressort = {}, .contexte = {}, .parcours = {}};
    if (const auto& insee = c.brouillon.reponses.texte(reconnue::insee); !insee.empty())
        c.ressort = territoire::store::find_ressort(tx, insee);
    const auto zone =
        c.ressort && c.ressort->territoire ? c.ressort->territoire->fuseau : std::string{"Europe/Paris"};
    c.contexte = {.phase = c.ressort ? c.ressort->phase() : territoire::Phase::Tous,
                  .aujourd_hui = base::local_date(app.clock.now(), zone)};
    c.parcours = parcours(c.brouillon.reponses, c.contexte);
    return c;
}

std::string rattachement_des_fichiers(const Brouillon& b)
{
    return "brouillon/" + b.id;
}

std::string champ_propre(const http::Request& req, std::string_view nom, std::size_t max)
{
    const auto propre = base::clean_text(req.field(nom));
    return propre ? base::truncate(base::trim(*propre), max) : std::string{};
}

void reprendre(const http::Request& req, const std::vector<Question>& questions, Reponses& r)
{
    for (const auto& q : questions) {
        std::vector<std::string> valeurs;
        for (const auto& v : req.fields(q.slug)) {
            // Far more than the limit is kept, so that a long text pasted here can be shortened and not lost.
            const std::size_t garde = q.genre == Genre::TexteLong ? 100'000 : q.longueur_max * 4;
            if (const auto propre = base::clean_text(v); propre && valeurs.size() < 100)
                valeurs.push_back(base::truncate(base::trim(*propre), garde));
        }
        r.mettre(q.slug, std::move(valeurs));
    }
}

std::string secret_des_freins(App& app)
{
    return compte::store::secret(app.db, "depot", app.clock.now());
}

std::optional<http::Response> freiner(App& app, const http::Request& req, const Visitor& visitor,
                                      const std::vector<compte::Limite>& limites)
{
    const auto le = app.clock.now();
    const auto secret = secret_des_freins(app);
    const auto tentative =
        app.db.write([&](db::Transaction& tx) { return compte::store::tenter(tx, secret, limites, le); });
    if (tentative.permise) return std::nullopt;
    return trop_de_demandes(req, visitor, tentative.attente_secondes);
}

http::Response trop_de_demandes(const http::Request& req, const Visitor& visitor, std::int64_t attente)
{
    base::log(base::Level::Warning, "depot_throttled", {{"request", req.request_id}});
    if (req.wants_json())
        return http::json(R"({"title":"Trop de demandes","status":429})", 429)
            .header("Retry-After", std::to_string(attente));
    const auto duree = attente > 3600 ? base::count((attente + 3599) / 3600, "heure", "heures")
                                      : base::count((attente + 59) / 60, "minute", "minutes");
    return http::html(
               ui::error_page(
                   visitor.chrome,
                   {.status = 429,
                    .title = "Trop de demandes à la suite",
                    .text = fmt::format("Réessayez dans {}. Ce que vous avez déjà répondu est gardé. Si "
                                        "quelqu’un est en danger, n’attendez pas : appelez le 112 ou le 18, "
                                        "ou écrivez au 114 par SMS.",
                                        duree)}),
               429)
        .header("Retry-After", std::to_string(attente));
}

http::Response introuvable(const http::Request& req, const Visitor& visitor)
{
    return error_response(
        Problem::not_found(
            "Ce brouillon n’existe pas, ou il a été effacé. Vérifiez l’adresse reçue par courriel, ou "
            "recommencez un signalement."),
        req, visitor.chrome);
}

http::Response vers_etape(const Chargement& c, std::string_view etape)
{
    return http::redirect(ui::url("/signaler/{}/{}", c.jeton, etape).text());
}

http::Response vers_confirmation(const std::string& jeton)
{
    return http::redirect(ui::url("/signaler/{}/confirmation", jeton).text());
}

http::Response vers_ailleurs(const territoire::Ressort& r, Sort du_brouillon)
{
    auto url = ui::url("/signaler/ailleurs").with("commune", r.lieu.commune.insee);
    if (du_brouillon == Sort::Garde) url = url.with("reponses", "gardees");
    return http::redirect(url.text());
}

http::Response montrer(App& app, const Visitor& visitor, const Chargement& c, std::string_view etape,
                       FormErrors erreurs, bool vers_verification, const views::ChoixAdresse& choix)
{
    const auto status = erreurs.empty() ? 200 : 422;
    const views::Ecran e{.chrome = visitor.chrome,
                         .jeton = c.jeton,
                         .parcours = c.parcours,
                         .rang = c.parcours.rang(etape),
                         .reponses = c.brouillon.reponses,
                         .erreurs = std::move(erreurs),
                         .vers_verification = vers_verification};
    if (etape == etape::adresse) return http::html(views::adresse(e, choix), status);
    if (etape == etape::fichiers || etape == etape::verification) {
        auto tx = app.db.read();
        const auto pieces = store::pieces(tx, c.brouillon.id);
        return http::html(
            etape == etape::fichiers ? views::fichiers(e, pieces) : views::verification(e, pieces), status);
    }
    return http::html(views::questions(e), status);
}

} // namespace signalement::depot
