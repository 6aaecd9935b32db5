// The words of a report and those of a question: they must meet however both were spelled.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "signalement/recherche.hpp"

namespace signalement::recherche_check {

Signalement exemple()
{
    Signalement s;
    s.reference = "76-2026-000123";
    s.territoire = "76";
    s.adresse.libelle = "12 bis bd de l’Yser";
    s.adresse.code_postal = "76000";
    s.adresse.commune = "Saint-Étienne-du-Rouvray";
    s.declarant.organisation = "CCAS de Rouen";
    s.declarant.contact = {"Lefèvre", "Élodie", "elodie.lefevre@ccas-rouen.fr", "+33612345678"};
    s.occupant = Occupant{{"Haddad", "Œdipe", "", "+262692123456"}, {}, false};
    s.bailleur.nom = "SCI des Tilleuls";
    s.bailleur.email = "contact@tilleuls.example";
    s.bailleur.telephone = "+33235000000";
    return s;
}

/// What the index does, word by word.
bool trouve(std::string_view cherche, bool approchant = false)
{
    const auto liste = base::split(mots_de(exemple()), ' ');
    const std::set<std::string> mots(liste.begin(), liste.end());
    const auto demandes = termes(cherche);
    return !demandes.empty() && std::ranges::all_of(demandes, [&](const Terme& t) {
        if (mots.contains(t.mot)) return true;
        if (t.debut && std::ranges::any_of(mots, [&](const auto& m) { return m.starts_with(t.mot); }))
            return true;
        const auto formes = approches(t.mot);
        return approchant && std::ranges::any_of(formes, [&](const auto& f) { return mots.contains(f); });
    });
}

TEST_CASE("un signalement se trouve par chacun de ses noms, sans accents ni capitales, par le début d’un mot")
{
    for (const auto* q :
         {"haddad", "LEFEVRE", "Lefèvre Haddad", "elodie", "oedipe", "Hadd", "tilleuls", "ccas rouen",
          "Saint Etienne", "st étienne", "76000", "Yser", "12 boulevard de l'yser", "bis"})
        CHECK_MESSAGE(trouve(q), q);
    for (const auto* q : {"Dupont", "haddad dupont", "addad", "7600 5", "13 yser"})
        CHECK_MESSAGE(!trouve(q), q);
}

TEST_CASE("un téléphone se trouve de quelque façon qu’on l’écrive, un autre mot à côté ou non")
{
    for (const auto* q :
         {"06 12 34 56 78", "0612345678", "06.12.34.56.78", "06-12-34-56-78", "+33 6 12 34 56 78",
          "0033612345678", "+33 (0)6 12 34 56 78", "06\u00A012\u00A034\u00A056\u00A078", "06 12 34", "061234",
          "02 35 00 00 00", "0692 12 34 56", "+262 692 12 34 56", "Haddad 06 12 34 56 78"})
        CHECK_MESSAGE(trouve(q), q);
    for (const auto* q : {"06 12 34 56 79", "07 12", "+33 6 12 34 56 79", "Dupont 06 12 34 56 78"})
        CHECK_MESSAGE(!trouve(q), q);
}

TEST_CASE("une référence et une adresse électronique se trouvent entières, ou par leur début")
{
    for (const auto* q : {"76-2026-000123", "76-2026-123", "2026-123", "2026-000123", "000123",
                          "elodie.lefevre@ccas-rouen.fr", "Elodie.Lefevre@CCAS-Rouen.FR",
                          "elodie.lefevre@ccas", "contact@tilleuls.example"})
        CHECK_MESSAGE(trouve(q), q);
    for (const auto* q : {"76-2025-000123", "2026-124", "elodie@ccas-rouen.fr", "x@tilleuls.example"})
        CHECK_MESSAGE(!trouve(q), q);
}

TEST_CASE("une lettre oubliée, ajoutée, changée ou deux échangées se pardonnent quand on le demande, pas "
          "deux fautes")
{
    for (const auto* q :
         {"hadad", "hadddad", "hadbad", "hdadad", "lefevrre", "tileuls", "rouvary", "addad"}) {
        CHECK_MESSAGE(!trouve(q), q);
        CHECK_MESSAGE(trouve(q, true), q);
    }
    for (const auto* q : {"hoddod", "lfvre", "076001", "yze"}) CHECK_MESSAGE(!trouve(q, true), q);
}

TEST_CASE("« rue » et « de » ne comptent pas à côté d’un nom, et se cherchent quand il n’y a qu’eux")
{
    CHECK(trouve("rue haddad"));
    CHECK(trouve("boulevard"));
    CHECK(trouve("de l’"));
    CHECK_FALSE(trouve("rue"));
    CHECK(termes("  _ % ' \" ~ & | ! ").empty());
    CHECK(termes("").empty());
}

TEST_CASE("ce qui est cherché ne contient jamais un signe que les moteurs liraient autrement qu’un mot")
{
    for (const auto* q : {"a'b\"c", "x* OR y", "NEAR(a b)", "a:b & !c", "~dupont ~~76", "\\' <-> x",
                          "日本 Ωmega", "-76-2026-000123", "jean@\"x\".fr", "00'33"})
        for (const auto& t : termes(q))
            for (const char c : t.mot) {
                const auto u = static_cast<unsigned char>(c);
                CHECK_MESSAGE(((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || u >= 0x80), t.mot);
            }
}

} // namespace signalement::recherche_check
