// Administration of territories: who may deposit, whom to call, which committee answers for which communes.
#include "compte/pages_territoires.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.hpp"
#include "compte/droits.hpp"
#include "compte/pages_communs.hpp"
#include "compte/views_territoires.hpp"
#include "edge.hpp"
#include "territoire/store.hpp"

namespace compte {

namespace territoires_pages {

namespace ts = territoire::store;
using territoire::Comite;
using territoire::GenrePerimetre;
using territoire::Perimetre;
using territoire::Phase;
using territoire::Territoire;

http::Response refus(const Problem& p, const http::Request& req, const Visitor& visitor)
{
    return error_response(p, req, visitor.chrome);
}

bool peut_gerer(const Visitor& visitor, const std::string& code)
{
    return peut(*visitor.agent, ActionAdmin::GererTerritoires, {code, {}});
}

/// The territory of the URL; outside the agent's reach it does not exist.
std::optional<Territoire> lu(db::Transaction& tx, const http::Request& req, const Visitor& visitor)
{
    const auto& code = req.capture("code");
    return peut_gerer(visitor, code) ? ts::find_territoire(tx, code) : std::nullopt;
}

struct ComiteLu {
    Comite comite;
    Territoire territoire;
};
std::optional<ComiteLu> comite_lu(db::Transaction& tx, const http::Request& req, const Visitor& visitor)
{
    auto c = ts::find_comite(tx, req.capture("id"));
    if (!c || !peut_gerer(visitor, c->territoire)) return std::nullopt;
    auto t = ts::find_territoire(tx, c->territoire);
    base::expect(t.has_value(), "a committee without its territory");
    return ComiteLu{std::move(*c), std::move(*t)};
}

std::int64_t version(const http::Request& req)
{
    const auto text = req.field("version");
    std::int64_t n = 0;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

territoire::ContactSaisi contact_saisi(const http::Request& req)
{
    return {req.field("telephone"), req.field("email"), req.field("texte"), req.field("horaires")};
}

struct Phrase {
    std::string_view fait, texte;
};
constexpr Phrase phrases[] = {
    {"ouverture", "L’ouverture est changée. Le formulaire de signalement en tient compte dès maintenant."},
    {"inchangee", "L’ouverture n’a pas changé : c’était déjà celle-là."},
    {"prepare", "Le territoire est prêt. Renseignez son contact et ses comités avant de l’ouvrir."},
    {"contact", "Le contact est enregistré."},
    {"comite", "Le comité est ajouté. Renseignez son contact et son périmètre."},
    {"fiche", "Le comité est enregistré."},
    {"ajout", "Le périmètre est complété."},
    {"retrait", "Le périmètre est réduit."},
    {"defaut", "C’est maintenant le comité par défaut."},
};

views::Message message(const http::Request& req)
{
    const auto fait = req.param("fait");
    for (const auto& p : phrases)
        if (p.fait == fait) return ui::Alert{.tone = ui::Tone::Success, .text = p.texte, .announce = true};
    return std::nullopt;
}

http::Response page_liste(db::Transaction& tx, const http::Request& req, const Visitor& visitor,
                          const views::Saisie& saisie)
{
    views::ListeDesTerritoires l;
    std::set<std::string> prepared;
    for (auto& t : ts::list_territoires(tx)) {
        prepared.insert(t.code);
        if (!peut_gerer(visitor, t.code)) continue;
        const auto comites = ts::list_comites(tx, t.code).size();
        l.lignes.push_back({std::move(t), comites});
    }
    if (peut_quelque_part(*visitor.agent, ActionAdmin::CreerTerritoire))
        for (const auto& d : ts::list_departements(tx))
            if (!prepared.contains(d.code)) l.a_ouvrir.push_back({d.code, d.code + " – " + d.nom});
    return http::html(views::territoires(visitor.chrome, l, message(req), saisie),
                      saisie.erreurs ? 422 : 200);
}

http::Response page_territoire(db::Transaction& tx, const http::Request& req, const Visitor& visitor,
                               const Territoire& t, const views::Saisie& contact, const views::Saisie& comite)
{
    const bool wrong = contact.erreurs || comite.erreurs;
    return http::html(views::territoire(visitor.chrome, {t, ts::list_comites(tx, t.code)},
                                        wrong ? views::Message{} : message(req), contact, comite),
                      wrong ? 422 : 200);
}

std::string nom_de(db::Transaction& tx, const Perimetre& p)
{
    switch (p.genre) {
    case GenrePerimetre::Epci:
        if (const auto e = ts::find_epci(tx, p.code)) return e->nom;
        break;
    case GenrePerimetre::Commune:
        if (const auto c = ts::find_commune(tx, p.code)) return c->commune.nom;
        break;
    }
    return p.code;
}

http::Response page_comite(db::Transaction& tx, const http::Request& req, const Visitor& visitor,
                           const ComiteLu& lu, const views::Saisie& fiche, const views::Saisie& perimetre,
                           std::vector<ui::Option> communes = {})
{
    views::FicheComite f;
    f.comite = lu.comite;
    f.territoire = lu.territoire;
    f.par_defaut = lu.territoire.comite_par_defaut == lu.comite.id;
    std::set<std::string> taken;
    for (const auto& p : ts::list_perimetres(tx, lu.territoire.code)) {
        if (p.comite != lu.comite.id) continue;
        taken.insert(p.code);
        f.perimetre.push_back({p, nom_de(tx, p)});
    }
    for (const auto& e : ts::list_epcis(tx, lu.territoire.code))
        if (!taken.contains(e.siren)) f.epcis.push_back({e.siren, e.nom});
    f.communes = std::move(communes);
    const bool wrong = fiche.erreurs || perimetre.erreurs;
    return http::html(
        views::comite(visitor.chrome, f, wrong ? views::Message{} : message(req), fiche, perimetre),
        wrong ? 422 : 200);
}

http::Response vers_territoire(const std::string& code, std::string_view fait)
{
    return http::redirect("/administration/territoires/" + http::encode(code) + "?fait=" + std::string{fait});
}

http::Response vers_comite(const std::string& id, std::string_view fait)
{
    return http::redirect("/administration/comites/" + http::encode(id) + "?fait=" + std::string{fait});
}

/// Communes of this territory that the typed text may mean.
std::vector<territoire::Commune> communes_possibles(db::Transaction& tx, const std::string& typed,
                                                    const std::string& code)
{
    std::vector<territoire::Commune> out;
    for (const auto& l : ts::search_communes(tx, typed, 10, code)) {
        const auto known = [&](const territoire::Commune& c) { return c.insee == l.commune.insee; };
        if (std::ranges::none_of(out, known)) out.push_back(l.commune);
    }
    for (const auto& c : out)
        if (c.insee == typed || base::fold(c.nom) == base::fold(typed)) return {c};
    return out;
}

} // namespace territoires_pages

namespace tp = territoires_pages;

http::Response get_territoires(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    return tp::page_liste(tx, req, visitor, {});
}

http::Response post_territoires(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto now = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        if (!peut_quelque_part(*visitor.agent, ActionAdmin::CreerTerritoire))
            return tp::refus(Problem::forbidden(), req, visitor);
        const auto departement = tp::ts::find_departement(tx, req.field("departement"));
        if (!departement) {
            const FormErrors errors{{"departement", "Choisissez un département."}};
            return tp::page_liste(tx, req, visitor, {&errors, &req.form});
        }
        if (!tp::ts::find_territoire(tx, departement->code)) {
            tp::ts::ouvrir_territoire(tx, *departement);
            pages::noter(tx, visitor, "territoire", departement->code, "creation", departement->code, now);
        }
        return tp::vers_territoire(departement->code, "prepare");
    });
}

