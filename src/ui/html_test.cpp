// What templates write, and that a page read back is well formed. What must not compile is in
// tests/compile_fail.
#include "ui/html.hpp"

#include <doctest/doctest.h>

#include "base/expect.hpp"
#include "ui/check.hpp"

namespace {

template <class... A>
std::string template_output(ui::Template<std::type_identity_t<A>...> t, const A&... args)
{
    return ui::markup(t, args...).html();
}

} // namespace

TEST_CASE("un texte de personne est échappé selon l’endroit où il se trouve")
{
    const std::string hostile = "<img src=x onerror=\"a('&')\">";
    CHECK(template_output("<p>{}</p>", hostile) ==
          "<p>&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;</p>");
    CHECK(template_output("<p title=\"{}\"></p>", hostile) ==
          "<p title=\"&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;\"></p>");
    CHECK(template_output("<textarea>{}</textarea>", "</textarea><b>") ==
          "<textarea>&lt;/textarea&gt;&lt;b&gt;</textarea>");
    CHECK(template_output("<a href=\"/communes/{}\">x</a>", "a/b?c#d\"") ==
          "<a href=\"/communes/a%2Fb%3Fc%23d%22\">x</a>");
}

TEST_CASE("un gabarit écrit nombres, textes facultatifs, accolades et attributs")
{
    CHECK(template_output("<p>{} {{ok}} {}</p>", 12, std::optional<std::string>{}) == "<p>12 {ok} </p>");
    CHECK(template_output("<p>{}</p>", std::optional<std::string>{"a<b"}) == "<p>a&lt;b</p>");
    CHECK(template_output(
              "<input{}>",
              ui::Attrs{}.set("name", "a\"b").flag("required").flag("checked", false).maybe("id", "")) ==
          "<input name=\"a&quot;b\" required>");
    CHECK(template_output("<p>{}</p>", ui::markup("<b>{}</b>", "<")) == "<p><b>&lt;</b></p>");
    CHECK(ui::Markup{"<i>"}.html() == "&lt;i&gt;");
}

TEST_CASE("une adresse code ses segments, sa requête et son fragment")
{
    CHECK(ui::url("/signalements/{}/photos/{}", "76 é", 3).text() == "/signalements/76%20%C3%A9/photos/3");
    CHECK(ui::url("/liste").with("q", "a&b=é").with("page", 2).fragment("suite").text() ==
          "/liste?q=a%26b%3D%C3%A9&page=2#suite");
    CHECK(ui::url("/liste").fragment("x").with("q", "1").text() == "/liste?q=1#x");
    CHECK_THROWS_AS((void)ui::url("/signalements/{}", ".."), base::Bug);
    CHECK_THROWS_AS((void)ui::url("/signalements/{}", ""), base::Bug);
    CHECK(ui::mailto("a b@logis.example").text() == "mailto:a%20b@logis.example");
    CHECK(ui::tel("+33 6 12").text() == "tel:+33612");
    CHECK_THROWS_AS((void)ui::external("javascript:alert(1)"), base::Bug);
}

TEST_CASE("on ne revient que vers une page d’ici")
{
    CHECK(ui::local_url("/liste?page=2")->text() == "/liste?page=2");
    for (const char* elsewhere :
         {"//mal.example", "/\\mal.example", "https://mal.example", "javascript:x", "", "/a\nb"})
        CHECK_FALSE(ui::local_url(elsewhere).has_value());
}

TEST_CASE("des données pour un îlot ne ferment jamais leur élément")
{
    CHECK(ui::json_script("donnees", R"({"a":"</script><!--"})").html() ==
          "<script type=\"application/json\" id=\"donnees\">{\"a\":\"\\u003c/script>\\u003c!--\"}</script>");
}

TEST_CASE("un texte à plusieurs lignes devient des paragraphes")
{
    CHECK(ui::paragraphs("Bonjour,\nmerci.\n\n\n<Fin>\n\n").html() ==
          "<p>Bonjour,<br>merci.</p><p>&lt;Fin&gt;</p>");
    CHECK(ui::paragraphs("").html().empty());
}

TEST_CASE("une page mal assemblée est dénoncée")
{
    CHECK(ui::check_well_formed("<p>a<br><b>c</b></p>").empty());
    CHECK(ui::check_well_formed("<div><p></div>").size() == 1);
    CHECK(ui::check_well_formed("<p id=\"a\"></p><p id=\"a\"></p>").size() == 1);
    CHECK(ui::check_well_formed("<label for=\"a\">A</label>").size() == 1);
    CHECK(ui::check_well_formed("<input type=\"text\" id=\"a\">").size() == 1);
    CHECK(ui::check_well_formed("<form method=\"post\"></form>").size() == 1);
    CHECK(ui::check_well_formed("<a href=\"/\"><button></button></a>").size() == 1);
    CHECK(ui::check_well_formed("<p><div></div></p>").size() == 1);
}
