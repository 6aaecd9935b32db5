// See colonnes.hpp.
#include "signalement/export/colonnes.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "signalement/desordre/criticite.hpp"
#include "signalement/motifs.hpp"
#include "signalement/signalement.hpp"
#include "signalement/suivi.hpp"

namespace signalement::exports {

namespace {
namespace table {

/// The label of a slug; the slug itself when no row has it.
template <auto& Noms> std::string_view nom(std::string_view slug)
{
    for (const auto& n : Noms)
        if (n.slug == slug) return n.label;
    return slug;
}

std::string_view motif(std::string_view slug)
{
    const auto cloture = nom<motifs_cloture>(slug);
    return cloture == slug ? nom<motifs_refus>(slug) : cloture;
}

constexpr Colonne colonnes[] = {
    {.slug = "reference", .label = "Référence", .sql = "s.reference", .par_defaut = true},
    {.slug = "statut", .label = "État", .sql = "s.statut", .nom = nom<statuts>, .par_defaut = true},
    {.slug = "depose_le",
     .label = "Déposé le",
     .sql = "s.depose_le",
     .genre = Genre::Jour,
     .par_defaut = true},
    {.slug = "valide_le", .label = "Validé le", .sql = "s.valide_le", .genre = Genre::Jour},
    {.slug = "clos_le", .label = "Clos le", .sql = "s.clos_le", .genre = Genre::Jour, .par_defaut = true},
    {.slug = "refuse_le", .label = "Refusé le", .sql = "s.refuse_le", .genre = Genre::Jour},
    {.slug = "motif", .label = "Motif de clôture ou de refus", .sql = "s.motif_slug", .nom = motif},
    {.slug = "dernier_suivi_le",
     .label = "Dernier suivi le",
     .sql = "s.dernier_suivi_le",
     .genre = Genre::Jour,
     .lecture = Action::LireTout,
     .par_defaut = true},
    {.slug = "dernier_suivi_de",
     .label = "Dernier suivi par",
     .sql = "s.dernier_suivi_de",
     .nom = nom<mains>,
     .lecture = Action::LireTout},
    {.slug = "message",
     .label = "Message sans réponse",
     .sql = "s.message_sans_reponse",
     .genre = Genre::OuiNon,
     .lecture = Action::LireTout},
    {.slug = "adresse", .label = "Adresse", .sql = "s.adresse_libelle", .par_defaut = true},
    {.slug = "code_postal", .label = "Code postal", .sql = "s.code_postal", .par_defaut = true},
    {.slug = "commune", .label = "Commune", .sql = "s.commune", .par_defaut = true},
    {.slug = "insee", .label = "Code de la commune", .sql = "s.insee"},
    {.slug = "territoire", .label = "Département", .sql = "s.territoire"},
    {.slug = "comite", .label = "Comité", .sql = "(SELECT c.nom FROM comite c WHERE c.id = s.comite)"},
    {.slug = "partenaires",
     .label = "Confié à",
     .sql =
         "(SELECT {joindre}(x.nom, ', ') FROM (SELECT p.nom FROM affectation a JOIN partenaire p ON p.id = "
         "a.partenaire WHERE a.signalement = s.id ORDER BY p.nom) x)",
     .lecture = Action::LireTout,
     .par_defaut = true},
    {.slug = "danger", .label = "En danger", .sql = "s.danger", .genre = Genre::OuiNon, .par_defaut = true},
    {.slug = "gravite",
     .label = "Gravité",
     .sql = "s.gravite",
     .nom = nom<desordre::gravites>,
     .par_defaut = true},
    {.slug = "profil", .label = "Déposé par", .sql = "s.profil", .nom = nom<profils>},
    {.slug = "organisation", .label = "Organisme du déposant", .sql = "s.organisation"},
    {.slug = "nom", .label = "Nom du déposant", .sql = "s.nom"},
    {.slug = "prenom", .label = "Prénom du déposant", .sql = "s.prenom"},
    {.slug = "email", .label = "Adresse électronique du déposant", .sql = "s.email"},
    {.slug = "telephone", .label = "Téléphone du déposant", .sql = "s.telephone", .genre = Genre::Telephone},
    {.slug = "occupant_nom",
     .label = "Nom de l’occupant",
     .sql = "CASE WHEN s.occupant_distinct = 1 THEN s.occupant_nom ELSE s.nom END"},
    {.slug = "occupant_prenom",
     .label = "Prénom de l’occupant",
     .sql = "CASE WHEN s.occupant_distinct = 1 THEN s.occupant_prenom ELSE s.prenom END"},
    {.slug = "occupant_telephone",
     .label = "Téléphone de l’occupant",
     .sql = "CASE WHEN s.occupant_distinct = 1 THEN s.occupant_telephone ELSE s.telephone END",
     .genre = Genre::Telephone},
    {.slug = "bailleur", .label = "Bailleur", .sql = "s.bailleur_nom"},
    {.slug = "nature", .label = "Logement", .sql = "s.nature", .nom = nom<desordre::natures>},
    {.slug = "pieces", .label = "Pièces", .sql = "s.nombre_pieces", .genre = Genre::Nombre},
    {.slug = "personnes", .label = "Personnes", .sql = "s.personnes", .genre = Genre::Nombre},
    {.slug = "enfants", .label = "Enfants", .sql = "s.enfants", .genre = Genre::Nombre},
    {.slug = "doublon",
     .label = "Doublon possible",
     .sql = "s.doublon_possible",
     .genre = Genre::OuiNon,
     .lecture = Action::LireTout},
};

} // namespace table
} // namespace

std::span<const Colonne> colonnes()
{
    return table::colonnes;
}

std::vector<const Colonne*> choisies(const std::vector<std::string>& slugs)
{
    std::vector<const Colonne*> out;
    for (const auto& c : table::colonnes)
        if (std::ranges::find(slugs, c.slug) != slugs.end()) out.push_back(&c);
    if (out.empty())
        for (const auto& c : table::colonnes)
            if (c.par_defaut) out.push_back(&c);
    return out;
}

std::string en_mots(const Colonne& c, std::string_view brut, std::string_view fuseau)
{
    if (brut.empty()) return {};
    switch (c.genre) {
    case Genre::Texte:
        return std::string{c.nom ? c.nom(brut) : brut};
    case Genre::Jour:
        if (const auto le = base::parse_instant(brut)) return base::short_text(base::local_date(*le, fuseau));
        return std::string{brut};
    case Genre::OuiNon:
        return brut == "1" ? "Oui" : "Non";
    case Genre::Telephone:
        return base::format_phone(brut);
    case Genre::Nombre:
        return std::string{brut};
    }
    throw base::Bug{"a column that nobody writes"};
}

} // namespace signalement::exports
