// Computes what a day calls for. Pure.
#include "demande/echeancier.hpp"

#include <algorithm>

#include "compte/compte.hpp"

namespace demande {

std::vector<Canal> canaux_du_preavis(bool en_ligne, bool veut_le_courrier, bool a_un_courriel)
{
    // Somebody who came online has an address; should it have gone, there is only the post.
    if (en_ligne && a_un_courriel)
        return veut_le_courrier ? std::vector{Canal::Courriel, Canal::Courrier}
                                : std::vector{Canal::Courriel};
    return a_un_courriel ? std::vector{Canal::Courrier, Canal::Courriel} : std::vector{Canal::Courrier};
}

bool joignable_par_courriel(const Reponses& r)
{
    return r.a("demandeur.email") && !r.est("motif.violences", "oui");
}

std::vector<Boite> boites_de_l_annee(const Reponses& r, const std::vector<Suiveur>& suiveurs)
{
    const bool violences = r.est("motif.violences", "oui");
    std::vector<Boite> out;
    const auto ajouter = [&](Boite b) {
        const auto pliee = compte::plier_email(b.adresse).value_or(b.adresse);
        if (std::ranges::none_of(out, [&](const Boite& o) {
                return compte::plier_email(o.adresse).value_or(o.adresse) == pliee;
            }))
            out.push_back(std::move(b));
    };
    for (const auto& s : suiveurs)
        if (s.titulaire && (!violences || s.par_guichet)) ajouter({s.courriel, true});
    if (joignable_par_courriel(r)) ajouter({r.texte("demandeur.email"), false});
    for (const auto& s : suiveurs)
        if (!s.titulaire && !violences) ajouter({s.courriel, true, false});
    return out;
}

std::vector<Canal> canaux_du_preavis(const Reponses& r, bool en_ligne, const std::vector<Boite>& boites)
{
    const bool le_demandeur = std::ranges::any_of(boites, &Boite::du_demandeur);
    return canaux_du_preavis(en_ligne && le_demandeur && !r.est("motif.violences", "oui"),
                             r.est("demandeur.infos_courrier", "oui"), !boites.empty());
}

bool va_par_la_poste(const std::vector<Canal>& canaux)
{
    return std::ranges::find(canaux, Canal::Courrier) != canaux.end();
}

bool est_obligatoire(const std::vector<Canal>& canaux, Canal canal)
{
    return canal == canaux.front() || canaux.front() == Canal::Courriel;
}

Voies voies_de_l_annee(const std::vector<Canal>& canaux, const std::vector<Boite>& boites,
                       const std::vector<Remise>& remises)
{
    const auto tous_revenus = [&](Canal canal) {
        bool un = false, tous = true;
        for (const auto& r : remises) {
            if (r.canal != canal) continue;
            un = true;
            tous &= r.revenu_le.has_value();
        }
        return un && tous;
    };
    return {.poste = va_par_la_poste(canaux),
            .boite = !boites.empty() && !tous_revenus(Canal::Courriel),
            .adresse = !tous_revenus(Canal::Courrier)};
}

bool va_en_lettre(Etape etape, const Voies& v)
{
    const auto r = std::ranges::find(calendrier_de_l_annee, etape, &RegleDEtape::etape);
    if (r == std::end(calendrier_de_l_annee) || !v.adresse) return false;
    switch (r->papier) {
    case Papier::Personne:
        return false;
    case Papier::SansBoite:
        return !v.boite;
    case Papier::ParLaPoste:
        return v.poste || !v.boite;
    }
    return false;
}

std::vector<std::pair<Etape, Date>> echeancier(const Jalons& j, const Voies& v)
{
    std::vector<std::pair<Etape, Date>> out;
    for (const auto& r : calendrier_de_l_annee)
        out.emplace_back(
            r.etape,
            r.etape == Etape::Preavis
                ? envoi_du_preavis(j, v.poste ? Canal::Courrier : Canal::Courriel)
                : base::plus_days(j.*r.depuis, r.jours - (va_en_lettre(r.etape, v) ? r.avance_lettre : 0)));
    return out;
}

Date dernier_mois(Date fin, bool par_courrier)
{
    const auto un_mois_avant = base::plus_months(fin, -1);
    return par_courrier ? base::plus_days(un_mois_avant, -acheminement_jours) : un_mois_avant;
}

AFaire a_faire(const Jalons& j, const Voies& v, std::optional<Etape> derniere, Date jour)
{
    AFaire out{.derniere = derniere};
    const auto dates = echeancier(j, v);
    for (std::size_t i = 0; i < dates.size(); ++i) {
        const auto& [etape, le] = dates[i];
        const auto vrai_jusqu_a = calendrier_de_l_annee[i].vrai_jusqu_a;
        if (derniere && etape <= *derniere) continue;
        if (le > jour) {
            out.ensuite = le;
            break;
        }
        // After the notice of this very day, anything else waits for another one.
        if (out.preavis && etape == Etape::Expiration) {
            out.ensuite = base::plus_days(jour, 1);
            break;
        }
        out.preavis |= etape == Etape::Preavis;
        out.expirer |= etape == Etape::Expiration;
        if (vrai_jusqu_a && jour <= j.*vrai_jusqu_a && !out.preavis) out.message = etape;
        out.derniere = etape;
    }
    if (out.expirer && out.message && *out.message < Etape::Expiration) out.message = std::nullopt;
    return out;
}

std::optional<Date> preavis_remis_le(const std::vector<Remise>& remises, std::optional<Date> ici_depuis)
{
    struct Voie {
        bool requise = false, toutes_revenues = true;
        std::optional<Date> premier;
    };
    const auto voie = [&](Canal canal) {
        Voie v;
        for (const auto& r : remises) {
            if (!r.obligatoire || r.canal != canal) continue;
            v.requise = true;
            v.toutes_revenues &= r.revenu_le.has_value();
            if (r.parti_le && !r.revenu_le && (!ici_depuis || *r.parti_le >= *ici_depuis))
                v.premier = v.premier ? std::min(*v.premier, *r.parti_le) : *r.parti_le;
        }
        return v;
    };
    const auto courriel = voie(Canal::Courriel), lettre = voie(Canal::Courrier);
    if (lettre.requise && !lettre.premier) return std::nullopt;
    // A mailbox that refuses everything is replaced by the letter that this prepares.
    if (!courriel.requise || (courriel.toutes_revenues && lettre.premier)) return lettre.premier;
    if (!courriel.premier) return std::nullopt;
    return lettre.premier ? std::max(*courriel.premier, *lettre.premier) : *courriel.premier;
}

} // namespace demande
