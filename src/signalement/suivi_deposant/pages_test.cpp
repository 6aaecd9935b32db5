// The follow-up pages through the edge, on a fresh database: what is let in, shown, hidden, sent.
#include "signalement/suivi_deposant/pages.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/crypto.hpp"
#include "compte/store.hpp"
#include "db/migrations.hpp"
#include "edge.hpp"
#include "piece/fichiers.hpp"
#include "signalement/notifications.hpp"
#include "signalement/store.hpp"
#include "signalement/suivi_deposant/acces.hpp"
#include "signalement/suivi_deposant/store.hpp"
#include "support/databases.hpp"
#include "territoire/geocodeur.hpp"
#include "ui/check.hpp"

namespace signalement::suivi_deposant::pages_check {

Instant at(std::string_view text)
{
    return *base::parse_instant(text);
}

Config settings(const std::filesystem::path& files)
{
    Config config;
    config.files_directory = files.string();
    return config;
}

/// A platform without sockets nor demonstration, and one visitor.
struct Scene {
    explicit Scene(db::Database& database)
        : directory(make_directory()),
          config(settings(directory)),
          fichiers(config),
          app{database, base::Clock{at("2026-11-21T09:00:00Z")}, config, fichiers, geocodeur},
          edge(app)
    {}
    ~Scene() { std::filesystem::remove_all(directory); }

