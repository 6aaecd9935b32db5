// Writes what is told of the end of a demande. Pure.
#include "demande/annonces.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace demande {

namespace {
namespace fins_annoncees {

std::string jusqu_au(Date jour)
{
    return "jusqu’au " + base::in_words(jour) + " inclus";
}

/// What each reason says to whom it removes. `{fin}`: the end of validity; `{condition}`: the one not met.
struct MotsDuMotif {
    MotifRadiation motif;
    std::string_view raison;
    std::string_view ensuite; // what remains to be done when nothing brings the demande back
};
constexpr std::string_view si_la_situation_change =
    "Si votre situation change, vous pouvez déposer une nouvelle demande.";
constexpr MotsDuMotif mots_des_motifs[] = {
    {MotifRadiation::Attribution, "Un bailleur a noté que vous avez signé le bail d’un logement social.",
     "Si vous n’avez signé aucun bail, allez vite dans un guichet, avec une pièce d’identité."},
    {MotifRadiation::Renonciation, "Un guichet a reçu un écrit où vous y renoncez.",
     "Si vous n’avez pas écrit cela, allez vite dans un guichet, avec une pièce d’identité."},
    {MotifRadiation::NonReponse,
     "Nous vous avions demandé une réponse, en vous avertissant de la radiation, et nous n’en avons pas "
     "reçu.",
     si_la_situation_change},
    {MotifRadiation::Irrecevabilite,
     "Une commission d’attribution a constaté qu’une condition n’était pas remplie pour obtenir un logement "
     "social\u00a0: {condition}.",
     si_la_situation_change},
    {MotifRadiation::NonRenouvellement,
     "Elle était valable jusqu’au {fin}. Nous vous avions écrit qu’il fallait la renouveler, et elle ne l’a "
     "pas été.",
     si_la_situation_change},
    {MotifRadiation::Fusion,
     "Vous aviez une autre demande{gardee}\u00a0: c’est elle qui continue, avec la date de la plus ancienne.",
     "Si ce n’était pas la vôtre, allez vite dans un guichet, avec une pièce d’identité."},
};

const MotsDuMotif& mots_du(MotifRadiation motif)
{
    for (const auto& m : mots_des_motifs)
        if (m.motif == motif) return m;
    throw base::Bug{"a reason of radiation without words"};
}

std::string en_mots(std::optional<MotifIrrecevabilite> condition)
{
    if (!condition) return "la décision que vous avez reçue dit laquelle";
    switch (*condition) {
    case MotifIrrecevabilite::Plafond:
        return "les ressources du ménage dépassent le plafond";
    case MotifIrrecevabilite::Sejour:
        return "une personne majeure n’a pas de titre de séjour en règle";
    }
    throw base::Bug{"a condition without words"};
}

std::string raison(const Annonce& a, const Jalons& j)
{
    return fmt::format(fmt::runtime(mots_du(a.motif.value_or(MotifRadiation::NonRenouvellement)).raison),
                       fmt::arg("fin", base::in_words(j.fin_de_validite)),
                       fmt::arg("condition", en_mots(a.condition)),
                       fmt::arg("gardee", a.gardee.empty() ? std::string{} : ", la " + a.gardee));
}

} // namespace fins_annoncees
} // namespace

std::string en_texte(const Annonce& a)
{
    auto par = a.prononcee_par;
    std::ranges::replace(par, ';', ',');
    return std::string{a.motif ? base::slug_of(motifs_radiation, *a.motif) : std::string_view{}} + ";" +
           (a.radiee_le ? base::to_iso(*a.radiee_le) : "") + ";" +
           (a.dernier_jour ? base::to_iso(*a.dernier_jour) : "") + ";" +
           std::string{a.condition ? base::slug_of(motifs_irrecevabilite, *a.condition)
                                   : std::string_view{}} +
           ";" + a.gardee + ";" + par;
}

std::optional<Annonce> annonce_lue(Fin fin, std::string_view texte)
{
    const auto parties = base::split(texte, ';');
    if (parties.size() < 4 || parties.size() > 6) return std::nullopt; // as older letters kept it
    return Annonce{.fin = fin,
                   .motif = base::from_slug(motifs_radiation, parties[0]),
                   .condition = base::from_slug(motifs_irrecevabilite, parties[3]),
                   .radiee_le = base::parse_date(parties[1]),
                   .dernier_jour = base::parse_date(parties[2]),
                   .gardee = parties.size() > 4 ? std::string{parties[4]} : std::string{},
                   .prononcee_par = parties.size() > 5 ? std::string{parties[5]} : std::string{}};
}

bool est_un_rappel(Fin fin)
{
    return fin == Fin::Rappel || fin == Fin::Expiration || fin == Fin::DernierRappel;
}

