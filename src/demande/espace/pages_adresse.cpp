// The code that proves the mailbox declared online for a demande, which only then becomes the one of the
// demande.
#include <algorithm>

#include "base/crypto.hpp"
#include "compte/envoi_unique.hpp"
#include "compte/pages_communs.hpp"
#include "compte/store.hpp"
#include "courrier/store.hpp"
#include "demande/chargement.hpp"
#include "demande/echeancier.hpp"
#include "demande/espace/adresse.hpp"
#include "demande/espace/commun.hpp"
#include "demande/espace/courriels.hpp"
#include "demande/espace/pages.hpp"
#include "demande/espace/rattachement.hpp"
#include "demande/espace/store_adresse.hpp"
#include "demande/portail/demandeur.hpp"
#include "demande/saisie.hpp"
#include "demande/store_versions.hpp"
#include "edge.hpp"

namespace demande::espace {

namespace {
namespace adresse_prouvee {

constexpr std::string_view renouveler = "renouveler";

views::EcranDAdresse ecran(const demande::store::Fiche& f, const http::Request& request, std::string courriel)
{
    const bool pour = request.param("pour") == renouveler || request.field("pour") == renouveler;
    return {.de = en_tete(f), .courriel = std::move(courriel), .pour_renouveler = pour};
}

/// To whoever read the demande by the mailbox that was known, and to its other accounts.
void prevenir(db::Transaction& tx, const demande::store::Fiche& f, const Visitor& visitor, Instant le)
{
    std::vector<std::string> boites;
    if (joignable_par_courriel(f.reponses)) boites.push_back(f.reponses.texte("demandeur.email"));
    for (auto& a : store::acces(tx, f.id))
        if (a.courriel != visitor.demandeur->courriel &&
            std::ranges::find(boites, a.courriel) == boites.end() &&
            !f.reponses.est("motif.violences", "oui"))
            boites.push_back(std::move(a.courriel));
    for (auto& boite : boites)
        courrier::enqueue(tx, courriels::adresse_changee({f.id, f.territoire}, std::move(boite)), le);
}

} // namespace adresse_prouvee
} // namespace

Result<base::Ok> envoyer_le_code_d_adresse(App& app, db::Transaction& tx, const demande::store::Fiche& f,
                                           const Visitor& visitor, const std::string& courriel,
                                           const std::string& secret)
{
    const auto le = app.clock.now();
    const auto compteurs = compte::store::secret(app.db, compte::store::secret_csrf, le);
    if (!compte::store::tenter(tx, compteurs, limites_d_une_adresse(f.id, courriel), le).permise)
        return Problem::invalid("demandeur.email",
                                "Plusieurs codes viennent déjà de partir. Gardez l’adresse connue pour le "
                                "moment, et recommencez demain.");
    const auto code = base::random_digits(portail::chiffres_du_code);
    store::attendre_adresse(tx, secret, f, visitor.demandeur->id, courriel, code, le,
                            le.plus_seconds(cle_par_courriel_secondes));
    courrier::enqueue(tx, courriels::code_d_adresse({f.id, f.territoire}, courriel, code), le);
    return base::Ok{};
}

http::Response get_adresse(App& app, const http::Request& request, const Visitor& visitor)
{
    const auto cle = cle_nir(app);
    auto tx = app.db.read();
    const auto f = ouvrir_soi_meme(app, tx, request, visitor, cle);
    if (!f) return introuvable(request, visitor);
    auto attendue = store::adresse_attendue(tx, f->id, visitor.demandeur->id, app.clock.now());
    if (!attendue) return vers(*f, {});
    return http::html(
        views::adresse(visitor.chrome, adresse_prouvee::ecran(*f, request, *std::move(attendue))));
}

http::Response post_adresse(App& app, const http::Request& request, const Visitor& visitor)
{
    namespace ici = adresse_prouvee;
    const auto cle = cle_nir(app);
    const auto code = portail::lire_code(request.field("code"));
    const auto secret = compte::store::secret(app.db, store::secret_cle, app.clock.now());
    return compte::une_fois(app, request, visitor, [&](db::Transaction& tx) -> http::Response {
        const auto le = app.clock.now();
        const auto f = ouvrir_soi_meme(app, tx, request, visitor, cle);
        if (!f) return introuvable(request, visitor);
        if (auto ailleurs = suivie_ailleurs(*f, visitor)) return *std::move(ailleurs);
        const auto refuser = [&](std::string message) {
            const FormErrors erreurs{{"code", std::move(message)}};
            return http::html(
                views::adresse(
                    visitor.chrome,
                    ici::ecran(*f, request,
                               store::adresse_attendue(tx, f->id, visitor.demandeur->id, le).value_or("")),
                    {&erreurs, &request.form}),
                422);
        };
        if (code.empty()) return refuser("Tapez les huit chiffres du code.");
        if (!est_modifiable(*f)) return vers(*f, {});
        const auto essai = store::essayer_adresse(tx, secret, f->id, visitor.demandeur->id, code, le);
        if (essai.verdict == store::Verdict::Perime) return vers(*f, {}, "adresse_perimee");
        if (essai.verdict == store::Verdict::Faux)
            return refuser("Ce n’est pas le bon code. Regardez le dernier message reçu. Après cinq essais, "
                           "il faut recommencer.");
        auto saisies = f->reponses;
        saisies.mettre("demandeur.email", essai.courriel);
        const auto c = changer_en_ligne(f->reponses, *volet_en_ligne("coordonnees"), saisies,
                                        contexte_de_modification(app, tx, *f, f->reponses), f->rang);
        // Something else of the demande has to be corrected first: said on its screen.
        if (!c) return vers(*f, "situation/coordonnees");
        demande::store::modifier(tx, *f, *c, le_demandeur, cle, le);
        ici::prevenir(tx, *f, visitor, le);
        const auto pour = request.field("pour") == ici::renouveler;
        return pour ? vers(*f, "renouveler") : vers(*f, {}, "adresse");
    });
}

} // namespace demande::espace