    static std::filesystem::path make_directory()
    {
        auto name = (std::filesystem::temp_directory_path() / "logis-suivi-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        return name;
    }

    http::Response send(http::Method method, const std::string& path, http::Pairs form = {},
                        std::vector<http::UploadedFile> files = {})
    {
        http::Request r;
        r.method = method;
        const auto mark = path.find('?');
        r.path = path.substr(0, mark);
        if (mark != std::string::npos) r.query = *http::parse_pairs(path.substr(mark + 1));
        r.form = std::move(form);
        r.files = std::move(files);
        r.cookies = cookies;
        r.client_ip = ip;
        r.request_id = "test";
        auto answer = edge.handle(r);
        for (const auto& [name, value] : answer.headers)
            if (name == "Set-Cookie") {
                const auto equal = value.find('=');
                const auto key = value.substr(0, equal);
                std::erase_if(cookies, [&](const auto& c) { return c.first == key; });
                if (value.find("Max-Age=0") == std::string::npos)
                    cookies.emplace_back(key, value.substr(equal + 1, value.find(';') - equal - 1));
            }
        if (answer.status < 300 && answer.body.starts_with("<!"))
            for (const auto& defect : ui::check_well_formed(answer.body)) FAIL_CHECK(path, " : ", defect);
        return answer;
    }
    http::Response get(const std::string& path) { return send(http::Method::Get, path); }
    http::Response post(const std::string& path, http::Pairs form, std::vector<http::UploadedFile> files = {})
    {
        const auto page = get("/suivi/retrouver").body;
        const std::string mark = "name=\"csrf\" value=\"";
        const auto start = page.find(mark) + mark.size();
        form.emplace_back("csrf", page.substr(start, page.find('"', start) - start));
        return send(http::Method::Post, path, std::move(form), std::move(files));
    }
    http::Response enter(const std::string& jeton, const std::string& nom,
                         const std::string& code_postal = "76000")
    {
        return post("/suivi/" + jeton + "/acces", {{"nom", nom}, {"code_postal", code_postal}});
    }
    void later(std::int64_t seconds) { app.clock = base::Clock{app.clock.now().plus_seconds(seconds)}; }

    std::filesystem::path directory;
    Config config;
    piece::Fichiers fichiers;
    territoire::Geocodeur geocodeur;
    App app;
    Edge edge;
    http::Pairs cookies;
    std::string ip = "192.0.2.1";
};

/// A report deposited by a CCAS for an occupant who was told.
void report(db::Database& database, const std::string& id, const std::string& jeton,
            const std::string& statut = "a_trier")
{
    database.write([&](db::Transaction& tx) {
        tx.exec("INSERT INTO territoire (code, nom, phase, fuseau) VALUES ('76', 'Seine-Maritime', 'tous', "
                "'Europe/Paris') ON CONFLICT (code) DO NOTHING");
        tx.exec(
            "INSERT INTO comite (id, territoire, nom, telephone) VALUES ('com76', '76', 'Comité de Rouen', "
            "'+33235000000') ON CONFLICT (id) DO NOTHING");
        tx.exec("INSERT INTO compte (id, email, nom, prenom, nom_cherche, mot_de_passe, etat, cree_le) "
                "VALUES ('sec', "
                "'secretaire@comite.example', 'Roy', 'Ana', 'roy ana', 'x', 'actif', $1) ON CONFLICT (id) DO "
                "NOTHING",
                at("2026-01-01T00:00:00Z"));
        tx.exec("INSERT INTO mandat (id, compte, role, territoire, comite, cree_le) VALUES ('m1', 'sec', "
                "'secretaire_comite', '76', 'com76', $1) ON CONFLICT (id) DO NOTHING",
                at("2026-01-01T00:00:00Z"));
        tx.exec("INSERT INTO signalement (id, reference, territoire, comite, statut, depose_le, valide_le, "
                "clos_le, "
                "motif_slug, jeton_suivi, cle_idempotence, adresse_libelle, code_postal, commune, insee, "
                "adresse_cle, "
                "profil, organisation, nom, prenom, email, occupant_distinct, occupant_nom, occupant_prenom, "
                "occupant_email, occupant_prevenu, bailleur_nom, description, gravite, criticite_centiemes, "
                "criticite_batiment_centiemes, criticite_logement_centiemes) VALUES ($1, $2, '76', 'com76', "
                "$3, $4, "
                "$5, $6, $7, $8, $1, '12 rue des Carmes', '76000', 'Rouen', '76540', 'cle', 'ccas', 'CCAS de "
                "Rouen', "
                "'Lefebvre', 'Claire', 'claire@ccas.example', 1, 'Diallo', 'Aïcha', 'aicha@exemple.fr', 1, "
                "'SCI des Quais', 'Note confidentielle du CCAS', 'moyen', 100, 0, 200)",
                id, "76-2026-" + id, statut, at("2026-11-20T10:00:00Z"),
                statut == "a_trier" ? std::nullopt : std::optional{at("2026-11-20T11:00:00Z")},
                statut == "clos" ? std::optional{at("2026-11-20T12:00:00Z")} : std::nullopt,
                statut == "clos" ? std::optional<std::string>{"mis_en_conformite"} : std::nullopt, jeton);
        tx.exec(
            "INSERT INTO signalement_desordre (signalement, rang, precision_slug, critere, zone, presumee, "
            "territoire) VALUES ($1, 1, 'desordres_logement_securite_gaz', "
            "'desordres_logement_securite_gaz', "
            "'LOGEMENT', 0, '76')",
            id);
    });
}

/// The secret of the occupant's own link, as the first message to them makes it.
std::string occupant_link(db::Database& database, const std::string& id)
{
    return database.write([&](db::Transaction& tx) { return store::jeton(tx, id, Usager::Occupant); });
}

void entry(db::Database& database, const std::string& id, const std::string& report, bool visible,
           const std::string& texte, const std::string& piece = {})
{
    database.write([&](db::Transaction& tx) {
        tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, auteur_nom, "
                "visible_deposant, "
                "ajoute_le) VALUES ($1, $2, '76', 'message', '2026-11-20', $3, 'Nadia Belkacem', $4, $5)",
                id, report, texte, visible, at("2026-11-20T13:00:00Z"));
        if (piece.empty()) return;
        tx.exec(
            "INSERT INTO piece (id, sha256, nom, type, taille, depose_le, etat) VALUES ($1, $2, 'note.txt', "
            "'text/plain', 5, $3, 'saine')",
            piece, base::sha256_hex("hello"), at("2026-11-20T13:00:00Z"));
        tx.exec("INSERT INTO suivi_piece (suivi, piece, territoire) VALUES ($1, $2, '76')", id, piece);
    });
}

std::int64_t count(db::Database& database, std::string_view sql)
{
    auto tx = database.read();
    return tx.one<std::int64_t>(sql);
}

bool contains(const http::Response& r, std::string_view text)
{
    return r.body.find(text) != std::string::npos;
}

TEST_CASE("le lien seul n’ouvre rien : il faut le nom et le code postal, puis la page s’ouvre deux heures")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1");
        report(database, "s2", "jeton-2");
        Scene scene{database};
        auto page = scene.get("/suivi/jeton-1");
        CHECK(page.status == 200);
        CHECK(!contains(page, "76-2026-s1"));
        CHECK(!contains(page, "Carmes"));

