// Claiming a registered demande, finding a lost number, and the online access as a guichet closes it.
// Whatever is typed gets the same answer: nobody learns here who has a demande, nor where they live.
#include <algorithm>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "compte/envoi_unique.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "demande/adresse_postale.hpp"
#include "demande/chargement.hpp"
#include "demande/espace/codemandeur.hpp"
#include "demande/espace/commun.hpp"
#include "demande/espace/courriels.hpp"
#include "demande/espace/fermeture.hpp"
#include "demande/espace/pages.hpp"
#include "demande/espace/rattachement.hpp"
#include "demande/espace/store_rattachement.hpp"
#include "demande/espace/views_rattachement.hpp"
#include "demande/gestion/store_gestion.hpp"
#include "demande/portail/store_compte.hpp"
#include "demande/saisie.hpp"
#include "demande/store_preavis.hpp"
#include "demande/store_versions.hpp"
#include "edge.hpp"
#include "http/throttle.hpp"

namespace demande::espace {

namespace {
namespace reclamations {

bool permis(App& app, db::Transaction& tx, const std::vector<compte::Limite>& limites)
{
    const auto le = app.clock.now();
    const auto cle = compte::store::secret(app.db, compte::store::secret_csrf, le);
    return compte::store::tenter(tx, cle, limites, le).permise;
}

/// What sends somebody to the site that keeps the demandes of this territory now; nothing when they are here.
FormErrors gardee_ailleurs(std::string champ, const Orientation& ou)
{
    if (ou.gestion == Gestion::Inconnue)
        return {{std::move(champ), "Aucun territoire ne commence un numéro ainsi\u00a0: vérifiez les trois "
                                   "premiers caractères, en haut de votre attestation."}};
    if (ou.gestion != Gestion::Ailleurs) return {};
    return {{std::move(champ), "Les demandes de ce territoire sont suivies sur un autre site : " + ou.site +
                                   ". Cherchez-y la vôtre."}};
}

/// What proves it leaves for what the demande itself says.
void envoyer_la_cle(db::Transaction& tx, const store::Designee& d, int rang, std::string_view secret,
                    const std::string& code, Canal canal, Instant le)
{
    const courriels::Sujet sujet{d.id, d.territoire};
    if (canal == Canal::Courriel) {
        courrier::enqueue(tx, courriels::cle(sujet, boite_connue(d.reponses, rang), code), le);
        return;
    }
    demande::store::preparer_lettre_d_acces(tx, *demande::store::due(tx, d.id),
                                            adresse_de_la_preuve(d.reponses, rang),
                                            demande::store::ObjetDeLettre::Code, base::seal(secret, code),
                                            jour_legal(le, d.territoire), le, rang);
}

void prevenir_le_compte(App& app, db::Transaction& tx, const store::Designee& d, Instant le)
{
    if (!permis(app, tx, limites_d_envoi_a(d.id, Envoi::Tentative, Canal::Courriel))) return;
    for (const auto& a : store::acces(tx, d.id))
        courrier::enqueue(tx, courriels::tentative({d.id, d.territoire}, a.courriel), le);
}

/// Somebody else who signs follows the demande now: told to the applicant's account, else to the mailbox that
/// the demande knows.
void dire_au_demandeur(db::Transaction& tx, const store::Designee& d, Instant le)
{
    std::vector<std::string> boites;
    for (auto& a : store::acces(tx, d.id))
        if (a.rang == 0) boites.push_back(std::move(a.courriel));
    if (boites.empty() && canal_de_la_preuve(d.reponses) == Canal::Courriel)
        boites.push_back(boite_connue(d.reponses));
    for (auto& boite : boites)
        courrier::enqueue(tx, courriels::codemandeur_rattache({d.id, d.territoire}, std::move(boite)), le);
}

http::Response trop(const Visitor& visitor)
{
    return compte::pages::trop_d_essais(
        visitor,
        "Par sécurité, ce formulaire se repose. Recommencez demain, ou allez dans n’importe quel guichet "
        "avec une pièce d’identité.");
}

/// The mailbox that the demande says and the applicant's account, but for the one just opened. None where
/// violence is declared: somebody else may read them.
std::vector<std::string> autres_boites(db::Transaction& tx, const demande::store::Fiche& f,
                                       const std::string& ouverte)
{
    std::vector<std::string> out;
    if (declare_des_violences(f.reponses)) return out;
    const auto ajouter = [&](const std::string& boite) {
        const auto pliee = compte::plier_email(boite);
        if (pliee && *pliee != ouverte && std::ranges::find(out, *pliee) == out.end()) out.push_back(*pliee);
    };
    ajouter(f.reponses.texte("demandeur.email"));
    for (const auto& a : store::acces(tx, f.id))
        if (a.rang == 0) ajouter(a.courriel);
    return out;
}

http::Response ouvrir_au_guichet(db::Transaction& tx, const demande::store::Fiche& f, int rang,
                                 const std::string& boite, const compte::Agent& agent, Instant le)
{
    const auto compte = portail::store::ouvrir_compte(tx, boite, le);
    portail::store::lier(tx, compte.id, f.id, portail::role_du_rang(rang), portail::Voie::Guichet, le, rang);
    const auto guichet = guichet_qui_agit(tx, f, agent);
    const courriels::Sujet sujet{f.id, f.territoire};
    courrier::enqueue(tx, courriels::ouverte_au_guichet(sujet, boite, guichet), le);
    // The identity document may have been another's: whoever the demande already knows hears of it.
    for (const auto& b : autres_boites(tx, f, boite))
        courrier::enqueue(tx, courriels::ouverte_a_une_autre(sujet, b, guichet), le);
    demande::store::noter(tx, f.id, f.territoire, Evenement::AccesOuvert, agent, le);
    return http::redirect(ui::url("/demandes/{}", f.id).with("fait", "acces_ouvert").text());
}

/// What the applicant, at the desk, says of the contacts: whoever had the access may have written others.
struct Coordonnees {
    FormErrors erreurs;
    std::optional<Changement> change; // none: the same, or a demande that no longer changes
};

Coordonnees coordonnees_relues(App& app, db::Transaction& tx, const demande::store::Fiche& f,
                               const http::Request& request, const views::AccesEnLigne& ecran)
{
    Coordonnees out;
    if (!ecran.modifiable) return out;
    if (entier_positif(request.field("version")) != f.contenu_version) {
        out.erreurs.push_back({{},
                               "La demande a changé pendant que vous écriviez\u00a0: relisez ses "
                               "coordonnées avec le demandeur."});
        return out;
    }
    const auto& v = *demande::volet(base::slug_of(raisons, Raison::Coordonnees));
    const auto saisies = reponses_postees(request);
    auto c =
        changer(f.reponses, v, saisies, Justificatif::Presence,
                contexte_de_modification(app, tx, f, appliquer(f.reponses, v, saisies)), f.nirs_connus());
    if (!c)
        out.erreurs = c.error();
    else if (!differences(f.reponses, c->contenu.reponses).empty())
        out.change = *std::move(c);
    if (request.field("coordonnees") != "oui")
        out.erreurs.push_back({"coordonnees", "Relisez ces coordonnées avec le demandeur, corrigez-les s’il "
                                              "le faut, puis cochez cette case."});
    return out;
}

http::Response fermer_au_guichet(db::Transaction& tx, const demande::store::Fiche& f,
                                 const std::optional<Changement>& change, const std::string& cle,
                                 const compte::Agent& agent, Instant le)
{
    auto fermes = store::detacher(tx, f.id, le);
    const auto ajouter = [&](const Reponses& r) {
        if (canal_de_la_preuve(r) == Canal::Courriel &&
            std::ranges::find(fermes.boites, r.texte("demandeur.email")) == fermes.boites.end())
            fermes.boites.push_back(r.texte("demandeur.email"));
    };
    // All of them: whoever had the access, and whom the demande is about, by the address of before and of
    // now.
    ajouter(f.reponses);
    if (change) {
        ajouter(change->contenu.reponses);
        demande::store::modifier(tx, f, *change, agent, cle, le);
    }
    dire_la_fermeture(tx, f, fermes, agent, le);
    return http::redirect(ui::url("/demandes/{}", f.id).with("fait", "acces_ferme").text());
}

views::AccesEnLigne ecran_d_acces(db::Transaction& tx, const demande::store::Fiche& f, Instant le,
                                  bool ouvrir)
{
    const auto ou = gestion::store::orienter(tx, f.territoire, le);
    views::AccesEnLigne e{.de = en_tete(f),
                          .acces = store::acces(tx, f.id),
                          .sans_acces = {},
                          .en_cours = est_en_cours(f.etat),
                          .modifiable = est_modifiable(f) && se_traitent_ici(ou),
                          .version = f.contenu_version};
    for (int rang = 0; rang <= 3; ++rang)
        if (auto nom = nom_du_rang(f.reponses, rang);
            !nom.empty() && !portail::store::lien_du_rang(tx, f.id, rang))
            e.sans_acces.push_back({std::to_string(rang), std::move(nom)});
    e.ouvrir = e.acces.empty() || (ouvrir && !e.sans_acces.empty());
    return e;
}

} // namespace reclamations
} // namespace

http::Response get_reclamation(App&, const http::Request&, const Visitor& visitor)
{
    return http::html(views::reclamation(visitor.chrome));
}

namespace {
namespace reclamations {

/// Before who they are: whether the demandes of this territory are here at all. The number that was typed
/// says it alone, of nobody.
http::Response mener_selon_le_numero(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto refuser = [&](FormErrors erreurs, std::string site) {
        return http::html(
            views::reclamation(visitor.chrome, {.site = std::move(site)}, {&erreurs, &request.form}), 422);
    };
    const auto numero = lire_numero(request.field("numero"));
    if (!numero) return refuser({{"numero", numero.error().message}}, {});
    auto tx = app.db.read();
    const auto ou = gestion::store::orienter(tx, numero->territoire, app.clock.now());
    if (auto ailleurs = gardee_ailleurs("numero", ou); !ailleurs.empty())
        return refuser(std::move(ailleurs), ou.site);
    return http::html(views::reclamation(visitor.chrome, {.numero = en_groupes(*numero)}));
}

} // namespace reclamations
} // namespace

http::Response post_reclamation(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = reclamations;
    const auto numero = lire_numero(request.field("numero"));
    const bool numero_seul =
        std::ranges::none_of(request.form, [](const auto& champ) { return champ.first == "nom"; });
    if (!numero || numero_seul) return ici::mener_selon_le_numero(app, request, visitor);
    const auto qui = lire_qui_demande(request.field("numero"), request.field("nom"), request.field("prenom"),
                                      request.field("naissance_le"));
    if (!qui) {
        const auto erreurs = qui.error();
        return http::html(
            views::reclamation(visitor.chrome, {.numero = en_groupes(*numero)}, {&erreurs, &request.form}),
            422);
    }
    const auto le = app.clock.now();
    const auto secret = compte::store::secret(app.db, store::secret_cle, le);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto ou = gestion::store::orienter(tx, numero->territoire, le);
        if (const auto ailleurs = ici::gardee_ailleurs("numero", ou); !ailleurs.empty())
            return http::html(
                views::reclamation(visitor.chrome, {.site = ou.site}, {&ailleurs, &request.form}), 422);
        if (!ici::permis(app, tx,
                         limites_de_reclamation(visitor.demandeur->id, http::ip_group(request.client_ip))))
            return ici::trop(visitor);
        const auto d = store::par_numero(tx, qui->numero);
        const auto rang = d ? qui_signe(d->reponses, qui->identite) : std::optional<int>{};
        const bool sienne = rang.has_value();
        if (sienne && portail::store::role_sur(tx, visitor.demandeur->id, d->id))
            return http::redirect(ui::url("/ma-demande/{}", d->id).text());
        const bool prise = sienne && portail::store::lien_du_rang(tx, d->id, *rang);
        const auto canal = sienne && !prise ? canal_de_la_preuve(d->reponses, *rang) : std::optional<Canal>{};
        // A code that does not leave is not kept: the one that left before is still good.
        const bool retenue =
            canal && !ici::permis(app, tx, limites_d_envoi_a(d->id, Envoi::Code, *canal, *rang));
        // Else another identity would tell a right one by what becomes of the former code.
        const bool la_meme = retenue && store::demande_visee(tx, visitor.demandeur->id) == d->id;
        if (!la_meme) {
            const auto code = base::random_digits(portail::chiffres_du_code);
            // The longest time for all: the row of a stranger does not tell itself by its end.
            store::poser_cle(tx, secret, visitor.demandeur->id, canal && !retenue ? d->id : std::string{},
                             code, le, le.plus_seconds(validite_de_la_cle(canal.value_or(Canal::Courrier))),
                             rang.value_or(0));
            if (canal && !retenue) ici::envoyer_la_cle(tx, *d, *rang, secret, code, *canal, le);
        }
        if (prise) ici::prevenir_le_compte(app, tx, *d, le);
        return http::redirect("/ma-demande/rattacher/code?fait=envoi");
    });
}

