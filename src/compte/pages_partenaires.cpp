// Administration of partners: list, creation, sheet, perimeter, accounts.
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "compte/droits.hpp"
#include "compte/envoi_unique.hpp"
#include "compte/pages.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "compte/views.hpp"
#include "edge.hpp"
#include "partenaire/store.hpp"
#include "territoire/store.hpp"

namespace compte {
namespace {

using partenaire::GenrePerimetre;
using partenaire::Partenaire;
using partenaire::Perimetre;
using partenaire::TypePartenaire;

http::Response refus_partenaire(const Problem& p, const http::Request& req, const Visitor& visitor)
{
    return error_response(p, req, visitor.chrome);
}

bool peut_sur(const Visitor& visitor, ActionAdmin action, const Partenaire& p)
{
    return peut(*visitor.agent, action, {p.territoire, p.id.text});
}

/// The partner of the URL, when the visitor may see its sheet; else it does not exist.
std::optional<Partenaire> partenaire_vu(db::Transaction& tx, const http::Request& req, const Visitor& visitor)
{
    auto p = partenaire::store::find(tx, Id<Partenaire>{req.capture("id")});
    if (!p || !peut_sur(visitor, ActionAdmin::TenirSaFichePartenaire, *p)) return std::nullopt;
    return p;
}

/// The version the person was looking at: somebody who changed the sheet meanwhile is not overwritten.
int version_lue(const http::Request& req)
{
    const auto texte = req.field("version");
    int version = 0;
    std::from_chars(texte.data(), texte.data() + texte.size(), version);
    return version;
}

std::string nom_de_la_ligne(db::Transaction& tx, const Perimetre& l)
{
    switch (l.genre) {
    case GenrePerimetre::Departement:
        if (const auto t = territoire::store::find_territoire(tx, l.code)) return t->nom;
        return l.code;
    case GenrePerimetre::Epci:
        if (const auto e = territoire::store::find_epci(tx, l.code)) return e->nom;
        return l.code;
    case GenrePerimetre::Commune:
        if (const auto c = territoire::store::find_commune(tx, l.code)) return c->commune.nom;
        return l.code;
    }
    return l.code;
}

/// Whether this partner, with its whole perimeter, is in the visitor's hands.
bool peut_hors_service(db::Transaction& tx, const Visitor& visitor, const Partenaire& p)
{
    Cible cible{p.territoire, p.id.text};
    for (const auto& l : p.perimetre)
        for (auto& comite : partenaire::store::comites_de(tx, p.territoire, l))
            cible.comites.push_back(std::move(comite));
    return peut(*visitor.agent, ActionAdmin::MettreHorsService, cible);
}

/// Why a partner may not be given this place by the visitor; empty when it may.
std::string hors_du_ressort(db::Transaction& tx, const Visitor& visitor, const std::string& territoire,
                            const Perimetre& ligne)
{
    const auto comites = partenaire::store::comites_de(tx, territoire, ligne);
    if (peut(*visitor.agent, ActionAdmin::GererPartenaires, {territoire, {}, comites})) return {};
    const auto comite = territoire::store::find_comite(tx, comites.empty() ? "" : comites.front());
    return "Ce lieu relève " + (comite ? "d’un autre comité (" + comite->nom + ")" : "d’un autre comité") +
           "\u00a0: demandez à son secrétariat, ou à la personne responsable du territoire.";
}

bool contient(const std::vector<Perimetre>& perimetre, const Perimetre& ligne)
{
    return std::ranges::find(perimetre, ligne) != perimetre.end();
}

/// The communes of the territory that what was typed may mean: one when it is clear, several to choose from.
std::vector<territoire::Commune> communes_typees(db::Transaction& tx, const std::string& typee,
                                                 const std::string& code_territoire)
{
    std::vector<territoire::Commune> trouvees;
    if (base::trim(typee).empty()) return trouvees;
    if (const auto exacte = territoire::store::find_commune(tx, base::trim(typee));
        exacte && exacte->commune.departement == code_territoire)
        return {exacte->commune};
    for (const auto& l : territoire::store::search_communes(tx, typee, 10, code_territoire)) {
        const auto deja = [&](const territoire::Commune& c) { return c.insee == l.commune.insee; };
        if (l.commune.departement == code_territoire && std::ranges::none_of(trouvees, deja))
            trouvees.push_back(l.commune);
    }
    for (const auto& c : trouvees)
        if (c.insee == base::trim(typee) || base::fold(c.nom) == base::fold(typee)) return {c};
    return trouvees;
}

views::Message message_du_partenaire(const http::Request& req)
{
    const auto fait = req.param("fait");
    const auto succes = [](const char* texte) {
        return ui::Alert{.tone = ui::Tone::Success, .text = texte, .announce = true};
    };
    if (fait == "creation")
        return succes("Le partenaire est ajouté. Vérifiez ses compétences et son périmètre.");
    if (fait == "fiche") return succes("La fiche est enregistrée.");
    if (fait == "perimetre") return succes("Le périmètre est enregistré.");
    if (fait == "perimetre-ailleurs")
        return succes("Le périmètre est enregistré. Ce partenaire n’agit plus que là où agit un autre "
                      "comité, qui tient désormais sa fiche.");
    if (fait == "hors-service") return succes("Le partenaire est hors service.");
    if (fait == "en-service") return succes("Le partenaire est de nouveau en service.");
    return std::nullopt;
}

http::Response page_du_partenaire(db::Transaction& tx, const http::Request& req, const Visitor& visitor,
                                  const Partenaire& p, const views::Saisie& fiche,
                                  const views::Saisie& perimetre, std::vector<ui::Option> communes = {})
{
    views::FichePartenaire f;
    f.partenaire = p;
    const auto t = territoire::store::find_territoire(tx, p.territoire);
    f.nom_territoire = t ? t->nom : p.territoire;
    if (!p.insee.empty())
        if (const auto c = territoire::store::find_commune(tx, p.insee)) f.nom_commune = c->nom();
    f.peut_gerer = peut_sur(visitor, ActionAdmin::GererPartenaires, p);
    f.peut_tenir = peut_sur(visitor, ActionAdmin::TenirSaFichePartenaire, p);
    f.peut_hors_service = peut_hors_service(tx, visitor, p);
    if (f.peut_hors_service && p.actif) f.affectations = partenaire::store::affectations_ouvertes(tx, p.id);
    f.peut_inviter =
        p.actif && peut_attribuer(*visitor.agent, {Role::AgentPartenaire, p.territoire, {}, p.id.text, true});
    for (const auto& l : p.perimetre) f.perimetre.push_back({l, nom_de_la_ligne(tx, l)});
    if (f.peut_gerer)
        for (const auto& e : territoire::store::list_epcis(tx, p.territoire))
            if (!contient(p.perimetre, {GenrePerimetre::Epci, e.siren})) f.epcis.push_back({e.siren, e.nom});
    f.communes = std::move(communes);
    FiltreComptes de_ce_partenaire;
    de_ce_partenaire.partenaire = p.id.text;
    f.comptes = store::liste(tx, champs_attribution(*visitor.agent), de_ce_partenaire);
    const bool erreur = fiche.erreurs || perimetre.erreurs;
    return http::html(views::fiche_partenaire(visitor.chrome, f,
                                              erreur ? views::Message{} : message_du_partenaire(req), fiche,
                                              perimetre),
                      erreur ? 422 : 200);
}

std::string page_apres(const Partenaire& p, std::string_view fait)
{
    return "/administration/partenaires/" + http::encode(p.id.text) + "?fait=" + std::string{fait};
}

/// Where to go on once the perimeter has changed: it may have left the visitor's reach.
std::string page_apres_perimetre(db::Transaction& tx, const Visitor& visitor, const Partenaire& p)
{
    auto agent = *visitor.agent;
    pages::charger_le_ressort(tx, agent);
    return peut(agent, ActionAdmin::TenirSaFichePartenaire, {p.territoire, p.id.text})
               ? page_apres(p, "perimetre")
               : "/administration/partenaires?fait=perimetre-ailleurs";
}

partenaire::FicheSaisie fiche_saisie(const http::Request& req)
{
    return {req.field("nom"), req.field("type"), req.field("email"), req.field("telephone"),
            req.fields("competences")};
}

/// Territories where this agent may create a partner.
std::vector<ui::Option> territoires_de_creation(db::Transaction& tx, const Agent& agent)
{
    std::vector<ui::Option> options;
    for (const auto& t : territoire::store::list_territoires(tx))
        if (peut(agent, ActionAdmin::GererPartenaires, {t.code, {}})) options.push_back({t.code, t.nom});
    return options;
}

bool est_communal(TypePartenaire type)
{
    return type == TypePartenaire::CommuneSchs || type == TypePartenaire::Ccas;
}

} // namespace

http::Response get_partenaires(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto portee = champ(*visitor.agent, ActionAdmin::TenirSaFichePartenaire);
    if (portee.vide()) return refus_partenaire(Problem::forbidden(), req, visitor);
    views::ListeDesPartenaires l;
    l.filtre.tous_les_territoires = portee.tout;
    l.filtre.territoires = portee.territoires;
    l.filtre.partenaires = portee.partenaires;
    l.filtre.recherche = base::truncate(req.param("q"), 100);
    l.filtre.type = base::from_slug(partenaire::types_partenaire, req.param("type")) ? req.param("type") : "";
    l.filtre.territoire = req.param("territoire");
    l.filtre.inactifs = req.param("inactifs") == "oui";
    l.filtre.page = pages::numero_de_page(req);
    l.liste = partenaire::store::liste(tx, l.filtre);
    for (const auto& t : territoire::store::list_territoires(tx)) {
        const bool sien = std::ranges::any_of(visitor.agent->mandats,
                                              [&](const Mandat& m) { return m.territoire == t.code; });
        if (portee.tout || sien) l.territoires.emplace_back(t.code, t.nom);
    }
    l.peut_creer = peut_quelque_part(*visitor.agent, ActionAdmin::GererPartenaires);
    return http::html(views::partenaires(visitor.chrome, l, message_du_partenaire(req)));
}

http::Response get_nouveau_partenaire(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    const views::CreationPartenaire creation{territoires_de_creation(tx, *visitor.agent)};
    if (creation.territoires.empty()) return refus_partenaire(Problem::forbidden(), req, visitor);
    return http::html(views::nouveau_partenaire(visitor.chrome, creation, {}));
}

http::Response post_partenaires(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return une_fois(app, req, visitor, [&](db::Transaction& tx) -> http::Response {
        const views::CreationPartenaire creation{territoires_de_creation(tx, *visitor.agent)};
        if (creation.territoires.empty()) return refus_partenaire(Problem::forbidden(), req, visitor);
        Partenaire p;
        p.id = Id<Partenaire>::make(le);
        auto erreurs = partenaire::lire_fiche(p, fiche_saisie(req));
        p.territoire = req.field("territoire");
        const auto permis = [&](const ui::Option& o) { return o.value == p.territoire; };
        if (std::ranges::none_of(creation.territoires, permis))
            erreurs.push_back(
                {creation.territoires.size() > 1 ? "territoire" : "", "Choisissez un territoire."});
        else if (est_communal(p.type)) {
            const auto communes = communes_typees(tx, req.field("commune"), p.territoire);
            if (communes.size() != 1)
                erreurs.push_back(
                    {"commune", communes.empty()
                                    ? "Indiquez une commune de ce territoire : son nom ou son code Insee."
                                    : "Plusieurs communes portent ce nom : indiquez le code Insee."});
            else if (const auto refus = hors_du_ressort(tx, visitor, p.territoire,
                                                        {GenrePerimetre::Commune, communes.front().insee});
                     !refus.empty())
                erreurs.push_back({"commune", refus});
            else if (const auto mairie =
                         partenaire::store::de_la_commune(tx, p.territoire, communes.front().insee);
                     mairie && p.type == TypePartenaire::CommuneSchs)
                erreurs.push_back(
                    {"commune",
                     peut_sur(visitor, ActionAdmin::TenirSaFichePartenaire, *mairie)
                         ? "Cette commune est déjà un partenaire : ouvrez sa fiche depuis la liste."
                         : "Cette commune est déjà un partenaire, dont un autre comité tient la fiche : "
                           "demandez à la personne responsable du territoire."});
            else
                p.insee = communes.front().insee;
        }
        if (!erreurs.empty())
            return http::html(views::nouveau_partenaire(visitor.chrome, creation, {&erreurs, &req.form}),
                              422);

        const auto par_defaut = partenaire::competences_par_defaut(p.type);
        p.competences.assign(par_defaut.begin(), par_defaut.end());
        if (!p.insee.empty())
            p.perimetre = {{GenrePerimetre::Commune, p.insee}};
        else if (p.type != TypePartenaire::Epci) // an EPCI chooses itself on the sheet
            p.perimetre = {{GenrePerimetre::Departement, p.territoire}};
        partenaire::store::insert(tx, p, le);
        pages::noter(tx, visitor, "partenaire", p.id.text, "creation", p.territoire, le, p.nom);
        return http::redirect(page_apres(p, "creation"));
    });
}

http::Response get_partenaire(App& app, const http::Request& req, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto p = partenaire_vu(tx, req, visitor);
    if (!p) return refus_partenaire(Problem::not_found(), req, visitor);
    return page_du_partenaire(tx, req, visitor, *p, {}, {});
}

http::Response post_partenaire(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto avant = partenaire_vu(tx, req, visitor);
        if (!avant) return refus_partenaire(Problem::not_found(), req, visitor);
        if (!peut_sur(visitor, ActionAdmin::GererPartenaires, *avant))
            return refus_partenaire(Problem::forbidden(), req, visitor);
        auto p = *avant;
        auto erreurs = partenaire::lire_fiche(p, fiche_saisie(req));
        // Turning a CCAS into a second town hall of the same commune is refused here rather than by the
        // database.
        if (erreurs.empty() && p.type == TypePartenaire::CommuneSchs && !p.insee.empty()) {
            const auto mairie = partenaire::store::de_la_commune(tx, p.territoire, p.insee);
            if (mairie && mairie->id != p.id)
                erreurs.push_back({"type", "La mairie de cette commune est déjà un partenaire."});
        }
        if (!erreurs.empty()) return page_du_partenaire(tx, req, visitor, *avant, {&erreurs, &req.form}, {});
        p.version = version_lue(req);
        partenaire::store::update(tx, p);
        pages::noter(tx, visitor, "partenaire", p.id.text, "modification", p.territoire, le, p.nom);
        return http::redirect(page_apres(p, "fiche"));
    });
}

