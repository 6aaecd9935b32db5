// Checking the answers of the deposit, and turning complete answers into a report.
#include "signalement/depot/formulaire.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "signalement/depot/lecture.hpp"
#include "territoire/recherche.hpp"

namespace signalement::depot {

namespace {
namespace regles {

bool est_alphanumerique(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/// « exemple.fr », which mail programs turn into a link. Not « M.Durand » nor « S.A.R.L. »: at most three
/// signs stand before the dot of an abbreviation.
bool nomme_un_site(std::string_view texte)
{
    for (std::size_t point = texte.find('.'); point != std::string_view::npos;
         point = texte.find('.', point + 1)) {
        std::size_t avant = 0;
        while (avant < point && est_alphanumerique(texte[point - avant - 1])) ++avant;
        std::size_t apres = 0;
        while (point + apres + 1 < texte.size() && est_alphanumerique(texte[point + apres + 1])) ++apres;
        if (avant > 3 && apres > 1) return true;
    }
    return false;
}

/// A name is written in messages to people whom its author chose: it must not carry a link to them.
std::string reproche_du_nom(std::string_view texte)
{
    if (texte.find_first_of("\n\t") != std::string_view::npos) return "Écrivez ce nom sur une seule ligne.";
    std::string minuscules{texte};
    for (auto& c : minuscules)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const auto contient = [&](std::string_view s) { return minuscules.find(s) != std::string::npos; };
    if (contient("://") || contient("www.") || contient("@"))
        return "Écrivez seulement un nom, sans adresse de site ni adresse électronique.";
    if (nomme_un_site(texte))
        return "Écrivez seulement un nom, sans adresse de site ; après un point, laissez une espace.";
    return {};
}

/// What is wrong with one answer, in words that say what to do; empty when nothing is.
std::string reproche(const Question& q, const Reponses& r, const Contexte& c)
{
    if (!r.a(q.slug)) return q.exigee;
    const auto& texte = r.texte(q.slug);
    const auto connue = [&](const std::string& v) {
        return std::ranges::find(q.choix, v, &Choix::valeur) != q.choix.end();
    };
    switch (q.genre) {
    case Genre::Nom:
        if (auto reproche = reproche_du_nom(texte); !reproche.empty()) return reproche;
        [[fallthrough]];
    case Genre::Texte:
    case Genre::TexteLong:
        if (base::length(texte) > q.longueur_max)
            return fmt::format("Raccourcissez ce texte : {} caractères au plus, il en compte {}.",
                               q.longueur_max, base::length(texte));
        return {};
    case Genre::Email:
        if (texte.size() > q.longueur_max || !base::parse_email(texte))
            return "Corrigez l’adresse électronique, sur le modèle : nom@exemple.fr";
        return {};
    case Genre::Telephone:
        if (!base::parse_phone(texte))
            return "Corrigez le numéro de téléphone, sur le modèle : 06 12 34 56 78";
        return {};
    case Genre::Date: {
        const auto d = base::parse_typed_date(texte);
        if (!d || d->year < 1900) return "Indiquez une date qui existe, sur le modèle : 01/09/2021";
        if (*d > c.aujourd_hui) return "Indiquez une date passée.";
        return {};
    }
    case Genre::Mois: {
        const auto m = lire_mois(texte);
        if (!m) return "Indiquez un mois et une année, sur le modèle : 03/2026";
        if (*m > base::to_iso(c.aujourd_hui).substr(0, 7)) return "Indiquez un mois passé.";
        return {};
    }
    case Genre::Annee:
        if (!lire_entier(texte, q.min, c.aujourd_hui.year))
            return fmt::format("Indiquez une année entre {} et {}.", q.min, c.aujourd_hui.year);
        return {};
    case Genre::Entier:
        if (!lire_entier(texte, q.min, q.max))
            return fmt::format("Indiquez un nombre entier entre {} et {}, en chiffres.", q.min, q.max);
        return {};
    case Genre::Surface:
        if (!lire_surface_dm2(texte)) return "Indiquez une surface en mètres carrés, par exemple : 32 ou 8,5";
        return {};
    case Genre::Montant:
        if (!lire_montant_centimes(texte)) return "Indiquez un montant en euros, par exemple : 450 ou 452,30";
        return {};
    case Genre::Choix:
        if (!connue(texte)) return "Choisissez une des réponses proposées.";
        return {};
    case Genre::Cases:
        if (!std::ranges::all_of(r.liste(q.slug), connue)) return "Choisissez parmi les réponses proposées.";
        return {};
    case Genre::Case:
        if (texte != "oui") return q.exigee.empty() ? "Cochez ou décochez cette case." : q.exigee;
        return {};
    }
    throw base::Bug{"kind of question without a check"};
}

/// Rules that look at several answers of a screen.
void ensemble(const Etape& e, const Reponses& r, FormErrors& erreurs)
{
    const auto sans_reproche = [&](std::string_view champ) {
        return std::ranges::none_of(erreurs, [&](const auto& x) { return x.field == champ; });
    };
    if (e.slug == etape::adresse && !r.a(reconnue::insee) && sans_reproche("adresse"))
        erreurs.insert(erreurs.begin(),
                       {"adresse", "Indiquez l’adresse du logement, puis choisissez-la dans la liste."});
    if (e.slug == etape::coordonnees && !r.a("email") && !r.a("telephone") && sans_reproche("email"))
        erreurs.push_back({"email",
                           "Indiquez une adresse électronique ou un téléphone, pour que nous puissions vous "
                           "répondre."});
    // Their page asks for the name: a link without a name to give would open nothing.
    if (e.slug == etape::occupant && r.est("occupant_prevenu", "oui") && r.a("occupant_email") &&
        !r.a("occupant_nom") && sans_reproche("occupant_nom"))
        erreurs.push_back({"occupant_nom",
                           "Indiquez le nom de cette personne : il lui sera demandé pour ouvrir "
                           "sa page de suivi."});
    if (e.slug == etape::logement) {
        const auto personnes = lire_entier(r.texte("personnes"), 1, 99);
        const auto enfants = lire_entier(r.texte("enfants"), 0, 98);
        if (enfants && personnes && *enfants > *personnes)
            erreurs.push_back(
                {"enfants", fmt::format("Vérifiez ces nombres : il ne peut pas y avoir plus d’enfants ({}) "
                                        "que de personnes ({}).",
                                        *enfants, *personnes)});
    }
    if (e.slug == etape::desordres && !r.a("categories_logement") && !r.a("categories_batiment") &&
        erreurs.empty())
        erreurs.push_back({"categories_logement", "Cochez au moins un sujet."});
    if (desordre::find_categorie(e.slug) != nullptr && std::ranges::none_of(e.questions, [&](const auto& q) {
            return q.genre == Genre::Case && r.est(q.slug, "oui");
        }))
        erreurs.push_back({e.questions.front().slug,
                           "Cochez au moins un problème, ou revenez en arrière pour retirer ce sujet."});
}

std::string en_mots(const Question& q, const Reponses& r)
{
    const auto libelle = [&](const std::string& v) {
        const auto it = std::ranges::find(q.choix, v, &Choix::valeur);
        return it == q.choix.end() ? v : it->libelle;
    };
    const auto& texte = r.texte(q.slug);
    if (texte.empty()) return {};
    switch (q.genre) {
    case Genre::Choix:
        return libelle(texte);
    case Genre::Cases: {
        std::vector<std::string> l;
        for (const auto& v : r.liste(q.slug)) l.push_back(libelle(v));
        return base::join(l, "\n");
    }
    case Genre::Case:
        return "Oui";
    case Genre::Telephone:
        if (const auto t = base::parse_phone(texte)) return base::format_phone(*t);
        return texte;
    case Genre::Date:
        if (const auto d = base::parse_typed_date(texte)) return base::in_words(*d);
        return texte;
    case Genre::Mois:
        if (const auto m = lire_mois(texte)) return mois_en_mots(*m);
        return texte;
    case Genre::Entier:
    case Genre::Surface:
    case Genre::Montant:
        return q.unite.empty() || texte.ends_with(q.unite) ? texte : texte + "\u00a0" + q.unite;
    case Genre::Texte:
    case Genre::Nom:
    case Genre::TexteLong:
    case Genre::Email:
    case Genre::Annee:
        return texte;
    }
    throw base::Bug{"kind of question without words"};
}

} // namespace regles

namespace valeurs {

std::string email(const Reponses& r, std::string_view slug)
{
    return base::parse_email(r.texte(slug)).value_or("");
}

std::string telephone(const Reponses& r, std::string_view slug)
{
    return base::parse_phone(r.texte(slug)).value_or("");
}

std::optional<Reponse> reponse(const Reponses& r, std::string_view slug)
{
    return base::from_slug(desordre::reponses, r.texte(slug));
}

std::optional<double> nombre_decimal(const Reponses& r, std::string_view slug)
{
    const auto& t = r.texte(slug);
    if (t.empty()) return std::nullopt;
    return std::stod(t);
}

Adresse adresse(const Reponses& r)
{
    Adresse a{.libelle = r.texte(reconnue::libelle),
              .code_postal = r.texte(reconnue::code_postal),
              .commune = r.texte(reconnue::commune),
              .insee = r.texte(reconnue::insee),
              .ban_id = {},
              .lon = nombre_decimal(r, reconnue::lon),
              .lat = nombre_decimal(r, reconnue::lat),
              .etage = r.texte("etage"),
              .escalier = r.texte("escalier"),
              .porte = r.texte("porte"),
              .autre = r.texte("adresse_autre")};
    if (r.a(reconnue::id)) a.ban_id = r.texte(reconnue::id);
    return a;
}

Bailleur bailleur(const Reponses& r, const Declarant& d)
{
    Bailleur b{.type = base::from_slug(types_bailleur, r.texte("bailleur_type")),
               .nom = r.texte("bailleur_nom"),
               .email = email(r, "bailleur_email"),
               .telephone = telephone(r, "bailleur_telephone"),
               .adresse = r.texte("bailleur_adresse"),
               .prevenu = reponse(r, "bailleur_prevenu"),
               .prevenu_mois = lire_mois(r.texte("bailleur_prevenu_mois")).value_or(""),
               .prevenu_moyen = base::from_slug(moyens_contact, r.texte("bailleur_prevenu_moyen")),
               .reponse = r.texte("bailleur_reponse")};
    if (d.profil == Profil::Bailleur) {
        b.nom = d.organisation.empty() ? d.contact.prenom + " " + d.contact.nom : d.organisation;
        b.email = d.contact.email;
        b.telephone = d.contact.telephone;
        b.prevenu = Reponse::Oui;
    }
    return b;
}

Logement logement(const Reponses& r)
{
    Logement l{.nature_autre = r.texte("nature_autre"),
               .social = {},
               .annee_construction = lire_entier(r.texte("annee_construction"), 1000, 9999),
               .bail = reponse(r, "bail"),
               .loyer_centimes = lire_montant_centimes(r.texte("loyer")),
               .allocation = base::from_slug(allocations, r.texte("allocation")),
               .numero_allocataire = r.texte("numero_allocataire"),
               .vulnerabilite = r.texte("vulnerabilite")};
    if (r.est("bailleur_type", "social"))
        l.social = Reponse::Oui;
    else if (r.est("bailleur_type", "nsp"))
        l.social = Reponse::Nsp;
    else if (r.a("bailleur_type"))
        l.social = Reponse::Non;
    return l;
}

Demarches demarches(const Reponses& r)
{
    return {.travailleur_social = reponse(r, "travailleur_social"),
            .structure_sociale = r.texte("structure_sociale"),
            .assurance = base::from_slug(assurances, r.texte("assurance")),
            .reponse_assurance = r.texte("reponse_assurance"),
            .demande_relogement = reponse(r, "demande_relogement"),
            .veut_partir = reponse(r, "veut_partir"),
            .preavis_depose = reponse(r, "preavis_depose"),
            .visite_acceptee = reponse(r, "visite_acceptee"),
            .bailleur_peut_etre_prevenu = reponse(r, "bailleur_peut_etre_prevenu")};
}

Signalement signalement(const Reponses& r)
{
    Signalement s;
    s.adresse = adresse(r);
    s.declarant = {.profil = *base::from_slug(profils, r.texte("profil")),
                   .organisation = r.texte("organisation"),
                   .contact = {.nom = r.texte("nom"),
                               .prenom = r.texte("prenom"),
                               .email = email(r, "email"),
                               .telephone = telephone(r, "telephone")},
                   .lien = r.texte("lien")};
    s.vacant = r.est("occupe", "non");
    if (!est_occupant(s.declarant.profil))
        s.occupant = Occupant{.contact = {.nom = r.texte("occupant_nom"),
                                          .prenom = r.texte("occupant_prenom"),
                                          .email = email(r, "occupant_email"),
                                          .telephone = telephone(r, "occupant_telephone")},
                              .statut = base::from_slug(statuts_occupant, r.texte("occupant_statut")),
                              .prevenu = r.est("occupant_prevenu", "oui")};
    s.bailleur = bailleur(r, s.declarant);
    s.decrit = logement_decrit(r);
    s.logement = logement(r);
    s.demarches = demarches(r);
    s.description = r.texte("description");
    s.debut = base::from_slug(debuts, r.texte("debut"));
    s.constate = reponse(r, "constate");
    s.danger_declare = r.est("danger", "oui");
    return s;
}

bool est_dangereuse(const desordre::PrecisionChoisie& p)
{
    const auto* ligne = desordre::find_precision(p.slug);
    return ligne != nullptr && ligne->danger;
}

} // namespace valeurs
} // namespace

FormErrors valider(const Etape& e, const Reponses& retenues, const Contexte& c)
{
    FormErrors erreurs;
    for (const auto& q : e.questions) {
        if (!posee(q, retenues)) continue;
        if (auto reproche = regles::reproche(q, retenues, c); !reproche.empty())
            erreurs.push_back({q.slug, std::move(reproche)});
    }
    regles::ensemble(e, retenues, erreurs);
    return erreurs;
}

std::size_t premiere_incomplete(const Parcours& p, const Contexte& c)
{
    for (std::size_t i = 0; i < p.etapes.size(); ++i)
        if (!valider(p.etapes[i], p.retenues, c).empty()) return i;
    return p.etapes.size();
}

std::vector<LigneRecapitulatif> recapitulatif(const Etape& e, const Reponses& retenues)
{
    std::vector<LigneRecapitulatif> out;
    const auto case_de = [&](const Question& q) -> const Question* {
        if (!q.si) return nullptr;
        const auto it = std::ranges::find(e.questions, q.si->question, &Question::slug);
        return it != e.questions.end() && it->genre == Genre::Case ? &*it : nullptr;
    };
    for (const auto& q : e.questions) {
        if (!posee(q, retenues) || case_de(q) != nullptr) continue;
        if (q.genre != Genre::Case) {
            out.push_back({q.slug, q.libelle, regles::en_mots(q, retenues)});
            continue;
        }
        if (!retenues.a(q.slug)) continue; // an unticked box is not an answer
        std::vector<std::string> suites;
        for (const auto& suite : e.questions)
            if (case_de(suite) == &q && posee(suite, retenues) && retenues.a(suite.slug))
                suites.push_back(suite.libelle + " " +
                                 base::join(base::split(regles::en_mots(suite, retenues), '\n'), ", "));
        out.push_back({q.slug, q.libelle, suites.empty() ? "Oui" : base::join(suites, "\n")});
    }
    return out;
}

Result<Depot, FormErrors> lire(const Parcours& p, const Contexte& c)
{
    FormErrors erreurs;
    for (const auto& e : p.etapes)
        for (auto& erreur : valider(e, p.retenues, c)) erreurs.push_back(std::move(erreur));
    if (p.retenues.est("profil", profil_non_admis))
        erreurs.push_back({"profil", "Dans ce département, le service n’est pas ouvert aux particuliers."});
    if (!erreurs.empty()) return erreurs;

    Depot d;
    d.signalement = valeurs::signalement(p.retenues);
    auto& s = d.signalement;
    d.precisions = desordre::toutes_les_precisions(desordres_coches(p), s.decrit);
    s.danger = s.danger_declare || std::ranges::any_of(d.precisions, valeurs::est_dangereuse);
    s.gravite = desordre::gravite(d.precisions, s.decrit, s.danger_declare).gravite;
    s.criticite = desordre::score(d.precisions, s.decrit);
    d.procedures = desordre::procedures_suspectees(d.precisions, s.decrit, c.aujourd_hui);
    return d;
}

std::string cle_d_adresse(const Adresse& a)
{
    return territoire::texte_recherche(a.libelle) + "|" + a.insee;
}

std::string reference(std::string_view territoire, int annee, std::int64_t numero)
{
    return fmt::format("{}-{}-{:06}", territoire, annee, numero);
}

} // namespace signalement::depot