        page = scene.enter("jeton-1", "Durand");
        CHECK(page.status == 422);
        CHECK(contains(page, "value=\"Durand\""));
        CHECK(scene.enter("jeton-1", "").status == 422);
        CHECK(scene.enter("jeton-1", "Lefebvre", "75001").status == 422);

        const auto entered = scene.enter("jeton-1", "claire LEFÈBVRE");
        CHECK(entered.status == 303);
        page = scene.get("/suivi/jeton-1");
        CHECK(page.status == 200);
        CHECK(contains(page, "76-2026-s1"));
        CHECK(contains(page, "12 rue des Carmes"));
        CHECK(contains(page, "Il y a une odeur ou une fuite de gaz"));
        CHECK(contains(page, "Note confidentielle du CCAS"));
        CHECK(contains(page, "Comité de Rouen"));
        CHECK(contains(page, "27 novembre 2026")); // sept jours après le dépôt

        // Another link, the same browser: its own check.
        CHECK(!contains(scene.get("/suivi/jeton-2"), "76-2026-s2"));
        // The cookie of one link under the name of the other is refused.
        auto forged = scene.cookies;
        for (auto& [name, value] : scene.cookies)
            if (name == nom_cookie("jeton-1", false)) name = nom_cookie("jeton-2", false);
        CHECK(!contains(scene.get("/suivi/jeton-2"), "76-2026-s2"));
        scene.cookies = forged;

        scene.later(session_secondes - 1);
        CHECK(contains(scene.get("/suivi/jeton-1"), "76-2026-s1"));
        scene.later(1);
        CHECK(!contains(scene.get("/suivi/jeton-1"), "76-2026-s1"));
    });
}

TEST_CASE("n’importe quel code postal de la commune ouvre la page, pas celui d’une autre")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1");
        database.write([](db::Transaction& tx) {
            tx.exec("INSERT INTO region (code, nom) VALUES ('28', 'Normandie')");
            tx.exec("INSERT INTO departement (code, nom, region) VALUES ('76', 'Seine-Maritime', '28')");
            tx.exec("INSERT INTO commune (insee, nom, type, departement, codes_postaux, population) VALUES "
                    "('76540', 'Rouen', 'commune', '76', '76000 76100', 110000)");
        });
        Scene scene{database};
        CHECK(scene.enter("jeton-1", "Lefebvre", "76200").status == 422);
        CHECK(scene.enter("jeton-1", "Lefebvre", "76100").status == 303);
        CHECK(contains(scene.get("/suivi/jeton-1"), "76-2026-s1"));
    });
}

TEST_CASE("quitter le dossier ferme la page")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1");
        Scene scene{database};
        CHECK(scene.enter("jeton-1", "ccas de rouen").status == 303);
        CHECK(contains(scene.get("/suivi/jeton-1"), "76-2026-s1"));
        CHECK(scene.post("/suivi/jeton-1/fin", {}).status == 303);
        CHECK(!contains(scene.get("/suivi/jeton-1"), "76-2026-s1"));
    });
}

