// Who acts where, whom to propose, what each type starts with.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "partenaire/partenaire.hpp"

namespace partenaire {
namespace test_perimetre {

const Lieu rouen{"76", "76540", "200023414"};
const Lieu le_havre{"76", "76351", "200084952"};

Partenaire un_partenaire(std::string nom, TypePartenaire type, std::vector<Perimetre> perimetre)
{
    Partenaire p;
    p.id = Id<Partenaire>{nom};
    p.territoire = "76";
    p.nom = std::move(nom);
    p.type = type;
    p.perimetre = std::move(perimetre);
    const auto d = competences_par_defaut(type);
    p.competences.assign(d.begin(), d.end());
    return p;
}

Perimetre departement()
{
    return {GenrePerimetre::Departement, "76"};
}
Perimetre epci(std::string siren)
{
    return {GenrePerimetre::Epci, std::move(siren)};
}
Perimetre commune(std::string insee)
{
    return {GenrePerimetre::Commune, std::move(insee)};
}

std::vector<std::string> noms(const std::vector<Proposition>& propositions)
{
    std::vector<std::string> resultat;
    for (const auto& p : propositions) resultat.push_back(p.partenaire->nom);
    return resultat;
}

TEST_CASE("un partenaire couvre son département, ses intercommunalités et ses communes, rien d’autre")
{
    CHECK(couvre(un_partenaire("ARS", TypePartenaire::Ars, {departement()}), rouen));
    CHECK(couvre(un_partenaire("Métropole", TypePartenaire::Epci, {epci("200023414")}), rouen));
    CHECK_FALSE(couvre(un_partenaire("Métropole", TypePartenaire::Epci, {epci("200023414")}), le_havre));
    CHECK(couvre(un_partenaire("Mairie", TypePartenaire::CommuneSchs, {commune("76540")}), rouen));
    CHECK_FALSE(couvre(un_partenaire("Mairie", TypePartenaire::CommuneSchs, {commune("76540")}), le_havre));
    CHECK(couvre(un_partenaire("Deux", TypePartenaire::Autre, {epci("200084952"), commune("76540")}), rouen));
}

TEST_CASE("sans périmètre, un partenaire n’est proposé nulle part")
{
    CHECK_FALSE(couvre(un_partenaire("Neuf", TypePartenaire::Autre, {}), rouen));
}

TEST_CASE("le périmètre d’un département ne déborde pas chez le voisin")
{
    auto voisin = un_partenaire("ARS", TypePartenaire::Ars, {departement()});
    voisin.territoire = "27";
    CHECK_FALSE(couvre(voisin, rouen));
    // A commune outside any EPCI is not covered by a partner whose EPCI code would be empty.
    CHECK_FALSE(couvre(un_partenaire("Vide", TypePartenaire::Epci, {epci("")}), Lieu{"76", "76001", ""}));
}

TEST_CASE("la commune du lieu vient en tête, puis les compétences partagées, puis le type")
{
    const std::vector<Partenaire> tous{
        un_partenaire("ADIL", TypePartenaire::Adil, {departement()}),
        un_partenaire("ARS", TypePartenaire::Ars, {departement()}),
        un_partenaire("CAF", TypePartenaire::CafMsa, {departement()}),
        un_partenaire("Mairie du Havre", TypePartenaire::CommuneSchs, {commune("76351")}),
        [] {
            auto p = un_partenaire("Mairie de Rouen", TypePartenaire::CommuneSchs, {commune("76540")});
            p.insee = "76540";
            p.competences.clear();
            return p;
        }(),
        un_partenaire("Conciliation", TypePartenaire::Conciliateurs, {departement()}),
    };
    const std::vector<Competence> soupcons{Competence::NonDecence, Competence::Visites,
                                           Competence::Insalubrite};
    const auto propositions = proposer(tous, rouen, soupcons);
    CHECK(noms(propositions) == std::vector<std::string>{"Mairie de Rouen", "ARS", "CAF", "ADIL",
                                                         "Conciliation", "Mairie du Havre"});
    CHECK_FALSE(propositions[0].recommande); // no competence: shown first, not ticked
    CHECK(propositions[1].recommande);
    CHECK(propositions[1].competences_communes ==
          std::vector<Competence>{Competence::Insalubrite, Competence::Visites});
    CHECK_FALSE(propositions[5].couvre_le_lieu);
    CHECK_FALSE(propositions[5].recommande); // competent, but elsewhere
}

TEST_CASE("un bailleur social se choisit : il n’est jamais recommandé d’avance")
{
    const std::vector<Partenaire> tous{
        un_partenaire("Bailleur", TypePartenaire::BailleurSocial, {departement()})};
    const auto propositions = proposer(tous, rouen, std::vector{Competence::NonDecence});
    REQUIRE(propositions.size() == 1);
    CHECK(propositions[0].competences_communes == std::vector{Competence::NonDecence});
    CHECK_FALSE(propositions[0].recommande);
}

TEST_CASE("un partenaire hors service ou d’un autre territoire n’est jamais proposé")
{
    auto ferme = un_partenaire("Fermé", TypePartenaire::Ars, {departement()});
    ferme.actif = false;
    auto voisin = un_partenaire("Voisin", TypePartenaire::Ars, {{GenrePerimetre::Departement, "27"}});
    voisin.territoire = "27";
    CHECK(proposer(std::vector<Partenaire>{ferme, voisin}, rouen, {}).empty());
}

TEST_CASE("chaque type et chaque compétence a un seul nom, en base comme à l’écran")
{
    std::set<std::string_view> slugs, libelles;
    for (const auto& t : types_partenaire) {
        slugs.insert(t.slug);
        libelles.insert(t.label);
    }
    CHECK(slugs.size() == 18);
    CHECK(libelles.size() == 18);
    slugs.clear();
    libelles.clear();
    for (const auto& c : competences) {
        slugs.insert(c.slug);
        libelles.insert(c.label);
    }
    CHECK(slugs.size() == 21);
    CHECK(libelles.size() == 21);
}

TEST_CASE("les compétences par défaut de chaque type sont celles de la donnée de référence")
{
    std::ifstream fichier{LOGIS_SOURCE_DIR "/tests/data/competences-par-type.json"};
    REQUIRE(fichier);
    std::stringstream texte;
    texte << fichier.rdbuf();
    const auto attendu = boost::json::parse(texte.str()).as_object();
    std::size_t avec = 0;
    const auto majuscules = [](std::string_view slug) {
        std::string s{slug};
        for (auto& c : s)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        return s;
    };
    for (const auto& t : types_partenaire) {
        std::set<std::string> ici, la;
        for (const auto c : competences_par_defaut(t.value))
            ici.insert(majuscules(base::slug_of(competences, c)));
        if (const auto* liste = attendu.if_contains(majuscules(t.slug)))
            for (const auto& c : liste->as_array()) la.insert(std::string{c.as_string()});
        if (!la.empty()) ++avec;
        CAPTURE(t.slug);
        CHECK(ici == la);
    }
    CHECK(avec == attendu.size());
}

} // namespace test_perimetre
} // namespace partenaire
