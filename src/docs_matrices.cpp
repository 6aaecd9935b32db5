// Lays out the two documents, and fills them from the tables.
#include "docs_matrices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "demande/auteurs.hpp"
#include "demande/droits.hpp"

namespace docs {

namespace {

using compte::Role;
using signalement::Action;
using signalement::Statut;
using signalement::StatutAffectation;

constexpr Position les_positions[] = {
    {"Super-administration", Role::SuperAdmin},
    {"Responsable du territoire", Role::ResponsableTerritoire},
    {"Responsable d’un autre territoire", Role::ResponsableTerritoire, false},
    {"Secrétariat du comité", Role::SecretaireComite},
    {"Secrétariat d’un autre comité", Role::SecretaireComite, false},
    {"Administration d’un partenaire qui n’a pas répondu", Role::AdminPartenaire, true,
     StatutAffectation::EnAttente},
    {"Administration d’un partenaire qui a accepté", Role::AdminPartenaire, true,
     StatutAffectation::Acceptee},
    {"Administration d’un partenaire qui a refusé", Role::AdminPartenaire, true, StatutAffectation::Refusee},
    {"Administration d’un partenaire qui a terminé", Role::AdminPartenaire, true, StatutAffectation::Fermee},
    {"Administration d’un partenaire à qui rien n’est confié", Role::AdminPartenaire},
    {"Administration d’un partenaire, qui a déposé", Role::AdminPartenaire, true, {}, true},
    {"Agent d’un partenaire qui n’a pas répondu", Role::AgentPartenaire, true, StatutAffectation::EnAttente},
    {"Agent d’un partenaire qui a accepté", Role::AgentPartenaire, true, StatutAffectation::Acceptee},
    {"Agent d’un partenaire qui a refusé", Role::AgentPartenaire, true, StatutAffectation::Refusee},
    {"Agent d’un partenaire qui a terminé", Role::AgentPartenaire, true, StatutAffectation::Fermee},
    {"Agent d’un partenaire à qui rien n’est confié", Role::AgentPartenaire},
    {"Agent qui a déposé", Role::AgentPartenaire, true, {}, true},
    {"Agent d’un autre territoire, qui a déposé", Role::AgentPartenaire, false, {}, true},
    {"Agent qui a déposé, à confirmer", Role::AgentPartenaire, true, {}, true, false},
    {"Agent à confirmer, dont la mairie a accepté", Role::AgentPartenaire, true, StatutAffectation::Acceptee,
     false, false},
};

constexpr Action sur_affectation[] = {
    Action::AccepterAffectation,
    Action::RefuserAffectation,
    Action::CloreAffectation,
    Action::ReprendreAffectation,
    Action::Affecter,
    Action::Cloturer,
    Action::Rouvrir,
};

template <class E, std::size_t N>
void tete(std::string& out, std::string_view coin, const base::Name<E> (&colonnes)[N])
{
    out += fmt::format("\n| {} |", coin);
    for (const auto& c : colonnes) out += fmt::format(" {} |", c.label);
    out += "\n|---|";
    for ([[maybe_unused]] const auto& c : colonnes) out += "---|";
    out += "\n";
}

template <class S, std::size_t N>
std::string case_de(const base::Name<S> (&etats)[N], const std::optional<Arrivee<S>>& a)
{
    if (!a) return "–";
    return fmt::format("{}{}", base::label_of(etats, a->vers), a->a_motiver ? ", à motiver" : "");
}

} // namespace

std::span<const Position> positions()
{
    return les_positions;
}

bool se_presente(const Position& p, Statut s)
{
    if (!p.affectation) return true;
    return s == Statut::EnCours || (s == Statut::Clos && !est_ouverte(*p.affectation));
}

std::string matrice(const std::function<bool(const Position&, Statut, Action)>& permis)
{
    std::string out = "# Qui peut faire quoi, cas par cas\n\nCe que donnent les tables (`droits.md`), et que "
                      "`tests/matrices_test.cpp` fait redire à la plateforme entière, sur les\ndeux bases de "
                      "données. « · » : ce "
                      "cas n’arrive pas. Qui n’est pas nommé sous une action ne peut jamais la faire.\n";
    for (const auto& a : signalement::actions) {
        out += fmt::format("\n## {}\n", a.label);
        tete(out, "", signalement::statuts);
        for (const auto& p : les_positions) {
            std::string ligne;
            bool jamais = true;
            for (const auto& s : signalement::statuts) {
                const bool arrive = se_presente(p, s.value);
                const bool oui = arrive && permis(p, s.value, a.value);
                ligne += !arrive ? " · |" : oui ? " oui |" : " – |";
                if (oui) jamais = false;
            }
            if (!jamais) out += fmt::format("| {} |{}\n", p.qui, ligne);
        }
    }
    return out;
}

bool permis_par_les_tables(const Position& p, Statut s, Action action)
{
    const bool partenaire = p.role == Role::AdminPartenaire || p.role == Role::AgentPartenaire;
    const std::string ici = p.ici ? "ici" : "ailleurs";
    const compte::Agent agent{
        "agent", {}, {}, {{p.role, ici, partenaire ? "" : ici, partenaire ? "partenaire" : "", p.confirme}}};
    signalement::Dossier d{"dossier", {}, "ici", "ici", s, 1, {}, {}};
    if (p.affectation)
        d.affectations.push_back({.id = "affectation",
                                  .partenaire = "partenaire",
                                  .statut = *p.affectation,
                                  .repondue_le = *p.affectation == StatutAffectation::EnAttente
                                                     ? std::nullopt
                                                     : std::optional<Instant>{Instant{}}});
    if (p.depose) d.acces_ponctuels.emplace_back("agent");
    auto possibles = actions_possibles(agent, d);
    for (const auto& a : d.affectations)
        std::ranges::copy(actions_possibles(agent, d, a), std::back_inserter(possibles));
    return std::ranges::find(possibles, action) != possibles.end();
}

std::string transitions(const Transitions& du_signalement, const TransitionsAffectation& de_l_affectation)
{
    std::string out =
        "\n# Les transitions, état par état\n\nCe que donnent les tables, et que "
        "`tests/matrices_test.cpp` fait redire à la plateforme. « – » : refusé, rien ne change.\n"
        "\n## Le signalement\n";
    tete(out, "Action", signalement::statuts);
    for (const auto& a : signalement::actions) {
        std::string ligne;
        bool jamais = true;
        for (const auto& s : signalement::statuts) {
            const auto arrivee = du_signalement(s.value, a.value);
            ligne += fmt::format(" {} |", case_de(signalement::statuts, arrivee));
            if (arrivee) jamais = false;
        }
        if (!jamais) out += fmt::format("| {} |{}\n", a.label, ligne);
    }
    out += "\n## Une affectation\n";
    tete(out, "Action", signalement::statuts_affectation);
    for (const auto action : sur_affectation) {
        out += fmt::format("| {} |", base::label_of(signalement::actions, action));
        for (const auto& s : signalement::statuts_affectation)
            out += fmt::format(" {} |",
                               case_de(signalement::statuts_affectation, de_l_affectation(s.value, action)));
        out += "\n";
    }
    return out +
           "\nRouvrir ne remet en attente que ce que la clôture avait terminé : une intervention que son "
           "partenaire a terminée\nlui-même le reste, et il peut la reprendre.\n";
}

std::optional<Arrivee<Statut>> arrivee_par_les_tables(Statut s, Action a)
{
    // To entrust a report that nobody has sorted validates it.
    if (a == Action::Affecter && est_possible(a, s)) return Arrivee<Statut>{Statut::EnCours};
    const auto* t = transition(s, a);
    if (!t) return std::nullopt;
    return Arrivee<Statut>{t->vers, t->motif == signalement::Motif::Exige};
}

std::optional<Arrivee<StatutAffectation>> arrivee_par_les_tables(StatutAffectation s, Action a)
{
    if (a == Action::Cloturer && est_ouverte(s))
        return Arrivee<StatutAffectation>{StatutAffectation::Fermee, true};
    const auto* t = transition(s, a);
    if (!t) return std::nullopt;
    return Arrivee<StatutAffectation>{t->vers, t->motif == signalement::Motif::Exige || a == Action::Rouvrir};
}

namespace {

std::string_view portee_en_mots(demande::Portee p)
{
    switch (p) {
    case demande::Portee::Territoire:
        return "tout le territoire";
    case demande::Portee::SonPerimetre:
        return "ce qu’il a enregistré ; communes, EPCI ou département de son périmètre";
    case demande::Portee::SesCommunes:
        return "ce qu’il a enregistré ; communes ou EPCI de son périmètre";
    }
    throw base::Bug{"portée without words"};
}

std::string ligne_de_la_demande(std::string_view nom, const demande::Guichet& g)
{
    std::string base;
    for (const auto& d : demande::droits_de_lecture)
        if (demande::est(g, d.qui)) base += (base.empty() ? "" : ", ") + std::string{d.base_legale};
    std::string motifs;
    for (const auto& m : demande::motifs_permis(demande::auteurs({g}, g.territoire)))
        for (const auto& r : demande::regles_radiation)
            if (r.motif == m.first) motifs += (motifs.empty() ? "" : ", ") + std::string{r.lettre};
    const auto oui = [](bool b) { return b ? "oui" : "–"; };
    return fmt::format(
        "| {} | {} | {} | {} | {} | {} | {} |\n", nom, oui(demande::enregistre(g)),
        portee_en_mots(demande::portee_de_lecture(g)), base.empty() ? "–" : base,
        motifs.empty() ? "–" : motifs,
        oui(demande::reconnait({g}, g.territoire, demande::NatureReconnue::Dalo) != nullptr),
        oui(demande::reconnait({g}, g.territoire, demande::NatureReconnue::Priorite) != nullptr));
}

} // namespace

std::string droits_de_la_demande()
{
    std::string out =
        "# Qui peut faire quoi sur une demande de logement social\n\nCe que donnent les tables de "
        "`demande/droits.hpp` et de `demande/auteurs.hpp`, guichet par guichet. Un agent agit pour les "
        "guichets "
        "où il est\nhabilité, dans leur territoire ; personne d’autre ne lit une demande, l’administration "
        "de "
        "la plateforme non plus. Les lettres de\nradiation sont celles de R. 441-2-8.\n";
    const auto tete = "| Organisme | Enregistre, vérifie | Lit | Article | Radie | Note un Dalo | Note une "
                      "autre priorité |\n|---|---|---|---|---|---|---|\n";
    out += std::string{"\n## Par type d’organisme\n\n"} + tete;
    for (const auto& t : partenaire::types_partenaire)
        out += ligne_de_la_demande(t.label, {.territoire = "076", .type = t.value});
    out +=
        std::string{"\n## Par qualité, en plus de ce que donne le type\n\nUn type que la loi ne nomme pas, "
                    "pris ici en exemple.\n\n"} +
        tete;
    for (const auto& q : demande::qualites)
        if (q.value != demande::Qualite::SelonSonType)
            out += ligne_de_la_demande(
                q.label,
                {.territoire = "076", .type = partenaire::TypePartenaire::Association, .qualite = q.value});
    return out;
}

std::span<const Action> actions_sur_affectation()
{
    return sur_affectation;
}

} // namespace docs
