// What the journeys of accounts share: a small Seine-Maritime with its people, and the mailbox of the outbox.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "compte/demo.hpp"
#include "compte/store.hpp"
#include "partenaire/demo.hpp"
#include "support/client.hpp"
#include "support/databases.hpp"
#include "territoire/store.hpp"

namespace compte::exemples {

inline const Instant matin = *base::parse_instant("2026-11-23T08:00:00Z");
inline constexpr std::string_view nadia = "nadia.belkacem@demo.logis.example";  // territory manager
inline constexpr std::string_view julien = "julien.masson@demo.logis.example";  // committee secretary
inline constexpr std::string_view claire = "claire.duhamel@demo.logis.example"; // administers Rouen
inline constexpr std::string_view thomas = "thomas.petit@demo.logis.example";   // agent of Rouen
inline constexpr std::string_view nouveau_mot_de_passe = "quatre tulipes au balcon";

/// Seine-Maritime with two communes, its partners and its people.
inline void semer(db::Database& base)
{
    base.write([](db::Transaction& tx) {
        tx.exec("INSERT INTO region (code, nom) VALUES ('28', 'Normandie')");
        tx.exec("INSERT INTO departement (code, nom, region) VALUES ('76', 'Seine-Maritime', '28')");
        tx.exec(
            "INSERT INTO epci (siren, nom, type) VALUES ('200023414', 'Métropole Rouen Normandie', 'METRO')");
        for (const auto* insee : {"76540", "76231"})
            tx.exec(
                "INSERT INTO commune (insee, nom, type, departement, epci) VALUES ($1, $2, 'commune', '76', "
                "'200023414')",
                insee, std::string{insee} == "76540" ? "Rouen" : "Elbeuf");
        territoire::store::ouvrir_territoire(tx, {"76", "Seine-Maritime", "28"});
        territoire::store::save_comite(tx, {"comite-76-departement", "76", "Comité du Département", {}, 0});
        partenaire::semer_demo(tx, matin);
        semer_demo(tx, matin);
    });
}

/// The secret at the end of the last link sent to this address.
inline std::string dernier_jeton(db::Database& base, std::string_view email, std::string_view gabarit)
{
    auto tx = base.read();
    const auto texte = tx.find<std::string>(
        "SELECT texte FROM courriel WHERE destinataire = $1 AND gabarit = $2 ORDER BY id DESC LIMIT 1", email,
        gabarit);
    REQUIRE(texte);
    for (const std::string_view debut : {"/activation/", "/nouveau-mot-de-passe/"})
        if (const auto ou = texte->find(debut); ou != std::string::npos)
            return texte->substr(ou + debut.size(), 43); // 32 bytes as text
    FAIL("no link in the e-mail");
    return {};
}

inline std::int64_t courriels(db::Database& base, std::string_view email)
{
    auto tx = base.read();
    return tx.one<std::int64_t>("SELECT COUNT(*) FROM courriel WHERE destinataire = $1", email);
}

inline std::string id_de(db::Database& base, std::string_view email)
{
    auto tx = base.read();
    return store::find_by_email(tx, email)->id.text;
}

} // namespace compte::exemples
