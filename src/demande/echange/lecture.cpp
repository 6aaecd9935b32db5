// The only file that knows expat: it opens no file and no connection, and a document type (hence any entity
// of its own) is refused at its first letter.
#include "demande/echange/lecture.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "base/text.hpp"
#include "demande/numero.hpp"

namespace demande::echange {

namespace {
namespace expat {

constexpr std::size_t morceau = 16 * 1024;
constexpr std::size_t balise_max = 64 * 1024; // bytes that may wait for the end of one tag
constexpr std::size_t texte_max = 4'000;      // bytes of one element
constexpr int elements_max = 3'000;           // of one demande
constexpr int profondeur_max = 64;
constexpr char separateur = '|';

std::string_view en_francais(XML_Error e)
{
    switch (static_cast<int>(e)) {
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_PARTIAL_CHAR:
        return "Le fichier est vide, ou s’arrête avant sa fin.";
    case XML_ERROR_TAG_MISMATCH:
        return "La balise qui se ferme ici n’est pas celle qui était ouverte.";
    case XML_ERROR_UNDEFINED_ENTITY:
    case XML_ERROR_ENTITY_DECLARED_IN_PE:
        return "Cette entité n’existe pas : seules sont permises &amp;, &lt;, &gt;, &quot; et &apos;.";
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING:
        return "L’encodage annoncé n’est pas lu : enregistrez le fichier en UTF-8.";
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
        return "Un attribut est donné deux fois.";
    case XML_ERROR_UNBOUND_PREFIX:
        return "Le préfixe de cette balise n’est pas déclaré.";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        return "Du texte suit la fin du document.";
    case XML_ERROR_INVALID_TOKEN:
    case XML_ERROR_BAD_CHAR_REF:
        return "Un signe n’est pas permis ici, ou n’est pas de l’UTF-8.";
    default:
        return "Ce n’est pas du XML bien formé.";
    }
}

bool blanc(std::string_view s)
{
    return s.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

class Lecteur {
public:
    Lecteur(const Prendre& prendre, const Limites& limites)
        : prendre_(prendre), limites_(limites), p_(XML_ParserCreateNS("UTF-8", separateur), XML_ParserFree)
    {
        if (!p_) throw std::bad_alloc{};
        XML_SetUserData(p_.get(), this);
        XML_SetElementHandler(
            p_.get(),
            [](void* u, const char* nom, const char** a) { moi(u).garder([&] { moi(u).ouvrir(nom, a); }); },
            [](void* u, const char*) { moi(u).garder([&] { moi(u).fermer(); }); });
        XML_SetCharacterDataHandler(p_.get(), [](void* u, const char* s, int n) {
            moi(u).garder([&] { moi(u).texte({s, static_cast<std::size_t>(n)}); });
        });
        XML_SetStartDoctypeDeclHandler(p_.get(), [](void* u, const char*, const char*, const char*, int) {
            moi(u).arreter(
                "Un type de document (DOCTYPE) n’est pas permis : un fichier d’échange n’en a pas.");
        });
    }

    Lecture lire(const Suite& suite)
    {
        std::size_t donnes = 0;
        for (bool fin = false; !fin && !fini_;) {
            const auto reste = suite();
            fin = reste.empty();
            donnes += reste.size();
            if (donnes > limites_.octets) {
                arreter(fmt::format("Le fichier dépasse {}.", base::format_bytes(limites_.octets)));
                break;
            }
            for (std::size_t debut = 0; !fini_ && (debut < reste.size() || fin); debut += morceau) {
                const auto bout = reste.substr(std::min(debut, reste.size()), morceau);
                donner(bout, fin);
                if (fin) break;
            }
        }
        if (exception_) std::rethrow_exception(exception_);
        return std::move(lecture_);
    }

private:
    static Lecteur& moi(void* u) { return *static_cast<Lecteur*>(u); }

    /// Nothing is thrown through the parser, which is C.
    template <class F> void garder(F&& f)
    {
        if (fini_) return;
        try {
            f();
        } catch (...) {
            exception_ = std::current_exception();
            stop();
        }
    }

    void donner(std::string_view bout, bool fin)
    {
        lus_ += bout.size();
        if (XML_Parse(p_.get(), bout.data(), static_cast<int>(bout.size()), fin ? 1 : 0) ==
            XML_STATUS_ERROR) {
            if (!fini_) refuser(std::string{en_francais(XML_GetErrorCode(p_.get()))});
            fini_ = true;
            return;
        }
        // A tag that never ends would be kept whole, and read again with each piece.
        const auto ou = XML_GetCurrentByteIndex(p_.get());
        if (!fin && ou >= 0 && lus_ > static_cast<std::size_t>(ou) + balise_max)
            arreter("Une balise ou un commentaire est trop long.");
    }

    void stop()
    {
        fini_ = true;
        XML_StopParser(p_.get(), XML_FALSE);
    }
    void arreter(std::string raison)
    {
        if (fini_) return;
        refuser(std::move(raison));
        stop();
    }
    void refuser(std::string raison)
    {
        refuser_a(static_cast<int>(XML_GetCurrentLineNumber(p_.get())),
                  static_cast<int>(XML_GetCurrentColumnNumber(p_.get())) + 1, std::move(raison));
    }
    void refuser_a(int ligne, int colonne, std::string raison)
    {
        lecture_.refus.push_back({ligne, colonne, numero_, std::move(raison)});
        refusee_ = true;
        if (lecture_.refus.size() >= limites_.refus) stop();
    }

    void ouvrir(std::string_view nom, const char** attributs)
    {
        if (ignores_ > 0) {
            if (++ignores_ > profondeur_max) arreter("Trop de balises les unes dans les autres.");
            return;
        }
        const auto coupe = nom.find(separateur);
        const bool notre = coupe != std::string_view::npos && nom.substr(0, coupe) == espace_de_noms;
        const auto court = notre ? nom.substr(coupe + 1) : nom;
        if (pile_.empty()) {
            if (!notre || court != racine().nom)
                return arreter(
                    fmt::format("Ce n’est pas un fichier d’échange du système national : il commence par "
                                "« interfaceNuu », de l’espace de noms {}.",
                                espace_de_noms));
            pile_.push_back(element(racine()));
            return lire_version(attributs);
        }
        const auto& parent = pile_.back();
        const auto* sorte = notre ? parent.sorte->enfant(court) : nullptr;
        if (!sorte) {
            ignores_ = 1;
            return refuser(fmt::format("« {} » n’est pas attendu dans « {} ».", base::truncate(court, 60),
                                       parent.sorte->nom));
        }
        if (sorte == &une_demande()) commencer();
        if (sorte->nom == "entete" && entete_lu_) return arreter("L’en-tête est donné deux fois.");
        if (std::ranges::count(parent.enfants, sorte, &Element::sorte) >= sorte->combien) {
            ignores_ = 1;
            return refuser(sorte->combien == 1
                               ? fmt::format("« {} » est donné deux fois.", sorte->nom)
                               : fmt::format("« {} » : {} au plus.", sorte->nom, sorte->combien));
        }
        if (++elements_ > elements_max) return arreter("Une demande a trop d’éléments.");
        pile_.push_back(element(*sorte));
        lire_code(attributs);
    }

    Element element(const Noeud& sorte)
    {
        return {.sorte = &sorte,
                .code = {},
                .texte = {},
                .ligne = static_cast<int>(XML_GetCurrentLineNumber(p_.get())),
                .colonne = static_cast<int>(XML_GetCurrentColumnNumber(p_.get())) + 1,
                .enfants = {}};
    }

    void commencer()
    {
        numero_.clear();
        refusee_ = false;
        elements_ = 0;
        if (!entete_lu_) arreter("L’en-tête (« entete ») manque avant la première demande.");
        if (++lecture_.demandes > limites_.demandes)
            arreter(fmt::format("Le fichier a plus de {}.",
                                base::count(limites_.demandes, "demande", "demandes")));
    }

    void lire_version(const char** attributs)
    {
        for (; *attributs; attributs += 2)
            if (std::string_view{attributs[0]} == "versionInterface") lecture_.version = attributs[1];
        if (std::ranges::find(versions_lues, lecture_.version) == std::end(versions_lues))
            arreter(fmt::format("La version « {} » de l’interface n’est pas lue : 02.00 ou 02.01.",
                                base::truncate(lecture_.version, 20)));
    }

    void lire_code(const char** attributs)
    {
        auto& e = pile_.back();
        const bool par_code = e.sorte->contenu == Contenu::Code || e.sorte->contenu == Contenu::Commune;
        for (; *attributs; attributs += 2) {
            if (!par_code || std::string_view{attributs[0]} != "code") {
                refuser(
                    fmt::format("L’attribut « {} » n’est pas attendu.", base::truncate(attributs[0], 60)));
                continue;
            }
            e.code = attributs[1];
            const bool connu =
                e.sorte->contenu == Contenu::Commune
                    ? e.code.size() == 5
                    : std::ranges::find(e.sorte->codes, e.code, &CodeSne::code) != e.sorte->codes.end();
            if (!connu)
                refuser(fmt::format("Le code « {} » n’existe pas pour « {} ».", base::truncate(e.code, 20),
                                    e.sorte->nom));
        }
        if (par_code && e.code.empty()) refuser(fmt::format("Le code de « {} » manque.", e.sorte->nom));
    }

    void texte(std::string_view s)
    {
        if (ignores_ > 0 || pile_.empty()) return;
        auto& e = pile_.back();
        const bool feuille = e.sorte->contenu != Contenu::Groupe && e.sorte->contenu != Contenu::Code &&
                             e.sorte->contenu != Contenu::Commune;
        if (!feuille) {
            if (!blanc(s)) arreter(fmt::format("« {} » ne contient pas de texte.", e.sorte->nom));
            return;
        }
        if (e.texte.size() + s.size() > texte_max)
            return arreter(fmt::format("Le texte de « {} » est trop long.", e.sorte->nom));
        e.texte += s;
    }

    void fermer()
    {
        if (ignores_ > 0) {
            --ignores_;
            return;
        }
        auto e = std::move(pile_.back());
        pile_.pop_back();
        verifier(e);
        if (e.sorte == &une_demande()) {
            if (!refusee_) prendre_(std::move(e));
            numero_.clear();
            return;
        }
        if (e.sorte->nom == "entete") return lire_entete(e);
        if (e.sorte->contenu == Contenu::Numero) numero_ = e.texte;
        // What is above a demande keeps nothing: a file of any length takes the room of one demande.
        if (!pile_.empty() && pile_.back().sorte != &racine()) pile_.back().enfants.push_back(std::move(e));
    }

    void verifier(Element& e)
    {
        const auto dire = [&](std::string raison) { refuser_a(e.ligne, e.colonne, std::move(raison)); };
        if (e.sorte->contenu == Contenu::Groupe) {
            if (e.sorte == &racine()) {
                if (!entete_lu_) dire("L’en-tête (« entete ») manque.");
                return;
            }
            for (const auto& n : e.sorte->enfants())
                if (n.requis && !trouver(e, n.nom))
                    dire(fmt::format("« {} » manque dans « {} ».", n.nom, e.sorte->nom));
            return;
        }
        if (e.sorte->contenu == Contenu::Code || e.sorte->contenu == Contenu::Commune) return;
        const auto propre = base::clean_text(e.texte);
        if (!propre) return dire("Ce texte ne peut pas être lu.");
        e.texte = std::string{base::trim(*propre)};
        if (e.texte.empty()) {
            if (e.sorte->requis) dire(fmt::format("« {} » est vide.", e.sorte->nom));
            return;
        }
        if (auto raison = refus(e); !raison.empty()) dire(std::move(raison));
    }

    static std::string refus(const Element& e)
    {
        const auto cite = base::truncate(e.texte, 40);
        switch (e.sorte->contenu) {
        case Contenu::Texte:
            if (base::length(e.texte) > static_cast<std::size_t>(e.sorte->max))
                return fmt::format("« {} » a plus de {} caractères.", e.sorte->nom, e.sorte->max);
            break;
        case Contenu::Entier:
            if (e.texte.size() > 9 ||
                !std::ranges::all_of(e.texte, [](char c) { return c >= '0' && c <= '9'; }) ||
                std::stoi(e.texte) > e.sorte->max)
                return fmt::format("« {} » n’est pas un nombre entier, {} au plus : « {} ».", e.sorte->nom,
                                   e.sorte->max, cite);
            break;
        case Contenu::Jour:
            if (!base::parse_date(e.texte))
                return fmt::format("« {} » n’est pas une date (AAAA-MM-JJ) : « {} ».", e.sorte->nom, cite);
            break;
        case Contenu::Instant:
            if (!base::parse_instant(e.texte))
                return fmt::format("« {} » n’est pas un moment : « {} ».", e.sorte->nom, cite);
            break;
        case Contenu::OuiNon:
            if (e.texte != "true" && e.texte != "false")
                return fmt::format("« {} » est « true » ou « false », pas « {} ».", e.sorte->nom, cite);
            break;
        case Contenu::Numero:
            // As written: what people may type is not what machines may write.
            if (const auto n = lire_numero(e.texte); !n || ecrire(*n) != e.texte)
                return fmt::format("« {} » n’est pas un numéro unique.", cite);
            break;
        case Contenu::Groupe:
        case Contenu::Code:
        case Contenu::Commune:
            break;
        }
        return {};
    }

    void lire_entete(const Element& e)
    {
        if (const auto* t = trouver(e, "typeFichier")) lecture_.type = t->texte;
        if (const auto* d = trouver(e, "dateFichier")) {
            lecture_.date = d->texte;
            if (const auto le = base::parse_instant(d->texte)) lecture_.date_du_fichier = *le;
        }
        entete_lu_ = true;
    }

    const Prendre& prendre_;
    const Limites& limites_;
    std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> p_;
    Lecture lecture_;
    std::vector<Element> pile_;
    std::string numero_;
    std::exception_ptr exception_;
    std::size_t lus_ = 0;
    int ignores_ = 0, elements_ = 0;
    bool fini_ = false, refusee_ = false, entete_lu_ = false;
};

} // namespace expat
} // namespace

Lecture lire_fichier(const Suite& suite, const Prendre& prendre, const Limites& limites)
{
    return expat::Lecteur{prendre, limites}.lire(suite);
}

Lecture lire_fichier(std::string_view fichier, const Prendre& prendre, const Limites& limites)
{
    return lire_fichier(
        [&] {
            const auto tout = fichier;
            fichier = {};
            return tout;
        },
        prendre, limites);
}

} // namespace demande::echange
