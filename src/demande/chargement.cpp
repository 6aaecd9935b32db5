// What several pages and the periodic tasks load.
#include "demande/chargement.hpp"

#include <algorithm>

#include "compte/store.hpp"
#include "demande/accueil/store_accueil.hpp"
#include "demande/candidature/paroles.hpp"
#include "demande/candidature/store.hpp"
#include "demande/espace/codemandeur.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/jalons.hpp"
#include "demande/numero.hpp"
#include "demande/pieces.hpp"
#include "demande/radiation.hpp"
#include "demande/rappel/campagne.hpp"
#include "demande/situation.hpp"
#include "demande/store_avertissement.hpp"
#include "demande/store_mediation.hpp"
#include "demande/store_vie.hpp"
#include "demande/territoires.hpp"
#include "edge.hpp"
#include "partenaire/store.hpp"
#include "territoire/store.hpp"

namespace demande {

namespace {
namespace autour {

/// The bailleurs of the territory that act in one of the communes asked.
std::vector<std::string> bailleurs(db::Transaction& tx, const store::Fiche& f)
{
    std::vector<territoire::Commune> communes;
    for (const auto& insee : f.communes)
        if (auto c = territoire::store::find_commune(tx, insee)) communes.push_back(std::move(c->commune));
    std::vector<std::string> noms;
    for (const auto& departement : departements_du_territoire(f.territoire))
        for (const auto& p : partenaire::store::actifs(tx, departement)) {
            if (p.type != partenaire::TypePartenaire::BailleurSocial) continue;
            const bool ici = std::ranges::any_of(communes, [&](const territoire::Commune& c) {
                return partenaire::couvre(p, {departement, c.insee, c.epci});
            });
            if (ici) noms.push_back(p.nom);
        }
    return noms;
}

/// The départements of the communes asked, in their order; the territory's own when it is one and none is.
std::vector<AttestationDe::Departement> departements(db::Transaction& tx, const store::Fiche& f)
{
    std::vector<AttestationDe::Departement> out;
    const auto ajouter = [&](const std::string& code) {
        if (std::ranges::find(out, code, &AttestationDe::Departement::code) != out.end()) return;
        const auto d = territoire::store::find_departement(tx, code);
        out.push_back({code, d ? d->nom : code});
    };
    for (const auto& insee : f.communes)
        if (const auto c = territoire::store::find_commune(tx, insee)) ajouter(c->commune.departement);
    if (const auto siens = departements_du_territoire(f.territoire); out.empty() && siens.size() == 1)
        ajouter(siens.front());
    return out;
}

} // namespace autour
} // namespace

std::string numero_lu(const std::string& numero)
{
    const auto n = lire_numero(numero);
    return n ? en_groupes(*n) : numero;
}

std::string cle_nir(App& app)
{
    return compte::store::secret(app.db, store::secret_nir, app.clock.now());
}

http::Response introuvable(const http::Request& request, const Visitor& visitor)
{
    return error_response(Problem::not_found(), request, visitor.chrome);
}

http::Response non_habilite(const Visitor& visitor)
{
    return http::html(views::sans_guichet(visitor.chrome), 403);
}

std::optional<http::Response> traitees_ailleurs(db::Transaction& tx, std::string_view territoire, Instant le,
                                                const http::Request& request, const Visitor& visitor)
{
    const auto refus = refus_de_traiter(gestion::store::orienter(tx, territoire, le));
    return refus ? std::optional{error_response(*refus, request, visitor.chrome)} : std::nullopt;
}

std::vector<std::string> noms_des_communes(db::Transaction& tx, const std::vector<std::string>& insees)
{
    std::vector<std::string> noms;
    for (const auto& insee : insees) {
        const auto c = territoire::store::find_commune(tx, insee);
        noms.push_back(c ? c->nom() : insee);
    }
    return noms;
}

AttestationDe charger_attestation(db::Transaction& tx, const store::Fiche& d, Instant le)
{
    auto demandes = autour::departements(tx, d);
    std::vector<std::string> codes;
    for (const auto& x : demandes) codes.push_back(x.code);
    return {.numero = numero_lu(d.numero),
            .guichet = d.guichet,
            .deposee_le = d.deposee_le,
            .ancre = d.ancre,
            // It is the applicant's paper, on screen, by post or by mail.
            .reponses = espace::montrees(d.reponses, 0),
            .territoire = d.territoire,
            .communes = noms_des_communes(tx, d.communes),
            .bailleurs = autour::bailleurs(tx, d),
            .aujourd_hui = jour_legal(le, d.territoire),
            .accueil = accueil::store::du_demandeur(tx, d.id),
            .departements = std::move(demandes),
            .mediation = store::mediation(tx, codes)};
}

std::string evenement_en_mots(const journal::Entree& e)
{
    const auto evenement = base::from_slug(evenements, e.evenement);
    auto mots = std::string{evenement ? base::label_of(evenements, *evenement) : e.evenement};
    if (evenement == Evenement::Dalo || evenement == Evenement::PrioriteReconnue) {
        if (const auto le = base::parse_date(e.details))
            mots += evenement == Evenement::Dalo ? ", commission de médiation du " + base::in_words(*le)
                                                 : ", décision du " + base::in_words(*le);
        return mots;
    }
    if (evenement == Evenement::PrioriteFinie) {
        const auto raison = base::from_slug(raisons_de_fin, e.details);
        return raison ? mots + "\u00a0: " + std::string{base::label_of(raisons_de_fin, *raison)} : mots;
    }
    if (const auto motif = base::from_slug(motifs_radiation, e.details))
        mots += "\u00a0: " + std::string{base::label_of(motifs_radiation, *motif)};
    if (const auto a = base::from_slug(candidature::actions, e.details); a && evenement != Evenement::Refus)
        if (const auto precision = candidature::dans_l_histoire(*a); !precision.empty())
            mots += "\u00a0: " + std::string{precision};
    if (evenement == Evenement::Relance) {
        if (e.details == "piece") return mots + "\u00a0: une pièce à renouveler";
        if (const auto campagne = base::from_slug(rappel::campagnes, e.details))
            return mots + "\u00a0: " + std::string{base::label_of(rappel::campagnes, *campagne)};
    }
    if (evenement == Evenement::ConsultationAgent && e.details == "presentee")
        return mots + ", pour un renouvellement au guichet, pièce d’identité vue";
    if (evenement == Evenement::ConsultationAgent && e.details == "presentee_en_vain")
        return "Numéro présenté à un guichet pour un renouvellement\u00a0: l’identité donnée n’était pas la "
               "bonne, rien n’a été montré";
    if (evenement == Evenement::Avertissement && e.details == store::avertissement_remis)
        return mots + ", remis au demandeur";
    if (evenement == Evenement::Avertissement && e.details == store::avertissement_repondu)
        return mots + "\u00a0: réponse du demandeur";
    if (evenement == Evenement::Reactivation && e.details == store::radiation_retiree)
        return "Radiation retirée par le gestionnaire : la demande est de nouveau active";
    if (evenement == Evenement::Fusion && !e.details.empty())
        return mots + ", avec la demande " + numero_lu(e.details);
    if (e.details == "recherche") mots += ", par une recherche";
    if (e.details == store::pour_une_lettre) mots += ", pour imprimer une lettre";
    const bool sur_piece =
        evenement && (*evenement == Evenement::PieceAjoutee || *evenement == Evenement::PieceRemplacee ||
                      *evenement == Evenement::PieceValidee || *evenement == Evenement::PieceRefusee);
    if (const auto catalogue = catalogue_des_pieces();
        !e.details.empty() && (sur_piece || (evenement == Evenement::ConsultationAgent &&
                                             std::ranges::find(catalogue, e.details) != catalogue.end())))
        mots += "\u00a0: " + libelle_de_piece(e.details);
    else if (const auto raison = base::from_slug(raisons, e.details))
        mots += "\u00a0: " + std::string{base::label_of(raisons, *raison)};
    return mots;
}

http::Response pdf(document::Pdf fichier, std::string_view nom)
{
    http::Response r;
    r.body = std::move(fichier.bytes);
    r.header("Content-Type", "application/pdf");
    r.header("Content-Disposition", "inline; filename=\"" + std::string{nom} + ".pdf\"");
    r.header("Cache-Control", "private, no-store");
    return r;
}

std::optional<BailSigne> bail_de_la_demande(db::Transaction& tx, const store::Fiche& f,
                                            std::optional<MotifRadiation> motif)
{
    if (f.etat != Etat::Radiee || motif != MotifRadiation::Attribution) return std::nullopt;
    if (const auto b = candidature::store::bail_d_un_logement(tx, f.id)) {
        const auto o = candidature::store::ouvrir(tx, b->logement);
        base::expect(o.has_value(), "a lease was signed for a dwelling that does not exist");
        const auto& l = o->dossier.logement;
        auto ou = candidature::en_bref(l, noms_des_communes(tx, {l.insee}).front());
        if (!l.adresse.empty()) ou += ", " + l.adresse;
        return BailSigne{b->signe_le, std::move(ou)};
    }
    const auto b = store::bail_constate(tx, f.id);
    return b ? std::optional{bail_signe(*b)} : std::nullopt;
}

} // namespace demande
