// The sentences of triage, affectation, follow-up and closure. No database, no clock.
#include <doctest/doctest.h>

#include "signalement/regles.hpp"

namespace {

using compte::Agent;
using compte::Role;
using signalement::Action;
using signalement::Affectation;
using signalement::Dossier;
using signalement::Statut;
using signalement::StatutAffectation;
using signalement::TypeSuivi;

const Instant midi{1'790'000'000'000};
const Date lundi{2026, 11, 23};

Dossier un_dossier(Statut statut = Statut::EnCours)
{
    return {.id = "s1",
            .reference = "76-2026-000001",
            .territoire = "76",
            .comite = "comite-rouen",
            .statut = statut,
            .version = 3,
            .affectations = {{.id = "a-ars", .partenaire = "ars", .partenaire_nom = "ARS"},
                             {.id = "a-caf",
                              .partenaire = "caf",
                              .partenaire_nom = "CAF",
                              .statut = StatutAffectation::Acceptee},
                             {.id = "a-adil",
                              .partenaire = "adil",
                              .partenaire_nom = "ADIL",
                              .statut = StatutAffectation::Refusee,
                              .motif = "autre"}},
            .acces_ponctuels = {"agent-mairie"}};
}

Agent une_secretaire(std::string comite = "comite-rouen")
{
    return {"sec", "Nadia", "nadia@x.fr", {{Role::SecretaireComite, "76", std::move(comite), "", true}}};
}

Agent un_agent(std::string partenaire, std::string id = "agent")
{
    return {
        std::move(id), "Paul", "paul@x.fr", {{Role::AgentPartenaire, "76", "", std::move(partenaire), true}}};
}

const std::vector<signalement::Choix> services = {
    {"adil", "ADIL"}, {"ars", "ARS"}, {"caf", "CAF"}, {"ddtm", "DDTM"}};

const std::string explication = "Le logement a été visité et remis en état par le bailleur.";

} // namespace

TEST_CASE("la secrétaire du comité valide un signalement à trier, une seule fois")
{
    const auto c = valider(un_dossier(Statut::ATrier), une_secretaire(), midi);
    REQUIRE(c);
    CHECK(c->vers() == Statut::EnCours);
    CHECK(c->version() == 3);
    const auto encore = valider(un_dossier(Statut::EnCours), une_secretaire(), midi);
    REQUIRE_FALSE(encore);
    CHECK(encore.error().kind == Problem::Kind::Conflict);
}

TEST_CASE("la secrétaire d’un autre comité ne trie pas ce signalement")
{
    const auto c = valider(un_dossier(Statut::ATrier), une_secretaire("comite-havre"), midi);
    REQUIRE_FALSE(c);
    CHECK(c.error().kind == Problem::Kind::Forbidden);
}

TEST_CASE("un mandat qui n’est pas confirmé ne donne aucun droit sur les dossiers du partenaire")
{
    auto agent = un_agent("caf");
    agent.mandats[0].confirme = false;
    CHECK_FALSE(peut(agent, Action::Lire, un_dossier()));
    auto secretaire = une_secretaire();
    secretaire.mandats[0].confirme = false;
    CHECK_FALSE(peut(secretaire, Action::Lire, un_dossier()));
}

TEST_CASE("l’agent de mairie qui a déposé voit son signalement et y agit, même avant confirmation")
{
    auto agent = un_agent("mairie", "agent-mairie");
    agent.mandats[0].confirme = false;
    CHECK(peut(agent, Action::Lire, un_dossier()));
    CHECK(peut(agent, Action::Agir, un_dossier()));
    CHECK_FALSE(peut(agent, Action::Cloturer, un_dossier()));
    CHECK_FALSE(peut(un_agent("mairie", "collegue"), Action::Lire, un_dossier()));
}

