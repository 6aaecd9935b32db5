// The figures: what is counted of a set of reports, exactly. Every one adds up: those of two sets are the sum
// of theirs, delays included, which are kept day by day. Pure.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "signalement/filtre/cadre.hpp"
#include "signalement/statistique/faits.hpp"

namespace signalement::statistique {

/// How many reports waited how many days, and how many still wait.
class Histogramme {
public:
    /// −1: not yet. A weight of −1 takes away what was added.
    void ajouter(int jours, int poids = 1)
    {
        if (cases_.empty()) {
            if (poids > 0 && peu_.size() < peu_au_plus)
                return peu_.push_back(static_cast<std::int16_t>(jours));
            peu_ou_beaucoup(jours, poids);
            return;
        }
        const auto at = static_cast<std::size_t>(jours + 1);
        if (at >= cases_.size()) cases_.resize(at + 1 + at / 2);
        cases_[at] += static_cast<std::uint32_t>(poids);
    }
    void ajouter(const Histogramme&);
    [[nodiscard]] std::int64_t faits() const;
    [[nodiscard]] std::int64_t attendent() const;
    /// In how many days it was done for so many of a hundred reports, those that still wait counting as
    /// longer than all others: an average of those that are over says nothing of those that are not. None
    /// when it is not done yet for so many.
    [[nodiscard]] std::optional<int> centile(int sur_cent) const;
    [[nodiscard]] std::optional<int> mediane() const { return centile(50); }
    [[nodiscard]] std::optional<int> p90() const { return centile(90); }

private:
    void peu_ou_beaucoup(int jours, int poids);
    void etaler();

    // Most parts are small: a list takes less room than a case for each day, and is faster to fill.
    static constexpr std::size_t peu_au_plus = 400;
    std::vector<std::int16_t> peu_;
    std::vector<std::uint32_t> cases_; // those that wait, then a case for each day; empty: all are in `peu_`
};

/// By what reports are told apart. A report has several désordres, qualifications and partners: it counts
/// under each.
enum class Axe { Desordre, Qualification, Issue, Motif, Partenaire, Territoire, Comite, Commune };
inline constexpr base::Name<Axe> axes[] = {
    {Axe::Desordre, "desordre", "Par désordre"},
    {Axe::Qualification, "qualification", "Par procédure suspectée"},
    {Axe::Issue, "issue", "Par issue"},
    {Axe::Motif, "motif", "Par motif de clôture"},
    {Axe::Partenaire, "partenaire", "Par partenaire"},
    {Axe::Territoire, "territoire", "Par département"},
    {Axe::Comite, "comite", "Par comité"},
    {Axe::Commune, "commune", "Par commune"},
};
inline constexpr std::size_t nombre_d_axes = std::size(axes);

struct Part {
    std::array<std::uint32_t, std::size(issues)> par_issue = {};
    Histogramme delai; // the one that was asked

    [[nodiscard]] std::int64_t nombre(Issue i) const { return par_issue[static_cast<std::size_t>(i)]; }
    [[nodiscard]] std::int64_t nombre() const;
    [[nodiscard]] std::int64_t clos() const { return nombre(Issue::Resolu) + nombre(Issue::ClosAutrement); }
};

struct Mois {
    std::int64_t deposes = 0, clos = 0, refuses = 0;
    /// Of the reports deposited that month.
    std::array<Histogramme, nombre_de_delais> delais;
};

/// What is kept of the reports: a set of values for each criterion that facts can answer.
struct Crible {
    std::int64_t du = std::numeric_limits<std::int64_t>::min(),
                 avant = std::numeric_limits<std::int64_t>::max();
    std::uint8_t statuts = 0xFF, gravites = 0xFF;
    std::uint16_t profils = 0xFFFF;
    std::uint32_t motifs_cloture = 0, motifs_refus = 0; // 0: whatever it is
    std::uint16_t qualifications = 0;                   // any of these; 0: whatever they are
    bool danger = false, sans_position = false;
    std::optional<filtre::Cadre> cadre;
    // None: whatever it is. By code, « 1 » for those that are kept.
    std::optional<std::vector<bool>> comites, communes, partenaires;
    /// The reader's reach within a territory; none: whole.
    std::optional<std::vector<bool>> comites_lus;

    [[nodiscard]] bool garde(const Faits&, const Fait&) const;
};

/// The figures of a set of reports.
class Statistiques {
public:
    explicit Statistiques(Delai delai = Delai::Cloture) : delai_(delai) {}

    /// A weight of −1 takes away what was added.
    void ajouter(const Faits&, const Fait&, int poids = 1);
    void ajouter(const Faits&, const Crible&);

    [[nodiscard]] Delai delai() const { return delai_; }
    [[nodiscard]] std::int64_t total() const { return tous_.nombre(); }
    [[nodiscard]] std::int64_t nombre(Statut) const;
    [[nodiscard]] std::int64_t danger() const { return danger_; }
    [[nodiscard]] std::int64_t resolus() const { return tous_.nombre(Issue::Resolu); }
    /// Of all months together.
    [[nodiscard]] Histogramme delai(Delai) const;
    /// From the first month where something happened to the last one.
    struct DuMois {
        int mois = 0;
        const Mois* valeurs = nullptr;
        std::int64_t en_cours = 0; // neither closed nor refused at the end of it
    };
    [[nodiscard]] std::vector<DuMois> par_mois() const;
    /// The parts that are not empty, the largest first. The key is a slug, or a text of the lexicon.
    struct PartNommee {
        std::string cle;
        Part part;
    };
    [[nodiscard]] const std::vector<PartNommee>& parts(Axe axe) const
    {
        return nommees_.at(static_cast<std::size_t>(axe));
    }
    /// The same figures with the keys of their parts, to be read and no longer added to. Communes are told of
    /// one territory only: those of the country would be thousands that nobody looks at.
    [[nodiscard]] Statistiques nommees(const Lexiques&) const;

private:
    Part& part(Axe axe, std::uint32_t code)
    {
        auto& table = axes_[static_cast<std::size_t>(axe)];
        if (code >= table.size()) table.resize(code + 1 + code / 2);
        return table[code];
    }
    Mois& mois(int m)
    {
        const auto at = static_cast<std::size_t>(std::max(m, 0));
        if (at >= mois_.size()) mois_.resize(at + 1);
        return mois_[at];
    }

    Delai delai_;
    std::int64_t danger_ = 0;
    Part tous_; // without its delay
    std::vector<Mois> mois_;
    std::array<std::vector<Part>, nombre_d_axes> axes_;
    std::array<std::vector<PartNommee>, nombre_d_axes> nommees_;
};

/// The name of a part whose key is a slug; the others are named by the database.
std::string_view nom_de_part(Axe, std::string_view cle);

} // namespace signalement::statistique
