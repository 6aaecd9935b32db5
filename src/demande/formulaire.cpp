// Reads the form of a demande. Pure.
#include "demande/formulaire.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/jalons.hpp"
#include "demande/nir.hpp"
#include "demande/numero.hpp"
#include "demande/territoires.hpp"

namespace demande {

namespace {
namespace lecture {

/// The numéro unique is that old: no deposit before it.
constexpr Date premier_depot{2001, 1, 1};
constexpr int grossesse_mois = 9;

const Rubrique& rubrique(std::string_view slug)
{
    return *std::ranges::find(rubriques(), slug, &Rubrique::slug);
}

bool que_des_chiffres(std::string_view s)
{
    return !s.empty() && std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

std::string sans_espaces(std::string_view s)
{
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s.substr(i).starts_with("\u00a0"))
            ++i;
        else if (s.substr(i).starts_with("\u202f"))
            i += 2;
        else if (s[i] != ' ')
            out += s[i];
    }
    return out;
}

bool luhn(std::string_view s)
{
    int somme = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        int c = s[s.size() - 1 - i] - '0';
        if (i % 2 == 1) c = c * 2 > 9 ? c * 2 - 9 : c * 2;
        somme += c;
    }
    return somme % 10 == 0;
}

std::optional<std::string> refus_d_un_texte(const Question& q, const std::string& texte)
{
    const auto propre = base::clean_text(texte);
    if (!propre) return "Ce texte ne peut pas être lu.";
    if (base::length(*propre) > static_cast<std::size_t>(q.max))
        return fmt::format("Écrivez {} caractères au plus.", q.max);
    if (q.genre == Genre::Nom &&
        (propre->find("://") != std::string::npos || propre->find("www.") != std::string::npos))
        return "Écrivez un nom, sans adresse de site.";
    return std::nullopt;
}

std::optional<std::string> refus_d_une_date(const Question& q, const std::string& texte, Date aujourd_hui)
{
    const auto d = base::parse_typed_date(texte);
    if (!d || d->year < 1900) return "Indiquez une date, par exemple 21/11/2026.";
    if (q.genre == Genre::Date && *d > aujourd_hui) return "Cette date n’est pas encore passée.";
    if (q.genre == Genre::DateAVenir && *d > base::plus_months(aujourd_hui, grossesse_mois))
        return "Cette date est trop lointaine.";
    return std::nullopt;
}

/// What is wrong with an answer that was given; nothing when it can be kept.
std::optional<std::string> refus(const Question& q, const std::string& texte, const Contexte& c)
{
    switch (q.genre) {
    case Genre::Texte:
    case Genre::Nom:
    case Genre::TexteLong:
    case Genre::Commune:
        return refus_d_un_texte(q, texte);
    case Genre::Date:
    case Genre::DateAVenir:
        return refus_d_une_date(q, texte, c.aujourd_hui);
    case Genre::Email:
        if (!base::parse_email(texte)) return "Cette adresse électronique n’est pas valable.";
        break;
    case Genre::Telephone:
        if (!base::parse_phone(texte)) return "Ce numéro de téléphone n’est pas valable.";
        break;
    case Genre::CodePostal:
        if (texte.size() != 5 || !que_des_chiffres(texte)) return "Un code postal a cinq chiffres.";
        break;
    case Genre::Entier:
    case Genre::Montant:
        if (!lire_entier(texte, q.max)) return fmt::format("Indiquez un nombre entier, {} au plus.", q.max);
        break;
    case Genre::Nir:
        if (const auto nir = lire_nir(texte); !nir) return nir.error().message;
        break;
    case Genre::Siret:
        if (!est_un_siret(texte)) return "Ce Siret n’est pas correct. Vérifiez ses 14 chiffres.";
        break;
    case Genre::Siren:
        if (!est_un_siren(texte)) return "Ce Siren n’est pas correct. Vérifiez ses 9 chiffres.";
        break;
    case Genre::Numero:
        if (const auto n = lire_numero(texte); !n) return n.error().message;
        break;
    case Genre::Choix:
        if (std::ranges::find(q.choix, texte, &ReponsePossible::valeur) == q.choix.end())
            return "Choisissez une réponse de la liste.";
        break;
    case Genre::OuiNon:
        if (texte != "oui" && texte != "non") return "Choisissez oui ou non.";
        break;
    case Genre::Case:
        if (texte != "oui") return "Cochez ou ne cochez pas cette case.";
        break;
    }
    return std::nullopt;
}

std::string a_indiquer(const Question& q)
{
    return q.genre == Genre::Choix ? fmt::format("Choisissez une réponse\u00a0: {}.", q.libelle)
                                   : fmt::format("Indiquez\u00a0: {}.", q.libelle);
}

/// What nobody can be registered without, wherever the demande comes from.
bool est_essentielle(const Question& q)
{
    return q.slug == "nom" || q.slug == "prenom" || q.slug == "naissance_le" || q.slug == "depose_le" ||
           q.genre == Genre::Commune;
}

void valider_ligne(const Rubrique& r, int ligne, const Reponses& reponses, const Contexte& c,
                   FormErrors& erreurs)
{
    const bool comptee = r.lignes == 1 || est_remplie(r, ligne, reponses);
    for (const auto& q : r.questions) {
        const auto nom = champ(r, ligne, q);
        const auto& texte = reponses.texte(nom);
        if (texte.empty()) {
            if (comptee && q.exigence == Exigence::Obligatoire && (!c.reprise || est_essentielle(q)))
                erreurs.push_back({nom, a_indiquer(q)});
        } else if (auto message = refus(q, texte, c)) {
            erreurs.push_back({nom, *std::move(message)});
        }
    }
}

/// One demande, one territory; a commune is asked once (CCH R. 441-2-2).
void valider_communes(const Reponses& reponses, const Contexte& c, FormErrors& erreurs)
{
    const auto& r = rubrique("localisation");
    const auto nom = [&](int ligne) { return champ(r, ligne, r.questions.front()); };
    std::vector<std::string> vues;
    bool une = false;
    for (int ligne = 1; ligne <= r.lignes; ++ligne) {
        if (!reponses.a(nom(ligne))) continue;
        une = true;
        const auto rang = static_cast<std::size_t>(ligne - 1);
        const auto insee = rang < c.communes.size() ? c.communes[rang] : std::nullopt;
        if (!insee) {
            erreurs.push_back({nom(ligne),
                               "Cette commune n’est pas reconnue, ou plusieurs portent ce nom\u00a0: ajoutez "
                               "le code postal, ou écrivez le code Insee."});
            continue;
        }
        if (std::ranges::find(vues, *insee) != vues.end())
            erreurs.push_back({nom(ligne), "Cette commune est déjà demandée."});
        else if (territoire_de_la_commune(*insee) != c.territoire)
            erreurs.push_back(
                {nom(ligne), "Cette commune n’est pas dans le territoire de votre guichet. Une demande vaut "
                             "pour un seul territoire\u00a0: il en faut une autre, là-bas."});
        vues.push_back(*insee);
    }
    if (!une && !c.reprise) erreurs.push_back({nom(1), "Indiquez une commune au moins."});
}

Adulte adulte(const Reponses& r, int rang, const std::string& prefixe)
{
    const auto nir = lire_nir(r.texte(prefixe + "nir"));
    return {.rang = rang,
            .nom = r.texte(prefixe + "nom"),
            .prenom = r.texte(prefixe + "prenom"),
            .naissance_le = base::parse_typed_date(r.texte(prefixe + "naissance_le")).value(),
            .nir = nir ? *nir : std::string{}};
}

int entier(const Reponses& r, std::string_view champ)
{
    return lire_entier(r.texte(champ), 1'000'000).value_or(0);
}

int lignes_remplies(std::string_view slug, const Reponses& reponses)
{
    const auto& r = rubrique(slug);
    int n = 0;
    for (int ligne = 1; ligne <= r.lignes; ++ligne) n += est_remplie(r, ligne, reponses) ? 1 : 0;
    return n;
}

int age(Date naissance, Date jour)
{
    int ans = jour.year - naissance.year;
    if (base::plus_months(naissance, ans * 12) > jour) --ans;
    return ans;
}

} // namespace lecture
} // namespace