TEST_CASE("après cinq essais manqués, même la bonne réponse attend vingt minutes")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1");
        Scene scene{database};
        for (int i = 0; i < 5; ++i) CHECK(scene.enter("jeton-1", "Durand").status == 422);
        CHECK(scene.enter("jeton-1", "Durand").status == 429);
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 429);
        // The depositor, elsewhere, is not shut out by somebody else's five tries.
        scene.ip = "198.51.100.7";
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        // But one address cannot try link after link.
        scene.ip = "192.0.2.1";
        for (int i = 0; i < 10; ++i)
            CHECK(scene.enter("inconnu-" + std::to_string(i), "Durand").status == 422);
        CHECK(scene.enter("inconnu-x", "Durand").status == 429);
        scene.later(20 * 60);
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303); // succeeding does not count
    });
}

TEST_CASE("un lien inconnu répond exactement comme un lien connu")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "aaaa");
        Scene scene{database};
        const auto same = [](std::string a, std::string b) {
            // What differs from one answer to the next for everybody: the link itself and the form's token.
            const auto blank = [](std::string& s) {
                for (const std::string mark : {"name=\"csrf\" value=\"", "/suivi/"})
                    for (auto i = s.find(mark); i != std::string::npos; i = s.find(mark, i)) {
                        i += mark.size();
                        const auto end = s.find_first_of("\"/", i);
                        s.erase(i, end - i);
                    }
            };
            blank(a);
            blank(b);
            return a == b;
        };
        CHECK(same(scene.get("/suivi/aaaa").body, scene.get("/suivi/bbbb").body));
        const auto known = scene.enter("aaaa", "Durand");
        const auto unknown = scene.enter("bbbb", "Durand");
        CHECK(known.status == unknown.status);
        CHECK(same(known.body, unknown.body));
    });
}

TEST_CASE("ce qui n’est pas montré au déposant ne se voit ni ne se télécharge")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1", "en_cours");
        report(database, "s2", "jeton-2");
        Scene scene{database};
        scene.fichiers.magasin->mettre("hello");
        entry(database, "e1", "s1", true, "Une visite aura lieu bientôt.", "p1");
        entry(database, "e2", "s1", false, "Note entre services.", "p2");
        entry(database, "e3", "s2", true, "Autre dossier.", "p3");
        CHECK(scene.get("/suivi/jeton-1/pieces/p1").status == 404);
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        const auto page = scene.get("/suivi/jeton-1");
        CHECK(contains(page, "Une visite aura lieu bientôt."));
        CHECK(contains(page, "/suivi/jeton-1/pieces/p1"));
        CHECK(!contains(page, "Note entre services."));
        CHECK(!contains(page, "p2"));
        CHECK(scene.get("/suivi/jeton-1/pieces/p1").status == 200);
        CHECK(scene.get("/suivi/jeton-1/pieces/p2").status == 404);
        CHECK(scene.get("/suivi/jeton-1/miniatures/p2").status == 404);
        CHECK(scene.get("/suivi/jeton-1/pieces/p3").status == 404);
        CHECK(scene.get("/suivi/jeton-2/pieces/p3").status == 404);
    });
}

TEST_CASE("l’occupant suit le dossier sans savoir qui a signalé ni ce qui a été écrit")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1", "en_cours");
        Scene depositor{database};
        CHECK(depositor.enter("jeton-1", "Lefebvre").status == 303);
        CHECK(depositor.post("/suivi/jeton-1/messages", {{"texte", "Madame Diallo ne répond pas."}}).status ==
              303);
        Scene occupant{database};
        const auto link = occupant_link(database, "s1");
        CHECK(occupant.enter(link, "Diallo").status == 303);
        auto page = occupant.get("/suivi/" + link);
        CHECK(contains(page, "76-2026-s1"));
        for (const auto* hidden :
             {"Lefebvre", "CCAS", "claire@", "Note confidentielle", "ne répond pas", "SCI"}) {
            CAPTURE(hidden);
            CHECK(!contains(page, hidden));
        }
        CHECK(occupant.post("/suivi/" + link + "/messages", {{"texte", "Je suis là le mardi."}}).status ==
              303);
        CHECK(contains(occupant.get("/suivi/" + link), "Je suis là le mardi."));
        CHECK(!contains(depositor.get("/suivi/jeton-1"), "Je suis là le mardi."));
        // Taken off the report: the session is worth nothing any more.
        database.write([](db::Transaction& tx) { tx.exec("UPDATE signalement SET occupant_prevenu = 0"); });
        CHECK(!contains(occupant.get("/suivi/" + link), "76-2026-s1"));
    });
}

