// The facts of every report, in the memory of one server: read once by territory, then kept exact by what the
// database tells has moved (ADR 30). Several servers each have their own.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "db/db.hpp"
#include "signalement/filtre/store_filtre.hpp"
#include "signalement/statistique/statistique.hpp"
#include "signalement/statistique/store_faits.hpp"

namespace signalement::statistique {

/// Whether facts alone answer: the reader reads whole territories or committees, and each criterion is one of
/// their columns.
bool en_memoire(const compte::Agent&, const filtre::Filtre&);

class Memoire {
public:
    /// The figures of what a filter keeps within the reader's reach, as the database has them now. The filter
    /// and the reader are such that `en_memoire`. Opens transactions of its own.
    Statistiques compter(db::Database&, const filtre::Regard&, const filtre::Filtre&, Delai);

    /// Gives each of the same facts, in no order; then the words that they are told in. Neither may ask this
    /// memory anything.
    void parcourir(db::Database&, const filtre::Regard&, const filtre::Filtre&,
                   const std::function<void(const Fait&)>& chacun,
                   const std::function<void(const Lexiques&)>& fin);

    /// Reads what nobody has asked yet, a territory at a time; until the end, or until it is asked to stop.
    void tout_lire(db::Database&, const std::stop_token&);

    /// How many reports are held.
    [[nodiscard]] std::size_t taille() const;

private:
    /// Of an id: two reports never share one, but for a chance in 10^26.
    struct Empreinte {
        std::uint64_t a = 0, b = 0;
        auto operator<=>(const Empreinte&) const = default;
        struct Hachage {
            std::size_t operator()(const Empreinte& e) const { return e.a; }
        };
    };
    static Empreinte empreinte(std::string_view id);

    struct Territoire {
        Faits faits;
        std::vector<Empreinte> ids; // of each line
        std::unordered_map<Empreinte, std::uint32_t, Empreinte::Hachage> rang;
    };

    /// Figures that were asked, kept up to date as facts change: what is asked again is already counted.
    struct Retenue {
        std::string question;
        std::vector<std::string> territoires; // none: all of them
        bool partout = false;                 // the reader reads them whole
        std::set<std::string> entiers;        // or these
        std::vector<bool> comites;            // and these committees in the others
        Crible crible;
        Statistiques chiffres;
        std::uint64_t derniere_fois = 0;

        /// What is kept of a territory; nothing when it has no part in the question.
        [[nodiscard]] std::optional<Crible> crible_de(const std::string& territoire) const;
    };
    struct Etendue;
    static std::optional<Etendue> etendue(db::Database&, const filtre::Regard&, const filtre::Filtre&);
    /// Without its figures; of who holds `acces_`.
    Retenue preparer(const Etendue&, const filtre::Regard&, const filtre::Filtre&) const;
    void compter_dans_les_retenues(const std::string& territoire, const Faits&, const Fait&, int poids);

    /// Reads what has moved, and these territories when they are not there yet; none: all of them. Gives how
    /// many times everything had to be forgotten before what it read.
    std::uint64_t suivre(db::Database&, const std::vector<std::string>& territoires);
    /// The same; what was read stays there as long as the lock is held.
    std::shared_lock<std::shared_mutex> suivre_et_tenir(db::Database&,
                                                        const std::vector<std::string>& territoires);
    void appliquer(db::Transaction&, const std::vector<store::Mouvement>&);
    /// The same facts in the words of this memory.
    void traduire(Faits&, const Lexiques& de);
    void poser(const std::string& code, Territoire&, const Empreinte&, const Fait&, std::span<const Confie>);
    void retirer(const std::string& code, Territoire&, const Empreinte&);

    std::mutex suite_; // one at a time reads what moved: snapshots follow each other
    store::Marque marque_;
    bool commencee_ = false;

    mutable std::shared_mutex acces_; // what follows
    std::map<std::string, Territoire> territoires_;
    Lexiques lexiques_;
    std::uint64_t oublis_ = 0; // how many times `territoires_` was emptied

    static constexpr std::size_t retenues_max = 48;
    std::mutex retenir_; // what follows, of who holds `acces_` shared
    std::list<Retenue> retenues_;
    std::uint64_t fois_ = 0;
};

} // namespace signalement::statistique
