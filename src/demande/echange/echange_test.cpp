// The exchange file without a database: reading, writing, and what it has in common with our form.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "demande/echange/exemples_test.hpp"
#include "demande/echange/reprise.hpp"
#include "demande/situation.hpp"

namespace demande::echange {
namespace tests_du_format {

using exemples::avec;
using exemples::deux_communes;
using exemples::fichier;
using exemples::lue;

Lecture lire(const std::string& texte, const Limites& limites = {})
{
    return lire_fichier(
        texte, [](Element&&) {}, limites);
}

/// Line, column and reason of the only refusal.
std::string refus(const std::string& texte, const Limites& limites = {})
{
    const auto l = lire(texte, limites);
    REQUIRE(!l.refus.empty());
    return std::to_string(l.refus.front().ligne) + ":" + std::to_string(l.refus.front().colonne) + " " +
           l.refus.front().raison;
}

bool dit(const std::string& texte, std::string_view quoi)
{
    INFO(texte);
    const bool oui = texte.find(quoi) != std::string::npos;
    CHECK(oui);
    return oui;
}

AEcrire de_l_exemple()
{
    return {std::string{exemples::numero}, {2020, 11, 12}, {"76540", "76231"}};
}

TEST_CASE("un fichier d’échange se relit et se récrit octet pour octet")
{
    const auto e = lue(fichier());
    REQUIRE(e.sorte == &une_demande());
    CHECK(debut_du_fichier("2026-11-20T06:00:00.000+01:00", "MOD") + ecrire_demande(e) + fin_du_fichier() ==
          fichier());
    CHECK(en_texte(de_texte(en_texte(e))) == en_texte(e));
    CHECK(lire(fichier()).date_du_fichier == *base::parse_instant("2026-11-20T05:00:00Z"));
}

TEST_CASE("l’exemple complet du système national fait l’aller et le retour, par nos réponses")
{
    const char* ou = std::getenv("LOGIS_TEST_CONTRATS");
    const auto chemin = std::filesystem::path{ou ? ou : ""} / "SNE_demande_logement_social_exemple.xml";
    if (!ou || !std::filesystem::exists(chemin)) {
        MESSAGE("non joué : LOGIS_TEST_CONTRATS ne donne pas le dossier de l’exemple officiel");
        return;
    }
    std::ifstream f{chemin};
    const std::string texte{std::istreambuf_iterator<char>{f}, {}};
    const auto lecture = lire(texte);
    REQUIRE(lecture.refus.empty());
    CHECK(lecture.demandes == 1);
    const auto e = lue(texte);
    const Communes paris{.nom = [](std::string_view c) { return "Paris " + std::string{c}; },
                         .code =
                             [](std::string_view nom, std::string_view) {
                                 return std::string{nom.substr(std::min<std::size_t>(6, nom.size()))};
                             }};
    const auto r = superposer({}, e, paris);
    CHECK(r.texte("demandeur.nom") == "Dupont");
    CHECK(r.texte("codemandeur.1.nom") == "MARTIN");
    CHECK(r.texte("codemandeur.1.nom_usage") == "DUPONT");
    CHECK(r.texte("ressources.sal") == "1500");
    CHECK(r.texte("ressources_codemandeur.sal") == "1000");
    CHECK(r.texte("revenus.pensions_versees") == "150");
    CHECK(r.texte("adresse.voie") == "103 avenue de france");
    CHECK(r.texte("logement.statut") == "locataire_prive");
    CHECK(r.texte("foyer.a_naitre") == "1");
    CHECK(r.texte("autre_enfant.2.garde") == "D");
    const auto sortie = debut_du_fichier(lecture.date) +
                        ecrire_demande(exporter(e, {"1110318016982G1104", {2018, 3, 15}, {}}, r, paris)) +
                        fin_du_fichier();
    const auto fin = texte.find_last_not_of(" \r\n\t") + 1;
    std::string attendu;
    for (const char c : texte.substr(0, fin) + "\n")
        if (c != '\r') attendu += c;
    CHECK(sortie == attendu);
}

TEST_CASE("ce que dit le fichier devient des réponses du formulaire")
{
    const auto r = superposer({}, lue(fichier()), deux_communes());
    for (const auto& [champ, texte] : std::vector<std::pair<const char*, const char*>>{
             {"demandeur.civilite", "mme"},
             {"demandeur.nom", "KERVIEL"},
             {"demandeur.nom_usage", "LE BRIS"},
             {"demandeur.prenom", "Maëlle & Anne"},
             {"demandeur.naissance_le", "04/12/1984"},
             {"demandeur.situation_familiale", "concubin"},
             {"adresse.voie", "3 bis rue des Tanneurs"},
             {"adresse.commune", "Rouen"},
             {"travail.statut", "prive"},
             {"travail.cdd", "oui"},
             {"revenus.rfr_n2", "18400"},
             {"revenus.pensions_versees", "90"},
             {"ressources.sal", "1250"},
             {"ressources.af", "140"},
             {"ressources_codemandeur.sal", "1100"},
             {"a_charge.1.prenom", "Noé"},
             {"a_charge.1.lien", "enfant"},
             {"autre_enfant.1.garde", "D"},
             {"codemandeur.1.lien", "concubin"},
             {"codemandeur.1.nationalite", "hors_ue"},
             {"logement.statut", "temporaire"},
             {"logement.type", "T6"},
             {"motif.autre_logement", "non"},
             {"souhait.t3", "oui"},
             {"souhait.t4", "oui"},
             {"souhait.elargir", "oui"},
             {"localisation.1.commune", "Rouen"},
             {"localisation.2.commune", "Elbeuf"},
         }) {
        const std::string nom{champ};
        INFO(nom);
        CHECK(r.texte(nom) == texte);
    }
    CHECK_FALSE(r.a("souhait.t2"));
}

TEST_CASE("ce qui n’a pas changé ressort tel qu’il est venu, même ce que le formulaire ne demande pas")
{
    const auto e = lue(fichier());
    const auto r = superposer({}, e, deux_communes());
    CHECK(en_texte(exporter(e, de_l_exemple(), r, deux_communes())) == en_texte(e));

    auto change = r;
    change.mettre("ressources.sal", "2400");
    change.mettre("demandeur.telephone", "07 00 00 00 01");
    change.mettre("logement.statut", "locataire_hlm");
    change.retirer("souhait.t4");
    change.mettre("a_charge.2.nom", "Traoré");
    change.mettre("a_charge.2.prenom", "Lila");
    change.mettre("a_charge.2.naissance_le", "1/6/2026");
    change.mettre("a_charge.2.lien", "garde_alternee");
    const auto apres = exporter(e, de_l_exemple(), change, deux_communes());
    const auto texte = en_texte(apres);
    dit(texte, "<ns1:telPortable>0700000001</ns1:telPortable>");
    dit(texte, "<ns1:montant>2400</ns1:montant>");
    dit(texte, "<ns1:montant>1100</ns1:montant>"); // of the other person, who keeps theirs
    CHECK(texte.find("<ns1:montant>1250</ns1:montant>") == std::string::npos);
    dit(texte, "<ns1:modeleLogement code=\"HLM\"/>");
    CHECK(texte.find("typeLogement code=\"T4\"") == std::string::npos);
    dit(texte, "<ns1:dateNaissance>2026-06-01</ns1:dateNaissance>");
    dit(texte, "<ns1:codePostal>76500</ns1:codePostal>"); // of the employer, which no question asks
    // And read again it says the same.
    const auto relu = superposer(r, lue(texte), deux_communes());
    CHECK(relu.texte("ressources.sal") == "2400");
    CHECK(relu.texte("a_charge.2.prenom") == "Lila");
    CHECK_FALSE(relu.a("souhait.t4"));
}

TEST_CASE(
    "les ressources d’un formulaire d’avant, pour tout le ménage, restent partagées comme dans le fichier")
{
    const auto e = lue(fichier());
    auto r = superposer({}, e, deux_communes());
    r.retirer("ressources_codemandeur.sal");
    r.mettre("ressources.sal", "2350"); // the sum of both
    CHECK(en_texte(exporter(e, de_l_exemple(), r, deux_communes())) == en_texte(e));
    r.mettre("ressources.sal", "2000");
    const auto texte = en_texte(exporter(e, de_l_exemple(), r, deux_communes()));
    dit(texte, "<ns1:montant>2000</ns1:montant>");
    CHECK(texte.find("<ns1:montant>1100</ns1:montant>") == std::string::npos);
}

TEST_CASE("le travail et les ressources de chacun sortent avec lui et reviennent sur sa ligne")
{
    auto r = superposer({}, lue(fichier()), deux_communes());
    for (const auto& [champ, texte] : std::vector<std::pair<const char*, const char*>>{
             {"codemandeur.2.lien", "concubin"},
             {"codemandeur.2.civilite", "mme"},
             {"codemandeur.2.nom", "Traoré"},
             {"codemandeur.2.prenom", "Awa"},
             {"codemandeur.2.naissance_le", "03/03/1961"},
             {"codemandeur.2.nationalite", "fr"},
             {"travail_codemandeur_2.statut", "retraite"},
             {"travail_codemandeur_2.profession", "Couturière"},
             {"ressources_codemandeur_2.ret", "840"},
             {"ressources_a_charge.be", "120"},
         })
        r.mettre(champ, texte);
    const auto texte = en_texte(exporter(std::nullopt, de_l_exemple(), r, deux_communes()));
    CHECK(lire(texte).refus.empty());
    CHECK(superposer({}, lue(texte), deux_communes()) == r);
}

TEST_CASE("une demande d’ici, sans fichier, s’écrit et se relit")
{
    const auto r = superposer({}, lue(fichier()), deux_communes());
    const auto texte = en_texte(exporter(std::nullopt, de_l_exemple(), r, deux_communes()));
    CHECK(lire(texte).refus.empty());
    dit(texte, "<ns1:numGuichet>76P01</ns1:numGuichet>");
    dit(texte, "<ns1:etranger>false</ns1:etranger>");
    CHECK(superposer({}, lue(texte), deux_communes()) == r);
}

TEST_CASE("superposer deux fois ne change rien de plus, et ce que le fichier tait reste")
{
    const auto e = lue(fichier());
    auto ici = superposer({}, e, deux_communes());
    ici.mettre("codemandeur.1.telephone", "07 00 00 00 02");
    ici.mettre("a_charge.1.lien", "garde_alternee");
    ici.mettre("travail.statut", "hospitalier");
    ici.mettre("logement.statut", "sous_location");
    ici.mettre("localisation.1.commune", "Rouen 76000");
    ici.mettre("localisation.1.quartier", "Jardin des Plantes");
    ici.mettre("demandeur.nom", "Kerviel");
    ici.mettre("motif.trop_petit", "oui");
    CHECK(superposer(ici, e, deux_communes()) == ici);
    const auto sans_recherche = lue(avec(fichier(), "<ns1:demandeElargie>true</ns1:demandeElargie>", ""));
    CHECK(superposer(ici, sans_recherche, deux_communes()).texte("souhait.elargir") == "oui");
}

TEST_CASE("une personne qui quitte le fichier quitte la demande, les autres gardent leur ligne")
{
    auto ici = superposer({}, lue(fichier()), deux_communes());
    ici.mettre("codemandeur.2.nom", "Traoré");
    ici.mettre("codemandeur.2.prenom", "Idriss");
    ici.mettre("codemandeur.2.naissance_le", "17/05/1986");
    ici.mettre("codemandeur.2.email", "idriss@exemple.fr");
    ici.mettre("codemandeur.1.nom", "Partie");
    const auto r = superposer(ici, lue(fichier()), deux_communes());
    CHECK_FALSE(r.a("codemandeur.1.nom"));
    CHECK(r.texte("codemandeur.2.email") == "idriss@exemple.fr");
    CHECK(r.texte("codemandeur.2.lien") == "concubin");
}

TEST_CASE("un fichier mal formé est refusé avec sa ligne, sa colonne et la raison")
{
    dit(refus("<a/>"), "1:1 Ce n’est pas un fichier d’échange");
    dit(refus(""), "Le fichier est vide");
    dit(refus(fichier().substr(0, 900)), "s’arrête avant sa fin");
    dit(refus(avec(fichier(), "</ns1:nom>", "</ns1:prenom>")), "n’est pas celle qui était ouverte");
    dit(refus(avec(fichier(), "versionInterface=\"02.00\"", "versionInterface=\"03.00\"")),
        "La version « 03.00 » de l’interface n’est pas lue");
    dit(refus(avec(fichier(), "LE BRIS", "LE \xff BRIS")), "n’est pas de l’UTF-8");
    const auto code = refus(avec(fichier(), "<ns1:civilite code=\"3\"/>", "<ns1:civilite code=\"9\"/>"));
    dit(code, "Le code « 9 » n’existe pas pour « civilite ».");
    dit(code, "13:21 ");
    dit(refus(avec(fichier(), "1984-12-04", "1984-13-04")),
        "n’est pas une date (AAAA-MM-JJ) : « 1984-13-04 »");
    dit(refus(avec(fichier(), "<ns1:montant>1250<", "<ns1:montant>-1<")), "n’est pas un nombre entier");
    dit(refus(avec(fichier(), "<ns1:surface>", "<ns1:superficie>41</ns1:superficie><ns1:surface>")),
        "« superficie » n’est pas attendu dans « logementActuel »");
    dit(refus(avec(fichier(), "<ns1:prenom>Maëlle &amp; Anne</ns1:prenom>", "")),
        "« prenom » manque dans « demandeur »");
    dit(refus(avec(fichier(), "<ns1:surface>41", "<ns1:surface>41</ns1:surface><ns1:surface>41")),
        "« surface » est donné deux fois");
    dit(refus(avec(fichier(), "076112090001276P01", "076112090001276p01")), "n’est pas un numéro unique");
    dit(refus(avec(fichier(), "<ns1:proprietaire>false", "<ns1:proprietaire>peut-être")),
        "« true » ou « false »");
    dit(refus(avec(fichier(), "<ns1:mel>", "<ns1:mel lang=\"fr\">")),
        "L’attribut « lang » n’est pas attendu");
}

TEST_CASE("un refus n’en cache pas d’autres, et la demande refusée n’est pas donnée")
{
    const auto texte = avec(avec(fichier(exemples::une_demande_exemple() + exemples::une_demande_exemple()),
                                 "1984-12-04", "hier"),
                            "<ns1:surface>41", "<ns1:surface>grande");
    int prises = 0;
    const auto l = lire_fichier(texte, [&](Element&&) { ++prises; });
    CHECK(l.refus.size() == 2);
    CHECK(l.refus[1].numero == exemples::numero);
    CHECK(l.demandes == 2);
    CHECK(prises == 1);
}

TEST_CASE("ni entité, ni fichier d’ailleurs, ni fichier sans fin")
{
    const std::string xxe =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n";
    dit(refus(xxe + fichier().substr(fichier().find("<ns1:interfaceNuu"))), "Un type de document (DOCTYPE)");
    dit(refus(avec(fichier(), "LE BRIS", "&lol;")), "Cette entité n’existe pas");
    dit(refus(fichier(), {.octets = 1'000}), "Le fichier dépasse");
    dit(refus(fichier(exemples::une_demande_exemple() + exemples::une_demande_exemple()), {.demandes = 1}),
        "Le fichier a plus de 1 demande");
    dit(refus(avec(fichier(), "LE BRIS", std::string(5'000, 'x'))), "est trop long");
    dit(refus(avec(fichier(), "<ns1:entete>", "<!--" + std::string(200'000, 'x'))), "trop long");
    std::string profond;
    for (int i = 0; i < 200; ++i) profond += "<x>";
    dit(refus(avec(fichier(), "<ns1:mel>", profond + "<ns1:mel>")), "« x » n’est pas attendu");
    CHECK(lire(avec(fichier(), "<ns1:mel>", profond + "<ns1:mel>")).refus.back().raison ==
          "Trop de balises les unes dans les autres.");
    const auto l = lire(fichier([] {
        std::string faux;
        for (int i = 0; i < 500; ++i) faux += "<ns1:faux/>";
        return faux;
    }()));
    CHECK(l.refus.size() == 100);
}

// ── the decision ───────────────────────────────────────────────────────────────────────────────────────────

const Instant du_fichier = *base::parse_instant("2026-11-20T05:00:00Z");

Contexte seine_maritime()
{
    return {.aujourd_hui = {2026, 11, 22}, .territoire = "076"};
}

DejaConnue connue(const Element& e)
{
    const auto d = decider(e, du_fichier, {}, deux_communes(), seine_maritime());
    REQUIRE(d);
    return {.etat = Etat::Active,
            .deposee_le = d->contenu.deposee_le,
            .reponses = d->contenu.reponses,
            .communes = d->contenu.communes,
            .version_le = du_fichier.plus_days(1),
            .fichier_le = du_fichier,
            .dite_par_le_fichier = true};
}

std::string raison(const Element& e, const std::optional<DejaConnue>& c, Instant le = du_fichier,
                   Contexte contexte = seine_maritime())
{
    const auto d = decider(e, le, c, deux_communes(), std::move(contexte));
    REQUIRE_FALSE(d);
    return d.error().front();
}

TEST_CASE("une demande inconnue est nouvelle, sans les réponses que le système national ne donne pas")
{
    const auto d = decider(lue(fichier()), du_fichier, {}, deux_communes(), seine_maritime());
    REQUIRE(d);
    CHECK(d->sort == Sort::Nouvelle);
    CHECK(d->contenu.deposee_le == Date{2020, 11, 12});
    CHECK(d->contenu.adultes.size() == 2);
    CHECK(d->contenu.communes == std::vector<std::string>{"76540", "76231"});
    CHECK(d->contenu.ancre ==
          Date{2026, 11, 22}); // its year is over: validity counts from today, not seniority
    const auto manques = a_completer(d->contenu.reponses, {2026, 11, 22});
    CHECK(std::ranges::find(manques, "souhait.personnes", &FieldError::field) != manques.end());
}

TEST_CASE("le même fichier une seconde fois ne change rien")
{
    const auto e = lue(fichier());
    const auto d = decider(e, du_fichier, connue(e), deux_communes(), seine_maritime());
    REQUIRE(d);
    CHECK(d->sort == Sort::Inchangee);
}

TEST_CASE("un fichier plus récent change la demande, un plus ancien est refusé")
{
    const auto e = lue(fichier());
    const auto autre = lue(avec(fichier(), "<ns1:surface>41", "<ns1:surface>45"));
    const auto d = decider(autre, du_fichier.plus_days(1), connue(e), deux_communes(), seine_maritime());
    REQUIRE(d);
    CHECK(d->sort == Sort::Changee);
    CHECK(d->contenu.reponses.texte("logement.surface") == "45");
    CHECK(raison(autre, connue(e), du_fichier.plus_days(-1)) ==
          "Un fichier plus récent a déjà mis cette demande à jour.");
}

TEST_CASE("ce qu’un guichet d’ici a changé depuis le fichier n’est pas défait")
{
    const auto e = lue(fichier());
    auto c = connue(e);
    c.reponses.mettre("logement.surface", "50");
    c.dite_par_le_fichier = false;
    CHECK(raison(e, c) == "Cette demande a été modifiée ici après la date du fichier.");
    CHECK(decider(e, du_fichier.plus_days(2), c, deux_communes(), seine_maritime())->sort == Sort::Changee);
    // Nor by a later file that only says again what the one before it said: it has not heard of the change.
    c.meme_document = true;
    CHECK(decider(e, du_fichier.plus_days(2), c, deux_communes(), seine_maritime())->sort == Sort::Inchangee);
}

TEST_CASE("une demande d’un autre territoire, radiée, d’une autre date ou impossible est refusée")
{
    const auto e = lue(fichier());
    CHECK(raison(e, {}, du_fichier, {.aujourd_hui = {2026, 11, 22}, .territoire = "027"}) ==
          "Cette demande n’est pas de votre territoire.");
    auto c = connue(e);
    c.etat = Etat::Radiee;
    dit(raison(e, c), "n’est plus en cours ici");
    c = connue(e);
    c.deposee_le = {2020, 11, 11};
    dit(raison(e, c), "l’ancienneté en dépend");
    CHECK(raison(lue(avec(avec(avec(fichier(), "KERVIEL", "OLLIVIER"), "Maëlle &amp; Anne", "Paul"),
                          "1984-12-04", "1951-02-03")),
                 connue(e)) == "Ce numéro est ici celui d’une autre personne.");
    dit(raison(lue(avec(fichier(), "2020-11-12", "2020-12-12")), {}), "Le numéro dit un dépôt de 11/2020");
    dit(raison(lue(avec(fichier(), "0612345678", "06")), {}), "Demandeur, Téléphone : ");
    dit(raison(lue(avec(fichier(),
                        "<ns1:commune code=\"76231\"/>\n                    </ns1:localisationSouhaite>",
                        "<ns1:commune code=\"99999\"/>\n                    </ns1:localisationSouhaite>")),
               {}),
        "Commune 2, Commune : Cette commune n’est pas reconnue");
    dit(raison(lue(avec(fichier(), "2019-09-02", "2036-09-02")), {}), "n’est pas encore passée");
}

} // namespace tests_du_format
} // namespace demande::echange