TEST_CASE("le lien de l’un ne s’ouvre pas avec le nom de l’autre")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1", "en_cours");
        const auto link = occupant_link(database, "s1");
        CHECK(link == occupant_link(database, "s1"));
        CHECK(link != "jeton-1");
        Scene scene{database};
        for (const auto* theirs : {"Diallo", "Aïcha Diallo"}) {
            CAPTURE(theirs);
            CHECK(scene.enter("jeton-1", theirs).status == 422);
        }
        scene.ip = "198.51.100.7";
        for (const auto* theirs : {"Lefebvre", "Claire Lefebvre", "CCAS de Rouen"}) {
            CAPTURE(theirs);
            CHECK(scene.enter(link, theirs).status == 422);
        }
        // The occupant's cookie under the name of the depositor's: each is signed for one link.
        CHECK(scene.enter(link, "Diallo").status == 303);
        for (auto& [name, value] : scene.cookies)
            if (name == nom_cookie(link, false)) name = nom_cookie("jeton-1", false);
        CHECK(!contains(scene.get("/suivi/jeton-1"), "76-2026-s1"));
    });
}

TEST_CASE("un lien que les deux avaient reçu devient celui de l’occupant, et le déposant redemande le sien")
{
    for (const auto engine : test::engines()) {
        INFO("moteur : ", test::name_of(engine));
        test::FreshDatabase database{engine, false};
        const auto all = db::embedded_migrations();
        const auto own_link = std::ranges::find(all, "0007_lien_occupant", &db::Migration::name);
        db::migrate(*database, all.first(static_cast<std::size_t>(own_link - all.begin())));
        report(*database, "s1", "partagé");
        report(*database, "s2", "déposant seul");
        database->write([](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET occupant_prevenu = 0 WHERE id = 's2'");
            for (const auto* name : {"Claire Lefebvre", "Aïcha Diallo (occupant)"})
                tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, auteur_nom, "
                        "visible_deposant, ajoute_le) VALUES ($1, 's1', '76', 'reponse_deposant', "
                        "'2026-11-20', $1, $1, 1, $2)",
                        name, at("2026-11-20T13:00:00Z"));
        });
        db::migrate(*database);
        auto tx = database->read();
        const auto shared = store::lien(tx, "partagé");
        REQUIRE(shared);
        CHECK(shared->usager == Usager::Occupant);
        CHECK(store::lien(tx, store::jeton(tx, "s1", Usager::Deposant))->usager == Usager::Deposant);
        CHECK(store::lien(tx, "déposant seul")->usager == Usager::Deposant);
        for (const auto usager : {Usager::Deposant, Usager::Occupant}) {
            const auto seen = store::entrees(tx, "s1", usager, 1);
            REQUIRE(seen.size() == 1);
            CHECK((seen[0].suivi.texte == "Claire Lefebvre") == (usager == Usager::Deposant));
        }
    }
}

TEST_CASE("prendre le nom affiché de l’autre ne fait pas lire ses messages")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1", "en_cours");
        const auto link = occupant_link(database, "s1");
        Scene occupant{database};
        CHECK(occupant.enter(link, "Diallo").status == 303);
        CHECK(occupant
                  .post("/suivi/" + link + "/messages", {{"texte", "Je suis là le mardi."}},
                        {{"fichiers", "bail.txt", "text/plain", "hello"}})
                  .status == 303);
        database.write([](db::Transaction& tx) {
            tx.exec("UPDATE signalement SET prenom = 'Aïcha', nom = 'Diallo (occupant)'");
        });
        Scene depositor{database};
        CHECK(depositor.enter("jeton-1", "Diallo (occupant)").status == 303);
        const auto page = depositor.get("/suivi/jeton-1");
        CHECK(contains(page, "76-2026-s1"));
        CHECK(!contains(page, "Je suis là le mardi."));
        CHECK(!contains(page, "bail.txt"));
    });
}

