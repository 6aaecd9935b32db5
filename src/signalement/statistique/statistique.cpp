// See statistique.hpp.
#include "signalement/statistique/statistique.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "signalement/desordre/catalogue.hpp"

namespace signalement::statistique {

void Histogramme::etaler()
{
    cases_.resize(1);
    for (const auto j : std::exchange(peu_, {})) ajouter(j);
}

void Histogramme::peu_ou_beaucoup(int jours, int poids)
{
    if (poids < 0) {
        const auto at = std::ranges::find(peu_, static_cast<std::int16_t>(jours));
        base::expect(at != peu_.end(), "what is taken away was added");
        *at = peu_.back();
        peu_.pop_back();
        return;
    }
    etaler();
    ajouter(jours, poids);
}

void Histogramme::ajouter(const Histogramme& autre)
{
    for (const auto j : autre.peu_) ajouter(j);
    if (autre.cases_.empty()) return;
    if (cases_.empty()) etaler();
    if (autre.cases_.size() > cases_.size()) cases_.resize(autre.cases_.size());
    for (std::size_t i = 0; i < autre.cases_.size(); ++i) cases_[i] += autre.cases_[i];
}

std::int64_t Histogramme::attendent() const
{
    return cases_.empty() ? std::ranges::count(peu_, std::int16_t{-1}) : std::int64_t{cases_.front()};
}

std::int64_t Histogramme::faits() const
{
    if (cases_.empty()) return static_cast<std::int64_t>(peu_.size()) - attendent();
    std::int64_t out = 0;
    for (std::size_t i = 1; i < cases_.size(); ++i) out += cases_[i];
    return out;
}

std::optional<int> Histogramme::centile(int sur_cent) const
{
    const auto attendent = this->attendent(), faits = this->faits();
    const auto voulus = ((faits + attendent) * sur_cent + 99) / 100;
    if (voulus == 0 || faits < voulus) return std::nullopt;
    if (cases_.empty()) {
        auto jours = peu_;
        std::ranges::sort(jours); // those that wait come first
        return jours[static_cast<std::size_t>(attendent + voulus - 1)];
    }
    std::int64_t cumul = 0;
    for (std::size_t i = 1;; ++i) {
        cumul += cases_[i];
        if (cumul >= voulus) return static_cast<int>(i) - 1;
    }
}

std::int64_t Part::nombre() const
{
    std::int64_t out = 0;
    for (const auto n : par_issue) out += n;
    return out;
}

std::int64_t Statistiques::nombre(Statut s) const
{
    switch (s) {
    case Statut::ATrier:
        return tous_.nombre(Issue::ATrier);
    case Statut::EnCours:
        return tous_.nombre(Issue::EnCours);
    case Statut::Refuse:
        return tous_.nombre(Issue::Refuse);
    case Statut::Clos:
        return tous_.clos();
    }
    throw base::Bug{"statut without a number"};
}

Histogramme Statistiques::delai(Delai d) const
{
    Histogramme out;
    for (const auto& m : mois_) out.ajouter(m.delais[static_cast<std::size_t>(d)]);
    return out;
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
    if (sans_position && f.situe) return false;
    if (cadre && !(f.situe && cadre->contient(f.lon, f.lat))) return false;
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

void Statistiques::ajouter(const Faits& faits, const Fait& f, int poids)
{
    const bool refuse = f.statut == Statut::Refuse;
    const auto quelle = static_cast<std::size_t>(issue(f));
    const auto n = static_cast<std::uint32_t>(poids);
    tous_.par_issue[quelle] += n;
    if (f.danger) danger_ += poids;

    if (f.statut == Statut::Clos) mois(f.mois_fin).clos += poids;
    if (refuse) mois(f.mois_fin).refuses += poids;
    auto& du_mois = mois(f.mois);
    du_mois.deposes += poids;
    // A refused report waits for nothing.
    if (!refuse)
        for (std::size_t d = 0; d < nombre_de_delais; ++d) du_mois.delais[d].ajouter(f.jours[d], poids);

    const int jours = f.jours[static_cast<std::size_t>(delai_)];
    const auto sous = [&](Axe axe, std::uint32_t code) {
        auto& p = part(axe, code);
        p.par_issue[quelle] += n;
        if (!refuse) p.delai.ajouter(jours, poids);
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
    std::vector<DuMois> out;
    std::int64_t en_cours = 0;
    for (std::size_t m = 0; m < mois_.size(); ++m) {
        const auto& v = mois_[m];
        if (out.empty() && v.deposes + v.clos + v.refuses == 0) continue;
        en_cours += v.deposes - v.clos - v.refuses;
        out.push_back({static_cast<int>(m), &v, en_cours});
    }
    while (!out.empty() &&
           out.back().valeurs->deposes + out.back().valeurs->clos + out.back().valeurs->refuses == 0)
        out.pop_back();
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

Statistiques Statistiques::nommees(const Lexiques& mots) const
{
    Statistiques out{delai_};
    out.danger_ = danger_;
    out.tous_ = tous_;
    out.mois_ = mois_;
    for (std::size_t a = 0; a < nombre_d_axes; ++a) {
        const auto axe = static_cast<Axe>(a);
        if (axe == Axe::Commune && out.parts(Axe::Territoire).size() > 1) continue;
        auto& parts = out.nommees_[a];
        const auto& table = axes_[a];
        for (std::size_t code = 0; code < table.size(); ++code)
            if (table[code].nombre() != 0)
                parts.push_back({cle_de_part(axe, static_cast<std::uint32_t>(code), mots), table[code]});
        std::ranges::sort(parts, [](const PartNommee& x, const PartNommee& y) {
            const auto m = x.part.nombre(), n = y.part.nombre();
            return m != n ? m > n : x.cle < y.cle;
        });
    }
    return out;
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
