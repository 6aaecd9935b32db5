// The paper form as data, what may be registered, what is only asked for.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "demande/exemples_test.hpp"

namespace {

using demande::Reponses;
using demande::exemples::contexte;
using demande::exemples::formulaire_rempli;

std::set<std::string> champs_refuses(const Reponses& r, const demande::Contexte& c = contexte())
{
    std::set<std::string> out;
    const auto lu = demande::lire(r, c);
    if (!lu)
        for (const auto& e : lu.error()) out.insert(e.field);
    return out;
}

bool signale(const Reponses& r, std::string_view champ)
{
    return std::ranges::any_of(demande::a_completer(r, contexte().aujourd_hui),
                               [&](const FieldError& e) { return e.field == champ; });
}

} // namespace

TEST_CASE("chaque question du formulaire a un champ à elle, et chaque choix ses réponses")
{
    std::set<std::string> champs;
    for (const auto& r : demande::rubriques())
        for (int ligne = 1; ligne <= r.lignes; ++ligne)
            for (const auto& q : r.questions) {
                INFO(champ(r, ligne, q));
                CHECK(champs.insert(champ(r, ligne, q)).second);
                CHECK((q.genre == demande::Genre::Choix) == !q.choix.empty());
                CHECK_FALSE(q.libelle.empty());
            }
    CHECK(champs.size() > 250);
}

TEST_CASE("un formulaire rempli s’enregistre, sans garder aucun numéro de sécurité sociale dans ses réponses")
{
    const auto lu = demande::lire(formulaire_rempli(), contexte());
    REQUIRE(lu);
    CHECK(lu->deposee_le == Date{2026, 11, 20});
    CHECK(lu->ancre == lu->deposee_le);
    REQUIRE(lu->adultes.size() == 2);
    CHECK(lu->adultes[0].nir == "284127645108993");
    CHECK(lu->adultes[1].nir.empty());
    CHECK(lu->communes == std::vector<std::string>{"76540"});
    CHECK(lu->reponses.json().find("2841276") == std::string::npos);
    CHECK(Reponses::de_json(lu->reponses.json()) == lu->reponses);
}

TEST_CASE("presque rien n’empêche d’enregistrer : l’identité, la pièce d’identité, le cachet, une commune")
{
    const std::set<std::string> attendus{
        "depot.depose_le",        "depot.identite",    "demandeur.civilite",
        "demandeur.nom",          "demandeur.prenom",  "demandeur.naissance_le",
        "demandeur.nationalite",  "souhait.personnes", "demandeur.situation_familiale",
        "localisation.1.commune",
    };
    CHECK(champs_refuses({}) == attendus);
}

TEST_CASE(
    "sans numéro de sécurité sociale, ni revenu, ni téléphone, la demande s’enregistre et le manque se dit")
{
    auto r = formulaire_rempli();
    for (const auto* champ :
         {"demandeur.nir", "revenus.rfr_n2", "demandeur.telephone", "logement.personnes"}) {
        r.retirer(champ);
        CHECK(signale(r, champ));
    }
    CHECK(demande::lire(r, contexte()));
}

TEST_CASE("une ligne commencée se finit, une ligne vide ne demande rien")
{
    auto r = formulaire_rempli();
    r.mettre("a_charge.3.prenom", "Lina");
    CHECK(champs_refuses(r) == std::set<std::string>{"a_charge.3.nom", "a_charge.3.naissance_le"});
}

TEST_CASE("ce qui est mal écrit se corrige à son champ")
{
    auto r = formulaire_rempli();
    r.mettre("depot.depose_le", "23/11/2026"); // tomorrow
    r.mettre("demandeur.nir", "284127645108994");
    r.mettre("demandeur.email", "pas une adresse");
    r.mettre("travail.siret", "12345678901234");
    r.mettre("revenus.rfr_n2", "beaucoup");
    r.mettre("logement.statut", "chateau");
    r.mettre("adresse.code_postal", "7600");
    r.mettre("foyer.naissance_prevue_le", "01/10/2027");
    const std::set<std::string> attendus{
        "depot.depose_le", "demandeur.nir",   "demandeur.email",     "travail.siret",
        "revenus.rfr_n2",  "logement.statut", "adresse.code_postal", "foyer.naissance_prevue_le"};
    CHECK(champs_refuses(r) == attendus);
}

TEST_CASE("une demande vaut pour un seul territoire, celui du guichet")
{
    auto r = formulaire_rempli();
    r.mettre("localisation.2.commune", "Caen 14000");
    r.mettre("localisation.3.commune", "Rouen");
    r.mettre("localisation.4.commune", "Nulle-Part");
    const auto refus = champs_refuses(r, contexte({"76540", "14118", "76540", std::nullopt}));
    const std::set<std::string> attendus{"localisation.2.commune", "localisation.3.commune",
                                         "localisation.4.commune"};
    CHECK(refus == attendus);
}

TEST_CASE("un formulaire saisi très tard garde sa date d’ancienneté et une année devant lui")
{
    auto r = formulaire_rempli();
    r.mettre("depot.depose_le", "15/06/2024");
    const auto lu = demande::lire(r, contexte());
    REQUIRE(lu);
    CHECK(lu->deposee_le == Date{2024, 6, 15});
    CHECK(lu->ancre == contexte().aujourd_hui);
    r.mettre("depot.depose_le", "15/06/1999");
    CHECK(champs_refuses(r) == std::set<std::string>{"depot.depose_le"});
}

