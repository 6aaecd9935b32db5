// The tables of the exchange file. An element or a code that is missing here refuses the file that holds it:
// add its row, nothing else.
#include "demande/echange/format.hpp"

#include <algorithm>
#include <array>

namespace demande::echange {

namespace {
namespace table {

using enum Contenu;

constexpr CodeSne civilites[] = {{"1", "m"}, {"2", "mme"}, {"3", "mme"}};
constexpr CodeSne nationalites[] = {{"1", "fr"}, {"2", "ue"}, {"3", "hors_ue"}};
constexpr CodeSne situations[] = {{"C", "celibataire"}, {"M", "marie"},    {"D", "divorce"}, {"S", "separe"},
                                  {"P", "pacse"},       {"U", "concubin"}, {"V", "veuf"}};
// The file knows no parent, child or sibling among those who sign: their link is not written.
constexpr CodeSne liens[] = {{"M", "conjoint"}, {"P", "pacse"}, {"C", "concubin"}};
constexpr CodeSne parentes[] = {{"E", "enfant"}, {"E", "garde_alternee"}, {"P", "ascendant"}, {"A", "autre"}};
constexpr CodeSne sexes[] = {{"F", "f"}, {"M", "m"}};
constexpr CodeSne gardes[] = {{"G", "G"}, {"D", "D"}};
// The file tells contracts, the paper tells employers: a civil servant is a « CDI » there.
constexpr CodeSne travaux[] = {{"CDI", "prive"},         {"CDI", "etat"},
                               {"CDI", "hospitalier"},   {"CDI", "collectivite"},
                               {"CDI", "assistant"},     {"CDD", "prive+cdd"},
                               {"CDD", "etat+cdd"},      {"CDD", "hospitalier+cdd"},
                               {"CDD", "assistant+cdd"}, {"CDD", "collectivite+cdd"},
                               {"ART", "independant"},   {"CHO", "chomage"},
                               {"ETU", "etudiant"},      {"APP", "etudiant"},
                               {"RET", "retraite"},      {"AUT", "autre"}};
constexpr CodeSne recues[] = {{"SAL", "sal"},   {"RET", "ret"},   {"CHO", "cho"}, {"PAR", "par"},
                              {"PINV", "pinv"}, {"AF", "af"},     {"AAH", "aah"}, {"AEEH", "aeeh"},
                              {"AJPP", "ajpp"}, {"PAJE", "paje"}, {"RSA", "rsa"}, {"AMV", "amv"},
                              {"BE", "be"},     {"AUT", "aut"}};
constexpr CodeSne versees[] = {{"PAV", "pav"}};
constexpr CodeSne modeles[] = {
    {"HLM", "locataire_hlm"},  {"LP", "locataire_prive"}, {"RS", "foyer"},
    {"RHVS", "rhvs"},          {"RE", "etudiant"},        {"SLHT", "temporaire"},
    {"SLHT", "sous_location"}, {"SH", "structure"},       {"CDEFCM", "centre_maternel"},
    {"CPE", "parents"},        {"CP", "tiers"},           {"LTG", "gratuit"},
    {"FONC", "fonction"},      {"POCC", "proprietaire"},  {"CAMCAR", "mobile"},
    {"HOT", "hotel"},          {"SD", "sans_abri"},       {"SQUAT", "squat"}};
constexpr CodeSne categories[] = {{"A", "A"}, {"M", "M"}};
constexpr CodeSne types_actuels[] = {{"C", ""},    {"T1", "T1"}, {"T2", "T2"}, {"T3", "T3"},
                                     {"T4", "T4"}, {"T5", "T5"}, {"T6P", "T6"}};
constexpr CodeSne types_voulus[] = {{"C", "chambre"}, {"T1", "t1"}, {"T2", "t2"}, {"T3", "t3"},
                                    {"T4", "t4"},     {"T5", "t5"}, {"T6P", "t6"}};

template <std::size_t N>
constexpr Noeud groupe(std::string_view nom, const Noeud (&enfants)[N], int combien = 1, bool requis = false)
{
    return {.nom = nom, .requis = requis, .combien = combien, .debut = enfants, .nombre = N};
}
constexpr Noeud feuille(std::string_view nom, Contenu contenu = Texte, bool requis = false, int max = 200)
{
    return {.nom = nom, .contenu = contenu, .requis = requis, .max = max};
}
template <std::size_t N>
constexpr Noeud code(std::string_view nom, const CodeSne (&codes)[N], bool requis = false, int combien = 1)
{
    return {.nom = nom, .contenu = Code, .requis = requis, .combien = combien, .codes = codes};
}

constexpr int euros_max = 9'999'999;
constexpr int adultes = 3, colocataires = 4, a_charge = 8, autres_enfants = 6, souhaits = 8;

constexpr Noeud adresse[] = {feuille("etranger", OuiNon), feuille("numero", Texte, false, 20),
                             feuille("voie", Texte, false, 120), feuille("codePostal", Texte, false, 10),
                             feuille("commune", Commune)};
constexpr Noeud travail[] = {feuille("profession", Texte, false, 80), code("typeContratTravail", travaux),
                             feuille("nomEmployeurPrincipal"),        feuille("etranger", OuiNon),
                             feuille("codePostal", Texte, false, 10), feuille("commune", Commune)};
constexpr Noeud revenu[] = {
    feuille("anneeMoins1", Entier, false, 2100), feuille("montantMoins1", Entier, false, euros_max),
    feuille("anneeMoins2", Entier, false, 2100), feuille("montantMoins2", Entier, false, euros_max)};
constexpr Noeud recue[] = {code("ressource", recues, true), feuille("montant", Entier, true, 99'999)};
constexpr Noeud versee[] = {code("ressource", versees, true), feuille("montant", Entier, true, 99'999)};
constexpr Noeud les_recues[] = {groupe("detailRessource", recue, std::size(recues))};
constexpr Noeud les_versees[] = {groupe("detailRessource", versee, std::size(versees))};

constexpr Noeud demandeur[] = {code("civilite", civilites),
                               feuille("nom", Texte, true, 80),
                               feuille("nomPatronymique", Texte, false, 80),
                               feuille("prenom", Texte, true, 80),
                               feuille("dateNaissance", Jour, true),
                               code("nationalite", nationalites),
                               code("situationFamiliale", situations),
                               feuille("telPortable", Texte, false, 20),
                               feuille("mel"),
                               groupe("adressePostale", adresse),
                               groupe("situationProfessionnelle", travail),
                               groupe("revenuFiscal", revenu),
                               groupe("listeRessourceRecue", les_recues),
                               groupe("listeRessourceVersee", les_versees),
                               groupe("listeRessourceRecuePersACharge", les_recues),
                               groupe("listeRessourceVerseePersACharge", les_versees)};
constexpr Noeud personne_a_charge[] = {feuille("nom", Texte, true, 80), feuille("prenom", Texte, true, 80),
                                       feuille("dateNaissance", Jour, true), code("sexe", sexes),
                                       code("lienParente", parentes)};
constexpr Noeud personnes_a_charge[] = {groupe("personneACharge", personne_a_charge, a_charge)};
constexpr Noeud a_naitre[] = {feuille("nombre", Entier, true, 5), feuille("dateNaissancePrevue", Jour)};
constexpr Noeud en_garde[] = {feuille("dateNaissance", Jour, true), code("sexe", sexes),
                              code("coParentalite", gardes, true)};
constexpr Noeud les_en_garde[] = {groupe("personneEnGarde", en_garde, autres_enfants)};
constexpr Noeud cotitulaire[] = {code("civilite", civilites),
                                 feuille("nom", Texte, true, 80),
                                 feuille("nomPatronymique", Texte, false, 80),
                                 feuille("prenom", Texte, true, 80),
                                 feuille("dateNaissance", Jour, true),
                                 code("nationalite", nationalites),
                                 code("situationFamiliale", situations),
                                 code("lienDemandeur", liens),
                                 groupe("situationProfessionnelle", travail),
                                 groupe("revenuFiscal", revenu),
                                 groupe("listeRessourceRecue", les_recues),
                                 groupe("listeRessourceVersee", les_versees)};
constexpr Noeud cotitulaires[] = {groupe("cotitulaire", cotitulaire, adultes)};
constexpr Noeud modele[] = {code("modeleLogement", modeles, false, std::size(modeles))};
constexpr Noeud logement_actuel[] = {groupe("listeModeleLogement", modele),
                                     feuille("montantMensuelLoyer", Entier, false, 99'999),
                                     feuille("nombreHabitant", Entier, false, 30),
                                     code("categorieLogement", categories),
                                     code("typeLogementActuel", types_actuels),
                                     feuille("surface", Entier, false, 999),
                                     feuille("proprietaire", OuiNon)};
constexpr Noeud personne_physique[] = {
    groupe("demandeur", demandeur, 1, true),  groupe("listePersonneACharge", personnes_a_charge),
    groupe("personneANaitre", a_naitre),      groupe("listePersonneEnGarde", les_en_garde),
    groupe("listeCotitulaire", cotitulaires), groupe("logementActuel", logement_actuel)};
constexpr Noeud types[] = {code("typeLogement", types_voulus, false, std::size(types_voulus))};
constexpr Noeud localisation[] = {{.nom = "commune", .contenu = Commune, .requis = true}};
constexpr Noeud localisations[] = {groupe("localisationSouhaite", localisation, souhaits)};
constexpr Noeud recherche[] = {feuille("demandeElargie", OuiNon), groupe("listeTypeLogement", types),
                               groupe("listeLocalisationSouhaite", localisations)};
constexpr Noeud logement[] = {feuille("numUnique", Numero, true), feuille("numGuichet", Texte, false, 5),
                              feuille("dateCreationDemande", Jour, true),
                              groupe("personnePhysique", personne_physique, 1, true),
                              groupe("logementRecherche", recherche)};
constexpr int sans_limite = 1'000'000;
constexpr Noeud demandes[] = {groupe("demandeLogement", logement, sans_limite)};
constexpr Noeud entete[] = {feuille("typeFichier", Texte, false, 3), feuille("dateFichier", Instant, true)};
constexpr Noeud interface_nuu[] = {groupe("entete", entete, 1, true),
                                   groupe("demande", demandes, sans_limite)};
constexpr Noeud tout = groupe("interfaceNuu", interface_nuu);

} // namespace table

/// The first name of a path, which loses it.
std::string_view premier_nom(std::string_view& chemin)
{
    const auto nom = chemin.substr(0, chemin.find('/'));
    chemin.remove_prefix(std::min(chemin.size(), nom.size() + 1));
    return nom;
}

} // namespace

const Noeud* Noeud::enfant(std::string_view cherche) const
{
    const auto tous = enfants();
    const auto n = std::ranges::find(tous, cherche, &Noeud::nom);
    return n == tous.end() ? nullptr : &*n;
}

const Noeud& racine()
{
    return table::tout;
}

const Noeud& une_demande()
{
    return table::demandes[0];
}

const Element* trouver(const Element& e, std::string_view chemin)
{
    const auto* ici = &e;
    while (!chemin.empty()) {
        const auto nom = premier_nom(chemin);
        const auto suivant =
            std::ranges::find_if(ici->enfants, [&](const Element& x) { return x.sorte->nom == nom; });
        if (suivant == ici->enfants.end()) return nullptr;
        ici = &*suivant;
    }
    return ici;
}

Element& poser(Element& e, std::string_view chemin)
{
    auto* ici = &e;
    while (!chemin.empty()) {
        const auto* sorte = ici->sorte->enfant(premier_nom(chemin));
        auto ou = std::ranges::find(ici->enfants, sorte, &Element::sorte);
        if (ou == ici->enfants.end()) {
            ou = std::ranges::find_if(ici->enfants, [&](const Element& x) { return x.sorte > sorte; });
            ou = ici->enfants.insert(ou, Element{.sorte = sorte});
        }
        ici = &*ou;
    }
    return *ici;
}

void oter(Element& e, std::string_view chemin)
{
    const auto coupe = chemin.rfind('/');
    auto* parent = &e;
    if (coupe != std::string_view::npos) {
        if (!trouver(e, chemin.substr(0, coupe))) return;
        parent = &poser(e, chemin.substr(0, coupe));
        chemin.remove_prefix(coupe + 1);
    }
    std::erase_if(parent->enfants, [&](const Element& x) { return x.sorte->nom == chemin; });
}

void dire(Element& e, std::string valeur)
{
    const bool par_code = e.sorte->contenu == Contenu::Code || e.sorte->contenu == Contenu::Commune;
    (par_code ? e.code : e.texte) = std::move(valeur);
}

std::string_view reponse_du_code(std::span<const CodeSne> codes, std::string_view code)
{
    const auto c = std::ranges::find(codes, code, &CodeSne::code);
    return c == codes.end() ? std::string_view{} : c->reponse;
}

std::string_view code_de_la_reponse(std::span<const CodeSne> codes, std::string_view reponse)
{
    const auto c = std::ranges::find(codes, reponse, &CodeSne::reponse);
    return reponse.empty() || c == codes.end() ? std::string_view{} : c->code;
}

std::span<const CodeSne> codes_des_ressources()
{
    return table::recues;
}

std::span<const CodeSne> codes_des_types()
{
    return table::types_voulus;
}

std::span<const CodeSne> codes_du_travail()
{
    return table::travaux;
}

} // namespace demande::echange
