// The audit of a running installation: is everything that was acknowledged there, once, and whole? Reads
// only, while pages are served; memory does not grow with the number of reports. Repairs nothing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app.hpp"

namespace verification {

/// An error contradicts what the platform promises. A warning is work that no longer gets done.
enum class Niveau { Erreur, Avertissement };

struct Constat {
    Niveau niveau = Niveau::Erreur;
    std::string controle; // slug: fichier_manquant
    std::string objet;    // « piece 01H… »: ids only, never what they hold
    std::string detail;   // a French sentence
};

struct Options {
    /// Leaves out what reads every byte: contents are only looked for, indexes are not compared.
    bool rapide = false;
    /// Only what is counted beforehand: the numbers of lists, the facts of statistics.
    bool agregats = false;
};

struct Bilan {
    std::string migration;                                 // of the database
    std::vector<std::pair<std::string, std::int64_t>> lus; // what was looked at: « signalements », 1204
    std::map<std::string, std::int64_t> par_controle;      // number of findings of each kind
    std::int64_t erreurs = 0, avertissements = 0;
    std::vector<std::string> non_verifie; // what could not be looked at, and why
};

/// Looks at everything; calls `constater` with each finding as it is made.
Bilan verifier(App&, const Options&, const std::function<void(const Constat&)>& constater);

/// Runs it and prints it, in French or as one JSON document. True when there is no error.
bool commande(App&, const Options&, bool json);

} // namespace verification
