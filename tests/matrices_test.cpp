// The rights and the transitions as the handlers really apply them: every position × state × action goes
// through the edge, and what is observed must be the documents that the tables give
// (docs/generated/matrice.md, cycle.md). Also the lists of values that the database accepts.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <tuple>

#include "courrier/courrier.hpp"
#include "docs.hpp"
#include "docs_matrices.hpp"
#include "partenaire/partenaire.hpp"
#include "signalement/exemples_test.hpp"

namespace {
namespace matrices {

using docs::Position;
using signalement::Action;
using signalement::Statut;
using signalement::StatutAffectation;

constexpr const char* raison = "Une phrase assez longue pour être acceptée partout.";
constexpr const char* entre_services = "Mot gardé entre services.";

/// How each action is asked for. What is read has no address of its own.
struct Envoi {
    Action action;
    std::string_view chemin, motif;
};
constexpr Envoi envois[] = {
    {Action::Lire, "", ""},
    {Action::LireTout, "", ""},
    {Action::Valider, "/validation", ""},
    {Action::Refuser, "/refus", "hors_competence"},
    {Action::Affecter, "/affectations", ""},
    {Action::AccepterAffectation, "/affectations/confiee/acceptation", ""},
    {Action::RefuserAffectation, "/affectations/confiee/refus", "moyens"},
    {Action::CloreAffectation, "/affectations/confiee/cloture", "transmis"},
    {Action::ReprendreAffectation, "/affectations/confiee/reprise", ""},
    {Action::Agir, "/suivi", ""},
    {Action::RendreVisible, "/suivi/interne/visibilite", ""},
    {Action::Cloturer, "/cloture", "relogement"},
    {Action::Rouvrir, "/reouverture", ""},
    {Action::VoirCourriels, "/courriels/perdu/renvoi", ""},
};
static_assert(std::size(envois) == std::size(signalement::actions));

const Envoi& envoi(Action a)
{
    return *std::ranges::find(envois, a, &Envoi::action);
}

/// One report that every case puts back in the state it needs, and somebody for each position.
class Plateau {
public:
    explicit Plateau(db::Database& base)
        : bureau_(base), id_(bureau_.deposer(signalement::depot::exemples::locataire()))
    {
        base.write([&](db::Transaction& tx) {
            tx.exec("INSERT INTO affectation (id, signalement, partenaire, territoire, statut, affectee_le) "
                    "VALUES "
                    "('confiee', $1, $2, '76', 'en_attente', $3)",
                    id_, partenaire::demo_rouen, compte::exemples::matin);
            tx.exec("INSERT INTO suivi (id, signalement, territoire, type, date_acte, texte, auteur_nom, "
                    "visible_deposant, ajoute_le) VALUES ('interne', $1, '76', 'message', '2026-11-22', $2, "
                    "'X', 0, $3)",
                    id_, entre_services, compte::exemples::matin);
            tx.exec("INSERT INTO courriel (id, gabarit, destinataire, objet, texte, html, etat, cree_le, "
                    "depuis_le, "
                    "objet_type, objet_id) VALUES ('perdu', 'validation', 'a@b.example', 'O', 'T', 'H', "
                    "'refuse', $1, $1, "
                    "'signalement', $2)",
                    compte::exemples::matin, id_);
        });
    }

    /// Puts the report as this position finds it, and gives that person's browser.
    test::Client& preparer(const Position& p, Statut s)
    {
        const auto rang = static_cast<std::size_t>(&p - docs::positions().data());
        if (!clients_[rang]) clients_[rang].emplace(personne(rang));
        const auto reponse = s == Statut::Clos ? StatutAffectation::Fermee : StatutAffectation::Acceptee;
        placer(s, p.affectation.value_or(reponse), signalement::MotifFinAffectation::InterventionTerminee,
               p.depose ? std::optional{compte(rang)} : std::nullopt);
        return *clients_[rang];
    }

