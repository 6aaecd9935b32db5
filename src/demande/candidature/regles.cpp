// The rules of a candidature. Pure.
#include "demande/candidature/regles.hpp"

#include <algorithm>
#include <set>

#include "base/expect.hpp"
#include "base/text.hpp"
#include "demande/candidature/delais.hpp"
#include "demande/formulaire.hpp"
#include "demande/radiation.hpp"

namespace demande::candidature {

struct FabriqueDeChangement {
    static Changement faire(Action action, Candidature c)
    {
        const auto* t = transition(action, c.etat);
        base::expect(t != nullptr, "a candidature moved by a transition that does not exist");
        const auto de = c.etat;
        c.etat = t->vers;
        return Changement{action, de, std::move(c)};
    }
};

namespace {
namespace regles_de_candidature {

const Candidature* trouver(const Dossier& d, std::string_view id)
{
    const auto c = std::ranges::find(d.candidatures, id, &Candidature::id);
    return c == d.candidatures.end() ? nullptr : &*c;
}

/// The candidature, if this may be done to it.
Result<Candidature> prete(const Dossier& d, std::string_view id, Action action)
{
    const auto* c = trouver(d, id);
    if (!c) return Problem::not_found();
    if (d.logement.etat != EtatLogement::Propose)
        return Problem::conflict("Ce logement n’est plus à attribuer.");
    if (!transition(action, c->etat))
        return Problem::conflict("La candidature a changé entre-temps\u00a0: elle est maintenant «\u00a0" +
                                 std::string{base::label_of(etats, c->etat)} + "\u00a0». Rechargez la page.");
    return *c;
}

Changement proposer(Candidature c, Action action, Date jour)
{
    c.offerte_le = jour;
    // By post, the delay runs from the day the letter is received: somebody notes it.
    c.repondre_avant = c.joignable ? std::optional{fin_du_delai(jour)} : std::nullopt;
    return FabriqueDeChangement::faire(action, std::move(c));
}

/// Nothing more can come of a candidature whose demande has ended.
void clore_les_finies(const Dossier& avant, Changements& changements)
{
    for (const auto& c : applique(avant, changements).candidatures)
        if (!c.en_cours && est_ouverte(c.etat))
            changements.push_back(FabriqueDeChangement::faire(Action::Clore, c));
}

/// What a commission gave, and somebody may still take.
bool est_tenu(const Dossier& d)
{
    return std::ranges::any_of(d.candidatures, [](const Candidature& c) {
        return c.en_cours &&
               (est_une_attribution(c.etat) || c.etat == Etat::Classee || c.etat == Etat::SousCondition);
    });
}

/// The dwelling goes to the next one when nobody holds it (R. 441-3, b). Somebody better ranked who still has
/// time to bring a document is waited for (c).
void promouvoir(const Dossier& avant, Changements& changements, Date jour)
{
    clore_les_finies(avant, changements);
    const auto d = applique(avant, changements);
    if (d.logement.etat != EtatLogement::Propose) return;
    const Candidature* premier = nullptr;
    for (const auto& c : d.candidatures) {
        if (est_une_attribution(c.etat)) return;
        if ((c.etat == Etat::Classee || c.etat == Etat::SousCondition) &&
            (!premier || c.rang < premier->rang))
            premier = &c;
    }
    if (premier && premier->etat == Etat::Classee)
        changements.push_back(proposer(*premier, Action::Proposer, jour));
}

} // namespace regles_de_candidature
} // namespace

namespace ici = regles_de_candidature;

Dossier applique(Dossier d, const Changements& changements)
{
    for (const auto& x : changements) {
        if (x.action() == Action::SignerBail) d.logement.etat = EtatLogement::Attribue;
        const auto c = std::ranges::find(d.candidatures, x.apres().id, &Candidature::id);
        if (c != d.candidatures.end()) *c = x.apres();
    }
    return d;
}

Result<Candidature> designer(const Logement& l, const DemandeVisee& d, bool du_prefet)
{
    if (l.etat != EtatLogement::Propose) return Problem::conflict("Ce logement n’est plus à attribuer.");
    if (!d.en_cours)
        return Problem::invalid("numero",
                                "Cette demande n’est pas en cours\u00a0: elle ne peut pas être désignée.");
    // Those who keep the dwelling could neither read the demande nor end it with the lease.
    if (d.territoire != l.territoire)
        return Problem::invalid("numero", "Cette demande est enregistrée dans le territoire " + d.territoire +
                                              ", ce logement est dans le territoire " + l.territoire +
                                              "\u00a0: elle ne peut pas y être désignée.");
    if (d.deja) return Problem::invalid("numero", "Cette demande est déjà candidate à ce logement.");
    return Candidature{.etat = transition(Action::Designer, std::nullopt)->vers, .du_prefet = du_prefet};
}

Result<Changements> demander_pieces(const Dossier& d, std::string_view id, std::string pieces)
{
    auto c = ici::prete(d, id, Action::DemanderPieces);
    if (!c) return c.error();
    if (base::trim(pieces).empty()) return Problem::invalid("pieces", "Écrivez les pièces à apporter.");
    c->attendu = std::move(pieces);
    c->complete = false;
    return Changements{FabriqueDeChangement::faire(Action::DemanderPieces, *std::move(c))};
}

Result<Changements> completer(const Dossier& d, std::string_view id)
{
    auto c = ici::prete(d, id, Action::Completer);
    if (!c) return c.error();
    c->complete = true;
    c->attendu.clear();
    return Changements{FabriqueDeChangement::faire(Action::Completer, *std::move(c))};
}

Result<Changements> proposer_visite(const Dossier& d, std::string_view id, std::optional<Date> le, Date jour)
{
    auto c = ici::prete(d, id, Action::ProposerVisite);
    if (!c) return c.error();
    if (!le || *le < base::plus_months(jour, -6) || *le > base::plus_months(jour, 6))
        return Problem::invalid("visite_le", "Écrivez la date de la visite. Par exemple\u00a0: 03/12/2026");
    c->visite_le = le;
    return Changements{FabriqueDeChangement::faire(Action::ProposerVisite, *std::move(c))};
}

Result<Changements> inscrire(const Dossier& d, std::span<const std::string> ids,
                             const std::string& commission, Date tenue_le, Date jour, bool a_statue)
{
    if (ids.empty()) return Problem::invalid("candidature", "Choisissez au moins un candidat.");
    if (tenue_le < jour) return Problem::invalid("commission", "Cette commission est passée.");
    if (a_statue)
        return Problem::invalid("commission", "Cette commission a déjà statué sur ce logement\u00a0: "
                                              "choisissez-en une autre.");
    Changements out;
    for (const auto& id : std::set<std::string>{ids.begin(), ids.end()}) {
        auto c = ici::prete(d, id, Action::Inscrire);
        if (!c) return c.error();
        if (!c->en_cours)
            return Problem::invalid("candidature", "La demande d’un de ces candidats n’est plus en cours.");
        c->commission = commission;
        out.push_back(FabriqueDeChangement::faire(Action::Inscrire, *std::move(c)));
    }
    return out;
}

bool est_dalo(const Candidature& c, Date jour)
{
    return std::ranges::any_of(
        c.dalo, [&](const std::pair<Date, Date>& p) { return p.first <= jour && jour <= p.second; });
}

Result<Changements, FormErrors> statuer(const Dossier& d, const std::string& commission, Date tenue_le,
                                        const std::vector<DecisionSaisie>& saisies,
                                        std::optional<Derogation> derogation, Date jour)
{
    FormErrors erreurs;
    const auto refuser = [&](const std::string& champ, std::string_view message) {
        erreurs.push_back({champ, std::string{message}});
    };
    const auto refuser_tout = [&](std::string_view message) {
        refuser("", message);
        return erreurs;
    };
    if (d.logement.etat != EtatLogement::Propose) return refuser_tout("Ce logement n’est plus à attribuer.");
    if (jour < tenue_le) return refuser_tout("La commission n’a pas encore eu lieu.");
    // By another commission.
    if (ici::est_tenu(d))
        return refuser_tout("Ce logement est déjà attribué par une commission\u00a0: attendez la réponse des "
                            "ménages classés.");
    std::vector<Candidature> examines;
    for (const auto& c : d.candidatures)
        if (c.en_cours && c.etat == Etat::Inscrite && c.commission == commission) examines.push_back(c);
    if (examines.empty())
        return refuser_tout("Aucun candidat n’est inscrit à cette commission pour ce logement.");
    if (examines.size() < candidats_au_moins) {
        if (!derogation)
            refuser("derogation", "La commission examine au moins trois demandes (CCH R. 441-3)\u00a0: "
                                  "indiquez pourquoi il y en a moins.");
        else if (*derogation == Derogation::TresSocial && d.logement.financement != Financement::Plai)
            refuser("derogation", "Ce logement n’est pas financé en PLAI.");
        else if (*derogation == Derogation::DesignationDuPrefet &&
                 !std::ranges::all_of(
                     examines, [&](const Candidature& c) { return c.du_prefet && est_dalo(c, tenue_le); }))
            refuser("derogation", "Ces candidats n’ont pas tous été désignés par le préfet et reconnus au "
                                  "titre du Dalo le jour de la commission.");
    }
    std::vector<std::pair<Candidature, Action>> retenus;
    Changements autres;
    ici::clore_les_finies(d, autres);
    for (auto c : examines) {
        const auto s = std::ranges::find(saisies, c.id, &DecisionSaisie::candidature);
        if (s == saisies.end() || !s->decision) {
            refuser("decision." + c.id, "Choisissez une décision pour chaque candidat.");
            continue;
        }
        c.motif.clear();
        c.attendu.clear();
        switch (*s->decision) {
        case Decision::NonAttribution:
            if (!base::from_slug(motifs_non_attribution, s->motif))
                refuser("motif." + c.id,
                        "Choisissez le motif\u00a0: il est dit au demandeur (CCH L. 441-2-2).");
            c.motif = s->motif;
            autres.push_back(FabriqueDeChangement::faire(Action::NePasAttribuer, std::move(c)));
            continue;
        case Decision::Irrecevabilite:
            if (!base::from_slug(motifs_irrecevabilite, s->motif))
                refuser("acces." + c.id,
                        "Choisissez la condition d’accès qui n’est pas remplie\u00a0: plafond ou séjour.");
            c.motif = s->motif;
            autres.push_back(FabriqueDeChangement::faire(Action::DeclarerIrrecevable, std::move(c)));
            continue;
        case Decision::Condition:
            if (base::trim(s->piece).empty()) refuser("piece." + c.id, "Écrivez la pièce qui manque.");
            if (!s->jusqu_au || *s->jusqu_au <= jour || *s->jusqu_au > base::plus_months(jour, 6))
                refuser("jusqu_au." + c.id, "Écrivez le dernier jour pour l’apporter. Par exemple\u00a0: "
                                            "15/12/2026");
            c.attendu = s->piece;
            c.condition_jusqu_au = s->jusqu_au;
            break;
        case Decision::Attribution:
        case Decision::Classement:
            // c) is what the law gives when a document is missing.
            if (!c.complete)
                refuser("decision." + c.id, "Il manque des pièces\u00a0: attribuez sous condition, ou notez "
                                            "d’abord que le dossier est complet.");
            break;
        }
        c.rang = lire_entier(s->rang, 99).value_or(0);
        retenus.emplace_back(std::move(c), action_de(*s->decision));
    }
    // One household kept is the first; several are ranked without a gap (b).
    if (retenus.size() == 1) {
        retenus.front().first.rang = 1;
    } else {
        std::set<int> rangs;
        for (const auto& [c, action] : retenus) {
            if (action == Action::Attribuer)
                refuser("decision." + c.id,
                        "Plusieurs candidats sont retenus\u00a0: choisissez l’attribution selon le rang.");
            if (c.rang < 1 || c.rang > static_cast<int>(retenus.size()) || !rangs.insert(c.rang).second)
                refuser("rang." + c.id,
                        "Donnez à chacun un rang différent, de 1 à " + std::to_string(retenus.size()) + ".");
        }
    }
    if (!erreurs.empty()) return erreurs;
    std::ranges::sort(retenus, {}, [](const auto& r) { return r.first.rang; });
    Changements out = std::move(autres);
    for (auto& [c, action] : retenus) {
        // Ranked alone, and nothing missing: the offer is made at once.
        if (action == Action::Attribuer)
            out.push_back(ici::proposer(std::move(c), action, jour));
        else
            out.push_back(FabriqueDeChangement::faire(action, std::move(c)));
    }
    ici::promouvoir(d, out, jour);
    return out;
}

Result<Changements> lever_condition(const Dossier& d, std::string_view id, Date jour)
{
    auto c = ici::prete(d, id, Action::LeverCondition);
    if (!c) return c.error();
    if (c->condition_jusqu_au && jour > *c->condition_jusqu_au)
        return Problem::conflict("La pièce devait venir avant le " + base::in_words(*c->condition_jusqu_au) +
                                 " inclus.");
    c->complete = true;
    c->attendu.clear();
    c->condition_jusqu_au.reset();
    Changements out{FabriqueDeChangement::faire(Action::LeverCondition, *std::move(c))};
    ici::promouvoir(d, out, jour);
    return out;
}

Result<Changements> notifier(const Dossier& d, std::string_view id, std::optional<Date> remise_le, Date jour)
{
    auto c = ici::prete(d, id, Action::Notifier);
    if (!c) return c.error();
    if (c->repondre_avant) return Problem::conflict("Cette proposition est déjà notée comme remise.");
    if (!remise_le || *remise_le > jour || (c->offerte_le && *remise_le < *c->offerte_le))
        return Problem::invalid("remise_le", "Écrivez le jour où le demandeur a reçu la proposition.");
    c->repondre_avant = fin_du_delai(*remise_le);
    return Changements{FabriqueDeChangement::faire(Action::Notifier, *std::move(c))};
}

Changements constater_l_envoi(const Dossier& d, std::string_view id, Date parti_le)
{
    const auto* c = ici::trouver(d, id);
    if (!c || c->etat != Etat::Attribuee) return {};
    const auto fin = fin_du_delai(parti_le);
    if (c->repondre_avant && fin <= *c->repondre_avant) return {};
    auto plus_tard = *c;
    plus_tard.repondre_avant = fin;
    return {FabriqueDeChangement::faire(Action::Notifier, std::move(plus_tard))};
}

Result<Changements> accepter(const Dossier& d, std::string_view id, Date jour)
{
    auto c = ici::prete(d, id, Action::Accepter);
    if (!c) return c.error();
    if (c->repondre_avant && jour > *c->repondre_avant)
        return Problem::conflict("La réponse était attendue jusqu’au " + base::in_words(*c->repondre_avant) +
                                 " inclus.");
    c->repondre_avant.reset();
    return Changements{FabriqueDeChangement::faire(Action::Accepter, *std::move(c))};
}

Result<Changements> refuser(const Dossier& d, std::string_view id, std::string_view motif, Date jour)
{
    auto c = ici::prete(d, id, Action::Refuser);
    if (!c) return c.error();
    if (!base::from_slug(motifs_refus, motif))
        return Problem::invalid("motif", "Choisissez une raison de la liste.");
    c->motif = motif;
    c->repondre_avant.reset();
    c->condition_jusqu_au.reset();
    Changements out{FabriqueDeChangement::faire(Action::Refuser, *std::move(c))};
    ici::promouvoir(d, out, jour);
    return out;
}

Result<Changements> signer_bail(const Dossier& d, std::string_view id, const Bail& bail, Date jour)
{
    auto c = ici::prete(d, id, Action::SignerBail);
    if (!c) return c.error();
    if (bail.signe_le > jour || bail.signe_le < base::plus_months(jour, -6))
        return Problem::invalid("signe_le",
                                "Écrivez le jour de la signature, passé. Par exemple\u00a0: 21/11/2026");
    Changements out{FabriqueDeChangement::faire(Action::SignerBail, *std::move(c))};
    for (const auto& autre : d.candidatures)
        if (autre.id != id && est_ouverte(autre.etat))
            out.push_back(FabriqueDeChangement::faire(Action::Clore, autre));
    return out;
}

Changements retirer(const Dossier& d, std::string_view id, Date jour)
{
    Changements out;
    if (const auto* c = ici::trouver(d, id); c && est_ouverte(c->etat)) {
        out.push_back(FabriqueDeChangement::faire(Action::Clore, *c));
        ici::promouvoir(d, out, jour);
    }
    return out;
}

Result<Changements> retirer_le_logement(const Dossier& d)
{
    if (d.logement.etat != EtatLogement::Propose)
        return Problem::conflict("Ce logement n’est plus à attribuer.");
    // What a commission gave stands until it is answered: nobody takes it back.
    if (ici::est_tenu(d))
        return Problem::conflict(
            "Une commission a attribué ce logement\u00a0: attendez la réponse des ménages "
            "retenus.");
    Changements out;
    for (const auto& c : d.candidatures)
        if (est_ouverte(c.etat)) out.push_back(FabriqueDeChangement::faire(Action::Clore, c));
    return out;
}

Changements echoir(const Dossier& d, Date jour, std::optional<Date> ici_depuis)
{
    Changements out;
    for (const auto& c : d.candidatures) {
        const auto le = a_revoir_le(c);
        if (le && *le <= jour && (!ici_depuis || *le > *ici_depuis))
            out.push_back(FabriqueDeChangement::faire(
                c.etat == Etat::Attribuee ? Action::ConstaterSilence : Action::ConstaterCondition, c));
    }
    if (!out.empty()) ici::promouvoir(d, out, jour);
    return out;
}

std::optional<Date> a_revoir_le(const Candidature& c)
{
    if (c.etat == Etat::Attribuee && c.repondre_avant) return base::plus_days(*c.repondre_avant, 1);
    if (c.etat == Etat::SousCondition && c.condition_jusqu_au)
        return base::plus_days(*c.condition_jusqu_au, 1);
    return std::nullopt;
}

} // namespace demande::candidature
