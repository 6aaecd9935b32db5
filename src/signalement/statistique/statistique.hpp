// The figures: what is counted of a set of reports, exactly. Every one adds up: those of two sets are the sum
// of theirs, delays included, which are kept day by day. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "signalement/statistique/faits.hpp"

namespace signalement::statistique {

/// How many reports waited how many days, and how many still wait.
class Histogramme {
public:
    void ajouter(int jours) // −1: not yet
    {
        if (jours < 0) {
            ++attendent_;
            return;
        }
        const auto j = static_cast<std::size_t>(jours);
        if (j >= jours_.size()) jours_.resize(j + 1 + j / 2);
        ++jours_[j];
        ++faits_;
    }
    [[nodiscard]] std::int64_t faits() const { return faits_; }
    [[nodiscard]] std::int64_t attendent() const { return attendent_; }
    /// In how many days it was done for so many of a hundred reports, those that still wait counting as
    /// longer than all others: an average of those that are over says nothing of those that are not. None
    /// when it is not done yet for so many.
    [[nodiscard]] std::optional<int> centile(int sur_cent) const;
    [[nodiscard]] std::optional<int> mediane() const { return centile(50); }
    [[nodiscard]] std::optional<int> p90() const { return centile(90); }

private:
    std::vector<std::uint32_t> jours_;
    std::int64_t faits_ = 0, attendent_ = 0;
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
    std::int64_t nombre = 0, en_cours = 0, clos = 0, resolus = 0;
    Histogramme delai; // the one that was asked
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
    bool danger = false;
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

    void ajouter(const Faits&, const Fait&);
    void ajouter(const Faits&, const Crible&);

    [[nodiscard]] Delai delai() const { return delai_; }
    [[nodiscard]] std::int64_t total() const { return total_; }
    [[nodiscard]] std::int64_t nombre(Statut s) const { return par_statut_.at(static_cast<std::size_t>(s)); }
    [[nodiscard]] std::int64_t danger() const { return danger_; }
    [[nodiscard]] std::int64_t resolus() const { return resolus_; }
    [[nodiscard]] const Histogramme& delai(Delai d) const { return delais_.at(static_cast<std::size_t>(d)); }
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
        std::unique_ptr<Part> part;
    };
    [[nodiscard]] const std::vector<PartNommee>& parts(Axe axe) const
    {
        return nommees_.at(static_cast<std::size_t>(axe));
    }
    /// Nothing is added any more: gives their keys to the parts.
    void nommer(const Lexiques&);

private:
    Part& part(Axe axe, std::uint32_t code)
    {
        auto& table = axes_[static_cast<std::size_t>(axe)];
        if (code >= table.size()) table.resize(code + 1 + code / 2);
        if (!table[code]) table[code] = std::make_unique<Part>();
        return *table[code];
    }
    Mois& mois(int m)
    {
        if (m < 0) m = 0;
        const auto at = static_cast<std::size_t>(m);
        if (at >= mois_.size()) mois_.resize(at + 1);
        if (!mois_[at]) mois_[at] = std::make_unique<Mois>();
        return *mois_[at];
    }

    Delai delai_;
    std::int64_t total_ = 0, danger_ = 0, resolus_ = 0;
    std::array<std::int64_t, std::size(statuts)> par_statut_ = {};
    std::array<Histogramme, nombre_de_delais> delais_;
    std::vector<std::unique_ptr<Mois>> mois_;
    std::array<std::vector<std::unique_ptr<Part>>, nombre_d_axes> axes_;
    std::array<std::vector<PartNommee>, nombre_d_axes> nommees_;
};

/// The name of a part whose key is a slug; the others are named by the database.
std::string_view nom_de_part(Axe, std::string_view cle);

} // namespace signalement::statistique