    void placer(Statut s, StatutAffectation a, signalement::MotifFinAffectation fin,
                const std::optional<std::string>& deposant = {})
    {
        const auto le = compte::exemples::matin;
        const auto si = [](bool vrai, auto valeur) { return vrai ? std::optional{valeur} : std::nullopt; };
        const bool finie = s == Statut::Refuse || s == Statut::Clos;
        const bool motivee = a == StatutAffectation::Refusee || a == StatutAffectation::Fermee;
        bureau_.base.write([&](db::Transaction& tx) {
            tx.exec("DELETE FROM affectation WHERE signalement = $1 AND id <> 'confiee'", id_);
            tx.exec("DELETE FROM suivi WHERE signalement = $1 AND id <> 'interne'", id_);
            tx.exec("DELETE FROM acces_ponctuel WHERE signalement = $1", id_);
            tx.exec("UPDATE suivi SET visible_deposant = 0, montre_le = NULL WHERE id = 'interne'");
            tx.exec("UPDATE courriel SET etat = 'refuse', prochain_le = NULL WHERE id = 'perdu'");
            tx.exec("UPDATE affectation SET statut = $1, repondue_le = $2, fermee_le = $3, motif = $4 "
                    "WHERE id = 'confiee'",
                    base::slug_of(signalement::statuts_affectation, a),
                    si(a != StatutAffectation::EnAttente, le), si(a == StatutAffectation::Fermee, le),
                    si(motivee, base::slug_of(signalement::motifs_fin_affectation, fin)));
            tx.exec("UPDATE signalement SET statut = $1, valide_le = $2, refuse_le = $3, clos_le = $4, "
                    "motif_slug = $5, motif_texte = $6 WHERE id = $7",
                    base::slug_of(signalement::statuts, s), si(s == Statut::EnCours || s == Statut::Clos, le),
                    si(s == Statut::Refuse, le), si(s == Statut::Clos, le), si(finie, "autre"),
                    si(finie, raison), id_);
            if (deposant)
                tx.exec("INSERT INTO acces_ponctuel (signalement, compte, territoire, ouvert_le) "
                        "VALUES ($1, $2, '76', $3)",
                        id_, *deposant, le);
        });
    }

    [[nodiscard]] std::string adresse(Action a) const { return fiche() + std::string{envoi(a).chemin}; }

    [[nodiscard]] static http::Pairs formulaire(Action a, bool motive = true)
    {
        http::Pairs champs = {{"partenaires", partenaire::demo_rouen},
                              {"partenaires", partenaire::demo_adil},
                              {"type", "message"},
                              {"visible", "oui"}}; // each page takes what is its own
        if (motive) champs.insert(champs.end(), {{"motif", std::string{envoi(a).motif}}, {"texte", raison}});
        return champs;
    }

    /// Whether it was done. What is not done is refused for want of a right, or of the state.
    bool essayer(test::Client& client, Action a)
    {
        if (a == Action::Lire || a == Action::LireTout) {
            const auto page = client.get(fiche() + "?onglet=suivi");
            CHECK((page.status == 200 || page.status == 404));
            return a == Action::Lire ? page.status == 200 : page.says(entre_services);
        }
        const auto reponse = client.post(adresse(a), formulaire(a));
        if (reponse.status == 303)
            CHECK(reponse.location.starts_with(fiche()));
        else
            CHECK((reponse.status == 403 || reponse.status == 404 || reponse.status == 409));
        return reponse.status == 303;
    }

    /// Whether the page of the report offers it.
    bool offre(const test::Page& page, Action a)
    {
        if (a == Action::Lire) return page.status == 200;
        if (a == Action::LireTout) return page.says("onglet=historique\"");
        if (a == Action::VoirCourriels) return page.says("onglet=courriels\"");
        return page.says("\"" + adresse(a) + "\"");
    }

    [[nodiscard]] std::string fiche() const { return signalement::exemples::fiche(id_); }

    template <class E, std::size_t N> E lu(const base::Name<E> (&noms)[N], std::string_view sql)
    {
        auto tx = bureau_.base.read();
        return base::known(noms, tx.one<std::string>(sql, id_));
    }
    Statut statut() { return lu(signalement::statuts, "SELECT statut FROM signalement WHERE id = $1"); }
    StatutAffectation affectation()
    {
        return lu(signalement::statuts_affectation,
                  "SELECT statut FROM affectation WHERE signalement = $1 AND id = 'confiee'");
    }

private:
    static std::string compte(std::size_t rang) { return fmt::format("personne-{}", rang); }

