// The screens of a registration online: each is loaded, answered and kept in the draft of the account.
#include <algorithm>

#include "base/text.hpp"
#include "demande/chargement.hpp"
#include "demande/jalons.hpp"
#include "demande/portail/chargement.hpp"
#include "demande/portail/pages.hpp"
#include "demande/saisie.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"
#include "territoire/store.hpp"

namespace demande::portail {

namespace {
namespace ecrans_postes {

constexpr std::string_view premiere = "vous";

std::string ligne(int rang, std::string_view question)
{
    return "localisation." + std::to_string(rang) + "." + std::string{question};
}

int combien(const Reponses& r)
{
    int n = 0;
    while (n < communes_max && r.a(ligne(n + 1, "commune"))) ++n;
    return n;
}

void echanger(Reponses& r, int a, int b)
{
    for (const auto* q : {"commune", "quartier"}) {
        const auto un = r.texte(ligne(a, q)), autre = r.texte(ligne(b, q));
        r.mettre(ligne(a, q), autre);
        r.mettre(ligne(b, q), un);
    }
}

http::Response vers(const http::Request& request, const store::EnLigne& d, const Etape& e)
{
    if (request.field("suite") == "plus_tard") return http::redirect("/ma-demande?fait=garde");
    if (request.field("suite") == "encore") return http::redirect(views::url_en_ligne(d.id, e.slug).text());
    if (request.field("retour") == "verification")
        return http::redirect(views::url_en_ligne(d.id, "verification").text());
    return http::redirect(views::url_en_ligne(d.id, suivante(e).slug).text());
}

/// Where the draft is taken up: after the screen just answered, unless it was only corrected.
std::string_view reprise(const http::Request& request, const store::EnLigne& d, const Etape& e)
{
    return request.field("retour") == "verification" || request.field("suite") == "encore"
               ? std::string_view{d.etape}
               : suivante(e).slug;
}

views::EcranCommunes ecran_communes(App& app, db::Transaction& tx, const store::EnLigne& d, const Etape& e,
                                    const Reponses& r, bool vers_verification)
{
    views::EcranCommunes c{.ecran = ecran(app, d, e, r, vers_verification), .noms = {}, .a_distinguer = {}};
    for (int i = 1; i <= combien(r); ++i) {
        const auto& texte = r.texte(ligne(i, "commune"));
        const auto insee = reconnaitre_commune(tx, texte, d.territoire);
        const auto l = insee ? territoire::store::find_commune(tx, *insee) : std::nullopt;
        c.noms.push_back(l ? l->nom() : texte);
    }
    return c;
}

/// What is wrong with a commune to add, or nothing: it is then in `r`.
std::optional<FormErrors> ajouter(db::Transaction& tx, const http::Request& request, const store::EnLigne& d,
                                  Reponses& r, std::vector<views::CommuneTrouvee>& a_distinguer)
{
    const auto refus = [](std::string message) { return FormErrors{{"commune", std::move(message)}}; };
    const auto saisi = request.field("commune");
    if (saisi.empty() || saisi.size() > 100) return refus("Écrivez le nom d’une commune ou un code postal.");
    const auto n = combien(r);
    if (n >= communes_max) return refus("Huit communes au plus\u00a0: retirez-en une d’abord.");
    const auto code = [](const territoire::Localisation& l) {
        return l.partie ? l.partie->insee : l.commune.insee;
    };
    auto trouvees = chercher_communes(tx, saisi);
    if (trouvees.empty()) return refus("Aucune commune ne porte ce nom ou ce code postal. Vérifiez-le.");
    const auto ailleurs = trouvees.front();
    std::erase_if(trouvees, [&](const auto& l) { return territoire_de_la_commune(code(l)) != d.territoire; });
    if (trouvees.empty()) {
        const auto t = territoire_de_la_commune(code(ailleurs));
        return refus(ailleurs.nom() + " est dans un autre territoire (" +
                     (t ? nom_du_territoire(tx, *t) : std::string{"outre-mer"}) +
                     "). Une demande vaut pour un seul territoire\u00a0: celle-ci pour " +
                     nom_du_territoire(tx, d.territoire) + ". Il faudra une deuxième demande pour l’autre.");
    }
    auto choisie =
        std::ranges::find_if(trouvees, [&](const auto& l) { return code(l) == request.field("choix"); });
    if (choisie == trouvees.end() && trouvees.size() == 1) choisie = trouvees.begin();
    if (choisie == trouvees.end()) {
        a_distinguer = communes_trouvees(tx, trouvees);
        return FormErrors{{"choix", "Plusieurs communes répondent à ce nom\u00a0: choisissez la vôtre."}};
    }
    const auto texte = ecrite(tx, *choisie, d.territoire);
    for (int i = 1; i <= n; ++i)
        if (r.texte(ligne(i, "commune")) == texte) return refus("Vous demandez déjà cette commune.");
    r.mettre(ligne(n + 1, "commune"), texte);
    return std::nullopt;
}

http::Response post_communes(App& app, db::Transaction& tx, const http::Request& request,
                             const Visitor& visitor, const store::EnLigne& d, const Etape& e,
                             std::string_view cle)
{
    auto r = d.reponses;
    const auto action = request.field("action");
    const auto n = combien(r);
    const auto garder = [&](std::string_view etape) { store::garder(tx, d, r, etape, cle, app.clock.now()); };
    const bool retour = request.field("retour") == "verification";
    const auto rang = lire_entier(request.field("rang"), communes_max).value_or(0);
    if (action == "ajouter") {
        std::vector<views::CommuneTrouvee> a_distinguer;
        if (const auto erreurs = ajouter(tx, request, d, r, a_distinguer)) {
            auto c = ecran_communes(app, tx, d, e, r, retour);
            c.a_distinguer = std::move(a_distinguer);
            return http::html(views::communes(visitor.chrome, c, *erreurs, &request.form), 422);
        }
    } else if (action == "monter" && rang >= 2 && rang <= n) {
        echanger(r, rang - 1, rang);
    } else if (action == "retirer" && rang >= 1 && rang <= n) {
        for (int i = rang; i < n; ++i) echanger(r, i, i + 1);
        r.retirer(ligne(n, "commune"));
        r.retirer(ligne(n, "quartier"));
    } else if (action == "suite") {
        for (int i = 1; i <= n; ++i) {
            const auto quartier = base::clean_text(request.field(ligne(i, "quartier")));
            if (quartier) r.mettre(ligne(i, "quartier"), base::truncate(*quartier, 80));
        }
        garder(reprise(request, d, e));
        return vers(request, d, e);
    }
    if (!(r == d.reponses)) garder(d.etape);
    return http::redirect(views::url_en_ligne(d.id, e.slug).text());
}

} // namespace ecrans_postes
} // namespace

http::Response get_en_ligne(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    auto tx = app.db.read();
    const auto d = store::find(tx, request.capture("id"), visitor.demandeur->id, cle);
    if (!d) return introuvable(request, visitor);
    if (auto ailleurs = parti_ailleurs(app, tx, visitor, *d)) return *std::move(ailleurs);
    if (!store::est_modifiable(*d))
        return http::html(views::deposee(
            visitor.chrome, *d, a_verifier_avant(d->envoyee_le.value_or(app.clock.now()), d->territoire),
            recours_de(tx, *d), request.param("fait") == "depot"));
    const auto* ou = etape(d->motif ? std::string_view{"verification"} : d->etape);
    return http::redirect(views::url_en_ligne(d->id, ou ? ou->slug : ecrans_postes::premiere).text());
}

http::Response get_etape(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    auto tx = app.db.read();
    const auto d = store::find(tx, request.capture("id"), visitor.demandeur->id, cle);
    const auto* e = etape(request.capture("etape"));
    if (!d || !e) return introuvable(request, visitor);
    // What was being typed that day is kept by post_etape, then read here.
    if (auto ailleurs = parti_ailleurs(app, tx, visitor, *d)) return *std::move(ailleurs);
    if (!store::est_modifiable(*d)) return http::redirect(views::url_en_ligne(d->id).text());
    const auto ici = ecran(app, *d, *e, d->reponses, request.param("retour") == "verification");
    switch (e->genre) {
    case GenreEtape::Questions:
        return http::html(views::questions(visitor.chrome, ici));
    case GenreEtape::Communes:
        return http::html(
            views::communes(visitor.chrome, ecrans_postes::ecran_communes(app, tx, *d, *e, d->reponses,
                                                                          ici.vers_verification)));
    case GenreEtape::Identite:
        return http::html(views::identite(visitor.chrome, {ici, store::fichiers(tx, *d)}));
    case GenreEtape::Verification:
        break;
    }
    return page_de_verification(app, tx, visitor, *d, false);
}

http::Response post_etape(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return ecrire(app, request, visitor, [&](db::Transaction& tx, const store::EnLigne& d) -> http::Response {
        const auto* e = etape(request.capture("etape"));
        if (!e || e->genre == GenreEtape::Identite || e->genre == GenreEtape::Verification)
            return introuvable(request, visitor);
        if (!store::est_modifiable(d)) return http::redirect(views::url_en_ligne(d.id).text());
        if (e->genre == GenreEtape::Communes)
            return ecrans_postes::post_communes(app, tx, request, visitor, d, *e, cle);
        const auto apres = repondre(d.reponses, *e, reponses_postees(request));
        const auto contexte = contexte_sans_communes(app, d.territoire);
        const auto lu = lire(datees(apres, contexte.aujourd_hui), contexte);
        const auto erreurs = lu ? FormErrors{} : de_l_etape(*e, lu.error());
        const bool plus_tard = request.field("suite") == "plus_tard";
        // What is right is kept at once, whatever else is wrong: a telephone may close at any moment.
        const auto gardees = sans_les_fautes(d.reponses, apres, erreurs);
        store::garder(tx, d, gardees,
                      erreurs.empty() && !plus_tard ? ecrans_postes::reprise(request, d, *e) : e->slug, cle,
                      app.clock.now());
        if (!erreurs.empty() && !plus_tard) {
            auto connue = d;
            connue.reponses = gardees;
            const auto ici = ecran(app, connue, *e, apres, request.field("retour") == "verification");
            return http::html(views::questions(visitor.chrome, ici, erreurs), 422);
        }
        return ecrans_postes::vers(request, d, *e);
    });
}

} // namespace demande::portail
