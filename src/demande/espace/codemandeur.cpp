// The rules of those who sign together. Pure.
#include "demande/espace/codemandeur.hpp"

#include <algorithm>

#include "demande/espace/rattachement.hpp"
#include "demande/questions.hpp"
#include "demande/separation.hpp"

namespace demande::espace {

namespace {
namespace signataires {

constexpr std::string_view ou_joindre[] = {"telephone",      "telephone_2",    "email",
                                           "infos_courriel", "infos_courrier", "infos_sms"};
/// Of a demande, where its people are, why they leave, what they wrote freely.
constexpr std::string_view lieux[] = {"adresse",  "courrier", "accompagnant",
                                      "logement", "motif",    "precisions"};

constexpr Evenement vie_legale[] = {
    Evenement::Depot,         Evenement::Validation, Evenement::Attestation,    Evenement::PreavisEnvoye,
    Evenement::PreavisEchec,  Evenement::Relance,    Evenement::Renouvellement, Evenement::Expiration,
    Evenement::Avertissement, Evenement::Radiation,  Evenement::Reactivation,   Evenement::Fusion,
    Evenement::Scission};
constexpr Evenement du_mandat[] = {Evenement::MandatDonne, Evenement::MandatAccepte, Evenement::MandatFini,
                                   Evenement::ConsultationAidant};

/// Where somebody works.
constexpr std::string_view lieu_de_travail[] = {"employeur", "siret"};

/// Whether a field tells where one finds whoever has this rank.
bool mene_a(std::string_view champ, int rang)
{
    if (const auto section = section_du_rang("travail", rang) + "."; champ.starts_with(section))
        return std::ranges::find(lieu_de_travail, champ.substr(section.size())) != std::end(lieu_de_travail);
    const auto debut = prefixe_du_rang(rang);
    return champ.starts_with(debut) &&
           std::ranges::find(ou_joindre, champ.substr(debut.size())) != std::end(ou_joindre);
}

} // namespace signataires
} // namespace

std::string prefixe_du_rang(int rang)
{
    return rang == 0 ? std::string{"demandeur."} : "codemandeur." + std::to_string(rang) + ".";
}

std::string nom_du_rang(const Reponses& r, int rang)
{
    const auto debut = prefixe_du_rang(rang);
    return r.a(debut + "nom") ? r.texte(debut + "prenom") + " " + r.texte(debut + "nom") : std::string{};
}

std::optional<int> qui_signe(const Reponses& r, const Identite& donnee)
{
    for (int rang = 0; rang <= codemandeurs_max; ++rang)
        if (est_la_personne(r, prefixe_du_rang(rang), donnee)) return rang;
    return std::nullopt;
}

bool declare_des_violences(const Reponses& r)
{
    return r.est("motif.violences", "oui");
}

bool est_tenu_a_distance(const Reponses& r, int rang)
{
    return rang > 0 && declare_des_violences(r);
}

bool est_cache(std::string_view nom, const Reponses& r, int rang)
{
    if (!declare_des_violences(r)) return false;
    for (int autre = 0; autre <= codemandeurs_max; ++autre)
        if (autre != rang && signataires::mene_a(nom, autre)) return true;
    return rang > 0 && std::ranges::find(signataires::lieux, nom.substr(0, nom.find('.'))) !=
                           std::end(signataires::lieux);
}

Reponses montrees(const Reponses& r, int rang)
{
    auto out = r;
    for (const auto& [nom, texte] : r.paires())
        if (est_cache(nom, r, rang)) out.retirer(nom);
    return out;
}

std::vector<Reponses> versions_montrees(std::vector<Reponses> versions)
{
    const auto violences = std::ranges::find_if(versions, declare_des_violences);
    const auto temoin = violences == versions.end() ? Reponses{} : *violences;
    std::size_t siennes = 0;
    while (siennes < versions.size() &&
           (siennes == 0 || meme_personne(versions[siennes], versions[siennes - 1], prefixe_du_rang(0))))
        ++siennes;
    versions.resize(siennes);
    for (auto& v : versions) {
        const auto entiere = v;
        for (const auto& [nom, texte] : entiere.paires())
            if (est_cache(nom, temoin, 0)) v.retirer(nom);
    }
    return versions;
}

bool est_lisible(std::string_view type, std::string_view personne, bool donnee_par_ce_compte)
{
    if (personne.find('@') != std::string_view::npos) return false; // see store::suivre_les_personnes
    return type != "violences" || donnee_par_ce_compte;
}

bool ouvre_les_fichiers_de(std::string_view personne, const Reponses& r, int rang)
{
    if (!declare_des_violences(r)) return true;
    if (rang > 0) return std::string{personne} + "." == prefixe_du_rang(rang);
    return !personne.starts_with("codemandeur.");
}

bool est_ouvert(const Volet& v, const Reponses& r, int rang)
{
    return !est_tenu_a_distance(r, rang) || (v.raison != Raison::Coordonnees && v.raison != Raison::Logement);
}

bool est_de_la_vie_legale(Evenement e)
{
    return std::ranges::find(signataires::vie_legale, e) != std::end(signataires::vie_legale);
}

std::vector<std::string> evenements_montres(const Reponses& r, int rang)
{
    if (rang == 0) return {};
    const bool loin = est_tenu_a_distance(r, rang);
    std::vector<std::string> out;
    for (const auto& e : evenements)
        if (loin ? est_de_la_vie_legale(e.value)
                 : std::ranges::find(signataires::du_mandat, e.value) == std::end(signataires::du_mandat))
            out.emplace_back(e.slug);
    return out;
}

Result<Changement> quitter(const Reponses& r, int rang, bool par_guichet, bool confirme,
                           const Contexte& contexte)
{
    if (rang < 1 || nom_du_rang(r, rang).empty())
        return Problem::conflict("Vous ne signez plus cette demande.");
    if (!par_guichet)
        return Problem::conflict(
            "Pour ne plus signer cette demande, allez dans un guichet avec votre pièce "
            "d’identité\u00a0: il vérifie que c’est bien vous. Si vous vous séparez, il peut vous "
            "donner votre propre demande, avec votre ancienneté.");
    auto reste = lire(sans_le_codemandeur(r, rang, contexte.aujourd_hui), contexte);
    if (!reste)
        return Problem::conflict(
            "Ce que dit la demande doit d’abord être corrigé. Allez dans un guichet avec "
            "votre pièce d’identité.");
    if (!confirme)
        return Problem::invalid("confirme",
                                "Cochez cette case si vous voulez vraiment ne plus signer la demande.");
    return Changement{Raison::Menage, Justificatif::EnLigne, *std::move(reste), {}};
}

} // namespace demande::espace
