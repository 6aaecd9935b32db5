// Putting a message in the outbox: rendered at once, so that what leaves is what was decided.
#include "base/crypto.hpp"
#include "base/expect.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "courrier/store.hpp"
#include "courrier/views.hpp"

namespace courrier {

namespace {

constexpr std::size_t longueur_objet = 200;

/// A subject is one line, whatever was typed in what it quotes.
std::string une_ligne(std::string_view texte)
{
    std::string out;
    for (const char c : base::clean_text(texte).value_or("")) out += c == '\n' || c == '\t' ? ' ' : c;
    return base::truncate(base::trim(out), longueur_objet);
}

} // namespace

std::string enqueue(db::Transaction& tx, const Courriel& c, Instant le)
{
    base::expect(!c.gabarit.empty() && !c.objet.empty(), "an e-mail has a template and a subject");
    const auto id = base::new_id(le);
    const auto adresse = base::parse_email(c.destinataire);
    const auto corps = rendre(c);
    const std::optional<Instant> prochain_le = adresse ? std::optional{le} : std::nullopt;
    tx.post("INSERT INTO courriel (id, gabarit, destinataire, objet, texte, html, territoire, objet_type, "
            "objet_id, etat, cree_le, depuis_le, prochain_le, erreur, cle, requete) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15) "
            "ON CONFLICT (cle) DO NOTHING",
            id, c.gabarit, adresse.value_or(base::truncate(c.destinataire, 254)), une_ligne(c.objet),
            corps.texte, corps.html, c.territoire, c.objet_type, c.objet_id,
            base::slug_of(etats, adresse ? Etat::AEnvoyer : Etat::Refuse), le, prochain_le,
            adresse ? "" : "Cette adresse électronique n’est pas valable.",
            c.cle.empty() ? std::nullopt : std::optional{c.cle}, base::current_request());
    if (c.joint) // nothing when the key was already there
        tx.post("INSERT INTO courriel_joint (courriel, nom, type, contenu, territoire) SELECT CAST($1 AS "
                "TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT) "
                "WHERE EXISTS (SELECT 1 FROM courriel WHERE id = $1)",
                id, c.joint->nom, c.joint->type, base::base64(c.joint->octets), c.territoire);
    // The line and the message name the request: from a message received back to what caused it.
    base::log(base::Level::Info, "courriel.ecrit", {{"courriel", id}, {"gabarit", c.gabarit}});
    return id;
}

} // namespace courrier