TEST_CASE("refuser exige un motif et un texte qui dit où aller")
{
    const auto d = un_dossier(Statut::ATrier);
    CHECK(refuser(d, une_secretaire(), "", explication, midi).error().field == "motif");
    CHECK(refuser(d, une_secretaire(), "parce_que", explication, midi).error().field == "motif");
    CHECK(refuser(d, une_secretaire(), "hors_competence", "Non.", midi).error().field == "texte");
    const auto c = refuser(d, une_secretaire(), "hors_competence", explication, midi);
    REQUIRE(c);
    CHECK(c->vers() == Statut::Refuse);
}

TEST_CASE("affecter un signalement à trier le valide en même temps")
{
    const auto n = affecter(un_dossier(Statut::ATrier), une_secretaire(), {"ddtm", "ddtm"}, services, midi);
    REQUIRE(n);
    CHECK(n->partenaires == std::vector<std::string>{"ddtm"});
    REQUIRE(n->validation);
    CHECK(n->validation->vers() == Statut::EnCours);
}

TEST_CASE("affecter à un partenaire déjà choisi ne crée pas de double")
{
    const auto n = affecter(un_dossier(), une_secretaire(), {"ars", "ddtm"}, services, midi);
    REQUIRE(n);
    CHECK(n->partenaires == std::vector<std::string>{"ddtm"});
    CHECK_FALSE(n->validation);
}

TEST_CASE("on n’affecte ni à personne, ni à un inconnu, ni quand le dossier est clos")
{
    CHECK(affecter(un_dossier(), une_secretaire(), {}, services, midi).error().field == "partenaires");
    CHECK(affecter(un_dossier(), une_secretaire(), {"x"}, services, midi).error().field == "partenaires");
    CHECK(affecter(un_dossier(Statut::Clos), une_secretaire(), {"ars"}, services, midi).error().kind ==
          Problem::Kind::Conflict);
    CHECK(affecter(un_dossier(), un_agent("caf"), {"ars"}, services, midi).error().kind ==
          Problem::Kind::Forbidden);
}

TEST_CASE("un bailleur social ne reçoit le signalement qu’avec l’accord demandé, ou s’il le fait lui-même")
{
    using signalement::Profil;
    using signalement::desordre::Reponse;
    const partenaire::Partenaire bailleur{.id = Id<partenaire::Partenaire>{"logeo"},
                                          .territoire = "76",
                                          .nom = "Logéo",
                                          .type = partenaire::TypePartenaire::BailleurSocial};
    const partenaire::Partenaire ars{
        .id = Id<partenaire::Partenaire>{"ars"}, .territoire = "76", .nom = "ARS"};
    const auto decision = [&](Profil profil, std::optional<Reponse> accord) {
        signalement::Signalement s;
        s.declarant.profil = profil;
        s.demarches.bailleur_peut_etre_prevenu = accord;
        return affecter(un_dossier(), une_secretaire(), {"logeo"}, choix_de({bailleur, ars}, s), midi);
    };
    CHECK(decision(Profil::Locataire, Reponse::Oui));
    CHECK(decision(Profil::Bailleur, std::nullopt));
    for (const auto accord :
         std::initializer_list<std::optional<Reponse>>{std::nullopt, Reponse::Non, Reponse::Nsp}) {
        const auto refus = decision(Profil::Locataire, accord);
        REQUIRE_FALSE(refus);
        CHECK(refus.error().message.starts_with("Logéo lirait tout le signalement"));
    }
}

TEST_CASE("un partenaire accepte, refuse avec une raison, ou revient sur son refus")
{
    const auto d = un_dossier();
    const auto oui = repondre(d, un_agent("ars"), "a-ars", Action::AccepterAffectation, "", "", midi);
    REQUIRE(oui);
    CHECK(oui->vers == StatutAffectation::Acceptee);
    CHECK(repondre(d, un_agent("ars"), "a-ars", Action::RefuserAffectation, "", explication, midi)
              .error()
              .field == "motif");
    CHECK(repondre(d, un_agent("ars"), "a-ars", Action::RefuserAffectation, "moyens", "non", midi)
              .error()
              .field == "texte");
    CHECK(repondre(d, un_agent("adil"), "a-adil", Action::AccepterAffectation, "", "", midi));
}