TEST_CASE("chaque courriel porte le lien de la personne à qui il est écrit")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1", "en_cours");
        Scene scene{database};
        const auto now = scene.app.clock.now();
        database.write([&](db::Transaction& tx) {
            const auto d = signalement::store::find_for_system(tx, "s1").value();
            const auto par = compte::store::agent(tx, "sec").value();
            Suivi visit;
            visit.type = TypeSuivi::VisitePrevue;
            visit.date_acte = base::local_date(now, "Europe/Paris");
            notifications::devenu_visible(scene.app, tx, d, visit, now);
            const auto closed = cloturer(d, par, "mis_en_conformite", "Tout est réparé.", now);
            REQUIRE(closed);
            notifications::changement(scene.app, tx, d, *closed, par);
        });
        const auto link = occupant_link(database, "s1");
        struct Mail {
            std::string to, text, html;
        };
        auto tx = database.read();
        const auto mails =
            tx.query<Mail>("SELECT destinataire, texte, html FROM courriel WHERE destinataire IN "
                           "('claire@ccas.example', 'aicha@exemple.fr') ORDER BY id");
        CHECK(mails.size() == 4);
        for (const auto& mail : mails) {
            CAPTURE(mail.to);
            const bool depositor = mail.to == "claire@ccas.example";
            for (const auto& body : {mail.text, mail.html}) {
                CHECK((body.find("/suivi/jeton-1") != std::string::npos) == depositor);
                CHECK((body.find("/suivi/" + link) != std::string::npos) == !depositor);
            }
        }
    });
}

TEST_CASE("un message arrive au comité avec ses fichiers, une seule fois, et se relit")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1");
        Scene scene{database};
        CHECK(scene.post("/suivi/jeton-1/messages", {{"texte", "Bonjour"}}).status == 403);
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);

        auto refused = scene.post("/suivi/jeton-1/messages", {{"texte", ""}});
        CHECK(refused.status == 422);
        refused =
            scene.post("/suivi/jeton-1/messages", {{"texte", "Voici le programme."}},
                       {{"fichiers", "photo.jpg", "image/jpeg", std::string_view{"MZ\x90\0\x03\0\0\0", 8}}});
        CHECK(refused.status == 422);
        CHECK(contains(refused, "Voici le programme.")); // what was typed is kept
        CHECK(contains(refused, "photo.jpg"));
        CHECK(count(database, "SELECT COUNT(*) FROM suivi") == 0);

        const std::vector<http::UploadedFile> files{
            {"fichiers", "courrier du bailleur.txt", "text/plain", "hello"}};
        auto sent = scene.post("/suivi/jeton-1/messages", {{"texte", "Le bailleur a répondu."}}, files);
        CHECK(sent.status == 303);
        CHECK(scene.post("/suivi/jeton-1/messages", {{"texte", "Le bailleur a répondu."}}, files).status ==
              303);
        CHECK(count(database,
                    "SELECT COUNT(*) FROM suivi WHERE type = 'reponse_deposant' AND visible_deposant = 1") ==
              1);
        CHECK(count(database, "SELECT COUNT(*) FROM suivi_piece") == 1);
        CHECK(count(database, "SELECT message_sans_reponse FROM signalement") == 1);
        CHECK(count(database,
                    "SELECT COUNT(*) FROM courriel WHERE destinataire = 'secretaire@comite.example'") == 1);
        CHECK(count(database, "SELECT COUNT(*) FROM journal WHERE objet_id = 's1'") == 1);

        const auto page = scene.get("/suivi/jeton-1?fait=message");
        // A declaration is never changed: nobody is told that it will be.
        CHECK(!contains(page, "corrigera"));
        CHECK(contains(page, "il sera joint au dossier"));
        CHECK(contains(page, "Message envoyé"));
        CHECK(contains(page, "Le bailleur a répondu."));
        CHECK(contains(page, "courrier du bailleur.txt"));
    });
}

