// The steps a depositor reads, in every state.
#include "signalement/suivi_deposant/etapes.hpp"

#include <doctest/doctest.h>

namespace signalement::suivi_deposant::etapes_check {

Instant at(std::string_view day)
{
    return *base::parse_instant(std::string{day} + "T10:00:00Z");
}

struct Cas {
    Signalement s;
    Dossier d;
    std::vector<Suivi> visibles;

    [[nodiscard]] Avancement le(std::string_view day) const
    {
        return avancement(s, d, visibles, "Europe/Paris", at(day));
    }
};

Cas un_cas(Statut statut)
{
    Cas c;
    c.s.statut = statut;
    c.s.depose_le = at("2026-11-02");
    if (statut == Statut::EnCours || statut == Statut::Clos) c.s.valide_le = at("2026-11-05");
    return c;
}

Affectation une_affectation(StatutAffectation statut, std::string nom = "Mairie de Rouen")
{
    Affectation a;
    a.partenaire_nom = std::move(nom);
    a.statut = statut;
    a.affectee_le = at("2026-11-06");
    if (statut != StatutAffectation::EnAttente) a.repondue_le = at("2026-11-10");
    return a;
}

std::vector<EtatEtape> etats(const Avancement& a)
{
    std::vector<EtatEtape> out;
    for (const auto& e : a.etapes) out.push_back(e.etat);
    return out;
}

constexpr auto F = EtatEtape::Faite;
constexpr auto C = EtatEtape::EnCours;
constexpr auto A = EtatEtape::AVenir;
using Etats = std::vector<EtatEtape>;

TEST_CASE("un signalement déposé attend le comité, avec un délai indicatif plus court s’il y a danger")
{
    auto cas = un_cas(Statut::ATrier);
    const auto a = cas.le("2026-11-03");
    CHECK(etats(a) == Etats{F, C, A, A, A});
    CHECK(a.etapes[0].date == Date{2026, 11, 2});
    REQUIRE(a.prochaine);
    CHECK(a.prochaine->avant == Date{2026, 11, 9});
    CHECK(!a.prochaine->depasse);
    CHECK(cas.le("2026-11-10").prochaine->depasse);
    cas.s.danger = true;
    CHECK(cas.le("2026-11-03").prochaine->avant == Date{2026, 11, 4});
}

TEST_CASE("un dossier validé passe par les partenaires, puis par la visite")
{
    auto cas = un_cas(Statut::EnCours);
    CHECK(etats(cas.le("2026-11-06")) == Etats{F, F, C, A, A});

    cas.d.affectations = {une_affectation(StatutAffectation::EnAttente)};
    auto a = cas.le("2026-11-07");
    CHECK(etats(a) == Etats{F, F, C, A, A});
    CHECK(a.etapes[2].detail == "Mairie de Rouen (réponse attendue)");
    CHECK(a.prochaine->avant == Date{2026, 11, 21});

    cas.d.affectations.push_back(une_affectation(StatutAffectation::Acceptee, "ARS Normandie"));
    cas.d.affectations.push_back(une_affectation(StatutAffectation::Refusee, "CAF"));
    a = cas.le("2026-11-12");
    CHECK(etats(a) == Etats{F, F, F, C, A});
    CHECK(a.etapes[2].detail == "Mairie de Rouen (réponse attendue), ARS Normandie (prise en charge)");
    CHECK(a.prochaine->avant == Date{2027, 1, 9});
}

TEST_CASE("un partenaire qui refuse ne compte pas comme prise en charge")
{
    auto cas = un_cas(Statut::EnCours);
    cas.d.affectations = {une_affectation(StatutAffectation::Refusee)};
    CHECK(etats(cas.le("2026-11-12")) == Etats{F, F, C, A, A});
}

TEST_CASE("une visite prévue est la prochaine étape, à sa date ; faite, elle laisse place aux démarches")
{
    auto cas = un_cas(Statut::EnCours);
    cas.d.affectations = {une_affectation(StatutAffectation::Acceptee)};
    Suivi prevue;
    prevue.type = TypeSuivi::VisitePrevue;
    prevue.date_acte = {2026, 11, 25};
    cas.visibles = {prevue};
    auto a = cas.le("2026-11-20");
    REQUIRE(a.prochaine);
    CHECK(a.prochaine->date_ferme);
    CHECK(a.prochaine->avant == Date{2026, 11, 25});
    // The day has passed and nobody has told yet: back to an indicative delay.
    CHECK(!cas.le("2026-11-26").prochaine->date_ferme);
    Suivi faite;
    faite.type = TypeSuivi::VisiteFaite;
    faite.date_acte = {2026, 11, 25};
    cas.visibles.push_back(faite);
    a = cas.le("2026-11-26");
    CHECK(a.etapes[3].date == Date{2026, 11, 25});
    CHECK(a.etapes[3].etat == C);
    CHECK(!a.prochaine->avant);
}

TEST_CASE("un refus dit pourquoi et où aller, et n’annonce rien d’autre")
{
    auto cas = un_cas(Statut::Refuse);
    cas.s.refuse_le = at("2026-11-04");
    cas.s.motif_slug = "hors_competence";
    cas.s.motif_texte = "Adressez-vous à la conciliation.";
    const auto a = cas.le("2026-11-20");
    CHECK(etats(a) == Etats{F, F, F});
    CHECK(!a.prochaine);
    CHECK(a.etapes[2].detail == "La situation relève d’un autre service\n\nAdressez-vous à la conciliation.");
}

TEST_CASE("un dossier clos est entièrement fait, sans étape inventée")
{
    auto cas = un_cas(Statut::Clos);
    cas.s.clos_le = at("2026-12-01");
    cas.s.motif_slug = "mis_en_conformite";
    CHECK(etats(cas.le("2026-12-02")) == Etats{F, F, F});
    cas.d.affectations = {une_affectation(StatutAffectation::Fermee)};
    cas.d.affectations[0].repondue_le = {};
    CHECK(etats(cas.le("2026-12-02")) == Etats{F, F, F, F}); // nobody had answered, nobody had come
    cas.d.affectations[0].repondue_le = at("2026-11-24");
    const auto a = cas.le("2026-12-02");
    CHECK(etats(a) == Etats{F, F, F, F, F});
    CHECK(a.etapes[3].titre == "Démarches des services");
    CHECK(!a.prochaine);
    CHECK(a.etapes.back().date == Date{2026, 12, 1});
    CHECK(a.etapes.back().detail == "Les travaux sont faits, le logement est en bon état");
}

TEST_CASE("les jours sont ceux du territoire")
{
    auto cas = un_cas(Statut::ATrier);
    cas.s.depose_le = *base::parse_instant("2026-11-02T22:30:00Z");
    CHECK(avancement(cas.s, cas.d, {}, "Indian/Reunion", at("2026-11-03")).etapes[0].date ==
          Date{2026, 11, 3});
    CHECK(avancement(cas.s, cas.d, {}, "Europe/Paris", at("2026-11-03")).etapes[0].date == Date{2026, 11, 2});
}

} // namespace signalement::suivi_deposant::etapes_check
