// The screens of the manager of a territory: sending a file, seeing what it would do, doing it; taking files
// out.
#include <algorithm>
#include <set>

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/echange/ecriture.hpp"
#include "demande/echange/import.hpp"
#include "demande/echange/pages.hpp"
#include "demande/echange/views_echange.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"

namespace demande::echange {

namespace {
namespace ecran_du_gestionnaire {

/// What is imported while somebody waits, in one transaction; more goes by the command line.
constexpr Limites par_l_ecran{.octets = 8U << 20, .demandes = 500};

std::vector<Guichet> ceux_de(db::Transaction& tx, const Visitor& visitor)
{
    return gestionnaires(demande::store::guichets_de(tx, visitor.agent->id));
}

/// The guichet of the form, or the only one there is.
const Guichet* choisi(const std::vector<Guichet>& guichets, const std::string& code)
{
    if (code.empty() && guichets.size() == 1) return &guichets.front();
    const auto g = std::ranges::find(guichets, code, &Guichet::code);
    return g == guichets.end() ? nullptr : &*g;
}

const Guichet* du_territoire(const std::vector<Guichet>& guichets, const std::string& territoire)
{
    const auto g = std::ranges::find(guichets, territoire, &Guichet::territoire);
    return g == guichets.end() ? nullptr : &*g;
}

std::vector<demande::store::PaireSignalee> semblables(db::Transaction& tx,
                                                      const std::vector<Guichet>& guichets)
{
    std::vector<demande::store::PaireSignalee> out;
    std::set<std::string_view> vus;
    for (const auto& g : guichets)
        if (vus.insert(g.territoire).second)
            std::ranges::move(demande::store::doublons_a_voir(tx, g.territoire), std::back_inserter(out));
    return out;
}

/// The guichet of the file, for whom its sender acts still.
struct AImporter {
    std::optional<store::Fichier> fichier;
    std::optional<Guichet> guichet;
};
AImporter a_importer(db::Transaction& tx, const http::Request& request, const Visitor& visitor)
{
    AImporter a{.fichier = store::find_fichier(tx, request.capture("id"), visitor.agent->id), .guichet = {}};
    const auto guichets = ceux_de(tx, visitor);
    if (const auto* g = a.fichier ? du_territoire(guichets, a.fichier->territoire) : nullptr) a.guichet = *g;
    return a;
}

http::Response accueil(db::Transaction& tx, const Visitor& visitor, const std::vector<Guichet>& guichets,
                       const demande::views::Saisie& saisie = {})
{
    return http::html(
        views::echanges(visitor.chrome,
                        {.guichets = guichets,
                         .fichiers = store::fichiers_de(tx, visitor.agent->id),
                         .semblables = semblables(tx, guichets),
                         .fuseau = std::string{fuseau_du_territoire(guichets.front().territoire)}},
                        saisie),
        saisie.erreurs ? 422 : 200);
}

/// The first moment of a day where the territory is.
Instant debut_du_jour(Date jour, std::string_view territoire)
{
    const auto zone = fuseau_du_territoire(territoire);
    auto t = base::parse_instant(base::to_iso(jour) + "T00:00:00Z").value().plus_seconds(-14 * 3600);
    while (base::local_date(t, zone) < jour) t = t.plus_seconds(1800);
    return t;
}

http::Response xml(std::string_view nom)
{
    http::Response r;
    r.header("Content-Type", "application/xml; charset=utf-8");
    r.header("Content-Disposition", "attachment; filename=\"" + std::string{nom} + ".xml\"");
    r.header("Cache-Control", "private, no-store");
    return r;
}

} // namespace ecran_du_gestionnaire
} // namespace

http::Response get_echanges(App& app, const http::Request&, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = ecran_du_gestionnaire::ceux_de(tx, visitor);
    if (guichets.empty()) return non_habilite(visitor);
    return ecran_du_gestionnaire::accueil(tx, visitor, guichets);
}

http::Response post_echanges(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const auto le = app.clock.now();
    std::optional<store::Fichier> depose;
    {
        // Looked at without keeping anybody waiting; only the file itself is written.
        auto tx = app.db.read();
        const auto guichets = ecran_du_gestionnaire::ceux_de(tx, visitor);
        if (guichets.empty()) return non_habilite(visitor);
        if (auto reponse = compte::deja_repondu(tx, request, visitor)) return *reponse;
        FormErrors erreurs;
        const auto* g = ecran_du_gestionnaire::choisi(guichets, request.field("guichet"));
        if (!g) erreurs.push_back({"guichet", "Choisissez un guichet."});
        const auto f = std::ranges::find(request.files, "fichier", &http::UploadedFile::field);
        if (f == request.files.end()) erreurs.push_back({"fichier", "Choisissez le fichier à importer."});
        if (!erreurs.empty())
            return ecran_du_gestionnaire::accueil(tx, visitor, guichets, {&erreurs, &request.form});
        const auto b = preparer(tx, *g, f->data, cle, le, ecran_du_gestionnaire::par_l_ecran).bilan;
        depose = store::Fichier{.id = base::new_id(le),
                                .territoire = g->territoire,
                                .depose_par = visitor.agent->id,
                                .depose_le = le,
                                .fichier_le = b.fichier_le,
                                .empreinte = base::sha256_hex(f->data),
                                .nouvelles = b.nouvelles,
                                .changees = b.changees,
                                .inchangees = b.inchangees,
                                .refusees = b.refusees,
                                .renouvelees = b.renouvelees,
                                .doublons = b.doublons};
        // What is refused is corrected where it comes from: nothing of it waits here.
        if (!b.refus.empty()) return http::html(views::fichier(visitor.chrome, {*depose, b, {}}), 422);
        depose->contenu = std::string{f->data};
    }
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        store::deposer(tx, *depose);
        return http::redirect("/echanges/" + depose->id);
    });
}

