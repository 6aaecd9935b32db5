// See mots.hpp.
#include "signalement/filtre/mots.hpp"

#include <fmt/format.h>

#include "partenaire/store.hpp"
#include "territoire/store.hpp"

namespace signalement::filtre {

Noms noms(db::Transaction& tx, const Filtre& f)
{
    Noms out;
    for (const auto& [cle, valeurs] : f.choisis)
        for (const auto& v : valeurs) {
            std::string nom;
            if (cle == Cle::Commune) {
                if (const auto l = territoire::store::find_commune(tx, v)) nom = l->commune.nom;
            } else if (cle == Cle::Epci) {
                if (const auto e = territoire::store::find_epci(tx, v)) nom = e->nom;
            } else if (cle == Cle::Comite) {
                if (const auto c = territoire::store::find_comite(tx, v)) nom = c->nom;
            } else if (cle == Cle::Region) {
                for (const auto& r : territoire::store::list_regions(tx))
                    if (r.code == v) nom = r.nom;
            } else if (cle == Cle::Territoire) {
                if (const auto t = territoire::store::find_territoire(tx, v)) nom = t->nom;
            } else if (cle == Cle::Partenaire) {
                nom = partenaire::store::nom_de(tx, v);
            }
            if (!nom.empty()) out[{cle, v}] = nom;
        }
    return out;
}

std::string en_mots(const Critere& c, const std::string& valeur, const Noms& noms)
{
    if (c.genre == Genre::Oui || c.genre == Genre::Cadre) return std::string{c.label};
    if (c.genre == Genre::Texte) return fmt::format("« {} »", valeur);
    const auto nom = noms.find({c.cle, valeur});
    return fmt::format("{}{}{}", c.label, c.genre == Genre::Du || c.genre == Genre::Au ? " " : " : ",
                       nom == noms.end() ? en_mots(c, valeur) : nom->second);
}

std::vector<std::string> en_mots(const Filtre& f, const Noms& noms)
{
    std::vector<std::string> out;
    for (const auto& [cle, valeurs] : f.choisis)
        for (const auto& v : valeurs) out.push_back(en_mots(critere(cle), v, noms));
    return out;
}

} // namespace signalement::filtre