TEST_CASE("un message écrit après la clôture arrive encore à quelqu’un")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1", "clos");
        Scene scene{database};
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        CHECK(contains(scene.get("/suivi/jeton-1"), "Les travaux sont faits"));
        CHECK(scene.post("/suivi/jeton-1/messages", {{"texte", "L’humidité est revenue."}}).status == 303);
        CHECK(count(database, "SELECT message_sans_reponse FROM signalement") == 1);
        CHECK(count(database,
                    "SELECT COUNT(*) FROM courriel WHERE destinataire = 'secretaire@comite.example'") == 1);
        CHECK(count(database, "SELECT COUNT(*) FROM signalement WHERE statut = 'clos'") == 1);
    });
}

TEST_CASE("retrouver son lien répond toujours pareil et n’écrit qu’à la bonne personne")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1");
        Scene scene{database};
        const auto ask = [&](const char* email, const char* reference) {
            return scene.post("/suivi/retrouver", {{"email", email}, {"reference", reference}, {"site", ""}});
        };
        const auto location = [](const http::Response& r) {
            const auto it =
                std::ranges::find(r.headers, "Location", &std::pair<std::string, std::string>::first);
            return it == r.headers.end() ? std::string{} : it->second;
        };
        CHECK(ask("pas une adresse", "76-2026-s1").status == 422);
        const auto unknown = ask("autre@exemple.fr", "76-2026-S1");
        CHECK(unknown.status == 303);
        CHECK(count(database, "SELECT COUNT(*) FROM courriel") == 0);
        database.write(
            [](db::Transaction& tx) { tx.exec("UPDATE signalement SET reference = '76-2026-000001'"); });
        const auto known = ask("Claire@CCAS.example", "76 2026 000001");
        CHECK(location(known) == location(unknown));
        CHECK(count(database,
                    "SELECT COUNT(*) FROM courriel WHERE destinataire = 'claire@ccas.example' AND texte LIKE "
                    "'%/suivi/jeton-1%'") == 1);
        CHECK(ask("aicha@exemple.fr", "76-2026-000001").status == 303);
        const auto link = occupant_link(database, "s1");
        {
            auto tx = database.read();
            CHECK(
                tx.one<std::int64_t>("SELECT COUNT(*) FROM courriel WHERE destinataire = 'aicha@exemple.fr' "
                                     "AND texte LIKE $1 AND texte NOT LIKE '%jeton-1%'",
                                     "%/suivi/" + link + "%") == 1);
        }
        CHECK(contains(scene.get("/suivi/retrouver?envoye=oui"), "un courriel"));

        // A robot fills every field.
        CHECK(scene
                  .post("/suivi/retrouver", {{"email", "claire@ccas.example"},
                                             {"reference", "76-2026-000001"},
                                             {"site", "http://spam.example"}})
                  .status == 303);
        CHECK(count(database, "SELECT COUNT(*) FROM courriel") == 2);

        // Five in twenty minutes from one place, three an hour for one mailbox.
        CHECK(ask("claire@ccas.example", "76-2026-000001").status == 303);
        CHECK(ask("claire@ccas.example", "76-2026-000001").status == 303);
        CHECK(ask("claire@ccas.example", "76-2026-000001").status == 429);
        scene.ip = "198.51.100.7";
        CHECK(ask("claire@ccas.example", "76-2026-000001").status == 303); // said, but not sent
        CHECK(count(database, "SELECT COUNT(*) FROM courriel WHERE destinataire = 'claire@ccas.example'") ==
              3);
    });
}