http::Response get_fichier(App& app, const http::Request& request, const Visitor& visitor)
{
    auto tx = app.db.read();
    const auto guichets = ecran_du_gestionnaire::ceux_de(tx, visitor);
    const auto f = store::find_fichier(tx, request.capture("id"), visitor.agent->id);
    const auto* g = f ? ecran_du_gestionnaire::du_territoire(guichets, f->territoire) : nullptr;
    if (!g) return introuvable(request, visitor);
    views::UnFichier v{*f, {}, std::string{fuseau_du_territoire(g->territoire)}};
    if (f->applique_le && f->doublons > 0) v.semblables = demande::store::doublons_a_voir(tx, g->territoire);
    return http::html(views::fichier(visitor.chrome, v, request.param("fait")));
}

http::Response post_import(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = ecran_du_gestionnaire;
    const auto cle = cle_nir(app);
    const auto le = app.clock.now();
    ici::AImporter a;
    Plan plan;
    {
        // Compared again, with nobody waiting: hours may have passed since it was looked at.
        auto tx = app.db.read();
        a = ici::a_importer(tx, request, visitor);
        if (!a.guichet) return introuvable(request, visitor);
        if (!a.fichier->applique_le && !a.fichier->contenu.empty())
            plan = preparer(tx, *a.guichet, a.fichier->contenu, cle, le, ici::par_l_ecran);
    }
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        auto [f, g] = ici::a_importer(tx, request, visitor);
        if (!g) return introuvable(request, visitor);
        if (f->applique_le) return http::redirect("/echanges/" + f->id + "?fait=import");
        if (f->contenu.empty())
            return error_response(Problem::conflict("Ce fichier n’est plus gardé : envoyez-le de nouveau."),
                                  request, visitor.chrome);
        const auto fait = appliquer(tx, *g, plan, *visitor.agent, cle, le);
        if (!fait.refus.empty()) // somebody changed one of them since
            return http::html(views::fichier(visitor.chrome, {*f, fait, {}}), 409);
        f->nouvelles = fait.nouvelles;
        f->changees = fait.changees;
        f->inchangees = fait.inchangees;
        f->renouvelees = fait.renouvelees;
        f->doublons = fait.doublons;
        store::noter_application(tx, *f, le);
        return http::redirect("/echanges/" + f->id + "?fait=import");
    });
}

http::Response get_changees(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const auto le = app.clock.now();
    std::optional<Guichet> guichet;
    const auto depuis = base::parse_typed_date(request.param("depuis"));
    {
        auto tx = app.db.read();
        const auto guichets = ecran_du_gestionnaire::ceux_de(tx, visitor);
        if (guichets.empty()) return non_habilite(visitor);
        if (const auto* g = ecran_du_gestionnaire::choisi(guichets, request.param("guichet"))) guichet = *g;
        FormErrors erreurs;
        if (!guichet) erreurs.push_back({"guichet", "Choisissez un guichet."});
        if (!depuis) erreurs.push_back({"depuis", "Indiquez une date, par exemple 21/11/2026."});
        if (!erreurs.empty())
            return ecran_du_gestionnaire::accueil(tx, visitor, guichets, {&erreurs, &request.query});
    }
    auto reponse = ecran_du_gestionnaire::xml("demandes-" + guichet->territoire);
    store::Curseur curseur{ecran_du_gestionnaire::debut_du_jour(*depuis, guichet->territoire), {}};
    reponse.stream = [&app, g = *guichet, agent = *visitor.agent, cle, le, curseur, debut = true,
                      fini = false](std::string& out) mutable {
        if (debut) out += debut_du_fichier(base::to_iso(le));
        debut = false;
        if (!fini) {
            // A transaction that is tried again must not give twice, nor give what it did not note: what
            // leaves, leaves after the commit.
            std::string lot;
            auto ou = curseur;
            fini = app.db.write([&](db::Transaction& tx) {
                lot.clear();
                ou = curseur;
                return !exporter_un_lot(tx, g, ou, agent, cle, le, lot);
            });
            curseur = ou;
            out += lot;
        }
        if (fini) out += fin_du_fichier();
        return !fini;
    };
    return reponse;
}

http::Response get_une(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        for (const auto& g : ecran_du_gestionnaire::ceux_de(tx, visitor))
            if (const auto texte = exporter_une(tx, request.capture("id"), g, *visitor.agent, cle, le)) {
                auto reponse = ecran_du_gestionnaire::xml("demande");
                reponse.body = debut_du_fichier(base::to_iso(le)) + *texte + fin_du_fichier();
                return reponse;
            }
        return introuvable(request, visitor);
    });
}

} // namespace demande::echange
