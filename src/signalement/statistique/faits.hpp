// What statistics count of a report: its facts, packed so that a hundred thousand of them are read in a
// millisecond. Pure: no database, no clock. store_faits.hpp reads them, statistique.hpp adds them up.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/names.hpp"
#include "signalement/cycle.hpp"
#include "signalement/desordre/criticite.hpp"
#include "signalement/motifs.hpp"

namespace signalement::statistique {

/// What is waited for after a deposit.
enum class Delai { Confie, Visite, Cloture };
inline constexpr base::Name<Delai> delais[] = {
    {Delai::Confie, "confie", "Du dépôt au premier partenaire"},
    {Delai::Visite, "visite", "Du dépôt à la première visite"},
    {Delai::Cloture, "cloture", "Du dépôt à la clôture"},
};
inline constexpr std::size_t nombre_de_delais = std::size(delais);

/// What became of a report: closed does not mean mended.
enum class Issue { ATrier, EnCours, Refuse, Resolu, ClosAutrement };
inline constexpr base::Name<Issue> issues[] = {
    {Issue::ATrier, "a_trier", "À trier"},
    {Issue::EnCours, "en_cours", "En cours"},
    {Issue::Resolu, "resolu", "Clos : travaux faits ou engagés, occupant relogé"},
    {Issue::ClosAutrement, "clos_autrement", "Clos pour une autre raison"},
    {Issue::Refuse, "refuse", "Refusé"},
};

/// Texts that are counted by, each with a number of its own.
class Lexique {
public:
    std::uint32_t code(std::string_view texte);
    /// Nothing is counted under a text that was never seen.
    static constexpr std::uint32_t inconnu = std::numeric_limits<std::uint32_t>::max();
    [[nodiscard]] std::uint32_t cherche(std::string_view texte) const;
    [[nodiscard]] const std::string& texte(std::uint32_t code) const { return textes_.at(code); }
    [[nodiscard]] std::size_t size() const { return textes_.size(); }

private:
    std::unordered_map<std::string, std::uint32_t> codes_;
    std::vector<std::string> textes_;
};

struct Lexiques {
    Lexique territoires, comites, communes, partenaires;
};

inline constexpr std::size_t nombre_de_criteres_max = 128;
inline constexpr std::uint8_t sans_motif = 0xFF;

struct Fait {
    std::int64_t depose_ms = 0;
    std::array<std::uint64_t, nombre_de_criteres_max / 64> desordres =
        {}; // bits, by rank in desordre::criteres()
    std::uint32_t territoire = 0, comite = 0, commune = 0;
    std::uint32_t confies = 0; // of the first of them, in Faits::confies
    std::uint16_t nombre_confies = 0;
    std::int16_t mois = 0;     // of the deposit, where the dwelling is: 12 × (year − 2000) + month − 1
    std::int16_t mois_fin = 0; // of the closure or of the refusal, while it lasts
    std::array<std::int16_t, nombre_de_delais> jours = {-1, -1, -1}; // −1: not yet
    std::uint16_t qualifications = 0;
    Statut statut = Statut::ATrier;
    Profil profil = Profil::AgentMunicipal;
    desordre::Gravite gravite = desordre::Gravite::Faible;
    std::uint8_t motif = sans_motif; // rank in motifs_cloture or in motifs_refus, as the state tells
    bool danger = false;
    bool situe = false;
    double lon = 0, lat = 0; // when it is
};

/// Entrusted to this partner.
struct Confie {
    std::uint32_t partenaire = 0;
    StatutAffectation statut = StatutAffectation::EnAttente;
};

/// Some reports.
struct Faits {
    std::vector<Fait> lignes;
    std::vector<Confie> confies;

    [[nodiscard]] std::span<const Confie> confies_de(const Fait& f) const
    {
        return std::span{confies}.subspan(f.confies, f.nombre_confies);
    }
};

Issue issue(const Fait&);
std::int16_t mois_de(Date);
/// « 2026-11 », « novembre 2026 »
std::string mois_iso(int mois);
std::string mois_en_mots(int mois);

} // namespace signalement::statistique