TEST_CASE("les réponses qui se contredisent se signalent, sans bloquer")
{
    auto r = formulaire_rempli();
    CHECK_FALSE(signale(r, "souhait.personnes"));
    r.mettre("souhait.personnes", "2");
    CHECK(signale(r, "souhait.personnes"));
    r.mettre("motif.separation", "oui");
    CHECK(signale(r, "motif.separation"));
    r.mettre("travail.cdd", "oui");
    r.mettre("travail.statut", "retraite");
    CHECK(signale(r, "travail.cdd"));
    r.mettre("travail.chomage_long", "oui");
    CHECK(signale(r, "travail.fin_chomage_le"));
    r.mettre("demandeur.naissance_le", "01/01/2010");
    CHECK(signale(r, "demandeur.naissance_le"));
    CHECK(demande::lire(r, contexte()));
}

TEST_CASE("un employeur sans Siret se signale, comme une personne à charge trop âgée sans handicap")
{
    auto r = formulaire_rempli();
    CHECK_FALSE(signale(r, "travail.siret"));
    r.mettre("travail.employeur", "Chantiers de la Seine, 76100 Rouen");
    CHECK(signale(r, "travail.siret"));
    r.mettre("travail.siret", "732 829 320 00074");
    CHECK_FALSE(signale(r, "travail.siret"));
    r.mettre("travail_codemandeur.statut", "etudiant");
    r.mettre("travail_codemandeur.employeur", "Atelier Brémond");
    CHECK(signale(r, "travail_codemandeur.siret"));

    r.mettre("a_charge.1.naissance_le", "22/11/2001");
    CHECK(signale(r, "a_charge.1.naissance_le"));
    auto parent = r;
    parent.mettre("a_charge.1.lien", "ascendant");
    CHECK_FALSE(signale(parent, "a_charge.1.naissance_le"));
    r.mettre("foyer.handicaps", "1");
    CHECK_FALSE(signale(r, "a_charge.1.naissance_le"));
    r.retirer("foyer.handicaps");
    r.mettre("a_charge.1.naissance_le", "23/11/2001"); // 24 years old
    CHECK_FALSE(signale(r, "a_charge.1.naissance_le"));
    CHECK(demande::lire(r, contexte()));
}

TEST_CASE("chaque situation de travail porte le numéro de sa case, de D2 à D11 et de D17 à D26")
{
    for (const auto& [slug, premiere] :
         {std::pair{std::string_view{"travail"}, 2}, {std::string_view{"travail_codemandeur"}, 17}}) {
        const auto& r = *std::ranges::find(demande::rubriques(), slug, &demande::Rubrique::slug);
        const auto& q = *std::ranges::find(r.questions, "statut", &demande::Question::slug);
        REQUIRE(q.choix.size() == 10);
        for (std::size_t i = 0; i < q.choix.size(); ++i)
            CHECK(
                q.choix[i].libelle.starts_with("D" + std::to_string(premiere + static_cast<int>(i)) + " – "));
    }
}

TEST_CASE("le ménage compte les codemandeurs, les personnes à charge et les âges du couple")
{
    const auto m = demande::menage(formulaire_rempli(), contexte().aujourd_hui);
    CHECK(m.adultes == 2);
    CHECK(m.a_charge == 1);
    CHECK(m.somme_des_ages_du_couple == 41 + 40);
    CHECK(categorie(m) == demande::Categorie{3});
}

TEST_CASE("le revenu du ménage additionne ceux qui signent, et n’oublie personne dans l’année récente")
{
    Reponses r;
    CHECK_FALSE(demande::revenu_du_menage(r));
    r.mettre("revenus.rfr_n2", "20 000");
    r.mettre("revenus.rfr_n1", "19000");
    CHECK(demande::revenu_du_menage(r)->rfr_n1 == 19'000);
    r.mettre("revenus.rfr_n2_codemandeur", "15000");
    CHECK(demande::revenu_du_menage(r)->rfr_n2 == 35'000);
    CHECK_FALSE(demande::revenu_du_menage(r)->rfr_n1); // half of the household is not a fall of income
    r.mettre("revenus.rfr_n1_codemandeur", "0");
    CHECK(demande::revenu_du_menage(r)->rfr_n1 == 19'000);
}

TEST_CASE("un Siret et un Siren ont une clé, La Poste la sienne")
{
    CHECK(demande::est_un_siren("732 829 320"));
    CHECK_FALSE(demande::est_un_siren("732829321"));
    CHECK(demande::est_un_siret("732 829 320 00074"));
    CHECK_FALSE(demande::est_un_siret("73282932000075"));
    CHECK(demande::est_un_siret("35600000000048"));
    CHECK(demande::est_un_siret("35600000049837"));
    CHECK_FALSE(demande::est_un_siret("35600000049838"));
}

TEST_CASE("un montant se lit avec ses espaces et son symbole")
{
    CHECK(demande::lire_entier("12 500 €", 99'999) == 12'500);
    CHECK(demande::lire_entier("12\u202f500\u00a0€", 99'999) == 12'500);
    CHECK_FALSE(demande::lire_entier("12,50", 99'999));
    CHECK_FALSE(demande::lire_entier("100000", 99'999));
    CHECK_FALSE(demande::lire_entier("99999999999999", 99'999));
}
