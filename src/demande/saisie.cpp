// Reading a posted form of the demande: its answers, who looks like its adults, which communes it names.
#include "demande/saisie.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/jalons.hpp"
#include "demande/nir.hpp"
#include "demande/territoires.hpp"
#include "piece/nature.hpp"
#include "territoire/store.hpp"

namespace demande {

namespace {
namespace formulaire_poste {

Identite identite(const Reponses& r, const std::string& prefixe, std::string_view cle)
{
    const auto nir = lire_nir(r.texte(prefixe + "nir"));
    return {.nom = base::fold(r.texte(prefixe + "nom")),
            .prenom = base::fold(r.texte(prefixe + "prenom")),
            .naissance_le = base::parse_typed_date(r.texte(prefixe + "naissance_le")),
            .nir = nir ? store::empreinte_nir(cle, *nir) : std::string{}};
}

/// The five digits of « Rouen 76000 »; empty when there are none.
std::string code_postal(std::string_view saisi)
{
    for (const auto& mot : base::split(base::fold(saisi), ' '))
        if (mot.size() == 5 && std::ranges::all_of(mot, [](char c) { return c >= '0' && c <= '9'; }))
            return mot;
    return {};
}

/// The commune that was typed: its INSEE code, or its name with a postal code where several bear it. Nothing
/// when it is unknown or when one cannot tell which.
std::optional<std::string> commune(db::Transaction& tx, const std::string& saisi, std::string_view territoire)
{
    if (saisi.empty()) return std::nullopt;
    const auto postal = code_postal(saisi);
    auto nom = base::fold(saisi);
    if (!postal.empty()) {
        const auto ou = nom.find(postal);
        nom = std::string{base::trim(nom.erase(ou, postal.size()))};
    }
    if (nom.empty())
        if (const auto c = territoire::store::find_commune(tx, postal))
            return c->partie ? c->partie->insee : c->commune.insee;
    if (saisi.size() == 5 && postal.empty()) // 2A004
        if (const auto c = territoire::store::find_commune(tx, saisi)) return c->commune.insee;
    std::vector<std::string> ici, ailleurs;
    for (const auto& l : territoire::store::search_communes(tx, saisi, 50)) {
        const auto& insee = l.partie ? l.partie->insee : l.commune.insee;
        const auto& postaux = l.codes_postaux();
        if (!nom.empty() && base::fold(l.nom()) != nom) continue;
        if (!postal.empty() && std::ranges::find(postaux, postal) == postaux.end()) continue;
        (territoire_de_la_commune(insee) == territoire ? ici : ailleurs).push_back(insee);
    }
    if (ici.size() == 1) return ici.front();
    return ici.empty() && ailleurs.size() == 1 ? std::optional{ailleurs.front()} : std::nullopt;
}

} // namespace formulaire_poste
} // namespace

Reponses reponses_postees(const http::Request& request)
{
    Reponses r;
    for (const auto& rubrique : rubriques())
        for (int ligne = 1; ligne <= rubrique.lignes; ++ligne) {
            if (rubrique.lignes > 1 &&
                request.field(fmt::format("{}.{}.{}", rubrique.slug, ligne, ligne_retiree)) == "oui")
                continue;
            for (const auto& q : rubrique.questions) {
                const auto nom = champ(rubrique, ligne, q);
                r.mettre(nom, request.field(nom));
            }
        }
    return r;
}

Result<std::optional<piece::PieceRecue>, FormErrors> recevoir_une(App& app, const http::Request& request,
                                                                  const std::string& champ)
{
    const auto f = std::ranges::find(request.files, champ, &http::UploadedFile::field);
    if (f == request.files.end()) return std::optional<piece::PieceRecue>{};
    const auto nature = piece::reconnaitre(f->data);
    if (nature && !piece::est_image(*nature) && *nature != piece::TypePiece::Pdf)
        return FormErrors{{champ, "Envoyez une image ou un PDF."}};
    auto recue = piece::recevoir(app.fichiers, *f);
    if (!recue) return FormErrors{{champ, recue.error().message}};
    app.fichiers.annoncer();
    return std::optional{*std::move(recue)};
}

std::optional<std::string> reconnaitre_commune(db::Transaction& tx, const std::string& saisi,
                                               std::string_view territoire)
{
    return formulaire_poste::commune(tx, saisi, territoire);
}

std::vector<Identite> identites(const Reponses& r, std::string_view cle)
{
    std::vector<Identite> out{formulaire_poste::identite(r, "demandeur.", cle)};
    for (int ligne = 1; ligne <= 3; ++ligne)
        if (const auto prefixe = "codemandeur." + std::to_string(ligne) + "."; r.a(prefixe + "nom"))
            out.push_back(formulaire_poste::identite(r, prefixe, cle));
    return out;
}

std::vector<store::Doublon> doublons_du_formulaire(db::Transaction& tx, std::string_view territoire,
                                                   const Reponses& r, std::string_view cle,
                                                   const std::vector<Guichet>& lecteur)
{
    std::vector<store::Doublon> tous;
    for (const auto& qui : identites(r, cle))
        for (auto& d : store::chercher_doublons(tx, territoire, qui, lecteur))
            if (std::ranges::find(tous, d.demande, &store::Doublon::demande) == tous.end())
                tous.push_back(std::move(d));
    return tous;
}

Contexte contexte_sans_communes(App& app, std::string_view territoire)
{
    return {.aujourd_hui = jour_legal(app.clock.now(), territoire), .territoire = std::string{territoire}};
}

Contexte contexte_de_saisie(App& app, db::Transaction& tx, std::string_view territoire, const Reponses& r)
{
    auto c = contexte_sans_communes(app, territoire);
    for (int ligne = 1; ligne <= 8; ++ligne)
        c.communes.push_back(formulaire_poste::commune(
            tx, r.texte("localisation." + std::to_string(ligne) + ".commune"), territoire));
    return c;
}

Contexte contexte_de_modification(App& app, db::Transaction& tx, const store::Fiche& f, const Reponses& apres)
{
    Contexte c{.aujourd_hui = jour_legal(app.clock.now(), f.territoire), .territoire = f.territoire};
    c.reprise = est_une_reprise(f.reponses);
    std::size_t rang = 0;
    for (int ligne = 1; ligne <= 8; ++ligne) {
        const auto nom = "localisation." + std::to_string(ligne) + ".commune";
        // As recognised the first time: what nobody touches is not asked again.
        const auto connue =
            f.reponses.a(nom) && rang < f.communes.size() ? std::optional{f.communes[rang++]} : std::nullopt;
        c.communes.push_back(connue && apres.texte(nom) == f.reponses.texte(nom)
                                 ? connue
                                 : formulaire_poste::commune(tx, apres.texte(nom), f.territoire));
    }
    return c;
}

} // namespace demande