http::Response get_cle(App&, const http::Request& request, const Visitor& visitor)
{
    return http::html(views::cle(visitor.chrome, request.param("fait") == "envoi"));
}

http::Response post_cle(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = reclamations;
    const auto refuser = [&](std::string message) {
        const FormErrors erreurs{{"code", std::move(message)}};
        return http::html(views::cle(visitor.chrome, false, {&erreurs, &request.form}), 422);
    };
    const auto code = portail::lire_code(request.field("code"));
    if (code.empty()) return refuser("Tapez les huit chiffres du code.");
    const auto le = app.clock.now();
    const auto secret = compte::store::secret(app.db, store::secret_cle, le);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        if (!ici::permis(app, tx,
                         limites_d_une_cle(visitor.demandeur->id, http::ip_group(request.client_ip))))
            return ici::trop(visitor);
        // The answer is that of a wrong code: it does not tell that this claim designates a demande.
        const auto visee = store::demande_visee(tx, visitor.demandeur->id);
        // A guichet that closes the access at this very moment comes before or after, never between.
        if (visee) store::tenir_les_acces(tx, *visee);
        const auto e = !visee || ici::permis(app, tx, limites_d_essai_sur(*visee))
                           ? store::essayer_cle(tx, secret, visitor.demandeur->id, code, le)
                           : store::Essai{};
        // It may have been given to another account meanwhile, or erased, or tell of violence now.
        const auto d = e.verdict == store::Verdict::Juste ? store::par_id(tx, e.demande)
                                                          : std::optional<store::Designee>{};
        if (!d || portail::store::lien_du_rang(tx, d->id, e.rang) ||
            !canal_de_la_preuve(d->reponses, e.rang) || nom_du_rang(d->reponses, e.rang).empty())
            return refuser(
                "Ce n’est pas le bon code, ou il ne vaut plus. Vérifiez-le, ou demandez-en un autre. "
                "Après cinq essais, il faut recommencer.");
        portail::store::lier(tx, visitor.demandeur->id, d->id, portail::role_du_rang(e.rang),
                             portail::Voie::Recherche, le, e.rang);
        // Told where the demande says, if that is a mailbox that may be written to.
        if (canal_de_la_preuve(d->reponses, e.rang) == Canal::Courriel)
            courrier::enqueue(
                tx, courriels::rattachee({d->id, d->territoire}, boite_connue(d->reponses, e.rang)), le);
        if (e.rang > 0) ici::dire_au_demandeur(tx, *d, le);
        demande::store::noter(tx, d->id, d->territoire, Evenement::AccesOuvert,
                              e.rang == 0 ? le_demandeur : un_codemandeur, le);
        return http::redirect(ui::url("/ma-demande/{}", d->id).with("fait", "rattachement").text());
    });
}