TEST_CASE("un partenaire ne répond pas à la place d’un autre")
{
    const auto r =
        repondre(un_dossier(), un_agent("caf"), "a-ars", Action::AccepterAffectation, "", "", midi);
    REQUIRE_FALSE(r);
    CHECK(r.error().kind == Problem::Kind::Forbidden);
}

TEST_CASE("terminer son intervention exige une raison et se reprend")
{
    auto d = un_dossier();
    CHECK(repondre(d, un_agent("caf"), "a-caf", Action::CloreAffectation, "intervention_terminee",
                   explication, midi));
    CHECK(repondre(d, un_agent("ars"), "a-ars", Action::CloreAffectation, "autre", explication, midi)
              .error()
              .kind == Problem::Kind::Conflict);
    d.affectations[1].statut = StatutAffectation::Fermee;
    CHECK(repondre(d, un_agent("caf"), "a-caf", Action::ReprendreAffectation, "", "", midi));
}

TEST_CASE("« le dossier est clos » n’est pas une raison qu’un partenaire puisse donner")
{
    const auto r = repondre(un_dossier(), un_agent("caf"), "a-caf", Action::CloreAffectation, "dossier_clos",
                            explication, midi);
    REQUIRE_FALSE(r);
    CHECK(r.error().field == "motif");
}

TEST_CASE("un partenaire voit tout dès l’affectation mais n’agit qu’après avoir accepté")
{
    CHECK(peut(un_agent("ars"), Action::Lire, un_dossier()));
    CHECK_FALSE(peut(un_agent("ars"), Action::Agir, un_dossier()));
    CHECK(peut(un_agent("caf"), Action::Agir, un_dossier()));
    CHECK_FALSE(peut(un_agent("ddtm"), Action::Lire, un_dossier()));
}

TEST_CASE(
    "la clôture ne donne rien à un partenaire qui n’avait pas répondu ; celui qui avait accepté verse sa "
    "mainlevée")
{
    auto d = un_dossier(Statut::Clos);
    for (auto& a : d.affectations)
        if (est_ouverte(a.statut)) a.statut = StatutAffectation::Fermee;
    d.affectations[1].repondue_le = midi;
    CHECK_FALSE(peut(un_agent("ars"), Action::Agir, d));
    CHECK_FALSE(peut(un_agent("ars"), Action::RendreVisible, d));
    CHECK(peut(un_agent("caf"), Action::Agir, d));
}

TEST_CASE("une visite prévue a lieu plus tard, une visite faite a déjà eu lieu")
{
    using signalement::lire_suivi;
    CHECK(lire_suivi({.type = "visite_prevue", .date = "24/11/2026"}, lundi));
    CHECK(lire_suivi({.type = "visite_prevue", .date = "22/11/2026"}, lundi).error()[0].field == "date");
    CHECK(lire_suivi({.type = "visite_prevue"}, lundi).error()[0].field == "date");
    CHECK(
        lire_suivi({.type = "visite_faite", .date = "24/11/2026", .texte = "Vu."}, lundi).error()[0].field ==
        "date");
    CHECK(lire_suivi({.type = "document"}, lundi).error()[0].field == "fichiers");
    CHECK(lire_suivi({.type = "reponse_deposant", .texte = "Je suis le déposant"}, lundi).error()[0].field ==
          "type");
}

TEST_CASE("toutes les corrections d’un suivi sont demandées en une fois")
{
    const auto r = signalement::lire_suivi({.type = "arrete", .date = "hier", .texte = ""}, lundi);
    REQUIRE_FALSE(r);
    CHECK(r.error().size() == 2);
    // One sentence about one date, however far it is.
    const auto loin =
        signalement::lire_suivi({.type = "arrete", .date = "21/11/2036", .texte = "Vu."}, lundi);
    REQUIRE_FALSE(loin);
    CHECK(loin.error().size() == 1);
}

