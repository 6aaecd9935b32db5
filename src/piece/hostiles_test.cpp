// What people with bad intentions send, one by one: the corpus and what must become of each case are in
// tests/fixtures/make.mjs.
#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "base/text.hpp"
#include "piece/atelier.hpp"
#include "piece/envoi.hpp"
#include "piece/store.hpp"
#include "support/databases.hpp"
#include "support/fixtures.hpp"

namespace hostiles_test {
namespace {

const Instant jour = *base::parse_instant("2026-11-21T09:00:00Z");

bool contient(std::string_view s, std::string_view morceau)
{
    return s.find(morceau) != std::string_view::npos;
}

struct Cas {
    std::string fichier, envoye;
    std::optional<std::string> refus, type, etat, trace, nom;
};

std::vector<Cas> corpus()
{
    std::vector<Cas> out;
    const auto texte = test::fixture("hostiles.json");
    if (!texte) return out;
    const auto liste = boost::json::parse(*texte);
    for (const auto& v : liste.as_array()) {
        const auto& o = v.as_object();
        const auto lire = [&](const char* nom) {
            const auto* p = o.if_contains(nom);
            return p ? std::optional{std::string{p->as_string()}} : std::nullopt;
        };
        out.push_back({*lire("fichier"), *lire("envoye"), lire("refus"), lire("type"), lire("etat"),
                       lire("trace"), lire("nom")});
    }
    return out;
}

/// The answer that carries it, to its end.
std::string rendu(const http::Response& r)
{
    auto octets = r.body;
    if (r.stream)
        while (r.stream(octets)) {
        }
    return octets;
}

std::string entete(const http::Response& r, std::string_view nom)
{
    for (const auto& [n, valeur] : r.headers)
        if (n == nom) return valeur;
    return {};
}

} // namespace

TEST_CASE(
    "chaque fichier hostile a le sort prévu : refusé avec le remède, illisible, ou rendu sans ce qui nuit")
{
    test::FreshDatabase db{db::Engine::Sqlite};
    const auto config = test::scratch_config();
    piece::Fichiers fichiers{config};
    const auto tous = corpus();
    if (tous.empty()) return; // the tool that makes them is missing, which was said
    CHECK(tous.size() >= 60);
    for (const auto& cas : tous) {
        INFO(cas.fichier, " ", cas.envoye);
        const auto octets = test::fixture(cas.fichier);
        REQUIRE(octets);
        const auto recue = piece::recevoir(fichiers, {"fichiers", cas.envoye, "image/jpeg", *octets});
        const std::string dit = recue ? "accepté : " + std::string{base::slug_of(piece::types, recue->type)}
                                      : recue.error().message;
        INFO(dit);
        if (cas.refus) {
            CHECK_FALSE(recue);
            CHECK(contient(dit, *cas.refus));
            // Shown to the person: nothing of the name or of the file may act there.
            CHECK_FALSE(contient(dit, "\u202e"));
            continue;
        }
        CHECK(recue);
        if (!recue) continue;
        if (cas.type) CHECK(base::slug_of(piece::types, recue->type) == *cas.type);
        if (cas.nom) CHECK(recue->nom == *cas.nom);
        const auto id =
            db->write([&](db::Transaction& tx) { return piece::store::inserer(tx, *recue, jour).id; });
        piece::preparer_fichiers(*db, fichiers, base::Clock{jour});
        const auto p = [&] {
            auto tx = db->read();
            return *piece::store::trouver(tx, id);
        }();
        const auto etat = std::string{base::slug_of(piece::etats, p.etat)};
        CHECK(contient(cas.etat.value_or("saine"), etat));
        if (!p.disponible()) continue;
        for (const auto variante : {piece::Variante::Fichier, piece::Variante::Miniature}) {
            const auto reponse = piece::servir(*fichiers.magasin, p, variante, {});
            const auto donne = rendu(reponse);
            if (cas.trace) CHECK_FALSE(contient(donne, *cas.trace));
            CHECK(entete(reponse, "X-Content-Type-Options") == "nosniff");
            CHECK(entete(reponse, "Content-Security-Policy") == "default-src 'none'; sandbox");
            const auto disposition = entete(reponse, "Content-Disposition");
            CHECK(disposition.starts_with(p.est_photo() ? "inline; " : "attachment; "));
            CHECK(std::ranges::all_of(disposition, [](char c) { return c >= 0x20 && c < 0x7f; }));
            if (p.est_photo()) CHECK(donne.starts_with("\xff\xd8\xff"));
        }
    }
}

} // namespace hostiles_test
