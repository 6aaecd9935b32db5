// Reads and writes the numéro unique. Pure; knows nothing of the demandes that exist.
#include "demande/numero.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expect.hpp"
#include "base/text.hpp"

namespace demande {

namespace {

/// The capitals and digits of what was typed, without what people put between them; anything else stays, to
/// be refused.
std::string signes_du_numero(std::string_view saisi)
{
    std::string signes;
    for (std::size_t i = 0; i < saisi.size(); ++i) {
        const auto reste = saisi.substr(i);
        if (reste.starts_with("\u00a0")) {
            i += 1;
        } else if (reste.starts_with("\u202f") || reste.starts_with("\u2009")) {
            i += 2;
        } else if (const char c = saisi[i]; c >= 'a' && c <= 'z') {
            signes += static_cast<char>(c - 'a' + 'A');
        } else if (c != ' ' && c != '\t' && c != '.' && c != '-' && c != '\r' && c != '\n') {
            signes += c;
        }
    }
    return signes;
}

/// What was written where the paper has a digit: people read a zero as the letter O, a one as the letter I or
/// L.
char chiffre_lu(char c)
{
    if (c == 'O') return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

bool que_des_chiffres(std::string_view s)
{
    return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

int valeur(std::string_view chiffres)
{
    int v = 0;
    for (const char c : chiffres) v = v * 10 + (c - '0');
    return v;
}

} // namespace

bool est_un_code_de_guichet(std::string_view code)
{
    return code.size() == 5 &&
           std::ranges::all_of(code, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

Result<NumeroUnique> lire_numero(std::string_view saisi)
{
    auto s = signes_du_numero(saisi);
    if (s.empty()) return Problem::invalid("numero", "Indiquez le numéro unique de la demande.");
    if (s.size() != numero_longueur)
        return Problem::invalid("numero",
                                fmt::format("Un numéro unique a {} caractères. Vous en avez écrit {}. Par "
                                            "exemple\u00a0: 111 0318 016982 G1104",
                                            numero_longueur, base::length(s)));
    for (std::size_t i = 0; i < 13; ++i) s[i] = chiffre_lu(s[i]);
    const bool territoire_possible =
        que_des_chiffres(s.substr(0, 2)) && (que_des_chiffres(s.substr(2, 1)) || s[2] == 'A' || s[2] == 'B');
    const int mois = que_des_chiffres(s.substr(3, 2)) ? valeur(s.substr(3, 2)) : 0;
    if (!territoire_possible || mois < 1 || mois > 12 || !que_des_chiffres(s.substr(5, 8)) ||
        !est_un_code_de_guichet(s.substr(13)))
        return Problem::invalid("numero",
                                "Ce n’est pas un numéro unique. Recopiez les 18 caractères de votre "
                                "attestation. Par exemple\u00a0: 111 0318 016982 G1104");
    return NumeroUnique{.territoire = s.substr(0, 3),
                        .mois = static_cast<unsigned>(mois),
                        .annee = siecle + valeur(s.substr(5, 2)),
                        .sequence = valeur(s.substr(7, 6)),
                        .guichet = s.substr(13)};
}

std::string ecrire(const NumeroUnique& n)
{
    base::expect(n.territoire.size() == 3 && n.mois >= 1 && n.mois <= 12 && n.annee >= siecle &&
                     n.annee < siecle + 100 && n.sequence >= 0 && n.sequence <= sequence_max &&
                     est_un_code_de_guichet(n.guichet),
                 "a numéro unique that eighteen characters cannot write");
    return fmt::format("{}{:02}{:02}{:06}{}", n.territoire, n.mois, n.annee % 100, n.sequence, n.guichet);
}

std::string en_groupes(const NumeroUnique& n)
{
    const auto s = ecrire(n);
    return fmt::format("{} {} {} {}", s.substr(0, 3), s.substr(3, 4), s.substr(7, 6), s.substr(13));
}

} // namespace demande