    /// An account with the one mandate of its position.
    test::Client personne(std::size_t rang)
    {
        const auto& p = docs::positions()[rang];
        const bool partenaire =
            p.role == compte::Role::AdminPartenaire || p.role == compte::Role::AgentPartenaire;
        const auto email = compte(rang) + "@logis.example";
        const auto* service = p.affectation ? partenaire::demo_rouen : partenaire::demo_ars;
        bureau_.base.write([&](db::Transaction& tx) {
            tx.exec(
                "INSERT INTO compte (id, email, nom, prenom, nom_cherche, etat, mot_de_passe, cree_le) "
                "SELECT $1, $2, 'N', 'P', 'n', 'actif', mot_de_passe, cree_le FROM compte WHERE email = $3",
                compte(rang), email, compte::exemples::nadia);
            tx.exec("INSERT INTO mandat (id, compte, role, territoire, comite, partenaire, confirme, "
                    "cree_le) VALUES "
                    "($1, $1, $2, $3, $4, $5, $6, $7)",
                    compte(rang), base::slug_of(compte::roles, p.role),
                    p.role == compte::Role::SuperAdmin ? ""
                    : p.ici                            ? "76"
                                                       : "80",
                    p.role != compte::Role::SecretaireComite ? ""
                    : p.ici                                  ? "comite-76-departement"
                                                             : "comite-80",
                    partenaire ? std::optional{service} : std::nullopt, p.confirme, compte::exemples::matin);
        });
        return bureau_.entrer(email);
    }

    signalement::exemples::Bureau bureau_;
    std::string id_;
    std::vector<std::optional<test::Client>> clients_{docs::positions().size()};
};

} // namespace matrices
} // namespace

TEST_CASE("chacun peut, dans chaque état, exactement ce que dit la table des droits, et la page n’offre rien "
          "d’autre")
{
    using namespace matrices;
    test::for_each_engine([](db::Database& base) {
        Plateau plateau{base};
        std::set<std::tuple<const Position*, Statut, Action>> faits;
        for (const auto& p : docs::positions())
            for (const auto& s : signalement::statuts) {
                if (!docs::se_presente(p, s.value)) continue;
                auto& client = plateau.preparer(p, s.value);
                const auto page = client.get(plateau.fiche() + "?onglet=suivi");
                for (const auto& a : signalement::actions) {
                    INFO(p.qui, ", ", s.label, ", ", a.label);
                    const bool fait = plateau.essayer(client, a.value);
                    CHECK(fait == docs::permis_par_les_tables(p, s.value, a.value));
                    CHECK(plateau.offre(page, a.value) == fait);
                    if (!fait) continue;
                    faits.emplace(&p, s.value, a.value);
                    if (!envoi(a.value).chemin.empty()) plateau.preparer(p, s.value);
                }
            }
        const auto observe = docs::matrice([&](const Position& p, Statut s, Action a) {
            return faits.contains({&p, s, a});
        });
        CHECK(observe == docs::generate().at("matrice.md"));
    });
}

