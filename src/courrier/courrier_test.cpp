// The outbox and what leaves it: both engines, and a real mail server.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <set>
#include <stop_token>
#include <thread>

#include "base/crypto.hpp"
#include "base/expect.hpp"
#include "base/log.hpp"
#include "courrier/courrier.hpp"
#include "courrier/jobs.hpp"
#include "courrier/smtp.hpp"
#include "courrier/store.hpp"
#include "courrier/views.hpp"
#include "db/migrations.hpp"
#include "support/databases.hpp"
#include "support/loopback.hpp"
#include "support/smtp.hpp"

namespace courrier::tests {

const Instant midi = *base::parse_instant("2026-11-21T12:00:00Z");

Courriel un_courriel(std::string destinataire, std::string objet = "Votre signalement a été reçu")
{
    return {"accuse_reception",
            std::move(destinataire),
            std::move(objet),
            {Paragraphe{"Bonjour,\nvotre logement <b>ancien</b> & humide."},
             Liste{{"une fuite", "l’été, « rien »"}},
             Bouton{"Suivre le signalement", "https://logis.example/suivi?jeton=a&b=é"}},
            "76",
            "signalement",
            "s1"};
}

std::string poster(db::Database& database, const Courriel& c, Instant le = midi)
{
    return database.write([&](db::Transaction& tx) { return enqueue(tx, c, le); });
}

EtatCourriel etat_de(db::Database& database, const std::string& id)
{
    auto tx = database.read();
    for (auto& e : etat_des_courriels(tx, "signalement", "s1"))
        if (e.id == id) return e;
    throw std::runtime_error{"no such e-mail"};
}

Config avec(const test::SmtpSink& sink)
{
    Config c;
    c.smtp_url = sink.url();
    c.mail_from = "ne-pas-repondre@logis.example";
    c.mail_from_name = "Logis — Seine-Maritime";
    c.operateur_nom = "Logis";
    c.operateur_contact = "contact@logis.example";
    return c;
}

Bilan partir(db::Database& database, const Config& config, Instant a)
{
    return expedier(database, base::Clock{a}, config, "essai");
}

bool contient(const std::string& texte, std::string_view morceau)
{
    return texte.find(morceau) != std::string::npos;
}

TEST_CASE("un courriel se lit en texte et en HTML, ce qui a été tapé reste du texte")
{
    const auto corps = signer(rendre(un_courriel("a@b.fr")), "Objet <1>", {"Logis", "contact@logis.example"});
    CHECK(contient(corps.texte, "votre logement <b>ancien</b> & humide."));
    CHECK(contient(corps.texte, "- une fuite\n- l’été, « rien »\n"));
    CHECK(contient(corps.texte, "Suivre le signalement\u00A0:\nhttps://logis.example/suivi?jeton=a&b=é\n"));
    CHECK(contient(corps.texte, "Vous recevez ce message parce que"));
    CHECK(contient(corps.texte, "ne répondez pas"));
    CHECK(contient(corps.texte, "contact@logis.example"));
    CHECK(contient(corps.html, "&lt;b&gt;ancien&lt;/b&gt; &amp; humide."));
    CHECK(contient(corps.html, "<title>Objet &lt;1&gt;</title>"));
    CHECK(contient(corps.html,
                   "<a href=\"https://logis.example/suivi?jeton=a&amp;b=é\">Suivre le signalement</a>"));
    CHECK(!contient(corps.html, "<b>"));
    CHECK(!contient(corps.html, "style="));
    auto avec_raison = un_courriel("a@b.fr");
    avec_raison.raison = "Vous recevez ce message parce que vous avez déposé un signalement.";
    CHECK(contient(rendre(avec_raison).texte, "vous avez déposé un signalement."));
    auto piege = un_courriel("a@b.fr");
    piege.blocs = {Bouton{"Cliquez", "javascript:alert(1)"}};
    CHECK_THROWS_AS(rendre(piege), base::Bug);
}

TEST_CASE("les états d’un courriel sont les mêmes dans le programme et dans la base")
{
    std::string liste;
    for (const auto& e : etats) liste += (liste.empty() ? "'" : ", '") + std::string{e.slug} + "'";
    const auto toutes = db::embedded_migrations();
    CHECK(std::any_of(toutes.begin(), toutes.end(), [&](const db::Migration& m) {
        return m.common.find("etat          TEXT NOT NULL CHECK (etat IN (" + liste + "))") !=
               std::string_view::npos;
    }));
}

TEST_CASE("les essais s’espacent puis s’arrêtent après cinq jours")
{
    const auto apres = [](int essais) {
        return (prochain_essai(essais, midi, midi).value_or(midi).ms - midi.ms) / 1000;
    };
    CHECK(apres(1) == 60);
    CHECK(apres(2) == 5 * 60);
    CHECK(apres(3) == 30 * 60);
    CHECK(apres(4) == 2 * 3600);
    CHECK(apres(5) == 6 * 3600);
    CHECK(apres(6) == 24 * 3600);
    CHECK(apres(40) == 24 * 3600);
    CHECK(prochain_essai(9, midi, midi.plus_days(4)));
    CHECK(!prochain_essai(9, midi, midi.plus_days(4).plus_seconds(1)));
}

TEST_CASE("un en-tête ne peut rien injecter")
{
    CHECK(en_tete("Bonjour") == "Bonjour");
    CHECK(en_tete("a\r\nBcc: tous@logis.example") == "a Bcc: tous@logis.example");
    CHECK(en_tete("Été") == "=?UTF-8?B?w4l0w6k=?=");
    CHECK(en_tete("=?UTF-8?Q?x?=").starts_with("=?UTF-8?B?"));
    const auto objet_long = en_tete(std::string(120, 'a') + "é" + std::string(120, 'b'));
    for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 2) {
        end = objet_long.find("\r\n", at);
        CHECK(objet_long.substr(at, end - at).size() <= 76);
    }
    CHECK(date_rfc5322(*base::parse_instant("2026-11-01T08:05:09.123Z")) == "Sun, 1 Nov 2026 08:05:09 +0000");
}

