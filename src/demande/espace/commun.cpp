// What the pages of the applicant's side share.
#include "demande/espace/commun.hpp"

#include "compte/envoi_unique.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/store_aide.hpp"
#include "demande/espace/store_espace.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"

namespace demande::espace {

namespace {
namespace ouvertures_de_demande {

std::optional<Ouverte> par_mandat(App& app, db::Transaction& tx, const std::string& id,
                                  const compte::Agent& agent, const std::string& cle)
{
    // Somebody who left their organisation helps nobody any more.
    if (!peut_aider(agent)) return std::nullopt;
    auto a = store::aide_acceptee(tx, id, agent.id);
    if (!a || !en_vigueur(*a, jour_legal(app.clock.now(), a->territoire))) return std::nullopt;
    auto f = demande::store::find_de_l_aidant(tx, id, a->id, cle);
    if (!f) return std::nullopt;
    return Ouverte{*std::move(f), au_nom_du_demandeur(agent), {}, std::move(a), 0, {}, false};
}

std::optional<Ouverte> par_lien(db::Transaction& tx, const std::string& id,
                                const portail::Demandeur& demandeur, const std::string& cle)
{
    auto f = demande::store::find_du_demandeur(tx, id, demandeur.id, cle);
    const auto lien = portail::store::lien_sur(tx, demandeur.id, id);
    if (!f || !lien) return std::nullopt;
    return Ouverte{*std::move(f),
                   lien->rang == 0 ? le_demandeur : un_codemandeur,
                   demandeur.id,
                   std::nullopt,
                   lien->rang,
                   {},
                   lien->voie == portail::Voie::Guichet};
}

http::Response hors_mandat(const http::Request& request, const Visitor& visitor)
{
    return error_response(
        Problem::forbidden(
            "Votre mandat ne va pas jusque-là. Le demandeur peut vous en donner un plus large."),
        request, visitor.chrome);
}

http::Response executer(App& app, const http::Request& request, const Visitor& visitor, Pouvoir pouvoir,
                        bool meme_ailleurs, const Travail& geste)
{
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto o = espace::ouvrir(app, tx, request, visitor, cle);
        if (!o) return introuvable(request, visitor);
        if (!o->permet(pouvoir)) return hors_mandat(request, visitor);
        if (auto ailleurs = meme_ailleurs ? std::nullopt : suivie_ailleurs(*o, visitor))
            return *std::move(ailleurs);
        return geste(tx, *o);
    });
}

} // namespace ouvertures_de_demande
} // namespace

std::optional<Ouverte> ouvrir(App& app, db::Transaction& tx, const http::Request& request,
                              const Visitor& visitor, const std::string& cle)
{
    namespace ici = ouvertures_de_demande;
    const auto id = request.capture("id");
    auto o = visitor.agent ? ici::par_mandat(app, tx, id, *visitor.agent, cle)
                           : ici::par_lien(tx, id, *visitor.demandeur, cle);
    if (o) o->ou = gestion::store::orienter(tx, o->territoire, app.clock.now());
    return o;
}

std::optional<Ouverte> ouvrir_soi_meme(App& app, db::Transaction& tx, const http::Request& request,
                                       const Visitor& visitor, const std::string& cle)
{
    auto o = ouvrir(app, tx, request, visitor, cle);
    return o && !o->aide && !o->a_distance() ? std::move(o) : std::nullopt;
}

http::Response montrer(App& app, const http::Request& request, const Visitor& visitor, Pouvoir pouvoir,
                       const Travail& page)
{
    const auto cle = cle_nir(app);
    const auto travail = [&](db::Transaction& tx) -> http::Response {
        const auto o = ouvrir(app, tx, request, visitor, cle);
        if (!o) return introuvable(request, visitor);
        if (!o->permet(pouvoir)) return ouvertures_de_demande::hors_mandat(request, visitor);
        if (o->aide)
            demande::store::noter(tx, o->id, o->territoire, Evenement::ConsultationAidant, o->par,
                                  app.clock.now());
        return page(tx, *o);
    };
    if (visitor.agent) return app.db.write(travail);
    auto tx = app.db.read();
    return travail(tx);
}

