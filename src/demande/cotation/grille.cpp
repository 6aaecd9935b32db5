// Reads a grid and scores a demande. Pure.
#include "demande/cotation/grille.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "demande/pieces.hpp"
#include "territoire/import_lines.hpp"

namespace demande::cotation {

namespace {
namespace bareme_de_grille {

constexpr int points_max = 1000;
constexpr std::size_t criteres_max = 200;
constexpr std::string_view entete = "rubrique;cumul;libelle;si;points;maximum;preuve;sans_preuve";

std::optional<int> entier(std::string_view texte)
{
    int n = 0;
    const auto [fin, erreur] = std::from_chars(texte.data(), texte.data() + texte.size(), n);
    if (erreur != std::errc{} || fin != texte.data() + texte.size() || n < -points_max || n > points_max)
        return std::nullopt;
    return n;
}

/// What is wrong with a line; nothing when it was added.
std::string ajouter(Grille& g, const std::vector<std::string>& c)
{
    if (c.size() != 8) return fmt::format("{} colonnes au lieu de 8", c.size());
    if (c[0].empty() || c[2].empty()) return "la rubrique et le libellé sont obligatoires";
    if (base::length(c[0]) > 120 || base::length(c[2]) > 160) return "un libellé dépasse 160 caractères";
    const auto cumul = c[1] == "somme"      ? std::optional{Cumul::Somme}
                       : c[1] == "meilleur" ? std::optional{Cumul::Meilleur}
                                            : std::nullopt;
    if (!cumul) return fmt::format("cumul vaut « somme » ou « meilleur », non « {} »", c[1]);
    const auto si = base::from_slug(conditions, c[3]);
    if (!si) return fmt::format("condition inconnue : « {} »", c[3]);
    const auto points = entier(c[4]);
    if (!points || *points == 0)
        return fmt::format("points : un nombre entier entre –{0} et {0}, autre que zéro", points_max);
    if (*points < 0 && *si != Condition::Refus) return "seul un refus peut retirer des points";
    Critere critere{.libelle = c[2], .si = *si, .points = *points, .preuve = c[6]};
    if (!c[5].empty()) {
        critere.maximum = entier(c[5]);
        if (!critere.maximum || *critere.maximum < 1) return "maximum : un nombre entier positif, ou rien";
    }
    const auto catalogue = catalogue_des_pieces();
    if (!critere.preuve.empty() && std::ranges::find(catalogue, critere.preuve) == catalogue.end())
        return fmt::format("cette preuve n’est pas une pièce du catalogue : « {} »", c[6]);
    if (!c[7].empty()) {
        const auto sans = entier(c[7]);
        if (critere.preuve.empty()) return "sans_preuve n’a de sens qu’avec une preuve";
        if (!sans || *sans < 0 || *sans > *points) return "sans_preuve : de zéro au nombre de points";
        critere.sans_preuve = *sans;
    }
    const auto r = std::ranges::find(g.rubriques, c[0], &Rubrique::libelle);
    if (r == g.rubriques.end())
        g.rubriques.push_back({c[0], *cumul, {std::move(critere)}});
    else if (r->cumul != *cumul)
        return "une rubrique n’a qu’un cumul";
    else
        r->criteres.push_back(std::move(critere));
    return {};
}

int montant(const Reponses& r, std::string_view champ)
{
    return lire_entier(r.texte(champ), 9'999'999).value_or(0);
}

bool au_dessus_de_quarante_pour_cent(const Reponses& r)
{
    int ressources = 0;
    for (const auto& [champ, texte] : r.paires())
        if (champ.starts_with("ressources")) // of each person of the household
            ressources += lire_entier(texte, 99'999).value_or(0);
    const int reste = montant(r, "logement.loyer") - montant(r, "logement.aide");
    return ressources > 0 && reste * 10 > ressources * 4;
}

int annees_entieres(Date de, Date jour)
{
    int n = std::max(0, jour.year - de.year);
    while (n > 0 && base::plus_months(de, 12 * n) > jour) --n;
    return n;
}

/// How many times a condition is met: once or not at all, but for years and refusals.
int fois(Condition c, const Dossier& d, Date jour)
{
    const auto& r = d.reponses;
    const auto coche = [&](std::string_view motif) {
        return r.est("motif." + std::string{motif}, "oui") ? 1 : 0;
    };
    const auto loge = [&](std::initializer_list<std::string_view> statuts) {
        return std::ranges::any_of(statuts, [&](std::string_view s) { return r.est("logement.statut", s); })
                   ? 1
                   : 0;
    };
    switch (c) {
    case Condition::SansLogement:
        return loge({"sans_abri", "squat", "mobile"});
    case Condition::Structure:
        return loge({"structure", "foyer", "hotel", "centre_maternel", "temporaire", "rhvs"});
    case Condition::Heberge:
        return loge({"parents", "tiers"});
    case Condition::Indigne:
        return coche("indigne");
    case Condition::NonDecent:
        return coche("non_decent");
    case Condition::Expulsion:
        return coche("expulsion");
    case Condition::LogementRepris:
        return coche("repris");
    case Condition::Violences:
        return coche("violences");
    case Condition::Handicap:
        return montant(r, "foyer.handicaps") > 0 ? 1 : 0;
    case Condition::Inadapte:
        return coche("inadapte");
    case Condition::Suroccupation: {
        const int surface = montant(r, "logement.surface"), personnes = montant(r, "logement.personnes");
        return surface > 0 && personnes > 0 && surface < 9 * personnes ? 1 : 0;
    }
    case Condition::LoyerLourd:
        return au_dessus_de_quarante_pour_cent(r) ? 1 : 0;
    case Condition::ParentSeul: {
        const auto m = menage(r, jour);
        return m.adultes == 1 && m.a_charge > 0 ? 1 : 0;
    }
    case Condition::Separation:
        return coche("separation");
    case Condition::SortieAse:
        return coche("ase");
    case Condition::Pompier:
        return coche("pompier");
    case Condition::LocataireHlm:
        return loge({"locataire_hlm"});
    case Condition::LogementTropGrand:
        return loge({"locataire_hlm"}) == 1 ? coche("trop_grand") : 0;
    case Condition::Emploi:
        for (const auto* s : {"prive", "etat", "hospitalier", "collectivite", "assistant", "independant"})
            for (int rang = 0; rang <= codemandeurs_max; ++rang)
                if (r.est(section_du_rang("travail", rang) + ".statut", s)) return 1;
        return 0;
    case Condition::Anciennete:
        return annees_entieres(d.deposee_le, jour);
    case Condition::Dalo:
        return d.dalo ? 1 : 0;
    case Condition::Priorite:
        return d.priorite ? 1 : 0;
    case Condition::Refus:
        return d.refus;
    }
    throw base::Bug{"condition without a rule"};
}

/// An accepted document of that type that may still be relied on; of several, the one that lasts.
const PieceDuDossier* piece_valable(const Dossier& d, std::string_view type, Date jour)
{
    const PieceDuDossier* choix = nullptr;
    for (const auto& p : d.pieces) {
        if (p.type != type || p.etat != EtatPiece::Validee ||
            validite(p.expire_le, jour) == Validite::Perimee)
            continue;
        if (!choix || (choix->expire_le && (!p.expire_le || *p.expire_le > *choix->expire_le))) choix = &p;
    }
    return choix;
}

} // namespace bareme_de_grille
} // namespace

Result<Grille, std::vector<std::string>> lire_grille(std::string_view csv)
{
    namespace ici = bareme_de_grille;
    Grille g;
    std::vector<std::string> erreurs;
    std::size_t numero = 0, criteres = 0;
    if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
    const auto propre = base::clean_text(csv);
    if (!propre) return std::vector<std::string>{"le fichier n’est pas du texte en UTF-8"};
    for (const auto& ligne : base::split(*propre, '\n')) {
        ++numero;
        const auto texte = base::trim(ligne);
        if (numero == 1) {
            if (texte != ici::entete)
                return std::vector<std::string>{
                    fmt::format("ligne 1 : l’en-tête attendu est « {} »", ici::entete)};
            continue;
        }
        if (texte.empty()) continue;
        auto cases = territoire::parse_csv(texte, ';');
        if (cases)
            for (auto& c : *cases) c = std::string{base::trim(c)};
        const auto refus = !cases                           ? std::string{"des guillemets ne se ferment pas"}
                           : ++criteres > ici::criteres_max ? std::string{"deux cents critères au plus"}
                                                            : ici::ajouter(g, *cases);
        if (!refus.empty() && erreurs.size() < 20)
            erreurs.push_back(fmt::format("ligne {} : {}", numero, refus));
    }
    if (erreurs.empty() && criteres == 0) erreurs.emplace_back("la grille n’a aucun critère");
    if (!erreurs.empty()) return erreurs;
    return g;
}

Score coter(const Grille& g, const Dossier& d, Date jour)
{
    namespace ici = bareme_de_grille;
    // Next year's day of the deposit, then the first document to run out.
    Score s{.a_revoir_le =
                base::plus_months(d.deposee_le, 12 * (ici::annees_entieres(d.deposee_le, jour) + 1))};
    if (s.a_revoir_le <= jour) s.a_revoir_le = base::plus_days(jour, 1);
    if (d.reconnue_jusqu_a) s.a_revoir_le = std::min(s.a_revoir_le, *d.reconnue_jusqu_a);
    for (const auto& rubrique : g.rubriques) {
        const auto premiere = s.lignes.size();
        for (const auto& c : rubrique.criteres) {
            const int n = ici::fois(c.si, d, jour);
            if (n == 0) continue;
            Ligne l{.rubrique = rubrique.libelle, .libelle = c.libelle, .piece = c.preuve};
            int unite = c.points;
            if (!c.preuve.empty()) {
                const auto* piece = ici::piece_valable(d, c.preuve, jour);
                l.preuve = piece ? Preuve::Prouve : Preuve::Declare;
                if (!piece) unite = c.sans_preuve;
                if (piece && piece->expire_le)
                    s.a_revoir_le = std::min(s.a_revoir_le, base::plus_days(*piece->expire_le, 1));
            }
            const auto total = std::int64_t{unite} * n;
            const std::int64_t limite = c.maximum.value_or(ici::points_max);
            l.points = static_cast<int>(std::clamp(total, -limite, limite));
            s.lignes.push_back(std::move(l));
        }
        if (rubrique.cumul == Cumul::Meilleur && s.lignes.size() > premiere) {
            const auto debut = s.lignes.begin() + static_cast<std::ptrdiff_t>(premiere);
            const auto meilleure = std::max_element(
                debut, s.lignes.end(), [](const Ligne& a, const Ligne& b) { return a.points < b.points; });
            for (auto l = debut; l != s.lignes.end(); ++l) l->compte = l == meilleure;
        }
    }
    for (const auto& l : s.lignes) {
        if (!l.compte) continue;
        s.points += l.points;
        if (l.preuve == Preuve::Prouve) s.prouves += l.points;
    }
    s.points = std::max(0, s.points);
    return s;
}

void taire_la_preuve(Score& s, std::string_view type)
{
    std::erase_if(s.lignes, [&](const Ligne& l) {
        if (l.preuve != Preuve::Prouve || l.piece != type) return false;
        if (l.compte) s.prouves -= l.points;
        return true;
    });
}

} // namespace demande::cotation