TEST_CASE("un courriel part avec la décision, ou pas du tout")
{
    test::for_each_engine([](db::Database& database) {
        {
            auto tx = database.begin();
            enqueue(tx, un_courriel("a@b.fr"), midi);
        }
        CHECK(database.read().one<std::int64_t>("SELECT count(*) FROM courriel") == 0);
        const auto id = poster(database, un_courriel("Nadia@Mairie.FR", "Deux\r\nlignes"));
        const auto e = etat_de(database, id);
        CHECK(e.etat == Etat::AEnvoyer);
        CHECK(e.destinataire == "Nadia@mairie.fr");
        CHECK(e.objet == "Deux lignes");
        CHECK(e.prochain_le == midi);
        auto tx = database.read();
        CHECK(en_attente(tx) == 1);
    });
}

TEST_CASE("deux courriels de même cause n’en font qu’un ; sans cause dite, chacun est le sien")
{
    test::for_each_engine([](db::Database& database) {
        auto c = un_courriel("a@b.fr");
        c.cle = "depot/s1/accuse_reception/a@b.fr";
        poster(database, c);
        poster(database, c, midi.plus_seconds(60));
        CHECK(database.read().one<std::int64_t>("SELECT count(*) FROM courriel") == 1);
        c.cle = "depot/s1/accuse_reception/c@d.fr";
        poster(database, c);
        c.cle.clear();
        poster(database, c);
        poster(database, c);
        CHECK(database.read().one<std::int64_t>("SELECT count(*) FROM courriel") == 4);
    });
}

TEST_CASE("un serveur de courriel qui se tait ne retient pas l’arrêt")
{
    // Accepts in its queue and never says a word.
    const test::Loopback muet;
    std::stop_source arret;
    arret.request_stop();
    ClientSmtp client{{"smtp://" + muet.address(), "", ""}, arret.get_token()};
    const auto debut = std::chrono::steady_clock::now();
    const auto reponse =
        client.envoyer({"a@b.fr", "A", "c@d.fr", "Objet", midi, "1@b.fr", {"texte", "html"}});
    CHECK(reponse.remise != Reponse::Remise::Acceptee);
    CHECK(reponse.remise != Reponse::Remise::Refusee); // it is tried again
    CHECK(std::chrono::steady_clock::now() - debut < std::chrono::seconds{8});
}

