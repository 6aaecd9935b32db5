// What leaves by e-mail: the message as a value, its states, when it is tried again. Values and rules only;
// the outbox is in store.hpp, SMTP in expedition.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"

namespace courrier {

struct Paragraphe {
    std::string texte;
};
/// One action to take. `url` is absolute: config.base_url() + path.
struct Bouton {
    std::string libelle;
    std::string url;
};
struct Liste {
    std::vector<std::string> elements;
};
using Bloc = std::variant<Paragraphe, Bouton, Liste>;

/// A file sent with a message, as it was when the message was decided.
struct Joint {
    std::string nom; // names nobody
    std::string type;
    std::string octets;
};

/// A message to one person. Greeting and content are the sender's; the signature, « ne répondez pas » and the
/// reason are added by the platform.
struct Courriel {
    std::string gabarit;      // slug of the text, « invitation »: tells messages apart in lists and tests
    std::string destinataire; // address
    std::string objet;        // subject
    std::vector<Bloc> blocs;
    std::string territoire;
    std::string objet_type; // what it is about: "signalement" and its id. Whoever may read it sees the state.
    std::string objet_id;
    /// Why this person receives it: « Vous recevez ce message parce que … ». Empty: a general sentence.
    std::string raison = {};
    /// What causes it, with its text and its address: a second message of the same key is not written. Empty:
    /// each message is its own.
    std::string cle = {};
    std::optional<Joint> joint = {};
};

/// The content of a message in its two forms.
struct Corps {
    std::string texte;
    std::string html;
};

enum class Etat { AEnvoyer, EnCours, Envoye, Echec, Refuse };

inline constexpr base::Name<Etat> etats[] = {
    {Etat::AEnvoyer, "a_envoyer", "À envoyer"}, {Etat::EnCours, "en_cours", "Envoi en cours"},
    {Etat::Envoye, "envoye", "Envoyé"},         {Etat::Echec, "echec", "Nouvel essai prévu"},
    {Etat::Refuse, "refuse", "Non remis"},
};

/// After `essais` failed attempts, when the next one is due: 1 min, 5 min, 30 min, 2 h, 6 h, then every day.
/// Nothing once five days have passed since `depuis`.
std::optional<Instant> prochain_essai(int essais, Instant depuis, Instant maintenant);

} // namespace courrier