bool est_remplie(const Rubrique& r, int ligne, const Reponses& reponses)
{
    return std::ranges::any_of(r.questions,
                               [&](const Question& q) { return reponses.a(champ(r, ligne, q)); });
}

bool concerne(const Rubrique& r, const Reponses& reponses)
{
    if (r.slug == "ressources_a_charge")
        return est_remplie(r, 1, reponses) || lecture::lignes_remplies("a_charge", reponses) > 0;
    const int rang = rang_de_la_section(r.slug);
    return rang == 0 || est_remplie(lecture::rubrique("codemandeur"), rang, reponses);
}

std::optional<int> lire_entier(std::string_view saisi, int max)
{
    auto s = lecture::sans_espaces(saisi);
    if (s.ends_with("€")) s.resize(s.size() - std::string_view{"€"}.size());
    if (!lecture::que_des_chiffres(s) || s.size() > 9) return std::nullopt;
    const int n = std::stoi(s);
    return n <= max ? std::optional{n} : std::nullopt;
}

bool est_un_siren(std::string_view saisi)
{
    const auto s = lecture::sans_espaces(saisi);
    return s.size() == 9 && lecture::que_des_chiffres(s) && lecture::luhn(s);
}

bool est_un_siret(std::string_view saisi)
{
    const auto s = lecture::sans_espaces(saisi);
    if (s.size() != 14 || !lecture::que_des_chiffres(s)) return false;
    // Most establishments of La Poste have no key: the sum of their digits is a multiple of five.
    int somme = 0;
    for (const char c : s) somme += c - '0';
    return lecture::luhn(s) || (s.starts_with("356000000") && somme % 5 == 0);
}

