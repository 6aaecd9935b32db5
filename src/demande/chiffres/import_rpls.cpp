// Reads the RPLS file of a year, whole or not at all.
#include "demande/chiffres/import_rpls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

#include "base/text.hpp"
#include "demande/chiffres/store_chiffres.hpp"
#include "demande/territoires.hpp"
#include "territoire/import_lines.hpp"

namespace demande::chiffres {

namespace {
namespace rpls {

constexpr std::size_t erreurs_dites = 20;
using Nombre = std::optional<std::int64_t>;

struct Refus {
    std::string pourquoi;
};

bool est_inconnu(std::string_view texte)
{
    // Secret, not significant, not available; sometimes two of them for one number, « s/NA ».
    constexpr std::string_view mots[] = {"", "s", "ns", "nd", "nc", "na", "n", "a"};
    const auto dits = base::split(base::fold(texte), ' ');
    return std::ranges::all_of(
        dits, [&](const std::string& m) { return std::ranges::find(mots, m) != std::end(mots); });
}

/// A whole number, spaces of thousands allowed.
Nombre entier(std::string_view texte, std::string_view colonne)
{
    std::string chiffres;
    for (const char c : texte)
        if (c >= '0' && c <= '9')
            chiffres += c;
        else if (c != ' ')
            throw Refus{
                fmt::format("{} n’est pas un nombre entier : « {} »", colonne, base::truncate(texte, 20))};
    std::int64_t n = 0;
    if (chiffres.empty() || chiffres.size() > 9)
        throw Refus{fmt::format("{} n’est pas un nombre entier", colonne)};
    std::from_chars(chiffres.data(), chiffres.data() + chiffres.size(), n);
    return n;
}

/// A percentage, with a comma or a point, to hundredths.
Nombre taux(std::string_view texte, std::string_view colonne)
{
    const auto coupe = texte.find_first_of(",.");
    const auto chiffres = [](std::string_view s) {
        return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
    };
    const auto unites = texte.substr(0, coupe);
    const auto reste = coupe == std::string_view::npos ? std::string_view{} : texte.substr(coupe + 1);
    if (unites.empty() || unites.size() > 3 || !chiffres(unites) || !chiffres(reste) ||
        (coupe != std::string_view::npos && reste.empty()))
        throw Refus{fmt::format("{} n’est pas un taux : « {} »", colonne, base::truncate(texte, 20))};
    std::int64_t n = 0;
    std::from_chars(unites.data(), unites.data() + unites.size(), n);
    const auto decimale = [&](std::size_t i) { return i < reste.size() ? reste[i] - '0' : 0; };
    n = n * 100 + decimale(0) * 10 + decimale(1) + (decimale(2) >= 5 ? 1 : 0);
    if (n > 10'000) throw Refus{fmt::format("{} dépasse 100 %", colonne)};
    return n;
}

struct Colonne {
    std::string_view nom;
    std::string_view cherche; // as CsvHeader folds it
    Nombre Parc::*champ;
    Nombre (*lire)(std::string_view, std::string_view);
};
constexpr Colonne colonnes[] = {
    {"nb_loues", "nb loues", &Parc::loues, entier},
    {"nb_vacants", "nb vacants", &Parc::vacants, entier},
    {"nb_vides", "nb vides", &Parc::vides, entier},
    {"nb_asso", "nb asso", &Parc::associations, entier},
    {"nb_occup_finan", "nb occup finan", &Parc::occupes_gratuits, entier},
    {"nb_occup_temp", "nb occup temp", &Parc::occupes_temporaires, entier},
    {"nb_ls_en_qpv", "nb ls en qpv", &Parc::en_qpv, entier},
    {"tx_vac", "tx vac", &Parc::vacance, taux},
    {"tx_vac3", "tx vac3", &Parc::vacance_trois_mois, taux},
    {"tx_mob", "tx mob", &Parc::mobilite, taux},
};

/// The parts cannot be more than the whole.
void verifier(const Parc& p)
{
    std::int64_t occupation = 0;
    for (const auto champ : {&Parc::loues, &Parc::vacants, &Parc::vides, &Parc::associations,
                             &Parc::occupes_gratuits, &Parc::occupes_temporaires})
        occupation += (p.*champ).value_or(0);
    if (occupation > p.logements)
        throw Refus{fmt::format("les logements loués, vacants, vides et occupés ({}) dépassent nb_ls ({})",
                                occupation, p.logements)};
    if (p.en_qpv.value_or(0) > p.logements)
        throw Refus{fmt::format("nb_ls_en_qpv ({}) dépasse nb_ls ({})", *p.en_qpv, p.logements)};
}

/// Arrondissements and merged communes are one with the commune that acts: numbers add up, rates do not.
/// One part that is kept secret leaves the whole unknown.
using Total = std::optional<Parc>;
void ajouter(std::map<std::string, Total>& communes, const std::string& insee, const Total& p)
{
    const auto [deja, premiere] = communes.emplace(insee, p);
    if (premiere) return;
    if (!p || !deja->second) {
        deja->second.reset();
        return;
    }
    auto& total = *deja->second;
    const auto& partie = *p;
    total.logements += partie.logements;
    for (const auto& c : colonnes) {
        auto& somme = total.*c.champ;
        const auto& n = partie.*c.champ;
        somme = c.lire == entier && somme && n ? Nombre{*somme + *n} : std::nullopt;
    }
}

} // namespace rpls
} // namespace

BilanRpls importer_rpls(db::Database& base, const std::string& path, int annee)
{
    if (annee < 2000 || annee > 2100)
        throw std::runtime_error{"--annee : l’année du répertoire, par exemple 2025"};
    territoire::LineReader lecteur{path};
    const territoire::CsvHeader entete{lecteur.next().value_or("")};
    const auto depcom = entete.find({"depcom arm", "depcom"}), nb_ls = entete.find({"nb ls"});
    if (!depcom || !nb_ls)
        throw std::runtime_error{
            path + " : ce n’est pas le répertoire par commune. Colonnes attendues : DEPCOM_ARM, "
                   "nb_ls, puis nb_loues, nb_vacants, nb_vides, nb_asso, nb_occup_finan, "
                   "nb_occup_temp, nb_ls_en_qpv, tx_vac, tx_vac3, tx_mob"};
    std::set<std::string> connues, arrondissements;
    std::map<std::string, std::string> rattachement;
    {
        auto tx = base.read();
        tx.each<std::string>("SELECT insee FROM commune",
                             [&](std::string c) { connues.insert(std::move(c)); });
        tx.each<std::string>("SELECT insee FROM commune WHERE type = 'arrondissement'",
                             [&](std::string c) { arrondissements.insert(std::move(c)); });
        rattachement = store::communes_de_rattachement(tx);
    }
    BilanRpls bilan{.annee = annee};
    std::map<std::string, rpls::Total> par_commune, par_arrondissements;
    std::set<std::string> vus;
    std::string erreurs;
    std::size_t nombre_d_erreurs = 0;
    std::uint64_t numero = 1;
    while (const auto ligne = lecteur.next()) {
        ++numero;
        if (base::trim(*ligne).empty()) continue;
        try {
            const auto cases = territoire::parse_csv(*ligne, entete.separator());
            if (!cases || cases->size() != entete.size())
                throw rpls::Refus{
                    fmt::format("{} colonnes au lieu de {}", cases ? cases->size() : 0, entete.size())};
            std::string code{base::trim((*cases)[*depcom])};
            if (code.size() == 4) code.insert(0, "0"); // a spreadsheet ate the zero
            const auto r = rattachement.find(code);
            const auto& insee = r == rattachement.end() ? code : r->second;
            const auto ou = territoire_de_la_commune(insee);
            if (!ou || !connues.contains(insee))
                throw rpls::Refus{fmt::format("code de commune inconnu : « {} »", base::truncate(code, 20))};
            if (!vus.insert(code).second)
                throw rpls::Refus{"cette commune est déjà plus haut dans le fichier"};
            auto& ou_compter = arrondissements.contains(code) ? par_arrondissements : par_commune;
            const auto nombre = base::trim((*cases)[*nb_ls]);
            if (rpls::est_inconnu(nombre)) {
                rpls::ajouter(ou_compter, insee, std::nullopt);
                continue;
            }
            Parc p{.annee = annee, .logements = *rpls::entier(nombre, "nb_ls")};
            for (const auto& c : rpls::colonnes)
                if (const auto i = entete.find({c.cherche}))
                    if (const auto texte = base::trim((*cases)[*i]); !rpls::est_inconnu(texte))
                        p.*c.champ = c.lire(texte, c.nom);
            rpls::verifier(p);
            rpls::ajouter(ou_compter, insee, p);
        } catch (const rpls::Refus& refus) {
            if (++nombre_d_erreurs <= rpls::erreurs_dites)
                erreurs += fmt::format("\nligne {} : {}", numero, refus.pourquoi);
        }
    }
    if (nombre_d_erreurs > 0)
        throw std::runtime_error{
            fmt::format("{} : rien n’est importé, {} à corriger{}{}", path,
                        base::count(static_cast<long long>(nombre_d_erreurs), "ligne", "lignes"), erreurs,
                        nombre_d_erreurs > rpls::erreurs_dites ? "\n…" : "")};
    // A commune that has its own line beside those of its arrondissements already is their total.
    par_commune.merge(par_arrondissements);
    if (par_commune.empty()) throw std::runtime_error{path + " : aucune commune dans ce fichier"};
    std::vector<store::LigneParc> lignes;
    std::vector<std::string> secretes;
    for (const auto& [insee, p] : par_commune)
        if (p) {
            lignes.push_back({*territoire_de_la_commune(insee), insee, *p});
            bilan.logements += static_cast<std::uint64_t>(p->logements);
        } else
            secretes.push_back(insee);
    base.write([&](db::Transaction& tx) { store::remplacer_parc(tx, annee, lignes, secretes); });
    bilan.communes = lignes.size();
    bilan.secretes = secretes.size();
    return bilan;
}

} // namespace demande::chiffres
