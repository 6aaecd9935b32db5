// Registering a paper form: who it is about, whether a demande already exists, then the form itself.
#include <algorithm>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/jalons.hpp"
#include "demande/nir.hpp"
#include "demande/pages.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"
#include "territoire/store.hpp"

namespace demande {

namespace {
namespace guichet_ouvert {

/// The guichet the form is for, among those the agent acts for.
std::optional<Guichet> choisi(const http::Request& request, const std::vector<Guichet>& guichets)
{
    const auto g = std::ranges::find(guichets, request.field("guichet"), &Guichet::code);
    return g == guichets.end() ? std::nullopt : std::optional{*g};
}

/// The answers of the posted form to the questions there are; anything else is left out.
Reponses reponses(const http::Request& request)
{
    Reponses r;
    for (const auto& rubrique : rubriques())
        for (int ligne = 1; ligne <= rubrique.lignes; ++ligne)
            for (const auto& q : rubrique.questions) {
                const auto nom = champ(rubrique, ligne, q);
                r.mettre(nom, request.field(nom));
            }
    return r;
}

Identite identite(const Reponses& r, const std::string& prefixe, std::string_view cle)
{
    const auto nir = lire_nir(r.texte(prefixe + "nir"));
    return {.nom = base::fold(r.texte(prefixe + "nom")),
            .prenom = base::fold(r.texte(prefixe + "prenom")),
            .naissance_le = base::parse_typed_date(r.texte(prefixe + "naissance_le")),
            .nir = nir ? store::empreinte_nir(cle, *nir) : std::string{}};
}

/// Those who look like one of the adults of the form, each demande once.
std::vector<store::Doublon> doublons(db::Transaction& tx, const Guichet& g, const Reponses& r,
                                     std::string_view cle, const std::vector<Guichet>& lecteur)
{
    auto tous = store::chercher_doublons(tx, g.territoire, identite(r, "demandeur.", cle), lecteur);
    for (int ligne = 1; ligne <= 3; ++ligne) {
        const auto prefixe = "codemandeur." + std::to_string(ligne) + ".";
        if (!r.a(prefixe + "nom")) continue;
        for (auto& d : store::chercher_doublons(tx, g.territoire, identite(r, prefixe, cle), lecteur))
            if (std::ranges::find(tous, d.demande, &store::Doublon::demande) == tous.end())
                tous.push_back(std::move(d));
    }
    return tous;
}

/// The five digits of « Rouen 76000 »; empty when there are none.
std::string code_postal(std::string_view saisi)
{
    for (const auto& mot : base::split(base::fold(saisi), ' '))
        if (mot.size() == 5 && std::ranges::all_of(mot, [](char c) { return c >= '0' && c <= '9'; }))
            return mot;
    return {};
}

/// The commune that was typed: its INSEE code, or its name with a postal code where several bear it. Nothing
/// when it is unknown or when one cannot tell which.
std::optional<std::string> commune(db::Transaction& tx, const std::string& saisi, std::string_view territoire)
{
    if (saisi.empty()) return std::nullopt;
    const auto postal = code_postal(saisi);
    auto nom = base::fold(saisi);
    if (!postal.empty()) {
        const auto ou = nom.find(postal);
        nom = std::string{base::trim(nom.erase(ou, postal.size()))};
    }
    if (nom.empty())
        if (const auto c = territoire::store::find_commune(tx, postal))
            return c->partie ? c->partie->insee : c->commune.insee;
    if (saisi.size() == 5 && postal.empty()) // 2A004
        if (const auto c = territoire::store::find_commune(tx, saisi)) return c->commune.insee;
    std::vector<std::string> ici, ailleurs;
    for (const auto& l : territoire::store::search_communes(tx, saisi, 50)) {
        const auto& insee = l.partie ? l.partie->insee : l.commune.insee;
        const auto& postaux = l.codes_postaux();
        if (!nom.empty() && base::fold(l.nom()) != nom) continue;
        if (!postal.empty() && std::ranges::find(postaux, postal) == postaux.end()) continue;
        (territoire_de_la_commune(insee) == territoire ? ici : ailleurs).push_back(insee);
    }
    if (ici.size() == 1) return ici.front();
    return ici.empty() && ailleurs.size() == 1 ? std::optional{ailleurs.front()} : std::nullopt;
}

Contexte contexte(App& app, db::Transaction& tx, const Guichet& g, const Reponses& r)
{
    Contexte c{.aujourd_hui = jour_legal(app.clock.now(), g.territoire), .territoire = g.territoire};
    for (int ligne = 1; ligne <= 8; ++ligne)
        c.communes.push_back(
            commune(tx, r.texte("localisation." + std::to_string(ligne) + ".commune"), g.territoire));
    return c;
}

FormErrors erreurs_de_recherche(const Reponses& r, const std::optional<Guichet>& g)
{
    FormErrors e;
    if (!g) e.push_back({"guichet", "Choisissez un guichet."});
    if (!r.a("demandeur.nom")) e.push_back({"demandeur.nom", "Indiquez le nom de naissance."});
    if (!r.a("demandeur.prenom")) e.push_back({"demandeur.prenom", "Indiquez les prénoms."});
    if (!base::parse_typed_date(r.texte("demandeur.naissance_le")))
        e.push_back({"demandeur.naissance_le", "Indiquez la date de naissance, par exemple 03/02/1984."});
    if (r.a("demandeur.nir"))
        if (const auto nir = lire_nir(r.texte("demandeur.nir")); !nir)
            e.push_back({"demandeur.nir", nir.error().message});
    return e;
}

} // namespace guichet_ouvert
} // namespace

http::Response get_nouvelle(App& app, const http::Request&, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = store::guichets_de(tx, visitor.agent->id);
    if (guichets.empty()) return non_habilite(visitor);
    return http::html(views::recherche(visitor.chrome, guichets));
}

http::Response post_nouvelle(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        if (guichets.empty()) return non_habilite(visitor);
        const auto g = guichet_ouvert::choisi(request, guichets);
        const auto r = guichet_ouvert::reponses(request);
        if (const auto erreurs = guichet_ouvert::erreurs_de_recherche(r, g); !erreurs.empty())
            return http::html(views::recherche(visitor.chrome, guichets, {&erreurs, &request.form}), 422);
        const auto semblables = guichet_ouvert::doublons(tx, *g, r, cle, guichets);
        store::noter_recherche(tx, semblables, g->territoire, *visitor.agent, app.clock.now());
        return http::html(views::formulaire(visitor.chrome, {*g, semblables}, {nullptr, &request.form}));
    });
}

http::Response post_demandes(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto guichets = store::guichets_de(tx, visitor.agent->id);
        const auto g = guichet_ouvert::choisi(request, guichets);
        if (!g) return non_habilite(visitor);
        const auto r = guichet_ouvert::reponses(request);
        const auto semblables = guichet_ouvert::doublons(tx, *g, r, cle, guichets);
        const auto lu = lire(r, guichet_ouvert::contexte(app, tx, *g, r));
        auto erreurs = lu ? FormErrors{} : lu.error();
        if (!semblables.empty() && request.field("verifie") != "oui")
            erreurs.push_back(
                {"verifie",
                 "Regardez les demandes affichées en haut de la page, puis cochez cette case si ce "
                 "n’est aucune d’elles."});
        if (!erreurs.empty())
            return http::html(views::formulaire(visitor.chrome, {*g, semblables}, {&erreurs, &request.form}),
                              422);
        const auto enregistree = store::enregistrer(tx, *lu, *g, *visitor.agent, cle, app.clock.now());
        if (!enregistree) return error_response(enregistree.error(), request, visitor.chrome);
        return http::redirect(views::url_demande(enregistree->id).with("fait", "enregistrement").text());
    });
}

} // namespace demande
