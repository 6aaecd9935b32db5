// The exchange file of the national system of registration (interfaceNuu, versions 02.00 and 02.01) as data:
// which elements there are, what each holds, and what its codes mean in the answers of our form. No reading,
// no writing: lecture.hpp and ecriture.hpp.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace demande::echange {

inline constexpr std::string_view espace_de_noms = "http://nuu.application.i2/";
inline constexpr std::string_view versions_lues[] = {"02.00", "02.01"};

/// How the text of an element, or its attribute « code », is read.
enum class Contenu {
    Groupe, // other elements
    Texte,
    Entier,
    Jour,    // 2018-03-15
    Instant, // with an hour and an offset
    OuiNon,  // true, false
    Code,    // attribute « code », of a table
    Commune, // attribute « code », an INSEE code
    Numero,  // numéro unique
};

/// A code of the file and the answer it stands for; several codes may stand for one answer, which is written
/// with the first. No answer: the form does not ask it, the code is kept as it came.
struct CodeSne {
    std::string_view code;
    std::string_view reponse;
};

struct Noeud {
    std::string_view nom;
    Contenu contenu = Contenu::Groupe;
    bool requis = false;
    int combien = 1; // at most, in its parent
    int max = 200;   // characters of a text, greatest number
    std::span<const CodeSne> codes = {};
    const Noeud* debut = nullptr; // of what it holds, in the order of the format
    std::size_t nombre = 0;

    [[nodiscard]] std::span<const Noeud> enfants() const { return {debut, nombre}; }
    /// Null when it holds no element of that name.
    [[nodiscard]] const Noeud* enfant(std::string_view) const;
};

/// interfaceNuu itself.
const Noeud& racine();
/// One demande: « demandeLogement ».
const Noeud& une_demande();

/// An element as it was read, or as it will be written; always one that the format knows.
struct Element {
    const Noeud* sorte = nullptr;
    std::string code;
    std::string texte;
    int ligne = 0, colonne = 0; // where it begins; 0 when it was not read
    std::vector<Element> enfants;

    /// What it says: its code, else its text.
    [[nodiscard]] const std::string& dit() const { return code.empty() ? texte : code; }
};

/// « personnePhysique/demandeur/nom »; null when one of them is not there.
const Element* trouver(const Element&, std::string_view chemin);
/// The same, made where the format puts it when it is not there yet.
Element& poser(Element&, std::string_view chemin);
/// Takes it away; nothing happens when it is not there.
void oter(Element&, std::string_view chemin);
/// Sets what an element says, as its kind wants it.
void dire(Element&, std::string valeur);

/// The answer of a code; empty when the form asks nothing of the kind.
std::string_view reponse_du_code(std::span<const CodeSne>, std::string_view code);
/// The code an answer is written with; empty when there is none.
std::string_view code_de_la_reponse(std::span<const CodeSne>, std::string_view reponse);

/// Resources received by each person, in the order of our form: a code, and the question in lower case.
std::span<const CodeSne> codes_des_ressources();
/// Sizes of the dwelling wanted, each a box of our form.
std::span<const CodeSne> codes_des_types();
/// Contract of work and situation: « prive », or « prive+cdd ».
std::span<const CodeSne> codes_du_travail();

} // namespace demande::echange
