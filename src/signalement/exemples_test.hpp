// A small back office for tests: the people of the demonstration, reports deposited through the rules, and
// what each person does with a browser. Holds no assertion about the product.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "compte/exemples_test.hpp"
#include "signalement/apres_depot.hpp"
#include "signalement/depot/exemples_test.hpp"
#include "signalement/depot/store.hpp"
#include "signalement/store.hpp"

namespace signalement::exemples {

inline constexpr std::string_view helene = "helene.roussel@demo.logis.example"; // administers the ARS
inline constexpr std::string_view aicha = "aicha.diallo@demo.logis.example"; // secretary of another committee

/// The platform on a fresh database, at a moment, with the report of a dwelling of Rouen.
struct Bureau {
    explicit Bureau(db::Database& database) : base(database), site(semer(database), compte::exemples::matin)
    {}

    static db::Database& semer(db::Database& database)
    {
        compte::exemples::semer(database);
        return database;
    }

    /// Deposits these answers at the committee of the Département; gives the id of the report.
    std::string deposer(const depot::Reponses& reponses)
    {
        const auto contexte = depot::exemples::contexte();
        auto d = lire(parcours(reponses, contexte), contexte);
        REQUIRE(d);
        const auto le = site.app().clock.now();
        return base.write([&](db::Transaction& tx) {
            auto copie = *d;
            const auto brouillon = depot::store::creer(tx, ::base::random_token(32), {}, "", le);
            const auto recu = depot::store::enregistrer(
                tx, brouillon.id, copie, {"76", "comite-76-departement", ::base::local_date(le)}, le);
            apres_depot(site.app(), tx, copie.signalement);
            return recu.signalement;
        });
    }

    /// The account that the deposit opened for this address, with a password.
    void activer(std::string_view email)
    {
        base.write([&](db::Transaction& tx) {
            tx.exec(
                "UPDATE compte SET etat = 'actif', mot_de_passe = (SELECT c.mot_de_passe FROM compte c WHERE "
                "c.email = $1) WHERE email = $2",
                compte::exemples::julien, email);
        });
    }

    test::Client entrer(std::string_view email)
    {
        test::Client client{site};
        client.log_in(email, compte::mot_de_passe_demo);
        return client;
    }

    std::int64_t compter(std::string_view sql, std::string_view parametre)
    {
        auto tx = base.read();
        return tx.one<std::int64_t>(sql, parametre);
    }

    db::Database& base;
    test::Site site;
};

inline std::string fiche(const std::string& id)
{
    return "/signalements/" + id;
}

} // namespace signalement::exemples
