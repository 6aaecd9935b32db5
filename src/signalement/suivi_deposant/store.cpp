// SQL of the follow-up page.
#include "signalement/suivi_deposant/store.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "compte/compte.hpp"
#include "signalement/store.hpp"
#include "signalement/suivi_deposant/acces.hpp"

namespace signalement::suivi_deposant::store {

namespace {
namespace seen {

/// Bound in every statement below: $1 the report, $2 who reads.
constexpr std::string_view by_reader = "signalement = $1 AND visible_deposant = 1 AND usager IN ('', $2) ";

struct Row {
    std::string id, type;
    Date date_acte;
    std::string texte, reference_acte, auteur_nom;
    Instant ajoute_le;
};

Suivi entry(Row r)
{
    Suivi s;
    s.id = std::move(r.id);
    s.type = base::from_slug(types_suivi, r.type).value();
    s.date_acte = r.date_acte;
    s.texte = std::move(r.texte);
    s.reference_acte = std::move(r.reference_acte);
    s.auteur_nom = std::move(r.auteur_nom);
    s.visible_deposant = true;
    s.ajoute_le = r.ajoute_le;
    return s;
}

constexpr std::string_view columns =
    "SELECT id, type, date_acte, texte, reference_acte, auteur_nom, ajoute_le FROM suivi WHERE ";

void add_files(db::Transaction& tx, signalement::store::EntreeSuivi& e)
{
    e.pieces = tx.query<std::string>(
        "SELECT piece FROM suivi_piece WHERE suivi = $1 ORDER BY piece LIMIT 200", e.suivi.id);
}

/// Every file this person may open; the caller adds what it wants of them.
constexpr std::string_view files =
    "SELECT sp.piece, '' AS desordre, s.id AS suivi, s.ajoute_le AS le FROM suivi s "
    "JOIN suivi_piece sp ON sp.suivi = s.id "
    "WHERE s.signalement = $1 AND s.visible_deposant = 1 AND s.usager IN ('', $2) "
    "UNION ALL SELECT piece, desordre, '', ajoute_le FROM signalement_piece "
    "WHERE signalement = $1 AND $2 = 'deposant'";

} // namespace seen
} // namespace

std::optional<Lien> lien(db::Transaction& tx, std::string_view jeton)
{
    if (jeton.empty() || jeton.size() > 200) return std::nullopt;
    if (auto id = tx.find<std::string>("SELECT id FROM signalement WHERE jeton_suivi = $1", jeton))
        return Lien{std::move(*id), Usager::Deposant};
    if (auto id = tx.find<std::string>("SELECT id FROM signalement WHERE jeton_occupant = $1", jeton))
        return Lien{std::move(*id), Usager::Occupant};
    return std::nullopt;
}

std::string jeton(db::Transaction& tx, std::string_view signalement, Usager usager)
{
    if (usager == Usager::Deposant)
        return tx.one<std::string>("SELECT jeton_suivi FROM signalement WHERE id = $1", signalement);
    tx.exec("UPDATE signalement SET jeton_occupant = $1 WHERE id = $2 AND jeton_occupant IS NULL",
            base::random_token(32), signalement);
    return tx.one<std::string>("SELECT jeton_occupant FROM signalement WHERE id = $1", signalement);
}

compte::store::Tentative tenter(db::Transaction& tx, std::string_view secret,
                                std::initializer_list<Compteur> compteurs, std::string_view quoi,
                                std::string_view ip, Instant maintenant)
{
    std::vector<compte::Limite> limites;
    for (const auto c : compteurs)
        limites.push_back({cle(c, quoi, ip), frein(c).tentatives, frein(c).secondes});
    return compte::store::tenter(tx, secret, limites, maintenant);
}

std::int64_t nombre_d_entrees(db::Transaction& tx, std::string_view signalement, Usager usager)
{
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM suivi WHERE " + std::string{seen::by_reader},
                                signalement, base::slug_of(usagers, usager));
}

