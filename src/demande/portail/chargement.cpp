// What the pages of a registration online load.
#include "demande/portail/chargement.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "compte/envoi_unique.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "demande/chargement.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/saisie.hpp"
#include "demande/store.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"
#include "territoire/store.hpp"

namespace demande::portail {

namespace {
namespace lieux {

const std::string& insee_de(const territoire::Localisation& l)
{
    return l.partie ? l.partie->insee : l.commune.insee;
}

} // namespace lieux
} // namespace

std::string nom_du_territoire(db::Transaction& tx, std::string_view territoire)
{
    const auto departements = departements_du_territoire(territoire);
    if (departements.size() != 1) return nom_du_territoire(NomsDesDepartements{}, territoire);
    const auto d = territoire::store::find_departement(tx, departements.front());
    return d ? d->nom : departements.front();
}

NomsDesDepartements noms_des_departements(db::Transaction& tx)
{
    NomsDesDepartements out;
    for (auto& d : territoire::store::list_departements(tx)) out.emplace(std::move(d.code), std::move(d.nom));
    return out;
}

std::string nom_du_territoire(const NomsDesDepartements& noms, std::string_view territoire)
{
    if (territoire == ile_de_france) return "Île-de-France";
    const auto departements = departements_du_territoire(territoire);
    if (departements.size() != 1) return std::string{territoire};
    const auto d = noms.find(departements.front());
    return d == noms.end() ? departements.front() : d->second;
}

views::MaDemande::EnLigne en_ligne_montree(App& app, db::Transaction& tx, store::Sienne s)
{
    const auto& r = s.resume;
    auto territoire = nom_du_territoire(tx, r.territoire);
    const auto avant = a_verifier_avant(r.envoyee_le.value_or(app.clock.now()), r.territoire);
    const auto commencee = jour_legal(s.commencee_le, r.territoire);
    return {
        .sienne = std::move(s), .territoire = std::move(territoire), .commencee = commencee, .avant = avant};
}

std::vector<views::CommuneTrouvee> communes_trouvees(db::Transaction& tx,
                                                     const std::vector<territoire::Localisation>& trouvees)
{
    std::vector<views::CommuneTrouvee> out;
    if (trouvees.empty()) return out;
    const auto noms = noms_des_departements(tx);
    for (const auto& l : trouvees) {
        const auto d = noms.find(l.commune.departement);
        out.push_back({.insee = lieux::insee_de(l),
                       .nom = l.nom(),
                       .departement = d == noms.end() ? l.commune.departement : d->second});
    }
    return out;
}

std::optional<views::PageDeCommune> page_de_commune(App& app, db::Transaction& tx, std::string_view insee)
{
    const auto l = territoire::store::find_commune(tx, insee);
    if (!l) return std::nullopt;
    views::PageDeCommune p{.commune = communes_trouvees(tx, {*l}).front(),
                           .territoire_nom = {},
                           .orientation = {},
                           .jour = base::local_date(app.clock.now())};
    if (const auto t = territoire_de_la_commune(p.commune.insee)) {
        p.territoire_nom = nom_du_territoire(tx, *t);
        p.jour = jour_legal(app.clock.now(), *t);
        p.orientation = gestion::store::orienter(tx, *t, p.jour);
        p.guichet_ouvert = !demande::store::guichets_du_territoire(tx, *t).empty();
    }
    return p;
}

std::vector<territoire::Localisation> chercher_communes(db::Transaction& tx, const std::string& saisi)
{
    auto toutes = territoire::store::search_communes(tx, saisi, 20);
    const auto nom = base::fold(saisi);
    const auto exacte = [&](const territoire::Localisation& l) {
        const auto& codes = l.codes_postaux();
        return base::fold(l.nom()) == nom || std::ranges::find(codes, saisi) != codes.end();
    };
    if (std::ranges::any_of(toutes, exacte)) std::erase_if(toutes, [&](const auto& l) { return !exacte(l); });
    return toutes;
}

std::string ecrite(db::Transaction& tx, const territoire::Localisation& l, std::string_view territoire)
{
    const auto& insee = lieux::insee_de(l);
    for (const auto& code : l.codes_postaux()) {
        const auto texte = l.nom() + " " + code;
        if (reconnaitre_commune(tx, texte, territoire) == insee) return texte;
    }
    return insee;
}

Recours recours_de(db::Transaction& tx, const store::EnLigne& d)
{
    const auto insee = reconnaitre_commune(tx, d.reponses.texte("localisation.1.commune"), d.territoire);
    return recours(demande::store::guichets_du_territoire(tx, d.territoire), insee.value_or(""));
}

SansNir sans_nir(const Reponses& r)
{
    SansNir s{.reponses = r, .nirs = {}};
    for (const auto& [champ, texte] : r.paires())
        if (champ.ends_with(".nir")) {
            s.nirs.push_back(champ);
            s.reponses.retirer(champ);
        }
    return s;
}

views::Ecran ecran(App& app, const store::EnLigne& d, const Etape& e, const Reponses& r,
                   bool vers_verification)
{
    return {.etape = e,
            .id = d.id,
            .reponses = sans_nir(r).reponses,
            .jour = jour_legal(app.clock.now(), d.territoire),
            .nirs = sans_nir(d.reponses).nirs,
            .vers_verification = vers_verification,
            .motif = d.motif,
            .gardee_jusqu_au = d.motif && d.renvoyee_le
                                   ? std::optional{gardee_jusqu_au(*d.renvoyee_le, d.territoire)}
                                   : std::nullopt};
}

std::optional<http::Response> parti_ailleurs(App& app, db::Transaction& tx, const Visitor& visitor,
                                             const store::EnLigne& d, int statut)
{
    const auto jour = jour_legal(app.clock.now(), d.territoire);
    const auto ou = gestion::store::orienter(tx, d.territoire, jour);
    if (se_traitent_ici(ou)) return std::nullopt;
    auto sans = sans_nir(d.reponses);
    views::PartiAilleurs v{.demande = d,
                           .nirs = std::move(sans.nirs),
                           .territoire_nom = nom_du_territoire(tx, d.territoire),
                           .site = ou.site,
                           .fichiers = store::fichiers(tx, d),
                           .jour = jour};
    v.demande.reponses = std::move(sans.reponses);
    return http::html(views::parti_ailleurs(visitor.chrome, v), statut);
}

std::optional<http::Response> trop_de_fichiers(App& app, const http::Request& request, const Visitor& visitor)
{
    if (request.files.empty()) return std::nullopt;
    const auto le = app.clock.now();
    const compte::Limite limite{"fichiers-demandeur|" + visitor.who(), 60, 3600};
    const auto secret = compte::store::secret(app.db, compte::store::secret_csrf, le);
    const auto permise = app.db.write([&](db::Transaction& tx) {
        return compte::store::tenter(tx, secret, std::span{&limite, 1}, le).permise;
    });
    if (permise) return std::nullopt;
    return compte::pages::trop_d_essais(
        visitor, "Beaucoup de fichiers viennent d’être envoyés. Attendez une heure, puis recommencez.");
}

http::Response introuvable(const http::Request& request, const Visitor& visitor)
{
    return error_response(Problem::not_found(), request, visitor.chrome);
}

http::Response ecrire(App& app, const http::Request& request, const Visitor& visitor,
                      const SurSonBrouillon& travail)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        // Without it, on PostgreSQL, both would have read what was there before the first one wrote.
        tx.lock({"demande_en_ligne:" + request.capture("id")});
        const auto d = store::find(tx, request.capture("id"), visitor.demandeur->id, cle);
        return d ? travail(tx, *d) : introuvable(request, visitor);
    });
}

} // namespace demande::portail