TEST_CASE("une session finie pendant l’écriture rend le texte, une fois la personne reconnue")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1");
        Scene scene{database};
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        scene.later(session_secondes);
        auto answer = scene.post("/suivi/jeton-1/messages", {{"texte", "Trois pages <écrites> le soir."}});
        CHECK(answer.status == 403);
        CHECK(contains(answer, "Trois pages &lt;écrites&gt; le soir."));
        CHECK(!contains(answer, "76-2026-s1"));
        answer = scene.post(
            "/suivi/jeton-1/acces",
            {{"nom", "Lefebvre"}, {"code_postal", "76000"}, {"message", "Trois pages <écrites> le soir."}});
        CHECK(answer.status == 200);
        CHECK(contains(answer, "76-2026-s1"));
        CHECK(contains(answer, "Trois pages &lt;écrites&gt; le soir."));
        CHECK(contains(scene.get("/suivi/jeton-1"), "76-2026-s1"));
        CHECK(count(database, "SELECT COUNT(*) FROM suivi") == 0);
    });
}

TEST_CASE("vingt messages par heure et quarante par jour, dits calmement et sans perdre le texte")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1");
        Scene scene{database};
        const auto write = [&](const std::string& link, const std::string& texte) {
            return scene.post("/suivi/" + link + "/messages", {{"texte", texte}});
        };
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        for (int i = 0; i < 20; ++i) CHECK(write("jeton-1", "Message " + std::to_string(i)).status == 303);
        auto answer = write("jeton-1", "Un de trop");
        CHECK(answer.status == 429);
        CHECK(contains(answer, "Un de trop"));
        CHECK(contains(answer, "40 par jour"));
        CHECK(contains(answer, "dans 60 minutes"));

        // Each of the two has their own count.
        const auto link = occupant_link(database, "s1");
        CHECK(scene.enter(link, "Diallo").status == 303);
        CHECK(write(link, "Bonjour").status == 303);

        scene.later(3600);
        for (int i = 20; i < 40; ++i) CHECK(write("jeton-1", "Message " + std::to_string(i)).status == 303);
        scene.later(3600);
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        answer = write("jeton-1", "Encore un");
        CHECK(answer.status == 429);
        CHECK(contains(answer, "Encore un"));
        CHECK(contains(answer, "dans 22 heures"));
        scene.later(22 * 3600);
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        CHECK(write("jeton-1", "Le lendemain").status == 303);
        CHECK(count(database, "SELECT COUNT(*) FROM suivi") == 42);
    });
}

TEST_CASE("un long dossier se lit page par page, sans qu’une entrée ni un fichier se perde")
{
    test::for_each_engine([](db::Database& database) {
        report(database, "s1", "jeton-1", "en_cours");
        Scene scene{database};
        scene.fichiers.magasin->mettre("hello");
        const int entries = 520;
        for (int i = 0; i < entries; ++i) {
            const auto number = std::to_string(1000 + i);
            entry(database, "e" + number, "s1", true, "Action n° " + number + ".",
                  i < 130 ? "p" + number : "");
        }
        CHECK(scene.enter("jeton-1", "Lefebvre").status == 303);
        const auto first = scene.get("/suivi/jeton-1");
        CHECK(contains(first, "Action n° 1519."));
        CHECK(contains(first, "Action n° 1500."));
        CHECK(!contains(first, "Action n° 1499."));
        CHECK(contains(first, "/suivi/jeton-1?page=2"));
        CHECK(contains(first, "Voici les 100 fichiers les plus récents."));
        const auto last = scene.get("/suivi/jeton-1?page=26");
        CHECK(contains(last, "Action n° 1000."));
        CHECK(contains(last, "Action n° 1019."));
        CHECK(contains(last, "/suivi/jeton-1/pieces/p1000"));
        CHECK(scene.get("/suivi/jeton-1/pieces/p1000").status == 200);
        for (const auto* absurd : {"0", "-3", "27", "99999999999999999999", "deux", "2;3"}) {
            CAPTURE(absurd);
            CHECK(scene.get(std::string{"/suivi/jeton-1?page="} + absurd).status == 200);
        }
    });
}

} // namespace signalement::suivi_deposant::pages_check
