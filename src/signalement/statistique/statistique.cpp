// See statistique.hpp.
#include "signalement/statistique/statistique.hpp"

#include <algorithm>
#include <bit>

#include "signalement/desordre/catalogue.hpp"

namespace signalement::statistique {

std::optional<int> Histogramme::centile(int sur_cent) const
{
    const auto tous = faits_ + attendent_;
    const auto voulus = (tous * sur_cent + 99) / 100;
    if (tous == 0 || faits_ < voulus) return std::nullopt;
    std::int64_t cumul = 0;
    for (std::size_t j = 0; j < jours_.size(); ++j) {
        cumul += jours_[j];
        if (cumul >= voulus) return static_cast<int>(j);
    }
    return std::nullopt;
}

bool Crible::garde(const Faits& faits, const Fait& f) const
{
    const auto dans = [](const std::vector<bool>& codes, std::uint32_t code) {
        return code < codes.size() && codes[code];
    };
    if (f.depose_ms < du || f.depose_ms >= avant) return false;
    if ((statuts >> static_cast<unsigned>(f.statut) & 1) == 0) return false;
    if ((gravites >> static_cast<unsigned>(f.gravite) & 1) == 0) return false;
    if ((profils >> static_cast<unsigned>(f.profil) & 1) == 0) return false;
    if (danger && !f.danger) return false;
    if (qualifications != 0 && (qualifications & f.qualifications) == 0) return false;
    const auto motif = [&](std::uint32_t voulus, Statut s) {
        return voulus == 0 || (f.statut == s && f.motif != sans_motif && (voulus >> f.motif & 1) != 0);
    };
    if (!motif(motifs_cloture, Statut::Clos) || !motif(motifs_refus, Statut::Refuse)) return false;
    if (comites_lus && !dans(*comites_lus, f.comite)) return false;
    if (comites && !dans(*comites, f.comite)) return false;
    if (communes && !dans(*communes, f.commune)) return false;
    return !partenaires || std::ranges::any_of(faits.confies_de(f), [&](const Confie& c) {
        return dans(*partenaires, c.partenaire);
    });
}

void Statistiques::ajouter(const Faits& faits, const Crible& crible)
{
    for (const auto& f : faits.lignes)
        if (crible.garde(faits, f)) ajouter(faits, f);
}

void Statistiques::ajouter(const Faits& faits, const Fait& f)
{
    const bool refuse = f.statut == Statut::Refuse;
    const auto quelle = issue(f);
    ++total_;
    ++par_statut_[static_cast<std::size_t>(f.statut)];
    danger_ += f.danger;
    resolus_ += quelle == Issue::Resolu;

    auto& du_mois = mois(f.mois);
    ++du_mois.deposes;
    if (f.statut == Statut::Clos) ++mois(f.mois_fin).clos;
    if (refuse) ++mois(f.mois_fin).refuses;
    // A refused report waits for nothing.
    if (!refuse)
        for (std::size_t d = 0; d < nombre_de_delais; ++d) {
            delais_[d].ajouter(f.jours[d]);
            du_mois.delais[d].ajouter(f.jours[d]);
        }

    const int jours = f.jours[static_cast<std::size_t>(delai_)];
    const auto sous = [&](Axe axe, std::uint32_t code) {
        auto& p = part(axe, code);
        ++p.nombre;
        p.en_cours += f.statut == Statut::EnCours;
        p.clos += f.statut == Statut::Clos;
        p.resolus += quelle == Issue::Resolu;
        if (!refuse) p.delai.ajouter(jours);
    };
    for (std::uint32_t mot = 0; mot < f.desordres.size(); ++mot)
        for (auto bits = f.desordres[mot]; bits != 0; bits &= bits - 1)
            sous(Axe::Desordre, mot * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
    for (auto bits = f.qualifications; bits != 0; bits &= static_cast<std::uint16_t>(bits - 1))
        sous(Axe::Qualification, static_cast<std::uint32_t>(std::countr_zero(bits)));
    sous(Axe::Issue, static_cast<std::uint32_t>(quelle));
    if (f.statut == Statut::Clos && f.motif != sans_motif) sous(Axe::Motif, f.motif);
    for (const auto& c : faits.confies_de(f)) sous(Axe::Partenaire, c.partenaire);
    sous(Axe::Territoire, f.territoire);
    sous(Axe::Comite, f.comite);
    sous(Axe::Commune, f.commune);
}

std::vector<Statistiques::DuMois> Statistiques::par_mois() const
{
    static const Mois rien;
    std::vector<DuMois> out;
    std::int64_t en_cours = 0;
    for (std::size_t m = 0; m < mois_.size(); ++m) {
        if (!mois_[m] && out.empty()) continue;
        const auto* v = mois_[m] ? mois_[m].get() : &rien;
        en_cours += v->deposes - v->clos - v->refuses;
        out.push_back({static_cast<int>(m), v, en_cours});
    }
    return out;
}

namespace {

std::string cle_de_part(Axe axe, std::uint32_t code, const Lexiques& mots)
{
    switch (axe) {
    case Axe::Desordre:
        return std::string{desordre::criteres()[code].slug};
    case Axe::Qualification:
        return std::string{
            base::slug_of(desordre::qualifications, static_cast<desordre::Qualification>(code))};
    case Axe::Issue:
        return std::string{base::slug_of(issues, static_cast<Issue>(code))};
    case Axe::Motif:
        return std::string{motifs_cloture[code].slug};
    case Axe::Partenaire:
        return mots.partenaires.texte(code);
    case Axe::Territoire:
        return mots.territoires.texte(code);
    case Axe::Comite:
        return mots.comites.texte(code);
    case Axe::Commune:
        return mots.communes.texte(code);
    }
    throw base::Bug{"axe without keys"};
}

} // namespace

void Statistiques::nommer(const Lexiques& mots)
{
    for (std::size_t a = 0; a < nombre_d_axes; ++a) {
        auto& table = axes_[a];
        auto& out = nommees_[a];
        for (std::size_t code = 0; code < table.size(); ++code)
            if (table[code])
                out.push_back({cle_de_part(static_cast<Axe>(a), static_cast<std::uint32_t>(code), mots),
                               std::move(table[code])});
        table.clear();
        std::ranges::sort(out, [](const PartNommee& x, const PartNommee& y) {
            return x.part->nombre != y.part->nombre ? x.part->nombre > y.part->nombre : x.cle < y.cle;
        });
    }
}

std::string_view nom_de_part(Axe axe, std::string_view cle)
{
    switch (axe) {
    case Axe::Desordre: {
        const auto* c = desordre::find_critere(cle);
        return c ? c->libelle : cle;
    }
    case Axe::Qualification:
        if (const auto q = base::from_slug(desordre::qualifications, cle))
            return base::label_of(desordre::qualifications, *q);
        return cle;
    case Axe::Issue:
        if (const auto i = base::from_slug(issues, cle)) return base::label_of(issues, *i);
        return cle;
    case Axe::Motif:
        if (const auto m = base::from_slug(motifs_cloture, cle)) return base::label_of(motifs_cloture, *m);
        return cle;
    case Axe::Partenaire:
    case Axe::Territoire:
    case Axe::Comite:
    case Axe::Commune:
        return cle;
    }
    throw base::Bug{"axe without names"};
}

} // namespace signalement::statistique