bool est_une_reprise(const Reponses& reponses)
{
    return reponses.a("depot.depose_le") && !reponses.a("depot.identite");
}

Result<Enregistrement, FormErrors> lire(const Reponses& reponses, const Contexte& c)
{
    FormErrors erreurs;
    for (const auto& r : rubriques()) {
        for (int ligne = 1; ligne <= r.lignes; ++ligne)
            lecture::valider_ligne(r, ligne, reponses, c, erreurs);
        if (r.slug == "localisation") lecture::valider_communes(reponses, c, erreurs);
    }
    const auto depot = base::parse_typed_date(reponses.texte("depot.depose_le"));
    if (depot && *depot < lecture::premier_depot)
        erreurs.push_back(
            {"depot.depose_le", "Aucune demande n’a été numérotée avant 2001. Vérifiez l’année."});
    if (!erreurs.empty()) return erreurs;

    Enregistrement e{.reponses = reponses, .deposee_le = *depot};
    e.adultes.push_back(lecture::adulte(reponses, 0, "demandeur."));
    const auto& codemandeurs = lecture::rubrique("codemandeur");
    for (int ligne = 1; ligne <= codemandeurs.lignes; ++ligne) {
        const auto prefixe = fmt::format("codemandeur.{}.", ligne);
        if (est_remplie(codemandeurs, ligne, reponses))
            e.adultes.push_back(lecture::adulte(reponses, ligne, prefixe));
        e.reponses.retirer(prefixe + "nir");
    }
    e.reponses.retirer("demandeur.nir");
    for (const auto& insee : c.communes)
        if (insee) e.communes.push_back(*insee);
    // A form typed so late that its year is nearly over loses nothing: seniority counts from the stamp,
    // validity from the day it was typed, as after a renewal.
    e.ancre =
        echeance(jalons(e.deposee_le), c.aujourd_hui) == Echeance::EnCours ? e.deposee_le : c.aujourd_hui;
    return e;
}

