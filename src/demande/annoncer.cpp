// Tells the end of a demande.
#include "demande/annoncer.hpp"

#include <algorithm>

#include "courrier/store.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/auteurs.hpp"
#include "demande/chargement.hpp"
#include "demande/store_avertissement.hpp"

namespace demande {

std::vector<std::pair<courriels::Sujet, Boite>>
a_chacune(db::Transaction& tx, const store::Due& d, const std::vector<Boite>& boites, const std::string& site)
{
    const auto g = store::find_guichet(tx, d.guichet);
    std::vector<std::pair<courriels::Sujet, Boite>> out;
    for (const auto& b : boites)
        out.emplace_back(courriels::Sujet{.id = d.id,
                                          .numero = numero_lu(d.numero),
                                          .territoire = d.territoire,
                                          .guichet = g ? g->nom : std::string{},
                                          .email = b.adresse,
                                          .nom = nom_postal(d.reponses),
                                          .site = site,
                                          .copie = static_cast<int>(out.size())},
                         b);
    return out;
}

bool lit_tout(const Boite& b)
{
    return b.sure && b.du_demandeur;
}

void annoncer(db::Transaction& tx, const store::Due& d, const Annonce& a, const std::string& site, Instant le)
{
    const auto jour = jour_legal(le, d.territoire);
    const auto boites = boites_de_l_annee(d.reponses, store::suiveurs(tx, d.id));
    for (const auto canal : canaux_du_preavis(d.reponses, d.en_ligne, boites))
        if (canal == Canal::Courrier)
            store::preparer_annonce(tx, d, adresse_postale(d.reponses), a, jour, le);
        else
            for (const auto& [s, boite] : a_chacune(tx, d, boites, site)) {
                auto sienne = a;
                if (!lit_tout(boite)) sienne.condition.reset();
                courrier::enqueue(tx, courriels::annonce(s, sienne, jalons(d.ancre)), le);
            }
    // Its end concerns each of those who sign: by post, who has no account to be told by.
    if (a.fin == Fin::Radiation)
        for (const int rang : signataires_par_la_poste(d.reponses, store::rangs_suivis(tx, d.id)))
            store::preparer_annonce(tx, d, adresse_du_foyer(d.reponses, prefixe_du_signataire(rang)), a, jour,
                                    le, rang);
}

void avertir_et_annoncer(db::Transaction& tx, const store::Fiche& f, const AvertissementEcrit& ecrit,
                         const Guichet& g, const compte::Agent& par, const std::string& site, Instant le)
{
    const auto id = store::avertir(tx, f, ecrit, g, par, le);
    const auto a = store::avertissement(tx, id, f.territoire).value();
    auto d = store::due(tx, f.id).value();
    d.guichet = g.code;
    store::preparer_lettre_d_avertissement(tx, d, adresse_postale(d.reponses), id,
                                           jour_legal(le, d.territoire), le);
    for (const auto& [s, boite] :
         a_chacune(tx, d, boites_de_l_annee(d.reponses, store::suiveurs(tx, d.id)), site))
        courrier::enqueue(tx, courriels::avertissement(s, a, lit_tout(boite)), le);
}

void remettre_et_annoncer(db::Transaction& tx, const store::Fiche& f, const Avertissement& a,
                          const RemiseProuvee& r, const compte::Agent& par, const std::string& site,
                          Instant le)
{
    store::noter_la_remise(tx, f, a, r, par, le);
    auto remis = a;
    remis.moyen = r.moyen;
    remis.remis_le = r.remis_le;
    const auto d = store::due(tx, f.id).value();
    for (const auto& [s, boite] :
         a_chacune(tx, d, boites_de_l_annee(d.reponses, store::suiveurs(tx, d.id)), site))
        courrier::enqueue(tx, courriels::avertissement_remis(s, remis), le);
}

void radier_et_annoncer(db::Transaction& tx, const store::Fiche& f, const Radiation& r,
                        const compte::Agent& par, const std::vector<Guichet>& guichets,
                        const std::string& site, Instant le, const std::string& gardee)
{
    store::radier(tx, f, r, par, le);
    auto d = store::due(tx, f.id).value();
    const auto g = qui_prononce(guichets, f.territoire, r.motif(), d.guichet);
    if (g) d.guichet = g->code;
    annoncer(tx, d,
             {.fin = Fin::Radiation,
              .motif = r.motif(),
              .condition = r.irrecevabilite(),
              .radiee_le = r.le(),
              .dernier_jour = fin_de_reactivation(apres(jalons(f.ancre), r)),
              .gardee = gardee,
              .prononcee_par = par.nom + (g ? ", " + g->nom : std::string{})},
             site, le);
}

} // namespace demande