http::Response get_numero_perdu(App&, const http::Request& request, const Visitor& visitor)
{
    return http::html(views::numero_perdu(visitor.chrome, request.param("fait") == "envoi"));
}

http::Response post_numero_perdu(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = reclamations;
    const auto qui = lire_qui_cherche(request.field("departement"), request.field("nom"),
                                      request.field("prenom"), request.field("naissance_le"));
    if (!qui) {
        const auto erreurs = qui.error();
        return http::html(views::numero_perdu(visitor.chrome, false, {&erreurs, &request.form}), 422);
    }
    const auto le = app.clock.now();
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto ou = gestion::store::orienter(tx, qui->territoire, le);
        if (const auto ailleurs = ici::gardee_ailleurs("departement", ou); !ailleurs.empty())
            return http::html(views::numero_perdu(visitor.chrome, false, {&ailleurs, &request.form}), 422);
        if (!ici::permis(app, tx, limites_de_recherche(http::ip_group(request.client_ip))))
            return ici::trop(visitor);
        for (const auto& d : store::par_identite(tx, qui->territoire, qui->identite)) {
            const auto canal = canal_de_la_preuve(d.reponses);
            if (!canal || !ici::permis(app, tx, limites_d_envoi_a(d.id, Envoi::Numero, *canal))) continue;
            if (canal == Canal::Courriel)
                courrier::enqueue(tx,
                                  courriels::numero({d.id, d.territoire}, d.reponses.texte("demandeur.email"),
                                                    numero_lu(d.numero)),
                                  le);
            else
                demande::store::preparer_lettre_d_acces(
                    tx, *demande::store::due(tx, d.id), adresse_postale(d.reponses),
                    demande::store::ObjetDeLettre::Numero, {}, jour_legal(le, d.territoire), le);
        }
        return http::redirect("/demander/numero-perdu?fait=envoi");
    });
}