http::Response get_territoire(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto t = tp::lu(tx, req, visitor);
    if (!t) return tp::refus(Problem::not_found(), req, visitor);
    return tp::page_territoire(tx, req, visitor, *t, {}, {});
}

http::Response post_phase(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto now = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto t = tp::lu(tx, req, visitor);
        if (!t) return tp::refus(Problem::not_found(), req, visitor);
        const auto phase = base::from_slug(territoire::phases, req.field("phase"));
        if (!phase) return tp::refus(Problem::invalid("phase", "Choisissez une ouverture."), req, visitor);
        if (*phase == t->phase) return tp::vers_territoire(t->code, "inchangee");
        // Opening to nobody's committee would lose reports.
        if (*phase != tp::Phase::Fermee && t->comite_par_defaut.empty()) {
            const FormErrors errors{
                {"nom", "Ajoutez d’abord un comité : sans lui, les signalements n’arriveraient à "
                        "personne."}};
            return tp::page_territoire(tx, req, visitor, *t, {}, {&errors, nullptr});
        }
        if (req.field("confirme") != "oui")
            return http::html(views::confirmation_de_phase(visitor.chrome, *t, *phase));
        const auto change = tp::ts::set_phase(tx, t->code, *phase, tp::version(req));
        if (change)
            pages::noter(tx, visitor, "territoire", t->code, "phase", t->code, now,
                         std::string{base::label_of(territoire::phases, change->avant)} + " → " +
                             std::string{base::label_of(territoire::phases, change->apres)});
        return tp::vers_territoire(t->code, "ouverture");
    });
}

http::Response post_contact(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto now = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        auto t = tp::lu(tx, req, visitor);
        if (!t) return tp::refus(Problem::not_found(), req, visitor);
        FormErrors errors;
        const auto contact = territoire::lire_contact(tp::contact_saisi(req), errors);
        if (!errors.empty()) return tp::page_territoire(tx, req, visitor, *t, {&errors, &req.form}, {});
        t->contact = contact;
        t->version = tp::version(req);
        tp::ts::save_contact(tx, *t);
        pages::noter(tx, visitor, "territoire", t->code, "contact", t->code, now);
        return tp::vers_territoire(t->code, "contact");
    });
}

