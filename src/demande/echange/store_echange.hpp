// SQL of the exchange with the national system: what each file said of a demande, the files that wait, and
// what changed since a day. Decides nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/db.hpp"

namespace demande::echange::store {

/// What the last file said of a demande.
struct Garde {
    Instant fichier_le;
    std::int64_t version = 1; // of the answers it became
    std::string contenu;
};
std::optional<Garde> garde(db::Transaction&, const std::string& demande);
void garder(db::Transaction&, const std::string& demande, std::string_view territoire, const Garde&);
/// When a demande came to say what it says.
Instant derniere_version(db::Transaction&, const std::string& demande);
/// The id of the demande of this number, whoever may read it.
std::optional<std::string> find_numero(db::Transaction&, std::string_view numero);

/// How a demande stands, to see whether it moved since it was compared.
struct Etat {
    std::string numero;
    std::int64_t version = 1;
    std::optional<Instant> fichier_le; // of the last file that spoke of it
};
/// Of those of these numbers that exist; 500 numbers at most.
std::vector<Etat> etats_de(db::Transaction&, const std::vector<std::string>& numeros);

/// Where the reading of what changed stands; at first, a moment and no demande.
struct Curseur {
    Instant le;
    std::string demande;
};
/// The demandes in progress of a territory whose answers changed after the cursor, in the order of the
/// changes; at most `combien`.
std::vector<Curseur> changees(db::Transaction&, std::string_view territoire, const Curseur&, int combien);

/// A file that a manager sent.
struct Fichier {
    std::string id, territoire, depose_par;
    Instant depose_le, fichier_le;
    std::string empreinte;
    int nouvelles = 0, changees = 0, inchangees = 0, refusees = 0, renouvelees = 0, doublons = 0;
    std::optional<Instant> applique_le;
    bool en_attente = false; // its content is still here
    std::string contenu;     // empty once it was imported, or forgotten
};
/// Its content waits for the import at most that long.
inline constexpr int conservation_fichier_jours = 1;
void deposer(db::Transaction&, const Fichier&);
/// Only for the one who sent it.
std::optional<Fichier> find_fichier(db::Transaction&, const std::string& id, const std::string& compte);
/// The last twenty of somebody, the newest first, without their content.
std::vector<Fichier> fichiers_de(db::Transaction&, const std::string& compte);
/// False when it was imported already.
bool noter_application(db::Transaction&, const Fichier&, Instant le);
/// Empties those sent before; gives how many.
std::int64_t oublier_fichiers(db::Transaction&, Instant avant);

} // namespace demande::echange::store