std::vector<signalement::store::EntreeSuivi> entrees(db::Transaction& tx, std::string_view signalement,
                                                     Usager usager, std::int64_t page)
{
    std::vector<signalement::store::EntreeSuivi> out;
    for (auto& row : tx.query<seen::Row>(std::string{seen::columns} + std::string{seen::by_reader} +
                                             "ORDER BY ajoute_le DESC, id DESC LIMIT $3 OFFSET $4",
                                         signalement, base::slug_of(usagers, usager), entrees_par_page,
                                         (page - 1) * entrees_par_page))
        out.push_back({seen::entry(std::move(row)), {}});
    for (auto& e : out) seen::add_files(tx, e);
    return out;
}

std::vector<Suivi> visites(db::Transaction& tx, std::string_view signalement)
{
    std::vector<Suivi> out;
    for (auto& row : tx.query<seen::Row>(std::string{seen::columns} +
                                             "signalement = $1 AND visible_deposant = 1 AND type IN "
                                             "('visite_prevue', 'visite_faite') "
                                             "ORDER BY date_acte DESC, id DESC LIMIT 200",
                                         signalement))
        out.push_back(seen::entry(std::move(row)));
    return out;
}

std::optional<signalement::store::EntreeSuivi> dernier_message(db::Transaction& tx,
                                                               std::string_view signalement, Usager usager)
{
    auto row =
        tx.find<seen::Row>(std::string{seen::columns} +
                               "signalement = $1 AND usager = $2 ORDER BY ajoute_le DESC, id DESC LIMIT 1",
                           signalement, base::slug_of(usagers, usager));
    if (!row) return std::nullopt;
    signalement::store::EntreeSuivi e{seen::entry(std::move(*row)), {}};
    seen::add_files(tx, e);
    return e;
}

std::vector<signalement::store::PieceDuDossier> pieces(db::Transaction& tx, std::string_view signalement,
                                                       Usager usager, std::int64_t limite)
{
    return tx.query<signalement::store::PieceDuDossier>("SELECT piece, desordre, suivi FROM (" +
                                                            std::string{seen::files} +
                                                            ") f ORDER BY le DESC, piece LIMIT $3",
                                                        signalement, base::slug_of(usagers, usager), limite);
}

bool peut_ouvrir(db::Transaction& tx, std::string_view signalement, Usager usager, std::string_view piece)
{
    return tx
        .find<std::int64_t>("SELECT 1 FROM (" + std::string{seen::files} + ") f WHERE piece = $3 LIMIT 1",
                            signalement, base::slug_of(usagers, usager), piece)
        .has_value();
}

std::size_t fichiers_envoyes(db::Transaction& tx, std::string_view signalement)
{
    return static_cast<std::size_t>(tx.one<std::int64_t>(
        "SELECT (SELECT COUNT(*) FROM signalement_piece WHERE signalement = $1) + (SELECT COUNT(*) FROM "
        "suivi s "
        "JOIN suivi_piece sp ON sp.suivi = s.id WHERE s.signalement = $1 AND s.usager <> '')",
        signalement));
}

std::optional<LienPerdu> lien_perdu(db::Transaction& tx, std::string_view reference, std::string_view email)
{
    const auto id = tx.find<std::string>("SELECT id FROM signalement WHERE reference = $1", reference);
    const auto dossier = id ? signalement::store::find_for_system(tx, *id) : std::nullopt;
    if (!dossier || email.empty()) return std::nullopt;
    const auto s = signalement::store::declaration(tx, *dossier);
    const auto found = [&](Usager usager, const Personne& p) {
        return LienPerdu{
            *id, s.reference, s.territoire, p.email, std::string{base::trim(p.prenom + " " + p.nom)}, usager};
    };
    if (compte::plier_email(s.declarant.contact.email) == email)
        return found(Usager::Deposant, s.declarant.contact);
    if (s.occupant && admis(s, Usager::Occupant) && compte::plier_email(s.occupant->contact.email) == email)
        return found(Usager::Occupant, s.occupant->contact);
    return std::nullopt;
}

} // namespace signalement::suivi_deposant::store