std::optional<http::Response> suivie_ailleurs(const Ouverte& o, const Visitor& visitor)
{
    if (se_traitent_ici(o.ou)) return std::nullopt;
    return http::html(views::ailleurs(visitor.chrome, en_tete(o)), 409);
}

http::Response preparer(App& app, const http::Request& request, const Visitor& visitor, Pouvoir pouvoir,
                        const Travail& page)
{
    return montrer(app, request, visitor, pouvoir,
                   [&](db::Transaction& tx, const Ouverte& o) -> http::Response {
                       auto ailleurs = suivie_ailleurs(o, visitor);
                       return ailleurs ? *std::move(ailleurs) : page(tx, o);
                   });
}

http::Response agir(App& app, const http::Request& request, const Visitor& visitor, Pouvoir pouvoir,
                    const Travail& geste)
{
    return ouvertures_de_demande::executer(app, request, visitor, pouvoir, false, geste);
}

http::Response retirer(App& app, const http::Request& request, const Visitor& visitor, Pouvoir pouvoir,
                       const Travail& geste)
{
    return ouvertures_de_demande::executer(app, request, visitor, pouvoir, true, geste);
}

bool lit_les_versions(const Ouverte& o)
{
    return o.rang == 0 && !o.aide;
}

views::De en_tete(const demande::store::Fiche& f)
{
    return {.id = f.id,
            .numero = numero_lu(f.numero),
            .fuseau = std::string{fuseau_du_territoire(f.territoire)},
            .pour_qui = {},
            .mandat_jusqu_au = {},
            .ou = {Gestion::Ici, {}}};
}

views::De en_tete(const Ouverte& o)
{
    auto de = en_tete(static_cast<const demande::store::Fiche&>(o));
    de.ou = o.ou;
    if (o.aide) {
        de.par_mandat = true;
        de.pouvoirs = o.aide->pouvoirs;
        de.pour_qui = o.reponses.texte("demandeur.prenom") + " " + o.reponses.texte("demandeur.nom");
        de.mandat_jusqu_au = o.aide->jusqu_au;
    }
    return de;
}

http::Response vers(const Ouverte& o, std::string_view page, std::string_view fait)
{
    const auto de = en_tete(o);
    const auto u = page.empty() ? de.url() : de.url({page});
    return http::redirect(fait.empty() ? u.text() : u.with("fait", std::string{fait}).text());
}

std::vector<PieceADeposer> pieces_de(db::Transaction& tx, const Ouverte& o, Date jour)
{
    std::vector<PieceRecue> recues;
    for (const auto& p : pieces_vues(tx, o))
        recues.push_back({{p.type, p.personne, p.periode, p.etat, p.expire_le, p.version}, p.motif});
    auto out = pieces_a_deposer(montrees(o.reponses, o.rang), recues, jour);
    if (o.a_distance())
        std::erase_if(out,
                      [&](const PieceADeposer& p) { return p.personne + "." != prefixe_du_rang(o.rang); });
    for (std::size_t i = 0; i < out.size(); ++i) out[i].rang = static_cast<int>(i) + 1;
    return out;
}

std::vector<demande::store::PieceDeposee> pieces_vues(db::Transaction& tx, const Ouverte& o)
{
    auto out = store::pieces_lisibles(tx, o, o.compte);
    const auto fermee = [&](const auto& p) { return !ouvre_les_fichiers_de(p.personne, o.reponses, o.rang); };
    if (o.a_distance()) std::erase_if(out, fermee);
    // The applicant still knows what the demande lacks, without what it holds of the other.
    for (auto& p : out)
        if (fermee(p)) p.piece.reset();
    return out;
}

} // namespace demande::espace
