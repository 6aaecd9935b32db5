// Elements to text, laid out as the State's own files are.
#include "demande/echange/ecriture.hpp"

#include <optional>

#include "base/expect.hpp"
#include "demande/echange/lecture.hpp"

namespace demande::echange {

namespace {
namespace balises {

void echapper(std::string& out, std::string_view texte)
{
    for (const char c : texte) switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
}

void ecrire(std::string& out, const Element& e, std::size_t retrait)
{
    out.append(retrait * 4, ' ');
    out += "<ns1:";
    out += e.sorte->nom;
    if (!e.code.empty()) {
        out += " code=\"";
        echapper(out, e.code);
        out += '"';
    }
    if (e.enfants.empty() && e.texte.empty()) {
        out += "/>\n";
        return;
    }
    out += '>';
    if (e.enfants.empty()) {
        echapper(out, e.texte);
    } else {
        out += '\n';
        for (const auto& x : e.enfants) ecrire(out, x, retrait + 1);
        out.append(retrait * 4, ' ');
    }
    out += "</ns1:";
    out += e.sorte->nom;
    out += ">\n";
}

} // namespace balises
} // namespace

std::string debut_du_fichier(std::string_view date, std::string_view type, std::string_view version)
{
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<ns1:interfaceNuu "
                      "versionInterface=\"";
    balises::echapper(out, version);
    out += "\" xmlns:ns1=\"";
    out += espace_de_noms;
    out += "\">\n    <ns1:entete>\n";
    if (!type.empty()) {
        out += "        <ns1:typeFichier>";
        balises::echapper(out, type);
        out += "</ns1:typeFichier>\n";
    }
    out += "        <ns1:dateFichier>";
    balises::echapper(out, date);
    return out + "</ns1:dateFichier>\n    </ns1:entete>\n";
}

std::string ecrire_demande(const Element& e)
{
    std::string out = "    <ns1:demande>\n";
    balises::ecrire(out, e, 2);
    return out + "    </ns1:demande>\n";
}

std::string fin_du_fichier()
{
    return "</ns1:interfaceNuu>\n";
}

std::string en_texte(const Element& e)
{
    return debut_du_fichier("1970-01-01T00:00:00.000Z") + ecrire_demande(e) + fin_du_fichier();
}

Element de_texte(std::string_view texte)
{
    std::optional<Element> lu;
    const auto lecture = lire_fichier(texte, [&](Element&& e) { lu = std::move(e); });
    base::expect(lu && lecture.refus.empty(),
                 "a demande that was kept from an exchange file is not readable");
    return *std::move(lu);
}

} // namespace demande::echange