std::string titre(const Annonce& a)
{
    switch (a.fin) {
    case Fin::Rappel:
        return "Rappel\u00a0: votre demande de logement social est à renouveler";
    case Fin::Expiration:
        return "Votre demande de logement social a expiré, vous pouvez encore la renouveler";
    case Fin::DernierRappel:
        return "Dernier rappel\u00a0: votre demande de logement social est à renouveler";
    case Fin::Radiation:
        return "Votre demande de logement social est radiée";
    case Fin::DernierMois:
        return "Vous pouvez encore reprendre votre demande de logement social";
    }
    throw base::Bug{"an end without a title"};
}

std::string intitule_du_dernier_jour(const Annonce& a)
{
    if (a.fin == Fin::Rappel) return "Fin de validité, ce jour compris";
    return est_un_rappel(a.fin) ? "Dernier jour pour la renouveler, ce jour compris"
                                : "Dernier jour pour la reprendre, ce jour compris";
}

std::vector<std::string> phrases(const Annonce& a, const std::string& numero, const Jalons& j)
{
    using namespace fins_annoncees;
    if (a.fin == Fin::Rappel)
        return {
            "Votre demande de logement social " + numero + " est valable " + jusqu_au(j.fin_de_validite) +
                ". Elle n’a pas encore été renouvelée.",
            "Renouvelez-la avant cette date, même si rien n’a changé\u00a0: vous gardez votre numéro unique "
            "et votre ancienneté. Passé ce jour, elle peut encore l’être " +
                jusqu_au(j.fin_de_tolerance) +
                "\u00a0; ensuite, elle peut être radiée et n’est plus proposée pour un logement.",
            "Si vous l’avez déjà renouvelée, ne tenez pas compte de ce rappel."};
    if (est_un_rappel(a.fin))
        return {"Votre demande de logement social " + numero + " était valable jusqu’au " +
                    base::in_words(j.fin_de_validite) + ". Elle n’a pas été renouvelée.",
                "Rien n’est perdu\u00a0: renouvelez-la " + jusqu_au(j.fin_de_tolerance) +
                    ". Vous gardez votre numéro unique et votre ancienneté. Ensuite, elle peut être "
                    "radiée\u00a0: elle ne sera plus proposée pour un logement.",
                "Si vous l’avez déjà renouvelée, ne tenez pas compte de ce rappel."};
    std::vector<std::string> out;
    const auto depuis = a.radiee_le ? " depuis le " + base::in_words(*a.radiee_le) : std::string{};
    out.push_back("Votre demande de logement social " + numero + " est radiée" + depuis +
                  "\u00a0: elle n’est plus proposée pour un logement. " + raison(a, j));
    if (a.fin == Fin::Radiation && !a.prononcee_par.empty())
        out.push_back("Décision de " + a.prononcee_par + ".");
    if (a.dernier_jour)
        out.push_back((a.fin == Fin::DernierMois ? "Vous pouvez encore la reprendre "
                                                 : "Rien n’est perdu\u00a0: vous pouvez la reprendre ") +
                      jusqu_au(*a.dernier_jour) +
                      ". Vous gardez alors votre numéro unique et votre ancienneté. Après ce jour, il "
                      "faudrait déposer une nouvelle demande, et l’ancienneté serait perdue.");
    return out;
}

std::vector<std::string> que_faire(const Annonce& a, const std::string& site)
{
    if (est_un_rappel(a.fin))
        return {"En ligne, en quelques minutes\u00a0: " + site + "/ma-demande",
                "Ou bien allez dans le guichet de votre choix, avec une pièce d’identité."};
    if (a.dernier_jour)
        return {"Allez dans le guichet de votre choix, avec une pièce d’identité.",
                "Ou bien en ligne, si vous y suivez votre demande\u00a0: " + site + "/ma-demande"};
    std::vector<std::string> out;
    if (a.motif) out.emplace_back(fins_annoncees::mots_du(*a.motif).ensuite);
    return out;
}

std::vector<std::string> recours(const Annonce& a)
{
    if (a.fin != Fin::Radiation) return {};
    return {
        "Écrivez au guichet, en disant pourquoi : le gestionnaire du territoire peut revenir sur la "
        "radiation.",
        // Code de justice administrative, R. 421-1; a delay that is not said does not run (R. 421-5).
        "Vous pouvez aussi saisir le tribunal administratif, dans les deux mois qui suivent le jour où "
        "vous recevez cette décision (www.telerecours.fr). Écrire d’abord au guichet dans ces deux mois "
        "les fait recommencer.",
        // CE, 8 juillet 2020, n° 420472.
        "Si une commission de médiation vous a reconnu prioritaire (Dalo), la radiation n’y met pas fin."};
}

std::string article(const Annonce& a)
{
    if (est_un_rappel(a.fin)) return "Code de la construction et de l’habitation, article R. 441-2-7";
    std::string out = "Code de la construction et de l’habitation, article R. 441-2-8";
    for (const auto& r : regles_radiation)
        if (r.motif == a.motif) out += std::string{", "} + r.lettre;
    return out;
}

} // namespace demande
