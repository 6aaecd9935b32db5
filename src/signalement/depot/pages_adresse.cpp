// Recognising the address of the dwelling: in the imported or remote addresses, else by street and commune.
// The answer of the browser is only a hint: the server searches again and keeps what it found itself.
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "signalement/depot/chargement.hpp"
#include "territoire/geocodeur.hpp"
#include "territoire/store.hpp"

namespace signalement::depot {

namespace {
namespace lieu {

constexpr std::string_view canoniques[] = {reconnue::libelle, reconnue::code_postal, reconnue::commune,
                                           reconnue::insee,   reconnue::id,          reconnue::lon,
                                           reconnue::lat};

void oublier(Reponses& r)
{
    for (const auto slug : canoniques) r.retirer(slug);
}

/// Keeps the place under the commune that acts today, with the name people use.
bool retenir(db::Transaction& tx, Reponses& r, std::string libelle, const std::string& insee,
             std::string code_postal, const std::optional<territoire::Point>& position,
             const std::string& ban_id)
{
    const auto l = territoire::store::find_commune(tx, insee);
    if (!l) return false;
    const auto& codes = l->codes_postaux();
    if (code_postal.empty() && !codes.empty()) code_postal = codes.front();
    r.mettre(reconnue::libelle, std::move(libelle));
    r.mettre(reconnue::code_postal, std::move(code_postal));
    r.mettre(reconnue::commune, l->nom());
    r.mettre(reconnue::insee, l->commune.insee);
    r.mettre(reconnue::id, ban_id);
    if (position) {
        r.mettre(reconnue::lon, fmt::format("{:.6f}", position->lon));
        r.mettre(reconnue::lat, fmt::format("{:.6f}", position->lat));
    }
    return true;
}

std::string en_clair(const Reponses& r)
{
    return r.texte(reconnue::libelle) + ", " + r.texte(reconnue::code_postal) + " " +
           r.texte(reconnue::commune);
}

/// The code that was typed with the commune, when it is one of its own: « 76620 », « Le Havre (76620) ».
/// Otherwise nothing: the commune is what counts, and nobody is stopped for a postal code.
std::string code_postal_saisi(std::string_view saisie, const std::vector<std::string>& codes)
{
    for (const auto& code : codes)
        if (saisie.find(code) != std::string_view::npos) return code;
    return {};
}

/// Street and commune typed apart.
Recherche par_commune(App& app, Reponses& r)
{
    Recherche out;
    out.choix.manuelle = true;
    const auto& voie = r.texte("adresse_voie");
    const auto& saisie = r.texte("adresse_commune");
    if (voie.empty())
        out.erreurs.push_back({"adresse_voie", "Indiquez le numéro et la rue, ou le lieu-dit."});
    auto tx = app.db.read();
    if (!saisie.empty()) out.choix.communes = territoire::store::search_communes(tx, saisie, 10);
    auto& communes = out.choix.communes;
    // Five digits are a postal code: the place whose INSEE code they happen to be is only noise.
    const auto a_ce_code = [&](const territoire::Localisation& l) {
        return std::ranges::find(l.codes_postaux(), saisie) != l.codes_postaux().end();
    };
    if (std::ranges::any_of(communes, a_ce_code)) std::erase_if(communes, std::not_fn(a_ce_code));
    const auto code_de = [](const territoire::Localisation& l) {
        return l.partie ? l.partie->insee : l.commune.insee;
    };
    const territoire::Localisation* choisie = nullptr;
    for (const auto& c : communes)
        if (code_de(c) == r.texte("adresse_commune_choix")) choisie = &c;
    if (choisie == nullptr && communes.size() == 1) choisie = &communes.front();
    if (choisie == nullptr) {
        const auto meme_nom = [&](const territoire::Localisation& c) {
            return base::fold(c.nom()) == base::fold(saisie);
        };
        if (std::ranges::count_if(communes, meme_nom) == 1)
            choisie = &*std::ranges::find_if(communes, meme_nom);
    }
    if (choisie == nullptr) {
        if (saisie.empty())
            out.erreurs.push_back({"adresse_commune", "Indiquez la commune ou son code postal."});
        else if (communes.empty())
            out.erreurs.push_back(
                {"adresse_commune", "Vérifiez ce nom ou ce code postal : aucune commune ne correspond."});
        else
            out.erreurs.push_back({"adresse_commune_choix", "Choisissez la commune dans la liste."});
    }
    if (!out.erreurs.empty()) return out;
    out.reconnue = retenir(tx, r, voie, code_de(*choisie),
                           code_postal_saisi(saisie, choisie->codes_postaux()), choisie->position(), "");
    if (out.reconnue) r.mettre("adresse", en_clair(r));
    return out;
}

/// In danger nobody is stopped for an address that is in no list: « 99 impasse Neuve, Rouen » is kept as it
/// was typed when it ends with the name of one commune only, open to reports. False: it is still to be asked.
bool telle_quelle(App& app, Reponses& r, const std::string& saisie)
{
    const auto mots = base::split(saisie, ' ');
    const auto plie = [](std::string_view mot) { return territoire::texte_recherche(mot); };
    auto tx = app.db.read();
    // From the longest name to the shortest: « Le Petit-Quevilly » before « Petit-Quevilly ».
    for (std::size_t i = mots.size() > 8 ? mots.size() - 8 : 1; i < mots.size(); ++i) {
        const std::vector<std::string> avant(mots.begin(), mots.begin() + static_cast<std::ptrdiff_t>(i));
        // « 12 rue de Paris » names a street, not where it is.
        if (territoire::est_article(plie(avant.back())) || territoire::est_type_de_voie(plie(avant.back())))
            continue;
        const auto nom = base::join(
            std::vector<std::string>(mots.begin() + static_cast<std::ptrdiff_t>(i), mots.end()), " ");
        auto communes = territoire::store::search_communes(tx, nom, 10);
        std::erase_if(communes, [&](const auto& c) { return plie(c.nom()) != plie(nom); });
        if (communes.size() > 1)
            std::erase_if(communes, [&](const auto& c) {
                return code_postal_saisi(saisie, c.codes_postaux()).empty();
            });
        if (communes.size() != 1) continue;
        const auto& commune = communes.front();
        const auto insee = commune.partie ? commune.partie->insee : commune.commune.insee;
        const auto ressort = territoire::store::find_ressort(tx, insee);
        if (!ressort || ressort->phase() == territoire::Phase::Fermee) return false;
        const auto code_postal = code_postal_saisi(saisie, commune.codes_postaux());
        auto voie = base::join(avant, " ");
        if (!code_postal.empty() && voie.ends_with(code_postal))
            voie.resize(voie.size() - code_postal.size());
        voie.resize(voie.find_last_not_of(" ,") + 1);
        if (voie.empty() || !retenir(tx, r, voie, insee, code_postal, commune.position(), "")) return false;
        r.mettre("adresse", en_clair(r));
        r.retirer("adresse_choix");
        return true;
    }
    return false;
}

/// The address nobody could mistake for another: precise, and named as it was typed.
bool evidente(const territoire::Adresse& a, std::string_view saisie)
{
    if (a.type == territoire::TypeAdresse::Commune) return false;
    return territoire::texte_recherche(a.libelle) == territoire::texte_recherche(saisie) ||
           (a.type == territoire::TypeAdresse::Numero && a.score >= 0.95);
}

Recherche par_texte(App& app, Reponses& r)
{
    Recherche out;
    const auto saisie = r.texte("adresse");
    if (base::length(saisie) < 3 || base::length(saisie) > 200) {
        out.erreurs.push_back({"adresse", "Indiquez l’adresse du logement : numéro, rue et commune."});
        return out;
    }
    const auto vers_manuelle = [&](bool inconnue) {
        r.mettre("adresse_mode", "manuelle");
        r.retirer("adresse_choix");
        out.choix.manuelle = true;
        out.choix.non_reconnue = inconnue;
    };
    if (r.est("adresse_choix", views::aucune_adresse)) {
        if (!r.a("adresse_voie")) r.mettre("adresse_voie", saisie.substr(0, saisie.find(',')));
        vers_manuelle(false);
        return out;
    }
    auto trouvees = app.geocodeur.chercher(app.db, saisie, 8, {}, app.clock.now());
    const auto est_commune = [](const territoire::Adresse& a) {
        return a.type == territoire::TypeAdresse::Commune;
    };
    // A commune alone: the street is still to be said.
    const auto commune = std::ranges::find_if(trouvees, [&](const territoire::Adresse& a) {
        return est_commune(a) &&
               territoire::texte_recherche(a.libelle) == territoire::texte_recherche(saisie);
    });
    if (commune != trouvees.end()) {
        r.mettre("adresse_commune", commune->commune);
        vers_manuelle(false);
        return out;
    }
    const bool danger = r.est("danger", "oui");
    if (std::ranges::all_of(trouvees, est_commune)) { // nothing imported there: street and commune apart
        out.reconnue = danger && telle_quelle(app, r, saisie);
        if (out.reconnue) return out;
        if (!r.a("adresse_voie")) r.mettre("adresse_voie", saisie.substr(0, saisie.find(',')));
        if (!r.a("adresse_commune") && !trouvees.empty())
            r.mettre("adresse_commune", trouvees.front().commune);
        vers_manuelle(true);
        return out;
    }
    std::erase_if(trouvees, est_commune);
    const territoire::Adresse* choisie = nullptr;
    for (const auto& a : trouvees)
        if (views::valeur_adresse(a) == r.texte("adresse_choix")) choisie = &a;
    for (const auto& a : trouvees)
        if (choisie == nullptr && !a.id.empty() && a.id == r.texte("adresse_id")) choisie = &a;
    if (choisie == nullptr && evidente(trouvees.front(), saisie)) choisie = &trouvees.front();
    if (choisie != nullptr) {
        auto tx = app.db.read();
        const auto libelle = choisie->numero.empty() ? choisie->voie : choisie->numero + " " + choisie->voie;
        out.reconnue =
            retenir(tx, r, libelle, choisie->insee, choisie->code_postal, choisie->position, choisie->id);
    }
    if (out.reconnue) {
        r.mettre("adresse", en_clair(r));
        r.retirer("adresse_choix");
        return out;
    }
    out.reconnue = danger && choisie == nullptr && telle_quelle(app, r, saisie);
    if (out.reconnue) return out;
    out.erreurs.push_back({"adresse_choix", "Choisissez l’adresse exacte parmi les propositions."});
    out.choix.proposees = std::move(trouvees);
    return out;
}

} // namespace lieu
} // namespace

Recherche reconnaitre_adresse(App& app, Reponses& r)
{
    // The same text as the address already recognised: nothing to search again.
    if (r.a(reconnue::insee) && r.texte("adresse") == lieu::en_clair(r) &&
        !r.est("adresse_mode", "manuelle")) {
        Recherche deja;
        deja.reconnue = true;
        return deja;
    }
    lieu::oublier(r);
    return r.est("adresse_mode", "manuelle") ? lieu::par_commune(app, r) : lieu::par_texte(app, r);
}

} // namespace signalement::depot
