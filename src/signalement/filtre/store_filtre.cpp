// See store_filtre.hpp.
#include "signalement/filtre/store_filtre.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/text.hpp"
#include "signalement/filtre/cadre.hpp"
#include "signalement/recherche.hpp"
#include "signalement/store_portee.hpp"

namespace signalement::filtre {

namespace {
namespace sql {

/// Fills the holes of a condition of the table, « {valeurs} ». A hole that nobody fills is a defect of the
/// table.
std::string remplir(std::string_view modele, const std::function<std::string(std::string_view)>& trou)
{
    std::string out;
    for (std::size_t at = 0; at < modele.size();) {
        const auto debut = modele.find('{', at);
        out += modele.substr(at, debut - at);
        if (debut == std::string_view::npos) break;
        const auto fin = modele.find('}', debut);
        out += trou(modele.substr(debut + 1, fin - debut - 1));
        at = fin + 1;
    }
    return out;
}

/// The condition of one criterion.
class Ecriture {
public:
    Ecriture(const Regard& regard, const Filtre& filtre, db::Query& query, db::Engine moteur)
        : regard_(regard), filtre_(filtre), query_(query), moteur_(moteur)
    {}

    std::string critere(const Critere& c, const std::vector<std::string>& valeurs)
    {
        if (c.genre == Genre::Texte) return texte(valeurs.front());
        return remplir(c.sql, [&](std::string_view trou) -> std::string {
            if (trou == "valeurs") return query_.add_all(valeurs);
            if (trou == "valeur") return query_.add(borne(c, valeurs.front()));
            if (trou == "choix") return un_des_choix(c, valeurs);
            return autre(trou);
        });
    }

    /// What the index of words is asked.
    std::string question_de_mots(const std::string& cherche)
    {
        const bool sqlite = moteur_ == db::Engine::Sqlite;
        const std::string un = sqlite ? " OR " : " | ", tous = sqlite ? " AND " : " & ";
        // Both engines read what stands between quotes as one word; it holds letters, digits and « ~ » only.
        const auto mot = [&](const std::string& m, bool debut) {
            return sqlite ? '"' + m + '"' + (debut ? "*" : "") : '\'' + m + '\'' + (debut ? ":*" : "");
        };
        std::vector<std::string> conditions;
        for (const auto& t : termes(cherche)) {
            std::vector<std::string> formes = {mot(t.mot, t.debut)};
            if (filtre_.a(Cle::Approchant))
                for (const auto& forme : approches(t.mot)) formes.push_back(mot(forme, false));
            conditions.push_back("(" + base::join(formes, un) + ")");
        }
        // The rights are elsewhere: this only keeps the index from giving the words of the whole country.
        if (const auto territoires = store::territoires_de_la_portee(regard_.lecteur); !territoires.empty()) {
            std::vector<std::string> formes;
            for (const auto& t : territoires) formes.push_back(mot("~~" + base::fold(t), false));
            conditions.push_back("(" + base::join(formes, un) + ")");
        }
        return query_.add(base::join(conditions, tous));
    }

private:
    std::string autre(std::string_view trou)
    {
        if (trou == "agent") return query_.add(regard_.lecteur.id);
        if (trou == "mes_partenaires") return mes_partenaires();
        if (trou == "silence") return query_.add(regard_.maintenant.plus_days(-jours_sans_activite));
        if (trou == "aujourd_hui")
            return query_.add(base::to_iso(base::local_date(regard_.maintenant, regard_.fuseau)));
        if (trou == "parmi") {
            const auto& partenaires = filtre_.valeurs(Cle::Partenaire);
            return partenaires.empty() ? "" : " AND a.partenaire IN " + query_.add_all(partenaires);
        }
        if (const auto bord = bord_du_cadre(trou)) return query_.add(*bord);
        throw base::Bug{"a condition of the table of criteria names a value that nobody gives"};
    }

    [[nodiscard]] std::optional<double> bord_du_cadre(std::string_view trou) const
    {
        if (!filtre_.a(Cle::Cadre)) return std::nullopt;
        const auto cadre = lire_cadre(filtre_.valeurs(Cle::Cadre).front()).value();
        if (trou == "ouest") return degres(cadre.ouest);
        if (trou == "sud") return degres(cadre.sud);
        if (trou == "est") return degres(cadre.est);
        if (trou == "nord") return degres(cadre.nord);
        return std::nullopt;
    }

    [[nodiscard]] Instant borne(const Critere& c, const std::string& jour) const
    {
        const auto date = base::parse_date(jour).value();
        return debut_du_jour(c.genre == Genre::Au ? base::plus_days(date, 1) : date, regard_.fuseau);
    }

    std::string un_des_choix(const Critere& c, const std::vector<std::string>& valeurs)
    {
        std::vector<std::string> un;
        for (const auto& v : valeurs)
            un.push_back(remplir(std::ranges::find(c.choix, v, &Choix::slug)->sql,
                                 [&](std::string_view trou) { return autre(trou); }));
        return un.size() == 1 ? un.front() : "(" + base::join(un, " OR ") + ")";
    }