http::Response post_service(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        auto p = partenaire_vu(tx, req, visitor);
        if (!p) return refus_partenaire(Problem::not_found(), req, visitor);
        if (!peut_hors_service(tx, visitor, *p))
            return refus_partenaire(
                Problem::forbidden("Ce partenaire agit aussi dans un autre comité : seule la personne "
                                   "responsable du territoire peut le mettre hors service ou l’y remettre."),
                req, visitor);
        p->actif = req.field("actif") == "oui";
        p->version = version_lue(req);
        partenaire::store::update(tx, *p);
        pages::noter(tx, visitor, "partenaire", p->id.text,
                     p->actif ? "remise_en_service" : "mise_hors_service", p->territoire, le, p->nom);
        return http::redirect(page_apres(*p, p->actif ? "en-service" : "hors-service"));
    });
}

http::Response post_coordonnees(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto avant = partenaire_vu(tx, req, visitor);
        if (!avant) return refus_partenaire(Problem::not_found(), req, visitor);
        auto p = *avant;
        FormErrors erreurs;
        partenaire::lire_coordonnees(p, req.field("email"), req.field("telephone"), erreurs);
        if (!erreurs.empty()) return page_du_partenaire(tx, req, visitor, *avant, {&erreurs, &req.form}, {});
        p.version = version_lue(req);
        partenaire::store::update(tx, p);
        pages::noter(tx, visitor, "partenaire", p.id.text, "coordonnees", p.territoire, le);
        return http::redirect(page_apres(p, "fiche"));
    });
}

