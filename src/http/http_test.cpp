// What the parsers accept and refuse, routing, static files and throttling: no socket here (see
// server_test.cpp).
#include <doctest/doctest.h>

#include "base/expect.hpp"
#include "http/parse.hpp"
#include "http/router.hpp"
#include "http/static_files.hpp"
#include "http/throttle.hpp"
#include "http/web.hpp"

using namespace std::literals;

namespace http::http_test {

Head une_requete(std::string method, std::string target, Pairs headers = {})
{
    headers.emplace_back("host", "logis.example");
    return {std::move(method), std::move(target), 11, std::move(headers)};
}

int refus_du_cadre(Pairs headers, unsigned version = 11)
{
    const auto framing = parse_framing({"POST", "/", version, std::move(headers)});
    return framing ? 0 : framing.error().status;
}

int refus_de_la_cible(std::string target)
{
    const auto r = parse_head(une_requete("GET", std::move(target)));
    return r ? 0 : r.error().status;
}

Parsed<Request> un_envoi(std::string body, std::string type)
{
    return parse_request(une_requete("POST", "/depot", {{"content-type", std::move(type)}}), std::move(body));
}

constexpr auto multipart_type = "multipart/form-data; boundary=----WebKitFormBoundaryX";

std::string une_part(std::string_view headers, std::string_view data)
{
    return "------WebKitFormBoundaryX\r\n" + std::string{headers} + "\r\n\r\n" + std::string{data} + "\r\n";
}

constexpr auto fin = "------WebKitFormBoundaryX--\r\n";

int refus_du_multipart(std::string body, std::string type = multipart_type)
{
    const auto r = un_envoi(std::move(body), std::move(type));
    return r ? 0 : r.error().status;
}

} // namespace http::http_test

