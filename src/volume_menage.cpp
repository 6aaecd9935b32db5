// Draws households (see volume_menage.hpp). Shares are those of the national figures, to a few hundredths.
#include "volume_menage.hpp"

#include <array>
#include <utility>

namespace volume {

namespace {
namespace menages_tires {

/// A value and its share, in thousandths of all.
struct Part {
    std::string_view valeur;
    int milliemes;
};

std::string_view selon(Hasard& h, std::span<const Part> parts)
{
    auto reste = h.entre(1, 1000);
    for (const auto& p : parts)
        if ((reste -= p.milliemes) <= 0) return p.valeur;
    return parts.back().valeur;
}

struct Tranche {
    int de, a, milliemes; // years
};
constexpr Tranche ages[] = {{18, 24, 120}, {25, 29, 140}, {30, 39, 280}, {40, 49, 200},
                            {50, 59, 140}, {60, 69, 75},  {70, 92, 45}};

Date ne_le(Hasard& h, Date jour, int de, int a)
{
    return base::plus_days(base::plus_months(jour, static_cast<int>(-12 * h.entre(de, a))),
                           static_cast<int>(-h.entre(1, 364)));
}

Date naissance_adulte(Hasard& h, Date jour)
{
    auto reste = h.entre(1, 1000);
    for (const auto& t : ages)
        if ((reste -= t.milliemes) <= 0) return ne_le(h, jour, t.de, t.a);
    return ne_le(h, jour, 30, 39);
}

/// Thirteen characters that a birth gives, and their key.
std::string nir(Hasard& h, bool femme, Date naissance)
{
    auto departement = h.entre(1, 95);
    if (departement == 20) departement = 99; // no letters here
    const auto treize = fmt::format("{}{:02}{:02}{:02}{:03}{:03}", femme ? 2 : 1, naissance.year % 100,
                                    naissance.month, departement, h.entre(1, 990), h.entre(1, 999));
    return fmt::format("{}{:02}", treize, 97 - std::stoll(treize) % 97);
}

constexpr Part nationalites[] = {{"fr", 780}, {"hors_ue", 180}, {"ue", 40}};
constexpr Part identites[] = {{"carte_identite", 640},
                              {"passeport", 150},
                              {"carte_resident", 110},
                              {"carte_sejour", 90},
                              {"recepisse", 10}};
constexpr Part seuls[] = {{"celibataire", 640}, {"separe", 150}, {"divorce", 150}, {"veuf", 60}};
constexpr Part couples[] = {{"marie", 520}, {"concubin", 340}, {"pacse", 140}};
constexpr Part situations_de_travail[] = {
    {"prive", 420},       {"chomage", 190}, {"autre", 120},      {"retraite", 90},    {"etudiant", 45},
    {"collectivite", 40}, {"etat", 30},     {"independant", 30}, {"hospitalier", 25}, {"assistant", 10}};
constexpr Part logements[] = {{"locataire_hlm", 320}, {"locataire_prive", 300}, {"parents", 120},
                              {"tiers", 90},          {"proprietaire", 45},     {"structure", 40},
                              {"foyer", 25},          {"sans_abri", 15},        {"hotel", 15},
                              {"sous_location", 15},  {"gratuit", 15}};
constexpr Part motifs[] = {{"trop_petit", 230},   {"trop_cher", 150}, {"separation", 110}, {"sante", 90},
                           {"rapprochement", 70}, {"travail", 70},    {"voisinage", 60},   {"non_decent", 60},
                           {"inadapte", 45},      {"indigne", 25},    {"repris", 25},      {"expulsion", 25},
                           {"violences", 15},     {"union", 15},      {"services", 10}};
constexpr std::string_view types[] = {"t1", "t2", "t3", "t4", "t5", "t6"};

/// Who asks: the same people for every form of theirs.
struct Gens {
    bool couple = false;
    std::vector<std::pair<std::string, bool>> enfants; // given name, girl
    demande::Adulte demandeur, conjoint;
    bool femme = false;
    std::string email;
};

demande::Adulte adulte(Hasard& h, int rang, bool femme, Date naissance)
{
    demande::Adulte a{.rang = rang,
                      .nom = std::string{h.parmi(noms)},
                      .prenom = std::string{h.parmi(prenoms)},
                      .naissance_le = naissance,
                      .nir = {}};
    if (h.sur_cent(72)) a.nir = nir(h, femme, naissance);
    return a;
}

Gens gens(std::int64_t n, Date jour)
{
    Hasard h{static_cast<std::uint64_t>(n) ^ 0xF0'1E'5ULL};
    Gens g;
    g.femme = h.sur_cent(56);
    g.demandeur = adulte(h, 0, g.femme, naissance_adulte(h, jour));
    g.couple = h.sur_cent(31);
    if (g.couple) {
        auto naissance = base::plus_days(g.demandeur.naissance_le, static_cast<int>(h.entre(-2500, 2500)));
        naissance = std::min(naissance, base::plus_months(jour, -12 * 18));
        g.conjoint = adulte(h, 1, !g.femme, naissance);
    }
    if (h.sur_cent(g.couple ? 66 : 34))
        for (auto enfants = 1 + std::min<std::int64_t>(h.delai(0.9), 5); enfants > 0; --enfants)
            g.enfants.emplace_back(h.parmi(prenoms), h.sur_cent(49));
    if (h.sur_cent(64)) g.email = fmt::format("demandeur{}@volume.logis.example", n);
    return g;
}

void mettre_les_gens(demande::Reponses& r, const Gens& g, Date jour, Hasard& h)
{
    const auto personne = [&](const std::string& ou, const demande::Adulte& a, bool femme) {
        r.mettre(ou + "civilite", femme ? "mme" : "m");
        r.mettre(ou + "nom", a.nom);
        r.mettre(ou + "prenom", a.prenom);
        r.mettre(ou + "naissance_le", base::short_text(a.naissance_le));
        r.mettre(ou + "nationalite", std::string{selon(h, nationalites)});
    };
    personne("demandeur.", g.demandeur, g.femme);
    const auto lien = g.couple ? selon(h, couples) : selon(h, seuls);
    r.mettre("demandeur.situation_familiale", std::string{lien});
    if (g.couple) {
        personne("codemandeur.1.", g.conjoint, !g.femme);
        r.mettre("codemandeur.1.lien", lien == "marie" ? "conjoint" : std::string{lien});
    }
    int ligne = 0;
    for (const auto& [prenom, fille] : g.enfants) {
        const auto ou = fmt::format("a_charge.{}.", ++ligne);
        r.mettre(ou + "nom", g.demandeur.nom);
        r.mettre(ou + "prenom", prenom);
        r.mettre(ou + "naissance_le", base::short_text(ne_le(h, jour, 0, 16)));
        r.mettre(ou + "sexe", fille ? "f" : "m");
        r.mettre(ou + "lien", "enfant");
    }
    if (h.sur_cent(8)) r.mettre("foyer.handicaps", "1");
    r.mettre("demandeur.telephone", fmt::format("06{:08}", h.entre(0, 99'999'999)));
    if (!g.email.empty()) {
        r.mettre("demandeur.email", g.email);
        r.mettre("demandeur.infos_courriel", "oui");
    }
}

void mettre_les_ressources(demande::Reponses& r, const Gens& g, Date jour, Hasard& h)
{
    const auto travail = selon(h, situations_de_travail);
    r.mettre("travail.statut", std::string{travail});
    const auto mensuel = travail == "chomage"    ? h.entre(600, 1'300)
                         : travail == "autre"    ? h.entre(500, 1'100)
                         : travail == "etudiant" ? h.entre(0, 700)
                         : travail == "retraite" ? h.entre(900, 1'900)
                                                 : h.entre(1'100, 2'700);
    r.mettre(travail == "chomage"    ? "ressources.cho"
             : travail == "autre"    ? "ressources.rsa"
             : travail == "retraite" ? "ressources.ret"
                                     : "ressources.sal",
             std::to_string(mensuel));
    if (!h.sur_cent(93)) return; // no tax notice yet
    const auto revenu = mensuel * 11 + (g.couple ? h.entre(0, 17'000) : 0);
    r.mettre("revenus.annee_n2", std::to_string(jour.year - 2));
    r.mettre("revenus.rfr_n2", std::to_string(revenu));
    if (h.sur_cent(25)) r.mettre("revenus.rfr_n1", std::to_string(revenu * h.entre(60, 115) / 100));
}

void mettre_les_souhaits(demande::Reponses& r, const Gens& g, const std::vector<CommuneDemandee>& communes,
                         Hasard& h)
{
    const auto personnes = 1 + (g.couple ? 1 : 0) + static_cast<int>(g.enfants.size());
    r.mettre("souhait.personnes", std::to_string(personnes));
    // Rooms: one more than children, two for who lives alone as often as one.
    const auto pieces =
        std::min<std::size_t>(5, g.enfants.size() + (g.enfants.empty() && !h.sur_cent(55) ? 0 : 1));
    r.mettre("souhait." + std::string{types[pieces]}, "oui");
    if (h.sur_cent(24) && pieces > 0) r.mettre("souhait." + std::string{types[pieces - 1]}, "oui");
    r.mettre("souhait.elargir", h.sur_cent(60) ? "oui" : "non");
    int ligne = 0;
    for (const auto& c : communes)
        r.mettre(fmt::format("localisation.{}.commune", ++ligne),
                 std::string{c.nom} + " " + std::string{c.code_postal});
    r.mettre("motif." + std::string{selon(h, motifs)}, "oui");
    if (h.sur_cent(35)) r.mettre("motif." + std::string{selon(h, motifs)}, "oui");
    r.mettre("motif.autre_logement", "non");
}

} // namespace menages_tires
} // namespace

FormulaireSeme formulaire_seme(std::int64_t n, Date depose_le, const std::vector<CommuneDemandee>& communes)
{
    namespace ici = menages_tires;
    Hasard h{static_cast<std::uint64_t>(n) ^ 0xF0'2A'7EULL};
    const bool encore = n > 0 && h.entre(1, 60) == 1;
    // Born relative to the year, so that the same people have the same birthday in both.
    const auto g =
        ici::gens(encore ? n - h.entre(1, std::min<std::int64_t>(n, 5'000)) : n, {depose_le.year, 1, 1});
    FormulaireSeme f;
    auto& r = f.reponses;
    r.mettre("depot.depose_le", base::short_text(depose_le));
    r.mettre("depot.identite", std::string{ici::selon(h, ici::identites)});
    r.mettre("depot.nature", "premiere");
    ici::mettre_les_gens(r, g, depose_le, h);
    r.mettre("adresse.voie", fmt::format("{} {}", h.entre(1, 140), h.parmi(rues)));
    r.mettre("adresse.code_postal", std::string{communes.front().code_postal});
    r.mettre("adresse.commune", std::string{communes.front().nom});
    ici::mettre_les_ressources(r, g, depose_le, h);
    r.mettre("logement.statut", std::string{ici::selon(h, ici::logements)});
    r.mettre("logement.personnes", std::to_string(h.entre(1, 6)));
    if (h.sur_cent(60)) r.mettre("logement.loyer", std::to_string(h.entre(250, 1'100)));
    ici::mettre_les_souhaits(r, g, communes, h);
    f.adultes.push_back(g.demandeur);
    if (g.couple) f.adultes.push_back(g.conjoint);
    f.en_ligne = !g.email.empty() && h.sur_cent(70);
    return f;
}

} // namespace volume