http::Response post_perimetre(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        auto p = partenaire_vu(tx, req, visitor);
        if (!p) return refus_partenaire(Problem::not_found(), req, visitor);
        if (!peut_sur(visitor, ActionAdmin::GererPartenaires, *p))
            return refus_partenaire(Problem::forbidden(), req, visitor);
        FormErrors erreurs;
        std::vector<ui::Option> au_choix;
        Perimetre ligne;
        const auto genre = base::from_slug(partenaire::genres_perimetre, req.field("genre"));
        if (!genre) {
            erreurs.push_back({"genre", "Choisissez ce que vous voulez ajouter."});
        } else {
            ligne.genre = *genre;
            switch (*genre) {
            case GenrePerimetre::Departement:
                ligne.code = p->territoire;
                break;
            case GenrePerimetre::Epci:
                for (const auto& e : territoire::store::list_epcis(tx, p->territoire))
                    if (e.siren == req.field("epci")) ligne.code = e.siren;
                if (ligne.code.empty()) erreurs.push_back({"epci", "Choisissez une intercommunalité."});
                break;
            case GenrePerimetre::Commune: {
                const auto choisie = req.field("insee");
                const auto communes =
                    communes_typees(tx, choisie.empty() ? req.field("commune") : choisie, p->territoire);
                if (communes.size() == 1) {
                    ligne.code = communes.front().insee;
                } else if (communes.empty()) {
                    erreurs.push_back({"commune",
                                       "Aucune commune de ce territoire ne correspond. Vérifiez le nom ou le "
                                       "code Insee."});
                } else {
                    for (const auto& c : communes) au_choix.push_back({c.insee, c.nom, c.insee});
                    erreurs.push_back({"insee", "Plusieurs communes correspondent : choisissez-en une."});
                }
                break;
            }
            }
            if (erreurs.empty() && contient(p->perimetre, ligne))
                erreurs.push_back({"genre", "Ce lieu est déjà dans le périmètre."});
            if (erreurs.empty())
                if (const auto refus = hors_du_ressort(tx, visitor, p->territoire, ligne); !refus.empty())
                    erreurs.push_back({*genre == GenrePerimetre::Commune ? "commune"
                                       : *genre == GenrePerimetre::Epci  ? "epci"
                                                                         : "genre",
                                       refus});
        }
        if (!erreurs.empty())
            return page_du_partenaire(tx, req, visitor, *p, {}, {&erreurs, &req.form}, std::move(au_choix));
        p->perimetre.push_back(ligne);
        p->version = version_lue(req);
        partenaire::store::update(tx, *p);
        pages::noter(tx, visitor, "partenaire", p->id.text, "perimetre_ajout", p->territoire, le,
                     nom_de_la_ligne(tx, ligne));
        return http::redirect(page_apres_perimetre(tx, visitor, *p));
    });
}

http::Response post_retrait_perimetre(App& app, const http::Request& req, const Visitor& visitor)
{
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        auto p = partenaire_vu(tx, req, visitor);
        if (!p) return refus_partenaire(Problem::not_found(), req, visitor);
        if (!peut_sur(visitor, ActionAdmin::GererPartenaires, *p))
            return refus_partenaire(Problem::forbidden(), req, visitor);
        const auto genre = base::from_slug(partenaire::genres_perimetre, req.field("genre"));
        const Perimetre ligne{genre.value_or(GenrePerimetre::Commune), req.field("code")};
        if (genre && std::erase(p->perimetre, ligne) > 0) {
            p->version = version_lue(req);
            partenaire::store::update(tx, *p);
            pages::noter(tx, visitor, "partenaire", p->id.text, "perimetre_retrait", p->territoire, le,
                         nom_de_la_ligne(tx, ligne));
        }
        return http::redirect(page_apres_perimetre(tx, visitor, *p));
    });
}

} // namespace compte