http::Response post_comites(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto now = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto t = tp::lu(tx, req, visitor);
        if (!t) return tp::refus(Problem::not_found(), req, visitor);
        FormErrors errors;
        const auto others = tp::ts::list_comites(tx, t->code);
        const auto nom = territoire::lire_nom_de_comite(req.field("nom"), others, errors);
        if (!errors.empty()) return tp::page_territoire(tx, req, visitor, *t, {}, {&errors, &req.form});
        const auto id = base::new_id(now);
        tp::ts::save_comite(tx, {id, t->code, nom, {}, 0});
        if (t->comite_par_defaut.empty()) tp::ts::set_comite_par_defaut(tx, t->code, id);
        pages::noter(tx, visitor, "comite", id, "creation", t->code, now, nom);
        return tp::vers_comite(id, "comite");
    });
}

http::Response get_comite(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto c = tp::comite_lu(tx, req, visitor);
    if (!c) return tp::refus(Problem::not_found(), req, visitor);
    return tp::page_comite(tx, req, visitor, *c, {}, {});
}

http::Response post_comite(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto now = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto lu = tp::comite_lu(tx, req, visitor);
        if (!lu) return tp::refus(Problem::not_found(), req, visitor);
        auto others = tp::ts::list_comites(tx, lu->territoire.code);
        std::erase_if(others, [&](const tp::Comite& c) { return c.id == lu->comite.id; });
        FormErrors errors;
        auto c = lu->comite;
        c.nom = territoire::lire_nom_de_comite(req.field("nom"), others, errors);
        c.contact = territoire::lire_contact(tp::contact_saisi(req), errors);
        if (!errors.empty()) return tp::page_comite(tx, req, visitor, *lu, {&errors, &req.form}, {});
        c.version = std::max<std::int64_t>(1, tp::version(req)); // 0 would insert
        tp::ts::save_comite(tx, c);
        pages::noter(tx, visitor, "comite", c.id, "modification", c.territoire, now, c.nom);
        return tp::vers_comite(c.id, "fiche");
    });
}

http::Response post_perimetre_comite(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto now = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto lu = tp::comite_lu(tx, req, visitor);
        if (!lu) return tp::refus(Problem::not_found(), req, visitor);
        const auto& code = lu->territoire.code;
        FormErrors errors;
        std::vector<ui::Option> choice;
        tp::Perimetre ligne{lu->comite.id, tp::GenrePerimetre::Epci, {}};
        const auto typed =
            req.has_field("insee") && !req.field("insee").empty() ? req.field("insee") : req.field("commune");
        if (!typed.empty()) {
            ligne.genre = tp::GenrePerimetre::Commune;
            const auto communes = tp::communes_possibles(tx, typed, code);
            if (communes.size() == 1) {
                ligne.code = communes.front().insee;
            } else if (communes.empty()) {
                errors.push_back({"commune",
                                  "Aucune commune de ce territoire ne correspond. Vérifiez son nom ou son "
                                  "code Insee."});
            } else {
                for (const auto& c : communes) choice.push_back({c.insee, c.nom, c.insee});
                errors.push_back({"insee", "Plusieurs communes correspondent : choisissez-en une."});
            }
        } else {
            for (const auto& e : tp::ts::list_epcis(tx, code))
                if (e.siren == req.field("epci")) ligne.code = e.siren;
            if (ligne.code.empty())
                errors.push_back({"epci", "Choisissez une intercommunalité ou donnez le nom d’une commune."});
        }
        if (!errors.empty())
            return tp::page_comite(tx, req, visitor, *lu, {}, {&errors, &req.form}, std::move(choice));
        tp::ts::add_perimetre(tx, code, ligne);
        pages::noter(tx, visitor, "comite", lu->comite.id, "perimetre_ajout", code, now,
                     tp::nom_de(tx, ligne));
        return tp::vers_comite(lu->comite.id, "ajout");
    });
}

http::Response post_retrait_perimetre_comite(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto now = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto lu = tp::comite_lu(tx, req, visitor);
        if (!lu) return tp::refus(Problem::not_found(), req, visitor);
        const auto genre = base::from_slug(territoire::genres_perimetre, req.field("genre"));
        if (!genre) return tp::refus(Problem::invalid("genre", "Cette ligne n’existe pas."), req, visitor);
        const tp::Perimetre ligne{lu->comite.id, *genre, req.field("code")};
        tp::ts::remove_perimetre(tx, lu->territoire.code, ligne);
        pages::noter(tx, visitor, "comite", lu->comite.id, "perimetre_retrait", lu->territoire.code, now,
                     tp::nom_de(tx, ligne));
        return tp::vers_comite(lu->comite.id, "retrait");
    });
}

http::Response post_comite_par_defaut(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto now = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto lu = tp::comite_lu(tx, req, visitor);
        if (!lu) return tp::refus(Problem::not_found(), req, visitor);
        tp::ts::set_comite_par_defaut(tx, lu->territoire.code, lu->comite.id);
        pages::noter(tx, visitor, "comite", lu->comite.id, "par_defaut", lu->territoire.code, now);
        return tp::vers_comite(lu->comite.id, "defaut");
    });
}

} // namespace compte
