// See grappes.hpp.
#include "signalement/carte/grappes.hpp"

#include <algorithm>

namespace signalement::carte {

Lieux lieux_de(const Fenetre& v)
{
    constexpr int un_departement_remplit_la_fenetre = 8;
    return v.zoom < un_departement_remplit_la_fenetre ? Lieux::Departements : Lieux::Communes;
}

void Etendue::ajouter(const statistique::Fait& f)
{
    if (!f.situe) return;
    ouest_ = std::min(ouest_, f.lon);
    est_ = std::max(est_, f.lon);
    sud_ = std::min(sud_, f.lat);
    nord_ = std::max(nord_, f.lat);
}

std::optional<Fenetre> Etendue::fenetre() const
{
    if (ouest_ > est_) return std::nullopt;
    return qui_montre(ouest_, sud_, est_, nord_);
}

Recueil::Recueil(const Fenetre& v) : fenetre_(v), cadre_(v.cadre()), par_(lieux_de(v)) {}

void Recueil::ajouter(const statistique::Fait& f)
{
    if (!f.situe) {
        ++sans_position_;
        return;
    }
    if (!cadre_.contient(f.lon, f.lat)) {
        ++ailleurs_;
        return;
    }
    const auto cellule = cellule_de(fenetre_.zoom, f.lon, f.lat);
    auto& c = cases_.at(static_cast<std::size_t>((cellule.rangee - fenetre_.coin.rangee) * colonnes +
                                                 cellule.colonne - fenetre_.coin.colonne));
    const auto p = fenetre_.dans_le_dessin(projeter(f.lon, f.lat));
    ++c.nombre;
    c.x += p.x;
    c.y += p.y;
    auto& lieu = lieux_[par_ == Lieux::Departements ? f.territoire : f.commune];
    ++lieu.first;
    if (!f.danger) return;
    ++c.danger;
    ++lieu.second;
}

Releve Recueil::releve(const statistique::Lexiques& mots) const
{
    Releve r{.grappes = {}, .lieux = {}, .dedans = 0, .ailleurs = ailleurs_, .sans_position = sans_position_};
    for (std::int64_t rang = 0; rang < rangees; ++rang)
        for (std::int64_t col = 0; col < colonnes; ++col) {
            const auto& c = cases_[static_cast<std::size_t>(rang * colonnes + col)];
            if (c.nombre == 0) continue;
            const auto n = static_cast<double>(c.nombre);
            // Not at the very edge of the cell: two groups side by side would hide each other.
            constexpr double marge = 16;
            const auto dedans = [](double x, std::int64_t cellule) {
                const auto bord = static_cast<double>(cellule) * cote;
                return std::clamp(x, bord + marge, bord + cote - marge);
            };
            r.grappes.push_back({.cellule = {fenetre_.coin.colonne + col, fenetre_.coin.rangee + rang},
                                 .nombre = c.nombre,
                                 .danger = c.danger,
                                 .milieu = {dedans(c.x / n, col), dedans(c.y / n, rang)}});
            r.dedans += c.nombre;
        }
    const auto& noms = par_ == Lieux::Departements ? mots.territoires : mots.communes;
    for (const auto& [code, n] : lieux_)
        r.lieux.push_back({.code = noms.texte(code), .nombre = n.first, .danger = n.second});
    std::ranges::sort(r.lieux, [](const Lieu& a, const Lieu& b) {
        return a.nombre != b.nombre ? a.nombre > b.nombre : a.code < b.code;
    });
    return r;
}

} // namespace signalement::carte