TEST_CASE("une adresse impossible est montrée comme refusée sans arrêter la décision")
{
    test::for_each_engine([](db::Database& database) {
        const auto e =
            etat_de(database, poster(database, un_courriel("pas une adresse\r\nRCPT TO:<x@y.fr>")));
        CHECK(e.etat == Etat::Refuse);
        CHECK(e.erreur == "Cette adresse électronique n’est pas valable.");
    });
}

TEST_CASE("sans serveur configuré les courriels attendent")
{
    test::for_each_engine([](db::Database& database) {
        const auto id = poster(database, un_courriel("a@b.fr"));
        CHECK(partir(database, Config{}, midi).envoyes == 0);
        CHECK(etat_de(database, id).essais == 0);
    });
}

TEST_CASE("trois courriels arrivent entiers, accents compris, par une seule connexion")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        for (const auto* a : {"un@mairie.fr", "deux@mairie.fr", "trois@mairie.fr"})
            poster(
                database,
                un_courriel(a, "Signalement reçu : « l’été à Sotteville-lès-Rouen », à suivre de très près"));
        const auto bilan = partir(database, avec(sink), midi.plus_seconds(5));
        CHECK(bilan.envoyes == 3);
        const auto recus = sink.received();
        REQUIRE(recus.size() == 3);
        std::set<std::string> destinataires, identifiants;
        for (const auto& m : recus) {
            CHECK(m.subject == "Signalement reçu : « l’été à Sotteville-lès-Rouen », à suivre de très près");
            CHECK(m.type == "multipart/alternative");
            CHECK(contient(m.text, "votre logement <b>ancien</b> & humide."));
            CHECK(contient(m.text, "https://logis.example/suivi?jeton=a&b=é"));
            CHECK(contient(m.html, "&lt;b&gt;ancien&lt;/b&gt;"));
            CHECK(contient(m.html, "</html>"));
            CHECK(m.headers.at("from") == "Logis — Seine-Maritime <ne-pas-repondre@logis.example>");
            CHECK(m.headers.at("date") == "Sat, 21 Nov 2026 12:00:05 +0000");
            CHECK(m.headers.at("auto-submitted") == "auto-generated");
            CHECK(m.headers.at("mime-version") == "1.0");
            CHECK(m.headers.at("message-id").ends_with(".1@logis.example>"));
            CHECK(m.defects.empty());
            CHECK(m.from == "ne-pas-repondre@logis.example");
            CHECK(m.connection == recus.front().connection);
            destinataires.insert(m.to.at(0));
            identifiants.insert(m.headers.at("message-id"));
        }
        CHECK(destinataires.size() == 3);
        CHECK(identifiants.size() == 3);
        auto tx = database.read();
        for (const auto& e : etat_des_courriels(tx, "signalement", "s1")) {
            CHECK(e.etat == Etat::Envoye);
            CHECK(e.envoye_le == midi.plus_seconds(5));
            CHECK(!e.prochain_le);
        }
        CHECK(etat_des_courriels(tx, "signalement", "autre").empty());
    });
}

TEST_CASE("un échec passager est réessayé au bon moment, pas avant")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        const auto config = avec(sink);
        const auto id = poster(database, un_courriel("plus-tard@mairie.fr"));
        const auto voisin = poster(database, un_courriel("voisin@mairie.fr"));
        const auto bilan = partir(database, config, midi);
        CHECK(bilan.reportes == 1);
        CHECK(bilan.envoyes == 1); // one full mailbox does not stop the others
        auto e = etat_de(database, id);
        CHECK(e.etat == Etat::Echec);
        CHECK(e.prochain_le == midi.plus_seconds(60));
        CHECK(e.erreur == "451 4.3.0 Try again later");
        CHECK(partir(database, config, midi.plus_seconds(59)).reportes == 0);
        CHECK(partir(database, config, midi.plus_seconds(60)).reportes == 1);
        e = etat_de(database, id);
        CHECK(e.essais == 2);
        CHECK(e.prochain_le == midi.plus_seconds(60 + 300));
        sink.open_late_recipients();
        CHECK(partir(database, config, midi.plus_days(1)).envoyes == 1);
        CHECK(etat_de(database, id).etat == Etat::Envoye);
        REQUIRE(sink.received().size() == 2);
        CHECK(etat_de(database, voisin).etat == Etat::Envoye);
    });
}

