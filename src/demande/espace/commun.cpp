// What the pages of the applicant's side share.
#include "demande/espace/commun.hpp"

#include "demande/chargement.hpp"
#include "demande/espace/store_espace.hpp"
#include "demande/territoires.hpp"

namespace demande::espace {

std::optional<demande::store::Fiche> ouvrir(db::Transaction& tx, const http::Request& request,
                                            const Visitor& visitor, const std::string& cle)
{
    return demande::store::find_du_demandeur(tx, request.capture("id"), visitor.demandeur->id, cle);
}

views::De en_tete(const demande::store::Fiche& f)
{
    return {f.id, numero_lu(f.numero), std::string{fuseau_du_territoire(f.territoire)}};
}

ui::Url url_de(const demande::store::Fiche& f)
{
    return ui::url("/ma-demande/{}", f.id);
}

http::Response vers(const demande::store::Fiche& f, std::string_view page, std::string_view fait)
{
    auto u = page.empty() ? url_de(f) : ui::url("/ma-demande/{}/{}", f.id, page);
    return http::redirect(fait.empty() ? u.text() : u.with("fait", std::string{fait}).text());
}

std::vector<PieceADeposer> pieces_de(db::Transaction& tx, const demande::store::Fiche& f,
                                     const Visitor& visitor, Date jour)
{
    std::vector<PieceRecue> recues;
    for (const auto& p : store::pieces_lisibles(tx, f, visitor.demandeur->id))
        recues.push_back({{p.type, p.personne, p.periode, p.etat, p.expire_le, p.version}, p.motif});
    return pieces_a_deposer(f.reponses, recues, jour);
}

} // namespace demande::espace