TEST_CASE(
    "chaque action mène à l’état que dit la table des transitions, et ne bouge rien quand elle est refusée")
{
    using namespace matrices;
    using signalement::MotifFinAffectation;
    test::for_each_engine([](db::Database& base) {
        Plateau plateau{base};
        const auto qui = [&](compte::Role role, std::optional<StatutAffectation> a) -> const Position& {
            return *std::ranges::find_if(docs::positions(), [&](const Position& p) {
                return p.role == role && p.ici && p.affectation == a && !p.depose && p.confirme;
            });
        };
        auto& secretaire = plateau.preparer(qui(compte::Role::SecretaireComite, {}), Statut::ATrier);
        auto& partenaire = plateau.preparer(qui(compte::Role::AgentPartenaire, StatutAffectation::EnAttente),
                                            Statut::EnCours);
        /// Tries without a reason, then with one; gives what `etat` reads afterwards when it was done.
        const auto arrivee = [&](test::Client& client, Action a,
                                 auto etat) -> std::optional<docs::Arrivee<decltype(etat())>> {
            const auto avant = etat();
            const auto nu = client.post(plateau.adresse(a), Plateau::formulaire(a, false));
            if (nu.status == 303) return {{etat(), false}};
            CHECK(etat() == avant);
            const auto motive = client.post(plateau.adresse(a), Plateau::formulaire(a));
            if (motive.status == 303) return {{etat(), true}};
            CHECK(etat() == avant);
            return std::nullopt;
        };
        const auto du_signalement = [&](Statut s, Action a) -> std::optional<docs::Arrivee<Statut>> {
            if (a == Action::Lire || a == Action::LireTout || a == Action::Agir ||
                a == Action::RendreVisible || a == Action::VoirCourriels)
                return std::nullopt; // the report does not move: the other test tells who may
            plateau.placer(s, StatutAffectation::Fermee, MotifFinAffectation::DossierClos);
            return arrivee(secretaire, a, [&] { return plateau.statut(); });
        };
        const auto de_l_affectation = [&](StatutAffectation s,
                                          Action a) -> std::optional<docs::Arrivee<StatutAffectation>> {
            plateau.placer(a == Action::Rouvrir ? Statut::Clos : Statut::EnCours, s,
                           MotifFinAffectation::DossierClos);
            const bool du_comite = a == Action::Affecter || a == Action::Cloturer || a == Action::Rouvrir;
            auto reponse =
                arrivee(du_comite ? secretaire : partenaire, a, [&] { return plateau.affectation(); });
            // A closure, a reopening or another partner leave alone what does not concern them.
            if (du_comite && reponse && reponse->vers == s) return std::nullopt;
            return reponse;
        };
        const auto tables =
            docs::transitions([](auto s, auto a) { return docs::arrivee_par_les_tables(s, a); },
                              [](auto s, auto a) { return docs::arrivee_par_les_tables(s, a); });
        CHECK(docs::transitions(du_signalement, de_l_affectation) == tables);
        CHECK(docs::generate().at("cycle.md").ends_with(tables));

        // What a partner had ended itself stays ended when the report is reopened.
        plateau.placer(Statut::Clos, StatutAffectation::Fermee, MotifFinAffectation::Transmis);
        CHECK(arrivee(secretaire, Action::Rouvrir, [&] { return plateau.affectation(); })->vers ==
              StatutAffectation::Fermee);
    });
}

TEST_CASE("la base de données accepte exactement les états et les types que le programme connaît")
{
    const auto schema = docs::generate().at("schema.sql");
    const auto verifier = [&](const std::string& table, const std::string& colonne, const auto& noms,
                              std::set<std::string> attendus = {}) {
        INFO(table, ".", colonne);
        const auto debut = schema.find("CREATE TABLE " + table + " (");
        REQUIRE(debut != std::string::npos);
        const auto texte = schema.substr(debut, schema.find("CREATE TABLE", debut + 1) - debut);
        std::smatch liste;
        REQUIRE(std::regex_search(
            texte, liste,
            std::regex{"\\b" + colonne + "\\s+TEXT[^,]*?CHECK \\(" + colonne + " IN \\(([^)]*)\\)"}));
        const auto valeurs = liste.str(1);
        std::set<std::string> lus;
        const std::regex mot{"'([^']*)'"};
        for (std::sregex_iterator it{valeurs.begin(), valeurs.end(), mot}, fin; it != fin; ++it)
            lus.insert(it->str(1));
        for (const auto& n : noms) attendus.emplace(n.slug);
        CHECK(lus == attendus);
    };
    verifier("signalement", "statut", signalement::statuts);
    verifier("signalement", "profil", signalement::profils);
    verifier("signalement", "occupant_statut", signalement::statuts_occupant);
    verifier("affectation", "statut", signalement::statuts_affectation);
    verifier("suivi", "type", signalement::types_suivi);
    verifier("suivi", "usager", signalement::usagers, {""});
    verifier("mandat", "role", compte::roles);
    verifier("compte", "etat", compte::etats_compte);
    verifier("courriel", "etat", courrier::etats);
    verifier("partenaire", "type", partenaire::types_partenaire);
    verifier("territoire", "phase", territoire::phases);
}