FormErrors a_completer(const Reponses& reponses, Date aujourd_hui)
{
    FormErrors manques;
    const bool reprise = est_une_reprise(reponses);
    for (const auto& r : rubriques())
        for (int ligne = 1; ligne <= r.lignes; ++ligne)
            for (const auto& q : r.questions) {
                const auto nom = champ(r, ligne, q);
                const bool manque =
                    q.exigence == Exigence::Attendue || (reprise && q.exigence == Exigence::Obligatoire);
                if (manque && !reponses.a(nom) && (r.lignes == 1 || est_remplie(r, ligne, reponses)))
                    manques.push_back({nom, std::string{r.titre} + "\u00a0: " + std::string{q.libelle}});
            }
    const auto signaler = [&](bool douteux, std::string_view nom, const char* message) {
        if (douteux) manques.push_back({std::string{nom}, message});
    };
    const auto& codemandeurs = lecture::rubrique("codemandeur");
    const bool couple_declare = reponses.est("demandeur.situation_familiale", "marie") ||
                                reponses.est("demandeur.situation_familiale", "pacse");
    bool en_couple = false;
    for (int ligne = 1; ligne <= codemandeurs.lignes; ++ligne) {
        const auto& lien = reponses.texte(fmt::format("codemandeur.{}.lien", ligne));
        en_couple = en_couple || lien == "conjoint" || lien == "pacse" || lien == "concubin";
    }
    signaler(couple_declare && !en_couple && !reponses.est("motif.separation", "oui"), "codemandeur.1.lien",
             "Le demandeur est marié ou pacsé\u00a0: son conjoint n’est pas inscrit, et la case F44 n’est "
             "pas cochée.");
    signaler(en_couple && reponses.est("motif.separation", "oui"), "motif.separation",
             "Une séparation est indiquée\u00a0: le conjoint ne devrait pas figurer sur la demande.");
    const auto& charge = lecture::rubrique("a_charge");
    for (int ligne = 1; ligne <= charge.lignes; ++ligne) {
        const auto champ = fmt::format("a_charge.{}.naissance_le", ligne);
        const auto ne_le = base::parse_typed_date(reponses.texte(champ));
        // A child up to 25 at the latest (a student), anybody disabled, a parent (CGI art. 6).
        signaler(ne_le && lecture::age(*ne_le, aujourd_hui) >= 25 &&
                     !reponses.est(fmt::format("a_charge.{}.lien", ligne), "ascendant") &&
                     !reponses.a("foyer.handicaps"),
                 champ,
                 "Une personne de 25 ans ou plus n’est à charge que si elle a un handicap, ou si c’est un "
                 "parent.");
    }
    for (int rang = 0; rang <= codemandeurs_max; ++rang) {
        const auto travail = section_du_rang("travail", rang);
        signaler(
            (reponses.est(travail + ".statut", "prive") || reponses.est(travail + ".statut", "etudiant")) &&
                reponses.a(travail + ".employeur") && !reponses.a(travail + ".siret"),
            travail + ".siret", "Le Siret de l’employeur manque\u00a0: il est sur le bulletin de salaire.");
        signaler(reponses.a(travail + ".cdd") && !reponses.est(travail + ".statut", "prive") &&
                     !reponses.est(travail + ".statut", "etudiant"),
                 travail + ".cdd", "Un CDD ou un intérim va avec un emploi du privé.");
        signaler(reponses.a(travail + ".chomage_long") && !reponses.a(travail + ".fin_chomage_le"),
                 travail + ".fin_chomage_le", "Fin de la période de chômage de plus d’un an.");
    }
    signaler(reponses.a("souhait.colocation") != (lecture::lignes_remplies("colocataire", reponses) > 0),
             "souhait.colocation", "Une chambre en colocation et la liste des colocataires vont ensemble.");
    const auto foyer = menage(reponses, aujourd_hui);
    const int inscrits = foyer.adultes + foyer.a_charge;
    signaler(lecture::entier(reponses, "souhait.personnes") < inscrits, "souhait.personnes",
             "Le nombre de personnes à loger est plus petit que le nombre de personnes inscrites.");
    if (const auto naissance = base::parse_typed_date(reponses.texte("demandeur.naissance_le")))
        signaler(lecture::age(*naissance, aujourd_hui) < 18, "demandeur.naissance_le",
                 "Le demandeur a moins de 18 ans\u00a0: vérifiez son émancipation ou son tuteur.");
    bool type_choisi = false;
    for (const auto& q : lecture::rubrique("souhait").questions)
        type_choisi = type_choisi || (q.cas == "G1" && reponses.a("souhait." + std::string{q.slug}));
    signaler(!type_choisi, "souhait.t1", "Logement recherché\u00a0: nombre de pièces (G1)");
    return manques;
}

std::optional<Revenu> revenu_du_menage(const Reponses& r)
{
    const auto montant = [&](std::string_view champ) { return lire_entier(r.texte(champ), 9'999'999); };
    const auto n2 = montant("revenus.rfr_n2"), autre_n2 = montant("revenus.rfr_n2_codemandeur");
    if (!n2) return std::nullopt;
    const auto n1 = montant("revenus.rfr_n1"), autre_n1 = montant("revenus.rfr_n1_codemandeur");
    Revenu revenu{.rfr_n2 = *n2 + autre_n2.value_or(0)};
    if (n1 && (autre_n1 || !autre_n2)) revenu.rfr_n1 = *n1 + autre_n1.value_or(0);
    return revenu;
}

Menage menage(const Reponses& reponses, Date aujourd_hui)
{
    Menage m{.adultes = 1 + lecture::lignes_remplies("codemandeur", reponses),
             .a_charge = lecture::lignes_remplies("a_charge", reponses),
             .invalides = lecture::entier(reponses, "foyer.invalidites")};
    const auto& codemandeurs = lecture::rubrique("codemandeur");
    for (int ligne = 1; ligne <= codemandeurs.lignes; ++ligne) {
        const auto prefixe = fmt::format("codemandeur.{}.", ligne);
        const auto& lien = reponses.texte(prefixe + "lien");
        const auto un = base::parse_typed_date(reponses.texte("demandeur.naissance_le"));
        const auto autre = base::parse_typed_date(reponses.texte(prefixe + "naissance_le"));
        if ((lien == "conjoint" || lien == "pacse" || lien == "concubin") && un && autre)
            m.somme_des_ages_du_couple = lecture::age(*un, aujourd_hui) + lecture::age(*autre, aujourd_hui);
    }
    return m;
}

} // namespace demande