http::Response get_acces(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        const auto f = demande::store::find(tx, request.capture("id"),
                                            demande::store::guichets_de(tx, visitor.agent->id), cle);
        if (!f) return introuvable(request, visitor);
        demande::store::noter_consultation(tx, *f, *visitor.agent, app.clock.now());
        const auto valeurs = f->reponses.paires();
        return http::html(views::acces(
            visitor.chrome,
            reclamations::ecran_d_acces(tx, *f, app.clock.now(), request.param("geste") == "ouvrir"),
            {nullptr, &valeurs}));
    });
}

http::Response post_acces(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = reclamations;
    const auto cle = cle_nir(app);
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto f = demande::store::find(tx, request.capture("id"),
                                            demande::store::guichets_de(tx, visitor.agent->id), cle);
        if (!f) return introuvable(request, visitor);
        const auto ouvrir = request.field("geste") == "ouvrir";
        const auto ecran = ici::ecran_d_acces(tx, *f, le, ouvrir);
        // The screen is an old one: what it asks is done, or not to be done any more.
        if (ecran.ouvrir != ouvrir || (ouvrir && (!est_en_cours(f->etat) || ecran.sans_acces.empty())))
            return http::redirect(ui::url("/demandes/{}/acces", f->id).text());
        FormErrors erreurs;
        const auto boite = ouvrir ? compte::plier_email(request.field("courriel")) : std::nullopt;
        if (ouvrir && !boite)
            erreurs.push_back(
                {"courriel", "Indiquez une adresse électronique, par exemple prenom.nom@exemple.fr."});
        auto pour = request.field("pour");
        if (ouvrir && pour.empty() && ecran.sans_acces.size() == 1) pour = ecran.sans_acces.front().value;
        if (ouvrir && std::ranges::find(ecran.sans_acces, pour, &ui::Option::value) == ecran.sans_acces.end())
            erreurs.push_back({"pour", "Choisissez la personne à qui l’accès s’ouvre."});
        if (boite && std::ranges::find(ecran.acces, *boite, &store::Acces::courriel) != ecran.acces.end())
            erreurs.push_back({"courriel", "Cette boîte suit déjà la demande\u00a0: chacun a la sienne."});
        if (request.field("identite") != "oui")
            erreurs.push_back(
                {"identite", "Cochez cette case une fois la pièce d’identité du demandeur vérifiée."});
        ici::Coordonnees relues;
        if (!ouvrir) relues = ici::coordonnees_relues(app, tx, *f, request, ecran);
        for (auto& e : relues.erreurs) erreurs.push_back(std::move(e));
        if (!erreurs.empty())
            return http::html(views::acces(visitor.chrome, ecran, {&erreurs, &request.form}), 422);
        return ouvrir ? ici::ouvrir_au_guichet(tx, *f, pour.front() - '0', *boite, *visitor.agent, le)
                      : ici::fermer_au_guichet(tx, *f, relues.change, cle, *visitor.agent, le);
    });
}

} // namespace demande::espace