namespace http {

using namespace http_test;

TEST_CASE("une longueur douteuse est refusée")
{
    const std::pair<std::string, std::string> host{"host", "a"};
    CHECK(refus_du_cadre({host, {"content-length", "12"}}) == 0);
    CHECK(refus_du_cadre({host, {"content-length", "12"}, {"content-length", "12"}}) == 400);
    CHECK(refus_du_cadre({host, {"content-length", "12, 12"}}) == 400);
    CHECK(refus_du_cadre({host, {"content-length", "+12"}}) == 400);
    CHECK(refus_du_cadre({host, {"content-length", ""}}) == 400);
    CHECK(refus_du_cadre({host, {"content-length", "99999999999999999999"}}) == 400);
    CHECK(refus_du_cadre({host, {"content-length", "12"}, {"transfer-encoding", "chunked"}}) == 400);
    CHECK(refus_du_cadre({host, {"transfer-encoding", "Chunked"}}) == 0);
    CHECK(refus_du_cadre({host, {"transfer-encoding", "gzip, chunked"}}) == 501);
    CHECK(refus_du_cadre({host, {"transfer-encoding", "identity"}}) == 501);
    CHECK(refus_du_cadre({host, {"transfer-encoding", "chunked"}, {"transfer-encoding", "chunked"}}) == 400);
    CHECK(refus_du_cadre({host, {"transfer-encoding", "chunked"}}, 10) == 400);
}

TEST_CASE("il faut un hôte, un seul, et bien formé")
{
    CHECK(refus_du_cadre({}) == 400);
    CHECK(refus_du_cadre({}, 10) == 0);
    CHECK(refus_du_cadre({{"host", "a"}, {"host", "a"}}) == 400);
    CHECK(refus_du_cadre({{"host", ""}}) == 400);
    CHECK(refus_du_cadre({{"host", "a/b"}}) == 400);
    CHECK(refus_du_cadre({{"host", "u@a"}}) == 400);
    CHECK(refus_du_cadre({{"host", "[::1]:8080"}}) == 0);
}

TEST_CASE("une attente inconnue est refusée, 100-continue est compris")
{
    CHECK(refus_du_cadre({{"host", "a"}, {"expect", "autre"}}) == 417);
    const auto framing = parse_framing(
        {"POST", "/", 11, {{"host", "a"}, {"expect", "100-Continue"}, {"content-length", "3"}}});
    REQUIRE(framing);
    CHECK(framing->expects_continue);
}

TEST_CASE("la connexion reste ouverte en HTTP/1.1 sauf demande contraire, et l’inverse en HTTP/1.0")
{
    const auto reste = [](unsigned version, std::string connection) {
        Head head{"GET", "/", version, {{"host", "a"}}};
        if (!connection.empty()) head.headers.emplace_back("connection", std::move(connection));
        return parse_framing(head)->keep_alive;
    };
    CHECK(reste(11, ""));
    CHECK(!reste(11, "close"));
    CHECK(!reste(11, "Upgrade, Close"));
    CHECK(!reste(10, ""));
    CHECK(reste(10, "keep-alive"));
}

TEST_CASE("une cible qui n’est pas un chemin de ce site est refusée")
{
    CHECK(refus_de_la_cible("/signalements?page=2") == 0);
    CHECK(refus_de_la_cible("http://logis.example/") == 400);
    CHECK(refus_de_la_cible("*") == 400);
    CHECK(refus_de_la_cible("") == 400);
    CHECK(refus_de_la_cible("signalements") == 400);
    CHECK(refus_de_la_cible("/a#b") == 400);
    CHECK(refus_de_la_cible("/caf\xC3\xA9") == 400);
    CHECK(refus_de_la_cible("/a\\b") == 400);
    CHECK(refus_de_la_cible("/" + std::string(8001, 'a')) == 414);
}

TEST_CASE("un chemin mal encodé ou ambigu est refusé")
{
    CHECK(refus_de_la_cible("/a%00b") == 400);
    CHECK(refus_de_la_cible("/a%0Ab") == 400);
    CHECK(refus_de_la_cible("/a%4") == 400);
    CHECK(refus_de_la_cible("/a%") == 400);
    CHECK(refus_de_la_cible("/a%zz") == 400);
    CHECK(refus_de_la_cible("/a%ff") == 400);
    CHECK(refus_de_la_cible("/a%2Fb") == 400);
    CHECK(refus_de_la_cible("/a%5cb") == 400);
    CHECK(refus_de_la_cible("/../etc/passwd") == 400);
    CHECK(refus_de_la_cible("/a/%2e%2E/b") == 400);
    CHECK(refus_de_la_cible("/a/./b") == 400);
    CHECK(refus_de_la_cible("/a/..") == 400);
    CHECK(refus_de_la_cible("/a/...") == 0);
    CHECK(refus_de_la_cible("/caf%C3%A9%20cr%C3%A8me") == 0);
}

TEST_CASE("un verbe inconnu n’est pas pris en charge")
{
    CHECK(parse_head(une_requete("BREW", "/")).error().status == 501);
    CHECK(parse_head(une_requete("get", "/")).error().status == 501);
    CHECK(parse_head(une_requete("CONNECT", "/")).error().status == 501);
}

TEST_CASE("le chemin, la recherche, les en-têtes et les cookies sont lus")
{
    const auto r = parse_head(une_requete("GET", "/communes/Saint-%C3%89tienne?q=a+b%26c&vide=&q=2&seul",
                                          {{"cookie", "session=abc; theme=\"dark\"; =x; mauvais nom=1"},
                                           {"cookie", "autre=1=2"},
                                           {"accept", "text/html"},
                                           {"accept", "application/json"},
                                           {"referer", "caf\xE9"}}));
    REQUIRE(r);
    CHECK(r->path == "/communes/Saint-Étienne");
    CHECK(r->raw_query == "q=a+b%26c&vide=&q=2&seul");
    CHECK(r->param("q") == "a b&c");
    CHECK(r->params("q") == std::vector<std::string>{"a b&c", "2"});
    CHECK(r->param("vide").empty());
    CHECK(r->param("absent").empty());
    CHECK(r->query.back() == std::pair{"seul"s, ""s});
    CHECK(r->cookie("session") == "abc");
    CHECK(r->cookie("theme") == "dark");
    CHECK(r->cookie("autre") == "1=2");
    CHECK(r->cookies.size() == 3);
    CHECK(r->header("accept") == "text/html, application/json");
    CHECK(r->header("referer").empty());
}

TEST_CASE("une recherche mal encodée ou sans fin est refusée")
{
    CHECK(refus_de_la_cible("/?q=%") == 400);
    CHECK(refus_de_la_cible("/?q=%ff") == 400);
    CHECK(!parse_pairs("a=1&b=2&c=3", 2));
    CHECK(parse_pairs("a=1&&b=2&", 2)->size() == 2);
}

TEST_CASE("un formulaire simple est lu, nettoyé et épuré")
{
    const auto r = un_envoi("nom=+Zo%C3%A9+Lef%C3%A8vre+&piece=cuisine&piece=salle+de+bain&note=a%0D%0Ab%00c",
                            "application/x-www-form-urlencoded; charset=UTF-8");
    REQUIRE(r);
    CHECK(r->field("nom") == "Zoé Lefèvre");
    CHECK(r->fields("piece") == std::vector<std::string>{"cuisine", "salle de bain"});
    CHECK(r->field("note") == "a\nbc");
    CHECK(r->has_field("piece"));
    CHECK(!r->has_field("pieces"));
}

TEST_CASE("un formulaire qui n’est pas en UTF-8 est refusé")
{
    CHECK(un_envoi("nom=caf%E9", "application/x-www-form-urlencoded").error().status == 400);
    CHECK(un_envoi("nom=caf\xE9", "application/x-www-form-urlencoded").error().status == 400);
    CHECK(refus_du_multipart(une_part("Content-Disposition: form-data; name=\"nom\"", "caf\xE9") + fin) ==
          400);
}

TEST_CASE("un corps JSON est remis tel quel")
{
    const auto r = un_envoi("{\"a\":1}", "application/json");
    REQUIRE(r);
    CHECK(r->body == "{\"a\":1}");
    CHECK(r->form.empty());
}

TEST_CASE("un formulaire avec fichiers est lu sans copier les fichiers")
{
    const auto r = un_envoi(
        une_part("Content-Disposition: form-data; name=\"description\"", "Moisissures\r\nau plafond") +
            une_part("Content-Disposition: form-data; name=\"photos\"; filename=\"d\xC3\xA9g\xC3\xA2t "
                     "%22nord%22.jpg\"\r\n"
                     "Content-Type: image/jpeg",
                     "\xFF\xD8\r\n--\r\n------WebKitForm\xFF\xD9") +
            une_part("content-disposition: form-data; name=photos; filename*=UTF-8''na%C3%AFve.pdf; "
                     "filename=x.pdf",
                     "%PDF") +
            une_part("Content-Disposition: form-data; name=\"photos\"; filename=\"\"\r\n"
                     "Content-Type: application/octet-stream",
                     "") +
            une_part("Content-Disposition: form-data; name=\"photos\"; filename=\"vide.txt\"", "") + fin,
        multipart_type);
    REQUIRE(r);
    CHECK(r->field("description") == "Moisissures\nau plafond");
    REQUIRE(r->files.size() == 3);
    CHECK(r->files[0].field == "photos");
    CHECK(r->files[0].client_name == "dégât \"nord\".jpg");
    CHECK(r->files[0].client_type == "image/jpeg");
    CHECK(r->files[0].data == "\xFF\xD8\r\n--\r\n------WebKitForm\xFF\xD9"sv);
    CHECK(r->files[0].data.data() >= r->body.data());
    CHECK(r->files[0].data.data() < r->body.data() + r->body.size());
    CHECK(r->files[1].client_name == "naïve.pdf");
    CHECK(r->files[1].client_type == "text/plain");
    CHECK(r->files[2].client_name == "vide.txt");
    CHECK(r->files[2].data.empty());
}

TEST_CASE("un nom de fichier entre guillemets peut en contenir, et un chemin Windows reste entier")
{
    const auto r = un_envoi(
        une_part(R"(Content-Disposition: form-data; name="f"; filename="a\"b;c.png")", "1") +
            une_part(R"(Content-Disposition: form-data; name="f"; filename="C:\Photos\mur.png")", "2") + fin,
        multipart_type);
    REQUIRE(r);
    REQUIRE(r->files.size() == 2);
    CHECK(r->files[0].client_name == "a\"b;c.png");
    CHECK(r->files[1].client_name == R"(C:\Photos\mur.png)");
}

TEST_CASE("un formulaire avec fichiers mal formé est refusé")
{
    const auto bon = une_part("Content-Disposition: form-data; name=\"a\"", "1");
    CHECK(refus_du_multipart(bon + fin) == 0);
    CHECK(refus_du_multipart(std::string{fin}) == 0);
    CHECK(refus_du_multipart(bon) == 400);
    CHECK(refus_du_multipart("préambule\r\n" + bon + fin) == 400);
    CHECK(refus_du_multipart(bon + fin + "suite") == 400);
    CHECK(refus_du_multipart(bon + "------WebKitFormBoundaryX-") == 400);
    CHECK(refus_du_multipart(bon + "------WebKitFormBoundaryXY\r\n") == 400);
    CHECK(refus_du_multipart(une_part("Content-Disposition: form-data", "1") + fin) == 400);
    CHECK(refus_du_multipart(une_part("Content-Disposition: attachment; name=\"a\"", "1") + fin) == 400);
    CHECK(refus_du_multipart(une_part("Content-Disposition: form-data; name=\"a", "1") + fin) == 400);
    CHECK(refus_du_multipart(une_part("Content-Disposition: form-data; name=\"a\"; name=\"b\"", "1") + fin) ==
          400);
    CHECK(refus_du_multipart(une_part("Content-Disposition : form-data; name=\"a\"", "1") + fin) == 400);
    CHECK(refus_du_multipart(une_part("Content-Type: text/plain", "1") + fin) == 400);
    CHECK(refus_du_multipart(une_part("Content-Disposition: form-data; name=\"a\"\r\n"
                                      "Content-Transfer-Encoding: base64",
                                      "MQ==") +
                             fin) == 400);
    CHECK(refus_du_multipart(une_part("Content-Disposition: form-data; name=\"a\"\nX: y", "1") + fin) == 400);
    CHECK(refus_du_multipart(bon + fin, "multipart/form-data") == 400);
    CHECK(refus_du_multipart(bon + fin, "multipart/form-data; boundary=") == 400);
    CHECK(refus_du_multipart(bon + fin, "multipart/form-data; boundary=\"" + std::string(71, 'a') + "\"") ==
          400);
    CHECK(refus_du_multipart("--a b--", "multipart/form-data; boundary=\"a b\"") == 0);
}

TEST_CASE("un formulaire avec trop de parts, d’en-têtes ou de texte est refusé")
{
    const auto part = une_part("Content-Disposition: form-data; name=\"a\"", "12345");
    const auto corps = part + part + part + fin;
    constexpr auto boundary = "----WebKitFormBoundaryX";
    CHECK(parse_multipart(corps, boundary, {.parts = 3})->size() == 3);
    CHECK(parse_multipart(corps, boundary, {.parts = 2}).error().status == 413);
    CHECK(parse_multipart(corps, boundary, {.header_bytes = 20}).error().status == 400);
    CHECK(parse_multipart(corps, boundary, {.text_bytes = 14}).error().status == 413);
}

TEST_CASE("n’importe quels octets tronqués ou altérés d’un formulaire ne font ni planter ni déborder")
{
    const auto entier = une_part("Content-Disposition: form-data; name=\"a\"; filename=\"b\"", "1\r\n2") +
                        une_part("Content-Disposition: form-data; name=\"c\"", "texte") + fin;
    for (std::size_t n = 0; n < entier.size(); ++n) {
        // A copy of exactly n bytes: reading one more is caught by the address sanitizer.
        const std::string tronque{entier, 0, n};
        const auto r = parse_multipart(tronque, "----WebKitFormBoundaryX");
        CHECK(r.has_value() == (n == entier.size() - 2)); // only the last line break may be missing
        for (const char c : {'\0', '\r', '\n', '-', '"', '\xFF'}) {
            auto altere = entier;
            altere[n] = c;
            (void)parse_multipart(altere, "----WebKitFormBoundaryX").has_value();
            (void)parse_pairs(altere);
            (void)parse_parameters(altere);
            (void)parse_cookies(altere);
        }
    }
}

TEST_CASE("l’adresse de la personne vient du mandataire de confiance, jamais de ce qu’elle écrit")
{
    const TrustedProxies proxies{{"127.0.0.1", "10.0.0.0/8", "fd00::/8"}};
    const auto adresse = [&](std::string peer, std::vector<std::string> chains) {
        Pairs headers;
        for (auto& c : chains) headers.emplace_back("x-forwarded-for", std::move(c));
        return client_address(peer, headers, proxies);
    };
    CHECK(adresse("203.0.113.9", {"1.1.1.1"}) == "203.0.113.9");
    CHECK(adresse("127.0.0.1", {}) == "127.0.0.1");
    CHECK(adresse("127.0.0.1", {"1.1.1.1, 203.0.113.9"}) == "203.0.113.9");
    CHECK(adresse("127.0.0.1", {"1.1.1.1, 203.0.113.9, 10.2.3.4"}) == "203.0.113.9");
    CHECK(adresse("127.0.0.1", {"1.1.1.1", "203.0.113.9,10.2.3.4"}) == "203.0.113.9");
    CHECK(adresse("::ffff:127.0.0.1", {"2001:DB8::1"}) == "2001:db8::1");
    CHECK(adresse("fd12::1", {"203.0.113.9"}) == "203.0.113.9");
    CHECK(adresse("127.0.0.1", {"1.1.1.1, inconnu, 10.2.3.4"}) == "10.2.3.4");
    CHECK(adresse("127.0.0.1", {"10.1.1.1, 10.2.2.2"}) == "10.1.1.1");
    CHECK(!proxies.trusts("11.0.0.1"));
    CHECK_THROWS_WITH_AS((TrustedProxies{{"localhost"}}),
                         "not an address nor a block of addresses: localhost", std::invalid_argument);
    CHECK_THROWS_AS((TrustedProxies{{"10.0.0.0/33"}}), std::invalid_argument);
    CHECK_THROWS_AS((TrustedProxies{{"10.0.0.0/"}}), std::invalid_argument);
}

TEST_CASE("encoder puis décoder rend le même texte")
{
    CHECK(encode("Été à l’Île & co/100 %") ==
          "%C3%89t%C3%A9%20%C3%A0%20l%E2%80%99%C3%8Ele%20%26%20co%2F100%20%25");
    CHECK(decode(encode("Été à l’Île & co/100 %"), false) == "Été à l’Île & co/100 %");
    CHECK(decode("a+b", true) == "a b");
    CHECK(decode("a+b", false) == "a+b");
    CHECK(decode("%4g", false) == std::nullopt);
}

TEST_CASE("une redirection ne mène jamais hors du site")
{
    const auto r = redirect("/signalements/1");
    CHECK(r.status == 303);
    CHECK(r.headers == Pairs{{"Location", "/signalements/1"}});
    CHECK_THROWS_AS((void)redirect("https://ailleurs.example"), base::Bug);
    CHECK_THROWS_AS((void)redirect("//ailleurs.example"), base::Bug);
    CHECK_THROWS_AS((void)redirect("/\\ailleurs.example"), base::Bug);
    CHECK_THROWS_AS((void)redirect("/a\r\nSet-Cookie: x=1"), base::Bug);
}

TEST_CASE("un en-tête ne peut pas en injecter un autre, et remplace celui du même nom")
{
    Response r;
    r.header("Cache-Control", "no-store").header("cache-control", "private");
    r.cookie("a=1").cookie("b=2");
    CHECK(r.headers == Pairs{{"cache-control", "private"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}});
    CHECK_THROWS_AS(r.header("X", "a\nb"), base::Bug);
    CHECK_THROWS_AS(r.header("X Y", "a"), base::Bug);
}

TEST_CASE("un cookie de session est fermé aux scripts et aux autres sites")
{
    CHECK(set_cookie("session", "abc", {.secure = true}) ==
          "session=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    CHECK(set_cookie("theme", "dark", {.max_age_seconds = 60}) ==
          "theme=dark; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    CHECK_THROWS_AS((void)set_cookie("session", "a;b", {}), base::Bug);
}

TEST_CASE("un refus devient un problème JSON avec le bon statut")
{
    const auto r = problem_json(Problem::invalid("motif", "Indiquez le motif."));
    CHECK(r.status == 422);
    CHECK(r.body ==
          R"({"type":"about:blank","title":"Saisie à corriger","status":422,"detail":"Indiquez le motif.",)"
          R"("field":"motif"})");
    CHECK(status_of(Problem::forbidden()) == 403);
    CHECK(status_of(Problem::not_found()) == 404);
    CHECK(status_of(Problem::conflict("x")) == 409);
}

TEST_CASE("une page demande du JSON par Accept ou par un script")
{
    Request r;
    r.headers = {{"accept", "text/html,application/xhtml+xml,*/*"}};
    CHECK(!r.wants_json());
    r.headers = {{"accept", "application/json"}};
    CHECK(r.wants_json());
    r.headers = {{"accept", "*/*"}, {"x-requested-with", "fetch"}};
    CHECK(r.wants_json());
}

TEST_CASE("une adresse trouve sa ligne, le mot exact avant la partie variable")
{
    const Pattern table[] = {
        {Method::Get, "/"},
        {Method::Get, "/signalements"},
        {Method::Get, "/signalements/{id}"},
        {Method::Get, "/signalements/nouveau"},
        {Method::Post, "/signalements/{id}/cloture"},
        {Method::Get, "/signalements/{id}/pieces/{piece}"},
        {Method::Get, "/signalements/nouveau/{etape}"},
        {Method::Post, "/signalements/{reference}"},
    };
    const Router router{table};
    const auto trouve = [&](Method m, std::string_view path) { return router.find(m, path); };
    CHECK(trouve(Method::Get, "/").index == 0);
    CHECK(trouve(Method::Get, "/signalements").index == 1);
    CHECK(trouve(Method::Get, "/signalements/nouveau").index == 3);
    CHECK(trouve(Method::Get, "/signalements/nouveau").captures.empty());
    const auto fiche = trouve(Method::Get, "/signalements/2026-76-0001");
    CHECK(fiche.kind == Match::Kind::Found);
    CHECK(fiche.index == 2);
    CHECK(fiche.captures == std::map<std::string, std::string>{{"id", "2026-76-0001"}});
    const auto piece = trouve(Method::Get, "/signalements/nouveau/pieces/7");
    CHECK(piece.index == 5);
    CHECK(piece.captures == std::map<std::string, std::string>{{"id", "nouveau"}, {"piece", "7"}});
    CHECK(trouve(Method::Post, "/signalements/nouveau").captures ==
          std::map<std::string, std::string>{{"reference", "nouveau"}});
    CHECK(trouve(Method::Head, "/signalements/1").index == 2);
    CHECK(router.index_of(Method::Get, "/signalements/1") == 2);
    CHECK(router.index_of(Method::Get, "/rien") == Router::none);
}

TEST_CASE("une adresse inconnue n’est pas une méthode refusée")
{
    const Pattern table[] = {{Method::Get, "/a/{x}"}, {Method::Post, "/a/b"}, {Method::Delete, "/a/{x}"}};
    const Router router{table};
    for (const auto path : {"/a", "/a/", "/a/b/c", "/a//", "//a/b", "/A/b", "", "a/b"})
        CHECK(router.find(Method::Get, path).kind == Match::Kind::NotFound);
    const auto refus = router.find(Method::Put, "/a/b");
    CHECK(refus.kind == Match::Kind::MethodNotAllowed);
    CHECK(refus.allow == "GET, POST, DELETE, HEAD");
    CHECK(router.find(Method::Put, "/a/c").allow == "GET, DELETE, HEAD");
}

TEST_CASE("un motif d’adresse mal écrit est refusé au démarrage")
{
    for (const std::string_view path :
         {"a", "/a/", "/a//b", "/a/{", "/a/x{y}", "/{a}/{a}", "/{a}b", "/{{a}}"}) {
        const Pattern table[] = {{Method::Get, path}};
        CHECK_THROWS_AS(Router{table}, base::Bug);
    }
    const Pattern doublon[] = {{Method::Get, "/a/{x}"}, {Method::Get, "/a/{y}"}};
    CHECK_THROWS_AS(Router{doublon}, base::Bug);
}

TEST_CASE("deux adresses qui se confondent sont signalées")
{
    const Pattern table[] = {
        {Method::Get, "/a/{x}"},     {Method::Get, "/a/{y}"},   {Method::Get, "/a/b"},
        {Method::Get, "/{z}/b/{c}"}, {Method::Get, "/a/{x}/c"}, {Method::Post, "/a/{x}"},
    };
    const auto trouvees = collisions(table);
    REQUIRE(trouvees.size() == 2);
    CHECK(trouvees[0].message == "GET /a/{x} and GET /a/{y}");
    CHECK(trouvees[1].message == "GET /{z}/b/{c} and GET /a/{x}/c");
}

TEST_CASE("un fichier du binaire est servi compressé quand c’est demandé, et retenu un an quand son nom "
          "l’identifie")
{
    const StaticFile files[] = {
        {"/static/app.1234.css", "text/css; charset=utf-8", "body{}", "BR", "GZ", "\"1234\"", true},
        {"/static/robots.txt", "text/plain; charset=utf-8", "User-agent: *", "", "", "\"5678\"", false},
    };
    const auto demande = [&](std::string path, Pairs headers, Method m = Method::Get) {
        Request r;
        r.method = m;
        r.path = std::move(path);
        r.headers = std::move(headers);
        return serve_static(files, r);
    };
    const auto entete = [](const Response& r, std::string_view name) {
        for (const auto& [n, v] : r.headers)
            if (n == name) return v;
        return ""s;
    };
    const auto brut = demande("/static/app.1234.css", {});
    REQUIRE(brut);
    CHECK(brut->status == 200);
    CHECK(brut->static_body == "body{}");
    CHECK(entete(*brut, "ETag") == "\"1234\"");
    CHECK(entete(*brut, "Content-Type") == "text/css; charset=utf-8");
    CHECK(entete(*brut, "Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(entete(*brut, "Vary") == "Accept-Encoding");
    CHECK(entete(*brut, "X-Content-Type-Options") == "nosniff");

    const auto br = demande("/static/app.1234.css", {{"accept-encoding", "gzip, deflate, br"}});
    CHECK(br->static_body == "BR");
    CHECK(entete(*br, "Content-Encoding") == "br");
    CHECK(entete(*br, "ETag") == "\"1234-br\"");
    CHECK(demande("/static/app.1234.css", {{"accept-encoding", "gzip, br;q=0"}})->static_body == "GZ");
    CHECK(demande("/static/app.1234.css", {{"accept-encoding", "br;q=0.0,*;q=0"}})->static_body == "body{}");
    CHECK(demande("/static/app.1234.css", {{"accept-encoding", "*"}})->static_body == "BR");
    CHECK(demande("/static/robots.txt", {{"accept-encoding", "br"}})->static_body == "User-agent: *");
    CHECK(entete(*demande("/static/robots.txt", {}), "Cache-Control") == "no-cache");

    const auto connu = demande("/static/app.1234.css",
                               {{"accept-encoding", "br"}, {"if-none-match", "\"0\", W/\"1234-br\""}});
    CHECK(connu->status == 304);
    CHECK(connu->static_body.empty());
    CHECK(entete(*connu, "ETag") == "\"1234-br\"");
    CHECK(demande("/static/app.1234.css", {{"if-none-match", "\"1234-br\""}})->status == 200);

    CHECK(demande("/static/app.1234.css", {}, Method::Head)->status == 200);
    CHECK(demande("/static/app.1234.css", {}, Method::Post)->status == 405);
    CHECK(!demande("/static/app", {}));
    CHECK(!demande("/static/zzz", {}));
}

TEST_CASE("cinq essais passent, le sixième attend son tour")
{
    Throttle throttle;
    const Rate rate{5, 60};
    Instant now{1'000'000};
    for (int i = 0; i < 5; ++i) CHECK(throttle.allow("connexion:1", rate, now));
    CHECK(!throttle.allow("connexion:1", rate, now));
    CHECK(throttle.retry_after_seconds("connexion:1", rate, now) == 12);
    CHECK(throttle.allow("connexion:2", rate, now));
    now = now.plus_seconds(11);
    CHECK(!throttle.allow("connexion:1", rate, now));
    now = now.plus_seconds(1);
    CHECK(throttle.retry_after_seconds("connexion:1", rate, now) == 0);
    CHECK(throttle.allow("connexion:1", rate, now));
    CHECK(!throttle.allow("connexion:1", rate, now));
    throttle.forget("connexion:1");
    CHECK(throttle.allow("connexion:1", rate, now));
    // A clock set back neither blocks for ever nor gives tries away.
    CHECK(throttle.allow("connexion:1", rate, Instant{0}));
    CHECK(!throttle.allow("rien", {0, 60}, now));
}

TEST_CASE("le limiteur garde un nombre borné de clés et oublie d’abord celles qui ne servent plus")
{
    Throttle throttle{100};
    const Rate rate{1, 600};
    const Instant now{0};
    CHECK(throttle.allow("bloquée", rate, now));
    for (int i = 0; i < 1000; ++i) {
        CHECK(throttle.allow("passant " + std::to_string(i), rate, now.plus_seconds(i)));
        CHECK(!throttle.allow("bloquée", {1, 6000}, now.plus_seconds(i)));
    }
    CHECK(throttle.size() == 100);
}

TEST_CASE("une adresse IPv6 compte pour tout son réseau")
{
    CHECK(network_of("203.0.113.9") == "203.0.113.0/24");
    CHECK(network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    CHECK(network_of("inconnu") == "inconnu");
    CHECK(ip_group("203.0.113.9") == "203.0.113.9");
    CHECK(ip_group("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    CHECK(ip_group("2001:db8:1:2:ffff::1") == ip_group("2001:db8:1:2::9"));
}

} // namespace http
