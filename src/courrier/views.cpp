// The two forms of a message. Everything a person wrote is escaped by ui::Html.
#include "courrier/views.hpp"

#include "ui/html.hpp"

namespace courrier {

namespace {

constexpr std::string_view raison_generale =
    "Vous recevez ce message parce que votre adresse électronique a été indiquée sur cette plateforme.";

/// Writes one block in both forms.
struct EcrireBloc {
    std::string& texte;
    ui::Html& html;

    void operator()(const Paragraphe& p) const
    {
        texte += p.texte + "\n\n";
        html(ui::paragraphs(p.texte));
    }
    void operator()(const Bouton& b) const
    {
        texte += b.libelle + "\u00A0:\n" + b.url + "\n\n";
        html("<p><a href=\"{}\">{}</a></p>\n", ui::external(b.url), b.libelle);
    }
    void operator()(const Liste& l) const
    {
        html("<ul>\n");
        for (const auto& element : l.elements) {
            texte += "- " + element + "\n";
            html("<li>{}</li>\n", element);
        }
        texte += "\n";
        html("</ul>\n");
    }
};

} // namespace

Corps rendre(const Courriel& c)
{
    std::string texte;
    ui::Html html;
    for (const auto& bloc : c.blocs) std::visit(EcrireBloc{texte, html}, bloc);
    const std::string_view raison = c.raison.empty() ? raison_generale : std::string_view{c.raison};
    texte += raison;
    texte += '\n';
    html("<p><small>{}</small></p>\n", raison);
    return {std::move(texte), std::move(html).take()};
}

Corps signer(const Corps& contenu, std::string_view objet, const Signature& s)
{
    // « -- » and a space: mail programs know that a signature follows.
    auto texte = contenu.texte + "\n-- \n" + s.plateforme +
                 "\nCe message est envoyé automatiquement\u00A0: ne répondez pas.\n"
                 "Pour écrire à une personne\u00A0: " +
                 s.contact + "\n";
    ui::Html html;
    html("<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta "
         "charset=\"utf-8\">\n<title>{}</title>\n</head>\n<body>\n",
         objet);
    auto out = std::move(html).take() + contenu.html;
    ui::Html pied;
    pied("<hr>\n<p>{}<br>\nCe message est envoyé automatiquement\u00A0: ne répondez pas.<br>\n"
         "Pour écrire à une personne\u00A0: <a href=\"{}\">{}</a></p>\n</body>\n</html>\n",
         s.plateforme, ui::mailto(s.contact), s.contact);
    out += std::move(pied).take();
    return {std::move(texte), std::move(out)};
}

} // namespace courrier
