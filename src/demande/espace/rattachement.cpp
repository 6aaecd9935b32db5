// The proof asked of who claims a demande. Pure.
#include "demande/espace/rattachement.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/espace/codemandeur.hpp"
#include "demande/territoires.hpp"

namespace demande::espace {

namespace {
namespace preuve {

Identite lire_identite(std::string_view nom, std::string_view prenom, std::string_view naissance_le,
                       FormErrors& erreurs)
{
    Identite i{.nom = base::fold(nom),
               .prenom = base::fold(prenom),
               .naissance_le = base::parse_typed_date(naissance_le),
               .nir = {}};
    if (i.nom.empty() || i.nom.size() > 200) erreurs.push_back({"nom", "Indiquez votre nom."});
    if (i.prenom.empty() || i.prenom.size() > 200) erreurs.push_back({"prenom", "Indiquez votre prénom."});
    if (!i.naissance_le)
        erreurs.push_back({"naissance_le", "Indiquez votre date de naissance, par exemple 04/12/1984."});
    return i;
}

/// Whoever has several first names gives all of them, or the first.
bool meme_prenom(const std::string& connu, const std::string& donne)
{
    const auto premier = [](const std::string& s) { return s.substr(0, s.find(' ')); };
    return connu == donne || premier(connu) == donne || connu == premier(donne);
}

} // namespace preuve
} // namespace

Result<QuiDemande, FormErrors> lire_qui_demande(std::string_view numero, std::string_view nom,
                                                std::string_view prenom, std::string_view naissance_le)
{
    FormErrors erreurs;
    const auto n = lire_numero(numero);
    if (!n) erreurs.push_back({"numero", n.error().message});
    auto identite = preuve::lire_identite(nom, prenom, naissance_le, erreurs);
    if (!erreurs.empty()) return erreurs;
    return QuiDemande{ecrire(*n), std::move(identite)};
}

Result<QuiCherche, FormErrors> lire_qui_cherche(std::string_view departement, std::string_view nom,
                                                std::string_view prenom, std::string_view naissance_le)
{
    FormErrors erreurs;
    auto territoire = territoire_du_departement(base::trim(departement));
    if (!territoire)
        erreurs.push_back({"departement", "Indiquez le numéro d’un département, par exemple 76, 2A ou 974."});
    auto identite = preuve::lire_identite(nom, prenom, naissance_le, erreurs);
    if (!erreurs.empty()) return erreurs;
    return QuiCherche{*std::move(territoire), std::move(identite)};
}

bool est_la_personne(const Reponses& r, const std::string& prefixe, const Identite& donnee)
{
    const auto nom = base::fold(r.texte(prefixe + "nom")), usage = base::fold(r.texte(prefixe + "nom_usage"));
    const auto ne_le = base::parse_typed_date(r.texte(prefixe + "naissance_le"));
    const bool nomme = !donnee.nom.empty() && (donnee.nom == nom || donnee.nom == usage);
    const bool prenomme =
        !donnee.prenom.empty() && preuve::meme_prenom(base::fold(r.texte(prefixe + "prenom")), donnee.prenom);
    return nomme && prenomme && ne_le && donnee.naissance_le == ne_le;
}

bool est_le_demandeur(const Reponses& r, const Identite& donnee)
{
    return est_la_personne(r, "demandeur.", donnee);
}

std::string boite_connue(const Reponses& r, int rang)
{
    return r.texte(prefixe_du_rang(rang) + "email");
}

bool deplace_la_preuve(const Reponses& avant, const Reponses& apres, const std::vector<int>& sans_compte)
{
    return std::ranges::any_of(sans_compte, [&](int rang) {
        return boite_connue(avant, rang).empty() &&
               adresse_de_la_preuve(avant, rang) != adresse_de_la_preuve(apres, rang);
    });
}

std::optional<Canal> canal_de_la_preuve(const Reponses& r, int rang)
{
    if (r.est("motif.violences", "oui")) return std::nullopt;
    if (!boite_connue(r, rang).empty()) return Canal::Courriel;
    if (rang > 0 && r.est("motif.separation", "oui")) return std::nullopt;
    return Canal::Courrier;
}

std::vector<std::string> adresse_de_la_preuve(const Reponses& r, int rang)
{
    return rang == 0 ? adresse_postale(r) : adresse_du_foyer(r, prefixe_du_rang(rang));
}

std::vector<compte::Limite> limites_de_reclamation(std::string_view qui, std::string_view ip)
{
    return {{"reclamer|" + std::string{qui}, 5, 86'400}, {"reclamer-ip|" + std::string{ip}, 20, 3600}};
}

std::vector<compte::Limite> limites_de_recherche(std::string_view ip)
{
    return {{"numero-perdu-ip|" + std::string{ip}, 5, 3600}};
}

std::vector<compte::Limite> limites_d_une_cle(std::string_view qui, std::string_view ip)
{
    return {{"cle|" + std::string{qui}, 20, 86'400}, {"cle-ip|" + std::string{ip}, 40, 3600}};
}

std::vector<compte::Limite> limites_d_essai_sur(std::string_view demande)
{
    return {{"cle-demande|" + std::string{demande}, 20, 86'400}};
}

std::vector<compte::Limite> limites_d_une_adresse(std::string_view demande, std::string_view courriel)
{
    return {{"adresse-demande|" + std::string{demande}, 5, 86'400},
            {"adresse-boite|" + std::string{courriel}, 5, 86'400}};
}

std::vector<compte::Limite> limites_d_envoi_a(std::string_view demande, Envoi quoi, Canal c, int rang)
{
    const auto* nom = quoi == Envoi::Code     ? "ecrire-code-a|"
                      : quoi == Envoi::Numero ? "ecrire-numero-a|"
                                              : "ecrire-tentative-a|";
    const auto cle = nom + std::string{demande} + (rang > 0 ? "|" + std::to_string(rang) : std::string{});
    if (c == Canal::Courriel) return {{cle, 3, 86'400}};
    return {{cle, 2, 30LL * 86'400}};
}

} // namespace demande::espace
