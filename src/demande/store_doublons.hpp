// SQL of the demandes of an exchange file that may be of somebody already known here: shown to guichets until
// one of them says that they are two people. Decides nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demande/store.hpp"

namespace demande::store {

/// Nothing happens the second time.
void signaler_doublon(db::Transaction&, const std::string& demande, const std::string& autre,
                      std::string_view territoire, Ressemblance, Instant le);
/// The others that may be of the same person as this one, both in progress; at most twenty.
std::vector<Doublon> doublons_signales(db::Transaction&, const std::string& demande,
                                       const std::vector<Guichet>& lecteur);
struct PaireSignalee {
    std::string demande, numero, autre, autre_numero;
    Ressemblance ressemblance = Ressemblance::Proche;
};
/// Of a territory, nobody having looked yet, the oldest first; at most a hundred.
std::vector<PaireSignalee> doublons_a_voir(db::Transaction&, std::string_view territoire);
/// Somebody looked: they are two people. False when it was said already.
bool ecarter_doublon(db::Transaction&, const std::string& demande, const std::string& autre,
                     const compte::Agent& par, Instant le);

} // namespace demande::store
