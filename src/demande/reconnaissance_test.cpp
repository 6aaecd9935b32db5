// What may be noted of a recognised priority, when it counts, and who notes it.
#include "demande/reconnaissance.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "demande/droits.hpp"

namespace demande {
namespace test_reconnaissance {

constexpr Date jour{2026, 11, 22};
constexpr NatureReconnue toutes[] = {NatureReconnue::Dalo, NatureReconnue::Priorite};

const ReconnaissanceSaisie dalo{.nature = "dalo", .decision = "076-2026-118", .decidee_le = "12/11/2026"};

bool refuse(const ReconnaissanceSaisie& s, std::string_view champ,
            std::span<const NatureReconnue> permises = toutes, std::span<const Reconnaissance> deja = {})
{
    const auto r = reconnaitre(s, permises, deja, jour);
    return !r && std::ranges::any_of(r.error(), [&](const auto& e) { return e.field == champ; });
}

TEST_CASE("un Dalo se note avec le jour et le numéro de la décision, une autre priorité avec son motif")
{
    const auto r = reconnaitre(dalo, toutes, {}, jour);
    REQUIRE(r);
    CHECK(r->depuis == Date{2026, 11, 12});
    CHECK_FALSE(r->jusqu_au);
    auto s = dalo;
    s.decision = " ";
    CHECK(refuse(s, "decision"));
    s = dalo;
    s.decidee_le = "23/11/2026"; // not yet
    CHECK(refuse(s, "decidee_le"));
    s = dalo;
    s.depuis = "11/11/2026"; // before the decision
    CHECK(refuse(s, "depuis"));
    s = dalo;
    s.jusqu_au = "11/11/2026";
    CHECK(refuse(s, "jusqu_au"));
    s = dalo;
    s.nature = "priorite";
    CHECK(refuse(s, "motif"));
    s.motif = "l441_1_f";
    s.decision = "";
    const auto p = reconnaitre(s, toutes, {}, jour);
    REQUIRE(p);
    CHECK(p->motif == MotifPriorite::HabitatIndigne);
    constexpr NatureReconnue une[] = {NatureReconnue::Priorite};
    CHECK(refuse(dalo, "nature", une));
}

TEST_CASE("la même reconnaissance ne se note pas deux fois tant qu’elle court")
{
    std::vector<Reconnaissance> deja{*reconnaitre(dalo, toutes, {}, jour)};
    CHECK(refuse(dalo, "nature", toutes, deja));
    deja[0] = *mettre_fin(deja[0], {"20/11/2026", "decision_retiree"}, jour);
    CHECK(reconnaitre(dalo, toutes, deja, jour));
}

TEST_CASE("une reconnaissance vaut de son premier jour à son dernier, ou jusqu’à ce qu’on y mette fin")
{
    auto s = dalo;
    s.depuis = "01/12/2026";
    s.jusqu_au = "28/02/2027";
    const auto r = *reconnaitre(s, toutes, {}, jour);
    CHECK_FALSE(en_vigueur(r, {2026, 11, 30}));
    CHECK(en_vigueur(r, {2026, 12, 1}));
    CHECK(en_vigueur(r, {2027, 2, 28}));
    CHECK_FALSE(en_vigueur(r, {2027, 3, 1}));
    CHECK(change_le(r, jour) == Date{2026, 12, 1});
    CHECK(change_le(r, {2026, 12, 1}) == Date{2027, 3, 1});
    CHECK_FALSE(change_le(r, {2027, 3, 1}));

    const auto finie = mettre_fin(r, {"15/01/2027", "menage_reloge"}, {2027, 1, 20});
    REQUIRE(finie);
    CHECK(en_vigueur(*finie, {2027, 1, 14}));
    CHECK_FALSE(en_vigueur(*finie, {2027, 1, 15}));
    CHECK_FALSE(mettre_fin(*finie, {"16/01/2027", "menage_reloge"}, {2027, 1, 20}));
    CHECK_FALSE(mettre_fin(r, {"15/01/2027", ""}, {2027, 1, 20}));
    CHECK_FALSE(mettre_fin(r, {"21/01/2027", "menage_reloge"}, {2027, 1, 20})); // not yet
    CHECK_FALSE(mettre_fin(r, {"11/11/2026", "menage_reloge"}, {2027, 1, 20})); // before the decision
    // Noted by mistake and not begun yet: it never counts.
    const auto jamais = mettre_fin(r, {"22/11/2026", "notee_par_erreur"}, jour);
    REQUIRE(jamais);
    CHECK_FALSE(change_le(*jamais, jour));
}

TEST_CASE("le Dalo est noté par l’État seul, dans son territoire")
{
    using enum partenaire::TypePartenaire;
    for (const auto& t : partenaire::types_partenaire) {
        INFO("type : ", std::string{t.slug});
        const std::vector<Guichet> g{{"76X01", "076", "p", "", t.value, ""}};
        const bool etat = t.value == Prefecture || t.value == Ddets || t.value == DdtM;
        CHECK((reconnait(g, "076", NatureReconnue::Dalo) != nullptr) == etat);
        CHECK(reconnait(g, "027", NatureReconnue::Dalo) == nullptr);
        if (etat) CHECK(natures_permises(g, "076").size() == 2);
    }
}

} // namespace test_reconnaissance
} // namespace demande