TEST_CASE("ce que le déposant a écrit lui reste visible")
{
    signalement::Suivi s{.id = "x", .type = TypeSuivi::ReponseDeposant};
    CHECK_FALSE(changer_visibilite(un_dossier(), un_agent("caf"), s, false));
    s.type = TypeSuivi::VisiteFaite;
    const auto v = changer_visibilite(un_dossier(), un_agent("caf"), s, true);
    REQUIRE(v);
    CHECK(v->visible);
}

TEST_CASE("un message du déposant passe dans tous les états, même après la clôture")
{
    for (const auto& row : signalement::statuts)
        CHECK(repondre_deposant(un_dossier(row.value), signalement::Usager::Deposant, "Mme Roy",
                                "Rien n’a changé depuis.", 0, lundi, midi));
    CHECK(repondre_deposant(un_dossier(), signalement::Usager::Deposant, "Mme Roy", "", 1, lundi, midi));
    CHECK_FALSE(
        repondre_deposant(un_dossier(), signalement::Usager::Deposant, "Mme Roy", "", 0, lundi, midi));
}

TEST_CASE("clôturer exige un motif et une explication, et ferme les affectations ouvertes")
{
    const auto d = un_dossier();
    CHECK(cloturer(d, une_secretaire(), "", explication, midi).error().field == "motif");
    CHECK(cloturer(d, une_secretaire(), "relogement", "ok", midi).error().field == "texte");
    const auto c = cloturer(d, une_secretaire(), "relogement", explication, midi);
    REQUIRE(c);
    REQUIRE(c->entrainees().size() == 2);
    CHECK(c->entrainees()[0].id == "a-ars");
    CHECK(c->entrainees()[1].id == "a-caf");
}

TEST_CASE("un partenaire ne clôture pas le dossier de tous")
{
    CHECK(cloturer(un_dossier(), un_agent("caf"), "relogement", explication, midi).error().kind ==
          Problem::Kind::Forbidden);
}

TEST_CASE("un signalement clos ou refusé se rouvre avec une explication")
{
    CHECK(rouvrir(un_dossier(Statut::Clos), une_secretaire(), explication, midi)->vers() == Statut::EnCours);
    CHECK(rouvrir(un_dossier(Statut::Refuse), une_secretaire(), explication, midi)->vers() ==
          Statut::EnCours);
    CHECK(rouvrir(un_dossier(Statut::Clos), une_secretaire(), "", midi).error().field == "texte");
    CHECK(rouvrir(un_dossier(Statut::EnCours), une_secretaire(), explication, midi).error().kind ==
          Problem::Kind::Conflict);
}

TEST_CASE("rouvrir remet en attente ce que la clôture avait fermé, pas ce qu’un partenaire avait terminé")
{
    auto d = un_dossier(Statut::Clos);
    d.affectations[0].statut = StatutAffectation::Fermee;
    d.affectations[0].motif = "dossier_clos";
    d.affectations[1].statut = StatutAffectation::Fermee;
    d.affectations[1].motif = "intervention_terminee";
    const auto c = rouvrir(d, une_secretaire(), explication, midi);
    REQUIRE(c);
    REQUIRE(c->entrainees().size() == 1);
    CHECK(c->entrainees()[0].id == "a-ars");
}

TEST_CASE("la secrétaire peut redemander à un partenaire qui avait refusé")
{
    const auto n = affecter(un_dossier(), une_secretaire(), {"adil", "caf"}, services, midi);
    REQUIRE(n);
    CHECK(n->partenaires.empty());
    REQUIRE(n->a_redemander.size() == 1);
    CHECK(n->a_redemander[0].partenaire == "adil");
}