    std::string mes_partenaires()
    {
        std::vector<std::string> partenaires;
        for (const auto& m : regard_.lecteur.mandats)
            if (m.confirme && !m.partenaire.empty()) partenaires.push_back(m.partenaire);
        return partenaires.empty() ? "('')" : query_.add_all(partenaires);
    }

    std::string texte(const std::string& cherche)
    {
        const auto question = question_de_mots(cherche);
        if (moteur_ == db::Engine::Sqlite)
            return "s.id IN (SELECT m.signalement FROM signalement_mots_index i JOIN signalement_mots m ON "
                   "m.rang = "
                   "i.rowid WHERE signalement_mots_index MATCH " +
                   question + ")";
        // Found first, whatever is thought of how many there will be: a plan that walks the lines in their
        // order and asks each of them takes seconds when the word is rarer than it looked.
        return "s.id = ANY (ARRAY (SELECT m.signalement FROM signalement_mots m WHERE "
               "array_to_tsvector(string_to_array(m.mots, ' ')) @@ CAST(" +
               question + " AS tsquery)))";
    }

    const Regard& regard_;
    const Filtre& filtre_;
    db::Query& query_;
    db::Engine moteur_;
};

} // namespace sql
} // namespace

Instant debut_du_jour(Date jour, std::string_view fuseau)
{
    // No place is more than fifteen hours away from Greenwich; its day begins at the first second that has
    // its date.
    const auto minuit = base::parse_instant(base::to_iso(jour)).value();
    std::int64_t avant = -15 * 3600, apres = 15 * 3600; // the day has not begun at `avant`
    while (apres - avant > 1) {
        const auto milieu = (avant + apres) / 2;
        (base::local_date(minuit.plus_seconds(milieu), fuseau) < jour ? avant : apres) = milieu;
    }
    return minuit.plus_seconds(apres);
}

std::string condition(const Regard& regard, const Filtre& filtre, db::Query& query, db::Engine moteur)
{
    auto out = store::portee(regard.lecteur, Action::Lire, query);
    std::vector<Action> lectures; // beyond Lire, each asked once
    sql::Ecriture ecriture{regard, filtre, query, moteur};
    for (const auto& [cle, valeurs] : filtre.choisis) {
        const auto& c = critere(cle);
        if (c.lecture != Action::Lire && std::ranges::find(lectures, c.lecture) == lectures.end())
            lectures.push_back(c.lecture);
        out += " AND " + ecriture.critere(c, valeurs);
    }
    for (const auto l : lectures) out += " AND " + store::portee(regard.lecteur, l, query);
    return out;
}

bool compte_tenu(const Regard& regard, const Filtre& filtre)
{
    constexpr Cle tenues[] = {Cle::Statut, Cle::Territoire, Cle::Comite, Cle::Danger};
    return store::portee_simple(regard.lecteur) &&
           std::ranges::all_of(filtre.choisis, [&](const auto& choisi) {
               return std::ranges::find(tenues, choisi.first) != std::end(tenues);
           });
}

bool compte_des_mots(const Regard& regard, const Filtre& filtre)
{
    return filtre.a(Cle::Recherche) && filtre.choisis.size() == (filtre.a(Cle::Approchant) ? 2 : 1) &&
           store::portee_de_territoires(regard.lecteur);
}

std::string compte_des_mots(const Regard& regard, const Filtre& filtre, db::Query& query, db::Engine moteur)
{
    sql::Ecriture ecriture{regard, filtre, query, moteur};
    const auto question = ecriture.question_de_mots(filtre.valeurs(Cle::Recherche).front());
    return moteur == db::Engine::Sqlite
               ? "SELECT COUNT(*) FROM signalement_mots_index WHERE signalement_mots_index MATCH " + question
               : "SELECT COUNT(*) FROM signalement_mots m WHERE array_to_tsvector(string_to_array(m.mots, ' "
                 "')) @@ CAST(" +
                     question + " AS tsquery)";
}

std::string place_et_ordre(const Regard& regard, const Filtre& filtre, db::Query& query)
{
    const auto& o = *filtre.ordre;
    const bool descend = o.descendant != filtre.ou.avant;
    std::string out;
    if (!filtre.ou.id.empty()) {
        const auto cle = o.mobile ? query.add(filtre.ou.cle)
                                  : fmt::format("(SELECT {} FROM signalement s WHERE s.id = {} AND {})",
                                                o.sql, query.add(filtre.ou.id),
                                                store::portee(regard.lecteur, Action::Lire, query));
        out = fmt::format(" AND ({}, s.id) {} ({}, {})", o.sql, descend ? '<' : '>', cle,
                          query.add(filtre.ou.id));
    }
    const auto sens = descend ? "DESC" : "ASC";
    return out + fmt::format(" ORDER BY {} {}, s.id {}", o.sql, sens, sens);
}

} // namespace signalement::filtre
