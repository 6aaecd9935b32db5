// Where guichets receive people.
#include "demande/accueil/store_accueil.hpp"

namespace demande::accueil::store {

std::optional<Accueil> trouver(db::Transaction& tx, std::string_view guichet)
{
    return tx.find<Accueil>("SELECT adresse, telephone, horaires FROM guichet_accueil WHERE guichet = $1",
                            guichet);
}

std::optional<Accueil> du_demandeur(db::Transaction& tx, const std::string& demande)
{
    return tx.find<Accueil>(
        "SELECT a.adresse, a.telephone, a.horaires FROM demande d JOIN guichet_accueil a ON a.guichet = "
        "d.guichet WHERE d.id = $1",
        demande);
}

void garder(db::Transaction& tx, const Guichet& g, const std::optional<Accueil>& a, Instant le)
{
    if (!a) {
        tx.exec("DELETE FROM guichet_accueil WHERE guichet = $1", g.code);
        return;
    }
    tx.exec("INSERT INTO guichet_accueil (guichet, territoire, adresse, telephone, horaires, change_le) "
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (guichet) DO UPDATE SET adresse = excluded.adresse, "
            "telephone = excluded.telephone, horaires = excluded.horaires, change_le = excluded.change_le",
            g.code, g.territoire, a->adresse, a->telephone, a->horaires, le);
}

Lieux publics(db::Transaction& tx, std::string_view territoire, std::string_view insee)
{
    struct Ligne {
        std::string nom, adresse, telephone, horaires;
        bool de_la_commune = false;
    };
    Lieux out;
    tx.each<Ligne>(
        "SELECT p.nom, a.adresse, a.telephone, a.horaires, CASE WHEN p.insee = $2 OR EXISTS (SELECT 1 FROM "
        "partenaire_perimetre pp WHERE pp.partenaire = p.id AND ((pp.genre = 'commune' AND pp.code = $2) OR "
        "(pp.genre = 'epci' AND pp.code = (SELECT epci FROM commune WHERE insee = $2)))) THEN 1 ELSE 0 END "
        "FROM guichet_accueil a JOIN guichet g ON g.code = a.guichet JOIN partenaire p ON p.id = "
        "g.partenaire "
        "WHERE a.territoire = $1 AND p.actif = 1 ORDER BY p.nom_cherche, g.code LIMIT 500",
        [&](Ligne l) {
            (l.de_la_commune ? out.de_la_commune : out.ailleurs)
                .push_back({std::move(l.nom),
                            {std::move(l.adresse), std::move(l.telephone), std::move(l.horaires)}});
        },
        territoire, insee);
    return out;
}

} // namespace demande::accueil::store
