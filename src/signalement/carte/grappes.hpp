// What a map shows of some reports: how many stand in each cell of a view, in each commune or département of
// it, around it, and nowhere. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "signalement/carte/grille.hpp"
#include "signalement/statistique/faits.hpp"

namespace signalement::carte {

/// The reports of one cell.
struct Grappe {
    Cellule cellule;
    std::int64_t nombre = 0, danger = 0;
    Point milieu; // of where they are, in the drawing
};

/// The same reports by the place they are told in.
struct Lieu {
    std::string code, nom = {};
    std::int64_t nombre = 0, danger = 0;
    bool seul = true; // nothing that joined it is told beside it
};

/// Départements while a view holds many of them, communes nearer.
enum class Lieux { Departements, Communes };
Lieux lieux_de(const Fenetre&);

struct Releve {
    std::vector<Grappe> grappes; // from west to east, then from north to south
    std::vector<Lieu> lieux;     // the most reports first, then by code
    std::int64_t dedans = 0, ailleurs = 0, sans_position = 0;
};

/// Where reports are, before a view of them is chosen.
class Etendue {
public:
    void ajouter(const statistique::Fait&);
    /// Nothing when none of them is anywhere.
    [[nodiscard]] std::optional<Fenetre> fenetre() const;

private:
    double ouest_ = 180, sud_ = 90, est_ = -180, nord_ = -90;
};

class Recueil {
public:
    explicit Recueil(const Fenetre&);
    void ajouter(const statistique::Fait&);
    [[nodiscard]] Releve releve(const statistique::Lexiques&) const;

private:
    struct Case {
        std::int64_t nombre = 0, danger = 0;
        double x = 0, y = 0;
    };
    Fenetre fenetre_;
    filtre::Cadre cadre_;
    Lieux par_;
    std::vector<Case> cases_ = std::vector<Case>(static_cast<std::size_t>(colonnes) * rangees);
    std::unordered_map<std::uint32_t, std::pair<std::int64_t, std::int64_t>> lieux_;
    std::int64_t ailleurs_ = 0, sans_position_ = 0;
};

} // namespace signalement::carte
