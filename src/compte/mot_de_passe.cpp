// Which passwords are accepted: pure. Hashing is base/crypto, asking is pages_connexion.
// Length, not composition: CNIL, délibération n° 2022-100 of 21 July 2022 (a password alone, with attempts
// slowed down, must resist 50 bits of guessing; known passwords and those close to the person are refused),
// and ANSSI's guide on passwords (2021), which asks for a minimal length, no maximal one that hinders, and no
// periodic renewal.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "compte/regles.hpp"

namespace compte {
namespace {

/// Words that people lengthen with digits until a form accepts them. Letters only, folded.
constexpr std::string_view mots_trop_courants =
    " abcdefghijkl abcdefghijklm admin adminadmin administrateur administration adminmotdepasse "
    "anticonstitutionnellement aqwzsxedcrfv azeqsdwxc azerty azertyazerty azertyuiop azertyuiopqs "
    "azertyuiopqsdfghjklm bienvenue bonjour bonjourbonjour bonjourmonde changeme changemoi chouchou "
    "connexion coucou doudou etsijallaisvoirailleurs football habitat iloveyou jesuistropfort "
    "jetaime jetaimemonamour letmein logement logis loulou mairie marseille monmotdepasse motdepasse "
    "motdepasseadmin motdepassemotdepasse nouveaumotdepasse p parisparis passe passpass password "
    "passwordpassword prefecture qsdfghjklm qwerasdfzxcv qwerty qwertyqwerty qwertyuiop "
    "qwertyuiopasdf rouen secret secretsecret signalement soleil superadmin test testtest "
    "testtesttest utilisateur welcome wxcvbn xxxxxxxxxxxx ";

std::string replie(std::string_view texte)
{
    std::string sans_espace = base::fold(texte);
    std::erase(sans_espace, ' ');
    return sans_espace;
}

void oter(std::string& texte, const std::string& mot)
{
    if (mot.size() < 3) return;
    for (auto ou = texte.find(mot); ou != std::string::npos; ou = texte.find(mot))
        texte.erase(ou, mot.size());
}

bool trop_courant(std::string_view mot_de_passe)
{
    std::string lettres = replie(mot_de_passe);
    // The usual disguises: p@ssw0rd, m0td3passe.
    std::string deguise{mot_de_passe};
    while (!deguise.empty() &&
           std::string_view{"0123456789!?.,;:*-_+=$@#&"}.find(deguise.back()) != std::string_view::npos)
        deguise.pop_back();
    for (auto& c : deguise) {
        if (c == '@') c = 'a';
        if (c == '0') c = 'o';
        if (c == '1' || c == '!') c = 'i';
        if (c == '3') c = 'e';
        if (c == '$' || c == '5') c = 's';
    }
    deguise = replie(deguise);
    const auto pas_lettre = [](char c) { return c < 'a' || c > 'z'; };
    std::erase_if(lettres, pas_lettre);
    std::erase_if(deguise, pas_lettre);
    const auto connu = [](std::string_view mot) {
        return !mot.empty() &&
               mots_trop_courants.find(" " + std::string{mot} + " ") != std::string_view::npos;
    };
    return connu(lettres) || connu(deguise);
}

bool suite_ou_repetition(std::string_view mot_de_passe)
{
    if (std::set<char>(mot_de_passe.begin(), mot_de_passe.end()).size() < 5) return true;
    std::size_t pas_a_pas = 0;
    for (std::size_t i = 1; i < mot_de_passe.size(); ++i) {
        const int ecart = mot_de_passe[i] - mot_de_passe[i - 1];
        const bool boucle = mot_de_passe[i - 1] == '9' && mot_de_passe[i] == '0';
        if (ecart == 1 || ecart == -1 || boucle) ++pas_a_pas;
    }
    return pas_a_pas + 2 >= mot_de_passe.size();
}

bool proche_de_la_personne(std::string_view mot_de_passe, std::string_view email, std::string_view prenom,
                           std::string_view nom)
{
    std::string reste = replie(mot_de_passe);
    const std::size_t avant = reste.size();
    const auto arobase = email.find('@');
    oter(reste, replie(email));
    oter(reste, replie(email.substr(0, arobase)));
    oter(reste, replie(std::string{prenom} + std::string{nom}));
    oter(reste, replie(nom));
    oter(reste, replie(prenom));
    return reste.size() < avant && reste.size() < 8;
}

} // namespace

Result<base::Ok> verifier_mot_de_passe(std::string_view mot_de_passe, std::string_view email,
                                       std::string_view prenom, std::string_view nom)
{
    const auto refus = [](const char* message) { return Problem::invalid("mot_de_passe", message); };
    if (mot_de_passe.empty()) return refus("Choisissez un mot de passe.");
    if (base::length(mot_de_passe) < mot_de_passe_min)
        return refus("Choisissez un mot de passe d’au moins 12 caractères : une courte phrase convient.");
    if (mot_de_passe.size() > mot_de_passe_max)
        return refus("Ce mot de passe est trop long : restez en dessous de 200 caractères.");
    if (suite_ou_repetition(mot_de_passe))
        return refus("Ce mot de passe répète ou aligne des caractères. Choisissez-en un moins prévisible.");
    if (trop_courant(mot_de_passe))
        return refus("Ce mot de passe fait partie des plus utilisés. Choisissez-en un moins courant.");
    if (proche_de_la_personne(mot_de_passe, email, prenom, nom))
        return refus("Ce mot de passe ressemble trop à votre nom ou à votre adresse électronique. "
                     "Ajoutez plusieurs mots qui n’ont pas de rapport avec vous.");
    return base::Ok{};
}

} // namespace compte