TEST_CASE("cinq jours d’échecs finissent par un refus visible")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        const auto id = poster(database, un_courriel("plus-tard@mairie.fr"));
        auto quand = midi;
        int essais = 0;
        while (etat_de(database, id).prochain_le && essais < 30) {
            quand = *etat_de(database, id).prochain_le;
            partir(database, avec(sink), quand);
            ++essais;
        }
        CHECK(etat_de(database, id).etat == Etat::Refuse);
        CHECK(etat_de(database, id).erreur == "451 4.3.0 Try again later");
        CHECK(quand <= midi.plus_days(5));
        CHECK(essais == 10);
    });
}

TEST_CASE("un refus définitif est montré, jamais réessayé seul, renvoyé par une personne")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        const auto config = avec(sink);
        const auto id = poster(database, un_courriel("refuse@mairie.fr"));
        const auto contenu = poster(database, un_courriel("contenu@mairie.fr"));
        CHECK(partir(database, config, midi).refuses == 2);
        CHECK(etat_de(database, id).etat == Etat::Refuse);
        CHECK(etat_de(database, id).erreur == "550 5.1.1 No such user");
        CHECK(etat_de(database, contenu).erreur == "554 5.7.1 Content refused");
        CHECK(partir(database, config, midi.plus_days(3)).refuses == 0);
        CHECK(database.write([&](db::Transaction& tx) { return renvoyer(tx, id, midi.plus_days(3)); }));
        CHECK(etat_de(database, id).etat == Etat::AEnvoyer);
        CHECK(partir(database, config, midi.plus_days(3)).refuses == 1);
        CHECK(sink.received().empty());
        const auto remis = poster(database, un_courriel("remis@mairie.fr"));
        partir(database, config, midi);
        CHECK(!database.write([&](db::Transaction& tx) { return renvoyer(tx, remis, midi); }));
        CHECK(!database.write([&](db::Transaction& tx) { return renvoyer(tx, "inconnu", midi); }));
    });
}

TEST_CASE("un serveur absent ne consomme pas les essais de tous les courriels")
{
    test::for_each_engine([](db::Database& database) {
        Config config;
        config.smtp_url = "smtp://127.0.0.1:1";
        for (int i = 0; i < 5; ++i) poster(database, un_courriel("a" + std::to_string(i) + "@b.fr"));
        CHECK(partir(database, config, midi).reportes == 1);
        auto tx = database.read();
        CHECK(tx.one<std::int64_t>("SELECT sum(essais) FROM courriel") == 1);
        CHECK(tx.one<std::int64_t>("SELECT count(*) FROM courriel WHERE etat = 'a_envoyer'") == 4);
    });
}

TEST_CASE("deux expéditeurs à la fois n’envoient chaque courriel qu’une fois")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        const auto config = avec(sink);
        constexpr int combien = 60;
        database.write([&](db::Transaction& tx) {
            for (int i = 0; i < combien; ++i)
                enqueue(tx, un_courriel("a" + std::to_string(i) + "@mairie.fr"), midi);
        });
        std::atomic<int> envoyes = 0, pannes = 0;
        std::vector<std::thread> fils;
        for (int i = 0; i < 4; ++i)
            fils.emplace_back([&] {
                try {
                    envoyes += partir(database, config, midi).envoyes;
                } catch (const std::exception&) {
                    ++pannes;
                }
            });
        for (auto& f : fils) f.join();
        CHECK(pannes == 0);
        CHECK(envoyes == combien);
        std::set<std::string> destinataires;
        for (const auto& m : sink.received()) destinataires.insert(m.to.at(0));
        CHECK(destinataires.size() == combien);
        CHECK(sink.received().size() == combien);
    });
}

