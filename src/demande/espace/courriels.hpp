// The messages about who may open a demande online. Pure: values in, messages out. A subject names nobody.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "courrier/courrier.hpp"

namespace demande::espace::courriels {

/// About which demande; its text is erased with it.
struct Sujet {
    std::string demande, territoire;
};

/// The code that proves that a demande is theirs, to the mailbox on file.
courrier::Courriel cle(const Sujet&, std::string vers, std::string_view code);
/// The demande was put in an account: to the mailbox on file, which may not be the account's.
courrier::Courriel rattachee(const Sujet&, std::string vers);
/// Somebody who signs with them follows it too: to the account of the applicant.
courrier::Courriel codemandeur_rattache(const Sujet&, std::string vers);
/// A codemandeur no longer signs: to those who still do.
courrier::Courriel codemandeur_parti(const Sujet&, std::string vers);
/// Somebody else asked for it: to the account that has it.
courrier::Courriel tentative(const Sujet&, std::string vers);
/// The number that was lost, to the mailbox on file.
courrier::Courriel numero(const Sujet&, std::string vers, std::string_view numero);
/// The code that proves a mailbox declared online: to that mailbox. It opens nothing.
courrier::Courriel code_d_adresse(const Sujet&, std::string vers, std::string_view code);
/// Another mailbox was declared online, and proved: to the one that was known, and to the other accounts.
courrier::Courriel adresse_changee(const Sujet&, std::string vers);
/// A guichet opened it to this mailbox, after seeing an identity document. Here and below, `guichet` is the
/// one that acted; empty, it is not named.
courrier::Courriel ouverte_au_guichet(const Sujet&, std::string vers, std::string_view guichet);
/// The same, to whoever the demande already knew.
courrier::Courriel ouverte_a_une_autre(const Sujet&, std::string vers, std::string_view guichet);
/// The demande was given up online: to its accounts and the mailbox on file. `fin`: the last day on which it
/// may come back, if it may.
courrier::Courriel renoncee(const Sujet&, std::string vers, std::optional<Date> fin);
/// A guichet closed the online access, after seeing an identity document. Unnamed, where violence is
/// declared: only a guichet opens it again.
courrier::Courriel detachee(const Sujet&, std::string vers, std::string_view guichet);

/// A mandate was given to this professional mailbox. `lien`: where it is answered.
courrier::Courriel mandat_propose(const Sujet&, std::string vers, const std::string& lien);
/// It was taken back.
courrier::Courriel mandat_retire(const Sujet&, std::string vers);
enum class NouvelleDeMandat { Donne, Accepte, Refuse, Rendu, Retire };
/// What becomes of a mandate, to those who follow the demande. `qui`: the helper, by name or mailbox.
courrier::Courriel mandat_au_demandeur(const Sujet&, std::string vers, NouvelleDeMandat,
                                       const std::string& qui);

} // namespace demande::espace::courriels
