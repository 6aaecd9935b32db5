// One row for each answer that has its element. What is not one to one is spelled out below the table.
#include "demande/echange/correspondance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "demande/formulaire.hpp"
#include "demande/questions.hpp"

namespace demande::echange {

namespace {
namespace liens {

struct Lien {
    std::string_view chemin;
    std::string_view champ;
};

constexpr Lien simples[] = {
    {"personnePhysique/demandeur/civilite", "demandeur.civilite"},
    {"personnePhysique/demandeur/prenom", "demandeur.prenom"},
    {"personnePhysique/demandeur/dateNaissance", "demandeur.naissance_le"},
    {"personnePhysique/demandeur/nationalite", "demandeur.nationalite"},
    {"personnePhysique/demandeur/situationFamiliale", "demandeur.situation_familiale"},
    {"personnePhysique/demandeur/telPortable", "demandeur.telephone"},
    {"personnePhysique/demandeur/mel", "demandeur.email"},
    {"personnePhysique/demandeur/adressePostale/codePostal", "adresse.code_postal"},
    {"personnePhysique/demandeur/situationProfessionnelle/profession", "travail.profession"},
    {"personnePhysique/demandeur/situationProfessionnelle/nomEmployeurPrincipal", "travail.employeur"},
    {"personnePhysique/demandeur/revenuFiscal/anneeMoins1", "revenus.annee_n1"},
    {"personnePhysique/demandeur/revenuFiscal/montantMoins1", "revenus.rfr_n1"},
    {"personnePhysique/demandeur/revenuFiscal/anneeMoins2", "revenus.annee_n2"},
    {"personnePhysique/demandeur/revenuFiscal/montantMoins2", "revenus.rfr_n2"},
    {"personnePhysique/personneANaitre/nombre", "foyer.a_naitre"},
    {"personnePhysique/personneANaitre/dateNaissancePrevue", "foyer.naissance_prevue_le"},
    {"personnePhysique/logementActuel/montantMensuelLoyer", "logement.loyer"},
    {"personnePhysique/logementActuel/nombreHabitant", "logement.personnes"},
    {"personnePhysique/logementActuel/categorieLogement", "logement.categorie"},
    {"personnePhysique/logementActuel/typeLogementActuel", "logement.type"},
    {"personnePhysique/logementActuel/surface", "logement.surface"},
    {"personnePhysique/logementActuel/proprietaire", "motif.autre_logement"},
    {"logementRecherche/demandeElargie", "souhait.elargir"},
};

/// A list of people, a line of the form for each.
struct Liste {
    std::string_view chemin;   // of the list
    std::string_view rubrique; // of the form
    std::span<const Lien> liens;
};
constexpr Lien a_charge[] = {{"nom", "nom"},
                             {"prenom", "prenom"},
                             {"dateNaissance", "naissance_le"},
                             {"sexe", "sexe"},
                             {"lienParente", "lien"}};
constexpr Lien en_garde[] = {{"dateNaissance", "naissance_le"}, {"sexe", "sexe"}, {"coParentalite", "garde"}};
constexpr Lien cotitulaire[] = {{"civilite", "civilite"},
                                {"prenom", "prenom"},
                                {"dateNaissance", "naissance_le"},
                                {"nationalite", "nationalite"},
                                {"lienDemandeur", "lien"}};
constexpr Liste listes[] = {
    {"personnePhysique/listePersonneACharge", "a_charge", a_charge},
    {"personnePhysique/listePersonneEnGarde", "autre_enfant", en_garde},
    {"personnePhysique/listeCotitulaire", "codemandeur", cotitulaire},
};
constexpr Lien travail_d_un_cotitulaire[] = {
    {"situationProfessionnelle/profession", "profession"},
    {"situationProfessionnelle/nomEmployeurPrincipal", "employeur"},
};
// Only the first of those who sign has their fiscal income on the form.
constexpr Lien premier_cotitulaire[] = {
    {"revenuFiscal/montantMoins1", "revenus.rfr_n1_codemandeur"},
    {"revenuFiscal/montantMoins2", "revenus.rfr_n2_codemandeur"},
};

constexpr std::string_view demandeur = "personnePhysique/demandeur";
constexpr std::string_view cotitulaires = "personnePhysique/listeCotitulaire";
constexpr std::string_view modeles = "personnePhysique/logementActuel/listeModeleLogement";
constexpr std::string_view types = "logementRecherche/listeTypeLogement";
constexpr std::string_view localisations = "logementRecherche/listeLocalisationSouhaite";

// ── one answer, one element ────────────────────────────────────────────────────────────────────────────────

/// The answer that an element stands for.
std::string lue(const Element& e)
{
    const auto contenu = e.sorte->contenu;
    if (contenu == Contenu::Code) return std::string{reponse_du_code(e.sorte->codes, e.code)};
    if (contenu == Contenu::OuiNon && !e.texte.empty()) return e.texte == "true" ? "oui" : "non";
    if (contenu == Contenu::Jour)
        if (const auto d = base::parse_date(e.texte)) return base::short_text(*d);
    return e.dit();
}

/// What the element says of an answer; empty when the format has nothing for it.
std::string ecrite(const Noeud& n, const std::string& reponse)
{
    if (n.contenu == Contenu::Code) return std::string{code_de_la_reponse(n.codes, reponse)};
    if (n.contenu == Contenu::OuiNon && !reponse.empty()) return reponse == "oui" ? "true" : "false";
    if (n.contenu == Contenu::Jour) {
        const auto d = base::parse_typed_date(reponse);
        return d ? base::to_iso(*d) : std::string{};
    }
    if (n.contenu == Contenu::Entier) {
        const auto v = lire_entier(reponse, n.max);
        return v ? std::to_string(*v) : std::string{};
    }
    if (n.nom == "telPortable")
        if (const auto tel = base::parse_phone(reponse))
            return tel->starts_with("+33") ? "0" + tel->substr(3) : *tel;
    return base::truncate(reponse, static_cast<std::size_t>(n.max));
}

bool disent_pareil(const Element& e, const std::string& reponse)
{
    return lue(e) == reponse || (!reponse.empty() && ecrite(*e.sorte, reponse) == e.dit());
}

void reprendre(Reponses& r, std::string_view champ, const Element* e)
{
    if (!e || e->dit().empty() || disent_pareil(*e, r.texte(champ))) return;
    const auto reponse = lue(*e);
    const bool meme_mot = e->sorte->contenu == Contenu::Texte && r.a(champ) &&
                          base::fold(reponse) == base::fold(r.texte(champ)); // « DUPONT » and « Dupont »
    if (!reponse.empty() && !meme_mot) r.mettre(champ, reponse);
}

void porter(Element& document, std::string_view chemin, const std::string& reponse)
{
    const auto* e = trouver(document, chemin);
    if (e ? disent_pareil(*e, reponse) : reponse.empty()) return;
    if (reponse.empty()) return oter(document, chemin);
    const auto* sorte = document.sorte;
    for (auto reste = chemin; !reste.empty();) {
        const auto nom = reste.substr(0, reste.find('/'));
        sorte = sorte->enfant(nom);
        reste.remove_prefix(std::min(reste.size(), nom.size() + 1));
    }
    auto valeur = ecrite(*sorte, reponse);
    if (valeur.empty())
        oter(document, chemin);
    else
        dire(poser(document, chemin), std::move(valeur));
}

std::string joindre(std::string_view a, std::string_view b)
{
    return fmt::format("{}{}{}", a, a.empty() ? "" : "/", b);
}

std::string texte_de(const Element& e, std::string_view chemin)
{
    const auto* x = trouver(e, chemin);
    return x ? x->dit() : std::string{};
}

// ── names: « nom » is the name used, once there is a « nomPatronymique » ───────────────────────────────────

void reprendre_noms(Reponses& r, const std::string& prefixe, const Element& personne)
{
    const auto nom = texte_de(personne, "nom"), naissance = texte_de(personne, "nomPatronymique");
    const auto mettre = [&](const char* champ, const std::string& valeur) {
        if (base::fold(r.texte(prefixe + champ)) != base::fold(valeur)) r.mettre(prefixe + champ, valeur);
    };
    mettre("nom", naissance.empty() ? nom : naissance);
    if (!naissance.empty())
        mettre("nom_usage", base::fold(nom) == base::fold(naissance) ? std::string{} : nom);
}

void porter_noms(Element& personne, const Reponses& r, const std::string& prefixe)
{
    const auto& naissance = r.texte(prefixe + "nom");
    const auto& usage = r.texte(prefixe + "nom_usage");
    const auto avant = texte_de(personne, "nomPatronymique");
    // The same name twice was written so: it stays.
    if (usage.empty() && !avant.empty() && avant == naissance && texte_de(personne, "nom") == naissance)
        return;
    poser(personne, "nom").texte = usage.empty() ? naissance : usage;
    if (usage.empty())
        oter(personne, "nomPatronymique");
    else
        poser(personne, "nomPatronymique").texte = naissance;
}

// ── work: a contract in the file, a situation and a box on the form ────────────────────────────────────────

std::string_view contrat_de(const std::string& statut, bool cdd)
{
    const auto avec = cdd ? code_de_la_reponse(codes_du_travail(), statut + "+cdd") : std::string_view{};
    return avec.empty() ? code_de_la_reponse(codes_du_travail(), statut) : avec;
}

void reprendre_travail(Reponses& r, const std::string& rubrique, const Element* contrat)
{
    if (!contrat || contrat->code.empty()) return;
    const auto& statut = r.texte(rubrique + ".statut");
    if (contrat_de(statut, r.a(rubrique + ".cdd")) == contrat->code) return;
    std::string dit{reponse_du_code(codes_du_travail(), contrat->code)};
    if (contrat_de(statut, false) == contrat->code) dit = statut;
    if (contrat_de(statut, true) == contrat->code) dit = statut + "+cdd";
    const auto coupe = std::min(dit.size(), dit.find('+'));
    r.mettre(rubrique + ".cdd", coupe < dit.size() ? "oui" : "");
    r.mettre(rubrique + ".statut", dit.substr(0, coupe));
}

void porter_travail(Element& personne, const Reponses& r, const std::string& rubrique)
{
    constexpr std::string_view chemin = "situationProfessionnelle/typeContratTravail";
    const auto contrat = contrat_de(r.texte(rubrique + ".statut"), r.a(rubrique + ".cdd"));
    if (contrat == texte_de(personne, chemin)) return;
    if (contrat.empty())
        oter(personne, chemin);
    else
        poser(personne, chemin).code = contrat;
}

// ── address ────────────────────────────────────────────────────────────────────────────────────────────────

constexpr std::string_view adresse = "personnePhysique/demandeur/adressePostale";

std::string voie(const Element& document)
{
    const auto numero = texte_de(document, joindre(adresse, "numero")),
               rue = texte_de(document, joindre(adresse, "voie"));
    return numero + (numero.empty() || rue.empty() ? "" : " ") + rue;
}

void reprendre_adresse(Reponses& r, const Element& document, const Communes& communes)
{
    if (const auto dit = voie(document);
        !dit.empty() && base::fold(dit) != base::fold(r.texte("adresse.voie")))
        r.mettre("adresse.voie", dit);
    const auto insee = texte_de(document, joindre(adresse, "commune"));
    if (insee.empty() || communes.code(r.texte("adresse.commune"), r.texte("adresse.code_postal")) == insee)
        return;
    r.mettre("adresse.commune", communes.nom(insee));
}

void porter_adresse(Element& document, const Reponses& r, const Communes& communes)
{
    if (const auto& rue = r.texte("adresse.voie"); rue != voie(document)) {
        oter(document, joindre(adresse, "numero"));
        oter(document, joindre(adresse, "voie"));
        const auto coupe = rue.find(' ');
        const bool numerotee = base::starts_with_digit(rue) && coupe != std::string::npos && coupe <= 20;
        if (numerotee) poser(document, joindre(adresse, "numero")).texte = rue.substr(0, coupe);
        if (!rue.empty())
            poser(document, joindre(adresse, "voie")).texte = numerotee ? rue.substr(coupe + 1) : rue;
    }
    const auto insee = texte_de(document, joindre(adresse, "commune"));
    const auto& nom = r.texte("adresse.commune");
    if (!insee.empty() && communes.nom(insee) == nom) return;
    const auto code = nom.empty() ? std::string{} : communes.code(nom, r.texte("adresse.code_postal"));
    if (code == insee) return;
    if (code.empty())
        oter(document, joindre(adresse, "commune"));
    else
        poser(document, joindre(adresse, "commune")).code = code;
}

// ── amounts that the form asks for the whole household, and the file by person ─────────────────────────────

struct ListeDeRessources {
    std::string_view recues, versees;
};
constexpr ListeDeRessources listes_de_ressources[] = {
    {"listeRessourceRecue", "listeRessourceVersee"},
    {"listeRessourceRecuePersACharge", "listeRessourceVerseePersACharge"},
};

/// Every list of one kind: the applicant's, theirs for dependants, each co-applicant's.
template <class Personne, class F> void pour_chaque_liste(Personne& document, bool recues, F&& f)
{
    const auto de = [&](auto& personne) {
        for (auto& e : personne.enfants)
            for (const auto& l : listes_de_ressources)
                if (e.sorte->nom == (recues ? l.recues : l.versees)) f(e);
    };
    for (auto& p : document.enfants) {
        if (p.sorte->nom != "personnePhysique") continue;
        for (auto& x : p.enfants) {
            if (x.sorte->nom == "demandeur") de(x);
            if (x.sorte->nom == "listeCotitulaire")
                for (auto& c : x.enfants) de(c);
        }
    }
}

struct Somme {
    bool mentionnee = false; // a list is there, even empty
    std::optional<int> montant;
};

Somme somme(const Element& document, std::string_view code, bool recues)
{
    Somme s;
    pour_chaque_liste(document, recues, [&](const Element& liste) {
        s.mentionnee = true;
        for (const auto& d : liste.enfants)
            if (texte_de(d, "ressource") == code)
                s.montant = s.montant.value_or(0) + lire_entier(texte_de(d, "montant"), 99'999).value_or(0);
    });
    return s;
}

constexpr int ressource_max = 9'999'999;

void reprendre_ressource(Reponses& r, const std::string& champ, const Element& document,
                         std::string_view code, bool recues)
{
    const auto s = somme(document, code, recues);
    if (!s.mentionnee || s.montant == lire_entier(r.texte(champ), ressource_max)) return;
    r.mettre(champ, s.montant ? std::to_string(*s.montant) : std::string{});
}

void porter_ressource(Element& document, const Reponses& r, const std::string& champ, std::string_view code,
                      bool recues)
{
    const auto montant = lire_entier(r.texte(champ), ressource_max);
    if (somme(document, code, recues).montant == montant) return;
    pour_chaque_liste(document, recues, [&](Element& liste) {
        std::erase_if(liste.enfants, [&](const Element& d) { return texte_de(d, "ressource") == code; });
    });
    if (!montant) return;
    auto& liste =
        poser(document, joindre(demandeur, recues ? "listeRessourceRecue" : "listeRessourceVersee"));
    Element detail{.sorte = liste.sorte->enfant("detailRessource")};
    poser(detail, "ressource").code = code;
    poser(detail, "montant").texte = std::to_string(*montant);
    liste.enfants.push_back(std::move(detail));
}

// ── people, a line each ────────────────────────────────────────────────────────────────────────────────────

const Rubrique& rubrique(std::string_view slug)
{
    return *std::ranges::find(rubriques(), slug, &Rubrique::slug);
}

/// Who a line or an element is about: found again wherever they stand.
std::string qui(const std::string& nom, const std::string& prenom, const std::optional<Date>& naissance)
{
    return base::fold(nom) + "|" + base::fold(prenom) + "|" +
           (naissance ? base::to_iso(*naissance) : std::string{});
}
std::string qui(const Reponses& r, const std::string& prefixe)
{
    return qui(r.texte(prefixe + "nom"), r.texte(prefixe + "prenom"),
               base::parse_typed_date(r.texte(prefixe + "naissance_le")));
}
std::string qui(const Element& personne)
{
    const auto naissance = texte_de(personne, "nomPatronymique");
    return qui(naissance.empty() ? texte_de(personne, "nom") : naissance, texte_de(personne, "prenom"),
               base::parse_date(texte_de(personne, "dateNaissance")));
}

std::string prefixe_de(const Rubrique& r, int ligne)
{
    return fmt::format("{}.{}.", r.slug, ligne);
}

void reprendre_liste(Reponses& r, const Liste& l, const Element& document)
{
    const auto* liste = trouver(document, l.chemin);
    if (!liste) return;
    const auto& ou = rubrique(l.rubrique);
    const auto avant = r;
    const auto nombre = liste->enfants.size();
    std::vector<int> lignes(nombre, 0);
    std::vector<bool> prises(static_cast<std::size_t>(ou.lignes) + 1, false);
    for (std::size_t i = 0; i < nombre; ++i)
        for (int ligne = 1; ligne <= ou.lignes && lignes[i] == 0; ++ligne)
            if (const auto n = static_cast<std::size_t>(ligne);
                !prises[n] && est_remplie(ou, ligne, avant) &&
                qui(avant, prefixe_de(ou, ligne)) == qui(liste->enfants[i])) {
                lignes[i] = ligne;
                prises[n] = true;
            }
    for (std::size_t i = 0; i < nombre; ++i) {
        if (lignes[i] != 0) continue;
        const auto libre = std::find(prises.begin() + 1, prises.end(), false);
        if (libre == prises.end()) break; // the format has no more than the form
        *libre = true;
        lignes[i] = -static_cast<int>(libre - prises.begin()); // somebody new: nothing of the line stays
    }
    for (int ligne = 1; ligne <= ou.lignes; ++ligne)
        if (std::ranges::find(lignes, ligne) == lignes.end())
            for (const auto& q : ou.questions) r.retirer(champ(ou, ligne, q));
    for (std::size_t i = 0; i < nombre; ++i) {
        const auto prefixe = prefixe_de(ou, std::abs(lignes[i]));
        if (l.chemin == cotitulaires) reprendre_noms(r, prefixe, liste->enfants[i]);
        for (const auto& lien : l.liens)
            reprendre(r, prefixe + std::string{lien.champ}, trouver(liste->enfants[i], lien.chemin));
    }
}

void porter_liste(Element& document, const Liste& l, const Reponses& r)
{
    const auto& ou = rubrique(l.rubrique);
    std::vector<int> lignes;
    for (int ligne = 1; ligne <= ou.lignes; ++ligne)
        if (est_remplie(ou, ligne, r)) lignes.push_back(ligne);
    if (lignes.empty() && !trouver(document, l.chemin)) return;
    auto& liste = poser(document, l.chemin);
    std::vector<Element> personnes;
    const auto ecrire = [&](Element personne, int ligne) {
        const auto prefixe = prefixe_de(ou, ligne);
        if (l.chemin == cotitulaires) porter_noms(personne, r, prefixe);
        for (const auto& lien : l.liens)
            porter(personne, lien.chemin, r.texte(prefixe + std::string{lien.champ}));
        personnes.push_back(std::move(personne));
    };
    for (auto& connue : liste.enfants) {
        const auto ligne =
            std::ranges::find_if(lignes, [&](int n) { return qui(r, prefixe_de(ou, n)) == qui(connue); });
        if (ligne == lignes.end()) continue;
        ecrire(std::move(connue), *ligne);
        lignes.erase(ligne);
    }
    for (const int ligne : lignes) ecrire(Element{.sorte = &liste.sorte->enfants().front()}, ligne);
    liste.enfants = std::move(personnes);
}

/// Where the list of the file names the co-applicant of a line of the form.
std::optional<std::size_t> rang_du_cotitulaire(const Element& document, const Reponses& r, int ligne)
{
    const auto* liste = trouver(document, cotitulaires);
    const auto& ou = rubrique("codemandeur");
    if (!liste || !est_remplie(ou, ligne, r)) return std::nullopt;
    const auto e = std::ranges::find_if(
        liste->enfants, [&](const Element& x) { return qui(x) == qui(r, prefixe_de(ou, ligne)); });
    if (e == liste->enfants.end()) return std::nullopt;
    return static_cast<std::size_t>(e - liste->enfants.begin());
}

// ── resources received, person by person ───────────────────────────────────────────────────────────────────

/// Who receives: the section of the form, the list of the file.
struct Beneficiaire {
    std::string section;
    int ligne = 0; // among those who sign with the applicant; 0: a list of the applicant's own element
    std::string_view liste = listes_de_ressources[0].recues;
};

std::vector<Beneficiaire> beneficiaires()
{
    std::vector<Beneficiaire> out{
        {.section = "ressources"},
        {.section = "ressources_a_charge", .liste = listes_de_ressources[1].recues}};
    for (int ligne = 1; ligne <= codemandeurs_max; ++ligne)
        out.push_back({.section = section_du_rang("ressources", ligne), .ligne = ligne});
    return out;
}

/// Their element in the file, if they are there.
const Element* personne_de(const Element& document, const Reponses& r, const Beneficiaire& b)
{
    if (b.ligne == 0) return trouver(document, demandeur);
    const auto rang = rang_du_cotitulaire(document, r, b.ligne);
    return rang ? &trouver(document, cotitulaires)->enfants[*rang] : nullptr;
}

std::optional<int> montant_de(const Element* liste, std::string_view code)
{
    std::optional<int> montant;
    if (liste)
        for (const auto& d : liste->enfants)
            if (texte_de(d, "ressource") == code)
                montant = montant.value_or(0) + lire_entier(texte_de(d, "montant"), 99'999).value_or(0);
    return montant;
}

void reprendre_ressources(Reponses& r, const Element& document)
{
    for (const auto& b : beneficiaires()) {
        const auto* personne = personne_de(document, r, b);
        const auto* liste = personne ? trouver(*personne, b.liste) : nullptr;
        if (!liste) continue; // the file says nothing of it
        for (const auto& c : codes_des_ressources()) {
            const auto champ = b.section + "." + std::string{c.reponse};
            const auto montant = montant_de(liste, c.code);
            if (montant != lire_entier(r.texte(champ), ressource_max))
                r.mettre(champ, montant ? std::to_string(*montant) : std::string{});
        }
    }
}

void porter_ressources(Element& document, const Reponses& r)
{
    const auto tous = beneficiaires();
    const bool par_personne = std::ranges::any_of(tous, [&](const Beneficiaire& b) {
        return b.section != "ressources" && est_remplie(rubrique(b.section), 1, r);
    });
    if (!par_personne) {
        // One section for the household: what the file shares out stays so while its sum holds.
        for (const auto& c : codes_des_ressources())
            porter_ressource(document, r, "ressources." + std::string{c.reponse}, c.code, true);
        return;
    }
    for (const auto& b : tous) {
        const auto rang = b.ligne == 0 ? std::nullopt : rang_du_cotitulaire(document, r, b.ligne);
        if (b.ligne != 0 && !rang) continue;
        auto& personne = rang ? poser(document, cotitulaires).enfants[*rang] : poser(document, demandeur);
        for (const auto& c : codes_des_ressources()) {
            const auto montant =
                lire_entier(r.texte(b.section + "." + std::string{c.reponse}), ressource_max);
            if (montant_de(trouver(personne, b.liste), c.code) == montant) continue;
            auto& liste = poser(personne, b.liste);
            std::erase_if(liste.enfants,
                          [&](const Element& d) { return texte_de(d, "ressource") == c.code; });
            if (!montant) continue;
            Element detail{.sorte = liste.sorte->enfant("detailRessource")};
            poser(detail, "ressource").code = c.code;
            poser(detail, "montant").texte = std::to_string(*montant);
            liste.enfants.push_back(std::move(detail));
        }
    }
}

/// The co-applicant whose fiscal income the form asks.
const Element* premier(const Element& document)
{
    const auto* liste = trouver(document, cotitulaires);
    return liste && !liste->enfants.empty() ? &liste->enfants.front() : nullptr;
}

// ── dwelling of today, dwelling wanted ─────────────────────────────────────────────────────────────────────

void reprendre_modele(Reponses& r, const Element& document)
{
    const auto* liste = trouver(document, modeles);
    if (!liste || liste->enfants.empty()) return;
    const auto& codes = liste->sorte->enfants().front().codes;
    const auto actuel = code_de_la_reponse(codes, r.texte("logement.statut"));
    if (std::ranges::find(liste->enfants, actuel, &Element::code) != liste->enfants.end()) return;
    r.mettre("logement.statut", std::string{reponse_du_code(codes, liste->enfants.front().code)});
}

void porter_modele(Element& document, const Reponses& r)
{
    const auto& statut = r.texte("logement.statut");
    if (statut.empty()) {
        if (const auto* liste = trouver(document, modeles); liste && !liste->enfants.empty())
            oter(document, modeles);
        return;
    }
    auto& liste = poser(document, modeles);
    const auto& sorte = liste.sorte->enfants().front();
    const auto code = code_de_la_reponse(sorte.codes, statut);
    if (std::ranges::find(liste.enfants, code, &Element::code) == liste.enfants.end())
        liste.enfants = {Element{.sorte = &sorte, .code = std::string{code}}};
}

void reprendre_types(Reponses& r, const Element& document)
{
    const auto* liste = trouver(document, types);
    if (!liste) return;
    for (const auto& t : codes_des_types())
        r.mettre("souhait." + std::string{t.reponse},
                 std::ranges::find(liste->enfants, t.code, &Element::code) != liste->enfants.end() ? "oui"
                                                                                                   : "");
}

void porter_types(Element& document, const Reponses& r)
{
    const auto* connue = trouver(document, types);
    std::vector<Element> voulus;
    bool pareil = true;
    for (const auto& t : codes_des_types()) {
        const bool veut = r.a("souhait." + std::string{t.reponse});
        const bool dit =
            connue && std::ranges::find(connue->enfants, t.code, &Element::code) != connue->enfants.end();
        pareil = pareil && veut == dit;
        if (veut)
            voulus.push_back(
                {.sorte = une_demande().enfant("logementRecherche")->enfant("listeTypeLogement")->debut,
                 .code = std::string{t.code}});
    }
    if (!pareil) poser(document, types).enfants = std::move(voulus);
}

void reprendre_localisations(Reponses& r, const Element& document, const Communes& communes)
{
    const auto voulues = communes_du_document(document);
    if (!voulues) return;
    const auto& ou = rubrique("localisation");
    for (int ligne = 1; ligne <= ou.lignes; ++ligne) {
        const auto prefixe = prefixe_de(ou, ligne);
        const auto rang = static_cast<std::size_t>(ligne - 1);
        const auto nom = rang < voulues->size() ? communes.nom((*voulues)[rang]) : std::string{};
        // « Rouen 76000 » is Rouen.
        if (!nom.empty() &&
            (base::fold(r.texte(prefixe + "commune")) + " ").starts_with(base::fold(nom) + " "))
            continue;
        r.retirer(prefixe + "quartier");
        r.mettre(prefixe + "commune", nom.empty() && rang < voulues->size() ? (*voulues)[rang] : nom);
    }
}

void porter_localisations(Element& document, const std::vector<std::string>& communes)
{
    const auto dites = communes_du_document(document);
    if (dites ? *dites == communes : communes.empty()) return;
    auto& liste = poser(document, localisations);
    liste.enfants.clear();
    for (const auto& insee : communes) {
        Element l{.sorte = &liste.sorte->enfants().front()};
        poser(l, "commune").code = insee;
        liste.enfants.push_back(std::move(l));
    }
}

} // namespace liens
} // namespace

std::optional<std::vector<std::string>> communes_du_document(const Element& document)
{
    const auto* liste = trouver(document, liens::localisations);
    if (!liste) return std::nullopt;
    std::vector<std::string> out;
    for (const auto& l : liste->enfants) out.push_back(liens::texte_de(l, "commune"));
    return out;
}

Reponses superposer(const Reponses& actuelles, const Element& document, const Communes& communes)
{
    auto r = actuelles;
    for (const auto& l : liens::simples) liens::reprendre(r, l.champ, trouver(document, l.chemin));
    if (const auto* demandeur = trouver(document, liens::demandeur)) {
        liens::reprendre_noms(r, "demandeur.", *demandeur);
        liens::reprendre_travail(r, "travail",
                                 trouver(*demandeur, "situationProfessionnelle/typeContratTravail"));
    }
    liens::reprendre_adresse(r, document, communes);
    for (const auto& l : liens::listes) liens::reprendre_liste(r, l, document);
    if (const auto* autre = liens::premier(document))
        for (const auto& l : liens::premier_cotitulaire)
            liens::reprendre(r, l.champ, trouver(*autre, l.chemin));
    for (int ligne = 1; ligne <= codemandeurs_max; ++ligne) {
        const auto rang = liens::rang_du_cotitulaire(document, r, ligne);
        if (!rang) continue;
        const auto& autre = trouver(document, liens::cotitulaires)->enfants[*rang];
        const auto section = section_du_rang("travail", ligne);
        for (const auto& l : liens::travail_d_un_cotitulaire)
            liens::reprendre(r, section + "." + std::string{l.champ}, trouver(autre, l.chemin));
        liens::reprendre_travail(r, section, trouver(autre, "situationProfessionnelle/typeContratTravail"));
    }
    liens::reprendre_ressources(r, document);
    liens::reprendre_ressource(r, "revenus.pensions_versees", document, "PAV", false);
    liens::reprendre_modele(r, document);
    liens::reprendre_types(r, document);
    liens::reprendre_localisations(r, document, communes);
    return r;
}

Element exporter(std::optional<Element> garde, const AEcrire& de, const Reponses& r, const Communes& communes)
{
    const bool connue = garde.has_value();
    auto document = connue ? *std::move(garde) : Element{.sorte = &une_demande()};
    poser(document, "numUnique").texte = de.numero;
    poser(document, "dateCreationDemande").texte = base::to_iso(de.deposee_le);
    if (!connue) poser(document, "numGuichet").texte = de.numero.substr(de.numero.size() - 5);
    liens::porter_noms(poser(document, liens::demandeur), r, "demandeur.");
    for (const auto& l : liens::simples) liens::porter(document, l.chemin, r.texte(l.champ));
    liens::porter_travail(poser(document, liens::demandeur), r, "travail");
    liens::porter_adresse(document, r, communes);
    if (!connue && trouver(document, liens::adresse))
        poser(document, liens::joindre(liens::adresse, "etranger")).texte =
            r.a("adresse.pays") ? "true" : "false";
    for (const auto& l : liens::listes) liens::porter_liste(document, l, r);
    if (liens::premier(document)) {
        auto& autre = poser(document, liens::cotitulaires).enfants.front();
        for (const auto& l : liens::premier_cotitulaire) liens::porter(autre, l.chemin, r.texte(l.champ));
    }
    for (int ligne = 1; ligne <= codemandeurs_max; ++ligne) {
        const auto rang = liens::rang_du_cotitulaire(document, r, ligne);
        if (!rang) continue;
        auto& autre = poser(document, liens::cotitulaires).enfants[*rang];
        const auto section = section_du_rang("travail", ligne);
        for (const auto& l : liens::travail_d_un_cotitulaire)
            liens::porter(autre, l.chemin, r.texte(section + "." + std::string{l.champ}));
        liens::porter_travail(autre, r, section);
    }
    liens::porter_ressources(document, r);
    liens::porter_ressource(document, r, "revenus.pensions_versees", "PAV", false);
    liens::porter_modele(document, r);
    liens::porter_types(document, r);
    liens::porter_localisations(document, de.communes);
    return document;
}

} // namespace demande::echange