TEST_CASE("un courriel reçu nomme la requête qui l’a écrit, et rien quand c’est une tâche")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        {
            const base::RequestScope requete{"c9d9269118927876"};
            poster(database, un_courriel("a@mairie.fr"));
        }
        poster(database, un_courriel("b@mairie.fr"));
        CHECK(partir(database, avec(sink), midi).envoyes == 2);
        REQUIRE(sink.received().size() == 2);
        for (const auto& m : sink.received()) {
            const auto trouvee = m.headers.find("x-request-id");
            const std::string dite = trouvee == m.headers.end() ? "" : trouvee->second;
            CHECK(dite == (m.to.at(0) == "a@mairie.fr" ? "c9d9269118927876" : ""));
        }
    });
}

TEST_CASE("un courriel dont l’expéditeur est mort repart, avec le même identifiant")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& database) {
        const test::SmtpSink sink;
        const auto id = poster(database, un_courriel("a@mairie.fr"));
        database.write([&](db::Transaction& tx) {
            CHECK(prendre(tx, "mort", midi, midi.plus_seconds(600), 10).size() == 1);
            CHECK(prendre(tx, "autre", midi, midi.plus_seconds(600), 10).empty());
        });
        CHECK(partir(database, avec(sink), midi.plus_seconds(599)).envoyes == 0);
        CHECK(partir(database, avec(sink), midi.plus_seconds(600)).envoyes == 1);
        REQUIRE(sink.received().size() == 1);
        CHECK(sink.received()[0].headers.at("message-id") == "<" + id + ".1@logis.example>");
        // The dead runner comes back: its answer is no longer listened to.
        database.write([&](db::Transaction& tx) { CHECK(!marquer_refuse(tx, id, "mort", "x")); });
    });
}

TEST_CASE("le corps d’un courriel parti s’efface, son état reste")
{
    test::for_each_engine([](db::Database& database) {
        const auto parti = poster(database, un_courriel("a@b.fr"));
        database.write([&](db::Transaction& tx) {
            prendre(tx, "moi", midi, midi.plus_seconds(60), 1);
            marquer_envoye(tx, parti, "moi", midi);
        });
        const auto attend = poster(database, un_courriel("b@b.fr"));
        database.write([&](db::Transaction& tx) { CHECK(effacer_corps(tx, midi.plus_days(7)) == 1); });
        database.write([&](db::Transaction& tx) { CHECK(effacer_corps(tx, midi.plus_days(8)) == 0); });
        auto tx = database.read();
        CHECK(tx.one<std::string>("SELECT texte || html FROM courriel WHERE id = $1", parti).empty());
        CHECK(!tx.one<std::string>("SELECT texte FROM courriel WHERE id = $1", attend).empty());
        CHECK(etat_de(database, parti).etat == Etat::Envoye);
    });
}

TEST_CASE("un fichier joint part avec son message, une fois, et disparaît avec son texte")
{
    if (!test::SmtpSink::available()) return;
    test::for_each_engine([](db::Database& base) {
        db::migrate(base);
        const test::SmtpSink serveur;
        auto c = un_courriel("avec-fichier@exemple.fr", "Attestation");
        c.cle = "attestation/d1";
        c.joint = Joint{"attestation.pdf", "application/pdf", std::string{"%PDF-\0\xff\r\n.\r\n", 12}};
        const auto id = poster(base, c);
        poster(base, c); // the same key: nothing more
        CHECK(partir(base, avec(serveur), midi).envoyes == 1);
        const auto recus = serveur.received();
        REQUIRE(recus.size() == 1);
        CHECK(recus.front().type == "multipart/mixed");
        CHECK(recus.front().defects.empty());
        CHECK(contient(recus.front().text, "votre logement <b>ancien</b> & humide."));
        CHECK(contient(recus.front().html, "une fuite"));
        CHECK(contient(recus.front().raw, "filename=\"attestation.pdf\""));
        CHECK(contient(recus.front().raw, ::base::base64(c.joint->octets)));
        base.write([&](db::Transaction& tx) {
            CHECK(joint_de(tx, id)->octets == c.joint->octets);
            CHECK(effacer_corps(tx, midi.plus_days(8)) == 1);
            CHECK(effacer_corps(tx, midi.plus_days(8)) == 0);
            CHECK_FALSE(joint_de(tx, id));
        });
    });
}

} // namespace courrier::tests
